"""Spreadsheets: what is read of them, what they change in a stances file, what is exported."""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.runs import quick

import unvote
from unvote.api import open_world
from unvote.api.entering import ImportReport, import_stances
from unvote.api.exporting import export
from unvote.grids import Area, column_name, column_number, guarded, unguarded
from unvote.resolve.cells import listed, stance_in, texts_in
from unvote.resolve.updates import Kind
from unvote.stances import CONFIDENCE, Stance
from unvote.vocabulary import Vote
from unvote.workbooks import bounds
from unvote.workbooks.reader import read_sheets

ROOT = Path(__file__).parents[1]
UKRAINE = ROOT / "resolutions" / "ukraine-2022"
DRAFT = "id: A/77/L.1\nbody: general-assembly\ndate: 2022-10-12\nquestion: important\n"
HEAD = "kind: stances\nresolution: draft.yaml\ndefault: undecided\n"

Rows = Sequence[Sequence[object]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a draft resolution, which is the current one."""
    (tmp_path / "draft.yaml").write_text(DRAFT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    world = open_world()  # members are read once for all examples of a test
    for module in ("entering", "exporting", "tallying"):
        monkeypatch.setattr(f"unvote.api.{module}.open_world", lambda *_: world)
    return tmp_path


def put(folder: Path, text: str) -> Path:
    """The stances file of a folder."""
    file = folder / "stances.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def xlsx(rows: Rows, name: str = "Count") -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell(text: str, extra: str = "") -> str:
    start = f'<table:table-cell office:value-type="string" {extra}>'
    return f"{start}<text:p>{text}</text:p></table:table-cell>"


def ods(rows: str, columns: str = "") -> bytes:
    """An OpenDocument spreadsheet of one sheet, from its XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Count">{columns}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument'
        ':xmlns:manifest:1.0"/>'
    )
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def taken(report: ImportReport) -> dict[str, str]:
    """What each row of a member says in the end, as the stances file has it."""
    return {
        update.row.code
        or update.row.written: f"{update.after.word} {update.after.vote.value}".strip()
        for update in report.updates
        if update.after is not None
    }


