"""Stances by member and by group, with their precedence, as one stance a member."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Final

from unvote.diagnostics import Problem, Spot, quoted
from unvote.documents.stances import ChancesShape, SourceShape, StanceShape
from unvote.resolve.names import Names, Spelling
from unvote.resolve.votes import seat, spell
from unvote.resolve.words import date_of, maybe, one_of, share_of, truth_of, vote_of, whole_of
from unvote.stances import CONFIDENCE, UNDECIDED, Outlook, Report, Stance
from unvote.vocabulary import Verdict, Vote

Path = tuple[str | int, ...]
RESULTS = {v.value: v for v in (Verdict.ADOPTED, Verdict.NOT_ADOPTED)}
Value = str | StanceShape | None
USUAL: Final = frozenset({"vote", "source"})
"""The keys most stances have."""


@dataclass(slots=True)
class Stances:
    """Stances as they are read: of members, of groups, and of exceptions within groups."""

    names: Names
    day: date
    confidence: Mapping[str, Fraction] = field(default_factory=lambda: CONFIDENCE)
    undecided: Mapping[Vote, Fraction] = field(default_factory=lambda: UNDECIDED)
    members: dict[str, Stance] = field(default_factory=dict)
    groups: dict[str, Stance] = field(default_factory=dict)
    excepted: dict[str, Stance] = field(default_factory=dict)
    default: Stance = field(default_factory=Stance)
    routes: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _known: dict[str, tuple[Stance, str]] = field(default_factory=dict, init=False, repr=False)
    """Stances in words that were understood, each with its canonical form."""
    _told: dict[tuple[str | None, ...], Stance] = field(
        default_factory=dict, init=False, repr=False
    )
    """Stances by their vote and source, where there was nothing to say about either."""

    def add(
        self,
        word: str,
        value: Value,
        route: Path,
        *,
        spot: Spot = Spot.KEY,
        beside: Collection[str] = (),
    ) -> None:
        """The stance of whoever a word names: a member, or else a group.

        A stance that only a group can have makes the word a group.
        """
        if _of_group(value):
            self.add_group(word, value, route)
            return
        group = self.names.group(word) if not self._is_member(word) else None
        if group is None:
            doubt = self.names.doubt(word, beside)
            self.problems += [replace(problem, route=route, spot=spot) for problem in doubt]
            self._add_either(word, self.stance(word, value, route), route, spot)
        else:
            self._add_group(group, word, value, route, spot)

    def _add_either(self, word: str, stance: Stance | None, route: Path, spot: Spot) -> None:
        """The stance of a member, where a group could stand as well."""
        known = len(self.names.spellings)
        self.add_member(word, stance, route, spot=spot)
        self.names.keep_clear(known)

    def _add_group(self, group: str, word: str, value: Value, route: Path, spot: Spot) -> None:
        """The stance of a group, with its exceptions."""
        stance = self.stance(word, value, route)
        if group in self.groups:
            self._twice(group, word, route, spot)
        elif stance is not None:
            self.groups[group] = replace(stance, group=group)
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
        group = self.names.group(word)
        if group is None:
            message = f"'{quoted(word)}' is not a group"
            hint = "`unvote groups` lists them; single members go under `countries`"
            self.problems.append(Problem("UV205", message, route, hint, spot=Spot.KEY))
            return
        self._add_group(group, word, value, route, Spot.KEY)

    def single(self, word: str, value: Value, route: Path) -> Stance | None:
        """The stance of one member, which has no exceptions and nobody to vote together with."""
        if _of_group(value):
            message = f"'{quoted(word)}' stands for one member here, and only groups have "
            message += "`except` and `together`"
            hint = "put a group under `groups`; write the stance of a member without them"
            self.problems.append(Problem("UV110", message, route, hint, spot=Spot.KEY))
        return self.stance(word, value, route)

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
        return word.strip().upper().replace(".", "") in self.names.membership.members

    def _twice(self, code: str, word: str, route: Path, spot: Spot) -> None:
        message = f"{code} has a stance already, above; here it stands as '{quoted(word)}'"
        hint = "keep one of the two"
        first = self.routes.get(code)
        self.problems.append(Problem("UV301", message, route, hint, spot=spot, also=first))

    def _exceptions(self, group: str, excepted: Mapping[str, Value], route: Path) -> None:
        inside = self.names.membership.groups[group].on(self.day)
        for word, value in excepted.items():
            here = (*route, word)
            stance = self.single(word, value, here)
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
        known = self._known.get(text) or self._understood(text)
        if known is None:
            message = f"'{quoted(text)}' is not a stance"
            words = ", ".join(self.confidence)
            hint = f"write a vote (yes, no, abstain, absent, undecided), before it one of: {words}"
            self.problems.append(Problem("UV110", message, route, hint))
            return None
        stance, canonical = known
        if text != canonical:
            self.names.spellings.append(Spelling(route, Spot.VALUE, canonical))
        return stance

    def _understood(self, text: str) -> tuple[Stance, str] | None:
        """The stance that words stand for and its canonical form, if they stand for one."""
        vote = vote_of(text)
        if vote is not None:
            self._known[text] = Stance(vote), vote.value
            return self._known[text]
        word, _, rest = " ".join(text.split()).partition(" ")
        vote = vote_of(rest)
        if vote is None or word.casefold() not in self.confidence:
            return None
        plain = text == f"{word} {vote.value}"
        canonical = text if plain else f"{word.casefold()} {vote.value}"
        self._known[text] = Stance(vote, word.casefold()), canonical
        return self._known[text]

    def _shaped(self, shape: StanceShape, route: Path) -> Stance | None:
        """A stance as a mapping."""
        if shape.vote is not None and shape.model_fields_set <= USUAL:
            return self._reported(shape.vote, shape.source, route)
        here = (*route, "vote") if shape.vote is not None else route
        chances = self.chances(shape, route)
        stated = any((shape.yes, shape.no, shape.abstain, shape.absent))
        ways = [shape.vote is not None, stated, shape.follows is not None]
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
            None if then is None else then.vote,
            "" if then is None else then.word,
            self._report(shape.source, (*route, "source")),
            tuple(shape.tags or ()),
            " ".join((shape.note or "").split()),
            together=bool(maybe(self.problems, truth_of(shape.together), *route, "together")),
            cost=self._cost(shape, route),
        )

    def _reported(self, vote: str, source: str | SourceShape | None, route: Path) -> Stance | None:
        """A stance of the usual shape: a vote, and where it is from; equal ones are made once."""
        key: tuple[str | None, ...]
        if isinstance(source, SourceShape):
            key = vote, source.who, source.how, source.on
        else:
            key = vote, source
        if key in self._told:
            return self._told[key]
        said = len(self.problems), len(self.names.spellings)
        plain = self._worded(vote, (*route, "vote"))
        if plain is None:
            return None
        report = self._report(source, (*route, "source"))
        stance = Stance(plain.vote, plain.word, report=report)
        if said == (len(self.problems), len(self.names.spellings)):
            self._told[key] = stance
        return stance

    def _cost(self, shape: StanceShape, route: Path) -> int:
        """What a call costs: one, unless it is said."""
        if shape.cost is None:
            return 1
        cost = maybe(self.problems, whole_of(shape.cost), *route, "cost")
        if cost == 0:
            message = "a call that costs nothing cannot be weighed against others"
            hint = "write a whole number from 1 up"
            self.problems.append(Problem("UV110", message, (*route, "cost"), hint))
        return cost or 1

    def chances(self, shape: StanceShape | ChancesShape, route: Path) -> dict[Vote, Fraction]:
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

    def _condition(
        self, shape: StanceShape, route: Path
    ) -> tuple[dict[str, Verdict], Stance | None]:
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
        return known, then

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
        if len({_meant(stance) for stance in stances}) > 1:
            groups = " and ".join(nearest)
            message = f"{code} is in {groups}, of one size, which disagree"
            hint = f"write the stance of {code} under `countries`"
            route = self.routes[nearest[-1]]
            other = self.routes[nearest[0]]
            self.problems.append(Problem("UV206", message, route, hint, spot=Spot.KEY, also=other))
        return self.groups[nearest[0]]

    def outlook(self, each: Mapping[str, Stance]) -> Outlook:
        """What is known of the vote: the stances of each member, and the chances behind words."""
        return Outlook(each, self.confidence, self.undecided)

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


def _of_group(value: Value) -> bool:
    """Whether only a group can have such a stance."""
    if not isinstance(value, StanceShape):
        return False
    return value.excepted is not None or bool(truth_of(value.together)[0])


def _meant(stance: Stance) -> tuple[object, ...]:
    """What a stance says of the vote, to tell whether two agree."""
    chances = tuple(stance.chances.items())
    return (
        stance.vote,
        stance.word,
        chances,
        stance.follows,
        stance.then,
        stance.then_word,
        stance.together,
    )


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
            every = value if isinstance(value, list) else [value or ""]
            for number, member in enumerate(every):
                place = (*here, number) if isinstance(value, list) else here
                found.add(member, word, place, spot=Spot.VALUE, beside=every)
    return found
