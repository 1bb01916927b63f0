"""The verdict on a text: one outcome, or one under each candidate where no question is declared."""

from dataclasses import dataclass, replace
from typing import Final

from unvote.bodies import Question
from unvote.cases import Case
from unvote.engine import decide
from unvote.outcomes import Outcome, Truth
from unvote.revotes import asks_again, foreseen
from unvote.rollcall import RollCall
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
    not, it is open and every candidate's outcome is given. After a tie the ruling is on the second
    vote, if there is one: its case is that of the second vote, which knows what the first came to.
    """
    if case.without_vote:
        return Ruling(case, Verdict.ADOPTED, None)
    if case.roll is None:
        verdict = case.result or Verdict.OPEN
        return Ruling(case, verdict, None if case.result else Cause.UNDECIDED)
    ruling = _rule_on_votes(case, case.roll)
    second = second_of(ruling)
    return ruling if second is None else rule_on(second)


def again(before: Ruling, case: Case) -> Ruling:
    """The verdict on a text after changes to its votes: they do not change whether it is put."""
    if before.taken is False:
        return replace(before, case=case)
    after = rule_on(case)
    return after if before.taken else replace(after, taken=None, reason=before.reason)


def second_of(ruling: Ruling) -> Case | None:
    """The second vote that follows, if the first tied and the rule asks for one (GA rule 95).

    A second vote was taken under the questions on which a tie asks for it, and no other.
    """
    tied = tuple(
        (question, outcome.rule)
        for question, outcome in ruling.outcomes
        if outcome.because is Cause.TIE and asks_again(outcome.rule)
    )
    case, outcome = ruling.case, ruling.outcome
    if case.second is None or outcome is None or not tied:
        return None
    return replace(case.second, questions=tied, first=outcome.tally, step=case.step)


def _rule_on_votes(case: Case, roll: RollCall) -> Ruling:
    """The verdict on the votes of one roll call."""
    outcomes = tuple(
        (question, foreseen(case, decide(roll, rule))) for question, rule in case.questions
    )
    if len({outcome.verdict for _, outcome in outcomes}) > 1:
        return Ruling(case, Verdict.OPEN, Cause.UNDECIDED, outcomes)
    first = outcomes[0][1]
    return Ruling(case, first.verdict, first.because, outcomes)
