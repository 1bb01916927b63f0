"""Part `history`: totals and two verdicts of a million rows of votes, beside the usual tools.

Whole processes, reading included: the program as a script and as a command, pandas, polars and
duckdb, and again on ten times the rows. All must count the same verdicts.
"""

import random
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.processes import Command, Runs, in_turn
from benchmarks.report import Table, runs_table

ROWS: Final = 1_000_000
TIMES: Final = 10
HERE: Final = Path(__file__).parent
OURS: Final = "unvote.history, a script"
COMMAND: Final = "unvote history, the command"
PEERS: Final = ("pandas", "polars", "duckdb")
# Numbers of the Correlates of War that stand for one seat today.
_TEXT: Final = (
    "2 20 31 40 41 42 51 52 53 54 55 56 57 58 60 70 80 90 91 92 93 94 95 100 101 110 115 130 "
    "135 140 145 150 155 160 165 200 205 210 211 212 220 221 223 225 230 232 235 255 290 305 "
    "310 316 317 325 331 338 339 341 343 344 346 349 350 352 355 359 360 365 366 367 368 369 "
    "370 371 372 373 375 380 385 390 395 402 403 404 411 420 432 433 434 435 436 437 438 439 "
    "450 451 452 461 471 475 481 482 483 484 490 500 501 510 516 517 520 522 530 531 540 541 "
    "551 552 553 560 565 570 571 572 580 581 590 591 600 615 616 620 625 626 630 640 645 651 "
    "652 660 663 666 670 679 690 692 694 696 698 700 "
)
NUMBERS: Final = tuple(_TEXT.split())


def table(file: Path, rows: int) -> None:
    """A table as Voeten's: sorted by roll call, every member in every one."""
    chance = random.Random(1946)  # noqa: S311 - nothing secret
    written, call = 0, 3
    with file.open("w", encoding="ascii") as stream:
        stream.write("rcid,ccode,session,vote\n")
        while written < rows:
            yes, session = chance.random(), 1 + written * 77 // rows
            weights = yes, (1 - yes) / 2, (1 - yes) / 2, 0.1
            votes = chance.choices("1328", weights, k=len(NUMBERS))
            pairs = zip(NUMBERS, votes, strict=True)
            stream.writelines(f"{call},{number},{session},{vote}\n" for number, vote in pairs)
            written, call = written + len(NUMBERS), call + 1


def measure(environment: Path, rounds: int) -> list[Table]:
    """The processes beside each other, and how far the targets are."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "votes.csv", Path(folder) / "more.csv"
        table(small, ROWS)
        table(large, ROWS * TIMES)
        runs = in_turn(_commands(environment, small), rounds)
        more = in_turn(_commands(environment, large), max(rounds // 3, 1))
    tables = [
        runs_table(f"{rows:,} rows of votes, whole processes", found.values(), found[OURS])
        for rows, found in ((ROWS, runs), (ROWS * TIMES, more))
    ]
    return [*tables, _targets(runs, more)]


def _commands(environment: Path, file: Path) -> list[Command]:
    """Everything that counts the votes of a file; all must come to the same."""
    programs = environment / "bin"
    python = (str(programs / "python"), "-I")
    ours, peers = str(HERE / "history_ours.py"), str(HERE / "history_peers.py")
    counting = [
        Command(OURS, (*python, ours, str(file))),
        *(Command(name, (*python, peers, name, str(file))) for name in PEERS),
    ]
    counted = {each.name: each.run_once().stdout.split() for each in counting}
    if len({tuple(said) for said in counted.values()}) != 1:
        raise SystemExit(f"they do not count the same: {counted}")
    return [
        Command("python -I -c pass", (*python, "-c", "pass")),
        *counting,
        Command(COMMAND, (str(programs / "unvote"), "history", str(file), "-q")),
    ]


def _targets(runs: dict[str, Runs], more: dict[str, Runs]) -> Table:
    """The ratios aimed at, and those reached; on more rows as well, where nothing is aimed at."""
    rows: list[tuple[str | float, ...]] = []
    for name, wanted in (("polars", "3"), ("duckdb", "3"), ("pandas", "5")):
        ratios = [
            f"{found[name].ratio(found[each]):.1f}"
            for found, each in ((runs, OURS), (runs, COMMAND), (more, OURS))
        ]
        processor = f"{runs[name].processor_ratio(runs[OURS]):.1f}"
        rows.append((f"times as long as the script: {name}", wanted, *ratios, processor))
    memory = [f"{median(found.memory):.0f}" for found in (runs[OURS], runs[COMMAND], more[OURS])]
    rows.append(("memory, MB", "60", *memory, ""))
    growth = median(more[OURS].clock) / median(runs[OURS].clock)
    rows.append((f"{TIMES} times the rows, times as long", str(TIMES), "", "", f"{growth:.1f}", ""))
    large = median(more[OURS].memory) / median(runs[OURS].memory)
    rows.append(
        (f"{TIMES} times the rows, times the memory", str(TIMES), "", "", f"{large:.1f}", "")
    )
    head = ("What", "Aim", "Script", "Command", f"{TIMES} times the rows", "Processor time")
    return Table("History: what was aimed at", head, tuple(rows))
