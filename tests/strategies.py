"""Small random bodies, rules of every kind, and votes in them; and the verdict by enumeration.

`verdict_of` decides complete votes once more, from the words of the rules and not from the
program: it counts heads or weights and compares fractions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Final

from hypothesis import strategies as st

from unvote.rollcall import Composition, RollCall
from unvote.rules import (
    ABSTAIN,
    HALF,
    NO,
    NOT_YES,
    YES,
    AllOf,
    AnyOf,
    Bar,
    Blocking,
    Condition,
    Deemed,
    Rule,
    Threshold,
    Veto,
    VetoOn,
)
from unvote.vocabulary import Base, TiePolicy, Verdict, Vote

WAYS: Final = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT)
COLUMN, CLASS = "people", "chosen"

# --- The verdict by enumeration ------------------------------------------------------------------


def completions(roll: RollCall, rule: Rule) -> Iterator[dict[str, Vote]]:
    """Every way in which the votes that are not known, or not by name, can have been cast.

    A party to the dispute that has not voted yet shall abstain.
    """
    bound = roll.parties if rule.parties_abstain else frozenset[str]()
    for named in allocations(roll):
        undecided = [code for code, vote in named.items() if vote is Vote.UNDECIDED]
        ways = [(Vote.ABSTAIN,) if code in bound else WAYS for code in undecided]
        for votes in product(*ways):
            yield named | dict(zip(undecided, votes, strict=True))


def allocations(roll: RollCall) -> Iterator[dict[str, Vote]]:
    """Every way in which the votes without names can belong to the members not named."""
    everyone = roll.composition.members or frozenset(roll.named)
    free = sorted(everyone - roll.named.keys() - roll.not_entitled - roll.not_participating)
    yield from _allocate(free, dict(roll.unnamed), dict(roll.named))


def _allocate(
    free: list[str], left: dict[Vote, int], named: dict[str, Vote]
) -> Iterator[dict[str, Vote]]:
    if not free:
        yield named
    for vote in [vote for vote, count in left.items() if count and free]:
        rest = left | {vote: left[vote] - 1}
        yield from _allocate(free[1:], rest, named | {free[0]: vote})


def verdicts_of(roll: RollCall, rule: Rule) -> set[Verdict]:
    """The verdicts of all completions, a casting vote not known being either."""
    casting = (Vote.YES, Vote.NO) if roll.casting_vote is None else (roll.casting_vote,)
    return {
        verdict_of(votes, replace(roll, casting_vote=vote), rule)
        for votes in completions(roll, rule)
        for vote in casting
    }


def verdict_of(votes: Mapping[str, Vote], roll: RollCall, rule: Rule) -> Verdict:
    """The verdict on votes that are all known, by name."""
    return Verdict.ADOPTED if _Count(votes, roll, rule).adopted() else Verdict.NOT_ADOPTED


@dataclass(frozen=True, slots=True)
class _Count:
    """Complete votes counted under a rule."""

    votes: Mapping[str, Vote]
    roll: RollCall
    rule: Rule

    def adopted(self) -> bool:
        """Whether the text is adopted."""
        rule, quorum = self.rule, self.rule.quorum
        if quorum is not None and self.roll.present is not None:
            size = Fraction(1) if quorum.base is None else Fraction(self.roll.composition.seats)
            if not compare(quorum.bar, Fraction(self.roll.present), quorum.amount * size):
                return False
        if rule.veto is not None and any(self.vetoes(code) for code in self.votes):
            return False
        return all(self.holds(need) for need in rule.needs) or self.deemed()

    def cast(self, code: str) -> Vote:
        """What a member did; a party to the dispute that voted is taken to have abstained."""
        vote = self.votes[code]
        if self.rule.parties_abstain and code in self.roll.parties and vote is not Vote.ABSENT:
            return Vote.ABSTAIN
        return vote

    def vetoes(self, code: str) -> bool:
        """Whether this member's vote stops the text."""
        veto = self.rule.veto
        assert veto is not None
        if self.rule.parties_abstain and code in self.roll.parties:
            return False
        if veto.by is not None and code not in self.roll.composition.classes[veto.by]:
            return False
        vote = self.cast(code)
        return vote is not Vote.YES if veto.on is VetoOn.NOT_YES else vote is Vote.NO

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds, a tie being broken by the casting vote where there is one."""
        if isinstance(condition, AllOf):
            return all(self.holds(part) for part in condition.conditions)
        if isinstance(condition, AnyOf):
            return any(self.holds(part) for part in condition.conditions)
        have = self.size({code for code in self.votes if self.cast(code) in condition.counting})(
            condition
        )
        if condition.counting == YES and have == 0:
            return False
        tied = condition.ties and have == self.number(Vote.NO)
        if tied and self.rule.tie is TiePolicy.CASTING_VOTE:
            return self.roll.casting_vote is Vote.YES
        return compare(condition.bar, Fraction(have), condition.amount * self.base(condition))

    def base(self, bar: Threshold) -> int:
        """The size of what a share is a share of; one for a plain count."""
        everyone = set(self.roll.composition.members or ())
        able = everyone - self.roll.not_entitled - self.roll.not_participating
        voting = {code for code in self.votes if self.cast(code) in {Vote.YES, Vote.NO}}
        casting = voting | {code for code in self.votes if self.cast(code) is Vote.ABSTAIN}
        match bar.base:
            case None:
                return 1
            case Base.PRESENT_AND_VOTING:
                return self.size(voting)(bar)
            case Base.CAST:
                return self.size(casting)(bar)
            case Base.MEMBERS:
                return self.size(everyone)(bar)
            case Base.ELIGIBLE:
                return self.size(able)(bar)
            case Base.PRESENT:
                assert self.roll.present is not None
                return self.roll.present

    def size(self, codes: set[str]) -> "_Size":
        """The measure of these members under a threshold."""
        return _Size(frozenset(codes), self.roll.composition)

    def number(self, vote: Vote) -> int:
        """How many members did this."""
        return sum(self.cast(code) is vote for code in self.votes)

    def deemed(self) -> bool:
        """Whether too few are against for the text to fail."""
        deemed = self.rule.deemed
        if deemed is None or not self.number(Vote.YES):
            return False
        limit = deemed.fewer_than
        if isinstance(limit, Blocking):
            limit = self.blocking(limit)
        against = sum(self.cast(code) in deemed.counting for code in self.votes)
        if isinstance(deemed.fewer_than, int) and deemed.counting == NOT_YES:
            # A fixed number is of all members: who is out does not vote yes either.
            against += len(self.roll.not_entitled) + len(self.roll.not_participating)
        return against < limit

    def blocking(self, blocking: Blocking) -> int:
        """The size of the smallest set of eligible members above the share, and `plus`."""
        weights = self.roll.composition.weights[blocking.by]
        out = self.roll.not_entitled | self.roll.not_participating
        sizes = [weights[code] for code in weights if code not in out]
        number = 0
        while number < len(sizes):
            number += 1
            if sum(sorted(sizes)[-number:]) > blocking.share * sum(sizes):
                break
        return number + blocking.plus


@dataclass(frozen=True, slots=True)
class _Size:
    """A set of members, to be measured by heads or by weight, within a class or not."""

    codes: frozenset[str]
    composition: Composition

    def __call__(self, bar: Threshold) -> int:
        inside = self.codes
        if bar.among is not None:
            inside &= self.composition.classes[bar.among]
        if bar.by is None:
            return len(inside)
        return sum(self.composition.weights[bar.by].get(code, 0) for code in inside)


def compare(bar: Bar, have: Fraction, needed: Fraction) -> bool:
    """Whether `have` reaches or exceeds what is needed."""
    return have > needed if bar is Bar.MORE_THAN else have >= needed


# --- Bodies, votes and rules ---------------------------------------------------------------------

SHARES: Final = st.sampled_from(
    [Fraction(text) for text in ("1/3", "1/2", "11/20", "3/5", "13/20", "2/3", "3/4", "1")]
)
BASES: Final = [base for base in Base if base is not Base.PRESENT]


@st.composite
def compositions(draw: st.DrawFn, most: int = 6) -> Composition:
    """A body of a few members, with a class of them and a column of weights."""
    members = frozenset("ABCDEFGH"[: draw(st.integers(1, most))])
    chosen = draw(st.frozensets(st.sampled_from(sorted(members))))
    weights = {code: draw(st.integers(0, 9)) for code in sorted(members)}
    return Composition(len(members), members, {CLASS: chosen}, {COLUMN: weights})


@st.composite
def rolls(
    draw: st.DrawFn, *, unnamed: bool = False, undecided: bool = True, most: int = 6
) -> RollCall:
    """Votes in such a body: known, not known yet, or (`unnamed`) known by number only."""
    composition = draw(compositions(5 if unnamed else most))
    votes = list(WAYS) + ([Vote.UNDECIDED] * 2 if undecided else [])
    named: dict[str, Vote] = {}
    loose: dict[Vote, int] = {}
    out: dict[str, set[str]] = {"not_entitled": set(), "not_participating": set()}
    for code in sorted(composition.members or ()):
        place = draw(st.sampled_from(["seat"] * 8 + list(out)))
        vote = draw(st.sampled_from(votes))
        if place in out:
            out[place].add(code)
        elif unnamed and draw(st.booleans()):
            loose[vote] = loose.get(vote, 0) + 1
        else:
            named[code] = vote
    return RollCall(
        composition,
        named,
        loose,
        frozenset(out["not_entitled"]),
        frozenset(out["not_participating"]),
        parties=draw(
            st.frozensets(st.sampled_from(sorted(composition.members or "A")), max_size=2)
        ),
        present=draw(st.none() | st.integers(0, composition.seats)),
        casting_vote=draw(st.sampled_from([None, Vote.YES, Vote.NO])),
    )


def thresholds(counting: list[frozenset[Vote]], *, present: bool) -> st.SearchStrategy[Threshold]:
    """Plain counts and shares of every base, by heads or weight, of all or of a class."""
    bar, counted = st.sampled_from(Bar), st.sampled_from(counting)
    by, among = st.sampled_from([None, None, COLUMN]), st.sampled_from([None, None, CLASS])
    number = st.integers(0, 6).map(Fraction)
    bases = st.sampled_from(BASES)
    kinds = [
        st.builds(Threshold, bar, number, st.none(), counted, by, among),
        st.builds(Threshold, bar, SHARES, bases, counted, by, among),
        st.just(Threshold(Bar.MORE_THAN, HALF, Base.PRESENT_AND_VOTING)),
    ]
    if present:
        kinds.append(st.builds(Threshold, bar, SHARES, st.just(Base.PRESENT), counted))
    return st.one_of(kinds)


@st.composite
def rules(
    draw: st.DrawFn, counting: list[frozenset[Vote]], *, present: bool, parties: bool = True
) -> Rule:
    """Rules of every kind; `present` allows shares of the members in the room."""
    leaf = thresholds(counting, present=present)
    some = st.lists(leaf, min_size=1, max_size=2).map(tuple)
    condition = st.one_of(
        leaf,
        st.builds(AllOf, some),
        st.builds(AnyOf, some),
        st.builds(lambda one, two: AnyOf((one, AllOf(two))), leaf, some),
    )
    limit = st.one_of(
        st.integers(0, 4), st.builds(Blocking, SHARES, st.just(COLUMN), st.integers(0, 1))
    )
    veto = st.builds(Veto, st.sampled_from(VetoOn), st.sampled_from([CLASS, CLASS, None]))
    quorum = st.builds(Threshold, st.sampled_from(Bar), SHARES, st.just(Base.MEMBERS))
    return Rule(
        tuple(draw(st.lists(condition, min_size=1, max_size=2))),
        draw(st.none() | veto),
        draw(st.none() | quorum),
        draw(st.sampled_from(TiePolicy)),
        deemed=draw(st.none() | st.builds(Deemed, limit, st.sampled_from([NO, NOT_YES]))),
        parties_abstain=parties and draw(st.booleans()),
    )


MONOTONE: Final = [YES]
ANY_VOTE: Final = [YES, YES, NO, ABSTAIN, NOT_YES]
