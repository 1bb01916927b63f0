"""The room a roll call is taken in: the chair's keys, and the screen everybody looks at."""

from dataclasses import replace
from typing import Final

from unvote.api.rolling import MOST_TRIED, Floor
from unvote.api.turning import found, matches
from unvote.cli.keyboard import BACKSPACE, ENTER, ESCAPE, RESIZED, Gone, Terminal, terminal
from unvote.cli.output import fail
from unvote.files.journal import Journal
from unvote.polling import Poll, Turn, after, pressed, refusal, undone
from unvote.render.calling import Scene, Typing, screen
from unvote.render.style import Look
from unvote.rulings import Ruling, rule_on

NAME_LENGTH: Final = 60
"""Characters of a name that can be typed."""


class Room:
    """A roll call being taken: the keys of the chair, and what they make of it."""

    def __init__(
        self,
        floor: Floor,
        poll: Poll,
        kept: Journal,
        look: Look,
        width: int | None,
        note: str,
        *,
        big: bool,
    ) -> None:
        self.floor, self.poll, self.kept = floor, poll, kept
        self.look, self.width, self.big = look, width, big
        self.heads: Ruling = rule_on(floor.case)
        self.note = note
        self._ruled: tuple[Poll, Ruling | None] = poll, floor.ruling(poll)

    def taken(self, at: Terminal) -> bool:
        """Whether the roll call came to its end, and its record is wanted."""
        while True:
            self.show(at)
            key = at.read().casefold()
            if key == RESIZED:
                continue
            self.note = ""
            if key == "q":
                return False
            if key == ENTER and self.poll.at is None:
                return True
            self.press(key, at)

    def press(self, key: str, at: Terminal) -> None:
        """What a key does."""
        if key == "u":
            self.undo()
        elif key == "j":
            self.jump(at)
        elif (act := pressed(self.poll, key)) is None:
            self.note = "" if key == ENTER else "this key does nothing here"
        elif why := refusal(self.poll, act):
            self.note = why
        else:
            self.kept.add(act)
            self.poll = after(self.poll, act)

    def undo(self) -> None:
        """Take the last act back."""
        if not self.poll.acts:
            self.note = "there is nothing to undo"
            return
        self.kept.undo()
        self.poll = undone(self.poll)

    def jump(self, at: Terminal) -> None:
        """Turn to a member whose name is typed."""
        typed, note = "", ""
        while True:
            near = tuple(matches(self.floor, typed))
            self.note = note
            self.show(at, Typing(typed, near))
            key = at.read()
            if key == RESIZED:
                continue
            if key == ESCAPE or (key == ENTER and not typed.strip()):
                self.note = ""
                return
            if key == ENTER:
                member, note = found(self.floor, typed)
                if member is not None:
                    self.turn(member)
                    return
                typed = ""
            elif key == BACKSPACE:
                typed, note = typed[:-1], ""
            elif key.isprintable() and len(typed) < NAME_LENGTH:
                typed, note = typed + key, ""

    def turn(self, member: str) -> None:
        """Turn to a member."""
        self.note = ""
        if member != self.poll.at:
            act = Turn(member)
            self.kept.add(act)
            self.poll = after(self.poll, act)

    def show(self, at: Terminal, typing: Typing | None = None) -> None:
        """Draw the roll call as it stands."""
        if self._ruled[0] is not self.poll:
            self._ruled = self.poll, self.floor.ruling(self.poll)
        columns, rows = at.size
        look = replace(self.look, width=min(self.width or columns, columns))
        scene = Scene(
            self.heads,
            self._ruled[1],
            self.poll,
            self.floor.titles,
            self.floor.skipped(self.poll),
            self.note,
            typing,
            MOST_TRIED,
        )
        at.show(screen(scene, look, rows, big=self.big))


def held(room: Room) -> int | None:
    """Take the roll call; the exit code if it is not over, nothing if its record can be written."""
    try:
        at = terminal()
        with at.held():
            return None if room.taken(at) else 0
    except KeyboardInterrupt:
        return 130
    except Gone as gone:
        return 128 + gone.signal
    except OSError as error:
        fail(f"cannot keep the keys in {room.kept.path}: {error.strerror}; the last was not kept")
