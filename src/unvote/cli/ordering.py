"""`unvote order`: what is put to the vote first, why, and by which rule."""

import sys
from typing import Annotated

import typer

from unvote.api.ordering import OrderReport, order as order_of
from unvote.cli import options
from unvote.cli.options import Format, day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of
from unvote.render.style import Look


def order(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A resolution, proceedings, or - for stdin.")
    ],
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
      unvote order resolution.yaml
      unvote order day.yaml
      unvote order resolution.yaml --format json

    The order of voting, with the reason and the article of each turn.

    Of a resolution: the motion for division, the amendments as the rules of the body ask for (by
    `distance` and `change`), the parts, the text. Of proceedings: the steps, rival texts of a body
    in the order of their submission (`submitted`).
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    if not file:
        fail("a file needs a name; '-' is standard input")
    raw = sys.stdin.buffer.read() if file == "-" else None
    report = order_of(
        "<stdin>" if raw is not None else file,
        on=day(on) if on else None,
        members=members,
        bodies=bodies or (),
        big=big,
        raw=raw,
    )
    complain(report.problems, quiet=quiet)
    if output is None or report.valid:
        emit(_text(report, form, look), output, exact=form is not Format.TABLE)
    raise typer.Exit(0 if report.valid else USAGE)


def _text(report: OrderReport, form: Format, look: Look) -> str:
    """The order in the format asked for."""
    from unvote.render.turns import turns_data, turns_sheet, turns_text

    if form is Format.JSON:
        from unvote.render.data import answers_data

        return json_text(answers_data(turns_data(report.turns), report.problems))
    if not report.turns:
        return ""
    if form is Format.TABLE:
        return turns_text(report.turns, look)
    from unvote.render.sheets import csv_text, markdown_text

    sheet = turns_sheet(report.turns)
    return csv_text(sheet) if form is Format.CSV else markdown_text(sheet)
