"""A text with its amendments and parts, put to the vote one after the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from unvote.cases import Case, Role
from unvote.lotteries import deciding
from unvote.outcomes import Truth
from unvote.rulings import Ruling, rule_on
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Verdict, Vote


def rule_on_text(
    cases: Sequence[Case], results: Mapping[str, Verdict] | None = None
) -> tuple[Ruling, ...]:
    """The rulings on amendments, parts and the text itself, the text last.

    An amendment that one adopted before it excludes is not put (GA rule 90). If all operative parts
    are rejected, the whole is rejected and not put (GA rule 89). Stances that depend on amendments
    follow them. `results` takes the place of the outcome of some amendments or parts, by id.
    """
    done: dict[str, Ruling] = {}
    rulings: list[Ruling] = []
    for case in cases:
        ruling = _ruling(case, done, results or {})
        done[case.id] = ruling
        rulings.append(ruling)
    return tuple(rulings)


def _ruling(case: Case, done: Mapping[str, Ruling], results: Mapping[str, Verdict]) -> Ruling:
    """The ruling on one of them, those before it being done."""
    reason = _not_put(case, done.values())
    if reason:
        return Ruling(case, Verdict.NOT_ADOPTED, None, taken=False, reason=reason)
    if case.id in results and case.place.role is not Role.TEXT:
        return Ruling(case, results[case.id], None, reason="supposed")
    return rule_on(settled(case, {name: carried(ruling) for name, ruling in done.items()}))


def _not_put(case: Case, done: Iterable[Ruling]) -> str:
    """Why it is not put to the vote; empty if it is."""
    if case.place.withdrawn:
        return "withdrawn before the vote"
    before = tuple(done)
    for ruling in before:
        if case.id in ruling.case.place.excludes and carried(ruling):
            return f"falls because {ruling.case.id}, which excludes it, was adopted"
    operative = [r for r in before if r.case.place.role is Role.PART and r.case.place.operative]
    rejected = bool(operative) and all(carried(ruling) is False for ruling in operative)
    if case.place.role is Role.TEXT and rejected:
        return "rejected as a whole, for all its operative parts were rejected"
    return ""


def carried(ruling: Ruling) -> Truth:
    """Whether it was adopted, nothing where that is open."""
    if ruling.taken is False:
        return False
    return None if ruling.verdict is Verdict.OPEN else ruling.verdict is Verdict.ADOPTED


def settled(case: Case, ended: Mapping[str, Truth]) -> Case:
    """The case with every stance settled that depends on amendments whose end is known."""
    outlook, roll = case.outlook, case.roll
    if outlook is None or roll is None or not any(s.condition for s in outlook.stances.values()):
        return case
    stances = {code: settled_stance(s, ended) for code, s in outlook.stances.items()}
    after = replace(outlook, stances=stances)
    votes = {
        code: listed for code in roll.named if (listed := _listed(code, outlook, after)) is not None
    }
    return replace(case, outlook=after, roll=roll.with_votes(votes))


def settled_stance(stance: Stance, ended: Mapping[str, Truth]) -> Stance:
    """A stance without its condition, if it is known whether that holds."""
    holds = condition_of(stance, ended)
    if not stance.condition or holds is None:
        return stance
    vote, word = (
        (stance.then or stance.vote, stance.then_word) if holds else (stance.vote, stance.word)
    )
    return replace(stance, vote=vote, word=word, condition={}, then=None, then_word="")


def condition_of(stance: Stance, ended: Mapping[str, Truth]) -> Truth:
    """Whether the condition of a stance holds: all of its amendments ended as it says."""
    met: Truth = True
    for name, verdict in stance.condition.items():
        end = ended.get(name)
        if end is None:
            met = None if met else met
        elif end is not (verdict is Verdict.ADOPTED):
            return False
    return met


def _listed(code: str, before: Outlook, after: Outlook) -> Vote | None:
    """The vote of a member that hung on a condition, now that it is known."""
    _, was = deciding(code, before)
    _, now = deciding(code, after)
    if was is None or now is None or not was.condition or now.condition:
        return None
    return now.listed()
