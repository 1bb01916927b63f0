"""Open one file that holds a vote: a resolution, stances on one, or a scenario on either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from unvote.diagnostics import Diagnostic, Problem
from unvote.files.proceedings import run_proceedings
from unvote.files.scenario import run_scenario
from unvote.files.vote import judge_vote
from unvote.loading.reader import read_bytes, read_file
from unvote.loading.source import Source
from unvote.proceedings import Step
from unvote.resolve.attendance import Setting, not_seated
from unvote.resolve.names import Names
from unvote.resolve.votes import seat
from unvote.resolve.words import maybe, whole_of
from unvote.rollcall import RollCall
from unvote.rulings import Ruling
from unvote.world.world import World


@dataclass(frozen=True, slots=True)
class Opened:
    """The vote that a file holds (the text itself, not its amendments), and all problems."""

    ruling: Ruling | None
    problems: tuple[Diagnostic, ...]

    @property
    def valid(self) -> bool:
        """Whether the file could be read and decided."""
        return self.ruling is not None and not any(problem.is_error for problem in self.problems)


def open_vote(
    file: str | Path,
    world: World,
    *,
    on: date | None = None,
    big: bool = False,
    raw: bytes | None = None,
) -> Opened:
    """Open a file and decide its vote; of a scenario, the vote as it comes out after its changes.

    `raw` is read in the place of the file's bytes (standard input, another version), the file's
    name then only says where its paths begin. Votes that are known neither by name nor by number
    cannot be opened (UV408). A question that is not declared although it matters (UV310) is told,
    but stops nothing: the answer is then given under each. `on` decides as if the vote had been
    held on that day.
    """
    name = str(file)
    source, form = read_file(name, big=big) if raw is None else read_bytes(name, raw, big=big)
    ruling, found = _decided(source, form, world, on)
    problems = tuple(dict.fromkeys([*world.diagnostics, *found]))
    if world.unusable or any(stops(problem) for problem in found):
        return Opened(None, problems)
    if ruling is None or ruling.case.roll is None:
        problem = Problem("UV408", "its votes are not known, neither by name nor by number")
        return Opened(None, (*problems, Diagnostic(name, problem)))
    return Opened(ruling, problems)


def stops(problem: Diagnostic) -> bool:
    """Whether nothing can be said of a vote because of a problem; one of its question is told."""
    return problem.is_error and problem.problem.code != "UV310"


@dataclass(frozen=True, slots=True)
class OpenedChain:
    """The steps of proceedings, or one text with its amendments as a step, and all problems."""

    title: str
    steps: tuple[Step, ...]
    problems: tuple[Diagnostic, ...]


def open_chain(
    file: str | Path,
    world: World,
    *,
    on: date | None = None,
    big: bool = False,
    raw: bytes | None = None,
) -> OpenedChain | None:
    """Open proceedings, or a text whose amendments are still to be voted on; nothing for others."""
    name = str(file)
    source, form = read_file(name, big=big) if raw is None else read_bytes(name, raw, big=big)
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    if kind == "proceedings":
        run = run_proceedings(source, form, world, on=on)
        problems = tuple(dict.fromkeys([*world.diagnostics, *run.problems]))
        return OpenedChain(run.title, tuple(taken.step for taken in run.steps), problems)
    if kind not in {None, "resolution"} or not isinstance(source.data, dict):
        return None
    if not source.data.get("amendments") and not source.data.get("parts"):
        return None
    done = judge_vote(source, form, world, on=on)
    if not any(ruling.case.forecast for ruling in done.results[:-1]):
        return None
    problems = tuple(dict.fromkeys([*world.diagnostics, *done.problems]))
    text = done.results[-1].case
    return OpenedChain(text.title, (Step(text.id, tuple(done.results)),), problems)


def _decided(
    source: Source, form: list[Diagnostic], world: World, on: date | None
) -> tuple[Ruling | None, Sequence[Diagnostic]]:
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    if kind == "scenario":
        run = run_scenario(source, form, world, on=on, expect=False)
        return run.supposed, run.problems
    done = judge_vote(source, form, world, on=on)
    return (done.results[-1] if done.results else None), done.problems


def costs_from(
    costs: Mapping[str, int | str], names: Names, ruling: Ruling
) -> tuple[dict[str, int], list[Diagnostic]]:
    """Costs by code, each a whole number from 1 up, of members that have a vote (UV201, UV302)."""
    found: dict[str, int] = {}
    wrong: list[Diagnostic] = []
    setting = Setting(ruling.case.body, ruling.case.day, names)
    for word, text in costs.items():
        problems: list[Problem] = []
        code = seat(word, names, ruling.case.day, (), problems)
        cost = maybe(problems, whole_of(str(text)))
        if cost == 0:
            hint = "write a whole number from 1 up"
            problems.append(Problem("UV110", "a call costs something", hint=hint))
        if code is not None and ruling.case.roll is not None:
            problems += _no_vote(code, ruling.case.roll, setting)
        if code in found:
            message = f"the cost of {code} is said twice"
            problems.append(Problem("UV301", message, hint="keep one of the two"))
        wrong += [Diagnostic(f"--cost {word}={text}", problem) for problem in problems]
        if code is not None and cost:
            found[code] = cost
    return found, wrong


def _no_vote(code: str, roll: RollCall, setting: Setting) -> list[Problem]:
    """That a member does not sit here, or has no vote by name (UV302)."""
    if code in roll.named:
        return []
    if code not in (roll.composition.members or {code}):
        return [not_seated(code, setting)]
    message = f"{code} has no vote by name in this roll call"
    return [Problem("UV302", message, hint="take it out")]
