"""`unvote schema` and `unvote init`: files to start from, and what editors need to help."""

from enum import StrEnum
from typing import Annotated

import typer

from unvote.cli import options
from unvote.cli.output import USAGE, complain, emit, json_text


class Kind(StrEnum):
    """The kinds of documents."""

    RESOLUTION = "resolution"
    STANCES = "stances"
    SCENARIO = "scenario"
    PROCEEDINGS = "proceedings"
    BODY = "body"
    MEMBERS = "members"


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

    The JSON Schema of a kind of document, for editors and other validators: every key, what it
    means, and the members, groups, bodies and questions to complete with. See docs/how-to/editor.md
    for the settings of editors.
    """
    from unvote.api.tallying import open_world
    from unvote.schema.shapes import schema_of

    world = open_world(members, bodies or ())
    text = json_text(schema_of(kind.value, world))
    complain(world.diagnostics, quiet=False)
    if any(problem.is_error for problem in world.diagnostics):
        raise typer.Exit(USAGE)
    emit(text, output, exact=True)
