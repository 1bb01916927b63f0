"""Roll calls by the thousand from one file of data: which format it is, read, names resolved."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from os.path import basename
from typing import Final

from unvote.diagnostics import Diagnostic, Level, Problem, quoted
from unvote.records import Chunk
from unvote.resolve.names import Names
from unvote.tables.columns import columns_of
from unvote.tables.correlates import SEATS
from unvote.tables.gathering import Gathering, late
from unvote.tables.quick import Quick, is_plain
from unvote.tables.rollfile import MARK, gather_rolls
from unvote.tables.rows import gather_rows, lines_of, parsed, separator_of
from unvote.tables.streams import Stream
from unvote.tables.troubles import Troubles

CHINA: Final = date(1971, 10, 25)
"""The day China's seat changed hands (A/RES/2758(XXVI))."""
SERBIA: Final = date(2000, 11, 1)
"""The day the Federal Republic of Yugoslavia was admitted, whose seat is Serbia's today."""
HEAD: Final = 1 << 16
"""Bytes of the longest head."""
Progress = Callable[[int, int], None]
"""Told how many bytes of how many are read."""


@dataclass(frozen=True, slots=True)
class Data:
    """What a file of data holds: whole roll calls, how many rows, its checksum, all problems."""

    file: str
    chunk: Chunk
    rows: int
    sha256: str
    body: str
    problems: tuple[Diagnostic, ...]

    @property
    def usable(self) -> bool:
        """Whether there is any roll call in it."""
        return bool(self.chunk.records)

    @property
    def complete(self) -> bool:
        """Whether every row was understood."""
        return not any(problem.is_error for problem in self.problems)


class Finder:
    """Which seat a code, number or name of a record means."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.members = names.membership.members
        self._found: dict[tuple[str, str, date | None, str], tuple[str | None, Problem | None]] = {}

    def __call__(
        self, code: str, name: str, day: date | None, session: str
    ) -> tuple[str | None, Problem | None]:
        """The seat, or why there is none (UV609)."""
        key = code, name, day, session
        if key not in self._found:
            if len(self._found) > 50_000:  # noqa: PLR2004 - a million names fill no memory
                self._found.clear()
            self._found[key] = self._find(code.strip(), name.strip(), day, session)
        return self._found[key]

    def _find(
        self, code: str, name: str, day: date | None, session: str
    ) -> tuple[str | None, Problem | None]:
        plain = SEATS.get(code, code.upper())
        if plain == "TWN" and (day is None or day < CHINA):
            return "CHN", None
        if plain == "YUG" and _after_yugoslavia(day, session) and code in SEATS:
            plain = "SRB"
        if plain in self.members:
            return plain, None
        first: Problem | None = None
        for word in (code, name):
            if not word:
                continue
            seat, problem = self._named(word, day)
            if seat is not None:
                return seat, None
            first = first or problem
        if first is None:
            return None, Problem("UV609", "there is no member in this row", (), "it was left out")
        hint = f"{first.hint}; this vote was left out" if first.hint else "this vote was left out"
        return None, Problem("UV609", first.message, (), hint)

    def _named(self, word: str, day: date | None) -> tuple[str | None, Problem | None]:
        """The seat a name means in an official record, on its day or, without one, on any."""
        if word.isdigit():
            message = f"'{quoted(word)}' is no number of a member (Correlates of War)"
            return None, Problem("UV609", message, (), "check the column of the members")
        if day is None:
            alpha = self.names.book.iso2.get(word)
            seat = alpha or self.names.seat(word)
            if seat is not None:
                return seat, None
        found, problems = self.names.find(word, day or date.max, official=True)
        wrong = next((p for p in problems if p.level is Level.ERROR), None)
        if found is None and wrong is not None and wrong.code == "UV204":
            seat = self.names.seat(word)
            if seat is not None:
                return seat, None
        return found, wrong


def _after_yugoslavia(day: date | None, session: str) -> bool:
    """Whether the number of Yugoslavia is that of the seat admitted in 2000 (55th session)."""
    if day is not None:
        return day >= SERBIA
    return late(session)


def read_records(
    file: str,
    names: Names,
    *,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    on: date | None = None,
) -> Data:
    """Read a file of data: roll calls of ours, lists of members, or one vote a row.

    Packed with xz or gzip or not; in UTF-8, UTF-16 or Windows-1252. Every row that is not
    understood is a problem with its number (UV6xx); the rest is kept. `columns` says which column
    is which where its head does not; `on` is the day of roll calls without one.
    """
    troubles = Troubles(file)
    stream = Stream(file, troubles)
    blocks = _told(stream, progress)
    seats = tuple(sorted(names.membership.members))
    first = next(blocks, b"")
    while first and not first.strip():
        first = next(blocks, b"")
    gathering, body = _gather(file, first, blocks, seats, names, troubles, columns or {})
    records = () if gathering is None else gathering.records()
    if on is not None:
        records = tuple(r if r.day else r._replace(day=on) for r in records)
    rows = 0 if gathering is None else gathering.rows
    if gathering is not None and not records and not troubles.any_error:
        problem = Problem("UV603", "there is no vote in this file", (), "check that it is the one")
        troubles.tell(problem)
    problems = tuple(troubles.diagnostics())
    return Data(file, Chunk(seats, records), rows, stream.sha256, body, problems)


def _told(stream: Stream, progress: Progress | None) -> Iterator[bytes]:
    for block in stream.blocks():
        if progress is not None:
            progress(stream.read, stream.size)
        yield block


def _gather(  # noqa: PLR0913, PLR0917 - what a table is read with
    file: str,
    first: bytes,
    blocks: Iterator[bytes],
    seats: tuple[str, ...],
    names: Names,
    troubles: Troubles,
    named: Mapping[str, str],
) -> tuple[Gathering | None, str]:
    """The roll calls of a file by its format, and the body it names."""
    if first.startswith(MARK):
        return gather_rolls(chain((first,), blocks), seats, troubles)
    if not first:
        if not troubles.any_error:
            troubles.tell(Problem("UV603", "this file is empty", (), "check that it is the one"))
        return None, ""
    cut = first.find(b"\n", 0, HEAD) + 1 or min(len(first), HEAD)
    head = next(iter(lines_of((first[:cut],), troubles)), "")
    separator = separator_of(head)
    cells = next((row for _, row in parsed((head,), separator, Troubles(file))), [])
    columns, problems = columns_of(cells, named)
    for problem in problems:
        troubles.tell(problem, 1, head.strip())
    if columns is None:
        return None, ""
    gathering = Gathering(seats, Finder(names), columns, troubles)
    name = basename(file).partition(".")[0] or "vote"  # noqa: PTH119 - pathlib costs time at start
    if is_plain(columns, separator):
        Quick(gathering, columns, name).run(chain((first[cut:],), blocks))
    else:
        rows = parsed(lines_of(chain((first,), blocks), troubles), separator, troubles)
        next(rows, None)
        gather_rows(rows, gathering, columns, name)
    council = {"vetoed_by", "permanent_member"} & {cell.strip().casefold() for cell in cells}
    return gathering, "security-council" if council else ""
