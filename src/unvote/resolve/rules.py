"""From the rules of a body file to rules the engine decides by."""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from unvote.citations import Citation
from unvote.diagnostics import Problem, Spot
from unvote.documents.body import (
    AfterVetoShape,
    BodyDocument,
    ConditionShape,
    DeemedShape,
    QuestionShape,
    QuorumShape,
    RuleShape,
    VetoShape,
)
from unvote.members import Period
from unvote.resolve.words import (
    WHOLE,
    Read,
    collect,
    date_of,
    maybe,
    one_of,
    period_of,
    share_of,
    truth_of,
    whole_of,
)
from unvote.rules import (
    ABSTAIN,
    HALF,
    NO,
    NOT_YES,
    YES,
    AfterVeto,
    AllOf,
    AnyOf,
    Bar,
    Blocking,
    Condition,
    Deemed,
    Rule,
    Threshold,
    Veto,
    VetoOn,
)
from unvote.vocabulary import Base, Mode, TiePolicy

COUNTING: Final = {"yes": YES, "no": NO, "abstain": ABSTAIN, "not yes": NOT_YES}
BASES: Final = {base.value: base for base in Base}
TIES: Final = {policy.value: policy for policy in TiePolicy}
MODES: Final = {mode.value: mode for mode in Mode}
VETOES: Final = {on.value: on for on in VetoOn}
NO_AMOUNT: Final = Fraction(1)
MOST_DAYS: Final = 1000
ROOMS: Final = {base.value: base for base in (Base.MEMBERS, Base.ELIGIBLE)}
"""What a quorum can be a share of: not of those present or voting, who are what it counts."""


def cited(text: str | None, status: str | None) -> Citation | None:
    """A citation; general knowledge says so."""
    return None if text is None else Citation(text, seen=status is None)


def question_rules(body: BodyDocument, name: str, shape: QuestionShape) -> Read[tuple[Rule, ...]]:
    """The dated rules of one question, with what is wrong in them."""
    problems: list[Problem] = []
    rules = tuple(
        _rule(body, rule, ("questions", name, "rules", number), problems)
        for number, rule in enumerate(shape.rules)
    )
    return rules, problems


def _rule(
    body: BodyDocument, shape: RuleShape, route: tuple[str | int, ...], problems: list[Problem]
) -> Rule:
    needs = tuple(
        _condition(need, shape.status, (*route, "needs", number), problems)
        for number, need in enumerate(shape.needs)
    )
    if not needs and shape.veto is None:
        hint = "without a condition or a veto anything would pass"
        problems.append(Problem("UV110", "this rule has no condition", (*route, "needs"), hint))
    tie_text, tie_cite = shape.tie or body.tie, shape.tie_cite or body.tie_cite
    quorum = body.quorum if shape.quorum is None else shape.quorum
    return Rule(
        needs,
        _veto(shape.veto, shape.status, (*route, "veto"), problems) if shape.veto else None,
        _quorum(quorum, route, problems) if isinstance(quorum, QuorumShape) else None,
        collect(
            problems,
            one_of(TIES, tie_text or "not adopted", "a rule for ties"),
            *((*route, "tie") if shape.tie else ("tie",)),
            otherwise=lambda: TiePolicy.NOT_ADOPTED,
        ),
        cited(tie_cite, None),
        _deemed(shape.adopted_if_fewer_than, shape.status, route, problems),
        collect(
            problems,
            one_of(MODES, shape.mode or "vote", "a way to decide"),
            *route,
            "mode",
            otherwise=lambda: Mode.VOTE,
        ),
        collect(
            problems, truth_of(shape.parties_abstain), *route, "parties_abstain", otherwise=bool
        ),
        _after_veto(shape, route, problems),
        collect(problems, period_of(shape.since, shape.until), *route, otherwise=Period),
        cited(shape.cite, shape.status),
        " ".join((shape.note or "").split()),
    )


def _condition(
    shape: ConditionShape,
    status: str | None,
    route: tuple[str | int, ...],
    problems: list[Problem],
) -> Condition:
    """A threshold, or several conditions of which all or any must hold."""
    stated = [n for n in ("at_least", "more_than", "all", "any") if getattr(shape, n) is not None]
    if len(stated) != 1:
        message = "a condition says exactly one of at_least, more_than, all and any"
        hint = f"keep one of: {', '.join(stated)}" if stated else "write one of the four"
        problems.append(Problem("UV110", message, route, hint))
        return AllOf(())
    if stated[0] in {"all", "any"}:
        parts = tuple(
            _condition(part, status, (*route, stated[0], number), problems)
            for number, part in enumerate(getattr(shape, stated[0]))
        )
        if not parts:
            hint = "list at least one condition"
            here = (*route, stated[0])
            problems.append(Problem("UV110", "no condition is listed here", here, hint))
        return AllOf(parts) if stated[0] == "all" else AnyOf(parts)
    return _threshold(shape, stated[0], status, route, problems)


