"""Several votes in order, each taken or not by what became of those before it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from unvote.cases import Case
from unvote.outcomes import Truth
from unvote.rulings import Ruling
from unvote.vocabulary import Cause, Verdict


class State(Enum):
    """What a condition can ask of an earlier step."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not adopted"
    VETOED = "vetoed"
    TIED = "tied"
    OPEN = "open"
    TAKEN = "taken"


ENDED: Final = frozenset({State.ADOPTED, State.NOT_ADOPTED})
"""The states that tell what became of a text, whether it was put to the vote or not."""


@dataclass(frozen=True, slots=True)
class Is:
    """A step ended so; `negated`: it did not."""

    step: str
    state: State
    negated: bool = False

    def __str__(self) -> str:
        return f"{self.step} is {'not ' if self.negated else ''}{self.state.value}"


@dataclass(frozen=True, slots=True)
class Both:
    """Both conditions hold."""

    left: "When"
    right: "When"

    def __str__(self) -> str:
        return f"({self.left} and {self.right})"


@dataclass(frozen=True, slots=True)
class Either:
    """One of two conditions holds, or both."""

    left: "When"
    right: "When"

    def __str__(self) -> str:
        return f"({self.left} or {self.right})"


When = Is | Both | Either


@dataclass(frozen=True, slots=True)
class Step:
    """One vote in its order: the rulings of its file, the text itself last.

    `cases` are those of its file as they were read, every amendment and part among them.
    `submitted` is the place of its text among rival ones, as they were submitted.
    """

    id: str
    rulings: tuple[Ruling, ...]
    when: When | None = None
    cases: tuple[Case, ...] = ()
    submitted: int | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether its text was withdrawn before the vote."""
        return bool(self.rulings) and self.rulings[-1].case.place.withdrawn


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a step: taken, not taken, or (`None`) open, with the condition it hangs on."""

    step: Step
    taken: Truth
    because: str = ""

    @property
    def ruling(self) -> Ruling | None:
        """The ruling on the step's text, unless the step was not taken."""
        return self.step.rulings[-1] if self.step.rulings and self.taken is not False else None

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """The rulings of the step, each of which says whether it was put to the vote, and why."""
        return tuple(self._ruling(ruling) for ruling in self.step.rulings)

    def _ruling(self, ruling: Ruling) -> Ruling:
        case = replace(ruling.case, step=self.step.id)
        if self.taken is False:
            return Ruling(case, Verdict.NOT_ADOPTED, None, taken=False, reason=self.because)
        if ruling.taken is False:
            return replace(ruling, case=case)
        text = case.part_of is None and ruling.taken is not None
        told = not ruling.supposed and (self.taken is None or text)
        reason = self.because if told else ruling.reason
        return replace(ruling, case=case, taken=ruling.taken and self.taken, reason=reason)


def run(steps: Iterable[Step]) -> tuple[Taken, ...]:
    """The steps in order, each with why it was taken or not: its condition holds, or does not."""
    done: dict[str, Taken] = {}
    result = []
    for step in steps:
        truth = True if step.when is None else holds(step.when, done)
        ends = {True: "holds", False: "does not hold", None: "is open"}
        words = f"'{step.when}' {ends[truth]}" if step.when is not None else ""
        if step.withdrawn:
            truth, words = False, step.rulings[-1].case.body.withdrawn
        taken = Taken(step, truth, words)
        done[step.id] = taken
        for ruling in step.rulings[:-1]:
            done.setdefault(ruling.case.id, Taken(Step(ruling.case.id, (ruling,)), truth))
        result.append(taken)
    return tuple(result)


def holds(when: When, done: Mapping[str, Taken]) -> Truth:
    """Whether a condition holds, three-valued: what hangs on an open vote is open."""
    if isinstance(when, Is):
        truth = _is(done[when.step], when.state)
        return truth if truth is None or not when.negated else not truth
    left, right = holds(when.left, done), holds(when.right, done)
    if isinstance(when, Both):
        if left is False or right is False:
            return False
        return None if left is None or right is None else True
    if left or right:
        return True
    return None if left is None or right is None else False


def _is(taken: Taken, state: State) -> Truth:
    """Whether a step is in a state; one not taken is in none.

    An amendment that was not put in a step that was taken is not adopted, and not taken. Of what
    would be rejected, if it is put at all, it is known that it is not adopted.
    """
    if taken.taken is False:
        return False
    ruling = taken.ruling
    if state is State.TAKEN:
        return _put(taken)
    if taken.taken is None or ruling is None:
        return None
    if ruling.taken is None and not (ruling.verdict is Verdict.NOT_ADOPTED and state in ENDED):
        return None
    if ruling.verdict is Verdict.OPEN:
        return True if state is State.OPEN else None
    found = {
        State.ADOPTED: ruling.verdict is Verdict.ADOPTED,
        State.NOT_ADOPTED: ruling.verdict is Verdict.NOT_ADOPTED,
        State.VETOED: ruling.because is Cause.VETO,
        State.TIED: ruling.because is Cause.TIE,
        State.OPEN: False,
    }
    return found[state]


def _put(taken: Taken) -> Truth:
    """Whether a step was taken; of an amendment or a part, whether it was put in it."""
    ruling = taken.ruling
    if ruling is None or ruling.case.part_of is None or ruling.taken:
        return taken.taken
    return ruling.taken
