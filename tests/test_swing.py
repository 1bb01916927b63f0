"""Distances, pivots, cheapest sets and coalitions equal what trying everything finds.

Small random bodies under random rules, closed forms on the Assembly, real votes, the command.
`UNVOTE_UPDATE=1` writes the snapshots anew.
"""

import csv
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations, product
from math import comb
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, event, given, settings, strategies as st
from tests.builders import by_name, composition, counted, rule as rule_of, ruling
from tests.runs import quick
from tests.strategies import ANY_VOTE, COLUMN, MONOTONE, WAYS, rolls, rules

import unvote
from unvote import coalitions
from unvote.coalitions import Coalitions, coalitions_of
from unvote.distances import Distance, Which
from unvote.engine import decide
from unvote.flips import mildness
from unvote.frontiers import BeyondBoundError, Item, Option, cheapest
from unvote.render.style import Look
from unvote.render.swings import swings_markdown, swings_text
from unvote.rollcall import Composition, RollCall
from unvote.rules import NO as NOES, Bar, Deemed, Rule, Threshold
from unvote.swings import Swing, swings_of
from unvote.vocabulary import Base, Verdict, Vote

SNAPSHOTS = Path(__file__).parent / "drawn"
TEXTS = Path(__file__).parents[1] / "resolutions"
SUMMER = date(2025, 6, 1)
YES, NO, ABSTAIN, ABSENT, UNDECIDED = Vote
THOROUGHLY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
COSTS: Final = st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 5), max_size=4)


def swings(roll: RollCall, rule: Rule, costs: Mapping[str, int] | None = None) -> list[Swing]:
    """The swings from the verdict that the roll call has."""
    return list(swings_of(roll, rule, decide(roll, rule).verdict, costs or {}))


def moves(swing: Swing) -> dict[str, int]:
    """The moves that lead to the other verdict, with their numbers."""
    return {one.key: one.number for one in swing.distances if one.number is not None}


# --- By trying everything ------------------------------------------------------------------------


class Tried:
    """What changes of a roll call come to, each decided by the engine once."""

    def __init__(self, roll: RollCall, rule: Rule, to: Verdict) -> None:
        self.roll, self.rule, self.to = roll, rule, to
        self.seen: dict[frozenset[tuple[str, Vote]], bool] = {}

    def reached(self, votes: Mapping[str, Vote]) -> bool:
        """Whether the verdict is the one wanted with these votes."""
        key = frozenset(votes.items())
        if key not in self.seen:
            changed = self.roll.with_votes(votes)
            self.seen[key] = decide(changed, self.rule).verdict is self.to
        return self.seen[key]

    def distance(self, source: Vote, target: Vote) -> tuple[int, tuple[str, ...], Which] | None:
        """The fewest members that must move so, the first set by code, and which members."""
        there = self.roll.who(source)
        for number in range(1, len(there) + 1):
            every = list(combinations(there, number))
            found = [one for one in every if self.reached(dict.fromkeys(one, target))]
            if found:
                some = Which.ANY if len(found) == len(every) else Which.SOME
                return number, found[0], Which.THESE if len(found) == 1 else some
        return None

    def pivots(self) -> Iterator[tuple[str, tuple[Vote, ...]]]:
        """The members that make the difference alone, with the votes that do."""
        for code, vote in sorted(self.roll.named.items()):
            votes = tuple(v for v in WAYS if v is not vote and self.reached({code: v}))
            if votes:
                yield code, votes

    def flip(self, costs: Mapping[str, int]) -> tuple[int, list[dict[str, Vote]]]:
        """The cost of the cheapest sets, and the smallest of them: the changes of each."""
        codes = sorted(self.roll.named)
        sets = [one for n in range(1, len(codes) + 1) for one in combinations(codes, n)]
        found: list[dict[str, Vote]] = []
        best = 0, 0
        for one in sorted(sets, key=lambda s: (sum(costs.get(c, 1) for c in s), len(s), s)):
            size = sum(costs.get(code, 1) for code in one), len(one)
            if found and size != best:
                break
            for votes in product(WAYS, repeat=len(one)):
                changes = dict(zip(one, votes, strict=True))
                real = all(self.roll.named[code] is not vote for code, vote in changes.items())
                if real and self.reached(changes):
                    best = size
                    found.append(changes)
        return best[0], found

    def kinds(self, changes: Mapping[str, Vote]) -> set[tuple[Vote, Vote]]:
        """The kinds of move of a set of changes."""
        return {(self.roll.named[code], vote) for code, vote in changes.items()}


