"""Power: against trying every way to vote, against figures that are known, and what is refused."""

import csv
import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from io import StringIO
from itertools import combinations, permutations, product
from math import comb, factorial
from pathlib import Path

import pytest
from hypothesis import assume, given, settings, strategies as st
from tests.builders import PERMANENT, composition, rule
from tests.strategies import ANY_VOTE, MONOTONE, rolls, rules, verdict_of
from typer.testing import CliRunner, Result

import unvote
from unvote import profiles
from unvote.bodies import Question
from unvote.cli.app import app
from unvote.indices import ALL_THREE, BOTH, Standing
from unvote.powers import Asked, Powers, Refusal, powers_of
from unvote.rollcall import Composition, RollCall
from unvote.rules import Bar, Deemed, Rule, Threshold, Veto, VetoOn
from unvote.vocabulary import Base, Mode, TiePolicy, Verdict, Vote

DAY = date(2025, 6, 1)
QUESTION = Question("any", "Any question", ())
LEAST = Fraction(0)

# --- By definition --------------------------------------------------------------------------------


@dataclass(frozen=True)
class ByHand:
    """A body small enough to try every way to vote, judged by the words of the rule."""

    roll: RollCall
    rule: Rule
    votes: tuple[Vote, ...]

    @cached_property
    def codes(self) -> list[str]:
        return sorted(self.roll.named)

    @cached_property
    def adopted(self) -> dict[tuple[Vote, ...], bool]:
        """The verdict on every way to vote, all members being in the room."""
        roll = replace(self.roll, present=len(self.codes))
        return {
            way: verdict_of(dict(zip(self.codes, way, strict=True)), roll, self.rule)
            is Verdict.ADOPTED
            for way in product(self.votes, repeat=len(self.codes))
        }

    def with_vote(self, way: tuple[Vote, ...], place: int, vote: Vote) -> bool:
        return self.adopted[(*way[:place], vote, *way[place + 1 :])]

    def turned(self, place: int, vote: Vote, *, was: bool) -> int:
        """The ways to vote with one verdict that this vote of a member would give the other."""
        return sum(
            adopted is was and self.with_vote(way, place, vote) is not was
            for way, adopted in self.adopted.items()
        )

    def swings(self, place: int) -> int:
        ways = [way for way in self.adopted if way[place] is Vote.NO]
        return sum(self.with_vote(way, place, Vote.YES) and not self.adopted[way] for way in ways)

    def decided(self, called: Mapping[int, Vote]) -> bool:
        """Whether the verdict is certain once these members have voted."""
        ends = {
            adopted
            for way, adopted in self.adopted.items()
            if all(way[place] is vote for place, vote in called.items())
        }
        return len(ends) == 1

    def called_in_turn(self) -> list[Fraction]:
        """The share of roll calls in which each member is the one whose vote settles it.

        Felsenthal and Machover: all orders, all votes equally likely.
        """
        n = len(self.codes)
        hits = [0] * n
        for order in permutations(range(n)):
            for way in self.adopted:
                called: dict[int, Vote] = {}
                for place in order:
                    called[place] = way[place]
                    if self.decided(called):
                        hits[place] += 1
                        break
        return [Fraction(hit, factorial(n) * len(self.adopted)) for hit in hits]

    def pivots(self, orders: Iterable[Sequence[int]]) -> list[Fraction]:
        """The share of orders in which each member's yes is the one that adopts."""
        hits = [0] * len(self.codes)
        number = 0
        for order in orders:
            number += 1
            way = [Vote.NO] * len(self.codes)
            for place in order:
                way[place] = Vote.YES
                if self.adopted[tuple(way)]:
                    hits[place] += 1
                    break
        return [Fraction(hit, number) for hit in hits]


