"""Draw the pictures of the report in the documentation: `python tests/report_pictures.py`.

Look at the pictures before you keep them.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import sync_playwright
from tests.browser import FLAGS, chromium, page_of

import unvote

ROOT: Final = Path(__file__).parents[1]
VOTE: Final = ROOT / "resolutions" / "ukraine-2022" / "es-11-4.yaml"
WINDOW: Final = {"width": 800, "height": 900}
PICTURES: Final[dict[str, dict[str, Any]]] = {
    "light": {"viewport": WINDOW, "color_scheme": "light"},
    "dark": {"viewport": WINDOW, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "print": {"viewport": {"width": 794, "height": 1123}},  # A4 at 96 pixels an inch
}
"""Each picture, and the window it is taken of."""


def main() -> None:
    """Draw all of them."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        made = Path(folder) / "note.html"
        made.write_text(unvote.report(VOTE, "html").text, encoding="utf-8")
        for name, window in PICTURES.items():
            with page_of(browser, made, **window) as page:
                if name == "print":
                    page.emulate_media(media="print")
                page.screenshot(path=ROOT / "docs" / "pictures" / f"report-{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
