"""The command line: what goes where, exit codes, files written, terminals, help."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

import unvote
from unvote.cli.app import app
from unvote.diagnostics import Diagnostic
from unvote.members import Membership
from unvote.resolve.names import NameBook
from unvote.world import registry

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "resolutions"
VETOED = TEXTS / "ukraine-2022" / "s-2022-155.yaml"
ADOPTED = TEXTS / "ukraine-2022" / "es-11-3.yaml"
COMMANDS = ("tally", "explain", "members", "groups", "bodies")
ESCAPE = "\x1b["

OPEN = """\
id: DRAFT/1
title: A draft
body: unga
question: important
date: 2022-10-12
stances:
  yes: [FRA, DEU]
  no: [RUS]
"""
INVALID = """\
id: BAD
body: unsc
date: 2022-02-25
votes: {yes: [Korea, FRA], no: [XYZ]}
"""
WARNED = """\
id: NORDIC
body: unga
question: important
date: 2022-10-12
votes: {yes: [NO, SWE], no: [RUS]}
"""
DAY = """\
kind: proceedings
steps:
  - {id: council, resolution: vetoed.yaml}
  - {id: assembly, resolution: adopted.yaml, when: council is vetoed}
"""


@pytest.fixture(autouse=True, scope="module")
def _shipped_data_read_once() -> Iterator[None]:
    """Keep the shipped members between the runs within this process: they never change."""
    read = registry.read_registry
    shipped = cache(read)

    def kept(file: str | None = None) -> tuple[Membership, NameBook, list[Diagnostic]]:
        return read(file) if file else shipped()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "read_registry", kept)
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with one file of each kind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("NO_COLOR", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    shutil.copy(VETOED, "vetoed.yaml")
    shutil.copy(ADOPTED, "adopted.yaml")
    for name, text in (("open", OPEN), ("invalid", INVALID), ("warned", WARNED)):
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


class Ended:
    """How a run ended."""

    def __init__(self, code: int, stdout: str, stderr: str) -> None:
        self.code, self.stdout, self.stderr = code, stdout, stderr
        assert "Traceback" not in stdout + stderr, stderr

    @property
    def data(self) -> Any:
        """Standard output read as JSON."""
        return json.loads(self.stdout)


def quick(*words: str, stdin: bytes = b"") -> Ended:
    """A run of the command line within this process."""
    done = CliRunner().invoke(app, words, input=stdin, prog_name="unvote")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ended(done.exit_code, done.stdout, done.stderr)


def run(*words: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ended:
    """A run of the program as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "unvote", *words],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(env or {})},
        check=False,
        timeout=60,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def options_of(command: str) -> set[str]:
    """Every spelling of every option of a command."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return {word for option in commands[command].params for word in option.opts if word[0] == "-"}


# --- Exit codes and streams -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("tally vetoed.yaml", 0),
        ("tally adopted.yaml", 0),
        ("tally open.yaml", 0),
        ("tally warned.yaml", 0),
        ("tally vetoed.yaml --exit-code", 1),
        ("tally adopted.yaml --exit-code", 0),
        ("tally open.yaml --exit-code", 3),
        ("tally adopted.yaml open.yaml --exit-code", 3),
        ("tally open.yaml vetoed.yaml adopted.yaml --exit-code", 1),
        ("tally adopted.yaml --require adopted", 0),
        ("tally vetoed.yaml --require adopted", 1),
        ("tally open.yaml --require adopted", 1),
        ("tally open.yaml --require open", 0),
        ("tally vetoed.yaml --require 'not adopted'", 0),
        ("tally adopted.yaml vetoed.yaml --require adopted", 1),
        ("tally adopted.yaml --require adopted --exit-code", 0),
        ("tally open.yaml --require open --exit-code", 3),
        ("tally invalid.yaml", 2),
        ("tally invalid.yaml --exit-code", 2),
        ("tally invalid.yaml --require adopted", 2),
        ("tally adopted.yaml invalid.yaml --require adopted", 2),
        ("explain vetoed.yaml", 0),
        ("explain invalid.yaml", 2),
        ("members Zaire --on 1990-05-01", 0),
        ("members Zaire --on 2022-03-02", 0),
        ("members Korea", 2),
        ("groups EU", 0),
        ("bodies unsc", 0),
        ("--version", 0),
        ("--help", 0),
    ],
)
def test_the_exit_code(folder: Path, words: str, code: int) -> None:
    assert folder.is_dir()
    done = quick(*shlex.split(words))
    assert done.code == code
    assert done.stdout or code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Usage: unvote"),
        ("nonsense", "nonsense"),
        ("tally", "FILE"),
        ("tally --nonsense", "--nonsense"),
        ("tally missing.yaml", "missing.yaml: error UV113"),
        ("tally 93-24-58", "--body unga"),
        ("tally --body nonsense 1-2-3", "UV314"),
        ("tally --body genral-assembly 1-2-3", "did you mean 'general-assembly'?"),
        ("tally --body unga --question nonsense 1-2-3", "UV313"),
        ("tally --body unga vetoed.yaml", "--body goes with counts"),
        ("tally --question important vetoed.yaml", "--question goes with --body"),
        ("tally --body unga 300-0-0", "UV304"),
        ("tally --body unga --on 1900-01-01 1-0-0", "UV307"),
        ("tally --body unga --on 2022-13-01 1-0-0", "'2022-13-01' is not a date"),
        ("tally --on yesterday vetoed.yaml", "'yesterday' is not a date"),
        ("members --on 2022-02-30", "'2022-02-30' is not a date"),
        ("tally --format xml vetoed.yaml", "xml"),
        ("tally --width 10 vetoed.yaml", "40"),
        ("tally --width wide vetoed.yaml", "--width"),
        ("tally --require perhaps vetoed.yaml", "perhaps"),
        ("tally --members missing.yaml vetoed.yaml", "missing.yaml: error UV113"),
        ("tally --members vetoed.yaml vetoed.yaml", "vetoed.yaml:1:7: error"),
        ("tally vetoed.yaml -o missing/out.txt", "missing/out.txt"),
        ("tally vetoed.yaml -o .", "cannot write ."),
        ("explain --format csv vetoed.yaml", "no table"),
        ("members Atlantis", "UV201"),
        ("members --group XYZ", "'XYZ' is not a group"),
        ("groups XYZ", "'XYZ' is not a group"),
        ("bodies XYZ", "UV314"),
    ],
)
def test_bad_usage_ends_with_2_and_says_what_is_wrong_on_standard_error(
    folder: Path, words: str, said: str
) -> None:
    assert folder.is_dir()
    done = quick(*words.split())
    assert done.code == 2
    assert said in done.stderr
    assert not done.stdout


def test_results_and_problems_go_to_their_own_streams(folder: Path) -> None:
    assert folder.is_dir()
    done = run("tally", "adopted.yaml", "invalid.yaml", "vetoed.yaml")
    assert done.code == 2
    assert "ADOPTED" in done.stdout
    assert "vetoed by RUS" in done.stdout
    assert "UV" not in done.stdout.replace("UN Charter", "")
    assert "invalid.yaml:4:15: error UV203" in done.stderr
    assert "invalid.yaml:4:33: error UV201" in done.stderr
    assert "ADOPTED" not in done.stderr


def test_a_program_that_says_nothing_wrong_says_nothing_on_standard_error(folder: Path) -> None:
    assert folder.is_dir()
    for words in ("tally vetoed.yaml", "explain vetoed.yaml", "members", "groups EU", "bodies"):
        assert quick(*words.split()).stderr == ""


def test_quiet_drops_warnings_but_no_errors(folder: Path) -> None:
    assert folder.is_dir()
    assert "warning UV101" in quick("tally", "warned.yaml").stderr
    assert quick("tally", "-q", "warned.yaml").stderr == ""
    assert quick("tally", "-q", "warned.yaml").code == 0
    assert "error UV203" in quick("tally", "--quiet", "invalid.yaml").stderr


def test_verbose_shows_each_result_in_full(folder: Path) -> None:
    (folder / "body.yaml").write_text("kind: body\nid: x\n", encoding="utf-8")
    brief = quick("tally", "vetoed.yaml", "adopted.yaml")
    full = quick("tally", "-v", "vetoed.yaml", "adopted.yaml")
    assert "ALB BRA FRA" not in brief.stdout
    assert "ALB BRA FRA" in full.stdout
    (folder / "invalid.yaml").unlink()
    skipping = "1 YAML file is no resolution: skipped"
    assert skipping in quick("tally", "-v", ".").stderr.splitlines()
    (folder / "other.yaml").write_text("kind: body\nid: y\n", encoding="utf-8")
    skipping = "2 YAML files are no resolutions: skipped"
    assert skipping in quick("tally", "-v", ".").stderr.splitlines()
    assert "skipped" not in quick("tally", ".").stderr


def test_the_version() -> None:
    assert quick("--version").stdout == f"unvote {unvote.__version__}\n"


# --- What is read ---------------------------------------------------------------------------------


def test_standard_input_is_a_file_of_its_own(folder: Path) -> None:
    text = (folder / "vetoed.yaml").read_bytes()
    done = run("tally", "-", "--format", "json", stdin=text)
    assert done.data["results"][0]["verdict"] == "not adopted"
    assert done.data["results"][0]["file"] == "<stdin>"
    empty = run("tally", "-")
    assert empty.code == 2
    assert "<stdin>:1:1: error UV111" in empty.stderr


@pytest.mark.parametrize("bytes_", [b"\x00", b"\xff\xfe\x00a", b"[" * 5000, b"a: &x 1\nb: *x\n"])
def test_standard_input_that_is_no_text_of_ours_is_refused(bytes_: bytes) -> None:
    done = quick("tally", "-", stdin=bytes_)
    assert done.code == 2
    assert done.stderr.startswith("<stdin>:")


def test_a_folder_is_read_in_path_order_whatever_its_files_order(folder: Path) -> None:
    for name in ("b/2.yaml", "a/9.yml", "b/1.yaml", "a.yaml", "c/d/0.yaml"):
        path = folder / "all" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(VETOED, path)
    files = [result["file"] for result in quick("tally", "all", "--format", "json").data["results"]]
    assert files == ["all/a/9.yml", "all/a.yaml", "all/b/1.yaml", "all/b/2.yaml", "all/c/d/0.yaml"]


def test_files_keep_the_order_they_are_given_in(folder: Path) -> None:
    assert folder.is_dir()
    words = ("tally", "vetoed.yaml", "adopted.yaml", "open.yaml", "--format", "json")
    files = [result["file"] for result in quick(*words).data["results"]]
    assert files == ["vetoed.yaml", "adopted.yaml", "open.yaml"]


def test_a_folder_without_resolutions_is_an_error(folder: Path) -> None:
    (folder / "empty").mkdir()
    done = quick("tally", "empty")
    assert (done.code, done.stdout) == (2, "")
    assert "empty: error UV113" in done.stderr


def test_on_decides_by_the_rule_and_the_membership_of_another_day(folder: Path) -> None:
    assert folder.is_dir()
    words = ("tally", "--body", "unsc", "--question", "substantive", "7-0-4", "--format", "json")
    before, after = quick(*words, "--on", "1965-11-23"), quick(*words, "--on", "2022-02-25")
    assert [d.data["results"][0]["need"] for d in (before, after)] == [7, 9]
    assert [d.data["results"][0]["verdict"] for d in (before, after)] == ["adopted", "not adopted"]
    moved = quick("tally", "vetoed.yaml", "--on", "2010-02-25")
    assert moved.code == 2
    assert "did not sit in the Security Council on 2010-02-25" in moved.stderr


def test_counts_need_no_file() -> None:
    words = ("tally", "--body", "unga", "--question", "important", "--on", "2022-04-07")
    done = quick(*words, "93-24-58", "--format", "json")
    (result,) = done.data["results"]
    assert (result["need"], result["have"], result["of"]) == (78, 93, 117)
    several = quick(*words, "93-24-58", "77-40-58", "--format", "json").data["results"]
    assert [r["verdict"] for r in several] == ["adopted", "not adopted"]


OWN_BODY = """\
kind: body
id: my-committee
name: My committee
members: 10
questions:
  ordinary:
    default: true
    rules: [{needs: [{more_than: 1/2, of: present and voting}]}]
