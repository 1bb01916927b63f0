"""The odds along a chain of votes: what comes later depends on how what came before ended.

Votes are independent of one another but for what the file says: a step that is taken on a
condition, an amendment that falls with another, a stance that depends on an amendment. The chance
of every way the chain can run is a product of whole numbers over one denominator; what later votes
do not ask for is added up as soon as it can be.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Final

from unvote.cases import Case, Role
from unvote.chances import Odds
from unvote.divisions import Way, way_of
from unvote.outcomes import Truth
from unvote.proceedings import Is, State, Step, Taken, When, holds
from unvote.retakes import tie_chance
from unvote.revotes import asks_again
from unvote.rulings import Ruling, rule_on
from unvote.stances import Outlook
from unvote.texts import not_put, rule_on_text, settled, unsettled
from unvote.variants import Variants
from unvote.vocabulary import Cause, Verdict

MOST_ASKED: Final = 5
"""Votes a condition asks for up to which it is tried whether it can hold."""
MOST_WAYS: Final = 200_000
"""Ways a chain can run, as far as they matter later, up to which its odds are told."""


class End(Enum):
    """How a vote of a chain can end.

    One that `FELL` was not put to the vote although its step was taken; `SKIPPED`: its step was
    not.
    """

    __hash__ = object.__hash__  # Enum's own is written in Python, and ways are many

    ADOPTED = "adopted"
    VETOED = "vetoed"
    TIED = "tied"
    LOST = "not adopted"
    OPEN = "open"
    FELL = "not put"
    SKIPPED = "not taken"


RULINGS: Final[Mapping[End, tuple[Verdict, Cause | None]]] = {
    End.ADOPTED: (Verdict.ADOPTED, None),
    End.VETOED: (Verdict.NOT_ADOPTED, Cause.VETO),
    End.TIED: (Verdict.NOT_ADOPTED, Cause.TIE),
    End.LOST: (Verdict.NOT_ADOPTED, Cause.SHORTFALL),
    End.OPEN: (Verdict.OPEN, Cause.UNDECIDED),
}
LEFT: Final = {
    Verdict.ADOPTED: End.ADOPTED,
    Verdict.NOT_ADOPTED: End.LOST,
    Verdict.OPEN: End.OPEN,
}
"""The ends of votes whose cause is none of those told apart."""
Ends = Mapping[str, End]
Weighted = tuple[tuple[End, int], ...]
"""The ends of one vote with their weights."""


@dataclass(frozen=True, slots=True)
class Link:
    """One vote of a chain: its case, when it is taken, and the votes on the same text before it.

    `earlier` are the cases of all votes before it, by name; `gone` is set where the text of its
    step was withdrawn.
    """

    name: str
    case: Case
    when: When | None = None
    before: tuple["Link", ...] = ()
    earlier: Mapping[str, Case] = field(default_factory=dict)
    gone: bool = False

    def fate(self, ends: Ends) -> End | None:
        """What becomes of it without a vote, those before it having ended so; nothing: it is put.

        Open is also what it is if it is open whether it is put.
        """
        met = True if self.when is None else holds(self.when, self._asked(self.when, ends))
        if met is False or self.gone:
            return End.SKIPPED
        before = [(link.case, ends[link.name]) for link in self.before if link.name in ends]
        if not_put(self.case, [_ruling(case, end) for case, end in before]):
            return End.FELL
        saved = any(end is End.ADOPTED and case.place.operative for case, end in before)
        doubtful = any(
            end is End.OPEN and self._hangs_on(case) and not (saved and case.place.operative)
            for case, end in before
        )
        return End.OPEN if met is None or doubtful else None

    def _asked(self, when: When, ends: Ends) -> dict[str, Taken]:
        """What a condition asks of, as the proceedings know it: only how it ended is looked at."""
        found: dict[str, Taken] = {}
        for leaf in _leaves(when):
            end = ends[leaf.step]
            ruling = _ruling(self.earlier[leaf.step], end)
            found[leaf.step] = Taken(Step(leaf.step, (ruling,)), taken=end is not End.SKIPPED)
        return found

    def _hangs_on(self, other: Case) -> bool:
        """Whether it can depend on another vote on the same text that it is put."""
        role, place = self.case.place.role, other.place
        motion = role is Role.PART and place.role is Role.MOTION
        division = self.case.body.division
        falls = division is not None and division.whole is not None and bool(place.operative)
        whole = role is Role.TEXT and place.role is Role.PART and falls
        return motion or whole or self.case.id in place.excludes

    def known(self, ends: Ends) -> dict[str, Truth]:
        """Whether those before it on the same text were adopted, by id, where it matters."""
        return {link.case.id: carried(ends[link.name]) for link in self.before if link.name in ends}

    def asks(self) -> dict[str, frozenset[End]]:
        """The votes before it that it asks for, and the ends it tells apart from all others."""
        asked: dict[str, set[End]] = defaultdict(set)
        for leaf in _leaves(self.when):
            asked[leaf.step] |= {*ASKED[leaf.state], End.OPEN}
        votes = (self.case, self.case.second) if self.case.second else (self.case,)
        stances = [s for vote in votes for s in (vote.outlook or Outlook()).stances.values()]
        named = {name for stance in stances for name in stance.condition}
        for link in self.before:
            if link.case.id in named or self._hangs_on(link.case):
                asked[link.name] |= {End.ADOPTED, End.OPEN, End.FELL}
        return {name: frozenset(ends) for name, ends in asked.items()}


def _ruling(case: Case, end: End) -> Ruling:
    """A ruling that ended so."""
    if end in RULINGS:
        return Ruling(case, *RULINGS[end])
    return Ruling(case, Verdict.NOT_ADOPTED, None, taken=False)


ASKED: Final[Mapping[State, frozenset[End]]] = {
    State.ADOPTED: frozenset({End.ADOPTED, End.SKIPPED}),
    State.NOT_ADOPTED: frozenset({End.ADOPTED, End.SKIPPED}),
    State.VETOED: frozenset({End.VETOED, End.SKIPPED}),
    State.TIED: frozenset({End.TIED, End.SKIPPED}),
    State.OPEN: frozenset({End.OPEN, End.SKIPPED}),
    State.TAKEN: frozenset({End.FELL, End.SKIPPED}),
}


def carried(end: End) -> Truth:
    """Whether a vote that ended so was adopted; nothing where that is open."""
    return None if end is End.OPEN else end is End.ADOPTED


def _leaves(when: When | None) -> Iterable[Is]:
    if isinstance(when, Is):
        return (when,)
    return () if when is None else (*_leaves(when.left), *_leaves(when.right))


def can_hold(when: When, earlier: Mapping[str, Case]) -> bool:
    """Whether a condition can hold at all, whatever becomes of the votes it asks for.

    No vote can be vetoed in a body without a veto, nor tied where no majority of those voting is
    asked for. `earlier` are the cases it can speak of, by name; conditions on more than
    `MOST_ASKED` of them are taken to be possible.
    """
    leaves = _leaves(when)
    names = tuple(dict.fromkeys(leaf.step for leaf in leaves))
    if len(names) > MOST_ASKED:
        return True
    hopeful = {leaf.step for leaf in leaves if leaf.state is State.OPEN}
    asking = Link("", earlier[names[0]], when, earlier=earlier)
    return any(
        asking.fate(dict(zip(names, ends, strict=True))) is not End.SKIPPED
        for ends in product(*(_possible(earlier[name], open_too=name in hopeful) for name in names))
    )


def _possible(case: Case, *, open_too: bool) -> tuple[End, ...]:
    """The ends that a vote can have by its rules."""
    rules = [rule for _, rule in case.questions]
    out = {
        End.VETOED: not any(rule.veto for rule in rules),
        End.TIED: not any(leaf.ties for rule in rules for leaf in rule.thresholds()),
        End.OPEN: not open_too,
        End.FELL: case.place.role is Role.TEXT,
    }
    return tuple(end for end in End if not out.get(end))


def links_of(steps: Iterable[Step]) -> tuple[Link, ...]:
    """The votes of proceedings in order: amendments and parts by their ids, texts by their step.

    Of two with the same id, conditions mean the first; the second is named after its step too.
    """
    found: list[Link] = []
    for step in steps:
        own: list[Link] = []
        for ruling in step.rulings:
            case = unsettled(ruling.case)
            earlier = {link.name: link.case for link in (*found, *own)}
            name = step.id if ruling is step.rulings[-1] else case.id
            if name in earlier:
                name = f"{step.id}/{case.id}"
            own.append(Link(name, case, step.when, tuple(own), earlier, step.withdrawn))
        found += own
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ChainOdds:
    """The chance of every end of every vote, and of every way the steps can run.

    The chances of one vote add up to one, and so do those of all ways. A way has the end of each
    vote of `kept`, in their order.
    """

    ends: Mapping[str, Mapping[End, Fraction]]
    kept: tuple[str, ...]
    ways: Mapping[tuple[End, ...], Fraction]


@dataclass(frozen=True, slots=True)
class Chain:
    """Votes that hang together, with their odds."""

    title: str
    links: tuple[Link, ...]
    odds: ChainOdds


def chain_odds(links: Sequence[Link], kept: Sequence[str]) -> ChainOdds | None:
    """The odds along a chain; `kept` are the votes by which the ways are told apart.

    Nothing where the odds of one vote cannot be told exactly, or where there are more than
    `MOST_WAYS` ways that matter.
    """
    walk = _Walk(links, frozenset(kept))
    for number in range(len(links)):
        if not walk.step(number):
            return None
    return walk.result(kept)


def text_odds(cases: Sequence[Case]) -> Odds | None:
    """The odds of a text with the amendments and parts voted on before it, the text last."""
    name = cases[-1].id
    odds = chain_odds(links_of([Step(name, rule_on_text(cases))]), [name])
    if odds is None:
        return None
    ends = odds.ends[name]
    adopted, unsure, vetoed = (
        ends.get(end, Fraction(0)) for end in (End.ADOPTED, End.OPEN, End.VETOED)
    )
    return Odds(adopted, 1 - adopted - unsure, unsure, vetoed)


class _Walk:
    """The weights of all ways so far, by the ends of the votes that still matter."""

    def __init__(self, links: Sequence[Link], kept: frozenset[str]) -> None:
        self.links, self.kept = links, kept
        self.names: tuple[str, ...] = ()
        self.ways: dict[tuple[End, ...], int] = {(): 1}
        self.total = 1
        self.ends: dict[str, dict[End, Fraction]] = {}

    def step(self, number: int) -> bool:
        """Go on by one vote; false where its odds cannot be told."""
        link = self.links[number]
        vote = _Vote(link.case, tied=self._tie_matters(number))
        keys: dict[tuple[End, ...], object] = {}
        found: dict[object, Weighted] = {}
        for way in self.ways:
            ends = dict(zip(self.names, way, strict=True))
            fate = link.fate(ends)
            keys[way] = key = fate or vote.key(link.known(ends))
            if key not in found:
                weights = ((fate, 1),) if fate else vote.ends(link.known(ends))
                if weights is None:
                    return False
                found[key] = weights
        self._go({way: found[key] for way, key in keys.items()}, link.name)
        self._forget(number)
        return len(self.ways) <= MOST_WAYS

    def _go(self, found: Mapping[tuple[End, ...], Weighted], name: str) -> None:
        """Every way so far goes on to every end of the vote in hand, over one denominator."""
        totals = {id(weights): sum(weight for _, weight in weights) for weights in found.values()}
        whole = lcm(*totals.values())
        fresh: dict[tuple[End, ...], int] = defaultdict(int)
        spread: dict[End, int] = defaultdict(int)
        for way, mass in self.ways.items():
            scale = mass * (whole // totals[id(found[way])])
            for end, weight in found[way]:
                if weight:
                    fresh[(*way, end)] += scale * weight
                    spread[end] += scale * weight
        self.total *= whole
        self.names, self.ways = (*self.names, name), dict(fresh)
        self.ends[name] = {end: Fraction(spread[end], self.total) for end in End if spread[end]}

    def _forget(self, number: int) -> None:
        """Keep of the ways only what comes later can tell apart."""
        asked: dict[str, set[End]] = defaultdict(set)
        for link in self.links[number + 1 :]:
            for name, ends in link.asks().items():
                asked[name] |= ends
        stay = [n for n, name in enumerate(self.names) if name in self.kept or name in asked]
        merged: dict[tuple[End, ...], int] = defaultdict(int)
        for way, mass in self.ways.items():
            told = (
                way[n] if self.names[n] in self.kept else _told(way[n], asked[self.names[n]])
                for n in stay
            )
            merged[tuple(told)] += mass
        self.names, self.ways = tuple(self.names[n] for n in stay), dict(merged)

    def _tie_matters(self, number: int) -> bool:
        """Whether a later vote asks for a tie of this one, or the ways tell it."""
        name = self.links[number].name
        return any(End.TIED in link.asks().get(name, ()) for link in self.links[number + 1 :])

    def result(self, kept: Sequence[str]) -> ChainOdds:
        """What all ways come to."""
        order = [self.names.index(name) for name in kept]
        ways: dict[tuple[End, ...], int] = defaultdict(int)
        for way, mass in self.ways.items():
            ways[tuple(way[n] for n in order)] += mass
        ranked = sorted(ways.items(), key=lambda item: (-item[1], [end.value for end in item[0]]))
        return ChainOdds(
            self.ends, tuple(kept), {way: Fraction(mass, self.total) for way, mass in ranked}
        )


def _told(end: End, asked: set[End]) -> End:
    """An end as far as it is told apart: all others are one."""
    return end if end in asked else End.LOST


class _Vote:
    """One vote, asked for the weights of its ends; `tied` tells ties apart from other failures.

    If a second vote follows on a tie, the ends are those of the two together.
    """

    def __init__(self, case: Case, *, tied: bool) -> None:
        self.again = _second(case, tied=tied)
        self.case, self.tied = case, tied or self.again is not None
        self.sure = _sure(case)
        one = len(case.questions) == 1 and case.roll is not None
        self.variants = Variants(case, case.questions[0][1]) if one and not self.sure else None

    def key(self, ended: Mapping[str, Truth]) -> object:
        """What tells apart the ways in which its stances are settled."""
        own = self.variants.choices(ended) if self.variants else ()
        return (own, self.again.key(ended)) if self.again else own

    def ends(self, ended: Mapping[str, Truth]) -> Weighted | None:
        """The weight of every end; nothing where they cannot be told exactly."""
        first = self._first(ended)
        if self.again is None or first is None or not dict(first).get(End.TIED):
            return first
        second = self.again.ends(ended)
        return None if second is None else _followed(first, second)

    def _first(self, ended: Mapping[str, Truth]) -> Weighted | None:
        """The weight of every end of this vote alone."""
        if self.sure:
            return self.sure
        if self.variants is None:
            return None
        weights = self.variants.weights(self.variants.choices(ended))
        tie = self._tie(ended) if self.tied else Fraction(0)
        if weights is None or tie is None:
            return None
        each = (weights.adopted, weights.vetoed, weights.lost, weights.open)
        level = tie * sum(each)
        adopted, vetoed, lost, unsure = (weight * level.denominator for weight in each)
        return (
            (End.ADOPTED, adopted),
            (End.VETOED, vetoed),
            (End.TIED, level.numerator),
            (End.LOST, lost - level.numerator),
            (End.OPEN, unsure),
        )

    def _tie(self, ended: Mapping[str, Truth]) -> Fraction | None:
        """The chance of a tie under a rule that is one majority of those voting."""
        rule, case = self.case.questions[0][1], settled(self.case, ended)
        return None if case.roll is None else tie_chance(case.roll, case.outlook or Outlook(), rule)


def _second(case: Case, *, tied: bool) -> _Vote | None:
    """The second vote that a tie would put, if the file knows of it."""
    if case.second is None or len(case.questions) != 1:
        return None
    _, rule = case.questions[0]
    return _Vote(case.second, tied=tied) if asks_again(rule) else None


def _followed(first: Weighted, second: Weighted) -> Weighted:
    """The ends of a vote and of the second one that its ties put."""
    whole = sum(weight for _, weight in second)
    spread: dict[End, int] = defaultdict(int)
    for end, weight in first:
        if end is not End.TIED:
            spread[end] += weight * whole
            continue
        for last, part in second:
            spread[last] += weight * part
    return tuple(spread.items())


def _sure(case: Case) -> Weighted:
    """The end of a vote of which only that is known."""
    granted = case.place.role is Role.MOTION and way_of(case).way is Way.GRANTED
    if case.without_vote or granted:
        return ((End.ADOPTED, 1),)
    if case.roll is None:
        return ((End.ADOPTED if case.result is Verdict.ADOPTED else End.LOST, 1),)
    stances = case.outlook.stances if case.outlook else ()
    if not case.forecast and not stances and not case.roll.tally.undecided:
        ruling = rule_on(case)
        return () if ruling.case.forecast else ((_end_of(ruling), 1),)
    return ()


def _end_of(ruling: Ruling) -> End:
    """How a vote that was held ended."""
    ends = {told: end for end, told in RULINGS.items()}
    return ends.get((ruling.verdict, ruling.because), LEFT[ruling.verdict])
