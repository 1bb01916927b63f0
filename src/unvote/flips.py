"""The cheapest set of changes to another verdict, each member free to cast any other vote."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from unvote.distances import Distance
from unvote.frontiers import BeyondBoundError, Vector, cheapest
from unvote.sides import SOURCES, Group, Side
from unvote.vocabulary import Vote

MOST_MEMBERS: Final = 2_000
"""Members up to which the cheapest set is looked for."""
Way = tuple[Vote, Vector]
Move = tuple[str | None, Group, Vote]
Priced = tuple[int, list[Move]]


@dataclass(frozen=True, slots=True)
class Change:
    """One member, or (no `member`) so many without names, that votes otherwise, and its cost."""

    member: str | None
    source: Vote
    target: Vote
    cost: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Flip:
    """The cheapest set of changes to another verdict.

    Of several at one cost it has the fewest members, and of those the first by code.
    """

    cost: int
    changes: tuple[Change, ...]


def flip_of(side: Side, costs: Mapping[str, int], distances: Sequence[Distance]) -> Flip | None:
    """The cheapest set of changes to a side; the distances to it give a bound to start from.

    Nothing where no set leads there; beyond the bounds raises `BeyondBoundError`. `costs` are those
    of members, one where there is none.
    """
    if sum(group.size for group in side.groups) > MOST_MEMBERS:
        raise BeyondBoundError
    return _Flips(side, costs).cheapest(distances)


class _Flips:
    """The cheapest set of changes, each member free to cast any other vote.

    Costs are counted so that of two sets that cost the same the smaller is the cheaper.
    """

    def __init__(self, side: Side, costs: Mapping[str, int]) -> None:
        self.side = side
        self.people = sorted(
            ((code, group) for group in side.groups for code in group.members),
            key=lambda one: (one[0] is None, one[0] or "", SOURCES.index(one[1].vote)),
        )
        self.unit = len(self.people) + 1
        self.costs = costs

    def cost(self, code: str | None) -> int:
        """What a change of this member costs, as counted here."""
        return self.costs.get(code or "", 1) * self.unit + 1

    def cheapest(self, distances: Sequence[Distance]) -> Flip | None:
        """The cheapest set; the distances give a bound to start from."""
        ways = {id(group): tuple(self._ways(group)) for group in self.side.groups}
        vetoes: list[Priced] = [(self.cost(move[0]), [move]) for move in self._vetoes()]
        flips = list(vetoes)
        people = [(code, group) for code, group in self.people if ways[id(group)] or group.held]
        found = self.side.items(
            [([(self.cost(c), step) for _, step in ways[id(g)]], not g.held) for c, g in people]
        )
        choice = cheapest(
            found.items,
            len(found.kept),
            found.far,
            enough=self._bound(distances),
            most=min((cost for cost, _ in vetoes), default=None),
        )
        if choice is not None:
            pairs = zip(people, choice.picks, strict=True)
            chosen = [(c, g, ways[id(g)][pick][0]) for (c, g), pick in pairs if pick is not None]
            flips.append((choice.cost, chosen))
        if not flips:
            return None
        cost, best = min(flips, key=lambda one: (one[0], [code or "~" for code, _, _ in one[1]]))
        return Flip(cost // self.unit, tuple(self._changes(best)))

    def _ways(self, group: Group) -> Iterator[Way]:
        """The changes of a member worth making: none that another leads as far as, or further."""
        kept: list[Way] = []
        for target, gain in group.gains.items():
            if gain.veto or not (group.held or any(part > 0 for part in gain.step)):
                continue
            if not any(_covers(step, gain.step) for _, step in kept):
                kept = [way for way in kept if not _covers(gain.step, way[1])]
                kept.append((target, gain.step))
        yield from kept

    def _bound(self, distances: Sequence[Distance]) -> int | None:
        """A cost that is enough: that of the cheapest single kind of move."""
        known = [
            sum(map(self.cost, one.members)) + (one.number - len(one.members)) * self.cost(None)
            for one in distances
            if one.number is not None
        ]
        return min(known, default=None)

    def _vetoes(self) -> Iterator[Move]:
        """The changes that use a veto: to stop a text, one is enough."""
        for code, group in self.people if not self.side.adopts else ():
            for target, gain in group.gains.items():
                if gain.veto:
                    yield code, group, target

    def _changes(self, chosen: Sequence[Move]) -> Iterator[Change]:
        """The changes of a set, those without names as one each."""
        loose: dict[tuple[Vote, Vote], int] = {}
        for code, group, target in chosen:
            if code is None:
                loose[group.vote, target] = loose.get((group.vote, target), 0) + 1
            else:
                yield Change(code, group.vote, target, self.costs.get(code, 1))
        for (source, target), count in loose.items():
            yield Change(None, source, target, count, count)


def _covers(one: Vector, other: Vector) -> bool:
    return all(left >= right for left, right in zip(one, other, strict=True))
