"""The odds of one vote by the program's core, as a script that imports no more than it needs.

Takes kinds of bloc as words, as `odds_numpy.py` does; prints the same chance, exactly.
"""

import sys
from collections.abc import Sequence
from fractions import Fraction

from unvote.chances import odds_of
from unvote.lotteries import Bloc
from unvote.rollcall import Composition, RollCall
from unvote.rules import Bar, Rule, Threshold
from unvote.vocabulary import Base, Vote

VOTES = (Vote.YES, Vote.NO, Vote.ABSTAIN)
# What the rule of the shipped body asks for; `odds_work.py` sees to it that it is the same.
TWO_THIRDS = Rule((Threshold(Bar.AT_LEAST, Fraction(2, 3), Base.PRESENT_AND_VOTING),))


def scene(words: Sequence[str]) -> tuple[RollCall, list[Bloc]]:
    """The roll call and its blocs."""
    blocs: list[Bloc] = []
    members = 0
    for word in words:
        many, _, rest = word.partition("x")
        size, _, weights = rest.partition(":")
        parts = [int(weight) for weight in weights.split(",")]
        chances = {v: Fraction(w, sum(parts)) for v, w in zip(VOTES, parts, strict=True) if w}
        for _ in range(int(many)):
            codes = tuple(f"M{number:03}" for number in range(members, members + int(size)))
            blocs.append(Bloc(codes, chances))
            members += int(size)
    named = {code: Vote.UNDECIDED for bloc in blocs for code in bloc.members}
    return RollCall(Composition(members, frozenset(named)), named), blocs


if __name__ == "__main__":
    roll, blocs = scene(sys.argv[1:])
    odds = odds_of(roll, TWO_THIRDS, blocs)
    print(odds and odds.adopted)
