"""Taking a roll call: who is called next, what each member replied, and what may not be replied.

A poll is what the acts so far have made of a roster; every act gives a new poll. Members are
called in the order of the roster; those that passed are asked again when all have been called.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final, assert_never

from unvote.rollcall import RollCall
from unvote.vocabulary import Vote


class Reply(Enum):
    """What a member replies when it is called; absent members do not reply at all."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    ABSENT = "absent"
    PASS = "pass"  # noqa: S105 - a word said in a roll call, no secret


KEYS: Final = {
    "y": Reply.YES,
    "n": Reply.NO,
    "a": Reply.ABSTAIN,
    "p": Reply.PASS,
    "x": Reply.ABSENT,
}
"""The key of each reply."""
VOTES: Final = {
    Reply.YES: Vote.YES,
    Reply.NO: Vote.NO,
    Reply.ABSTAIN: Vote.ABSTAIN,
    Reply.ABSENT: Vote.ABSENT,
    Reply.PASS: Vote.UNDECIDED,
}
"""What a reply counts as; whoever passed has still to say."""
SEAT: Final = "#"
"""What the number of a seat begins with, where nobody knows who sits on it."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is called, in the order of the call: codes of members, or seats by number (`#7`).

    `bound` are the members that declared themselves present and voting, a usage of Model United
    Nations: they may not abstain. With `strict` whoever passed may not abstain either.
    """

    called: tuple[str, ...]
    bound: frozenset[str] = frozenset()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A member replies; a later answer takes the place of an earlier one."""

    member: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """The chair turns to a member out of the order."""

    member: str


@dataclass(frozen=True, slots=True)
class Pledge:
    """A member declares itself present and voting, or is no longer taken for it."""

    member: str


Act = Answer | Turn | Pledge


@dataclass(frozen=True, slots=True)
class Poll:
    """A roll call on its way.

    `replies` holds what each member called so far replied; `passed` are those that have passed
    once, whatever they replied since; `bound` are present and voting; `turned` is the member that
    the chair turned to out of the order. All of it follows from the roster and the acts.
    """

    roster: Roster
    acts: tuple[Act, ...] = ()
    replies: Mapping[str, Reply] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    turned: str | None = None

    @property
    def uncalled(self) -> tuple[str, ...]:
        """The members that have not replied yet, in the order of the call."""
        return tuple(member for member in self.roster.called if member not in self.replies)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The members that passed and are to be asked again, in the order of the call."""
        passes = (m for m in self.roster.called if self.replies.get(m) is Reply.PASS)
        return tuple(passes)

    @property
    def to_come(self) -> tuple[str, ...]:
        """The members to be called if nothing comes between: the first round, then the second."""
        return self.uncalled + self.waiting

    @property
    def second_round(self) -> bool:
        """Whether all have been called once, and those that passed are asked again."""
        return not self.uncalled

    @property
    def at(self) -> str | None:
        """The member that is called now; nobody when all have voted."""
        return self.turned or next(iter(self.to_come), None)


def opened(roster: Roster) -> Poll:
    """A roll call before the first member is called."""
    return Poll(roster, bound=roster.bound)


def polled(roster: Roster, acts: Iterable[Act]) -> Poll:
    """The roll call after some acts; those that may not be are left out."""
    poll = opened(roster)
    for act in acts:
        if not refusal(poll, act):
            poll = after(poll, act)
    return poll


def undone(poll: Poll) -> Poll:
    """The roll call before its last act; the same where there was none."""
    return polled(poll.roster, poll.acts[:-1])


def pressed(poll: Poll, key: str) -> Act | None:
    """What a key does to the member called now; nothing if it has no meaning there."""
    if poll.at is None:
        return None
    if key == "v":
        return Pledge(poll.at)
    reply = KEYS.get(key)
    return None if reply is None else Answer(poll.at, reply)


def refusal(poll: Poll, act: Act) -> str:
    """Why an act may not be, in words; empty if it may."""
    member = act.member
    if member not in poll.roster.called:
        return f"{member} is not called in this vote"
    if isinstance(act, Answer):
        return _refused(poll, member, act.reply)
    if isinstance(act, Pledge) and poll.replies.get(member) is Reply.ABSTAIN:
        return f"{member} has abstained: correct its vote first"
    return ""


def _refused(poll: Poll, member: str, reply: Reply) -> str:
    """Why a member may not reply so."""
    if reply is Reply.PASS and member in poll.passed:
        return f"{member} has passed once: now it votes"
    if reply is Reply.PASS and poll.second_round:
        return "all have been called: nobody passes any more"
    if reply is Reply.ABSTAIN and member in poll.bound:
        return f"{member} is present and voting: it may not abstain"
    if reply is Reply.ABSTAIN and poll.roster.strict and member in poll.passed:
        return f"{member} has passed: it may not abstain"
    return ""


def after(poll: Poll, act: Act) -> Poll:
    """The roll call after an act that is not refused."""
    acts = (*poll.acts, act)
    match act:
        case Answer(member, reply):
            passed = poll.passed | {member} if reply is Reply.PASS else poll.passed
            turned = None if poll.turned == member else poll.turned
            replies = {**poll.replies, member: reply}
            return replace(poll, acts=acts, replies=replies, passed=passed, turned=turned)
        case Turn(member):
            return replace(poll, acts=acts, turned=member)
        case Pledge(member):
            return replace(poll, acts=acts, bound=poll.bound ^ {member})
        case _:
            assert_never(act)


def votes_of(poll: Poll, roll: RollCall) -> RollCall:
    """The roll call with what was replied; who passed, or was not called yet, is undecided.

    Votes of numbered seats have no names. `roll` says who sits; those that are never called are
    absent, unless they have no vote or take no part.
    """
    out = roll.not_entitled | roll.not_participating
    silent = (roll.composition.members or frozenset()) - out - frozenset(poll.roster.called)
    votes = {m: VOTES[poll.replies.get(m, Reply.PASS)] for m in poll.roster.called}
    named = {member: vote for member, vote in votes.items() if not member.startswith(SEAT)}
    named.update(dict.fromkeys(sorted(silent), Vote.ABSENT))
    loose = Counter(vote for member, vote in votes.items() if member.startswith(SEAT))
    left = roll.composition.seats - len(votes) - len(silent) - len(out)
    if left > 0:
        loose[Vote.ABSENT] += left
    return replace(roll, named=named, unnamed=dict(loose))


def alphabetical(name: str) -> tuple[str, ...]:
    """The place of a name in the English alphabetical order, word by word, accents left aside."""
    plain = unicodedata.normalize("NFKD", name.replace("\u0131", "i")).casefold()
    kept = "".join(c if c.isalnum() else "" if c in "'\u2019" else " " for c in _bare(plain))
    return tuple(kept.split())


def _bare(text: str) -> str:
    """Text without combining marks."""
    return "".join(c for c in text if not unicodedata.combining(c))


def begun_at(called: tuple[str, ...], first: str) -> tuple[str, ...]:
    """The order of the call begun at a member, and gone round to the one before it."""
    place = called.index(first)
    return called[place:] + called[:place]
