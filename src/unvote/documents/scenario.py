"""The shape of a scenario file: what if some members voted otherwise."""

from typing import Literal

from pydantic import Field

from unvote.documents.resolution import Expect
from unvote.documents.shape import Shape, Text

Names = list[Text]


class SetShape(Shape):
    """Members set to a vote, or a number of members moved from one vote to another."""

    countries: Names | None = Field(None, title="a list of members or groups")
    vote: Text | None = Field(None, title="a vote, with a word of confidence before it or none")
    from_: Text | None = Field(None, alias="from", title="a vote")
    to: Text | None = Field(None, title="a vote")
    count: Text | None = Field(None, title="a whole number of members")


class SweepShape(Shape):
    """A number of members moved, for every number in a range."""

    from_: Text = Field(alias="from", title="a vote")
    to: Text = Field(title="a vote")
    count: Text = Field(title="a range of whole numbers, as 0..58")


class ScenarioDocument(Shape):
    """A scenario file."""

    schema_: Text | None = Field(None, alias="$schema", title="the address of a JSON Schema")
    kind: Literal["scenario"] = Field(title="scenario")
    base: Text = Field(title="the path of a resolution or stances file")
    title: Text | None = Field(None, title="text")
    set: list[SetShape] | None = Field(
        None, title="a list of {countries, vote} or {from, to, count}"
    )
    drop: Names | None = Field(None, title="a list of members that do not take part")
    sweep: SweepShape | list[SweepShape] | None = Field(
        None, title="{from, to, count: 0..58}, or a list of two"
    )
    expect: Expect | dict[Text, Text] | None = Field(
        None, union_mode="left_to_right", title="a verdict, or in a sweep a mapping: 0..22: adopted"
    )
    notes: Text | None = Field(None, title="text")
