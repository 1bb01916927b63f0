"""Hostile input: nothing crashes, hangs, takes the memory, or reaches the terminal raw.

The large files go through the whole command in a process of its own, with a limit on its address
space and on its time; the random ones through the scripting interface.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.runs import quick

from unvote.api import Report, tally
from unvote.api.tallying import open_world
from unvote.checks.stances import Freshness
from unvote.files.check import check_file
from unvote.files.fix import fixed
from unvote.loading.events import MOST_VALUES
from unvote.loading.reader import read_bytes
from unvote.render.problems import problem_lines

ROOT = Path(__file__).parents[1]
ADDRESS_SPACE = 400_000_000
RESIDENT = 200
"""In megabytes; the most a file may make the program take."""

TIME = 10
"""In seconds; how long a file may keep it busy. The aim is under two."""

WRAPPER = """
import json, resource, subprocess, sys, time
space, seconds, folder, *command = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_AS, (int(space), int(space)))
start = time.monotonic()
with open(f"{folder}/out", "wb") as out, open(f"{folder}/err", "wb") as err:
    try:
        code = subprocess.run(
            command, cwd=folder, stdout=out, stderr=err, stdin=subprocess.DEVNULL,
            timeout=float(seconds),
        ).returncode
    except subprocess.TimeoutExpired:
        code = None
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, time.monotonic() - start, usage.ru_maxrss / 1024]))
"""
"""A small process between the tests' and the program's: what a process takes is measured from its
parent on, and that of the tests is large."""

HEAD = "id: X\ntitle: T\nbody: general-assembly\ndate: 2022-03-02\nquestion: important\n"
COUNTS = "counts: 141-5-35\n"
MANY = 100_000
NEAR = MOST_VALUES - 100
"""Values; as many as a file may hold, but for its head."""

LARGE = 4_900_000


@dataclass(frozen=True)
class Ran:
    """What a run of the program came to; `code` is missing if it was stopped."""

    code: int | None
    seconds: float
    megabytes: float
    out: bytes
    err: bytes


def run(content: str | bytes, folder: Path, *options: str, command: str = "tally") -> Ran:
    """Run a command on a file with this content."""
    raw = content.encode() if isinstance(content, str) else content
    (folder / "file.yaml").write_bytes(raw)
    program = [sys.executable, "-m", "unvote", command, "file.yaml", *options]
    wrapper = [sys.executable, "-I", "-c", WRAPPER, str(ADDRESS_SPACE), str(TIME), str(folder)]
    done = subprocess.run([*wrapper, *program], capture_output=True, check=True)
    code, seconds, megabytes = json.loads(done.stdout)
    out, err = (folder / "out").read_bytes(), (folder / "err").read_bytes()
    return Ran(code, seconds, megabytes, out, err)


def bomb() -> str:
    """The alias bomb: 219 bytes that are 531,441 strings."""
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    for before, letter in zip("abcdef", "bcdefg", strict=True):
        lines.append(f"{letter}: &{letter} [{','.join([f'*{before}'] * 9)}]")
    return "\n".join(lines) + "\n"


def listed(count: int, entry: str) -> str:
    """So many entries after commas, `#` being the number."""
    return ",".join(entry.replace("#", str(number)) for number in range(count))


def lines(count: int, entry: str) -> str:
    """So many lines, `#` being the number."""
    return "".join(entry.replace("#", str(number)) + "\n" for number in range(count))


def yes(names: str) -> str:
    """A file whose yes votes are these."""
    return f"{HEAD}votes: {{yes: [{names}]}}\n"


def counted(more: str) -> str:
    """A file that is right, with more below."""
    return f"{HEAD}{COUNTS}{more}\n"


def case(name: str, make: Callable[[], str | bytes], *options: str, wrong: str = "") -> Any:
    """One hostile file; `wrong` says what is known to happen instead of what should."""
    mark = pytest.mark.xfail(reason=wrong, strict=True)
    return pytest.param(make, options, id=name, marks=[mark] if wrong else [])


CASES = [
    case("alias bomb", bomb),
    *(
        case(f"deep {name}", partial(str, text))
        for name, text in {
            "[": "votes: " + "[" * MANY,
            "[]": "votes: " + "[" * MANY + "]" * MANY,
            "{": "votes: " + "{" * MANY,
            "{a:": "votes: " + "{a: " * MANY,
            "-": "- " * MANY,
            "?": "votes: " + "? " * MANY,
            "? on top": "? " * MANY,
            ":": "votes: " + ": " * MANY,
            "quotes": "votes: " + "'" * MANY,
            "open quotes": "votes: " + "'" * (MANY + 1),
            "double quotes": "votes: " + '"' * (MANY + 1),
            "anchors": "votes: " + "&a " * MANY,
            "anchored lists": "votes: " + "&a [" * MANY,
            "tags": "votes: " + "!t " * MANY,
            "tagged lists": "votes: " + "!t [" * MANY,
            "aliases": "votes: " + "*a " * MANY,
            "block mappings": "".join(" " * depth + "a:\n" for depth in range(2_500)),
            "block lists": "".join(" " * depth + "-\n" for depth in range(2_500)),
            "directives": "%YAML 1.1\n" * MANY,
            "documents": "---\n" * MANY,
        }.items()
    ),
    case("long title", lambda: HEAD.replace("title: T", "title: " + "x" * LARGE) + COUNTS),
    case("long name", lambda: yes("x" * LARGE)),
    case("long name of words", lambda: yes("ab " * 1_600_000)),
    case("long key", lambda: '? "' + "x" * LARGE + '"\n: 1\n'),
    case("long body", lambda: HEAD.replace("general-assembly", "x" * LARGE)),
    case("long date", lambda: HEAD.replace("2022-03-02", "9" * LARGE) + COUNTS),
    case("long comment", lambda: counted("#" * LARGE)),
    case("long escapes", lambda: counted('notes: "' + "\\x41" * 1_200_000 + '"')),
    case("many lines", lambda: counted("\n" * LARGE)),
    case("many carriage returns", lambda: counted("#\r\n" * 1_600_000)),
    case("many items", lambda: yes("a," * 2_400_000)),
    case("many lists", lambda: yes("[]," * 1_600_000)),
    case("many members", lambda: f"{HEAD}votes:\n  yes:\n" + "  - FRA\n" * 600_000),
    case("many keys", lambda: HEAD + "votes: {" + "a," * 1_000_000 + "}\n"),
    case("many tabs", lambda: f"{HEAD}votes:\n" + "\t\n" * 2_400_000),
    case("many tabbed lines", lambda: f"{HEAD}tags: [\n" + "\ta,\n" * MANY + "b]\n"),
    case("ten megabytes", lambda: counted("#" * 10_000_000)),
    case("ten megabytes, big", lambda: counted(("#" * 99 + "\n") * MANY), "--big"),
    case(
        "ten megabytes of tags", lambda: counted("tags:\n" + lines(MANY, "- " + "x" * 97)), "--big"
    ),
    case("ten megabytes of NUL", lambda: b"\0" * 10_000_000, "--big"),
    case("NUL", lambda: HEAD.encode() + b"notes: a\0b\n"),
    case("no UTF-8", lambda: b"\xff\xc3" * 2_400_000),
    case("no UTF-8 at the end", lambda: b"a" * LARGE + b"\xe9"),
    case("UTF-16", lambda: counted("").encode("utf-16")),
    case("UTF-16 without a mark", lambda: counted("").encode("utf-16-be")),
    case("UTF-32", lambda: counted("").encode("utf-32")),
    case("huge number", lambda: f"{HEAD}counts: {{yes: {'9' * MANY}, no: 1, abstain: 0}}\n"),
    case("huge numbers", lambda: f"{HEAD}counts: {'-'.join(['9' * 1_000_000] * 3)}\n"),
    case(
        "large numbers",
        lambda: "id: X\nbody: consensus\ndate: 2022-03-02\ncounts: 999999999-999999999-999999999\n",
    ),
    case("keys twice", lambda: "id: a\n" * MANY),
    case("members twice", lambda: f"{HEAD}votes:\n" + "  FRA: yes\n" * MANY),
    case("member listed twice", lambda: yes("FRA," * NEAR)),
    case("unknown keys", lambda: HEAD + lines(NEAR, "k#: 1")),
    case("unknown counts", lambda: HEAD + "counts: {" + listed(NEAR, "k#: 1") + "}\n"),
    case("unknown names", lambda: yes(listed(NEAR, "Noland#"))),
    case("unknown name", lambda: yes("Noland," * NEAR)),
    case(
        "unknown keys of votes",
        lambda: HEAD + "votes: {" + listed(NEAR, "N#: yes") + "}",
    ),
    case("unknown sponsors", lambda: counted(f"sponsors: [{listed(NEAR, 'N#')}]")),
    case("numbers for names", lambda: yes(listed(NEAR, "#"))),
    case("mappings for names", lambda: yes("{}," * NEAR)),
    case("anchors", lambda: counted("tags: [" + listed(NEAR, "&a# x") + "]")),
    case(
        "amendments",
        lambda: counted("amendments:\n" + lines(NEAR // 3, "- {id: A#, counts: 1-1-1}")),
    ),
    case(
        "amendments by result",
        lambda: counted("amendments:\n" + lines(NEAR // 3, "- {id: A#, result: adopted}")),
    ),
    case("empty amendments", lambda: counted("amendments:\n" + "- {}\n" * NEAR)),
    case(
        "a thousand amendments",
        lambda: counted("amendments:\n" + lines(1000, "- {id: A#, counts: 1-1-1}")),
    ),
    case("targets", lambda: counted("targets:\n" + lines(NEAR // 10, "- {yes: #}"))),
    case(
        "later statements",
        lambda: counted("later_statements: {" + listed(NEAR // 2, "N#: {intended: yes}") + "}"),
    ),
]


@pytest.mark.skipif(sys.platform != "linux", reason="limits on memory are those of Linux")
@pytest.mark.parametrize(("make", "options"), CASES)
def test_a_hostile_file_is_answered(
    make: Callable[[], str | bytes],
    options: tuple[str, ...],
    tmp_path: Path,
    request: pytest.FixtureRequest,
    figure: Callable[[str], None],
) -> None:
    ran = run(make(), tmp_path, *options)
    name = request.node.callspec.id
    figure(f"hostile file, {name}: exit {ran.code}, {ran.seconds:.1f} s, {ran.megabytes:.0f} MB")
    assert b"Traceback" not in ran.err, ran.err[-300:]
    assert ran.code in {0, 2}
    assert ran.megabytes < RESIDENT
    assert (ran.code == 2) == (b" error UV" in ran.err)
    assert ran.out or ran.code == 2
    assert RAW.search(ran.out.decode() + ran.err.decode()) is None


RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


# --- Text is never obeyed by the terminal ---------------------------------------------------------

MARKUP = "[bold]draft[/bold] [/A/77] [link=x]here[/link] :smile: [draft]"
ESCAPES = r"\e[31mred\e[0m \e]8;;x\a \x9b31m \x07 \r \b \u202Eright\u202C \u2066\u200F \0 \x7f"
MARKED = f"""\
id: '{MARKUP}'
title: '{MARKUP}'
body: consensus
date: 2022-03-02
counts: 5-0-1
amendments:
  - {{id: '{MARKUP} 1', title: '{MARKUP}', counts: 5-0-1}}
