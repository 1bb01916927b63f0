"""`unvote whatif`: before and after, several changes at once, sweeps, scenarios, mistakes.

`UNVOTE_UPDATE=1` writes what is drawn anew (`drawn/`).
"""

import csv
import io
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from rich.cells import cell_len
from tests.runs import Ended, quick, shipped_data_read_once
from tests.strategies import ANY_VOTE, WAYS, rolls, rules, verdict_of
from typer.testing import CliRunner

import unvote
from unvote.cli.app import app
from unvote.engine import decide
from unvote.prospects import prospects
from unvote.render.style import Look
from unvote.render.whatif import whatif_markdown, whatif_text
from unvote.render.whatif_data import whatif_csv, whatif_data
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.scenarios import Drop, Move, SetVote, changed, movable
from unvote.suppositions import Supposition, WhatIf
from unvote.vocabulary import Cause, Verdict, Vote

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "resolutions" / "ukraine-2022"
DRAWN = Path(__file__).parent / "drawn"
ASSEMBLY, COUNCIL = TEXTS / "es-11-3.yaml", TEXTS / "s-2022-155.yaml"
COUNTED = TEXTS / "recorded-vote-motion.yaml"
DRAFT = """\
id: DRAFT
body: unsc
question: substantive
date: 2022-02-25
stances:
  yes: [FRA, GBR, USA, ALB, NOR, IRL, KEN, GAB]
  abstain: [CHN, IND]
"""
UNDECIDED: Final = ("ARE", "BRA", "GHA", "MEX", "RUS")
SCENARIO = """\
kind: scenario
base: draft.yaml
title: GHA and MEX for it
set: [{countries: [GHA], vote: yes}, {from: undecided, to: yes, count: 1}]
"""


@pytest.fixture(autouse=True, scope="module")
def _shipped() -> Iterator[None]:
    with shipped_data_read_once():
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder a test works in, with a draft."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.yaml").write_text(DRAFT)
    return tmp_path


def only(answer: WhatIf) -> Supposition:
    """The one result of an answer without mistakes."""
    assert answer.valid, answer.problems
    (result,) = answer.results
    return result


def whatif(*words: str | Path) -> Ended:
    """A run of the command."""
    return quick("whatif", *words)


def codes(answer: WhatIf) -> list[tuple[str, str]]:
    """The place and the code of each problem."""
    return [(problem.file, problem.problem.code) for problem in answer.problems]


# --- Changes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "verdict"), [(22, Verdict.ADOPTED), (23, Verdict.NOT_ADOPTED)])
def test_the_suspension_turns_at_twenty_three_from_abstain_to_no(
    number: int, verdict: Verdict
) -> None:
    answer = unvote.whatif(ASSEMBLY, moves=[f"abstain:no:{number}"])
    result = only(answer)
    assert answer.before is not None
    assert answer.before.verdict is Verdict.ADOPTED
    assert answer.after is result.after
    assert result.after.verdict is verdict
    assert result.turns_at == (23 if number == 22 else None)
    outcome = result.after.outcome
    assert outcome is not None
    assert (outcome.tally.yes, outcome.tally.no) == (93, 24 + number)


def test_a_veto_that_is_lifted_is_said() -> None:
    result = only(unvote.whatif(COUNCIL, sets=["RUS=abstain"]))
    assert result.after.verdict is Verdict.ADOPTED
    assert result.why == (
        "turned from not adopted to adopted: 2 to spare",
        "the veto of RUS is lifted",
    )


def test_of_two_vetoes_the_one_that_stands_is_said() -> None:
    result = only(unvote.whatif(COUNCIL, sets=["CHN=no"]))
    assert result.after.outcome is not None
    assert result.after.outcome.vetoes == ("CHN", "RUS")
    assert "CHN vetoes it" in result.why


def test_a_no_that_is_no_veto_any_more_is_not_called_lifted() -> None:
    result = only(unvote.whatif(COUNCIL, moves=["yes:abstain:3"]))
    assert result.after.because is Cause.SHORTFALL
    assert result.why[:2] == (
        "still not adopted, for another reason: 8 yes of 9 needed, 1 short (before: vetoed by RUS)",
        "the no of RUS is no veto, now that the votes do not suffice",
    )


