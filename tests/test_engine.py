"""The engine on single votes: each rule's edge, one short of it, and what makes the difference."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final

import pytest
from tests.builders import by_name, composition, counted, read, rule, ruling

from unvote.engine import decide
from unvote.outcomes import Kind, Outcome
from unvote.rollcall import Composition, RollCall
from unvote.rules import (
    ABSTAIN,
    HALF,
    NO,
    AllOf,
    AnyOf,
    Bar,
    Blocking,
    Deemed,
    Rule,
    Threshold,
    Veto,
    VetoOn,
)
from unvote.vocabulary import Base, Cause, TiePolicy, Verdict, Vote

ADOPTED: Final = (Verdict.ADOPTED, None)
SHORT: Final = (Verdict.NOT_ADOPTED, Cause.SHORTFALL)
VETOED: Final = (Verdict.NOT_ADOPTED, Cause.VETO)
TIED: Final = (Verdict.NOT_ADOPTED, Cause.TIE)
UNKNOWN: Final = (Verdict.OPEN, Cause.UNDECIDED)

MAJORITY: Final = Threshold(Bar.MORE_THAN, HALF, Base.PRESENT_AND_VOTING)
TWO_THIRDS: Final = Threshold(Bar.AT_LEAST, Fraction(2, 3), Base.PRESENT_AND_VOTING)


def what(outcome: Outcome) -> tuple[Verdict, Cause | None]:
    """The verdict and its cause."""
    return outcome.verdict, outcome.because


def letters(votes: str, casting: Vote | None = None, present: int | None = None) -> RollCall:
    """Members A, B, C and so on, voting `y`, `n`, `a`, `x` (absent) or `?` (undecided)."""
    meanings = dict(zip("ynax?", Vote, strict=True))
    named = {chr(ord("A") + place): meanings[letter] for place, letter in enumerate(votes)}
    members = Composition(len(named), frozenset(named), WEIGHED_CLASSES, WEIGHTS)
    return RollCall(members, named, present=present, casting_vote=casting)


WEIGHED_CLASSES: Final = {"north": frozenset("ABC"), "south": frozenset("DEF")}
WEIGHTS: Final = {"people": dict(zip("ABCDEF", (50, 20, 10, 10, 5, 5), strict=True))}


# --- The Assembly ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "counts", "expected"),
    [
        ("important", (78, 39, 58), ADOPTED),  # exactly two-thirds of 117
        ("important", (77, 39, 58), SHORT),  # 77 of 116: 78 needed
        ("important", (77, 40, 58), SHORT),  # one yes short of 78 of 117
        ("important", (2, 1, 190), ADOPTED),
        ("important", (1, 0, 192), ADOPTED),
        ("important", (1, 1, 191), SHORT),
        ("important", (60, 60, 73), SHORT),  # a tie is plainly short of two-thirds
        ("important", (0, 0, 193), SHORT),  # two-thirds of nothing is nothing: no yes, no text
        ("important", (0, 0, 0), SHORT),
        ("ordinary", (60, 60, 73), TIED),
        ("ordinary", (61, 60, 72), ADOPTED),
        ("ordinary", (60, 61, 72), SHORT),
        ("ordinary", (1, 0, 192), ADOPTED),
        ("ordinary", (0, 0, 193), SHORT),  # nobody voted: that is no tie
        ("procedural", (50, 50, 93), TIED),
        ("charter-amendment", (129, 64, 0), ADOPTED),
        ("charter-amendment", (128, 0, 65), SHORT),
        ("council-reform", (128, 0, 65), SHORT),
        ("absolute-majority", (97, 96, 0), ADOPTED),
        ("absolute-majority", (96, 0, 97), SHORT),  # nobody against, and still one short
    ],
)
def test_the_edges_of_the_assembly_rules(
    question: str, counts: tuple[int, int, int], expected: tuple[Verdict, Cause | None]
) -> None:
    yes, no, abstain = counts
    roll = counted(193, yes=yes, no=no, abstain=abstain)
    assert what(decide(roll, rule("ga", question))) == expected


def test_two_thirds_that_are_no_decimal_fraction() -> None:
    """Two-thirds of 3, 6, ... 192 votes exactly: 0.667 would fail each, 0.66 pass one short."""
    bar = rule("ga", "important")
    for third in range(1, 65):
        roll = counted(193, yes=2 * third, no=third)
        assert what(decide(roll, bar)) == ADOPTED
        short = counted(193, yes=2 * third - 1, no=third + 1)
        assert what(decide(short, bar)) == SHORT


def test_the_bar_of_council_reform_rose_in_1998() -> None:
    roll = counted(185, yes=80, no=40)
    assert what(decide(roll, rule("ga", "council-reform", date(1998, 11, 22)))) == ADOPTED
    assert what(decide(roll, rule("ga", "council-reform", date(1998, 11, 23)))) == SHORT


def test_the_deciding_figures_of_a_shortfall_and_of_a_tie() -> None:
    outcome = decide(counted(193, yes=89, no=61, abstain=21), rule("ga", "important"))
    assert outcome.deciding is not None
    deciding = outcome.deciding
    assert (deciding.need, deciding.have, deciding.of, deciding.met) == (100, 89, 150, False)
    tie = decide(counted(193, yes=60, no=60), rule("ga", "ordinary"))
    assert tie.deciding is not None
    assert (tie.deciding.need, tie.deciding.have, tie.deciding.of) == (61, 60, 120)


def test_members_without_a_vote_stay_in_the_base_of_members() -> None:
    """Article 19 takes the vote, not the membership: 129 of 193 stay 129."""
    members = composition("ga", date(2022, 2, 25))
    assert members.members is not None
    barred = frozenset({"ATG", "COG", "GIN", "IRN", "PNG", "SDN", "VEN", "VUT"})
    free = sorted(members.members - barred)
    for yes, expected in ((129, ADOPTED), (128, SHORT)):
        votes = dict.fromkeys(free, Vote.ABSENT) | dict.fromkeys(free[:yes], Vote.YES)
        outcome = decide(
            RollCall(members, votes, not_entitled=barred), rule("ga", "charter-amendment")
        )
        assert what(outcome) == expected
        assert outcome.findings[0].of == 193
        assert (outcome.tally.not_entitled, outcome.tally.eligible) == (8, 185)


def test_article_19_takes_the_vote_of_the_day_in_a_file() -> None:
    """The members in arrears are not absent: they had no vote; in the Council they would have."""
    text = "id: x\nbody: ga\ndate: 2022-02-25\nquestion: ordinary\nvotes: {yes: [FRA], no: [CUB]}\n"
    result = ruling(text)
    assert result.outcome is not None
    tally = result.outcome.tally
    assert result.case.roll is not None
    assert tally.not_entitled == len(result.case.roll.not_entitled) > 0
    assert "VEN" in result.case.roll.not_entitled
    assert tally.absent == 193 - 2 - tally.not_entitled


# --- Ties, quorum, counts that matter otherwise --------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "casting", "expected"),
    [
        (TiePolicy.NOT_ADOPTED, None, TIED),
        (TiePolicy.SECOND_VOTE, None, TIED),
        (TiePolicy.NOT_ADOPTED, Vote.YES, TIED),
        (TiePolicy.SECOND_VOTE, Vote.YES, TIED),
        (TiePolicy.CASTING_VOTE, None, (Verdict.OPEN, Cause.TIE)),
        (TiePolicy.CASTING_VOTE, Vote.YES, ADOPTED),
        (TiePolicy.CASTING_VOTE, Vote.NO, TIED),
    ],
)
def test_what_a_tie_does_under_each_policy(
    policy: TiePolicy, casting: Vote | None, expected: tuple[Verdict, Cause | None]
) -> None:
    outcome = decide(letters("yynna", casting), Rule((MAJORITY,), tie=policy))
    assert what(outcome) == expected
    assert [finding.kind for finding in outcome.findings] == [Kind.NEED, Kind.TIE]


@pytest.mark.parametrize("votes", ["yyyna", "ynnaa", "aaaaa", "xxxxx"])
def test_a_casting_vote_counts_only_in_a_tie(votes: str) -> None:
    """Nor are no votes at all a tie that it could break."""
    bar = Rule((MAJORITY,), tie=TiePolicy.CASTING_VOTE)
    verdicts = {decide(letters(votes, casting), bar).verdict for casting in (Vote.YES, Vote.NO)}
    assert verdicts == {Verdict.ADOPTED if votes == "yyyna" else Verdict.NOT_ADOPTED}


def test_a_casting_vote_does_not_make_up_for_another_condition() -> None:
    """The tie is broken; the three votes that are needed besides are still not there."""
    also_three = Threshold(Bar.AT_LEAST, Fraction(3))
    bar = Rule((MAJORITY, also_three), tie=TiePolicy.CASTING_VOTE)
    assert decide(letters("yynna", Vote.YES), bar).verdict is Verdict.NOT_ADOPTED


def test_a_tie_that_a_veto_stops_anyway_is_not_open() -> None:
    """Whatever the casting vote would be."""
    bar = Rule((MAJORITY,), Veto(VetoOn.NO, "south"), tie=TiePolicy.CASTING_VOTE)
    assert decide(letters("yyannx"), bar).verdict is Verdict.NOT_ADOPTED


def test_the_assembly_quorum_is_tested_where_the_number_present_is_known() -> None:
    """Rule 67: a majority of the members; presence, not voting, makes it."""
    bar = rule("ga", "ordinary")
    members = Composition(193)
    votes = {Vote.YES: 40, Vote.NO: 30, Vote.ABSTAIN: 3, Vote.ABSENT: 120}
    enough = decide(RollCall(members, {}, votes, present=97), bar)
    too_few = decide(RollCall(members, {}, votes, present=96), bar)
    assert what(enough) == ADOPTED
    assert what(too_few) == (Verdict.NOT_ADOPTED, Cause.QUORUM)
    assert too_few.deciding is not None
    assert (too_few.deciding.kind, too_few.deciding.need, too_few.deciding.have) == (
        Kind.QUORUM,
        97,
        96,
    )


def test_a_quorum_is_not_guessed_from_few_votes_but_seen_in_many() -> None:
    bar = rule("ga", "ordinary")
    few = decide(counted(193, yes=40, no=30), bar)
    many = decide(counted(193, yes=40, no=30, abstain=27), bar)
    assert what(few) == what(many) == ADOPTED
    assert [f.met for f in few.findings if f.kind is Kind.QUORUM] == [None]
    assert [f.met for f in many.findings if f.kind is Kind.QUORUM] == [True]


@pytest.mark.parametrize(
    ("votes", "every", "one"),
    [
        ("yyyxxx", SHORT, ADOPTED),  # all of the north, none of the south
        ("yyyyyx", ADOPTED, ADOPTED),
        ("yynyyn", ADOPTED, ADOPTED),
        ("nnnnxx", SHORT, SHORT),
        ("yynynn", SHORT, ADOPTED),
    ],
)
def test_all_and_any_of_two_classes(
    votes: str, every: tuple[Verdict, Cause | None], one: tuple[Verdict, Cause | None]
) -> None:
    """Two of three in the north, two of three in the south: both, or one of them."""
    conditions = tuple(
        Threshold(Bar.AT_LEAST, Fraction(2), among=side) for side in ("north", "south")
    )
    assert what(decide(letters(votes), Rule((AllOf(conditions),)))) == every
    assert what(decide(letters(votes), Rule(conditions))) == every
    assert what(decide(letters(votes), Rule((AnyOf(conditions),)))) == one


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ("ynxnnn", ADOPTED),  # 50 of 90 in people, one against four by heads
        ("nyyyyy", SHORT),  # 50 of 100: more than half is asked
        ("yxxxxx", ADOPTED),
        ("xyynxx", ADOPTED),  # 30 of 40
        ("aaaaaa", SHORT),
    ],
)
def test_weights_decide_where_the_rule_says_so(
    votes: str, expected: tuple[Verdict, Cause | None]
) -> None:
    bar = Threshold(Bar.MORE_THAN, HALF, Base.PRESENT_AND_VOTING, by="people")
    assert what(decide(letters(votes), Rule((bar,)))) == expected


@pytest.mark.parametrize(
    ("base", "of"),
    [
        (Base.PRESENT_AND_VOTING, 3),
        (Base.CAST, 4),
        (Base.PRESENT, 5),
        (Base.ELIGIBLE, 6),
        (Base.MEMBERS, 8),
    ],
)
def test_each_base_has_its_own_size(base: Base, of: int) -> None:
    """Eight seats: 2 yes, 1 no, 1 abstains, 2 away, 1 in arrears, 1 opted out; 5 in the room."""
    members = Composition(8, frozenset("ABCDEFGH"))
    named = letters("yynaxx").named
    roll = RollCall(
        members,
        named,
        not_entitled=frozenset("G"),
        not_participating=frozenset("H"),
        present=5,
    )
    for amount, met in ((Fraction(2, of), True), (Fraction(2 * of + 1, of * of), False)):
        (finding,) = decide(roll, Rule((Threshold(Bar.AT_LEAST, amount, base),))).findings
        assert (finding.have, finding.of, finding.met) == (2, of, met)


def test_rules_that_count_no_votes_or_abstentions() -> None:
    """A blocking third of no votes; at least two abstentions."""
    fewer_than_two = Rule((Threshold(Bar.AT_LEAST, Fraction(2), counting=NO),))
    assert what(decide(letters("ynnaa"), fewer_than_two)) == ADOPTED
    assert what(decide(letters("yynaa"), fewer_than_two)) == SHORT
    abstaining = Rule((Threshold(Bar.AT_LEAST, Fraction(2), counting=ABSTAIN),))
    assert what(decide(letters("ynnaa"), abstaining)) == ADOPTED
    assert what(decide(letters("ynnax"), abstaining)) == SHORT


# --- The Council -------------------------------------------------------------------------------

COUNCIL_2022: Final = date(2022, 2, 25)
ELECTED_2022: Final = ("ALB", "ARE", "BRA", "GAB", "GHA", "IND", "IRL", "KEN", "MEX", "NOR")


def council(
    question: str,
    day: date = COUNCIL_2022,
    *,
    yes: Iterable[str] = (),
    no: Iterable[str] = (),
    rest: Vote = Vote.ABSTAIN,
    parties: frozenset[str] = frozenset(),
) -> Outcome:
    """A vote of the Council by name."""
    roll = by_name(composition("sc", day), {Vote.YES: yes, Vote.NO: no}, rest, parties=parties)
    return decide(roll, rule("sc", question, day))


def test_the_same_numbers_and_two_verdicts() -> None:
    """25 and 27 February 2022: 11-1-3 is vetoed on substance, adopted on procedure."""
    yes = {*ELECTED_2022, "FRA", "GBR", "USA"} - {"IND", "ARE"}
    substance = council("substantive", yes=yes, no=["RUS"])
    procedure = council("procedural", yes=yes, no=["RUS"])
    assert str(substance.tally) == str(procedure.tally) == "11-1-3"
    assert what(substance) == VETOED
    assert substance.vetoes == ("RUS",)
    assert what(procedure) == ADOPTED
    assert procedure.vetoes == ()


def test_eight_votes_and_a_permanent_no_are_a_shortfall_and_no_veto() -> None:
    """S/2014/916, 30 December 2014: 8-2-5, the United States against."""
    outcome = council(
        "substantive",
        date(2014, 12, 30),
        yes=("ARG", "CHL", "CHN", "FRA", "JOR", "LUX", "RUS", "TCD"),
        no=("AUS", "USA"),
    )
    assert str(outcome.tally) == "8-2-5"
    assert what(outcome) == SHORT
    assert (outcome.vetoes, outcome.negatives) == ((), ("USA",))
    assert outcome.deciding is not None
    assert (outcome.deciding.need, outcome.deciding.have) == (9, 8)


@pytest.mark.parametrize("rest", [Vote.ABSTAIN, Vote.ABSENT])
def test_ten_votes_and_two_permanent_abstentions_adopt(rest: Vote) -> None:
    """S/RES/2774, 24 February 2025: 10-0-5, France and the United Kingdom abstaining."""
    outcome = council(
        "substantive",
        date(2025, 2, 24),
        yes=("CHN", "DZA", "GUY", "KOR", "PAK", "PAN", "RUS", "SLE", "SOM", "USA"),
        rest=rest,
    )
    assert what(outcome) == ADOPTED
    assert outcome.tally.yes == 10
    assert (outcome.vetoes, outcome.negatives) == ((), ())


def test_nobody_permanent_in_favour_and_adopted() -> None:
    """S/RES/344 (1973): the ten elected members alone."""
    assert what(council("substantive", yes=ELECTED_2022)) == ADOPTED


def test_several_vetoes_at_once_are_all_named() -> None:
    outcome = council("substantive", yes=ELECTED_2022, no=("USA", "CHN"))
    assert what(outcome) == VETOED
    assert outcome.vetoes == ("CHN", "USA")


def test_seven_votes_were_enough_until_the_end_of_1965() -> None:
    """S/RES/218, 23 November 1965, 7-0-4: the amended Charter was in force, the seats were not."""
    eleven = composition("sc", date(1965, 11, 23))
    assert eleven.members is not None
    yes = sorted(eleven.members - {"FRA", "GBR", "USA", "NLD"})
    assert what(council("substantive", date(1965, 11, 23), yes=yes)) == ADOPTED
    fifteen = composition("sc", date(1966, 1, 1))
    assert fifteen.members is not None
    for number, expected in ((7, SHORT), (8, SHORT), (9, ADOPTED)):
        yes = sorted(fifteen.members)[:number]
        assert what(council("substantive", date(1966, 1, 1), yes=yes)) == expected


def test_a_party_to_the_dispute_neither_adds_a_yes_nor_vetoes() -> None:
    yes = [*ELECTED_2022, "FRA"]
    against = council("party-to-dispute", yes=yes, no=["RUS"], parties=frozenset({"RUS"}))
    assert what(against) == ADOPTED
    other = council("party-to-dispute", yes=yes, no=["RUS"], parties=frozenset({"GBR"}))
    assert what(other) == VETOED
    nine = [*ELECTED_2022[:8], "USA"]
    assert what(council("party-to-dispute", yes=nine)) == ADOPTED
    party = council("party-to-dispute", yes=nine, parties=frozenset({"USA"}))
    assert what(party) == SHORT
    # Eight yes votes count; the tally keeps the nine that were cast.
    assert party.deciding is not None
    assert (party.deciding.have, party.deciding.need) == (8, 9)
    assert (party.tally.yes, party.tally.abstain) == (9, 6)


def test_a_party_that_stayed_away_is_absent_and_did_not_abstain() -> None:
    """Only a vote that was cast is disregarded; the tally keeps what happened."""
    outcome = council(
        "party-to-dispute", yes=ELECTED_2022, rest=Vote.ABSENT, parties=frozenset({"RUS"})
    )
    assert (outcome.tally.abstain, outcome.tally.absent) == (0, 5)


def test_the_clause_on_parties_is_never_applied_to_another_question() -> None:
    outcome = council("substantive", yes=ELECTED_2022, no=["RUS"], parties=frozenset({"RUS"}))
    assert what(outcome) == VETOED


IN_FILE: Final = "id: x\nbody: sc\ndate: 2022-02-25\nquestion: {}\ncounts: {}\n"


@pytest.mark.parametrize(
    ("question", "counts", "more", "expected"),
    [
        ("substantive", "11-1-3", "", UNKNOWN),  # the one against may be a permanent member
        ("substantive", "11-1-3", "named: {no: [IND]}", ADOPTED),
        ("substantive", "11-1-3", "named: {no: [RUS]}", VETOED),
        ("substantive", "11-1-3", "named: {yes: [CHN, FRA, GBR, RUS, USA]}", ADOPTED),
        ("substantive", "11-1-3", "named: {yes: [CHN, FRA, GBR, USA]}", UNKNOWN),
        ("substantive", "8-2-5", "", SHORT),
        ("substantive", "9-0-6", "", ADOPTED),
        ("substantive", "4-11-0", "", SHORT),
        ("procedural", "11-1-3", "", ADOPTED),
        ("party-to-dispute", "10-1-4", "parties: [RUS]\nnamed: {no: [RUS]}", ADOPTED),
    ],
)
def test_counts_without_names_in_the_council(
    question: str, counts: str, more: str, expected: tuple[Verdict, Cause | None]
) -> None:
    """A veto is never guessed, and never overlooked."""
    result = ruling(IN_FILE.format(question, counts) + more + "\n")
    assert (result.verdict, result.because) == expected


def test_more_votes_against_than_members_without_a_veto_hold_one() -> None:
    """Sixteen of twenty against, five of them permanent: one at least, but not known whose."""
    bar = Rule((Threshold(Bar.AT_LEAST, Fraction(4)),), Veto(VetoOn.NO, "permanent"))
    everyone = frozenset("ABCDEFGHIJKLMNOPQRST")
    members = Composition(20, everyone, {"permanent": frozenset("ABCDE")})
    vetoed = decide(RollCall(members, {}, {Vote.YES: 4, Vote.NO: 16}), bar)
    assert (what(vetoed), vetoed.vetoes) == (VETOED, ())
    doubtful = decide(RollCall(members, {}, {Vote.YES: 4, Vote.NO: 15, Vote.ABSENT: 1}), bar)
    assert what(doubtful) == UNKNOWN


def test_a_party_without_a_name_in_the_counts_leaves_the_verdict_open() -> None:
    """Nine yes votes, one of them perhaps the party's, which would be disregarded."""
    result = ruling(IN_FILE.format("party-to-dispute", "9-0-6") + "parties: [RUS]\n")
    assert result.verdict is Verdict.OPEN


