"""Completion in the shell: asked as bash, zsh and fish ask, and in the shells that are here."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from tests.runs import run

from unvote.api import open_world
from unvote.cli.app import app
from unvote.cli.bash import completed_in_bash
from unvote.cli.offers import worded

UNITED = ("Arab-Emirates", "Kingdom", "States")
FILE = """\
id: S/1
title: A text
body: security-council
date: 2022-02-25
question: substantive
amendments: [{id: A1, title: One}, {id: A2}, {id: with a blank}]
parts: [{id: P1}]
"""


def bash(*words: str) -> list[str]:
    """What bash is offered for the last of some words, as its own script asks."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as told:
        patch.setenv("_UNVOTE_COMPLETE", "complete_bash")
        patch.setenv("COMP_WORDS", "\n".join(words))
        patch.setenv("COMP_CWORD", str(len(words) - 1))
        assert completed_in_bash(_asked) == 0
    return told.getvalue().splitlines()


def _asked() -> int:
    """The exit code of the program, which leaves by an exception."""
    with pytest.raises(SystemExit) as end:
        app(prog_name="unvote")
    return int(end.value.code or 0)


def zsh(line: str) -> str:
    """What zsh is told for a line."""
    ended = run(env={"_UNVOTE_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line})
    assert not ended.stderr
    return ended.stdout


def fish(line: str, action: str = "get-args") -> tuple[int, list[str]]:
    """What fish is told for a line, and whether there is anything."""
    env = {"_TYPER_COMPLETE_FISH_ACTION": action, "_TYPER_COMPLETE_ARGS": line}
    ended = run(env={"_UNVOTE_COMPLETE": "complete_fish", **env})
    return ended.code, ended.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("whi",), ["whip"]),
        (("roll", "x.yaml", "--start", "KEN"), ["KEN"]),
        (("roll", "x.yaml", "--start", "ken"), ["ken"]),
        (("roll", "x.yaml", "--start", "Ken"), ["Kenya"]),
        (("roll", "x.yaml", "--start", "Fr"), ["France"]),
        (
            ("roll", "x.yaml", "--start", "united-"),
            ["united-arab-emirates", "united-kingdom", "united-states"],
        ),
        (("members", "Côte"), ["Côte-d-Ivoire"]),
        (("members", "KEN", "BRA"), ["BRA"]),
        (("members", "--group", "ASE"), ["ASEAN"]),
        (("groups", "ase"), ["asean"]),
        (("roll", "x.yaml", "--call", "FRA,KE"), ["FRA,KEN"]),
        (("roll", "x.yaml", "--present-and-voting", "AL"), ["ALBA", "ALB", "ALL"]),
        (("whip", "x.yaml", "--by", "reg"), ["region"]),
        (("whip", "x.yaml", "--by", "EU,ASE"), ["EU,ASEAN"]),
        (("whip", "x.yaml", "--only", "und"), ["undecided"]),
        (("whatif", "x.yaml", "--drop", "VEN"), ["VEN"]),
        (("compare", "a", "b", "--by", "ASE"), ["ASEAN"]),
        (("whatif", "x.yaml", "--set", "IND"), ["IND=yes", "IND=no", "IND=abstain", "IND=absent"]),
        (("whatif", "x.yaml", "--set", "US"), ["USA=yes", "USA=no", "USA=abstain", "USA=absent"]),
        (("whatif", "x.yaml", "--set", "UK"), ["UKR=yes", "UKR=no", "UKR=abstain", "UKR=absent"]),
        (("whatif", "x.yaml", "--set", "United-"), [f"United-{n}=" for n in UNITED]),
        (("swing", "x.yaml", "--cost", "BRA"), ["BRA=1", "BRA=2", "BRA=3", "BRA=5", "BRA=10"]),
        (("tally", "--body", "sec"), ["security-council"]),
        (("tally", "--body", "ung"), ["unga"]),
        (("bodies", "gen"), ["general-assembly"]),
        (
            ("tally", "--body", "unsc", "--question", "p"),
            ["party-to-dispute", "procedural"],
        ),
        (("init", "x.yaml", "--body", "sec"), ["security-council"]),
        (("rule", "UV101"), ["UV101"]),
        (("check", "--select", "UV2x"), ["UV2xx"]),
        (("check", "--ignore", "UV402"), ["UV402"]),
        (("tally", "--format", "c"), ["csv"]),
        (("tally", "resolution"), []),
        (("members", "Atlantis"), []),
        (("members", "\x1b[31m"), []),
    ],
)
def test_a_word_that_was_begun_is_completed(words: tuple[str, ...], offered: list[str]) -> None:
    assert bash("unvote", *words) == offered


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("--set", "IND", "="), ["yes", "no", "abstain", "absent"]),
        (("--set", "IND", "=", "ab"), ["abstain", "absent"]),
        (("--set", "IND", "=", "yes", "--set", "BRA", "=", "n"), ["no"]),
        (("--set", "=", "IND"), ["IND=yes", "IND=no", "IND=abstain", "IND=absent"]),
    ],
)
def test_words_that_bash_breaks_are_put_together_again(
    words: tuple[str, ...], offered: list[str]
) -> None:
    assert bash("unvote", "whatif", "x.yaml", *words) == offered


