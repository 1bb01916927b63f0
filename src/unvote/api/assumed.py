"""What a caller assumes in the place of a file: chances behind words, of the undecided, draws."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.rulings import Ruling
from unvote.stances import CONFIDENCE, Outlook
from unvote.vocabulary import Vote

MOST_DRAWS: Final = 1_000_000_000


def assuming(
    ruling: Ruling,
    confidence: Mapping[str, Fraction] | None = None,
    undecided: Mapping[Vote, Fraction] | None = None,
) -> Ruling:
    """The same vote under other assumptions: the chance behind a word, those of an undecided."""
    known = ruling.case.outlook or Outlook()
    outlook = replace(
        known,
        confidence={**known.confidence, **{_plain(w): c for w, c in (confidence or {}).items()}},
        undecided={v: c for v, c in undecided.items() if c} if undecided else known.undecided,
    )
    return replace(ruling, case=replace(ruling.case, outlook=outlook))


def misassumed(
    rulings: Iterable[Ruling],
    confidence: Mapping[str, Fraction] | None = None,
    undecided: Mapping[Vote, Fraction] | None = None,
    draws: int | None = None,
) -> list[Diagnostic]:
    """What is wrong with assumptions about some votes (UV110, UV407)."""
    words = list(CONFIDENCE)
    for ruling in rulings:
        words += ruling.case.outlook.confidence if ruling.case.outlook else ()
    found = [*_words(confidence or {}, list(dict.fromkeys(words))), *_undecided(undecided or {})]
    if draws is not None and not (_is_whole(draws) and 1 <= draws <= MOST_DRAWS):
        message = f"{_shown(draws)} is not a number of draws"
        problem = Problem("UV110", message, hint=f"a whole number from 1 to {MOST_DRAWS}")
        found.append(Diagnostic("--simulate", problem))
    return found


def _words(confidence: Mapping[str, Fraction], known: Sequence[str]) -> Iterable[Diagnostic]:
    """Words nobody knows here, and what is no chance."""
    for word, chance in confidence.items():
        place = f"--confidence {_shown(word)}"
        if not _is(word, str) or _plain(word) not in known:
            message = f"'{_shown(word)}' is no word of confidence here"
            yield Diagnostic(place, Problem("UV110", message, hint=f"one of: {', '.join(known)}"))
        yield from (Diagnostic(place, problem) for problem in _no_chance(chance))


def _undecided(chances: Mapping[Vote, Fraction]) -> Iterable[Diagnostic]:
    """What is no vote, no chance, or does not add up to one."""
    place = "--undecided"
    wrong: list[Problem] = []
    for vote, chance in chances.items():
        if not _is(vote, Vote) or vote is Vote.UNDECIDED:
            hint = "Vote.YES, Vote.NO, Vote.ABSTAIN or Vote.ABSENT"
            wrong.append(Problem("UV110", f"'{_shown(vote)}' is not a vote", hint=hint))
        wrong += _no_chance(chance)
    if chances and not wrong and sum(chances.values()) != 1:
        wrong.append(unequal(sum(chances.values(), Fraction(0))))
    return [Diagnostic(place, problem) for problem in wrong]


def unequal(total: Fraction) -> Problem:
    """Chances that do not add up to one (UV407)."""
    message = f"the chances add up to {float(total * 100):g}%, not 100%"
    return Problem("UV407", message, hint="give every vote its chance")


def _no_chance(chance: object) -> list[Problem]:
    """What is no exact number from nought to one."""
    exact = isinstance(chance, Fraction) or _is_whole(chance)
    if isinstance(chance, (int, Fraction)) and exact and 0 <= chance <= 1:
        return []
    if isinstance(chance, (int, Fraction)) and exact:
        message = (
            f"a chance of {_shown(chance)} is {'less than 0' if chance < 0 else 'more than 1'}"
        )
    else:
        message = f"'{_shown(chance)}' is not an exact chance"
    return [Problem("UV110", message, hint="a fraction from 0 to 1, as Fraction(3, 4)")]


def _is(value: object, kind: type) -> bool:
    """Whether a caller kept to the type."""
    return isinstance(value, kind)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _plain(word: str) -> str:
    return " ".join(word.casefold().split())


def _shown(value: object) -> str:
    return quoted(str(value))
