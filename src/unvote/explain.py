"""Why the verdict is what it is: notices on what is easily misread, and the whole account."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from unvote.bodies import Question, classes, columns
from unvote.citations import Citation
from unvote.engine import decide
from unvote.outcomes import Finding, Kind, Outcome
from unvote.reach import Reach, reach
from unvote.rollcall import RollCall
from unvote.rules import Threshold, VetoOn
from unvote.rulings import Ruling
from unvote.vocabulary import Cause, Mode, TiePolicy, Verdict, Vote
from unvote.wording import (
    VERDICTS,
    cause_words,
    day_words,
    finding_words,
    listed,
    margin_words,
    met_words,
    question_words,
    reach_words,
)

SATURDAY: Final = 5
MEANT: Final = {
    Vote.YES: "vote yes",
    Vote.NO: "vote no",
    Vote.ABSTAIN: "abstain",
    Vote.ABSENT: "stay away",
    Vote.UNDECIDED: "leave it open",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an explanation, with the provision it rests on."""

    text: str
    citation: Citation | None = None


def result_words(ruling: Ruling) -> str:
    """Where a vote stands: its verdict, or that it was not taken, or the verdict if it is."""
    if ruling.taken is False:
        return "NOT TAKEN"
    verdict = VERDICTS[ruling.verdict]
    return verdict if ruling.taken else f"IF TAKEN: {verdict}"


def basis_words(ruling: Ruling) -> str:
    """What it rests on where no votes were counted: why it was not taken, or what gave a result."""
    if ruling.taken is False:
        return ruling.reason
    if ruling.outcome is not None:
        return ""
    if ruling.supposed:
        return "supposed"
    return "without a vote" if ruling.case.without_vote else "recorded result"


def notices(ruling: Ruling) -> tuple[str, ...]:
    """What is easily misread in this vote, each in a sentence."""
    return tuple(_notices(ruling))


def _notices(ruling: Ruling) -> Iterator[str]:
    case, outcome, roll = ruling.case, ruling.outcome, ruling.case.roll
    if ruling.taken is False:
        return
    if ruling.taken is None:
        yield f"whether it is put to the vote is open: {ruling.reason}"
    if ruling.supposed:
        yield "the result is supposed; no votes were counted"
    elif case.without_vote:
        yield "adopted without a vote: no votes were counted, and none are implied"
    elif case.result is not None:
        yield "only the result is recorded; the counts are not known"
    if outcome is None or roll is None:
        return
    if not ruling.agreed:
        verdicts = "; ".join(f"{q.id}: {o.verdict.value}" for q, o in ruling.outcomes)
        yield f"the verdict depends on the question, which the file does not name ({verdicts})"
    yield from _votes_before(ruling, outcome)
    yield from _holders(ruling, outcome, roll)
    yield from _aftermath(ruling, outcome)
    yield from _doubts(ruling, outcome, roll)
    yield from _sides(ruling, roll)


def _votes_before(ruling: Ruling, outcome: Outcome) -> Iterator[str]:
    """That this is a second vote, or that one is to follow on a tie."""
    cite = f" ({outcome.rule.tie_citation})" if outcome.rule.tie_citation else ""
    if ruling.case.first is not None:
        yield f"the second vote: the first was a tie, {ruling.case.first}{cite}"
    elif ruling.case.second is not None and outcome.verdict is Verdict.OPEN:
        yield f"if it ties, the second vote decides{cite}"


