"""Every figure of a finding and of an outcome at its edge: what a wrong sign or default would turn.

The cases are those that mutation testing (`make mutants`) found no other test to tell apart.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

import pytest

from unvote.citations import Citation
from unvote.engine import COMPLETIONS, decide, effective
from unvote.measures import (
    blocking_sizes,
    deemed_test,
    quorum_test,
    threshold_test,
    tie_test,
    veto_test,
)
from unvote.members import Period
from unvote.outcomes import Finding, Kind, Outcome
from unvote.rollcall import Composition, RollCall, Tally
from unvote.rules import (
    ABSTAIN,
    HALF,
    NO,
    NOT_YES,
    YES,
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
from unvote.vocabulary import Base, Cause, Mode, TiePolicy, Verdict, Vote

ARTICLE: Final = Citation("The article")
CLASSES: Final = {"north": frozenset("ABC"), "south": frozenset("DEF")}
WEIGHTS: Final = {"people": dict(zip("ABCDEF", (50, 20, 10, 10, 5, 5), strict=True))}

MAJORITY: Final = Threshold(Bar.MORE_THAN, HALF, Base.PRESENT_AND_VOTING, citation=ARTICLE)
TWO_THIRDS: Final = Threshold(Bar.AT_LEAST, Fraction(2, 3), Base.PRESENT_AND_VOTING)
ANY_VOTE: Final = frozenset(COMPLETIONS)


def at_least(number: int, among: str | None = None) -> Threshold:
    return Threshold(Bar.AT_LEAST, Fraction(number), among=among)


def chamber(letters: str, *, roster: bool = True, errors: int = 0) -> Composition:
    """Members A, B, C and so on: A to C north, D to F south; weights 50, 20, 10, 10, 5, 5."""
    members = frozenset(letters) if roster else None
    return Composition(len(letters), members, CLASSES, WEIGHTS, {"people": errors})


def voting(votes: str, unnamed: Mapping[Vote, int] | None = None, **other: object) -> RollCall:
    """Members A, B, C and so on, voting `y`, `n`, `a`, `x` (absent), `?` (undecided), `.` (none).

    A dot is a member whose vote has no name, or that has none to cast.
    """
    meanings = dict(zip("ynax?", Vote, strict=False))
    seats = [chr(ord("A") + place) for place in range(len(votes))]
    named = {code: meanings[vote] for code, vote in zip(seats, votes, strict=True) if vote != "."}
    roll = RollCall(chamber("".join(seats)), named, unnamed or {})
    return replace(roll, **other)  # type: ignore[arg-type]


def figures(finding: Finding) -> tuple[int, int, int, int | None, bool | None]:
    """What is needed, the least and the most there is, of how many, and whether that is enough."""
    return finding.need, finding.have, finding.most, finding.of, finding.met


# --- One outcome in full -------------------------------------------------------------------------


def test_a_decided_vote_in_full() -> None:
    roll, rule = voting("yynax"), Rule((MAJORITY,))
    need = Finding(Kind.NEED, MAJORITY, 2, 2, 2, 3, met=True, citation=ARTICLE, alternative=False)
    assert decide(roll, rule) == Outcome(
        Verdict.ADOPTED,
        None,
        roll.tally,
        (need,),
        rule,
        Verdict.ADOPTED,
        Verdict.ADOPTED,
        Verdict.ADOPTED,
        vetoes=(),
        negatives=(),
        proven=True,
    )


def test_an_open_vote_in_full() -> None:
    """Two yes of three with two undecided: a majority as listed, from 2 of 5 to 4 of 5."""
    roll, rule = voting("yyn??"), Rule((MAJORITY, at_least(2)))
    outcome = decide(roll, rule)
    assert (outcome.listed, outcome.best, outcome.worst) == (
        Verdict.ADOPTED,
        Verdict.ADOPTED,
        Verdict.NOT_ADOPTED,
    )
    assert (outcome.verdict, outcome.because) == (Verdict.OPEN, Cause.UNDECIDED)
    assert outcome.tally == roll.tally
    majority, two = outcome.findings
    assert (majority.subject, figures(majority)) == (MAJORITY, (2, 2, 4, 3, None))
    assert (two.subject, figures(two)) == (at_least(2), (2, 2, 4, None, True))


def test_the_base_of_a_test_grows_with_the_undecided() -> None:
    """In heads, in weight, within a class, and beside a test on another base; a number has none."""
    people = Threshold(Bar.MORE_THAN, HALF, Base.CAST, by="people")
    north = Threshold(Bar.AT_LEAST, HALF, Base.PRESENT_AND_VOTING, among="north")
    quorum = Threshold(Bar.MORE_THAN, HALF, Base.MEMBERS)
    rule = Rule((MAJORITY, people, north, at_least(2)), quorum=quorum)
    found = [one for one in decide(voting("ya?n?"), rule).findings if one.kind is not Kind.TIE]
    assert [(one.of, one.of_most) for one in found] == [
        (2, 4),
        (80, 95),
        (1, 2),
        (None, None),
        (5, 5),
    ]
    opposing = Threshold(Bar.AT_LEAST, HALF, Base.PRESENT_AND_VOTING, frozenset({Vote.NO}))
    (no_votes,) = decide(voting("yn??"), Rule((opposing,))).findings
    assert (no_votes.of, no_votes.of_most) == (2, 4)
    assert decide(voting("yan"), rule).findings[0].of_most is None


def test_the_undecided_do_not_move_a_quorum() -> None:
    quorum = Threshold(Bar.MORE_THAN, HALF, Base.MEMBERS, citation=ARTICLE)
    outcome = decide(voting("yn??"), Rule((MAJORITY,), quorum=quorum))
    assert [figures(one) for one in outcome.findings if one.kind is Kind.QUORUM] == [
        (3, 2, 2, 4, None)
    ]


def test_a_condition_that_no_vote_can_change_any_more_is_told_so() -> None:
    """Five of six are needed: with two against, that is past, whatever the other does."""
    outcome = decide(voting("yyynn?"), Rule((at_least(5), at_least(3), at_least(4))))
    assert [one.met for one in outcome.findings] == [False, True, None]
    assert (outcome.verdict, outcome.because) == (Verdict.NOT_ADOPTED, Cause.SHORTFALL)


# --- Vetoes and votes still to come --------------------------------------------------------------

BY_THE_SOUTH: Final = Veto(VetoOn.NO, "south", ARTICLE)
WITHOUT_THE_SOUTH: Final = Veto(VetoOn.NOT_YES, "south")


def test_a_negative_vote_is_a_veto_or_listed_but_never_both() -> None:
    rule = Rule((at_least(3),), BY_THE_SOUTH)
    vetoed, short = decide(voting("yyyn"), rule), decide(voting("yynn"), rule)
    assert (vetoed.because, vetoed.vetoes, vetoed.negatives) == (Cause.VETO, ("D",), ())
    assert (short.because, short.vetoes, short.negatives) == (Cause.SHORTFALL, (), ("D",))
    quiet = decide(voting("yynn"), replace(rule, mode=Mode.CONSENSUS))
    assert (quiet.because, quiet.vetoes, quiet.negatives) == (Cause.SHORTFALL, (), ())


def test_lost_in_any_case_but_by_a_veto_or_a_tie() -> None:
    """3-2 and one undecided: with a yes the two of the south veto, with a no it is a tie."""
    outcome = decide(voting("yyynn?"), Rule((MAJORITY,), BY_THE_SOUTH))
    assert (outcome.verdict, outcome.because) == (Verdict.NOT_ADOPTED, Cause.UNDECIDED)
    assert (outcome.vetoes, outcome.negatives) == ((), ("D", "E"))


def test_short_in_any_case_with_a_negative_vote() -> None:
    outcome = decide(voting("xx?nxx"), Rule((at_least(3),), BY_THE_SOUTH))
    assert (outcome.verdict, outcome.because) == (Verdict.NOT_ADOPTED, Cause.SHORTFALL)
    assert (outcome.vetoes, outcome.negatives) == ((), ("D",))


def test_who_may_yet_agree_has_not_vetoed() -> None:
    """Where every vote but a yes stops the text, an undecided holder has not stopped it yet."""
    rule = Rule((MAJORITY,), WITHOUT_THE_SOUTH)
    undecided = decide(voting("yyyyy?"), rule)
    assert (undecided.verdict, undecided.vetoes) == (Verdict.OPEN, ())
    assert [figures(one) for one in undecided.findings] == [
        (3, 5, 6, 5, True),
        (0, 0, 1, None, None),
    ]
    stopped = decide(voting("yyyny?"), rule)
    assert (stopped.verdict, stopped.because) == (Verdict.NOT_ADOPTED, Cause.VETO)
    assert (stopped.vetoes, stopped.negatives) == (("D",), ())


# --- Rules that are not monotone are settled by trying every completion --------------------------


def test_completions_are_tried_for_the_undecided_only() -> None:
    two_abstain = Rule((Threshold(Bar.AT_LEAST, Fraction(2), counting=ABSTAIN),))
    outcome = decide(voting("y??"), two_abstain)
    assert (outcome.verdict, outcome.because) == (Verdict.OPEN, Cause.UNDECIDED)
    assert (outcome.best, outcome.worst) == (Verdict.ADOPTED, Verdict.NOT_ADOPTED)
    assert (outcome.proven, figures(outcome.findings[0])) == (True, (2, 0, 2, None, None))
    past = decide(voting("yy?"), two_abstain)
    assert (past.verdict, past.because) == (Verdict.NOT_ADOPTED, Cause.SHORTFALL)


def test_a_verdict_can_be_settled_that_is_not_the_one_as_listed() -> None:
    """Whatever the last does, five have done something; and then D's no is a veto."""
    all_five = Threshold(Bar.AT_LEAST, Fraction(5), counting=ANY_VOTE)
    outcome = decide(voting("yyya?"), Rule((all_five,)))
    assert (outcome.listed, outcome.verdict) == (Verdict.NOT_ADOPTED, Verdict.ADOPTED)
    assert outcome.because is None
    vetoed = decide(voting("yyyn?"), Rule((all_five,), BY_THE_SOUTH))
    assert (vetoed.verdict, vetoed.because) == (Verdict.NOT_ADOPTED, Cause.VETO)
    assert (vetoed.vetoes, vetoed.negatives) == (("D",), ())


