"""The verdict on a text: one outcome, or one under each candidate where no question is declared."""

from dataclasses import dataclass
from typing import Final

from unvote.bodies import Question
from unvote.cases import Case
from unvote.engine import decide
from unvote.outcomes import Outcome, Truth
from unvote.vocabulary import Cause, Verdict

SUPPOSED: Final = "supposed"
"""The reason of a ruling that was not decided by votes, but supposed (what if)."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of a text.

    `outcomes` holds the outcome under each question tried: one if the question is declared, none
    if only the result is recorded or the text was adopted without a vote. `taken` is false where
    it was not put to the vote (it is then not adopted), nothing where that is open; `reason` says
    why, and of a step of proceedings also why it was put.
    """

    case: Case
    verdict: Verdict
    because: Cause | None
    outcomes: tuple[tuple[Question, Outcome], ...] = ()
    taken: Truth = True
    reason: str = ""

    @property
    def outcome(self) -> Outcome | None:
        """The outcome to show: that of the declared question, else of the first candidate."""
        return self.outcomes[0][1] if self.outcomes else None

    @property
    def result(self) -> Verdict | None:
        """The verdict to tell; nothing where it was not put to the vote."""
        return None if self.taken is False else self.verdict

    @property
    def supposed(self) -> bool:
        """Whether the verdict was supposed."""
        return self.reason == SUPPOSED

    @property
    def agreed(self) -> bool:
        """Whether the verdict is the same under every candidate question."""
        return len({outcome.verdict for _, outcome in self.outcomes}) <= 1


def rule_on(case: Case) -> Ruling:
    """The verdict on a text.

    Where the file declares no question the verdict stands if all candidates agree; if they do
    not, it is open and every candidate's outcome is given.
    """
    if case.without_vote:
        return Ruling(case, Verdict.ADOPTED, None)
    if case.roll is None:
        verdict = case.result or Verdict.OPEN
        return Ruling(case, verdict, None if case.result else Cause.UNDECIDED)
    roll = case.roll
    outcomes = tuple((question, decide(roll, rule)) for question, rule in case.questions)
    if len({outcome.verdict for _, outcome in outcomes}) > 1:
        return Ruling(case, Verdict.OPEN, Cause.UNDECIDED, outcomes)
    first = outcomes[0][1]
    return Ruling(case, first.verdict, first.because, outcomes)