# --- The Council of the European Union ------------------------------------------------------------

EU_2025: Final = date(2025, 6, 1)
LARGEST_FIRST: Final = [
    *("DEU", "FRA", "ITA", "ESP", "POL", "ROU", "NLD", "BEL", "CZE"),
    *("PRT", "SWE", "GRC", "HUN", "AUT", "BGR", "DNK", "FIN", "SVK"),
    *("IRL", "HRV", "LTU", "SVN", "LVA", "EST", "CYP", "LUX", "MLT"),
]


def european(
    question: str,
    *,
    no: Iterable[str] = (),
    abstain: Iterable[str] = (),
    absent: Iterable[str] = (),
    out: Iterable[str] = (),
) -> Outcome:
    """A vote of the Council of the European Union in 2025, whoever is not named in favour."""
    votes = {Vote.NO: no, Vote.ABSTAIN: abstain, Vote.ABSENT: absent}
    roll = by_name(
        composition("eu-council", EU_2025), votes, Vote.YES, not_participating=frozenset(out)
    )
    return decide(roll, rule("eu-council", question, EU_2025))


@pytest.mark.parametrize(
    ("against", "expected"),
    [
        (LARGEST_FIRST[15:], ADOPTED),  # 15 of 27 are 55.6%, with 92% of the people
        (LARGEST_FIRST[14:], SHORT),  # 14 of 27 are 51.9%
        (["DEU", "FRA", "ITA"], ADOPTED),  # 53% of the people, but three cannot block
        (["DEU", "FRA", "ITA", "MLT"], SHORT),  # four can
        (["DEU", "FRA", "ESP", "MLT"], SHORT),  # 44% against
        (["DEU", "FRA", "MLT", "CYP"], ADOPTED),  # four, but with 34% only
        (LARGEST_FIRST, SHORT),
    ],
)
@pytest.mark.parametrize("way", ["no", "abstain", "absent"])
def test_the_double_majority_and_the_blocking_minority(
    way: str, against: list[str], expected: tuple[Verdict, Cause | None]
) -> None:
    """55% of the members with 65% of the people; an abstention or absence is as good as a no."""
    ways = {
        "no": european("qualified", no=against),
        "abstain": european("qualified", abstain=against),
        "absent": european("qualified", absent=against),
    }
    assert what(ways[way]) == expected


