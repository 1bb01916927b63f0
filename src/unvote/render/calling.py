"""What the room sees while the roll is called: who is called, the count, and where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from unvote.diagnostics import quoted, visible
from unvote.explain import reach_of
from unvote.polling import SEAT, Answer, Poll, Reply
from unvote.render.card import heading, verdict_line
from unvote.render.letters import in_blocks
from unvote.render.standing import standing
from unvote.render.style import COLOURS, Look, draw
from unvote.rulings import Ruling
from unvote.vocabulary import Verdict
from unvote.wording import VERDICTS, reach_words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

LEGEND: Final = (
    ("y", "yes"),
    ("n", "no"),
    ("a", "abstain"),
    ("p", "pass"),
    ("x", "absent"),
    ("u", "undo"),
    ("j", "jump"),
    ("v", "present and voting"),
    ("q", "pause"),
)
LEGEND_IN_SHORT: Final = (("y n a p x", ""), ("u", "undo"), ("j", "jump"), ("q", "pause"))
LEGEND_AT_END: Final = (
    ("Enter", "write the record"),
    ("u", "undo"),
    ("j", "correct"),
    ("q", "pause"),
)
COUNTED: Final = (
    (Reply.YES, "Yes", "green"),
    (Reply.NO, "No", "red"),
    (Reply.ABSTAIN, "Abstain", "yellow"),
    (Reply.ABSENT, "Absent", ""),
    (Reply.PASS, "Passed", ""),
)
STILL: Final = "to come"
"""What members are called that have not voted yet."""
SHOWN: Final = 5
"""Members shown of those just called, and of those called next."""
LOW: Final = 16
"""Rows of a screen on which the keys are told in one line."""


@dataclass(frozen=True, slots=True)
class Typing:
    """A name that is being typed, and the members it may be the start of."""

    text: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A roll call at one moment.

    `ruling` is the verdict as it stands, if it can be told; `heads` a ruling on the same text, for
    its heading. `titles` are the names of those called, `skipped` what is said of members that
    were passed over just now, `note` what is said of the last key.
    """

    heads: Ruling
    ruling: Ruling | None
    poll: Poll
    titles: Mapping[str, str]
    skipped: tuple[str, ...] = ()
    note: str = ""
    typing: Typing | None = None
    waits: int = 0
    """With how many to come the verdict is worked out, where it is not yet."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Some lines of a screen; of a small one the parts of the highest rank are left out."""

    rank: int
    lines: Sequence[str] = field(default=())


def screen(scene: Scene, look: Look, height: int, *, big: bool = False) -> list[str]:
    """The lines of the screen, as many as fit into so many rows."""
    parts = _parts(scene, look, height, big=big)
    while sum(len(part.lines) for part in parts) > height and len(parts) > 1:
        worst = max(part.rank for part in parts)
        last = max(n for n, part in enumerate(parts) if part.rank == worst)
        del parts[last]
    return [line for part in parts for line in part.lines][:height]


def _parts(scene: Scene, look: Look, height: int, *, big: bool) -> list[_Part]:
    """The parts of the screen from the top, each with its rank."""
    title, where = heading(scene.heads, look)
    blank = _Part(8, ("",))
    parts = [
        _Part(4, _lines(title, look, 1)),
        _Part(6, _lines(where, look, 1)),
        blank,
        _Part(2, _lines(_progress(scene), look, 1)),
        *_called(scene, look, big=big),
        _Part(3, _lines(_skips(scene), look, 2)),
        _Part(0, _row(_counts(scene), look)),
        *_verdict(scene, look, big=big),
        blank,
        _Part(5, _lines(_past(scene), look, 1)),
        _Part(7, _lines(_next(scene), look, 1)),
        blank,
        _Part(0, _lines(_note(scene), look, 3)),
        _Part(1, _keys(scene, look, height)),
    ]
    return [part for part in parts if part.lines]


def _row(words: "Sequence[Text]", look: Look) -> list[str]:
    """Words beside one another, as many to a line as fit; none is broken."""
    from rich.text import Text

    rows = [Text()]
    for word in words:
        if rows[-1] and len(rows[-1]) + 3 + len(word) > look.width:
            rows.append(Text())
        rows[-1].append("   " if rows[-1] else "").append_text(word)
    return [line for row in rows for line in _lines(row, look, 1)]


def _lines(part: "RenderableType | None", look: Look, most: int) -> list[str]:
    """A part as lines; what goes on for longer is cut."""
    if part is None:
        return []
    drawn = draw([part], look).removesuffix("\n").split("\n")
    return drawn[:most]


def _progress(scene: Scene) -> "Text":
    """How far the call has got."""
    from rich.text import Text

    poll = scene.poll
    called = len(poll.roster.called)
    if poll.at is None:
        return Text(f"All {called} have been called")
    if not poll.second_round:
        return Text(f"First round: {called - len(poll.uncalled) + 1} of {called}")
    left = len(poll.waiting)
    return Text(f"Second round: {left} passed and {'is' if left == 1 else 'are'} asked again")


