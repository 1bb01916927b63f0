"""What the undecided can still do: how many of them decide an open verdict."""

from dataclasses import dataclass

from unvote.engine import decide, effective
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.vocabulary import Verdict, Vote


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of the undecided decide, in number of members.

    `least` more yes votes adopt the text if the other undecided abstain. `sure` more yes votes
    adopt it whoever casts them and whatever the others do: all of them where one of the `holders`,
    undecided members with a veto, could still use it. Missing: no number of them does.
    """

    undecided: int
    least: int | None
    sure: int | None
    holders: tuple[str, ...] = ()


def reach(roll: RollCall, rule: Rule) -> Reach | None:
    """The numbers that decide; nothing where it matters who votes yes, not only how many.

    Each further yes can only help (`Rule.monotone`), so the least number is found by bisection.
    """
    roll = effective(roll, rule)
    among = any(leaf.among or leaf.by for leaf in rule.thresholds())
    if not roll.tally.undecided or among or rule.deemed or not rule.monotone:
        return None
    order = _order(roll, rule)
    least = _fewest(roll, rule, order, Vote.ABSTAIN)
    sure = _fewest(roll, rule, order[::-1], Vote.NO)
    if sure is not None and _holders(roll, rule):
        # Any of the others may be those that vote yes: until all do, a holder may vote no.
        sure = roll.tally.undecided
    return Reach(roll.tally.undecided, least, sure, _holders(roll, rule))


def _holders(roll: RollCall, rule: Rule) -> tuple[str, ...]:
    """The undecided that have a veto."""
    if rule.veto is None:
        return ()
    class_ = rule.veto.by
    inside = None if class_ is None else roll.composition.classes[class_]
    parties = roll.parties if rule.parties_abstain else frozenset[str]()
    return tuple(
        code
        for code in roll.who(Vote.UNDECIDED)
        if (inside is None or code in inside) and code not in parties
    )


def _order(roll: RollCall, rule: Rule) -> list[str]:
    """The undecided known by name, holders of a veto first."""
    holders = _holders(roll, rule)
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
    """Whether the text is adopted with so many of the undecided voting yes, in this order."""
    named = roll.with_votes(dict.fromkeys(order[:yes], Vote.YES))
    extra = yes - len(order)
    if extra > 0:
        unnamed = dict(named.unnamed)
        unnamed[Vote.UNDECIDED] -= extra
        unnamed[Vote.YES] = unnamed.get(Vote.YES, 0) + extra
        named = named.with_unnamed(unnamed)
    return decide(named.settle_undecided(others), rule).verdict is Verdict.ADOPTED