def test_an_abstention_does_not_stop_unanimity_and_a_no_does() -> None:
    assert what(european("unanimity", abstain=["HUN", "MLT"])) == ADOPTED
    refused = european("unanimity", no=["HUN"], abstain=["MLT"])
    assert what(refused) == VETOED
    assert refused.vetoes == ("HUN",)
    assert what(european("unanimity", abstain=LARGEST_FIRST)) == SHORT  # nobody in favour


def test_the_reinforced_majority_asks_72_percent_and_knows_no_override() -> None:
    assert what(european("reinforced", no=LARGEST_FIRST[-7:])) == ADOPTED  # 20 of 27
    assert what(european("reinforced", no=LARGEST_FIRST[-8:])) == SHORT
    assert what(european("reinforced", no=["DEU", "FRA", "ITA"])) == SHORT


def test_the_simple_majority_is_one_of_all_members() -> None:
    assert what(european("simple", absent=LARGEST_FIRST[14:])) == ADOPTED  # 14 of 27
    assert what(european("simple", absent=LARGEST_FIRST[13:])) == SHORT


def test_members_that_opt_out_leave_every_base() -> None:
    """Two of 27 out: 14 of 25 instead of 15 of 27, and their people are not counted."""
    out = ["DNK", "IRL"]
    small = [code for code in LARGEST_FIRST if code not in out]
    carried = european("qualified-opt-out", no=small[14:], out=out)
    assert what(carried) == ADOPTED
    heads, people = carried.findings[:2]
    assert (heads.need, heads.have, heads.of) == (14, 14, 25)
    assert people.of == 10001 - 132 - 119
    assert what(european("qualified-opt-out", no=small[13:], out=out)) == SHORT


