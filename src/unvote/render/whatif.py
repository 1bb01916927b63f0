"""What if, drawn: a vote before and after, who moved, and why it turned or did not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from unvote.chances import Odds
from unvote.diagnostics import visible
from unvote.render.card import bullets, heading
from unvote.render.listing import article
from unvote.render.sheets import escaped, markdown_text, sheet_of
from unvote.render.standing import standing
from unvote.render.style import Look, draw, table
from unvote.render.sweeps import ROOM, figures, sweep_lines, sweep_markdown
from unvote.rulings import Ruling
from unvote.scenarios import Move, Transfer
from unvote.suppositions import Amended, Supposition, WhatIf
from unvote.turns import standing_words
from unvote.wording import chance_words, listed

if TYPE_CHECKING:
    from rich.console import RenderableType


def whatif_text(answer: WhatIf, look: Look, *, verbose: bool = False) -> str:
    """The answer for a terminal."""
    from rich.text import Text

    before = answer.before
    if before is None:
        return ""
    parts: list[RenderableType] = [*heading(before, look), Text()]
    parts.append(standings(_rows(answer, before), look))
    for result in answer.results:
        parts += _result(answer, result, look) if result.changes else []
        parts += sweep_lines(result, look, verbose=verbose)
    return draw(parts, look)


def _rows(answer: WhatIf, before: Ruling) -> list[tuple[str, Ruling]]:
    """What stands in a row: the vote before, and after each supposition that changes it."""
    after = [(label(result), result.after) for result in answer.results if result.changes]
    return [("before" if after else "as it is", before), *after]


def standings(rows: Sequence[tuple[str, Ruling]], look: Look) -> "RenderableType":
    """Several rulings one below the other: counts, need and have, the verdict and its cause."""
    from rich.text import Text

    roomy = look.width >= ROOM
    extra = [
        name
        for name in ("absent", "undecided")
        if roomy and any(_count(ruling, name) for _, ruling in rows)
    ]
    right: dict[str, Any] = {"justify": "right", "no_wrap": True}
    drawn = table(
        look,
        ("", {"overflow": "fold", "ratio": 2}),
        ("Yes-No-Abst", right),
        *((name.capitalize(), right) for name in extra),
        *((name, right) for name in ("Need", "Have") if roomy),
        ("Verdict", {"ratio": 5, "overflow": "fold"}),
    )
    for name, ruling in rows:
        verdict = standing(ruling, look)
        words = standing_words(ruling)
        if words:
            verdict.append(f"\n{visible(words)}", style="not bold default")
        outcome = ruling.outcome
        drawn.add_row(
            Text(visible(name)),
            str(outcome.tally) if outcome else "-",
            *(str(_count(ruling, column)) for column in extra),
            *(figures(ruling) if roomy else ()),
            verdict,
        )
    return drawn


def _count(ruling: Ruling, name: str) -> int:
    """How many members did this."""
    count: int = getattr(ruling.outcome.tally, name) if ruling.outcome else 0
    return count


def label(result: Supposition) -> str:
    """What a supposition is called."""
    return result.name or "after"


def _result(answer: WhatIf, result: Supposition, look: Look) -> "list[RenderableType]":
    """Who moved, why the verdict is what it is, and the odds."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    lines = [(f"{transfer.count}", transfer_words(transfer)) for transfer in result.transfers]
    head = "Moved" if lines else "Nobody moved"
    title = f"{head} ({visible(result.name)})" if len(answer.results) > 1 else head
    for number, words in lines:
        grid.add_row(number, Text(words))
    parts: list[RenderableType] = [Text(line) for line in amended_lines(result)]
    parts.append(Text(title, style="bold"))
    parts += [grid] if lines else []
    why = [*why_words(result)]
    if answer.odds:
        why.append(odds_words(answer.odds, result.odds))
    return [Text(), *parts, Text("Why", style="bold"), bullets(why, look)]


def amended_lines(result: Supposition) -> list[str]:
    """Which amendments are supposed, in a line if any are."""
    chosen = [change for change in result.changes if isinstance(change, Amended)]
    return [visible(f"Supposed: {amended_words(one)}") for one in chosen]


def amended_words(change: Amended) -> str:
    """Amendments supposed adopted and not: `A1 and A3 adopted, A2 not adopted`."""
    ends = ((change.adopted, "adopted"), (change.rejected, "not adopted"))
    return ", ".join(f"{listed(names)} {end}" for names, end in ends if names)


def transfer_words(transfer: Transfer) -> str:
    """Who went where: `abstain to no: BRA IND ZAF`."""
    words = (
        f"from {transfer.source.value} to {transfer.target.value}"
        if transfer.target
        else (f"from {transfer.source.value} to taking no part")
    )
    return (
        f"{words}: {' '.join(transfer.members)}"
        if transfer.members
        else f"{words}, whoever they are"
    )


def why_words(result: Supposition) -> tuple[str, ...]:
    """The reasons, and the number at which the verdict would turn."""
    move = result.changes[-1] if result.changes else None
    if result.turns_at is None or not isinstance(move, Move):
        return result.why
    words = f"{move.source.value} to {move.target.value}"
    return (*result.why, f"it takes {result.turns_at} from {words} to turn the verdict")


def odds_words(before: Odds, after: Odds | None) -> str:
    """The odds before and after."""
    then = f"odds of adoption: {chance_words(before.adopted)} before"
    if after is None:
        return f"{then}; after, they depend on which members move, or are not exact"
    return f"{then}, {chance_words(after.adopted)} after"


def whatif_markdown(answer: WhatIf) -> str:
    """The answer as Markdown."""
    before = answer.before
    if before is None:
        return ""
    title = f": {escaped(before.case.title)}" if before.case.title else ""
    lines = [f"## {escaped(before.case.id)}{title}", ""]
    lines.append(standings_markdown(_rows(answer, before)))
    for result in answer.results:
        if len(answer.results) > 1:
            lines += [f"### {escaped(label(result))}", ""]
        lines += [f"- {escaped(line)}" for line in amended_lines(result)]
        lines += [
            f"- {transfer.count} {escaped(transfer_words(transfer))}"
            for transfer in result.transfers
        ]
        lines += [f"- {escaped(reason)}" for reason in why_words(result) if result.changes]
        if answer.odds and result.changes:
            lines.append(f"- {odds_words(answer.odds, result.odds)}")
        lines += ["", *sweep_markdown(result)]
    return "\n".join(lines).rstrip("\n") + "\n"


def standings_markdown(rows: Sequence[tuple[str, Ruling]]) -> str:
    """Several rulings as a Markdown table."""
    head = ("", "Yes-No-Abst", "Undecided", "Need", "Have", "Verdict", "Why", "Article")
    cells = [
        [
            name,
            str(ruling.outcome.tally) if ruling.outcome else "",
            str(_count(ruling, "undecided")),
            *figures(ruling),
            ruling.result.value if ruling.result else "not taken",
            standing_words(ruling),
            article(ruling.outcome) if ruling.outcome and ruling.agreed else "",
        ]
        for name, ruling in rows
    ]
    return markdown_text(sheet_of(head, cells))
