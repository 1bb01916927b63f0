"""The votes of a file, by vote, by member or as counts, as what each member did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from unvote.diagnostics import Level, Problem, Spot, quoted
from unvote.documents.resolution import Counts, Names as WordList, Votes
from unvote.resolve.names import Names, Spelling
from unvote.resolve.words import Read, collect, counts_of, vote_of, whole_of
from unvote.stances import Outlook
from unvote.vocabulary import Vote

Path = tuple[str | int, ...]
PLAIN: Final = {vote.value: vote for vote in Vote}
"""The plain words for votes, which most files use."""


@dataclass(slots=True)
class Ballots:
    """What is known of the votes so far, with the route at which each member was listed."""

    named: dict[str, Vote] = field(default_factory=dict)
    routes: dict[str, Path] = field(default_factory=dict)
    otherwise: Vote | None = None
    problems: list[Problem] = field(default_factory=list)
    outlook: Outlook | None = None

    def add(self, code: str, vote: Vote, route: Path, word: str) -> None:
        """One member's vote; a second one is reported and never replaces the first (UV301)."""
        if code not in self.named:
            self.named[code], self.routes[code] = vote, route
            return
        before = self.named[code].value
        message = f"{code} is counted twice: '{before}' above"
        message += f", '{vote.value}' here as '{quoted(word)}'"
        hint = "keep the vote it cast, and delete the other"
        self.problems.append(Problem("UV301", message, route, hint, also=self.routes[code]))


def by_vote(votes: Mapping[str, object]) -> bool:
    """Whether a mapping lists members under votes, rather than votes under members."""
    return any(isinstance(value, list) for value in votes.values()) or all(
        key.casefold() == "otherwise" or (vote_of(key) is not None and vote_of(value) is None)
        for key, value in votes.items()
    )


def listed_votes(votes: Votes, names: Names, day: date, *, route: Path) -> Ballots:
    """The votes under `votes:` or `named:`, none of them undecided."""
    ballots = Ballots()
    if not votes and route[-1] == "votes":
        hint = "write who voted how; an empty list is `yes: []`"
        ballots.problems.append(Problem("UV111", "no votes are listed", route, hint))
    if by_vote(votes):
        _by_vote(votes, names, day, route, ballots)
    else:
        _by_member(votes, names, day, route, ballots)
    if ballots.otherwise is Vote.UNDECIDED:
        message = "'otherwise: undecided' has no place in a record of votes"
        hint = "put votes that have not been held under `stances:`"
        ballots.problems.append(Problem("UV110", message, (*route, "otherwise"), hint))
        ballots.otherwise = None
    for code in [code for code, vote in ballots.named.items() if vote is Vote.UNDECIDED]:
        message = f"{code} is undecided in a record of votes"
        hint = "put votes that have not been held under `stances:`"
        ballots.problems.append(Problem("UV110", message, ballots.routes[code], hint))
        del ballots.named[code]
    return ballots


def vote_words(text: str) -> Read[Vote]:
    """The vote a word stands for (UV110)."""
    vote = vote_of(text)
    if vote is not None:
        return vote, []
    message = f"'{quoted(text)}' is not a vote"
    return None, [Problem("UV110", message, hint="write yes, no, abstain or absent")]


def _by_vote(votes: Votes, names: Names, day: date, route: Path, ballots: Ballots) -> None:
    seated = names.membership.on(day)
    for key, value in votes.items():
        here = (*route, key)
        if key.casefold() == "otherwise":
            _otherwise(value, here, ballots)
            continue
        vote = vote_of(key)
        if value is None:
            message = f"nothing is written under '{quoted(key)}'"
            hint = f"write `{quoted(key)}: []` if nobody did"
            ballots.problems.append(Problem("UV111", message, here, hint, spot=Spot.KEY))
        if vote is None:
            message = f"'{quoted(key)}' is not a vote"
            hint = "members are listed under yes, no, abstain and absent"
            ballots.problems.append(Problem("UV110", message, here, hint, spot=Spot.KEY))
        words: WordList = value if isinstance(value, list) else [value] if value else []
        spell(vote, key, here, Spot.KEY, names)
        if isinstance(value, list):
            names.lists.append(here)
        for number, word in enumerate(words):
            place = (*here, number) if isinstance(value, list) else here
            code = word if word in seated else seat(word, names, day, place, ballots.problems)
            if code and vote:
                ballots.add(code, vote, place, word)


