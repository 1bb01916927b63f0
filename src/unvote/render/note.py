"""A page on a vote as Markdown or as a few lines for a chat."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from unvote.diagnostics import quoted, visible
from unvote.distances import Distance
from unvote.explain import account, notices, result_words
from unvote.outcomes import Outcome
from unvote.render.listing import article
from unvote.render.pictures.scene import WORDS, Scene
from unvote.render.sheets import Sheet, escaped, markdown_text, sheet_of
from unvote.render.standing import held_words, remark, sources_words
from unvote.render.swings import changes_words, flip_numbers, move_words, which_words
from unvote.swings import Swing
from unvote.vocabulary import Verdict
from unvote.wording import day_words, finding_words, listed, met_words, need_words, question_words

FEW: Final = 15
"""Members named one by one in a chat."""


@dataclass(frozen=True, slots=True)
class Way:
    """The ways to another verdict: how many must make each move; `pivots` matter alone.

    `swing` knows the cheapest set of changes, where that was asked for; `under` is the question
    that the numbers are of, where several were tried.
    """

    to: Verdict
    outcome: Outcome
    distances: tuple[Distance, ...]
    pivots: tuple[str, ...] = ()
    swing: Swing | None = None
    under: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One vote of a page: what is drawn of it, how each group voted, what would have changed it.

    `groups` gives, by the name of a group, how many of it did what, by class of light; `asked` are
    those of them that were asked for by name.
    """

    scene: Scene
    regions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    asked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def sorted_out(scene: Scene) -> dict[str, list[str]]:
    """The codes of the members by class of light, in the order of their names."""
    found: dict[str, list[str]] = {}
    for code in scene.codes:
        found.setdefault(scene.kind(code), []).append(code)
    return found


def where_words(scene: Scene) -> str:
    """Body, day and question."""
    case = scene.ruling.case
    said = " or ".join(question_words(question.title) for question, _ in case.questions)
    return f"{case.body.name}, {day_words(case.day)}, {said}{held_words(case)}"


def changing(way: Way) -> Iterator[str]:
    """What would have led to another verdict, a line each."""
    under = f"as {way.under}: " if way.under else ""
    yield from (f"{under}{line}" for line in _changing(way))


def _changing(way: Way) -> Iterator[str]:
    known = [one for one in way.distances if one.number is not None]
    for one in known:
        number = f"{one.number} from {move_words(one)} ({which_words(one, way.outcome)})"
        yield f"{way.to.value} with {number}"
    if way.pivots:
        more = f" and {len(way.pivots) - FEW} more" if len(way.pivots) > FEW else ""
        each = "each " if len(way.pivots) > 1 else ""
        yield f"{', '.join(way.pivots[:FEW])}{more} could {each}have done so alone"
    if not known:
        yield f"{way.to.value}: no one kind of move leads there"
    if way.swing is not None:
        yield f"{way.to.value}{_cheapest(way.swing)}"


def _cheapest(swing: Swing, most: int | None = None) -> str:
    """The cheapest set of changes, or why there is none; of more than `most` only the numbers."""
    flip = swing.flip
    if not swing.flip_told:
        return " most cheaply: beyond what can be tried"
    if flip is None:
        return ": no change of votes leads there"
    several = ", one of several sets" if flip.several else ""
    many = most is not None and len(flip.changes) > most
    words = flip_numbers(flip) if many else changes_words(flip)
    return f" most cheaply (cost {flip.cost}{several}): {words}"


# --- Markdown -------------------------------------------------------------------------------------


def note_markdown(title: str, entries: Iterable[Entry]) -> str:
    """The page as Markdown."""
    every = list(entries)
    lines = [f"# {escaped(title)}", ""] if len(every) > 1 else []
    for entry in every:
        lines += _markdown(entry, "##" if len(every) > 1 else "#")
    return "\n".join(lines).rstrip("\n") + "\n"


def _markdown(entry: Entry, mark: str) -> Iterator[str]:
    scene = entry.scene
    case, ruling = scene.ruling.case, scene.ruling
    named = f": {case.title}" if case.title and case.title != case.id else ""
    yield f"{mark} {escaped(quoted(case.id + named, 1000))}"
    yield ""
    yield f"{escaped(where_words(scene))}"
    yield ""
    said = remark(ruling)
    yield f"**{result_words(ruling)}**" + (f", {escaped(said)}" if said else "")
    yield ""
    if scene.counts:
        yield from _who_markdown(scene)
    for sentence in account(ruling):
        cite = f" *({escaped(str(sentence.citation))})*" if sentence.citation else ""
        yield f"- {escaped(sentence.text)}{cite}"
    yield ""
    for head, parts in (("Regional group", entry.regions), ("Group", entry.groups)):
        if parts:
            yield markdown_text(parts_sheet(head, scene, parts))
    if entry.ways:
        yield "What would have changed it:\n"
        yield from (f"- {escaped(line)}" for way in entry.ways for line in changing(way))
        yield ""
    if case.sources:
        yield f"{sources_words(case)}: {escaped('; '.join(case.sources))}\n"


