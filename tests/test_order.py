"""The order of voting: amendments, division, rival texts, and `unvote order`, which proposes it."""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from tests.builders import body, read
from tests.runs import quick

import unvote
from unvote.bodies import First, Regime
from unvote.cases import Case, Change, Place, Role
from unvote.divisions import Way, way_of
from unvote.ordering import UNKNOWN, order_of, order_of_steps
from unvote.proceedings import Step
from unvote.rulings import Ruling
from unvote.vocabulary import Verdict

DAY = date(2024, 11, 14)
FURTHEST = ("general-assembly", "main-committee", "human-rights-council", "ecosoc")
UNSTATED = ("iaea-board", "unesco-executive-board", "consensus", "eu-council")


def case(name: str, word: str = "unga", place: Place | None = None, **known: object) -> Case:
    """A case of a shipped body without any votes."""
    amendment = place or Place(Role.AMENDMENT)
    part_of = "T" if amendment.role is not Role.TEXT else None
    return Case(name, body(word), DAY, (), part_of=part_of, place=amendment, **known)  # type: ignore[arg-type]


def amendment(
    name: str,
    distance: int | None = None,
    change: Change | None = None,
    *,
    word: str = "unga",
    withdrawn: bool = False,
    excludes: tuple[str, ...] = (),
) -> Case:
    place = Place(Role.AMENDMENT, distance, change, excludes, withdrawn=withdrawn)
    return case(name, word, place)


def names(cases: Sequence[Case]) -> list[str]:
    """The ids of what is put, in the order proposed."""
    return [put.case.id for put in order_of(cases)]


# --- The order of amendments ----------------------------------------------------------------------


@pytest.mark.parametrize("word", FURTHEST)
def test_the_furthest_removed_is_put_first(word: str) -> None:
    cases = [amendment(f"A{n}", n, word=word) for n in (1, 3, 2)]
    assert names(cases) == ["A3", "A2", "A1"]
    first, second, third = order_of(cases)
    assert first.reason == "the furthest removed in substance (distance 3)"
    assert second.reason == third.reason.replace("distance 1", "distance 2")
    assert third.reason == "the next furthest removed in substance (distance 1)"


def test_in_the_council_what_adds_or_deletes_goes_before_what_is_further_removed() -> None:
    cases = [
        amendment("far", 9, Change.REVISES, word="unsc"),
        amendment("adds", 1, Change.ADDS, word="unsc"),
        amendment("unsaid", 5, word="unsc"),
        amendment("deletes", 2, Change.DELETES, word="unsc"),
    ]
    assert names(cases) == ["deletes", "adds", "far", "unsaid"]
    reasons = [put.reason for put in order_of(cases)]
    assert reasons[0].startswith("deletes from the text, so before those that revise it; ")
    assert reasons[2].startswith("revises the text, so after those that add or delete; ")
    assert reasons[3].startswith("not said to add or delete, so after those that do; ")


def test_elsewhere_it_does_not_matter_whether_an_amendment_adds() -> None:
    assert names([amendment("adds", 1, Change.ADDS), amendment("far", 2, Change.REVISES)]) == [
        "far",
        "adds",
    ]


def test_equals_are_put_as_listed_and_say_so() -> None:
    cases = [amendment("B", 2), amendment("A", 2), amendment("C", 3)]
    assert names(cases) == ["C", "B", "A"]
    assert [put.reason for put in order_of(cases)][1:] == [
        "distance 2, like another: as listed"
    ] * 2


def test_one_of_unstated_distance_keeps_its_place_and_says_so() -> None:
    cases = [amendment("A", 1), amendment("B"), amendment("C", 3)]
    assert names(cases) == ["C", "B", "A"]
    assert order_of(cases)[1].reason == "its distance is not stated: as listed"


def test_one_that_was_withdrawn_stays_where_it_is_listed_and_is_not_put() -> None:
    cases = [amendment("A", 1), amendment("B", 9, withdrawn=True), amendment("C", 3)]
    assert names(cases) == ["C", "B", "A"]
    withdrawn = order_of(cases)[1]
    assert (withdrawn.put, withdrawn.reason) == (False, "withdrawn: not put to the vote")
    assert str(withdrawn.citation) == "GA rules of procedure, rule 80"


def test_one_that_another_before_it_excludes_is_put_only_perhaps() -> None:
    cases = [amendment("A", 1, excludes=("B",)), amendment("B", 3, excludes=("A",))]
    first, second = order_of(cases)
    assert (first.case.id, first.put) == ("B", True)
    assert (second.case.id, second.put) == ("A", None)
    assert second.reason.endswith("; falls if B is adopted")


@pytest.mark.parametrize("word", UNSTATED)
def test_a_body_whose_rules_are_not_known_takes_them_as_listed(word: str) -> None:
    cases = [amendment("A", 1, word=word), amendment("B", 3, word=word)]
    assert names(cases) == ["A", "B"]
    assert all(put.reason == f"as listed: {UNKNOWN}" for put in order_of(cases))
    assert all(put.citation is None for put in order_of(cases))


