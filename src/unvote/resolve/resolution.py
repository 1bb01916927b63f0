"""From a resolution file to its cases: the amendments and parts first, then the text itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from unvote.bodies import Body, Question, Regime, columns
from unvote.cases import Case, Change, Expectation, Place, Role, Target
from unvote.citations import Citation
from unvote.diagnostics import Problem, Spot, any_error, quoted
from unvote.documents.resolution import (
    Ballot,
    DivisionShape,
    Motion,
    Part,
    ResolutionDocument,
)
from unvote.resolve.attendance import Attendance, Setting
from unvote.resolve.expect import expectation_from
from unvote.resolve.names import Names
from unvote.resolve.rolls import no_such_text, roll_from, roll_of_stances
from unvote.resolve.votes import counted_votes, listed_votes, seat, seats
from unvote.resolve.words import collect, date_of, maybe, one_of, truth_of, vote_of, whole_of
from unvote.rollcall import Composition, RollCall
from unvote.rules import Rule
from unvote.stances import Outlook
from unvote.vocabulary import Verdict, Vote

if TYPE_CHECKING:
    from unvote.resolve.stances import Stances

Path = tuple[str | int, ...]
FindBody = Callable[[str], tuple[Body | None, list[Problem]]]
RECORD: Final = ("votes", "counts", "named", "stances", "result", "without_vote", "expect")
MOTIONS: Final = ("procedural", "ordinary")
"""The questions a motion for division is decided as: the first of them the body has."""
MOST_PARTS: Final = 1000
CHANGES: Final = {change.value: change for change in Change}
RESULTS: Final = {v.value: v for v in (Verdict.ADOPTED, Verdict.NOT_ADOPTED)}


def cases_from(
    document: ResolutionDocument,
    names: Names,
    find_body: FindBody,
    file: str,
    forecast: "Callable[[date], Stances] | None" = None,
) -> tuple[tuple[Case, ...], list[Problem]]:
    """The votes of a resolution file in the order they are taken, with what is wrong in it.

    `forecast` gives the stances of another file on the day of the vote; they take the place of
    the text's own votes, and keep their own problems.
    """
    problems: list[Problem] = []
    body, found = find_body(document.body)
    problems += [problem.under("body") for problem in found]
    day, found_day = date_of(document.date)
    problems += [problem.under("date") for problem in found_day]
    if body is None or day is None:
        return (), [*problems, *_votes_alone(document, names, day)]
    setting = Setting(body, day, names, tuple(part.id for part, _ in _before(document)))
    cases: list[Case] = []
    problems += _parts(document)
    if any(problem.code == "UV108" for problem in problems):
        return (), problems
    problems += _order(document)
    for part, route in _before(document):
        case = _case(part, document, setting, route, problems)
        if case is not None:
            cases.append(case)
    stances = forecast(day) if forecast else None
    case = _case(document, document, setting, (), problems, stances)
    if case is not None:
        cases.append(case)
    return tuple(_filed(case, file) for case in cases), problems


def _filed(case: Case, file: str) -> Case:
    """The case with the file it was read from, its second vote too."""
    second = None if case.second is None else replace(case.second, file=file)
    return replace(case, file=file, second=second)


def _before(document: ResolutionDocument) -> list[tuple[Part | DivisionShape, Path]]:
    """What is put before the text, in order: the motion, the amendments as ordered, the parts."""
    motion = [] if document.division is None else [(document.division, ("division",))]
    places = {name: number for number, name in reversed([*enumerate(document.order or [])])}
    numbered = list(enumerate((document.amendments or [])[:MOST_PARTS]))
    numbered.sort(key=lambda item: places.get(item[1].id, len(places)))
    amendments = [(part, ("amendments", number)) for number, part in numbered]
    parts = [
        (part, ("parts", number)) for number, part in enumerate((document.parts or [])[:MOST_PARTS])
    ]
    return [*motion, *amendments, *parts]


def _order(document: ResolutionDocument) -> list[Problem]:
    """An order that names what is no amendment (UV316), or one twice (UV102)."""
    problems: list[Problem] = []
    known = dict.fromkeys(part.id for part in document.amendments or [])
    hint = f"one of: {', '.join(known)}" if known else "list it under `amendments`"
    first: dict[str, int] = {}
    for number, name in enumerate(document.order or []):
        route = ("order", number)
        if name not in known:
            message = f"'{quoted(name)}' is no amendment of this text"
            problems.append(Problem("UV316", message, route, hint))
        elif name in first:
            message = f"'{quoted(name)}' stands twice in the order"
            once = "an amendment is put once: delete one of the two"
            also = ("order", first[name])
            problems.append(Problem("UV102", message, route, once, also=also))
        first.setdefault(name, number)
    return problems


def _votes_alone(document: ResolutionDocument, names: Names, day: date | None) -> list[Problem]:
    """What is wrong with the votes, where the body or the day they hang on is not known."""
    problems: list[Problem] = []
    if document.counts is not None:
        problems += [problem.under("counts") for problem in counted_votes(document.counts)[1]]
    if day is not None:
        for key, votes in (("votes", document.votes), ("named", document.named)):
            if votes is not None:
                problems += listed_votes(votes, names, day, route=(key,)).problems
    return problems


def _parts(document: ResolutionDocument) -> list[Problem]:
    """Amendments and parts that cannot be told apart, or are too many (UV102, UV108)."""
    problems: list[Problem] = []
    seen = {document.id}
    if document.division is not None:
        if document.division.id in seen:
            message = f"'{quoted(document.division.id)}' is the id of the text itself"
            hint = "give the motion an id of its own"
            problems.append(Problem("UV102", message, ("division",), hint, spot=Spot.KEY))
        seen.add(document.division.id)
    for key in ("amendments", "parts"):
        parts = getattr(document, key) or []
        if len(parts) > MOST_PARTS:
            message = f"{len(parts)} {key} are more than a file may hold ({MOST_PARTS})"
            problems.append(Problem("UV108", message, (key,), "split the file", spot=Spot.KEY))
        for number, part in enumerate(parts[:MOST_PARTS]):
            if part.id in seen:
                message = f"'{quoted(part.id)}' is the id of another text of this file"
                hint = "give each amendment and part its own id"
                problems.append(Problem("UV102", message, (key, number, "id"), hint))
            seen.add(part.id)
    return problems


@dataclass(frozen=True, slots=True)
class _Record:
    """What is known of one vote: a roll call, or only its result, or that none was taken."""

    roll: RollCall | None = None
    room: Attendance | None = None
    outlook: Outlook | None = None
    result: Verdict | None = None
    without_vote: bool = False

    @property
    def decidable(self) -> bool:
        """Whether there is anything to give a verdict on."""
        return self.roll is not None or self.result is not None or self.without_vote

    @property
    def barred(self) -> Mapping[str, Citation | None]:
        """The members without a vote, each with its source."""
        if self.room is None or self.roll is None:
            return {}
        return {code: self.room.barred.get(code) for code in sorted(self.roll.not_entitled)}


def _case(
    motion: Motion,
    document: ResolutionDocument,
    setting: Setting,
    route: Path,
    problems: list[Problem],
    stances: "Stances | None" = None,
) -> Case | None:
    """One vote; nothing if it cannot be decided for what is wrong with it."""
    here = [*_nothing_written(motion, route)]
    if motion is not document:
        here += _stances_elsewhere(motion, route)
    if stances is not None:
        motion = motion.model_copy(update=dict.fromkeys(RECORD))
    _one_record(motion, route, here)
    if isinstance(motion, DivisionShape):
        motion = _motion(motion, setting)
    questions, declared = _questions(motion, document, setting, route, here)
    record = _record(motion, setting, route, here, stances)
    here += _missing_weights(questions, record.roll, setting, route)
    part = motion if isinstance(motion, (Part, DivisionShape)) else None
    sponsors = (part.by if part else document.sponsors) or []
    sponsor_route = (*route, "by" if part else "sponsors")
    case = Case(
        part.id if part else document.id,
        setting.body,
        setting.day,
        questions,
        title=_line(motion.title),
        declared=declared,
        roll=record.roll,
        result=record.result,
        without_vote=record.without_vote,
        outlook=record.outlook,
        forecast=record.roll is not None and motion.votes is None and motion.counts is None,
        part_of=document.id if part else None,
        place=_place(part, document, setting, route, here) if part else Place(),
        sponsors=seats(sponsors, setting.names, setting.day, sponsor_route, here),
        later=_later(document, setting, here) if part is None else {},
        barred=record.barred,
        targets=_targets(document, here) if part is None else (),
        roster_seen=not any(p.covers(setting.day) for p in setting.body.roster.knowledge),
        expect=_expected(motion, route, here),
        sources=tuple(_line(source) for source in motion.sources or ()),
        notes=_line(motion.notes),
    )
    case = replace(case, second=_second(case, motion, setting, route, here))
    problems += here
    return case if questions and record.decidable and not any_error(here) else None


def _second(
    case: Case, motion: Motion, setting: Setting, route: Path, problems: list[Problem]
) -> Case | None:
    """The second vote that is recorded or expected after a tie: the same text, other votes."""
    shape = motion.second_vote
    if shape is None:
        return None
    here = (*route, "second_vote")
    problems += _nothing_written(shape, here)
    own = {name: getattr(shape, name) for name in type(shape).model_fields}
    again = motion.model_copy(update={**dict.fromkeys(RECORD), **own})
    _one_record(again, here, problems)
    problems += _stances_elsewhere(shape, here)
    record = _record(again, setting, here, problems, None)
    return replace(
        case,
        roll=record.roll,
        result=record.result,
        without_vote=False,
        outlook=record.outlook,
        forecast=record.roll is not None and shape.votes is None and shape.counts is None,
        barred=record.barred,
        sources=tuple(_line(source) for source in shape.sources or motion.sources or ()),
        notes=_line(shape.notes or motion.notes),
    )


def _stances_elsewhere(ballot: Ballot, route: Path) -> Iterator[Problem]:
    """A file of stances for a vote that is not the text's own (UV110): it would not be read."""
    if isinstance(ballot.stances, str):
        message = "only the stances on the text itself can stand in a file of their own"
        hint = "write them out here, by vote or by member"
        yield Problem("UV110", message, (*route, "stances"), hint)


