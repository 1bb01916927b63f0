"""On every date each body has its members, and each of its questions exactly one rule."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pytest
from tests.builders import PERMANENT, body, composition, world

from unvote.bodies import Body, columns
from unvote.members import Period

DAY: Final = timedelta(days=1)
FIRST: Final = date(1945, 10, 24)  # the Charter in force; for a body that states no first day
LAST: Final = date(2030, 12, 31)
BODIES: Final = {
    "consensus": ["consensus"],
    "ecosoc": ["ordinary"],
    "eu-council": [
        "qualified",
        "qualified-opt-out",
        "reinforced",
        "reinforced-opt-out",
        "simple",
        "unanimity",
    ],
    "general-assembly": [
        "ordinary",
        "important",
        "procedural",
        "charter-amendment",
        "council-reform",
        "absolute-majority",
    ],
    "human-rights-council": ["ordinary"],
    "iaea-board": ["ordinary", "two-thirds"],
    "main-committee": ["ordinary", "reconsideration"],
    "security-council": [
        "substantive",
        "procedural",
        "party-to-dispute",
        "icj-election",
        "review-conference",
    ],
    "unesco-executive-board": ["ordinary", "two-thirds"],
}
QUESTIONS: Final = [(name, question) for name, known in BODIES.items() for question in known]


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    return (first + DAY * number for number in range((last - first).days + 1))


def within(spans: tuple[Period, ...]) -> Iterator[date]:
    """Every day of these periods, which must have both ends."""
    for span in spans:
        assert span.since is not None
        assert span.until is not None
        yield from days(span.since, span.until)


def test_the_shipped_data_files_have_nothing_wrong_and_these_questions() -> None:
    found = {each.id: list(each.questions) for each in world().shipped_bodies()}
    assert found == BODIES
    assert world().names is not None
    assert world().diagnostics == []


# --- One rule a day ----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "question"), QUESTIONS)
def test_every_question_has_exactly_one_rule_on_every_day(name: str, question: str) -> None:
    """From the body's first day to the end of 2030, day by day."""
    asked = body(name)
    rules = asked.questions[question].rules
    wrong = [
        day
        for day in days(asked.since or FIRST, LAST)
        if sum(rule.period.covers(day) for rule in rules) != 1
    ]
    assert wrong == []


@pytest.mark.parametrize(("name", "question"), QUESTIONS)
def test_no_question_has_a_rule_before_the_body_began(name: str, question: str) -> None:
    """Bodies without a first day have rules that hold always."""
    asked = body(name)
    before = (asked.since or FIRST) - DAY
    assert len(asked.questions[question].rules_on(before)) == (0 if asked.since else 1)


@pytest.mark.parametrize(
    ("name", "question", "last_of_old", "old", "new"),
    [
        ("sc", "substantive", date(1965, 12, 31), 7, 9),
        ("sc", "procedural", date(1965, 12, 31), 7, 9),
        ("sc", "party-to-dispute", date(1965, 12, 31), 7, 9),
        ("sc", "review-conference", date(1968, 6, 11), 7, 9),
        ("ga", "council-reform", date(1998, 11, 22), 1, 124),  # of nobody voting; of 185 members
    ],
)
def test_the_day_a_rule_changed(
    name: str, question: str, last_of_old: date, old: int, new: int
) -> None:
    needs = []
    for day in (last_of_old, last_of_old + DAY):
        (rule,) = body(name).questions[question].rules_on(day)
        (bar,) = rule.thresholds()
        base = composition(name, day).seats if bar.base and bar.base.value == "members" else 0
        needs.append(bar.need(base))
    assert needs == [old, new]


@pytest.mark.parametrize(("name", "question"), QUESTIONS)
def test_every_rule_cites_where_it_stands(name: str, question: str) -> None:
    for rule in body(name).questions[question].rules:
        assert rule.citation is not None
        assert rule.citation.text
        assert rule.thresholds() or rule.veto is not None


def test_each_body_has_one_default_question_or_lists_what_to_try() -> None:
    for each in world().shipped_bodies():
        defaults = [question.id for question in each.questions.values() if question.default]
        assert len(defaults) == 1 or (not defaults and len(each.candidates()) > 1), each.id
        assert set(each.candidates()) <= set(each.questions)


# --- Who sits ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(1945, 12, 31), 51),
        (date(1946, 12, 31), 55),
        (date(1950, 12, 31), 60),
        (date(1955, 12, 31), 76),
        (date(1960, 12, 31), 99),
        (date(1963, 12, 31), 113),
        (date(1971, 10, 25), 131),
        (date(1990, 12, 31), 159),
        (date(2000, 12, 31), 189),
        (date(2011, 7, 13), 192),
        (date(2011, 7, 14), 193),
        (date(2026, 11, 1), 193),
    ],
)
def test_how_many_members_the_united_nations_had(day: date, members: int) -> None:
    """As the Organization's own table of its growth has it."""
    assert len(world().membership.on(day)) == members
    if day >= date(1946, 1, 10):
        assert composition("ga", day).seats == composition("main-committee", day).seats == members


