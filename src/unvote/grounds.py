"""Where the sums of a rule can lead: those that move together as one axis, and its stretches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise
from math import gcd
from operator import mul
from typing import Final

from unvote.gauges import Scale

MOST_FLAGS: Final = 3
"""Sums asked only whether they are nought that are told apart case by case."""
Columns = tuple[tuple[int, ...], ...]
Found = dict[Columns, dict[int, tuple[int, int]]]
Stretch = tuple[int, int, int, int]
"""From one place on an axis up to, not including, another; how often that carries the text, and how
often it leaves it open."""


@dataclass(frozen=True, slots=True)
class Cast:
    """One thing a bloc can do: its weight, what it adds to each sum, and whether it vetoes."""

    weight: int
    steps: tuple[int, ...]
    veto: bool = False


Casts = Mapping[tuple[Cast, ...], int]
"""What a bloc can do, and how many blocs can do just that."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Sums that move together: each is `start + factor * place`, place running along the axis.

    `sums` gives start and factor by the number of the sum; `columns` the places that the casts of
    each kind of bloc add, none below nought; `length` is the furthest that all together can lead.
    """

    sums: Mapping[int, tuple[int, int]]
    columns: Columns
    length: int


@dataclass(frozen=True, slots=True)
class Ground:
    """The axes of a scale, the shortest first, at least one.

    `flags` are sums on no axis, asked only whether they are nought; `still` are those of them that
    no cast moves.
    """

    scale: Scale
    axes: tuple[Axis, ...]
    flags: tuple[int, ...] = ()
    still: tuple[int, ...] = ()

    def values(self, places: Sequence[int], nought: Sequence[int] = ()) -> list[int]:
        """The sums at a place on each axis, these flags at nought."""
        values = [0 if number in nought else 1 for number in range(len(self.scale.sums))]
        for axis, place in zip(self.axes, places, strict=True):
            for number, (start, factor) in axis.sums.items():
                values[number] = start + factor * place
        return values

    def stretches(self, rest: tuple[int, ...]) -> Iterator[Stretch]:
        """The stretches of the last axis on which the text is not lost, given the other places.

        Between two cuts no test can change, so that one place speaks for the whole stretch. What is
        said of flags that stand still is inclusion and exclusion: with nought said of them counts,
        without it is taken off again.
        """
        for low, high in pairwise(sorted(self.cuts(self.axes[-1]))):
            carried = unsure = 0
            for nought in subsets(self.still):
                truth = self.scale.carried(self.values((*rest, low), nought))
                sign = -1 if (len(self.still) - len(nought)) % 2 else 1
                carried += sign if truth else 0
                unsure += sign if truth is None else 0
            if carried or unsure:
                yield low, high, carried, unsure

    def cuts(self, axis: Axis) -> set[int]:
        """The places on an axis from which on a test can end otherwise, its two ends included."""
        cuts = {0, axis.length + 1}
        for number, (start, factor) in axis.sums.items():
            for cut in self.scale.cuts(number) if factor else ():
                # Upwards a test changes at the first place not below the cut, downwards after it.
                up = factor > 0
                place = -((start - cut) // factor) if up else (start - cut) // -factor + 1
                if 0 < place <= axis.length:
                    cuts.add(place)
        return cuts


def ground_of(scale: Scale, casts: Casts) -> Ground:
    """The axes along which blocs move the sums of a scale, and the sums left aside as flags."""
    found: Found = {}
    flags: list[int] = []
    # Sums asked only whether they are nought come last: most are on the axis of another.
    for number in sorted(range(len(scale.sums)), key=lambda number: number in scale.signs):
        start, factor, way = _way(scale, casts, number)
        if number in scale.signs and way not in found and len(flags) < MOST_FLAGS:
            flags.append(number)
        else:
            found.setdefault(way, {})[number] = start, factor
    return Ground(scale, _sorted(found, casts), tuple(flags))


def subsets(of: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every choice among some numbers."""
    return chain.from_iterable(combinations(of, size) for size in range(len(of) + 1))


def level_ground(
    scale: Scale, casts: Casts, flags: tuple[int, ...] = (), still: tuple[int, ...] = ()
) -> Ground:
    """The same with every sum on an axis but for these flags, of which some stand still."""
    found: Found = {}
    for number in range(len(scale.sums)):
        if number not in flags:
            start, factor, way = _way(scale, casts, number)
            found.setdefault(way, {})[number] = start, factor
    return Ground(scale, _sorted(found, casts), flags, still)


def _sorted(found: Found, casts: Casts) -> tuple[Axis, ...]:
    """Axes from the shortest to the longest; one that leads nowhere if there is none."""
    axes = [Axis(sums, way, _total(map(max, way), casts)) for way, sums in found.items()]
    axes = axes or [Axis({}, tuple((0,) * len(each) for each in casts), 0)]
    return tuple(sorted(axes, key=lambda axis: axis.length))


def _total(each: Iterable[int], casts: Casts) -> int:
    """A number for each kind of bloc, added up over all blocs."""
    return sum(map(mul, each, casts.values()))


def _way(scale: Scale, casts: Casts, number: int) -> tuple[int, int, Columns]:
    """Where a sum starts, its factor, and the places that the blocs' casts add."""
    columns = [tuple(cast.steps[number] for cast in each) for each in casts]
    return _normal(scale.sums[number].start, columns, casts)


def _normal(
    start: int, columns: Sequence[tuple[int, ...]], casts: Casts
) -> tuple[int, int, Columns]:
    """Where a sum starts, its factor, and its columns from nought up without a common factor.

    Of a sum and the one that runs against it, both have the columns of the greater.
    """
    low, high = list(map(min, columns)), list(map(max, columns))
    lowest, highest = start + _total(low, casts), start + _total(high, casts)
    common = gcd(*(s - least for column, least in zip(columns, low, strict=True) for s in column))
    if not common:
        return lowest, 0, tuple((0,) * len(column) for column in columns)
    up = _from(low, columns, common)
    down = _from(high, columns, -common)
    return (lowest, common, up) if up >= down else (highest, -common, down)


def _from(ends: Sequence[int], columns: Sequence[tuple[int, ...]], factor: int) -> Columns:
    """Columns counted from these ends in steps of a factor."""
    return tuple(
        tuple((step - end) // factor for step in column)
        for column, end in zip(columns, ends, strict=True)
    )
