"""Words to complete a command line with: members, groups, bodies, questions, texts of a file.

A word that is typed is completed as it was begun, in small or capital letters: `fr` to `fra`, `FR`
to `FRA`, `ken` and `Keny` to the whole name. Names are offered with hyphens in the place of
blanks, which no shell has to be told of, and are understood so.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

import typer

from unvote.vocabulary import Vote

if TYPE_CHECKING:
    from unvote.world.world import World

Offer = tuple[str, str]
"""A word, and what it stands for."""
SAID: Final = tuple(vote.value for vote in Vote if vote is not Vote.UNDECIDED)
WORD: Final = re.compile(r"[\w./,=-]+")
"""Words that mean nothing else to any shell; the script of zsh evaluates what it is told."""
UNSAFE: Final = re.compile(r"[^\w ,./-]+")
LONGEST: Final = 70
"""Characters of what is told of a word."""
BREAKS: Final = frozenset("=:")
"""Characters at which bash ends a word, though no other shell does."""


def member_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Members, by code or by name."""
    return _matching(incomplete, _members(_world(ctx)))


def group_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Groups, by code or by name."""
    return _matching(incomplete, _groups(_world(ctx)))


def names_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Members and groups, by code or by name."""
    return _matching(incomplete, _everybody(ctx))


def list_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Members and groups in a list with commas."""
    return _listed(incomplete, _everybody(ctx))


def pledge_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Members and groups in a list with commas, or all."""
    return _listed(incomplete, [*_everybody(ctx), ("all", "", "everybody")])


def split_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """What a head count is split by: regions, each group, tags, or groups in a list."""
    plain = [(word, "", "") for word in ("region", "group", "tag")]
    return _listed(incomplete, [*plain, *_groups(_world(ctx))])


def shown_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Whom a head count lists: a vote, stale stances, a group, a member."""
    plain = [(word, "", "") for word in (*SAID, Vote.UNDECIDED.value, "stale")]
    return _matching(incomplete, [*plain, *_everybody(ctx)])


def set_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """A member or a group with a vote: IND=yes."""
    return _valued(incomplete, _everybody(ctx), SAID)


def cost_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """A member with what it costs: IND=2."""
    return _valued(incomplete, _members(_world(ctx)), ("1", "2", "3", "5", "10"))


def body_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Bodies, by id or alias; those of one's own too, where their folder is named before."""
    world = _world(ctx)
    bodies = [*world.shipped_bodies()]
    for folder in world.body_folders:
        bodies += world.bodies_in(folder)
    ids = _matching(incomplete, [(body.id, "", body.name) for body in bodies])
    return ids or _matching(incomplete, [(a, "", b.name) for b in bodies for a in b.aliases])


def question_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Questions: of the body named before, or of all bodies."""
    world, named = _world(ctx), ctx.params.get("body")
    body = world.body(named)[0] if isinstance(named, str) else None
    bodies = [body] if body is not None else world.shipped_bodies()
    found = {name: question.title for one in bodies for name, question in one.questions.items()}
    return _matching(incomplete, [(name, "", title) for name, title in sorted(found.items())])


def text_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """The texts of the file named before: its own, its amendments, parts and motion."""
    return _safe(text for text in _texts(ctx) if text[0].startswith(incomplete))


def amendment_words(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Amendments of the file named before, in a list with commas; or none."""
    lead, comma, last = incomplete.rpartition(",")
    texts = [*_texts(ctx, ("amendments",)), ("none", "none of them")]
    return _safe((f"{lead}{comma}{word}", about) for word, about in texts if word.startswith(last))


def code_words(incomplete: str) -> list[Offer]:
    """Codes of problems."""
    from unvote.catalogue import CATALOGUE

    return _matching(incomplete, [(code, "", entry.title) for code, entry in CATALOGUE.items()])


def family_words(incomplete: str) -> list[Offer]:
    """Codes of problems, and their families."""
    from unvote.catalogue import CATALOGUE

    families = sorted({f"{code[:3]}xx" for code in CATALOGUE})
    return [*_matching(incomplete, [(one, "", "") for one in families]), *code_words(incomplete)]


# --- What there is to offer -----------------------------------------------------------------------

