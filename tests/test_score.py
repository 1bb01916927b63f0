"""A forecast held against the record: scores by hand, their bounds and sums, who is left out."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from rich.cells import cell_len
from tests import builders
from tests.runs import ROOT, quick, run, shipped_data_read_once

import unvote
from unvote.api import ScoreReport
from unvote.cases import Case
from unvote.rollcall import RollCall
from unvote.rulings import Ruling, rule_on
from unvote.scoring import CAST, Score, brier, score_of
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Verdict, Vote

FORECAST = """\
kind: stances
resolution: record.yaml
countries:
  FRA: firm yes
  GBR: firm yes
  USA: firm no
  ALB: lean yes
  NOR: lean yes
  IRL: yes
  MEX: no
  BRA: {yes: 60%, no: 10%, abstain: 30%}
  GHA: {follows: GAB}
  GAB: lean abstain
  KEN: undecided
  IND: {vote: yes, if: {A1: adopted}, then: abstain}
  ARE: absent
  CHN: abstain
  RUS: firm no
"""
RECORD = """\
id: S/1
title: A text
body: security-council
date: 2022-02-25
question: substantive
amendments: [{id: A1}]
votes:
  yes: [FRA, GBR, ALB, IRL, BRA, GHA, KEN, IND, MEX]
  no: [RUS]
  abstain: [USA, NOR, GAB, CHN]
