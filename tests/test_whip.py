"""`unvote whip`, `odds` and `calls` on the command line: what they say of a file, and refuse."""

import csv
import io
import re
from fractions import Fraction
from pathlib import Path

import pytest
from tests.runs import quick

import unvote

ROOT = Path(__file__).parents[1]
FORECAST = ROOT / "resolutions" / "ukraine-2022" / "es-11-4-stances.yaml"
ROW = re.compile(r"^\| `([^`]+)`", re.MULTILINE)
DRAFT = """\
id: S/1
title: A draft
body: unsc
question: substantive
date: 2022-02-25
targets: [{yes: 12, label: a strong signal}]
"""
STANCES = """\
kind: stances
resolution: draft.yaml
as_of: 2022-02-24
friendly: yes
max_age_days: 3
undecided: {yes: 50%, abstain: 50%}
groups:
  P5: {vote: lean yes, except: {RUS: lean no, CHN: firm abstain}}
countries:
  ALB: {vote: firm yes, source: {who: PR, how: phone, on: 2022-02-23}}
  NOR: {vote: pledged yes, source: {who: PR, how: phone, on: 2022-02-10}, note: asked for text}
  KEN: {follows: GHA, tags: [african three]}
  GAB: {follows: GHA, tags: [african three]}
  IND: {yes: 20%, abstain: 80%, tags: [energy]}
  BRA: {vote: undecided, tags: [energy]}
  MEX: {vote: lean yes, cost: 2}
"""


@pytest.fixture
def stances(tmp_path: Path) -> Path:
    """Stances on a draft in the Council."""
    (tmp_path / "draft.yaml").write_text(DRAFT)
    (tmp_path / "stances.yaml").write_text(STANCES)
    return tmp_path / "stances.yaml"


def test_the_whip_counts_heads_by_vote_and_word(stances: Path) -> None:
    (found,) = quick("whip", stances, "--format", "json").data["results"]
    assert found["heads"]["yes"] == {
        "firm": ["ALB"],
        "pledged": ["NOR"],
        "lean": ["FRA", "GBR", "MEX", "USA"],
        "chances": [],
    }
    assert found["heads"]["no"]["lean"] == ["RUS"]
    assert found["heads"]["undecided"]["chances"] == ["IND"]
    assert (found["best"], found["listed"], found["worst"]) == ("not adopted",) * 3  # RUS leans no
    assert found["odds"]["odds"]["adopted"]["float"] > 0.1
    assert found["need"] == 9
    assert found["stale"] == ["NOR"]
    assert found["undecided"]["energy"] == {"undecided": ["BRA", "IND"]}
    assert found["stances"]["NOR"]["source"] == {"who": "PR", "how": "phone", "on": "2022-02-10"}


def test_heads_add_up_to_all_that_vote(stances: Path) -> None:
    (found,) = quick("whip", stances, "--format", "json").data["results"]
    named = [code for row in found["heads"].values() for codes in row.values() for code in codes]
    rest = set(found["stances"]) - set(named)
    assert len(named) == len(set(named))
    assert all(found["stances"][code]["confidence"] == "" for code in rest)
    assert len(found["stances"]) == 15


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("yes", ["ALB", "FRA", "GBR", "MEX", "NOR", "USA"]),
        ("firm", ["ALB", "CHN"]),
        ("energy", ["BRA", "IND"]),
        ("P5", ["CHN", "FRA", "GBR", "RUS", "USA"]),
        ("stale", ["NOR"]),
        ("NOR", ["NOR"]),
        ("chances", ["IND"]),
    ],
)
def test_only_picks_members(stances: Path, word: str, codes: list[str]) -> None:
    (found,) = quick("whip", stances, "--only", word, "--format", "json").data["results"]
    assert list(found["stances"]) == codes


def test_only_of_nothing_here_is_an_error(stances: Path) -> None:
    ended = quick("whip", stances, "--only", "Atlantis")
    assert ended.code == 2
    assert "UV110" in ended.stderr
    assert "Atlantis" in ended.stderr
    assert not ended.stdout


@pytest.mark.parametrize("by", ["region", "group", "tag", "EU,NATO"])
def test_splits_count_every_member(stances: Path, by: str) -> None:
    (found,) = quick("whip", stances, "--by", by, "--format", "json").data["results"]
    inside = {code for votes in found["by"].values() for codes in votes.values() for code in codes}
    assert inside == set(found["stances"])


