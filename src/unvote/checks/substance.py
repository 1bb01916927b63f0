"""What speaks against a file in itself: verdict, sponsors, parties (UV304, UV308-310, UV317)."""

from collections.abc import Iterator

from unvote.checks.turns import votes_not_put
from unvote.diagnostics import Level, Problem, Route, Spot
from unvote.rulings import Ruling
from unvote.vocabulary import TiePolicy, Vote


def substance(ruling: Ruling, route: Route) -> list[Problem]:
    """The problems of substance of one vote, its place in the file given by `route`."""
    return [
        *_question(ruling, route),
        *_sponsors(ruling, route),
        *_parties(ruling, route),
        *_casting(ruling, route),
        *_present(ruling, route),
        *votes_not_put(ruling, route),
    ]


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
    """Parties to the dispute: without effect on the question, or voting although they may not."""
    case = ruling.case
    if case.roll is None or not case.roll.parties:
        return
    here = (*route, "parties")
    if not any(rule.parties_abstain for _, rule in case.questions):
        message = "the parties to the dispute are named, but on this question they vote like others"
        hint = "`question: party-to-dispute` if Art. 27(3), last clause, applies; else leave it out"
        yield Problem("UV309", message, here, hint, Level.WARNING, Spot.KEY)
        return
    for code in sorted(case.roll.parties):
        vote = case.roll.named.get(code)
        if vote in {Vote.YES, Vote.NO}:
            message = f"{code} is a party to the dispute and voted {vote.value}: it had to abstain"
            hint = "its vote is not counted (UN Charter, Art. 27(3))"
            yield Problem("UV309", message, here, hint, Level.WARNING)


def _casting(ruling: Ruling, route: Route) -> Iterator[Problem]:
    """A casting vote where the body's rule knows none."""
    case = ruling.case
    used = any(rule.tie is TiePolicy.CASTING_VOTE for _, rule in case.questions)
    if case.roll is not None and case.roll.casting_vote is not None and not used:
        message = f"a casting vote has no effect in the {case.body.name}"
        hint = "leave it out; the body's rule on ties stands in its file"
        yield Problem("UV317", message, (*route, "casting_vote"), hint, Level.WARNING, Spot.KEY)


def _present(ruling: Ruling, route: Route) -> Iterator[Problem]:
    """Fewer members present than voted."""
    roll = ruling.case.roll
    if roll is not None and roll.present is not None and roll.present < roll.tally.cast:
        message = f"{roll.tally.cast} members voted or abstained, but only {roll.present} "
        message += "were present"
        hint = "members that voted or abstained were present; correct one of the two"
        yield Problem("UV304", message, (*route, "present"), hint)
