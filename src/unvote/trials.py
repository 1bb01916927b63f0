"""Distances where sums do not tell: it matters who cast which vote, or what the undecided do.

Changes are tried one after the other, the engine deciding each, up to a bound.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from math import comb, prod
from typing import Final

from unvote.distances import Distance, Pivot, Which
from unvote.engine import COMPLETIONS, decide
from unvote.flips import Change, Flip, mildness
from unvote.frontiers import BeyondBoundError
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.sides import TARGETS, Side
from unvote.vocabulary import Vote

MOST_TRIALS: Final = 4_000
"""Complete votes judged for one question (a distance, the pivots, the cheapest set) at most."""
MOST_POOLS: Final = 200
"""Sorts of members within which changes are tried."""
NAMELESS: Final = "~"
"""What stands for a vote without a name: it comes after every code."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Members that vote alike, cost the same and are not told apart, or so many without names."""

    vote: Vote
    codes: tuple[str, ...]
    loose: int
    cost: int = 1

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.codes) or self.loose


Shift = tuple[Pool, Vote, int]
"""So many of a pool go to another vote."""


class Trials:
    """Changes of one roll call, tried until one comes to a verdict."""

    def __init__(self, roll: RollCall, rule: Rule, side: Side) -> None:
        self.roll, self.rule, self.to = roll, rule, side.to
        self.pools: list[Pool] = []
        for group in side.groups:
            if group.codes:
                self.pools.append(Pool(group.vote, group.codes, 0))
            if group.loose:
                self.pools.append(Pool(group.vote, (), group.loose))
        self._left = 0
        unknown = len(roll.who(Vote.UNDECIDED))
        # Under a rule that is not monotone one decision tries every completion.
        self._effort = 1 if rule.monotone else len(COMPLETIONS) ** unknown

    def distances(self, moves: Sequence[Distance]) -> tuple[Distance, ...]:
        """The distance by each kind of move."""
        return tuple(self._distance(move) for move in moves)

    def _distance(self, move: Distance) -> Distance:
        pools = [pool for pool in self.pools if pool.vote is move.source]
        if len(pools) > MOST_POOLS:
            return replace(move, told=False)
        total = sum(pool.size for pool in pools)
        self._left = MOST_TRIALS
        try:
            for number in range(1, total + 1):
                found = [
                    shifts
                    for shifts in _spread(pools, move.target, number)
                    if self._reached(shifts)
                ]
                if found:
                    first = min(_who(shifts) for shifts in found)
                    who = tuple(code for code in first if code != NAMELESS)
                    return replace(move, number=number, members=who, which=_which(found, total))
        except BeyondBoundError:
            return replace(move, told=False)
        return move

    def pivots(self) -> tuple[Pivot, ...]:
        """The members whose change of vote alone is enough."""
        found: list[Pivot] = []
        self._left = MOST_TRIALS
        for pool in self.pools:
            votes = tuple(
                target
                for target in TARGETS
                if target is not pool.vote and self._reached([(pool, target, 1)])
            )
            if votes:
                found += [Pivot(code, pool.vote, votes) for code in pool.codes]
                if pool.loose:
                    found.append(Pivot(None, pool.vote, votes, pool.loose))
        return tuple(sorted(found, key=lambda p: (p.member is None, p.member or "", p.vote.value)))

    def flip(self, costs: Mapping[str, int]) -> Flip | None:
        """The cheapest set of changes, cheaper ones tried first."""
        ways = [
            (pool, target)
            for pool in sorted(self._priced(costs), key=lambda pool: pool.codes or (NAMELESS,))
            for target in TARGETS
            if target is not pool.vote
        ]
        self._left = MOST_TRIALS
        queue: list[tuple[int, int, tuple[str, ...], tuple[int, ...]]] = []
        heappush(queue, (0, 0, (), (0,) * len(ways)))
        found: list[list[Shift]] = []
        best = 0, 0
        while queue:
            cost, number, _, counts = heappop(queue)
            if found and (cost, number) != best:
                break
            shifts = [(p, v, n) for (p, v), n in zip(ways, counts, strict=True) if n]
            try:
                reached = bool(shifts) and self._reached(shifts)
            except BeyondBoundError:
                if found:
                    break
                raise
            if reached:
                best = cost, number
                found.append(shifts)
            if found:
                continue
            last = max((place for place, count in enumerate(counts) if count), default=0)
            for place in range(last, len(ways)):
                pool = ways[place][0]
                used = sum(n for (p, _), n in zip(ways, counts, strict=True) if p is pool)
                if used < pool.size:
                    more = (*counts[:place], counts[place] + 1, *counts[place + 1 :])
                    taken = [(p, v, n) for (p, v), n in zip(ways, more, strict=True) if n]
                    heappush(queue, (cost + pool.cost, number + 1, _who(taken), more))
        if not found:
            return None
        first = min(found, key=_strain)
        several = len(found) > 1 or any(len(pool.codes) > count for pool, _, count in first)
        return Flip(best[0], tuple(_changes(first)), several)

    def _priced(self, costs: Mapping[str, int]) -> Iterator[Pool]:
        """The pools, split where the members of one cost differently."""
        for pool in self.pools:
            if pool.loose:
                yield pool
            for cost in sorted({costs.get(code, 1) for code in pool.codes}):
                codes = tuple(code for code in pool.codes if costs.get(code, 1) == cost)
                yield Pool(pool.vote, codes, 0, cost)

    def _reached(self, shifts: Sequence[Shift]) -> bool:
        """Whether the verdict is reached by these changes."""
        self._left -= self._effort
        if self._left < 0:
            raise BeyondBoundError
        named = {code: target for code, _, target in _named(shifts)}
        loose = dict(self.roll.unnamed)
        for pool, target, count in shifts:
            if pool.loose:
                loose[pool.vote] -= count
                loose[target] = loose.get(target, 0) + count
        roll = self.roll.with_votes(named).with_unnamed(loose)
        return decide(roll, self.rule).verdict is self.to


