"""Which column of a table holds what, told from its head or by the user."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from unvote.diagnostics import Problem, quoted

KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("undl_id", "rcid", "id"),
    "member": ("ms_code", "country_code", "ccode", "iso3", "code", "member", "country", "state"),
    "name": ("ms_name", "country", "name", "member_state"),
    "vote": ("ms_vote", "vote", "position"),
    "date": ("date", "vote_date"),
    "session": ("session",),
    "symbol": ("resolution", "symbol", "unres"),
    "draft": ("draft",),
    "title": ("title", "short", "descr"),
    "outcome": ("outcome",),
    "yes": ("yes", "total_yes"),
    "no": ("no", "total_no"),
    "abstain": ("abstain", "total_abstentions"),
    "not_voting": ("not_voting", "total_non_voting"),
    "vetoed_by": ("vetoed_by",),
    "flags": ("flags",),
}
"""What a column can hold, and the heads it goes by, the surest first."""
TOTALS: Final = ("yes", "no", "abstain", "not_voting")


@dataclass(frozen=True, slots=True)
class Columns:
    """The number of the column of each thing (from 0), and how many columns there are."""

    at: Mapping[str, int]
    width: int

    @property
    def listed(self) -> bool:
        """Whether a row is a roll call with lists of members, not one member's vote."""
        return "vote" not in self.at and {"yes", "no"} <= self.at.keys()

    @property
    def usable(self) -> bool:
        """Whether there are votes in it."""
        return self.listed or ("vote" in self.at and bool({"member", "name"} & self.at.keys()))


def columns_of(
    head: Sequence[str], named: Mapping[str, str] | None = None
) -> tuple[Columns | None, list[Problem]]:
    """The columns of a table with this head; `named` says which is which in spite of it (UV603)."""
    words = [word.strip().strip("\ufeff").casefold().replace(" ", "_") for word in head]
    at: dict[str, int] = {}
    problems: list[Problem] = []
    for thing, column in (named or {}).items():
        wanted = column.strip().casefold().replace(" ", "_")
        if thing not in KNOWN:
            message = f"'{quoted(thing)}' is nothing a column can be"
            problems.append(Problem("UV603", message, (), f"one of: {', '.join(KNOWN)}"))
        elif wanted not in words:
            message = f"there is no column '{quoted(column)}'"
            hint = f"the columns are: {', '.join(quoted(word) for word in head[:30])}"
            problems.append(Problem("UV603", message, (), hint))
        else:
            at[thing] = words.index(wanted)
    taken = set(at.values())
    for thing, names in KNOWN.items():
        found = next((words.index(n) for n in names if n in words), None)
        if thing not in at and found is not None and found not in taken:
            at[thing] = found
            taken.add(found)
    columns = Columns(at, len(head))
    if not columns.usable and not problems:
        message = "no column holds the members, or none their votes"
        hint = "name them: --columns member=COLUMN,vote=COLUMN"
        problems.append(Problem("UV603", message, (), hint))
    return (None if problems else columns), problems
