"""What if: a roll call with votes set, moved or dropped. The rules stay the engine's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from unvote.rollcall import RollCall
from unvote.vocabulary import Vote


@dataclass(frozen=True, slots=True)
class SetVote:
    """These members vote so."""

    members: tuple[str, ...]
    vote: Vote


@dataclass(frozen=True, slots=True)
class Move:
    """So many members, whoever they are, go from one vote to another."""

    source: Vote
    target: Vote
    count: int


@dataclass(frozen=True, slots=True)
class Drop:
    """These members do not take part."""

    members: tuple[str, ...]


Change = SetVote | Move | Drop


@dataclass(frozen=True, slots=True)
class Sweep:
    """A move of every number of members from `first` to `last`."""

    source: Vote
    target: Vote
    first: int
    last: int

    def moves(self) -> Iterator[Move]:
        """The moves, one a number."""
        for count in range(self.first, self.last + 1):
            yield Move(self.source, self.target, count)


def movable(roll: RollCall, vote: Vote) -> int:
    """How many members do this, by name or without."""
    count: int = getattr(roll.tally, vote.value)
    return count


def changed(roll: RollCall, changes: Iterable[Change]) -> RollCall:
    """The roll call after the changes, in their order.

    A move asks how many members move, not which: unless all of them do, those that voted so are
    from then on known as a number only. A move of more members than there are is the caller's
    mistake.
    """
    for change in changes:
        if isinstance(change, SetVote):
            roll = _set(roll, change)
        elif isinstance(change, Drop):
            roll = _drop(roll, change)
        else:
            roll = _move(roll, change)
    return roll


def _set(roll: RollCall, change: SetVote) -> RollCall:
    """Members set by name; one that has no vote here is left out."""
    return roll.with_votes({code: change.vote for code in change.members if code in roll.named})


def _drop(roll: RollCall, change: Drop) -> RollCall:
    out = frozenset(change.members) & roll.named.keys()
    named = {code: vote for code, vote in roll.named.items() if code not in out}
    return replace(roll, named=named, not_participating=roll.not_participating | out)


def _move(roll: RollCall, change: Move) -> RollCall:
    have = movable(roll, change.source)
    if change.count > have:
        raise ValueError(f"{change.count} of {have} cannot move")
    if not change.count or change.source is change.target:
        return roll
    known = roll.who(change.source)
    if change.count == have and len(known) == have:
        return roll.with_votes(dict.fromkeys(known, change.target))
    named = {code: vote for code, vote in roll.named.items() if vote is not change.source}
    unnamed = dict(roll.unnamed)
    unnamed[change.source] = have - change.count
    unnamed[change.target] = unnamed.get(change.target, 0) + change.count
    return replace(roll, named=named).with_unnamed(unnamed)


def swept(roll: RollCall, sweeps: Iterable[Sweep]) -> Iterator[tuple[tuple[int, ...], RollCall]]:
    """Every point of one or several sweeps: the numbers moved, and the roll call there."""
    for moves in product(*(tuple(sweep.moves()) for sweep in sweeps)):
        yield tuple(move.count for move in moves), changed(roll, moves)
