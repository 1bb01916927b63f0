"""The shipped data files, read and resolved once when a wheel is built, for a fast start.

Only a wheel carries a snapshot, beside the very files it was made from; a checkout reads its data
files each time, so an edit is never hidden.
"""

import pickle
from pathlib import Path
from typing import Any, Final

from unvote.world.shipped import PACKAGE

FOLDER: Final = PACKAGE / "_snapshot"


def load(name: str) -> Any | None:
    """One part of the snapshot, or nothing where there is none."""
    try:
        raw = (FOLDER / f"{name}.pickle").read_bytes()
    except OSError:
        return None
    return pickle.loads(raw)  # noqa: S301 - our own file, installed with the program itself


def write(target: Path) -> None:
    """Write the snapshot of the shipped data files into a folder; they must be free of errors."""
    from unvote.world.registry import read_bodies, read_registry  # noqa: PLC0415 - only to build

    membership, book, problems = read_registry()
    bodies, more = read_bodies(membership, book)
    wrong = [f"{d.file}: {d.problem.code} {d.problem.message}" for d in (*problems, *more)]
    if wrong:
        raise ValueError("\n".join(wrong))
    target.mkdir(parents=True, exist_ok=True)
    parts: dict[str, Any] = {"membership": membership, "names": book}
    parts["bodies"] = {word: body.id for body in bodies for word in (body.id, *body.aliases)}
    parts |= {f"body-{body.id}": body for body in bodies}
    for name, value in parts.items():
        fresh = target / f"{name}.pickle.new"
        fresh.write_bytes(pickle.dumps(value, protocol=5))
        fresh.replace(target / f"{name}.pickle")
