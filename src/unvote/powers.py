"""Who has how much power in a body under a rule, before anybody has said how it will vote."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from unvote.bodies import Question, columns
from unvote.coalitions import MOST_MEMBERS, Power as Coalitions, coalitions_of
from unvote.gauges import Scale, scale_of
from unvote.indices import ALL_THREE, BOTH, Standing, Union, standings, unions_of
from unvote.kinds import Judge, Kind, kinds_of
from unvote.profiles import BeyondBoundError, each_without
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.vocabulary import Mode, TiePolicy, Verdict


class Refusal(Enum):
    """Why there are no figures."""

    CONSENSUS = "consensus"
    NOBODY = "nobody"
    NAMELESS = "nameless"
    UNEVEN = "uneven"
    NEVER = "never"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Powers:
    """The power of every member that may vote under one question; all of them are taken to vote.

    Weights are taken as they are listed. `open` of the ways to vote are left open by their
    rounding, or by a casting vote that is not known: the second sort counts as not adopting.
    Where unions are formed beforehand `standings` are of the members outside, each union counted
    as one member. `coalitions` are the minimal ones, where they were asked for and are within
    bounds.
    """

    question: Question
    rule: Rule
    roll: RollCall
    standings: tuple[Standing, ...]
    unions: Mapping[str, Union]
    open: int = 0
    coalitions: Coalitions | None = None

    @property
    def any(self) -> Standing:
        """The standing of some member, which knows what all have in common."""
        return (*self.standings, *(union.bloc for union in self.unions.values()))[0]

    @property
    def abstention(self) -> bool:
        """Whether members may abstain."""
        return self.any.votes == len(ALL_THREE)

    @property
    def ways(self) -> int:
        """The ways to vote of all members, a union being one."""
        return self.any.ways

    @property
    def act(self) -> Fraction:
        """The power of the body to act: of all ways to vote, those that adopt (Coleman 1971)."""
        return Fraction(self.any.adopting, self.ways)

    @property
    def swings(self) -> int:
        """The swings of all members together, a union being one."""
        blocs = (union.bloc for union in self.unions.values())
        return sum(each.swings * each.size for each in (*self.standings, *blocs))

    def normalised(self, standing: Standing) -> Fraction:
        """The normalised Banzhaf index: a member's part of the swings of all (Banzhaf 1965)."""
        return Fraction(standing.swings, self.swings)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: with abstention or not; which unions are formed; coalitions too or not."""

    abstention: bool = False
    unions: Mapping[str, frozenset[str]] | None = None
    coalitions: bool = False


def powers_of(question: Question, rule: Rule, roll: RollCall, asked: Asked) -> Powers | Refusal:
    """The power of the members of a roll call that may vote, whatever they did in it.

    With unions, `asked.unions` gives their members by name, each in one at most. Refused where no
    votes are counted, where there is nobody, where it matters whose votes those without names are,
    where a further yes can hurt, where no way to vote adopts, and beyond the bounds.
    """
    refusal = _refused(rule, roll)
    if refusal:
        return refusal
    level = _all_present(roll)
    exact = replace(level, composition=replace(level.composition, errors={}))
    scale = scale_of(exact, rule)
    if not scale_of(roll, rule).exact:
        return Refusal.NAMELESS
    kinds = kinds_of(roll, scale, ALL_THREE if asked.abstention else BOTH)
    try:
        found, unions = _indices(Judge(scale), kinds, asked.unions or {})
        doubt = _open(scale_of(level, rule), kinds) if _doubtful(level, rule) else 0
    except BeyondBoundError:
        return Refusal.BEYOND
    coalitions = coalitions_of(roll, rule) if asked.coalitions else None
    powers = Powers(question, rule, roll, found, unions, doubt, coalitions)
    return powers if powers.any.adopting else Refusal.NEVER


def _refused(rule: Rule, roll: RollCall) -> Refusal | None:
    """What stands in the way from the first."""
    if rule.mode is Mode.CONSENSUS:
        return Refusal.CONSENSUS
    if not roll.tally.eligible:
        return Refusal.NOBODY
    if roll.tally.eligible > MOST_MEMBERS:
        return Refusal.BEYOND
    return None if rule.monotone else Refusal.UNEVEN


def _all_present(roll: RollCall) -> RollCall:
    """The same body with all that may vote in the room, and nobody's vote known beforehand."""
    return replace(roll, unnamed={}, present=roll.tally.eligible)


def _indices(
    judge: Judge, kinds: Sequence[Kind], unions: Mapping[str, frozenset[str]]
) -> tuple[tuple[Standing, ...], dict[str, Union]]:
    if not unions:
        return tuple(standings(judge, kinds)), {}
    within = [list(_inside(kinds, codes)) for codes in unions.values()]
    taken = frozenset[str]().union(*unions.values())
    alone, shared = unions_of(judge, list(_outside(kinds, taken)), within)
    return alone, dict(zip(unions, shared, strict=True))


def _inside(kinds: Iterable[Kind], codes: frozenset[str]) -> Iterable[Kind]:
    """The part of each kind that is among these members."""
    for kind in kinds:
        same = tuple(code for code in kind.codes if code in codes)
        if same:
            yield replace(kind, codes=same, size=len(same))


def _outside(kinds: Iterable[Kind], codes: frozenset[str]) -> Iterable[Kind]:
    """The part of each kind that is not among them; those without names never are."""
    for kind in kinds:
        others = tuple(code for code in kind.codes if code not in codes)
        size = kind.size - len(kind.codes) + len(others)
        if size:
            yield replace(kind, codes=others, size=size)


def _doubtful(roll: RollCall, rule: Rule) -> bool:
    """Whether the rounding of weights or a casting vote can leave a verdict open."""
    cast = rule.tie is TiePolicy.CASTING_VOTE and any(bar.ties for bar in rule.thresholds())
    return cast or any(roll.composition.errors.get(column) for column in columns(rule))


def _open(scale: Scale, kinds: Sequence[Kind]) -> int:
    """The ways to vote that are left open."""
    kind, others = next(iter(each_without(Judge(scale, Verdict.OPEN), kinds)))
    return sum(others.count(way.step).number for way in kind.open)
