"""`unvote power`: who has how much power in a body."""

from datetime import date
from typing import Annotated, Optional

import typer

from unvote.api.powering import PowerReport, power as power_of
from unvote.cli import options
from unvote.cli.options import Format, day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of
from unvote.render.style import Look


def power(
    body: Annotated[
        str,
        typer.Argument(
            metavar="BODY",
            help="A body, or the file of one.",
            autocompletion=options.body_words,
        ),
    ],
    question: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option(
            "--question",
            metavar="ID",
            help="The question; without it the usual one, or each.",
            autocompletion=options.question_words,
        ),
    ] = None,
    abstention: Annotated[
        bool, typer.Option("--abstention", help="Members may abstain too.")
    ] = False,
    among: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option("--among", metavar="GROUP", help="Show only these, and their sum."),
    ] = None,
    unions: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option("--unions", metavar="GROUP", help="These vote as one (repeatable)."),
    ] = None,
    participating: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option("--participating", metavar="GROUP", help="Only these take part."),
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
) -> None:
    """Examples:

    \b
      unvote power security-council
      unvote power security-council --abstention
      unvote power unga --question important --unions EU --among EU
      unvote power eu-council --on 2025-06-01 --format csv

    Who has how much power in a body, before anybody has said how it will vote.

    Shapley-Shubik, Penrose-Banzhaf and Coleman's indices, exactly, under the rule in force on the
    day (today if none is given): each member votes yes or no, or with --abstention also abstains,
    all votes equally likely.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    if not body:
        fail("a body needs a name; `unvote bodies` lists them")
    report = power_of(
        body,
        question,
        on=day(on) if on else date.today(),  # noqa: DTZ011 - the day in the user's own place
        abstention=abstention,
        among=among or (),
        unions=unions or (),
        participating=participating or (),
        coalitions=coalitions,
        members=members,
        bodies=bodies or (),
    )
    complain(report.problems, quiet=quiet)
    if output is None or report.valid:
        text = _text(report, form, look, most if coalitions else None)
        emit(text, output, exact=form is not Format.TABLE)
    raise typer.Exit(0 if report.valid else USAGE)


def _text(report: PowerReport, form: Format, look: Look, most: int | None) -> str:
    """The power in the format asked for; `most` coalitions are listed, missing: not asked for."""
    body, powers, among = report.body, report.powers, report.among
    if form is Format.JSON:
        from unvote.render.data import answers_data
        from unvote.render.powers_data import powers_data

        found = powers_data(body, report.day, powers, among, most) if body else []
        return json_text(answers_data(found, report.problems))
    if body is None or not powers:
        return ""
    from unvote.render.powers import powers_markdown, powers_sheet, powers_text

    if form is Format.TABLE:
        return powers_text(body, report.day, powers, among, look, most)
    if form is Format.MARKDOWN:
        return powers_markdown(body, report.day, powers, among, most)
    from unvote.render.sheets import csv_text

    return csv_text(powers_sheet(powers, among, most))
