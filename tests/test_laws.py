"""The laws of the Assembly's and the Council's rules, on every tally there can be.

The arithmetic to compare with is written out here once more, in whole numbers: nothing is taken
from the program but its answers.
"""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from itertools import chain, product
from typing import Final, NamedTuple

import pytest
from hypothesis import given, settings, strategies as st
from tests.builders import PERMANENT, TODAY, composition, rule

from unvote.engine import decide
from unvote.rollcall import Composition, RollCall
from unvote.rules import ABSTAIN, NO, NOT_YES, YES, Bar, Rule, Threshold
from unvote.vocabulary import Base, Cause, Verdict, Vote

# --- The Assembly: 193 members ----------------------------------------------------------------

MEMBERS: Final = 193
CHAMBER: Final = Composition(MEMBERS)
TALLIES: Final = 194 * 195 * 196 // 6  # of yes, no, abstain and absent that add up to 193

Grid = list[list[bytearray]]
"""Whether a text is adopted: by yes, by no, by abstentions; whoever is left is absent."""

ASSEMBLY: Final[dict[str, Callable[[int, int], bool]]] = {
    "ordinary": lambda yes, no: yes > no,
    "important": lambda yes, no: yes > 0 and 3 * yes >= 2 * (yes + no),
    "charter-amendment": lambda yes, _: 3 * yes >= 2 * MEMBERS,
    "absolute-majority": lambda yes, _: 2 * yes > MEMBERS,
}
"""What the articles say of so many yes and no votes."""


def expected(question: str, yes: int, no: int) -> tuple[Verdict, Cause | None]:
    """The verdict by the article, and why."""
    if ASSEMBLY[question](yes, no):
        return Verdict.ADOPTED, None
    tied = question == "ordinary" and yes == no and yes > 0
    return Verdict.NOT_ADOPTED, Cause.TIE if tied else Cause.SHORTFALL


def decided_rows(yes: int, no: int, questions: tuple[str, str]) -> tuple[bytearray, bytearray]:
    """Two questions decided on every split of the members that vote neither yes nor no."""
    left, adopted = MEMBERS - yes - no, (bytearray(), bytearray())
    asked = [
        (rule("ga", name), expected(name, yes, no), row.append)
        for name, row in zip(questions, adopted, strict=True)
    ]
    for abstain in range(left + 1):
        votes = {Vote.YES: yes, Vote.NO: no, Vote.ABSTAIN: abstain, Vote.ABSENT: left - abstain}
        roll = RollCall(CHAMBER, {}, votes)
        tally = roll.tally
        counted = [tally.yes, tally.no, tally.abstain, tally.absent]
        if counted != list(votes.values()) or tally.seats != MEMBERS:
            pytest.fail(f"{votes} counted as {tally!r}")
        for bar, wanted, note in asked:
            outcome = decide(roll, bar)
            if (outcome.verdict, outcome.because) != wanted or outcome.tally is not tally:
                pytest.fail(f"{tally!r}: {outcome.verdict} because {outcome.because}")
            note(outcome.verdict is Verdict.ADOPTED)
    return adopted


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [("important", "ordinary"), ("charter-amendment", "absolute-majority")],
)
def test_every_assembly_tally_obeys_the_article_and_the_laws(
    stronger: str, weaker: str, figure: Callable[[str], None]
) -> None:
    """All 1.2 million tallies: verdict and cause are the article's, everyone is counted once.

    Then, on the answers given: a yes more never hurts, abstentions are outside the base, no yes
    adopts nothing, and two-thirds implies more than half.
    """
    strong: Grid = []
    weak: Grid = []
    for yes in range(MEMBERS + 1):
        rows = [decided_rows(yes, no, (stronger, weaker)) for no in range(MEMBERS + 1 - yes)]
        strong.append([row for row, _ in rows])
        weak.append([row for _, row in rows])
    for question, grid in ((stronger, strong), (weaker, weak)):
        tallies = sum(len(row) for rows_of in grid for row in rows_of)
        adopted = sum(sum(row) for rows_of in grid for row in rows_of)
        assert tallies == TALLIES
        assert 0 < adopted < tallies
        a_yes_more_never_hurts(grid)
        abstaining_and_staying_away_are_the_same(grid)
        assert not any(any(row) for row in grid[0])
        figure(f"Assembly, {question}: all {tallies:,} tallies of 193 as by the article")
    for high, low in zip(chain(*strong), chain(*weak), strict=True):
        assert all(less <= more for less, more in zip(high, low, strict=True))


