"""What the calculator page is given: the vote, its rules, who sits, the groups, the words."""

from collections.abc import Iterator
from hashlib import sha256
from json import dumps
from typing import Any, Final

from unvote.bodies import Question, columns
from unvote.cases import Case
from unvote.diagnostics import quoted
from unvote.explain import notices
from unvote.headcount import REGIONS
from unvote.members import Membership
from unvote.render.page.rules_data import composition_data, roll_data, rule_data
from unvote.render.palette import LIGHTS, NO_VOTE
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.rulings import Ruling
from unvote.wording import day_words, question_words

SCHEMA: Final = "unvote-page/1"
LONGEST: Final = 1000
"""Characters of a text of the file that the page shows."""


def page_data(ruling: Ruling, roll: RollCall, membership: Membership) -> dict[str, Any]:
    """A vote and all it takes to decide it anew, as its members change their votes."""
    case = ruling.case
    questions = tuple(_questions(case, roll))
    seated = {*roll.named, *roll.not_entitled, *roll.not_participating}
    data = {
        "schema": SCHEMA,
        "id": quoted(case.id, LONGEST),
        "title": quoted(case.title, LONGEST),
        "body": case.body.name,
        "date": day_words(case.day),
        "asked": len(case.questions),
        "questions": [
            {"id": question.id, "title": question_words(question.title), "rule": rule_data(rule)}
            for question, rule in questions
        ],
        "composition": composition_data(roll.composition, (rule for _, rule in questions)),
        "roll": roll_data(roll),
        # Where nothing says how many sit, they are as many as the votes that are counted.
        "open": case.body.size_on(case.day, membership) is None,
        "forecast": case.forecast,
        "names": {code: _name(code, membership) for code in sorted(seated)},
        "sections": _groups(REGIONS, seated, case, membership),
        "groups": _groups(tuple(membership.groups), seated, case, membership),
        "notices": [quoted(notice, LONGEST) for notice in notices(ruling)],
        "letters": {vote.value: light.letter for vote, light in LIGHTS.items()},
        "no_vote": NO_VOTE.letter,
    }
    return {**data, "key": _key(case, data)}


def _questions(case: Case, roll: RollCall) -> Iterator[tuple[Question, Rule]]:
    """The questions of the file first, then the others that the body can decide on that day."""
    yield from case.questions
    asked = {question.id for question, _ in case.questions}
    for question in case.body.questions.values():
        rules = question.rules_on(case.day)
        if question.id in asked or len(rules) != 1:
            continue
        if columns(rules[0]) <= roll.composition.weights.keys():
            yield question, rules[0]


def _name(code: str, membership: Membership) -> str:
    """What a member is called; in a body of one's own, maybe only by its code."""
    member = membership.members.get(code)
    return quoted(member.short, LONGEST) if member else quoted(code, LONGEST)


def _groups(
    codes: tuple[str, ...], seated: set[str], case: Case, membership: Membership
) -> list[dict[str, Any]]:
    """The groups, in this order, that have members here on that day."""
    found = []
    for code in codes:
        group = membership.groups.get(code)
        inside = sorted(group.on(case.day) & seated) if group else []
        if group and inside:
            found.append({"code": code, "name": group.name, "members": inside})
    return found


def _key(case: Case, data: dict[str, Any]) -> str:
    """What a link to a count on this page begins with: it fits no other vote.

    It hangs on the text, its body and day, the questions and who sits, not on anybody's vote.
    """
    roll = data["roll"]
    parts = [
        *(case.id, case.body.id, case.day.isoformat()),
        [question["id"] for question in data["questions"]],
        *(sorted(code for code, _ in roll["named"]), roll["not_entitled"]),
        *(roll["not_participating"], data["composition"]["seats"], bool(roll["unnamed"])),
    ]
    return sha256(dumps(parts).encode()).hexdigest()[:8]
