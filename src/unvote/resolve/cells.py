"""What people write in the cells of a count: votes with or without confidence, tags, chances."""

import csv
import re
from collections.abc import Collection, Iterable
from io import StringIO
from typing import Final

from unvote.resolve.words import vote_of
from unvote.vocabulary import Vote

LONGEST: Final = 100
SIGNS: Final = re.compile(r"[\s()\[\],;:/\N{EN DASH}\N{EM DASH}-]+")
DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}.*", re.ASCII)

MORE_VOTES: Final = {
    **dict.fromkeys(("support", "supports", "supportive", "yea", "aye"), Vote.YES),
    **dict.fromkeys(("oppose", "opposes", "opposed", "nay"), Vote.NO),
    **dict.fromkeys(("abst", "abstains"), Vote.ABSTAIN),
    **dict.fromkeys(("not present", "will not vote"), Vote.ABSENT),
    **dict.fromkeys(("tbc", "tbd", "unclear", "not known", "undeclared"), Vote.UNDECIDED),
}
"""Words of counts that no vote file uses; `abs` could be two of them, and is none."""
CONFIDENCES: Final = {
    **dict.fromkeys(("firmly", "confirmed", "certain", "definite", "definitely", "sure"), "firm"),
    **dict.fromkeys(("promised", "pledge", "committed"), "pledged"),
    **dict.fromkeys(
        ("leaning", "leans", "leaning to", "leaning towards", "likely", "probable", "probably"),
        "lean",
    ),
}
"""Words of confidence that people write for those of a stances file."""


def vote_in(text: str) -> Vote | None:
    """The vote a cell means, if it means one: `Y`, `Abst.`, `in favour`."""
    word = " ".join(text.casefold().split()).rstrip(".")
    return vote_of(text) or vote_of(word) or MORE_VOTES.get(word)


def confidence_in(text: str, known: Collection[str]) -> str | None:
    """The word of confidence a cell means, of those known in the stances file."""
    word = " ".join(text.casefold().split()).rstrip(".")
    meant = word if word in known else CONFIDENCES.get(word)
    return meant if meant in known else None


def stance_in(text: str, known: Collection[str]) -> tuple[str, Vote] | None:
    """The confidence and the vote a cell means: `Yes (firm)`, `leaning yes`, `no - pledged`."""
    if len(text) > LONGEST:
        return None
    vote = vote_in(text)
    if vote is not None:
        return "", vote
    words = [word for word in SIGNS.split(text) if word]
    for cut in range(1, len(words)):
        before, after = " ".join(words[:cut]), " ".join(words[cut:])
        for first, second in ((before, after), (after, before)):
            word, meant = confidence_in(first, known), vote_in(second)
            if word is not None and meant is not None:
                return word, meant
    return None


def worded(word: str, vote: Vote) -> str:
    """A vote with its word of confidence as a stances file writes it: `lean yes`."""
    return f"{word} {vote.value}".strip()


def day_in(text: str) -> str:
    """The day of a date, the hour that a spreadsheet keeps with it dropped."""
    match = DAY.fullmatch(text.strip())
    return match[1] if match else text.strip()


def texts_in(text: str) -> list[str]:
    """The texts of a list in one cell: separated by semicolons or commas, in quotes if need be."""
    separator = ";" if ";" in re.sub('"[^"]*"', "", text) else ","
    lines = StringIO(text, newline="")
    try:
        rows = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
        return [word for row in rows for word in map(_unpadded, row) if word]
    except csv.Error:
        return [word for word in map(str.strip, text.split(separator)) if word]


def _unpadded(word: str) -> str:
    return word.strip()


def listed(words: Iterable[str]) -> str:
    """Texts as a list in one cell, which `texts_in` reads back."""
    return "; ".join(
        '"' + word.replace('"', '""') + '"' if re.search('[;,"\n\r]', word) else word
        for word in words
    )


def chances_in(text: str) -> dict[Vote, str] | None:
    """The chances of a cell, each as it is written: `yes 60%, abstain 40%`."""
    found: dict[Vote, str] = {}
    for part in texts_in(text):
        words = part.replace(":", " ").split()
        vote = vote_in(" ".join(words[:-1]))
        if vote is None or vote in found or vote is Vote.UNDECIDED:
            return None
        found[vote] = words[-1]
    return found
