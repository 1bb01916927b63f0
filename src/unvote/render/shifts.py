"""Two versions of a vote: the verdict and the odds before and after, who moved, what else did."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from unvote.diagnostics import visible
from unvote.render.card import bullets, heading
from unvote.render.sheets import Sheet, escaped, markdown_text, sheet_of
from unvote.render.shifts_data import (
    Versions,
    moved_words,
    new_cell,
    odds_cells,
    remarks_on,
    stance_cell,
    summary_of,
    verdict_cell,
    who_words,
)
from unvote.render.style import COLOURS, Look, draw, table
from unvote.shifts import Difference
from unvote.wording import VERDICTS

if TYPE_CHECKING:
    from rich.console import RenderableType


def diff_text(versions: Versions, look: Look) -> str:
    """Two versions as a card of text."""
    from rich.text import Text

    arrow = "->" if look.ascii else "→"
    names = f"{visible(versions.old_name)} {arrow} {visible(versions.new_name)}"
    parts = [*heading(versions.new, look), Text(names), "", _table(versions, look), ""]
    parts += [*_moves(versions.difference, look), *_facts(versions.difference, look)]
    if remarks := list(remarks_on(versions)):
        parts += ["", bullets(remarks, look)]
    return draw(parts, look)


def _table(versions: Versions, look: Look) -> "RenderableType":
    from rich.text import Text

    drawn = table(
        look,
        ("", {"no_wrap": True}),
        ("Before", {"ratio": 1, "overflow": "fold"}),
        ("After", {"ratio": 1, "overflow": "fold"}),
        ("Change", {"justify": "right", "no_wrap": True}),
    )
    cells = [
        Text(f"{look.sign(ruling.verdict)} ")
        .append(VERDICTS[ruling.verdict], style=COLOURS[ruling.verdict])
        .append(verdict_cell(ruling).removeprefix(ruling.verdict.value))
        for ruling in (versions.old, versions.new)
    ]
    rows = list(summary_of(versions))
    drawn.add_row(rows[0][0], *cells, "")
    for name, old, new, change in rows[1:]:
        drawn.add_row(name, Text(old), Text(new), change)
    return drawn


def _moves(difference: Difference, look: Look) -> "Iterator[RenderableType]":
    from rich.text import Text

    if not difference.shifts:
        yield "Nobody moved."
        return
    weighed = any(shift.change is not None for shift in difference.shifts)
    drawn = table(
        look,
        (moved_words(difference.shifts), {"ratio": 2, "overflow": "fold"}),
        ("From", {"ratio": 2, "overflow": "fold"}),
        ("To", {"ratio": 3, "overflow": "fold"}),
        *(
            (
                ("Odds", {"justify": "right", "no_wrap": True}),
                ("Change", {"justify": "right", "no_wrap": True}),
            )
            if weighed
            else ()
        ),
    )
    for shift in difference.shifts:
        row = [who_words(shift), stance_cell(shift.old), new_cell(shift)]
        odds = odds_cells(shift) if weighed else ()
        drawn.add_row(*(Text(visible(cell)) for cell in (*row, *odds)))
    yield drawn


def _facts(difference: Difference, look: Look) -> "Iterator[RenderableType]":
    from rich.text import Text

    if not difference.facts:
        return
    drawn = table(
        look,
        ("Also changed", {"no_wrap": True}),
        ("From", {"ratio": 1, "overflow": "fold"}),
        ("To", {"ratio": 1, "overflow": "fold"}),
    )
    for fact in difference.facts:
        drawn.add_row(*(Text(visible(cell or "-")) for cell in (fact.name, fact.old, fact.new)))
    yield ""
    yield drawn


def diff_markdown(versions: Versions) -> str:
    """Two versions as Markdown, for a pull request."""
    case, found = versions.new.case, versions.difference
    title = escaped(case.id) + (f": {escaped(case.title)}" if case.title else "")
    names = f"{escaped(versions.old_name)} → {escaped(versions.new_name)}"
    parts = [
        f"### {title}\n\n{names}\n",
        markdown_text(sheet_of(("What", "Before", "After", "Change"), summary_of(versions))),
        markdown_text(_brief(found)) if found.shifts else "Nobody moved.\n",
    ]
    if found.facts:
        facts = ((fact.name, fact.old or "-", fact.new or "-") for fact in found.facts)
        parts.append(markdown_text(sheet_of(("Also changed", "From", "To"), facts)))
    remarks = [f"- {escaped(remark)}\n" for remark in remarks_on(versions)]
    return "\n".join([*parts, *(["".join(remarks)] if remarks else [])])


def _brief(difference: Difference) -> Sheet:
    """The moves with what matters of them."""
    head = (moved_words(difference.shifts), "From", "To", "Odds", "Change")
    rows = (
        (who_words(shift), stance_cell(shift.old), new_cell(shift), *odds_cells(shift))
        for shift in difference.shifts
    )
    return sheet_of(head, rows, right=frozenset({"Odds", "Change"}))
