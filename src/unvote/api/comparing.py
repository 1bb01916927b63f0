"""Two votes side by side: their verdicts, who moved, and how closely groups held together."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from unvote.api.opening import Opened, open_vote
from unvote.api.tallying import open_world
from unvote.comparison import Comparison, cohesion, flow_of
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.world.world import World


def compare(
    first: str | Path,
    second: str | Path,
    *,
    by: Sequence[str] = (),
    on: date | None = None,
    members: str | Path | None = None,
    bodies: Sequence[str | Path] = (),
    big: bool = False,
) -> Comparison:
    """Compare two files that hold a vote: resolutions, stances, scenarios as they come out.

    `by` names groups whose cohesion is wanted, in each vote with its members of that day; `on`
    decides both as if they had been held on that day; `members` and `bodies` replace and extend
    the shipped data. Mistakes in files are problems of the comparison, never exceptions.
    """
    world = open_world(members, bodies)
    one, two = (open_vote(file, world, on=on, big=big) for file in (first, second))
    groups = [(word, world.names.group(word)) for word in by]
    unknown = tuple(_no_group(word) for word, group in groups if group is None)
    problems = tuple(dict.fromkeys([*one.problems, *two.problems, *unknown]))
    found = Comparison(None, None, None, (), problems)
    if one.ruling is None or two.ruling is None or not found.valid:
        return found
    return _compared(one, two, [group for _, group in groups if group], world, problems)


def _no_group(word: str) -> Diagnostic:
    message = f"'{quoted(word)}' is not the name of a group"
    return Diagnostic(f"--by {word}", Problem("UV205", message, hint="`unvote groups` lists them"))


def _compared(
    one: Opened, two: Opened, groups: Sequence[str], world: World, problems: tuple[Diagnostic, ...]
) -> Comparison:
    first, second = one.ruling, two.ruling
    if first is None or second is None or first.case.roll is None or second.case.roll is None:
        return Comparison(None, None, None, (), problems)
    rolls = first.case.roll, second.case.roll
    days = first.case.day, second.case.day
    held = [cohesion("all", (None, None), rolls)]
    for group in dict.fromkeys(groups):
        inside = world.membership.groups[group]
        held.append(cohesion(group, (inside.on(days[0]), inside.on(days[1])), rolls))
    return Comparison(first, second, flow_of(*rolls), tuple(held), problems)