def hold_against(
    roll: RollCall, rule: Rule, costs: Mapping[str, int], *, bounded: bool = False
) -> None:
    """Every part of every swing, if `bounded` that is told, is what trying everything finds."""
    for swing in swings(roll, rule, costs):
        tried = Tried(roll, rule, swing.to)
        for one in swing.distances:
            assert one.told
            found = None if one.number is None else (one.number, one.members, one.which)
            assert found == tried.distance(one.source, one.target), one
            event(f"{one.which}")
        assert swing.pivots_told
        assert [(one.member, one.votes) for one in swing.pivots] == list(tried.pivots())
        flip = swing.flip
        assert swing.flip_told or bounded
        if not swing.flip_told:
            event("cheapest set beyond the bound")
            continue
        cost, best = tried.flip(costs)
        assert (flip is None) is not bool(best)
        if flip is not None:
            changes = {one.member or "": one.target for one in flip.changes}
            assert flip.cost == cost
            assert changes in best
            assert all(roll.named[one.member or ""] is one.source for one in flip.changes)
            assert flip.several is (len(best) > 1) or (bounded and not flip.several)
            plain = [one for one in best if len(tried.kinds(one)) == 1]
            if plain and not bounded:
                ranked = [(mildness(*next(iter(tried.kinds(one)))), sorted(one)) for one in plain]
                assert min(ranked) == (mildness(*next(iter(tried.kinds(changes)))), sorted(changes))
                assert len(tried.kinds(changes)) == 1
            event(f"cheapest set of {len(flip.changes)}")
        event(f"{swing.now.value} to {swing.to.value}")


def small(roll: RollCall, most: int) -> RollCall:
    """The roll call with at most so many members by name, the others taking no part."""
    out = frozenset(sorted(roll.named)[most:])
    named = {code: vote for code, vote in roll.named.items() if code not in out}
    return replace(roll, named=named, not_participating=roll.not_participating | out)


@given(roll=rolls(undecided=False), rule=rules(ANY_VOTE, present=True), costs=COSTS)
@THOROUGHLY
def test_swings_equal_trying_everything(
    roll: RollCall, rule: Rule, costs: Mapping[str, int]
) -> None:
    """Every base, weights, classes, any and all, vetoes, ties, quorum, parties, deemed adoption."""
    hold_against(small(roll, 5), rule, costs)


@given(roll=rolls(), rule=rules(MONOTONE, present=True), costs=COSTS)
@THOROUGHLY
def test_with_undecided_members_the_other_verdict_must_be_certain(
    roll: RollCall, rule: Rule, costs: Mapping[str, int]
) -> None:
    hold_against(small(roll, 5), rule, costs)


@given(roll=rolls(), rule=rules(ANY_VOTE, present=True), costs=COSTS)
@settings(THOROUGHLY, max_examples=60)
def test_undecided_members_under_rules_that_are_not_monotone(
    roll: RollCall, rule: Rule, costs: Mapping[str, int]
) -> None:
    """Where a yes may hurt, changes are tried one after the other."""
    hold_against(small(roll, 3), rule, costs, bounded=True)


def test_a_sum_that_helps_one_condition_and_hurts_another() -> None:
    """Wanted: some no; but adopted all the same if fewer than none oppose, which never holds."""
    rule = Rule((Threshold(Bar.MORE_THAN, Fraction(0), None, NOES),), deemed=Deemed(0, NOES))
    roll = RollCall(Composition(1, frozenset("A")), {"A": YES})
    (swing,) = swings(roll, rule)
    assert moves(swing) == {"yes->no": 1}
    assert swing.flip is not None
    assert [(one.member, one.target) for one in swing.flip.changes] == [("A", NO)]


def loose_moves(roll: RollCall, source: Vote, target: Vote) -> Iterator[tuple[int, RollCall]]:
    """The roll call with every number of members gone from one vote to another."""
    there, free = roll.who(source), roll.unnamed.get(source, 0)
    for named in (one for n in range(len(there) + 1) for one in combinations(there, n)):
        for count in range(free + 1):
            loose = dict(roll.unnamed)
            loose[source] = free - count
            loose[target] = loose.get(target, 0) + count
            moved = roll.with_votes(dict.fromkeys(named, target)).with_unnamed(loose)
            yield len(named) + count, moved


