"""Problems as lines: `path:line:column: error UV203: message`, the line itself, and the cure."""

from collections.abc import Iterable

from unvote.diagnostics import Diagnostic, Place, visible


def problem_lines(diagnostics: Iterable[Diagnostic]) -> str:
    """Every problem with its place, its line with a caret, and its hint."""
    return "".join(_problem(diagnostic) for diagnostic in diagnostics)


def _problem(diagnostic: Diagnostic) -> str:
    problem, place = diagnostic.problem, diagnostic.place
    where = f"{visible(diagnostic.file)}:"
    if place is not None:
        where += f"{place.line}:{place.column}:"
    text = f"{where} {problem.level.value} {problem.code}: {problem.message}\n"
    if place is not None and diagnostic.excerpt.strip():
        text += _excerpt(diagnostic.excerpt, place)
    return text + (f"  hint: {problem.hint}\n" if problem.hint else "")


def _excerpt(line: str, place: Place, width: int = 72) -> str:
    """The line with carets under the value; a long line is cut around it."""
    start = max(0, place.column - 1 - width // 2) if len(line) > width else 0
    cut = line[start : start + width]
    before = visible(cut[: place.column - 1 - start])
    same_line = place.end_line == place.line
    end = place.end_column - 1 if same_line else len(line.rstrip())
    marked = visible(cut[place.column - 1 - start : max(end - start, place.column - start)])
    shown = visible(cut).rstrip()
    return f"  | {shown}\n  | {' ' * len(before)}{'^' * max(1, len(marked.rstrip()))}\n"
