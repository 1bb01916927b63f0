"""`unvote page`: one vote as a page in which every member's vote can be changed."""

import sys
from typing import Annotated, Optional

import typer

from unvote.api.paging import page as page_of
from unvote.cli import options
from unvote.cli.options import day
from unvote.cli.output import USAGE, complain, emit, fail


def page(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A resolution, stances, scenario, proceedings; or -."),
    ],
    output: options.Output = None,
    step: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--step", metavar="ID", help="Which step of proceedings."),
    ] = None,
    text: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--text", metavar="ID", help="An amendment or part, not the text itself."),
    ] = None,
    on: options.Day = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote page resolution.yaml -o vote.html
      unvote page stances.yaml -o count.html
      unvote page proceedings.yaml --step council -o council.html
      unvote page resolution.yaml --text A1 -o amendment.html

    One vote as a page for the browser: click members or groups, and the verdict follows.

    The page is one file that works from disk, without a network. It decides by the same rules,
    handed to it as data. A link holds the votes as they were changed, for somebody else with the
    same page. Members can be reached and changed from the keyboard.
    """
    if not file:
        fail("a file needs a name; '-' is standard input")
    raw = sys.stdin.buffer.read() if file == "-" else None
    report = page_of(
        "<stdin>" if raw is not None else file,
        step=step,
        text=text,
        on=day(on) if on else None,
        members=members,
        bodies=bodies or (),
        big=big,
        raw=raw,
    )
    complain(report.problems, quiet=quiet)
    if report.valid or (output is None and report.ruling is not None):
        emit(report.html, output, exact=True)
    raise typer.Exit(0 if report.valid else USAGE)
