"""The odds of a vote, exactly: whole numbers over one denominator, no simulation, no float.

Blocs vote independently, so the joint chance of all sums a rule measures is a product over blocs:
of polynomials where one sum decides, else of tables of sums, the blocs split into two halves that
meet in the middle. What is left out above the bound is said (`None`), never approximated here.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, count, pairwise
from math import lcm, prod
from operator import mul
from typing import Final

from unvote.gauges import Scale, scale_of
from unvote.grounds import Cast, Casts, Ground, Stretch, ground_of, level_ground, subsets
from unvote.lotteries import Bloc, Chances
from unvote.polynomials import Factor, product, stretch_sums
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.vocabulary import Vote

MOST_SLOTS: Final = 20_000
"""Values of one sum up to which a polynomial carries them all."""
MOST_STATES: Final = 40_000
"""Different sums of one half of the blocs up to which odds are exact."""


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


def odds_of(roll: RollCall, rule: Rule, blocs: Sequence[Bloc]) -> Odds | None:
    """The odds of a roll call under a rule, its blocs voting independently of one another.

    Nothing where votes without names matter to the rule, or where it measures so many different
    weights that even half of the blocs reach more than `MOST_STATES` different sums.
    """
    scale = scale_of(roll, rule)
    if not scale.exact:
        return None
    casts = casts_of(blocs, scale)
    total = prod(sum(cast.weight for cast in each) ** times for each, times in casts.items())
    every = mass_of(scale, casts)
    quiet = _only(casts, lambda cast: not cast.veto) if scale.holders else casts
    clear = every if quiet == casts else mass_of(scale, quiet)
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


def mass_of(scale: Scale, casts: Casts) -> Mass | None:
    """The weight of what carries the text, and of what leaves it open; vetoes aside.

    Some sums are only asked whether they are nought (a share of nothing is never met). Where that
    does not follow from the others, the weight of each case is had by inclusion and exclusion:
    all votes, less those that leave the sum at nought, and these with nought said.
    """
    if not all(casts):
        return Mass()  # somebody cannot but veto
    ground = ground_of(scale, casts)
    carried = unsure = 0
    for still in subsets(ground.flags):
        left = _without(scale, casts, still)
        if not all(left):
            continue  # somebody cannot do otherwise
        mass = _at(level_ground(scale, left, ground.flags, still), left)
        if mass is None:
            return None
        carried, unsure = carried + mass.carried, unsure + mass.unsure
    return Mass(carried, unsure)


def _without(scale: Scale, casts: Casts, flags: Sequence[int]) -> Casts:
    """What the blocs can do that leaves these sums at nought."""
    if any(scale.sums[flag].start for flag in flags):
        return {(): 1}
    return _only(casts, lambda cast: not any(cast.steps[flag] for flag in flags))


def _at(ground: Ground, casts: Casts) -> Mass | None:
    """The same where it is settled which sums are nought."""
    moving = [axis for axis in ground.axes if axis.length]
    if len(moving) <= 1 and ground.axes[-1].length <= MOST_SLOTS:
        return _along(ground, casts)
    return _meeting(ground, casts)


def _along(ground: Ground, casts: Casts) -> Mass:
    """Where one axis decides: a polynomial with one coefficient for each place on it."""
    stretches = list(ground.stretches((0,) * (len(ground.axes) - 1)))
    if not stretches:
        return Mass()
    factors: list[tuple[Factor, int]] = []
    for (each, times), column in zip(casts.items(), ground.axes[-1].columns, strict=True):
        factor: dict[int, int] = defaultdict(int)
        for cast, place in zip(each, column, strict=True):
            factor[place] += cast.weight
        factors.append((factor, times))
    masses = stretch_sums(factors, [(low, high) for low, high, _, _ in stretches])
    return Mass(
        sum(sure * mass for (_, _, sure, _), mass in zip(stretches, masses, strict=True)),
        sum(possible * mass for (_, _, _, possible), mass in zip(stretches, masses, strict=True)),
    )


Table = dict[tuple[int, ...], int]


def _meeting(ground: Ground, casts: Casts) -> Mass | None:
    """Where several axes decide: the blocs in two halves, each a table of places and weights."""
    ways = [
        [
            (tuple(axis.columns[number][i] for axis in ground.axes), cast.weight)
            for i, cast in enumerate(each)
        ]
        for number, (each, times) in enumerate(casts.items())
        for _ in range(times)
    ]
    start = (0,) * len(ground.axes)
    halves: list[Table] = [{start: 1}, {start: 1}]
    for way in sorted(ways, key=len):
        halves.sort(key=len)
        halves[0] = _extended(halves[0], way)
        if len(halves[0]) > MOST_STATES:
            return None
    return _met(ground, *halves)


def _extended(table: Table, way: Iterable[tuple[tuple[int, ...], int]]) -> Table:
    """A table with one more bloc."""
    extended: Table = defaultdict(int)
    for steps, weight in way:
        for place, mass in table.items():
            extended[tuple(map(int.__add__, place, steps))] += mass * weight
    return extended


def _met(ground: Ground, one: Table, other: Table) -> Mass:
    """Both halves together: on the longest axis only the stretches between its cuts matter."""
    carried = unsure = 0
    left, right = _by_rest(one), _by_rest(other)
    stretches: dict[tuple[int, ...], list[Stretch]] = {}
    for near, (places, masses) in left.items():
        for far, (others, sums) in right.items():
            rest = tuple(map(int.__add__, near, far))
            if rest not in stretches:
                stretches[rest] = list(ground.stretches(rest))
            for low, high, sure, possible in stretches[rest]:
                mass = _between(places, masses, others, sums, low, high)
                carried, unsure = carried + sure * mass, unsure + possible * mass
    return Mass(carried, unsure)


Rows = tuple[list[int], list[int]]


def _by_rest(table: Table) -> dict[tuple[int, ...], Rows]:
    """A table by the places on all axes but the last: places on that, and weights up to each."""
    grouped: dict[tuple[int, ...], list[tuple[int, int]]] = defaultdict(list)
    for place, mass in table.items():
        grouped[place[:-1]].append((place[-1], mass))
    rows: dict[tuple[int, ...], Rows] = {}
    for rest, pairs in grouped.items():
        pairs.sort()
        rows[rest] = (
            [place for place, _ in pairs],
            [0, *accumulate(mass for _, mass in pairs)],
        )
    return rows


def _between(
    places: list[int], up_to: list[int], others: list[int], sums: list[int], low: int, high: int
) -> int:
    """The weight of pairs whose places add up to at least `low` and less than `high`."""
    mass = 0
    for place, (before, after) in zip(places, pairwise(up_to), strict=True):
        inside = sums[bisect_left(others, high - place)] - sums[bisect_left(others, low - place)]
        mass += (after - before) * inside
    return mass
