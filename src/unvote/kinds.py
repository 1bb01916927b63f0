"""Members by kind, what each can do to the sums of a rule, and how few kinds divide their votes.

Members that a rule does not tell apart are one kind. Of few kinds every division of each among the
votes is looked at, so that 193 equal members are soon done with.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb, prod
from typing import Protocol

from unvote.gauges import Scale
from unvote.rollcall import RollCall
from unvote.vocabulary import Verdict, Vote

Sums = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """What a member can do: a vote, what it adds to each sum, and whether it is a veto."""

    vote: Vote
    step: Sums
    vetoes: bool

    def after(self, sums: Sums) -> "Way":
        """The same, with what others have added already."""
        return replace(self, step=added(self.step, sums))


@dataclass(frozen=True, slots=True)
class Kind:
    """Members that are alike: those known by name, how many there are, what each can do."""

    codes: tuple[str, ...]
    size: int
    ways: tuple[Way, ...]

    @property
    def open(self) -> tuple[Way, ...]:
        """What they can do that is no veto."""
        return tuple(way for way in self.ways if not way.vetoes)


def kinds_of(roll: RollCall, scale: Scale, votes: Sequence[Vote]) -> tuple[Kind, ...]:
    """The members that may vote, by kind; those known by number only are a kind of their own.

    The rule must not tell those apart (`Scale.exact`). What they did in this roll call is ignored.
    """

    def ways(code: str) -> tuple[Way, ...]:
        return tuple(
            Way(vote, scale.steps(code, vote), scale.vetoes(code, scale.counted(code, vote)))
            for vote in votes
        )

    alike: dict[tuple[Way, ...], list[str]] = defaultdict(list)
    for code in sorted(roll.named):
        alike[ways(code)].append(code)
    kinds = [Kind(tuple(codes), len(codes), same) for same, codes in alike.items()]
    loose = sum(roll.unnamed.values())
    return (*kinds, Kind((), loose, ways(""))) if loose else tuple(kinds)


class Judge:
    """Whether sums come to the verdict wanted, nobody using a veto.

    It is the same wherever the sums lie between the same cuts: there it is asked once.
    """

    def __init__(self, scale: Scale, wanted: Verdict = Verdict.ADOPTED) -> None:
        self.scale, self.wanted = scale, wanted
        self.start = tuple(each.start for each in scale.sums)
        self.cuts = [scale.cuts(number) for number in range(len(scale.sums))]
        self._known: dict[Sums, bool] = {}

    def holds(self, sums: Sums) -> bool:
        """Whether it is the verdict at these sums."""
        box = tuple(map(bisect_right, self.cuts, sums))
        if box not in self._known:
            self._known[box] = self.scale.verdict(sums, clear=True) is self.wanted
        return self._known[box]


@dataclass(frozen=True, slots=True)
class Count:
    """In how many ways others vote so: by the number of them that vote yes; by that of no."""

    by_yes: tuple[int, ...]
    by_no: tuple[int, ...]

    @property
    def number(self) -> int:
        """All of them."""
        return sum(self.by_yes)


class Others(Protocol):
    """Members whose votes are counted over."""

    def count(self, own: Sums) -> Count:
        """Their ways to vote that come to the verdict, with `own` added to the sums."""
        ...


def divisions(kinds: Sequence[Kind]) -> int:
    """How many divisions of the members of these kinds among their votes there are."""
    return prod(comb(kind.size + len(kind.open) - 1, kind.size) for kind in kinds)


def divided(kinds: Iterable[Kind], start: Sums) -> Mapping[tuple[Sums, int, int], int]:
    """In how many ways members come to sums with so many yes and no votes, without a veto."""
    found: Mapping[tuple[Sums, int, int], int] = {(start, 0, 0): 1}
    for kind in kinds:
        fresh: dict[tuple[Sums, int, int], int] = defaultdict(int)
        parts = list(_parts(kind.open, kind.size, tuple(0 for _ in start)))
        for (sums, yes, no), number in found.items():
            for more, up, down, times in parts:
                fresh[added(sums, more), yes + up, no + down] += number * times
        found = fresh
    return found


def _parts(ways: Sequence[Way], size: int, sums: Sums) -> Iterator[tuple[Sums, int, int, int]]:
    """Every division of like members among ways to vote: sums, yes, no, and how often."""
    way, *rest = ways
    for taken in range(size + 1) if rest else (size,):
        here = added(sums, way.step, taken)
        yes, no = taken * (way.vote is Vote.YES), taken * (way.vote is Vote.NO)
        times = comb(size, taken)
        if not rest:
            yield here, yes, no, times
            continue
        for more, up, down, number in _parts(rest, size - taken, here):
            yield more, yes + up, no + down, times * number


def added(sums: Sums, step: Sums, times: int = 1) -> Sums:
    """Sums after so many equal steps."""
    return tuple(old + times * more for old, more in zip(sums, step, strict=True))


class Divided:
    """Members of few kinds."""

    def __init__(self, judge: Judge, kinds: Sequence[Kind]) -> None:
        self._judge = judge
        self._size = sum(kind.size for kind in kinds)
        self._found: dict[Sums, list[tuple[int, int, int]]] = defaultdict(list)
        for (sums, yes, no), number in divided(kinds, judge.start).items():
            self._found[sums].append((yes, no, number))

    def count(self, own: Sums) -> Count:
        """Their ways to vote that come to the verdict."""
        by_yes, by_no = [0] * (self._size + 1), [0] * (self._size + 1)
        for sums, found in self._found.items():
            if self._judge.holds(added(sums, own)):
                for yes, no, number in found:
                    by_yes[yes] += number
                    by_no[no] += number
        return Count(tuple(by_yes), tuple(by_no))
