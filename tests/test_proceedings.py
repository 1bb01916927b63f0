"""Proceedings shown, explained and supposed; amendments supposed; what follows a veto.

`UNVOTE_UPDATE=1` writes what is drawn anew (`drawn/`).
"""

import csv
import io
import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len
from tests.runs import Ended, quick, shipped_data_read_once

import unvote
from unvote.api.tallying import open_world
from unvote.explain import notices, working_days_after
from unvote.render.data import ruling_data
from unvote.render.whatif_data import whatif_data
from unvote.rulings import Ruling
from unvote.suppositions import Supposition, WhatIf
from unvote.vocabulary import Verdict

ROOT = Path(__file__).parents[1]
DRAWN = Path(__file__).parent / "drawn"
REAL = ROOT / "resolutions"
CHAIN, DAY_2025 = REAL / "ukraine-2022" / "february-march.yaml", REAL / "ukraine-2025"
FILES: Final = {
    "council": """\
id: S/1
title: A draft
body: unsc
question: substantive
date: 2024-04-18
votes: {no: [RUS], abstain: [CHN], otherwise: yes}
""",
    "next": """\
id: S/3
body: unsc
question: substantive
date: 2024-04-19
votes: {otherwise: yes}
""",
    "call": """\
id: S/RES/2
body: unsc
question: procedural
date: 2024-04-19
votes: {no: [RUS], abstain: [CHN], otherwise: yes}
""",
    "assembly": """\
id: A/L.1
title: The text [as tabled]
body: unga
question: important
date: 2024-04-23
amendments:
  - {id: A1, title: first, counts: 90-20-40, excludes: [A2]}
  - {id: A2, title: second, stances: {yes: [FRA], no: [DEU]}}
  - {id: A3, title: third, result: not adopted}
stances:
  FRA: yes
  DEU: yes
  GBR: yes
  RUS: no
  CHN: {vote: yes, if: {A1: adopted}, then: abstain}
  USA: {vote: yes, if: {A1: adopted}, then: no}
""",
    "day": """\
kind: proceedings
title: A day
steps:
  - {id: council, resolution: council.yaml}
  - {id: next, resolution: next.yaml, when: council is adopted}
  - {id: call, resolution: call.yaml, when: council is vetoed}
  - {id: assembly, resolution: assembly.yaml, when: call is adopted}
  - {id: last, resolution: next.yaml, when: assembly is adopted}
""",
}
VOTES: Final = ("council", "next", "call", "A1", "A2", "A3", "assembly", "last")
SUPPOSED: Final = ("--set", "council/RUS=abstain", "--result", "call=not adopted")


