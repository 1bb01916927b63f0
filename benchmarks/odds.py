"""Part `odds`: odds, dependent simulation and sweep of one vote, beside the same with numpy.

What the jobs come to is compared as well: the exact odds with numpy's within the error of its
floats, the drawn ones within their noise, the sweeps to the last assignment.
"""

import json
import subprocess
from fractions import Fraction
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from benchmarks.processes import ROOT, Command, Runs, in_turn
from benchmarks.report import Table, runs_table

HERE: Final = Path(__file__).parent
STANCES: Final = "resolutions/ukraine-2022/es-11-4-stances.yaml"
# 193 members by their weights of yes, no and abstain: the words of confidence on all three sides,
# and 30 undecided, so that two-thirds of those voting is an open question.
ALONE: Final = (
    *("55x1:97,0,3", "25x1:90,0,10", "15x1:75,0,25"),
    *("22x1:0,97,3", "14x1:0,90,10", "4x1:0,75,25"),
    *("14x1:5,5,90", "9x1:1,1,6", "5x1:3,3,194", "30x1:1,1,1"),
)
# The same members where 80 of them follow 20 others: blocs of up to nine.
TOGETHER: Final = (
    *("37x1:97,0,3", "2x9:97,0,3", "10x1:90,0,10", "3x5:90,0,10", "6x1:75,0,25", "3x3:75,0,25"),
    *("10x1:0,97,3", "3x4:0,97,3", "5x1:0,90,10", "3x3:0,90,10", "4x1:0,75,25"),
    *("14x1:5,5,90", "3x3:1,1,6", "5x1:3,3,194", "12x1:1,1,1", "3x6:1,1,1"),
)
BARE: Final = "python -I -c pass"
OURS: Final = "unvote.chances.odds_of"
HAND: Final = "by hand with unvote.polynomials"
WHOLE: Final = "unvote odds, a file of stances"
CONVOLUTION: Final = "numpy, convolution"
DRAWS: Final = "numpy, a million draws in float32"
SMALL: Final = "numpy, a million draws in uint16"
FEWEST: Final = 5
Group = dict[str, tuple[float, list[float]]]


def measure(environment: Path, rounds: int) -> list[Table]:
    """Whole processes; the jobs in one process; and how far the targets are."""
    _agree(environment)
    runs = in_turn(_commands(environment), rounds)
    found = _jobs(environment, max(rounds, FEWEST))
    _check(found)
    processes = runs_table("Odds of 193 members, whole processes", runs.values(), runs[OURS])
    return [
        processes,
        *(_table(name, jobs) for name, jobs in found.items()),
        _targets(runs, found),
    ]


def _commands(environment: Path) -> list[Command]:
    programs = environment / "bin"
    python = (str(programs / "python"), "-I")
    peer = (*python, str(HERE / "odds_numpy.py"))
    return [
        Command(BARE, (*python, "-c", "pass")),
        Command(HAND, (*python, str(HERE / "odds_by_hand.py"), *ALONE)),
        Command(OURS, (*python, str(HERE / "odds_ours.py"), *ALONE)),
        Command(WHOLE, (str(programs / "unvote"), "odds", STANCES, "--format", "json")),
        Command("python -I -c 'import numpy'", (*python, "-c", "import numpy")),
        Command(CONVOLUTION, (*peer, "convolution", *ALONE)),
        Command(SMALL, (*peer, "small-draws", *ALONE)),
        Command(DRAWS, (*peer, "draws", *ALONE)),
    ]


def _agree(environment: Path) -> None:
    """Stop where the scripts do not come to the same."""
    said = {command.name: command.run_once().stdout.split() for command in _commands(environment)}
    exact = Fraction(said[OURS][0])
    have, total = (int(number, 16) for number in said[HAND])
    if Fraction(have, total) != exact:
        raise SystemExit(f"by hand the odds are {have / total}, by the rule {float(exact)}")
    for name, most in ((CONVOLUTION, 1e-12), (SMALL, 0.003), (DRAWS, 0.003)):
        if abs(float(said[name][0]) - exact) > most:
            raise SystemExit(f"{name} comes to {said[name][0]}, the odds are {float(exact)}")


def _jobs(environment: Path, rounds: int) -> dict[str, Group]:
    """The jobs that one process does in turn."""
    words = [str(rounds), *ALONE, "--", *TOGETHER]
    done = subprocess.run(
        [environment / "bin" / "python", "-I", HERE / "odds_work.py", *words],
        check=True,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Group] = json.loads(done.stdout)
    return found


def _check(found: dict[str, Group]) -> None:
    """Stop where jobs that are to come to the same do not."""
    exact, convolved = (came for came, _ in list(found["odds"].values())[:2])
    *drawn, certain = (came for came, _ in found["simulation"].values())
    if (
        abs(exact - convolved) > 1e-12  # noqa: PLR2004 - what floats lose
        or any(abs(share - certain) > 0.003 for share in drawn)  # noqa: PLR2004 - six times the noise
        or len({came for came, _ in found["sweep"].values()}) > 1
    ):
        raise SystemExit(f"the jobs do not agree: {_results(found)}")


def _results(found: dict[str, Group]) -> dict[str, Any]:
    return {name: came for jobs in found.values() for name, (came, _) in jobs.items()}


def _table(title: str, jobs: Group) -> Table:
    """Jobs of one process; the first is ours."""
    table = Table(
        f"{title}: one process, loaded", ("job", "processor ms", "quartiles", "times", "is")
    )
    first = next(iter(jobs.values()))[1]
    for name, (came, seconds) in jobs.items():
        low, _, high = quantiles(seconds, n=4, method="inclusive")
        row = (median(seconds) * 1000, (high - low) * 1000, _ratio(seconds, first))
        table.rows.append((name, *row, f"{came:.6g}"))
    table.remarks.append(f"{len(first)} rounds in turn; times: beside the first, as above")
    return table


def _ratio(seconds: list[float], other: list[float]) -> float:
    return median(mine / its for mine, its in zip(seconds, other, strict=True))


def _targets(runs: dict[str, Runs], found: dict[str, Group]) -> Table:
    """How many times faster we are to be, and are."""
    table = Table(
        "Targets for odds: how many times as long numpy takes",
        ("numpy", "at least", "measured", "is"),
    )
    alone, together, sweep = (
        [seconds for _, seconds in found[name].values()] for name in ("odds", "simulation", "sweep")
    )
    rows = [
        ("convolution, by odds_of", 5, runs[CONVOLUTION].ratio(runs[OURS])),
        ("convolution, by hand", 5, runs[CONVOLUTION].ratio(runs[HAND])),
        ("a million draws in float32, by odds_of", 40, runs[DRAWS].ratio(runs[OURS])),
        ("a million draws in float32, by hand", 40, runs[DRAWS].ratio(runs[HAND])),
        ("a million draws in uint16, by hand", 40, runs[SMALL].ratio(runs[HAND])),
        ("dependent simulation, uint16", 2, _ratio(together[1], together[0])),
        ("dependent simulation, float32", 4, _ratio(together[2], together[0])),
        ("sweep, every assignment a row", 10, _ratio(sweep[3], sweep[0])),
        ("sweep, margins only", 10, _ratio(sweep[2], sweep[0])),
        ("sweep, margins only, by hand", 10, _ratio(sweep[2], sweep[1])),
        ("odds_of in under 20 ms: 20 over its ms", 1, 0.020 / median(alone[0])),
    ]
    for name, least, ratio in rows:
        table.rows.append((name, least, ratio, "met" if ratio >= least else "missed"))
    return table
