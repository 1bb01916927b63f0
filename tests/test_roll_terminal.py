"""The roll call at a real pseudo-terminal: what is seen, what is kept, and how it ends."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.runs import ROOT, quick

from unvote.files.journal import log_of
from unvote.loading.reader import read_file
from unvote.polling import KEYS, Answer

if os.name == "nt":  # pragma: no cover
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

import pexpect
import pyte

TIME = 180
"""Seconds after which what is waited for will not come."""
COUNCIL = """\
# The chair's own remark
id: Draft 1
title: Protection of civilians
body: security-council
date: 2022-02-25
question: substantive
sources: [the chair]  # stays
"""
ORDER = (
    *("ALB", "BRA", "CHN", "FRA", "GAB", "GHA", "IND", "IRL", "KEN", "MEX", "NOR", "RUS"),
    *("ARE", "GBR", "USA"),
)
ASSEMBLY = COUNCIL.replace("security-council", "general-assembly").replace(
    "substantive", "important"
)


class Sitting:
    """One run of the program at a terminal of its own."""

    def __init__(self, folder: Path, *words: str, rows: int, columns: int, **env: str) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable,
            ["-m", "unvote", "roll", *words],
            cwd=str(folder),
            dimensions=(rows, columns),
            env={**environment, "TERM": "xterm-256color", "PYTHONUTF8": "1", **env},
            timeout=TIME,
        )
        self.child.delaybeforesend = None

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def whole(self) -> bool:
        """Whether the last screen has been drawn to its end."""
        drawing = self.raw.count(b"\x1b[?1049h") > self.raw.count(b"\x1b[?1049l")
        return not drawing or self.raw.endswith(b"\x1b[J")

    def until(self, there: str | Callable[[str], bool]) -> str:
        """Wait for something to stand on the screen."""
        holds = (lambda text: there in text) if isinstance(there, str) else there
        end = time.monotonic() + TIME
        while not (self.whole and holds(self.text)):
            assert time.monotonic() < end, f"{there!r} never came:\n{self.text}"
            try:
                self.feed(self.child.read_nonblocking(65536, timeout=0.2))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                assert holds(self.text), f"{there!r} never came:\n{self.text}"
        return self.text

    def feed(self, raw: bytes) -> None:
        """Let the terminal see what the program wrote."""
        self.raw += raw
        self.stream.feed(raw)

    def press(self, keys: str, then: str | Callable[[str], bool] = "") -> str:
        """Press keys, and wait for something to stand on the screen."""
        self.child.send(keys)
        return self.until(then)

    def ended(self) -> int:
        """Read to the end; the exit code."""
        while True:
            try:
                self.feed(self.child.read_nonblocking(65536, timeout=TIME))
            except pexpect.EOF:
                break
        self.child.close()
        if self.child.signalstatus is not None:
            return -int(self.child.signalstatus)
        return -1 if self.child.exitstatus is None else int(self.child.exitstatus)


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[..., Sitting]]:
    """Start runs, in a folder with the resolution `x.yaml`; what is left of them is ended."""
    (tmp_path / "x.yaml").write_text(COUNCIL, encoding="utf-8")
    sittings: list[Sitting] = []

    def begin(*words: str, rows: int = 24, columns: int = 80, **env: str) -> Sitting:
        sittings.append(Sitting(tmp_path, "x.yaml", *words, rows=rows, columns=columns, **env))
        return sittings[-1]

    yield begin
    for sitting in sittings:
        sitting.child.close(force=True)


def votes_in(file: Path) -> dict[str, str]:
    """The votes of a file by member."""
    source, problems = read_file(str(file))
    assert not problems
    votes = source.data["votes"]
    return {code: vote for vote, codes in votes.items() for code in codes}


def journal_of(tmp_path: Path) -> list[Answer]:
    """The answers in the journal."""
    log = log_of((tmp_path / "x.yaml.roll").read_bytes())
    return [act for act in log.acts.values() if isinstance(act, Answer)]


def test_a_roll_call_from_the_first_key_to_the_record(
    sit: Callable[..., Sitting], tmp_path: Path
) -> None:
    sitting = sit()
    text = sitting.until("First round: 1 of 15")
    assert "Albania" in text
    assert "15 to come: at least 9 more yes are needed" in text
    assert "a no of CHN, FRA, GBR, RUS or USA is a veto" in text.replace("\n", " ")
    sitting.press("yyp", "First round: 4 of 15")
    sitting.press("yyyyyyya", "First round: 12 of 15")
    text = sitting.press("n", "Last: RUS no")
    assert "NOT ADOPTED" in text
    text = sitting.press("yyy", "Second round")
    assert "vetoed by RUS; settled, whatever the one to come does" in text
    sitting.press("p", "CHN has passed once: now it votes")
    text = sitting.press("a", "All 15 have been called")
    assert "Enter write the record" in text
    sitting.press("\r", "the record is written")
    assert sitting.ended() == 0
    assert "NOT ADOPTED  vetoed by RUS" in sitting.text
    file = tmp_path / "x.yaml"
    assert votes_in(file) == {
        **dict.fromkeys(ORDER, "yes"),
        "CHN": "abstain",
        "NOR": "abstain",
        "RUS": "no",
    }
    written = file.read_text(encoding="utf-8")
    assert written.startswith("# The chair's own remark\n")
    assert written.endswith("sources: [the chair]  # stays\n")
    assert quick("check", "--strict", file).code == 0
    assert [p.name for p in tmp_path.iterdir()] == ["x.yaml"]


def test_killed_at_any_moment_no_vote_is_lost(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    chance = random.Random(20221128)
    keys = [chance.choice("ynax") for _ in ORDER]
    done = kills = 0
    while done < len(keys):
        sitting = sit()
        sitting.until(f"First round: {done + 1} of 15")
        sitting.child.send("".join(keys[done:]))
        if kills < 6:
            seen = min(done + chance.randrange(3), len(keys))
            sitting.until(partial(has_called, seen))
            sitting.child.kill(signal.SIGKILL)
            assert sitting.ended() == -signal.SIGKILL
            kills += 1
            kept = len(journal_of(tmp_path))
            assert kept >= called_so_far(sitting.text), "what was seen was on the disk before"
            done = kept
            assert [act.reply for act in journal_of(tmp_path)] == [KEYS[key] for key in keys[:done]]
        else:
            sitting.press("", "All 15 have been called")
            sitting.press("\r", "the record is written")
            assert sitting.ended() == 0
            break
    else:
        sitting = sit()
        sitting.until("All 15 have been called")
        sitting.press("\r", "the record is written")
        assert sitting.ended() == 0
    assert kills
    file = tmp_path / "x.yaml"
    assert votes_in(file) == {code: KEYS[key].value for code, key in zip(ORDER, keys, strict=True)}
    assert quick("check", file).code == 0


def has_called(number: int, text: str) -> bool:
    """Whether the screen says that so many have replied."""
    return called_so_far(text) >= number


def called_so_far(text: str) -> int:
    """How many the screen says have replied."""
    if "have been called" in text:
        return len(ORDER)
    _, _, rest = text.partition("First round: ")
    number = rest.partition(" of ")[0]
    return int(number) - 1 if number.isdigit() else 0


def test_a_pause_and_an_undo_across_it(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit("--start", "NOR")
    sitting.press("", "Norway")
    sitting.press("yn", "First round: 3 of 15")
    sitting.press("q", "paused, 13 to come")
    assert sitting.ended() == 0
    sitting = sit()
    text = sitting.until("the roll call goes on: 2 called so far")
    assert "United Arab Emirates" in text
    sitting.press("u", "First round: 2 of 15")
    sitting.press("u", "First round: 1 of 15")
    sitting.press("u", "there is nothing to undo")
    sitting.press("ax", "First round: 3 of 15")
    sitting.child.send("\x03")
    sitting.until("paused")
    assert sitting.ended() == 130
    assert [(a.member, a.reply.value) for a in journal_of(tmp_path)] == [
        ("NOR", "abstain"),
        ("RUS", "absent"),
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_by_a_signal_the_terminal_is_given_back_and_the_keys_are_kept(
    sit: Callable[..., Sitting], tmp_path: Path, number: signal.Signals
) -> None:
    sitting = sit()
    sitting.until("First round: 1 of 15")
    sitting.press("yn", "First round: 3 of 15")
    sitting.child.kill(number)
    assert sitting.ended() == 128 + number
    assert sitting.raw.rindex(b"\x1b[?1049l") > sitting.raw.rindex(b"\x1b[?1049h")
    assert sitting.raw.rindex(b"\x1b[?25h") > sitting.raw.rindex(b"\x1b[?25l")
    assert len(journal_of(tmp_path)) == 2


def test_the_terminal_is_given_back_as_it_was(tmp_path: Path) -> None:
    """The settings of the terminal are the same before and after, however it ends."""
    (tmp_path / "x.yaml").write_text(COUNCIL, encoding="utf-8")
    script = f"stty -a; {sys.executable} -m unvote roll x.yaml; echo; stty -a; echo END$((1+1))"
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", script],
        cwd=str(tmp_path),
        dimensions=(24, 80),
        timeout=TIME,
        encoding="utf-8",
    )
    child.expect("First round: 1 of 15")
    child.send("y")
    child.expect("First round: 2 of 15")
    child.send("q")
    child.expect("END2")
    lines = str(child.before).split("\r\n")
    after = [line for line in lines if "icanon" in line]
    assert after
    assert all("-icanon" not in line for line in after)
    assert not any("-echo " in line for line in lines)


def test_a_jump_is_typed_and_doubtful_names_are_refused(sit: Callable[..., Sitting]) -> None:
    sitting = sit()
    sitting.until("First round: 1 of 15")
    sitting.press("junited", "ARE United Arab Emirates, GBR United Kingdom")
    sitting.press("\r", "'united' could be ARE or GBR or USA")
    sitting.press("korea\r", "'korea' could be KOR or PRK")
    sitting.press("x\x7fuss", "Jump to: uss")
    sitting.press("\x1b", lambda text: "Jump to" not in text)
    sitting.press("jrus", "RUS Russian Federation")
    sitting.press("\r", "│  RUS")
    text = sitting.press("n", "Last: RUS no")
    assert "NOT ADOPTED  it cannot pass: RUS voting no" in text
    assert "│  Albania" in text
    sitting.press("jrus\r", "RUS, recorded as no")
    text = sitting.press("y", "Last: RUS yes")
    assert "OPEN" in text
    sitting.press("\x1b[A\x1bOP", lambda text: "│  Albania" in text)
    sitting.press("z", "this key does nothing here")


def test_who_is_present_and_voting_may_not_abstain(sit: Callable[..., Sitting]) -> None:
    sitting = sit("--present-and-voting", "Brazil,CHN")
    sitting.until("First round: 1 of 15")
    sitting.press("v", "ALB, present and voting")
    sitting.press("a", "ALB is present and voting: it may not abstain")
    sitting.press("v", lambda text: "ALB, present" not in text)
    sitting.press("a", "Last: ALB abstain")
    sitting.press("a", "BRA is present and voting: it may not abstain")
    sitting.press("n", "Last: BRA no")


def test_a_small_terminal_shows_what_matters(sit: Callable[..., Sitting]) -> None:
    sitting = sit(rows=12, columns=40)
    text = sitting.until("First round: 1 of 15")
    sitting.until("q pause")
    assert "Albania" in text
    assert "15 to come" in sitting.text
    text = sitting.press("yn", "First round: 3 of 15")
    assert "Yes 1   No 1" in text
    assert max(map(len, text.split("\n"))) <= 40


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (12, 40), (50, 160), (5, 20)])
def test_large_letters_fit_every_terminal(
    sit: Callable[..., Sitting], rows: int, columns: int
) -> None:
    sitting = sit("--big", rows=rows, columns=columns)
    text = sitting.until("█")
    assert text.count("█") > 20
    if rows >= 12:
        sitting.until("To come 15")
        sitting.press("yn", "Yes 1")
        sitting.until("CHN")
    sitting.press("q", lambda text: "goes" in text)
    assert sitting.ended() == 0


def test_another_size_is_drawn_anew(sit: Callable[..., Sitting]) -> None:
    sitting = sit()
    sitting.until("q pause")
    sitting.screen.resize(12, 40)
    sitting.screen.reset()
    sitting.child.setwinsize(12, 40)
    sitting.until("j jump   q pause")


def test_without_colour_and_in_ascii_only(sit: Callable[..., Sitting]) -> None:
    sitting = sit("--ascii", NO_COLOR="1")
    text = sitting.until("q pause")
    assert "|  Albania" in text
    assert text.isascii()
    assert b"\x1b[1m" not in sitting.raw
    assert b"\x1b[3" not in sitting.raw


def test_colour_comes_without_a_background(sit: Callable[..., Sitting]) -> None:
    """Light or dark is the terminal's own: only its own sixteen colours are used, in front."""
    sitting = sit()
    sitting.until("q pause")
    sitting.press("yn", "No 1")
    assert b"\x1b[32m" in sitting.raw
    assert b"\x1b[4" not in sitting.raw


