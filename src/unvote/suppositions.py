"""What if, answered: a vote as it is, and what becomes of it under one or several suppositions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from unvote.chances import Odds
from unvote.diagnostics import Diagnostic
from unvote.prospects import prospects
from unvote.rulings import Ruling, rule_on
from unvote.scenarios import (
    Change,
    Move,
    Point,
    Sweep,
    Transfer,
    changed,
    movable,
    points_of,
    supposed,
)
from unvote.turns import reasons
from unvote.vocabulary import Verdict

MOST_TRIED: Final = 1_000
"""Numbers beyond the one asked for that are tried to find where the verdict turns."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """What changes come to: the ruling after them, who went where, why the verdict is what it is.

    `name` is that of the scenario, or empty. `turns_at` is the least number of the last move that
    would turn the verdict, where the number asked for does not. `odds` are given for a forecast,
    where they are exact. `points` are those of the sweeps, in the order of their numbers.
    """

    name: str
    changes: tuple[Change, ...]
    transfers: tuple[Transfer, ...]
    after: Ruling
    why: tuple[str, ...]
    turns_at: int | None = None
    odds: Odds | None = None
    sweeps: tuple[Sweep, ...] = ()
    points: tuple[Point, ...] = ()

    @property
    def runs(self) -> "tuple[Run, ...]":
        """The points of one sweep, those with one verdict and cause that follow on one another."""
        return runs_of(self.points) if len(self.sweeps) == 1 else ()


@dataclass(frozen=True, slots=True)
class Run:
    """Points of a sweep that follow on one another and end alike; numbers of the last quantity."""

    points: tuple[Point, ...]

    @property
    def first(self) -> Point:
        """Where it begins."""
        return self.points[0]

    @property
    def ends(self) -> tuple[Point, Point]:
        """Where it begins and ends."""
        return self.points[0], self.points[-1]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A vote before, its odds where it is a forecast, and what each supposition makes of it.

    Without problems that are errors there is a ruling before and at least one result.
    """

    before: Ruling | None
    odds: Odds | None
    results: tuple[Supposition, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def valid(self) -> bool:
        """Whether everything could be read and decided; an `expect:` not met is no hindrance."""
        return self.before is not None and not any(
            p.is_error for p in self.problems if not _test(p)
        )

    @property
    def met(self) -> bool:
        """Whether what the scenario file expects has come out."""
        return not any(_test(problem) for problem in self.problems)

    @property
    def after(self) -> Ruling | None:
        """The ruling after the changes; of several suppositions that of the last."""
        return self.results[-1].after if self.results else None


def _test(diagnostic: Diagnostic) -> bool:
    """Whether it is an expectation that is not met."""
    return diagnostic.problem.code.startswith("UV50")


def supposition(
    before: Ruling, changes: Sequence[Change], sweeps: tuple[Sweep, ...] = (), name: str = ""
) -> Supposition:
    """What these changes make of a vote, and these sweeps from there on."""
    case, transfers = supposed(before.case, changes)
    after = rule_on(case)
    return Supposition(
        name,
        tuple(changes),
        transfers,
        after,
        reasons(before, after),
        _turns_at(before, after, changes),
        prospects(before.case, changes),
        sweeps,
        points_of(after, sweeps),
    )


def _turns_at(before: Ruling, after: Ruling, changes: Sequence[Change]) -> int | None:
    """The least number of the last change, a move, that turns the verdict if so many do not."""
    move = changes[-1] if changes else None
    if not isinstance(move, Move) or after.verdict is not before.verdict:
        return None
    start = supposed(before.case, changes[:-1])[0]
    if start.roll is None or rule_on(start).verdict is not before.verdict:
        return None
    most = min(movable(start.roll, move.source), move.count + MOST_TRIED)
    for further in Sweep(move.source, move.target, move.count + 1, most).moves():
        there = rule_on(replace(start, roll=changed(start.roll, (further,))))
        if there.verdict is not after.verdict:
            return further.count
    return None


def runs_of(
    points: Sequence[Point], key: Callable[[Ruling], object] | None = None
) -> tuple[Run, ...]:
    """Points that follow on one another and end alike: by verdict and cause, or by a key."""
    alike = key or (lambda ruling: (ruling.verdict, ruling.because))
    return tuple(Run(tuple(some)) for _, some in groupby(points, lambda p: alike(p.ruling)))


def turning_points(points: Sequence[Point], axis: int = 0) -> Iterator[tuple[int, Verdict]]:
    """The numbers of one quantity from which on the verdict is another one, with that verdict."""
    runs = runs_of(points, lambda ruling: ruling.verdict)
    for run in runs[1:]:
        yield run.first.counts[axis], run.first.ruling.verdict
