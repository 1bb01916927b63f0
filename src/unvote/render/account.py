"""The explanation of a result as text: sentences with their articles, then the other questions."""

from typing import TYPE_CHECKING, Any

from unvote.diagnostics import visible
from unvote.explain import account, other_questions, result_words
from unvote.outcomes import Outcome
from unvote.render.data import outcome_data, ruling_data
from unvote.render.sheets import escaped
from unvote.render.standing import named, standing
from unvote.render.style import Look, draw
from unvote.rulings import Ruling
from unvote.vocabulary import Cause, Verdict
from unvote.wording import cause_words, listed, margin_words, question_words

if TYPE_CHECKING:
    from rich.console import RenderableType


def account_text(ruling: Ruling, look: Look) -> str:
    """The explanation for a terminal."""
    from rich.table import Table
    from rich.text import Text

    case = ruling.case
    head = named(case, look, step=True)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, sentence in enumerate(account(ruling), 1):
        line = Text(visible(sentence.text))
        if sentence.citation:
            line.append(f" [{sentence.citation}]", style="italic")
        grid.add_row(str(number), line)
    parts: list[RenderableType] = [head, standing(ruling, look), Text(), grid]
    others = _others(ruling)
    if others:
        parts += [Text(), Text("Had the question been another one:", style="bold")]
        rest = Table.grid(padding=(0, 2))
        for other in others:
            rest.add_row("*" if look.ascii else "•", Text(other))
        parts.append(rest)
    return draw(parts, look)


def _others(ruling: Ruling) -> list[str]:
    return [
        f"{question_words(question.title)}: {outcome_words(outcome)}"
        for question, outcome in other_questions(ruling)
    ]


def outcome_words(outcome: Outcome) -> str:
    """A verdict with its cause, its figures and its article."""
    finding = outcome.deciding
    words = outcome.verdict.value
    if outcome.because is Cause.VETO:
        words += f", vetoed by {listed(outcome.vetoes)}" if outcome.vetoes else ", vetoed"
    elif outcome.verdict is not Verdict.OPEN and outcome.because is not None:
        words += f", {cause_words(outcome)}"
    shown = outcome.because in {None, Cause.VETO} and finding is not None
    if finding and shown and finding.have == finding.most:
        words += f" (need {finding.need}, have {finding.have}"
        words += f" of {finding.of})" if finding.of is not None else ")"
    elif outcome.because is None and margin_words(outcome):
        words += f", {margin_words(outcome)}"
    return f"{words}; {outcome.rule.citation}" if outcome.rule.citation else words


def account_markdown(ruling: Ruling) -> str:
    """The explanation as Markdown."""
    case = ruling.case
    title = f": {escaped(case.title)}" if case.title else ""
    step = f"{escaped(case.step)}: " if case.step else ""
    lines = [f"## {step}{escaped(case.id)}{title}", "", f"**{result_words(ruling)}**", ""]
    for number, sentence in enumerate(account(ruling), 1):
        cite = f" *({escaped(str(sentence.citation))})*" if sentence.citation else ""
        lines.append(f"{number}. {escaped(sentence.text)}{cite}")
    others = _others(ruling)
    if others:
        lines += ["", "Had the question been another one:", ""]
        lines += [f"- {escaped(line)}" for line in others]
    return "\n".join(lines) + "\n"


def account_data(ruling: Ruling) -> dict[str, Any]:
    """The explanation as data: the result, its sentences, the other questions."""
    return {
        **ruling_data(ruling),
        "explanation": [
            {"text": s.text, "cite": str(s.citation) if s.citation else None}
            for s in account(ruling)
        ],
        "otherwise": {q.id: outcome_data(o) for q, o in other_questions(ruling)},
    }
