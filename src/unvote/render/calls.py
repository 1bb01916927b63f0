"""The calls: which move of which member changes the odds most, and who must not be lost."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final

from unvote.bodies import Question
from unvote.calling import Call, Calls
from unvote.render.card import bullets, heading
from unvote.render.odds import assumptions, assumptions_data, by_question, chance_data
from unvote.render.sheets import Sheet, sheet_of
from unvote.render.style import Look, draw, table
from unvote.rulings import Ruling
from unvote.stances import Outlook, Stance
from unvote.wording import chance_words, listed, question_words, stance_words

if TYPE_CHECKING:
    from rich.console import RenderableType

HOLD: Final = "To hold"
MOST_NAMES: Final = 12
"""Members named in a row of moves that are alike."""
Under = tuple[tuple[Question, Calls], ...]


def calls_text(ruling: Ruling, under: Under, look: Look, *, top: int) -> str:
    """The calls as a card of text, equal moves of several members in one row."""
    parts = heading(ruling, look)
    outlook = ruling.case.outlook or Outlook()
    for question, calls in under:
        parts += ["", f"as {question_words(question.title)}:"] if len(under) > 1 else [""]
        parts.append(f"{calls.wanted.value.capitalize()} now: {chance_words(calls.now)}")
        helpful, guards = calls.helpful, calls.guards
        parts += ["", *_section("To win", helpful, calls, outlook, look, top)]
        parts += ["", *_section(HOLD, guards, calls, outlook, look, top)]
        parts += ["", bullets([*_idle(calls), *assumptions(outlook)], look)]
    return draw(parts, look)


def _section(
    title: str, moves: tuple[Call, ...], calls: Calls, outlook: Outlook, look: Look, top: int
) -> "Iterator[RenderableType]":
    """The first rows of a list of moves."""
    from rich.text import Text

    if not moves:
        yield f"{title}: no single move changes the odds"
        return
    priced = title != HOLD and any(move.cost != 1 for move in moves)
    drawn = table(
        look,
        (title, {"ratio": 1, "overflow": "fold"}),
        ("From", {"overflow": "fold", "max_width": 24}),
        ("To", {"no_wrap": True}),
        ("Gain", {"justify": "right", "no_wrap": True}),
        *((("Cost", {"justify": "right"}),) if priced else ()),
        ("Then", {"justify": "right", "no_wrap": True}),
    )
    rows = list(_rows(moves, outlook, priced=priced))
    for members, move in rows[:top]:
        drawn.add_row(
            Text(members),
            stance_words(_stance(move, outlook)),
            move.to.value,
            signed(move.gain),
            *([str(move.cost)] if priced else []),
            chance_words(calls.now + move.gain),
        )
    yield drawn
    if len(rows) > top:
        yield f"and {len(rows) - top} more kinds of move (--top)"


def _rows(moves: Iterable[Call], outlook: Outlook, *, priced: bool) -> Iterator[tuple[str, Call]]:
    """Moves alike in everything but the member, together; the weightiest first."""

    def alike(move: Call) -> tuple[Any, ...]:
        words = stance_words(_stance(move, outlook))
        weight = move.worth if priced else move.gain
        return -abs(weight), move.cost * priced, words, move.to.value, move.followers

    order = list(moves)
    order.sort(key=lambda move: (*alike(move), move.member))
    for _, group in groupby(order, key=alike):
        same = list(group)
        names = " ".join(move.member for move in same[:MOST_NAMES])
        names += f" and {len(same) - MOST_NAMES} more" if len(same) > MOST_NAMES else ""
        if same[0].followers:
            names += f" (with {' '.join(same[0].followers)})"
        yield (f"{names} (each)" if len(same) > 1 else names), same[0]


def _stance(move: Call, outlook: Outlook) -> Stance:
    return outlook.stances.get(move.member, Stance())


def signed(gain: Fraction) -> str:
    """A change of a chance, in points of a per cent, never rounded to nothing."""
    points = round(gain * 1000) / 10
    if not points and gain:
        return "+<0.1" if gain > 0 else "->-0.1"
    return f"{points:+.1f}"


def _idle(calls: Calls) -> Iterator[str]:
    """The members without a move that matters, by reason."""
    reasons: dict[str, list[str]] = {}
    for code, reason in calls.idle.items():
        reasons.setdefault(reason, []).append(code)
    for reason, codes in reasons.items():
        who = listed(codes) if len(codes) <= MOST_NAMES else f"{len(codes)} members"
        yield f"{who}: {reason}"


def calls_data(ruling: Ruling, under: Under) -> dict[str, Any]:
    """Every move for JSON."""
    lists = {question.id: _calls_data(calls) for question, calls in under}
    outlook = ruling.case.outlook or Outlook()
    return {
        "file": ruling.case.file,
        "id": ruling.case.id,
        **by_question("calls", lists),
        "assumptions": assumptions_data(outlook),
    }


def _calls_data(calls: Calls) -> dict[str, Any]:
    return {
        "wanted": calls.wanted.value,
        "now": chance_data(calls.now),
        "win": [_move_data(move, calls) for move in calls.helpful],
        "hold": [_move_data(move, calls) for move in calls.guards],
        "idle": dict(calls.idle),
    }


def _move_data(move: Call, calls: Calls) -> dict[str, Any]:
    return {
        "member": move.member,
        "to": move.to.value,
        "gain": chance_data(move.gain),
        "cost": move.cost,
        "then": chance_data(calls.now + move.gain),
        "followers": list(move.followers),
    }


def calls_sheet(ruling: Ruling, under: Under, *, top: int | None = None) -> Sheet:
    """Moves as rows: to win, then to hold."""
    outlook = ruling.case.outlook or Outlook()
    head = ("question", "list", "member", "from", "to", "gain", "cost", "then")
    rows = [
        (
            question.id,
            name,
            move.member,
            stance_words(_stance(move, outlook)),
            move.to.value,
            f"{float(move.gain):.12g}",
            str(move.cost),
            f"{float(calls.now + move.gain):.12g}",
        )
        for question, calls in under
        for name, moves in (("win", calls.helpful), ("hold", calls.guards))
        for move in islice(moves, top)
    ]
    return sheet_of(head, rows)