notes: '{MARKUP}'
targets: [{{yes: 4, label: '{MARKUP}'}}]
sources: ['{MARKUP}']
"""
ESCAPED = MARKED.replace(f"'{MARKUP} 1'", f'"{ESCAPES} 1"').replace(f"'{MARKUP}'", f'"{ESCAPES}"')
WRONG = f"""\
id: "{ESCAPES}"
body: "{ESCAPES}"
date: "{ESCAPES}"
"{ESCAPES}": 1
votes:
  "{ESCAPES}": ["{ESCAPES}"]
"""
WRONG_NAMES = f"""\
id: X
body: general-assembly
date: 2022-03-02
question: "{ESCAPES}"
votes:
  "{ESCAPES}": ["{ESCAPES}"]
  yes: ["{ESCAPES}", '{MARKUP}']
later_statements: {{"{ESCAPES}": {{intended: "{ESCAPES}"}}}}
targets: [{{yes: "{ESCAPES}"}}]
expect: {{verdict: "{ESCAPES}", counts: "{ESCAPES}"}}
"""
VIEWS = {
    "card": (),
    "every card": ("-v",),
    "ascii": ("-v", "--ascii"),
    "markdown": ("--format", "markdown"),
    "csv": ("--format", "csv"),
    "json": ("--format", "json"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits on memory are those of Linux")
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("text", [ESCAPED, WRONG, WRONG_NAMES], ids=["right", "wrong", "names"])
def test_escape_sequences_are_shown_not_sent(text: str, view: str, tmp_path: Path) -> None:
    ran = run(text, tmp_path, *VIEWS[view])
    assert ran.code == (0 if text == ESCAPED else 2)
    assert b"Traceback" not in ran.err
    assert RAW.search(ran.out.decode() + ran.err.decode()) is None
    assert b"u001b" in ran.out + ran.err


@pytest.mark.parametrize("view", VIEWS)
def test_markup_prints_as_it_is_written(view: str, tmp_path: Path) -> None:
    ran = run(MARKED, tmp_path, *VIEWS[view], "--width", "200")
    assert ran.code == 0
    printed = ran.out.decode().replace("\\\\", "\\").replace("\\[", "[").replace("\\]", "]")
    for piece in MARKUP.split():
        assert piece in printed


def test_a_line_end_in_a_name_cannot_forge_a_line() -> None:
    forged = "file.yaml:1:1: error UV999: forged"
    text = f'{HEAD}votes: {{yes: ["X\\n{forged}", "Y\\n::error::forged"]}}\n'
    printed = problem_lines(tally("-", stdin=text.encode()).problems)
    assert forged in printed
    assert not [line for line in printed.split("\n") if line.startswith(("file.yaml", "::error"))]


@pytest.mark.parametrize(
    "text", [f'{HEAD}stances: "a\\0b"\n', 'kind: stances\nresolution: "a\\0b"\n']
)
def test_a_path_that_cannot_be_one_is_a_problem(text: str) -> None:
    report = tally("-", stdin=text.encode())
    assert [problem.problem.code for problem in report.problems] in (["UV113"], ["UV408"])


def test_a_member_without_a_vote_among_stances_is_answered() -> None:
    text = f"{HEAD}stances: {{FRA: yes}}\nnot_entitled: [VEN]\nnot_participating: [CHN]\n"
    (result,) = tally("-", stdin=text.encode()).results
    assert result.outcome is not None
    assert result.outcome.tally.not_entitled == result.outcome.tally.not_participating == 1


@pytest.mark.parametrize("item", ["*a", "&a RUS", "!!str RUS", "[RUS]", "{RUS: 1}"])
@pytest.mark.parametrize("kind", ["resolution", "stances"])
def test_a_list_with_more_than_words_is_not_mended(item: str, kind: str) -> None:
    """Found by the fuzzer: an alias among members has no word of its own."""
    text = f"{HEAD}votes: {{yes: [France, {item}, CHN]}}\n"
    source, form = read_bytes("file.yaml", text.encode())
    known = open_world()
    assert check_file(kind, source, form, known, Freshness(date(2022, 3, 2))).problems
    mended = fixed(source, known.names)
    assert mended is None or mended == text.replace("France", "FRA")


@pytest.mark.parametrize(
    "votes",
    [
        "  yes: [FRA, Bosnia and\n    Herzegovina, ALB]\n",
        '  yes:\n    - "Bosnia and\n      Herzegovina"\n    - ALB\n',
        "  yes: [FRA, Bosnia and Herzegovina\n    , ALB]\n",
        "  ? Bosnia and\n    Herzegovina\n  : yes\n",
        "  BIH: in\n    favour\n",
        "  BIH: |-\n    in favour\n",
        "  BIH: >\n    in favour\n\n  ALB: no\n",
    ],
)
def test_a_word_over_several_lines_is_mended_without_loss_of_a_line(
    votes: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by the fuzzer: such a name took the end of its line with it, and the run broke off."""
    monkeypatch.chdir(tmp_path)
    file = Path("file.yaml")
    file.write_bytes(f"{HEAD}votes:\n{votes}".encode())
    before = tally(file)
    assert before.valid
    ended = quick("check", "--fix", "file.yaml")
    assert (ended.code, ended.codes) == (0, [])
    after = tally(file)
    assert file.read_text(encoding="utf-8").count("\n") == f"{HEAD}votes:\n{votes}".count("\n")
    assert [result.case.roll for result in after.results] == [
        result.case.roll for result in before.results
    ]


