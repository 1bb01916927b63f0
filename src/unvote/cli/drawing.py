"""`unvote draw`: the vote of a file as a picture."""

from pathlib import Path
from typing import Annotated, Final, Optional

import typer

from unvote.api.drawing import Drawing, Kind, drawn
from unvote.cli import options
from unvote.cli.deciding import gather
from unvote.cli.output import USAGE, complain, emit, fail
from unvote.diagnostics import visible

ENDINGS: Final = (".svg", ".png", ".html", ".htm")


def draw(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="A resolution, stances, scenario, proceedings, - or counts."
        ),
    ],
    kind: Annotated[
        Optional[Kind],  # noqa: UP045 - read by typer
        typer.Option("--as", help="What to draw (by default what fits the body)."),
    ] = None,
    step: options.StepName = None,
    text: options.TextName = None,
    body: options.BodyName = None,
    question: options.QuestionName = None,
    on: options.Day = None,
    output: options.Output = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    big: options.Big = False,
) -> None:
    """Examples:

    \b
      unvote draw resolution.yaml -o vote.svg
      unvote draw resolution.yaml --as map -o vote.png
      unvote draw day.yaml --step es-11-7 -o vote.html
      unvote draw --body unga --question important 93-24-58 -o vote.svg

    Draw a vote: a board of all members, a horseshoe, a bar with the line of the threshold, a world
    map, or a grid of tiles.

    The ending of the file says what is written: .svg, .png (with unvote[pictures]) or .html. SVG
    goes to standard output without -o. Every light has its letter or pattern beside its colour.
    """
    if output is not None and Path(output).suffix.lower() not in ENDINGS:
        fail(f"-o {visible(output)}: a picture is written as .svg, .png or .html")
    report = gather(
        [file],
        body=body,
        question=question,
        on=on,
        members=members,
        bodies=bodies,
        big=big,
        scenarios=True,
    )
    drawing = drawn(report, kind, step=step, text=text)
    complain(drawing.problems, quiet=quiet)
    if not drawing.valid:
        raise typer.Exit(USAGE)
    _write(drawing, output)


def _write(drawing: Drawing, output: str | None) -> None:
    """The picture in the form its name asks for."""
    ending = Path(output).suffix.lower() if output else ".svg"
    if output is not None and ending == ".png":
        emit(_pixels(drawing.svg), output)
    elif ending in {".html", ".htm"} and drawing.ruling is not None:
        from unvote.render.pictures.page import picture_page

        emit(picture_page(drawing.ruling.case.id, drawing.svg), output, exact=True)
    else:
        emit(drawing.svg, output, exact=True)


def _pixels(svg: str) -> bytes:
    """The picture as PNG; no picture without its words is ever made."""
    from unvote.files.fonts import fonts
    from unvote.render.pictures.png import NoPixelsError, png_of

    found = fonts()
    if found is None:
        fail(
            "no font to letter a PNG with was found: install DejaVu Sans, Liberation Sans or Noto "
            "Sans, or write .svg or .html"
        )
    try:
        return png_of(svg, found[1], found[0])
    except NoPixelsError:
        fail("a PNG needs the extra: pip install 'unvote[pictures]'; .svg and .html need nothing")
