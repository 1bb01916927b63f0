"""What if: a vote with members set, moved or dropped, or as scenario files have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from unvote.api.opening import stops
from unvote.api.said import Words, changes_said, sweeps_said, told
from unvote.api.sequel import whatif_of_steps
from unvote.api.tallying import open_world
from unvote.cases import Case
from unvote.chains import text_odds
from unvote.chances import Odds
from unvote.diagnostics import Diagnostic, Problem
from unvote.files.scenario import Scenario, open_scenario, unexpected
from unvote.files.vote import judge_vote
from unvote.loading.reader import read_bytes, read_file
from unvote.loading.source import Source
from unvote.prospects import prospects
from unvote.resolve.attendance import setting_of
from unvote.resolve.scenario import amended_said, too_many
from unvote.rollcall import RollCall
from unvote.rulings import Ruling, rule_on
from unvote.scenarios import Change, Sweep, changed, supposed
from unvote.suppositions import Amended, Supposition, WhatIf, is_test, supposition
from unvote.texts import rule_on_text
from unvote.vocabulary import Verdict
from unvote.work import IN_FLIGHT, Executor, Workers, workers_of
from unvote.world.world import World

AMENDED: Final = "of one text, suppose amendments with --amended"


@dataclass(slots=True)
class _Start:
    """The vote to begin with, and the scenario it was read from, if it was."""

    before: Ruling | None
    problems: list[Diagnostic]
    scenario: Scenario | None = None
    changes: tuple[Change, ...] = field(default=())
    cases: tuple[Case, ...] = ()
    amended: tuple[Amended, Ruling] | None = None

    @property
    def ruling(self) -> Ruling | None:
        """What the changes are made to: the vote with the amendments that are supposed."""
        return self.amended[1] if self.amended else self.before


def whatif(
    file: str | Path,
    *,
    sets: Sequence[str] = (),
    moves: Sequence[str] = (),
    drops: Sequence[str] = (),
    scenarios: Sequence[str | Path] = (),
    sweeps: Sequence[str] = (),
    amended: Sequence[str] | None = None,
    results: Sequence[str] = (),
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    executor: Executor | None = None,
    in_flight: int = IN_FLIGHT,
    big: bool = False,
    raw: bytes | None = None,
) -> WhatIf:
    """Decide a vote as it is and as it would be.

    Changes are given in the words of the command line: `sets=["IND=yes", "EU=abstain"]`,
    `drops=["VEN"]`, `moves=["abstain:no:23"]`, `sweeps=["abstain:no:0..58"]` (one or two). They are
    made in this order, sets first: a member is to be known by name before a number of members
    moves, whoever they are. If the file is a scenario, its own changes come before them, and its
    sweep is run unless another one is asked for. `scenarios` are files whose changes are made to
    this vote whatever their own base is; each is a result of its own. `amended` are the amendments
    of the text that are adopted, the others are not (`()`: none is); they come before all changes.

    Of proceedings every vote is a result. The words then begin with the step, or with the step and
    an amendment: `sets=["council/RUS=abstain"]`, `results=["call=adopted"]`. `raw` is read in the
    place of the file's bytes. Mistakes are problems of the answer, never exceptions.

    The points of a sweep are decided by the workers of an `executor` if one is given, `in_flight`
    stretches of 250 at a time; a worker that dies raises `WorkLost`.
    """
    world = open_world(members, bodies)
    name = str(file)
    source, form = read_file(name, big=big) if raw is None else read_bytes(name, raw, big=big)
    words = Words(tuple(sets), tuple(drops), tuple(moves), tuple(sweeps))
    if isinstance(source.data, dict) and source.data.get("kind") == "proceedings":
        beside = {"--scenario": scenarios, "--sweep": sweeps, "--amended": _words_of(amended)}
        return whatif_of_steps(source, form, world, words, results, beside, on=on)
    start = _start(source, form, world, on)
    if amended is not None and start.before is not None:
        start = _amended(start, amended, world)
    found: list[Supposition] = []
    problems = start.problems
    workers = workers_of(executor, in_flight)
    for text in results:
        problem = Problem("UV110", "only a step of proceedings can be given a result", hint=AMENDED)
        problems += told("--result", text, [problem])
    if start.before is not None:
        names: list[str | None] = [str(path) for path in scenarios]
        for one in names or [None]:
            result, wrong = _supposed(
                start, start.before, words, one, world, big=big, workers=workers
            )
            problems += [problem for problem in wrong if problem not in problems]
            found += [result] if result else []
    every = tuple(dict.fromkeys([*world.diagnostics, *problems]))
    if start.before is None or any(stops(p) for p in every if not is_test(p)):
        return WhatIf(None, None, (), every)
    return WhatIf(start.before, _odds_before(start.before.case, start.cases), tuple(found), every)


def _odds_before(case: Case, cases: tuple[Case, ...]) -> Odds | None:
    """The odds of a vote as it stands, with the amendments that its stances hang on."""
    if case.outlook is not None and case.outlook.conditional and cases:
        return text_odds(cases)
    return prospects(case)


def _words_of(amended: Sequence[str] | None) -> tuple[str, ...]:
    """The amendments as they are said in one word; nothing where nothing is said of them."""
    return () if amended is None else (",".join(amended) or "none",)


def _start(source: Source, form: list[Diagnostic], world: World, on: date | None) -> _Start:
    """The vote a file holds; of a scenario that of its base, with its changes."""
    if isinstance(source.data, dict) and source.data.get("kind") == "scenario":
        scenario = open_scenario(source, form, world, on=on)
        before = scenario.base if scenario.usable else None
        problems = list(scenario.problems)
        return _Start(before, problems, scenario, scenario.changes, scenario.cases)
    done = judge_vote(source, form, world, on=on)
    problems = list(done.problems)
    if any(stops(problem) for problem in problems):
        return _Start(None, problems)
    if not done.results or done.results[-1].case.roll is None:
        problem = Problem("UV408", "its votes are not known, neither by name nor by number")
        return _Start(None, [*problems, Diagnostic(source.file, problem)])
    return _Start(done.results[-1], problems, cases=done.cases)


def _amended(start: _Start, names: Sequence[str], world: World) -> _Start:
    """The vote with these amendments adopted and the others not; a scenario read against that."""
    chosen, wrong = amended_said(names, start.cases)
    (text,) = _words_of(names)
    problems = [*start.problems, *told("--amended", text, wrong)]
    if wrong:
        return replace(start, before=None, problems=problems)
    ends = dict.fromkeys(chosen.adopted, Verdict.ADOPTED)
    ends |= dict.fromkeys(chosen.rejected, Verdict.NOT_ADOPTED)
    rulings = rule_on_text(start.cases, ends)
    for ruling in rulings:
        if ruling.taken is False and ruling.case.id in chosen.adopted:
            message = f"'{ruling.case.id}' cannot be adopted: {ruling.reason}"
            problem = Problem("UV409", message, hint="leave it out")
            problems += told("--amended", text, [problem])
    start = replace(start, problems=problems, amended=(chosen, rulings[-1]))
    if start.scenario is None:
        return start
    old = start.scenario
    again = open_scenario(old.source, old.form, world, base=rulings[-1])
    more = [problem for problem in again.problems if problem not in problems]
    changes = again.changes if again.usable else ()
    return replace(start, scenario=again, changes=changes, problems=[*problems, *more])


def _supposed(
    start: _Start,
    before: Ruling,
    words: Words,
    file: str | None,
    world: World,
    *,
    big: bool,
    workers: Workers | None,
) -> tuple[Supposition | None, list[Diagnostic]]:
    """What the changes of a scenario (if one is named), then those in words, make of a vote."""
    problems: list[Diagnostic] = []
    changes, scenario = list(start.changes), start.scenario
    first = start.ruling or before
    if file is not None:
        base = rule_on(supposed(first.case, changes)[0])
        source, form = world.read(file, big=big)
        scenario = open_scenario(source, form, world, base=base)
        problems += scenario.problems
        changes += scenario.changes
    broken = any(stops(problem) for problem in (*start.problems, *problems))
    roll = None if broken else supposed(first.case, changes)[0].roll
    if roll is None:
        return None, problems
    setting = setting_of(before.case, world.names)
    said, wrong = changes_said(words, setting, roll)
    changes += said
    roll = changed(roll, said)
    sweeps = sweeps_said(words, roll, wrong)
    if not words.sweeps and scenario is not None:
        sweeps, more = _still_fitting(scenario.sweeps, scenario.source, roll)
        wrong += more
    if any(problem.is_error for problem in wrong):
        return None, [*problems, *wrong]
    problems += wrong
    name = _name(scenario, file)
    result = supposition(before, changes, sweeps, name, start.amended, workers)
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
