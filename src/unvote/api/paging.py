"""One vote as a page of HTML, to be tried out with other votes in a browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from unvote.api.opening import stops
from unvote.api.tallying import named, open_world
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.loading.reader import read_bytes, read_file
from unvote.members import NOBODY, Membership
from unvote.rulings import Ruling, rule_on


@dataclass(frozen=True, slots=True)
class PageReport:
    """The vote that a page is of, and all problems.

    `remark` says why it is not taken, or why that is open, if so.
    """

    ruling: Ruling | None
    problems: tuple[Diagnostic, ...]
    membership: Membership = NOBODY
    remark: str = ""

    @property
    def valid(self) -> bool:
        """Whether there is a vote, and nothing is wrong."""
        return self.ruling is not None and not any(p.is_error for p in self.problems)

    @property
    def html(self) -> str:
        """The page, whole: it needs no other file and no network; empty where there is no vote."""
        ruling = self.ruling
        if ruling is None or ruling.case.roll is None:
            return ""
        from unvote.render.page.text import page_html  # noqa: PLC0415 - a question may come first

        return page_html(ruling, ruling.case.roll, self.membership, self.remark)


def page(
    file: str | Path,
    *,
    step: str | None = None,
    text: str | None = None,
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
    raw: bytes | None = None,
) -> PageReport:
    """One vote of a file as a page on which its members can be made to vote otherwise.

    A page is of one vote. Of proceedings `step` says which; of a text with amendments or parts it
    is that on the text, or the one that `text` names. Of a scenario it is the vote after its
    changes. Votes known neither by name nor by number make no page (UV408). `raw` is read in the
    place of the file's bytes. Mistakes are problems of the report, never exceptions.
    """
    world = open_world(members, bodies)
    name = str(file)
    source, form = read_file(name, big=big) if raw is None else read_bytes(name, raw, big=big)
    done = named(source, form, world, on=on, scenarios=True)
    problems = list(dict.fromkeys([*world.diagnostics, *done.problems]))
    if world.unusable or any(stops(problem) for problem in done.problems):
        return PageReport(None, tuple(problems))
    ruling, wrong = _chosen(done.results, step, text)
    if not wrong and (ruling is None or ruling.case.roll is None):
        problem = Problem("UV408", "its votes are not known, neither by name nor by number")
        wrong = [Diagnostic(name, problem)]
    if ruling is None or wrong:
        return PageReport(None, (*problems, *wrong))
    remark = ""
    if ruling.taken is False:
        remark = f"This vote is not taken: {ruling.reason}."
        ruling = rule_on(ruling.case)
    elif ruling.taken is None:
        remark = f"Whether this vote is taken is open: {ruling.reason}."
    return PageReport(ruling, tuple(problems), world.membership, remark)


def _chosen(
    results: Sequence[Ruling], step: str | None, text: str | None
) -> tuple[Ruling | None, list[Diagnostic]]:
    """The one vote that a page is of (UV316)."""
    steps = list(dict.fromkeys(r.case.step for r in results if r.case.step is not None))
    if step is None and len(steps) > 1:
        problem = _which("a page is of one vote, and these are several steps", "--step", steps)
        return None, [Diagnostic("--step", problem)]
    if step is not None and step not in steps:
        message = f"'{quoted(step)}' is no step of this file"
        return None, [Diagnostic("--step", _which(message, "--step", steps))]
    within = [r for r in results if step is None or r.case.step == step]
    if text is None:
        return (within[-1] if within else None), []
    called = [ruling for ruling in within if ruling.case.id == text]
    if called:
        return called[-1], []
    message = f"'{quoted(text)}' is no text, amendment or part of this vote"
    problem = _which(message, "--text", [ruling.case.id for ruling in within])
    return None, [Diagnostic("--text", problem)]


def _which(message: str, option: str, known: Sequence[str]) -> Problem:
    """That one of these is to be chosen."""
    hint = f"{option} takes one of: {', '.join(map(quoted, known))}" if known else "leave it out"
    return Problem("UV316", message, hint=hint)
