"""A roll call: who sits in the body, what each member did, and the counts that follow."""

from collections import Counter
from collections.abc import Mapping, Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

from unvote.vocabulary import Vote

NO_NAMES: Final[frozenset[str]] = frozenset()
VOTES: Final = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT, Vote.UNDECIDED)
"""What a member can do, in the order of a tally."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A body as it sat on a day.

    `seats` is the number of members. `members` holds their codes, or nothing where the roster is
    not known and only counts can be taken. `classes` are named subsets (permanent members, a
    group); `weights` are whole numbers by column and member; `errors` gives, by column, the
    largest sum of rounding errors in those weights, in the same unit (0: exact), and `units` says
    what the unit is and where the weights are from.
    """

    seats: int
    members: frozenset[str] | None = None
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    errors: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many members did what. All figures are in number of members and add up to the seats."""

    yes: int = 0
    no: int = 0
    abstain: int = 0
    absent: int = 0
    undecided: int = 0
    not_entitled: int = 0
    not_participating: int = 0

    @property
    def present_and_voting(self) -> int:
        """Members that cast a yes or a no; abstainers count as not voting (GA rule 86)."""
        return self.yes + self.no

    @property
    def cast(self) -> int:
        """Members that voted yes, voted no or abstained."""
        return self.yes + self.no + self.abstain

    @property
    def eligible(self) -> int:
        """Members that may vote: all but those not entitled and those not participating."""
        return self.cast + self.absent + self.undecided

    @property
    def seats(self) -> int:
        """All members of the body."""
        return self.eligible + self.not_entitled + self.not_participating

    def __str__(self) -> str:
        return f"{self.yes}-{self.no}-{self.abstain}"


@dataclass(frozen=True, slots=True)
class RollCall:
    """One vote in one body.

    `named` gives what each member did whose vote is known by name (absent members included);
    `unnamed` counts the votes known without names. `not_entitled` and `not_participating` stand
    outside both. `present` is the number of members in the room, if the record says it.
    `parties` are the parties to the dispute (UN Charter, Art. 27(3)).
    """

    composition: Composition
    named: Mapping[str, Vote]
    unnamed: Mapping[Vote, int] = field(default_factory=dict)
    not_entitled: frozenset[str] = NO_NAMES
    not_participating: frozenset[str] = NO_NAMES
    parties: frozenset[str] = NO_NAMES
    present: int | None = None
    casting_vote: Vote | None = None
    tally: Tally = field(init=False)

    def __post_init__(self) -> None:
        unnamed = self.unnamed.get
        if self.named:
            named = Counter(self.named.values())
            cast = [named[vote] + unnamed(vote, 0) for vote in VOTES]
        else:
            cast = [unnamed(vote, 0) for vote in VOTES]
        yes, no, abstain, absent, undecided = cast
        outside = len(self.not_entitled), len(self.not_participating)
        tally = Tally(yes, no, abstain, absent, undecided, *outside)
        object.__setattr__(self, "tally", tally)

    def who(self, vote: Vote) -> tuple[str, ...]:
        """The members known by name that did this, by code."""
        return tuple(sorted(code for code, cast in self.named.items() if cast is vote))

    def with_votes(self, votes: Mapping[str, Vote]) -> "RollCall":
        """The same roll call with these members' votes set."""
        return replace(self, named={**self.named, **votes})

    def with_unnamed(self, unnamed: Mapping[Vote, int]) -> "RollCall":
        """The same roll call with these votes known without names."""
        return replace(self, unnamed={vote: count for vote, count in unnamed.items() if count})

    def settle_undecided(self, vote: Vote) -> "RollCall":
        """The same roll call with every undecided member doing this."""
        named = {
            code: vote if cast is Vote.UNDECIDED else cast for code, cast in self.named.items()
        }
        unnamed = dict(self.unnamed)
        left = unnamed.pop(Vote.UNDECIDED, 0)
        if left:
            unnamed[vote] = unnamed.get(vote, 0) + left
        return replace(self, named=named, unnamed=unnamed)

    def extent(
        self,
        votes: AbstractSet[Vote],
        among: frozenset[str] | None,
        weights: Mapping[str, int] | None,
    ) -> tuple[int, int]:
        """The least and the most members (or weight) of `among` that did one of `votes`.

        The two differ only where votes are known without names.
        """
        named = [
            code
            for code, cast in self.named.items()
            if cast in votes and (among is None or code in among)
        ]
        known = len(named) if weights is None else sum(weights.get(code, 0) for code in named)
        loose = sum(count for vote, count in self.unnamed.items() if vote in votes)
        if not loose:
            return known, known
        if among is None and weights is None:
            return known + loose, known + loose
        least, most = self._loose_extent(loose, among, weights)
        return known + least, known + most

    def _loose_extent(
        self, loose: int, among: frozenset[str] | None, weights: Mapping[str, int] | None
    ) -> tuple[int, int]:
        """The least and most that `loose` unnamed votes can add within `among`."""
        everyone = self.composition.members
        if everyone is None:
            inside = frozenset(weights or ()) if among is None else among
            pool, outside = inside - self.named.keys(), self.composition.seats
        else:
            free = everyone - self.named.keys() - self.not_entitled - self.not_participating
            pool = free if among is None else free & among
            outside = len(free) - len(pool)
        sizes = sorted(1 if weights is None else weights.get(code, 0) for code in pool)
        fewest, most = max(0, loose - outside), min(loose, len(sizes))
        return sum(sizes[:fewest]), sum(sizes[len(sizes) - most :])