def a_yes_more_never_hurts(grid: Grid) -> None:
    """Whether it comes from an absent member, from an abstention or from a no."""
    for yes, rows in enumerate(grid[:-1]):
        for no, row in enumerate(rows):
            more = grid[yes + 1][no] if no < len(grid[yes + 1]) else bytearray()
            fewer_no = grid[yes + 1][no - 1] if no else bytearray(b"\1" * len(row))
            # From absence: the same abstentions; from abstention: one fewer; from no: one no fewer.
            assert all(a <= b for a, b in zip(row[:-1], more, strict=True))
            assert all(a <= b for a, b in zip(row[1:], more, strict=True))
            assert all(a <= b for a, b in zip(row, fewer_no, strict=True))


def abstaining_and_staying_away_are_the_same(grid: Grid) -> None:
    """No base has abstentions in it: those voting have not, and the members are fixed."""
    for row in chain(*grid):
        assert sum(row) in {0, len(row)}


@given(votes=st.lists(st.sampled_from(list(Vote)[:4]), min_size=MEMBERS, max_size=MEMBERS))
@settings(max_examples=60, deadline=None)
def test_names_do_not_matter_in_the_assembly(votes: list[Vote]) -> None:
    """Whoever casts the votes, the verdict is that of their numbers, all of them turned round."""
    members = composition("ga")
    assert members.members is not None
    codes = sorted(members.members)
    forward = RollCall(members, dict(zip(codes, votes, strict=True)))
    backward = RollCall(members, dict(zip(reversed(codes), votes, strict=True)))
    numbers = RollCall(Composition(MEMBERS), {}, {vote: votes.count(vote) for vote in set(votes)})
    for question in ASSEMBLY:
        outcomes = [decide(roll, rule("ga", question)) for roll in (forward, backward, numbers)]
        assert len({(o.verdict, o.because, o.tally, o.findings[0].need) for o in outcomes}) == 1
        tally = numbers.tally
        assert (outcomes[0].verdict, outcomes[0].because) == expected(question, tally.yes, tally.no)


# --- Thresholds: met() and need() --------------------------------------------------------------

SHARES: Final = [Fraction(text) for text in ("1/3", "1/2", "11/20", "3/5", "13/20", "2/3", "1")]


@pytest.mark.parametrize("share", SHARES, ids=str)
@pytest.mark.parametrize("bar", Bar)
def test_a_share_is_met_exactly_as_whole_numbers_say(share: Fraction, bar: Bar) -> None:
    """For every number of yes votes in every base up to 193, present and voting or members."""
    top, bottom = share.numerator, share.denominator
    threshold = Threshold(bar, share, Base.PRESENT_AND_VOTING)
    for base in range(MEMBERS + 1):
        for have in range(base + 1):
            over = bottom * have - top * base
            reached = over > 0 if bar is Bar.MORE_THAN else over >= 0
            assert threshold.met(have, base) is (reached and have > 0)


@pytest.mark.parametrize("counting", [YES, NO, ABSTAIN, NOT_YES], ids=["yes", "no", "abst", "not"])
@pytest.mark.parametrize("share", SHARES, ids=str)
@pytest.mark.parametrize("bar", Bar)
def test_the_need_is_the_least_number_that_meets_the_bar(
    share: Fraction, bar: Bar, counting: frozenset[Vote]
) -> None:
    threshold = Threshold(bar, share, Base.MEMBERS, counting)
    for base in range(MEMBERS + 1):
        need = threshold.need(base)
        assert threshold.met(need, base)
        assert not any(threshold.met(have, base) for have in range(need))


@pytest.mark.parametrize("number", [0, 1, 7, 9, 97, 129])
@pytest.mark.parametrize("bar", Bar)
def test_a_plain_number_is_met_from_itself_or_from_the_next_on(bar: Bar, number: int) -> None:
    threshold = Threshold(bar, Fraction(number))
    least = max(number + (bar is Bar.MORE_THAN), 1)
    assert threshold.need(0) == threshold.need(MEMBERS) == least
    assert [threshold.met(have, 0) for have in range(MEMBERS)] == [
        have >= least for have in range(MEMBERS)
    ]


