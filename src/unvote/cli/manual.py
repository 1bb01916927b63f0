"""The manual page, unvote(1), from the commands as they are: `python -m unvote.cli.manual`."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import typer.main

from unvote import __version__
from unvote.cli.app import EPILOG, app

FILES: Final = (
    ("members.yaml", "The members, their names and groups; --members names another."),
    ("bodies/", "Bodies and their rules; --bodies adds your own."),
    ("unvote.toml, pyproject.toml", "Settings of check."),
)


def manual() -> str:
    """The page in the macros of man(7); the same program gives the same bytes."""
    program: Any = typer.main.get_command(app)
    lines = [
        f'.TH UNVOTE 1 "" "unvote {__version__}" "User Commands"',
        ".SH NAME",
        r"unvote \- vote tallies of the United Nations",
        ".SH SYNOPSIS",
        ".B unvote",
        r"\fICOMMAND\fR [\fIOPTIONS\fR] [\fIFILE\fR...]",
        ".SH DESCRIPTION",
        *_text(program.help),
        ".SH COMMANDS",
    ]
    for name in program.commands:
        lines += _command(name, program.commands[name])
    lines += [".SH EXIT STATUS", *_text(EPILOG.partition(": ")[2]), ".SH ENVIRONMENT"]
    lines += _terms([("NO_COLOR", "No colour, if it is set to anything.")])
    lines += [".SH FILES", *_terms(FILES)]
    return "\n".join(lines) + "\n"


def _command(name: str, command: Any) -> Iterator[str]:
    """One command: how it is called, what it does, its options."""
    context = command.make_context(name, [], resilient_parsing=True)
    usage = " ".join(command.collect_usage_pieces(context))
    yield f'.SS "unvote {name} {_plain(usage)}"'
    yield from _text(command.help)
    records = (param.get_help_record(context) for param in command.get_params(context))
    yield from _terms(record for record in records if record)


def _terms(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A list of terms, each with what it means."""
    for term, meaning in rows:
        yield ".TP"
        yield rf"\fB{_plain(term)}\fR"
        yield _line(meaning)


def _text(help_text: str | None) -> Iterator[str]:
    """Paragraphs as they stand in a docstring; those set in are examples, kept line by line."""
    parts = re.split(r"\n\s*\n", (help_text or "").replace("\b", ""))
    if parts[0].strip() == "Examples:":  # help opens with them, a manual ends with them
        parts = [*parts[2:], *parts[:2]]
    for part in parts:
        if part.strip("\n").startswith("  "):
            yield from (".PP", ".nf", *map(_line, part.strip("\n").splitlines()), ".fi")
        elif part.strip():
            yield from (".PP", *(_line(line.strip()) for line in part.strip().splitlines()))


def _line(text: str) -> str:
    """A line of text, which roff must not take for a request."""
    plain = _plain(text)
    return rf"\&{plain}" if plain.startswith((".", "'")) else plain


def _plain(text: str) -> str:
    return text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")


if __name__ == "__main__":
    import sys

    sys.stdout.write(manual())
