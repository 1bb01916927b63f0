"""What `unvote init` writes: the text of a new file from what the command line says of it."""

import os
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import typer

from unvote.api.tallying import Report, tally
from unvote.checks.stances import Freshness
from unvote.cli.output import USAGE, complain, fail
from unvote.diagnostics import visible
from unvote.files.check import check_file
from unvote.loading.reader import read_bytes
from unvote.render.scaffold.place import Place
from unvote.world.world import World

STANDARD = "-"
USUAL = "resolution.yaml"
"""The file that stances, scenarios and proceedings are about, if none is named."""


class Kind(StrEnum):
    """The kinds of documents."""

    RESOLUTION = "resolution"
    STANCES = "stances"
    SCENARIO = "scenario"
    PROCEEDINGS = "proceedings"
    BODY = "body"
    MEMBERS = "members"


NEW = tuple(kind for kind in Kind if kind is not Kind.MEMBERS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says of a new file."""

    kind: Kind
    path: str
    world: World
    body: str | None
    day: date | None
    question: str | None
    about: tuple[str, ...]
    id: str | None
    title: str | None

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return "draft" if self.path == STANDARD else Path(self.path).stem

    @property
    def today(self) -> date:
        """The day given, or that in the user's own place."""
        return self.day or date.today()  # noqa: DTZ011

    @property
    def folder(self) -> Path:
        """Where the file will be."""
        return Path() if self.path == STANDARD else Path(self.path).parent


def kind_and_path(words: list[str]) -> tuple[Kind, str]:
    """The kind (a resolution, if it is not said) and the path."""
    first, *rest = words
    kinds = {kind.value: kind for kind in NEW}
    if not rest and first not in kinds:
        return Kind.RESOLUTION, first
    if first not in kinds:
        fail(f"'{visible(first)}' is no kind of new file; one of: {', '.join(kinds)}")
    if len(rest) != 1:
        fail(f"say which file to write, one, as `unvote init {first} {first}.yaml`")
    return kinds[first], rest[0]


def only_what_fits(wanted: Wanted) -> None:
    """Refuse options that the kind has no use for, so that none is silently ignored."""
    given = {
        "--body": wanted.body is not None,
        "--date": wanted.day is not None,
        "--question": wanted.question is not None,
        "--for": bool(wanted.about),
        "--id": wanted.id is not None,
        "--title": wanted.title is not None,
    }
    fitting = {
        Kind.RESOLUTION: {"--body", "--date", "--question", "--id", "--title"},
        Kind.STANCES: {"--date", "--for", "--title"},
        Kind.SCENARIO: {"--for"},
        Kind.PROCEEDINGS: {"--for", "--title"},
        Kind.BODY: {"--id", "--title"},
    }[wanted.kind]
    for option, is_given in given.items():
        if is_given and option not in fitting:
            hint = " (its resolution says it)" if "--for" in fitting else ""
            fail(f"{option} does not go with {wanted.kind.value}{hint}")
    if len(wanted.about) > 1 and wanted.kind is not Kind.PROCEEDINGS:
        fail("--for names one file here; only proceedings are about several")


def text_of(wanted: Wanted, members: str | None, bodies: list[str] | None) -> str:
    """The text of the new file."""
    match wanted.kind:
        case Kind.RESOLUTION:
            return _resolution(wanted)
        case Kind.BODY:
            from unvote.render.scaffold.body import body_text
            from unvote.render.scaffold.proceedings import one_word

            identity = one_word(wanted.id or wanted.stem, "body")
            return body_text(identity, wanted.title or wanted.stem)
        case _:
            files = wanted.about or (_usual(wanted),)
            if folder := next((file for file in files if Path(file).is_dir()), None):
                fail(f"--for takes a file, and {visible(folder)} is a folder")
            reports = [tally(file, members=members, bodies=bodies or ()) for file in files]
            for report in reports:
                if not report.valid or not report.results:
                    complain(report.problems, quiet=True)
                    raise typer.Exit(USAGE)
            return _about(wanted, files, reports)


def _resolution(wanted: Wanted) -> str:
    """A resolution in the body, on the day."""
    from unvote.render.scaffold.resolution import resolution_text

    where = wanted.path if wanted.path != STANDARD else USUAL
    found, problems = wanted.world.bodies_near(where)(wanted.body or "security-council")
    if found is None:
        complain(wanted.world.diagnostics, quiet=True)
        fail(f"{problems[0].message} ({problems[0].hint})")
    place = Place(found, wanted.today, wanted.world.membership)
    question = wanted.question
    if question is not None:
        question = question.strip().casefold()
        if question not in found.questions:
            known = ", ".join(found.questions)
            fail(f"'{visible(question)}' is no question of the {found.name}; one of: {known}")
        if why := place.obstacle(found.questions[question]):
            fail(why)
    elif not place.open_questions():
        fail(place.obstacle(found.questions[found.candidates()[0]]))
    chosen = question or place.usual_question()
    return resolution_text(wanted.id or wanted.stem, wanted.title or "Draft", place, chosen)


def _usual(wanted: Wanted) -> str:
    """The resolution beside the new file."""
    usual = wanted.folder / USUAL
    if not usual.is_file():
        fail(
            f"say which resolution it is about, with --for FILE (there is no {visible(str(usual))})"
        )
    return str(usual)


def _about(wanted: Wanted, files: tuple[str, ...], reports: list[Report]) -> str:
    """A file about resolutions that were read, each named by its path from the new file."""
    paths = [_from(wanted.folder, file) for file in files]
    case = reports[0].results[-1].case
    if wanted.kind is Kind.PROCEEDINGS:
        from unvote.render.scaffold.proceedings import NewStep, proceedings_text

        steps = [
            NewStep(path, tuple(ruling.case.id for ruling in report.results[:-1]))
            for path, report in zip(paths, reports, strict=True)
        ]
        return proceedings_text(wanted.title or wanted.stem, steps)
    if wanted.kind is Kind.SCENARIO:
        from unvote.render.scaffold.scenario import scenario_text

        if case.roll is None:
            fail(f"nothing can be changed in {visible(files[0])}: its votes are not known")
        return scenario_text(paths[0], case.roll)
    from unvote.render.scaffold.stances import stances_text

    place = Place(case.body, case.day, wanted.world.membership)
    return stances_text(paths[0], wanted.title or case.title or case.id, place, wanted.today)


def _from(folder: Path, file: str) -> str:
    """The path of a file from a folder; on another drive there is none but its own."""
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:
        return Path(file).resolve().as_posix()


def must_pass(wanted: Wanted, text: str) -> None:
    """Write nothing that `unvote check` would find an error in."""
    source, form = read_bytes(
        USUAL if wanted.path == STANDARD else wanted.path, text.encode("utf-8", "replace")
    )
    checked = check_file(wanted.kind.value, source, form, wanted.world, Freshness(wanted.today))
    problems = [*wanted.world.diagnostics, *checked.problems]
    if any(problem.is_error for problem in problems):
        complain(problems, quiet=True)
        fail("nothing was written: the file would not pass `unvote check`")