def test_a_split_by_no_group_is_an_error(stances: Path) -> None:
    ended = quick("whip", stances, "--by", "EU,Atlantis")
    assert ended.code == 2
    assert "UV205" in ended.stderr


def test_text_for_a_chat_is_short_lines(stances: Path) -> None:
    text = quick("whip", stances, "--format", "text").stdout
    assert text.startswith("S/1, UNSC, 25 Feb 2022: NOT ADOPTED (as of 24 Feb 2022)\n")
    assert "Yes 6 (1 firm, 1 pledged, 4 lean)" in text
    assert "Older than 3 days on 2022-02-24: NOR" in text
    assert "Target of 12 yes (a strong signal): 6 listed" in text
    assert "\x1b" not in text


def test_notes_show_sources(stances: Path) -> None:
    text = quick("whip", stances, "--only", "NOR", "--notes").stdout
    assert "PR, phone, 10 Feb 2022; asked for text" in text


def test_csv_has_a_row_a_member(stances: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(quick("whip", stances, "--format", "csv").stdout)))
    assert len(rows) == 15
    assert {row["member"]: row["stance"] for row in rows}["KEN"] == "follows GHA"


def test_odds_are_exact_and_name_their_assumptions(stances: Path) -> None:
    (found,) = quick("odds", stances, "--format", "json").data["results"]
    odds = found["odds"]
    assert "/" in odds["adopted"]["exact"]
    total = odds["adopted"]["float"] + odds["not adopted"]["float"] + odds["open"]["float"]
    assert total == pytest.approx(1)
    assert found["together"] == [["GAB", "GHA", "KEN"]]
    assert found["assumptions"]["undecided"] == {"yes": "1/2", "abstain": "1/2"}
    assert sum(found["yes"]["chances"]) == pytest.approx(1)
    assert found["targets"][0]["yes"] == 12


def test_assumptions_can_be_replaced(stances: Path) -> None:
    def adopted(*words: str) -> float:
        (found,) = quick("odds", stances, "--format", "json", *words).data["results"]
        return float(found["odds"]["adopted"]["float"])

    sure = adopted("--confidence", "lean=99%", "--undecided", "yes=100%")
    assert sure < 0.02  # Russia then votes no
    assert adopted("--confidence", "lean=10%", "--undecided", "yes=100%") > sure
    assert adopted("--undecided", "abstain=100%,yes=0%") < adopted("--undecided", "yes=100%")


@pytest.mark.parametrize(
    "words",
    [
        ("--confidence", "firm"),
        ("--confidence", "firm=2"),
        ("--confidence", "firm=0.9"),
        ("--undecided", "yes=50%"),
        ("--undecided", "perhaps=100%"),
        ("--undecided", "yes=50%,yes=50%"),
    ],
)
def test_assumptions_that_make_no_sense_are_refused(stances: Path, words: tuple[str, str]) -> None:
    ended = quick("odds", stances, *words)
    assert ended.code == 2
    assert words[0] in ended.stderr
    assert not ended.stdout


def test_drawn_odds_say_so(stances: Path) -> None:
    text = quick("odds", stances, "--simulate", "50000", "--seed", "4").stdout
    assert "50,000 scenarios were drawn: not exact" in text
    assert "standard error" in text
    (found,) = quick("odds", stances, "--simulate", "50000", "--format", "json").data["results"]
    assert found["odds"]["draws"] == 50000
    (exact,) = quick("odds", stances, "--format", "json").data["results"]
    gap = found["odds"]["adopted"] - exact["odds"]["adopted"]["float"]
    assert abs(gap) < 6 * found["odds"]["standard_error"]


def test_odds_of_votes_without_names_where_names_matter_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(DRAFT + "counts: 11-1-3\n")
    for command in ("odds", "calls"):
        ended = quick(command, file)
        assert ended.code == 2
        assert "UV410" in ended.stderr


def test_a_record_is_certain() -> None:
    (found,) = quick(
        "odds", ROOT / "resolutions/ukraine-2022/s-2022-155.yaml", "--format", "json"
    ).data["results"]
    assert found["odds"]["not adopted"] == {"exact": "1", "float": 1.0}
    assert found["odds"]["vetoed"] == {"exact": "1", "float": 1.0}