UNPROVEN: Final = (Verdict.OPEN, Cause.UNDECIDED, Verdict.OPEN, Verdict.OPEN, False)


def proof(outcome: Outcome) -> tuple[Verdict, Cause | None, Verdict, Verdict, bool]:
    return outcome.verdict, outcome.because, outcome.best, outcome.worst, outcome.proven


@pytest.mark.parametrize(
    "roll",
    [
        pytest.param(voting("y" + "?" * 10), id="ten undecided have a million completions"),
        pytest.param(voting("yy.", {Vote.UNDECIDED: 1}), id="one undecided without a name"),
    ],
)
def test_what_cannot_be_tried_is_open_and_not_proven(roll: RollCall) -> None:
    rule = Rule((Threshold(Bar.AT_LEAST, Fraction(4), counting=NO),))
    outcome = decide(roll, rule)
    assert proof(outcome) == UNPROVEN
    assert (outcome.listed, outcome.tally, outcome.rule) == (
        Verdict.NOT_ADOPTED,
        roll.tally,
        rule,
    )


def test_of_two_open_conditions_without_names_nothing_is_proven_of_one_it_is() -> None:
    one = decide(voting("......", {Vote.YES: 3, Vote.NO: 3}), Rule((at_least(2, "north"),)))
    assert (one.verdict, one.proven) == (Verdict.OPEN, True)
    both = Rule((at_least(2, "north"), at_least(2, "south")))
    two = decide(voting("......", {Vote.YES: 3, Vote.NO: 3}), both)
    assert (two.verdict, two.proven) == (Verdict.OPEN, False)
    named = decide(voting("yyynnn"), both)
    assert (named.verdict, named.proven) == (Verdict.NOT_ADOPTED, True)


