"""The list of codes, and the page of each: what it means, why it matters, its cure, examples."""

from collections.abc import Iterable

from unvote.catalogue import CATALOGUE, FAMILIES, Entry


def codes_text() -> str:
    """Every code, by family."""
    parts = []
    for family, title in FAMILIES.items():
        entries = [entry for entry in CATALOGUE.values() if entry.code.startswith(family)]
        lines = [f"  {e.code}  {e.title}{_level(e)}" for e in entries]
        parts.append("\n".join([f"{title}", *lines]))
    return "\n\n".join(parts) + "\n"


def _level(entry: Entry) -> str:
    return " (warning)" if entry.level.value == "warning" else ""


def page_text(entry: Entry, examples: Iterable[tuple[str, str]] = ()) -> str:
    """The page of one code; `examples` are files with what the program prints of them."""
    text = f"{entry.code}: {entry.title} ({entry.level.value})\n\n{entry.why}\n\n{entry.cure}\n"
    for source, printed in examples:
        indented = "".join(f"    {line}\n" if line else "\n" for line in source.split("\n"))
        said = "".join(f"    {line}\n" if line else "\n" for line in printed.split("\n"))
        text += f"\nThis file\n\n{indented.rstrip()}\n\ngives\n\n{said.rstrip()}\n"
    return text