def test_a_terminal_without_a_cursor_gets_one_screen_below_the_other(
    sit: Callable[..., Sitting],
) -> None:
    sitting = sit(TERM="dumb")
    sitting.until("q pause")
    sitting.press("y", "Brazil")
    assert b"\x1b" not in sitting.raw


def test_the_assembly_is_called_from_the_member_drawn(
    sit: Callable[..., Sitting], tmp_path: Path
) -> None:
    (tmp_path / "x.yaml").write_text(ASSEMBLY, encoding="utf-8")
    sitting = sit("--start", "Kenya")
    text = sitting.until("Kenya was drawn by lot")
    count = int(text.partition("First round: 1 of ")[2].split()[0])
    sitting.press("y" * (count - 1), f"First round: {count} of {count}")
    assert "ADOPTED" in sitting.text
    sitting.press("n", f"All {count} have been called")
    sitting.press("\r", "the record is written")
    assert sitting.ended() == 0
    votes = votes_in(tmp_path / "x.yaml")
    assert list(votes.values()).count("yes") == count - 1
    assert [code for code, vote in votes.items() if vote == "no"] == ["KAZ"]
    assert quick("check", tmp_path / "x.yaml").code == 0


def test_a_damaged_journal_is_told_and_the_votes_left_stand(
    sit: Callable[..., Sitting], tmp_path: Path
) -> None:
    sitting = sit()
    sitting.until("First round: 1 of 15")
    sitting.press("ynay", "First round: 5 of 15")
    sitting.press("q", "paused")
    assert sitting.ended() == 0
    path = tmp_path / "x.yaml.roll"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"no"', b'"yes"')
    path.write_bytes(b"".join(lines) + b'{"line": 6, "memb')
    sitting = sit()
    text = sitting.until("its journal was damaged")
    assert "│  Brazil" in text
    sitting.press("n", "│  Gabon")
    sitting.press("q", "paused")
    assert sitting.ended() == 0
    told = sitting.raw.decode()
    assert "line 3 is damaged and left out" in told
    assert "its last line was written in part only" in told
    votes = {act.member: act.reply.value for act in journal_of(tmp_path)}
    assert votes == {"ALB": "yes", "BRA": "no", "CHN": "abstain", "FRA": "yes"}


