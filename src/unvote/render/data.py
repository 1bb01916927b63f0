"""Results as the plain data of the JSON contract (`unvote/1`): stable keys, exact numbers."""

from collections.abc import Iterable
from typing import Any

from unvote.diagnostics import Diagnostic
from unvote.explain import notices, reach_of
from unvote.outcomes import Finding, Outcome
from unvote.rollcall import Tally
from unvote.rulings import Ruling
from unvote.vocabulary import Vote
from unvote.wording import finding_words

SCHEMA = "unvote/1"


def report_data(results: Iterable[Ruling], problems: Iterable[Diagnostic]) -> dict[str, Any]:
    """Results and problems as one object."""
    return {
        "schema": SCHEMA,
        "results": [ruling_data(ruling) for ruling in results],
        "problems": [problem_data(problem) for problem in problems],
    }


def answers_data(
    results: Iterable[dict[str, Any]], problems: Iterable[Diagnostic]
) -> dict[str, Any]:
    """Answers to any question, and problems, as one object."""
    return {
        "schema": SCHEMA,
        "results": list(results),
        "problems": [problem_data(problem) for problem in problems],
    }


def ruling_data(ruling: Ruling) -> dict[str, Any]:
    """One result; `need`, `have` and `of` are those of the first condition that decides."""
    case, outcome = ruling.case, ruling.outcome
    deciding = outcome.deciding if outcome and ruling.agreed else None
    data: dict[str, Any] = {
        "file": case.file,
        "id": case.id,
        "title": case.title,
        "body": case.body.id,
        "date": case.day.isoformat(),
        "question": case.questions[0][0].id if case.declared and case.questions else None,
        "step": case.step,
        "taken": ruling.taken,
        "reason": ruling.reason,
        "verdict": ruling.result.value if ruling.result else None,
        "because": ruling.because.value if ruling.because else None,
        "counts": counts_data(outcome) if outcome else None,
        "need": deciding.need if deciding else None,
        "have": deciding.have if deciding else None,
        "of": deciding.of if deciding else None,
        "vetoes": list(outcome.vetoes) if outcome else [],
        "negatives": list(outcome.negatives) if outcome else [],
        "undecided": reach_data(ruling),
        "best": outcome.best.value if outcome and ruling.agreed else None,
        "worst": outcome.worst.value if outcome and ruling.agreed else None,
        "findings": [finding_data(f) for f in outcome.findings] if outcome else [],
        "votes": votes_data(ruling),
        "notices": list(notices(ruling)),
    }
    if case.first is not None:
        data["first_vote"] = tally_data(case.first)
    if case.part_of is not None:
        data["part_of"] = case.part_of
    if not case.declared:
        data["under"] = {q.id: outcome_data(o) for q, o in ruling.outcomes}
    return data


def reach_data(ruling: Ruling) -> dict[str, Any] | None:
    """How many of the undecided decide: `least` if the rest abstain, `sure` whatever they do."""
    far = reach_of(ruling)
    if far is None:
        return None
    return {"least": far.least, "sure": far.sure, "holders": list(far.holders)}


def counts_data(outcome: Outcome) -> dict[str, int]:
    """The votes an outcome was found on, in number of members."""
    return tally_data(outcome.tally)


def tally_data(tally: Tally) -> dict[str, int]:
    """A tally, in number of members."""
    return {
        "yes": tally.yes,
        "no": tally.no,
        "abstain": tally.abstain,
        "absent": tally.absent,
        "undecided": tally.undecided,
        "not_entitled": tally.not_entitled,
        "not_participating": tally.not_participating,
    }


def votes_data(ruling: Ruling) -> dict[str, list[str]]:
    """Members by what they did, where they are known by name."""
    roll = ruling.case.roll
    if roll is None or ruling.taken is False or ruling.supposed:
        return {}
    votes = {vote.value: list(roll.who(vote)) for vote in Vote}
    votes["not_entitled"] = sorted(roll.not_entitled)
    votes["not_participating"] = sorted(roll.not_participating)
    return {name: codes for name, codes in votes.items() if codes}


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """A verdict with its cause and figures."""
    deciding = outcome.deciding
    return {
        "verdict": outcome.verdict.value,
        "because": outcome.because.value if outcome.because else None,
        "need": deciding.need if deciding else None,
        "have": deciding.have if deciding else None,
        "of": deciding.of if deciding else None,
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """One test, with its citation."""
    return {
        "test": finding_words(finding),
        "need": finding.need,
        "have": finding.have,
        "most": finding.most,
        "of": finding.of,
        "met": finding.met,
        "cite": str(finding.citation) if finding.citation else None,
    }


def problem_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """One problem with its place (line and column from 1), and places that belong to it."""
    problem, place, also = diagnostic.problem, diagnostic.place, diagnostic.also
    return {
        "code": problem.code,
        "level": problem.level.value,
        "file": diagnostic.file,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "message": problem.message,
        "hint": problem.hint,
        "related": [{"line": also.line, "column": also.column}] if also else [],
    }
