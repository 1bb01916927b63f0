"""Vote tallies of the United Nations: the count, the rule of the day, the verdict, the article.

    import unvote

    report = unvote.tally("resolution.yaml")
    report.results[0].verdict.value  # 'not adopted'

Everything named in `__all__` is loaded when it is first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unvote.api import CheckReport, Report, check, open_world, tally, tally_counts
    from unvote.engine import decide
    from unvote.rulings import Ruling
    from unvote.vocabulary import Cause, Verdict, Vote

__version__ = "0.1.0"

__all__ = [
    "Cause",
    "CheckReport",
    "Report",
    "Ruling",
    "Verdict",
    "Vote",
    "check",
    "decide",
    "open_world",
    "tally",
    "tally_counts",
]

_HOMES = {
    "Cause": "vocabulary",
    "CheckReport": "api",
    "Report": "api",
    "Ruling": "rulings",
    "Verdict": "vocabulary",
    "Vote": "vocabulary",
    "check": "api",
    "decide": "engine",
    "open_world": "api",
    "tally": "api",
    "tally_counts": "api",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'unvote' has no attribute '{name}'")
    from importlib import import_module  # noqa: PLC0415 - costs time at start

    value = getattr(import_module(f"unvote.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
