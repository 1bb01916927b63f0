"""`unvote export`: a vote, stances or proceedings as a spreadsheet."""

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from unvote.cli import options
from unvote.cli.options import day
from unvote.cli.output import USAGE, complain, emit, fail
from unvote.diagnostics import visible


def export(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A resolution, stances, proceedings, or -.")
    ],
    output: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--output", "-o", metavar="FILE", help="An .xlsx or .csv file."),
    ] = None,
    groups: options.GroupNames = None,
    on: options.Day = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote export stances.yaml -o count.xlsx
      unvote export resolution.yaml -o votes.csv
      unvote export day.yaml -o day.xlsx --groups EU,GCC

    Write a sheet to sort and filter: every member with its region and groups, its vote or stance,
    confidence, source and note, coloured by vote; in .xlsx a second sheet with verdict, rule and
    article. Text is never a formula. CSV goes to standard output if no file is named.

    `unvote import` reads stances back without loss.
    """
    from unvote.api.exporting import export as export_of

    if not file:
        fail("a file needs a name; '-' is standard input")
    ending = Path(output).suffix.casefold() if output is not None else ".csv"
    if ending not in {".xlsx", ".csv"}:
        fail(f"cannot write {visible(output or '')}: its name must end in .xlsx or .csv")
    raw = sys.stdin.buffer.read() if file == "-" else None
    report = export_of(
        "<stdin>" if raw is not None else file,
        groups=options.listed_names(groups) if groups else None,
        on=day(on) if on else None,
        members=members,
        bodies=bodies or (),
        raw=raw,
        big=big,
    )
    complain(report.problems, quiet=quiet)
    if not report.valid:
        raise typer.Exit(USAGE)
    content, problems = report.xlsx() if ending == ".xlsx" else report.csv()
    complain(problems, quiet=quiet)
    if content is None:
        raise typer.Exit(USAGE)
    if output is None and isinstance(content, str) and sys.stdout.isatty():
        content = "".join(f"{visible(line)}\n" for line in content.splitlines())
    emit(content, output, exact=True)
