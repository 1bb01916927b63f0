"""The cheapest choice among items that together lead far enough, in several quantities at once.

Every item may rest or take one of its options, which costs something and adds to a vector. Of two
choices at one cost that lead as far or further in every quantity only the further is kept: so the
answer is exact, without every subset being tried.
"""

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import Final

MOST_EFFORT: Final = 1_000_000
"""Vectors compared up to which an answer is looked for, about."""
MOST_COSTS: Final = 300_000
"""Items times costs up to which one is."""
MOST_WIDE: Final = 600
"""Vectors kept at one cost up to which an answer is looked for."""
PLANE: Final = 2
Vector = tuple[int, ...]
Front = dict[int, list[Vector]]
"""The furthest vectors by what they cost."""
Far = Callable[[Vector], bool]
"""Whether a vector is far enough; one that is as far or further in every quantity then is too."""


class BeyondBoundError(Exception):
    """There are more vectors to keep than the bounds allow."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing an item can do: its cost, a whole number above nought, and what it adds."""

    cost: int
    step: Vector


@dataclass(frozen=True, slots=True)
class Item:
    """What can be done with one item; `rests` if nothing is a choice too."""

    options: tuple[Option, ...]
    rests: bool = True


Picks = tuple[int | None, ...]
"""The option that each item takes, by its number; nothing where it rests."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The least cost, and the first choice at that cost; `alone` if there is no other."""

    cost: int
    picks: Picks
    alone: bool


