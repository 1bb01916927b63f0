"""A forecast held against the record of the vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from unvote.api.opening import open_vote
from unvote.api.tallying import open_world
from unvote.diagnostics import Diagnostic, Problem
from unvote.rulings import Ruling
from unvote.scoring import Score, score_of


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The forecast and the record, how good the forecast was, and all problems."""

    forecast: Ruling | None
    actual: Ruling | None
    score: Score | None
    problems: tuple[Diagnostic, ...]

    @property
    def valid(self) -> bool:
        """Whether both files could be read and the one held against the other."""
        return self.score is not None and not any(p.is_error for p in self.problems)


def score(
    forecast: str | Path,
    actual: str | Path,
    *,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
) -> ScoreReport:
    """Hold a forecast against the record of the vote.

    `forecast` is a stances file, a resolution with stances, or a scenario on either; `actual` a
    resolution with votes by name. `on` decides both as if held on that day.
    """
    world = open_world(members, bodies)
    first = open_vote(forecast, world, on=on, big=big)
    second = open_vote(actual, world, on=on, big=big)
    wrong = []
    if first.ruling is not None and first.ruling.case.outlook is None:
        wrong.append(_no_forecast(str(forecast)))
    if second.ruling is not None:
        wrong += _no_record(str(actual), second.ruling)
    problems = tuple(dict.fromkeys([*first.problems, *second.problems, *wrong]))
    if first.ruling is None or second.ruling is None or wrong:
        return ScoreReport(first.ruling, second.ruling, None, problems)
    found = score_of(first.ruling, second.ruling)
    return ScoreReport(first.ruling, second.ruling, found, problems)


def _no_forecast(file: str) -> Diagnostic:
    """Votes where stances are wanted (UV110)."""
    message = "these are votes, not stances: nothing is forecast here"
    hint = "the forecast comes first, then the record: a stances file, or a resolution with stances"
    return Diagnostic(file, Problem("UV110", message, hint=hint))


def _no_record(file: str, ruling: Ruling) -> list[Diagnostic]:
    """Stances where votes are wanted (UV110), or votes known by number only (UV408)."""
    if ruling.case.outlook is not None:
        message = "these are stances, not votes: the record of the vote is wanted here"
        hint = "the forecast comes first, then the record: a resolution with `votes`"
        return [Diagnostic(file, Problem("UV110", message, hint=hint))]
    if ruling.case.roll is None or not ruling.case.roll.named:
        message = "these votes are known by number only: who cast them is not told"
        hint = "give a resolution with `votes` by name, or `named` beside `counts`"
        return [Diagnostic(file, Problem("UV408", message, hint=hint))]
    return []
