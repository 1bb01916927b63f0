"""The members of the United Nations and the groups they form, on any date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from unvote.citations import Citation


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, both included; a missing end is open."""

    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies within the period."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def __str__(self) -> str:
        if self.since is None and self.until is None:
            return "always"
        return f"{self.since or ''}..{self.until or ''}"


@dataclass(frozen=True, slots=True)
class Member:
    """A seat in the United Nations, by its ISO 3166-1 alpha-3 code.

    `interrupted` lists the periods in which the seat was not filled (Indonesia in 1965 and 1966,
    Syria within the United Arab Republic).
    """

    code: str
    name: str
    short: str
    period: Period
    interrupted: tuple[Period, ...] = ()
    successors: tuple[str, ...] = ()
    region: str | None = None
    iso2: str | None = None
    note: str = ""

    def sat_on(self, day: date) -> bool:
        """Whether it was a member of the United Nations on that day."""
        return self.period.covers(day) and not any(gap.covers(day) for gap in self.interrupted)


@dataclass(frozen=True, slots=True)
class Spell:
    """One member's time in a group."""

    member: str
    period: Period
    source: Citation | None = None
    precision: str = "day"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of members whose membership changes over time, such as the EU or the G77."""

    code: str
    name: str
    spells: tuple[Spell, ...]
    aliases: tuple[str, ...] = ()
    note: str = ""
    suspensions: tuple[Spell, ...] = ()

    def on(self, day: date) -> frozenset[str]:
        """The codes of its members on that day."""
        return frozenset(spell.member for spell in self.spells if spell.period.covers(day))


@dataclass(frozen=True, slots=True)
class Arrears:
    """A period in which a member had no vote in the Assembly, or was let vote all the same.

    UN Charter, Art. 19; `exempt` is the Assembly's permission under its last sentence.
    """

    member: str
    period: Period
    exempt: bool = False
    source: Citation | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """Every seat there has been, with the groups and the losses of vote under Article 19."""

    members: Mapping[str, Member]
    groups: Mapping[str, Group]
    arrears: tuple[Arrears, ...] = ()
    _known: dict[date, frozenset[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __reduce__(self) -> tuple[type["Membership"], tuple[object, ...]]:
        # What was found by day stays behind: it outweighs the rest, and is soon found again.
        return Membership, (self.members, self.groups, self.arrears)

    def on(self, day: date) -> frozenset[str]:
        """The codes of all members of the United Nations on that day; found once a day."""
        if day not in self._known:
            self._known[day] = frozenset(
                code for code, member in self.members.items() if member.sat_on(day)
            )
        return self._known[day]

    def without_vote_on(self, day: date) -> Mapping[str, Arrears]:
        """The members that had lost their vote on that day, each with its source.

        UN Charter, Art. 19: arrears of two full years, unless the Assembly permits the vote.
        """
        entries = [entry for entry in self.arrears if entry.period.covers(day)]
        exempt = {entry.member for entry in entries if entry.exempt}
        return {
            entry.member: entry
            for entry in entries
            if not entry.exempt and entry.member not in exempt
        }


NOBODY: Final = Membership({}, {})
