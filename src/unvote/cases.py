"""A text put to the vote: everything the engine and the explanations need to know of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from unvote.bodies import Body, Question
from unvote.citations import Citation
from unvote.rollcall import RollCall, Tally
from unvote.rules import Rule
from unvote.stances import Outlook
from unvote.vocabulary import Cause, Verdict, Vote


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the file's author expects, run as a test; what is missing is not tested."""

    verdict: Verdict | None = None
    because: Cause | None = None
    counts: tuple[int, int, int] | None = None
    need: int | None = None
    have: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A political target beside the legal bar, in number of yes votes."""

    yes: int
    label: str = ""


class Role(Enum):
    """What is put to the vote: a text, an amendment, a part, or a motion to vote on parts."""

    TEXT = "text"
    AMENDMENT = "amendment"
    PART = "part"
    MOTION = "motion for division"


class Change(Enum):
    """What an amendment does to a text; it only adds, deletes or revises (GA rule 90)."""

    ADDS = "adds"
    DELETES = "deletes"
    REVISES = "revises"


@dataclass(frozen=True, slots=True)
class Place:
    """What decides when an amendment or a part is put, and whether.

    `distance` is how far it is removed in substance from the text, as its author states it (the
    greater the further); `excludes` are the amendments that fall if it carries. `operative` is
    whether a part is an operative one, where that is said. Of a motion for division `objectors`
    are those that object to it, and `movers` those whose text it is about.
    """

    role: Role = Role.TEXT
    distance: int | None = None
    change: Change | None = None
    excludes: tuple[str, ...] = ()
    operative: bool | None = None
    withdrawn: bool = False
    objectors: tuple[str, ...] = ()
    movers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One text, amendment or motion in one body on one day.

    `questions` are the question declared, or every candidate with its rule where none is.
    `roll` is missing where only the recorded result is known (`result`), or where the text was
    adopted without a vote. `outlook` is what is known of a vote not yet held (`forecast`);
    `given` what was, before stances that depend on amendments were settled. `later`
    are intentions stated afterwards; they never change the count. `place` is that of an amendment
    or a part; `second` the vote to be taken if this one ties, and `first`, of that second vote,
    what the first one came to; `step` the step of the proceedings it is taken in. `scenario` is
    what it was changed by, where it is a vote that was never held so.
    """

    id: str
    body: Body
    day: date
    questions: tuple[tuple[Question, Rule], ...]
    title: str = ""
    declared: bool = True
    roll: RollCall | None = None
    result: Verdict | None = None
    without_vote: bool = False
    forecast: bool = False
    outlook: Outlook | None = None
    given: Outlook | None = None
    part_of: str | None = None
    place: Place = Place()
    second: "Case | None" = None
    first: Tally | None = None
    step: str | None = None
    sponsors: tuple[str, ...] = ()
    later: Mapping[str, Vote] = field(default_factory=dict)
    barred: Mapping[str, Citation | None] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    roster_seen: bool = True
    expect: Expectation | None = None
    sources: tuple[str, ...] = ()
    notes: str = ""
    file: str = ""
    scenario: str = ""

    @property
    def held(self) -> bool:
        """Whether it is told as a vote that was held: no forecast, and not of a scenario."""
        return not self.forecast and not self.scenario