# --- Parties to the dispute ----------------------------------------------------------------------


def test_a_party_counts_as_abstaining_and_its_vote_stays_in_the_record() -> None:
    """So it is in the base of the votes cast, and in no other side."""
    cast = Threshold(Bar.MORE_THAN, HALF, Base.CAST)
    rule = Rule((cast,), parties_abstain=True)
    roll = voting("yynx", parties=frozenset("BD"))
    assert effective(roll, rule).named == voting("yanx").named
    outcome = decide(roll, rule)
    assert figures(outcome.findings[0]) == (2, 1, 1, 3, False)
    assert outcome.tally == roll.tally
    assert effective(roll, replace(rule, parties_abstain=False)) is roll


def test_a_party_that_holds_a_veto_does_not_use_it_by_abstaining() -> None:
    rule = Rule((at_least(3),), WITHOUT_THE_SOUTH, parties_abstain=True)
    for party, verdict in (("D", Verdict.ADOPTED), ("A", Verdict.ADOPTED), ("", Verdict.ADOPTED)):
        assert decide(voting("yyyyyy", parties=frozenset(party)), rule).verdict is verdict
    by_another = decide(voting("yyyyya", parties=frozenset("D")), rule)
    assert (by_another.because, by_another.vetoes) == (Cause.VETO, ("F",))


def test_a_party_without_a_vote_is_not_sought_among_the_votes_without_names() -> None:
    """D has no vote: of the three that voted, two yes are two."""
    rule = Rule((at_least(2),), parties_abstain=True)
    votes = {Vote.YES: 2, Vote.NO: 1}
    for absent in ({"not_entitled": frozenset("D")}, {"not_participating": frozenset("D")}):
        roll = voting("....", votes, parties=frozenset("D"), **absent)
        assert decide(roll, rule).verdict is Verdict.ADOPTED
    assert decide(voting("...", votes, parties=frozenset("C")), rule).verdict is Verdict.OPEN


