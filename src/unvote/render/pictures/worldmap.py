"""A world map with every member in its colour and pattern, small ones with a mark."""

from typing import Final

from unvote.render.pictures.board import unnamed
from unvote.render.pictures.geography import Geography
from unvote.render.pictures.scene import WORDS, Scene
from unvote.render.pictures.svg import INNER, clean, framed

RADIUS: Final = 8.5
"""Of a mark, in units of the map."""


def worldmap(scene: Scene, geography: Geography) -> str:
    """The map as SVG."""
    wide, high = geography.size
    scale = INNER / wide
    inner = map_parts(scene, geography, {})
    drawing = f'<g transform="scale({scale:.4f})">{inner}</g>'
    return framed(scene, drawing, high * scale + 6, [*unnamed(scene), *map_notes(scene, geography)])


def map_notes(scene: Scene, geography: Geography) -> list[str]:
    """What must be known of a map: its source, and what is not on it."""
    notes = [
        f"Map: {geography.source}.",
        "Grey areas have no seat of their own here; no border drawn is a statement on status.",
    ]
    if scene.ruling.case.day < geography.since:
        notes.append("The borders are today's, not those of the day of the vote.")
    lost = [scene.name(code) for code in scene.codes if not geography.placed(code)]
    return notes + ([f"Not on the map: {', '.join(lost)}"] if lost else [])


def map_parts(scene: Scene, geography: Geography, shared: dict[str, str]) -> str:
    """The areas and marks; an area that has an id in `shared` is used instead of drawn again."""
    wide, high = geography.size
    parts = [f'<rect class="sea" width="{wide}" height="{high}" rx="12"/>']
    kinds = {code: scene.kind(code) for code in scene.codes}
    marks: dict[str, str] = {}
    lit = {part for code in kinds for part in geography.parts(code)}
    rest = [code for code in geography.areas if code not in lit]
    parts.append(_land(geography, rest, shared))
    for code, kind in kinds.items():
        inside = "".join(_area(geography, part, shared) for part in geography.parts(code))
        if inside:
            parts.append(_member(scene, code, kind, inside, "" if shared else "area-"))
    for code in kinds.keys() & geography.marks.keys():
        x, y = geography.marks[code]
        mark = f'<circle cx="{x}" cy="{y}" r="{RADIUS}" class="edge"/>'
        marks[code] = _member(scene, code, kinds[code], mark, "" if shared else "mark-")
    parts += [marks[code] for code in sorted(marks)]
    return f'<g class="border" stroke-width="1.4" fill-rule="evenodd">{"".join(parts)}</g>'


def _member(scene: Scene, code: str, kind: str, inside: str, what: str) -> str:
    """What stands for a member; with its name and an id in a picture that stands alone."""
    if not what:
        return f'<g class="p{kind}">{inside}</g>'
    title = f"<title>{clean(scene.name(code))}: {WORDS[kind]}</title>"
    return f'<g id="{what}{clean(code)}" class="p{kind}">{title}{inside}</g>'


def _land(geography: Geography, rest: list[str], shared: dict[str, str]) -> str:
    """What is no member on that day."""
    inside = "".join(_area(geography, code, shared) for code in rest)
    return f'<g class="land">{_area(geography, "", shared)}{inside}</g>'


def _area(geography: Geography, code: str, shared: dict[str, str]) -> str:
    if code in shared:
        return f'<use href="#{shared[code]}"/>'
    return f'<path d="{geography.areas[code] if code else geography.others}"/>'


def shared_areas(geography: Geography) -> tuple[str, dict[str, str]]:
    """The areas as definitions, and the id of each by code: for pages with many maps."""
    ids = {code: f"m{code}" for code in geography.areas} | {"": "mothers"}
    drawn = "".join(
        f'<path id="{name}" d="{geography.areas[code] if code else geography.others}"/>'
        for code, name in ids.items()
    )
    return drawn, ids
