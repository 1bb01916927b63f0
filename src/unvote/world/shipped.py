"""Where the data files that come with the program are."""

from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """The folder of `members.yaml`, `bodies/` and `resolutions/`.

    Inside an installed package that is `data`; in a checkout, the top of the repository.
    """
    inside = PACKAGE / "data"
    return inside if inside.is_dir() else PACKAGE.parents[1]