def _spread(pools: Sequence[Pool], target: Vote, number: int) -> Iterator[list[Shift]]:
    """Every way in which so many can come from these pools."""
    if not pools:
        if not number:
            yield []
        return
    first, *rest = pools
    least = max(0, number - sum(pool.size for pool in rest))
    for count in range(least, min(first.size, number) + 1):
        for shifts in _spread(rest, target, number - count):
            yield [(first, target, count), *shifts] if count else shifts


def _which(found: Sequence[Sequence[Shift]], total: int) -> Which:
    """Which members a number means, given all the ways that lead there."""
    number = sum(count for _, _, count in found[0])
    ways = sum(prod(comb(pool.size, count) for pool, _, count in shifts) for shifts in found)
    if ways == 1:
        return Which.THESE
    return Which.ANY if ways == comb(total, number) else Which.SOME


def _named(shifts: Sequence[Shift]) -> Iterator[tuple[str, Pool, Vote]]:
    """The members that change by name, those of a pool in the order of their codes."""
    used: dict[int, int] = {}
    for pool, target, count in shifts:
        start = used.get(id(pool), 0)
        used[id(pool)] = start + count
        for code in pool.codes[start : start + count]:
            yield code, pool, target


def _who(shifts: Sequence[Shift]) -> tuple[str, ...]:
    """The members that change by code, those without names last."""
    loose = sum(count for pool, _, count in shifts if pool.loose)
    return (*sorted(code for code, _, _ in _named(shifts)), *[NAMELESS] * loose)


def _strain(shifts: Sequence[Shift]) -> tuple[bool, list[tuple[int, int, int]]]:
    """The order among sets that cost the same: of one kind of move first, then the milder."""
    kinds = sorted({mildness(pool.vote, target) for pool, target, _ in shifts}, reverse=True)
    return len(kinds) > 1, kinds if len(kinds) == 1 else []


def _changes(shifts: Sequence[Shift]) -> Iterator[Change]:
    """The changes, by code, then those without names."""
    for code, pool, target in sorted(_named(shifts), key=lambda one: one[0]):
        yield Change(code, pool.vote, target, pool.cost)
    for pool, target, count in shifts:
        if pool.loose:
            yield Change(None, pool.vote, target, count, count)
