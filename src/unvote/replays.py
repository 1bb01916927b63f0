"""Recorded roll calls decided again, under one question or several side by side.

Everything here is a pure function of whole roll calls: data can be cut into chunks anywhere between
two of them, replayed in any process, and merged in the order of the data, with the same result.
Every verdict is the engine's own (`engine.decide`), found once for each body, rule and tally; of a
rule that is one share of those voting, by the need that the share itself states.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import compress
from typing import Final, NamedTuple

from unvote.bodies import Body, Question, classes, columns
from unvote.engine import decide
from unvote.members import Membership
from unvote.outcomes import Outcome
from unvote.records import UNLISTED, VOTES, WITHOUT_VOTE, Chunk, Record
from unvote.rollcall import Composition, RollCall
from unvote.rules import YES, Rule, Threshold
from unvote.vocabulary import Base, Cause, Mode, Verdict, Vote
from unvote.work import Workers, done

PIECE: Final = 5_000
"""Roll calls that a worker is handed at once: with fewer, sending them would cost more."""
SILENT: Final = UNLISTED.encode()
DOT: Final = ord(UNLISTED)
ADOPTED: Final = Verdict.ADOPTED
NOT_ADOPTED: Final = Verdict.NOT_ADOPTED
SHORTFALL: Final = Cause.SHORTFALL
_new: Final = tuple.__new__
"""Makes named tuples of all their values: half the time of calling them."""
SEEN: Final = bytes.maketrans(b"YNAX", b"####")
"""Every seat that a record lists, whatever it did."""


@dataclass(frozen=True, slots=True)
class Lens:
    """What the roll calls are decided by: a body, its questions, and a day in place of theirs.

    `day` decides every roll call as if it had been held on that day. Everything here can be
    pickled, to be sent to another process.
    """

    body: Body
    questions: tuple[Question, ...]
    membership: Membership
    day: date | None = None


class Decision(NamedTuple):
    """What one question comes to on one roll call; a tuple, since thousands are made at once.

    `need` is the number the deciding condition asks for, `have` what it has, in number of members
    (or in the weight of its column), `of` its base. `exact` is whether it is met with nothing to
    spare in the share itself (60 of 90 for two-thirds). A decision without a verdict has none
    because `missing` says what is not known.
    """

    verdict: Verdict | None
    because: Cause | None = None
    need: int | None = None
    have: int | None = None
    of: int | None = None
    exact: bool = False
    vetoes: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()
    missing: str = ""

    @property
    def margin(self) -> int | None:
        """Votes above what was needed (from 0), or below it (less than 0)."""
        return None if self.need is None or self.have is None else self.have - self.need


class Replayed(NamedTuple):
    """One roll call decided again: its record, the counts that count, a decision a question.

    `counts` are yes, no, abstaining and not voting, in number of members that sit.

    `outsiders` voted in the record without a seat on that day (its date may be wrong). Their votes
    count as recorded where only numbers matter, and not where it matters who votes. `unlisted` sit
    in the body but are missing from the record; they are taken as absent.
    """

    record: Record
    counts: tuple[int, int, int, int]
    decisions: tuple[Decision, ...]
    outsiders: tuple[str, ...] = ()
    unlisted: int = 0

    @property
    def without_vote(self) -> bool:
        """Whether it was adopted without a vote."""
        return WITHOUT_VOTE in self.record.flags

    def agrees(self, number: int) -> bool | None:
        """Whether the recorded outcome is that of a question; nothing if one of them is unknown."""
        recorded, decision = self.record.outcome, self.decisions[number]
        if not recorded or decision.verdict in {None, Verdict.OPEN}:
            return None
        if recorded == "adopted":
            return decision.verdict is Verdict.ADOPTED
        if decision.verdict is Verdict.ADOPTED:
            return False
        if recorded == "vetoed":
            named = self.record.vetoed_by
            return decision.because is Cause.VETO and (not named or named == decision.vetoes)
        return decision.because is not Cause.VETO


@dataclass(frozen=True, slots=True)
class Replay:
    """Roll calls decided again, in the order of the data, and the seats their letters stand for."""

    seats: tuple[str, ...]
    questions: tuple[str, ...]
    items: tuple[Replayed, ...] = field(default=())


def replay(chunk: Chunk, lens: Lens) -> Replay:
    """Decide a chunk of whole roll calls again; a pure function of its arguments."""
    judge = Judge(lens, chunk.seats)
    return Replay(
        chunk.seats,
        tuple(question.id for question in lens.questions),
        tuple(judge.replayed(record) for record in chunk.records),
    )


def replay_all(chunk: Chunk, lens: Lens, workers: Workers | None = None) -> Replay:
    """The same, here or by workers, who are handed pieces of whole roll calls."""
    if workers is None:
        return replay(chunk, lens)
    return merge(done(partial(replay, lens=lens), pieces_of(chunk), workers))


def pieces_of(chunk: Chunk) -> Iterator[Chunk]:
    """A chunk cut into pieces, at least one."""
    yield replace(chunk, records=chunk.records[:PIECE])
    for start in range(PIECE, len(chunk.records), PIECE):
        yield replace(chunk, records=chunk.records[start : start + PIECE])


def merge(replays: Iterable[Replay]) -> Replay:
    """One replay of several, in the order given; all must have the same seats and questions."""
    parts = list(replays)
    if not parts:
        return Replay((), ())
    first = parts[0]
    if any((part.seats, part.questions) != (first.seats, first.questions) for part in parts):
        raise ValueError("only replays of the same seats and questions can be merged")
    return Replay(first.seats, first.questions, tuple(item for p in parts for item in p.items))


@dataclass(slots=True)
class Room:
    """A body as it sat on a day, seen by the letters of a record.

    `vacant` has all bits set at the seats that do not sit, `silence` the letters of a record that
    says nothing of them: where the two meet, nobody voted who has no vote.
    """

    composition: Composition
    rules: tuple[Rule | None, ...]
    inside: tuple[bool, ...]
    vacant: int
    silence: int
    named: bool
    bars: tuple["Bar", ...]
    plain: bool
    known: dict[tuple[int, ...] | bytes, tuple[Decision, ...]] = field(default_factory=dict)


class Bar:
    """A rule of one share of those voting: `needs` keeps what each number of voters asks for."""

    def __init__(self, rule: Rule) -> None:
        (self.threshold,) = rule.thresholds()
        self.needs: dict[int, tuple[int, bool]] = {}

    @classmethod
    def of(cls, rule: Rule | None) -> "Bar | None":
        """The bar of a rule that consists of nothing else (a quorum is never known to fail here).

        By the definition of `Threshold.need` it is met from the need on, so that the engine need
        not be asked for every tally; the tests hold both against each other on all of them.
        """
        if rule is None or len(rule.needs) != 1 or rule.veto or rule.deemed:
            return None
        need = rule.needs[0]
        plain = (
            isinstance(need, Threshold)
            and need.base is Base.PRESENT_AND_VOTING
            and need.counting == YES
            and need.by is None
            and need.among is None
            and rule.mode is Mode.VOTE
        )
        return cls(rule) if plain else None

    def decision(self, yes: int, no: int) -> Decision:
        """The decision on unequal votes."""
        voting = yes + no
        known = self.needs.get(voting)
        if known is None:
            need = self.threshold.need(voting)
            known = self.needs[voting] = need, self.threshold.slack(need, voting) == 0
        need, exact = known
        if yes >= need:
            met = exact and yes == need
            return _new(Decision, (ADOPTED, None, need, yes, voting, met, (), (), ""))
        return _new(Decision, (NOT_ADOPTED, SHORTFALL, need, yes, voting, False, (), (), ""))


class Judge:
    """Decides roll calls of the same seats; each distinct tally of a room only once."""

    def __init__(self, lens: Lens, seats: tuple[str, ...]) -> None:
        self.lens, self.seats = lens, seats
        self._days: dict[date | None, Room] = {}
        self._rooms: dict[object, Room] = {}
        self._only = tuple(
            question.rules[0] if len(question.rules) == 1 else None for question in lens.questions
        )
        self._named = any(rule is not None and by_name(rule) for rule in self._only)

    def replayed(self, record: Record) -> Replayed:
        """One roll call decided again."""
        votes = record.votes
        listed = len(votes) - votes.count(SILENT)
        day = self.lens.day or record.day
        room = self._days.get(day) if day is not None else self._undated(votes, listed)
        if room is None:
            room = self._days[day] = self._room(day)
        outsiders: tuple[str, ...] = ()
        if room.vacant and int.from_bytes(votes, "big") & room.vacant != room.silence:
            votes, outsiders = self._seated(votes, room)
            listed = len(votes) - votes.count(SILENT)
        yes, no, abstain = votes.count(b"Y"), votes.count(b"N"), votes.count(b"A")
        absent = room.composition.seats - yes - no - abstain
        if outsiders and not room.named:
            absent += len(outsiders)
        counts = yes, no, abstain, absent
        # Of shares of those voting, only who votes yes and no decides, and a tie is the engine's.
        key = (
            votes
            if room.named
            else (yes, no)
            if room.plain and yes != no and absent >= 0
            else counts
        )
        decisions = room.known.get(key)
        if decisions is None:
            decisions = room.known[key] = self._decided(votes, counts, room)
        unlisted = absent - (listed - yes - no - abstain)
        return _new(Replayed, (record, counts, decisions, outsiders, unlisted))

    def _seated(self, votes: bytes, room: Room) -> tuple[bytes, tuple[str, ...]]:
        """The letters that count, and the codes of those that voted without a seat."""
        kept, outsiders = bytearray(votes), []
        for number, (code, inside) in enumerate(zip(self.seats, room.inside, strict=True)):
            if inside or votes[number] == DOT:
                continue
            if votes[number] != ord("X"):
                outsiders.append(code)
                if not room.named:
                    continue
            kept[number] = DOT
        return bytes(kept), tuple(outsiders)

    def _undated(self, votes: bytes, seats: int) -> Room:
        """The room of a roll call without a day: whoever is listed sits, `seats` in number.

        The rule is that of the question if it has had only one, ever.
        """
        listed: object = votes.translate(SEEN) if self._named else seats
        room = self._rooms.get(listed)
        if room is None:
            codes = None
            if self._named:
                codes = frozenset(compress(self.seats, (letter != DOT for letter in votes)))
            composition = Composition(seats, codes, self.lens.body.classes)
            room = self._rooms[listed] = self._built(composition, self._only)
        return room

    def _room(self, day: date | None) -> Room:
        """The body as it sat on a day; days with the same seats and rules share one room."""
        if day is None:
            raise ValueError("a room needs a day")
        lens = self.lens
        rules = tuple(
            found[0] if len(found := question.rules_on(day)) == 1 else None
            for question in lens.questions
        )
        composition = lens.body.composition_on(day, lens.membership, seats=len(self.seats))
        plain = not any(rule is not None and by_name(rule) for rule in rules)
        key = (composition.members, composition.seats, tuple(map(id, rules))) if plain else day
        if key not in self._rooms:
            self._rooms[key] = self._built(composition, rules)
        return self._rooms[key]

    def _built(self, composition: Composition, rules: tuple[Rule | None, ...]) -> Room:
        members = composition.members
        inside = tuple(members is None or code in members for code in self.seats)
        vacant = int.from_bytes(bytes(0 if sits else 255 for sits in inside), "big")
        silence = int.from_bytes(SILENT * len(inside), "big") & vacant
        named = any(rule is not None and by_name(rule) for rule in rules)
        found = [None if named else Bar.of(rule) for rule in rules]
        bars = tuple(bar for bar in found if bar is not None)
        plain = len(bars) == len(rules)
        return Room(composition, rules, inside, vacant, silence, named, bars, plain)

    def _decided(
        self, votes: bytes, counts: tuple[int, int, int, int], room: Room
    ) -> tuple[Decision, ...]:
        composition = room.composition
        if counts[3] < 0:
            missing = "more members voted than the body has"
            return tuple(Decision(None, missing=missing) for _ in room.rules)
        yes, no = counts[:2]
        if yes != no and room.plain:
            return tuple([bar.decision(yes, no) for bar in room.bars])
        if room.named:
            everyone = dict.fromkeys(sorted(composition.members or ()), Vote.ABSENT)
            cast = {
                code: VOTES[chr(letter)]
                for code, letter in zip(self.seats, votes, strict=True)
                if letter != DOT
            }
            roll = RollCall(composition, everyone | cast)
        else:
            parts = zip((Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT), counts, strict=True)
            roll = RollCall(composition, {}, dict(parts))
        return tuple([_decision(roll, rule) for rule in room.rules])


def by_name(rule: Rule) -> bool:
    """Whether it matters to a rule who voted how, and not only how many."""
    return bool(classes((rule,)) or columns(rule) or rule.veto)


def _decision(roll: RollCall, rule: Rule | None) -> Decision:
    """The engine's outcome in short."""
    if rule is None:
        return Decision(None, missing="the rule of that day is not known")
    unknown = sorted(columns(rule) - roll.composition.weights.keys())
    if unknown:
        return Decision(None, missing=f"the weights of that day are not known ({unknown[0]})")
    outcome = decide(roll, rule)
    found = outcome.deciding
    if found is None:
        return Decision(outcome.verdict, outcome.because)
    return Decision(
        outcome.verdict,
        outcome.because,
        found.need,
        found.have,
        found.of,
        _exact(outcome),
        outcome.vetoes,
        outcome.negatives,
    )


def _exact(outcome: Outcome) -> bool:
    """Whether the deciding share is met with nothing to spare: exactly two-thirds, say."""
    found = outcome.deciding
    if found is None or not isinstance(found.subject, Threshold) or not found.of:
        return False
    bar = found.subject
    return bool(found.met) and bar.base is not None and bar.slack(found.have, found.of) == 0
