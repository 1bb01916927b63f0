"""The record of a vote put into the file of its text: votes by name, comments and layout kept.

The text is edited at the places of the entries alone, and read again: a file in which anything
else would say something new is left as it is.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, Final

from unvote.diagnostics import Route
from unvote.files.fmt import ORDER
from unvote.loading.reader import read_bytes
from unvote.loading.source import Node, Source
from unvote.render.scaffold.lines import listed, quoted
from unvote.vocabulary import Vote

RECORD: Final = ("votes", "counts", "named", "stances", "result", "without_vote")
"""The keys that say how a vote went; a record takes their place."""
SHOWN: Final = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT)
_KEYS: Final = ORDER["resolution"]
AFTER: Final = frozenset(_KEYS[_KEYS.index("votes") + 1 :]) - set(RECORD)
"""The keys that stand below the votes in the canonical order."""

Record = dict[str, dict[str, Any]]
"""What is written: keys with what stands under them, as text data."""


def record_of(named: Mapping[str, Vote], unnamed: Mapping[Vote, int], *, loose: bool) -> Record:
    """The record of a roll call: `votes:` by name, or with `loose` `counts:` and what has a name.

    `loose` is for votes known by number of seat only; members listed nowhere are absent.
    """
    by_vote = {
        vote.value: sorted(code for code, cast in named.items() if cast is vote) for vote in SHOWN
    }
    if not by_vote["absent"]:
        del by_vote["absent"]
    if not loose:
        return {"votes": by_vote}
    counts = {
        vote.value: str(len(by_vote.get(vote.value, ())) + unnamed.get(vote, 0)) for vote in SHOWN
    }
    known = {name: codes for name, codes in by_vote.items() if codes}
    return {"counts": counts, "named": known} if known else {"counts": counts}


def recorded(source: Source, route: Route, record: Record) -> str | None:
    """The text of a file with the record of the vote at `route` in it.

    Nothing where the file would say anything else than before, but for the record.
    """
    node = source.node_at(route)
    if not isinstance(node, Node) or not node.entries:
        return None
    in_braces = bool(node.start.flow_style)
    text = _in_braces(source, node, record) if in_braces else _in_lines(source, node, record)
    again, problems = read_bytes(source.file, text.encode("utf-8"), big=True)
    wanted = deepcopy(source.data)
    holder = wanted
    for step in route:
        holder = holder[step]
    for key in RECORD:
        holder.pop(key, None)
    holder.update(record)
    return text if not problems and again.data == wanted else None


def lines_of(record: Record, indent: int = 0) -> list[str]:
    """A record as lines of YAML."""
    pad = " " * indent
    lines: list[str] = []
    for key, inside in record.items():
        if key == "counts":
            figures = ", ".join(f"{vote}: {count}" for vote, count in inside.items())
            lines.append(f"{pad}{key}: {{{figures}}}")
            continue
        lines.append(f"{pad}{key}:")
        for vote, codes in inside.items():
            lines += listed(f"{pad}  {vote}", map(quoted, codes))
    return lines


def _in_lines(source: Source, node: Node, record: Record) -> str:
    """The text edited line by line: the mapping is written one entry below the other."""
    entries = node.entries or {}
    ending = "\r\n" if "\r\n" in source.text else "\n"
    lines = source.text.split("\n")
    if not lines[-1].strip("\r"):
        lines.pop()
    lines = [line.removesuffix("\r") for line in lines]
    indent = next(iter(entries.values()))[0].start_mark.column
    new = lines_of(record, indent)
    old = [(key.start_mark.line, _last_line(key, value)) for key, value in _old(entries)]
    edits = [(first, last + 1, list[str]()) for first, last in old]
    if old:
        first, last = old[0]
        # What stands before the key on its line is the dash of a list.
        lead = lines[first][:indent]
        edits[0] = (first, last + 1, [lead + new[0][indent:], *new[1:]])
    else:
        place = _place(entries, lines, indent)
        edits = [(place, place, new)]
    for first, end, fresh in reversed(edits):
        lines[first:end] = fresh
    return ending.join(lines) + ending


def _old(entries: Mapping[str, tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The entries that the record takes the place of, in the order of the file."""
    return [entry for key, entry in entries.items() if key in RECORD]


def _place(entries: Mapping[str, tuple[Any, Any]], lines: list[str], indent: int) -> int:
    """The line above which the record goes: before what stands below votes, or at the end."""
    for number, (name, (key, _)) in enumerate(entries.items()):
        if name in AFTER and number:
            line = int(key.start_mark.line)
            while lines[line - 1].startswith(" " * indent + "#"):
                line -= 1
            return line
    key, value = list(entries.values())[-1]
    return _last_line(key, value) + 1


def _last_line(key: Any, value: Any) -> int:
    """The last line (from 0) on which an entry says something; comments below it are not its."""
    return max(int(key.end_mark.line), *_lines(value))


def _lines(node: Any) -> Iterable[int]:
    """The lines on which the parts of a value end."""
    if not isinstance(node, Node):
        end = node.end_mark
        # A block text ends at the start of the line after it.
        past = end.column == 0 and end.line > node.start_mark.line
        yield int(end.line) - past
        return
    if node.start.flow_style:
        yield int(node.end.end_mark.line)
        return
    yield int(node.start.start_mark.line)
    for key, value in (node.entries or {}).values():
        yield int(key.end_mark.line)
        yield from _lines(value)
    for item in node.items or ():
        yield from _lines(item)


def _in_braces(source: Source, node: Node, record: Record) -> str:
    """The text edited within braces."""
    entries = list((node.entries or {}).items())
    fresh = ", ".join(f"{key}: {_inline(inside)}" for key, inside in record.items())
    text = source.text
    old = [number for number, (key, _) in enumerate(entries) if key in RECORD]
    for number in reversed(old[1:]):
        start, end = _ends(entries[number - 1][1])[1], _ends(entries[number][1])[1]
        text = text[:start] + text[end:]
    if old:
        start, end = _ends(entries[old[0]][1])
        return text[:start] + fresh + text[end:]
    end = _ends(entries[-1][1])[1]
    return f"{text[:end]}, {fresh}{text[end:]}"


def _ends(entry: tuple[Any, Any]) -> tuple[int, int]:
    """Where an entry within braces starts and ends in the text, in characters."""
    key, value = entry
    last = value.end if isinstance(value, Node) else value
    return int(key.start_mark.index), max(int(key.end_mark.index), int(last.end_mark.index))


def _inline(inside: Mapping[str, Any]) -> str:
    """What stands under a key, in braces."""
    parts = (
        f"{vote}: {value if isinstance(value, str) else '[' + ', '.join(map(quoted, value)) + ']'}"
        for vote, value in inside.items()
    )
    return "{" + ", ".join(parts) + "}"
