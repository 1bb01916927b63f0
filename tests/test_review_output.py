"""What a review found told or shown amiss, each with the vote that showed it."""

import csv
import io
import os
import re
import subprocess
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from tests.builders import by_name, composition, ruling
from tests.runs import ROOT, quick, run

from unvote.engine import decide
from unvote.outcomes import Kind
from unvote.render.odds import drawn_words
from unvote.render.sheets import csv_text, neutral, sheet_of, table_text
from unvote.render.style import Look
from unvote.rollcall import Composition
from unvote.rules import Bar, Rule, Threshold
from unvote.swings import swings_of
from unvote.vocabulary import Base, Verdict, Vote
from unvote.wording import cause_words, need_range

TEXTS = ROOT / "resolutions"
VETOED = TEXTS / "ukraine-2022" / "s-2022-155.yaml"
FORECAST = TEXTS / "ukraine-2022" / "es-11-4-stances.yaml"
RECORD = TEXTS / "ukraine-2022" / "es-11-4.yaml"
COUNCIL = """\
id: eu-x
body: eu
date: 2025-03-14
stances:
  no: [DEU, FRA, ITA, FIN]
  undecided: [ESP, POL]
  yes: [ROU, NLD, BEL, CZE, PRT, SWE, GRC, HUN, AUT, BGR, DNK]
"""
WEIGHTS = {"FRA": 5, "DEU": 1, "ITA": 1, "USA": 1}
MEMBERS = Composition(
    4, frozenset(WEIGHTS), weights={"a": WEIGHTS}, classes={"p": frozenset(WEIGHTS)}
)
YES, NO, ABSTAIN, ABSENT, UNDECIDED = Vote
SHARES = (Base.CAST, Base.PRESENT_AND_VOTING)


# --- Told ----------------------------------------------------------------------------------------


def test_of_two_conditions_the_one_that_cannot_be_met_is_the_cause() -> None:
    """55% of the members is still open, 65% of the population is out of reach."""
    found = ruling(COUNCIL)
    assert found.outcome is not None
    deciding = found.outcome.deciding
    assert deciding is not None
    assert isinstance(deciding.subject, Threshold)
    assert (found.verdict, deciding.subject.by) == (Verdict.NOT_ADOPTED, "population")
    assert cause_words(found.outcome) == "at most 5187 of 6501 needed by population"


