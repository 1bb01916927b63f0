"""Tables of plain text, the same figures as data, and the facts of the machine."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import distributions
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.processes import Runs

LIBRARIES: Final = (
    *("typer", "rich", "pydantic", "pyyaml"),
    *("yamllint", "check-jsonschema", "numpy", "powerindices"),
)


@dataclass(slots=True)
class Table:
    """Figures under a title, with remarks below; all but the first column are figures."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str | float | int, ...]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The table as lines of text."""
        cells = [self.columns, *(tuple(_cell(cell) for cell in row) for row in self.rows)]
        widths = [max(len(row[place]) for row in cells) for place in range(len(self.columns))]
        lines = [self.title, "-" * len(self.title)]
        for row in cells:
            first, *rest = zip(row, widths, strict=True)
            figures = "".join(f"  {cell:>{width}}" for cell, width in rest)
            lines.append(f"{first[0]:<{first[1]}}{figures}".rstrip())
        return "\n".join([*lines, *self.remarks, ""])

    def data(self) -> dict[str, Any]:
        """The table as data."""
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"title": self.title, "rows": rows, "remarks": self.remarks}


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:.{1 if value >= 10 else 2}f}"  # noqa: PLR2004


def runs_table(title: str, runs: Iterable[Runs], base: Runs) -> Table:
    """Whole processes beside one of them."""
    drawn = Table(title, ("command", "median ms", "quartiles", "least", "processor", "times", "MB"))
    for each in runs:
        drawn.rows.append(
            (
                each.command.name,
                median(each.clock),
                each.spread,
                min(each.clock),
                median(each.processor),
                each.ratio(base),
                max(each.memory),
            )
        )
    drawn.remarks.append(
        f"{len(base.clock)} rounds in turn; quartiles: the third less the first; times: beside "
        f"'{base.command.name}', the median over the rounds"
    )
    return drawn


def machine(environment: Path) -> dict[str, Any]:
    """What the figures were measured on; libraries as installed in the environment measured."""
    found = {
        each.metadata["Name"].lower().replace("_", "-"): each.version
        for folder in environment.glob("lib/python*/site-packages")
        for each in distributions(path=[str(folder)])
    }
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "processor": _processor(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "libraries": {name: found[name] for name in LIBRARIES if name in found},
    }


def _processor() -> str:
    """The name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def machine_text(facts: dict[str, Any]) -> str:
    """The facts of the machine in three lines."""
    libraries = ", ".join(f"{name} {version}" for name, version in facts["libraries"].items())
    return (
        f"{facts['python']}, {facts['system']}, {facts['cores']} cores, {facts['processor']}\n"
        f"{libraries}\n"
        f"load {' '.join(str(load) for load in facts['load'])} (with other work on the machine, "
        "trust the ratios and the least figures)\n"
    )