def test_a_flood_of_silences_is_answered(tmp_path: Path) -> None:
    text = counted("tags:\n" + "- a # unvote: ignore UV301 - x\n" * NEAR)
    ran = run(text, tmp_path, command="check")
    assert ran.code == 0
    assert ran.out.count(b"UV115") == 200


def test_a_flood_of_problems_is_cut_short() -> None:
    report = tally("-", stdin=("id: a\n" * 1001).encode())
    assert len(report.problems) == 201
    last = report.problems[-1].problem
    assert (last.code, last.message) == ("UV108", "and 802 more problems in this file")
    assert last.hint


# --- Random input -------------------------------------------------------------------------------

FUZZ = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def shipped(folder: str) -> list[str]:
    """The texts of the shipped resolutions or bodies."""
    return [
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / folder).rglob("*.yaml"))
        if ("bodies" in path.relative_to(ROOT).parts) == (folder == "bodies")
    ]


RESOLUTIONS, BODIES = shipped("resolutions"), shipped("bodies")
WORDS = """
NO yes no abstain null all any majority members otherwise FRA EU 0 -1 999999999999 2/3 1/0 0.667
100% 1-1-1 \u0663 .. 0000-00-00 0001-01-01 9999-12-31 1950-01-01 consensus eu-council
[ ] { } > # ... % = ~
"""
SIGNS = (": ", "\t", "&a ", "*a", "!!x ", "- ", "? ", "| ", "<<: ", "'", '"', "\\", "---\n", "\r\n")
PIECES = (*WORDS.split(), *SIGNS, "\n", "\r", "\ufeff", "\x1b[31m", "\u202e", "\0")
NAMES_OF_KEYS = """
votes counts named stances result without_vote parties not_entitled not_participating present yes no
casting_vote expect sponsors amendments parts later_statements targets question classes seats always
terms served changes known undeclared weights rules needs at_least more_than of counting by among
all any veto tie quorum adopted_if_fewer_than blocking mode since until default follows vote if then
"""
KEYS = NAMES_OF_KEYS.split()
VALUES: list[Any] = [*PIECES, None, [], {}, ["FRA"], {"FRA": "yes"}, {"yes": ["FRA"]}, [[]], [{}]]


