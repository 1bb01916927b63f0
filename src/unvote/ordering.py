"""The order of voting: what is put to the vote first, why, and by which provision."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from unvote.bodies import Body, First
from unvote.cases import Case, Change, Role
from unvote.citations import Citation
from unvote.divisions import Way, way_of
from unvote.outcomes import Truth
from unvote.proceedings import Is, Step, When

T = TypeVar("T")

UNKNOWN: Final = "the rules of this body are not known to the tool"
PROCEDURAL: Final = "procedural"
SEQUENCE: Final = (Role.MOTION, Role.AMENDMENT, Role.PART, Role.TEXT)
EXTENDING: Final = frozenset({Change.ADDS, Change.DELETES})


@dataclass(frozen=True, slots=True)
class Put:
    """What is put to the vote in its turn, with the reason and the provision.

    `put` is false where no vote is taken on it, nothing where that hangs on a vote before it.
    `step` is the step of proceedings it is taken in.
    """

    case: Case
    reason: str
    citation: Citation | None = None
    put: Truth = True
    step: str | None = None


def order_of(cases: Sequence[Case]) -> tuple[Put, ...]:
    """The order of voting on a text: the motion for division, the amendments, the parts, the text.

    Amendments go as the rules of the body ask: the furthest removed in substance first, or before
    those the ones that add to the text or delete from it. Those of which the distance is not stated
    keep the place they are listed at, and equals their order.
    """
    by_role = {role: [case for case in cases if case.place.role is role] for role in SEQUENCE}
    amendments = _sorted(by_role[Role.AMENDMENT])
    return (
        *(_motion(case) for case in by_role[Role.MOTION]),
        *(_amendment(number, amendments) for number in range(len(amendments))),
        *(_part(case, by_role[Role.MOTION]) for case in by_role[Role.PART]),
        *(_text(case, cases) for case in by_role[Role.TEXT]),
    )


def _sorted(amendments: Sequence[Case]) -> list[Case]:
    """Amendments in the order the rules of the body ask for, those withdrawn where they stand."""
    order = amendments[0].body.order if amendments else None
    if order is None:
        return list(amendments)
    found = _refilled(amendments, _stands, _late)
    for late in (False, True):
        found = _refilled(found, partial(_compared, late=late), _nearness)
    return found


def _refilled(items: Iterable[T], chosen: Callable[[T], bool], key: Callable[[T], int]) -> list[T]:
    """Items with those chosen sorted among the places they hold; all others stay."""
    every = list(items)
    ordered = iter(sorted(filter(chosen, every), key=key))
    return [next(ordered) if chosen(item) else item for item in every]


def _stands(case: Case) -> bool:
    """Whether it was not withdrawn."""
    return not case.place.withdrawn


def _compared(case: Case, *, late: bool) -> bool:
    """Whether it is put, early or late, and it is said how far it is removed."""
    return _stands(case) and case.place.distance is not None and _late(case) is late


def _late(case: Case) -> bool:
    """Whether it comes after amendments that add to a text or delete from it."""
    order = case.body.order
    extends = case.place.change in EXTENDING
    return order is not None and order.amendments is First.ADDITIONS and not extends


def _nearness(case: Case) -> int:
    """Less for what is further removed."""
    return -(case.place.distance or 0)


def _amendment(number: int, amendments: Sequence[Case]) -> Put:
    """One amendment in its turn, those before it being put."""
    case, order = amendments[number], amendments[number].body.order
    if case.place.withdrawn:
        return _withdrawn(case)
    excluding = [other.id for other in amendments[:number] if case.id in other.place.excludes]
    falls = f"; falls if {' or '.join(excluding)} is adopted" if excluding else ""
    put = None if excluding else True
    if order is None:
        return Put(case, f"as listed: {UNKNOWN}{falls}", None, put)
    before = _change_words(case) if order.amendments is First.ADDITIONS else ""
    words = f"{before}{_distance_words(case, amendments)}{falls}"
    return Put(case, words, order.citation, put)


def _change_words(case: Case) -> str:
    """What an amendment does to the text, where that decides when it is put."""
    change = case.place.change
    if change is None:
        return "not said to add or delete, so after those that do; "
    if change in EXTENDING:
        verb = "adds to" if change is Change.ADDS else "deletes from"
        return f"{verb} the text, so before those that revise it; "
    return "revises the text, so after those that add or delete; "


def _distance_words(case: Case, amendments: Sequence[Case]) -> str:
    """How far an amendment is removed, among those it is compared with."""
    distance = case.place.distance
    if distance is None:
        return "its distance is not stated: as listed"
    rivals = [
        other
        for other in amendments
        if other is not case and _late(other) is _late(case) and not other.place.withdrawn
    ]
    stated = [other.place.distance for other in rivals if other.place.distance is not None]
    if not rivals:
        return f"distance {distance}"
    if distance in stated:
        return f"distance {distance}, like another: as listed"
    if all(other < distance for other in stated):
        return f"the furthest removed in substance (distance {distance})"
    return f"the next furthest removed in substance (distance {distance})"


def _motion(case: Case) -> Put:
    """A motion for division, before what it is about."""
    if case.place.withdrawn:
        return _withdrawn(case)
    division = case.body.division
    settled = way_of(case)
    reason = settled.reason if division else f"{settled.reason}; {UNKNOWN}"
    if settled.way is Way.VOTE and case.declared and case.questions:
        question, rule = case.questions[0]
        reason += f"; decided as {question.id}" + (f" ({rule.citation})" if rule.citation else "")
    return Put(case, reason, division.citation if division else None, settled.way is Way.VOTE)


def _part(case: Case, motions: Sequence[Case]) -> Put:
    """A part, after the amendments to the text."""
    if case.place.withdrawn:
        return _withdrawn(case)
    division = case.body.division
    cite = division.citation if division else None
    if division is None:
        return Put(case, f"a separate vote, as listed: {UNKNOWN}")
    before = [way_of(motion).way for motion in motions if not motion.place.withdrawn]
    if motions and not before:
        return Put(case, "no separate vote: the motion for division is withdrawn", cite, put=False)
    ends = {way.parts for way in before}
    if False in ends:
        return Put(case, "no separate vote: the motion for division is refused", cite, put=False)
    if None in ends:
        return Put(case, "a separate vote if the motion for division is adopted", cite, put=None)
    return Put(case, "a separate vote, as listed", cite)


def _text(case: Case, cases: Sequence[Case]) -> Put:
    """The text itself, last."""
    if case.place.withdrawn:
        return _withdrawn(case)
    roles = {other.place.role for other in cases}
    order, division = case.body.order, case.body.division
    cite, words = None, "the text alone"
    if Role.AMENDMENT in roles:
        cite, words = order.citation if order else None, "the text, after its amendments"
    elif Role.PART in roles:
        cite, words = division.citation if division else None, "the text, after its parts"
    whole = division.whole if division else None
    if whole is not None and any(other.place.operative for other in cases):
        words += "; rejected as a whole if all its operative parts are"
        words += f" ({whole})" if whole != cite else ""
    return Put(case, words, cite)


def _withdrawn(case: Case, step: str | None = None) -> Put:
    """What is not put any more."""
    cite = case.body.order.withdrawal if case.body.order else None
    return Put(case, "withdrawn: not put to the vote", cite, put=False, step=step)


def order_of_steps(steps: Iterable[Step]) -> tuple[Put, ...]:
    """The order of voting in proceedings: as listed, but rival texts of a body as submitted.

    Rivals are the steps of one body that say when they were submitted; among the places they hold
    the first submitted comes first. All others stay where they are.
    """
    found = list(steps)
    for body in dict.fromkeys(step.rulings[-1].case.body.id for step in found):
        found = _refilled(found, partial(_rival, body=body), lambda step: step.submitted or 0)
    return tuple(_step(step, found) for step in found)


def _rival(step: Step, body: str) -> bool:
    """Whether a step is on one of the rival texts of a body."""
    known = step.rulings[-1].case.body.id == body and step.submitted is not None
    return known and not step.withdrawn


def _step(step: Step, steps: Sequence[Step]) -> Put:
    """One step in its turn."""
    case = step.rulings[-1].case
    if step.withdrawn:
        return _withdrawn(case, step.id)
    reason, cite = _turn(step, case.body, steps)
    when = f"; only if {step.when}" if step.when is not None else ""
    later = {name for other in steps[steps.index(step) :] for name in _ids(other)}
    if step.when is not None and not later.isdisjoint(_asked(step.when)):
        when += ", which now comes later: state `when` anew"
    put = True if step.when is None else None
    return Put(case, f"{reason}{when}", cite, put, step.id)


def _procedural(step: Step, body: Body, steps: Sequence[Step]) -> tuple[str, Citation | None]:
    """Why a procedural motion comes when it does: between rival texts it can be on the next."""
    number, order = steps.index(step), body.order
    hanging = [
        other
        for other in steps[number + 1 :]
        if other.when is not None and step.id in _asked(other.when)
    ]
    before = any(_rival(other, body.id) for other in steps[:number])
    if before and hanging and _rival(hanging[0], body.id):
        reason = f"after one text it is decided whether to vote on the next, {hanging[0].id}"
        return reason, order.proposals if order else None
    on = f" before {hanging[0].id}" if hanging else ""
    return f"a procedural motion{on}, as listed", order.motions if order else None


def _ids(step: Step) -> list[str]:
    """The ids a condition can ask of: the step's own, and those of its amendments and parts."""
    return [step.id, *(ruling.case.id for ruling in step.rulings[:-1])]


def _asked(when: When) -> frozenset[str]:
    """What a condition asks of, by id."""
    if isinstance(when, Is):
        return frozenset({when.step})
    return _asked(when.left) | _asked(when.right)


def _turn(step: Step, body: Body, steps: Sequence[Step]) -> tuple[str, Citation | None]:
    """Why a step comes when it does."""
    case, order = step.rulings[-1].case, body.order
    if not _rival(step, body.id):
        if case.declared and case.questions and case.questions[0][0].id == PROCEDURAL:
            return _procedural(step, body, steps)
        return "as listed", None
    rivals = [other for other in steps if _rival(other, body.id)]
    if order is None or order.proposals is None:
        return f"number {step.submitted} in the order of submission: {UNKNOWN}", None
    same = sum(other.submitted == step.submitted for other in rivals) > 1
    words = ", like another: as listed" if same else ""
    reason = f"number {step.submitted} in the order of submission{words}"
    return reason, order.proposals
