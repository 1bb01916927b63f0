"""Odds are exact: they equal the sum over every way the blocs can vote, each decided by the engine.

Small random bodies under random rules, with blocs of any size and any chances.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import event, given, settings, strategies as st
from tests.builders import composition, rule as shipped_rule, world
from tests.strategies import ANY_VOTE, COLUMN, WAYS, rolls, rules

from unvote import chances
from unvote.api.chance import chance_of
from unvote.chances import Effort, Odds, odds_of, spread_of
from unvote.engine import decide
from unvote.lotteries import Bloc, blocs_of, chances_of
from unvote.rollcall import Composition, RollCall
from unvote.rules import Bar, Rule, Threshold
from unvote.simulation import simulate
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Base, Cause, Verdict, Vote

THOROUGHLY = settings(max_examples=200, deadline=None)


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
    """The members of a roll call in blocs, at most five of them."""
    homes: dict[int, list[str]] = defaultdict(list)
    for code in sorted(roll.named):
        homes[draw(st.integers(0, 4))].append(code)
    return [Bloc(tuple(codes), draw(lotteries())) for codes in homes.values()]


@given(roll=rolls(undecided=False, most=8), rule=rules(ANY_VOTE, present=False), data=st.data())
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


@given(roll=rolls(undecided=False, most=8), rule=rules(ANY_VOTE, present=True), data=st.data())
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


@given(roll=rolls(undecided=False, most=8), rule=rules(ANY_VOTE, present=False), data=st.data())
@settings(max_examples=100, deadline=None)
def test_weights_that_are_rounded_leave_their_doubt(
    roll: RollCall, rule: Rule, data: st.DataObject
) -> None:
    """As in the engine: what the rounding could turn is open."""
    error = data.draw(st.integers(1, 4))
    rounded = replace(roll.composition, errors={COLUMN: error})
    roll = replace(roll, composition=rounded, unnamed={})
    blocs = data.draw(blocs_in(roll))
    assert odds_of(roll, rule, blocs) == enumerated(roll, rule, blocs)[0]


@given(roll=rolls(undecided=False, most=8), rule=rules(ANY_VOTE, present=False), data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_drawn_agrees_with_what_is_exact(
    roll: RollCall, rule: Rule, data: st.DataObject
) -> None:
    """Within six standard errors, and exactly where nothing is left to chance."""
    roll = replace(roll, unnamed={})
    blocs = data.draw(blocs_in(roll))
    exact = odds_of(roll, rule, blocs)
    drawn = simulate(roll, rule, blocs, 70_000, chance_of(7))
    assert exact is not None
    assert drawn is not None
    assert drawn.adopted + drawn.not_adopted + drawn.open == drawn.draws
    for share, chance in (
        (drawn.adopted, exact.adopted),
        (drawn.open, exact.open),
        (drawn.vetoed, exact.vetoed),
    ):
        noise = float(chance * (1 - chance) / drawn.draws) ** 0.5
        assert abs(share / drawn.draws - chance) <= 6 * noise + 1e-12


def test_the_same_seed_draws_the_same() -> None:
    roll, blocs = assembly()
    rule = shipped_rule("unga", "ordinary")
    one, two, other = (simulate(roll, rule, blocs, 100_000, chance_of(seed)) for seed in (1, 1, 2))
    assert one == two != other


def assembly() -> tuple[RollCall, list[Bloc]]:
    """The Assembly with chances of every kind, some members in blocs."""
    members = composition("unga")
    assert members.members is not None
    chance = random.Random(5)
    lots = [
        {Vote.YES: Fraction(97, 100), Vote.ABSTAIN: Fraction(3, 100)},
        {Vote.YES: Fraction(3, 4), Vote.ABSTAIN: Fraction(1, 4)},
        {Vote.NO: Fraction(9, 10), Vote.ABSTAIN: Fraction(1, 10)},
        {vote: Fraction(1, 3) for vote in (Vote.YES, Vote.NO, Vote.ABSTAIN)},
    ]
    codes = sorted(members.members)
    blocs = [Bloc(tuple(codes[:6]), lots[3]), Bloc(tuple(codes[6:9]), lots[1])]
    blocs += [Bloc((code,), chance.choice(lots)) for code in codes[9:]]
    return RollCall(members, dict.fromkeys(codes, Vote.UNDECIDED)), blocs


def test_the_assembly_agrees_with_a_count_by_hand() -> None:
    """A majority of those voting, by a plain table of yes and no votes."""
    roll, blocs = assembly()
    table: dict[tuple[int, int], float] = {(0, 0): 1.0}
    for bloc in blocs:
        more: dict[tuple[int, int], float] = defaultdict(float)
        size = len(bloc.members)
        for vote, share in bloc.chances.items():
            for (yes, no), chance in table.items():
                more[yes + size * (vote is Vote.YES), no + size * (vote is Vote.NO)] += (
                    chance * float(share)
                )
        table = more
    wanted = sum(chance for (yes, no), chance in table.items() if yes > no)
    odds = odds_of(roll, shipped_rule("unga", "ordinary"), blocs)
    assert odds is not None
    assert abs(float(odds.adopted) - wanted) < 1e-9


def test_every_question_of_every_shipped_body_has_exact_odds_or_says_so() -> None:
    """All but none: also the weighted double majority of the EU Council."""
    for body in world().shipped_bodies():
        for name, question in body.questions.items():
            day = date(2025, 2, 24)
            (found,) = question.rules_on(day)
            members = composition(body.id, day)
            codes = sorted(members.members or ())
            third = {vote: Fraction(1, 3) for vote in (Vote.YES, Vote.NO, Vote.ABSTAIN)}
            roll = RollCall(members, dict.fromkeys(codes, Vote.UNDECIDED))
            odds = odds_of(roll, found, [Bloc((code,), third) for code in codes])
            assert odds is not None, (body.id, name)
            assert 0 < odds.adopted < 1 or not codes, (body.id, name)


def test_too_many_different_weights_are_drawn_not_guessed() -> None:
    codes = [f"A{number:02}" for number in range(60)]
    chance = random.Random(3)
    weights = {column: {c: chance.randrange(10**9) for c in codes} for column in ("one", "two")}
    members = Composition(60, frozenset(codes), weights=weights)
    needs = tuple(
        Threshold(Bar.AT_LEAST, Fraction(1, 2), Base.MEMBERS, by=column) for column in weights
    )
    half = {Vote.YES: Fraction(1, 2), Vote.NO: Fraction(1, 2)}
    roll = RollCall(members, dict.fromkeys(codes, Vote.UNDECIDED))
    blocs = [Bloc((code,), half) for code in codes]
    assert odds_of(roll, Rule(needs), blocs) is None
    drawn = simulate(roll, Rule(needs), blocs, 20_000, chance_of(1))
    assert drawn is not None
    assert 0.2 < drawn.adopted / drawn.draws < 0.5


def test_votes_without_names_stand_in_the_way_only_where_it_matters_whose_they_are() -> None:
    counted = RollCall(Composition(193), {}, {Vote.YES: 90, Vote.UNDECIDED: 103})
    rule = shipped_rule("unga", "important")
    loose = blocs_of(counted, Outlook())
    odds = odds_of(counted, rule, loose)
    assert odds is not None
    assert odds.adopted > Fraction(99, 100)
    council = composition("unsc", date(2022, 2, 25))
    unnamed = RollCall(council, {}, {Vote.YES: 9, Vote.NO: 1, Vote.UNDECIDED: 5})
    rule = shipped_rule("unsc", "substantive")
    assert odds_of(unnamed, rule, blocs_of(unnamed, Outlook())) is None
    assert simulate(unnamed, rule, blocs_of(unnamed, Outlook()), 10, chance_of(1)) is None


# --- From stances to chances ---------------------------------------------------------------------


def test_words_of_confidence_leave_the_rest_to_abstention() -> None:
    assert chances_of(Stance(Vote.YES, "firm"), Outlook()) == {
        Vote.YES: Fraction(97, 100),
        Vote.ABSTAIN: Fraction(3, 100),
    }
    assert chances_of(Stance(Vote.ABSTAIN, "lean"), Outlook()) == {
        Vote.ABSTAIN: Fraction(3, 4),
        Vote.YES: Fraction(1, 8),
        Vote.NO: Fraction(1, 8),
    }
    assert chances_of(Stance(Vote.NO), Outlook()) == {Vote.NO: 1}
    assert sum(chances_of(Stance(), Outlook()).values()) == 1


def test_followers_and_groups_that_vote_together_are_one_bloc() -> None:
    stances = {
        "A": Stance(Vote.YES, "lean"),
        "B": Stance(follows="A"),
        "C": Stance(follows="B"),
        "D": Stance(Vote.NO, "lean", group="G", together=True),
        "E": Stance(Vote.NO, "lean", group="G", together=True),
        "F": Stance(follows="E"),
        "H": Stance(follows="Z"),
        "I": Stance(follows="Z"),
    }
    roll = RollCall(Composition(8, frozenset(stances)), dict.fromkeys(stances, Vote.UNDECIDED))
    blocs = blocs_of(roll, Outlook(stances))
    assert [bloc.members for bloc in blocs] == [("A", "B", "C"), ("D", "E", "F"), ("H", "I")]
    assert blocs[2].chances == Outlook().undecided


# --- Bounds on work -------------------------------------------------------------------------------


def weighing(members: int, columns: int, most: int) -> tuple[RollCall, Rule, list[Bloc]]:
    """A body with so many columns of different weights, all wavering, and a majority in each."""
    source = random.Random(members)
    codes = [f"M{number:03}" for number in range(members)]
    weights = {
        f"column {place}": {code: source.randint(1, most) for code in codes}
        for place in range(columns)
    }
    seats = Composition(members, frozenset(codes), {}, weights)
    rule = Rule(
        tuple(
            Threshold(Bar.MORE_THAN, Fraction(1, 2), Base.PRESENT_AND_VOTING, by=column)
            for column in weights
        )
    )
    share = Fraction(1, 3)
    lean = {Vote.YES: share, Vote.NO: share, Vote.ABSTAIN: share}
    return (
        RollCall(seats, dict.fromkeys(codes, Vote.UNDECIDED)),
        rule,
        [Bloc((code,), lean) for code in codes],
    )


@pytest.mark.parametrize(
    ("members", "columns", "most"),
    [(27, 2, 10**9), (40, 2, 10**6), (193, 1, 1_000), (193, 2, 1_000), (30, 3, 1_000)],
)
def test_too_many_weights_are_given_up_within_a_bound_on_steps(
    members: int, columns: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more is added to a table than the bound says; the caller then draws."""
    added = 0
    extended = chances.extended

    def counted(table: chances.Table, way: Sequence[tuple[int, int]]) -> chances.Table:
        nonlocal added
        added += len(table) * len(way)
        return extended(table, way)

    monkeypatch.setattr(chances, "extended", counted)
    monkeypatch.setattr(chances, "MOST_STEPS", 100_000)
    roll, rule, blocs = weighing(members, columns, most)
    assert odds_of(roll, rule, blocs) is None
    assert 0 < added <= 100_000
    drawn = simulate(roll, rule, blocs, 1_000, chance_of(1))
    assert drawn is not None


