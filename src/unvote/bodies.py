"""A body: who sits in it on a date, and the questions it decides, each by a dated rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from unvote.citations import Citation
from unvote.members import Membership, Period
from unvote.rollcall import Composition
from unvote.rules import Blocking, Rule


class Seating(Enum):
    """How the members of a body are stated."""

    ALL = "all"
    ANY = "any"
    NUMBER = "number"
    GROUP = "group"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Change:
    """A seat that passed from one member to another within a term."""

    member: str
    replaced_by: str
    until: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who sits, by date.

    `always` sit on every date; `terms` are calendar years; `served` are exact periods. Where
    `known` is given, the roster is complete only within those periods: outside them a body takes
    counts, not names. `knowledge` are the periods whose roster is general knowledge, not seen at a
    source. `group` names the group that sits.
    """

    seating: Seating
    group: str | None = None
    always: frozenset[str] = frozenset()
    terms: Mapping[int, frozenset[str]] = field(default_factory=dict)
    served: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    known: tuple[Period, ...] = ()
    knowledge: tuple[Period, ...] = ()

    def on(self, day: date, membership: Membership) -> frozenset[str] | None:
        """The codes of those that sat on that day, or nothing where the roster is not known."""
        match self.seating:
            case Seating.ALL:
                return membership.on(day)
            case Seating.GROUP:
                return membership.groups[self.group or ""].on(day)
            case Seating.ANY | Seating.NUMBER:
                return None
            case Seating.LISTED:
                return self._listed(day, membership)

    def _listed(self, day: date, membership: Membership) -> frozenset[str] | None:
        if self.known and not any(period.covers(day) for period in self.known):
            return None
        if self.terms and day.year not in self.terms and not self.served:
            return None
        seated = self.always | self.terms.get(day.year, frozenset())
        if self.group is not None:
            seated |= membership.groups[self.group].on(day)
        seated |= {
            code
            for code, periods in self.served.items()
            if any(period.covers(day) for period in periods)
        }
        for change in self.changes:
            if change.until.year == day.year:
                pair = {change.member, change.replaced_by}
                holder = change.member if day <= change.until else change.replaced_by
                seated = (seated - pair) | {holder}
        return seated


