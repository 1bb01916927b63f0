"""Roll calls laid out alike, byte for byte but for their votes: many of them taken at once.

Where every row of a roll call has the same length in the next one, what is at one place of it is
at the same place of all, one length further each time: a slice with a step reads the votes of one
member, or one digit of the names, in all of them together.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

FIRST: Final = 8
"""Roll calls looked at together when a layout is new; twice as many each time all were alike."""
MOST: Final = 128
"""Roll calls looked at together at most: what they take should fit into a processor's cache."""


class Alike(NamedTuple):
    """Roll calls laid out alike, in order: their names and sessions, and their votes by seat."""

    names: list[str]
    sessions: list[str]
    votes: list[bytes]


class Fixed(NamedTuple):
    """What of a roll call has its place: the length of its name, and the seats' places by row.

    `session` is the length of its session and how many commas stand before it (0: there is none).
    """

    key: int
    places: Sequence[int]
    session: tuple[int, int]


class Together(NamedTuple):
    """As many roll calls as are looked at together, from a place of the data on."""

    data: bytearray
    at: int
    many: int


class Layout:
    """Where names, sessions and votes stand in a roll call whose rows all end in one letter.

    `filler` is the vote of a seat without a row; `letters` translates votes into ours, and into a
    zero what is no vote.
    """

    def __init__(
        self, segment: bytes, fixed: Fixed, seats: int, filler: bytes, letters: bytes
    ) -> None:
        long, commas = fixed.session
        starts, sessions, votes = [], [], []
        at = 0
        for _ in fixed.places:
            starts.append(at)
            here = at
            for _ in range(commas):
                here = segment.index(b",", here) + 1
            sessions.append(here)
            at = segment.index(b"\n", at) + 1
            votes.append(at - 2)
        self.length, self.rows = len(segment), len(fixed.places)
        self._segment, self._votes = segment, votes
        self._texts = ((fixed.key, starts), (long, sessions))
        self._seats: list[int | None] = [None] * seats
        for row, place in enumerate(fixed.places):
            self._seats[place] = row
        self._filler, self._letters = filler, letters
        self._together = FIRST
        self._wanted = bytearray()
        """As many roll calls as were ever looked at together, as they should be."""

    def follow(self, data: bytearray, at: int) -> Alike | None:
        """The next whole roll calls that are laid out so; nothing if none is."""
        many = min((len(data) - at) // self.length, self._together)
        if many < 1 or not self._may_fit(data, at):
            return None
        self._wanted.extend(self._segment * (many - len(self._wanted) // self.length))
        there = Together(data, at, many)
        names, sessions = (self._spread(there, *text) for text in self._texts)
        votes = self._voted(there)
        alike = self._matching(there)
        self._together = min(2 * many, MOST) if alike == many else FIRST
        if not (alike and names.isascii() and sessions.isascii()):
            return None
        order = range(alike)
        letters = [votes[n::many] for n in order]
        if b"\0" in votes:
            alike = next((n for n in order if b"\0" in letters[n]), alike)
            order = range(alike)
        said, called = sessions.decode(), names.decode()
        return Alike(
            [called[n::many] for n in order], [said[n::many] for n in order], letters[:alike]
        )

    def _may_fit(self, data: bytearray, at: int) -> bool:
        """Whether the first and the last row of the next roll call bear the same name."""
        key, starts = self._texts[0]
        last = at + starts[-1]
        return data[at : at + key + 1] == data[last : last + key + 1]

    def _spread(self, there: Together, length: int, places: Sequence[int]) -> bytes:
        """The bytes of a text that is the same in all rows of a roll call; wanted in all of them.

        First those at its first place, of one roll call after the other, then those at its second.
        """
        data, at, many = there
        wanted, step = self._wanted, self.length
        end = many * step
        found = []
        for place in range(places[0], places[0] + length):
            column = data[at + place : at + end : step]
            found.append(column)
            if column != wanted[place:end:step]:
                more = place - places[0]
                for start in places:
                    wanted[start + more : end : step] = column
        return b"".join(found)

    def _voted(self, there: Together) -> bytes:
        """The votes, whatever they are, seat by seat, of one roll call after the other."""
        data, at, many = there
        wanted, step = self._wanted, self.length
        end = many * step
        columns = []
        for place in self._votes:
            column = data[at + place : at + end : step]
            columns.append(column)
            wanted[place:end:step] = column
        none = self._filler * many
        seats = b"".join([none if row is None else columns[row] for row in self._seats])
        return seats.translate(self._letters)

    def _matching(self, there: Together) -> int:
        """How many of the first roll calls are as they should be."""
        data, at, many = there
        step = self.length
        wanted = memoryview(self._wanted)
        if data.startswith(wanted[: many * step], at):
            return many
        starts = range(0, many * step, step)
        return next(
            n
            for n, start in enumerate(starts)
            if not data.startswith(wanted[start : start + step], at + start)
        )
