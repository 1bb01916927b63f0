"""Changes in the words of the command line, read against the vote they are made to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from unvote.diagnostics import Diagnostic, Problem
from unvote.resolve.attendance import Setting
from unvote.resolve.scenario import drop_said, move_said, out_of_bounds, set_said, sweep_said
from unvote.resolve.words import Read
from unvote.rollcall import RollCall
from unvote.scenarios import Change, Sweep, changed


@dataclass(frozen=True, slots=True)
class Words:
    """Changes in the words of the command line, and the sweeps that follow them.

    `lead` is what stood before each word: the step of proceedings it is said of.
    """

    sets: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    sweeps: tuple[str, ...] = ()
    lead: str = ""

    @property
    def changing(self) -> bool:
        """Whether they change or sweep anything."""
        return bool(self.sets or self.drops or self.moves or self.sweeps)


def changes_said(
    words: Words, setting: Setting, roll: RollCall
) -> tuple[list[Change], list[Diagnostic]]:
    """The changes said in words, in their order, each of which the roll call allows."""
    changes: list[Change] = []
    problems: list[Diagnostic] = []
    readers: list[tuple[str, Sequence[str], Callable[[str, RollCall], Read[Change]]]] = [
        ("--set", words.sets, lambda text, roll: set_said(text, setting, roll)),
        ("--drop", words.drops, lambda text, roll: drop_said(text, setting, roll)),
        ("--move", words.moves, move_said),
    ]
    for option, texts, read in readers:
        for text in texts:
            change, found = read(text, roll)
            problems += told(option, f"{words.lead}{text}", found)
            if change is not None:
                changes.append(change)
                roll = changed(roll, (change,))
    return changes, problems


def sweeps_said(words: Words, roll: RollCall, problems: list[Diagnostic]) -> tuple[Sweep, ...]:
    """The sweeps said in words, one or two, within bounds."""
    sweeps: list[Sweep] = []
    for text in words.sweeps:
        sweep, found = sweep_said(text, roll)
        problems += told("--sweep", text, found)
        sweeps += [sweep] if sweep else []
    if len(sweeps) == len(words.sweeps):
        problems += told("--sweep", ", ".join(words.sweeps), out_of_bounds(sweeps))
    return tuple(sweeps)


def told(option: str, text: str, problems: Iterable[Problem]) -> list[Diagnostic]:
    """Problems of a word on the command line, the option and the word as their place."""
    return [Diagnostic(f"{option} {text}", problem) for problem in problems]