def _who_markdown(scene: Scene) -> Iterator[str]:
    by_kind = sorted_out(scene)
    rows = [
        (WORDS[kind].capitalize(), str(count), " ".join(by_kind.get(kind, ())) or "not named")
        for kind, count in scene.counts.items()
        if count
    ]
    yield markdown_text(sheet_of(("Vote", "Number", "Members"), rows, right=frozenset({"Number"})))


def parts_sheet(head: str, scene: Scene, parts: Mapping[str, Mapping[str, int]]) -> Sheet:
    """Groups, one a row: how many of each did what."""
    kinds = [kind for kind in scene.counts if any(kind in part for part in parts.values())]
    rows = [
        (name, *(str(part.get(kind, 0)) for kind in kinds), str(sum(part.values())))
        for name, part in parts.items()
    ]
    names = tuple(WORDS[kind].capitalize() for kind in kinds)
    return sheet_of((head, *names, "Members"), rows, right=frozenset((*names, "Members")))


# --- Text -----------------------------------------------------------------------------------------


def note_text(title: str, entries: Iterable[Entry]) -> str:
    """The page as plain text that fits a chat: some lines for one vote, a line each for several."""
    every = list(entries)
    if len(every) == 1:
        return "\n".join(_lines(every[0])) + "\n"
    lines = [visible(quoted(title, 200))]
    for entry in every:
        ruling = entry.scene.ruling
        tally = f" {ruling.outcome.tally}" if ruling.outcome else ""
        said = remark(ruling)
        verdict = result_words(ruling) + (f", {said}" if said else "")
        of = f" of {quoted(ruling.case.part_of)}" if ruling.case.part_of else ""
        held = " (a forecast)" if ruling.case.forecast else ""
        lines.append(f"- {quoted(ruling.case.id)}{of}{held}{tally}: {verdict}")
    return "\n".join(lines) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    scene, ruling = entry.scene, entry.scene.ruling
    case, outcome = ruling.case, ruling.outcome
    said = remark(ruling)
    verdict = result_words(ruling) + (f", {said}" if said else "")
    where = case.body.short or case.body.name
    yield f"{quoted(case.id, 200)}, {where}, {day_words(case.day)}{held_words(case)}: {verdict}"
    if case.title and case.title != case.id:
        yield quoted(case.title, 200)
    if outcome is not None:
        yield ", ".join(f"{count} {WORDS[kind]}" for kind, count in scene.counts.items())
        for question, tried in ruling.outcomes:
            under = f" as {question_words(question.title)}" if len(ruling.outcomes) > 1 else ""
            cite = article(tried)
            yield f"Needed{under}: {need_words(tried)}" + (f" ({cite})" if cite else "")
    by_kind = sorted_out(scene)
    for kind in "na":
        codes = by_kind.get(kind, [])
        if 0 < len(codes) <= FEW:
            yield f"{WORDS[kind].capitalize()}: {', '.join(scene.name(code) for code in codes)}"
    yield from (
        f"{name}: "
        + ", ".join(f"{part[kind]} {WORDS[kind]}" for kind in scene.counts if kind in part)
        for name, part in entry.asked.items()
    )
    for way in entry.ways:
        yield from _way_lines(way)
    yield from (f"{said[0].upper()}{said[1:]}" for said in list(notices(ruling))[:3])


def _way_lines(way: Way) -> Iterator[str]:
    """What would have led to another verdict, for a chat: all moves on one line."""
    verdict = f"As {way.under}: {way.to.value}" if way.under else way.to.value.capitalize()
    known = [one for one in way.distances if one.number is not None]
    if known:
        moves = (
            f"{one.number} from {move_words(one)} ({which_words(one, way.outcome, FEW)})"
            for one in known
        )
        yield f"{verdict} with {listed(moves, 'or')}"
    if way.swing is not None:
        yield f"{verdict}{_cheapest(way.swing, FEW)}"


def tests_of(outcome: Outcome) -> Iterator[tuple[str, str, str, str, str]]:
    """Each test: what it asks, what it needs and has, whether it is met, the article."""
    for finding in outcome.findings:
        cite = finding.citation or outcome.rule.citation
        have = str(finding.have)
        have += f"-{finding.most}" if finding.most != finding.have else ""
        have += f" of {finding.of}" if finding.of is not None else ""
        yield (
            finding_words(finding),
            str(finding.need),
            have,
            met_words(finding),
            str(cite) if cite else "",
        )
