"""Assumptions stated on the command line: chances behind words, of the undecided, costs."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from unvote.cli.output import fail
from unvote.resolve.words import share_of, vote_of
from unvote.vocabulary import Vote

NOTHING: Final = {"0", "0%"}


def confidence_of(stated: Sequence[str] | None) -> Mapping[str, Fraction]:
    """Chances by word of confidence, from `firm=95%`."""
    return {
        word.casefold(): _share(text, "--confidence")
        for word, text in _pairs(stated, "firm=95%", "--confidence")
    }


def undecided_of(stated: str | None) -> Mapping[Vote, Fraction] | None:
    """The chances of an undecided member, from `yes=50%,no=10%,abstain=40%`."""
    if stated is None:
        return None
    chances: dict[Vote, Fraction] = {}
    for word, text in _pairs(stated.split(","), "yes=50%,abstain=50%", "--undecided"):
        vote = vote_of(word)
        if vote is None or vote is Vote.UNDECIDED:
            fail(f"--undecided: '{word}' is not a vote; write yes, no, abstain or absent")
        if vote in chances:
            fail(f"--undecided: '{word}' stands twice")
        chances[vote] = Fraction(0) if text in NOTHING else _share(text, "--undecided")
    if (total := sum(chances.values())) != 1:
        fail(f"--undecided: the chances add up to {float(total * 100):g}%, not 100%")
    return {vote: chance for vote, chance in chances.items() if chance}


def costs_of(stated: Sequence[str] | None) -> Mapping[str, str]:
    """Costs by member, from `IND=3`, both as written."""
    return dict(_pairs(stated, "IND=3", "--cost"))


def _pairs(stated: Sequence[str] | None, example: str, option: str) -> list[tuple[str, str]]:
    """What is written as `name=value`."""
    found = []
    for text in stated or ():
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            fail(f"{option}: '{text}' is not of the form {example}")
        found.append((name.strip(), value.strip()))
    return found


def _share(text: str, option: str) -> Fraction:
    share, problems = share_of(text)
    if share is None:
        fail(f"{option}: {problems[0].message}; {problems[0].hint}")
    return share
