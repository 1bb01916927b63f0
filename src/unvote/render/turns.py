"""The order of voting as a table, a sheet and data: what is put, why then, and by which rule."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from unvote.cases import Role
from unvote.diagnostics import visible
from unvote.ordering import Put
from unvote.render.lookup_data import citation_data
from unvote.render.sheets import Sheet, sheet_of
from unvote.render.standing import named
from unvote.render.style import Look, draw, table
from unvote.wording import day_words

if TYPE_CHECKING:
    from rich.console import RenderableType

PUT: Final = {True: "", False: "not put", None: "perhaps"}
HEAD: Final = ("turn", "step", "id", "role", "part of", "put", "reason", "article")


def turns_text(turns: Sequence[Put], look: Look) -> str:
    """The order for a terminal."""
    from rich.text import Text

    drawn = table(
        look,
        ("", {"justify": "right", "no_wrap": True}),
        ("Put to the vote", {"ratio": 3, "overflow": "fold"}),
        ("Why then", {"ratio": 5, "overflow": "fold"}),
        ("Article", {"ratio": 3, "overflow": "fold"}),
    )
    for number, turn in enumerate(turns, 1):
        name = Text(visible(turn.step or turn.case.id), style="bold")
        name.append(f"\n{_what(turn)}", style="not bold default")
        reason = Text(visible(turn.reason))
        drawn.add_row(str(number), name, reason, Text(_article(turn)))
    parts: list[RenderableType] = [*_heading(turns, look), drawn]
    return draw(parts, look)


def _heading(turns: Sequence[Put], look: Look) -> "list[RenderableType]":
    """The text all of them are about, with the body and the day; none for proceedings."""
    from rich.text import Text

    text = turns[-1].case
    if turns[-1].step is not None:
        return []
    return [named(text, look), Text(f"{text.body.name}, {day_words(text.day)}"), Text()]


def _what(turn: Put) -> str:
    """What is put, in a word or two; of a step the text and the body."""
    if turn.step is not None:
        return f"{visible(turn.case.id)}, {turn.case.body.short}"
    own = f", by {' '.join(turn.case.sponsors)}" if turn.case.sponsors else ""
    return turn.case.place.role.value + (own if turn.case.part_of else "")


def _article(turn: Put) -> str:
    return str(turn.citation) if turn.citation else ""


def turns_sheet(turns: Sequence[Put]) -> Sheet:
    """The order, one row for each turn."""
    return sheet_of(HEAD, (_cells(number, turn) for number, turn in enumerate(turns, 1)))


def _cells(number: int, turn: Put) -> tuple[str, ...]:
    case = turn.case
    words = (turn.step or "", case.id, case.place.role.value, case.part_of or "")
    return (str(number), *words, PUT[turn.put] or "yes", turn.reason, _article(turn))


def turns_data(turns: Sequence[Put]) -> list[dict[str, Any]]:
    """The order as plain data."""
    return [_data(number, turn) for number, turn in enumerate(turns, 1)]


def _data(number: int, turn: Put) -> dict[str, Any]:
    """One turn; `put` is null where it hangs on a vote before it."""
    case, place = turn.case, turn.case.place
    data: dict[str, Any] = {
        "turn": number,
        "id": case.id,
        "title": case.title,
        "role": place.role.value,
        "body": case.body.id,
        "date": case.day.isoformat(),
        "put": turn.put,
        "reason": turn.reason,
        "cite": citation_data(turn.citation),
    }
    if turn.step is not None:
        data["step"] = turn.step
    if case.part_of is not None:
        data["part_of"] = case.part_of
    if place.role is Role.AMENDMENT:
        data["distance"] = place.distance
        data["change"] = place.change.value if place.change else None
        data["excludes"] = list(place.excludes)
    return data
