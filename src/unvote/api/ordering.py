"""The order of voting on a text, or in proceedings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from unvote.api.tallying import open_world
from unvote.diagnostics import Diagnostic, Problem
from unvote.files.judged import wrong_kind
from unvote.files.proceedings import run_proceedings
from unvote.files.resolution import judge_resolution
from unvote.loading.reader import read_bytes, read_file
from unvote.loading.source import Source
from unvote.ordering import Put, order_of, order_of_steps
from unvote.world.world import World

WANTED = "a resolution or proceedings"


@dataclass(frozen=True, slots=True)
class OrderReport:
    """What is put to the vote in its order, each with the reason and the provision."""

    turns: tuple[Put, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def valid(self) -> bool:
        """Whether the file could be read and put in order."""
        return bool(self.turns)


def order(
    file: str | Path,
    *,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
    raw: bytes | None = None,
) -> OrderReport:
    """The order of voting that the rules of the body ask for.

    Of a resolution: the motion for division, the amendments, the parts, the text. Of proceedings:
    the steps, rival texts as they were submitted. `raw` is read in the place of the file's bytes;
    `on` decides as if every vote had been held on that day.
    """
    world = open_world(members, bodies)
    name = str(file)
    source, form = read_file(name, big=big) if raw is None else read_bytes(name, raw, big=big)
    turns, found = _ordered(source, form, world, on)
    problems = tuple(dict.fromkeys([*world.diagnostics, *found]))
    if world.unusable or any(problem.is_error for problem in found):
        return OrderReport((), problems)
    if not turns:
        problem = Problem("UV113", "nothing is put to the vote here", hint=f"give {WANTED}")
        return OrderReport((), (*problems, Diagnostic(name, problem)))
    return OrderReport(turns, problems)


def _ordered(
    source: Source, form: list[Diagnostic], world: World, on: date | None
) -> tuple[tuple[Put, ...], Sequence[Diagnostic]]:
    """The order of what a file holds, and its problems."""
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    if kind == "proceedings":
        ran = run_proceedings(source, form, world, on=on, expect=False)
        return order_of_steps(one.step for one in ran.steps), ran.problems
    if kind not in {None, "resolution"}:
        return (), [*form, *source.diagnose([wrong_kind(source.data, WANTED)])]
    done = judge_resolution(source, form, world, on=on, expect=False)
    return order_of(done.cases), done.problems