@pytest.mark.parametrize(
    ("question", "base", "need"),
    [
        ("important", 193, 129),
        ("important", 191, 128),
        ("important", 117, 78),
        ("important", 0, 1),
        ("ordinary", 193, 97),
        ("ordinary", 192, 97),
        ("ordinary", 0, 1),
        ("charter-amendment", 193, 129),
        ("absolute-majority", 193, 97),
    ],
)
def test_the_figures_the_united_nations_prints(question: str, base: int, need: int) -> None:
    (threshold,) = rule("ga", question).thresholds()
    assert threshold.need(base) == need


# --- The Council: every class tally -----------------------------------------------------------


class Side(NamedTuple):
    """What one class of members did, in number of members."""

    yes: int
    no: int
    abstain: int
    absent: int


Key = tuple[Side, Side]
Verdicts = dict[Key, tuple[Verdict, Cause | None]]

ENLARGED: Final = TODAY
ELEVEN: Final = date(1965, 11, 23)
COUNCILS: Final = [(ELEVEN, 6, 7), (ENLARGED, 10, 9)]  # day, elected members, yes votes needed


def sides(size: int) -> Iterator[Side]:
    """Every way in which so many members can vote, by number."""
    for yes, no, abstain in product(range(size + 1), repeat=3):
        if yes + no + abstain <= size:
            yield Side(yes, no, abstain, size - yes - no - abstain)


def cast(codes: list[str], side: Side, turn: int) -> dict[str, Vote]:
    """These members voting so, beginning with another one each time."""
    votes = [
        *[Vote.YES] * side.yes,
        *[Vote.NO] * side.no,
        *[Vote.ABSTAIN] * side.abstain,
        *[Vote.ABSENT] * side.absent,
    ]
    at = turn % len(codes)
    return dict(zip(codes[at:] + codes[:at], votes, strict=True))


def council(day: date, turns: tuple[int, int] = (0, 0)) -> Iterator[tuple[Key, RollCall]]:
    """Every class tally of the Council of a day, with names."""
    members = composition("sc", day)
    assert members.members is not None
    permanent, elected = sorted(PERMANENT), sorted(members.members - set(PERMANENT))
    for number, key in enumerate(product(sides(len(permanent)), sides(len(elected)))):
        named = cast(permanent, key[0], turns[0] * number)
        named |= cast(elected, key[1], turns[1] * number)
        yield key, RollCall(members, named)


def by_the_charter(key: Key, need: int, *, veto: bool) -> tuple[Verdict, Cause | None]:
    """Article 27: enough affirmative votes, and no permanent member against where it matters."""
    permanent, elected = key
    if permanent.yes + elected.yes < need:
        return Verdict.NOT_ADOPTED, Cause.SHORTFALL
    if veto and permanent.no:
        return Verdict.NOT_ADOPTED, Cause.VETO
    return Verdict.ADOPTED, None


@pytest.mark.parametrize(("day", "elected", "need"), COUNCILS, ids=["of 11", "of 15"])
def test_every_substantive_class_tally_of_the_council(
    day: date, elected: int, need: int, figure: Callable[[str], None]
) -> None:
    """Adopted, a veto or a shortfall; a permanent no is a veto only where the votes are there."""
    bar, tallies = rule("sc", "substantive", day), 0
    for key, roll in council(day, (1, 1)):
        outcome = decide(roll, bar)
        assert (outcome.verdict, outcome.because) == by_the_charter(key, need, veto=True), key
        against = tuple(sorted(set(roll.who(Vote.NO)) & set(PERMANENT)))
        vetoed = outcome.because is Cause.VETO
        assert outcome.vetoes == (against if vetoed else ())
        assert outcome.negatives == (() if vetoed else against)
        if vetoed:
            assert outcome.tally.yes >= need
        tallies += 1
        tally = outcome.tally
        assert tally.yes + tally.no + tally.abstain + tally.absent == tally.seats == 5 + elected
    figure(f"Council of {5 + elected}, substantive: all {tallies:,} class tallies as by Article 27")