def _by_member(votes: Votes, names: Names, day: date, route: Path, ballots: Ballots) -> None:
    seated = names.membership.on(day)
    for word, value in votes.items():
        here = (*route, word)
        if word in seated and isinstance(value, str) and value in PLAIN:
            ballots.add(word, PLAIN[value], here, word)
            continue
        if word.casefold() == "otherwise":
            _otherwise(value, here, ballots)
            continue
        code = seat(word, names, day, here, ballots.problems, key=True)
        if value is None:
            message = f"'{quoted(word)}' has no vote"
            hint = "write yes, no, abstain or absent; nothing is taken for granted"
            ballots.problems.append(Problem("UV111", message, here, hint, spot=Spot.KEY))
            continue
        vote = vote_of(value)
        if vote is None:
            shown = "a list" if isinstance(value, list) else f"'{quoted(value)}'"
            message = f"{shown} is not a vote"
            hint = "write yes, no, abstain or absent"
            ballots.problems.append(Problem("UV110", message, here, hint))
        elif code:
            spell(vote, str(value), here, Spot.VALUE, names)
            ballots.add(code, vote, here, word)


def spell(vote: Vote | None, word: str, route: Path, spot: Spot, names: Names) -> None:
    """Note a word for a vote that is not its plain one."""
    if vote is not None and word != vote.value:
        names.spellings.append(Spelling(route, spot, vote.value))


def _otherwise(value: object, route: Path, ballots: Ballots) -> None:
    ballots.otherwise = vote_of(value)
    if ballots.otherwise is None:
        hint = "write yes, no, abstain or absent"
        shown = quoted(value) if isinstance(value, str) else "this"
        ballots.problems.append(Problem("UV110", f"'{shown}' is not a vote", route, hint))


def seat(
    word: str,
    names: Names,
    day: date,
    route: Path,
    problems: list[Problem],
    *,
    key: bool = False,
) -> str | None:
    """The member a word means on the day, its problems kept (UV101, UV2xx)."""
    if word in names.membership.on(day):
        return word
    spot = Spot.KEY if key else Spot.VALUE
    if vote_of(word) is not None and word.strip() != "NO":
        message = f"'{quoted(word)}' is a vote, and a member belongs here"
        hint = "write the member's code (Norway is NOR)"
        problems.append(Problem("UV101", message, route, hint, spot=spot))
        return None
    code, found = names.find(word, day)
    if code is not None and word != code:
        names.spellings.append(Spelling(route, spot, code))
    problems += [
        Problem(p.code, p.message, (*route, *p.route), p.hint, p.level, spot) for p in found
    ]
    return code


def seats(
    words: Iterable[str], names: Names, day: date, route: Path, problems: list[Problem]
) -> tuple[str, ...]:
    """The members of a list, each once."""
    found: dict[str, Path] = {}
    for number, word in enumerate(words):
        code = seat(word, names, day, (*route, number), problems)
        if code in found:
            message = f"'{quoted(word)}' is listed twice"
            here, first = (*route, number), found[code]
            warning = Level.WARNING
            problems.append(Problem("UV301", message, here, "delete one", warning, also=first))
        elif code is not None:
            found[code] = (*route, number)
    return tuple(found)


def counted_votes(counts: Counts) -> Read[dict[Vote, int]]:
    """Counts without names: `93-8-73`, or a mapping by vote."""
    if isinstance(counts, str):
        figures, problems = counts_of(counts)
        if figures is None:
            return None, problems
        return dict(zip((Vote.YES, Vote.NO, Vote.ABSTAIN), figures, strict=True)), problems
    found: dict[Vote, int] = {}
    problems = []
    for key, text in counts.items():
        vote = vote_of(key)
        if vote is None or vote in found:
            message = f"'{quoted(key)}' is not a vote"
            if vote is not None:
                message = f"'{quoted(key)}' counts the same vote again"
            hint = "write yes, no, abstain and, if known, absent"
            problems.append(Problem("UV110", message, (key,), hint, spot=Spot.KEY))
            continue
        found[vote] = collect(problems, whole_of(text), key, otherwise=int)
    for vote in (Vote.YES, Vote.NO, Vote.ABSTAIN):
        if vote not in found and not problems:
            hint = f"write `{vote.value}: 0` if there were none"
            message = f"the number of '{vote.value}' votes is missing"
            problems.append(Problem("UV111", message, (), hint))
    return (None, problems) if problems else (found, [])
