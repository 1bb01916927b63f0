"""The decision: one roll call under one rule gives one outcome, with every test that was made.

Everything here is pure, total and exact; see `measures` for the single tests.
"""

from dataclasses import replace
from itertools import product
from typing import Final

from unvote import measures
from unvote.outcomes import Finding, Outcome, Truth
from unvote.rollcall import RollCall
from unvote.rules import AllOf, Condition, Rule, Threshold
from unvote.vocabulary import Cause, Mode, Verdict, Vote

COMPLETIONS: Final = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT)
MOST_COMPLETIONS: Final = 300_000


def decide(roll: RollCall, rule: Rule) -> Outcome:
    """Decide one roll call under one rule.

    An open verdict is settled exactly when every completion of the undecided votes agrees. Where
    a further yes can only help (`Rule.monotone`: thresholds on yes votes, vetoes, weights), the
    two extremes, all undecided at yes and all at no, bound every completion, so they suffice:
    a yes never lowers the yes side nor adds a veto, whatever the weights, and for a share of
    those voting it raises the quotient at least as much as the base. Otherwise the completions
    are enumerated, member by interchangeable member.
    """
    if rule.parties_abstain and roll.parties:
        # Art. 27(3), proviso: a party to the dispute shall abstain; its vote is disregarded.
        roll = roll.with_votes(
            {code: Vote.ABSTAIN for code in sorted(roll.parties) if code in roll.named}
        )
    listed = _judge(roll, rule)
    if not roll.tally.undecided:
        return listed
    if rule.monotone:
        return _between(
            listed,
            _judge(roll.settle_undecided(Vote.YES), rule),
            _judge(roll.settle_undecided(Vote.NO), rule),
        )
    return _enumerate(listed, roll, rule)


def _between(listed: Outcome, best: Outcome, worst: Outcome) -> Outcome:
    """The outcome when the verdict is known at both extremes."""
    if best.verdict is worst.verdict and best.verdict is not Verdict.OPEN:
        reason = best if best.verdict is Verdict.NOT_ADOPTED else worst
        settled = replace(
            listed, verdict=best.verdict, because=reason.because, vetoes=reason.vetoes
        )
        if reason.because is Cause.VETO:
            settled = replace(settled, negatives=())
    else:
        settled = replace(listed, verdict=Verdict.OPEN, because=Cause.UNDECIDED, vetoes=())
    return replace(settled, best=best.verdict, worst=worst.verdict)


def _enumerate(listed: Outcome, roll: RollCall, rule: Rule) -> Outcome:
    """Settle a rule that is not monotone by trying every completion, up to a bound."""
    undecided = [code for code, vote in roll.named.items() if vote is Vote.UNDECIDED]
    if roll.unnamed.get(Vote.UNDECIDED) or len(COMPLETIONS) ** len(undecided) > MOST_COMPLETIONS:
        return replace(
            listed,
            verdict=Verdict.OPEN,
            because=Cause.UNDECIDED,
            best=Verdict.OPEN,
            worst=Verdict.OPEN,
            proven=False,
        )
    verdicts: dict[Verdict, Outcome] = {}
    for votes in product(COMPLETIONS, repeat=len(undecided)):
        outcome = _judge(roll.with_votes(dict(zip(undecided, votes, strict=True))), rule)
        verdicts.setdefault(outcome.verdict, outcome)
    best = verdicts.get(Verdict.ADOPTED) or next(iter(verdicts.values()))
    worst = verdicts.get(Verdict.NOT_ADOPTED) or next(iter(verdicts.values()))
    return _between(listed, best, worst)


def _judge(roll: RollCall, rule: Rule) -> Outcome:
    """The outcome on the votes as they are listed, nothing assumed of the undecided."""
    quorum = measures.quorum_test(roll, rule.quorum) if rule.quorum else ()
    needs_met, needs = _all(roll, rule.needs)
    deemed = (
        measures.deemed_test(roll, rule.deemed) if rule.deemed and needs_met is not True else ()
    )
    carried: Truth = needs_met
    if deemed:
        carried = _either(needs_met, deemed[0].met)
    tie = measures.tie_test(roll, rule, needs) if carried is False else ()
    if tie:
        carried = tie[0].met
    veto = (
        measures.veto_test(roll, rule.veto, parties_out=rule.parties_abstain) if rule.veto else ()
    )
    clear: Truth = veto[0].met if veto else True
    verdict, because = _conclude(
        present=quorum[0].met if quorum else None, carried=carried, tied=bool(tie), clear=clear
    )
    against = veto[0].who if veto else ()
    vetoed = because is Cause.VETO
    return Outcome(
        verdict,
        because,
        roll.tally,
        (*needs, *deemed, *tie, *veto, *quorum),
        rule,
        verdict,
        verdict,
        verdict,
        against if vetoed else (),
        () if vetoed or rule.mode is Mode.CONSENSUS else against,
    )


def _conclude(
    *, present: Truth, carried: Truth, tied: bool, clear: Truth
) -> tuple[Verdict, Cause | None]:
    """Verdict and cause from what the tests found."""
    if present is False:
        return Verdict.NOT_ADOPTED, Cause.QUORUM
    if tied and carried is not True:
        # A tie that a casting vote breaks stays open until that vote is known.
        return (Verdict.OPEN if carried is None else Verdict.NOT_ADOPTED), Cause.TIE
    if carried is False:
        return Verdict.NOT_ADOPTED, Cause.SHORTFALL
    if carried is None:
        return (Verdict.NOT_ADOPTED if clear is False else Verdict.OPEN), Cause.UNDECIDED
    if clear is None:
        return Verdict.OPEN, Cause.UNDECIDED
    return (Verdict.ADOPTED, None) if clear else (Verdict.NOT_ADOPTED, Cause.VETO)


def _either(left: Truth, right: Truth) -> Truth:
    """Three-valued or."""
    if left or right:
        return True
    return None if left is None or right is None else False


def _all(
    roll: RollCall, conditions: tuple[Condition, ...], *, alternative: bool = False
) -> tuple[Truth, tuple[Finding, ...]]:
    """Whether all conditions hold, with the findings of each."""
    met: Truth = True
    findings: list[Finding] = []
    for condition in conditions:
        part, found = _condition(roll, condition, alternative=alternative)
        met = False if met is False or part is False else (None if part is None else met)
        findings.extend(found)
    return met, tuple(findings)


def _condition(
    roll: RollCall, condition: Condition, *, alternative: bool
) -> tuple[Truth, tuple[Finding, ...]]:
    """Whether one condition holds."""
    if isinstance(condition, Threshold):
        finding = measures.threshold_test(roll, condition, alternative=alternative)
        return finding.met, (finding,)
    if isinstance(condition, AllOf):
        return _all(roll, condition.conditions, alternative=alternative)
    met: Truth = False
    parts = [_condition(roll, part, alternative=True) for part in condition.conditions]
    for part, _ in parts:
        met = _either(met, part)
    findings = [finding for _, found in parts for finding in found]
    if met is False:
        # None of the alternatives holds: each of them is a reason.
        findings = [replace(finding, alternative=alternative) for finding in findings]
    return met, tuple(findings)
