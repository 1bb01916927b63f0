"""Who has how much power in a body."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from unvote.api.tallying import open_world
from unvote.bodies import Body, Question
from unvote.cases import Case
from unvote.diagnostics import Diagnostic, Problem, any_error, quoted
from unvote.powers import Asked, Powers, Refusal, powers_of
from unvote.resolve.names import Names
from unvote.resolve.resolution import blank_case
from unvote.rollcall import RollCall
from unvote.world.world import World

NOBODY: Final = frozenset[str]()
MOST_PATH: Final = 4096
"""Characters of the path of a body file."""
REASONS: Final[Mapping[Refusal, tuple[str, str]]] = {
    Refusal.CONSENSUS: (
        "no votes are counted there: one objection stops a text, whoever makes it",
        "ask about a body, or a question, that is decided by votes",
    ),
    Refusal.NOBODY: (
        "nobody with a vote is known: its members are whoever a file lists",
        "give them in a body file of your own, or with `members: 15` how many they are",
    ),
    Refusal.NAMELESS: (
        "who sat on that day is not known, and under this rule it matters who votes how",
        "give the members in a body file of your own, or ask about another day with --on",
    ),
    Refusal.UNEVEN: (
        "its rule counts other votes than yes, so that a further yes can hurt",
        "indices of power are defined where a yes can only help",
    ),
    Refusal.NEVER: (
        "no text can be adopted, whatever the members that may vote do",
        "check the bar of the rule and the number of members",
    ),
    Refusal.BEYOND: (
        "its members are too many, or differ in too many ways, for all votes to be counted",
        "give weights in larger units; thousands of members are beyond it",
    ),
}


@dataclass(frozen=True, slots=True)
class PowerReport:
    """The power of the members of a body under each question tried, and all problems.

    `among` are the members asked for, by the words they were asked for with; none: all.
    """

    body: Body | None
    day: date
    problems: tuple[Diagnostic, ...]
    powers: tuple[Powers, ...] = ()
    among: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether there are figures."""
        return bool(self.powers) and not any(problem.is_error for problem in self.problems)


def power(
    body: str,
    question: str | None = None,
    *,
    on: date,
    abstention: bool = False,
    among: Sequence[str] = (),
    unions: Sequence[str] = (),
    participating: Sequence[str] = (),
    coalitions: bool = False,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
) -> PowerReport:
    """The indices of power of the members of a body on a day, exactly.

    `body` is an id, an alias, or the path of a body file. Without a question the answer is given
    under the body's usual one, or under each that a file could mean. Every member votes yes or no,
    with `abstention` also abstains, all equally likely. `among`, `unions` and `participating` take
    groups and members: those shown, those that vote as one, and those that alone take part
    (Article 238(3) TFEU). `coalitions` also counts the minimal winning and blocking coalitions.
    """
    world = open_world(members, bodies)
    where, found = _body_of(body, world)
    if where is None or world.unusable:
        return PowerReport(where, on, (*world.diagnostics, *found))
    problems: list[Problem] = []
    hall = Hall(where, on, world.names, problems)
    out = hall.without(participating)
    shown, joined = hall.parts("--among", among), hall.parts("--unions", unions)
    problems += _overlapping(joined)
    if abstention and unions:
        message = "unions are worked out for votes of yes and no only"
        problems.append(Problem("UV415", message, hint="leave one of the two out"))
    case = None if any_error(problems) else _case(hall, question, out)
    powers: list[Powers] = []
    if case is not None and case.roll is not None:
        shown, joined = hall.voting(case.roll, shown), hall.voting(case.roll, joined)
        if not any_error(problems):
            powers = _powers(case, case.roll, Asked(abstention, joined, coalitions), problems)
    told = [*world.diagnostics, *found, *(Diagnostic(body, each) for each in problems)]
    return PowerReport(where, on, tuple(dict.fromkeys(told)), tuple(powers), shown)


def _body_of(word: str, world: World) -> tuple[Body | None, list[Diagnostic]]:
    """The body an id, an alias or a path names."""
    if Path(word).suffix in {".yaml", ".yml"} and len(word) < MOST_PATH:
        from unvote.world.registry import read_body  # noqa: PLC0415 - few ask with a file

        body, told = read_body(word, world.names)
        if body is None and not any(diagnostic.is_error for diagnostic in told):
            told.append(Diagnostic(word, Problem("UV314", "this file holds no body")))
        return body, told
    found, problems = world.body(word)
    return found, [Diagnostic(word, problem) for problem in problems]


