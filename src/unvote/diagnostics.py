"""What a user wrote wrong, as values: a problem with its code, and the place it is at."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

Route = tuple[str | int, ...]
"""The way from the top of a document to a value: `("votes", "yes", 3)`."""


class Level(Enum):
    """How much a problem weighs: an error makes the file invalid, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Spot(Enum):
    """Which part of an entry a problem points at."""

    VALUE = "value"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, in the user's words: what is wrong, and in `hint` what to write instead.

    Where two places do not go together, `also` leads to the other one.
    """

    code: str
    message: str
    route: Route = ()
    hint: str = ""
    level: Level = Level.ERROR
    spot: Spot = Spot.VALUE
    also: Route | None = None

    def under(self, *prefix: str | int) -> "Problem":
        """The same problem, its routes taken from further up the document."""
        also = None if self.also is None else (*prefix, *self.also)
        return replace(self, route=(*prefix, *self.route), also=also)


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column (in characters), both counted from 1, and where the text ends."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem in a file, with the lines of its places.

    `place` is missing when the file itself could not be read; `also` is the other of two places
    that do not go together.
    """

    file: str
    problem: Problem
    place: Place | None = None
    excerpt: str = ""
    also: Place | None = None
    also_excerpt: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the file is invalid because of it."""
        return self.problem.level is Level.ERROR


INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\uffff]"
)
"""Control and direction characters, which a terminal obeys instead of showing."""

START: Final = Place(1, 1, 1, 1)


def any_error(problems: Iterable[Problem]) -> bool:
    """Whether one of the problems makes the file invalid."""
    return any(problem.level is Level.ERROR for problem in problems)


def quoted(text: str, most: int = 60) -> str:
    """A word from a file as it stands in a message: visible, and cut where it is long."""
    return visible(text if len(text) <= most else f"{text[: most - 3]}...")


def visible(text: str) -> str:
    """Text from a file with its control and direction characters made visible.

    Escape sequences never reach a terminal, whatever a file says.
    """
    if text.isascii() and text.isprintable():
        return text
    return INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text.replace("\t", " "))
