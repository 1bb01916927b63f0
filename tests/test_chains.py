"""Odds along a chain equal the sum over every way all its votes can be cast, run one by one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st
from tests.builders import body, composition, rule as shipped_rule

from unvote.bodies import Question
from unvote.cases import Case, Place, Role
from unvote.chains import ChainOdds, End, can_hold, chain_odds, links_of
from unvote.lotteries import blocs_of
from unvote.proceedings import Both, Either, Is, State, Step, Taken, When, run
from unvote.rollcall import Composition, RollCall
from unvote.rules import HALF, Bar, Rule, Threshold, Veto
from unvote.rulings import Ruling, rule_on
from unvote.stances import Outlook, Stance
from unvote.texts import rule_on_text
from unvote.vocabulary import Base, Cause, TiePolicy, Verdict, Vote

MEMBERS = ("A", "B", "C")
DAY = date(2022, 3, 2)
MAJORITY = Threshold(Bar.MORE_THAN, HALF, Base.PRESENT_AND_VOTING)
RULES = (
    Rule((MAJORITY,)),
    Rule((Threshold(Bar.AT_LEAST, Fraction(2)),), veto=Veto(by="first")),
    Rule((MAJORITY,), tie=TiePolicy.SECOND_VOTE),
)
STANCES = (
    Stance(Vote.YES, "lean"),
    Stance(Vote.NO, "lean"),
    Stance(Vote.YES),
    Stance(Vote.NO),
    Stance(chances={Vote.YES: HALF, Vote.NO: HALF}),
)


def case_of(
    name: str, rule: Rule, stances: Sequence[Stance], *, place: Place | None = None
) -> Case:
    """A case in a body of three."""
    members = Composition(3, frozenset(MEMBERS), classes={"first": frozenset("A")})
    outlook = Outlook(dict(zip(MEMBERS, stances, strict=True)))
    votes = {code: stance.listed() for code, stance in outlook.stances.items()}
    return Case(
        name,
        body("consensus"),
        DAY,
        ((Question("q", "Q", (rule,)), rule),),
        roll=RollCall(members, votes),
        forecast=True,
        outlook=outlook,
        place=place or Place(),
    )


def votes_of(case: Case) -> Iterator[tuple[Case, Fraction]]:
    """Every way the votes on a case can be cast, as a record, with its chance."""
    assert case.roll is not None
    blocs = blocs_of(case.roll, case.outlook or Outlook())
    for cast in product(*(bloc.chances.items() for bloc in blocs)):
        chance = Fraction(1)
        votes: dict[str, Vote] = {}
        for bloc, (vote, share) in zip(blocs, cast, strict=True):
            chance *= share
            votes |= dict.fromkeys(bloc.members, vote)
        yield replace(case, roll=case.roll.with_votes(votes), outlook=None), chance


def ends_by_hand(steps: Sequence[Step]) -> dict[tuple[tuple[str, End], ...], Fraction]:
    """Every way the steps can run: each vote cast, each step run by the proceedings."""
    found: dict[tuple[tuple[str, End], ...], Fraction] = defaultdict(Fraction)
    _go(steps, (), Fraction(1), found)
    return found


def _go(
    steps: Sequence[Step],
    done: tuple[Step, ...],
    chance: Fraction,
    found: dict[tuple[tuple[str, End], ...], Fraction],
) -> None:
    if len(done) == len(steps):
        found[_told(run(done))] += chance
        return
    step = steps[len(done)]
    taken = run((*done, step))[-1].taken
    if taken is False:
        _go(steps, (*done, step), chance, found)
        return
    for cases, share in _texts([ruling.case for ruling in step.rulings], ()):
        fresh = replace(step, rulings=rule_on_text(cases))
        _go(steps, (*done, fresh), chance * share, found)


def _texts(
    left: Sequence[Case], done: tuple[Case, ...]
) -> Iterator[tuple[tuple[Case, ...], Fraction]]:
    """Every way the amendments and the text can be voted on, stances settled on the way."""
    if not left:
        yield done, Fraction(1)
        return
    ruling = rule_on_text((*done, left[0]))[-1]
    if ruling.taken is False:
        for rest, share in _texts(left[1:], (*done, left[0])):
            yield rest, share
        return
    for cast, chance in _twice(ruling.case):
        for rest, share in _texts(left[1:], (*done, cast)):
            yield rest, chance * share


def _twice(case: Case) -> Iterator[tuple[Case, Fraction]]:
    """Every way the votes on a case can be cast, and after a tie those of the second vote."""
    for cast, chance in votes_of(case):
        again = rule_on(cast).case
        if again.first is None:
            yield cast, chance
            continue
        for second, share in votes_of(again):
            yield replace(cast, second=replace(second, first=None)), chance * share


def _told(taken: Sequence[Taken]) -> tuple[tuple[str, End], ...]:
    """The end of every vote."""
    ends: list[tuple[str, End]] = []
    for one in taken:
        names = [*(ruling.case.id for ruling in one.step.rulings[:-1]), one.step.id]
        for name, ruling in zip(names, one.step.rulings, strict=True):
            if one.taken is False:
                ends.append((name, End.SKIPPED))
            else:
                ends.append((name, End.FELL if ruling.taken is False else _end(ruling)))
    return tuple(ends)


def _end(ruling: Ruling) -> End:
    if ruling.verdict is Verdict.OPEN:
        return End.OPEN
    if ruling.verdict is Verdict.ADOPTED:
        return End.ADOPTED
    causes = {Cause.VETO: End.VETOED, Cause.TIE: End.TIED}
    return causes.get(ruling.because or Cause.SHORTFALL, End.LOST)


@st.composite
def stances(draw: st.DrawFn, names: Sequence[str]) -> list[Stance]:
    """Three stances, some of them on a condition."""
    found = []
    for _ in MEMBERS:
        stance = draw(st.sampled_from(STANCES))
        if names and not stance.chances and draw(st.booleans()):
            on = draw(st.lists(st.sampled_from(list(names)), min_size=1, max_size=2, unique=True))
            wanted = {n: draw(st.sampled_from([Verdict.ADOPTED, Verdict.NOT_ADOPTED])) for n in on}
            then = draw(st.sampled_from([Vote.YES, Vote.NO]))
            stance = replace(stance, condition=wanted, then=then, then_word="lean")
        found.append(stance)
    return found


@st.composite
def conditions(draw: st.DrawFn, names: Sequence[str]) -> When:
    """A condition on earlier votes."""
    leaf = st.builds(Is, st.sampled_from(list(names)), st.sampled_from(list(State)), st.booleans())
    return draw(leaf | st.builds(Both, leaf, leaf) | st.builds(Either, leaf, leaf))


@st.composite
def proceedings(draw: st.DrawFn) -> list[Step]:
    """Two steps, with amendments that exclude one another and conditions on what came before."""
    steps: list[Step] = []
    names: list[str] = []
    for number in range(2):
        own: list[str] = []
        cases = []
        for letter in "XY"[: draw(st.integers(0, 2 - number))]:
            name = f"{letter}{number}"
            excludes = (f"Y{number}",) if letter == "X" and draw(st.booleans()) else ()
            place = Place(Role.AMENDMENT, excludes=excludes, withdrawn=draw(st.integers(0, 5)) == 0)
            rule = draw(st.sampled_from(RULES))
            cases.append(case_of(name, rule, draw(stances(own)), place=place))
            own.append(name)
        text = case_of(f"T{number}", draw(st.sampled_from(RULES)), draw(stances(own)))
        if draw(st.booleans()):
            again = case_of(f"T{number}", RULES[2], draw(stances(own)))
            text = replace(text, second=replace(again, questions=text.questions))
        cases.append(text)
        when = draw(st.none() | conditions(names)) if names else None
        steps.append(Step(f"S{number}", tuple(rule_on(case) for case in cases), when))
        names += [*own, f"S{number}"]
    return steps


@given(steps=proceedings())
@settings(max_examples=150, deadline=None)
def test_every_end_has_the_chance_of_all_the_ways_that_lead_there(steps: list[Step]) -> None:
    odds = chain_odds(links_of(steps), [step.id for step in steps])
    assert odds is not None
    wanted: dict[tuple[str, End], Fraction] = defaultdict(Fraction)
    ways: dict[tuple[End, ...], Fraction] = defaultdict(Fraction)
    for way, chance in ends_by_hand(steps).items():
        for name, end in way:
            wanted[name, _coarse(name, end, odds)] += chance
        last = dict(way)
        ways[tuple(_coarse(step.id, last[step.id], odds) for step in steps)] += chance
    found = {
        (name, end): chance for name, ends in odds.ends.items() for end, chance in ends.items()
    }
    assert found == {key: chance for key, chance in wanted.items() if chance}
    assert dict(odds.ways) == {way: chance for way, chance in ways.items() if chance}
    assert sum(odds.ways.values()) == 1
    assert all(sum(ends.values()) == 1 for ends in odds.ends.values())


def _coarse(name: str, end: End, odds: ChainOdds) -> End:
    """A tie nobody asks for is told as not adopted."""
    return End.LOST if end is End.TIED and End.TIED not in odds.ends[name] else end


def twelve(amendments: int = 12) -> list[Step]:
    """A text in the Assembly with amendments, on each of which one member's stance depends."""
    members = composition("unga", DAY)
    rule = shipped_rule("unga", "important", DAY)
    codes = sorted(members.members or ())
    question = body("unga").questions["important"]
    lean = [Stance(Vote.YES, "lean"), Stance(Vote.NO, "lean"), Stance(Vote.ABSTAIN, "lean")]
    base = {code: lean[number % 3] for number, code in enumerate(codes)}

    def case(name: str, given: dict[str, Stance], place: Place) -> Case:
        outlook = Outlook(given)
        roll = RollCall(members, {code: stance.listed() for code, stance in given.items()})
        return Case(
            name, body("unga"), DAY, ((question, rule),), roll=roll, outlook=outlook, place=place
        )

    names = [f"A{number}" for number in range(amendments)]
    cases = [case(name, base, Place(Role.AMENDMENT)) for name in names]
    hanging = {
        code: replace(base[code], condition={name: Verdict.ADOPTED}, then=Vote.NO, then_word="lean")
        for code, name in zip(codes, names, strict=False)
    }
    cases.append(case("T", base | hanging, Place()))
    return [Step("text", tuple(rule_on(one) for one in cases))]


