"""Two versions of one vote: who moved, and what it did to the verdict and the odds."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from unvote.api.opening import Opened, open_vote
from unvote.api.tallying import open_world
from unvote.diagnostics import Diagnostic
from unvote.files.versions import (
    PastWorld,
    Refused,
    Version,
    is_version,
    unreadable,
    version_at,
    version_before,
)
from unvote.rulings import Ruling
from unvote.shifts import Difference, difference
from unvote.world.world import World


@dataclass(frozen=True, slots=True)
class DiffReport:
    """The vote before and after, what changed, and all problems.

    `old_name` and `new_name` are the two versions as they were named. Warnings are those of the
    new version; those of the old one are of yesterday.
    """

    old_name: str
    new_name: str
    old: Ruling | None
    new: Ruling | None
    difference: Difference | None
    problems: tuple[Diagnostic, ...]

    @property
    def valid(self) -> bool:
        """Whether both versions could be read and decided."""
        return self.difference is not None and not any(p.is_error for p in self.problems)

    @property
    def changed(self) -> bool:
        """Whether the verdict or a stance is another now."""
        if self.old is None or self.new is None or self.difference is None:
            return False
        return self.old.verdict is not self.new.verdict or bool(self.difference.shifts)


def diff(
    old: str | Path,
    new: str | Path | None = None,
    *,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
) -> DiffReport:
    """What changed between two versions of a file: stances, a resolution, or a scenario.

    Each version is a path, or `REV:path` to have it out of git as that revision has it, with the
    files it names from the same revision. Of a single path the last commit (`HEAD`) is compared
    with the file as it stands, of a single `REV:path` that revision. What git refuses is a
    problem of the report, never an exception.
    """
    world = open_world(members, bodies)
    if new is None:
        file = _standing(str(old))
        before = _opened_before if file == str(old) else _opened
        old_name, first = before(str(old), world, on=on, big=big)
        new_name, second = _opened(file, world, on=on, big=big)
    else:
        old_name, first = _opened(str(old), world, on=on, big=big)
        new_name, second = _opened(str(new), world, on=on, big=big)
    yesterday = [problem for problem in first.problems if problem.is_error]
    problems = tuple(dict.fromkeys([*yesterday, *second.problems]))
    found = None
    if first.ruling is not None and second.ruling is not None:
        found = difference(first.ruling, second.ruling)
    return DiffReport(old_name, new_name, first.ruling, second.ruling, found, problems)


def _standing(word: str) -> str:
    """The file of the working tree that a version is one of; a version that is none, as it is."""
    if not is_version(word):
        return word
    try:
        return os.path.relpath(version_at(word).file)
    except Refused:
        return word


def _opened(word: str, world: World, *, on: date | None, big: bool) -> tuple[str, Opened]:
    """A version by its name: a path, or `REV:path`."""
    if not is_version(word):
        return word, open_vote(word, world, on=on, big=big)
    try:
        return _past(version_at(word), world, on=on, big=big)
    except Refused as refused:
        return word, Opened(None, (Diagnostic(word, unreadable(refused)),))


def _opened_before(file: str, world: World, *, on: date | None, big: bool) -> tuple[str, Opened]:
    """A file as the last commit has it."""
    try:
        return _past(version_before(file), world, on=on, big=big)
    except Refused as refused:
        name = f"HEAD:{file}"
        return name, Opened(None, (Diagnostic(name, unreadable(refused)),))


def _past(version: Version, world: World, *, on: date | None, big: bool) -> tuple[str, Opened]:
    """A file as a commit has it, told under the name of its version."""
    raw = version.content(version.path)
    with TemporaryDirectory() as copies:
        past = PastWorld(
            world.members_file,
            world.body_folders,
            [*world.diagnostics],
            version=version,
            copies=Path(copies),
        )
        past.shown[version.file] = version.name
        opened = open_vote(version.file, past, on=on, big=big, raw=raw)
    ruling = opened.ruling
    if ruling is not None:
        ruling = replace(ruling, case=replace(ruling.case, file=version.name))
    return version.name, Opened(ruling, past.told(opened.problems))