def plain_yaml(text: str) -> Any:
    """A file as text data, read by another reader than ours."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes texts, lists and mappings alone


def codes(report: ImportReport) -> list[str]:
    return [problem.problem.code for problem in report.problems]


# --- What a cell means ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Yes (firm)", "firm yes"),
        ("leaning yes", "lean yes"),
        ("Leaning towards NO", "lean no"),
        ("Abst.", "abstain"),
        ("Y", "yes"),
        ("?", "undecided"),
        ("no - pledged", "pledged no"),
        ("firm/abstain", "firm abstain"),
        ("likely in favour", "lean yes"),
        ("not voting", "absent"),
        ("non-voting", "absent"),
        ("TBC", "undecided"),
        ("maybe", None),
        ("yes?", None),
        ("abs", None),
        ("yes no", None),
        ("firm", None),
        ("-", None),
        ("yes" * 100, None),
    ],
)
def test_a_cell_means_a_vote_with_its_confidence_or_nothing(text: str, meant: str | None) -> None:
    found = stance_in(text, CONFIDENCE)
    assert (f"{found[0]} {found[1].value}".strip() if found else None) == meant


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20)
WORD = TEXT.map(lambda text: text.strip()).filter(bool)


@given(st.lists(WORD, max_size=4))
def test_a_list_in_one_cell_is_read_back_as_it_was(words: list[str]) -> None:
    assert texts_in(listed(words)) == words


@given(TEXT)
def test_a_guarded_cell_is_no_formula_and_gives_the_text_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@"))
    assert unguarded(guarded(text)) == text


@given(st.integers(1, 20_000))
def test_a_column_is_found_again_by_its_letters(number: int) -> None:
    assert column_number(column_name(number)) == number


# --- What is read of a file -----------------------------------------------------------------------

ROWS = "Country{0}Vote{0}Note\nC\u00f4te d'Ivoire{0}yes{0}said so, twice\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_text_is_read_whatever_separates_and_encodes_it(separator: str, codec: str) -> None:
    text = ROWS.format(separator)
    text = text.replace("said so, twice", '"said so, twice"') if separator == "," else text
    ((grid,), problems) = read_sheets("count.csv", text.encode(codec))
    assert problems == []
    assert grid.rows == (
        ("Country", "Vote", "Note"),
        ("C\u00f4te d'Ivoire", "yes", "said so, twice"),
    )


def test_a_first_line_may_say_what_separates() -> None:
    ((grid,), _) = read_sheets("count.csv", b"sep=|\nCountry|Vote\nIndia|yes\n")
    assert grid.rows[1:] == (("Country", "Vote"), ("India", "yes"))


def test_numbers_dates_and_truths_of_a_workbook_are_text() -> None:
    ((grid,), problems) = read_sheets("x", xlsx([[5.0, 0.25, True, date(2022, 10, 9), "a\nb"]]))
    assert problems == []
    assert grid.rows == (("5", "0.25", "true", "2022-10-09", "a\nb"),)


def test_what_is_odd_about_an_ods_file_is_seen() -> None:
    hidden = '<table:table-column table:number-columns-repeated="2"/>'
    spanned, formula = 'table:number-rows-spanned="2"', 'table:formula="of:=A1"'
    hidden += '<table:table-column table:visibility="collapse"/>'
    rows = (
        f"<table:table-row>{cell('Country')}{cell('Vote')}{cell('Note')}</table:table-row>"
        f'<table:table-row table:visibility="filter" table:number-rows-repeated="2">{cell("India")}'
        f"{cell('yes')}</table:table-row>"
        f"<table:table-row>{cell('Nepal', spanned)}"
        f"{cell('#N/A', formula)}</table:table-row>"
        f"<table:table-row><table:covered-table-cell/>{cell('no', formula)}"
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    ((grid,), problems) = read_sheets("count.ods", ods(rows, hidden))
    assert problems == []
    assert grid.rows[:4] == (
        ("Country", "Vote", "Note"),
        ("India", "yes"),
        ("India", "yes"),
        ("Nepal", "#N/A"),
    )
    assert grid.text(5, 2) == "no"
    assert grid.hidden_rows == {2, 3}
    assert grid.hidden_columns == {3}
    assert grid.merged == (Area(4, 1, 5, 1),)
    assert grid.errors == {(4, 2): "#N/A"}
    assert grid.formulas == {(4, 2), (5, 2)}


def with_part(raw: bytes, name: str, change: tuple[str, str]) -> bytes:
    """A workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    text = parts[name]
    assert isinstance(text, bytes)
    assert change[0].encode() in text
    parts[name] = text.replace(change[0].encode(), change[1].encode())
    return zipped(parts)


SHEET = "xl/worksheets/sheet1.xml"


def test_a_formula_is_read_as_it_was_last_calculated_with_a_warning(folder: Path) -> None:
    raw = xlsx([["Country", "Vote"], ["India", "=A9"], ["Nepal", "=A9"]])
    raw = with_part(raw, SHEET, ("<f>A9</f><v />", "<f>A9</f><v>yes</v>"))
    raw = with_part(raw, SHEET, ('<c r="B2">', '<c r="B2" t="str">'))
    raw = with_part(raw, SHEET, ('<c r="B3">', '<c r="B3" t="str">'))
    put(folder, HEAD)
    report = import_stances("count.xlsx", "stances.yaml", raw=raw)
    (told,) = report.problems
    assert (told.problem.code, told.is_error) == ("UV646", False)
    assert "Count!B2: B2 and 1 more of the column are calculated" in told.problem.message
    assert taken(report) == {"IND": "yes", "NPL": "yes"}


def test_a_zip_bomb_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = with_part(xlsx([["Country"]]), SHEET, ("</sheetData>", "</sheetData>" + " " * 3_000_000))
    assert len(raw) < 20_000
    monkeypatch.setattr("unvote.workbooks.parts.MOST_UNZIPPED", 2_000_000)
    _, (problem,) = read_sheets("bomb.xlsx", raw)
    assert problem.code == "UV640"
    assert "unfolds to more than" in problem.message


