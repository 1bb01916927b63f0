"""`unvote roll`: the roll call taken at a terminal, key by key, and its record written."""

import os
import re
import secrets
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Optional

import typer

from unvote.api.rolling import Floor, open_floor, read_back
from unvote.api.tallying import open_world
from unvote.cli import options
from unvote.cli.completing import list_words, member_words, pledge_words, text_words
from unvote.cli.output import USAGE, complain, emit, fail, look_of, replace_file, say
from unvote.cli.room import Room, held
from unvote.diagnostics import visible
from unvote.files.journal import Busy, Journal
from unvote.files.record import lines_of
from unvote.loading.reader import BOM
from unvote.polling import Poll, begun_at
from unvote.render.style import Look
from unvote.world.world import World

Taken = tuple[Floor, Poll, str]
"""The vote, the roll call as it stands, and what is to be said of it first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for, to open the vote with, once and again."""

    file: str
    world: World
    text: str | None
    call: tuple[str, ...]
    start: str | None
    bound: tuple[str, ...]
    strict: bool
    quiet: bool

    def open(self) -> Floor:
        """The vote, or the end of the program with what is wrong."""
        report = open_floor(
            self.file,
            self.world,
            text=self.text,
            call=self.call,
            start=self.start,
            bound=self.bound,
            strict=self.strict,
        )
        complain(report.problems, quiet=self.quiet)
        if report.floor is None:
            raise typer.Exit(USAGE)
        return report.floor


def roll(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A resolution.")],
    text: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option(
            "--text",
            metavar="ID",
            help="The vote on an amendment or a part of it.",
            autocompletion=text_words,
        ),
    ] = None,
    start: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option(
            "--start",
            metavar="MEMBER",
            help="The member called first.",
            autocompletion=member_words,
        ),
    ] = None,
    lot: Annotated[bool, typer.Option("--lot", help="Draw the member called first.")] = False,
    call: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option(
            "--call",
            metavar="LIST",
            help="Call these alone; all others are absent (repeatable).",
            autocompletion=list_words,
        ),
    ] = None,
    bound: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option(
            "--present-and-voting",
            metavar="LIST",
            help="They may not abstain; or `all`.",
            autocompletion=pledge_words,
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--vote-after-pass", help="Who passed may not abstain either.")
    ] = False,
    big: Annotated[bool, typer.Option("--big", help="Large letters, for a projector.")] = False,
    journal: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--journal", metavar="PATH", help="Where keys are kept (FILE.roll)."),
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew; the old journal is put aside.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace votes or stances that FILE holds.")
    ] = False,
    output: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--output", "-o", metavar="FILE", help="Write a copy with the record here."),
    ] = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
    ascii_only: options.Ascii = False,
    width: options.Width = None,
) -> None:
    """Examples:

    \b
      unvote roll draft.yaml
      unvote roll draft.yaml --start KEN --big
      unvote roll draft.yaml --call FRA,KEN,BRA --present-and-voting KEN
      unvote roll draft.yaml --text A1 -o voted.yaml

    Take a roll call at a terminal: one key a member, and at each step whether the vote is settled
    or what is still needed.

    Members are called in the English alphabetical order. Keys: y yes, n no, a abstain, p pass, x
    absent, v present and voting, u undo, j jump to a member, q pause. Those that pass are called
    again. Every key is on the disk, in FILE.roll, before the next member is called: after a pause
    or a crash the same command goes on. At the end the record is written into FILE.
    """
    _must_be_a_terminal(file)
    if start is not None and lot:
        fail("--start names the member drawn, --lot draws it: give one of the two")
    world = open_world(members, bodies or ())
    asked = Asked(
        file, world, text, tuple(call or ()), start, tuple(bound or ()), strict=strict, quiet=quiet
    )
    if not Path(file).is_file():
        asked.open()  # which says so; no journal is begun
    kept = _journal(Path(journal) if journal else _beside(file, text), restart=restart)
    head = kept.log.head
    if head is not None and head.only and not call:
        asked = replace(asked, call=head.roster.called)
    try:
        floor = asked.open()
        _must_be_writable(floor, file, output, force=force)
        floor, poll, note = _taken_up(kept, floor, lot=lot, asked=asked)
        look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=None)
        room = Room(floor, poll, kept, look, width, note, big=big)
        code = held(room)
        if code is None:
            _write_record(asked, room, output, look)
    finally:
        kept.close()
    if code is not None:
        left = len(room.poll.to_come)
        say(f"{visible(file)}: paused, {left} to come; the same command goes on from here")
    raise typer.Exit(code or 0)


def _must_be_a_terminal(file: str) -> None:
    """Refuse to read keys from anything else."""
    if not file or file == "-":
        fail("a roll call needs the name of a file: keys are read from standard input")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fail(
            "a roll call is taken at a terminal, key by key; without one, write the votes into "
            "the file (`votes: {yes: [FRA], no: [], abstain: []}`) and run `unvote tally`"
        )