def test_a_veto_that_may_be_among_the_votes_without_names_leaves_it_open() -> None:
    result = only(unvote.whatif(COUNCIL, sets=["RUS=abstain"], moves=["yes:no:1"]))
    assert result.after.verdict is Verdict.OPEN


def test_a_group_is_set_as_far_as_it_sits_there() -> None:
    result = only(unvote.whatif(COUNCIL, sets=["EU=abstain"]))
    (moved,) = result.transfers
    assert (moved.source, moved.target, moved.members) == (Vote.YES, Vote.ABSTAIN, ("FRA", "IRL"))


def test_sets_come_before_drops_and_drops_before_moves() -> None:
    """A member is to be known by name before a number of members moves, whoever they are."""
    result = only(
        unvote.whatif(
            ASSEMBLY, moves=["abstain:no:3"], drops=["RUS", "IND"], sets=["BRA=no", "BRA=yes"]
        )
    )
    assert [type(change) for change in result.changes] == [
        *(SetVote, SetVote, Drop, Drop, Move),
    ]
    tally = result.after.outcome.tally if result.after.outcome else None
    assert tally is not None
    assert (tally.yes, tally.no, tally.abstain, tally.not_participating) == (94, 26, 53, 2)


def test_all_of_a_vote_that_move_keep_their_names() -> None:
    result = only(unvote.whatif(COUNCIL, moves=["abstain:no:3"]))
    assert result.transfers[0].members == ("ARE", "CHN", "IND")
    assert result.after.outcome is not None
    assert result.after.outcome.vetoes == ("CHN", "RUS")


def test_nothing_changes_where_everybody_does_so_already() -> None:
    result = only(unvote.whatif(COUNCIL, sets=["RUS=no"]))
    assert result.transfers == ()
    assert result.why == ("nothing changes: not adopted as before",)


def test_a_question_that_decides_is_judged_under_each_candidate(folder: Path) -> None:
    (folder / "x.yaml").write_text("id: X\nbody: unga\ndate: 2022-04-07\ncounts: 100-40-20\n")
    result = only(unvote.whatif("x.yaml", moves=["abstain:no:20"]))
    assert result.after.verdict is Verdict.OPEN
    assert result.why[0] == "turned from adopted to open: the question decides"
    assert len(result.why) == 2
    assert result.why[1].startswith("as important question: yes votes: at least two-thirds")


# --- What is decided is what the changed votes, written out, come to ------------------------------