def powers(
    roll: RollCall, under: Rule, *, most: int = profiles.MOST_DIVISIONS, abstention: bool = False
) -> Powers | Refusal:
    """The power in a body, by divisions of its kinds, or by packed products (`most`: nought)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(profiles, "MOST_DIVISIONS", most)
        return powers_of(QUESTION, under, roll, Asked(abstention))


def by_member(found: Powers) -> dict[str, Standing]:
    return {code: one for one in found.standings for code in one.members}


WAYS_TO_COUNT = pytest.mark.parametrize("most", [profiles.MOST_DIVISIONS, 0])


@WAYS_TO_COUNT
@given(rolls(most=5), rules(MONOTONE, present=True, parties=False))
@settings(max_examples=60, deadline=None)
def test_votes_of_yes_and_no_have_the_power_of_trying_every_way(
    most: int, roll: RollCall, under: Rule
) -> None:
    found = powers(roll, under, most=most)
    hand = ByHand(roll, under, BOTH)
    if isinstance(found, Refusal):
        assert not roll.named or not any(hand.adopted.values())
        return
    same_as_tried(found, hand)
    shapley = hand.pivots(permutations(range(len(hand.codes))))
    assert [by_member(found)[code].shapley for code in hand.codes] == shapley


@WAYS_TO_COUNT
@given(rolls(most=4), rules(MONOTONE, present=True, parties=False))
@settings(max_examples=40, deadline=None)
def test_with_abstention_members_have_the_power_of_trying_every_way(
    most: int, roll: RollCall, under: Rule
) -> None:
    found = powers(roll, under, most=most, abstention=True)
    hand = ByHand(roll, under, ALL_THREE)
    if isinstance(found, Refusal):
        assert not roll.named or not any(hand.adopted.values())
        return
    same_as_tried(found, hand)
    assert [by_member(found)[code].shapley for code in hand.codes] == hand.called_in_turn()


def same_as_tried(found: Powers, hand: ByHand) -> None:
    """Every figure but Shapley-Shubik, and what the figures of all members come to."""
    standings = by_member(found)
    adopting = sum(hand.adopted.values())
    assert found.any.adopting == adopting
    assert found.act == Fraction(adopting, len(hand.adopted))
    for place, code in enumerate(hand.codes):
        one = standings[code]
        swings = hand.swings(place)
        assert one.swings == swings
        assert one.banzhaf == Fraction(swings, len(hand.votes) ** (len(hand.codes) - 1))
        assert one.prevent == Fraction(hand.turned(place, Vote.NO, was=True), adopting)
        failing = len(hand.adopted) - adopting
        assert one.initiate == Fraction(hand.turned(place, Vote.YES, was=False), failing)
    assert sum(one.shapley * one.size for one in found.standings) == 1
    assert sum(found.normalised(one) * one.size for one in found.standings) == 1


@given(rolls(most=5), rules(MONOTONE, present=True, parties=False), st.data())
@settings(max_examples=60, deadline=None)
def test_unions_have_the_power_of_all_orders_in_which_they_stand_together(
    roll: RollCall, under: Rule, data: st.DataObject
) -> None:
    hand = ByHand(roll, under, BOTH)
    codes = hand.codes
    assume(codes)
    first = data.draw(st.frozensets(st.sampled_from(codes), min_size=1))
    rest = sorted(set(codes) - first)
    second = data.draw(st.frozensets(st.sampled_from(rest), min_size=1)) if rest else frozenset()
    unions = {"one": first} | ({"other": second} if second else {})
    found = powers_of(QUESTION, under, roll, Asked(unions=unions))
    if isinstance(found, Refusal):
        assert not any(hand.adopted.values())
        return
    shares = {code: one.shapley for one in found.standings for code in one.members}
    measures = {code: one.banzhaf for one in found.standings for code in one.members}
    for union in found.unions.values():
        for kind, owen, measure in union.shares:
            shares |= dict.fromkeys(kind.codes, owen)
            measures |= dict.fromkeys(kind.codes, measure)
        owens = [owen * kind.size for kind, owen, _ in union.shares]
        assert sum(owens) == union.bloc.shapley
    blocs = [[codes.index(code) for code in sorted(union)] for union in unions.values()]
    blocs += [[place] for place, code in enumerate(codes) if code not in first | second]
    pivots = hand.pivots(consecutive(blocs))
    assert shares == dict(zip(codes, pivots, strict=True))
    assert measures == dict(zip(codes, with_blocs(hand, blocs), strict=True))


def consecutive(blocs: Sequence[Sequence[int]]) -> Iterable[list[int]]:
    """Every order in which the members of each bloc stand together."""
    for order in permutations(blocs):
        for inside in product(*(list(permutations(bloc)) for bloc in order)):
            yield [place for bloc in inside for place in bloc]


def with_blocs(hand: ByHand, blocs: Sequence[Sequence[int]]) -> list[Fraction]:
    """The chance that each member decides, the other blocs voting as one and its own freely."""
    found = [LEAST] * len(hand.codes)
    for own in blocs:
        others = [bloc for bloc in blocs if bloc is not own]
        for place in own:
            mates = [[mate] for mate in own if mate != place]
            hits = 0
            for votes in product(BOTH, repeat=len(others) + len(mates)):
                way = [Vote.NO] * len(hand.codes)
                for bloc, vote in zip([*others, *mates], votes, strict=True):
                    for member in bloc:
                        way[member] = vote
                full = tuple(way)
                hits += hand.with_vote(full, place, Vote.YES) and not hand.adopted[full]
            found[place] = Fraction(hits, 2 ** (len(others) + len(mates)))
    return found


@given(rolls(most=5), rules(ANY_VOTE, present=True, parties=False))
def test_a_rule_under_which_a_yes_can_hurt_is_refused(roll: RollCall, under: Rule) -> None:
    found = powers(roll, under)
    assert under.monotone or found in {Refusal.UNEVEN, Refusal.NOBODY}


@pytest.mark.parametrize("votes", [BOTH, ALL_THREE])
@given(rolls(most=6), rules(MONOTONE, present=True, parties=False))
@settings(max_examples=100)
def test_both_ways_of_counting_come_to_the_same(
    votes: tuple[Vote, ...], roll: RollCall, under: Rule
) -> None:
    asked = len(votes) == len(ALL_THREE)
    divided, packed = (
        powers(roll, under, most=most, abstention=asked) for most in (profiles.MOST_DIVISIONS, 0)
    )
    assert divided == packed


# --- The Security Council -------------------------------------------------------------------------


def of(body: str, question: str, day: date = DAY, *, abstention: bool = False) -> Powers:
    """The power in a shipped body."""
    report = unvote.power(body, question, on=day, abstention=abstention)
    assert report.valid, [found.problem for found in report.problems]
    (found,) = report.powers
    return found


def of_permanent(found: Powers) -> tuple[Standing, Standing]:
    """A permanent and an elected member."""
    permanent = by_member(found)["FRA"]
    (elected,) = [one for one in found.standings if "FRA" not in one.members]
    assert permanent.members == PERMANENT
    return permanent, elected


def test_the_power_in_the_council_is_what_is_published() -> None:
    found = of("unsc", "substantive")
    permanent, elected = of_permanent(found)
    assert permanent.shapley == Fraction(421, 2145)
    assert elected.shapley == Fraction(4, 2145)
    decimals = [f"{float(one.shapley):.9f}" for one in (permanent, elected)]
    assert decimals == ["0.196270396", "0.001864802"]
    assert (permanent.swings, elected.swings) == (848, 84)
    shares = [f"{float(found.normalised(one)):.6f}" for one in (permanent, elected)]
    assert shares == ["0.166929", "0.016535"]
    assert found.any.adopting == 848
    assert permanent.prevent == 1
    assert elected.prevent == Fraction(84, 848)


def test_the_councils_figures_are_those_of_all_its_ways_to_vote() -> None:
    """All 2^15 of them, by the words of the Charter: nine in favour, all five among them."""
    ways = [(p, e) for p in range(2**5) for e in range(2**10)]
    wins = [(p, e) for p, e in ways if p == 31 and p.bit_count() + e.bit_count() >= 9]
    assert len(ways) == 2**15
    assert len(wins) == 848
    elected = [(p, e) for p, e in wins if e & 1 and (p, e ^ 1) not in set(wins)]
    permanent = [(p, e) for p, e in wins if p & 1 and (p ^ 1, e) not in set(wins)]
    found = of_permanent(of("unsc", "substantive"))
    assert (len(permanent), len(elected)) == (found[0].swings, found[1].swings)
    sizes = [p.bit_count() + e.bit_count() for p, e in elected]
    assert sum(Fraction(1, 15 * comb(14, size - 1)) for size in sizes) == found[1].shapley


def test_an_abstention_of_a_permanent_member_is_no_veto_in_the_power_with_abstention() -> None:
    """All 3^15 ways to vote of the Council, divided by hand: nobody permanent against, nine for."""
    found = of("unsc", "substantive", abstention=True)
    wins = sum(
        comb(5, p) * comb(10, e) * 2 ** (10 - e) for p in range(6) for e in range(11) if p + e >= 9
    )
    assert found.any.adopting == wins == 146_796
    assert found.ways == 3**15
    permanent, elected = of_permanent(found)
    assert permanent.prevent == 1
    # A yes and eight more of fourteen, or no veto of its own where nine others vote yes.
    others = [(p, e, comb(4, p) * comb(10, e) * 2 ** (10 - e)) for p in range(5) for e in range(11)]
    assert permanent.swings == sum(ways for p, e, ways in others if p + e >= 8)
    # The same rule with an abstention counted as a veto gives elected members far less.
    under = rule("unsc", "substantive")
    assert under.veto is not None
    strict = replace(under, veto=replace(under.veto, on=VetoOn.NOT_YES))
    textbook = powers_of(QUESTION, strict, blank(composition("unsc", DAY)), Asked(abstention=True))
    assert isinstance(textbook, Powers)
    assert by_member(textbook)[elected.members[0]].shapley < elected.shapley / 5


def blank(seated: Composition) -> RollCall:
    return RollCall(seated, dict.fromkeys(sorted(seated.members or ()), Vote.UNDECIDED))


def test_with_abstention_the_council_is_that_of_roll_calls_drawn_out_by_hand() -> None:
    """A permanent member's share, counted over sets called before it instead of by integrals."""
    found = of_permanent(of("unsc", "substantive", abstention=True))[0]
    total = LEAST
    for p, e in product(range(5), range(11)):
        chance = Fraction(comb(4, p) * comb(10, e), 15 * comb(14, p + e))
        total += chance * (_open(p, e) - _open(p + 1, e))
    assert total == found.shapley


