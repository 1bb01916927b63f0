"""Part `imports`: where the start of `unvote tally` goes, and what each saving is worth."""

import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.processes import ENVIRONMENT, ROOT, Command, in_turn
from benchmarks.report import Table, runs_table
from benchmarks.startup import VETO

LINE: Final = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|( *)(\S+)")
STANDARD: Final = "(standard library)"
START: Final = "import sys; sys.argv = ['unvote', 'tally', '{file}']; "
RUN: Final = "from unvote.cli import main; main()"
KEEP_COLLECTOR: Final = "import gc; gc.disable = lambda: None; "
PLAIN_END: Final = "import os; os._exit = sys.exit; "


def measure(environment: Path, rounds: int) -> list[Table]:
    """Imports by package, and the run with each saving undone."""
    return [_packages(environment, rounds), _savings(environment, rounds)]


def _packages(environment: Path, rounds: int) -> Table:
    """The time of imports by package, from Python's own account of them."""
    own: dict[str, list[float]] = defaultdict(list)
    whole: dict[str, list[float]] = defaultdict(list)
    modules: dict[str, int] = {}
    for _ in range(max(3, rounds // 3)):
        for package, (number, mine, drawn) in _account(environment).items():
            modules[package] = number
            own[package].append(mine)
            whole[package].append(drawn)
    columns = ("package", "modules", "own ms", "with all it draws in")
    table = Table("Imports of unvote tally, one file", columns)
    for package in sorted(own, key=lambda name: -median(own[name])):
        # The standard library draws in nothing but itself.
        total = "" if package == STANDARD else f"{median(whole[package]):.1f}"
        table.rows.append((package, modules[package], median(own[package]), total))
    everything = sum(median(times) for times in own.values())
    table.rows.append(("all", sum(modules.values()), everything, ""))
    table.remarks.append("from python -X importtime, which itself slows imports down")
    return table


def _account(environment: Path) -> dict[str, tuple[int, float, float]]:
    """By package: its modules, their own milliseconds, and those of all they draw in."""
    programs = environment / "bin"
    done = subprocess.run(
        [programs / "python", "-X", "importtime", programs / "unvote", "tally", VETO],
        cwd=ROOT,
        env=ENVIRONMENT,
        check=True,
        capture_output=True,
        text=True,
    )
    folders = environment.glob("lib/python*/site-packages/*")
    installed = frozenset(folder.stem for folder in folders)
    number: dict[str, int] = defaultdict(int)
    own: dict[str, float] = defaultdict(float)
    whole: dict[str, float] = defaultdict(float)
    above: list[tuple[int, str]] = []
    # A module is listed after all it draws in: read backwards, what draws in comes first.
    for match in reversed(list(LINE.finditer(done.stderr))):
        depth, package = len(match[3]), _package(match[4], installed)
        while above and above[-1][0] >= depth:
            above.pop()
        number[package] += 1
        own[package] += int(match[1]) / 1000
        if package not in {name for _, name in above}:
            whole[package] += int(match[2]) / 1000
        above.append((depth, package))
    return {name: (number[name], own[name], whole[name]) for name in own}


def _package(module: str, installed: frozenset[str]) -> str:
    top = module.partition(".")[0]
    return top if top in installed else STANDARD


def _savings(environment: Path, rounds: int) -> Table:
    """The run as it is, and with each saving undone."""
    python = str(environment / "bin" / "python")
    start = START.format(file=VETO)
    with tempfile.TemporaryDirectory() as name:
        bare = f"sys.path.insert(0, {name!r}); "
        _without_snapshot(environment, Path(name))
        commands = [
            Command("as it is", (python, "-c", start + RUN)),
            Command("collector left on", (python, "-c", start + KEEP_COLLECTOR + RUN)),
            Command("ordinary end", (python, "-c", start + PLAIN_END + RUN)),
            Command("both", (python, "-c", start + KEEP_COLLECTOR + PLAIN_END + RUN)),
            Command(
                "pydantic's plug-ins looked for",
                (python, "-c", start + RUN),
                settings={"PYDANTIC_DISABLE_PLUGINS": ""},
            ),
            Command("no snapshot", (python, "-c", start + bare + RUN)),
            Command(
                "no bytecode",
                (python, "-B", "-c", start + RUN),
                settings={"PYTHONPYCACHEPREFIX": str(Path(name, "none"))},
            ),
        ]
        runs = in_turn(commands, rounds)
    return runs_table("Each saving undone", runs.values(), runs["as it is"])


def _without_snapshot(environment: Path, folder: Path) -> None:
    """A copy of the installed program without its snapshot, compiled."""
    (source,) = environment.glob("lib/python*/site-packages/unvote")
    shutil.copytree(source, folder / "unvote", ignore=shutil.ignore_patterns("_snapshot"))
    subprocess.run([environment / "bin" / "python", "-m", "compileall", "-q", folder], check=True)
