"""The examples that are shipped: each is read without a complaint and decided as it must be."""

from functools import cache
from pathlib import Path
from typing import Final

import pytest
from tests.builders import PERMANENT

from unvote.api import Report, tally
from unvote.api.tallying import open_world
from unvote.files.proceedings import ProceedingsRun, run_proceedings
from unvote.loading.reader import read_file
from unvote.proceedings import Taken
from unvote.rulings import Ruling
from unvote.vocabulary import Vote

FOLDER: Final = Path(__file__).parents[1] / "resolutions"

# What the product is about: file, date, question, yes-no-abstain, members not voting, need, and
# the verdict or its cause with the vetoes. Written by hand from published results, so that a slip
# in a file and its own `expect:` together is still seen.
TABLE: Final = """
ukraine-2022/s-2022-155                     2022-02-25 substantive 11-1-3    0  9   veto RUS
ukraine-2022/s-res-2623                     2022-02-27 procedural  11-1-3    0  9   adopted
ukraine-2022/es-11-1                        2022-03-02 important   141-5-35  12 98  adopted
ukraine-2022/es-11-2                        2022-03-24 important   140-5-38  10 97  adopted
ukraine-2022/es-11-3                        2022-04-07 important   93-24-58  18 78  adopted
ukraine-2022/s-2022-720                     2022-09-30 substantive 10-1-4    0  9   veto RUS
ukraine-2022/recorded-vote-motion           2022-10-10 procedural  107-13-39 34 61  adopted
ukraine-2022/es-11-4                        2022-10-12 important   143-5-35  10 99  adopted
ukraine-2022/es-11-5                        2022-11-14 important   94-14-73  12 72  adopted
ukraine-2023/es-11-6                        2023-02-23 important   141-7-32  13 99  adopted
middle-east-2023/es-10-22-austrian-amendment 2023-12-12 important  89-61-21  22 100 shortfall
middle-east-2023/es-10-22-us-amendment      2023-12-12 important   84-62-25  22 98  shortfall
middle-east-2023/es-10-22                   2023-12-12 important   153-10-23 7  109 adopted
palestine-2014/s-2014-916                   2014-12-30 substantive 8-2-5     0  9   shortfall
ukraine-2025/es-11-7                        2025-02-24 important   93-18-65  17 74  adopted
ukraine-2025/es-11-8                        2025-02-24 important   93-8-73   19 68  adopted
ukraine-2025/s-2025-114                     2025-02-24 substantive 6-1-8     0  9   shortfall
ukraine-2025/s-2025-115                     2025-02-24 substantive 9-1-5     0  9   veto RUS
ukraine-2025/s-2025-116                     2025-02-24 substantive 11-1-3    0  9   veto RUS
ukraine-2025/s-2025-117                     2025-02-24 substantive 4-6-5     0  9   shortfall
ukraine-2025/s-2025-118                     2025-02-24 substantive 1-7-7     0  9   shortfall
ukraine-2025/s-res-2774                     2025-02-24 substantive 10-0-5    0  9   adopted
council-1965/s-res-218                      1965-11-23 substantive 7-0-4     0  7   adopted
two-thirds-failures/west-irian-1957-11      1957-11-29 important   41-29-11  1  47  shortfall
two-thirds-failures/algeria-1958            1958-12-13 important   35-18-28  1  36  shortfall
two-thirds-failures/china-1965-tie          1965-11-17 important   47-47-20  3  63  shortfall
two-thirds-failures/middle-east-1967-non-aligned 1967-07-04 important 53-46-20 3 66 shortfall
two-thirds-failures/china-1970              1970-11-20 important   51-49-25  2  67  shortfall
two-thirds-failures/china-1971-important-question 1971-10-25 ordinary 55-59-15 2 58 shortfall
two-thirds-failures/china-1971              1971-10-25 ordinary    76-35-17  3  56  adopted
china-seat/1966-important-question          1966-11-29 ordinary    66-48-7   0  58  adopted
china-seat/1966-seat                        1966-11-29 important   46-57-17  1  69  shortfall
admissions/palestine-2024-council           2024-04-18 substantive 12-1-2    0  9   veto USA
admissions/israel-1949-council              1949-03-04 substantive 9-1-1     0  7   adopted
admissions/israel-1949-assembly             1949-05-11 important   37-12-9   1  33  adopted
"""
LINES: Final = [line.split() for line in TABLE.strip().splitlines()]

