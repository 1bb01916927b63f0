"""`unvote import`: votes and head counts from files of others."""

from typing import Annotated, Optional

import typer

from unvote.cli import options


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A table of votes.")],
    output: options.Output = None,
    to: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--to", metavar="DIR", help="Write a resolution file a vote there instead."),
    ] = None,
    columns: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--columns", metavar="WHAT=COLUMN,...", help="Which column is which."),
    ] = None,
    body: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--body", metavar="ID", help="The body, if the file does not tell."),
    ] = None,
    question: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--question", metavar="ID", help="The question, for resolution files."),
    ] = None,
    on: options.Day = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
) -> None:
    """Examples:

    \b
      unvote import ga_voting.csv -o ga.rolls
      unvote import UNVotes.csv.xz -o ga.rolls
      unvote import vote.csv --on 2022-03-02 --to resolutions
      unvote import odd.csv --columns member=country,vote=position -o odd.rolls

    Read a table of recorded votes into our own file of roll calls (a line a vote), or into a
    resolution file a vote. Read are the UN Digital Library's files of the Assembly and the Council,
    Voeten's UNVotes, the unvotes tables, lists of members by vote, and a spreadsheet of one vote
    (member, vote); packed with xz or gzip or not.

    Every row that is not understood is reported with its number; all others are kept.

    Exit codes: 0 every row was understood; 1 some were not, the rest was imported; 2 nothing could
    be.
    """
    from unvote.cli.gathering import gather

    gather(
        file,
        output=output,
        to=to,
        columns=columns,
        body=body,
        question=question,
        on=on,
        members=members,
        bodies=bodies,
        quiet=quiet,
    )
