"""The Council's horseshoe: the seats around the table in the order of their names."""

from math import cos, pi, sin
from typing import Final

from unvote.render.pictures.board import unnamed
from unvote.render.pictures.scene import LIT, WORDS, Scene
from unvote.render.pictures.svg import INNER, clean, framed, words

MOST: Final = 40
"""Seats a horseshoe has room for."""
HEIGHT: Final = 500
HEAD: Final = 0.12
"""How far from the head of the table a name stands above its seat, as a cosine."""


def horseshoe(scene: Scene) -> str:
    """The horseshoe as SVG: seats from the lower left around to the lower right."""
    codes = scene.codes
    middle, centre = INNER / 2, 300.0
    size = min(34.0, 780 / max(len(codes), 1))
    parts = [
        f'<path class="rule" stroke-width="10" opacity="0.35" d="M{middle - 250:g} 450'
        f"V{centre:g}A250 200 0 0 1 {middle + 250:g} {centre:g}V450" + '"/>'
    ]
    for n, code in enumerate(codes):
        x, y, angle = place(n / max(len(codes) - 1, 1), middle, centre)
        parts.append(_seat(scene, code, x, y, size))
        side = cos(angle)
        anchor = "middle" if abs(side) < HEAD else ("end" if side < 0 else "start")
        far = size + 8
        name = scene.name(code) + (" *" if code in scene.permanent else "")
        dx, dy = side * far, 5 - sin(angle) * far
        parts.append(words(x + dx, y + dy, name, 15, f' text-anchor="{anchor}"'))
    outcome = scene.ruling.outcome
    deciding = outcome.deciding if outcome and scene.ruling.agreed else None
    if deciding is not None and outcome is not None:
        said = f"{outcome.tally.yes} in favour, {deciding.need} needed"
        parts.append(words(middle, centre + 40, said, 20, ' text-anchor="middle"'))
        if outcome.vetoes:
            veto = f"vetoed by {', '.join(scene.name(code) for code in outcome.vetoes)}"
            more = ' text-anchor="middle" font-weight="700"'
            parts.append(words(middle, centre + 70, veto, 20, more))
    notes = ["* permanent member: its no is a veto"] if scene.permanent else []
    return framed(scene, "".join(parts), HEIGHT, [*notes, *unnamed(scene)])


def place(share: float, middle: float, centre: float) -> tuple[float, float, float]:
    """Where a seat is, and in which direction its name stands, as an angle.

    Up the left leg, around the bend (half an ellipse), down the right leg.
    """
    leg, bend = 150.0, pi * 225
    at = share * (2 * leg + bend)
    if at < leg:
        return middle - 250, centre + leg - at, pi
    if at > leg + bend:
        return middle + 250, centre + at - leg - bend, 0.0
    angle = pi - (at - leg) / bend * pi
    return middle + 250 * cos(angle), centre - 200 * sin(angle), angle


def _seat(scene: Scene, code: str, x: float, y: float, size: float) -> str:
    kind = scene.kind(code)
    radius = size * 0.72
    ring = ""
    if code in scene.permanent:
        ring = (
            f'<circle class="edge" cx="{x:.1f}" cy="{y:.1f}" r="{radius + 4:.1f}" fill="none" '
            'stroke-width="2.5"/>'
        )
    text = words(x, y + radius * 0.4, LIT[kind].letter, round(radius), _LETTER)
    return (
        f'<g id="{clean(code)}"><title>{clean(scene.name(code))}: {WORDS[kind]}</title>'
        f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>{ring}{text}</g>'
    )


_LETTER: Final = ' class="on" font-weight="700" text-anchor="middle"'
