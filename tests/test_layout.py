"""The canonical layout of a file, text for text: what is joined, wrapped, moved, or left alone.

The cases are those that mutation testing (`make mutants`) found no other test to tell apart.
"""

from typing import Final

import pytest

from unvote.loading.layout import WIDTH, laid_out
from unvote.loading.reader import read_bytes

ORDER: Final = ("a", "b", "c")


def layout(text: str) -> str:
    """A text in its canonical layout, which says the same and is its own."""
    source, problems = read_bytes("f.yaml", text.encode())
    assert problems == []
    wanted = laid_out(source, ORDER)
    again, problems = read_bytes("f.yaml", wanted.encode())
    assert problems == []
    assert again.data == source.data
    assert laid_out(again, ORDER) == wanted
    return wanted


# --- What is no mapping over lines ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ""),
        ("\n\n", ""),
        ("# only  \n\n\n", "# only\n"),
        ("\n\na  \n", "a\n"),
        ("Xa: bX", "Xa: bX\n"),
        ("- a  \n\n\n- |\n  x  \n\n\n  y\n-   b\n", "- a\n\n- |\n  x  \n\n\n  y\n-   b\n"),
        (
            "# head  \n\n\n{b: a,  \n  a: 'x  \n\n\n  y'  \n }  \n\n",
            "# head\n\n{b: a,\n  a: 'x  \n\n\n  y'  \n }\n",
        ),
    ],
)
def test_only_blanks_are_taken_out(text: str, wanted: str) -> None:
    assert layout(text) == wanted


def test_blanks_in_front_of_the_first_line_stay() -> None:
    assert layout("  # a comment\n\nb: 1\n") == "  # a comment\n\nb: 1\n"


# --- Text over several lines ---------------------------------------------------------------------


def test_carriage_returns_are_taken_out_within_text_too() -> None:
    assert layout("a: |\r\n  x  \r\n\r\nb: c \r\n") == "a: |\n  x  \n\nb: c\n"


def test_text_over_several_lines_keeps_every_blank() -> None:
    folded = "a: >-\n  three  \n\n\n  four  \n"
    literal = "b: |\n  one  \n\n\n  two  \n"
    rest = (
        "d: plain  \n  goes on  \n"
        "e: 'quoted  \n\n\n  text'  # why  \n"
        'g: "x\n\n\n  y"\n'
        "h:   i  # why\n"
    )
    text = f"f:   1  \n{literal}c:   2  \n{folded}{rest}"
    assert layout(text) == f"{folded}{literal}c: 2\nf: 1\n{rest}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "x:\n  a: |\n    one  \n\n\n  b:   c  \n\n\n  d:   e  \ny:   z\n",
            "x:\n  a: |\n    one  \n\n\n  b:   c\n\n  d:   e\ny: z\n",
        ),
        (
            "x:\n  - 'a  \n     b'\n  -   c  \n\n\n  - >\n   d  \ny:   z\n",
            "x:\n  - 'a  \n     b'\n  -   c\n\n  - >\n   d  \ny: z\n",
        ),
        ("a: |-\n  x  ", "a: |-\n  x  \n"),
        ("b: |\n  x\n\n\n\na:   1\n", "a: 1\nb: |\n  x\n"),
        ("b: |\n  x\n\n\n\nd:   1\n", "b: |\n  x\n\n\n\nd: 1\n"),
    ],
)
def test_what_stands_beside_text_over_several_lines_is_not_laid_out(text: str, wanted: str) -> None:
    """But for blanks at the ends of its lines and empty lines beyond one."""
    assert layout(text) == wanted


