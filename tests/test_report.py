"""The page on a vote or a day: complete, self-contained, small, and never markup from a file."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.runs import ROOT, quick

import unvote

TEXTS = ROOT / "resolutions"
ASSEMBLY = TEXTS / "ukraine-2022" / "es-11-4.yaml"
COUNCIL = TEXTS / "ukraine-2022" / "s-2022-155.yaml"
DAY = TEXTS / "ukraine-2025" / "24-february.yaml"
OPEN_TAGS = {"meta", "br", "img", "link", "input", "hr"}


class Balance(HTMLParser):
    """Notes the tags left open and the ids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in OPEN_TAGS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in OPEN_TAGS:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("file", [ASSEMBLY, COUNCIL, DAY], ids=["assembly", "council", "day"])
def test_the_page_is_one_small_file_that_loads_and_runs_nothing(file: Path) -> None:
    page = unvote.report(file, "html").text
    assert len(page.encode()) < 400_000
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "<script" not in page
    assert " style=" not in page
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    assert len(balance.ids) == len(set(balance.ids))
    assert {link[1:] for link in balance.links} <= set(balance.ids)
    assert all(link.startswith("#") for link in balance.links)


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
def test_the_same_bytes_twice(form: str) -> None:
    assert unvote.report(DAY, form).text == unvote.report(DAY, form).text


def test_the_page_names_every_member_the_rule_the_groups_and_what_would_have_changed_it() -> None:
    page = unvote.report(ASSEMBLY, "html").text
    members = unvote.open_world().membership
    for code in members.on(unvote.tally(ASSEMBLY).results[0].case.day):
        assert f"</b>{members.members[code].short}</li>".replace("'", "&#x27;") in page, code
    assert "UN Charter, Art. 18(2); GA rule 83" in page
    assert re.search(r"African Group \(AFRICAN\)</td><td class=\"n\">30</td>", page)
    assert "not adopted with 45 from yes to no (any of 143)" in page
    assert "A/ES-11/PV.14" in page


def test_markdown_and_text_say_the_same_in_short() -> None:
    note = unvote.report(COUNCIL).text
    assert "**NOT ADOPTED**, vetoed by RUS" in note
    assert "adopted with 1 from no to abstain" in note
    chat = unvote.report(COUNCIL, "text").text
    assert len(chat) < 1000
    assert "11 yes, 1 no, 3 abstain" in chat
    assert "No: Russia" in chat
    day = unvote.report(DAY, "text").text.splitlines()
    assert len(day) == 13
    assert "- S/RES/2774 10-0-5: ADOPTED, 1 to spare" in day


def test_the_cheapest_flip_is_that_of_swing_and_only_told_if_asked_for(tmp_path: Path) -> None:
    assert "cheaply" not in unvote.report(COUNCIL).text
    for form in ("markdown", "html", "text"):
        text = unvote.report(COUNCIL, form, flip=True).text
        assert "dopted most cheaply (cost 1, one of several sets): no to abstain: RUS" in text, form
    (swung,) = unvote.swing(ASSEMBLY).swings
    (swing,) = swung.swings
    assert swing.flip is not None
    note = unvote.report(ASSEMBLY, flip=True).text
    moved = " ".join(change.member or "" for change in swing.flip.changes)
    assert f"most cheaply (cost {swing.flip.cost}, one of several sets): yes to no: {moved}" in note
    # Forty-five names fit no chat; their number does.
    chat = unvote.report(ASSEMBLY, "text", flip=True).text
    assert f"most cheaply (cost {swing.flip.cost}, one of several sets): 45 from yes to no" in chat
    open_vote = tmp_path / "open.yaml"
    open_vote.write_text(
        "kind: resolution\nid: A\nbody: security-council\nquestion: substantive\ndate: 2022-02-25\n"
        "stances: {yes: [USA, GBR, FRA, ALB, BRA, GAB, GHA, IRL], no: [IND, MEX, KEN]}\n",
        encoding="utf-8",
    )
    text = unvote.report(open_vote, flip=True).text
    assert "- adopted most cheaply" in text
    assert "- not adopted most cheaply" in text


