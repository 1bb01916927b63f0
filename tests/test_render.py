"""One outcome in every format: kept as snapshots in `snapshots/`, and what holds of all of them.

`UNVOTE_UPDATE=1` writes the snapshots anew.
"""

import csv
import io
import json
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from rich.cells import cell_len

import unvote
from unvote.render.account import account_data, account_markdown, account_text
from unvote.render.card import card
from unvote.render.data import report_data
from unvote.render.listing import listing
from unvote.render.problems import problem_lines
from unvote.render.results import brief_sheet, full_sheet
from unvote.render.sheets import csv_text, markdown_text
from unvote.render.style import Look
from unvote.rulings import Ruling

SNAPSHOTS = Path(__file__).parent / "snapshots"
TEXTS = Path(__file__).parents[1] / "resolutions"

REAL = {
    "vetoed": "ukraine-2022/s-2022-155.yaml",
    "negative-vote": "palestine-2014/s-2014-916.yaml",
    "assembly": "ukraine-2022/es-11-3.yaml",
    "counts": "ukraine-2022/recorded-vote-motion.yaml",
}
INVENTED = {
    "undeclared": """\
id: A/1
title: A text of no declared question
body: unga
date: 2022-04-07
counts: 93-60-20
""",
    "open": """\
id: S/1
title: A draft before the vote
body: unsc
question: substantive
date: 2022-02-25
stances:
  yes: [FRA, GBR, USA, ALB, NOR, IRL, KEN, GAB]
  abstain: [CHN]
targets: [{yes: 12, label: a strong signal}]
""",
    "open-assembly": """\
id: A/6
title: A draft before the vote
body: unga
question: important
date: 2022-10-12
stances: {yes: [FRA, DEU, SWE], no: [RUS], abstain: [CHN, IND]}
""",
    "veto-announced": """\
id: S/3
title: A draft one permanent member is against
body: unsc
question: substantive
date: 2022-02-25
stances: {yes: [FRA, GBR, USA, ALB, NOR, IRL, KEN, GAB], no: [RUS]}
""",
    "settled": """\
id: S/2
title: A draft that cannot pass any more
body: unsc
question: substantive
date: 2022-02-25
stances:
  yes: [FRA, GBR]
  no: [ALB, NOR, IRL, KEN, GAB, GHA, MEX, BRA]
""",
    "settled-adopted": """\
id: S/5
title: A motion with the votes it needs
body: unsc
question: procedural
date: 2022-02-25
stances: {yes: [FRA, GBR, USA, ALB, NOR, IRL, KEN, GAB, GHA], no: [RUS]}
""",
    "party": """\
id: S/4
title: A dispute, one party to it voting
body: unsc
question: party-to-dispute
date: 2022-02-25
parties: [RUS]
votes: {no: [RUS], abstain: [CHN, IND, ARE, GAB], otherwise: yes}
""",
    "tie": """\
id: A/2
title: A tie
body: unga
question: ordinary
date: 2022-04-07
counts: 70-70-30
""",
    "double-majority": """\
id: EU/1
title: A proposal of the Commission
body: eu-council
question: qualified
date: 2025-06-01
votes:
  no: [POL, HUN, SVK, CZE]
  abstain: [AUT]
  otherwise: yes
""",
    "without-vote": """\
id: A/3
title: A text adopted without a vote
body: unga
question: ordinary
date: 2022-12-01
without_vote: true
""",
    "result-only": """\
id: A/4
title: A text of which only the result is recorded
body: unga
question: ordinary
date: 1975-12-01
result: not adopted
""",
    "amended": """\
id: A/5
title: A text with an amendment and a part
body: unga
question: important
date: 2023-12-12
sponsors: [USA]
amendments:
  - {id: A1, by: [FRA], title: To add a paragraph, counts: 100-40-20}
parts:
  - {id: para. 4, title: Separate vote on paragraph 4, result: adopted}
votes: {yes: [FRA, DEU, GBR], no: [USA, RUS], otherwise: abstain}
later_statements: {GBR: {intended: abstain}}
""",
}
CASES = [*REAL, *INVENTED]
WIDTHS = (40, 80, 120)
Draw = Callable[[tuple[Ruling, ...], Look], str]


