"""`unvote report`: one page on a vote or a day."""

from pathlib import Path
from typing import Annotated, Final, Optional

import typer

from unvote.api.reporting import NoteForm, noted
from unvote.cli import options
from unvote.cli.deciding import gather
from unvote.cli.output import USAGE, complain, emit, fail
from unvote.diagnostics import visible

ENDINGS: Final = {
    ".md": NoteForm.MARKDOWN,
    ".html": NoteForm.HTML,
    ".htm": NoteForm.HTML,
    ".txt": NoteForm.TEXT,
}


def report(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="A resolution, stances, scenario, proceedings, - or counts."
        ),
    ],
    body: options.BodyName = None,
    question: options.QuestionName = None,
    on: options.Day = None,
    groups: options.GroupNames = None,
    flip: Annotated[
        bool, typer.Option("--flip", help="Also the cheapest set of changes to another verdict.")
    ] = False,
    form: Annotated[
        Optional[NoteForm],  # noqa: UP045 - read by typer
        typer.Option("--format", help="How to write it (by default as the file is named)."),
    ] = None,
    output: options.Output = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote report resolution.yaml -o note.html
      unvote report day.yaml -o day.md
      unvote report resolution.yaml --format text
      unvote report resolution.yaml -o note.md --groups EU,ASEAN --flip

    One page on a vote, or on all votes of proceedings: the verdict, the rule with its articles, the
    counts, who, by group, what would have changed it, the sources.

    HTML is one file that needs no network and runs nothing, with a bar and a map; text fits a
    chat. Without -o and --format it is Markdown.
    """
    chosen = form or NoteForm.MARKDOWN
    if output is not None and form is None:
        ending = Path(output).suffix.lower()
        if ending not in ENDINGS:
            fail(
                f"-o {visible(output)}: a report is written as .md, .html or .txt, or say --format"
            )
        chosen = ENDINGS[ending]
    tallied = gather(
        [file],
        body=body,
        question=question,
        on=on,
        members=members,
        bodies=bodies,
        big=big,
        scenarios=True,
    )
    asked = options.listed_names(groups) if groups else None
    note = noted(tallied, chosen, asked, flip=flip)
    complain(note.problems, quiet=quiet)
    if not note.valid:
        raise typer.Exit(USAGE)
    emit(note.text, output, exact=True)