def test_the_texts_of_the_file_named_before_are_offered(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(FILE, encoding="utf-8")
    file = str(tmp_path / "x.yaml")
    assert bash("unvote", "roll", file, "--text", "") == ["S/1", "A1", "A2", "P1"]
    assert bash("unvote", "roll", file, "--text", "A") == ["A1", "A2"]
    assert bash("unvote", "whatif", file, "--amended", "A1,A") == ["A1,A1", "A1,A2"]
    (tmp_path / "x.yaml").write_text("amendments: [1, {id: [2]}, nonsense]\nid: {}\n", "utf-8")
    assert bash("unvote", "roll", file, "--text", "") == []
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    assert bash("unvote", "roll", file, "--text", "") == []


def test_what_a_file_says_is_never_a_command_of_the_shell(tmp_path: Path) -> None:
    """The script of zsh evaluates what it is told: ids and titles must not get that far."""
    file = tmp_path / "x.yaml"
    file.write_text(
        "id: $(touch pwned)\namendments:\n"
        "  - {id: 'A1;touch', title: x}\n"
        '  - {id: A2, title: "\')); $(touch pwned) `touch pwned` \\n; touch pwned #"}\n',
        encoding="utf-8",
    )
    told = zsh(f"unvote roll {file} --text ")
    assert told.strip() == '_arguments \'*: :(("A2":"touch pwned touch pwned touch pwned"))\''
    assert bash("unvote", "roll", str(file), "--text", "") == ["A2"]


def test_members_and_bodies_of_one_s_own_are_offered(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "kind: members\nmembers:\n  NORTH: {name: North Ward, short: North, since: 2020-01-01}\n",
        encoding="utf-8",
    )
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "club.yaml").write_text(
        "kind: body\nid: club\nname: Club\nmembers: 3\n"
        "questions: {any: {rules: [{needs: [{more_than: 1/2, of: present and voting}]}]}}\n",
        encoding="utf-8",
    )
    members, bodies = str(tmp_path / "m.yaml"), str(tmp_path / "bodies")
    assert bash("unvote", "members", "--members", members, "N") == ["NORTH"]
    assert bash("unvote", "tally", "--bodies", bodies, "--body", "cl") == ["club"]
    (tmp_path / "m.yaml").write_text("kind: [", encoding="utf-8")
    assert "KEN" in bash("unvote", "members", "--members", members, "K")


def test_zsh_is_told_what_a_word_stands_for() -> None:
    told = zsh("unvote roll x.yaml --start United-K")
    assert '"United-Kingdom":"GBR United Kingdom of Great Britain and Northern Ireland"' in told
    assert '"IND=abstain"' in zsh("unvote whatif x.yaml --set IND=ab")
    assert zsh("unvote tally ").strip() == "_files"


