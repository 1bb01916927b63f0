"""Both indices of a body by the program's core, exactly, as a script that imports no more.

Takes `eu` and the populations, or `council`; prints the same figures as `power_peer.py`.
"""

import sys
from collections.abc import Sequence
from fractions import Fraction

from unvote.gauges import scale_of
from unvote.indices import ALL_THREE, BOTH, standings
from unvote.kinds import Judge, kinds_of
from unvote.rollcall import Composition, RollCall
from unvote.rules import Bar, Deemed, Rule, Threshold, Veto
from unvote.vocabulary import Base, Vote

HEADS = Threshold(Bar.AT_LEAST, Fraction(55, 100), Base.MEMBERS)
PEOPLE = Threshold(Bar.AT_LEAST, Fraction(65, 100), Base.MEMBERS, by="population")
# What the peer can be asked for, and the whole rule with its blocking minority of four.
TWO_CONDITIONS = Rule((HEADS, PEOPLE))
WHOLE = Rule((HEADS, PEOPLE), deemed=Deemed(4))
CHARTER = Rule((Threshold(Bar.AT_LEAST, Fraction(9)),), Veto(by="permanent"))
COUNCIL = (*(f"P{n}" for n in range(5)), *(f"Q{n}" for n in range(10)))


def eu(populations: Sequence[int]) -> RollCall:
    """The Council of the European Union with these populations."""
    weights = {f"M{n:03}": size for n, size in enumerate(populations)}
    seated = Composition(len(weights), frozenset(weights), {}, {"population": weights})
    return RollCall(seated, dict.fromkeys(weights, Vote.UNDECIDED))


def council() -> RollCall:
    """The Security Council."""
    seated = Composition(15, frozenset(COUNCIL), {"permanent": frozenset(COUNCIL[:5])})
    return RollCall(seated, dict.fromkeys(COUNCIL, Vote.UNDECIDED))


def both(roll: RollCall, rule: Rule, *, abstention: bool = False) -> list[Fraction]:
    """Both indices of all members, by code."""
    scale = scale_of(roll, rule)
    kinds = kinds_of(roll, scale, ALL_THREE if abstention else BOTH)
    found = {code: one for one in standings(Judge(scale), kinds) for code in one.members}
    ordered = [found[code] for code in sorted(found)]
    return [*(one.banzhaf for one in ordered), *(one.shapley for one in ordered)]


if __name__ == "__main__":
    which, *words = sys.argv[1:]
    if which == "council":
        print(*both(council(), CHARTER))
    else:
        print(*both(eu([int(word) for word in words]), TWO_CONDITIONS))
