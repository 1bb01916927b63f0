"""In how many ways all members but one can vote so that a text is adopted.

They are counted by how many of them vote yes, and by how many vote no. Few kinds of members are
divided among the votes (`kinds`); of many, the sums they come to are counted in one packed product
(`packings`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from math import comb, gcd, prod
from typing import Final

from unvote.kinds import Count, Divided, Judge, Kind, Others, Sums, added, divisions
from unvote.packings import Factor, Packing
from unvote.vocabulary import Vote

MOST_DIVISIONS: Final = 100_000
"""Divisions of the kinds among the votes up to which each is looked at."""
MOST_BITS: Final = 20_000_000_000
"""Bits of packed products, times how often they are gone through, up to which they are made."""


class BeyondBoundError(Exception):
    """More would have to be looked at than `MOST_DIVISIONS` and `MOST_BITS` allow."""


def each_without(judge: Judge, kinds: Sequence[Kind]) -> Iterator[tuple[Kind, Others]]:
    """For each kind all members but one of it."""
    if divisions(kinds) * len(kinds) <= MOST_DIVISIONS:
        for place, kind in enumerate(kinds):
            rest = replace(kind, size=kind.size - 1)
            yield kind, Divided(judge, (*kinds[:place], rest, *kinds[place + 1 :]))
    else:
        yield from zip(kinds, _packed(judge, kinds), strict=True)


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

    At the place `p` of the axis it is `base + ratio * p`; `shares` has what a member of each kind
    adds to the base.
    """

    axis: int
    ratio: int
    base: int
    shares: tuple[int, ...]

    def without(self, kind: int) -> int:
        """The base for all members but one of a kind, by its number."""
        return self.base - self.shares[kind]

    def places(self, cuts: Iterable[int], base: int) -> Iterator[int]:
        """From which places on it lies on the other side of a cut."""
        for cut in cuts:
            if self.ratio > 0:
                yield -((base - cut) // self.ratio)
            elif self.ratio < 0:
                yield (base - cut) // -self.ratio + 1


_Moves = tuple[Sums, int]
"""How the ways of each kind differ along an axis, and times what that is a sum."""


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
        steps = [self._primitive(self._moves(column)) for column in columns]
        grade = steps[0][0]
        others = {step for step, ratio in steps[1:] if ratio and step != grade}
        ordered = [grade, *sorted(others, key=lambda step: (self._values(step), step))]
        lines = self._lines(columns, steps, ordered)
        values = [self._values(step) for step in ordered]
        self.most = reach = values[-1]
        if others:
            # The last axis is counted from the end that is nearer to where tests end otherwise.
            reach = min(reach, self._reach(lines))
            turned, back = _turned(steps, ordered)
            other = self._lines(columns, turned, back)
            if self._reach(other) < reach:
                ordered, lines, reach = back, other, self._reach(other)
        self.graded, self.lines = lines[0], lines[1:]
        total = prod(len(kind.open) ** kind.size for kind in kinds)
        self.packing = Packing((*values[:-1], reach), total.bit_length())
        times = sum(kind.size for kind in kinds) * len(kinds).bit_length()
        if self.packing.bits * times > MOST_BITS:
            raise BeyondBoundError
        self._factors = self._factored(ordered)

    def _moves(self, column: Sequence[int]) -> Sums:
        """How the ways of each kind differ from its first."""
        found: list[int] = []
        for kind in self.kinds:
            part = column[len(found) : len(found) + len(kind.open)]
            found += [each - part[0] for each in part]
        return tuple(found)

    @staticmethod
    def _primitive(moves: Sums) -> _Moves:
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
        steps: Sequence[_Moves],
        ordered: Sequence[Sums],
    ) -> list[_Line]:
        """Each column as a line along its axis."""
        lines = []
        starts = (0, *self.judge.start)
        for start, column, (step, ratio) in zip(starts, columns, steps, strict=True):
            firsts = (part[0] for _, part in self._by_kind(column))
            lows = (min(part) for _, part in self._by_kind(step))
            shares = [first + ratio * low for first, low in zip(firsts, lows, strict=True)]
            base = start + sum(k.size * s for k, s in zip(self.kinds, shares, strict=True))
            axis = ordered.index(step) if ratio else 0
            lines.append(_Line(axis, ratio, base, tuple(shares)))
        return lines

    def _reach(self, lines: Sequence[_Line]) -> int:
        """How many values of the last axis can still turn a test, whoever is left out."""
        last = max(line.axis for line in lines)
        most = 1
        for cuts, (n, line) in zip(self.judge.cuts, enumerate(lines[1:]), strict=True):
            if line.axis == last:
                for place, kind in enumerate(self.kinds):
                    base = line.without(place)
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
            bases = [line.without(place) for line in self.lines]
            graded = self.graded.without(place)
            yield _Product(self, number, everything, bases, graded)


def _turned(steps: Sequence[_Moves], ordered: Sequence[Sums]) -> tuple[list[_Moves], list[Sums]]:
    """The same steps with the last axis counted from its other end."""
    last = ordered[-1]
    back = tuple(-along for along in last)
    turned = [(back, -ratio) if step == last else (step, ratio) for step, ratio in steps]
    return turned, [*ordered[:-1], back]


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
        bases = added(tuple(self.bases), own)
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