def test_a_part_that_holds_more_than_it_claims_is_refused() -> None:
    raw = xlsx([["Country", "Vote"], ["India", "yes"]])
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        size = archive.getinfo(SHEET).file_size
    lie = (size - 7).to_bytes(4, "little")
    lying = raw.replace(size.to_bytes(4, "little"), lie)
    assert lying != raw
    _, (problem,) = read_sheets("lie.xlsx", lying)
    assert problem.code == "UV640"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"PK\x03\x04 and no more", id="no zip"),
        pytest.param(zipped({"a": "b"}), id="another zip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, id="old kind"),
        pytest.param(b"\x89PNG\0\0", id="picture"),
        pytest.param(xlsx([["a"]])[:-40], id="cut off"),
        pytest.param(
            with_part(xlsx([["a"]]), SHEET, ("<sheetData>", "<sheetData><row><c>")), id="damaged"
        ),
        pytest.param(
            with_part(xlsx([["a"]]), SHEET, ('r="1"', 'r="-1"')), id="a row below the first"
        ),
        pytest.param(
            with_part(
                xlsx([["a"]]), SHEET, ("<worksheet", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet")
            ),
            id="entities",
        ),
        pytest.param(
            with_part(xlsx([["a", "b"]]), SHEET, ('r="B1"', 'r="XFD1048576"')), id="far corner"
        ),
        pytest.param(
            ods(
                '<table:table-row table:number-rows-repeated="1000000">'
                + cell("x", 'table:number-columns-repeated="16000"')
                + "</table:table-row>"
            ),
            id="repeated",
        ),
    ],
)
def test_what_is_no_honest_spreadsheet_is_refused_with_a_cure(raw: bytes) -> None:
    grids, (problem,) = read_sheets("x.xlsx", raw)
    assert grids == ()
    assert problem.code == "UV640"
    assert problem.hint


def test_a_file_beyond_the_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unvote.workbooks.text.MOST_CELLS", 5)
    _, (problem,) = read_sheets("x.csv", b"a,b\nc,d\ne,f\n")
    assert problem.code == "UV640"
    _, (problem,) = read_sheets("x.csv", b"a" * (bounds.MOST_BYTES + 1))
    assert problem.code == "UV640"


def test_a_link_to_another_file_is_not_followed(folder: Path) -> None:
    raw = xlsx([["Country", "Vote"], ["India", "yes"]])
    raw = with_part(
        raw,
        "xl/_rels/workbook.xml.rels",
        (
            "</Relationships>",
            '<Relationship Id="rX" TargetMode="External" Type="t" Target="file:///x"/></Relationships>',
        ),
    )
    put(folder, HEAD)
    assert taken(import_stances("c.xlsx", "stances.yaml", raw=raw)) == {"IND": "yes"}


# --- Headings, sheets, hidden parts ---------------------------------------------------------------


def test_headings_are_found_below_a_title_by_the_words_people_use(folder: Path) -> None:
    put(folder, HEAD)
    rows = [["Count of Monday"], [], ["No.", "Delegation", "Position", "Certainty", "Remarks"]]
    report = import_stances(
        "c.xlsx",
        "stances.yaml",
        raw=xlsx([*rows, [1, "T\u00fcrkiye", "Yes", "likely", "by phone"]]),
    )
    assert report.head == 3
    assert report.unread == ("A (No.)",)
    assert taken(report) == {"TUR": "lean yes"}
    assert report.text is not None
    assert "TUR: {vote: lean yes, note: by phone}" in report.text


@pytest.mark.parametrize(
    "columns",
    [
        {"member": "B", "vote": "D"},
        {"member": "b", "vote": "Stimme"},
        {"member": "Land", "vote": "Stimme"},
    ],
)
def test_columns_can_be_said_by_letter_or_by_heading(folder: Path, columns: dict[str, str]) -> None:
    put(folder, HEAD)
    raw = xlsx([["Nr", "Land", "x", "Stimme"], [1, "India", "", "yes"]])
    report = import_stances("c.xlsx", "stances.yaml", columns=columns, raw=raw)
    assert taken(report) == {"IND": "yes"}
    assert report.valid


def test_of_two_columns_for_the_vote_the_one_said_is_read(folder: Path) -> None:
    put(folder, HEAD)
    raw = b"Country,Vote,Position\nIndia,no,yes\n"
    assert codes(import_stances("c.csv", "stances.yaml", raw=raw)) == ["UV642"]
    said = import_stances("c.csv", "stances.yaml", raw=raw, columns={"vote": "C"})
    assert taken(said) == {"IND": "yes"}


