"""What changed between two versions of one vote: who moved, and what each move did to the odds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from unvote.cases import Case
from unvote.chances import Odds, Spread, odds_of, spread_of
from unvote.gauges import scale_of
from unvote.lotteries import blocs_of, chances_of, deciding
from unvote.retakes import odds_on
from unvote.rollcall import Composition, RollCall
from unvote.rules import Rule
from unvote.rulings import Ruling
from unvote.stances import Outlook, Stance
from unvote.standpoints import (
    NOUGHT,
    Fact,
    Kind,
    distance_of,
    facts_of,
    kinds_of,
    line_of,
    meaning_of,
    outlook_of,
    rules_of,
    stance_in,
)
from unvote.vocabulary import Vote

EMPTY: Final = RollCall(Composition(0), {})


@dataclass(frozen=True, slots=True)
class Shift:
    """One move: of a member, or of the members of a group whose line was changed.

    `old` or `new` is missing where the members had, or have, no vote here. `trailing` are members
    whose own stance stays, and who follow one that moved. `adopted` is the chance of adoption had
    this move alone come about, and `change` what it adds to the chance before; both are missing
    where there are no exact odds, or where the body itself is another one.
    """

    members: tuple[str, ...]
    group: str | None
    old: Stance | None
    new: Stance | None
    kinds: tuple[Kind, ...]
    trailing: tuple[str, ...] = ()
    adopted: Fraction | None = None
    change: Fraction | None = None
    distance: Fraction = NOUGHT


@dataclass(frozen=True, slots=True)
class OddsShift:
    """The odds under one question before and after; missing where they are not to be had."""

    question: str
    old: Odds | None
    new: Odds | None

    @property
    def change(self) -> Fraction | None:
        """What was added to the chance of adoption."""
        if self.old is None or self.new is None:
            return None
        return self.new.adopted - self.old.adopted


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed between two versions of a vote.

    `shifts` are in order of their weight: of the change in the odds, then of the distance of the
    chances. `spreads` are the chances of each number of yes votes before and after; missing, as the
    odds, between two records. `assumed` is the chance of adoption had only the assumptions changed.
    """

    shifts: tuple[Shift, ...]
    facts: tuple[Fact, ...]
    odds: tuple[OddsShift, ...]
    spreads: tuple[Spread, Spread] | None = None
    assumed: Fraction | None = None


def difference(old: Ruling, new: Ruling) -> Difference:
    """What changed from one version of a vote to another.

    Odds are given where one of the two is a forecast. What a single move did is measured on the
    old version, everything else left as it was there; such changes need not add up to the whole.
    """
    before, after = outlook_of(old.case), outlook_of(new.case)
    shifts = list(_shifts(old.case, new.case))
    facts = tuple(facts_of(old.case, new.case))
    if not _foretold(old.case) and not _foretold(new.case):
        return Difference(_sorted(shifts), facts, ())
    odds = tuple(_prospects(old.case, new.case))
    spreads = _spread(old.case), _spread(new.case)
    start = odds[0].old if odds else None
    if start is None:
        return Difference(_sorted(shifts), facts, odds, spreads)
    rule = dict(rules_of(old.case))[odds[0].question]
    scales = _Scales(old.case, new.case, rule, start)
    shifts = [scales.weighed(shift) for shift in shifts]
    assumed = None
    if (before.confidence, before.undecided) != (after.confidence, after.undecided):
        other = replace(
            before,
            confidence={**before.confidence, **after.confidence},
            undecided=after.undecided,
        )
        assumed = _adopted(old.case.roll, rule, other)
    return Difference(_sorted(shifts), facts, odds, spreads, assumed)


def _foretold(case: Case) -> bool:
    return case.outlook is not None


def _sorted(shifts: list[Shift]) -> tuple[Shift, ...]:
    """The heaviest first."""
    return tuple(sorted(shifts, key=lambda s: (-abs(s.change or 0), -s.distance, s.members)))


# --- Who moved -----------------------------------------------------------------------------------


def _shifts(old: Case, new: Case) -> Iterator[Shift]:
    """Every move; members that moved alike through the line of one group are one."""
    codes = sorted((old.roll or EMPTY).named.keys() | (new.roll or EMPTY).named.keys())
    alike: dict[tuple[object, ...], list[str]] = {}
    for code in codes:
        stances = stance_in(old, code), stance_in(new, code)
        if kinds_of(*stances):
            line = line_of(*stances)
            key = (
                (code,) if line is None else (line, meaning_of(stances[0]), meaning_of(stances[1]))
            )
            alike.setdefault(key, []).append(code)
    moved = {code for members in alike.values() for code in members}
    for members in alike.values():
        before, after = stance_in(old, members[0]), stance_in(new, members[0])
        yield Shift(
            tuple(members),
            line_of(before, after),
            before,
            after,
            kinds_of(before, after),
            _trailing(members, moved, new),
            distance=sum((distance_of(code, old, new) for code in members), NOUGHT),
        )


