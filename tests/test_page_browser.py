"""The calculator page in a browser: clicks, keys, links, numbers, and how it looks to all."""

from __future__ import annotations

import json
import re
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.browser import page_of

import unvote
from unvote.explain import verdict_words
from unvote.wording import VERDICTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT: Final = Path(__file__).parents[1]
RESOLUTIONS: Final = ROOT / "resolutions"
COUNCIL: Final = RESOLUTIONS / "ukraine-2022" / "s-2022-155.yaml"
ASSEMBLY: Final = RESOLUTIONS / "ukraine-2022" / "es-11-1.yaml"
STANCES: Final = RESOLUTIONS / "ukraine-2022" / "es-11-4-stances.yaml"
NUMBERS: Final = RESOLUTIONS / "ukraine-2022" / "recorded-vote-motion.yaml"
PHONE: Final = {"width": 390, "height": 844}


class Pages:
    """Pages made of files, opened in windows of one browser."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser, self.folder = browser, folder

    def make(self, file: Path, **options: Any) -> Path:
        made = self.folder / f"{file.stem}.html"
        report = unvote.page(file, **options)
        made.write_text(report.html, encoding="utf-8")
        assert report.ruling is not None
        return made

    def write(self, text: str) -> Path:
        file = self.folder / "written.yaml"
        file.write_text(text, encoding="utf-8")
        return self.make(file)

    def open(self, made: Path, **context: Any) -> AbstractContextManager[Page]:
        return page_of(self.browser, made, **context)


@pytest.fixture
def pages(browser: Browser, tmp_path: Path) -> Pages:
    return Pages(browser, tmp_path)


def verdict(page: Page) -> str:
    """What is said of the vote, without what is said for those who listen only."""
    strong, words = page.inner_text("#verdict strong"), page.inner_text("#words")
    return f"{strong} {words}".strip()


def figures(page: Page) -> list[str]:
    return [page.inner_text(f"#{name}") for name in ("need", "have", "spare")]


def vote_of(page: Page, code: str) -> str | None:
    return page.get_attribute(f'[data-code="{code}"]', "data-vote")


# --- The verdict of the file, and how it moves ----------------------------------------------------


def test_every_example_begins_with_the_verdict_of_the_program(pages: Pages) -> None:
    seen = 0
    for file in sorted(RESOLUTIONS.rglob("*.yaml")):
        ruling = unvote.page(file).ruling
        if ruling is None:
            continue
        with pages.open(pages.make(file)) as page:
            words = verdict_words(ruling)
            assert verdict(page)[2:] == f"{VERDICTS[ruling.verdict]} {words}".strip(), file
            assert page.inner_text("#note") == ""
            assert "#" not in page.url
        seen += 1
    assert seen > 40


def test_a_click_moves_verdict_need_have_spare_and_cause(pages: Pages) -> None:
    with pages.open(pages.make(COUNCIL)) as page:
        assert verdict(page) == "✗ NOT ADOPTED vetoed by RUS"
        page.click('[data-code="RUS"]')  # no, then abstain
        assert verdict(page) == "✓ ADOPTED 2 to spare"
        assert figures(page) == ["9", "11", "+2"]
        assert "no → abstain (1): RUS" in page.inner_text("#changes")
        for code in ("ALB", "BRA", "GAB"):
            page.click(f'[data-code="{code}"]')
        assert verdict(page) == "✗ NOT ADOPTED 8 yes of 9 needed, 1 short"
        assert figures(page) == ["9", "8", "\u22121"]
        page.click("#undo")
        assert verdict(page) == "✓ ADOPTED exactly the votes needed"
        page.click("#reset")
        assert verdict(page) == "✗ NOT ADOPTED vetoed by RUS"
        assert page.inner_text("#changes") == ""
        assert page.is_disabled("#reset")


def test_the_votes_go_round_and_the_letter_and_the_words_go_with_them(pages: Pages) -> None:
    with pages.open(pages.make(COUNCIL)) as page:
        button = page.locator('[data-code="FRA"]')
        seen = []
        for _ in range(5):
            button.click()
            seen.append((button.get_attribute("data-vote"), button.text_content()))
        assert seen == [
            ("no", "NFRA France: no, yes in the file"),
            ("abstain", "AFRA France: abstain, yes in the file"),
            ("absent", "-FRA France: absent, yes in the file"),
            ("undecided", "?FRA France: undecided, yes in the file"),
            ("yes", "YFRA France: yes"),
        ]


def test_all_of_193_members_the_verdict_is_there_when_the_click_returns(pages: Pages) -> None:
    """Within one frame: nothing waits for a timer, a task or another frame."""
    clicked = """
    (codes) => new Promise((done) => requestAnimationFrame((frame) => {
      const seen = codes.map((code) => {
        document.querySelector(`[data-code="${code}"]`).click();
        return [document.getElementById("have").textContent,
          document.querySelector(`[data-code="${code}"]`).dataset.vote,
          document.getElementById("words").textContent, document.timeline.currentTime];
      });
      done([frame, seen]);
    }))
    """
    with pages.open(pages.make(ASSEMBLY)) as page:
        assert page.locator("button.member").count() == 192
        assert page.locator(".member.out").count() == 1  # Venezuela has no vote
        assert figures(page) == ["98", "141 of 146", "+43"]
        frame, seen = page.evaluate(clicked, ["ALB", "AND", "ARG"])
    assert [part[:3] for part in seen] == [
        ["140 of 146", "no", "42 to spare"],
        ["139 of 146", "no", "41 to spare"],
        ["138 of 146", "no", "40 to spare"],
    ]
    assert {part[3] for part in seen} == {frame}


def test_a_click_on_a_group_changes_its_members_and_nobody_else(pages: Pages) -> None:
    with pages.open(pages.make(ASSEMBLY)) as page:
        page.click('[data-group="EU"]')  # all yes: then all no
        assert figures(page) == ["98", "114 of 146", "+16"]
        assert {vote_of(page, code) for code in ("FRA", "HUN", "MLT")} == {"no"}
        assert vote_of(page, "GBR") == "yes"
        assert "N27" in page.inner_text('[data-group="EU"]')
        page.click('[data-group="AFRICAN"]')  # of several minds: then all yes
        assert vote_of(page, "ERI") == "yes"
        assert page.locator('[data-group="AFRICAN"]').count() == 1


def test_what_a_click_does_can_be_chosen(pages: Pages) -> None:
    with pages.open(pages.make(COUNCIL)) as page:
        undecided = page.get_by_role("button", name="Undecided", exact=True)
        undecided.click()
        assert undecided.get_attribute("aria-pressed") == "true"
        assert page.locator('.brush[aria-pressed="true"]').count() == 1
        page.click('[data-code="RUS"]')
        page.click('[data-code="RUS"]')
        assert vote_of(page, "RUS") == "undecided"
        assert verdict(page) == (
            "? OPEN 1 undecided: adopted if it abstains; a no of RUS is a veto; as listed adopted"
        )
        page.click('[data-group="P5"]')
        assert {vote_of(page, code) for code in ("CHN", "FRA", "USA")} == {"undecided"}
        page.get_by_role("button", name="Next vote").click()
        page.click('[data-code="RUS"]')
        assert vote_of(page, "RUS") == "yes"


def test_stances_are_open_until_enough_is_known(pages: Pages) -> None:
    text = (
        "id: X\nbody: unsc\ndate: 2022-02-25\nstances: {yes: [FRA, GBR, USA, ALB, NOR, IRL, KEN]}\n"
    )
    with pages.open(pages.write(text)) as page:
        assert verdict(page) == (
            "? OPEN 8 undecided: at least 2 more yes are needed; a no of CHN or RUS is a veto; "
            "as listed not adopted"
        )
        assert figures(page) == ["9", "7 to 15", "\u22122 to +6"]
        page.get_by_role("button", name="No", exact=True).click()
        for code in ("CHN", "RUS"):
            page.click(f'[data-code="{code}"]')
        assert verdict(page) == (
            "✗ NOT ADOPTED it cannot pass: CHN and RUS voting no; settled, whatever the 6 "
            "undecided do"
        )


def test_another_question_of_the_body_can_be_asked(pages: Pages) -> None:
    with pages.open(pages.make(COUNCIL)) as page:
        page.select_option("#choice-question", label="procedural question")
        assert verdict(page) == "✓ ADOPTED 2 to spare"
        assert "no permanent member votes no" not in page.inner_text("#tests")
        assert "asked as: procedural question" in page.inner_text("#changes")
        page.reload()
        assert verdict(page) == "✓ ADOPTED 2 to spare"


def test_a_question_that_is_not_declared_is_decided_under_each(pages: Pages) -> None:
    text = "id: X\nbody: unga\ndate: 2022-03-02\nvotes: {yes: [FRA, GBR], no: [RUS, CHN, CUB]}\n"
    with pages.open(pages.write(text)) as page:
        assert page.locator("#tests table").count() == 2
        page.click('[data-code="CUB"]')
        page.click('[data-code="CHN"]')
        assert verdict(page) == "✓ ADOPTED exactly the votes needed"
        page.click("#undo")
        page.click("#undo")
        page.get_by_role("button", name="Yes", exact=True).click()
        page.click('[data-code="CUB"]')
        assert verdict(page) == "? OPEN the question decides"
        assert figures(page) == ["\u2013"] * 3


def test_a_casting_vote_breaks_a_tie_and_a_quorum_can_be_missed(pages: Pages) -> None:
    body = """\
