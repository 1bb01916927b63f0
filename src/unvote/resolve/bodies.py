"""From a body file to a body: its roster, classes, weights and questions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from unvote.bodies import (
    Body,
    Change,
    Division,
    First,
    Order,
    Question,
    Regime,
    RollCalling,
    Roster,
    Seating,
    Start,
    Weights,
    classes,
    columns,
)
from unvote.citations import Citation
from unvote.diagnostics import Problem, quoted
from unvote.documents.body import BodyDocument, MembersShape, QuestionShape, WeightsShape
from unvote.members import Period
from unvote.resolve.coverage import coverage
from unvote.resolve.names import Names
from unvote.resolve.rules import question_rules
from unvote.resolve.words import (
    WHOLE,
    collect,
    date_of,
    maybe,
    one_of,
    period_of,
    span_of,
    truth_of,
    whole_of,
)

Path = tuple[str | int, ...]
FIRST: Final = {first.value: first for first in First}
REGIMES: Final = {regime.value: regime for regime in Regime}
STARTS: Final = {start.value: start for start in Start}


class _Reader:
    """Reads one body file, collecting problems as it goes."""

    def __init__(self, document: BodyDocument, names: Names) -> None:
        self.document, self.names = document, names
        self.problems: list[Problem] = []

    def seats(self, words: Iterable[str], route: Path) -> frozenset[str]:
        """The codes of a list of members (UV201, UV102)."""
        found: dict[str, Path] = {}
        for number, word in enumerate(words):
            code = self.seat(word, here := (*route, number))
            if code in found:
                message = f"'{quoted(word)}' is listed twice"
                hint = "delete one of the two"
                self.problems.append(Problem("UV102", message, here, hint, also=found[code]))
            elif code is not None:
                found[code] = here
        return frozenset(found)

    def seat(self, word: str, route: Path) -> str | None:
        """One member by code or by any of its names, whatever the date."""
        code = self.names.seat(word)
        if code is None:
            found, problems = self.names.find(word, date.max)
            self.problems += [problem.under(*route) for problem in problems]
            return found
        return code

    def group(self, word: str, route: Path) -> str | None:
        """The code of a group (UV205)."""
        code = self.names.group(word)
        if code is None:
            hint = "look groups up with `unvote groups`"
            message = f"'{quoted(word)}' is not a group"
            self.problems.append(Problem("UV205", message, route, hint))
        return code

    def roster(self) -> tuple[Roster, int | None]:
        """Who sits, and the number of seats where the file states nothing but that."""
        members = self.document.members
        if isinstance(members, MembersShape):
            return self.listed(members), None
        if isinstance(members, list):
            return Roster(Seating.LISTED, always=self.seats(members, ("members",))), None
        word = members.strip()
        if word in {"all", "any"}:
            return Roster(Seating(word)), None
        if WHOLE.fullmatch(word):
            return Roster(Seating.NUMBER), int(word)
        return Roster(Seating.GROUP, group=self.group(word, ("members",)) or ""), None

    def listed(self, shape: MembersShape) -> Roster:
        """A roster by terms and periods."""
        always, group = frozenset[str](), None
        if isinstance(shape.always, list):
            always = self.seats(shape.always, ("members", "always"))
        elif shape.always is not None:
            stated = (self.document.classes or {}).get(shape.always)
            if isinstance(stated, list):
                always = self.seats(stated, ("classes", shape.always))
            else:
                group = self.group(stated or shape.always, ("members", "always"))
        return Roster(
            Seating.LISTED,
            group,
            always,
            {
                collect(self.problems, whole_of(year), "members", "terms", year, otherwise=int): (
                    self.seats(words, ("members", "terms", year))
                )
                for year, words in (shape.terms or {}).items()
            },
            {
                self.seat(word, ("members", "served", word)) or word: self.spans(
                    spans, ("members", "served", word)
                )
                for word, spans in (shape.served or {}).items()
            },
            tuple(
                Change(
                    self.seat(change.member, ("members", "changes", n, "member")) or "",
                    self.seat(change.replaced_by, ("members", "changes", n, "replaced_by")) or "",
                    collect(
                        self.problems,
                        date_of(change.until),
                        "members",
                        "changes",
                        n,
                        "until",
                        otherwise=lambda: date.max,
                    ),
                    change.note or "",
                )
                for n, change in enumerate(shape.changes or [])
            ),
            self.spans(shape.known or [], ("members", "known")),
            self.spans(shape.knowledge or [], ("members", "knowledge")),
        )

    def spans(self, texts: Iterable[str], route: Path) -> tuple[Period, ...]:
        """Periods written as `from..to`."""
        return tuple(
            collect(self.problems, span_of(text), *route, number, otherwise=Period)
            for number, text in enumerate(texts)
        )

    def sizes(self, number: int | None) -> tuple[tuple[Period, int], ...]:
        """The number of seats by period."""
        stated = self.document.seats
        if isinstance(stated, str):
            count = collect(self.problems, whole_of(stated), "seats", otherwise=int)
            return ((Period(), count),)
        if stated is None:
            return () if number is None else ((Period(), number),)
        return tuple(
            (
                collect(
                    self.problems,
                    period_of(entry.since, entry.until),
                    "seats",
                    n,
                    otherwise=Period,
                ),
                collect(self.problems, whole_of(entry.count), "seats", n, "count", otherwise=int),
            )
            for n, entry in enumerate(stated)
        )

    def weights(self) -> dict[str, tuple[Weights, ...]]:
        """The columns of weights."""
        found: dict[str, tuple[Weights, ...]] = {}
        for column, stated in (self.document.weights or {}).items():
            dated = stated if isinstance(stated, list) else [WeightsShape(values=stated)]
            found[column] = tuple(
                self.weight(
                    entry, ("weights", column, n) if stated is dated else ("weights", column)
                )
                for n, entry in enumerate(dated)
            )
        return found

    def weight(self, shape: WeightsShape, route: Path) -> Weights:
        """One column in one period."""
        inner = (*route, "values") if isinstance(route[-1], int) else route
        values = {
            self.seat(word, (*inner, word)) or word: collect(
                self.problems, whole_of(value), *inner, word, otherwise=int
            )
            for word, value in shape.values.items()
        }
        return Weights(
            collect(self.problems, period_of(shape.since, shape.until), *route, otherwise=Period),
            values,
            shape.unit or "",
            None if shape.source is None else Citation(shape.source, seen=shape.status is None),
            collect(self.problems, whole_of(shape.error or "0"), *route, "error", otherwise=int),
        )

    def question(self, name: str, shape: QuestionShape) -> Question:
        """One question with its dated rules."""
        rules, problems = question_rules(self.document, name, shape)
        self.problems += problems
        default = collect(
            self.problems, truth_of(shape.default), "questions", name, "default", otherwise=bool
        )
        about = " ".join((shape.about or "").split())
        return Question(name, shape.title or name, rules or (), default, about)

    def classes(
        self, questions: Mapping[str, Question]
    ) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
        """The named subsets: lists by themselves, groups by their code."""
        lists: dict[str, frozenset[str]] = {}
        groups: dict[str, str] = {}
        for name, stated in (self.document.classes or {}).items():
            if isinstance(stated, list):
                lists[name] = self.seats(stated, ("classes", name))
            elif code := self.group(stated, ("classes", name)):
                groups[name] = code
        for name, question in questions.items():
            for wanted in sorted(classes(question.rules) - lists.keys() - groups.keys()):
                if code := self.group(wanted, ("questions", name)):
                    groups[wanted] = code
        return lists, groups

    def order(self) -> Order | None:
        """The order of voting, where it is stated."""
        shape = self.document.order
        if shape is None:
            return None
        read = one_of(FIRST, shape.amendments, "an order of amendments")
        first = maybe(self.problems, read, "order", "amendments")
        seen = shape.status is None
        cites = (shape.cite, shape.proposals_cite, shape.motions_cite, shape.withdrawal_cite)
        cited = [None if text is None else Citation(text, seen=seen) for text in cites]
        return None if first is None else Order(first, *cited)

    def division(self) -> Division | None:
        """Who can have parts voted separately, where it is stated."""
        shape = self.document.division
        if shape is None:
            return None
        read = one_of(REGIMES, shape.on, "a way to divide a text")
        regime = maybe(self.problems, read, "division", "on")
        seen = shape.status is None
        cites = (shape.cite, shape.whole_cite)
        cited = [None if text is None else Citation(text, seen=seen) for text in cites]
        return None if regime is None else Division(regime, *cited)

    def roll_call(self) -> RollCalling | None:
        """How a roll call begins, where it is stated."""
        shape = self.document.roll_call
        if shape is None:
            return None
        read = one_of(STARTS, shape.start, "a start of a roll call")
        start = maybe(self.problems, read, "roll_call", "start")
        cite = None if shape.cite is None else Citation(shape.cite, seen=shape.status is None)
        return None if start is None else RollCalling(start, cite)

    def references(self, questions: Mapping[str, Question], weights: Mapping[str, object]) -> None:
        """Columns, questions and defaults that are named but not there."""
        for name, question in questions.items():
            wanted = frozenset[str]().union(*(columns(rule) for rule in question.rules))
            for column in sorted(wanted - weights.keys()):
                hint = f"add it under `weights:`; known: {', '.join(weights) or 'none'}"
                message = f"'{quoted(column)}' is no column of weights of this body"
                self.problems.append(Problem("UV110", message, ("questions", name), hint))
        for number, name in enumerate(self.document.undeclared or []):
            if name not in questions:
                message = f"'{quoted(name)}' is no question of this body"
                hint = f"one of: {', '.join(questions)}"
                self.problems.append(Problem("UV313", message, ("undeclared", number), hint))
        defaults = [name for name, question in questions.items() if question.default]
        for name in defaults[1:]:
            message = f"'{name}' is a default question, but '{defaults[0]}' is already"
            here, first = (("questions", one, "default") for one in (name, defaults[0]))
            self.problems.append(Problem("UV307", message, here, "keep one default", also=first))


def body_from(document: BodyDocument, names: Names, file: str = "") -> tuple[Body, list[Problem]]:
    """The body a file describes, with everything that is wrong in it."""
    reader = _Reader(document, names)
    roster, number = reader.roster()
    questions = {name: reader.question(name, shape) for name, shape in document.questions.items()}
    lists, groups = reader.classes(questions)
    weights = reader.weights()
    reader.references(questions, weights)
    since = None
    if document.since is not None:
        since = maybe(reader.problems, date_of(document.since), "since")
    for name, question in questions.items():
        reader.problems += coverage(question, since, ("questions", name, "rules"))
    body = Body(
        document.id,
        document.name,
        roster,
        questions,
        document.short or document.name,
        tuple(document.aliases or ()),
        since,
        lists,
        groups,
        reader.sizes(number),
        weights,
        tuple(document.undeclared or ()),
        collect(reader.problems, truth_of(document.article_19), "article_19", otherwise=bool),
        " ".join((document.note or "").split()),
        file,
        reader.order(),
        reader.division(),
        reader.roll_call(),
    )
    return body, reader.problems
