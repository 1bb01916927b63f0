"""The odds of a vote: the chance of each verdict, the spread of yes votes, the assumptions."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from unvote.chances import Odds, Spread
from unvote.forecasts import Forecast
from unvote.render.card import bullets, heading
from unvote.render.sheets import Sheet, sheet_of
from unvote.render.style import COLOURS, Look, draw, table
from unvote.simulation import Simulated
from unvote.stances import Outlook
from unvote.vocabulary import Verdict, Vote
from unvote.wording import VERDICTS, chance_words, percent_words, question_words

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_BARS = 12
"""Rows of a histogram."""
CERTAIN = ", for certain"
UNSEEN = 3
"""What is drawn in none of N scenarios has, at 95% confidence, a chance below three in N."""
LONGEST = 60
"""Digits of a fraction that are still worth showing on a line."""


def odds_text(forecast: Forecast, look: Look, *, verbose: bool = False) -> str:
    """The odds as a card of text."""
    parts = heading(forecast.ruling, look)
    several = len(forecast.ruling.outcomes) > 1
    for question, odds in forecast.every:
        parts += ["", f"as {question_words(question.title)}:"] if several else [""]
        parts += _chances(odds, look, verbose=verbose)
    parts += ["", _yes_line(forecast.spread), _histogram(forecast.spread, look), ""]
    parts.append(bullets(_remarks(forecast), look))
    return draw(parts, look)


def _chances(odds: Odds | Simulated, look: Look, *, verbose: bool) -> "list[RenderableType]":
    """One line for each verdict, and where it is from."""
    from rich.text import Text

    drawn = table(
        look, ("Verdict", {"no_wrap": True}), ("Chance", {"justify": "right"}), ("", {"ratio": 1})
    )
    for verdict, chance in _verdicts(odds).items():
        if verdict is Verdict.OPEN and not chance:
            continue
        sign = Text(f"{look.sign(verdict)} {VERDICTS[verdict]}", style=COLOURS[verdict])
        words = chance_words(chance)
        if isinstance(odds, Simulated):
            words = drawn_words(int(chance * odds.draws), odds.draws)
        drawn.add_row(sign, words, Text(_beside(odds, verdict, verbose=verbose)))
    return [drawn]


def _verdicts(odds: Odds | Simulated) -> dict[Verdict, Fraction]:
    """The chance, or the share of scenarios, of each verdict."""
    each = {
        Verdict.ADOPTED: odds.adopted,
        Verdict.NOT_ADOPTED: odds.not_adopted,
        Verdict.OPEN: odds.open,
    }
    if isinstance(odds, Simulated):
        return {verdict: Fraction(int(count), odds.draws) for verdict, count in each.items()}
    return {verdict: Fraction(chance) for verdict, chance in each.items()}


def _beside(odds: Odds | Simulated, verdict: Verdict, *, verbose: bool) -> str:
    """What stands beside a chance: the veto's part, the fraction, the noise of drawing."""
    parts = []
    if verdict is Verdict.NOT_ADOPTED and odds.vetoed:
        share = Fraction(odds.vetoed) / (odds.draws if isinstance(odds, Simulated) else 1)
        parts.append(f"by veto {chance_words(share)}")
    if isinstance(odds, Simulated):
        count = int(_verdicts(odds)[verdict] * odds.draws)
        parts.append(noise_words(odds, count))
    else:
        exact = str(_verdicts(odds)[verdict])
        if exact not in {"0", "1"} and (verbose or len(exact) <= LONGEST // 2):
            parts.append(f"exactly {exact}")
    return ", ".join(parts)


def _yes_line(spread: Spread) -> str:
    within = range_words(spread)
    sure = within.endswith(CERTAIN)
    return "Yes votes: " + (within if sure else f"{float(spread.mean):.1f} expected; {within}")


def range_words(spread: Spread) -> str:
    """The yes votes that are likely: `131 to 142 with a chance of at least 90%`."""
    low, high = spread.between()
    if low == high and spread.chance(low) == 1:
        return f"{low}{CERTAIN}"
    within = f"{low}" if low == high else f"{low} to {high}"
    return f"{within} with a chance of at least 90%"


def drawn_words(count: int, draws: int) -> str:
    """A share of scenarios drawn: of none, or of all, no more than what that many can show."""
    if count in {0, draws}:
        bound, scale = Fraction(100 * min(UNSEEN, draws), draws), 1
        while bound * scale < 10:  # noqa: PLR2004 - two digits, rounded up
            scale *= 10
        bound = Fraction(ceil(bound * scale), scale)
        return f"<{float(bound):.12g}%" if not count else f">{float(100 - bound):.12g}%"
    return chance_words(Fraction(count, draws))


def noise_words(odds: Simulated, count: int) -> str:
    """How far off a share of scenarios drawn can be."""
    if count in {0, odds.draws}:
        return f"drawn, {'none' if not count else 'all'} of {odds.draws:,}"
    return f"drawn, standard error {odds.error(count) * 100:.2f}%"


def _histogram(spread: Spread, look: Look) -> "RenderableType":
    """The chance of the numbers of yes votes, several to a row where there are many."""
    from rich.text import Text

    drawn = table(look, ("Yes", {"no_wrap": True}), ("Chance", {"justify": "right"}), ("", {}))
    rows = list(_bars(spread))
    most = max(chance for _, chance in rows)
    mark, room = "#" if look.ascii else "█", max(10, min(48, look.width - 24))
    for label, chance in rows:
        drawn.add_row(label, chance_words(chance), Text(mark * round(chance / most * room)))
    return drawn


def _bars(spread: Spread) -> Iterator[tuple[str, Fraction]]:
    """The rows of the histogram: all but a tail of 0.1% at either end."""
    low, high = spread.between(Fraction(998, 1000))
    step = -(-(high - low + 1) // MOST_BARS)
    for first in range(low, high + 1, step):
        last = min(first + step - 1, high)
        chance = sum((spread.chance(yes) for yes in range(first, last + 1)), Fraction(0))
        yield (str(first) if first == last else f"{first}-{last}"), chance


def _remarks(forecast: Forecast) -> Iterator[str]:
    for target, chance in forecast.targets:
        label = f" ({target.label})" if target.label else ""
        yield f"{target.yes} yes votes or more{label}: {chance_words(chance)}"
    for _, odds in forecast.drawn:
        yield f"{odds.draws:,} scenarios were drawn: not exact (--seed repeats them)"
    yield from assumptions(forecast.outlook)
    together = [bloc for bloc in forecast.blocs if len(bloc.members) > 1]
    for bloc in together:
        yield f"{' '.join(bloc.members)} vote together"
    apart = "all others" if together else "all members"
    yield f"{apart} are taken to decide independently of one another"


def assumptions(outlook: Outlook, *, alone: bool = True) -> Iterator[str]:
    """The chances behind the words that are used, as the assumptions they are.

    `alone`: the vote is looked at without the amendments that stances may hang on.
    """
    if alone and outlook.conditional:
        yield (
            "assumed of votes that hang on an amendment still open: as of the undecided; "
            "`unvote odds` on the text itself reckons them with its amendments"
        )
    used = {stance.word for stance in outlook.stances.values() if stance.word}
    words = [f"{w} {percent_words(c)}" for w, c in outlook.confidence.items() if w in used]
    if words:
        yield f"assumed: {', '.join(words)}; else an abstention (of those to abstain: yes or no)"
    plain = any(
        not stance.word and not stance.chances and stance.vote is not Vote.UNDECIDED
        for stance in outlook.stances.values()
    )
    if plain:
        yield "assumed: a vote without a word of confidence is certain"
    if any(s.listed() is Vote.UNDECIDED and not s.chances for s in outlook.stances.values()):
        chances = ", ".join(f"{v.value} {percent_words(c)}" for v, c in outlook.undecided.items())
        yield f"assumed of the undecided: {chances}"


def odds_data(forecast: Forecast) -> dict[str, Any]:
    """The odds for JSON, exact fractions as text."""
    low, high = forecast.spread.between()
    case, outlook = forecast.ruling.case, forecast.outlook
    under = {question.id: _odds_data(odds) for question, odds in forecast.every}
    return {
        "file": case.file,
        "id": case.id,
        **by_question("odds", under),
        "yes": {
            "mean": chance_data(forecast.spread.mean),
            "range90": [low, high],
            "chances": [
                float(forecast.spread.chance(n)) for n in range(len(forecast.spread.weights))
            ],
        },
        "targets": [
            {"yes": target.yes, "label": target.label, "chance": chance_data(chance)}
            for target, chance in forecast.targets
        ],
        "together": [list(bloc.members) for bloc in forecast.blocs if len(bloc.members) > 1],
        "assumptions": assumptions_data(outlook),
    }


def by_question(name: str, under: dict[str, Any]) -> dict[str, Any]:
    """An answer under the one question, or one under each of several."""
    if len(under) == 1:
        ((question, answer),) = under.items()
        return {"question": question, name: answer}
    return {"question": None, name: None, "under": under}


def assumptions_data(outlook: Outlook) -> dict[str, dict[str, str]]:
    """The chances behind words, and of the undecided."""
    return {
        "confidence": {word: str(chance) for word, chance in outlook.confidence.items()},
        "undecided": {vote.value: str(chance) for vote, chance in outlook.undecided.items()},
    }


def _odds_data(odds: Odds | Simulated) -> dict[str, Any]:
    verdicts = {verdict.value: chance for verdict, chance in _verdicts(odds).items()}
    if isinstance(odds, Simulated):
        drawn: dict[str, Any] = {name: float(chance) for name, chance in verdicts.items()}
        error = odds.error(odds.adopted)
        vetoed = odds.vetoed / odds.draws
        return {**drawn, "vetoed": vetoed, "draws": odds.draws, "standard_error": error}
    exact = {name: chance_data(chance) for name, chance in verdicts.items()}
    return {**exact, "vetoed": chance_data(odds.vetoed)}


def chance_data(chance: Fraction) -> dict[str, Any]:
    """A chance, or another exact number, both ways."""
    return {"exact": str(chance), "float": float(chance)}


def odds_sheet(forecast: Forecast) -> Sheet:
    """The odds as rows: one for each verdict under each question, then each number of yes votes."""
    rows = [
        (forecast.ruling.case.id, question.id, verdict.value, _decimal(chance))
        for question, odds in forecast.every
        for verdict, chance in _verdicts(odds).items()
    ]
    return sheet_of(("text", "question", "verdict", "chance"), rows)


def spread_sheet(forecast: Forecast) -> Sheet:
    """The chance of each number of yes votes."""
    spread = forecast.spread
    rows = [(str(yes), _decimal(spread.chance(yes))) for yes in range(len(spread.weights))]
    return sheet_of(("yes", "chance"), rows)


def _decimal(chance: Fraction) -> str:
    return f"{float(chance):.12g}"
