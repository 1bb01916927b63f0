"""Data of others read into our own file of roll calls, or into resolution files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from unvote.api.undisturbed import undisturbed
from unvote.bodies import Body
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.files.records import Data, Progress, read_records
from unvote.records import Record
from unvote.tables.resolutions import resolution_name, resolution_text
from unvote.tables.rollfile import rolls_text
from unvote.world.world import World

ASSEMBLY: Final = "general-assembly"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read from a file of data, for which body, and all problems.

    `rolls` and `resolutions` are what can be written of it.
    """

    data: Data
    body: Body | None
    question: str | None
    problems: tuple[Diagnostic, ...]

    @property
    def valid(self) -> bool:
        """Whether there is anything to write."""
        return self.body is not None and self.data.usable

    @property
    def complete(self) -> bool:
        """Whether there is, and every row was understood."""
        return self.valid and not any(problem.is_error for problem in self.problems)

    def rolls(self) -> str:
        """The text of a file of roll calls, a line a roll call."""
        return "".join(rolls_text(self.data.chunk, self.body.id if self.body else ""))

    def resolutions(self) -> Iterator[tuple[str, str]]:
        """A name and the text of a resolution file for every vote of a known day."""
        used: set[str] = set()
        for record in self.dated():
            name = resolution_name(record, used)
            yield name, resolution_text(record, self._codes(record), self.body, self.question)

    def dated(self) -> tuple[Record, ...]:
        """The roll calls whose day is known."""
        return tuple(record for record in self.data.chunk.records if record.day is not None)

    def _codes(self, record: Record) -> dict[str, list[str]]:
        """The members by vote."""
        by_vote: dict[str, list[str]] = {word: [] for word in ("yes", "no", "abstain", "absent")}
        for code, vote in self.data.chunk.votes_of(record).items():
            by_vote[vote.value].append(code)
        return by_vote


def import_records(
    file: str | Path,
    *,
    body: str | None = None,
    question: str | None = None,
    on: date | None = None,
    columns: Mapping[str, str] | None = None,
    members: str | Path | None = None,
    bodies: Iterable[str | Path] = (),
    progress: Progress | None = None,
) -> Imported:
    """Read a file of votes: the UN Digital Library's, Voeten's, `unvotes`, or of one vote.

    Columns are told by their heads; `columns` says otherwise (`{"member": "ms_code"}`). `on` is
    the day of roll calls that have none. Every row that is not understood is a problem with its
    number; all others are kept.
    """
    world = World(str(members) if members else None, tuple(Path(folder) for folder in bodies))
    with undisturbed():
        data = read_records(str(file), world.names, columns=columns, progress=progress, on=on)
    where, found = world.body(body or data.body or ASSEMBLY)
    problems = [Diagnostic(body or data.body, problem) for problem in found]
    if question is not None and where is not None and question not in where.questions:
        message = f"'{quoted(question)}' is not a question of the {where.name}"
        hint = f"one of: {', '.join(where.questions)}"
        problems.append(Diagnostic(f"--question {question}", Problem("UV313", message, (), hint)))
        where = None
    if world.unusable:
        where = None
    everything = (*world.diagnostics, *data.problems, *problems)
    return Imported(data, where, question, everything)
