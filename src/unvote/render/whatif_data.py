"""What if, as sheets and as the plain data of the JSON contract."""

from typing import Any, Final

from unvote.chances import Odds
from unvote.render.data import answers_data, counts_data, ruling_data
from unvote.render.listing import article
from unvote.render.odds import chance_data
from unvote.render.sheets import Sheet, csv_text, sheet_of
from unvote.render.whatif import amended_words, label
from unvote.rulings import Ruling
from unvote.scenarios import Drop, Move, Point, Sweep, Transfer
from unvote.suppositions import (
    Amended,
    Ended,
    Supposed,
    Supposition,
    WhatIf,
    turning_points,
)
from unvote.vocabulary import Verdict
from unvote.wording import listed

COUNTS: Final = ("yes", "no", "abstain", "absent", "undecided", "not_entitled", "not_participating")

HEAD: Final = (
    *("Scenario", "Changes", *(name.replace("_", " ").capitalize() for name in COUNTS)),
    *("Verdict", "Because", "Need", "Have", "Of", "Vetoes", "Adopted", "Article"),
)
SWEPT: Final = (
    *("Scenario", "From", "To", "Count", "From 2", "To 2", "Count 2"),
    *(name.replace("_", " ").capitalize() for name in COUNTS),
    *("Verdict", "Because", "Need", "Have", "Of", "Vetoes"),
)
UNSWEPT: Final = ("",) * 6
"""What stands for the quantities of a sweep where there is none."""


def whatif_csv(answer: WhatIf) -> str:
    """Rows of before and after; where something is swept, a row a point."""
    swept = any(result.sweeps for result in answer.results)
    return csv_text(sweep_sheet(answer) if swept else whatif_sheet(answer))


def whatif_sheet(answer: WhatIf) -> Sheet:
    """The vote before, and after each supposition."""
    rows = []
    if answer.before is not None:
        rows.append(_row("before", "", answer.before, answer.odds))
    for result in answer.results:
        said = "; ".join(change_words(change) for change in result.changes)
        rows.append(_row(label(result), said, result.after, result.odds))
    return sheet_of(HEAD, rows)


def _row(name: str, said: str, ruling: Ruling, odds: Odds | None) -> list[str]:
    cite = article(ruling.outcome) if ruling.outcome and ruling.agreed else ""
    return [name, said, *figure_cells(ruling), str(odds.adopted) if odds else "", cite]


def figure_cells(ruling: Ruling) -> list[str]:
    """The counts, the verdict and its figures, as text."""
    outcome = ruling.outcome
    deciding = outcome.deciding if outcome and ruling.agreed else None
    figures = [getattr(deciding, name) if deciding else None for name in ("need", "have", "of")]
    return [
        *(str(getattr(outcome.tally, name)) if outcome else "" for name in COUNTS),
        ruling.result.value if ruling.result else "not taken",
        ruling.because.value if ruling.because else "",
        *("" if figure is None else str(figure) for figure in figures),
        " ".join(outcome.vetoes) if outcome else "",
    ]


def sweep_sheet(answer: WhatIf) -> Sheet:
    """Every point of every sweep, a row each.

    Beside suppositions without a sweep also theirs, and the vote before: they have no counts of
    what is swept.
    """
    rows = []
    mixed = not all(result.sweeps for result in answer.results)
    if mixed and answer.before is not None:
        rows.append(["before", *UNSWEPT, *figure_cells(answer.before)])
    for result in answer.results:
        if not result.sweeps:
            rows.append([label(result), *UNSWEPT, *figure_cells(result.after)])
        for point in result.points:
            moved: list[str] = []
            for sweep, count in zip(result.sweeps, point.counts, strict=True):
                moved += [sweep.source.value, sweep.target.value, str(count)]
            moved += UNSWEPT[len(moved) :]
            rows.append([label(result), *moved, *figure_cells(point.ruling)])
    return sheet_of(SWEPT, rows)


def change_words(change: Supposed) -> str:
    """A change in words, as it was asked for."""
    if isinstance(change, Amended):
        return amended_words(change)
    if isinstance(change, Ended):
        return change.verdict.value
    if isinstance(change, Move):
        return f"{change.count} from {change.source.value} to {change.target.value}"
    if isinstance(change, Drop):
        return f"without {listed(change.members)}"
    return f"{listed(change.members)}: {change.said}"


def whatif_data(answer: WhatIf) -> dict[str, Any]:
    """The answer as data."""
    results = [_result_data(answer, result) for result in answer.results]
    return answers_data(results, answer.problems)


def _result_data(answer: WhatIf, result: Supposition) -> dict[str, Any]:
    """One supposition: before, after, what was changed, and the points of its sweeps."""
    odds = None
    if answer.odds is not None:
        after = odds_data(result.odds) if result.odds else None
        odds = {"before": odds_data(answer.odds), "after": after}
    return {
        "scenario": result.name,
        "changes": [change_data(change) for change in result.changes],
        "moved": [transfer_data(transfer) for transfer in result.transfers],
        "before": ruling_data(result.before),
        "after": ruling_data(result.after),
        "turned": result.before.result is not result.after.result,
        "differs": list(result.differs),
        "why": list(result.why),
        "turns_at": result.turns_at,
        "odds": odds,
        "sweep": [_sweep_data(sweep) for sweep in result.sweeps],
        "points": [_point_data(point) for point in result.points],
        "turns": [
            {"at": number, "verdict": verdict.value}
            for number, verdict in turning_points(result.points)
            if len(result.sweeps) == 1
        ],
    }


def change_data(change: Supposed) -> dict[str, Any]:
    """One change, as it was asked for."""
    if isinstance(change, Amended):
        return {"adopted": list(change.adopted), "not_adopted": list(change.rejected)}
    if isinstance(change, Ended):
        return {"result": change.verdict.value}
    if isinstance(change, Move):
        return {"from": change.source.value, "to": change.target.value, "count": change.count}
    if isinstance(change, Drop):
        return {"drop": sorted(change.members)}
    return {"members": sorted(change.members), "vote": change.said}


def transfer_data(transfer: Transfer) -> dict[str, Any]:
    """Who went where."""
    return {
        "from": transfer.source.value,
        "to": transfer.target.value if transfer.target else None,
        "count": transfer.count,
        "members": list(transfer.members),
    }


def _sweep_data(sweep: Sweep) -> dict[str, Any]:
    return {
        "from": sweep.source.value,
        "to": sweep.target.value,
        "first": sweep.first,
        "last": sweep.last,
    }


def _point_data(point: Point) -> dict[str, Any]:
    ruling = point.ruling
    outcome = ruling.outcome
    deciding = outcome.deciding if outcome and ruling.agreed else None
    return {
        "numbers": list(point.counts),
        "verdict": ruling.verdict.value,
        "because": ruling.because.value if ruling.because else None,
        "counts": counts_data(outcome) if outcome else None,
        "need": deciding.need if deciding else None,
        "have": deciding.have if deciding else None,
        "of": deciding.of if deciding else None,
        "vetoes": list(outcome.vetoes) if outcome else [],
    }


def odds_data(odds: Odds) -> dict[str, Any]:
    """The chance of each verdict, exactly and as a decimal; `vetoed` is part of `not adopted`."""
    chances = (odds.adopted, odds.not_adopted, odds.open)
    verdicts = (Verdict.ADOPTED, Verdict.NOT_ADOPTED, Verdict.OPEN)
    every = {v.value: chance_data(chance) for v, chance in zip(verdicts, chances, strict=True)}
    return {**every, "vetoed": chance_data(odds.vetoed)}
