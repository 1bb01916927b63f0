"""A pool of processes on this machine: what `--jobs` hands work to."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, TypeVar

T = TypeVar("T")
MOST_ON_WINDOWS: Final = 61
"""Processes that Windows can wait for at once."""


@contextmanager
def process_pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes at most, started one by one as work comes in, and ended with the block.

    They are started anew and not forked: the same on every system, and safe beside threads. A
    script that uses it begins its work under `if __name__ == "__main__":`, as with all such pools.
    """
    if sys.platform == "win32":
        jobs = min(jobs, MOST_ON_WINDOWS)
    context = multiprocessing.get_context("spawn")
    pool = _Pool(jobs, mp_context=context, initializer=_begin)
    try:
        yield pool
    finally:
        # What was begun is a matter of moments; what was not is taken back.
        pool.shutdown(wait=True, cancel_futures=True)


class _Pool(ProcessPoolExecutor):
    """Processes that never hear an interrupt, not even while they start.

    Ctrl-C is the parent's affair, which then ends them; each would print its insides otherwise.
    """

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """As any executor does; what is started by it inherits that interrupts are held back."""
        if sys.platform == "win32":
            return super().submit(fn, *args, **kwargs)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """In a worker: deaf to interrupts on every system, and nothing left to do without a parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """A parent that is killed would leave its workers waiting for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
