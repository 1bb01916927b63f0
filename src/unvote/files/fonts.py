"""The fonts of this machine that a picture in pixels can be lettered with."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FAMILIES: Final = {
    "DejaVu Sans": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    "Liberation Sans": ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    "Noto Sans": ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    "Arial": ("Arial.ttf", "Arial Bold.ttf"),
    "Segoe UI": ("segoeui.ttf", "segoeuib.ttf"),
}
"""Families with the files of their regular and bold type, the first found is taken."""
FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
"""Where fonts are on Linux and macOS; on Windows below its own folder."""


def fonts() -> tuple[str, list[str]] | None:
    """A family and its files; nothing if none of those known is on this machine."""
    found = {file.name.casefold(): file for file in _files()}
    for family, names in FAMILIES.items():
        regular, bold = (found.get(name.casefold()) for name in names)
        if regular is not None:
            return family, [str(file) for file in (regular, bold) if file is not None]
    return None


def _files() -> Iterator[Path]:
    """Every font file in the folders of fonts."""
    windows = os.environ.get("WINDIR")
    for folder in (*FOLDERS, *((f"{windows}/Fonts",) if windows else ())):
        for top, _, names in os.walk(Path(folder).expanduser()):
            yield from (Path(top, name) for name in names if name.casefold().endswith(".ttf"))
