"""Keys one by one from a terminal, which is given back as it was, however the program ends."""

import codecs
import os
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, Final

import typer

ENTER: Final = "\r"
ESCAPE: Final = "\x1b"
BACKSPACE: Final = "\x7f"
RESIZED: Final = ""
"""What is read where the terminal has another size now, or was away: draw anew."""
ENTERED: Final = "\x1b[?1049h\x1b[?25l"
LEFT: Final = "\x1b[?25h\x1b[?1049l"
"""A screen of our own without a cursor; what was there before is there again afterwards."""
MOMENT: Final = 0.05
"""Seconds within which the rest of an escape sequence follows its first character."""


class Gone(Exception):  # noqa: N818 - nothing went wrong in here
    """The terminal was closed, or the program is told to end; `signal` is the signal's number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.signal = number


class Terminal:
    """A terminal whose keys are read and whose screen is drawn."""

    def __init__(self, *, plain: bool) -> None:
        self.plain = plain
        self._keys: deque[str] = deque()

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        with suppress(OSError):
            found = os.get_terminal_size(sys.stdout.fileno())
            if found.columns and found.lines:
                return found.columns, found.lines
        return 80, 24

    def show(self, lines: Sequence[str]) -> None:
        """Draw a screen; a terminal that cannot move its cursor gets it below the last."""
        if self.plain:
            text = "\n".join(["", *lines, ""])
        else:
            text = "\x1b[H" + "\n".join(f"{line}\x1b[K" for line in lines) + "\x1b[J"
        self._write(text)

    def read(self) -> str:
        """The next key, as its character; control keys by the names above."""
        return typer.getchar()  # pragma: no cover - Windows

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the terminal, and give it back."""
        self._enter()
        try:
            yield
        finally:
            with suppress(Gone):
                self._leave()

    def _enter(self) -> None:
        self._write("" if self.plain else ENTERED)

    def _leave(self) -> None:
        self._write("" if self.plain else LEFT)

    def _write(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:
            raise Gone(HANGUP) from None


HANGUP: Final = int(getattr(signal, "SIGHUP", signal.SIGTERM))


class _Unix(Terminal):
    """A terminal of a system that has `termios`."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__(plain=plain)
        import termios

        self._termios = termios
        self._fd = sys.stdin.fileno()
        self._before = termios.tcgetattr(self._fd)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._wake, False)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the terminal and its signals, and give all of it back."""
        handlers: dict[int, Callable[[int, Any], None]] = {
            signal.SIGTERM: self._end,
            signal.SIGHUP: self._end,
            signal.SIGWINCH: self._redraw,
            signal.SIGTSTP: self._suspend,
        }
        with ExitStack() as stack:
            stack.callback(os.close, self._wake)
            stack.callback(os.close, self._woken)
            stack.callback(signal.set_wakeup_fd, signal.set_wakeup_fd(self._wake))
            for number, handler in handlers.items():
                stack.callback(signal.signal, number, signal.signal(number, handler))
            stack.enter_context(super().held())
            yield

    def read(self) -> str:
        """The next key."""
        while True:
            if not self._keys and not self._wait():
                return RESIZED
            if not self._keys:
                continue
            key = self._keys.popleft()
            if key in {"\n", ENTER}:
                return ENTER
            if key in {"\b", BACKSPACE}:
                return BACKSPACE
            if key != ESCAPE:
                return key
            if not self._sequence():
                return ESCAPE

    def _wait(self, seconds: float | None = None) -> bool:
        """Wait for keys; false if there is something else to do, or nothing came in time."""
        ready, _, _ = select.select([self._fd, self._woken], [], [], seconds)
        if self._woken in ready:
            with suppress(BlockingIOError):
                os.read(self._woken, 512)
        if self._fd not in ready:
            return False
        try:
            raw = os.read(self._fd, 1024)
        except OSError:
            raw = b""
        if not raw:
            raise Gone(HANGUP)
        self._keys.extend(self._decode(raw))
        return True

    def _sequence(self) -> bool:
        """Whether an escape sequence (an arrow, a function key) begins; it is read to its end."""
        if not self._keys and not self._wait(MOMENT):
            return False
        if not self._keys or self._keys[0] not in "[O":
            return False
        first = self._keys.popleft()
        while self._keys or self._wait(MOMENT):
            last = self._keys.popleft()
            if first == "O" or "@" <= last <= "~":
                break
        return True

    def _enter(self) -> None:
        import tty

        # Keys that were hit before the first member was on the screen are nobody's vote.
        tty.setcbreak(self._fd, self._termios.TCSAFLUSH)
        super()._enter()

    def _leave(self) -> None:
        try:
            super()._leave()
        finally:
            with suppress(self._termios.error):
                self._termios.tcsetattr(self._fd, self._termios.TCSADRAIN, self._before)

    def _end(self, number: int, _frame: Any) -> None:
        raise Gone(number)

    def _redraw(self, _number: int, _frame: Any) -> None:
        """Nothing: that a signal came is enough to be woken."""

    def _suspend(self, number: int, _frame: Any) -> None:
        """Ctrl-Z: give the terminal back, stop, and take it again when called for."""
        self._leave()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._suspend)
        self._enter()


def terminal() -> Terminal:
    """The terminal of this run."""
    plain = os.environ.get("TERM") in {None, "", "dumb"}
    try:
        return _Unix(plain=plain)
    except ImportError:  # pragma: no cover - Windows
        return Terminal(plain=plain)