def test_every_turn_is_cited_where_the_rules_are_known() -> None:
    cited = {
        word: {str(put.citation) for put in order_of([amendment("A", 1, word=word)])}
        for word in (*FURTHEST, "security-council")
    }
    assert cited == {
        "general-assembly": {"GA rules of procedure, rule 90"},
        "main-committee": {"GA rules of procedure, rule 130"},
        "human-rights-council": {"A/RES/60/251, op. 11; GA rules of procedure, rule 130"},
        "ecosoc": {"ECOSOC rules of procedure, rule 66"},
        "security-council": {"S/96/Rev.7, rule 36"},
    }


PLACES = st.builds(
    Place,
    role=st.sampled_from([Role.AMENDMENT, Role.PART, Role.MOTION, Role.TEXT]),
    distance=st.none() | st.integers(0, 4),
    change=st.none() | st.sampled_from(Change),
    operative=st.none() | st.booleans(),
    withdrawn=st.booleans(),
)
WORDS = st.sampled_from([*FURTHEST, "security-council", "iaea-board"])


@st.composite
def texts(draw: st.DrawFn) -> list[Case]:
    """Amendments, parts, motions and texts of one body, in any order."""
    word = draw(WORDS)
    places = draw(st.lists(PLACES, max_size=9))
    return [case(f"{number}", word, place) for number, place in enumerate(places)]


@given(texts())
def test_all_are_put_once_motions_then_amendments_then_parts_then_texts(cases: list[Case]) -> None:
    found = [put.case for put in order_of(cases)]
    assert sorted(one.id for one in found) == sorted(one.id for one in cases)
    roles = [Role.MOTION, Role.AMENDMENT, Role.PART, Role.TEXT]
    ranks = [roles.index(one.place.role) for one in found]
    assert ranks == sorted(ranks)
    for role in (Role.MOTION, Role.PART, Role.TEXT):
        listed = [one.id for one in cases if one.place.role is role]
        assert [one.id for one in found if one.place.role is role] == listed


def key(one: Case) -> tuple[bool, int]:
    """What decides when an amendment of stated distance is put, in words of this test alone."""
    first = one.body.id == "security-council" and one.place.change in {Change.ADDS, Change.DELETES}
    return not first, -(one.place.distance or 0)


@given(texts())
def test_those_of_stated_distance_stand_furthest_first_and_equals_as_listed(
    cases: list[Case],
) -> None:
    put = [one.case for one in order_of(cases) if one.case.place.role is Role.AMENDMENT]
    if body("iaea-board") in {one.body.id: one.body for one in put}.values():
        put = []
    stated = [one for one in put if one.place.distance is not None and not one.place.withdrawn]
    listed = {one.id: number for number, one in enumerate(cases)}
    assert stated == sorted(stated, key=lambda one: (*key(one), listed[one.id]))


@given(texts())
def test_outside_the_council_the_others_keep_their_places(cases: list[Case]) -> None:
    amendments = [one for one in cases if one.place.role is Role.AMENDMENT]
    if any(one.body.id == "security-council" for one in amendments):
        amendments = [one for one in amendments if one.place.withdrawn]
    found = [put.case for put in order_of(amendments)]
    for number, one in enumerate(amendments):
        if one.place.distance is None or one.place.withdrawn:
            assert found[number] is one


@given(texts())
def test_the_order_of_what_is_in_order_is_the_same(cases: list[Case]) -> None:
    once = [put.case for put in order_of(cases)]
    assert [put.case for put in order_of(once)] == once


# --- The order in files ---------------------------------------------------------------------------

TEXT = "id: T\nbody: third-committee\ndate: 2024-11-14\ncounts: 100-10-50\n"
TWO = """\
amendments:
  - {id: A1, distance: 1, counts: 80-60-30, excludes: [A2]}
  - {id: A2, distance: 3, counts: 80-60-30, excludes: [A1]}
"""


def ruled(text: str) -> dict[str, Ruling]:
    """The rulings of a file, by id, in the order they were made."""
    report = read(text)
    assert report.valid, [problem.problem for problem in report.problems]
    return {one.case.id: one for one in report.results}


def codes(text: str) -> list[str]:
    return [one.problem.code for one in read(text).problems]


def test_amendments_are_put_as_ordered_and_the_first_to_carry_fells_the_other() -> None:
    listed, ordered = ruled(TEXT + TWO), ruled(f"{TEXT}{TWO}order: [A2, A1]\n")
    assert [*listed] == ["A1", "A2", "T"]
    assert [*ordered] == ["A2", "A1", "T"]
    assert (listed["A1"].taken, listed["A2"].taken) == (True, False)
    assert (ordered["A2"].taken, ordered["A1"].taken) == (True, False)


def test_amendments_not_in_the_order_come_after_it_as_listed() -> None:
    amendments = "".join(f"  - {{id: A{n}, counts: 1-2-3}}\n" for n in range(1, 5))
    assert [*ruled(f"{TEXT}amendments:\n{amendments}order: [A3]\n")] == [
        *("A3", "A1", "A2", "A4", "T")
    ]


