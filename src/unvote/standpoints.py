"""Where each member stands in one version of a vote, and what two versions say differently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from unvote.cases import Case
from unvote.lotteries import Chances, chances_of, deciding
from unvote.rules import Rule
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Vote
from unvote.wording import percent_words, rule_words

NOUGHT: Final = Fraction(0)


class Kind(Enum):
    """What is another at a stance."""

    VOTE = "vote"
    CONFIDENCE = "confidence"
    CHANCES = "chances"
    FOLLOWS = "follows"
    CONDITION = "condition"
    TOGETHER = "together"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said of the vote itself that is another now, both in words; empty: not said."""

    name: str
    old: str
    new: str


def outlook_of(case: Case) -> Outlook:
    """What is known of a vote beforehand; of a record nothing."""
    return case.outlook or Outlook()


def stance_in(case: Case, code: str) -> Stance | None:
    """The stance of a member, of a record its vote; nothing where it has no vote here."""
    if case.roll is None or code not in case.roll.named:
        return None
    return outlook_of(case).stances.get(code) or Stance(case.roll.named[code])


def kinds_of(old: Stance | None, new: Stance | None) -> tuple[Kind, ...]:
    """What is another at a stance; where it is from, its tags and its notes are not looked at."""
    if old is None or new is None:
        return () if old is new else (Kind.NEW if old is None else Kind.GONE,)
    plain = not (old.follows or new.follows or old.chances or new.chances)
    changed = {
        Kind.VOTE: plain and old.vote is not new.vote,
        Kind.CONFIDENCE: plain and old.word != new.word,
        Kind.CHANCES: dict(old.chances) != dict(new.chances),
        Kind.FOLLOWS: old.follows != new.follows,
        Kind.CONDITION: (dict(old.condition), old.then) != (dict(new.condition), new.then),
        Kind.TOGETHER: _together(old) != _together(new),
    }
    return tuple(kind for kind, is_other in changed.items() if is_other)


def _together(stance: Stance) -> str | None:
    return stance.group if stance.together else None


def line_of(old: Stance | None, new: Stance | None) -> str | None:
    """The group whose line a member has now, or had where it has no vote any more."""
    stance = new or old
    return stance.group if stance else None


def meaning_of(stance: Stance | None) -> tuple[object, ...]:
    """What a stance says of the vote."""
    if stance is None:
        return ()
    chances = tuple(sorted((vote.value, chance) for vote, chance in stance.chances.items()))
    condition = tuple(sorted((name, verdict.value) for name, verdict in stance.condition.items()))
    told = stance.vote, stance.word, chances, stance.follows, condition, stance.then
    return *told, _together(stance)


def distance_of(code: str, old: Case, new: Case) -> Fraction:
    """How far the chances of a member are apart: nought where they agree, at most one."""
    one, other = _chances(code, old), _chances(code, new)
    gaps = (abs(one.get(vote, NOUGHT) - other.get(vote, NOUGHT)) for vote in Vote)
    return sum(gaps, NOUGHT) / 2


def _chances(code: str, case: Case) -> Mapping[Vote, Fraction]:
    """The chance of each vote of one member; none at all where it has no vote."""
    stance = stance_in(case, code)
    if stance is None:
        return {}
    outlook = outlook_of(case)
    chances: Chances = chances_of(deciding(code, outlook)[1] or stance, outlook)
    return chances


def rules_of(case: Case) -> Iterator[tuple[str, Rule]]:
    """The questions a vote can be taken under, each with its rule."""
    return ((question.id, rule) for question, rule in case.questions)


def facts_of(old: Case, new: Case) -> Iterator[Fact]:
    """What is said of the vote itself, where it is another now."""
    one, other = _told(old), _told(new)
    if old.outlook and new.outlook:
        one, other = one | _assumed(old.outlook), other | _assumed(new.outlook)
    for name in dict.fromkeys((*one, *other)):
        if one.get(name, "") != other.get(name, ""):
            yield Fact(name, one.get(name, ""), other.get(name, ""))


def _told(case: Case) -> dict[str, str]:
    """What is said of a vote, by name, in words."""
    outlook = outlook_of(case)
    return {
        "text": case.id,
        "title": case.title,
        "body": case.body.id,
        "date": case.day.isoformat(),
        "question": " or ".join(question for question, _ in rules_of(case)),
        "rule": " / ".join("; ".join(rule_words(rule)) for _, rule in case.questions),
        "targets": ", ".join(f"{target.yes} {target.label}".strip() for target in case.targets),
        "version": outlook.version or "",
        "as of": outlook.as_of.isoformat() if outlook.as_of else "",
        "friendly": outlook.friendly.value if outlook.friendly else "",
        "max age": "" if outlook.max_age is None else f"{outlook.max_age} days",
    }


def _assumed(outlook: Outlook) -> dict[str, str]:
    """The assumptions on chances, by name, in words."""
    words = {f"chance of {word}": chance for word, chance in outlook.confidence.items()}
    words |= {f"undecided: {vote.value}": chance for vote, chance in outlook.undecided.items()}
    return {name: percent_words(chance) for name, chance in words.items()}
