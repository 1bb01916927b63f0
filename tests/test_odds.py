"""Odds are exact: they equal the sum over every way the blocs can vote, each decided by the engine.

Small random bodies under random rules, with blocs of any size and any chances.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import event, given, settings, strategies as st
from tests.strategies import ANY_VOTE, WAYS, rolls, rules

from unvote.chances import Odds, odds_of, spread_of
from unvote.engine import decide
from unvote.lotteries import Bloc
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.vocabulary import Cause, Verdict, Vote

THOROUGHLY = settings(max_examples=300, deadline=None)


def enumerated(roll: RollCall, rule: Rule, blocs: Sequence[Bloc]) -> tuple[Odds, list[Fraction]]:
    """The odds, and the chance of each number of yes votes, by trying all votes of the blocs."""
    chances: dict[Verdict, Fraction] = defaultdict(Fraction)
    yes = [Fraction(0)] * (len(roll.named) + 1)
    vetoed = Fraction(0)
    for votes in product(*(bloc.chances.items() for bloc in blocs)):
        chance = Fraction(1)
        named: dict[str, Vote] = {}
        for bloc, (vote, share) in zip(blocs, votes, strict=True):
            chance *= share
            named |= dict.fromkeys(bloc.members, vote)
        outcome = decide(roll.with_votes(named), rule)
        chances[outcome.verdict] += chance
        vetoed += chance if outcome.because is Cause.VETO else 0
        yes[list(named.values()).count(Vote.YES)] += chance
    verdicts = Verdict.ADOPTED, Verdict.NOT_ADOPTED, Verdict.OPEN
    adopted, lost, unsure = (chances[verdict] for verdict in verdicts)
    return Odds(adopted, lost, unsure, vetoed), yes


@st.composite
def lotteries(draw: st.DrawFn) -> dict[Vote, Fraction]:
    """The chance of each vote, some of them none."""
    weights = draw(st.lists(st.integers(0, 4), min_size=4, max_size=4).filter(any))
    total = sum(weights)
    return {v: Fraction(w, total) for v, w in zip(WAYS, weights, strict=True) if w}


@st.composite
def blocs_in(draw: st.DrawFn, roll: RollCall) -> list[Bloc]:
    """The members of a roll call in blocs, at most six of them."""
    homes: dict[int, list[str]] = defaultdict(list)
    for code in sorted(roll.named):
        homes[draw(st.integers(0, 5))].append(code)
    return [Bloc(tuple(codes), draw(lotteries())) for codes in homes.values()]


@given(roll=rolls(undecided=False), rule=rules(ANY_VOTE, present=False), data=st.data())
@THOROUGHLY
def test_odds_equal_enumeration(roll: RollCall, rule: Rule, data: st.DataObject) -> None:
    """Thresholds of every base, weights, classes, any and all, vetoes, ties, quorum, deemed."""
    roll = replace(roll, unnamed={})
    blocs = data.draw(blocs_in(roll))
    odds = odds_of(roll, rule, blocs)
    assert odds is not None
    event(f"adopted for certain: {odds.adopted == 1}, never: {odds.adopted == 0}")
    wanted, yes = enumerated(roll, rule, blocs)
    assert odds == wanted
    assert odds.adopted + odds.not_adopted + odds.open == 1
    spread = spread_of(roll, blocs)
    assert [spread.chance(count) for count in range(len(yes))] == yes
    assert spread.mean == sum(count * chance for count, chance in enumerate(yes))


@given(roll=rolls(undecided=False), rule=rules(ANY_VOTE, present=True), data=st.data())
@THOROUGHLY
def test_odds_where_the_number_present_matters(
    roll: RollCall, rule: Rule, data: st.DataObject
) -> None:
    """Known, or not known: then what depends on it stays open."""
    roll = replace(roll, unnamed={})
    blocs = data.draw(blocs_in(roll))
    odds = odds_of(roll, rule, blocs)
    assert odds is not None
    assert odds == enumerated(roll, rule, blocs)[0]
