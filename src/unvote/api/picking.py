"""What is asked for by name: one vote of those a file holds, or groups of members."""

from collections.abc import Iterable, Sequence

from unvote.api.tallying import Report
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.explain import basis_words
from unvote.resolve.names import Names
from unvote.rulings import Ruling


def picked(
    report: Report, step: str | None, text: str | None
) -> tuple[Ruling | None, list[Diagnostic]]:
    """The vote asked for: of a step (UV316), of an amendment or part (UV316), else the last one."""
    found: Sequence[Ruling] = report.results
    steps = list(dict.fromkeys(r.case.step for r in found if r.case.step))
    if step is not None:
        found = [ruling for ruling in found if ruling.case.step == step]
        if not found:
            hint = f"steps: {', '.join(steps)}" if steps else "this file is no proceedings"
            return None, [_unknown("--step", step, "step", hint)]
    if text is not None:
        known = list(dict.fromkeys(ruling.case.id for ruling in found))
        found = [ruling for ruling in found if ruling.case.id == text]
        if not found:
            return None, [_unknown("--text", text, "text", f"there are: {', '.join(known)}")]
    counted = [ruling for ruling in found if ruling.outcome is not None and ruling.case.roll]
    if counted and (step is None and text is None):
        return counted[-1], []
    if not found:
        return None, []
    last = found[-1]
    if last.outcome is None or last.case.roll is None:
        message = f"there is nothing to draw of {quoted(last.case.id)}: {basis_words(last)}"
        hint = "choose a vote that was counted with --step or --text"
        return None, [Diagnostic(last.case.file, Problem("UV408", message, hint=hint))]
    return last, []


def groups_named(words: Iterable[str], names: Names) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """The groups named, by code, each once, in the order they were named (UV205)."""
    found: list[str] = []
    wrong = []
    for word in words:
        code = names.group(word)
        if code is None:
            message = f"'{quoted(word)}' is not a group"
            hint = "groups as `unvote groups` lists them"
            wrong.append(
                Diagnostic(f"--groups {quoted(word)}", Problem("UV205", message, hint=hint))
            )
        elif code not in found:
            found.append(code)
    return tuple(found), wrong


def _unknown(option: str, word: str, what: str, hint: str) -> Diagnostic:
    message = f"'{quoted(word)}' is no {what} of this file"
    return Diagnostic(f"{option} {quoted(word)}", Problem("UV316", message, hint=hint))
