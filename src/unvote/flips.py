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
HEIGHT: Final = {Vote.YES: 2, Vote.NO: 0}
"""How far for a text a vote is, where all others are in between."""
MILDEST: Final = (Vote.ABSTAIN, Vote.ABSENT, Vote.YES, Vote.NO)
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

    Of several at one cost it has the fewest members; of those it is of one kind of move if any is,
    the mildest there is (to abstain before to vote the other way), and the first by code.
    `several` says that there are others as cheap and as small.
    """

    cost: int
    changes: tuple[Change, ...]
    several: bool = False


def mildness(source: Vote, target: Vote) -> tuple[int, int, int]:
    """The order of kinds of moves: half the way before the whole of it, then as votes are listed.

    Nobody goes from no to yes as easily as to an abstention.
    """
    way = abs(HEIGHT.get(source, 1) - HEIGHT.get(target, 1))
    return way, MILDEST.index(target), SOURCES.index(source)


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
        several = sum(one[0] == cost for one in flips) > 1 or not (choice is None or choice.alone)
        plain = [moves for moves in self._plain(cost, vetoes, distances) if moves]
        several = several or len(plain) > 1 or self._loose(best)
        best = plain[0] if plain else self._milder(best)
        return Flip(cost // self.unit, tuple(self._changes(best)), several)

    def _loose(self, moves: Sequence[Move]) -> bool:
        """Whether a member of a set can vote otherwise still, and the verdict is reached."""
        total = self._total(moves)
        return any(
            other is not target and self._far(total, group, target, other)
            for _, group, target in moves
            for other in group.gains
        )

    def _milder(self, moves: Sequence[Move]) -> list[Move]:
        """A set with each member brought no further than it must."""
        kept: list[Move] = []
        total = self._total(moves)
        for code, group, target in moves:
            ways = sorted(group.gains, key=lambda vote: mildness(group.vote, vote))
            able = (way for way in ways if way is target or self._far(total, group, target, way))
            way = next(able)
            if way is not target:
                total = _swapped(total, group, target, way)
            kept.append((code, group, way))
        return kept

    def _total(self, moves: Sequence[Move]) -> Vector:
        """The quantities of the roll call after these changes."""
        return self.side.after(*(group.gains[target].step for _, group, target in moves))

    def _far(self, total: Vector, group: Group, target: Vote, other: Vote) -> bool:
        """Whether the verdict is reached with another target, no veto being used for it."""
        vetoes = group.gains[target].veto or group.gains[other].veto
        return not vetoes and self.side.far(_swapped(total, group, target, other))

    def _plain(
        self, cost: int, vetoes: Sequence[Priced], distances: Sequence[Distance]
    ) -> Iterator[list[Move]]:
        """For each kind of move, the mildest first, its changes that come to this cost, if any."""
        number = cost % self.unit
        for one in sorted(distances, key=lambda one: mildness(one.source, one.target)):
            if one.number is None or one.number > number:
                continue
            kind = one.source, one.target
            alone = [m for price, (m,) in vetoes if price == cost and (m[1].vote, m[2]) == kind]
            found = [each for each in (alone[:1], self._of_kind(*kind, cost)) if each]
            yield min(found, key=lambda moves: [code or "~" for code, _, _ in moves], default=[])

    def _of_kind(self, source: Vote, target: Vote, cost: int) -> list[Move]:
        """The changes of one kind that come to the verdict at this cost; nothing if none do."""
        held = [group for group in self.side.groups if group.held]
        if any(group.vote is not source or group.gains[target].veto for group in held):
            return []  # a veto stands
        people = [(c, g) for c, g in self.people if g.vote is source and not g.gains[target].veto]
        steps = [([(self.cost(c), g.gains[target].step)], not g.held) for c, g in people]
        found = self.side.items(steps)
        try:
            choice = cheapest(found.items, len(found.kept), found.far, enough=cost, most=cost)
        except BeyondBoundError:
            return []
        if choice is None:
            return []
        pairs = zip(people, choice.picks, strict=True)
        return [(code, group, target) for (code, group), pick in pairs if pick is not None]

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


def _swapped(total: Vector, group: Group, old: Vote, new: Vote) -> Vector:
    """Quantities after a member of a group goes to another vote than it went to."""
    steps = group.gains[old].step, group.gains[new].step
    return tuple(value - less + more for value, less, more in zip(total, *steps, strict=True))


def _covers(one: Vector, other: Vector) -> bool:
    return all(left >= right for left, right in zip(one, other, strict=True))
