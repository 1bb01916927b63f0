"""The usual slips in a YAML file: in which words each is told, where, and with which line.

The cases are those that mutation testing (`make mutants`) found no other test to tell apart.
"""

import errno
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from unvote.diagnostics import Diagnostic, Place, Problem, Spot
from unvote.loading.events import MOST_DEPTH
from unvote.loading.plain import Unusual, plain_data
from unvote.loading.reader import FIRST_BYTES, MOST_BYTES, read_bytes, read_file
from unvote.loading.source import Source, scalars

QUOTE: Final = "a quote is opened here and never closed"
CLOSE_QUOTE: Final = "close it; text with a quote of its own in it needs the other kind around it"
CLOSE: Final = "close it with '{}'; entries have commas between them, text with ': ' quotes"
KEY: Final = "a key with ': ' after it is expected here"
WRITE_KEY: Final = "write `key: value`; text that goes on from the line above is indented"
GOES_ON: Final = "a key cannot stand here: the text above goes on"
COLON: Final = "look for a missing space after the colon above, or for wrong indentation"
LOOK: Final = (
    "look for a missing space after a colon, a bracket or quote left open, "
    "or text with ': ' or ' #' in it that needs quotes"
)
NO_START: Final = "this is not YAML: did not find expected <document start>"
SECOND: Final = "a second ': ' on this line"
CONTROL: Final = "the character U+0007 cannot stand in a vote file"
DELETE: Final = "delete it: editors and programs disagree on what it does"


@dataclass(frozen=True)
class Slip:
    """A text, and what is told of it: code, message, hint, line and column, the line shown."""

    text: str
    code: str
    message: str
    hint: str
    at: tuple[int, int]
    line: str


SLIPS: Final = (
    Slip('a: "open\nb: 1\n', "UV109", QUOTE, CLOSE_QUOTE, (1, 4), 'a: "open'),
    Slip("a: 'open", "UV109", QUOTE, CLOSE_QUOTE, (1, 4), "a: 'open"),
    Slip(
        "a: [x, y\n",
        "UV109",
        "a bracket is opened here and never closed",
        CLOSE.format("]"),
        (1, 4),
        "a: [x, y",
    ),
    Slip(
        "a: {x: 1\n",
        "UV109",
        "a brace is opened here and never closed",
        CLOSE.format("}"),
        (1, 4),
        "a: {x: 1",
    ),
    Slip(
        "a: [x, y\nb: 1\n",
        "UV109",
        "the bracket opened here is still open on line 2",
        CLOSE.format("]"),
        (1, 4),
        "a: [x, y",
    ),
    Slip(
        "a: {x: [1]\n  y: 2}\nb: 3\n",
        "UV109",
        "the brace opened here is still open on line 2",
        CLOSE.format("}"),
        (1, 4),
        "a: {x: [1]",
    ),
    Slip(
        "a: [x [y]]\n",
        "UV109",
        "',' or ']' is missing here",
        CLOSE.format("]"),
        (1, 7),
        "a: [x [y]]",
    ),
    Slip(
        "a: {x: 1 [y]}\n",
        "UV109",
        "',' or '}' is missing here",
        CLOSE.format("}"),
        (1, 10),
        "a: {x: 1 [y]}",
    ),
    Slip("a: b: c\n", "UV109", SECOND, "put the text in quotes", (1, 5), "a: b: c"),
    Slip("a: b: c\r\n", "UV109", SECOND, "put the text in quotes", (1, 5), "a: b: c"),
    Slip("a: b:\tc: d\n", "UV109", SECOND, "put the text in quotes", (1, 5), "a: b:\tc: d"),
    Slip("a:b\nc: d\n", "UV109", GOES_ON, COLON, (2, 2), "c: d"),
    Slip("a: b: X\r\n", "UV109", SECOND, "put the text in quotes", (1, 5), "a: b: X"),
    Slip("a: b: c \n", "UV109", SECOND, "put the text in quotes", (1, 5), "a: b: c "),
    Slip("a: 1\nb\n", "UV109", KEY, WRITE_KEY, (2, 1), "b"),
    Slip("a: 1\nb", "UV109", KEY, WRITE_KEY, (2, 1), "b"),
    Slip(
        "a: @x\n",
        "UV109",
        "no text can begin with '@' unless it is in quotes",
        'write "@..."',
        (1, 4),
        "a: @x",
    ),
    Slip("a:\n\tb: 1\n", "UV105", "a tab is used as indentation", "use spaces", (2, 1), "\tb: 1"),
    Slip(
        "a:\n \t\tb: 1\n",
        "UV105",
        "a tab is used as indentation",
        "use spaces",
        (2, 2),
        " \t\tb: 1",
    ),
    Slip(
        "%x\na: 1\n",
        "UV109",
        "this is not YAML: found unknown directive name (while scanning a directive)",
        LOOK,
        (1, 3),
        "%x",
    ),
    Slip(
        "a:\n  b: 1\n c: 2\n",
        "UV109",
        "this is not YAML: did not find expected key (while parsing a block mapping)",
        LOOK,
        (3, 2),
        " c: 2",
    ),
    Slip(
        "a: [x, y",
        "UV109",
        "a bracket is opened here and never closed",
        CLOSE.format("]"),
        (1, 4),
        "a: [x, y",
    ),
    Slip(
        'a: "\\q"\n',
        "UV109",
        "this is not YAML: found unknown escape character (while parsing a quoted scalar)",
        LOOK,
        (1, 5),
        'a: "\\q"',
    ),
    Slip(
        "- \tx: 1\n",
        "UV109",
        "this is not YAML: found character that cannot start any token "
        "(while scanning for the next token)",
        LOOK,
        (1, 3),
        "- \tx: 1",
    ),
    Slip("# c\n%YAML 1.1\n", "UV109", NO_START, LOOK, (2, 10), "%YAML 1.1"),
    Slip("# c\n%YAML 1.1", "UV109", NO_START, LOOK, (2, 10), "%YAML 1.1"),
    Slip(
        "a: [x\n\n",
        "UV109",
        "a bracket is opened here and never closed",
        CLOSE.format("]"),
        (1, 4),
        "a: [x",
    ),
    Slip(
        "%YAML 3.0\n---\na: 1\n",
        "UV109",
        "this is not YAML: found incompatible YAML document",
        LOOK,
        (1, 1),
        "%YAML 3.0",
    ),
)


