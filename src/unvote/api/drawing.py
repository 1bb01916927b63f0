"""Draw the vote of a file: what is drawn of it, and as what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from unvote.api.picking import picked
from unvote.api.tallying import Report, tally
from unvote.diagnostics import Diagnostic, Problem
from unvote.members import Membership
from unvote.render.pictures.scene import Scene
from unvote.rulings import Ruling


class Kind(StrEnum):
    """What a vote can be drawn as."""

    BOARD = "board"
    HORSESHOE = "horseshoe"
    BAR = "bar"
    MAP = "map"
    GRID = "grid"


HORSESHOE_SEATS: Final = 25
"""Members up to which a body sits at a horseshoe by default."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG, with the vote it shows; and all problems."""

    svg: str
    ruling: Ruling | None
    kind: Kind | None
    problems: tuple[Diagnostic, ...]

    @property
    def valid(self) -> bool:
        """Whether the file could be read and drawn."""
        return bool(self.svg) and not any(problem.is_error for problem in self.problems)


def draw(
    file: str | Path,
    kind: Kind | str | None = None,
    *,
    step: str | None = None,
    text: str | None = None,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
    stdin: bytes | None = None,
) -> Drawing:
    """Draw the vote of a file as a board, horseshoe, bar, map or grid.

    Without a `kind`: a bar where no names are known, a horseshoe for a small body, else the board.
    `step` and `text` choose among the votes of proceedings, amendments and parts; by default the
    last that was counted.
    """
    report = tally(
        file, on=on, members=members, bodies=bodies, big=big, scenarios=True, stdin=stdin
    )
    return drawn(report, kind, step=step, text=text)


def drawn(
    report: Report, kind: Kind | str | None = None, *, step: str | None, text: str | None
) -> Drawing:
    """Draw a vote of what has been tallied."""
    if kind is not None and str(kind) not in set(Kind):
        problem = Problem("UV110", f"'{kind}' is no picture", hint=f"one of: {', '.join(Kind)}")
        return Drawing("", None, None, (*report.problems, Diagnostic("as", problem)))
    ruling, wrong = picked(report, step, text) if report.valid else (None, [])
    if ruling is None:
        if report.valid and not wrong:
            wrong = [Diagnostic("draw", Problem("UV408", "there is no vote in it"))]
        return Drawing("", None, None, (*report.problems, *wrong))
    scene = scene_of(ruling, report.membership)
    chosen = Kind(kind) if kind is not None else default_kind(scene)
    refused = _refused(scene, chosen)
    if refused:
        place = Diagnostic(f"--as {chosen.value}", refused)
        return Drawing("", ruling, chosen, (*report.problems, place))
    return Drawing(_svg(scene, chosen), ruling, chosen, report.problems)


def scene_of(ruling: Ruling, membership: Membership) -> Scene:
    """A vote with the names of the members."""
    return Scene(ruling, {code: member.short for code, member in membership.members.items()})


def default_kind(scene: Scene) -> Kind:
    """What a vote is drawn as where nothing else is asked for."""
    named = scene.ruling.case.roll.named if scene.ruling.case.roll else {}
    if not named or not scene.codes:
        return Kind.BAR
    return Kind.HORSESHOE if len(scene.codes) <= HORSESHOE_SEATS else Kind.BOARD


def _refused(scene: Scene, kind: Kind) -> Problem | None:
    """Why a vote cannot be drawn so (UV110)."""
    from unvote.render.pictures.horseshoe import MOST  # noqa: PLC0415 - only to draw

    body = scene.ruling.case.body.name
    if kind is not Kind.BAR and not scene.codes:
        message = f"who sits in {body} is not known by name, so there is no {kind.value} of it"
        return Problem("UV110", message, hint="draw it --as bar, or name the members in the file")
    if kind is Kind.HORSESHOE and len(scene.codes) > MOST:
        message = f"a horseshoe has room for {MOST} seats, and {body} has {len(scene.codes)}"
        return Problem("UV110", message, hint="draw it --as board, map or grid")
    return None


def _svg(scene: Scene, kind: Kind) -> str:
    """The picture."""
    match kind:
        case Kind.BOARD:
            from unvote.render.pictures.board import board  # noqa: PLC0415 - the one drawn

            return board(scene)
        case Kind.HORSESHOE:
            from unvote.render.pictures.horseshoe import horseshoe  # noqa: PLC0415

            return horseshoe(scene)
        case Kind.BAR:
            from unvote.render.pictures.bar import bar  # noqa: PLC0415

            return bar(scene)
        case Kind.MAP:
            from unvote.files.geography import read_geography  # noqa: PLC0415
            from unvote.render.pictures.worldmap import worldmap  # noqa: PLC0415

            return worldmap(scene, read_geography())
        case Kind.GRID:
            from unvote.files.geography import read_geography  # noqa: PLC0415
            from unvote.render.pictures.grid import grid  # noqa: PLC0415

            return grid(scene, read_geography())
