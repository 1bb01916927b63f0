"""Recorded votes decided again: by the engine, however the data are cut, and told with sources."""

import gc
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings, strategies as st
from tests.builders import body, composition, rule, world
from typer.testing import CliRunner

import unvote
from unvote.accords import Agreement, Turnout, agreements, follow, turnouts, unity
from unvote.cli.app import app
from unvote.comparison import rice
from unvote.engine import decide
from unvote.files.records import read_records
from unvote.records import Chunk, Record
from unvote.render.history import agreement_matrix, agreement_sheet
from unvote.replays import Bar, Lens, merge, replay
from unvote.rollcall import Composition, RollCall, Tally
from unvote.vocabulary import Cause, Verdict, Vote

VOTES: Final = Path(__file__).parents[2] / "shared" / "votes"
ASSEMBLY: Final = VOTES / "ga_1946-2017.csv.xz"
COUNCIL: Final = VOTES / "sc_1946-2014.csv.xz"
there = pytest.mark.skipif(
    not (ASSEMBLY.is_file() and COUNCIL.is_file()),
    reason="the records of votes (shared/votes) are not beside this checkout",
)
DAY: Final = date(2001, 5, 4)
HEAD: Final = "id,date,symbol,title,outcome,vetoed_by,yes,no,abstain,not_voting\n"
ROWS: Final = (
    "1,1965-11-23,S/RES/218,Portugal,adopted,,BOL CHN CIV JOR MYS RUS URY,,FRA GBR NLD USA,\n"
    "2,1980-01-09,S/RES/462,Session,adopted,,BGD CHN FRA GBR JAM MEX NER NOR PHL PRT TUN USA,"
    "DDR RUS,ZMB,\n"
    "3,2014-12-30,S/2014/916,Middle East,failed,,ARG CHL CHN FRA JOR LUX RUS TCD,AUS USA,"
    "GBR KOR LTU NGA RWA,\n"
)


@cache
def lens(word: str, *questions: str) -> Lens:
    where = body(word)
    return Lens(where, tuple(where.questions[q] for q in questions), world().membership)


@pytest.mark.parametrize("question", ["ordinary", "important"])
def test_a_bar_comes_to_what_the_engine_decides_on_every_tally(question: str) -> None:
    asked = rule("ga", question, DAY)
    bar = Bar.of(asked)
    assert bar is not None
    for yes in range(41):
        for no in range(41 - yes):
            if yes == no:
                continue
            counts = {Vote.YES: yes, Vote.NO: no, Vote.ABSENT: 41 - yes - no}
            outcome = decide(RollCall(Composition(41), {}, counts), asked)
            found = bar.decision(yes, no)
            assert outcome.deciding is not None
            assert (found.verdict, found.because) == (outcome.verdict, outcome.because)
            assert (found.need, found.have) == (outcome.deciding.need, outcome.deciding.have)
            assert found.exact == (question == "important" and yes == 2 * no)


LETTERS = st.lists(st.text("YNAX", min_size=189, max_size=189), max_size=12)


@settings(deadline=None, max_examples=25)
@given(LETTERS, st.data())
def test_a_replay_is_the_same_however_it_is_cut(texts: list[str], data: st.DataObject) -> None:
    seats = tuple(sorted(composition("ga", DAY).members or ()))
    assert len(seats) == 189
    records = tuple(Record(str(n), text.encode(), DAY) for n, text in enumerate(texts))
    by = lens("ga", "ordinary", "important")
    whole = replay(Chunk(seats, records), by)
    cut = data.draw(st.integers(0, len(records)))
    parts = [replay(Chunk(seats, some), by) for some in (records[:cut], records[cut:])]
    assert merge(parts) == whole
    for item, text in zip(whole.items, texts, strict=True):
        assert item.counts == tuple(text.count(letter) for letter in "YNAX")


@pytest.fixture
def council(tmp_path: Path) -> Path:
    file = tmp_path / "council.csv"
    file.write_text(HEAD + ROWS, encoding="utf-8")
    return file


def test_the_rules_are_those_of_the_day(council: Path) -> None:
    found = unvote.history(council)
    assert found.complete
    assert found.questions == ("substantive",)
    verdicts = [item.decisions[0].verdict for item in found.items]
    assert verdicts == [Verdict.ADOPTED, Verdict.NOT_ADOPTED, Verdict.NOT_ADOPTED]
    assert [item.decisions[0].because for item in found.items[1:]] == [Cause.VETO, Cause.SHORTFALL]
    assert [item.record.id for item in found.disagreements()] == ["2"]
    assert [item.record.id for item in found.closest(1)] == ["1"]


def test_a_day_in_place_of_theirs_decides_by_its_rules(council: Path) -> None:
    found = unvote.history(council, on=date(1966, 1, 1))
    assert found.items[0].decisions[0].need == 9


