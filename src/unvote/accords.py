"""Who votes with whom over many roll calls: agreement, cohesion, participation, hit rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from unvote.comparison import rice
from unvote.members import Membership
from unvote.records import UNLISTED, VOTES, Chunk, Record
from unvote.rollcall import Tally
from unvote.vocabulary import Vote

CAST: Final = b"YNA"
FEWEST: Final = 2
"""Votes for or against of a group below which it cannot be split."""


class Bits:
    """What each member did in many roll calls: a whole number a letter, one bit a roll call."""

    def __init__(self, chunk: Chunk) -> None:
        self.count = len(chunk.records)
        whole, step = b"".join(record.votes for record in chunk.records), len(chunk.seats)
        self._columns = {code: whole[n::step] for n, code in enumerate(chunk.seats)}
        self._known: dict[tuple[str, bytes], int] = {}

    def of(self, code: str, letters: bytes) -> int:
        """The roll calls in which a member did one of these; the first one is the highest bit."""
        key = code, letters
        if key not in self._known:
            table = bytes(49 if n in letters else 48 for n in range(256))
            column = self._columns.get(code, b"")
            self._known[key] = int(column.translate(table) or b"0", 2)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Agreement:
    """In how many roll calls two members cast the same vote, of those in which both cast one."""

    first: str
    second: str
    same: int
    both: int

    @property
    def share(self) -> Fraction | None:
        """The share of the same votes; nothing where both never voted together."""
        return Fraction(self.same, self.both) if self.both else None


def agreements(chunk: Chunk, codes: Sequence[str] = ()) -> tuple[Agreement, ...]:
    """How far each two of these members (all that cast a vote) agree, by code.

    A vote is yes, no or an abstention; a member that did not vote says nothing (the share of
    identical votes, as in Arend Lijphart, The Analysis of Bloc Voting in the General Assembly,
    American Political Science Review 57 (1963), without his half for an abstention).
    """
    bits = Bits(chunk)
    wanted = codes or [code for code in chunk.seats if bits.of(code, CAST)]
    cast = {code: [bits.of(code, bytes((letter,))) for letter in CAST] for code in wanted}
    found = []
    for number, one in enumerate(wanted):
        for two in wanted[number + 1 :]:
            same = sum((a & b).bit_count() for a, b in zip(cast[one], cast[two], strict=True))
            both = (bits.of(one, CAST) & bits.of(two, CAST)).bit_count()
            found.append(Agreement(one, two, same, both))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Unity:
    """How closely a group held together over many roll calls.

    `votes` is in how many of them at least two of its members of the day voted yes or no,
    `united` in how many of those all such votes were the same; `index` is the mean of Rice's
    index over them, exactly.
    """

    group: str
    votes: int
    united: int
    index: Fraction | None


def unity(chunk: Chunk, group: str, membership: Membership) -> Unity:
    """The cohesion of a group (by code) over the roll calls whose day is known.

    The mean of Rice's index; Stuart A. Rice, Quantitative Methods in Politics (1928). The members
    are those of the day of each vote.
    """
    places = {code: n for n, code in enumerate(chunk.seats)}
    inside: dict[frozenset[str], tuple[int, ...]] = {}
    sums: dict[tuple[int, int], int] = {}
    for record in chunk.records:
        if record.day is None:
            continue
        codes = membership.groups[group].on(record.day)
        if codes not in inside:
            inside[codes] = tuple(places[code] for code in sorted(codes) if code in places)
        letters = bytes(record.votes[place] for place in inside[codes])
        pair = letters.count(b"Y"), letters.count(b"N")
        if sum(pair) >= FEWEST:
            sums[pair] = sums.get(pair, 0) + 1
    votes = sum(sums.values())
    united = sum(number for (yes, no), number in sums.items() if not yes or not no)
    total = sum(((rice(Tally(*pair)) or Fraction(0)) * n for pair, n in sums.items()), Fraction(0))
    return Unity(group, votes, united, total / votes if votes else None)


@dataclass(frozen=True, slots=True)
class Turnout:
    """What a member did in the roll calls that list it, in number of roll calls."""

    code: str
    yes: int
    no: int
    abstain: int
    absent: int

    @property
    def listed(self) -> int:
        """In how many it is listed."""
        return self.yes + self.no + self.abstain + self.absent

    @property
    def share(self) -> Fraction | None:
        """The share of those in which it cast a vote."""
        return Fraction(self.listed - self.absent, self.listed) if self.listed else None


def turnouts(chunk: Chunk, codes: Sequence[str] = ()) -> tuple[Turnout, ...]:
    """The participation of these members, or of all that are listed anywhere."""
    bits = Bits(chunk)
    found = (
        Turnout(code, *(bits.of(code, bytes((letter,))).bit_count() for letter in b"YNAX"))
        for code in (codes or chunk.seats)
    )
    return tuple(one for one in found if one.listed or codes)


@dataclass(frozen=True, slots=True)
class Followed:
    """Who voted one way in one roll call, and what each of them did in a later one.

    `later` has nothing for a member that the later record does not list, and is empty as a whole
    where no later roll call was asked about.
    """

    vote: Vote
    first: Record
    second: Record | None
    members: tuple[str, ...]
    later: Mapping[str, Vote | None]

    @property
    def hits(self) -> int:
        """How many of them voted the same way again."""
        return sum(vote is self.vote for vote in self.later.values())

    @property
    def rate(self) -> Fraction | None:
        """The share of those that voted the same way again, of all of them."""
        return Fraction(self.hits, len(self.members)) if self.members and self.second else None


def follow(chunk: Chunk, vote: Vote, first: Record, second: Record | None = None) -> Followed:
    """The members that voted so in one roll call, and their votes in another."""
    cast = chunk.votes_of(first)
    members = tuple(sorted(code for code, did in cast.items() if did is vote))
    after = {} if second is None else chunk.votes_of(second)
    later = {} if second is None else {code: after.get(code) for code in members}
    return Followed(vote, first, second, members, later)


def took_part(record: Record, place: int, vote: Vote | None = None) -> bool:
    """Whether the member at a place is listed in a roll call, and did this."""
    letter = chr(record.votes[place])
    return letter != UNLISTED and (vote is None or VOTES[letter] is vote)
