"""The rules of decision as frozen values, and their exact arithmetic.

Whole numbers decide: a share `p/q` of a base is compared as `q * have` against `p * base`.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final

from unvote.citations import Citation
from unvote.members import Period
from unvote.vocabulary import Base, Mode, TiePolicy, Vote

YES: Final = frozenset({Vote.YES})
NO: Final = frozenset({Vote.NO})
ABSTAIN: Final = frozenset({Vote.ABSTAIN})
NOT_YES: Final = frozenset({Vote.NO, Vote.ABSTAIN, Vote.ABSENT, Vote.UNDECIDED})
HALF: Final = Fraction(1, 2)


class Bar(Enum):
    """How a threshold compares: `AT_LEAST` is >=, `MORE_THAN` is >."""

    AT_LEAST = "at least"
    MORE_THAN = "more than"


@dataclass(frozen=True, slots=True)
class Threshold:
    """So many votes, or such a share of a base.

    `amount` is a number of members (or of weight) if `base` is missing, else a share of the base.
    `by` names a column of weights, `among` a class of members; both missing: every member counts
    one. A threshold that counts yes votes is never met by none (a share of nothing).
    """

    bar: Bar
    amount: Fraction
    base: Base | None = None
    counting: frozenset[Vote] = YES
    by: str | None = None
    among: str | None = None
    citation: Citation | None = None

    def met(self, have: int, of: int) -> bool:
        """Whether `have` reaches the bar, `of` being the size of the base (ignored for a count)."""
        return self.reached(self.slack(have, of)) and (have > 0 or self.counting != YES)

    def slack(self, have: int, of: int) -> int:
        """How far `have` is above the bar (below it: negative), in parts of the denominator."""
        whole = 1 if self.base is None else of
        return have * self.amount.denominator - self.amount.numerator * whole

    def reached(self, slack: int) -> bool:
        """Whether this slack reaches the bar."""
        return slack >= 0 if self.bar is Bar.AT_LEAST else slack > 0

    def need(self, of: int) -> int:
        """The least whole number that meets the bar, for a base of this size; at least 1."""
        right = self.amount.numerator * (1 if self.base is None else of)
        bottom = self.amount.denominator
        whole = -(-right // bottom) if self.bar is Bar.AT_LEAST else right // bottom + 1
        return max(whole, 1) if self.counting == YES else whole

    @property
    def ties(self) -> bool:
        """Whether equal yes and no votes are a tie under it: a majority of those voting."""
        return (
            self.bar is Bar.MORE_THAN
            and self.amount == HALF
            and self.base is Base.PRESENT_AND_VOTING
            and self.counting == YES
            and self.by is None
            and self.among is None
        )


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of these conditions must hold."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these conditions is enough."""

    conditions: tuple["Condition", ...]


Condition = Threshold | AllOf | AnyOf


class VetoOn(Enum):
    """What a holder must do to exercise the veto."""

    NO = "no"
    NOT_YES = "not yes"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Veto:
    """Who can block alone: the members of the class `by`, or all where it is missing.

    It is a veto only if the other conditions hold (UN practice: Sievers and Daws, ch. 6 s. 2);
    else the cause is the shortfall, and the negative votes are only listed.
    """

    on: VetoOn = VetoOn.NO
    by: str | None = None
    citation: Citation | None = None

    @property
    def votes(self) -> frozenset[Vote]:
        """The votes that exercise it."""
        return NOT_YES if self.on is VetoOn.NOT_YES else NO


@dataclass(frozen=True, slots=True)
class AfterVeto:
    """What follows a veto cast from a day on, within so many working days, in the words of `note`.

    It changes nothing about the verdict (A/RES/76/262).
    """

    since: date
    working_days: int
    note: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Blocking:
    """The fewest members that together hold more than a share of a weight, plus so many."""

    share: Fraction
    by: str
    plus: int = 0


@dataclass(frozen=True, slots=True)
class Deemed:
    """Adopted all the same if fewer than so many members do not vote yes (EU: TEU, Art. 16(4))."""

    fewer_than: int | Blocking
    counting: frozenset[Vote] = NOT_YES
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """How a body decides one kind of question in one period."""

    needs: tuple[Condition, ...]
    veto: Veto | None = None
    quorum: Threshold | None = None
    tie: TiePolicy = TiePolicy.NOT_ADOPTED
    tie_citation: Citation | None = None
    deemed: Deemed | None = None
    mode: Mode = Mode.VOTE
    parties_abstain: bool = False
    after_veto: AfterVeto | None = None
    period: Period = Period()
    citation: Citation | None = None
    note: str = ""

    def thresholds(self) -> tuple[Threshold, ...]:
        """Every threshold of the rule, those nested in `any` and `all` included."""
        return tuple(leaf for need in self.needs for leaf in leaves(need))

    @property
    def monotone(self) -> bool:
        """Whether a further yes can only help and a further no only hurt.

        Thresholds on yes votes, vetoes and the deemed adoption all are; a condition that counts
        no votes or abstentions as such may not be.
        """
        return all(leaf.counting == YES for leaf in self.thresholds())


def leaves(condition: Condition) -> tuple[Threshold, ...]:
    """The thresholds of a condition, in order."""
    if isinstance(condition, Threshold):
        return (condition,)
    return tuple(leaf for part in condition.conditions for leaf in leaves(part))
