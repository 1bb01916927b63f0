"""What could not be understood in a table: one problem a kind, with every row it was met in."""

from dataclasses import dataclass, field, replace
from typing import Final

from unvote.diagnostics import Diagnostic, Level, Place, Problem, visible

MOST: Final = 12
"""Ranges of rows that a message names."""
WIDEST: Final = 160


@dataclass(slots=True)
class Trouble:
    """One problem and the rows it was met in, in ranges; the text of the first."""

    problem: Problem
    rows: list[list[int]] = field(default_factory=list)
    excerpt: str = ""

    @property
    def count(self) -> int:
        """In how many rows it was met."""
        return sum(last - first + 1 for first, last in self.rows)


class Troubles:
    """Collects the problems of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[tuple[str, str], Trouble] = {}

    def tell(self, problem: Problem, row: int = 0, excerpt: str = "") -> None:
        """Note a problem, in a row (counted from 1, the head included) or of the whole file."""
        key = problem.code, problem.message
        trouble = self._found.get(key)
        if trouble is None:
            trouble = self._found[key] = Trouble(problem, [], excerpt[:WIDEST])
        if not row:
            return
        if trouble.rows and trouble.rows[-1][1] in {row - 1, row}:
            trouble.rows[-1][1] = row
        else:
            trouble.rows.append([row, row])

    @property
    def any_error(self) -> bool:
        """Whether something was not understood."""
        return any(t.problem.level is Level.ERROR for t in self._found.values())

    def rows_of(self, code: str) -> int:
        """In how many rows problems of a code were met."""
        return sum(t.count for t in self._found.values() if t.problem.code == code)

    def diagnostics(self) -> list[Diagnostic]:
        """The problems in the order of the file, each with the numbers of its rows."""
        found = [self._diagnostic(trouble) for trouble in self._found.values()]
        return sorted(found, key=lambda one: one.place.line if one.place else 0)

    def _diagnostic(self, trouble: Trouble) -> Diagnostic:
        problem = trouble.problem
        if not trouble.rows:
            return Diagnostic(self.file, problem)
        row = trouble.rows[0][0]
        if trouble.count > 1:
            problem = replace(problem, message=f"{problem.message} ({_rows(trouble)})")
        end = len(trouble.excerpt) + 1
        return Diagnostic(self.file, problem, Place(row, 1, row, end), visible(trouble.excerpt))


def _rows(trouble: Trouble) -> str:
    """The rows in words: `rows 3, 7-9 and 120 more`."""
    shown = trouble.rows[:MOST]
    words = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in shown)
    left = trouble.count - sum(b - a + 1 for a, b in shown)
    return f"rows {words}" + (f" and {left} more" if left else "")
