"""`unvote whatif`: votes set, moved or dropped, before and after."""

import sys
from typing import Annotated, Optional

import typer

from unvote.api.supposing import whatif as suppose
from unvote.cli import options
from unvote.cli.completing import amendment_words, names_words, set_words
from unvote.cli.options import Format, Require, day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of, say
from unvote.cli.working import in_flight, pool_of
from unvote.render.style import Look
from unvote.suppositions import WhatIf
from unvote.vocabulary import Verdict

Words = Optional[list[str]]  # noqa: UP045 - read by typer
ONE = "--set, --drop, --move, --scenario, --sweep or --amended"
STEPS = "--set, --drop, --move or --result, each with its step"


def whatif(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A resolution, stances, scenario, proceedings; or -."),
    ],
    sets: Annotated[
        Words,
        typer.Option(
            "--set",
            metavar="NAME=VOTE",
            help="A member or group votes so (repeatable).",
            autocompletion=set_words,
        ),
    ] = None,
    drops: Annotated[
        Words,
        typer.Option(
            "--drop",
            metavar="NAME",
            help="It takes no part (repeatable).",
            autocompletion=names_words,
        ),
    ] = None,
    moves: Annotated[
        Words,
        typer.Option("--move", metavar="FROM:TO:NUMBER", help="So many members move (repeatable)."),
    ] = None,
    scenarios: Annotated[
        Words,
        typer.Option(
            "--scenario", metavar="FILE", help="The changes of a scenario file (repeatable)."
        ),
    ] = None,
    sweeps: Annotated[
        Words,
        typer.Option(
            "--sweep", metavar="FROM:TO:RANGE", help="Every number in a range; one or two."
        ),
    ] = None,
    amended: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option(
            "--amended",
            metavar="IDS",
            help="These amendments carry, as A1,A3; or none.",
            autocompletion=amendment_words,
        ),
    ] = None,
    results: Annotated[
        Words,
        typer.Option("--result", metavar="STEP=RESULT", help="A step ends so (repeatable)."),
    ] = None,
    jobs: options.Jobs = 1,
    on: options.Day = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 if not adopted then, 3 if open.")
    ] = False,
    require: Annotated[
        Optional[Require],  # noqa: UP045 - read by typer
        typer.Option("--require", help="End with 1 unless this is the verdict then."),
    ] = None,
    form: options.Form = Format.TABLE,
    output: options.Output = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Every point of a sweep.")
    ] = False,
    no_color: options.NoColour = False,
    ascii_only: options.Ascii = False,
    width: options.Width = None,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote whatif resolution.yaml --set IND=yes --set EU=abstain
      unvote whatif resolution.yaml --move abstain:no:23
      unvote whatif resolution.yaml --sweep abstain:no:0..58
      unvote whatif resolution.yaml --scenario one.yaml --scenario two.yaml
      unvote whatif scenario.yaml --require adopted
      unvote whatif resolution.yaml --amended A1,A3
      unvote whatif day.yaml --set council/RUS=abstain --result call="not adopted"

    Decide a vote as it is and as it would be: who moved, and why the verdict turned or did not.

    Members are set first, then dropped, then numbers of members moved, whoever they are; the
    changes of a scenario file come before all of these. `--scenario` makes a file's changes to
    FILE, whatever base it names. In proceedings every name begins with its step. Ends with 1 if
    what a scenario file expects does not come out.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    when = day(on) if on else None
    if not file:
        fail("a file needs a name; '-' is standard input")
    if when is not None:
        say(f"decided as if held on {when} (--on), whatever the date in the files")
    with pool_of(jobs) as pool:
        answer = suppose(
            "<stdin>" if file == "-" else file,
            sets=sets or (),
            drops=drops or (),
            moves=moves or (),
            scenarios=scenarios or (),
            sweeps=sweeps or (),
            amended=_listed(amended),
            results=results or (),
            on=when,
            members=members,
            bodies=bodies or (),
            executor=pool,
            in_flight=in_flight(jobs),
            big=big,
            raw=sys.stdin.buffer.read() if file == "-" else None,
        )
    asked = any(result.changes or result.sweeps or result.name for result in answer.results)
    if answer.results and not asked:
        fail("say what to change: " + (STEPS if answer.proceedings is not None else ONE))
    complain(answer.problems, quiet=quiet)
    shown = bool(answer.results) or form is Format.JSON
    if answer.valid or (output is None and shown):
        text = _whatif_text(answer, form, look, verbose=verbose)
        emit(text, output, exact=form is not Format.TABLE)
    raise typer.Exit(_code(answer, exit_code=exit_code, require=require))


def _listed(amended: str | None) -> list[str] | None:
    """The amendments named in one word; an empty list for `none`."""
    if amended is None:
        return None
    return [] if amended.strip().casefold() == "none" else amended.split(",")


def _whatif_text(answer: WhatIf, form: Format, look: Look, *, verbose: bool) -> str:
    """The answer in the format asked for."""
    from unvote.render import whatif, whatif_data

    if answer.proceedings is not None and form is not Format.JSON:
        return _sequel_text(answer, form, look)
    match form:
        case Format.JSON:
            return json_text(whatif_data.whatif_data(answer))
        case Format.CSV:
            return whatif_data.whatif_csv(answer)
        case Format.MARKDOWN:
            return whatif.whatif_markdown(answer)
        case Format.TABLE:
            return whatif.whatif_text(answer, look, verbose=verbose)


def _sequel_text(answer: WhatIf, form: Format, look: Look) -> str:
    """The answer on proceedings in the format asked for."""
    from unvote.render import sequel, sheets

    if form is Format.CSV:
        return sheets.csv_text(sequel.sequel_sheet(answer))
    if form is Format.MARKDOWN:
        return sequel.sequel_markdown(answer)
    return sequel.sequel_text(answer, look)


def _code(answer: WhatIf, *, exit_code: bool, require: Require | None) -> int:
    """The exit code: 2 for what is invalid, 1 for what is not as expected, then as asked for."""
    if not answer.valid:
        return USAGE
    verdicts = {result.after.verdict for result in answer.results if result.after.taken}
    if not answer.met or (require is not None and verdicts != {Verdict(require.value)}):
        return 1
    if exit_code and Verdict.NOT_ADOPTED in verdicts:
        return 1
    return 3 if exit_code and Verdict.OPEN in verdicts else 0
