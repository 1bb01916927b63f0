"""The list of codes, and the page of each: what it means, why it matters, its cure, examples."""

from collections.abc import Iterable
from textwrap import fill

from unvote.catalogue import CATALOGUE, FAMILIES, Entry
from unvote.diagnostics import Level, visible

WIDTH = 80


def codes_text() -> str:
    """Every code, by family."""
    parts = []
    for family, title in FAMILIES.items():
        entries = [entry for entry in CATALOGUE.values() if entry.code.startswith(family)]
        lines = [f"  {e.code}  {e.title}{_remark(e)}" for e in entries]
        parts.append("\n".join([f"{title}", *lines]))
    return "\n\n".join(parts) + "\n"


def _remark(entry: Entry) -> str:
    warns = entry.both or entry.level is Level.WARNING
    return f" ({level_words(entry)})" if warns else ""


def level_words(entry: Entry) -> str:
    """The level of a code, or both, the usual one first."""
    if not entry.both:
        return entry.level.value
    return "error or warning" if entry.level is Level.ERROR else "warning or error"


def page_text(entry: Entry, examples: Iterable[tuple[str, str, str]] = ()) -> str:
    """The page of one code; `examples` are files, their text, and what the program says of them."""
    head = f"{entry.code}: {entry.title} ({level_words(entry)})"
    parts = [head, fill(entry.why, WIDTH), fill(entry.cure, WIDTH)]
    for file, text, said in examples:
        if text:
            parts += [f"{file}:", _indented(text)]
        parts.append(f"gives\n\n{_indented(said)}" if text else f"It says\n\n{_indented(said)}")
    return "\n\n".join(parts) + "\n"


def _indented(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    return "\n".join(f"    {visible(line)}" if line else "" for line in lines)
