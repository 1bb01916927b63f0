"""What becomes of a text, as odds: under each question tried, with the spread of yes votes."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from unvote.bodies import Question
from unvote.cases import Target
from unvote.chances import Odds, Spread, spread_of
from unvote.lotteries import Bloc, blocs_of
from unvote.retakes import odds_on
from unvote.rulings import Ruling
from unvote.simulation import Chance, Simulated, simulate
from unvote.stances import Outlook
from unvote.vocabulary import Verdict, Vote
from unvote.work import Workers

DRAWS: Final = 1_000_000
"""Scenarios drawn where odds cannot be had exactly."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The odds of a vote under each question tried.

    `exact` holds them as fractions; `drawn` as counts of scenarios, for questions whose weights are
    too many to add up exactly, or where drawing was asked for. `spread` is the chance of each
    number of yes votes, `targets` that of each political target.
    """

    ruling: Ruling
    blocs: tuple[Bloc, ...]
    spread: Spread
    exact: tuple[tuple[Question, Odds], ...] = ()
    drawn: tuple[tuple[Question, Simulated], ...] = ()
    targets: tuple[tuple[Target, Fraction], ...] = ()

    @property
    def every(self) -> tuple[tuple[Question, Odds | Simulated], ...]:
        """The odds under every question, exact or drawn."""
        return (*self.exact, *self.drawn)

    @property
    def outlook(self) -> Outlook:
        """The stances and the assumptions the odds rest on."""
        return self.ruling.case.outlook or Outlook()


def forecast_of(
    ruling: Ruling, chance: Chance, draws: int | None = None, workers: Workers | None = None
) -> Forecast | None:
    """The odds of a vote; `chance` is where scenarios come from if they have to be drawn.

    They are exact unless `draws` asks for so many scenarios, or there is no other way. Nothing
    where the votes are not known, or where it matters whose votes without names are. A second vote
    that a tie may put is in the exact odds; it is not drawn. `workers` draw in the place of this
    process, and draw the same.
    """
    roll = ruling.case.roll
    if roll is None or (draws and ruling.case.second is not None):
        return None
    blocs = blocs_of(roll, ruling.case.outlook or Outlook())
    exact: list[tuple[Question, Odds]] = []
    drawn: list[tuple[Question, Simulated]] = []
    for question, outcome in ruling.outcomes:
        odds = None if draws else odds_on(ruling.case, outcome.rule)
        if odds is not None:
            exact.append((question, odds))
            continue
        simulated = simulate(roll, outcome.rule, blocs, draws or DRAWS, chance, workers)
        if simulated is None:
            return None
        drawn.append((question, simulated))
    spread = spread_of(roll, blocs)
    targets = tuple((target, spread.at_least(target.yes)) for target in ruling.case.targets)
    return Forecast(ruling, blocs, spread, tuple(exact), tuple(drawn), targets)


def friendly_verdict(outlook: Outlook) -> Verdict:
    """The verdict our side wants: adopted, unless its vote is no."""
    return Verdict.NOT_ADOPTED if outlook.friendly is Vote.NO else Verdict.ADOPTED