kind: body
id: club
name: Club
members: [FRA, GBR, USA, IND]
questions:
  any:
    title: Any question
    rules: [{needs: [{more_than: 1/2, of: present and voting}], cite: rule 1}]
tie: casting vote
quorum: {to_decide: majority of members}
"""
    folder = pages.folder / "bodies"
    folder.mkdir()
    (folder / "club.yaml").write_text(body, encoding="utf-8")
    votes = "votes: {yes: [FRA], no: [GBR]}"
    with pages.open(pages.write(f"id: X\nbody: club\ndate: 2022-02-25\n{votes}\n")) as page:
        assert verdict(page) == "? OPEN a tie to be broken"
        page.select_option("#choice-casting", "yes")
        assert verdict(page) == "✓ ADOPTED by the casting vote"
        page.fill("#number-present", "2")
        assert verdict(page) == "✗ NOT ADOPTED no quorum: 2 present of 3 needed"
        page.fill("#number-present", "1")
        assert page.inner_text("#note") == "More members vote than are said to be present."
        page.fill("#number-present", "5")
        assert page.get_attribute("#number-present", "aria-invalid") == "true"
        assert "at most 4" in page.inner_text("#note")
        page.fill("#number-present", "")
        assert verdict(page) == "✓ ADOPTED by the casting vote"


# --- Numbers --------------------------------------------------------------------------------------


def test_a_file_with_numbers_only_has_fields_for_them(pages: Pages) -> None:
    with pages.open(pages.make(NUMBERS)) as page:
        assert page.locator("button.member").count() == 0
        values = [page.input_value(f"#number-{v}") for v in ("yes", "no", "abstain", "undecided")]
        assert values == ["107", "13", "39", "0"]
        assert page.inner_text("#rest") == "Absent: 33"
        page.fill("#number-yes", "12")
        assert verdict(page) == "✗ NOT ADOPTED 12 yes of 13 needed, 1 short"
        assert page.inner_text("#rest") == "Absent: 128"
        page.fill("#number-yes", "13")
        assert verdict(page) == "✗ NOT ADOPTED a tie"
        page.fill("#number-undecided", "3")
        assert "OPEN" in verdict(page)
        page.reload()
        assert page.input_value("#number-undecided") == "3"
        assert page.input_value("#number-yes") == "13"
        page.click("#reset")
        assert page.input_value("#number-yes") == "107"


@pytest.mark.parametrize("text", ["200", "1.5", "-1", "", "1e3", "99999999999"])
def test_numbers_that_cannot_be_are_refused_and_the_verdict_stays(pages: Pages, text: str) -> None:
    with pages.open(pages.make(NUMBERS)) as page:
        before, address = verdict(page), page.url
        page.fill("#number-yes", text)
        assert page.get_attribute("#number-yes", "aria-invalid") == "true"
        assert "The verdict is on the numbers before." in page.inner_text("#note")
        assert (verdict(page), page.url) == (before, address)
        page.fill("#number-yes", "1")
        assert page.get_attribute("#number-yes", "aria-invalid") == "false"
        assert page.inner_text("#note") == ""


def test_members_named_within_numbers_have_buttons_beside_the_fields(pages: Pages) -> None:
    text = "id: X\nbody: unsc\ndate: 2022-02-25\ncounts: 11-1-3\nnamed: {no: [RUS]}\n"
    with pages.open(pages.write(text)) as page:
        assert verdict(page) == "✗ NOT ADOPTED vetoed by RUS"
        page.click('[data-code="RUS"]')
        assert verdict(page) == "✓ ADOPTED 2 to spare"
        assert page.inner_text("legend") == "Votes without names"
        page.fill("#number-yes", "10")
        page.fill("#number-no", "1")
        assert verdict(page) == "? OPEN names are needed to decide"


def test_where_anybody_can_sit_the_numbers_say_how_many(pages: Pages) -> None:
    text = "id: X\nbody: consensus\ndate: 2022-02-25\ncounts: 5-0-0\n"
    with pages.open(pages.write(text)) as page:
        page.fill("#number-yes", "50")
        assert "ADOPTED" in verdict(page)
        assert page.inner_text("#note") == ""
        page.fill("#number-no", "1")
        assert verdict(page) == "✗ NOT ADOPTED vetoed"


# --- Links ----------------------------------------------------------------------------------------


def test_a_link_brings_the_same_votes_to_another_window_and_a_reload_keeps_them(
    pages: Pages,
) -> None:
    made = pages.make(ASSEMBLY)
    with pages.open(made) as page:
        page.click('[data-group="GCC"]')
        page.click('[data-code="BRA"]')
        page.fill("#number-present", "170")
        shown, link = page.inner_text("#changes"), page.url
        said = (verdict(page), figures(page))
        assert re.fullmatch(
            r"#1\.[0-9a-f]{8}\.[ynaxu]{192}\.p170", link.removeprefix(made.as_uri())
        )
        page.reload()
        assert (verdict(page), figures(page)) == said
        assert page.input_value("#number-present") == "170"
    with pages.open(made) as page:
        page.evaluate("(hash) => { window.location.hash = hash; }", link.partition("#")[2])
        page.wait_for_function("document.getElementById('changes').textContent !== ''")
        assert page.inner_text("#changes") == shown
        assert (verdict(page), figures(page)) == said
        page.click("#reset")
        assert page.url == made.as_uri()


def test_the_link_is_copied_or_shown(pages: Pages) -> None:
    with pages.open(pages.make(COUNCIL)) as page:
        page.click('[data-code="RUS"]')
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.click("#copy")
        page.wait_for_function("document.getElementById('note').textContent !== ''")
        assert page.inner_text("#note") == "The link is copied."
        assert page.evaluate("navigator.clipboard.readText()") == page.url
    with pages.open(pages.make(COUNCIL)) as page:
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
        page.click("#copy")
        page.wait_for_selector("#link:not([hidden])")
        assert page.input_value("#link") == page.url
        assert page.evaluate("document.activeElement.id") == "link"


def fragments(key: str, good: str) -> list[str]:
    """Fragments that are none of this page's: damaged, of another vote, or made to do harm."""
    numbers = ".n1-1-1-1"
    return [
        "#x",
        "#1.",
        "#1.zzzzzzzz." + good,
        "#1.00000000." + good,
        f"#2.{key}.{good}",
        f"#1.{key}.{good[:-1]}",
        f"#1.{key}.{good}y",
        f"#1.{key}.{'z' * len(good)}",
        f"#1.{key}.{good}{numbers}",
        f"#1.{key}.{good}.q99",
        f"#1.{key}.{good}.p99",
        f"#1.{key}.{good}.p-1",
        f"#1.{key}.{good}.cmaybe",
        f"#1.{key}.{good}.n1-1-1",
        f"#1.{key}.{good}<img src=x onerror=alert(1)>",
        "#%3Cscript%3Ealert(1)%3C/script%3E",
        "#__proto__",
        "#" + "y" * 100_000,
    ]


