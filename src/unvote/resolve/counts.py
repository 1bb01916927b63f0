"""From totals such as 93-8-73, and the members known by name within them, to a roll call."""

from collections.abc import Mapping

from unvote.diagnostics import Level, Problem
from unvote.documents.resolution import Motion
from unvote.resolve.attendance import (
    Attendance,
    Setting,
    composition_of,
    outsiders,
    roster_open,
    unknown_roster,
    without_vote,
)
from unvote.resolve.votes import Ballots, counted_votes, listed_votes
from unvote.rollcall import Composition, RollCall
from unvote.vocabulary import Vote

Path = tuple[str | int, ...]
CASTABLE = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT)


def roll_of_counts(
    document: Motion, setting: Setting, room: Attendance, route: Path, problems: list[Problem]
) -> RollCall | None:
    """A roll call from totals; nothing where they do not fit (UV304, UV305)."""
    counts, found = counted_votes(document.counts or "")
    problems += [problem.under(*route, "counts") for problem in found]
    here = (*route, "named")
    ballots = listed_votes(document.named or {}, setting.names, setting.day, route=here)
    problems += ballots.problems
    if counts is None:
        return None
    composition = composition_of(setting, sum(counts.values()))
    if ballots.named and not roster_open(setting, composition):
        problems.append(unknown_roster(setting, here))
        return None
    return _roll(counts, ballots, composition, setting, room, route, problems)


def _roll(  # noqa: PLR0913, PLR0917 - all that is known of the vote
    counts: dict[Vote, int],
    ballots: Ballots,
    composition: Composition,
    setting: Setting,
    room: Attendance,
    route: Path,
    problems: list[Problem],
) -> RollCall | None:
    """The roll call of totals and names that were read."""
    here = (*route, "counts")
    named = dict(ballots.named)
    problems += outsiders(named, ballots.routes, composition, setting)
    barred = without_vote(
        named, ballots.routes, composition, room, forecast=False, problems=problems
    )
    total, out = sum(counts.values()), room.not_participating
    barred = _voting_all_the_same(total, composition, room, barred, here, problems)
    free = composition.seats - len(barred) - len(out)
    stated = counts.get(Vote.ABSENT)
    if total > free or (stated is not None and total != free):
        message = f"the counts add up to {total}, but {free} members could vote"
        hint = f"the {setting.body.name} had {composition.seats} seats on {setting.day}"
        hint += f", {len(barred)} without a vote" if barred else ""
        hint += f", {len(out)} not participating" if out else ""
        problems.append(Problem("UV304", message, here, hint))
        return None
    counts[Vote.ABSENT] = free - total + (stated or 0)
    unnamed = _unnamed(counts, named, route, problems)
    return None if unnamed is None else room.roll(composition, named, unnamed, barred, out)


def _voting_all_the_same(
    total: int,
    composition: Composition,
    room: Attendance,
    barred: frozenset[str],
    route: Path,
    problems: list[Problem],
) -> frozenset[str]:
    """The members without a vote; a recorded total that needs theirs stands (UV303)."""
    out = len(room.not_participating)
    free = composition.seats - len(barred) - out
    if not free < total <= composition.seats - len(room.declared) - out:
        return barred
    message = f"{total} members voted, more than the {free} that had a vote under Article 19"
    hint = "the recorded count stands; check the list of arrears"
    problems.append(Problem("UV303", message, route, hint, Level.WARNING))
    return room.declared


def _unnamed(
    counts: Mapping[Vote, int], named: Mapping[str, Vote], route: Path, problems: list[Problem]
) -> dict[Vote, int] | None:
    """What the counts hold beyond the members known by name (UV305)."""
    left: dict[Vote, int] = {}
    for vote in CASTABLE:
        known = sum(cast is vote for cast in named.values())
        left[vote] = counts.get(vote, 0) - known
        if left[vote] < 0:
            message = f"{known} members are named under '{vote.value}', the counts say "
            message += str(counts.get(vote, 0))
            hint = "correct the names or the counts"
            here, counted = (*route, "named"), (*route, "counts")
            problems.append(Problem("UV305", message, here, hint, also=counted))
            return None
    return {vote: count for vote, count in left.items() if count}
