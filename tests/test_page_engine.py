"""The engine of the calculator page gives what the engine gives: every test, figure and word.

Its script runs in Chromium, in a page that the program made; it is given rules and votes as the
page is, and each outcome is compared whole.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.browser import page_of
from tests.strategies import ANY_VOTE, rolls, rules

import unvote
from unvote.api import open_world
from unvote.bodies import Body, Question, Roster, Seating, columns
from unvote.cases import Case
from unvote.explain import reach_of, verdict_words
from unvote.outcomes import Finding, Outcome
from unvote.render.page.rules_data import composition_data, roll_data, rule_data
from unvote.rollcall import Composition, RollCall
from unvote.rules import (
    ABSTAIN,
    HALF,
    NO,
    NOT_YES,
    YES,
    Bar,
    Blocking,
    Deemed,
    Rule,
    Threshold,
    Veto,
    VetoOn,
)
from unvote.rulings import Ruling, rule_on
from unvote.vocabulary import Base, Mode, TiePolicy, Vote
from unvote.wording import cause_words, finding_words, margin_words, met_words, need_range

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT: Final = Path(__file__).parents[1]
EXAMPLE: Final = ROOT / "resolutions" / "ukraine-2022" / "s-2022-155.yaml"
WAYS: Final = list(Vote)[:4]
BATCH: Final = 400
DRAWN: Final = 240
CASTING: Final = (None, Vote.YES, Vote.NO)
EVEN: Final = Threshold(Bar.AT_LEAST, HALF, Base.PRESENT_AND_VOTING)

ANSWERS: Final = """
(asked) => asked.map(([body, rules, roll]) => {
  const composition = Engine.compositionOf(body);
  const questions = rules.map((rule) => ({ rule: Engine.ruleOf(rule) }));
  const ruling = Engine.ruleOn(Engine.rollOf(roll, composition), questions);
  const figure = (number) => (number === null ? null : String(number));
  const found = (test) => [test.kind, figure(test.need), figure(test.have), figure(test.most),
    figure(test.of), test.met, test.who, test.alternative, figure(test.ofMost),
    Words.finding(test), Words.met(test), Words.needRange(test).map(String)];
  const outcome = (one) => {
    const { yes, no, abstain, absent, undecided, notEntitled, notParticipating } = one.tally;
    const deciding = Engine.deciding(one);
    return [one.verdict, one.because,
      [yes, no, abstain, absent, undecided, notEntitled, notParticipating], one.listed, one.best,
      one.worst, one.vetoes, one.negatives, one.proven, one.findings.map(found),
      deciding && found(deciding), Words.cause(one), Words.margin(one)];
  };
  const far = ruling.reach && [ruling.reach.undecided, ruling.reach.least, ruling.reach.sure,
    ruling.reach.holders];
  return JSON.stringify([ruling.verdict, ruling.because, ruling.agreed,
    ruling.outcomes.map(outcome), far, Words.standing(ruling)]);
})
"""


@pytest.fixture(scope="module")
def script(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that the program made, for its script."""
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(unvote.page(EXAMPLE).html, encoding="utf-8")
    with page_of(browser, file) as page:
        yield page


def found(test: Finding) -> list[Any]:
    figures = (test.need, test.have, test.most, test.of)
    return [
        test.kind.value,
        *(None if figure is None else str(figure) for figure in figures),
        test.met,
        list(test.who),
        test.alternative,
        None if test.of_most is None else str(test.of_most),
        finding_words(test),
        met_words(test),
        [str(figure) for figure in need_range(test)],
    ]


def outcome_of(one: Outcome) -> list[Any]:
    tally = one.tally
    return [
        one.verdict.value,
        one.because.value if one.because else None,
        [
            *(tally.yes, tally.no, tally.abstain, tally.absent, tally.undecided),
            *(tally.not_entitled, tally.not_participating),
        ],
        *(verdict.value for verdict in (one.listed, one.best, one.worst)),
        list(one.vetoes),
        list(one.negatives),
        one.proven,
        [found(test) for test in one.findings],
        found(one.deciding) if one.deciding else None,
        cause_words(one),
        margin_words(one),
    ]


