"""Roll calls by the thousand, compact: one letter a seat for what each member did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from unvote.vocabulary import Vote

LETTERS: Final[Mapping[Vote, str]] = {
    Vote.YES: "Y",
    Vote.NO: "N",
    Vote.ABSTAIN: "A",
    Vote.ABSENT: "X",
}
"""The letter of each vote; `X` is whoever did not vote, for whatever reason."""
VOTES: Final[Mapping[str, Vote]] = {letter: vote for vote, letter in LETTERS.items()}
WITHOUT_VOTE: Final = "adopted-without-a-vote"
"""The flag of a text adopted without a vote: there is nothing to decide."""
UNLISTED: Final = "."
"""The letter of a seat of which a record says nothing."""


class Record(NamedTuple):
    """One roll call as it was recorded; a tuple, since thousands are made at once.

    `votes` holds one letter a seat, in the order of the seats it goes with. `day` is missing where
    the data say none. `outcome` is `adopted`, `failed`, `vetoed` or, if unknown, empty;
    `vetoed_by` are the codes of those said to have vetoed. `row` is its first row in the data.
    """

    id: str
    votes: bytes
    day: date | None = None
    session: str = ""
    symbol: str = ""
    title: str = ""
    outcome: str = ""
    vetoed_by: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    row: int = 0

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Yes, no, abstaining and not voting, in number of members listed."""
        count = self.votes.count
        return count(b"Y"), count(b"N"), count(b"A"), count(b"X")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole roll calls in the order of the data, with the seats their letters stand for."""

    seats: tuple[str, ...]
    records: tuple[Record, ...] = field(default=())

    def __str__(self) -> str:
        if not self.records:
            return "no roll calls"
        first, last = self.records[0].id, self.records[-1].id
        return f"roll calls {first} to {last} ({len(self.records):,})"

    def votes_of(self, record: Record) -> dict[str, Vote]:
        """What each member listed in a record did, by code."""
        letters = record.votes.decode()
        return {
            code: VOTES[letter]
            for code, letter in zip(self.seats, letters, strict=True)
            if letter != UNLISTED
        }
