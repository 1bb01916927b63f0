"""What is odd about the cells of an .ods file: OpenDocument 1.3, part 3, section 9 (tables)."""

import re
from typing import Final

from unvote.grids import Area
from unvote.workbooks.parts import Attributes, Layout, Parts

CONTENT: Final = "content.xml"
HIDDEN: Final = frozenset({"collapse", "filter"})
ERROR: Final = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+", re.ASCII)
"""How LibreOffice shows an error: #N/A, #REF!, #DIV/0!, #NAME?, Err:502."""


def layouts(parts: Parts) -> dict[str, Layout]:
    """The layout of each sheet by its name."""
    walk = _Content()
    parts.walk(CONTENT, walk.start, walk.end, walk.text)
    return walk.sheets


class _Content:
    """The content of the file, element by element."""

    def __init__(self) -> None:
        self.sheets: dict[str, Layout] = {}
        self.depth = 0
        """Tables within tables: only the outermost is a sheet."""
        self.layout = Layout()
        self.row = self.column = 0
        self.rows = self.columns = 0
        """How often the row, the cell repeats."""
        self.wide = 0
        """The columns declared so far."""
        self.formula = self.holds = False
        self.words: list[str] | None = None
        """The text of the cell so far; nothing outside of cells and within remarks on them."""

    def start(self, tag: str, found: Attributes) -> None:
        """An element begins."""
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.layout = self.sheets[found.get("name", "")] = Layout()
                self.row = self.rows = self.wide = 0
        elif self.depth == 1:
            self._inside(tag, found)

    def _inside(self, tag: str, found: Attributes) -> None:
        """An element within a sheet begins."""
        if tag == "table-column":
            first = self.wide + 1
            self.wide += _times(found, "number-columns-repeated")
            if found.get("visibility") in HIDDEN:
                self.layout.hide(self.layout.hidden_columns, first, self.wide)
        elif tag == "table-row":
            self.row += self.rows or 1
            self.rows, self.column, self.columns = _times(found, "number-rows-repeated"), 0, 0
            if found.get("visibility") in HIDDEN:
                self.layout.hide(self.layout.hidden_rows, self.row, self.row + self.rows - 1)
        elif tag in {"table-cell", "covered-table-cell"}:
            self._cell(found)
        elif tag == "annotation":
            self.words = None
        elif tag == "p" and self.words is not None:
            self.holds = True

    def _cell(self, found: Attributes) -> None:
        self.column += self.columns or 1
        self.columns = _times(found, "number-columns-repeated")
        self.formula = "formula" in found
        self.holds = self.formula or "value-type" in found
        self.words = []
        tall, wide = _times(found, "number-rows-spanned"), _times(found, "number-columns-spanned")
        if tall > 1 or wide > 1:
            bottom, right = self.row + tall - 1, self.column + wide - 1
            self.layout.merge(Area(self.row, self.column, bottom, right))

    def text(self, text: str) -> None:
        """Text within an element."""
        if self.words is not None:
            self.words.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "table":
            self.depth -= 1
        elif self.depth == 1 and tag in {"table-cell", "covered-table-cell"} and self.holds:
            self._filled("".join(self.words or ()).strip())
            self.holds, self.words = False, None

    def _filled(self, text: str) -> None:
        """A cell that holds something, as often as it repeats."""
        self.layout.fill(self.row + self.rows - 1, self.column + self.columns - 1)
        if not self.formula:
            return
        wrong = ERROR.fullmatch(text)
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                self.layout.formulas.add((row, column))
                if wrong:
                    self.layout.errors[row, column] = text


def _times(found: Attributes, key: str) -> int:
    """How often something repeats, or over how many cells it spans; once if it does not say."""
    text = found.get(key, "1")
    return max(1, min(int(text), 1 << 21)) if text.isdecimal() else 1
