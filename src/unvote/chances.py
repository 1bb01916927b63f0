"""The odds of a vote, exactly: whole numbers over one denominator, no simulation, no float.

Blocs vote independently, so the joint chance of all sums a rule measures is a product over blocs:
of polynomials where one sum decides, else of tables of sums, the blocs split into two halves that
meet in the middle. What is left out above the bounds is said (`None`), never approximated here.
The bounds are on steps, counted before they are taken: the same body has the same answer anywhere.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, count, pairwise, product as pairs_of
from math import lcm, prod
from operator import mul
from typing import Final

from unvote.gauges import Scale, scale_of
from unvote.grounds import Cast, Casts, Ground, Stretch, ground_of, level_ground, subsets
from unvote.lotteries import Bloc, Chances
from unvote.polynomials import Factor, product, stretch_steps, stretch_sums
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.vocabulary import Vote

MOST_STEPS: Final = 10_000_000
"""Elementary steps that the odds of one vote may take, about: a second or two."""
MOST_STATES: Final = 100_000
"""Different sums of one half of the blocs up to which odds are exact."""
PAIR: Final = 6
"""Steps that it takes to look at a pair of groups of sums."""
PLANE: Final = 2


@dataclass(frozen=True, slots=True)
class Odds:
    """The chance of each verdict; the three add up to one. `vetoed` is part of `not_adopted`."""

    adopted: Fraction
    not_adopted: Fraction
    open: Fraction
    vetoed: Fraction


@dataclass(frozen=True, slots=True)
class Spread:
    """The chance of each number of yes votes, from none up, as weights of their sum."""

    weights: tuple[int, ...]

    @property
    def total(self) -> int:
        """The weight of all."""
        return sum(self.weights)

    def chance(self, yes: int) -> Fraction:
        """The chance of exactly this many yes votes."""
        return Fraction(self.weights[yes], self.total) if yes < len(self.weights) else Fraction(0)

    def at_least(self, yes: int) -> Fraction:
        """The chance of this many yes votes or more."""
        return Fraction(sum(self.weights[max(yes, 0) :]), self.total)

    @property
    def mean(self) -> Fraction:
        """The expected number of yes votes."""
        return Fraction(sum(map(mul, count(), self.weights)), self.total)

    def between(self, share: Fraction = Fraction(9, 10)) -> tuple[int, int]:
        """The least and most yes votes; what lies beyond either is at most half of the rest."""
        tail = (1 - share) / 2 * self.total
        below = list(accumulate(self.weights))
        low = next(yes for yes, weight in enumerate(below) if weight > tail)
        return low, next(yes for yes, weight in enumerate(below) if weight >= self.total - tail)


@dataclass(frozen=True, slots=True)
class Mass:
    """Weights of carried, undetermined and lost: three whole numbers over one denominator."""

    carried: int = 0
    unsure: int = 0


@dataclass(slots=True)
class Effort:
    """The steps that reckoning has taken, about, and how many it may."""

    most: int = field(default_factory=lambda: MOST_STEPS)
    spent: int = 0

    def allows(self, steps: int) -> bool:
        """Whether so many more are within the bound."""
        return self.spent + steps <= self.most

    def spend(self, steps: int) -> bool:
        """Count so many more; whether they are within the bound."""
        self.spent += steps
        return self.spent <= self.most


def odds_of(
    roll: RollCall, rule: Rule, blocs: Sequence[Bloc], effort: Effort | None = None
) -> Odds | None:
    """The odds of a roll call under a rule, its blocs voting independently of one another.

    Nothing where votes without names matter to the rule, or where it measures so many different
    weights that half of the blocs reach more than `MOST_STATES` different sums, or that adding up
    takes more than `MOST_STEPS` steps. They are counted in `effort`.
    """
    effort = effort or Effort()
    scale = scale_of(roll, rule)
    if not scale.exact:
        return None
    casts = casts_of(blocs, scale)
    total = prod(sum(cast.weight for cast in each) ** times for each, times in casts.items())
    every = mass_of(scale, casts, effort)
    quiet = _only(casts, lambda cast: not cast.veto) if scale.holders else casts
    clear = every if quiet == casts or every is None else mass_of(scale, quiet, effort)
    if every is None or clear is None:
        return None
    adopted, unsure = clear.carried, clear.unsure
    if scale.present is False:
        adopted = unsure = 0
    return Odds(
        Fraction(adopted, total),
        Fraction(total - adopted - unsure, total),
        Fraction(unsure, total),
        Fraction(0 if scale.present is False else every.carried - clear.carried, total),
    )


def spread_of(roll: RollCall, blocs: Sequence[Bloc]) -> Spread:
    """The chance of each number of yes votes, as they are cast."""
    alike: dict[tuple[int, int], list[Bloc]] = defaultdict(list)
    for bloc in blocs:
        alike[id(bloc.chances), len(bloc.members) or 1].append(bloc)
    factors = []
    for (_, size), those in alike.items():
        factor: dict[int, int] = defaultdict(int)
        for vote, weight in _weights(those[0].chances).items():
            factor[size if vote is Vote.YES else 0] += weight
        factors.append((factor, len(those)))
    return Spread((*([0] * roll.unnamed.get(Vote.YES, 0)), *product(factors)))


def _weights(chances: Chances) -> dict[Vote, int]:
    """Chances as whole numbers over their common denominator."""
    common = lcm(*(chance.denominator for chance in chances.values()))
    return {
        vote: chance.numerator * (common // chance.denominator)
        for vote, chance in chances.items()
        if chance
    }


def casts_of(blocs: Sequence[Bloc], scale: Scale) -> Casts:
    """What blocs can do; votes that come to the same are one, and so are blocs."""
    personal = [each for each in scale.sums if not each.anonymous]

    def position(code: str) -> tuple[object, ...]:
        """All that the effect of a member's vote depends on, beside the vote."""
        sizes = [each.size(code) for each in personal]
        return code in scale.parties, code in scale.holders, *sizes

    alike: dict[object, list[Bloc]] = defaultdict(list)
    for bloc in blocs:
        # The blocs keep their chances alive, so that no two share an id.
        alike[id(bloc.chances), *map(position, bloc.members)].append(bloc)
    casts: dict[tuple[Cast, ...], int] = defaultdict(int)
    for those in alike.values():
        casts[_casts(those[0], scale)] += len(those)
    return casts


