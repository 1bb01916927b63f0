"""The whip count of one vote: its heads with what they come to."""

from dataclasses import dataclass

from unvote.forecasts import Forecast
from unvote.headcount import Head, HeadCount, Parts
from unvote.rulings import Ruling


@dataclass(frozen=True, slots=True)
class Whip:
    """A whip count.

    `forecast` is missing where the odds cannot be told. `parts` are the members by region, group or
    tag, where that was asked for; `undecided` the undecided by region and by tag; `picked` the
    members that were asked for one by one.
    """

    ruling: Ruling
    count: HeadCount
    forecast: Forecast | None
    parts: Parts | None
    undecided: Parts
    picked: tuple[Head, ...] | None

    @property
    def listed(self) -> tuple[Head, ...]:
        """The members to list one by one: those picked, else all."""
        return self.count.heads if self.picked is None else self.picked
