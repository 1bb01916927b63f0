"""The power of the members of a body as the plain data of the JSON contract."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from unvote.bodies import Body
from unvote.indices import Standing, Union
from unvote.powers import Powers
from unvote.render.coalitions import coalitions_data
from unvote.render.odds import chance_data
from unvote.render.powers import by_share, groups, shares_of
from unvote.wording import rule_words


def powers_data(
    body: Body,
    day: date,
    powers: Iterable[Powers],
    among: Mapping[str, frozenset[str]],
    most: int | None,
) -> list[dict[str, Any]]:
    """The power for JSON, one result a question; exact numbers as text beside their decimals."""
    return [
        {
            "body": body.id,
            "date": day.isoformat(),
            "question": each.question.id,
            "adopted_if": list(rule_words(each.rule)),
            "votes": ["yes", "abstain", "no"] if each.abstention else ["yes", "no"],
            "voters": each.any.voters,
            "ways": str(each.ways),
            "adopting": str(each.any.adopting),
            "open": str(each.open),
            "act": chance_data(each.act),
            "members": _members(each, among),
            "unions": [_union(name, union) for name, union in each.unions.items()],
            "groups": [_group(each, name, codes) for name, codes in groups(among).items()],
            "not_entitled": sorted(each.roll.not_entitled),
            "not_participating": sorted(each.roll.not_participating),
            **({} if most is None else {"coalitions": coalitions_data(each.coalitions, most)}),
        }
        for each in powers
    ]


def _members(powers: Powers, among: Mapping[str, frozenset[str]]) -> list[dict[str, Any]]:
    """Members by kind, those asked for."""
    wanted = frozenset[str]().union(*among.values()) if among else None
    found = []
    for one in sorted(powers.standings, key=lambda one: (-one.shapley, one.members)):
        codes = [code for code in one.members if wanted is None or code in wanted]
        if codes or wanted is None:
            number = one.size if wanted is None else len(codes)
            figures = _bloc(one) if powers.unions else _standing(powers, one)
            found.append({"members": codes, "number": number, **figures})
    return found


def _standing(powers: Powers, one: Standing) -> dict[str, Any]:
    return {
        "shapley_shubik": chance_data(one.shapley),
        "banzhaf": chance_data(powers.normalised(one)),
        "measure": chance_data(one.banzhaf),
        "prevent": chance_data(one.prevent),
        "initiate": chance_data(one.initiate),
        "swings": str(one.swings),
    }


def _bloc(one: Standing) -> dict[str, Any]:
    return {"owen": chance_data(one.shapley), "banzhaf_owen": chance_data(one.banzhaf)}


def _union(name: str, union: Union) -> dict[str, Any]:
    """A union as one, and the shares of its members."""
    return {
        "union": name,
        "as_one": {
            "shapley_shubik": chance_data(union.bloc.shapley),
            "measure": chance_data(union.bloc.banzhaf),
        },
        "members": [
            {
                "members": list(kind.codes),
                "number": kind.size,
                "owen": chance_data(owen),
                "banzhaf_owen": chance_data(measure),
            }
            for kind, owen, measure in by_share(union)
        ],
    }


def _group(powers: Powers, name: str, codes: frozenset[str]) -> dict[str, Any]:
    """The sum of a group's shares: of the Owen values where there are unions."""
    shares = list(shares_of(powers, codes))
    total = chance_data(sum((share for share, _ in shares), Fraction(0)))
    if powers.unions:
        return {"group": name, "number": len(codes), "owen": total}
    banzhaf = chance_data(sum((share for _, share in shares), Fraction(0)))
    return {"group": name, "number": len(codes), "shapley_shubik": total, "banzhaf": banzhaf}
