"""The Assembly's board in a terminal: every member with its light, in columns by name."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from unvote.diagnostics import visible
from unvote.render.card import heading, verdict_line
from unvote.render.pictures.board import unnamed
from unvote.render.pictures.scene import LIT, WORDS, Scene
from unvote.render.style import Look, draw
from unvote.rulings import Ruling

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

WIDE: Final = 20
"""Columns of the terminal that a member takes."""


def board_text(ruling: Ruling, names: Mapping[str, str], look: Look) -> str:
    """One result as a board; `names` are the members' short names by code."""
    from rich.table import Table
    from rich.text import Text

    scene = Scene(ruling, names)
    parts: list[RenderableType] = [*heading(ruling, look), "", verdict_line(ruling, look), ""]
    codes = scene.codes
    if scene.counts:
        key = Text()
        for kind, count in scene.counts.items():
            key.append_text(_light(kind)).append(f" {count} {WORDS[kind]}   ")
        parts += [key, ""]
    columns = max(1, look.width // WIDE)
    rows = -(-len(codes) // columns)
    grid = Table.grid(padding=0)
    for _ in range(columns):
        grid.add_column(width=WIDE, no_wrap=True, overflow="crop")
    for row in range(rows):
        grid.add_row(*(_member(scene, code, look) for code in codes[row::rows]))
    if codes:
        parts.append(grid)
    else:
        parts.append("Who sits is not known by name")
    for line in unnamed(scene) if codes else ():
        parts += ["", line]
    return draw(parts, look)


def _member(scene: Scene, code: str, look: Look) -> "RenderableType":
    """A light and a name that fits its column."""
    name = visible(scene.name(code))
    room = WIDE - 5
    if len(name) > room:
        name = name[: room - 3] + "..." if look.ascii else name[: room - 1] + "\u2026"
    return _light(scene.kind(code)).append(f" {name}", style="default on default")


def _light(kind: str) -> "Text":
    """A letter on its colour."""
    from rich.text import Text

    light = LIT[kind]
    return Text(f" {light.letter or '.'} ", style=f"{light.ink} on {light.colour}")
