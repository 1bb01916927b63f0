"""Whether a question has exactly one rule on every date."""

from datetime import date, timedelta

from unvote.bodies import Question
from unvote.diagnostics import Problem

DAY = timedelta(days=1)


def coverage(question: Question, since: date | None, route: tuple[str, ...]) -> list[Problem]:
    """Gaps and overlaps among the dated rules, from the body's first day on (UV307)."""
    problems: list[Problem] = []
    dated = sorted(
        enumerate(question.rules), key=lambda item: (item[1].period.since or date.min, item[0])
    )
    if not dated:
        return [Problem("UV307", f"'{question.id}' has no rule", route, "write at least one rule")]
    reached: date | None = None if since is None else since - DAY
    first = True
    for number, rule in dated:
        start, end = rule.period.since or date.min, rule.period.until or date.max
        here = (*route, number)
        if first and since is None:
            reached = None if start == date.min else start - DAY
        if reached is not None:
            if start > reached + DAY:
                message = f"no rule is in force from {reached + DAY} to {start - DAY}"
                hint = "on every date a question has exactly one rule"
                problems.append(Problem("UV307", message, here, hint))
            elif not first and start <= reached:
                message = f"two rules are in force from {start} to {min(reached, end)}"
                hint = "end one with `until:` the day before the other begins"
                problems.append(Problem("UV307", message, here, hint))
        elif not first:
            message = f"two rules are in force from {start}"
            problems.append(Problem("UV307", message, here, "give each its period"))
        if end == date.max:
            reached = date.max - DAY
        elif reached is None or end > reached:
            reached = end
        first = False
    if reached is not None and reached < date.max - DAY:
        message = f"no rule is in force after {reached}"
        hint = "leave the last rule's `until:` out, if it still holds"
        problems.append(Problem("UV307", message, (*route, dated[-1][0]), hint))
    return problems
