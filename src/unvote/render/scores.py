"""A forecast held against the record: the verdict, who voted otherwise, scores and calibration."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from unvote.diagnostics import visible
from unvote.render.card import bullets, heading
from unvote.render.odds import assumptions, range_words
from unvote.render.scores_data import LISTED, Held
from unvote.render.sheets import Sheet, escaped, markdown_text, sheet_of, table_text
from unvote.render.style import Look, draw
from unvote.scoring import CAST, Calibration, Score, Scored, VerdictScore
from unvote.stances import Outlook
from unvote.vocabulary import Vote
from unvote.wording import chance_words, stance_words

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST: Final = 20
"""Members shown that voted otherwise, unless all are asked for."""


def brier_words(score: Fraction) -> str:
    """A Brier score to three places."""
    return f"{float(score):.3f}"


def _outcome(held: Held) -> Sheet:
    """The verdict and the yes votes: foretold, and come."""
    score = held.score
    rows = []
    for verdict in score.verdicts:
        name = "Verdict" + (f", {verdict.question}" if len(score.verdicts) > 1 else "")
        rows.append((name, _foretold(verdict), verdict.came.value))
    foretold = f"{float(score.spread.mean):.1f} expected; {range_words(score.spread)}"
    rows.append(("Yes votes", foretold, str(score.yes)))
    return sheet_of(("", "Forecast", "Came"), rows, wide=frozenset({"Forecast"}))


def _foretold(verdict: VerdictScore) -> str:
    words = verdict.forecast.value
    if verdict.odds is None:
        return words
    return f"{words}; odds of adoption {chance_words(verdict.odds.adopted)}"


def _summary(held: Held) -> Iterator[str]:
    """The main figures, a line each."""
    score, overall = held.score, held.score.overall
    yield (
        f"Brier score {brier_words(overall.mean)} over {overall.number} members: 0 is perfect, "
        f"2 the worst; with nothing known of anyone {brier_words(score.ignorance)}"
    )
    if overall.listed:
        share = chance_words(Fraction(overall.hits, overall.listed))
        yield f"Voted as listed: {overall.hits} of {overall.listed} ({share})"


def _confusion(score: Score) -> Sheet:
    """Listed stance against vote cast."""
    counts = score.confusion
    head = ("Listed", *(f"Cast {vote.value}" for vote in CAST), "Members")
    rows = []
    for listed in LISTED:
        row = [counts.get((listed, vote), 0) for vote in CAST]
        if any(row):
            rows.append((listed.value, *map(str, row), str(sum(row))))
    return sheet_of(head, rows, right=frozenset(head[1:]))


def _calibration(score: Score) -> Sheet:
    """By what the chances rest on: the score, what was stated, how often it came true."""
    head = ("Confidence", "Members", "Brier", "Stated", "Came true", "Share")
    rows = []
    for group in score.groups:
        lines = [line for line in score.calibration if line.basis == group.basis]
        alone = len(lines) == 1 and lines[0].vote is None
        first = _came(lines[0]) if alone else ("", "", "")
        rows.append((group.basis, str(group.number), brier_words(group.mean), *first))
        rest = [] if alone else lines
        rows += [(f"- {line.vote.value}", "", "", *_came(line)) for line in rest if line.vote]
    overall = score.overall
    rows.append(("all", str(overall.number), brier_words(overall.mean), "", "", ""))
    return sheet_of(head, rows, right=frozenset(head[1:]))


def _came(line: Calibration) -> tuple[str, str, str]:
    came = f"{line.came} of {line.number}"
    return chance_words(line.stated), came, chance_words(Fraction(line.came, line.number))


def surprises(score: Score) -> tuple[Scored, ...]:
    """Who was listed with a vote and cast another, the worst scores first."""
    found = [m for m in score.members if m.listed not in {Vote.UNDECIDED, m.vote}]
    return tuple(sorted(found, key=lambda one: (-one.brier, one.member)))


def _surprises(score: Score, most: int | None) -> Sheet:
    found = surprises(score)
    rows = (
        (one.member, stance_words(one.stance), one.vote.value, chance_words(one.chance))
        for one in found[:most]
    )
    head = (f"Not as listed ({len(found)})", "Stance", "Vote", "Chance given to it")
    return sheet_of(head, rows, right=frozenset(head[3:]))


def _remarks(held: Held, most: int | None) -> Iterator[str]:
    score = held.score
    one, other = held.forecast.case, held.actual.case
    if (one.id, one.day, one.body.id) != (other.id, other.day, other.body.id):
        yield f"the forecast is of {one.id}, {one.day}; the record of {other.id}, {other.day}"
    left = len(surprises(score)) - (most or len(surprises(score)))
    if left > 0:
        yield f"and {left} more not as listed (-v shows all)"
    reasons: dict[str, list[str]] = {}
    for code, why in score.unscored:
        reasons.setdefault(why, []).append(code)
    for why, codes in reasons.items():
        yield f"not scored, {why}: {' '.join(codes)}"
    if any(verdict.odds is None for verdict in score.verdicts):
        yield "no exact odds of the verdict: votes without names, or too many different weights"
    yield "Brier score: the sum over yes, no, abstain and absent of (chance - outcome) squared"
    yield from assumptions(one.outlook or Outlook())


def score_text(held: Held, look: Look, *, verbose: bool = False) -> str:
    """The score as a card of text."""
    from rich.text import Text

    most = None if verbose else MOST
    names = f"{visible(held.forecast.case.file)}, held against {visible(held.actual.case.file)}"
    head: list[RenderableType] = [*heading(held.actual, look), Text(names)]
    sheets = [_outcome(held), _confusion(held.score), _calibration(held.score)]
    if surprises(held.score):
        sheets.append(_surprises(held.score, most))
    tables = [table_text(sheet, look, stack=True) for sheet in sheets]
    summary = "".join(draw([Text(line)], look) for line in _summary(held))
    remarks = draw([bullets(_remarks(held, most), look)], look)
    return "\n".join([draw(head, look), tables[0], summary, *tables[1:], remarks])


def score_markdown(held: Held) -> str:
    """The score as Markdown."""
    case = held.actual.case
    title = escaped(case.id) + (f": {escaped(case.title)}" if case.title else "")
    files = f"{escaped(held.forecast.case.file)}, held against {escaped(case.file)}"
    sheets = [_outcome(held), _confusion(held.score), _calibration(held.score)]
    if surprises(held.score):
        sheets.append(_surprises(held.score, None))
    tables = [markdown_text(sheet) for sheet in sheets]
    summary = "".join(f"- {escaped(line)}\n" for line in _summary(held))
    remarks = "".join(f"- {escaped(line)}\n" for line in _remarks(held, None))
    return "\n".join([f"### {title}\n\n{files}\n", tables[0], summary, *tables[1:], remarks])