def test_the_only_sheet_with_headings_is_the_count_and_another_can_be_named(folder: Path) -> None:
    put(folder, HEAD)
    book = openpyxl.Workbook()
    first: Any = book.active
    first.append(["Read me"])
    for name, vote in (("Count", "yes"), ("Old", "no")):
        sheet = book.create_sheet(name)
        sheet.append(["Country", "Vote"])
        sheet.append(["India", vote])
    book["Old"].sheet_state = "hidden"
    book.save("c.xlsx")
    assert taken(import_stances("c.xlsx", "stances.yaml")) == {"IND": "yes"}
    assert taken(import_stances("c.xlsx", "stances.yaml", sheet="old")) == {"IND": "no"}
    assert codes(import_stances("c.xlsx", "stances.yaml", sheet="New")) == ["UV643"]


@pytest.mark.parametrize(
    ("hidden", "found"),
    [("refuse", {"IND": "yes"}), ("read", {"IND": "yes", "NPL": "no"}), ("skip", {"IND": "yes"})],
)
def test_hidden_rows_are_refused_read_or_skipped_as_it_is_said(
    folder: Path, hidden: str, found: dict[str, str]
) -> None:
    put(folder, HEAD)
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["Country", "Vote"], ["India", "yes"], ["Nepal", "no"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    book.save("c.xlsx")
    report = import_stances("c.xlsx", "stances.yaml", hidden=hidden)
    assert taken(report) == found
    assert codes(report) == (["UV645"] if hidden == "refuse" else [])


def test_a_merged_band_is_a_title_and_no_loss(folder: Path) -> None:
    put(folder, HEAD)
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["Monday"], ["Country", "Vote"], ["African Group"], ["Ghana", "yes"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("A3:B3")
    book.save("c.xlsx")
    report = import_stances("c.xlsx", "stances.yaml")
    assert report.problems == ()
    assert taken(report) == {"GHA": "yes"}


# --- What changes in the stances file -------------------------------------------------------------

KEPT = """\
# Our count. Do not send.
kind: stances
resolution: draft.yaml   # the zero draft
default: undecided

groups:
  EU: {vote: firm yes, except: {HUN: lean yes}}   # their common position
countries:
  # Asia
  IND: lean yes          # tepid
  NPL:
    vote: lean no        # said in May
    note: "asks: 'why now?'"
  "BTN": {vote: undecided, tags: [arms, energy], source: {who: deputy, on: 2022-10-01}}

  # Africa
  GHA: {yes: 60%, abstain: 40%}
notes: |
  Line one.
    Line two. # no remark
"""


def test_only_what_the_sheet_says_changes_in_the_text(folder: Path) -> None:
    put(folder, KEPT)
    raw = (
        b"Country;Vote;Note;Source\nIndia;yes;;\nNepal;firm no;told us: no;DPR\n"
        b"Bhutan;lean yes;;minister\nGhana;no;;\nZambia;abstain;#1;\nAngola;yes;;\nHungary;no;;\n"
    )
    report = import_stances("c.csv", "stances.yaml", raw=raw)
    assert codes(report) == []
    assert report.text == (
        KEPT.replace("HUN: lean yes", "HUN: no")
        .replace("IND: lean yes ", "IND: yes ")
        .replace(
            "lean no        # said in May\n", "firm no        # said in May\n    source: DPR\n"
        )
        .replace("\"asks: 'why now?'\"", "'told us: no'")
        .replace("vote: undecided", "vote: lean yes")
        .replace("{who: deputy, on: 2022-10-01}", "minister")
        .replace(
            "GHA: {yes: 60%, abstain: 40%}\n",
            "GHA: no\n  AGO: yes\n  ZMB: {vote: abstain, note: '#1'}\n",
        )
    )


def test_an_entry_that_is_new_is_written_where_countries_are_missing_or_empty(folder: Path) -> None:
    for head in (HEAD, f"{HEAD}countries:\n", f"{HEAD}countries: {{}}\n", HEAD.rstrip()):
        put(folder, head)
        text = import_stances("c.csv", "stances.yaml", raw=b"Country,Vote\nIndia,yes\n").text
        assert text is not None
        assert plain_yaml(text)["countries"] == {"IND": "yes"}
        assert text.startswith(head.split("countries")[0])


def test_line_ends_and_the_mark_at_the_start_stay(folder: Path) -> None:
    text = f"{HEAD}countries:\n  NPL: no # so\n".replace("\n", "\r\n")
    (folder / "stances.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (folder / "c.csv").write_text("Country,Vote\nIndia,yes\nNepal,yes\n")
    assert quick("import", "c.csv", "--into", "stances.yaml").code == 0
    wanted = text.replace("NPL: no", "NPL: yes") + "  IND: yes\r\n"
    assert (folder / "stances.yaml").read_bytes() == b"\xef\xbb\xbf" + wanted.encode()


MEMBERS = ("AFG", "BTN", "CHN", "DEU", "ETH", "FRA", "GHA", "IND", "JPN", "KEN", "NPL", "ZMB")
WORDS = ("yes", "no", "abstain", "undecided", "lean yes", "firm no", "pledged abstain")
STYLES = (
    "  {0}: {1}  # about {0}\n",
    "  # before {0}\n  {0}: {{vote: {1}, note: 'it''s # {0}'}}\n",
    "  {0}:\n    vote: {1}   # word of {0}\n    tags: [a, {0}]\n",
    '  "{0}": {{ tags: [x], vote: "{1}" }}\n\n',
    "  {0}: {{vote: {1}, source: {{who: '{0}', on: 2022-01-01}},}}\n",
    "  {0}:\n    note: |\n      text of {0}\n      # no remark\n    vote: {1}\n",
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None
)
@given(
    st.dictionaries(st.sampled_from(MEMBERS), st.tuples(st.sampled_from(WORDS), st.integers(0, 5))),
    st.dictionaries(
        st.sampled_from(MEMBERS), st.tuples(st.sampled_from(WORDS), TEXT.map(str.strip)), min_size=1
    ),
)
def test_nothing_but_the_members_of_the_sheet_ever_changes(
    folder: Path, entries: dict[str, tuple[str, int]], sheet: dict[str, tuple[str, str]]
) -> None:
    blocks = {code: STYLES[style].format(code, word) for code, (word, style) in entries.items()}
    before = f"# top\n{HEAD}countries:\n{''.join(blocks.values())}# end\nnotes: bye\n"
    put(folder, before)
    raw = xlsx([["Code", "Vote"], *([code, word] for code, (word, _) in sheet.items())])
    report = import_stances("c.xlsx", "stances.yaml", raw=raw)
    assert report.valid
    assert report.text is not None
    old, new = (plain_yaml(one) for one in (before, report.text))
    for code in MEMBERS:
        was, now = (old["countries"] or {}).get(code), (new["countries"] or {}).get(code)
        if code not in sheet:
            assert was == now
            assert blocks.get(code, "").rstrip("\n") in report.text
        elif was is not None:
            assert (now["vote"] if isinstance(now, dict) else now) == sheet[code][0]
            if isinstance(was, dict):
                assert {**was, "vote": sheet[code][0]} == now
    assert {k: v for k, v in old.items() if k != "countries"} == {
        k: v for k, v in new.items() if k != "countries"
    }
    remarks = [line.partition("# ")[2] for line in before.splitlines() if "# " in line]
    assert [r for r in remarks if r not in report.text] == []
    again = put(folder, report.text)
    assert import_stances("c.xlsx", again, raw=raw).text == report.text


def test_a_member_that_says_no_more_than_its_group_gets_no_entry(folder: Path) -> None:
    put(folder, f"{HEAD}groups: {{EU: firm yes}}\n")
    raw = b"Country,Vote\nFrance,firm yes\nHungary,lean yes\nIndia,?\n"
    report = import_stances("c.csv", "stances.yaml", raw=raw)
    assert [update.kind for update in report.updates] == [Kind.SAME, Kind.NEW, Kind.SAME]
    assert report.text is not None
    assert report.text.endswith("countries:\n  HUN: lean yes\n")


def test_a_member_that_has_no_seat_in_the_body_is_refused(folder: Path) -> None:
    (folder / "draft.yaml").write_text(
        DRAFT.replace("general-assembly", "unsc").replace("important", "substantive")
    )
    put(folder, HEAD)
    report = import_stances("c.csv", "stances.yaml", raw=b"Country,Vote\nIndia,yes\nFiji,yes\n")
    assert codes(report) == ["UV302"]
    assert report.text is None


# --- On the command line --------------------------------------------------------------------------


def test_a_sheet_with_mistakes_writes_nothing_or_with_partial_what_is_right(folder: Path) -> None:
    file = put(folder, HEAD)
    (folder / "c.csv").write_text("Country,Vote\nKorea,yes\nTurkiye,no\nFiji,yes\nFiji,no\n")
    done = quick("import", "c.csv", "--into", "stances.yaml")
    assert done.code == 2
    assert "A2: 'Korea' could be KOR or PRK" in done.stderr
    assert file.read_text() == HEAD
    done = quick("import", "c.csv", "--into", "stances.yaml", "--partial")
    assert done.code == 1
    assert file.read_text() == f"{HEAD}countries:\n  TUR: no\n"


def test_a_dry_run_lists_every_row_and_writes_nothing(folder: Path) -> None:
    file = put(folder, f"{HEAD}countries: {{IND: lean yes}}\n")
    (folder / "c.csv").write_text("Country,Vote\nIndia,yes\nNepal,\nFiji,?\n")
    before = file.read_bytes()
    done = quick("import", "c.csv", "--into", "stances.yaml", "--dry-run")
    assert (done.code, file.read_bytes()) == (0, before)
    assert re.search(r"2 +India +IND +yes +yes +lean yes \u2192 yes", done.stdout)
    assert re.search(r"3 +Nepal +left alone", done.stdout)
    assert re.search(r"4 +Fiji +FJI +\? +undecided +same", done.stdout)
    data = quick("import", "c.csv", "--into", "stances.yaml", "--dry-run", "--format", "json")
    assert '"change": "lean yes \u2192 yes"' in data.stdout


def test_a_stances_file_is_made_where_there_is_none(folder: Path) -> None:
    (folder / "c.csv").write_text("Country,Vote\nIndia,yes\n")
    assert quick("import", "c.csv", "--into", "new.yaml").code == 2
    options = ("--for", "draft.yaml", "--as-of", "2022-10-11")
    assert quick("import", "c.csv", "--into", "new.yaml", *options).code == 0
    assert (folder / "new.yaml").read_text() == (
        "kind: stances\nresolution: draft.yaml\nas_of: 2022-10-11\ndefault: undecided\n"
        "countries:\n  IND: yes\n"
    )
    assert quick("check", "new.yaml").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["c.xlsx"],
        ["c.csv", "--dry-run"],
        ["c.csv", "--into", "stances.yaml", "--to", "votes"],
        ["c.csv", "--into", ""],
        ["c.csv", "--into", "s.yaml"],
        ["c.csv", "--into", "stances.yaml", "--columns", "B"],
        ["c.csv", "--into", "stances.yaml", "--for", "draft.yaml"],
        ["none.csv", "--into", "stances.yaml"],
        ["c.csv", "--into", "draft.yaml"],
    ],
)
def test_bad_usage_and_unusable_files_end_with_two(folder: Path, words: list[str]) -> None:
    put(folder, HEAD)
    (folder / "c.csv").write_text("Country,Vote\nIndia,yes\n")
    done = quick("import", *words)
    assert done.code == 2
    assert done.stderr


def test_a_missing_library_is_told_with_its_cure(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, HEAD)
    (folder / "c.xlsx").write_bytes(xlsx([["Country", "Vote"], ["India", "yes"]]))
    for name in ("openpyxl", "python_calamine"):
        monkeypatch.setitem(sys.modules, name, None)
    for words in (
        ["import", "c.xlsx", "--into", "stances.yaml"],
        ["export", "stances.yaml", "-o", "out.xlsx"],
    ):
        done = quick(*words)
        assert done.code == 2
        assert "UV641" in done.stderr
        assert "pip install 'unvote[sheets]'" in done.stderr
    assert not (folder / "out.xlsx").exists()


def test_a_hundred_thousand_rows_are_answered(folder: Path) -> None:
    put(folder, HEAD)
    raw = b"Country,Vote\n" + b"India,yes\nNolland,no\n" * 50_000
    report = import_stances("c.csv", "stances.yaml", raw=raw)
    assert len(report.updates) == 5000
    assert report.text is None
    assert len(report.problems) == 201
    ((grid,), problems) = read_sheets("c.csv", raw)
    assert (len(grid.rows), problems) == (100_001, [])


# --- What is exported -----------------------------------------------------------------------------


def sheets_of(raw: bytes | None) -> Any:
    assert raw is not None
    return openpyxl.load_workbook(io.BytesIO(raw))


def test_a_workbook_has_who_and_why_and_can_be_sorted_and_filtered() -> None:
    report = export(UKRAINE / "es-11-3.yaml", groups=["EU", "nato"])
    book = sheets_of(report.xlsx()[0])
    votes, verdict = book["Votes"], book["Verdict"]
    rows = [[cell.value for cell in row] for row in votes.iter_rows()]
    assert rows[0] == ["Code", "Member", "Region", "Groups", "Vote"]
    assert ["FRA", "France", "WEOG", "EU, NATO", "yes"] in rows
    assert ["VEN", "Venezuela", "GRULAC", None, "not entitled"] in rows
    assert len(rows) == 194
    assert (votes.freeze_panes, votes.auto_filter.ref) == ("C2", "A1:E194")
    colours = {row[4].value: row[4].fill.fgColor.rgb[2:] for row in votes.iter_rows(min_row=2)}
    assert len(set(colours.values())) == len(colours) == 5
    told = dict(zip(*[[c.value for c in row] for row in verdict.iter_rows()], strict=True))
    assert (told["Verdict"], told["Need"], told["Have"], told["Out of"]) == ("adopted", 78, 93, 117)
    assert "two-thirds" in told["Rule"]
    assert "Art. 18(2)" in told["Article"]


def test_proceedings_have_a_column_for_each_vote() -> None:
    text, problems = export(UKRAINE / "february-march.yaml").csv()
    assert (text is not None, problems) == (True, [])
    rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(text or ""))}
    assert list(rows["RUS"])[4:] == ["council", "call", "assembly"]
    assert [rows["RUS"][step] for step in ("council", "call", "assembly")] == ["no"] * 3
    assert [rows["FJI"][step] for step in ("council", "call", "assembly")] == ["", "", "yes"]


