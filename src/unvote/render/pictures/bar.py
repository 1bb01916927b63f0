"""A bar of all members by what they did, with the line of what was needed."""

from collections.abc import Iterator
from typing import Final

from unvote.outcomes import Finding, Kind
from unvote.render.pictures.scene import WORDS, Scene
from unvote.render.pictures.svg import INNER, framed, words
from unvote.rules import YES, Threshold
from unvote.wording import finding_words, met_words, need_range

ORDER: Final = "yuazxn"
"""From the left: what is for it, what may still be, what is neither, what is against it."""
TALL: Final = 64


def bar(scene: Scene) -> str:
    """The bar as SVG, one more below it for each further condition."""
    drawing, height = bar_parts(scene)
    return framed(scene, drawing, height)


def bar_parts(scene: Scene, width: float = INNER) -> tuple[str, float]:
    """What is drawn in a width, and how high it is."""
    counts = scene.counts
    seats = sum(counts.values())
    outcome = scene.ruling.outcome
    needs = [f for f in outcome.findings if f.kind is Kind.NEED] if outcome else []
    first = next((f for f in needs if _heads(f)), None)
    parts, x = [], 0.0
    for kind in ORDER:
        count = counts.get(kind, 0)
        wide = width * count / max(seats, 1)
        if not count:
            continue
        parts.append(
            f'<rect class="p{kind} edge" x="{x:.1f}" y="40" width="{wide:.1f}" height="{TALL}">'
            f"<title>{count} {WORDS[kind]}</title></rect>"
        )
        if wide > 11 * len(str(count)) + 8:
            middle = x + wide / 2
            half = 7 * len(str(count)) + 5
            parts.append(
                f'<rect x="{middle - half:.1f}" y="58" width="{2 * half}" height="28" rx="6" '
                'fill="#ffffff"/>'
            )
            more = ' class="on" text-anchor="middle" font-weight="700"'
            parts.append(words(round(middle, 1), 79, str(count), 20, more))
        x += wide
    parts += _line(first, max(seats, 1), width) if first else ()
    y = 40.0 + TALL + 34
    for finding in needs:
        if finding is not first:
            parts += _condition(finding, y, width)
            y += 62
    return "".join(parts), y


def _heads(finding: Finding) -> bool:
    """Whether a condition counts the yes votes of all members, each once."""
    bar = finding.subject
    return isinstance(bar, Threshold) and not bar.by and not bar.among and bar.counting == YES


def _line(finding: Finding, seats: int, width: float) -> Iterator[str]:
    """The line that the yes votes must reach; a band where the undecided can move it."""
    low, high = need_range(finding)
    x, far = width * low / seats, width * high / seats
    said = f"{low} needed" if low == high else f"{low} to {high} needed"
    if low != high:
        yield (
            f'<rect class="ink" x="{x:.1f}" y="32" width="{far - x:.1f}" height="{TALL + 16}" '
            'opacity="0.25"/>'
        )
    yield f'<path class="edge" stroke-width="3" d="M{x:.1f} 30v{TALL + 20}"/>'
    anchor = "start" if x < width / 4 else "end" if x > width * 3 / 4 else "middle"
    yield words(round(x, 1), 22, said, 16, f' text-anchor="{anchor}" font-weight="700"')


def _condition(finding: Finding, y: float, width: float) -> Iterator[str]:
    """A further condition: what it has of what it needs."""
    whole = max(finding.of or 0, finding.need, finding.most, 1)
    x = width * finding.need / whole
    yield words(0, y + 14, f"{finding_words(finding)}: {met_words(finding)}", 14)
    yield f'<rect class="rule" x="0" y="{y + 22:g}" width="{width:g}" height="18"/>'
    have = width * finding.have / whole
    yield f'<rect class="py" x="0" y="{y + 22:g}" width="{have:.1f}" height="18"/>'
    yield f'<path class="edge" stroke-width="3" d="M{x:.1f} {y + 18:g}v26"/>'
