"""Checking: every document under some paths, all problems of all files at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from unvote.catalogue import CATALOGUE
from unvote.checks.stances import Freshness
from unvote.diagnostics import Diagnostic, Level, Problem
from unvote.files.data import judge_body, judge_members
from unvote.files.fix import fixed
from unvote.files.found import files_in, kind_of
from unvote.files.judged import wrong_kind
from unvote.files.proceedings import run_proceedings
from unvote.files.resolution import judge_resolution
from unvote.files.scenario import run_scenario
from unvote.files.stances import judge_stances
from unvote.loading.reader import read_bytes, read_file
from unvote.loading.source import Source
from unvote.world.own import whole_path
from unvote.world.silences import silenced
from unvote.world.world import World

OTHER: Final = "other"
"""The kind of a file that was named, and says itself that it is none of ours."""
OF_STANCES: Final = ("UV401", "UV402", "UV403", "UV404", "UV405")
"""What is checked of stances once they, and the resolution they are on, are sound."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which codes count: `select` (all, if empty) less `ignore`; `UV3` and `UV3xx` are families.

    With `strict` a warning is an error. A code left empty stands for none.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False

    def takes(self, code: str) -> bool:
        """Whether a code counts."""
        wanted, unwanted = _stems(self.select), _stems(self.ignore)
        return (not wanted or code.startswith(wanted)) and not code.startswith(unwanted)

    def applied(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The problems that count."""
        return [
            _raised(diagnostic) if self.strict else diagnostic
            for diagnostic in diagnostics
            if self.takes(diagnostic.problem.code)
        ]


def _stems(patterns: Iterable[str]) -> tuple[str, ...]:
    """How the codes of some patterns begin."""
    return tuple(stem for pattern in patterns if (stem := pattern.upper().rstrip("X")))


def _raised(diagnostic: Diagnostic) -> Diagnostic:
    return replace(diagnostic, problem=replace(diagnostic.problem, level=Level.ERROR))


@dataclass(frozen=True, slots=True)
class Checked:
    """One file that was checked: its kind, its problems in the order of its lines."""

    file: str
    kind: str
    problems: tuple[Diagnostic, ...]


def check_file(
    kind: str, source: Source, form: list[Diagnostic], world: World, freshness: Freshness
) -> Checked:
    """Everything that is wrong in one document, silences applied."""
    world.names.forget()
    if kind == OTHER:
        return Checked(source.file, kind, (*form, *source.diagnose([wrong_kind(source.data, "")])))
    problems = list(_problems(kind, source, form, world, freshness))
    if kind in {"body", "members"}:
        world.checked(source.file)
    idle = _idle(kind, source, problems, freshness)
    return Checked(source.file, kind, tuple(silenced(source, problems, idle)))


def _idle(
    kind: str, source: Source, problems: list[Diagnostic], freshness: Freshness
) -> Collection[str]:
    """The codes whose checks did not run on a document."""
    broken = any(problem.is_error for problem in problems)
    if source.data is None and broken:
        return CATALOGUE
    if kind != "stances":
        return ()
    if broken:
        return OF_STANCES
    stated = isinstance(source.data, dict) and source.data.get("max_age_days") is not None
    return () if stated or freshness.max_age is not None else ("UV402",)


def _problems(
    kind: str, source: Source, form: list[Diagnostic], world: World, freshness: Freshness
) -> Iterable[Diagnostic]:
    match kind:
        case "stances":
            return judge_stances(source, form, world, on=None, freshness=freshness).problems
        case "scenario":
            return run_scenario(source, form, world).problems
        case "proceedings":
            return run_proceedings(source, form, world).problems
        case "body":
            return judge_body(source, form, world).problems
        case "members":
            return judge_members(source, form).problems
        case _:
            return judge_resolution(source, form, world, on=None, expect=True).problems


def paths_under(paths: Iterable[str], *, exclude: Iterable[str] = ()) -> list[tuple[str, bool]]:
    """Every file named (true) and every YAML file of the folders named (false), in order.

    Each comes once, under its first spelling. `exclude` are patterns such as `drafts/*`, of paths
    as they are given or of whole paths.
    """
    patterns = tuple(exclude)
    found: dict[Path, tuple[str, bool]] = {}
    for name in paths:
        path = Path(name)
        if not path.is_dir():
            first, _ = found.get(whole := whole_path(path), (name, True))
            found[whole] = first, True
            continue
        for file in files_in(path):
            if not _excluded(file, patterns):
                found.setdefault(whole_path(file), (str(file), False))
    return list(found.values())


def _excluded(file: Path, patterns: tuple[str, ...]) -> bool:
    """Whether a path, or a folder it is in, fits one of the patterns."""
    if not patterns:
        return False
    whole = file.resolve()
    names = [place.as_posix() for place in (file, *file.parents, whole, *whole.parents)]
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


def _kind(source: Source, *, named: bool) -> str | None:
    """What a file is checked as; nothing where it is none of ours, unless it is named."""
    kind = kind_of(source)
    if kind is not None or not named:
        return kind
    stated = isinstance(source.data, dict) and "kind" in source.data
    return OTHER if stated else "resolution"


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was checked, and its text with what is certain mended, if anything is."""

    checked: Checked
    text: str | None


def mend_path(
    file: str, world: World, freshness: Freshness, *, named: bool, big: bool = False
) -> Mended | None:
    """One file with what is certain mended, and what is left wrong in it then."""
    source, form = read_file(file, big=big)
    kind = _kind(source, named=named)
    if kind is None:
        return None
    checked = check_file(kind, source, form, world, freshness)
    text = None if form or kind in {"body", "members", OTHER} else fixed(source, world.names)
    if text is None:
        return Mended(checked, None)
    again, form = read_bytes(file, text.encode("utf-8"), big=big)
    return Mended(check_file(kind, again, form, world, freshness), text)


def check_path(
    file: str, world: World, freshness: Freshness, *, named: bool, big: bool = False
) -> Checked | None:
    """One file checked; nothing where it is none of ours. A file that is named is one of ours."""
    source, form = world.read(file, big=big)
    kind = _kind(source, named=named)
    return None if kind is None else check_file(kind, source, form, world, freshness)


def summary(files: int, skipped: int, problems: Iterable[Diagnostic]) -> str:
    """How many files were read, and what was found."""
    levels = [diagnostic.is_error for diagnostic in problems]
    errors, warnings = sum(levels), len(levels) - sum(levels)
    found = [_number(errors, "error")] if errors else []
    found += [_number(warnings, "warning")] if warnings else []
    rest = f", {_number(skipped, 'other YAML file')} left alone" if skipped else ""
    return f"{_number(files, 'file')} checked{rest}: {', '.join(found) or 'no problems'}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def nothing_to_check(paths: Iterable[str]) -> Diagnostic:
    """Paths that hold no document of ours."""
    hint = "give the files or folders of resolutions, stances, scenarios, proceedings or bodies"
    shown = ", ".join(paths)
    return Diagnostic(shown, Problem("UV113", "no unvote document is here", hint=hint))
