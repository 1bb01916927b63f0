"""The shape of a stances file: what is known, before the vote, of how members will vote."""

from typing import Literal

from pydantic import Field

from unvote.documents.shape import Shape, Text

Names = list[Text]


class SourceShape(Shape):
    """Who said it, through which channel, on which day."""

    who: Text | None = Field(None, title="who said it")
    how: Text | None = Field(None, title="the channel: phone, meeting, note, email, press, signal")
    on: Text | None = Field(None, title="a date, as 2022-10-09")


class StanceShape(Shape):
    """The stance of a member or a group."""

    vote: Text | None = Field(None, title="a vote, with a word of confidence before it or none")
    yes: Text | None = Field(None, title="a chance, as 60%")
    no: Text | None = Field(None, title="a chance, as 60%")
    abstain: Text | None = Field(None, title="a chance, as 60%")
    absent: Text | None = Field(None, title="a chance, as 60%")
    follows: Text | None = Field(None, title="a member whose vote it will be")
    condition: dict[Text, Text] | None = Field(
        None, alias="if", title="a mapping: amendment: adopted or not adopted"
    )
    then: Text | None = Field(None, title="the vote if the condition holds")
    excepted: dict[Text, "Text | StanceShape"] | None = Field(
        None, alias="except", title="a mapping: member: stance, within a group"
    )
    source: Text | SourceShape | None = Field(None, title="text, or {who, how, on}")
    together: Text | None = Field(
        None, title="true where the members of a group cast one vote together"
    )
    cost: Text | None = Field(None, title="what a call costs, a whole number (1 if not said)")
    tags: Names | None = Field(None, title="a list of words")
    note: Text | None = Field(None, title="text")


class ChancesShape(Shape):
    """The chance of each vote; together 100%."""

    yes: Text | None = Field(None, title="a chance, as 60%")
    no: Text | None = Field(None, title="a chance, as 60%")
    abstain: Text | None = Field(None, title="a chance, as 60%")
    absent: Text | None = Field(None, title="a chance, as 60%")


class StancesDocument(Shape):
    """A stances file."""

    schema_: Text | None = Field(None, alias="$schema", title="the address of a JSON Schema")
    kind: Literal["stances"] = Field(title="stances")
    resolution: Text = Field(title="the path of the resolution file")
    title: Text | None = Field(None, title="text")
    version: Text | None = Field(None, title="the version of the text the stances are about")
    as_of: Text | None = Field(None, title="a date, as 2022-10-11")
    friendly: Text | None = Field(None, title="yes, no or abstain: the vote our side wants")
    default: Text | None = Field(None, title="the stance of everybody else, as undecided")
    groups: dict[Text, Text | StanceShape] | None = Field(None, title="a mapping: group: stance")
    countries: dict[Text, Text | StanceShape | None] | None = Field(
        None, title="a mapping: member: stance"
    )
    confidence: dict[Text, Text] | None = Field(None, title="a mapping: word: chance, as 90%")
    undecided: ChancesShape | None = Field(
        None, title="the chances of a member of whom nothing is known (a third each)"
    )
    max_age_days: Text | None = Field(None, title="a whole number of days")
    notes: Text | None = Field(None, title="text")