def test_the_security_council_has_its_eleven_or_fifteen_members_on_every_day() -> None:
    council, membership = body("sc"), world().membership
    for day in within(council.roster.known):
        seated = council.roster.on(day, membership)
        assert seated is not None
        assert len(seated) == (11 if day.year < 1966 else 15), day
        assert seated >= set(PERMANENT)
        assert seated <= membership.on(day), (day, seated - membership.on(day))


@pytest.mark.parametrize("year", range(1946, 2028))
def test_the_security_council_of_each_year(year: int) -> None:
    """Elected and permanent ones apart, on the last day of the year and on its first."""
    for day in (date(year, 1, 17), date(year, 12, 31)):
        seats = composition("sc", day)
        assert seats.members is not None
        elected = seats.members - seats.classes["permanent"]
        assert (len(elected), seats.seats) == ((6, 11) if year < 1966 else (10, 15))


def test_yemen_took_the_seat_of_democratic_yemen_within_a_term() -> None:
    """One seat and two members in 1990: never both, never neither."""
    for day, sits in ((date(1990, 5, 21), "YMD"), (date(1990, 5, 22), "YEM")):
        seated = composition("sc", day).members
        assert seated is not None
        assert seated & {"YEM", "YMD"} == {sits}


def test_the_human_rights_council_has_47_members_but_where_a_seat_was_empty() -> None:
    """Libya suspended in 2011, the United States leaving in 2018, Russia suspended in 2022."""
    council, membership = body("hrc"), world().membership
    empty = [
        (date(2011, 3, 1), date(2011, 11, 17)),
        (date(2018, 6, 20), date(2018, 7, 12)),
        (date(2022, 4, 8), date(2022, 5, 9)),
    ]
    for day in within(council.roster.known):
        seated = council.roster.on(day, membership)
        assert seated is not None
        vacant = any(first <= day <= last for first, last in empty)
        assert len(seated) == (46 if vacant else 47), day
        assert seated <= membership.on(day)
    assert council.size_on(date(2035, 1, 1), membership) == 47


def test_the_economic_and_social_council_has_its_seats_and_54_names_where_known() -> None:
    council, membership = body("ecosoc"), world().membership
    sizes = {1946: 18, 1965: 18, 1966: 27, 1973: 27, 1974: 54, 2007: 54, 2026: 54}
    for year, size in sizes.items():
        assert council.size_on(date(year, 12, 31), membership) == size
    assert council.roster.on(date(2007, 6, 1), membership) is None
    for day in within(council.roster.known):
        seated = council.roster.on(day, membership)
        assert seated is not None
        assert len(seated) == 54, day
        assert seated <= membership.on(day)


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(2014, 11, 1), 28),
        (date(2020, 1, 31), 28),
        (date(2020, 2, 1), 27),
        (date(2026, 1, 1), 27),
    ],
)
def test_the_european_council_follows_the_membership_of_the_union(day: date, members: int) -> None:
    seats = composition("eu-council", day)
    assert seats.members is not None
    assert len(seats.members) == seats.seats == members


def columns_of(each: Body) -> Iterator[str]:
    """The columns of weights that a body's rules need."""
    for question in each.questions.values():
        for rule in question.rules:
            yield from columns(rule)


def test_every_column_of_weights_is_of_exactly_those_that_sit() -> None:
    """And at most one is in force on any day."""
    seen = 0
    for each in world().shipped_bodies():
        assert set(columns_of(each)) <= set(each.weights)
        for dated in each.weights.values():
            for day in days(each.since or FIRST, LAST):
                in_force = [entry for entry in dated if entry.period.covers(day)]
                assert len(in_force) <= 1
                for entry in in_force:
                    assert frozenset(entry.values) == each.roster.on(day, world().membership)
                    assert all(value > 0 for value in entry.values.values())
                    assert entry.source is not None
                    seen += 1
    assert seen == 366 + 365 + 365  # days of 2016, 2023 and 2025


def test_the_populations_of_the_union_add_up_to_all_of_it_within_the_rounding() -> None:
    """Hundredths of a percent: 10,000 in all, give or take half a unit for each member."""
    for entry in body("eu-council").weights["population"]:
        assert abs(sum(entry.values.values()) - 10_000) <= entry.error
        assert entry.error >= len(entry.values) // 2