def _called(scene: Scene, look: Look, *, big: bool) -> list[_Part]:
    """The member that is called, in a frame or in letters of blocks."""
    from rich.text import Text

    member = scene.poll.at
    name = "All have voted" if member is None else scene.titles[member]
    told = _manner(scene, member)
    if not big:
        return [_Part(0, _framed(visible(name), told, look))]
    code = "" if member is None else member.removeprefix(SEAT)
    blocks = in_blocks(name, look.width, ascii_only=look.ascii)
    small = in_blocks(code, look.width, ascii_only=look.ascii)
    under = Text(visible(f"{name}, {told}" if told else name), style="bold")
    if blocks:
        below = _Part(2, _lines(Text(visible(told), style="bold"), look, 1)) if told else _Part(9)
        return [_Part(8, ("",)), _Part(0, _bold(blocks, look)), below]
    if small:
        parts = [_Part(8, ("",)), _Part(0, _bold(small, look))]
        return [*parts, _Part(0, _lines(under, look, 2))]
    return [_Part(0, _framed(visible(name), told, look))]


def _bold(rows: Iterable[str], look: Look, style: str = "bold") -> list[str]:
    """Rows of blocks, emphasised."""
    from rich.text import Text

    return [line for row in rows for line in _lines(Text(row, style=style), look, 1)]


def _framed(name: str, told: str, look: Look) -> list[str]:
    """A name in a frame of its own."""
    from rich import box
    from rich.panel import Panel
    from rich.text import Text

    text = Text(name, style="bold")
    if told:
        text.append(f"\n{visible(told)}", style="not bold")
    frame = box.ASCII if look.ascii else box.ROUNDED
    return _lines(Panel(text, box=frame, padding=(0, 2)), look, 6)


def _manner(scene: Scene, member: str | None) -> str:
    """What is to be known of a member before it replies."""
    if member is None:
        return ""
    poll = scene.poll
    words = [] if member.startswith(SEAT) else [member]
    if member in poll.bound:
        words.append("present and voting")
    if member in poll.replies:
        said = poll.replies[member]
        words.append("passed before" if said is Reply.PASS else f"recorded as {said.value}")
    return ", ".join(words)


def _counts(scene: Scene) -> "list[Text]":
    """How many replied what, and how many are to come."""
    from rich.text import Text

    poll = scene.poll
    replies = list(poll.replies.values())
    words = []
    for reply, label, colour in COUNTED:
        count = replies.count(reply)
        if count or reply not in {Reply.ABSENT, Reply.PASS}:
            word = Text(f"{label} ", style=colour)
            words.append(word.append(str(count), style="bold"))
    return [*words, Text(f"To come {len(poll.to_come)}")]


def _verdict(scene: Scene, look: Look, *, big: bool) -> list[_Part]:
    """Where it stands: settled, or what is still needed."""
    from rich.text import Text

    ruling = scene.ruling
    if ruling is None:
        words = f"{look.sign(Verdict.OPEN)} {len(scene.poll.to_come)} to come"
        told = Text(f"{words}: this rule is worked out when {scene.waits} are left")
        return [_Part(0, _lines(told, look, 3))]
    parts = [_Part(0, _lines(_standing(ruling, look), look, 4))]
    if big:
        blocks = in_blocks(VERDICTS[ruling.verdict], look.width, ascii_only=look.ascii)
        colour = COLOURS[ruling.verdict]
        parts = [_Part(8, ("",)), _Part(5, _bold(blocks, look, colour)), *parts]
    return parts


def _standing(ruling: Ruling, look: Look) -> "RenderableType":
    """The verdict as it stands, with what the members to come can still do."""
    far = reach_of(ruling)
    if ruling.verdict is not Verdict.OPEN or far is None:
        return verdict_line(ruling, look, STILL)
    return standing(ruling, look).append(f"  {reach_words(far, STILL)}", style="default not bold")


def _past(scene: Scene) -> "Text | None":
    """What was replied last."""
    from rich.text import Text

    answers = [act for act in scene.poll.acts if isinstance(act, Answer)][-SHOWN:]
    if not answers:
        return None
    said = (f"{answer.member} {answer.reply.value}" for answer in reversed(answers))
    return Text(f"Last: {', '.join(said)}", overflow="ellipsis", no_wrap=True)


def _next(scene: Scene) -> "Text | None":
    """Who is called next."""
    from rich.text import Text

    following = [member for member in scene.poll.to_come if member != scene.poll.at][:SHOWN]
    if not following:
        return None
    names = ", ".join(visible(scene.titles[member]) for member in following)
    return Text(f"Next: {names}", overflow="ellipsis", no_wrap=True)


def _skips(scene: Scene) -> "Text | None":
    """The members passed over, for they have no vote."""
    from rich.text import Text

    return Text(visible("; ".join(scene.skipped))) if scene.skipped else None


def _note(scene: Scene) -> "Text | None":
    """What is said of the last key; while a name is typed, whom it may mean."""
    from rich.text import Text

    if scene.typing is None:
        return Text(visible(scene.note), style="bold") if scene.note else None
    near = ", ".join(visible(f"{m} {scene.titles[m]}") for m in scene.typing.near[:SHOWN])
    return Text(near or visible(scene.note))


def _keys(scene: Scene, look: Look, height: int) -> list[str]:
    """The keys, or what is being typed."""
    from rich.text import Text

    if scene.typing is not None:
        line = Text("Jump to: ").append(quoted(scene.typing.text), style="bold").append("_")
        return _lines(line.append("\nEnter goes there, Esc goes back", style="not bold"), look, 3)
    if scene.poll.at is None:
        keys: Sequence[tuple[str, str]] = LEGEND_AT_END
    else:
        keys = LEGEND if height > LOW else LEGEND_IN_SHORT
    return _row(
        [Text(key, style="bold").append(f" {word}".rstrip(), "not bold") for key, word in keys],
        look,
    )