class Plain(yaml.SafeDumper):
    """Writes texts without quotes where it can, and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the same for all data
        return True


Plain.yaml_implicit_resolvers = {}


def scribbled(text: str, chance: random.Random) -> str:
    """A text with a few pieces deleted, put in, repeated or moved."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randint(0, 30))
        piece = chance.choice(PIECES)
        rows = text.split("\n")
        one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
        rows[one], rows[other] = rows[other], rows[one]
        text = chance.choice(
            [
                text[:start] + text[end:],
                text[:start] + piece + text[start:],
                text[:start] + piece + text[end:],
                text[:end] + text[start:],
                "\n".join(rows),
            ]
        )
    return text


def rearranged(text: str, chance: random.Random) -> str:
    """A document with a few of its parts deleted, replaced, renamed or added."""
    data = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts
    for _ in range(chance.randint(1, 3)):
        holder, step = chance.choice(list(entries(data)))
        value = json.loads(json.dumps(chance.choice(VALUES)))
        action = chance.randrange(4)
        if action == 0:
            del holder[step]
        elif action == 1:
            holder[step] = value
        elif isinstance(holder, list):
            holder.append(value)
        elif action == 2:
            holder[chance.choice(KEYS)] = holder.pop(step)
        else:
            holder[chance.choice(KEYS)] = value
        if not data:
            break
    dumped: str = yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False)
    return dumped


