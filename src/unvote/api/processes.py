"""A pool of processes on this machine: what `--jobs` hands work to."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Final

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
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
    try:
        yield pool
    finally:
        # What was begun is a matter of moments; what was not is taken back.
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """In a worker: an interrupt is the parent's affair, and without a parent nothing is left to do.

    Without this, Ctrl-C would print the insides of every worker, and a parent that is killed would
    leave its workers waiting for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
