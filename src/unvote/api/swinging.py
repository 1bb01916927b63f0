"""How far a vote is from the other verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from unvote.api.opening import costs_from, open_vote
from unvote.api.tallying import open_world
from unvote.diagnostics import Diagnostic
from unvote.rulings import Ruling
from unvote.swings import Swung, swung


@dataclass(frozen=True, slots=True)
class SwingReport:
    """The swings under each question tried, and all problems."""

    ruling: Ruling | None
    problems: tuple[Diagnostic, ...]
    swings: tuple[Swung, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the file could be read and its distances asked."""
        return bool(self.swings) and not any(p.is_error for p in self.problems)


def swing(
    file: str | Path,
    *,
    costs: Mapping[str, int | str] | None = None,
    coalitions: bool = False,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
    raw: bytes | None = None,
) -> SwingReport:
    """The distance of a vote to the other verdict, or from an open one to both.

    In each kind of move the fewest members that must make it; the members that are pivotal now;
    the cheapest set of changes. `costs` are by member, whole numbers from one up; they go before
    those of the stances. `coalitions` also counts the minimal winning and blocking coalitions of
    the body. `raw` is read in the place of the file's bytes.
    """
    world = open_world(members, bodies)
    opened = open_vote(file, world, on=on, big=big, raw=raw)
    if opened.ruling is None:
        return SwingReport(None, opened.problems)
    prices, wrong = costs_from(costs or {}, world.names, opened.ruling)
    if wrong:
        return SwingReport(None, (*opened.problems, *wrong))
    found = swung(opened.ruling, prices, coalitions=coalitions)
    return SwingReport(opened.ruling, opened.problems, found)
