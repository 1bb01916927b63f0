"""New files to start from, each line with a remark in plain words, as text."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Final

from unvote.bodies import Body, Question, columns
from unvote.members import Member, Membership
from unvote.render.quoting import quoted
from unvote.rollcall import RollCall
from unvote.scenarios import movable
from unvote.vocabulary import Vote

WIDTH: Final = 100
REMARK: Final = 32
"""The column remarks begin in, where the line leaves room for it."""
MOVES: Final = (
    (Vote.UNDECIDED, Vote.YES),
    (Vote.ABSTAIN, Vote.NO),
    (Vote.YES, Vote.NO),
    (Vote.NO, Vote.YES),
    (Vote.ABSENT, Vote.YES),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a vote is held, and what is decided there."""

    body: Body
    day: date
    membership: Membership

    @property
    def sitting(self) -> tuple[str, ...] | None:
        """Who can be listed by name: those that sit, if that is known."""
        roster = self.body.roster.on(self.day, self.membership)
        return None if roster is None else tuple(sorted(roster))

    @property
    def barred(self) -> frozenset[str]:
        """Who has no vote under Article 19 of the Charter."""
        without = self.membership.without_vote_on(self.day) if self.body.article_19 else {}
        return frozenset(without)

    def obstacle(self, question: Question) -> str:
        """Why a question cannot be decided on the day; nothing where it can."""
        rules = question.rules_on(self.day)
        if len(rules) != 1:
            return f"has no rule for '{question.id}' on {self.day}"
        composition = self.body.composition_on(self.day, self.membership, seats=0)
        missing = sorted(columns(rules[0]) - composition.weights.keys())
        return f"has no {missing[0]} weights for {self.day}" if missing else ""

    def open_questions(self) -> list[Question]:
        """The questions that can be decided on the day."""
        return [q for q in self.body.questions.values() if not self.obstacle(q)]


def resolution_text(identity: str, title: str, place: Place, question: str | None) -> str:
    """A resolution put to a body, everybody undecided; without a question, one is to be chosen."""
    body = place.body
    lines = [
        *_remark(f"A text before the {body.name}. `unvote tally` says what becomes of it."),
        "kind: resolution",
        _line(f"id: {quoted(identity)}", "the symbol or name of the text"),
        _line(f"title: {quoted(title)}", "printed with the verdict"),
        _line(f"body: {quoted(body.id)}", "who votes; `unvote bodies` lists the bodies"),
        _line(f"date: {place.day}", "the day of the vote: it says who sits, and by what rule"),
        *_question_lines(place, question),
        _line("sponsors: []", "the members that propose it, as [FRA, KEN]"),
        *_undecided_lines(place),
        "",
        *_remark("What you expect; `unvote check` tests it."),
        "# expect: {verdict: adopted}",
        "",
        _line("sources: []", "where this was read"),
    ]
    return _text(lines)


def _question_lines(place: Place, chosen: str | None) -> list[str]:
    """The question, or the choice there is, and why the usual one is left out."""
    open_ones = [question.id for question in place.open_questions()]
    lines = [
        remark
        for question in place.body.questions.values()
        if question.default and (why := place.obstacle(question)) and question.id != chosen
        for remark in _remark(f"The usual question is {question.id}, but the body {why}.")
    ]
    others = ", ".join(name for name in open_ones if name != chosen)
    if chosen is not None:
        remark = f"what is decided; also: {others}" if others else "what is decided"
        return [*lines, _line(f"question: {quoted(chosen)}", remark)]
    remark = "Say which question it is; without it the verdict is given under each it can be:"
    return [*_remark(f"{remark} {others}."), f"# question: {open_ones[0]}"]


def _undecided_lines(place: Place) -> list[str]:
    """Everybody that sits, undecided; or how to give the votes where nobody can be named."""
    sitting = place.sitting
    if sitting is None:
        return ["", *_nobody_named(place)]
    lines = [
        "",
        *_remark(
            "Before the vote: move a code to another line when you know. After the vote: write "
            "`votes:` in place of `stances:` and take the line `undecided` out; whoever is not "
            "listed was absent."
        ),
    ]
    if barred := sorted(place.barred & set(sitting)):
        lines += _remark(f"Without a vote that day (UN Charter, Art. 19): {', '.join(barred)}.")
    listed = [code for code in sitting if code not in place.barred]
    votes = [f"  {vote}: []" for vote in ("yes", "no", "abstain", "absent")]
    return [*lines, "stances:", *votes, *_wrapped("  undecided: ", listed)]


