"""Conditions such as `council is vetoed and (A1 is adopted or A2 is not adopted)`, read."""

import re
from collections.abc import Collection
from typing import Final

from unvote.diagnostics import Problem, Route, quoted
from unvote.proceedings import Both, Either, Is, State, When

TOKEN: Final = re.compile(r"\s*(\(|\)|[^\s()]+)")
WORDS: Final = frozenset(("and", "or", "is", "not"))
STATES: Final = {
    "adopted": State.ADOPTED,
    "vetoed": State.VETOED,
    "tied": State.TIED,
    "open": State.OPEN,
    "taken": State.TAKEN,
}
GRAMMAR: Final = "write `step is adopted` (or vetoed, tied, open, taken), joined by and, or, ( )"
MOST_WORDS: Final = 400


class _Wrong(Exception):  # noqa: N818 - ends the reading of one condition
    """The condition cannot be read; carries the code and the message."""


class _Reader:
    """Reads one condition by recursive descent: or, and, parentheses, `step is [not] state`."""

    def __init__(self, text: str, known: Collection[str], later: Collection[str]) -> None:
        self.words = TOKEN.findall(text)
        self.known, self.later = known, later
        if len(self.words) > MOST_WORDS:
            raise _Wrong("UV315", "the condition is too long")

    def peek(self) -> str:
        return self.words[0] if self.words else ""

    def take(self) -> str:
        if not self.words:
            raise _Wrong("UV315", "the condition ends too soon")
        word: str = self.words.pop(0)
        return word

    def whole(self) -> When:
        when = self.either()
        if self.words:
            raise _Wrong("UV315", f"'{quoted(self.peek())}' is not expected here")
        return when

    def either(self) -> When:
        left = self.both()
        while self.peek() == "or":
            self.take()
            left = Either(left, self.both())
        return left

    def both(self) -> When:
        left = self.one()
        while self.peek() == "and":
            self.take()
            left = Both(left, self.one())
        return left

    def one(self) -> When:
        if self.peek() == "(":
            self.take()
            when = self.either()
            if self.take() != ")":
                raise _Wrong("UV315", "a parenthesis is not closed")
            return when
        step = self.take()
        if self.take() != "is":
            raise _Wrong("UV315", f"'is' is missing after '{quoted(step)}'")
        negated = self.peek() == "not"
        if negated:
            self.take()
        state = STATES.get(word := self.take())
        if state is None:
            raise _Wrong("UV315", f"'{quoted(word)}' is not what a step can be")
        if step not in self.known:
            late = "comes later, or is this very step" if step in self.later else "is no step"
            raise _Wrong("UV316", f"'{quoted(step)}' {late}")
        if negated and state is State.ADOPTED:
            return Is(step, State.NOT_ADOPTED)
        return Is(step, state, negated)


def when_from(
    text: str, known: Collection[str], later: Collection[str], route: Route
) -> tuple[When | None, list[Problem]]:
    """A condition on earlier steps (UV315 cannot be read, UV316 no such earlier step)."""
    try:
        return _Reader(text, known, later).whole(), []
    except _Wrong as wrong:
        code, message = wrong.args
        steps = ", ".join(known) or "none"
        hint = GRAMMAR if code == "UV315" else f"steps before this one: {steps}"
        return None, [Problem(code, message, route, hint)]
    except RecursionError:
        return None, [Problem("UV315", "the condition is nested too deep", route, GRAMMAR)]
