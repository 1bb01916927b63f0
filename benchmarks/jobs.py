"""Part `jobs`: the same work in one process and in two, from where it is lost to where it pays."""

from pathlib import Path
from typing import Final

from benchmarks.processes import Command, in_turn
from benchmarks.report import Table, runs_table

FEW: Final = 5
STANCES: Final = "resolutions/ukraine-2022/es-11-4-stances.yaml"
VOTE: Final = "resolutions/ukraine-2022/es-11-1.yaml"
MILLIONS: Final = (2, 4, 8, 32)
SWEEPS: Final = (
    ("yes:abstain:0..24", "abstain:no:0..19"),
    ("yes:abstain:0..79", "abstain:no:0..30"),
    ("yes:abstain:0..124", "yes:no:0..79"),
)
"""Of 500, of 2,480 and of nearly 9,000 points: there are 141 votes of yes to be moved."""


def measure(environment: Path, rounds: int) -> list[Table]:
    """Simulations and sweeps of growing size, each in one process and in two."""
    program = str(environment / "bin" / "unvote")
    jobs: dict[str, tuple[str, ...]] = {
        f"{millions} million scenarios": ("odds", STANCES, "--simulate", f"{millions}000000")
        for millions in MILLIONS
    }
    for first, second in SWEEPS:
        words = ("whatif", VOTE, "--sweep", first, "--sweep", second)
        jobs[f"sweep {first} by {second}"] = words
    tables = []
    for title, words in jobs.items():
        alone = Command("one process", (program, *words))
        shared = Command("--jobs 2", (program, *words, "--jobs", "2"))
        runs = in_turn([alone, shared], min(rounds, FEW))
        tables.append(runs_table(title, runs.values(), runs["one process"]))
    return tables
