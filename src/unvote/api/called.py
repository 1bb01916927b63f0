"""Who is called in a roll call, in which order, and who of them is present and voting."""

from collections.abc import Sequence
from dataclasses import replace

from unvote.api.said import told
from unvote.diagnostics import Diagnostic, Problem, quoted
from unvote.members import Membership
from unvote.polling import SEAT, Roster, alphabetical, begun_at
from unvote.resolve.attendance import Setting, roster_open, unknown_roster
from unvote.resolve.scenario import members_said
from unvote.rollcall import RollCall
from unvote.vocabulary import Vote


def title_of(member: str, membership: Membership) -> str:
    """The English name of a member as it is called, or the number of its seat."""
    if member.startswith(SEAT):
        return f"Seat {member.removeprefix(SEAT)}"
    return membership.members[member].name


def called_in(
    base: RollCall,
    setting: Setting,
    call: Sequence[str],
    problems: list[Diagnostic],
    file: str,
) -> tuple[RollCall, tuple[str, ...]]:
    """Who is called, in the alphabetical order, with the roll call they sit in."""
    membership = setting.membership
    out = base.not_entitled | base.not_participating
    seated = base.composition.members
    if call:
        base, named = _named(base, setting, call, problems)
        numbered = 0
    elif seated is not None:
        named, numbered = tuple(seated - out), 0
    else:
        named = tuple(base.named)
        numbered = max(0, base.composition.seats - len(named) - len(out))
    order = sorted(named, key=lambda code: (alphabetical(membership.members[code].name), code))
    seats = [f"{SEAT}{number}" for number in range(1 + len(named), 1 + len(named) + numbered)]
    if not order and not seats and not any(problem.is_error for problem in problems):
        message = f"nobody is known to sit in the {setting.body.name}"
        hint = "name those to be called: --call FRA,KEN,BRA"
        problems.append(Diagnostic(file, Problem("UV312", message, hint=hint)))
    return base, (*order, *seats)


def _named(
    base: RollCall, setting: Setting, call: Sequence[str], problems: list[Diagnostic]
) -> tuple[RollCall, tuple[str, ...]]:
    """The members that alone are called, the others being absent (UV302, UV304, UV312)."""
    words = ",".join(call)
    out = base.not_entitled | base.not_participating
    if (seated := base.composition.members) is not None:
        here = replace(base, named=dict.fromkeys(seated - out, Vote.UNDECIDED), unnamed={})
        return base, _said("--call", call, here, setting, problems)
    if not roster_open(setting, base.composition):
        problems += told("--call", words, [unknown_roster(setting, ())])
        return base, ()
    everybody = dict.fromkeys(setting.membership.on(setting.day), Vote.UNDECIDED)
    codes = _said("--call", call, replace(base, named=everybody, unnamed={}), setting, problems)
    composition = setting.body.composition_on(
        setting.day, setting.membership, seats=len(codes) + len(base.not_participating)
    )
    if len(codes) > composition.seats:
        message = f"{len(codes)} are to be called, but the body has {composition.seats} seats"
        problems += told("--call", words, [Problem("UV304", message, hint="check the list")])
    return replace(base, composition=composition), codes


def _said(
    option: str,
    lists: Sequence[str],
    roll: RollCall,
    setting: Setting,
    problems: list[Diagnostic],
) -> tuple[str, ...]:
    """The members that lists on the command line name, groups among them."""
    words = [word for text in lists for part in text.split(",") if (word := part.strip())]
    wrong: list[Problem] = []
    codes = members_said(words, setting, roll, (), wrong)
    problems += told(option, ",".join(lists), wrong)
    return codes


def roster_of(
    called: tuple[str, ...],
    base: RollCall,
    setting: Setting,
    start: str | None,
    bound: Sequence[str],
    problems: list[Diagnostic],
) -> Roster:
    """The order of the call, from the member it starts with, and who is present and voting."""
    known = dict.fromkeys((c for c in called if not c.startswith(SEAT)), Vote.UNDECIDED)
    here = replace(base, named=known, unnamed={})
    pledged: tuple[str, ...] = ()
    if bound:
        everybody = any(text.strip().casefold() == "all" for text in bound)
        said = "--present-and-voting"
        pledged = called if everybody else _said(said, bound, here, setting, problems)
    if start is None:
        return Roster(called, frozenset(pledged))
    first = (start,) if start in called else _said("--start", [start], here, setting, problems)
    if len(first) == 1 and first[0] in called:
        return Roster(begun_at(called, first[0]), frozenset(pledged))
    if not any(problem.is_error for problem in problems):
        message = f"'{quoted(start)}' is not one member that is called here"
        hint = "name the member whose name was drawn, as --start KEN"
        problems += told("--start", start, [Problem("UV201", message, hint=hint)])
    return Roster(called, frozenset(pledged))