@pytest.mark.parametrize("parties", [frozenset[str](), frozenset("Z")])
def test_where_no_party_sits_nobody_is_tried(parties: frozenset[str]) -> None:
    """Three kinds of vote of twelve members would be too many to try."""
    rule = Rule((at_least(8),), parties_abstain=True)
    votes = {Vote.YES: 8, Vote.NO: 2, Vote.ABSTAIN: 2}
    outcome = decide(voting("." * 12, votes, parties=parties), rule)
    assert (outcome.verdict, outcome.proven) == (Verdict.ADOPTED, True)


def test_too_many_parties_without_names_are_open_and_not_proven() -> None:
    rule = Rule((at_least(1),), parties_abstain=True)
    letters = "." * 19
    parties = chamber("ABCDEFGHIJKLMNOPQRS").members
    roll = voting(letters, {Vote.YES: 10, Vote.NO: 9}, parties=parties)
    outcome = decide(roll, rule)
    assert proof(outcome) == UNPROVEN
    assert (outcome.tally, outcome.rule) == (roll.tally, rule)


def test_two_parties_whose_votes_have_no_names() -> None:
    """Two yes and a no, one of them A's: B and C together can have one yes, and no more."""
    rule = Rule((at_least(1),), parties_abstain=True)
    roll = voting("y..", {Vote.YES: 1, Vote.NO: 1}, parties=frozenset("BC"))
    outcome = decide(roll, rule)
    assert (outcome.verdict, outcome.because) == (Verdict.ADOPTED, None)
    assert outcome.tally == roll.tally
    two = decide(roll, Rule((at_least(2),), parties_abstain=True))
    assert (two.verdict, two.because) == (Verdict.NOT_ADOPTED, Cause.SHORTFALL)
    loose = voting("...", {Vote.YES: 2, Vote.NO: 1}, parties=frozenset("AB"))
    either = decide(loose, rule)
    assert (either.verdict, either.because, either.vetoes) == (Verdict.OPEN, Cause.UNDECIDED, ())
    assert either.tally == loose.tally


# --- Ties ----------------------------------------------------------------------------------------


def test_the_finding_of_a_tie_in_full() -> None:
    rule = Rule((MAJORITY,), tie=TiePolicy.SECOND_VOTE, tie_citation=ARTICLE)
    tie = Finding(
        Kind.TIE, TiePolicy.SECOND_VOTE, 0, 0, 0, None, met=False, citation=ARTICLE, who=()
    )
    assert tie_test(voting("yynna"), rule) == (tie,)
    for votes in ("yyn", "ynn", "aaa", "yxx", "nxx"):
        assert tie_test(voting(votes), rule) == ()


def test_equal_votes_are_no_tie_where_more_than_a_majority_is_asked() -> None:
    outcome = decide(voting("yynn"), Rule((TWO_THIRDS,)))
    assert [one.kind for one in outcome.findings] == [Kind.NEED]
    assert outcome.because is Cause.SHORTFALL


def test_the_first_condition_that_is_missed_is_the_cause() -> None:
    short = decide(voting("yynn"), Rule((at_least(3), MAJORITY)))
    tied = decide(voting("yynn"), Rule((MAJORITY, at_least(3))))
    assert (short.because, tied.because) == (Cause.SHORTFALL, Cause.TIE)


@pytest.mark.parametrize("nested", [AllOf((MAJORITY,)), AnyOf((MAJORITY,))])
def test_a_tie_within_all_or_any_is_broken_like_any_other(nested: AllOf | AnyOf) -> None:
    rule = Rule((nested,), tie=TiePolicy.CASTING_VOTE)
    verdicts = {
        Vote.YES: Verdict.ADOPTED,
        Vote.NO: Verdict.NOT_ADOPTED,
        None: Verdict.OPEN,
    }
    for casting, verdict in verdicts.items():
        assert decide(voting("yynn", casting_vote=casting), rule).verdict is verdict
    assert decide(voting("yynn"), Rule((nested,))).verdict is Verdict.NOT_ADOPTED


def test_nobody_taking_part_is_no_consensus_and_no_open_question() -> None:
    outcome = decide(voting("xxx"), Rule((), mode=Mode.CONSENSUS))
    assert (outcome.verdict, outcome.because) == (Verdict.NOT_ADOPTED, Cause.SHORTFALL)


# --- All, any, and what is only an alternative ---------------------------------------------------

NESTED: Final = AnyOf((AllOf((at_least(5), at_least(4))), AnyOf((at_least(6), at_least(3)))))


def test_what_another_condition_makes_up_for_is_only_an_alternative() -> None:
    outcome = decide(voting("yyyxxx"), Rule((NESTED, at_least(1))))
    assert [(one.need, one.met, one.alternative) for one in outcome.findings] == [
        (5, False, True),
        (4, False, True),
        (6, False, True),
        (3, True, True),
        (1, True, False),
    ]
    assert outcome.deciding is not None
    assert outcome.deciding.need == 3


