"""Words to complete a command line with: members, groups, bodies, questions, texts of a file."""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import typer

from unvote.cli.offers import Choice, Offer, listed, matching, safe, valued
from unvote.vocabulary import Vote

if TYPE_CHECKING:
    from unvote.world.world import World

SAID: Final = tuple(vote.value for vote in Vote if vote is not Vote.UNDECIDED)


def member_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Members, by code or by name."""
    return matching(incomplete, _members(_world(ctx)))


def group_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Groups, by code or by name."""
    return matching(incomplete, _groups(_world(ctx)))


def names_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Members and groups, by code or by name."""
    return matching(incomplete, _everybody(ctx))


def list_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Members and groups in a list with commas."""
    return listed(incomplete, _everybody(ctx))


def pledge_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Members and groups in a list with commas, or all."""
    return listed(incomplete, [*_everybody(ctx), ("all", "", "everybody")])


def groups_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Groups in a list with commas."""
    return listed(incomplete, _groups(_world(ctx)))


def split_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """What a head count is split by: regions, each group, tags, or groups in a list."""
    plain = [(word, "", "") for word in ("region", "group", "tag")]
    return listed(incomplete, [*plain, *_groups(_world(ctx))])


def shown_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Whom a head count lists: a vote, stale stances, a group, a member."""
    plain = [(word, "", "") for word in (*SAID, Vote.UNDECIDED.value, "stale")]
    return matching(incomplete, [*plain, *_everybody(ctx)])


def set_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """A member or a group with a vote: IND=yes."""
    return valued(incomplete, _everybody(ctx), SAID)


def cost_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """A member with what it costs: IND=2."""
    return valued(incomplete, _members(_world(ctx)), ("1", "2", "3", "5", "10"))


def body_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Bodies, by id or alias; those of one's own too, where their folder is named before."""
    world = _world(ctx)
    bodies = [*world.shipped_bodies()]
    for folder in world.body_folders:
        bodies += world.bodies_in(folder)
    ids = matching(incomplete, [(body.id, "", body.name) for body in bodies])
    return ids or matching(incomplete, [(a, "", b.name) for b in bodies for a in b.aliases])


def question_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Questions: of the body named before, or of all bodies."""
    world, named = _world(ctx), ctx.params.get("body")
    body = world.body(named)[0] if isinstance(named, str) else None
    bodies = [body] if body is not None else world.shipped_bodies()
    found = {name: question.title for one in bodies for name, question in one.questions.items()}
    return matching(incomplete, [(name, "", title) for name, title in sorted(found.items())])


def text_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """The texts of the file named before: its own, its amendments, parts and motion."""
    return safe(text for text in _texts(ctx) if text[0].startswith(incomplete))


def amendment_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Amendments of the file named before, in a list with commas; or none."""
    lead, comma, last = incomplete.rpartition(",")
    texts = [*_texts(ctx, ("amendments",)), ("none", "none of them")]
    return safe((f"{lead}{comma}{word}", about) for word, about in texts if word.startswith(last))


def code_words(incomplete: str) -> list[Offer]:
    """Codes of problems."""
    from unvote.catalogue import CATALOGUE

    return matching(incomplete, [(code, "", entry.title) for code, entry in CATALOGUE.items()])


def family_words(incomplete: str) -> list[Offer]:
    """Codes of problems, and their families."""
    from unvote.catalogue import CATALOGUE

    families = sorted({f"{code[:3]}xx" for code in CATALOGUE})
    return [*matching(incomplete, [(one, "", "") for one in families]), *code_words(incomplete)]


# --- What there is to offer -----------------------------------------------------------------------


def _world(ctx: typer.Context) -> "World":
    """The world that the words before ask for."""
    from unvote.api.tallying import open_world

    members = ctx.params.get("members_file") or ctx.params.get("members")
    folders = ctx.params.get("bodies")
    named = folders if isinstance(folders, (list, tuple)) else ()
    return open_world(members if isinstance(members, str) else None, named)


def _members(world: "World") -> list[Choice]:
    """The members of today, and after them those that were."""
    members = sorted(world.membership.members.values(), key=lambda m: bool(m.period.until))
    return [(member.code, member.short, member.name) for member in members]


def _groups(world: "World") -> list[Choice]:
    return [(group.code, group.name, group.name) for group in world.membership.groups.values()]


def _everybody(ctx: typer.Context) -> list[Choice]:
    world = _world(ctx)
    return [*_groups(world), *_members(world)]


def _texts(
    ctx: typer.Context, keys: Iterable[str] = ("amendments", "parts", "division")
) -> list[Offer]:
    """The texts of the file named before, each with its title."""
    from unvote.loading.reader import read_file

    file = next(filter(os.path.isfile, _named_before(ctx)), None)
    data = read_file(file)[0].data if file else None
    if not isinstance(data, Mapping):
        return []
    keys = tuple(keys)
    found: list[Any] = [data] if "division" in keys else []
    for key in keys:
        value = data.get(key)
        found += value if isinstance(value, list) else [value]
    return [text for text in map(_titled, found) if text[0]]


def _named_before(ctx: typer.Context) -> Iterator[str]:
    """The words before that may be files; an option that waits for its value hides their names."""
    for value in (ctx.params.get("file"), ctx.params.get("files"), ctx.args):
        words = value if isinstance(value, (list, tuple)) else [value]
        yield from (word for word in words if isinstance(word, str))


def _titled(entry: Any) -> Offer:
    """The id and the title of an entry of a file, whatever is written there."""
    words = entry if isinstance(entry, Mapping) else {}
    identity, title = words.get("id"), words.get("title")
    return (
        identity if isinstance(identity, str) else "",
        title if isinstance(title, str) else "",
    )