@pytest.mark.parametrize(("day", "elected", "need"), COUNCILS, ids=["of 11", "of 15"])
def test_every_procedural_class_tally_of_the_council(day: date, elected: int, need: int) -> None:
    """Seven of eleven, nine of fifteen, whoever they are; nobody has a veto."""
    bar, tallies = rule("sc", "procedural", day), 0
    for key, roll in council(day, (2, 3)):
        outcome = decide(roll, bar)
        assert (outcome.verdict, outcome.because) == by_the_charter(key, need, veto=False), key
        assert outcome.vetoes == outcome.negatives == ()
        tallies += 1
    assert tallies == {6: 56 * 84, 10: 56 * 286}[elected]


@pytest.mark.parametrize(("day", "elected", "need"), COUNCILS, ids=["of 11", "of 15"])
def test_every_class_tally_in_an_election_of_a_judge(day: date, elected: int, need: int) -> None:
    """Statute of the Court, Art. 10: more than half of the members, permanent ones like others."""
    bar = rule("sc", "icj-election", day)
    for (permanent, others), roll in council(day):
        chosen = 2 * (permanent.yes + others.yes) > 5 + elected
        assert (decide(roll, bar).verdict is Verdict.ADOPTED) is chosen
    assert bar.thresholds()[0].need(5 + elected) == {7: 6, 9: 8}[need]


def decided(day: date, bar: Rule, turns: tuple[int, int] = (0, 0)) -> Verdicts:
    """The verdict and cause on every class tally."""
    outcomes = ((key, decide(roll, bar)) for key, roll in council(day, turns))
    return {key: (outcome.verdict, outcome.because) for key, outcome in outcomes}


@pytest.mark.parametrize("question", ["substantive", "procedural"])
def test_in_the_council_names_within_a_class_do_not_matter(question: str) -> None:
    """The same class tallies, cast by other members of the class."""
    bar = rule("sc", question, ENLARGED)
    assert decided(ENLARGED, bar) == decided(ENLARGED, bar, (3, 7))


def more_yes(side: Side) -> Iterator[Side]:
    """The side with one member more voting yes, wherever it comes from."""
    for place in (1, 2, 3):
        if side[place]:
            votes = list(side)
            votes[0] += 1
            votes[place] -= 1
            yield Side(*votes)


@pytest.mark.parametrize("question", ["substantive", "procedural"])
@pytest.mark.parametrize("day", [ELEVEN, ENLARGED], ids=["of 11", "of 15"])
def test_a_yes_more_never_hurts_in_the_council(day: date, question: str) -> None:
    verdicts = decided(day, rule("sc", question, day))
    for (permanent, elected), (verdict, _) in verdicts.items():
        if verdict is Verdict.ADOPTED:
            after = [(side, elected) for side in more_yes(permanent)]
            after += [(permanent, side) for side in more_yes(elected)]
            assert all(verdicts[key][0] is Verdict.ADOPTED for key in after)


@pytest.mark.parametrize("question", ["substantive", "procedural"])
def test_in_the_council_abstaining_and_staying_away_are_the_same(question: str) -> None:
    """Neither adds a yes, and neither is a veto."""
    verdicts = decided(ENLARGED, rule("sc", question, ENLARGED))
    for (permanent, elected), found in verdicts.items():
        away = permanent._replace(abstain=0, absent=permanent.abstain + permanent.absent)
        others = elected._replace(abstain=elected.abstain + elected.absent, absent=0)
        assert verdicts[away, others] == found


@pytest.mark.parametrize("party", ["RUS", "elected"])
def test_every_class_tally_with_a_party_to_the_dispute(party: str) -> None:
    """Art. 27(3), last clause: its vote is disregarded, its no is no veto, nine stay nine."""
    bar, members = rule("sc", "party-to-dispute", ENLARGED), composition("sc", ENLARGED)
    assert members.members is not None
    code = party if party in PERMANENT else min(members.members - set(PERMANENT))
    causes = set()
    for _, roll in council(ENLARGED, (1, 1)):
        outcome = decide(RollCall(members, roll.named, parties=frozenset({code})), bar)
        yes = sum(vote is Vote.YES and who != code for who, vote in roll.named.items())
        against = any(roll.named[who] is Vote.NO for who in PERMANENT if who != code)
        wanted = Cause.SHORTFALL if yes < 9 else Cause.VETO if against else None
        assert outcome.because is wanted, (roll.named, code)
        causes.add(wanted)
    assert causes == {None, Cause.SHORTFALL, Cause.VETO}
