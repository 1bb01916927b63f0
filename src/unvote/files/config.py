"""Settings for `unvote check` from `unvote.toml` or `[tool.unvote]` in `pyproject.toml`."""

import tomllib
from dataclasses import dataclass, fields
from glob import escape
from pathlib import Path
from typing import Any, Final

from unvote.catalogue import CATALOGUE
from unvote.diagnostics import Diagnostic, Problem


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project sets once; the command line adds to lists and replaces the rest.

    `members`, `bodies` and `exclude` are taken from the folder of the settings file.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    strict: bool = False
    max_age: int | None = None
    members: str | None = None
    bodies: tuple[str, ...] = ()


LISTS: Final = frozenset({"select", "ignore", "exclude", "bodies"})
CODES: Final = frozenset({"select", "ignore"})


def settings_near(folder: Path) -> tuple[Settings, list[Diagnostic]]:
    """The settings of the nearest settings file, from a folder upwards."""
    for place in (folder, *folder.parents):
        own = place / "unvote.toml"
        if own.is_file():
            return _read(own, ())
        project = place / "pyproject.toml"
        if project.is_file() and _speaks_of_us(project):
            return _read(project, ("tool", "unvote"))
    return Settings(), []


def _speaks_of_us(project: Path) -> bool:
    """Whether a `pyproject.toml` has our table, or is no TOML and seems to have it."""
    try:
        text = project.read_text("utf-8", errors="replace")
    except OSError:
        return False
    if "unvote" not in text:
        return False
    try:
        tool = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError:
        return "tool.unvote" in text
    return isinstance(tool, dict) and "unvote" in tool


def _read(file: Path, route: tuple[str, ...]) -> tuple[Settings, list[Diagnostic]]:
    """Settings from one file; what does not fit is told, key by key (UV106, UV109, UV110)."""
    try:
        data: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        problem = Problem("UV109", f"this is not TOML: {error}", hint="check the file")
        return Settings(), [Diagnostic(str(file), problem)]
    for step in route:
        data = data[step]
    if not isinstance(data, dict):
        problem = Problem("UV110", f"'tool.unvote' cannot be {data!r}", hint="expected: a table")
        return Settings(), [Diagnostic(str(file), problem)]
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
        elif name in CODES and (unknown := [code for code in value if not is_code(code)]):
            message = f"'{key}' names '{unknown[0]}', which is no code and no family"
            problems.append(Problem("UV110", message, (), "`unvote rule` lists them"))
        else:
            found[name] = tuple(value) if name in LISTS else value
    if found.get("members"):
        found["members"] = str(file.parent / found["members"])
    here = escape(file.parent.resolve().as_posix())
    found["exclude"] = tuple(f"{here}/{one}" for one in found.get("exclude", ()))
    found["bodies"] = tuple(str(file.parent / one) for one in found.get("bodies", ()))
    return Settings(**found), [Diagnostic(str(file), problem) for problem in problems]


def _fits(name: str, value: Any) -> bool:
    if name in LISTS:
        return isinstance(value, list) and all(map(_is_word, value))
    if name == "strict":
        return isinstance(value, bool)
    if name == "max_age":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return _is_word(value)


def _is_word(value: Any) -> bool:
    """Whether a value is text that says something."""
    return isinstance(value, str) and bool(value.strip())


def is_code(word: str) -> bool:
    """Whether a word is a code or a family of codes."""
    stem = word.upper().rstrip("X")
    return bool(stem) and any(code.startswith(stem) for code in CATALOGUE)


def _wanted(name: str) -> str:
    if name in LISTS:
        return "a list of texts, none of them empty"
    words = {"strict": "true or false", "max_age": "a whole number of days", "members": "a path"}
    return words[name]
