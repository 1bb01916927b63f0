"""Which member of a roll call the chair means, by what is typed: to turn to it out of the order."""

from collections.abc import Iterator, Sequence

from unvote.api.rolling import Floor
from unvote.diagnostics import quoted
from unvote.polling import SEAT, alphabetical


def matches(floor: Floor, typed: str) -> Iterator[str]:
    """The members called whose name or code begins with what was typed, in the order called."""
    words = alphabetical(typed)
    for member in floor.roster.called:
        name = alphabetical(floor.titles[member])
        code = member.removeprefix(SEAT).casefold()
        if words and (code.startswith("".join(words)) or _begins(name, words)):
            yield member


def _begins(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a name begins with these words, the last of them in part."""
    *whole, last = words
    head = name[: len(whole)]
    return list(head) == whole and len(name) > len(whole) and name[len(whole)].startswith(last)


def found(floor: Floor, typed: str) -> tuple[str | None, str]:
    """The member called that a name means, or why it means none, with what to type instead.

    Names are understood and refused as everywhere; the start of a name will do where it is the
    start of one only.
    """
    seat_of = f"{SEAT}{typed.strip()}"
    if seat_of in floor.roster.called:
        return seat_of, ""
    code, problems = floor.setting.names.find(typed, floor.case.day)
    if code in floor.roster.called:
        return code, ""
    near = list(matches(floor, typed))
    doubtful = any(problem.code == "UV203" for problem in problems)
    if len(near) == 1 and not doubtful and code is None:
        return near[0], ""
    if code is not None:
        return None, f"{code} is not called: it {floor.out.get(code, 'does not sit here')}"
    if near and not doubtful:
        return None, f"'{quoted(typed)}' could be {' or '.join(near[:6])}"
    return None, "; ".join(f"{p.message}: {p.hint}" for p in problems)
