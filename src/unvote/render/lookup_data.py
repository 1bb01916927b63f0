"""Members, groups and bodies on a date as the plain data of the JSON contract."""

from datetime import date
from typing import Any

from unvote.bodies import Body
from unvote.citations import Citation
from unvote.members import Group, Member, Membership, Period
from unvote.wording import rule_words


def period_data(period: Period) -> dict[str, str | None]:
    """The first and last day, null where open."""
    return {
        "since": period.since.isoformat() if period.since else None,
        "until": period.until.isoformat() if period.until else None,
    }


def citation_data(citation: Citation | None) -> dict[str, Any] | None:
    """A source, and whether it was seen."""
    return None if citation is None else {"text": citation.text, "seen": citation.seen}


def member_data(member: Member, membership: Membership, on: date) -> dict[str, Any]:
    """Everything known of a member on a day."""
    barred = membership.without_vote_on(on).get(member.code)
    return {
        "code": member.code,
        "iso2": member.iso2,
        "name": member.name,
        "short": member.short,
        "region": member.region,
        **period_data(member.period),
        "interrupted": [period_data(gap) for gap in member.interrupted],
        "successors": list(member.successors),
        "on": on.isoformat(),
        "member": member.sat_on(on),
        "groups": sorted(
            c for c, group in membership.groups.items() if member.code in group.on(on)
        ),
        "article_19": None
        if barred is None
        else {**period_data(barred.period), "source": citation_data(barred.source)},
        "note": member.note or None,
    }


def group_data(group: Group, on: date) -> dict[str, Any]:
    """A group with its members of a day, each with its time in it and the source."""
    return {
        "group": group.code,
        "name": group.name,
        "aliases": list(group.aliases),
        "on": on.isoformat(),
        "members": [
            {
                "member": spell.member,
                **period_data(spell.period),
                "precision": spell.precision,
                "source": citation_data(spell.source),
                "note": spell.note or None,
            }
            for spell in sorted(group.spells, key=lambda spell: spell.member)
            if spell.period.covers(on)
        ],
        "suspended": sorted(s.member for s in group.suspensions if s.period.covers(on)),
        "note": group.note or None,
    }


def body_data(body: Body, membership: Membership, on: date) -> dict[str, Any]:
    """A body on a day: who sits, and the rule of each question with its article."""
    roster = body.roster.on(on, membership)
    return {
        "body": body.id,
        "name": body.name,
        "aliases": list(body.aliases),
        "since": body.since.isoformat() if body.since else None,
        "on": on.isoformat(),
        "seats": body.size_on(on, membership),
        "members": None if roster is None else sorted(roster),
        "classes": {name: sorted(codes) for name, codes in body.classes.items()},
        "article_19": body.article_19,
        "questions": [
            {
                "question": question.id,
                "title": question.title,
                "default": question.default,
                "adopted_if": list(rule_words(rule)),
                **period_data(rule.period),
                "cite": citation_data(rule.citation),
                "note": rule.note or None,
            }
            for question in body.questions.values()
            for rule in question.rules_on(on)
        ],
        "note": body.note or None,
    }
