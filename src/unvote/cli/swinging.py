"""`unvote swing`: the distance to the other verdict, who is pivotal, the cheapest flip."""

import sys
from typing import Annotated, Optional

import typer

from unvote.api.swinging import SwingReport, swing as swing_of
from unvote.cli import options
from unvote.cli.completing import cost_words
from unvote.cli.options import Format, day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of
from unvote.cli.stating import costs_of
from unvote.render.style import Look


def swing(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A resolution, stances, a scenario, or -.")
    ],
    cost: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option(
            "--cost",
            metavar="MEMBER=N",
            help="What a change costs (1; repeatable).",
            autocompletion=cost_words,
        ),
    ] = None,
    coalitions: Annotated[
        bool, typer.Option("--coalitions", help="Minimal winning and blocking coalitions too.")
    ] = False,
    most: Annotated[
        int, typer.Option("--list", min=0, max=10_000, metavar="N", help="Coalitions to list.")
    ] = 10,
    on: options.Day = None,
    form: options.Form = Format.TABLE,
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
      unvote swing resolution.yaml
      unvote swing stances.yaml --cost IND=3 --cost BRA=2
      unvote swing resolution.yaml --coalitions --list 20
      unvote swing resolution.yaml --format json

    How far it is to the other verdict.

    In each kind of move (yes to no, yes to abstain, abstain to no, ...) the fewest members that
    must make it, and which; the members whose own change is enough; the cheapest set of changes,
    each member free to cast any other vote. From an open verdict there are two ways. A verdict
    counts only if it is certain, whatever members still undecided do.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    if not file:
        fail("a file needs a name; '-' is standard input")
    raw = sys.stdin.buffer.read() if file == "-" else None
    report = swing_of(
        "<stdin>" if raw is not None else file,
        costs=costs_of(cost),
        coalitions=coalitions,
        on=day(on) if on else None,
        members=members,
        bodies=bodies or (),
        big=big,
        raw=raw,
    )
    complain(report.problems, quiet=quiet)
    if output is None or report.valid:
        text = _text(report, form, look, most if coalitions else None)
        emit(text, output, exact=form is not Format.TABLE)
    raise typer.Exit(0 if report.valid else USAGE)


def _text(report: SwingReport, form: Format, look: Look, most: int | None) -> str:
    """The swings in the format asked for; `most` coalitions are listed, missing: not asked for."""
    from unvote.render.swings import swings_data, swings_markdown, swings_sheet, swings_text

    ruling = report.ruling
    if form is Format.JSON:
        from unvote.render.data import answers_data

        found = swings_data(ruling, report.swings, most) if ruling else []
        return json_text(answers_data(found, report.problems))
    if ruling is None:
        return ""
    if form is Format.TABLE:
        return swings_text(ruling, report.swings, look, most)
    if form is Format.MARKDOWN:
        return swings_markdown(ruling, report.swings, most)
    from unvote.render.sheets import csv_text

    return csv_text(swings_sheet(report.swings, most))
