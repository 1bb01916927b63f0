"""Which form of value each field takes, by the field's title: what it says is expected there."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Form:
    """The forms of a field: of its texts, of texts in lists within it, and of its keys.

    `keys` are `members`, `groups` or `questions` to suggest, or the name of a form. `whole` is a
    form that takes the place of the field's own shape.
    """

    text: str = "text"
    items: str = "text"
    keys: str = ""
    whole: str = ""


DAY: Final = Form("day")
MEMBER: Final = Form("member", "member")
WHOLE: Final = Form("whole")
TRUTH: Final = Form("truth")
VOTE: Final = Form("any-vote")

FORMS: Final = {
    # documents of any kind, resolutions
    "a body's id or alias": Form("body"),
    "a date": DAY,
    "a date, as 2022-03-02": DAY,
    "a list of members": MEMBER,
    "a list of members that ask for it": MEMBER,
    "a list of members that object to it": MEMBER,
    "a list of members that proposed it": MEMBER,
    "a list of members, or of {member: ..., source: ...}": MEMBER,
    "a list of members, parties to the dispute": MEMBER,
    "a mapping, as under votes, within the counts": Form(whole="votes"),
    "a mapping: by vote (yes: [...]) or by member (FRA: yes)": Form(whole="votes"),
    "a mapping: member: {intended: ...}": Form(keys="members"),
    "a member": MEMBER,
    "a whole number": WHOLE,
    "a whole number of members": WHOLE,
    "a whole number of members in the room": WHOLE,
    "a whole number of yes votes": WHOLE,
    "adopted or not adopted": Form("result"),
    "how far an amendment is removed in substance, a whole number": WHOLE,
    "true for an operative part, false for another": TRUTH,
    "true if it was withdrawn before the vote": TRUTH,
    "what an amendment does: adds, deletes or revises": Form("change"),
    "adopted, not adopted or open": Form("verdict"),
    "by vote (yes: [...]), by member or group (EU: lean yes), or a file's path": Form(
        whole="stances-or-file"
    ),
    "one of the body's questions": Form("question"),
    "true or false": TRUTH,
    "veto, shortfall, tie, quorum or undecided": Form("cause"),
    "yes or no": Form("casting-vote"),
    "yes, no and abstain, as 93-8-73 or a mapping": Form(whole="counts"),
    "yes, no, abstain or absent": Form("intended-vote"),
    # stances
    "a chance, as 60%": Form("chance"),
    "a date, as 2022-10-09": DAY,
    "a date, as 2022-10-11": DAY,
    "a mapping: amendment: adopted or not adopted": Form("result"),
    "a mapping: group: stance": Form("stance-word", keys="groups"),
    "a mapping: member: stance": Form("stance-word", keys="members"),
    "a mapping: member: stance, within a group": Form("stance-word", keys="members"),
    "a mapping: word: chance, as 90%": Form("share", keys="words"),
    "a member whose vote it will be": MEMBER,
    "a vote, with a word of confidence before it or none": Form("stance-word"),
    "a whole number of days": WHOLE,
    "what a call costs, a whole number (1 if not said)": WHOLE,
    "the channel: phone, meeting, note, email, press, signal": Form("channel"),
    "the stance of everybody else, as undecided": Form("stance-word"),
    "the vote if the condition holds": Form("stance-word"),
    "yes, no or abstain: the vote our side wants": Form("wanted-vote"),
    # scenarios and proceedings
    "a list of members or groups": Form(items="member-or-group"),
    "a list of members that do not take part": Form(items="member-or-group"),
    "a mapping: step: verdict, or not taken": Form("step-verdict"),
    "a whole number: which of the rival texts was submitted first": WHOLE,
    "a range of whole numbers, as 0..58": Form("range"),
    "a verdict, or in a sweep a mapping: 0..22: adopted": Form("verdict", keys="ranges"),
    "a vote": VOTE,
    # bodies
    "a class of the body, a group, or all": Form("holders"),
    "a class of the body, or a group": Form("holders"),
    "a class, a group or a list of members": Form("group", "member"),
    "a date, as 1965-12-31": DAY,
    "a date, as 1966-01-01": DAY,
    "a fraction or percentage": Form("share"),
    "a list of the body's questions": Form(items="question"),
    "a list of years or periods, as 2005..2006": Form(items="period"),
    "a mapping: class: [members]": Form("group", "member"),
    "a mapping: column: {member: whole number}": Form("whole", keys="members"),
    "a mapping: member: [2006-06-19..2009-06-18, ...]": Form(items="period", keys="members"),
    "a mapping: member: whole number": Form("whole", keys="members"),
    "a mapping: question: {rules: [...]}": Form(keys="questions"),
    "a mapping: year: [members]": Form(items="member", keys="years"),
    "a number of members, or a share such as majority of members": Form("quorum"),
    "a number, a fraction 1/2 or a percentage": Form("amount"),
    "a number, a fraction 2/3, a percentage or majority": Form("amount"),
    "a whole number, or a list of {since, until, count}": WHOLE,
    "a whole number: the most that rounding can add up to": WHOLE,
    "all, any, a group, a number, a list of members, or a mapping with terms": Form(
        "roster", "member"
    ),
    "furthest first, or additions and deletions first": Form("amendments-first"),
    "request, vote if objected, or request unless the mover objects": Form("regime"),
    "no or not yes": Form("against"),
    "no, not yes or objection": Form("veto-on"),
    "not adopted, second vote then not adopted or casting vote": Form("tie"),
    "present and voting, cast, present, members or eligible": Form("base"),
    "the body's first day": DAY,
    "vote or consensus": Form("mode"),
    "yes, no or abstain": Form("counting"),
    # members
    "a mapping: member: since, or {since, until}": Form("day", keys="members"),
    "a regional group": Form("region"),
    "the date of admission": DAY,
    "the last day, for a seat that ended": DAY,
    "true: refused outside the period": TRUTH,
    "yes: the Assembly let it vote": TRUTH,
}

OTHERWISE: Final = Form()
"""Plain text, wherever the title names no other form."""
