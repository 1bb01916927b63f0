"""The power of the members of a body: as a card, as Markdown, and as rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from unvote.bodies import Body
from unvote.diagnostics import visible
from unvote.indices import Standing, Union
from unvote.kinds import Kind
from unvote.powers import Powers
from unvote.render.card import bullets
from unvote.render.coalitions import (
    coalition_sorts,
    coalitions_markdown,
    coalitions_parts,
    number_words,
    pattern_words,
)
from unvote.render.sheets import Sheet, escaped, markdown_text, sheet_of, table_text
from unvote.render.style import Look, draw
from unvote.wording import chance_words, day_words, question_words, rule_words

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_NAMES: Final = 12
"""Members named one by one in a row."""
SMALL: Final = Fraction(1, 10_000)
"""What is less is written with a power of ten."""
SHORT: Final = 24
"""Digits of a fraction that are worth showing on a line."""
FEW: Final = 4
"""Kinds of members up to which their exact figures are shown."""
Groups = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: members that are alike, or a union, or the sum of a group."""

    name: str
    size: int
    figures: tuple[Fraction | None, ...]


PLAIN: Final = ("Shapley-Shubik", "Banzhaf", "measure", "prevent", "initiate")
IN_UNIONS: Final = ("Owen", "Banzhaf-Owen")


def powers_text(
    body: Body, day: date, powers: Iterable[Powers], among: Groups, look: Look, most: int | None
) -> str:
    """The power under each question as a card; `most` coalitions are listed, missing: not asked."""
    texts = []
    for each in powers:
        rest: list[RenderableType] = ["", bullets(remarks(each, among), look)]
        if most is not None:
            rest += ["", *coalitions_parts(each.coalitions, look, most)]
        head = draw([*_heading(body, day, each, look), ""], look)
        texts.append(head + table_text(_table(each, among), look, stack=True) + draw(rest, look))
    return "\n".join(texts)


def _heading(body: Body, day: date, powers: Powers, look: Look) -> "Iterator[RenderableType]":
    """The body, the day, the question, its rule, and what the body as a whole can do."""
    from rich.text import Text

    words = question_words(powers.question.title)
    yield Text(visible(f"{body.name}, {day_words(day)} {look.dot} {words}"), style="bold")
    yield Text(visible(f"Adopted: {'; '.join(rule_words(powers.rule))}"))
    yield Text(act_words(powers))


def act_words(powers: Powers) -> str:
    """The number of voters, and how many of their ways to vote adopt."""
    votes = "yes, abstain or no" if powers.abstention else "yes or no"
    voters = powers.any.voters
    who = f"{voters} members" if voters > 1 else "one member"
    if powers.unions:
        who += ", a union being one"
    adopting, ways = (number_words(n) for n in (powers.any.adopting, powers.ways))
    return f"{who}, {votes}: {adopting} of {ways} ways to vote adopt, {chance_words(powers.act)}"


def _table(powers: Powers, among: Groups) -> Sheet:
    """The figures of each kind of member; a name set in is of a union's member."""
    names = IN_UNIONS if powers.unions else PLAIN
    rows = [
        (
            row.name,
            str(row.size),
            *("" if part is None else figure_words(part) for part in row.figures),
        )
        for row in rows_of(powers, among)
    ]
    right = frozenset({"Each of", *names})
    return sheet_of(("Members", "Each of", *names), rows, wide=frozenset({"Members"}), right=right)


def figure_words(figure: Fraction) -> str:
    """A figure to six places; a small one by its first digits and its power of ten."""
    if figure in {0, 1}:
        return str(figure)
    return f"{float(figure):.6f}" if figure >= SMALL else f"{float(figure):.2e}"


# --- Rows of the table ----------------------------------------------------------------------------


def rows_of(powers: Powers, among: Groups) -> Iterator[Row]:
    """Members by kind, the most powerful first; unions with their members; groups with a sum."""
    wanted = frozenset[str]().union(*among.values()) if among else None
    kinds = sorted(powers.standings, key=lambda one: (-one.shapley, one.members))
    if powers.unions:
        for name, union in powers.unions.items():
            yield from _union_rows(name, union, wanted)
        for one in kinds:
            yield from _row(one.members, one.size, (one.shapley, one.banzhaf), wanted)
    else:
        for one in kinds:
            yield from _row(one.members, one.size, figures_of(powers, one), wanted)
    for name, codes in groups(among).items():
        yield _sum(powers, name, codes)


