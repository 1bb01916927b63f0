"""The gallery of errors: what `unvote` says of every file in `tests/errors`, word for word.

An example is `tests/errors/UVnnn/<name>.yaml`, with the exact text on standard error beside it in
`<name>.txt`. One that needs a folder of its own (for `bodies/`, a `members.yaml` or a file it
refers to) is `UVnnn/<name>/<name>.yaml`, and its text `UVnnn/<name>/<name>.txt`. A text without
its YAML stands for a file that is not there or, if there is a folder of the name, for that folder.
A table of votes is `UVnnn/<name>.csv`, packed or not; it is replayed.

A sheet is `<name>.csv`, or `<name>.sheet`, a description in YAML of which the test makes
`<name>.xlsx`. It is imported into `stances.yaml`, that of its own folder or one of the test's.

Each is run in its folder: with `unvote tally`, or checked where only a check reports the code, or
asked what only another command can refuse.

After a change of wording: `UNVOTE_UPDATE=1 python -m pytest tests/test_errors.py` writes the texts
anew (and those of new examples); read the difference before it is committed.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from unvote.api import tally
from unvote.cli.app import app

ROOT = Path(__file__).parents[1]
GALLERY = Path(__file__).parent / "errors"
UPDATE = os.environ.get("UNVOTE_UPDATE") == "1"
CHECKED = frozenset(
    ("UV114", "UV115", "UV401", "UV402", "UV403", "UV404", "UV405", "UV501", "UV502", "UV503")
)
ASKED = {"UV410": "odds", "UV415": "power", "UV652": "export"}
"""What is asked of an example where a tally has nothing to say."""
SHEETS = (".csv", ".sheet")
STANCES = (
    "kind: stances\nresolution: draft.yaml\ncountries: {IND: {vote: lean no, source: mission}}\n"
)
DRAFT = "id: A/77/L.1\nbody: general-assembly\ndate: 2022-10-12\nquestion: important\n"
CODE = re.compile(r"\bUV\d{3}\b")
HEAD = re.compile(
    r"(?P<file>[^:\s][^:]*):(?:(?P<line>\d+):(?P<column>\d+):)? (?P<level>error|warning) "
    r"(?P<code>UV\d{3}): (?P<message>.+)"
)
NOT_OURS = (
    "Input should be",
    "Field required",
    "Extra inputs",
    "validation error",
    "pydantic",
    "Traceback",
)


@dataclass(frozen=True)
class Example:
    """A wrong file: the folder it is run in, the name given on the command line, the code."""

    folder: Path
    name: str
    code: str

    def __str__(self) -> str:
        return f"{self.code}/{self.stem}"

    @property
    def expected(self) -> Path:
        """The file of the text that is expected."""
        return self.folder / f"{self.stem}.txt"

    @property
    def stem(self) -> str:
        """Its name without what kind of file it is."""
        return self.name.partition(".")[0] if ".csv" in self.name else Path(self.name).stem

    @property
    def is_table(self) -> bool:
        """Whether it is a table of votes, to be replayed."""
        return ".csv" in self.name and not self.is_sheet

    @property
    def is_sheet(self) -> bool:
        """Whether it is a sheet with a head count, to be imported."""
        return Path(self.name).suffix in SHEETS and self.code >= "UV640"

    @property
    def text(self) -> str:
        """What the file holds; nothing where there is none."""
        path = self.folder / self.name
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def examples() -> list[Example]:
    """Every example of the gallery, in order."""
    found = []
    for folder in sorted(GALLERY.glob("UV*")):
        names = {path.stem for path in folder.glob("*.yaml")} | {
            path.stem for path in folder.glob("*.txt")
        }
        names |= {path.stem for path in folder.iterdir() if path.suffix == ".sheet"}
        tables = {path.name.partition(".")[0]: path.name for path in folder.glob("*.csv*")}
        own = {path.name for path in folder.iterdir() if list(path.glob(f"{path.name}.[!t]*"))}
        for name in sorted(names | own | tables.keys()):
            inside = folder / name if name in own else folder
            is_folder = name not in own and (folder / name).is_dir()
            ending = next((s for s in SHEETS if (inside / (name + s)).is_file()), ".yaml")
            file = tables.get(name, name if is_folder else f"{name}{ending}")
            found.append(Example(inside, file, folder.name))
    return found


EXAMPLES = examples()


@dataclass(frozen=True)
class Said:
    """What came of an example: standard error, and the exit code."""

    text: str
    code: int


def said(example: Example) -> Said:
    """Run an example in its folder."""
    if example.is_sheet:
        return imported(example)
    command = ["check", "--as-of", "2022-03-20"] if needs_check(example) else ["tally"]
    if example.code in ASKED:
        command = [ASKED[example.code]]
    if example.is_table:
        command = ["history"]
    if (example.folder / "members.yaml").is_file():
        command += ["--members", "members.yaml"]
    done = CliRunner().invoke(app, [*command, example.name])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Said(done.stdout if needs_check(example) else done.stderr, done.exit_code)


def imported(example: Example) -> Said:
    """Import a sheet; the library that reads .xlsx is hidden where that is the point."""
    file = Path(example.name)
    if file.suffix == ".sheet":
        file = workbook(file)
    command = ["import", file.name, "--into", "stances.yaml"]
    with pytest.MonkeyPatch.context() as patch:
        if example.code == "UV641":
            patch.setitem(sys.modules, "python_calamine", None)
        done = CliRunner().invoke(app, command)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    *problems, last = done.stderr.splitlines(keepends=True)
    assert last.startswith("stances.yaml: ")
    return Said("".join(problems), done.exit_code)


def staged(example: Example, folder: Path) -> Path:
    """The folder to run an example in: a sheet's is a copy with stances to import it into."""
    if not example.is_sheet:
        return example.folder
    shutil.copytree(example.folder, folder, dirs_exist_ok=True)
    for name, text in (("stances.yaml", STANCES), ("draft.yaml", DRAFT)):
        if not (folder / name).exists():
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def workbook(file: Path) -> Path:
    """The .xlsx file that a description stands for: rows by sheet, what is merged and hidden."""
    book = openpyxl.Workbook()
    first = book.active
    for name, told in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        sheet: Any = book.create_sheet(name)
        for row in told["rows"]:
            sheet.append(row)
        for area in told.get("merged", ()):
            sheet.merge_cells(area)
        for row in told.get("hidden_rows", ()):
            sheet.row_dimensions[row].hidden = True
        for column in told.get("hidden_columns", ()):
            sheet.column_dimensions[column].hidden = True
    book.remove(first)  # type: ignore[arg-type] # a new workbook has one sheet
    made = file.with_suffix(".xlsx")
    book.save(made)
    return made