def _casts(bloc: Bloc, scale: Scale) -> tuple[Cast, ...]:
    """What one bloc can do."""
    merged: dict[tuple[tuple[int, ...], bool], int] = defaultdict(int)
    for vote, weight in _weights(bloc.chances).items():
        each = [scale.steps(code, vote) for code in bloc.members or ("",)]
        steps = tuple(map(sum, zip(*each, strict=True)))
        merged[steps, any(scale.vetoes(code, vote) for code in bloc.members)] += weight
    return tuple(Cast(weight, steps, veto) for (steps, veto), weight in merged.items())


def _only(casts: Casts, allowed: Callable[[Cast], bool]) -> Casts:
    """What blocs can do of what is allowed."""
    left: dict[tuple[Cast, ...], int] = defaultdict(int)
    for each, times in casts.items():
        left[tuple(filter(allowed, each))] += times
    return left


# --- The mass of each verdict ------------------------------------------------------------------


def mass_of(scale: Scale, casts: Casts, effort: Effort | None = None) -> Mass | None:
    """The weight of what carries the text, and of what leaves it open; vetoes aside.

    Nothing where it takes more than the bounds allow.

    Some sums are only asked whether they are nought (a share of nothing is never met). Where that
    does not follow from the others, the weight of each case is had by inclusion and exclusion:
    all votes, less those that leave the sum at nought, and these with nought said.
    """
    if not all(casts):
        return Mass()  # somebody cannot but veto
    effort = effort or Effort()
    ground = ground_of(scale, casts)
    carried = unsure = 0
    for still in subsets(ground.flags):
        left = _without(scale, casts, still)
        if not all(left):
            continue  # somebody cannot do otherwise
        mass = _at(level_ground(scale, left, ground.flags, still), left, effort)
        if mass is None:
            return None
        carried, unsure = carried + mass.carried, unsure + mass.unsure
    return Mass(carried, unsure)


def _without(scale: Scale, casts: Casts, flags: Sequence[int]) -> Casts:
    """What the blocs can do that leaves these sums at nought."""
    if any(scale.sums[flag].start for flag in flags):
        return {(): 1}
    return _only(casts, lambda cast: not any(cast.steps[flag] for flag in flags))


