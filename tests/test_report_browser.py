"""The page of a report in a browser: accessible, and no wider than a phone."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser import page_of
from tests.runs import ROOT

import unvote

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
DAY = ROOT / "resolutions" / "ukraine-2025" / "24-february.yaml"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "day.html"
    file.write_text(unvote.report(DAY, "html").text, encoding="utf-8")
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(browser: "Browser", page: Path, scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    # Axe is a script, and the page allows none.
    with page_of(browser, page, color_scheme=scheme, bypass_csp=True) as shown:
        found = axe.Axe().run(shown).response["violations"]
    assert [(one["id"], one["impact"]) for one in found] == []


def test_nothing_is_wider_than_a_phone(browser: "Browser", page: Path) -> None:
    with page_of(browser, page, viewport={"width": 390, "height": 800}) as shown:
        assert shown.evaluate("document.documentElement.scrollWidth") == 390
        assert shown.locator("svg.pic").count() > 2