"""
OWN_TEXT = "id: ONE\nbody: my-committee\ndate: 2026-01-01\ncounts: 5-4-1\n"


def test_a_folder_of_bodies_of_ones_own(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "body.yaml").write_text(OWN_BODY, encoding="utf-8")
    (folder / "text.yaml").write_text(OWN_TEXT, encoding="utf-8")
    assert "UV314" in quick("tally", "text.yaml").stderr
    done = quick("tally", "text.yaml", "--bodies", "mine", "--format", "json")
    assert (done.code, done.data["results"][0]["verdict"]) == (0, "adopted")
    assert "my-committee" in quick("bodies", "--bodies", "mine").stdout
    assert "My committee" in quick("bodies", "my-committee", "--bodies", "mine").stdout
    counted = quick("tally", "--bodies", "mine", "--body", "my-committee", "4-5-1")
    assert (counted.code, "NOT ADOPTED" in counted.stdout) == (0, True)


def test_a_folder_named_bodies_beside_the_resolution_is_read_of_itself(folder: Path) -> None:
    (folder / "here" / "bodies").mkdir(parents=True)
    (folder / "here" / "bodies" / "body.yaml").write_text(OWN_BODY, encoding="utf-8")
    (folder / "here" / "text.yaml").write_text(OWN_TEXT, encoding="utf-8")
    done = quick("tally", "here/text.yaml", "--format", "json")
    assert (done.code, done.data["results"][0]["verdict"]) == (0, "adopted")
    through_the_folder = quick("tally", "here", "--format", "json")
    assert [r["id"] for r in through_the_folder.data["results"]] == ["ONE"]


def test_a_members_file_of_ones_own(folder: Path) -> None:
    (folder / "members.yaml").write_text(
        "kind: members\n"
        "members:\n"
        "  AAA: {name: Aland, short: Aland, since: 2000-01-01}\n"
        "  BBB: {name: Beland, short: Beland, since: 2000-01-01}\n"
        "groups:\n"
        "  ALL: {name: All of them, members: {AAA: 2000-01-01}}\n",
        encoding="utf-8",
    )
    done = quick("members", "--members", "members.yaml", "--format", "csv")
    assert done.code == 0
    assert [row["code"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["AAA", "BBB"]
    assert "AAA" in quick("groups", "ALL", "--members", "members.yaml").stdout


def test_an_empty_word_is_no_folder(folder: Path) -> None:
    assert folder.is_dir()
    assert quick("tally", "").stdout == ""


@pytest.mark.parametrize("words", ["tally vetoed.yaml", "bodies"])
def test_a_folder_of_bodies_that_is_missing_is_said(folder: Path, words: str) -> None:
    assert folder.is_dir()
    done = quick(*words.split(), "--bodies", "missing")
    assert done.code == 2
    assert "missing" in done.stderr


@pytest.mark.parametrize("words", ["tally vetoed.yaml", "groups EU", "bodies", "members FRA"])
def test_a_members_file_that_is_missing_is_the_one_thing_said(folder: Path, words: str) -> None:
    assert folder.is_dir()
    done = quick(*words.split(), "--members", "missing.yaml")
    assert (done.code, done.stdout) == (2, "")
    assert re.findall(r"error (UV\d+)", done.stderr) == ["UV113"]


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_name_and_a_group_at_once_are_refused(form: str) -> None:
    """A name that is not in the group would be shown as if it were."""
    done = quick("members", "CHE", "--group", "NATO", "--format", form)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == "unvote: give either names or --group\n"


# --- What is written ------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
@pytest.mark.parametrize(
    "words", ["tally vetoed.yaml adopted.yaml", "members", "groups", "groups EU", "bodies unsc"]
)
def test_every_format_of_every_command(folder: Path, words: str, form: str) -> None:
    assert folder.is_dir()
    done = quick(*words.split(), "--format", form)
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.endswith("\n")
    if form == "json":
        assert done.data["schema"] == "unvote/1"
        assert done.data["problems"] == []
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(done.stdout)))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
    elif form == "markdown":
        assert re.match(r"\| .* \|\n\| (?:---:?(?: \| )?)+ \|\n", done.stdout)


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_every_format_of_an_explanation(folder: Path, form: str) -> None:
    assert folder.is_dir()
    done = quick("explain", "vetoed.yaml", "--format", form)
    assert (done.code, done.stderr) == (0, "")
    assert "RUS" in done.stdout


def test_problems_are_in_the_json_as_well(folder: Path) -> None:
    assert folder.is_dir()
    (first, _) = quick("tally", "invalid.yaml", "--format", "json").data["problems"]
    keys = {"code", "level", "file", "line", "column", "message", "hint", "related"}
    assert first.keys() == keys
    assert (first["code"], first["level"], first["line"], first["column"]) == (
        *("UV203", "error"),
        *(4, 15),
    )


def test_problems_of_a_look_up_are_in_the_json_as_well() -> None:
    done = quick("members", "Korea", "--format", "json")
    assert [problem["code"] for problem in done.data["problems"]] == ["UV203"]
    assert (done.code, done.data["results"]) == (2, [])
    body = quick("bodies", "nobody", "--format", "json")
    assert [problem["code"] for problem in body.data["problems"]] == ["UV314"]


def test_a_member_as_data() -> None:
    done = quick("members", "Zaire", "VEN", "--on", "1990-05-01", "--format", "json")
    zaire, venezuela = done.data["results"]
    assert done.data["schema"] == "unvote/1"
    expected: dict[str, object] = {
        "code": "COD",
        "iso2": "CD",
        "region": "AFRICAN",
        "since": "1960-09-20",
        "until": None,
        "on": "1990-05-01",
        "member": True,
        "interrupted": [],
        "successors": [],
        "article_19": None,
    }
    assert zaire.items() >= expected.items()
    assert "AFRICAN" in zaire["groups"]
    assert venezuela["article_19"] is None
    (then,) = quick("members", "VEN", "--on", "2022-03-02", "--format", "json").data["results"]
    assert then["article_19"]["since"] == "2022-01-11"
    assert then["article_19"]["source"].keys() == {"text", "seen"}
    listed = quick("members", "--on", "2022-03-02", "--format", "json").data["results"]
    assert len(listed) == 193
    assert {tuple(member) for member in listed} == {tuple(zaire)}


def test_a_group_as_data() -> None:
    (group,) = quick("groups", "EU", "--on", "2020-01-31", "--format", "json").data["results"]
    assert (group["group"], group["on"], len(group["members"])) == ("EU", "2020-01-31", 28)
    britain = next(row for row in group["members"] if row["member"] == "GBR")
    assert (britain["since"], britain["until"]) == ("1973-01-01", "2020-01-31")
    assert britain["precision"] == "day"
    assert [row["member"] for row in group["members"]] == sorted(
        row["member"] for row in group["members"]
    )
    every = quick("groups", "--format", "json").data["results"]
    assert {tuple(row) for row in every} == {tuple(group)}


def test_a_body_as_data() -> None:
    words = ("bodies", "security-council", "--on", "1965-11-23", "--format", "json")
    (council,) = quick(*words).data["results"]
    assert (council["body"], council["seats"], council["article_19"]) == (
        *("security-council", 11),
        False,
    )
    assert " ".join(council["members"]) == "BOL CHN CIV FRA GBR JOR MYS NLD RUS URY USA"
    assert council["classes"] == {"permanent": ["CHN", "FRA", "GBR", "RUS", "USA"]}
    substantive = council["questions"][0]
    assert (substantive["question"], substantive["default"]) == ("substantive", True)
    assert substantive["adopted_if"][0] == "at least 7 yes votes"
    assert substantive["until"] == "1965-12-31"
    assert substantive["cite"] == {"text": "UN Charter, Art. 27(3), as of 1945", "seen": True}
    every = quick("bodies", "--format", "json").data["results"]
    assert {tuple(row) for row in every} == {tuple(council)}


def test_a_former_name_is_shown_where_it_was_in_use() -> None:
    then = quick("members", "COD", "--on", "1990-05-01").stdout
    assert re.search(r"^Then called +Zaire$", then, re.MULTILINE)
    assert re.search(r"^Former names +", then, re.MULTILINE)
    assert "Then called" not in quick("members", "COD", "--on", "2022-03-02").stdout


def test_output_goes_to_the_file_and_nowhere_else(folder: Path) -> None:
    for form in ("table", "json", "csv", "markdown"):
        plain = quick("tally", "vetoed.yaml", "--format", form)
        filed = quick("tally", "vetoed.yaml", "--format", form, "-o", "out.txt")
        assert (filed.code, filed.stdout, filed.stderr) == (0, "", "")
        assert (folder / "out.txt").read_text(encoding="utf-8") == plain.stdout
    assert sorted(p.name for p in folder.iterdir() if "out" in p.name) == ["out.txt"]


def test_a_file_that_cannot_be_replaced_keeps_its_text(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "out.txt"
    target.write_text("kept", encoding="utf-8")

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    done = quick("tally", "vetoed.yaml", "-o", "out.txt")
    assert done.code == 2
    assert "cannot write out.txt: No space left on device" in done.stderr
    assert target.read_text(encoding="utf-8") == "kept"
    assert not [p for p in folder.iterdir() if p.name.startswith(".")]


def test_the_permissions_of_a_file_are_kept_and_a_new_one_follows_the_umask(folder: Path) -> None:
    target = folder / "out.txt"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    assert quick("tally", "vetoed.yaml", "-o", "out.txt").code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    mask = os.umask(0o027)
    try:
        assert quick("tally", "vetoed.yaml", "-o", "new.txt").code == 0
    finally:
        os.umask(mask)
    assert stat.S_IMODE((folder / "new.txt").stat().st_mode) == 0o640


@pytest.mark.parametrize("words", ["tally invalid.yaml", "explain invalid.yaml", "tally none.yaml"])
def test_an_invalid_file_writes_nothing(folder: Path, words: str) -> None:
    (folder / "out.txt").write_text("kept", encoding="utf-8")
    for form in ("table", "json"):
        for name in ("out.txt", "new.txt"):
            done = quick(*words.split(), "--format", form, "-o", name)
            assert (done.code, done.stdout) == (2, "")
    assert (folder / "out.txt").read_text(encoding="utf-8") == "kept"
    assert not (folder / "new.txt").exists()


def test_one_invalid_file_among_others_writes_nothing(folder: Path) -> None:
    (folder / "out.txt").write_text("kept", encoding="utf-8")
    done = quick("tally", "vetoed.yaml", "invalid.yaml", "-o", "out.txt")
    assert (done.code, done.stdout) == (2, "")
    assert "UV203" in done.stderr
    assert (folder / "out.txt").read_text(encoding="utf-8") == "kept"


def test_a_link_is_followed(folder: Path) -> None:
    """To a file that is there, to one that is not yet, and through two links."""
    (folder / "real.txt").write_text("old", encoding="utf-8")
    (folder / "in").mkdir()
    links = {"link.txt": "real.txt", "new.txt": "in/fresh.txt", "twice.txt": "link.txt"}
    for link, target in links.items():
        (folder / link).symlink_to(target)
        assert quick("tally", "vetoed.yaml", "-o", link).code == 0
        assert (folder / link).is_symlink()
        assert "vetoed by RUS" in (folder / target).read_text(encoding="utf-8")
    assert sorted(path.name for path in (folder / "in").iterdir()) == ["fresh.txt"]


@pytest.mark.parametrize(("link", "said"), [("round.txt", ""), ("away.txt", "No such file")])
def test_a_link_that_leads_nowhere_is_said(folder: Path, link: str, said: str) -> None:
    (folder / "round.txt").symlink_to("round.txt")
    (folder / "away.txt").symlink_to("missing/out.txt")
    done = quick("tally", "vetoed.yaml", "-o", link)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"unvote: cannot write {link}: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_pipe_is_written_to_and_not_replaced(folder: Path) -> None:
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert quick("tally", "vetoed.yaml", "-o", "pipe").code == 0
        text = os.read(reader, 65536).decode()
    finally:
        os.close(reader)
    assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)
    assert text == quick("tally", "vetoed.yaml").stdout


def test_a_device_is_written_to_and_not_replaced(folder: Path) -> None:
    """Through a link, so that a program that replaces it harms only this folder."""
    if not Path("/dev/null").is_char_device():
        pytest.skip("no /dev/null here")
    (folder / "null").symlink_to("/dev/null")
    done = quick("tally", "vetoed.yaml", "-o", "null")
    assert (done.code, done.stdout, done.stderr) == (0, "", "")
    assert (folder / "null").is_symlink()
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_device_that_is_full_is_said_in_a_line(folder: Path) -> None:
    (folder / "full").symlink_to("/dev/full")
    done = quick("tally", "vetoed.yaml", "-o", "full")
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == "unvote: cannot write full: No space left on device\n"


def test_standard_output_can_be_named_as_a_file(folder: Path) -> None:
    assert folder.is_dir()
    if not Path("/dev/stdout").exists():
        pytest.skip("no /dev/stdout here")
    named = run("tally", "vetoed.yaml", "-o", "/dev/stdout")
    assert (named.code, named.stdout) == (0, quick("tally", "vetoed.yaml").stdout)


def test_cells_that_begin_a_formula_are_neutralised(folder: Path) -> None:
    (folder / "formula.yaml").write_text(
        "id: '=HYPERLINK(1)'\ntitle: '@SUM(A1)'\nbody: unsc\ndate: 2022-02-25\ncounts: 9-0-6\n"
        "question: procedural\n",
        encoding="utf-8",
    )
    done = quick("tally", "formula.yaml", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert (row["id"], row["title"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_the_same_input_gives_the_same_bytes_in_every_process(folder: Path, form: str) -> None:
    assert folder.is_dir()
    words = ("tally", "adopted.yaml", "open.yaml", "--format", form)
    one, other = (run(*words, env={"PYTHONHASHSEED": seed}) for seed in ("1", "2"))
    assert one.stdout == other.stdout


# --- Terminals ------------------------------------------------------------------------------------


def on_terminal(*words: str, columns: int = 100, env: dict[str, str] | None = None) -> str:
    """What a run writes to a real terminal of that width."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals here")
    import fcntl  # noqa: PLC0415 - not on every system
    import struct  # noqa: PLC0415 - only with fcntl
    import termios  # noqa: PLC0415 - not on every system

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "unvote", *words],
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm-256color", **(env or {})},
    )
    os.close(slave)
    written = b""
    try:
        while piece := os.read(master, 65536):
            written += piece
    except OSError:
        pass  # the other end is closed: that is how a terminal ends on Linux
    os.close(master)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, b"")
    return written.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colour_and_its_own_width(folder: Path) -> None:
    assert folder.is_dir()
    text = on_terminal("tally", "adopted.yaml", columns=100)
    assert f"{ESCAPE}1;32m✓ ADOPTED{ESCAPE}0m" in text
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()
    assert 80 < max(len(line) for line in lines) <= 100
    plain = quick("tally", "adopted.yaml", "--width", "100").stdout
    assert [line.rstrip() for line in lines] == plain.splitlines()


