"""What `odds_numpy.py convolution` does, written out in the same way with the core's polynomials.

It knows no rule either: the margin is spelt out here.
"""

import sys

from unvote.polynomials import stretch_sums


def main(words: list[str]) -> None:
    """Print the chance as two whole numbers, of which it is the quotient."""
    factors = []
    zero = 0
    silent = total = 1
    for word in words:
        many, _, rest = word.partition("x")
        size, _, weights = rest.partition(":")
        yes, no, abstain = map(int, weights.split(","))
        one, times = int(size), int(many)
        factor = {move * one: w for move, w in ((-2, no), (0, abstain), (1, yes)) if w}
        # Exponents are counted from the least; so is the place where the margin is nought.
        least = min(factor)
        factors.append(({move - least: weight for move, weight in factor.items()}, times))
        zero -= least * times
        silent *= abstain**times
        total *= (yes + no + abstain) ** times
    (met,) = stretch_sums(factors, [(zero, zero + 1000)])
    print(hex(met - silent), hex(total))


main(sys.argv[1:])
