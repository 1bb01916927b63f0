"""A text with its amendments and parts, put to the vote one after the other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from unvote.cases import Case, Role
from unvote.divisions import Way, way_of
from unvote.lotteries import deciding
from unvote.outcomes import Truth
from unvote.rulings import SUPPOSED, Ruling, rule_on
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Verdict, Vote

PERHAPS: Final = "voted separately only if the motion for division is adopted"
UNLESS: Final = "put unless all its operative parts are rejected"


def rule_on_text(
    cases: Sequence[Case],
    results: Mapping[str, Verdict] | None = None,
    change: Callable[[Case], Case] | None = None,
) -> tuple[Ruling, ...]:
    """The rulings on amendments, parts and the text itself, the text last.

    An amendment that one adopted before it excludes is not put (GA rule 90). Parts are put if the
    motion for division before them is granted or carries (GA rule 89); if all operative ones are
    rejected, and the body has a provision on that, the whole is rejected and not put. What hangs on
    a vote that is open is itself open. Stances that
    depend on amendments follow them. `results` takes the place of the outcome of some amendments or
    parts, by id; `change` is made to each that is decided by votes, when its turn comes; after a
    tie to the second vote.
    """
    done: dict[str, Ruling] = {}
    rulings: list[Ruling] = []
    for case in cases:
        ruling = _ruling(case, done, results or {}, change)
        done[case.id] = ruling
        rulings.append(ruling)
    return tuple(rulings)


def _ruling(
    case: Case,
    done: Mapping[str, Ruling],
    results: Mapping[str, Verdict],
    change: Callable[[Case], Case] | None,
) -> Ruling:
    """The ruling on one of them, those before it being done."""
    reason = not_put(case, done.values())
    if reason:
        return Ruling(case, Verdict.NOT_ADOPTED, None, taken=False, reason=reason)
    granted = way_of(case) if case.place.role is Role.MOTION else None
    if granted is not None and granted.way is Way.GRANTED:
        agreed = replace(case, without_vote=True)
        return Ruling(agreed, Verdict.ADOPTED, None, reason=granted.reason)
    if case.id in results and case.place.role is not Role.TEXT:
        return Ruling(case, results[case.id], None, reason=SUPPOSED)
    case = settled(case, {name: carried(ruling) for name, ruling in done.items()})
    ruling = rule_on(case)
    ruling = rule_on(change(ruling.case)) if change else ruling
    open_why = _open_why(case, done.values())
    return replace(ruling, taken=None, reason=open_why) if open_why else ruling


def _open_why(case: Case, done: Iterable[Ruling]) -> str:
    """Why it is open whether it is put to the vote; empty if it is not open."""
    before, role = tuple(done), case.place.role
    for ruling in before:
        if case.id in ruling.case.place.excludes and carried(ruling) is None:
            return f"put unless {ruling.case.id}, which excludes it, is adopted"
    if role is Role.PART and any(_hangs(ruling) for ruling in before):
        return PERHAPS
    division = case.body.division
    if role is not Role.TEXT or division is None or division.whole is None:
        return ""
    ends = [r.verdict for r in before if r.case.place.operative and r.taken is not False]
    return UNLESS if ends and Verdict.ADOPTED not in ends else ""


def _hangs(ruling: Ruling) -> bool:
    """Whether it is a motion for division of which it is open whether it carries."""
    return ruling.case.place.role is Role.MOTION and carried(ruling) is None


def not_put(case: Case, done: Iterable[Ruling]) -> str:
    """Why it is not put to the vote; empty if it is."""
    if case.place.withdrawn:
        return case.body.withdrawn
    before = tuple(done)
    for ruling in before:
        if case.id in ruling.case.place.excludes and carried(ruling):
            return f"falls because {ruling.case.id}, which excludes it, was adopted"
    role = case.place.role
    if role is Role.MOTION and (settled := way_of(case)).way is Way.REFUSED:
        return settled.reason
    for ruling in before:
        if role is Role.PART and ruling.case.place.role is Role.MOTION and carried(ruling) is False:
            return _undivided(ruling)
    provision = case.body.division.whole if case.body.division else None
    if role is Role.TEXT and provision is not None and _all_rejected(before):
        return f"rejected as a whole, for all its operative parts were rejected ({provision})"
    return ""


def _all_rejected(before: Iterable[Ruling]) -> bool:
    """Whether all operative parts that were put were rejected, and there were some."""
    operative = [r for r in before if r.case.place.operative and r.taken is not False]
    return bool(operative) and all(r.taken and carried(r) is False for r in operative)


def _undivided(motion: Ruling) -> str:
    """Why a part is not voted separately."""
    if motion.taken is False and not motion.case.place.withdrawn:
        return f"not voted separately: {motion.reason}"
    ended = "withdrawn" if motion.taken is False else "not adopted"
    return f"not voted separately: the motion for division was {ended}"


def carried(ruling: Ruling) -> Truth:
    """Whether it was adopted, nothing where that is open."""
    if ruling.taken is False or ruling.verdict is Verdict.NOT_ADOPTED:
        return False
    return None if ruling.verdict is Verdict.OPEN or ruling.taken is None else True


def settled(case: Case, ended: Mapping[str, Truth]) -> Case:
    """The case with every stance settled that depends on amendments whose end is known."""
    if case.second is not None:
        case = replace(case, second=settled(case.second, ended))
    outlook, roll = case.outlook, case.roll
    if outlook is None or roll is None or not any(s.condition for s in outlook.stances.values()):
        return case
    stances = {code: settled_stance(s, ended) for code, s in outlook.stances.items()}
    after = replace(outlook, stances=stances)
    votes = {
        code: listed for code in roll.named if (listed := _listed(code, outlook, after)) is not None
    }
    given = case.given or outlook
    return replace(case, outlook=after, given=given, roll=roll.with_votes(votes))


def unsettled(case: Case) -> Case:
    """The case as it was given: what depends on amendments is open again."""
    if case.second is not None:
        case = replace(case, second=unsettled(case.second))
    return case if case.given is None else replace(case, outlook=case.given, given=None)


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
