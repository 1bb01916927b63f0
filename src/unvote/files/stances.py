"""A stances file: the stances on a resolution decided as a forecast, and checked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from unvote.cases import Case
from unvote.checks.stances import Freshness, stance_problems
from unvote.diagnostics import Diagnostic, Problem, any_error, quoted
from unvote.documents.resolution import ResolutionDocument
from unvote.documents.shape import read
from unvote.documents.stances import StancesDocument
from unvote.files.judged import Judged, judged
from unvote.loading.source import Source, by_place
from unvote.resolve.forecast import Forecast, forecast_from
from unvote.resolve.names import Names
from unvote.resolve.resolution import cases_from
from unvote.resolve.stances import Stances
from unvote.texts import rule_on_text
from unvote.world.world import World


@dataclass(slots=True)
class StancesFile:
    """A stances file that was opened; its stances are resolved when the day is known."""

    source: Source
    form: list[Diagnostic]
    document: StancesDocument | None
    shape: list[Problem]
    forecast: Forecast | None = None
    found: list[Problem] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether its form and shape are right."""
        broken = any(problem.is_error for problem in self.form)
        return self.document is not None and not broken and not any_error(self.shape)

    def on(self, names: Names) -> Callable[[date], Stances]:
        """The stances on a day, kept for the checks."""

        def resolve(day: date) -> Stances:
            if self.document is None:
                return Stances(names, day)
            self.forecast, self.found = forecast_from(self.document, names, day)
            return self.forecast.stances

        return resolve

    def seen(self, cases: Iterable[Case]) -> tuple[Case, ...]:
        """Cases with what the file says about itself."""
        return tuple(
            replace(case, outlook=self.forecast.outlook(case.outlook))
            if self.forecast and case.outlook and case.part_of is None
            else case
            for case in cases
        )

    def diagnostics(self, problems: list[Problem]) -> list[Diagnostic]:
        """Everything that is wrong in it, with further problems, in the order of its lines."""
        inside = self.forecast.stances.problems if self.forecast else []
        found = self.source.diagnose([*self.shape, *self.found, *inside, *problems])
        return sorted([*self.form, *found], key=by_place)


def open_stances(source: Source, form: list[Diagnostic]) -> StancesFile:
    """A stances file from what was read of it."""
    if source.data is None and form:
        return StancesFile(source, form, None, [])
    document, shape = read(StancesDocument, source.data)
    return StancesFile(source, form, document, shape)


def judge_stances(
    source: Source,
    form: list[Diagnostic],
    world: World,
    *,
    on: date | None,
    freshness: Freshness | None = None,
    question: str | None = None,
) -> Judged:
    """The forecast of a stances file, and its problems.

    With `freshness` the stances are checked too: their sources, age, version and sides.
    """
    return read_stances(source, form, world, on=on, freshness=freshness, question=question)[1]


def read_stances(
    source: Source,
    form: list[Diagnostic],
    world: World,
    *,
    on: date | None = None,
    freshness: Freshness | None = None,
    question: str | None = None,
) -> tuple[StancesFile, Judged]:
    """A stances file with its stances as they stand in it, and its forecast as `judge_stances`."""
    stances = open_stances(source, form)
    return stances, _judged(stances, world, on, freshness, question)


def _judged(
    stances: StancesFile,
    world: World,
    on: date | None,
    freshness: Freshness | None,
    question: str | None,
) -> Judged:
    """The forecast of a stances file that was opened."""
    source = stances.source
    if stances.document is None:
        return judged(source.file, [], stances.diagnostics([]))
    base, problem, elsewhere = _base(stances.document, source, world)
    if base is None:
        problems = stances.diagnostics([problem] if problem else [])
        return judged(source.file, [], [*problems, *elsewhere])
    if on is not None:
        base = base.model_copy(update={"date": on.isoformat()})
    if question is not None:
        base = base.model_copy(update={"question": question})
    find_body = world.bodies_near(str(Path(source.file).parent / stances.document.resolution))
    cases, wrong = cases_from(base, world.names, find_body, source.file, stances.on(world.names))
    more = [problem] if problem else []
    if any_error(wrong):
        message = f"the resolution cannot be used: {wrong[0].message}"
        more.append(Problem("UV408", message, ("resolution",), "mend the resolution file"))
    if freshness is not None and stances.forecast is not None:
        more += stance_problems(stances.forecast, base.version, freshness)
    problems = stances.diagnostics(more)
    usable = stances.usable and not any(problem.is_error for problem in problems)
    cases = stances.seen(cases) if usable else ()
    return judged(source.file, rule_on_text(cases)[-1:], problems, cases)


def _base(
    document: StancesDocument, source: Source, world: World
) -> tuple[ResolutionDocument | None, Problem | None, list[Diagnostic]]:
    """The resolution a stances file is about (UV408 where it cannot be used)."""
    path = str(Path(source.file).parent / document.resolution)
    read_source, form = world.read(path)
    base = None
    why = form[0].problem.message if form else ""
    if not any(problem.is_error for problem in form):
        base, shape = read(ResolutionDocument, read_source.data)
        why = shape[0].message if shape else ""
        if any_error(shape):
            base = None
    if base is not None:
        return base, None, []
    message = f"the resolution '{quoted(document.resolution)}' cannot be used: {why}"
    hint = "the path is taken from the folder of this file"
    return None, Problem("UV408", message, ("resolution",), hint), []
