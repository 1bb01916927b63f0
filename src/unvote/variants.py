"""The odds of one vote under every way in which the stances that hang on others can be settled.

What does not hang on anything is added up once; what does is a small table beside it. So thousands
of ways cost little more than one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from unvote.cases import Case
from unvote.chances import casts_of, mass_of
from unvote.gauges import Scale, scale_of
from unvote.grounds import Cast, Casts
from unvote.lotteries import Bloc, blocs_of, chances_of, deciding
from unvote.outcomes import Truth
from unvote.rules import Rule
from unvote.stances import Outlook, Stance
from unvote.texts import condition_of, settled_stance
from unvote.vocabulary import Verdict

Choices = tuple[Truth, ...]
"""Whether each condition holds, in the order of the blocs that hang on them."""
Table = Mapping[tuple[tuple[int, ...], bool], int]
"""Weights by what is added to each sum, and whether a veto was used."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each verdict; `lost` and `vetoed` together are all that is not adopted."""

    adopted: int
    vetoed: int
    lost: int
    open: int


class Variants:
    """One vote whose stances may hang on amendments, ready to be asked for its odds."""

    def __init__(self, case: Case, rule: Rule) -> None:
        self.outlook = case.outlook or Outlook()
        self.hanging: list[tuple[Stance, Bloc]] = []
        fixed: list[Bloc] = []
        blocs = blocs_of(case.roll, self.outlook) if case.roll else ()
        for bloc in blocs:
            stance = deciding(bloc.members[0], self.outlook)[1] if bloc.members else None
            if stance is not None and stance.condition:
                self.hanging.append((stance, bloc))
            else:
                fixed.append(bloc)
        self.scale: Scale | None = scale_of(case.roll, rule) if case.roll else None
        self.fixed: Casts = casts_of(fixed, self.scale) if self.scale else {}
        self.quiet = _without_vetoes(self.fixed)
        self.total = prod(
            sum(cast.weight for cast in each) ** times for each, times in self.fixed.items()
        )
        self._casts: dict[tuple[int, Truth], tuple[Cast, ...]] = {}
        self._tables: dict[Choices, Table] = {}
        self._added: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[int, ...]] = {}
        self._masses: dict[tuple[int, ...], tuple[int, int, int] | None] = {}

    def choices(self, ended: Mapping[str, Truth]) -> Choices:
        """Which conditions hold, the amendments having ended so."""
        return tuple(condition_of(stance, ended) for stance, _ in self.hanging)

    def weights(self, choices: Choices) -> Weights | None:
        """The weight of each verdict; nothing where it cannot be told exactly."""
        if self.scale is None or not self.scale.exact:
            return None
        adopted = vetoed = unsure = total = 0
        for (steps, veto), weight in self._table(choices).items():
            mass = self._mass(steps)
            if mass is None:
                return None
            every, clear, doubt = mass
            total += weight
            adopted += 0 if veto else weight * clear
            unsure += 0 if veto else weight * doubt
            vetoed += weight * (every if veto else every - clear)
        whole = total * self.total
        return Weights(adopted, vetoed, whole - adopted - vetoed - unsure, unsure)

    def _table(self, choices: Choices) -> Table:
        """What the hanging blocs add together; blocs in common with another way are kept."""
        if choices not in self._tables:
            if not choices:
                nothing = (0,) * len(self.scale.sums if self.scale else ())
                self._tables[choices] = {(nothing, False): 1}
            else:
                before = self._table(choices[:-1])
                self._tables[choices] = self._extended(before, len(choices) - 1, choices[-1])
        return self._tables[choices]

    def _extended(self, before: Table, number: int, truth: Truth) -> Table:
        """A table with one more hanging bloc."""
        table: dict[tuple[tuple[int, ...], bool], int] = defaultdict(int)
        for cast in self._cast(number, truth):
            for (steps, veto), weight in before.items():
                pair = steps, cast.steps
                if pair not in self._added:
                    self._added[pair] = self._sum(*pair)
                table[self._added[pair], veto or cast.veto] += weight * cast.weight
        return table

    def _sum(self, one: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
        """What two add together; of a sum only asked whether it is nought, whether it is."""
        signs = self.scale.signs if self.scale else frozenset()
        added = tuple(map(int.__add__, one, other))
        return tuple(min(step, 1) if n in signs else step for n, step in enumerate(added))

    def _cast(self, number: int, truth: Truth) -> Sequence[Cast]:
        """What a hanging bloc can do once its condition is known to hold or not, or is open."""
        if (number, truth) not in self._casts and self.scale is not None:
            stance, bloc = self.hanging[number]
            known = {} if truth is None else _as_if(stance, holds=truth)
            chances = chances_of(settled_stance(stance, known), self.outlook)
            (self._casts[number, truth],) = casts_of([Bloc(bloc.members, chances)], self.scale)
        return self._casts[number, truth]

    def _mass(self, steps: tuple[int, ...]) -> tuple[int, int, int] | None:
        """Of all else, this added: what carries, what does so without a veto, what is open."""
        if steps not in self._masses:
            self._masses[steps] = self._found(steps)
        return self._masses[steps]

    def _found(self, steps: tuple[int, ...]) -> tuple[int, int, int] | None:
        if self.scale is None:
            return None
        sums = zip(self.scale.sums, steps, strict=True)
        scale = replace(
            self.scale, sums=tuple(replace(one, start=one.start + step) for one, step in sums)
        )
        if scale.present is False:
            return 0, 0, 0
        every = mass_of(scale, self.fixed)
        clear = every if self.quiet == self.fixed else mass_of(scale, self.quiet)
        if every is None or clear is None:
            return None
        return every.carried, clear.carried, clear.unsure


def _without_vetoes(casts: Casts) -> Casts:
    """What the blocs can do but use a veto."""
    left: dict[tuple[Cast, ...], int] = defaultdict(int)
    for each, times in casts.items():
        left[tuple(cast for cast in each if not cast.veto)] += times
    return left


def _as_if(stance: Stance, *, holds: bool) -> dict[str, Truth]:
    """Ends of amendments under which the condition of a stance holds, or does not."""
    ends = {name: verdict is Verdict.ADOPTED for name, verdict in stance.condition.items()}
    return {name: end if holds else not end for name, end in ends.items()}
