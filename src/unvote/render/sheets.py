"""A neutral sheet of rows, and the writers that turn it into CSV, Markdown or a table."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from unvote.diagnostics import visible
from unvote.render.style import Look, draw, table


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of text under a head.

    `wide` names the columns that share the room left, `right` those set to the right, `whole`
    those never broken.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()

    @property
    def keys(self) -> tuple[str, ...]:
        """The head in lower case with underscores, for machines."""
        return tuple(name.lower().replace(" ", "_").replace("-", "_") for name in self.head)


def sheet_of(head: Sequence[str], rows: Iterable[Sequence[str]], **options: Any) -> Sheet:
    """A sheet from any rows."""
    return Sheet(tuple(head), tuple(tuple(row) for row in rows), **options)


def csv_text(sheet: Sheet) -> str:
    """CSV with a head, lines ended by a newline, formulas neutralised."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(sheet.keys)
    for row in sheet.rows:
        writer.writerow([neutral(visible(cell)) for cell in row])
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


def table_text(sheet: Sheet, look: Look) -> str:
    """A table for a terminal."""
    from rich.text import Text

    columns = []
    shown = [n for n, name in enumerate(sheet.head) if _filled(sheet, n)]
    for name in (sheet.head[n] for n in shown):
        options: dict[str, Any] = {"overflow": "fold"}
        if name in sheet.wide:
            options["ratio"] = 1
        if name in sheet.whole:
            options["no_wrap"] = True
        if name in sheet.right:
            options["justify"] = "right"
        columns.append((name, options))
    drawn = table(look, *columns)
    for row in sheet.rows:
        drawn.add_row(*(Text(visible(row[n])) for n in shown))
    return draw([drawn], look)


def _filled(sheet: Sheet, column: int) -> bool:
    """Whether a column holds anything; empty ones are not drawn."""
    return not sheet.rows or any(row[column] for row in sheet.rows)


def rows_data(sheet: Sheet) -> list[dict[str, str]]:
    """The rows as mappings, for JSON."""
    return [dict(zip(sheet.keys, row, strict=True)) for row in sheet.rows]
