"""`unvote import`: files of other programs taken over."""

from typing import Annotated, Optional

import typer

from unvote.cli import options
from unvote.cli.entering import HiddenWord, enter
from unvote.cli.options import Format
from unvote.cli.output import fail


def import_(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A spreadsheet (.xlsx, .ods, .csv), or - for CSV.")
    ],
    into: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--into", metavar="FILE", help="The stances file to write into."),
    ] = None,
    about: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--for", metavar="FILE", help="The resolution, for a new stances file."),
    ] = None,
    as_of: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--as-of", metavar="DATE", help="The day a new stances file speaks of."),
    ] = None,
    sheet: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--sheet", metavar="NAME", help="The sheet, if several could be the count."),
    ] = None,
    columns: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option("--columns", metavar="WHAT=WHERE", help="Say columns, as member=B,vote=D."),
    ] = None,
    hidden: Annotated[
        HiddenWord, typer.Option("--hidden", help="What to do with hidden rows and columns.")
    ] = HiddenWord.REFUSE,
    partial: Annotated[
        bool, typer.Option("--partial", help="Take over the rows that are right; ends with 1.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing; list what was understood.")
    ] = False,
    on: options.Day = None,
    form: options.Form = Format.TABLE,
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
      unvote import count.xlsx --into stances.yaml --dry-run
      unvote import count.csv --into stances.yaml --columns member=B,vote=D
      unvote import count.ods --into new.yaml --for resolution.yaml

    Take the stances in a spreadsheet over into a stances file.

    The row of headings is found by its words (Country, Position, Confidence, Note, Source, Date);
    names are looked up on the day of the vote. What changes is listed, comments and order of the
    file stay. If a row is not understood nothing is written and it ends with 2; with --partial the
    other rows are written, and it ends with 1.
    """
    if into is None:
        fail("say which stances file to write into, as --into stances.yaml")
    enter(
        file,
        into,
        about=about,
        as_of=as_of,
        sheet=sheet,
        columns=columns or [],
        hidden=hidden,
        partial=partial,
        dry_run=dry_run,
        on=on,
        form=form,
        members=members,
        bodies=bodies or (),
        quiet=quiet,
        no_color=no_color,
        ascii_only=ascii_only,
        width=width,
        big=big,
    )
