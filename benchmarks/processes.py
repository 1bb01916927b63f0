"""Whole processes, timed in turn so that whatever else the machine does falls on all alike."""

import marshal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Final, Self

ROOT: Final = Path(__file__).parents[1]
# Nothing of the user's own settings: a pager, a locale or a PYTHONPATH changes what is measured.
ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"}


@dataclass(frozen=True, slots=True)
class Command:
    """A command line to time; `codes` are the exit codes of a run that went well."""

    name: str
    words: tuple[str, ...]
    codes: tuple[int, ...] = (0,)
    settings: Mapping[str, str] = field(default_factory=dict)

    def run_once(self) -> subprocess.CompletedProcess[str]:
        """Run it untimed and keep what it says."""
        return subprocess.run(
            self.words,
            cwd=ROOT,
            env={**ENVIRONMENT, **self.settings},
            check=False,
            capture_output=True,
            text=True,
        )


@dataclass(slots=True)
class Runs:
    """What the runs of one command took: milliseconds by the clock and of processor, MB."""

    command: Command
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    @property
    def spread(self) -> float:
        """The interquartile range, in milliseconds by the clock."""
        if len(self.clock) < 2:  # noqa: PLR2004 - one run has no quartiles
            return 0.0
        first, _, third = quantiles(self.clock, n=4, method="inclusive")
        return third - first

    def ratio(self, other: "Runs") -> float:
        """How many times as long as the other it took: the median over the rounds."""
        return median(mine / its for mine, its in zip(self.clock, other.clock, strict=True))

    def processor_ratio(self, other: "Runs") -> float:
        """The same in processor time, which other programs disturb less."""
        pairs = zip(self.processor, other.processor, strict=True)
        return median(mine / its for mine, its in pairs)


class Launcher:
    """The small process that starts and times the others."""

    def __enter__(self) -> Self:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(__file__).with_name("launcher.py"))],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Tell it that nothing more comes."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()

    def time(self, command: Command) -> tuple[float, float, float]:
        """One run: milliseconds by the clock and of processor, MB."""
        pipe, answers = self._process.stdin, self._process.stdout
        assert pipe is not None  # noqa: S101 - both were asked for
        assert answers is not None  # noqa: S101
        marshal.dump((list(command.words), {**ENVIRONMENT, **command.settings}), pipe)
        pipe.flush()
        clock, processor, memory, code = marshal.load(answers)  # noqa: S302 - our own child
        if code not in command.codes:
            said = command.run_once()
            raise SystemExit(f"{command.name} ended with {code}:\n{said.stdout}{said.stderr}")
        return clock * 1000, processor * 1000, memory / 1024


def in_turn(commands: Iterable[Command], rounds: int, *, warm: bool = True) -> dict[str, Runs]:
    """Run the commands in turn, each round starting with another one; a first round warms up."""
    order = list(commands)
    runs = {command.name: Runs(command) for command in order}
    with Launcher() as launcher:
        for number in range(rounds + warm):
            start = number % len(order)
            for command in order[start:] + order[:start]:
                clock, processor, memory = launcher.time(command)
                if number >= warm:
                    runs[command.name].clock.append(clock)
                    runs[command.name].processor.append(processor)
                    runs[command.name].memory.append(memory)
    return runs
