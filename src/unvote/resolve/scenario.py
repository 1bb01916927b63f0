"""The changes of a scenario, from its file or from words such as `IND=yes` on a command line."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from unvote.cases import Case, Role
from unvote.diagnostics import Problem, Route, quoted
from unvote.documents.scenario import ScenarioDocument, SetShape
from unvote.resolve.attendance import Setting, not_seated
from unvote.resolve.votes import seat, vote_words
from unvote.resolve.words import Read, maybe, one_of, range_of, vote_of, whole_of
from unvote.rollcall import RollCall
from unvote.scenarios import Change, Drop, Move, SetVote, Sweep, changed, movable
from unvote.stances import CONFIDENCE
from unvote.suppositions import Amended
from unvote.vocabulary import Verdict, Vote

MOST_POINTS: Final = 10_000
RESULTS: Final = {v.value: v for v in (Verdict.ADOPTED, Verdict.NOT_ADOPTED)}
BY_NUMBER: Final = "a move by numbers (from, to, count) needs no names"
LOST: Final = "its vote is one of those known by number only; members are set before numbers move"


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
        codes = members_said(document.drop, setting, roll, ("drop",), problems)
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
        for part in (
            (shape.from_, shape.to, shape.count) if named else (shape.countries, shape.vote)
        )
    )
    if named == moved or mixed:
        message = "a change says either {countries, vote} or {from, to, count}"
        problems.append(Problem("UV110", message, route, "keep one of the two"))
        return None
    if named:
        said = maybe(problems, _worded(shape.vote or "", setting), *route, "vote")
        codes = members_said(shape.countries or [], setting, roll, (*route, "countries"), problems)
        return None if said is None else SetVote(codes, *said)
    parts = (shape.from_ or "", shape.to or "", shape.count or "")
    return move_of(parts, roll, route, problems)


def set_said(text: str, setting: Setting, roll: RollCall) -> Read[SetVote]:
    """A member or a group set to a vote, from `IND=yes`."""
    word, sign, vote_word = text.rpartition("=")
    if not sign:
        message = f"'{quoted(text)}' does not say who votes how"
        return None, [Problem("UV110", message, hint="write it as IND=yes or EU=abstain")]
    problems: list[Problem] = []
    said = maybe(problems, _worded(vote_word, setting))
    codes = members_said([word], setting, roll, (), problems)
    return (None, problems) if said is None or not codes else (SetVote(codes, *said), problems)


def _worded(text: str, setting: Setting) -> Read[tuple[Vote, str]]:
    """A vote, in a forecast with a word of confidence before it or none (UV110)."""
    word, _, rest = " ".join(text.casefold().split()).partition(" ")
    vote = vote_of(rest)
    if word in setting.words and vote not in {None, Vote.UNDECIDED}:
        return (vote, word), []
    vote, problems = vote_words(text)
    if vote is not None:
        return (vote, ""), []
    if setting.words:
        hint = f"{problems[0].hint}; before it one of: {', '.join(setting.words)}; or none"
        problems = [replace(problem, hint=hint) for problem in problems]
    elif word in CONFIDENCE and vote_of(rest) is not None:
        hint = "words of confidence belong to stances, and these are votes: write the vote alone"
        problems = [replace(problem, hint=hint) for problem in problems]
    return None, problems


def drop_said(text: str, setting: Setting, roll: RollCall) -> Read[Drop]:
    """A member or a group that takes no part, from `VEN`."""
    problems: list[Problem] = []
    codes = members_said([text], setting, roll, (), problems)
    return (Drop(codes) if codes else None), problems


def move_said(text: str, roll: RollCall) -> Read[Move]:
    """A number of members moved, from `abstain:no:23`."""
    problems: list[Problem] = []
    parts = _three(text, "a move", "abstain:no:23", problems)
    return (move_of(parts, roll, (), problems) if parts else None), problems


def sweep_said(text: str, roll: RollCall) -> Read[Sweep]:
    """A range of numbers moved, from `abstain:no:0..58`."""
    problems: list[Problem] = []
    parts = _three(text, "a sweep", "abstain:no:0..58", problems)
    return (sweep_of(parts, roll, (), problems) if parts else None), problems


def amended_said(names: Iterable[str], cases: Iterable[Case]) -> tuple[Amended, list[Problem]]:
    """The amendments of a text that are adopted, and the others, that are not (UV316)."""
    known = tuple(case.id for case in cases if case.place.role is Role.AMENDMENT)
    chosen = tuple(name.strip() for name in names)
    problems = []
    hint = f"one of: {', '.join(known)}; or none" if known else "this text has none"
    for name in chosen:
        if name not in known:
            message = f"'{quoted(name)}' is no amendment of this text"
            problems.append(Problem("UV316", message, hint=hint))
    if not known and not problems:
        problems.append(Problem("UV316", "this text has no amendments", hint="leave it out"))
    adopted = tuple(name for name in known if name in chosen)
    return Amended(adopted, tuple(name for name in known if name not in chosen)), problems


def result_said(text: str) -> Read[tuple[str, Verdict]]:
    """A step or an amendment and how it ends, from `call=adopted`."""
    name, sign, word = text.rpartition("=")
    problems: list[Problem] = []
    verdict = maybe(problems, one_of(RESULTS, word, "a result")) if sign else None
    if not sign:
        message = f"'{quoted(text)}' does not say what ends how"
        hint = "write it as call=adopted or call='not adopted'"
        problems.append(Problem("UV110", message, hint=hint))
    return (None if verdict is None else (name.strip(), verdict)), problems


def _three(
    text: str, what: str, example: str, problems: list[Problem]
) -> tuple[str, str, str] | None:
    """The three parts of a word such as `abstain:no:23` (UV110)."""
    parts = text.split(":")
    if len(parts) == 3:  # noqa: PLR2004 - from, to, number
        return parts[0], parts[1], parts[2]
    message = f"'{quoted(text)}' is not {what}"
    problems.append(Problem("UV110", message, hint=f"write from:to:number, as {example}"))
    return None


def move_of(
    parts: tuple[str, str, str], roll: RollCall, route: Route, problems: list[Problem]
) -> Move | None:
    """A move (from, to, number) that the roll call allows (UV409)."""
    one = maybe(problems, vote_words(parts[0]), *route, "from")
    other = maybe(problems, vote_words(parts[1]), *route, "to")
    number = maybe(problems, whole_of(parts[2]), *route, "count")
    if one is None or other is None or number is None:
        return None
    wrong = too_many(number, one, roll)
    problems += [problem.under(*route, "count") for problem in wrong]
    return None if wrong else Move(one, other, number)


def too_many(number: int, vote: Vote, roll: RollCall) -> list[Problem]:
    """That fewer members vote so than are to move (UV409)."""
    have = movable(roll, vote)
    if number <= have:
        return []
    message = f"{number} members cannot move from {vote.value}: only {have} vote so"
    return [Problem("UV409", message, hint=f"lower it to at most {have}")]


def members_said(
    words: Collection[str], setting: Setting, roll: RollCall, route: Route, problems: list[Problem]
) -> tuple[str, ...]:
    """The members of a list of members and groups, that have a vote here (UV302)."""
    names, found = setting.names, list[str]()
    for number, word in enumerate(words):
        here = (*route, number)
        doubt = names.doubt(word, words)
        problems += [problem.under(*here) for problem in doubt]
        group = None
        if not doubt and word.strip().upper() not in names.membership.members:
            group = names.group(word)
        if group is not None:
            codes, wrong = _of_group(group, setting, roll)
            problems += [problem.under(*here) for problem in wrong]
            found += codes
            continue
        known = len(names.spellings)
        code = seat(word, names, setting.day, here, problems)
        names.keep_clear(known)
        if code is not None and code in roll.not_entitled | roll.not_participating:
            message = f"{code} has no vote to cast in this roll call"
            problems.append(Problem("UV302", message, here, "take it out"))
        elif code is not None and code not in (roll.composition.members or {code}):
            problems.append(not_seated(code, setting, here))
        elif code is not None and code not in roll.named:
            message = f"{code} has no vote by name in this roll call"
            seated = code in (roll.composition.members or ())
            problems.append(Problem("UV302", message, here, LOST if seated else BY_NUMBER))
        elif code is not None:
            found.append(code)
    return tuple(dict.fromkeys(found))


def _of_group(
    group: str, setting: Setting, roll: RollCall
) -> tuple[Sequence[str], Sequence[Problem]]:
    """The members of a group that vote here; all of them must be known by name (UV302)."""
    inside = setting.names.membership.groups[group].on(setting.day)
    seated = inside & (roll.composition.members or roll.named.keys())
    out = roll.not_entitled | roll.not_participating
    left = len(seated - roll.named.keys() - out)
    if left:
        some = "one member" if left == 1 else f"{left} members"
        message = f"{some} of {group} cast no vote that is known by name here"
        return (), [Problem("UV302", message, hint=LOST.replace("its vote is", "they are"))]
    if not seated - out:
        message = f"no member of {group} has a vote by name in this roll call"
        return (), [Problem("UV302", message, hint="`unvote groups` says who is in it")]
    return sorted(seated - out), ()


def sweeps_from(
    document: ScenarioDocument, roll: RollCall
) -> tuple[tuple[Sweep, ...], list[Problem]]:
    """The sweeps of a scenario, one or two, within bounds (UV409)."""
    problems: list[Problem] = []
    shapes = document.sweep if isinstance(document.sweep, list) else [document.sweep]
    several = isinstance(document.sweep, list)
    found = []
    for number, shape in enumerate(shapes):
        if shape is not None:
            parts = (shape.from_, shape.to, shape.count)
            route = ("sweep", number) if several else ("sweep",)
            found.append(sweep_of(parts, roll, route, problems))
    sweeps = tuple(sweep for sweep in found if sweep is not None)
    problems += out_of_bounds(sweeps)
    return (() if problems else sweeps), problems


def out_of_bounds(sweeps: Sequence[Sweep]) -> list[Problem]:
    """That too much is swept at once (UV409)."""
    problems = []
    if len(sweeps) > 2:  # noqa: PLR2004 - a table has two sides
        message = f"{len(sweeps)} quantities are swept at once"
        problems.append(Problem("UV409", message, ("sweep", 2), "sweep one or two"))
    points = 1
    for sweep in sweeps:
        points *= sweep.last - sweep.first + 1
    if points > MOST_POINTS:
        message = f"the sweep has {points} points"
        problems.append(Problem("UV409", message, ("sweep",), f"at most {MOST_POINTS}"))
    return problems


def sweep_of(
    parts: tuple[str, str, str], roll: RollCall, route: Route, problems: list[Problem]
) -> Sweep | None:
    """A sweep (from, to, range) that the roll call allows (UV409)."""
    one = maybe(problems, vote_words(parts[0]), *route, "from")
    other = maybe(problems, vote_words(parts[1]), *route, "to")
    span = maybe(problems, range_of(parts[2]), *route, "count")
    if one is None or other is None or span is None:
        return None
    wrong = too_many(span[1], one, roll)
    problems += [problem.under(*route, "count") for problem in wrong]
    return None if wrong else Sweep(one, other, span[0], span[1])
