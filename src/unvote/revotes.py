"""The second vote that a tie puts where the rule asks for one (GA rule 95), and what it changes.

A vote of which a second one may follow can end in three ways: adopted, lost, or tied; only on a tie
does the second vote decide, and if it ties too the text is not adopted.
"""

from dataclasses import replace

from unvote.cases import Case
from unvote.engine import decide
from unvote.outcomes import Outcome
from unvote.rules import Bar, Rule, Threshold
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
