"""Who is in the room: members without a vote, those not participating, parties, outsiders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from unvote.bodies import Body, Seating
from unvote.cases import Case
from unvote.citations import Citation
from unvote.diagnostics import Level, Problem, Spot, quoted
from unvote.documents.resolution import Motion, NotEntitled
from unvote.members import Membership
from unvote.resolve.names import Names
from unvote.resolve.votes import seat, seats
from unvote.resolve.words import maybe, vote_of, whole_of
from unvote.rollcall import Composition, RollCall
from unvote.vocabulary import Vote

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a vote is held."""

    body: Body
    day: date
    names: Names
    texts: tuple[str, ...] = ()
    """The amendments and parts that stances can depend on, by id."""
    words: tuple[str, ...] = ()
    """The words of confidence that a forecast knows; none in a record."""

    @property
    def membership(self) -> Membership:
        """The members of the United Nations."""
        return self.names.membership


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who stands outside the vote, and what else is known of the room."""

    barred: Mapping[str, Citation | None]
    declared: frozenset[str]
    not_participating: frozenset[str]
    parties: frozenset[str]
    present: int | None
    casting_vote: Vote | None

    def roll(
        self,
        composition: Composition,
        named: Mapping[str, Vote],
        unnamed: Mapping[Vote, int],
        barred: frozenset[str],
        out: frozenset[str],
    ) -> RollCall:
        """The roll call of this room."""
        return RollCall(
            composition, named, unnamed, barred, out, self.parties, self.present, self.casting_vote
        )


def setting_of(case: Case, names: Names) -> Setting:
    """Where and when a case is voted on, and how firmly members can be set in it."""
    words = tuple(case.outlook.confidence) if case.outlook else ()
    return Setting(case.body, case.day, names, words=words)


def attendance(
    document: Motion, setting: Setting, route: Path, problems: list[Problem]
) -> Attendance:
    """Members without a vote, those not participating, the parties, the number present."""
    names, day = setting.names, setting.day
    barred: dict[str, Citation | None] = {}
    if setting.body.article_19:
        barred = {c: a.source for c, a in setting.membership.without_vote_on(day).items()}
    declared: set[str] = set()
    if document.not_entitled and not setting.body.article_19:
        message = f"Article 19 takes no vote away in the {setting.body.name}"
        hint = "use `not_participating` for members left out; a body of your own says `article_19`"
        problems.append(Problem("UV303", message, (*route, "not_entitled"), hint, spot=Spot.KEY))
    for number, entry in enumerate(document.not_entitled or []):
        word = entry.member if isinstance(entry, NotEntitled) else entry
        code = seat(word, names, day, (*route, "not_entitled", number), problems)
        if code:
            declared.add(code)
            stated = entry.source if isinstance(entry, NotEntitled) else None
            barred[code] = Citation(stated) if stated else barred.get(code)
    out = seats(
        document.not_participating or [], names, day, (*route, "not_participating"), problems
    )
    parties = seats(document.parties or [], names, day, (*route, "parties"), problems)
    present = None
    if document.present is not None:
        here = (*route, "present")
        present = maybe(problems, whole_of(document.present), *here)
    casting = vote_of(document.casting_vote)
    if document.casting_vote is not None and casting not in {Vote.YES, Vote.NO}:
        message = f"'{quoted(document.casting_vote)}' is not a casting vote"
        problems.append(Problem("UV110", message, (*route, "casting_vote"), "write yes or no"))
        casting = None
    return Attendance(
        barred, frozenset(declared), frozenset(out), frozenset(parties), present, casting
    )


def composition_of(setting: Setting, listed: int) -> Composition:
    """The body as it sat on the day; `listed` is its size where it states none."""
    return setting.body.composition_on(setting.day, setting.membership, seats=listed)


def roster_open(setting: Setting, composition: Composition) -> bool:
    """Whether members can be named: their roster is known, or the body leaves it open."""
    free = setting.body.roster.seating in {Seating.ANY, Seating.NUMBER}
    return composition.members is not None or free


def unknown_roster(setting: Setting, route: Path) -> Problem:
    """Names where the roster of the day is not known (UV312)."""
    message = (
        f"who sat in the {setting.body.name} on {setting.day} is not known here, so names "
        "cannot be checked"
    )
    hint = "give the totals instead: `counts: 93-8-73`"
    return Problem("UV312", message, route, hint)


def outsiders(
    named: dict[str, Vote], routes: Mapping[str, Path], composition: Composition, setting: Setting
) -> list[Problem]:
    """Votes of members that do not sit in the body; they are not counted (UV302)."""
    if composition.members is None:
        return []
    problems = []
    for code in [code for code in named if code not in composition.members]:
        problems.append(not_seated(code, setting, routes[code]))
        del named[code]
    return problems


def not_seated(code: str, setting: Setting, route: Path = ()) -> Problem:
    """A member that does not sit in the body (UV302)."""
    member = setting.membership.members[code]
    message = f"{code} ({member.short}) did not sit in the {setting.body.name} on {setting.day}"
    hint = f"who did: `unvote bodies {setting.body.id} --on {setting.day}`"
    return Problem("UV302", message, route, hint)


def without_vote(
    named: dict[str, Vote],
    routes: Mapping[str, Path],
    composition: Composition,
    room: Attendance,
    *,
    forecast: bool,
    problems: list[Problem],
) -> frozenset[str]:
    """Members without a vote under Article 19; a recorded vote of one stands, with a warning."""
    barred = set(room.barred) & set(composition.members or room.barred)
    for code in sorted(barred & named.keys()):
        if code not in routes:
            continue
        if named[code] in {Vote.ABSENT, Vote.UNDECIDED} and code not in room.declared:
            continue
        message = f"{code} had lost its vote under Article 19 of the Charter on that day"
        if code in room.declared:
            hint = "take it out of `not_entitled` or out of the votes"
            problems.append(Problem("UV303", message, routes[code], hint))
        elif forecast:
            hint = "its stance is not counted"
            problems.append(Problem("UV303", message, routes[code], hint, Level.WARNING))
        else:
            hint = "the recorded vote is counted; check the record and the list of arrears"
            problems.append(Problem("UV303", message, routes[code], hint, Level.WARNING))
            barred.discard(code)
    return frozenset(barred)