def groups(among: Groups) -> Groups:
    """Those of several members, which have a sum."""
    return {name: codes for name, codes in among.items() if len(codes) > 1}


def _row(
    members: tuple[str, ...],
    size: int,
    figures: tuple[Fraction | None, ...],
    wanted: frozenset[str] | None,
    indent: str = "",
) -> Iterator[Row]:
    """Members that are alike, those of them that are wanted."""
    if wanted is not None:
        members = tuple(code for code in members if code in wanted)
        size = len(members)
    if size:
        yield Row(f"{indent}{_names(members) or 'not known by name'}", size, figures)


def _union_rows(name: str, union: Union, wanted: frozenset[str] | None) -> Iterator[Row]:
    if wanted is None or wanted & set(union.bloc.members):
        yield Row(f"{name} as one", 1, (union.bloc.shapley, union.bloc.banzhaf))
    for kind, owen, measure in by_share(union):
        yield from _row(kind.codes, kind.size, (owen, measure), wanted, "  ")


def by_share(union: Union) -> list[tuple[Kind, Fraction, Fraction]]:
    """The kinds of members of a union, the most powerful first."""
    return sorted(union.shares, key=lambda one: (-one[1], one[0].codes))


def figures_of(powers: Powers, one: Standing) -> tuple[Fraction, ...]:
    """The figures of a standing, in the order of the columns."""
    return one.shapley, powers.normalised(one), one.banzhaf, one.prevent, one.initiate


def _sum(powers: Powers, name: str, codes: frozenset[str]) -> Row:
    """What a group has together, as far as shares of one whole can be added up."""
    shares = list(shares_of(powers, codes))
    shapley = sum((share for share, _ in shares), Fraction(0))
    if powers.unions:
        return Row(f"{name} together", len(codes), (shapley, None))
    banzhaf = sum((share for _, share in shares), Fraction(0))
    return Row(f"{name} together", len(codes), (shapley, banzhaf, None, None, None))


def shares_of(powers: Powers, codes: frozenset[str]) -> Iterator[tuple[Fraction, Fraction]]:
    """The Shapley-Shubik index (or Owen value) of each of these members, and what Banzhaf gives."""
    for one in powers.standings:
        for code in one.members:
            if code in codes:
                yield one.shapley, powers.normalised(one)
    for union in powers.unions.values():
        for kind, owen, measure in union.shares:
            for code in kind.codes:
                if code in codes:
                    yield owen, measure


def _names(members: tuple[str, ...]) -> str:
    names = " ".join(members[:MOST_NAMES])
    more = len(members) - MOST_NAMES
    return f"{names} and {more} more" if more > 0 else names


# --- Remarks --------------------------------------------------------------------------------------


def remarks(powers: Powers, among: Groups) -> Iterator[str]:
    """What the figures rest on, and the exact ones where they are short."""
    exact = [
        f"{one.shapley} for {_names(one.members) if one.size < FEW else f'each of {one.size}'}"
        for one in sorted(powers.standings, key=lambda one: (-one.shapley, one.members))
        if len(str(one.shapley)) <= SHORT
    ]
    if 0 < len(exact) == len(powers.standings) <= FEW and not powers.unions:
        yield f"Shapley-Shubik, exactly: {', '.join(exact)}"
    if powers.unions:
        yield "a union votes as one; its Owen value is shared out among its members"
    elif powers.abstention:
        yield "all three votes equally likely; measure: the chance that yes or no of it decides"
    else:
        yield "measure: the chance that a member decides; Banzhaf: the same as a share of all"
    out = powers.roll.tally.not_entitled
    if out:
        names = _names(tuple(sorted(powers.roll.not_entitled)))
        yield f"without a vote, and without power: {names}"
    aside = powers.roll.tally.not_participating
    if aside:
        yield f"not participating: {_names(tuple(sorted(powers.roll.not_participating)))}"
    if powers.open:
        part = chance_words(Fraction(powers.open, powers.ways))
        yield f"{number_words(powers.open)} of the ways to vote ({part}) {open_words(powers)}"
    if groups(among) and not powers.unions:
        yield "a sum of shares is not the power of the group voting as one (--unions)"