# --- What moves with its key, and what stays -----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Above an empty line a comment is the file's own, at its end too; else it is the entry's.
        (
            "# file  \n\n\n# of b\nb: 1\n\n\n# far\n\n# near\na: 2\n\n# tail  \n\n\n# end\n",
            "# file\n\n# far\n\n# near\na: 2\n# of b\nb: 1\n\n# tail\n\n# end\n",
        ),
        ("# of b  \nb: 1\na: 2\n", "a: 2\n# of b\nb: 1\n"),
        # What is indented belongs to the entry above.
        (
            "# of b\nb: 1\na:   2\n   # of a\n# of c\nc:   3\n",
            "a:   2\n   # of a\n# of b\nb: 1\n# of c\nc: 3\n",
        ),
        ("\n\nb: 1\n\na: 2\n\n\nc:   3\n\n", "a: 2\nb: 1\n\nc: 3\n"),
        (
            "b: # w\n  - x \n\n\n  # i\n  -   y\n  # l\n# of a\na: |\n  t\n\n  # t\n\n# of c\nc: 1",
            "# of a\na: |\n  t\n\n  # t\n\nb: # w\n  - x\n\n  # i\n  -   y\n  # l\n# of c\nc: 1\n",
        ),
        ("b: 1\n # of b\na: 2\n", "a: 2\nb: 1\n # of b\n"),
        ("a: |\n  x\n\n\n\nb: 1\n\n\n# of c  \nc: 2\n", "a: |\n  x\n\n\n\nb: 1\n\n# of c\nc: 2\n"),
        ("z: 1\n\n\n\ny: 2\nc: 3\nx: 4\n", "c: 3\nz: 1\n\ny: 2\nx: 4\n"),
        ("b: 1\n# c\n# d\na: 2\n# e\n", "# c\n# d\na: 2\nb: 1\n# e\n"),
        ("b: 1\n\n# c", "b: 1\n\n# c\n"),
    ],
)
def test_comments_and_empty_lines_move_with_the_key_below_them(text: str, wanted: str) -> None:
    assert layout(text) == wanted


def test_no_two_empty_lines_meet_where_an_entry_moves() -> None:
    assert layout("# file\n\nb: 1\n\na: 2\n") == "# file\n\na: 2\nb: 1\n"
    assert layout("b: |\n  x\n\n# of a\na: 1\n\n# end\n") == ("# of a\na: 1\nb: |\n  x\n\n# end\n")


# --- Lists and mappings --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a:\n- x\n-   y\n", "a: [x, y]\n"),
        ("a: [ x ,y, ]\n", "a: [x, y]\n"),
        ("a: [ ]\nb: { }\n", "a: []\nb: {}\n"),
        ("a:\nb:   ''\nc:   ~\n", "a:\nb: ''\nc: ~\n"),
        ("a:\n- \n", "a:\n  -\n"),
        ("a:\n- ''\n- z\n", "a: ['', z]\n"),
        # What would mean something else within brackets, or looks so, stays out of them.
        ("a:\n- 12:30\n- z\n", "a:\n  - 12:30\n  - z\n"),
        ("a:\n- '12:30'\n- z\n", "a: ['12:30', z]\n"),
        ("a: [12:30,  z]\n", "a: [12:30, z]\n"),
        # A word is joined with others, a sentence is not.
        (f"a:\n- {'x' * 24}\n", f"a: [{'x' * 24}]\n"),
        (f"a:\n- {'x' * 25}\n", f"a:\n  - {'x' * 25}\n"),
        (f"a: [ {'x' * 25} ]\n", f"a: [{'x' * 25}]\n"),
        ("a:\n    b:   c\n    d:\n          e:  f\n", "a:\n  b: c\n  d:\n    e: f\n"),
        ("a: {e:  f,   g: , h: [i,  {j: k}]}\n", "a: {e: f, g: , h: [i, {j: k}]}\n"),
        ("a: {e:  }\n", "a: {e: }\n"),
        (
            "a:\n- m:   n\n  o:\n  -   p\n  q:\n    r:    s\n",
            "a:\n  - m: n\n    o: [p]\n    q:\n      r: s\n",
        ),
        ("a:\n- {q:   r}\n- [s,   t]\n", "a:\n  - {q: r}\n  - [s, t]\n"),
        ("a:\n- - u\n  - v\n", "a:\n  - [u, v]\n"),
        ("a:\n- {}\n- [ ]\n-   w\n-\n", "a:\n  - {}\n  - []\n  - w\n  -\n"),
        # A sign in text is no comment.
        ("a:   b#c\nd:   'e # f'\nu:   http://v#w\n", "a: b#c\nd: 'e # f'\nu: http://v#w\n"),
        ("a:   'b # c' # d\n", "a:   'b # c' # d\n"),
        ("a:   [b,   'c # d' ] # e\n", "a:   [b,   'c # d' ] # e\n"),
        ("a:   [b,   'c # d' ]\n", "a: [b, 'c # d']\n"),
        ("'# a':   b\n", "'# a': b\n"),
        ("a:   b\n#c\nd:   e", "a: b\n#c\nd: e\n"),
        ("a:   [b,\n  #c\n  d]\n", "a:   [b,\n  #c\n  d]\n"),
    ],
)
def test_an_entry_is_laid_out(text: str, wanted: str) -> None:
    assert layout(text) == wanted


