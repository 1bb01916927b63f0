"""Writing the snapshot of the shipped data files, when a wheel is built (`snapshot` reads it)."""

import pickle
from dataclasses import fields, is_dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from unvote.citations import Citation
from unvote.members import Period
from unvote.world.registry import read_bodies, read_registry

ONCE: Final = (str, date, Period, Citation)


class _Pickler(pickle.Pickler):
    """Writes dataclasses as calls of their class, and equal values once.

    That is read back five times faster than the states of frozen dataclasses.
    """

    def __init__(self, stream: BytesIO) -> None:
        super().__init__(stream, protocol=5)
        self._seen: dict[Any, Any] = {}

    def reducer_override(self, value: Any) -> Any:
        """How a dataclass is made anew: its class and its values, without trailing defaults."""
        if not is_dataclass(value) or isinstance(value, type):
            return NotImplemented
        parts = [part for part in fields(value) if part.init]
        values = [getattr(value, part.name) for part in parts]
        while values and parts[len(values) - 1].default == values[-1]:
            values.pop()
        return type(value), tuple(self._once(one) for one in values)

    def _once(self, value: Any) -> Any:
        if not isinstance(value, ONCE):
            return value
        return self._seen.setdefault((type(value), value), value)


def _pickled(value: Any) -> bytes:
    stream = BytesIO()
    _Pickler(stream).dump(value)
    return stream.getvalue()


def write(target: Path) -> None:
    """Write the snapshot of the shipped data files into a folder; they must be free of errors."""
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
        fresh.write_bytes(_pickled(value))
        fresh.replace(target / f"{name}.pickle")