def test_a_chat_says_which_members_would_have_changed_it_and_all_the_moves() -> None:
    vetoed = unvote.report(ROOT / "resolutions/palestine-2014/s-2014-916.yaml", "text").text
    assert "Adopted with 1 from no to yes (only USA)\n" in vetoed
    human_rights = unvote.report(ROOT / "resolutions/ukraine-2022/es-11-3.yaml", "text").text
    assert "or 23 from abstain to no (any of 58)\n" in human_rights


def test_where_no_question_is_declared_each_has_its_own_bar_and_distance() -> None:
    told = quick("report", "--body", "unga", "--on", "2022-04-07", "93-24-58", "--format", "text")
    assert "Needed as ordinary question: 59" in told.stdout
    assert "Needed as important question: 78" in told.stdout
    assert "As ordinary question: not adopted with 35 from yes to no" in told.stdout
    assert "As important question: not adopted with 16 from yes to no" in told.stdout
    flip = quick("report", "--body", "unga", "--on", "2022-04-07", "93-24-58", "--flip")
    assert "- as important question: not adopted most cheaply (cost 16" in flip.stdout
    assert "yes to no: 16 not named" in flip.stdout


def test_groups_are_those_named_even_with_one_member() -> None:
    note = unvote.report(COUNCIL, groups=["European Union", "gcc", "EU"])
    assert note.valid
    rows = note.text.partition("| Group |")[2].splitlines()[2:4]
    assert [row.split(" |")[0] for row in rows] == [
        "| European Union (EU)",
        "| Gulf Cooperation Council (GCC)",
    ]
    assert "African Group (AFRICAN)" in note.text
    assert "NATO" not in note.text
    chat = unvote.report(COUNCIL, "text", groups=["P5"]).text
    assert "Permanent members of the Security Council (P5): 3 yes, 1 no, 1 abstain\n" in chat
    wrong = unvote.report(COUNCIL, groups=["EU", "Europe Union"])
    assert not wrong.valid
    assert [each.problem.code for each in wrong.problems] == ["UV205"]
    assert not wrong.text


HOSTILE = "<script>x</script> [a](javascript:b) \x1b[31m | `c` &"


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
@pytest.mark.parametrize("field", ["id", "title", "sources"])
def test_hostile_text_is_harmless_in_every_form_wherever_it_stands(
    form: str, field: str, tmp_path: Path
) -> None:
    said = {"id": "X/1", "title": "a title", "sources": ["a source"]}
    said[field] = [HOSTILE] if field == "sources" else HOSTILE
    head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in said.items())
    file = tmp_path / "vote.yaml"
    file.write_text(
        f"{head}body: unsc\ndate: 2022-02-25\nvotes: {{yes: [FRA], no: [RUS]}}\n",
        encoding="utf-8",
    )
    note = unvote.report(file, form)
    assert note.valid, note.problems
    assert "\x1b" not in note.text
    if form == "html":
        assert "<script" not in note.text
        assert "&lt;script&gt;x" in note.text
    if form == "markdown":
        assert "<script" not in note.text.replace("\\<", "")
        assert "](javascript" not in note.text.replace("\\]", "")
        assert "javascript" in note.text
    if form == "text" and field != "sources":
        assert "\\u001b[31m" in note.text


