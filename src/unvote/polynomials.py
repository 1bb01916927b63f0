"""Products of polynomials with whole coefficients, each packed into one big integer.

The coefficient of x^k stands in the k-th slot of so many bits (Kronecker substitution), so that one
multiplication of integers multiplies all of them; slots never overflow as long as the sum of the
coefficients of the product stays below their size.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from math import isqrt, prod
from typing import Final

BITS: Final = 12_000
"""What the bits of a product, to the power of one and a half, are divided by to have steps."""
SLOT: Final = 12
"""Steps that each coefficient takes."""
Factor = Mapping[int, int]
"""Coefficients, none negative, by exponent, none negative."""


def product(factors: Sequence[tuple[Factor, int]]) -> list[int]:
    """The coefficients of the product, from x^0 up; of each factor so many times over."""
    total = prod(sum(factor.values()) ** times for factor, times in factors)
    degree = sum(max(factor, default=0) * times for factor, times in factors)
    slot = total.bit_length() // 8 + 1
    packed = [_packed(factor.items(), slot) ** times for factor, times in factors]
    return _unpacked(_multiplied(packed), slot, degree + 1)


def stretch_steps(factors: Sequence[tuple[Factor, int]]) -> int:
    """What `stretch_sums` takes, in elementary steps, about; measured, not proved.

    The bits are those of the product: its coefficients, each as long as their sum.
    """
    length = sum(sum(factor.values()).bit_length() * times for factor, times in factors)
    slots = sum(max(factor, default=0) * times for factor, times in factors) + 1
    return slots * length * isqrt(slots * length) // BITS + SLOT * slots


def stretch_sums(
    factors: Sequence[tuple[Factor, int]], stretches: Iterable[tuple[int, int]]
) -> list[int]:
    """The sum of the product's coefficients from one exponent up to, not including, another.

    The product is never made: its factors are dealt into two halves, and the coefficients of one
    are taken times the sums of the other's that they meet in the stretch.
    """
    half: list[tuple[Factor, int]] = []
    rest: list[tuple[Factor, int]] = []
    for factor, times in factors:
        half.append((factor, times - times // 2))
        rest.append((factor, times // 2))
        if times % 2:
            half, rest = rest, half
    near, up_to = product(half), [0, *accumulate(product(rest))]
    top = len(up_to) - 1

    def below(place: int) -> int:
        return up_to[max(0, min(place, top))]

    return [
        sum(weight * (below(high - k) - below(low - k)) for k, weight in enumerate(near))
        for low, high in stretches
    ]


def _packed(factor: Iterable[tuple[int, int]], slot: int) -> int:
    """A factor as one integer, with slots of so many bytes."""
    return sum(coefficient << (8 * slot * exponent) for exponent, coefficient in factor)


def _multiplied(packed: list[int]) -> int:
    """The product of integers, short ones first: equal lengths multiply fastest."""
    packed.sort(key=int.bit_length, reverse=True)
    while len(packed) > 1:
        one, other = packed.pop(), packed.pop()
        result = one * other
        place = len(packed)
        while place and packed[place - 1].bit_length() < result.bit_length():
            place -= 1
        packed.insert(place, result)
    return packed[0] if packed else 1


def _unpacked(whole: int, slot: int, slots: int) -> list[int]:
    """The coefficients in the slots."""
    raw = whole.to_bytes(slot * slots, "little")
    return [
        int.from_bytes(raw[start : start + slot], "little") for start in range(0, len(raw), slot)
    ]
