"""Sweeps, drawn: runs of equal verdict, every point, or a grid of two quantities."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from unvote.explain import result_words
from unvote.render.sheets import markdown_text, sheet_of
from unvote.render.standing import standing
from unvote.render.style import COLOURS, Look, table
from unvote.rulings import Ruling
from unvote.scenarios import Point, Sweep
from unvote.suppositions import Run, Supposition, runs_of, turning_points
from unvote.turns import standing_words
from unvote.vocabulary import Verdict

if TYPE_CHECKING:
    from rich.console import RenderableType

TWO: Final = 2
AT_LAST: Final = "; at last "
"""Between what stands at the first point of a run and what at its last."""
ROOM: Final = 70
"""Columns below which only the numbers and the verdict are drawn."""


def figures(ruling: Ruling) -> tuple[str, str]:
    """What the condition that decides needs and has."""
    deciding = ruling.outcome.deciding if ruling.outcome and ruling.agreed else None
    if deciding is None:
        return "-", "-"
    have = str(deciding.have)
    if deciding.most != deciding.have:
        have += f"-{deciding.most}"
    return str(deciding.need), have + (f" of {deciding.of}" if deciding.of is not None else "")


def sweep_lines(
    result: Supposition, look: Look, *, verbose: bool = False
) -> "list[RenderableType]":
    """A sweep: runs of equal verdict, or every point; of two quantities a grid."""
    from rich.text import Text

    if not result.sweeps:
        return []
    title = " and ".join(sweep_words(sweep) for sweep in result.sweeps)
    parts: list[RenderableType] = [Text(), Text(f"Sweep: {title}", style="bold")]
    if len(result.sweeps) == TWO and not verbose:
        return [*parts, *_grid(result, look)]
    runs = [Run((point,)) for point in result.points] if verbose else list(result.runs)
    parts.append(_runs_table(result, runs, look))
    return [*parts, *(Text(line) for line in turning_words(result))]


def sweep_words(sweep: Sweep) -> str:
    """A quantity as `abstain to no, 0-58`."""
    return f"{sweep.source.value} to {sweep.target.value}, {sweep.first}-{sweep.last}"


def turning_words(result: Supposition) -> list[str]:
    """The numbers at which a sweep turns; of two quantities, each with the other at its least."""
    if len(result.sweeps) == 1:
        words = _turning(result.points)
        return [f"{words[0].upper()}{words[1:]}."]
    lines = []
    for axis, other in enumerate(reversed(result.sweeps)):
        edge = [p for p in result.points if p.counts[1 - axis] == other.first]
        sweep = result.sweeps[axis]
        lead = f"{sweep.source.value} to {sweep.target.value}, with {other.first} from "
        lead += f"{other.source.value} to {other.target.value}"
        lines.append(f"{lead}: {_turning(edge, axis)}.")
    return lines


def _turning(points: Sequence[Point], axis: int = 0) -> str:
    found = turning_points(points, axis)
    then = ", then ".join(f"{verdict.value} from {number} on" for number, verdict in found)
    return f"it turns: {then}" if then else "the verdict is the same throughout"


def _runs_table(result: Supposition, runs: Iterable[Run], look: Look) -> "RenderableType":
    right: dict[str, Any] = {"justify": "right", "no_wrap": True}
    roomy = look.width >= ROOM
    names = [f"{sweep.source.value} to {sweep.target.value}" for sweep in result.sweeps]
    drawn = table(
        look,
        *((name, {"justify": "right", "overflow": "fold"}) for name in names),
        *((("Yes-No-Abst", {"justify": "right"}), ("Need", right)) if roomy else ()),
        ("Verdict", {"ratio": 1, "overflow": "fold"}),
    )
    for run in runs:
        ends = [run.first.ruling, run.ends[1].ruling]
        verdict = standing(ends[0], look)
        words = _span((standing_words(ruling) for ruling in ends), AT_LAST)
        verdict.append(f"  {words}" if words else "", style="default")
        drawn.add_row(
            *map(_span, zip(*([str(n) for n in p.counts] for p in run.ends), strict=True)),
            *(_columns(ends) if roomy else ()),
            verdict,
        )
    return drawn


def _columns(ends: Sequence[Ruling]) -> tuple[str, str]:
    """The counts and the need at both ends."""
    counts = _span((str(ruling.outcome.tally) for ruling in ends if ruling.outcome), " to ")
    return counts, _span(figures(ruling)[0] for ruling in ends)


def _span(ends: Iterable[str], joint: str = "-") -> str:
    """The two ends of a run; one where they are the same."""
    return joint.join(dict.fromkeys(ends))


def _grid(result: Supposition, look: Look) -> "list[RenderableType]":
    """Two quantities: a row for each number of the first, a sign for each of the second."""
    from rich.text import Text

    second = result.sweeps[1]
    rows = [
        (number, tuple(points))
        for number, points in groupby(result.points, lambda point: point.counts[0])
    ]
    label = max(len(_span([str(rows[0][0]), str(rows[-1][0])])), 1)
    across = second.last - second.first + 1
    down, across_words = (f"{s.source.value} to {s.target.value}" for s in result.sweeps)
    lines = [f"down: {down}; across: {across_words}"]
    fits = label + 2 + across + len(str(second.last)) <= look.width
    if fits:
        lines.append(" " * (label + 2) + _scale(second))
    parts: list[RenderableType] = [Text(lines[0]), *(Text(line, style="dim") for line in lines[1:])]
    for same, group in groupby(rows, lambda row: _row_key(row[1])):
        some = list(group)
        name = _span([str(some[0][0]), str(some[-1][0])]).rjust(label)
        line = Text(f"{name}  ", overflow="fold")
        if fits:
            for verdict in same:
                line.append(look.sign(verdict), style=COLOURS[verdict])
        else:
            line.append(_row_words(some[0][1]))
        parts.append(line)
    legend = ", ".join(
        f"{look.sign(v)} {v.value}"
        for v in Verdict
        if any(point.ruling.verdict is v for point in result.points)
    )
    return [*parts, Text(legend), *(Text(line) for line in turning_words(result))]


def _row_key(points: Sequence[Point]) -> tuple[Verdict, ...]:
    return tuple(point.ruling.verdict for point in points)


def _row_words(points: Sequence[Point]) -> str:
    """A row as ranges: `0-22 adopted, 23-58 not adopted`."""
    runs = runs_of(points, lambda ruling: ruling.verdict)
    return ", ".join(
        f"{_span(str(point.counts[-1]) for point in run.ends)} {run.first.ruling.verdict.value}"
        for run in runs
    )


def _scale(sweep: Sweep) -> str:
    """The numbers of the second quantity above the signs, every tenth and the first."""
    line = ""
    for number in range(sweep.first, sweep.last + 1):
        place = number - sweep.first
        if (number % 10 == 0 or place == 0) and len(line) <= place:
            line = line.ljust(place) + str(number) + " "
    return line.rstrip()


def sweep_markdown(result: Supposition) -> list[str]:
    """A sweep as a table of its runs, or of its rows."""
    if not result.sweeps:
        return []
    if len(result.sweeps) == TWO:
        first, second = (f"{sweep.source.value} to {sweep.target.value}" for sweep in result.sweeps)
        rows = groupby(result.points, lambda point: point.counts[0])
        cells = [[str(number), _row_words(tuple(points))] for number, points in rows]
        return [markdown_text(sheet_of((first, second), cells))]
    sweep = result.sweeps[0]
    cells = [
        [
            _span(str(point.counts[0]) for point in run.ends),
            result_words(run.first.ruling).lower(),
            _span((standing_words(point.ruling) for point in run.ends), AT_LAST),
        ]
        for run in result.runs
    ]
    head = (f"{sweep.source.value} to {sweep.target.value}", "Verdict", "Why")
    return [markdown_text(sheet_of(head, cells)), *turning_words(result), ""]
