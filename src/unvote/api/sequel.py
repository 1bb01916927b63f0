"""What if of proceedings: some of their votes changed or supposed, and what becomes of them all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from unvote.api.said import Words, changes_said, told
from unvote.cases import Case
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.files.proceedings import run_proceedings
from unvote.loading.source import Source
from unvote.proceedings import Step, Taken, run
from unvote.resolve.attendance import setting_of
from unvote.resolve.scenario import result_said
from unvote.rulings import SUPPOSED, Ruling
from unvote.scenarios import supposed
from unvote.suppositions import Ended, Supposed, VoteId, WhatIf, chain_of
from unvote.texts import rule_on_text
from unvote.vocabulary import Verdict
from unvote.world.world import World


@dataclass(slots=True)
class _Asked:
    """What is asked of the votes of proceedings, and what came of it.

    `names` are the votes by what they are called: a step, or a step and an amendment or a part of
    its text. `met` are the cases that words were read against.
    """

    names: Mapping[str, VoteId]
    words: dict[VoteId, Words] = field(default_factory=dict)
    results: dict[VoteId, Verdict] = field(default_factory=dict)
    said: dict[VoteId, list[Supposed]] = field(default_factory=dict)
    met: dict[VoteId, Case] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def whatif_of_steps(
    source: Source,
    form: list[Diagnostic],
    world: World,
    words: Words,
    results: Iterable[str],
    beside: Mapping[str, Iterable[object]],
    *,
    on: date | None,
) -> WhatIf:
    """Run proceedings as they are, and with the votes of some steps changed or supposed.

    `beside` is what else was asked for, that can only be asked of one text.
    """
    ran = run_proceedings(source, form, world, on=on, expect=False)
    asked = _Asked(_names(ran.steps))
    hint = f"steps: {', '.join(taken.step.id for taken in ran.steps)}"
    for option, texts in beside.items():
        message = f"{option} is for one text, and these are proceedings"
        more = "; for an amendment write --result STEP/ID=adopted" if option == "--amended" else ""
        problem = Problem("UV110", message, hint=f"use --set, --move, --drop or --result{more}")
        asked.problems += [d for text in texts for d in told(option, str(text), [problem])]
    after: tuple[Taken, ...] = ()
    if ran.steps:
        _sort(words, asked, hint)
        _sort_results(results, asked, hint)
        after = run([_changed(taken.step, asked, world) for taken in ran.steps])
        _unmet(after, asked)
    elif not any(problem.is_error for problem in ran.problems):
        asked.problems.append(Diagnostic(source.file, Problem("UV408", "it holds no vote")))
    problems = tuple(dict.fromkeys([*world.diagnostics, *ran.problems, *asked.problems]))
    if not after or world.unusable or any(problem.is_error for problem in problems):
        return WhatIf(None, None, (), problems, ran.title)
    found = chain_of(ran.steps, after, asked.said, asked.met)
    return WhatIf(found[-1].before, None, found, problems, ran.title)


def _names(steps: Iterable[Taken]) -> dict[str, VoteId]:
    """The votes by what they are called on the command line."""
    names: dict[str, VoteId] = {}
    for taken in steps:
        step = taken.step
        names[step.id] = (step.id, step.rulings[-1].case.id)
        for ruling in step.rulings[:-1]:
            names[f"{step.id}/{ruling.case.id}"] = (step.id, ruling.case.id)
    return names


def _sort(words: Words, asked: _Asked, hint: str) -> None:
    """The words by the votes they are said of (UV110 no step is named, UV316 there is none)."""
    said = (("--set", words.sets), ("--drop", words.drops), ("--move", words.moves))
    for option, texts in said:
        for text in texts:
            named = [name for name in asked.names if text.startswith(f"{name}/")]
            if not named:
                asked.problems += told(option, text, [_no_step(text, asked, hint)])
                continue
            name = max(named, key=len)
            before = asked.words.get(asked.names[name], Words(lead=f"{name}/"))
            asked.words[asked.names[name]] = _with(before, option, text[len(name) + 1 :])


def _with(words: Words, option: str, text: str) -> Words:
    """One word more."""
    match option:
        case "--set":
            return replace(words, sets=(*words.sets, text))
        case "--drop":
            return replace(words, drops=(*words.drops, text))
        case _:
            return replace(words, moves=(*words.moves, text))


def _first(words: Words) -> tuple[str, str]:
    """The option and the text of the first of some words, as their place."""
    said = (("--set", words.sets), ("--drop", words.drops), ("--move", words.moves))
    return next((option, f"{words.lead}{text}") for option, texts in said for text in texts)


def _no_step(text: str, asked: _Asked, hint: str) -> Problem:
    """That a word does not begin with a step, and what to write."""
    head, sign, _ = text.partition("/")
    if sign:
        return Problem("UV316", f"'{quoted(head)}' is no step of these proceedings", hint=hint)
    first = next(iter(asked.names))
    message = f"'{quoted(text)}' does not say at which step"
    return Problem("UV110", message, hint=f"write it as {first}/{text}; {hint}")


def _sort_results(texts: Iterable[str], asked: _Asked, hint: str) -> None:
    """The results that are supposed, by vote."""
    for text in texts:
        read, problems = result_said(text)
        vote = asked.names.get(read[0]) if read else None
        if read and vote is None:
            message = f"'{quoted(read[0])}' is no step of these proceedings"
            problems.append(Problem("UV316", message, hint=hint))
        elif vote in asked.results:
            message = f"'{quoted(text)}' is a second result of one step"
            problems.append(Problem("UV110", message, hint="give one"))
        elif read and vote:
            asked.results[vote] = read[1]
            asked.said[vote] = [Ended(read[1])]
        asked.problems += told("--result", text, problems)


def _changed(step: Step, asked: _Asked, world: World) -> Step:
    """A step with its votes changed, each when its turn comes."""
    results = {case: verdict for (at, case), verdict in asked.results.items() if at == step.id}
    change = _change(step, asked, world)
    rulings = list(rule_on_text(step.cases, results, change)[-len(step.rulings) :])
    text = rulings[-1]
    if text.case.id in results and text.taken is not False:
        rulings[-1] = Ruling(text.case, results[text.case.id], None, reason=SUPPOSED)
    return replace(step, rulings=tuple(rulings))


def _change(step: Step, asked: _Asked, world: World) -> Callable[[Case], Case]:
    """What the words make of a case of a step."""

    def change(case: Case) -> Case:
        vote = (step.id, case.id)
        words = asked.words.get(vote)
        if words is None:
            return case
        asked.met[vote] = case
        if case.roll is None:
            message = "its votes are not known, neither by name nor by number"
            hint = f"suppose its result: --result {words.lead.rstrip('/')}=adopted"
            asked.problems += told(*_first(words), [Problem("UV408", message, hint=hint)])
            return case
        setting = setting_of(case, world.names)
        changes, wrong = changes_said(words, setting, case.roll)
        asked.problems += wrong
        asked.said.setdefault(vote, []).extend(changes)
        return supposed(case, changes)[0]

    return change


def _unmet(after: Sequence[Taken], asked: _Asked) -> None:
    """That something is asked of an amendment that is not put to the vote at all (UV409)."""
    found: dict[VoteId, Ruling] = {
        (t.step.id, ruling.case.id): ruling for t in after for ruling in t.step.rulings
    }
    for name, vote in asked.names.items():
        ruling = found[vote]
        wanted = vote in asked.results or vote in asked.words
        if wanted and ruling.taken is False:
            message = f"it is not put to the vote: {ruling.reason}"
            problem = Problem("UV409", message, hint="take it out")
            place = ("--result", name) if vote in asked.results else _first(asked.words[vote])
            asked.problems += told(*place, [problem])
        elif vote in asked.results and vote in asked.words:
            message = "its result is supposed, so its votes decide nothing"
            problem = Problem("UV409", message, hint="take one of the two out")
            asked.problems += told("--result", name, [problem])
