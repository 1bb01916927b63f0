"""`unvote fmt` and `unvote check --fix`: files rewritten in place, or what would be shown."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer

from unvote.api.checking import CheckReport, mend
from unvote.cli import options
from unvote.cli.output import USAGE, complain, emit, fail, replace_file, say
from unvote.diagnostics import Diagnostic, visible
from unvote.files.check import paths_under
from unvote.files.config import Settings
from unvote.files.fmt import formatted
from unvote.files.found import kind_of
from unvote.loading.reader import BOM, read_bytes, read_file


def fmt(
    paths: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Argument(metavar="PATH", help="Files and folders; - is standard input."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; end with 1 if a file would change.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; show what would change.")
    ] = False,
    quiet: options.Quiet = False,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote fmt resolutions/
      unvote fmt --check --diff stances.yaml
      cat draft.yaml | unvote fmt -

    Put unvote's documents into their canonical layout: order of keys, indentation, wrapped lists.
    Comments are kept, and the meaning never changes. A part with comments inside, and text over
    several lines, stays as it was written.
    """
    if paths == ["-"]:
        source, form = read_bytes("<stdin>", sys.stdin.buffer.read(), big=big)
        complain(form, quiet=quiet)
        if _broken(form):
            raise typer.Exit(USAGE)
        emit(formatted(source, form) or source.text, None)
        return
    broken = changed = same = 0
    for file, named in paths_under(paths or ["."]):
        source, form = read_file(file, big=big)
        text = formatted(source, form)
        if text is None and named and kind_of(source) and _broken(form):
            complain(form, quiet=quiet)
            broken += 1
        elif text is None or (text == source.text and not _marked(file)):
            same += 1
        else:
            changed += 1
            _show_or_write(file, source.text, text, show=diff, write=not (check or diff))
            if check and not quiet:
                say(f"{visible(file)}: would change")
    if not quiet:
        say(f"{changed} {'would change' if check or diff else 'changed'}, {same} left alone")
    raise typer.Exit(USAGE if broken else 1 if check and changed else 0)


def _broken(form: list[Diagnostic]) -> bool:
    """Whether a file cannot be read without doubt."""
    return any(problem.is_error for problem in form)


def _marked(file: str) -> bool:
    """Whether a file begins with a byte order mark, which the canonical layout has not."""
    with Path(file).open("rb") as stream:
        return stream.read(len(BOM)) == BOM


def _show_or_write(file: str, before: str, after: str, *, show: bool, write: bool) -> None:
    """Show the difference, or write the file in one step."""
    if show:
        emit(unified(file, before, after), None)
    if write:
        try:
            replace_file(Path(file).resolve(), after)
        except OSError as error:
            fail(f"cannot write {file}: {error.strerror}")


def unified(file: str, before: str, after: str) -> str:
    """The difference of two texts as a unified diff."""
    from difflib import unified_diff

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    lines = [
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(old, new, f"a/{file.lstrip(chr(47))}", f"b/{file.lstrip(chr(47))}")
    ]
    return "".join(visible(line.rstrip("\r\n")) + "\n" for line in lines)


def fix(
    paths: Sequence[str], as_of: date, settings: Settings, *, max_age: int | None, diff: bool
) -> CheckReport:
    """Mend what is certain in the files, or show it; the report is on what is left then."""
    report, texts = mend(*paths, as_of=as_of, settings=settings, max_age=max_age)
    for file, text in texts.items():
        raw = Path(file).read_bytes()
        before = raw.decode("utf-8-sig")
        _show_or_write(file, before, text, show=diff, write=False)
        if not diff:
            marked = BOM.decode("utf-8") if raw.startswith(BOM) else ""
            _show_or_write(file, before, marked + text, show=False, write=True)
            say(f"{visible(file)}: {_lines(before, text)} mended")
    return report


def _lines(before: str, after: str) -> str:
    """How many lines differ."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    count = sum(one != other for one, other in pairs)
    return "1 line" if count == 1 else f"{count} lines"
