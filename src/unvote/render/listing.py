"""Several results, two lines each: the vote and the verdict, the cause and the article."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from unvote.diagnostics import visible
from unvote.explain import basis_words, notices
from unvote.outcomes import Outcome
from unvote.render.card import bullets
from unvote.render.standing import standing
from unvote.render.style import Look, draw, table
from unvote.rulings import Ruling
from unvote.wording import cause_words, day_words, margin_words

if TYPE_CHECKING:
    from rich.console import RenderableType


ROOM: Final = 70
"""Columns below which what was needed is drawn, and what there was is left out."""


def listing(rulings: Iterable[Ruling], look: Look) -> str:
    """Several results as one table; of proceedings each with its step, what it had, and notices."""
    every = tuple(rulings)
    right: dict[str, Any] = {"justify": "right", "no_wrap": True}
    have = look.width >= ROOM and any(ruling.case.step for ruling in every)
    drawn = table(
        look,
        ("Text", {"overflow": "fold", "ratio": 4}),
        ("Yes-No-Abst", right),
        ("Need", right),
        *((("Have", right),) if have else ()),
        ("Verdict", {"ratio": 5, "overflow": "fold"}),
        leading=1,
    )
    for ruling in every:
        drawn.add_row(*_row(ruling, look, have=have))
    return draw([drawn, *_notices(every, look)], look)


def _notices(rulings: Iterable[Ruling], look: Look) -> "Iterator[RenderableType]":
    """What is easily misread at each step of proceedings."""
    from rich.text import Text

    for ruling in rulings:
        said = notices(ruling) if ruling.case.step and ruling.outcome else ()
        if said:
            part = f", {visible(ruling.case.id)}" if ruling.case.part_of else ""
            yield Text(f"\n{visible(ruling.case.step or '')}{part}", style="bold")
            yield bullets(said, look)


def _row(ruling: Ruling, look: Look, *, have: bool) -> "tuple[RenderableType, ...]":
    from rich.text import Text

    case, outcome = ruling.case, ruling.outcome
    name = Text(f"{visible(case.step)}: " if case.step else "", style="bold")
    name.append(visible(case.id), style="not bold" if case.step else "")
    if case.part_of:
        name.append(f" of {visible(case.part_of)}", style="not bold")
    questions = " or ".join(question.id for question, _ in case.questions)
    name.append(
        f"\n{case.body.short}, {day_words(case.day)}\n{questions}", style="not bold default"
    )
    verdict = standing(ruling, look)
    for line in _why(ruling):
        verdict.append(f"\n{visible(line)}", style="not bold default")
    cite = article(outcome) if outcome and ruling.agreed else ""
    if cite:
        verdict.append(f"\n{cite}", style="default")
    deciding = outcome.deciding if outcome and ruling.agreed else None
    return (
        name,
        str(outcome.tally) if outcome else "-",
        str(deciding.need) if deciding else "-",
        *((have_words(ruling) or "-",) if have else ()),
        verdict,
    )


def _why(ruling: Ruling) -> list[str]:
    """What a vote hangs on if it is open whether it is taken, and what its verdict rests on."""
    outcome = ruling.outcome
    words = basis_words(ruling)
    if outcome is not None and not ruling.agreed:
        words = "; ".join(f"{q.id}: {o.verdict.value}" for q, o in ruling.outcomes)
    elif outcome is not None:
        words = cause_words(outcome) or margin_words(outcome)
    hangs_on = ruling.taken is None and not ruling.supposed
    return [ruling.reason, words] if hangs_on else [words]


def have_words(ruling: Ruling) -> str:
    """What the condition that decides has, of the size of its base: `93 of 117`."""
    deciding = ruling.outcome.deciding if ruling.outcome and ruling.agreed else None
    if deciding is None:
        return ""
    most = f"-{deciding.most}" if deciding.most != deciding.have else ""
    of = f" of {deciding.of}" if deciding.of is not None else ""
    return f"{deciding.have}{most}{of}"


def article(outcome: Outcome) -> str:
    """The provision of the test that decided, else of the rule."""
    finding = outcome.deciding
    if outcome.vetoes:
        finding = next((f for f in outcome.findings if f.who), finding)
    cite = (finding.citation if finding else None) or outcome.rule.citation
    return str(cite) if cite else ""
