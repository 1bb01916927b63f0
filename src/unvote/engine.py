"""The decision: one roll call under one rule gives one outcome, with every test that was made.

Everything here is pure, total and exact; see `measures` for the single tests.
"""

from dataclasses import replace
from itertools import product
from typing import Final

from unvote import measures
from unvote.outcomes import Finding, Kind, Outcome, Truth
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
    are enumerated, up to a bound beyond which the verdict is open and said to be unproven.
    """
    if rule.parties_abstain and _loose_parties(roll):
        return _whoever_they_are(roll, rule)
    counted = effective(roll, rule)
    outcome = _decide(counted, rule)
    # The tally is the record's: a vote that is not counted was cast all the same.
    return outcome if counted is roll else replace(outcome, tally=roll.tally)


def _decide(roll: RollCall, rule: Rule) -> Outcome:
    """The outcome on a roll call whose every vote counts."""
    listed = _judge(roll, rule)
    if not roll.tally.undecided:
        return listed
    full = _judge(roll.settle_undecided(Vote.YES), rule)
    listed = replace(listed, findings=tuple(_grown(each, full) for each in listed.findings))
    if rule.monotone:
        return _between(listed, full, _judge(roll.settle_undecided(Vote.NO), rule))
    return _enumerate(listed, roll, rule)


def effective(roll: RollCall, rule: Rule) -> RollCall:
    """The roll call as the rule counts it.

    UN Charter, Art. 27(3), proviso: a party to the dispute shall abstain; its vote is disregarded.
    """
    if not rule.parties_abstain or not roll.parties:
        return roll
    cast = {code for code, vote in roll.named.items() if vote is not Vote.ABSENT}
    return roll.with_votes(dict.fromkeys(sorted(roll.parties & cast), Vote.ABSTAIN))


def _loose_parties(roll: RollCall) -> list[str]:
    """The parties to the dispute whose vote is one of those without names."""
    out = roll.named.keys() | roll.not_entitled | roll.not_participating
    return sorted((roll.parties & (roll.composition.members or frozenset())) - out)


def _whoever_they_are(roll: RollCall, rule: Rule) -> Outcome:
    """The outcome where a party's vote has no name: every vote it can have cast is tried."""
    loose = _loose_parties(roll)
    votes_known = sorted(roll.unnamed, key=lambda vote: vote.value)
    if len(votes_known) ** len(loose) > MOST_COMPLETIONS:
        return _unproven(_judge(roll, rule))
    outcomes: dict[Verdict, Outcome] = {}
    for votes in product(votes_known, repeat=len(loose)):
        left = {vote: count - votes.count(vote) for vote, count in roll.unnamed.items()}
        if min(left.values()) >= 0:
            named = {**roll.named, **dict(zip(loose, votes, strict=True))}
            outcome = decide(replace(roll, named=named, unnamed=left), rule)
            outcomes.setdefault(outcome.verdict, outcome)
    first = replace(next(iter(outcomes.values())), tally=roll.tally)
    if len(outcomes) == 1:
        return first
    return replace(first, verdict=Verdict.OPEN, because=Cause.UNDECIDED, vetoes=())


def _unproven(listed: Outcome) -> Outcome:
    """An outcome that too many completions stand in the way of settling."""
    return replace(
        listed,
        verdict=Verdict.OPEN,
        because=Cause.UNDECIDED,
        best=Verdict.OPEN,
        worst=Verdict.OPEN,
        proven=False,
    )


def _between(listed: Outcome, best: Outcome, worst: Outcome) -> Outcome:
    """The outcome when the verdict is known at both extremes.

    A settled verdict can still have two causes (a veto, or too few votes): then it has none yet.
    """
    findings = tuple(_reach(finding, best, worst) for finding in listed.findings)
    ends = replace(listed, findings=findings, best=best.verdict, worst=worst.verdict)
    if best.verdict is not worst.verdict or best.verdict is Verdict.OPEN:
        return replace(ends, verdict=Verdict.OPEN, because=Cause.UNDECIDED, vetoes=())
    if best.because is not worst.because:
        against = best.vetoes or worst.vetoes
        return replace(
            ends,
            verdict=best.verdict,
            because=Cause.UNDECIDED,
            vetoes=(),
            negatives=against or ends.negatives,
        )
    return replace(
        ends,
        verdict=best.verdict,
        because=best.because,
        vetoes=best.vetoes,
        negatives=() if best.because is Cause.VETO else listed.negatives,
    )


def _grown(finding: Finding, full: Outcome) -> Finding:
    """A test with the base it has once all the undecided vote."""
    same = (each for each in full.findings if each.subject is finding.subject)
    return replace(finding, of_most=next((each.of for each in same), None))


def _reach(finding: Finding, best: Outcome, worst: Outcome) -> Finding:
    """A test on the votes listed, with how far the undecided can take it.

    A quorum is of those present; the undecided may stay away, so it stands as it is listed.
    """
    if finding.kind is Kind.QUORUM:
        return finding
    ends = [
        other
        for outcome in (best, worst)
        for other in outcome.findings
        if other.kind is finding.kind and other.subject is finding.subject
    ]
    truths = {other.met for other in ends}
    least = min([finding.have, *(other.have for other in ends)])
    most = max([finding.most, *(other.most for other in ends)])
    met = truths.pop() if len(truths) == 1 else None
    return replace(finding, have=least, most=most, met=met)


