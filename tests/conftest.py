"""Figures that tests measure are printed at the end of the run, whichever process took them."""

import signal
from collections.abc import Callable, Iterator

import pytest
from tests.browser import browser
from tests.runs import shipped_data_read_once

__all__ = ["browser"]

FIGURE = "figure"


def pytest_configure() -> None:
    """Hear interrupts: a shell that starts the tests in the background has them ignored.

    The programs that tests start and interrupt would inherit that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _shipped_members_are_read_once() -> Iterator[None]:
    """The shipped members never change; reading them anew for every run is most of its time."""
    with shipped_data_read_once():
        yield


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Note a line to be printed under "figures" when the tests are done."""
    return lambda line: record_property(FIGURE, line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests noted, in alphabetical order."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if getattr(report, "user_properties", None)
    ]
    lines = [
        str(value) for report in reports for key, value in report.user_properties if key == FIGURE
    ]
    if lines:
        terminalreporter.section("figures")
        for line in sorted(lines):
            terminalreporter.write_line(line)
