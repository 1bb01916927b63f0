"""Results as a sheet, one row a vote."""

from collections.abc import Iterable

from unvote.explain import basis_words
from unvote.outcomes import Truth
from unvote.render.listing import article, have_words
from unvote.render.sheets import Sheet, sheet_of
from unvote.rulings import Ruling
from unvote.wording import cause_words, margin_words

HEAD = (
    *("id", "title", "body", "date", "question"),
    *("yes", "no", "abstain", "absent", "undecided", "not entitled", "not participating"),
    *("verdict", "because", "need", "have", "of", "vetoes", "article", "part of", "file"),
    *("step", "taken", "reason"),
)
COUNTS = ("yes", "no", "abstain", "absent", "undecided", "not_entitled", "not_participating")


def full_sheet(rulings: Iterable[Ruling]) -> Sheet:
    """Everything of each result, for spreadsheets."""
    return sheet_of(HEAD, (_cells(ruling) for ruling in rulings))


def _cells(ruling: Ruling) -> list[str]:
    case, outcome = ruling.case, ruling.outcome
    deciding = outcome.deciding if outcome and ruling.agreed else None
    question = case.questions[0][0].id if case.declared and case.questions else ""
    tally = outcome.tally if outcome else None
    decided = [getattr(deciding, name) if deciding else None for name in ("need", "have", "of")]
    return [
        case.id,
        case.title,
        case.body.id,
        case.day.isoformat(),
        question,
        *(str(getattr(tally, name)) if tally else "" for name in COUNTS),
        ruling.result.value if ruling.result else "",
        ruling.because.value if ruling.because else "",
        *("" if figure is None else str(figure) for figure in decided),
        " ".join(outcome.vetoes) if outcome else "",
        article(outcome) if outcome and ruling.agreed else "",
        case.part_of or "",
        case.file,
        case.step or "",
        taken_words(ruling.taken),
        ruling.reason,
    ]


def taken_words(taken: Truth) -> str:
    """Whether a vote was taken, in a word."""
    return {True: "yes", False: "no", None: "open"}[taken]


def brief_sheet(rulings: Iterable[Ruling]) -> Sheet:
    """The main things of each result, for a note; of proceedings the steps too, and what it had."""
    every = tuple(rulings)
    steps = any(ruling.case.step for ruling in every)
    taken = steps or any(ruling.taken is not True for ruling in every)
    head = [
        *(("Step",) if steps else ()),
        *("Text", "Title", "Body", "Date", "Yes-No-Abst", "Need"),
        *(("Have",) if steps else ()),
        *(("Taken",) if taken else ()),
        *("Verdict", "Article"),
    ]
    return sheet_of(head, (_brief(ruling, steps=steps, taken=taken) for ruling in every))


def _brief(ruling: Ruling, *, steps: bool, taken: bool) -> list[str]:
    case, outcome = ruling.case, ruling.outcome
    deciding = outcome.deciding if outcome and ruling.agreed else None
    words = (cause_words(outcome) or margin_words(outcome)) if outcome and ruling.agreed else ""
    if ruling.taken is False or ruling.supposed:
        words = basis_words(ruling)
    elif ruling.taken is None:
        words = "; ".join(part for part in (ruling.reason, words) if part)
    verdict = ruling.verdict.value if ruling.taken is not False else "not taken"
    return [
        *((ruling.case.step or "",) if steps else ()),
        f"{case.id} (of {case.part_of})" if case.part_of else case.id,
        case.title,
        case.body.name,
        case.day.isoformat(),
        str(outcome.tally) if outcome else "",
        str(deciding.need) if deciding else "",
        *((have_words(ruling),) if steps else ()),
        *((taken_words(ruling.taken),) if taken else ()),
        verdict + (f", {words}" if words else ""),
        article(outcome) if outcome and ruling.agreed else "",
    ]
