"""Where the sums of a rule can lead: those that move together as one axis, and its stretches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import gcd
from typing import Final

from unvote.gauges import Scale

MOST_FLAGS: Final = 3
"""Sums asked only whether they are nought that are told apart case by case."""
Columns = tuple[tuple[int, ...], ...]
Found = dict[Columns, dict[int, tuple[int, int]]]
Stretch = tuple[int, int, bool | None]
"""From one place on an axis up to, not including, another; and whether that carries the text."""


@dataclass(frozen=True, slots=True)
class Cast:
    """One thing a bloc can do: its weight, what it adds to each sum, and whether it vetoes."""

    weight: int
    steps: tuple[int, ...]
    veto: bool = False


Casts = Sequence[Sequence[Cast]]


@dataclass(frozen=True, slots=True)
class Axis:
    """Sums that move together: each is `start + factor * place`, place running along the axis.

    `sums` gives start and factor by the number of the sum; `columns` the places that each bloc's
    casts add, none below nought.
    """

    sums: Mapping[int, tuple[int, int]]
    columns: Columns

    @property
    def length(self) -> int:
        """The furthest that all blocs together can lead."""
        return sum(max(column, default=0) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Ground:
    """The axes of a scale, the shortest first, at least one.

    `flags` are sums on no axis, asked only whether they are nought; `nought` those that are.
    """

    scale: Scale
    axes: tuple[Axis, ...]
    flags: tuple[int, ...] = ()
    nought: frozenset[int] = frozenset()

    def values(self, places: Sequence[int]) -> list[int]:
        """The sums at a place on each axis."""
        values = [0 if number in self.nought else 1 for number in range(len(self.scale.sums))]
        for axis, place in zip(self.axes, places, strict=True):
            for number, (start, factor) in axis.sums.items():
                values[number] = start + factor * place
        return values

    def stretches(self, rest: tuple[int, ...]) -> Iterator[Stretch]:
        """The stretches of the last axis on which the text is not lost, given the other places.

        Between two cuts no test can change, so that one place speaks for the whole stretch.
        """
        axis = self.axes[-1]
        for low, high in pairwise(sorted(self.cuts(axis))):
            truth = self.scale.carried(self.values((*rest, low)))
            if truth is not False:
                yield low, high, truth

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


def level_ground(
    scale: Scale, casts: Casts, flags: tuple[int, ...] = (), nought: frozenset[int] = frozenset()
) -> Ground:
    """The same with every sum on an axis but for these flags."""
    found: Found = {}
    for number in range(len(scale.sums)):
        if number not in flags:
            start, factor, way = _way(scale, casts, number)
            found.setdefault(way, {})[number] = start, factor
    return Ground(scale, _sorted(found, casts), flags, nought)


def _sorted(found: Found, casts: Casts) -> tuple[Axis, ...]:
    """Axes from the shortest to the longest; one that leads nowhere if there is none."""
    axes = [Axis(sums, way) for way, sums in found.items()]
    axes = axes or [Axis({}, tuple((0,) * len(each) for each in casts))]
    return tuple(sorted(axes, key=lambda axis: axis.length))


def _way(scale: Scale, casts: Casts, number: int) -> tuple[int, int, Columns]:
    """Where a sum starts, its factor, and the places that the blocs' casts add."""
    columns = [tuple(cast.steps[number] for cast in each) for each in casts]
    return _normal(scale.sums[number].start, columns)


def _normal(start: int, columns: Sequence[tuple[int, ...]]) -> tuple[int, int, Columns]:
    """Where a sum starts, its factor, and its columns from nought up without a common factor.

    Of a sum and the one that runs against it, both have the columns of the greater.
    """
    low = [min(column, default=0) for column in columns]
    high = [max(column, default=0) for column in columns]
    common = gcd(*(most - least for most, least in zip(high, low, strict=True)))
    for column, least in zip(columns, low, strict=True):
        common = gcd(common, *(step - least for step in column))
    if not common:
        return start + sum(low), 0, tuple((0,) * len(column) for column in columns)
    up = _from(low, columns, common)
    down = _from(high, columns, -common)
    return (start + sum(low), common, up) if up >= down else (start + sum(high), -common, down)


def _from(ends: Sequence[int], columns: Sequence[tuple[int, ...]], factor: int) -> Columns:
    """Columns counted from these ends in steps of a factor."""
    return tuple(
        tuple((step - end) // factor for step in column)
        for column, end in zip(columns, ends, strict=True)
    )
