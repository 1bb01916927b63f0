"""Recorded votes replayed: one file of data under one question or several."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from unvote.api.undisturbed import undisturbed
from unvote.bodies import Body, Question
from unvote.diagnostics import Diagnostic, Level, Problem, quoted
from unvote.files.records import Data, Progress, read_records
from unvote.records import Chunk, Record
from unvote.replays import Lens, Replay, Replayed, replay_all
from unvote.resolve.names import Names
from unvote.resolve.words import vote_of
from unvote.vocabulary import Vote
from unvote.work import IN_FLIGHT, Executor, workers_of
from unvote.world.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from unvote.accords import Agreement, Followed, Turnout, Unity
    from unvote.render.history import Source

ASSEMBLY: Final = "general-assembly"
MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Select:
    """Which roll calls are looked at; what is missing selects nothing out.

    `member` took part, and if `vote` is given, so. `title` and `symbol` are parts of the text,
    `session` is the whole of it, capitals ignored.
    """

    since: date | None = None
    until: date | None = None
    session: str | None = None
    title: str | None = None
    symbol: str | None = None
    member: str | None = None
    vote: Vote | None = None

    def keeps(self, record: Record, place: int | None) -> bool:
        """Whether a roll call is looked at; `place` is that of the member's seat."""
        if self.since is not None and (record.day is None or record.day < self.since):
            return False
        if self.until is not None and (record.day is None or record.day > self.until):
            return False
        session = self.session is None or record.session.casefold() == self.session.casefold()
        texts = ((self.title, record.title), (self.symbol, record.symbol))
        found = all(part is None or part.casefold() in text.casefold() for part, text in texts)
        return session and found and self._did(record, place)

    def _did(self, record: Record, place: int | None) -> bool:
        """Whether the member took part, and so."""
        if place is None:
            return True
        letter = record.votes[place : place + 1].decode()
        return letter != "." and (self.vote is None or letter == _LETTER[self.vote])


_LETTER: Final = {Vote.YES: "Y", Vote.NO: "N", Vote.ABSTAIN: "A", Vote.ABSENT: "X"}


