"""Making values by the ten thousand without looking for garbage among them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """No collection of cycles meanwhile, if there was any.

    Frozen values hold no cycles, and so are no such garbage; to look for it again and again takes a
    fifth of the time in which ten million rows are read and decided.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
