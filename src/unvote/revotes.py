"""The second vote that a tie puts where the rule asks for one (GA rule 95), and what it changes.

A vote of which a second one may follow can end in three ways: adopted, lost, or tied; only on a tie
does the second vote decide, and if it ties too the text is not adopted.
"""

from dataclasses import replace
from fractions import Fraction

from unvote.cases import Case
from unvote.chances import Odds, odds_of
from unvote.engine import decide
from unvote.lotteries import blocs_of
from unvote.outcomes import Outcome
from unvote.rollcall import RollCall
from unvote.rules import Bar, Rule, Threshold
from unvote.stances import Outlook
from unvote.vocabulary import Cause, TiePolicy, Verdict


def asks_again(rule: Rule) -> bool:
    """Whether a tie puts a second vote under this rule."""
    return rule.tie is TiePolicy.SECOND_VOTE


def indulgent(rule: Rule) -> Rule | None:
    """The rule with a tie let pass; nothing where it is not one majority of those voting."""
    need = rule.needs[0] if len(rule.needs) == 1 else None
    if not isinstance(need, Threshold) or not need.ties:
        return None
    return replace(rule, needs=(replace(need, bar=Bar.AT_LEAST),))


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


def foreseen(case: Case, outcome: Outcome) -> Outcome:
    """The outcome of a vote that is still open, with what a second vote after a tie can do.

    The verdict is settled only where it is the same however the undecided vote, a tie and the
    second vote after it among the ways it can end.
    """
    roll, second, rule = case.roll, case.second, outcome.rule
    if roll is None or second is None or not outcome.tally.undecided or not asks_again(rule):
        return outcome
    level = indulgent(rule)
    if level is None:
        return outcome
    lenient = decide(roll, level)
    if outcome.worst is Verdict.ADOPTED or lenient.best is Verdict.NOT_ADOPTED:
        return outcome  # it cannot tie
    ends = set(_ends_of_second(second, rule))
    if outcome.best is not Verdict.NOT_ADOPTED:
        ends.add(Verdict.ADOPTED)
    if lenient.worst is not Verdict.ADOPTED:
        ends.add(Verdict.NOT_ADOPTED)
    best = Verdict.ADOPTED if Verdict.ADOPTED in ends else Verdict.NOT_ADOPTED
    worst = Verdict.NOT_ADOPTED if Verdict.NOT_ADOPTED in ends else Verdict.ADOPTED
    if best is worst:
        because = None if best is Verdict.ADOPTED else outcome.because
        return replace(outcome, verdict=best, because=because, best=best, worst=worst)
    return replace(outcome, verdict=Verdict.OPEN, because=Cause.UNDECIDED, best=best, worst=worst)


def _ends_of_second(case: Case, rule: Rule) -> tuple[Verdict, ...]:
    """The verdicts that a second vote can end with."""
    if case.roll is None:
        return (case.result or Verdict.NOT_ADOPTED,)
    verdict = decide(case.roll, rule).verdict
    if verdict is Verdict.OPEN:
        return (Verdict.ADOPTED, Verdict.NOT_ADOPTED)
    return (verdict,)