@pytest.mark.parametrize(
    ("words", "env"),
    [
        ((), {"NO_COLOR": "1"}),
        (("--no-color",), {}),
        ((), {"TERM": "dumb"}),
        (("-o", "out.txt"), {}),
    ],
)
def test_no_colour_where_it_is_not_wanted(
    folder: Path, words: tuple[str, ...], env: dict[str, str]
) -> None:
    text = on_terminal("tally", "vetoed.yaml", *words, env=env)
    if "-o" in words:
        assert text == ""
        text = (folder / "out.txt").read_text(encoding="utf-8")
    assert "NOT ADOPTED" in text
    assert ESCAPE not in text


def test_an_empty_no_color_is_none(folder: Path) -> None:
    """https://no-color.org: only a value that is not empty switches colour off."""
    assert folder.is_dir()
    assert ESCAPE in on_terminal("tally", "vetoed.yaml", env={"NO_COLOR": ""})


def test_no_colour_and_80_columns_in_a_pipe(folder: Path) -> None:
    assert folder.is_dir()
    loud = {"TERM": "xterm-256color", "COLUMNS": "200", "FORCE_COLOR": "1"}
    done = run("tally", "adopted.yaml", env=loud)
    assert ESCAPE not in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def test_a_terminal_that_does_not_know_its_width_has_80_columns(folder: Path) -> None:
    assert folder.is_dir()
    text = on_terminal("tally", "adopted.yaml", "--no-color", columns=0)
    assert text == quick("tally", "adopted.yaml", "--width", "80").stdout


