"""Motions for division: whether the parts of a text are voted separately, and who decides it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from unvote.bodies import Regime
from unvote.cases import Case
from unvote.outcomes import Truth


class Way(Enum):
    """What becomes of a motion for division by the rules of the body."""

    VOTE = "put to the vote"
    GRANTED = "granted without a vote"
    REFUSED = "refused without a vote"

    @property
    def parts(self) -> Truth:
        """Whether the parts are voted separately; nothing where a vote decides it."""
        return {Way.VOTE: None, Way.GRANTED: True, Way.REFUSED: False}[self]


@dataclass(frozen=True, slots=True)
class Settled:
    """The way a motion goes, with the reason."""

    way: Way
    reason: str


def way_of(motion: Case) -> Settled:
    """What becomes of a motion for division; `without_vote` says that none is recorded.

    In the Assembly an objection puts it to the vote, and a vote tells of an objection; elsewhere a
    request is enough, or enough unless the mover of the text objects.
    """
    division = motion.body.division
    regime = division.on if division else None
    objectors = motion.place.objectors
    if regime is Regime.REQUEST:
        return Settled(Way.GRANTED, "a request is enough: no vote is taken on it")
    if regime is Regime.MOVER:
        return _by_mover(objectors, motion.place.movers)
    if motion.without_vote and not objectors:
        if regime is None:
            return Settled(Way.GRANTED, "no vote on it is recorded")
        return Settled(Way.GRANTED, "nobody objects: no vote is taken on it")
    if objectors:
        return Settled(Way.VOTE, f"{_object(objectors)}: put to the vote")
    return Settled(Way.VOTE, "put to the vote")


def _by_mover(objectors: Iterable[str], movers: Iterable[str]) -> Settled:
    """A request that the mover of the text can refuse."""
    known = tuple(movers)
    barring = tuple(code for code in objectors if code in known or not known)
    if not barring:
        reason = "a request is enough, unless the mover of the text objects: no vote is taken on it"
        return Settled(Way.GRANTED, reason)
    text = "whose text it is" if known else "taken for the mover, for no sponsors are listed"
    return Settled(Way.REFUSED, f"{_object(barring, text)}: no vote is taken on it")


def _object(codes: Iterable[str], remark: str = "") -> str:
    """Who objects, in words."""
    who = sorted(codes)
    verb = "objects" if len(who) == 1 else "object"
    names = who[0] if len(who) == 1 else f"{', '.join(who[:-1])} and {who[-1]}"
    return f"{names}, {remark}, {verb}" if remark else f"{names} {verb}"