SHOWN: Final = str.maketrans({"\n": "/", "\r": "<", "\t": ">", "\\": "^"})
"""Signs for names of tests: mutmut finds none with a backslash a second time in one process."""


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.text.translate(SHOWN))
def test_a_slip_is_told_in_plain_words_where_it_was_made(slip: Slip) -> None:
    source, (told,) = read_bytes("f.yaml", slip.text.encode())
    problem, place = told.problem, told.place
    assert (problem.code, problem.message, problem.hint) == (slip.code, slip.message, slip.hint)
    (line, column) = slip.at
    assert place == Place(line, column, line, column + 1)
    assert (told.excerpt, told.also, told.also_excerpt) == (slip.line, None, "")
    assert (source.file, source.text, source.data) == ("f.yaml", slip.text, None)


def test_lists_too_deep_are_told_where_they_are_too_deep() -> None:
    _, (told,) = read_bytes("f.yaml", b"[" * 51 + b"]" * 51)
    assert told.problem == Problem(
        "UV108",
        "lists and mappings are nested more than 50 deep",
        hint="no unvote document needs more than a few levels",
    )
    assert told.place == Place(1, 51, 1, 52)


def test_too_many_values_are_told_where_they_are_too_many() -> None:
    text = b"a:\n" + b"- x\n" * 50_000
    _, (told,) = read_bytes("f.yaml", text)
    assert told.problem == Problem(
        "UV108",
        "the file holds more than 50,000 values",
        hint="check that it is the right file; --big reads it",
    )
    # The mapping and its list are values too.
    assert told.place == Place(50_000, 3, 50_000, 4)
    source, problems = read_bytes("f.yaml", text, big=True)
    assert (len(source.data["a"]), problems) == (50_000, [])


def test_characters_that_are_obeyed_are_told_once_a_line() -> None:
    _, told = read_bytes("f.yaml", b"a: b\x07c\nd: \x07\x07\n")
    assert [one.problem for one in told] == [Problem("UV107", CONTROL, hint=DELETE)] * 2
    assert [one.place for one in told] == [Place(1, 5, 1, 6), Place(2, 4, 2, 5)]
    assert [one.excerpt for one in told] == ["a: b\x07c", "d: \x07\x07"]


