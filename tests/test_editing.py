"""`unvote fmt` and `unvote check --fix`: only the layout, or only what is certain, ever changes."""

import shutil
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from tests.runs import ROOT, quick, shipped_data_read_once

from unvote.api import mend, tally
from unvote.files.fmt import formatted
from unvote.loading.reader import read_bytes, read_file
from unvote.render.data import ruling_data

TODAY = date(2026, 11, 21)
EXAMPLES = sorted(ROOT.glob("resolutions/**/*.yaml"))
UNTIDY = """\
# a draft of Tuesday

votes:
    in favour: [USA, France, 'Norway', "Türkiye"]   # the usual ones
    Against:
        - Russia
    abstain: [India, China]

expect: {verdict: open}
title:   A text \t
# the body
body: unga
date: 2022-03-02


question: important
id: X/1"""


@pytest.fixture(autouse=True, scope="module")
def data_read_once() -> Iterator[None]:
    with shipped_data_read_once():
        yield


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.yaml"
    path.write_text(UNTIDY, encoding="utf-8")
    return path


def results(path: Path) -> list[dict[str, object]]:
    """What a file comes to, its place left out."""
    report = tally(path)
    return [{**ruling_data(ruling), "file": ""} for ruling in report.results]


def text_of(raw: str) -> str | None:
    return formatted(*read_bytes("draft.yaml", raw.encode("utf-8")))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_shipped_example_is_in_its_canonical_layout(path: Path) -> None:
    source, form = read_file(str(path))
    assert formatted(source, form) == source.text


def test_the_layout_is_canonical_and_comments_stay() -> None:
    text = text_of(UNTIDY)
    assert text is not None
    assert [line.split(":")[0] for line in text.splitlines() if line[:1].isalpha()] == [
        *("id", "title", "body", "date", "question", "votes", "expect"),
    ]
    assert text.startswith("# a draft of Tuesday\n\n")
    assert "# the body\nbody: unga\n" in text
    assert "# the usual ones\n" in text
    assert text.endswith("}\n")
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_the_layout_is_reached_in_one_step() -> None:
    once = text_of(UNTIDY)
    assert once is not None
    assert text_of(once) == once


def test_crlf_and_a_byte_order_mark_are_taken_out() -> None:
    raw = b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode("utf-8")
    assert formatted(*read_bytes("draft.yaml", raw)) == text_of(UNTIDY)


def test_a_long_list_is_wrapped_and_a_short_one_joined() -> None:
    codes = [f"{a}{b}{c}" for a in "ABC" for b in "DEF" for c in "GHIJ"]
    block = "".join(f"    - {code}\n" for code in codes)
    text = text_of(
        f"id: a\nbody: unga\ndate: 2022-03-02\nvotes:\n  yes:\n{block}  no: [\n  RUS ]\n"
    )
    assert text is not None
    assert "  no: [RUS]\n" in text
    assert max(map(len, text.splitlines())) <= 100
    assert " ".join(codes) == " ".join(
        text[text.index("yes: [") + 6 : text.index("]")].split()
    ).replace(",", "")


def test_text_over_several_lines_is_not_touched() -> None:
    notes = "notes: |\n  one  \n\n\n    two\n"
    text = text_of(f"id: a\nbody: unga\ndate: 2022-03-02\n{notes}title: t\n")
    assert text is not None
    assert text.endswith(notes)


VALUES = st.sampled_from(
    ["a", "'it''s'", '"x: y"', "a b", "2022-03-02", "[a, b]", "{x: 1}", "[]", "{}", "NO", "~", ""]
)
COMMENTS = st.sampled_from(["", "  # why", " # unvote: ignore UV106 - known"])
KEYS = st.lists(
    st.sampled_from(["id", "title", "tags", "notes", "sources", "votes", "body", "zz", "expect"]),
    unique=True,
    min_size=1,
    max_size=7,
)


@settings(max_examples=300, deadline=None)
@given(KEYS, st.data())
def test_whatever_the_document_its_data_and_comments_stay(
    keys: list[str], data: st.DataObject
) -> None:
    parts = ["kind: resolution\n"]
    for key in keys:
        above = data.draw(st.sampled_from(["", "\n", "# above\n", "\n# far\n\n# near\n"]))
        value, comment = data.draw(VALUES), data.draw(COMMENTS)
        nested = data.draw(st.booleans())
        line = f"{key}:\n   x: {value}{comment}\n   y:\n   - {value}\n   -  {value}\n"
        parts.append(above + (line if nested else f"{key}: {value}{comment}\n"))
    raw = "".join(parts)
    source, form = read_bytes("draft.yaml", raw.encode("utf-8"))
    text = formatted(source, form)
    assert text is not None, raw
    again, problems = read_bytes("draft.yaml", text.encode("utf-8"))
    assert not problems
    assert again.data == source.data
    assert sorted(word for word in text.split() if word.startswith("#")) == sorted(
        word for word in raw.split() if word.startswith("#")
    )
    assert formatted(again, problems) == text


@pytest.mark.parametrize("path", EXAMPLES[::4], ids=lambda path: path.name)
def test_an_example_written_otherwise_comes_to_the_same(path: Path, tmp_path: Path) -> None:
    """Lists one a line, keys the other way round: the layout is mended, the result is the same."""
    source, _ = read_file(str(path))
    lines = source.text.replace("\n    ", " ").replace("\n  ]", "]").splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if line[:1].isalpha()] + [len(lines)]
    parts = [lines[a:b] for a, b in pairwise(starts)]
    folder = tmp_path / path.parent.name
    shutil.copytree(path.parent, folder)
    copy = folder / path.name
    copy.write_text("".join("".join(part) for part in reversed(parts)), encoding="utf-8")
    before = results(copy)
    assert quick("fmt", str(copy)).code == 0
    assert results(copy) == before == results(path)


