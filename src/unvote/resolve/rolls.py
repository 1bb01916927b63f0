"""From the votes of a file and the body of the day to a roll call that accounts for every seat."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from unvote.diagnostics import Problem, Spot, quoted
from unvote.documents.resolution import Motion
from unvote.resolve.attendance import (
    Attendance,
    Setting,
    attendance,
    composition_of,
    outsiders,
    roster_open,
    unknown_roster,
    without_vote,
)
from unvote.resolve.counts import roll_of_counts
from unvote.resolve.votes import Ballots, listed_votes
from unvote.rollcall import Composition, RollCall
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Vote

if TYPE_CHECKING:
    from unvote.resolve.stances import Stances

Path = tuple[str | int, ...]
Rolled = tuple[RollCall | None, Attendance, Outlook | None]
"""A roll call, the room it was taken in, and what is known of it where it is a forecast."""


def roll_of_stances(
    stances: "Stances", document: Motion, setting: Setting, route: Path, problems: list[Problem]
) -> Rolled:
    """The roll call that the stances of another file amount to; its problems stay with them."""
    room = attendance(document, setting, route, problems)
    ballots = _ballots(stances, setting, room)
    composition = composition_of(setting, len(ballots.named))
    if ballots.named and not roster_open(setting, composition):
        stances.problems.append(unknown_roster(setting, ("countries",)))
        return None, room, None
    roll = _close(ballots, composition, setting, room, forecast=True, problems=stances.problems)
    return roll, room, ballots.outlook


def roll_from(document: Motion, setting: Setting, route: Path, problems: list[Problem]) -> Rolled:
    """The roll call of a motion; nothing where its votes cannot be read."""
    room = attendance(document, setting, route, problems)
    if document.counts is not None:
        return roll_of_counts(document, setting, room, route, problems), room, None
    forecast = document.votes is None
    here = (*route, "stances" if forecast else "votes")
    if forecast:
        from unvote.resolve.stances import inline_stances  # noqa: PLC0415 - a record has none

        inline = document.stances if isinstance(document.stances, dict) else {}
        stances = inline_stances(inline, setting.names, setting.day, here)
        ballots = _ballots(stances, setting, room)
    else:
        ballots = listed_votes(document.votes or {}, setting.names, setting.day, route=here)
    problems += ballots.problems
    composition = composition_of(setting, len(ballots.named))
    if ballots.named and not roster_open(setting, composition):
        problems.append(unknown_roster(setting, here))
        return None, room, None
    roll = _close(ballots, composition, setting, room, forecast=forecast, problems=problems)
    return roll, room, ballots.outlook


def _ballots(stances: "Stances", setting: Setting, room: Attendance) -> Ballots:
    """The votes that stances amount to: undecided where none is stated."""
    roster = setting.body.roster.on(setting.day, setting.membership)
    each = stances.of_each(stances.members if roster is None else roster | stances.members.keys())
    votes = stances.votes(each)
    stances.problems += _unknown_texts(stances, setting)
    stances.problems += _no_leader(stances, each, room)
    outlook = stances.outlook(each)
    return Ballots(votes, stances.routes, stances.default.listed(), stances.problems, outlook)


def _no_leader(
    stances: "Stances", each: Mapping[str, Stance], room: Attendance
) -> Iterator[Problem]:
    """Stances that follow a member without a vote, of which nothing is said either (UV302)."""
    outside = room.barred.keys() | room.not_participating
    own = {**stances.groups, **stances.excepted, **stances.members}
    for code, stance in own.items():
        leader = stance.follows
        if leader is None or (leader in each and leader not in outside):
            continue
        if leader not in each or each[leader] is stances.default:
            message = f"{code} follows {leader}, which has no vote here"
            hint = f"write how {code} votes itself, or whom else it follows"
            yield Problem("UV302", message, (*stances.routes[code], "follows"), hint)


def _unknown_texts(stances: "Stances", setting: Setting) -> list[Problem]:
    """Stances that depend on what is no amendment of the text (UV316)."""
    own = {**stances.groups, **stances.excepted, **stances.members}
    return [
        no_such_text(name, setting, (*stances.routes[code], "if", name), spot=Spot.KEY)
        for code, stance in own.items()
        for name in stance.condition
        if name not in setting.texts
    ]


def no_such_text(name: str, setting: Setting, route: Path, *, spot: Spot = Spot.VALUE) -> Problem:
    """A name that is no other amendment or part of the text (UV316)."""
    message = f"'{quoted(name)}' is no other amendment or part of this text"
    known = ", ".join(setting.texts)
    hint = f"one of: {known}" if known else "list it under `amendments`"
    return Problem("UV316", message, route, hint, spot=spot)


def _close(
    ballots: Ballots,
    composition: Composition,
    setting: Setting,
    room: Attendance,
    *,
    forecast: bool,
    problems: list[Problem],
) -> RollCall:
    """Account for every seat: outsiders refused, everybody unlisted filled in."""
    rest = ballots.otherwise or (Vote.UNDECIDED if forecast else Vote.ABSENT)
    named = dict(ballots.named)
    problems += outsiders(named, ballots.routes, composition, setting)
    barred = without_vote(
        named, ballots.routes, composition, room, forecast=forecast, problems=problems
    )
    out = room.not_participating & (composition.members or room.not_participating)
    problems += _both(out & named.keys(), ballots)
    for code in composition.members or ():
        named.setdefault(code, rest)
    unnamed: dict[Vote, int] = {}
    if composition.members is None:
        unnamed = _unlisted(composition, len(named) + len(barred) + len(out), rest, problems)
    for code in barred | out:
        named.pop(code, None)
    return room.roll(composition, named, unnamed, barred, out)


def _both(codes: Iterable[str], ballots: Ballots) -> list[Problem]:
    """Members that vote and are listed as not participating (UV302)."""
    hint = "take it out of one of the two"
    return [
        Problem(
            "UV302",
            f"{code} votes and is listed as not participating",
            ballots.routes[code],
            hint,
            spot=Spot.VALUE,
        )
        for code in sorted(codes)
        if code in ballots.routes
    ]


def _unlisted(
    composition: Composition, listed: int, rest: Vote, problems: list[Problem]
) -> dict[Vote, int]:
    """The seats of a body whose members are not known by name, beyond those listed (UV304)."""
    left = composition.seats - listed
    if left < 0:
        message = f"{listed} members are listed, but the body has {composition.seats}"
        problems.append(Problem("UV304", message, ("votes",), "check the list", spot=Spot.KEY))
    return {rest: left} if left > 0 else {}