def test_text_of_a_file_is_never_markup(tmp_path: Path) -> None:
    file = tmp_path / "vote.yaml"
    text = COUNCIL.read_text(encoding="utf-8").replace(
        "title: Aggression against Ukraine", "title: '<script>x</script> [draft] *a* \\\\x1b'"
    )
    file.write_text(text, encoding="utf-8")
    page = unvote.report(file, "html").text
    assert "<script" not in page
    assert "&lt;script&gt;x&lt;/script&gt; [draft] *a*" in page
    assert "\\<script\\>x\\</script\\> \\[draft\\] \\*a\\*" in unvote.report(file).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((ASSEMBLY, "-o", "note.docx"), "a report is written as .md, .html or .txt"),
        ((ASSEMBLY, "-o", "no/such/note.md"), "cannot write no/such/note.md"),
        (("nothing.yaml",), "UV1"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = quick("report", *words)
    assert (done.code, said in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


UNDECLARED = "id: U\nbody: general-assembly\ndate: 2023-02-23\ncounts: 100-20-30\n"


def test_what_would_have_changed_it_is_told_of_every_question_that_was_tried(
    tmp_path: Path,
) -> None:
    file = tmp_path / "u.yaml"
    file.write_text(UNDECLARED, encoding="utf-8")
    for flip in (False, True):
        note = unvote.report(file, flip=flip).text
        assert "- as ordinary question: not adopted with 40 from yes to no (any of 100)" in note
        assert "- as important question: not adopted with 21 from yes to no (any of 100)" in note
    chat = unvote.report(file, "text").text
    assert "Needed as ordinary question: 61 (" in chat
    assert "Needed as important question: 80 (" in chat
    assert "As important question: not adopted with 21 from yes to no" in chat
    page = unvote.report(file, "html").text
    assert "<h2>The rule, as important question</h2>" in page
    assert "\nAs " not in unvote.report(COUNCIL, "text").text


def test_of_votes_without_names_the_cheapest_flip_tells_how_many(tmp_path: Path) -> None:
    file = tmp_path / "u.yaml"
    file.write_text(UNDECLARED + "question: important\n", encoding="utf-8")
    for form in ("markdown", "html", "text"):
        text = unvote.report(file, form, flip=True).text
        assert "most cheaply (cost 21, one of several sets): yes to no: 21 not named" in text, form


def test_a_cheapest_flip_that_cannot_be_told_is_said_to_be_so(tmp_path: Path) -> None:
    file = tmp_path / "eu.yaml"
    file.write_text(
        "id: E\nbody: eu-council\ndate: 2023-06-17\nquestion: qualified\ncounts: 22-3-2\n",
        encoding="utf-8",
    )
    for form in ("markdown", "html", "text"):
        text = unvote.report(file, form, flip=True).text
        assert "ot adopted most cheaply: beyond what can be tried" in text, form


FORECAST = TEXTS / "ukraine-2022" / "es-11-4-stances.yaml"


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
def test_a_forecast_is_told_as_one_and_the_record_is_no_source_of_it(form: str) -> None:
    told = unvote.report(FORECAST, form).text
    assert "a forecast" in told
    assert "a forecast" not in unvote.report(ASSEMBLY, form).text
    if form != "text":
        assert "Sources of the text" in told
        assert "Sources of the text" not in unvote.report(ASSEMBLY, form).text
    for shown in (unvote.draw(FORECAST).svg, unvote.page(FORECAST).html):
        assert "question, a forecast" in shown


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
def test_a_scenario_is_told_as_one_however_long_its_names_are(tmp_path: Path, form: str) -> None:
    base = ASSEMBLY.read_text(encoding="utf-8")
    name = f"id: {'word ' * 300}"
    (tmp_path / "base.yaml").write_text(re.sub(r"(?m)^id: .*$", name, base), encoding="utf-8")
    file = tmp_path / "what.yaml"
    for title in ("Supposed", "x" * 10_000, "' '", "<b>\u202e"):
        file.write_text(
            f"kind: scenario\nbase: base.yaml\ntitle: {title}\n"
            "set: [{countries: [RUS], vote: yes}]\n",
            encoding="utf-8",
        )
        told = unvote.report(file, form).text
        shown = {"' '": "what.y", "<b>\u202e": "b"}.get(title, title[:8])
        assert re.search(rf"\(scenario: .{{0,5}}{shown}", told), title
        if form != "text":
            assert "Sources of the text" in told
        assert "\u202e" not in told