def test_a_file_that_became_another_vote_is_not_gone_on_with(
    sit: Callable[..., Sitting], tmp_path: Path
) -> None:
    sitting = sit()
    sitting.until("First round: 1 of 15")
    sitting.press("y", "First round: 2 of 15")
    sitting.press("q", "paused")
    file = tmp_path / "x.yaml"
    file.write_text(COUNCIL.replace("2022-02-25", "2023-02-25"), encoding="utf-8")
    sitting = sit()
    assert sitting.ended() == 2
    assert "has changed since the roll call began" in sitting.text.replace("\n", "")
    assert len(journal_of(tmp_path)) == 1
    file.write_text(COUNCIL + "notes: only a note\n", encoding="utf-8")
    sitting = sit()
    sitting.until("First round: 2 of 15")
    sitting.press("q", "paused")
    assert b"the votes taken still stand" in sitting.raw
    file.write_text(COUNCIL.replace("2022-02-25", "2023-02-25"), encoding="utf-8")
    sitting = sit("--restart")
    sitting.until("First round: 1 of 15")
    sitting.press("q", "paused")
    assert (tmp_path / "x.yaml.roll.1").exists()


def test_what_is_edited_while_the_roll_is_called_is_kept(
    sit: Callable[..., Sitting], tmp_path: Path
) -> None:
    sitting = sit()
    sitting.until("First round: 1 of 15")
    sitting.press("y" * 15, "All 15 have been called")
    file = tmp_path / "x.yaml"
    file.write_text(COUNCIL + "notes: written meanwhile\n", encoding="utf-8")
    sitting.press("\r", "the change is kept")
    assert sitting.ended() == 0
    assert "notes: written meanwhile\n" in file.read_text(encoding="utf-8")
    assert set(votes_in(file).values()) == {"yes"}