@dataclass(frozen=True, slots=True)
class History:
    """What came of replaying a file: every roll call looked at, and all problems.

    `version` is the program's, `data` the file with its checksum; `body` and `lens` are missing
    where nothing could be replayed.
    """

    version: str
    data: Data
    names: Names
    lens: Lens | None
    replay: Replay
    problems: tuple[Diagnostic, ...] = ()

    def source(self, body: str) -> "Source":
        """Where the figures are from."""
        from unvote.render.history import Source  # noqa: PLC0415 - a script needs none

        return Source(self.data.file, self.data.sha256, self.version, body, self.data.rows)

    @property
    def valid(self) -> bool:
        """Whether anything could be replayed, and every question is known."""
        return self.lens is not None

    @property
    def complete(self) -> bool:
        """Whether it could, and every row of the data was understood."""
        return self.valid and not any(problem.is_error for problem in self.problems)

    @property
    def items(self) -> tuple[Replayed, ...]:
        """The roll calls looked at, in the order of the data."""
        return self.replay.items

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions they were decided as."""
        return self.replay.questions

    @property
    def chunk(self) -> Chunk:
        """The records looked at."""
        return Chunk(self.replay.seats, tuple(item.record for item in self.items))

    def disagreements(self) -> tuple[Replayed, ...]:
        """Where the recorded outcome is that of none of the questions."""
        numbers = range(len(self.questions))
        return tuple(
            item
            for item in self.items
            if not item.without_vote
            and False in (agree := [item.agrees(n) for n in numbers])
            and True not in agree
        )

    def splits(self) -> tuple[Replayed, ...]:
        """Where the questions come to different verdicts."""
        return tuple(i for i in self.items if len({d.verdict for d in i.decisions}) > 1)

    def exact(self) -> tuple[Replayed, ...]:
        """Where a share is met with nothing to spare: exactly two-thirds, say."""
        return tuple(i for i in self.items if any(d.exact for d in i.decisions))

    def ties(self) -> tuple[Replayed, ...]:
        """Where as many voted yes as no, and somebody did."""
        return tuple(i for i in self.items if i.counts[0] == i.counts[1] > 0)

    def closest(self, number: int) -> tuple[Replayed, ...]:
        """The closest votes by the question nearest to its bar, the closest first."""
        voted = [item for item in self.items if not item.without_vote and item.counts[0]]
        return tuple(sorted(voted, key=_distance)[:number])

    def find(self, identity: str) -> Record | None:
        """The roll call of this id, or the first of this symbol, among all of the data."""
        return next(iter(self.named(identity)), None)

    def named(self, identity: str) -> tuple[Record, ...]:
        """The roll call of this id, or all of this symbol (parts of one text often share it)."""
        wanted = identity.casefold()
        records = self.data.chunk.records
        by_id = next((r for r in records if r.id.casefold() == wanted), None)
        return (by_id,) if by_id else tuple(r for r in records if r.symbol.casefold() == wanted)

    def agreements(self, codes: Sequence[str] = ()) -> "tuple[Agreement, ...]":
        """How far each two members agree."""
        from unvote.accords import agreements  # noqa: PLC0415 - few ask for it

        return agreements(self.chunk, codes)

    def turnouts(self, codes: Sequence[str] = ()) -> "tuple[Turnout, ...]":
        """The participation of members."""
        from unvote.accords import turnouts  # noqa: PLC0415 - few ask for it

        return turnouts(self.chunk, codes)

    def unity(self, group: str) -> "Unity":
        """The cohesion of a group, by code."""
        from unvote.accords import unity  # noqa: PLC0415 - few ask for it

        if self.lens is None:
            raise ValueError("nothing was replayed")
        return unity(self.chunk, group, self.lens.membership)

    def follow(self, vote: Vote, first: Record, second: Record | None = None) -> "Followed":
        """The members that voted so in one roll call, and their votes in another."""
        from unvote.accords import follow  # noqa: PLC0415 - few ask for it

        return follow(self.data.chunk, vote, first, second)


def _distance(item: Replayed) -> tuple[int, str]:
    """How far a vote is from the nearest bar, and its id, so that the order is the same always.

    A margin of 0 is met by a vote that decides, one of -1 is one vote short: both are one away.
    """
    margins = [d.margin for d in item.decisions if d.margin is not None]
    away = min((m + 1 if m >= 0 else -m for m in margins), default=10**9)
    return away, item.record.id


def history(
    file: "str | Path",
    *,
    body: str | None = None,
    questions: Sequence[str] = (),
    on: date | None = None,
    select: Select | None = None,
    columns: Mapping[str, str] | None = None,
    members: "str | Path | None" = None,
    bodies: "Iterable[str | Path]" = (),
    progress: Progress | None = None,
    executor: Executor | None = None,
    in_flight: int = IN_FLIGHT,
) -> History:
    """Replay the votes of a file of data, as `unvote import` writes it or in a format it reads.

    Every roll call is decided by the rules of its day, or of `on`, as each of the questions (by
    default those the body would try). Mistakes in the data are problems with the numbers of their
    rows, never exceptions; what was understood is replayed all the same.

    The roll calls are decided by the workers of an `executor` if one is given, `in_flight` pieces
    of 5,000 at a time; a worker that dies raises `WorkLost`.
    """
    from unvote import __version__  # noqa: PLC0415 - the package is loaded by now

    world = World(str(members) if members else None, _folders(bodies))
    with undisturbed():
        data = read_records(str(file), world.names, columns=columns, progress=progress)
    where, asked, found = _asked(world, body or data.body or ASSEMBLY, questions)
    select = select or Select()
    place, more = _place(select, world.names, data.chunk)
    problems = [*world.diagnostics, *data.problems, *found, *more]
    if where is None or world.unusable or found or more or not data.usable:
        return History(__version__, data, world.names, None, Replay((), ()), tuple(problems))
    records = data.chunk.records
    if select != Select():
        records = tuple(record for record in records if select.keeps(record, place))
    lens = Lens(where, asked, world.membership, on)
    chunk = Chunk(data.chunk.seats, records)
    with undisturbed():
        done = replay_all(chunk, lens, workers_of(executor, in_flight))
    problems += [Diagnostic(str(file), problem) for problem in _doubts(done)]
    return History(__version__, data, world.names, lens, done, tuple(problems))


def _folders(bodies: "Iterable[str | Path]") -> "tuple[Path, ...]":
    """The folders of one's own bodies."""
    given = tuple(bodies)
    if not given:
        return ()
    from pathlib import Path  # noqa: PLC0415 - costs time at start

    return tuple(Path(folder) for folder in given)


