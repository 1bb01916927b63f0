"""Drawn odds, for rules whose weights are too many to add up exactly: one bit a scenario.

A whole number of 65,536 bits holds one yes-or-no of as many scenarios at once; sums are kept as one
such number for each binary digit (bit slicing), added by full adders and compared with the bar
digit by digit. Chance comes from the caller, as a source of random bits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise, product
from math import sqrt
from typing import Final

from unvote.chances import casts_of
from unvote.gauges import scale_of
from unvote.grounds import Axis, Cast, Ground, level_ground
from unvote.lotteries import Bloc
from unvote.rollcall import RollCall
from unvote.rules import Rule

Bits = Callable[[int], int]
"""A source of so many random bits, such as `random.Random(seed).getrandbits`."""
CHUNK: Final = 1 << 16
"""Scenarios drawn at once, in number of bits of one whole number."""
DIGITS: Final = 12
"""Binary digits of a chance in one chunk; it is rounded up or down by lot, so that none is lost."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """How many of the scenarios drawn ended in each verdict; `vetoed` is part of `not_adopted`."""

    draws: int
    adopted: int
    open: int
    vetoed: int

    @property
    def not_adopted(self) -> int:
        """The scenarios in which the text is not adopted."""
        return self.draws - self.adopted - self.open

    def error(self, count: int) -> float:
        """The standard error of the share of a count: a measure of the noise of drawing."""
        share = count / self.draws
        return sqrt(share * (1 - share) / self.draws)


def simulate(
    roll: RollCall, rule: Rule, blocs: Sequence[Bloc], draws: int, bits: Bits
) -> Simulated | None:
    """Draw so many scenarios, each bloc voting by its chances, independently of the others.

    Each share is an unbiased estimate of the odds: they are linear in every chance, so the lot by
    which a chance is rounded does not shift them. Nothing where votes without names stand in the
    way.
    """
    scale = scale_of(roll, rule)
    if not scale.exact or scale.present is False:
        return Simulated(draws, 0, 0, 0) if scale.exact else None
    casts = [casts_of(bloc, scale) for bloc in blocs]
    ground = level_ground(scale, casts)
    adopted = unsure = vetoed = 0
    for size in _chunks(draws):
        every = (1 << size) - 1
        masks = [_drawn(each, size, bits) for each in casts]
        veto = _any(
            mask
            for row, each in zip(masks, casts, strict=True)
            for mask, cast in zip(row, each, strict=True)
            if cast.veto
        )
        carried, open_ = _judged(ground, masks, every)
        adopted += (carried & ~veto).bit_count()
        unsure += (open_ & ~veto).bit_count()
        vetoed += (carried & veto).bit_count()
    return Simulated(draws, adopted, unsure, vetoed)


def _chunks(draws: int) -> Iterator[int]:
    """Draws in chunks."""
    for start in range(0, draws, CHUNK):
        yield min(CHUNK, draws - start)


def _any(masks: Iterator[int]) -> int:
    result = 0
    for mask in masks:
        result |= mask
    return result


def _drawn(casts: Sequence[Cast], size: int, bits: Bits) -> list[int]:
    """For each thing a bloc can do, the scenarios in which it does.

    One uniform number a scenario is compared with the cumulated chances, from its last digit to its
    first: a digit of the chance that is one lets everything below pass, a nought nothing.
    """
    every = (1 << size) - 1
    ends = [_lot(end, bits) for end in _cumulated(casts)]
    below = [0] * len(ends)
    places = min(((end & -end).bit_length() - 1 for end in ends if end), default=DIGITS)
    for place in range(places, DIGITS):
        random = bits(size)
        for number, end in enumerate(ends):
            below[number] = below[number] | random if end >> place & 1 else below[number] & random
    under = [every if end >> DIGITS else mask for end, mask in zip(ends, below, strict=True)]
    return [after & ~before for before, after in pairwise([0, *under, every])]


def _cumulated(casts: Sequence[Cast]) -> list[Fraction]:
    """The chances of the casts added up, all but the last."""
    weights = list(accumulate(cast.weight for cast in casts))
    return [Fraction(weight, weights[-1]) for weight in weights[:-1]]


def _lot(chance: Fraction, bits: Bits) -> int:
    """A chance in units of its last digit, rounded up as often as its remainder says."""
    whole, rest = divmod(chance.numerator << DIGITS, chance.denominator)
    if not rest:
        return whole
    return whole + (bits(32) * chance.denominator < rest << 32)


def _judged(ground: Ground, masks: Sequence[Sequence[int]], every: int) -> tuple[int, int]:
    """The scenarios that carry the text, and those that leave it open; vetoes aside."""
    carried = unsure = 0
    parts = [list(_parts(ground, axis, masks, every)) for axis in ground.axes]
    for cell in product(*parts):
        truth = ground.scale.carried(ground.values([place for place, _ in cell]))
        if truth is not False:
            inside = every
            for _, mask in cell:
                inside &= mask
            carried |= inside if truth else 0
            unsure |= 0 if truth else inside
    return carried, unsure


def _parts(
    ground: Ground, axis: Axis, masks: Sequence[Sequence[int]], every: int
) -> Iterator[tuple[int, int]]:
    """The stretches of an axis: a place that speaks for each, and the scenarios that end there."""
    planes = _added(axis, masks)
    cuts = sorted(ground.cuts(axis))
    over = [_at_least(planes, cut, every) for cut in cuts]
    for cut, (after, beyond) in zip(cuts, pairwise(over), strict=False):
        if inside := after & ~beyond:
            yield cut, inside


def _added(axis: Axis, masks: Sequence[Sequence[int]]) -> list[int]:
    """The places that scenarios reach along an axis, as one whole number for each binary digit."""
    columns: dict[int, list[int]] = defaultdict(list)
    for row, places in zip(masks, axis.columns, strict=True):
        for mask, place in zip(row, places, strict=True):
            for digit in range(place.bit_length()):
                if place >> digit & 1:
                    columns[digit].append(mask)
    planes: list[int] = []
    while any(columns.values()):
        digit = len(planes)
        planes.append(_full_adders(columns[digit], columns[digit + 1]))
        columns[digit] = []
    return planes


def _full_adders(column: list[int], carries: list[int]) -> int:
    """One digit of a sum of many numbers: three at a time, until one is left."""
    while len(column) > 1:
        one, two = column.pop(), column.pop()
        three = column.pop() if column else 0
        half = one ^ two
        carries.append(one & two | three & half)
        column.append(half ^ three)
    return column[0] if column else 0


def _at_least(planes: Sequence[int], bar: int, every: int) -> int:
    """The scenarios whose place is at least the bar: compared from the last digit to the first."""
    if bar >> len(planes):
        return 0
    result = every
    for digit, plane in enumerate(planes):
        result = plane & result if bar >> digit & 1 else plane | result
    return result
