"""A sheet from text: commas, semicolons or tabs, in UTF-8, UTF-16 or Latin-1."""

import csv
from io import StringIO
from itertools import islice
from typing import Final

from unvote.diagnostics import Problem, quoted
from unvote.grids import Grid, unguarded
from unvote.workbooks.bounds import MOST_CELLS, bounded, too_many

SEPARATORS: Final = (",", ";", "\t")
SAMPLE: Final = 30
"""Rows that show what separates the cells."""


def read_text(raw: bytes) -> tuple[Grid | None, list[Problem]]:
    """The grid of a text file (UV640 where it is no text, or too large)."""
    text = _decoded(raw)
    if text is None or "\0" in text:
        hint = "save it from the spreadsheet as .xlsx, .ods or CSV (UTF-8)"
        return None, [Problem("UV640", "this is no spreadsheet and no text", hint=hint)]
    lines = list(StringIO(text, newline=""))
    separator = _separator(lines)
    rows: list[tuple[str, ...]] = []
    count = 0
    try:
        for row in csv.reader(lines, delimiter=separator, strict=True):
            rows.append(bounded([unguarded(cell) for cell in row]))
            count += max(len(rows[-1]), 1)
            if count > MOST_CELLS:
                return None, [too_many()]
    except csv.Error as error:
        message = f"row {len(rows) + 1} cannot be read: {quoted(str(error))}"
        hint = "look for a quote that is opened and never closed"
        return None, [Problem("UV640", message, hint=hint)]
    return Grid("", tuple(rows)), []


def _decoded(raw: bytes) -> str | None:
    """Text from bytes: by their mark, as UTF-8, or as Western European text of old."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs = ["utf-16"]
    else:
        codecs = ["utf-8-sig", "cp1252", "latin-1"]
    for codec in codecs:
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _separator(lines: list[str]) -> str:
    """What separates the cells: said in the first line (`sep=;`), or what cuts the most rows."""
    if (
        lines
        and (told := lines[0].strip().casefold()).startswith("sep=")
        and len(told) > len("sep=")
    ):
        return told[len("sep=")]
    return max(SEPARATORS, key=lambda one: (_cut(lines, one), -SEPARATORS.index(one)))


def _cut(lines: list[str], separator: str) -> tuple[int, int]:
    """How many of the first rows a separator cuts, and into how many cells the middle one of them.

    Rows and not cells come first: a note may hold more commas than a row has semicolons.
    """
    try:
        widths = sorted(map(len, islice(csv.reader(lines, delimiter=separator), SAMPLE)))
    except csv.Error:
        return 0, 0
    cut = [width for width in widths if width > 1]
    return len(cut), cut[len(cut) // 2] if cut else 0