def test_the_record_of_an_amendment_goes_into_a_copy(
    sit: Callable[..., Sitting], tmp_path: Path
) -> None:
    file = tmp_path / "x.yaml"
    text = COUNCIL + "amendments:\n  - {id: A1, by: [FRA]}\n"
    file.write_text(text, encoding="utf-8")
    copy = tmp_path / "voted.yaml"
    sitting = sit("--text", "a1", "-o", "voted.yaml", "--call", "FRA,KEN")
    sitting.until("First round: 1 of 2")
    sitting.press("y", "First round: 2 of 2")
    sitting.press("q", "paused")
    sitting = sit("--text", "A1", "-o", "voted.yaml")
    sitting.until("First round: 2 of 2")
    sitting.press("n", "All 2 have been called")
    sitting.press("\r", "the record is written")
    assert sitting.ended() == 0
    assert file.read_text(encoding="utf-8") == text
    source, _ = read_file(str(copy))
    assert source.data["amendments"][0]["votes"] == {"yes": ["FRA"], "no": ["KEN"], "abstain": []}


def test_two_chairs_do_not_take_one_roll_call(sit: Callable[..., Sitting]) -> None:
    first = sit()
    first.until("First round: 1 of 15")
    second = sit()
    assert second.ended() == 2
    assert "another run is taking this roll call" in second.text.replace("\n", "")


