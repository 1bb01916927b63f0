"""Inline silences: `# unvote: ignore UV402 - embassy closed` on a line, or alone above it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from unvote.diagnostics import Diagnostic, Level, Place, Problem
from unvote.loading.source import Source, scalars

COMMENT: Final = re.compile(
    r"(?:^|(?<=\s))#\s*unvote:\s*ignore\b(?P<codes>(?:[ ,]*UV\d{1,3}x{0,2})*)(?P<rest>[^\n]*)"
)
CODE: Final = re.compile(r"UV\d{1,3}")


@dataclass(frozen=True, slots=True)
class Silence:
    """One silence: the codes it is for, the line it holds on, its reason, and where it stands."""

    codes: tuple[str, ...]
    line: int
    reason: str
    place: Place


def silences_in(source: Source) -> list[Silence]:
    """The silences of a file; text within values is no comment."""
    lines = source.text.split("\n")
    found = []
    for number, line in enumerate(lines, 1):
        for match in COMMENT.finditer(line):
            if _inside(source.node, number, match.start() + 1):
                continue
            alone = not line[: match.start()].strip()
            target = _next(lines, number) if alone else number
            reason = match["rest"].strip().lstrip("-\u2013:").strip()
            place = Place(number, match.start() + 1, number, len(line.rstrip()) + 1)
            found.append(Silence(tuple(CODE.findall(match["codes"])), target, reason, place))
    return found


def _next(lines: list[str], number: int) -> int:
    """The first line after this one that holds more than a comment."""
    for later, line in enumerate(lines[number:], number + 1):
        if line.strip() and not line.strip().startswith("#"):
            return later
    return number


def _inside(node: Any, line: int, column: int) -> bool:
    """Whether a point lies within a scalar."""
    return any(
        (event.start_mark.line + 1, event.start_mark.column + 1)
        <= (line, column)
        < (event.end_mark.line + 1, event.end_mark.column + 1)
        for event in scalars(node)
    )


def silenced(source: Source, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The problems that are left, with those of the silences themselves (UV114, UV115)."""
    silences = silences_in(source) if "unvote:" in source.text else []
    used: set[tuple[Silence, str]] = set()
    left = []
    for diagnostic in diagnostics:
        hit = next((s for s in silences if _covers(s, diagnostic)), None)
        if hit is None:
            left.append(diagnostic)
        else:
            used |= {(hit, code) for code in hit.codes if diagnostic.problem.code.startswith(code)}
    own = [Diagnostic(source.file, p, s.place, _line(source, s)) for s, p in _own(silences, used)]
    return sorted(
        [*left, *own], key=lambda d: (d.place.line, d.place.column) if d.place else (0, 0)
    )


def _line(source: Source, silence: Silence) -> str:
    return source.text.split("\n")[silence.place.line - 1].rstrip("\r")


def _covers(silence: Silence, diagnostic: Diagnostic) -> bool:
    """Whether a silence with a reason is for this problem."""
    here = diagnostic.place is not None and diagnostic.place.line == silence.line
    codes = any(diagnostic.problem.code.startswith(code) for code in silence.codes)
    return here and codes and bool(silence.reason)


def _own(
    silences: list[Silence], used: set[tuple[Silence, str]]
) -> Iterator[tuple[Silence, Problem]]:
    """What is wrong with the silences: no code, no reason, or nothing to silence."""
    for silence in silences:
        if not silence.codes or not silence.reason:
            what = "a reason" if silence.codes else "the code it is for"
            hint = "write `# unvote: ignore UV402 - embassy closed until Monday`"
            yield silence, Problem("UV114", f"a silence needs {what}", hint=hint)
            continue
        for code in silence.codes:
            if (silence, code) not in used:
                message = f"nothing here is silenced by {code}"
                hint = "take the silence out"
                yield silence, Problem("UV115", message, (), hint, Level.WARNING)
