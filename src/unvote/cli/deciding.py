"""`unvote tally` and `unvote explain`: verdicts of files, folders, standard input or counts."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer

from unvote.api.tallying import COUNTS, Report, tally as tally_files, tally_counts
from unvote.cli import options
from unvote.cli.options import Format, Require, day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of, say
from unvote.diagnostics import Diagnostic
from unvote.render.style import Look
from unvote.rulings import Ruling
from unvote.vocabulary import Verdict

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE", help="Resolutions, proceedings, folders, - or 93-24-58."),
]


def gather(
    files: list[str],
    *,
    body: str | None,
    question: str | None,
    on: str | None,
    members: str | None,
    bodies: list[str] | None,
    big: bool,
    scenarios: bool = False,
) -> Report:
    """Decide what the command line names; of scenarios, if they are meant, the vote they make."""
    when = day(on) if on else None
    if not all(files):
        fail("a file needs a name; '-' is standard input, '.' the current folder")
    if body is None:
        if question is not None:
            fail("--question goes with --body and counts; a file says its own question")
        loose = [f for f in files if COUNTS.fullmatch(f) and not Path(f).exists()]
        if loose:
            fail(f"'{loose[0]}' are counts: say in which body, as --body unga")
        if when is not None:
            say(f"decided as if held on {when} (--on), whatever the date in the files")
        stdin = sys.stdin.buffer.read() if "-" in files else None
        return tally_files(
            *files,
            on=when,
            members=members,
            bodies=bodies or (),
            big=big,
            scenarios=scenarios,
            stdin=stdin,
        )
    results: list[Ruling] = []
    problems: list[Diagnostic] = []
    for counts in files:
        if not COUNTS.fullmatch(counts):
            fail(f"--body goes with counts (yes-no-abstain, as 93-24-58), not with '{counts}'")
        report = tally_counts(
            counts,
            body,
            question,
            on=when or date.today(),  # noqa: DTZ011 - the day in the user's own place
            members=members,
            bodies=bodies or (),
        )
        results += report.results
        problems += [p for p in report.problems if p not in problems]
    return Report(tuple(results), tuple(problems))


def tally(
    files: Files,
    body: options.BodyName = None,
    question: options.QuestionName = None,
    on: options.Day = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 if not adopted, 3 if open.")
    ] = False,
    require: Annotated[
        Optional[Require],  # noqa: UP045 - read by typer
        typer.Option("--require", help="End with 1 unless every verdict is this one."),
    ] = None,
    board: Annotated[
        bool, typer.Option("--board", help="Every member with its light, by name.")
    ] = False,
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
      unvote tally resolution.yaml
      unvote tally resolutions/ --format csv -o votes.csv
      unvote tally --body unga --question important 93-24-58
      unvote tally day.yaml
      unvote tally resolution.yaml --board
      cat draft.yaml | unvote tally - --require adopted

    Give the verdict on resolutions, with the rule in force on the day and its article.

    Files are decided in the order given, folders in path order, proceedings vote by vote. One
    text is shown in full, several as a table (-v shows each in full). Results go to standard
    output, problems to standard error. Ends with 0 whatever the verdict, with 2 if a file is
    invalid.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    if board and form is not Format.TABLE:
        fail(f"--board is for the terminal, not for --format {form.value}; see `unvote draw`")
    report = gather(
        files,
        body=body,
        question=question,
        on=on,
        members=members,
        bodies=bodies,
        big=big,
    )
    complain(report.problems, quiet=quiet)
    if output is None or report.valid:
        text = _board(report, look) if board else _results_text(report, form, look, verbose=verbose)
        emit(text, output, exact=form is not Format.TABLE)
    if verbose and report.skipped:
        these = "file is no resolution" if report.skipped == 1 else "files are no resolutions"
        say(f"{report.skipped} YAML {these}: skipped")
    raise typer.Exit(_code(report, exit_code=exit_code, require=require))


def _results_text(report: Report, form: Format, look: Look, *, verbose: bool) -> str:
    """Results in the format asked for."""
    if form is Format.JSON:
        from unvote.render.data import report_data

        return json_text(report_data(report.results, report.problems))
    if form is not Format.TABLE:
        from unvote.render.results import brief_sheet, full_sheet
        from unvote.render.sheets import csv_text, markdown_text

        if form is Format.CSV:
            return csv_text(full_sheet(report.results))
        return markdown_text(brief_sheet(report.results))
    if not report.results:
        return ""
    if len(report.results) == 1 or verbose:
        from unvote.render.card import card

        return "\n".join(card(ruling, look) for ruling in report.results)
    from unvote.render.listing import listing

    return listing(report.results, look)


def _board(report: Report, look: Look) -> str:
    """Every result as a board."""
    from unvote.render.lights import board_text

    names = {code: member.short for code, member in report.membership.members.items()}
    return "\n".join(board_text(ruling, names, look) for ruling in report.results)


def _code(report: Report, *, exit_code: bool, require: Require | None) -> int:
    """The exit code: 2 for what is invalid, then what was asked for of the votes taken."""
    if not report.valid:
        return USAGE
    verdicts = {ruling.verdict for ruling in report.results if ruling.taken}
    if require is not None and verdicts != {Verdict(require.value)}:
        return 1
    if exit_code and Verdict.NOT_ADOPTED in verdicts:
        return 1
    return 3 if exit_code and Verdict.OPEN in verdicts else 0


def explain(
    files: Files,
    body: options.BodyName = None,
    question: options.QuestionName = None,
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
      unvote explain resolution.yaml
      unvote explain --body unsc --on 1965-11-23 7-0-4
      unvote explain resolution.yaml --format markdown

    Say rule by rule why the verdict is what it is, each test with its article, and what another
    kind of question would have given.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    if form is Format.CSV:
        fail("an explanation is no table; use --format table, markdown or json")
    report = gather(
        files,
        body=body,
        question=question,
        on=on,
        members=members,
        bodies=bodies,
        big=big,
    )
    complain(report.problems, quiet=quiet)
    if output is None or report.valid:
        emit(_account_text(report, form, look), output, exact=form is not Format.TABLE)
    raise typer.Exit(0 if report.valid else USAGE)


def _account_text(report: Report, form: Format, look: Look) -> str:
    from unvote.render.account import account_data, account_markdown, account_text

    if form is Format.JSON:
        from unvote.render.data import problem_data

        return json_text(
            {
                "schema": "unvote/1",
                "results": [account_data(ruling) for ruling in report.results],
                "problems": [problem_data(problem) for problem in report.problems],
            }
        )
    if form is Format.MARKDOWN:
        return "\n".join(account_markdown(ruling) for ruling in report.results)
    return "\n".join(account_text(ruling, look) for ruling in report.results)
