"""Completion in bash, which breaks words at `=` and `:` and wants the last piece only."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Final

BREAKS: Final = frozenset("=:")
"""Characters at which bash ends a word, though no other shell does."""


def completed_in_bash(run: Callable[[], int]) -> int:
    """Complete a word for bash, which breaks words at `=` and `:` and wants the last piece only."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    at = os.environ.get("COMP_CWORD", "")
    if not at.isdigit() or int(at) > len(words):
        return run()
    pieces = words[: int(at) + 1]
    whole = list(_whole(pieces))
    last = pieces[-1] if len(pieces) == int(at) + 1 else ""
    before = whole[-1].removesuffix("" if set(last) <= BREAKS else last) if last else ""
    os.environ["COMP_WORDS"] = "\n".join(whole)
    os.environ["COMP_CWORD"] = str(len(whole) - 1 if last else int(at) - len(pieces) + len(whole))
    with redirect_stdout(StringIO()) as told:
        code = run()
    for line in filter(None, told.getvalue().splitlines()):
        print(line.removeprefix(before))  # noqa: T201 - the answer to the shell
    return code


def _whole(pieces: Iterable[str]) -> Iterator[str]:
    """Words that were broken, put together again."""
    word, glued = "", True
    for piece in pieces:
        breaks = bool(piece) and set(piece) <= BREAKS
        if (breaks or glued) and piece:
            word += piece
        else:
            yield word
            word = piece
        glued = breaks
    yield word