@given(roll=rolls(unnamed=True), rule=rules(MONOTONE, present=True))
@THOROUGHLY
def test_votes_without_names_move_by_number(roll: RollCall, rule: Rule) -> None:
    """By sums where the rule asks only how many, by trying where it matters who."""
    for swing in swings(roll, rule):
        for one in swing.distances:
            numbers = [
                number
                for number, moved in loose_moves(roll, one.source, one.target)
                if decide(moved, rule).verdict is swing.to
            ]
            assert one.told
            assert one.number == min(numbers, default=None), one
        if swing.flip is not None:
            votes = {c.member: c.target for c in swing.flip.changes if c.member is not None}
            loose = dict(roll.unnamed)
            for change in swing.flip.changes:
                if change.member is None:
                    loose[change.source] -= change.count
                    loose[change.target] = loose.get(change.target, 0) + change.count
            flipped = roll.with_votes(votes).with_unnamed(loose)
            assert decide(flipped, rule).verdict is swing.to
            event("flipped")
        assert swing.flip is not None or not moves(swing)


# --- Closed forms ---------------------------------------------------------------------------------


def share(yes: int, no: int) -> bool:
    """Two-thirds of those present and voting."""
    return yes > 0 and 3 * yes >= 2 * (yes + no)


@given(yes=st.integers(0, 193), no=st.integers(0, 193), absent=st.integers(0, 60))
@settings(max_examples=120, deadline=None)
def test_distances_in_the_assembly_are_the_closed_form(yes: int, no: int, absent: int) -> None:
    yes = min(yes, 193)
    no = min(no, 193 - yes)
    abstain = max(0, 193 - yes - no - absent)
    roll = counted(193, yes=yes, no=no, abstain=abstain)
    (swing,) = swings(roll, rule_of("unga", "important"))
    now = share(yes, no)
    shifts: dict[str, tuple[int, Callable[[int], tuple[int, int]]]] = {
        "yes->no": (yes, lambda n: (yes - n, no + n)),
        "yes->abstain": (yes, lambda n: (yes - n, no)),
        "abstain->no": (abstain, lambda n: (yes, no + n)),
        "no->yes": (no, lambda n: (yes + n, no - n)),
        "no->abstain": (no, lambda n: (yes, no - n)),
        "abstain->yes": (abstain, lambda n: (yes + n, no)),
    }
    for key, (most, after) in shifts.items():
        wanted = next((n for n in range(1, most + 1) if share(*after(n)) is not now), None)
        assert {one.key: one.number for one in swing.distances}.get(key) == wanted, key


def test_the_distances_of_es_11_3() -> None:
    """93 to 24: one more than the need of 78 leaves when 16 turn, or 46 abstain, or 23 oppose."""
    report = unvote.swing(TEXTS / "ukraine-2022" / "es-11-3.yaml")
    (under,) = report.swings
    (swing,) = under.swings
    assert (swing.now, swing.to) == (Verdict.ADOPTED, Verdict.NOT_ADOPTED)
    assert moves(swing) == {
        "yes->no": 16,
        "yes->abstain": 46,
        "yes->absent": 46,
        "abstain->no": 23,
    }
    assert {one.which for one in swing.distances if one.number} == {Which.ANY}
    assert swing.pivots == ()
    assert swing.flip is not None
    assert swing.flip.cost == 16


# --- Vetoes, weights, groups ----------------------------------------------------------------------


def swing_in(name: str, **options: Any) -> Swing:
    """The one swing of a shipped text."""
    (under,) = unvote.swing(TEXTS / f"{name}.yaml", **options).swings
    (swing,) = under.swings
    return swing


def test_of_a_vetoed_text_it_is_one_withdrawal() -> None:
    swing = swing_in("ukraine-2022/s-2022-155")
    assert moves(swing) == {"no->yes": 1, "no->abstain": 1, "no->absent": 1}
    assert {one.members for one in swing.distances if one.number} == {("RUS",)}
    (pivot,) = swing.pivots
    assert (pivot.member, pivot.votes) == ("RUS", (YES, ABSTAIN, ABSENT))


