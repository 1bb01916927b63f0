"""What `import` and `history` share, and how imported votes are written."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import typer

from unvote.api.importing import Imported, import_records
from unvote.cli.options import day
from unvote.cli.output import USAGE, complain, emit, fail, replace_file, say
from unvote.diagnostics import visible

INCOMPLETE: Final = 1
PATIENCE: Final = 0.7
"""Seconds before a bar is worth its place."""


def named_columns(text: str | None) -> dict[str, str]:
    """`member=ms_code,vote=ms_vote` as a mapping."""
    found = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        what, equals, column = part.partition("=")
        if not equals or not column.strip():
            fail(f"'{part.strip()}' does not name a column; write --columns member=COLUMN")
        found[what.strip()] = column.strip()
    return found


class Bar:
    """A bar on standard error, on a terminal only and when it takes more than a moment."""

    def __init__(self, *, quiet: bool) -> None:
        self._started = time.monotonic()
        self._shown = -1
        self._wanted = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def __call__(self, read: int, size: int) -> None:
        """So many bytes of so many are read."""
        if not self._wanted or time.monotonic() - self._started < PATIENCE:
            return
        percent = min(100, 100 * read // max(size, 1))
        if percent != self._shown:
            self._shown = percent
            done = percent * 30 // 100
            sys.stderr.write(f"\r[{'#' * done}{' ' * (30 - done)}] {percent:3d}%")
            sys.stderr.flush()

    def end(self) -> None:
        """Take it away."""
        if self._shown >= 0:
            sys.stderr.write("\r" + " " * 40 + "\r")
            sys.stderr.flush()

    @property
    def told(self) -> Callable[[int, int], None] | None:
        """What is to be told of the progress, if anybody sees it."""
        return self if self._wanted else None


def gather(
    file: str,
    *,
    output: str | None,
    to: str | None,
    columns: str | None,
    body: str | None,
    question: str | None,
    on: str | None,
    members: str | None,
    bodies: Sequence[str] | None,
    quiet: bool,
) -> None:
    """Import a file, write what was asked for, and end with the exit code."""
    if not file:
        fail("a file needs a name")
    if output is not None and to is not None:
        fail("give either --output or --to")
    if to is not None and not to:
        fail("--to needs the name of a folder")
    bar = Bar(quiet=quiet)
    found = import_records(
        file,
        body=body,
        question=question,
        on=day(on) if on else None,
        columns=named_columns(columns),
        members=members,
        bodies=bodies or (),
        progress=bar.told,
    )
    bar.end()
    complain(found.problems, quiet=quiet)
    if not found.valid:
        raise typer.Exit(USAGE)
    undated = 0
    if to is None:
        emit(found.rolls(), output, exact=True)
        said = output
    else:
        undated = len(found.data.chunk.records) - len(found.dated())
        if not found.dated():
            fail("no roll call has a date, and resolution files need one: give --on DATE")
        said = _write_all(found, to)
    if said is not None and not quiet:
        say(_summary(found, said))
    if undated:
        say(f"unvote: {_counted(undated, 'roll call')} without a date left out: give --on DATE")
    raise typer.Exit(0 if found.complete and not undated else INCOMPLETE)


def _summary(found: Imported, where: str) -> str:
    calls = _counted(len(found.data.chunk.records), "roll call")
    return f"{calls} of {_counted(found.data.rows, 'row')} -> {visible(where)}"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def _write_all(found: Imported, to: str) -> str:
    """Write a file a vote; none that is there is replaced by another vote of the same import."""
    folder = Path(to)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in found.resolutions():
            replace_file(folder / name, text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        fail(f"cannot write to {visible(to)}: {reason}")
    return to