"""


@pytest.fixture(autouse=True)
def _shipped_data_read_once() -> Iterator[None]:
    with shipped_data_read_once():
        yield


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A forecast and the record, in the current folder."""
    (tmp_path / "stances.yaml").write_text(FORECAST)
    (tmp_path / "record.yaml").write_text(RECORD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scored(forecast: str = "stances.yaml", actual: str = "record.yaml") -> Score:
    """The score of files that are right."""
    report = unvote.score(forecast, actual)
    assert report.score is not None, report.problems
    return report.score


def fractions(*texts: str) -> list[Fraction]:
    return [Fraction(text) for text in texts]


# --- The score -----------------------------------------------------------------------------------


def test_the_brier_score_by_hand() -> None:
    chances = {Vote.YES: Fraction(9, 10), Vote.ABSTAIN: Fraction(1, 10)}
    assert brier(chances, Vote.YES) == Fraction("0.02")  # 0.1^2 + 0.1^2
    assert brier(chances, Vote.ABSTAIN) == Fraction("1.62")  # 0.9^2 + 0.9^2
    assert brier(chances, Vote.NO) == Fraction("1.82")  # 0.9^2 + 1 + 0.1^2
    assert brier(chances, Vote.ABSENT) == Fraction("1.82")


@pytest.mark.parametrize(
    ("member", "basis", "total"),
    [
        ("FRA", "firm", "0.0018"),  # 0.03^2 + 0.03^2
        ("USA", "firm", "1.8818"),  # no 0.97, abstain 0.03, came abstain: 0.97^2 + 0.97^2
        ("ALB", "lean", "0.125"),  # 0.25^2 + 0.25^2
        ("NOR", "lean", "1.125"),  # 0.75^2 + 0.75^2
        ("IRL", "plain", "0"),
        ("MEX", "plain", "2"),
        ("BRA", "chances given", "0.26"),  # 0.4^2 + 0.1^2 + 0.3^2
        ("GAB", "lean", "0.09375"),  # yes and no 0.125 each: 0.25^2 + 2 * 0.125^2
        ("GHA", "lean", "1.34375"),  # follows GAB, came yes: 0.875^2 + 0.125^2 + 0.75^2
        ("KEN", "undecided", "2/3"),  # (2/3)^2 + 2 * (1/3)^2
        ("IND", "conditional", "2/3"),
        ("ARE", "plain", "0"),  # listed as absent, and was
    ],
)
@pytest.mark.usefixtures("files")
def test_each_member_by_hand(member: str, basis: str, total: str) -> None:
    (one,) = (one for one in scored().members if one.member == member)
    assert (one.basis, one.brier) == (basis, Fraction(total))


@pytest.mark.usefixtures("files")
def test_totals_by_confidence_and_in_all() -> None:
    score = scored()
    groups = {group.basis: group for group in score.groups}
    assert list(groups) == ["firm", "lean", "plain", "chances given", "conditional", "undecided"]
    firm, lean = groups["firm"], groups["lean"]
    assert (firm.number, firm.listed, firm.hits) == (4, 4, 3)
    assert firm.total == Fraction("0.0018") * 3 + Fraction("1.8818")
    assert firm.mean == firm.total / 4
    assert lean.total == sum(fractions("0.125", "1.125", "0.09375", "1.34375"))
    assert groups["plain"].mean == Fraction(2, 4)
    assert groups["undecided"].listed == 0
    assert score.overall.number == 15
    assert score.overall.total == sum(group.total for group in score.groups)
    assert score.ignorance == (Fraction(2, 3) * 14 + Fraction(4, 3)) / 15


@pytest.mark.usefixtures("files")
def test_calibration_by_hand() -> None:
    lines = {(line.basis, line.vote): line for line in scored().calibration}
    firm, lean = lines["firm", None], lines["lean", None]
    assert (firm.stated, firm.came, firm.number) == (Fraction("0.97"), 3, 4)
    assert (lean.stated, lean.came, lean.number) == (Fraction("0.75"), 2, 4)
    assert lines["plain", None].stated == 1
    assert lines["plain", None].came == 3
    assert lines["chances given", Vote.YES].stated == Fraction("0.6")
    assert lines["chances given", Vote.YES].came == 1
    assert lines["chances given", Vote.NO].came == 0
    assert ("chances given", Vote.ABSENT) not in lines, "neither stated nor come"
    assert lines["undecided", Vote.ABSTAIN].stated == Fraction(1, 3)


@pytest.mark.usefixtures("files")
def test_the_confusion_of_stance_and_vote() -> None:
    yes, no, abstain = Vote.YES, Vote.NO, Vote.ABSTAIN
    assert scored().confusion == {
        (yes, yes): 4,
        (yes, abstain): 1,
        (no, abstain): 1,
        (no, yes): 1,
        (no, no): 1,
        (abstain, abstain): 2,
        (abstain, yes): 1,
        (Vote.UNDECIDED, yes): 3,
        (Vote.ABSENT, Vote.ABSENT): 1,
    }


@pytest.mark.usefixtures("files")
def test_the_verdict_that_came_against_the_odds_of_it() -> None:
    score = scored()
    (verdict,) = score.verdicts
    assert (verdict.question, verdict.came) == ("substantive", Verdict.NOT_ADOPTED)
    assert verdict.forecast is Verdict.NOT_ADOPTED, "two permanent members are listed with no"
    assert verdict.odds is not None
    assert verdict.chance == verdict.odds.not_adopted
    assert score.yes == 9
    assert verdict.chance == 1 - Fraction(3, 100) ** 2 * adopted_if_clear()


def adopted_if_clear() -> Fraction:
    """The chance of nine yes votes, from the chances of the thirteen that can vote yes."""
    certain = 1  # IRL
    single = [*["0.97"] * 2, *["0.75"] * 2, "0.6", "1/3", "1/3"]  # ..., BRA, KEN, IND
    chances = {certain: Fraction(1)}
    for text in single:
        yes = Fraction(text)
        chances = {
            count: chances.get(count, Fraction(0)) * (1 - yes)
            + chances.get(count - 1, Fraction(0)) * yes
            for count in range(certain, max(chances) + 2)
        }
    both = Fraction("0.125")  # GAB, and GHA with it
    enough = sum(chance for count, chance in chances.items() if count >= 9)
    with_both = sum(chance for count, chance in chances.items() if count >= 7)
    return (1 - both) * enough + both * with_both


# --- Laws ----------------------------------------------------------------------------------------


@st.composite
def chances(draw: st.DrawFn) -> dict[Vote, Fraction]:
    weights = draw(st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any))
    return {v: Fraction(w, sum(weights)) for v, w in zip(CAST, weights, strict=True) if w}


@given(given_chances=chances(), vote=st.sampled_from(CAST))
def test_the_score_is_from_nought_to_two(given_chances: dict[Vote, Fraction], vote: Vote) -> None:
    score = brier(given_chances, vote)
    assert 0 <= score <= 2
    assert (score == 0) == (given_chances.get(vote) == 1)
    assert (score == 2) == (vote not in given_chances and len(given_chances) == 1)


@given(truth=chances(), said=chances())
def test_the_score_is_proper(truth: dict[Vote, Fraction], said: dict[Vote, Fraction]) -> None:
    """Nobody gains by saying other chances than the true ones."""

    def expected(told: dict[Vote, Fraction]) -> Fraction:
        return sum((chance * brier(told, vote) for vote, chance in truth.items()), Fraction(0))

    assert expected(truth) <= expected(said)
    assert (expected(truth) == expected(said)) == (truth == said)