def entries(data: Any) -> list[tuple[Any, Any]]:
    """Every entry of a document: what holds it, and its key or number."""
    steps = list(data) if isinstance(data, dict) else list(range(len(data)))
    found = [(data, step) for step in steps]
    for step in steps:
        if isinstance(data[step], dict | list):
            found += entries(data[step])
    return found


def examined(report: Report, raw: bytes, file: str = "<stdin>") -> None:
    """Whatever a file holds: problems have codes, places inside the file, and print safely."""
    rows = raw.decode("utf-8", errors="replace").removeprefix("\ufeff").split("\n")
    for problem in report.problems:
        assert re.fullmatch(r"UV\d{3}", problem.problem.code)
        assert problem.problem.message
        if problem.place is not None and problem.file == file:
            # A file that ends too soon is wrong just after its end.
            assert 1 <= problem.place.line <= len(rows) + 1
            row = rows[problem.place.line - 1] if problem.place.line <= len(rows) else ""
            assert 1 <= problem.place.column <= len(row) + 1
    assert RAW.search(problem_lines(report.problems)) is None
    assert report.valid or report.problems


@settings(FUZZ, max_examples=30)
@given(st.binary(max_size=300))
def test_any_bytes_are_answered(raw: bytes) -> None:
    examined(tally("-", stdin=raw, expect=True), raw)