def test_where_votes_lack_and_a_permanent_member_is_against_only_its_yes_is_enough() -> None:
    """S/2014/916: eight of nine needed, the United States and Australia against."""
    swing = swing_in("palestine-2014/s-2014-916")
    assert moves(swing) == {"no->yes": 1}
    (pivot,) = swing.pivots
    assert (pivot.member, pivot.votes) == ("USA", (YES,))


def test_an_adopted_text_falls_by_any_veto_or_by_two_votes_of_ten() -> None:
    """S/RES/2774: 10-0-5."""
    swing = swing_in("ukraine-2025/s-res-2774")
    assert moves(swing) == {"yes->no": 1, "yes->abstain": 2, "yes->absent": 2, "abstain->no": 1}
    which = {one.key: one.which for one in swing.distances}
    assert (which["yes->no"], which["yes->abstain"]) == (Which.SOME, Which.ANY)
    assert [one.member for one in swing.pivots] == ["CHN", "FRA", "GBR", "RUS", "USA"]
    assert {one.votes for one in swing.pivots} == {(NO,)}


def test_several_moves_together_where_no_one_kind_is_enough() -> None:
    """S/2025/118: one yes, seven no, seven abstentions."""
    swing = swing_in("ukraine-2025/s-2025-118")
    assert moves(swing) == {}
    assert swing.flip is not None
    assert swing.flip.cost == 8
    changes = {one.member: (one.source, one.target) for one in swing.flip.changes}
    assert changes["FRA"] == changes["GBR"] == (NO, YES)


def test_costs_turn_the_cheapest_set_to_others() -> None:
    dear = swing_in("ukraine-2025/s-res-2774", costs=dict.fromkeys(("CHN", "FRA", "GBR"), 9))
    assert dear.flip is not None
    assert [(one.member, one.cost) for one in dear.flip.changes] == [("RUS", 1)]
    every = dict.fromkeys(("CHN", "FRA", "GBR", "RUS", "USA"), 9)
    without = swing_in("ukraine-2025/s-res-2774", costs=every)
    assert without.flip is not None
    assert (without.flip.cost, len(without.flip.changes)) == (2, 2)
    assert moves(dear) == moves(without)


def test_weights_and_the_blocking_minority_of_the_european_union() -> None:
    """Against 4 with 22% of the people: a blocking minority needs 35%, so two of the largest."""
    europe = composition("eu-council", SUMMER)
    roll = by_name(europe, {NO: ["POL", "HUN", "SVK", "CZE"], ABSTAIN: ["AUT"]}, YES)
    rule = rule_of("eu-council", "qualified", SUMMER)
    (swing,) = swings(roll, rule)
    assert swing.now is Verdict.ADOPTED
    for one in swing.distances:
        if one.number is not None:
            fewer = combinations(roll.who(one.source), one.number - 1)
            assert not any(turned(roll, rule, codes, one) for codes in fewer)
            assert turned(roll, rule, one.members, one)
    assert moves(swing)["yes->no"] == 2
    assert {one.which for one in swing.distances if one.number} == {Which.SOME}


def turned(roll: RollCall, rule: Rule, codes: Iterable[str], move: Distance) -> bool:
    """Whether a move of these members makes the verdict another one."""
    before = decide(roll, rule).verdict
    return decide(roll.with_votes(dict.fromkeys(codes, move.target)), rule).verdict is not before


# --- Open verdicts --------------------------------------------------------------------------------

OPEN = """\
id: S/1
title: A draft before the vote
body: unsc
question: substantive
date: 2022-02-25
stances:
  yes: [FRA, GBR, USA, ALB, NOR, IRL, KEN, GAB]
  abstain: [CHN]
  no: [MEX]
"""


def test_from_an_open_verdict_there_are_two_ways() -> None:
    """Eight yes and the Russian Federation undecided: its yes adopts, its no defeats."""
    case = ruling(OPEN).case
    assert case.roll is not None
    to_adopted, to_defeated = swings(case.roll, case.questions[0][1])
    assert (to_adopted.now, to_adopted.to) == (Verdict.OPEN, Verdict.ADOPTED)
    assert moves(to_adopted) == {"undecided->yes": 1}
    assert moves(to_defeated) == {
        "yes->no": 1,
        "abstain->no": 1,
        "undecided->no": 1,
        # With thirteen that can still vote yes, five more must not.
        "yes->abstain": 5,
        "yes->absent": 5,
        "undecided->abstain": 5,
        "undecided->absent": 5,
    }
    pivots = {one.member: one.votes for one in to_adopted.pivots}
    assert pivots == {"RUS": (YES,)}
    assert "RUS" in {one.member for one in to_defeated.pivots}


