"""The quick way through long tables of numbers or words: sorted, unquoted, the vote last.

A roll call is cut out by searching for its name, not by splitting every row. Where its rows are
laid out as those of the one before, byte for byte but for the votes, only those are picked out.
Whatever is otherwise goes the slow way (`rows`), which tells what is wrong with it.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from unvote.records import Record
from unvote.tables.columns import Columns
from unvote.tables.gathering import Gathering, late
from unvote.tables.rows import gather_rows, lines_of, parsed

WINDOW: Final = 1 << 16
"""Bytes in which the rows of one roll call are looked for."""
ODD: Final = (b'"', b"\r", b"\0")
MOST_KNOWN: Final = 4096
"""Rows (without the name of their roll call) whose meaning is kept."""


def is_plain(columns: Columns, separator: str) -> bool:
    """Whether a table can go the quick way: names of roll calls first, votes last, little else."""
    at = columns.at
    return (
        separator == ","
        and not columns.listed
        and at.get("id") == 0
        and at["vote"] == columns.width - 1
        and set(at) <= {"id", "member", "name", "session", "vote"}
    )


class Layout:
    """Where the votes stand in the rows of a roll call whose rows all end in one letter.

    Two roll calls have the same layout if they differ in their names, session and votes only: seen
    as whole numbers, in no other byte, and in every row alike. `session` is the text of the session
    and how many commas stand before it.
    """

    def __init__(
        self,
        segment: bytes,
        key: bytes,
        places: list[int],
        count: int,
        session: tuple[bytes, int] = (b"", 0),
    ) -> None:
        starts, spread, others = 0, 0, 0
        self.session, commas = session
        ends = bytearray(b"\xff" * len(segment))
        by_seat = [len(segment)] * count
        at = 0
        for place in places:
            spread |= 1 << (8 * at)
            here = at
            for _ in range(commas):
                here = segment.index(b",", here) + 1
            if not starts:
                self._here = here
            others |= 1 << (8 * here)
            at = segment.index(b"\n", at) + 1
            ends[at - 2] = 0
            if place >= 0:
                by_seat[place] = at - 2
            starts += 1
        self.length, self.key, self.rows = len(segment), key, starts
        self._spread, self._others = spread, others
        self._fixed = int.from_bytes(ends, "little")
        self._whole = int.from_bytes(segment, "little")
        self._pick: Any = itemgetter(*by_seat)

    def fits(self, segment: bytes, key: bytes) -> bool:
        """Whether a roll call of that name and length is laid out so."""
        change = int.from_bytes(key, "little") ^ int.from_bytes(self.key, "little")
        differs = int.from_bytes(segment, "little") ^ self._whole
        expected = change * self._spread
        other = self.session_of(segment)
        if other != self.session:
            change = int.from_bytes(other, "little") ^ int.from_bytes(self.session, "little")
            expected ^= change * self._others
        return differs & self._fixed == expected

    def session_of(self, segment: bytes) -> bytes:
        """The session of a roll call that is laid out so."""
        return segment[self._here : self._here + len(self.session)]

    def votes(self, segment: bytes, filler: bytes) -> bytes:
        """The letters of its votes by seat; `filler` where a seat has no row."""
        return bytes(self._pick(segment + filler))


class Quick:
    """One pass through the blocks of a plain table; `row` is the next row's number."""

    def __init__(self, gathering: Gathering, columns: Columns, file: str, row: int = 2) -> None:
        self.gathering, self.columns, self.file, self.row = gathering, columns, file, row
        self.layout: Layout | None = None
        self.known: dict[bytes, int] = {}
        self.places: dict[bytes, int] = {}
        self.count = len(gathering.seats)
        self.letters, self.filler = _letters(gathering)
        self._session = columns.at.get("session")
        self._last, self._said = b"", ""
        self._late = late("")

    def run(self, blocks: Iterator[bytes]) -> None:
        """Take all blocks; from the first odd one on the slow way."""
        data = b""
        for block in blocks:
            if any(sign in block for sign in ODD) or not _is_text(block):
                self._slowly(chain((data + block,), blocks))
                return
            data = self._take(data + block, last=False)
        if data and not data.endswith(b"\n"):
            data += b"\n"
        self._take(data, last=True)

    def _slowly(self, blocks: Iterable[bytes]) -> None:
        troubles, first = self.gathering.troubles, self.row
        rows = parsed(lines_of(blocks, troubles, first), ",", troubles)
        numbered = ((number + first - 1, cells) for number, cells in rows)
        gather_rows(numbered, self.gathering, self.columns, self.file)

    def _take(self, data: bytes, *, last: bool) -> bytes:
        """The roll calls that are whole in these bytes; what is left is given back."""
        at, size, layout = 0, len(data), self.layout
        while at < size:
            comma = data.find(b",", at)
            key = data[at:comma]
            layout = self.layout
            if layout is not None and len(key) == len(layout.key):
                end = at + layout.length
                if end + WINDOW > size and not last:
                    return data[at:]
                segment = data[at:end]
                more = data.startswith(key + b",", end)
                if len(segment) == layout.length and not more and self._same(segment, key):
                    at = end
                    continue
            if at + WINDOW > size and not last:
                return data[at:]
            at = self._cut(data, at, key)
        return b""

    def _same(self, segment: bytes, key: bytes) -> bool:
        """Whether a roll call is laid out as the last one, and then taken."""
        layout = self.layout
        name = key.decode()
        if layout is None or not layout.fits(segment, key) or name in self.gathering.drafts:
            return False
        votes = layout.votes(segment, self.filler).translate(self.letters)
        if b"\0" in votes:
            return False
        if layout.session:
            session = layout.session_of(segment)
            if session != self._last:
                if not session.isdigit() or late(session.decode()) != self._late:
                    return False
                self._last, self._said = session, session.decode()
        self._keep(name, votes, layout.rows)
        return True

    def _keep(self, name: str, votes: bytes, rows: int) -> None:
        record = Record(name, votes, None, self._said, row=self.row)
        self.gathering.drafts[name] = record
        self.gathering.rows += rows
        self.row += rows

    def _cut(self, data: bytes, at: int, key: bytes) -> int:
        """Take the roll call that begins here, however it is laid out; where the next begins."""
        prefix = b"\n" + key + b","
        final = max(data.rfind(prefix, at, at + WINDOW), at)
        end = data.find(b"\n", final + 1) + 1 or len(data)
        segment = data[at:end]
        tails = (b"\n" + segment).replace(prefix, b"\n").split(b"\n")[1:-1]
        facts = tails[0].split(b",") if tails else []
        session = self._session
        self._last, self._said = b"", ""
        if session is not None and session <= len(facts):
            self._last = facts[session - 1]
            self._said = self._last.decode().strip()
        if late(self._said) != self._late:
            # A number can be another seat's from here on.
            self._late, self.layout = late(self._said), None
            self.known.clear()
            self.places.clear()
        rows = segment.count(b"\n")
        named = segment.count(prefix) + 1
        if rows != named or not key or key.decode() in self.gathering.drafts:
            return self._one_by_one(segment, end)
        total = self._sum(tails)
        if total is None:
            return self._one_by_one(segment, end)
        votes = total & ((1 << (8 * self.count)) - 1)
        letters = votes.to_bytes(self.count, "little").replace(b"\0", b".")
        if self.count - letters.count(b".") != total >> (8 * self.count):
            return self._one_by_one(segment, end)  # a member is there twice
        self._keep(key.decode(), letters, rows)
        self._lay_out(segment, key, tails)
        return end

    def _sum(self, tails: list[bytes]) -> int | None:
        """The letters of these rows, one byte a seat, and above them how many there are."""
        known = self.known
        try:
            return sum(map(known.__getitem__, tails))
        except KeyError:
            pass
        if len(known) > MOST_KNOWN:
            known.clear()
        for tail in tails:
            if tail not in known:
                value = self._value(tail)
                if value is None:
                    return None
                known[tail] = value
        return sum(map(known.__getitem__, tails))

    def _value(self, tail: bytes) -> int | None:
        """What a row adds to its roll call; nothing where something is to be told."""
        cells = tail.split(b",")
        if len(cells) != self.columns.width - 1:
            return None
        letter = self.gathering.letter(cells[-1].decode())
        if letter is None:
            return None
        place = self._place(cells)
        if place is None:
            return 0 if letter == "" else None
        if letter == "":
            return 0
        return (ord(letter) << (8 * place)) + (1 << (8 * self.count))

    def _place(self, cells: list[bytes]) -> int | None:
        """The place of a member's seat, where it is the same on every day."""
        at = self.columns.at
        code = cells[at["member"] - 1] if "member" in at else b""
        name = cells[at["name"] - 1] if "name" in at else b""
        key = code + b"," + name
        if key not in self.places:
            seat = self.gathering.find(code.decode(), name.decode(), None, self._said)
            found = seat[0] if seat[1] is None else None
            self.places[key] = -1 if found is None else self.gathering.index[found]
        place = self.places[key]
        return None if place < 0 else place

    def _lay_out(self, segment: bytes, key: bytes, tails: list[bytes]) -> None:
        """Keep the layout of a roll call, where its votes are single letters of different seats."""
        if any(tail[-2:-1] != b"," for tail in tails):
            self.layout = None
            return
        places = []
        for tail in tails:
            place = self._place(tail.split(b","))
            places.append(-1 if place is None else place)
        seats = [place for place in places if place >= 0]
        if len(seats) != len(places) or len(set(seats)) != len(seats) or not self.filler:
            self.layout = None
            return
        said = (self._last, self._session) if self._session is not None else (b"", 0)
        self.layout = Layout(segment, key, places, self.count, said)

    def _one_by_one(self, segment: bytes, end: int) -> int:
        """The slow way for a few rows."""
        troubles, first = self.gathering.troubles, self.row
        rows = parsed(lines_of((segment,), troubles, first), ",", troubles)
        numbered = ((number + first - 1, cells) for number, cells in rows)
        gather_rows(numbered, self.gathering, self.columns, self.file)
        self.row += segment.count(b"\n")
        return end


def _is_text(block: bytes) -> bool:
    if block.isascii():
        return True
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return True


def _letters(gathering: Gathering) -> tuple[bytes, bytes]:
    """A table from the single letters that are votes to ours, and one that means no vote."""
    table = bytearray(256)
    filler = b""
    for number in range(33, 127):
        letter = gathering.letter(chr(number))
        if letter == "" and not filler:
            filler = bytes((number,))
        if letter is not None:
            table[number] = ord(letter or ".")
    return bytes(table), filler