def _nobody_named(place: Place) -> list[str]:
    """How to give votes where it is not known who sits."""
    body, size = place.body, place.body.size_on(place.day, place.membership)
    seats = f" It has {size} seats." if size else ""
    if body.roster.known or body.roster.terms:
        return [
            *_remark(f"Who sits then is not known here: give totals, yes-no-abstain.{seats}"),
            "# counts: 12-5-3",
        ]
    return [
        *_remark(f"Give totals, yes-no-abstain, or list whoever votes by name.{seats}"),
        "# counts: 12-5-3",
        "# votes: {yes: [FRA, KEN], no: [BRA]}",
    ]


def stances_text(resolution: str, title: str, place: Place, as_of: date) -> str:
    """Stances on a resolution: everybody that sits, by regional group, undecided."""
    lines = [
        *_remark(f"Stances before a vote of the {place.body.name} on {place.day}."),
        "kind: stances",
        _line(f"title: {quoted(title)}", "for people; the program does not need it"),
        _line(f"resolution: {quoted(resolution)}", "the text; it says body, date and question"),
        _line(f"as_of: {as_of}", "the day this file speaks of"),
        _line("friendly: yes", "the vote our side wants: yes, no or abstain"),
        _line("default: undecided", "the stance of whoever is not listed"),
        "",
        *_remark(
            "A stance is a vote (yes, no, abstain, absent, undecided), with a word of confidence "
            "before it if you like (firm, pledged, lean), or more of it, as: "
            "{vote: lean yes, source: {who: deputy, how: phone, on: 2022-10-09}}"
        ),
        *_remark("Whole groups at once, as `EU: firm yes`; a member's own line goes before it."),
        "groups: {}",
        *_country_lines(place),
    ]
    return _text(lines)


def _country_lines(place: Place) -> list[str]:
    """Every member that sits, under its regional group."""
    if not place.sitting:
        return ["", *_remark("Who sits then is not known here."), "countries: {}"]
    members = place.membership.members
    by_region: dict[str, list[Member]] = {}
    for code in place.sitting:
        by_region.setdefault(members[code].region or "", []).append(members[code])
    lines = ["", "countries:"]
    for region in sorted(by_region, key=lambda code: (not code, code)):
        group = place.membership.groups.get(region)
        name = group.name if group else "Others"
        lines.append(f"  # {name} ({len(by_region[region])})")
        lines += [_country_line(member, place) for member in by_region[region]]
    return lines


def _country_line(member: Member, place: Place) -> str:
    barred = (
        " - without a vote that day (UN Charter, Art. 19)" if member.code in place.barred else ""
    )
    return _line(f"  {quoted(member.code)}: undecided", f"{member.short}{barred}")


