"""A process that only starts others and says what each cost.

It is kept small on purpose: a system may charge a new process with the memory of the one that
started it. Requests (command, environment) come and answers go by marshal, over the pipes.
"""

import marshal
import posix
import sys
import time


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float, int, int]:
    """Run a command to its end, its output thrown away.

    Seconds by the clock, seconds of the processor, the most memory it had (in KiB), exit code.
    """
    nowhere = "/dev/null"
    actions = [
        (posix.POSIX_SPAWN_OPEN, 0, nowhere, posix.O_RDONLY, 0),
        (posix.POSIX_SPAWN_OPEN, 1, nowhere, posix.O_WRONLY, 0),
        (posix.POSIX_SPAWN_OPEN, 2, nowhere, posix.O_WRONLY, 0),
    ]
    before = time.perf_counter()
    process = posix.posix_spawn(command[0], command, environment, file_actions=actions)
    _, status, used = posix.wait4(process, 0)
    clock = time.perf_counter() - before
    # macOS counts bytes where Linux counts KiB.
    memory = used.ru_maxrss // 1024 if sys.platform == "darwin" else used.ru_maxrss
    return clock, used.ru_utime + used.ru_stime, memory, posix.waitstatus_to_exitcode(status)


def serve() -> None:
    """Answer requests until there are no more."""
    while True:
        try:
            command, environment = marshal.load(sys.stdin.buffer)  # noqa: S302 - from our parent
        except EOFError:
            return
        marshal.dump(run(command, environment), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    serve()