@pytest.fixture(autouse=True, scope="module")
def _shipped() -> Iterator[None]:
    with shipped_data_read_once():
        yield


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with proceedings of five steps, in two bodies."""
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")


def decided(file: str | Path = "day.yaml") -> dict[str, Ruling]:
    """The votes of proceedings by step, amendments and parts by their own id."""
    report = unvote.tally(file)
    assert report.valid, report.problems
    return {name_of(ruling): ruling for ruling in report.results}


def name_of(ruling: Ruling) -> str:
    """What a vote is called in these tests."""
    return ruling.case.id if ruling.case.part_of else ruling.case.step or ""


def supposed(answer: WhatIf) -> dict[str, Supposition]:
    """The votes of proceedings, before and after."""
    assert answer.valid, answer.problems
    return {name_of(result.after): result for result in answer.results}


def whatif(*words: str | Path) -> Ended:
    """A run of the command."""
    return quick("whatif", *words)


def codes(answer: WhatIf) -> list[tuple[str, str]]:
    """The place and the code of each mistake."""
    return [(p.file, p.problem.code) for p in answer.problems if p.is_error]


# --- tally ----------------------------------------------------------------------------------------


def test_the_votes_stand_in_order_with_whether_they_were_taken() -> None:
    found = decided()
    assert tuple(found) == VOTES
    assert [found[name].taken for name in VOTES] == [
        *(True, False, True, True, False, True, True, None),
    ]
    assert found["council"].reason == ""
    assert found["next"].reason == "'council is adopted' does not hold"
    assert found["call"].reason == "'council is vetoed' holds"
    assert found["A2"].reason == "falls because A1, which excludes it, was adopted"
    assert found["last"].reason == "'assembly is adopted' is open"
    assert {ruling.case.step for ruling in found.values()} == {
        *("council", "next", "call", "assembly", "last"),
    }


def test_the_day_is_printed_with_what_each_vote_needed_and_had() -> None:
    done = quick("tally", "day.yaml")
    assert (done.code, done.stderr) == (0, "")
    words = " ".join(done.stdout.split())
    for told in (
        "council: S/1 13-1-1 9 13 ✗ NOT ADOPTED UNSC, 18 Apr 2024 vetoed by RUS substantive",
        "NOT TAKEN UNSC, 19 Apr 2024 'council is adopted' substantive does not hold",
        "assembly: A1 of A/L.1 90-20-40 74 90 of 110 ✓ ADOPTED",
        "falls because A1,",
        "which excludes it, was adopted",
        "recorded result",
        "? IF TAKEN: ADOPTED",
        "'assembly is adopted'",
        "RUS voted no: on this question there is no veto",
    ):
        assert told in words


def test_a_vote_that_was_not_taken_has_no_verdict_and_no_votes() -> None:
    results = {r["id"]: r for r in quick("tally", "day.yaml", "--format", "json").data["results"]}
    fallen = results["A2"]
    told = {key: fallen[key] for key in ("step", "taken", "verdict", "because", "counts", "votes")}
    assert told == {
        "step": "assembly",
        "taken": False,
        "verdict": None,
        "because": None,
        "counts": None,
        "votes": {},
    }
    assert (fallen["part_of"], fallen["notices"], fallen["findings"]) == ("A/L.1", [], [])
    assert (results["S/3"]["taken"], results["S/3"]["verdict"]) == (None, "adopted")
    assert "whether it is put to the vote is open" in results["S/3"]["notices"][0]


def test_a_text_by_itself_says_what_fell_too() -> None:
    found = {
        r["id"]: r for r in quick("tally", "assembly.yaml", "--format", "json").data["results"]
    }
    assert [found[name]["taken"] for name in ("A1", "A2", "A3", "A/L.1")] == [
        *(True, False, True, True),
    ]
    assert {result["step"] for result in found.values()} == {None}
    done = quick("tally", "assembly.yaml")
    assert "\u2013 NOT TAKEN" in done.stdout
    assert "falls because A1" in done.stdout


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_sheets_have_the_step_and_whether_it_was_taken(form: str) -> None:
    text = quick("tally", "day.yaml", "--format", form).stdout
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
    else:
        lines = [
            [cell.strip() for cell in line.strip("|\n").split("|")] for line in text.split("\n")
        ]
        rows = [
            dict(zip((name.lower() for name in lines[0]), line, strict=True))
            for line in lines[2:-1]
        ]
    assert [row["taken"] for row in rows] == ["yes", "no", "yes", "yes", "no", "yes", "yes", "open"]
    assert [row["step"] for row in rows][-2:] == ["assembly", "last"]
    assert rows[1]["verdict"] in {"", "not taken, 'council is adopted' does not hold"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--exit-code"], 1),
        (["--require", "adopted"], 1),
        (["--require", "not adopted"], 1),
    ],
)
def test_an_exit_code_asks_the_votes_taken(words: list[str], code: int) -> None:
    assert quick("tally", "day.yaml", *words).code == code


def test_votes_that_were_not_taken_do_not_count_for_the_exit_code() -> None:
    Path("two.yaml").write_text(
        "kind: proceedings\nsteps:\n"
        "  - {id: call, resolution: call.yaml}\n"
        "  - {id: council, resolution: council.yaml, when: call is not adopted}\n"
    )
    assert quick("tally", "two.yaml", "--require", "adopted", "--exit-code").code == 0
    assert quick("tally", "two.yaml", "--require", "not adopted").code == 1


def test_a_folder_lists_its_resolutions_and_skips_proceedings() -> None:
    report = unvote.tally(".")
    assert [ruling.case.step for ruling in report.results] == [None] * len(report.results)
    assert report.skipped == 1


def test_a_wrong_step_is_an_error_of_the_proceedings() -> None:
    Path("council.yaml").write_text("id: X\nbody: unsc\nvotes: {yes: [Korea]}\n")
    done = quick("tally", "day.yaml")
    assert done.code == 2
    assert "day.yaml:4:" in done.stderr
    assert "UV408" in done.stderr


def test_proceedings_are_decided_as_on_another_day() -> None:
    report = unvote.tally("day.yaml", on=date(2023, 3, 1))
    assert {ruling.case.day for ruling in report.results} == {date(2023, 3, 1)}


def test_one_command_on_the_real_day_shows_who_vetoed_nothing() -> None:
    done = quick("tally", DAY_2025 / "24-february.yaml")
    assert done.code == 0
    assert "USA abstained on a text of its own" in done.stdout
    assert "FRA and GBR abstained: an abstention is not a veto" in done.stdout
    assert done.stdout.count("vetoed by RUS") == 2


def test_the_real_chain_runs_from_the_veto_to_the_assembly() -> None:
    found = decided(CHAIN)
    assert [(r.taken, r.verdict) for r in found.values()] == [
        (True, Verdict.NOT_ADOPTED),
        (True, Verdict.ADOPTED),
        (True, Verdict.ADOPTED),
    ]


# --- explain --------------------------------------------------------------------------------------


def test_the_account_says_of_each_step_why_it_was_taken_or_not() -> None:
    done = quick("explain", "day.yaml", "--format", "json")
    told = {r["id"]: [s["text"] for s in r["explanation"]] for r in done.data["results"][:6]}
    assert told["S/1"][1] == "The step is taken: it hangs on no condition."
    assert told["S/3"][1:] == ["The step is not taken: 'council is adopted' does not hold."]
    assert told["S/RES/2"][1] == "The step is taken: 'council is vetoed' holds."
    assert told["A2"][1:] == [
        "It is not taken: falls because A1, which excludes it, was adopted.",
    ]
    assert done.data["results"][4]["otherwise"] == {}
    text = quick("explain", "day.yaml").stdout
    assert "\nnext: S/3\n\u2013 NOT TAKEN\n" in text
    assert "**NOT TAKEN**" in quick("explain", "day.yaml", "--format", "markdown").stdout


# --- After a veto ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2022-04-25", None),
        ("2022-04-26", "by 10 May 2022"),
        ("2024-04-18", "by 2 May 2024"),
        ("2022-09-30", "by 14 Oct 2022"),
    ],
)
def test_a_veto_since_april_2022_is_debated_in_the_assembly(day: str, told: str | None) -> None:
    text = FILES["council"].replace("2024-04-18", day)
    (ruling,) = unvote.tally("-", stdin=text.encode()).results
    said = "; ".join(notice for notice in notices(ruling) if "76/262" in notice)
    if told is None:
        assert not said
        return
    for words in (
        told,
        "within 10 working days",
        "holidays ignored",
        "unless it meets in an emergency special session on the same situation",
        "needs no vote and overturns nothing",
    ):
        assert words in said


def test_a_no_that_is_no_veto_is_not_debated() -> None:
    text = FILES["council"].replace(
        "abstain: [CHN]", "abstain: [CHN, FRA, GBR, DZA, ECU, GUY, JPN]"
    )
    (ruling,) = unvote.tally("-", stdin=text.encode()).results
    assert ruling.verdict is Verdict.NOT_ADOPTED
    assert not any("76/262" in notice for notice in notices(ruling))


@given(st.dates(date(2022, 1, 1), date(2060, 1, 1)), st.integers(1, 40))
def test_working_days_are_monday_to_friday(day: date, count: int) -> None:
    last = working_days_after(day, count)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert last.isoweekday() <= 5
    assert sum(one.isoweekday() <= 5 for one in between) == count


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{since: 2022-04-26, working_days: 10, note: a debate}", None),
        ("{since: spring, working_days: 10, note: a debate}", "UV104"),
        ("{since: 2022-04-26, working_days: ten, note: a debate}", "UV110"),
        ("{since: 2022-04-26, working_days: 1000000000, note: a debate}", "UV110"),
        ("{since: 2022-04-26, working_days: 10}", "UV111"),
        ("{since: 2022-04-26, working_days: 10, note: a debate, who: us}", "UV106"),
    ],
)
def test_what_follows_a_veto_is_data_of_the_body(written: str, code: str | None) -> None:
    Path("bodies").mkdir()
    Path("bodies/club.yaml").write_text(
        "kind: body\nid: club\nname: The club\nmembers: [FRA, DEU]\nclasses: {old: [FRA]}\n"
        "questions:\n  all:\n    default: true\n    rules:\n"
        "      - needs: [{at_least: 1}]\n        veto: {by: old}\n"
        f"        after_veto: {written}\n"
    )
    Path("text.yaml").write_text(
        "id: T\nbody: club\ndate: 2024-04-18\nvotes: {yes: [DEU], no: [FRA]}\n"
    )
    done = quick("check", "bodies/club.yaml")
    assert done.codes == ([code] if code else []), done.stdout
    if code is None:
        assert "10 working days, by 2 May 2024" in quick("tally", "text.yaml").stdout


def test_what_follows_a_veto_needs_a_veto() -> None:
    Path("club.yaml").write_text(
        "kind: body\nid: club\nname: The club\nmembers: [FRA, DEU]\nquestions:\n  all:\n"
        "    rules:\n      - needs: [{at_least: 1}]\n"
        "        after_veto: {since: 2022-04-26, working_days: 10, note: a debate}\n"
    )
    assert quick("check", "club.yaml").codes == ["UV111"]


# --- whatif on proceedings ------------------------------------------------------------------------


def test_one_changed_vote_changes_all_that_hang_on_it() -> None:
    found = supposed(unvote.whatif("day.yaml", sets=["council/RUS=abstain"]))
    assert tuple(found) == VOTES
    assert {name: result.differs for name, result in found.items() if result.differs} == {
        "council": ("verdict", "because", "counts"),
        "next": ("taken", "verdict", "counts"),
        "call": ("taken", "verdict", "counts"),
        "A1": ("taken", "verdict", "counts"),
        "A3": ("taken", "verdict"),
        "assembly": ("taken", "verdict", "because", "counts"),
        "last": ("taken", "verdict", "counts"),
    }
    assert found["council"].why == (
        *("turned from not adopted to adopted: 4 to spare", "the veto of RUS is lifted"),
    )
    assert [t.members for t in found["council"].transfers] == [("RUS",)]
    assert found["next"].why[0] == "now taken: 'council is adopted' holds"
    assert found["call"].why == ("not taken any more: 'council is vetoed' does not hold",)
    assert found["last"].why == ("not taken: 'assembly is adopted' does not hold",)


def test_the_real_chain_without_the_veto() -> None:
    found = supposed(unvote.whatif(CHAIN, sets=["council/RUS=abstain"]))
    assert [result.after.taken for result in found.values()] == [True, False, False]
    assert found["council"].after.verdict is Verdict.ADOPTED


@pytest.mark.parametrize(
    ("words", "step", "counts"),
    [
        ({"sets": ["council/RUS=no", "council/CHN=no"]}, "council", "13-2-0"),
        ({"moves": ["council/abstain:yes:1"]}, "council", "14-1-0"),
        ({"drops": ["council/RUS"]}, "council", "13-0-1"),
        ({"moves": ["assembly/A1/yes:no:50"]}, "A1", "40-70-40"),
        ({"sets": ["assembly/IND=no"]}, "assembly", "3-3-1"),
    ],
)
def test_votes_of_any_step_are_set_moved_and_dropped(
    words: dict[str, list[str]], step: str, counts: str
) -> None:
    after = supposed(unvote.whatif("day.yaml", **words))[step].after  # type: ignore[arg-type]
    assert after.outcome is not None
    assert str(after.outcome.tally) == counts


def test_an_amendment_that_falls_otherwise_frees_what_it_excluded_and_who_hung_on_it() -> None:
    found = supposed(unvote.whatif("day.yaml", moves=["assembly/A1/yes:no:50"]))
    assert found["A1"].after.verdict is Verdict.NOT_ADOPTED
    assert (found["A2"].before.taken, found["A2"].after.taken) == (False, True)
    moved = {(t.source.value, t.members) for t in found["assembly"].transfers}
    assert found["assembly"].after.verdict is Verdict.OPEN
    assert moved <= {("no", ("USA",)), ("abstain", ("CHN",))}


def test_a_result_is_supposed_and_never_called_recorded() -> None:
    found = supposed(unvote.whatif("day.yaml", results=["call=not adopted"]))
    after = found["call"].after
    assert (after.verdict, after.supposed, after.outcomes) == (Verdict.NOT_ADOPTED, True, ())
    assert found["assembly"].after.taken is False
    data = ruling_data(after)
    assert (data["reason"], data["counts"], data["votes"]) == ("supposed", None, {})
    assert data["notices"] == ["the result is supposed; no votes were counted"]
    text = whatif("day.yaml", "--result", "assembly=adopted").stdout
    assert "supposed" in text
    (line,) = [one for one in text.splitlines() if "recorded result" in one]  # A3's, in the file
    assert "✗" not in line
    part = supposed(unvote.whatif("day.yaml", results=["assembly/A3=adopted"]))["A3"]
    assert (part.before.verdict, part.after.verdict) == (Verdict.NOT_ADOPTED, Verdict.ADOPTED)


def test_what_was_supposed_of_a_step_that_is_not_taken_does_not_take_it() -> None:
    found = supposed(unvote.whatif("day.yaml", results=["next=adopted"]))
    assert found["next"].after.taken is False


def test_what_votes_are_set_to_is_what_they_are_decided_on() -> None:
    """Before and after are what the files say, and what they would say."""
    answer = unvote.whatif("day.yaml", sets=["council/RUS=yes", "council/CHN=no", "call/RUS=yes"])
    before = decided()
    for name, old, new in (
        ("council", "no: [RUS], abstain: [CHN]", "no: [CHN]"),
        ("call", "no: [RUS], abstain: [CHN]", "abstain: [CHN]"),
    ):
        Path(f"{name}.yaml").write_text(FILES[name].replace(old, new))
    found, after = supposed(answer), decided()
    for name in VOTES:
        assert found[name].before == before[name]
        told, edited = found[name].after, after[name]
        assert (told.taken, told.reason, told.verdict, told.outcomes) == (
            *(edited.taken, edited.reason, edited.verdict, edited.outcomes),
        )


def test_a_vote_set_to_what_it_is_changes_nothing() -> None:
    found = supposed(unvote.whatif("day.yaml", sets=["council/RUS=no"]))
    assert not any(result.differs for result in found.values())
    assert "Nothing changes." in whatif("day.yaml", "--set", "council/RUS=no").stdout


def test_after_a_tie_the_second_vote_is_the_next_step() -> None:
    text = "id: A/1\nbody: unga\nquestion: ordinary\ndate: 2022-04-07\ncounts: 70-70-30\n"
    Path("first.yaml").write_text(text)
    Path("second.yaml").write_text(text.replace("A/1", "A/1 again").replace("70-70", "71-70"))
    Path("two.yaml").write_text(
        "kind: proceedings\nsteps:\n  - {id: first, resolution: first.yaml}\n"
        "  - {id: second, resolution: second.yaml, when: first is tied}\n"
    )
    found = decided("two.yaml")
    assert (found["second"].taken, found["second"].verdict) == (True, Verdict.ADOPTED)
    assert any("a second vote follows" in notice for notice in notices(found["first"]))
    again = supposed(unvote.whatif("two.yaml", moves=["first/no:abstain:1"]))
    assert again["second"].after.taken is False


def test_stances_of_a_step_follow_their_own_file() -> None:
    Path("text.yaml").write_text(FILES["next"].replace("votes: {otherwise: yes}\n", ""))
    Path("stances.yaml").write_text(
        "kind: stances\nresolution: text.yaml\ndefault: yes\ncountries: {RUS: no}\n"
    )
    Path("two.yaml").write_text(
        "kind: proceedings\nsteps:\n  - {id: one, resolution: stances.yaml}\n"
        "  - {id: two, resolution: call.yaml, when: one is vetoed}\n"
    )
    found = supposed(unvote.whatif("two.yaml", sets=["one/RUS=yes"]))
    assert [(r.before.taken, r.after.taken) for r in found.values()] == [
        (True, True),
        (True, False),
    ]


@pytest.mark.parametrize(
    ("words", "place", "code"),
    [
        ({"sets": ["RUS=yes"]}, "--set RUS=yes", "UV110"),
        ({"moves": ["abstain:no:2"]}, "--move abstain:no:2", "UV110"),
        ({"drops": ["RUS"]}, "--drop RUS", "UV110"),
        ({"sets": ["never/RUS=yes"]}, "--set never/RUS=yes", "UV316"),
        ({"sets": ["council/XYZ=yes"]}, "--set council/XYZ=yes", "UV201"),
        ({"sets": ["council/DEU=yes"]}, "--set council/DEU=yes", "UV302"),
        ({"sets": ["council/RUS=aye"]}, "--set council/RUS=aye", "UV110"),
        ({"moves": ["council/abstain:no:9"]}, "--move council/abstain:no:9", "UV409"),
        ({"results": ["never=adopted"]}, "--result never=adopted", "UV316"),
        ({"results": ["council"]}, "--result council", "UV110"),
        ({"results": ["council=vetoed"]}, "--result council=vetoed", "UV110"),
        ({"results": ["call=adopted", "call=adopted"]}, "--result call=adopted", "UV110"),
        ({"results": ["assembly/A2=adopted"]}, "--result assembly/A2", "UV409"),
        ({"sets": ["assembly/A2/FRA=no"]}, "--set assembly/A2/FRA=no", "UV409"),
        ({"sets": ["assembly/A3/FRA=no"]}, "--set assembly/A3/FRA=no", "UV408"),
        ({"sweeps": ["council/abstain:no:0..1"]}, "--sweep council/abstain:no:0..1", "UV110"),
        ({"amended": ["A1"]}, "--amended A1", "UV110"),
        ({"amended": []}, "--amended none", "UV110"),
        ({"scenarios": ["s.yaml"]}, "--scenario s.yaml", "UV110"),
    ],
)
def test_a_wrong_word_is_told_with_what_to_write(
    words: dict[str, list[str]], place: str, code: str
) -> None:
    answer = unvote.whatif("day.yaml", **words)  # type: ignore[arg-type]
    assert codes(answer) == [(place, code)]
    assert not answer.valid
    assert not answer.results
    (problem,) = [p for p in answer.problems if p.is_error]
    assert problem.problem.hint


def test_a_name_without_a_step_is_told_how_to_write_it() -> None:
    done = whatif("day.yaml", "--set", "RUS=yes")
    assert (done.code, done.stdout) == (2, "")
    assert "write it as council/RUS=yes; steps: council, next, call, assembly, last" in done.stderr
    assert "--set, --drop, --move or --result" in whatif("day.yaml").stderr


def test_proceedings_without_a_step_hold_no_vote() -> None:
    Path("none.yaml").write_text("kind: proceedings\nsteps: []\n")
    assert quick("tally", "none.yaml").code == 0
    done = whatif("none.yaml", "--set", "council/RUS=yes")
    assert (done.code, done.stderr) == (2, "none.yaml: error UV408: it holds no vote\n")


def test_votes_and_a_result_of_one_step_do_not_go_together() -> None:
    answer = unvote.whatif("day.yaml", sets=["call/RUS=yes"], results=["call=adopted"])
    assert codes(answer) == [("--result call", "UV409")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--require", "adopted"], 1),
        (["--set", "call/RUS=yes", "--exit-code"], 1),
        (["--result", "council=adopted", "--require", "adopted"], 0),
        (["--result", "council=adopted", "--exit-code"], 0),
    ],
)
def test_the_exit_code_asks_the_votes_taken_then(words: list[str], code: int) -> None:
    asked = words if "--result" in words else ["--set", "council/IND=no", *words]
    if "council/IND=no" in asked:
        asked[1] = "council/GUY=no"
    assert whatif("day.yaml", *asked).code == code


def test_results_in_a_text_alone_are_refused() -> None:
    answer = unvote.whatif("assembly.yaml", results=["A1=adopted"])
    assert codes(answer) == [("--result A1=adopted", "UV110")]


def test_the_json_of_proceedings_is_one_result_a_vote() -> None:
    data = whatif("day.yaml", *SUPPOSED[:2], "--format", "json").data
    assert [result["after"]["step"] for result in data["results"]] == [
        *("council", "next", "call", "assembly", "assembly", "assembly", "assembly", "last"),
    ]
    first = data["results"][0]
    assert first["changes"] == [{"members": ["RUS"], "vote": "abstain"}]
    assert (first["before"]["verdict"], first["after"]["verdict"]) == ("not adopted", "adopted")
    assert (first["turned"], data["results"][4]["turned"]) == (True, False)
    single = whatif_data(unvote.whatif("council.yaml", sets=["RUS=abstain"]))["results"][0]
    assert first.keys() == single.keys()


# --- whatif --amended -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amended", "counts"),
    [
        (["A1"], "3-2-1"),
        (["A2", "A3"], "5-1-0"),
        ([], "5-1-0"),
    ],
)
def test_stances_follow_the_amendments_supposed(amended: list[str], counts: str) -> None:
    answer = unvote.whatif("assembly.yaml", amended=amended)
    assert answer.valid, answer.problems
    (result,) = answer.results
    outcome = result.after.outcome
    assert outcome is not None
    assert str(outcome.tally) == counts
    moved = {code for transfer in result.transfers for code in transfer.members}
    assert moved == (set() if "A1" in amended else {"CHN", "USA"})


def test_changes_are_made_to_the_text_as_amended() -> None:
    words = ("--amended", "none", "--set", "CHN=no", "--format", "json")
    (result,) = whatif("assembly.yaml", *words).data["results"]
    assert result["changes"] == [
        {"adopted": [], "not_adopted": ["A1", "A2", "A3"]},
        {"members": ["CHN"], "vote": "no"},
    ]
    assert [(m["members"], m["from"], m["to"]) for m in result["moved"]] == [
        (["USA"], "no", "yes"),
        (["CHN"], "abstain", "no"),
    ]
    assert result["after"]["counts"]["yes"] == 4
    assert result["odds"]["after"] is not None
    drawn = whatif("assembly.yaml", "--amended", "A2,A3").stdout
    assert "Supposed: A2 and A3 adopted, A1 not adopted" in drawn
    sheet = whatif("assembly.yaml", "--amended", "none", "--format", "csv").stdout
    assert '"A1, A2 and A3 not adopted"' in sheet


def test_scenarios_and_stances_files_are_amended_too() -> None:
    Path("s.yaml").write_text(
        "kind: scenario\nbase: assembly.yaml\nset: [{countries: [IND], vote: yes}]\n"
    )
    answer = unvote.whatif("s.yaml", amended=[])
    assert answer.valid, answer.problems
    assert str(answer.results[0].after.outcome and answer.results[0].after.outcome.tally) == "6-1-0"
    beside = unvote.whatif("assembly.yaml", amended=[], scenarios=["s.yaml"])
    assert beside.results[0].after.outcomes == answer.results[0].after.outcomes
    Path("stances.yaml").write_text(
        "kind: stances\nresolution: assembly.yaml\ncountries:\n"
        "  CHN: {vote: yes, if: {A1: adopted}, then: no}\n"
    )
    after = unvote.whatif("stances.yaml", amended=[]).results[0].after
    assert after.case.roll is not None
    assert after.case.roll.named["CHN"].value == "yes"


def test_a_move_of_a_scenario_is_read_against_the_text_as_amended() -> None:
    Path("s.yaml").write_text(
        "kind: scenario\nbase: assembly.yaml\nset: [{from: no, to: yes, count: 2}]\n"
    )
    assert unvote.whatif("s.yaml").valid
    answer = unvote.whatif("s.yaml", amended=[])
    assert codes(answer) == [("s.yaml", "UV409")]


@pytest.mark.parametrize(
    ("amended", "code"),
    [("A7", "UV316"), ("A1,A7", "UV316"), ("A1,A2", "UV409"), ("A/L.1", "UV316"), ("", "UV316")],
)
def test_amendments_that_cannot_be_supposed_are_told(amended: str, code: str) -> None:
    done = whatif("assembly.yaml", "--amended", amended)
    assert (done.code, done.stdout) == (2, "")
    assert f"error {code}" in done.stderr


def test_a_text_without_amendments_cannot_be_amended() -> None:
    assert codes(unvote.whatif("council.yaml", amended=["A1"])) == [("--amended A1", "UV316")]
    assert codes(unvote.whatif("council.yaml", amended=[])) == [("--amended none", "UV316")]


def test_a_withdrawn_amendment_cannot_be_adopted() -> None:
    text = FILES["assembly"].replace("result: not adopted", "result: not adopted, withdrawn: true")
    Path("assembly.yaml").write_text(text)
    assert ("--amended A3", "UV409") in codes(unvote.whatif("assembly.yaml", amended=["A3"]))


# --- What is drawn --------------------------------------------------------------------------------

COMMANDS: Final = {
    "tally": ("tally", "day.yaml"),
    "explain": ("explain", "day.yaml"),
    "whatif": ("whatif", "day.yaml", *SUPPOSED[:2]),
}


def kept(name: str, text: str) -> None:
    """Compare a text with the one that is kept."""
    path = DRAWN / name
    if os.environ.get("UNVOTE_UPDATE") == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.exists(), f"{name} is not kept yet: run with UNVOTE_UPDATE=1 and read it"
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_drawn_is_as_it_was(command: str, width: int) -> None:
    text = quick(*COMMANDS[command], "--width", str(width)).stdout
    assert max(cell_len(line) for line in text.splitlines()) <= width
    kept(f"proceedings-{command}-{width}.txt", text)
    plain = quick(*COMMANDS[command], "--width", str(width), "--ascii").stdout
    assert plain.isascii()


@pytest.mark.parametrize(
    ("command", "form"),
    [
        *((command, form) for command in COMMANDS for form in ("json", "markdown")),
        *(("tally", "csv"), ("whatif", "csv")),
    ],
)
def test_what_machines_read_is_as_it_was(command: str, form: str) -> None:
    text = quick(*COMMANDS[command], "--format", form).stdout
    if form == "json":
        problems: list[Any] = json.loads(text)["problems"]
        assert [p for p in problems if p["level"] == "error"] == []
    kept(f"proceedings-{command}.{'md' if form == 'markdown' else form}", text)


def test_the_rule_of_the_council_has_its_aftermath_with_its_article() -> None:
    council, _ = open_world().body("unsc")
    assert council is not None
    found = {
        (question.id, str(rule.after_veto.citation))
        for question in council.questions.values()
        for rule in question.rules
        if rule.after_veto is not None
    }
    assert found == {("substantive", "A/RES/76/262"), ("party-to-dispute", "A/RES/76/262")}
