"""The canonical layout of a file: order of keys, indentation, wrapped lists; comments kept.

Only the layout changes. Every scalar keeps its own spelling and quotes; a part with comments
or with text over several lines stays as it was written, but for blanks at the ends of lines.
"""

import re
from collections.abc import Iterable, Sequence
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
    head, chunks, tail = _chunks(source, node, lines)
    places = {key: number for number, key in enumerate(order)}
    chunks.sort(key=lambda chunk: places.get(chunk.key, len(places)))
    parts = [*head]
    for chunk in chunks:
        parts += [*chunk.above, *chunk.lines]
    return _ended([*parts, *tail])


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


def _trimmed(lines: Sequence[str], kept: set[int], first: int = 0) -> list[str]:
    """Lines without blanks at their ends, and never two empty ones together."""
    trimmed: list[str] = []
    for number, line in enumerate(lines, first):
        text = line if number in kept else line.rstrip()
        if text or number in kept or not trimmed or trimmed[-1]:
            trimmed.append(text)
    return trimmed


def _chunks(
    source: Source, node: Node, lines: list[str]
) -> tuple[list[str], list[Chunk], list[str]]:
    """The head of the file, its top-level entries, and the comments after the last of them."""
    entries = list((node.entries or {}).items())
    starts = [key.start_mark.line for _, (key, _) in entries]
    ends = [*starts[1:], len(lines)]
    kept = _kept_lines(node)
    comments = _comment_lines(source, lines)
    above: list[list[str]] = []
    first = _head(lines, starts[0]) if starts else 0
    head = _trimmed(lines[:first], kept)
    above.append(_trimmed(lines[first : starts[0]], kept, first))
    chunks: list[Chunk] = []
    tail: list[str] = []
    for number, (key, (event, value)) in enumerate(entries):
        start, end = starts[number], ends[number]
        cut = _above(lines, start + 1, end, kept)
        own = _trimmed(lines[start:cut], kept, start)
        while own and not own[-1] and cut - 1 not in kept:
            own.pop()
        rest = _trimmed(lines[cut:end], kept, cut)
        gap = cut > start + 1 and not lines[cut - 1].strip() and (cut - 1) not in kept
        rest = ["", *rest] if gap and rest and rest[0] else rest
        if not comments & set(range(start, cut)) and not kept & set(range(start, cut)):
            own = _entry(source, event, value)
        chunks.append(Chunk(key, tuple(own), tuple(above[-1])))
        if number + 1 < len(entries):
            above.append(rest)
        else:
            tail = rest
    return head, chunks, tail


def _head(lines: list[str], last: int) -> int:
    """Where the comments of the first entry begin: above an empty line they are the file's own."""
    return next((n + 1 for n in range(last - 1, -1, -1) if not lines[n].strip()), 0)


def _above(lines: list[str], first: int, last: int, kept: set[int]) -> int:
    """Where the comments and empty lines that stand directly above a line begin."""
    start = last
    while start > first and (start - 1) not in kept:
        line = lines[start - 1].strip()
        if line and not (line.startswith("#") and not lines[start - 1][:1].isspace()):
            break
        start -= 1
    return start


def _comment_lines(source: Source, lines: list[str]) -> set[int]:
    """Lines (from 0) that hold a comment outside of every scalar."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for event in scalars(source.node):
        start, end = event.start_mark, event.end_mark
        for line in range(start.line, end.line + 1):
            first = start.column if line == start.line else 0
            last = end.column if line == end.line else len(lines[line]) if line < len(lines) else 0
            spans.setdefault(line, []).append((first, last))
    return {
        number
        for number, line in enumerate(lines)
        if "#" in line
        and any(
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
            f"{_slice(source, key)}: {_inline(source, value)}".rstrip()
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
