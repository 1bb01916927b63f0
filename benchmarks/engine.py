"""Part `engine`: deciding many votes in one process, and whole folders beside the checkers."""

import json
import subprocess
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from benchmarks.processes import ROOT, Command, in_turn
from benchmarks.report import Table, runs_table
from benchmarks.startup import ASSEMBLY, SCHEMA

# The bulk records, where they lie beside the checkout; without them roll calls are made up.
RECORDS: Final = ROOT.parent / "shared" / "votes" / "ga_1946-2017.csv.xz"
FILES: Final = 500
FEW: Final = 3


def copies(folder: Path) -> None:
    """Fill a folder with resolution files of 193 names, each with an id of its own."""
    text = (ROOT / ASSEMBLY).read_text(encoding="utf-8")
    for number in range(FILES):
        fresh = text.replace("id: ES-11/1", f"id: ES-11/1 no. {number}", 1)
        (folder / f"{number:03}.yaml").write_text(fresh, encoding="utf-8")


def measure(environment: Path, rounds: int) -> list[Table]:
    """Decisions a second in one process; the folder as whole processes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies(folder)
        return [_decisions(environment, folder), _folder(environment, folder, min(rounds, FEW))]


def _decisions(environment: Path, folder: Path) -> Table:
    """What the engine decides in a second, everything loaded."""
    records = str(RECORDS) if RECORDS.exists() else "-"
    work = Path(__file__).with_name("work.py")
    done = subprocess.run(
        [environment / "bin" / "python", "-I", work, folder, records],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    table = Table("Engine: one process, after loading", ("job", "ms", "quartiles", "a second"))
    for name, (number, seconds) in json.loads(done.stdout).items():
        middle = median(seconds)
        spread = 0.0
        if len(seconds) > 1:
            first, _, third = quantiles(seconds, n=4, method="inclusive")
            spread = third - first
        table.rows.append((name, middle * 1000, spread * 1000, round(number / middle)))
    table.remarks.append("medians of 3 to 7 rounds; every tally is decided once")
    return table


def _folder(environment: Path, folder: Path, rounds: int) -> Table:
    """The folder read by the program and by the checkers, whole processes."""
    programs = environment / "bin"
    files = tuple(str(file) for file in sorted(folder.iterdir()))
    commands = [
        Command(
            "unvote tally --format csv",
            (str(programs / "unvote"), "tally", "--format", "csv", name),
        )
        for name in (str(folder),)
    ]
    commands += [
        Command("unvote tally", (str(programs / "unvote"), "tally", str(folder))),
        Command(
            "check-jsonschema",
            (str(programs / "check-jsonschema"), "--schemafile", SCHEMA, *files),
        ),
        Command("yamllint", (str(programs / "yamllint"), str(folder)), codes=(0, 1)),
    ]
    runs = in_turn(commands, rounds, warm=False)
    title = f"A folder of {FILES} files of 193 names, whole processes"
    return runs_table(title, runs.values(), runs[commands[0].name])
