"""Reading YAML: everything stays text, every part knows its place, what misleads is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from unvote.diagnostics import Diagnostic, Problem, Route, Spot
from unvote.loading.events import Builder, Stop
from unvote.loading.plain import Unusual, plain_data
from unvote.loading.reader import MOST_BYTES, read_bytes, read_file
from unvote.loading.source import Source


def read(text: str | bytes) -> Source:
    """What is read of a text that must be right."""
    source, problems = read_raw(text)
    assert problems == []
    return source


def read_raw(text: str | bytes, *, big: bool = False) -> tuple[Source, list[Diagnostic]]:
    """What is read of any text, with the problems of its form."""
    return read_bytes("file.yaml", text.encode() if isinstance(text, str) else text, big=big)


def found(text: str | bytes) -> list[tuple[str, int, int]]:
    """The problems of form of a text: code, line and column."""
    return [
        (one.problem.code, one.place.line, one.place.column)
        if one.place
        else (one.problem.code, 0, 0)
        for one in read_raw(text)[1]
    ]


def at(text: str, *route: str | int, spot: Spot = Spot.VALUE) -> str:
    """The text that stands at a route, cut out by its place."""
    source = read(text)
    place = source.place(route, spot)
    lines = source.text.split("\n")[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


# --- Everything is text -------------------------------------------------------------------------


PLAIN = """
NO No no yes Yes YES y n on off true false 010 0o10 0x1F 1_000 1.10 .5 1e3 12:30 190:20:30
2022-02-25 2022-02-25T10:00:00Z ~ null Null NULL = .inf .nan -0 +1 2/3 55% 93-8-73
"""


@pytest.mark.parametrize("word", PLAIN.split())
def test_plain_scalars_stay_the_text_they_are(word: str) -> None:
    assert read(f"a: {word}\n").data == {"a": word}
    assert read(f"a: [{word}]\n").data == {"a": [word]}
    assert read(f"{word}: a\n").data == {word: "a"}
    assert read(f"a: '{word}'\n").data == {"a": word}


def test_an_empty_value_is_missing_and_quotes_are_not() -> None:
    assert read("a:\nb: ''\nc: \"\"\nd: [x, '']\n").data == {
        "a": None,
        "b": "",
        "c": "",
        "d": ["x", ""],
    }
    assert read("a:\n  - x\n  -\n").data == {"a": ["x", None]}
    assert read("{a: , b, c: }").data == {"a": None, "b": None, "c": None}
    assert read("a: |\n").data == {"a": ""}


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# nothing\n", "---\n", "--- # nothing\n...\n", "\ufeff"]
)
def test_a_file_without_content_holds_nothing(text: str) -> None:
    assert read(text).data is None


def test_a_file_may_hold_one_document_with_its_markers() -> None:
    assert read("---\na: b\n...\n").data == {"a": "b"}
    assert read("%YAML 1.1\n---\na: b\n").data == {"a": "b"}


def test_a_byte_order_mark_carriage_returns_and_a_missing_last_line_end_change_nothing() -> None:
    plain = "a: b\nc:\n  - d\n  - >-\n    e\n    f\n"
    wanted = read(plain).data
    assert read(plain.replace("\n", "\r\n")).data == wanted
    assert read(b"\xef\xbb\xbf" + plain.encode()).data == wanted
    assert read(plain.rstrip("\n")).data == wanted
    assert wanted == {"a": "b", "c": ["d", "e f"]}


# --- Places -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_places_of_keys_and_values(start: str, ends: str) -> None:
    text = start + (
        "id: S/2022/155\n"
        "'title': \"Aggression: Ukraine\"  # a comment\n"
        "votes:\n"
        '  yes: [ALB, Türkiye, "C\u00f4te d\'Ivoire"]\n'
        "  no:\n"
        "    - RUS\n"
        "    -   'CHN'\n"
        "expect: {verdict: not adopted, counts: {yes: 11}}\n"
        "notes: >-\n"
        "  first\n"
        "  second\n"
        "empty:\n"
    ).replace("\n", ends)
    wanted: dict[Route, tuple[int, int]] = {
        ("id",): (1, 5),
        ("title",): (2, 10),
        ("votes", "yes"): (4, 8),
        ("votes", "yes", 0): (4, 9),
        ("votes", "yes", 1): (4, 14),
        ("votes", "yes", 2): (4, 23),
        ("votes", "no", 0): (6, 7),
        ("votes", "no", 1): (7, 9),
        ("expect",): (8, 9),
        ("expect", "verdict"): (8, 19),
        ("expect", "counts", "yes"): (8, 46),
        ("notes",): (9, 8),
    }
    keys: dict[Route, tuple[int, int]] = {
        ("id",): (1, 1),
        ("title",): (2, 1),
        ("votes",): (3, 1),
        ("votes", "yes"): (4, 3),
        ("votes", "no"): (5, 3),
        ("expect", "verdict"): (8, 10),
        ("expect", "counts", "yes"): (8, 41),
        ("empty",): (12, 1),
    }
    source = read(text)
    for route, (line, column) in wanted.items():
        place = source.place(route)
        assert (place.line, place.column) == (line, column), route
    for route, (line, column) in keys.items():
        place = source.place(route, Spot.KEY)
        assert (place.line, place.column) == (line, column), route
    assert source.place(("empty",)).line == 12


def test_a_place_ends_where_its_text_ends() -> None:
    text = 'a: "b, c"\nd: [e,\n  {f: g h}]\ni:\n- >-\n  j\n  k\n'
    assert at(text, "a") == '"b, c"'
    assert at(text, "d") == "[e,\n  {f: g h}]"
    assert at(text, "d", 1) == "{f: g h}"
    assert at(text, "d", 1, "f") == "g h"
    assert at(text, "d", 1, "f", spot=Spot.KEY) == "f"
    assert at(text, "i", 0).startswith(">-\n  j\n  k")


@pytest.mark.parametrize("before", ["漢字", "🕊🕊", "e\u0301\u0301", "\u200f\u202e", "\U0010fffd"])
def test_columns_count_characters_whatever_their_width(before: str) -> None:
    text = f"a: ['{before}', here]\n{before}: there\n"
    assert at(text, "a", 0) == f"'{before}'"
    assert at(text, "a", 1) == "here"
    assert at(text, before) == "there"
    assert at(text, before, spot=Spot.KEY) == before


def test_a_route_that_leads_out_of_the_file_points_at_what_should_hold_it() -> None:
    text = "a:\n  b: c\nd: [e]\n"
    assert at(text, "a", "x", spot=Spot.KEY) == "a"
    assert at(text, "a", "b", "x") == "b"
    assert at(text, "d", 7) == "d"
    assert read(text).place(("x",)).line == 1
    assert read("").place(("x", 1)).line == 1


def test_problems_are_placed_and_put_in_the_order_of_the_file() -> None:
    source = read("a: b\nc: [d, e]\n")
    problems = [Problem("UV110", "last", ("c", 1)), Problem("UV110", "first", ("a",))]
    placed = source.diagnose(problems)
    assert [(one.problem.message, one.excerpt) for one in placed] == [
        ("first", "a: b"),
        ("last", "c: [d, e]"),
    ]


def test_problems_of_one_line_are_put_in_the_order_of_its_columns() -> None:
    source = read("c: [d, e]\n")
    placed = source.diagnose(
        [Problem("UV110", "last", ("c", 1)), Problem("UV110", "first", ("c", 0))]
    )
    assert [one.problem.message for one in placed] == ["first", "last"]


# --- What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a: b\nc: d\na: e\n", [("UV102", 3, 1)]),
        ("v: {FRA: yes, FRA: no}\n", [("UV102", 1, 15)]),
        ("a:\n- b: 1\n  b: 2\n", [("UV102", 3, 3)]),
        ("a: b\n'a': c\n\"a\": d\n", [("UV102", 2, 1), ("UV102", 3, 1)]),
        ("a: &x b\n", [("UV103", 1, 4)]),
        ("a: &x [b]\nc: *x\n", [("UV103", 1, 4), ("UV103", 2, 4)]),
        ("&x a: b\n", [("UV103", 1, 1)]),
        ("a: {<<: {b: c}}\n", [("UV103", 1, 5)]),
        ("a: !!str b\n", [("UV103", 1, 4)]),
        ("a: !b {c: d}\n", [("UV103", 1, 4)]),
        ("!!map\na: b\n", [("UV103", 1, 1)]),
        ("a: b\n---\nc: d\n", [("UV112", 2, 1)]),
        ("---\n---\n", [("UV112", 2, 1)]),
        ("a:\n\tb: c\n", [("UV105", 2, 1)]),
        ("a: [\n  \tb,\n\tc]\n", [("UV105", 2, 3), ("UV105", 3, 1)]),
        ("[a]: b\n", [("UV110", 1, 1)]),
        ("? {a: b}\n: c\n", [("UV110", 1, 3)]),
        ("a: [b\n", [("UV109", 1, 4)]),
        ("a: {b: c\nd: e\n", [("UV109", 1, 4)]),
        ("a: [b}\n", [("UV109", 1, 6)]),
        ("a: 'b\nc: d\n", [("UV109", 1, 4)]),
        ('a:\n- "b\nc: d\n', [("UV109", 2, 3)]),
        ("a: b\nc\n", [("UV109", 2, 1)]),
        ("a:b\nc: d\n", [("UV109", 2, 2)]),
        ("a: b: c\n", [("UV109", 1, 5)]),
        ("a: @b\n", [("UV109", 1, 4)]),
        (b"a: \xff\n", [("UV107", 1, 4)]),
        (b"a: b\nc: \xc3(\n", [("UV107", 2, 4)]),
        (b"\xef\xbb\xbfa: \xe9\n", [("UV107", 1, 4)]),
        (b"a: \xed\xa0\x80\n", [("UV107", 1, 4)]),
        ("a: b\0\n", [("UV107", 1, 5)]),
        ("a: \1\2b\1\n\nc: d\0\n", [("UV107", 1, 4), ("UV107", 3, 5)]),
        ("a: \x1b[31m\n", [("UV107", 1, 4)]),
        ("a: b\x85c\n", [("UV107", 1, 5)]),
        ("a: b\u2028c\n", [("UV107", 1, 5)]),
        ("a: b\rc: d\r", [("UV107", 1, 5)]),
        ("a: b\x7f\n", [("UV107", 1, 5)]),
        ("a: b\uffff\n", [("UV107", 1, 5)]),
        ("a: b\n".encode("utf-16"), [("UV107", 0, 0)]),
        ("a: b\n".encode("utf-16-be"), [("UV107", 0, 0)]),
        ("a: b\n".encode("utf-32-le"), [("UV107", 0, 0)]),
        ("[" * 51 + "]" * 51, [("UV108", 1, 51)]),
        ("a: " + "{a: " * 50 + "}" * 50, [("UV108", 1, 200)]),
    ],
)
def test_what_two_readers_could_see_differently_is_refused(
    text: str | bytes, codes: list[tuple[str, int, int]]
) -> None:
    assert found(text) == codes


def test_the_first_of_two_entries_stands() -> None:
    source, problems = read_raw("a: b\na: c\n")
    assert source.data == {"a": "b"}
    assert problems[0].problem.message.endswith("the first is on line 1")
    assert problems[0].problem.hint


def test_fifty_levels_are_read() -> None:
    assert found("[" * 50 + "]" * 50) == []


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  x\n  \ty\n",
        "a: b\t# a comment\n",
        "a:\tb\n",
        "a: 'b\tc'\n",
        "a: b\n  # c\td\n",
        "a: >\n  x\n  \ty\n",
        "a: [b,\n \n\t\n c]\n",
    ],
)
def test_tabs_that_indent_nothing_are_read(text: str) -> None:
    assert found(text) == []


def test_a_file_over_five_megabytes_is_read_only_when_asked() -> None:
    text = b"a: b\n" + b"#" * (MOST_BYTES - 5)
    assert read_raw(text)[1] == []
    source, problems = read_raw(text + b"#")
    assert [(one.problem.code, one.place) for one in problems] == [("UV108", None)]
    assert problems[0].problem.message == "the file is larger than 5 MB"
    assert "--big" in problems[0].problem.hint
    assert source.data is None
    assert read_raw(text + b"#", big=True)[0].data == {"a": "b"}


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        source, problems = read_file(str(path))
        assert [one.problem.code for one in problems] == ["UV113"]
        assert source.data is None


# --- The same data as PyYAML's ------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "NO",
        "yes",
        "010",
        "12:30",
        "1_000",
        "2022-02-25",
        "~",
        "null",
        "a b",
        "C\u00f4te",
        "2/3",
        "0.1",
    ]
)
TEXTS = WORDS | st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cs", "Zl", "Zp"],
        exclude_characters="\ufffe\uffff\ufeff",
    ),
    min_size=1,
    max_size=20,
)
KEYS = TEXTS.filter(lambda text: text != "<<")  # written plain, it is the merge key
DOCUMENTS = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


class Plain(yaml.SafeDumper):
    """Writes every text without quotes where YAML's grammar allows it, and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the same for all data
        return True


