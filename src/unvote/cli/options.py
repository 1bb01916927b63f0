"""The options commands share, each declared once."""

import re
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Optional

import typer

from unvote.cli.completing import body_words, groups_words, question_words

ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class Require(StrEnum):
    """A verdict to insist on."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not adopted"
    OPEN = "open"


def day(text: str) -> date:
    """A date given on the command line."""
    with suppress(ValueError):
        if ISO.fullmatch(text):
            return date.fromisoformat(text)
    message = f"'{text}' is not a date; write it as 2022-03-02"
    raise typer.BadParameter(message)


Day = Annotated[
    Optional[str],  # noqa: UP045 - read by typer
    typer.Option("--on", metavar="DATE", help="As of this day (2022-03-02)."),
]
Members = Annotated[
    Optional[str],  # noqa: UP045 - read by typer
    typer.Option("--members", metavar="FILE", help="A members file in place of the shipped one."),
]
Bodies = Annotated[
    Optional[list[str]],  # noqa: UP045 - read by typer
    typer.Option("--bodies", metavar="DIR", help="A folder of bodies of your own (repeatable)."),
]
BodyName = Annotated[
    Optional[str],  # noqa: UP045 - read by typer
    typer.Option("--body", metavar="ID", help="The body, for counts.", autocompletion=body_words),
]
QuestionName = Annotated[
    Optional[str],  # noqa: UP045 - read by typer
    typer.Option(
        "--question", metavar="ID", help="The question, for counts.", autocompletion=question_words
    ),
]
GroupNames = Annotated[
    Optional[list[str]],  # noqa: UP045 - read by typer
    typer.Option(
        "--groups",
        metavar="GROUPS",
        help="The groups to tell of, as EU,GCC (repeatable).",
        autocompletion=groups_words,
    ),
]
StepName = Annotated[
    Optional[str],  # noqa: UP045 - read by typer
    typer.Option("--step", metavar="ID", help="The step of proceedings."),
]
TextName = Annotated[
    Optional[str],  # noqa: UP045 - read by typer
    typer.Option("--text", metavar="ID", help="The amendment, part or text."),
]
Confidence = Annotated[
    Optional[list[str]],  # noqa: UP045 - read by typer
    typer.Option(
        "--confidence", metavar="WORD=CHANCE", help="Assume firm=95% or the like (repeatable)."
    ),
]
Undecided = Annotated[
    Optional[str],  # noqa: UP045 - read by typer
    typer.Option(
        "--undecided", metavar="CHANCES", help="Assume yes=50%,abstain=50% of the undecided."
    ),
]
Form = Annotated[Format, typer.Option("--format", help="How to write the results.")]
Output = Annotated[
    Optional[str],  # noqa: UP045 - read by typer
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file, all or nothing."),
]
Width = Annotated[
    Optional[int],  # noqa: UP045 - read by typer
    typer.Option("--width", min=40, max=400, metavar="COLUMNS", help="Width of tables."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No warnings.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Every result in full.")]
NoColour = Annotated[bool, typer.Option("--no-color", help="No colour (also NO_COLOR=1).")]
Ascii = Annotated[bool, typer.Option("--ascii", help="Only ASCII characters.")]
Big = Annotated[bool, typer.Option("--big", help="Read files over 5 MB too.")]
Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", min=1, max=1000, metavar="N", help="Work in N processes."),
]


def listed_names(words: list[str]) -> list[str]:
    """The names in lists with commas."""
    return [name.strip() for word in words for name in word.split(",")]
