"""The scripting interface; its names are to be had from `unvote` itself."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from unvote.api.checking import CheckReport, check, mend
    from unvote.api.comparing import compare
    from unvote.api.differing import DiffReport, diff
    from unvote.api.drawing import Drawing, draw
    from unvote.api.entering import ImportReport, import_stances
    from unvote.api.exporting import ExportReport, export
    from unvote.api.forecasting import CallsReport, OddsReport, calls, odds
    from unvote.api.importing import Imported, import_records
    from unvote.api.ordering import OrderReport, order
    from unvote.api.paging import PageReport, page
    from unvote.api.powering import PowerReport, power
    from unvote.api.replaying import History, Select, history
    from unvote.api.reporting import Note, report
    from unvote.api.scoring import ScoreReport, score
    from unvote.api.supposing import whatif
    from unvote.api.swinging import SwingReport, swing
    from unvote.api.tallying import Report, open_world, tally, tally_counts
    from unvote.api.whipping import WhipReport, whip

__all__ = [
    "CallsReport",
    "CheckReport",
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
    "ScoreReport",
    "Select",
    "SwingReport",
    "WhipReport",
    "calls",
    "check",
    "compare",
    "diff",
    "draw",
    "export",
    "history",
    "import_records",
    "import_stances",
    "mend",
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

HOMES: Final = {
    **dict.fromkeys(("CheckReport", "check", "mend"), "checking"),
    "compare": "comparing",
    "whatif": "supposing",
    **dict.fromkeys(("DiffReport", "diff"), "differing"),
    **dict.fromkeys(("Drawing", "draw"), "drawing"),
    **dict.fromkeys(("ImportReport", "import_stances"), "entering"),
    **dict.fromkeys(("ExportReport", "export"), "exporting"),
    **dict.fromkeys(("CallsReport", "OddsReport", "calls", "odds"), "forecasting"),
    **dict.fromkeys(("WhipReport", "whip"), "whipping"),
    **dict.fromkeys(("History", "Select", "history"), "replaying"),
    **dict.fromkeys(("Imported", "import_records"), "importing"),
    **dict.fromkeys(("OrderReport", "order"), "ordering"),
    **dict.fromkeys(("PageReport", "page"), "paging"),
    **dict.fromkeys(("PowerReport", "power"), "powering"),
    **dict.fromkeys(("Note", "report"), "reporting"),
    **dict.fromkeys(("ScoreReport", "score"), "scoring"),
    **dict.fromkeys(("SwingReport", "swing"), "swinging"),
    **dict.fromkeys(("Report", "open_world", "tally", "tally_counts"), "tallying"),
}


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for: a tally starts without the checks."""
    if name not in HOMES:
        raise AttributeError(f"module 'unvote.api' has no attribute '{name}'")
    value = getattr(import_module(f"unvote.api.{HOMES[name]}"), name)
    globals()[name] = value
    return value
