"""Finding unvote's documents among files and folders."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from unvote.diagnostics import Diagnostic
from unvote.loading.reader import read_file
from unvote.loading.source import Source

KINDS: Final = ("resolution", "stances", "scenario", "proceedings", "body", "members")
LOOKS_LIKE: Final = re.compile(
    rf"^kind:[ ]*({'|'.join(KINDS)})\b"
    r"|\A(?!.*^kind:)(?=.*^body:).*^(?:votes|counts|stances):",
    re.MULTILINE | re.DOTALL,
)


def kind_of(source: Source) -> str | None:
    """The kind of document a file is, or nothing where it is none of ours.

    Without a `kind` a mapping with a body and a date or votes is a resolution. A file that is no
    YAML is judged by the look of its lines, so that a slip in one of ours is reported and files of
    other programs are left alone.
    """
    data = source.data
    if data is None:
        match = LOOKS_LIKE.search(source.text)
        return (match[1] or "resolution") if match else None
    if not isinstance(data, dict):
        return None
    if "kind" in data:
        return data["kind"] if data["kind"] in KINDS else None
    told = {"votes", "counts", "stances", "result", "date"} & data.keys()
    return "resolution" if "body" in data and told else None


def files_in(folder: Path) -> list[Path]:
    """The YAML files under a folder, in path order; hidden folders are left out."""
    found = []
    for pattern in ("*.yaml", "*.yml"):
        for path in folder.rglob(pattern):
            inside = path.relative_to(folder).parts[:-1]
            if path.is_file() and not any(part.startswith(".") for part in inside):
                found.append(path)
    return sorted(found)


def read_folder(
    folder: Path, *, big: bool
) -> Iterator[tuple[str | None, Source, list[Diagnostic]]]:
    """Every YAML file under a folder with its kind, its source and the problems of its form."""
    for path in files_in(folder):
        source, problems = read_file(str(path), big=big)
        yield kind_of(source), source, problems
