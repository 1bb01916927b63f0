"""The shape of a proceedings file: several votes in order, taken or not by what came before."""

from typing import Literal

from pydantic import Field

from unvote.documents.resolution import Expect
from unvote.documents.shape import Shape, Text


class StepShape(Shape):
    """One step: a resolution or stances file, and when it is taken."""

    id: Text = Field(title="one word")
    resolution: Text = Field(title="the path of a resolution or stances file")
    when: Text | None = Field(None, title="a condition, as `council is vetoed`")
    question: Text | None = Field(
        None, title="one of the body's questions, in the place of the file's"
    )
    submitted: Text | None = Field(
        None, title="a whole number: which of the rival texts was submitted first"
    )
    withdrawn: Text | None = Field(None, title="true if it was withdrawn before the vote")


class ProceedingsDocument(Shape):
    """A proceedings file."""

    schema_: Text | None = Field(None, alias="$schema", title="the address of a JSON Schema")
    kind: Literal["proceedings"] = Field(title="proceedings")
    title: Text | None = Field(None, title="text")
    steps: list[StepShape] = Field(title="a list of {id, resolution, when}")
    expect: dict[Text, Text | Expect] | None = Field(
        None, title="a mapping: step: verdict, or not taken"
    )
    sources: list[Text] | None = Field(None, title="a list of texts")
    notes: Text | None = Field(None, title="text")