def test_each_candidate_question_has_its_own_swing() -> None:
    text = b"id: A/1\nbody: unga\ndate: 2022-04-07\ncounts: 130-20-20\n"
    under = unvote.swing("<stdin>", raw=text).swings
    assert [one.question.id for one in under] == ["ordinary", "important"]
    assert [one.swings[0].to.value for one in under] == ["not adopted", "not adopted"]


# --- Beyond the bounds ----------------------------------------------------------------------------


def test_what_is_beyond_the_bounds_is_said() -> None:
    """Three thousand members of different weights: no number is guessed."""
    codes = [f"A{number:04}" for number in range(3000)]
    weights = {code: 1 + 7919 * place % 997 for place, code in enumerate(codes)}
    seats = Composition(len(codes), frozenset(codes), {}, {COLUMN: weights})
    roll = RollCall(seats, {c: NO if n % 3 else YES for n, c in enumerate(codes)})
    half = Threshold(Bar.MORE_THAN, Fraction(1, 2), Base.PRESENT_AND_VOTING, by=COLUMN)
    (swing,) = swings(roll, Rule((half,)))
    assert not swing.flip_told
    assert swing.flip is None
    (distance,) = (one for one in swing.distances if one.key == "no->yes")
    assert (distance.told, distance.number) == (False, None)
    assert coalitions_of(roll, Rule((half,))) is None


def test_a_million_seats_by_number_take_no_memory() -> None:
    roll = counted(1_000_000, yes=500_000, no=300_000)
    (swing,) = swings(roll, rule_of("unga", "ordinary"))
    wanted = {"yes->no": 100_000, "yes->abstain": 200_000, "yes->absent": 200_000}
    assert moves(swing) == wanted | {"absent->no": 200_000}
    assert not swing.flip_told


def test_too_many_sums_are_not_carried_on() -> None:
    items = [Item((Option(1, (n * n % 101, n * 37 % 103, n * 59 % 107)),)) for n in range(1, 60)]
    whole = [sum(item.options[0].step[place] for item in items) for place in range(3)]

    def far(vector: tuple[int, ...]) -> bool:
        return all(10 * have >= 4 * all_ for have, all_ in zip(vector, whole, strict=True))

    with pytest.raises(BeyondBoundError):
        cheapest(items, 3, far)


# --- Coalitions -----------------------------------------------------------------------------------


def minimal(codes: Iterable[str], has_way: Any) -> set[frozenset[str]]:
    """The sets that have their way and of which no part has, but not the empty set."""
    every = sorted(codes)
    found: list[frozenset[str]] = []
    for number in range(len(every) + 1):
        for one in map(frozenset, combinations(every, number)):
            if not any(part <= one for part in found) and has_way(one):
                found.append(one)
    return {one for one in found if one}


def listed(found: Coalitions) -> set[frozenset[str]]:
    sets = [frozenset(one) for one in found.first(10_000)]
    assert len(sets) == len(set(sets)) == found.number
    return set(sets)


@given(roll=rolls(), rule=rules(MONOTONE, present=True))
@THOROUGHLY
def test_coalitions_equal_trying_every_set(roll: RollCall, rule: Rule) -> None:
    power = coalitions_of(roll, rule)
    assert power is not None
    codes = sorted(roll.named)

    def verdict(yes: Iterable[str]) -> Verdict:
        votes = dict.fromkeys(codes, NO) | dict.fromkeys(yes, YES)
        return decide(roll.with_votes(votes), rule).verdict

    winning = minimal(codes, lambda s: verdict(s) is Verdict.ADOPTED)
    blocking = minimal(codes, lambda s: verdict(set(codes) - s) is Verdict.NOT_ADOPTED)
    assert listed(power.winning) == winning
    assert listed(power.blocking) == blocking
    event(f"{len(winning)} winning")


