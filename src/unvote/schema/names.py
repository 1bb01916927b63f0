"""The names a schema suggests: members, groups, bodies and questions; others stay valid."""

from collections.abc import Iterable, Mapping
from typing import Any

from unvote.bodies import Body
from unvote.schema.forms import CAST, Schema, any_of, ref
from unvote.vocabulary import Vote
from unvote.world.world import World


def names(world: World) -> dict[str, Schema]:
    """The forms that list what the world knows, by name."""
    members, groups = short_names(world), group_names(world)
    member = [
        listed(members),
        listed({name: code for code, name in members.items()}),
    ]
    known = bodies_known(world)
    asked = question_titles(known)
    return {
        "member": {
            "description": "A member by code; any other name of it is understood too.",
            **any_of(*member, ref("text")),
        },
        "member-or-group": any_of(*member, listed(groups), ref("text")),
        "group": any_of(listed(groups), ref("text")),
        "region": any_of(listed(regions(world)), ref("text")),
        "roster": any_of({"enum": ["all", "any"]}, listed(groups), ref("text")),
        "holders": any_of({"enum": ["all", "permanent"]}, listed(groups), ref("text")),
        "body": any_of(
            listed({body.id: body.name for body in known}),
            listed({alias: body.name for body in known for alias in body.aliases}),
            ref("text"),
        ),
        "question": any_of(listed(asked), ref("text")),
    }


def maps(world: World) -> dict[str, Schema]:
    """The mappings of votes and stances, by vote or by member, by name."""
    members, groups = short_names(world), group_names(world)
    several: Schema = {"type": "array", "items": ref("member")}
    anybody: Schema = {"type": "array", "items": ref("member-or-group")}
    by_vote = any_of(several, ref("member"), ref("empty"))
    stances_by_vote = any_of(anybody, ref("member-or-group"), ref("empty"))
    votes = [vote.value for vote in Vote]
    return {
        "stance": any_of(ref("stance-word"), ref("StanceShape")),
        "stances-or-file": any_of(ref("stances"), ref("text")),
        "listed-by-vote": by_vote,
        "stances-listed-by-vote": stances_by_vote,
        "votes": {
            "description": "By vote (yes: [...]) or by member (FRA: yes).",
            "type": "object",
            "properties": {
                **dict.fromkeys(CAST, ref("listed-by-vote")),
                "otherwise": {"description": "whoever is not listed", **ref("any-vote")},
                **keyed(members, ref("vote")),
            },
            "additionalProperties": any_of(several, ref("text"), ref("empty")),
        },
        "stances": {
            "description": "By vote (yes: [...]), or by member or group (EU: lean yes).",
            "type": "object",
            "properties": {
                **dict.fromkeys(votes, ref("stances-listed-by-vote")),
                "otherwise": {"description": "whoever is not listed", **ref("stance")},
                **keyed(members, ref("stance")),
                **keyed(groups, ref("stance")),
            },
            "additionalProperties": any_of(anybody, ref("text"), ref("StanceShape"), ref("empty")),
        },
    }


def listed(words: Mapping[str, str]) -> Schema:
    """Words to suggest, each with what it stands for."""
    return {"enum": list(words), "enumDescriptions": list(words.values())}


def keyed(words: Mapping[str, str], value: Schema) -> dict[str, Any]:
    """Keys to suggest, each with what it stands for, all of them with values of one form."""
    return {word: {"description": what, **value} for word, what in words.items()}


def short_names(world: World) -> dict[str, str]:
    """The members' short names by code, seats that ended included."""
    members = world.membership.members
    return {code: members[code].short for code in sorted(members)}


def group_names(world: World) -> dict[str, str]:
    """The groups' names by code."""
    groups = world.membership.groups
    return {code: groups[code].name for code in sorted(groups)}


def regions(world: World) -> dict[str, str]:
    """The regional groups' names by code."""
    known = {member.region for member in world.membership.members.values()}
    return {code: name for code, name in group_names(world).items() if code in known}


def bodies_known(world: World) -> list[Body]:
    """The bodies of one's own folders, then the shipped ones."""
    own = [body for folder in world.body_folders for body in world.bodies_in(folder)]
    # The shipped bodies name members that a members file of one's own may not have.
    shipped = World() if world.members_file else world
    return [*own, *shipped.shipped_bodies()]


def question_titles(bodies: Iterable[Body]) -> dict[str, str]:
    """Every question with its title and the bodies that decide it."""
    found: dict[str, list[str]] = {}
    for body in bodies:
        for question in body.questions.values():
            found.setdefault(question.id, []).append(f"{body.short}: {question.title}")
    return {word: "; ".join(what) for word, what in sorted(found.items())}
