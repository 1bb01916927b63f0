"""What if: a roll call with votes set, moved or dropped. The rules stay the engine's."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice, product
from typing import Final

from unvote.cases import Case
from unvote.rollcall import RollCall
from unvote.rulings import Ruling, again
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Vote
from unvote.work import Workers, done

PIECE: Final = 250
"""Points of a sweep that are decided in one go."""


@dataclass(frozen=True, slots=True)
class SetVote:
    """These members vote so: for certain, or in a forecast as firmly as a word says."""

    members: tuple[str, ...]
    vote: Vote
    word: str = ""

    @property
    def said(self) -> str:
        """The vote with its word of confidence, as `lean yes`."""
        return f"{self.word} {self.vote.value}".strip()


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


@dataclass(frozen=True, slots=True)
class Transfer:
    """Members that went from one vote to another; without `target` they take no part any more.

    `members` is empty where only their number is known.
    """

    source: Vote
    target: Vote | None
    count: int
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a sweep: the numbers moved, and the ruling there."""

    counts: tuple[int, ...]
    ruling: Ruling


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


def supposed(
    case: Case, changes: Iterable[Change], since: RollCall | None = None
) -> tuple[Case, tuple[Transfer, ...]]:
    """A case after the changes, in their order, and who went where.

    Where stances are known, who follows a member that is set is listed with it; the one stays a
    follower of the other. A case without a roll call stays as it is. `since` is the roll call that
    was before this case, if some members have gone elsewhere already.
    """
    loose: list[Transfer] = []
    origins, ends = _gone(since, case.roll)
    for change in changes:
        if case.roll is None:
            break
        whole = _with_followers(change, case)
        for transfer in _transfers(case.roll, whole):
            loose += [] if transfer.members else [transfer]
            for code in transfer.members:
                origins.setdefault(code, transfer.source)
                ends[code] = transfer.target
        outlook = foreseen(case.outlook, (change,)) if case.outlook else None
        case = replace(case, roll=changed(case.roll, (whole,)), outlook=outlook)
    return case, (*_named(origins, ends), *loose)


def _gone(
    before: RollCall | None, after: RollCall | None
) -> tuple[dict[str, Vote], dict[str, Vote | None]]:
    """Where members known by name in two roll calls were and are, as far as these differ."""
    origins: dict[str, Vote] = {}
    ends: dict[str, Vote | None] = {}
    if before is not None and after is not None:
        for code, vote in before.named.items():
            if after.named.get(code, vote) is not vote:
                origins[code], ends[code] = vote, after.named[code]
    return origins, ends


def _named(origins: Mapping[str, Vote], ends: Mapping[str, Vote | None]) -> Iterator[Transfer]:
    """Who ended where, in the order of the votes; nobody who came back."""
    for source in Vote:
        for target in (*Vote, None):
            codes = [c for c in sorted(ends) if (origins[c], ends[c]) == (source, target)]
            if codes and source is not target:
                yield Transfer(source, target, len(codes), tuple(codes))


def _with_followers(change: Change, case: Case) -> Change:
    """A vote that is set, with all members that follow one of those it is set for."""
    if not isinstance(change, SetVote) or case.outlook is None:
        return change
    stances, leading = case.outlook.stances, set(change.members)
    for code in stances:
        chain = [code]
        while chain[-1] not in leading:
            stance = stances.get(chain[-1])
            if stance is None or stance.follows is None or stance.follows in chain:
                break
            chain.append(stance.follows)
        else:
            leading.update(chain)
    more = sorted(leading - set(change.members))
    return replace(change, members=(*change.members, *more))


def _transfers(roll: RollCall, change: Change) -> Iterator[Transfer]:
    """Who goes where by one change; nobody who is there already."""
    if isinstance(change, Move):
        known = roll.who(change.source)
        named = known if change.count == movable(roll, change.source) == len(known) else ()
        if change.count and change.source is not change.target:
            yield Transfer(change.source, change.target, change.count, named)
        return
    target = change.vote if isinstance(change, SetVote) else None
    for source in Vote:
        codes = sorted({code for code in change.members if roll.named.get(code) is source})
        if codes and source is not target:
            yield Transfer(source, target, len(codes), tuple(codes))


def foreseen(outlook: Outlook, changes: Iterable[Change]) -> Outlook:
    """What is known of the vote after the changes: members set vote so, as firmly as is said.

    Who follows a member that was set follows it there too.
    """
    stances = dict(outlook.stances)
    for change in changes:
        if isinstance(change, SetVote):
            for code in change.members:
                before = stances.get(code, Stance())
                stances[code] = replace(
                    before,
                    vote=change.vote,
                    word=change.word,
                    chances={},
                    follows=None,
                    condition={},
                    then=None,
                    together=False,
                )
    return replace(outlook, stances=stances)


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
    left = {vote: count for vote, count in unnamed.items() if count}
    return replace(roll, named=named, unnamed=left)


def steps_of(roll: RollCall, sweeps: Iterable[Sweep]) -> Iterator[tuple[Move, ...]]:
    """Every point of one or several sweeps that there are members for, as the moves to it.

    Two sweeps from the same vote take from the same members: together they end where all moved.
    """
    for moves in product(*(tuple(sweep.moves()) for sweep in sweeps)):
        asked: dict[Vote, int] = {}
        for move in moves:
            asked[move.source] = asked.get(move.source, 0) + move.count
        if all(count <= movable(roll, vote) for vote, count in asked.items()):
            yield moves


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Points of a sweep that follow on one another, and the number of the first."""

    first: int
    steps: tuple[tuple[Move, ...], ...]

    def __str__(self) -> str:
        return f"points {self.first:,} to {self.first + len(self.steps) - 1:,}"


def points_of(
    after: Ruling, sweeps: tuple[Sweep, ...], workers: Workers | None = None
) -> tuple[Point, ...]:
    """Every point of some sweeps that start from a ruling, decided here or by workers."""
    roll = after.case.roll
    if roll is None or not sweeps:
        return ()
    pieces = _stretches(steps_of(roll, sweeps))
    return tuple(chain.from_iterable(done(partial(_decided, after), pieces, workers)))


def _stretches(steps: Iterator[tuple[Move, ...]]) -> Iterator[_Stretch]:
    first = 1
    while some := tuple(islice(steps, PIECE)):
        yield _Stretch(first, some)
        first += len(some)


def _decided(after: Ruling, stretch: _Stretch) -> list[Point]:
    """The points of a stretch, for a ruling on a case that has a roll call."""
    case = after.case
    points: list[Point] = []
    for moves in stretch.steps:
        moved = changed(case.roll, moves) if case.roll else None
        ruling = again(after, replace(case, roll=moved))
        points.append(Point(tuple(move.count for move in moves), ruling))
    return points