def test_coalitions_of_the_council() -> None:
    council = by_name(composition("unsc"), {})
    power = coalitions_of(council, rule_of("unsc", "substantive"))
    assert power is not None
    assert power.winning.number == comb(10, 4) == 210
    assert power.blocking.number == 5 + comb(10, 7) == 125
    assert [(one.size, one.number) for one in power.blocking.patterns] == [(1, 5), (7, 120)]
    assert {"CHN", "FRA", "GBR", "RUS", "USA"} < set(power.winning.first(1)[0])


@pytest.mark.parametrize(("question", "wins"), [("important", 129), ("ordinary", 97)])
def test_coalitions_of_the_assembly_are_binomials(question: str, wins: int) -> None:
    assembly = by_name(composition("unga"), {})
    for roll in (assembly, counted(193, yes=100)):
        power = coalitions_of(roll, rule_of("unga", question))
        assert power is not None
        assert power.winning.number == comb(193, wins)
        assert power.blocking.number == comb(193, 194 - wins)
    assert len(coalitions_of(assembly, rule_of("unga", question)).winning.first(3)) == 3  # type: ignore[union-attr]


def test_eighteen_different_weights_are_counted() -> None:
    """The same numbers as from all 262,144 sets, by dynamic programming over the weights."""
    weights = [1 + 37 * n % 101 for n in range(18)]
    codes = [f"M{n:02}" for n in range(18)]
    seats = Composition(18, frozenset(codes), {}, {COLUMN: dict(zip(codes, weights, strict=True))})
    quota = sum(weights) * 2 // 3 + 1
    rule = Rule((Threshold(Bar.AT_LEAST, Fraction(quota), None, by=COLUMN),))
    power = coalitions_of(RollCall(seats, dict.fromkeys(codes, YES)), rule)
    assert power is not None
    # A set is minimal if its weight is at least the quota, and less without its lightest member.
    wanted = 0
    for place, light in sorted(enumerate(weights), key=lambda one: one[1]):
        sums = {0: 1}
        for other, weight in enumerate(weights):
            if (weight, other) > (light, place):
                for total, ways in list(sums.items()):
                    sums[total + weight] = sums.get(total + weight, 0) + ways
        wanted += sum(ways for total, ways in sums.items() if quota - light <= total < quota)
    assert power.winning.number == wanted


@given(roll=rolls(), rule=rules(MONOTONE, present=True))
@THOROUGHLY
def test_coalitions_from_a_table_are_those_found_one_by_one(roll: RollCall, rule: Rule) -> None:
    """The same in the same order, whatever the size of the table's blocks."""
    one_by_one = coalitions_of(roll, rule)
    for block in (1, 2, 13):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(coalitions, "BLOCK", block)
            # Only veto holders that stop a text alone need be looked at one by one.
            patch.setattr(coalitions.Search, "small", lambda _: False)
            tabled = coalitions_of(roll, rule)
        if one_by_one is None or tabled is None:
            assert one_by_one is tabled
            return
        pairs = (one_by_one.winning, tabled.winning), (one_by_one.blocking, tabled.blocking)
        for plain, found in pairs:
            event(f"a table: {isinstance(found.patterns, coalitions.Tabled)}")
            assert found.number == len(list(found.first(10_000))) == plain.number
            assert set(found.first(10_000)) == set(plain.first(10_000))
            sizes = [len(one) for one in found.first(10_000)]
            assert sizes == sorted(sizes)


def test_the_council_of_the_union_is_counted_in_a_table() -> None:
    """Against 15 of 27 members and 65% of the people, weighed one set at a time."""
    europe = by_name(composition("eu-council", SUMMER), {}, YES)
    rule = rule_of("eu-council", "qualified", SUMMER)
    power = coalitions_of(europe, rule)
    assert power is not None
    assert (power.winning.number, power.blocking.number) == (4_320_373, 3_621_060)
    for found, vote, verdict in (
        (power.winning, YES, Verdict.ADOPTED),
        (power.blocking, NO, Verdict.NOT_ADOPTED),
    ):
        other = NO if vote is YES else YES
        patterns = found.patterns
        first = found.first(40)
        assert [one.size for one in patterns[:40]] == [len(one) for one in first]
        assert next(iter(patterns[39].sets())) == first[39]
        assert list(first) == sorted(first, key=lambda one: (len(one), one))
        for one in first[::8]:
            cast = dict.fromkeys(europe.named, other) | dict.fromkeys(one, vote)
            assert decide(europe.with_votes(cast), rule).verdict is verdict
            for code in one:
                lesser = cast | {code: other}
                assert decide(europe.with_votes(lesser), rule).verdict is not verdict


