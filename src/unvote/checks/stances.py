"""Whether stances can be relied on: sources, age, version, sides (UV401 to UV405)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from unvote.diagnostics import Level, Problem, Route, Spot, quoted
from unvote.resolve.forecast import Forecast
from unvote.stances import Stance
from unvote.vocabulary import Vote

SIGNALS = frozenset({"signal", "rumour", "rumor", "press", "hearsay"})
OPPOSITE = {Vote.YES: Vote.NO, Vote.NO: Vote.YES}


@dataclass(frozen=True, slots=True)
class Freshness:
    """The day stances are judged on, and how old they may be; the file's own age limit wins."""

    as_of: date
    max_age: int | None = None


def stance_problems(forecast: Forecast, version: str | None, freshness: Freshness) -> list[Problem]:
    """The problems of substance of a stances file, all of them warnings."""
    return [
        *_version(forecast, version),
        *_each(forecast, freshness),
        *_sides(forecast),
    ]


def _warn(
    code: str,
    message: str,
    route: Route,
    hint: str,
    spot: Spot = Spot.KEY,
    also: Route | None = None,
) -> Problem:
    return Problem(code, message, route, hint, Level.WARNING, spot, also)


def _version(forecast: Forecast, version: str | None) -> Iterator[Problem]:
    """Stances on a version of the text that is no longer the one on the table (UV403)."""
    if forecast.version and version and forecast.version != version:
        message = f"these stances are on '{quoted(forecast.version)}', but the text is now "
        message += f"'{quoted(version)}'"
        hint = "ask again, or state the new version"
        yield _warn("UV403", message, ("version",), hint, Spot.VALUE)


def _each(forecast: Forecast, freshness: Freshness) -> Iterator[Problem]:
    """Each stance that stands for itself: without source, stale, or only a signal."""
    stances = forecast.stances
    for code, stance in stances.members.items():
        if stance.vote is Vote.UNDECIDED and not stance.chances:
            continue
        route = stances.routes[code]
        if stance.follows is None and (stance.report is None or not _named(stance)):
            message = f"the stance of {code} has no source"
            yield _warn("UV401", message, route, "add `source: {who: ..., how: ..., on: ...}`")
        elif stance.report is not None:
            yield from _reported(code, stance, route, forecast, freshness)


def _named(stance: Stance) -> bool:
    return stance.report is not None and bool(stance.report.who or stance.report.how)


def _reported(
    code: str, stance: Stance, route: Route, forecast: Forecast, freshness: Freshness
) -> Iterator[Problem]:
    """A stance with a source: how old it is, and whether it is more than a signal."""
    report = stance.report
    if report is None:
        return
    limit = forecast.max_age if forecast.max_age is not None else freshness.max_age
    if report.on is not None and limit is not None:
        age = (freshness.as_of - report.on).days
        if age > limit:
            message = f"the stance of {code} is {age} days old on {freshness.as_of}"
            hint = f"ask again: the limit is {limit} days"
            yield _warn("UV402", message, route, hint)
    if report.how.casefold() in SIGNALS and stance.word == "firm":
        message = f"the stance of {code} is called firm, but its source is only a signal"
        hint = "a firm word was given by somebody who may give it; else write `lean`"
        yield _warn("UV404", message, route, hint)


def _sides(forecast: Forecast) -> Iterator[Problem]:
    """A member that leaves a friendly group for the other side (UV405)."""
    friendly, stances = forecast.friendly, forecast.stances
    other = OPPOSITE.get(friendly) if friendly else None
    if other is None:
        return
    for group, stance in stances.groups.items():
        if stance.vote is not friendly:
            continue
        inside = stances.names.membership.groups[group].on(stances.day)
        own = {**stances.excepted, **stances.members}
        for code in sorted(inside & own.keys()):
            if own[code].vote is other:
                message = f"{code} leaves the {group}, which is on our side, for a {other.value}"
                hint = "check it: this is a vote lost twice"
                route, group_route = stances.routes[code], stances.routes[group]
                yield _warn("UV405", message, route, hint, also=group_route)
