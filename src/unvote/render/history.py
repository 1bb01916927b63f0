"""Replayed roll calls and who votes with whom, as sheets, data and a summary."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from unvote.accords import Agreement, Followed, Turnout, Unity
from unvote.diagnostics import visible
from unvote.members import Member
from unvote.render.sheets import Sheet, sheet_of
from unvote.render.style import Look
from unvote.replays import Decision, Replay, Replayed
from unvote.vocabulary import Verdict

PLACES: Final = 4
"""Decimals of a share, rounded half to even."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures are from: the file, its checksum, the program's version, the body's name."""

    file: str
    sha256: str
    version: str
    body: str
    rows: int

    def line(self) -> str:
        """One line that says so."""
        return f"{self.file}, sha256 {self.sha256}, unvote {self.version}"

    def data(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "rows": self.rows,
            "unvote": self.version,
            "body": self.body,
        }


def decimal(share: Fraction | None) -> str:
    """A share with four decimals, or nothing where there is none."""
    if share is None:
        return ""
    parts = 10**PLACES
    whole = round(share * parts)
    return f"{whole // parts}.{whole % parts:0{PLACES}d}"


def outcome_word(item: Replayed) -> str:
    """The recorded outcome."""
    return "without a vote" if item.without_vote else item.record.outcome


def verdict_word(item: Replayed, decision: Decision) -> str:
    """A verdict in a word or two."""
    if item.without_vote:
        return "no vote"
    return "unknown" if decision.verdict is None else decision.verdict.value


def agrees_word(item: Replayed, number: int) -> str:
    """Whether the recorded outcome is that of a question."""
    found = None if item.without_vote else item.agrees(number)
    return "" if found is None else ("yes" if found else "no")


def summary_sheet(replay: Replay) -> Sheet:
    """A row a question: how many are adopted, how many agree with their record."""
    rows = []
    for number, question in enumerate(replay.questions):
        voted = [item for item in replay.items if not item.without_vote]
        verdicts = Counter(item.decisions[number].verdict for item in voted)
        agree = Counter(item.agrees(number) for item in voted)
        figures = (
            len(voted),
            verdicts[Verdict.ADOPTED],
            verdicts[Verdict.NOT_ADOPTED],
            verdicts[Verdict.OPEN] + verdicts[None],
            agree[True],
            agree[False],
            sum(item.decisions[number].exact for item in voted),
        )
        rows.append((question, *map(str, figures)))
    head = ("Question", "Votes", "Adopted", "Not", "Unknown", "Agree", "Differ", "Exact")
    return sheet_of(head, rows, right=frozenset(head[1:]), figures=frozenset(head[1:]))


def replay_text(items: Iterable[Replayed], questions: Sequence[str], look: Look) -> str:
    """Three lines a roll call: the vote, its title, and what each question comes to."""
    lines: list[str] = []
    dot = "-" if look.ascii else "\N{MIDDLE DOT}"
    for item in items:
        record = item.record
        count = "-".join(map(str, item.counts[:3]))
        said = outcome_word(item)
        first = (str(record.day or ""), record.symbol or record.id, count)
        lines.append(
            "  ".join(part for part in first if part) + (f"  recorded: {said}" if said else "")
        )
        if record.title:
            lines.append("  " + _cut(record.title, look.width - 2))
        words = (_decision_words(item, n, question) for n, question in enumerate(questions))
        lines += ("  " + line for line in _wrapped(words, f" {dot} ", look.width - 2))
        if record.symbol:
            lines.append(f"  id {record.id}")
        lines.append("")
    return "".join(f"{visible(line)}\n" for line in lines[:-1])


def _cut(text: str, room: int) -> str:
    """A title on one line."""
    return text if len(text) <= room else text[: room - 3].rstrip() + "..."


def _wrapped(words: Iterable[str], between: str, room: int) -> list[str]:
    """Words side by side where there is room."""
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + len(between) + len(word) <= room:
            lines[-1] += between + word
        else:
            lines.append(word)
    return lines