def small_changes(codes_: Sequence[str]) -> st.SearchStrategy[list[SetVote | Drop]]:
    """Some members set, some dropped."""
    some = st.lists(st.sampled_from(codes_), min_size=1, max_size=3, unique=True).map(tuple)
    return st.lists(
        st.builds(SetVote, some, st.sampled_from(WAYS)) | st.builds(Drop, some), max_size=4
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_after_is_what_the_changed_votes_come_to_in_a_file(data: st.DataObject) -> None:
    votes = {"yes": "ALB BRA FRA GAB GBR GHA IRL KEN MEX NOR USA", "no": "RUS"}
    cast = {code: vote for vote, codes_ in votes.items() for code in codes_.split()}
    cast |= dict.fromkeys(("ARE", "CHN", "IND"), "abstain")
    words = data.draw(
        st.lists(st.tuples(st.sampled_from(sorted(cast)), st.sampled_from(WAYS)), max_size=6)
    )
    out = data.draw(st.sets(st.sampled_from(sorted(cast)), max_size=3))
    sets = [f"{code}={vote.value}" for code, vote in words]
    result = only(unvote.whatif(COUNCIL, sets=sets, drops=sorted(out)))
    cast |= {code: vote.value for code, vote in words}
    lines = "".join(f"  {code}: {cast[code]}\n" for code in sorted(cast.keys() - out))
    text = "id: X\nbody: unsc\nquestion: substantive\ndate: 2022-02-25\n"
    text += f"not_participating: [{', '.join(sorted(out))}]\nvotes:\n{lines}"
    (written,) = unvote.tally("-", stdin=text.encode()).results
    assert result.after.outcomes == written.outcomes
    assert (result.after.verdict, result.after.because) == (written.verdict, written.because)


@given(
    rolls(undecided=False).flatmap(
        lambda roll: st.tuples(
            st.just(roll), small_changes(sorted(roll.composition.members or "A"))
        )
    ),
    rules(ANY_VOTE, present=True),
)
@settings(max_examples=200, deadline=None)
def test_named_changes_are_the_votes_written_out(
    given_: tuple[RollCall, list[SetVote | Drop]], rule: Rule
) -> None:
    roll, changes = given_
    named, out = dict(roll.named), set(roll.not_participating)
    for change in changes:
        for code in change.members:
            if code in named and isinstance(change, SetVote):
                named[code] = change.vote
            elif code in named:
                del named[code]
                out.add(code)
    written = replace(roll, named=named, not_participating=frozenset(out))
    assert decide(changed(roll, changes), rule) == decide(written, rule)


@given(rolls(undecided=False), rules(ANY_VOTE, present=False), st.data())
@settings(max_examples=200, deadline=None)
def test_a_move_by_number_is_decided_only_if_every_choice_of_members_agrees(
    roll: RollCall, rule: Rule, data: st.DataObject
) -> None:
    source, target = data.draw(st.permutations(WAYS))[:2]
    count = data.draw(st.integers(0, movable(roll, source)))
    outcome = decide(changed(roll, [Move(source, target, count)]), rule)
    verdicts = {
        verdict_of({**roll.named, **dict.fromkeys(some, target)}, known, rule)
        for some in combinations(roll.who(source), count)
        for known in (
            [roll]
            if roll.casting_vote is not None
            else [replace(roll, casting_vote=vote) for vote in (Vote.YES, Vote.NO)]
        )
    }
    if outcome.verdict is not Verdict.OPEN:
        assert verdicts == {outcome.verdict}


# --- Forecasts ------------------------------------------------------------------------------------


def test_a_forecast_has_its_exact_odds_before_and_after(folder: Path) -> None:
    answer = unvote.whatif("draft.yaml", sets=["RUS=abstain"])
    result = only(answer)
    written = unvote.whatif(folder / "draft.yaml")
    (folder / "other.yaml").write_text(DRAFT.replace("[CHN, IND]", "[CHN, IND, RUS]"))
    other = unvote.whatif(folder / "other.yaml")
    assert answer.odds is not None
    assert answer.odds == written.odds
    assert result.odds == other.odds
    assert answer.odds.adopted < result.odds.adopted if result.odds else False


@pytest.mark.parametrize("member", UNDECIDED)
@pytest.mark.parametrize("vote", ["yes", "no", "abstain", "undecided"])
def test_the_odds_after_a_set_are_those_of_the_stance_written_out(
    folder: Path, member: str, vote: str
) -> None:
    result = only(unvote.whatif("draft.yaml", sets=[f"{member}={vote}", "CHN=no"]))
    text = DRAFT.replace("[CHN, IND]", "[IND]") + "  no: [CHN]\n"
    stances = {"yes": "[FRA", "no": "[CHN", "abstain": "[IND"}
    if vote in stances:
        text = text.replace(stances[vote], f"{stances[vote]}, {member}")
    (folder / "written.yaml").write_text(text)
    assert result.odds == unvote.whatif("written.yaml").odds


def test_a_number_of_members_that_are_all_alike_moves_with_odds(folder: Path) -> None:
    text = "id: A\nbody: unga\nquestion: important\ndate: 2022-10-12\nstances:\n"
    text += "  yes: [FRA, DEU, SWE]\n  no: [RUS, BLR, PRK]\n"
    (folder / "a.yaml").write_text(text)
    moved = only(unvote.whatif("a.yaml", moves=["undecided:yes:2"]))
    named = only(unvote.whatif("a.yaml", sets=["GHA=yes", "MEX=yes"]))
    assert moved.odds is not None
    assert moved.odds == named.odds


@pytest.mark.usefixtures("folder")
def test_there_are_no_odds_where_it_matters_who_moves() -> None:
    """RUS is undecided too, and has a veto."""
    answer = unvote.whatif("draft.yaml", moves=["undecided:yes:1"])
    assert answer.odds is not None
    assert only(answer).odds is None
    assert (
        "depend on which members move" in whatif("draft.yaml", "--move", "undecided:yes:1").stdout
    )


@pytest.mark.usefixtures("folder")
def test_all_undecided_moving_is_by_name_and_has_odds() -> None:
    result = only(unvote.whatif("draft.yaml", moves=["undecided:yes:5"]))
    assert result.after.verdict is Verdict.ADOPTED
    assert result.odds is not None
    assert result.odds.adopted == 1


def test_a_record_has_no_odds() -> None:
    answer = unvote.whatif(COUNCIL, sets=["RUS=abstain"])
    assert answer.before is not None
    assert answer.odds is None
    assert prospects(answer.before.case) is None


def test_who_follows_a_member_that_is_set_is_listed_with_it(folder: Path) -> None:
    (folder / "s.yaml").write_text(
        "kind: stances\nresolution: a.yaml\ncountries:\n  CHN: abstain\n"
        "  PAK: {follows: CHN}\n  IRN: {follows: PAK}\n  IND: abstain\n"
    )
    (folder / "a.yaml").write_text("id: A\nbody: unga\nquestion: important\ndate: 2022-10-12\n")
    result = only(unvote.whatif("s.yaml", sets=["CHN=no"]))
    assert result.transfers[0].members == ("CHN", "IRN", "PAK")
    apart = only(unvote.whatif("s.yaml", sets=["PAK=yes", "CHN=no"]))
    roll = apart.after.case.roll
    assert roll is not None
    assert [roll.named[code].value for code in ("CHN", "PAK", "IRN", "IND")] == [
        *("no", "yes", "yes", "abstain"),
    ]


# --- Sweeps ---------------------------------------------------------------------------------------


def test_a_sweep_says_where_it_turns() -> None:
    ended = whatif(ASSEMBLY, "--sweep", "abstain:no:0..58")
    assert ended.code == 0
    assert re.search(r"^ +0-22 .*✓ ADOPTED", ended.stdout, re.MULTILINE)
    assert re.search(r"^ +23-58 .*✗ NOT ADOPTED", ended.stdout, re.MULTILINE)
    assert "It turns: not adopted from 23 on." in ended.stdout


def test_every_point_of_a_sweep_is_what_a_move_comes_to() -> None:
    result = only(unvote.whatif(ASSEMBLY, sweeps=["abstain:no:20..25"]))
    for point in result.points:
        moved = only(unvote.whatif(ASSEMBLY, moves=[f"abstain:no:{point.counts[0]}"]))
        assert point.ruling.outcomes == moved.after.outcomes


def test_a_sweep_starts_from_the_vote_after_the_changes() -> None:
    result = only(unvote.whatif(ASSEMBLY, moves=["abstain:no:20"], sweeps=["abstain:no:0..5"]))
    assert [point.ruling.verdict.value for point in result.points] == [
        *("adopted", "adopted", "adopted", "not adopted", "not adopted", "not adopted"),
    ]


def test_each_point_is_shown_on_request() -> None:
    words = ("--sweep", "abstain:no:0..58")
    assert len(whatif(ASSEMBLY, *words, "-v").stdout.splitlines()) > 60
    rows = list(csv.DictReader(io.StringIO(whatif(ASSEMBLY, *words, "--format", "csv").stdout)))
    assert [int(row["count"]) for row in rows] == list(range(59))
    assert {(row["from"], row["to"], row["count_2"]) for row in rows} == {("abstain", "no", "")}
    assert [row["verdict"] for row in rows] == ["adopted"] * 23 + ["not adopted"] * 36
    (result,) = whatif(ASSEMBLY, *words, "--format", "json").data["results"]
    assert [point["numbers"] for point in result["points"]] == [[n] for n in range(59)]
    assert result["turns"] == [{"at": 23, "verdict": "not adopted"}]


def test_two_quantities_are_a_grid() -> None:
    words = ("--sweep", "abstain:no:20..24", "--sweep", "yes:abstain:0..3")
    assert whatif(ASSEMBLY, *words).stdout.endswith(
        "down: abstain to no; across: yes to abstain\n"
        "       0\n"
        "20-21  ✓✓✓✓\n"
        "   22  ✓✓✗✗\n"
        "23-24  ✗✗✗✗\n"
        "✓ adopted, ✗ not adopted\n"
        "abstain to no, with 0 from yes to abstain: it turns: not adopted from 23 on.\n"
        "yes to abstain, with 20 from abstain to no: the verdict is the same throughout.\n"
    )
    rows = list(csv.DictReader(io.StringIO(whatif(ASSEMBLY, *words, "--format", "csv").stdout)))
    assert len(rows) == 20
    assert rows[0]["from_2"] == "yes"


def test_a_grid_wider_than_the_terminal_is_told_in_ranges() -> None:
    words = ("--sweep", "abstain:no:20..24", "--sweep", "yes:abstain:0..60", "--width", "50")
    ended = whatif(ASSEMBLY, *words)
    assert "\n   22  0-1 adopted, 2-60 not adopted\n23-24  0-60 not adopted\n" in ended.stdout


def test_two_sweeps_of_one_vote_stop_where_all_have_moved(folder: Path) -> None:
    result = only(unvote.whatif(COUNCIL, sweeps=["abstain:no:0..3", "abstain:yes:0..3"]))
    assert {sum(point.counts) for point in result.points} == {0, 1, 2, 3}
    assert len(result.points) == 10
    (folder / "s.yaml").write_text(
        "kind: scenario\nbase: draft.yaml\nsweep:\n"
        "  - {from: yes, to: no, count: 0..8}\n  - {from: yes, to: abstain, count: 0..8}\n"
    )
    assert quick("check", "s.yaml").code == 0


# --- Scenario files -------------------------------------------------------------------------------


def test_a_scenario_file_is_run_on_its_base(folder: Path) -> None:
    (folder / "s.yaml").write_text(SCENARIO)
    answer = unvote.whatif("s.yaml")
    result = only(answer)
    assert result.name == "GHA and MEX for it"
    assert [transfer.count for transfer in result.transfers] == [1, 1]
    assert result.after.outcome is not None
    assert result.after.outcome.tally.yes == 10


def test_changes_of_the_file_come_before_those_of_the_command_line(folder: Path) -> None:
    (folder / "s.yaml").write_text(SCENARIO.replace("{from: undecided, to: yes, count: 1}", ""))
    result = only(unvote.whatif("s.yaml", sets=["GHA=no"]))
    assert result.changes == (SetVote(("GHA",), Vote.YES), SetVote(("GHA",), Vote.NO))
    assert [(t.source.value, t.target) for t in result.transfers] == [("undecided", Vote.NO)]


def test_a_scenario_is_made_to_another_base_on_request(folder: Path) -> None:
    (folder / "s.yaml").write_text(SCENARIO.replace("draft.yaml", "there-is-none.yaml"))
    other = "kind: scenario\nbase: x.yaml\nset: [{countries: [RUS], vote: no}]\n"
    (folder / "other.yaml").write_text(other)
    answer = unvote.whatif("draft.yaml", scenarios=["s.yaml", "other.yaml"], sets=["CHN=yes"])
    assert answer.valid, answer.problems
    assert [result.name for result in answer.results] == ["GHA and MEX for it", "other.yaml"]
    assert [result.after.verdict.value for result in answer.results] == ["open", "not adopted"]
    text = whatif("draft.yaml", "--scenario", "s.yaml", "--scenario", "other.yaml").stdout
    assert "Moved (GHA and MEX for it)" in text
    assert "Moved (other.yaml)" in text


def test_the_sweep_of_the_file_is_run_and_another_takes_its_place(folder: Path) -> None:
    (folder / "s.yaml").write_text(SCENARIO + "sweep: {from: yes, to: no, count: 0..2}\n")
    assert len(only(unvote.whatif("s.yaml")).points) == 3
    result = only(unvote.whatif("s.yaml", sweeps=["abstain:no:0..1"]))
    assert [sweep.source for sweep in result.sweeps] == [Vote.ABSTAIN]


def test_a_sweep_of_the_file_for_which_too_few_are_left_is_an_error(folder: Path) -> None:
    (folder / "s.yaml").write_text(SCENARIO + "sweep: {from: abstain, to: no, count: 0..2}\n")
    answer = unvote.whatif("s.yaml", sets=["IND=yes"])
    assert codes(answer) == [("s.yaml", "UV409")]


def test_a_scenario_that_changes_nothing_is_run_all_the_same(folder: Path) -> None:
    (folder / "s.yaml").write_text("kind: scenario\nbase: draft.yaml\nexpect: {verdict: open}\n")
    ended = whatif("s.yaml", "--require", "open")
    assert ended.code == 0
    assert "as it is" in ended.stdout


def test_what_the_file_expects_is_tested_and_shown_all_the_same(folder: Path) -> None:
    expect = "expect: {verdict: adopted}\n"
    (folder / "s.yaml").write_text(SCENARIO + expect)
    ended = whatif("s.yaml")
    assert ended.code == 1
    assert "error UV501" in ended.stderr
    assert "? OPEN" in ended.stdout
    answer = unvote.whatif("s.yaml")
    assert (answer.valid, answer.met) == (True, False)
    (folder / "s.yaml").write_text(SCENARIO + expect.replace("adopted", "open"))
    assert whatif("s.yaml").code == 0
    assert whatif("s.yaml", "--set", "CHN=no").code == 0


# --- Mistakes -------------------------------------------------------------------------------------

MISTAKES: Final[list[tuple[str, str, str]]] = [
    ("--set", "IND", "UV110"),
    ("--set", "IND=perhaps", "UV110"),
    ("--set", "Atlantis=yes", "UV201"),
    ("--set", "=yes", "UV201"),
    ("--set", "Korea=yes", "UV203"),
    ("--set", "VEN=yes", "UV302"),
    ("--set", "G8=yes", "UV302"),
    ("--drop", "Atlantis", "UV201"),
    ("--drop", "VEN", "UV302"),
    ("--move", "abstain:no:59", "UV409"),
    ("--move", "abstain:no", "UV110"),
    ("--move", "abstain:no:some", "UV110"),
    ("--move", "abstain:maybe:1", "UV110"),
    ("--move", "abstain:no:-1", "UV110"),
    ("--sweep", "abstain:no:0..59", "UV409"),
    ("--sweep", "abstain:no:5..1", "UV110"),
    ("--sweep", "abstain:0..5", "UV110"),
]


@pytest.mark.parametrize(("option", "word", "code"), MISTAKES)
def test_a_mistake_on_the_command_line_has_a_code_and_a_cure(
    option: str, word: str, code: str
) -> None:
    ended = whatif(ASSEMBLY, option, word)
    assert ended.code == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"{option} {word}: error {code}: ")
    assert "  hint: " in ended.stderr


