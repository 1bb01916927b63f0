"""Part `pictures`: drawing and reporting the Assembly as whole processes, beside its tally."""

from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.processes import Command, Runs, in_turn
from benchmarks.report import Table, runs_table

ASSEMBLY: Final = "resolutions/ukraine-2022/es-11-4.yaml"
TALLY: Final = "unvote tally"
MOST: Final = 1.5
"""Times as long as the tally that a picture or a report may take."""


def commands(environment: Path) -> list[Command]:
    """What is timed: the tally of a vote of 193 members, its pictures and its reports."""
    unvote = str(environment / "bin" / "unvote")
    return [
        Command(TALLY, (unvote, "tally", ASSEMBLY)),
        *(
            Command(f"unvote draw --as {kind}", (unvote, "draw", ASSEMBLY, "--as", kind))
            for kind in ("board", "bar", "map", "grid")
        ),
        *(
            Command(f"unvote report as {form}", (unvote, "report", ASSEMBLY, "--format", form))
            for form in ("markdown", "html", "text")
        ),
    ]


def measure(environment: Path, rounds: int) -> list[Table]:
    """Every command beside the tally, and how far the targets are."""
    runs = in_turn(commands(environment), rounds)
    tally = runs[TALLY]
    table = runs_table("Pictures and reports of 193 members", runs.values(), tally)
    found = Table("Targets beside unvote tally", ("target", "at most", "measured", "over by"))
    for name, each in runs.items():
        if each is not tally:
            found.rows.append((name, MOST, each.ratio(tally), _missed(each, tally)))
    return [table, found]


def _missed(runs: Runs, tally: Runs) -> str:
    over = median(runs.clock) - MOST * median(tally.clock)
    return f"{over:.0f} ms" if runs.ratio(tally) > MOST else "met"
