"""The journal of a roll call: every act on the disk before the next member is called.

One JSON object a line, each with its number and a checksum. Lines are only ever added; an undo is
a line, too, and names the line it takes back. So a line that is lost takes nothing else with it.
"""

import json
import os
import stat
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from unvote.polling import Act, Answer, Pledge, Poll, Reply, Roster, Turn, after, opened, refusal

FORMAT: Final = "roll/1"
CHUNK: Final = 65_536
MOST_BYTES: Final = 20_000_000
"""More than the keys of any day; a larger file is no journal."""
LINE: Final = "line"
BEGINNING: Final = b'{"line": 0, "unvote": "'
"""What every journal begins with; no other file is ever written to."""
FOREIGN: Final = "it is not the journal of a roll call"
SUM: Final = "sum"


class Busy(Exception):  # noqa: N818 - not an error of ours: somebody else is at it
    """Another run is taking this roll call."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the roll call was begun with: the file as it was, the vote in it, and who is called."""

    text: str
    body: str
    day: str
    digest: str
    roster: Roster
    only: bool = False
    """Whether those called were named on the command line, all others being absent."""

    def data(self) -> dict[str, Any]:
        """The first line of a journal."""
        return {
            "unvote": FORMAT,
            "text": self.text,
            "body": self.body,
            "date": self.day,
            "sha256": self.digest,
            "called": list(self.roster.called),
            "bound": sorted(self.roster.bound),
            "strict": self.roster.strict,
            "only": self.only,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self | None:
        """The head that a line says; nothing if it is none."""
        if data.get("unvote") != FORMAT:
            return None
        with suppress(KeyError, TypeError):
            text, body, day, digest = (str(data[key]) for key in ("text", "body", "date", "sha256"))
            called, bound = (tuple(map(str, data[key])) for key in ("called", "bound"))
            roster = Roster(called, frozenset(bound), data["strict"] is True)
            return cls(text, body, day, digest, roster, data["only"] is True)
        return None

    def same_call(self, other: Self) -> bool:
        """Whether it is the same vote, in which the same members are called."""
        mine = (self.text, self.body, self.day, frozenset(self.roster.called))
        return mine == (other.text, other.body, other.day, frozenset(other.roster.called))


@dataclass(frozen=True, slots=True)
class Log:
    """What a journal says: its head, the acts still standing by line number, and its damage.

    `head` is missing where its line is damaged; `damaged` are the numbers (from 1) of lines that
    cannot be read. `size` is where the last whole line ends, in bytes; `cut` whether a last line
    was written in part only, `open` whether only its end is missing. `next` is the number of the
    next line.
    """

    head: Head | None = None
    acts: Mapping[int, Act] = field(default_factory=dict)
    damaged: tuple[int, ...] = ()
    size: int = 0
    cut: bool = False
    open: bool = False
    next: int = 1

    def poll(self, roster: Roster) -> tuple[Poll, tuple[int, ...], tuple[str, ...]]:
        """The roll call it comes to, the line of each of its acts, and why others are left out."""
        poll, lines, refused = opened(roster), list[int](), list[str]()
        for number, act in self.acts.items():
            if why := refusal(poll, act):
                refused.append(why)
            else:
                poll = after(poll, act)
                lines.append(number)
        return poll, tuple(lines), tuple(refused)


def log_of(raw: bytes) -> Log:
    """What the bytes of a journal say."""
    head: Head | None = None
    acts: dict[int, Act] = {}
    damaged: list[int] = []
    size, following, cut = 0, 0, False
    for place, line in enumerate(raw.splitlines(keepends=True)):
        data = _checked(line)
        if data is None and not line.endswith(b"\n"):
            cut = True
            break
        size += len(line)
        if data is None:
            damaged.append(place + 1)
            following = max(following, place + 1)
            continue
        number = int(data[LINE])
        following = max(following, number + 1)
        if not number:
            head = Head.of(data)
        elif "undo" in data:
            acts.pop(data["undo"], None)
        elif (act := _act(data)) is not None:
            acts[number] = act
        else:
            damaged.append(place + 1)
    whole = not size or cut or raw.endswith(b"\n")
    return Log(head, acts, tuple(damaged), size, cut, not whole, max(following, 1))


def _checked(line: bytes) -> dict[str, Any] | None:
    """The data of a line, if it is whole."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or type(data.get(LINE)) is not int:
        return None
    told = data.pop(SUM, None)
    return data if told == _sum(data) else None


def _sum(data: Mapping[str, Any]) -> str:
    """The checksum of a line's data."""
    return f"{zlib.crc32(json.dumps(data, sort_keys=True).encode()):08x}"


def _act(data: Mapping[str, Any]) -> Act | None:
    """The act a line says; nothing if it says none."""
    member = str(data.get("member", ""))
    if "reply" in data:
        with suppress(ValueError):
            return Answer(member, Reply(data["reply"]))
        return None
    return Turn(member) if "turn" in data else Pledge(member) if "pledge" in data else None


def _told(act: Act) -> dict[str, Any]:
    """An act as a line says it."""
    if isinstance(act, Answer):
        return {"member": act.member, "reply": act.reply.value}
    return {"member": act.member, "turn" if isinstance(act, Turn) else "pledge": True}


class Journal:
    """A journal that this run alone reads and writes; `log` is what was in it when it was opened.

    Opening raises `Busy` where another run has it, and `OSError` where it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._closed = False
        self.new = not path.exists()
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            self._keep_others_out()
            self.log = log_of(self._read())
        except BaseException:
            os.close(self._handle)
            raise
        self._next = self.log.next
        self._lines: list[int] = []

    @property
    def blank(self) -> bool:
        """Whether it says nothing yet."""
        return not self.log.size

    def begin(self, head: Head) -> None:
        """Write the first line of a new journal."""
        self._cut(0)
        self._add(0, head.data())
        _settle(self.path.parent)

    def go_on(self, lines: Iterable[int]) -> None:
        """Take up the lines that stand, one for each act; a last line in part is cut away."""
        self._cut(self.log.size)
        if self.log.open:
            self._write(b"\n")
        self._lines = list(lines)

    def add(self, act: Act) -> None:
        """Write an act; when this returns, it is on the disk."""
        self._add(self._next, _told(act))
        self._lines.append(self._next)
        self._next += 1

    def undo(self) -> None:
        """Take the last act back."""
        self._add(self._next, {"undo": self._lines[-1]})
        self._lines.pop()
        self._next += 1

    def close(self) -> None:
        """Let go of the file; a new one in which nothing was written goes again."""
        if self._closed:
            return
        if self.new and not os.fstat(self._handle).st_size:
            self.path.unlink(missing_ok=True)
        os.close(self._handle)
        self._closed = True

    def discard(self) -> None:
        """Delete the journal: its record stands elsewhere."""
        self.path.unlink(missing_ok=True)
        self.close()

    def set_aside(self) -> Path:
        """Let go of the journal and rename it, to a name that is free: the new name."""
        free = next(path for path in _beside(self.path) if not os.path.lexists(path))
        self.close()
        self.path.rename(free)
        return free

    def _add(self, number: int, data: Mapping[str, Any]) -> None:
        whole = {LINE: number, **data}
        text = json.dumps({**whole, SUM: _sum(whole)}, ensure_ascii=True)
        self._write(text.encode("ascii") + b"\n")

    def _write(self, raw: bytes) -> None:
        while raw:
            raw = raw[os.write(self._handle, raw) :]
        os.fsync(self._handle)

    def _read(self) -> bytes:
        found = os.fstat(self._handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_BYTES:
            raise OSError(None, FOREIGN)
        raw = b"".join(iter(lambda: os.read(self._handle, CHUNK), b""))
        if raw and not raw.startswith(BEGINNING[: len(raw)]) and not log_of(raw).acts:
            raise OSError(None, FOREIGN)
        return raw

    def _cut(self, size: int) -> None:
        os.ftruncate(self._handle, size)
        os.lseek(self._handle, size, os.SEEK_SET)

    def _keep_others_out(self) -> None:
        """Lock the journal for as long as this run goes on, where the system has locks."""
        try:
            import fcntl  # noqa: PLC0415 - not everywhere
        except ImportError:  # pragma: no cover - Windows
            return
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        kept = self.path.exists() and os.path.samestat(os.fstat(self._handle), self.path.stat())
        if not kept:
            # The other run has ended in between, and deleted what we opened.
            raise Busy


def _settle(folder: Path) -> None:
    """See that a new file is in its folder on the disk, too; not every system can say so."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _beside(path: Path) -> Iterator[Path]:
    """Names beside a journal's own."""
    number = 1
    while True:
        yield path.with_name(f"{path.name}.{number}")
        number += 1
