"""Lines of a new file: quoted text, remarks beside and above, lists over several lines."""

import re
from collections.abc import Iterable
from textwrap import wrap
from typing import Final

WIDTH: Final = 100
REMARK: Final = 32
"""The column remarks begin in, counted from 0, where the line leaves room for it."""
PLAIN: Final = re.compile(r"[A-Za-z](?:[\w./()+'-]| (?=[\w(]))*", re.ASCII)
"""Words of letters, digits and few signs, which mean nothing to YAML wherever they stand."""
WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that some readers take for something else."""


def quoted(text: str) -> str:
    """Text as a scalar every reader takes for that very text: plain if safe, else in quotes."""
    if PLAIN.fullmatch(text) and text.casefold() not in WORDS:
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    """A character between double quotes."""
    if character in {'"', "\\"}:
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08X}"


def beside(text: str, remark: str) -> list[str]:
    """A line with a remark beside it, or above it where the two would be too long."""
    line = f"{text:<{REMARK - 1}} # {remark}"
    return [line] if len(line) <= WIDTH else [*above(f"{remark[0].upper()}{remark[1:]}."), text]


def above(text: str) -> list[str]:
    """A remark on lines of its own."""
    return [f"# {line}" for line in _wrapped(text, WIDTH - 2)]


def listed(key: str, words: Iterable[str]) -> list[str]:
    """A list in brackets, over several lines where one is too short."""
    text = ", ".join(words)
    if len(key) + len(text) + 4 <= WIDTH:
        return [f"{key}: [{text}]"]
    indent = " " * (len(key) - len(key.lstrip()))
    rows = _wrapped(text, WIDTH - len(indent) - 2)
    return [f"{key}: [", *(f"{indent}  {row}" for row in rows), f"{indent}]"]


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, break_long_words=False, break_on_hyphens=False)


def text_of(lines: Iterable[str]) -> str:
    """Lines as the text of a file."""
    return "\n".join(lines) + "\n"