@pytest.mark.parametrize("form", ["json", "csv"])
def test_machines_are_given_the_figures_of_that_condition(form: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(COUNCIL, encoding="utf-8")
    ended = quick("tally", tmp_path / "x.yaml", "--format", form)
    row = (
        ended.data["results"][0]
        if form == "json"
        else next(csv.DictReader(io.StringIO(ended.stdout)))
    )
    assert (int(row["need"]), int(row["have"])) == (6501, 2719)


def test_of_an_open_vote_the_first_condition_still_open_decides() -> None:
    bars = [Threshold(Bar.AT_LEAST, Fraction(n), by=by) for n, by in ((3, None), (7, "a"))]
    roll = by_name(MEMBERS, {YES: ["USA"], UNDECIDED: ["FRA", "DEU", "ITA"]})
    outcome = decide(roll, Rule(tuple(bars)))
    assert outcome.verdict is Verdict.OPEN
    assert outcome.deciding is not None
    assert outcome.deciding.subject is bars[0]


@pytest.mark.parametrize("base", SHARES)
@pytest.mark.parametrize(("by", "among", "most"), [("a", None, 5), (None, "p", 3), (None, None, 3)])
def test_what_is_needed_grows_by_the_weight_of_the_undecided(
    base: Base, by: str | None, among: str | None, most: int
) -> None:
    """Of 2 cast more than half is 2; of all 8 it is 5."""
    bar = Threshold(Bar.MORE_THAN, Fraction(1, 2), base, by=by, among=among)
    roll = by_name(MEMBERS, {NO: ["ITA"], YES: ["USA"], UNDECIDED: ["FRA", "DEU"]})
    (finding, *_) = decide(roll, Rule((bar,))).findings
    assert finding.kind is Kind.NEED
    assert need_range(finding) == (2, most)


def test_members_outside_of_a_class_do_not_raise_what_is_needed_in_it() -> None:
    members = Composition(4, frozenset(WEIGHTS), classes={"p": frozenset(("ITA", "USA", "DEU"))})
    bar = Threshold(Bar.MORE_THAN, Fraction(1, 2), Base.CAST, among="p")
    roll = by_name(members, {NO: ["ITA"], YES: ["USA"], UNDECIDED: ["FRA", "DEU"]})
    (finding, *_) = decide(roll, Rule((bar,))).findings
    assert need_range(finding) == (2, 2)


def test_a_base_of_all_members_does_not_grow() -> None:
    bar = Threshold(Bar.MORE_THAN, Fraction(1, 2), Base.MEMBERS, by="a")
    roll = by_name(MEMBERS, {NO: ["ITA"], YES: ["USA"], UNDECIDED: ["FRA", "DEU"]})
    (finding, *_) = decide(roll, Rule((bar,))).findings
    assert need_range(finding) == (5, 5)


# --- Calls, odds, whip ---------------------------------------------------------------------------


def test_a_call_on_a_record_starts_from_the_vote_cast() -> None:
    rows = list(csv.DictReader(io.StringIO(quick("calls", VETOED, "--format", "csv").stdout)))
    assert {(row["member"], row["from"]) for row in rows if row["list"] == "win"} == {
        ("RUS", "no"),
    }
    assert "undecided" not in quick("calls", VETOED).stdout


def test_a_call_that_cannot_matter_is_not_listed() -> None:
    """A text sure to be adopted: one sentence, no table of noughts."""
    said = quick("calls", FORECAST).stdout
    assert "No single call changes the odds by as much as 0.05 points" in said
    assert "Gain" not in said
    assert quick("calls", FORECAST, "--format", "json").data["results"][0]["calls"]["win"]


def test_a_small_gain_is_said_to_be_small(tmp_path: Path) -> None:
    """The odds are in doubt, some moves are next to nothing."""
    codes = sorted(composition("unsc", date(2022, 2, 25)).members or ())
    chances = "".join(f"  {code}: {{yes: 999/1000, no: 1/1000}}\n" for code in codes)
    text = "id: x\nbody: unsc\nquestion: procedural\ndate: 2022-02-25\n"
    (tmp_path / "d.yaml").write_text(f"{text}stances: {{}}\n", encoding="utf-8")
    (tmp_path / "s.yaml").write_text(
        f"kind: stances\nresolution: d.yaml\ncountries:\n{chances}", encoding="utf-8"
    )
    said = quick("calls", tmp_path / "s.yaml").stdout
    assert ">-" not in said
    assert "+<" not in said


@pytest.mark.parametrize(
    ("count", "draws", "words"),
    [
        (0, 1_000_000, "<0.0003%"),
        (1_000_000, 1_000_000, ">99.9997%"),
        (0, 10_000, "<0.03%"),
        (0, 7_777, "<0.039%"),
        (7_777, 7_777, ">99.961%"),
        (0, 2, "<100%"),
        (563, 1_000, "56.3%"),
    ],
)
def test_what_is_never_drawn_is_not_said_to_be_impossible(
    count: int, draws: int, words: str
) -> None:
    assert drawn_words(count, draws) == words


def test_drawn_odds_of_all_or_none_give_a_bound_and_no_standard_error() -> None:
    said = quick("odds", FORECAST, "--simulate", "1000", "--seed", "1").stdout
    assert ">99.7%" in said
    assert "<0.3%" in said
    assert "all of 1,000" in said
    assert "standard error" not in said


def test_a_record_has_its_yes_votes_for_certain_and_a_forecast_at_least_so_likely() -> None:
    assert "Yes votes: 143, for certain\n" in quick("odds", RECORD).stdout
    assert "with a chance of at least 90%" in quick("odds", FORECAST).stdout
    assert "with a chance of at least 90%" in quick("whip", FORECAST).stdout


def test_a_list_of_stances_has_no_empty_columns(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(
        "kind: stances\nresolution: d.yaml\ncountries: {FRA: firm yes, GBR: no}\n",
        encoding="utf-8",
    )
    (tmp_path / "d.yaml").write_text(
        "id: x\nbody: unsc\nquestion: procedural\ndate: 2022-02-25\nstances: {}\n",
        encoding="utf-8",
    )
    said = quick("whip", tmp_path / "s.yaml", "--only", "yes", "--notes").stdout
    assert "FRA" in said
    assert "Tags" not in said
    assert "Source" not in said


# --- Sheets --------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["-0.08", "-1", "+3", "-1.5e-05", "1e+3", "-.5"])
def test_a_figure_of_ours_stays_one_and_the_same_text_from_a_file_does_not(number: str) -> None:
    sheet = sheet_of(("gain", "title"), [(number, number)], figures=frozenset({"gain"}))
    assert csv_text(sheet) == f"gain,title\n{number},{neutral(number)}\n"


@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "+1+2", "-1-A1", "-", "@SUM(A1)", "-1e", "-\u0661", "+a"]
)
def test_what_could_be_a_formula_does_not(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


def test_a_scenario_without_a_sweep_stands_beside_one_with_one(tmp_path: Path) -> None:
    base = f"kind: scenario\nbase: {VETOED}\ntitle: "
    for name, rest in (
        ("lifted", "set: [{countries: [RUS], vote: abstain}]"),
        ("swept", "sweep: [{from: yes, to: abstain, count: 0..2}]"),
    ):
        (tmp_path / f"{name}.yaml").write_text(f"{base}{name}\n{rest}\n", encoding="utf-8")
    words = [f"--scenario={tmp_path / name}.yaml" for name in ("lifted", "swept")]
    ended = quick("whatif", VETOED, *words, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ended.stdout)))
    assert [(row["scenario"], row["count"], row["verdict"]) for row in rows] == [
        ("before", "", "not adopted"),
        ("lifted", "", "adopted"),
        *(("swept", str(number), "not adopted") for number in range(3)),
    ]


