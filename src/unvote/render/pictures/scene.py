"""What a picture shows: a ruling, the names of the members, and the light of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from unvote.render.palette import LIGHTS, NO_VOTE, Light, Pattern
from unvote.rulings import Ruling
from unvote.vocabulary import Vote

NOT_NAMED: Final = Light("#e8e8e8", "#000000", "", Pattern.HOLLOW)
"""The light of a member whose vote is known by number only."""
CLASSES: Final = {
    Vote.YES: "y",
    Vote.NO: "n",
    Vote.ABSTAIN: "a",
    Vote.ABSENT: "z",
    Vote.UNDECIDED: "u",
}
WORDS: Final = {
    "y": "yes",
    "n": "no",
    "a": "abstain",
    "z": "not voting",
    "u": "undecided",
    "x": "no vote",
    "e": "not named",
}
"""What each class of light is called."""
LIT: Final = {
    **{CLASSES[vote]: light for vote, light in LIGHTS.items()},
    "x": NO_VOTE,
    "e": NOT_NAMED,
}
"""The light of each class."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A vote to be drawn; `names` are the members' short names by code."""

    ruling: Ruling
    names: Mapping[str, str]

    @property
    def codes(self) -> tuple[str, ...]:
        """Everyone that sits, in the alphabetical order of their names; nobody if not known."""
        roll = self.ruling.case.roll
        if roll is None:
            everyone = frozenset[str]()
        elif roll.composition.members is not None:
            everyone = roll.composition.members
        else:
            everyone = frozenset(roll.named) | roll.not_entitled | roll.not_participating
        return tuple(sorted(everyone, key=lambda code: (self.name(code).casefold(), code)))

    def name(self, code: str) -> str:
        """The short name of a member, or its code."""
        return self.names.get(code, code)

    def kind(self, code: str) -> str:
        """The class of a member's light."""
        roll = self.ruling.case.roll
        if roll is None:
            return "e"
        if code in roll.not_entitled or code in roll.not_participating:
            return "x"
        vote = roll.named.get(code)
        return "e" if vote is None else CLASSES[vote]

    @property
    def loose(self) -> int:
        """How many votes are known without names."""
        roll = self.ruling.case.roll
        return sum(roll.unnamed.values()) if roll else 0

    @property
    def counts(self) -> dict[str, int]:
        """How many members did what, by class, those that nobody did left out but yes and no."""
        outcome = self.ruling.outcome
        if outcome is None:
            return {}
        tally = outcome.tally
        counts: dict[str, int] = {c: getattr(tally, vote.value) for vote, c in CLASSES.items()}
        counts["x"] = tally.not_entitled + tally.not_participating
        return {c: n for c, n in counts.items() if n or c in "yna"}

    @property
    def permanent(self) -> frozenset[str]:
        """The members whose no is a veto on this question."""
        roll, outcome = self.ruling.case.roll, self.ruling.outcome
        veto = outcome.rule.veto if outcome else None
        if roll is None or veto is None or veto.by is None:
            return frozenset()
        return roll.composition.classes.get(veto.by, frozenset())