def _threshold(
    shape: ConditionShape,
    key: str,
    status: str | None,
    route: tuple[str | int, ...],
    problems: list[Problem],
) -> Threshold:
    text: str = getattr(shape, key)
    base = None
    if shape.of is not None:
        base = collect(
            problems, one_of(BASES, shape.of, "a base"), *route, "of", otherwise=lambda: Base.CAST
        )
    bar = Bar.AT_LEAST if key == "at_least" else Bar.MORE_THAN
    if text.strip().casefold() == "majority":
        bar, amount = Bar.MORE_THAN, HALF
        if base is None:
            message = "a majority needs a base: a majority of what?"
            hint = f"add `of:`, one of: {', '.join(BASES)}"
            problems.append(Problem("UV110", message, (*route, key), hint))
    else:
        reader = whole if base is None else share_of
        amount = collect(problems, reader(text), *route, key, otherwise=lambda: NO_AMOUNT)
    counting = collect(
        problems,
        one_of(COUNTING, shape.counting or "yes", "a vote to count"),
        *route,
        "counting",
        otherwise=lambda: YES,
    )
    return Threshold(bar, amount, base, counting, shape.by, shape.among, cited(shape.cite, status))


def whole(text: str) -> Read[Fraction]:
    """A number of members as an amount; a share here lacks its base."""
    if not WHOLE.fullmatch(text.strip()) and share_of(text)[0] is not None:
        message = f"{text} needs a base: {text} of what?"
        return None, [Problem("UV110", message, hint=f"add `of:`, one of: {', '.join(BASES)}")]
    if not WHOLE.fullmatch(text.strip()) and share_of(text)[1][0].code == "UV306":
        return None, share_of(text)[1]
    value, problems = whole_of(text)
    return (None if value is None else Fraction(value)), problems


def _veto(
    shape: VetoShape, status: str | None, route: tuple[str | int, ...], problems: list[Problem]
) -> Veto:
    on = collect(
        problems,
        one_of(VETOES, shape.on, "a way to exercise a veto"),
        *route,
        "on",
        otherwise=lambda: VetoOn.NO,
    )
    by = None if shape.by.strip().casefold() == "all" else shape.by
    return Veto(on, by, cited(shape.cite, status))


def _after_veto(
    shape: RuleShape, route: tuple[str | int, ...], problems: list[Problem]
) -> AfterVeto | None:
    """What follows a veto; only where there is one (UV111)."""
    after: AfterVetoShape | None = shape.after_veto
    if after is None:
        return None
    here = (*route, "after_veto")
    if shape.veto is None:
        hint = "write `veto:`, or take `after_veto` out"
        problems.append(Problem("UV111", "this rule has no veto", here, hint, spot=Spot.KEY))
    since = maybe(problems, date_of(after.since), *here, "since")
    days = maybe(problems, whole_of(after.working_days), *here, "working_days")
    if days is not None and days > MOST_DAYS:
        message = f"{days} working days are too many to count"
        hint = f"at most {MOST_DAYS}"
        problems.append(Problem("UV110", message, (*here, "working_days"), hint))
        return None
    if since is None or days is None:
        return None
    note = " ".join(after.note.split())
    return AfterVeto(since, days, note, cited(after.cite, shape.status))


def _quorum(shape: QuorumShape, route: tuple[str | int, ...], problems: list[Problem]) -> Threshold:
    """How many must be present: `majority of members`, `2/3 of members`, or a number."""
    text = " ".join(shape.to_decide.split())
    amount_text, of, base_text = text.partition(" of ")
    base = Base.MEMBERS if of else None
    if of:
        base = collect(
            problems,
            one_of(ROOMS, base_text, "what a quorum is a share of"),
            *route,
            "quorum",
            "to_decide",
            otherwise=lambda: Base.MEMBERS,
        )
    bar, amount = Bar.AT_LEAST, NO_AMOUNT
    if amount_text.casefold() == "majority" and of:
        bar, amount = Bar.MORE_THAN, HALF
    else:
        reader: Callable[[str], Read[Fraction]] = share_of if of else whole
        amount = collect(
            problems, reader(amount_text), *route, "quorum", "to_decide", otherwise=lambda: amount
        )
    return Threshold(bar, amount, base, citation=cited(shape.cite, shape.status))


def _deemed(
    shape: DeemedShape | None,
    status: str | None,
    route: tuple[str | int, ...],
    problems: list[Problem],
) -> Deemed | None:
    if shape is None:
        return None
    here = (*route, "adopted_if_fewer_than")
    counting = collect(
        problems,
        one_of({"no": NO, "not yes": NOT_YES}, shape.counting, "what is counted"),
        *here,
        "counting",
        otherwise=lambda: NOT_YES,
    )
    limit: int | Blocking
    if shape.blocking is not None:
        blocking = shape.blocking
        share = collect(
            problems, share_of(blocking.more_than), *here, "blocking", otherwise=lambda: HALF
        )
        plus = collect(
            problems, whole_of(blocking.plus or "0"), *here, "blocking", "plus", otherwise=int
        )
        limit = Blocking(share, blocking.by, plus)
    elif shape.count is not None:
        limit = collect(problems, whole_of(shape.count), *here, "count", otherwise=int)
    else:
        problems.append(Problem("UV111", "'count' is missing", here, "write `count: 4`"))
        limit = 0
    return Deemed(limit, counting, cited(shape.cite, status))