def _open(p: int, e: int) -> Fraction:
    """The chance that nothing is certain once so many permanent and elected have voted."""
    ways = 0
    for py, pa in product(range(p + 1), repeat=2):
        for ey in range(e + 1):
            if py + pa == p:  # nobody of them against
                number = comb(p, py) * comb(e, ey) * 2 ** (e - ey)
                can_pass = py + ey + (5 - p) + (10 - e) >= 9
                must_pass = py + ey >= 9 and p == 5
                ways += number * (can_pass and not must_pass)
    return Fraction(ways, 3 ** (p + e))


def test_in_1965_the_council_had_eleven_members_and_a_bar_of_seven() -> None:
    before, after = (of("unsc", "substantive", date(year, 12, 31)) for year in (1965, 1966))
    assert (before.any.voters, after.any.voters) == (11, 15)
    permanent, elected = of_permanent(before)
    assert permanent.swings == sum(comb(6, e) for e in range(2, 7)) == 57
    assert elected.swings == comb(5, 1)
    assert permanent.shapley == Fraction(76, 385)
    assert elected.shapley == Fraction(1, 462)
    assert elected.shapley > of_permanent(after)[1].shapley


def test_where_there_is_no_veto_all_members_are_equal() -> None:
    for question in ("procedural", "icj-election"):
        for abstention in (False, True):
            (only,) = of("unsc", question, abstention=abstention).standings
            assert (only.size, only.shapley) == (15, Fraction(1, 15))
    (only,) = of("unsc", "procedural").standings
    assert only.swings == comb(14, 8)


