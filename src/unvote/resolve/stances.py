"""Stances by member and by group, with their precedence, as one stance a member."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from unvote.diagnostics import Problem, Spot, quoted
from unvote.documents.stances import SourceShape, StanceShape
from unvote.resolve.names import Names, Spelling
from unvote.resolve.votes import seat, spell
from unvote.resolve.words import date_of, maybe, one_of, share_of, vote_of
from unvote.stances import CONFIDENCE, Report, Stance
from unvote.vocabulary import Verdict, Vote

Path = tuple[str | int, ...]
RESULTS = {v.value: v for v in (Verdict.ADOPTED, Verdict.NOT_ADOPTED)}
Value = str | StanceShape | None


@dataclass(slots=True)
class Stances:
    """Stances as they are read: of members, of groups, and of exceptions within groups."""

    names: Names
    day: date
    confidence: Mapping[str, Fraction] = field(default_factory=lambda: CONFIDENCE)
    members: dict[str, Stance] = field(default_factory=dict)
    groups: dict[str, Stance] = field(default_factory=dict)
    excepted: dict[str, Stance] = field(default_factory=dict)
    default: Stance = field(default_factory=Stance)
    routes: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, word: str, value: Value, route: Path, *, spot: Spot = Spot.KEY) -> None:
        """The stance of whoever a word names: a member, or else a group."""
        stance = self.stance(word, value, route)
        group = self.names.group(word) if not self._is_member(word) else None
        if group is None:
            self.add_member(word, stance, route, spot=spot)
            return
        if group in self.groups:
            self._twice(group, word, route, spot)
        elif stance is not None:
            self.groups[group] = stance
            self.routes[group] = route
            if isinstance(value, StanceShape):
                self._exceptions(group, value.excepted or {}, (*route, "except"))

    def add_member(
        self, word: str, stance: Stance | None, route: Path, *, spot: Spot = Spot.KEY
    ) -> None:
        """The stance of one member."""
        code = seat(word, self.names, self.day, route, self.problems, key=spot is Spot.KEY)
        if code is None:
            return
        if code in self.members:
            self._twice(code, word, route, spot)
        elif stance is not None:
            self.members[code] = stance
            self.routes[code] = route

    def add_group(self, word: str, value: Value, route: Path) -> None:
        """The stance of a group (UV205 where there is no such group)."""
        if self.names.group(word) is None:
            message = f"'{quoted(word)}' is not a group"
            hint = "`unvote groups` lists them; single members go under `countries`"
            self.problems.append(Problem("UV205", message, route, hint, spot=Spot.KEY))
            return
        self.add(f"{self.names.group(word)}", value, route)

    def stance(self, word: str, value: Value, route: Path) -> Stance | None:
        """One stance from a word such as `lean yes`, or from its mapping."""
        if value is None:
            message = f"'{quoted(word)}' has no stance"
            hint = "write a vote, as `lean yes`, or undecided; nothing is taken for granted"
            self.problems.append(Problem("UV111", message, route, hint, spot=Spot.KEY))
            return None
        if isinstance(value, str):
            return self._worded(value, route)
        return self._shaped(value, route)

    def _is_member(self, word: str) -> bool:
        return word.strip().upper() in self.names.membership.members

    def _twice(self, code: str, word: str, route: Path, spot: Spot) -> None:
        message = f"{code} has a stance already, above; here it stands as '{quoted(word)}'"
        hint = "keep one of the two"
        first = self.routes.get(code)
        self.problems.append(Problem("UV301", message, route, hint, spot=spot, also=first))

    def _exceptions(self, group: str, excepted: Mapping[str, Value], route: Path) -> None:
        inside = self.names.membership.groups[group].on(self.day)
        for word, value in excepted.items():
            here = (*route, word)
            stance = self.stance(word, value, here)
            code = seat(word, self.names, self.day, here, self.problems, key=True)
            if code is not None and code not in inside:
                message = f"{code} was not in the group {group} on {self.day}"
                hint = f"who was: `unvote groups {group} --on {self.day}`"
                self.problems.append(Problem("UV207", message, here, hint, spot=Spot.KEY))
            elif code in self.excepted:
                self._twice(code or "", word, here, Spot.KEY)
            elif code is not None and stance is not None:
                self.excepted[code] = stance
                self.routes.setdefault(code, here)

    def _worded(self, text: str, route: Path) -> Stance | None:
        """A stance in words: an optional word of confidence, then a vote."""
        vote = vote_of(text)
        if vote is not None:
            spell(vote, text, route, Spot.VALUE, self.names)
            return Stance(vote)
        word, _, rest = " ".join(text.split()).partition(" ")
        vote = vote_of(rest)
        if vote is None or word.casefold() not in self.confidence:
            message = f"'{quoted(text)}' is not a stance"
            known = ", ".join(self.confidence)
            hint = f"write a vote (yes, no, abstain, absent, undecided), before it one of: {known}"
            self.problems.append(Problem("UV110", message, route, hint))
            return None
        if text != f"{word} {vote.value}":
            canonical = f"{word.casefold()} {vote.value}"
            self.names.spellings.append(Spelling(route, Spot.VALUE, canonical))
        return Stance(vote, word.casefold())

    def _shaped(self, shape: StanceShape, route: Path) -> Stance | None:
        """A stance as a mapping."""
        here = (*route, "vote") if shape.vote is not None else route
        chances = self._chances(shape, route)
        ways = [shape.vote is not None, bool(chances), shape.follows is not None]
        if sum(ways) != 1:
            message = "a stance says one of: a vote, chances (yes: 60%), or whom it follows"
            hint = "keep one of the three" if any(ways) else "write one of the three"
            self.problems.append(Problem("UV110", message, route, hint))
            return None
        plain = self._worded(shape.vote, here) if shape.vote is not None else Stance()
        if plain is None:
            return None
        follows = None
        if shape.follows is not None:
            follows = seat(shape.follows, self.names, self.day, (*route, "follows"), self.problems)
        condition, then = self._condition(shape, route)
        return Stance(
            plain.vote,
            plain.word,
            chances,
            follows,
            condition,
            then,
            self._report(shape.source, (*route, "source")),
            tuple(shape.tags or ()),
            " ".join((shape.note or "").split()),
        )

    def _chances(self, shape: StanceShape, route: Path) -> dict[Vote, Fraction]:
        """Chances stated outright; they must add up to one (UV407)."""
        stated = {
            vote: text
            for vote, text in (
                (Vote.YES, shape.yes),
                (Vote.NO, shape.no),
                (Vote.ABSTAIN, shape.abstain),
                (Vote.ABSENT, shape.absent),
            )
            if text is not None
        }
        chances: dict[Vote, Fraction] = {}
        for vote, text in stated.items():
            read = (Fraction(0), []) if text.strip() in {"0", "0%"} else share_of(text)
            chance = maybe(self.problems, read, *route, vote.value)
            if chance is not None:
                chances[vote] = chance
        total = sum(chances.values())
        if chances and total != 1 and len(stated) == len(chances):
            message = f"the chances add up to {float(total * 100):g}%, not 100%"
            self.problems.append(Problem("UV407", message, route, "give every vote its chance"))
        return chances

    def _condition(self, shape: StanceShape, route: Path) -> tuple[dict[str, Verdict], Vote | None]:
        """What the stance depends on, and the vote if that comes about."""
        if shape.condition is None and shape.then is None:
            return {}, None
        if shape.condition is None or shape.then is None:
            message = "`if` and `then` go together"
            hint = "write both, as `if: {A1: adopted}, then: abstain`"
            self.problems.append(Problem("UV110", message, route, hint))
            return {}, None
        found = {
            name: maybe(self.problems, one_of(RESULTS, text, "a result"), *route, "if", name)
            for name, text in shape.condition.items()
        }
        then = self._worded(shape.then, (*route, "then"))
        known = {name: verdict for name, verdict in found.items() if verdict is not None}
        return known, None if then is None else then.vote

    def _report(self, source: str | SourceShape | None, route: Path) -> Report | None:
        if source is None:
            return None
        if isinstance(source, str):
            return Report(source)
        on = None
        if source.on is not None:
            on = maybe(self.problems, date_of(source.on), *route, "on")
        return Report(source.who or "", source.how or "", on)

    def of_each(self, seated: Iterable[str]) -> dict[str, Stance]:
        """One stance a member: its own, else its exception, the smallest group's, the default."""
        sizes = {group: self.names.membership.groups[group].on(self.day) for group in self.groups}
        return {code: self._of(code, sizes) for code in sorted(seated)}

    def _of(self, code: str, sizes: Mapping[str, frozenset[str]]) -> Stance:
        own = self.members.get(code) or self.excepted.get(code)
        if own is not None:
            return own
        inside = [group for group, codes in sizes.items() if code in codes]
        if not inside:
            return self.default
        smallest = min(len(sizes[group]) for group in inside)
        nearest = [group for group in inside if len(sizes[group]) == smallest]
        stances = [self.groups[group] for group in nearest]
        if any((s.vote, s.chances) != (stances[0].vote, stances[0].chances) for s in stances):
            groups = " and ".join(nearest)
            message = f"{code} is in {groups}, of one size, which disagree"
            hint = f"write the stance of {code} under `countries`"
            route = self.routes[nearest[-1]]
            other = self.routes[nearest[0]]
            self.problems.append(Problem("UV206", message, route, hint, spot=Spot.KEY, also=other))
        return self.groups[nearest[0]]

    def votes(self, stances: Mapping[str, Stance]) -> dict[str, Vote]:
        """The vote each member is listed with, followers after those they follow (UV406)."""
        return {code: self._listed(code, stances, ()) for code in stances}

    def _listed(self, code: str, stances: Mapping[str, Stance], seen: tuple[str, ...]) -> Vote:
        stance = stances.get(code)
        if stance is None:
            return Vote.UNDECIDED
        if stance.follows is None:
            return stance.listed()
        if code in seen:
            chain = " -> ".join((*seen[seen.index(code) :], code))
            message = f"nobody in this circle has a stance of its own: {chain}"
            problem = Problem(
                "UV406", message, self.routes.get(code, ()), "give one of them its own stance"
            )
            if code == min(seen[seen.index(code) :]) and problem not in self.problems:
                self.problems.append(problem)
            return Vote.UNDECIDED
        return self._listed(stance.follows, stances, (*seen, code))


def inline_stances(
    stances: Mapping[str, list[str] | str | StanceShape | None],
    names: Names,
    day: date,
    route: Path,
) -> Stances:
    """Stances within a resolution file: by vote (`yes: [...]`), or by member or group."""
    found = Stances(names, day)
    listed = any(isinstance(value, list) for value in stances.values())
    for word, value in stances.items():
        here = (*route, word)
        if word.casefold() == "otherwise":
            default = found.stance(word, None if isinstance(value, list) else value, here)
            found.default = default or found.default
        elif not listed and not isinstance(value, list):
            found.add(word, value, here)
        elif isinstance(value, StanceShape) or vote_of(word) is None:
            message = f"'{quoted(word)}' is not a vote"
            hint = "members are listed under yes, no, abstain, absent and undecided"
            found.problems.append(Problem("UV110", message, here, hint, spot=Spot.KEY))
        else:
            spell(vote_of(word), word, here, Spot.KEY, names)
            if isinstance(value, list):
                names.lists.append(here)
            for number, member in enumerate(value if isinstance(value, list) else [value or ""]):
                place = (*here, number) if isinstance(value, list) else here
                found.add(member, word, place, spot=Spot.VALUE)
    return found
