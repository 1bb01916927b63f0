"""`unvote check` and `unvote rule`: problems of files, and what each code means."""

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from unvote import __version__
from unvote.api.checking import CheckReport, check as check_files
from unvote.catalogue import CATALOGUE
from unvote.cli import editing, options
from unvote.cli.completing import code_words, family_words
from unvote.cli.options import day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, say
from unvote.files.check import summary
from unvote.files.config import is_code, settings_near
from unvote.render.problems import problem_lines

MOMENT = 1.0
"""Seconds after which a progress bar is worth the distraction."""


class CheckFormat(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"
    GITLAB = "gitlab"


def check(
    paths: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Argument(metavar="PATH", help="Files and folders; the current folder if none."),
    ] = None,
    select: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option(
            "--select",
            metavar="CODE",
            help="Only these codes or families (UV3xx).",
            autocompletion=family_words,
        ),
    ] = None,
    ignore: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option(
            "--ignore",
            metavar="CODE",
            help="Not these codes or families.",
            autocompletion=family_words,
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    max_age: Annotated[
        Optional[int],  # noqa: UP045 - read by typer
        typer.Option("--max-age", min=0, metavar="DAYS", help="How old a stance may be."),
    ] = None,
    as_of: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--as-of", metavar="DATE", help="The day stances are judged on (today)."),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what is certain: codes, plain votes, order.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="With --fix: write nothing, show what would change.")
    ] = False,
    form: Annotated[
        Optional[CheckFormat],  # noqa: UP045 - read by typer
        typer.Option("--format", help="How to write problems (github in GitHub Actions)."),
    ] = None,
    output: options.Output = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote check
      unvote check resolutions/ --strict --max-age 14
      unvote check stances.yaml --format sarif -o unvote.sarif
      unvote check --fix --diff stances.yaml

    Find every unvote document under the paths and report all problems of all files at once, each
    with file, line, column, code and cure. `expect:` blocks are run as tests.

    Settings are read from unvote.toml or [tool.unvote] in pyproject.toml. Ends with 0 if clean,
    1 if there are problems, 2 for bad usage.
    """
    settings, wrong = settings_near(Path.cwd())
    if wrong:
        complain(wrong, quiet=False)
        raise typer.Exit(USAGE)
    settings = replace(
        settings,
        select=(*settings.select, *_codes("--select", select)),
        ignore=(*settings.ignore, *_codes("--ignore", ignore)),
        strict=strict or settings.strict,
        members=members or settings.members,
        bodies=(*settings.bodies, *(bodies or ())),
    )
    when = day(as_of) if as_of else date.today()  # noqa: DTZ011 - the user's own day
    if diff and not fix:
        fail("--diff goes with --fix")
    if fix:
        report = editing.fix(paths or ["."], when, settings, max_age=max_age, diff=diff)
    else:
        report = check_files(
            *(paths or ["."]),
            as_of=when,
            settings=settings,
            max_age=max_age,
            big=big,
            progress=_watched,
        )
    if quiet:
        errors = tuple(problem for problem in report.problems if problem.is_error)
        report = replace(report, problems=errors)
    _write(report, form or _usual_format(output), output)
    say(summary(len(report.files), report.skipped, report.problems))
    raise typer.Exit(0 if report.clean else 1)


def _codes(option: str, given: list[str] | None) -> tuple[str, ...]:
    """Codes and families, commas allowed; an empty or unknown one is bad usage."""
    codes = tuple(code.strip() for text in given or [] for code in text.split(","))
    for code in codes:
        if not code:
            fail(f"{option}: a code is empty; give some, as UV203 or UV3xx")
        if not is_code(code):
            fail(f"'{code}' is no code and no family; `unvote rule` lists them")
    return codes


def _usual_format(output: str | None) -> CheckFormat:
    """Annotations in the log of GitHub Actions, else lines."""
    inside = output is None and os.environ.get("GITHUB_ACTIONS") == "true"
    return CheckFormat.GITHUB if inside else CheckFormat.TEXT


def _write(report: CheckReport, form: CheckFormat, output: str | None) -> None:
    """The problems in the format asked for."""
    problems = report.problems
    from unvote.render import findings

    here = Path.cwd()
    seen = findings.seen_from(problems, here)
    text = ""
    match form:
        case CheckFormat.TEXT:
            text = problem_lines(problems)
        case CheckFormat.JSON:
            from unvote.render.data import report_data

            text = json_text(report_data((), problems))
        case CheckFormat.GITHUB:
            text = findings.github_text(seen) + findings.inert(problem_lines(problems))
        case CheckFormat.SARIF:
            text = findings.sarif_text(seen, __version__)
        case CheckFormat.JUNIT:
            names = [findings.path_from(one.file, here) for one in report.files]
            text = findings.junit_text(names, seen)
        case CheckFormat.GITLAB:
            text = findings.gitlab_text(seen)
    emit(text, output, exact=form is not CheckFormat.TEXT)


def _watched(files: Sequence[tuple[str, bool]]) -> Iterable[tuple[str, bool]]:
    """The files, with a bar on a terminal once it takes more than a moment."""
    return _bar(files) if sys.stderr.isatty() else files


def _bar(files: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    started = time.monotonic()
    for number, file in enumerate(files):
        if time.monotonic() - started > MOMENT:
            from rich.console import Console
            from rich.progress import track

            console = Console(stderr=True)
            rest = files[number:]
            yield from track(rest, "Checking", console=console, transient=True)
            return
        yield file


def rule(
    code: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Argument(
            metavar="CODE", help="A code, as UV203; none lists all.", autocompletion=code_words
        ),
    ] = None,
) -> None:
    """Examples:

    \b
      unvote rule
      unvote rule UV203

    Say what a code means, why it matters, how to cure it, with an example.
    """
    from unvote.render.codes import codes_text, page_text
    from unvote.world.examples import examples_of

    if code is None:
        emit(codes_text(), None)
        return
    entry = CATALOGUE.get(code.upper())
    if entry is None:
        fail(f"'{code}' is no code; `unvote rule` lists them")
    examples = [(one.file, one.text, one.said) for one in examples_of(entry.code)]
    emit(page_text(entry, examples), None)