def test_all_mistakes_are_told_at_once() -> None:
    answer = unvote.whatif(
        ASSEMBLY, sets=["Atlantis=yes", "IND=perhaps"], drops=["Utopia"], moves=["no:yes:99"]
    )
    assert [code for _, code in codes(answer)] == ["UV201", "UV110", "UV201", "UV409"]
    assert not answer.valid
    assert answer.before is None
    assert answer.after is None


def test_later_changes_count_on_the_earlier_ones() -> None:
    answer = unvote.whatif(COUNCIL, moves=["abstain:no:2", "abstain:yes:2"])
    assert codes(answer) == [("--move abstain:yes:2", "UV409")]


def test_a_group_whose_votes_are_not_all_known_by_name_cannot_be_set() -> None:
    assert codes(unvote.whatif(COUNTED, sets=["EU=no"])) == [("--set EU=no", "UV302")]


@pytest.mark.parametrize(
    "sweeps",
    [
        ["yes:no:0..1", "no:yes:0..1", "abstain:no:0..1"],
        ["yes:no:0..93", "abstain:no:0..58", "no:yes:0..24"],
        ["yes:abstain:0..93", "abstain:no:0..58", "no:yes:0..24"],
    ],
)
def test_too_much_at_once_is_an_error(sweeps: list[str]) -> None:
    assert {code for _, code in codes(unvote.whatif(ASSEMBLY, sweeps=sweeps))} == {"UV409"}


