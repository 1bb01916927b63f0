"""Two votes side by side: verdicts, the flow of votes, who moved, how groups held together."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from unvote.comparison import Cohesion, Comparison, Flow, rice
from unvote.render.card import bullets, heading
from unvote.render.data import answers_data, ruling_data
from unvote.render.odds import chance_data
from unvote.render.sheets import Sheet, escaped, markdown_text, sheet_of, table_text
from unvote.render.style import Look, draw
from unvote.render.whatif import standings, standings_markdown
from unvote.rollcall import Tally
from unvote.vocabulary import Vote

FIRST: Final = "A"
SECOND: Final = "B"


def comparison_text(found: Comparison, look: Look, *, verbose: bool = False) -> str:
    """The comparison for a terminal; `verbose` names those too that did not move."""
    from rich.table import Table
    from rich.text import Text

    first, second, flow = found.first, found.second, found.flow
    if first is None or second is None or flow is None:
        return ""
    heads = Table.grid(padding=(0, 2))
    for name, ruling in ((FIRST, first), (SECOND, second)):
        title, where = heading(ruling, look)
        heads.add_row(name, title)
        heads.add_row("", where)
    text = draw([heads, Text(), standings([(FIRST, first), (SECOND, second)], look)], look)
    for title, sheet in _sheets(found, flow, verbose=verbose):
        text += draw([Text(), Text(title, style="bold")], look)
        text += table_text(sheet, look) if sheet.rows else ""
    notes = remarks(flow)
    return text + (draw([Text(), bullets(notes, look)], look) if notes else "")


def _sheets(found: Comparison, flow: Flow, *, verbose: bool) -> list[tuple[str, Sheet]]:
    """The tables of a comparison, each under its title."""
    moved = sum(len(codes) for _, _, codes in flow.moved)
    tables = []
    if flow.pairs:
        stayed = sum(map(len, flow.pairs.values())) - moved
        tables.append((f"From {FIRST} (rows) to {SECOND} (columns), in members", flow_sheet(flow)))
        tables.append((f"{moved} moved, {stayed} did the same", moved_sheet(flow, every=verbose)))
    only = only_sheet(flow)
    if only.rows:
        tables.append(("In one only", only))
    tables.append(("Cohesion (Rice: 1 all alike, 0 in halves)", cohesion_sheet(found.cohesion)))
    return tables


def flow_sheet(flow: Flow) -> Sheet:
    """The matrix: a row for what was done in the first, a column for what in the second."""
    rows = [vote for vote in Vote if any(one is vote for one, _ in flow.pairs)]
    columns = [vote for vote in Vote if any(two is vote for _, two in flow.pairs)]
    cells = []
    for one in rows:
        counts = [flow.count(one, two) for two in columns]
        cells.append([one.value, *(str(count) for count in counts), str(sum(counts))])
    totals = [sum(flow.count(one, two) for one in rows) for two in columns]
    cells.append(["all", *(str(total) for total in totals), str(sum(totals))])
    head = ["", *(vote.value.capitalize() for vote in columns), "All"]
    return sheet_of(head, cells, right=frozenset(head[1:]))


def moved_sheet(flow: Flow, *, every: bool = False) -> Sheet:
    """Who went where; with `every` who stayed as well."""
    cells = [
        [one.value, two.value, str(len(codes)), " ".join(codes)]
        for (one, two), codes in flow.pairs.items()
        if every or one is not two
    ]
    head = (FIRST, SECOND, "", "Members")
    return sheet_of(head, cells, right=frozenset({""}), wide=frozenset({"Members"}))


def only_sheet(flow: Flow) -> Sheet:
    """Who has a vote in one of the two only."""
    both = ((FIRST, flow.only_first), (SECOND, flow.only_second))
    cells = [[name, str(len(codes)), " ".join(codes)] for name, codes in both if codes]
    head = ("In", "", "Members")
    return sheet_of(head, cells, right=frozenset({""}), wide=frozenset({"Members"}))


def cohesion_sheet(groups: Sequence[Cohesion]) -> Sheet:
    """How each group voted in both, with Rice's index."""
    cells = [[group.group, *_camp(group.first), *_camp(group.second)] for group in groups]
    counts, index = "yes-no-abst", "index"
    head = (
        "Group",
        f"{FIRST} {counts}",
        f"{FIRST} {index}",
        f"{SECOND} {counts}",
        f"{SECOND} {index}",
    )
    return sheet_of(head, cells, right=frozenset(head[1:]))


