"""From a scenario file to the changes it makes to a roll call."""

import re
from collections.abc import Iterable

from unvote.diagnostics import Problem, Route, Spot, quoted
from unvote.documents.scenario import ScenarioDocument, SetShape, SweepShape
from unvote.resolve.attendance import Setting
from unvote.resolve.votes import seat, vote_words
from unvote.resolve.words import Read, maybe, whole_of
from unvote.rollcall import RollCall
from unvote.scenarios import Change, Drop, Move, SetVote, Sweep, changed, movable

MOST_POINTS = 10_000


def changes_from(
    document: ScenarioDocument, setting: Setting, roll: RollCall
) -> tuple[tuple[Change, ...], list[Problem]]:
    """The changes of a scenario, in order, each of which the roll call allows (UV409)."""
    problems: list[Problem] = []
    changes: list[Change] = []
    for number, shape in enumerate(document.set or []):
        change = _change(shape, setting, roll, ("set", number), problems)
        if change is not None:
            changes.append(change)
            roll = changed(roll, (change,))
    if document.drop:
        codes = _members(document.drop, setting, roll, ("drop",), problems)
        changes.append(Drop(codes))
    return tuple(changes), problems


def _change(
    shape: SetShape, setting: Setting, roll: RollCall, route: Route, problems: list[Problem]
) -> Change | None:
    """One change: members set to a vote, or a number moved."""
    named = shape.countries is not None and shape.vote is not None
    moved = None not in {shape.from_, shape.to, shape.count}
    mixed = any(
        part is not None
        for part in ((shape.from_, shape.to, shape.count) if named else (shape.countries,))
    )
    if named == moved or mixed:
        message = "a change says either {countries, vote} or {from, to, count}"
        problems.append(Problem("UV110", message, route, "keep one of the two"))
        return None
    if named:
        vote = maybe(problems, vote_words(shape.vote or ""), *route, "vote")
        codes = _members(shape.countries or [], setting, roll, (*route, "countries"), problems)
        return None if vote is None else SetVote(codes, vote)
    return move_of(shape.from_ or "", shape.to or "", shape.count or "", roll, route, problems)


def move_of(
    source: str, target: str, count: str, roll: RollCall, route: Route, problems: list[Problem]
) -> Move | None:
    """A move of a number of members that the roll call allows (UV409)."""
    one = maybe(problems, vote_words(source), *route, "from")
    other = maybe(problems, vote_words(target), *route, "to")
    number = maybe(problems, whole_of(count), *route, "count")
    if one is None or other is None or number is None:
        return None
    have = movable(roll, one)
    if number > have:
        message = f"{number} members cannot move from {one.value}: only {have} vote so"
        problems.append(Problem("UV409", message, (*route, "count"), f"lower it to at most {have}"))
        return None
    return Move(one, other, number)


def _members(
    words: Iterable[str], setting: Setting, roll: RollCall, route: Route, problems: list[Problem]
) -> tuple[str, ...]:
    """The members of a list of members and groups, that have a vote here (UV302)."""
    names, found = setting.names, []
    for number, word in enumerate(words):
        here = (*route, number)
        group = None
        if word.strip().upper() not in names.membership.members:
            group = names.group(word)
        if group is not None:
            inside = names.membership.groups[group].on(setting.day)
            found += sorted(inside & roll.named.keys())
            continue
        code = seat(word, names, setting.day, here, problems)
        if code is not None and code not in roll.named:
            message = f"{code} has no vote by name in this roll call"
            hint = "a move by numbers (from, to, count) needs no names"
            problems.append(Problem("UV302", message, here, hint))
        elif code is not None:
            found.append(code)
    return tuple(dict.fromkeys(found))


def sweeps_from(
    document: ScenarioDocument, roll: RollCall
) -> tuple[tuple[Sweep, ...], list[Problem]]:
    """The sweeps of a scenario, one or two, within bounds (UV409)."""
    problems: list[Problem] = []
    shapes = document.sweep if isinstance(document.sweep, list) else [document.sweep]
    several = isinstance(document.sweep, list)
    found = [
        sweep
        for number, shape in enumerate(shapes)
        if shape is not None
        and (sweep := _sweep(shape, roll, ("sweep", number) if several else ("sweep",), problems))
    ]
    if len(found) > 2:  # noqa: PLR2004 - a table has two sides
        message = f"{len(found)} quantities are swept at once"
        problems.append(Problem("UV409", message, ("sweep", 2), "sweep one or two"))
    points = 1
    for sweep in found:
        points *= sweep.last - sweep.first + 1
    if points > MOST_POINTS:
        message = f"the sweep has {points} points"
        problems.append(Problem("UV409", message, ("sweep",), f"at most {MOST_POINTS}"))
    return (() if problems else tuple(found)), problems


def _sweep(
    shape: SweepShape, roll: RollCall, route: Route, problems: list[Problem]
) -> Sweep | None:
    one = maybe(problems, vote_words(shape.from_), *route, "from")
    other = maybe(problems, vote_words(shape.to), *route, "to")
    span = maybe(problems, range_of(shape.count), *route, "count")
    if one is None or other is None or span is None:
        return None
    have = movable(roll, one)
    if span[1] > have:
        message = f"{span[1]} members cannot move from {one.value}: only {have} vote so"
        problems.append(Problem("UV409", message, (*route, "count"), f"lower it to at most {have}"))
        return None
    return Sweep(one, other, span[0], span[1])


def range_of(text: str) -> Read[tuple[int, int]]:
    """A range of whole numbers: `0..58`, or one number (UV110)."""
    match = re.fullmatch(r"\s*(\d{1,6})\s*(?:\.\.\s*(\d{1,6})\s*)?", text)
    if match and int(match[1]) <= int(match[2] or match[1]):
        return (int(match[1]), int(match[2] or match[1])), []
    message = f"'{quoted(text)}' is not a range of whole numbers"
    return None, [Problem("UV110", message, hint="write it as 0..58", spot=Spot.VALUE)]
