"""What fits a word that was begun, out of what there is to offer.

A word that is typed is completed as it was begun, in small or capital letters: `fr` to `fra`, `FR`
to `FRA`, `Fr` to `France`. Names are offered with hyphens in the place of blanks, which no shell
has to be told of, and are understood so.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

Offer = tuple[str, str]
"""A word, and what it stands for."""
Choice = tuple[str, str, str]
"""A code, a name that may be typed in its place, and what the two stand for."""
WORD: Final = re.compile(r"[\w./,=-]+")
"""Words that mean nothing else to any shell; the script of zsh evaluates what it is told."""
UNSAFE: Final = re.compile(r"[^\w ,./-]+")
LONGEST: Final = 70
"""Characters of what is told of a word."""


def matching(typed: str, choices: Iterable[Choice]) -> list[Offer]:
    """The choices whose code begins so, else those whose name does, as it was begun.

    Nobody begins a code with a capital letter and goes on with small ones: that is a name.
    """
    choices = list(choices)
    names = [(worded(name), f"{code} {about}") for code, name, about in choices if name]
    if typed.upper() != typed != typed.lower():
        choices = [(code, name, about) for code, name, about in choices if not name]
    codes = [(c, about or name) for c, name, about in choices if _is(typed, c)]
    found = codes or [(name, about) for name, about in names if _is(typed, name)]
    return safe((_as_begun(typed, word), about) for word, about in found)


def safe(offers: Iterable[Offer]) -> list[Offer]:
    """The offers whose words a shell takes as they are, told in plain characters.

    Ids and titles are whatever somebody wrote into a file.
    """
    return [
        (word, " ".join(UNSAFE.sub(" ", about).split())[:LONGEST])
        for word, about in offers
        if WORD.fullmatch(word)
    ]


def _is(typed: str, word: str) -> bool:
    """Whether a word begins with what was typed; accents and capitals make no difference."""
    bare = _bare(typed)
    return len(bare) == len(typed) and word.casefold().startswith(bare.casefold())


def _as_begun(typed: str, word: str) -> str:
    """A word that begins with what was typed, letter for letter."""
    rest = word[len(typed) :]
    if typed.islower():
        return typed + rest.lower()
    return typed + (rest.upper() if typed.isupper() and word.islower() else rest)


def _bare(text: str) -> str:
    """Text without accents."""
    split = unicodedata.normalize("NFKD", text.replace("\u0131", "i"))
    return "".join(c for c in split if not unicodedata.combining(c))


def worded(name: str) -> str:
    """A name as one word, without accents: it is understood as the name is."""
    kept = "".join(c if c.isalnum() else " " for c in _bare(name))
    return "-".join(kept.encode("ascii", "ignore").decode().split())


def listed(typed: str, choices: Iterable[Choice]) -> list[Offer]:
    """The last of a list with commas completed."""
    lead, comma, last = typed.rpartition(",")
    return [(f"{lead}{comma}{word}", about) for word, about in matching(last, choices)]


def valued(typed: str, choices: Iterable[Choice], values: Iterable[str]) -> list[Offer]:
    """A name with `=` and a value after it; of several names no values are offered yet."""
    name, sign, value = typed.partition("=")
    if sign:
        return [(f"{name}={word}", "") for word in values if word.startswith(value)]
    found = matching(name, choices)
    if len(found) > 1:
        return [(f"{word}=", about) for word, about in found]
    return [(f"{word}={value}", about) for word, about in found for value in values]
