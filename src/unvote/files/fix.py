"""Mending what is certain: names to codes, votes to their plain words, lists of members in order.

The text is edited at the places of the words alone: comments, layout and everything else stay.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from unvote.diagnostics import Route, Spot
from unvote.loading.reader import read_bytes
from unvote.loading.source import Node, Source, scalars
from unvote.resolve.names import Names, Spelling

CODE: Final = re.compile("[A-Z]{3}")


def fixed(source: Source, names: Names) -> str | None:
    """The text with what `names` met in this file put into its canonical form.

    Nothing where there is nothing to mend, or where, against all tests, anything but the words
    meant would change: then the file stays as it is.
    """
    words = _words(source, names.spellings)
    words |= _sorted(source, names.lists, words)
    if not words:
        return None
    text = _edited(source.text, words)
    again, problems = read_bytes(source.file, text.encode("utf-8"), big=True)
    return text if not problems and _only(source, again, words) else None


def _key(event: Any) -> tuple[int, int]:
    """Where a scalar starts and ends in the text, in characters."""
    return event.start_mark.index, event.end_mark.index


def _words(source: Source, spellings: Iterable[Spelling]) -> dict[tuple[int, int], str]:
    """The new word for each scalar that gets one."""
    words: dict[tuple[int, int], str] = {}
    for spelling in spellings:
        event = _event(source, spelling.route, spelling.spot)
        if event is not None and event.value is not None:
            canonical = spelling.canonical
            if spelling.spot is Spot.KEY and _taken(source, spelling.route, canonical):
                continue
            words[_key(event)] = canonical
    return words


def _taken(source: Source, route: Route, canonical: str) -> bool:
    """Whether a key of that word stands in the same mapping already."""
    holder = source.at(route[:-1])
    return isinstance(holder, Mapping) and canonical in holder


def _event(source: Source, route: Route, spot: Spot) -> Any | None:
    """The scalar at a route: the value, or its key."""
    if spot is Spot.KEY:
        holder = source.node_at(route[:-1])
        entries = holder.entries if isinstance(holder, Node) else None
        node, _ = (entries or {}).get(str(route[-1]), (None, None))
    else:
        node = source.node_at(route)
    return node if _is_word(node) else None


def _is_word(node: Any) -> bool:
    """Whether a node is a bare scalar on one line.

    It is no list or mapping, no alias, has no anchor or tag; lines are neither lost nor made.
    """
    if not hasattr(node, "value") or node.anchor is not None or node.tag is not None:
        return False
    return bool(node.start_mark.line == node.end_mark.line)


def _sorted(
    source: Source, lists: Iterable[Route], words: Mapping[tuple[int, int], str]
) -> dict[tuple[int, int], str]:
    """The words of each list of members, in the order of their codes.

    A list with a comment within it is left alone: the comment may belong to one of the words.
    """
    found: dict[tuple[int, int], str] = {}
    for route in lists:
        node = source.node_at(route)
        found_items = node.items if isinstance(node, Node) else None
        items: list[Any] = [item for item in found_items or [] if _is_word(item)]
        if not items or len(items) != len(found_items or []) or _commented(source, node):
            continue
        spelled = [words.get(_key(item), item.value or "") for item in items]
        plain = all(CODE.fullmatch(word) for word in spelled)
        if plain and spelled != sorted(spelled):
            found |= dict(zip(map(_key, items), sorted(spelled), strict=True))
    return found


def _commented(source: Source, node: Any) -> bool:
    """Whether a comment stands within a list."""
    start, end = node.start.start_mark.index, node.end.end_mark.index
    inside = source.text[start:end]
    return "#" in inside


def _edited(text: str, words: Mapping[tuple[int, int], str]) -> str:
    """The text with these spans replaced, from its end to its start."""
    for (start, end), word in sorted(words.items(), reverse=True):
        text = text[:start] + word + text[end:]
    return text


def _only(before: Source, after: Source, words: Mapping[tuple[int, int], str]) -> bool:
    """Whether nothing but the words meant has changed."""
    old, new = list(scalars(before.node)), list(scalars(after.node))
    return len(old) == len(new) and all(
        words.get(_key(one), one.value) == other.value for one, other in zip(old, new, strict=True)
    )
