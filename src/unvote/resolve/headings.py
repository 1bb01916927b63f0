"""Which column of a sheet holds what: found by its headings, or said."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from unvote.diagnostics import Problem, quoted
from unvote.grids import Grid, column_name, column_number

FIRST_ROWS: Final = 40
"""Rows among which the headings are looked for."""
LETTERS: Final = re.compile("[A-Za-z]{1,3}")
NONE: Final = "-"
"""What is said of a column that is not to be read."""


class Field(Enum):
    """What a column can hold."""

    CODE = "code"
    MEMBER = "member"
    VOTE = "vote"
    CONFIDENCE = "confidence"
    CHANCES = "chances"
    FOLLOWS = "follows"
    CONDITION = "if"
    THEN = "then"
    TOGETHER = "together"
    SOURCE = "source"
    CHANNEL = "channel"
    DATE = "date"
    TAGS = "tags"
    COST = "cost"
    NOTE = "note"


_WORDS: Final[Mapping[Field, str]] = {
    Field.CODE: "code, iso, iso code, iso3, iso 3166, alpha 3, country code, member code",
    Field.MEMBER: (
        "member, members, member state, member states, country, countries, country name, state, "
        "states, delegation, delegations, nation, mission, name"
    ),
    Field.VOTE: (
        "vote, votes, voting, position, positions, stance, stances, voting intention, "
        "vote intention, voting position, expected vote, intention, likely vote"
    ),
    Field.CONFIDENCE: "confidence, certainty, strength, firmness, how firm, commitment",
    Field.CHANCES: "chances, chance, odds, probability",
    Field.FOLLOWS: "follows, follows whom, votes with",
    Field.CONDITION: "if, condition, on condition",
    Field.THEN: "then, vote then",
    Field.TOGETHER: "together, bloc, as a bloc",
    Field.SOURCE: "source, sources, who, who said it, contact, interlocutor, informant, said by",
    Field.CHANNEL: "channel, how, via, means, medium",
    Field.DATE: (
        "date, as of, on, when, updated, last updated, last contact, date of contact, "
        "source date, date of source"
    ),
    Field.TAGS: "tags, tag, topics, topic, labels, label, issues",
    Field.COST: "cost, cost of a call, effort",
    Field.NOTE: "note, notes, comment, comments, remark, remarks",
}
HEADINGS: Final = {word: field for field, words in _WORDS.items() for word in words.split(", ")}
NAMES: Final = frozenset({Field.CODE, Field.MEMBER})
WAYS: Final = frozenset({Field.VOTE, Field.CHANCES, Field.FOLLOWS})
"""The ways a row can say how a member will vote."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are read, counted from 1; the headings stand in the row `head` (0: none)."""

    head: int
    at: Mapping[Field, int]

    def unread(self, grid: Grid) -> tuple[str, ...]:
        """The columns with a heading of which nothing is read, as `E (Phone)`."""
        cells = grid.rows[self.head - 1] if self.head else ()
        used = set(self.at.values())
        return tuple(
            f"{column_name(number)} ({text.strip()})"
            for number, text in enumerate(cells, 1)
            if text.strip() and number not in used
        )


def plain(text: str) -> str:
    """A heading in small letters, without signs."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def columns_of(
    grid: Grid, said: Mapping[Field, str], ignored: Iterable[int] = ()
) -> tuple[Columns | None, list[Problem]]:
    """The columns of a sheet (UV642), those in `said` by letter or heading; some are `ignored`."""
    best: tuple[Columns | None, list[Problem]] | None = None
    gone = frozenset(ignored)
    for number, row in enumerate(grid.rows[:FIRST_ROWS], 1):
        found, problems = _headed(grid, number, row, said, gone)
        if found is not None and NAMES & found.at.keys() and WAYS & found.at.keys():
            return found, problems
        if problems and best is None:
            best = found, problems
    lettered = _lettered(grid, said)
    if lettered is not None:
        return lettered, []
    return None, best[1] if best else [_not_found(grid)]


def _headed(
    grid: Grid, number: int, row: tuple[str, ...], said: Mapping[Field, str], gone: frozenset[int]
) -> tuple[Columns | None, list[Problem]]:
    """The columns if this row holds the headings; nothing where it holds none."""
    words = {column: plain(text) for column, text in enumerate(row, 1) if column not in gone}
    by_field: dict[Field, list[int]] = {}
    for column, word in words.items():
        if word in HEADINGS:
            by_field.setdefault(HEADINGS[word], []).append(column)
    named = any(plain(text) in words.values() for text in said.values() if plain(text))
    if not by_field and not named:
        return None, []
    at: dict[Field, int] = {}
    problems: list[Problem] = []
    taken: set[int] = set()
    for field, text in said.items():
        where = _said(text, words)
        if where is not None:
            at[field] = where
            taken.add(where)
        elif text != NONE:
            problems.append(_no_such(field, text, number))
    for field, found in by_field.items():
        free = [column for column in found if column not in taken]
        if field in said or not free:
            continue
        at[field] = free[0]
        if len(free) > 1:
            problems.append(_doubled(grid, number, field, free))
    return Columns(number, at), problems


def _said(text: str, words: Mapping[int, str]) -> int | None:
    """The column that was said, by its heading or its letters."""
    if plain(text):
        for column, word in words.items():
            if word == plain(text):
                return column
    return column_number(text.strip().upper()) if LETTERS.fullmatch(text.strip()) else None


def _lettered(grid: Grid, said: Mapping[Field, str]) -> Columns | None:
    """Columns said by their letters, in a sheet without headings we know."""
    at = {
        field: column_number(text.strip().upper())
        for field, text in said.items()
        if LETTERS.fullmatch(text.strip())
    }
    whole = len(at) == len([text for text in said.values() if text != NONE])
    if not whole or not NAMES & at.keys() or not WAYS & at.keys() or not grid.rows:
        return None
    return Columns(0, at)


def _no_such(field: Field, text: str, row: int) -> Problem:
    message = f"no column '{quoted(text)}' for the {field.value} is in the row of the headings"
    hint = "write the heading as it stands there, or the letters of the column"
    return Problem("UV642", message, (row, 1), hint)


def _doubled(grid: Grid, row: int, field: Field, columns: list[int]) -> Problem:
    shown = " and ".join(f"{column_name(n)} ({quoted(grid.text(row, n))})" for n in columns)
    message = f"the {field.value} could be in the columns {shown}"
    hint = f"say which, as --columns {field.value}={column_name(columns[0])}"
    return Problem("UV642", message, (row, columns[1]), hint)


def _not_found(grid: Grid) -> Problem:
    what = "this sheet is empty" if not any(grid.rows) else "no row of headings is found"
    message = f"{what}: a column for the member and one for the vote are needed"
    hint = "head them Member and Vote, or say where they are, as --columns member=B,vote=D"
    return Problem("UV642", message, (1, 1), hint)
