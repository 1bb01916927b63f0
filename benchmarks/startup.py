"""Part `startup`: whole processes from the installed wheel, beside the checkers of YAML files."""

from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.processes import ROOT, Command, Runs, in_turn
from benchmarks.report import Table, runs_table

VETO: Final = "resolutions/ukraine-2022/s-2022-155.yaml"
ASSEMBLY: Final = "resolutions/ukraine-2022/es-11-1.yaml"
SCHEMA: Final = "benchmarks/resolution.schema.json"

TALLY: Final = "unvote tally"
YAMLLINT: Final = "yamllint"
CHECK: Final = "check-jsonschema"
MOST_YAMLLINT: Final = 1.5
MOST_CHECK: Final = 0.6
MOST_MEMORY: Final = 45.0


def commands(environment: Path) -> list[Command]:
    """What is timed: the program, bare Python, and the same file through two checkers."""
    programs = environment / "bin"
    unvote = str(programs / "unvote")
    return [
        Command("python -I -c pass", (str(programs / "python"), "-I", "-c", "pass")),
        # Its remarks on the style of the file make it end with 1; it does the same work.
        Command(YAMLLINT, (str(programs / "yamllint"), VETO), codes=(0, 1)),
        Command(CHECK, (str(programs / "check-jsonschema"), "--schemafile", SCHEMA, VETO)),
        Command(TALLY, (unvote, "tally", VETO)),
        Command("unvote tally, 193 names", (unvote, "tally", ASSEMBLY)),
        Command("unvote tally resolutions/", (unvote, "tally", "resolutions")),
        Command("unvote explain", (unvote, "explain", VETO)),
        Command("unvote tally --format json", (unvote, "tally", "--format", "json", VETO)),
        Command("unvote --version", (unvote, "--version")),
    ]


def measure(environment: Path, rounds: int) -> list[Table]:
    """The start-up of every command, and how far the targets are."""
    runs = in_turn(commands(environment), rounds)
    first = next(iter(runs.values()))
    files = sum(1 for _ in (ROOT / "resolutions").rglob("*.yaml"))
    table = runs_table(f"Start-up: one file, a folder of {files}", runs.values(), first)
    return [table, _targets(runs)]


def _targets(runs: dict[str, Runs]) -> Table:
    """The targets of `unvote tally` on one file."""
    tally = runs[TALLY]
    found = Table(
        "Targets for unvote tally, one file", ("target", "at most", "measured", "over by")
    )
    for name, most in ((YAMLLINT, MOST_YAMLLINT), (CHECK, MOST_CHECK)):
        peer = runs[name]
        over = median(tally.clock) - most * median(peer.clock)
        for what, ratio in (
            (f"times {name}", tally.ratio(peer)),
            (f"times {name}, processor", tally.processor_ratio(peer)),
        ):
            found.rows.append((what, most, ratio, _missed(ratio > most, over, "ms")))
    memory = max(tally.memory)
    over = memory - MOST_MEMORY
    found.rows.append(("memory, MB", MOST_MEMORY, memory, _missed(over > 0, over, "MB")))
    return found


def _missed(missed: bool, over: float, unit: str) -> str:  # noqa: FBT001 - the only thing it says
    return f"{over:.0f} {unit}" if missed else "met"