def open_words(powers: Powers) -> str:
    """Why ways to vote are open, and how they are counted."""
    if any(powers.roll.composition.errors.values()):
        words = "are open for the rounding of weights; counted by the weights as they are listed"
        certain = "; coalitions are those that win or block for certain"
        return words + certain if powers.coalitions else words
    return "are open until a casting vote is known; counted as not adopted"


# --- Markdown and rows ----------------------------------------------------------------------------


def powers_markdown(
    body: Body, day: date, powers: Iterable[Powers], among: Groups, most: int | None
) -> str:
    """The power under each question as a table, then what it rests on as points."""
    lines = []
    for each in powers:
        words = question_words(each.question.title)
        lines += [f"### {escaped(f'{body.name}, {day_words(day)}: {words}')}", ""]
        lines += [f"{escaped(act_words(each))}\n"]
        lines.append(markdown_text(_table(each, among)))
        lines += [f"- {escaped(remark)}" for remark in remarks(each, among)]
        lines.append("")
        if most is not None:
            lines += coalitions_markdown(each.coalitions, most)
    return "\n".join(lines).rstrip("\n") + "\n"


FIGURES: Final = ("shapley_shubik", "banzhaf", "measure", "prevent", "initiate")
HEAD: Final = (
    *("question", "what", "member", "number", "union"),
    *FIGURES,
    *("shapley_shubik_exact", "banzhaf_exact", "measure_exact"),
)


def powers_sheet(powers: Iterable[Powers], among: Groups, most: int | None) -> Sheet:
    """Everything as rows: one a member, then groups, then coalitions.

    With unions `shapley_shubik` is the Owen value and `measure` that of Banzhaf and Owen; of a
    union as one they are its own.
    """
    rows: list[tuple[str, ...]] = []
    for each in powers:
        rows += [(each.question.id, *row) for row in _member_rows(each, among)]
        for sort, found in coalition_sorts(each.coalitions if most is not None else None):
            for pattern in found.patterns[:most]:
                blank = ("",) * (len(HEAD) - 4)
                words = pattern_words(pattern)
                rows.append((each.question.id, sort, words, str(pattern.number), *blank))
    return sheet_of(HEAD, rows, right=frozenset(FIGURES))


def _member_rows(powers: Powers, among: Groups) -> Iterator[tuple[str, ...]]:
    wanted = frozenset[str]().union(*among.values()) if among else None
    found: list[tuple[str, tuple[str, ...]]] = []
    for one in powers.standings:
        plain: tuple[Fraction | None, ...] = figures_of(powers, one)
        figures = (one.shapley, None, one.banzhaf, None, None) if powers.unions else plain
        loose = one.size - len(one.members)
        found += [(code, ("member", code, "1", "", *_cells(figures))) for code in one.members]
        if loose:
            found.append(("", ("member", "", str(loose), "", *_cells(figures))))
    for name, union in powers.unions.items():
        for kind, owen, measure in union.shares:
            cells = _cells((owen, None, measure, None, None))
            found += [(code, ("member", code, "1", name, *cells)) for code in kind.codes]
    for code, row in sorted(found):
        if wanted is None or code in wanted:
            yield row
    for name, union in powers.unions.items():
        cells = _cells((union.bloc.shapley, None, union.bloc.banzhaf, None, None))
        yield ("union", "", str(len(union.bloc.members)), name, *cells)
    for name, codes in groups(among).items():
        total = _sum(powers, name, codes).figures
        cells = _cells((total[0], None if powers.unions else total[1], None, None, None))
        yield ("group", name, str(len(codes)), "", *cells)


def _cells(figures: tuple[Fraction | None, ...]) -> tuple[str, ...]:
    """Figures as decimals, then the first three as exact fractions."""
    decimals = ("" if part is None else f"{float(part):.12g}" for part in figures)
    exact = ("" if part is None else str(part) for part in figures[:3])
    return (*decimals, *exact)
