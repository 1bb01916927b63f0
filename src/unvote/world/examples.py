"""Examples of problems, by code: wrong files that come with the program."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from unvote.world.shipped import data_folder

HEAD: Final = re.compile(
    r"^(?P<file>[^\s:][^:\n]*):[\d:]* (?:error|warning) (?P<code>UV\d{3}): (?P<message>.*)",
    re.MULTILINE,
)


def errors_folder() -> Path:
    """The folder of the examples of problems, by code."""
    inside = data_folder() / "errors"
    return inside if inside.is_dir() else data_folder() / "tests" / "errors"


@dataclass(frozen=True, slots=True)
class Example:
    """A wrong file by its name, its text (nothing if there is no such file), and what is said."""

    file: str
    text: str
    said: str


def examples_of(code: str, most: int = 2) -> list[Example]:
    """Examples of a code, the shortest first; first those in which nothing else is wrong.

    Each says something else.
    """
    texts = sorted((errors_folder() / code).rglob("*.txt"))
    found = [example for text in texts if (example := _example(code, text)) is not None]
    found.sort(key=lambda one: (_others(code, one), len(one.text) + len(one.said)))
    different = {_messages(one): one for one in reversed(found)}
    return [one for one in found if different[_messages(one)] is one][:most]


def _example(code: str, expected: Path) -> Example | None:
    """One example; nothing where its file is no text that can be shown."""
    said = expected.read_text(encoding="utf-8")
    file = next((head["file"] for head in HEAD.finditer(said) if head["code"] == code), None)
    if file is None:
        return None
    path = expected.parent / file
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
    except UnicodeDecodeError:
        # A packed table, or one in another encoding, is told of without being shown.
        return Example(file, "", said) if ".csv" in file else None
    return Example(file, text, said)


def _messages(example: Example) -> tuple[str, ...]:
    return tuple(head["message"] for head in HEAD.finditer(example.said))


def _others(code: str, example: Example) -> bool:
    """Whether other codes are reported as well."""
    return any(head["code"] != code for head in HEAD.finditer(example.said))
