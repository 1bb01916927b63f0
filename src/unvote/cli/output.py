"""Printing: the only place that writes to standard output, standard error or a result file."""

import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import typer

from unvote.cli.options import Format
from unvote.diagnostics import INVISIBLE, Diagnostic, visible
from unvote.render.problems import problem_lines
from unvote.render.style import Look

USAGE = 2


def look_of(*, width: int | None, no_color: bool, ascii_only: bool, output: str | None) -> Look:
    """How to draw: colour only on a willing terminal, ASCII where nothing else fits."""
    terminal = output is None and sys.stdout.isatty()
    colour = terminal and not no_color and not os.environ.get("NO_COLOR")
    colour = colour and os.environ.get("TERM") != "dumb"
    encoding = (sys.stdout.encoding or "").casefold().replace("-", "")
    plain = ascii_only or (output is None and not encoding.startswith("utf"))
    return Look(width or _columns(terminal=terminal), colour, plain)


def _columns(*, terminal: bool) -> int:
    if not terminal:
        return 80
    with suppress(OSError):
        return max(40, os.get_terminal_size(sys.stdout.fileno()).columns or 80)
    return 80


def json_text(data: Any) -> str:
    """Data as JSON, in the order it is given."""
    import json

    text = json.dumps(data, ensure_ascii=False, indent=2)
    return INVISIBLE.sub(_escaped, text) + "\n"


def _escaped(match: "re.Match[str]") -> str:
    """A character a terminal obeys as JSON writes it in ASCII; line ends are JSON's own."""
    return match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}"


def sheet_text(sheet: Any, form: Format, look: Look) -> str:
    """A sheet in the format asked for."""
    from unvote.render.sheets import csv_text, markdown_text, rows_data, table_text

    match form:
        case Format.CSV:
            return csv_text(sheet)
        case Format.MARKDOWN:
            return markdown_text(sheet)
        case Format.JSON:
            return json_text({"schema": "unvote/1", "results": rows_data(sheet), "problems": []})
        case Format.TABLE:
            return table_text(sheet, look)


def emit(text: str | bytes, output: str | None, *, exact: bool = False) -> None:
    """Write results to standard output, or to a file, all or nothing.

    A regular file is written beside itself and renamed; a device or a pipe is written to. `exact`
    is for formats that machines read: they are UTF-8 wherever they go. Bytes need a file.
    """
    if output is None:
        _print(text if isinstance(text, str) else text.decode("utf-8"), exact=exact)
        return
    try:
        target = Path(output)
        if target.is_dir():
            fail(f"cannot write {visible(output)}: it is a folder")
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.write(_bytes(text))
        else:
            replace_file(target.resolve(), text)
    except typer.Exit:  # which is a RuntimeError too
        raise
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        fail(f"cannot write {visible(output) or 'a file without a name'}: {reason}")


def _print(text: str, *, exact: bool) -> None:
    if exact and hasattr(sys.stdout, "buffer"):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    else:
        sys.stdout.write(text)


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8") if isinstance(text, str) else text


def replace_file(target: Path, text: str | bytes) -> None:
    """Put text (as UTF-8) or bytes in the place of a file in one step, its permissions kept."""
    import tempfile

    mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
    handle, fresh = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(_bytes(text))
        Path(fresh).chmod(mode)
        Path(fresh).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(fresh).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def complain(problems: Iterable[Diagnostic], *, quiet: bool) -> None:
    """Problems on standard error; with `quiet` only errors."""
    sys.stderr.write(problem_lines(p for p in problems if p.is_error or not quiet))


def say(text: str) -> None:
    """A remark on standard error."""
    sys.stderr.write(f"{text}\n")


def fail(message: str) -> NoReturn:
    """End with bad usage or an unusable file."""
    say(visible(f"unvote: {message}"))
    raise typer.Exit(USAGE)