def test_where_no_alternative_holds_each_of_them_is_a_reason() -> None:
    outcome = decide(voting("yyxxxx"), Rule((NESTED, at_least(1))))
    assert [(one.need, one.met, one.alternative) for one in outcome.findings] == [
        (5, False, False),
        (4, False, False),
        (6, False, False),
        (3, False, False),
        (1, True, False),
    ]
    assert outcome.deciding is not None
    assert outcome.deciding.need == 5


def test_a_rule_knows_its_thresholds_however_deep() -> None:
    rule = Rule((NESTED, at_least(1)))
    assert [int(bar.amount) for bar in rule.thresholds()] == [5, 4, 6, 3, 1]
    assert rule.monotone
    no = Threshold(Bar.AT_LEAST, Fraction(1), counting=NO)
    assert not Rule((AnyOf((at_least(1), AllOf((no,)))),)).monotone


# --- Bases, within a class and in weight ---------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "low", "high"),
    [
        (None, None, None),
        (Base.PRESENT_AND_VOTING, 2, 2),
        (Base.CAST, 3, 3),
        (Base.PRESENT, 3, 6),
        (Base.ELIGIBLE, 5, 5),
        (Base.MEMBERS, 6, 6),
    ],
)
def test_the_bases_of_members(base: Base | None, low: int | None, high: int | None) -> None:
    """A yes, B no, C abstains, D away, E undecided, F in arrears; who was present is not known."""
    roll = voting("ynax?.", not_entitled=frozenset("F"))
    finding = threshold_test(roll, Threshold(Bar.MORE_THAN, HALF, base))
    assert (finding.have, finding.most, finding.of) == (1, 1, high)
    met = threshold_test(roll, Threshold(Bar.AT_LEAST, Fraction(1, low or 1), base)).met
    assert met is (True if low == high else None)


@pytest.mark.parametrize(
    ("base", "north", "people", "people_of_the_north"),
    [
        (Base.PRESENT_AND_VOTING, 2, 70, 70),
        (Base.CAST, 3, 80, 80),
        (Base.PRESENT, 3, 100, 80),
        (Base.ELIGIBLE, 3, 95, 80),
        (Base.MEMBERS, 3, 100, 80),
    ],
)
@pytest.mark.parametrize("roster", [True, False])
def test_the_bases_within_a_class_and_in_weight(
    base: Base, north: int, people: int, people_of_the_north: int, *, roster: bool
) -> None:
    """As above; where the roster is not known, the class or the weights say who there is."""
    roll = voting("ynax?.", not_entitled=frozenset("F"))
    roll = replace(roll, composition=chamber("ABCDEF", roster=roster))
    bars = {
        north: Threshold(Bar.MORE_THAN, HALF, base, among="north"),
        people: Threshold(Bar.MORE_THAN, HALF, base, by="people"),
        people_of_the_north: Threshold(Bar.MORE_THAN, HALF, base, by="people", among="north"),
    }
    found = [threshold_test(roll, bar) for bar in bars.values()]
    assert [one.of for one in found] == list(bars)
    assert [one.have for one in found] == ([1, 50, 50] if len(found) == 3 else [1, 50])


def test_a_member_without_a_weight_weighs_nothing() -> None:
    """G sits and votes yes; the column does not know it, whoever else voted."""
    bar = Threshold(Bar.MORE_THAN, HALF, Base.MEMBERS, by="people")
    assert figures(threshold_test(voting("xyxxxxy"), bar)) == (51, 20, 20, 100, False)
    loose = voting("x.xxxx.", {Vote.YES: 1})
    assert figures(threshold_test(loose, bar)) == (51, 0, 20, 100, False)


def test_who_is_in_the_room_can_differ_within_a_class() -> None:
    """Of those of the north present: one at least (it voted), three at most."""
    bar = Threshold(Bar.MORE_THAN, HALF, Base.PRESENT, among="north")
    assert figures(threshold_test(voting("yxxnnn"), bar)) == (2, 1, 1, 3, None)
    assert figures(threshold_test(voting("yyxnnn"), bar)) == (2, 2, 2, 3, True)
    by_weight = replace(bar, by="people", among=None)
    assert figures(threshold_test(voting("xyxnxx"), by_weight)) == (51, 20, 20, 100, None)
    assert figures(threshold_test(voting("xxxynn"), by_weight)) == (51, 10, 10, 100, False)


