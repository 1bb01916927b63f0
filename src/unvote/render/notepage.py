"""A page on a vote or a day as one HTML file: for the screen, a phone, the dark and print."""

from collections.abc import Iterable, Iterator
from typing import Final

from unvote.explain import notices, result_words
from unvote.render.note import Entry, changing, parts_sheet, sorted_out, tests_of, where_words
from unvote.render.pictures.bar import bar_parts
from unvote.render.pictures.geography import Geography
from unvote.render.pictures.page import page_of
from unvote.render.pictures.scene import LIT, WORDS, Scene
from unvote.render.pictures.svg import INNER, LIGHT_CSS, PATTERNS, SVG_CSS, clean, heading_of
from unvote.render.pictures.worldmap import map_notes, map_parts, shared_areas
from unvote.render.sheets import Sheet
from unvote.render.standing import remark, sources_words
from unvote.rulings import Ruling
from unvote.vocabulary import Verdict
from unvote.wording import question_words

ROOM: Final = 300_000
"""Characters after which boards and maps are left out: a page stays below 400 KB."""
BAR: Final = 520
"""Units of a bar from left to right: few, so that its figures can be read on a phone."""
MANY: Final = 25
"""Members above which a map is drawn."""

BACKGROUNDS: Final = LIGHT_CSS.replace(".", ".l.").replace("fill:", "background:")
CSS: Final = (
    SVG_CSS + ":root{color-scheme:light dark}*{box-sizing:border-box}"
    "body{margin:0;font:16px/1.5 system-ui,'Segoe UI','DejaVu Sans','Liberation Sans',Arial,"
    "sans-serif;color:#1a1a1a;background:#ffffff}main{max-width:960px;margin:0 auto;padding:1rem}"
    "h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.3rem;margin:2.5rem 0 .3rem}"
    "h3{font-size:1.05rem;margin:1.6rem 0 .4rem}h1,h2{overflow-wrap:anywhere}p{margin:.4rem 0}"
    ".where,.small{color:#555555}.small{font-size:.875rem}"
    ".verdict{font-size:1.25rem;border-left:.4rem solid #555555;padding:.2rem .8rem;margin:.8rem 0}"
    ".verdict.good{border-color:#00704f}.verdict.bad{border-color:#b34700}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.95rem}"
    "th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #cccccc;"
    "vertical-align:top}td.n,th.n{text-align:right}"
    ".l{display:inline-block;width:1.3em;line-height:1.3em;text-align:center;font-weight:700;"
    "border-radius:3px;color:#000000;border:1px solid #555555;margin-right:.45em}"
    + BACKGROUNDS
    + ".legend,.board{list-style:none;margin:.5rem 0;padding:0}"
    ".legend li{display:inline-block;margin-right:1.2em}"
    ".board{columns:11em;column-gap:1rem;font-size:.9rem}.board li{break-inside:avoid;"
    "padding:.06rem 0 .06rem 1.9em;text-indent:-1.9em}.l{text-indent:0}"
    "svg.pic{display:block;width:100%;height:auto}"
    "svg.pic[viewBox^='0 0 520']{max-width:720px}"
    "svg.defs{position:absolute;width:0;height:0}a{color:#0b57a0}"
    "@media (prefers-color-scheme:dark){body{color:#e9ecef;background:#15191e}"
    ".where,.small{color:#aab2bb}th,td{border-color:#3a424a}a{color:#8ab8ff}"
    ".verdict.good{border-color:#3ddcae}.verdict.bad{border-color:#ff9a57}}"
    "@media print{@page{margin:14mm}body{font-size:11pt;color:#000000;background:#ffffff}"
    "main{max-width:none;padding:0}.where,.small{color:#333333}section{break-before:page}"
    "section:first-of-type{break-before:auto}h2,h3{break-after:avoid}svg,tr{break-inside:avoid}"
    ".scroll{overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}"
)


def note_page(title: str, entries: Iterable[Entry], geography: Geography | None) -> str:
    """The page; of a day with a list of its votes first."""
    every = list(entries)
    many = len(every) > 1
    parts = []
    shared: dict[str, str] = {}
    areas = ""
    if geography is not None:
        areas, shared = shared_areas(geography)
    parts.append(
        '<svg class="defs" aria-hidden="true" focusable="false">'
        f"<defs>{PATTERNS}{areas}</defs></svg>\n<main>\n"
    )
    if many:
        parts.append(f"<h1>{clean(title)}</h1>\n{_contents(every)}")
    length = sum(map(len, parts))
    for number, entry in enumerate(every):
        full = "".join(_section(entry, number, geography, shared, many=many))
        if length + len(full) > ROOM:
            full = "".join(_section(entry, number, None, None, many=many))
        length += len(full)
        parts.append(full)
    return page_of(title, CSS, "".join([*parts, "</main>\n"]))


def wants_map(scene: Scene) -> bool:
    """Whether a map of a vote says something: many members, known by name."""
    roll = scene.ruling.case.roll
    return roll is not None and len(scene.codes) > MANY and bool(roll.named)


def _contents(entries: Iterable[Entry]) -> str:
    items = []
    for number, entry in enumerate(entries):
        ruling = entry.scene.ruling
        tally = f" {ruling.outcome.tally}" if ruling.outcome else ""
        held = " (a forecast)" if ruling.case.forecast else ""
        said = clean(f"{held}{tally}: {result_words(ruling)}")
        items.append(f'<li><a href="#v{number}">{clean(ruling.case.id)}</a>{said}</li>')
    return f'<nav aria-label="Votes"><ol>{"".join(items)}</ol></nav>\n'