def ruling(stances: Mapping[str, Stance], votes: Mapping[str, Vote]) -> tuple[Ruling, Ruling]:
    """A forecast in the Council, and the record of the vote."""
    council = builders.body("unsc")
    questions = ((council.questions["substantive"], builders.rule("unsc", "substantive")),)
    members = builders.composition("unsc")
    listed = {code: stance.listed() for code, stance in stances.items()}
    case = Case("X", council, builders.TODAY, questions)
    return (
        rule_on(_with(case, RollCall(members, listed), Outlook(stances))),
        rule_on(_with(case, RollCall(members, dict(votes)), None)),
    )


def _with(case: Case, roll: RollCall, outlook: Outlook | None) -> Case:
    return Case(case.id, case.body, case.day, case.questions, roll=roll, outlook=outlook)


VOTES = st.sampled_from(CAST)
ANY_STANCE = st.one_of(
    st.builds(Stance, VOTES, st.sampled_from(["", "firm", "pledged", "lean"])),
    st.just(Stance()),
    chances().map(lambda stated: Stance(chances=stated)),
)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_parts_add_up(data: st.DataObject) -> None:
    members = sorted(builders.composition("unsc").members or ())
    stances = {code: data.draw(ANY_STANCE) for code in members}
    votes = {code: data.draw(VOTES) for code in members}
    score = score_of(*ruling(stances, votes))
    assert score.unscored == ()
    assert sum(group.number for group in score.groups) == len(members)
    assert sum(group.total for group in score.groups) == score.overall.total
    assert sum(score.confusion.values()) == len(members)
    hits = sum(count for (listed, cast), count in score.confusion.items() if listed is cast)
    assert sum(group.hits for group in score.groups) == hits == score.overall.hits
    for group in score.groups:
        lines = [line for line in score.calibration if line.basis == group.basis]
        assert {line.number for line in lines} == {group.number}
        assert len(lines) == 1 or sum(line.came for line in lines) == group.number
        assert len(lines) == 1 or sum(line.stated for line in lines) == 1
        assert 0 <= group.mean <= 2


@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_a_certain_and_right_forecast_scores_nought(data: st.DataObject) -> None:
    members = sorted(builders.composition("unsc").members or ())
    votes = {code: data.draw(VOTES) for code in members}
    forecast, record = ruling({code: Stance(vote) for code, vote in votes.items()}, votes)
    score = score_of(forecast, record)
    assert score.overall.total == 0
    assert score.overall.hits == score.overall.listed == len(members)
    assert [verdict.chance for verdict in score.verdicts] == [1]


# --- Who is scored -------------------------------------------------------------------------------


def test_who_is_absent_is_scored_as_absent(files: Path) -> None:
    (files / "record.yaml").write_text(RECORD.replace("FRA, GBR", "GBR"))
    (one,) = (one for one in scored().members if one.member == "FRA")
    assert one.vote is Vote.ABSENT
    assert one.brier == Fraction("0.97") ** 2 + Fraction("0.03") ** 2 + 1


ASSEMBLY = "id: A/1\nbody: general-assembly\ndate: {}\nquestion: important\n"


def reports(folder: Path, forecast: str, actual: str) -> ScoreReport:
    (folder / "f.yaml").write_text(forecast)
    (folder / "a.yaml").write_text(actual)
    return unvote.score(folder / "f.yaml", folder / "a.yaml")


def test_who_is_left_out_is_listed_with_the_reason(tmp_path: Path) -> None:
    head = ASSEMBLY.format("2022-10-12")
    forecast = head + "not_entitled: [DEU]\nnot_participating: [SWE]\nstances: {yes: [FRA]}\n"
    actual = head + "not_entitled: [IND, NOR]\nnot_participating: [CHN, SWE]\n"
    report = reports(tmp_path, forecast, actual + "votes: {yes: [FRA, DEU]}\n")
    assert report.score is not None, report.problems
    told = dict(report.score.unscored)
    assert told["IND"] == "not entitled to vote in the record"
    assert told["CHN"] == "taking no part in the record"
    assert told["DEU"] == "not entitled to vote in the forecast"
    assert told["SWE"] == "taking no part"
    assert told["VEN"] == "not entitled to vote", "both take it from the data"
    here = {one.member for one in report.score.members}
    assert not here & told.keys()
    assert {"FRA", "USA"} <= here