def test_what_is_no_scenario_is_not_taken_for_one() -> None:
    answer = unvote.whatif(ASSEMBLY, scenarios=[COUNCIL])
    assert codes(answer) == [(str(COUNCIL), "UV110")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id: X\nbody: unga\ndate: 2022-03-02\nresult: adopted\n", "UV408"),
        ("id: X\nbody: unga\ndate: 2022-03-02\nwithout_vote: true\n", "UV408"),
        ("kind: body\nid: x\n", "UV110"),
        ("a: 1\na: 2\n", "UV102"),
        ("kind: scenario\nbase: none.yaml\n", "UV408"),
    ],
)
def test_a_file_without_votes_is_an_error(folder: Path, text: str, code: str) -> None:
    (folder / "x.yaml").write_text(text)
    answer = unvote.whatif("x.yaml", sets=["FRA=yes"])
    assert code in {found for _, found in codes(answer)}
    assert whatif("x.yaml", "--set", "FRA=yes").code == 2


def test_something_must_be_asked() -> None:
    ended = whatif(ASSEMBLY)
    assert ended.code == 2
    assert "say what to change" in ended.stderr
    assert whatif(ASSEMBLY, "--set", "IND=yes", "--format", "json").data["problems"] == []


# --- The command ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--move", "abstain:no:23"], 0),
        (["--move", "abstain:no:23", "--exit-code"], 1),
        (["--move", "abstain:no:22", "--exit-code"], 0),
        (["--move", "abstain:undecided:40", "--exit-code"], 3),
        (["--move", "abstain:no:22", "--require", "adopted"], 0),
        (["--move", "abstain:no:23", "--require", "adopted"], 1),
        (["--move", "abstain:no:23", "--require", "not adopted"], 0),
        (["--set", "Atlantis=yes", "--exit-code"], 2),
    ],
)
def test_exit_codes_go_by_the_verdict_after(words: list[str], code: int) -> None:
    assert whatif(ASSEMBLY, *words).code == code


