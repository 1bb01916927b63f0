"""Reading the data files: `members.yaml` and the bodies, the shipped ones or a user's own."""

from collections.abc import Iterable
from pathlib import Path

from unvote.bodies import Body
from unvote.diagnostics import Diagnostic
from unvote.documents.body import BodyDocument
from unvote.documents.members import MembersDocument
from unvote.documents.shape import read
from unvote.loading.reader import read_file
from unvote.members import Membership
from unvote.resolve.bodies import body_from
from unvote.resolve.names import NameBook, Names
from unvote.resolve.registry import registry_from
from unvote.world.shipped import data_folder
from unvote.world.silences import unsilenced


def read_registry(file: str | None = None) -> tuple[Membership, NameBook, list[Diagnostic]]:
    """The membership and names of a members file, by default the shipped one."""
    source, diagnostics = read_file(file or str(data_folder() / "members.yaml"))
    if any(diagnostic.is_error for diagnostic in diagnostics):
        return Membership({}, {}), NameBook(), diagnostics
    document, problems = read(MembersDocument, source.data)
    if document is None:
        return Membership({}, {}), NameBook(), diagnostics + source.diagnose(problems)
    membership, book, more = registry_from(document)
    return membership, book, diagnostics + source.diagnose([*problems, *more])


def read_body(file: str, names: Names) -> tuple[Body | None, list[Diagnostic]]:
    """The body in a file, or nothing where the file is no body or is wrong.

    What the file itself silences is not told, and does not make it wrong.
    """
    source, diagnostics = read_file(file)
    body = None
    if not _wrong(unsilenced(source, diagnostics)):
        document, problems = read(BodyDocument, source.data)
        if document is not None:
            body, more = body_from(document, names, file)
            problems = [*problems, *more]
        diagnostics += source.diagnose(problems)
    left = unsilenced(source, diagnostics)
    if body is None and not _wrong(left):
        # A silence does not make a body of what is none.
        left = diagnostics
    return (None if _wrong(left) else body), left


def _wrong(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether a file is wrong."""
    return any(diagnostic.is_error for diagnostic in diagnostics)


def body_files(folder: Path) -> list[Path]:
    """The YAML files of a folder of bodies, in order."""
    return sorted((*folder.glob("*.yaml"), *folder.glob("*.yml")))


def read_bodies(
    membership: Membership, book: NameBook, files: Iterable[Path] | None = None
) -> tuple[list[Body], list[Diagnostic]]:
    """All bodies of these files, by default the shipped ones."""
    names = Names(membership, lambda: book)
    bodies, diagnostics = [], []
    for file in body_files(data_folder() / "bodies") if files is None else files:
        body, found = read_body(str(file), names)
        diagnostics += found
        if body is not None:
            bodies.append(body)
    return bodies, diagnostics
