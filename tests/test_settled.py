"""An open verdict is open, and a settled one settled: every completion was tried.

Small random bodies under random rules. The verdict of each completion comes from
`tests.strategies`, which counts once more by the words of the rule.
"""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, event, given, settings, strategies as st
from tests.strategies import (
    ANY_VOTE,
    CLASS,
    COLUMN,
    MONOTONE,
    SHARES,
    WAYS,
    allocations,
    completions,
    rolls,
    rules,
    verdict_of,
    verdicts_of,
)

from unvote.engine import decide
from unvote.rollcall import Composition, RollCall
from unvote.rules import YES, Bar, Blocking, Deemed, Rule, Threshold, Veto
from unvote.vocabulary import Base, Verdict, Vote

THOROUGHLY = settings(max_examples=300, deadline=None)
BRIEFLY = settings(max_examples=150, deadline=None)


def as_one(verdicts: set[Verdict]) -> Verdict:
    """The verdict if all agree, else open."""
    return next(iter(verdicts)) if len(verdicts) == 1 else Verdict.OPEN


@given(roll=rolls(undecided=False), rule=rules(ANY_VOTE, present=False))
@THOROUGHLY
def test_votes_that_are_all_known_are_decided_as_the_rule_says(roll: RollCall, rule: Rule) -> None:
    """Thresholds of every base, weights, classes, any and all, vetoes, ties, quorum, deemed."""
    verdict = decide(roll, rule).verdict
    event(verdict.value)
    assert verdict is as_one(verdicts_of(roll, rule))


@given(roll=rolls(), rule=rules(MONOTONE, present=False))
@THOROUGHLY
def test_where_a_yes_can_only_help_the_two_extremes_settle_it(roll: RollCall, rule: Rule) -> None:
    """Settled or open exactly as if every completion were tried."""
    assert rule.monotone
    verdict = decide(roll, rule).verdict
    event(verdict.value)
    assert verdict is as_one(verdicts_of(roll, rule))


@given(roll=rolls(), rule=rules(ANY_VOTE, present=False))
@THOROUGHLY
def test_rules_that_count_no_votes_or_abstentions_are_settled_too(
    roll: RollCall, rule: Rule
) -> None:
    assume(not rule.monotone)
    outcome = decide(roll, rule)
    event(outcome.verdict.value)
    assert outcome.proven
    assert outcome.verdict is as_one(verdicts_of(roll, rule))


@given(roll=rolls(), rule=rules(ANY_VOTE, present=True), data=st.data())
@BRIEFLY
def test_shares_of_those_present_are_settled_too(
    roll: RollCall, rule: Rule, data: st.DataObject
) -> None:
    """Exactly where the number in the room is known."""
    present = data.draw(st.integers(0, roll.composition.seats))
    known = replace(roll, present=present)
    assert decide(known, rule).verdict is as_one(verdicts_of(known, rule))


@given(roll=rolls(), rule=rules(ANY_VOTE, present=True))
@BRIEFLY
def test_a_number_of_those_present_that_is_not_known_is_not_guessed(
    roll: RollCall, rule: Rule
) -> None:
    """A verdict given without it holds however many of those that did not vote were there."""
    unknown = replace(roll, present=None)
    verdict = decide(unknown, replace(rule, quorum=None)).verdict
    event(verdict.value)
    if verdict is Verdict.OPEN:
        return
    plain = replace(rule, quorum=None)
    casting = [roll.casting_vote] if roll.casting_vote else [Vote.YES, Vote.NO]
    for votes in completions(unknown, plain):
        there = sum(vote is not Vote.ABSENT for vote in votes.values())
        for present in range(there, roll.composition.seats + 1):
            for vote in casting:
                full = replace(unknown, present=present, casting_vote=vote)
                assert verdict_of(votes, full, plain) is verdict


@given(roll=rolls(unnamed=True), rule=rules(ANY_VOTE, present=False, parties=False))
@THOROUGHLY
def test_a_verdict_on_votes_without_names_holds_whoever_cast_them(
    roll: RollCall, rule: Rule
) -> None:
    """It may be left open out of caution, but it is never wrong."""
    verdict = decide(roll, rule).verdict
    event(verdict.value)
    if verdict is not Verdict.OPEN:
        assert verdicts_of(roll, rule) == {verdict}