# The proceedings, step by step: file, step, body, question, yes-no-abstain, need, and the verdict
# or its cause with the vetoes; or that the step is not taken.
STEPS: Final = """
ukraine-2022/february-march council            security-council substantive 11-1-3   9  veto RUS
ukraine-2022/february-march call               security-council procedural  11-1-3   9  adopted
ukraine-2022/february-march assembly           general-assembly important   141-5-35 98 adopted
ukraine-2025/24-february    es-11-7            general-assembly important   93-18-65 74 adopted
ukraine-2025/24-february    es-11-8            general-assembly important   93-8-73  68 adopted
ukraine-2025/24-february    amendment-114      security-council substantive 6-1-8    9  shortfall
ukraine-2025/24-february    amendment-115      security-council substantive 9-1-5    9  veto RUS
ukraine-2025/24-february    amendment-116      security-council substantive 11-1-3   9  veto RUS
ukraine-2025/24-february    amendment-117      security-council substantive 4-6-5    9  shortfall
ukraine-2025/24-february    amendment-118      security-council substantive 1-7-7    9  shortfall
ukraine-2025/24-february    resolution-2774    security-council substantive 10-0-5   9  adopted
china-seat/1966             important          general-assembly ordinary    66-48-7  58 adopted
china-seat/1966             seat-by-two-thirds general-assembly important   46-57-17 69 shortfall
china-seat/1966             seat-by-majority   not taken
china-seat/1971             important          general-assembly ordinary    55-59-15 58 shortfall
china-seat/1971             seat-by-two-thirds not taken
china-seat/1971             seat-by-majority   general-assembly ordinary    76-35-17 56 adopted
admissions/palestine-2024   council            security-council substantive 12-1-2   9  veto USA
admissions/palestine-2024   assembly           not taken
admissions/israel-1949      council            security-council substantive 9-1-1    7  adopted
admissions/israel-1949      assembly           general-assembly important   37-12-9  33 adopted
"""
PROCEEDINGS: Final = sorted({line.split()[0] for line in STEPS.strip().splitlines()})


@cache
def report() -> Report:
    """All examples read and decided, their expectations tested."""
    return tally(FOLDER, expect=True)


def results(file: str) -> list[Ruling]:
    """The results of one example."""
    path = str(FOLDER / f"{file}.yaml")
    return [r for r in report().results if r.case.file == path and r.case.step is None]


@cache
def proceedings(file: str) -> ProceedingsRun:
    """One of the proceedings, run."""
    return run_proceedings(*read_file(str(FOLDER / f"{file}.yaml")), open_world())


def ended(one: Taken) -> str:
    """What became of a step, as a line of `STEPS` without its file."""
    if one.taken is False:
        return f"{one.step.id} not taken"
    ruling = one.ruling
    assert one.taken
    assert ruling is not None
    assert ruling.outcome is not None
    assert ruling.outcome.deciding is not None
    (question,) = (asked.id for asked, _ in ruling.outcomes)
    words = [one.step.id, ruling.case.body.id, question, str(ruling.outcome.tally)]
    end = ruling.because.value if ruling.because else ruling.verdict.value
    return " ".join([*words, str(ruling.outcome.deciding.need), end, *ruling.outcome.vetoes])


def test_no_example_has_a_problem() -> None:
    """Neither an error nor a warning, and every expectation is met."""
    assert [(d.file, d.problem.code, d.problem.message) for d in report().problems] == []
    assert report().valid
    assert len({ruling.case.file for ruling in report().results}) >= 49


