"""Tables as an .xlsx file: text that is never a formula, colour by vote, a head that stays."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from unvote.diagnostics import visible
from unvote.render.roster import Cell, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST: Final = 32_767
"""Characters one cell can hold."""
FIRST: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every part in the archive: the same tables give the same bytes."""
OLDEST: Final = 1900
"""The first year that dates of spreadsheets reach back to."""
WIDEST: Final = 60
NARROWEST: Final = 6
ARROW: Final = 2
"""Room beside a heading for the arrow of its filter, in characters."""
FACE: Final = "Calibri"
SIZE: Final = 11
"""The face and the size of a new workbook, in points."""
ILLEGAL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Characters that XML has no place for, and those it does not keep."""
LONE: Final = re.compile("[\ud800-\udfff]")
ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What would be read as such a character, though it is text."""
FORMULA: Final = ("=", "+", "-", "@", "'")
MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def too_long(tables: Iterable[Table]) -> str | None:
    """The cell that is too long for a spreadsheet, if one is: `Stances!N12`."""
    from openpyxl.utils import get_column_letter

    for table in tables:
        for number, row in enumerate(table.rows, 2):
            for column, cell in enumerate(row, 1):
                if isinstance(cell.value, str) and len(_text(cell.value)) > LONGEST:
                    return f"{table.name}!{get_column_letter(column)}{number}"
    return None


def workbook_bytes(tables: Sequence[Table], day: date) -> bytes:
    """The tables as sheets of an .xlsx file that says it was made on a day.

    Raises ImportError where openpyxl is not installed.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type] # a new workbook has one sheet
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
    book.properties.created = moment
    book.properties.creator = "unvote"
    for table in tables:
        _fill(book.create_sheet(table.name), table)
    stream = BytesIO()
    book.save(stream)
    return _timeless(stream.getvalue(), moment)


def _fill(sheet: "Worksheet", table: Table) -> None:
    """One sheet: its head, its rows, and how they are shown."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for column, name in enumerate(table.head, 1):
        head = sheet.cell(1, column)
        _put(head, name)
        head.font = Font(name=FACE, size=SIZE, bold=True)
        head.alignment = Alignment(vertical="top")
    for number, row in enumerate(table.rows, 2):
        for column, cell in enumerate(row, 1):
            if cell.value != "":
                _style(sheet.cell(number, column), cell)
    for column, name in enumerate(table.head, 1):
        lengths = [len(name) + ARROW, *(_length(row[column - 1]) for row in table.rows)]
        width = min(max(*lengths, NARROWEST), WIDEST) + 1
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C2" if table.head[0] == "Code" else "A2"
    last = get_column_letter(len(table.head))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _length(cell: Cell) -> int:
    """The longest line of a cell, in characters."""
    return max((len(line) for line in str(cell.value).split("\n")), default=0)


def _style(place: Any, cell: Cell) -> None:
    """A cell with its value, its colour and its lines."""
    from openpyxl.styles import Alignment, Font, PatternFill

    _put(place, cell.value)
    wraps = isinstance(cell.value, str) and (_length(cell) > WIDEST or "\n" in cell.value)
    left = "left" if isinstance(cell.value, date) else None
    place.alignment = Alignment(horizontal=left, vertical="top", wrap_text=wraps or None)
    if cell.light is not None:
        colour = cell.light.colour.removeprefix("#")
        place.fill = PatternFill("solid", fgColor=colour)
        place.font = Font(name=FACE, size=SIZE, color=cell.light.ink.removeprefix("#"))


def _put(place: Any, value: str | int | date) -> None:
    """Put a value into a cell: text as text, whatever it begins with."""
    if isinstance(value, date) and value.year < OLDEST:
        value = value.isoformat()
    if not isinstance(value, str):
        place.value = value
        if isinstance(value, date):
            place.number_format = "yyyy-mm-dd"
        return
    place.value = _text(value)
    place.data_type = "s"  # whatever openpyxl took it for
    # Edited by hand, it would be taken for a formula but for this mark.
    place.quotePrefix = value.startswith(FORMULA)


def _text(value: str) -> str:
    """Text as .xlsx files write it: `_x0007_` for a character that XML has no place for.

    ECMA-376, Part 1, section 22.4.2.4 (bstr). Half a character is made visible.
    """
    text = ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", ESCAPE.sub("_x005F_", value))
    return LONE.sub(lambda found: visible(found[0]), text)


def _timeless(raw: bytes, moment: datetime) -> bytes:
    """The archive without the hour it was made in."""
    fresh = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(fresh, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                stamp = moment.isoformat().encode() + b"Z"
                part = MODIFIED.sub(rb"\g<1>" + stamp, part)
            info = ZipInfo(name, FIRST)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, part)
    return fresh.getvalue()
