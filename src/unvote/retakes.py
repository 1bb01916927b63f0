"""The exact odds of a vote that a tie may put a second time (GA rule 95)."""

from fractions import Fraction

from unvote.cases import Case
from unvote.chances import Odds, odds_of
from unvote.lotteries import blocs_of
from unvote.revotes import asks_again, indulgent
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.stances import Outlook
from unvote.vocabulary import Verdict


def tie_chance(roll: RollCall, outlook: Outlook, rule: Rule) -> Fraction | None:
    """The exact chance of a tie; nothing where it cannot be told."""
    level = indulgent(rule)
    if level is None:
        return Fraction(0)
    blocs = blocs_of(roll, outlook)
    least, most = odds_of(roll, rule, blocs), odds_of(roll, level, blocs)
    return None if least is None or most is None else most.adopted - least.adopted


def odds_on(case: Case, rule: Rule) -> Odds | None:
    """The exact odds of a case under a rule, the second vote after a tie among them.

    Votes are independent of one another. Nothing where the odds cannot be told exactly.
    """
    if case.roll is None:
        return None
    outlook = case.outlook or Outlook()
    first = odds_of(case.roll, rule, blocs_of(case.roll, outlook))
    if case.second is None or first is None or not asks_again(rule):
        return first
    tie, second = tie_chance(case.roll, outlook, rule), _odds_of_second(case.second, rule)
    if tie is None or (tie and second is None):
        return None
    if second is None:
        return first
    return Odds(
        first.adopted + tie * second.adopted,
        first.not_adopted - tie * (1 - second.not_adopted),
        first.open + tie * second.open,
        first.vetoed + tie * second.vetoed,
    )


def _odds_of_second(case: Case, rule: Rule) -> Odds | None:
    """The odds of a second vote; of one of which only the result is known, that."""
    if case.roll is None:
        adopted = Fraction(case.result is Verdict.ADOPTED)
        return Odds(adopted, 1 - adopted, Fraction(0), Fraction(0))
    return odds_on(case, rule)
