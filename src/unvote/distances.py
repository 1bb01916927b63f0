"""Distances: the fewest members that go from one vote to another; and members that matter alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from unvote.frontiers import BeyondBoundError, Vector, cheapest, reaches
from unvote.sides import SOURCES, TARGETS, Group, Side
from unvote.vocabulary import Vote

MOST_TRIED: Final = 10_000
"""Numbers of members tried one by one."""


class Which(Enum):
    """Which members a number means: any so many, only these, or these or certain others."""

    ANY = "any"
    THESE = "these"
    SOME = "some"


@dataclass(frozen=True, slots=True)
class Distance:
    """The fewest members that must go from one vote to another for the verdict to be the other.

    `number` is missing where no number of them does. `members` are those that do it, the first by
    code, as far as they are known by name. `told` is false where the number is beyond the bounds.
    """

    source: Vote
    target: Vote
    number: int | None = None
    members: tuple[str, ...] = ()
    which: Which | None = None
    told: bool = True

    @property
    def key(self) -> str:
        """The move as it is written: `yes->no`."""
        return f"{self.source.value}->{self.target.value}"


@dataclass(frozen=True, slots=True)
class Pivot:
    """A member, or (no `member`) any of so many without names, that alone makes the difference.

    Each of `votes`, in place of the one it casts, does.
    """

    member: str | None
    vote: Vote
    votes: tuple[Vote, ...]
    count: int = 1


def distances_of(side: Side) -> tuple[Distance, ...]:
    """The distance to a side by every kind of move."""
    return tuple(_distance(side, move) for move in side_moves(side))


def side_moves(side: Side) -> Iterator[Distance]:
    """Every move that there are members for."""
    there = {group.vote for group in side.groups if group.size}
    for source in SOURCES:
        for target in TARGETS:
            if source in there and source is not target:
                yield Distance(source, target)


def _distance(side: Side, move: Distance) -> Distance:
    """The distance by one kind of move; the move itself, without a number, if there is none."""
    source, target = move.source, move.target
    moving = [group for group in side.groups if group.vote is source and group.size]
    if side.adopts and any(group.held and group.vote is not source for group in side.groups):
        return move
    if side.adopts and any(group.held and group.gains[target].veto for group in moving):
        return move
    if not side.adopts and any(group.gains[target].veto for group in moving):
        return _alone(side, move, moving)
    able = [group for group in moving if not group.gains[target].veto]
    others = len(moving) > len(able)
    try:
        if len(able) == 1:
            return _alike(side, move, able[0], others=others)
        return _among(side, move, able, others=others)
    except BeyondBoundError:
        return Distance(source, target, told=False)


def _alone(side: Side, move: Distance, moving: Sequence[Group]) -> Distance:
    """A move by which a veto is used: one member is enough."""
    target = move.target
    who: list[str] = []
    for group in moving:
        gain = group.gains[target]
        if gain.veto or side.far(side.after(gain.step)):
            who += group.codes
    which = Which.SOME
    if len(who) == 1:
        which = Which.THESE
    elif len(who) == sum(group.size for group in moving):
        which = Which.ANY
    return Distance(move.source, target, 1, tuple(sorted(who)[:1]), which)


def _alike(side: Side, move: Distance, group: Group, *, others: bool) -> Distance:
    """A move by members that are all alike; `others` also vote so, and cannot help."""
    step, size = group.gains[move.target].step, group.size
    number = _fewest(side, step, size if group.held else 1, size)
    if number is None:
        return move
    which = Which.SOME if others else Which.ANY
    if number == size:
        which = Which.THESE
    return Distance(move.source, move.target, number, group.codes[:number], which)


def _fewest(side: Side, step: Vector, low: int, high: int) -> int | None:
    """The fewest equal steps, from `low` up to `high`, that are far enough."""
    if all(part >= 0 for part in step):
        if not side.far(side.after(step, times=high)):
            return None
        while low < high:
            middle = (low + high) // 2
            if side.far(side.after(step, times=middle)):
                high = middle
            else:
                low = middle + 1
        return low
    if all(part <= 0 for part in step):
        return low if side.far(side.after(step, times=low)) else None
    # What helps one condition hurts another: every number is tried.
    if high > MOST_TRIED:
        raise BeyondBoundError
    return next((n for n in range(low, high + 1) if side.far(side.after(step, times=n))), None)


def _among(side: Side, move: Distance, able: Sequence[Group], *, others: bool) -> Distance:
    """A move by members that differ."""
    target = move.target
    people = sorted((code, group) for group in able for code in group.codes)
    found = side.items([([(1, g.gains[target].step)], not g.held) for _, g in people])
    choice = cheapest(found.items, len(found.kept), found.far)
    if choice is None:
        return move
    chosen = [code for (code, _), pick in zip(people, choice.picks, strict=True) if pick == 0]
    which = Which.SOME
    if choice.alone:
        which = Which.THESE
    elif not others and not _failing(side, [g for _, g in people], target, choice.cost):
        which = Which.ANY
    return Distance(move.source, target, choice.cost, tuple(chosen), which)


def _failing(side: Side, people: Sequence[Group], target: Vote, number: int) -> bool:
    """Whether some so many of these members, whatever is known to be enough, are not enough."""
    if any(group.held for group in people) and number < len(people):
        return True
    steps = [tuple(-part for part in group.gains[target].step) for group in people]
    backwards = side.items([([(1, step)], True) for step in steps], backwards=True)
    return reaches(
        backwards.items,
        len(backwards.kept),
        lambda vector: not backwards.far(tuple(-part for part in vector)),
        number,
    )


def pivots_of(side: Side) -> tuple[Pivot, ...]:
    """The members whose change of vote alone is enough, by code."""
    held = sum(group.size for group in side.groups if group.held)
    found: list[Pivot] = []
    for group in side.groups:
        votes = tuple(
            target
            for target in TARGETS
            if target in group.gains and _enough(side, group, target, held)
        )
        if votes:
            found += [Pivot(code, group.vote, votes) for code in group.codes]
            if group.loose:
                found.append(Pivot(None, group.vote, votes, group.loose))
    return tuple(sorted(found, key=lambda p: (p.member is None, p.member or "", p.vote.value)))


def _enough(side: Side, group: Group, target: Vote, held: int) -> bool:
    """Whether one of these members alone makes the difference; `held` are vetoes in use."""
    gain = group.gains[target]
    if not side.adopts:
        return gain.veto or side.far(side.after(gain.step))
    if gain.veto or held - group.held:
        return False
    return side.far(side.after(gain.step))
