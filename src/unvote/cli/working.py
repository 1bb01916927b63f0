"""`--jobs`: the processes that a command hands its work to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from unvote.cli.output import fail
from unvote.work import WorkLost

if TYPE_CHECKING:
    from concurrent.futures import Executor


@contextmanager
def pool_of(jobs: int) -> "Iterator[Executor | None]":
    """So many processes for as long as the block lasts; none where this one is to do it.

    Work that is lost ends the program, with what is missing.
    """
    if jobs == 1:
        yield None
        return
    from unvote.api.processes import process_pool

    with process_pool(jobs) as pool:
        try:
            yield pool
        except WorkLost as lost:
            fail(str(lost))


def in_flight(jobs: int) -> int:
    """Pieces handed out at once: for each process one, and one that is ready for it."""
    return 2 * jobs
