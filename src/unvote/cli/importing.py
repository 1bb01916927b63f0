"""`unvote import`: tables of recorded votes, and head counts kept in spreadsheets."""

from collections.abc import Mapping
from typing import Annotated, Optional

import typer

from unvote.cli import options
from unvote.cli.entering import HiddenWord
from unvote.cli.options import Format
from unvote.cli.output import fail

SPREADSHEETS = (".xlsx", ".ods")


def import_(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A table of votes, or a spreadsheet (--into).")
    ],
    output: options.Output = None,
    to: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--to", metavar="DIR", help="Write a resolution file a vote there instead."),
    ] = None,
    into: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--into", metavar="FILE", help="Write stances into this stances file."),
    ] = None,
    columns: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option("--columns", metavar="WHAT=WHERE,...", help="Which column is which."),
    ] = None,
    body: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--body", metavar="ID", help="The body, if the table does not tell."),
    ] = None,
    question: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--question", metavar="ID", help="The question, for resolution files."),
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
    hidden: Annotated[
        Optional[HiddenWord],  # noqa: UP045 - read by typer
        typer.Option("--hidden", help="What to do with hidden rows and columns (refuse)."),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Take over the rows that are right; ends with 1.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing; list what was understood.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace resolution files that are there (--to).")
    ] = False,
    on: options.Day = None,
    form: Annotated[
        Optional[Format],  # noqa: UP045 - read by typer
        typer.Option("--format", help="How to list what was understood (table)."),
    ] = None,
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
      unvote import ga_voting.csv -o ga.rolls
      unvote import vote.csv --on 2022-03-02 --to resolutions
      unvote import odd.csv --columns member=country,vote=position -o odd.rolls
      unvote import count.xlsx --into stances.yaml --dry-run
      unvote import count.ods --into new.yaml --for resolution.yaml

    Read a table of recorded votes into our own file of roll calls (a line a vote), or into a
    resolution file a vote. Read are the UN Digital Library's files of the Assembly and the Council,
    Voeten's UNVotes, the unvotes tables, lists of members by vote, and a table of one vote (member,
    vote); packed with xz or gzip or not. Every row that is not understood is reported with its
    number; all others are kept.

    With --into, take the stances in a spreadsheet (.xlsx, .ods, .csv, or - for CSV) over into a
    stances file. The row of headings is found by its words (Country, Position, Confidence, Note,
    Source, Date); names are looked up on the day of the vote. What changes is listed, comments and
    order of the file stay. If a row is not understood nothing is written; with --partial the other
    rows are written.

    Exit codes: 0 every row was understood; 1 some were not, the rest was imported; 2 nothing could
    be.
    """
    records = {
        "--output": output,
        "--to": to,
        "--body": body,
        "--question": question,
        "--force": force or None,
    }
    counts = {
        "--for": about,
        "--as-of": as_of,
        "--sheet": sheet,
        "--hidden": hidden,
        "--partial": partial or None,
        "--dry-run": dry_run or None,
        "--format": form,
    }
    if into is None:
        _none_of(counts, "goes with --into: it is about the stances in a spreadsheet")
        if file.casefold().endswith(SPREADSHEETS):
            fail("say which stances file a spreadsheet is for, as --into stances.yaml")
        from unvote.cli.gathering import gather

        gather(
            file,
            output=output,
            to=to,
            force=force,
            columns=",".join(columns) if columns else None,
            body=body,
            question=question,
            on=on,
            members=members,
            bodies=bodies,
            quiet=quiet,
        )
        return
    _none_of(records, "is for tables of recorded votes: it does not go with --into")
    from unvote.cli.entering import enter

    enter(
        file,
        into,
        about=about,
        as_of=as_of,
        sheet=sheet,
        columns=columns or [],
        hidden=hidden or HiddenWord.REFUSE,
        partial=partial,
        dry_run=dry_run,
        on=on,
        form=form or Format.TABLE,
        members=members,
        bodies=bodies or (),
        quiet=quiet,
        no_color=no_color,
        ascii_only=ascii_only,
        width=width,
        big=big,
    )


def _none_of(given: Mapping[str, object], why: str) -> None:
    """End where an option of the other kind of import is given."""
    for option, value in given.items():
        if value is not None:
            fail(f"{option} {why}")