@pytest.mark.parametrize(
    ("order", "found"),
    [
        pytest.param("order: [A1, A2]\n", ["UV318"], id="ordered nearest first"),
        pytest.param("order: [A1]\n", ["UV318"], id="nearest first, the other left out"),
        pytest.param("order: [A2, A1]\n", [], id="ordered furthest first"),
        pytest.param("", ["UV318"], id="listed nearest first"),
    ],
)
def test_another_order_than_the_rules_ask_for_is_warned_of(order: str, found: list[str]) -> None:
    amendments = re.sub(", excludes: ....", "", TWO)
    assert codes(TEXT + amendments + order) == found


def test_the_listed_order_is_not_judged_where_a_distance_is_not_stated() -> None:
    amendments = re.sub(", excludes: ....", "", TWO.replace(" distance: 3,", ""))
    assert codes(TEXT + amendments) == []
    assert codes(f"{TEXT}{amendments}order: [A2, A1]\n") == []


def test_in_the_council_what_an_amendment_does_must_be_stated_too() -> None:
    text = "id: S\nbody: unsc\ndate: 2025-02-24\ncounts: 10-0-5\namendments:\n"
    first, second = (
        f"  - {{id: A{n}, distance: {n}, counts: 4-6-5, change: {change}}}\n"
        for n, change in ((1, "revises"), (2, "adds"))
    )
    assert codes(text + first + second) == ["UV318"]
    assert codes(text + second + first) == []
    assert codes(text + first + second.replace(", change: adds", "")) == []


def test_bodies_without_known_rules_are_not_warned_of() -> None:
    amendments = TWO.replace(", excludes: [A2]", "").replace("80-60-30", "8-6-3")
    text = TEXT.replace("third-committee", "iaea").replace("100-10-50", "20-1-5")
    assert codes(f"{text}{amendments}order: [A1, A2]\n") == []


def test_the_warning_says_what_the_order_should_be() -> None:
    (found,) = read(f"{TEXT}{TWO}order: [A1]\n".replace(", excludes: [A2]", "")).problems
    assert found.problem.message == (
        "the amendments are put as A1, A2, and not furthest first (GA rules of procedure, rule 130)"
    )
    assert found.problem.hint == "put them as A2, A1, unless it was ruled or decided otherwise"
    assert found.place is not None
    assert found.place.line == 8


@pytest.mark.parametrize(
    ("order", "code", "line"),
    [("[A1, A9]", "UV316", 8), ("[A1, T]", "UV316", 8), ("[A2, A1, A2]", "UV102", 8)],
)
def test_an_order_names_amendments_of_the_text_each_once(order: str, code: str, line: int) -> None:
    report = read(f"{TEXT}{TWO}order: {order}\n")
    assert not report.valid
    places = [(d.problem.code, d.place.line if d.place else 0) for d in report.problems]
    assert (code, line) in places


def test_votes_on_an_amendment_that_falls_are_warned_of() -> None:
    found = read(f"{TEXT}{TWO}order: [A2, A1]\n").problems
    assert [(d.problem.code, d.place.line if d.place else 0) for d in found] == [("UV319", 6)]
    assert "falls because A2, which excludes it, was adopted" in found[0].problem.message


@pytest.mark.parametrize(
    "votes",
    ["result: adopted", "stances: {yes: [FRA]}", "withdrawn: true, counts: 1-2-3", "by: []"],
)
def test_only_what_is_recorded_is_warned_of(votes: str) -> None:
    amendments = (
        f"amendments:\n  - {{id: A1, counts: 80-60-30, excludes: [A2]}}\n  - {{id: A2, {votes}}}\n"
    )
    recorded = "result" in votes or "counts" in votes
    assert codes(TEXT + amendments) == (["UV319"] if recorded else [])


# --- Division -------------------------------------------------------------------------------------


def test_every_shipped_body_with_rules_says_how_a_text_is_divided() -> None:
    regimes = {word: body(word).division for word in (*FURTHEST, "security-council")}
    assert {word: found.on for word, found in regimes.items() if found} == {
        "general-assembly": Regime.OBJECTION,
        "main-committee": Regime.OBJECTION,
        "human-rights-council": Regime.OBJECTION,
        "ecosoc": Regime.REQUEST,
        "security-council": Regime.MOVER,
    }
    assert body("unsc").order is not None
    assert {word: found.amendments for word in FURTHEST if (found := body(word).order)} == (
        dict.fromkeys(FURTHEST, First.FURTHEST)
    )


