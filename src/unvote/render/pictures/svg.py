"""The pieces of SVG every picture is made of: text, lights, patterns, and the frame around it."""

from collections.abc import Iterable
from html import escape
from textwrap import wrap
from typing import Final

from unvote.diagnostics import quoted, visible
from unvote.explain import notices, result_words
from unvote.render.listing import article
from unvote.render.pictures.scene import LIT, WORDS, Scene
from unvote.render.standing import held_words, remark
from unvote.vocabulary import Verdict
from unvote.wording import day_words, need_words, question_words

WIDTH: Final = 1000
"""Units from left to right, margins included."""
EDGE: Final = 28
"""The margin, in units."""
INNER: Final = WIDTH - 2 * EDGE
LETTER: Final = 0.56
"""The width of a letter of usual text, in sizes of its type; a little more than it is."""

MARKS: Final = {
    Verdict.ADOPTED: '<path class="good" d="M2 11l6 7L20 3" fill="none" stroke-width="4"/>',
    Verdict.NOT_ADOPTED: '<path class="bad" d="M3 3l15 15M18 3L3 18" fill="none" '
    'stroke-width="4"/>',
    Verdict.OPEN: '<path class="open" d="M11 2a9 9 0 1 0 .1 0M11 6v6l4 3" fill="none" '
    'stroke-width="3"/>',
}
"""The sign of each verdict, drawn: not every type has one."""

LIGHT_CSS: Final = "".join(f".{c}{{fill:{light.colour}}}" for c, light in LIT.items())
SVG_CSS: Final = (
    'text{font-family:system-ui,"Segoe UI","DejaVu Sans","Liberation Sans",Helvetica,Arial,'
    "sans-serif;fill:#1a1a1a}"
    ".bg{fill:#ffffff}.dim{fill:#555555}.rule{stroke:#555555;fill:none}.edge{stroke:#1a1a1a}"
    ".good{stroke:#00704f}.bad{stroke:#b34700}.open{stroke:#555555}.sea{fill:#eef2f5}"
    ".land{fill:#d5d8db}.border{stroke:#ffffff}"
    + LIGHT_CSS
    + ".z,.e{stroke:#555555}.on{fill:#000000}"
    ".pn{fill:url(#pn)}.pa{fill:url(#pa)}.pz{fill:url(#pz)}.pu{fill:url(#pu)}.px{fill:url(#px)}"
    ".py{fill:#009e73}.pe{fill:#e8e8e8}"
    "@media (prefers-color-scheme:dark){text{fill:#e9ecef}.bg{fill:#15191e}.dim{fill:#aab2bb}"
    ".rule{stroke:#aab2bb}.edge{stroke:#e9ecef}.good{stroke:#3ddcae}.bad{stroke:#ff9a57}"
    ".open{stroke:#aab2bb}.sea{fill:#1d242b}.land{fill:#3a424a}.border{stroke:#15191e}"
    ".on{fill:#000000}}"
)
"""The style of all pictures; only what can be seen changes in the dark, never what it means."""

PATTERNS: Final = (
    '<pattern id="pn" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="7" height="7" fill="#d55e00"/>'
    '<rect width="2.4" height="7" fill="#6b2f00"/></pattern>'
    '<pattern id="pa" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#f0e442"/><circle cx="3" cy="3" r="1.3" fill="#6b6400"/>'
    "</pattern>"
    '<pattern id="pz" width="9" height="9" patternUnits="userSpaceOnUse">'
    '<rect width="9" height="9" fill="#ffffff"/><path d="M2 4.5h5" stroke="#767676"/></pattern>'
    '<pattern id="pu" width="10" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="10" height="6" fill="#cc79a7"/>'
    '<rect width="6" height="1.6" y="2" fill="#5c1f42"/></pattern>'
    '<pattern id="px" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="#999999"/><path d="M0 0l8 8M8 0L0 8" stroke="#333333"/>'
    "</pattern>"
)


def clean(text: str) -> str:
    """Text from a file as it stands in SVG and HTML: visible, and never markup."""
    return escape(visible(text))


def words(x: float, y: float, text: str, size: int = 14, more: str = "") -> str:
    """A line of text, its baseline at y; `more` are further attributes, of ours."""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}"{more}>{clean(text)}</text>'


def light(kind: str, x: float, y: float, side: float) -> str:
    """A square light with its letter."""
    letter = LIT[kind].letter
    box = f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{side:g}" height="{side:g}" rx="3"/>'
    if not letter:
        return box
    size = round(side * 0.78)
    middle, base = x + side / 2, y + side / 2 + size * 0.36
    return (
        f'{box}<text class="on" x="{middle:g}" y="{base:g}" font-size="{size}" font-weight="700" '
        f'text-anchor="middle">{letter}</text>'
    )


