"""What a file expects of a verdict, read."""

from typing import Final

from unvote.cases import Expectation
from unvote.diagnostics import Problem, Route
from unvote.documents.resolution import Expect
from unvote.resolve.votes import counted_votes
from unvote.resolve.words import maybe, one_of, whole_of
from unvote.vocabulary import Cause, Verdict, Vote

VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}
CAUSES: Final = {cause.value: cause for cause in Cause}


def expectation_from(shape: Expect, route: Route, problems: list[Problem]) -> Expectation:
    """What the file expects, read."""
    verdict = cause = counts = None
    figures: dict[str, int | None] = {"need": None, "have": None}
    if shape.verdict is not None:
        read = one_of(VERDICTS, shape.verdict, "a verdict")
        verdict = maybe(problems, read, *route, "verdict")
    if shape.because is not None:
        reason = one_of(CAUSES, shape.because, "a cause")
        cause = maybe(problems, reason, *route, "because")
    if shape.counts is not None:
        found, wrong = counted_votes(shape.counts)
        problems += [problem.under(*route, "counts") for problem in wrong]
        if found is not None:
            counts = found[Vote.YES], found[Vote.NO], found[Vote.ABSTAIN]
    for key in figures:
        text = getattr(shape, key)
        if text is not None:
            number = whole_of(text)
            figures[key] = maybe(problems, number, *route, key)
    return Expectation(verdict, cause, counts, figures["need"], figures["have"])
