"""Inline silences: `# unvote: ignore UV402 - embassy closed` on a line, or alone above it."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from unvote.diagnostics import Diagnostic, Level, Place, Problem
from unvote.loading.source import Source, by_place, scalars

COMMENT: Final = re.compile(
    r"(?:^|(?<=\s))#\s*unvote:\s*ignore\b(?P<codes>(?:[ ,]*UV\d{1,3}x{0,2})*)(?P<rest>[^\n]*)"
)
ENDLESS: Final = 1_000_000_000
MOST: Final = 200
"""Problems of the silences of one file that are told."""
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
    inside = _spans(source)
    after = _after(lines)
    found = []
    for number, line in enumerate(lines, 1):
        for match in COMMENT.finditer(line):
            column = match.start()
            if any(first <= column < last for first, last in inside.get(number, ())):
                continue
            target = number if line[:column].strip() else after[number]
            reason = match["rest"].strip().lstrip("-\u2013:").strip()
            place = Place(number, column + 1, number, len(line.rstrip()) + 1)
            found.append(Silence(tuple(CODE.findall(match["codes"])), target, reason, place))
    return found


def _after(lines: list[str]) -> dict[int, int]:
    """For each line the first one after it that holds more than a comment, else itself."""
    after: dict[int, int] = {}
    target = 0
    for number in range(len(lines), 0, -1):
        after[number] = target or number
        line = lines[number - 1].strip()
        if line and not line.startswith("#"):
            target = number
    return after


def _spans(source: Source) -> dict[int, list[tuple[int, int]]]:
    """The columns (from 0) that scalars take up, by line (from 1)."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for event in scalars(source.node):
        start, end = event.start_mark, event.end_mark
        for line in range(start.line, end.line + 1):
            first = start.column if line == start.line else 0
            last = end.column if line == end.line else ENDLESS
            spans.setdefault(line + 1, []).append((first, last))
    return spans


def unsilenced(source: Source, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The problems that are left where the silences of their file are heard."""
    return _heard(source, list(diagnostics))[0]


def silenced(
    source: Source, diagnostics: Iterable[Diagnostic], idle: Collection[str] = ()
) -> list[Diagnostic]:
    """The problems that are left, with those of the silences themselves (UV114, UV115).

    `idle` are codes whose checks did not run: whether a silence of theirs is needed is not known.
    """
    left, silences, used = _heard(source, list(diagnostics))
    lines = source.text.split("\n") if silences else []
    own = [
        Diagnostic(source.file, problem, s.place, lines[s.place.line - 1].rstrip("\r"))
        for s, problem in _own(silences, used, idle)
    ]
    return sorted([*left, *own[:MOST]], key=by_place) if silences else left


def _heard(
    source: Source, found: list[Diagnostic]
) -> tuple[list[Diagnostic], list[Silence], set[tuple[Silence, str]]]:
    """The problems that are left, the silences, and which of them are used for which code."""
    if "unvote:" not in source.text:
        return found, [], set()
    silences = silences_in(source)
    on_line: dict[int, list[Silence]] = {}
    for silence in silences:
        on_line.setdefault(silence.line, []).append(silence)
    used: set[tuple[Silence, str]] = set()
    left = []
    for diagnostic in found:
        line = diagnostic.place.line if diagnostic.place else 0
        hit = next((s for s in on_line.get(line, ()) if _covers(s, diagnostic)), None)
        if hit is None:
            left.append(diagnostic)
        else:
            used |= {(hit, code) for code in hit.codes if diagnostic.problem.code.startswith(code)}
    return left, silences, used


def _covers(silence: Silence, diagnostic: Diagnostic) -> bool:
    """Whether a silence with a reason is for this problem."""
    here = diagnostic.place is not None and diagnostic.place.line == silence.line
    codes = any(diagnostic.problem.code.startswith(code) for code in silence.codes)
    return here and codes and bool(silence.reason)


def _own(
    silences: list[Silence], used: set[tuple[Silence, str]], idle: Collection[str]
) -> Iterator[tuple[Silence, Problem]]:
    """What is wrong with the silences: no code, no reason, or nothing to silence."""
    for silence in silences:
        if not silence.codes or not silence.reason:
            what = "a reason" if silence.codes else "the code it is for"
            hint = "write `# unvote: ignore UV402 - embassy closed until Monday`"
            yield silence, Problem("UV114", f"a silence needs {what}", hint=hint)
            continue
        for code in silence.codes:
            unknown = any(other.startswith(code) for other in idle)
            if (silence, code) not in used and not unknown:
                message = f"nothing here is silenced by {code}"
                hint = "take the silence out"
                yield silence, Problem("UV115", message, (), hint, Level.WARNING)