def test_a_sheet_too_narrow_for_its_words_is_stacked() -> None:
    sheet = sheet_of(("Confidence", "Members", "Stated"), [("undecided", "109", "97.0%")])
    assert table_text(sheet, Look(width=20), stack=True) == (
        "Confidence\nundecided\n  members 109,\n  stated 97.0%\n"
    )
    assert "109" in table_text(sheet, Look(width=80), stack=True).splitlines()[2]


@pytest.mark.parametrize("width", ["40", "52", "60", "70", "80"])
@pytest.mark.parametrize(
    "words", [("score", FORECAST.name, RECORD.name), ("calls", "stances.yaml")]
)
def test_no_word_or_number_is_broken(
    words: tuple[str, ...], width: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is shown at a width has the words that are shown where there is room."""
    (tmp_path / "draft.yaml").write_text(
        "id: x\nbody: unsc\nquestion: procedural\ndate: 2022-02-25\nstances: {}\n", "utf-8"
    )
    (tmp_path / "stances.yaml").write_text(
        "kind: stances\nresolution: draft.yaml\ncountries:\n  FRA: pledged abstain\n"
        "  GBR: lean yes\n  USA: firm yes\n",
        "utf-8",
    )
    for file in (FORECAST, RECORD):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.chdir(tmp_path)
    narrow, wide = (quick(*words, "--width", each).stdout for each in (width, "400"))
    known, shown = (set(re.findall(r"[a-z%0-9.]+", text.lower())) for text in (wide, narrow))
    assert {word for word in shown if "yaml" not in word} <= known
    assert max(map(len, narrow.splitlines())) <= int(width)


# --- Swings --------------------------------------------------------------------------------------


def test_of_sets_that_cost_the_same_the_mildest_of_one_kind_is_told() -> None:
    """Without its veto the text is adopted: the member need not vote for it."""
    said = quick("swing", VETOED).stdout
    assert "no to abstain            1   RUS\n" in said
    assert "One of several sets at this cost\n" in said
    (result,) = quick("swing", FORECAST, "--format", "json").data["results"]
    found = result["swing"]["cheapest"]
    assert found["several"] is True
    assert {(one["from"], one["to"]) for one in found["changes"]} == {("yes", "no")}


def test_the_only_cheapest_set_is_not_one_of_several() -> None:
    """S/2014/916: eight of nine needed, and a veto: only the yes of the United States is enough."""
    (result,) = quick(
        "swing", TEXTS / "palestine-2014" / "s-2014-916.yaml", "--format", "json"
    ).data["results"]
    found = result["swing"]["cheapest"]
    assert found["several"] is False
    assert [(one["member"], one["to"]) for one in found["changes"]] == [("USA", "yes")]


def test_cheaper_members_go_before_milder_moves() -> None:
    bar = Threshold(Bar.MORE_THAN, Fraction(1, 2), Base.CAST)
    roll = by_name(MEMBERS, {YES: ["FRA", "DEU", "ITA"], NO: ["USA"]})
    (swing,) = swings_of(roll, Rule((bar,)), Verdict.ADOPTED, {"FRA": 1, "DEU": 2, "ITA": 2})
    assert swing.flip is not None
    assert [(one.member, one.target) for one in swing.flip.changes] == [("FRA", ABSTAIN)]
    assert swing.flip.cost == 1
    assert swing.flip.several


def test_coalitions_say_what_they_rest_on() -> None:
    words = "Coalitions, where all others vote the other way and nobody abstains"
    assert words in quick("swing", VETOED, "--coalitions").stdout
    assert words in quick("swing", VETOED, "--coalitions", "--format", "markdown").stdout


def test_a_swing_in_a_pull_request_is_a_short_table() -> None:
    said = quick("swing", VETOED, "--format", "markdown").stdout
    assert said.startswith("### S/2022/155: Aggression against Ukraine\n\n**NOT ADOPTED, vetoed by")
    assert "| To adopted | Members | Which |\n| --- | ---: | --- |\n| no to yes | 1 |" in said
    assert "- Pivotal: RUS, now no, alone by yes, abstain or absent\n" in said


def test_one_version_is_compared_with_the_file_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    text = "id: x\nbody: unsc\nquestion: procedural\ndate: 2022-02-25\nstances: {yes: [FRA]}\n"
    file.write_text(text, encoding="utf-8")
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for words in (
        ["init", "-q"],
        ["add", "x.yaml"],
        ["-c", "user.name=N", "-c", "user.email=n@example.org", "commit", "-qm", "one"],
    ):
        subprocess.run(["git", *words], cwd=tmp_path, env={**os.environ, **quiet}, check=True)
    file.write_text(text.replace("[FRA]", "[FRA, GBR]"), encoding="utf-8")
    for version in ("HEAD:x.yaml", "HEAD:./x.yaml"):
        ended = run("diff", version, "--format", "csv", cwd=tmp_path)
        assert ended.code == 0
        assert "GBR" in ended.stdout
    one = run("diff", "HEAD:x.yaml", cwd=tmp_path)
    assert one.stdout == run("diff", "x.yaml", cwd=tmp_path).stdout
    assert run("diff", "HEAD:none.yaml", cwd=tmp_path).code == 2