def test_fmt_writes_in_one_step_and_says_what_it_did(draft: Path) -> None:
    ended = quick("fmt", str(draft))
    assert (ended.code, ended.stdout, ended.stderr) == (0, "", "1 changed, 0 left alone\n")
    assert draft.read_text(encoding="utf-8") == text_of(UNTIDY)
    assert quick("fmt", str(draft)).stderr == "0 changed, 1 left alone\n"
    assert [path.name for path in draft.parent.iterdir()] == ["draft.yaml"]


def test_fmt_check_writes_nothing_and_ends_with_1(draft: Path) -> None:
    ended = quick("fmt", "--check", str(draft))
    assert ended.code == 1
    assert "would change" in ended.stderr
    assert draft.read_text(encoding="utf-8") == UNTIDY


def test_fmt_diff_shows_the_change_and_writes_nothing(draft: Path) -> None:
    ended = quick("fmt", "--diff", str(draft))
    assert ended.code == 0
    assert "-question: important\n" in ended.stdout or "+question: important\n" in ended.stdout
    assert draft.read_text(encoding="utf-8") == UNTIDY


def test_fmt_of_a_broken_file_that_is_named_ends_with_2(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text("kind: resolution\nid: [\n", encoding="utf-8")
    ended = quick("fmt", str(path))
    assert ended.code == 2
    assert "UV109" in ended.stderr
    assert path.read_text(encoding="utf-8") == "kind: resolution\nid: [\n"


def test_fix_writes_codes_plain_votes_and_order_and_nothing_else(draft: Path) -> None:
    ended = quick("check", "--fix", "--ignore", "UV5", str(draft))
    assert ended.code == 0, ended.stderr
    fixed = (
        UNTIDY.replace(
            "in favour: [USA, France, 'Norway', \"Türkiye\"]", "yes: [FRA, NOR, TUR, USA]"
        )
        .replace("Against:", "no:")
        .replace("Russia", "RUS")
        .replace("[India, China]", "[CHN, IND]")
    )
    assert draft.read_text(encoding="utf-8") == fixed


def test_fix_diff_writes_nothing(draft: Path) -> None:
    ended = quick("check", "--fix", "--diff", str(draft))
    assert "+    yes: [FRA, NOR, TUR, USA]   # the usual ones\n" in ended.stdout
    assert draft.read_text(encoding="utf-8") == UNTIDY


def test_fix_keeps_crlf_and_the_byte_order_mark(draft: Path) -> None:
    draft.write_bytes(b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode("utf-8"))
    quick("check", "--fix", str(draft))
    raw = draft.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf# a draft")
    assert raw.count(b"\r\n") == raw.count(b"\n") == UNTIDY.count("\n")
    assert b"yes: [FRA, NOR, TUR, USA]" in raw


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("votes: {NO: yes, FRA: no}", "votes: {NOR: yes, FRA: no}"),
        ("votes: {France: Y, Turkey: N}", "votes: {FRA: yes, TUR: no}"),
        ("votes: {yes: [Korea, France]}", "votes: {yes: [Korea, FRA]}"),
        ("votes: {yes: [France, FRA]}", "votes: {yes: [FRA, FRA]}"),
        ("votes: {FRA: yes, France: no}", "votes: {FRA: yes, France: no}"),
        (
            "votes:\n  yes:\n  - USA # first\n  - France\n",
            "votes:\n  yes:\n  - USA # first\n  - FRA\n",
        ),
        ("stances: {EU: in favour, Norway: lean against}", "stances: {EU: yes, NOR: lean no}"),
        (
            "counts: {for: 3, against: 2, abstaining: 1}",
            "counts: {for: 3, against: 2, abstaining: 1}",
        ),
        ("sponsors: [USA, Albania]", "sponsors: [USA, ALB]"),
    ],
)
def test_only_what_is_certain_is_mended(before: str, after: str, tmp_path: Path) -> None:
    head = "id: X\nbody: unga\ndate: 2022-03-02\nquestion: important\n"
    path = tmp_path / "x.yaml"
    path.write_text(head + before, encoding="utf-8")
    _, texts = mend(path, as_of=TODAY)
    assert texts.get(str(path), head + before) == head + after


@settings(max_examples=150, deadline=None)
@given(
    names=st.lists(
        st.sampled_from(["France", "FRA", "turkey", "NO", "Korea", "x#y", "'USA'", "Zaire"]),
        max_size=6,
    )
)
def test_fix_never_loses_a_line_and_comes_to_the_same(
    names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("fix") / "x.yaml"
    items = "".join(f"  - {name}  # about {number}\n" for number, name in enumerate(names))
    raw = (
        f"# top\nid: X\nbody: unga\ndate: 2022-03-02\nquestion: important\nvotes:\n  For:\n{items}"
    )
    path.write_text(raw, encoding="utf-8")
    before = results(path)
    _, texts = mend(path, as_of=TODAY)
    text = texts.get(str(path), raw)
    assert [line.partition("#")[2] for line in text.splitlines()] == [
        line.partition("#")[2] for line in raw.splitlines()
    ]
    path.write_text(text, encoding="utf-8")
    assert results(path) == before
    assert not mend(path, as_of=TODAY)[1]
