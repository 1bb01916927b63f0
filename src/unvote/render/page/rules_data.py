"""The rules and a roll call as plain data, whole, for the engine of the page to decide with.

Numbers that can be large (weights, shares) are text: a reader without whole numbers of any size
would round them.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, assert_never

from unvote.bodies import classes, columns
from unvote.citations import Citation
from unvote.rollcall import Composition, RollCall
from unvote.rules import AllOf, AnyOf, Condition, Deemed, Rule, Threshold
from unvote.vocabulary import Vote
from unvote.wording import deemed_words, finding_words, threshold_words, veto_words


def rule_data(rule: Rule) -> dict[str, Any]:
    """A rule with every condition, each in words and with its provision."""
    veto, quorum, deemed = rule.veto, rule.quorum, rule.deemed
    return {
        "needs": [_condition(need) for need in rule.needs],
        "veto": veto
        and {
            "on": veto.on.value,
            "by": veto.by,
            "words": veto_words(veto),
            "cite": _cite(veto.citation),
        },
        "quorum": quorum and {**_threshold(quorum), "words": _quorum_words(quorum)},
        "tie": {"policy": rule.tie.value, "cite": _cite(rule.tie_citation)},
        "deemed": deemed and _deemed(deemed),
        "mode": rule.mode.value,
        "parties_abstain": rule.parties_abstain,
        "cite": _cite(rule.citation),
        "note": rule.note,
    }


def _condition(condition: Condition) -> dict[str, Any]:
    match condition:
        case Threshold():
            return _threshold(condition)
        case AllOf():
            return {"all": [_condition(part) for part in condition.conditions]}
        case AnyOf():
            return {"any": [_condition(part) for part in condition.conditions]}
        case _:  # pragma: no cover - every condition is above
            assert_never(condition)


def _threshold(bar: Threshold) -> dict[str, Any]:
    return {
        "bar": bar.bar.value,
        "amount": _fraction(bar.amount),
        "base": bar.base.value if bar.base else None,
        "counting": _votes(bar.counting),
        "by": bar.by,
        "among": bar.among,
        "words": threshold_words(bar),
        "cite": _cite(bar.citation),
    }


def _quorum_words(quorum: Threshold) -> str:
    from unvote.outcomes import Finding, Kind

    return finding_words(Finding(Kind.QUORUM, quorum, 0, 0, 0, None, None, None))


def _deemed(deemed: Deemed) -> dict[str, Any]:
    limit = deemed.fewer_than
    return {
        "fewer_than": str(limit)
        if isinstance(limit, int)
        else {"share": _fraction(limit.share), "by": limit.by, "plus": limit.plus},
        "counting": _votes(deemed.counting),
        "words": deemed_words(deemed),
        "cite": _cite(deemed.citation),
    }


def _fraction(share: Fraction) -> list[str]:
    return [str(share.numerator), str(share.denominator)]


def _votes(votes: frozenset[Vote]) -> list[str]:
    return [vote.value for vote in Vote if vote in votes]


def _cite(citation: Citation | None) -> str:
    return str(citation) if citation else ""


def composition_data(composition: Composition, rules: Iterable[Rule]) -> dict[str, Any]:
    """A body as it sat, with the classes and weights that these rules speak of."""
    every = tuple(rules)
    used = classes(every)
    weighed = frozenset[str]().union(*(columns(rule) for rule in every))
    return {
        "seats": composition.seats,
        "members": None if composition.members is None else sorted(composition.members),
        "classes": {name: sorted(composition.classes[name]) for name in sorted(used)},
        "weights": {
            column: {code: str(size) for code, size in sorted(composition.weights[column].items())}
            for column in sorted(weighed)
        },
        "errors": {
            column: str(error)
            for column, error in sorted(composition.errors.items())
            if column in weighed and error
        },
    }


def roll_data(roll: RollCall) -> dict[str, Any]:
    """A roll call, members in the order in which it has them."""
    return {
        "named": [[code, vote.value] for code, vote in roll.named.items()],
        "unnamed": {vote.value: count for vote, count in roll.unnamed.items()},
        "not_entitled": sorted(roll.not_entitled),
        "not_participating": sorted(roll.not_participating),
        "parties": sorted(roll.parties),
        "present": roll.present,
        "casting_vote": roll.casting_vote.value if roll.casting_vote else None,
    }
