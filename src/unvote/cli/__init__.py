"""The command line: `unvote`."""

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the program and leave at once.

    A run is short: nothing is gained by collecting cycles, nor by taking the heap down piece by
    piece at the end, which would take longer than the tally itself (docs/DECISIONS.md).
    """
    gc.disable()
    # pydantic would look through every installed distribution for plug-ins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    code = _run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 1
    os._exit(code)


def _run() -> int:
    """The exit code of the command line."""
    from unvote.cli.app import app

    try:
        app(prog_name="unvote")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BrokenPipeError:
        # The reader of a pipe has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0
