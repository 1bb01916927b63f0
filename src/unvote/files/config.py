"""Settings for `unvote check` from `unvote.toml` or `[tool.unvote]` in `pyproject.toml`."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from unvote.diagnostics import Diagnostic, Problem


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project sets once; the command line adds to lists and replaces the rest.

    `members` and `bodies` are taken from the folder of the settings file.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    strict: bool = False
    max_age: int | None = None
    members: str | None = None
    bodies: tuple[str, ...] = ()


LISTS: Final = frozenset({"select", "ignore", "exclude", "bodies"})


def settings_near(folder: Path) -> tuple[Settings, list[Diagnostic]]:
    """The settings of the nearest settings file, from a folder upwards."""
    for place in (folder, *folder.parents):
        own = place / "unvote.toml"
        if own.is_file():
            return _read(own, ())
        project = place / "pyproject.toml"
        if project.is_file() and "tool.unvote" in project.read_text("utf-8", errors="replace"):
            return _read(project, ("tool", "unvote"))
    return Settings(), []


def _read(file: Path, route: tuple[str, ...]) -> tuple[Settings, list[Diagnostic]]:
    """Settings from one file; what does not fit is told, key by key (UV106, UV109, UV110)."""
    try:
        data: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        problem = Problem("UV109", f"this is not TOML: {error}", hint="check the file")
        return Settings(), [Diagnostic(str(file), problem)]
    for step in route:
        data = data.get(step, {}) if isinstance(data, dict) else {}
    known = {field.name: field for field in fields(Settings)}
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in data.items():
        name = str(key).replace("-", "_")
        if name not in known:
            hint = f"one of: {', '.join(known)}"
            problems.append(Problem("UV106", f"'{key}' is not a setting", (), hint))
        elif not _fits(name, value):
            message = f"'{key}' cannot be {value!r}"
            problems.append(Problem("UV110", message, (), f"expected: {_wanted(name)}"))
        else:
            found[name] = tuple(value) if name in LISTS else value
    if found.get("members"):
        found["members"] = str(file.parent / found["members"])
    found["bodies"] = tuple(str(file.parent / one) for one in found.get("bodies", ()))
    return Settings(**found), [Diagnostic(str(file), problem) for problem in problems]


def _fits(name: str, value: Any) -> bool:
    if name in LISTS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if name == "strict":
        return isinstance(value, bool)
    if name == "max_age":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, str)


def _wanted(name: str) -> str:
    if name in LISTS:
        return "a list of texts"
    words = {"strict": "true or false", "max_age": "a whole number of days", "members": "a path"}
    return words[name]
