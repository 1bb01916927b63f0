"""One result in full: the text, the verdict, who did what, and each test with its article."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from unvote.diagnostics import visible
from unvote.explain import notices
from unvote.outcomes import Finding, Kind, Outcome
from unvote.render.standing import named, remark, standing
from unvote.render.style import Look, draw, table
from unvote.rulings import Ruling
from unvote.vocabulary import Vote
from unvote.wording import (
    cause_words,
    day_words,
    finding_words,
    margin_words,
    met_words,
    need_range,
    question_words,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

LABELS = {
    Vote.YES: "Yes",
    Vote.NO: "No",
    Vote.ABSTAIN: "Abstain",
    Vote.UNDECIDED: "Undecided",
    Vote.ABSENT: "Not voting",
}


def card(ruling: Ruling, look: Look) -> str:
    """One result as a card of text."""
    parts: list[RenderableType] = [*heading(ruling, look), "", verdict_line(ruling, look), ""]
    if ruling.outcome is not None:
        parts.append(_votes(ruling, ruling.outcome, look))
        for question, outcome in ruling.outcomes:
            parts.append("")
            if len(ruling.outcomes) > 1:
                cause = cause_words(outcome) or margin_words(outcome)
                parts.append(
                    f"as {question_words(question.title)}: {outcome.verdict.value}, {cause}"
                )
            parts.append(_tests(outcome, look))
    said = notices(ruling)
    if said:
        parts += [""] if ruling.outcome else []
        parts.append(bullets(said, look))
    return draw(parts, look)


def heading(ruling: Ruling, look: Look) -> "list[RenderableType]":
    """What was voted on, where, when, and as what kind of question."""
    from rich.text import Text

    case = ruling.case
    questions = " or ".join(question_words(q.title) for q, _ in case.questions)
    where = f"{case.body.name}, {day_words(case.day)} {look.dot} {questions}"
    if case.part_of:
        where += f" {look.dot} part of {visible(case.part_of)}"
    if case.step:
        where += f" {look.dot} step {visible(case.step)}"
    return [named(case, look), Text(where)]


def verdict_line(ruling: Ruling, look: Look, still: str = "undecided") -> "RenderableType":
    """The verdict with its cause or margin; `still` is what the undecided are called."""
    line = standing(ruling, look)
    words = remark(ruling, still)
    if words:
        plain = ruling.taken is False or not ruling.agreed
        line.append(f"  {words}", style="not bold" if plain else "default")
    return line


def _votes(ruling: Ruling, outcome: Outcome, look: Look) -> "RenderableType":
    from rich.text import Text

    drawn = table(
        look,
        ("Vote", {"no_wrap": True}),
        ("", {"justify": "right", "no_wrap": True}),
        ("Members", {"overflow": "fold", "ratio": 1}),
    )
    roll, tally = ruling.case.roll, outcome.tally
    for vote, label in LABELS.items():
        count: int = getattr(tally, vote.value)
        codes = roll.who(vote) if roll else ()
        if not count and vote in {Vote.UNDECIDED, Vote.ABSENT}:
            continue
        names = " ".join(codes)
        if codes and len(codes) < count:
            names += f" and {count - len(codes)} not named"
        drawn.add_row(label, str(count), Text(names or ("" if not count else "not named")))
    if roll and roll.not_entitled:
        drawn.add_row("No vote", str(len(roll.not_entitled)), " ".join(sorted(roll.not_entitled)))
    if roll and roll.not_participating:
        out = sorted(roll.not_participating)
        drawn.add_row("Taking no part", str(len(out)), " ".join(out))
    return drawn


def _tests(outcome: Outcome, look: Look) -> "RenderableType":
    from rich.text import Text

    drawn = table(
        look,
        ("Test", {"ratio": 3, "overflow": "fold"}),
        ("Need", {"justify": "right", "no_wrap": True}),
        ("Have", {"justify": "right", "no_wrap": True}),
        ("", {"no_wrap": True}),
        ("Article", {"ratio": 2, "overflow": "fold"}),
    )
    for finding in outcome.findings:
        need, have = _figures(finding)
        cite = finding.citation or outcome.rule.citation
        drawn.add_row(
            Text(finding_words(finding)),
            need,
            have,
            Text(met_words(finding), style="" if finding.met else "bold"),
            Text(str(cite) if cite else ""),
        )
    return drawn


def _figures(finding: Finding) -> tuple[str, str]:
    """What was needed and what there was; with undecided votes, from the least to the most."""
    if finding.kind is Kind.TIE:
        return "", ""
    have = str(finding.have) if finding.have == finding.most else f"{finding.have}-{finding.most}"
    if finding.kind is Kind.VETO:
        return "0", have
    need = f"<{finding.need}" if finding.kind is Kind.DEEMED else str(finding.need)
    low, high = need_range(finding)
    if low != high:
        return f"{need}-{high}", have
    return need, have + (f" of {finding.of}" if finding.of is not None else "")


def bullets(texts: Iterable[str], look: Look) -> "RenderableType":
    """Remarks, one below the other."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1))
    for text in texts:
        grid.add_row("*" if look.ascii else "•", Text(visible(text)))
    return grid