@pytest.mark.parametrize(
    ("word", "objectors", "movers", "way"),
    [
        ("unga", (), ("FRA",), Way.GRANTED),
        ("unga", ("UKR",), ("FRA",), Way.VOTE),
        ("unga", ("FRA",), ("FRA",), Way.VOTE),
        ("ecosoc", ("FRA",), ("FRA",), Way.GRANTED),
        ("unsc", (), ("FRA",), Way.GRANTED),
        ("unsc", ("RUS",), ("FRA",), Way.GRANTED),
        ("unsc", ("FRA", "RUS"), ("FRA", "USA"), Way.REFUSED),
        ("unsc", ("RUS",), (), Way.REFUSED),
        ("iaea", (), (), Way.GRANTED),
        ("iaea", ("FRA",), (), Way.VOTE),
    ],
)
def test_three_regimes_of_division(
    word: str, objectors: tuple[str, ...], movers: tuple[str, ...], way: Way
) -> None:
    place = Place(Role.MOTION, objectors=objectors, movers=movers)
    assert way_of(case("division", word, place, without_vote=not objectors)).way is way


ASSEMBLY = """\
id: T
body: unga
date: 2026-02-24
question: important
sponsors: [UKR]
parts: [{id: P1, operative: true}, {id: P2}]
counts: 107-12-51
"""
PARTS = ASSEMBLY.replace("true}", "true, counts: 90-20-30}").replace(
    "{id: P2}", "{id: P2, counts: 90-20-30}"
)


def test_in_the_assembly_an_objection_puts_the_motion_to_a_simple_majority() -> None:
    motion = "division: {by: [USA], objected_by: [UKR], counts: 60-50-40}\n"
    found = ruled(PARTS + motion)
    assert [*found] == ["division", "P1", "P2", "T"]
    division = found["division"]
    assert division.case.place.role is Role.MOTION
    assert division.case.part_of == "T"
    assert [question.id for question, _ in division.outcomes] == ["procedural"]
    assert division.verdict is Verdict.ADOPTED
    assert (found["P1"].taken, found["P1"].verdict) == (True, Verdict.ADOPTED)


def test_a_motion_that_fails_leaves_the_parts_out_and_the_text_whole() -> None:
    found = ruled(ASSEMBLY + "division: {by: [USA], objected_by: [UKR], counts: 40-60-50}\n")
    reason = "not voted separately: the motion for division was not adopted"
    for name in ("P1", "P2"):
        assert (found[name].taken, found[name].reason) == (False, reason)
    assert (found["T"].taken, found["T"].verdict) == (True, Verdict.ADOPTED)


def test_a_vote_on_the_motion_tells_of_an_objection() -> None:
    assert ruled(ASSEMBLY + "division: {counts: 40-60-50}\n")["P1"].taken is False


def test_without_an_objection_no_vote_is_taken_on_the_motion() -> None:
    found = ruled(PARTS + "division: {by: [USA]}\n")
    division = found["division"]
    assert (division.verdict, division.outcomes) == (Verdict.ADOPTED, ())
    assert division.reason == "nobody objects: no vote is taken on it"
    assert found["P1"].taken is True


def test_a_motion_that_is_open_leaves_it_open_whether_the_parts_are_put() -> None:
    found = ruled(PARTS + "division: {by: [USA], objected_by: [UKR]}\n")
    assert found["division"].verdict is Verdict.OPEN
    assert found["P1"].taken is None
    assert found["P1"].reason == "voted separately only if the motion for division is adopted"
    assert found["T"].taken is True


def test_a_motion_that_is_withdrawn_is_none() -> None:
    found = ruled(ASSEMBLY + "division: {by: [USA], withdrawn: true}\n")
    assert found["division"].reason == "withdrawn before the vote (GA rules of procedure, rule 80)"
    assert found["P1"].reason == "not voted separately: the motion for division was withdrawn"


def test_all_operative_parts_rejected_reject_the_whole_only_if_they_were_put() -> None:
    lost = PARTS.replace("true, counts: 90-20-30", "true, counts: 20-90-30")
    text = lost.replace("counts: 107-12-51\n", "")
    carried = ruled(text + "division: {by: [USA]}\n")["T"]
    assert (carried.taken, carried.verdict) == (False, Verdict.NOT_ADOPTED)
    failed = ruled(lost + "division: {objected_by: [UKR], counts: 40-60-50}\n")["T"]
    assert (failed.taken, failed.verdict) == (True, Verdict.ADOPTED)
    withdrawn = ruled(lost.replace("operative: true", "operative: true, withdrawn: true"))["T"]
    assert (withdrawn.taken, withdrawn.verdict) == (True, Verdict.ADOPTED)


LOST = "date: 2025-02-24\nparts: [{id: P1, operative: true, counts: 4-6-5}]\ncounts: 10-0-5\n"


def test_in_the_council_no_rule_says_that_a_text_falls_with_its_parts() -> None:
    text = f"id: T\nbody: security-council\n{LOST}"
    found = ruled(text)
    assert (found["T"].taken, found["T"].verdict) == (True, Verdict.ADOPTED)
    assert "rejected as a whole" not in order_of([one.case for one in found.values()])[-1].reason
    (told,) = [one for one in read(text).problems if one.problem.code == "UV322"]
    assert told.place is not None
    assert (told.place.line, told.place.column) == (4, 18)


