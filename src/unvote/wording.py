"""The words for what the engine found: tests, causes, distances and notices."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final

from unvote.outcomes import Finding, Kind, Outcome
from unvote.reach import Reach
from unvote.rules import (
    ABSTAIN,
    HALF,
    NO,
    NOT_YES,
    YES,
    AllOf,
    Bar,
    Blocking,
    Condition,
    Deemed,
    Rule,
    Threshold,
    Veto,
    VetoOn,
)
from unvote.stances import Stance
from unvote.vocabulary import Base, Cause, TiePolicy, Verdict

MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

COUNTED: Final = {
    YES: "yes votes",
    NO: "no votes",
    ABSTAIN: "abstentions",
    NOT_YES: "votes other than yes",
}
OF: Final = {
    Base.PRESENT_AND_VOTING: "members present and voting",
    Base.CAST: "votes cast, abstentions included",
    Base.PRESENT: "members present",
    Base.MEMBERS: "all members",
    Base.ELIGIBLE: "members taking part",
}
GROWING: Final = frozenset({Base.PRESENT_AND_VOTING, Base.CAST})
"""Bases that grow as the undecided vote."""
SHARES: Final = {Fraction(2, 3): "two-thirds", HALF: "half", Fraction(3, 4): "three-quarters"}
VERDICTS: Final = {
    Verdict.ADOPTED: "ADOPTED",
    Verdict.NOT_ADOPTED: "NOT ADOPTED",
    Verdict.OPEN: "OPEN",
}


def day_words(day: date) -> str:
    """A date as 25 Feb 2022."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def share_words(share: Fraction) -> str:
    """A share as two-thirds, 55% or 3/5."""
    if share in SHARES:
        return SHARES[share]
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else str(share)


def stance_words(stance: Stance) -> str:
    """A stance as `firm yes`, `yes 60%, no 40%`, `follows CHN` or `undecided`."""
    if stance.follows is not None:
        return f"follows {stance.follows}"
    if stance.chances:
        return ", ".join(f"{vote.value} {percent_words(c)}" for vote, c in stance.chances.items())
    words = f"{stance.word} {stance.vote.value}".strip()
    if stance.condition and stance.then is not None:
        when = " and ".join(f"{name} {end.value}" for name, end in stance.condition.items())
        return f"{words}, {stance.then.value} if {when}"
    return words


def chance_words(chance: Fraction) -> str:
    """A chance in per cent, never rounded to certainty: 56.3%, <0.1%, >99.9%."""
    if chance in {0, 1}:
        return f"{int(chance * 100)}%"
    tenths = round(chance * 1000)
    if tenths in {0, 1000}:
        return "<0.1%" if tenths == 0 else ">99.9%"
    return f"{tenths / 10:.1f}%"


def percent_words(chance: Fraction) -> str:
    """An exact chance as 97%, or as the fraction it is."""
    percent = chance * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else str(chance)


def threshold_words(bar: Threshold) -> str:
    """A threshold as `at least two-thirds of members present and voting vote yes`."""
    if bar.base is None:
        number = f"{bar.bar.value} {bar.amount.numerator}"
        words = f"{number} {COUNTED.get(bar.counting, 'votes')}"
        if bar.amount == 1 and bar.bar is Bar.AT_LEAST:
            words = words.removesuffix("s")
    else:
        whole = f"{bar.bar.value} {share_words(bar.amount)} of {OF[bar.base]}"
        words = f"{COUNTED.get(bar.counting, 'votes')}: {whole}"
    if bar.by:
        words += f", by {bar.by}"
    return f"{words}, among {bar.among}" if bar.among else words


def condition_words(condition: Condition) -> str:
    """A condition in words, those within `any` and `all` joined."""
    if isinstance(condition, Threshold):
        return threshold_words(condition)
    joint = " and " if isinstance(condition, AllOf) else " or "
    return "(" + joint.join(condition_words(part) for part in condition.conditions) + ")"


def veto_words(veto: Veto) -> str:
    """What it takes not to be vetoed."""
    holder = "member" if veto.by is None else f"{veto.by} member"
    acts = {
        VetoOn.NO: f"no {holder} votes no",
        VetoOn.NOT_YES: f"every {holder} votes yes",
        VetoOn.OBJECTION: f"no {holder} objects",
    }
    return acts[veto.on]


def deemed_words(deemed: Deemed) -> str:
    """The deemed adoption in words."""
    who = "members do not vote yes" if deemed.counting == NOT_YES else "members vote no"
    limit = deemed.fewer_than
    if isinstance(limit, int):
        return f"fewer than {limit} {who}"
    return f"fewer {who} than a blocking minority has ({blocking_words(limit)})"


def blocking_words(blocking: Blocking) -> str:
    """A blocking minority in words."""
    plus = f", plus {blocking.plus}" if blocking.plus else ""
    share = share_words(blocking.share)
    return f"the fewest with more than {share} of the {blocking.by}{plus}"


def finding_words(finding: Finding) -> str:
    """The test a finding made."""
    subject = finding.subject
    if isinstance(subject, Veto):
        return veto_words(subject)
    if isinstance(subject, Deemed):
        return deemed_words(subject)
    if isinstance(subject, TiePolicy):
        if subject is TiePolicy.CASTING_VOTE and finding.met is not None:
            return f"on a tie: casting vote, which is {'yes' if finding.met else 'no'}"
        return f"on a tie: {subject.value}"
    if finding.kind is Kind.QUORUM:
        words = threshold_words(subject).removeprefix("yes votes: ").replace(" yes votes", "")
        return f"quorum to decide: {words}"
    return threshold_words(subject)