def test_calls_rank_moves_and_name_who_must_be_held(stances: Path) -> None:
    (found,) = quick("calls", stances, "--format", "json").data["results"]
    calls = found["calls"]
    assert calls["wanted"] == "adopted"
    assert calls["win"][0]["member"] == "RUS"
    assert calls["win"][0]["gain"]["float"] > 0
    assert calls["hold"][0]["gain"]["float"] < 0
    assert {move["cost"] for move in calls["win"] if move["member"] == "MEX"} == {2}
    ghana = next(move for move in calls["win"] if move["member"] == "GHA")
    assert ghana["followers"] == ["GAB", "KEN"]


def test_costs_go_before_those_of_the_file_and_are_checked(stances: Path) -> None:
    priced = quick("calls", stances, "--cost", "Mexico=5", "--format", "json")
    (found,) = priced.data["results"]
    costs = {m["cost"] for m in found["calls"]["win"] if m["member"] == "MEX"}
    assert costs == {5}
    for words in ("MEX", "MEX=0", "MEX=many", "Atlantis=2", "DEU=2"):
        ended = quick("calls", stances, "--cost", words)
        assert ended.code == 2, words
        assert "--cost" in ended.stderr


def test_the_side_is_the_files_own_unless_said(stances: Path) -> None:
    def wanted(*words: str) -> str:
        (found,) = quick("calls", stances, "--format", "json", *words).data["results"]
        return str(found["calls"]["wanted"])

    assert wanted() == "adopted"
    assert wanted("--side", "against") == "not adopted"
    stances.write_text(STANCES.replace("friendly: yes", "friendly: no"))
    assert wanted() == "not adopted"


@pytest.mark.parametrize("command", ["whip", "odds", "calls"])
@pytest.mark.parametrize("words", [(), ("--ascii", "--width", "60"), ("--format", "markdown")])
def test_nothing_is_wider_than_asked(command: str, words: tuple[str, ...], stances: Path) -> None:
    ended = quick(command, stances, *words)
    assert ended.code == 0
    if "markdown" not in words:
        room = 60 if words else 80
        assert max(map(len, ended.stdout.splitlines())) <= room
    if "--ascii" in words:
        assert ended.stdout.isascii()


@pytest.mark.parametrize("command", ["whip", "odds", "calls"])
def test_a_real_forecast_is_told_by_each_command(command: str) -> None:
    ended = quick(command, FORECAST)
    assert ended.code == 0
    assert "ES-11/4" in ended.stdout
    assert "VEN" in ended.stdout or command != "calls"


@pytest.mark.parametrize("command", ["whip", "odds", "calls"])
def test_what_cannot_be_read_ends_with_2(command: str, tmp_path: Path) -> None:
    ended = quick(command, tmp_path / "none.yaml", "--format", "json")
    assert ended.code == 2
    assert ended.data["results"] == []
    assert ended.data["problems"][0]["code"] == "UV113"


def test_the_interface_gives_the_same(stances: Path) -> None:
    report = unvote.odds(stances)
    assert report.valid
    assert report.forecast is not None
    ((_, odds),) = report.forecast.exact
    (found,) = quick("odds", stances, "--format", "json").data["results"]
    assert found["odds"]["adopted"]["exact"] == str(odds.adopted)
    assert unvote.calls(stances).calls[0][1].now == odds.adopted
    count = unvote.whip(stances).whip
    assert count is not None
    assert len(count.count.heads) == 15


