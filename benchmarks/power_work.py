"""What part `power` runs inside the environment measured: our jobs and the peer's in turn.

Takes the number of rounds, and the quota, the least number of members and the populations of the
Council of the European Union. Prints one JSON object: by group and job, what came and the seconds
of each round.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import power_ours as ours
import power_peer as peer
from odds_work import Jobs, measured

from unvote.rollcall import Composition, RollCall
from unvote.rules import Bar, Rule, Threshold
from unvote.vocabulary import Base, Vote

NAMES = [f"M{n:03}" for n in range(193)]
ASSEMBLY = RollCall(Composition(193, frozenset(NAMES)), dict.fromkeys(NAMES, Vote.UNDECIDED))
TWO_THIRDS = Rule((Threshold(Bar.AT_LEAST, ours.Fraction(2, 3), Base.PRESENT_AND_VOTING),))


def jobs(quota: int, least: int, weights: list[int]) -> dict[str, Jobs]:
    """Each comes to the Shapley-Shubik index of the first member."""
    union, council = ours.eu(weights), ours.council()
    return {
        "EU Council": {
            "unvote, two conditions": lambda: ours.both(union, ours.TWO_CONDITIONS)[27],
            "powerindices, two conditions": lambda: peer.both(quota, least, weights)[27],
        },
        "EU Council, the whole rule": {
            "unvote": lambda: ours.both(union, ours.WHOLE)[27],
            "unvote, with abstention": lambda: ours.both(union, ours.WHOLE, abstention=True)[27],
        },
        "Security Council": {
            "unvote": lambda: ours.both(council, ours.CHARTER)[15],
            "powerindices, 7 and 1, 39 of 65": lambda: peer.both(39, 1, [7] * 5 + [1] * 10)[15],
        },
        "Security Council with abstention": {
            "unvote": lambda: ours.both(council, ours.CHARTER, abstention=True)[15],
        },
        "Assembly of 193": {
            "unvote": lambda: ours.both(ASSEMBLY, TWO_THIRDS)[193],
            "unvote, with abstention": lambda: ours.both(ASSEMBLY, TWO_THIRDS, abstention=True)[
                193
            ],
        },
    }


if __name__ == "__main__":
    rounds, quota, least, *weights = map(int, sys.argv[1:])
    found = {name: measured(each, rounds) for name, each in jobs(quota, least, weights).items()}
    json.dump(found, sys.stdout)
