"""The numbers that decide an open vote, against every choice of members and every completion.

`least` is of the best choice, the rest abstaining; `sure` of every choice, whatever the rest do.

The verdicts come from `tests.strategies`, which counts once more by the words of the rule.
"""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import event, given, settings
from tests.builders import by_name, composition, rule, ruling
from tests.strategies import ANY_VOTE, MONOTONE, rolls, rules, verdict_of, verdicts_of

from unvote.engine import decide
from unvote.reach import Reach, reach
from unvote.render.card import card
from unvote.render.data import ruling_data
from unvote.render.style import Look
from unvote.rollcall import Composition, RollCall
from unvote.rules import HALF, Bar, Condition, Rule, Threshold
from unvote.rulings import Ruling
from unvote.vocabulary import Base, TiePolicy, Verdict, Vote
from unvote.wording import reach_words

MAJORITY = Threshold(Bar.MORE_THAN, HALF, Base.PRESENT_AND_VOTING)
TWO_THIRDS = Threshold(Bar.AT_LEAST, Fraction(2, 3), Base.PRESENT_AND_VOTING)
ALL_MEMBERS = Threshold(Bar.MORE_THAN, HALF, Base.MEMBERS)
FOUR = Threshold(Bar.AT_LEAST, Fraction(4))


def free(roll: RollCall, rule: Rule) -> list[str]:
    """The undecided whose vote will count: a party to the dispute shall abstain."""
    bound = roll.parties if rule.parties_abstain else frozenset[str]()
    return [code for code in roll.who(Vote.UNDECIDED) if code not in bound]


def least_by_trial(roll: RollCall, rule: Rule) -> int | None:
    """The fewest yes with which some choice of members adopts the text, the rest abstaining."""
    for count in range(len(free(roll, rule)) + 1):
        for chosen in combinations(free(roll, rule), count):
            asked = roll.with_votes(dict.fromkeys(chosen, Vote.YES))
            if verdicts_of(asked.settle_undecided(Vote.ABSTAIN), rule) == {Verdict.ADOPTED}:
                return count
    return None


def sure_by_trial(roll: RollCall, rule: Rule) -> int | None:
    """The fewest yes with which every choice of members adopts it, whatever the rest do."""
    for count in range(len(free(roll, rule)) + 1):
        choices = combinations(free(roll, rule), count)
        asked = (roll.with_votes(dict.fromkeys(chosen, Vote.YES)) for chosen in choices)
        if all(verdicts_of(one, rule) == {Verdict.ADOPTED} for one in asked):
            return count
    return None


def holders_by_trial(roll: RollCall, rule: Rule) -> tuple[str, ...]:
    """The undecided whose no alone defeats a text that everybody else votes for."""
    bare = replace(rule, needs=(), quorum=None, deemed=None)
    all_yes = dict.fromkeys(roll.named, Vote.YES)
    return tuple(
        code
        for code in free(roll, rule)
        if verdict_of(all_yes | {code: Vote.NO}, roll, bare) is Verdict.NOT_ADOPTED
    )


def letters(votes: str) -> RollCall:
    """Members A, B, C and so on, voting `y`, `n`, `a`, `x` (absent) or `?` (undecided)."""
    meanings = dict(zip("ynax?", Vote, strict=True))
    named = {chr(ord("A") + place): meanings[letter] for place, letter in enumerate(votes)}
    return RollCall(Composition(len(named), frozenset(named)), named)


def draft(body: str, question: str, stances: str) -> str:
    """A file of a vote that has not been held."""
    head = f"id: D\nbody: {body}\nquestion: {question}\ndate: 2022-02-25\n"
    return f"{head}stances: {stances}\n"


def in_words(drafted: Ruling) -> str:
    """What the card says of the verdict, on one line."""
    return " ".join(card(drafted, Look()).split("Vote  ")[0].split())


# --- Against every choice ------------------------------------------------------------------------


def by_heads(condition: Condition) -> Condition:
    """A condition with every threshold on all members, each counting one."""
    if isinstance(condition, Threshold):
        return replace(condition, by=None, among=None)
    return replace(condition, conditions=tuple(by_heads(part) for part in condition.conditions))


RULES = rules(MONOTONE, present=False).map(
    lambda rule: replace(rule, needs=tuple(by_heads(need) for need in rule.needs), deemed=None)
)
ROLLS = rolls().filter(lambda roll: bool(roll.tally.undecided))


