"""What the engine found: each test it made, and the outcome they add up to."""

from dataclasses import dataclass
from enum import Enum

from unvote.citations import Citation
from unvote.rollcall import Tally
from unvote.rules import Deemed, Rule, Threshold, Veto
from unvote.vocabulary import Cause, TiePolicy, Verdict

Truth = bool | None
"""True, false, or not to be told from what is known."""


class Kind(Enum):
    """What a finding is about."""

    NEED = "need"
    DEEMED = "deemed adopted"
    VETO = "veto"
    QUORUM = "quorum"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class Finding:
    """One test the engine made.

    `need`, `have` and `of` are in number of members, or in the weight of the threshold's column;
    `have` is the least and `most` the most it can be (they differ only where votes are known
    without names). For a veto, `have` counts the holders that used it and `need` is 0. `met` says
    whether the test spoke for adoption; `None`: it cannot be told. `of_most` is what `of` can grow
    to, where members are undecided.
    """

    kind: Kind
    subject: Threshold | Veto | Deemed | TiePolicy
    need: int
    have: int
    most: int
    of: int | None
    met: Truth
    citation: Citation | None
    who: tuple[str, ...] = ()
    alternative: bool = False
    of_most: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided and why.

    `listed` is the verdict on the votes as they are listed; `best` and `worst` are the verdicts
    with every undecided member voting yes, or no. `vetoes` are the members whose no vote blocked,
    `negatives` the holders of a veto whose no vote did not count as one. `proven` is false where
    too many completions stood in the way of settling an open verdict.
    """

    verdict: Verdict
    because: Cause | None
    tally: Tally
    findings: tuple[Finding, ...]
    rule: Rule
    listed: Verdict
    best: Verdict
    worst: Verdict
    vetoes: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()
    proven: bool = True

    @property
    def deciding(self) -> Finding | None:
        """The first condition that decides: of its kind unmet if the text is not adopted.

        Of a settled verdict it is one that is sure to be missed, before one not yet known.
        """
        if self.because is Cause.QUORUM:
            return next((f for f in self.findings if f.kind is Kind.QUORUM), None)
        if self.because is None:
            deemed = [f for f in self.findings if f.kind is Kind.DEEMED and f.met]
            if deemed:
                return deemed[0]
        needs = [f for f in self.findings if f.kind is Kind.NEED]
        if self.because is not Cause.VETO:
            unmet = [f for f in needs if not f.met and not f.alternative]
            if unmet:
                sure = [f for f in unmet if f.met is False]
                settled = self.verdict is Verdict.NOT_ADOPTED
                return sure[0] if sure and settled else unmet[0]
        met = [f for f in needs if f.met]
        return met[0] if met else next(iter(needs), None)