def cheapest(
    items: Sequence[Item],
    width: int,
    far: Far,
    *,
    enough: int | None = None,
    most: int | None = None,
) -> Choice | None:
    """The cheapest choice that is far enough, of several the one that takes the earliest items.

    `width` is the number of quantities. `enough` is a cost that is known to suffice; without it
    the limit grows until there is a choice. Nothing if there is none up to the cost `most`.
    """
    whole = sum(max((option.cost for option in item.options), default=0) for item in items)
    most = whole if most is None else min(most, whole)
    unit = min((option.cost for item in items for option in item.options), default=1)
    *_, hopes = _hopes(items, width, len(items), exact=False)
    fewest = next((n for n in range(len(items) + 1) if far(_hope(hopes, n))), None)
    if fewest is None:
        return None
    limit = enough or max(fewest, 1) * unit
    while True:
        fronts = _fronts(items, width, far, min(limit, most))
        first = fronts[0]
        for cost in sorted(first):
            if any(far(vector) for vector in first[cost]):
                picks = _picked(items, fronts, far, cost, eager=True)
                others = _picked(items, fronts, far, cost, eager=False)
                return Choice(cost, picks, picks == others)
        if limit >= most:
            return None
        limit += max(unit, limit // 4)


def reaches(items: Sequence[Item], width: int, far: Far, number: int) -> bool:
    """Whether some choice of exactly so many items, each at a cost of one, is far enough."""
    first = _fronts(items, width, far, number, exact=True)[0]
    return any(far(vector) for vector in first.get(number, []))


Hopes = list[list[int]]
"""For each quantity, the most that none, one, two ... items can add to it."""


def _hopes(items: Sequence[Item], width: int, most: int, *, exact: bool) -> Iterator[Hopes]:
    """For each item what those before it can add, and at the end what all can, at most so many.

    Each quantity is taken by itself, so that no choice is better. If `exact`, so many do take an
    option, even one that takes away.
    """
    best: list[list[int]] = [[] for _ in range(width)]
    yield [[0] for _ in range(width)]
    for item in items:
        for place, ranked in enumerate(best):
            gain = max((option.step[place] for option in item.options), default=0)
            insort(ranked, -gain if exact else -max(gain, 0))
            del ranked[most:]
        yield [[0, *accumulate(-loss for loss in ranked)] for ranked in best]


def _hope(hopes: Hopes, number: int) -> Vector:
    return tuple(sums[min(number, len(sums) - 1)] for sums in hopes)


def _fronts(
    items: Sequence[Item], width: int, far: Far, limit: int, *, exact: bool = False
) -> list[Front]:
    """For each item, what it and those after it can come to within a cost; at the end nothing.

    What cannot be far enough, whatever the items before it do within the limit, is left out.
    """
    unit = min((option.cost for item in items for option in item.options), default=1)
    if len(items) * min(len(items), limit // unit) > MOST_COSTS:
        raise BeyondBoundError
    hopes = list(_hopes(items, width, limit // unit, exact=exact))
    front: Front = {0: [(0,) * width]}
    fronts = [front]
    effort = 0
    for number in range(len(items) - 1, -1, -1):
        front = {}
        for cost, vectors in _widened(fronts[-1], items[number], limit).items():
            left = (limit - cost) // unit
            if exact and left > number:
                continue
            hope = _hope(hopes[number], left)
            fresh = set(vectors)
            # In one or two quantities each is held against one other, else against all kept: there
            # what is not furthest is left out first, here what is not far enough.
            flat = width <= PLANE
            kept = _outline(fresh) if flat else fresh
            hopeful = [v for v in kept if far(tuple(map(add, v, hope)))]
            effort += len(fresh) * (1 if flat else len(hopeful))
            if hopeful:
                front[cost] = hopeful if flat else furthest(hopeful)
                if len(hopeful) > MOST_WIDE and flat:
                    raise BeyondBoundError
        if effort > MOST_EFFORT:
            raise BeyondBoundError
        fronts.append(front)
    return fronts[::-1]


def _widened(front: Front, item: Item, limit: int) -> Front:
    """What an item and those after it can come to, all of it."""
    found: dict[int, list[Vector]] = {}
    if item.rests:
        found = {cost: [*vectors] for cost, vectors in front.items()}
    for option in item.options:
        for cost, vectors in front.items():
            if cost + option.cost <= limit:
                moved = [tuple(map(add, vector, option.step)) for vector in vectors]
                found.setdefault(cost + option.cost, []).extend(moved)
    return found


def furthest(vectors: Collection[Vector]) -> list[Vector]:
    """The vectors that no other is as far as, or further than, in every quantity."""
    kept: list[Vector] = []
    for vector in sorted(vectors, reverse=True):
        if not any(_covers(other, vector) for other in kept):
            kept.append(vector)
            if len(kept) > MOST_WIDE:
                raise BeyondBoundError
    return kept


def _outline(vectors: Collection[Vector]) -> list[Vector]:
    """The same in at most two quantities: in the order of the first, each has more of the last."""
    kept: list[Vector] = []
    for vector in sorted(vectors, reverse=True):
        if not kept or vector[1:] > kept[-1][1:]:
            kept.append(vector)
    return kept


def _covers(one: Vector, other: Vector) -> bool:
    return all(left >= right for left, right in zip(one, other, strict=True))


def _picked(
    items: Sequence[Item], fronts: Sequence[Front], far: Far, cost: int, *, eager: bool
) -> Picks:
    """The choice at this cost that takes the earliest items, or (not `eager`) the latest."""
    width = len(fronts[-1][0][0])
    done, left = (0,) * width, cost
    picks: list[int | None] = []
    for number, item in enumerate(items):
        after = fronts[number + 1]
        for pick in _order(item, eager=eager):
            option = Option(0, (0,) * width) if pick is None else item.options[pick]
            here = tuple(map(add, done, option.step))
            rest = after.get(left - option.cost, [])
            if any(far(tuple(map(add, here, vector))) for vector in rest):
                done, left = here, left - option.cost
                picks.append(pick)
                break
    return tuple(picks)


def _order(item: Item, *, eager: bool) -> Iterable[int | None]:
    """The choices of an item in the order in which they are preferred."""
    moves: list[int | None] = [*range(len(item.options))]
    rest: list[int | None] = [None] if item.rests else []
    return [*moves, *rest] if eager else [*rest, *reversed(moves)]
