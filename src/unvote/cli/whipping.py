"""`unvote whip`: the head count by vote and confidence."""

import sys
from enum import StrEnum
from typing import Annotated, Optional

import typer

from unvote.api.whipping import WhipReport, whip as whip_of
from unvote.cli import options
from unvote.cli.completing import shown_words, split_words
from unvote.cli.options import day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of
from unvote.cli.stating import confidence_of, undecided_of
from unvote.render.style import Look


class WhipFormat(StrEnum):
    """How the count is written."""

    TABLE = "table"
    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


def whip(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Stances, a resolution, a scenario, or -.")
    ],
    by: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option(
            "--by",
            metavar="WHAT",
            help="Split by region, group, tag, or EU,GCC.",
            autocompletion=split_words,
        ),
    ] = None,
    only: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option(
            "--only",
            metavar="WHO",
            help="List a vote, word, group, tag, member, stale.",
            autocompletion=shown_words,
        ),
    ] = None,
    notes: Annotated[
        bool, typer.Option("--notes", help="List members with sources and notes.")
    ] = False,
    max_age: Annotated[
        Optional[int],  # noqa: UP045 - read by typer
        typer.Option("--max-age", min=0, metavar="DAYS", help="Older stances are stale."),
    ] = None,
    as_of: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--as-of", metavar="DATE", help="The day age is counted to."),
    ] = None,
    confidence: options.Confidence = None,
    undecided: options.Undecided = None,
    on: options.Day = None,
    form: Annotated[
        WhipFormat, typer.Option("--format", help="How to write the count; text fits a chat.")
    ] = WhipFormat.TABLE,
    output: options.Output = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
    ascii_only: options.Ascii = False,
    width: options.Width = None,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote whip stances.yaml
      unvote whip stances.yaml --by region
      unvote whip stances.yaml --only undecided --notes
      unvote whip stances.yaml --format text

    The whip count: heads by vote and confidence with the line of the threshold, best and worst
    case, odds, targets, the undecided by region and tag, and what is stale.

    --by adds a split, --only lists the members it picks one by one (several add up), --notes shows
    where their stances are from. Stale is what is older than the file's max_age_days, or --max-age,
    on the file's as_of, or --as-of.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    if not file:
        fail("a file needs a name; '-' is standard input")
    raw = sys.stdin.buffer.read() if file == "-" else None
    report = whip_of(
        "<stdin>" if raw is not None else file,
        by=by,
        only=only or (),
        as_of=day(as_of) if as_of else None,
        max_age=max_age,
        on=day(on) if on else None,
        members=members,
        bodies=bodies or (),
        confidence=confidence_of(confidence),
        undecided=undecided_of(undecided),
        raw=raw,
        big=big,
    )
    complain(report.problems, quiet=quiet)
    if output is None or report.valid:
        text = _text(report, form, look, notes=notes)
        emit(text, output, exact=form is not WhipFormat.TABLE)
    raise typer.Exit(0 if report.valid else USAGE)


def _text(report: WhipReport, form: WhipFormat, look: Look, *, notes: bool) -> str:
    """The count in the format asked for."""
    from unvote.render.whip import (
        count_sheet,
        heads_sheet,
        list_text,
        whip_chat,
        whip_data,
        whip_text,
    )

    whip = report.whip
    if form is WhipFormat.JSON:
        from unvote.render.data import answers_data

        return json_text(answers_data([whip_data(whip)] if whip else [], report.problems))
    if whip is None:
        return ""
    if form is WhipFormat.CSV:
        from unvote.render.sheets import csv_text

        return csv_text(heads_sheet(whip.listed))
    listing = whip.picked is not None or notes
    if form is WhipFormat.MARKDOWN:
        from unvote.render.sheets import markdown_text

        return markdown_text(heads_sheet(whip.listed) if listing else count_sheet(whip.count))
    text = whip_chat(whip) if form is WhipFormat.TEXT else whip_text(whip, look)
    return f"{text}\n{list_text(whip.listed, look, notes=notes)}" if listing else text
