"""Whether a question has exactly one rule on every date."""

from collections.abc import Iterator
from datetime import date, timedelta

from unvote.bodies import Question
from unvote.diagnostics import Problem, Route

DAY = timedelta(days=1)


def coverage(question: Question, since: date | None, route: Route) -> list[Problem]:
    """Gaps and overlaps among the dated rules, from the body's first day on (UV307)."""
    spans = sorted(
        (rule.period.since or date.min, rule.period.until or date.max, number)
        for number, rule in enumerate(question.rules)
    )
    if not spans:
        return [Problem("UV307", f"'{question.id}' has no rule", route, "write at least one rule")]
    return list(_breaks(spans, since or spans[0][0], route))


def _breaks(spans: list[tuple[date, date, int]], first: date, route: Route) -> Iterator[Problem]:
    """Every break, walking the spans in order; `due` is the first day not yet covered."""
    due: date | None = first
    last = 0
    for number, (start, end, index) in enumerate(spans):
        here = (*route, index)
        if due is not None and start > due:
            message = f"no rule is in force from {due} to {start - DAY}"
            hint = "on every date a question has exactly one rule"
            yield Problem("UV307", message, here, hint)
        elif number and (due is None or start < due):
            message = f"two rules are in force from {start}"
            hint = "end one with `until:` the day before the other begins"
            yield Problem("UV307", message, here, hint, also=(*route, last))
        if due is not None and (end == date.max or end + DAY >= due):
            due = None if end == date.max else end + DAY
            last = index
    if due is not None:
        message = f"no rule is in force from {due} on"
        hint = "leave the last rule's `until:` out, if it still holds"
        yield Problem("UV307", message, (*route, spans[-1][2]), hint)