def _holders(ruling: Ruling, outcome: Outcome, roll: RollCall) -> Iterator[str]:
    """What holders of a veto did that is none."""
    case = ruling.case
    rules = [rule for question in case.body.questions.values() for rule in question.rules]
    named = {rule.veto.by for rule in rules if rule.veto and rule.veto.by} & classes(rules)
    holders = frozenset[str]().union(
        *(roll.composition.classes.get(name or "", frozenset()) for name in named)
    )
    did = {vote: [code for code in roll.who(vote) if code in holders] for vote in Vote}
    rule = outcome.rule
    if rule.parties_abstain and roll.parties:
        are = "is a party" if len(roll.parties) == 1 else "are parties"
        votes = [f"{c} voted {v.value}" for c in sorted(roll.parties) if (v := roll.named.get(c))]
        told = f" ({'; '.join(votes)})" if votes and not case.forecast else ""
        who = listed(sorted(roll.parties))
        yield f"{who} {are} to the dispute: no vote to count and no veto{told}"
        did = {vote: [c for c in codes if c not in roll.parties] for vote, codes in did.items()}
    if rule.veto is None:
        if did[Vote.NO]:
            verb = "would vote" if case.forecast else "voted"
            yield f"{listed(did[Vote.NO])} {verb} no: on this question there is no veto"
        return
    if rule.veto.on is not VetoOn.NO or rule.veto.by is None:
        return
    if outcome.negatives:
        finding = outcome.deciding
        count = f" with {finding.have} yes of {finding.need} needed" if finding else ""
        no = f"{listed(outcome.negatives)} {'would vote' if case.forecast else 'voted'} no"
        if outcome.verdict is Verdict.OPEN or outcome.because is Cause.UNDECIDED:
            yield f"{no}: a veto if the yes votes suffice, else only a no"
        else:
            yield f"{no}, but{count} that is not a veto"
    if did[Vote.ABSTAIN]:
        abstained = "would abstain" if case.forecast else "abstained"
        yield f"{listed(did[Vote.ABSTAIN])} {abstained}: an abstention is not a veto"
    if did[Vote.ABSENT] and not case.forecast:
        were = "was" if len(did[Vote.ABSENT]) == 1 else "were"
        yield f"{listed(did[Vote.ABSENT])} {were} not voting: an absence is not a veto"


def _aftermath(ruling: Ruling, outcome: Outcome) -> Iterator[str]:
    """What follows a veto by the rules of that day."""
    after, day = outcome.rule.after_veto, ruling.case.day
    if after is None or ruling.because is not Cause.VETO or day < after.since:
        return
    last = day_words(working_days_after(day, after.working_days))
    days = f"{after.working_days} working days"
    cite = f" ({after.citation})" if after.citation else ""
    yield (
        f"a veto: within {days}, by {last} (Monday to Friday, holidays ignored), {after.note}{cite}"
    )


