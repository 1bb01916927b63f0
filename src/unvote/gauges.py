"""What a rule measures, as sums that every vote adds to; and the verdict that sums come to.

A threshold of `p/q` of a base is met or not by its slack, `q * have - p * base`: to that each vote
adds a fixed amount, whatever the others do. So the chances of a verdict, and the cheapest way to
another one, are questions about sums. The tests themselves stay those of `rules`, `measures` and
`engine`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from unvote import measures
from unvote.engine import conclude, either
from unvote.outcomes import Truth
from unvote.rollcall import RollCall
from unvote.rules import NOT_YES, YES, AllOf, Condition, Deemed, Rule, Threshold, leaves
from unvote.vocabulary import Base, Verdict, Vote

VOTING: Final = frozenset({Vote.YES, Vote.NO})
CASTING: Final = frozenset({Vote.YES, Vote.NO, Vote.ABSTAIN})
IN_BASE: Final[Mapping[Base | None, frozenset[Vote]]] = {
    Base.PRESENT_AND_VOTING: VOTING,
    Base.CAST: CASTING,
}
EVERYBODY: Final = frozenset({Base.MEMBERS, Base.ELIGIBLE})


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum: where it starts, and what a vote adds to it for each unit of a member's size.

    `among` limits it to a class; `weights` gives the sizes (missing: every member counts one).
    """

    start: int
    adds: Mapping[Vote, int]
    among: frozenset[str] | None = None
    weights: Mapping[str, int] | None = None

    @property
    def anonymous(self) -> bool:
        """Whether it is the same whoever votes."""
        return self.among is None and self.weights is None

    def size(self, code: str) -> int:
        """What a member counts for in it."""
        if self.among is not None and code not in self.among:
            return 0
        return 1 if self.weights is None else self.weights.get(code, 0)

    def of(self, code: str, vote: Vote) -> int:
        """What a member's vote adds."""
        return self.size(code) * self.adds.get(vote, 0)


@dataclass(frozen=True, slots=True)
class Test:
    """A threshold as a test on sums.

    It is met for certain where the sum `sure` reaches the bar, and possibly where `possible` does
    (they differ where it is not known who was present). `error` is how far rounding can move
    them. `some` is the sum that must not be nought: a share of nothing is never met.
    """

    bar: Threshold
    sure: int
    possible: int
    error: int
    some: int | None
    tie: Truth

    def truth(self, sums: Sequence[int]) -> Truth:
        """Whether it is met at these sums."""
        if self.sure == self.possible:
            return self._at(sums[self.sure], sums)
        if self._at(sums[self.sure], sums):
            return True
        return False if self._at(sums[self.possible], sums) is False else None

    def _at(self, slack: int, sums: Sequence[int]) -> Truth:
        some = self.some is None or sums[self.some] > 0
        if slack == 0 and some and self.bar.ties:
            return self.tie
        if self.error and abs(slack) <= self.error:
            return None
        return some and self.bar.reached(slack)


@dataclass(frozen=True, slots=True)
class Scale:
    """A rule on one roll call as sums, and the verdict that they come to.

    `holders` are the members with a veto, `vetoing` the votes that use it. `exact` is false where
    votes known without names stand in the way: who cast them then matters.
    """

    rule: Rule
    parties: frozenset[str]
    sums: tuple[Sum, ...]
    tests: Mapping[Threshold, Test]
    deemed: tuple[int, int, int, int] | None
    cast: int | None
    holders: frozenset[str]
    vetoing: frozenset[Vote]
    present: Truth
    exact: bool = field(default=True)

    def counted(self, code: str, vote: Vote) -> Vote:
        """The vote as the rule counts it: a party to the dispute abstains (Art. 27(3))."""
        if code in self.parties and vote is not Vote.ABSENT:
            return Vote.ABSTAIN
        return vote

    def vetoes(self, code: str, vote: Vote) -> bool:
        """Whether this vote uses a veto."""
        return code in self.holders and vote in self.vetoing

    def steps(self, code: str, vote: Vote) -> tuple[int, ...]:
        """What a member's vote adds to each sum; no member: a vote without a name."""
        vote = self.counted(code, vote)
        return tuple(each.of(code, vote) for each in self.sums)

    def carried(self, sums: Sequence[int]) -> Truth:
        """Whether the votes carry the text, vetoes aside."""
        if self.cast is not None and not sums[self.cast]:
            return False
        met = _all(self.rule.needs, self.tests, sums)
        if self.deemed is None or met is True:
            return met
        count, some, least, most = self.deemed
        if not sums[some] or sums[count] >= most:
            return met
        return either(met, True if sums[count] < least else None)

    def verdict(self, sums: Sequence[int], *, clear: bool) -> Verdict:
        """The verdict at these sums; `clear` if nobody used a veto."""
        carried = self.carried(sums)
        return conclude(present=self.present, carried=carried, tied=False, clear=clear)[0]

    @property
    def signs(self) -> frozenset[int]:
        """The sums of which it is only asked whether they are nought."""
        tests = self.tests.values()
        asked = {test.some for test in tests} | {self.cast}
        exact = {test.sure for test in tests} | {test.possible for test in tests}
        if self.deemed:
            asked.add(self.deemed[1])
            exact.add(self.deemed[0])
        return frozenset(number for number in asked - exact if number is not None)

    def cuts(self, number: int) -> tuple[int, ...]:
        """The values of one sum from which on a test on it can end otherwise, in order."""
        found: set[int] = set()
        for test in self.tests.values():
            if number in {test.sure, test.possible}:
                found |= {-test.error, 0, 1, test.error + 1}
            if number == test.some:
                found.add(1)
        if self.deemed is not None and number == self.deemed[0]:
            found |= set(self.deemed[2:])
        if number == self.cast or (self.deemed and number == self.deemed[1]):
            found.add(1)
        return tuple(sorted(found))


