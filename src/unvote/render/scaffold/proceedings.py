"""A new proceedings file: several votes in the order given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from unvote.render.scaffold.lines import above, beside, quoted, text_of


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step: the path of its file from the new one, and the ids of further votes within it."""

    resolution: str
    inner: tuple[str, ...] = ()


def proceedings_text(title: str, steps: Sequence[NewStep]) -> str:
    """Proceedings in which every step is taken, whatever came before."""
    ids = step_ids(steps)
    lines = [
        *above("Several votes in order, each taken or not by what came of those before it."),
        "kind: proceedings",
        *beside(f"title: {quoted(title)}", "for people"),
        "",
        *above(
            "A step with `when` is taken only if it holds, as `council is vetoed`: adopted, not "
            "adopted, vetoed, tied, open or taken, joined by `and`, `or` and parentheses."
        ),
        "steps:",
    ]
    for number, (identity, step) in enumerate(zip(ids, steps, strict=True)):
        lines += [f"  - id: {identity}", f"    resolution: {quoted(step.resolution)}"]
        lines += [f"    # when: {ids[number - 1]} is adopted"] if number else []
    wanted = ", ".join(f"{identity}: adopted" for identity in ids)
    remark = above("What you expect to come of it; `unvote check` tests it.")
    return text_of([*lines, "", *remark, f"# expect: {{{wanted}}}"])


def step_ids(steps: Sequence[NewStep]) -> list[str]:
    """One word for each step, from the name of its file, none of them twice."""
    taken = {identity for step in steps for identity in step.inner}
    found: list[str] = []
    for step in steps:
        stem = step.resolution.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        word = name = one_word(stem, "step")
        number = 2
        while name in taken:
            name, number = f"{word}-{number}", number + 1
        taken.add(name)
        found.append(name)
    return found


def one_word(text: str, otherwise: str) -> str:
    """Text as one lower-case word of letters, digits and hyphens, to speak of a thing by."""
    word = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    plain = word[:1].isalpha() and quoted(word) == word and word not in {"is", "and", "or", "not"}
    return word if plain else f"{otherwise}-{word}".rstrip("-")
