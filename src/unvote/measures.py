"""One test at a time: a threshold, a quorum, a deemed adoption, a tie or a veto on a roll call.

Truth has three values: a test on votes known only as totals can be undetermined (`None`), and is
then never guessed.
"""

from collections.abc import Mapping
from typing import Final, assert_never

from unvote.outcomes import Finding, Kind, Truth
from unvote.rollcall import RollCall
from unvote.rules import NOT_YES, Blocking, Deemed, Rule, Threshold, Veto
from unvote.vocabulary import Base, TiePolicy, Vote

VOTING: Final = frozenset({Vote.YES, Vote.NO})
CASTING: Final = frozenset({Vote.YES, Vote.NO, Vote.ABSTAIN})


def threshold_test(roll: RollCall, bar: Threshold, *, alternative: bool = False) -> Finding:
    """Test one threshold. Without names, it is met or not only if no allocation disagrees."""
    if bar.among is None and bar.by is None:
        least, most = _plain(roll, bar)
    else:
        among = None if bar.among is None else roll.composition.classes[bar.among]
        weights = None if bar.by is None else roll.composition.weights[bar.by]
        least, most = roll.extent(bar.counting, among, weights)
    base = base_size(roll, bar)
    low, high = base or (0, 0)
    met: Truth
    if bar.met(least, high) and _certain(roll, bar, least, high):
        met = True
    elif not bar.met(most, low) and _certain(roll, bar, most, low):
        met = False
    else:
        met = None
    if bar.base is Base.PRESENT and roll.present is None and low != high:
        low = high  # the bar is shown for everybody present
    of = None if bar.base is None else low
    return Finding(
        Kind.NEED,
        bar,
        bar.need(low),
        least,
        most,
        of,
        met,
        bar.citation,
        alternative=alternative,
    )


def _certain(roll: RollCall, bar: Threshold, have: int, of: int) -> bool:
    """Whether the rounding of the weights leaves no doubt on which side of the bar `have` is."""
    error = doubt(roll, bar)
    return not error or abs(bar.slack(have, of)) > error


def doubt(roll: RollCall, bar: Threshold) -> int:
    """How far the rounding of the weights can move the slack of a threshold, either way.

    Each weight is off by at most half a unit. In `q * have - p * of` a weight on the yes side
    counts q - p times and one on the other side p times, so the whole is off by at most
    max(p, q - p) times the sum of the rounding errors. Against a plain number, which is exact, a
    weight counts q times or not at all.
    """
    error = roll.composition.errors.get(bar.by, 0) if bar.by else 0
    top, bottom = bar.amount.numerator, bar.amount.denominator
    return error * (bottom if bar.base is None else max(top, bottom - top))


def _plain(roll: RollCall, bar: Threshold) -> tuple[int, int]:
    """How many members did what a threshold counts, every member counting one."""
    tally = roll.tally
    if len(bar.counting) == 1:
        (vote,) = bar.counting
        count: int = getattr(tally, vote.value)
        return count, count
    count = sum(getattr(tally, vote.value) for vote in bar.counting)
    return count, count


def _plain_base(roll: RollCall, base: Base | None) -> tuple[int, int] | None:
    """The least and most members in a base; nothing for a plain count."""
    tally = roll.tally
    match base:
        case None:
            return None
        case Base.PRESENT_AND_VOTING:
            size = tally.yes + tally.no
        case Base.CAST:
            size = tally.cast
        case Base.MEMBERS:
            size = roll.composition.seats
        case Base.ELIGIBLE:
            size = roll.composition.seats - tally.not_entitled - tally.not_participating
        case Base.PRESENT:
            if roll.present is None:
                return tally.cast, roll.composition.seats
            size = roll.present
        case _:  # pragma: no cover - every base is above
            assert_never(base)
    return size, size


def base_size(roll: RollCall, bar: Threshold) -> tuple[int, int] | None:
    """The least and most of a threshold's base: members, or weight, within its class if it has one.

    Nothing for a plain count.
    """
    if bar.base is None or (bar.among is None and bar.by is None):
        return _plain_base(roll, bar.base)
    composition = roll.composition
    among = None if bar.among is None else composition.classes[bar.among]
    weights = None if bar.by is None else composition.weights[bar.by]
    if bar.base is Base.PRESENT_AND_VOTING:
        return roll.extent(VOTING, among, weights)
    if bar.base is Base.CAST:
        return roll.extent(CASTING, among, weights)
    everyone = composition.members or frozenset(weights or among or ())
    if bar.base is Base.PRESENT:
        most = _size(everyone, among, weights)
        return roll.extent(CASTING, among, weights)[0], most
    if bar.base is Base.ELIGIBLE:
        everyone = everyone - roll.not_entitled - roll.not_participating
    size = _size(everyone, among, weights)
    return size, size