def test_members_of_another_day_and_votes_without_names(tmp_path: Path) -> None:
    forecast = ASSEMBLY.format("2011-05-01") + "stances: {yes: [FRA]}\n"
    actual = ASSEMBLY.format("2012-05-01") + "counts: 100-5-10\nnamed: {yes: [FRA, SSD]}\n"
    report = reports(tmp_path, forecast, actual)
    assert report.score is not None, report.problems
    assert [one.member for one in report.score.members] == ["FRA"]
    told = dict(report.score.unscored)
    assert told["SSD"] == "no member of the body in the forecast"
    assert told["USA"] == "no vote by name in the record"
    text = quick("score", tmp_path / "f.yaml", tmp_path / "a.yaml").stdout
    assert "the forecast is of A/1, 2011-05-01; the record of A/1, 2012-05-01" in text


# --- Real ----------------------------------------------------------------------------------------


REAL = ROOT / "resolutions" / "ukraine-2022"


def test_a_real_vote() -> None:
    """ES-11/4 as the votes of March and April 2022 foretold it, against the record 143-5-35."""
    score = scored(str(REAL / "es-11-4-stances.yaml"), str(REAL / "es-11-4.yaml"))
    assert score.overall.number == 192
    assert dict(score.unscored) == {"VEN": "not entitled to vote"}
    assert (score.overall.hits, score.overall.listed) == (170, 186)
    means = [group.mean for group in score.groups if group.basis != "undecided"]
    assert means == sorted(means), "firm is better than pledged, pledged than lean"
    assert score.overall.mean < score.ignorance / 3
    assert score.yes == 143
    assert sum(count for (_, cast), count in score.confusion.items() if cast is Vote.YES) == 143
    assert [(v.forecast, v.came) for v in score.verdicts] == [(Verdict.ADOPTED, Verdict.ADOPTED)]


# --- The command line ----------------------------------------------------------------------------