def needs_check(example: Example) -> bool:
    """Whether only a check reports it: silences, the substance of stances, expectations, steps."""
    kind = re.search(r"^kind: (scenario|proceedings)$", example.text, re.MULTILINE)
    return bool(kind) or example.code in CHECKED


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example_says_what_is_expected(
    example: Example, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(staged(example, tmp_path))
    found = said(example)
    if UPDATE:
        example.expected.write_bytes(found.text.encode())
    assert found.text == example.expected.read_bytes().decode()
    problems = heads(found.text)
    assert example.code in {head["code"] for head in problems}
    wrong = any(head["level"] == "error" for head in problems)
    if example.is_table and wrong:
        # What is left of a table is replayed all the same.
        assert found.code in {1, 2}
    else:
        assert found.code == ((1 if needs_check(example) else 2) if wrong else 0)


def heads(text: str) -> list[re.Match[str]]:
    """The first line of every problem in a text."""
    found = []
    for line in text.splitlines():
        if line.startswith(("  | ", "  and line ", "  hint: ")):
            continue
        head = HEAD.fullmatch(line)
        assert head is not None, f"neither a problem, nor its line, nor its cure: {line}"
        found.append(head)
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_every_problem_says_what_to_write_instead(example: Example) -> None:
    lines = example.expected.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if HEAD.fullmatch(line)]
    assert starts
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        assert lines[end - 1].startswith("  hint: "), lines[start]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_problems_stand_in_the_order_of_the_file(example: Example) -> None:
    by_file: dict[str, list[tuple[int, int]]] = {}
    for head in heads(example.expected.read_text(encoding="utf-8")):
        place = int(head["line"] or 0), int(head["column"] or 0)
        by_file.setdefault(head["file"], []).append(place)
    assert by_file
    for places in by_file.values():
        assert places == sorted(places)


def test_messages_are_in_our_own_words() -> None:
    texts = {str(example): example.expected.read_text(encoding="utf-8") for example in EXAMPLES}
    assert [
        (name, words) for name, text in texts.items() for words in NOT_OURS if words in text
    ] == []


