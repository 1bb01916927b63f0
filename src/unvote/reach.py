"""What the undecided can still do: how many of them decide an open verdict."""

from dataclasses import dataclass

from unvote.engine import decide
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.vocabulary import Verdict, Vote


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of the undecided decide, in number of members.

    `least` more yes votes adopt the text if the other undecided abstain; `sure` adopt it whatever
    the others do. Missing: no number of them does.
    """

    undecided: int
    least: int | None
    sure: int | None


def reach(roll: RollCall, rule: Rule) -> Reach | None:
    """The numbers that decide; nothing where it matters who votes yes, not only how many.

    Holders of a veto are counted among the yes first: without theirs no number may do. Each
    further yes can only help (`Rule.monotone`), so the least number is found by bisection.
    """
    among = any(leaf.among or leaf.by for leaf in rule.thresholds())
    if not roll.tally.undecided or among or rule.deemed or not rule.monotone:
        return None
    order = _order(roll, rule)
    return Reach(
        roll.tally.undecided,
        _fewest(roll, rule, order, Vote.ABSTAIN),
        _fewest(roll, rule, order, Vote.NO),
    )


def _order(roll: RollCall, rule: Rule) -> list[str]:
    """The undecided known by name, holders of a veto first."""
    holders = frozenset[str]()
    if rule.veto and rule.veto.by:
        holders = roll.composition.classes[rule.veto.by]
    return sorted(roll.who(Vote.UNDECIDED), key=lambda code: (code not in holders, code))


def _fewest(roll: RollCall, rule: Rule, order: list[str], others: Vote) -> int | None:
    """The fewest yes among the undecided that adopt the text, the others doing `others`."""
    low, high = 0, roll.tally.undecided
    if not _adopted(roll, rule, order, high, others):
        return None
    while low < high:
        middle = (low + high) // 2
        if _adopted(roll, rule, order, middle, others):
            high = middle
        else:
            low = middle + 1
    return low


def _adopted(roll: RollCall, rule: Rule, order: list[str], yes: int, others: Vote) -> bool:
    """Whether the text is adopted with so many of the undecided voting yes."""
    named = roll.with_votes(dict.fromkeys(order[:yes], Vote.YES))
    extra = yes - len(order)
    if extra > 0:
        unnamed = dict(named.unnamed)
        unnamed[Vote.UNDECIDED] -= extra
        unnamed[Vote.YES] = unnamed.get(Vote.YES, 0) + extra
        named = named.with_unnamed(unnamed)
    return decide(named.settle_undecided(others), rule).verdict is Verdict.ADOPTED
