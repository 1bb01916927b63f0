"""YAML text into text data: the parser's event stream, refused where a reader could be misled.

Plain scalars stay text (`NO`, `010`, `12:30`, `2/3`); types come from the document's model.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import yaml
from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from unvote.diagnostics import Place, Problem, quoted
from unvote.loading.source import Data, Node, place_of

MOST_DEPTH: Final = 50
MOST_VALUES: Final = 50_000
OUTSIDE: Final = (yaml.StreamStartEvent, yaml.DocumentEndEvent, yaml.StreamEndEvent)
"""Events that stand around a document."""
BLOCKS: Final = frozenset({"|", ">"})
Parser: Any = getattr(yaml, "CLoader", yaml.Loader)


class Stop(Exception):  # noqa: N818 - not an error of ours: reading ends here
    """Reading cannot go on; carries the problem and where it is."""

    def __init__(self, problem: Problem, place: Place) -> None:
        super().__init__(problem.message)
        self.problem, self.place = problem, place


def _too_many() -> Problem:
    message = f"the file holds more than {MOST_VALUES:,} values"
    return Problem("UV108", message, hint="check that it is the right file; --big reads it")


def _too_deep() -> Problem:
    message = f"lists and mappings are nested more than {MOST_DEPTH} deep"
    return Problem("UV108", message, hint="no unvote document needs more than a few levels")


class Builder:
    """Builds data and places from the events of one text, collecting the problems it meets.

    Events are asked for one at a time: reading stops where nobody asks for more. Each is told by
    its class, from which nothing is derived: nothing is faster.
    """

    def __init__(self, text: str, most: int | None = MOST_VALUES) -> None:
        self.text = text
        self.left = most
        """How many values may still come; nothing: any number."""
        self.found: list[tuple[Problem, Place, Place | None]] = []
        """Problems with their places, and the other of two places where two do not go together."""
        self.blocks: list[tuple[int, int]] = []
        """First and last line of every block scalar, counted from 0."""

    @cached_property
    def next(self) -> Callable[[], Any]:
        """What gives the next event of the text, and nothing after the last."""
        get_event: Callable[[], Any] = Parser(self.text).get_event
        return get_event

    def document(self) -> tuple[Data, Any]:
        """The data and the places of the only document."""
        data: Data = None
        node: Any = None
        documents = 0
        while (event := self.next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    problem = Problem(
                        "UV112",
                        "a second document starts here; one file holds one document",
                        hint="put it in a file of its own",
                    )
                    raise Stop(problem, place_of(event, event))
            elif not isinstance(event, OUTSIDE):
                data, node = self.value(event, 1)
        return data, node

    def value(self, event: Any, depth: int) -> tuple[Data, Any]:
        """The data that starts with this event, and its places."""
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Stop(_too_many(), place_of(event, event))
        if event.__class__ is ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                self.refuse(event)
            style = event.style
            if style in BLOCKS:
                place = place_of(event, event)
                self.blocks.append((place.line - 1, place.end_line - 1))
            return event.value or (event.value if style else None), event
        if event.__class__ is AliasEvent:
            self.refuse(event)
            return None, event
        if depth > MOST_DEPTH:
            raise Stop(_too_deep(), place_of(event, event))
        if event.anchor is not None or event.tag is not None:
            self.refuse(event)
        if event.__class__ is MappingStartEvent:
            return self.mapping(event, depth)
        return self.sequence(event, depth)

    def mapping(self, start: Any, depth: int) -> tuple[Data, Any]:
        """A mapping; a key that comes twice is reported, and the first one stands."""
        data: dict[str, Data] = {}
        entries: dict[str, Any] = {}
        while (event := self.next()).__class__ is ScalarEvent:
            key: str = event.value
            if event.anchor is not None or event.tag is not None or key == "<<":
                self.refuse(event)
            value, node = self.value(self.next(), depth + 1)
            if key in data:
                self.duplicate(key, event, entries[key][0])
            else:
                data[key], entries[key] = value, (event, node)
        if event.__class__ is MappingEndEvent:
            return data, Node(start, event, entries)
        problem = Problem("UV110", "a key must be plain text", hint="write `key: value`")
        raise Stop(problem, place_of(event, event))

    def sequence(self, start: Any, depth: int) -> tuple[Data, Any]:
        """A list."""
        data: list[Data] = []
        items: list[Any] = []
        while (event := self.next()).__class__ is not SequenceEndEvent:
            value, node = self.value(event, depth + 1)
            data.append(value)
            items.append(node)
        return data, Node(start, event, items=items)

    def duplicate(self, key: str, event: Any, first: Any) -> None:
        """Report a key that already stands in the mapping."""
        self.report(
            Problem(
                "UV102",
                f"'{quoted(key)}' stands twice in one mapping; the first is on line "
                f"{first.start_mark.line + 1}",
                hint="keep one of the two: a second entry never replaces the first here",
            ),
            event,
            first,
        )

    def refuse(self, event: Any) -> None:
        """Report an anchor, alias, tag or merge key."""
        if isinstance(event, AliasEvent):
            what = f"the alias '*{event.anchor}'"
        elif event.anchor is not None:
            what = f"the anchor '&{event.anchor}'"
        elif event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            what = f"the tag '{tag}'"
        else:
            what = "the merge key '<<'"
        hint = "write the value out; groups and `otherwise:` say things once"
        self.report(Problem("UV103", f"{quoted(what)} is not read in vote files", hint=hint), event)

    def report(self, problem: Problem, event: Any, also: Any = None) -> None:
        """Keep a problem with the place of an event, and that of another."""
        other = None if also is None else place_of(also, also)
        self.found.append((problem, place_of(event, event), other))
