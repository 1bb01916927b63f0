"""From a stances file to the stances of members, with what the file says about itself."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from unvote.diagnostics import Problem
from unvote.documents.stances import StancesDocument
from unvote.resolve.names import Names
from unvote.resolve.stances import Stances
from unvote.resolve.votes import vote_words
from unvote.resolve.words import date_of, maybe, share_of, whole_of
from unvote.stances import CONFIDENCE, UNDECIDED, Outlook
from unvote.vocabulary import Vote


@dataclass(frozen=True, slots=True)
class Forecast:
    """The stances of a file.

    `friendly` is the vote our side wants; `as_of` the day the file speaks of; stances older than
    `max_age` days are stale.
    """

    stances: Stances
    friendly: Vote | None = None
    as_of: date | None = None
    max_age: int | None = None
    version: str | None = None

    def outlook(self, of: Outlook) -> Outlook:
        """What is known of the vote, with what the file says about itself."""
        return replace(
            of,
            friendly=self.friendly,
            as_of=self.as_of,
            max_age=self.max_age,
            version=self.version,
        )


def forecast_from(
    document: StancesDocument, names: Names, day: date
) -> tuple[Forecast, list[Problem]]:
    """The stances of a file on the day of the vote, with what is wrong in them."""
    problems: list[Problem] = []
    confidence = {**CONFIDENCE, **_confidence(document, problems)}
    stances = Stances(names, day, confidence)
    if document.default is not None:
        stances.default = stances.stance("default", document.default, ("default",)) or (
            stances.default
        )
    for word, value in (document.groups or {}).items():
        stances.add_group(word, value, ("groups", word))
    for word, country in (document.countries or {}).items():
        here = ("countries", word)
        stances.add_member(word, stances.single(word, country, here), here)
    if document.undecided is not None:
        stances.undecided = stances.chances(document.undecided, ("undecided",)) or UNDECIDED
    as_of = friendly = max_age = None
    if document.as_of is not None:
        as_of = maybe(problems, date_of(document.as_of), "as_of")
    if document.friendly is not None:
        friendly = maybe(problems, vote_words(document.friendly), "friendly")
    if document.max_age_days is not None:
        max_age = maybe(problems, whole_of(document.max_age_days), "max_age_days")
    return Forecast(stances, friendly, as_of, max_age, document.version), problems


def _confidence(document: StancesDocument, problems: list[Problem]) -> dict[str, Fraction]:
    """The chances of the file's own words of confidence."""
    found: dict[str, Fraction] = {}
    for word, text in (document.confidence or {}).items():
        chance = maybe(problems, share_of(text), "confidence", word)
        if chance is not None:
            found[" ".join(word.casefold().split())] = chance
    return found
