"""The map of the members, as it was read: areas, marks and tiles in whole units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Geography:
    """Paths by code, and `others` for areas that are no member; marks and tiles by code.

    `since` is the day the last member was admitted: before it there were other borders than those
    drawn. `size` and `grid` are what is across and down; `ended` gives the codes whose areas make
    up a member that is no more.
    """

    source: str
    since: date
    size: tuple[int, int]
    grid: tuple[int, int]
    areas: Mapping[str, str]
    others: str
    ended: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, tuple[int, int]]
    tiles: Mapping[str, tuple[int, int]]

    def parts(self, code: str) -> tuple[str, ...]:
        """The areas a member is drawn with; none where it has a mark alone, or no place."""
        return self.ended.get(code, (code,) if code in self.areas else ())

    def placed(self, code: str) -> bool:
        """Whether a member has a place on the map."""
        return code in self.areas or code in self.ended or code in self.marks
