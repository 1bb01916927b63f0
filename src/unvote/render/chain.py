"""Odds along a chain of votes: the chance of every end of every vote, and the likeliest ways."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from unvote.cases import Role
from unvote.chains import Chain, End, Link
from unvote.diagnostics import visible
from unvote.render.card import bullets
from unvote.render.odds import assumptions, chance_data
from unvote.render.sheets import Sheet, sheet_of
from unvote.render.style import Look, draw, table
from unvote.stances import Outlook
from unvote.wording import chance_words, day_words

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_WAYS: Final = 8
"""Ways that are shown."""
NOUGHT: Final = Fraction(0)


def chain_text(chain: Chain, look: Look) -> str:
    """The odds of every vote as a table, then the likeliest ways the steps can run."""
    from rich.text import Text

    name = chain.title or (chain.links[-1].name if chain.links else "")
    parts: list[RenderableType] = [Text(visible(name), style="bold"), ""]
    parts += [_votes(chain, look), ""]
    if len(chain.odds.kept) > 1:
        parts += [_ways(chain, look), ""]
    outlook = Outlook(
        {
            f"{number} {code}": stance
            for number, link in enumerate(chain.links)
            for code, stance in (link.case.outlook or Outlook()).stances.items()
        },
    )
    said = [
        *assumptions(outlook, alone=False),
        "votes are independent but for the conditions stated",
    ]
    parts.append(bullets(said, look))
    return draw(parts, look)


def _votes(chain: Chain, look: Look) -> "RenderableType":
    """One row a vote; the chances of how it ends add up to that of its being put."""
    from rich.text import Text

    right: dict[str, Any] = {"justify": "right", "no_wrap": True}
    drawn = table(
        look,
        ("Vote", {"ratio": 1, "overflow": "fold"}),
        ("Put", right),
        ("Adopted", right),
        ("Not adopted", right),
        ("by veto", right),
        ("Open", right),
    )
    for link in chain.links:
        each = _chances(chain, link)
        name = Text(visible(link.name), style="bold")
        name.append(f"  {link.case.body.short}, {day_words(link.case.day)}", style="not bold")
        cells = (each[key] for key in ("put", "adopted", "not adopted", "vetoed", "open"))
        drawn.add_row(name, *(chance_words(chance) if chance else "-" for chance in cells))
    return drawn


def _chances(chain: Chain, link: Link) -> dict[str, Fraction]:
    """The chances of one vote; those that are vetoed or tied are part of those not adopted."""
    ends = chain.odds.ends[link.name]
    vetoed, tied = ends.get(End.VETOED, NOUGHT), ends.get(End.TIED, NOUGHT)
    return {
        "put": 1 - ends.get(End.SKIPPED, NOUGHT) - ends.get(End.FELL, NOUGHT),
        "adopted": ends.get(End.ADOPTED, NOUGHT),
        "not adopted": ends.get(End.LOST, NOUGHT) + vetoed + tied,
        "vetoed": vetoed,
        "open": ends.get(End.OPEN, NOUGHT),
    }


def _ways(chain: Chain, look: Look) -> "RenderableType":
    """The likeliest ways."""
    from rich.text import Text

    drawn = table(look, ("Way", {"ratio": 1, "overflow": "fold"}), ("Chance", {"justify": "right"}))
    ways = list(chain.odds.ways.items())
    for way, chance in ways[:MOST_WAYS]:
        told = (
            f"{visible(name)} {end.value}" for name, end in zip(chain.odds.kept, way, strict=True)
        )
        drawn.add_row(Text(", ".join(told)), chance_words(chance))
    if len(ways) > MOST_WAYS:
        rest = sum((chance for _, chance in ways[MOST_WAYS:]), NOUGHT)
        drawn.add_row(f"{len(ways) - MOST_WAYS} other ways", chance_words(rest))
    return drawn


def chain_data(chain: Chain) -> dict[str, Any]:
    """The odds of every vote and of every way for JSON."""
    return {
        "title": chain.title,
        "votes": [
            {
                "step": link.name,
                "id": link.case.id,
                "part_of": link.case.part_of,
                "body": link.case.body.id,
                **{name: chance_data(chance) for name, chance in _chances(chain, link).items()},
            }
            for link in chain.links
        ],
        "ways": [
            {
                "ends": {name: end.value for name, end in zip(chain.odds.kept, way, strict=True)},
                "chance": chance_data(chance),
            }
            for way, chance in chain.odds.ways.items()
        ],
    }


def chain_sheet(chain: Chain) -> Sheet:
    """One row a vote."""
    head = ("vote", "part of", "put", "adopted", "not adopted", "vetoed", "open")
    rows = [
        (
            link.name,
            (link.case.part_of or "") if link.case.place.role is not Role.TEXT else "",
            *(f"{float(chance):.12g}" for chance in _chances(chain, link).values()),
        )
        for link in chain.links
    ]
    return sheet_of(head, rows)