def answer(ruling: Ruling) -> list[Any]:
    """All that is said of a vote, as the page's script is asked to say it."""
    far = reach_of(ruling)
    return [
        ruling.verdict.value,
        ruling.because.value if ruling.because else None,
        ruling.agreed,
        [outcome_of(outcome) for _, outcome in ruling.outcomes],
        [far.undecided, far.least, far.sure, list(far.holders)] if far else None,
        verdict_words(ruling),
    ]


NOWHERE: Final = Body("x", "X", Roster(Seating.ANY), {})


def case_of(roll: RollCall, asked: Iterable[Rule]) -> Case:
    questions = tuple((Question(f"q{n}", f"Q{n}", (rule,)), rule) for n, rule in enumerate(asked))
    return Case("X", NOWHERE, date(2026, 6, 1), questions, roll=roll, declared=len(questions) == 1)


def compare(script: Page, cases: Iterable[tuple[RollCall, tuple[Rule, ...]]]) -> int:
    """Ask both of each vote; how many were asked."""
    count = 0
    each = iter(cases)
    while batch := list(itertools.islice(each, BATCH)):
        asked = [
            [composition_data(r.composition, qs), [rule_data(q) for q in qs], roll_data(r)]
            for r, qs in batch
        ]
        for (roll, questions), said in zip(batch, script.evaluate(ANSWERS, asked), strict=True):
            wanted = answer(rule_on(case_of(roll, questions)))
            assert json.loads(said) == wanted, (roll, questions)
        count += len(batch)
    return count


# --- Every body and question ----------------------------------------------------------------------


def all_bodies() -> list[Body]:
    world = open_world(bodies=[ROOT / "resolutions" / "model-un" / "bodies"])
    return [*world.shipped_bodies(), *world.bodies_in(world.body_folders[0])]


def days_of(body: Body) -> list[date]:
    """A day under each rule of a body and in each period of its weights, and today."""
    periods = [rule.period for q in body.questions.values() for rule in q.rules]
    periods += [weights.period for dated in body.weights.values() for weights in dated]
    ends = {period.until for period in periods if period.until} | {
        period.since for period in periods if period.since
    }
    return sorted({*ends, date(2022, 3, 2), date(2026, 6, 1)})


def rules_of(body: Body) -> list[tuple[Composition, Rule]]:
    """Each rule of a body on a day that has it, with who sat and the weights in force."""
    membership = open_world().membership
    seen, result = set(), []
    for day in days_of(body):
        composition = body.composition_on(day, membership, seats=12)
        for question in body.questions.values():
            in_force = question.rules_on(day)
            if len(in_force) != 1 or not columns(in_force[0]) <= composition.weights.keys():
                continue
            key = (question.id, str(in_force[0]), str(sorted(composition.weights)))
            if composition.seats and key not in seen:
                seen.add(key)
                result.append((composition, in_force[0]))
    return result


