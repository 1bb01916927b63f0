"""Swings: the distances to the other verdict, the pivots, the cheapest flip, the coalitions."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from unvote.distances import Distance, Which
from unvote.flips import Change, Flip
from unvote.outcomes import Outcome
from unvote.render.card import bullets, heading, verdict_line
from unvote.render.coalitions import (
    coalition_sorts,
    coalitions_data,
    coalitions_markdown,
    coalitions_parts,
    pattern_words,
)
from unvote.render.sheets import Sheet, escaped, markdown_text, sheet_of
from unvote.render.style import Look, draw, table
from unvote.rulings import Ruling
from unvote.swings import Swing, Swung
from unvote.vocabulary import Vote
from unvote.wording import VERDICTS, cause_words, listed, question_words

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_NAMES: Final = 12
"""Members named one by one on a line of their own kind."""


def swings_text(ruling: Ruling, under: Iterable[Swung], look: Look, most: int | None) -> str:
    """The swings as a card of text; `most` coalitions are listed, missing: not asked for."""
    parts = [*heading(ruling, look), "", verdict_line(ruling, look)]
    every = list(under)
    for each in every:
        if len(every) > 1:
            words = question_words(each.question.title)
            parts += ["", f"As {words}: {each.outcome.verdict.value}"]
        for swing in each.swings:
            parts += ["", *_swing(swing, each.outcome, look)]
        if most is not None:
            parts += ["", *coalitions_parts(each.power, look, most)]
    return draw(parts, look)


# --- A swing --------------------------------------------------------------------------------------


def _swing(swing: Swing, outcome: Outcome, look: Look) -> "Iterator[RenderableType]":
    known = [one for one in swing.distances if one.number is not None]
    title = f"To {swing.to.value}"
    if known:
        drawn = table(
            look,
            (title, {"no_wrap": True}),
            ("Members", {"justify": "right", "no_wrap": True}),
            ("Which", {"ratio": 1, "overflow": "fold"}),
        )
        for one in known:
            drawn.add_row(move_words(one), str(one.number), which_words(one, outcome))
        yield drawn
    else:
        yield f"{title}: no one kind of move leads there"
    yield ""
    yield bullets(_remarks(swing), look)
    if swing.flip is not None:
        yield ""
        yield _flip(swing.flip, look)
        if swing.flip.several:
            yield "One of several sets at this cost"


def move_words(move: Distance) -> str:
    """A kind of move: `yes to no`."""
    return f"{move.source.value} to {move.target.value}"


def which_words(one: Distance, outcome: Outcome, most: int | None = None) -> str:
    """Which members a number means; nobody by name where they are more than `most`."""
    there: int = getattr(outcome.tally, one.source.value)
    few = most is None or len(one.members) <= most
    names = " ".join(one.members) if len(one.members) == one.number and few else ""
    match one.which:
        case Which.ANY:
            return f"any of {there}"
        case Which.THESE:
            few = one.number is not None and one.number <= MOST_NAMES
            if one.number == there and there > 1:
                return f"all of them: {names}" if few and names else "all of them"
            return f"only {names}" if names else "only certain ones"
        case _:
            return f"{names}, or certain others" if names else "certain ones"


def _remarks(swing: Swing) -> Iterator[str]:
    """What else is to be said: moves of no use, pivots, no way at all, what is beyond bounds."""
    if swing.pivots_told:
        yield from _pivots(swing)
    useless = _grouped(one for one in swing.distances if one.number is None and one.told)
    if useless and any(one.number is not None for one in swing.distances):
        yield f"No number is enough: {useless}"
    beyond = _grouped(one for one in swing.distances if not one.told)
    if beyond:
        yield f"Beyond what can be tried: {beyond}"
    if not swing.flip_told:
        yield "The cheapest set of changes is beyond what can be tried"
    elif swing.flip is None:
        yield "No change of votes leads there"


def _grouped(moves: Iterable[Distance]) -> str:
    """Moves by where they start: `no to yes, abstain or absent; abstain to yes`."""
    return "; ".join(
        f"{source.value} to {listed((one.target.value for one in group), 'or')}"
        for source, group in groupby(moves, key=lambda one: one.source)
    )


def _pivots(swing: Swing) -> Iterator[str]:
    """The pivots, those that can do the same together."""
    groups: dict[tuple[Vote, tuple[Vote, ...]], list[str]] = {}
    for pivot in swing.pivots:
        names = groups.setdefault((pivot.vote, pivot.votes), [])
        names.append(pivot.member or f"{pivot.count} not named")
    for (vote, votes), names in groups.items():
        who = " ".join(names[:MOST_NAMES])
        who += f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        others = listed((other.value for other in votes), "or")
        each = " each" if len(names) > 1 or not names[0].isalpha() else ""
        yield f"Pivotal: {who}, now {vote.value},{each} alone by {others}"
    if not groups:
        yield "Nobody is pivotal: no single change of vote is enough"


def _flip(flip: Flip, look: Look) -> "RenderableType":
    """The cheapest set, one row for each kind of change."""
    number = sum(change.count for change in flip.changes)
    changes = "one change" if number == 1 else f"{number} changes"
    drawn = table(
        look,
        (f"Cheapest: cost {flip.cost}", {"no_wrap": True}),
        ("Members", {"justify": "right", "no_wrap": True}),
        (changes, {"ratio": 1, "overflow": "fold"}),
    )
    for words, same in _by_move(flip.changes):
        count = sum(change.count for change in same)
        drawn.add_row(words, str(count), " ".join(map(_who, same)))
    return drawn


def _one_of(flip: Flip) -> str:
    return ", one of several" if flip.several else ""


def _by_move(changes: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(f"{change.source.value} to {change.target.value}", []).append(change)
    yield from groups.items()


def _who(change: Change) -> str:
    """The member of a change, with its cost where it is not one."""
    if change.member is None:
        return "not named"
    return change.member if change.cost == 1 else f"{change.member}({change.cost})"


# --- Markdown -------------------------------------------------------------------------------------


def swings_markdown(ruling: Ruling, under: Iterable[Swung], most: int | None) -> str:
    """The swings for a pull request: a short table for each verdict to come to, and what else."""
    case = ruling.case
    lines = [f"### {escaped(case.id)}" + (f": {escaped(case.title)}" if case.title else ""), ""]
    every = list(under)
    for each in every:
        said = f"As {question_words(each.question.title)}:" if len(every) > 1 else ""
        why = cause_words(each.outcome)
        words = f"{VERDICTS[each.outcome.verdict]}{f', {why}' if why else ''}"
        lines += [f"{escaped(said)} **{escaped(words)}**".lstrip(), ""]
        for swing in each.swings:
            lines += _swing_markdown(swing, each.outcome)
        if most is not None:
            lines += coalitions_markdown(each.power, most)
    return "\n".join(lines).rstrip("\n") + "\n"


def _swing_markdown(swing: Swing, outcome: Outcome) -> Iterator[str]:
    """The moves that lead to a verdict as a table, then the rest as points."""
    known = [one for one in swing.distances if one.number is not None]
    if known:
        rows = [(move_words(one), str(one.number), which_words(one, outcome)) for one in known]
        head = (f"To {swing.to.value}", "Members", "Which")
        yield markdown_text(sheet_of(head, rows, right=frozenset({"Members"})))
    else:
        yield f"To {swing.to.value}: no one kind of move leads there\n"
    for remark in _remarks(swing):
        yield f"- {escaped(remark)}"
    if swing.flip is not None:
        flip = swing.flip
        said = f"Cheapest{_one_of(flip)}: cost {flip.cost}; {changes_words(flip)}"
        yield f"- {escaped(said)}"
    yield ""


def changes_words(flip: Flip) -> str:
    """The changes of a set: `no to abstain: RUS`."""
    moved = (f"{words}: {_whom(same)}" for words, same in _by_move(flip.changes))
    return "; ".join(moved)


def _whom(changes: Iterable[Change]) -> str:
    """The members of changes by name, and how many there are without."""
    every = list(changes)
    names = " ".join(_who(change) for change in every if change.member is not None)
    loose = sum(change.count for change in every if change.member is None)
    return " and ".join(filter(None, (names, f"{loose} not named" if loose else "")))


def flip_numbers(flip: Flip) -> str:
    """The changes of a set by their number: `45 from yes to no`."""
    by_move = _by_move(flip.changes)
    return listed(f"{sum(one.count for one in same)} from {words}" for words, same in by_move)


# --- Data -----------------------------------------------------------------------------------------


def swings_data(ruling: Ruling, under: Iterable[Swung], most: int | None) -> list[dict[str, Any]]:
    """The swings for JSON, one result for each question and verdict to come to."""
    case = ruling.case
    return [
        {
            "file": case.file,
            "id": case.id,
            "title": case.title,
            "body": case.body.id,
            "date": case.day.isoformat(),
            "question": each.question.id,
            "verdict": each.outcome.verdict.value,
            "swing": swing_data(swing),
            **({} if most is None else {"coalitions": coalitions_data(each.power, most)}),
        }
        for each in under
        for swing in each.swings
    ]


def swing_data(swing: Swing) -> dict[str, Any]:
    """One swing: the number of each move, which members, the pivots, the cheapest set."""
    beyond = [one.key for one in swing.distances if not one.told]
    beyond += [] if swing.pivots_told else ["pivots"]
    beyond += [] if swing.flip_told else ["cheapest"]
    return {
        "to": swing.to.value,
        "moves": {one.key: one.number for one in swing.distances},
        "members": {
            one.key: {"which": one.which.value, "first": list(one.members)}
            for one in swing.distances
            if one.which is not None
        },
        "pivots": [
            {
                "member": pivot.member,
                "count": pivot.count,
                "from": pivot.vote.value,
                "to": [vote.value for vote in pivot.votes],
            }
            for pivot in swing.pivots
        ],
        "cheapest": None if swing.flip is None else _flip_data(swing.flip),
        "beyond": beyond,
    }


def _flip_data(flip: Flip) -> dict[str, Any]:
    return {
        "cost": flip.cost,
        "several": flip.several,
        "changes": [
            {
                "member": change.member,
                "count": change.count,
                "from": change.source.value,
                "to": change.target.value,
                "cost": change.cost,
            }
            for change in flip.changes
        ],
    }


# --- Rows -----------------------------------------------------------------------------------------


def swings_sheet(under: Iterable[Swung], most: int | None) -> Sheet:
    """Everything as rows: moves, pivots, the cheapest set, coalitions."""
    head = ("question", "to", "what", "from", "vote", "number", "cost", "which", "members")
    rows: list[tuple[str, ...]] = []
    for each in under:
        for swing in each.swings:
            rows += [(each.question.id, swing.to.value, *row) for row in _rows(swing)]
        for sort, found in coalition_sorts(each.power if most is not None else None):
            rows += [
                (each.question.id, "", sort, "", "", str(p.number), "", "", pattern_words(p))
                for p in found.patterns[:most]
            ]
    return sheet_of(head, rows, right=frozenset({"number", "cost"}))


def _rows(swing: Swing) -> Iterator[tuple[str, ...]]:
    for one in swing.distances:
        number = "" if one.number is None else str(one.number)
        which = one.which.value if one.which else ("none" if one.told else "beyond")
        move = one.source.value, one.target.value
        yield ("move", *move, number, "", which, " ".join(one.members))
    for pivot in swing.pivots:
        votes = " ".join(vote.value for vote in pivot.votes)
        yield ("pivot", pivot.vote.value, votes, str(pivot.count), "", "", pivot.member or "")
    for change in swing.flip.changes if swing.flip else ():
        move = change.source.value, change.target.value
        who = change.member or ""
        yield ("cheapest", *move, str(change.count), str(change.cost), "", who)