def words(width: int) -> str:
    """Words with commas between them, this wide together."""
    line = ", ".join(["AAA"] * (width // 5))
    return line + "A" * (width - len(line))


@pytest.mark.parametrize(("above", "name"), [("", "a:"), ("a:\n", "  b:")])
def test_a_list_is_as_wide_as_a_line_may_be(above: str, name: str) -> None:
    room = WIDTH - len(f"{name} []")
    fits, too_wide = words(room), words(room + 1)
    items = fits.replace(", ", "\n    - ")
    assert layout(f"{above}{name}\n    - {items}\n") == f"{above}{name} [{fits}]\n"
    text = layout(f"{above}{name} [{too_wide}]\n").removeprefix(above)
    first, line, last = text.splitlines()
    outer = " " * (len(name) - len(name.lstrip()))
    assert (first, line, last) == (f"{name} [", f"{outer}  {too_wide}", f"{outer}]")


def test_a_wrapped_line_may_be_as_wide_as_a_line_may_be() -> None:
    """Twenty words of three letters with their commas, and a last one that just fits or not."""
    nineteen = "AAA, " * 19
    for last, lines in ((2, 1), (3, 2)):
        # Two blanks, nineteen words, the last with its comma: 100 or 101.
        text = f"a: [{nineteen}{'B' * last}, {'C' * 20}]\n"
        wrapped = layout(text).splitlines()
        assert wrapped[0] == "a: ["
        assert wrapped[-1] == "]"
        assert len(wrapped[1]) == (WIDTH if lines == 1 else len("  " + nineteen.rstrip()))
        assert wrapped[2].startswith("  C" if lines == 1 else "  BBB, C")


def test_a_word_too_wide_for_its_line_has_one_of_its_own() -> None:
    """Forty-five mappings deep there is room for one word of four letters, and none for twenty."""
    depth = 45
    above = "".join(f"{' ' * (2 * level)}k:\n" for level in range(depth))
    pad = " " * (2 * depth)
    long, short = "L" * 20, "SSSS"
    text = f"{above}{pad}k: [{long}, {long}, {short}, {short}, {short}]\n"
    below = f"{pad}  {long},\n{pad}  {long},\n{pad}  {short},\n{pad}  {short},\n{pad}  {short}\n"
    assert layout(text) == f"{above}{pad}k: [\n{below}{pad}]\n"


def test_a_mapping_in_brackets_that_is_too_wide_is_laid_out_below() -> None:
    """So is one in a list; a list of more than words stays in its brackets there."""
    for width in (WIDTH, WIDTH + 1):
        value = "x" * (width - len("a: {e: f, g: }"))
        below = f"a:\n  e: f\n  g: {value}\n"
        inline = f"a: {{e: f, g: {value}}}\n"
        assert layout(inline) == (inline if width == WIDTH else below)
        value = "x" * (width - len("  - {e: f, g: }"))
        inline = f"a:\n  - {{e: f, g: {value}}}\n"
        assert layout(inline) == (inline if width == WIDTH else f"a:\n  - e: f\n    g: {value}\n")
        value = "x" * (width - len("a: [e, ]"))
        inline = f"a: [e, {value}]\n"
        assert layout(inline) == (inline if width == WIDTH else f"a:\n  - e\n  - {value}\n")


def test_a_list_in_a_list_stays_on_its_line_however_wide() -> None:
    wide = words(WIDTH)
    assert layout(f"a:\n-   [{wide}]\n") == f"a:\n  - [{wide}]\n"
