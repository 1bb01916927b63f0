"""A forecast held against the record: who voted as listed, and how good the chances were."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from unvote.chances import Odds, Spread, odds_of, spread_of
from unvote.lotteries import Chances, blocs_of, chances_of, deciding
from unvote.rollcall import RollCall
from unvote.rulings import Ruling
from unvote.stances import Outlook, Stance
from unvote.vocabulary import Verdict, Vote

NOUGHT: Final = Fraction(0)
PLAIN: Final = "plain"
CHANCES: Final = "chances given"
CONDITIONAL: Final = "conditional"
UNDECIDED: Final = "undecided"
CAST: Final = (Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT)
"""What a record can say of a member; being absent is one of the four."""


def brier(chances: Mapping[Vote, Fraction], vote: Vote) -> Fraction:
    """The Brier score of one forecast: the sum over votes of (chance - outcome) squared.

    The outcome is one for the vote that was cast and nought for the others. This is the score as
    first published, over all classes (G. W. Brier, Monthly Weather Review 78, 1950, 1-3), not its
    half for two classes: nought is perfect, two is certainty of something else.
    """
    squares = ((chances.get(each, NOUGHT) - (each is vote)) ** 2 for each in CAST)
    return sum(squares, NOUGHT)


@dataclass(frozen=True, slots=True)
class Scored:
    """One member: its listed stance and its chances, and the vote it cast.

    `basis` is what the chances rest on: a word of confidence, or one of `plain` (a vote without a
    word, taken as certain), `chances given`, `conditional` and `undecided`. `stance` is its own,
    which may be to follow another member; `listed` the vote it is counted with.
    """

    member: str
    stance: Stance
    basis: str
    listed: Vote
    chances: Chances
    vote: Vote

    @property
    def chance(self) -> Fraction:
        """The chance that was given to the vote it cast."""
        return self.chances.get(self.vote, NOUGHT)

    @property
    def brier(self) -> Fraction:
        """Its Brier score, from nought (perfect) to two."""
        return brier(self.chances, self.vote)


@dataclass(frozen=True, slots=True)
class Group:
    """The members whose chances rest on one thing.

    `total` is the sum of their Brier scores; `listed` counts those listed with a vote, `hits` those
    of them that cast it.
    """

    basis: str
    number: int
    listed: int
    hits: int
    total: Fraction

    @property
    def mean(self) -> Fraction:
        """The mean Brier score; nought where there is nobody."""
        return self.total / self.number if self.number else NOUGHT


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often something came about that was given a chance.

    `vote` is missing where it is the vote each member is listed with. `stated` is the mean of the
    chances that were given, `number` how many they were, `came` how many came about.
    """

    basis: str
    vote: Vote | None
    stated: Fraction
    number: int
    came: int


@dataclass(frozen=True, slots=True)
class VerdictScore:
    """The forecast verdict and the one that came; `odds` are missing where not to be had."""

    question: str
    forecast: Verdict
    came: Verdict
    odds: Odds | None

    @property
    def chance(self) -> Fraction | None:
        """The chance that was given to the verdict that came."""
        if self.odds is None:
            return None
        return {
            Verdict.ADOPTED: self.odds.adopted,
            Verdict.NOT_ADOPTED: self.odds.not_adopted,
            Verdict.OPEN: self.odds.open,
        }[self.came]


@dataclass(frozen=True, slots=True)
class Score:
    """A forecast held against the record.

    `groups` are by what the chances rest on; `unscored` members are left out, each with the reason.
    `ignorance` is the mean Brier score of knowing nothing of anyone: what a forecast has to beat.
    """

    members: tuple[Scored, ...]
    unscored: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    calibration: tuple[Calibration, ...]
    verdicts: tuple[VerdictScore, ...]
    spread: Spread
    yes: int
    ignorance: Fraction

    @property
    def overall(self) -> Group:
        """All members that are scored."""
        return _group("all", self.members)

    @property
    def confusion(self) -> dict[tuple[Vote, Vote], int]:
        """How many members were listed with the one vote and cast the other."""
        return dict(Counter((one.listed, one.vote) for one in self.members))


