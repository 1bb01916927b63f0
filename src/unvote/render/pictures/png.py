"""A picture as PNG, by resvg: the one door to that library."""

from typing import Final

from unvote.render.pictures.svg import WIDTH

PIXELS: Final = 1600
"""Across, so that small type is sharp."""


class NoPixelsError(Exception):
    """The library that makes pixels is not installed."""


def png_of(svg: str, fonts: list[str], family: str) -> bytes:
    """A picture in pixels, its words set in the first of some font files, which hold `family`."""
    try:
        import resvg_py
    except ImportError as error:
        raise NoPixelsError from error
    made: bytes = resvg_py.svg_to_bytes(
        svg_string=svg.replace(
            'text{font-family:system-ui,"Segoe UI",', f'text{{font-family:"{family}",'
        ),
        zoom=PIXELS / WIDTH,
        skip_system_fonts=True,
        font_files=fonts,
        sans_serif_family=family,
        font_family=family,
    )
    return bytes(made)