Plain.yaml_implicit_resolvers = {}


def as_pyyaml(text: str) -> Any:
    """What PyYAML reads where nothing but text is made of scalars."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts


def dumped(document: Any, *, flow: bool) -> str:
    """A document as YAML."""
    text: str = yaml.dump(
        document, Dumper=Plain, default_flow_style=flow, allow_unicode=True, width=40
    )
    return text


@settings(max_examples=150, deadline=None)
@given(document=DOCUMENTS, flow=st.booleans(), ends=st.sampled_from(["\n", "\r\n"]))
def test_valid_documents_are_read_as_pyyaml_reads_their_text(
    document: Any, ends: str, *, flow: bool
) -> None:
    text = dumped(document, flow=flow).replace("\n", ends)
    assert read(text).data == as_pyyaml(text) == document


@settings(max_examples=100, deadline=None)
@given(document=DOCUMENTS, flow=st.booleans())
def test_every_part_stands_where_its_place_says(document: Any, *, flow: bool) -> None:
    text = dumped(document, flow=flow)
    source = read(text)
    lines = text.split("\n")
    for route, value in parts(document, ()):
        place = source.place(route)
        inside = "\n".join(lines[place.line - 1 : place.end_line])
        if isinstance(value, str):
            cut = lines[place.line - 1 : place.end_line]
            cut[-1] = cut[-1][: place.end_column - 1]
            cut[0] = cut[0][place.column - 1 :]
            assert as_pyyaml("\n".join(cut)) == value
        assert inside


def parts(value: Any, route: Route) -> Iterator[tuple[Route, Any]]:
    """Every part of a document with its route."""
    yield route, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from parts(inner, (*route, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from parts(inner, (*route, number))


SHIPPED = sorted(
    path
    for folder in ("bodies", "resolutions")
    for path in (Path(__file__).parents[1] / folder).rglob("*.yaml")
)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_files_are_read_as_pyyaml_reads_their_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert without_nothing(read(text).data) == as_pyyaml(text)


def without_nothing(data: Any) -> Any:
    """Data with an empty text for what is missing, as PyYAML's text-only loader has it."""
    if isinstance(data, dict):
        return {key: without_nothing(value) for key, value in data.items()}
    if isinstance(data, list):
        return [without_nothing(value) for value in data]
    return "" if data is None else data