def _section(
    entry: Entry,
    number: int,
    geography: Geography | None,
    shared: dict[str, str] | None,
    *,
    many: bool,
) -> Iterator[str]:
    """One vote; `shared` is missing where its board and map are left out."""
    scene, ruling = entry.scene, entry.scene.ruling
    head = "h2" if many else "h1"
    below = "h3" if many else "h2"
    yield f'<section id="v{number}" aria-labelledby="h{number}">\n'
    yield f'<{head} id="h{number}">{clean(heading_of(scene))}</{head}>\n'
    yield f'<p class="where">{clean(where_words(scene))}</p>\n'
    yield _verdict(scene)
    if ruling.outcome is not None:
        yield _legend(scene)
        yield _svg("Bar of the votes", f"b{number}", *bar_parts(scene, BAR), BAR)
        yield from _rules(ruling, below)
    said = notices(ruling)
    if said:
        yield f"<ul>{''.join(f'<li>{clean(line)}</li>' for line in said)}</ul>\n"
    if shared is None:
        yield '<p class="small">Board and map are left out to keep this page small.</p>\n'
    elif scene.codes:
        yield f"<{below}>Who</{below}>\n{_board(scene)}"
        if geography is not None and wants_map(scene):
            wide, high = geography.size
            inner = map_parts(scene, geography, shared)
            scale = INNER / wide
            drawn = f'<g transform="scale({scale:.4f})">{inner}</g>'
            yield f"<{below}>Map</{below}>\n"
            yield _svg(
                "Map of the votes; the list above says the same", f"m{number}", drawn, high * scale
            )
            yield f'<p class="small">{clean(" ".join(map_notes(scene, geography)))}</p>\n'
    for name, parts in (("Regional group", entry.regions), ("Group", entry.groups)):
        if parts:
            yield f"<{below}>By {name.lower()}</{below}>\n{table(parts_sheet(name, scene, parts))}"
    if entry.ways:
        lines = (f"<li>{clean(line)}</li>" for way in entry.ways for line in changing(way))
        yield f"<{below}>What would have changed it</{below}>\n<ul>{''.join(lines)}</ul>\n"
    if ruling.case.sources:
        listed = "".join(f"<li>{clean(source)}</li>" for source in ruling.case.sources)
        yield f"<{below}>{sources_words(ruling.case)}</{below}>\n<ul>{listed}</ul>\n"
    yield "</section>\n"


def _rules(ruling: Ruling, below: str) -> Iterator[str]:
    """What each question that was tried asks for."""
    for question, outcome in ruling.outcomes:
        under = f", as {question_words(question.title)}" if len(ruling.outcomes) > 1 else ""
        sheet = Sheet(
            ("Test", "Needed", "Had", "", "Article"),
            tuple(tests_of(outcome)),
            right=frozenset({"Needed", "Had"}),
        )
        yield f"<{below}>The rule{clean(under)}</{below}>\n{table(sheet)}"


def _verdict(scene: Scene) -> str:
    ruling = scene.ruling
    kind = {Verdict.ADOPTED: "good", Verdict.NOT_ADOPTED: "bad", Verdict.OPEN: "open"}
    shade = kind[ruling.verdict] if ruling.taken else "open"
    said = remark(ruling)
    more = f" {clean(said)}" if said else ""
    return f'<p class="verdict {shade}"><strong>{result_words(ruling)}</strong>{more}</p>\n'


def _light(kind: str) -> str:
    return f'<b class="l {kind}" aria-hidden="true">{LIT[kind].letter or "&#160;"}</b>'


def _legend(scene: Scene) -> str:
    items = "".join(
        f"<li>{_light(kind)}{count} {WORDS[kind]}</li>" for kind, count in scene.counts.items()
    )
    return f'<ul class="legend">{items}</ul>\n'


def _board(scene: Scene) -> str:
    """Everybody by what they did, each list in the order of names."""
    parts = []
    for kind, codes in sorted(sorted_out(scene).items(), key=lambda item: "yanuzxe".index(item[0])):
        items = "".join(f"<li>{_light(kind)}{clean(scene.name(code))}</li>" for code in codes)
        count = f"{WORDS[kind].capitalize()}: {len(codes)}"
        parts.append(f'<p><strong>{count}</strong></p>\n<ul class="board">{items}</ul>\n')
    return "".join(parts)


def _svg(title: str, name: str, drawn: str, height: float, width: int = INNER) -> str:
    return (
        f'<svg class="pic" viewBox="0 0 {width} {height:.0f}" role="img" aria-labelledby="{name}">'
        f'<title id="{name}">{title}</title>{drawn}</svg>\n'
    )


def table(sheet: Sheet) -> str:
    """A sheet as a table that scrolls within the page where it is too wide."""
    right = [' class="n"' if name in sheet.right else "" for name in sheet.head]
    head = "".join(
        f'<th scope="col"{n}>{clean(name) or "Met"}</th>'
        for name, n in zip(sheet.head, right, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{n}>{clean(cell)}</td>" for cell, n in zip(row, right, strict=True))
        + "</tr>"
        for row in sheet.rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{clean(sheet.head[0])}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>\n"
    )