def _nothing_written(ballot: Ballot, route: Path) -> Iterator[Problem]:
    """Keys of a vote under which nothing stands (UV111)."""
    for key in ("votes", "counts", "stances", "result"):
        if key in ballot.model_fields_set and getattr(ballot, key) is None:
            hint = "write it out, or take the key out"
            yield Problem("UV111", f"nothing is written under '{key}'", (*route, key), hint)


def _motion(motion: DivisionShape, setting: Setting) -> DivisionShape:
    """A motion for division as it is put: a procedural question, with a vote only if one is told.

    Where the rules ask for a vote if anybody objects, an objection tells of one.
    """
    regime = setting.body.division.on if setting.body.division else None
    told = any(getattr(motion, key) is not None for key in RECORD)
    objected = bool(motion.objected_by) and regime in {Regime.OBJECTION, None}
    update: dict[str, str] = {} if told or objected else {"without_vote": "true"}
    own = (name for name in MOTIONS if name in setting.body.questions)
    if motion.question is None and (question := next(own, None)):
        update["question"] = question
    return motion.model_copy(update={"title": motion.title or "Motion for division", **update})


def _excluded(
    part: Part, setting: Setting, route: Path, problems: list[Problem]
) -> tuple[str, ...]:
    """The other amendments that fall if this one carries (UV316)."""
    names = part.excludes or []
    for number, name in enumerate(names):
        if name not in setting.texts or name == part.id:
            problems.append(no_such_text(name, setting, (*route, "excludes", number)))
    return tuple(names)