def test_standard_input_is_read() -> None:
    raw = COUNCIL.read_text(encoding="utf-8")
    words = ["whatif", "-", "--set", "RUS=abstain", "--format", "json"]
    done = CliRunner().invoke(app, words, input=raw, prog_name="unvote")
    (result,) = json.loads(done.stdout)["results"]
    assert result["before"]["file"] == "<stdin>"
    assert result["after"]["verdict"] == "adopted"
    answer = unvote.whatif("x.yaml", sets=["RUS=abstain"], raw=raw.encode())
    assert only(answer).after.verdict is Verdict.ADOPTED


def test_a_file_is_written_only_if_there_is_an_answer(folder: Path) -> None:
    target = folder / "out.json"
    words = ("--format", "json", "-o", str(target))
    assert whatif(ASSEMBLY, "--set", "Atlantis=yes", *words).code == 2
    assert not target.exists()
    assert whatif(ASSEMBLY, "--set", "IND=yes", *words).code == 0
    assert json.loads(target.read_text())["schema"] == "unvote/1"


def test_the_day_can_be_another_one() -> None:
    ended = whatif(COUNCIL, "--set", "RUS=abstain", "--on", "2022-03-01")
    assert ended.code == 0
    assert "decided as if held on 2022-03-01" in ended.stderr


