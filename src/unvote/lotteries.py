"""From stances to chances: blocs of members that cast one vote together, and how likely each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from unvote.rollcall import RollCall
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Vote

Chances = Mapping[Vote, Fraction]
HALF: Final = Fraction(1, 2)
ELSEWHERE: Final[Mapping[Vote, Chances]] = {
    Vote.YES: {Vote.ABSTAIN: Fraction(1)},
    Vote.NO: {Vote.ABSTAIN: Fraction(1)},
    Vote.ABSTAIN: {Vote.YES: HALF, Vote.NO: HALF},
    Vote.ABSENT: {Vote.ABSTAIN: Fraction(1)},
}
"""Where a member goes that does not vote as its stance says; an assumption, printed as such."""


@dataclass(frozen=True, slots=True)
class Bloc:
    """Members that cast one vote together, and the chance of each vote; the chances add up to one.

    A bloc without members stands for one vote known without a name.
    """

    members: tuple[str, ...]
    chances: Chances


def blocs_of(roll: RollCall, outlook: Outlook) -> tuple[Bloc, ...]:
    """The blocs of a roll call, independent of one another, in the order of their first members.

    A member without a stance votes as the roll call lists it. Who follows another, or belongs to
    a group that votes together, is in one bloc with it.
    """
    together: dict[str, list[str]] = {}
    chances: dict[str, Chances] = {}
    # Those that stand alike share their chances, so that what follows from them is found once.
    alike: dict[tuple[Vote, str], Chances] = {}
    for code in sorted(roll.named):
        key, stance = deciding(code, outlook)
        together.setdefault(key, []).append(code)
        if key in chances:
            continue
        if stance is None:
            stance = Stance(roll.named[code] if key == code else Vote.UNDECIDED)
        chances[key] = chances_of(stance, outlook)
        if not stance.chances:
            chances[key] = alike.setdefault((stance.listed(), stance.word), chances[key])
    blocs = [Bloc(tuple(codes), chances[key]) for key, codes in together.items()]
    loose = roll.unnamed.get(Vote.UNDECIDED, 0)
    return (*blocs, *(Bloc((), outlook.undecided) for _ in range(loose)))


def deciding(code: str, outlook: Outlook) -> tuple[str, Stance | None]:
    """Whose stance decides a member's vote (the last it follows, or its group), and that stance."""
    seen = {code}
    stance = outlook.stances.get(code)
    while stance is not None and stance.follows is not None and stance.follows not in seen:
        code = stance.follows
        seen.add(code)
        stance = outlook.stances.get(code)
    if stance is not None and stance.together and stance.group is not None:
        return f"{stance.group} together", stance
    return code, stance


def chances_of(stance: Stance, outlook: Outlook) -> Chances:
    """The chance of each vote under a stance that follows nobody.

    A plain vote, without a word of confidence, is taken as certain.
    """
    if stance.chances:
        return {vote: chance for vote, chance in stance.chances.items() if chance}
    vote = stance.listed()
    if vote is Vote.UNDECIDED:
        return outlook.undecided
    sure = outlook.confidence[stance.word] if stance.word else Fraction(1)
    chances: dict[Vote, Fraction] = {vote: sure}
    for other, share in ELSEWHERE[vote].items():
        if sure != 1:
            chances[other] = (1 - sure) * share
    return chances
