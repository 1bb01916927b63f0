"""What was understood of a sheet, and what it changes, row by row."""

from typing import TYPE_CHECKING, Protocol

from unvote.diagnostics import visible
from unvote.render.sheets import Sheet, sheet_of
from unvote.render.style import Look
from unvote.resolve.updates import Kind, Update
from unvote.wording import stance_words

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = ("Row", "Written", "Who", "Vote written", "Stance", "Change")
SHOWN = frozenset({Kind.NEW, Kind.CHANGED, Kind.REFUSED})
LONGEST = 60


class Entered(Protocol):
    """What came of a sheet (`unvote.api.ImportReport`)."""

    @property
    def into(self) -> str:
        """The stances file."""

    @property
    def sheet(self) -> str:
        """The name of the sheet; CSV has none."""

    @property
    def head(self) -> int:
        """The row of the headings; 0 where there is none."""

    @property
    def read(self) -> "Mapping[str, str]":
        """The columns that are read, by what they hold."""

    @property
    def unread(self) -> tuple[str, ...]:
        """The columns that are not read."""

    @property
    def updates(self) -> tuple[Update, ...]:
        """The rows."""

    @property
    def text(self) -> str | None:
        """The new text of the stances file."""

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""

    def number(self, kind: Kind) -> int:
        """How many rows of a kind there are."""


def heading_text(report: Entered, look: Look) -> str:
    """Which sheet was read, and what each of its columns was taken for."""
    from textwrap import fill

    where = f"Sheet {report.sheet}, h" if report.sheet else "H"
    first = f"{where}eadings in row {report.head}: " if report.head else f"{where}eadings: none; "
    columns = ", ".join(f"{what} {column}" for what, column in report.read.items())
    lines = [fill(visible(f"{first}{columns}"), look.width)]
    if report.unread:
        lines.append(fill(visible(f"Not read: {', '.join(report.unread)}"), look.width))
    return "\n".join(lines) + "\n\n"


def updates_sheet(report: Entered, look: Look, *, every: bool) -> Sheet:
    """The rows of the sheet; not `every` one, but those that change or are not understood."""
    rows = (_cells(one, look) for one in report.updates if every or one.kind in SHOWN)
    return sheet_of(
        HEAD,
        rows,
        wide=frozenset({"Written", "Vote written", "Change"}),
        right=frozenset({"Row"}),
        whole=frozenset({"Who"}),
        figures=frozenset({"Row"}),
    )


def _cells(update: Update, look: Look) -> list[str]:
    row = update.row
    stance = "" if update.after is None else stance_words(update.after)
    return [
        str(row.number),
        _short(row.written),
        row.code or "",
        _short(row.said),
        stance,
        _change(update, "->" if look.ascii else "\u2192"),
    ]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _change(update: Update, arrow: str) -> str:
    """What a row does, in a few words."""
    if update.kind is not Kind.CHANGED or update.before is None or update.after is None:
        codes = sorted({problem.code for problem in update.row.problems})
        # The first of two rows that name one member has no problem of its own.
        told = f" ({', '.join(codes) or 'UV649'})" if update.kind is Kind.REFUSED else ""
        return update.kind.value + told
    before, after = stance_words(update.before), stance_words(update.after)
    return f"{before} {arrow} {after}" if before != after else "other details"


def summary(report: Entered, *, dry_run: bool) -> str:
    """What was, or would be, done to the stances file, in one line."""
    counts = ", ".join(f"{number} {kind.value}" for kind in Kind if (number := report.number(kind)))
    if report.text is None:
        did = "nothing is written"
    elif dry_run:
        did = "nothing is written (--dry-run)"
    else:
        did = "written" if report.changed else "nothing to write"
    return f"{visible(report.into)}: {f'{counts}: ' if counts else ''}{did}"