@pytest.mark.parametrize(
    ("words", "content", "told"),
    [
        ((), COUNCIL + "counts: 11-1-3\n", "holds votes or stances already"),
        ((), COUNCIL + "stances: {yes: [FRA]}\n", "holds votes or stances already"),
        (("-o", "/nowhere/x.yaml"), COUNCIL, "cannot write"),
        (("--start", "KEN", "--lot"), COUNCIL, "give one of the two"),
        (("--journal", "/dev/null"), COUNCIL, "not the journal of a roll call"),
        ((), COUNCIL.replace("question: substantive", "question: nonsense"), "UV313"),
    ],
)
def test_what_stands_in_the_way_is_told_before_the_first_key(
    sit: Callable[..., Sitting],
    tmp_path: Path,
    words: tuple[str, ...],
    content: str,
    told: str,
) -> None:
    (tmp_path / "x.yaml").write_text(content, encoding="utf-8")
    sitting = sit(*words)
    assert sitting.ended() == 2
    assert told in sitting.text.replace("\n", "")
    assert [p.name for p in tmp_path.iterdir()] == ["x.yaml"]
    assert b"\x1b[?1049h" not in sitting.raw


@pytest.mark.skipif(shutil.which("bash") is None, reason="no shell with jobs is here")
def test_stopped_by_ctrl_z_and_called_back_it_goes_on(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(COUNCIL, encoding="utf-8")
    run = f"{sys.executable} -m unvote roll x.yaml"
    script = f"set -m; {run}; echo STOP$((1+1)); stty -a; sleep 0.2; fg; stty -a; echo END$((1+1))"
    child = pexpect.spawn(
        "bash", ["-c", script], cwd=str(tmp_path), dimensions=(24, 80), timeout=TIME
    )
    child.expect("First round: 1 of 15")
    child.send("y")
    child.expect("First round: 2 of 15")
    child.send("\x1a")
    child.expect("STOP2")
    child.expect(" icanon")
    child.expect("First round: 2 of 15")
    child.send("n")
    child.expect("First round: 3 of 15")
    child.send("q")
    child.expect(" icanon")
    child.expect("END2")
    child.close(force=True)
    assert len(journal_of(tmp_path)) == 2


def test_the_how_to_shows_what_is_on_the_screen(
    sit: Callable[..., Sitting], tmp_path: Path
) -> None:
    page = (ROOT / "docs" / "how-to" / "roll-call.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    shown = r"^<!-- screen: (\w+) -->\n```text\n(.*?)^```$"
    ((keys, expected),) = re.findall(shown, page, re.MULTILINE | re.DOTALL)
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    sitting = sit()
    sitting.until("First round: 1 of 15")
    sitting.press(keys, "First round: 4 of 15")
    sitting.until("q pause")
    assert sitting.text.rstrip() == expected.rstrip()
