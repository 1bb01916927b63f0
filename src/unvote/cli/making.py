"""`unvote init` and `unvote schema`: files to start from, and what editors need to help."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Optional

import typer

from unvote.api.tallying import open_world
from unvote.cli import options
from unvote.cli.completing import body_words, question_words
from unvote.cli.drafting import (
    NEW,
    STANDARD,
    USUAL,
    Kind,
    Wanted,
    kind_and_path,
    must_pass,
    only_what_fits,
    text_of,
)
from unvote.cli.options import day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, say
from unvote.diagnostics import visible


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
            autocompletion=body_words,
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
            autocompletion=question_words,
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
    kind, path = kind_and_path(words)
    if path != STANDARD and os.path.lexists(path) and not force:
        fail(f"{visible(path)} is there already; --force replaces it")
    world = open_world(members, bodies or ())
    day_given = day(on) if on else None
    wanted = Wanted(
        kind, path, world, body, day_given, question, tuple(about or ()), identity, title
    )
    only_what_fits(wanted)
    text = text_of(wanted, members, bodies)
    with _folder_of(path):
        must_pass(wanted, text)
        emit(text, None if path == STANDARD else path, exact=True)
    if path != STANDARD:
        say(f"{visible(path)}: written")


@contextmanager
def _folder_of(file: str) -> Iterator[None]:
    """Make the folder of a new file; take it away again if the file is not written."""
    folder = Path(file).parent
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except (OSError, ValueError) as error:
        fail(f"cannot write {visible(file)}: {getattr(error, 'strerror', None) or error}")
    except typer.Exit:
        for place in missing:
            with suppress(OSError):
                place.rmdir()
        raise


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
    if output is None:
        emit(text, None, exact=True)
        return
    with _folder_of(output):
        emit(text, output, exact=True)
