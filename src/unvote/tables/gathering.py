"""Roll calls gathered from rows, however they are ordered; every row is kept or told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from unvote.diagnostics import Level, Problem, quoted
from unvote.records import LETTERS, Record
from unvote.resolve.words import date_of, vote_of
from unvote.tables.columns import TOTALS, Columns
from unvote.tables.troubles import Troubles

Find = Callable[[str, str, date | None, str], tuple[str | None, Problem | None]]
"""The seat that a code or a name means, on a day or in a session, or why it means none."""

NUMBERS: Final = {"1": "Y", "2": "A", "3": "N", "8": "X", "9": ""}
"""Votes in Erik Voeten's data; 9 is no member that day."""
SILENT: Final = frozenset({"nv", "", "-", "non-voting"})
CHINA: Final = frozenset({"TWN", "713"})
"""Whoever held China's seat until 25 October 1971, where data count it apart."""
DOT: Final = ord(".")


def late(session: str) -> bool:
    """Whether Yugoslavia's number is that of the seat admitted in 2000, in the 55th session."""
    number = session.strip()
    return not number.isdecimal() or int(number[:4]) >= 55  # noqa: PLR2004 - the 55th session


@dataclass(slots=True)
class Draft:
    """A roll call while its rows come in; `totals` are those its rows state."""

    id: str
    votes: bytearray | bytes
    row: int
    facts: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    totals: tuple[int, int, int, int] | None = None
    broken: bool = False


class Gathering:
    """Takes rows and gives roll calls, in the order of their first rows."""

    def __init__(
        self, seats: tuple[str, ...], find: Find, columns: Columns, troubles: Troubles
    ) -> None:
        self.seats, self.find, self.columns, self.troubles = seats, find, columns, troubles
        self.index = {code: number for number, code in enumerate(seats)}
        self.drafts: dict[str, Draft | Record] = {}
        self.rows = 0
        self._letters: dict[str, str | None] = {}

    def draft(self, identity: str, row: int, facts: Mapping[str, str]) -> Draft:
        """The roll call of that name, begun if it is new."""
        known = self.drafts.get(identity)
        if isinstance(known, Draft):
            return known
        if known is not None:
            # It was taken as whole, but there is more of it.
            facts = {"session": known.session}
            draft = Draft(known.id, bytearray(known.votes), known.row, facts)
            self.drafts[identity] = draft
            return draft
        draft = Draft(identity, bytearray(b"." * len(self.seats)), row, facts)
        text = facts.get("date", "").strip()
        if text:
            draft.day = self._day(text, row)
        draft.totals = self._totals(facts, row)
        self.drafts[identity] = draft
        return draft

    def _day(self, text: str, row: int) -> date | None:
        """A day; of some records only the year is known, which then stands for its middle."""
        if len(text) == len("1951") and text.isdecimal():
            return date(int(text), 7, 1) if int(text) else None
        day, problems = date_of(text[: len("2022-03-02")] if text[10:11] in {"T", " "} else text)
        for problem in problems:
            message, hint = problem.message, "the rules of its day cannot be told without it"
            self.troubles.tell(Problem("UV608", message, (), hint, Level.WARNING), row, text)
        return day

    def _totals(self, facts: Mapping[str, str], row: int) -> tuple[int, int, int, int] | None:
        """The totals a record states, if it states any."""
        stated = [facts.get(name, "").strip() for name in TOTALS]
        if self.columns.listed or not any(stated):
            return None
        if not all(word.isascii() and word.isdigit() for word in stated if word):
            message = "the totals are no numbers"
            self.troubles.tell(Problem("UV607", message, (), "write whole numbers"), row)
            return None
        yes, no, abstain, absent = (int(word[:9]) if word else -1 for word in stated)
        return yes, no, abstain, absent

    def letter(self, word: str) -> str | None:
        """The letter of a vote; empty for no member, nothing for what is no vote."""
        if word not in self._letters:
            plain = word.strip().casefold()
            vote = vote_of(word)
            if "id" in self.columns.at and plain in NUMBERS:
                found: str | None = NUMBERS[plain]
            elif plain in SILENT and "id" in self.columns.at:
                found = "X"
            else:
                found = None if vote is None else LETTERS.get(vote)
            if len(self._letters) > 1000:  # noqa: PLR2004 - a file of rubbish fills no memory
                self._letters.clear()
            self._letters[word] = found
        return self._letters[word]

    def vote(self, draft: Draft, code: str, name: str, word: str, row: int) -> None:
        """One member's vote, or what is wrong with it."""
        self.rows += 1
        letter = self.letter(word)
        if letter is None:
            draft.broken = True
            message = f"'{quoted(word)}' is not a vote" if word.strip() else "there is no vote"
            hint = "write Y, N, A or X; this vote was left out"
            shown = f"{code or name}: {word}"
            self.troubles.tell(Problem("UV605", message, (), hint), row, shown)
            return
        seat, problem = self.find(code, name, draft.day, draft.facts.get("session", ""))
        if letter == "" and (problem is not None or seat is None):
            return  # not a member, and so the data say
        if problem is not None:
            self.troubles.tell(problem, row, f"{code} {name}".strip())
        if seat is None:
            draft.broken = True
            return
        if letter:
            self._set(draft, seat, code, letter, row)

    def _set(self, draft: Draft, seat: str, code: str, letter: str, row: int) -> None:
        place = self.index[seat]
        if isinstance(draft.votes, bytes):
            draft.votes = bytearray(draft.votes)
        before = draft.votes[place]
        if before == DOT:
            draft.votes[place] = ord(letter)
            return
        if seat == "CHN" and (code in CHINA or letter == "X"):
            if before == ord("X"):
                draft.votes[place] = ord(letter)
            if "X" in {chr(before), letter}:
                return
        hint = "the first row stands; delete the other"
        message = f"{seat} is listed twice in one roll call"
        if before == ord(letter):
            message += ", with the same vote"
            twice = Problem("UV606", message, (), hint, Level.WARNING)
        else:
            message += f", as {chr(before)} and as {letter}"
            twice = Problem("UV606", message, (), hint)
        self.troubles.tell(twice, row, f"{draft.id}: {code}")

    def records(self) -> tuple[Record, ...]:
        """The roll calls, their totals compared with their rows (UV607)."""
        return tuple(
            each if isinstance(each, Record) else self._record(each)
            for each in self.drafts.values()
        )

    def _record(self, draft: Draft) -> Record:
        facts = draft.facts
        record = Record(
            draft.id,
            bytes(draft.votes),
            draft.day,
            facts.get("session", "").strip(),
            (facts.get("symbol", "") or facts.get("draft", "")).strip(),
            " ".join(facts.get("title", "").split()),
            facts.get("outcome", "").strip().casefold(),
            tuple(facts.get("vetoed_by", "").split()),
            tuple(word for word in facts.get("flags", "").split("|") if word),
            draft.row,
        )
        if draft.totals is not None and any(
            stated not in {-1, counted}
            for stated, counted in zip(draft.totals, record.counts, strict=True)
        ):
            stated = "-".join("?" if n < 0 else str(n) for n in draft.totals)
            counted = "-".join(map(str, record.counts))
            message = f"the totals say {stated}, the rows come to {counted}"
            hint = "yes, no, abstaining, not voting; the rows are what was kept"
            told = Problem("UV607", message, (), hint)
            self.troubles.tell(told, draft.row, f"{draft.id} {record.symbol}".strip())
        return record
