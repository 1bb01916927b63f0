"""A proceedings file: its steps read, run in order, and tested against what it expects."""

from dataclasses import dataclass
from pathlib import Path

from unvote.checks.expectations import unmet
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.documents.proceedings import ProceedingsDocument, StepShape
from unvote.documents.resolution import Expect
from unvote.documents.shape import read
from unvote.files.vote import judge_vote
from unvote.loading.source import Source
from unvote.proceedings import Step, Taken, run
from unvote.resolve.expect import VERDICTS, expectation_from
from unvote.resolve.proceedings import when_from
from unvote.resolve.words import maybe, one_of
from unvote.rulings import Ruling
from unvote.world.world import World

NOT_TAKEN = "not taken"


@dataclass(frozen=True, slots=True)
class ProceedingsRun:
    """What became of each step, and what is wrong in the file."""

    title: str
    steps: tuple[Taken, ...]
    problems: tuple[Diagnostic, ...]


def run_proceedings(source: Source, form: list[Diagnostic], world: World) -> ProceedingsRun:
    """Run a proceedings file; its `expect:` block is tested."""
    if any(problem.is_error for problem in form):
        return ProceedingsRun("", (), tuple(form))
    document, found = read(ProceedingsDocument, source.data)
    if document is None:
        return ProceedingsRun("", (), (*form, *source.diagnose(found)))
    steps: list[Step] = []
    for number, shape in enumerate(document.steps):
        step = _step(document, number, shape, steps, source, world, found)
        if step is not None:
            steps.append(step)
    whole = len(steps) == len(document.steps)
    taken = run(steps) if whole else ()
    if whole:
        found += _expected(document, taken)
    title = " ".join((document.title or "").split())
    return ProceedingsRun(title, taken, (*form, *source.diagnose(found)))


def _step(  # noqa: PLR0913, PLR0917 - a step and all that stands before it
    document: ProceedingsDocument,
    number: int,
    shape: StepShape,
    before: list[Step],
    source: Source,
    world: World,
    found: list[Problem],
) -> Step | None:
    """One step; nothing where it cannot be run."""
    route = ("steps", number)
    known = [name for step in before for name in _names(step)]
    if shape.id in known:
        message = f"'{quoted(shape.id)}' is a step already"
        first = next((n for n, step in enumerate(document.steps) if step.id == shape.id), number)
        hint = "give each step its own id"
        also = ("steps", first, "id") if first < number else None
        found.append(Problem("UV102", message, (*route, "id"), hint, also=also))
        return None
    rulings, why = _rulings(str(Path(source.file).parent / shape.resolution), world)
    if why:
        message = f"'{quoted(shape.resolution)}' cannot be used: {why}"
        hint = "the path is taken from the folder of this file"
        found.append(Problem("UV408", message, (*route, "resolution"), hint))
    if shape.when is None:
        return Step(shape.id, rulings) if rulings else None
    later = [other.id for other in document.steps[number:]]
    when, wrong = when_from(shape.when, known, later, (*route, "when"))
    found += wrong
    return Step(shape.id, rulings, when) if rulings and when is not None else None


def _names(step: Step) -> list[str]:
    """The ids a condition can speak of: the step's own, and those of its amendments and parts."""
    return [step.id, *(ruling.case.id for ruling in step.rulings[:-1])]


def _rulings(path: str, world: World) -> tuple[tuple[Ruling, ...], str]:
    """The rulings of a step's file, or why there are none."""
    done = judge_vote(*world.read(path), world)
    wrong = [diagnostic for diagnostic in done.problems if diagnostic.is_error]
    if wrong or not done.results:
        return (), wrong[0].problem.message if wrong else "it holds no vote"
    return done.results, ""


def _expected(document: ProceedingsDocument, taken: tuple[Taken, ...]) -> list[Problem]:
    """Where a step ended otherwise than expected."""
    problems: list[Problem] = []
    steps = {one.step.id: one for one in taken}
    for name, expect in (document.expect or {}).items():
        route = ("expect", name)
        one = steps.get(name)
        if one is None:
            message = f"'{quoted(name)}' is no step"
            hint = f"steps: {', '.join(steps)}"
            problems.append(Problem("UV316", message, route, hint))
        elif isinstance(expect, str):
            problems += _expected_word(one, expect, route)
        elif one.ruling is None:
            problems.append(_not_taken(one, "taken", route))
        elif isinstance(expect, Expect):
            problems += unmet(expectation_from(expect, route, problems), one.ruling, route)
    return problems


def _expected_word(one: Taken, expect: str, route: tuple[str, ...]) -> list[Problem]:
    """A step expected to end with a verdict, or not to be taken."""
    problems: list[Problem] = []
    if " ".join(expect.casefold().split()) == NOT_TAKEN:
        if one.taken is not False:
            problems.append(_not_taken(one, NOT_TAKEN, route))
        return problems
    words = {**VERDICTS, NOT_TAKEN: None}
    verdict = maybe(problems, one_of(words, expect, "a verdict, nor 'not taken'"), *route)
    if verdict is None:
        return problems
    ruling = one.ruling
    if ruling is None:
        return [_not_taken(one, verdict.value, route)]
    if ruling.verdict is not verdict:
        message = f"expected {verdict.value}, but the verdict is {ruling.verdict.value}"
        problems.append(Problem("UV501", message, route, "correct the expectation, or the votes"))
    return problems


def _not_taken(one: Taken, wanted: str, route: tuple[str, ...]) -> Problem:
    was = {True: "taken", False: "not taken", None: "open"}[one.taken]
    why = f" ({one.because})" if one.because else ""
    message = f"expected {wanted}, but the step is {was}{why}"
    return Problem("UV501", message, route, "correct the expectation, or the condition")
