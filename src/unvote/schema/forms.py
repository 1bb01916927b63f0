"""The forms of values in a schema: text, dates, numbers, shares, votes and other closed words.

unvote reads every value as text. Another reader of YAML takes `93` for a number, `true` for a
boolean and, by the older rules (1.1), `yes`, `no` and `on` too. A form therefore accepts a value
both as text and as what such a reader makes of it. It refuses only what `unvote check` refuses.

`errorMessage` and `enumDescriptions` are no part of JSON Schema; editors show them.
"""

from collections.abc import Iterable
from typing import Any, Final

from unvote.bodies import First, Regime
from unvote.cases import Change
from unvote.resolve.rules import COUNTING
from unvote.resolve.words import VOTES
from unvote.rules import VetoOn
from unvote.stances import CONFIDENCE
from unvote.vocabulary import Base, Cause, Mode, TiePolicy, Verdict, Vote

Schema = dict[str, Any]

YES_OR_NO: Final = frozenset({"yes", "no", "true", "false"})
"""Words that some readers take for booleans."""

VERDICTS: Final = tuple(verdict.value for verdict in Verdict)
RESULTS: Final = tuple(v.value for v in Verdict if v is not Verdict.OPEN)
BASES: Final = tuple(base.value for base in Base)
CAST: Final = tuple(vote.value for vote in Vote if vote is not Vote.UNDECIDED)
DAY: Final = r"\d{4}-\d{2}-\d{2}(?:T00:00:00\S*)?"
"""A date; some readers add midnight to it."""
END: Final = rf"(?:\d{{4}}|{DAY})?"
SHARE: Final = r"(?:\d{1,9}\s*/\s*\d{1,9}|\d{1,3}(?:\.\d{1,6})?\s*%)"
WHOLE: Final = r"\d{1,12}"
LEAST_SEXAGESIMAL: Final = 3600
"""`1:0:0` in base 60, which is how the older rules read counts with colons."""


def ref(name: str) -> Schema:
    """A reference to a form or shape by its name."""
    return {"$ref": f"#/$defs/{name}"}


def any_of(*parts: Schema) -> Schema:
    """A value that fits one of several schemas."""
    return {"anyOf": list(parts)}


def pattern(expression: str, message: str) -> Schema:
    """Text of a form, spaces around it allowed, with the words to say where it is not."""
    return {"type": "string", "pattern": rf"^\s*(?:{expression})\s*$", "errorMessage": message}


def key_pattern(expression: str, message: str) -> Schema:
    """Keys of a form; a key that another reader takes for a number or a boolean is let be."""
    return {"pattern": rf"^\s*(?:{expression})\s*$", "errorMessage": message}


def any_case(words: Iterable[str]) -> str:
    """An expression for words in capitals or not; JSON Schema has no flag for it."""
    return "|".join("".join(_letter(character) for character in word) for word in words)


def _letter(character: str) -> str:
    if character.isalpha():
        return f"[{character.lower()}{character.upper()}]"
    return r"\s+" if character == " " else rf"\{character}" if character in "?." else character


def closed(words: Iterable[str], also: Iterable[str] = ()) -> Schema:
    """One of a closed set of words, which editors suggest; `also` are understood beside them."""
    listed = list(words)
    every = [*listed, *(word for word in also if word not in listed)]
    message = f"one of: {', '.join(listed)}"
    parts = [{"enum": listed, "errorMessage": message}, pattern(any_case(every), message)]
    return any_of(*parts, *([ref("boolean")] if YES_OR_NO & set(every) else []))


def forms() -> dict[str, Schema]:
    """The forms that depend on nothing, by name."""
    return {**_plain(), **_figures(), **_words()}


def _plain() -> dict[str, Schema]:
    return {
        "text": {
            "description": "Text; readers that guess may see a number or a boolean in it.",
            # As `type: [boolean, number, string]`, but editors do not suggest true and false.
            "if": ref("boolean"),
            "else": {"type": ["string", "number"], "errorMessage": "text is expected here"},
        },
        "boolean": {
            "description": "`yes`, `no`, `on` or `true` as seen by a reader that guesses.",
            "not": {"type": ["array", "null", "number", "object", "string"]},
        },
        "empty": {
            "description": "An empty value, which counts as missing.",
            "not": {"type": ["array", "boolean", "number", "object", "string"]},
        },
        "day": {
            "description": "A date: year, month, day. Some readers add midnight to it.",
            "examples": ["2022-03-02"],
            **pattern(DAY, "a date is written as 2022-03-02"),
        },
    }


