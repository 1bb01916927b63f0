"""Coalitions: the smallest sets of members whose yes carries a text, and whose no stops it.

Everybody else votes the other way, nobody abstains. Members that the rule does not tell apart are
counted together, so that a body of 193 equal members is one kind. Where nearly all of them differ,
every set of up to `MOST_TABLED` members is one bit of a table, so that thousands are looked at in
one step.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb, prod
from typing import Final, overload

from unvote.gauges import scale_of
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.vocabulary import Vote

MOST_NODES: Final = 250_000
"""Sets of members looked at one by one up to which coalitions are counted."""
MOST_TABLED: Final = 28
"""Members up to which every set of them is looked at in a table; it has 2 to that power of bits."""
BLOCK: Final = 13
"""Members whose sets are one block of the table."""
MOST_MEMBERS: Final = 2_000
"""Members of a body up to which they are: beyond, the numbers would fill pages."""
MOST_KINDS: Final = 200
"""Kinds of members up to which they are."""
Part = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Coalitions of one form: so many of each of these sets of members that are alike.

    `parts` gives the number taken, the size of the set, and its members as far as they are known.
    """

    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """How many members such a coalition has."""
        return sum(taken for taken, _, _ in self.parts)

    @property
    def number(self) -> int:
        """How many such coalitions there are."""
        return prod(comb(size, taken) for taken, size, _ in self.parts)

    def sets(self) -> Iterator[tuple[str, ...]]:
        """The coalitions themselves, in the order of their members; none without names."""
        if all(len(codes) == size for _, size, codes in self.parts):
            for one in _taken(self.parts):
                yield tuple(sorted(one))


def _taken(parts: tuple[Part, ...]) -> Iterator[tuple[str, ...]]:
    """Every way to take so many of each part, one at a time: there may be more than atoms."""
    if not parts:
        yield ()
        return
    (number, _, codes), *rest = parts
    for one in combinations(codes, number):
        for other in _taken(tuple(rest)):
            yield (*one, *other)


@dataclass(frozen=True, slots=True)
class Coalitions:
    """The minimal coalitions of one sort: none can lose a member. Smaller ones come first."""

    patterns: Sequence[Pattern]

    @property
    def number(self) -> int:
        """How many there are."""
        if isinstance(self.patterns, Tabled):
            return len(self.patterns)  # one form for each
        return sum(pattern.number for pattern in self.patterns)

    def first(self, most: int) -> tuple[tuple[str, ...], ...]:
        """The first of them, at most so many."""
        return tuple(islice((one for each in self.patterns for one in each.sets()), most))


@dataclass(frozen=True, slots=True)
class Power:
    """The minimal winning and the minimal blocking coalitions of a body under a rule."""

    winning: Coalitions
    blocking: Coalitions


@dataclass(frozen=True, slots=True)
class _Kind:
    """Members that are alike: what going over adds for each, and whether its no is a veto."""

    codes: tuple[str, ...]
    size: int
    step: tuple[int, ...]
    holder: bool


class _BeyondBoundError(Exception):
    """More sets would have to be looked at than `MOST_NODES`."""


def coalitions_of(roll: RollCall, rule: Rule) -> Power | None:
    """The coalitions of all members that may vote, whatever they did in this roll call.

    Nothing beyond the bound, where members that count are not known, or where a further yes can
    hurt (`Rule.monotone`), so that a coalition can lose by gaining a member.
    """
    if not rule.monotone or roll.tally.eligible > MOST_MEMBERS:
        return None
    try:
        winning, blocking = (Search(roll, rule, side) for side in (Vote.YES, Vote.NO))
        return Power(winning.found(), blocking.found()) if winning.told else None
    except _BeyondBoundError:
        return None


