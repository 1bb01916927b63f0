"""Tables of votes of every shape: what is read, what is told, and that nothing is lost."""

import csv
import gzip
import lzma
import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from tests.builders import body, world
from typer.testing import CliRunner

import unvote
from unvote.api.importing import Imported
from unvote.cli.app import app
from unvote.files import records
from unvote.files.records import Data, read_records
from unvote.tables import quick, streams
from unvote.tables.correlates import SEATS

VOETEN = "rcid,ccode,session,vote\n"
NUMBERS = sorted(set(SEATS) - {"713", "260", "678"}, key=int)
UNDL = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title,total_yes,total_no\n"


def imported(
    folder: Path,
    text: str | bytes,
    name: str = "votes.csv",
    columns: Mapping[str, str] | None = None,
    on: date | None = None,
) -> Imported:
    """What comes of a table in the shipped world, which is opened only once."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    read = read_records(str(file), world().names, columns=columns, on=on)
    return Imported(read, body(read.body or "general-assembly"), None, read.problems)


def votes(found: Imported, number: int = 0) -> dict[str, str]:
    chunk = found.data.chunk
    return {code: vote.value for code, vote in chunk.votes_of(chunk.records[number]).items()}


def codes(found: Imported) -> list[str]:
    return [each.problem.code for each in found.problems]


def test_the_digital_librarys_table_is_read(tmp_path: Path) -> None:
    text = UNDL + (
        '1,FRA,FRANCE,Y,2022-03-02,ES-11,A/RES/1,"A title, quoted",1,1\n'
        "1,RUS,RUSSIAN FEDERATION,N,2022-03-02,ES-11,A/RES/1,x,1,1\n"
        "1,VEN,VENEZUELA,,2022-03-02,ES-11,A/RES/1,x,1,1\n"
    )
    found = imported(tmp_path, text)
    assert found.complete
    assert votes(found) == {"FRA": "yes", "RUS": "no", "VEN": "absent"}
    (record,) = found.data.chunk.records
    assert (record.id, record.day, record.session) == ("1", date(2022, 3, 2), "ES-11")
    assert (record.symbol, record.title) == ("A/RES/1", "A title, quoted")


def test_the_councils_table_tells_its_body(tmp_path: Path) -> None:
    text = "undl_id,ms_code,ms_vote,date,permanent_member\n1,FRA,Y,2022-02-25,True\n"
    found = imported(tmp_path, text)
    assert found.body is not None
    assert found.body.id == "security-council"


def test_voetens_numbers_are_votes_of_the_seats(tmp_path: Path) -> None:
    found = imported(tmp_path, VOETEN + "3,2,1,1\n3,365,1,3\n3,220,1,2\n3,732,1,8\n3,816,1,9\n")
    assert found.complete
    assert votes(found) == {"USA": "yes", "RUS": "no", "FRA": "abstain", "KOR": "absent"}


def test_the_numbers_are_those_of_the_correlates_of_war() -> None:
    """Of all states that lasted beyond 1945, by their names (tests/data/README.md)."""
    text = (Path(__file__).parent / "data" / "states2016.csv").read_text(encoding="utf-8")
    listed = {row["ccode"]: row["statenme"] for row in csv.DictReader(text.splitlines())}
    names, day = world().names, date(2016, 12, 31)
    found = {
        number: names.seat(name) or names.find(name, day, official=True)[0]
        for number, name in listed.items()
    }
    # Germany's seat was the Federal Republic's; whose 345 and 713 are is told by session and date.
    found |= {"260": "DEU", "345": "YUG", "713": "TWN"}
    nobodies = {listed[number] for number, seat in found.items() if seat is None}
    assert nobodies == {"Kosovo", "Republic of Vietnam"}
    assert {n: seat for n, seat in found.items() if seat} == {
        n: seat
        for n, seat in SEATS.items()
        if n != "340"  # Serbia in some data
    }


def test_chinas_seat_was_held_by_another_government_until_1971(tmp_path: Path) -> None:
    found = imported(tmp_path, VOETEN + "3,2,1,1\n3,710,1,9\n3,713,1,3\n")
    assert found.complete
    assert votes(found) == {"USA": "yes", "CHN": "no"}


def test_namibia_is_no_missing_value_and_norway_no_vote(tmp_path: Path) -> None:
    text = "rcid,country,country_code,vote\n3,Namibia,NA,abstain\n3,Norway,NO,yes\n"
    assert votes(imported(tmp_path, text)) == {"NAM": "abstain", "NOR": "yes"}


def test_congo_in_a_record_is_the_republic_of_the_congo(tmp_path: Path) -> None:
    text = "undl_id,ms_name,ms_vote,date\n1,CONGO,Y,2020-12-01\n"
    assert votes(imported(tmp_path, text)) == {"COG": "yes"}


def test_one_vote_from_a_spreadsheet_needs_no_more_than_two_columns(tmp_path: Path) -> None:
    text = "Member;Vote\nCôte d'Ivoire;yes\nTürkiye;abstain\n"
    found = imported(tmp_path, text, "march.csv", on=date(2022, 3, 2))
    assert votes(found) == {"CIV": "yes", "TUR": "abstain"}
    assert found.data.chunk.records[0].id == "march"
    ((name, written),) = found.resolutions()
    (tmp_path / name).write_text(written, encoding="utf-8")
    report = unvote.tally(tmp_path / name)
    assert report.results[0].case.roll is not None
    assert report.results[0].case.roll.tally.yes == 1


def test_columns_can_be_named(tmp_path: Path) -> None:
    text = "Land,Stimme\nFrance,yes\n"
    assert codes(imported(tmp_path, text)) == ["UV603"]
    named = {"member": "Land", "vote": "stimme"}
    assert votes(imported(tmp_path, text, columns=named)) == {"FRA": "yes"}
    assert codes(imported(tmp_path, text, columns={"member": "nation"})) == ["UV603"]


PLAIN = VOETEN + "".join(
    f"{call},{number},{1 + call // 4},{random.Random(call * 999 + int(number)).choice('12389')}\n"
    for call in range(3, 23)
    for number in NUMBERS
)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    found = imported(tmp_path_factory.mktemp("plain"), PLAIN)
    assert found.complete
    assert len(found.data.chunk.records) == 20
    assert found.data.rows == 20 * len(NUMBERS)
    return found


def quoted(text: str) -> str:
    return "".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) + "\n" for line in text.splitlines()
    )


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("bom", lambda text: b"\xef\xbb\xbf" + text.encode()),
        ("utf-16", lambda text: text.encode("utf-16")),
        ("xz", lambda text: lzma.compress(text.encode())),
        ("gz", lambda text: gzip.compress(text.encode())),
        (
            "two streams",
            lambda text: b"".join(map(gzip.compress, (text[:900].encode(), text[900:].encode()))),
        ),
        ("quoted", lambda text: quoted(text).encode()),
        ("semicolons", lambda text: text.replace(",", ";").encode()),
        ("tabs", lambda text: text.replace(",", "\t").encode()),
        ("windows", lambda text: text.replace("\n", "\r\n").encode()),
        ("no last newline", lambda text: text.rstrip("\n").encode()),
        ("blank lines", lambda text: text.replace("\n", "\n\n").encode()),
    ],
)
def test_the_same_votes_come_of_every_shape(
    name: str, change: object, plain: Imported, tmp_path: Path
) -> None:
    found = imported(tmp_path, change(PLAIN))  # type: ignore[operator]
    assert found.complete, name
    assert found.data.rows == plain.data.rows
    assert found.rolls() == plain.rolls()


@settings(deadline=None, max_examples=10)
@given(st.randoms(use_true_random=False))
def test_shuffled_rows_give_the_same_votes(shuffle: random.Random) -> None:
    head, *rows = PLAIN.splitlines(keepends=True)
    rows = rows[: 3 * len(NUMBERS)]
    expected = data(head + "".join(rows))
    shuffle.shuffle(rows)
    found = data(head + "".join(rows))
    assert found.complete
    same = {record.id: record.votes for record in found.chunk.records}
    assert same == {record.id: record.votes for record in expected.chunk.records}


def data(text: str) -> Data:
    """A table read in the shipped world, which is opened only once."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "votes.csv"
        file.write_text(text, encoding="utf-8")
        return read_records(str(file), world().names)


