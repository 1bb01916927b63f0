"""From the votes of a file and the body of the day to a roll call that accounts for every seat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from unvote.bodies import Body, Seating
from unvote.citations import Citation
from unvote.diagnostics import Level, Problem, Spot, visible
from unvote.documents.resolution import Motion, NotEntitled
from unvote.members import Membership
from unvote.resolve.names import Names
from unvote.resolve.stances import Stances, inline_stances
from unvote.resolve.votes import Ballots, counted_votes, listed_votes, seat, seats
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
        message = f"'{visible(document.casting_vote)}' is not a casting vote"
        problems.append(Problem("UV110", message, (*route, "casting_vote"), "write yes or no"))
        casting = None
    return Attendance(
        barred, frozenset(declared), frozenset(out), frozenset(parties), present, casting
    )


def roll_of_stances(
    stances: Stances, document: Motion, setting: Setting, route: Path, problems: list[Problem]
) -> tuple[RollCall | None, Attendance]:
    """The roll call that the stances of another file amount to; its problems stay with them."""
    room = attendance(document, setting, route, problems)
    ballots = _ballots(stances, setting)
    composition = _composition(setting, len(ballots.named))
    if ballots.named and not _roster_open(setting, composition):
        stances.problems.append(_unknown_roster(setting, ("countries",)))
        return None, room
    roll = _close(ballots, composition, setting, room, forecast=True, problems=stances.problems)
    return roll, room


def roll_from(
    document: Motion, setting: Setting, route: Path, problems: list[Problem]
) -> tuple[RollCall | None, Attendance]:
    """The roll call of a motion; nothing where its votes cannot be read."""
    room = attendance(document, setting, route, problems)
    if document.counts is not None:
        return _from_counts(document, setting, room, route, problems), room
    forecast = document.votes is None
    key = "stances" if forecast else "votes"
    if forecast:
        inline = document.stances if isinstance(document.stances, dict) else {}
        stances = inline_stances(inline, setting.names, setting.day, (*route, key))
        ballots = _ballots(stances, setting)
    else:
        votes = document.votes or {}
        ballots = listed_votes(votes, setting.names, setting.day, route=(*route, key))
    problems += ballots.problems
    composition = _composition(setting, len(ballots.named))
    if ballots.named and not _roster_open(setting, composition):
        problems.append(_unknown_roster(setting, (*route, key)))
        return None, room
    return _close(ballots, composition, setting, room, forecast=forecast, problems=problems), room


def _ballots(stances: Stances, setting: Setting) -> Ballots:
    """The votes that stances amount to: undecided where none is stated."""
    roster = setting.body.roster.on(setting.day, setting.membership)
    each = stances.of_each(stances.members if roster is None else roster | stances.members.keys())
    votes = stances.votes(each)
    return Ballots(votes, stances.routes, stances.default.listed(), stances.problems)


def _composition(setting: Setting, listed: int) -> Composition:
    return setting.body.composition_on(setting.day, setting.membership, seats=listed)


def _roster_open(setting: Setting, composition: Composition) -> bool:
    """Whether members can be named: their roster is known, or the body leaves it open."""
    free = setting.body.roster.seating in {Seating.ANY, Seating.NUMBER}
    return composition.members is not None or free


def _unknown_roster(setting: Setting, route: Path) -> Problem:
    message = (
        f"who sat in the {setting.body.name} on {setting.day} is not known here, so names "
        "cannot be checked"
    )
    hint = "give the totals instead: `counts: 93-8-73`"
    return Problem("UV312", message, route, hint)


def _close(
    ballots: Ballots,
    composition: Composition,
    setting: Setting,
    room: Attendance,
    *,
    forecast: bool,
    problems: list[Problem],
) -> RollCall:
    """Account for every seat: outsiders refused, everybody unlisted filled in."""
    rest = ballots.otherwise or (Vote.UNDECIDED if forecast else Vote.ABSENT)
    named = dict(ballots.named)
    problems += _outsiders(named, ballots.routes, composition, setting)
    barred = _barred(named, ballots.routes, composition, room, forecast=forecast, problems=problems)
    out = room.not_participating & (composition.members or room.not_participating)
    for code in sorted(out & named.keys()):
        message = f"{code} votes and is listed as not participating"
        problems.append(
            Problem("UV302", message, ballots.routes[code], "take it out of one of the two")
        )
    unnamed: dict[Vote, int] = {}
    if composition.members is not None:
        for code in composition.members:
            named.setdefault(code, rest)
    else:
        left = composition.seats - len(named) - len(barred) - len(out)
        if left < 0:
            message = f"{len(named)} members are listed, but the body has {composition.seats}"
            problems.append(Problem("UV304", message, (), "check the list"))
        elif left:
            unnamed[rest] = left
    for code in barred | out:
        named.pop(code, None)
    return RollCall(
        composition,
        named,
        unnamed,
        barred,
        out,
        room.parties,
        room.present,
        room.casting_vote,
    )


def _outsiders(
    named: dict[str, Vote], routes: Mapping[str, Path], composition: Composition, setting: Setting
) -> list[Problem]:
    """Votes of members that do not sit in the body; they are not counted (UV302)."""
    if composition.members is None:
        return []
    problems = []
    for code in [code for code in named if code not in composition.members]:
        member = setting.membership.members[code]
        message = f"{code} ({member.short}) did not sit in the {setting.body.name}"
        message += f" on {setting.day}"
        hint = f"who did: `unvote bodies {setting.body.id} --on {setting.day}`"
        problems.append(Problem("UV302", message, routes[code], hint))
        del named[code]
    return problems


def _barred(
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
        if named[code] in {Vote.ABSENT, Vote.UNDECIDED} and code not in room.declared:
            continue
        message = f"{code} had lost its vote under Article 19 of the Charter on that day"
        if code in room.declared:
            hint = "take it out of `not_entitled` or out of the votes"
            problems.append(Problem("UV303", message, routes[code], hint))
        elif forecast and code not in routes:
            continue
        elif forecast:
            hint = "its stance is not counted"
            problems.append(Problem("UV303", message, routes[code], hint, Level.WARNING))
        else:
            hint = "the recorded vote is counted; check the record and the list of arrears"
            problems.append(Problem("UV303", message, routes[code], hint, Level.WARNING))
            barred.discard(code)
    return frozenset(barred)


def _from_counts(
    document: Motion, setting: Setting, room: Attendance, route: Path, problems: list[Problem]
) -> RollCall | None:
    """A roll call from totals, with the members known by name within them."""
    here = (*route, "counts")
    counts, found = counted_votes(document.counts or "")
    problems += [problem.under(*here) for problem in found]
    ballots = listed_votes(
        document.named or {}, setting.names, setting.day, route=(*route, "named")
    )
    problems += ballots.problems
    if counts is None:
        return None
    total = sum(counts.values())
    composition = _composition(setting, total)
    if ballots.named and not _roster_open(setting, composition):
        problems.append(_unknown_roster(setting, (*route, "named")))
        return None
    named = dict(ballots.named)
    problems += _outsiders(named, ballots.routes, composition, setting)
    barred = _barred(named, ballots.routes, composition, room, forecast=False, problems=problems)
    out = room.not_participating
    free = composition.seats - len(barred) - len(out)
    if free < total <= composition.seats - len(room.declared) - len(out):
        message = f"{total} members voted, more than the {free} that had a vote under Article 19"
        hint = "the recorded count stands; check the list of arrears"
        problems.append(Problem("UV303", message, here, hint, Level.WARNING))
        barred = room.declared
        free = composition.seats - len(barred) - len(out)
    stated = counts.get(Vote.ABSENT)
    if total > free or (stated is not None and total != free):
        message = f"the counts add up to {total}, but {free} members could vote"
        hint = f"the {setting.body.name} had {composition.seats} seats on {setting.day}"
        if len(barred) + len(out):
            hint += f", {len(barred)} without a vote, {len(out)} not participating"
        problems.append(Problem("UV304", message, here, hint))
        return None
    counts[Vote.ABSENT] = free - total + (stated or 0)
    unnamed = _unnamed(counts, named, route, problems)
    if unnamed is None:
        return None
    return RollCall(
        composition,
        named,
        unnamed,
        barred,
        out,
        room.parties,
        room.present,
        room.casting_vote,
    )


def _unnamed(
    counts: Mapping[Vote, int], named: Mapping[str, Vote], route: Path, problems: list[Problem]
) -> dict[Vote, int] | None:
    """What the counts hold beyond the members known by name (UV305)."""
    left: dict[Vote, int] = {}
    for vote in (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT):
        known = sum(cast is vote for cast in named.values())
        left[vote] = counts.get(vote, 0) - known
        if left[vote] < 0:
            message = f"{known} members are named under '{vote.value}', the counts say "
            message += str(counts.get(vote, 0))
            hint = "correct the names or the counts"
            problems.append(Problem("UV305", message, (*route, "named"), hint))
            return None
    return {vote: count for vote, count in left.items() if count}