def test_every_code_in_the_source_has_an_example_and_no_other() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert set(re.findall(r"\"(UV\d{3})\"", source)) == {example.code for example in EXAMPLES}


VALUES = {
    "UV101/norway-as-a-key": "NO",
    "UV102/in-an-amendment": "id",
    "UV103/anchor-and-alias": "&west",
    "UV104/no-such-day": "2022-02-30",
    "UV105/mapping": "\tyes",
    "UV106/within": "reason",
    "UV107/latin-1": "\ufffdrkiye",
    "UV110/mapping-among-members": "{FRA: yes}",
    "UV110/expectations": "failed",
    "UV111/member-without-vote": "GBR:",
    "UV201/misspelt": "Albanai",
    "UV203/as-a-key": "Korea",
    "UV301/two-votes": "France",
    "UV302/not-in-the-council": "DEU",
    "UV304/too-many": "12-1-3",
    "UV308/sponsor": "MEX",
    "UV313/of-an-amendment": "ordinary",
    "UV314/body": "securty-council",
    "UV407/chances": "{yes: 60%",
    "UV501/amendment": "adopted",
    "UV503/cause": "veto",
}


@pytest.mark.parametrize(("name", "value"), VALUES.items())
def test_line_and_column_point_at_the_value_meant(name: str, value: str) -> None:
    (example,) = [example for example in EXAMPLES if str(example) == name]
    first = heads(example.expected.read_text(encoding="utf-8"))[0]
    line = example.text.split("\n")[int(first["line"]) - 1]
    assert line[int(first["column"]) - 1 :].startswith(value)


COUNCIL = "id: S/2022/155\nbody: security-council\ndate: 2022-02-25\nquestion: substantive\n"
NAMES = "votes: {yes: [Nolland]}\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(f"{COUNCIL}colour: blue\n{NAMES}", "UV106 UV201", id="key and name"),
        pytest.param(f"{COUNCIL}title: [a]\n{NAMES}", "UV110 UV201", id="shape and name"),
        pytest.param(f"{COUNCIL}id: b\ncounts: [\n", "UV102 UV109", id="twice, then no YAML"),
        pytest.param(
            f"{COUNCIL}counts: 1-1\nsponsors: [Nolland]\nexpect: {{verdict: lost, need: x}}\n",
            "UV110 UV201 UV110 UV110",
            id="counts, sponsors and expectations",
        ),
        pytest.param(
            COUNCIL.replace("2022-02-25", "soon").replace("security", "town") + NAMES,
            "UV314 UV104",
            id="body and date",
        ),
        pytest.param(
            f"{COUNCIL}title: a\ntitle: b\n{NAMES}",
            "UV102 UV201",
            id="twice and name",
        ),
        pytest.param(
            f"{COUNCIL}tags: [\n\ta]\n{NAMES}",
            "UV105 UV201",
            id="tab and name",
        ),
        pytest.param(
            f"{COUNCIL}tags: [\n\ta]\ntitle: a\ntitle: b\n",
            "UV105 UV102",
            id="tab before twice",
        ),
        pytest.param(
            f"{COUNCIL}title: a\ntitle:\n  - &x b\n",
            "UV102 UV103",
            id="twice before anchor",
        ),
        pytest.param(
            f"{COUNCIL}title: a\0b\nnotes: c\1\n",
            "UV107 UV107",
            id="two characters",
        ),
        pytest.param(
            COUNCIL.removeprefix("id: S/2022/155\n") + NAMES,
            "UV111 UV201",
            id="missing and name",
        ),
        pytest.param(
            COUNCIL.replace("2022-02-25", "soon") + "counts: 1-1\n",
            "UV104 UV110",
            id="date and counts",
        ),
        pytest.param(
            COUNCIL.replace("security", "town") + NAMES,
            "UV314 UV201",
            id="body and name",
        ),
    ],
)
def test_several_mistakes_are_reported_at_once_in_file_order(text: str, codes: str) -> None:
    report = tally("-", stdin=text.encode())
    assert [diagnostic.problem.code for diagnostic in report.problems] == codes.split()


def test_the_installed_command_says_the_same() -> None:
    (example,) = [example for example in EXAMPLES if str(example) == "UV201/misspelt"]
    command = [sys.executable, "-m", "unvote", "tally", example.name]
    done = subprocess.run(command, cwd=example.folder, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr == example.expected.read_bytes()