# --- How it is drawn ------------------------------------------------------------------------------

CASES: Final[dict[str, tuple[Path, dict[str, list[str]]]]] = {
    "moved": (ASSEMBLY, {"moves": ["abstain:no:23"]}),
    "lifted": (COUNCIL, {"sets": ["RUS=abstain", "EU=abstain"], "drops": ["IND"]}),
    "swept": (ASSEMBLY, {"sets": ["BRICS=no"], "sweeps": ["abstain:no:0..54"]}),
    "grid": (ASSEMBLY, {"sweeps": ["abstain:no:20..26", "yes:abstain:0..12"]}),
}
WIDTHS = (40, 80, 120)


def answer_to(case: str) -> WhatIf:
    """The answer to a case; its file without the way there."""
    path, words = CASES[case]
    return unvote.whatif(path.name, raw=path.read_bytes(), **words)  # type: ignore[arg-type]


def kept(name: str, text: str) -> None:
    """Compare a text with the one that is kept."""
    path = DRAWN / name
    if os.environ.get("UNVOTE_UPDATE") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_what_is_drawn_is_as_it_was(case: str, width: int) -> None:
    kept(f"whatif-{case}-{width}.txt", whatif_text(answer_to(case), Look(width)))


@pytest.mark.parametrize("case", CASES)
def test_what_machines_read_is_as_it_was(case: str) -> None:
    answer = answer_to(case)
    kept(f"whatif-{case}.json", json.dumps(whatif_data(answer), indent=1) + "\n")
    kept(f"whatif-{case}.csv", whatif_csv(answer))
    kept(f"whatif-{case}.md", whatif_markdown(answer))


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_no_line_is_longer_than_the_width(case: str, width: int, *, verbose: bool) -> None:
    for plain in (False, True):
        text = whatif_text(answer_to(case), Look(width, ascii=plain), verbose=verbose)
        assert max(cell_len(line) for line in text.splitlines()) <= width
        assert not plain or text.isascii()


