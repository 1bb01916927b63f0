"""The parts of a zipped spreadsheet, within bounds, and their XML element by element."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812 - it is an error

from unvote.grids import Area, Spot
from unvote.workbooks.bounds import MOST_CELLS, MOST_UNZIPPED

CHUNK: Final = 1 << 16
MOST_PARTS: Final = 5000
MOST_ODD: Final = 200_000
"""Merged areas, or hidden rows or columns, of one sheet."""

Attributes = Mapping[str, str]


class Unfit(Exception):  # noqa: N818 - not an error of ours: the file is not what it says it is
    """The file cannot be read, in a word why."""


class Swollen(Unfit):
    """It unfolds to more than it may."""


class Crowded(Unfit):
    """It has more cells than it may."""


@dataclass(slots=True)
class Layout:
    """What is odd about the cells of one sheet; `height` and `width` are the filled rectangle's."""

    height: int = 0
    width: int = 0
    formulas: set[Spot] = field(default_factory=set)
    errors: dict[Spot, str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def fill(self, row: int, column: int) -> None:
        """Note a cell that holds something; the rectangle of all of them has bounds."""
        if row < 1 or column < 1:
            raise Unfit("it numbers its rows from below 1")
        self.height, self.width = max(self.height, row), max(self.width, column)
        if self.height * self.width > MOST_CELLS:
            raise Crowded("too many cells")

    def hide(self, spans: list[tuple[int, int]], first: int, last: int) -> None:
        """Note rows or columns that are hidden."""
        if len(spans) >= MOST_ODD:
            raise Crowded("too many hidden parts")
        spans.append((max(first, 1), last))

    def merge(self, area: Area) -> None:
        """Note merged cells."""
        if len(self.merged) >= MOST_ODD:
            raise Crowded("too many merged cells")
        self.merged.append(area)

    @staticmethod
    def within(spans: list[tuple[int, int]], most: int) -> frozenset[int]:
        """The rows or columns of spans, up to the last one filled."""
        return frozenset(
            number for first, last in spans for number in range(first, min(last, most) + 1)
        )


class Parts:
    """The parts of an archive. What it claims to hold is added up before any of it is unfolded."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._archive = ZipFile(BytesIO(raw))
        except (BadZipFile, ValueError, NotImplementedError) as error:
            raise Unfit("it is no whole .xlsx or .ods file") from error
        infos = self._archive.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNZIPPED:
            raise Swollen("it unfolds to too much")
        self.names = frozenset(info.filename for info in infos)

    def prove(self) -> None:
        """Unfold every part once: one that holds more than it claims fails its checksum."""
        for name in self.names:
            self._each(name, lambda _: None)

    def _each(self, name: str, take: Callable[[bytes], object]) -> None:
        try:
            with self._archive.open(name) as part:
                while chunk := part.read(CHUNK):
                    take(chunk)
        except KeyError as error:
            raise Unfit(f"its part {name} is missing") from error
        except (BadZipFile, DeflateError, EOFError, RuntimeError, NotImplementedError) as error:
            raise Unfit("it is damaged, or locked with a password") from error

    def walk(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Call `start`, `end` and `text` for what a part of XML holds, names without prefixes.

        Document types are refused: entities could unfold without end or point elsewhere.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(
            tag.rpartition(":")[2],
            {key.rpartition(":")[2]: value for key, value in attributes.items()},
        )
        if end is not None:
            parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse
        try:
            self._each(name, parser.Parse)
            parser.Parse(b"", True)  # noqa: FBT003 - expat's own: this is all
        except expat.ExpatError as error:
            raise Unfit(f"its part {name} is damaged") from error


def _refuse(*_: object) -> None:
    raise Unfit("it declares a document type, which no spreadsheet does")
