"""Open a text for a roll call, rule on it as it stands at each step, and record what it came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from unvote.api.called import called_in, roster_of, title_of
from unvote.api.said import told
from unvote.bodies import Start
from unvote.cases import Case, Role
from unvote.diagnostics import Diagnostic, Problem, Route, quoted
from unvote.files.journal import Head
from unvote.files.judged import wrong_kind
from unvote.files.record import RECORD, Record, record_of, recorded
from unvote.files.resolution import judge_resolution
from unvote.loading.reader import read_bytes, read_file
from unvote.loading.source import Source
from unvote.members import Membership
from unvote.polling import SEAT, Poll, Roster, alphabetical, opened, votes_of
from unvote.resolve.attendance import Setting
from unvote.rollcall import RollCall
from unvote.rulings import Ruling, rule_on
from unvote.world.world import World

MOST_TRIED: Final = 5
"""Members to come with whom a rule that is not monotone is worked out while people wait."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A text about to be voted on by roll call: the vote, and where it stands in its file.

    `roster` is who is called; `titles` are their English names; `out` are the members that are not
    called, each with the reason, `names` theirs. `drawn` is whether the first was drawn by lot,
    `only` whether those called were named, all others being absent.
    `told` says whether the file has votes or stances that a record
    would replace.
    """

    case: Case
    source: Source
    route: Route
    base: RollCall
    roster: Roster
    titles: Mapping[str, str]
    out: Mapping[str, str]
    names: Mapping[str, str]
    told: bool
    setting: Setting
    drawn: bool = False
    only: bool = False

    @property
    def lot(self) -> bool:
        """Whether the rules of the body have the first to be called drawn by lot."""
        rule = self.case.body.roll_call
        return rule is not None and rule.start is Start.LOT

    @property
    def opened(self) -> Poll:
        """The roll call before the first member is called."""
        return opened(self.roster)

    @property
    def begins(self) -> str:
        """What is to be said of the first member: that it was drawn by lot, or should have been."""
        rule, first = self.case.body.roll_call, self.roster.called[0]
        if rule is None or not self.lot:
            return ""
        cite = f": {rule.citation}" if rule.citation else ""
        if self.drawn:
            return f"{self.titles[first]} was drawn by lot{cite}"
        return f"--start MEMBER, or --lot: the member called first is drawn by lot{cite}"

    def skipped(self, poll: Poll) -> tuple[str, ...]:
        """The members without a vote whose names come just before the one called, and why."""
        if poll.at is None or poll.second_round or poll.turned:
            return ()
        called = poll.roster.called
        before = called[called.index(poll.at) - 1]
        after, here = (alphabetical(self.titles[member]) for member in (before, poll.at))
        return tuple(
            f"{self.names[code]} {why}"
            for code, why in self.out.items()
            if _between(after, alphabetical(self.names[code]), here)
        )

    @property
    def head(self) -> Head:
        """What a journal of this roll call begins with."""
        digest = sha256(self.source.text.encode("utf-8")).hexdigest()
        case = self.case
        return Head(case.id, case.body.id, case.day.isoformat(), digest, self.roster, self.only)

    def ruling(self, poll: Poll) -> Ruling | None:
        """The verdict as it stands, those to come undecided.

        Nothing where that would keep the room waiting: rules on anything but yes votes are worked
        out by trying what is still possible, and that is too much with many to come.
        """
        slow = not all(rule.monotone for _, rule in self.case.questions)
        if slow and len(poll.to_come) > MOST_TRIED:
            return None
        roll = votes_of(poll, self.base)
        return rule_on(replace(self.case, roll=roll, forecast=bool(poll.to_come), outlook=None))

    def record(self, poll: Poll) -> Record:
        """What is written when the roll call is over."""
        roll = votes_of(poll, self.base)
        called = frozenset(poll.roster.called)
        named = {code: vote for code, vote in roll.named.items() if code in called}
        loose = any(member.startswith(SEAT) for member in called)
        return record_of(named, roll.unnamed, loose=loose)

    def recorded(self, poll: Poll) -> str | None:
        """The text of the file with the record in it; nothing where it cannot be put there."""
        return recorded(self.source, self.route, self.record(poll))


@dataclass(frozen=True, slots=True)
class FloorReport:
    """A text opened for a roll call, unless something is wrong, and all problems."""

    floor: Floor | None
    problems: tuple[Diagnostic, ...]


def open_floor(
    file: str,
    world: World,
    *,
    text: str | None = None,
    call: Sequence[str] = (),
    start: str | None = None,
    bound: Sequence[str] = (),
    strict: bool = False,
    big: bool = False,
) -> FloorReport:
    """Open the text of a file, or with `text` one of its amendments and parts, for a roll call.

    Members are called in the English alphabetical order of their names, from `start` on; seats of
    which nobody knows who sits there are called by number. Only those that `call` names are called
    where it is given; the others are absent. `bound` are present and voting and may not abstain;
    with `strict` neither may those that passed.
    """
    source, form = read_file(file, big=big)
    if isinstance(source.data, dict) and source.data.get("kind") not in {None, "resolution"}:
        wrong = source.diagnose([wrong_kind(source.data, "a resolution")])
        return FloorReport(None, (*form, *wrong))
    done = judge_resolution(source, form, world, on=None, expect=False)
    problems = list(dict.fromkeys([*world.diagnostics, *done.problems]))
    case = _case(done.cases, text, problems, file)
    if case is None or any(problem.is_error for problem in problems):
        return FloorReport(None, tuple(problems))
    route = _route(source, case)
    problems += source.diagnose(_undecidable(case, route))
    base = case.roll or _empty(case, world.membership)
    setting = Setting(case.body, case.day, world.names)
    base, called = called_in(base, setting, call, problems, file)
    roster = roster_of(called, base, setting, start, bound, problems)
    if any(problem.is_error for problem in problems):
        return FloorReport(None, tuple(problems))
    titles = {code: title_of(code, world.membership) for code in called}
    told_already = _told_already(source, route, case)
    roster = replace(roster, strict=strict)
    out = _out(case, base)
    names = {code: title_of(code, world.membership) for code in out}
    drawn = start is not None
    floor = Floor(
        case,
        source,
        route,
        base,
        roster,
        titles,
        out,
        names,
        told_already,
        setting,
        drawn,
        bool(call),
    )
    return FloorReport(floor, tuple(problems))


def read_back(file: str, raw: bytes, world: World, text: str) -> tuple[Ruling | None, bool]:
    """The ruling on a text of a file that was written, and whether the file is free of errors."""
    source, form = read_bytes(file, raw, big=True)
    done = judge_resolution(source, form, world, on=None, expect=False)
    found = next((ruling for ruling in done.results if ruling.case.id == text), None)
    return found, not any(problem.is_error for problem in done.problems)


def _between(after: tuple[str, ...], name: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Whether a name comes between two others in an order that goes round."""
    if after < before:
        return after < name < before
    return name > after or name < before