@pytest.mark.usefixtures("files")
def test_the_table() -> None:
    done = quick("score", "stances.yaml", "record.yaml")
    assert done.code == 0, done.stderr
    text = done.stdout
    assert "stances.yaml, held against record.yaml" in text
    assert re.search(r"^Brier score 0\.\d{3} over 15 members: 0 is perfect, 2", text, re.MULTILINE)
    assert re.search(r"^yes +4 +0 +1 +0 +5$", text, re.MULTILINE)
    assert re.search(r"^firm +4 +0\.472 +97\.0% +3 of 4 +75\.0%$", text, re.MULTILINE)
    assert re.search(r"^MEX +no +yes +0%$", text, re.MULTILINE)
    assert "Voted as listed: 8 of 12 (66.7%)" in text
    assert max(cell_len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("width", [40, 200])
@pytest.mark.usefixtures("files")
def test_any_width_and_plain_characters(width: int) -> None:
    text = quick("score", "stances.yaml", "record.yaml", "--ascii", "--width", str(width)).stdout
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.usefixtures("files")
def test_json_has_exact_fractions() -> None:
    data = quick("score", "stances.yaml", "record.yaml", "--format", "json").data
    assert data["schema"] == "unvote/1"
    (result,) = data["results"]
    score = scored()
    assert result["brier"]["mean"]["exact"] == str(score.overall.mean)
    assert sum(Fraction(part["total"]["exact"]) for part in result["by_confidence"]) == Fraction(
        result["brier"]["total"]["exact"]
    )
    assert result["confusion"]["yes"] == {"yes": 4, "no": 0, "abstain": 1, "absent": 0}
    assert result["members"][0]["member"] == "ALB"
    assert result["actual"]["verdict"] == "not adopted"
    assert result["verdicts"][0]["came"] == "not adopted"


@pytest.mark.usefixtures("files")
def test_the_json_reference_has_every_key() -> None:
    page = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    section = page.partition("## `score`\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE))
    (result,) = quick(
        "score", REAL / "es-11-4-stances.yaml", REAL / "es-11-4.yaml", "--format", "json"
    ).data["results"]
    lists = ("by_confidence", "calibration", "verdicts", "members", "not_scored")
    parts = [result, *(result[name][0] for name in lists), result["yes"], result["actual"]]
    assert told == {key for part in parts for key in part}


@pytest.mark.usefixtures("files")
def test_csv_has_a_row_for_each_member() -> None:
    rows = quick("score", "stances.yaml", "record.yaml", "--format", "csv").stdout.splitlines()
    assert len(rows) == 16
    (row,) = (row for row in rows if row.startswith("BRA,"))
    stated = '"yes 60%, no 10%, abstain 30%",chances given,undecided,0.6,0.1,0.3,0'
    assert row == f"BRA,{stated},yes,0.6,0.26"


def test_markdown(files: Path) -> None:
    (files / "record.yaml").write_text(RECORD.replace("A text", "'A |text| <b>'"))
    text = quick("score", "stances.yaml", "record.yaml", "--format", "markdown").stdout
    assert text.startswith("### S/1: A \\|text\\| \\<b\\>\n")
    assert "| firm | 4 | 0.472 | 97.0% | 3 of 4 | 75.0% |\n" in text


def test_text_from_files_is_never_markup(files: Path) -> None:
    (files / "record.yaml").write_text(RECORD.replace("A text", "'[bold]x[/bold] [/A/77]'"))
    assert "[bold]x[/bold] [/A/77]" in quick("score", "stances.yaml", "record.yaml").stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("record.yaml", "stances.yaml"), "UV110", "nothing is forecast here"),
        (("stances.yaml", "stances.yaml"), "UV110", "the record of the vote is wanted"),
        (("stances.yaml", "counts.yaml"), "UV408", "known by number only"),
        (("stances.yaml", "result.yaml"), "UV408", "neither by name nor by number"),
        (("missing.yaml", "record.yaml"), "UV113", "cannot read this file"),
        (("stances.yaml", "broken.yaml"), "UV201", "ATLANTIS"),
    ],
)
def test_files_that_cannot_be_scored(
    files: Path, words: tuple[str, str], code: str, message: str
) -> None:
    head = RECORD.partition("votes:")[0]
    (files / "counts.yaml").write_text(f"{head}counts: 9-1-4\n")
    (files / "result.yaml").write_text(f"{head}result: adopted\n")
    (files / "broken.yaml").write_text(f"{head}votes: {{yes: [ATLANTIS]}}\n")
    done = quick("score", *words)
    assert done.code == 2
    assert done.stdout == ""
    assert re.search(rf"error {code}: .*{message}", done.stderr)
    data = quick("score", *words, "--format", "json").data
    assert data["results"] == []
    assert code in {problem["code"] for problem in data["problems"]}


@pytest.mark.usefixtures("files")
def test_bad_usage_exits_2() -> None:
    assert quick("score", "stances.yaml").code == 2
    assert quick("score", "stances.yaml", "").code == 2
    assert quick("score", "stances.yaml", "record.yaml", "--on", "yesterday").code == 2


def test_as_a_process_the_same_bytes_twice(files: Path) -> None:
    first, second = (run("score", "stances.yaml", "record.yaml", cwd=files) for _ in range(2))
    assert first.code == 0, first.stderr
    assert first == second


def test_a_scenario_on_stances_can_be_scored(files: Path) -> None:
    (files / "if.yaml").write_text(
        "kind: scenario\nbase: stances.yaml\nset: [{countries: [MEX], vote: yes}]\n"
    )
    before, after = scored(), scored("if.yaml")
    assert before.overall.total - after.overall.total == 2


def test_the_words_of_a_file_of_its_own(files: Path) -> None:
    text = FORECAST.replace("FRA: firm yes", "FRA: sworn yes") + "confidence: {sworn: 99.5%}\n"
    (files / "stances.yaml").write_text(text)
    (line,) = (line for line in scored().calibration if line.basis == "sworn")
    assert (line.stated, line.number, line.came) == (Fraction("0.995"), 1, 1)


@pytest.mark.usefixtures("files")
def test_no_more_than_twenty_surprises_unless_all_are_asked_for() -> None:
    stances = str(REAL / "es-11-4-stances.yaml")
    record = str(REAL.parent / "ukraine-2025" / "es-11-7.yaml")
    short, long = quick("score", stances, record), quick("score", stances, record, "-v")
    assert short.code == long.code == 0
    found = re.search(r"and (\d+) more not as listed", short.stdout)
    assert found is not None
    assert len(long.stdout.splitlines()) - len(short.stdout.splitlines()) >= int(found[1]) - 2
    assert "more not as listed" not in long.stdout
