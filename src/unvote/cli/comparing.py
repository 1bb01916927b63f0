"""`unvote compare` and `unvote diff`: two votes, or two versions of one, side by side."""

from typing import Annotated, Optional

import typer

from unvote.api.comparing import compare as compare_files
from unvote.api.differing import DiffReport, diff as versions_of
from unvote.cli import options
from unvote.cli.completing import group_words
from unvote.cli.options import Format, day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of, say
from unvote.comparison import Comparison
from unvote.render.style import Look


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A file that holds a vote.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    by: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option(
            "--by",
            metavar="GROUP",
            help="How closely this group held (repeatable).",
            autocompletion=group_words,
        ),
    ] = None,
    on: options.Day = None,
    form: options.Form = Format.TABLE,
    output: options.Output = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name those too that did not move.")
    ] = False,
    no_color: options.NoColour = False,
    ascii_only: options.Ascii = False,
    width: options.Width = None,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote compare es-11-1.yaml es-11-4.yaml
      unvote compare es-11-7.yaml es-11-8.yaml --by EU --by BRICS
      unvote compare base.yaml scenario.yaml --format json

    Put two votes side by side: the verdicts, who voted how in each, who moved, and how closely
    groups held together (Rice's index: 1 if all that voted did alike, 0 if half against half).

    Each file is a resolution, stances (as a forecast) or a scenario (as it comes out). Members are
    followed as far as their votes are known by name.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    when = day(on) if on else None
    if not first or not second:
        fail("a file needs a name")
    if when is not None:
        say(f"decided as if held on {when} (--on), whatever the date in the files")
    found = compare_files(
        first, second, by=by or (), on=when, members=members, bodies=bodies or (), big=big
    )
    complain(found.problems, quiet=quiet)
    if form is Format.JSON or found.valid:
        text = _comparison_text(found, form, look, verbose=verbose)
        if output is None or found.valid:
            emit(text, output, exact=form is not Format.TABLE)
    raise typer.Exit(0 if found.valid else USAGE)


def _comparison_text(found: Comparison, form: Format, look: Look, *, verbose: bool) -> str:
    """A comparison in the format asked for."""
    from unvote.render.comparison import (
        comparison_data,
        comparison_markdown,
        comparison_text,
        members_sheet,
    )

    match form:
        case Format.JSON:
            return json_text(comparison_data(found))
        case Format.CSV:
            from unvote.render.sheets import csv_text

            return csv_text(members_sheet(found))
        case Format.MARKDOWN:
            return comparison_markdown(found)
        case Format.TABLE:
            return comparison_text(found, look, verbose=verbose)


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A path, or REV:path out of git.")],
    new: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Argument(metavar="NEW", help="The same; left out: OLD as it stands, against HEAD."),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 if the verdict or a stance differs.")
    ] = False,
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
      unvote diff stances.yaml
      unvote diff HEAD~1:stances.yaml stances.yaml
      unvote diff friday.yaml saturday.yaml
      unvote diff origin/main:stances.yaml stances.yaml --format markdown

    Who moved between two versions of one file, and what it did to the verdict and the odds.

    A version is a path, or REV:path to have the file out of git; what the file names is then read
    from the same revision. Of one path the last commit is compared with the file as it stands, of
    one REV:path that revision. The heaviest move comes first; its odds are those had nothing
    else changed.
    """
    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    if not old or new == "":
        fail("a file needs a name")
    when = day(on) if on else None
    if when is not None:
        say(f"decided as if held on {when} (--on), whatever the date in the files")
    report = versions_of(old, new, on=when, members=members, bodies=bodies or (), big=big)
    complain(report.problems, quiet=quiet)
    if output is None or report.valid:
        emit(_diff(report, form, look), output, exact=form is not Format.TABLE)
    if not report.valid:
        raise typer.Exit(USAGE)
    raise typer.Exit(1 if exit_code and report.changed else 0)


def _diff(report: DiffReport, form: Format, look: Look) -> str:
    from unvote.render.shifts import diff_markdown, diff_text
    from unvote.render.shifts_data import Versions, diff_data, diff_sheet

    versions = None
    if report.old is not None and report.new is not None and report.difference is not None:
        names = report.old_name, report.new_name
        versions = Versions(*names, report.old, report.new, report.difference)
    if form is Format.JSON:
        from unvote.render.data import answers_data

        return json_text(answers_data([diff_data(versions)] if versions else [], report.problems))
    if versions is None:
        return ""
    if form is Format.CSV:
        from unvote.render.sheets import csv_text

        return csv_text(diff_sheet(versions.difference))
    if form is Format.MARKDOWN:
        return diff_markdown(versions)
    return diff_text(versions, look)
