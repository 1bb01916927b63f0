"""Rows of a table of any shape: quoted, reordered, with semicolons or tabs."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from unvote.diagnostics import Level, Problem, quoted
from unvote.records import LETTERS
from unvote.tables.columns import Columns
from unvote.tables.gathering import Draft, Gathering
from unvote.tables.troubles import Troubles
from unvote.vocabulary import Vote

LONGEST: Final = 1_000_000
"""Characters of one cell; a longer one is no row of ours."""
SEPARATORS: Final = (",", ";", "\t", "|")


def separator_of(head: str) -> str:
    """What stands between the columns, told from the head."""
    return max(SEPARATORS, key=head.count)


def lines_of(blocks: Iterable[bytes], troubles: Troubles, first: int = 1) -> Iterator[str]:
    """Lines of text; what is not UTF-8 is read as Windows-1252 and told (UV602)."""
    number = first - 1
    for block in blocks:
        text = _plain(block)
        if text is not None:
            lines = text.split("\n")
            if not lines[-1]:
                lines.pop()
            number += len(lines)
            yield from (f"{line}\n" for line in lines)
            continue
        for raw in block.split(b"\n")[: None if not block.endswith(b"\n") else -1]:
            number += 1
            yield _line(raw, number, troubles) + "\n"


def _plain(block: bytes) -> str | None:
    """The text of a block without anything to tell."""
    if b"\0" in block:
        return None
    try:
        return block.decode()
    except UnicodeDecodeError:
        return None


def _line(raw: bytes, number: int, troubles: Troubles) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
        message = "this is not UTF-8; it was read as Windows-1252 (Latin-1)"
        told = Problem("UV602", message, (), "save the file as UTF-8", Level.WARNING)
        troubles.tell(told, number, text)
    if "\0" in text:
        message = "there are bytes of nothing (NUL) in this row; they were left out"
        troubles.tell(Problem("UV604", message, (), "fetch the file again"), number)
        text = text.replace("\0", "")
    return text


def parsed(
    lines: Iterable[str], separator: str, troubles: Troubles, start: int = 1
) -> Iterator[tuple[int, list[str]]]:
    """The cells of every row that has some, with its number in the file; the first has `start`."""
    csv.field_size_limit(LONGEST)
    reader = csv.reader(lines, delimiter=separator)
    while True:
        first = reader.line_num + start
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"this row cannot be read: {error}"
            hint = "look for a quote that is not closed; the row was left out"
            for row in range(first, reader.line_num + start):
                troubles.tell(Problem("UV604", message, (), hint), row)
            continue
        if any(cell.strip() for cell in cells):
            yield first, cells


def gather_rows(
    rows: Iterable[tuple[int, list[str]]], gathering: Gathering, columns: Columns, file: str
) -> None:
    """Put every row into its roll call, or tell why not (UV604)."""
    gather = _listed if columns.listed else _long
    for number, cells in rows:
        if len(cells) != columns.width:
            message = f"a row of {len(cells)} columns, where the head has {columns.width}"
            if len(cells) < columns.width and _needed(columns) < len(cells):
                hint = "it was read as far as it goes"
                told = Problem("UV604", message, (), hint, Level.WARNING)
                if _loses_votes(cells, columns):
                    told = Problem("UV604", message, (), hint)
                gathering.troubles.tell(told, number, ",".join(cells))
                cells = [*cells, *[""] * (columns.width - len(cells))]  # noqa: PLW2901
            else:
                hint = "look for a comma without quotes, or an end too early; it was left out"
                told = Problem("UV604", message, (), hint)
                for row in range(number, number + 1 + sum(cell.count("\n") for cell in cells)):
                    gathering.troubles.tell(told, row, ",".join(cells))
                continue
        gather(number, cells, gathering, columns, file)


def _needed(columns: Columns) -> int:
    """The last column a row cannot do without."""
    return max(columns.at.get(name, 0) for name in ("id", "member", "vote", "yes", "no"))


def _loses_votes(cells: list[str], columns: Columns) -> bool:
    """Whether a list of members is missing from a row of lists that ends too early."""
    return columns.listed and any(columns.at.get(name, 0) >= len(cells) for name, _ in LISTS)


def _facts(cells: list[str], columns: Columns) -> dict[str, str]:
    return {name: cells[at] for name, at in columns.at.items()}


def _long(number: int, cells: list[str], gathering: Gathering, columns: Columns, file: str) -> None:
    """A row of one member's vote."""
    at = columns.at
    identity = _identity(cells, at) or ("" if "id" in at else file)
    if not identity:
        message = "a row without the name of its roll call"
        hint = "it was left out"
        gathering.troubles.tell(Problem("UV604", message, (), hint), number, ",".join(cells))
        return
    draft = gathering.drafts.get(identity)
    if not isinstance(draft, Draft):
        draft = gathering.draft(identity, number, _facts(cells, columns))
    if "date" in at and cells[at["date"]].strip() != draft.facts.get("date", "").strip():
        message = f"a row of {quoted(draft.id)} with another date than its first row"
        hint = "the first date stands; if they are two votes, tell them apart in a column `id`"
        gathering.troubles.tell(Problem("UV607", message, (), hint), number, ",".join(cells))
    code = cells[at["member"]] if "member" in at else ""
    name = cells[at["name"]] if "name" in at else ""
    gathering.vote(draft, code, name, cells[at["vote"]], number)


def _identity(cells: list[str], at: Mapping[str, int]) -> str:
    """The name of a row's roll call; where no column names it, the text and the day tell it."""
    told = ("id",) if "id" in at else ("symbol" if "symbol" in at else "draft", "date")
    return " ".join(word for name in told if name in at and (word := cells[at[name]].strip()))


LISTS: Final = (
    ("yes", Vote.YES),
    ("no", Vote.NO),
    ("abstain", Vote.ABSTAIN),
    ("not_voting", Vote.ABSENT),
)


def _listed(
    number: int, cells: list[str], gathering: Gathering, columns: Columns, _file: str
) -> None:
    """A row of one roll call, its members listed by vote."""
    facts = _facts(cells, columns)
    identity = facts.get("id", "").strip() or f"row {number}"
    if identity in gathering.drafts:
        message = f"the roll call '{identity}' is there twice"
        hint = "the first stands; delete the other"
        gathering.troubles.tell(Problem("UV606", message, (), hint), number, ",".join(cells))
        return
    draft = gathering.draft(identity, number, facts)
    lists = [(LETTERS[vote], facts.get(column, "").split()) for column, vote in LISTS]
    places = [[gathering.index.get(word, -1) for word in words] for _, words in lists]
    every = [place for some in places for place in some]
    if -1 not in every and len(set(every)) == len(every):
        votes = bytearray(draft.votes)
        for (letter, _), some in zip(lists, places, strict=True):
            for place in some:
                votes[place] = ord(letter)
        draft.votes = votes
        gathering.rows += 1
        return
    gathering.rows += 1 - len(every)
    for letter, words in lists:
        for word in words:
            gathering.vote(draft, word, "", letter, number)
