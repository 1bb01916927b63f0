"""Part `page`: the calculator page beside the tally of the same file, and how large it is."""

from pathlib import Path
from typing import Final

from benchmarks.processes import Command, in_turn
from benchmarks.report import Table, runs_table
from benchmarks.startup import ASSEMBLY, VETO

MOST_TIMES: Final = 1.5
MOST_SIZE: Final = 400.0
FILES: Final = {"15 members": VETO, "193 members": ASSEMBLY}


def measure(environment: Path, rounds: int) -> list[Table]:
    """Whole processes, tally and page in turn; the bytes of each page; the targets."""
    unvote = str(environment / "bin" / "unvote")
    commands = [
        Command(f"unvote {what}, {size}", (unvote, what, file))
        for size, file in FILES.items()
        for what in ("tally", "page")
    ]
    runs = in_turn(commands, rounds)
    first = next(iter(runs.values()))
    found = Table("Targets for unvote page", ("target", "at most", "measured", "met"))
    for size, file in FILES.items():
        times = runs[f"unvote page, {size}"].ratio(runs[f"unvote tally, {size}"])
        made = Command("page", (unvote, "page", file)).run_once().stdout
        large = len(made.encode()) / 1000
        for target, most, figure in (
            (f"times unvote tally, {size}", MOST_TIMES, times),
            (f"KB, {size}", MOST_SIZE, large),
        ):
            found.rows.append((target, most, figure, "yes" if figure <= most else "no"))
    return [runs_table("A page beside a tally", runs.values(), first), found]
