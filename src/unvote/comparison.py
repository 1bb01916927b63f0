"""Two votes side by side: who voted how in each, and how closely groups held together."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from unvote.diagnostics import Diagnostic
from unvote.rollcall import RollCall, Tally
from unvote.rulings import Ruling
from unvote.vocabulary import Vote


@dataclass(frozen=True, slots=True)
class Flow:
    """What the members did in two votes, as far as they are known by name in both.

    `pairs` has the members of every pair of votes that occurs. `only_first` and `only_second` have
    a vote by name in one, and certainly none in the other. `unnamed` is how many votes of the
    first and of the second are known without names, so that nobody can be followed there.
    """

    pairs: Mapping[tuple[Vote, Vote], tuple[str, ...]]
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()
    unnamed: tuple[int, int] = (0, 0)

    def count(self, first: Vote, second: Vote) -> int:
        """How many members did this in the first vote and that in the second."""
        return len(self.pairs.get((first, second), ()))

    @property
    def moved(self) -> tuple[tuple[Vote, Vote, tuple[str, ...]], ...]:
        """Who did not do the same in both, by pair of votes."""
        return tuple((one, two, codes) for (one, two), codes in self.pairs.items() if one != two)


def flow_of(first: RollCall, second: RollCall) -> Flow:
    """The flow of votes from one roll call to another, pairs in the order of the votes."""
    both = sorted(first.named.keys() & second.named.keys())
    pairs = {
        (one, two): codes
        for one in Vote
        for two in Vote
        if (codes := tuple(c for c in both if (first.named[c], second.named[c]) == (one, two)))
    }
    return Flow(
        pairs,
        _only(first, second),
        _only(second, first),
        (sum(first.unnamed.values()), sum(second.unnamed.values())),
    )


def _only(one: RollCall, other: RollCall) -> tuple[str, ...]:
    """Who has a vote by name in one, and certainly none in the other."""
    return tuple(c for c in sorted(one.named.keys() - other.named.keys()) if not _loose(c, other))


def _loose(code: str, roll: RollCall) -> bool:
    """Whether a member may have cast one of the votes without names."""
    if not roll.unnamed or code in roll.named:
        return False
    everyone = roll.composition.members
    if everyone is not None and code not in everyone:
        return False
    return code not in roll.not_entitled | roll.not_participating


def within(roll: RollCall, members: frozenset[str] | None = None) -> Tally | None:
    """What these members did (all of them, if none are named).

    Nothing where one of them may have cast one of the votes known without names.
    """
    if members is None:
        return roll.tally
    if any(_loose(code, roll) for code in members):
        return None
    votes = Counter(roll.named[code] for code in members if code in roll.named)
    return Tally(
        votes[Vote.YES],
        votes[Vote.NO],
        votes[Vote.ABSTAIN],
        votes[Vote.ABSENT],
        votes[Vote.UNDECIDED],
        len(members & roll.not_entitled),
        len(members & roll.not_participating),
    )


def rice(tally: Tally) -> Fraction | None:
    """The index of cohesion: 1 if all that voted did alike, 0 if they were split in halves.

    |yes - no| / (yes + no), exactly; nothing where nobody voted yes or no. Stuart A. Rice, The
    Behavior of Legislative Groups, Political Science Quarterly 40 (1925), which counts in percent.
    """
    voting = tally.present_and_voting
    return Fraction(abs(tally.yes - tally.no), voting) if voting else None


@dataclass(frozen=True, slots=True)
class Cohesion:
    """How a group voted in two votes; a tally is missing where it is not known by name."""

    group: str
    first: Tally | None
    second: Tally | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two votes: both rulings, the flow of votes between them, the cohesion of groups in each.

    Without problems that are errors all of it is there. The first of `cohesion` is all members.
    """

    first: Ruling | None
    second: Ruling | None
    flow: Flow | None
    cohesion: tuple[Cohesion, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def valid(self) -> bool:
        """Whether both files could be read and decided, and every group is known."""
        return not any(problem.is_error for problem in self.problems)


def cohesion(
    group: str,
    codes: tuple[frozenset[str] | None, frozenset[str] | None],
    rolls: tuple[RollCall, RollCall],
) -> Cohesion:
    """How a group (all members, if no codes are given) voted in two votes."""
    return Cohesion(group, within(rolls[0], codes[0]), within(rolls[1], codes[1]))