def _figures() -> dict[str, Schema]:
    whole: Schema = {"type": "integer", "minimum": 0, "errorMessage": "a whole number"}
    year: Schema = {"type": "integer", "minimum": 0, "maximum": 9999}
    to_decide = f"{WHOLE}|(?:{any_case(['majority'])}|{SHARE})\\s+of\\s+(?:{any_case(BASES)})"
    counts = r"\d{1,9}\s*[-\u2013:/]\s*\d{1,9}\s*[-\u2013:/]\s*\d{1,9}"
    share = "a fraction such as 2/3 or a percentage such as 55%, never a decimal"
    chance = "a chance such as 60%, never a decimal"
    nought: Schema = {"enum": [0], "errorMessage": chance}
    return {
        "whole": any_of(whole, pattern(WHOLE, "a whole number")),
        "share": {"examples": ["2/3", "55%"], **pattern(SHARE, share)},
        "amount": {
            "examples": [9, "2/3", "55%", "majority"],
            **any_of(
                whole,
                pattern(
                    f"{WHOLE}|{SHARE}|{any_case(['majority'])}", f"a number, majority, or {share}"
                ),
            ),
        },
        "quorum": {
            "examples": ["majority of members", "2/3 of members"],
            **any_of(whole, pattern(to_decide, "a number, or a share such as majority of members")),
        },
        "chance": {
            "examples": ["60%"],
            **any_of(nought, pattern(f"{SHARE}|0%?", chance)),
        },
        "period": {
            "examples": ["2006-06-19..2009-06-18", "2005..2006"],
            **any_of(
                year,
                pattern(rf"{END}(?:\.\.{END})?", "a period such as 2006-06-19..2009-06-18"),
            ),
        },
        "range": {
            "examples": ["0..58"],
            **any_of(whole, pattern(r"\d{1,6}\s*(?:\.\.\s*\d{1,6})?", "a range such as 0..58")),
        },
        "counts": {
            "description": "Yes, no and abstentions. With colons, `93:8:43`, some see one number.",
            **any_of(
                {"examples": ["93-8-73"], **pattern(counts, "yes-no-abstain, as 93-8-73")},
                {"type": "integer", "minimum": LEAST_SEXAGESIMAL},
                _counts_by_vote(),
            ),
        },
    }


def _counts_by_vote() -> Schema:
    """Counts as a mapping from vote to number."""
    words = any_case([*VOTES, "true", "false"])
    return {
        "type": "object",
        "properties": dict.fromkeys(CAST, ref("whole")),
        "propertyNames": key_pattern(words, "a vote"),
        "additionalProperties": ref("whole"),
    }


def _words() -> dict[str, Schema]:
    every = any_case(VOTES)
    votes = [vote.value for vote in Vote]
    stances = [*votes, *(f"{word} {vote}" for word in CONFIDENCE for vote in CAST)]
    stance = "a vote, with one of your words of confidence before it or none, as lean yes"
    recorded = [word for word, vote in VOTES.items() if vote is not Vote.UNDECIDED]
    return {
        "truth": any_of({"type": "boolean"}, pattern(any_case(sorted(YES_OR_NO)), "true or false")),
        "vote": closed(CAST, recorded),
        "any-vote": closed(votes, VOTES),
        "intended-vote": closed(CAST, VOTES),
        "wanted-vote": closed(("yes", "no", "abstain"), VOTES),
        "casting-vote": closed(
            ("yes", "no"), [w for w, v in VOTES.items() if v in {Vote.YES, Vote.NO}]
        ),
        "stance-word": any_of(
            {"enum": stances, "errorMessage": stance},
            pattern(rf"(?:\S+\s+)?(?:{every})", stance),
            ref("boolean"),
        ),
        "verdict": closed(VERDICTS),
        "result": closed(RESULTS),
        "step-verdict": closed([*VERDICTS, "not taken"]),
        "cause": closed(cause.value for cause in Cause),
        "base": closed(BASES),
        "counting": closed(COUNTING),
        "against": closed(("no", "not yes")),
        "tie": closed(policy.value for policy in TiePolicy),
        "mode": closed(mode.value for mode in Mode),
        "change": closed(change.value for change in Change),
        "amendments-first": closed(first.value for first in First),
        "regime": closed(regime.value for regime in Regime),
        "veto-on": closed(on.value for on in VetoOn),
        "channel": any_of(
            {"enum": ["phone", "meeting", "note", "email", "press", "signal"]}, ref("text")
        ),
        "confidence-word": any_of({"enum": list(CONFIDENCE)}, ref("text")),
    }
