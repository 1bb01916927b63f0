"""A new scenario file: one member moved, and the other changes there are as remarks."""

from typing import Final

from unvote.render.scaffold.lines import above, beside, quoted, text_of
from unvote.rollcall import RollCall
from unvote.scenarios import movable
from unvote.vocabulary import Vote

MOVES: Final = (
    (Vote.UNDECIDED, Vote.YES),
    (Vote.ABSTAIN, Vote.NO),
    (Vote.YES, Vote.NO),
    (Vote.NO, Vote.YES),
    (Vote.ABSENT, Vote.YES),
)


def scenario_text(base: str, roll: RollCall) -> str:
    """A scenario of a vote, its file named by its path from the new one.

    One change is made; the others are remarks, each of which may be brought to life beside it.
    """
    source, target = next((move for move in MOVES if movable(roll, move[0])), MOVES[0])
    have = movable(roll, source)
    by_number = f"{{from: {source.value}, to: {target.value}, count: {min(have, 1)}}}"
    changes, dropped = [f"  - {by_number}"], []
    if named := [quoted(code) for code in roll.who(source)]:
        changes = [f"  - {{countries: [{named[0]}], vote: {target.value}}}"]
    if len(named) > 1:
        changes.append(f"  # - {by_number}")
        dropped = [*above("Members that do not take part."), f"# drop: [{named[1]}]"]
    sweep = f"{{from: {source.value}, to: {target.value}, count: 0..{max(have - 1, 0)}}}"
    return text_of(
        [
            *above("What if some members voted otherwise? `unvote check` runs it."),
            "kind: scenario",
            *beside(f"base: {quoted(base)}", "the vote it starts from: a resolution or stances"),
            "",
            *above("Changes, in order: members by name, or so many from one vote to another."),
            "set:",
            *changes,
            "",
            *dropped,
            *above("Every number in a range, one after the other."),
            f"# sweep: {sweep}",
            *above("What you expect to come of it; `unvote check` tests it."),
            "# expect: {verdict: adopted}",
        ]
    )
