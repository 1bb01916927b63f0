"""Reading a file: bytes to text, refused where two readers would see different things, to data."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import yaml

from unvote.diagnostics import Diagnostic, Place, Problem, quoted
from unvote.loading.events import MOST_VALUES, Builder, Stop
from unvote.loading.plain import Unusual, plain_data
from unvote.loading.source import Source, by_place, located, row

BOM: Final = b"\xef\xbb\xbf"
MOST_BYTES: Final = 5_000_000
FIRST_BYTES: Final = 65_536
"""What is read at once: room for the largest file is made only where a file goes on."""
PLAIN: Final = bytes(range(0x20, 0x7F)) + b"\t\n"
"""Bytes of a text that certainly holds no control characters."""
CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n)"
)
SAMPLE: Final = 3000
"""Characters at the start of a file that show what it is written in."""
MOST_CONTROLS: Final = 100
"""Lines with control characters that are told at once."""
TAB: Final = re.compile(r"^[ ]*\t[ \t]*(?=\S)", re.MULTILINE)


def read_file(file: str, *, big: bool = False) -> tuple[Source, list[Diagnostic]]:
    """Read one YAML file; a file that cannot be opened is a problem, not an exception."""
    try:
        with Path(file).open("rb") as stream:
            raw = stream.read(FIRST_BYTES)
            if len(raw) == FIRST_BYTES:
                raw += stream.read(-1 if big else MOST_BYTES + 1 - FIRST_BYTES)
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
    text, wrong = _decode(raw)
    if wrong:
        lines = text.split("\n")
        return Source(file, text), [
            Diagnostic(file, problem, place, row(lines, place)) for problem, place in wrong
        ]
    return _parse(file, text, big=big)


def _decode(raw: bytes) -> tuple[str, list[tuple[Problem, Place | None]]]:
    """Text from UTF-8 bytes (a byte order mark is accepted), or what is wrong with them."""
    if not raw.translate(None, PLAIN):
        return raw.decode("ascii"), []
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = "save the file as UTF-8"
        problem = Problem("UV107", "the file is in UTF-16, not UTF-8", hint=hint)
        return "", [(problem, None)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (len(BOM) if raw.startswith(BOM) else 0)
        before = raw[:start].decode("utf-8-sig")
        problem = Problem(
            "UV107",
            f"byte 0x{raw[start]:02x} is not UTF-8",
            hint="save the file as UTF-8 (it may be in Latin-1 or Windows-1252)",
        )
        line = raw[start:].partition(b"\n")[0].decode(errors="replace")
        column = len(before) - (before.rfind("\n") + 1)
        return before + line, [(problem, _point(before.count("\n"), column))]
    if text.count("\0", 0, SAMPLE) * 3 > len(text[:SAMPLE]):
        problem = Problem(
            "UV107",
            "the file is full of U+0000: it is in UTF-16 or UTF-32, or no text",
            hint="save the file as UTF-8",
        )
        return "", [(problem, None)]
    return text, list(_controls(text))


def _controls(text: str) -> Iterator[tuple[Problem, Place]]:
    """Characters that are obeyed, not shown; the first of each line."""
    line = last = 0
    bad = CONTROL.search(text)
    for _ in range(MOST_CONTROLS):
        if bad is None:
            return
        line += text.count("\n", last, bad.start())
        last = bad.start()
        problem = Problem(
            "UV107",
            f"the character U+{ord(bad[0]):04X} cannot stand in a vote file",
            hint="delete it: editors and programs disagree on what it does",
        )
        yield problem, _point(line, last - (text.rfind("\n", 0, last) + 1))
        end = text.find("\n", last)
        bad = CONTROL.search(text, end) if end >= 0 else None


def _parse(file: str, text: str, *, big: bool) -> tuple[Source, list[Diagnostic]]:
    """Data from text, with the problems of its form."""
    # But for the outermost, a dash, comma, bracket or key leads to each value: a text holds no more
    # values than characters. Tabs need the places of block texts.
    if len(text) < MOST_VALUES and "\t" not in text:
        with suppress(Unusual, yaml.YAMLError):
            return Source(file, text, plain_data(text), lambda: Builder(text).document()[1]), []
    builder = Builder(text, None if big else MOST_VALUES)
    stopped: tuple[Problem, Place] | None = None
    data: Any = None
    node: Any = None
    try:
        data, node = builder.document()
    except Stop as stop:
        stopped = stop.problem, stop.place
    except yaml.YAMLError as error:
        stopped = _syntax(error, text)
    rest = _tabs(text, builder.blocks) if stopped is None else [stopped]
    found = [*builder.found, *((problem, place, None) for problem, place in rest)]
    lines = text.split("\n") if found else []
    diagnostics = [located(file, lines, *one) for one in found]
    diagnostics.sort(key=by_place)
    if stopped is not None:
        return Source(file, text), diagnostics
    return Source(file, text, data, lambda: node), diagnostics


def _syntax(error: yaml.YAMLError, text: str) -> tuple[Problem, Place]:
    """A parser's error in our words."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        # No text is known that gives an error without a place.
        hint = "check the file with an editor"
        return Problem("UV109", "this is not YAML", hint=hint), _point(0, 0)
    mark = error.problem_mark
    line, column = mark.line, mark.column
    lines = text.removesuffix("\n").split("\n")
    if line >= len(lines):
        # The damage is told at the end of the file: show its last line.
        line, column = len(lines) - 1, len(lines[-1])
    row = lines[line]
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return _tab_problem(), _point(line, row.index("\t"))
    ended = mark.index >= len(text.rstrip())
    if (known := _known(error, mark, row, ended=ended)) is not None:
        return known
    where = f" ({quoted(str(error.context))})" if error.context else ""
    message = f"this is not YAML: {quoted(str(error.problem))}{where}"
    hint = (
        "look for a missing space after a colon, a bracket or quote left open, "
        "or text with ': ' or ' #' in it that needs quotes"
    )
    return Problem("UV109", message, hint=hint), _point(line, column)