@cache
def rulings(case: str) -> tuple[Ruling, ...]:
    """The results of a case."""
    text = INVENTED[case].encode() if case in INVENTED else (TEXTS / REAL[case]).read_bytes()
    return unvote.tally("-", stdin=text).results


def titled(title: str) -> tuple[Ruling, ...]:
    """A vetoed text whose id and title are this, written with YAML's escapes."""
    quoted = '"' + "".join(f"\\U{ord(character):08x}" for character in title) + '"'
    text = f"id: {quoted}\ntitle: {quoted}\nbody: unsc\nquestion: substantive\ndate: 2022-02-25\n"
    report = unvote.tally("-", stdin=f"{text}votes: {{no: [RUS], otherwise: yes}}\n".encode())
    assert report.valid, report.problems
    return report.results


def cards(found: tuple[Ruling, ...], look: Look) -> str:
    """Every result in full."""
    return "\n".join(card(ruling, look) for ruling in found)


def accounts(found: tuple[Ruling, ...], look: Look) -> str:
    """Every result explained."""
    return "\n".join(account_text(ruling, look) for ruling in found)


DRAWN: Final[dict[str, Draw]] = {"card": cards, "listing": listing, "account": accounts}


def drawn(found: tuple[Ruling, ...], look: Look) -> str:
    """All that is drawn for a terminal, each under a line that says what it is."""
    parts = (f"--- {name} ---\n{draw(found, look)}" for name, draw in DRAWN.items())
    return "\n".join(parts)