def _place(
    part: Part | DivisionShape,
    document: ResolutionDocument,
    setting: Setting,
    route: Path,
    problems: list[Problem],
) -> Place:
    """When an amendment, a part or a motion is put, and whether."""
    withdrawn = bool(maybe(problems, truth_of(part.withdrawn), *route, "withdrawn"))
    if isinstance(part, DivisionShape):
        objectors = seats(
            part.objected_by or [], setting.names, setting.day, (*route, "objected_by"), problems
        )
        # What is wrong with the names of the sponsors is told where the text itself is read.
        movers = seats(document.sponsors or [], setting.names, setting.day, ("sponsors",), [])
        return Place(Role.MOTION, withdrawn=withdrawn, objectors=objectors, movers=movers)
    distance = change = operative = None
    if part.distance is not None:
        distance = maybe(problems, whole_of(part.distance), *route, "distance")
    if part.change is not None:
        change = maybe(problems, one_of(CHANGES, part.change, "a change"), *route, "change")
    if part.operative is not None:
        operative = maybe(problems, truth_of(part.operative), *route, "operative")
    return Place(
        Role.AMENDMENT if route[0] == "amendments" else Role.PART,
        distance,
        change,
        _excluded(part, setting, route, problems),
        operative,
        withdrawn,
    )


def _record(
    motion: Motion,
    setting: Setting,
    route: Path,
    problems: list[Problem],
    stances: "Stances | None",
) -> _Record:
    """What a motion says of its vote."""
    read = truth_of(motion.without_vote)
    if collect(problems, read, *route, "without_vote", otherwise=bool):
        return _Record(without_vote=True)
    if motion.result is not None:
        known = one_of(RESULTS, motion.result, "a result")
        return _Record(result=maybe(problems, known, *route, "result"))
    if stances is not None:
        return _Record(*roll_of_stances(stances, motion, setting, route, problems))
    return _Record(*roll_from(motion, setting, route, problems))


def _expected(motion: Motion, route: Path, problems: list[Problem]) -> Expectation | None:
    """The `expect:` block of a motion, if it has one."""
    if motion.expect is None:
        return None
    return expectation_from(motion.expect, (*route, "expect"), problems)


def _line(text: str | None) -> str:
    """Running text on one line."""
    return " ".join((text or "").split())


