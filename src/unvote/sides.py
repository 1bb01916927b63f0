"""One verdict as a side to bring a roll call to: what each change of a vote adds towards it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from unvote.frontiers import Item, Option, Vector
from unvote.gauges import Scale, scale_of
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.vocabulary import Verdict, Vote

TARGETS: Final = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT)
SOURCES: Final = (*TARGETS, Vote.UNDECIDED)
Kind = tuple[tuple[int, ...], bool, bool]
"""What a rule sees of a member: its size in each sum, a veto, and being a party to the dispute."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change of vote adds towards a side in each quantity, and whether it uses a veto."""

    step: Vector
    veto: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Members that vote alike and that the rule does not tell apart.

    `codes` are those known by name, in order; `loose` counts the votes without names. `held` says
    that each of them, as it votes now, stops the text with a veto.
    """

    vote: Vote
    codes: tuple[str, ...]
    loose: int
    gains: dict[Vote, Gain]
    held: bool

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.codes) + self.loose

    @property
    def members(self) -> Iterator[str | None]:
        """Each of them by code, then those without a name."""
        yield from self.codes
        yield from [None] * self.loose


class Side:
    """A verdict, and how far a roll call is from it.

    Quantities are sums of the rule's scale, signed so that more is nearer to the verdict. Members
    still undecided do what is worst for it: only then is it certain.
    """

    def __init__(self, roll: RollCall, rule: Rule, to: Verdict) -> None:
        self.to = to
        self.adopts = to is Verdict.ADOPTED
        self.scale = _apart(scale_of(roll, rule))
        self.told = self.scale.exact and (rule.monotone or not roll.tally.undecided)
        self._worst = Vote.NO if self.adopts else Vote.YES
        self._dims = self._signed()
        self.groups = tuple(self._grouped(roll))
        self.base = self._oriented(self._sums(roll))

    @property
    def open(self) -> bool:
        """Whether it can be reached at all: without a quorum no text is adopted."""
        return not (self.adopts and self.scale.present is False)

    def far(self, vector: Vector) -> bool:
        """Whether these quantities come to the verdict, vetoes aside."""
        sums = [0] * len(self.scale.sums)
        for (number, sign), value in zip(self._dims, vector, strict=True):
            sums[number] = sign * value
        return self.scale.carried(sums) is self.adopts

    def after(self, *steps: Vector, times: int = 1) -> Vector:
        """The quantities after these steps."""
        value = list(self.base)
        for step in steps:
            value = [old + times * more for old, more in zip(value, step, strict=True)]
        return tuple(value)

    def items(
        self,
        choices: Sequence[tuple[Sequence[tuple[int, Vector]], bool]],
        *,
        backwards: bool = False,
    ) -> "Reduced":
        """Choices as items, in the quantities that matter among them.

        Each is what an item can do, at what cost, and whether it may rest. Where no choice takes
        anything away, more than what is lacking is as good as what is lacking; but not
        `backwards`, where the steps lead away from the verdict.
        """
        steps = [step for options, _ in choices for _, step in options]
        lacks = self._lacks()
        kept: list[tuple[int, int | None]] = []
        for number in range(len(self._dims)):
            least = min((step[number] for step in steps), default=0)
            cap = lacks[number] if least >= 0 and not backwards else None
            if cap != 0 and any(step[number] for step in steps):
                kept.append((number, cap))
        return Reduced(
            self,
            tuple(number for number, _ in kept),
            tuple(
                Item(tuple(Option(cost, _cut(step, kept)) for cost, step in options), rests)
                for options, rests in choices
            ),
        )

    def _lacks(self) -> Vector:
        """What each quantity lacks of the point from which on more of it changes nothing."""
        lacks = []
        for (number, sign), value in zip(self._dims, self.base, strict=True):
            cuts = self.scale.cuts(number) or (sign * value,)
            top = cuts[-1] if sign > 0 else 1 - cuts[0]
            lacks.append(max(0, top - value))
        return tuple(lacks)

    def _signed(self) -> tuple[tuple[int, int], ...]:
        """The sums, each with the sign under which more of it never leads away."""
        scale, sign = self.scale, 1 if self.adopts else -1
        found: dict[tuple[int, int], None] = {}
        for test in scale.tests.values():
            for number in (test.sure, test.possible, test.some):
                if number is not None:
                    found[number, sign] = None
        if scale.cast is not None:
            found[scale.cast, sign] = None
        if scale.deemed is not None:
            count, some, _, _ = scale.deemed
            found[some, sign] = None
            found[count, -sign] = None
        return tuple(found)

    def _oriented(self, sums: Sequence[int]) -> Vector:
        return tuple(sign * sums[number] for number, sign in self._dims)

    def _settled(self, vote: Vote) -> Vote:
        """The vote as it is counted on: that of an undecided member is the worst it can be."""
        return self._worst if vote is Vote.UNDECIDED else vote

    def _kind(self, code: str) -> Kind:
        scale = self.scale
        sizes = tuple(each.size(code) for each in scale.sums)
        return sizes, code in scale.holders, code in scale.parties

    def _grouped(self, roll: RollCall) -> Iterator[Group]:
        found: dict[tuple[Vote, Kind], list[str]] = defaultdict(list)
        alike = self._kind("") if self._anonymous() else None
        for code in sorted(roll.named):
            found[roll.named[code], alike or self._kind(code)].append(code)
        loose = {vote: count for vote, count in roll.unnamed.items() if count}
        for vote in loose:
            found.setdefault((vote, self._kind("")), [])
        for (vote, kind), codes in found.items():
            count = loose.get(vote, 0) if kind == self._kind("") else 0
            yield self._group(vote, codes, count)

    def _anonymous(self) -> bool:
        scale = self.scale
        named = scale.holders or scale.parties
        return not named and all(each.anonymous for each in scale.sums)

    def _group(self, vote: Vote, codes: list[str], loose: int) -> Group:
        code, scale = codes[0] if codes else "", self.scale
        now = self._settled(vote)
        before = scale.steps(code, now)
        gains = {}
        for target in TARGETS:
            if target is not vote:
                after = scale.steps(code, target)
                change = [more - less for more, less in zip(after, before, strict=True)]
                gains[target] = Gain(self._oriented(change), scale.vetoes(code, target))
        return Group(vote, tuple(codes), loose, gains, scale.vetoes(code, now))

    def _sums(self, roll: RollCall) -> list[int]:
        """Every sum of the roll call, the undecided counted as worst for this side."""
        scale = self.scale
        sums = [each.start for each in scale.sums]
        for group in self.groups:
            code = group.codes[0] if group.codes else ""
            for number, step in enumerate(scale.steps(code, self._settled(group.vote))):
                sums[number] += len(group.codes) * step
        loose = roll.unnamed.get(Vote.UNDECIDED, 0)
        if loose:
            counted, worst = scale.steps("", Vote.UNDECIDED), scale.steps("", self._worst)
            for number, (old, new) in enumerate(zip(counted, worst, strict=True)):
                sums[number] += loose * (new - old)
        return sums


def _apart(scale: Scale) -> Scale:
    """The scale with the sum of those that oppose apart from an equal one that a test wants high.

    More of a sum then leads one way only.
    """
    if scale.deemed is None:
        return scale
    count, *rest = scale.deemed
    tests = scale.tests.values()
    wanted = {number for test in tests for number in (test.sure, test.possible, test.some)}
    if count not in {*wanted, rest[0], scale.cast}:
        return scale
    some, least, most = rest
    sums = (*scale.sums, scale.sums[count])
    return replace(scale, sums=sums, deemed=(len(scale.sums), some, least, most))


def _cut(step: Vector, kept: Sequence[tuple[int, int | None]]) -> Vector:
    """A step in the quantities kept, none further than what is lacking."""
    return tuple(step[n] if cap is None else min(step[n], cap) for n, cap in kept)


@dataclass(frozen=True, slots=True)
class Reduced:
    """Items in the quantities of a side that matter among them."""

    side: Side
    kept: tuple[int, ...]
    items: tuple[Item, ...]

    def far(self, vector: Vector) -> bool:
        """Whether these quantities, added to those of the roll call, come to the verdict."""
        full = list(self.side.base)
        for number, value in zip(self.kept, vector, strict=True):
            full[number] += value
        return self.side.far(tuple(full))
