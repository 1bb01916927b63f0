"""Text as a YAML scalar that every reader takes for that very text."""

import json
import re
from typing import Final

PLAIN: Final = re.compile(r"[A-Za-z](?:[\w./()+'-]| (?=[\w(]))*", re.ASCII)
"""Words of letters, digits and few signs, which mean nothing to YAML wherever they stand."""
WORDS: Final = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
"""Words that some readers take for something else."""


def quoted(text: str) -> str:
    """The text as a scalar: plain if that is safe, else in single or, if need be, double quotes."""
    if PLAIN.fullmatch(text) and text.casefold() not in WORDS:
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=not text.isascii())
