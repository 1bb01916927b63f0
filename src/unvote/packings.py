"""Products of factors in several variables, packed into one big integer, whole or all but one.

A factor is a choice of one of several steps along some axes. The number of choices that lead to a
place stands in a slot of bits of its own (Kronecker substitution), so that to multiply by a factor
is to shift and add.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

Place = tuple[int, ...]
"""How far along each axis, none negative; the first axis is packed closest."""
Factor = tuple[tuple[Place, ...], int]
"""The steps to choose from, and how many times over."""


@dataclass(frozen=True, slots=True)
class Packing:
    """How places are packed: so many values of each axis, in slots of so many bits.

    Along the last axis what leads beyond its values is let go; along the others nothing may.
    """

    values: tuple[int, ...]
    slot: int

    @property
    def row(self) -> int:
        """The bits of all places that agree along the last axis."""
        return self.slot * prod(self.values[:-1])

    @property
    def bits(self) -> int:
        """The bits of all places."""
        return self.row * self.values[-1]

    @property
    def lower(self) -> "Packing":
        """The packing without the last axis."""
        return Packing(self.values[:-1], self.slot)

    def multiplied(self, number: int, factors: Sequence[Factor]) -> int:
        """A product times these factors."""
        for steps, times in factors:
            first, *rest = sorted(map(self._shift, steps))
            for _ in range(times):
                grown = number << first if first else number
                for shift in rest:
                    grown += number << shift
                # Most products stay within: only what has grown beyond is cut off.
                number = grown if grown.bit_length() <= self.bits else grown & self._mask
        return number

    @property
    def _mask(self) -> int:
        return _ones(self.bits)

    def _shift(self, step: Place) -> int:
        width, shift = self.slot, 0
        for along, values in zip(step, self.values, strict=True):
            shift += along * width
            width *= values
        return shift

    def without_each(self, factors: Sequence[Factor], number: int = 1) -> Iterator[int]:
        """The products of all factors but one choice of one of them, for each in turn.

        Half of the factors are multiplied once for all of the other half, and so on: for n factors
        that takes n log n steps, and nothing is ever divided.
        """
        if len(factors) == 1:
            ((steps, times),) = factors
            yield self.multiplied(number, [(steps, times - 1)])
            return
        half = len(factors) // 2
        yield from self.without_each(factors[:half], self.multiplied(number, factors[half:]))
        yield from self.without_each(factors[half:], self.multiplied(number, factors[:half]))

    def stretch(self, number: int, low: int, high: int) -> int:
        """What stands from one value of the last axis up to, not including, another, added up.

        The rows are folded in half until one is left: no sum outgrows its slot, for all choices
        together do not.
        """
        row, rows = self.row, high - low
        if high < self.values[-1]:
            number &= (1 << high * row) - 1
        number = number >> low * row if low else number
        half = 1 << (rows - 1).bit_length()
        while half > 1:
            half //= 2
            number = (number & _ones(half * row)) + (number >> half * row)
        return number

    def slots(self, number: int) -> list[int]:
        """The numbers along the only axis."""
        mask = (1 << self.slot) - 1
        return [number >> place * self.slot & mask for place in range(self.values[0])]


@lru_cache(maxsize=32)
def _ones(bits: int) -> int:
    """So many bits, all set; the same few are asked for again and again."""
    return (1 << bits) - 1
