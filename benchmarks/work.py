"""What part `engine` runs inside the environment measured: deciding, over and over.

Takes the folder of resolution files to read, and the file of roll calls (`-`: makes them up).
Prints one JSON object: of every job the number of things done and the seconds of each round.
"""

import csv
import json
import lzma
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import unvote.api
from unvote.engine import decide
from unvote.members import Membership
from unvote.rollcall import Composition, RollCall
from unvote.rules import Rule
from unvote.vocabulary import Verdict, Vote
from unvote.world.world import World

DAY = date(2022, 3, 2)
MADE_UP = 6_000
COLUMNS = {
    "yes": Vote.YES,
    "no": Vote.NO,
    "abstain": Vote.ABSTAIN,
    "not_voting": Vote.ABSENT,
}
Votes = list[tuple[date, dict[str, Vote]]]


def recorded(file: Path) -> Votes:
    """The roll calls of a file of records."""
    csv.field_size_limit(1_000_000)
    with lzma.open(file, "rt", encoding="utf-8", newline="") as stream:
        return [
            (
                date.fromisoformat(row["date"]),
                {code: vote for name, vote in COLUMNS.items() for code in row[name].split()},
            )
            for row in csv.DictReader(stream)
        ]


def made_up(members: list[str]) -> Votes:
    """Roll calls of all members, the same ones each time."""
    chance = random.Random(1945)  # noqa: S311 - figures to count, no secret
    votes = list(COLUMNS.values())
    return [
        (
            DAY,
            dict(
                zip(members, chance.choices(votes, (60, 10, 20, 10), k=len(members)), strict=True)
            ),
        )
        for _ in range(MADE_UP)
    ]


def build(votes: Votes, membership: Membership) -> list[RollCall]:
    """The roll calls, with those that sat in the Assembly on the day."""
    seated: dict[date, Composition] = {}
    rolls = []
    for day, named in votes:
        if day not in seated:
            members = membership.on(day) | named.keys()
            seated[day] = Composition(len(members), frozenset(members))
        rolls.append(RollCall(seated[day], named))
    return rolls


def tallies(seats: int) -> Iterator[tuple[int, int, int, int]]:
    """Every way a body of this size can vote: yes, no, abstain, absent."""
    for yes in range(seats + 1):
        for no in range(seats - yes + 1):
            for abstain in range(seats - yes - no + 1):
                yield yes, no, abstain, seats - yes - no - abstain


def decide_tallies(seats: int, rule: Rule) -> tuple[int, int]:
    """Decide every tally: how many there are, and how many are adopted."""
    composition = Composition(seats)
    done = adopted = 0
    for yes, no, abstain, absent in tallies(seats):
        unnamed = {Vote.YES: yes, Vote.NO: no, Vote.ABSTAIN: abstain, Vote.ABSENT: absent}
        outcome = decide(RollCall(composition, {}, unnamed), rule)
        done += 1
        adopted += outcome.verdict is Verdict.ADOPTED
    return done, adopted


def timed(job: Callable[[], object], rounds: int) -> list[float]:
    """The seconds a job takes, each round."""
    taken = []
    for _ in range(rounds):
        before = time.perf_counter()
        job()
        taken.append(time.perf_counter() - before)
    return taken


def main(folder: str, records: str) -> None:
    """Run the jobs and print what they took."""
    world = World()
    membership = world.membership
    assembly = world.shipped_body("general-assembly")
    (important,) = assembly.questions["important"].rules_on(DAY)
    (ordinary,) = assembly.questions["ordinary"].rules_on(DAY)
    real = records != "-"
    votes = recorded(Path(records)) if real else made_up(sorted(membership.on(DAY)))
    rolls = build(votes, membership)
    source = "recorded" if real else "made up"
    files = sum(1 for _ in Path(folder).rglob("*.yaml"))
    before = time.perf_counter()
    done, adopted = decide_tallies(193, important)
    all_tallies = time.perf_counter() - before

    def decide_all(rule: Rule) -> None:
        for roll in rolls:
            decide(roll, rule)

    jobs = {
        f"{len(rolls):,} roll calls ({source}), two-thirds": (
            len(rolls),
            timed(lambda: decide_all(important), 7),
        ),
        f"{len(rolls):,} roll calls ({source}), simple majority": (
            len(rolls),
            timed(lambda: decide_all(ordinary), 7),
        ),
        "building them: the votes of each counted": (
            len(rolls),
            timed(lambda: build(votes, membership), 5),
        ),
        f"every tally of 193, two-thirds ({adopted:,} adopted)": (done, [all_tallies]),
        f"{files} files of 193 names: read, resolved, decided": (
            files,
            timed(lambda: unvote.api.tally(folder), 3),
        ),
    }
    json.dump(jobs, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