def test_more_members_than_a_table_takes_are_soon_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty different weights: no more sets are looked at than the bound says."""
    codes = [f"M{number:02}" for number in range(40)]
    weights = {code: 1 + 7919 * place % 997 for place, code in enumerate(codes)}
    seats = Composition(len(codes), frozenset(codes), {}, {COLUMN: weights})
    half = Threshold(Bar.MORE_THAN, Fraction(1, 2), Base.MEMBERS, by=COLUMN)
    looked = 0
    way = coalitions.Search.way

    def counted_way(search: coalitions.Search, sums: tuple[int, ...]) -> bool:
        nonlocal looked
        looked += 1
        return way(search, sums)

    monkeypatch.setattr(coalitions.Search, "way", counted_way)
    monkeypatch.setattr(coalitions, "MOST_NODES", 1_000)
    assert coalitions_of(RollCall(seats, dict.fromkeys(codes, YES)), Rule((half,))) is None
    assert 1_000 < looked < 1_010


# --- The command ----------------------------------------------------------------------------------

ES_11_3 = TEXTS / "ukraine-2022" / "es-11-3.yaml"
VETOED = TEXTS / "ukraine-2022" / "s-2022-155.yaml"


def test_json_has_the_keys_of_the_contract() -> None:
    ended = quick("swing", ES_11_3, "--format", "json")
    assert (ended.code, ended.stderr) == (0, "")
    (result,) = ended.data["results"]
    swing = result["swing"]
    assert swing["to"] == "not adopted"
    wanted = {"yes->no": 16, "yes->abstain": 46, "abstain->no": 23}
    assert wanted.items() <= swing["moves"].items()
    assert swing["moves"]["no->yes"] is None
    assert (swing["pivots"], swing["beyond"]) == ([], [])
    assert swing["members"]["yes->no"]["which"] == "any"
    assert swing["cheapest"]["cost"] == 16
    assert "coalitions" not in result


def test_the_reference_has_every_key_and_no_other() -> None:
    page = TEXTS.parent / "docs" / "reference" / "json.md"
    marked = re.findall(
        r"<!-- keys of swing: (\w+) -->\n((?:\|.*\n)+)", page.read_text(encoding="utf-8")
    )
    found = {name: re.findall(r"^\| `([^`]+)`", rows, re.MULTILINE) for name, rows in marked}
    ended = quick("swing", VETOED, "--coalitions", "--format", "json")
    (result,) = ended.data["results"]
    swing = result["swing"]
    assert found == {
        "result": list(result),
        "swing": list(swing),
        "pivot": list(swing["pivots"][0]),
        "change": list(swing["cheapest"]["changes"][0]),
        "coalitions": list(result["coalitions"]["winning"]),
    }


def test_coalitions_are_shown_on_request_and_listed_up_to_a_bound() -> None:
    ended = quick("swing", VETOED, "--coalitions", "--list", "3", "--format", "json")
    (result,) = ended.data["results"]
    winning, blocking = (result["coalitions"][name] for name in ("winning", "blocking"))
    assert (winning["number"], len(winning["first"])) == (210, 3)
    assert (blocking["number"], blocking["first"]) == (125, [["CHN"], ["FRA"], ["GBR"]])
    assert blocking["forms"][0]["parts"][0]["take"] == 1
    shown = quick("swing", VETOED, "--coalitions", "--list", "3").stdout
    assert "Minimal winning coalitions: 210" in shown
    assert "and 207 more (--list)" in shown
    none = quick("swing", VETOED, "--coalitions", "--list", "0").stdout
    assert "Minimal blocking coalitions: 125" in none


def test_csv_has_a_row_for_each_answer() -> None:
    text = quick("swing", VETOED, "--format", "csv", "--coalitions").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["what"] for row in rows} == {
        "move",
        "pivot",
        "cheapest",
        "minimal winning",
        "minimal blocking",
    }
    (pivot,) = (row for row in rows if row["what"] == "pivot")
    assert (pivot["members"], pivot["vote"]) == ("RUS", "yes abstain absent")


def test_the_file_may_come_from_standard_input_and_be_a_scenario(tmp_path: Path) -> None:
    scenario = tmp_path / "less.yaml"
    scenario.write_text(
        f"kind: scenario\nbase: {ES_11_3}\nset: [{{from: yes, to: no, count: 15}}]\n",
        encoding="utf-8",
    )
    ended = quick("swing", scenario, "--format", "json")
    assert ended.code == 0, ended.stderr
    (result,) = ended.data["results"]
    assert result["swing"]["moves"]["yes->no"] == 1
    assert {one["member"] for one in result["swing"]["pivots"]} >= {None}


@pytest.mark.parametrize(
    ("cost", "code"),
    [
        ("Korea=2", "UV203"),
        ("Atlantis=2", "UV201"),
        ("DEU=2", "UV302"),
        ("IND=0", "UV110"),
        ("IND=-1", "UV110"),
        ("IND=1.5", "UV110"),
        ("yes=2", "UV101"),
    ],
)
def test_a_cost_that_cannot_be_is_a_problem_with_a_code(cost: str, code: str) -> None:
    ended = quick("swing", VETOED, "--cost", cost)
    assert (ended.code, ended.stdout) == (2, "")
    assert f"--cost {cost}: error {code}: " in ended.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--cost", "IND"],
        ["--cost", "=3"],
        ["--list", "-1"],
        ["--list", "many"],
        ["--width", "3"],
        ["--on", "yesterday"],
    ],
)
def test_bad_usage_ends_with_2(words: list[str]) -> None:
    ended = quick("swing", VETOED, *words)
    assert (ended.code, ended.stdout) == (2, "")
    assert ended.stderr


def test_a_text_without_votes_and_a_file_that_is_not_there_are_problems(tmp_path: Path) -> None:
    silent = tmp_path / "silent.yaml"
    silent.write_text(
        "id: A/3\nbody: unga\nquestion: ordinary\ndate: 2022-12-01\nwithout_vote: true\n",
        encoding="utf-8",
    )
    ended = quick("swing", silent)
    assert (ended.code, ended.stdout) == (2, "")
    assert "UV408" in ended.stderr
    assert quick("swing", tmp_path / "none.yaml").code == 2
    assert quick("swing", "").code == 2


def test_text_from_files_is_never_markup(tmp_path: Path) -> None:
    file = tmp_path / "red.yaml"
    text = VETOED.read_text(encoding="utf-8").replace("S/2022/155", "'[red]S/1[/red]'", 1)
    file.write_text(text, encoding="utf-8")
    assert "[red]S/1[/red]" in quick("swing", file).stdout


# --- As it is drawn -------------------------------------------------------------------------------

DRAWN = {
    "assembly": ES_11_3,
    "vetoed": VETOED,
    "adopted": TEXTS / "ukraine-2025" / "s-res-2774.yaml",
    "far": TEXTS / "ukraine-2025" / "s-2025-118.yaml",
    "counts": TEXTS / "ukraine-2022" / "recorded-vote-motion.yaml",
}


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("width", [40, 80])
def test_the_card_is_the_one_kept(name: str, width: int) -> None:
    report = unvote.swing(DRAWN[name], coalitions=True)
    assert report.ruling is not None
    text = swings_text(report.ruling, report.swings, Look(width), 3)
    assert max(map(len, text.split("\n"))) <= width
    kept_as(f"swing-{name}-{width}.txt", text)


def test_an_open_verdict_is_drawn_with_both_ways() -> None:
    report = unvote.swing("<stdin>", raw=OPEN.encode(), costs={"RUS": 7})
    assert report.ruling is not None
    kept_as("swing-open-80.txt", swings_text(report.ruling, report.swings, Look(ascii=True), None))


def kept_as(name: str, text: str) -> None:
    """Compare with what is kept, or keep it."""
    path = SNAPSHOTS / name
    if os.environ.get("UNVOTE_UPDATE") == "1":
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_in_markdown_each_question_stands_apart_and_nameless_changes_are_numbered(
    tmp_path: Path,
) -> None:
    file = tmp_path / "u.yaml"
    file.write_text(
        "id: U\nbody: general-assembly\ndate: 2023-02-23\ncounts: 100-20-30\n", encoding="utf-8"
    )
    answer = unvote.swing(file)
    assert answer.ruling is not None
    lines = swings_markdown(answer.ruling, answer.swings, None).splitlines()
    assert "As important question: **ADOPTED**" in lines
    assert "- Cheapest, one of several: cost 21; yes to no: 21 not named" in lines
