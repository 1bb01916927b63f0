"""Files in their canonical layout, their meaning unchanged."""

from typing import Final

from unvote.diagnostics import Diagnostic
from unvote.files.found import kind_of
from unvote.loading.layout import laid_out
from unvote.loading.reader import read_bytes
from unvote.loading.source import Source

ORDER: Final = {
    "resolution": (
        *("$schema", "kind", "id", "title", "symbol", "session", "version", "body", "date"),
        *("question", "sponsors", "parties", "not_entitled", "not_participating", "present"),
        *("casting_vote", "amendments", "order", "division", "parts", "without_vote", "result"),
        *("counts", "named", "votes", "stances", "later_statements", "targets", "expect", "tags"),
        *("sources", "notes"),
    ),
    "stances": (
        *("$schema", "kind", "title", "resolution", "version", "as_of", "max_age_days"),
        *("friendly", "confidence", "default", "groups", "countries", "notes"),
    ),
    "scenario": ("$schema", "kind", "title", "base", "set", "drop", "sweep", "expect", "notes"),
    "proceedings": ("$schema", "kind", "title", "steps", "expect", "sources", "notes"),
    "body": (),
    "members": (),
}
"""The order of keys by kind; body and members files keep theirs, for it tells their story."""


def formatted(source: Source, form: list[Diagnostic]) -> str | None:
    """The text of a document in its canonical layout.

    Nothing where the file is none of ours, cannot be read without doubt, or where, against all
    tests, the new text would say something else: then the file stays as it is.
    """
    kind = kind_of(source)
    if kind is None or source.data is None or any(problem.is_error for problem in form):
        return None
    text = laid_out(source, ORDER[kind])
    again, problems = read_bytes(source.file, text.encode("utf-8"), big=True)
    return None if problems or again.data != source.data else text