@dataclass(frozen=True, slots=True)
class Hall:
    """A body on a day, in which groups and members are looked for by name."""

    body: Body
    day: date
    names: Names
    problems: list[Problem]

    @property
    def roster(self) -> frozenset[str] | None:
        """Who sits, where that is known."""
        return self.body.roster.on(self.day, self.names.membership)

    def without(self, words: Sequence[str]) -> frozenset[str]:
        """The members that take no part, where only those named do."""
        inside = self.parts("--participating", words).values()
        return (self.roster or frozenset()) - frozenset[str]().union(*inside) if words else NOBODY

    def parts(self, option: str, words: Sequence[str]) -> dict[str, frozenset[str]]:
        """Those named by each word that sit in the body (UV302, UV312)."""
        return {word: self._part(option, word) for word in words}

    def voting(
        self, roll: RollCall, parts: Mapping[str, frozenset[str]]
    ) -> dict[str, frozenset[str]]:
        """Those of them that have a vote and take part; there must be one (UV303)."""
        able = frozenset(roll.named)
        for word, codes in parts.items():
            if not codes & able:
                message = f"'{quoted(word)}' has no vote in the {self.body.name} on {self.day}"
                hint = "it has lost it under Article 19 of the Charter, or takes no part"
                self.problems.append(Problem("UV303", message, hint=hint))
        return {word: codes & able for word, codes in parts.items()}

    def _part(self, option: str, word: str) -> frozenset[str]:
        codes, roster = self._group(word), self.roster
        if roster is None:
            message = f"who sat in the {self.body.name} on {self.day} is not known here"
            hint = f"leave {option} out, or give the members in a body file of your own"
            self.problems.append(Problem("UV312", message, hint=hint))
            return frozenset()
        if codes and not codes & roster:
            message = f"nobody of '{quoted(word)}' sat in the {self.body.name} on {self.day}"
            hint = f"who did: `unvote bodies {self.body.id} --on {self.day}`"
            self.problems.append(Problem("UV302", message, hint=hint))
        return codes & roster

    def _group(self, word: str) -> frozenset[str]:
        """The members of a group on the day; or one member."""
        group = self.names.group(word)
        if group is not None:
            return self.names.membership.groups[group].on(self.day)
        code, found = self.names.find(word, self.day)
        self.problems.extend(found)
        return frozenset() if code is None else frozenset({code})


def _case(hall: Hall, question: str | None, without: frozenset[str]) -> Case | None:
    """The case of a vote of which nothing is known yet; weights that are not known say when."""
    body = hall.body
    case, found = blank_case(body, hall.day, question, hall.names, without=without)
    for problem in found:
        hint = problem.hint
        if problem.code == "UV311" and body.weights:
            spans = [str(each.period) for dated in body.weights.values() for each in dated]
            hint = f"ask with --on about a day they are known for: {', '.join(sorted(spans))}"
        # There is no file that the routes could lead into.
        hall.problems.append(Problem(problem.code, problem.message, (), hint, problem.level))
    return case


def _overlapping(unions: Mapping[str, frozenset[str]]) -> Iterable[Problem]:
    """Members of two unions."""
    seen: dict[str, str] = {}
    for word, codes in unions.items():
        twice = sorted(code for code in codes if code in seen)
        if twice:
            first = seen[twice[0]]
            message = f"{twice[0]} is in two unions, '{quoted(first)}' and '{quoted(word)}'"
            yield Problem("UV301", message, hint="a member can vote with one union only")
        seen |= dict.fromkeys(codes, word)


def _powers(case: Case, roll: RollCall, asked: Asked, problems: list[Problem]) -> list[Powers]:
    """The power under each question; where there is none, why (UV415)."""
    powers = []
    for question, rule in case.questions:
        found = powers_of(question, rule, roll, asked)
        if isinstance(found, Refusal):
            problems.append(_refused(found, case, question))
        else:
            powers.append(found)
    return powers


def _refused(refusal: Refusal, case: Case, question: Question) -> Problem:
    message, hint = REASONS[refusal]
    where = f"'{question.id}' in '{case.body.id}'"
    return Problem("UV415", f"no power can be told of {where}: {message}", hint=hint)
