"""What part `odds` runs inside the environment measured, our jobs and those of numpy in turn.

Takes the number of rounds, the blocs of the odds and `--`, and the blocs of the simulation. Prints
one JSON object: by group and job, what came and the seconds of each round.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import odds_numpy
from odds_ours import TWO_THIRDS, scene

from unvote.api.chance import chance_of
from unvote.api.opening import open_vote
from unvote.api.tallying import open_world
from unvote.calling import calls_of
from unvote.chances import odds_of
from unvote.lotteries import blocs_of
from unvote.polynomials import stretch_sums
from unvote.rules import Rule
from unvote.simulation import simulate
from unvote.world.world import World

DAY = date(2022, 10, 12)
STANCES = "resolutions/ukraine-2022/es-11-4-stances.yaml"
Jobs = dict[str, Callable[[], Any]]
# Of the 193, so many are certain to vote yes and no; so many are open.
YES, NO, OPEN = 110, 56, 12


def shipped_rule() -> Rule:
    """The rule of an important question, of which the scripts spell out what it asks for."""
    body = World().shipped_body("general-assembly")
    (rule,) = body.questions["important"].rules_on(DAY)
    (wanted,), (spelt,) = rule.needs, TWO_THIRDS.needs
    same = ("bar", "amount", "base", "counting", "by", "among")
    if any(getattr(wanted, name) != getattr(spelt, name) for name in same):
        raise SystemExit("the scripts measure another rule than the body's")
    return rule


def alone(words: list[str], rule: Rule) -> Jobs:
    """The odds of members that vote independently of one another, and calls ranked by odds."""
    roll, blocs = scene(words)
    kinds = [odds_numpy.kind(word) for word in words]
    opened = open_vote(STANCES, open_world(None, ()))
    if opened.ruling is None or opened.ruling.case.roll is None:
        raise SystemExit(f"{STANCES} cannot be read")
    case = opened.ruling.case
    seated, outlook = case.roll, case.outlook
    real = blocs_of(seated, outlook)
    return {
        "odds_of": lambda: _share(odds_of(roll, rule, blocs)),
        "numpy convolution": lambda: odds_numpy.convolution(kinds),
        "odds_of, the stances on ES-11/4": lambda: _share(odds_of(seated, rule, real)),
        "calls_of, the same": lambda: len(_known(calls_of(seated, rule, outlook)).moves),
    }


def together(words: list[str], rule: Rule) -> Jobs:
    """A million scenarios of members some of which follow others."""
    roll, blocs = scene(words)
    kinds = [odds_numpy.kind(word) for word in words]
    million = odds_numpy.MILLION

    def drawn() -> float:
        return _known(simulate(roll, rule, blocs, million, chance_of(1))).adopted / million

    return {
        "simulate": drawn,
        "numpy, uint16 in small chunks": lambda: odds_numpy.small_draws(kinds),
        "numpy, float32": lambda: odds_numpy.draws(kinds),
        "exactly instead (odds_of)": lambda: _share(odds_of(roll, rule, blocs)),
    }


def swept(rule: Rule) -> Jobs:
    """All 3^12 assignments of those that are open, the others certain."""
    rest = 193 - YES - NO - OPEN
    certain = [f"{YES}x1:1,0,0", f"{NO}x1:0,1,0", f"{rest}x1:0,0,1"]
    roll, blocs = scene([*certain, f"{OPEN}x1:1,1,1"])
    every = 3**OPEN
    # Margins (yes less twice no) counted from the least, where all that are open vote no.
    level = 2 * (NO + OPEN) - YES
    one_more = {0: 1, 2: 1, 3: 1}
    return {
        "odds_of, times 3^12": lambda: int(_share(odds_of(roll, rule, blocs)) * every),
        "by hand with unvote.polynomials": lambda: stretch_sums(
            [(one_more, OPEN)], [(level, 3 * OPEN + 1)]
        )[0],
        "numpy, margins only": lambda: odds_numpy.small_sweep(YES, NO, OPEN),
        "numpy, every assignment a row": lambda: odds_numpy.sweep(YES, NO, OPEN),
    }


def _known(found: Any) -> Any:
    if found is None:
        raise SystemExit("no odds")
    return found


def _share(found: Any) -> Any:
    return _known(found).adopted


def measured(jobs: Jobs, rounds: int) -> dict[str, tuple[float, list[float]]]:
    """What came of each job, and its seconds; each round starts with another one."""
    came = {name: float(job()) for name, job in jobs.items()}
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    order = list(jobs)
    for number in range(rounds):
        start = number % len(order)
        for name in order[start:] + order[:start]:
            before = time.process_time()
            jobs[name]()
            seconds[name].append(time.process_time() - before)
    return {name: (came[name], seconds[name]) for name in jobs}


def main(rounds: int, words: list[str]) -> None:
    """Run the jobs and print what came and what they took."""
    place = words.index("--")
    rule = shipped_rule()
    found = {
        "odds": measured(alone(words[:place], rule), rounds),
        "simulation": measured(together(words[place + 1 :], rule), rounds),
        "sweep": measured(swept(rule), rounds),
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
