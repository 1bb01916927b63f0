"""A resolution file: its amendments, parts and text decided, its substance checked."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from unvote.checks.expectations import expectations
from unvote.checks.substance import substance
from unvote.checks.turns import misordered, operative_idle, second_vote_amiss
from unvote.diagnostics import Diagnostic, Route, any_error
from unvote.documents.resolution import ResolutionDocument
from unvote.documents.shape import read
from unvote.files.judged import Judged, judged
from unvote.loading.source import Source, by_place
from unvote.resolve.resolution import cases_from
from unvote.texts import rule_on_text
from unvote.world.world import World

if TYPE_CHECKING:
    from unvote.files.stances import StancesFile


def judge_resolution(
    source: Source,
    problems: list[Diagnostic],
    world: World,
    *,
    on: date | None,
    expect: bool,
    question: str | None = None,
) -> Judged:
    """The results and the problems of a resolution file.

    `problems` are those of its form; `on` decides as if it had been voted on that day;
    `question` as if the text were put under that question; `expect` tests its `expect:` blocks.
    """
    if source.data is None and problems:
        return judged(source.file, [], problems)
    document, found = read(ResolutionDocument, source.data)
    if document is None:
        return judged(source.file, [], [*problems, *source.diagnose(found)])
    misshapen = any_error(found) or any(problem.is_error for problem in problems)
    if on is not None:
        document = document.model_copy(update={"date": on.isoformat()})
    if question is not None:
        document = document.model_copy(update={"question": question})
    stances = _stances(document, source, world)
    find_body = world.bodies_near(source.file)
    forecast = stances.on(world.names) if stances else None
    cases, more = cases_from(document, world.names, find_body, source.file, forecast)
    cases = stances.seen(cases) if stances else cases
    rulings = list(rule_on_text(cases))
    more += misordered(cases, ordered=document.order is not None)
    routes = _routes(document)
    more += operative_idle(cases, routes)
    for ruling in rulings:
        route = () if ruling.case.part_of is None else routes[ruling.case.id]
        more += substance(ruling, route)
        more += second_vote_amiss(ruling, route)
        if expect:
            more += expectations(ruling, route)
    elsewhere = stances.diagnostics([]) if stances else []
    unclear = any(problem.code in {"UV102", "UV108"} for problem in more)
    usable = not misshapen and not unclear and not any(problem.is_error for problem in elsewhere)
    own = sorted([*problems, *source.diagnose([*found, *more])], key=by_place)
    every = [*own, *elsewhere]
    return judged(source.file, rulings if usable else [], every, cases if usable else ())


def _stances(document: ResolutionDocument, source: Source, world: World) -> "StancesFile | None":
    """The file of stances that `stances:` names, if it names one."""
    if not isinstance(document.stances, str):
        return None
    from unvote.files.stances import open_stances  # noqa: PLC0415 - few files name one

    return open_stances(*world.read(str(Path(source.file).parent / document.stances)))


def _routes(document: ResolutionDocument) -> dict[str, Route]:
    """Where each vote of a document stands, by its id."""
    routes: dict[str, Route] = {}
    if document.division is not None:
        routes[document.division.id] = ("division",)
    for key, parts in (("amendments", document.amendments), ("parts", document.parts)):
        for number, part in enumerate(parts or []):
            routes.setdefault(part.id, (key, number))
    routes[document.id] = ()
    return routes