WRONG: Sequence[tuple[str, str]] = (
    ("{call},99999,1,1\n", "UV609"),
    ("{call},2,1,7\n", "UV605"),
    ("{call},2\n", "UV604"),
    (",2,1,1\n", "UV604"),
    ("{call},2,1,1,,\n", "UV604"),
)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 399), st.sampled_from(WRONG)), max_size=8))
def test_every_row_is_kept_or_told(insertions: list[tuple[int, tuple[str, str]]]) -> None:
    head, *rows = PLAIN.splitlines(keepends=True)
    rows = rows[:400]
    expected: list[str] = []
    for place, (text, code) in insertions:
        call = rows[place].split(",")[0] or "3"
        rows.insert(place, text.format(call=call))
        expected.append(code)
    found = data(head + "".join(rows))
    nobodies = sum(row.rstrip().endswith(",9") for row in rows)
    kept = sum(sum(record.counts) for record in found.chunk.records)
    told = sum(_rows(each.problem.message) for each in found.problems)
    assert kept + told + nobodies == len(rows)
    assert {each.problem.code for each in found.problems} == set(expected)
    assert found.complete == (not expected)


def _rows(message: str) -> int:
    """How many rows a problem names."""
    _, found, ranges = message.rpartition("(rows ")
    if not found:
        return 1
    total = 0
    for part in ranges.rstrip(")").split(", "):
        first, _, last = part.partition("-")
        total += int(last or first) - int(first) + 1
    return total


