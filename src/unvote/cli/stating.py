"""Assumptions stated on the command line: chances behind words, of the undecided, costs."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final, NoReturn

import typer

from unvote.api.assumed import unequal
from unvote.cli.output import USAGE, complain
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.resolve.words import share_of, vote_of
from unvote.vocabulary import Vote

NOTHING: Final = {"0", "0%"}


def confidence_of(stated: Sequence[str] | None) -> Mapping[str, Fraction]:
    """Chances by word of confidence, from `firm=95%`."""
    chances: dict[str, Fraction] = {}
    for text in stated or ():
        place = f"--confidence {text}"
        name, value = _pair(text, "firm=95%", place)
        word = " ".join(name.casefold().split())
        if word in chances:
            _twice(word, place)
        chances[word] = _share(value, place)
    return chances


def undecided_of(stated: str | None) -> Mapping[Vote, Fraction] | None:
    """The chances of an undecided member, from `yes=50%,no=10%,abstain=40%`."""
    if stated is None:
        return None
    place = f"--undecided {stated}"
    chances: dict[Vote, Fraction] = {}
    for text in stated.split(","):
        word, value = _pair(text, "yes=50%,abstain=50%", place)
        vote = vote_of(word)
        if vote is None or vote is Vote.UNDECIDED:
            message = f"'{quoted(word)}' is not a vote"
            _refuse(place, [Problem("UV110", message, hint="write yes, no, abstain or absent")])
        if vote in chances:
            _twice(word, place)
        chances[vote] = Fraction(0) if value in NOTHING else _share(value, place)
    total = sum(chances.values(), Fraction(0))
    if total != 1:
        _refuse(place, [unequal(total)])
    return {vote: chance for vote, chance in chances.items() if chance}


def costs_of(stated: Sequence[str] | None) -> Mapping[str, str]:
    """Costs by member, from `IND=3`, both as written."""
    costs: dict[str, str] = {}
    for text in stated or ():
        place = f"--cost {text}"
        name, value = _pair(text, "IND=3", place)
        if name in costs:
            _twice(name, place)
        costs[name] = value
    return costs


def _pair(text: str, example: str, place: str) -> tuple[str, str]:
    """What is written as `name=value`."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        message = f"'{quoted(text)}' does not say what is how much"
        _refuse(place, [Problem("UV110", message, hint=f"write it as {example}")])
    return name.strip(), value.strip()


def _share(text: str, place: str) -> Fraction:
    share, problems = share_of(text)
    if share is None:
        _refuse(place, problems)
    return share


def _twice(word: str, place: str) -> NoReturn:
    message = f"'{quoted(word)}' stands twice"
    _refuse(place, [Problem("UV102", message, hint="keep one of the two")])


def _refuse(place: str, problems: Iterable[Problem]) -> NoReturn:
    """End with bad usage, in the codes that the same has in a file."""
    complain([Diagnostic(place, problem) for problem in problems], quiet=False)
    raise typer.Exit(USAGE)
