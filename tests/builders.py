"""What several tests build on: the shipped bodies, roll calls by name or number, files as text."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from unvote.api import Report, open_world, tally
from unvote.bodies import Body
from unvote.rollcall import Composition, RollCall
from unvote.rules import Rule
from unvote.rulings import Ruling
from unvote.vocabulary import Vote
from unvote.world.world import World

TODAY = date(2026, 6, 1)
PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
NOBODY: frozenset[str] = frozenset()


@cache
def world() -> World:
    """The shipped members and bodies, read once a process."""
    return open_world()


def body(word: str) -> Body:
    """A shipped body."""
    found, problems = world().body(word)
    assert found is not None, problems
    return found


@cache
def rule(word: str, question: str, day: date = TODAY) -> Rule:
    """The one rule of a shipped body for a question on a day."""
    (found,) = body(word).questions[question].rules_on(day)
    return found


@cache
def composition(word: str, day: date = TODAY) -> Composition:
    """A shipped body as it sat on a day."""
    return body(word).composition_on(day, world().membership, seats=0)


def counted(seats: int, *, yes: int = 0, no: int = 0, abstain: int = 0) -> RollCall:
    """A roll call of a body of so many seats without names; whoever is left is absent."""
    absent = seats - yes - no - abstain
    votes = {Vote.YES: yes, Vote.NO: no, Vote.ABSTAIN: abstain, Vote.ABSENT: absent}
    return RollCall(Composition(seats), {}, votes)


def by_name(
    members: Composition,
    votes: Mapping[Vote, Iterable[str]],
    rest: Vote = Vote.ABSENT,
    *,
    not_participating: frozenset[str] = NOBODY,
    parties: frozenset[str] = NOBODY,
) -> RollCall:
    """A roll call by name: everybody unlisted that sits and takes part did `rest`."""
    assert members.members is not None
    named = dict.fromkeys(sorted(members.members - not_participating), rest)
    for vote, codes in votes.items():
        for code in codes:
            assert code in named, f"{code} does not sit"
            named[code] = vote
    return RollCall(members, named, not_participating=not_participating, parties=parties)


def read(text: str, *, expect: bool = False) -> Report:
    """What comes of a resolution file with this text."""
    return tally("-", stdin=text.encode(), expect=expect)


def ruling(text: str) -> Ruling:
    """The one result of a resolution file with this text, which must be free of errors."""
    report = read(text)
    assert report.valid, [problem.problem for problem in report.problems]
    (result,) = report.results
    return result