def _all(
    conditions: Sequence[Condition], tests: Mapping[Threshold, Test], sums: Sequence[int]
) -> Truth:
    """Whether all of these conditions hold."""
    met: Truth = True
    for condition in conditions:
        part = _holds(condition, tests, sums)
        if part is False:
            return False
        met = None if part is None else met
    return met


def _holds(condition: Condition, tests: Mapping[Threshold, Test], sums: Sequence[int]) -> Truth:
    if isinstance(condition, Threshold):
        return tests[condition].truth(sums)
    if isinstance(condition, AllOf):
        return _all(condition.conditions, tests, sums)
    met: Truth = False
    for part in condition.conditions:
        met = either(met, _holds(part, tests, sums))
    return met


def scale_of(roll: RollCall, rule: Rule) -> Scale:
    """A rule on a roll call as sums over the votes of its members."""
    build = _Builder(roll)
    tie = _tie(roll, rule)
    tests = {bar: build.test(bar, tie) for need in rule.needs for bar in leaves(need)}
    deemed = build.deemed(rule.deemed) if rule.deemed else None
    cast = None if rule.needs else build.sum(dict.fromkeys(CASTING, 1))
    parties = roll.parties if rule.parties_abstain else frozenset[str]()
    holders, vetoing = _veto(roll, rule, parties)
    quorum = measures.quorum_test(roll, rule.quorum) if rule.quorum else ()
    anonymous = all(each.anonymous for each in build.sums) and not rule.veto and not parties
    return Scale(
        rule,
        parties,
        tuple(build.sums),
        tests,
        deemed,
        cast,
        holders,
        vetoing,
        quorum[0].met if quorum else None,
        not roll.unnamed or anonymous,
    )


def _tie(roll: RollCall, rule: Rule) -> Truth:
    """What a tie comes to: nothing, or what the casting vote says."""
    level = {Vote.YES: 1, Vote.NO: 1}
    tied = RollCall(roll.composition, {}, level, casting_vote=roll.casting_vote)
    return measures.tie_test(tied, rule)[0].met


def _veto(
    roll: RollCall, rule: Rule, parties: frozenset[str]
) -> tuple[frozenset[str], frozenset[Vote]]:
    """Who has a veto, and the votes that use it."""
    if rule.veto is None:
        return frozenset(), frozenset()
    by = rule.veto.by
    everyone = roll.composition.members or frozenset(roll.named)
    holders = everyone if by is None else roll.composition.classes[by]
    return holders - parties, rule.veto.votes


class _Builder:
    """The sums a rule needs, each kept once."""

    def __init__(self, roll: RollCall) -> None:
        self.roll = roll
        self.sums: list[Sum] = []

    def sum(self, adds: Mapping[Vote, int], start: int = 0, bar: Threshold | None = None) -> int:
        """The number of a sum: an equal one if there is one."""
        composition = self.roll.composition
        among = composition.classes[bar.among] if bar and bar.among else None
        weights = composition.weights[bar.by] if bar and bar.by else None
        adds = {vote: amount for vote, amount in adds.items() if amount}
        start += sum(adds.get(vote, 0) * count for vote, count in self.roll.unnamed.items())
        fresh = Sum(start, adds, among, weights)
        if fresh not in self.sums:
            self.sums.append(fresh)
        return self.sums.index(fresh)

    def test(self, bar: Threshold, tie: Truth) -> Test:
        """A threshold as a test on sums."""
        top, bottom = bar.amount.numerator, bar.amount.denominator
        have = dict.fromkeys(bar.counting, bottom)
        sure = possible = 0
        if bar.base is None:
            sure = possible = self.sum(have, -top, bar)
        elif bar.base in IN_BASE:
            sure = possible = self._share(bar, IN_BASE[bar.base])
        else:
            sure = possible = self.sum(have, -top * self._whole(bar), bar)
            if bar.base is Base.PRESENT and self.roll.present is None:
                possible = self._share(bar, CASTING)
        some = None
        if bar.counting == YES and (bar.base not in EVERYBODY or self.sums[sure].start >= 0):
            some = self.sum(dict.fromkeys(bar.counting, 1), 0, bar)
        return Test(bar, sure, possible, measures.doubt(self.roll, bar), some, tie)

    def _share(self, bar: Threshold, base: frozenset[Vote]) -> int:
        """The slack of a share of those that cast one of these votes."""
        top, bottom = bar.amount.numerator, bar.amount.denominator
        return self.sum(
            {v: bottom * (v in bar.counting) - top * (v in base) for v in bar.counting | base},
            0,
            bar,
        )

    def _whole(self, bar: Threshold) -> int:
        """The size of a base that is the same whatever the votes; of those present at most."""
        return (measures.base_size(self.roll, bar) or (0, 0))[1]

    def deemed(self, deemed: Deemed) -> tuple[int, int, int, int]:
        """The sum that opposes, the sum of yes votes, and the limits below which all is carried."""
        roll, limit = self.roll, deemed.fewer_than
        out = 0
        if isinstance(limit, int):
            least = most = limit
            if deemed.counting == NOT_YES:
                out = roll.tally.not_participating + roll.tally.not_entitled
        else:
            least, most = measures.blocking_sizes(roll, limit)
        count = self.sum(dict.fromkeys(deemed.counting, 1), out)
        return count, self.sum(dict.fromkeys(YES, 1)), least, most
