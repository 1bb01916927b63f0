"""Dates, whole numbers, shares and the words for votes, read from text."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeVar

from unvote.diagnostics import Problem, quoted
from unvote.members import Period
from unvote.vocabulary import Vote

T = TypeVar("T")
Read = tuple[T | None, list[Problem]]

MONTHS: Final = 12
ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
WHOLE: Final = re.compile(r"\d{1,12}", re.ASCII)
DIGITS: Final = re.compile(r"\d+", re.ASCII)
RANGE: Final = re.compile(r"\s*(\d+)\s*(?:\.\.\s*(\d+)\s*)?", re.ASCII)
SHORT: Final = 6
"""Digits of a number in a range."""
COUNTS: Final = re.compile(
    r"\s*(\d{1,9})\s*[-\N{EN DASH}:/]\s*(\d{1,9})\s*[-\N{EN DASH}:/]\s*(\d{1,9})\s*", re.ASCII
)

LONGEST: Final = 100
"""Letters; what is longer is no word for a vote."""

VOTES: Final[dict[str, Vote]] = {
    **dict.fromkeys(("yes", "y", "for", "in favour", "in favor"), Vote.YES),
    **dict.fromkeys(("no", "n", "against"), Vote.NO),
    **dict.fromkeys(("abstain", "a", "abstaining", "abstention", "abstained"), Vote.ABSTAIN),
    **dict.fromkeys(("absent", "x", "not voting", "not participating", "non-voting"), Vote.ABSENT),
    **dict.fromkeys(("undecided", "unknown", "?"), Vote.UNDECIDED),
}


def vote_of(word: object) -> Vote | None:
    """The vote a word stands for, capitals and spacing ignored."""
    if not isinstance(word, str) or len(word) > LONGEST:
        return None
    return VOTES.get(word) or VOTES.get(" ".join(word.casefold().split()))


def date_of(text: str) -> Read[date]:
    """A calendar date written as 2022-03-02 (UV104)."""
    plain = text.strip()
    try:
        day = _day(plain) if len(plain) == len("2022-03-02") else None
    except ValueError:
        message = f"'{quoted(text)}' is not a day of the calendar"
        return None, [Problem("UV104", message, hint="year-month-day, as 2022-03-02")]
    if day is None:
        message = f"'{quoted(text)}' is not a date"
        return None, [Problem("UV104", message, hint=_date_hint(text))]
    return day, []


@lru_cache(maxsize=1000)
def _day(text: str) -> date | None:
    """The date; nothing for what has not the form of one, an error for no day of the calendar."""
    match = ISO.fullmatch(text)
    return None if match is None else date(int(match[1]), int(match[2]), int(match[3]))


def _date_hint(text: str) -> str:
    """The date meant, where a day over 12 leaves no doubt; else the form."""
    match = re.fullmatch(r"\s*(\d{1,2})[./](\d{1,2})[./](\d{4})\s*", text)
    if match and int(match[1]) > MONTHS >= int(match[2]):
        return f"write {match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    return "year-month-day, as 2022-03-02"


def period_of(since: str | None, until: str | None) -> Read[Period]:
    """A period from its two ends (UV104), each with a route to its key."""
    problems: list[Problem] = []
    ends: dict[str, date | None] = {}
    for key, text in (("since", since), ("until", until)):
        value, found = date_of(text) if text else (None, [])
        ends[key] = value
        problems += [problem.under(key) for problem in found]
    start, end = ends["since"], ends["until"]
    if start and end and end < start:
        problems.append(
            Problem(
                "UV104",
                f"the period ends ({end}) before it begins ({start})",
                ("until",),
                "exchange the two, or correct one",
            )
        )
    return (None, problems) if problems else (Period(start, end), [])


def span_of(text: str) -> Read[Period]:
    """A period written as `2006-06-19..2009-06-18`, `2005..2006` (years) or `2005`."""
    first, dots, last = text.partition("..")
    since = f"{first}-01-01" if re.fullmatch(r"\d{4}", first) else first
    last = last if dots else first
    until = f"{last}-12-31" if re.fullmatch(r"\d{4}", last) else last
    period, problems = period_of(since or None, until or None)
    return period, [Problem(p.code, p.message, (), p.hint) for p in problems]


def whole_of(text: str) -> Read[int]:
    """A whole number of members (UV110)."""
    if WHOLE.fullmatch(text.strip()):
        return int(text), []
    if DIGITS.fullmatch(text.strip()):
        return None, [_too_large(text, 10**12 - 1)]
    message = f"'{quoted(text)}' is not a whole number"
    return None, [Problem("UV110", message, hint="write digits only, as 93")]


def range_of(text: str) -> Read[tuple[int, int]]:
    """A range of whole numbers: `0..58`, or one number (UV110)."""
    match = RANGE.fullmatch(text)
    ends = [end for end in match.groups() if end] if match else []
    if any(len(end) > SHORT for end in ends):
        return None, [_too_large(text, 10**SHORT - 1)]
    if ends and int(ends[0]) <= int(ends[-1]):
        return (int(ends[0]), int(ends[-1])), []
    message = f"'{quoted(text)}' is not a range of whole numbers"
    return None, [Problem("UV110", message, hint="write it as 0..58")]


def _too_large(text: str, most: int) -> Problem:
    return Problem("UV110", f"'{quoted(text.strip())}' is too large", hint=f"at most {most}")


def counts_of(text: str) -> Read[tuple[int, int, int]]:
    """Yes, no and abstain from `93-8-73` (UV110)."""
    match = COUNTS.fullmatch(text)
    if match is None:
        message = f"'{quoted(text)}' is not a count of votes"
        return None, [Problem("UV110", message, hint="write yes-no-abstain, as 93-8-73")]
    return (int(match[1]), int(match[2]), int(match[3])), []


def share_of(text: str) -> Read[Fraction]:
    """An exact share from `2/3` or `55%`; a decimal names the fraction meant (UV306)."""
    plain = text.strip()
    if match := re.fullmatch(r"(\d{1,9})\s*/\s*(\d{1,9})", plain, re.ASCII):
        if int(match[2]) and int(match[1]) <= int(match[2]):
            return Fraction(int(match[1]), int(match[2])), []
        if int(match[2]):
            return None, [_too_much(text, "1")]
    elif match := re.fullmatch(r"(\d{1,3}(?:\.\d{1,6})?)\s*%", plain, re.ASCII):
        if 0 < (share := Fraction(match[1]) / 100) <= 1:
            return share, []
        if share > 1:
            return None, [_too_much(text, "100%")]
    elif re.fullmatch(r"0?\.\d{1,12}", plain):
        near = Fraction(plain).limit_denominator(20)
        message = f"{plain} is a decimal: rounding would decide votes"
        return None, [Problem("UV306", message, hint=f"write the fraction meant, as {near}")]
    message = f"'{quoted(text)}' is not a share"
    return None, [Problem("UV110", message, hint="write a fraction such as 2/3, or 55%")]


def _too_much(text: str, most: str) -> Problem:
    message = f"'{quoted(text)}' is more than {most}"
    return Problem("UV110", message, hint="write a fraction such as 2/3, or 55%")


def truth_of(text: str | None) -> Read[bool]:
    """Yes or no, in the usual words; nothing counts as no (UV110)."""
    word = (text or "false").casefold()
    if word in {"true", "yes"}:
        return True, []
    if word in {"false", "no"}:
        return False, []
    message = f"'{quoted(text or '')}' is neither true nor false"
    return None, [Problem("UV110", message, hint="write true or false")]


def one_of(words: Mapping[str, T], text: str, what: str) -> Read[T]:
    """One of a closed set of words (UV110)."""
    found = words.get(" ".join(text.casefold().split()))
    if found is not None:
        return found, []
    message = f"'{quoted(text)}' is not {what}"
    return None, [Problem("UV110", message, hint=f"one of: {', '.join(words)}")]


def collect(
    problems: list[Problem], read: Read[T], *route: str | int, otherwise: Callable[[], T]
) -> T:
    """The value of a reading, its problems kept under a route; `otherwise` if there is none."""
    value, found = read
    problems += [problem.under(*route) for problem in found]
    return otherwise() if value is None else value


def maybe(problems: list[Problem], read: Read[T], *route: str | int) -> T | None:
    """The value of a reading if there is one, its problems kept under a route."""
    value, found = read
    problems += [problem.under(*route) for problem in found]
    return value
