"""The whip count: heads by vote and confidence, the threshold, the odds, who is still to be won."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from unvote.diagnostics import visible
from unvote.forecasts import Forecast
from unvote.headcount import PLAIN, Head, HeadCount, Parts
from unvote.render.card import bullets, heading, verdict_line
from unvote.render.odds import (
    assumptions,
    drawn_words,
    noise_words,
    odds_data,
    range_words,
)
from unvote.render.sheets import Sheet, sheet_of
from unvote.render.style import Look, draw, table
from unvote.rules import YES, Threshold
from unvote.rulings import Ruling
from unvote.stances import Outlook
from unvote.vocabulary import Vote
from unvote.whips import Whip
from unvote.wording import VERDICTS, chance_words, day_words, need_words, stance_words

if TYPE_CHECKING:
    from rich.console import RenderableType

VOTES: Final = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT, Vote.UNDECIDED)
LABELS: Final = {
    Vote.YES: "Yes",
    Vote.NO: "No",
    Vote.ABSTAIN: "Abstain",
    Vote.ABSENT: "Not voting",
    Vote.UNDECIDED: "Undecided",
}
MOST_NAMES: Final = 30
"""Members named on one line of a text for a chat."""


def whip_text(whip: Whip, look: Look) -> str:
    """The whip count as a card of text."""
    ruling = whip.ruling
    shown: list[RenderableType] = [*heading(ruling, look), "", verdict_line(ruling, look), ""]
    shown += [_heads(ruling, whip.count, look), ""]
    if whip.parts is not None:
        shown += [_parts(whip.parts, look), ""]
    outlook = ruling.case.outlook or Outlook()
    shown.append(bullets([*_lines(whip), *(assumptions(outlook) if whip.forecast else ())], look))
    return draw(shown, look)


def _heads(ruling: Ruling, count: HeadCount, look: Look) -> "RenderableType":
    """One row a vote: how many by confidence, and a bar with the line of the threshold."""
    from rich.text import Text

    words = count.words if count.words != (PLAIN,) else ()
    seats = len(count.heads)
    need = _need(ruling)
    room = max(10, look.width - 18 - sum(len(word) + 2 for word in words) - 8)
    drawn = table(
        look,
        ("Vote", {"no_wrap": True}),
        *((word, {"justify": "right", "no_wrap": True}) for word in words),
        ("All", {"justify": "right", "no_wrap": True}),
        ("", {"no_wrap": True}),
    )
    for vote in VOTES:
        codes = count.of(vote)
        if not codes and vote in {Vote.ABSENT, Vote.UNDECIDED}:
            continue
        line = need if vote is Vote.YES else None
        cells = [str(len(count.of(vote, word)) or "") for word in words]
        bar = _bar(len(codes), line, seats, room, look)
        drawn.add_row(LABELS[vote], *cells, str(len(codes)), Text(bar))
    return drawn


def _need(ruling: Ruling) -> int | None:
    """The yes votes needed as listed, where one number of members says it."""
    deciding = ruling.outcome.deciding if ruling.outcome and ruling.agreed else None
    bar = deciding.subject if deciding else None
    if deciding is None or not isinstance(bar, Threshold) or bar.counting != YES:
        return None
    return deciding.need if bar.by is None and bar.among is None else None


def _bar(number: int, line: int | None, seats: int, room: int, look: Look) -> str:
    """A bar of so many of the seats; a mark where the threshold is."""
    full, mark = ("#", "|") if look.ascii else ("█", "┃")
    filled = round(number * room / seats) if seats else 0
    bar = list(full * filled + " " * (room - filled))
    if line is not None and 0 < line <= seats:
        bar[min(room, round(line * room / seats)) - 1] = mark
    return "".join(bar).rstrip()


def _parts(parts: Parts, look: Look) -> "RenderableType":
    """One row a region, group or tag."""
    drawn = table(
        look,
        ("", {"ratio": 1, "overflow": "fold"}),
        *((LABELS[vote], {"justify": "right", "no_wrap": True}) for vote in VOTES),
    )
    for name, heads in parts.items():
        counts = (sum(head.vote is vote for head in heads) for vote in VOTES)
        drawn.add_row(visible(name), *(str(number or "") for number in counts))
    return drawn


def _lines(whip: Whip) -> Iterator[str]:
    """What the count comes to, in a few lines."""
    ruling, outcome, count = whip.ruling, whip.ruling.outcome, whip.count
    if outcome is not None and ruling.agreed:
        yield f"needed: {need_words(outcome)}"
        if outcome.tally.undecided:
            ends = outcome.best.value, outcome.listed.value, outcome.worst.value
            yield "best case {}, as listed {}, worst case {}".format(*ends)
        yield "these take every stance as listed; the odds weigh how firm it is"
    yield from _odds(ruling, whip.forecast)
    for name, heads in whip.undecided.items():
        yield f"undecided, {visible(name)}: {_names(head.code for head in heads)}"
    if count.stale:
        yield f"older than {count.max_age} days on {count.as_of}: {' '.join(count.stale)}"


def _odds(ruling: Ruling, forecast: Forecast | None) -> Iterator[str]:
    """The odds, exact or drawn, and the chances of the targets."""
    if forecast is None:
        yield "the odds cannot be told: votes are known without names (see `unvote odds`)"
        return
    several = len(ruling.outcomes) > 1
    for question, odds in forecast.exact:
        under = f" as {question.id}" if several else ""
        yield f"odds{under}: adopted {chance_words(odds.adopted)}"
    for question, drawn in forecast.drawn:
        under = f" as {question.id}" if several else ""
        share = drawn_words(drawn.adopted, drawn.draws)
        yield f"odds{under}: adopted {share} ({noise_words(drawn, drawn.adopted)})"
    yield f"yes votes: {range_words(forecast.spread)}"
    for target, chance in forecast.targets:
        label = f" ({visible(target.label)})" if target.label else ""
        have = ruling.outcome.tally.yes if ruling.outcome else 0
        yield f"target of {target.yes} yes{label}: {have} listed, chance {chance_words(chance)}"


def _names(codes: Iterable[str]) -> str:
    every = list(codes)
    more = f" and {len(every) - MOST_NAMES} more" if len(every) > MOST_NAMES else ""
    return " ".join(every[:MOST_NAMES]) + more


def whip_chat(whip: Whip) -> str:
    """A few short lines of plain text for a chat."""
    case, count = whip.ruling.case, whip.count
    where = f"{visible(case.id)}, {case.body.short or case.body.name}, {day_words(case.day)}"
    lines = [f"{where}: {VERDICTS[whip.ruling.verdict]}"]
    if count.as_of:
        lines[0] += f" (as of {day_words(count.as_of)})"
    for vote in VOTES:
        codes = count.of(vote)
        if not codes and vote in {Vote.ABSENT, Vote.UNDECIDED}:
            continue
        split = ", ".join(
            f"{len(some)} {word}" for word in count.words if (some := count.of(vote, word))
        )
        plain = count.words == (PLAIN,) or not codes or vote is Vote.UNDECIDED
        lines.append(f"{LABELS[vote]} {len(codes)}" + ("" if plain else f" ({split})"))
    lines += [f"{line[0].upper()}{line[1:]}" for line in _lines(whip)]
    return "\n".join(lines) + "\n"


def list_text(heads: Iterable[Head], look: Look, *, notes: bool) -> str:
    """Members one by one, with their stance; `notes` adds sources and notes."""
    from rich.text import Text

    every = list(heads)
    tagged = any(head.stance.tags for head in every)
    sourced = notes and any(map(_source, every))
    options: dict[str, Any] = {"overflow": "fold"}
    drawn = table(
        look,
        ("Member", {"no_wrap": True}),
        ("Stance", options),
        *((("Tags", options),) if tagged else ()),
        *((("Source and note", {"ratio": 1, "overflow": "fold"}),) if sourced else ()),
    )
    for head in every:
        cells = [stance_words(head.stance)]
        cells += [" ".join(head.stance.tags)] if tagged else []
        cells += [_source(head)] if sourced else []
        drawn.add_row(head.code, *(Text(visible(cell)) for cell in cells))
    return draw([drawn], look)


def _source(head: Head) -> str:
    """Who said it, how and when; and the note."""
    return "; ".join(part for part in (_report(head), head.stance.note) if part)


def _report(head: Head) -> str:
    """Who said it, how and when."""
    report = head.stance.report
    if report is None:
        return ""
    on = day_words(report.on) if report.on else ""
    return ", ".join(part for part in (report.who, report.how, on) if part)


def heads_sheet(heads: Iterable[Head]) -> Sheet:
    """Members as rows."""
    head_row = ("member", "vote", "confidence", "stance", "tags", "group", "source", "note")
    rows = [
        (
            head.code,
            head.vote.value,
            head.word,
            stance_words(head.stance),
            " ".join(head.stance.tags),
            head.stance.group or "",
            _report(head),
            head.stance.note,
        )
        for head in heads
    ]
    return sheet_of(head_row, rows)


def count_sheet(count: HeadCount) -> Sheet:
    """The head count as rows: one a vote, one column a word of confidence."""
    rows = [
        (LABELS[vote], *(str(len(count.of(vote, word))) for word in count.words), str(len(codes)))
        for vote in VOTES
        if (codes := count.of(vote)) or vote not in {Vote.ABSENT, Vote.UNDECIDED}
    ]
    return sheet_of(("Vote", *count.words, "All"), rows, right=frozenset((*count.words, "All")))


def whip_data(whip: Whip) -> dict[str, Any]:
    """The whip count for JSON."""
    ruling, count, outcome = whip.ruling, whip.count, whip.ruling.outcome
    return {
        "file": ruling.case.file,
        "id": ruling.case.id,
        "as_of": count.as_of.isoformat() if count.as_of else None,
        "verdict": ruling.verdict.value,
        "best": outcome.best.value if outcome and ruling.agreed else None,
        "listed": outcome.listed.value if outcome and ruling.agreed else None,
        "worst": outcome.worst.value if outcome and ruling.agreed else None,
        "need": _need(ruling),
        "heads": {
            vote.value: {word: list(count.of(vote, word)) for word in count.words} for vote in VOTES
        },
        "by": None if whip.parts is None else _codes(whip.parts),
        "undecided": _codes(whip.undecided),
        "stale": list(count.stale),
        "stances": {head.code: _stance_data(head) for head in whip.listed},
        "odds": odds_data(whip.forecast) if whip.forecast else None,
    }


def _codes(parts: Parts) -> dict[str, dict[str, list[str]]]:
    return {
        name: {
            vote.value: codes
            for vote in VOTES
            if (codes := [head.code for head in heads if head.vote is vote])
        }
        for name, heads in parts.items()
    }


def _stance_data(head: Head) -> dict[str, Any]:
    report = head.stance.report
    return {
        "vote": head.vote.value,
        "confidence": head.word,
        "stance": stance_words(head.stance),
        "group": head.stance.group,
        "tags": list(head.stance.tags),
        "source": {
            "who": report.who,
            "how": report.how,
            "on": report.on.isoformat() if report.on else None,
        }
        if report
        else None,
        "note": head.stance.note,
    }