def _enumerate(listed: Outcome, roll: RollCall, rule: Rule) -> Outcome:
    """Settle a rule that is not monotone by trying every completion, up to a bound."""
    undecided = [code for code, vote in roll.named.items() if vote is Vote.UNDECIDED]
    if roll.unnamed.get(Vote.UNDECIDED) or len(COMPLETIONS) ** len(undecided) > MOST_COMPLETIONS:
        return _unproven(listed)
    verdicts: dict[Verdict, Outcome] = {}
    for votes in product(COMPLETIONS, repeat=len(undecided)):
        outcome = _judge(roll.with_votes(dict(zip(undecided, votes, strict=True))), rule)
        verdicts.setdefault(outcome.verdict, outcome)
    ends = Verdict.ADOPTED, Verdict.OPEN, Verdict.NOT_ADOPTED
    best = next(verdicts[end] for end in ends if end in verdicts)
    worst = next(verdicts[end] for end in reversed(ends) if end in verdicts)
    return _between(listed, best, worst)


def _judge(roll: RollCall, rule: Rule) -> Outcome:
    """The outcome on the votes as they are listed, nothing assumed of the undecided."""
    tie = measures.tie_test(roll, rule)
    needs_met, needs = _all(roll, rule.needs, tie=tie[0].met if tie else False)
    tie = tie if any(_tied(finding) for finding in needs) else ()
    deemed = (
        measures.deemed_test(roll, rule.deemed) if rule.deemed and needs_met is not True else ()
    )
    carried = either(needs_met, deemed[0].met) if deemed else needs_met
    if not rule.needs and not roll.tally.cast:
        carried = False  # nobody took part: silence of all is no consensus
    veto = (
        measures.veto_test(roll, rule.veto, parties_out=rule.parties_abstain) if rule.veto else ()
    )
    quorum = measures.quorum_test(roll, rule.quorum) if rule.quorum else ()
    unmet = next((finding for finding in needs if not finding.met), None)
    verdict, because = conclude(
        present=quorum[0].met if quorum else None,
        carried=carried,
        tied=bool(tie) and unmet is not None and _tied(unmet),
        clear=veto[0].met if veto else True,
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
        # Without names each condition was judged by itself: together they may leave no way out.
        proven=not roll.unnamed or sum(finding.met is None for finding in needs) <= 1,
    )


def _tied(finding: Finding) -> bool:
    """Whether a finding is on a majority of those voting that equal votes miss."""
    bar = finding.subject
    return isinstance(bar, Threshold) and bar.ties and 2 * finding.have == (finding.of or -1)


def conclude(
    *, present: Truth, carried: Truth, tied: bool, clear: Truth
) -> tuple[Verdict, Cause | None]:
    """Verdict and cause from what the tests found."""
    if present is False:
        return Verdict.NOT_ADOPTED, Cause.QUORUM
    if carried is False:
        return Verdict.NOT_ADOPTED, Cause.TIE if tied else Cause.SHORTFALL
    if carried is None:
        # A tie that a casting vote breaks stays open until that vote is known.
        cause = Cause.TIE if tied else Cause.UNDECIDED
        return (Verdict.NOT_ADOPTED if clear is False else Verdict.OPEN), cause
    if clear is None:
        return Verdict.OPEN, Cause.UNDECIDED
    return (Verdict.ADOPTED, None) if clear else (Verdict.NOT_ADOPTED, Cause.VETO)


def either(left: Truth, right: Truth) -> Truth:
    """Three-valued or."""
    if left or right:
        return True
    return None if left is None or right is None else False


def _all(
    roll: RollCall,
    conditions: tuple[Condition, ...],
    *,
    tie: Truth = False,
    alternative: bool = False,
) -> tuple[Truth, tuple[Finding, ...]]:
    """Whether all conditions hold, with the findings of each; `tie` is what a tie comes to."""
    met: Truth = True
    findings: list[Finding] = []
    for condition in conditions:
        part, found = _condition(roll, condition, tie=tie, alternative=alternative)
        met = False if met is False or part is False else (None if part is None else met)
        findings.extend(found)
    return met, tuple(findings)


def _condition(
    roll: RollCall, condition: Condition, *, tie: Truth, alternative: bool
) -> tuple[Truth, tuple[Finding, ...]]:
    """Whether one condition holds."""
    if isinstance(condition, Threshold):
        finding = measures.threshold_test(roll, condition, alternative=alternative)
        if tie is not False and _tied(finding):
            finding = replace(finding, met=tie)
        return finding.met, (finding,)
    if isinstance(condition, AllOf):
        return _all(roll, condition.conditions, tie=tie, alternative=alternative)
    met: Truth = False
    parts = [_condition(roll, part, tie=tie, alternative=True) for part in condition.conditions]
    for part, _ in parts:
        met = either(met, part)
    findings = [finding for _, found in parts for finding in found]
    if met is False:
        # None of the alternatives holds: each of them is a reason.
        findings = [replace(finding, alternative=alternative) for finding in findings]
    return met, tuple(findings)
