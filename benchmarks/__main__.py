"""Run the benchmarks and print their tables: `make bench`, or `python -m benchmarks PART...`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from benchmarks import check, engine, history, imports, jobs, odds, startup
from benchmarks.processes import ROOT
from benchmarks.report import Table, machine, machine_text

PARTS: Final[dict[str, Callable[[Path, int], list[Table]]]] = {
    "startup": startup.measure,
    "engine": engine.measure,
    "imports": imports.measure,
    "check": check.measure,
    "odds": odds.measure,
    "jobs": jobs.measure,
    "history": history.measure,
}
"""Every part: its tables, from the environment measured and the number of rounds."""


def main(
    parts: Annotated[
        list[str] | None, typer.Argument(metavar="PART...", help=f"Of {', '.join(PARTS)}.")
    ] = None,
    environment: Annotated[
        Path, typer.Option(help="Where the wheel and its peers are installed.")
    ] = ROOT / ".venv-bench",
    rounds: Annotated[int, typer.Option(min=2, help="How often each command is run.")] = 15,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the figures as JSON too.")
    ] = None,
) -> None:
    """Measure the parts named, by default all."""
    wanted = parts or list(PARTS)
    for part in wanted:
        if part not in PARTS:
            raise typer.BadParameter(f"'{part}' is no part; there are {', '.join(PARTS)}")
    if not (environment / "bin" / "unvote").exists():
        raise typer.BadParameter(f"{environment} holds no unvote; `make bench` installs it")
    facts = machine(environment)
    typer.echo(machine_text(facts))
    figures: dict[str, Any] = {"machine": facts, "parts": {}}
    for part in wanted:
        tables = PARTS[part](environment.absolute(), rounds)
        figures["parts"][part] = [table.data() for table in tables]
        for table in tables:
            typer.echo(table.text())
    if output is not None:
        output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
