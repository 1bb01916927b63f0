"""What if: a vote with members set, moved or dropped, or as scenario files have it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from unvote.api.tallying import open_world
from unvote.diagnostics import Diagnostic, Problem
from unvote.files.scenario import Scenario, open_scenario, unexpected
from unvote.files.vote import judge_vote
from unvote.loading.reader import read_bytes, read_file
from unvote.loading.source import Source
from unvote.prospects import prospects
from unvote.resolve.attendance import Setting
from unvote.resolve.scenario import (
    drop_said,
    move_said,
    out_of_bounds,
    set_said,
    sweep_said,
    too_many,
)
from unvote.resolve.words import Read
from unvote.rollcall import RollCall
from unvote.rulings import Ruling, rule_on
from unvote.scenarios import Change, Sweep, changed, supposed
from unvote.suppositions import Supposition, WhatIf, supposition
from unvote.world.world import World


@dataclass(frozen=True, slots=True)
class Words:
    """Changes in the words of the command line, and the sweeps that follow them."""

    sets: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    sweeps: tuple[str, ...] = ()

    @property
    def changing(self) -> bool:
        """Whether they change or sweep anything."""
        return bool(self.sets or self.drops or self.moves or self.sweeps)


@dataclass(slots=True)
class _Start:
    """The vote to begin with, and the scenario it was read from, if it was."""

    before: Ruling | None
    problems: list[Diagnostic]
    scenario: Scenario | None = None
    changes: tuple[Change, ...] = field(default=())


def whatif(
    file: str | Path,
    *,
    sets: Sequence[str] = (),
    moves: Sequence[str] = (),
    drops: Sequence[str] = (),
    scenarios: Sequence[str | Path] = (),
    sweeps: Sequence[str] = (),
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
    raw: bytes | None = None,
) -> WhatIf:
    """Decide a vote as it is and as it would be.

    Changes are given in the words of the command line: `sets=["IND=yes", "EU=abstain"]`,
    `drops=["VEN"]`, `moves=["abstain:no:23"]`, `sweeps=["abstain:no:0..58"]` (one or two). They are
    made in this order, sets first: a member is to be known by name before a number of members
    moves, whoever they are. If the file is a scenario, its own changes come before them, and its
    sweep is run unless another one is asked for. `scenarios` are files whose changes are made to
    this vote whatever their own base is; each is a result of its own. `raw` is read in the place of
    the file's bytes. Mistakes are problems of the answer, never exceptions.
    """
    world = open_world(members, bodies)
    start = _start(str(file), world, on, big=big, raw=raw)
    words = Words(tuple(sets), tuple(drops), tuple(moves), tuple(sweeps))
    results: list[Supposition] = []
    problems = start.problems
    if start.before is not None:
        names: list[str | None] = [str(path) for path in scenarios]
        for name in names or [None]:
            result, found = _supposed(start, start.before, words, name, world, big=big)
            problems += [problem for problem in found if problem not in problems]
            results += [result] if result else []
    every = tuple(dict.fromkeys([*world.diagnostics, *problems]))
    answer = WhatIf(start.before, None, tuple(results), every)
    if start.before is None or not answer.valid:
        return WhatIf(None, None, (), every)
    return WhatIf(start.before, prospects(start.before.case), tuple(results), every)


def _start(file: str, world: World, on: date | None, *, big: bool, raw: bytes | None) -> _Start:
    """The vote a file holds; of a scenario that of its base, with its changes."""
    source, form = read_file(file, big=big) if raw is None else read_bytes(file, raw, big=big)
    if isinstance(source.data, dict) and source.data.get("kind") == "scenario":
        scenario = open_scenario(source, form, world, on=on)
        before = scenario.base if scenario.usable else None
        return _Start(before, list(scenario.problems), scenario, scenario.changes)
    done = judge_vote(source, form, world, on=on)
    problems = list(done.problems)
    if any(problem.is_error for problem in problems):
        return _Start(None, problems)
    if not done.results or done.results[-1].case.roll is None:
        problem = Problem("UV408", "its votes are not known, neither by name nor by number")
        return _Start(None, [*problems, Diagnostic(file, problem)])
    return _Start(done.results[-1], problems)


def _supposed(
    start: _Start, before: Ruling, words: Words, file: str | None, world: World, *, big: bool
) -> tuple[Supposition | None, list[Diagnostic]]:
    """What the changes of a scenario (if one is named), then those in words, make of a vote."""
    problems: list[Diagnostic] = []
    changes, scenario = list(start.changes), start.scenario
    if file is not None:
        base = rule_on(supposed(before.case, changes)[0])
        source, form = world.read(file, big=big)
        scenario = open_scenario(source, form, world, base=base)
        problems += scenario.problems
        changes += scenario.changes
    roll = supposed(before.case, changes)[0].roll
    if roll is None or any(problem.is_error for problem in problems):
        return None, problems
    setting = Setting(before.case.body, before.case.day, world.names)
    said, wrong = _said(words, setting, roll)
    changes += said
    roll = changed(roll, said)
    sweeps = _sweeps(words, roll, wrong)
    if not words.sweeps and scenario is not None:
        sweeps, more = _still_fitting(scenario.sweeps, scenario.source, roll)
        wrong += more
    if any(problem.is_error for problem in wrong):
        return None, [*problems, *wrong]
    problems += wrong
    result = supposition(before, changes, sweeps, _name(scenario, file))
    if file is None and scenario is not None and not words.changing:
        problems += _unmet(scenario, result)
    return result, problems


def _name(scenario: Scenario | None, file: str | None) -> str:
    """What a supposition is called: the title of its scenario, or its file."""
    title = scenario.document.title if scenario and scenario.document else None
    return title or file or (scenario.source.file if scenario else "")


def _unmet(scenario: Scenario, result: Supposition) -> list[Diagnostic]:
    """Where what the scenario file expects has not come out."""
    return scenario.source.diagnose(unexpected(scenario, result.after, result.points))


def _said(words: Words, setting: Setting, roll: RollCall) -> tuple[list[Change], list[Diagnostic]]:
    """The changes said in words, in their order, each of which the roll call allows."""
    changes: list[Change] = []
    problems: list[Diagnostic] = []
    readers: list[tuple[str, Sequence[str], Callable[[str, RollCall], Read[Change]]]] = [
        ("--set", words.sets, lambda text, roll: set_said(text, setting, roll)),
        ("--drop", words.drops, lambda text, roll: drop_said(text, setting, roll)),
        ("--move", words.moves, move_said),
    ]
    for option, texts, read in readers:
        for text in texts:
            change, found = read(text, roll)
            problems += _told(option, text, found)
            if change is not None:
                changes.append(change)
                roll = changed(roll, (change,))
    return changes, problems


def _told(option: str, text: str, problems: Iterable[Problem]) -> list[Diagnostic]:
    """Problems of a word on the command line, the option and the word as their place."""
    return [Diagnostic(f"{option} {text}", problem) for problem in problems]


def _sweeps(words: Words, roll: RollCall, problems: list[Diagnostic]) -> tuple[Sweep, ...]:
    """The sweeps said in words, one or two, within bounds."""
    sweeps: list[Sweep] = []
    for text in words.sweeps:
        sweep, found = sweep_said(text, roll)
        problems += _told("--sweep", text, found)
        sweeps += [sweep] if sweep else []
    if len(sweeps) == len(words.sweeps):
        problems += _told("--sweep", ", ".join(words.sweeps), out_of_bounds(sweeps))
    return tuple(sweeps)


def _still_fitting(
    sweeps: Iterable[Sweep], source: Source, roll: RollCall
) -> tuple[tuple[Sweep, ...], list[Diagnostic]]:
    """The sweeps of a scenario, of which further changes may have left too few members."""
    every = tuple(sweeps)
    problems = [
        problem.under("sweep")
        for sweep in every
        for problem in too_many(sweep.last, sweep.source, roll)
    ]
    return every, source.diagnose(problems)
