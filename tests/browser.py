"""A headless Chromium for the tests of pages, one a test module.

A test module says `pytestmark = pytest.mark.browser`. Its tests ask for the fixture `browser`,
which `conftest.py` hands on, and open pages of their own with `page_of`.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Nothing but the page: no call home, which a closed network would refuse."""


def chromium() -> str | None:
    """The path of a Chromium: what CHROMIUM names, or the first found on the path."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A Chromium with a fresh profile, closed with the module's last test."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = chromium()
    if path is None:
        pytest.skip("no Chromium: put one on the path, or name it in CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def page_of(browser: "Browser", file: Path, **context: Any) -> Iterator["Page"]:
    """A file open in a window of its own; `context` is `viewport`, `color_scheme` and the like.

    The window has no network, and the test fails if the page throws or writes an error.
    """
    wrong: list[str] = []
    window = browser.new_context(offline=True, **context)
    try:
        page = window.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.goto(file.resolve().as_uri())
        yield page
    finally:
        window.close()
    assert wrong == []
