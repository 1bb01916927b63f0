"""The quick way through long tables of numbers or words: sorted, unquoted, the vote last.

A roll call is cut out by searching for its name, not by splitting every row. Where the next ones
are laid out as it is, byte for byte but for the votes, they are taken together (`layouts`).
Whatever is otherwise goes the slow way (`rows`), which tells what is wrong with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Final

from unvote.records import Record
from unvote.tables.columns import Columns
from unvote.tables.gathering import Gathering, late
from unvote.tables.layouts import Fixed, Layout
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
        data = bytearray()
        for block in blocks:
            if any(sign in block for sign in ODD) or not _is_text(block):
                self._slowly(chain((bytes(data) + block,), blocks))
                return
            data += block
            del data[: self._take(data, last=False)]
        if data and not data.endswith(b"\n"):
            data += b"\n"
        self._take(data, last=True)

    def _slowly(self, blocks: Iterable[bytes]) -> None:
        troubles, first = self.gathering.troubles, self.row
        rows = parsed(lines_of(blocks, troubles, first), ",", troubles, first)
        gather_rows(rows, self.gathering, self.columns, self.file)

    def _take(self, data: bytearray, *, last: bool) -> int:
        """Take the roll calls that are whole in these bytes; how many bytes they are."""
        at = 0
        whole = len(data) if last else len(data) - WINDOW
        while at < whole:
            taken = self._follow(data, at)
            at = at + taken if taken else self._cut(data, at)
        return at

    def _follow(self, data: bytearray, at: int) -> int:
        """Take the next roll calls that are laid out as the last one; how many bytes they are."""
        layout = self.layout
        alike = None if layout is None else layout.follow(data, at)
        if layout is None or alike is None:
            return 0
        many = min(self._new(alike.names), self._timely(alike.sessions))
        rows = many * layout.rows
        numbers = range(self.row, self.row + rows, layout.rows)
        texts = (repeat(text, many) for text in ("", "", "", (), ()))
        cells = zip(alike.names, alike.votes, repeat(None), alike.sessions, *texts, numbers)
        self.gathering.drafts.update(zip(alike.names, map(Record._make, cells), strict=False))
        self.gathering.rows += rows
        self.row += rows
        return many * layout.length

    def _new(self, names: Sequence[str]) -> int:
        """How many of the first names are plain, and those of other roll calls than all before."""
        text = "".join(names)
        if not text.isalnum() and any(n != n.strip() or "," in n or "\n" in n for n in names):
            return 0
        drafts = self.gathering.drafts
        if len(set(names)) == len(names) and drafts.keys().isdisjoint(names):
            return len(names)
        again = (n for n, name in enumerate(names) if name in drafts or name in names[:n])
        return next(again)

    def _timely(self, sessions: Sequence[str]) -> int:
        """How many of the first sessions are such that numbers of members mean the same in them."""
        known = {self._said}
        for number, session in enumerate(sessions):
            if session not in known:
                if not session.isdecimal() or late(session) != self._late:
                    return number
                known.add(session)
        return len(sessions)

    def _keep(self, name: str, votes: bytes, rows: int) -> None:
        record = Record(name, votes, None, self._said, row=self.row)
        self.gathering.drafts[name] = record
        self.gathering.rows += rows
        self.row += rows

    def _cut(self, data: bytearray, at: int) -> int:
        """Take the roll call that begins here, however it is laid out; where the next begins."""
        key = bytes(data[at : data.find(b",", at)])
        prefix = b"\n" + key + b","
        final = max(data.rfind(prefix, at, at + WINDOW), at)
        end = data.find(b"\n", final + 1) + 1 or len(data)
        segment = bytes(data[at:end])
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
        name = key.decode()
        if rows != named or not name.strip() == name != "" or name in self.gathering.drafts:
            return self._one_by_one(segment, end)
        total = self._sum(tails)
        if total is None:
            return self._one_by_one(segment, end)
        votes = total & ((1 << (8 * self.count)) - 1)
        letters = votes.to_bytes(self.count, "little").replace(b"\0", b".")
        if self.count - letters.count(b".") != total >> (8 * self.count):
            return self._one_by_one(segment, end)  # a member is there twice
        self._keep(name, letters, rows)
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
        self.layout = None
        if not self.filler or any(tail[-2:-1] != b"," for tail in tails):
            return
        found = [self._place(tail.split(b",")) for tail in tails]
        places, said = [place for place in found if place is not None], self._last
        if len(set(places)) == len(tails) and said == said.strip():
            columns = Fixed(len(key), places, (len(said), self._session or 0))
            self.layout = Layout(segment, columns, self.count, self.filler, self.letters)

    def _one_by_one(self, segment: bytes, end: int) -> int:
        """The slow way for a few rows."""
        troubles, first = self.gathering.troubles, self.row
        rows = parsed(lines_of((segment,), troubles, first), ",", troubles, first)
        gather_rows(rows, self.gathering, self.columns, self.file)
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
