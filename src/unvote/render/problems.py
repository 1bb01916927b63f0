"""Problems as lines: `path:line:column: error UV203: message`, the line itself, and the cure."""

from collections.abc import Iterable

from unvote.diagnostics import Diagnostic, Place, visible

WIDTH = 72


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
        text += _excerpts(diagnostic, place)
    return text + (f"  hint: {problem.hint}\n" if problem.hint else "")


def _excerpts(diagnostic: Diagnostic, place: Place) -> str:
    """The line of the problem; the other place, if there is one, is underlined with `-`."""
    line, also = diagnostic.excerpt, diagnostic.also
    if also is None:
        return _excerpt(line, place)
    if also.line == place.line and len(line) <= WIDTH:
        return _excerpt(line, place, also)
    other = _excerpt(diagnostic.also_excerpt, also, mark="-")
    return f"{_excerpt(line, place)}  and line {also.line}, column {also.column}:\n{other}"


def _excerpt(line: str, place: Place, also: Place | None = None, mark: str = "^") -> str:
    """The line with marks under the value; a long line is cut around it."""
    start = max(0, place.column - 1 - WIDTH // 2) if len(line) > WIDTH else 0
    cut = line[start : start + WIDTH]
    marks = _marks(cut, start, place, mark)
    if also is not None:
        below = _marks(cut, start, also, "-")
        pairs = zip(marks.ljust(len(below)), below.ljust(len(marks)), strict=True)
        marks = "".join(other if own == " " else own for own, other in pairs)
    return f"  | {visible(cut).rstrip()}\n  | {marks}\n"


def _marks(cut: str, start: int, place: Place, mark: str) -> str:
    """A line that underlines a place on a line cut at `start`."""
    first = place.column - 1 - start
    end = place.end_column - 1 - start if place.end_line == place.line else len(cut.rstrip())
    marked = visible(cut[first : max(end, first + 1)])
    return " " * len(visible(cut[:first])) + mark * max(1, len(marked.rstrip()))