class Search:
    """The minimal sets whose members, voting so against all others, have their way."""

    def __init__(self, roll: RollCall, rule: Rule, vote: Vote) -> None:
        self.wins = vote is Vote.YES
        other = Vote.NO if self.wins else Vote.YES
        level = _level(roll, other)
        scale = self.scale = scale_of(level, rule)
        self.told = scale.exact
        self.start = tuple(each.start for each in scale.sums)
        found: dict[tuple[tuple[int, ...], bool], list[str]] = defaultdict(list)
        for code in sorted(level.named):
            here, step = self._step(code, other, vote)
            self.start = _after(self.start, here)
            found[step, code in scale.holders].append(code)
        kinds = [
            _Kind(tuple(codes), len(codes), step, holder)
            for (step, holder), codes in found.items()
            if holder or any(step)
        ]
        loose = level.unnamed.get(other, 0)
        if loose:
            kinds.append(_Kind((), loose, self._step("", other, vote)[1], holder=False))
        # Those that move most come first: whole branches are then cut early.
        kinds.sort(key=lambda kind: [-abs(part) for part in kind.step])
        self.holders = [kind for kind in kinds if kind.holder]
        self.kinds = [kind for kind in kinds if not kind.holder]
        self.rest = [(0,) * len(self.start)]
        for kind in reversed(self.kinds):
            self.rest.insert(0, _after(self.rest[0], kind.step, kind.size))
        self._nodes = 0
        if len(self.kinds) > MOST_KINDS:
            raise _BeyondBoundError

    def _step(self, code: str, other: Vote, vote: Vote) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """What a member adds against the coalition, and what going over to it adds to that."""
        here, there = self.scale.steps(code, other), self.scale.steps(code, vote)
        return here, tuple(more - less for more, less in zip(there, here, strict=True))

    def found(self) -> Coalitions:
        """All of them, by size, then by their members."""
        if self._tabled():
            return Coalitions(Tabled(self))
        patterns = list(self._patterns())
        patterns.sort(key=lambda one: (one.size, [codes[:taken] for taken, _, codes in one.parts]))
        return Coalitions(tuple(patterns))

    def _tabled(self) -> bool:
        """Whether a table is the way: too many sets to look at one by one, few members by name."""
        return (
            not self.small()
            and all(kind.codes for kind in self.kinds)
            and sum(kind.size for kind in self.kinds) <= MOST_TABLED
            # Else a table has nothing to add.
            and not (self.holders and not self.wins)
            and self.scale.present is not False
            and not self.way(self.lead)
        )

    def small(self) -> bool:
        """Whether all sets can be looked at one by one."""
        return prod(kind.size + 1 for kind in self.kinds) <= MOST_NODES

    @property
    def fixed(self) -> tuple[Part, ...]:
        """The members of every coalition: those with a veto, of a winning one."""
        return tuple((k.size, k.size, k.codes) for k in self.holders if self.wins)

    @property
    def lead(self) -> tuple[int, ...]:
        """The sums with these members in the coalition, and nobody else."""
        sums = self.start
        for kind in self.holders if self.wins else ():
            sums = _after(sums, kind.step, kind.size)
        return sums

    def _patterns(self) -> Iterator[Pattern]:
        """All of them: whoever has a veto is in every winning one, and blocks alone."""
        if self.scale.present is False or (not self.wins and self.way(self.start)):
            return  # there is no text to win or to block
        start, fixed = self.start, []
        for kind in self.holders:
            if self.wins:
                start = _after(start, kind.step, kind.size)
                fixed.append((kind.size, kind.size, kind.codes))
            else:
                yield Pattern(((1, kind.size, kind.codes),))
        if self.way(start):
            if fixed:
                yield Pattern(tuple(fixed))
            return
        for counts in self._minimal((), start):
            pairs = zip(self.kinds, counts, strict=False)
            parts = [(count, kind.size, kind.codes) for kind, count in pairs if count]
            yield Pattern((*fixed, *parts))

    def _minimal(self, counts: tuple[int, ...], sums: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """The minimal sets that take so many of the first kinds, which come to these sums."""
        place = len(counts)
        if place == len(self.kinds):
            return
        kind = self.kinds[place]
        for count in range(kind.size + 1):
            here, now = (*counts, count), _after(sums, kind.step, count)
            if count and self.way(now):
                if self._least(here, now):
                    yield here
                return
            if self.way(_after(now, self.rest[place + 1])):
                yield from self._minimal(here, now)

    def _least(self, counts: tuple[int, ...], sums: tuple[int, ...]) -> bool:
        """Whether none of its members can be spared."""
        pairs = zip(self.kinds, counts, strict=False)
        return not any(count and self.way(_after(sums, kind.step, -1)) for kind, count in pairs)

    def way(self, sums: tuple[int, ...]) -> bool:
        """Whether these sums come to what the coalition wants, vetoes aside."""
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise _BeyondBoundError
        return self.scale.carried(sums) is self.wins


def _after(sums: tuple[int, ...], step: tuple[int, ...], times: int = 1) -> tuple[int, ...]:
    """Sums after so many equal steps."""
    return tuple(old + times * more for old, more in zip(sums, step, strict=True))


def _level(roll: RollCall, vote: Vote) -> RollCall:
    """The same body, all that may vote voting so; by name where the members are known."""
    everyone = roll.composition.members
    eligible = roll.tally.eligible
    codes = frozenset(roll.named)
    if everyone is not None:
        codes = everyone - roll.not_entitled - roll.not_participating
    return RollCall(
        roll.composition,
        dict.fromkeys(sorted(codes), vote),
        {vote: eligible - len(codes)} if eligible > len(codes) else {},
        roll.not_entitled,
        roll.not_participating,
        roll.parties,
        roll.present,
        roll.casting_vote,
    )


# --- Every set of members as one bit --------------------------------------------------------------

Tree = bool | tuple[int, int, "Tree", "Tree"]
"""Sets of members: none, all, or by a sum: those below a place and, from it on, others too."""


class Tabled(Sequence[Pattern]):
    """The minimal coalitions of members that nearly all differ, from a table of all their sets.

    The first member by code stands for the highest bit of a set's number: of two sets of one size
    the one that comes first by its members then has the higher number. A block of the table, a
    whole number itself, has the sets that agree in the first members. By `Rule.monotone` no set
    that has its way loses it by a further member.
    """

    def __init__(self, search: Search) -> None:
        self._search = search
        steps = {code: kind.step for kind in search.kinds for code in kind.codes}
        self._codes = sorted(steps, reverse=True)
        low = min(BLOCK, len(steps))
        self._low, self._high = low, len(steps) - low
        ordered = [steps[code] for code in self._codes]
        sums = range(len(search.start))
        # Each sum as it moves with a further member: upwards, from nought.
        self._signs = [-1 if any(step[n] < 0 for step in ordered) else 1 for n in sums]
        rising = [[sign * step[n] for step in ordered] for n, sign in enumerate(self._signs)]
        self._inner = [_Above(_subset_sums(column[:low])) for column in rising]
        self._outer = [_subset_sums(column[low:]) for column in rising]
        tree = self._tree([self._cuts(n, sum(column)) for n, column in enumerate(rising)])
        self._blocks = [self._block(tree, number) for number in range(1 << self._high)]
        self._minimise()
        self._number = sum(map(int.bit_count, self._blocks))

    def _cuts(self, number: int, most: int) -> list[int]:
        """From how far on, at most so far, a test on a sum can end otherwise; nought is first."""
        sign, start = self._signs[number], self._search.lead[number]
        cuts = self._search.scale.cuts(number)
        places = {cut - start if sign > 0 else start - cut + 1 for cut in cuts}
        return [0, *sorted(place for place in places if 0 < place <= most)]

    def _tree(self, cuts: list[list[int]]) -> Tree:
        """Which sets have their way: of a box of sums none, all, or those of two halves of it."""

        def has_way(places: Iterator[int]) -> bool:
            signed = zip(self._search.lead, self._signs, places, strict=True)
            return self._search.way(tuple(start + sign * place for start, sign, place in signed))

        if has_way(each[0] for each in cuts):
            return True
        if not has_way(each[-1] for each in cuts):
            return False
        widest = max(range(len(cuts)), key=lambda number: len(cuts[number]))
        half = len(cuts[widest]) // 2
        below, above = cuts[widest][:half], cuts[widest][half:]
        parts = [[*cuts[:widest], part, *cuts[widest + 1 :]] for part in (below, above)]
        return widest, above[0], self._tree(parts[0]), self._tree(parts[1])

    def _block(self, tree: Tree, number: int) -> int:
        """The sets of one block that have their way."""
        if isinstance(tree, bool):
            return (1 << (1 << self._low)) - 1 if tree else 0
        place, cut, below, above = tree
        there = self._inner[place].least(cut - self._outer[place][number])
        if there and above is not True:
            there &= self._block(above, number)
        return there if below is False else there | self._block(below, number)

    def _minimise(self) -> None:
        """Take out every set that still has its way without one of its members."""
        size = 1 << self._low
        absent = [_without(place, size) for place in range(self._low)]
        for number in range(len(self._blocks) - 1, -1, -1):
            block = left = self._blocks[number]
            for place in range(self._high):
                if left and number >> place & 1:
                    left &= ~self._blocks[number ^ 1 << place]
            for place, mask in enumerate(absent):
                if left:
                    left &= ~((block & mask) << (1 << place))
            self._blocks[number] = left

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Pattern]:
        """All of them, by size, then by their members."""
        inner = [0] * (self._low + 1)
        for number in range(1 << self._low):
            inner[number.bit_count()] |= 1 << number
        for size in range(1, self._low + self._high + 1):
            for number in range(len(self._blocks) - 1, -1, -1):
                rest = size - number.bit_count()
                left = self._blocks[number] & inner[rest] if 0 <= rest <= self._low else 0
                while left:
                    last = left.bit_length() - 1
                    left ^= 1 << last
                    yield self._pattern(number << self._low | last)

    def _pattern(self, number: int) -> Pattern:
        codes = (code for place, code in enumerate(self._codes) if number >> place & 1)
        parts = sorted((1, 1, (code,)) for code in codes)
        return Pattern((*self._search.fixed, *parts))

    @overload
    def __getitem__(self, index: int) -> Pattern: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Pattern]: ...
    def __getitem__(self, index: int | slice) -> Pattern | Sequence[Pattern]:
        """The first of them: those further on take as long as all before them."""
        if isinstance(index, slice):
            return tuple(islice(self, *index.indices(len(self))))
        return next(islice(self, range(len(self))[index], None))


class _Above:
    """For any bound, the sets of some members whose sum reaches it, a bit each."""

    def __init__(self, sums: Sequence[int]) -> None:
        ranked = sorted(range(len(sums)), key=sums.__getitem__, reverse=True)
        found: dict[int, int] = {}
        bits = 0
        for number in ranked:
            bits |= 1 << number
            found[sums[number]] = bits
        self._values = sorted(found)
        self._sets = [*(found[value] for value in self._values), 0]

    def least(self, bound: int) -> int:
        """The sets whose sum is no less."""
        return self._sets[bisect_left(self._values, bound)]


def _subset_sums(steps: Sequence[int]) -> list[int]:
    """The sum of every set, by its number."""
    sums = [0]
    for step in steps:
        sums += [old + step for old in sums]
    return sums


def _without(place: int, size: int) -> int:
    """The sets, of so many, that do not have the member at a place, a bit each."""
    mask, width = (1 << (1 << place)) - 1, 2 << place
    while width < size:
        mask |= mask << width
        width *= 2
    return mask
