"""The order of voting, and votes on what was not put to the vote (UV318, UV319, UV321, UV322)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from unvote.bodies import First
from unvote.cases import Case, Role
from unvote.diagnostics import Level, Problem, Route, Spot, quoted
from unvote.rulings import Ruling
from unvote.vocabulary import TiePolicy

MOST_NAMED: Final = 12


def misordered(cases: Sequence[Case], *, ordered: bool) -> list[Problem]:
    """Amendments put in another order than the rules of the body ask for (UV318).

    `ordered`: the file says in which order they are put; if it does not, the order they are listed
    in is looked at only where all that decides it is stated.
    """
    amendments = [
        case for case in cases if case.place.role is Role.AMENDMENT and not case.place.withdrawn
    ]
    if not amendments or not (ordered or all(_stated(case) for case in amendments)):
        return []
    from unvote.ordering import order_of  # noqa: PLC0415 - few texts have amendments

    wanted = [put.case.id for put in order_of(amendments)]
    found = [case.id for case in amendments]
    order = amendments[0].body.order
    if wanted == found or order is None:
        return []
    rule = f" ({order.citation})" if order.citation else ""
    message = f"the amendments are put as {_listed(found)}, and not {order.amendments.value}{rule}"
    hint = f"put them as {_listed(wanted)}, unless it was ruled or decided otherwise"
    key = "order" if ordered else "amendments"
    return [Problem("UV318", message, (key,), hint, Level.WARNING, Spot.KEY)]


def _listed(names: Sequence[str]) -> str:
    """The ids of amendments, as many as a message can hold."""
    more = ", ..." if len(names) > MOST_NAMED else ""
    return ", ".join(quoted(name) for name in names[:MOST_NAMED]) + more


def _stated(case: Case) -> bool:
    """Whether all is stated that decides when an amendment is put."""
    order, place = case.body.order, case.place
    extending = order is not None and order.amendments is First.ADDITIONS
    return place.distance is not None and (place.change is not None or not extending)


def votes_not_put(ruling: Ruling, route: Route) -> Iterator[Problem]:
    """Votes recorded on what was not put to the vote (UV319)."""
    case = ruling.case
    recorded = case.result is not None or (case.roll is not None and not case.forecast)
    granted = case.place.role is Role.MOTION and case.without_vote
    if recorded and (ruling.taken is False or granted):
        message = f"a vote on {quoted(case.id)} is recorded, but it was not put: {ruling.reason}"
        hint = "take the vote out, or correct what keeps it from being put"
        yield Problem("UV319", message, (*route, _key(case)), hint, Level.WARNING, Spot.KEY)


def operative_idle(cases: Sequence[Case], routes: Mapping[str, Route]) -> list[Problem]:
    """Parts marked operative where no provision says what their rejection does (UV322).

    `routes` are those of the parts, by id; told of the first.
    """
    marked = next((case for case in cases if case.place.operative), None)
    division = marked.body.division if marked else None
    if marked is None or (division is not None and division.whole is not None):
        return []
    message = (
        f"`operative` changes nothing here: no rule of the {marked.body.name} is known by which a "
        "text is rejected with all its operative parts"
    )
    hint = "take it out; or, if there is such a rule, give it to the body (`division: whole_cite:`)"
    route = (*routes[marked.id], "operative")
    return [Problem("UV322", message, route, hint, Level.WARNING, Spot.KEY)]


def second_vote_amiss(ruling: Ruling, route: Route) -> Iterator[Problem]:
    """A second vote where there was no tie that asks for one (UV321)."""
    case, outcome = ruling.case, ruling.outcome
    second = case.second
    if second is None or ruling.taken is False:
        return
    here = (*route, "second_vote")
    rules = [rule for _, rule in case.questions]
    if not any(rule.tie is TiePolicy.SECOND_VOTE for rule in rules):
        cite = next((f" ({rule.tie_citation})" for rule in rules if rule.tie_citation), "")
        message = f"no second vote follows on this question{cite}"
        hint = "take it out, or correct the body or the question"
        yield Problem("UV321", message, here, hint, spot=Spot.KEY)
    elif not (second.forecast and outcome is not None and outcome.tally.undecided):
        was = f"the first was no tie: {outcome.tally}" if outcome else "no tie is recorded"
        hint = "give the votes of the first under `votes` or `counts`, or take the second out"
        yield Problem("UV321", f"a second vote, but {was}", here, hint, spot=Spot.KEY)


def _key(case: Case) -> str:
    """The key the vote of a case stands under."""
    if case.result is not None:
        return "result"
    return "votes" if case.roll is not None and not case.roll.unnamed else "counts"
