"""Entries of a stances file written at their places: comments, layout and all others stay.

The new text is read again, and is kept only if it says what was meant and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from unvote.diagnostics import Problem, Spot
from unvote.loading.reader import read_bytes
from unvote.loading.source import Node, Source
from unvote.render.scaffold.lines import quoted
from unvote.resolve.cells import worded
from unvote.resolve.updates import Update
from unvote.stances import Stance
from unvote.wording import percent_words

WIDTH: Final = 100
INDENT: Final = "  "
RAW: Final = frozenset({"vote", "yes", "no", "abstain", "absent", "then", "on", "cost", "together"})
"""Keys whose values are words of ours, which are written without quotes."""

Entry = dict[str, Any]


@dataclass(slots=True)
class Edits:
    """Pieces of text to put in the place of others, and what the file is to say afterwards."""

    source: Source
    data: Any = field(init=False)
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    refused: list[tuple[Update, str]] = field(default_factory=list)
    """Updates that cannot be written at their place, and why."""

    def __post_init__(self) -> None:
        self.data = deepcopy(self.source.data)

    def put(self, start: int, end: int, text: str) -> None:
        """Put text in the place of a span, in characters."""
        self.spans.append((start, end, text.replace("\n", self.newline)))

    @property
    def newline(self) -> str:
        """How lines end in this file."""
        return "\r\n" if "\r\n" in self.source.text else "\n"

    def text(self) -> str:
        """The text with every piece in its place."""
        text = self.source.text
        # Of two pieces for one place the later one comes after: it is put in first.
        order = sorted(enumerate(self.spans), key=lambda one: (one[1][0], one[0]), reverse=True)
        for _, (start, end, piece) in order:
            text = text[:start] + piece + text[end:]
        return text


def written(source: Source, updates: Iterable[Update]) -> tuple[str | None, list[Problem]]:
    """The text of a stances file with updates written into it (UV651 where one cannot be).

    The text is missing where nothing but by hand would do.
    """
    edits = Edits(source)
    wanted = [one for one in updates if one.writes]
    top = source.node
    if not isinstance(top, Node) or top.entries is None or top.start.flow_style:
        return None, [_by_hand("its entries do not stand on lines of their own")]
    for one in wanted:
        if one.route is not None:
            _change(edits, one)
    for key, of_group in (("groups", True), ("countries", False)):
        new = [one for one in wanted if one.route is None and one.row.of_group is of_group]
        if new:
            _add(edits, key, sorted(new, key=lambda one: one.row.code or ""), top)
    if edits.refused:
        return None, [_by_hand(why, one) for one, why in edits.refused]
    text = edits.text()
    again, problems = read_bytes(source.file, text.encode("utf-8", "replace"), big=True)
    if any(problem.is_error for problem in problems) or again.data != edits.data:
        return None, [_by_hand("it would say something else than was meant")]
    return text, []


def _by_hand(why: str, update: Update | None = None) -> Problem:
    """That a file is left to its author (UV651)."""
    what = f"the entry of {update.row.code}" if update else "the stances file"
    hint = "change it by hand; `unvote fmt` puts a file into its usual layout"
    if update is not None and update.route is not None:
        return Problem(
            "UV651", f"{what} cannot be changed: {why}", update.route, hint, spot=Spot.KEY
        )
    return Problem("UV651", f"{what} cannot be changed: {why}", (), hint)


def entry_of(stance: Stance) -> Entry:
    """A stance as the data of its mapping, in the usual order of keys."""
    entry: Entry = {}
    if stance.follows is not None:
        entry["follows"] = stance.follows
    elif stance.chances:
        entry |= {vote.value: percent_words(chance) for vote, chance in stance.chances.items()}
    else:
        entry["vote"] = worded(stance.word, stance.vote)
    if stance.condition and stance.then is not None:
        entry["if"] = {name: verdict.value for name, verdict in stance.condition.items()}
        entry["then"] = worded(stance.then_word, stance.then)
    if stance.report is not None:
        on = stance.report.on.isoformat() if stance.report.on else ""
        parts = {"who": stance.report.who, "how": stance.report.how, "on": on}
        told = {key: text for key, text in parts.items() if text}
        entry["source"] = told["who"] if told.keys() == {"who"} else told
    if stance.together:
        entry["together"] = "true"
    if stance.cost != 1:
        entry["cost"] = str(stance.cost)
    if stance.tags:
        entry["tags"] = list(stance.tags)
    if stance.note:
        entry["note"] = stance.note
    return entry


def _plain(entry: Entry) -> Any:
    """An entry that says no more than a vote is that vote alone."""
    return entry["vote"] if entry.keys() == {"vote"} else entry


def _key(key: str) -> str:
    """A key as it is written: ours as they are."""
    return key if key in RAW else quoted(key)


def _flow(value: Any, key: str = "") -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)}: {_flow(v, k)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return value if key in RAW else quoted(value)


def _keyed(key: str, value: Any, indent: str) -> str:
    """`key: value` on one line, or the keys of a long mapping on a line each."""
    line = f"{_key(key)}: {_flow(value, 'vote')}"
    if not isinstance(value, dict) or len(indent) + len(line) <= WIDTH:
        return line
    inner = indent + INDENT
    return f"{_key(key)}:" + "".join(f"\n{inner}{k}: {_flow(v, k)}" for k, v in value.items())


def _change(edits: Edits, update: Update) -> None:
    """Write an update into the entry that is there."""
    route = update.route or ()
    holder = edits.source.node_at(route[:-1])
    if not isinstance(holder, Node) or holder.entries is None:
        edits.refused.append((update, "it is part of a list"))
        return
    key, value = holder.entries[str(route[-1])]
    old, new = entry_of(update.before or Stance()), entry_of(update.after or Stance())
    place = _at(edits.data, route[:-1])
    indent = "" if holder.start.flow_style else " " * key.start_mark.column
    if not isinstance(value, Node):
        flat = bool(holder.start.flow_style)
        data = _plain(new)
        line = f"k: {_flow(data, 'vote')}" if flat else _keyed("k", data, indent)
        _replace(edits, key, value, line.removeprefix("k:"))
        place[route[-1]] = data
        return
    gone = old.keys() - new.keys()
    if gone:
        _rewrite(edits, update, key, value, new)
        return
    entry = place[route[-1]]
    for name, data in new.items():
        if old.get(name) != data:
            why = _set(edits, value, name, data)
            if why:
                edits.refused.append((update, why))
            entry[name] = data


def _at(data: Any, route: Sequence[str | int]) -> Any:
    for step in route:
        data = data[step]
    return data


def _rewrite(edits: Edits, update: Update, key: Any, value: Node, new: Entry) -> None:
    """Write a whole entry anew that says its stance in another way than before."""
    route = update.route or ()
    kept = _at(edits.data, route)
    start, end = _span(edits.source, key, value)
    if "#" in edits.source.text[start:end] or "except" in kept:
        why = "it says the stance in another way (chances, or whom it follows), with remarks within"
        edits.refused.append((update, why))
        return
    edits.put(start, end, f" {_flow(_plain(new), 'vote')}")
    _at(edits.data, route[:-1])[route[-1]] = _plain(new)


def _set(edits: Edits, entry: Node, name: str, data: Any) -> str | None:
    """Set one key of an entry; why not, where it cannot be done."""
    entries = entry.entries or {}
    if name in entries:
        key, value = entries[name]
        start, end = _span(edits.source, key, value)
        if isinstance(value, Node) and "#" in edits.source.text[start:end]:
            return f"a remark stands within its {name}"
        _replace(edits, key, value, f" {_flow(data, name)}")
        return None
    if entry.start.flow_style:
        end = entry.end.end_mark.index - 1
        text = f"{name}: {_flow(data, name)}"
        trailing = edits.source.text[:end].rstrip().endswith(",")
        edits.put(end, end, f" {text}," if trailing else f", {text}")
        return None
    key, value = next(iter(entries.values()))
    anchor = entries.get("vote", (key, value))
    line = _line_end(edits.source, _end(edits.source, *anchor))
    indent = " " * key.start_mark.column
    edits.put(line, line, f"\n{indent}{name}: {_flow(data, name)}")
    return None


def _replace(edits: Edits, key: Any, value: Any, text: str) -> None:
    """Put ` value` behind a key in the place of what stands there."""
    empty = not isinstance(value, Node) and value.start_mark.index == value.end_mark.index
    if isinstance(value, Node) or empty or value.style in {"|", ">"}:
        edits.put(*_span(edits.source, key, value), text)
    else:
        edits.put(value.start_mark.index, value.end_mark.index, text.removeprefix(" "))


def _span(source: Source, key: Any, value: Any) -> tuple[int, int]:
    """From behind the colon of a key to the end of its value."""
    return source.text.index(":", key.end_mark.index) + 1, _end(source, key, value)


def _end(source: Source, key: Any, value: Any) -> int:
    """Where a value ends, the line end and remarks after it not included."""
    if isinstance(value, Node):
        if value.start.flow_style:
            return int(value.end.end_mark.index)
        if value.entries:
            return _end(source, *list(value.entries.values())[-1])
        last = (value.items or [])[-1]
        return _end(source, key, last)
    if value.start_mark.index == value.end_mark.index:
        return source.text.index(":", key.end_mark.index) + 1
    end = int(value.end_mark.index)
    return end if value.style not in {"|", ">"} else len(source.text[:end].rstrip("\r\n"))


def _line_end(source: Source, index: int) -> int:
    """Where the line of a place ends, before its line end."""
    end = source.text.find("\n", index)
    if end < 0:
        return len(source.text)
    return end - 1 if source.text[end - 1] == "\r" and end > index else end


def _add(edits: Edits, key: str, new: Sequence[Update], top: Node) -> None:
    """Write new entries below the last one of `groups` or `countries`."""
    entries = {str(one.row.code): _plain(entry_of(one.after or Stance())) for one in new}
    holder = edits.data.get(key)
    edits.data[key] = {**(holder or {}), **entries}
    found = (top.entries or {}).get(key)
    if found is None:
        _append(edits, key, entries)
        return
    name, value = found
    if isinstance(value, Node) and value.entries and not value.start.flow_style:
        first = next(iter(value.entries.values()))[0]
        indent = " " * first.start_mark.column
        line = _line_end(edits.source, _end(edits.source, name, value))
        edits.put(line, line, _lines(entries, indent))
    elif isinstance(value, Node) and value.entries:
        end = value.end.end_mark.index - 1
        comma = "" if edits.source.text[:end].rstrip().endswith(",") else ","
        text = ", ".join(f"{_key(k)}: {_flow(v, 'vote')}" for k, v in entries.items())
        edits.put(end, end, f"{comma} {text}")
    else:
        start, end = _span(edits.source, name, value)
        edits.put(start, end, "")
        line = _line_end(edits.source, end)
        edits.put(line, line, _lines(entries, INDENT))


def _append(edits: Edits, key: str, entries: Mapping[str, Any]) -> None:
    """Write a key that is not there yet at the end of the file."""
    end = len(edits.source.text)
    gap = "" if edits.source.text.endswith("\n") or not edits.source.text else "\n"
    edits.put(end, end, f"{gap}{key}:{_lines(entries, INDENT)}\n")


def _lines(entries: Mapping[str, Any], indent: str) -> str:
    """New entries, each on lines of its own, after the end of a line."""
    return "".join(f"\n{indent}{_keyed(key, value, indent)}" for key, value in entries.items())
