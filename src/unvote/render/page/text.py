"""The calculator page as one file of HTML: nothing is fetched, and only its own script runs."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from json import dumps
from typing import Any, Final

from unvote.cases import Case
from unvote.diagnostics import quoted
from unvote.explain import verdict_words
from unvote.members import Membership
from unvote.render.page.data import LONGEST, page_data
from unvote.render.palette import LIGHTS, NO_VOTE, Light
from unvote.render.standing import held_words, sources_words
from unvote.render.style import SIGNS
from unvote.rollcall import RollCall
from unvote.rulings import Ruling
from unvote.wording import VERDICTS, day_words, question_words

SCRIPTS: Final = ("engine.js", "words.js", "page.js")
PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{name}: vote calculator</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>{name}</h1>
{title}<p>{where}</p>
{remark}</header>
<main>
<section id="result" aria-label="Result">
<p id="verdict" role="status" aria-live="polite" aria-atomic="true">{verdict}</p>
</section>
<div id="calculator"><noscript><p>The votes can be changed where scripts may run. This page has \
one, which works without a network.</p></noscript></div>
</main>
<footer>
{sources}<p>Made by <code>unvote page</code>. Works offline; nothing is sent anywhere.</p>
</footer>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def page_html(ruling: Ruling, roll: RollCall, membership: Membership, remark: str = "") -> str:
    """One vote as a page; `remark` is said below its heading."""
    case = ruling.case
    style, script = _style(), _script()
    questions = " or ".join(question_words(question.title) for question, _ in case.questions)
    where = f"{case.body.name} \u00b7 {day_words(case.day)} \u00b7 {questions}{held_words(case)}"
    titled = case.title and case.title != case.id
    return PAGE.format(
        policy=(
            f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
        style=style,
        name=_text(case.id),
        title=f'<p id="title">{_text(case.title)}</p>\n' if titled else "",
        where=_text(where),
        remark=f"<p>{_text(remark)}</p>\n" if remark else "",
        verdict=_verdict(ruling),
        sources=_sources(case),
        data=island(page_data(ruling, roll, membership)),
        script=script,
    )


def island(data: dict[str, Any]) -> str:
    """Data as JSON that no reader of HTML can take for a tag, and no script for a line's end."""
    text = dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _text(text: str) -> str:
    """Text of a file as text of HTML, its control and direction characters visible."""
    return escape(quoted(text, LONGEST))


def _verdict(ruling: Ruling) -> str:
    """The verdict on the votes of the file, as the script shows it."""
    verdict = f"{SIGNS[ruling.verdict]} {VERDICTS[ruling.verdict]}"
    return f"<strong>{verdict}</strong> <span>{_text(verdict_words(ruling))}</span>"


def _sources(case: Case) -> str:
    """Where the votes are from; addresses of the web are links."""
    if not case.sources:
        return ""
    items = "".join(f"<li>{_source(source)}</li>" for source in case.sources)
    return f"<h2>{sources_words(case)}</h2>\n<ul>{items}</ul>\n"


def _source(source: str) -> str:
    shown = _text(source)
    web = source.startswith(("https://", "http://")) and source.isprintable()
    if not web or " " in source or len(source) > LONGEST:
        return shown
    return f'<a href="{escape(source)}" rel="noopener noreferrer">{shown}</a>'


@cache
def _style() -> str:
    """The style of the page, with the colours of the lights."""
    lights = [*((vote.value, light) for vote, light in LIGHTS.items()), ("none", NO_VOTE)]
    colours = "".join(_colours(name, light) for name, light in lights)
    return f"\n:root {{{colours}}}\n{_asset('page.css')}"


def _colours(name: str, light: Light) -> str:
    return f" --{name}: {light.colour}; --{name}-ink: {light.ink};"


@cache
def _script() -> str:
    """The script of the page, its parts one after the other."""
    return "\n" + "\n".join(_asset(name) for name in SCRIPTS)


def _asset(name: str) -> str:
    return files("unvote.render.page").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """A hash by which a policy knows a script or a style (CSP level 3)."""
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
