"""How output is drawn: width, colour, plain characters; and the one way to draw it."""

from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from unvote.vocabulary import Verdict

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

COLOURS: Final = {
    Verdict.ADOPTED: "bold green",
    Verdict.NOT_ADOPTED: "bold red",
    Verdict.OPEN: "bold yellow",
}
SIGNS: Final = {Verdict.ADOPTED: "✓", Verdict.NOT_ADOPTED: "✗", Verdict.OPEN: "?"}
PLAIN_SIGNS: Final = {Verdict.ADOPTED: "+", Verdict.NOT_ADOPTED: "x", Verdict.OPEN: "?"}


@dataclass(frozen=True, slots=True)
class Look:
    """Width in columns; whether to colour; whether only ASCII may be used."""

    width: int = 80
    colour: bool = False
    ascii: bool = False

    def sign(self, verdict: Verdict) -> str:
        """The mark of a verdict, so that colour never carries it alone."""
        return (PLAIN_SIGNS if self.ascii else SIGNS)[verdict]

    @property
    def dot(self) -> str:
        """What separates the parts of a heading."""
        return "-" if self.ascii else "·"


def draw(parts: "list[RenderableType]", look: Look) -> str:
    """Draw parts one below the other; text in them is never read as markup."""
    from rich.console import Console

    stream = StringIO()
    console = Console(
        file=stream,
        width=look.width,
        color_system="standard" if look.colour else None,
        force_terminal=look.colour,
        force_interactive=False,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
        no_color=not look.colour,
        safe_box=True,
        _environ={},
    )
    for part in parts:
        console.print(part)
    lines = [line.rstrip() for line in stream.getvalue().split("\n")]
    return _plain("\n".join(lines)) if look.ascii else "\n".join(lines)


def table(look: Look, *columns: tuple[str, dict[str, Any]], leading: int = 0) -> "Table":
    """An open table with a rule under its head; `leading` empty lines between rows."""
    from rich import box
    from rich.table import Table

    frame = (
        box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
        if look.ascii
        else box.SIMPLE_HEAD
    )
    drawn = Table(box=frame, pad_edge=False, show_edge=False, header_style="bold", leading=leading)
    for name, options in columns:
        drawn.add_column(name, **options)
    return drawn


def _plain(text: str) -> str:
    """Text in ASCII: accents dropped, other characters replaced."""
    import unicodedata

    text = text.replace("\u2013", "-").replace("\u2019", "'").replace("\u2026", "...")
    split = unicodedata.normalize("NFKD", text)
    return (
        "".join(c for c in split if not unicodedata.combining(c))
        .encode("ascii", errors="replace")
        .decode("ascii")
    )
