"""Rule 95: after a tie in the plenary a second vote decides, and a second tie rejects."""

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from tests.test_chains import MAJORITY, STANCES, case_of, votes_of
from typer.testing import CliRunner

import unvote
from unvote import tally
from unvote.api.tallying import Report
from unvote.cases import Case
from unvote.cli.app import app
from unvote.explain import notices
from unvote.retakes import odds_on
from unvote.rules import Rule
from unvote.rulings import Ruling, rule_on
from unvote.vocabulary import Cause, TiePolicy, Verdict, Vote

TEXT = "id: A/79/L.9\nbody: {body}\ndate: 2025-02-24\nquestion: {question}\n"
CITE = "GA rules of procedure, rule 95"
RULE = Rule((MAJORITY,), tie=TiePolicy.SECOND_VOTE)


def decided(votes: str, body: str = "unga", question: str = "ordinary") -> Report:
    return tally("-", stdin=(TEXT.format(body=body, question=question) + votes).encode())


@pytest.mark.parametrize(
    ("second", "verdict", "because"),
    [
        ("50-48-56", Verdict.ADOPTED, None),
        ("48-50-56", Verdict.NOT_ADOPTED, Cause.SHORTFALL),
        ("48-48-56", Verdict.NOT_ADOPTED, Cause.TIE),
    ],
)
def test_the_second_vote_decides_after_a_tie(
    second: str, verdict: Verdict, because: Cause | None
) -> None:
    report = decided(f"counts: 47-47-60\nsecond_vote: {{counts: {second}}}\n")
    assert report.valid
    (ruling,) = report.results
    assert (ruling.verdict, ruling.because) == (verdict, because)
    assert str(ruling.outcome.tally if ruling.outcome else "") == second
    assert str(ruling.case.first) == "47-47-60"


def test_a_second_vote_known_by_its_result_alone_decides_too() -> None:
    (ruling,) = decided("counts: 47-47-60\nsecond_vote: {result: adopted}\n").results
    assert (ruling.verdict, ruling.outcome) == (Verdict.ADOPTED, None)


def test_what_was_the_first_vote_is_told_with_its_rule() -> None:
    (ruling,) = decided("counts: 47-47-60\nsecond_vote: {counts: 48-48-56}\n").results
    told = notices(ruling)
    assert f"the second vote: the first was a tie, 47-47-60 ({CITE})" in told
    assert f"a tie again: the text is not adopted ({CITE})" in told
    assert not any("follows" in words for words in told)


@pytest.mark.parametrize(
    ("votes", "body", "question"),
    [
        ("counts: 47-46-60\nsecond_vote: {counts: 50-48-56}\n", "unga", "ordinary"),
        ("result: not adopted\nsecond_vote: {counts: 50-48-56}\n", "unga", "ordinary"),
        ("counts: 47-47-60\nsecond_vote: {counts: 50-48-56}\n", "unga", "important"),
        ("counts: 47-47-60\nsecond_vote: {counts: 50-48-56}\n", "third-committee", "ordinary"),
        ("stances: {yes: [FRA]}\nsecond_vote: {counts: 50-48-56}\n", "unga", "ordinary"),
    ],
)
def test_a_second_vote_without_a_tie_that_asks_for_one_is_an_error(
    votes: str, body: str, question: str
) -> None:
    report = decided(votes, body, question)
    assert [p.problem.code for p in report.problems if p.is_error] == ["UV321"]


def test_a_second_vote_shows_that_the_question_was_one_of_a_simple_majority() -> None:
    text = "id: x\nbody: unga\ndate: 2025-02-24\ncounts: 47-47-60\nsecond_vote: {counts: 50-48-5}\n"
    report = tally("-", stdin=text.encode())
    assert report.valid
    assert report.results[0].verdict is Verdict.ADOPTED


def test_an_amendment_can_have_a_second_vote_and_stances_of_the_text_follow_it() -> None:
    report = decided(
        "amendments: [{id: A1, counts: 47-47-60, second_vote: {counts: 50-48-56}}]\n"
        "stances: {FRA: {vote: yes, if: {A1: adopted}, then: no}}\n"
    )
    assert report.results[0].verdict is Verdict.ADOPTED
    roll = report.results[1].case.roll
    assert roll is not None
    assert roll.named["FRA"] is Vote.NO


