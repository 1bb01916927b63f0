"""What is known of a vote before it is held: stances with their confidence and source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from unvote.vocabulary import Verdict, Vote

CONFIDENCE: Final[Mapping[str, Fraction]] = {
    "firm": Fraction(97, 100),
    "pledged": Fraction(90, 100),
    "lean": Fraction(75, 100),
}
"""The chance that a member votes as its stance says, by word. Assumptions, printed as such."""

THIRD: Final = Fraction(1, 3)
UNDECIDED: Final[Mapping[Vote, Fraction]] = {
    Vote.YES: THIRD,
    Vote.NO: THIRD,
    Vote.ABSTAIN: THIRD,
}
"""The chances of a member of whom nothing is known: an assumption like the others."""


@dataclass(frozen=True, slots=True)
class Report:
    """Where a stance is from: who said it, how, and on which day."""

    who: str = ""
    how: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """How a member is expected to vote.

    `word` is the word of confidence (none: the plain vote). `chances` are stated outright instead,
    by vote, and add up to one. `follows` is the member whose vote it will be. If every amendment of
    `condition` ends as it says, the vote is `then`, as firm as `then_word`. `group` is the group it
    was stated for, whose members cast one vote together if `together` is set. `cost` is what a call
    to this member costs, in any whole unit.
    """

    vote: Vote = Vote.UNDECIDED
    word: str = ""
    chances: Mapping[Vote, Fraction] = field(default_factory=dict)
    follows: str | None = None
    condition: Mapping[str, Verdict] = field(default_factory=dict)
    then: Vote | None = None
    then_word: str = ""
    report: Report | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    group: str | None = None
    together: bool = False
    cost: int = 1

    def listed(self) -> Vote:
        """The vote as it is listed: undecided where only chances or a condition are stated."""
        if self.chances or (self.condition and self.then is not self.vote):
            return Vote.UNDECIDED
        return self.vote


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that is known of a vote before it is held.

    `stances` has one for every member that may vote. `confidence` gives the chance behind each word
    and `undecided` the chances of a member of whom nothing is known. `friendly` is the vote our
    side wants; `as_of` the day the stances speak of; those older than `max_age` days are stale.
    """

    stances: Mapping[str, Stance] = field(default_factory=dict)
    confidence: Mapping[str, Fraction] = field(default_factory=lambda: CONFIDENCE)
    undecided: Mapping[Vote, Fraction] = field(default_factory=lambda: UNDECIDED)
    friendly: Vote | None = None
    as_of: date | None = None
    max_age: int | None = None
    version: str | None = None

    @property
    def conditional(self) -> bool:
        """Whether a stance hangs on an amendment of which it is not known how it ends."""
        return any(stance.condition for stance in self.stances.values())
