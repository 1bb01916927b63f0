"""Work in pieces: one after the other here, or handed to an executor, a few at a time.

What comes of it is the same either way, as long as a piece hangs on nothing but itself. The shape
of an executor is that of `concurrent.futures` (PEP 3148), which process pools, Dask's and MPI's
have; none of them is imported here.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final, Protocol, TypeVar

IN_FLIGHT: Final = 32
"""Pieces handed out and not yet taken back, where nothing else is said: this bounds the memory."""
MOST_NAMED: Final = 4
"""Missing pieces that the message names one by one."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
P = TypeVar("P")


class Promise(Protocol[T_co]):
    """What an executor gives for a piece: a future."""

    def result(self) -> T_co:
        """What came of the piece, waited for; or the error that it ended with, raised."""

    def done(self) -> bool:
        """Whether it has ended, one way or another."""

    def cancel(self) -> bool:
        """Take the piece back, if it was not begun."""


class Executor(Protocol):
    """Where pieces are worked on: any `concurrent.futures.Executor`."""

    def submit(self, fn: Callable[..., T], /, *args: Any) -> Promise[T]:
        """Hand one piece over."""


@dataclass(frozen=True, slots=True)
class Workers:
    """An executor, and how many pieces it holds at most: enough to keep all its workers busy."""

    executor: Executor
    in_flight: int = IN_FLIGHT

    def __post_init__(self) -> None:
        if self.in_flight < 1:
            raise ValueError(f"{self.in_flight} pieces in flight are none: give at least 1")


class WorkLost(RuntimeError):  # noqa: N818 - it says what happened, not that it is an error
    """A worker died, or failed, before its work was done; the error it ended with is the cause.

    `missing` names the pieces that were handed out and did not come back, in their order; `more`
    is whether others come after them, not yet handed out.
    """

    def __init__(self, missing: Sequence[str], reason: str, *, more: bool = False) -> None:
        super().__init__(missing, reason)
        self.missing = tuple(missing)
        self.reason = reason
        self.more = more

    def __str__(self) -> str:
        named = [*self.missing[:MOST_NAMED]]
        rest = len(self.missing) - len(named)
        named += [f"{rest} more like them"] if rest else []
        named += ["all after them"] if self.more else []
        listed = " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
        return f"work did not come back from a worker ({self.reason}); missing are {listed}"


def workers_of(executor: Executor | None, in_flight: int = IN_FLIGHT) -> Workers | None:
    """The workers of an executor; nothing where all is done here."""
    return None if executor is None else Workers(executor, in_flight)


def done(
    function: Callable[[P], T], pieces: Iterable[P], workers: Workers | None = None
) -> Iterator[T]:
    """What a function makes of each piece, in the order of the pieces.

    Pieces are asked for when there is room for them, so that neither they nor their results are
    ever more than `in_flight`. Each names itself (`str`) in the error if it is lost. A piece that
    is alone is worked on here. Function and pieces have to be such as can be pickled.
    """
    left = iter(pieces)
    first = tuple(islice(left, 2))
    left = chain(first, left)
    if workers is None or len(first) < 2:  # noqa: PLR2004 - one piece is not shared
        yield from map(function, left)
        return
    submit = workers.executor.submit
    flying: deque[tuple[P, Promise[T]]] = deque()
    try:
        while True:
            for piece in islice(left, workers.in_flight - len(flying)):
                try:
                    flying.append((piece, submit(function, piece)))
                except Exception as error:
                    raise _lost([*_unfinished(flying), piece], left, error) from error
            if not flying:
                return
            try:
                result = flying[0][1].result()
            except Exception as error:
                missing = [flying.popleft()[0], *_unfinished(flying)]
                raise _lost(missing, left, error) from error
            flying.popleft()
            yield result
    finally:
        for _, promise in flying:
            promise.cancel()


def _unfinished(flying: Iterable[tuple[P, Promise[T]]]) -> Iterator[P]:
    """The pieces of which nothing has come, nor will."""
    for piece, promise in flying:
        promise.cancel()
        if not promise.done() or _failed(promise):
            yield piece


def _failed(promise: Promise[T]) -> bool:
    try:
        promise.result()
    except Exception:  # noqa: BLE001 - whatever a worker ends with
        return True
    return False


def _lost(missing: Iterable[P], left: Iterator[P], error: Exception) -> WorkLost:
    told, *_ = str(error).strip().splitlines() or [""]
    reason = f"{type(error).__name__}: {told}" if told else type(error).__name__
    more = next(left, None) is not None
    return WorkLost([str(piece) for piece in missing], reason, more=more)
