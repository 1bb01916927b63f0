"""A spreadsheet taken over into a stances file: what `unvote import --into` does."""

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

import typer

from unvote.cli.options import Format, day
from unvote.cli.output import USAGE, complain, emit, fail, look_of, replace_file, say, sheet_text
from unvote.diagnostics import visible


class HiddenWord(StrEnum):
    """What is done with rows and columns that are hidden."""

    REFUSE = "refuse"
    READ = "read"
    SKIP = "skip"


def enter(
    file: str,
    into: str,
    *,
    about: str | None,
    as_of: str | None,
    sheet: str | None,
    columns: Sequence[str],
    hidden: HiddenWord,
    partial: bool,
    dry_run: bool,
    on: str | None,
    form: Format,
    members: str | None,
    bodies: Sequence[str],
    quiet: bool,
    no_color: bool,
    ascii_only: bool,
    width: int | None,
    big: bool,
) -> NoReturn:
    """List what a sheet says and changes, and write it: all of it, or nothing."""
    from unvote.api.entering import import_stances
    from unvote.render.entering import heading_text, summary, updates_sheet

    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=None)
    if not file or not into:
        fail("a file needs a name; '-' is standard input")
    if not Path(into).exists() and about is None:
        fail(f"there is no {visible(into)}; say what a new one is about, as --for resolution.yaml")
    if about is not None and Path(into).exists():
        fail(f"{visible(into)} is there and says what it is about: --for is for a new file")
    if as_of is not None and Path(into).exists():
        fail(f"{visible(into)} is there and says its day: --as-of is for a new file")
    raw = sys.stdin.buffer.read() if file == "-" else None
    report = import_stances(
        "<stdin>" if raw is not None else file,
        into,
        sheet=sheet,
        columns=_said(columns),
        hidden=hidden.value,
        resolution=about,
        as_of=day(as_of) if as_of else None,
        partial=partial,
        on=day(on) if on else None,
        members=members,
        bodies=bodies,
        raw=raw,
        big=big,
    )
    complain(report.problems, quiet=quiet)
    if report.read:
        if form is Format.TABLE:
            emit(heading_text(report, look), None)
        shown = updates_sheet(report, look, every=dry_run or form is not Format.TABLE)
        if shown.rows or form is not Format.TABLE:
            emit(sheet_text(shown, form, look), None, exact=form is not Format.TABLE)
    if not dry_run and report.changed and report.text is not None:
        _write(into, report.text)
    if not quiet:
        say(summary(report, dry_run=dry_run))
    unwritten = report.text is None
    raise typer.Exit(USAGE if unwritten else 0 if report.valid else 1)


def _said(words: Iterable[str]) -> dict[str, str]:
    """What `--columns` says, as `member=B,vote=D`; a heading with a comma stands alone."""
    found: dict[str, str] = {}
    for word in words:
        parts = word.split(",") if word.count("=") > 1 else [word]
        for part in parts:
            name, sign, where = part.partition("=")
            name = name.strip()
            if not sign or not name or not where.strip():
                fail(f"--columns {visible(word)}: write what and where, as member=B,vote=D")
            if name in found:
                fail(f"--columns says twice where the {visible(name)} is")
            found[name] = where
    return found


def _write(into: str, text: str) -> None:
    """Put the new text in the place of the old one in one step, its byte order mark kept."""
    from unvote.loading.reader import BOM

    try:
        target = Path(into).resolve()
        marked = target.exists() and target.read_bytes().startswith(BOM)
        replace_file(target, BOM.decode("utf-8") * marked + text)
    except (OSError, ValueError) as error:
        fail(f"cannot write {visible(into)}: {getattr(error, 'strerror', None) or error}")
