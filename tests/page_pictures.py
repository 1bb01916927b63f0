"""Draw the pictures of the calculator page in the documentation: `python tests/page_pictures.py`.

Look at the pictures before you keep them.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Page, sync_playwright
from tests.browser import FLAGS, chromium, page_of

import unvote

ROOT: Final = Path(__file__).parents[1]
STORY: Final = ROOT / "resolutions" / "ukraine-2022"
PHONE: Final = {"width": 390, "height": 844}
PAPER: Final = {"width": 794, "height": 1123}  # A4 at 96 pixels an inch


def changed(page: Page) -> None:
    """Russia abstains."""
    page.click('[data-code="RUS"]')


def moved(page: Page) -> None:
    """A group changes its mind, and what a phone shows is further down."""
    page.click('[data-group="AFRICAN"]')
    page.evaluate("document.querySelector('.section').scrollIntoView()")


def printed(page: Page) -> None:
    """As on paper."""
    page.emulate_media(media="print")


PICTURES: Final[dict[str, tuple[str, dict[str, Any], Any]]] = {
    "page-light": ("s-2022-155", {"viewport": {"width": 900, "height": 900}}, None),
    "page-dark": (
        "s-2022-155",
        {"viewport": {"width": 900, "height": 900}, "color_scheme": "dark"},
        changed,
    ),
    "page-phone": ("es-11-1", {"viewport": PHONE}, moved),
    "page-print": ("es-11-1", {"viewport": PAPER}, printed),
}
"""Each picture: the vote, the window, and what is done before."""


def main() -> None:
    """Draw all of them."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for name, (vote, window, does) in PICTURES.items():
            made = Path(folder) / f"{vote}.html"
            made.write_text(unvote.page(STORY / f"{vote}.yaml").html, encoding="utf-8")
            with page_of(browser, made, **window) as page:
                if does:
                    does(page)
                page.screenshot(path=ROOT / "docs" / "pictures" / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
