"""A recorded roll call as the text of a resolution file."""

import json
import re
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import Final

from unvote.bodies import Body
from unvote.records import WITHOUT_VOTE, Record

ODD: Final = re.compile(r"[^A-Za-z0-9]+")
LONGEST: Final = 80
PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9/()._ -]*[A-Za-z0-9)]")
WORDS: Final = frozenset({"yes", "no", "true", "false", "null", "on", "off", "y", "n"})


def resolution_name(record: Record, used: set[str]) -> str:
    """A name for its file, not among those used, which it joins."""
    stem = ODD.sub("-", record.symbol or record.id).strip("-").casefold()[:LONGEST] or "vote"
    name, number = stem, 2
    while name in used:
        name, number = f"{stem}-{number}", number + 1
    used.add(name)
    return f"{name}.yaml"


def resolution_text(
    record: Record,
    votes: Mapping[str, Sequence[str]],
    body: Body | None,
    question: str | None,
) -> str:
    """The file: what was put to the vote and who voted how, or that no vote was taken."""
    lines = [f"id: {_scalar(record.symbol or record.id)}"]
    if record.title:
        lines.append(f"title: {_scalar(record.title)}")
    lines.append(f"body: {body.id if body else ''}")
    lines.append(f"date: {record.day}")
    if question is not None:
        lines.append(f"question: {question}")
    lines.append(f"notes: {_scalar(f'imported from a record of votes, {record.id}')}")
    if WITHOUT_VOTE in record.flags:
        lines.append("without_vote: true")
    else:
        lines += ["", "votes:", *(_listed(word, codes) for word, codes in votes.items())]
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """Text no reader takes for anything else."""
    if PLAIN.fullmatch(text) and ": " not in text and text.casefold() not in WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def _listed(word: str, codes: Sequence[str]) -> str:
    text = f"  {word}: [{', '.join(sorted(codes))}]"
    return fill(text, 100, subsequent_indent="    ", break_long_words=False)
