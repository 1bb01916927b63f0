"""Check files, and mend what is certain in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from unvote.api.tallying import open_world
from unvote.checks.stances import Freshness
from unvote.diagnostics import Diagnostic
from unvote.files.check import (
    Checked,
    Selection,
    check_path,
    mend_path,
    nothing_to_check,
    paths_under,
)
from unvote.files.config import Settings
from unvote.world.world import World

NO_SETTINGS: Final = Settings()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What checking found: the files read, how many others were left alone, and all problems."""

    files: tuple[Checked, ...]
    skipped: int
    problems: tuple[Diagnostic, ...]

    @property
    def clean(self) -> bool:
        """Whether no file is invalid."""
        return not any(problem.is_error for problem in self.problems)


def check(
    *paths: str | Path,
    as_of: date,
    settings: Settings = NO_SETTINGS,
    max_age: int | None = None,
    big: bool = False,
    progress: Callable[[Sequence[tuple[str, bool]]], Iterable[tuple[str, bool]]] = iter,
) -> CheckReport:
    """Check files, and every unvote document under folders, `expect:` blocks included.

    `as_of` is the day stances are judged on, `max_age` how many days old they may be. All problems
    of all files come at once, in the order of paths and lines. `progress` may watch the files.
    """
    named = [str(path) for path in paths]
    world = open_world(settings.members, settings.bodies)
    freshness = Freshness(as_of, settings.max_age if max_age is None else max_age)
    done = [
        check_path(file, world, freshness, named=is_named, big=big)
        for file, is_named in progress(paths_under(named, exclude=settings.exclude))
    ]
    return _checked(named, done, world, settings)


def mend(
    *paths: str | Path,
    as_of: date,
    settings: Settings = NO_SETTINGS,
    max_age: int | None = None,
) -> tuple[CheckReport, dict[str, str]]:
    """Check files with what is certain in them mended: the report on what is left, and new texts.

    Nothing is written. Names become codes, votes their plain words, lists of members are put in
    the order of their codes; comments and everything else stay.
    """
    named = [str(path) for path in paths]
    world = open_world(settings.members, settings.bodies)
    freshness = Freshness(as_of, settings.max_age if max_age is None else max_age)
    done = [
        mend_path(file, world, freshness, named=is_named)
        for file, is_named in paths_under(named, exclude=settings.exclude)
    ]
    texts = {one.checked.file: one.text for one in done if one and one.text is not None}
    checked = [one.checked if one else None for one in done]
    return _checked(named, checked, world, settings), texts


def _checked(
    named: list[str], done: list[Checked | None], world: World, settings: Settings
) -> CheckReport:
    """The report on files that were checked."""
    checked = [one for one in done if one is not None]
    problems = [problem for one in checked for problem in one.problems]
    if not checked:
        problems.append(nothing_to_check(named))
    if world.unusable:
        problems = []
    problems = list(dict.fromkeys([*world.diagnostics, *problems]))
    selection = Selection(settings.select, settings.ignore, settings.strict)
    skipped = len(done) - len(checked)
    return CheckReport(tuple(checked), skipped, tuple(selection.applied(problems)))
