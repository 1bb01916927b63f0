"""`unvote init` and `unvote schema`: files to start from, and what editors need to help."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from unvote.api.tallying import Report, open_world, tally
from unvote.checks.stances import Freshness
from unvote.cli import options
from unvote.cli.options import day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, say
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


def init(
    words: Annotated[
        list[str],
        typer.Argument(metavar="[KIND] PATH", help=f"One of: {', '.join(NEW)}; then the file."),
    ],
    body: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option(
            "--body",
            metavar="ID",
            help="Who votes on the resolution (security-council).",
            autocompletion=options.body_words,
        ),
    ] = None,
    on: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--date", metavar="DATE", help="The day of the vote, or of stances (today)."),
    ] = None,
    question: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option(
            "--question",
            metavar="ID",
            help="What the resolution decides (the usual).",
            autocompletion=options.question_words,
        ),
    ] = None,
    about: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option(
            "--for", metavar="FILE", help=f"The resolution it is about ({USUAL} beside PATH)."
        ),
    ] = None,
    identity: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--id", metavar="TEXT", help="The id of the text or body (from PATH)."),
    ] = None,
    title: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--title", metavar="TEXT", help="The title, or the name of the body."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    members: options.Members = None,
    bodies: options.Bodies = None,
) -> None:
    """Examples:

    \b
      unvote init draft.yaml
      unvote init draft.yaml --body general-assembly --date 2025-02-24
      unvote init stances stances.yaml --for draft.yaml
      unvote init proceedings day.yaml --for council.yaml --for assembly.yaml
      unvote init body bodies/committee.yaml --title 'Model UN committee'

    Write a file to start from, every line explained: a resolution with all that sit on the day, all
    undecided; stances on one, by regional group; a scenario; proceedings; a body of your own. It
    passes `unvote check`. PATH may be - for standard output. A file that is there is kept, unless
    --force is given.
    """
    kind, path = _kind_and_path(words)
    if path != STANDARD and os.path.lexists(path) and not force:
        fail(f"{visible(path)} is there already; --force replaces it")
    world = open_world(members, bodies or ())
    day_given = day(on) if on else None
    wanted = Wanted(
        kind, path, world, body, day_given, question, tuple(about or ()), identity, title
    )
    _only_what_fits(wanted)
    text = _text(wanted, members, bodies)
    with _folders(wanted):
        _must_pass(wanted, text)
        emit(text, None if path == STANDARD else path, exact=True)
    if path != STANDARD:
        say(f"{visible(path)}: written")


def _kind_and_path(words: list[str]) -> tuple[Kind, str]:
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


def _only_what_fits(wanted: Wanted) -> None:
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


def _text(wanted: Wanted, members: str | None, bodies: list[str] | None) -> str:
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


@contextmanager
def _folders(wanted: Wanted) -> Iterator[None]:
    """Make the folders of the new file; take them away again if it is not written."""
    missing = [place for place in (wanted.folder, *wanted.folder.parents) if not place.exists()]
    try:
        wanted.folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        fail(f"cannot write {visible(wanted.path)}: {error.strerror}")
    except typer.Exit:
        for place in missing:
            with suppress(OSError):
                place.rmdir()
        raise


def _must_pass(wanted: Wanted, text: str) -> None:
    """Write nothing that `unvote check` would find an error in."""
    source, form = read_bytes(
        USUAL if wanted.path == STANDARD else wanted.path, text.encode("utf-8", "replace")
    )
    checked = check_file(wanted.kind.value, source, form, wanted.world, Freshness(wanted.today))
    problems = [*wanted.world.diagnostics, *checked.problems]
    if any(problem.is_error for problem in problems):
        complain(problems, quiet=True)
        fail("nothing was written: the file would not pass `unvote check`")


def schema(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help=f"One of: {', '.join(Kind)}.")],
    output: options.Output = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
) -> None:
    """Examples:

    \b
      unvote schema resolution -o .unvote/resolution.json
      unvote schema stances --bodies bodies/

    Print the JSON Schema of a kind of file, for editors and other validators: every key and what is
    expected there, with the members, groups, bodies and questions to complete with.
    """
    from unvote.schema.shapes import schema_of

    world = open_world(members, bodies or ())
    text = json_text(schema_of(kind.value, world))
    complain(world.diagnostics, quiet=False)
    if any(problem.is_error for problem in world.diagnostics):
        raise typer.Exit(USAGE)
    emit(text, output, exact=True)