@pytest.mark.parametrize("words", ["members TUR", "members", "tally adopted.yaml", "bodies unga"])
def test_ascii_is_ascii(folder: Path, words: str) -> None:
    assert folder.is_dir()
    done = quick(*words.split(), "--ascii")
    assert done.stdout.isascii()
    assert "?" not in done.stdout


PLAIN = {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


@pytest.mark.parametrize(
    "words", ["tally vetoed.yaml", "members TUR CIV", "bodies", "explain vetoed.yaml"]
)
def test_a_plain_locale_gets_plain_characters(folder: Path, words: str) -> None:
    assert folder.is_dir()
    done = run(*words.split(), env=PLAIN)
    assert done.code == 0
    assert done.stdout == quick(*words.split(), "--ascii").stdout


def test_names_that_are_no_text_crash_nothing_in_a_plain_locale(folder: Path) -> None:
    (folder / "t\u00fcr\u2713.yaml").write_text(INVALID, encoding="utf-8")
    done = run("tally", ".", "Z\u00fcrich", env=PLAIN)
    assert done.code == 2
    assert "UV113" in done.stderr


def test_data_is_unharmed_in_a_plain_locale() -> None:
    name = "T\u00fcrkiye"
    assert run("members", "TUR", "--format", "json", env=PLAIN).data["results"][0]["name"] == name
    assert name in run("members", "TUR", "--format", "csv", env=PLAIN).stdout


@pytest.mark.parametrize("width", [40, 60, 80, 132])
@pytest.mark.parametrize(
    "words",
    [
        "members",
        "members CHN",
        "groups",
        "groups G77",
        "bodies",
        "bodies unga",
        "members TUR Zaire",
    ],
)
def test_no_line_is_longer_than_the_width(words: str, width: int) -> None:
    done = quick(*words.split(), "--width", str(width), "--on", "2022-03-02")
    assert done.code == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= width


def test_no_line_of_a_body_with_a_default_question_is_longer_than_the_width() -> None:
    """The line under its rules explains the asterisk."""
    done = quick("bodies", "eu-council", "--width", "40")
    assert max(len(line) for line in done.stdout.splitlines()) <= 40


@pytest.mark.parametrize(
    "words", ["tally -v resolutions", "members", "--help", "tally --help", "bodies --format json"]
)
def test_a_closed_pipe_is_no_crash(words: str) -> None:
    """As in `| head -1` when the reader has gone before the first byte."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "unvote", *words.split()],
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(writer)
    assert done.returncode in {0, 1}
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_said_in_a_line(folder: Path) -> None:
    assert folder.is_dir()
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "unvote", "tally", "vetoed.yaml"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == b"unvote: cannot write the results: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="a shell's way to close a stream")
@pytest.mark.parametrize("words", ["tally vetoed.yaml >&-", "tally - <&-"])
def test_a_closed_stream_is_no_traceback(folder: Path, words: str) -> None:
    assert folder.is_dir()
    done = subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -m unvote {words}"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr


# --- Help and completion --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    ["", *typer.main.get_command(app).commands],  # type: ignore[attr-defined]
)
def test_help_opens_with_examples(command: str) -> None:
    done = quick(*command.split(), "--help")
    assert re.match(rf"Usage: unvote ?{command} .*\n\n +Examples:\n\n +\S", done.stdout)
    assert quick(*command.split(), "-h").stdout == done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def examples() -> list[tuple[str, str]]:
    """Every example in the help of every command."""
    found = []
    for command in ("", *COMMANDS):
        text = quick(*command.split(), "--help").stdout
        block = text.split("Examples:", 1)[1].split("\n\n")[1]
        found += [(command or "unvote", line.strip()) for line in block.splitlines()]
    return found


@pytest.mark.parametrize(("command", "line"), examples())
def test_every_example_of_the_help_runs(folder: Path, command: str, line: str) -> None:
    shutil.copy(folder / "adopted.yaml", folder / "resolution.yaml")
    shutil.copy(folder / "adopted.yaml", folder / "draft.yaml")
    (folder / "day.yaml").write_text(DAY, encoding="utf-8")
    (folder / "resolutions").mkdir()
    shutil.copy(folder / "vetoed.yaml", folder / "resolutions")
    piped = line.split("|")
    stdin = (folder / piped[0].split()[1]).read_bytes() if len(piped) > 1 else b""
    words = shlex.split(piped[-1])
    assert words[0] == "unvote"
    assert command in {"unvote", words[1]}
    done = quick(*words[1:], stdin=stdin)
    assert (done.code, done.stderr) == (0, "")
    if "-o" in words:
        assert (folder / words[words.index("-o") + 1]).read_text(encoding="utf-8")
    else:
        assert done.stdout


def test_there_is_an_example_for_every_command() -> None:
    assert {command for command, _ in examples()} == {"unvote", *COMMANDS}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_completion_script_is_produced(folder: Path, shell: str) -> None:
    assert folder.is_dir()
    done = run(env={"_UNVOTE_COMPLETE": f"source_{shell}"})
    assert (done.code, done.stderr) == (0, "")
    assert "_UNVOTE_COMPLETE" in done.stdout
    assert "unvote" in done.stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("unvote ta", {"tally"}),
        ("unvote ", set(COMMANDS)),
        ("unvote tally --body sec", {"security-council"}),
        ("unvote tally --question imp", {"important"}),
        ("unvote tally --format ", {"table", "json", "csv", "markdown"}),
    ],
)
def test_words_are_completed(line: str, words: set[str]) -> None:
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    done = run(env={"_UNVOTE_COMPLETE": "complete_bash", **asked})
    assert (done.code, done.stderr) == (0, "")
    assert words <= set(done.stdout.split())


def test_every_command_is_known_to_these_tests() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert set(COMMANDS) <= set(commands)


def test_every_command_has_the_options_that_go_everywhere() -> None:
    everywhere = {"--format", "--output", "-o", "--on", "--members", "--quiet", "-q"}
    for command in COMMANDS:
        assert everywhere | {"--no-color", "--ascii", "--width"} <= options_of(command), command


def test_every_command_and_option_is_documented() -> None:
    page = ROOT / "docs" / "reference" / "commands.md"
    text = page.read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    missing = [f"unvote {name}" for name in commands if f"unvote {name}" not in text]
    for name in commands:
        long = {option for option in options_of(name) if option.startswith("--")}
        missing += [f"{name} {o}" for o in long if not re.search(rf"{o}(?![\w-])", text)]
    assert not missing


# --- Nothing makes a traceback --------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "word",
    ["", " ", "-", "--", "-x", "--on", "\x1b[31m", "[/red]", "\u202e", "0-0-0", "a\tb", "%s"],
)
def test_strange_words_make_no_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, word: str
) -> None:
    (folder / "in").mkdir()
    monkeypatch.chdir(folder / "in")
    done = quick(command, word)
    assert done.code in {0, 2}


@pytest.mark.parametrize("word", ["a\x1b[31mb", "a\u202eb"])
@pytest.mark.parametrize(
    "words",
    [
        *("tally", "explain", "members", "members --group", "groups", "bodies"),
        *("tally --body", "tally --body unga --question"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_harmless(words: str, word: str) -> None:
    end = ["1-0-0"] if "--body" in words else []
    done = quick(*words.split(), word, *end)
    assert done.code == 2
    assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)


def test_a_file_name_with_control_characters_is_shown_harmless() -> None:
    done = run("tally", "a\x1b[31mb\nc.yaml")
    assert done.code == 2
    assert "\x1b" not in done.stderr