def _at(ground: Ground, casts: Casts, effort: Effort) -> Mass | None:
    """The same where it is settled which sums are nought."""
    moving = [axis for axis in ground.axes if axis.length]
    if len(moving) <= 1:
        factors = _factors(ground, casts)
        steps = stretch_steps(factors)
        # Tables grow bloc by bloc to half the axis at most: of long axes with few bits the better.
        grown = ground.axes[-1].length * sum(len(each) * n for each, n in casts.items()) // 2
        if steps <= grown and effort.allows(steps):
            effort.spend(steps)
            return _along(ground, factors)
    return _meeting(ground, casts, effort)


def _factors(ground: Ground, casts: Casts) -> list[tuple[Factor, int]]:
    """What each kind of bloc adds along the last axis, as a polynomial, and how many there are."""
    factors: list[tuple[Factor, int]] = []
    for (each, times), column in zip(casts.items(), ground.axes[-1].columns, strict=True):
        factor: dict[int, int] = defaultdict(int)
        for cast, place in zip(each, column, strict=True):
            factor[place] += cast.weight
        factors.append((factor, times))
    return factors


def _along(ground: Ground, factors: Sequence[tuple[Factor, int]]) -> Mass:
    """Where one axis decides: a polynomial with one coefficient for each place on it."""
    stretches = list(ground.stretches((0,) * (len(ground.axes) - 1)))
    if not stretches:
        return Mass()
    masses = stretch_sums(factors, [(low, high) for low, high, _, _ in stretches])
    return Mass(
        sum(sure * mass for (_, _, sure, _), mass in zip(stretches, masses, strict=True)),
        sum(possible * mass for (_, _, _, possible), mass in zip(stretches, masses, strict=True)),
    )


Table = dict[int, int]
"""Weights by places on all axes, packed into one number: adding such numbers adds all places."""


