"""A YAML file as text data, with the place of every key and value."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from unvote.diagnostics import START, Diagnostic, Place, Problem, Route, Spot

Data = Any
"""Text data: a string, nothing (an empty value), or lists and mappings of these."""


Event = Any
"""What the parser says of one piece of text, with marks of where it starts and ends."""


class Node(NamedTuple):
    """Where a list or mapping stands, with its parts (a scalar is its event alone).

    A file has hundreds: a named tuple is made four times faster than a frozen dataclass.
    """

    start: Event
    end: Event
    entries: "dict[str, tuple[Event, Node | Event]] | None" = None
    items: "list[Node | Event] | None" = None


@dataclass(frozen=True)
class Source:
    """One file that was read: its name as given, its text, its data and where each part stands.

    `find_parts` reads the text for its places: most files are right, and nobody asks for them.
    """

    file: str
    text: str
    data: Data = None
    find_parts: "Callable[[], Node | Event | None]" = field(
        default=lambda: None, repr=False, compare=False
    )

    @cached_property
    def node(self) -> "Node | Event | None":
        """Where each part stands."""
        return self.find_parts()

    def place(self, route: Route, spot: Spot = Spot.VALUE) -> Place:
        """Where the value (or its key) stands; the nearest part that exists, if it does not."""
        node, key = self.node, None
        for step in route:
            found = _step(node, step)
            if found is None:
                # The route leads out of the file (a missing key): point at what should hold it.
                spot = Spot.KEY
                break
            key, node = found
        if node is None:
            return START
        if spot is Spot.KEY and key is not None:
            return place_of(key, key)
        if spot is Spot.KEY and isinstance(node, Node) and node.entries:
            first = next(iter(node.entries.values()))[0]
            return place_of(first, first)
        if isinstance(node, Node):
            return place_of(node.start, node.end)
        return place_of(node, node)

    def at(self, route: Route) -> Data:
        """The data at a route, or nothing."""
        data = self.data
        for step in route:
            if isinstance(data, dict):
                data = data.get(step)
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                data = data[step]
            else:
                return None
        return data

    def node_at(self, route: Route) -> "Node | Event | None":
        """The node at a route, or nothing."""
        node = self.node
        for step in route:
            found = _step(node, step)
            if found is None:
                return None
            node = found[1]
        return node

    def diagnose(self, problems: Iterable[Problem]) -> list[Diagnostic]:
        """The problems with their places and lines, in the order of the file."""
        problems = list(problems)
        lines = self.text.split("\n") if problems else []
        found = []
        for problem in problems:
            place = self.place(problem.route, problem.spot)
            also = None if problem.also is None else self.place(problem.also, problem.spot)
            found.append(located(self.file, lines, problem, place, also))
        return sorted(found, key=by_place)


def located(
    file: str, lines: list[str], problem: Problem, place: Place, also: Place | None = None
) -> Diagnostic:
    """A problem with its places and their lines; no other place than its own is told twice."""
    if place.line > len(lines):
        # A text without a line end at its end: the parser counts one line more.
        place = Place(len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 1)
    if also == place:
        also = None
    return Diagnostic(file, problem, place, row(lines, place), also, row(lines, also))


def row(lines: list[str], place: Place | None) -> str:
    """The line a place is on, for the excerpt; nothing where there is none."""
    if place is None or place.line > len(lines):
        return ""
    return lines[place.line - 1].rstrip("\r")


def by_place(diagnostic: Diagnostic) -> tuple[int, int]:
    """The order of problems in a file."""
    place = diagnostic.place or START
    return place.line, place.column


def _step(
    node: "Node | Event | None", step: str | int
) -> "tuple[Event | None, Node | Event] | None":
    """The key and value one step further down, if there is such a part."""
    if not isinstance(node, Node):
        return None
    if isinstance(step, int):
        items = node.items
        return (None, items[step]) if items is not None and step < len(items) else None
    return node.entries.get(step) if node.entries is not None else None


def place_of(first: Any, last: Any) -> Place:
    """The place from the start of one event to the end of another."""
    start, end = first.start_mark, last.end_mark
    return Place(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def scalars(node: "Node | Event | None") -> Iterator[Event]:
    """Every scalar of a document in its order, keys included."""
    if node is None:
        return
    if not isinstance(node, Node):
        yield node
        return
    for key, value in (node.entries or {}).values():
        yield key
        yield from scalars(value)
    for item in node.items or ():
        yield from scalars(item)
