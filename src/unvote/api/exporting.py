"""A vote, stances or proceedings as tables for a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from unvote.api.picking import groups_named
from unvote.api.tallying import open_world
from unvote.cases import Case
from unvote.diagnostics import Diagnostic, Problem
from unvote.files.judged import Judged
from unvote.files.proceedings import judge_proceedings
from unvote.files.vote import judge_vote
from unvote.loading.reader import read_bytes, read_file
from unvote.render.roster import (
    Table,
    by_name,
    csv_of,
    stances_table,
    verdicts_table,
    votes_table,
)
from unvote.rulings import Ruling
from unvote.workbooks.reader import missing
from unvote.world.world import World


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The tables of a file: who stands where, where that is known by name, then the verdicts."""

    file: str
    tables: tuple[Table, ...] = ()
    day: date | None = None
    problems: tuple[Diagnostic, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the file could be read and decided."""
        return bool(self.tables) and not any(problem.is_error for problem in self.problems)

    def csv(self) -> tuple[str | None, list[Diagnostic]]:
        """The members as CSV, which knows one table (UV652 where nobody is known by name)."""
        first = self.tables[0] if len(self.tables) > 1 else None
        if first is not None:
            return csv_of(first), []
        hint = "export to .xlsx, which holds the verdicts; or `unvote tally --format csv`"
        problem = Problem("UV652", "its votes are not known by name: there is no list", hint=hint)
        return None, [Diagnostic(self.file, problem)]

    def xlsx(self) -> tuple[bytes | None, list[Diagnostic]]:
        """All tables as an .xlsx file (UV641, UV652 where a text is too long for a cell)."""
        from unvote.render.workbook import LONGEST, too_long, workbook_bytes  # noqa: PLC0415

        try:
            place = too_long(self.tables)
            if place is None:
                return workbook_bytes(self.tables, self.day or date.min), []
        except ImportError:
            return None, [Diagnostic(self.file, missing("openpyxl", "write .xlsx files"))]
        message = f"{place} would hold more than {LONGEST:,} characters, the most of a cell"
        problem = Problem("UV652", message, hint="shorten the text, or export to CSV")
        return None, [Diagnostic(self.file, problem)]


def export(
    file: str | Path,
    *,
    groups: Sequence[str] | None = None,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    raw: bytes | None = None,
    big: bool = False,
) -> ExportReport:
    """The tables of a resolution, stances or proceedings; its methods write them out.

    `groups` are the groups of interest, listed for each member: all but the regional ones, unless
    they are named. `raw` is read in the place of the file's bytes.
    """
    name = str(file)
    world = open_world(members, bodies)
    wanted, wrong = (None, []) if groups is None else groups_named(groups, world.names)
    source, form = read_file(name, big=big) if raw is None else read_bytes(name, raw, big=big)
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    judge = judge_proceedings if kind == "proceedings" else judge_vote
    done = judge(source, form, world, on=on)
    problems = tuple(dict.fromkeys([*world.diagnostics, *wrong, *done.problems]))
    stop = any(one.is_error and one.problem.code != "UV310" for one in problems)
    if stop or not done.results:
        return ExportReport(name, (), None, problems)
    first = _members(done, world, wanted)
    tables = (*([first] if first else ()), verdicts_table(done.results))
    day = max(ruling.case.day for ruling in done.results)
    told = tuple(one for one in problems if not (one.is_error and one.problem.code == "UV310"))
    return ExportReport(name, tables, day, told)


def _members(done: Judged, world: World, groups: Sequence[str] | None) -> Table | None:
    """Who stands where: the stances on a text, or who voted how in each vote known by name."""
    membership = world.names.membership
    text = _text(done)
    if text is not None and text.outlook is not None and text.outlook.stances:
        return stances_table(text, membership, groups)
    known = [
        ruling for ruling in done.results if by_name(ruling.case) and ruling.taken is not False
    ]
    if not known:
        return None
    votes: dict[str, Case] = {}
    for ruling in known:
        votes[_heading(ruling, votes, alone=len(known) == 1)] = ruling.case
    return votes_table(votes, membership, groups)


def _text(done: Judged) -> Case | None:
    """The text before the vote, as it was read: before stances on amendments were settled."""
    if not done.cases or not done.cases[-1].forecast:
        return None
    return done.cases[-1]


def _heading(ruling: Ruling, taken: dict[str, Case], *, alone: bool) -> str:
    """The heading of a vote: its step, else its id; both where one is not enough."""
    if alone:
        return "Vote"
    case = ruling.case
    heading = case.step if case.step and case.part_of is None else case.id
    if heading in taken or heading in {"Code", "Member", "Region", "Groups"}:
        heading = f"{case.step or case.part_of or 'vote'}: {case.id}"
    number = 2
    while heading in taken:
        heading = f"{heading} ({number})"
        number += 1
    return heading
