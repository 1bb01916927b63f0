"""What a file says that its own verdict or sponsors speak against (UV308, UV309, UV310)."""

from collections.abc import Iterator

from unvote.diagnostics import Level, Problem, Route, Spot
from unvote.rulings import Ruling
from unvote.vocabulary import Vote


def substance(ruling: Ruling, route: Route) -> list[Problem]:
    """The problems of substance of one vote, its place in the file given by `route`."""
    return [*_question(ruling, route), *_sponsors(ruling, route), *_parties(ruling, route)]


def _question(ruling: Ruling, route: Route) -> Iterator[Problem]:
    """A question that is not declared, where it matters."""
    if ruling.agreed:
        return
    verdicts = " or ".join(f"{o.verdict.value} as {q.id}" for q, o in ruling.outcomes)
    names = ", ".join(question.id for question, _ in ruling.outcomes)
    message = f"the file does not say which question this is, and it matters: {verdicts}"
    yield Problem("UV310", message, route, f"add `question:`, one of: {names}", spot=Spot.KEY)


def _sponsors(ruling: Ruling, route: Route) -> Iterator[Problem]:
    """A sponsor that votes no on its own text: possible after amendment, but worth a look."""
    case = ruling.case
    key = "by" if case.part_of else "sponsors"
    for number, code in enumerate(case.sponsors):
        if case.roll is not None and case.roll.named.get(code) is Vote.NO:
            message = f"{code} is a sponsor of this text and votes no on it"
            hint = "check the vote and the list of sponsors"
            yield Problem("UV308", message, (*route, key, number), hint, Level.WARNING)


def _parties(ruling: Ruling, route: Route) -> Iterator[Problem]:
    """A party to the dispute that cast a vote although it had to abstain."""
    case = ruling.case
    if case.roll is None or not any(rule.parties_abstain for _, rule in case.questions):
        return
    for code in sorted(case.roll.parties):
        vote = case.roll.named.get(code)
        if vote in {Vote.YES, Vote.NO}:
            message = f"{code} is a party to the dispute and voted {vote.value}: it had to abstain"
            hint = "its vote is not counted (UN Charter, Art. 27(3))"
            yield Problem("UV309", message, (*route, "parties"), hint, Level.WARNING)
