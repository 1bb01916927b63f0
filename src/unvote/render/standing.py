"""What a vote is called, and where it stands: its verdict with its sign, or not taken."""

from typing import TYPE_CHECKING, Final

from unvote.cases import Case
from unvote.diagnostics import quoted, visible
from unvote.explain import basis_words, result_words, verdict_words
from unvote.render.style import COLOURS, Look
from unvote.rulings import Ruling
from unvote.vocabulary import Verdict

if TYPE_CHECKING:
    from rich.text import Text

LONGEST: Final = 1000
"""Characters of an id or a title that a heading shows."""


def named(case: Case, look: Look, *, step: bool = False) -> "Text":
    """The id and the title of a text; with `step` after that of its proceedings.

    A title that goes on for pages is cut: JSON has the whole of it.
    """
    from rich.text import Text

    name = Text(f"{visible(case.step)}: " if step and case.step else "", style="bold")
    name.append(quoted(case.id, LONGEST))
    if case.title and case.title != case.id:
        name.append(f" {look.dot} {quoted(case.title, LONGEST)}", style="not bold")
    return name


def standing(ruling: Ruling, look: Look) -> "Text":
    """The verdict in colour and with its sign; a vote that was not taken has neither."""
    from rich.text import Text

    line = Text(f"{sign(ruling, look)} {result_words(ruling)}")
    if ruling.taken is not False:
        line.stylize(COLOURS[Verdict.OPEN if ruling.taken is None else ruling.verdict])
    else:
        line.stylize("bold")
    return line


def sign(ruling: Ruling, look: Look) -> str:
    """The mark of where a vote stands."""
    if ruling.taken is False:
        return "-" if look.ascii else "\u2013"
    return look.sign(Verdict.OPEN if ruling.taken is None else ruling.verdict)


def remark(ruling: Ruling, still: str = "undecided") -> str:
    """What is said beside a verdict: its cause or margin, what is open, or why it was not taken.

    `still` is what the undecided are called.
    """
    if ruling.taken is False:
        return visible(basis_words(ruling))
    return verdict_words(ruling, still)


def held_words(case: Case) -> str:
    """What is said after where and when of a vote not held yet; empty of others."""
    return ", a forecast" if case.forecast else ""


def sources_words(case: Case) -> str:
    """What the sources of a vote are called: those of one never held so are of its text only."""
    return "Sources" if case.held else "Sources of the text"
