"""The Assembly's board: the members in columns by name, each with its light."""

from unvote.render.pictures.scene import WORDS, Scene
from unvote.render.pictures.svg import INNER, clean, framed, light, words

ROW = 21
FEW = 40
"""Members up to which two columns do."""


def board(scene: Scene) -> str:
    """The board as SVG."""
    codes = scene.codes
    columns = 5 if len(codes) > FEW else 3
    rows = -(-len(codes) // columns)
    wide = INNER / columns
    parts = []
    for n, code in enumerate(codes):
        x, y = n // rows * wide, n % rows * ROW
        kind = scene.kind(code)
        parts.append(
            f'<g id="{clean(code)}"><title>{clean(scene.name(code))}: {WORDS[kind]}</title>'
            f"{light(kind, x, y, 16)}{words(x + 23, y + 13, scene.name(code), 13)}</g>"
        )
    return framed(scene, "".join(parts), rows * ROW, unnamed(scene))


def unnamed(scene: Scene) -> list[str]:
    """That the record does not name who did what, where it does not."""
    if not scene.loose:
        return []
    return [f"{scene.loose} votes are known by number only: who cast them is not named"]
