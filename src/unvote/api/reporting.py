"""A page on a vote or a day: its verdicts, who did what, by group, and what would change it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from unvote.api.drawing import scene_of
from unvote.api.picking import groups_named
from unvote.api.tallying import Report, tally
from unvote.bodies import Question
from unvote.diagnostics import Diagnostic, Problem
from unvote.distances import distances_of, pivots_of
from unvote.headcount import REGIONS
from unvote.members import Membership
from unvote.render.note import Entry, Way
from unvote.render.pictures.scene import Scene
from unvote.rollcall import RollCall
from unvote.rulings import Ruling
from unvote.sides import Side
from unvote.vocabulary import Verdict
from unvote.wording import question_words

INTEREST: Final = (
    *("AU", "ASEAN", "BRICS", "CARICOM", "EU", "G77", "GCC", "LAS", "LDC", "NAM", "NATO", "OIC"),
    *("P5", "PIF"),
)
"""The groups of interest, beside the regional ones."""
FEWEST: Final = 3
"""Members of a group that must sit in the body for it to be told."""
OTHERS: Final = {
    Verdict.ADOPTED: (Verdict.NOT_ADOPTED,),
    Verdict.NOT_ADOPTED: (Verdict.ADOPTED,),
    Verdict.OPEN: (Verdict.ADOPTED, Verdict.NOT_ADOPTED),
}


class NoteForm(StrEnum):
    """How a page is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Note:
    """A page, with the votes on it; and all problems."""

    text: str
    results: tuple[Ruling, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def valid(self) -> bool:
        """Whether the file could be read and decided."""
        return bool(self.text) and not any(problem.is_error for problem in self.problems)


def report(
    file: str | Path,
    form: NoteForm | str = NoteForm.MARKDOWN,
    *,
    groups: Sequence[str] | None = None,
    flip: bool = False,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
    stdin: bytes | None = None,
) -> Note:
    """One page on a vote, or on all votes of proceedings, as Markdown, HTML or text for a chat.

    `groups` are told in the place of the usual groups of interest, beside the regional ones;
    `flip` tells the cheapest set of changes to another verdict too, as `swing` finds it.
    """
    tallied = tally(
        file, on=on, members=members, bodies=bodies, big=big, scenarios=True, stdin=stdin
    )
    return noted(tallied, NoteForm(form), groups, flip=flip)


def noted(
    tallied: Report, form: NoteForm, groups: Sequence[str] | None = None, *, flip: bool = False
) -> Note:
    """A page on what has been tallied."""
    results = tallied.results
    codes: Sequence[str] = INTEREST
    wrong: list[Diagnostic] = []
    if groups is not None and tallied.names is not None:
        codes, wrong = groups_named(groups, tallied.names)
    problems = (*tallied.problems, *wrong)
    if tallied.valid and not results:
        problems = (*problems, Diagnostic("report", Problem("UV408", "there is no vote in it")))
    if not tallied.valid or wrong or not results:
        return Note("", results, problems)
    chosen = Chosen(tallied.membership, codes, groups is not None, flip)
    entries = [_entry(ruling, chosen) for ruling in results]
    return Note(_text(_title(results), entries, form), results, problems)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is told of every vote: which groups, whether they were asked for, whether a flip."""

    membership: Membership
    groups: Sequence[str]
    asked: bool
    flip: bool


def _title(results: Sequence[Ruling]) -> str:
    """What a page on several votes is called."""
    days = sorted({ruling.case.day for ruling in results})
    bodies = list(dict.fromkeys(ruling.case.body.name for ruling in results))
    if len(results) == 1:
        return results[0].case.id
    span = str(days[0]) if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return f"{len(results)} votes, {span}: {', '.join(bodies)}"


def _text(title: str, entries: list[Entry], form: NoteForm) -> str:
    match form:
        case NoteForm.MARKDOWN:
            from unvote.render.note import note_markdown  # noqa: PLC0415 - the one written

            return note_markdown(title, entries)
        case NoteForm.TEXT:
            from unvote.render.note import note_text  # noqa: PLC0415

            return note_text(title, entries)
        case NoteForm.HTML:
            from unvote.files.geography import read_geography  # noqa: PLC0415
            from unvote.render.notepage import note_page, wants_map  # noqa: PLC0415

            mapped = any(wants_map(entry.scene) for entry in entries)
            return note_page(title, entries, read_geography() if mapped else None)


def _entry(ruling: Ruling, chosen: Chosen) -> Entry:
    """One vote with its groups and the ways to another verdict."""
    membership = chosen.membership
    scene = scene_of(ruling, membership)
    roll = ruling.case.roll
    named = roll is not None and bool(roll.named) and ruling.taken is not False
    regions = _groups(scene, REGIONS, membership, 1) if named else {}
    fewest = 1 if chosen.asked else FEWEST
    groups = _groups(scene, chosen.groups, membership, fewest) if named else {}
    asked = groups if chosen.asked else {}
    return Entry(scene, regions, groups, _ways(ruling, flip=chosen.flip), asked)


def _groups(
    scene: Scene, codes: Iterable[str], membership: Membership, fewest: int
) -> Mapping[str, Mapping[str, int]]:
    """How many of each group did what."""
    found: dict[str, dict[str, int]] = {}
    for code in codes:
        group = membership.groups.get(code)
        inside = group.on(scene.ruling.case.day) if group else frozenset()
        counts: dict[str, int] = {}
        for member in scene.codes:
            if member in inside:
                kind = scene.kind(member)
                counts[kind] = counts.get(kind, 0) + 1
        if group is not None and sum(counts.values()) >= fewest:
            found[group.name if group.name == code else f"{group.name} ({code})"] = counts
    return found


def _ways(ruling: Ruling, *, flip: bool) -> tuple[Way, ...]:
    """The ways to each other verdict, under every question that was tried."""
    roll = ruling.case.roll
    if roll is None or ruling.taken is False:
        return ()
    found = _swings(ruling) if flip else _distances(ruling, roll)
    if len(ruling.outcomes) == 1:
        return tuple(way for _, way in found)
    return tuple(replace(way, under=question_words(question.title)) for question, way in found)


def _distances(ruling: Ruling, roll: RollCall) -> Iterator[tuple[Question, Way]]:
    """The distance to each other verdict."""
    for question, outcome in ruling.outcomes:
        for to in OTHERS[outcome.verdict]:
            side = Side(roll, outcome.rule, to)
            if side.open and side.told:
                pivots = tuple(pivot.member for pivot in pivots_of(side) if pivot.member)
                yield question, Way(to, outcome, distances_of(side), pivots)


def _swings(ruling: Ruling) -> Iterator[tuple[Question, Way]]:
    """The same by the swings, which find the cheapest set of changes as well."""
    from unvote.swings import swung  # noqa: PLC0415 - only where they are asked for

    for under in swung(ruling, {}):
        for swing in under.swings:
            pivots = tuple(pivot.member for pivot in swing.pivots if pivot.member)
            yield under.question, Way(swing.to, under.outcome, swing.distances, pivots, swing)