def test_fragments_that_are_not_this_pages_are_refused_with_a_note(pages: Pages) -> None:
    with pages.open(pages.make(COUNCIL)) as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.click('[data-code="RUS"]')
        key, good = page.url.split(".")[-2:]
        for fragment in fragments(key, good):
            page.evaluate("window.location.hash = '#'")
            page.evaluate("(hash) => { window.location.hash = hash; }", fragment)
            page.wait_for_function("document.getElementById('note').textContent !== ''")
            note = page.inner_text("#note")
            assert note.endswith("These are the votes of the file."), fragment
            assert verdict(page) == "✗ NOT ADOPTED vetoed by RUS", fragment
            assert page.is_visible("#note")
        page.click('[data-code="FRA"]')
        assert page.inner_text("#note") == ""
        assert vote_of(page, "FRA") == "no"
        assert f"#1.{key}." in page.url


# --- Keys and listening ---------------------------------------------------------------------------


def test_everything_can_be_done_from_the_keyboard(pages: Pages) -> None:
    with pages.open(pages.make(COUNCIL)) as page:
        focused = "document.activeElement.dataset.code || document.activeElement.id"
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('button.member')"):
                break
        assert page.evaluate(focused) == "ALB"
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert page.evaluate(focused) == "BRA"
        page.keyboard.press("Space")
        assert vote_of(page, "BRA") == "no"
        page.keyboard.press("Enter")
        assert vote_of(page, "BRA") == "abstain"
        for key, vote in (("x", "absent"), ("u", "undecided"), ("y", "yes"), ("n", "no")):
            page.keyboard.press(key)
            assert vote_of(page, "BRA") == vote
        page.keyboard.press("a")
        page.keyboard.press("Escape")
        assert vote_of(page, "BRA") == "no"
        page.keyboard.press("ArrowDown")
        below = page.evaluate(focused)
        boxes = [page.locator(f'[data-code="{c}"]').bounding_box() for c in ("BRA", below)]
        assert boxes[0]
        assert boxes[1]
        assert boxes[1]["y"] > boxes[0]["y"]
        assert boxes[1]["x"] == boxes[0]["x"]
        page.keyboard.press("ArrowUp")
        assert page.evaluate(focused) == "BRA"
        page.keyboard.press("End")
        assert page.evaluate(focused) == "USA"
        page.keyboard.press("Home")
        assert page.evaluate(focused) == "ALB"
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(focused) != "ALB"
        page.keyboard.press("Tab")
        assert page.evaluate(focused) == "ALB", "one stop for all members"


