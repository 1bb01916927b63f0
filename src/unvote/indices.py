"""Indices of voting power: exact, for each kind of member, with and without abstention.

A *way of voting* gives every member a vote: yes or no, or with abstention yes, abstain or no; all
ways are equally likely. A member *swings* where, whatever the others do being given, its yes
adopts the text and its no does not. L. S. Penrose, "The Elementary Statistics of Majority Voting",
Journal of the Royal Statistical Society 109 (1946), 53-57; D. S. Felsenthal and M. Machover,
"Ternary Voting Games", International Journal of Game Theory 26 (1997), 335-351.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import comb, factorial, prod

from unvote.kinds import Count, Judge, Kind, Others, Way, divided
from unvote.profiles import BeyondBoundError, each_without
from unvote.vocabulary import Vote

BOTH = (Vote.YES, Vote.NO)
ALL_THREE = (Vote.YES, Vote.ABSTAIN, Vote.NO)
MOST_INSIDE = 1024
"""Divisions of a union's own members up to which its power is shared out among them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The power of each member of a kind in a body of `voters`, of whom each has so many votes.

    `swings` counts the ways in which the others can vote that leave the decision to it.
    `adopting` and `failing` count the ways of all members to vote. `spoilt` of the first would
    fail had it voted no, `mended` of the second would be adopted had it voted yes.
    """

    members: tuple[str, ...]
    size: int
    voters: int
    votes: int
    swings: int
    adopting: int
    spoilt: int
    mended: int
    shapley: Fraction

    @property
    def banzhaf(self) -> Fraction:
        """The Penrose-Banzhaf measure: the chance that the decision is left to the member.

        Penrose (1946); J. F. Banzhaf III, "Weighted Voting Doesn't Work: A Mathematical Analysis",
        Rutgers Law Review 19 (1965), 317-343. With abstention: Felsenthal and Machover (1997).
        """
        return Fraction(self.swings, self.votes ** (self.voters - 1))

    @property
    def ways(self) -> int:
        """The ways to vote of all members."""
        ways: int = self.votes**self.voters
        return ways

    @property
    def failing(self) -> int:
        """The ways to vote that do not adopt."""
        return self.ways - self.adopting

    @property
    def prevent(self) -> Fraction:
        """The power to prevent action: of the ways that adopt, those that its no would make fail.

        J. S. Coleman, "Control of Collectivities and the Power of a Collectivity to Act", in B.
        Lieberman (ed.), Social Choice, New York 1971, 269-300. Coleman knows yes and no; with
        abstention the same share is taken of the three votes.
        """
        return Fraction(self.spoilt, self.adopting)

    @property
    def initiate(self) -> Fraction:
        """The power to initiate action: of the ways that fail, those that its yes would adopt.

        Coleman (1971), as `prevent`.
        """
        return Fraction(self.mended, self.failing)


def standings(judge: Judge, kinds: Sequence[Kind]) -> Iterator[Standing]:
    """The power of the members of each kind, in the order of the kinds."""
    voters = sum(kind.size for kind in kinds)
    for kind, others in each_without(judge, kinds):
        counts = _counts(others, {way.vote: way for way in kind.ways}, voters - 1)
        yield _standing(kind.codes, kind.size, voters, counts)


def _counts(others: Others, ways: Mapping[Vote, Way], size: int) -> dict[Vote, Count]:
    """How the others can vote so that each vote of a member adopts; a veto never does."""
    nought = Count((0,) * (size + 1), (0,) * (size + 1))
    return {vote: nought if way.vetoes else others.count(way.step) for vote, way in ways.items()}


def _standing(
    codes: tuple[str, ...], size: int, voters: int, counts: Mapping[Vote, Count]
) -> Standing:
    numbers = {vote: count.number for vote, count in counts.items()}
    yes, no = numbers[Vote.YES], numbers[Vote.NO]
    adopting = sum(numbers.values())
    shapley = _in_turn(counts, voters) if Vote.ABSTAIN in counts else _pivots(counts, voters)
    votes = len(counts)
    return Standing(
        codes,
        size,
        voters,
        votes,
        yes - no,
        adopting,
        adopting - votes * no,
        votes * yes - adopting,
        shapley,
    )


def _pivots(counts: Mapping[Vote, Count], voters: int) -> Fraction:
    """The Shapley-Shubik index: the share of all orders in which the member's yes is the one.

    L. S. Shapley and M. Shubik, "A Method for Evaluating the Distribution of Power in a Committee
    System", American Political Science Review 48 (1954), 787-792.
    """
    yes, no = counts[Vote.YES].by_yes, counts[Vote.NO].by_yes
    total = sum(
        factorial(before) * factorial(voters - 1 - before) * (more - less)
        for before, (more, less) in enumerate(zip(yes, no, strict=True))
        if more != less
    )
    return Fraction(total, factorial(voters))


def _in_turn(counts: Mapping[Vote, Count], voters: int) -> Fraction:
    """The Shapley-Shubik index with abstention (Felsenthal and Machover 1997).

    All members are called in an order, all orders and all votes equally likely. The pivot is the
    one at whose vote the outcome is certain, whatever those still to be called will do. Those
    called before it are a random set, so the chance is a Shapley value, and that an integral over
    the chance x to have been called: a vote other than no then has the chance x/3 and a no 1 - 2x/3
    where the rest is taken to vote no, and likewise with yes. So the ways are counted by the number
    of no votes, and by that of yes votes.
    """
    yes, abstain, no = (counts[vote] for vote in ALL_THREE)
    weights = _weights(voters - 1)
    from_below = zip(yes.by_no, abstain.by_no, no.by_no, weights, strict=True)
    from_above = zip(yes.by_yes, abstain.by_yes, no.by_yes, weights, strict=True)
    terms = [weight * (y + a - 2 * n) for y, a, n, weight in from_below]
    terms += [weight * (2 * y - a - n) for y, a, n, weight in from_above]
    return sum(terms, Fraction(0)) * Fraction(1, 3**voters)


@cache
def _weights(others: int) -> tuple[Fraction, ...]:
    """The integral from 0 to 1 of x^(others-k) (3-2x)^k, for each k: by parts, from k = 0 up."""
    found = [Fraction(1, others + 1)]
    for k in range(1, others + 1):
        rest = others - k + 1
        found.append((1 + 2 * k * found[-1]) / rest)
    return tuple(found)


# --- Unions formed beforehand ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Union:
    """Members that vote together, and what each kind of them has of their power.

    `bloc` is the power of the union as one member. `shares` gives, by kind, the Owen value: the
    share of all orders, the members of each union standing together, in which the member's yes is
    the one; and the Banzhaf-Owen measure: the chance that the decision is left to it, every other
    union voting as one.
    """

    bloc: Standing
    shares: tuple[tuple[Kind, Fraction, Fraction], ...]


def unions_of(
    judge: Judge, alone: Sequence[Kind], unions: Sequence[Sequence[Kind]]
) -> tuple[tuple[Standing, ...], tuple[Union, ...]]:
    """The power of members that stand alone, and of unions with their members; without abstention.

    G. Owen, "Values of Games with a Priori Unions", in R. Henn and O. Moeschlin (eds), Mathematical
    Economics and Game Theory, Berlin 1977, 76-88; "Modification of the Banzhaf-Coleman Index for
    Games with a Priori Unions", in M. J. Holler (ed.), Power, Voting, and Voting Power, Wuerzburg
    1982, 232-238.
    """
    blocs = [_bloc(union) for union in unions]
    kinds = (*alone, *blocs)
    voters = sum(kind.size for kind in kinds)
    found: list[Standing] = []
    shared: list[Union] = []
    for place, (kind, others) in enumerate(each_without(judge, kinds)):
        counts = _counts(others, {way.vote: way for way in kind.ways}, voters - 1)
        standing = _standing(kind.codes, kind.size, voters, counts)
        if place < len(alone):
            found.append(standing)
        else:
            union = unions[place - len(alone)]
            shares = tuple(_shares(union, others, voters - 1))
            shared.append(Union(standing, shares))
    return tuple(found), tuple(shared)


def _bloc(union: Sequence[Kind]) -> Kind:
    """A union as one member: all of it votes yes, or all of it no."""
    ways = []
    for place, vote in enumerate(BOTH):
        each = [(kind.ways[place], kind.size) for kind in union]
        step = tuple(
            sum(part)
            for part in zip(
                *([size * more for more in way.step] for way, size in each), strict=True
            )
        )
        ways.append(Way(vote, step, any(way.vetoes for way, _ in each)))
    codes = tuple(sorted(code for kind in union for code in kind.codes))
    return Kind(codes, 1, tuple(ways))


def _shares(
    union: Sequence[Kind], others: Others, outside: int
) -> Iterator[tuple[Kind, Fraction, Fraction]]:
    """The Owen value and the Banzhaf-Owen measure of each kind in a union.

    For every set of the member's own union, and of the others those unions that vote yes.
    """
    size = sum(kind.size for kind in union)
    if prod(kind.size + 1 for kind in union) > MOST_INSIDE:
        raise BeyondBoundError
    for place, kind in enumerate(union):
        rest = (*union[:place], Kind((), kind.size - 1, kind.ways), *union[place + 1 :])
        nowhere = tuple(0 for _ in kind.ways[0].step)
        owen, swings = Fraction(0), 0
        for (sums, yes, _), times in divided(rest, nowhere).items():
            counts = _counts(others, {way.vote: way.after(sums) for way in kind.ways}, outside)
            within = Fraction(times, size * comb(size - 1, yes))
            owen += within * _pivots(counts, outside + 1)
            swings += times * (counts[Vote.YES].number - counts[Vote.NO].number)
        yield kind, owen, Fraction(swings, 2 ** (outside + size - 1))
