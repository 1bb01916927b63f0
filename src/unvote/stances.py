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
    `condition` ends as it says, the vote is `then`.
    """

    vote: Vote = Vote.UNDECIDED
    word: str = ""
    chances: Mapping[Vote, Fraction] = field(default_factory=dict)
    follows: str | None = None
    condition: Mapping[str, Verdict] = field(default_factory=dict)
    then: Vote | None = None
    report: Report | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    group: str | None = None

    def listed(self) -> Vote:
        """The vote as it is listed: undecided where only chances or a condition are stated."""
        if self.chances or (self.condition and self.then is not self.vote):
            return Vote.UNDECIDED
        return self.vote
