"""The whip count of a vote: heads, threshold, odds, targets, the undecided, what is stale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from unvote.api.assumed import assuming, misassumed
from unvote.api.chance import chance_of
from unvote.api.forecasting import SEED
from unvote.api.opening import open_vote
from unvote.api.tallying import open_world
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.forecasts import forecast_of
from unvote.headcount import (
    CHANCES,
    NONE,
    PLAIN,
    REGIONS,
    Head,
    HeadCount,
    Parts,
    by_group,
    by_tag,
    head_count,
)
from unvote.resolve.words import vote_of
from unvote.vocabulary import Vote
from unvote.whips import Whip
from unvote.world.world import World


@dataclass(frozen=True, slots=True)
class WhipReport:
    """The whip count of the vote in a file, and all problems."""

    whip: Whip | None
    problems: tuple[Diagnostic, ...]

    @property
    def valid(self) -> bool:
        """Whether the file could be read and decided."""
        return self.whip is not None and not any(p.is_error for p in self.problems)


def whip(
    file: str | Path,
    *,
    by: str | None = None,
    only: Sequence[str] = (),
    as_of: date | None = None,
    max_age: int | None = None,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    confidence: Mapping[str, Fraction] | None = None,
    undecided: Mapping[Vote, Fraction] | None = None,
    raw: bytes | None = None,
    big: bool = False,
) -> WhipReport:
    """The whip count of a vote: of stances, a resolution, or a scenario on either.

    `by` is region, group or tag, or groups separated by commas. `only` picks members: by vote, by
    word of confidence, by group, by tag or by name; several add up. `as_of` and `max_age` judge
    what is stale.
    """
    world = open_world(members, bodies)
    opened = open_vote(file, world, on=on, raw=raw, big=big)
    if opened.ruling is None or opened.ruling.case.roll is None:
        return WhipReport(None, opened.problems)
    assumed = misassumed([opened.ruling], confidence, undecided)
    if assumed:
        return WhipReport(None, (*opened.problems, *assumed))
    ruling = assuming(opened.ruling, confidence, undecided)
    outlook = ruling.case.outlook
    if outlook is None:
        return WhipReport(None, opened.problems)
    count = head_count(opened.ruling.case.roll, outlook, as_of=as_of, max_age=max_age)
    parts, wrong = _parts(by, count.heads, world, ruling.case.day)
    picked, more = _picked(only, count, world, ruling.case.day)
    problems = (*opened.problems, *wrong, *more)
    if any(problem.is_error for problem in (*wrong, *more)):
        return WhipReport(None, problems)
    loose = _loose(count, world, ruling.case.day)
    forecast = forecast_of(ruling, chance_of(SEED))
    return WhipReport(Whip(ruling, count, forecast, parts, loose, picked), problems)


def _loose(count: HeadCount, world: World, day: date) -> Parts:
    """The undecided by region and by tag."""
    heads = [head for head in count.heads if head.vote is Vote.UNDECIDED]
    regions = by_group(heads, REGIONS, world.names.membership, day)
    tags = {tag: heads for tag, heads in by_tag(heads).items() if tag != NONE}
    return {**regions, **tags}


def _parts(
    by: str | None, heads: Sequence[Head], world: World, day: date
) -> tuple[Parts | None, list[Diagnostic]]:
    """Members by what was asked for."""
    membership, names = world.names.membership, world.names
    if by is None:
        return None, []
    if by == "tag":
        return by_tag(heads), []
    if by == "region":
        return by_group(heads, REGIONS, membership, day), []
    if by == "group":
        return by_group(heads, membership.groups, membership, day), []
    wrong: list[Diagnostic] = []
    codes: list[str] = []
    for word in by.split(","):
        code = names.group(word.strip())
        if code is None:
            message = f"'{quoted(word)}' is not a group"
            hint = "region, group, tag, or groups as `unvote groups` lists them"
            wrong.append(Diagnostic(f"--by {by}", Problem("UV205", message, hint=hint)))
        else:
            codes.append(code)
    return by_group(heads, codes, membership, day), wrong


def _picked(
    only: Sequence[str], count: HeadCount, world: World, day: date
) -> tuple[tuple[Head, ...] | None, list[Diagnostic]]:
    """The members that were asked for, in the order of their codes."""
    if not only:
        return None, []
    found: set[str] = set()
    wrong: list[Diagnostic] = []
    for word in only:
        codes = _codes(word, count, world, day)
        if codes is None:
            message = f"'{quoted(word)}' is no vote, word of confidence, group, tag or member here"
            hint = f"say one of: {', '.join((*(v.value for v in Vote), *count.words))}; or a group"
            wrong.append(Diagnostic(f"--only {word}", Problem("UV110", message, hint=hint)))
        elif not any(word in head.stance.tags for head in count.heads):
            wrong += [Diagnostic(f"--only {word}", doubt) for doubt in world.names.doubt(word)]
        found |= codes or set()
    return tuple(head for head in count.heads if head.code in found), wrong


def _codes(word: str, count: HeadCount, world: World, day: date) -> set[str] | None:
    """The members a word picks; nothing if it says nothing here."""
    vote = vote_of(word)
    if vote is not None:
        return set(count.of(vote))
    low = word.strip().casefold()
    if low in count.words or low in {PLAIN, CHANCES}:
        return {head.code for head in count.heads if head.word == low}
    if low == "stale":
        return set(count.stale)
    tagged = {head.code for head in count.heads if word in head.stance.tags}
    if tagged:
        return tagged
    code = word.strip().upper().replace(".", "")
    if code in world.names.membership.members:
        return {code} & {head.code for head in count.heads}
    group = world.names.group(word)
    return None if group is None else set(world.names.membership.groups[group].on(day))
