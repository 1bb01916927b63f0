"""Which seat a name means on the day of the vote: understood, refused or unknown, not guessed."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final

from unvote.diagnostics import Level, Problem, Route, Spot, quoted
from unvote.members import Membership, Period
from unvote.resolve.words import vote_of


class Standing(Enum):
    """What kind of name an entry is."""

    OFFICIAL = "official"
    CURRENT = "current"
    FORMER = "former"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one seat; `ONLY` names are refused outside their period."""

    code: str
    text: str
    standing: Standing
    period: Period = Period()


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A word that fits several members in a period."""

    text: str
    could_be: tuple[str, ...]
    period: Period
    note: str = ""


@dataclass(frozen=True, slots=True)
class NameBook:
    """Every name by its folded form, with the words that are no member's name."""

    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    ambiguous: Mapping[str, Ambiguity] = field(default_factory=dict)
    strangers: Mapping[str, str] = field(default_factory=dict)
    not_codes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    iso2: Mapping[str, str] = field(default_factory=dict)


MOST_HINTS: Final = 100
LONGEST: Final = 60
ENDLESS: Final = 500
"""Letters; what is longer is no name, and is not looked up."""
LOOK_UP: Final = "look names up with `unvote members`"
Found = tuple[str | None, list[Problem]]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that is understood, but has a canonical form: a member's code, a vote's plain word."""

    route: Route
    spot: Spot
    canonical: str


def fold(text: str) -> str:
    """A name without capitals, accents, apostrophes, punctuation, spacing and articles."""
    plain = unicodedata.normalize("NFKD", text.replace("\u0131", "i")).casefold()
    words = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    kept = ("saint" if word == "st" else word for word in words.split() if word != "the")
    return "".join(kept)


class Names:
    """Looks names up; the book behind it is opened only for words that are no plain code."""

    def __init__(self, membership: Membership, book: Callable[[], NameBook]) -> None:
        self.membership = membership
        self.spellings: list[Spelling] = []
        """Words met that could be written in their canonical form; for `--fix`."""
        self.lists: list[Route] = []
        """Lists of members met whose order says nothing; for `--fix`."""
        self._hints: dict[str, str] = {}
        self._open = book
        self._book: NameBook | None = None

    def forget(self) -> None:
        """Let go of what was met in the file before."""
        self.spellings.clear()
        self.lists.clear()

    @property
    def book(self) -> NameBook:
        """The book of names."""
        if self._book is None:
            self._book = self._open()
        return self._book

    def find(self, word: str, on: date, *, official: bool = False) -> Found:
        """The code of the seat a word means on that day, with what is wrong or outdated about it.

        `official` reads a record of the United Nations, whose own names win over ambiguity
        (`Congo` is COG there).
        """
        if len(word) > ENDLESS:
            message = f"'{quoted(word)}' is not the name of a member"
            return None, [Problem("UV201", message, hint=LOOK_UP)]
        code = word.strip().upper().replace(".", "")
        if code in self.membership.members:
            return self._seated(code, word, on)
        book = self.book
        folded = fold(word)
        entries = book.names.get(folded, ())
        if not entries and folded not in book.ambiguous and "," in word:
            last, _, first = word.partition(",")
            folded = fold(f"{first} {last}")
            entries = book.names.get(folded, ())
        doubt = book.ambiguous.get(folded)
        if doubt and doubt.period.covers(on) and not (official and self._official(entries, on)):
            return self._refuse(word, doubt.could_be, doubt.note)
        if entries:
            return self._named(word, entries, on)
        return self._no_name(word, folded, on)

    def seat(self, word: str) -> str | None:
        """The code of the only seat that ever had this code or name, whatever the date."""
        code = word.strip().upper()
        if code in self.membership.members:
            return code
        codes = {entry.code for entry in self.book.names.get(fold(word), ())}
        return codes.pop() if len(codes) == 1 and fold(word) not in self.book.ambiguous else None

    def member(self, word: str) -> str | None:
        """The code of the only seat that ever had this name, else of the one that has it now."""
        return self.seat(word) or self.find(word, date.max, official=True)[0]

    def group(self, word: str) -> str | None:
        """The code of the group a word names, if it names one."""
        code = word.strip().upper()
        return code if code in self.membership.groups else self.book.groups.get(fold(word))

    def doubt(self, word: str, beside: Collection[str] = ()) -> list[Problem]:
        """The warning where a code is a member's and a group's: the member is meant (UV203).

        There is no doubt where codes `beside` it in a list are of members of that group.
        """
        code = word.strip().upper().replace(".", "")
        member, group = self.membership.members.get(code), self.membership.groups.get(code)
        if member is None or group is None:
            return []
        inside = {spell.member for spell in group.spells} - {code}
        if not inside.isdisjoint(beside):
            return []
        message = f"'{quoted(word)}' is read as {member.short} here, not as the group of that name"
        hint = f"for the group write '{group.name}', for the member '{member.short}'"
        return [Problem("UV203", message, hint=hint, level=Level.WARNING)]

    def keep_clear(self, known: int) -> None:
        """Forget the spellings since so many that would make a name a code in doubt."""
        new = self.spellings[known:]
        self.spellings[known:] = [found for found in new if not self.doubt(found.canonical)]

    def _official(self, entries: tuple[Name, ...], on: date) -> bool:
        return any(
            entry.standing is Standing.OFFICIAL and self.membership.members[entry.code].sat_on(on)
            for entry in entries
        )

    def _seated(self, code: str, word: str, on: date) -> Found:
        """The code itself, if the seat was filled on that day (UV204)."""
        member = self.membership.members[code]
        if member.sat_on(on):
            return code, []
        if member.period.until and on > member.period.until:
            why = f"its seat ended on {member.period.until}"
        elif member.period.since and on < member.period.since:
            why = f"it was admitted on {member.period.since}"
        else:
            gap = next(gap for gap in member.interrupted if gap.covers(on))
            why = f"its seat was not filled in {gap}"
        heirs = [heir for heir in member.successors if self.membership.members[heir].sat_on(on)]
        hint = f"its seats today: {', '.join(heirs)}" if heirs else "check the date of the vote"
        message = f"'{quoted(word)}' ({member.short}) was not a member on {on}: {why}"
        return None, [Problem("UV204", message, hint=hint)]

    def _named(self, word: str, entries: tuple[Name, ...], on: date) -> Found:
        """The one seat a name means on that day; names in force then come first."""
        sitting = [e for e in entries if self.membership.members[e.code].sat_on(on)]
        fitting = [e for e in sitting if e.period.covers(on)]
        usable = fitting or [e for e in sitting if e.standing is not Standing.ONLY]
        codes = sorted({entry.code for entry in usable})
        if len(codes) > 1:
            return self._refuse(word, tuple(codes))
        if not codes:
            if not sitting:
                return self._seated(entries[0].code, word, on)
            entry = sitting[0]
            message = (
                f"'{quoted(word)}' was not the name of a member on {on}: it was "
                f"{self.membership.members[entry.code].short}'s only in {entry.period}"
            )
            return None, [Problem("UV204", message, hint=f"if you mean the seat, {entry.code}")]
        if fitting:
            return codes[0], []
        entry = usable[0]
        member = self.membership.members[codes[0]]
        until = f"until {entry.period.until}" if entry.period.until else f"in {entry.period}"
        message = f"'{quoted(word)}' was the name only {until}"
        hint = f"write {member.code} ({member.short})"
        return codes[0], [Problem("UV202", message, hint=hint, level=Level.WARNING)]

    def _refuse(self, word: str, could_be: tuple[str, ...], note: str = "") -> Found:
        """An ambiguous word, with its candidates (UV203)."""
        members = self.membership.members
        choices = " or ".join(could_be)
        named = ", ".join(f"{code} ({members[code].short})" for code in could_be)
        message = f"'{quoted(word)}' could be {choices}"
        return None, [
            Problem("UV203", message, hint=f"write one of {named}" + (f" ({note})" if note else ""))
        ]

    def _no_name(self, word: str, folded: str, on: date) -> Found:
        """A word that is no name: an alpha-2 code, a group, an observer, or unknown (UV201)."""
        book, shown = self.book, quoted(word)
        code = book.iso2.get(word.strip())
        if code and vote_of(word) is None and self.group(word) is None:
            return self._seated(code, word, on)
        if code and word.strip() == "NO":
            _, problems = self._seated(code, word, on)
            message = "'NO' is read as Norway here"
            hint = f"write {code}: 'NO' is also a vote"
            return code, [Problem("UV101", message, hint=hint, level=Level.WARNING), *problems]
        if meant := book.not_codes.get(word.strip().upper()):
            message = f"'{shown}' is not an ISO 3166-1 code ({meant[1]})"
            return None, [Problem("UV201", message, hint=f"did you mean {meant[0]}?")]
        if folded in book.strangers:
            reason = book.strangers[folded].removeprefix("no member: ").rstrip(".")
            message = f"'{shown}' has no vote: {reason}"
            return None, [Problem("UV201", message, hint="take it out")]
        if group := self.group(word):
            message = f"'{shown}' is a group ({self.membership.groups[group].name}), not a member"
            return None, [Problem("UV201", message, hint="name its members one by one")]
        hint = self._suggest(folded)
        return None, [Problem("UV201", f"'{shown}' is not the name of a member", hint=hint)]

    def _suggest(self, folded: str) -> str:
        """Names that are near, to choose from; none is ever taken."""
        if folded not in self._hints:
            near = len(self._hints) < MOST_HINTS and 2 < len(folded) < LONGEST  # noqa: PLR2004 - two letters are near to everything
            self._hints[folded] = self._near(folded) if near else LOOK_UP
        return self._hints[folded]

    def _near(self, folded: str) -> str:
        from difflib import get_close_matches  # noqa: PLC0415 - only wanted when a name is unknown

        known = {code.casefold(): code for code in self.membership.members}
        known.update({name: entries[0].code for name, entries in self.book.names.items()})
        near = get_close_matches(folded, list(known), n=3, cutoff=0.75)
        codes = list(dict.fromkeys(known[name] for name in near))
        if not codes:
            return LOOK_UP
        members = self.membership.members
        return "did you mean " + " or ".join(f"{c} ({members[c].short})" for c in codes) + "?"
