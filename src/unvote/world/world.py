"""The world a file is read in: members and names, and the bodies found by id or alias."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from unvote.bodies import Body
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.members import Membership
from unvote.resolve.names import NameBook, Names
from unvote.world import snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from unvote.loading.source import Source
    from unvote.world.own import BrokenBody

LONGEST: Final = 200
"""Characters of a word that can name a body."""
KEPT: Final = 8
"""How many files are kept as they were read."""


@dataclass(frozen=True, slots=True)
class OwnBodies:
    """The bodies of one folder: those that can be used, and those that are broken."""

    bodies: list[Body] = field(default_factory=list)
    broken: "list[BrokenBody]" = field(default_factory=list)


@dataclass
class World:
    """Members, names and bodies; read when they are asked for, and kept.

    `members_file` replaces the shipped members; `body_folders` are searched before the shipped
    bodies. `diagnostics` gathers what is wrong in those files.
    """

    members_file: str | None = None
    body_folders: "tuple[Path, ...]" = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _elsewhere: "set[Path]" = field(default_factory=set, repr=False)
    _broken: set[str] = field(default_factory=set, repr=False)
    _files: dict[str, tuple["Source", list[Diagnostic]]] = field(default_factory=dict, repr=False)

    @cached_property
    def _registry(self) -> tuple[Membership, NameBook]:
        from unvote.world.registry import read_registry  # noqa: PLC0415 - not if in the snapshot

        membership, book, found = read_registry(self.members_file)
        self._tell(found)
        if self.members_file and any(problem.is_error for problem in found):
            # The shipped members keep everything else from being reported as unknown.
            membership, book, _ = read_registry()
        return membership, book

    @cached_property
    def membership(self) -> Membership:
        """The members of the United Nations and their groups."""
        shipped = None if self.members_file else snapshot.load("membership")
        return self._registry[0] if shipped is None else shipped

    @cached_property
    def names(self) -> Names:
        """The names of members."""
        return Names(self.membership, self._book)

    def _book(self) -> NameBook:
        shipped = None if self.members_file else snapshot.load("names")
        return self._registry[1] if shipped is None else shipped

    @cached_property
    def own_bodies(self) -> "dict[Path, OwnBodies]":
        """Bodies of users' own folders, by folder."""
        return {}

    @property
    def unusable(self) -> bool:
        """Whether nothing can be decided, for the members or bodies asked for are not there.

        A body of one's own that is broken is no reason: who uses it is refused (UV408).
        """
        return any(
            diagnostic.is_error and diagnostic.file not in self._broken
            for diagnostic in self.diagnostics
        )

    @cached_property
    def _shipped_bodies(self) -> dict[str, Body]:
        from unvote.world.registry import read_bodies  # noqa: PLC0415 - not if in the snapshot

        bodies, found = read_bodies(self.membership, self.names.book)
        if self.members_file is None:
            self.diagnostics += found
        # With members of one's own a shipped body of unknown members is none there is.
        return {body.id: body for body in bodies}

    @cached_property
    def _aliases(self) -> dict[str, str]:
        shipped: dict[str, str] | None = snapshot.load("bodies")
        if shipped is not None:
            return shipped
        bodies = self._shipped_bodies.values()
        return {word: body.id for body in bodies for word in (body.id, *body.aliases)}

    @cached_property
    def _loaded(self) -> dict[str, Body]:
        return {}

    def shipped_body(self, identity: str) -> Body:
        """A shipped body by its id."""
        if identity not in self._loaded:
            found: Body | None = snapshot.load(f"body-{identity}")
            self._loaded[identity] = found or self._shipped_bodies[identity]
        return self._loaded[identity]

    def shipped_bodies(self) -> list[Body]:
        """All shipped bodies, by id."""
        return [self.shipped_body(identity) for identity in sorted(set(self._aliases.values()))]

    def bodies_in(self, folder: "Path") -> list[Body]:
        """The bodies of a user's folder, what is wrong with the others told."""
        own = self._own_bodies(folder)
        for broken in own.broken:
            self._tell(broken.problems)
        return own.bodies

    def _own_bodies(self, folder: "Path") -> OwnBodies:
        """The bodies of a user's folder; nothing where there is no such folder."""
        if folder not in self.own_bodies:
            whole = folder.resolve() if folder.is_dir() else None
            if whole is None:
                self.own_bodies[folder] = OwnBodies()
            elif whole in self.own_bodies:
                self.own_bodies[folder] = self.own_bodies[whole]
            else:
                from unvote.world.own import BrokenBody  # noqa: PLC0415 - few have bodies
                from unvote.world.registry import body_files, read_bodies  # noqa: PLC0415

                files = body_files(folder)
                bodies, found = read_bodies(self.membership, self.names.book, files)
                broken = [BrokenBody.of(file, found) for file in map(str, files)]
                own = OwnBodies(bodies, [one for one in broken if one is not None])
                self.own_bodies[folder] = self.own_bodies[whole] = own
                wrong = {one.file for one in own.broken}
                self._broken |= wrong
                self._tell(problem for problem in found if problem.file not in wrong)
        return self.own_bodies[folder]

    def checked(self, file: str) -> None:
        """A data file is checked in its own right: what is wrong is told there, not here as well.

        That of a members file that cannot be used stays, for nothing else is told then.
        """
        self._elsewhere.add(_path(file))
        found, self.diagnostics[:] = list(self.diagnostics), []
        self._tell(found)

    def _tell(self, found: Iterable[Diagnostic]) -> None:
        """Keep what is told neither yet nor elsewhere."""
        found = list(found)
        wrong = {diagnostic.file for diagnostic in found if diagnostic.is_error} - self._broken
        files = {diagnostic.file for diagnostic in found} - wrong
        gone = {file for file in files if _path(file) in self._elsewhere}
        self.diagnostics += [
            diagnostic
            for diagnostic in found
            if diagnostic.file not in gone and diagnostic not in self.diagnostics
        ]

    def read(self, file: str, *, big: bool = False) -> "tuple[Source, list[Diagnostic]]":
        """A file of ours, read; the last few asked for are kept: one is often named by the next."""
        from unvote.loading.reader import read_file  # noqa: PLC0415 - other data need no YAML

        kept = self._files.pop(file, None)
        while len(self._files) >= KEPT:
            self._files.pop(next(iter(self._files)))
        self._files[file] = source, form = kept or read_file(file, big=big)
        return source, list(form)

    def bodies_near(self, file: str) -> Callable[[str], tuple[Body | None, list[Problem]]]:
        """How a file's body is found: one's own, in `bodies` beside the file, or shipped."""
        from pathlib import Path  # noqa: PLC0415 - costs time at start

        beside = Path(file).parent / "bodies"
        return lambda word: self.body(word, (beside,))

    def body(self, word: str, beside: "Iterable[Path]" = ()) -> tuple[Body | None, list[Problem]]:
        """The body an id or alias names: of the folders given, of one's own, or shipped (UV314)."""
        wanted = " ".join(word[:LONGEST].casefold().split())
        beside = tuple(beside)
        for folder in (*self.body_folders, *beside):
            own = self._own_bodies(folder)
            for body in own.bodies:
                if wanted in {name.casefold() for name in (body.id, body.name, *body.aliases)}:
                    return body, []
            for broken in own.broken:
                if wanted in broken.names:
                    return None, [self._refused(word, broken)]
        identity = self._aliases.get(wanted) or self._aliases.get(wanted.replace(" ", "-"))
        if identity is not None:
            found = self._own(identity, beside)
            if found is not None and not isinstance(found, Body):
                return None, [self._refused(word, found)]
            return found or self.shipped_body(identity), []
        from difflib import get_close_matches  # noqa: PLC0415 - only for a word that is unknown

        near = get_close_matches(wanted[:LONGEST], list(self._aliases), n=1)
        hint = f"did you mean '{near[0]}'? " if near else ""
        hint += "`unvote bodies` lists them; your own are read from --bodies"
        message = f"'{quoted(word)}' is not a body that is known here"
        return None, [Problem("UV314", message, (), hint)]

    def _own(self, identity: str, beside: "Iterable[Path]") -> "Body | BrokenBody | None":
        """A body of one's own that takes the place of a shipped one, under all of its names."""
        for folder in (*self.body_folders, *beside):
            own = self._own_bodies(folder)
            for body in own.bodies:
                if body.id.casefold() == identity:
                    return body
            for broken in own.broken:
                if identity in broken.names:
                    return broken
        return None

    def _refused(self, word: str, broken: "BrokenBody") -> Problem:
        """A body that is named cannot be used, for its file is wrong (UV408)."""
        self._tell(broken.problems)
        wrong = next(diagnostic for diagnostic in broken.problems if diagnostic.is_error)
        place = wrong.place
        where = f"{broken.file}:{place.line}:{place.column}" if place else broken.file
        message = f"the body '{quoted(word)}' cannot be used: {wrong.problem.message}"
        return Problem("UV408", message, (), f"mend it: {where}")


def _path(file: str) -> "Path":
    """A file's one path."""
    from pathlib import Path  # noqa: PLC0415 - costs time at start

    from unvote.world.own import whole_path  # noqa: PLC0415

    return whole_path(Path(file))