def as_json(found: tuple[Ruling, ...]) -> str:
    """The results as JSON, then their explanations."""
    explained = [account_data(ruling) for ruling in found]
    keys = ("explanation", "otherwise")
    data = report_data(found, ()) | {"explained": [{k: e[k] for k in keys} for e in explained]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def as_markdown(found: tuple[Ruling, ...]) -> str:
    """The results as a table, then their explanations."""
    explained = "\n".join(account_markdown(ruling) for ruling in found)
    return f"{markdown_text(brief_sheet(found))}\n{explained}"


def snapshot(name: str, text: str) -> None:
    """Compare a text with the one that is kept."""
    path = SNAPSHOTS / name
    if os.environ.get("UNVOTE_UPDATE") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.exists(), f"{name} is not kept yet: run with UNVOTE_UPDATE=1 and read it"
    assert text == path.read_text(encoding="utf-8")


def longest(text: str) -> int:
    """The columns of the longest line."""
    return max(cell_len(line) for line in text.splitlines())


# --- Snapshots ------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_what_is_drawn_is_as_it_was(case: str, width: int) -> None:
    snapshot(f"{case}-{width}.txt", drawn(rulings(case), Look(width)))


@pytest.mark.parametrize("case", CASES)
def test_the_markdown_is_as_it_was(case: str) -> None:
    snapshot(f"{case}.md", as_markdown(rulings(case)))


@pytest.mark.parametrize("case", CASES)
def test_the_csv_is_as_it_was(case: str) -> None:
    snapshot(f"{case}.csv", csv_text(full_sheet(rulings(case))))


@pytest.mark.parametrize("case", CASES)
def test_the_json_is_as_it_was(case: str) -> None:
    snapshot(f"{case}.json", as_json(rulings(case)))


def test_no_snapshot_is_left_over() -> None:
    kept = {path.name for path in SNAPSHOTS.iterdir() if path.is_file()}
    made = {f"{case}.{end}" for case in CASES for end in ("md", "csv", "json")}
    assert kept == made | {f"{case}-{width}.txt" for case in CASES for width in WIDTHS}


# --- What holds of every case ---------------------------------------------------------------------

SHAPE: Final[dict[str, tuple[type | None, ...]]] = {
    "file": (str,),
    "id": (str,),
    "title": (str,),
    "body": (str,),
    "date": (str,),
    "question": (str, None),
    "verdict": (str,),
    "because": (str, None),
    "counts": (dict, None),
    "need": (int, None),
    "have": (int, None),
    "of": (int, None),
    "vetoes": (list,),
    "negatives": (list,),
    "undecided": (dict, None),
    "best": (str, None),
    "worst": (str, None),
    "findings": (list,),
    "notices": (list,),
}
FINDING: Final[dict[str, tuple[type | None, ...]]] = {
    "test": (str,),
    "need": (int, None),
    "have": (int, None),
    "most": (int, None),
    "of": (int, None),
    "met": (bool, None),
    "cite": (str, None),
}


def fits(data: dict[str, Any], shape: dict[str, tuple[type | None, ...]]) -> None:
    """Every promised key is there, of a promised type (true is no number)."""
    for key, kinds in shape.items():
        kind = None if data[key] is None else type(data[key])
        assert kind in kinds, f"{key}: {data[key]!r}"


@pytest.mark.parametrize("case", CASES)
def test_the_json_keeps_its_promises(case: str) -> None:
    data = json.loads(json.dumps(report_data(rulings(case), ())))
    assert list(data) == ["schema", "results", "problems"]
    assert data["schema"] == "unvote/1"
    for result in data["results"]:
        fits(result, SHAPE)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", result["date"])
        assert result["verdict"] in {"adopted", "not adopted", "open"}
        causes = {"veto", "shortfall", "tie", "quorum", "undecided"}
        known = result["counts"] is not None
        assert result["because"] in (causes if result["verdict"] != "adopted" and known else {None})
        for finding in result["findings"]:
            fits(finding, FINDING)
        assert all(type(notice) is str for notice in result["notices"])
        assert result["vetoes"] == sorted(result["vetoes"])
        if known:
            keys = {"yes", "no", "abstain", "absent", "undecided", "not_entitled"}
            assert keys <= result["counts"].keys()
            assert all(type(count) is int for count in result["counts"].values())
        for codes in result["votes"].values():
            assert codes == sorted(codes)


def test_the_json_of_the_vetoed_text_says_what_the_format_says() -> None:
    (result,) = report_data(rulings("vetoed"), ())["results"]
    promised = {
        "id": "S/2022/155",
        "body": "security-council",
        "date": "2022-02-25",
        "question": "substantive",
        "verdict": "not adopted",
        "because": "veto",
        "need": 9,
        "have": 11,
        "of": None,
        "vetoes": ["RUS"],
        "notices": ["CHN abstained: an abstention is not a veto"],
    }
    assert {key: result[key] for key in promised} == promised
    assert result["findings"][0].items() >= {"need": 9, "have": 11, "met": True}.items()
    assert result["findings"][0]["cite"] == "UN Charter, Art. 27(3)"


def test_amendments_and_parts_come_first_and_name_their_text() -> None:
    results = report_data(rulings("amended"), ())["results"]
    assert [(r["id"], r.get("part_of")) for r in results] == [
        ("A1", "A/5"),
        ("para. 4", "A/5"),
        ("A/5", None),
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_no_line_is_longer_than_the_width(case: str, width: int) -> None:
    for ascii_only in (False, True):
        assert longest(drawn(rulings(case), Look(width, ascii=ascii_only))) <= width


@pytest.mark.parametrize("case", CASES)
def test_ascii_is_ascii_and_loses_nothing(case: str) -> None:
    plain = drawn(rulings(case), Look(ascii=True))
    assert plain.isascii()
    for ruling in rulings(case):
        assert " ".join(ruling.case.id.split()) in plain


@pytest.mark.parametrize("case", CASES)
def test_colour_adds_nothing_but_colour(case: str) -> None:
    coloured = drawn(rulings(case), Look(colour=True))
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == drawn(
        rulings(case), Look()
    ).splitlines()


@pytest.mark.parametrize("case", CASES)
def test_the_verdict_is_a_word_and_a_sign_and_never_colour_alone(case: str) -> None:
    for ruling in rulings(case):
        sign = {"adopted": "✓", "not adopted": "✗", "open": "?"}[ruling.verdict.value]
        for draw in DRAWN.values():
            assert f"{sign} {ruling.verdict.value.upper()}" in draw((ruling,), Look())


@pytest.mark.parametrize("case", CASES)
def test_the_same_input_gives_the_same_bytes(case: str) -> None:
    first = rulings(case)
    rulings.cache_clear()
    again = rulings(case)
    assert again is not first
    assert drawn(again, Look()) == drawn(first, Look())
    assert as_json(again) == as_json(first)
    assert as_markdown(again) == as_markdown(first)


@pytest.mark.parametrize("case", CASES)
def test_a_row_of_csv_is_whole(case: str) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(full_sheet(rulings(case))))))
    assert [row["id"] for row in rows] == [ruling.case.id for ruling in rulings(case)]
    for row in rows:
        assert None not in row
        assert None not in row.values()