def test_json_holds_what_the_first_vote_came_to(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(
        TEXT.format(body="unga", question="ordinary")
        + "counts: 47-47-60\nsecond_vote: {counts: 50-48-56}\n"
    )
    answer = CliRunner().invoke(app, ["tally", str(file), "--format", "json"])
    (result,) = json.loads(answer.stdout)["results"]
    assert result["counts"]["yes"] == 50
    assert [result["first_vote"][vote] for vote in ("yes", "no", "abstain")] == [47, 47, 60]


def test_what_if_changes_the_vote_that_decided(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(
        TEXT.format(body="unga", question="ordinary")
        + "counts: 47-47-60\nsecond_vote: {counts: 50-48-56}\n"
    )
    answer = unvote.whatif(file, moves=["yes:no:2"])
    assert answer.results[0].after.verdict is Verdict.NOT_ADOPTED
    day = tmp_path / "day.yaml"
    day.write_text("kind: proceedings\nsteps: [{id: text, resolution: x.yaml}]\n")
    answer = unvote.whatif(day, moves=["text/yes:no:2"])
    assert answer.results[0].after.verdict is Verdict.NOT_ADOPTED


@st.composite
def twice(draw: st.DrawFn) -> Case:
    """A vote of three members that may tie, and the second vote after it."""
    first, second = (
        case_of("T", RULE, draw(st.lists(st.sampled_from(STANCES), min_size=3, max_size=3)))
        for _ in range(2)
    )
    if draw(st.booleans()):
        second = replace(next(votes_of(second))[0], forecast=False)
    return replace(first, second=second)


def ways(case: Case) -> Iterator[tuple[Ruling, Fraction]]:
    """Every way the two votes can be cast, the ruling on each and its chance."""
    for cast, chance in votes_of(case):
        ruling = rule_on(cast)
        if ruling.case.first is None:
            yield ruling, chance
            continue
        for again, share in votes_of(ruling.case):
            yield rule_on(again), chance * share


@given(case=twice())
@settings(max_examples=150, deadline=None)
def test_odds_of_two_votes_equal_the_sum_over_all_ways_to_cast_them(case: Case) -> None:
    odds = odds_on(case, RULE)
    assert odds is not None
    wanted = sum(
        (share for ruling, share in ways(case) if ruling.verdict is Verdict.ADOPTED),
        start=Fraction(0),
    )
    assert odds.adopted == wanted
    assert odds.adopted + odds.not_adopted + odds.open == 1


ANY = (Vote.YES, Vote.NO, Vote.ABSTAIN)


def completions(case: Case) -> Iterator[Case]:
    """Every way the undecided of one vote can vote."""
    assert case.roll is not None
    left = case.roll.who(Vote.UNDECIDED)
    for cast in product(ANY, repeat=len(left)):
        yield replace(case, roll=case.roll.with_votes(dict(zip(left, cast, strict=True))))


LISTED = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.UNDECIDED, Vote.UNDECIDED)


@given(
    votes=st.lists(
        st.lists(st.sampled_from(LISTED), min_size=3, max_size=3), min_size=2, max_size=2
    )
)
@settings(max_examples=200, deadline=None)
def test_a_verdict_is_open_exactly_where_the_undecided_of_both_votes_can_turn_it(
    votes: list[list[Vote]],
) -> None:
    first, second = (_listed(each) for each in votes)
    case = replace(first, second=second)
    verdicts = set()
    for cast in completions(case):
        for again in completions(second):
            verdicts.add(rule_on(replace(cast, second=again)).verdict)
    ruling = rule_on(case)
    assert ruling.verdict is (verdicts.pop() if len(verdicts) == 1 else Verdict.OPEN)


def _listed(votes: list[Vote]) -> Case:
    case = case_of("T", RULE, STANCES[:3])
    assert case.roll is not None
    roll = case.roll.with_votes(dict(zip(sorted(case.roll.named), votes, strict=True)))
    return replace(case, roll=roll, outlook=None)