class _Packing:
    """How places on the axes of a ground stand in one number, the last axis lowest."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.shifts: list[int] = []
        shift = 0
        for axis in reversed(ground.axes):
            self.shifts.insert(0, shift)
            shift += axis.length.bit_length()
        self.low = ground.axes[-1].length.bit_length()
        self.plane = sum(axis.length > 0 for axis in ground.axes) == PLANE
        self._cuts = [sorted(ground.cuts(axis)) for axis in ground.axes[:-1]]
        self._known: dict[tuple[int, ...], list[Stretch]] = {}

    def packed(self, places: Iterable[int]) -> int:
        """A place on each axis as one number."""
        return sum(place << shift for place, shift in zip(places, self.shifts, strict=True))

    def stretches(self, rest: int) -> list[Stretch]:
        """The stretches of the last axis given the places on all others.

        Only between which cuts these lie matters, so that they are found once for each such cell.
        """
        cell = []
        for cuts, shift in zip(reversed(self._cuts), self.shifts[-2::-1], strict=True):
            width = cuts[-1] - 1  # the length of the axis
            place = rest >> (shift - self.low) & ((1 << width.bit_length()) - 1)
            cell.append(cuts[bisect_right(cuts, place) - 1])
        key = tuple(reversed(cell))
        if key not in self._known:
            self._known[key] = list(self.ground.stretches(key))
        return self._known[key]

    def corners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Of two axes, what the weight below a cut on each counts for in the sums of stretches."""
        found: dict[tuple[int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for left, right in pairwise(self._cuts[-1]):
            for low, high, sure, possible in self.stretches(left):
                for x, y in pairs_of((left, right), (low, high)):
                    one, other = found[x, y]
                    sign = 1 if (x == left) is (y == low) else -1
                    found[x, y] = one + sign * sure, other + sign * possible
        return {corner: counts for corner, counts in found.items() if all(corner) and any(counts)}


def _meeting(ground: Ground, casts: Casts, effort: Effort) -> Mass | None:
    """Where several axes decide: the blocs in two halves, each a table of places and weights."""
    packing = _Packing(ground)
    ways = [
        [
            (packing.packed(axis.columns[number][i] for axis in ground.axes), cast.weight)
            for i, cast in enumerate(each)
        ]
        for number, (each, times) in enumerate(casts.items())
        for _ in range(times)
    ]
    halves: list[Table] = [{0: 1}, {0: 1}]
    for way in sorted(ways, key=len):
        halves.sort(key=len)
        if not effort.spend(len(halves[0]) * len(way)):
            return None
        halves[0] = extended(halves[0], way)
        if len(halves[0]) > MOST_STATES:
            return None
    return _met(packing, halves[0], halves[1], effort)


def extended(table: Table, way: Iterable[tuple[int, int]]) -> Table:
    """A table with one more bloc."""
    extended: Table = defaultdict(int)
    for step, weight in way:
        for place, mass in table.items():
            extended[place + step] += mass * weight
    return extended


def _met(packing: _Packing, one: Table, other: Table, effort: Effort) -> Mass | None:
    """Both halves together: on the longest axis only the stretches between its cuts matter."""
    left, right = _by_rest(one, packing.low), _by_rest(other, packing.low)
    if len(one) * len(right) > len(other) * len(left):
        one, other, left, right = other, one, right, left
    # Every place of the one half is looked up once, or twice, in every group of the other.
    steps = (PAIR * len(left) + 2 * len(one)) * len(right)
    if packing.plane:
        corners = packing.corners()
        swept = len(corners) * (len(one) + len(other)) * len(other).bit_length()
        if swept < steps:
            return _swept(packing, one, other, corners) if effort.spend(swept) else None
    if not effort.spend(steps):
        return None
    carried = unsure = 0
    for near, rows in left.items():
        for far, others in right.items():
            for low, high, sure, possible in packing.stretches(near + far):
                mass = _below(rows, others, high) - _below(rows, others, low)
                carried, unsure = carried + sure * mass, unsure + possible * mass
    return Mass(carried, unsure)


def _swept(
    packing: _Packing, one: Table, other: Table, corners: Mapping[tuple[int, int], tuple[int, int]]
) -> Mass:
    """Both halves together on two axes, where nearly all places differ on both."""
    last = (1 << packing.low) - 1
    near, far = (
        sorted((key >> packing.low, key & last, mass) for key, mass in table.items())
        for table in (one, other)
    )
    carried = unsure = 0
    for (x, y), (sure, possible) in corners.items():
        mass = _under(near[::-1], far, x, y)
        carried, unsure = carried + sure * mass, unsure + possible * mass
    return Mass(carried, unsure)


Spots = Sequence[tuple[int, int, int]]
"""Places on two axes, and a weight."""


def _under(near: Spots, far: Spots, x: int, y: int) -> int:
    """The weight of pairs whose places add up to less than `x` on one axis and `y` on the other.

    The further the one is, the fewer others will do: from the furthest down they are entered in a
    tree of sums by their second place (Fenwick 1994), which tells the weight up to any.
    """
    ranks = sorted({second for _, second, _ in far})
    tree = [0] * (len(ranks) + 1)
    mass = entered = 0
    for first, second, weight in near:
        while entered < len(far) and first + far[entered][0] < x:
            at = bisect_left(ranks, far[entered][1]) + 1
            while at < len(tree):
                tree[at] += far[entered][2]
                at += at & -at
            entered += 1
        at = bisect_left(ranks, y - second)
        found = 0
        while at:
            found += tree[at]
            at &= at - 1
        mass += weight * found
    return mass


@dataclass(frozen=True, slots=True)
class _Rows:
    """Places on the last axis in order, the weight of each, and the weights before each."""

    places: list[int]
    masses: list[int]
    up_to: list[int]


def _by_rest(table: Table, low: int) -> dict[int, _Rows]:
    """A table by the places on all axes but the last, which has so many of the lowest bits."""
    grouped: dict[int, list[tuple[int, int]]] = defaultdict(list)
    last = (1 << low) - 1
    for place, mass in table.items():
        grouped[place >> low].append((place & last, mass))
    rows: dict[int, _Rows] = {}
    for rest, pairs in grouped.items():
        pairs.sort()
        masses = [mass for _, mass in pairs]
        rows[rest] = _Rows([place for place, _ in pairs], masses, [0, *accumulate(masses)])
    return rows


def _below(rows: _Rows, others: _Rows, cut: int) -> int:
    """The weight of pairs whose places add up to less than `cut`."""
    places, known, sums = rows.places, others.places, others.up_to
    if places[0] + known[0] >= cut:
        return 0
    if places[-1] + known[-1] < cut:
        return rows.up_to[-1] * sums[-1]
    return sum(
        mass * sums[bisect_left(known, cut - place)]
        for place, mass in zip(places, rows.masses, strict=True)
    )