@pytest.mark.parametrize(
    ("word", "rule"),
    [
        ("general-assembly", "GA rules of procedure, rule 89"),
        ("main-committee", "GA rules of procedure, rule 129"),
        ("human-rights-council", "A/RES/60/251, op. 11; GA rules of procedure, rule 129"),
        ("ecosoc", "ECOSOC rules of procedure, rule 64"),
    ],
)
def test_by_the_rules_of_these_bodies_a_text_falls_with_its_parts(word: str, rule: str) -> None:
    text = f"id: T\nbody: {word}\nquestion: ordinary\n{LOST}"
    fallen = ruled(text)["T"]
    cited = f"for all its operative parts were rejected ({rule})"
    assert (fallen.taken, fallen.reason) == (False, f"rejected as a whole, {cited}")
    assert "rejected as a whole" in order_of([one.case for one in ruled(text).values()])[-1].reason
    assert "UV322" not in codes(text)


def test_a_body_of_ones_own_can_name_such_a_rule(tmp_path: Path) -> None:
    (tmp_path / "bodies").mkdir()
    own = (
        "kind: body\nid: club\nname: Club\nmembers: any\nseats: 15\nquorum: none\n"
        "division: {on: request, cite: Rule 7, whole_cite: Rule 8}\n"
        "questions:\n  any:\n    title: Any\n    rules:\n"
        "      - {needs: [{more_than: 1/2, of: present and voting}], tie: not adopted}\n"
    )
    (tmp_path / "bodies" / "club.yaml").write_text(own, encoding="utf-8")
    file = tmp_path / "t.yaml"
    file.write_text(f"id: T\nbody: club\n{LOST}", encoding="utf-8")
    report = unvote.tally(file)
    assert [each.problem.code for each in report.problems] == ["UV319"]  # its counts
    assert report.results[-1].reason.endswith("rejected (Rule 8)")
    last = order_of([ruling.case for ruling in report.results])[-1]
    assert last.reason.endswith("rejected as a whole if all its operative parts are (Rule 8)")
    assert str(last.citation) == "Rule 7"


COUNCIL = """\
id: S
body: unsc
date: 2025-02-24
sponsors: [USA]
parts: [{id: P1}]
counts: 10-0-5
"""


def test_in_the_council_the_mover_can_object_and_nobody_else() -> None:
    own = ruled(COUNCIL + "division: {by: [FRA], objected_by: [USA]}\n")
    assert own["division"].taken is False
    assert own["division"].reason == "USA, whose text it is, objects: no vote is taken on it"
    assert own["P1"].taken is False
    assert "USA, whose text it is, objects" in own["P1"].reason
    other = ruled(COUNCIL + "division: {by: [FRA], objected_by: [RUS]}\n")
    assert other["division"].verdict is Verdict.ADOPTED
    assert other["P1"].taken is True


def test_a_vote_on_a_request_no_vote_is_taken_on_is_warned_of_and_not_counted() -> None:
    text = "id: E\nbody: ecosoc\ndate: 2020-07-01\nparts: [{id: P1, counts: 30-10-5}]\n"
    text += "counts: 30-10-10\ndivision: {by: [USA], objected_by: [CHN], counts: 10-30-5}\n"
    assert codes(text) == ["UV319"]
    found = ruled(text)
    assert (found["division"].verdict, found["P1"].taken) == (Verdict.ADOPTED, True)


@pytest.mark.parametrize(
    ("motion", "code", "value"),
    [
        ("{by: [Ruritania]}", "UV201", "Ruritania"),
        ("{objected_by: [Ruritania]}", "UV201", "Ruritania"),
        ("{id: T}", "UV102", "division"),
        ("{id: P1}", "UV102", "P1"),
        ("{votes: {yes: [FRA]}, counts: 1-2-3}", "UV110", "counts"),
        ("{question: substantive}", "UV313", "substantive"),
    ],
)
def test_what_is_wrong_in_a_motion_is_told_where_it_stands(
    motion: str, code: str, value: str
) -> None:
    text = f"{ASSEMBLY}division: {motion}\n"
    report = read(text)
    assert not report.valid
    (found,) = report.problems
    assert found.problem.code == code
    assert found.place is not None
    line = text.split("\n")[found.place.line - 1]
    assert line[found.place.column - 1 :].startswith(value)


def test_stances_can_depend_on_the_motion() -> None:
    text = "id: T\nbody: unsc\ndate: 2025-02-24\nsponsors: [USA]\nparts: [{id: P1}]\n"
    text += "division: {by: [FRA]}\n"
    text += "stances: {FRA: {vote: no, if: {division: adopted}, then: yes}}\n"
    found = ruled(text)["T"]
    assert found.case.roll is not None
    assert found.case.roll.named["FRA"].value == "yes"


# --- Rival texts ----------------------------------------------------------------------------------


