"""The next call: every move of every member, by what it does to the odds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from unvote.chances import Effort, Odds, odds_of
from unvote.gauges import Scale, scale_of
from unvote.lotteries import Bloc, blocs_of, deciding
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.scenarios import SetVote, foreseen
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Verdict, Vote

MOST_STEPS: Final = 40_000_000
"""Elementary steps up to which calls are ranked, about: the odds after every move, added up."""
BLOC: Final = 50
"""Steps that every bloc takes in odds, whatever the rule."""
MOVES: Final = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT)


@dataclass(frozen=True, slots=True)
class Call:
    """One member brought to one vote for certain, and what that does.

    `gain` is the change in the chance of the verdict wanted; `cost` is in the units of the stances;
    `followers` go where the member goes.
    """

    member: str
    to: Vote
    gain: Fraction
    cost: int = 1
    followers: tuple[str, ...] = ()

    @property
    def worth(self) -> Fraction:
        """The gain for each unit of cost."""
        return self.gain / self.cost


@dataclass(frozen=True, slots=True)
class Calls:
    """All moves that change the odds of the verdict `wanted`, and the members that have none.

    `now` are its odds as things stand.
    """

    wanted: Verdict
    now: Fraction
    moves: tuple[Call, ...]
    idle: Mapping[str, str]

    @property
    def helpful(self) -> tuple[Call, ...]:
        """The moves that help, the worthiest first; equals by name."""
        found = (call for call in self.moves if call.gain > 0)
        return tuple(sorted(found, key=lambda call: (-call.worth, call.member, call.to.value)))

    @property
    def guards(self) -> tuple[Call, ...]:
        """Who must not be lost: the worst move of each member, the most harmful first."""
        worst: dict[str, Call] = {}
        for call in sorted(self.moves, key=lambda call: (call.gain, call.member, call.to.value)):
            if call.gain < 0:
                worst.setdefault(call.member, call)
        return tuple(worst.values())


def calls_of(
    roll: RollCall,
    rule: Rule,
    outlook: Outlook,
    *,
    wanted: Verdict = Verdict.ADOPTED,
    costs: Mapping[str, int] | None = None,
) -> Calls | None:
    """Every move of every member with a vote, and its gain: the odds after it less those now.

    A member that is moved votes so for certain, whoever follows it too; it leaves a group that
    votes together. `costs` go before those of the stances. Nothing where the odds are not exact, or
    so many different moves would take more than `MOST_STEPS` steps.
    """
    moves = _Moves(roll, rule, outlook, wanted)
    effort = Effort()
    now = moves.odds(moves.blocs, effort)
    if now is None or (effort.spent + BLOC * len(moves.blocs)) * moves.number > MOST_STEPS:
        return None
    found: list[Call] = []
    idle = dict(_without_vote(roll))
    for code in sorted(roll.named):
        cost = (costs or {}).get(code) or outlook.stances.get(code, Stance()).cost
        own: list[Call] = []
        for vote in moves.targets(code):
            after = moves.after(code, vote)
            if after is None:
                return None  # a member that leaves a group can make the odds too many to add up
            if after != now:
                own.append(Call(code, vote, after - now, cost, moves.followers(code)))
        found += own
        if not own:
            idle[code] = moves.reason(code)
    return Calls(wanted, now, tuple(found), idle)


def _without_vote(roll: RollCall) -> Iterator[tuple[str, str]]:
    for code in sorted(roll.not_entitled):
        yield code, "has no vote (UN Charter, Art. 19)"
    for code in sorted(roll.not_participating):
        yield code, "takes no part"


class _Moves:
    """The odds after each move; members in the same position share one answer."""

    def __init__(self, roll: RollCall, rule: Rule, outlook: Outlook, wanted: Verdict) -> None:
        self.roll, self.rule, self.outlook, self.wanted = roll, rule, outlook, wanted
        self.scale: Scale = scale_of(roll, rule)
        self.blocs = blocs_of(roll, outlook)
        self.home = {code: bloc for bloc in self.blocs for code in bloc.members}
        self._known: dict[object, Fraction | None] = {}

    @property
    def number(self) -> int:
        """How many moves have odds of their own."""
        return len({self._key(code, vote) for code in self.home for vote in self.targets(code)})

    def odds(self, blocs: Sequence[Bloc], effort: Effort | None = None) -> Fraction | None:
        """The odds of the verdict wanted."""
        odds = odds_of(self.roll, self.rule, blocs, effort)
        return None if odds is None else _of(odds, self.wanted)

    def targets(self, code: str) -> Iterator[Vote]:
        """The votes a member can be brought to that differ, under this rule, from one another."""
        seen: set[object] = set()
        moved = (code, *self.followers(code))
        for vote in MOVES:
            effect = tuple((self.scale.steps(c, vote), self.scale.vetoes(c, vote)) for c in moved)
            if effect not in seen and self.home[code].chances.get(vote) != 1:
                seen.add(effect)
                yield vote

    def after(self, code: str, vote: Vote) -> Fraction | None:
        """The odds once a member votes so for certain."""
        key = self._key(code, vote)
        if key not in self._known:
            self._known[key] = self.odds(self._moved(code, vote))
        return self._known[key]

    def _alone(self, code: str) -> bool:
        """Whether a member decides for itself only."""
        return self.home[code].members == (code,) and deciding(code, self.outlook)[0] == code

    def _key(self, code: str, vote: Vote) -> object:
        """What the odds after a move depend on."""
        if not self._alone(code):
            return code, vote
        effects = tuple((self.scale.steps(code, v), self.scale.vetoes(code, v)) for v in MOVES)
        return tuple(self.home[code].chances.items()), effects, vote

    def _moved(self, code: str, vote: Vote) -> tuple[Bloc, ...]:
        """The blocs after a move."""
        if not self._alone(code):
            return blocs_of(self.roll, foreseen(self.outlook, [SetVote((code,), vote)]))
        sure = Bloc((code,), {vote: Fraction(1)})
        return tuple(sure if bloc.members == (code,) else bloc for bloc in self.blocs)

    def followers(self, code: str) -> tuple[str, ...]:
        """Who goes where a member goes."""
        if len(self.home[code].members) == 1:
            return ()
        stances = self.outlook.stances
        found: list[str] = []
        for other in self.home[code].members:
            seen, at = {other}, stances.get(other)
            while at is not None and at.follows is not None and at.follows not in seen:
                if at.follows == code:
                    found.append(other)
                seen.add(at.follows)
                at = stances.get(at.follows)
        return tuple(found)

    def reason(self, code: str) -> str:
        """Why no vote of a member changes the odds."""
        if code in self.scale.parties:
            return "is a party to the dispute and shall abstain (UN Charter, Art. 27(3))"
        sure = [
            other
            for other, bloc in self.home.items()
            if all(self.scale.vetoes(other, vote) for vote in bloc.chances)
        ]
        if sure:
            return f"cannot matter while {', '.join(sorted(sure))} is certain to veto"
        return "no vote of its own changes the odds"


def _of(odds: Odds, verdict: Verdict) -> Fraction:
    return odds.adopted if verdict is Verdict.ADOPTED else odds.not_adopted
