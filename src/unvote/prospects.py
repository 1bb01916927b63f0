"""The odds of a forecast after changes, as far as it does not matter which members move."""

from collections.abc import Iterable
from dataclasses import replace

from unvote.cases import Case
from unvote.chances import Odds
from unvote.gauges import Scale, scale_of
from unvote.lotteries import Bloc, blocs_of
from unvote.retakes import odds_on
from unvote.rollcall import RollCall
from unvote.scenarios import Change, Move, SetVote, movable, supposed
from unvote.stances import Outlook
from unvote.vocabulary import Vote


def prospects(case: Case, changes: Iterable[Change] = ()) -> Odds | None:
    """The exact odds after the changes, members that were set or moved voting so for certain.

    Nothing for a record, nor where a stance hangs on an amendment still open (`chains` has those),
    where the question is not known or the odds are not exact, or where a number of members moves
    whose chances or weights differ: it then matters which.
    """
    roll, outlook = case.roll, case.outlook
    if roll is None or outlook is None or outlook.conditional or len(case.questions) != 1:
        return None
    rule = case.questions[0][1]
    for change in changes:
        certain = _by_name(change, roll, outlook, scale_of(roll, rule))
        if certain is None:
            return None
        case, _ = supposed(case, (certain,))
        roll, outlook = case.roll or roll, case.outlook or outlook
    return odds_on(replace(case, roll=roll, outlook=outlook), rule)


def _by_name(change: Change, roll: RollCall, outlook: Outlook, scale: Scale) -> Change | None:
    """The change with names for a number of members, where any of them will do."""
    if not isinstance(change, Move):
        return change
    known, have = roll.who(change.source), movable(roll, change.source)
    if not change.count or change.source is change.target or not known:
        return change
    if len(known) < have:
        return None
    if change.count == have or _alike(known, roll, outlook, scale):
        return SetVote(known[: change.count], change.target)
    return None


def _alike(codes: Iterable[str], roll: RollCall, outlook: Outlook, scale: Scale) -> bool:
    """Whether these members are the same to the odds: each alone, one chance, one weight."""
    blocs = {code: bloc for bloc in blocs_of(roll, outlook) for code in bloc.members}
    return len({_print(code, blocs[code], scale) for code in codes}) == 1


def _print(code: str, bloc: Bloc, scale: Scale) -> object:
    """What the odds can tell of a member; a bloc of several is like no other."""
    if len(bloc.members) > 1:
        return bloc.members, code
    chances = frozenset(bloc.chances.items())
    steps = tuple(scale.steps(code, vote) for vote in Vote)
    return chances, steps, code in scale.holders