def test_every_example_is_decided_or_is_no_resolution() -> None:
    """What a folder skips are bodies, stances, scenarios and proceedings, and nothing else."""
    decided = {ruling.case.file for ruling in report().results}
    for path in sorted(FOLDER.rglob("*.yaml")):
        source, problems = read_file(str(path))
        assert problems == []
        kind = source.data.get("kind")
        assert (kind == "resolution") == (str(path) in decided), path
        assert kind in {"resolution", "body", "members", "stances", "scenario", "proceedings"}


def test_every_record_says_what_it_expects_and_where_it_comes_from() -> None:
    for ruling in report().results:
        case = ruling.case
        if case.forecast or case.part_of or case.step is not None:
            continue
        assert case.declared, case.file
        assert case.title, case.file
        assert case.sources, case.file
        assert case.expect is not None, case.file
        assert case.expect.verdict is ruling.verdict
        assert case.expect.because is ruling.because
        if ruling.outcome is not None:
            deciding = ruling.outcome.deciding
            assert deciding is not None
            assert case.expect.counts is not None, case.file
            assert (case.expect.need, case.expect.have) == (deciding.need, deciding.have)


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_the_votes_the_product_is_about(line: list[str]) -> None:
    file, day, question, counts, away, need, word, *vetoes = line
    ruling = results(file)[-1]
    outcome = ruling.outcome
    assert outcome is not None
    assert outcome.deciding is not None
    assert ruling.case.day.isoformat() == day
    assert [asked.id for asked, _ in ruling.outcomes] == [question]
    tally_ = outcome.tally
    assert str(tally_) == counts
    assert tally_.absent + tally_.not_entitled == int(away)
    assert outcome.deciding.need == int(need)
    verdict = "adopted" if word == "adopted" else "not adopted"
    assert (ruling.verdict.value, ruling.because and ruling.because.value) == (
        verdict,
        None if word == "adopted" else word,
    )
    assert list(outcome.vetoes) == vetoes


def test_the_same_numbers_and_opposite_verdicts() -> None:
    """11-1-3 twice within two days, Russia against both times: the first example of all."""
    vetoed, adopted = (results(f"ukraine-2022/{name}")[0] for name in ("s-2022-155", "s-res-2623"))
    assert vetoed.outcome is not None
    assert adopted.outcome is not None
    assert vetoed.outcome.tally == adopted.outcome.tally
    assert vetoed.verdict is not adopted.verdict
    assert vetoed.case.roll is not None
    assert adopted.case.roll is not None
    assert vetoed.case.roll.who(Vote.NO) == adopted.case.roll.who(Vote.NO) == ("RUS",)


def test_a_permanent_no_that_is_no_veto_and_abstentions_that_are_none() -> None:
    negative = results("palestine-2014/s-2014-916")[0].outcome
    assert negative is not None
    assert (negative.vetoes, negative.negatives) == ((), ("USA",))
    textbook = results("ukraine-2025/s-res-2774")[0]
    assert textbook.case.roll is not None
    assert set(textbook.case.roll.who(Vote.ABSTAIN)) & set(PERMANENT) == {"FRA", "GBR"}


def test_a_later_statement_never_changes_the_count() -> None:
    """ES-11/5: the Bahamas said afterwards what it had intended."""
    (ruling,) = results("ukraine-2022/es-11-5")
    assert ruling.case.later
    assert ruling.case.roll is not None
    assert ruling.outcome is not None
    assert str(ruling.outcome.tally) == "94-14-73"
    for code, intended in ruling.case.later.items():
        assert ruling.case.roll.named.get(code) is not intended


def test_a_sponsor_may_abstain_on_its_own_text() -> None:
    """ES-11/8 as amended: no problem is reported."""
    *amendments, ruling = results("ukraine-2025/es-11-8")
    assert len(amendments) == 4
    assert ruling.case.sponsors == ("USA",)
    assert ruling.case.roll is not None
    assert ruling.case.roll.named["USA"] is Vote.ABSTAIN


