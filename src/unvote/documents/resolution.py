"""The shape of a resolution file: a text put to the vote, and what is known of the votes."""

from typing import Literal

from pydantic import Field

from unvote.documents.shape import Shape, Text
from unvote.documents.stances import StanceShape

Names = list[Text]
Votes = dict[Text, Names | Text | None]
Counts = Text | dict[Text, Text]


class Expect(Shape):
    """What the file's author expects of the verdict, run as a test."""

    verdict: Text | None = Field(None, title="adopted, not adopted or open")
    because: Text | None = Field(None, title="veto, shortfall, tie, quorum or undecided")
    counts: Counts | None = Field(None, title="yes, no and abstain, as 93-8-73 or a mapping")
    need: Text | None = Field(None, title="a whole number")
    have: Text | None = Field(None, title="a whole number")


class LaterStatement(Shape):
    """What a member said afterwards that it had intended; it never changes the count."""

    intended: Text = Field(title="yes, no, abstain or absent")
    source: Text | None = Field(None, title="text")
    note: Text | None = Field(None, title="text")


class NotEntitled(Shape):
    """A member without a vote (UN Charter, Art. 19), with the source for it."""

    member: Text = Field(title="a member")
    source: Text | None = Field(None, title="text")


class Target(Shape):
    """A political target beside the legal bar."""

    yes: Text = Field(title="a whole number of yes votes")
    label: Text | None = Field(None, title="text")


class Headed(Shape):
    """What is put to the vote, and as which question."""

    title: Text | None = Field(None, title="text")
    question: Text | None = Field(None, title="one of the body's questions")


class Ballot(Shape):
    """What is known of one vote: by name, as counts, as stances, or only its result."""

    votes: Votes | None = Field(
        None, title="a mapping: by vote (yes: [...]) or by member (FRA: yes)"
    )
    counts: Counts | None = Field(None, title="yes, no and abstain, as 93-8-73 or a mapping")
    named: Votes | None = Field(None, title="a mapping, as under votes, within the counts")
    stances: Text | dict[Text, Names | Text | StanceShape | None] | None = Field(
        None, title="by vote (yes: [...]), by member or group (EU: lean yes), or a file's path"
    )
    result: Text | None = Field(None, title="adopted or not adopted")
    not_entitled: list[Text | NotEntitled] | None = Field(
        None, title="a list of members, or of {member: ..., source: ...}"
    )
    not_participating: Names | None = Field(None, title="a list of members")
    present: Text | None = Field(None, title="a whole number of members in the room")
    sources: Names | None = Field(None, title="a list of texts")
    notes: Text | None = Field(None, title="text")


class SecondVoteShape(Ballot):
    """The second vote on what tied in the first, where the body's rule asks for one."""


class Motion(Ballot, Headed):
    """Anything put to the vote: the votes known by name, as counts, or only the result."""

    without_vote: Text | None = Field(None, title="true or false")
    parties: Names | None = Field(None, title="a list of members, parties to the dispute")
    casting_vote: Text | None = Field(None, title="yes or no")
    second_vote: SecondVoteShape | None = Field(
        None, title="a mapping: the vote after a tie, as votes, counts, stances or result"
    )
    expect: Expect | None = Field(None, title="a mapping: verdict, because, counts, need, have")


class Part(Motion):
    """An amendment, or a part put to a separate vote: a vote of its own before the text's."""

    id: Text = Field(title="text")
    by: Names | None = Field(None, title="a list of members that proposed it")
    distance: Text | None = Field(
        None, title="how far an amendment is removed in substance, a whole number"
    )
    change: Text | None = Field(None, title="what an amendment does: adds, deletes or revises")
    excludes: Names | None = Field(None, title="a list of amendments that fall if it carries")
    operative: Text | None = Field(None, title="true for an operative part, false for another")
    withdrawn: Text | None = Field(None, title="true if it was withdrawn before the vote")


class DivisionShape(Motion):
    """A motion that parts be voted separately: a vote of its own before them, if one is taken."""

    id: Text = Field("division", title="text")
    by: Names | None = Field(None, title="a list of members that ask for it")
    objected_by: Names | None = Field(None, title="a list of members that object to it")
    withdrawn: Text | None = Field(None, title="true if it was withdrawn before the vote")


class ResolutionDocument(Motion):
    """A resolution file."""

    schema_: Text | None = Field(None, alias="$schema", title="the address of a JSON Schema")
    kind: Literal["resolution"] = Field("resolution", title="resolution")
    id: Text = Field(title="text, such as A/RES/ES-11/1")
    body: Text = Field(title="a body's id or alias")
    date: Text = Field(title="a date, as 2022-03-02")
    session: Text | None = Field(None, title="text")
    symbol: Text | None = Field(None, title="text")
    version: Text | None = Field(None, title="text")
    sponsors: Names | None = Field(None, title="a list of members")
    amendments: list[Part] | None = Field(None, title="a list of amendments")
    division: DivisionShape | None = Field(
        None, title="a mapping: by, objected_by, and its vote if one was taken"
    )
    parts: list[Part] | None = Field(None, title="a list of parts")
    order: Names | None = Field(None, title="a list of amendments, as they are put to the vote")
    later_statements: dict[Text, LaterStatement] | None = Field(
        None, title="a mapping: member: {intended: ...}"
    )
    tags: Names | None = Field(None, title="a list of words")
    targets: list[Target] | None = Field(None, title="a list of {yes: ..., label: ...}")
