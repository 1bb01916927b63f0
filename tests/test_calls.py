"""Calls: each gain is the difference of two odds, and the list is in order."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.builders import composition, rule as shipped_rule
from tests.strategies import ANY_VOTE, COLUMN, rolls, rules

from unvote import calling
from unvote.calling import MOVES, calls_of
from unvote.chances import Odds, odds_of
from unvote.lotteries import blocs_of
from unvote.rollcall import Composition, RollCall
from unvote.rules import Bar, Rule, Threshold
from unvote.scenarios import SetVote, foreseen
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Base, Verdict, Vote

VOTES = st.sampled_from([Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.UNDECIDED])


@st.composite
def outlooks(draw: st.DrawFn, roll: RollCall) -> Outlook:
    """Stances of every kind: words, followers, a group that votes together."""
    codes = sorted(roll.named)
    stances: dict[str, Stance] = {}
    for code in codes:
        kind = draw(st.sampled_from(["word", "word", "plain", "follows", "together"]))
        vote = draw(VOTES)
        word = draw(st.sampled_from(["firm", "lean"])) if vote is not Vote.UNDECIDED else ""
        if kind == "follows" and code != codes[0]:
            stances[code] = Stance(follows=draw(st.sampled_from(codes[: codes.index(code)])))
        elif kind == "together":
            stances[code] = Stance(Vote.YES, "lean", group="G", together=True)
        else:
            stances[code] = Stance(
                vote, word if kind == "word" else "", cost=draw(st.integers(1, 3))
            )
    return Outlook(stances)


@given(roll=rolls(undecided=False), rule=rules(ANY_VOTE, present=False), data=st.data())
@settings(max_examples=60, deadline=None)
def test_gains_are_differences_of_odds(roll: RollCall, rule: Rule, data: st.DataObject) -> None:
    """Every move of every member, also of leaders and of those that leave a bloc."""
    roll = RollCall(roll.composition, roll.named, {}, roll.not_entitled, parties=roll.parties)
    outlook = data.draw(outlooks(roll))
    wanted = data.draw(st.sampled_from([Verdict.ADOPTED, Verdict.NOT_ADOPTED]))
    calls = calls_of(roll, rule, outlook, wanted=wanted)
    assert calls is not None
    gains = {(call.member, call.to): call.gain for call in calls.moves}
    for code in roll.named:
        shown = {call.gain for call in calls.moves if call.member == code}
        for vote in MOVES:
            after = chance_of(roll, rule, foreseen(outlook, [SetVote((code,), vote)]), wanted)
            gain = after - calls.now
            if (code, vote) in gains:
                assert gains[code, vote] == gain
            else:
                # Not shown: without effect, or the same as a vote that is shown.
                assert not gain or gain in shown
    assert set(calls.idle) == set(roll.named) - {member for member, _ in gains} | roll.not_entitled


def chance_of(roll: RollCall, rule: Rule, outlook: Outlook, wanted: Verdict) -> Fraction:
    odds = odds_of(roll, rule, blocs_of(roll, outlook))
    assert odds is not None
    return odds.adopted if wanted is Verdict.ADOPTED else odds.not_adopted


def council(**votes: str) -> tuple[RollCall, Outlook]:
    """The Council of February 2022 with stances; who is not named is undecided."""
    members = composition("unsc", date(2022, 2, 25))
    codes = sorted(members.members or ())
    stances = {code: Stance() for code in codes}
    for code, words in votes.items():
        word, _, vote = words.rpartition(" ")
        stances[code] = Stance(Vote(vote), word)
    return RollCall(members, dict.fromkeys(codes, Vote.UNDECIDED)), Outlook(stances)


def test_a_certain_veto_leaves_only_its_holder_to_call() -> None:
    roll, outlook = council(RUS="no")
    calls = calls_of(roll, shipped_rule("unsc", "substantive", date(2022, 2, 25)), outlook)
    assert calls is not None
    assert calls.now == 0
    assert {call.member for call in calls.helpful} == {"RUS"}
    assert not calls.guards
    assert calls.idle["NOR"] == "cannot matter while RUS is certain to veto"
    assert len(calls.idle) == 14


def test_the_worthiest_come_first_and_equals_by_name() -> None:
    roll, outlook = council(USA="lean yes", RUS="lean abstain", ALB="firm yes")
    rule = shipped_rule("unsc", "substantive", date(2022, 2, 25))
    calls = calls_of(roll, rule, outlook, costs={"CHN": 4})
    assert calls is not None
    order = [(-call.worth, call.member, call.to.value) for call in calls.helpful]
    assert order == sorted(order)
    assert {call.cost for call in calls.helpful if call.member == "CHN"} == {4}
    assert calls.guards[0].gain == min(call.gain for call in calls.moves)
    assert [call.member for call in calls.guards].count("USA") == 1


def test_the_other_side_has_the_same_moves_turned_round() -> None:
    roll, outlook = council(USA="lean yes")
    rule = shipped_rule("unsc", "substantive", date(2022, 2, 25))
    ours = calls_of(roll, rule, outlook)
    theirs = calls_of(roll, rule, outlook, wanted=Verdict.NOT_ADOPTED)
    assert ours is not None
    assert theirs is not None
    assert ours.now + theirs.now == 1
    assert {(c.member, c.to, c.gain) for c in ours.moves} == {
        (c.member, c.to, -c.gain) for c in theirs.moves
    }


@pytest.mark.parametrize("question", ["party-to-dispute"])
def test_a_party_to_the_dispute_cannot_matter(question: str) -> None:
    roll, outlook = council()
    bound = RollCall(roll.composition, roll.named, parties=frozenset({"RUS"}))
    calls = calls_of(bound, shipped_rule("unsc", question, date(2022, 2, 25)), outlook)
    assert calls is not None
    assert "party to the dispute" in calls.idle["RUS"]


def test_followers_go_where_their_leader_goes() -> None:
    roll, outlook = council(FRA="lean yes")
    stances = {**outlook.stances, "GAB": Stance(follows="FRA"), "KEN": Stance(follows="GAB")}
    rule = shipped_rule("unsc", "procedural", date(2022, 2, 25))
    calls = calls_of(roll, rule, Outlook(stances))
    assert calls is not None
    by_member = {call.member: call for call in calls.helpful if call.to is Vote.YES}
    assert by_member["FRA"].followers == ("GAB", "KEN")
    assert by_member["GAB"].followers == ("KEN",)
    assert by_member["KEN"].followers == ()
    assert by_member["FRA"].gain > by_member["KEN"].gain


def test_calls_that_would_take_too_long_are_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """The odds are told, and those after some two hundred different moves would be too many."""
    codes = [f"M{number:02}" for number in range(60)]
    weights = {code: 1 + 7919 * place % 997 for place, code in enumerate(codes)}
    seats = Composition(len(codes), frozenset(codes), {}, {COLUMN: weights})
    half = Threshold(Bar.MORE_THAN, Fraction(1, 2), Base.PRESENT_AND_VOTING, by=COLUMN)
    roll = RollCall(seats, dict.fromkeys(codes, Vote.UNDECIDED))
    rule, outlook = Rule((half,)), Outlook()
    assert odds_of(roll, rule, blocs_of(roll, outlook)) is not None
    asked = 0

    def counted(*given_: Any) -> Odds | None:
        nonlocal asked
        asked += 1
        return odds_of(*given_)

    monkeypatch.setattr(calling, "odds_of", counted)
    assert calls_of(roll, rule, outlook) is None
    assert asked == 1


def test_a_move_beyond_the_bound_leaves_nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a list that leaves that move out."""
    codes = ["A", "B", "C"]
    roll = RollCall(Composition(3, frozenset(codes)), dict.fromkeys(codes, Vote.UNDECIDED))
    rule = shipped_rule("unga", "ordinary")
    assert calls_of(roll, rule, Outlook()) is not None
    asked = 0

    def short(*given_: Any) -> Odds | None:
        nonlocal asked
        asked += 1
        return None if asked > 1 else odds_of(*given_)

    monkeypatch.setattr(calling, "odds_of", short)
    assert calls_of(roll, rule, Outlook()) is None
