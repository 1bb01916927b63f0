"""What a user would write with numpy instead: odds, simulation and sweep of one vote.

As a script: takes a job (`convolution`, `draws` or `small-draws`) and kinds of bloc as words, such
as `55x1:97,0,3`: 55 blocs of one member each, by their weights of yes, no and abstain. Prints the
chance that two-thirds of those voting are in favour.
"""

import sys
from collections.abc import Callable, Sequence

import numpy as np

MILLION = 1_000_000
Kind = tuple[int, int, tuple[int, int, int]]


def kind(word: str) -> Kind:
    """A word: how many blocs, of how many members, and their weights of yes, no and abstain."""
    many, _, rest = word.partition("x")
    size, _, weights = rest.partition(":")
    yes, no, abstain = map(int, weights.split(","))
    return int(many), int(size), (yes, no, abstain)


def convolution(kinds: Sequence[Kind]) -> float:
    """The odds in float64: yes less twice no, as a polynomial with one factor for each bloc."""
    margin = np.ones(1)
    zero = 0
    silent = 1.0
    for many, size, weights in kinds:
        yes, no, abstain = (weight / sum(weights) for weight in weights)
        factor = np.zeros(3 * size + 1)
        factor[0], factor[2 * size], factor[3 * size] = no, abstain, yes
        for _ in range(many):
            margin = np.convolve(margin, factor)
        zero += 2 * size * many
        silent *= abstain**many
    # Two-thirds of nobody is not met: where all abstain, the margin is nought and the text lost.
    return float(margin[zero:].sum() - silent)


def draws(kinds: Sequence[Kind], number: int = MILLION, chunk: int = 100_000) -> float:
    """The obvious simulation: float32, one row a scenario, counts by a product with the sizes."""
    rng = np.random.default_rng(1)
    sizes = np.repeat([size for _, size, _ in kinds], [many for many, _, _ in kinds])
    up_to = np.array(
        [np.cumsum(w)[:2] / sum(w) for many, _, w in kinds for _ in range(many)], np.float32
    )
    met = 0
    for _ in range(number // chunk):
        drawn = rng.random((chunk, len(sizes)), dtype=np.float32)
        yes = (drawn < up_to[:, 0]) @ sizes
        no = ((drawn >= up_to[:, 0]) & (drawn < up_to[:, 1])) @ sizes
        met += int(np.count_nonzero((yes >= 2 * no) & (yes > 0)))
    return met / number


def small_draws(kinds: Sequence[Kind], number: int = MILLION, chunk: int = 1 << 14) -> float:
    """The best form found: uint16, one row a bloc, one byte a count, chunks that fit the cache.

    Blocs of one size are added up as a whole (no more than 255 of them). Chances are rounded to
    65,536ths.
    """
    rng = np.random.default_rng(1)
    order = sorted(kinds, key=lambda each: each[1])
    up_to = np.array(
        [
            np.minimum(np.cumsum(w)[:2] * 65536 // sum(w), 65535)
            for many, _, w in order
            for _ in range(many)
        ],
        np.uint16,
    )
    spans: list[tuple[np.int16, int, int]] = []
    end = 0
    for size in sorted({size for _, size, _ in order}):
        start, end = end, end + sum(many for many, its, _ in order if its == size)
        spans.append((np.int16(size), start, end))
    met = 0
    for begin in range(0, number, chunk):
        wide = min(chunk, number - begin)
        drawn = rng.integers(0, 65536, size=(end, wide), dtype=np.uint16)
        in_favour = (drawn < up_to[:, :1]).view(np.uint8)
        voting = (drawn < up_to[:, 1:]).view(np.uint8)
        yes, votes = np.zeros(wide, np.int16), np.zeros(wide, np.int16)
        for size, low, high in spans:
            yes += size * np.add.reduce(in_favour[low:high], axis=0, dtype=np.uint8)
            votes += size * np.add.reduce(voting[low:high], axis=0, dtype=np.uint8)
        met += int(np.count_nonzero((3 * yes >= 2 * votes) & (yes > 0)))
    return met / number


def sweep(yes: int, no: int, undecided: int) -> int:
    """How many assignments of the undecided adopt: every one as a row of an array."""
    ways = np.indices((3,) * undecided, dtype=np.int8).reshape(undecided, -1)
    more, less = (ways == 0).sum(axis=0), (ways == 1).sum(axis=0)
    return int(np.count_nonzero((yes + more >= 2 * (no + less)) & (yes + more > 0)))


def small_sweep(yes: int, no: int, undecided: int) -> int:
    """The best form found: only the margin of each assignment, one member more at a time.

    It takes for granted that somebody votes.
    """
    margin = np.array([yes - 2 * no], np.int16)
    for _ in range(undecided):
        margin = np.concatenate((margin + np.int16(1), margin - np.int16(2), margin))
    return int(np.count_nonzero(margin >= 0))


JOBS: dict[str, Callable[[Sequence[Kind]], float]] = {
    "convolution": convolution,
    "draws": draws,
    "small-draws": small_draws,
}

if __name__ == "__main__":
    print(JOBS[sys.argv[1]]([kind(word) for word in sys.argv[2:]]))
