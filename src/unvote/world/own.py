"""Users' own bodies whose file is wrong, and the one path of a file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from unvote.diagnostics import Diagnostic

ID: Final = re.compile(r"""^id:[ ]*["']?([^\s"'#]+)""", re.MULTILINE)


def whole_path(file: Path) -> Path:
    """One path for all spellings of a file; a link to a file is one more file of its folder."""
    try:
        return file.parent.resolve() / file.name
    except (OSError, RuntimeError, ValueError):
        return file


@dataclass(frozen=True, slots=True)
class BrokenBody:
    """A body file of one's own that is wrong: the names it goes by, and what is wrong."""

    file: str
    names: frozenset[str]
    problems: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, file: str, found: Iterable[Diagnostic]) -> "BrokenBody | None":
        """A body file that has errors among the problems found; nothing where it has none."""
        own = tuple(problem for problem in found if problem.file == file)
        if not any(problem.is_error for problem in own):
            return None
        from unvote.loading.reader import read_file  # noqa: PLC0415 - only for a broken file

        source, _ = read_file(file)
        data = source.data if isinstance(source.data, dict) else {}
        listed = data.get("aliases")
        words = [data.get("id"), data.get("name"), *(listed if isinstance(listed, list) else ())]
        if not isinstance(data.get("id"), str):
            # Nobody knows what it is called: its file and what looks like its id may tell.
            words += [Path(file).stem, *ID.findall(source.text)]
        names = {" ".join(word.casefold().split()) for word in words if isinstance(word, str)}
        return cls(file, frozenset(names), own)
