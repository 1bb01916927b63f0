"""A forecast held against the record, as rows for spreadsheets and as data."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from unvote.render.odds import chance_data
from unvote.render.sheets import Sheet, sheet_of
from unvote.rulings import Ruling
from unvote.scoring import CAST, Calibration, Group, Score, Scored, VerdictScore
from unvote.vocabulary import Vote
from unvote.wording import stance_words

LISTED: Final = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT, Vote.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Held:
    """A forecast and the record it was held against, with the score."""

    forecast: Ruling
    actual: Ruling
    score: Score


def score_sheet(score: Score) -> Sheet:
    """Every member as a row, for spreadsheets."""
    head = ("member", "stance", "basis", "listed", *(f"chance_{v.value}" for v in CAST))
    return sheet_of(
        (*head, "vote", "chance", "brier"),
        (
            (
                one.member,
                stance_words(one.stance),
                one.basis,
                one.listed.value,
                *(_decimal(one.chances.get(vote, Fraction(0))) for vote in CAST),
                one.vote.value,
                _decimal(one.chance),
                _decimal(one.brier),
            )
            for one in score.members
        ),
    )


def _decimal(number: Fraction) -> str:
    return f"{float(number):.12g}"


def score_data(held: Held) -> dict[str, Any]:
    """The score for JSON."""
    score = held.score
    low, high = score.spread.between()
    return {
        "forecast": _file_data(held.forecast),
        "actual": _file_data(held.actual),
        "brier": group_data(score.overall),
        "ignorance": chance_data(score.ignorance),
        "by_confidence": [group_data(group) for group in score.groups],
        "calibration": [calibration_data(line) for line in score.calibration],
        "confusion": {
            listed.value: {vote.value: score.confusion.get((listed, vote), 0) for vote in CAST}
            for listed in LISTED
        },
        "verdicts": [verdict_data(verdict) for verdict in score.verdicts],
        "yes": {"mean": chance_data(score.spread.mean), "range90": [low, high], "came": score.yes},
        "members": [member_data(one) for one in score.members],
        "not_scored": [{"member": code, "why": why} for code, why in score.unscored],
    }


def _file_data(ruling: Ruling) -> dict[str, str]:
    case = ruling.case
    day = case.day.isoformat()
    return {"file": case.file, "id": case.id, "date": day, "verdict": ruling.verdict.value}


def group_data(group: Group) -> dict[str, Any]:
    """The members whose chances rest on one thing."""
    return {
        "basis": group.basis,
        "members": group.number,
        "listed": group.listed,
        "as_listed": group.hits,
        "total": chance_data(group.total),
        "mean": chance_data(group.mean),
    }


def calibration_data(line: Calibration) -> dict[str, Any]:
    """How often something came about that was given a chance."""
    return {
        "basis": line.basis,
        "vote": line.vote.value if line.vote else None,
        "stated": chance_data(line.stated),
        "number": line.number,
        "came": line.came,
    }


def verdict_data(verdict: VerdictScore) -> dict[str, Any]:
    """The verdict foretold and the one that came."""
    odds = verdict.odds
    return {
        "question": verdict.question,
        "forecast": verdict.forecast.value,
        "adopted": None if odds is None else chance_data(odds.adopted),
        "came": verdict.came.value,
        "chance": None if verdict.chance is None else chance_data(verdict.chance),
    }


def member_data(one: Scored) -> dict[str, Any]:
    """One member."""
    return {
        "member": one.member,
        "stance": stance_words(one.stance),
        "basis": one.basis,
        "listed": one.listed.value,
        "vote": one.vote.value,
        "chance": chance_data(one.chance),
        "brier": chance_data(one.brier),
    }