def test_the_same_vote_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = export(UKRAINE / "es-11-1.yaml").xlsx()[0]
    monkeypatch.setattr("time.localtime", lambda *_: (2001, 1, 1, 0, 0, 0, 0, 1, 0))
    assert export(UKRAINE / "es-11-1.yaml").xlsx()[0] == first


@pytest.mark.parametrize("note", ["=cmd|'/C calc'!A0", "-1", "+1", "@SUM(A1)", "'=1", "#REF!"])
def test_text_is_never_a_formula(folder: Path, note: str) -> None:
    put(folder, f"{HEAD}countries:\n  IND: {{vote: yes, note: {note!r}}}\n")
    report = export("stances.yaml")
    sheet = sheets_of(report.xlsx()[0])["Stances"]
    (found,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == note]
    assert found.data_type == "s"
    assert found.quotePrefix is note.startswith(("=", "+", "-", "@", "'"))
    text = report.csv()[0] or ""
    rows = list(csv.DictReader(io.StringIO(text)))
    (row,) = [row for row in rows if row["Code"] == "IND"]
    assert not row["Note"].startswith(("=", "+", "-", "@"))


def test_a_note_longer_than_a_cell_goes_to_csv_only(folder: Path) -> None:
    put(folder, f"{HEAD}countries:\n  IND: {{vote: yes, note: {'x' * 32_768}}}\n")
    done = quick("export", "stances.yaml", "-o", "out.xlsx")
    assert done.code == 2
    assert "UV652" in done.stderr
    assert "Stances!K" in done.stderr
    assert not (folder / "out.xlsx").exists()
    assert quick("export", "stances.yaml", "-o", "out.csv").code == 0