@given(roll=ROLLS, rule=RULES)
@settings(max_examples=1000, deadline=None)
def test_the_numbers_are_those_of_every_choice_of_members(roll: RollCall, rule: Rule) -> None:
    """Thresholds of every base, any and all, vetoes of every kind, ties, quorum, parties."""
    found, undecided = reach(roll, rule), len(free(roll, rule))
    if not undecided:
        assert found is None
        return
    least, sure = least_by_trial(roll, rule), sure_by_trial(roll, rule)
    event("never" if least is None else f"least {least}, sure {sure} of {undecided}")
    assert found == Reach(undecided, least, sure, holders_by_trial(roll, rule))


@given(roll=ROLLS, rule=RULES)
@settings(max_examples=300, deadline=None)
def test_while_a_veto_can_still_be_used_only_all_of_them_are_sure(
    roll: RollCall, rule: Rule
) -> None:
    found = reach(roll, rule)
    if found is not None and found.holders:
        event("a veto held")
        assert found.sure in {None, found.undecided}


@given(roll=rolls(), rule=rules(ANY_VOTE, present=False))
@settings(max_examples=500, deadline=None)
def test_no_number_is_given_where_more_than_the_number_counts(roll: RollCall, rule: Rule) -> None:
    """Weights and classes, deemed adoption, votes that are not yes, or nobody undecided."""
    special = any(leaf.among or leaf.by for leaf in rule.thresholds())
    if special or rule.deemed or not rule.monotone or not free(roll, rule):
        assert reach(roll, rule) is None
    else:
        assert reach(roll, rule) is not None


@pytest.mark.parametrize("bar", [MAJORITY, TWO_THIRDS, ALL_MEMBERS, FOUR])
@pytest.mark.parametrize("undecided", range(1, 5))
@pytest.mark.parametrize("known", ["", "y", "n", "yn", "ynn", "yya", "nnx"])
def test_undecided_votes_without_names_count_like_those_with(
    known: str, undecided: int, bar: Threshold
) -> None:
    named = letters(known + "?" * undecided)
    unnamed = replace(
        named,
        named={code: vote for code, vote in named.named.items() if vote is not Vote.UNDECIDED},
        unnamed={Vote.UNDECIDED: undecided},
    )
    assert reach(unnamed, Rule((bar,))) == reach(named, Rule((bar,)))


@pytest.mark.parametrize(
    ("votes", "bar", "expected"),
    [
        ("yyy???", MAJORITY, Reach(3, 0, 1)),  # 3 of 3; with two no 4 of 6
        ("yyy???", TWO_THIRDS, Reach(3, 0, 1)),  # with two no 4 of 6, exactly two-thirds
        ("yynn??", MAJORITY, Reach(2, 1, 2)),  # 3 of 5; 3 of 6 is a tie
        ("y?????", FOUR, Reach(5, 3, 3)),
        ("yn????", ALL_MEMBERS, Reach(4, 3, 3)),
        ("nnnn??", ALL_MEMBERS, Reach(2, None, None)),
        ("yyyy??", FOUR, Reach(2, 0, 0)),  # adopted already
    ],
)
def test_the_numbers_of_plain_cases(votes: str, bar: Threshold, expected: Reach) -> None:
    assert reach(letters(votes), Rule((bar,))) == expected


def test_a_tie_is_not_reached_by_a_casting_vote_that_is_not_known() -> None:
    bar = Rule((MAJORITY,), tie=TiePolicy.CASTING_VOTE)
    assert reach(letters("yn?"), bar) == Reach(1, 1, 1)
    cast = replace(letters("yyn?"), casting_vote=Vote.YES)
    assert reach(cast, bar) == Reach(1, 0, 0)


# --- The Council, where it also matters who ------------------------------------------------------


def test_in_the_council_nothing_is_sure_before_the_permanent_members_have_voted() -> None:
    """Eight yes, five undecided: any ninth yes will do, and nothing but all five is sure."""
    members = composition("unsc")
    assert members.members is not None
    elected = sorted(members.members - members.classes["permanent"])
    roll = by_name(
        members,
        {
            Vote.YES: ["CHN", "FRA", "GBR", *elected[:5]],
            Vote.UNDECIDED: ["RUS", "USA", *elected[5:8]],
        },
    )
    substantive = rule("unsc", "substantive")
    assert reach(roll, substantive) == Reach(5, 1, 5, ("RUS", "USA"))
    others = roll.with_votes(dict.fromkeys(elected[5:8], Vote.YES))
    assert decide(others, substantive).verdict is Verdict.OPEN
    both = roll.with_votes({"RUS": Vote.YES, "USA": Vote.YES})
    assert decide(both, substantive).verdict is Verdict.ADOPTED
    assert reach(roll, rule("unsc", "procedural")) == Reach(5, 1, 1)


COUNCIL = "{yes: [FRA, GBR, USA, ALB, NOR, IRL, KEN, GAB], abstain: [CHN]}"


