"""`unvote score`: a forecast held against the record."""

from typing import Annotated

import typer

from unvote.api.scoring import ScoreReport, score as score_of
from unvote.cli import options
from unvote.cli.options import Format, day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of, say
from unvote.render.style import Look


def score(
    forecast: Annotated[
        str, typer.Argument(metavar="FORECAST", help="Stances, or a resolution with stances.")
    ],
    actual: Annotated[
        str, typer.Argument(metavar="ACTUAL", help="The resolution with its votes by name.")
    ],
    on: options.Day = None,
    form: options.Form = Format.TABLE,
    output: options.Output = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="All that voted otherwise than listed.")
    ] = False,
    no_color: options.NoColour = False,
    ascii_only: options.Ascii = False,
    width: options.Width = None,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote score stances.yaml resolution.yaml
      unvote score stances.yaml resolution.yaml --format csv -o members.csv

    Hold a forecast against the record of the vote.

    Listed stance against vote cast; the Brier score of the chances, in total and by word of
    confidence; how often what was stated came true; who voted otherwise than listed, and the
    chance that was given to it. A member absent from the vote is scored as absent.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    if not forecast or not actual:
        fail("a file needs a name")
    when = day(on) if on else None
    if when is not None:
        say(f"decided as if held on {when} (--on), whatever the date in the files")
    report = score_of(forecast, actual, on=when, members=members, bodies=bodies or (), big=big)
    complain(report.problems, quiet=quiet)
    if output is None or report.valid:
        emit(_score(report, form, look, verbose=verbose), output, exact=form is not Format.TABLE)
    raise typer.Exit(0 if report.valid else USAGE)


def _score(report: ScoreReport, form: Format, look: Look, *, verbose: bool) -> str:
    from unvote.render.scores import score_markdown, score_text
    from unvote.render.scores_data import Held, score_data, score_sheet

    held = None
    if report.forecast is not None and report.actual is not None and report.score is not None:
        held = Held(report.forecast, report.actual, report.score)
    if form is Format.JSON:
        from unvote.render.data import answers_data

        return json_text(answers_data([score_data(held)] if held else [], report.problems))
    if held is None:
        return ""
    if form is Format.CSV:
        from unvote.render.sheets import csv_text

        return csv_text(score_sheet(held.score))
    if form is Format.MARKDOWN:
        return score_markdown(held)
    return score_text(held, look, verbose=verbose)