FEW = [*NUMBERS[:3], "345", NUMBERS[-1]]
SPOILED: Sequence[Callable[[list[str], int], object]] = (
    lambda rows, at: rows.pop(at),
    lambda rows, at: rows.insert(at, rows[at]),
    lambda rows, at: rows.insert(at, rows[at // 2]),
    lambda rows, at: rows.append(rows[at]),
    lambda rows, at: rows.__setitem__(at, rows[at][:-2] + "7\n"),
    lambda rows, at: rows.__setitem__(at, rows[at][:-2] + "yes\n"),
    lambda rows, at: rows.__setitem__(at, rows[at].replace(",", ",,", 1)),
    lambda rows, at: rows.__setitem__(at, " " + rows[at]),
    lambda rows, at: rows.__setitem__(at, rows[at].replace(",54,", ",56,", 1)),
    lambda rows, at: rows.__setitem__(at, rows[at].replace(",", "\u00e9,", 1)),
    lambda rows, at: rows.__setitem__(at, "\n"),
    lambda rows, at: rows.__setitem__(at, "\r" + rows[at]),
    lambda rows, at: rows.__setitem__(at, rows[at].replace(",54,", ", 54,", 1)),
)


@st.composite
def sorted_tables(draw: st.DrawFn) -> str:
    """A table sorted by roll call, laid out alike for the most part, spoiled in some places."""
    calls, first = draw(st.integers(1, 40)), draw(st.sampled_from([1, 90, 998]))
    names = st.sampled_from(["{}", "{:04}", "{:4}", "\u00e9{}", "a b{}", "{}\u00a0"])
    wrap = draw(st.sampled_from([40, 40, 12]))  # names that come again, whole
    before, other, after = draw(names), draw(st.integers(0, 40)), draw(names)
    votes = draw(st.text("12389", min_size=calls * len(FEW), max_size=calls * len(FEW)))
    turns = sorted(draw(st.lists(st.integers(0, calls), max_size=2)))
    session = draw(st.sampled_from([9, 53, 54, 55]))
    rows = []
    for call in range(calls):
        term = session + sum(turn <= call for turn in turns)
        name = (after if call >= other else before).format(first + call % wrap)
        cast = zip(FEW, votes[call * len(FEW) :], strict=False)
        rows += [f"{name},{number},{term},{vote}\n" for number, vote in cast]
    for at, spoil in draw(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(SPOILED)))):
        spoil(rows, at % len(rows))
        rows = rows or ["\n"]
    return VOETEN + "".join(rows)