def test_the_blocking_minority_of_those_taking_part() -> None:
    """As many as together hold more than 35% of the people taking part, and one more."""
    out = ["DNK", "IRL"]  # 35% of 9750 are 3412.5: Germany and France (3366) are not enough
    three = european("qualified-opt-out", no=["DEU", "FRA", "ITA"], out=out)
    four = european("qualified-opt-out", no=["DEU", "FRA", "ITA", "ESP"], out=out)
    assert what(three) == ADOPTED
    assert what(four) == SHORT
    deemed = next(finding for finding in three.findings if finding.kind is Kind.DEEMED)
    assert (deemed.need, deemed.have, deemed.met) == (4, 3, True)
    many = ["DNK", "IRL", "SVK", "FIN", "BGR"]  # 35% of 9361 are 3276: those two are enough
    assert what(european("qualified-opt-out", no=["DEU", "FRA", "ITA"], out=many)) == SHORT


def test_a_blocking_minority_within_the_rounding_is_left_open() -> None:
    """35% of 9617 are 3365.95, and Germany and France, each rounded, hold 3366: two or three?"""
    out = ["DNK", "IRL", "SVK", "MLT"]
    close = european("qualified-opt-out", no=["DEU", "FRA", "ITA"], out=out)
    assert close.verdict is Verdict.OPEN