@pytest.mark.parametrize("case", CASES)
def test_every_row_of_a_markdown_table_has_as_many_cells(case: str) -> None:
    lines = markdown_text(brief_sheet(rulings(case))).splitlines()
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1


# --- Text from files is text ----------------------------------------------------------------------

MARKUP = [
    "[on the report (A/77/385)]",
    "[/A/77]",
    "[bold red]alarm[/bold red]",
    "[link=https://example.org]here[/link]",
    ":smile: :warning:",
    "\\[draft]",
    "100% of %s {0} {name}",
]


@pytest.mark.parametrize("title", MARKUP)
def test_markup_in_a_title_is_shown_as_it_is(title: str) -> None:
    for name, draw in DRAWN.items():
        text = draw(titled(title), Look(120, colour=True))
        bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
        assert title in bare, name
        assert "\x1b]8" not in text


@pytest.mark.parametrize(
    "title", ["\x1b[31mred", "a\x07bell", "a\u202ebidi", "a\x9b31mb", "a\u2028b", "a\u200bb\ufeff"]
)
def test_what_a_terminal_would_obey_is_made_visible(title: str) -> None:
    found = titled(title)
    hidden = next(c for c in title if not c.isprintable())
    for text in (drawn(found, Look()), as_markdown(found), csv_text(full_sheet(found))):
        assert hidden not in text
        assert f"u{ord(hidden):04x}" in text


def test_a_title_cannot_break_out_of_its_cell() -> None:
    found = titled("a | b\nc `d` <script> *e* _f_ \\ [g](h)")
    for line in markdown_text(brief_sheet(found)).splitlines():
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 9
    assert "<script>" not in as_markdown(found).replace("\\<script\\>", "")
    (row,) = csv.DictReader(io.StringIO(csv_text(full_sheet(found))))
    assert row["title"] == "a | b c `d` <script> *e* _f_ \\ [g](h)"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_spreadsheet_takes_a_title_for_a_formula(start: str) -> None:
    (row,) = csv.DictReader(io.StringIO(csv_text(full_sheet(titled(start)))))
    assert row["title"] == f"'{start}"
    assert row["id"] == f"'{start}"


@pytest.mark.parametrize(
    "title",
    [
        "x" * 300,
        "関於安全理事會的決議草案" * 8,
        "e\u0301" * 200,
        "\U0001f30d" * 90,
        "a b" * 90,
    ],
)
@pytest.mark.parametrize("width", WIDTHS)
def test_long_and_wide_titles_stay_within_the_width(title: str, width: int) -> None:
    found = titled(title)
    assert longest(drawn(found, Look(width))) <= width
    assert drawn(found, Look(width, ascii=True)).isascii()


def test_problems_show_the_line_and_a_caret_under_the_value() -> None:
    text = "id: X\nbody: unsc\ndate: 2022-02-25\nvotes: {yes: [FRA, Korea]}\n"
    report = unvote.tally("-", stdin=text.encode())
    assert problem_lines(report.problems) == (
        "<stdin>:4:20: error UV203: 'Korea' could be KOR or PRK\n"
        "  | votes: {yes: [FRA, Korea]}\n"
        "  |                    ^^^^^\n"
        "  hint: write one of KOR (South Korea), PRK (North Korea) (both admitted on 1991-09-17)\n"
    )


def test_the_caret_stays_under_its_word_in_a_long_line() -> None:
    many = ", ".join(["FRA"] * 60)
    text = f"id: X\nbody: unsc\ndate: 2022-02-25\nvotes: {{yes: [{many}, Korea]}}\n"
    shown = problem_lines(unvote.tally("-", stdin=text.encode()).problems).splitlines()
    at = next(number for number, line in enumerate(shown) if "'Korea'" in line)
    line, carets = shown[at + 1], shown[at + 2]
    assert line[carets.index("^") : carets.rindex("^") + 1] == "Korea"
    assert max(len(row) for row in shown[at + 1 : at + 3]) <= 80
