"""The minimal winning and blocking coalitions of a body: as tables, Markdown, data and rows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from unvote.coalitions import Coalitions, Pattern, Power
from unvote.render.card import bullets
from unvote.render.sheets import markdown_text, sheet_of
from unvote.render.style import Look, table

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_NAMES: Final = 12
"""Members named one by one in a form of coalition."""
ALL_OTHERS: Final = "all others vote the other way and nobody abstains"
"""What coalitions rest on."""
LONGEST: Final = 10**12
"""The least number that is not written out in a table; JSON and CSV have all of it."""


def coalitions_parts(power: Power | None, look: Look, most: int) -> "Iterator[RenderableType]":
    """The coalitions as two tables; `most` forms of each are listed."""
    if power is None:
        yield "Coalitions: beyond what can be counted under this rule"
        return
    yield f"Coalitions, where {ALL_OTHERS}"
    yield ""
    for title, found in (("winning", power.winning), ("blocking", power.blocking)):
        drawn = table(
            look,
            (
                f"Minimal {title} coalitions: {number_words(found.number)}",
                {"ratio": 1, "overflow": "fold"},
            ),
            ("Size", {"justify": "right", "no_wrap": True}),
            ("Number", {"justify": "right", "overflow": "fold"}),
        )
        for pattern in found.patterns[:most]:
            drawn.add_row(pattern_words(pattern), str(pattern.size), number_words(pattern.number))
        yield drawn
        if len(found.patterns) > most:
            yield _left_words(len(found.patterns) - most)
        yield from _sets(found, look, most)
        if title == "winning":
            yield ""


def _sets(found: Coalitions, look: Look, most: int) -> "Iterator[RenderableType]":
    """The first coalitions, where a form stands for more than one."""
    if found.number > len(found.patterns):
        first = found.first(most)
        if first:
            yield bullets([" ".join(one) for one in first], look)
        if first and found.number > len(first):
            yield f"and {number_words(found.number - len(first))} more (--list)"


def _left_words(number: int) -> str:
    """How many forms are not listed."""
    return f"and {number:,} more form{'s' * (number != 1)} (--list)"


def number_words(number: int) -> str:
    """A number; one too long to read by its first digits and its power of ten."""
    if number < LONGEST:
        return f"{number:,}"
    digits = str(number)
    return f"about {digits[0]}.{digits[1:3]}e{len(digits) - 1}"


def pattern_words(pattern: Pattern) -> str:
    """A form of coalition: `CHN FRA GBR RUS USA and any 4 of ALB ARE ...`."""
    parts = []
    for taken, size, codes in pattern.parts:
        names = " ".join(codes) if len(codes) == size <= MOST_NAMES else f"{size} members"
        if taken == size:
            parts.append(names if len(codes) == size else f"all {size}")
        else:
            parts.append(f"any {taken} of {names}")
    return ", and ".join(parts)


def coalitions_markdown(power: Power | None, most: int) -> Iterator[str]:
    """The coalitions as tables."""
    if power is None:
        yield "Coalitions: beyond what can be counted under this rule\n"
        return
    yield f"Coalitions, where {ALL_OTHERS}:\n"
    for title, found in (("winning", power.winning), ("blocking", power.blocking)):
        head = (f"Minimal {title} coalitions: {number_words(found.number)}", "Size", "Number")
        rows = [
            (pattern_words(pattern), str(pattern.size), number_words(pattern.number))
            for pattern in found.patterns[:most]
        ]
        yield markdown_text(sheet_of(head, rows, right=frozenset({"Size", "Number"})))
        if len(found.patterns) > most:
            yield f"{_left_words(len(found.patterns) - most)}\n"


def coalitions_data(power: Power | None, most: int) -> dict[str, Any] | None:
    """The coalitions for JSON: how many, their forms, the first of them."""
    if power is None:
        return None
    return {
        "winning": _found_data(power.winning, most),
        "blocking": _found_data(power.blocking, most),
    }


def _found_data(found: Coalitions, most: int) -> dict[str, Any]:
    return {
        "number": found.number,
        "forms": [
            {
                "size": pattern.size,
                "number": pattern.number,
                "parts": [
                    {"take": taken, "of": size, "members": list(codes)}
                    for taken, size, codes in pattern.parts
                ],
            }
            for pattern in found.patterns[:most]
        ],
        "first": [list(one) for one in found.first(most)],
    }


def coalition_sorts(power: Power | None) -> Iterator[tuple[str, Coalitions]]:
    """Both sorts of coalition with what they are called; none where there are none."""
    if power is not None:
        yield "minimal winning", power.winning
        yield "minimal blocking", power.blocking
