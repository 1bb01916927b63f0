"""Runs of the command line, within the tests' own process or as a process of their own."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from unvote.cli.app import app
from unvote.diagnostics import Diagnostic
from unvote.members import Membership
from unvote.resolve.names import NameBook
from unvote.world import registry

ROOT = Path(__file__).parents[1]
HEAD = re.compile(
    r"^(?P<file>[^\n]*?):(?:(?P<line>\d+):(?P<column>\d+):)? (?P<level>error|warning) "
    r"(?P<code>UV\d{3}): (?P<message>.+)$",
    re.MULTILINE,
)
"""The first line of a problem in the text format."""


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def data(self) -> Any:
        """Standard output read as JSON."""
        return json.loads(self.stdout)

    @property
    def heads(self) -> list[re.Match[str]]:
        """The first line of each problem on standard output, in order."""
        return list(HEAD.finditer(self.stdout))

    @property
    def codes(self) -> list[str]:
        """The code of each problem on standard output, in order."""
        return [head["code"] for head in self.heads]

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The line and the code of each problem on standard output, in order."""
        return [(int(head["line"] or 0), head["code"]) for head in self.heads]


@contextmanager
def shipped_data_read_once() -> Iterator[None]:
    """Keep the shipped members between the runs within this process: they never change."""
    read = registry.read_registry
    shipped = cache(read)

    def kept(file: str | None = None) -> tuple[Membership, NameBook, list[Diagnostic]]:
        return read(file) if file else shipped()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "read_registry", kept)
        yield


def quick(*words: str | Path) -> Ended:
    """A run within this process."""
    done = CliRunner().invoke(app, [str(word) for word in words], prog_name="unvote")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ended(done.exit_code, done.stdout, done.stderr)


def run(*words: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Ended:
    """A run of the program as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "unvote", *map(str, words)],
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
        check=False,
        timeout=60,
    )
    ended = Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended
