"""A grid of tiles: one for each member, all of one size, each about where the member lies."""

from unvote.render.pictures.board import unnamed
from unvote.render.pictures.geography import Geography
from unvote.render.pictures.scene import LIT, WORDS, Scene
from unvote.render.pictures.svg import INNER, clean, framed, words


def grid(scene: Scene, geography: Geography) -> str:
    """The grid as SVG."""
    columns, rows = geography.grid
    side = INNER / columns
    box = side - 3
    parts = []
    for code in scene.codes:
        if code not in geography.tiles:
            continue
        column, row = geography.tiles[code]
        x, y, kind = column * side, row * side, scene.kind(code)
        middle = x + box / 2
        more = ' class="on" text-anchor="middle"'
        parts.append(
            f'<g id="{clean(code)}"><title>{clean(scene.name(code))}: {WORDS[kind]}</title>'
            f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{box:.1f}" height="{box:.1f}" '
            f'rx="4"/>{words(round(middle, 1), round(y + 15, 1), code, 12, more)}'
            f"{words(round(middle, 1), round(y + 31, 1), LIT[kind].letter, 14, more + _BOLD)}</g>"
        )
    lost = [scene.name(code) for code in scene.codes if code not in geography.tiles]
    notes = [f"Not on the grid: {', '.join(lost)}"] if lost else []
    return framed(scene, "".join(parts), rows * side + 4, [*unnamed(scene), *notes])


_BOLD = ' font-weight="700"'
