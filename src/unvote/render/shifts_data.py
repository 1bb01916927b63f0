"""Two versions of a vote in words, as rows for spreadsheets and as data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from unvote.render.data import ruling_data
from unvote.render.odds import assumptions, chance_data
from unvote.render.sheets import Sheet, sheet_of
from unvote.rulings import Ruling
from unvote.shifts import Difference, OddsShift, Shift
from unvote.stances import Outlook, Stance
from unvote.wording import cause_words, chance_words, margin_words, stance_words

MOST_NAMES: Final = 12
"""Members named in a row of a group's move."""
LEAST: Final = Decimal("0.001")
"""Points below which a change is only said to be there."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of a vote by name, and what changed."""

    old_name: str
    new_name: str
    old: Ruling
    new: Ruling
    difference: Difference


def points_words(change: Fraction) -> str:
    """A change of a chance in points of a hundred: +1.8, -0.012; `0` is none at all."""
    if not change:
        return "0"
    sign = "+" if change > 0 else "-"
    size = abs(change) * 100
    points = Decimal(size.numerator) / Decimal(size.denominator)
    if points < LEAST:
        return f"{sign}<{LEAST}"
    digits = next(n for n in (1, 2, 3) if points >= Decimal(10) ** -n)
    return f"{sign}{points:.{digits}f}"


def who_words(shift: Shift) -> str:
    """Who moved: a member, or a group with the members that its line moved."""
    if shift.group is None:
        return " ".join(shift.members)
    names = " ".join(shift.members[:MOST_NAMES])
    more = f" and {len(shift.members) - MOST_NAMES} more" if shift.members[MOST_NAMES:] else ""
    return f"{shift.group}: {names}{more}"


def stance_cell(stance: Stance | None) -> str:
    """A stance, or that there is no vote."""
    if stance is None:
        return "no vote here"
    return stance_words(stance) + (", together" if stance.together else "")


def new_cell(shift: Shift) -> str:
    """The new stance, with who follows."""
    trailing = f" (with {' '.join(shift.trailing)})" if shift.trailing else ""
    return f"{stance_cell(shift.new)}{trailing}"


def verdict_cell(ruling: Ruling) -> str:
    """The verdict, with its cause or margin."""
    outcome = ruling.outcome
    words = (cause_words(outcome) or margin_words(outcome)) if outcome and ruling.agreed else ""
    return ruling.verdict.value + (f", {words}" if words else "")


def _odds_rows(versions: Versions) -> Iterator[tuple[str, str, str, str]]:
    """The chances of adoption and of each target, and the yes votes expected: before and after."""
    found = versions.difference
    for shift in found.odds:
        name = "Odds of adoption" + (f", {shift.question}" if len(found.odds) > 1 else "")
        yield name, _adopted(shift, old=True), _adopted(shift, old=False), _points(shift.change)
    if found.spreads is None:
        return
    old, new = found.spreads
    gained = round(new.mean, 1) - round(old.mean, 1)
    change = f"{float(gained):+.1f}" if gained else ""
    yield "Yes expected", f"{float(old.mean):.1f}", f"{float(new.mean):.1f}", change
    for target in versions.new.case.targets:
        before, after = old.at_least(target.yes), new.at_least(target.yes)
        name = f"{target.yes} yes or more"
        yield name, chance_words(before), chance_words(after), _points(after - before)


def _points(change: Fraction | None) -> str:
    return f"{points_words(change)} points" if change else ""


def _adopted(shift: OddsShift, *, old: bool) -> str:
    odds = shift.old if old else shift.new
    return "not exact" if odds is None else chance_words(odds.adopted)


def _counts(ruling: Ruling) -> tuple[str, str]:
    tally = ruling.outcome.tally if ruling.outcome else None
    return (str(tally), str(tally.undecided)) if tally else ("", "")


def _need(ruling: Ruling) -> str:
    deciding = ruling.outcome.deciding if ruling.outcome and ruling.agreed else None
    return str(deciding.need) if deciding else ""


def summary_of(versions: Versions) -> Iterator[tuple[str, str, str, str]]:
    """The verdict, the votes and the odds: before, after, and by how much."""
    old, new = versions.old, versions.new
    yield "Verdict", verdict_cell(old), verdict_cell(new), ""
    (votes, loose), (votes_now, loose_now) = _counts(old), _counts(new)
    yield "Yes-No-Abst", votes, votes_now, ""
    if (loose, loose_now) != ("0", "0"):
        yield "Undecided", loose, loose_now, ""
    yield "Need", _need(old), _need(new), ""
    yield from _odds_rows(versions)