def test_a_byte_that_is_not_utf_8_is_told_with_its_line() -> None:
    source, (told,) = read_bytes("f.yaml", "x: 0\na: 1\nb: é".encode() + b"\xe9t \xe9\nc: 2\n")
    assert told.problem == Problem(
        "UV107",
        "byte 0xe9 is not UTF-8",
        hint="save the file as UTF-8 (it may be in Latin-1 or Windows-1252)",
    )
    assert (told.file, told.place) == ("f.yaml", Place(3, 5, 3, 6))
    assert (told.excerpt, told.also) == ("b: é\ufffdt \ufffd", None)
    assert source == Source("f.yaml", "x: 0\na: 1\nb: é\ufffdt \ufffd")
    _, (first,) = read_bytes("f.yaml", b"\xef\xbb\xbf\xe9")
    assert (first.place, first.excerpt) == (Place(1, 1, 1, 2), "\ufffd")


ZEROS: Final = "the file is full of U+0000: it is in UTF-16 or UTF-32, or no text"


@pytest.mark.parametrize(
    ("encoding", "mark", "message"),
    [
        ("utf-16-le", "\ufeff", "the file is in UTF-16, not UTF-8"),
        ("utf-16-be", "\ufeff", "the file is in UTF-16, not UTF-8"),
        ("utf-16-le", "", ZEROS),
        ("utf-16-be", "", ZEROS),
        ("utf-32-le", "", ZEROS),
    ],
)
def test_a_file_in_another_encoding_is_told_without_a_place(
    encoding: str, mark: str, message: str
) -> None:
    source, problems = read_bytes("f.yaml", f"{mark}a: b\n".encode(encoding))
    problem = Problem("UV107", message, hint="save the file as UTF-8")
    assert (source, problems) == (Source("f.yaml", ""), [Diagnostic("f.yaml", problem)])


def test_a_third_of_zeros_at_the_start_is_told_as_characters_and_more_as_an_encoding() -> None:
    """Only the first three thousand characters are looked at."""
    third = "\0ab" * 1000
    for text, message in (
        (third, CONTROL.replace("0007", "0000")),
        (f"{third}{third}\0", CONTROL.replace("0007", "0000")),
        (f"{third}{chr(0) * 3000}", CONTROL.replace("0007", "0000")),
        (third.replace("a", "\0", 1), ZEROS),
    ):
        _, (told,) = read_bytes("f.yaml", text.encode())
        assert told.problem.message == message


def test_a_file_too_large_is_told_without_a_place() -> None:
    raw = b"a: b\n" + b"#" * (MOST_BYTES - 4)
    problem = Problem(
        "UV108",
        "the file is larger than 5 MB",
        hint="check that it is the right file; --big reads it all the same",
    )
    source, problems = read_bytes("f.yaml", raw)
    assert (source, problems) == (Source("f.yaml", ""), [Diagnostic("f.yaml", problem)])


TEXT: Final = "a: {b: [x, 'y']}\nc: |\n  z\nd:\n"


def read(text: str) -> Source:
    source, problems = read_bytes("f.yaml", text.encode())
    assert problems == []
    return source


def test_data_and_nodes_are_found_by_their_route() -> None:
    source = read(TEXT)
    assert source.at(()) == {"a": {"b": ["x", "y"]}, "c": "z\n", "d": None}
    assert source.at(("a", "b")) == ["x", "y"]
    assert source.at(("a", "b", 0)) == "x"
    assert source.at(("a", "b", 1)) == "y"
    for route in (("a", "b", 2), ("a", "x"), ("a", "b", "x"), ("c", 0), ("c", "d", "e"), ("x",)):
        assert source.at(route) is None
        assert source.node_at(route) is None
    node: Any = source.node_at(("a", "b", 1))
    assert (node.value, source.place(("a", "b", 1))) == ("y", Place(1, 12, 1, 15))
    # What is not there stands where it should: at the key of what should hold it.
    assert source.place(("a", "b", 2)) == Place(1, 5, 1, 6)
    assert source.place(("a", "b", 2)) == source.place(("a", "b"), Spot.KEY)


def test_every_scalar_comes_in_its_order() -> None:
    source = read(TEXT)
    words = ["a", "b", "x", "y", "c", "z\n", "d", ""]
    assert [event.value for event in scalars(source.node)] == words
    assert list(scalars(None)) == []


