"""Why a verdict turned, or did not, when votes changed: the tests before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from unvote.explain import basis_words, reach_of, verdict_words
from unvote.outcomes import Finding, Kind, Outcome
from unvote.rulings import Ruling
from unvote.vocabulary import Cause, Verdict
from unvote.wording import (
    finding_words,
    listed,
    met_words,
    question_words,
    reach_words,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A test that no longer ends as it did."""

    before: Finding
    after: Finding


def turns(before: Outcome, after: Outcome) -> tuple[Turn, ...]:
    """The tests that end otherwise, in the order they are made; both under the same rule."""
    left = list(before.findings)
    found = []
    for finding in after.findings:
        same = (f for f in left if f.kind is finding.kind and f.subject == finding.subject)
        partner = next(same, None)
        if partner is not None:
            left.remove(partner)
            if partner.met is not finding.met:
                found.append(Turn(partner, finding))
    return tuple(found)


def standing_words(ruling: Ruling) -> str:
    """What a verdict rests on, in a few words: its cause, its margin, or what it hangs on."""
    outcome = ruling.outcome
    if outcome is None or ruling.taken is False:
        return basis_words(ruling)
    far = reach_of(ruling) if ruling.verdict is Verdict.OPEN else None
    return verdict_words(ruling) if far is None else reach_words(far)


def reasons(before: Ruling, after: Ruling) -> tuple[str, ...]:
    """Why the verdict is another one, or is not, each reason in a sentence."""
    return tuple(_reasons(before, after))


def _reasons(before: Ruling, after: Ruling) -> Iterator[str]:
    if before.taken is not after.taken:
        yield _taking(before, after)
    elif after.taken is False:
        yield f"not taken, as before: {after.reason}"
    if after.supposed:
        yield f"supposed: {after.verdict.value}"
    elif after.taken is not False and len(before.outcomes) != len(after.outcomes):
        words = standing_words(after)
        yield f"{after.verdict.value}: {words}" if words else after.verdict.value
    elif after.taken is not False:
        yield from _verdicts(before, after)


def _verdicts(before: Ruling, after: Ruling) -> Iterator[str]:
    """Why the verdict on the votes is another one, or is not."""
    if before.outcomes == after.outcomes:
        yield f"nothing changes: {after.verdict.value} as before"
        return
    words = standing_words(after)
    cause = f": {words}" if words else ""
    if before.verdict is not after.verdict:
        yield f"turned from {before.verdict.value} to {after.verdict.value}{cause}"
    elif before.because is not after.because:
        old = standing_words(before)
        yield f"still {after.verdict.value}, for another reason{cause} (before: {old})"
    else:
        yield f"still {after.verdict.value}{cause}"
    for (question, one), (_, two) in zip(before.outcomes, after.outcomes, strict=True):
        lead = f"as {question_words(question.title)}: " if len(after.outcomes) > 1 else ""
        for reason in _outcome(one, two):
            yield f"{lead}{reason}"


def _taking(before: Ruling, after: Ruling) -> str:
    """That a vote is now taken, or no longer, or that it is open."""
    if after.taken is None:
        return f"whether it is taken is open: {after.reason}"
    words = "now taken" if after.taken else "not taken any more"
    if before.taken is None:
        words = "taken" if after.taken else "not taken"
    return words if after.supposed or not after.reason else f"{words}: {after.reason}"


def _outcome(before: Outcome, after: Outcome) -> Iterator[str]:
    """What turned under one question."""
    gone = set(before.vetoes) - set(after.vetoes)
    idle = sorted(gone & set(after.negatives))
    if idle:
        yield f"the no of {listed(idle)} is no veto, now that the votes do not suffice"
    lifted = sorted(gone - set(idle))
    if lifted:
        stands = f"; that of {listed(after.vetoes)} stands" if after.vetoes else ""
        yield f"the veto of {listed(lifted)} is lifted{stands}"
    cast = sorted(set(after.vetoes) - set(before.vetoes))
    if cast and before.because is not Cause.VETO and set(cast) <= set(before.negatives):
        yield f"the no of {listed(cast)} is a veto, now that the votes suffice"
    elif cast:
        yield f"{listed(cast)} {'vetoes' if len(cast) == 1 else 'veto'} it"
    causes = {before.because, after.because}
    for turn in turns(before, after):
        told = turn.after.kind is Kind.VETO and (gone or cast)
        quorum = turn.after.kind is Kind.QUORUM and Cause.QUORUM not in causes
        if not told and not quorum and turn.after.kind is not Kind.TIE:
            now, then = (f"{met_words(f)} with {_figures(f)}" for f in (turn.after, turn.before))
            yield f"{finding_words(turn.after)}: {now}; before {then}"


def _figures(finding: Finding) -> str:
    """What there was and what it took: `93 of 140, 94 needed`."""
    have = str(finding.have) if finding.have == finding.most else f"{finding.have}-{finding.most}"
    if finding.kind is Kind.VETO:
        return f"{have} ({listed(finding.who)})" if finding.who else have
    of = f" of {finding.of}" if finding.of is not None else ""
    need = f"fewer than {finding.need}" if finding.kind is Kind.DEEMED else str(finding.need)
    return f"{have}{of}, {need} needed"