@pytest.mark.parametrize("amendments", [3, 12])
def test_many_amendments_with_dependent_stances_are_exact(amendments: int) -> None:
    odds = chain_odds(links_of(twelve(amendments)), ["text"])
    assert odds is not None
    assert sum(odds.ways.values()) == 1
    assert set(odds.ends) == {*(f"A{n}" for n in range(amendments)), "text"}


def test_a_motion_for_division_decides_whether_parts_are_put() -> None:
    """Parts are voted separately as often as the motion carries; all rejected reject the whole."""
    assembly = body("general-assembly")
    rule = RULES[0]
    even = (Stance(chances={Vote.YES: HALF, Vote.NO: HALF}), Stance(), Stance())

    def one(name: str, place: Place) -> Case:
        absent = (even[0], Stance(Vote.ABSENT), Stance(Vote.ABSENT))
        return replace(case_of(name, rule, absent, place=place), body=assembly)

    cases = (
        one("M", Place(Role.MOTION, objectors=("B",))),
        one("P", Place(Role.PART, operative=True)),
        one("T", Place()),
    )
    odds = chain_odds(links_of([Step("T", rule_on_text(cases))]), ["T"])
    assert odds is not None
    assert odds.ends["M"] == {End.ADOPTED: HALF, End.LOST: HALF}
    quarter = Fraction(1, 4)
    assert odds.ends["P"] == {End.ADOPTED: quarter, End.LOST: quarter, End.FELL: HALF}
    assert odds.ends["T"][End.FELL] == quarter
    assert odds.ends["T"][End.ADOPTED] == Fraction(3, 8)