def _must_be_writable(floor: Floor, file: str, output: str | None, *, force: bool) -> None:
    """Find out before the first member is called that the record has no place to go."""
    if floor.told and output is None and not force:
        fail(
            f"{file} holds votes or stances already: -o OTHER.yaml writes a copy with the record, "
            "--force puts the record in their place"
        )
    target = Path(output or file)
    if target.is_dir():
        fail(f"cannot write {output or file}: it is a folder")
    if not os.access(target.resolve().parent, os.W_OK):
        fail(f"cannot write {output or file}: the folder cannot be written to")


def _beside(file: str, text: str | None) -> Path:
    """The journal of a vote: beside its file, that of an amendment with its id."""
    part = "" if text is None else "." + re.sub(r"[^\w-]+", "-", text.strip().casefold())
    return Path(f"{file}{part}.roll")


def _journal(path: Path, *, restart: bool) -> Journal:
    """The journal of the roll call, for this run alone."""
    try:
        kept = Journal(path)
        if restart and not kept.blank:
            say(f"the roll call begun before is kept in {visible(str(kept.set_aside()))}")
            kept = Journal(path)
    except Busy:
        fail(f"another run is taking this roll call ({path} is in use)")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        fail(f"cannot keep the keys in {path}: {reason}; --journal PATH keeps them elsewhere")
    return kept


def _taken_up(kept: Journal, floor: Floor, *, lot: bool, asked: Asked) -> Taken:
    """The roll call as it stands by the journal: begun now, or gone on with."""
    if not kept.blank:
        return _gone_on(kept, floor, asked)
    if lot:
        first = secrets.choice(floor.roster.called)
        called = begun_at(floor.roster.called, first)
        floor = replace(floor, roster=replace(floor.roster, called=called), drawn=True)
    kept.begin(floor.head)
    return floor, floor.opened, floor.begins


def _gone_on(kept: Journal, floor: Floor, asked: Asked) -> Taken:
    """The roll call that a journal tells of, if it is still the same vote."""
    head, log, file = kept.log.head, kept.log, visible(asked.file)
    told: list[str] = []
    if head is None:
        told.append("its first line is damaged: whether the file has changed since, nobody knows")
    elif not head.same_call(floor.head):
        fail(
            f"{asked.file} has changed since the roll call began: the text, the body, the day or "
            f"who is called is another (see {kept.path}). Put it back as it was, or begin anew "
            "with --restart"
        )
    else:
        if head.digest != floor.head.digest:
            say(f"{file} has changed since the roll call began; the votes taken still stand")
        if head.roster != floor.roster and (asked.start or asked.bound or asked.strict):
            say("the order and who may abstain stay as the roll call began; --restart begins anew")
        floor = replace(floor, roster=head.roster)
    poll, lines, refused = log.poll(floor.roster)
    told += [f"line {number} is damaged and left out" for number in log.damaged]
    told += ["its last line was written in part only and is left out"] if log.cut else []
    told += [f"an entry is left out: {why}" for why in refused]
    for words in told:
        say(f"{visible(str(kept.path))}: {words}")
    kept.go_on(lines)
    note = f"the roll call goes on: {len(poll.replies)} called so far"
    if told:
        note += "; its journal was damaged, see the messages at the end"
    return floor, poll, note


def _write_record(asked: Asked, room: Room, output: str | None, look: Look) -> None:
    """Write the record, show the verdict, and let the journal go."""
    from unvote.render.card import card

    path, floor = output or asked.file, _as_it_is_now(asked, room)
    text = floor.recorded(room.poll)
    if text is None:
        emit("\n".join(lines_of(floor.record(room.poll))) + "\n", None)
        fail(f"the record above could not be put into {path}; the keys are in {room.kept.path}")
    raw = _marked(asked.file) + text.encode("utf-8")
    try:
        target = Path(path).resolve()
        replace_file(target, raw.decode("utf-8"))
        _settle(target)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        fail(f"cannot write {path}: {reason}; the keys are in {room.kept.path}")
    room.kept.discard()
    ruling, valid = read_back(path, raw, asked.world, floor.case.id)
    if ruling is not None:
        emit(card(ruling, look), None)
    say(f"{visible(path)}: the record is written")
    if not valid:
        say(f"there is something to mend in the file: `unvote check {visible(path)}`")


def _as_it_is_now(asked: Asked, room: Room) -> Floor:
    """The vote in the file as it is when the record is written; people edit while others vote."""
    now = open_floor(asked.file, asked.world, text=asked.text, call=asked.call).floor
    if now is None or not now.head.same_call(room.floor.head):
        fail(
            f"{asked.file} was changed while the roll was called, and is no longer the same vote; "
            f"the keys are in {room.kept.path}: mend the file and run the command again"
        )
    if now.head.digest != room.floor.head.digest:
        say(f"{visible(asked.file)} was changed while the roll was called; the change is kept")
    return now


def _marked(file: str) -> bytes:
    """The byte order mark of a file that has one."""
    with Path(file).open("rb") as stream:
        return BOM if stream.read(len(BOM)) == BOM else b""


def _settle(path: Path) -> None:
    """See that a file is on the disk before what it was made from goes."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