SCRAPS = (
    *("&a ", "*a", "!x ", "!!str ", "<<: ", "- ", "? ", ": ", "[", "]", "{", "}", ",", '"', "'"),
    *("|\n", ">-\n", "\n---\n", "\n...\n", "# ", "\n", "  ", "a: b\n", "~", "a", "FRA", "\ufeff"),
)


@given(st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join))
@settings(max_examples=1500, deadline=None)
def test_the_quick_reader_sees_what_the_careful_one_sees(text: str) -> None:
    """It gives the same data where nothing is wrong, and gives up on everything else."""
    careful = Builder(text)
    try:
        data, wrong = careful.document()[0], bool(careful.found)
    except (Stop, yaml.YAMLError):
        data, wrong = None, True
    try:
        quick = plain_data(text)
    except (Unusual, yaml.YAMLError):
        return
    assert not wrong
    assert quick == data


@pytest.mark.parametrize("text", ["{", "---", "a: {", "["])
def test_a_place_is_never_past_the_end(text: str) -> None:
    """Reading that stops at the end of a file without a last newline is told on its last line."""
    _, problems = read_bytes("x.yaml", text.encode())
    for problem in problems:
        assert problem.place is not None
        assert problem.place.line == 1
        assert problem.place.column <= len(text) + 1
