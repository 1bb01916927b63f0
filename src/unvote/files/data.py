"""Body and members files as documents to check in their own right."""

from unvote.diagnostics import Diagnostic, Problem
from unvote.documents.body import BodyDocument
from unvote.documents.members import MembersDocument
from unvote.documents.shape import read
from unvote.files.judged import Judged, judged
from unvote.loading.source import Source
from unvote.resolve.bodies import body_from
from unvote.resolve.registry import registry_from
from unvote.world.world import World


def judge_body(source: Source, form: list[Diagnostic], world: World) -> Judged:
    """The problems of a body file."""
    if any(problem.is_error for problem in form):
        return judged(source.file, [], form)
    document, problems = read(BodyDocument, source.data)
    more = [] if document is None else body_from(document, world.names, source.file)[1]
    return judged(source.file, [], [*form, *source.diagnose([*problems, *more])])


def judge_members(source: Source, form: list[Diagnostic]) -> Judged:
    """The problems of a members file."""
    if any(problem.is_error for problem in form):
        return judged(source.file, [], form)
    document, problems = read(MembersDocument, source.data)
    more: list[Problem] = [] if document is None else registry_from(document)[2]
    return judged(source.file, [], [*form, *source.diagnose([*problems, *more])])
