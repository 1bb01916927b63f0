"""Data alone, without places: what most files need, and read faster.

Nothing is told here. A text with anything to be told is left to `events`, which reads it again.
"""

from collections.abc import Callable
from typing import Any

from yaml import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from unvote.loading.events import MOST_DEPTH, Parser
from unvote.loading.source import Data

Next = Callable[[], Any]


class Unusual(Exception):  # noqa: N818 - not an error: the text needs the other reader
    """There is something in a text that may have to be told."""


def plain_data(text: str) -> Data:
    """The data of a text of one document.

    Raises `Unusual`, or the parser's error, for all that `Builder` would report or refuse.
    """
    following: Next = Parser(text).get_event
    following()  # the start of the stream
    if following().__class__ is StreamEndEvent:
        return None
    data = _value(following(), following, 1)
    if following().__class__ is not DocumentEndEvent or following().__class__ is not StreamEndEvent:
        raise Unusual
    return data


def _value(event: Any, following: Next, depth: int) -> Data:
    """The data that starts with an event."""
    if event.__class__ is AliasEvent or event.anchor is not None or event.tag is not None:
        raise Unusual
    if event.__class__ is ScalarEvent:
        return event.value or (event.value if event.style else None)
    if depth > MOST_DEPTH:
        raise Unusual
    if event.__class__ is MappingStartEvent:
        return _mapping(following, depth + 1)
    items = []
    while (event := following()).__class__ is not SequenceEndEvent:
        items.append(_value(event, following, depth + 1))
    return items


def _mapping(following: Next, depth: int) -> dict[str, Data]:
    """A mapping, its values at this depth."""
    data: dict[str, Data] = {}
    while (event := following()).__class__ is ScalarEvent:
        key = event.value
        if event.anchor is not None or event.tag is not None or key == "<<" or key in data:
            raise Unusual
        data[key] = _value(following(), following, depth)
    if event.__class__ is not MappingEndEvent:
        raise Unusual
    return data