def _one_record(motion: Motion, route: Path, problems: list[Problem]) -> None:
    """Votes are given once: by name, as counts, as stances, or as a result alone."""
    given = [
        key
        for key in ("votes", "counts", "stances", "result", "without_vote")
        if getattr(motion, key) is not None
        and not (key == "without_vote" and truth_of(motion.without_vote)[0] is False)
    ]
    if len(given) > 1:
        message = f"the vote is given {len(given)} times: {', '.join(given)}"
        hint = "keep one; counts can be tested under `expect:`"
        problems.append(Problem("UV110", message, (*route, given[1]), hint, spot=Spot.KEY))
    if motion.named is not None and motion.counts is None:
        message = "'named' lists members within `counts`, but there are no counts"
        hint = "write `votes:` if these are all the votes"
        problems.append(Problem("UV111", message, (*route, "named"), hint, spot=Spot.KEY))


def _questions(
    motion: Motion,
    document: ResolutionDocument,
    setting: Setting,
    route: Path,
    problems: list[Problem],
) -> tuple[tuple[tuple[Question, Rule], ...], bool]:
    """The question declared with its rule of the day, or all candidates (UV307, UV313)."""
    body = setting.body
    word = motion.question or document.question
    where = (*route, "question") if motion.question else ("question",)
    if word is None:
        candidates = body.candidates()
        declared = len(candidates) == 1
    elif word.strip().casefold() in body.questions:
        candidates, declared = (word.strip().casefold(),), True
    else:
        message = f"'{quoted(word)}' is no question of the {body.name}"
        problems.append(Problem("UV313", message, where, f"one of: {', '.join(body.questions)}"))
        return (), True
    found = []
    for name in candidates:
        rules = body.questions[name].rules_on(setting.day)
        if len(rules) != 1:
            number = "no rule" if not rules else f"{len(rules)} rules"
            message = f"the {body.name} has {number} for '{name}' on {setting.day}"
            first = f"it first met on {body.since}" if body.since else "check the date"
            problems.append(Problem("UV307", message, ("date",), first))
            return (), declared
        found.append((body.questions[name], rules[0]))
    return tuple(found), declared


def _missing_weights(
    questions: tuple[tuple[Question, Rule], ...],
    roll: RollCall | None,
    setting: Setting,
    route: Path,
) -> list[Problem]:
    """Weights a rule needs that are not known on the day (UV311)."""
    composition = roll.composition if roll else Composition(0)
    wanted = frozenset[str]().union(*(columns(rule) for _, rule in questions))
    return [
        Problem(
            "UV311",
            f"no '{column}' weights of the {setting.body.name} are known for {setting.day}",
            route or ("date",),
            "give them in a body file of your own, with --bodies",
        )
        for column in sorted(wanted - composition.weights.keys())
        if roll is not None
    ]


def _later(
    document: ResolutionDocument, setting: Setting, problems: list[Problem]
) -> dict[str, Vote]:
    """Intentions stated after the vote; they never change the count."""
    found: dict[str, Vote] = {}
    for word, statement in (document.later_statements or {}).items():
        here = ("later_statements", word)
        code = seat(word, setting.names, setting.day, here, problems, key=True)
        vote = vote_of(statement.intended)
        if vote is None:
            message = f"'{quoted(statement.intended)}' is not a vote"
            hint = "write yes, no, abstain or absent"
            problems.append(Problem("UV110", message, (*here, "intended"), hint))
        elif code:
            found[code] = vote
    return found


def _targets(document: ResolutionDocument, problems: list[Problem]) -> tuple[Target, ...]:
    return tuple(
        Target(
            collect(problems, whole_of(target.yes), "targets", number, "yes", otherwise=int),
            _line(target.label),
        )
        for number, target in enumerate(document.targets or [])
    )


def counts_case(
    counts: tuple[int, int, int], body: Body, day: date, question: str | None, names: Names
) -> tuple[Case | None, list[Problem]]:
    """The case of counts given on the command line, such as 93-24-58."""
    document = ResolutionDocument(
        id="-".join(str(count) for count in counts),
        body=body.id,
        date=day.isoformat(),
        question=question,
        counts="-".join(str(count) for count in counts),
    )
    problems: list[Problem] = []
    case = _case(document, document, Setting(body, day, names), (), problems)
    return case, problems


def blank_case(
    body: Body, day: date, question: str | None, names: Names, *, without: frozenset[str]
) -> tuple[Case | None, list[Problem]]:
    """The case of a vote in a body on a day of which nothing is known; `without` take no part."""
    document = ResolutionDocument(
        id=body.id,
        body=body.id,
        date=day.isoformat(),
        question=question,
        stances={},
        not_participating=sorted(without),
    )
    problems: list[Problem] = []
    case = _case(document, document, Setting(body, day, names), (), problems)
    return case, problems
