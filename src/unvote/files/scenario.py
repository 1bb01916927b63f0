"""A scenario file: its base decided, changed and decided again, at every point of a sweep."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from unvote.cases import Case
from unvote.checks.expectations import unmet
from unvote.diagnostics import Diagnostic, Problem, any_error, quoted
from unvote.documents.resolution import Expect
from unvote.documents.scenario import ScenarioDocument
from unvote.documents.shape import read
from unvote.files.judged import wrong_kind
from unvote.files.vote import judge_vote
from unvote.loading.source import Source
from unvote.resolve.attendance import setting_of
from unvote.resolve.expect import VERDICTS, expectation_from
from unvote.resolve.scenario import changes_from, sweeps_from
from unvote.resolve.words import maybe, one_of, range_of
from unvote.rulings import Ruling, again
from unvote.scenarios import Change, Point, Sweep, changed, points_of, supposed
from unvote.vocabulary import Verdict
from unvote.world.world import World


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario file that was opened: what it is based on, what it changes and sweeps.

    `found` are the problems of its content, without those of its form; `cases` are those of its
    base as they were read.
    """

    source: Source
    form: list[Diagnostic]
    document: ScenarioDocument | None = None
    base: Ruling | None = None
    changes: tuple[Change, ...] = ()
    sweeps: tuple[Sweep, ...] = ()
    found: Sequence[Problem] = ()
    cases: tuple[Case, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether it can be run."""
        broken = any(problem.is_error for problem in self.form)
        return self.base is not None and not broken and not any_error(self.found)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """All that is wrong in it."""
        return (*self.form, *self.source.diagnose(self.found))


@dataclass(frozen=True, slots=True)
class ScenarioRun:
    """What a scenario comes to: the ruling before, the ruling after, the points of its sweep.

    `name` is its title or, without one, its file.
    """

    before: Ruling | None
    after: Ruling | None
    changes: tuple[Change, ...]
    sweeps: tuple[Sweep, ...]
    points: tuple[Point, ...]
    problems: tuple[Diagnostic, ...]
    name: str = ""

    @property
    def supposed(self) -> Ruling | None:
        """The ruling after, its text called what it is: one of a scenario."""
        if self.after is None:
            return None
        case = self.after.case
        said = f"{quoted(case.id)} (scenario: {quoted(self.name)})"
        return replace(self.after, case=replace(case, id=said, scenario=self.name))


def run_scenario(
    source: Source,
    form: list[Diagnostic],
    world: World,
    *,
    on: date | None = None,
    expect: bool = True,
) -> ScenarioRun:
    """Run a scenario file; its `expect:` block is tested, unless that is not wanted."""
    scenario = open_scenario(source, form, world, on=on)
    base, changes, sweeps = scenario.base, scenario.changes, scenario.sweeps
    if base is None or not scenario.usable:
        return ScenarioRun(base, None, changes, sweeps, (), scenario.problems)
    after = again(base, supposed(base.case, changes)[0])
    points = points_of(after, sweeps)
    if expect:
        unmet_here = unexpected(scenario, after, points)
        scenario = replace(scenario, found=[*scenario.found, *unmet_here])
    title = (scenario.document.title or "").strip() if scenario.document else ""
    name = title or Path(source.file).name
    return ScenarioRun(base, after, changes, sweeps, points, scenario.problems, name)


def open_scenario(
    source: Source,
    form: list[Diagnostic],
    world: World,
    *,
    on: date | None = None,
    base: Ruling | None = None,
) -> Scenario:
    """Open a scenario file; `base` takes the place of the vote that it names."""
    nothing = Scenario(source, form)
    if any(problem.is_error for problem in form):
        return nothing
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    if kind != "scenario":
        return replace(nothing, found=[wrong_kind(source.data, "a scenario")])
    document, shape = read(ScenarioDocument, source.data)
    if document is None:
        return replace(nothing, found=shape)
    wrong = list[Problem]()
    cases: tuple[Case, ...] = ()
    if base is None:
        base, cases, wrong = _base(document, source, world, on)
    if base is None or base.case.roll is None:
        return replace(nothing, document=document, found=[*shape, *wrong])
    setting = setting_of(base.case, world.names)
    changes, found = changes_from(document, setting, base.case.roll)
    sweeps, more = sweeps_from(document, changed(base.case.roll, changes))
    problems = [*shape, *wrong, *found, *more]
    return Scenario(source, form, document, base, changes, sweeps, problems, cases)


def _base(
    document: ScenarioDocument, source: Source, world: World, on: date | None
) -> tuple[Ruling | None, tuple[Case, ...], list[Problem]]:
    """The ruling on the base file and its cases (UV408 where it cannot be used)."""
    path = str(Path(source.file).parent / document.base)
    done = judge_vote(*world.read(path), world, on=on)
    wrong = [diagnostic for diagnostic in done.problems if diagnostic.is_error]
    if not wrong and done.results and done.results[-1].case.roll is not None:
        return done.results[-1], done.cases, []
    why = wrong[0].problem.message if wrong else "its votes are not known"
    message = f"the base '{quoted(document.base)}' cannot be used: {why}"
    hint = "the path is taken from the folder of this file"
    return None, (), [Problem("UV408", message, ("base",), hint)]


def unexpected(scenario: Scenario, after: Ruling, points: tuple[Point, ...]) -> list[Problem]:
    """Where the outcome is not what the scenario expects."""
    expect = scenario.document.expect if scenario.document else None
    if expect is None:
        return []
    problems: list[Problem] = []
    if isinstance(expect, Expect):
        wanted = expectation_from(expect, ("expect",), problems)
        for ruling in [point.ruling for point in points] or [after]:
            found = unmet(wanted, ruling, ("expect",))
            problems += [problem for problem in found if problem not in problems]
        return problems
    for span, verdict in expect.items():
        problems += _expected_points(span, verdict, points)
    return problems


def _expected_points(span: str, verdict: str, points: tuple[Point, ...]) -> list[Problem]:
    """Where points of a sweep have another verdict than the one expected for their range."""
    problems: list[Problem] = []
    route = ("expect", span)
    read_range = maybe(problems, range_of(span), *route)
    wanted = maybe(problems, one_of(VERDICTS, verdict, "a verdict"), *route)
    if read_range is None or wanted is None:
        return problems
    inside = [p for p in points if read_range[0] <= p.counts[0] <= read_range[1]]
    if not inside:
        hint = "give a range that the sweep goes through"
        return [Problem("UV501", f"the sweep has no point in {span}", route, hint)]
    other: list[tuple[int, Verdict]] = [
        (p.counts[0], p.ruling.verdict) for p in inside if p.ruling.verdict is not wanted
    ]
    if not other:
        return []
    first, verdict_there = other[0]
    message = f"expected {wanted.value} at {span}, but at {first} it is {verdict_there.value}"
    return [Problem("UV501", message, route, "correct the range, or the votes")]