def test_one_operative_part_adopted_puts_the_whole_whatever_is_open() -> None:
    absent = (Stance(), Stance(Vote.ABSENT), Stance(Vote.ABSENT))
    assembly = body("general-assembly")
    cases = [
        replace(case_of(name, RULES[0], absent, place=place), body=assembly)
        for name, place in (
            ("P1", Place(Role.PART, operative=True)),
            ("P2", Place(Role.PART, operative=True)),
            ("T", Place()),
        )
    ]
    text = links_of([Step("T", rule_on_text(cases))])[-1]
    assert text.fate({"P1": End.ADOPTED, "P2": End.OPEN}) is None
    assert text.fate({"P1": End.LOST, "P2": End.OPEN}) is End.OPEN
    assert text.fate({"P1": End.LOST, "P2": End.LOST}) is End.FELL


@pytest.mark.parametrize(
    ("when", "possible"),
    [
        (Is("v", State.VETOED), True),
        (Is("m", State.VETOED), False),
        (Is("m", State.TIED), True),
        (Is("v", State.TIED), False),
        (Both(Is("m", State.ADOPTED), Is("m", State.NOT_ADOPTED)), False),
        (Either(Is("m", State.VETOED), Is("m", State.ADOPTED)), True),
        (Both(Is("m", State.TAKEN), Is("m", State.TAKEN, negated=True)), False),
        (Is("m", State.OPEN), True),
    ],
    ids=str,
)
def test_what_no_rule_lets_happen_is_no_condition(when: When, *, possible: bool) -> None:
    plain = (Stance(), Stance(), Stance())
    earlier = {"m": case_of("m", RULES[0], plain), "v": case_of("v", RULES[1], plain)}
    assert can_hold(when, earlier) is possible
