"""Any file that holds one vote: a resolution, or stances on one."""

from datetime import date

from unvote.diagnostics import Diagnostic
from unvote.files.judged import Judged, judged, wrong_kind
from unvote.files.resolution import judge_resolution
from unvote.loading.source import Source
from unvote.world.world import World


def judge_vote(
    source: Source,
    form: list[Diagnostic],
    world: World,
    *,
    on: date | None = None,
    expect: bool = False,
    question: str | None = None,
) -> Judged:
    """A file that was named: a resolution, or stances decided as a forecast.

    `question` takes the place of the one the text's file declares, or does not.
    """
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    if kind == "stances":
        from unvote.files.stances import judge_stances  # noqa: PLC0415 - only for such a file

        return judge_stances(source, form, world, on=on, question=question)
    if kind is not None and kind != "resolution":
        wrong = source.diagnose([wrong_kind(source.data, "a resolution, or stances on one")])
        return judged(source.file, [], [*form, *wrong])
    return judge_resolution(source, form, world, on=on, expect=expect, question=question)