def _asked(
    world: World, word: str, questions: Sequence[str]
) -> tuple[Body | None, tuple[Question, ...], list[Diagnostic]]:
    """The body and its questions (UV314, UV313)."""
    where, problems = world.body(word)
    if where is None:
        return None, (), [Diagnostic(word, problem) for problem in problems]
    names = questions or where.candidates()
    wrong = [name for name in names if name not in where.questions]
    found = [
        Diagnostic(
            f"--question {name}",
            Problem(
                "UV313",
                f"'{quoted(name)}' is not a question of the {where.name}",
                (),
                f"one of: {', '.join(where.questions)}",
            ),
        )
        for name in wrong
    ]
    return where, tuple(where.questions[n] for n in names if n not in wrong), found


def _place(select: Select, names: Names, chunk: Chunk) -> tuple[int | None, list[Diagnostic]]:
    """The place of the seat of the member that roll calls are selected by (UV201)."""
    if select.member is None:
        return None, []
    code = names.member(select.member)
    if code is not None and code in chunk.seats:
        return chunk.seats.index(code), []
    message = f"'{quoted(select.member)}' is not the name of a member"
    problem = Problem("UV201", message, (), "look names up with `unvote members`")
    return None, [Diagnostic(f"--member {select.member}", problem)]


def _doubts(done: Replay) -> Iterable[Problem]:
    """What stands in the way of replaying some roll calls: outsiders (UV610), no rule (UV608)."""
    strange = [item for item in done.items if item.outsiders]
    if strange:
        codes = sorted({code for item in strange for code in item.outsiders})
        shown = ", ".join(codes[:MOST_NAMED]) + (" and others" if len(codes) > MOST_NAMED else "")
        message = f"{_calls(strange)} with votes of who had no seat on that day ({shown})"
        hint = (
            "the date in the data may be wrong; such votes count as recorded where only numbers "
            "matter, and not where it matters who votes"
        )
        yield Problem("UV610", message, (), hint, Level.WARNING)
    missing: dict[str, list[Replayed]] = {}
    for item in done.items:
        for decision in item.decisions:
            if decision.missing:
                found = missing.setdefault(decision.missing, [])
                if not found or found[-1] is not item:
                    found.append(item)
    for why, items in sorted(missing.items()):
        message = f"{_calls(items)} without a verdict: {why}"
        hint = "check the dates, or decide all by the rules of one day with --on"
        yield Problem("UV608", message, (), hint, Level.WARNING)


def _calls(items: Sequence[Replayed]) -> str:
    """How many roll calls, and the first of them."""
    names = ", ".join(quoted(item.record.id) for item in items[:MOST_NAMED])
    more = ", ..." if len(items) > MOST_NAMED else ""
    return f"{len(items)} roll call{'s' * (len(items) != 1)} ({names}{more})"


def vote_named(word: str) -> Vote | None:
    """The vote a word on the command line means; one that is cast, or absent."""
    vote = vote_of(word)
    return None if vote is Vote.UNDECIDED else vote
