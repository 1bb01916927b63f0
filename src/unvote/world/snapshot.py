"""The shipped data files, read and resolved once when a wheel is built, for a fast start.

Only a wheel carries a snapshot, beside the very files it was made from (`shipping` writes it); a
checkout reads its data files each time, so an edit is never hidden.
"""

import pickle
from os.path import dirname
from typing import Any, Final

FOLDER: Final = dirname(dirname(__file__)) + "/_snapshot"  # noqa: PTH120 - pathlib costs time at start


def load(name: str) -> Any | None:
    """One part of the snapshot, or nothing where there is none."""
    try:
        with open(f"{FOLDER}/{name}.pickle", "rb") as stream:  # noqa: PTH123
            return pickle.load(stream)  # noqa: S301 - our own file, installed with the program itself
    except OSError:
        return None