def _trailing(members: list[str], moved: set[str], new: Case) -> tuple[str, ...]:
    """Who follows one of these, its own stance unchanged."""
    outlook = outlook_of(new)
    stances = {code: stance_in(new, code) for code in members}
    leading = {
        deciding(code, outlook)[0]
        for code, stance in stances.items()
        if stance and not stance.follows
    }
    still = sorted((new.roll or EMPTY).named.keys() - moved)
    return tuple(code for code in still if deciding(code, outlook)[0] in leading)


# --- What a move did -----------------------------------------------------------------------------


def _prospects(old: Case, new: Case) -> Iterator[OddsShift]:
    """The odds under each question that both versions can be taken under."""
    later = dict(rules_of(new))
    for question, rule in rules_of(old):
        if question in later:
            yield OddsShift(
                question,
                odds_on(old, rule),
                odds_on(new, later[question]),
            )


def _spread(case: Case) -> Spread:
    roll = case.roll or EMPTY
    return spread_of(roll, blocs_of(roll, outlook_of(case)))


def _odds(roll: RollCall | None, rule: Rule, outlook: Outlook) -> Odds | None:
    return None if roll is None else odds_of(roll, rule, blocs_of(roll, outlook))


def _adopted(roll: RollCall | None, rule: Rule, outlook: Outlook) -> Fraction | None:
    odds = _odds(roll, rule, outlook)
    return None if odds is None else odds.adopted


class _Scales:
    """What each move alone does to the old version; members in one position share an answer."""

    def __init__(self, old: Case, new: Case, rule: Rule, start: Odds) -> None:
        self.old, self.new, self.rule, self.start = old, new, rule, start
        before, after = outlook_of(old), outlook_of(new)
        self.outlook = replace(before, confidence={**after.confidence, **before.confidence})
        self.scale = scale_of(old.roll or EMPTY, rule)
        self.leading = {
            stance.follows for each in (before, after) for stance in each.stances.values()
        }
        self._known: dict[object, Fraction | None] = {}

    def weighed(self, shift: Shift) -> Shift:
        """A move with the chance of adoption had it alone come about."""
        key = self._position(shift) or shift.members
        if key not in self._known:
            self._known[key] = self._after(shift)
        adopted = self._known[key]
        if adopted is None:
            return shift
        return replace(shift, adopted=adopted, change=adopted - self.start.adopted)

    def _after(self, shift: Shift) -> Fraction | None:
        roll = _with_seats(shift, self.old.roll or EMPTY, self.new.roll or EMPTY)
        if roll is None:
            return None
        stances = dict(self.outlook.stances)
        for code in shift.members:
            stances.pop(code, None)
            stance = stance_in(self.new, code)
            if stance is not None:
                stances[code] = stance
        return _adopted(roll, self.rule, replace(self.outlook, stances=stances))

    def _position(self, shift: Shift) -> object:
        """All that the odds can see of a move of one member, which decides for itself alone."""
        if len(shift.members) > 1 or shift.old is None or shift.new is None:
            return None
        (code,) = shift.members
        bound = any(stance.follows or stance.together for stance in (shift.old, shift.new))
        if bound or code in self.leading:
            return None
        chances = (chances_of(stance, self.outlook) for stance in (shift.old, shift.new))
        effects = ((self.scale.steps(code, vote), self.scale.vetoes(code, vote)) for vote in Vote)
        return (*(frozenset(each.items()) for each in chances), *effects)


def _with_seats(shift: Shift, old: RollCall, new: RollCall) -> RollCall | None:
    """The old roll call with these members as they are now; nothing where the seats are others."""
    codes = frozenset(shift.members)
    named = {code: vote for code, vote in old.named.items() if code not in codes}
    named |= {code: vote for code, vote in new.named.items() if code in codes}
    barred = (old.not_entitled - codes) | (new.not_entitled & codes)
    out = (old.not_participating - codes) | (new.not_participating & codes)
    changed = replace(old, named=named, not_entitled=barred, not_participating=out)
    return changed if changed.tally.seats == old.tally.seats else None