def test_who_voted_outside_a_class_is_not_in_its_base() -> None:
    cast = Threshold(Bar.MORE_THAN, HALF, Base.CAST, among="north")
    assert figures(threshold_test(voting("yyanay"), cast)) == (2, 2, 2, 3, True)
    assert figures(threshold_test(voting("yxxyyy"), replace(cast, by="people"))) == (
        26,
        50,
        50,
        50,
        True,
    )
    all_present = Threshold(Bar.AT_LEAST, Fraction(1), Base.PRESENT, among="north")
    loose = voting("......", {Vote.YES: 2, Vote.NO: 1, Vote.ABSENT: 3})
    assert figures(threshold_test(loose, all_present)) == (3, 0, 2, 3, None)


@pytest.mark.parametrize("counting", [NO | ABSTAIN, NOT_YES, ANY_VOTE])
def test_a_condition_can_count_several_votes_together(counting: frozenset[Vote]) -> None:
    roll = voting("ynnax?")
    have = sum(vote in counting for vote in roll.named.values())
    bar = Threshold(Bar.AT_LEAST, Fraction(have), counting=counting)
    assert figures(threshold_test(roll, bar)) == (have, have, have, None, True)
    one_more = replace(bar, amount=bar.amount + 1)
    assert threshold_test(roll, one_more).met is False


# --- Votes without names -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("among", "weighed", "extent"),
    [
        (None, False, (3, 3)),
        (None, True, (65, 80)),  # A's 50 and two of 20, 10, 10, 5 (not F's: in arrears)
        ("north", False, (1, 3)),
        ("north", True, (50, 80)),
        ("south", False, (0, 2)),
        ("south", True, (0, 15)),
    ],
)
def test_the_least_and_the_most_that_votes_without_names_can_add(
    among: str | None,
    weighed: bool,  # noqa: FBT001 - a column of the table
    extent: tuple[int, int],
) -> None:
    """A votes yes by name, so do two of B, C, D and E; F has no vote."""
    votes = {Vote.YES: 2, Vote.NO: 1, Vote.ABSTAIN: 1}
    roll = voting("y.....", votes, not_entitled=frozenset("F"))
    inside = None if among is None else CLASSES[among]
    weights = WEIGHTS["people"] if weighed else None
    assert roll.extent(YES, inside, weights) == extent


def test_where_two_must_be_of_the_class_they_are_counted() -> None:
    """Two of the south sit out: of three votes without names, two are the north's at least."""
    votes = {Vote.YES: 3, Vote.NO: 0}
    roll = voting("...xx.", votes)
    assert roll.extent(YES, CLASSES["north"], None) == (2, 3)
    assert roll.extent(YES, CLASSES["north"], WEIGHTS["people"]) == (30, 80)
    bar = Threshold(Bar.AT_LEAST, Fraction(3, 4), Base.PRESENT_AND_VOTING, among="north")
    assert figures(threshold_test(roll, bar)) == (2, 2, 3, 2, None)


@pytest.mark.parametrize(
    ("among", "weighed", "extent"),
    [
        (None, False, (3, 3)),
        (None, True, (50, 80)),
        ("north", False, (1, 3)),
        ("north", True, (50, 80)),
        ("south", False, (0, 2)),
        ("south", True, (0, 15)),
    ],
)
def test_without_a_roster_anybody_of_the_class_may_have_voted(
    among: str | None,
    weighed: bool,  # noqa: FBT001 - a column of the table
    extent: tuple[int, int],
) -> None:
    votes = {Vote.YES: 2, Vote.NO: 1, Vote.ABSTAIN: 2}
    composition = chamber("ABCDEF", roster=False)
    roll = RollCall(composition, {"A": Vote.YES}, votes)
    inside = None if among is None else CLASSES[among]
    weights = WEIGHTS["people"] if weighed else None
    assert roll.extent(YES, inside, weights) == extent


def test_settling_the_undecided_moves_all_of_them_and_nobody_else() -> None:
    roll = voting("y?n...", {Vote.YES: 1, Vote.UNDECIDED: 2})
    yes, no = roll.settle_undecided(Vote.YES), roll.settle_undecided(Vote.NO)
    assert (yes.named, yes.unnamed) == (voting("yyn").named, {Vote.YES: 3})
    assert (no.named, no.unnamed) == (voting("ynn").named, {Vote.YES: 1, Vote.NO: 2})
    assert (str(yes.tally), str(no.tally), yes.tally.undecided) == ("5-1-0", "2-4-0", 0)
    named = voting("y?.", {Vote.NO: 1}).settle_undecided(Vote.ABSTAIN)
    assert (named.named, named.unnamed) == (voting("ya").named, {Vote.NO: 1})


