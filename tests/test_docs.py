"""The documentation is true of the program: its commands are run and its files decided.

`python tests/test_docs.py [PAGE...]` writes what the commands print today into the pages (all, if
none is named); look at the difference before you keep it.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import unvote
import unvote.documents
from unvote.api import open_world
from unvote.catalogue import CATALOGUE
from unvote.cli.app import app
from unvote.cli.checking import CheckFormat
from unvote.cli.options import Format, Require
from unvote.diagnostics import Diagnostic
from unvote.documents.shape import Shape
from unvote.files.config import Settings
from unvote.loading.reader import read_file
from unvote.world.registry import read_body, read_registry

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINKING = [*PAGES, ROOT / "resolutions" / "README.md"]
DATA = ("resolutions", "bodies", "members.yaml")

BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>[^>\n]*) -->\n)?```(?P<language>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
COMMAND = re.compile(r"^\$ .*$", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
MAKERS = ("Problem", "_warn", "_Wrong")  # what a problem is made with, its code first
ROW = re.compile(r"^\| `([^`]+)`", re.MULTILINE)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# --- Commands, files and code in the pages are run, in a copy of the data of the checkout ---------


@dataclasses.dataclass
class Reading:
    """A page read as a reader would: its files written, its commands run, in one folder."""

    folder: Path
    wrong: list[str]

    def page(self, text: str) -> str:
        """The page with what its commands print now."""
        return BLOCK.sub(self._block, text)

    def _block(self, match: re.Match[str]) -> str:
        mark, language, body = match["mark"] or "", match["language"], match["body"]
        if language == "yaml":
            self._yaml(mark, body)
        elif language in {"csv", "text"} and mark.startswith("file: "):
            file = self.folder / mark.removeprefix("file: ").partition(", ")[0]
            file.write_text(body, encoding="utf-8")
        runs = language == "console" and re.search(r"^\$ (?:.*\| )?unvote ", body, re.MULTILINE)
        if not runs:
            return match[0]
        return match[0].replace(body, self._console(mark, body))

    def _console(self, mark: str, body: str) -> str:
        code = int(mark.removeprefix("exit: ")) if mark.startswith("exit: ") else 0
        starts = [found.start() for found in COMMAND.finditer(body)]
        assert starts[0] == 0, f"a block starts with a command:\n{body}"
        shown, last = "", 0
        for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
            command, _, documented = body[start:end].partition("\n")
            if command == "$ echo $?":
                shown += f"{command}\n{last}\n"
                last = 0
                continue
            text, last = self._run(command.removeprefix("$ "))
            asked = body[end:].startswith("$ echo $?")
            if last != code and not asked:
                self.wrong.append(f"{command}: ended with {last}\n{text}")
            shown += f"{command}\n{text if documented else ''}"
        return shown

    def _run(self, command: str) -> tuple[str, int]:
        """What a command prints, results before problems as on a terminal, and its exit code."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "GITHUB_ACTIONS"}}
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=kept | {"PATH": path, "PYTHONUTF8": "1"},
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        return done.stdout + done.stderr, done.returncode

    def _yaml(self, mark: str, body: str) -> None:
        """Write the file the mark names; a whole document must be right, a fragment be YAML."""
        wanted, _, mistake = mark.removeprefix("file: ").partition(", ")
        file = self.folder / (wanted if mark.startswith("file: ") else "fragment.yaml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, encoding="utf-8")
        errors = [d for d in problems_of(file) if d.is_error]
        if bool(errors) != bool(mistake):
            found = [f"{d.problem.code} {d.problem.message}" for d in errors]
            self.wrong.append(f"{mark or 'a block of yaml'}: {found or 'no mistake'}\n{body}")


def problems_of(file: Path) -> list[Diagnostic]:
    """What is wrong with a document, or with the form of a fragment of one."""
    source, problems = read_file(str(file))
    data = source.data if isinstance(source.data, dict) else {}
    if data.get("kind") == "body":
        return read_body(str(file), open_world().names)[1]
    if data.get("kind") == "members":
        return read_registry(str(file))[2]
    if {"id", "body"} <= data.keys():
        members = file.parent / "delegations.yaml"
        return [*unvote.tally(file, members=members if members.exists() else None).problems]
    return problems


def copy_of_the_data(folder: Path) -> Path:
    for name in DATA:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, folder / name)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_the_page_shows_is_what_the_program_does(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    reading = Reading(copy_of_the_data(tmp_path), [])
    shown = reading.page(text)
    assert reading.wrong == []
    assert shown == text


def test_the_python_of_the_scripting_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy_of_the_data(tmp_path))
    text = (DOCS / "how-to" / "scripting.md").read_text(encoding="utf-8")
    blocks = [match["body"] for match in BLOCK.finditer(text) if match["language"] == "python"]
    assert sum("assert " in block for block in blocks) >= 3
    space: dict[str, Any] = {"__name__": "scripting"}
    for block in blocks:
        exec(compile(block, "scripting.md", "exec"), space)  # noqa: S102 - our own page