def drawn(composition: Composition, rule: Rule, number: int) -> Iterator[RollCall]:
    """Votes near what decides and far from it, by name and by number, of known and unknown."""
    rng = random.Random(f"{rule}{composition.seats}")
    members = sorted(composition.members or [f"M{n:02}" for n in range(composition.seats)])
    for turn in range(number):
        weights = [rng.choice([0, 1, 1, 3, 9]) for _ in WAYS]
        weights[0] += not sum(weights)
        out = set(rng.sample(members, rng.choice([0, 0, 0, 1, 2]) if len(members) > 2 else 0))
        seated = [code for code in members if code not in out]
        votes = dict(zip(seated, rng.choices(WAYS, weights, k=len(seated)), strict=True))
        if turn % 7 == 0:  # as many yes as no, or one more
            half = len(seated) // 3
            votes = {c: WAYS[min(n // half, 2)] for n, c in enumerate(seated)} if half else votes
        unsure = rng.choice([0, 0, 0.02, 0.1, 0.4, 1]) if turn % 2 else 0
        votes = {c: Vote.UNDECIDED if rng.random() < unsure else v for c, v in votes.items()}
        loose: dict[Vote, int] = {}
        if turn % 3 == 0:  # all but some of the names are lost
            kept = rng.choice([0, 0, 0.2, 0.9])
            lost = [code for code in votes if rng.random() >= kept]
            for code in lost:
                vote = votes.pop(code)
                loose[vote] = loose.get(vote, 0) + 1
        elif turn % 11 == 1:
            votes = dict.fromkeys(seated, rng.choice(WAYS))
        barred = frozenset(code for code in out if rng.random() < 0.5)
        cast = sum(v in {Vote.YES, Vote.NO, Vote.ABSTAIN} for v in votes.values())
        cast += sum(n for v, n in loose.items() if v in {Vote.YES, Vote.NO, Vote.ABSTAIN})
        yield RollCall(
            composition,
            votes,
            loose,
            barred,
            frozenset(out) - barred,
            frozenset(rng.sample(seated, rng.choice([0, 1, 2]) if len(seated) > 2 else 0))
            if rule.parties_abstain
            else frozenset(),
            rng.choice([None, cast, composition.seats, rng.randint(cast, composition.seats)])
            if cast <= composition.seats
            else None,
            rng.choice(CASTING),
        )


@pytest.mark.parametrize("body", all_bodies(), ids=lambda body: body.id)
def test_every_question_of_the_body_is_decided_as_by_the_engine(
    script: Page, body: Body, figure: Callable[[str], None]
) -> None:
    every = rules_of(body)
    assert {rule.citation for _, rule in every}
    count = compare(script, ((r, (q,)) for seats, q in every for r in drawn(seats, q, DRAWN)))
    assert count == DRAWN * len(every)
    figure(f"page, {body.id}: {count:,} roll calls under {len(every)} rules as by the engine")


def test_every_yes_and_no_of_the_assembly_is_decided_as_by_the_engine(
    script: Page, figure: Callable[[str], None]
) -> None:
    """All 18,915 pairs under each of its questions, by numbers, the rest abstaining or absent."""
    world = open_world()
    body = world.shipped_body("general-assembly")
    day = date(2026, 6, 1)
    chamber = Composition(193)
    asked_of = [question.rules_on(day)[0] for question in body.questions.values()]
    data = [composition_data(chamber, asked_of), [rule_data(rule) for rule in asked_of]]
    asked = """
    ([body, rules]) => {
      const composition = Engine.compositionOf(body);
      const all = rules.map(Engine.ruleOf);
      const said = [];
      for (let yes = 0; yes <= 193; yes += 1) for (let no = 0; yes + no <= 193; no += 1) {
        const abstain = (yes * 7 + no * 3) % (194 - yes - no);
        const unnamed = { yes, no, abstain, absent: 193 - yes - no - abstain };
        const roll = Engine.rollOf({ named: [], unnamed, not_entitled: [], not_participating: [],
          parties: [], present: null, casting_vote: null }, composition);
        said.push(all.map((rule) => {
          const one = Engine.decide(roll, rule);
          const { need, have, of } = Engine.deciding(one);
          return `${one.verdict} ${one.because} ${need} ${have} ${of}`;
        }).join("; "));
      }
      return said;
    }
    """
    said = iter(script.evaluate(asked, data))
    count = 0
    for yes in range(194):
        for no in range(194 - yes):
            abstain = (yes * 7 + no * 3) % (194 - yes - no)
            votes = {Vote.YES: yes, Vote.NO: no, Vote.ABSTAIN: abstain}
            votes[Vote.ABSENT] = 193 - yes - no - abstain
            roll = RollCall(chamber, {}, votes)
            wanted = "; ".join(_brief(unvote.decide(roll, rule)) for rule in asked_of)
            assert next(said) == wanted, (yes, no)
            count += 1
    assert count == 18_915
    figure(f"page, Assembly: {count:,} tallies under {len(asked_of)} questions as by the engine")


def _brief(outcome: Outcome) -> str:
    deciding = outcome.deciding
    assert deciding is not None
    because = outcome.because.value if outcome.because else "null"
    of = "null" if deciding.of is None else deciding.of
    return f"{outcome.verdict.value} {because} {deciding.need} {deciding.have} {of}"


def test_every_class_tally_of_the_council_is_decided_as_by_the_engine(
    script: Page, figure: Callable[[str], None]
) -> None:
    """How permanent and elected members split between yes, no, abstention and absence."""
    world = open_world()
    day = date(2026, 6, 1)
    body = world.shipped_body("security-council")
    composition = body.composition_on(day, world.membership, seats=15)
    assert composition.members is not None
    permanent = sorted(composition.classes["permanent"])
    elected = sorted(composition.members - composition.classes["permanent"])
    rule = body.questions["substantive"].rules_on(day)[0]
    splits = [
        [list(votes) for votes in itertools.combinations_with_replacement(WAYS, len(codes))]
        for codes in (permanent, elected)
    ]
    every = [
        RollCall(composition, dict(zip([*permanent, *elected], [*five, *ten], strict=True)))
        for five, ten in itertools.product(*splits)
    ]
    assert len(every) == 56 * 286
    letters = {vote: vote.value for vote in WAYS}
    asked = """
    ([body, rule, codes, every]) => {
      const composition = Engine.compositionOf(body);
      const exact = Engine.ruleOf(rule);
      return every.map((votes) => {
        const named = votes.map((vote, at) => [codes[at], vote]);
        const one = Engine.decide(Engine.rollOf({ named, unnamed: {}, not_entitled: [],
          not_participating: [], parties: [], present: null, casting_vote: null }, composition),
          exact);
        return `${one.verdict} ${one.because} ${one.vetoes} ${one.negatives}`;
      });
    }
    """
    body_data = composition_data(composition, [rule])
    votes = [[letters[vote] for vote in roll.named.values()] for roll in every]
    said = script.evaluate(asked, [body_data, rule_data(rule), [*permanent, *elected], votes])
    for roll, words in zip(every, said, strict=True):
        one = unvote.decide(roll, rule)
        because = one.because.value if one.because else "null"
        who = f"{','.join(one.vetoes)} {','.join(one.negatives)}"
        assert words == f"{one.verdict.value} {because} {who}"
    figure(f"page, Council: all {len(every):,} class tallies as by the engine")


# --- Rules of every kind --------------------------------------------------------------------------


@given(
    roll=st.booleans().flatmap(lambda unnamed: rolls(unnamed=unnamed)),
    asked=st.lists(
        st.booleans().flatmap(lambda present: rules(ANY_VOTE, present=present)),
        min_size=1,
        max_size=3,
    ),
    error=st.integers(0, 4),
    consensus=st.booleans(),
    roster=st.sampled_from([True, True, False]),
)
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
def test_rules_of_every_kind_are_decided_as_by_the_engine(
    script: Page, roll: RollCall, asked: list[Rule], error: int, *, consensus: bool, roster: bool
) -> None:
    """Any conditions, vetoes, weights with rounding, quorum, ties, deemed adoption; several."""
    if error:
        roll = replace(roll, composition=replace(roll.composition, errors={"people": error}))
    if not roster:  # nobody says who sits
        roll = replace(roll, composition=replace(roll.composition, members=None))
    if consensus:
        silent = Rule((), Veto(VetoOn.OBJECTION), mode=Mode.CONSENSUS)
        asked = [*asked, silent]
    assert compare(script, [(roll, tuple(asked))]) == 1


def test_a_blocking_minority_at_its_edges_is_decided_as_by_the_engine(script: Page) -> None:
    """Just at the share, just above it, and within what the roundings leave open."""
    weights = {"A": 4, "B": 3, "C": 2, "D": 1}
    votes = {"A": Vote.YES, "B": Vote.NO, "C": Vote.NO, "D": Vote.NO}
    everybody = Threshold(Bar.AT_LEAST, Fraction(1), Base.MEMBERS)
    cases = [
        (
            RollCall(Composition(4, frozenset("ABCD"), {}, {"w": weights}, {"w": error}), votes),
            (Rule((everybody,), deemed=Deemed(Blocking(Fraction(share), "w", plus), counting)),),
        )
        for share in ("2/5", "1/2", "7/10", "9/10", "1")
        for error in range(4)
        for plus in (0, 1)
        for counting in (NO, NOT_YES)
    ]
    assert compare(script, cases) == 80


def test_equal_votes_are_a_tie_under_the_same_bars_as_in_the_engine(script: Page) -> None:
    """More than half of those voting, of all, unweighted; not under any other bar."""
    codes = frozenset("ABCDE")
    seats = Composition(5, codes, {"c": codes}, {"w": dict.fromkeys("ABCDE", 1)})
    votes = dict(zip("ABCDE", [Vote.YES, Vote.YES, Vote.NO, Vote.NO, Vote.ABSTAIN], strict=True))
    bars = [
        Threshold(bar, Fraction(share), base, counting, by, among)
        for bar in Bar
        for share in ("1/3", "1/2", "2/3", "2/5")
        for base in (Base.PRESENT_AND_VOTING, Base.CAST, Base.MEMBERS)
        for counting in (YES, NO)
        for by, among in ((None, None), ("w", None), (None, "c"))
    ]
    cases = [
        (RollCall(seats, votes, casting_vote=casting), (Rule((bar,), tie=policy),))
        for bar in bars
        for policy in TiePolicy
        for casting in CASTING
    ]
    assert compare(script, cases) == 144 * 9


def test_shares_of_those_present_are_decided_as_by_the_engine(script: Page) -> None:
    """Also within a class or by weight, and where nobody says who sits or how many were present."""
    votes = {"A": Vote.YES, "B": Vote.YES, "C": Vote.NO, "D": Vote.ABSENT, "E": Vote.ABSTAIN}
    cases = [
        (
            RollCall(
                Composition(7, members, {"c": frozenset("ABDG")}, {"w": weights}),
                named,
                loose,
                present=present,
            ),
            (Rule((Threshold(bar, HALF, base, YES, by, among),), Veto(by=holders)),),
        )
        for members in (None, frozenset[str](), frozenset("ABCDEFG"))
        for weights in ({}, {"A": 3, "C": 2, "E": 2, "F": 1, "G": 4})
        for named, loose in ((votes, {}), (votes, {Vote.YES: 1, Vote.NO: 1}), ({}, {Vote.YES: 4}))
        for present in (None, 5)
        for bar in Bar
        for base in (Base.PRESENT, Base.MEMBERS, Base.ELIGIBLE)
        for by, among in ((None, None), ("w", None), (None, "c"), ("w", "c"))
        for holders in (None, "c")
    ]
    assert compare(script, cases) == 3 * 2 * 3 * 2 * 2 * 3 * 4 * 2


def test_weights_and_shares_beyond_two_to_the_53_are_exact(script: Page) -> None:
    """One unit decides where a number of the browser would round it away."""
    heavy = 10**30
    members = frozenset({"A", "B"})
    for less in (0, 1):
        weights = {"people": {"A": heavy - less, "B": heavy - 1}}
        composition = Composition(2, members, {}, weights)
        bar = Threshold(Bar.MORE_THAN, HALF, Base.MEMBERS, by="people")
        roll = RollCall(composition, {"A": Vote.YES, "B": Vote.NO})
        verdict = unvote.decide(roll, Rule((bar,))).verdict.value
        assert verdict == ("not adopted" if less else "adopted")
        assert compare(script, [(roll, (Rule((bar,)),))]) == 1


@pytest.mark.parametrize("counting", [YES, NO, ABSTAIN, NOT_YES], ids=["yes", "no", "abst", "not"])
@pytest.mark.parametrize("undecided", [0, 1, 4, 6, 10])
def test_a_few_undecided_are_tried_one_by_one_and_ten_left_open(
    script: Page, counting: frozenset[Vote], undecided: int
) -> None:
    """Where a yes more may hurt; the page tries fewer completions and finds the same."""
    codes = [f"M{n:02}" for n in range(14)]
    votes = dict.fromkeys(codes[:undecided], Vote.UNDECIDED)
    votes |= {code: WAYS[n % 4] for n, code in enumerate(codes[undecided:])}
    composition = Composition(14, frozenset(codes), {"some": frozenset(codes[::3])})
    bars = tuple(
        Rule(
            (Threshold(bar, HALF, Base.CAST, counting, among=among), EVEN),
            Veto(VetoOn.NO, "some"),
            tie=TiePolicy.CASTING_VOTE,
        )
        for bar in Bar
        for among in (None, "some")
    )
    assert compare(script, [(RollCall(composition, votes), bars)]) == 1


@pytest.mark.parametrize(("undecided", "proven"), [(9, True), (10, False)])
def test_nine_undecided_are_tried_and_ten_are_not(
    script: Page, undecided: int, *, proven: bool
) -> None:
    """The bound is the engine's: 4 to the power of 9 completions, over which it takes long."""
    codes = [f"M{n:02}" for n in range(undecided)]
    composition = Composition(undecided, frozenset(codes))
    rule = Rule((Threshold(Bar.MORE_THAN, HALF, Base.CAST, ABSTAIN),))
    roll = RollCall(composition, dict.fromkeys(codes, Vote.UNDECIDED))
    asked = [[composition_data(composition, [rule]), [rule_data(rule)], roll_data(roll)]]
    (said,) = script.evaluate(ANSWERS, asked)
    (outcome,) = json.loads(said)[3]
    assert (outcome[0], outcome[8]) == ("open", proven)
