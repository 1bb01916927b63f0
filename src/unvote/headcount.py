"""The head count: who stands where, how firmly, and what is stale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from unvote.members import Membership
from unvote.rollcall import RollCall
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Vote

PLAIN: Final = "plain"
"""How firm a vote without a word is called."""
CHANCES: Final = "chances"
"""How firm a stance that states chances, or depends on something, is called."""
REGIONS: Final = ("AFRICAN", "ASIA-PACIFIC", "EEG", "GRULAC", "WEOG")
"""The regional groups of the United Nations."""
NONE: Final = "none"
"""Where members without a region, group or tag are counted."""


@dataclass(frozen=True, slots=True)
class Head:
    """One member with a vote: what it is listed with, how firmly, and its stance."""

    code: str
    vote: Vote
    word: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class HeadCount:
    """Every member with a vote, by code; and the day its age is counted to, if one is known."""

    heads: tuple[Head, ...]
    words: tuple[str, ...]
    as_of: date | None = None
    max_age: int | None = None

    def of(self, vote: Vote, word: str | None = None) -> tuple[str, ...]:
        """The members listed with a vote, all or those of one word."""
        return tuple(
            head.code
            for head in self.heads
            if head.vote is vote and (word is None or head.word == word)
        )

    @property
    def stale(self) -> tuple[str, ...]:
        """The members whose stance is older than the limit; none where no limit is stated."""
        if self.as_of is None or self.max_age is None:
            return ()
        first = self.as_of - timedelta(days=self.max_age)
        return tuple(
            head.code
            for head in self.heads
            if head.stance.report and head.stance.report.on and head.stance.report.on < first
        )


def head_count(
    roll: RollCall, outlook: Outlook, *, as_of: date | None = None, max_age: int | None = None
) -> HeadCount:
    """The head count of a vote; `as_of` and `max_age` (in days) go before those of the stances."""
    heads = tuple(
        _head(code, vote, outlook.stances.get(code) or Stance(vote))
        for code, vote in sorted(roll.named.items())
    )
    used = {head.word for head in heads}
    order = sorted(outlook.confidence, key=lambda word: (-outlook.confidence[word], word))
    words = tuple(word for word in (*order, PLAIN, CHANCES) if word in used)
    limit = outlook.max_age if max_age is None else max_age
    return HeadCount(heads, words, as_of or outlook.as_of, limit)


def _head(code: str, vote: Vote, stance: Stance) -> Head:
    """One member; a vote set since its stance was given is a plain one."""
    if stance.chances or stance.condition:
        return Head(code, vote, CHANCES, stance)
    if vote is Vote.UNDECIDED:
        return Head(code, vote, "", stance)
    return Head(code, vote, stance.word if stance.vote is vote and stance.word else PLAIN, stance)


Parts = Mapping[str, tuple[Head, ...]]


def by_tag(heads: Iterable[Head]) -> Parts:
    """Members by tag, under each of theirs."""
    found: dict[str, list[Head]] = {}
    for head in heads:
        for tag in head.stance.tags or (NONE,):
            found.setdefault(tag, []).append(head)
    return {tag: tuple(found[tag]) for tag in sorted(found, key=lambda tag: (tag == NONE, tag))}


def by_group(
    heads: Iterable[Head], groups: Iterable[str], membership: Membership, day: date
) -> Parts:
    """Members by group on a day, under each of theirs; those of none last."""
    every = tuple(heads)
    parts = {code: membership.groups[code].on(day) for code in groups}
    found = {
        code: tuple(head for head in every if head.code in inside) for code, inside in parts.items()
    }
    anywhere = frozenset[str]().union(*parts.values())
    rest = tuple(head for head in every if head.code not in anywhere)
    return {code: heads for code, heads in found.items() if heads} | ({NONE: rest} if rest else {})