def test_a_share_of_the_people_within_the_rounding_is_left_open() -> None:
    """6501 of 10001 reach 65% on the rounded figures, and might not on the exact ones."""
    close = european("qualified", no=["DEU", "FRA", "IRL", "LUX"])
    assert what(close) == UNKNOWN
    assert (close.findings[1].need, close.findings[1].have) == (6501, 6501)
    assert close.findings[1].met is None
    over = european("qualified", no=["DEU", "FRA", "LUX", "MLT"])
    assert what(over) == ADOPTED


@pytest.mark.parametrize(
    ("have", "error", "met"),
    [
        (64, 0, False),
        (65, 0, True),
        (64, 1, False),
        (65, 1, None),
        (66, 1, True),
        (63, 2, False),
        (64, 2, None),
        (66, 2, None),
        (67, 2, True),
    ],
)
def test_how_far_the_rounding_reaches(have: int, *, error: int, met: bool | None) -> None:
    """At 65% of 100 an error of one unit, on whichever side, is worth at most 13/20 of a vote."""
    members = Composition(
        2, frozenset("AB"), {}, {"people": {"A": have, "B": 100 - have}}, {"people": error}
    )
    bar = Threshold(Bar.AT_LEAST, Fraction(65, 100), Base.MEMBERS, by="people")
    roll = RollCall(members, {"A": Vote.YES, "B": Vote.NO})
    assert decide(roll, Rule((bar,))).findings[0].met is met