@given(roll=rolls(unnamed=True), rule=rules(MONOTONE, present=False))
@BRIEFLY
def test_so_it_does_where_parties_to_the_dispute_abstain(roll: RollCall, rule: Rule) -> None:
    assume(rule.parties_abstain)
    assume(roll.parties)
    verdict = decide(roll, rule).verdict
    if verdict is not Verdict.OPEN:
        assert verdicts_of(roll, rule) == {verdict}


@given(
    roll=rolls(unnamed=True),
    number=st.integers(0, 5),
    holders=st.sampled_from([CLASS, None]),
)
@BRIEFLY
def test_a_veto_without_names_is_open_exactly_where_names_decide(
    roll: RollCall, number: int, holders: str | None
) -> None:
    """The shape of the Security Council's rule: so many votes, and nobody of a class against."""
    rule = Rule((Threshold(Bar.AT_LEAST, Fraction(number)),), Veto(by=holders))
    verdict = decide(roll, rule).verdict
    event(verdict.value)
    assert verdict is as_one(verdicts_of(roll, rule))


@given(roll=rolls(unnamed=True), rule=rules(ANY_VOTE, present=False, parties=False))
@BRIEFLY
def test_learning_names_never_turns_a_verdict_round(roll: RollCall, rule: Rule) -> None:
    """What is settled without names stays so with each allocation of names."""
    before = decide(roll, rule).verdict
    for named in allocations(roll):
        after = decide(replace(roll, named=named, unnamed={}), rule).verdict
        assert before in {Verdict.OPEN, after}


@given(roll=rolls(), rule=rules(MONOTONE, present=False), data=st.data())
@BRIEFLY
def test_a_yes_more_never_hurts_and_a_no_more_never_helps(
    roll: RollCall, rule: Rule, data: st.DataObject
) -> None:
    """Under rules that count yes votes only; for one member, whatever it did before."""
    assume(roll.named)
    code = data.draw(st.sampled_from(sorted(roll.named)))
    assume(not (rule.parties_abstain and code in roll.parties))
    order = (Verdict.NOT_ADOPTED, Verdict.OPEN, Verdict.ADOPTED)
    now, best, worst = (
        order.index(decide(changed, rule).verdict)
        for changed in (
            roll,
            roll.with_votes({code: Vote.YES}),
            roll.with_votes({code: Vote.NO}),
        )
    )
    assert worst <= now <= best


@given(
    exact=st.lists(st.integers(0, 40), min_size=2, max_size=6),
    votes=st.lists(st.sampled_from(WAYS), min_size=6, max_size=6),
    share=st.sampled_from([Fraction(1, 2), Fraction(11, 20), Fraction(13, 20), Fraction(2, 3)]),
    base=st.sampled_from([Base.MEMBERS, Base.PRESENT_AND_VOTING, Base.CAST]),
    bar=st.sampled_from(Bar),
    deemed=st.none() | st.builds(Blocking, SHARES, st.just(COLUMN), st.integers(0, 1)),
)
@THOROUGHLY
def test_a_verdict_on_rounded_weights_is_that_of_the_exact_ones(
    exact: list[int],
    votes: list[Vote],
    share: Fraction,
    base: Base,
    bar: Bar,
    deemed: Blocking | None,
) -> None:
    """Weights in quarters, rounded to whole numbers: each is off by at most half a unit."""
    codes = "ABCDEF"[: len(exact)]
    rounded = {code: (quarters + 2) // 4 for code, quarters in zip(codes, exact, strict=True)}
    error = -(-len(codes) // 2)
    override = None if deemed is None else Deemed(deemed)
    rule = Rule((Threshold(bar, share, base, YES, COLUMN),), deemed=override)
    named = dict(zip(codes, votes, strict=False))
    near = Composition(len(codes), frozenset(codes), {}, {COLUMN: rounded}, {COLUMN: error})
    verdict = decide(RollCall(near, named), rule).verdict
    event(verdict.value)
    true = replace(near, weights={COLUMN: dict(zip(codes, exact, strict=True))}, errors={})
    if verdict is not Verdict.OPEN:
        assert verdict is verdict_of(named, RollCall(true, named), rule)
