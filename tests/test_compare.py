"""`unvote compare`: two verdicts side by side, the flow of votes, the cohesion of groups."""

import csv
import io
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings, strategies as st
from rich.cells import cell_len
from tests.runs import Ended, quick, shipped_data_read_once
from tests.strategies import rolls
from tests.test_whatif import ROOT, TEXTS, WIDTHS, documented, kept

import unvote
from unvote.comparison import Comparison, Flow, flow_of, rice, within
from unvote.render.comparison import (
    comparison_data,
    comparison_markdown,
    comparison_text,
    index_words,
    members_sheet,
)
from unvote.render.sheets import csv_text
from unvote.render.style import Look
from unvote.rollcall import RollCall, Tally
from unvote.vocabulary import Verdict, Vote

MARCH, APRIL = TEXTS / "es-11-1.yaml", TEXTS / "es-11-3.yaml"
VETOED, CALL = TEXTS / "s-2022-155.yaml", TEXTS / "s-res-2623.yaml"
MOTION = TEXTS / "recorded-vote-motion.yaml"


@pytest.fixture(autouse=True, scope="module")
def _shipped() -> Iterator[None]:
    with shipped_data_read_once():
        yield


def flow(found: Comparison) -> Flow:
    """The flow of a comparison without mistakes."""
    assert found.valid, found.problems
    assert found.flow is not None
    return found.flow


def compare(*words: str | Path) -> Ended:
    """A run of the command."""
    return quick("compare", *words)


# --- Who moved ------------------------------------------------------------------------------------


def test_from_march_to_april_everybody_is_followed() -> None:
    found = unvote.compare(MARCH, APRIL)
    moved = flow(found)
    assert moved.count(Vote.YES, Vote.YES) == 93
    assert moved.count(Vote.YES, Vote.ABSTAIN) == 37
    assert moved.count(Vote.ABSTAIN, Vote.NO) == 16
    assert moved.pairs[Vote.YES, Vote.NO] == ("GAB",)
    for vote in Vote:
        assert sum(moved.count(vote, other) for other in Vote) == {
            Vote.YES: 141,
            Vote.NO: 5,
            Vote.ABSTAIN: 35,
            Vote.ABSENT: 11,
        }.get(vote, 0)


def test_the_same_votes_can_end_otherwise() -> None:
    found = unvote.compare(VETOED, CALL)
    assert flow(found).moved == ()
    assert found.first is not None
    assert found.second is not None
    assert found.first.verdict is Verdict.NOT_ADOPTED
    assert found.second.verdict is Verdict.ADOPTED
    assert "0 moved, 15 did the same" in compare(VETOED, CALL).stdout


def test_members_of_one_council_only_are_told_apart() -> None:
    found = flow(
        unvote.compare(VETOED, ROOT / "resolutions" / "palestine-2014" / "s-2014-916.yaml")
    )
    assert found.only_first == (
        "ALB",
        "ARE",
        "BRA",
        "GAB",
        "GHA",
        "IND",
        "IRL",
        "KEN",
        "MEX",
        "NOR",
    )
    assert "GBR" in found.pairs[Vote.YES, Vote.ABSTAIN]
    assert set(found.only_second) >= {"JOR", "ARG", "LUX"}
    text = compare(VETOED, ROOT / "resolutions" / "palestine-2014" / "s-2014-916.yaml").stdout
    assert "In one only" in text


def test_votes_without_names_are_not_followed() -> None:
    found = unvote.compare(APRIL, MOTION)
    assert flow(found).pairs == {}
    assert flow(found).unnamed == (0, 192)
    assert flow(found).only_first == ()
    assert "192 votes of B are known by number only" in compare(APRIL, MOTION).stdout


