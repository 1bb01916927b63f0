"""Where a vote stands: its verdict with its sign, or that it was not taken."""

from typing import TYPE_CHECKING

from unvote.explain import result_words
from unvote.render.style import COLOURS, Look
from unvote.rulings import Ruling
from unvote.vocabulary import Verdict

if TYPE_CHECKING:
    from rich.text import Text


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
