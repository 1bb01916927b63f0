"""The bounds of a spreadsheet: what a person keeps is far within, what is made to harm is not."""

from collections.abc import Sequence
from typing import Final

from unvote.diagnostics import Problem

MOST_BYTES: Final = 20_000_000
"""Bytes of a file as it lies on disk."""
MOST_UNZIPPED: Final = 200_000_000
"""Bytes of all its parts; a zip bomb holds thousands of times what it weighs."""
MOST_CELLS: Final = 2_000_000
"""Cells of the rectangle that is filled: a reader keeps a place for each of them."""
MOST_SHEETS: Final = 200


def too_many() -> Problem:
    """That a sheet has too many cells (UV640)."""
    return _too_large(f"a sheet fills more than {MOST_CELLS:,} cells")


def too_heavy() -> Problem:
    """That a file is too large to be read (UV640)."""
    return _too_large(f"the file is larger than {MOST_BYTES // 1_000_000} MB")


def too_swollen() -> Problem:
    """That a file holds more than it can be let unfold (UV640)."""
    return _too_large(f"the file unfolds to more than {MOST_UNZIPPED // 1_000_000} MB")


def _too_large(message: str) -> Problem:
    hint = "check that it is the right file; copy the rows and columns of the count to a new sheet"
    return Problem("UV640", message, hint=hint)


def bounded(cells: Sequence[str]) -> tuple[str, ...]:
    """A row up to its last cell that holds anything."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end])