def _decision_words(item: Replayed, number: int, question: str) -> str:
    """What one question comes to: the verdict, what was needed, and how far it is from it."""
    decision = item.decisions[number]
    text = f"{question}: {verdict_word(item, decision)}"
    margin = decision.margin
    if item.without_vote or margin is None:
        return text
    if decision.vetoes:
        return f"{text} (veto {', '.join(decision.vetoes)})"
    if decision.exact:
        return f"{text} ({decision.have} of {decision.need}, exactly)"
    far = (
        f"{margin} to spare"
        if margin > 0
        else ("none to spare" if not margin else f"{-margin} short")
    )
    return f"{text} ({decision.have} of {decision.need}, {far})"


def replay_sheet(items: Iterable[Replayed], questions: Sequence[str], *, full: bool) -> Sheet:
    """A row a roll call; `full` has every column, for machines."""
    head = ["Id", "Date", "Symbol", "Title", "Count", "Recorded"]
    if full:
        head = ["Id", "Date", "Session", "Symbol", "Title", "Recorded"]
        head += ["Yes", "No", "Abstain", "Not voting"]
    for question in questions:
        title = question.capitalize()
        head += [title, f"{title} margin"] if not full else _full_head(title)
    figures = frozenset(name for name in head if name.endswith(("margin", "need", "have")))
    rows = [_row(item, full=full) for item in items]
    return sheet_of(
        head,
        rows,
        wide=frozenset({"Title"}),
        right=frozenset({"Yes", "No", "Abstain", "Not voting", "Count", *figures}),
        figures=figures | {"Yes", "No", "Abstain", "Not voting"},
        whole=frozenset({"Date", "Count"}),
    )


def _full_head(title: str) -> list[str]:
    words = ("", " cause", " need", " have", " margin", " vetoes", " as recorded")
    return [f"{title}{word}" for word in words]


def _row(item: Replayed, *, full: bool) -> list[str]:
    record, counts = item.record, item.counts
    day = str(record.day or "")
    if full:
        cells = [record.id, day, record.session, record.symbol, record.title, outcome_word(item)]
        cells += map(str, counts)
    else:
        count = "-".join(map(str, counts[:3]))
        cells = [record.id, day, record.symbol, record.title, count, outcome_word(item)]
    for number, decision in enumerate(item.decisions):
        margin = _number(decision.margin)
        word = verdict_word(item, decision)
        if not full:
            cells += [word, _signed(decision.margin)]
            continue
        cause = decision.because.value if decision.because and not item.without_vote else ""
        cells += [word, cause, _number(decision.need), _number(decision.have), margin]
        cells += [" ".join(decision.vetoes), agrees_word(item, number)]
    return cells


def _number(figure: int | None) -> str:
    return "" if figure is None else str(figure)


def _signed(figure: int | None) -> str:
    return "" if figure is None else f"{figure:+d}" if figure else "0"


def replay_data(item: Replayed, questions: Sequence[str]) -> dict[str, Any]:
    """One roll call for machines."""
    record = item.record
    yes, no, abstain, absent = item.counts
    return {
        "id": record.id,
        "date": str(record.day) if record.day else None,
        "session": record.session or None,
        "symbol": record.symbol or None,
        "title": record.title or None,
        "recorded": record.outcome or None,
        "without_vote": item.without_vote,
        "counts": {"yes": yes, "no": no, "abstain": abstain, "not_voting": absent},
        "no_seat": list(item.outsiders),
        "decisions": [
            _decision_data(item, number, question) for number, question in enumerate(questions)
        ],
    }


def _decision_data(item: Replayed, number: int, question: str) -> dict[str, Any]:
    decision = item.decisions[number]
    return {
        "question": question,
        "verdict": decision.verdict.value if decision.verdict else None,
        "because": decision.because.value if decision.because else None,
        "need": decision.need,
        "have": decision.have,
        "of": decision.of,
        "margin": decision.margin,
        "exact": decision.exact,
        "vetoes": list(decision.vetoes),
        "as_recorded": item.agrees(number),
    }


