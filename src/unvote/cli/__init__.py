"""The command line: `unvote`."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run the program and leave at once.

    A run is short: nothing is gained by collecting cycles, nor by taking the heap down piece by
    piece at the end, which would take longer than the tally itself (docs/DECISIONS.md).
    """
    gc.disable()
    # pydantic would look through every installed distribution for plug-ins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A closed stream is None; whatever is written to it is lost, as the caller asked.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("_UNVOTE_COMPLETE") == "complete_bash":
        from unvote.cli.bash import completed_in_bash

        code = completed_in_bash(_run)
    else:
        code = _run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError as error:
        code = code or _unwritable(error)
    os._exit(code)


def _unwritable(error: OSError) -> int:
    """Standard output cannot take the results: a reader that left is none of our business."""
    if not isinstance(error, BrokenPipeError):
        with suppress(OSError):
            sys.stderr.write(f"unvote: cannot write the results: {error.strerror}\n")
            sys.stderr.flush()
    return 1


def _run() -> int:
    """The exit code of the command line."""
    from unvote.cli.app import app

    try:
        app(prog_name="unvote")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except OSError as error:
        return _unwritable(error)
    return 0
