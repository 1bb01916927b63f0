"""The manual page is the program's: every command and option, in roff that nothing breaks."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.main import get_command

from unvote.cli.app import COMMANDS, app
from unvote.cli.manual import manual

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "man" / "unvote.1"
LOCKED = re.search(
    r"^typer==([\d.]+)", (ROOT / "requirements" / "dev.txt").read_text(), re.MULTILINE
)


@pytest.mark.skipif(
    not LOCKED or version("typer") != LOCKED[1],
    reason="releases of typer differ in how they word options; the page is the locked one's",
)
def test_the_page_kept_is_the_page_made() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual(), "run `make docs-write`"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_with_its_options(name: str) -> None:
    _, found, rest = PAGE.read_text(encoding="utf-8").partition(f'.SS "unvote {name} ')
    section = rest.partition("\n.SS ")[0].replace("\\-", "-")
    assert found
    for parameter in get_command(app).commands[name].params:  # type: ignore[attr-defined]
        for option in parameter.opts:
            assert parameter.param_type_name == "argument" or option in section


def test_no_text_is_taken_for_a_request() -> None:
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("."):
            assert re.match(r"\.(TH|SH|SS|PP|TP|B|nf|fi)( |$)", line), line
        assert not line.startswith("'")
        assert not re.search(r"\\(?![-e&f(])", line), line


def test_examples_come_last() -> None:
    section = PAGE.read_text(encoding="utf-8").partition('.SS "unvote tally ')[2]
    assert section.index("Give the verdict") < section.index("Examples:")
