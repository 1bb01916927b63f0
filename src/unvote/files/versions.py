"""Earlier versions of a file, out of git: what `REV:path` names, and the files it names in turn."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from unvote.bodies import Body
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.loading.reader import read_bytes
from unvote.loading.source import Source
from unvote.world.world import World

SPEC: Final = re.compile(r"(?P<revision>[^:]+):(?P<path>.+)", re.DOTALL)
DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
QUIET: Final = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
"""Messages in English; nothing is fetched and nothing asked."""
ELSEWHERE: Final = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""Set within a hook of git; which repository it is, the folder says."""
PLAIN_FILE: Final = ("100644", "100755")


class Refused(Exception):  # noqa: N818 - git refuses, the program does not err
    """What git said where it would not do as it was asked; `hint` is the cure."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def is_version(word: str) -> bool:
    """Whether a word is `REV:path`; a file of that very name goes before it."""
    return bool(SPEC.fullmatch(word)) and not DRIVE.match(word) and not os.path.lexists(word)


@dataclass(frozen=True, slots=True)
class Version:
    """One file as a commit has it: `top` is the folder of the repository, `path` from there."""

    top: Path
    commit: str
    path: str
    label: str
    """The revision as it was named."""

    @property
    def file(self) -> str:
        """Where the file stands, or stood, in the working tree."""
        return str(self.top / self.path)

    @property
    def name(self) -> str:
        """The file as a reader knows it: `HEAD~1:stances.yaml`."""
        return self.named(self.path)

    def named(self, path: str) -> str:
        """Another file of this revision by the name it is told under."""
        return f"{self.label}:{path}"

    def inside(self, file: str) -> str | None:
        """The path of a file from the top of the repository, or nothing if it is elsewhere."""
        whole = Path(os.path.normpath(Path(file).absolute()))
        for top in (self.top, self.top.resolve()):
            if whole.is_relative_to(top):
                return whole.relative_to(top).as_posix()
        return None

    def content(self, path: str) -> bytes:
        """What the commit has at a path."""
        try:
            return _git(self.top, "cat-file", "blob", f"{self.commit}:{path}")
        except Refused:
            message = f"git has no file '{quoted(path)}' in {quoted(self.label)}"
            hint = f"the path begins at the top of the repository; {self.label}:./... begins here"
            raise Refused(message, hint) from None

    def files_in(self, path: str) -> list[str]:
        """The YAML files in a folder of the commit, by name; none where there is no such folder."""
        try:
            told = _git(self.top, "ls-tree", "-z", f"{self.commit}:{path}")
        except Refused:
            return []
        rows = [row.partition("\t") for row in told.decode("utf-8", "replace").split("\0") if row]
        names = [name for kind, _, name in rows if kind.startswith(PLAIN_FILE)]
        return sorted(name for name in names if name.endswith((".yaml", ".yml")))


def version_at(word: str) -> Version:
    """What `REV:path` names; as with git, the path is from the top, or from here with `./`."""
    match = SPEC.fullmatch(word)
    if match is None:
        raise Refused(f"'{quoted(word)}' is not a revision and a path", "write it as HEAD~1:x.yaml")
    here = Path()
    top = _top(here)
    path = match["path"]
    if path.startswith(("./", "../")):
        inside = os.path.relpath(os.path.normpath(here.resolve() / path), top.resolve())
        path = Path(inside).as_posix()
    return Version(top, _commit(top, match["revision"]), path, match["revision"])


def version_before(file: str) -> Version:
    """A file of the working tree as the last commit (`HEAD`) has it."""
    folder = Path(file).parent
    if not folder.is_dir():
        raise Refused("there is no such folder", "check the path")
    top = _top(folder)
    inside = os.path.relpath(folder.resolve() / Path(file).name, top.resolve())
    return Version(top, _commit(top, "HEAD"), Path(inside).as_posix(), "HEAD")


def _top(folder: Path) -> Path:
    """The folder of the repository that a folder is in."""
    told = _git(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape")
    return Path(told.removesuffix("\n"))


def _commit(top: Path, revision: str) -> str:
    """The commit a revision names."""
    try:
        told = _git(top, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    except Refused:
        message = f"git knows no revision '{quoted(revision)}'"
        hint = "a shallow clone has only the last commit: fetch the one wanted"
        raise Refused(message, hint) from None
    return told.decode("ascii", "replace").strip()


def _git(folder: Path, *words: str) -> bytes:
    """What git prints; its refusal is ours, in its own words."""
    program = shutil.which("git")
    if program is None:
        raise Refused("git is not here, and an earlier version is read through it", "install git")
    try:
        done = subprocess.run(  # noqa: S603 - git itself, words of the user after --end-of-options
            [program, *words],
            cwd=folder,
            env={name: os.environ[name] for name in os.environ.keys() - ELSEWHERE} | QUIET,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except (OSError, ValueError) as error:
        raise Refused(f"git cannot be run: {error}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it says nothing"]
        message = said[0].removeprefix("fatal: ").removeprefix("error: ")
        hint = next((line.removeprefix("hint: ") for line in said[1:] if line.strip()), "")
        raise Refused(f"git says: {quoted(message, 200)}", quoted(hint, 200))
    return done.stdout


# --- The world of an earlier version -------------------------------------------------------------


@dataclass
class PastWorld(World):
    """The world with the files of one revision in the place of those of the working tree.

    What a file names (a resolution, stances, a body of one's own beside it) is read from the same
    revision. Members files and folders of bodies from the command line, and files outside of the
    repository, are read as they are now. `copies` is an empty folder for bodies of the revision.
    """

    version: Version | None = None
    copies: Path = Path()
    shown: dict[str, str] = field(default_factory=dict)
    """The files read from the revision, with the name each is told under."""

    def read(self, file: str, *, big: bool = False) -> tuple[Source, list[Diagnostic]]:
        """A file of the revision."""
        version = self.version
        path = version.inside(file) if version else None
        if version is None or path is None:
            return super().read(file, big=big)
        self.shown[file] = version.named(path)
        try:
            return read_bytes(file, version.content(path), big=big)
        except Refused as refused:
            return Source(file, ""), [Diagnostic(file, unreadable(refused))]

    def bodies_near(self, file: str) -> Callable[[str], tuple[Body | None, list[Problem]]]:
        """How a file's body is found: of the folder `bodies` as the revision has it, or shipped."""
        version = self.version
        path = version.inside(str(Path(file).parent / "bodies")) if version else None
        if version is None or path is None:
            return super().bodies_near(file)
        beside = self.copies / str(len(list(self.copies.iterdir())))
        beside.mkdir()
        for name in version.files_in(path):
            (beside / name).write_bytes(version.content(f"{path}/{name}"))
            self.shown[str(beside / name)] = version.named(f"{path}/{name}")
        return lambda word: self.body(word, (beside,))

    def told(self, problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Problems under the names of the revision's files."""
        return tuple(
            replace(
                one,
                file=self.shown.get(one.file, one.file),
                problem=replace(one.problem, hint=self._named(one.problem.hint)),
            )
            for one in problems
        )

    def _named(self, text: str) -> str:
        """A hint with the names of the revision's files in it."""
        for file, name in self.shown.items():
            text = text.replace(file, name)
        return text


def unreadable(refused: Refused) -> Problem:
    """A version that cannot be had (UV113)."""
    return Problem("UV113", f"cannot read this file: {refused}", hint=refused.hint)
