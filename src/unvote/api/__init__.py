"""The scripting interface; its names are to be had from `unvote` itself."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from unvote.api.checking import CheckReport, check, mend
    from unvote.api.tallying import Report, open_world, tally, tally_counts

__all__ = ["CheckReport", "Report", "check", "mend", "open_world", "tally", "tally_counts"]

HOMES: Final = {
    **dict.fromkeys(("CheckReport", "check", "mend"), "checking"),
    **dict.fromkeys(("Report", "open_world", "tally", "tally_counts"), "tallying"),
}


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for: a tally starts without the checks."""
    if name not in HOMES:
        raise AttributeError(f"module 'unvote.api' has no attribute '{name}'")
    value = getattr(import_module(f"unvote.api.{HOMES[name]}"), name)
    globals()[name] = value
    return value