def _camp(tally: Tally | None) -> tuple[str, str]:
    """How a group voted, and its index; a dash where it cannot be told."""
    if tally is None:
        return "not named", "-"
    index = rice(tally)
    return str(tally), "-" if index is None else index_words(index)


def index_words(index: Fraction) -> str:
    """An index to three places, never rounded to an end it does not reach."""
    thousandths = round(index * 1000)
    if index not in {0, 1}:
        thousandths = min(max(thousandths, 1), 999)
    return f"{thousandths // 1000}.{thousandths % 1000:03}"


def remarks(flow: Flow) -> list[str]:
    """What cannot be followed by name."""
    return [
        f"{count} votes of {name} are known by number only: nobody is followed there"
        for name, count in zip((FIRST, SECOND), flow.unnamed, strict=True)
        if count
    ]


def members_sheet(found: Comparison) -> Sheet:
    """Every member with a vote by name in one of the two: what it did in each."""
    first, second = (
        ruling.case.roll.named if ruling and ruling.case.roll else {}
        for ruling in (found.first, found.second)
    )
    rows = []
    for code in sorted(first.keys() | second.keys()):
        one, two = first.get(code), second.get(code)
        moved = "" if one is None or two is None else ("no" if one is two else "yes")
        rows.append([code, one.value if one else "", two.value if two else "", moved])
    return sheet_of(("Member", "First", "Second", "Moved"), rows)


def comparison_markdown(found: Comparison) -> str:
    """The comparison as Markdown."""
    first, second, flow = found.first, found.second, found.flow
    if first is None or second is None or flow is None:
        return ""
    lines = [f"## {escaped(first.case.id)} and {escaped(second.case.id)}", ""]
    named = [(f"{n}: {r.case.id}", r) for n, r in ((FIRST, first), (SECOND, second))]
    lines.append(standings_markdown(named))
    for title, sheet in _sheets(found, flow, verbose=False):
        lines += [f"### {escaped(title)}", "", *([markdown_text(sheet)] if sheet.rows else [])]
    return "\n".join([*lines, *remarks(flow)]).rstrip("\n") + "\n"


def comparison_data(found: Comparison) -> dict[str, Any]:
    """The comparison as data."""
    first, second, flow = found.first, found.second, found.flow
    results: list[dict[str, Any]] = []
    if first is not None and second is not None and flow is not None:
        results.append(
            {
                "first": ruling_data(first),
                "second": ruling_data(second),
                "same_verdict": first.verdict is second.verdict,
                "flow": {
                    one.value: {two.value: flow.count(one, two) for two in Vote} for one in Vote
                },
                "moved": [_moved_data(*pair) for pair in flow.moved],
                "only_first": list(flow.only_first),
                "only_second": list(flow.only_second),
                "unnamed": list(flow.unnamed),
                "cohesion": [_cohesion_data(group) for group in found.cohesion],
            }
        )
    return answers_data(results, found.problems)


def _moved_data(one: Vote, two: Vote, codes: tuple[str, ...]) -> dict[str, Any]:
    return {"from": one.value, "to": two.value, "count": len(codes), "members": list(codes)}


def _cohesion_data(group: Cohesion) -> dict[str, Any]:
    """How a group voted in both."""
    return {
        "group": group.group,
        "first": _camp_data(group.first),
        "second": _camp_data(group.second),
    }


def _camp_data(tally: Tally | None) -> dict[str, Any] | None:
    if tally is None:
        return None
    index = rice(tally)
    return {
        "yes": tally.yes,
        "no": tally.no,
        "abstain": tally.abstain,
        "absent": tally.absent,
        "undecided": tally.undecided,
        "rice": chance_data(index) if index is not None else None,
    }
