"""The closed sets of words of the trade: what a member does, what a body decides, and why."""

from enum import Enum


class Vote(Enum):
    """What one member does in one vote. `UNDECIDED` means the vote is not known yet."""

    # Every tally hashes votes by the thousand, and Enum's own hash is written in Python.
    __hash__ = object.__hash__

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    ABSENT = "absent"
    UNDECIDED = "undecided"


class Verdict(Enum):
    """What the body decided; `OPEN` while votes that are not known can still change it."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not adopted"
    OPEN = "open"


class Cause(Enum):
    """Why a text is not adopted, or why its verdict is open."""

    VETO = "veto"
    SHORTFALL = "shortfall"
    TIE = "tie"
    QUORUM = "quorum"
    UNDECIDED = "undecided"


class Base(Enum):
    """What a share is a share of, in number of members (or in weight)."""

    PRESENT_AND_VOTING = "present and voting"
    CAST = "cast"
    PRESENT = "present"
    MEMBERS = "members"
    ELIGIBLE = "eligible"


class TiePolicy(Enum):
    """What happens when as many members vote yes as no."""

    NOT_ADOPTED = "not adopted"
    SECOND_VOTE = "second vote then not adopted"
    CASTING_VOTE = "casting vote"


class Mode(Enum):
    """How a body decides: by a vote, or by consensus (no member objects)."""

    VOTE = "vote"
    CONSENSUS = "consensus"