def test_the_deemed_adoption_needs_at_least_one_yes() -> None:
    bar = Rule((Threshold(Bar.AT_LEAST, Fraction(9)),), deemed=Deemed(4))
    assert what(decide(letters("yaa"), bar)) == ADOPTED
    assert what(decide(letters("aaa"), bar)) == SHORT
    assert what(decide(letters("yaaa"), bar)) == ADOPTED
    assert what(decide(letters("yaaaa"), bar)) == SHORT


def test_the_fewest_members_that_exceed_a_share() -> None:
    """50, 20, 10, 10, 5, 5: A alone has more than 35%, and one more makes two."""
    bar = Rule(
        (Threshold(Bar.AT_LEAST, Fraction(9)),),
        deemed=Deemed(Blocking(Fraction(35, 100), "people", 1)),
    )
    assert what(decide(letters("nyyyyy"), bar)) == ADOPTED
    assert what(decide(letters("nyyyyn"), bar)) == SHORT


# --- Consensus, texts without a vote, questions not declared -----------------------------------


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ("{yes: [FRA, KEN], no: []}", ADOPTED),
        ("{abstain: [FRA], absent: [KEN]}", ADOPTED),  # silence stops nothing
        ("{yes: [FRA, KEN, BRA], no: [IND]}", VETOED),
    ],
)
def test_one_objection_stops_a_consensus(
    votes: str, expected: tuple[Verdict, Cause | None]
) -> None:
    result = ruling(f"id: x\nbody: consensus\ndate: 2024-05-01\nvotes: {votes}\n")
    assert (result.verdict, result.because) == expected
    assert result.outcome is not None
    assert result.outcome.vetoes == (("IND",) if expected == VETOED else ())


