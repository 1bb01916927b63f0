"""Part `power`: both indices of the EU Council and of the Security Council, beside `powerindices`.

The peer knows one weight, a quota and a least number of members: two of the three conditions of
the Council of the European Union, and of the Security Council the weighting of textbooks. What both
come to is compared, within the error of its floats.
"""

import json
import subprocess
from fractions import Fraction
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from benchmarks.processes import ROOT, Command, Runs, in_turn
from benchmarks.report import Table, runs_table

HERE: Final = Path(__file__).parent
DAY: Final = "2025-06-01"
# The populations of 2025 as `bodies/eu-council.yaml` has them; 65% of 10001 and 55% of 27.
POPULATIONS: Final = (
    *(1849, 1517, 1323, 1078, 833, 423, 401, 262, 242, 236, 234, 231, 213, 202, 143),
    *(132, 125, 121, 119, 86, 64, 47, 42, 30, 21, 15, 12),
)
QUOTA: Final = -(-65 * sum(POPULATIONS) // 100)
LEAST: Final = 15
BARE: Final = "python -I -c pass"
OURS: Final = "unvote.indices, EU Council"
WHOLE: Final = "unvote power eu-council, as CSV"
PEER: Final = "powerindices, EU Council"
COUNCIL: Final = "unvote.indices, Security Council"
COMMAND: Final = "unvote power security-council, as CSV"
PEER_COUNCIL: Final = "powerindices, Security Council"
FEWEST: Final = 5
Group = dict[str, tuple[float, list[float]]]


def measure(environment: Path, rounds: int) -> list[Table]:
    """Whole processes; the jobs in one process; and how far the target is."""
    _agree(environment)
    runs = in_turn(_commands(environment), rounds)
    found = _jobs(environment, max(rounds, FEWEST))
    processes = runs_table("Power, whole processes", runs.values(), runs[OURS])
    return [processes, *(_table(name, jobs) for name, jobs in found.items()), _targets(runs)]


def _commands(environment: Path) -> list[Command]:
    programs = environment / "bin"
    python = (str(programs / "python"), "-I")
    ours = (*python, str(HERE / "power_ours.py"))
    peer = (*python, str(HERE / "power_peer.py"))
    asked = (str(programs / "unvote"), "power")
    sizes = [str(size) for size in POPULATIONS]
    return [
        Command(BARE, (*python, "-c", "pass")),
        Command(OURS, (*ours, "eu", *sizes)),
        Command(WHOLE, (*asked, "eu-council", "--on", DAY, "--format", "csv")),
        Command(PEER, (*peer, str(QUOTA), str(LEAST), *sizes)),
        Command(COUNCIL, (*ours, "council")),
        Command(COMMAND, (*asked, "security-council", "--on", DAY, "--format", "csv")),
        Command(PEER_COUNCIL, (*peer, "39", "1", *["7"] * 5, *["1"] * 10)),
    ]


def _agree(environment: Path) -> None:
    """Stop where both do not come to the same."""
    said = {each.name: each.run_once().stdout.split() for each in _commands(environment)}
    for ours, peer in ((OURS, PEER), (COUNCIL, PEER_COUNCIL)):
        pairs = zip(said[ours], said[peer], strict=True)
        off = max(abs(float(Fraction(exact)) - float(drawn)) for exact, drawn in pairs)
        if not said[ours] or off > 1e-12:  # noqa: PLR2004 - what floats lose
            raise SystemExit(f"{peer} is off by {off}")


def _jobs(environment: Path, rounds: int) -> dict[str, Group]:
    """The jobs that one process does in turn."""
    words = [str(number) for number in (rounds, QUOTA, LEAST, *POPULATIONS)]
    done = subprocess.run(
        [environment / "bin" / "python", "-I", HERE / "power_work.py", *words],
        check=True,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Group] = json.loads(done.stdout)
    return found


def _table(title: str, jobs: Group) -> Table:
    """Jobs of one process; the first is ours."""
    table = Table(
        f"{title}: one process, loaded", ("job", "processor ms", "quartiles", "times", "is")
    )
    first = next(iter(jobs.values()))[1]
    for name, (came, seconds) in jobs.items():
        low, _, high = quantiles(seconds, n=4, method="inclusive")
        ratio = median(mine / its for mine, its in zip(seconds, first, strict=True))
        row = (median(seconds) * 1000, (high - low) * 1000, ratio)
        table.rows.append((name, *row, f"{came:.6g}"))
    table.remarks.append(f"{len(first)} rounds in turn; times: beside the first, as above")
    return table


def _targets(runs: dict[str, Runs]) -> Table:
    """How many times faster we are to be, and are."""
    table = Table(
        "Target for power: how many times as long powerindices takes",
        ("beside", "at least", "measured", "is"),
    )
    for ours, peer in ((OURS, PEER), (WHOLE, PEER), (COUNCIL, PEER_COUNCIL)):
        least = 10 if peer == PEER else 1
        ratio = runs[peer].ratio(runs[ours])
        table.rows.append((ours, least, ratio, "met" if ratio >= least else "missed"))
    return table