def test_two_columns_of_large_weights_are_swept_not_paired() -> None:
    """Every sum differs from every other: pairs would be ten times a hundred times as many."""
    effort = Effort()
    roll, rule, blocs = weighing(12, 2, 10**9)
    odds = odds_of(roll, rule, blocs, effort)
    assert odds is not None
    assert effort.spent < 50 * 2 * 3**6
    weights = list(roll.composition.weights.values())
    sums = [[(0, 0)], [(0, 0)]]
    for place, code in enumerate(sorted(roll.named)):
        one, other = (column[code] for column in weights)
        half = place % 2
        sums[half] = [
            (x + sign * one, y + sign * other) for x, y in sums[half] for sign in (1, 0, -1)
        ]
    won = sum(x + u > 0 and y + v > 0 for x, y in sums[0] for u, v in sums[1])
    assert odds.adopted == Fraction(won, 3**12)


@given(roll=rolls(), rule=rules(ANY_VOTE, present=False), data=st.data())
@THOROUGHLY
def test_odds_do_not_hang_on_how_they_are_reckoned(
    roll: RollCall, rule: Rule, data: st.DataObject
) -> None:
    """Pairs of groups or a sweep, a polynomial or tables: the odds are the same."""
    blocs = data.draw(blocs_in(roll))
    usual = odds_of(roll, rule, blocs)
    for pair, polynomial in ((0, 0), (10**6, 0), (10**6, 10**9)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(chances, "PAIR", pair)
            patch.setattr(chances, "stretch_steps", lambda _, steps=polynomial: steps)
            patch.setattr(chances, "MOST_STEPS", 10**12)
            assert odds_of(roll, rule, blocs) == usual