def _known(
    error: yaml.MarkedYAMLError, mark: Any, row: str, *, ended: bool
) -> tuple[Problem, Place] | None:
    """The usual slips in plain words, where they were made.

    Reading stopped at this mark in `row`; `ended` if nothing but blanks is left there.
    """
    what, within = str(error.problem), str(error.context)
    opened = error.context_mark or mark
    start = _point(opened.line, opened.column)
    if "quoted scalar" in within and "unexpected" in what:
        hint = "close it; text with a quote of its own in it needs the other kind around it"
        return Problem("UV109", "a quote is opened here and never closed", hint=hint), start
    if "expected ',' or " in what:
        return _bracket("]" if within.endswith("sequence") else "}", opened, mark, ended=ended)
    if what.startswith("could not find expected ':'"):
        hint = "write `key: value`; text that goes on from the line above is indented"
        return Problem("UV109", "a key with ': ' after it is expected here", hint=hint), start
    problem = _misplaced(what, row, mark.column)
    return None if problem is None else (problem, _point(mark.line, mark.column))


def _misplaced(what: str, row: str, column: int) -> Problem | None:
    """What cannot stand where reading stopped, if it is one of the usual slips."""
    if what.startswith("mapping values are not allowed"):
        if ": " in row[:column]:
            return Problem("UV109", "a second ': ' on this line", hint="put the text in quotes")
        hint = "look for a missing space after the colon above, or for wrong indentation"
        return Problem("UV109", "a key cannot stand here: the text above goes on", hint=hint)
    if "cannot start any token" in what and row[column : column + 1].strip():
        sign = quoted(row[column])
        message = f"no text can begin with '{sign}' unless it is in quotes"
        return Problem("UV109", message, hint=f'write "{sign}..."')
    return None


def _bracket(closing: str, opened: Any, here: Any, *, ended: bool) -> tuple[Problem, Place]:
    """A list or mapping in brackets that does not go on as it must."""
    name = "bracket" if closing == "]" else "brace"
    hint = f"close it with '{closing}'; entries have commas between them, text with ': ' quotes"
    if here.line == opened.line and not ended:
        message = f"',' or '{closing}' is missing here"
        return Problem("UV109", message, hint=hint), _point(here.line, here.column)
    message = f"the {name} opened here is still open on line {here.line + 1}"
    if ended:
        message = f"a {name} is opened here and never closed"
    return Problem("UV109", message, hint=hint), _point(opened.line, opened.column)


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


def _point(line: int, column: int) -> Place:
    return Place(line + 1, column + 1, line + 1, column + 2)
