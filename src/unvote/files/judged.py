"""What came of one file, and how its problems are kept in bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from unvote.cases import Case
from unvote.diagnostics import Diagnostic, Problem
from unvote.files.found import KINDS
from unvote.rulings import Ruling

MOST_PROBLEMS: Final = 200


@dataclass(frozen=True, slots=True)
class Judged:
    """The results of a file in the order of the votes, and its problems in the order of lines.

    `cases` are those of a file of one text as they were read, before stances that depend on its
    amendments were settled; the results are of these, or of the last of them.
    """

    results: tuple[Ruling, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    cases: tuple[Case, ...] = ()


def judged(
    file: str, results: Sequence[Ruling], problems: Sequence[Diagnostic], cases: Sequence[Case] = ()
) -> Judged:
    """A file's results and problems, a flood of problems cut short with how many were left out."""
    left = len(problems) - MOST_PROBLEMS
    if left > 0:
        more = Problem("UV108", f"and {left} more problems in this file", hint="mend these first")
        problems = (*problems[:MOST_PROBLEMS], Diagnostic(file, more))
    return Judged(tuple(results), tuple(problems), tuple(cases))


def wrong_kind(data: Any, wanted: str) -> Problem:
    """A document of another kind than the one wanted (UV110)."""
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind == "scenario":
        wanted += "; `unvote whatif` runs a scenario"
    if kind in KINDS:
        return Problem("UV110", f"this file is of kind '{kind}'", ("kind",), f"wanted: {wanted}")
    known = ", ".join(KINDS)
    return Problem("UV110", "this is not a kind of document", ("kind",), f"one of: {known}")
