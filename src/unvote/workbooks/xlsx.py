"""What is odd about the cells of an .xlsx file: ECMA-376, Part 1, section 18.3 (worksheets)."""

import re
from typing import Final

from unvote.grids import Area, column_number
from unvote.workbooks.parts import Attributes, Layout, Parts

WORKBOOK: Final = "xl/workbook.xml"
LINKS: Final = "xl/_rels/workbook.xml.rels"
CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
TRUE: Final = frozenset({"1", "true", "on"})


def layouts(parts: Parts) -> dict[str, Layout]:
    """The layout of each sheet by its name."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(tag: str, found: Attributes) -> None:
        if tag == "sheet" and "id" in found:
            sheets[found.get("name", "")] = found["id"]

    def link(tag: str, found: Attributes) -> None:
        # Links that lead out of the file are never followed.
        if tag == "Relationship" and found.get("TargetMode") != "External":
            target = found.get("Target", "")
            inside = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            targets[found.get("Id", "")] = inside

    parts.walk(WORKBOOK, sheet)
    parts.walk(LINKS, link)
    return {
        name: _layout(parts, targets[link_id])
        for name, link_id in sheets.items()
        if targets.get(link_id) in parts.names and "worksheets/" in targets[link_id]
    }


def _layout(parts: Parts, name: str) -> Layout:
    """The layout of one sheet."""
    walk = _Sheet()
    parts.walk(name, walk.start, walk.end, walk.text)
    return walk.layout


class _Sheet:
    """One sheet, element by element."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.row = self.column = 0
        self.error: str | None = None
        """The text so far of a cell that holds an error; nothing in other cells."""

    def start(self, tag: str, found: Attributes) -> None:
        """An element begins."""
        if tag == "c":
            self._cell(found)
        elif tag in {"v", "is", "f"}:
            self.layout.fill(self.row, self.column)
            if tag == "f":
                self.layout.formulas.add((self.row, self.column))
        elif tag == "row":
            self.row, self.column = int(found.get("r", self.row + 1)), 0
            if found.get("hidden") in TRUE:
                self.layout.hide(self.layout.hidden_rows, self.row, self.row)
        elif tag == "col" and (found.get("hidden") in TRUE or found.get("width") == "0"):
            self.layout.hide(
                self.layout.hidden_columns, int(found.get("min", 1)), int(found.get("max", 1))
            )
        elif tag == "mergeCell" and (area := _area(found.get("ref", ""))):
            self.layout.merge(area)

    def _cell(self, found: Attributes) -> None:
        place = CELL.fullmatch(found.get("r", ""))
        self.column = column_number(place[1]) if place else self.column + 1
        if place:
            self.row = int(place[2])
        self.error = "" if found.get("t") == "e" else None

    def text(self, text: str) -> None:
        """Text within an element."""
        if self.error is not None:
            self.error += text

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "f" and self.error is not None:
            self.error = ""  # the formula is not the error
        elif tag == "c" and self.error is not None:
            self.layout.errors[self.row, self.column] = self.error.strip() or "an error"
            self.error = None


def _area(text: str) -> Area | None:
    """A rectangle written as B2:C4."""
    first, _, last = text.partition(":")
    start, end = CELL.fullmatch(first), CELL.fullmatch(last or first)
    if start is None or end is None:
        return None
    return Area(int(start[2]), column_number(start[1]), int(end[2]), column_number(end[1]))
