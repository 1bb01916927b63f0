"""The scripting interface: read files, decide them, and report results and problems together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from unvote.checks.expectations import expectations
from unvote.checks.substance import substance
from unvote.diagnostics import Diagnostic, Level, Problem, Route
from unvote.documents.resolution import ResolutionDocument
from unvote.documents.shape import read
from unvote.loading.reader import read_bytes, read_file
from unvote.loading.source import Source
from unvote.resolve.resolution import cases_from, counts_case
from unvote.rulings import Ruling, rule_on
from unvote.world.world import World

KINDS: Final = frozenset({"resolution", "body", "members", "stances", "scenario", "proceedings"})
COUNTS: Final = re.compile(r"\d{1,9}-\d{1,9}-\d{1,9}")
MOST_PROBLEMS: Final = 200


@dataclass(frozen=True, slots=True)
class Report:
    """What came of reading and deciding files: the results in order, and all problems.

    `skipped` counts the YAML files of folders that hold something else than a resolution.
    """

    results: tuple[Ruling, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    skipped: int = 0

    @property
    def valid(self) -> bool:
        """Whether every file could be read and decided."""
        return not any(problem.is_error for problem in self.problems)


@dataclass
class _Gathered:
    """Results and problems while files are read."""

    results: list[Ruling] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    skipped: int = 0

    def report(self, world: World) -> Report:
        """The report, problems of the members and body files before the others."""
        return Report(tuple(self.results), (*world.diagnostics, *self.problems), self.skipped)


def tally(
    *files: str | Path,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
    expect: bool = False,
    stdin: bytes | None = None,
) -> Report:
    """Decide resolution files.

    Folders are read recursively, in path order; in them, files that are no resolutions are
    skipped. `on` decides as if every vote had been held on that day; `members` and `bodies`
    replace and extend the shipped data; `expect` tests the files' `expect:` blocks; `-` among the
    files reads `stdin`. Mistakes in files are problems of the report, never exceptions.
    """
    world = World(str(members) if members else None, tuple(Path(folder) for folder in bodies))
    found = _Gathered()
    for file in files:
        name = str(file)
        if name == "-":
            source, problems = read_bytes("<stdin>", stdin or b"", big=big)
            _decide(source, problems, world, found, on=on, expect=expect)
            continue
        path = Path(name)
        if path.is_dir():
            _folder(path, world, found, on=on, expect=expect, big=big)
        else:
            _decide(*read_file(name, big=big), world, found, on=on, expect=expect)
    return found.report(world)


def tally_counts(
    counts: str,
    body: str,
    question: str | None = None,
    *,
    on: date,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
) -> Report:
    """Decide counts such as `93-24-58` in a body on a day (by its rules and size of that day)."""
    world = World(str(members) if members else None, tuple(Path(folder) for folder in bodies))
    found = _Gathered()
    where, problems = world.body(body)
    if not COUNTS.fullmatch(counts):
        hint = "write yes-no-abstain, as 93-24-58"
        problems.append(Problem("UV110", f"'{counts}' is not a count of votes", hint=hint))
    case = None
    if where is not None and not problems:
        figures = tuple(int(part) for part in counts.split("-"))
        case, problems = counts_case(
            (figures[0], figures[1], figures[2]), where, on, question, world.names
        )
    if case is not None:
        ruling = rule_on(case)
        found.results.append(ruling)
        problems += substance(ruling, ())
    found.problems += [Diagnostic(counts, problem) for problem in problems]
    return found.report(world)


def _folder(
    folder: Path, world: World, found: _Gathered, *, on: date | None, expect: bool, big: bool
) -> None:
    """Every resolution under a folder, in path order."""
    files = sorted(
        path for pattern in ("*.yaml", "*.yml") for path in folder.rglob(pattern) if path.is_file()
    )
    before = len(found.results) + len(found.problems)
    for path in files:
        source, problems = read_file(str(path), big=big)
        if not problems and not _is_resolution(source.data):
            found.skipped += 1
            continue
        _decide(source, problems, world, found, on=on, expect=expect)
    if before == len(found.results) + len(found.problems):
        hint = "give a resolution file, or a folder that holds some"
        problem = Problem("UV113", "no resolution file is in this folder", hint=hint)
        found.problems.append(Diagnostic(str(folder), problem))


def _is_resolution(data: Any) -> bool:
    """Whether a document of a folder is a resolution, by its kind or, without one, its keys."""
    if not isinstance(data, dict):
        return False
    if "kind" in data:
        return data["kind"] == "resolution" or data["kind"] not in KINDS
    return bool({"body", "votes", "counts"} & data.keys())


def _decide(
    source: Source,
    problems: list[Diagnostic],
    world: World,
    found: _Gathered,
    *,
    on: date | None,
    expect: bool,
) -> None:
    """One file: its results and its problems, in the order of the file."""
    if any(problem.is_error for problem in problems):
        found.problems += _capped(source.file, problems)
        return
    wrong = _other_kind(source.data)
    document, shape = (None, [wrong]) if wrong else read(ResolutionDocument, source.data)
    if document is not None:
        if on is not None:
            document = document.model_copy(update={"date": on.isoformat()})
        results, more = _results(document, source, world, expect=expect)
        found.results += [] if shape else results
        shape = [*shape, *more]
    found.problems += _capped(source.file, [*problems, *source.diagnose(shape)])


def _other_kind(data: Any) -> Problem | None:
    """A document of another kind than a resolution (UV110)."""
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind is None or kind == "resolution":
        return None
    if isinstance(kind, str) and kind in KINDS:
        message = f"this is a file of kind '{kind}'; a tally is made of resolutions"
        return Problem("UV110", message, ("kind",), "give the resolution file")
    known = ", ".join(sorted(KINDS))
    return Problem("UV110", "this is not a kind of document", ("kind",), f"one of: {known}")


def _results(
    document: ResolutionDocument, source: Source, world: World, *, expect: bool
) -> tuple[list[Ruling], list[Problem]]:
    """The results of a document, and the problems of resolving and deciding it."""
    beside = Path(source.file).parent / "bodies"
    cases, problems = cases_from(
        document, world.names, lambda word: world.body(word, (beside,)), source.file
    )
    routes = _routes(document)
    rulings = [rule_on(case) for case in cases]
    for ruling in rulings:
        problems += substance(ruling, routes[ruling.case.id])
        if expect:
            problems += expectations(ruling, routes[ruling.case.id])
    return rulings, problems


def _routes(document: ResolutionDocument) -> dict[str, Route]:
    """Where each vote of a document stands, by its id."""
    routes: dict[str, Route] = {}
    for key, parts in (("amendments", document.amendments), ("parts", document.parts)):
        for number, part in enumerate(parts or []):
            routes.setdefault(part.id, (key, number))
    routes[document.id] = ()
    return routes


def _capped(file: str, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The problems of one file, a flood cut short with a word on how many were left out."""
    left = len(diagnostics) - MOST_PROBLEMS
    if left <= 0:
        return diagnostics
    message = f"and {left} more problems in this file"
    problem = Problem("UV108", message, hint="mend these first", level=Level.ERROR)
    return [*diagnostics[:MOST_PROBLEMS], Diagnostic(file, problem)]


def open_world(members: str | Path | None = None, bodies: Iterable[str | Path] = ()) -> World:
    """The members, names and bodies known, for look-ups."""
    return World(str(members) if members else None, tuple(Path(folder) for folder in bodies))


__all__ = ["Report", "open_world", "tally", "tally_counts"]