def test_whose_no_would_be_a_veto_is_said_and_no_number_is_called_sure() -> None:
    """With a ninth yes from anybody but Russia the vote is as open as it was."""
    drafted = ruling(draft("unsc", "substantive", COUNCIL))
    roll, (_, bar) = drafted.case.roll, drafted.case.questions[0]
    assert roll is not None
    assert decide(roll.with_votes({"GHA": Vote.YES}), bar).verdict is Verdict.OPEN
    assert decide(roll.with_votes({"RUS": Vote.YES}), bar).verdict is Verdict.ADOPTED
    assert ruling_data(drafted)["undecided"] == {"least": 1, "sure": 6, "holders": ["RUS"]}
    verdict = in_words(drafted)
    assert "at least 1 more yes is needed; a no of RUS is a veto" in verdict
    assert "settle" not in verdict


def test_a_party_to_the_dispute_is_nobody_to_win() -> None:
    """Eight yes; Russia shall abstain and holds no veto, so Ghana's is the yes that is needed."""
    stances = "{yes: [FRA, GBR, USA, ALB, NOR, IRL, KEN, GAB], abstain: [CHN, ARE, BRA, IND, MEX]}"
    drafted = ruling(draft("unsc", "party-to-dispute", stances) + "parties: [RUS]\n")
    roll = drafted.case.roll
    assert roll is not None
    assert roll.who(Vote.UNDECIDED) == ("GHA", "RUS")
    assert ruling_data(drafted)["undecided"] == {"least": 1, "sure": 1, "holders": []}
    assert drafted.verdict is Verdict.OPEN


def test_no_number_is_given_where_the_file_names_no_question() -> None:
    """93 more make a simple majority sure, and no two-thirds: there are no numbers of both."""
    drafted = ruling("id: D\nbody: unga\ndate: 2022-10-12\nstances: {yes: [FRA], no: [RUS]}\n")
    roll = drafted.case.roll
    assert roll is not None
    numbers = [reach(roll, bar) for _, bar in drafted.case.questions]
    assert len(set(numbers)) == len(numbers) == 2
    assert ruling_data(drafted)["undecided"] is None
    assert "more yes" not in in_words(drafted)


# --- In words and as data ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stances", "undecided"),
    [
        ("{yes: [FRA, DEU, SWE], no: [RUS]}", (0, 125)),  # 128 of 192
        ("{yes: [FRA], no: [RUS, CHN, CUB]}", (5, 127)),  # 6 of 9
    ],
)
def test_an_open_verdict_says_how_many_decide(stances: str, undecided: tuple[int, int]) -> None:
    least, sure = undecided
    drafted = ruling(draft("unga", "important", stances))
    assert ruling_data(drafted)["undecided"] == {"least": least, "sure": sure, "holders": []}
    verdict = in_words(drafted)
    if least:
        assert f"at least {least} more yes are needed" in verdict
    else:
        assert "adopted if all abstain" in verdict
    assert f"; {sure} more yes settle it, whatever the others do; as listed" in verdict
    assert f"as listed {'not adopted' if least else 'adopted'}" in verdict


def test_nothing_is_said_of_numbers_where_all_votes_are_known_or_the_question_is_not() -> None:
    known = ruling("id: K\nbody: unga\nquestion: ordinary\ndate: 2022-02-25\ncounts: 9-8-7\n")
    assert ruling_data(known)["undecided"] is None
    weighed = ruling(
        "id: E\nbody: eu-council\nquestion: qualified\ndate: 2025-06-01\nstances: {yes: [FRA]}\n"
    )
    assert ruling_data(weighed)["undecided"] is None
    assert "26 undecided" in card(weighed, Look())


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Reach(3, None, None), "3 undecided"),
        (Reach(3, None, None, ("RUS",)), "3 undecided"),
        (Reach(3, 2, 2), "3 undecided: at least 2 more yes are needed"),
        (
            Reach(3, 0, 1),
            ("3 undecided: adopted if all abstain; 1 more yes settles it, whatever the others do"),
        ),
        (
            Reach(9, 1, 4),
            (
                "9 undecided: at least 1 more yes is needed; "
                "4 more yes settle it, whatever the others do"
            ),
        ),
        (
            Reach(9, 2, 9, ("RUS", "USA")),
            "9 undecided: at least 2 more yes are needed; a no of RUS or USA is a veto",
        ),
        (
            Reach(2, 0, 2, ("RUS",)),
            "2 undecided: adopted if all abstain; a no of RUS is a veto",
        ),
    ],
)
def test_the_words_for_the_numbers(found: Reach, words: str) -> None:
    assert reach_words(found) == words
