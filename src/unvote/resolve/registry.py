"""From `members.yaml` to the membership of the United Nations and the book of names."""

from collections.abc import Iterable, Mapping

from unvote.citations import Citation
from unvote.diagnostics import Problem, Spot
from unvote.documents.members import (
    ArrearsShape,
    GroupShape,
    MembersDocument,
    MemberShape,
    SpellShape,
)
from unvote.members import Arrears, Group, Member, Membership, Period, Spell
from unvote.resolve.names import Ambiguity, Name, NameBook, Standing, fold
from unvote.resolve.words import collect, date_of, maybe, period_of, truth_of

Sources = Mapping[str, str]


def registry_from(document: MembersDocument) -> tuple[Membership, NameBook, list[Problem]]:
    """The membership and the names of a members file, with what is wrong in it."""
    problems: list[Problem] = []
    sources = document.sources or {}
    members = {code: _member(code, shape, problems) for code, shape in document.members.items()}
    groups = {
        code: _group(code, shape, sources, problems)
        for code, shape in (document.groups or {}).items()
    }
    arrears = tuple(
        _arrears(number, shape, sources, problems)
        for number, shape in enumerate(document.not_entitled or [])
    )
    if document.as_of is not None:
        maybe(problems, date_of(document.as_of), "as_of")
    problems += _unknown_codes(document, members, groups)
    return Membership(members, groups, arrears), _book(document, problems), problems


def _member(code: str, shape: MemberShape, problems: list[Problem]) -> Member:
    route = ("members", code)
    gaps = tuple(
        collect(
            problems,
            period_of(gap.since, gap.until),
            *route,
            "interrupted",
            number,
            otherwise=Period,
        )
        for number, gap in enumerate(shape.interrupted or [])
    )
    return Member(
        code,
        shape.name,
        shape.short,
        collect(problems, period_of(shape.since, shape.until), *route, otherwise=Period),
        gaps,
        tuple(shape.successors or ()),
        shape.region,
        shape.iso2,
        shape.note or "",
    )


def _cited(text: str | None, status: str | None, sources: Sources) -> Citation | None:
    """A source by its key in the file's table, or as it stands."""
    if text is None:
        return Citation("general knowledge", seen=False) if status else None
    return Citation(sources.get(text, text), seen=status is None)


def _group(code: str, shape: GroupShape, sources: Sources, problems: list[Problem]) -> Group:
    spells: list[Spell] = []
    for member, value in shape.members.items():
        periods = value if isinstance(value, list) else [value]
        for number, entry in enumerate(periods):
            route: tuple[str | int, ...] = ("groups", code, "members", member)
            route = (*route, number) if isinstance(value, list) else route
            spells.append(_spell(member, entry, shape, sources, route, problems))
    suspended = tuple(
        _spell(entry.member, entry, shape, sources, ("groups", code, "suspensions", n), problems)
        for n, entry in enumerate(shape.suspensions or [])
    )
    return Group(
        code, shape.name, tuple(spells), tuple(shape.aliases or ()), shape.note or "", suspended
    )


def _spell(
    member: str,
    entry: str | SpellShape,
    group: GroupShape,
    sources: Sources,
    route: tuple[str | int, ...],
    problems: list[Problem],
) -> Spell:
    shape = SpellShape(since=entry) if isinstance(entry, str) else entry
    period = collect(problems, period_of(shape.since, shape.until), *route, otherwise=Period)
    source = _cited(shape.source or group.source, shape.status or group.status, sources)
    precision = shape.precision or group.precision or "day"
    return Spell(member, period, source, precision, shape.note or "")


def _arrears(
    number: int, shape: ArrearsShape, sources: Sources, problems: list[Problem]
) -> Arrears:
    route = ("not_entitled", number)
    return Arrears(
        shape.member,
        collect(problems, period_of(shape.since, shape.until), *route, otherwise=Period),
        collect(problems, truth_of(shape.exempt), *route, "exempt", otherwise=bool),
        _cited(shape.source, shape.status, sources),
        shape.note or "",
    )


def _unknown_codes(
    document: MembersDocument, members: Mapping[str, Member], groups: Mapping[str, Group]
) -> Iterable[Problem]:
    """Codes used in groups, arrears and successors that are no member's."""
    for code, group in groups.items():
        for spell in group.spells:
            if spell.member not in members:
                route = ("groups", code, "members", spell.member)
                yield Problem(
                    "UV201",
                    f"'{spell.member}' is no member's code",
                    route,
                    "add the member, or correct the code",
                    spot=Spot.KEY,
                )
    for number, entry in enumerate(document.not_entitled or []):
        if entry.member not in members:
            route_to = ("not_entitled", number, "member")
            yield Problem(
                "UV201",
                f"'{entry.member}' is no member's code",
                route_to,
                "add the member, or correct the code",
            )
    for code, member in members.items():
        for number, heir in enumerate(member.successors):
            if heir not in members:
                where = ("members", code, "successors", number)
                yield Problem(
                    "UV201",
                    f"'{heir}' is no member's code",
                    where,
                    "add the member, or correct the code",
                )


def _book(document: MembersDocument, problems: list[Problem]) -> NameBook:
    """Every name by its folded form."""
    names: dict[str, list[Name]] = {}
    for code, shape in document.members.items():
        for name in _names(code, shape, problems):
            same = names.setdefault(fold(name.text), [])
            if not any(n.code == code and n.period == name.period for n in same):
                same.append(name)
    return NameBook(
        {folded: tuple(entries) for folded, entries in names.items()},
        {
            fold(word): Ambiguity(
                word,
                tuple(shape.could_be),
                collect(
                    problems,
                    period_of(shape.since, shape.until),
                    "ambiguous",
                    word,
                    otherwise=Period,
                ),
                shape.note or "",
            )
            for word, shape in (document.ambiguous or {}).items()
        },
        _strangers(document),
        {w.upper(): (s.meant, s.note or "") for w, s in (document.not_codes or {}).items()},
        _group_names(document),
        {shape.iso2: code for code, shape in document.members.items() if shape.iso2},
    )


def _names(code: str, shape: MemberShape, problems: list[Problem]) -> Iterable[Name]:
    yield Name(code, shape.name, Standing.OFFICIAL)
    yield Name(code, shape.short, Standing.CURRENT)
    for text in shape.names or []:
        yield Name(code, text, Standing.CURRENT)
    for number, former in enumerate(shape.former or []):
        only = collect(
            problems, truth_of(former.only), "members", code, "former", number, otherwise=bool
        )
        period = collect(
            problems,
            period_of(former.since, former.until),
            "members",
            code,
            "former",
            number,
            otherwise=Period,
        )
        yield Name(code, former.name, Standing.ONLY if only else Standing.FORMER, period)


def _strangers(document: MembersDocument) -> dict[str, str]:
    """Words that are no member's: observers, and what is no member at all."""
    strangers: dict[str, str] = {}
    for code, observer in (document.observers or {}).items():
        reason = observer.note or "an observer, which never votes"
        for text in (code, observer.name, observer.short, *(observer.names or [])):
            if text:
                strangers[fold(text)] = reason
    strangers.update({fold(word): why for word, why in (document.not_members or {}).items()})
    return strangers


def _group_names(document: MembersDocument) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, shape in (document.groups or {}).items():
        for text in (code, shape.name, *(shape.aliases or [])):
            found[fold(text)] = code
    return found