def test_a_roll_call_says_who_and_takes_other_votes_without_names() -> None:
    roll = RollCall(chamber("ABC"), {"C": Vote.YES, "A": Vote.YES, "B": Vote.NO})
    assert (roll.who(Vote.YES), roll.who(Vote.NO), roll.who(Vote.ABSENT)) == (
        ("A", "C"),
        ("B",),
        (),
    )
    other = roll.with_unnamed({Vote.YES: 2, Vote.NO: 0})
    assert (other.named, other.unnamed) == (roll.named, {Vote.YES: 2})


# --- Rounded weights -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "met"),
    [
        ("ynnnnn", None),  # 50 of 100 is the bar
        ("nyyyyy", None),
        ("ynnnnx", None),  # 50 of 95: 2 * 50 - 95 = 5, which is no more than 5
        ("ynnnxx", True),  # 50 of 90
        ("nyyyyx", None),
        ("nyyyxx", False),
    ],
)
def test_weights_within_their_rounding_of_the_bar_decide_nothing(
    votes: str, *, met: bool | None
) -> None:
    bar = Threshold(Bar.AT_LEAST, HALF, Base.PRESENT_AND_VOTING, by="people")
    roll = replace(voting(votes), composition=chamber("ABCDEF", errors=5))
    assert threshold_test(roll, bar).met is met
    exact = threshold_test(replace(roll, composition=chamber("ABCDEF")), bar)
    assert exact.met is votes.startswith("y") or votes == "nyyyyy"


@pytest.mark.parametrize(
    ("share", "errors", "sizes"),
    [
        (HALF, 0, (2, 2)),  # A's 50 are half, not more than half
        (Fraction(49, 100), 0, (1, 1)),
        (HALF, 5, (1, 2)),  # with five off, A may hold more
        (Fraction(7, 20), 0, (1, 1)),  # 50 of 100 are more than 35
        (Fraction(7, 10), 0, (3, 3)),  # 50 and 20 are 70, not more
        (Fraction(7, 10), 1, (2, 3)),
        (Fraction(7, 10), 15, (2, 4)),
        (HALF, 1000, (1, 6)),  # nothing can be told
    ],
)
def test_the_fewest_that_hold_more_than_a_share(
    share: Fraction, errors: int, sizes: tuple[int, int]
) -> None:
    for plus in (0, 1):
        roll = replace(voting("xxxxxx"), composition=chamber("ABCDEF", errors=errors))
        found = blocking_sizes(roll, Blocking(share, "people", plus))
        assert found == (sizes[0] + plus, sizes[1] + plus)


def test_only_members_that_may_vote_can_block() -> None:
    roll = voting("..xxxx", not_entitled=frozenset("A"), not_participating=frozenset("B"))
    assert blocking_sizes(roll, Blocking(HALF, "people")) == (2, 2)  # 10 and 10 of 30
    nobody = voting("......", not_entitled=frozenset("ABCDEF"))
    assert blocking_sizes(nobody, Blocking(HALF, "people", 1)) == (1, 1)
    unrounded = Composition(6, frozenset("ABCDEF"), CLASSES, WEIGHTS)
    exact = replace(voting("xxxxxx"), composition=unrounded)
    assert blocking_sizes(exact, Blocking(HALF, "people")) == (2, 2)


# --- Quorum, deemed adoption, veto: each finding in full -----------------------------------------


def test_the_finding_of_a_quorum_in_full() -> None:
    share = Threshold(Bar.AT_LEAST, HALF, Base.MEMBERS, citation=ARTICLE)
    number = Threshold(Bar.AT_LEAST, Fraction(3), citation=ARTICLE)
    roll = voting("ynxx")
    assert quorum_test(roll, share) == (
        Finding(Kind.QUORUM, share, 2, 2, 2, 4, met=True, citation=ARTICLE),
    )
    assert quorum_test(roll, number) == (
        Finding(Kind.QUORUM, number, 3, 2, 2, None, met=None, citation=ARTICLE),
    )
    assert quorum_test(replace(roll, present=1), share) == (
        Finding(Kind.QUORUM, share, 2, 1, 1, 4, met=False, citation=ARTICLE),
    )


def test_the_finding_of_a_deemed_adoption_in_full() -> None:
    """Fewer than four not in favour: members without a vote and those out are not in favour."""
    deemed = Deemed(4, citation=ARTICLE)
    roll = voting("yyna..", not_entitled=frozenset("E"), not_participating=frozenset("F"))
    assert deemed_test(roll, deemed) == (
        Finding(Kind.DEEMED, deemed, 4, 4, 4, None, met=False, citation=ARTICLE),
    )
    only_no = Deemed(4, NO, ARTICLE)
    assert deemed_test(roll, only_no) == (
        Finding(Kind.DEEMED, only_no, 4, 1, 1, None, met=True, citation=ARTICLE),
    )


