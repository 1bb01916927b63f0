"""`unvote rule`: a page for every code, with examples; and the page of all codes in the docs.

`UNVOTE_UPDATE=1 python -m pytest tests/test_rule.py` writes docs/reference/diagnostics.md anew,
from the catalogue and the gallery in tests/errors.
"""

import os
import re
from pathlib import Path
from textwrap import fill

import pytest
from tests.runs import quick

from unvote.catalogue import CATALOGUE, FAMILIES, Entry
from unvote.diagnostics import Level, visible
from unvote.render.codes import level_words
from unvote.world.examples import Example, errors_folder, examples_of

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "tests" / "errors"
PAGE = ROOT / "docs" / "reference" / "diagnostics.md"
UPDATE = os.environ.get("UNVOTE_UPDATE") == "1"

HEAD = """\
# Diagnostics

<!-- Written by `make docs-write` from the catalogue and tests/errors; changes here are lost. -->

A problem is written as `file:line:column: level CODE: what is wrong`, with the line of the file and
a hint. Where two places do not go together, such as a member listed twice, both are shown. Codes
are stable. An *error* makes the file invalid: the vote it is in gets no verdict, and `tally` ends
with 2. A *warning* does not. All problems of a file are told at once, up to 200.

`unvote rule CODE` shows what stands here. UV114, UV115, UV401 to UV405 and UV501 to UV503 come from
`unvote check` only (UV501 to UV503 also from Python, [with
`expect=True`](../how-to/scripting.md#expectations)).
"""


def words(text: str) -> str:
    """Text without the ends of its lines."""
    return " ".join(text.split())


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)
def test_the_page_of_a_code_says_what_why_and_what_to_do(entry: Entry) -> None:
    ended = quick("rule", entry.code)
    assert (ended.code, ended.stderr) == (0, "")
    page = ended.stdout
    assert page.startswith(f"{entry.code}: {entry.title} ({level_words(entry)})\n\n")
    assert words(entry.why) in words(page)
    assert words(entry.cure) in words(page)
    told = page.split("gives\n" if "gives\n" in page else "It says\n")
    assert len(told) - 1 in {1, 2}
    assert all(re.search(rf"(error|warning) {entry.code}: ", part) for part in told[1:])


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_examples_of_a_code_are_those_of_the_gallery(code: str) -> None:
    texts = {path.read_bytes().decode() for path in (GALLERY / code).rglob("*.txt")}
    found = examples_of(code)
    assert 1 <= len(found) <= 2
    assert len({one.said for one in found}) == len(found)
    for one in found:
        assert one.said in texts
        assert f"{one.file}:" in one.said
        folders = [GALLERY / code, *(GALLERY / code).glob("*/")]
        files = [folder / one.file for folder in folders if (folder / one.file).is_file()]
        assert not one.text or one.text in {file.read_text(encoding="utf-8") for file in files}


def test_in_a_checkout_the_examples_are_those_of_the_tests() -> None:
    assert errors_folder() == GALLERY


def test_the_shortest_example_in_which_nothing_else_is_wrong_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "UV203"
    (folder / "own").mkdir(parents=True)
    head = "{}.yaml:1:1: error UV203: {}\n"
    for name, text, said in [
        ("two", "a", "x.yaml:1:1: error UV201: no\n" + head.format("two", "and so on")),
        ("long", "a long text\n", head.format("long", "Korea")),
        ("same", "text\n", head.format("same", "Congo")),
        ("short", "t\n", head.format("short", "Congo")),
        ("other", "t\n", "other.yaml:1:1: error UV201: something else\n"),
    ]:
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        (folder / f"{name}.txt").write_text(said, encoding="utf-8")
    (folder / "latin.yaml").write_bytes(b"\xe9")
    (folder / "latin.txt").write_text(head.format("latin", "not shown"), encoding="utf-8")
    monkeypatch.setattr("unvote.world.examples.errors_folder", lambda: tmp_path)
    assert [one.file for one in examples_of("UV203", 9)] == ["short.yaml", "long.yaml", "two.yaml"]
    assert [one.file for one in examples_of("UV203")] == ["short.yaml", "long.yaml"]
    assert examples_of("UV204") == []


def test_no_page_has_a_character_that_a_terminal_obeys() -> None:
    pages = [quick("rule", code).stdout for code in CATALOGUE]
    lines = [line for page in pages for line in page.split("\n")]
    assert [line for line in lines if visible(line) != line] == []


def test_codes_are_listed_by_family_each_once() -> None:
    listed = quick("rule").stdout
    assert re.findall(r"^  (UV\d{3})  ", listed, re.MULTILINE) == sorted(CATALOGUE)
    assert [title in listed for title in FAMILIES.values()] == [True] * len(FAMILIES)
    for entry in CATALOGUE.values():
        remark = "" if entry.level is Level.ERROR and not entry.both else f" ({level_words(entry)})"
        assert f"  {entry.code}  {entry.title}{remark}\n" in listed


def test_a_code_may_be_written_small_and_an_unknown_one_is_bad_usage() -> None:
    assert quick("rule", "uv203").stdout == quick("rule", "UV203").stdout
    ended = quick("rule", "UV999")
    assert (ended.code, ended.stdout) == (2, "")
    assert "'UV999'" in ended.stderr


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)
def test_an_entry_is_written_in_whole_sentences(entry: Entry) -> None:
    assert entry.title[0].isupper() or entry.title.startswith("`")
    assert not entry.title.endswith(".")
    for text in (entry.why, entry.cure):
        assert text.endswith(".")
        assert words(text) == text
        assert text[0].isupper() or text[0] in "`0"


# --- The page in the documentation ----------------------------------------------------------------


def levels(entry: Entry) -> str:
    return "error, warning" if entry.both else entry.level.value


def page() -> str:
    """The page of all codes: a table of each family, and a section of each code."""
    return "\n".join([HEAD, *(family(code, title) for code, title in FAMILIES.items())])


def family(code: str, title: str) -> str:
    entries = [entry for entry in CATALOGUE.values() if entry.code.startswith(code)]
    rows = [f"| [{e.code}](#{e.code.lower()}) | {levels(e)} | {e.title} |" for e in entries]
    table = "\n".join(["| Code | Level | |", "|---|---|---|", *rows])
    return "\n\n".join([f"## {title}", table, *map(section, entries)]) + "\n"


def section(entry: Entry) -> str:
    told = fill(f"**{entry.title}** ({levels(entry)}). {entry.why} {entry.cure}", 100)
    return "\n\n".join([f"### {entry.code}", told, *map(shown, examples_of(entry.code))])


def shown(example: Example) -> str:
    """An example; `yml` keeps the file from being taken for one to run."""
    lines = [visible(line) for line in example.text.rstrip().split("\n")]
    file = "\n".join(["```yml", *lines, "```\n\n"]) if example.text else ""
    return f"{file}```text\n{example.said.rstrip()}\n```"


def test_the_page_in_the_documentation_is_written_from_catalogue_and_gallery() -> None:
    if UPDATE:
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()
