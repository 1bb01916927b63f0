"""The odds of a vote, and the calls that would change them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

from unvote.api.assumed import assuming, misassumed
from unvote.api.chance import chance_of
from unvote.api.opening import OpenedChain, costs_from, open_chain, open_vote
from unvote.api.tallying import open_world
from unvote.bodies import Question
from unvote.calling import Calls, calls_of
from unvote.chains import Chain, Link, chain_odds, links_of
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.forecasts import Forecast, forecast_of, friendly_verdict
from unvote.rulings import Ruling
from unvote.stances import Outlook
from unvote.vocabulary import Verdict, Vote
from unvote.work import IN_FLIGHT, Executor, workers_of

SEED: Final = 1
MOST_KEPT: Final = 10
"""Steps by which the ways of proceedings are told apart: the last so many."""


@dataclass(frozen=True, slots=True)
class OddsReport:
    """The odds of the vote in a file, and all problems.

    Of proceedings, and of a text whose amendments are still to be voted on, `chain` has the odds
    of every vote.
    """

    forecast: Forecast | None
    problems: tuple[Diagnostic, ...]
    chain: Chain | None = None

    @property
    def valid(self) -> bool:
        """Whether the file could be read and its odds told."""
        told = self.forecast is not None or self.chain is not None
        return told and not any(p.is_error for p in self.problems)


def odds(
    file: str | Path,
    *,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    confidence: Mapping[str, Fraction] | None = None,
    undecided: Mapping[Vote, Fraction] | None = None,
    draws: int | None = None,
    seed: int = SEED,
    executor: Executor | None = None,
    in_flight: int = IN_FLIGHT,
    raw: bytes | None = None,
    big: bool = False,
) -> OddsReport:
    """The odds of the vote in a file: stances, a resolution, or a scenario on either.

    `confidence` and `undecided` replace the file's assumptions. Odds are exact unless `draws` asks
    for so many drawn scenarios, or too many different weights leave no other way; then `seed` makes
    them repeatable. They are drawn by the workers of an `executor` if one is given, to the same
    numbers, `in_flight` batches of a million at a time; a worker that dies raises `WorkLost`. `raw`
    is read in the place of the file's bytes.
    """
    world = open_world(members, bodies)
    chain = open_chain(file, world, on=on, raw=raw, big=big)
    if chain is not None:
        return _chained(str(file), chain, confidence, undecided, draws)
    opened = open_vote(file, world, on=on, raw=raw, big=big)
    if opened.ruling is None:
        return OddsReport(None, opened.problems)
    wrong = misassumed([opened.ruling], confidence, undecided, draws)
    if wrong:
        return OddsReport(None, (*opened.problems, *wrong))
    ruling = assuming(opened.ruling, confidence, undecided)
    workers = workers_of(executor, in_flight)
    forecast = forecast_of(ruling, chance_of(seed), draws, workers)
    if forecast is None:
        return OddsReport(None, (*opened.problems, _untold(ruling)))
    return OddsReport(forecast, opened.problems)


def _chained(
    file: str,
    opened: OpenedChain,
    confidence: Mapping[str, Fraction] | None,
    undecided: Mapping[Vote, Fraction] | None,
    draws: int | None,
) -> OddsReport:
    """The odds along a chain of votes (UV410 where they cannot be told exactly)."""
    if any(problem.is_error for problem in opened.problems) or not opened.steps:
        return OddsReport(None, opened.problems)
    every = [ruling for step in opened.steps for ruling in step.rulings]
    wrong = misassumed(every, confidence, undecided, draws)
    if wrong:
        return OddsReport(None, (*opened.problems, *wrong))
    steps = [
        replace(step, rulings=tuple(assuming(r, confidence, undecided) for r in step.rulings))
        for step in opened.steps
    ]
    links = links_of(steps)
    kept = [step.id for step in steps][-MOST_KEPT:]
    odds = chain_odds(links, kept)
    if odds is None:
        message = "the odds along these votes cannot be told exactly"
        hint = _hint(links)
        untold = Diagnostic(file, Problem("UV410", message, hint=hint))
        return OddsReport(None, (*opened.problems, untold))
    return OddsReport(None, opened.problems, Chain(opened.title, links, odds))


def _hint(links: Sequence[Link]) -> str:
    """What may stand in the way of exact odds along votes."""
    unsaid = [link.name for link in links if link.case.forecast and len(link.case.questions) > 1]
    if unsaid:
        names = ", ".join(quoted(name) for name in unsaid)
        return f"add `question:` to {names}, in its file or its step"
    return "see `unvote odds` on each file: names may be missing, or the ways may be too many"


@dataclass(frozen=True, slots=True)
class CallsReport:
    """The calls under each question tried, and all problems."""

    ruling: Ruling | None
    problems: tuple[Diagnostic, ...]
    calls: tuple[tuple[Question, Calls], ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the file could be read and its odds told."""
        return bool(self.calls) and not any(p.is_error for p in self.problems)


def calls(
    file: str | Path,
    *,
    wanted: Verdict | None = None,
    costs: Mapping[str, int | str] | None = None,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    confidence: Mapping[str, Fraction] | None = None,
    undecided: Mapping[Vote, Fraction] | None = None,
    raw: bytes | None = None,
    big: bool = False,
) -> CallsReport:
    """Every move of every member, by what it does to the odds of the verdict wanted.

    The verdict wanted is that of the file's `friendly:` side if it is not said. `costs` are by
    member, in any whole unit; they go before those of the stances.
    """
    world = open_world(members, bodies)
    opened = open_vote(file, world, on=on, raw=raw, big=big)
    if opened.ruling is None or opened.ruling.case.roll is None:
        return CallsReport(None, opened.problems)
    prices, wrong = costs_from(costs or {}, world.names, opened.ruling)
    wrong += misassumed([opened.ruling], confidence, undecided)
    if wrong:
        return CallsReport(None, (*opened.problems, *wrong))
    ruling = assuming(opened.ruling, confidence, undecided)
    roll, outlook = opened.ruling.case.roll, ruling.case.outlook or Outlook()
    side = wanted or friendly_verdict(outlook)
    found: list[tuple[Question, Calls]] = []
    if ruling.case.second is not None:
        return CallsReport(ruling, (*opened.problems, _untold(ruling)))
    for question, outcome in ruling.outcomes:
        under = calls_of(roll, outcome.rule, outlook, wanted=side, costs=prices)
        if under is None:
            return CallsReport(ruling, (*opened.problems, _untold(ruling)))
        found.append((question, under))
    return CallsReport(ruling, opened.problems, tuple(found))


def _untold(ruling: Ruling) -> Diagnostic:
    """Why there are no exact odds (UV410)."""
    roll = ruling.case.roll
    loose = sum(roll.unnamed.values()) if roll else 0
    if ruling.case.second is not None:
        message = "a tie would put a second vote: only `unvote odds`, exact, looks beyond the first"
        hint = "take `second_vote` out to look at the first vote alone"
    elif loose:
        votes = "one vote is" if loose == 1 else f"{loose} votes are"
        message = f"{votes} known without names, and under this rule it matters whose"
        hint = "name the members (`votes`, or `named` beside `counts`)"
    else:
        message = "the weights are too many to rank calls by exact odds"
        hint = "`unvote odds` draws scenarios instead; `unvote swing` gives distances exactly"
    return Diagnostic(ruling.case.file, Problem("UV410", message, hint=hint))