def test_a_scenario_is_compared_as_it_comes_out(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(f"kind: scenario\nbase: {VETOED}\nset: [{{countries: [RUS], vote: yes}}]\n")
    found = unvote.compare(VETOED, file)
    assert flow(found).moved == ((Vote.NO, Vote.YES, ("RUS",)),)
    assert found.second is not None
    assert found.second.verdict is Verdict.ADOPTED


@given(rolls(unnamed=True), rolls(unnamed=True))
@settings(max_examples=100, deadline=None)
def test_everybody_with_a_name_is_somewhere_once(first: RollCall, second: RollCall) -> None:
    found = flow_of(first, second)
    inside = [code for codes in found.pairs.values() for code in codes]
    assert sorted(inside) == sorted(first.named.keys() & second.named.keys())
    assert set(found.only_first) <= first.named.keys() - second.named.keys()
    if not second.unnamed:
        assert set(found.only_first) == first.named.keys() - second.named.keys()
    for (one, two), codes in found.pairs.items():
        assert {first.named[code] for code in codes} == {one}
        assert {second.named[code] for code in codes} == {two}
    back = flow_of(second, first)
    assert {(two, one): codes for (one, two), codes in back.pairs.items()} == found.pairs


# --- Cohesion -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tally", "index"),
    [
        (Tally(27), Fraction(1)),
        (Tally(0, 5, 100), Fraction(1)),
        (Tally(4, 4), Fraction(0)),
        (Tally(93, 24, 58), Fraction(69, 117)),
        (Tally(2, 1), Fraction(1, 3)),
        (Tally(0, 0, 30, 4), None),
    ],
)
def test_the_index_of_rice_is_exact(tally: Tally, index: Fraction | None) -> None:
    assert rice(tally) == index


def test_groups_are_those_of_the_day_of_each_vote(tmp_path: Path) -> None:
    """The United Kingdom left the European Union on 31 January 2020."""
    text = "id: X\nbody: unga\nquestion: important\nvotes: {no: [GBR], otherwise: yes}\n"
    for year in (2019, 2021):
        (tmp_path / f"{year}.yaml").write_text(f"{text}date: {year}-06-01\n")
    found = unvote.compare(tmp_path / "2019.yaml", tmp_path / "2021.yaml", by=["EU", "eu", "P5"])
    assert found.valid, found.problems
    every, union, five = found.cohesion
    assert [every.group, union.group, five.group] == ["all", "EU", "P5"]
    assert union.first is not None
    assert union.second is not None
    assert rice(union.first) == Fraction(26, 28)
    assert rice(union.second) == 1
    assert five.first == five.second == Tally(4, 1)


def test_a_group_that_is_not_known_by_name_has_no_index() -> None:
    found = unvote.compare(APRIL, MOTION, by=["EU"])
    every, union = found.cohesion
    assert every.second is not None
    assert rice(every.second) == Fraction(94, 120)
    assert union.first == Tally(27)
    assert union.second is None


@given(rolls(), st.frozensets(st.sampled_from("ABCDEF")))
@settings(max_examples=100, deadline=None)
def test_a_group_and_the_rest_add_up(roll: RollCall, group: frozenset[str]) -> None:
    everyone = roll.composition.members or frozenset()
    one, two = within(roll, group & everyone), within(roll, everyone - group)
    assert one is not None
    assert two is not None
    assert (one.yes + two.yes, one.no + two.no) == (roll.tally.yes, roll.tally.no)
    assert one.seats + two.seats == roll.tally.seats
    assert within(roll, everyone) == within(roll) == roll.tally


@pytest.mark.parametrize(
    ("index", "words"),
    [
        (Fraction(1), "1.000"),
        (Fraction(0), "0.000"),
        (Fraction(2, 3), "0.667"),
        (Fraction(99999, 100000), "0.999"),
        (Fraction(1, 100000), "0.001"),
    ],
)
def test_an_index_is_not_rounded_to_an_end(index: Fraction, words: str) -> None:
    assert index_words(index) == words


# --- Mistakes -------------------------------------------------------------------------------------