def test_an_adoption_without_a_vote_has_no_tally() -> None:
    result = ruling("id: x\nbody: ga\ndate: 2022-04-26\nquestion: ordinary\nwithout_vote: true\n")
    assert (result.verdict, result.because, result.outcome) == (Verdict.ADOPTED, None, None)


@pytest.mark.parametrize("recorded", [Verdict.ADOPTED, Verdict.NOT_ADOPTED])
def test_a_recorded_result_stands_where_the_counts_are_unknown(recorded: Verdict) -> None:
    text = "id: x\nbody: ga\ndate: 2025-02-24\nquestion: important\nresult: "
    result = ruling(text + recorded.value + "\n")
    assert (result.verdict, result.outcome) == (recorded, None)


UNDECLARED: Final = "id: x\nbody: ga\ndate: 2023-12-12\ncounts: {}\n"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [("153-10-23", Verdict.ADOPTED), ("60-61-50", Verdict.NOT_ADOPTED)],
)
def test_an_undeclared_question_does_not_matter_where_all_agree(
    counts: str, expected: Verdict
) -> None:
    report = read(UNDECLARED.format(counts))
    assert [problem.problem.code for problem in report.problems] == []
    (result,) = report.results
    assert [question.id for question, _ in result.outcomes] == ["ordinary", "important"]
    assert (result.verdict, result.agreed) == (expected, True)