def test_questions_stand_side_by_side(council: Path) -> None:
    found = unvote.history(council, questions=("substantive", "procedural"))
    assert [item.record.id for item in found.splits()] == ["2"]
    assert found.disagreements() == ()


def test_who_does_not_sit_has_no_vote_where_it_matters_who_votes(tmp_path: Path) -> None:
    file = tmp_path / "council.csv"
    file.write_text(HEAD + ROWS.replace("BOL CHN", "BOL CUB CHN"), encoding="utf-8")
    found = unvote.history(file)
    assert found.items[0].outsiders == ("CUB",)
    assert found.items[0].counts == (7, 0, 4, 0)
    assert [problem.problem.code for problem in found.problems] == ["UV610"]


def test_agreement_participation_and_hits_are_counted(council: Path) -> None:
    chunk = read_records(str(council), world().names).chunk
    pairs = {
        (p.first, p.second): (p.same, p.both) for p in agreements(chunk, ["FRA", "GBR", "USA"])
    }
    assert pairs == {("FRA", "GBR"): (2, 3), ("FRA", "USA"): (2, 3), ("GBR", "USA"): (2, 3)}
    (russia,) = turnouts(chunk, ["RUS"])
    assert (russia.yes, russia.no, russia.abstain, russia.absent) == (2, 1, 0, 0)
    followed = follow(chunk, Vote.NO, chunk.records[1], chunk.records[2])
    assert followed.members == ("DDR", "RUS")
    assert followed.later == {"DDR": None, "RUS": Vote.YES}
    assert followed.hits == 0
    assert followed.rate == 0


def test_the_cohesion_of_a_group_is_the_mean_of_rices_index(tmp_path: Path) -> None:
    file = tmp_path / "assembly.csv"
    rows = "1,2010-01-01,,,,,FRA DEU ITA,ESP,,\n2,2010-01-02,,,,,FRA DEU,,ITA,\n"
    rows += "3,2010-01-03,,,,,FRA,,,\n"
    file.write_text(HEAD + rows, encoding="utf-8")
    chunk = read_records(str(file), world().names).chunk
    found = unity(chunk, "EU", world().membership)
    assert (found.votes, found.united) == (2, 1)
    half = rice(Tally(yes=3, no=1))
    assert half is not None
    assert found.index == (half + 1) / 2


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["history", *words])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize(
    "words",
    [
        "",
        "--show agreement",
        "--show cohesion --who P5",
        "--show participation",
        "--voted no --on-vote 1",
    ],
)
def test_what_machines_read_names_its_data_and_the_program(
    form: str, words: str, council: Path
) -> None:
    command = (str(council), *words.split(), "--format", form)
    code, text, _ = run(*command)
    assert code == 0
    checksum = unvote.history(council).data.sha256
    assert run(*command)[1] == text
    if form == "json":
        source = json.loads(text)["source"]
        assert (source["sha256"], source["unvote"]) == (checksum, unvote.__version__)
    else:
        head, *rows = text.splitlines()
        assert head.endswith(",data_sha256,unvote")
        assert all(row.endswith(f",{checksum},{unvote.__version__}") for row in rows)


def test_the_matrix_of_agreement_is_headed_by_codes(council: Path) -> None:
    text = run(str(council), "--show", "agreement", "--who", "P5", "--format", "csv")[1]
    assert text.startswith("member,CHN,FRA,GBR,RUS,USA,data_sha256,unvote\n")


def test_a_member_that_never_voted_does_not_agree_with_itself() -> None:
    pairs = [Agreement("FRA", "TCD", 0, 0)]
    turnouts = [Turnout("TCD", 0, 0, 0, 2), Turnout("FRA", 1, 0, 1, 0)]
    sheet = agreement_matrix(pairs, turnouts)
    assert sheet.rows == (("FRA", "1.0000", ""), ("TCD", "", ""))


def test_members_that_never_agreed_come_before_those_that_never_met() -> None:
    pairs = [
        Agreement("FRA", "TCD", 0, 0),
        Agreement("FRA", "RUS", 0, 2),
        Agreement("FRA", "GBR", 1, 2),
    ]
    ranked = [row[1] for row in agreement_sheet(pairs).rows]
    assert ranked == ["GBR", "RUS", "TCD"]


def test_a_name_that_several_seats_had_is_that_of_today(council: Path) -> None:
    assert run(str(council), "--show", "all", "--member", "Germany")[0] == 0
    assert run(str(council), "--show", "participation", "--who", "Germany", "--who", "FRA")[0] == 0
    assert run(str(council), "--show", "all", "--member", "Korea")[0] == 2  # two seats, to this day


