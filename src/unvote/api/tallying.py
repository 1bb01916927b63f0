"""Read files, decide them, and report results and problems together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from unvote.checks.substance import substance
from unvote.diagnostics import Diagnostic, Problem
from unvote.files.found import read_folder
from unvote.files.judged import Judged
from unvote.files.vote import judge_vote
from unvote.loading.reader import read_bytes, read_file
from unvote.loading.source import Source
from unvote.members import NOBODY, Membership
from unvote.resolve.names import Names
from unvote.resolve.resolution import counts_case
from unvote.rulings import Ruling, rule_on
from unvote.world.world import World

COUNTS: Final = re.compile(r"\d{1,9}-\d{1,9}-\d{1,9}")


@dataclass(frozen=True, slots=True)
class Report:
    """What came of reading and deciding files: the results in order, and all problems.

    `skipped` counts the YAML files of folders that hold something else than a resolution;
    `membership` are the members and groups they were decided with, `names` what they are called;
    both are there only where there are results.
    """

    results: tuple[Ruling, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    skipped: int = 0
    membership: Membership = field(default=NOBODY, repr=False, compare=False)
    names: Names | None = field(default=None, repr=False, compare=False)

    @property
    def valid(self) -> bool:
        """Whether every file could be read and decided."""
        return not any(problem.is_error for problem in self.problems)


def tally(
    *files: str | Path,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
    expect: bool = False,
    scenarios: bool = False,
    stdin: bytes | None = None,
) -> Report:
    """Decide resolutions, stances as forecasts, and proceedings vote by vote.

    Folders are read recursively, in path order; of them only resolutions are decided, other files
    are skipped. `on` decides as if every vote had been held on that day; `members` and `bodies`
    replace and extend the shipped data; `expect` tests the files' `expect:` blocks; `scenarios`
    decides scenario files too, as the vote after their changes (`whatif` compares it with the vote
    before); `-` among the files reads `stdin`. Mistakes in files are problems of the report, never
    exceptions.
    """
    world = open_world(members, bodies)
    done: list[Judged] = []
    skipped = 0
    for file in map(str, files):
        if file == "-":
            source, form = read_bytes("<stdin>", stdin or b"", big=big)
            done.append(named(source, form, world, on=on, expect=expect, scenarios=scenarios))
        elif not Path(file).is_dir():
            source, form = read_file(file, big=big)
            done.append(named(source, form, world, on=on, expect=expect, scenarios=scenarios))
        else:
            before = len(done)
            for kind, source, form in read_folder(Path(file), big=big):
                if kind == "resolution":
                    done.append(judge_vote(source, form, world, on=on, expect=expect))
                else:
                    skipped += 1
            if before == len(done):
                hint = "give a resolution file, or a folder that holds some"
                problem = Problem("UV113", "no resolution file is in this folder", hint=hint)
                done.append(Judged(problems=(Diagnostic(file, problem),)))
    return _report(world, done, skipped)


def named(
    source: Source,
    form: list[Diagnostic],
    world: World,
    *,
    on: date | None,
    expect: bool = False,
    scenarios: bool = False,
) -> Judged:
    """What comes of a file that was named; of a scenario the vote after its changes."""
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    if kind == "proceedings":
        from unvote.files.proceedings import judge_proceedings  # noqa: PLC0415 - few files are

        return judge_proceedings(source, form, world, on=on, expect=expect)
    if kind == "scenario" and scenarios:
        from unvote.files.scenario import run_scenario  # noqa: PLC0415 - few files are

        run = run_scenario(source, form, world, on=on, expect=expect)
        return Judged((run.supposed,) if run.supposed else (), run.problems)
    return judge_vote(source, form, world, on=on, expect=expect)


def _report(world: World, done: Iterable[Judged], skipped: int = 0) -> Report:
    """One report of many files, problems of members and body files first."""
    every = list(done)
    results = tuple(ruling for one in every for ruling in one.results)
    problems = tuple(problem for one in every for problem in one.problems)
    if world.unusable:
        # Without the members or bodies that were asked for nothing can be decided.
        return Report((), tuple(world.diagnostics), skipped)
    told = (*world.diagnostics, *problems)
    if not results:
        return Report((), told, skipped)
    return Report(results, told, skipped, world.membership, world.names)


def tally_counts(
    counts: str,
    body: str,
    question: str | None = None,
    *,
    on: date,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
) -> Report:
    """Decide counts such as `93-24-58` in a body on a day (by its rules and size of that day)."""
    world = open_world(members, bodies)
    where, problems = world.body(body)
    if not COUNTS.fullmatch(counts):
        hint = "write yes-no-abstain, as 93-24-58"
        problems.append(Problem("UV110", f"'{counts}' is not a count of votes", hint=hint))
    case = None
    if where is not None and not problems:
        yes, no, abstain = (int(part) for part in counts.split("-"))
        case, problems = counts_case((yes, no, abstain), where, on, question, world.names)
    results = () if case is None else (rule_on(case),)
    problems += [problem for ruling in results for problem in substance(ruling, ())]
    found = tuple(Diagnostic(counts, problem) for problem in problems)
    return _report(world, [Judged(results, found)])


def open_world(members: str | Path | None = None, bodies: Iterable[str | Path] = ()) -> World:
    """The members, names and bodies known, for look-ups."""
    world = World(str(members) if members else None, tuple(Path(folder) for folder in bodies))
    for folder in world.body_folders:
        if not folder.is_dir():
            problem = Problem("UV113", "there is no such folder of bodies", hint="check --bodies")
            world.diagnostics.append(Diagnostic(str(folder), problem))
    return world
