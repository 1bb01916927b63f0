"""What if, answered: a vote as it is, and what becomes of it under one or several suppositions."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from unvote.cases import Case
from unvote.chances import Odds
from unvote.diagnostics import Diagnostic
from unvote.proceedings import Taken
from unvote.prospects import prospects
from unvote.rulings import Ruling, again, rule_on
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
from unvote.work import Workers

MOST_TRIED: Final = 1_000
"""Numbers beyond the one asked for that are tried to find where the verdict turns."""


@dataclass(frozen=True, slots=True)
class Amended:
    """These amendments of a text are adopted, those are not."""

    adopted: tuple[str, ...]
    rejected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """A vote ends so, whoever votes how."""

    verdict: Verdict


Supposed = Change | Amended | Ended
VoteId = tuple[str | None, str]
"""A vote of proceedings: its step, and the id of the text, amendment or part."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """What changes come to: the ruling after them, who went where, why the verdict is what it is.

    `name` is that of the scenario, or empty. `turns_at` is the least number of the last move that
    would turn the verdict, where the number asked for does not. `odds` are given for a forecast,
    where they are exact. `points` are those of the sweeps, in the order of their numbers.
    """

    name: str
    changes: tuple[Supposed, ...]
    transfers: tuple[Transfer, ...]
    before: Ruling
    after: Ruling
    why: tuple[str, ...]
    turns_at: int | None = None
    odds: Odds | None = None
    sweeps: tuple[Sweep, ...] = ()
    points: tuple[Point, ...] = ()

    @property
    def differs(self) -> tuple[str, ...]:
        """What is otherwise than before: whether it was taken, its verdict, cause and counts."""
        before, after = self.before, self.after
        tallies = [ruling.outcome.tally if ruling.outcome else None for ruling in (before, after)]
        found = {
            "taken": before.taken is not after.taken,
            "verdict": before.result is not after.result,
            "because": before.because is not after.because,
            "counts": tallies[0] != tallies[1],
        }
        return tuple(name for name, other in found.items() if other)

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

    Of proceedings there is a result for each of their votes, in order; `before` is the last of them
    then, and `proceedings` the title. Without problems that are errors there is a ruling before
    and at least one result.
    """

    before: Ruling | None
    odds: Odds | None
    results: tuple[Supposition, ...]
    problems: tuple[Diagnostic, ...]
    proceedings: str | None = None

    @property
    def valid(self) -> bool:
        """Whether everything could be read and decided; an `expect:` not met is no hindrance."""
        return self.before is not None and not any(
            p.is_error for p in self.problems if not is_test(p)
        )

    @property
    def met(self) -> bool:
        """Whether what the scenario file expects has come out."""
        return not any(is_test(problem) for problem in self.problems)

    @property
    def after(self) -> Ruling | None:
        """The ruling after the changes; of several suppositions that of the last."""
        return self.results[-1].after if self.results else None


def is_test(diagnostic: Diagnostic) -> bool:
    """Whether it is an expectation that is not met."""
    return diagnostic.problem.code.startswith("UV50")


def supposition(
    before: Ruling,
    changes: Sequence[Change],
    sweeps: tuple[Sweep, ...] = (),
    name: str = "",
    amended: tuple[Amended, Ruling] | None = None,
    workers: Workers | None = None,
) -> Supposition:
    """What these changes make of a vote, and these sweeps from there on.

    `amended` are the amendments supposed adopted and what the vote is then; the changes are made
    to that. `workers` decide the points of the sweeps, if there are any.
    """
    start = amended[1] if amended else before
    case, transfers = supposed(start.case, changes, before.case.roll)
    after = again(start, case)
    return Supposition(
        name,
        (*amended[:1], *changes) if amended else tuple(changes),
        transfers,
        before,
        after,
        reasons(before, after),
        _turns_at(start, after, changes),
        prospects(start.case, changes),
        sweeps,
        points_of(after, sweeps, workers),
    )


def chain_of(
    before: Iterable[Taken],
    after: Iterable[Taken],
    said: Mapping[VoteId, Sequence[Supposed]],
    met: Mapping[VoteId, Case],
) -> tuple[Supposition, ...]:
    """What changes made to some votes of proceedings make of each of them, in order.

    `met` are the cases that votes were changed in, as they were when their turn came.
    """
    pairs = zip(_rulings(before), _rulings(after), strict=True)
    return tuple(_link(one, two, said, met) for one, two in pairs)


def _rulings(steps: Iterable[Taken]) -> list[Ruling]:
    return [ruling for step in steps for ruling in step.rulings]


def _link(
    before: Ruling,
    after: Ruling,
    said: Mapping[VoteId, Sequence[Supposed]],
    met: Mapping[VoteId, Case],
) -> Supposition:
    """What becomes of one vote of proceedings."""
    vote = (after.case.step, after.case.id)
    changes = said.get(vote, ())
    transfers: tuple[Transfer, ...] = ()
    if after.taken is not False and not after.supposed:
        votes = [change for change in changes if not isinstance(change, Amended | Ended)]
        transfers = supposed(met.get(vote, after.case), votes, before.case.roll)[1]
    return Supposition("", tuple(changes), transfers, before, after, reasons(before, after))


def _turns_at(before: Ruling, after: Ruling, changes: Sequence[Change]) -> int | None:
    """The least number of the last change, a move, that turns the verdict if so many do not."""
    move = changes[-1] if changes else None
    if not isinstance(move, Move) or after.verdict is not before.verdict or after.taken is False:
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
