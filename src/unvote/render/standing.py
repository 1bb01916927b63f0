"""What a vote is called, and where it stands: its verdict with its sign, or not taken."""

from typing import TYPE_CHECKING, Final

from unvote.cases import Case
from unvote.diagnostics import quoted, visible
from unvote.explain import basis_words, reach_of, result_words
from unvote.render.style import COLOURS, Look
from unvote.rulings import Ruling
from unvote.vocabulary import Verdict
from unvote.wording import cause_words, margin_words, reach_words

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


def remark(ruling: Ruling) -> str:
    """What is said beside a verdict: its cause or margin, what is open, or why it was not taken."""
    outcome = ruling.outcome
    if ruling.taken is False:
        return visible(basis_words(ruling))
    if outcome is None:
        return ""
    if not ruling.agreed:
        return "the question decides"
    words = cause_words(outcome) or margin_words(outcome)
    far = reach_of(ruling)
    if ruling.verdict is Verdict.OPEN and far is not None:
        words = f"{reach_words(far)}; as listed {outcome.listed.value}"
    if outcome.tally.undecided and ruling.verdict is not Verdict.OPEN:
        settled = f"settled, whatever the {outcome.tally.undecided} undecided do"
        if outcome.tally.undecided == 1:
            settled = "settled, whatever the one undecided does"
        words = f"{words}; {settled}" if words else settled
    return words