def test_the_amendments_to_the_path_to_peace_are_outcomes_without_counts() -> None:
    """Three European ones adopted, the Russian one rejected; no totals are made up."""
    amendments = results("ukraine-2025/es-11-8")[:-1]
    assert [(one.case.id, one.case.sponsors, one.verdict.value) for one in amendments] == [
        ("A1", ("FRA",), "adopted"),
        ("A2", ("FRA",), "adopted"),
        ("A3", ("FRA",), "adopted"),
        ("A4", ("RUS",), "not adopted"),
    ]
    for one in amendments:
        assert (one.case.roll, one.outcome, one.case.part_of) == (None, None, "ES-11/8")
        assert [question.id for question, _ in one.case.questions] == ["important"]
        assert "rule 84" in one.case.notes


def test_a_vote_that_was_never_held_is_open_and_nobody_has_a_place_in_it() -> None:
    (ruling,) = results("admissions/palestine-2024-assembly")
    assert ruling.case.forecast
    assert ruling.case.roll is not None
    assert set(ruling.case.roll.named.values()) == {Vote.UNDECIDED}
    assert (ruling.verdict.value, ruling.because and ruling.because.value) == ("open", "undecided")


@pytest.mark.parametrize("file", PROCEEDINGS)
def test_the_proceedings_step_by_step(file: str) -> None:
    ran = proceedings(file)
    assert ran.problems == ()
    wanted = [line.split()[1:] for line in STEPS.strip().splitlines() if line.split()[0] == file]
    assert [ended(one) for one in ran.steps] == [" ".join(line) for line in wanted]


def test_every_proceedings_has_its_steps_in_the_table_and_expects_something_of_each() -> None:
    found = []
    for path in sorted(FOLDER.rglob("*.yaml")):
        source, _ = read_file(str(path))
        if source.data.get("kind") != "proceedings":
            continue
        found.append(path.relative_to(FOLDER).with_suffix("").as_posix())
        assert source.data.get("title"), path
        assert source.data.get("sources"), path
        steps = [one.step.id for one in proceedings(found[-1]).steps]
        assert list(source.data["expect"]) == steps, path
    assert found == PROCEEDINGS


def test_the_seat_is_put_once_whatever_the_first_vote_says() -> None:
    """The two steps on the seat hold one roll call, and only one of them is taken."""
    for file in ("china-seat/1966", "china-seat/1971"):
        _, by_two_thirds, by_majority = proceedings(file).steps
        assert (by_two_thirds.taken, by_majority.taken) in {(True, False), (False, True)}
        first, second = (one.step.rulings[-1].case.roll for one in (by_two_thirds, by_majority))
        assert first is not None
        assert first == second


def test_the_day_of_two_bodies_has_its_two_abstentions() -> None:
    """The sponsor on its own amended text, and two permanent members that do not veto."""
    steps = {one.step.id: one for one in proceedings("ukraine-2025/24-february").steps}
    amended, adopted = steps["es-11-8"].ruling, steps["resolution-2774"].ruling
    assert amended is not None
    assert adopted is not None
    assert amended.case.roll is not None
    assert adopted.case.roll is not None
    assert set(amended.case.sponsors) <= set(amended.case.roll.who(Vote.ABSTAIN))
    assert set(adopted.case.roll.who(Vote.ABSTAIN)) & set(PERMANENT) == {"FRA", "GBR"}
    assert [one.case.id for one in steps["es-11-8"].step.rulings] == [
        "A1",
        "A2",
        "A3",
        "A4",
        "ES-11/8",
    ]


def test_the_chamber_is_full_in_every_example() -> None:
    """Everybody is counted once: the tally adds up to the seats of that day."""
    for ruling in report().results:
        if ruling.outcome is not None and ruling.case.roll is not None:
            assert ruling.outcome.tally.seats == ruling.case.roll.composition.seats


def test_every_example_stands_in_the_list_of_examples() -> None:
    listing = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*.yaml")):
        source, _ = read_file(str(path))
        if source.data.get("kind") in {"resolution", "proceedings"}:
            assert f"({path.relative_to(FOLDER).as_posix()})" in listing, path
