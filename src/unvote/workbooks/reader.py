"""A spreadsheet from bytes: what kind it is, and its sheets as neutral grids."""

import re
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from unvote.diagnostics import Problem
from unvote.grids import Grid
from unvote.workbooks import ods, xlsx
from unvote.workbooks.bounds import (
    MOST_BYTES,
    MOST_SHEETS,
    bounded,
    too_heavy,
    too_many,
    too_swollen,
)
from unvote.workbooks.parts import Crowded, Layout, Parts, Swollen, Unfit
from unvote.workbooks.text import read_text

ZIPPED: Final = b"PK\x03\x04"
OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of .xls files, and of files locked with a password."""

ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""How .xlsx files write a character that XML has no place for."""
MOST_WHOLE: Final = 10**15
"""Whole numbers up to here stand in a float as they are."""

Grids = tuple[Grid, ...]


def read_sheets(file: str, raw: bytes | None = None) -> tuple[Grids, list[Problem]]:
    """The sheets of a file, or of `raw` in its place (UV113, UV640, UV641).

    Formulas are never calculated, macros never run, links to other files never followed.
    """
    if raw is None:
        try:
            with Path(file).open("rb") as stream:
                raw = stream.read(MOST_BYTES + 1)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "there can be no such path"
            problem = Problem("UV113", f"cannot read this file: {reason}", hint="check the path")
            return (), [problem]
    if len(raw) > MOST_BYTES:
        return (), [too_heavy()]
    if raw.startswith(OLD):
        message = "this is a spreadsheet of the old kind (.xls), or locked with a password"
        return (), [Problem("UV640", message, hint="save it as .xlsx, without a password")]
    if raw.startswith(ZIPPED):
        return _zipped(raw)
    grid, problems = read_text(raw)
    return (() if grid is None else (grid,)), problems


def _zipped(raw: bytes) -> tuple[Grids, list[Problem]]:
    """The sheets of an .xlsx or .ods file: laid out by its XML, its values by calamine."""
    try:
        layouts = _layouts(Parts(raw))
    except Swollen:
        return (), [too_swollen()]
    except Crowded:
        return (), [too_many()]
    except (Unfit, ValueError, KeyError) as error:
        why = str(error) if isinstance(error, Unfit) else "it is damaged"
        return (), [_unreadable(why)]
    return _valued(raw, layouts)


def _layouts(parts: Parts) -> dict[str, Layout]:
    """The layout of each sheet, the file proven to hold no more than it claims."""
    if xlsx.WORKBOOK in parts.names:
        layouts = xlsx.layouts(parts)
    elif ods.CONTENT in parts.names:
        layouts = ods.layouts(parts)
    else:
        raise Unfit("it is a zip file, but no spreadsheet")
    parts.prove()
    if len(layouts) > MOST_SHEETS:
        raise Crowded("too many sheets")
    return layouts


def _unreadable(why: str) -> Problem:
    hint = "open it in a spreadsheet program and save it anew as .xlsx, .ods or CSV"
    return Problem("UV640", f"this spreadsheet cannot be read: {why}", hint=hint)


def _valued(raw: bytes, layouts: dict[str, Layout]) -> tuple[Grids, list[Problem]]:
    """The grids of sheets that were found within bounds."""
    try:
        import python_calamine as calamine  # noqa: PLC0415 - an extra, needed for such files alone
    except ImportError:
        return (), [missing("python-calamine", "read .xlsx and .ods files")]
    try:
        book = calamine.load_workbook(BytesIO(raw))
        shown = {
            one.name: one.visible == calamine.SheetVisibleEnum.Visible
            for one in book.sheets_metadata
        }
        return tuple(
            _grid(name, book.get_sheet_by_name(name), layout, shown=shown.get(name, True))
            for name, layout in layouts.items()
            if name in shown
        ), []
    except (calamine.CalamineError, ValueError, OSError):
        return (), [_unreadable("it is damaged")]


def missing(library: str, what: str) -> Problem:
    """That a library of the extra `sheets` is not installed (UV641)."""
    message = f"the library {library} is not installed, which is needed to {what}"
    hint = "install it with `pip install 'unvote[sheets]'`, or use CSV"
    return Problem("UV641", message, hint=hint)


def _grid(name: str, sheet: Any, layout: Layout, *, shown: bool) -> Grid:
    """One sheet."""
    plain = _plain_texts()
    values = sheet.to_python(skip_empty_area=False) if layout.height else []
    rows = [[_text(value, plain=plain) for value in row] for row in values[: layout.height]]
    rows += [[] for _ in range(layout.height - len(rows))]
    for (row, column), text in layout.errors.items():
        cells = rows[row - 1]
        cells += [""] * (column - len(cells))
        cells[column - 1] = text
    return Grid(
        name,
        tuple(bounded(row) for row in rows),
        shown,
        frozenset(layout.formulas),
        layout.errors,
        tuple(layout.merged),
        Layout.within(layout.hidden_rows, layout.height),
        Layout.within(layout.hidden_columns, layout.width),
    )


def _plain_texts() -> bool:
    """Whether texts come as they are written: calamine decodes `_x000D_` from release 0.6 on."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - as above

    try:
        major, minor, *_ = (int(part) for part in version("python-calamine").split(".")[:2])
    except (PackageNotFoundError, ValueError):
        return True
    return (major, minor) >= (0, 6)


def _text(value: Any, *, plain: bool) -> str:
    """A value as text: whole numbers without a point, dates as 2022-10-09."""
    match value:
        case str():
            return value if plain else ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        case bool():
            return str(value).lower()
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < MOST_WHOLE else str(value)
        case datetime():
            day, clock = value.date().isoformat(), value.time()
            return day if clock == time() else f"{day} {clock.isoformat('minutes')}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