def met_words(finding: Finding) -> str:
    """Whether a test was met, in one or two words; a tie is neither."""
    if finding.kind is Kind.TIE:
        return ""
    if finding.met is None:
        return "not known" if finding.kind is not Kind.QUORUM else "not checked"
    return "met" if finding.met else "not met"


def rule_words(rule: Rule) -> tuple[str, ...]:
    """A rule, a line a condition."""
    lines = [condition_words(need) for need in rule.needs]
    if rule.veto:
        lines.append(veto_words(rule.veto))
    if rule.deemed:
        lines.append(f"or, all the same: {deemed_words(rule.deemed)}")
    if rule.parties_abstain:
        lines.append("a party to the dispute abstains: its vote is not counted")
    if rule.quorum:
        words = threshold_words(rule.quorum).removeprefix("yes votes: ")
        lines.append(f"quorum to decide: {words.replace(' yes votes', '')}")
    if any(leaf.ties for leaf in rule.thresholds()):
        lines.append(f"on a tie: {rule.tie.value}")
    return tuple(lines)


def listed(codes: Iterable[str], joint: str = "and") -> str:
    """Codes as a list: `FRA and GBR`."""
    all_codes = list(codes)
    if len(all_codes) < 2:  # noqa: PLR2004 - a list of two has an `and`
        return "".join(all_codes)
    return f"{', '.join(all_codes[:-1])} {joint} {all_codes[-1]}"


def margin_words(outcome: Outcome) -> str:
    """How far the yes votes are from the bar, in the unit of the condition that decides."""
    finding = outcome.deciding
    if finding is None or finding.kind is not Kind.NEED or finding.most != finding.have:
        return ""
    if any(test.kind is Kind.TIE and test.met for test in outcome.findings):
        return "by the casting vote"
    gap = finding.have - finding.need
    if not gap:
        return "exactly the votes needed"
    return f"{gap} to spare" if gap > 0 else f"short by {-gap}"


def need_range(finding: Finding) -> tuple[int, int]:
    """The least and the most that the undecided can make of what is needed."""
    bar = finding.subject
    if finding.of_most is None or not isinstance(bar, Threshold) or bar.base not in GROWING:
        return finding.need, finding.need
    return finding.need, max(finding.need, bar.need(finding.of_most))


def need_words(outcome: Outcome) -> str:
    """What the first condition that decides asks for: `98 to 102, yes votes: at least two-thirds`.

    Of a veto it says who must not use it.
    """
    finding = outcome.deciding
    if finding is None:
        return "nothing but that nobody objects"
    low, high = need_range(finding)
    number = str(low) if low == high else f"{low} to {high}"
    words = f"{number} ({finding_words(finding)})"
    veto = next((f for f in outcome.findings if f.kind is Kind.VETO), None)
    return f"{words}, and {finding_words(veto)}" if veto else words


def cause_words(outcome: Outcome) -> str:
    """The cause of a verdict in a few words; empty where it is adopted."""
    finding = outcome.deciding
    words = ""
    match outcome.because:
        case None:
            pass
        case Cause.VETO:
            words = f"vetoed by {listed(outcome.vetoes)}" if outcome.vetoes else "vetoed"
        case Cause.SHORTFALL:
            words = _shortfall_words(finding, outcome.tally.undecided)
        case Cause.TIE:
            words = "a tie" if outcome.verdict is Verdict.NOT_ADOPTED else "a tie to be broken"
        case Cause.QUORUM:
            have, need = (finding.have, finding.need) if finding else (0, 0)
            words = f"no quorum: {have} present of {need} needed"
        case Cause.UNDECIDED:
            words = _open_words(outcome)
    return words


def _shortfall_words(finding: Finding | None, undecided: int) -> str:
    """By how much the bar is missed; with undecided votes, what they can bring at most."""
    if finding is None:
        return "nobody took part"
    unit = " yes" if _plain(finding) else ""
    words = f"{unit} of {finding.need} needed{_measured(finding)}"
    if undecided:
        return f"at most {finding.most}{words}"
    return f"{finding.have}{words}, {finding.need - finding.have} short"


def _measured(finding: Finding) -> str:
    """By which weight a condition counts, and in which class."""
    bar = finding.subject
    if not isinstance(bar, Threshold):
        return ""
    return (f" by {bar.by}" if bar.by else "") + (f" among {bar.among}" if bar.among else "")


def _open_words(outcome: Outcome) -> str:
    """What an open verdict, or an open cause, hangs on."""
    undecided = outcome.tally.undecided
    if outcome.verdict is Verdict.NOT_ADOPTED:
        who = f": {listed(outcome.negatives)} voting no" if outcome.negatives else ""
        return f"it cannot pass{who}"
    return f"{undecided} undecided" if undecided else "names are needed to decide"


def reach_words(reach: Reach, still: str = "undecided") -> str:
    """What the undecided can still do; `still` is what they are called."""
    who = f"{reach.undecided} {still}"
    if reach.least is None:
        return who
    if reach.least:
        words = (
            f"{who}: at least {reach.least} more yes {'is' if reach.least == 1 else 'are'} needed"
        )
    else:
        words = f"{who}: adopted if {'it abstains' if reach.undecided == 1 else 'all abstain'}"
    if reach.holders:
        return f"{words}; a no of {listed(reach.holders, 'or')} is a veto"
    if reach.sure is None or reach.sure == reach.least:
        return words
    settle = "settles" if reach.sure == 1 else "settle"
    return f"{words}; {reach.sure} more yes {settle} it, whatever the others do"


def question_words(title: str) -> str:
    """The title of a question within a sentence."""
    return f"{title[:1].lower()}{title[1:]}"


def _plain(finding: Finding) -> bool:
    subject = finding.subject
    return isinstance(subject, Threshold) and subject.by is None and subject.counting == YES
