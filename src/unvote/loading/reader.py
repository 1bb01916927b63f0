"""Reading a file: bytes to text, refused where two readers would see different things, to data."""

import re
from pathlib import Path
from typing import Any, Final

import yaml

from unvote.diagnostics import Diagnostic, Place, Problem, quoted
from unvote.loading.events import MOST_VALUES, Builder, Stop, events_of
from unvote.loading.source import Source, by_place, located, row

BOM: Final = b"\xef\xbb\xbf"
MOST_BYTES: Final = 5_000_000
CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n)"
)
TAB: Final = re.compile(r"^[ ]*\t[ \t]*(?=\S)", re.MULTILINE)


def read_file(file: str, *, big: bool = False) -> tuple[Source, list[Diagnostic]]:
    """Read one YAML file; a file that cannot be opened is a problem, not an exception."""
    try:
        with Path(file).open("rb") as stream:
            raw = stream.read() if big else stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "there can be no such path"
        problem = Problem("UV113", f"cannot read this file: {reason}", hint="check the path")
        return Source(file, ""), [Diagnostic(file, problem)]
    return read_bytes(file, raw, big=big)


def read_bytes(file: str, raw: bytes, *, big: bool = False) -> tuple[Source, list[Diagnostic]]:
    """Read YAML from bytes; `file` is the name it is reported under."""
    if len(raw) > MOST_BYTES and not big:
        size = MOST_BYTES // 1_000_000
        problem = Problem(
            "UV108",
            f"the file is larger than {size} MB",
            hint="check that it is the right file; --big reads it all the same",
        )
        return Source(file, ""), [Diagnostic(file, problem)]
    text, wrong, place = _decode(raw)
    if wrong is not None:
        return Source(file, text), [Diagnostic(file, wrong, place, _line(text, place))]
    return _parse(file, text, big=big)


def _decode(raw: bytes) -> tuple[str, Problem | None, Place | None]:
    """Text from UTF-8 bytes (a byte order mark is accepted), or what is wrong with them."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = "save the file as UTF-8"
        return "", Problem("UV107", "the file is in UTF-16, not UTF-8", hint=hint), None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (len(BOM) if raw.startswith(BOM) else 0)
        before = raw[:start].decode("utf-8", errors="replace").removeprefix("\ufeff")
        problem = Problem(
            "UV107",
            f"byte 0x{raw[start]:02x} is not UTF-8",
            hint="save the file as UTF-8 (it may be in Latin-1 or Windows-1252)",
        )
        line = raw[start:].split(b"\n", 1)[0].decode("utf-8", errors="replace")
        return before + line, problem, _at(before, len(before))
    bad = CONTROL.search(text)
    if bad is None:
        return text, None, None
    problem = Problem(
        "UV107",
        f"the character U+{ord(bad[0]):04X} cannot stand in a vote file",
        hint="delete it: editors and programs disagree on what it does",
    )
    return text, problem, _at(text, bad.start())


def _parse(file: str, text: str, *, big: bool) -> tuple[Source, list[Diagnostic]]:
    """Data from text, with the problems of its form."""
    builder = Builder(events_of(text), None if big else MOST_VALUES)
    stopped: tuple[Problem, Place] | None = None
    data: Any = None
    node: Any = None
    try:
        data, node = builder.document()
    except Stop as stop:
        stopped = stop.problem, stop.place
    except yaml.MarkedYAMLError as error:
        stopped = _syntax(error, text)
    except yaml.YAMLError:
        problem = Problem("UV109", "this is not YAML", hint="check the file with an editor")
        stopped = problem, _point(0, 0)
    rest = _tabs(text, builder.blocks) if stopped is None else [stopped]
    found = [*builder.found, *((problem, place, None) for problem, place in rest)]
    lines = text.split("\n") if found else []
    diagnostics = [located(file, lines, *one) for one in found]
    diagnostics.sort(key=by_place)
    if stopped is not None:
        return Source(file, text), diagnostics
    return Source(file, text, data, node), diagnostics


def _syntax(error: yaml.MarkedYAMLError, text: str) -> tuple[Problem, Place]:
    """A parser's error in our words."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    if line and line >= len(lines) - 1 and not lines[-1]:
        # The damage is told at the end of the file: show its last line.
        line, column = max(0, len(lines) - 2), len(lines[-2]) if len(lines) > 1 else 0
    row = lines[line] if line < len(lines) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return _tab_problem(), _point(line, row.index("\t"))
    what = quoted(str(error.problem or "it cannot be read"))
    where = f" ({quoted(str(error.context))})" if error.context else ""
    hint = (
        "look for a missing space after a colon, a bracket or quote left open, "
        "or text with ': ' or ' #' in it that needs quotes"
    )
    return Problem("UV109", f"this is not YAML: {what}{where}", hint=hint), _point(line, column)


def _tab_problem() -> Problem:
    return Problem("UV105", "a tab is used as indentation", hint="use spaces")


def _tabs(text: str, blocks: list[tuple[int, int]]) -> list[tuple[Problem, Place]]:
    """Tabs that indent a line, block texts left alone."""
    if "\t" not in text:
        return []
    inside = {line for first, last in blocks for line in range(first + 1, last)}
    found = []
    line = last_start = 0
    for match in TAB.finditer(text):
        line += text.count("\n", last_start, match.start())
        last_start = match.start()
        if line not in inside:
            column = match[0].index("\t")
            found.append((_tab_problem(), _point(line, column)))
    return found


def _line(text: str, place: Place | None) -> str:
    """The line a place is on, for the excerpt."""
    if place is None:
        return ""
    return row(text.split("\n", place.line), place)


def _at(text: str, offset: int) -> Place:
    line = text.count("\n", 0, offset)
    return _point(line, offset - (text.rfind("\n", 0, offset) + 1))


def _point(line: int, column: int) -> Place:
    return Place(line + 1, column + 1, line + 1, column + 2)