@settings(deadline=None, max_examples=150)
@given(sorted_tables(), st.sampled_from([200, 1000, 1 << 18]))
def test_the_quick_way_comes_to_the_same_as_the_slow_one(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "SIZE", size)
        patch.setattr(quick, "WINDOW", size // 2)
        swift = data(text)
        patch.setattr(records, "is_plain", lambda *_: False)
        slow = data(text)
    assert swift.chunk == slow.chunk
    assert swift.rows == slow.rows
    said = [[each.problem for each in found.problems] for found in (swift, slow)]
    assert said[0] == said[1]


@pytest.mark.parametrize("space", ["\u00a0", "\x1c", "\u2003"])
def test_no_space_of_any_kind_belongs_to_the_name_of_a_roll_call(
    space: str, tmp_path: Path
) -> None:
    found = imported(tmp_path, VOETEN + f"{space}3,2,1,1\n{space}3,20,1,1\n3{space},220,1,2\n")
    assert found.complete
    assert [record.id for record in found.data.chunk.records] == ["3"]
    assert votes(found) == {"USA": "yes", "CAN": "yes", "FRA": "abstain"}


@pytest.mark.parametrize(
    ("session", "seat"), [(" 54", "YUG"), ("54 ", "YUG"), (" 55", "SRB"), ("\u00b2", "SRB")]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_number_of_yugoslavia_is_its_sessions(
    session: str, seat: str, end: str, tmp_path: Path
) -> None:
    found = imported(tmp_path, f"{VOETEN}3,345,{session},1{end}")
    assert votes(found) == {seat: "yes"}


def test_a_date_of_odd_digits_is_told(tmp_path: Path) -> None:
    found = imported(tmp_path, "id,member,date,vote\n1,FRA,\u00b2\u00b2\u00b2\u00b2,Y\n")
    assert codes(found) == ["UV608"]


def test_a_row_that_cannot_be_read_is_told_by_its_number(tmp_path: Path) -> None:
    rows = [f"{call},2,1,1\n" for call in range(40)]
    rows[30] = "\r" + rows[30]
    (problem,) = imported(tmp_path, VOETEN + "".join(rows)).problems
    assert problem.problem.code == "UV604"
    assert problem.place is not None
    assert problem.place.line == 32


def test_the_numbers_of_rows_are_those_of_the_file(tmp_path: Path) -> None:
    lines = PLAIN.splitlines(keepends=True)
    lines[500] = "5,999,1,1\n"
    lines[1500] = "10,999,1,1\n"
    found = imported(tmp_path, "".join(lines))
    (problem,) = found.problems
    assert problem.place is not None
    assert problem.place.line == 501
    assert problem.problem.message.endswith("(rows 501, 1501)")


@pytest.mark.parametrize("cut", [100, 1000, 3000])
@pytest.mark.parametrize("pack", [lzma.compress, gzip.compress], ids=["xz", "gz"])
def test_a_cut_packed_file_is_told_and_what_came_before_is_kept(
    cut: int, pack: object, tmp_path: Path
) -> None:
    found = imported(tmp_path, pack(PLAIN.encode() * 3)[:cut])  # type: ignore[operator]
    assert "UV601" in codes(found)
    assert not found.complete


@pytest.mark.parametrize(
    "text",
    [
        b"\0" * 5000,
        VOETEN.encode() + b"3,2,1,1\n\0\0\0\n3,20,1,1\n",
        b"member,vote\n" + b"x" * 10_000_000 + b",yes\nFrance,yes\n",
        b"x" * 10_000_000,
        b'member,vote\n"France,yes\n' + b"Norway,yes\n" * 1000,
        bytes(range(256)) * 100,
        b"\xfd7zXZ\x00" + b"rubbish" * 100,
        b"\x1f\x8b" + b"rubbish" * 100,
        b"rcid,ccode,session,vote\n" + b",,,\n" * 1000,
        b"#unvote rolls/1\n#seats FRA XXX\nrubbish\n" + b"\t" * 12 + b"YN\n",
        b"#unvote rolls/1",
        "rcid,ccode,session,vote\n\u0663,\u0662,\u0661,\u0661\n".encode(),
    ],
)
def test_hostile_tables_are_told_and_never_stop_the_program(text: bytes, tmp_path: Path) -> None:
    found = imported(tmp_path, text)
    assert found.problems
    assert all(problem.problem.code.startswith("UV6") for problem in found.problems)


def test_a_row_of_nothing_is_left_out_and_the_others_are_kept(tmp_path: Path) -> None:
    found = imported(tmp_path, VOETEN.encode() + b"3,2,1,1\n\0\0\0\n3,20,1,1\n")
    assert votes(found) == {"USA": "yes", "CAN": "yes"}
    assert codes(found) == ["UV604"]


def test_our_own_file_is_read_as_it_was_written(plain: Imported, tmp_path: Path) -> None:
    text = UNDL + '1,FRA,FRANCE,Y,2022-03-02,ES-11,A/RES/1,"tab\there, \\back",,\n'
    for found in (plain, imported(tmp_path, text)):
        again = imported(tmp_path, found.rolls(), "votes.rolls")
        assert again.complete
        assert again.rolls() == found.rolls()


def test_the_command_ends_with_what_came_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    good, bad = VOETEN + "3,2,1,1\n", VOETEN + "3,2,1,1\n3,999,1,1\n"
    for name, text, code in (("good", good, 0), ("bad", bad, 1), ("none", "a,b\n1,2\n", 2)):
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
        done = CliRunner().invoke(app, ["import", f"{name}.csv", "-o", f"{name}.rolls"])
        assert done.exit_code == code, done.output
        assert Path(f"{name}.rolls").exists() == (code < 2)
    done = CliRunner().invoke(app, ["import", "good.csv", "-o", "a", "--to", "b"])
    assert done.exit_code == 2


LISTED = "id,date,title,yes,no,abstain,not_voting\n"


@pytest.mark.parametrize("row", ["3,2022-03-02,x,FRA,RUS\n", "3,2022-03-02,x,FRA,RUS,CHN\n"])
def test_a_roll_call_whose_lists_end_too_early_is_kept_and_told(row: str, tmp_path: Path) -> None:
    found = imported(tmp_path, LISTED + row)
    assert codes(found) == ["UV604"]
    assert not found.complete
    assert votes(found)["FRA"] == "yes"


def test_a_row_without_its_last_remarks_is_complete(tmp_path: Path) -> None:
    found = imported(tmp_path, "id,member,vote,date,title\n3,FRA,Y,2022-03-02\n")
    assert codes(found) == ["UV604"]
    assert found.complete


def test_a_file_in_utf_16_that_ends_within_a_character_is_damaged(tmp_path: Path) -> None:
    text = (VOETEN + "3,2,1,1\n3,20,1,1\n").encode("utf-16")
    assert codes(imported(tmp_path, text)) == ["UV602"]
    found = imported(tmp_path, text[:-1])
    assert sorted(codes(found)) == ["UV601", "UV602"]
    assert votes(found) == {"USA": "yes", "CAN": "yes"}


def test_all_rows_that_an_open_quote_swallows_are_named(tmp_path: Path) -> None:
    rows = 'member,vote\nFrance,yes\n"Norway,no\nGhana,no\nPeru,yes\n'
    (problem,) = imported(tmp_path, rows).problems
    assert problem.problem.code == "UV604"
    assert problem.problem.message.endswith("(rows 3-6)")


def import_in(folder: Path, text: str, *words: str) -> tuple[int, str, list[str]]:
    """The exit code of importing a table, what was said, and the resolution files there are."""
    (folder / "votes.csv").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["import", str(folder / "votes.csv"), *words])
    return done.exit_code, done.stderr, sorted(each.name for each in folder.glob("to/*"))


def test_votes_without_a_date_are_never_left_out_in_silence(tmp_path: Path) -> None:
    to = ("--to", str(tmp_path / "to"), "-q")
    head = "id,date,yes,no\n"
    code, said, files = import_in(tmp_path, head + "1,,FRA,RUS\n2,,FRA,RUS\n", *to)
    assert (code, files) == (2, [])
    assert said == (
        "unvote: no roll call has a date, and resolution files need one: give --on DATE\n"
    )
    assert not (tmp_path / "to").exists()
    code, said, files = import_in(tmp_path, head + "1,,FRA,RUS\n2,2022-03-02,FRA,RUS\n", *to)
    assert (code, files) == (1, ["2.yaml"])
    assert said == "unvote: 1 roll call without a date left out: give --on DATE\n"
    code, said, files = import_in(tmp_path, head + "1,,FRA,RUS\n", *to, "--on", "2022-03-02")
    assert (code, said, files) == (0, "", ["1.yaml", "2.yaml"])


def test_a_folder_to_write_to_has_a_name(tmp_path: Path) -> None:
    code, said, _ = import_in(tmp_path, "id,date,yes,no\n1,2022-03-02,FRA,RUS\n", "--to", "")
    assert (code, said) == (2, "unvote: --to needs the name of a folder\n")


def test_a_text_adopted_without_a_vote_is_adopted_by_its_file(tmp_path: Path) -> None:
    text = "id,date,symbol,flags,yes,no,not_voting,vetoed_by\n"
    text += "1,1991-08-09,S/RES/704,adopted-without-a-vote,,,CHN FRA GBR RUS USA,\n"
    ((name, written),) = imported(tmp_path, text).resolutions()
    (tmp_path / name).write_text(written, encoding="utf-8")
    (ruling,) = unvote.tally(tmp_path / name).results
    assert ruling.verdict.value == "adopted"


def test_text_of_a_table_never_becomes_a_yaml_key(tmp_path: Path) -> None:
    text = UNDL + '1,FRA,FRANCE,Y,2022-03-02,11,A/RES/1: yes,"[x]: {a}, # ""q""",,\n'
    ((name, written),) = imported(tmp_path, text).resolutions()
    (tmp_path / name).write_text(written, encoding="utf-8")
    case = unvote.tally(tmp_path / name).results[0].case
    assert (case.id, case.title) == ("A/RES/1: yes", '[x]: {a}, # "q"')