# --- The General Assembly -------------------------------------------------------------------------

FULL = date(2023, 1, 1)
"""A day on which all 193 members are taken to have a vote, below."""


def assembly() -> RollCall:
    """The Assembly with all of its members."""
    seated = composition("unga", FULL)
    assert seated.seats == 193
    return blank(seated)


@pytest.mark.parametrize(("question", "need"), [("important", 129), ("ordinary", 97)])
def test_the_assembly_of_193_is_exact(question: str, need: int) -> None:
    found = powers_of(QUESTION, rule("unga", question), assembly(), Asked())
    assert isinstance(found, Powers)
    (only,) = found.standings
    assert only.shapley == Fraction(1, 193)
    assert only.swings == comb(192, need - 1)
    assert only.adopting == sum(comb(193, yes) for yes in range(need, 194))
    assert found.normalised(only) == Fraction(1, 193)


@pytest.mark.parametrize(("question", "times"), [("important", 2), ("ordinary", 1)])
def test_the_assembly_of_193_is_exact_with_abstention(question: str, times: int) -> None:
    """Divided by hand: two-thirds is met if the yes votes are at least twice the no votes."""
    found = powers_of(QUESTION, rule("unga", question), assembly(), Asked(abstention=True))
    assert isinstance(found, Powers)
    (only,) = found.standings

    def adopted(ayes: int, noes: int) -> bool:
        # A tie is no majority, but exactly two-thirds suffice.
        return ayes > 0 and ayes >= times * noes and ayes != noes

    divided = [(a, b, comb(192, a) * comb(192 - a, b)) for a in range(193) for b in range(193 - a)]
    assert only.swings == sum(n for a, b, n in divided if adopted(a + 1, b) > adopted(a, b + 1))
    assert only.shapley == Fraction(1, 193)
    assert found.ways == 3**193


