"""A neutral sheet of rows, and the writers that turn it into CSV, Markdown or a table."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from unvote.diagnostics import visible
from unvote.render.style import Look, draw, table

if TYPE_CHECKING:
    from rich.console import RenderableType

GAP: Final = 3
"""Columns between two columns of a table."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of text under a head.

    `wide` names the columns that share the room left, `right` those set to the right, `whole`
    those never broken; `figures` those that hold our own numbers, never text from a file; `codes`
    those whose head is a member's code, which machines get as it is.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    @property
    def keys(self) -> tuple[str, ...]:
        """The head in lower case with underscores, for machines; codes stay as they are."""
        return tuple(
            name if name in self.codes else name.lower().replace(" ", "_").replace("-", "_")
            for name in self.head
        )


def sheet_of(head: Sequence[str], rows: Iterable[Sequence[str]], **options: Any) -> Sheet:
    """A sheet from any rows."""
    return Sheet(tuple(head), tuple(tuple(row) for row in rows), **options)


def csv_text(sheet: Sheet) -> str:
    """CSV with a head; only our own figures may begin like a formula."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(sheet.keys)
    for row in sheet.rows:
        writer.writerow(
            [
                cell if name in sheet.figures else neutral(visible(cell))
                for name, cell in zip(sheet.head, row, strict=True)
            ]
        )
    return stream.getvalue()


def neutral(cell: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def markdown_text(sheet: Sheet) -> str:
    """A Markdown table; text from files cannot break out of its cell."""
    lines = [sheet.head, ["---:" if name in sheet.right else "---" for name in sheet.head]]
    rows = [[escaped(cell) for cell in row] for row in sheet.rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (*lines, *rows))


def escaped(cell: str) -> str:
    """Text that cannot become markup."""
    text = visible(cell)
    for character in "\\|<>[]`*_":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


def table_text(sheet: Sheet, look: Look, *, stack: bool = False) -> str:
    """A table for a terminal; to `stack`: a block a row where words would be broken."""
    from rich.text import Text

    columns = []
    shown = [n for n, name in enumerate(sheet.head) if _filled(sheet, n)]
    widths = _widths(sheet, shown, look.width) if stack else {}
    if widths is None:
        return draw(list(_stacked(sheet, shown)), look)
    for n in shown:
        name = sheet.head[n]
        options: dict[str, Any] = {"overflow": "fold"}
        if name in sheet.wide:
            options["ratio"] = 1
        if name in sheet.whole or n in widths:
            options["no_wrap"] = True
        if name in sheet.right:
            options["justify"] = "right"
        columns.append((_within(name, widths.get(n)), options))
    drawn = table(look, *columns)
    for row in sheet.rows:
        drawn.add_row(*(Text(_within(visible(row[n]), widths.get(n))) for n in shown))
    return draw([drawn], look)


def _within(text: str, width: int | None) -> str:
    """Text in lines no wider than that; releases of rich differ on what a column's width holds."""
    if width is None:
        return text
    from textwrap import fill

    return fill(text, max(width, 1), break_long_words=False, break_on_hyphens=False)


def _widths(sheet: Sheet, shown: Sequence[int], room: int) -> dict[int, int] | None:
    """The width of each column where every word is whole; nothing if there is no room for that.

    What room is left goes to numbers first.
    """
    from rich.cells import cell_len

    rows = [sheet.head, *sheet.rows]
    cells = {n: [visible(row[n]) for row in rows] for n in shown}
    widths = {n: max(cell_len(word) for c in cells[n] for word in (*c.split(), "")) for n in shown}
    left = room - sum(widths.values()) - GAP * (len(shown) - 1)
    if left < 0:
        return None
    for n in sorted(shown, key=lambda n: sheet.head[n] not in sheet.right):
        more = min(left, max(map(cell_len, cells[n])) - widths[n])
        widths[n] += more
        left -= more
    return {n: width for n, width in widths.items() if sheet.head[n] not in sheet.wide}


def _stacked(sheet: Sheet, shown: Sequence[int]) -> "Iterator[RenderableType]":
    """Each row as a block: its first cell under the name of its column, the others with theirs."""
    from rich.padding import Padding
    from rich.text import Text

    first, *rest = shown
    yield Text(sheet.head[first], style="bold")
    for row in sheet.rows:
        yield Text(visible(row[first]))
        said = ", ".join(f"{sheet.head[n].lower()} {visible(row[n])}" for n in rest if row[n])
        yield Padding(Text(said), (0, 0, 0, 2))


def _filled(sheet: Sheet, column: int) -> bool:
    """Whether a column holds anything; empty ones are not drawn."""
    return not sheet.rows or any(row[column] for row in sheet.rows)


def rows_data(sheet: Sheet) -> list[dict[str, str]]:
    """The rows as mappings, for JSON."""
    return [dict(zip(sheet.keys, row, strict=True)) for row in sheet.rows]