def test_fish_is_told_what_a_word_stands_for_and_when_to_name_files() -> None:
    assert fish("unvote groups ASEA")[1][0].startswith("ASEAN\tAssociation of")
    assert fish("unvote groups ASEA", "is-args")[0] == 0
    assert fish("unvote tally res", "is-args")[0] == 1


def test_every_member_is_understood_by_the_name_it_is_completed_with() -> None:
    world = open_world()
    today = date(2026, 6, 1)
    for code in world.membership.on(today):
        member = world.membership.members[code]
        found, problems = world.names.find(worded(member.short), today)
        assert found == code or problems[0].code == "UV203", member.short
        assert re.fullmatch(r"[A-Za-z-]+", worded(member.short))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_each_shell_is_shown(shell: str, tmp_path: Path) -> None:
    env = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1", "HOME": str(tmp_path)}
    ended = run("--show-completion", shell, env=env)
    assert ended.code == 0
    assert "_UNVOTE_COMPLETE" in ended.stdout
    assert not list(tmp_path.iterdir())


def test_it_is_installed_for_one_s_own_shell(tmp_path: Path) -> None:
    env = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1", "HOME": str(tmp_path)}
    assert run("--install-completion", "bash", env=env).code == 0
    script = tmp_path / ".bash_completions" / "unvote.sh"
    assert "complete_bash" in script.read_text(encoding="utf-8")
    assert str(script) in (tmp_path / ".bashrc").read_text(encoding="utf-8")


def at_a_prompt(shell: str, begin: str, typed: str, then: str, folder: Path) -> str:
    """What stands on the screen of a shell when `then` has come of what was typed, and Tab."""
    import pexpect  # noqa: PLC0415 - not on Windows
    import pyte  # noqa: PLC0415 - with it

    own = folder / "bin"
    own.mkdir(exist_ok=True)
    (own / "unvote").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m unvote "$@"\n')
    (own / "unvote").chmod(0o755)
    env = {**os.environ, "PATH": f"{own}:{os.environ['PATH']}", "TERM": "xterm", "PS1": "$ "}
    child: pexpect.spawn[bytes] = pexpect.spawn(
        shell, begin.split(), env=env, cwd=str(folder), timeout=180
    )
    screen = pyte.Screen(80, 24)
    stream = pyte.ByteStream(screen)

    def until(words: str) -> None:
        while words not in "\n".join(screen.display):
            stream.feed(child.read_nonblocking(4096, timeout=180))

    scripts = {"bash": "--show-completion bash", "zsh": "--show-completion zsh"}
    name = Path(shell).name
    with_it = "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION=1 unvote"
    if name == "zsh":
        child.sendline("autoload -Uz compinit; compinit -u -D; PS1='$ '")
    child.sendline(f'eval "$({with_it} {scripts[name]})"; echo REA$(echo DY)')
    until("READY")
    child.send(f"{typed}\t")
    until(then)
    child.close(force=True)
    return "\n".join(line.rstrip() for line in screen.display)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("unvote roll x.yaml --start Keny", "unvote roll x.yaml --start Kenya"),
        ("unvote whatif x.yaml --set IND=abst", "unvote whatif x.yaml --set IND=abstain"),
        ("unvote tally some-fi", "unvote tally some-file.yaml"),
    ],
)
def test_tab_in_a_real_shell(shell: str, typed: str, then: str, tmp_path: Path) -> None:
    found = shutil.which(shell)
    if found is None or os.name == "nt":
        pytest.skip(f"{shell} is not here")
    (tmp_path / "some-file.yaml").write_text(FILE, encoding="utf-8")
    begin = "--norc --noprofile -i" if shell == "bash" else "-f -i"
    assert then in at_a_prompt(found, begin, typed, then, tmp_path)
