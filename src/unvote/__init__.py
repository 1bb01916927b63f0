"""Vote tallies of the United Nations: the count, the rule of the day, the verdict, the article.

    import unvote

    report = unvote.tally("resolution.yaml")
    report.results[0].verdict.value  # 'not adopted'

Everything named in `__all__` is loaded when it is first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unvote.api import (
        CallsReport,
        CheckReport,
        DiffReport,
        Drawing,
        ExportReport,
        History,
        Imported,
        ImportReport,
        Note,
        OddsReport,
        OrderReport,
        PageReport,
        PowerReport,
        Report,
        ScoreReport,
        Select,
        SwingReport,
        WhipReport,
        calls,
        check,
        compare,
        diff,
        draw,
        export,
        history,
        import_records,
        import_stances,
        odds,
        open_world,
        order,
        page,
        power,
        report,
        score,
        swing,
        tally,
        tally_counts,
        whatif,
        whip,
    )
    from unvote.comparison import Comparison
    from unvote.engine import decide
    from unvote.rulings import Ruling
    from unvote.suppositions import WhatIf
    from unvote.vocabulary import Cause, Verdict, Vote
    from unvote.work import WorkLost

__version__ = "0.1.0"

__all__ = [
    "CallsReport",
    "Cause",
    "CheckReport",
    "Comparison",
    "DiffReport",
    "Drawing",
    "ExportReport",
    "History",
    "ImportReport",
    "Imported",
    "Note",
    "OddsReport",
    "OrderReport",
    "PageReport",
    "PowerReport",
    "Report",
    "Ruling",
    "ScoreReport",
    "Select",
    "SwingReport",
    "Verdict",
    "Vote",
    "WhatIf",
    "WhipReport",
    "WorkLost",
    "calls",
    "check",
    "compare",
    "decide",
    "diff",
    "draw",
    "export",
    "history",
    "import_records",
    "import_stances",
    "odds",
    "open_world",
    "order",
    "page",
    "power",
    "report",
    "score",
    "swing",
    "tally",
    "tally_counts",
    "whatif",
    "whip",
]

_HOMES = {
    "CallsReport": "api",
    "Cause": "vocabulary",
    "CheckReport": "api",
    "Comparison": "comparison",
    "DiffReport": "api",
    "Drawing": "api",
    "ExportReport": "api",
    "History": "api",
    "ImportReport": "api",
    "Imported": "api",
    "Note": "api",
    "OddsReport": "api",
    "OrderReport": "api",
    "PageReport": "api",
    "PowerReport": "api",
    "Report": "api",
    "Ruling": "rulings",
    "ScoreReport": "api",
    "Select": "api",
    "SwingReport": "api",
    "Verdict": "vocabulary",
    "Vote": "vocabulary",
    "WhatIf": "suppositions",
    "WhipReport": "api",
    "WorkLost": "work",
    "calls": "api",
    "check": "api",
    "compare": "api",
    "decide": "engine",
    "diff": "api",
    "draw": "api",
    "export": "api",
    "history": "api",
    "import_records": "api",
    "import_stances": "api",
    "odds": "api",
    "open_world": "api",
    "order": "api",
    "page": "api",
    "power": "api",
    "report": "api",
    "score": "api",
    "swing": "api",
    "tally": "api",
    "tally_counts": "api",
    "whatif": "api",
    "whip": "api",
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
