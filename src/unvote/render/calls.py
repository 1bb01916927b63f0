"""The calls: which move of which member changes the odds most, and who must not be lost."""

from collections.abc import Iterable, Iterator, Mapping
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
ROOM: Final = 60
"""Columns below which a move is in one column, and what the odds are then left out."""
SURE: Final = Fraction(999, 1000)
"""Odds beyond which, or as near to nought, moves that change next to nothing are not listed."""
SLIGHT: Final = Fraction(5, 10_000)
"""A change of the odds below which it is next to nothing."""
Under = tuple[tuple[Question, Calls], ...]
Stances = Mapping[str, Stance]
_ENDS: Final = (("From", {"overflow": "fold", "max_width": 24}), ("To", {"no_wrap": True}))


def calls_text(ruling: Ruling, under: Under, look: Look, *, top: int) -> str:
    """The calls as a card of text, equal moves of several members in one row."""
    parts = heading(ruling, look)
    outlook = ruling.case.outlook or Outlook()
    stances = _stances(ruling)
    for question, calls in under:
        parts += ["", f"as {question_words(question.title)}:"] if len(under) > 1 else [""]
        parts.append(f"{calls.wanted.value.capitalize()} now: {chance_words(calls.now)}")
        if _slight(calls):
            words = f"{float(SLIGHT * 100):g} points"
            parts += ["", f"No single call changes the odds by as much as {words}", ""]
            parts.append(bullets([*_idle(calls), *assumptions(outlook)], look))
            continue
        helpful, guards = calls.helpful, calls.guards
        parts += ["", *_section("To win", helpful, calls, stances, look, top)]
        parts += ["", *_section(HOLD, guards, calls, stances, look, top)]
        parts += ["", bullets([*_idle(calls), *assumptions(outlook)], look)]
    return draw(parts, look)


def _slight(calls: Calls) -> bool:
    """Whether the odds are all but certain and no move changes them to speak of."""
    sure = calls.now > SURE or calls.now < 1 - SURE
    return sure and bool(calls.moves) and all(abs(move.gain) < SLIGHT for move in calls.moves)


def _section(
    title: str, moves: tuple[Call, ...], calls: Calls, stances: Stances, look: Look, top: int
) -> "Iterator[RenderableType]":
    """The first rows of a list of moves."""
    from rich.text import Text

    if not moves:
        yield f"{title}: no single move changes the odds"
        return
    priced = title != HOLD and any(move.cost != 1 for move in moves)
    roomy = look.width >= ROOM
    right: dict[str, Any] = {"justify": "right", "no_wrap": True}
    drawn = table(
        look,
        (title, {"ratio": 1, "overflow": "fold"}),
        *(_ENDS if roomy else ()),
        ("Gain", right),
        *((("Cost", right),) if priced else ()),
        *((("Then", right),) if roomy else ()),
    )
    rows = list(_rows(moves, stances, priced=priced))
    for members, move in rows[:top]:
        ends = stance_words(stances[move.member]), move.to.value
        drawn.add_row(
            *((Text(members), *ends) if roomy else (Text(f"{' to '.join(ends)}: {members}"),)),
            signed(move.gain),
            *([str(move.cost)] if priced else []),
            *([chance_words(calls.now + move.gain)] if roomy else []),
        )
    yield drawn
    if len(rows) > top:
        yield f"and {len(rows) - top} more kinds of move (--top)"


def _rows(moves: Iterable[Call], stances: Stances, *, priced: bool) -> Iterator[tuple[str, Call]]:
    """Moves alike in everything but the member, together; the weightiest first."""

    def alike(move: Call) -> tuple[Any, ...]:
        words = stance_words(stances[move.member])
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


def _stances(ruling: Ruling) -> Stances:
    """The stance of every member; who has none has the vote of the roll call."""
    roll, outlook = ruling.case.roll, ruling.case.outlook or Outlook()
    listed = {code: Stance(vote) for code, vote in roll.named.items()} if roll else {}
    return {**listed, **outlook.stances}


def signed(gain: Fraction) -> str:
    """A change of a chance, in points of a per cent, never rounded to nothing."""
    points = round(gain * 1000) / 10
    if not points and gain:
        return "under 0.1"
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
    stances = _stances(ruling)
    head = ("question", "list", "member", "from", "to", "gain", "cost", "then")
    rows = [
        (
            question.id,
            name,
            move.member,
            stance_words(stances[move.member]),
            move.to.value,
            f"{float(move.gain):.12g}",
            str(move.cost),
            f"{float(calls.now + move.gain):.12g}",
        )
        for question, calls in under
        for name, moves in (("win", calls.helpful), ("hold", calls.guards))
        for move in islice(moves, top)
    ]
    return sheet_of(head, rows, figures=frozenset({"gain", "cost", "then"}))