def test_an_export_is_a_workbook_or_csv_and_nothing_else(folder: Path) -> None:
    put(folder, HEAD)
    assert quick("export", "stances.yaml", "-o", "out.ods").code == 2
    assert quick("export", "stances.yaml", "--groups", "Atlantis").code == 2
    assert quick("export", "none.yaml").code == 2


PERCENT = st.integers(1, 99)
NOTE = st.one_of(
    st.just(""),
    TEXT,
    TEXT.map(lambda text: f"={text}"),
    TEXT.map(lambda t: f"'{t}"),
    st.sampled_from(["-1", "_x000D_ a", "a\nb", '"', "''=x", "#N/A", "yes", "@x; y"]),
)
DAYS = st.dates(date(1946, 1, 1), date(2030, 1, 1)).map(date.isoformat)


@st.composite
def entries(draw: st.DrawFn, *, of_group: bool = False) -> dict[str, Any]:
    """Any stance, as the data of its entry."""
    way = draw(st.sampled_from(["vote", "vote", "vote", "chances", "follows"]))
    entry: dict[str, Any] = {}
    if way == "chances":
        yes = draw(PERCENT)
        entry |= {"yes": f"{yes}%", "abstain": f"{100 - yes}%"}
    elif way == "follows":
        entry["follows"] = "CHN"
    else:
        entry["vote"] = draw(st.sampled_from(WORDS))
        if draw(st.booleans()):
            entry |= {"if": {"A1": "adopted"}, "then": draw(st.sampled_from(WORDS))}
    source = {
        k: draw(s) for k, s in (("who", WORD), ("how", WORD), ("on", DAYS)) if draw(st.booleans())
    }
    more = {"source": source, "tags": draw(st.lists(WORD, max_size=3)), "note": draw(NOTE)}
    entry |= {key: part for key, part in more.items() if part}
    if draw(st.booleans()):
        entry["cost"] = str(draw(st.integers(1, 9)))
    if of_group and draw(st.booleans()):
        entry["together"] = "true"
    return entry