def test_mistakes_in_both_files_and_groups_are_told_at_once(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: X\nbody: unsc\ndate: 2022-02-25\nvotes: {yes: [Korea]}\n")
    ended = compare(bad, tmp_path / "none.yaml", "--by", "FOOD")
    assert ended.code == 2
    assert ended.stdout == ""
    assert re.findall(r"UV\d{3}", ended.stderr) == ["UV203", "UV113", "UV205"]
    assert "--by FOOD: error UV205: 'FOOD' is not the name of a group" in ended.stderr
    data = compare(bad, VETOED, "--format", "json").data
    assert data["results"] == []
    assert [problem["code"] for problem in data["problems"]] == ["UV203"]


def test_a_text_adopted_without_a_vote_cannot_be_compared(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("id: X\nbody: unga\ndate: 2022-03-02\nwithout_vote: true\n")
    assert "UV408" in compare(file, VETOED).stderr


# --- How it is drawn ------------------------------------------------------------------------------

CASES: Final[dict[str, tuple[Path, Path, tuple[str, ...]]]] = {
    "assembly": (MARCH, APRIL, ("EU", "AFRICAN")),
    "council": (VETOED, CALL, ("P5",)),
    "counts": (APRIL, MOTION, ("EU",)),
}


@pytest.fixture
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def found_for(case: str) -> Comparison:
    """The comparison of a case, its files by their paths in the repository."""
    first, second, by = CASES[case]
    return unvote.compare(first.relative_to(ROOT), second.relative_to(ROOT), by=by)


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_what_is_drawn_is_as_it_was(case: str, width: int) -> None:
    kept(f"compare-{case}-{width}.txt", comparison_text(found_for(case), Look(width)))


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("case", CASES)
def test_what_machines_read_is_as_it_was(case: str) -> None:
    found = found_for(case)
    kept(f"compare-{case}.json", json.dumps(comparison_data(found), indent=1) + "\n")
    kept(f"compare-{case}.csv", csv_text(members_sheet(found)))
    kept(f"compare-{case}.md", comparison_markdown(found))


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_no_line_is_longer_than_the_width(case: str, width: int) -> None:
    for plain in (False, True):
        text = comparison_text(found_for(case), Look(width, ascii=plain), verbose=True)
        assert max(cell_len(line) for line in text.splitlines()) <= width
        assert not plain or text.isascii()


def test_those_that_stayed_are_named_on_request() -> None:
    stayed = "no        no"
    assert stayed not in compare(MARCH, APRIL).stdout
    assert stayed in compare(MARCH, APRIL, "-v").stdout


def test_the_csv_has_a_row_for_each_member() -> None:
    rows = list(csv.DictReader(io.StringIO(compare(MARCH, APRIL, "--format", "csv").stdout)))
    assert len(rows) == 192
    assert {"member": "GAB", "first": "yes", "second": "no", "moved": "yes"} in rows


def test_the_reference_has_every_key_and_no_other() -> None:
    (result,) = comparison_data(unvote.compare(MARCH, APRIL, by=["EU"]))["results"]
    found: dict[str, Any] = {
        "comparison": result,
        "cohesion": result["cohesion"][1],
        "camp": result["cohesion"][1]["first"],
    }
    assert {name: list(keys) for name, keys in found.items()} == documented("compare")
    assert set(result["flow"]) == set(result["flow"]["yes"]) == {vote.value for vote in Vote}


def test_the_vote_of_a_scenario_is_called_so_beside_the_record(tmp_path: Path) -> None:
    base = ROOT / "resolutions" / "ukraine-2022" / "s-2022-155.yaml"
    file = tmp_path / "what.yaml"
    file.write_text(
        f"kind: scenario\nbase: {base}\ntitle: No veto\n"
        "set: [{countries: [RUS], vote: abstain}]\n",
        encoding="utf-8",
    )
    called = "S/2022/155 (scenario: No veto)"
    swung = unvote.swing(file).ruling
    assert swung is not None
    assert swung.case.id == called
    compared = unvote.compare(base, file)
    assert compared.second is not None
    assert compared.second.case.id == called