@pytest.mark.parametrize("case", CASES)
def test_colour_adds_nothing_but_colour(case: str) -> None:
    coloured = whatif_text(answer_to(case), Look(colour=True))
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()
    assert [line.rstrip() for line in bare] == whatif_text(answer_to(case), Look()).splitlines()


@pytest.mark.parametrize("title", ["[bold]x[/bold]", "[/A/77]", "a\x1b[31mb", "=1+1"])
def test_text_from_files_is_text(folder: Path, title: str) -> None:
    escaped = "".join(f"\\U{ord(character):08x}" for character in title)
    (folder / "s.yaml").write_text(SCENARIO.replace("GHA and MEX for it", f'"{escaped}"'))
    answer = unvote.whatif("draft.yaml", scenarios=["s.yaml"])
    shown = title.replace("\x1b", "\\u001b")
    assert shown in whatif_text(answer, Look(120))
    for text in (whatif_markdown(answer), whatif_csv(answer)):
        assert "\x1b" not in text
    assert "\n=1" not in whatif_csv(answer)


# --- The contract ---------------------------------------------------------------------------------


def documented(command: str) -> dict[str, list[str]]:
    """The first column of every table of a command's section in the reference of JSON."""
    text = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    parts = re.split(rf"^<!-- keys of {command}: (\w+) -->$", text, flags=re.MULTILINE)
    return {
        name: re.findall(r"^\| `([^`]+)`", part.lstrip().partition("\n\n")[0], re.MULTILINE)
        for name, part in zip(parts[1::2], parts[2::2], strict=True)
    }


@pytest.mark.usefixtures("folder")
def test_the_reference_has_every_key_and_no_other() -> None:
    swept = unvote.whatif(ASSEMBLY, moves=["abstain:no:1"], sweeps=["abstain:no:0..30"])
    (result,) = whatif_data(swept)["results"]
    (forecast,) = whatif_data(unvote.whatif("draft.yaml", sets=["RUS=yes"]))["results"]
    found: dict[str, Any] = {
        "supposition": result,
        "moved": result["moved"][0],
        "odds": forecast["odds"]["after"],
        "sweep": result["sweep"][0],
        "point": result["points"][0],
        "turn": result["turns"][0],
    }
    assert {name: list(keys) for name, keys in found.items()} == documented("whatif")
    assert list(forecast["odds"]) == ["before", "after"]


def test_votes_changed_in_a_scenario_do_not_put_a_text_to_the_vote(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(
        "id: T\nbody: general-assembly\ndate: 2023-02-23\nquestion: ordinary\n"
        "parts: [{id: P1, operative: true, counts: 1-2-0}]\n"
        "votes: {yes: [FRA, DEU, USA], no: [RUS]}\n",
        encoding="utf-8",
    )
    file = tmp_path / "s.yaml"
    file.write_text(
        "kind: scenario\nbase: t.yaml\ntitle: S\nset: [{countries: [DEU], vote: no}]\n"
        "sweep: {from: yes, to: no, count: 0..2}\n",
        encoding="utf-8",
    )
    answer = unvote.whatif(file)
    assert answer.after is not None
    assert answer.after.taken is False
    assert [point.ruling.taken for point in answer.results[0].points] == [False] * 3
    assert "0-2                    -   \u2013 NOT TAKEN" in whatif_text(answer, Look(80))
    assert "| 0-2 | not taken |" in whatif_markdown(answer)
    note = unvote.report(file, "text")
    assert "NOT TAKEN, rejected as a whole" in note.text
