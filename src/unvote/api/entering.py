"""Take the stances of a sheet over into a stances file: what is understood, and what changes."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from unvote.api.tallying import open_world
from unvote.diagnostics import Diagnostic, Place, Problem, quoted
from unvote.files.entries import written
from unvote.files.judged import judged
from unvote.files.stances import StancesFile, read_stances
from unvote.grids import Grid, column_name
from unvote.loading.reader import read_bytes, read_file
from unvote.loading.source import Source
from unvote.render.scaffold.lines import quoted as scalar
from unvote.resolve.attendance import Setting
from unvote.resolve.cells import stance_in
from unvote.resolve.headings import Columns, Field, columns_of
from unvote.resolve.names import Names
from unvote.resolve.rows import Hidden, Reading
from unvote.resolve.updates import Kind, Update, updates_of
from unvote.stances import CONFIDENCE
from unvote.workbooks.reader import read_sheets
from unvote.world.world import World

FIELDS: Final = {one.value: one for one in Field}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of a sheet.

    `updates` are its rows, each with what it does. `text` is the new text of the stances file;
    nothing where it must not be written: where there are errors, unless `partial` was asked for.
    `before` is its text so far (empty: it is a new file). `read` are the columns that are read, as
    `B (Vote)`, by what they hold; `unread` those that are not.
    """

    file: str
    into: str
    sheet: str = ""
    head: int = 0
    read: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    before: str = ""
    text: str | None = None
    problems: tuple[Diagnostic, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether every row was understood, and the stances file can be written."""
        return not any(problem.is_error for problem in self.problems)

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.text is not None and self.text != self.before

    def number(self, kind: Kind) -> int:
        """How many rows of a kind there are."""
        return sum(update.kind is kind for update in self.updates)


def import_stances(
    file: str | Path,
    into: str | Path,
    *,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
    hidden: str = "refuse",
    resolution: str | Path | None = None,
    as_of: date | None = None,
    partial: bool = False,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    raw: bytes | None = None,
    big: bool = False,
) -> ImportReport:
    """The stances of a sheet (.xlsx, .ods, .csv) in a stances file; nothing is written.

    `sheet` names the sheet; `columns` says by letter or heading where the member, the vote and so
    on stand, `-` for a column that is not to be read. `hidden` is what is done with rows and
    columns that are hidden: refuse, read or skip. A file that is not there yet is made about
    `resolution`, and speaks of the day `as_of`. With `partial` the rows that are right are taken
    over although others are not. `raw` is read in the place of the sheet's bytes.
    """
    name, target = str(file), str(into)
    world = open_world(members, bodies)
    source, form = _target(target, resolution, as_of, big=big)
    done = ImportReport(name, target, before="" if not Path(target).exists() else source.text)
    stances, outcome = read_stances(source, form, world, on=on)
    errors = [one for one in (*world.diagnostics, *outcome.problems) if one.is_error]
    if errors or not outcome.cases or stances.forecast is None:
        return _failed(done, errors or [_no_target(target, source)])
    grids, unreadable = read_sheets(name, raw)
    said, wrong = _said(columns or {})
    if unreadable or wrong:
        return _failed(done, [Diagnostic(name, problem) for problem in (*unreadable, *wrong)])
    way = Hidden(hidden)
    grid, found, problems = _chosen(name, grids, said, sheet, way)
    if grid is None or found is None:
        return _failed(done, problems)
    case = outcome.cases[-1]
    if not found.head:
        found = _headed(grid, found, world.names, case.day)
    reading = Reading(grid, found, stances.forecast.stances, way)
    setting = Setting(case.body, case.day, world.names)
    updates = updates_of(reading.rows(), stances.forecast.stances, found.at.keys(), setting)
    told = [*reading.remarks(), *(one for update in updates for one in update.row.problems)]
    problems += _placed(name, grid, told)
    text, more = _text(stances, updates, world, on)
    if text is None:
        problems += more
    halted = any(problem.is_error for problem in problems)
    return ImportReport(
        name,
        target,
        grid.name,
        found.head,
        {one.value: _column(grid, found, number) for one, number in found.at.items()},
        found.unread(grid),
        tuple(updates),
        done.before,
        text if partial or not halted else None,
        judged(name, [], problems).problems,
    )


def _failed(report: ImportReport, problems: Iterable[Diagnostic]) -> ImportReport:
    """A report of nothing but problems."""
    return ImportReport(
        report.file, report.into, before=report.before, problems=tuple(dict.fromkeys(problems))
    )


def _target(
    into: str, resolution: str | Path | None, as_of: date | None, *, big: bool
) -> tuple[Source, list[Diagnostic]]:
    """The stances file as it is, or a new one about a resolution."""
    if Path(into).exists() or resolution is None:
        return read_file(into, big=big)
    try:
        path = Path(os.path.relpath(resolution, Path(into).parent)).as_posix()
    except ValueError:  # on another drive
        path = Path(resolution).resolve().as_posix()
    day = f"as_of: {as_of}\n" if as_of else ""
    text = f"kind: stances\nresolution: {scalar(path)}\n{day}default: undecided\n"
    return read_bytes(into, text.encode("utf-8"))


def _no_target(into: str, source: Source) -> Diagnostic:
    """That a file holds no stances to write into (UV651)."""
    problem = Problem("UV651", "this file holds no stances to write into", hint="name another one")
    return next(iter(source.diagnose([problem])), Diagnostic(into, problem))


def _said(columns: Mapping[str, str]) -> tuple[dict[Field, str], list[Problem]]:
    """What was said of the columns, by what they hold (UV642)."""
    said: dict[Field, str] = {}
    problems = []
    for word, text in columns.items():
        known = FIELDS.get(word.strip().casefold())
        if known is None:
            message = f"'{quoted(word)}' is nothing that a column holds"
            problems.append(Problem("UV642", message, hint=f"one of: {', '.join(FIELDS)}"))
        else:
            said[known] = text.strip()
    return said, problems


def _chosen(
    file: str, grids: Sequence[Grid], said: Mapping[Field, str], sheet: str | None, hidden: Hidden
) -> tuple[Grid | None, Columns | None, list[Diagnostic]]:
    """The sheet of the count with its columns: the one named, or the only one with headings."""
    wanted = [grid for grid in grids if grid.shown]
    if sheet is not None:
        named = " ".join(sheet.split()).casefold()
        wanted = [grid for grid in grids if " ".join(grid.name.split()).casefold() == named][:1]
        if not wanted:
            message = f"there is no sheet '{quoted(sheet)}'"
            names = ", ".join(quoted(grid.name) for grid in grids if grid.name) or "it has no name"
            problem = Problem("UV643", message, hint=f"the sheets: {names}")
            return None, None, [Diagnostic(file, problem)]
    found = []
    for grid in wanted:
        ignored = grid.hidden_columns if hidden is Hidden.SKIP else ()
        found.append((grid, *columns_of(grid, said, ignored)))
    fitting = [one for one in found if one[1] is not None and not one[2]]
    if len(fitting) > 1:
        names = ", ".join(quoted(grid.name) for grid, _, _ in fitting)
        message = f"several sheets could be the count: {names}"
        hint = f"say which, as --sheet '{fitting[0][0].name}'"
        return None, None, [Diagnostic(file, Problem("UV643", message, hint=hint))]
    if fitting:
        return fitting[0][0], fitting[0][1], []
    if not found:
        problem = Problem("UV643", "it has no sheet that is not hidden", hint="say --sheet NAME")
        return None, None, [Diagnostic(file, problem)]
    grid, _, problems = max(found, key=lambda one: (one[1] is not None, any(one[0].rows)))
    return None, None, _placed(file, grid, problems)


def _headed(grid: Grid, columns: Columns, names: Names, day: date) -> Columns:
    """Columns said by their letters: a first row that names nobody and no vote is their head."""
    at = columns.at
    name = at[Field.CODE] if Field.CODE in at else at[Field.MEMBER]
    number = next((n for n, row in enumerate(grid.rows, 1) if any(row)), 1)
    who, found = names.find(grid.text(number, name), day)
    doubtful = any(problem.code == "UV203" for problem in found)
    says = Field.VOTE in at and stance_in(grid.text(number, at[Field.VOTE]), CONFIDENCE)
    if who is None and not doubtful and not says and grid.text(number, name):
        return Columns(number, at)
    return columns


def _placed(file: str, grid: Grid, problems: Iterable[Problem]) -> list[Diagnostic]:
    """Problems with their cells, in the order of the sheet, none told twice."""
    found = []
    for problem in dict.fromkeys(problems):
        row, column = (int(step) for step in problem.route)
        message = f"{grid.place(row, column)}: {problem.message}"
        told = Problem(problem.code, message, (), problem.hint, problem.level)
        also = None
        if problem.also is not None:
            also = _cell(*(int(step) for step in problem.also))
        found.append(Diagnostic(file, told, _cell(row, column), also=also))
    return sorted(found, key=lambda one: (one.place.line, one.place.column) if one.place else ())


def _cell(row: int, column: int) -> Place:
    """A cell as a place: its row as the line."""
    return Place(row, column, row, column + 1)


def _column(grid: Grid, columns: Columns, number: int) -> str:
    """A column by its letters and its heading."""
    heading = grid.text(columns.head, number) if columns.head else ""
    return f"{column_name(number)} ({heading})" if heading else column_name(number)


def _text(
    stances: StancesFile, updates: Sequence[Update], world: World, on: date | None
) -> tuple[str | None, list[Diagnostic]]:
    """The new text of the stances file, or why there is none (UV651)."""
    source = stances.source
    text, problems = written(source, updates)
    if text is None:
        return None, source.diagnose(problems)
    world.names.forget()
    again = read_stances(*read_bytes(source.file, text.encode("utf-8"), big=True), world, on=on)[1]
    wrong = [one.problem for one in again.problems if one.is_error]
    if not wrong:
        return text, []
    message = f"with this sheet the stances file would be wrong: {wrong[0].message}"
    problem = Problem("UV651", message, hint=wrong[0].hint or "correct the sheet")
    return None, source.diagnose([problem])