def agreement_sheet(pairs: Iterable[Agreement]) -> Sheet:
    """Agreement by pair, those that agree most first."""
    ranked = sorted(pairs, key=lambda p: (p.share is None, -(p.share or 0), p.first, p.second))
    rows = [(p.first, p.second, decimal(p.share), str(p.same), str(p.both)) for p in ranked]
    head = ("First", "Second", "Agreement", "Same", "Both voted")
    return sheet_of(head, rows, right=frozenset(head[2:]))


def agreement_matrix(pairs: Iterable[Agreement], turnouts: Iterable[Turnout]) -> Sheet:
    """The shares of agreement of all members whose participation is given, for machines.

    A member agrees with itself if it ever cast a vote.
    """
    shares = {(one.code, one.code): decimal(Fraction(1) if one.share else None) for one in turnouts}
    codes = sorted(code for code, _ in shares)
    for pair in pairs:
        shares[pair.first, pair.second] = shares[pair.second, pair.first] = decimal(pair.share)
    lines = [(one, *(shares[one, two] for two in codes)) for one in codes]
    return sheet_of(("Member", *codes), lines, codes=frozenset(codes))


def unity_sheet(groups: Iterable[Unity]) -> Sheet:
    """The cohesion of groups."""
    head = ("Group", "Rice index", "Roll calls", "United")
    rows = [(g.group, decimal(g.index), str(g.votes), str(g.united)) for g in groups]
    return sheet_of(head, rows, right=frozenset(head[1:]))


def turnout_sheet(turnouts: Iterable[Turnout], members: Mapping[str, Member]) -> Sheet:
    """The participation of members."""
    head = ("Code", "Member", "Voted", "Yes", "No", "Abstain", "Not voting", "Listed")
    rows = [
        (
            one.code,
            members[one.code].short,
            decimal(one.share),
            *(str(n) for n in (one.yes, one.no, one.abstain, one.absent, one.listed)),
        )
        for one in turnouts
    ]
    return sheet_of(head, rows, right=frozenset(head[2:]), wide=frozenset({"Member"}))


def follow_sheet(found: Followed, members: Mapping[str, Member]) -> Sheet:
    """Who voted so, and what they did later."""
    head = ["Code", "Member", found.first.symbol or found.first.id]
    if found.second is not None:
        head += [found.second.symbol or found.second.id, "Same"]
    rows = []
    for code in found.members:
        row = [code, members[code].short, found.vote.value]
        if found.second is not None:
            later = found.later[code]
            same = "yes" if later is found.vote else "no"
            row += [later.value if later else "not listed", same]
        rows.append(row)
    return sheet_of(head, rows, wide=frozenset({"Member"}))


def follow_line(found: Followed) -> str:
    """How many voted so, and how many again."""
    one = found.first.symbol or found.first.id
    text = f"{len(found.members)} voted {found.vote.value} on {one}"
    if found.second is None:
        return f"{text}."
    two = found.second.symbol or found.second.id
    return f"{text}; {found.hits} of them on {two} too (hit rate {decimal(found.rate) or 'none'})."


def head_lines(replay: Replay, source: Source, *, ascii_only: bool) -> list[str]:
    """What is looked at, from when to when, and where it is from."""
    days = sorted(item.record.day for item in replay.items if item.record.day is not None)
    dash = "-" if ascii_only else "\N{EN DASH}"
    span = f", {days[0]} {dash} {days[-1]}" if days else ""
    count = len(replay.items)
    calls = f"{count:,} roll call{'s' * (count != 1)}"
    first = f"{source.body}: {calls}{span}"
    return [
        first,
        f"{visible(source.file)} (sha256 {source.sha256[:16]}...), unvote {source.version}",
    ]
