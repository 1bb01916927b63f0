"""The `expect:` block of a file, run as a test (UV501, UV502, UV503)."""

from collections.abc import Iterator

from unvote.cases import Expectation
from unvote.diagnostics import Problem, Route
from unvote.rulings import Ruling


def expectations(ruling: Ruling, route: Route) -> list[Problem]:
    """Where the outcome is not what the file's `expect:` block says."""
    wanted = ruling.case.expect
    return [] if wanted is None else unmet(wanted, ruling, (*route, "expect"))


def unmet(wanted: Expectation, ruling: Ruling, route: Route) -> list[Problem]:
    """Where a ruling is not what is expected of it; `route` leads to the expectation."""
    return list(_unmet(wanted, ruling, route))


def _unmet(wanted: Expectation, ruling: Ruling, route: Route) -> Iterator[Problem]:
    hint = "correct the expectation, or the votes and the question it is about"
    if wanted.verdict is not None and wanted.verdict is not ruling.verdict:
        message = f"expected {wanted.verdict.value}, but the verdict is {ruling.verdict.value}"
        yield Problem("UV501", message, (*route, "verdict"), hint)
    if wanted.because is not None and wanted.because is not ruling.because:
        cause = f"the cause is {ruling.because.value}" if ruling.because else "it was adopted"
        message = f"expected the cause {wanted.because.value}, but {cause}"
        yield Problem("UV503", message, (*route, "because"), hint)
    outcome = ruling.outcome
    if outcome is None:
        for key in ("counts", "need", "have"):
            if getattr(wanted, key) is not None:
                message = f"'{key}' is expected, but no votes are known"
                yield Problem("UV502", message, (*route, key), "take it out")
        return
    tally = outcome.tally
    counts = tally.yes, tally.no, tally.abstain
    if wanted.counts is not None and wanted.counts != counts:
        expected = "-".join(str(count) for count in wanted.counts)
        message = f"expected {expected}, but the votes listed are {tally}"
        yield Problem("UV502", message, (*route, "counts"), hint)
    deciding = outcome.deciding
    for key in ("need", "have"):
        expected_figure = getattr(wanted, key)
        figure = getattr(deciding, key) if deciding else None
        if expected_figure is not None and expected_figure != figure:
            message = f"expected `{key}` to be {expected_figure}, but it is {figure}"
            yield Problem("UV503", message, (*route, key), hint)