def test_the_focus_is_seen(pages: Pages) -> None:
    with pages.open(pages.make(COUNCIL)) as page:
        page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement)"
        assert page.evaluate(f"{outline}.outlineStyle") == "solid"
        assert page.evaluate(f"parseFloat({outline}.outlineWidth)") >= 3


def test_a_listener_is_told_who_changed_and_what_it_did(pages: Pages) -> None:
    with pages.open(pages.make(COUNCIL)) as page:
        status = page.locator("#verdict")
        assert status.get_attribute("role") == "status"
        assert status.get_attribute("aria-live") == "polite"
        page.click('[data-code="RUS"]')
        name = re.compile(r"^RUS Russia ?: abstain ?, no in the file$")
        assert status.text_content() == "Russia: abstain. ✓ ADOPTED 2 to spare"
        assert page.get_by_role("button", name=name).is_visible()


def test_a_member_is_found_by_name_whatever_its_accents(pages: Pages) -> None:
    with pages.open(pages.make(ASSEMBLY)) as page:
        page.fill("#find", "turk")
        shown = page.locator("button.member:visible")
        assert [button.get_attribute("data-code") for button in shown.all()] == ["TKM", "TUR"]
        assert page.get_attribute('[data-code="TKM"]', "tabindex") == "0"
        page.fill("#find", "")
        assert page.locator("button.member:visible").count() == 192


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("file", [COUNCIL, ASSEMBLY, NUMBERS], ids=lambda file: file.stem)
def test_a_checker_of_accessibility_finds_nothing(pages: Pages, scheme: str, file: Path) -> None:
    checker = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for size in ({"width": 1100, "height": 900}, PHONE):
        with pages.open(pages.make(file), color_scheme=scheme, viewport=size) as page:
            if page.locator("button.member").count():
                page.click('button.member[data-code="FRA"]')
            found = checker.run(page).response["violations"]
            told = [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found]
            assert told == []