@dataclass(frozen=True, slots=True)
class Weights:
    """A column of whole-number weights in force in a period.

    `error` is the largest sum of the rounding errors of all values, in the same unit (0: exact).
    """

    period: Period
    values: Mapping[str, int]
    unit: str = ""
    source: Citation | None = None
    error: int = 0

    @property
    def label(self) -> str:
        """The unit and the source, as far as they are stated."""
        return ", ".join(part for part in (self.unit, str(self.source or "")) if part)


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of question a body decides, such as substantive or procedural."""

    id: str
    title: str
    rules: tuple[Rule, ...]
    default: bool = False
    about: str = ""

    def rules_on(self, day: date) -> tuple[Rule, ...]:
        """The rules in force on that day: exactly one in a sound body."""
        return tuple(rule for rule in self.rules if rule.period.covers(day))


class First(Enum):
    """Which amendments are put to the vote first."""

    FURTHEST = "furthest first"
    ADDITIONS = "additions and deletions first"


@dataclass(frozen=True, slots=True)
class Order:
    """The order of voting: that of amendments, with the provisions on it.

    Rival texts are put in the order of their submission wherever `proposals` cites a provision.
    `motions` is on procedural motions, which go before the text; `withdrawal` on withdrawing one.
    """

    amendments: First
    citation: Citation | None = None
    proposals: Citation | None = None
    motions: Citation | None = None
    withdrawal: Citation | None = None


class Regime(Enum):
    """Who can have the parts of a text voted separately.

    `OBJECTION`: if anybody objects to it, the motion is put to the vote. `MOVER`: no vote is taken
    on it, but the mover of the text can object, and then the parts are not voted separately.
    """

    REQUEST = "request"
    OBJECTION = "vote if objected"
    MOVER = "request unless the mover objects"


@dataclass(frozen=True, slots=True)
class Division:
    """How it is decided whether parts are voted separately, and by which provision.

    `whole` is the provision by which a text is rejected as a whole if all its operative parts are;
    where none is known, it is put to the vote all the same.
    """

    on: Regime
    citation: Citation | None = None
    whole: Citation | None = None


class Start(Enum):
    """Whose name is called first in a roll call."""

    FIRST = "first in the alphabet"
    LOT = "drawn by lot"


@dataclass(frozen=True, slots=True)
class RollCalling:
    """How a roll call begins; it goes on in the English alphabetical order of the names."""

    start: Start
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A body that votes, as its file describes it.

    `groups` gives, for every class that is a group of members, the group's code. `order`,
    `division` and `roll_call` are missing where its rules on them are not known.
    """

    id: str
    name: str
    roster: Roster
    questions: Mapping[str, Question]
    short: str = ""
    aliases: tuple[str, ...] = ()
    since: date | None = None
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    seats: tuple[tuple[Period, int], ...] = ()
    weights: Mapping[str, tuple[Weights, ...]] = field(default_factory=dict)
    undeclared: tuple[str, ...] = ()
    article_19: bool = False
    note: str = ""
    file: str = ""
    order: Order | None = None
    division: Division | None = None
    roll_call: RollCalling | None = None

    @property
    def withdrawn(self) -> str:
        """Why what was withdrawn is not put to the vote."""
        cite = self.order.withdrawal if self.order else None
        return f"withdrawn before the vote ({cite})" if cite else "withdrawn before the vote"

    def candidates(self) -> tuple[str, ...]:
        """The questions to try when a file names none: the default, else those it lists."""
        default = tuple(q.id for q in self.questions.values() if q.default)
        return default or self.undeclared or tuple(self.questions)

    def size_on(self, day: date, membership: Membership) -> int | None:
        """The number of members on that day, if it can be told: those known to sit, else the seats.

        A seat that nobody fills (a suspension, an election not yet held) is no member.
        """
        roster = self.roster.on(day, membership)
        if roster is not None:
            return len(roster)
        return next((count for period, count in self.seats if period.covers(day)), None)

    def composition_on(self, day: date, membership: Membership, *, seats: int) -> Composition:
        """The body as it sat on that day; `seats` is used where the body states no size."""
        roster = self.roster.on(day, membership)
        size = self.size_on(day, membership)
        classes = dict(self.classes)
        classes.update(
            {name: membership.groups[code].on(day) for name, code in self.groups.items()}
        )
        inside = self._weights_on(day)
        return Composition(
            seats if size is None else size,
            roster,
            classes,
            {
                column: {c: v for c, v in entry.values.items() if roster is None or c in roster}
                for column, entry in inside.items()
            },
            {column: entry.error for column, entry in inside.items()},
            {column: entry.label for column, entry in inside.items() if entry.label},
        )

    def _weights_on(self, day: date) -> dict[str, Weights]:
        """The columns of weights in force."""
        return {
            column: entry
            for column, dated in self.weights.items()
            for entry in dated
            if entry.period.covers(day)
        }


def columns(rule: Rule) -> frozenset[str]:
    """The columns of weights a rule needs."""
    named = {leaf.by for leaf in rule.thresholds() if leaf.by}
    if rule.deemed and isinstance(rule.deemed.fewer_than, Blocking):
        named.add(rule.deemed.fewer_than.by)
    return frozenset(named)


def classes(rules: Iterable[Rule]) -> frozenset[str]:
    """The classes and groups that rules speak of."""
    named = {leaf.among for rule in rules for leaf in rule.thresholds() if leaf.among}
    named |= {rule.veto.by for rule in rules if rule.veto and rule.veto.by}
    return frozenset(named)