def score_of(forecast: Ruling, actual: Ruling) -> Score:
    """A forecast held against a record of votes by name."""
    outlook = forecast.case.outlook or Outlook()
    expected, record = _roll(forecast), _roll(actual)
    both = sorted(code for code in expected.named if _known(code, record))
    members = tuple(_scored(code, expected, outlook, record.named[code]) for code in both)
    bases = [*outlook.confidence, PLAIN, CHANCES, CONDITIONAL, UNDECIDED]
    parts = {basis: [one for one in members if one.basis == basis] for basis in bases}
    parts = {basis: part for basis, part in parts.items() if part}
    blind = [brier(outlook.undecided, one.vote) for one in members]
    return Score(
        members,
        tuple(_unscored(expected, record)),
        tuple(_group(basis, part) for basis, part in parts.items()),
        tuple(line for basis, part in parts.items() for line in _calibration(basis, part)),
        tuple(_verdicts(forecast, actual)),
        spread_of(expected, blocs_of(expected, outlook)),
        record.tally.yes,
        sum(blind, NOUGHT) / len(blind) if blind else NOUGHT,
    )


def _roll(ruling: Ruling) -> RollCall:
    if ruling.case.roll is None:
        raise ValueError(f"{ruling.case.id} has no roll call")
    return ruling.case.roll


def _known(code: str, record: RollCall) -> bool:
    """Whether the record says what a member did."""
    return record.named.get(code, Vote.UNDECIDED) is not Vote.UNDECIDED


def _scored(code: str, roll: RollCall, outlook: Outlook, vote: Vote) -> Scored:
    own = outlook.stances.get(code) or Stance(roll.named[code])
    led = deciding(code, outlook)[1] or own
    return Scored(code, own, basis_of(led), roll.named[code], chances_of(led, outlook), vote)


def basis_of(stance: Stance) -> str:
    """What the chances of a stance that follows nobody rest on."""
    if stance.chances:
        return CHANCES
    if stance.listed() is Vote.UNDECIDED:
        return CONDITIONAL if stance.condition else UNDECIDED
    return stance.word or PLAIN


def _group(basis: str, members: Iterable[Scored]) -> Group:
    part = list(members)
    listed = [one for one in part if one.listed is not Vote.UNDECIDED]
    hits = sum(one.listed is one.vote for one in listed)
    total = sum((one.brier for one in part), NOUGHT)
    return Group(basis, len(part), len(listed), hits, total)


def _calibration(basis: str, part: list[Scored]) -> list[Calibration]:
    """A line for the listed votes; for members listed with none, a line for each vote."""
    if basis not in {CHANCES, CONDITIONAL, UNDECIDED}:
        stated = sum((one.chances.get(one.listed, NOUGHT) for one in part), NOUGHT)
        came = sum(one.vote is one.listed for one in part)
        return [Calibration(basis, None, stated / len(part), len(part), came)]
    lines = []
    for vote in CAST:
        stated = sum((one.chances.get(vote, NOUGHT) for one in part), NOUGHT)
        came = sum(one.vote is vote for one in part)
        if stated or came:
            lines.append(Calibration(basis, vote, stated / len(part), len(part), came))
    return lines


def _unscored(expected: RollCall, record: RollCall) -> list[tuple[str, str]]:
    """Who is left out, and why."""
    found: dict[str, str] = {}
    for code in expected.named:
        if not _known(code, record):
            found[code] = _why(code, record, "in the record")
    for code in record.named.keys() - expected.named.keys():
        if _known(code, record):
            found[code] = _why(code, expected, "in the forecast")
    for code in expected.not_entitled & record.not_entitled:
        found[code] = "not entitled to vote"
    for code in expected.not_participating & record.not_participating:
        found[code] = "taking no part"
    return sorted(found.items())


def _why(code: str, roll: RollCall, where: str) -> str:
    """Why a member has no vote by name in a roll call."""
    if code in roll.not_entitled:
        return f"not entitled to vote {where}"
    if code in roll.not_participating:
        return f"taking no part {where}"
    if code in (roll.composition.members or ()):
        return f"no vote by name {where}"
    return f"no member of the body {where}"


def _verdicts(forecast: Ruling, actual: Ruling) -> list[VerdictScore]:
    """The verdict under each question of the forecast that the record can be taken under."""
    outlook = forecast.case.outlook or Outlook()
    roll = _roll(forecast)
    blocs = blocs_of(roll, outlook)
    came = {question.id: outcome.verdict for question, outcome in actual.outcomes}
    return [
        VerdictScore(
            question.id,
            outcome.verdict,
            came[question.id],
            odds_of(roll, outcome.rule, blocs),
        )
        for question, outcome in forecast.outcomes
        if question.id in came
    ]