Choice = tuple[str, str, str]
"""A code, a name that may be typed in its place, and what the two stand for."""


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


# --- What fits the word that was begun ------------------------------------------------------------


def _matching(typed: str, choices: Iterable[Choice]) -> list[Offer]:
    """The choices whose code begins so, else those whose name does, as it was begun.

    Nobody begins a code with a capital letter and goes on with small ones: that is a name.
    """
    choices = list(choices)
    names = [(worded(name), f"{code} {about}") for code, name, about in choices if name]
    if typed.upper() != typed != typed.lower():
        choices = [(code, name, about) for code, name, about in choices if not name]
    codes = [(c, about or name) for c, name, about in choices if _is(typed, c)]
    found = codes or [(name, about) for name, about in names if _is(typed, name)]
    return _safe((_as_begun(typed, word), about) for word, about in found)


def _safe(offers: Iterable[Offer]) -> list[Offer]:
    """The offers whose words a shell takes as they are, told in plain characters.

    Ids and titles are whatever somebody wrote into a file.
    """
    return [
        (word, " ".join(UNSAFE.sub(" ", about).split())[:LONGEST])
        for word, about in offers
        if WORD.fullmatch(word)
    ]


def _is(typed: str, word: str) -> bool:
    """Whether a word begins with what was typed; accents and capitals make no difference."""
    bare = _bare(typed)
    return len(bare) == len(typed) and word.casefold().startswith(bare.casefold())


def _as_begun(typed: str, word: str) -> str:
    """A word that begins with what was typed, letter for letter."""
    rest = word[len(typed) :]
    return typed + (rest.lower() if typed and typed.islower() else rest)


def _bare(text: str) -> str:
    """Text without accents."""
    split = unicodedata.normalize("NFKD", text.replace("\u0131", "i"))
    return "".join(c for c in split if not unicodedata.combining(c))


def worded(name: str) -> str:
    """A name as one word, without accents: it is understood as the name is."""
    kept = "".join(c if c.isalnum() else " " for c in _bare(name))
    return "-".join(kept.encode("ascii", "ignore").decode().split())


def _listed(typed: str, choices: Iterable[Choice]) -> list[Offer]:
    """The last of a list with commas completed."""
    lead, comma, last = typed.rpartition(",")
    return [(f"{lead}{comma}{word}", about) for word, about in _matching(last, choices)]


def _valued(typed: str, choices: Iterable[Choice], values: Iterable[str]) -> list[Offer]:
    """A name with `=` and a value after it; of several names no values are offered yet."""
    name, sign, value = typed.partition("=")
    if sign:
        return [(f"{name}={word}", "") for word in values if word.startswith(value)]
    found = _matching(name, choices)
    if len(found) > 1:
        return [(f"{word}=", about) for word, about in found]
    return [(f"{word}={value}", about) for word, about in found for value in values]


# --- The words of bash ----------------------------------------------------------------------------


def completed_in_bash(run: Callable[[], int]) -> int:
    """Complete a word for bash, which breaks words at `=` and `:` and wants the last piece only."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    at = os.environ.get("COMP_CWORD", "")
    if not at.isdigit() or int(at) > len(words):
        return run()
    pieces = words[: int(at) + 1]
    whole = list(_whole(pieces))
    last = pieces[-1] if len(pieces) == int(at) + 1 else ""
    before = whole[-1].removesuffix("" if set(last) <= BREAKS else last) if last else ""
    os.environ["COMP_WORDS"] = "\n".join(whole)
    os.environ["COMP_CWORD"] = str(len(whole) - 1 if last else int(at) - len(pieces) + len(whole))
    with redirect_stdout(StringIO()) as told:
        code = run()
    for line in filter(None, told.getvalue().splitlines()):
        print(line.removeprefix(before))  # noqa: T201 - the answer to the shell
    return code


def _whole(pieces: Iterable[str]) -> Iterator[str]:
    """Words that were broken, put together again."""
    word, glued = "", True
    for piece in pieces:
        breaks = bool(piece) and set(piece) <= BREAKS
        if (breaks or glued) and piece:
            word += piece
        else:
            yield word
            word = piece
        glued = breaks
    yield word