def lines_of(text: str, size: int, room: float = INNER, most: int = 3) -> list[str]:
    """Text in lines that fit, cut where there would be too many."""
    return wrap(
        visible(text),
        max(10, int(room / (size * LETTER))),
        max_lines=most,
        placeholder=" ...",
        break_on_hyphens=False,
    )


def legend(scene: Scene, x: float, y: float) -> str:
    """What each light means, and how many of each there are."""
    parts = []
    for kind, count in scene.counts.items():
        said = f"{count} {WORDS[kind]}"
        parts += [light(kind, x, y - 15, 18), words(x + 25, y, said, 16)]
        x += 25 + len(said) * 16 * LETTER + 22
    return "".join(parts)


def heading_of(scene: Scene) -> str:
    """What was voted on, as one line of text."""
    case = scene.ruling.case
    title = f": {case.title}" if case.title and case.title != case.id else ""
    return quoted(f"{case.id}{title}", 300)


def where_of(scene: Scene) -> str:
    """Where and when it was voted on, as what kind of question."""
    case = scene.ruling.case
    questions = " or ".join(question_words(question.title) for question, _ in case.questions)
    part = f", part of {case.part_of}" if case.part_of else ""
    step = f", step {case.step}" if case.step else ""
    held = held_words(case)
    return visible(f"{case.body.name}, {day_words(case.day)}, {questions}{part}{step}{held}")


def described(scene: Scene) -> str:
    """The picture in words: the verdict, the counts, and every member under what it did."""
    parts = [f"{result_words(scene.ruling)}. {remark(scene.ruling)}".strip()]
    by_kind: dict[str, list[str]] = {}
    for code in scene.codes:
        by_kind.setdefault(scene.kind(code), []).append(scene.name(code))
    for kind, count in scene.counts.items():
        names = ", ".join(by_kind.get(kind, ()))
        parts.append(f"{WORDS[kind].capitalize()} {count}" + (f": {names}" if names else ""))
    return ". ".join(parts) + "."


def framed(scene: Scene, drawing: str, height: float, notes: Iterable[str] = ()) -> str:
    """A picture whole: heading, verdict and legend above a drawing, the rule and notes below.

    `drawing` is made from its upper left corner, INNER units wide and `height` high.
    """
    ruling, outcome = scene.ruling, scene.ruling.outcome
    y = 24.0
    top = []
    for line in lines_of(heading_of(scene), 22):
        y += 26
        top.append(words(EDGE, y, line, 22, ' font-weight="700"'))
    for line in lines_of(where_of(scene), 15, most=2):
        y += 23
        top.append(words(EDGE, y, line, 15, ' class="dim"'))
    y += 40
    mark = MARKS[Verdict.OPEN if ruling.taken is None else ruling.verdict]
    top.append(f'<g transform="translate({EDGE} {y - 19:g})">{mark}</g>')
    top.append(words(EDGE + 32, y, result_words(ruling), 24, ' font-weight="700"'))
    said = remark(ruling)
    beside = EDGE + 32 + len(result_words(ruling)) * 24 * 0.75 + 16
    for line in lines_of(said, 17, WIDTH - EDGE - beside, 2):
        top.append(words(beside, y, line, 17))
        y += 22
    y += 36 - (22 if said else 0)
    top += [legend(scene, EDGE, y), f'<g transform="translate({EDGE} {y + 22:g})">{drawing}</g>']
    y += 22 + height
    foot = []
    if outcome is not None and ruling.agreed:
        cite = article(outcome)
        foot.append(f"Needed: {need_words(outcome)}" + (f" ({cite})" if cite else ""))
    for text in [*foot, *notes, *list(notices(ruling))[:4]]:
        for line in lines_of(text, 13, most=2):
            y += 19
            top.append(words(EDGE, y, line, 13, ' class="dim"'))
    bottom = y + 24
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom:g}" '
        f'width="{WIDTH}" height="{bottom:g}" role="img" aria-labelledby="t d">'
        f'<title id="t">{clean(heading_of(scene))}</title>'
        f'<desc id="d">{clean(described(scene))}</desc>'
        f"<style>{SVG_CSS}</style><defs>{PATTERNS}</defs>"
        f'<rect class="bg" width="{WIDTH}" height="{bottom:g}"/>{"".join(top)}</svg>\n'
    )