def step(name: str, submitted: int | None, word: str = "unga", **known: object) -> Step:
    """A step of a text without votes."""
    place = Place(withdrawn=bool(known.pop("withdrawn", False)))
    ruling = Ruling(case(f"text of {name}", word, place), Verdict.OPEN, None)
    return Step(name, (ruling,), submitted=submitted, **known)  # type: ignore[arg-type]


def test_rivals_are_put_as_they_were_submitted_and_the_others_as_listed() -> None:
    steps = [step("c", 3), step("x", None), step("a", 1), step("b", 2)]
    found = order_of_steps(steps)
    assert [put.step for put in found] == ["a", "x", "b", "c"]
    assert [put.reason for put in found] == [
        "number 1 in the order of submission",
        "as listed",
        "number 2 in the order of submission",
        "number 3 in the order of submission",
    ]
    assert [str(put.citation) for put in found if put.step != "x"] == [
        "GA rules of procedure, rule 91"
    ] * 3


def test_texts_of_different_bodies_are_no_rivals() -> None:
    steps = [step("b", 2), step("s", 1, "unsc"), step("a", 1), step("t", 0, "unsc")]
    assert [put.step for put in order_of_steps(steps)] == ["a", "t", "b", "s"]


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 3), st.sampled_from(["unga", "unsc"]), st.booleans()),
        max_size=8,
    )
)
def test_rivals_are_sorted_stably_and_nothing_else_moves(
    known: list[tuple[int | None, str, bool]],
) -> None:
    steps = [
        step(f"{number}", submitted, word, withdrawn=withdrawn)
        for number, (submitted, word, withdrawn) in enumerate(known)
    ]
    found = [int(put.step or 0) for put in order_of_steps(steps)]
    assert sorted(found) == [*range(len(steps))]
    for place, number in enumerate(found):
        submitted, word, withdrawn = known[number]
        assert known[place][1] == word
        if submitted is None or withdrawn:
            assert place == number
    for word in ("unga", "unsc"):
        rivals = [n for n in found if known[n][1] == word and not known[n][2]]
        stated = [(known[n][0], n) for n in rivals if known[n][0] is not None]
        assert stated == sorted(stated)


DAY_FILE = """\
kind: proceedings
steps:
  - {id: ours, resolution: ours.yaml, submitted: 1}
  - {id: decision, resolution: decision.yaml}
  - {id: theirs, resolution: theirs.yaml, submitted: 2, when: decision is not adopted}
  - {id: gone, resolution: gone.yaml, submitted: 3, withdrawn: true}
expect: {ours: adopted, decision: adopted, theirs: not taken, gone: not taken}
"""


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """Two rival texts, a decision not to vote on the second, and one that is withdrawn."""
    head = "body: unga\ndate: 2022-03-24\n"
    for name, rest in {
        "ours": "question: important\ncounts: 140-5-38\n",
        "theirs": "question: important\n",
        "decision": "question: procedural\ncounts: 67-50-36\n",
        "gone": "question: important\namendments: [{id: A1, counts: 1-2-3}]\n",
    }.items():
        (tmp_path / f"{name}.yaml").write_text(f"id: {name.title()}\n{head}{rest}")
    file = tmp_path / "day.yaml"
    file.write_text(DAY_FILE)
    return file


def test_a_decision_not_to_vote_on_the_next_and_a_withdrawal_keep_texts_from_the_vote(
    day: Path,
) -> None:
    assert quick("check", day).code == 0
    wrong = DAY_FILE.replace("gone: not taken", "gone: adopted")
    day.write_text(wrong)
    said = quick("check", day).stdout
    assert "withdrawn before the vote (GA rules of procedure, rule 80)" in said


def test_order_says_of_each_step_why_and_by_what_article(day: Path) -> None:
    results = json.loads(quick("order", day, "--format", "json").stdout)["results"]
    assert [(one["step"], one["put"], one["reason"]) for one in results] == [
        ("ours", True, "number 1 in the order of submission"),
        (
            "decision",
            True,
            "after one text it is decided whether to vote on the next, theirs",
        ),
        (
            "theirs",
            None,
            "number 2 in the order of submission; only if decision is not adopted",
        ),
        ("gone", False, "withdrawn: not put to the vote"),
    ]
    cites = [one["cite"]["text"].removeprefix("GA rules of procedure, ") for one in results]
    assert cites == ["rule 91", "rule 91", "rule 91", "rule 80"]


def test_a_motion_before_a_text_is_cited_as_one(day: Path) -> None:
    day.write_text(
        DAY_FILE.replace("submitted: 1", "when: motion is not adopted").replace(
            "steps:\n", "steps:\n  - {id: motion, resolution: decision.yaml}\n"
        )
    )
    first, *_ = unvote.order(day).turns
    assert first.reason == "a procedural motion before ours, as listed"
    assert str(first.citation) == "GA rules of procedure, rules 74, 77 and 79"


