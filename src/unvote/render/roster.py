"""Votes and stances as tables to sort in a spreadsheet: a row a member, and a row a verdict."""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Final

from unvote.cases import Case
from unvote.grids import guarded
from unvote.headcount import REGIONS
from unvote.members import Membership
from unvote.render.listing import article
from unvote.render.palette import LIGHTS, NO_VOTE, Light
from unvote.render.results import taken_words
from unvote.resolve.cells import listed, worded
from unvote.rollcall import RollCall
from unvote.rulings import Ruling
from unvote.stances import Report, Stance
from unvote.wording import cause_words, finding_words, margin_words, percent_words

Value = str | int | date


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and the light of the vote it stands for, if it stands for one."""

    value: Value = ""
    light: Light | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of cells under a head."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


STANCES: Final = "Stances"
VOTES: Final = "Votes"
VERDICTS: Final = "Verdict"
WHO: Final = ("Code", "Member", "Region", "Groups")
RARE: Final = ("Chances", "Follows", "If", "Then", "By group", "Together", "Cost")
"""Columns that are left out where nobody has anything in them."""
STANCE_HEAD: Final = (
    *WHO,
    *("Vote", "Confidence", "Chances", "Follows", "If", "Then", "By group", "Together"),
    *("Source", "Channel", "Date", "Tags", "Cost", "Note"),
)
VERDICT_HEAD: Final = (
    *("Step", "Text", "Of", "Title", "Body", "Date", "Question", "Verdict", "Why", "Rule"),
    *("Need", "Have", "Out of", "Yes", "No", "Abstain", "Not voting", "Undecided"),
    *("No vote", "Taken", "Article"),
)


def stances_table(case: Case, membership: Membership, groups: Collection[str] | None) -> Table:
    """The stances before a vote: a row a member, and below them the groups that have one.

    With the groups, `unvote import` gives back what the stances file said.
    """
    outlook = case.outlook
    stances = outlook.stances if outlook else {}
    rows = [
        _who(code, membership, case.day, groups) | _said(stances[code], case.roll, code)
        for code in sorted(stances)
    ]
    by_group: dict[str, Stance] = {}
    for code in sorted(stances):
        if (group := stances[code].group) is not None:
            by_group.setdefault(group, stances[code])
    for group, stance in by_group.items():
        # A code that is a member's too would be read as the member.
        code = "" if group in membership.members else group
        who = {"Code": Cell(code), "Member": Cell(membership.groups[group].name)}
        together = {"Together": Cell("yes" if stance.together else "")}
        rows.append(who | _said(stance, None, "") | together | {"By group": Cell()})
    return _table(STANCES, STANCE_HEAD, rows)


def votes_table(
    votes: Mapping[str, Case], membership: Membership, groups: Collection[str] | None
) -> Table:
    """Who voted how: a column for each vote by name, under its heading."""
    day = max((case.day for case in votes.values()), default=date.min)
    everyone: set[str] = set()
    for case in votes.values():
        everyone |= _seated(case)
    rows = [
        _who(code, membership, day, groups)
        | {heading: _cast(code, case) for heading, case in votes.items()}
        for code in sorted(everyone)
    ]
    return _table(VOTES, (*WHO, *votes), rows)


def by_name(case: Case) -> bool:
    """Whether it is known of a vote who voted how."""
    return case.roll is not None and bool(case.roll.named) and not any(case.roll.unnamed.values())


def _seated(case: Case) -> frozenset[str]:
    roll = case.roll
    if roll is None:
        return frozenset()
    named = frozenset(roll.named) | roll.not_entitled | roll.not_participating
    return named | (roll.composition.members or frozenset())


def _cast(code: str, case: Case) -> Cell:
    """What a member did in a vote; nothing where it did not sit."""
    roll = case.roll
    if roll is None or code not in _seated(case):
        return Cell()
    if code in roll.named:
        vote = roll.named[code]
        return Cell(vote.value, LIGHTS[vote])
    words = "not participating" if code in roll.not_participating else "not entitled"
    return Cell(words, NO_VOTE)


def _who(
    code: str, membership: Membership, day: date, groups: Collection[str] | None
) -> dict[str, Cell]:
    """A member with its regional group and the groups of interest it was in on that day."""
    member = membership.members.get(code)
    wanted = (
        [name for name in membership.groups if name not in REGIONS] if groups is None else groups
    )
    inside = [name for name in wanted if code in membership.groups[name].on(day)]
    return {
        "Code": Cell(code),
        "Member": Cell(member.short if member else ""),
        "Region": Cell((member.region or "") if member else ""),
        "Groups": Cell(", ".join(inside)),
    }


def _said(stance: Stance, roll: RollCall | None, code: str) -> dict[str, Cell]:
    """A stance by its columns; the vote is left open where it follows from something else."""
    report = stance.report or Report()
    plain = not stance.chances and stance.follows is None
    light = LIGHTS[stance.vote if roll is None else roll.named.get(code, stance.listed())]
    condition = (f"{name}: {verdict.value}" for name, verdict in stance.condition.items())
    chances = (f"{vote.value} {percent_words(chance)}" for vote, chance in stance.chances.items())
    then = worded(stance.then_word, stance.then) if stance.then is not None else ""
    return {
        "Vote": Cell(stance.vote.value, light) if plain else Cell(),
        "Confidence": Cell(stance.word),
        "Chances": Cell(", ".join(chances)),
        "Follows": Cell(stance.follows or "", light if stance.follows else None),
        "If": Cell(listed(condition)),
        "Then": Cell(then),
        "By group": Cell(stance.group or ""),
        "Source": Cell(report.who),
        "Channel": Cell(report.how),
        "Date": Cell(report.on or ""),
        "Tags": Cell(listed(stance.tags)),
        "Cost": Cell(stance.cost if stance.cost != 1 else ""),
        "Note": Cell(stance.note),
    }


def _table(name: str, head: Sequence[str], rows: Sequence[Mapping[str, Cell]]) -> Table:
    """Rows under a head, without the rare columns that nobody has anything in."""
    kept = [
        column
        for column in head
        if column not in RARE or any(row.get(column, Cell()).value != "" for row in rows)
    ]
    every = tuple(tuple(row.get(column, Cell()) for column in kept) for row in rows)
    return Table(name, tuple(kept), every)


def verdicts_table(rulings: Iterable[Ruling]) -> Table:
    """What was decided, by which rule, with its figures and its article."""
    rows = tuple(tuple(Cell(value) for value in _verdict(ruling)) for ruling in rulings)
    return Table(VERDICTS, VERDICT_HEAD, rows)


def _verdict(ruling: Ruling) -> list[Value]:
    case = ruling.case
    outcome = ruling.outcome if ruling.agreed else None
    deciding = outcome.deciding if outcome else None
    tally = ruling.outcome.tally if ruling.outcome else None
    why = (cause_words(outcome) or margin_words(outcome)) if outcome else ruling.reason
    figures = [None] * 3 if deciding is None else [deciding.need, deciding.have, deciding.of]
    counts: list[Value] = [""] * 6
    if tally is not None:
        outside = tally.not_entitled + tally.not_participating
        counts = [tally.yes, tally.no, tally.abstain, tally.absent, tally.undecided, outside]
    return [
        case.step or "",
        case.id,
        case.part_of or "",
        case.title,
        case.body.name,
        case.day,
        case.questions[0][0].id if case.declared and case.questions else "",
        ruling.result.value if ruling.result else "not taken",
        why,
        finding_words(deciding) if deciding else "",
        *("" if figure is None else figure for figure in figures),
        *counts,
        taken_words(ruling.taken),
        article(outcome) if outcome else "",
    ]


def csv_of(table: Table) -> str:
    """A table as CSV in which no text is taken for a formula, and none is lost."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(guarded, table.head))
    for row in table.rows:
        writer.writerow([_plain(cell.value) for cell in row])
    return stream.getvalue()


def _plain(value: Value) -> str:
    return guarded(value) if isinstance(value, str) else str(value)