# --- How it looks, and what it may not do ---------------------------------------------------------


@pytest.mark.parametrize("width", [320, 390, 1100])
@pytest.mark.parametrize("file", [COUNCIL, ASSEMBLY, NUMBERS], ids=lambda file: file.stem)
def test_nothing_is_wider_than_the_window(pages: Pages, width: int, file: Path) -> None:
    with pages.open(pages.make(file), viewport={"width": width, "height": 800}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_on_paper_the_controls_are_gone_and_every_member_is_there(pages: Pages) -> None:
    with pages.open(pages.make(ASSEMBLY)) as page:
        page.emulate_media(media="print")
        for control in (".brushes", ".tools", ".options", ".groups", ".help"):
            assert not page.is_visible(control)
        assert page.locator(".member:visible").count() == 193
        assert page.is_visible("#verdict")
        assert page.is_visible("#tests")


def test_without_scripts_the_verdict_of_the_file_is_told(pages: Pages) -> None:
    with pages.open(pages.make(COUNCIL), java_script_enabled=False) as page:
        assert "NOT ADOPTED vetoed by RUS" in page.inner_text("#result")
        assert "scripts may run" in page.inner_text("#calculator")


def test_hostile_texts_are_shown_and_do_nothing(pages: Pages) -> None:
    hostile = "</script><img src=x onerror=alert(1)><script>alert(2)</script>\u2028"
    text = f"""\
id: {json.dumps(hostile)}
title: {json.dumps(hostile + "t")}
body: security-council
date: 2022-02-25
votes: {{yes: [FRA], no: [RUS]}}
later_statements: {{FRA: {{intended: no}}}}
notes: {json.dumps(hostile)}
targets: [{{yes: 9, label: {json.dumps(hostile)}}}]
"""
    with pages.open(pages.write(text)) as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        assert page.inner_text("h1").startswith("</script><img")
        assert page.locator("img").count() == 0
        assert "onerror=alert(1)" in page.inner_text("#remarks")
        page.click('[data-code="FRA"]')
        assert page.locator("script").count() == 2


def test_no_other_script_runs_and_nothing_is_fetched(pages: Pages) -> None:
    window = pages.browser.new_context()
    page = window.new_page()
    refused: list[str] = []
    answered: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.on("response", lambda response: answered.append(response.url))
    made = pages.make(COUNCIL)
    page.goto(made.as_uri())
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.harmed = true";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", "<b style='top:0' onclick='harmed=1'>x</b>");
      const image = new Image();
      image.src = "https://example.org/x.png";
      document.body.append(image);
    }""")
    page.click("text=x >> nth=-1")
    assert page.evaluate("window.harmed") is None
    assert answered == [made.as_uri()]
    assert len([text for text in refused if "Content Security Policy" in text]) >= 3
    window.close()
