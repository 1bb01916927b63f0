"""Letters of blocks for a projector: a name that can be read from the last row.

Five rows high, three columns wide (M, N and W five), drawn for this program. No library we know
draws a name only as large as the terminal allows, in plain ASCII where nothing else may be used.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final

ROWS: Final = 5
GLYPHS: Final = {
    "A": ".#. #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": ".## #.. #.. #.. .##",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": ".## #.. #.# #.# .##",
    "H": "#.# #.# ### #.# #.#",
    "I": "### .#. .#. .#. ###",
    "J": "..# ..# ..# #.# .#.",
    "K": "#.# #.# ##. #.# #.#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": "### #.# #.# #.# ###",
    "P": "##. #.# ##. #.. #..",
    "Q": "### #.# #.# ### ..#",
    "R": "##. #.# ##. #.# #.#",
    "S": ".## #.. .#. ..# ##.",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "0": ".#. #.# #.# #.# .#.",
    "1": ".#. ##. .#. .#. ###",
    "2": "##. ..# .#. #.. ###",
    "3": "##. ..# .#. ..# ##.",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ##. ..# ##.",
    "6": ".## #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ##.",
    " ": ".. .. .. .. ..",
    "-": "... ... ### ... ...",
    "'": "# # . . .",
    ".": ". . . . #",
    ",": ".. .. .. .# #.",
    "(": ".# #. #. #. .#",
    ")": "#. .# .# .# #.",
    "?": "##. ..# .#. ... .#.",
}
"""The rows of each letter, from the top."""
BLOCK: Final = "\u2588"


def in_blocks(text: str, width: int, *, ascii_only: bool) -> tuple[str, ...]:
    """Text as five rows of blocks, as large as the width in columns allows.

    Nothing where it does not fit, or where a letter has no form here.
    """
    letters = _plain(text)
    if not letters or not all(letter in GLYPHS for letter in letters):
        return ()
    glyphs = [GLYPHS[letter].split() for letter in letters]
    rows = [".".join(glyph[row] for glyph in glyphs) for row in range(ROWS)]
    scale = min(2, width // max(1, len(rows[0])))
    if not scale:
        return ()
    return _drawn(rows, scale, "#" if ascii_only else BLOCK)


def _drawn(rows: Sequence[str], scale: int, block: str) -> tuple[str, ...]:
    """Rows with each point so many columns wide."""
    return tuple(
        "".join((block if point == "#" else " ") * scale for point in row).rstrip() for row in rows
    )


def _plain(text: str) -> str:
    """Text in capitals without accents."""
    split = unicodedata.normalize("NFKD", text.replace("\u0131", "i").replace("\u2019", "'"))
    return "".join(c for c in split if not unicodedata.combining(c)).upper()
