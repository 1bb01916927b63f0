"""A spreadsheet as a neutral grid of text: what stands in each cell, and what is odd about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

LETTERS: Final = 26
GUARDED: Final = re.compile("'+[=+@-]")
"""A text that a quote before it keeps from being a formula."""
Spot = tuple[int, int]
"""A cell by its row and its column, both counted from 1."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, its edges included; rows and columns are counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies within."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def __str__(self) -> str:
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet.

    `rows` are texts from the first cell on; a row ends with its last cell that holds anything.
    `formulas` are cells whose text was calculated when the file was last saved; `errors` cells that
    hold an error such as #N/A. Of `merged` cells only the first holds the text.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    shown: bool = True
    formulas: frozenset[Spot] = frozenset()
    errors: Mapping[Spot, str] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def text(self, row: int, column: int) -> str:
        """The text of a cell, blanks at its ends dropped; nothing where there is no cell."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column - 1].strip() if 0 < column <= len(cells) else ""

    def place(self, row: int, column: int) -> str:
        """A cell as people name it, with its sheet where that has a name: Count!B7."""
        return f"{self.name}!{cell_name(row, column)}" if self.name else cell_name(row, column)


def column_name(column: int) -> str:
    """The letters of a column counted from 1: A, B, ... Z, AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column, counted from 1, by its letters (capital ones)."""
    number = 0
    for letter in letters:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets name it: B7."""
    return f"{column_name(column)}{row}"


def guarded(text: str) -> str:
    """A cell of CSV that no spreadsheet takes for a formula; `unguarded` gives the text back."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) or GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """A cell of CSV without the quote that kept it from being a formula."""
    return text[1:] if GUARDED.match(text) else text
