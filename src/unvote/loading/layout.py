"""The canonical layout of a file: order of keys, indentation, wrapped lists; comments kept.

Only the layout changes. Every scalar keeps its own spelling and quotes; a part with comments
or with text over several lines stays as it was written, but for blanks at the ends of lines.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from unvote.loading.source import Node, Source, scalars

WIDTH: Final = 100
FLOW: Final = re.compile(r"[,\[\]{}:#]")
"""Characters that mean something within brackets."""
HASH: Final = re.compile(r"(?:^|(?<=\s))#")


@dataclass(frozen=True, slots=True)
class Chunk:
    """One top-level entry with the comments above it."""

    key: str
    lines: tuple[str, ...]
    above: tuple[str, ...]


def laid_out(source: Source, order: Sequence[str]) -> str:
    """The text of a file in its canonical layout; keys come in `order`, others after them."""
    lines = source.text.replace("\r\n", "\n").split("\n")
    node = source.node
    if not isinstance(node, Node) or node.entries is None or _flow(node):
        return _ended(_trimmed(lines, _kept_lines(node)))
    head, chunks, tail = _chunks(source, node.entries, lines)
    places = {key: number for number, key in enumerate(order)}
    chunks.sort(key=lambda chunk: places.get(chunk.key, len(places)))
    parts = [*head]
    for chunk in chunks:
        parts += [*_spaced(parts, chunk.above), *chunk.lines]
    return _ended([*parts, *_spaced(parts, tail)])


def _spaced(before: Sequence[str], lines: Sequence[str]) -> Sequence[str]:
    """Lines to come after others, without their empty line where those end with one."""
    twice = before and lines and not before[-1] and not lines[0]
    return lines[1:] if twice else lines


def _ended(lines: Iterable[str]) -> str:
    """Lines with no blanks at the start and end of the file, and one newline at its end."""
    text = "\n".join(lines).strip("\n")
    return f"{text}\n" if text else ""


def _flow(node: Node) -> bool:
    """Whether a list or mapping is written in brackets or braces."""
    return bool(node.start.flow_style)


def _kept_lines(node: Any) -> set[int]:
    """Lines (from 0) within scalars over several lines, which are not to be touched."""
    kept: set[int] = set()
    for event in scalars(node):
        first, last = event.start_mark.line, event.end_mark.line
        block = event.style in {"|", ">"}
        if last > first:
            # A block text ends at the start of the line after it.
            kept |= set(range(first, last if block and not event.end_mark.column else last + 1))
    return kept


def _trimmed(lines: Sequence[str], kept: Container[int] = (), first: int = 0) -> list[str]:
    """Lines without blanks at their ends, and never two empty ones together."""
    trimmed: list[str] = []
    for number, line in enumerate(lines, first):
        text = line if number in kept else line.rstrip()
        if text or number in kept or not trimmed or trimmed[-1]:
            trimmed.append(text)
    return trimmed


def _chunks(
    source: Source, entries: dict[str, Any], lines: list[str]
) -> tuple[list[str], list[Chunk], list[str]]:
    """The head of the file, its top-level entries, and the comments after the last of them."""
    starts = [key.start_mark.line for key, _ in entries.values()]
    bounds = [*starts, len(lines)]
    kept = _kept_lines(source.node)
    untouched = kept | _comment_lines(source, lines)
    first = _head(lines, starts[0])
    head, above = _trimmed(lines[:first]), _trimmed(lines[first : starts[0]])
    chunks: list[Chunk] = []
    for number, (key, (event, value)) in enumerate(entries.items()):
        start, end = bounds[number], bounds[number + 1]
        cut = _above(lines, end, kept)
        if untouched.isdisjoint(range(start, cut)):
            own = _entry(source, event, value)
        else:
            own = _trimmed(lines[start:cut], kept, start)
        chunks.append(Chunk(key, tuple(own), tuple(above)))
        above = _trimmed(lines[cut:end])
    return head, chunks, above


def _head(lines: list[str], last: int) -> int:
    """Where the comments of the first entry begin: above an empty line they are the file's own."""
    return next((n + 1 for n in range(last - 1, -1, -1) if not lines[n].strip()), 0)