def test_filters_choose_the_votes(council: Path) -> None:
    def ids(*words: str) -> list[str]:
        text = run(str(council), "--show", "all", "--format", "json", *words)[1]
        return [each["id"] for each in json.loads(text)["results"]]

    assert ids("--since", "1980-01-09") == ["2", "3"]
    assert ids("--until", "1980-01-08") == ["1"]
    assert ids("--title", "middle") == ["3"]
    assert ids("--symbol", "RES") == ["1", "2"]
    assert ids("--member", "France=abstain") == ["1"]
    assert ids("--member", "LUX") == ["3"]


def test_capitals_of_a_session_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(
        "id,date,session,yes,no\n1,2022-03-02,ES-11,FRA,RUS\n2,2022-03-02,11,FRA,RUS\n",
        encoding="utf-8",
    )
    found = unvote.history(file, select=unvote.Select(session="es-11"))
    assert [item.record.id for item in found.items] == ["1"]


def test_a_symbol_that_several_votes_bear_names_none_of_them(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(
        "id,date,symbol,yes,no\n7,2022-03-02,A/1,FRA,RUS\n8,2022-03-02,a/1,RUS,FRA\n"
        "9,2022-03-02,A/2,FRA,RUS\n",
        encoding="utf-8",
    )
    code, text, said = run(str(file), "--voted", "yes", "--on-vote", "A/1")
    assert (code, text) == (2, "")
    assert said == "unvote: 2 votes bear the symbol 'A/1'; name one by its id: 7, 8\n"
    code, text, _ = run(str(file), "--voted", "yes", "--on-vote", "8", "--against", "a/2")
    assert code == 0
    assert "1 voted yes on a/1; 0 of them" in text


def test_where_the_weights_of_a_day_are_not_known_there_is_no_verdict(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(
        "id,date,yes,no\n1,2014-12-02,FRA DEU,GBR\n2,2023-03-02,FRA DEU,ITA\n3,,FRA,DEU\n",
        encoding="utf-8",
    )
    found = unvote.history(file, body="eu-council", questions=("qualified", "simple"))
    missing = [[decision.missing for decision in item.decisions] for item in found.items]
    unknown = "the weights of that day are not known (population)"
    assert missing == [[unknown, ""], ["", ""], [unknown, ""]]


@pytest.mark.parametrize(
    "words",
    [
        ("--question", "nonsense"),
        ("--body", "nonsense"),
        ("--member", "Nolland"),
        ("--member", "FRA=maybe"),
        ("--member", "=no"),
        ("--voted", "no"),
        ("--voted", "no", "--on-vote", "nothing"),
        ("--voted", "maybe", "--on-vote", "1"),
        ("--show", "cohesion"),
        ("--show", "cohesion", "--who", "Nolland"),
        ("--show", "agreement", "--who", "FRA"),
        ("--show", "ties", "--closest", "1"),
        ("--since", "soon"),
        ("--columns", "member"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_answered_is_refused(words: tuple[str, ...], council: Path) -> None:
    code, text, said = run(str(council), *words)
    assert (code, text) == (2, "")
    assert said


@there
def test_the_records_of_the_assembly_come_out_as_is_known_of_them() -> None:
    found = unvote.history(ASSEMBLY)
    assert len(found.items) == 6181
    symbols = [item.record.symbol for item in found.disagreements()]
    assert symbols == ["A/RES/39/28A", "A/RES/39/28B", "A/RES/43/62"]
    assert len([item for item in found.ties() if item.record.outcome == "failed"]) == 11
    drafts = [i for i in found.splits() if "yes<=no" not in i.record.flags and not i.record.outcome]
    assert len(drafts) >= 26


@there
def test_the_records_of_the_council_come_out_as_is_known_of_them() -> None:
    found = unvote.history(COUNCIL)
    symbols = [item.record.symbol for item in found.disagreements()]
    numbers = [34, 87, 88, 110, 119, 120, 132, 157, 462]
    assert [int(symbol.split("/")[2].split("(")[0]) for symbol in symbols] == numbers
    assert sum(item.without_vote for item in found.items) == 42


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collection_of_garbage_is_left_as_it_was(council: Path, *, enabled: bool) -> None:
    seen: list[float] = []
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        unvote.history(council, progress=lambda *_: seen.append(gc.isenabled()))
        assert gc.isenabled() is enabled
        with pytest.raises(ZeroDivisionError):
            unvote.history(council, progress=lambda *_: seen.append(1 // 0))
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()
    assert set(seen) == {False}


def test_a_folder_in_the_place_of_a_file_is_refused_in_one_sentence(
    council: Path, tmp_path: Path
) -> None:
    code, text, said = run(str(council), "-o", str(tmp_path))
    assert (code, text) == (2, "")
    assert said == f"unvote: cannot write {tmp_path}: it is a folder\n"
