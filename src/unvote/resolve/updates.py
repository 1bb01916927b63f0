"""What the rows of a sheet change in the stances of a file: new ones, other ones, the same ones."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from unvote.diagnostics import Level, Problem
from unvote.resolve.attendance import Setting, not_seated
from unvote.resolve.headings import Field
from unvote.resolve.rows import Row
from unvote.resolve.stances import Path, Stances
from unvote.stances import Report, Stance
from unvote.wording import stance_words


class Kind(Enum):
    """What comes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    BLANK = "left alone"
    REFUSED = "not understood"


@dataclass(frozen=True, slots=True)
class Update:
    """What a row does: the stance before (the file's own, a group's, or the default) and after.

    `route` leads to the entry of the file that is to be edited; nothing where there is none.
    """

    row: Row
    kind: Kind
    before: Stance | None = None
    after: Stance | None = None
    route: Path | None = None

    @property
    def writes(self) -> bool:
        """Whether it is to be written."""
        return self.kind in {Kind.NEW, Kind.CHANGED}


SOURCES: Final = frozenset({Field.SOURCE, Field.CHANNEL, Field.DATE})


def updates_of(
    rows: Iterable[Row], stances: Stances, fields: Collection[Field], setting: Setting
) -> list[Update]:
    """What each row does, groups first in effect, in the order of the sheet.

    A member whose row says no more than its group or the default does gets no entry of its own.
    `fields` are the columns of the sheet: of others it says nothing. The groups of `stances` are
    those of the file with the rows of groups on top, afterwards.
    """
    every = list(rows)
    seated = setting.body.composition_on(setting.day, setting.names.membership, seats=0).members
    done: dict[int, Update] = {}
    for row in every:
        if row.of_group and row.stance is not None and row.code is not None:
            done[row.number] = _of_group(row, row.code, row.stance, stances)
    codes = {row.code for row in every if row.code and not row.of_group}
    each = stances.of_each(codes)
    for row in every:
        if row.number in done:
            continue
        if row.blank:
            done[row.number] = Update(row, Kind.BLANK)
        elif row.stance is None or row.code is None:
            done[row.number] = Update(row, Kind.REFUSED)
        elif seated is not None and row.code not in seated:
            done[row.number] = _outside(row, row.code, setting)
        else:
            done[row.number] = _of_member(row, row.code, each[row.code], stances, fields)
    return [done[row.number] for row in every]


def _outside(row: Row, code: str, setting: Setting) -> Update:
    """A member that does not sit in the body (UV302)."""
    problem = replace(not_seated(code, setting), route=(row.number, 1))
    return Update(replace(row, stance=None, problems=(*row.problems, problem)), Kind.REFUSED)


def _of_group(row: Row, code: str, stance: Stance, stances: Stances) -> Update:
    """What the row of a group does."""
    before = stances.groups.get(code)
    route = stances.routes.get(code) if before is not None else None
    after = replace(_over(before or Stance(), stance, row.given), group=code)
    stances.groups[code] = after
    if before is None:
        return Update(row, Kind.NEW, None, after)
    kind = Kind.SAME if after == before else Kind.CHANGED
    return Update(_told(row, before, after), kind, before, after, route)


def _of_member(
    row: Row, code: str, before: Stance, stances: Stances, fields: Collection[Field]
) -> Update:
    """What the row of a member does."""
    stance = row.stance or Stance()
    own = stances.members.get(code) or stances.excepted.get(code)
    if own is not None:
        after = _over(own, stance, row.given)
        if after == own:
            return Update(row, Kind.SAME, own, own)
        return Update(_told(row, own, after), Kind.CHANGED, own, after, stances.routes[code])
    if _seen(stance, fields) == _seen(before, fields):
        return Update(row, Kind.SAME, before, before)
    return Update(row, Kind.NEW, before, stance)


def _over(own: Stance, said: Stance, given: frozenset[Field]) -> Stance:
    """A stance with what a row says in the place of what it said before.

    An empty cell says nothing: what stands in the file stays.
    """
    changed: dict[str, object] = {
        "vote": said.vote,
        "word": said.word,
        "chances": said.chances,
        "follows": said.follows,
    }
    if Field.CONDITION in given:
        changed |= {"condition": said.condition, "then": said.then, "then_word": said.then_word}
    if said.report is not None:
        changed["report"] = _reported(own.report or Report(), said.report)
    for name, key in (
        (Field.TAGS, "tags"),
        (Field.NOTE, "note"),
        (Field.COST, "cost"),
        (Field.TOGETHER, "together"),
    ):
        if name in given:
            changed[key] = getattr(said, key)
    return replace(own, **changed)  # type: ignore[arg-type] # each is that of a stance


def _reported(old: Report, new: Report) -> Report:
    """Where a stance is from now: what another person says is no part of the old report."""
    if new.who not in {"", old.who}:
        return new
    return Report(old.who, new.how or old.how, new.on or old.on)


def _seen(stance: Stance, fields: Collection[Field]) -> tuple[object, ...]:
    """What a sheet with these columns can say of a stance."""
    report = stance.report or Report()
    parts: dict[Field, object] = {
        Field.CONDITION: (stance.condition, stance.then, stance.then_word),
        Field.SOURCE: report.who,
        Field.CHANNEL: report.how,
        Field.DATE: report.on,
        Field.TAGS: stance.tags,
        Field.NOTE: stance.note,
        Field.COST: stance.cost,
    }
    said = (part for name, part in parts.items() if name in fields)
    return (stance.vote, stance.word, stance.chances, stance.follows, *said)


def _told(row: Row, before: Stance, after: Stance) -> Row:
    """The row, with a warning where another stance keeps the source of the one before (UV650)."""
    report = before.report
    if report is None or stance_words(before) == stance_words(after) or row.given & SOURCES:
        return row
    source = ", ".join(filter(None, (report.who, report.how, str(report.on or ""))))
    message = (
        f"{row.code} goes from {stance_words(before)} to {stance_words(after)}, but the row has "
    )
    message += f"no source, and the one before stays: {source}"
    hint = "give the sheet the columns Source, Channel and Date, or correct the file afterwards"
    warning = Level.WARNING
    problem = Problem("UV650", message, (row.number, 1), hint, warning)
    return replace(row, problems=(*row.problems, problem))