def _size(
    everyone: frozenset[str], among: frozenset[str] | None, weights: Mapping[str, int] | None
) -> int:
    """The number of members, or their weight, within a class."""
    inside = everyone if among is None else everyone & among
    return len(inside) if weights is None else sum(weights.get(code, 0) for code in inside)


def quorum_test(roll: RollCall, quorum: Threshold) -> tuple[Finding, ...]:
    """Whether enough members were present; not known unless the record or the votes show it."""
    base = _plain_base(roll, quorum.base)
    of = None if base is None else base[0]
    have = roll.tally.cast if roll.present is None else roll.present
    reached = quorum.met(have, of or 0)
    met: Truth = True if reached else (False if roll.present is not None else None)
    return (
        Finding(Kind.QUORUM, quorum, quorum.need(of or 0), have, have, of, met, quorum.citation),
    )


def deemed_test(roll: RollCall, deemed: Deemed) -> tuple[Finding, ...]:
    """Whether too few members oppose for the text to fail."""
    limit = deemed.fewer_than
    least, count = (limit, limit) if isinstance(limit, int) else blocking_sizes(roll, limit)
    have = sum(getattr(roll.tally, vote.value) for vote in deemed.counting)
    if isinstance(limit, int) and deemed.counting == NOT_YES:
        # Of all members: who takes no part does not vote yes either.
        have += roll.tally.not_participating + roll.tally.not_entitled
    met: Truth = have < least and roll.tally.yes > 0
    if least <= have < count and roll.tally.yes:
        met = None  # the rounding of the weights decides
    return (Finding(Kind.DEEMED, deemed, count, have, have, None, met, deemed.citation),)


def blocking_sizes(roll: RollCall, blocking: Blocking) -> tuple[int, int]:
    """The fewest eligible members that together exceed the share of the weight, plus `plus`.

    The least and the most it can be: they differ where the rounding of the weights decides.
    """
    weights = roll.composition.weights[blocking.by]
    error = roll.composition.errors.get(blocking.by, 0)
    top, bottom = blocking.share.numerator, blocking.share.denominator
    doubt = max(top, bottom - top) * error
    out = roll.not_entitled | roll.not_participating
    sizes = sorted((weights[code] for code in weights if code not in out), reverse=True)
    total, held, least = sum(sizes), 0, 0
    for number, size in enumerate(sizes, 1):
        held += size
        over = held * bottom - total * top
        if over > -doubt and not least:
            least = number
        if over > doubt:
            return (least or number) + blocking.plus, number + blocking.plus
    return (least or len(sizes)) + blocking.plus, len(sizes) + blocking.plus


def tie_test(roll: RollCall, rule: Rule) -> tuple[Finding, ...]:
    """Whether as many vote yes as no, and what that comes to under the rule.

    `met` is whether the casting vote breaks the tie for the text; without one, a tie never does.
    """
    tally = roll.tally
    if tally.yes != tally.no or not tally.yes:
        return ()
    met: Truth = False
    if rule.tie is TiePolicy.CASTING_VOTE:
        met = None if roll.casting_vote is None else roll.casting_vote is Vote.YES
    return (Finding(Kind.TIE, rule.tie, 0, 0, 0, None, met, rule.tie_citation),)


def veto_test(roll: RollCall, veto: Veto, *, parties_out: bool) -> tuple[Finding, ...]:
    """Whether a holder of the veto used it; `met` if none did."""
    holders = None if veto.by is None else roll.composition.classes[veto.by]
    if parties_out and roll.parties:
        everyone = roll.composition.members or frozenset(roll.named)
        holders = (everyone if holders is None else holders) - roll.parties
    least, most = roll.extent(veto.votes, holders, None)
    who = tuple(
        sorted(
            code
            for code, vote in roll.named.items()
            if vote in veto.votes and vote is not Vote.UNDECIDED
            if holders is None or code in holders
        )
    )
    met = False if least else (None if most else True)
    return (Finding(Kind.VETO, veto, 0, least, most, None, met, veto.citation, who),)
