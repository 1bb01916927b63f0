"""Coalitions: the smallest sets of members whose yes carries a text, and whose no stops it.

Everybody else votes the other way, nobody abstains. Members that the rule does not tell apart are
counted together, so that a body of 193 equal members is one kind.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb, prod
from typing import Final

from unvote.gauges import scale_of
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.vocabulary import Vote

MOST_NODES: Final = 600_000
"""Sets of members looked at up to which coalitions are counted."""
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

    patterns: tuple[Pattern, ...]

    @property
    def number(self) -> int:
        """How many there are."""
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
        winning, blocking = (_Search(roll, rule, side) for side in (Vote.YES, Vote.NO))
        return Power(winning.found(), blocking.found()) if winning.told else None
    except _BeyondBoundError:
        return None


class _Search:
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
        patterns = list(self._patterns())
        patterns.sort(key=lambda one: (one.size, [codes[:taken] for taken, _, codes in one.parts]))
        return Coalitions(tuple(patterns))

    def _patterns(self) -> Iterator[Pattern]:
        """All of them: whoever has a veto is in every winning one, and blocks alone."""
        if self.scale.present is False or (not self.wins and self._way(self.start)):
            return  # there is no text to win or to block
        start, fixed = self.start, []
        for kind in self.holders:
            if self.wins:
                start = _after(start, kind.step, kind.size)
                fixed.append((kind.size, kind.size, kind.codes))
            else:
                yield Pattern(((1, kind.size, kind.codes),))
        if self._way(start):
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
            if count and self._way(now):
                if self._least(here, now):
                    yield here
                return
            if self._way(_after(now, self.rest[place + 1])):
                yield from self._minimal(here, now)

    def _least(self, counts: tuple[int, ...], sums: tuple[int, ...]) -> bool:
        """Whether none of its members can be spared."""
        pairs = zip(self.kinds, counts, strict=False)
        return not any(count and self._way(_after(sums, kind.step, -1)) for kind, count in pairs)

    def _way(self, sums: tuple[int, ...]) -> bool:
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