def test_who_has_lost_its_vote_has_no_power_and_stays_in_the_base() -> None:
    report = unvote.power("unga", "charter-amendment", on=DAY)
    (found,) = report.powers
    (only,) = found.standings
    out = len(found.roll.not_entitled)
    assert out
    assert only.size == 193 - out
    assert only.swings == comb(192 - out, 128)  # two-thirds of 193 all the same


# --- The Council of the European Union ------------------------------------------------------------


def of_two_halves(found: Powers, code: str) -> tuple[int, Fraction]:
    """Swings and the Shapley-Shubik index of a member of the EU Council, independently.

    The other members in two halves, all sets of each by size, sorted by population and searched.
    """
    (weights,) = found.roll.composition.weights.values()
    rest = sorted(set(weights) - {code}, key=lambda each: weights[each])
    n = len(rest) + 1
    bar = -(-65 * sum(weights.values()) // 100)
    heads = -(-55 * n // 100)
    halves = [_subsets([weights[each] for each in half]) for half in (rest[::2], rest[1::2])]
    swings, shapley = 0, LEAST
    for one, first in enumerate(halves[0]):
        for two, second in enumerate(halves[1]):
            size = one + two
            if size + 1 < heads or size >= n - 3:
                continue
            # Not adopted without it, adopted with it.
            with_it = 0 if size + 1 >= n - 3 else bar - weights[code]
            without = bar if size >= heads else 1 + sum(weights.values())
            number = sum(_from(second, with_it - w) - _from(second, without - w) for w in first)
            swings += number
            shapley += Fraction(number, n * comb(n - 1, size))
    return swings, shapley


def _subsets(sizes: Sequence[int]) -> list[list[int]]:
    return [sorted(map(sum, combinations(sizes, number))) for number in range(len(sizes) + 1)]


def _from(ordered: list[int], bound: int) -> int:
    """How many are no less."""
    return len(ordered) - bisect_left(ordered, bound)


@pytest.mark.parametrize("year", [2016, 2023, 2025])
def test_the_eu_council_is_that_of_its_halves_put_together(year: int) -> None:
    found = of("eu-council", "qualified", date(year, 6, 1))
    standings = by_member(found)
    assert found.any.voters == (28 if year == 2016 else 27)
    for code in ("DEU", "POL", "MLT"):
        assert (standings[code].swings, standings[code].shapley) == of_two_halves(found, code)
    assert sum(one.shapley for one in found.standings) == 1


def test_with_and_without_the_united_kingdom() -> None:
    """Kirsch, "Brexit and the distribution of power in the Council of the EU": the smaller lose."""
    with_it, without = (by_member(of("eu", "qualified", date(y, 6, 1))) for y in (2016, 2023))
    assert "GBR" in with_it
    assert "GBR" not in without
    for code in ("DEU", "FRA", "ITA", "ESP", "POL"):
        assert without[code].shapley > with_it[code].shapley
    for code in ("MLT", "LUX", "CYP"):
        assert without[code].shapley < with_it[code].shapley


def test_where_to_abstain_is_to_vote_no_shapley_shubik_is_the_same_with_abstention() -> None:
    plain, three = (of("eu", "qualified", abstention=each) for each in (False, True))
    for code, one in by_member(plain).items():
        assert by_member(three)[code].shapley == one.shapley
        assert by_member(three)[code].banzhaf < one.banzhaf


def test_under_unanimity_every_member_has_the_same_and_can_stop_everything() -> None:
    for abstention in (False, True):
        (only,) = of("eu", "unanimity", abstention=abstention).standings
        assert only.shapley == Fraction(1, 27)
        assert only.prevent == 1
    (only,) = of("eu", "unanimity", abstention=True).standings
    assert only.adopting == 2**27 - 1  # nobody against, and not everybody abstaining


def test_the_rounding_of_weights_is_told_and_leaves_few_ways_open() -> None:
    found = of("eu", "qualified")
    assert 0 < found.open < found.ways // 100
    exact = of("eu", "simple")
    assert not exact.open


def test_a_part_of_the_members_can_take_part() -> None:
    report = unvote.power(
        "eu", "qualified-opt-out", on=DAY, participating=["Benelux", "DEU", "FRA"]
    )
    (found,) = report.powers
    assert found.any.voters == 5
    assert set(by_member(found)) == {"BEL", "NLD", "LUX", "DEU", "FRA"}
    assert len(found.roll.not_participating) == 22


# --- Unions, groups, coalitions -------------------------------------------------------------------


def test_the_eu_as_one_in_the_assembly_shares_what_it_has_equally() -> None:
    report = unvote.power("unga", "important", on=DAY, unions=["EU"], among=["EU"])
    (found,) = report.powers
    (union,) = found.unions.values()
    ((kind, owen, _),) = union.shares
    assert kind.size == 27
    assert owen * 27 == union.bloc.shapley > Fraction(27, 188)
    assert union.bloc.shapley + sum(s.shapley * s.size for s in found.standings) == 1


def test_coalitions_are_those_of_swing() -> None:
    report = unvote.power("unsc", "substantive", on=DAY, coalitions=True)
    (found,) = report.powers
    assert found.coalitions is not None
    assert found.coalitions.winning.number == comb(10, 4)
    assert found.coalitions.blocking.number == 5 + comb(10, 7)


# --- What is refused ------------------------------------------------------------------------------

MAJORITY = Rule((Threshold(Bar.MORE_THAN, Fraction(1, 2), Base.PRESENT_AND_VOTING),))
THREE = Composition(3, frozenset("ABC"), {"some": frozenset("A")}, {"shares": {"A": 1}})


def test_without_votes_or_members_or_a_way_to_adopt_there_is_no_power() -> None:
    def ask(under: Rule, roll: RollCall) -> Powers | Refusal:
        return powers_of(QUESTION, under, roll, Asked())

    consensus = Rule((), Veto(VetoOn.OBJECTION), mode=Mode.CONSENSUS)
    assert ask(consensus, blank(THREE)) is Refusal.CONSENSUS
    assert ask(MAJORITY, blank(Composition(0))) is Refusal.NOBODY
    four = Rule((Threshold(Bar.AT_LEAST, Fraction(4)),))
    assert ask(four, blank(THREE)) is Refusal.NEVER
    against = Rule((Threshold(Bar.AT_LEAST, Fraction(1), counting=frozenset({Vote.NO})),))
    assert ask(against, blank(THREE)) is Refusal.UNEVEN
    nameless = RollCall(Composition(3, None, THREE.classes), {}, {Vote.UNDECIDED: 3})
    veto = replace(MAJORITY, veto=Veto(by="some"))
    assert ask(veto, nameless) is Refusal.NAMELESS
    assert isinstance(ask(MAJORITY, nameless), Powers)


def test_what_would_take_too_long_is_refused() -> None:
    codes = [f"M{number:03}" for number in range(60)]
    weights = {code: 10**6 + 7 * n * n + n for n, code in enumerate(codes)}
    seated = Composition(60, frozenset(codes), {}, {"shares": weights})
    under = Rule((Threshold(Bar.AT_LEAST, Fraction(2, 3), Base.MEMBERS, by="shares"),))
    assert powers_of(QUESTION, under, blank(seated), Asked()) is Refusal.BEYOND


@pytest.mark.parametrize("abstention", [False, True])
def test_a_body_of_a_billion_is_refused_at_once(abstention: object) -> None:
    nameless = RollCall(Composition(10**9), {}, {Vote.UNDECIDED: 10**9})
    found = powers_of(QUESTION, MAJORITY, nameless, Asked(abstention=bool(abstention)))
    assert found is Refusal.BEYOND


def test_a_tie_that_a_casting_vote_breaks_is_told_to_be_open() -> None:
    under = replace(MAJORITY, tie=TiePolicy.CASTING_VOTE)
    four = blank(Composition(4, frozenset("ABCD")))
    found = powers_of(QUESTION, under, four, Asked())
    assert isinstance(found, Powers)
    assert (found.any.adopting, found.open) == (1 + 4, comb(4, 2))


def test_a_deemed_adoption_gives_power_to_those_that_make_the_number() -> None:
    """Three of four with a heavy one wanted, or fewer than two that do not vote yes."""
    weights = {"A": 9, "B": 1, "C": 1, "D": 1}
    seated = Composition(4, frozenset("ABCD"), {}, {"w": weights})
    heavy = Threshold(Bar.AT_LEAST, Fraction(10), by="w")
    plain = powers_of(QUESTION, Rule((heavy,)), blank(seated), Asked())
    deemed = powers_of(QUESTION, Rule((heavy,), deemed=Deemed(2)), blank(seated), Asked())
    assert isinstance(plain, Powers)
    assert isinstance(deemed, Powers)
    assert by_member(plain)["A"].prevent == 1
    assert by_member(deemed)["A"].prevent < 1


NOT_KNOWN = {"body": "ecosoc", "on": date(2012, 1, 1)}
REFUSED: list[tuple[dict[str, object], str, str]] = [
    ({"body": "consensus"}, "UV415", "no votes are counted"),
    ({"body": "nowhere"}, "UV314", "is not a body"),
    ({"body": "unsc", "question": "none"}, "UV313", "is no question"),
    ({"body": "eu", "on": date(2026, 6, 1)}, "UV311", "2025-01-01..2025-12-31"),
    ({"body": "unsc", "on": date(1940, 1, 1)}, "UV307", "no rule"),
    ({"body": "unsc", "among": ["Korea"]}, "UV203", "could be"),
    ({"body": "unsc", "among": ["BRA"]}, "UV302", "nobody of"),
    ({"body": "unga", "question": "important", "unions": ["EU", "DEU"]}, "UV301", "two unions"),
    ({"body": "unsc", "unions": ["P5"], "abstention": True}, "UV415", "yes and no only"),
    ({"body": "gone.yaml"}, "UV113", ""),
    ({**NOT_KNOWN, "among": ["P5"]}, "UV312", "is not known here"),
    ({**NOT_KNOWN, "participating": ["P5"]}, "UV312", "is not known here"),
    ({"body": "unsc", "participating": ["BRA"]}, "UV302", "nobody of"),
]


@pytest.mark.parametrize(("asked", "code", "words"), REFUSED)
def test_what_cannot_be_told_is_a_problem_of_the_report(
    asked: Mapping[str, object], code: str, words: str
) -> None:
    options = {"on": DAY} | dict(asked)
    ask: Callable[..., unvote.PowerReport] = unvote.power
    report = ask(**options)
    assert not report.valid
    told = [found.problem for found in report.problems]
    assert code in {problem.code for problem in told}
    assert any(words in f"{problem.message} {problem.hint}" for problem in told)


# --- The command ----------------------------------------------------------------------------------


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["power", *words])


def test_the_card_says_the_rule_the_ways_and_the_exact_figures() -> None:
    done = run("unsc", "--on", "2025-06-01", "--ascii")
    assert done.exit_code == 0
    for words in ("848 of 32,768", "0.196270", "421/2145 for each of 5", "no permanent member"):
        assert words in done.stdout
    assert done.stdout.isascii()
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_where_there_is_no_room_for_a_table_every_figure_is_still_told() -> None:
    done = run("unsc", "--on", "2025-06-01", "--width", "40")
    assert max(map(len, done.stdout.splitlines())) <= 40
    told = " ".join(done.stdout.split())
    assert "each of 5, shapley-shubik 0.196270, banzhaf 0.166929" in told
    assert "…" not in told


def test_one_form_of_coalition_that_is_not_listed_is_one_form() -> None:
    done = run("unsc", "--on", "2025-06-01", "--coalitions", "--list", "0")
    assert "and 1 more form (--list)" in done.stdout
    assert "and 2 more forms (--list)" in done.stdout


def test_a_card_says_that_coalitions_are_certain_where_weights_are_rounded() -> None:
    words = ("eu-council", "--on", "2025-06-01", "--among", "DEU", "--list", "1")
    told = [" ".join(run(*words, *more).stdout.split()) for more in ((), ("--coalitions",))]
    assert ["that win or block for certain" in each for each in told] == [False, True]


def test_every_member_is_a_row_of_csv_with_exact_fractions() -> None:
    done = run("unsc", "--on", "2025-06-01", "--format", "csv", "--coalitions")
    rows = list(csv.DictReader(StringIO(done.stdout)))
    members = [row for row in rows if row["what"] == "member"]
    assert [row["member"] for row in members] == sorted(row["member"] for row in members)
    assert sum(Fraction(row["shapley_shubik_exact"]) for row in members) == 1
    assert {row["what"] for row in rows} == {"member", "minimal winning", "minimal blocking"}


def test_json_has_the_figures_both_ways() -> None:
    words = ("unga", "--question", "important", "--on", "2025-06-01", "--format", "json")
    done = run(*words, "--unions", "EU", "--among", "P5", "--among", "EU")
    (result,) = json.loads(done.stdout)["results"]
    (union,) = result["unions"]
    exact = Fraction(union["as_one"]["shapley_shubik"]["exact"])
    assert Fraction(result["groups"][1]["owen"]["exact"]) == exact
    assert result["voters"] == 162
    # France votes with the union: of the five the four others stand by themselves.
    assert [entry["members"] for entry in result["members"]] == [["CHN", "GBR", "RUS", "USA"]]


def test_the_json_reference_has_every_key_and_no_other() -> None:
    plain = run("unsc", "--on", "2025-06-01", "--format", "json", "--coalitions")
    (result,) = json.loads(plain.stdout)["results"]
    joined = run("unsc", "--on", "2025-06-01", "--format", "json", "--unions", "P5")
    (union,) = json.loads(joined.stdout)["results"][0]["unions"]
    wanted = {"result": result, "kind": result["members"][0], "union": union}
    page = (Path(__file__).parents[1] / "docs" / "reference" / "json.md").read_text("utf-8")
    parts = re.split(r"^<!-- keys of power: (\w+) -->$", page, flags=re.MULTILINE)
    for name, part in zip(parts[1::2], parts[2::2], strict=True):
        table = part.lstrip().partition("\n\n")[0]
        assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == list(wanted.pop(name))
    assert not wanted


def test_markdown_keeps_what_a_group_is_called_from_being_markup() -> None:
    done = run("unsc", "--on", "2025-06-01", "--among", "P5", "--format", "markdown")
    assert "| P5 together | 5 | 0.981352 | 0.834646 |  |  |  |" in done.stdout


def test_a_body_of_ones_own_is_asked_about_by_its_file(tmp_path: Path) -> None:
    file = tmp_path / "board.yaml"
    file.write_text(
        "kind: body\nid: board\nname: A board\nmembers: 7\ntie: not adopted\nquorum: none\n"
        "questions:\n  any:\n    title: Any question\n    rules:\n"
        "      - needs: [{at_least: 2/3, of: members}]\n"
    )
    done = run(str(file), "--format", "json")
    assert done.exit_code == 0, done.stderr
    (result,) = json.loads(done.stdout)["results"]
    (kind,) = result["members"]
    assert (kind["members"], kind["number"], kind["swings"]) == ([], 7, str(comb(6, 4)))


def test_the_same_question_has_the_same_answer_byte_for_byte() -> None:
    words = ("eu", "--on", "2025-06-01", "--format", "json")
    assert run(*words).stdout == run(*words).stdout
