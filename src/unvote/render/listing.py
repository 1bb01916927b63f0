"""Several results, two lines each: the vote and the verdict, the cause and the article."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from unvote.diagnostics import visible
from unvote.outcomes import Outcome
from unvote.render.style import COLOURS, Look, draw, table
from unvote.rulings import Ruling
from unvote.wording import VERDICTS, cause_words, day_words, margin_words

if TYPE_CHECKING:
    from rich.console import RenderableType


def listing(rulings: Iterable[Ruling], look: Look) -> str:
    """Several results as one table."""
    drawn = table(
        look,
        ("Text", {"overflow": "fold", "ratio": 4}),
        ("Yes-No-Abst", {"justify": "right", "no_wrap": True}),
        ("Need", {"justify": "right", "no_wrap": True}),
        ("Verdict", {"ratio": 5, "overflow": "fold"}),
        leading=1,
    )
    for ruling in rulings:
        drawn.add_row(*_row(ruling, look))
    return draw([drawn], look)


def _row(ruling: Ruling, look: Look) -> "tuple[RenderableType, ...]":
    from rich.text import Text

    case, outcome = ruling.case, ruling.outcome
    name = Text(visible(case.id), style="bold")
    if case.part_of:
        name.append(f" of {visible(case.part_of)}", style="not bold")
    questions = " or ".join(question.id for question, _ in case.questions)
    name.append(
        f"\n{case.body.short}, {day_words(case.day)}\n{questions}", style="not bold default"
    )
    verdict = Text(f"{look.sign(ruling.verdict)} {VERDICTS[ruling.verdict]}")
    verdict.stylize(COLOURS[ruling.verdict])
    verdict.append(f"\n{_why(ruling)}", style="default")
    cite = article(outcome) if outcome and ruling.agreed else ""
    if cite:
        verdict.append(f"\n{cite}", style="default")
    deciding = outcome.deciding if outcome and ruling.agreed else None
    return (
        name,
        str(outcome.tally) if outcome else "-",
        str(deciding.need) if deciding else "-",
        verdict,
    )


def _why(ruling: Ruling) -> str:
    outcome = ruling.outcome
    if outcome is None:
        return "without a vote" if ruling.case.without_vote else "recorded result"
    if not ruling.agreed:
        return "; ".join(f"{q.id}: {o.verdict.value}" for q, o in ruling.outcomes)
    return cause_words(outcome) or margin_words(outcome)


def article(outcome: Outcome) -> str:
    """The provision of the test that decided, else of the rule."""
    finding = outcome.deciding
    if outcome.vetoes:
        finding = next((f for f in outcome.findings if f.who), finding)
    cite = (finding.citation if finding else None) or outcome.rule.citation
    return str(cite) if cite else ""
