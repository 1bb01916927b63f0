"""The light of each vote in pictures and pages: a colour the colour-blind tell apart, and a letter.

The colours are those of Okabe and Ito, Color Universal Design (2008): bluish green, vermilion,
yellow, reddish purple, as close to the lights of the Assembly's own board as can be told apart.
Colour never stands alone: every light has its letter, and every one but yes its pattern.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from unvote.vocabulary import Vote


class Pattern(Enum):
    """What a light is filled with, so that it reads without colour, too."""

    SOLID = "solid"
    STRIPES = "stripes"
    DOTS = "dots"
    HOLLOW = "hollow"
    DASHED = "dashed"
    CROSSED = "crossed"


@dataclass(frozen=True, slots=True)
class Light:
    """A colour as `#rrggbb`, the colour of what is written on it, a letter, and a pattern."""

    colour: str
    ink: str
    letter: str
    pattern: Pattern


LIGHTS: Final = {
    Vote.YES: Light("#009e73", "#000000", "Y", Pattern.SOLID),
    Vote.NO: Light("#d55e00", "#000000", "N", Pattern.STRIPES),
    Vote.ABSTAIN: Light("#f0e442", "#000000", "A", Pattern.DOTS),
    Vote.ABSENT: Light("#ffffff", "#000000", "-", Pattern.HOLLOW),
    Vote.UNDECIDED: Light("#cc79a7", "#000000", "?", Pattern.DASHED),
}
"""The light of a member by its vote."""
NO_VOTE: Final = Light("#999999", "#000000", "x", Pattern.CROSSED)
"""The light of a member that had no vote or took no part."""
