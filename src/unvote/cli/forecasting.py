"""`unvote odds` and `unvote calls`: the chances of a verdict, and the calls that change them."""

import sys
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Optional

import typer

from unvote.api.forecasting import SEED, CallsReport, OddsReport, calls as calls_in, odds as odds_of
from unvote.chains import Chain
from unvote.cli import options
from unvote.cli.completing import cost_words
from unvote.cli.options import Format, day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of
from unvote.cli.stating import confidence_of, costs_of, undecided_of
from unvote.cli.working import in_flight, pool_of
from unvote.render.style import Look
from unvote.vocabulary import Verdict


class Side(StrEnum):
    """Which verdict to work for."""

    FOR = "for"
    AGAINST = "against"


WANTED: Mapping[Side, Verdict] = {
    Side.FOR: Verdict.ADOPTED,
    Side.AGAINST: Verdict.NOT_ADOPTED,
}
File = Annotated[
    str, typer.Argument(metavar="FILE", help="Stances, a resolution, a scenario, or -.")
]


def _input(file: str) -> bytes | None:
    if not file:
        fail("a file needs a name; '-' is standard input")
    return sys.stdin.buffer.read() if file == "-" else None


def odds(
    file: File,
    simulate: Annotated[
        Optional[int],  # noqa: UP045 - read by typer
        typer.Option(
            "--simulate", min=1, max=1_000_000_000, metavar="N", help="Draw N scenarios instead."
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Repeats what is drawn.")] = SEED,
    jobs: options.Jobs = 1,
    confidence: options.Confidence = None,
    undecided: options.Undecided = None,
    on: options.Day = None,
    form: options.Form = Format.TABLE,
    output: options.Output = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColour = False,
    ascii_only: options.Ascii = False,
    width: options.Width = None,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote odds stances.yaml
      unvote odds stances.yaml --confidence firm=95% --confidence lean=60%
      unvote odds stances.yaml --undecided yes=50%,abstain=50%
      unvote odds stances.yaml --format json

    The chance of each verdict, exactly, as a fraction: no simulation, no rounding.

    Members are taken to decide independently, but for those that follow another or vote
    together. The chances behind words of confidence are assumptions: they are shown, and can be
    replaced. Only where a rule has too many different weights are scenarios drawn (a million, or
    --simulate N), with their standard error.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    raw = _input(file)
    with pool_of(jobs) as pool:
        report = odds_of(
            "<stdin>" if raw is not None else file,
            on=day(on) if on else None,
            members=members,
            bodies=bodies or (),
            confidence=confidence_of(confidence),
            undecided=undecided_of(undecided),
            draws=simulate,
            seed=seed,
            executor=pool,
            in_flight=in_flight(jobs),
            raw=raw,
            big=big,
        )
    complain(report.problems, quiet=quiet)
    if output is None or report.valid:
        emit(_odds(report, form, look, verbose=verbose), output, exact=form is not Format.TABLE)
    raise typer.Exit(0 if report.valid else USAGE)


def _odds(report: OddsReport, form: Format, look: Look, *, verbose: bool) -> str:
    from unvote.render.odds import odds_data, odds_sheet, odds_text, spread_sheet

    forecast = report.forecast
    if form is Format.JSON:
        from unvote.render.data import answers_data

        found = [odds_data(forecast)] if forecast else []
        if report.chain is not None:
            from unvote.render.chain import chain_data

            found = [chain_data(report.chain)]
        return json_text(answers_data(found, report.problems))
    if report.chain is not None:
        return _chain(report.chain, form, look)
    if forecast is None:
        return ""
    if form is Format.TABLE:
        return odds_text(forecast, look, verbose=verbose)
    from unvote.render.sheets import csv_text, markdown_text

    if form is Format.CSV:
        return csv_text(spread_sheet(forecast) if verbose else odds_sheet(forecast))
    return markdown_text(odds_sheet(forecast))


def _chain(chain: Chain, form: Format, look: Look) -> str:
    """The odds along a chain in the format asked for."""
    from unvote.render.chain import chain_sheet, chain_text
    from unvote.render.sheets import csv_text, markdown_text

    if form is Format.TABLE:
        return chain_text(chain, look)
    sheet = chain_sheet(chain)
    return csv_text(sheet) if form is Format.CSV else markdown_text(sheet)


def calls(
    file: File,
    side: Annotated[
        Optional[Side],  # noqa: UP045 - read by typer
        typer.Option("--side", help="Work for or against adoption (the file's friendly side)."),
    ] = None,
    cost: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option(
            "--cost",
            metavar="MEMBER=N",
            help="What a call costs (1; repeatable).",
            autocompletion=cost_words,
        ),
    ] = None,
    top: Annotated[
        int, typer.Option("--top", min=1, max=1000, metavar="N", help="Rows of each list.")
    ] = 10,
    confidence: options.Confidence = None,
    undecided: options.Undecided = None,
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
      unvote calls stances.yaml
      unvote calls stances.yaml --side against
      unvote calls stances.yaml --cost IND=3 --cost BRA=2 --top 20

    The next call to make: every move of every member, by what it adds to the odds.

    "To win" ranks the moves that help, by gain for each unit of cost; "To hold" the members whose
    loss would hurt most. A member that is moved votes so for certain, and takes along those that
    follow it. Members that cannot matter are named, and why.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    raw = _input(file)
    report = calls_in(
        "<stdin>" if raw is not None else file,
        wanted=WANTED[side] if side else None,
        costs=costs_of(cost),
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
        emit(_calls(report, form, look, top), output, exact=form is not Format.TABLE)
    raise typer.Exit(0 if report.valid else USAGE)


def _calls(report: CallsReport, form: Format, look: Look, top: int) -> str:
    from unvote.render.calls import calls_data, calls_sheet, calls_text

    ruling = report.ruling
    if form is Format.JSON:
        from unvote.render.data import answers_data

        found = [calls_data(ruling, report.calls)] if ruling and report.calls else []
        return json_text(answers_data(found, report.problems))
    if ruling is None or not report.calls:
        return ""
    if form is Format.TABLE:
        return calls_text(ruling, report.calls, look, top=top)
    from unvote.render.sheets import csv_text, markdown_text

    if form is Format.CSV:
        return csv_text(calls_sheet(ruling, report.calls))
    return markdown_text(calls_sheet(ruling, report.calls, top=top))