@settings(FUZZ, max_examples=30)
@given(st.text(st.sampled_from("ab01 :-[]{}'\"#&*!|>%@`,?\n\t\r\\~.\u00e9\ufeff"), max_size=60))
def test_any_text_like_yaml_is_answered(text: str) -> None:
    raw = f"{HEAD}{text}".encode()
    examined(tally("-", stdin=raw, expect=True), raw)


@settings(FUZZ, max_examples=60)
@given(text=st.sampled_from(RESOLUTIONS), seed=st.integers(0, 2**32), whole=st.booleans())
def test_any_change_to_a_resolution_is_answered(text: str, seed: int, *, whole: bool) -> None:
    chance = random.Random(seed)
    raw = (rearranged(text, chance) if whole else scribbled(text, chance)).encode()
    examined(tally("-", stdin=raw, expect=True), raw)


@settings(FUZZ, max_examples=30)
@given(text=st.sampled_from(BODIES), seed=st.integers(0, 2**32), whole=st.booleans())
def test_any_change_to_a_body_is_answered(text: str, seed: int, *, whole: bool) -> None:
    chance = random.Random(seed)
    raw = (rearranged(text, chance) if whole else scribbled(text, chance)).encode()
    name = re.search(r"^id: *(\S+)", text, re.MULTILINE)
    assert name is not None
    day = chance.choice(["2022-03-02", "1950-01-01", "9999-12-31", "0001-01-01"])
    votes = chance.choice(
        ["counts: 5-4-0", "votes: {yes: [FRA], no: [USA]}", "stances: {FRA: yes}"]
    )
    vote = f"id: X\nbody: {name[1]}\ndate: {day}\n{votes}\n".encode()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "body.yaml"
        file.write_bytes(raw)
        report = tally("-", stdin=vote, bodies=[folder])
        examined(report, raw, str(file))
        examined(report, vote)
