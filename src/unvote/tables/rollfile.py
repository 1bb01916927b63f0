r"""Our own file of roll calls: a line a roll call, a letter a seat; read and written.

Three lines of head begin it: the format, the body, and the seats in the order of the letters. The
fourth names the columns. Columns are separated by tabs; within a text a tab, a line end or a
backslash is written as `\\t`, `\\n` or `\\\\`.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from unvote.diagnostics import Problem, quoted
from unvote.records import Chunk, Record
from unvote.tables.columns import Columns
from unvote.tables.gathering import Draft, Gathering
from unvote.tables.rows import lines_of
from unvote.tables.troubles import Troubles

MARK: Final = b"#unvote rolls/1"
COLUMNS: Final = (
    "id",
    "date",
    "session",
    "symbol",
    "title",
    "outcome",
    "vetoed_by",
    "flags",
    "yes",
    "no",
    "abstain",
    "not_voting",
    "votes",
)
AT: Final = {name: number for number, name in enumerate(COLUMNS)}
LETTERS: Final = frozenset("YNAX.")


def rolls_text(chunk: Chunk, body: str = "") -> Iterator[str]:
    """The lines of a file of these roll calls; the same roll calls give the same bytes."""
    seats = _used(chunk)
    yield f"{MARK.decode()}\n"
    yield f"#body {_plain(body)}".rstrip() + "\n"
    yield f"#seats {' '.join(chunk.seats[n] for n in seats)}\n"
    yield "\t".join(COLUMNS) + "\n"
    for record in chunk.records:
        yield _line(record, seats)


def _used(chunk: Chunk) -> list[int]:
    """The seats of which any record says something."""
    silent = b"." * len(chunk.seats)
    seen = 0
    base = int.from_bytes(silent, "big")
    for record in chunk.records:
        seen |= int.from_bytes(record.votes, "big") ^ base
    marks = seen.to_bytes(len(silent), "big")
    return [n for n, mark in enumerate(marks) if mark]


def _line(record: Record, seats: list[int]) -> str:
    votes = bytes(record.votes[n] for n in seats).decode()
    cells = (
        record.id,
        str(record.day or ""),
        record.session,
        record.symbol,
        record.title,
        record.outcome,
        " ".join(record.vetoed_by),
        "|".join(record.flags),
        *map(str, record.counts),
        votes,
    )
    return "\t".join(map(_plain, cells)) + "\n"


def _plain(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return text.replace("\r", "\\r")


def _text(cell: str) -> str:
    if "\\" not in cell:
        return cell
    marks = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
    pieces, at = [], 0
    while (found := cell.find("\\", at)) >= 0:
        pieces += [cell[at:found], marks.get(cell[found + 1 : found + 2], "\\")]
        at = found + 2
    return "".join((*pieces, cell[at:]))


def gather_rolls(
    blocks: Iterable[bytes], seats: tuple[str, ...], troubles: Troubles
) -> tuple[Gathering, str]:
    """The roll calls of such a file, and the body it names."""
    columns = Columns(AT, len(COLUMNS))
    gathering = Gathering(seats, lambda *_: (None, None), columns, troubles)
    order: list[int] = []
    body = ""
    for number, line in enumerate(lines_of(blocks, troubles), 1):
        text = line.rstrip("\r\n")
        if text.startswith("#body"):
            body = _text(text.removeprefix("#body").strip())
        elif text.startswith("#seats"):
            order = _order(text.split()[1:], gathering, number)
        elif not text or text.startswith(("#", "id\tdate\t")):
            continue
        else:
            _take(text.split("\t"), order, gathering, number)
    return gathering, body


def _order(codes: list[str], gathering: Gathering, number: int) -> list[int]:
    """The places of the seats in the order of the letters; -1 for one that is not known."""
    for code in codes:
        if code not in gathering.index:
            message = f"'{quoted(code)}' is not the code of a member"
            gathering.troubles.tell(
                Problem("UV609", message, (), "its votes were left out"), number
            )
    return [gathering.index.get(code, -1) for code in codes]


def _take(cells: list[str], order: list[int], gathering: Gathering, number: int) -> None:
    troubles = gathering.troubles
    letters = cells[-1]
    if len(cells) != len(COLUMNS) or len(letters) != len(order) or set(letters) - LETTERS:
        message = "this is no line of a roll call"
        hint = f"{len(COLUMNS)} columns, the last with {len(order)} letters of Y, N, A, X and `.`"
        troubles.tell(Problem("UV604", message, (), hint), number, " ".join(cells))
        return
    facts = {name: _text(cell) for name, cell in zip(COLUMNS, cells, strict=True)}
    identity = facts["id"] or f"row {number}"
    if identity in gathering.drafts:
        message = f"the roll call '{quoted(identity)}' is there twice"
        hint = "the first stands; delete the other"
        troubles.tell(Problem("UV606", message, (), hint), number, identity)
        return
    draft: Draft = gathering.draft(identity, number, facts)
    votes = bytearray(draft.votes)
    for place, letter in zip(order, letters, strict=True):
        if place >= 0:
            votes[place] = ord(letter)
    draft.votes = bytes(votes)
    gathering.rows += 1