def test_a_problem_is_told_with_the_lines_of_both_its_places() -> None:
    source = read(TEXT)
    both = Problem("UV205", "x", route=("a", "b", 1), also=("c",), spot=Spot.KEY)
    same = Problem("UV205", "y", route=("c",), also=("c",))
    told_same, told_both = sorted(source.diagnose([both, same]), key=lambda d: -d.place.line)  # type: ignore[union-attr]
    assert (told_both.excerpt, told_both.also, told_both.also_excerpt) == (
        "a: {b: [x, 'y']}",
        Place(2, 1, 2, 2),
        "c: |",
    )
    assert (told_same.excerpt, told_same.also, told_same.also_excerpt) == ("c: |", None, "")
    assert source.diagnose([]) == []


def test_a_file_that_cannot_be_opened_is_told_without_a_place(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.yaml")
    reasons = {missing: os.strerror(errno.ENOENT), "a\0b": "there can be no such path"}
    for file, reason in reasons.items():
        source, (told,) = read_file(file)
        assert source == Source(file, "")
        assert (told.file, told.place) == (file, None)
        assert told.problem == Problem(
            "UV113", f"cannot read this file: {reason}", hint="check the path"
        )


def test_a_file_is_read_to_its_bound_and_beyond_it_where_asked(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    text = b"a: x\n" + b"#" * (MOST_BYTES - 6) + b"\n"
    file.write_bytes(text)
    assert len(text) == MOST_BYTES
    source, problems = read_file(str(file))
    assert (source.data, len(source.text), problems) == ({"a": "x"}, MOST_BYTES, [])
    file.write_bytes(text + b"b: y\n")
    source, (told,) = read_file(str(file))
    assert (source, told.problem.code) == (Source(str(file), ""), "UV108")
    source, problems = read_file(str(file), big=True)
    assert (source.data, problems) == ({"a": "x", "b": "y"}, [])


def test_no_more_than_the_bound_is_taken_from_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte more says that it is too large; where the file never ends, that is all there is."""
    asked: list[int] = []

    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert size > 0
            asked.append(size)
            return b"#" * size

    monkeypatch.setattr(Path, "open", lambda *_: Endless())
    _, (told,) = read_file("f.yaml")
    assert (told.problem.code, told.place, sum(asked)) == ("UV108", None, MOST_BYTES + 1)
    assert asked[0] == FIRST_BYTES


WITHOUT_A_PLACE: Final = (yaml.YAMLError(), yaml.MarkedYAMLError("context", problem="problem"))


@pytest.mark.parametrize("error", WITHOUT_A_PLACE, ids=["bare", "marked"])
def test_an_error_without_a_place_is_told_at_the_start(
    error: yaml.YAMLError, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Parser:
        def __init__(self, text: str) -> None:
            self.text = text

        def get_event(self) -> None:
            raise error

    monkeypatch.setattr("unvote.loading.events.Parser", Parser)
    source, (told,) = read_bytes("f.yaml", b"a: &x 1\n")
    assert told.problem == Problem(
        "UV109", "this is not YAML", hint="check the file with an editor"
    )
    assert (told.place, told.excerpt, source.data) == (Place(1, 1, 1, 2), "a: &x 1", None)


NOT_READ: Final = (
    ("a: &x b", "the anchor '&x'", Place(1, 4, 1, 8)),
    ("a: [b, *x]", "the alias '*x'", Place(1, 8, 1, 10)),
    ("a: !!str b", "the tag '!!str'", Place(1, 4, 1, 11)),
    ("a: !b c", "the tag '!b'", Place(1, 4, 1, 8)),
    ("<<: b", "the merge key '<<'", Place(1, 1, 1, 3)),
)


@pytest.mark.parametrize(("text", "what", "place"), NOT_READ)
def test_what_is_not_read_is_named(text: str, what: str, place: Place) -> None:
    _, (told,) = read_bytes("f.yaml", text.encode())
    assert told.problem == Problem(
        "UV103",
        f"{what} is not read in vote files",
        hint="write the value out; groups and `otherwise:` say things once",
    )
    assert (told.place, told.excerpt, told.also) == (place, text, None)


def test_the_second_of_two_entries_is_told_with_the_place_of_the_first() -> None:
    _, (told,) = read_bytes("f.yaml", b"x: 1\na: b\nc: d\na: e\n")
    assert told.problem == Problem(
        "UV102",
        "'a' stands twice in one mapping; the first is on line 2",
        hint="keep one of the two: a second entry never replaces the first here",
    )
    assert (told.place, told.excerpt) == (Place(4, 1, 4, 2), "a: e")
    assert (told.also, told.also_excerpt) == (Place(2, 1, 2, 2), "a: b")


def test_the_second_document_is_told_where_it_starts() -> None:
    source, (told,) = read_bytes("f.yaml", b"a: b\n---\nc: d\n")
    assert told.problem == Problem(
        "UV112",
        "a second document starts here; one file holds one document",
        hint="put it in a file of its own",
    )
    assert (told.place, source.data) == (Place(2, 1, 2, 4), None)


def test_a_place_past_the_end_is_that_of_the_end() -> None:
    """A text without a newline at its end: the parser is one line further on."""
    (told,) = read("---").diagnose([Problem("UV101", "x")])
    assert (told.place, told.excerpt) == (Place(1, 4, 1, 4), "---")


def test_a_problem_is_told_at_the_value_or_at_its_key() -> None:
    source = read(TEXT)
    key, value = source.diagnose(
        [Problem("UV205", "x", route=("a", "b"), spot=spot) for spot in (Spot.VALUE, Spot.KEY)]
    )
    assert (key.place, value.place) == (Place(1, 5, 1, 6), Place(1, 8, 1, 16))


def test_a_key_that_is_no_text_is_told() -> None:
    _, (told,) = read_bytes("f.yaml", b"a: 1\n[b]: 2\n")
    assert told.problem == Problem("UV110", "a key must be plain text", hint="write `key: value`")
    assert told.place == Place(2, 1, 2, 2)


def test_tabs_are_told_in_front_of_text_and_not_within_a_block() -> None:
    """A block ends where the next key begins; the comment behind it is no part of it."""
    text = "a: |2\n  \tx\n  \ty\nb: 1\n \t# c\nd: |\n  z\n  \ty\n"
    _, told = read_bytes("f.yaml", text.encode())
    assert [(one.problem.code, one.place) for one in told] == [("UV105", Place(5, 2, 5, 3))]
    _, (twice,) = read_bytes("f.yaml", b"a: 1\n \t\t# c\n")
    assert twice.place == Place(2, 2, 2, 3)


def test_the_quick_reader_reads_usual_text_itself() -> None:
    """It gives up on what has to be told, and on nothing else."""
    usual = "a: [x, 'y', \"\", [z], {}]\nb:\nc: ''\nd: {e: f}\ng:\n- h:\n    i: >\n      j\n-\n"
    assert plain_data(usual) == {
        "a": ["x", "y", "", ["z"], {}],
        "b": None,
        "c": "",
        "d": {"e": "f"},
        "g": [{"h": {"i": "j\n"}}, None],
    }
    assert plain_data("--- x\n...\n") == "x"
    assert plain_data("# nothing\n") is None
    for deepest in ("[" * MOST_DEPTH + "]" * MOST_DEPTH, "{a: " * MOST_DEPTH + "}" * MOST_DEPTH):
        assert plain_data(deepest)
        for deeper in (f"[{deepest}]", f"{{a: {deepest}}}"):
            with pytest.raises(Unusual):
                plain_data(deeper)


def test_an_empty_value_is_nothing_and_an_empty_text_is_a_text() -> None:
    for after in ("", "# \t\n"):  # with a tab somewhere every place is read at once
        source = read(f"a:\nb: ''\nc: \"\"\n{after}")
        assert source.data == {"a": None, "b": "", "c": ""}
        assert read(after).data is None


def test_control_characters_on_three_lines_and_on_the_first() -> None:
    _, told = read_bytes("f.yaml", b"\x07\n\nab\x07\n\x07c: 1\n")
    assert [one.place for one in told] == [
        Place(1, 1, 1, 2),
        Place(3, 3, 3, 4),
        Place(4, 1, 4, 2),
    ]
    _, (second,) = read_bytes("f.yaml", b"\n\x07")
    assert second.place == Place(2, 1, 2, 2)


def test_the_values_of_a_file_are_counted_each_once() -> None:
    """The mapping, its list and 49,998 words are 50,000 values; a tab makes them be counted."""
    for words, told in ((49_998, 0), (49_999, 1)):
        text = b"a:\n" + b"- x\n" * words + b"# \t\n"
        assert len(read_bytes("f.yaml", text)[1]) == told