def test_a_condition_on_what_would_then_come_later_is_pointed_out(day: Path) -> None:
    day.write_text(DAY_FILE.replace("submitted: 2", "submitted: 0"))
    found = unvote.order(day).turns
    assert [put.step for put in found] == ["theirs", "decision", "ours", "gone"]
    assert found[0].reason.endswith("which now comes later: state `when` anew")


@pytest.mark.parametrize(
    ("key", "code"), [("submitted: soon", "UV110"), ("withdrawn: perhaps", "UV110")]
)
def test_what_is_wrong_in_a_step_is_told(day: Path, key: str, code: str) -> None:
    day.write_text(DAY_FILE.replace("submitted: 2", key))
    ended = quick("order", day)
    assert (ended.code, ended.stdout) == (2, "")
    assert f"day.yaml:5:54: error {code}" in ended.stderr


# --- The command ----------------------------------------------------------------------------------


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    file = tmp_path / "text.yaml"
    motion = "division: {by: [USA], objected_by: [UKR], counts: 40-60-50}\n"
    amendments = TWO.replace(", counts: 80-60-30", "")
    file.write_text(f"{ASSEMBLY}{motion}{amendments}")
    return file


def test_order_shows_motion_amendments_parts_and_text(text_file: Path) -> None:
    ended = quick("order", text_file, "--quiet")
    assert (ended.code, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert lines[:2] == ["T", "General Assembly, 24 Feb 2026"]
    shown = re.findall(r"^(\d+)   (\S+)", ended.stdout, re.MULTILINE)
    assert shown == [
        *(("1", "division"), ("2", "A2"), ("3", "A1"), ("4", "P1"), ("5", "P2"), ("6", "T"))
    ]
    assert "rule 89" in ended.stdout
    assert "rule 90" in ended.stdout
    assert "rule 85" in ended.stdout


def test_order_as_json_has_the_same_keys_for_every_turn(text_file: Path) -> None:
    data = quick("order", text_file, "--format", "json").data
    assert data["schema"] == "unvote/1"
    assert [problem["code"] for problem in data["problems"]] == ["UV318"]
    always = {"turn", "id", "title", "role", "body", "date", "put", "reason", "cite"}
    own = {"distance", "change", "excludes"}
    for number, one in enumerate(data["results"], 1):
        wanted = always | ({"part_of"} if one["id"] != "T" else set())
        wanted |= own if one["role"] == "amendment" else set()
        assert one.keys() == wanted
        assert one["turn"] == number
    assert [one["role"] for one in data["results"]] == [
        *("motion for division", "amendment", "amendment", "part", "part", "text")
    ]


def test_order_as_csv_and_markdown_has_a_row_for_each_turn(text_file: Path) -> None:
    csv = quick("order", text_file, "--format", "csv").stdout.splitlines()
    assert csv[0] == "turn,step,id,role,part_of,put,reason,article"
    assert [line.split(",")[2] for line in csv[1:]] == ["division", "A2", "A1", "P1", "P2", "T"]
    markdown = quick("order", text_file, "--format", "markdown").stdout.splitlines()
    assert len(markdown) == len(csv) + 1


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_of_the_table_is_longer_than_the_width(text_file: Path, width: int) -> None:
    for extra in ([], ["--ascii"]):
        shown = quick("order", text_file, "--width", str(width), *extra).stdout
        assert max(map(len, shown.splitlines())) <= width
        assert not extra or shown.isascii()


def test_order_reads_standard_input_and_writes_a_file(text_file: Path, tmp_path: Path) -> None:
    report = unvote.order("x", raw=text_file.read_bytes())
    assert [put.case.id for put in report.turns] == ["division", "A2", "A1", "P1", "P2", "T"]
    target = tmp_path / "order.json"
    assert quick("order", text_file, "--format", "json", "-o", target).code == 0
    assert len(json.loads(target.read_text())["results"]) == 6


@pytest.mark.parametrize("text", ["kind: stances\nresolution: x.yaml\n", "id: [\n", "", "a: b\n"])
def test_what_cannot_be_put_in_order_ends_with_2(tmp_path: Path, text: str) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(text)
    ended = quick("order", file)
    assert (ended.code, ended.stdout) == (2, "")
    assert "hint: " in ended.stderr
    report = unvote.order(file)
    assert not report.valid
    assert report.turns == ()


def test_a_day_decides_whether_the_bodys_rules_are_those_of_the_day(text_file: Path) -> None:
    report = unvote.order(text_file, on=date(2025, 2, 24))
    assert {put.case.day for put in report.turns} == {date(2025, 2, 24)}


def test_the_json_reference_has_every_key_of_a_turn_and_no_other(
    text_file: Path, day: Path
) -> None:
    page = Path(__file__).parents[1] / "docs" / "reference" / "json.md"
    told = page.read_text(encoding="utf-8").partition("<!-- keys of order: turn -->\n")[2]
    keys = re.findall(r"^\| `(\w+)`", told.partition("\n\n")[0], re.MULTILINE)
    results = [
        one
        for file in (text_file, day)
        for one in quick("order", file, "--format", "json").data["results"]
    ]
    assert sorted(keys) == sorted({key for one in results for key in one})


# --- Bodies of one's own --------------------------------------------------------------------------

OWN = """\
kind: body
id: club
name: Club
members: 20
order: {amendments: additions and deletions first, cite: 'rule 1', status: knowledge}
division: {on: vote if objected, cite: 'rule 2'}
questions:
  any: {default: true, rules: [{needs: [{more_than: 1/2, of: present and voting}]}]}
"""


def club(folder: Path, text: str) -> Path:
    (folder / "bodies").mkdir()
    (folder / "bodies" / "club.yaml").write_text(text)
    file = folder / "text.yaml"
    file.write_text(
        "id: T\nbody: club\ndate: 2024-01-01\ncounts: 11-2-3\n"
        "amendments:\n  - {id: A1, distance: 2, counts: 1-2-3, change: revises}\n"
        "  - {id: A2, distance: 1, counts: 1-2-3, change: adds}\n"
        "parts: [{id: P1, counts: 1-2-3}]\ndivision: {objected_by: [FRA], counts: 9-2-3}\n"
    )
    return file


def test_a_body_of_ones_own_states_its_order_and_its_division(tmp_path: Path) -> None:
    turns = unvote.order(club(tmp_path, OWN)).turns
    assert [put.case.id for put in turns] == ["division", "A2", "A1", "P1", "T"]
    assert [str(put.citation) for put in turns] == [
        "rule 2",
        *["rule 1 (not seen at a source)"] * 2,
        "rule 2",
        "rule 1 (not seen at a source)",
    ]


@pytest.mark.parametrize(
    ("was", "wrong", "line"),
    [
        ("additions and deletions first", "nearest first", 5),
        ("vote if objected", "vote", 6),
    ],
)
def test_what_a_body_cannot_mean_is_refused(
    tmp_path: Path, was: str, wrong: str, line: int
) -> None:
    file = club(tmp_path, OWN.replace(was, wrong))
    assert unvote.order(file).turns == ()
    said = quick("check", tmp_path / "bodies" / "club.yaml").stdout
    assert f":{line}:" in said
    assert "UV110" in said
    assert "one of: " in said


HANGING = """\
id: T
body: main-committee
date: 2025-02-24
parts: [{id: P1, operative: true, stances: {WEOG: yes, African: no}}]
counts: 90-1-50
"""


def test_while_an_operative_part_is_open_it_is_open_whether_the_whole_is_put() -> None:
    found = ruled(HANGING)
    assert found["P1"].verdict is Verdict.OPEN
    whole = found["T"]
    assert (whole.taken, whole.verdict) == (None, Verdict.ADOPTED)
    assert whole.reason == "put unless all its operative parts are rejected"
    saved = HANGING.replace("}}]", "}}, {id: P2, operative: true, counts: 90-1-50}]")
    assert ruled(saved)["T"].taken is True
    without = HANGING.replace("main-committee", "unsc").replace("WEOG: yes, African: no", "")
    assert ruled(without.replace("90-1-50", "9-1-5"))["T"].taken is True


def test_while_an_amendment_is_open_so_is_whether_the_one_it_excludes_is_put() -> None:
    amendments = (
        "amendments: [{id: A1, excludes: [A2], stances: {WEOG: yes, African: no}},"
        " {id: A2, counts: 90-1-50}]\n"
    )
    found = ruled(f"id: T\nbody: main-committee\ndate: 2025-02-24\n{amendments}counts: 90-1-50\n")
    second = found["A2"]
    assert (second.taken, second.verdict) == (None, Verdict.ADOPTED)
    assert second.reason == "put unless A1, which excludes it, is adopted"
    assert found["T"].taken is True


def test_what_hangs_on_a_text_of_which_it_is_open_whether_it_is_put_is_open(
    tmp_path: Path,
) -> None:
    (tmp_path / "t.yaml").write_text(HANGING, encoding="utf-8")
    (tmp_path / "u.yaml").write_text(
        "id: U\nbody: main-committee\ndate: 2025-02-24\ncounts: 9-1-0\n", encoding="utf-8"
    )
    states = ("adopted", "not adopted", "tied", "open")
    steps = "".join(
        f"  - {{id: s{n}, resolution: u.yaml, when: t is {state}}}\n"
        for n, state in enumerate(states)
    )
    day = tmp_path / "day.yaml"
    day.write_text(
        f"kind: proceedings\nsteps:\n  - {{id: t, resolution: t.yaml}}\n{steps}", encoding="utf-8"
    )
    taken = {ruling.case.step: ruling for ruling in unvote.tally(day).results}
    assert (taken["t"].taken, taken["t"].reason) == (
        None,
        "put unless all its operative parts are rejected",
    )
    assert [taken[f"s{n}"].taken for n in range(4)] == [None] * 4


def test_a_page_says_that_it_is_open_whether_its_vote_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(HANGING, encoding="utf-8")
    told = "Whether this vote is taken is open: put unless all its operative parts are rejected."
    assert told in unvote.page(file).html