# --- Links ----------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The names a page's headings can be linked by."""
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in headings}


@pytest.mark.parametrize("page", LINKING, ids=name_of)
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_every_page_of_the_documentation_is_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\((docs/[^)#\s]+\.md)", readme))
    assert linked == {name_of(page) for page in DOCS.rglob("*.md")}


# --- The references say all there is, and nothing else --------------------------------------------


def commands() -> dict[str, set[str]]:
    """The options of every command of the program; the program's own under its bare name."""
    program: Any = get_command(app)
    found = {"unvote": program} | {f"unvote {n}": c for n, c in program.commands.items()}
    return {
        name: {"-h", "--help"}
        | {o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")}
        for name, command in found.items()
    }


def sections(text: str) -> dict[str, str]:
    """The second-level sections of a page, by heading."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_command_reference_has_every_command_and_option_and_no_other() -> None:
    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    found = {}
    for heading, section in sections(text).items():
        if heading.startswith("`unvote"):
            cells = re.findall(r"^\| (`-.*?) \|", section, re.MULTILINE)
            options = [option for cell in cells for option in OPTION.findall(cell)]
            assert [option for option, times in Counter(options).items() if times > 1] == []
            found[heading.strip("`")] = set(options)
    assert found == commands()


def test_the_command_reference_has_every_setting_and_no_other() -> None:
    found = tables(DOCS / "reference" / "commands.md")
    assert found == {"Settings": [field.name for field in dataclasses.fields(Settings)]}


@pytest.mark.parametrize("word", sorted({*Format, *Require, *CheckFormat}))
def test_the_command_reference_has_the_word_an_option_takes(word: str) -> None:
    assert f"`{word}`" in (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", LINKING, ids=name_of)
def test_the_page_speaks_of_no_command_that_does_not_exist(page: Path) -> None:
    """In code only: `unvote whatever` in running text and `$ unvote whatever` in blocks."""
    words = re.findall(r"(?:`|\$ |\| )unvote ([a-z]+)\b", page.read_text(encoding="utf-8"))
    assert {f"unvote {word}" for word in words} <= commands().keys()


def levels() -> dict[str, set[str]]:
    """Every code the program emits, with the levels it is given where it is made."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if ast.unparse(node.func) not in MAKERS:
                continue
            code = ast.unparse(node.args[0]).strip("'")
            if re.fullmatch(r"UV\d{3}", code):
                rest = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
                words = [ast.unparse(part).lower() for part in (node.func, *rest)]
                warns = any(word.endswith(("level.warning", "warning", "_warn")) for word in words)
                found.setdefault(code, set()).add("warning" if warns else "error")
    return found


def test_the_catalogue_has_the_levels_of_every_code() -> None:
    told = {code: {entry.level.value} for code, entry in CATALOGUE.items()}
    told |= {code: {"error", "warning"} for code, entry in CATALOGUE.items() if entry.both}
    assert told == levels()


def test_the_catalogue_has_every_code_the_program_emits() -> None:
    """So that a code made in a way this page's test does not see is missed here."""
    assert levels().keys() == CATALOGUE.keys()


def shapes() -> Iterator[type[Shape]]:
    """Every mapping the program reads from a file."""
    for module in pkgutil.iter_modules(unvote.documents.__path__, "unvote.documents."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Shape) and value is not Shape:
                yield value


def tables(page: Path) -> dict[str, list[str]]:
    """The first column of every table marked `<!-- keys: ... -->`, by what is marked."""
    parts = re.split(
        r"^<!-- keys: (\w+) -->$", page.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    return {
        name: ROW.findall(part.lstrip().partition("\n\n")[0])
        for name, part in zip(parts[1::2], parts[2::2], strict=True)
    }


UNNAMED = {"Ballot", "Headed"}  # what others are put together of: told in the tables of those


def test_the_file_reference_has_every_key_and_no_other() -> None:
    found = tables(DOCS / "reference" / "files.md")
    wanted = {}
    for shape in set(shapes()):
        bases = [base for base in shape.__bases__ if issubclass(base, Shape)]
        told = [base for base in bases if base.__name__ in found]
        above = {name for base in told for name in base.model_fields}
        fields = shape.model_fields.items()
        wanted[shape.__name__] = sorted(i.alias or n for n, i in fields if n not in above)
    wanted = {name: keys for name, keys in wanted.items() if name not in UNNAMED}
    assert {name: sorted(keys) for name, keys in found.items()} == wanted


def test_the_json_reference_has_every_key_and_no_other(tmp_path: Path) -> None:
    from unvote.render.account import account_data  # noqa: PLC0415
    from unvote.render.data import report_data, ruling_data  # noqa: PLC0415
    from unvote.render.lookup_data import body_data, group_data, member_data  # noqa: PLC0415

    file = tmp_path / "x.yaml"
    part = "parts: [{id: A1, by: [RUS], votes: {yes: [FRA, GBR], no: [RUS]}}]"
    file.write_text(f"id: X\nbody: unga\ndate: 2022-03-02\ncounts: 93-8-73\n{part}\n")
    report = unvote.tally(file)
    data = report_data(report.results, report.problems)
    result = data["results"][0]
    explained = account_data(report.results[0])
    file.write_text("id: X\nbody: unsc\ndate: 2022-03-02\nstances: {yes: [FRA]}\n")
    (draft,) = unvote.tally(file).results
    world, day = open_world(), date(2022, 3, 2)
    group = group_data(world.membership.groups["EU"], day)
    council, _ = world.body("unsc")
    assert council is not None
    body = body_data(council, world.membership, day)
    wanted = {
        "report": data,
        "result": {*result, "first_vote"},  # that of a second vote after a tie
        "counts": result["counts"],
        "finding": result["findings"][0],
        "outcome": result["under"]["ordinary"],
        "problem": data["problems"][0],
        "explained": explained.keys() - result.keys(),
        "sentence": explained["explanation"][0],
        "undecided": ruling_data(draft)["undecided"],
        "member": member_data(world.membership.members["FRA"], world.membership, day),
        "group": group,
        "membership": group["members"][0],
        "source": group["members"][0]["source"],
        "body": body,
        "question": body["questions"][0],
    }
    found = tables(DOCS / "reference" / "json.md")
    assert {k: sorted(v) for k, v in found.items()} == {k: sorted(v) for k, v in wanted.items()}


def test_the_page_of_rules_has_every_shipped_body_and_question() -> None:
    found = sections((DOCS / "explanation" / "rules.md").read_text(encoding="utf-8"))
    bodies = {body.id: body for body in open_world().shipped_bodies()}
    told = {
        name: set(ROW.findall(section))
        for heading, section in found.items()
        for name in re.findall(r"`([\w-]+)`", heading)
    }
    assert told == {name: set(body.questions) for name, body in bodies.items()}


def write_the_pages(named: list[str]) -> None:
    """Put what the commands print today into the pages."""
    for page in [Path(name).resolve() for name in named] or PAGES:
        with tempfile.TemporaryDirectory() as folder:
            reading = Reading(copy_of_the_data(Path(folder)), [])
            text = page.read_text(encoding="utf-8")
            fresh = reading.page(text)
            for wrong in reading.wrong:
                sys.stdout.write(f"{name_of(page)}: {wrong}\n")
            if fresh != text:
                sys.stdout.write(f"{name_of(page)}: written\n")
                page.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    write_the_pages(sys.argv[1:])