def scenario_text(base: str, roll: RollCall) -> str:
    """A scenario of a vote: one member moves, with the other changes there are as remarks."""
    move = next(((a, b) for a, b in MOVES if movable(roll, a)), None)
    changes = ["set: []"]
    sweep = "# sweep: {from: abstain, to: no, count: 0..1}"
    if move is not None:
        first, second = (vote.value for vote in move)
        changes = ["set:", f"  - {{from: {first}, to: {second}, count: 1}}"]
        sweep = f"# sweep: {{from: {first}, to: {second}, count: 0..{movable(roll, move[0])}}}"
    named = ", ".join(sorted(roll.named)[:2]) or "FRA, KEN"
    lines = [
        *_remark("What if some members voted otherwise? `unvote check` runs it."),
        "kind: scenario",
        _line(f"base: {quoted(base)}", "the vote it starts from: a resolution or stances file"),
        "",
        *_remark(
            "Changes, in order: so many members from one vote to another, or members by name."
        ),
        *changes,
        f"# - {{countries: [{named}], vote: no}}",
        "",
        *_remark("Members that do not take part."),
        f"# drop: [{named}]",
        *_remark("Or every number in a range, one after the other."),
        sweep,
        *_remark("What you expect; `unvote check` tests it."),
        "# expect: {verdict: adopted}",
    ]
    return _text(lines)


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step of proceedings: its file, and the ids of the votes within it."""

    resolution: str
    inner: tuple[str, ...] = ()


def proceedings_text(title: str, steps: Sequence[NewStep]) -> str:
    """Proceedings of several votes in the order given, each taken whatever came before."""
    ids = step_ids(steps)
    lines = [
        *_remark("Several votes in order, each taken or not by what came of those before it."),
        "kind: proceedings",
        _line(f"title: {quoted(title)}", "printed with the verdicts"),
        "",
        *_remark(
            "A step with `when` is taken only if it holds: `council is vetoed`, also adopted, not "
            "adopted, tied, open or taken, joined by `and`, `or` and parentheses."
        ),
        "steps:",
    ]
    for number, (identity, step) in enumerate(zip(ids, steps, strict=True)):
        lines += [f"  - id: {identity}", f"    resolution: {quoted(step.resolution)}"]
        if number:
            lines.append(f"    # when: {ids[number - 1]} is adopted")
    wanted = ", ".join(f"{identity}: adopted" for identity in ids)
    expected = [f"# expect: {{{wanted}}}"]
    return _text([*lines, "", *_remark("What you expect; `unvote check` tests it."), *expected])


def step_ids(steps: Iterable[NewStep]) -> list[str]:
    """One word for each step, from the name of its file, none of them twice."""
    every = list(steps)
    taken = {identity for step in every for identity in step.inner}
    found: list[str] = []
    for step in every:
        stem = step.resolution.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        word = name = one_word(stem, "step")
        number = 2
        while name in taken:
            name, number = f"{word}-{number}", number + 1
        taken.add(name)
        found.append(name)
    return found


def one_word(text: str, otherwise: str) -> str:
    """Text as one lower-case word of letters, digits and hyphens that starts with a letter."""
    word = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return (
        word
        if re.match(r"[a-z]{2}", word) and quoted(word) == word
        else (f"{otherwise}-{word}" if word else otherwise)
    )


def body_text(identity: str, name: str) -> str:
    """A body of one's own: a committee of twenty, two-thirds on substance."""
    lines = [
        *_remark(
            "A body of one's own. Keep it in a folder `bodies` beside the resolutions, or name its "
            f"folder with --bodies, and write `body: {identity}` in the resolutions."
        ),
        "kind: body",
        _line(f"id: {quoted(identity)}", "its name in resolution files"),
        _line(f"name: {quoted(name)}", "its full name"),
        "aliases: []                     # other names it is found by",
        "",
        *_remark("How many sit; or a list of members, as [FRA, KEN, BRA]; or a group, as EU."),
        "members: 20",
        "",
        *_remark(
            "What it decides, and by which rule. On any day a question has exactly one rule; give "
            "`since:` and `until:` where it changed."
        ),
        "questions:",
        "  substantive:",
        "    title: Substantive vote",
        _line("    default: true", "meant where a file names no question"),
        "    rules:",
        "      # two-thirds of those voting yes or no; abstentions do not count",
        "      - needs: [{at_least: 2/3, of: present and voting}]",
        "        cite: rules of the conference",
        "  procedural:",
        "    title: Procedural vote",
        "    rules:",
        "      # more than half of those voting yes or no",
        "      - needs: [{more_than: 1/2, of: present and voting}]",
        "        cite: rules of the conference",
        "",
        _line("tie: not adopted", "or: second vote then not adopted, casting vote"),
        _line("quorum: none", "or: {to_decide: majority of members}"),
    ]
    return _text(lines)


def _line(text: str, remark: str) -> str:
    """A line with a remark beside it, in its column where there is room."""
    return f"{text:<{REMARK - 1}} # {remark}" if len(text) < REMARK else f"{text} # {remark}"


def _remark(text: str) -> list[str]:
    """A remark of its own, wrapped."""
    return [f"# {line}" for line in wrap(text, WIDTH - 2, break_long_words=False)]


def _wrapped(key: str, words: Collection[str]) -> list[str]:
    """A list in brackets, over several lines where one is too short."""
    one = f"{key}[{', '.join(words)}]"
    if len(one) <= WIDTH:
        return [one]
    rows = wrap(", ".join(words), WIDTH - 4, break_long_words=False)
    return [f"{key}[", *(f"    {row}" for row in rows), "  ]"]


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
