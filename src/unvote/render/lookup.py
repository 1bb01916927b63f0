"""Members, groups and bodies on a date, as sheets and cards."""

from collections.abc import Iterable
from datetime import date

from unvote.bodies import Body, Seating
from unvote.members import Group, Member, Membership
from unvote.render.sheets import Sheet, sheet_of, table_text
from unvote.render.style import Look, draw
from unvote.resolve.names import Name, Standing
from unvote.wording import day_words, rule_words


def members_sheet(members: Iterable[Member]) -> Sheet:
    """Members, one a row."""
    rows = (
        (
            member.code,
            member.short,
            member.name,
            member.region or "",
            str(member.period.since or ""),
            str(member.period.until or ""),
        )
        for member in members
    )
    head = ("Code", "Short", "Name", "Region", "Since", "Until")
    return sheet_of(
        head, rows, wide=frozenset({"Name"}), whole=frozenset({"Short", "Since", "Until"})
    )


def member_card(
    member: Member, membership: Membership, on: date, names: Iterable[Name]
) -> list[tuple[str, str]]:
    """What is known of one member on a day, as labels and values."""
    groups = sorted(
        code for code, group in membership.groups.items() if member.code in group.on(on)
    )
    then = [n.text for n in names if n.standing is Standing.FORMER and n.period.covers(on)]
    former = [f"{n.text} ({n.period})" for n in names if n.standing is Standing.FORMER]
    rows = [
        ("Code", f"{member.code}, {member.iso2}" if member.iso2 else member.code),
        ("Name", member.name),
        ("Short", member.short),
        ("Then called", ", ".join(then)),
        ("Former names", "; ".join(former)),
        ("Member", str(member.period)),
        (f"On {on}", "a member" if member.sat_on(on) else "not a member"),
        ("Regional group", member.region or "none"),
        ("Groups", " ".join(groups) or "none"),
        *(("Not seated", str(gap)) for gap in member.interrupted),
        ("Successors", " ".join(member.successors)),
    ]
    barred = membership.without_vote_on(on).get(member.code)
    if barred:
        source = f" ({barred.source})" if barred.source else ""
        rows.append(("Article 19", f"no vote in the Assembly, {barred.period}{source}"))
    rows.append(("Note", member.note))
    return [(label, value) for label, value in rows if value]


def groups_sheet(groups: Iterable[Group], on: date) -> Sheet:
    """Groups, one a row, with their size on the day."""
    rows = (
        (group.code, str(len(group.on(on))), group.name, ", ".join(group.aliases))
        for group in groups
    )
    head = ("Group", "Members", "Name", "Also")
    return sheet_of(head, rows, wide=frozenset({"Name"}), right=frozenset({"Members"}))


def group_sheet(group: Group, membership: Membership, on: date) -> Sheet:
    """The members of one group on a day, with their time in it and the source."""
    rows = []
    for spell in group.spells:
        if spell.period.covers(on):
            since = str(spell.period.since or "")
            if spell.precision != "day":
                since += f" ({spell.precision})"
            source = str(spell.source) if spell.source else ""
            name = membership.members[spell.member].short
            rows.append((spell.member, name, since, str(spell.period.until or ""), source))
    return sheet_of(("Code", "Member", "Since", "Until", "Source"), sorted(rows))


def group_card(group: Group, membership: Membership, on: date, look: Look) -> str:
    """One group on a day for a terminal: its members, and the sources named once below."""
    sheet = group_sheet(group, membership, on)
    sources = list(dict.fromkeys(row[-1] for row in sheet.rows if row[-1]))
    brief = Sheet(sheet.head[:-1], tuple(row[:-1] for row in sheet.rows))
    lines = [("Group", f"{group.name} ({group.code})"), ("On", day_words(on))]
    lines.append(("Members", str(len(sheet.rows))))
    after = [("Source" if n == 0 else "", source) for n, source in enumerate(sources)]
    suspended = [s.member for s in group.suspensions if s.period.covers(on)]
    if suspended:
        after.append(("Suspended", f"{' '.join(suspended)} (still members)"))
    if group.note:
        after.append(("Note", group.note))
    return f"{labelled(lines, look)}\n{table_text(brief, look)}\n{labelled(after, look)}"


def bodies_sheet(bodies: Iterable[Body], membership: Membership, on: date) -> Sheet:
    """Bodies, one a row."""
    rows = (
        (
            body.id,
            str(body.size_on(on, membership) or "any"),
            body.name,
            ", ".join(body.questions),
        )
        for body in bodies
    )
    head = ("Body", "Seats", "Name", "Questions")
    wide = frozenset({"Name", "Questions"})
    return sheet_of(head, rows, wide=wide, right=frozenset({"Seats"}))


def rules_sheet(body: Body, on: date) -> Sheet:
    """The rule of each question on a day, with its period and article."""
    rows = []
    for question in body.questions.values():
        for rule in question.rules_on(on):
            cite = str(rule.citation) if rule.citation else ""
            name = f"{question.id}*" if question.default else question.id
            period = rule.period
            ends = str(period.since or ""), str(period.until or "")
            rows.append((name, "; ".join(rule_words(rule)), *ends, cite))
    head = ("Question", "Adopted if", "Since", "Until", "Article")
    return sheet_of(
        head,
        rows,
        wide=frozenset({"Adopted if", "Article"}),
        whole=frozenset({"Since", "Until"}),
    )


def body_lines(body: Body, membership: Membership, on: date) -> list[tuple[str, str]]:
    """Who sits in a body on a day, as labels and values."""
    roster = body.roster.on(on, membership)
    size = body.size_on(on, membership)
    rows = [
        ("Body", f"{body.name} ({body.id}; also {', '.join(body.aliases) or 'no other name'})"),
    ]
    if body.since and on < body.since:
        return [*rows, ("First met", f"on {day_words(body.since)}: no rule before that day")]
    rows.append(
        ("Seats", f"{size if size is not None else 'whoever the file lists'} on {day_words(on)}")
    )
    if body.roster.seating is Seating.ALL:
        rows.append(("Members", "all members of the United Nations"))
    elif roster is not None:
        rows.append(("Members", " ".join(sorted(roster))))
    elif body.roster.seating is Seating.LISTED:
        rows.append(("Members", "the roster of that day is not known here: counts only"))
    rows += [(name.capitalize(), " ".join(sorted(codes))) for name, codes in body.classes.items()]
    if body.article_19:
        barred = " ".join(sorted(membership.without_vote_on(on))) or "nobody known"
        rows.append(("No vote", f"{barred} (UN Charter, Art. 19)"))
    if body.note:
        rows.append(("Note", body.note))
    return rows


def labelled(rows: list[tuple[str, str]], look: Look) -> str:
    """Labels and values in two columns."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in rows:
        grid.add_row(Text(label, style="bold"), Text(value))
    return draw([grid], look)


def body_card(body: Body, membership: Membership, on: date, look: Look) -> str:
    """A body on a day: who sits, and the rule of each question."""
    head = labelled(body_lines(body, membership, on), look)
    sheet = rules_sheet(body, on)
    if not sheet.rows:
        return head
    star = [("*", "the question meant where a file names none")]
    default = any(question.default for question in body.questions.values())
    return f"{head}\n{table_text(sheet, look)}{labelled(star, look) if default else ''}"