def working_days_after(day: date, count: int) -> date:
    """The day that is so many working days later, Monday to Friday; holidays are not known."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def _doubts(ruling: Ruling, outcome: Outcome, roll: RollCall) -> Iterator[str]:
    """What is not known, and what rests on general knowledge."""
    case = ruling.case
    if outcome.rule.veto and outcome.rule.veto.by:
        loose = [f for f in outcome.findings if f.kind is Kind.VETO and f.met is None]
        if loose and roll.unnamed.get(Vote.NO):
            by = outcome.rule.veto.by
            yield f"who voted no is not named: a {by} member's no would be a veto (add `named:`)"
    yield from _weights(outcome, roll)
    if not outcome.proven:
        yield "not proven open: with more names, or fewer undecided, it may turn out to be settled"
    barred = sorted(roll.not_entitled)
    if barred:
        yield f"{listed(barred)} had no vote (UN Charter, Art. 19)"
        unsure = [c for c in barred if (source := case.barred.get(c)) and not source.seen]
        if unsure:
            yield f"that {listed(unsure)} had none was not seen at a source"
    rule = outcome.rule
    if rule.citation and not rule.citation.seen:
        yield "the rule is from general knowledge, not seen at a source"
    if not case.roster_seen and roll.composition.members is not None:
        yield "who sat on that day is partly from general knowledge, not seen at a source"
    yield from _ties(ruling, outcome)


def _ties(ruling: Ruling, outcome: Outcome) -> Iterator[str]:
    """What a tie leads to, where the rule asks for a second vote."""
    rule = outcome.rule
    ties = any(isinstance(f.subject, TiePolicy) for f in outcome.findings)
    if not ties or rule.tie is not TiePolicy.SECOND_VOTE:
        return
    cite = f" ({rule.tie_citation})" if rule.tie_citation else ""
    if ruling.case.first is not None:
        yield f"a tie again: the text is not adopted{cite}"
    else:
        follows = "a second vote follows; if that is a tie too, the text is not adopted"
        yield f"a tie: {follows}{cite}"


def _weights(outcome: Outcome, roll: RollCall) -> Iterator[str]:
    """What the weights are, and whether their rounding stands in the way."""
    for column in sorted(columns(outcome.rule)):
        if label := roll.composition.units.get(column):
            yield f"{column} is counted in {label}"
    if any(_rounded(finding, roll) for finding in outcome.findings):
        yield "the weights are rounded, and this vote is too close to tell from them"


def _rounded(finding: Finding, roll: RollCall) -> bool:
    """Whether a test by weight is undetermined for their rounding alone."""
    bar = finding.subject
    return (
        isinstance(bar, Threshold)
        and bar.by is not None
        and finding.met is None
        and finding.have == finding.most
        and bool(roll.composition.errors.get(bar.by))
    )


def _sides(ruling: Ruling, roll: RollCall) -> Iterator[str]:
    """Sponsors that did not vote yes, later statements, political targets."""
    case = ruling.case
    verbs = ("would vote no", "would abstain") if case.forecast else ("voted no", "abstained")
    for vote, verb in zip((Vote.NO, Vote.ABSTAIN), verbs, strict=True):
        own = [code for code in case.sponsors if roll.named.get(code) is vote]
        if own:
            yield f"{listed(own)} {verb} on a text of {'its' if len(own) == 1 else 'their'} own"
    for code, vote in sorted(case.later.items()):
        yield f"{code} said later it had meant to {MEANT[vote]}: the count stands as recorded"
    for target in case.targets:
        gap = roll.tally.yes - target.yes
        reached = f"reached, {gap} over" if gap >= 0 else f"missed by {-gap}"
        label = f" ({target.label})" if target.label else ""
        yield f"the target of {target.yes} yes votes{label} is {reached}; it has no legal effect"


def reach_of(ruling: Ruling) -> Reach | None:
    """How many of the undecided decide; nothing where that hangs on more than this vote.

    That is, on the question, or on a second vote after a tie.
    """
    if ruling.case.roll is None or len(ruling.outcomes) != 1 or ruling.case.second is not None:
        return None
    return reach(ruling.case.roll, ruling.outcomes[0][1].rule)


def verdict_words(ruling: Ruling, still: str = "undecided") -> str:
    """What is said after the verdict: its cause or margin, and what the undecided can still do.

    `still` is what the undecided are called.
    """
    outcome = ruling.outcome
    if outcome is None:
        return ""
    if not ruling.agreed:
        return "the question decides"
    words = cause_words(outcome) or margin_words(outcome)
    far = reach_of(ruling)
    if ruling.verdict is Verdict.OPEN and far is not None:
        words = f"{reach_words(far)}; as listed {outcome.listed.value}"
    undecided = outcome.tally.undecided
    if undecided and ruling.verdict is not Verdict.OPEN:
        settled = f"settled, whatever the {undecided} {still} do"
        if undecided == 1:
            settled = f"settled, whatever the one {still} does"
        words = f"{words}; {settled}" if words else settled
    return words


def account(ruling: Ruling) -> tuple[Sentence, ...]:
    """The whole explanation from the findings: what was tested, the result, the provision."""
    return tuple(_account(ruling))


def _account(ruling: Ruling) -> Iterator[Sentence]:
    case = ruling.case
    held = "The question is" if case.declared else "The file names no question; tried are"
    titles = listed(question_words(question.title) for question, _ in case.questions)
    yield Sentence(f"{case.body.name}, {day_words(case.day)}. {held}: {titles}.")
    yield from _put(ruling)
    for question, outcome in ruling.outcomes:
        if not case.declared:
            yield Sentence(f"As {question_words(question.title)}:")
        yield from _outcome(outcome, forecast=case.forecast)
    for notice in notices(ruling):
        yield Sentence(f"{notice[0].upper()}{notice[1:]}.")


def _put(ruling: Ruling) -> Iterator[Sentence]:
    """Whether it was put to the vote, and why; only where that hangs on something."""
    step = ruling.case.step
    if ruling.taken is False:
        what = "The step is" if step and ruling.case.part_of is None else "It is"
        yield Sentence(f"{what} not taken: {ruling.reason}.")
    elif ruling.taken and ruling.reason and not ruling.supposed:
        what = "The step is taken: " if step and ruling.case.part_of is None else ""
        words = f"{what}{ruling.reason}."
        yield Sentence(f"{words[0].upper()}{words[1:]}")
    elif step and ruling.taken and not ruling.reason and ruling.case.part_of is None:
        yield Sentence("The step is taken: it hangs on no condition.")


def _outcome(outcome: Outcome, *, forecast: bool) -> Iterator[Sentence]:
    yield Sentence(_counts(outcome, forecast=forecast))
    for finding in outcome.findings:
        yield Sentence(
            _sentence(finding, forecast=forecast), finding.citation or outcome.rule.citation
        )
    yield Sentence(f"Verdict: {_verdict(outcome)}.", outcome.rule.citation)
    if outcome.rule.note:
        yield Sentence(f"Note on the rule: {outcome.rule.note.rstrip('.')}.")


def _counts(outcome: Outcome, *, forecast: bool) -> str:
    """Who did what, in numbers; what nobody did is left out but for the votes."""
    tally = outcome.tally
    voted, did_not = ("would vote", "would not vote") if forecast else ("voted", "did not vote")
    abstained = "would abstain" if forecast else "abstained"
    parts = [f"{tally.yes} {voted} yes", f"{tally.no} no", f"{tally.abstain} {abstained}"]
    rest = (
        (tally.absent, did_not),
        (tally.undecided, "is undecided" if tally.undecided == 1 else "are undecided"),
        (tally.not_entitled, "had no vote"),
        (tally.not_participating, "did not take part"),
    )
    parts += [f"{count} {words}" for count, words in rest if count]
    return f"Of {tally.seats} members {listed(parts)}."


def _sentence(finding: Finding, *, forecast: bool) -> str:
    """One test with its result."""
    words = finding_words(finding)
    words = f"{words[0].upper()}{words[1:]}"
    if finding.kind is Kind.TIE:
        return f"{words}."
    if finding.kind is Kind.VETO:
        if finding.met is None:
            return f"{words}: not known yet."
        did = "would" if forecast else "did"
        return f"{words}: none {did}." if finding.met else f"{words}: {listed(finding.who)} {did}."
    if finding.have != finding.most:
        need = f", and {finding.need} are needed" if finding.of is None else ""
        return f"{words}: {finding.have} to {finding.most}{need}: {met_words(finding)}."
    of = f" of {finding.of}" if finding.of is not None else ""
    need = "fewer than " if finding.kind is Kind.DEEMED else ""
    are = "are" if finding.kind is Kind.DEEMED or finding.need != 1 else "is"
    said = f"{words}: {finding.have}{of}, and {need}{finding.need} {are} needed"
    return f"{said}: {met_words(finding)}."


def _verdict(outcome: Outcome) -> str:
    words = VERDICTS[outcome.verdict].lower()
    cause = cause_words(outcome)
    if cause:
        return f"{words} ({cause})"
    margin = margin_words(outcome)
    return f"{words}, {margin}" if margin and outcome.rule.mode is Mode.VOTE else words


def other_questions(ruling: Ruling) -> tuple[tuple[Question, Outcome], ...]:
    """What every other question of the body would have given on the same votes."""
    case = ruling.case
    if case.roll is None or ruling.taken is False or ruling.supposed:
        return ()
    tried = {question.id for question, _ in ruling.outcomes}
    others = (q for q in case.body.questions.values() if q.id not in tried)
    return tuple(_others(others, ruling))


def _others(others: Iterable[Question], ruling: Ruling) -> Iterator[tuple[Question, Outcome]]:
    case = ruling.case
    for question in others:
        rules = question.rules_on(case.day)
        if case.roll is None or len(rules) != 1:
            continue
        if columns(rules[0]) <= case.roll.composition.weights.keys():
            yield question, decide(case.roll, rules[0])
