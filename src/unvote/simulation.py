"""Drawn odds, for rules whose weights are too many to add up exactly: one bit a scenario.

A whole number of 32,768 bits holds one yes-or-no of as many scenarios at once; sums are kept as one
such number for each binary digit (bit slicing), added by full adders and compared with the bar
digit by digit. Chance comes from the caller, as a source of random bits for each batch of
scenarios: batches hang on nothing but their number, so that they can be drawn anywhere and in any
order.

Random bits cost most, so that 31 whole numbers are made of every 5 drawn: all their sums without
carry. Within a scenario all is independent as before, and so are any two scenarios, which is what
the standard error rests on; only three or more taken together need not be.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import accumulate, chain, pairwise, product, repeat
from math import sqrt
from operator import and_, or_, xor
from typing import Final

from unvote.chances import casts_of
from unvote.gauges import scale_of
from unvote.grounds import Axis, Cast, Casts, Ground, level_ground
from unvote.lotteries import Bloc
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.work import Workers, done

Bits = Callable[[int], int]
"""A source of so many random bits, such as `random.Random(seed).getrandbits`."""
Chance = Callable[[int], Bits]
"""The source for each batch of scenarios, by its number from nought; always the same for it."""
CHUNK: Final = 1 << 15
"""Scenarios drawn at once, in number of bits of one whole number."""
SEEDS: Final = 5
"""Whole numbers drawn from which as many are made as they have sums: chunks of one batch."""
DIGITS: Final = 12
"""Binary digits of a chance in one chunk; it is rounded up or down by lot, so that none is lost."""
LOT: Final = 32
"""Random bits of that lot."""


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


@dataclass(frozen=True, slots=True)
class Batch:
    """Scenarios drawn from one source of chance: their chunks by size, and the first's number."""

    number: int
    first: int
    sizes: tuple[int, ...]

    def __str__(self) -> str:
        return f"scenarios {self.first:,} to {self.first + sum(self.sizes) - 1:,}"


def simulate(
    roll: RollCall,
    rule: Rule,
    blocs: Sequence[Bloc],
    draws: int,
    chance: Chance,
    workers: Workers | None = None,
) -> Simulated | None:
    """Draw so many scenarios, each bloc voting by its chances, independently of the others.

    Each share is an unbiased estimate of the odds: they are linear in every chance, so the lot by
    which a chance is rounded does not shift them. Nothing where votes without names stand in the
    way. The counts are the same whoever draws the batches.
    """
    scale = scale_of(roll, rule)
    if not scale.exact or scale.present is False:
        return Simulated(draws, 0, 0, 0) if scale.exact else None
    casts = casts_of(blocs, scale)
    drawn = partial(_ends, level_ground(scale, casts), casts, chance)
    adopted = unsure = vetoed = 0
    for carried, open_, lost in done(drawn, batches(draws), workers):
        adopted, unsure, vetoed = adopted + carried, unsure + open_, vetoed + lost
    return Simulated(draws, adopted, unsure, vetoed)


def batches(draws: int) -> Iterator[Batch]:
    """So many scenarios in batches, all but the last of the same size."""
    size = CHUNK * ((1 << SEEDS) - 1)
    for number, start in enumerate(range(0, draws, size)):
        end = min(start + size, draws)
        sizes = tuple(min(CHUNK, end - at) for at in range(start, end, CHUNK))
        yield Batch(number, start + 1, sizes)


def _ends(ground: Ground, casts: Casts, chance: Chance, batch: Batch) -> tuple[int, int, int]:
    """How many scenarios of a batch are adopted, are open, and end in a veto."""
    adopted = unsure = vetoed = 0
    for chunk in _drawn(ground, casts, batch.sizes, chance(batch.number)):
        carried, open_ = _judged(ground, chunk)
        lost = carried & chunk.veto
        adopted += (carried ^ lost).bit_count()
        unsure += (open_ ^ open_ & chunk.veto).bit_count()
        vetoed += lost.bit_count()
    return adopted, unsure, vetoed


class _Chunk:
    """So many scenarios: those with a veto, and for each axis the counter of places reached.

    A counter has one column for each binary digit, with at most two whole numbers to add.
    """

    def __init__(self, size: int, axes: int) -> None:
        self.every = (1 << size) - 1
        self.veto = 0
        self.counters: list[list[list[int]]] = [[] for _ in range(axes)]

    def add(self, axis: int, digit: int, mask: int) -> None:
        """One more number in a column; three are added up, and what they carry moves on."""
        counter = self.counters[axis]
        while True:
            while len(counter) <= digit:
                counter.append([])
            column = counter[digit]
            if len(column) < 2:  # noqa: PLR2004 - a full adder takes these two and one more
                column.append(mask)
                return
            one, two = column
            half = one ^ two
            counter[digit] = [half ^ mask]
            mask = one & two | mask & half
            digit += 1

    def planes(self, axis: int) -> list[int]:
        """The places reached along an axis, as one whole number for each binary digit."""
        counter = self.counters[axis]
        digit = 0
        while digit < len(counter):
            if len(counter[digit]) > 1:
                self.add(axis, digit, 0)
            digit += 1
        return [column[0] if column else 0 for column in counter]


