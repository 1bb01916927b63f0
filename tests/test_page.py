"""`unvote page`: one vote as one file of HTML, whatever its texts hold."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from tests.runs import quick, run

import unvote
from unvote.api.paging import PageReport, page

ROOT: Final = Path(__file__).parents[1]
UKRAINE: Final = ROOT / "resolutions" / "ukraine-2022"
COUNCIL: Final = UKRAINE / "s-2022-155.yaml"
ASSEMBLY: Final = UKRAINE / "es-11-1.yaml"
STEPS: Final = UKRAINE / "february-march.yaml"
EVERY: Final = sorted((ROOT / "resolutions").rglob("*.yaml"))
MOST: Final = 400_000
"""Bytes of a page."""


class Read(HTMLParser):
    """What a browser sees: the tags with their attributes, and the text in each script or style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.text = ""
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = tag if tag in {"script", "style"} else self._in

    def handle_endtag(self, tag: str) -> None:
        self._in = "" if tag == self._in else self._in

    def handle_data(self, data: str) -> None:
        if self._in:
            self.raw.append((self._in, data))
        else:
            self.text += data

    @property
    def data(self) -> Any:
        """What the page's script is given."""
        return json.loads(self.raw[1][1])


def read(yaml: str, **options: Any) -> PageReport:
    return page("-", raw=yaml.encode(), **options)


def test_every_example_that_has_votes_is_a_page_below_the_bound() -> None:
    made = 0
    for file in EVERY:
        report = page(file)
        if report.ruling is None:
            codes = {d.problem.code for d in report.problems}
            assert codes & {"UV316", "UV408", "UV110"}, file
            continue
        assert len(report.html.encode()) < MOST, file
        assert report.html == page(file).html, "the same file gives the same bytes"
        made += 1
    assert made > 40


