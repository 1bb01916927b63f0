"""A new stances file: everybody that sits, by regional group, undecided."""

from datetime import date

from unvote.members import Member
from unvote.render.scaffold.lines import above, beside, quoted, text_of
from unvote.render.scaffold.place import Place


def stances_text(resolution: str, title: str, place: Place, as_of: date) -> str:
    """Stances on a resolution, a file named by its path from the new one."""
    return text_of(
        [
            *above(f"Stances before a vote of the {place.body.name} on {place.day}."),
            "kind: stances",
            *beside(f"title: {quoted(title)}", "for people"),
            *beside(
                f"resolution: {quoted(resolution)}", "the text: it says body, day and question"
            ),
            *beside(f"as_of: {as_of}", "the day this file speaks of"),
            *beside("friendly: yes", "the vote our side wants: yes, no or abstain"),
            *beside("default: undecided", "the stance of whoever is not listed"),
            "",
            *above(
                "A stance is a vote (yes, no, abstain, absent, undecided), with a word of "
                "confidence before it if you like (firm, pledged, lean), or more of it, as "
                "{vote: lean yes, source: {who: deputy, how: phone, on: 2022-10-09}}."
            ),
            *above("Groups at once, as {EU: firm yes}; a member's own line goes before them."),
            "groups: {}",
            "",
            *_countries(place),
        ]
    )


def _countries(place: Place) -> list[str]:
    """Every member that sits, under its regional group of today."""
    if not place.sitting:
        if place.takes_names:
            remark = "Those that vote, as {FRA: lean yes}; who sits is not listed anywhere."
        else:
            remark = "Who sits then is not known here, so nobody can be named."
        return [*above(remark), "countries: {}"]
    by_region: dict[str, list[Member]] = {}
    for code in place.sitting:
        member = place.membership.members[code]
        by_region.setdefault(member.region or "", []).append(member)
    lines = ["countries:"]
    for region in sorted(by_region, key=lambda code: (not code, code)):
        group = place.membership.groups.get(region)
        lines.append(f"  # {group.name if group else 'Others'} ({len(by_region[region])})")
        for member in by_region[region]:
            lines += _country(member, place)
    return lines


def _country(member: Member, place: Place) -> list[str]:
    remark = f"{member.short}{': no vote that day (Art. 19)' * (member.code in place.barred)}"
    return beside(f"  {quoted(member.code)}: undecided", remark)
