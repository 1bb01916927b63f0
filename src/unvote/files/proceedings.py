"""A proceedings file: its steps read, run in order, and tested against what it expects."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from unvote.cases import Case
from unvote.chains import can_hold
from unvote.checks.expectations import unmet
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.documents.proceedings import ProceedingsDocument, StepShape
from unvote.documents.resolution import Expect
from unvote.documents.shape import read
from unvote.files.judged import Judged, judged
from unvote.files.vote import judge_vote
from unvote.loading.source import Source
from unvote.proceedings import Step, Taken, run
from unvote.resolve.expect import VERDICTS, expectation_from
from unvote.resolve.proceedings import TOKEN, WORDS, when_from
from unvote.resolve.words import maybe, one_of, truth_of, whole_of
from unvote.texts import rule_on_text
from unvote.world.world import World

NOT_TAKEN = "not taken"


@dataclass(frozen=True, slots=True)
class ProceedingsRun:
    """What became of each step, and what is wrong in the file."""

    title: str
    steps: tuple[Taken, ...]
    problems: tuple[Diagnostic, ...]


def judge_proceedings(
    source: Source,
    form: list[Diagnostic],
    world: World,
    *,
    on: date | None = None,
    expect: bool = False,
) -> Judged:
    """The results of a proceedings file, each vote with its step and whether it was taken."""
    ran = run_proceedings(source, form, world, on=on, expect=expect)
    rulings = [ruling for one in ran.steps for ruling in one.rulings]
    return judged(source.file, rulings, ran.problems)


def run_proceedings(
    source: Source,
    form: list[Diagnostic],
    world: World,
    *,
    on: date | None = None,
    expect: bool = True,
) -> ProceedingsRun:
    """Run a proceedings file; its `expect:` block is tested, unless that is not wanted.

    `on` decides as if every vote had been held on that day.
    """
    if any(problem.is_error for problem in form):
        return ProceedingsRun("", (), tuple(form))
    document, found = read(ProceedingsDocument, source.data)
    if document is None:
        return ProceedingsRun("", (), (*form, *source.diagnose(found)))
    steps: list[Step] = []
    for number, shape in enumerate(document.steps):
        step = _step(document, number, shape, steps, source, world, found, on)
        if step is not None:
            steps.append(step)
    whole = len(steps) == len(document.steps)
    taken = run(steps) if whole else ()
    if whole and expect:
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
    on: date | None,
) -> Step | None:
    """One step; nothing where it cannot be run."""
    route = ("steps", number)
    if TOKEN.findall(shape.id) != [shape.id] or shape.id in WORDS:
        message = f"'{quoted(shape.id)}' is no word that a condition could name"
        hint = "one word, without spaces and parentheses: `first-vote`; not and, or, is, not"
        found.append(Problem("UV110", message, (*route, "id"), hint))
        return None
    known = [name for step in before for name in _names(step)]
    if shape.id in known:
        message = f"'{quoted(shape.id)}' is a step already"
        first = next((n for n, step in enumerate(document.steps) if step.id == shape.id), number)
        hint = "give each step its own id"
        also = ("steps", first, "id") if first < number else None
        found.append(Problem("UV102", message, (*route, "id"), hint, also=also))
        return None
    path = str(Path(source.file).parent / shape.resolution)
    done, why = _judged(path, world, on, shape.question)
    if why:
        message = f"'{quoted(shape.resolution)}' cannot be used: {why}"
        hint = "the path is taken from the folder of this file"
        found.append(Problem("UV408", message, (*route, "resolution"), hint))
    submitted = None
    if shape.submitted is not None:
        submitted = maybe(found, whole_of(shape.submitted), *route, "submitted")
    if maybe(found, truth_of(shape.withdrawn), *route, "withdrawn"):
        done = _withdrawn(done)
    if shape.when is None:
        return Step(shape.id, done.results, None, done.cases, submitted) if not why else None
    later = [other.id for other in document.steps[number:]]
    when, wrong = when_from(shape.when, known, later, (*route, "when"))
    found += wrong
    cases = {name: case for one in reversed(before) for name, case in _cases(one)}
    if when is not None and not can_hold(when, cases):
        message = f"'{when}' can never hold"
        hint = "see by what rules the votes it asks for can end: `unvote bodies`"
        found.append(Problem("UV320", message, (*route, "when"), hint))
    return Step(shape.id, done.results, when, done.cases, submitted) if not why and when else None


def _withdrawn(done: Judged) -> Judged:
    """A step's file, its text withdrawn before the vote with all that was to be put before it."""
    cases = tuple(replace(case, place=replace(case.place, withdrawn=True)) for case in done.cases)
    return replace(done, results=rule_on_text(cases), cases=cases)


def _cases(step: Step) -> Iterator[tuple[str, Case]]:
    """The cases a condition can speak of, by name; of two with one name the first."""
    for ruling in reversed(step.rulings[:-1]):
        yield ruling.case.id, ruling.case
    if step.rulings:
        yield step.id, step.rulings[-1].case


def _names(step: Step) -> list[str]:
    """The ids a condition can speak of: the step's own, and those of its amendments and parts."""
    return [step.id, *(ruling.case.id for ruling in step.rulings[:-1])]


def _judged(path: str, world: World, on: date | None, question: str | None) -> tuple[Judged, str]:
    """What came of a step's file, and why it cannot be used if it cannot."""
    done = judge_vote(*world.read(path), world, on=on, question=question)
    wrong = [diagnostic for diagnostic in done.problems if diagnostic.is_error]
    if wrong or not done.results:
        return Judged(), wrong[0].problem.message if wrong else "it holds no vote"
    return done, ""


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