def test_the_policy_allows_the_pages_own_script_and_style_and_nothing_else() -> None:
    seen = Read(page(ASSEMBLY).html)
    policy = next(a["content"] for t, a in seen.tags if a.get("http-equiv"))
    hashes = [
        "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
        for _, text in (seen.raw[2], seen.raw[0])
    ]
    assert [tag for tag, _ in seen.raw] == ["style", "script", "script"]
    assert policy == (
        f"default-src 'none'; script-src {hashes[0]}; style-src {hashes[1]}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_page_loads_nothing_and_has_no_handlers_or_styles_in_its_tags() -> None:
    seen = Read(page(ASSEMBLY).html)
    names = {name for _, attributes in seen.tags for name in attributes}
    assert names.isdisjoint({"src", "style", "srcset", "action"})
    assert not [name for name in names if name.startswith("on")]
    assert {tag for tag, _ in seen.tags}.isdisjoint({"link", "img", "iframe", "object", "base"})


HOSTILE: Final = "</script><script>alert(1)</script><!-- & \u2028\u2029 \u202e \"'` <b>x</b>"


def test_texts_of_the_file_stay_texts() -> None:
    text = f"""\
id: {json.dumps(HOSTILE)}
title: {json.dumps(HOSTILE + "t")}
body: security-council
date: 2022-02-25
votes: {{yes: [FRA], no: [RUS]}}
sources: [{json.dumps(HOSTILE)}, 'https://example.org/?a=1&b="><script>', 'javascript:alert(1)']
"""
    report = read(text)
    seen = Read(report.html)
    assert [tag for tag, _ in seen.tags].count("script") == 2
    assert {tag for tag, _ in seen.tags}.isdisjoint({"b"})
    shown = HOSTILE.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    shown = shown.replace("\u202e", "\\u202e")
    assert seen.text.count(shown) == 2  # the title of the window and the heading
    assert seen.text.count("alert(1)</script><!-- &") == 4  # and the title and a source
    assert seen.data["id"] == shown
    assert "\u2028" not in report.html
    assert "\u202e" not in report.html
    links = [attributes["href"] for tag, attributes in seen.tags if tag == "a"]
    assert links == ['https://example.org/?a=1&b="><script>']


def test_the_verdict_of_the_file_is_on_the_page_without_its_script() -> None:
    assert "✗ NOT ADOPTED vetoed by RUS" in Read(page(COUNCIL).html).text
    assert "scripts may run" in Read(page(COUNCIL).html).text


def test_of_proceedings_the_step_is_to_be_named() -> None:
    several = page(STEPS)
    assert several.ruling is None
    assert several.html == ""
    (problem,) = (d.problem for d in several.problems)
    assert (problem.code, problem.hint) == (
        "UV316",
        "--step takes one of: council, call, assembly",
    )
    call = page(STEPS, step="call").ruling
    assert call is not None
    assert call.case.id == "S/RES/2623"
    (wrong,) = (d.problem.message for d in page(STEPS, step="x").problems)
    assert wrong == "'x' is no step of this file"


AMENDED: Final = """\
id: X
body: unsc
date: 2022-02-25
amendments:
  - {id: A1, votes: {yes: [FRA]}}
  - {id: A2, votes: {yes: [GBR, USA]}, withdrawn: true}
votes: {yes: [FRA, GBR, USA]}
"""


def test_of_a_text_with_amendments_the_text_is_meant_unless_one_is_named() -> None:
    for name, yes in ((None, 3), ("X", 3), ("A1", 1)):
        ruling = read(AMENDED, text=name).ruling
        assert ruling is not None
        assert ruling.outcome is not None
        assert ruling.outcome.tally.yes == yes
    wrong = next(d.problem for d in read(AMENDED, text="A9").problems if d.file == "--text")
    assert wrong.hint == "--text takes one of: A1, A2, X"


def test_a_vote_that_is_not_taken_says_so_and_can_be_tried_all_the_same() -> None:
    report = read(AMENDED, text="A2")
    assert report.ruling is not None
    assert "This vote is not taken: withdrawn before the vote" in Read(report.html).text
    assert "2 yes of 9 needed" in Read(report.html).text


def test_a_text_adopted_without_a_vote_makes_no_page() -> None:
    done = read("id: X\nbody: unsc\ndate: 2022-02-25\nwithout_vote: true\n")
    assert [d.problem.code for d in done.problems] == ["UV408"]
    assert not done.valid


def test_a_link_fits_the_same_vote_only_whatever_the_votes_are() -> None:
    text = "id: X\nbody: unsc\ndate: 2022-02-25\nvotes: {yes: [FRA]}\n"
    keys = [
        Read(read(changed).html).data["key"]
        for changed in (
            text,
            text.replace("FRA", "GBR"),
            text.replace("id: X", "id: Y"),
            text.replace("-25", "-26"),
            text.replace("unsc", "hrc"),
        )
    ]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 4


def test_the_groups_are_those_with_members_here_on_the_day() -> None:
    data = Read(page(COUNCIL).html).data
    groups = {group["code"]: group["members"] for group in data["groups"]}
    assert groups["EU"] == ["FRA", "IRL"]
    assert groups["P5"] == ["CHN", "FRA", "GBR", "RUS", "USA"]
    assert "ASEAN" not in groups


def test_the_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    made = tmp_path / "page.html"
    done = quick("page", COUNCIL, "-o", made)
    assert (done.code, done.stdout, done.stderr) == (0, "", "")
    assert made.read_text(encoding="utf-8") == page(COUNCIL).html
    assert quick("page", COUNCIL).stdout == page(COUNCIL).html
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("id: X\nbody: unsc\ndate: 2022-02-25\nvotes: {yes: [Korea]}\n")
    done = quick("page", wrong, "-o", made)
    assert done.code == 2
    assert "UV203" in done.stderr
    assert made.read_text(encoding="utf-8") == page(COUNCIL).html
    done = quick("page", COUNCIL, "-o", tmp_path / "none" / "page.html")
    assert done.code == 2
    assert "cannot write" in done.stderr


def test_the_command_tells_which_steps_there_are() -> None:
    done = quick("page", STEPS)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == (
        "--step: error UV316: a page is of one vote, and these are several steps\n"
        "  hint: --step takes one of: council, call, assembly\n"
    )


def test_a_page_from_standard_input_and_of_another_day() -> None:
    assert run("page", "-").code == 2  # nothing came in
    assert "2 Mar 2022" in quick("page", COUNCIL, "--on", "2022-03-02").stdout
    assert quick("page", COUNCIL, "--on", "soon").code == 2


def test_the_page_function_is_the_packages_own() -> None:
    assert unvote.page is page
    assert re.match(r"<!doctype html>", unvote.page(COUNCIL).html)
