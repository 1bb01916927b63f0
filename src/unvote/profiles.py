"""In how many ways others can vote so that a text is adopted, by how many of them vote yes and no.

Members that a rule does not tell apart are one kind. Of few kinds every division of each among the
votes is looked at, so that 193 equal members are soon done with; of many, the sums they come to are
counted in one packed product (`packings`).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from math import comb, gcd, prod
from typing import Final, Protocol

from unvote.gauges import Scale
from unvote.packings import Factor, Packing
from unvote.rollcall import RollCall
from unvote.vocabulary import Verdict, Vote

MOST_DIVISIONS: Final = 100_000
"""Divisions of the kinds among the votes up to which each is looked at."""
MOST_BITS: Final = 40_000_000_000
"""Bits of packed products, each as often as it is gone through, up to which they are made."""
Sums = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """What a member can do: a vote, what it adds to each sum, and whether it is a veto."""

    vote: Vote
    step: Sums
    vetoes: bool

    def after(self, sums: Sums) -> "Way":
        """The same, with what others have added already."""
        return replace(self, step=_added(self.step, sums))


@dataclass(frozen=True, slots=True)
class Kind:
    """Members that are alike: those known by name, how many there are, what each can do."""

    codes: tuple[str, ...]
    size: int
    ways: tuple[Way, ...]

    @property
    def open(self) -> tuple[Way, ...]:
        """What they can do that is no veto."""
        return tuple(way for way in self.ways if not way.vetoes)


class BeyondBoundError(Exception):
    """More would have to be looked at than `MOST_DIVISIONS` and `MOST_BITS` allow."""


def kinds_of(roll: RollCall, scale: Scale, votes: Sequence[Vote]) -> tuple[Kind, ...]:
    """The members that may vote, by kind; those known by number only are a kind of their own.

    The rule must not tell those apart (`Scale.exact`). What they did in this roll call is ignored.
    """

    def ways(code: str) -> tuple[Way, ...]:
        return tuple(
            Way(vote, scale.steps(code, vote), scale.vetoes(code, scale.counted(code, vote)))
            for vote in votes
        )

    alike: dict[tuple[Way, ...], list[str]] = defaultdict(list)
    for code in sorted(roll.named):
        alike[ways(code)].append(code)
    kinds = [Kind(tuple(codes), len(codes), same) for same, codes in alike.items()]
    loose = sum(roll.unnamed.values())
    return (*kinds, Kind((), loose, ways(""))) if loose else tuple(kinds)


class Judge:
    """Whether sums come to the verdict wanted, nobody using a veto.

    It is the same wherever the sums lie between the same cuts: there it is asked once.
    """

    def __init__(self, scale: Scale, wanted: Verdict = Verdict.ADOPTED) -> None:
        self.scale, self.wanted = scale, wanted
        self.start = tuple(each.start for each in scale.sums)
        self.cuts = [scale.cuts(number) for number in range(len(scale.sums))]
        self._known: dict[Sums, bool] = {}

    def holds(self, sums: Sums) -> bool:
        """Whether it is the verdict at these sums."""
        box = tuple(map(bisect_right, self.cuts, sums))
        if box not in self._known:
            self._known[box] = self.scale.verdict(sums, clear=True) is self.wanted
        return self._known[box]


@dataclass(frozen=True, slots=True)
class Count:
    """In how many ways others vote so: by the number of them that vote yes; by that of no."""

    by_yes: tuple[int, ...]
    by_no: tuple[int, ...]

    @property
    def number(self) -> int:
        """All of them."""
        return sum(self.by_yes)


class Others(Protocol):
    """Members whose votes are counted over."""

    def count(self, own: Sums) -> Count:
        """Their ways to vote that come to the verdict, with `own` added to the sums."""
        ...


def each_without(judge: Judge, kinds: Sequence[Kind]) -> Iterator[tuple[Kind, Others]]:
    """For each kind all members but one of it."""
    if _divisions(kinds) * len(kinds) <= MOST_DIVISIONS:
        for place, kind in enumerate(kinds):
            rest = replace(kind, size=kind.size - 1)
            yield kind, Divided(judge, (*kinds[:place], rest, *kinds[place + 1 :]))
    else:
        yield from zip(kinds, _packed(judge, kinds), strict=True)


# --- Few kinds: every division among the votes ----------------------------------------------------


def _divisions(kinds: Sequence[Kind]) -> int:
    return prod(comb(kind.size + len(kind.open) - 1, kind.size) for kind in kinds)


def divided(kinds: Iterable[Kind], start: Sums) -> Mapping[tuple[Sums, int, int], int]:
    """In how many ways members come to sums with so many yes and no votes, without a veto."""
    found: Mapping[tuple[Sums, int, int], int] = {(start, 0, 0): 1}
    for kind in kinds:
        fresh: dict[tuple[Sums, int, int], int] = defaultdict(int)
        parts = list(_parts(kind.open, kind.size, tuple(0 for _ in start)))
        for (sums, yes, no), number in found.items():
            for more, up, down, times in parts:
                fresh[_added(sums, more), yes + up, no + down] += number * times
        found = fresh
    return found


def _parts(ways: Sequence[Way], size: int, sums: Sums) -> Iterator[tuple[Sums, int, int, int]]:
    """Every division of like members among ways to vote: sums, yes, no, and how often."""
    way, *rest = ways
    for taken in range(size + 1) if rest else (size,):
        here = _added(sums, way.step, taken)
        yes, no = taken * (way.vote is Vote.YES), taken * (way.vote is Vote.NO)
        times = comb(size, taken)
        if not rest:
            yield here, yes, no, times
            continue
        for more, up, down, number in _parts(rest, size - taken, here):
            yield more, yes + up, no + down, times * number


def _added(sums: Sums, step: Sums, times: int = 1) -> Sums:
    return tuple(old + times * more for old, more in zip(sums, step, strict=True))


class Divided:
    """Members of few kinds."""

    def __init__(self, judge: Judge, kinds: Sequence[Kind]) -> None:
        self._judge = judge
        self._size = sum(kind.size for kind in kinds)
        self._found: dict[Sums, list[tuple[int, int, int]]] = defaultdict(list)
        for (sums, yes, no), number in divided(kinds, judge.start).items():
            self._found[sums].append((yes, no, number))

    def count(self, own: Sums) -> Count:
        """Their ways to vote that come to the verdict."""
        by_yes, by_no = [0] * (self._size + 1), [0] * (self._size + 1)
        for sums, found in self._found.items():
            if self._judge.holds(_added(sums, own)):
                for yes, no, number in found:
                    by_yes[yes] += number
                    by_no[no] += number
        return Count(tuple(by_yes), tuple(by_no))


# --- Many kinds: a packed product -----------------------------------------------------------------


def _packed(judge: Judge, kinds: Sequence[Kind]) -> Iterator[Others]:
    """For each kind all members but one of it, by packed products.

    The votes yes and no are counted in a product each, unless one follows from the other: where
    nobody can abstain, or where to abstain is for all members the same as a no.
    """
    if all(len(kind.ways) == len(_BINARY) for kind in kinds):
        yield from _Axes(judge, kinds, Vote.YES).each()
    elif all(_abstention_is_no(kind) for kind in kinds):
        plain = [replace(k, ways=tuple(w for w in k.ways if w.vote in _BINARY)) for k in kinds]
        for others in _Axes(judge, plain, Vote.YES).each():
            yield _Spread(others)
    else:
        axes = [_Axes(judge, kinds, vote) for vote in _BINARY]
        for one, other in zip(*(each.each() for each in axes), strict=True):
            yield _Both(one, other)


_BINARY: Final = (Vote.YES, Vote.NO)


def _abstention_is_no(kind: Kind) -> bool:
    acts = {way.vote: (way.step, way.vetoes) for way in kind.ways}
    return acts[Vote.ABSTAIN] == acts[Vote.NO]


@dataclass(frozen=True, slots=True)
class _Line:
    """A sum, or the number of members that cast a vote, as it runs along an axis.

    At the place `p` of the axis it is `base + ratio * p`; `bases` has the base without the members,
    and then what each member of each kind adds to it.
    """

    axis: int
    ratio: int
    bases: tuple[int, ...]

    def places(self, cuts: Iterable[int], base: int) -> Iterator[int]:
        """From which places on it lies on the other side of a cut."""
        for cut in cuts:
            if self.ratio > 0:
                yield -((base - cut) // self.ratio)
            elif self.ratio < 0:
                yield (base - cut) // -self.ratio + 1


class _Axes:
    """The sums as lines along axes: such as always move together share one.

    The first axis is the number of members that cast the vote graded; the last one, along which
    most values lie, is cut off where no test can end otherwise any more.
    """

    def __init__(self, judge: Judge, kinds: Sequence[Kind], graded: Vote) -> None:
        self.judge, self.kinds = judge, kinds
        columns = [[int(way.vote is graded) for kind in kinds for way in kind.open]]
        columns += [
            [way.step[n] for kind in kinds for way in kind.open] for n in range(len(judge.start))
        ]
        moves = [self._moves(column) for column in columns]
        steps = [self._primitive(move) for move in moves]
        grade = steps[0][0]
        others = {step for step, ratio in steps[1:] if ratio and step != grade}
        ordered = [grade, *sorted(others, key=lambda step: (self._values(step), step))]
        lines = self._lines(columns, steps, ordered)
        reach = self._values(ordered[-1])
        if others:
            reach = min(reach, self._reach(lines))
            flipped = [*ordered[:-1], tuple(-along for along in ordered[-1])]
            turned = [
                (flipped[-1], -ratio) if step == ordered[-1] else (step, ratio)
                for step, ratio in steps
            ]
            other = self._lines(columns, turned, flipped)
            if self._reach(other) < reach:
                ordered, lines, reach = flipped, other, self._reach(other)
        self.graded, self.lines = lines[0], lines[1:]
        values = [self._values(step) for step in ordered]
        self.most = values[-1]
        total = prod(len(kind.open) ** kind.size for kind in kinds)
        self.packing = Packing((*values[:-1], reach), total.bit_length())
        if self.packing.bits * len(kinds) * len(kinds).bit_length() > MOST_BITS:
            raise BeyondBoundError
        self._factors = self._factored(ordered)

    def _moves(self, column: Sequence[int]) -> tuple[int, ...]:
        """How the ways of each kind differ from its first."""
        found: list[int] = []
        for kind in self.kinds:
            part = column[len(found) : len(found) + len(kind.open)]
            found += [each - part[0] for each in part]
        return tuple(found)

    @staticmethod
    def _primitive(moves: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
        """Moves in the smallest whole numbers, the first above nought, and times what they are."""
        ratio = gcd(*moves)
        if next((move for move in moves if move), 1) < 0:
            ratio = -ratio
        return tuple(move // ratio for move in moves) if ratio else moves, ratio

    def _by_kind(self, step: Sequence[int]) -> Iterator[tuple[Kind, list[int]]]:
        place = 0
        for kind in self.kinds:
            yield kind, list(step[place : place + len(kind.open)])
            place += len(kind.open)

    def _values(self, step: Sequence[int]) -> int:
        """How many values lie along an axis."""
        return 1 + sum(kind.size * (max(part) - min(part)) for kind, part in self._by_kind(step))

    def _lines(
        self,
        columns: Sequence[Sequence[int]],
        steps: Sequence[tuple[tuple[int, ...], int]],
        ordered: Sequence[tuple[int, ...]],
    ) -> list[_Line]:
        """Each column as a line along its axis."""
        lines = []
        starts = (0, *self.judge.start)
        for start, column, (step, ratio) in zip(starts, columns, steps, strict=True):
            firsts = (part[0] for _, part in self._by_kind(column))
            lows = (min(part) for _, part in self._by_kind(step))
            shares = [first + ratio * low for first, low in zip(firsts, lows, strict=True)]
            axis = ordered.index(step) if ratio else 0
            lines.append(_Line(axis, ratio, (start, *shares)))
        return lines

    def _bases(self, line: _Line, without: int) -> int:
        """The base of a line for all members but one of a kind, by its number."""
        start, *shares = line.bases
        whole = sum(k.size * share for k, share in zip(self.kinds, shares, strict=True))
        return start + whole - shares[without]

    def _reach(self, lines: Sequence[_Line]) -> int:
        """How many values of the last axis can still turn a test, whoever is left out."""
        last = max(line.axis for line in lines)
        most = 1
        for cuts, (n, line) in zip(self.judge.cuts, enumerate(lines[1:]), strict=True):
            if line.axis == last:
                for place, kind in enumerate(self.kinds):
                    base = self._bases(line, place)
                    owns = {base + way.step[n] for way in kind.ways}
                    most = max([most, *(p for own in owns for p in line.places(cuts, own))])
        return most

    def _factored(self, ordered: Sequence[Sequence[int]]) -> list[Factor]:
        """Each kind as a factor: the places its ways lead to, none negative."""
        split = [[part for _, part in self._by_kind(step)] for step in ordered]
        factors = []
        for place, kind in enumerate(self.kinds):
            parts = [[along - min(each[place]) for along in each[place]] for each in split]
            factors.append((tuple(zip(*parts, strict=True)), kind.size))
        return factors

    def each(self) -> Iterator["_Product"]:
        """For each kind all members but one of it."""
        alone = len(self.packing.values) == 1
        lower = self.packing if alone else self.packing.lower
        shadows = [(tuple(step[: len(lower.values)] for step in f), n) for f, n in self._factors]
        products = self.packing.without_each(self._factors)
        alls = lower.without_each(shadows)
        for place, (number, everything) in enumerate(zip(products, alls, strict=True)):
            bases = [self._bases(line, place) for line in self.lines]
            graded = self._bases(self.graded, place)
            yield _Product(self, number, everything, bases, graded)


class _Product:
    """Members whose ways to vote are packed: by place along all axes; by all but the last."""

    def __init__(
        self, axes: _Axes, number: int, everything: int, bases: list[int], graded: int
    ) -> None:
        self.axes, self.number, self.everything = axes, number, everything
        self.bases, self.graded = bases, graded
        self._upto = {0: 0}

    def _below(self, place: int) -> int:
        """What stands below a place of the last axis; the next one known is not far."""
        if place not in self._upto:
            near = min(self._upto, key=lambda known: abs(known - place))
            low, high = sorted((near, place))
            between = self.axes.packing.stretch(self.number, low, high)
            self._upto[place] = self._upto[near] + (between if near < place else -between)
        return self._upto[place]

    def count(self, own: Sums) -> Count:
        """Their ways to vote that come to the verdict, by the vote graded and by the rest."""
        bases = _added(tuple(self.bases), own)
        size = sum(kind.size for kind in self.axes.kinds) - 1
        found = [0] * (size + 1)
        packing = self.axes.packing
        if len(packing.values) == 1:
            self._settle(packing, self.number, bases, {}, found)
        else:
            self._gather(packing, self.number, self.everything, bases, {}, found)
        return Count(tuple(found), tuple(reversed(found)))

    def _gather(
        self,
        packing: Packing,
        number: int,
        everything: int,
        bases: Sums,
        places: dict[int, int],
        found: list[int],
    ) -> None:
        """Go along the last axis in stretches between which no test ends otherwise."""
        axis, lower, left = len(packing.values) - 1, packing.lower, everything
        top = self.axes.most if not places else packing.values[-1]
        edges = {0}
        for line, base, cuts in zip(self.axes.lines, bases, self.axes.judge.cuts, strict=True):
            if line.axis == axis:
                edges |= {place for place in line.places(cuts, base) if 0 < place < top}
        for low, high in zip_longest(sorted(edges), sorted(edges)[1:]):
            if high is None:
                part = left  # beyond the last edge is whatever is left of all ways
            elif places:
                part = packing.stretch(number, low, high)
            else:
                part = self._below(high) - self._below(low)
            left -= part
            here = {**places, axis: low}
            if len(lower.values) == 1:
                self._settle(lower, part, bases, here, found)
            else:
                whole = lower.stretch(part, 0, lower.values[-1])
                self._gather(lower, part, whole, bases, here, found)

    def _settle(
        self,
        packing: Packing,
        number: int,
        bases: Sums,
        places: dict[int, int],
        found: list[int],
    ) -> None:
        """Go along the first axis value by value."""
        for place, ways in enumerate(packing.slots(number)):
            here = {**places, 0: place}
            if ways:
                sums = tuple(
                    base + line.ratio * here[line.axis]
                    for line, base in zip(self.axes.lines, bases, strict=True)
                )
                if self.axes.judge.holds(sums):
                    found[self.graded + self.axes.graded.ratio * place] += ways


@dataclass(frozen=True, slots=True)
class _Spread:
    """Members to whom an abstention is a no: each that does not vote yes does one or the other."""

    plain: Others

    def count(self, own: Sums) -> Count:
        """Their ways to vote that come to the verdict."""
        found = self.plain.count(own).by_yes
        size = len(found) - 1
        by_no = [
            sum(ways * comb(size - yes, no) for yes, ways in enumerate(found))
            for no in range(size + 1)
        ]
        by_yes = [ways << size - yes for yes, ways in enumerate(found)]
        return Count(tuple(by_yes), tuple(by_no))


@dataclass(frozen=True, slots=True)
class _Both:
    """Members whose yes votes are counted in one product and whose no votes in another."""

    yes: Others
    no: Others

    def count(self, own: Sums) -> Count:
        """Their ways to vote that come to the verdict."""
        return Count(self.yes.count(own).by_yes, self.no.count(own).by_yes)