def remarks_on(versions: Versions) -> Iterator[str]:
    """What the odds of single moves mean, and what else changed them."""
    found, start = versions.difference, versions.difference.odds
    if any(shift.change is not None for shift in found.shifts):
        yield (
            "the odds of a move: those of the old version with this move alone; "
            "together the moves can do more or less than their sum"
        )
    if len(start) > 1 and found.shifts:
        yield f"the odds of moves are those under {start[0].question}"
    if found.assumed is not None and start and start[0].old is not None:
        change = points_words(found.assumed - start[0].old.adopted)
        yield f"with the new assumptions alone: {chance_words(found.assumed)} ({change} points)"
    if any(shift.old is None or shift.new is None for shift in start):
        yield "no exact odds: votes without names, or too many different weights"
    if start:
        yield from assumptions(versions.new.case.outlook or Outlook())


def moved_words(shifts: Iterable[Shift]) -> str:
    """How many moved."""
    return f"{sum(len(shift.members) for shift in shifts)} moved"


def odds_cells(shift: Shift) -> tuple[str, str]:
    """The odds with a move alone, and what it changed; empty where they are not to be had."""
    if shift.adopted is None or shift.change is None:
        return "", ""
    return chance_words(shift.adopted), points_words(shift.change)


def diff_sheet(difference: Difference) -> Sheet:
    """Every move as a row, for spreadsheets."""
    head = ("members", "group", "kinds", "from", "to", "following", "odds_before", "odds")
    return sheet_of(
        head,
        (
            (
                " ".join(shift.members),
                shift.group or "",
                " ".join(kind.value for kind in shift.kinds),
                stance_cell(shift.old),
                stance_cell(shift.new),
                " ".join(shift.trailing),
                *_decimals(shift),
            )
            for shift in difference.shifts
        ),
    )


def _decimals(shift: Shift) -> tuple[str, str]:
    """The chance of adoption without and with a move."""
    if shift.adopted is None or shift.change is None:
        return "", ""
    before = shift.adopted - shift.change
    return f"{float(before):.12g}", f"{float(shift.adopted):.12g}"


def diff_data(versions: Versions) -> dict[str, Any]:
    """Two versions for JSON."""
    found = versions.difference
    return {
        "old": {"version": versions.old_name, **ruling_data(versions.old)},
        "new": {"version": versions.new_name, **ruling_data(versions.new)},
        "odds": [
            {
                "question": shift.question,
                "old": _chance(shift.old.adopted if shift.old else None),
                "new": _chance(shift.new.adopted if shift.new else None),
                "change": _chance(shift.change),
            }
            for shift in found.odds
        ],
        "yes_expected": _means(found),
        "targets": list(_targets(versions)),
        "moves": [move_data(shift) for shift in found.shifts],
        "facts": [{"name": fact.name, "old": fact.old, "new": fact.new} for fact in found.facts],
        "assumptions_alone": _chance(found.assumed),
    }


def _means(difference: Difference) -> dict[str, Any] | None:
    """The yes votes expected, before and after."""
    if difference.spreads is None:
        return None
    old, new = difference.spreads
    return {"old": chance_data(old.mean), "new": chance_data(new.mean)}


def _targets(versions: Versions) -> Iterator[dict[str, Any]]:
    """The chance of each target of the new version, before and after."""
    if versions.difference.spreads is None:
        return
    old, new = versions.difference.spreads
    for target in versions.new.case.targets:
        yield {
            "yes": target.yes,
            "label": target.label,
            "old": chance_data(old.at_least(target.yes)),
            "new": chance_data(new.at_least(target.yes)),
        }


def move_data(shift: Shift) -> dict[str, Any]:
    """One move for JSON."""
    return {
        "members": list(shift.members),
        "group": shift.group,
        "kinds": [kind.value for kind in shift.kinds],
        "old": None if shift.old is None else stance_cell(shift.old),
        "new": None if shift.new is None else stance_cell(shift.new),
        "following": list(shift.trailing),
        "odds": _chance(shift.adopted),
        "change": _chance(shift.change),
    }


def _chance(number: Fraction | None) -> dict[str, Any] | None:
    return None if number is None else chance_data(number)
