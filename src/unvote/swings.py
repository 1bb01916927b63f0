"""How far it is to the other verdict: the fewest changes of each kind, the pivots, the cheapest.

A verdict counts as reached only if it is certain: members that stay undecided may do anything.
Nothing here is a heuristic; what is beyond the bounds is said to be.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from unvote.bodies import Question
from unvote.coalitions import Power, coalitions_of
from unvote.distances import Distance, Pivot, distances_of, pivots_of, side_moves
from unvote.flips import Flip, flip_of
from unvote.frontiers import BeyondBoundError
from unvote.outcomes import Outcome
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.rulings import Ruling
from unvote.sides import Side
from unvote.trials import Trials
from unvote.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Swing:
    """The way from the verdict `now` to another.

    `flip` is missing where no set of changes leads there. `pivots_told` and `flip_told` are false
    where they are beyond the bounds, as a distance says for itself.
    """

    now: Verdict
    to: Verdict
    distances: tuple[Distance, ...] = ()
    pivots: tuple[Pivot, ...] = ()
    flip: Flip | None = None
    pivots_told: bool = True
    flip_told: bool = True


@dataclass(frozen=True, slots=True)
class Swung:
    """The swings of a text under one question: one, or two where the verdict is open.

    `power` are the coalitions of the body, where they were asked for and are within bounds.
    """

    question: Question
    outcome: Outcome
    swings: tuple[Swing, ...]
    power: Power | None = None


def swung(
    ruling: Ruling, costs: Mapping[str, int], *, coalitions: bool = False
) -> tuple[Swung, ...]:
    """The swings of a text under each question tried; `costs` go before those of its stances."""
    case = ruling.case
    if case.roll is None:
        return ()
    stated = case.outlook.stances if case.outlook else {}
    prices = {**{code: stance.cost for code, stance in stated.items()}, **costs}
    return tuple(
        Swung(
            question,
            outcome,
            swings_of(case.roll, outcome.rule, outcome.verdict, prices),
            coalitions_of(case.roll, outcome.rule) if coalitions else None,
        )
        for question, outcome in ruling.outcomes
    )


def swings_of(
    roll: RollCall, rule: Rule, now: Verdict, costs: Mapping[str, int]
) -> tuple[Swing, ...]:
    """The way to the other verdict; from an open one the ways to both.

    `costs` are what a change of a member costs, a whole number above nought; one if it has none.
    """
    others = {
        Verdict.ADOPTED: (Verdict.NOT_ADOPTED,),
        Verdict.NOT_ADOPTED: (Verdict.ADOPTED,),
        Verdict.OPEN: (Verdict.ADOPTED, Verdict.NOT_ADOPTED),
    }
    return tuple(_swing(roll, rule, Swing(now, to), costs) for to in others[now])


def _swing(roll: RollCall, rule: Rule, swing: Swing, costs: Mapping[str, int]) -> Swing:
    side = Side(roll, rule, swing.to)
    moves = tuple(side_moves(side))
    if not side.open:
        return replace(swing, distances=moves)
    if not side.told:
        return _tried(Trials(roll, rule, side), replace(swing, distances=moves), costs)
    distances = distances_of(side)
    swing = replace(swing, distances=distances, pivots=pivots_of(side))
    try:
        return replace(swing, flip=flip_of(side, costs, distances))
    except BeyondBoundError:
        return replace(swing, flip_told=False)


def _tried(trials: Trials, swing: Swing, costs: Mapping[str, int]) -> Swing:
    """A swing found by trying; of what the bound cuts short nothing is told."""
    swing = replace(swing, distances=trials.distances(swing.distances))
    try:
        swing = replace(swing, pivots=trials.pivots())
    except BeyondBoundError:
        return replace(swing, pivots_told=False, flip_told=False)
    try:
        return replace(swing, flip=trials.flip(costs))
    except BeyondBoundError:
        return replace(swing, flip_told=False)