def _drawn(ground: Ground, casts: Casts, sizes: Sequence[int], bits: Bits) -> list[_Chunk]:
    """A batch of chunks in which every bloc has voted."""
    chunks = [_Chunk(size, len(ground.axes)) for size in sizes]
    for number, (each, times) in enumerate(casts.items()):
        vetoes = [way for way, cast in enumerate(each) if cast.veto]
        digits = [
            (axis, digit, ways)
            for axis in range(len(ground.axes))
            for digit, ways in _digits(ground.axes[axis].columns[number]).items()
        ]
        for _ in range(times):
            for chunk, masks in zip(chunks, _masks(each, chunks, bits), strict=True):
                for way in vetoes:
                    chunk.veto |= masks[way]
                for axis, digit, ways in digits:
                    chunk.add(axis, digit, reduce(or_, [masks[way] for way in ways]))
    return chunks


def _digits(column: Sequence[int]) -> dict[int, list[int]]:
    """For each binary digit, the casts whose place on an axis has it."""
    found: dict[int, list[int]] = defaultdict(list)
    for way, place in enumerate(column):
        for digit in range(place.bit_length()):
            if place >> digit & 1:
                found[digit].append(way)
    return found


def _masks(
    casts: Sequence[Cast], chunks: Sequence[_Chunk], bits: Bits
) -> Iterator[tuple[int, ...]]:
    """For each chunk, and each thing a bloc can do, the scenarios in which it does.

    One uniform number a scenario is compared with the cumulated chances, from its last digit to its
    first: a digit of the chance that is one lets everything below pass, a nought nothing.
    """
    *weights, total = accumulate(cast.weight for cast in casts)
    lots = [bits(LOT) for _ in chunks]
    limits = [[_limit(weight, total, lot) for lot in lots] for weight in weights]
    under = [[0] * len(chunks) for _ in limits]
    # Digits after the last one of any chance decide nothing.
    last = reduce(or_, chain.from_iterable(limits), 1 << DIGITS)
    for place in range((last & -last).bit_length() - 1, DIGITS):
        words = _words(chunks, bits)
        under = [
            [
                mask | word if end >> place & 1 else mask & word
                for mask, word, end in zip(masks, words, ends, strict=True)
            ]
            for masks, ends in zip(under, limits, strict=True)
        ]
    every = [chunk.every for chunk in chunks]
    up_to = [[0] * len(chunks), *map(_certain, under, limits, repeat(every)), every]
    steps = [list(map(xor, before, after)) for before, after in pairwise(up_to)]
    return zip(*steps, strict=True)


def _certain(under: Sequence[int], ends: Sequence[int], every: Sequence[int]) -> list[int]:
    """The scenarios below a limit, all of them where it is one."""
    return [
        whole if end >> DIGITS else mask
        for mask, end, whole in zip(under, ends, every, strict=True)
    ]


def _words(chunks: Sequence[_Chunk], bits: Bits) -> list[int]:
    """Random bits for each chunk: the sums without carry of a few whole numbers drawn.

    Any two different sums are independent of each other.
    """
    words: list[int] = []
    while len(words) < len(chunks):
        fresh = bits(chunks[0].every.bit_length())
        words += [fresh, *[fresh ^ word for word in words]]
    words = words[: len(chunks)]
    words[-1] &= chunks[-1].every  # only the last chunk can be shorter than the first
    return words


def _limit(weight: int, total: int, lot: int) -> int:
    """A chance in units of its last digit, rounded up as often as its remainder says.

    One lot for all chances of a bloc: none is rounded past a greater one.
    """
    return ((weight << DIGITS + LOT) + lot * total) // (total << LOT)


def _judged(ground: Ground, chunk: _Chunk) -> tuple[int, int]:
    """The scenarios that carry the text, and those that leave it open; vetoes aside."""
    carried = unsure = 0
    parts = [
        list(_parts(ground, axis, chunk.planes(number), chunk.every))
        for number, axis in enumerate(ground.axes)
    ]
    for cell in product(*parts):
        truth = ground.scale.carried(ground.values([place for place, _ in cell]))
        if truth is not False:
            inside = reduce(and_, (mask for _, mask in cell))
            carried |= inside if truth else 0
            unsure |= 0 if truth else inside
    return carried, unsure


def _parts(
    ground: Ground, axis: Axis, planes: Sequence[int], every: int
) -> Iterator[tuple[int, int]]:
    """The stretches of an axis: a place that speaks for each, and the scenarios that end there."""
    cuts = sorted(ground.cuts(axis))
    over = [_at_least(planes, cut, every) for cut in cuts]
    for cut, (after, beyond) in zip(cuts, pairwise(over), strict=False):
        if inside := after ^ beyond:
            yield cut, inside


def _at_least(planes: Sequence[int], bar: int, every: int) -> int:
    """The scenarios whose place is at least the bar: compared from the last digit to the first."""
    if bar >> len(planes):
        return 0
    result = every
    for digit, plane in enumerate(planes):
        result = plane & result if bar >> digit & 1 else plane | result
    return result