def test_undeclared_questions_have_odds_each(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("id: A/1\nbody: unga\ndate: 2022-03-02\nstances: {EU: lean yes, RUS: no}\n")
    for command in ("odds", "calls"):
        (found,) = quick(command, file, "--format", "json").data["results"]
        assert found["question"] is None
        assert found[command] is None
        assert found["under"].keys() >= {"ordinary", "important"}
    assert "as important question" in quick("odds", file).stdout


def test_the_json_reference_has_every_key_and_no_other(stances: Path) -> None:
    """The tables marked `<!-- keys of whip: ... -->` and so on."""
    page = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    parts = re.split(r"^<!-- keys of (whip|odds|calls): (\w+) -->$", page, flags=re.MULTILINE)
    told = {
        (command, name): set(
            re.findall(r"^\| `([^`]+)`", text.lstrip().partition("\n\n")[0], re.MULTILINE)
        )
        for command, name, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    }
    whip, odds, calls = (
        quick(command, stances, "--format", "json").data["results"][0]
        for command in ("whip", "odds", "calls")
    )
    drawn = quick("odds", stances, "--simulate", "100", "--format", "json").data["results"][0]
    chain = quick("odds", chain_in(stances.parent), "--format", "json").data["results"][0]
    assert told == {
        ("odds", "chain"): set(chain),
        ("odds", "vote"): set(chain["votes"][0]),
        ("whip", "count"): set(whip),
        ("whip", "stance"): set(whip["stances"]["NOR"]),
        ("odds", "odds"): {*odds, "under"},
        ("odds", "chances"): {*odds["odds"], *drawn["odds"]},
        ("odds", "yes"): set(odds["yes"]),
        ("odds", "target"): set(odds["targets"][0]),
        ("calls", "list"): {*calls, "under"},
        ("calls", "calls"): set(calls["calls"]),
        ("calls", "move"): set(calls["calls"]["win"][0]),
    }


def chain_in(folder: Path) -> Path:
    """Proceedings: the draft, the call if it is not adopted, and the Assembly if the call is."""
    (folder / "call.yaml").write_text(
        "id: S/2\nbody: unsc\nquestion: procedural\ndate: 2022-02-27\n"
        "stances: {WEOG: firm yes, ALB: firm yes, GAB: yes, GHA: yes, KEN: lean yes, RUS: no}\n"
    )
    (folder / "assembly.yaml").write_text(
        "id: A/1\nbody: unga\nquestion: important\ndate: 2022-03-02\n"
        "amendments: [{id: A1, stances: {EU: lean yes, RUS: no}}]\n"
        "stances:\n  EU: {vote: firm yes, if: {A1: not adopted}, then: lean abstain}\n"
        "  GRULAC: lean yes\n  RUS: no\n"
    )
    day = folder / "day.yaml"
    day.write_text(
        "kind: proceedings\ntitle: A day\nsteps:\n"
        "  - {id: council, resolution: stances.yaml}\n"
        "  - {id: call, resolution: call.yaml, when: council is not adopted}\n"
        "  - {id: assembly, resolution: assembly.yaml, when: call is adopted}\n"
    )
    return day


def test_odds_run_along_proceedings(stances: Path) -> None:
    """All that can happen adds up to one, and a step is put as often as its condition holds."""
    (found,) = quick("odds", chain_in(stances.parent), "--format", "json").data["results"]
    votes = {vote["step"]: vote for vote in found["votes"]}
    assert list(votes) == ["council", "call", "A1", "assembly"]
    for vote in votes.values():
        ends = ("adopted", "not adopted", "open")
        assert sum(Fraction(vote[end]["exact"]) for end in ends) == Fraction(vote["put"]["exact"])
    assert votes["call"]["put"] == votes["council"]["not adopted"]
    assert votes["assembly"]["put"] == votes["call"]["adopted"]
    assert sum(Fraction(way["chance"]["exact"]) for way in found["ways"]) == 1
    (alone,) = quick("odds", stances, "--format", "json").data["results"]
    assert votes["council"]["adopted"] == alone["odds"]["adopted"]
    text = quick("odds", stances.parent / "day.yaml").stdout
    assert "council not adopted, call adopted, assembly" in text
    assert max(map(len, text.splitlines())) <= 80
    rows = quick("odds", stances.parent / "day.yaml", "--format", "csv").stdout.splitlines()
    assert len(rows) == 5


def test_a_text_with_amendments_to_come_is_a_chain_of_its_own(stances: Path) -> None:
    chain_in(stances.parent)
    (found,) = quick("odds", stances.parent / "assembly.yaml", "--format", "json").data["results"]
    assert [vote["step"] for vote in found["votes"]] == ["A1", "A/1"]
    assert len(found["ways"]) == 2


def test_votes_that_hang_on_an_open_amendment_are_never_passed_over(stances: Path) -> None:
    """The text alone takes them as undecided and says so; the chain reckons them exactly."""
    chain_in(stances.parent)
    text = stances.parent / "assembly.yaml"
    words = "hang on an amendment still open"
    assert words in " ".join(quick("whip", text).stdout.split())
    assert words not in " ".join(quick("odds", text).stdout.split())
    (supposed,) = quick("whatif", text, "--amended", "A1", "--format", "json").data["results"]
    (chained,) = quick("odds", text, "--format", "json").data["results"]
    assert supposed["odds"]["before"]["adopted"] == chained["votes"][-1]["adopted"]
    assert supposed["odds"]["after"]["adopted"] != chained["votes"][-1]["adopted"]