def _case(
    cases: Sequence[Case], text: str | None, problems: list[Diagnostic], file: str
) -> Case | None:
    """The vote that is meant (UV316)."""
    if not cases:
        return None
    if text is None:
        return cases[-1]
    wanted = text.strip().casefold()
    found = next((case for case in cases if case.id.casefold() == wanted), None)
    if found is None:
        hint = f"one of: {', '.join(quoted(case.id) for case in cases)}"
        message = f"'{quoted(text)}' is no text, amendment or part of {quoted(file)}"
        problems += told("--text", text, [Problem("UV316", message, hint=hint)])
    return found


def _route(source: Source, case: Case) -> Route:
    """Where a vote stands in its file."""
    if case.place.role is Role.TEXT:
        return ()
    if case.place.role is Role.MOTION:
        return ("division",)
    key = "amendments" if case.place.role is Role.AMENDMENT else "parts"
    places = enumerate(source.at((key,)) or ())
    return next((key, n) for n, part in places if part.get("id") == case.id)


def _undecidable(case: Case, route: Route) -> list[Problem]:
    """A vote of which the question is not said: nothing could be said at any step (UV310)."""
    if len(case.questions) == 1:
        return []
    ids = " or ".join(question.id for question, _ in case.questions)
    message = "the file does not say which question is voted on"
    return [
        Problem("UV310", message, route, f"write `question:`, {ids}, before the roll is called")
    ]


def _empty(case: Case, membership: Membership) -> RollCall:
    """The roll call of a vote of which only a result was known."""
    return RollCall(case.body.composition_on(case.day, membership, seats=0), {})


def _out(case: Case, base: RollCall) -> dict[str, str]:
    """The members that sit but are not called, each with the reason."""
    seated = base.composition.members
    reasons = dict.fromkeys(sorted(base.not_participating), "takes no part")
    for code in sorted(base.not_entitled):
        cite = case.barred.get(code)
        reasons[code] = "has no vote (UN Charter, Art. 19" + (f"; {cite})" if cite else ")")
    return {c: why for c, why in reasons.items() if seated is None or c in seated}


def _told_already(source: Source, route: Route, case: Case) -> bool:
    """Whether a file says of a vote what a record would replace and nobody else knows."""
    data = source.at(route)
    keys = {key for key in RECORD if isinstance(data, dict) and data.get(key) is not None}
    if keys - {"stances"}:
        return True
    roll = case.roll
    inline = "stances" in keys and isinstance(data, dict) and isinstance(data["stances"], dict)
    return inline and roll is not None and roll.tally.undecided < roll.tally.eligible