def stances_in(file: Path) -> dict[str, Stance]:
    (ruling,) = [r for r in unvote.tally(file).results if r.case.part_of is None]
    outlook = ruling.case.given or ruling.case.outlook
    assert outlook is not None
    return {code: meant(stance) for code, stance in outlook.stances.items()}


def meant(stance: Stance) -> Any:
    """A stance without the group it was stated for, of which nothing but `together` depends."""
    group = stance.group if stance.together else None
    return (
        stance.vote,
        stance.word,
        dict(stance.chances),
        stance.follows,
        dict(stance.condition),
        stance.then,
        stance.then_word,
        stance.report,
        stance.tags,
        stance.note,
        stance.cost,
        group,
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=10,
    deadline=None,
)
@given(
    st.dictionaries(st.sampled_from([m for m in MEMBERS if m != "CHN"]), entries(), min_size=1),
    st.dictionaries(st.sampled_from(["EU", "NAM"]), entries(of_group=True)),
)
def test_an_export_imported_into_an_empty_file_gives_the_same_stances(
    folder: Path, form: str, countries: dict[str, Any], groups: dict[str, Any]
) -> None:
    (folder / "draft.yaml").write_text(f"{DRAFT}amendments: [{{id: A1}}]\n")
    data = {"countries": {**countries, "CHN": "no"}, "groups": groups}
    full = put(folder, HEAD + yaml.safe_dump(data, default_style='"', allow_unicode=True))
    report = export(full)
    content = report.csv()[0] if form == "csv" else report.xlsx()[0]
    assert content is not None, report.problems
    raw = content.encode() if isinstance(content, str) else content
    before = stances_in(full)
    empty = put(folder, HEAD)
    back = import_stances(f"x.{form}", empty, raw=raw)
    assert back.valid, back.problems
    empty.write_bytes((back.text or "").encode())
    assert stances_in(empty) == before


def test_the_names_are_to_be_had_from_the_package(folder: Path) -> None:
    put(folder, HEAD)
    report = unvote.import_stances("c.csv", "stances.yaml", raw=b"Country,Vote\nIndia,firm yes\n")
    assert isinstance(report, unvote.ImportReport)
    assert report.changed
    assert report.number(Kind.NEW) == 1
    after = report.updates[0].after
    assert after is not None
    assert (after.vote, CONFIDENCE[after.word]) == (Vote.YES, Fraction(97, 100))
    assert isinstance(unvote.export("stances.yaml"), unvote.ExportReport)