def _above(lines: list[str], start: int, kept: set[int]) -> int:
    """Where the comments and empty lines that stand directly above a line begin.

    What is indented is part of the entry before it, whose key is further up.
    """
    while (start - 1) not in kept:
        line = lines[start - 1]
        if line.strip() and not line.startswith("#"):
            break
        start -= 1
    return start


def _comment_lines(source: Source, lines: list[str]) -> set[int]:
    """Lines (from 0) that hold a comment, text over several lines left aside."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for event in scalars(source.node):
        start, end = event.start_mark, event.end_mark
        spans.setdefault(start.line, []).append((start.column, end.column))
    return {
        number
        for number, line in enumerate(lines)
        if any(
            not any(a <= match.start() < b for a, b in spans.get(number, ()))
            for match in HASH.finditer(line)
        )
    }


def _entry(source: Source, key: Any, value: Any) -> list[str]:
    """One top-level entry, laid out anew."""
    return _keyed(source, key, value, 0)


def _slice(source: Source, event: Any) -> str:
    """A scalar as it is written."""
    return source.text[event.start_mark.index : event.end_mark.index].strip()


def _keyed(source: Source, key: Any, value: Any, indent: int) -> list[str]:
    """`key: value`, on one line if it fits and is short, else its parts below."""
    name = f"{' ' * indent}{_slice(source, key)}:"
    if not isinstance(value, Node):
        text = _slice(source, value)
        return [f"{name} {text}" if text else name]
    inline = _inline(source, value)
    if _plain_list(value) or _flow(value) or not (value.entries or value.items):
        if len(name) + 1 + len(inline) <= WIDTH:
            return [f"{name} {inline}"]
        if value.items is not None and _plain_list(value):
            return _wrapped(name, [_inline(source, item) for item in value.items])
    if value.entries is not None:
        below = [
            line for k, v in value.entries.values() for line in _keyed(source, k, v, indent + 2)
        ]
        return [name, *below]
    return [name, *(line for item in value.items or () for line in _item(source, item, indent + 2))]


def _plain_list(node: Node) -> bool:
    """Whether a list holds nothing but short words, such as codes."""
    words = node.items
    return words is not None and all(
        not isinstance(word, Node)
        and word.end_mark.index - word.start_mark.index <= 24  # noqa: PLR2004 - a word, not a sentence
        and (word.value or word.style)
        and (_flow(node) or word.style or not FLOW.search(word.value))
        for word in words
    )


def _inline(source: Source, node: Any) -> str:
    """A value on one line."""
    if not isinstance(node, Node):
        return _slice(source, node)
    if node.entries is not None:
        pairs = [
            f"{_slice(source, key)}: {_inline(source, value)}"
            for key, value in node.entries.values()
        ]
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(_inline(source, item) for item in node.items or ()) + "]"


def _wrapped(name: str, words: list[str]) -> list[str]:
    """A list in brackets over several lines, filled to the width."""
    pad = " " * (len(name) - len(name.lstrip()) + 2)
    lines, line = [f"{name} ["], pad
    for number, word in enumerate(words):
        piece = word if number == len(words) - 1 else f"{word},"
        gap = "" if line == pad else " "
        if len(line) + len(gap) + len(piece) > WIDTH and line != pad:
            lines.append(line)
            line, gap = pad, ""
        line += gap + piece
    return [*lines, line, f"{pad[2:]}]"]


def _item(source: Source, item: Any, indent: int) -> list[str]:
    """One item of a list, below its key."""
    dash = f"{' ' * indent}- "
    inline = _inline(source, item)
    if not isinstance(item, Node) or (_flow(item) and len(dash) + len(inline) <= WIDTH):
        return [f"{dash}{inline}".rstrip()]
    if item.entries:
        below = [
            line for k, v in item.entries.values() for line in _keyed(source, k, v, indent + 2)
        ]
        return [f"{dash}{below[0].lstrip()}", *below[1:]]
    return [f"{dash}{inline}"]