def test_the_finding_of_a_veto_in_full() -> None:
    veto = BY_THE_SOUTH
    assert veto_test(voting("nyynyn"), veto, parties_out=False) == (
        Finding(Kind.VETO, veto, 0, 2, 2, None, met=False, citation=ARTICLE, who=("D", "F")),
    )
    parties = frozenset("DF")
    assert veto_test(voting("nyynyn", parties=parties), veto, parties_out=True) == (
        Finding(Kind.VETO, veto, 0, 0, 0, None, met=True, citation=ARTICLE),
    )


def test_where_everybody_holds_the_veto_the_parties_do_not() -> None:
    anybody = Veto(VetoOn.NO)
    named = voting("yn", parties=frozenset("B"))
    for roster in (True, False):
        roll = replace(named, composition=chamber("AB", roster=roster))
        (without,) = veto_test(roll, anybody, parties_out=True)
        assert (without.met, without.who) == (True, ())
        (kept,) = veto_test(roll, anybody, parties_out=False)
        assert (kept.met, kept.who) == (False, ("B",))
    (loose,) = veto_test(
        voting("yn.", {Vote.NO: 1}, parties=frozenset("B")), anybody, parties_out=True
    )
    assert (loose.have, loose.most, loose.met) == (1, 1, False)


# --- What decides, and what is meant where nothing is said ----------------------------------------


@pytest.mark.parametrize(
    ("needs", "votes", "kind", "need"),
    [
        ((1, 2, 3), "yyyx", Kind.NEED, 1),  # all are met: the first
        ((1, 3, 4), "yyxx", Kind.NEED, 3),  # the first that is not
        ((1, 3, 4), "yynx", Kind.DEEMED, 2),  # made up for, as fewer than two oppose
        ((1, 2, 3), "yyyn", Kind.NEED, 1),  # a veto stops it: what was met all the same
        ((), "yyyn", None, 0),
    ],
)
def test_what_decides(needs: tuple[int, ...], votes: str, kind: Kind | None, need: int) -> None:
    deemed = Deemed(2, NO) if "n" in votes else None
    rule = Rule(tuple(at_least(number) for number in needs), BY_THE_SOUTH, deemed=deemed)
    deciding = decide(voting(votes), rule).deciding
    assert (deciding and deciding.kind, deciding.need if deciding else 0) == (kind, need)


def test_where_a_deemed_adoption_is_vetoed_the_need_it_made_up_for_decides() -> None:
    outcome = decide(voting("yyxn"), Rule((at_least(3),), BY_THE_SOUTH, deemed=Deemed(2, NO)))
    assert outcome.because is Cause.VETO
    assert outcome.deciding is not None
    assert (outcome.deciding.kind, outcome.deciding.need) == (Kind.NEED, 3)


def test_equal_votes_are_a_tie_under_a_majority_of_those_voting_and_nothing_else() -> None:
    assert MAJORITY.ties
    others = (
        replace(MAJORITY, bar=Bar.AT_LEAST),
        replace(MAJORITY, amount=Fraction(2, 3)),
        replace(MAJORITY, base=Base.CAST),
        replace(MAJORITY, base=None),
        replace(MAJORITY, counting=NO),
        replace(MAJORITY, by="people"),
        replace(MAJORITY, among="north"),
    )
    assert [bar for bar in others if bar.ties] == []


def test_every_figure_of_a_tally() -> None:
    tally = Tally(1, 2, 4, 8, 16, 32, 64)
    assert (tally.present_and_voting, tally.cast, tally.eligible, tally.seats) == (3, 7, 31, 127)
    assert str(tally) == "1-2-4"
    assert Tally() == Tally(0, 0, 0, 0, 0, 0, 0)


def test_nothing_said_is_nothing_asked() -> None:
    assert Rule((MAJORITY,)) == Rule(
        (MAJORITY,),
        veto=None,
        quorum=None,
        tie=TiePolicy.NOT_ADOPTED,
        tie_citation=None,
        deemed=None,
        mode=Mode.VOTE,
        parties_abstain=False,
        period=Period(),
        citation=None,
        note="",
    )
    assert Blocking(HALF, "people") == Blocking(HALF, "people", plus=0)
    assert Veto() == Veto(VetoOn.NO, by=None)
    assert Veto(VetoOn.OBJECTION).votes == NO
    assert threshold_test(voting("y"), MAJORITY).alternative is False
    need = Finding(Kind.NEED, MAJORITY, 1, 1, 1, 1, met=True, citation=None)
    assert (need.who, need.alternative) == ((), False)
    adopted, tally, rule = Verdict.ADOPTED, Tally(1), Rule((MAJORITY,))
    outcome = Outcome(adopted, None, tally, (need,), rule, adopted, adopted, adopted)
    assert (outcome.vetoes, outcome.negatives, outcome.proven) == ((), (), True)
