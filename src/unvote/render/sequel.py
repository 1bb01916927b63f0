"""What if of proceedings, drawn: every vote before and after, and what is otherwise."""

from itertools import groupby
from typing import TYPE_CHECKING, Final

from unvote.diagnostics import visible
from unvote.explain import result_words
from unvote.render.card import bullets
from unvote.render.results import taken_words
from unvote.render.sheets import Sheet, escaped, markdown_text, sheet_of
from unvote.render.standing import standing
from unvote.render.style import Look, draw, table
from unvote.render.whatif import transfer_words
from unvote.render.whatif_data import COUNTS, change_words, figure_cells
from unvote.rulings import Ruling
from unvote.suppositions import Supposition, WhatIf
from unvote.turns import standing_words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

HEAD: Final = (
    *("Step", "Text", "State", "Changes", "Differs", "Taken", "Reason"),
    *(name.replace("_", " ").capitalize() for name in COUNTS),
    *("Verdict", "Because", "Need", "Have", "Of", "Vetoes"),
)


def sequel_text(answer: WhatIf, look: Look) -> str:
    """The answer for a terminal: a row a vote, `>` before those that are otherwise, and why."""
    from rich.text import Text

    parts: list[RenderableType] = []
    if answer.proceedings:
        parts += [Text(visible(answer.proceedings), style="bold"), Text()]
    drawn = table(
        look,
        ("", {"no_wrap": True}),
        ("Text", {"overflow": "fold", "ratio": 3}),
        ("Before", {"overflow": "fold", "ratio": 4}),
        ("After", {"overflow": "fold", "ratio": 4}),
        leading=1,
    )
    for result in answer.results:
        name = Text(f"{visible(result.after.case.step or '')}: ", style="bold")
        name.append(visible(result.after.case.id), style="not bold")
        after = _cell(result.after, look) if result.differs else Text("the same")
        drawn.add_row(">" if result.differs else "", name, _cell(result.before, look), after)
    parts.append(drawn)
    for step, results in groupby(answer.results, lambda result: result.after.case.step):
        lines = [line for result in results for line in _lines(result)]
        if lines:
            parts += [Text(), Text(visible(step or ""), style="bold"), bullets(lines, look)]
    if not any(result.differs for result in answer.results):
        parts += [Text(), Text("Nothing changes.")]
    return draw(parts, look)


def _cell(ruling: Ruling, look: Look) -> "Text":
    """Where a vote stands, its counts, and what the verdict rests on."""
    cell = standing(ruling, look)
    for line in _words(ruling):
        cell.append(f"\n{visible(line)}", style="not bold default")
    return cell


def _words(ruling: Ruling) -> list[str]:
    """The counts, what the verdict rests on, and what it hangs on whether it is taken."""
    counts = f"{ruling.outcome.tally}" if ruling.outcome else ""
    words = ", ".join(part for part in (counts, standing_words(ruling)) if part)
    hangs_on = ruling.reason if ruling.taken is None and not ruling.supposed else ""
    return [line for line in (words, hangs_on) if line]


def _lines(result: Supposition) -> list[str]:
    """What was asked of a vote and what came of it; nothing where it is the same unasked."""
    if not result.differs and not result.changes:
        return []
    part = f"{result.after.case.id}: " if result.after.case.part_of else ""
    moved = [f"{transfer.count} {transfer_words(transfer)}" for transfer in result.transfers]
    return [f"{part}{line}" for line in (*moved, *result.why)]


def sequel_markdown(answer: WhatIf) -> str:
    """The answer as Markdown."""
    rows = [
        [
            result.after.case.step or "",
            result.after.case.id,
            *("; ".join((result_words(r).lower(), *_words(r))) for r in _sides(result)),
            ", ".join(result.differs),
        ]
        for result in answer.results
    ]
    lines = [f"## {escaped(answer.proceedings)}", ""] if answer.proceedings else []
    lines.append(markdown_text(sheet_of(("Step", "Text", "Before", "After", "Differs"), rows)))
    for result in answer.results:
        step = escaped(result.after.case.step or "")
        lines += [f"- {step}: {escaped(line)}" for line in _lines(result)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _sides(result: Supposition) -> tuple[Ruling, Ruling]:
    return result.before, result.after


def sequel_sheet(answer: WhatIf) -> Sheet:
    """Two rows a vote: before and after."""
    rows = []
    for result in answer.results:
        said = "; ".join(change_words(change) for change in result.changes)
        differs = " ".join(result.differs)
        rows.append(_row("before", "", "", result.before))
        rows.append(_row("after", said, differs, result.after))
    return sheet_of(HEAD, rows)


def _row(state: str, said: str, differs: str, ruling: Ruling) -> list[str]:
    case = ruling.case
    told = [taken_words(ruling.taken), ruling.reason]
    return [case.step or "", case.id, state, said, differs, *told, *figure_cells(ruling)]