def test_an_undeclared_question_that_matters_leaves_the_verdict_open() -> None:
    """89-61-21: adopted as an ordinary question, not adopted as an important one."""
    report = read(UNDECLARED.format("89-61-21"))
    assert [problem.problem.code for problem in report.problems] == ["UV310"]
    (result,) = report.results
    assert (result.verdict, result.because, result.agreed) == (*UNKNOWN, False)
    assert [outcome.verdict for _, outcome in result.outcomes] == [
        Verdict.ADOPTED,
        Verdict.NOT_ADOPTED,
    ]


# --- Votes not held yet ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "bar", "expected"),
    [
        ("yyy??", MAJORITY, ADOPTED),  # whatever the two do
        ("yyn?", MAJORITY, UNKNOWN),  # a no makes it a tie
        ("ynn??", MAJORITY, UNKNOWN),
        ("nnn??", MAJORITY, SHORT),
        ("yyyyn?", TWO_THIRDS, ADOPTED),  # 4 of 6 at the worst
        ("yyyn?", TWO_THIRDS, UNKNOWN),
        ("?", TWO_THIRDS, UNKNOWN),
        ("yaaa", TWO_THIRDS, ADOPTED),
    ],
)
def test_settled_or_open_while_votes_are_outstanding(
    votes: str, bar: Threshold, expected: tuple[Verdict, Cause | None]
) -> None:
    assert what(decide(letters(votes), Rule((bar,)))) == expected


def test_a_declared_veto_settles_the_matter_at_once() -> None:
    """One holder against: no vote still outstanding can adopt."""
    bar = Rule((Threshold(Bar.AT_LEAST, Fraction(4)),), Veto(VetoOn.NO, "north"))
    outcome = decide(letters("nyyyy?"), bar)
    assert what(outcome) == VETOED
    assert outcome.vetoes == ("A",)
    waiting = decide(letters("nyyy??"), bar)
    assert waiting.verdict is Verdict.NOT_ADOPTED
    assert what(decide(letters("?yyyyy"), bar)) == UNKNOWN


def test_a_tie_that_may_still_come_is_open_where_no_votes_are_counted_too() -> None:
    """One yes, one outstanding: a no would make a tie, which waits for the casting vote."""
    no_votes = Threshold(Bar.AT_LEAST, Fraction(0), counting=NO)  # always met, but counts no votes
    bar = Rule((MAJORITY, no_votes), tie=TiePolicy.CASTING_VOTE)
    assert what(decide(letters("yn"), bar)) == (Verdict.OPEN, Cause.TIE)
    assert what(decide(letters("y?"), bar)) == UNKNOWN


def test_a_plain_number_of_rounded_weight_is_doubtful_only_within_the_rounding() -> None:
    """The number itself is exact: only the weights that reach it are rounded."""
    weights = {"A": 50, "B": 30, "C": 20}
    members = Composition(3, frozenset(weights), weights={"people": weights}, errors={"people": 2})
    rule = Rule((Threshold(Bar.AT_LEAST, Fraction(60), by="people"),))

    def verdict(*yes: str) -> Verdict:
        votes = {code: Vote.YES if code in yes else Vote.NO for code in weights}
        return decide(RollCall(members, votes), rule).verdict

    assert verdict("A", "B", "C") is Verdict.ADOPTED
    assert verdict("A", "B") is Verdict.ADOPTED
    assert verdict("B", "C") is Verdict.NOT_ADOPTED
    near = Composition(
        2, frozenset("AB"), weights={"people": {"A": 61, "B": 59}}, errors={"people": 2}
    )
    for yes in "AB":
        votes = {code: Vote.YES if code == yes else Vote.NO for code in "AB"}
        assert decide(RollCall(near, votes), rule).verdict is Verdict.OPEN
