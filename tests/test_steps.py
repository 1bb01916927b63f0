"""Steps of proceedings: the question they are put under, their ids, and records among forecasts."""

from datetime import date
from pathlib import Path

import pytest

import unvote
from unvote.chains import End
from unvote.vocabulary import Verdict

FILES = {
    "record.yaml": "counts: 89-61-21\n",
    "forecast.yaml": "stances: {yes: [FRA, GBR], no: [RUS]}\n",
    "named.yaml": "question: substantive\ncounts: 9-1-5\nnamed: {no: [DZA]}\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, votes in FILES.items():
        body = "unsc" if "substantive" in votes else "unga"
        head = f"id: {name}\nbody: {body}\ndate: 2025-02-24\n"
        (tmp_path / name).write_text(head + votes)
    return tmp_path


def proceedings(folder: Path, *steps: str) -> Path:
    file = folder / "day.yaml"
    lines = "".join(f"  - {{{step}}}\n" for step in steps)
    file.write_text(f"kind: proceedings\nsteps:\n{lines}")
    return file


def codes(report: unvote.Report) -> list[str]:
    return [problem.problem.code for problem in report.problems if problem.is_error]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [("ordinary", Verdict.ADOPTED), ("important", Verdict.NOT_ADOPTED)],
)
def test_a_step_says_under_which_question_its_text_is_put(
    folder: Path, question: str, verdict: Verdict
) -> None:
    step = f"id: a, resolution: record.yaml, question: {question}"
    report = unvote.tally(proceedings(folder, step))
    assert report.valid
    assert [ruling.verdict for ruling in report.results] == [verdict]


def test_one_roll_call_is_put_under_two_questions_from_one_file(folder: Path) -> None:
    ordinary = "id: a, resolution: record.yaml, question: ordinary"
    important = "id: b, resolution: record.yaml, question: important"
    report = unvote.tally(proceedings(folder, ordinary, important))
    assert [r.verdict for r in report.results] == [Verdict.ADOPTED, Verdict.NOT_ADOPTED]


def test_a_question_the_body_does_not_have_is_an_error(folder: Path) -> None:
    step = "id: a, resolution: record.yaml, question: substantive"
    assert codes(unvote.tally(proceedings(folder, step))) == ["UV408"]


def test_odds_say_which_question_is_not_declared_and_a_step_can_declare_it(folder: Path) -> None:
    report = unvote.odds(proceedings(folder, "id: a, resolution: forecast.yaml"))
    (problem,) = [each.problem for each in report.problems if each.is_error]
    assert problem.code == "UV410"
    assert problem.hint == "add `question:` to a, in its file or its step"
    step = "id: a, resolution: forecast.yaml, question: ordinary"
    assert unvote.odds(proceedings(folder, step)).valid


def test_a_record_whose_names_decide_is_as_it_was_decided_along_a_chain(folder: Path) -> None:
    report = unvote.odds(
        proceedings(
            folder,
            "id: a, resolution: named.yaml",
            "id: b, resolution: forecast.yaml, question: ordinary, when: a is adopted",
        )
    )
    assert report.chain is not None
    assert report.chain.odds.ends["a"] == {End.ADOPTED: 1}


@pytest.mark.parametrize("name", ["two words", "and", "or", "is", "not", "(a", "a)"])
def test_an_id_that_no_condition_could_name_is_an_error(folder: Path, name: str) -> None:
    step = f"id: '{name}', resolution: record.yaml, question: ordinary"
    assert codes(unvote.tally(proceedings(folder, step))) == ["UV110"]


def test_odds_of_proceedings_can_be_told_as_if_held_on_another_day(folder: Path) -> None:
    """`on` decides by the rules of that day: seven of eleven in 1965, not nine of fifteen."""
    (folder / "named.yaml").write_text(
        "id: x\nbody: unsc\ndate: 2025-02-24\nquestion: procedural\ncounts: 7-0-4\n"
    )
    file = proceedings(folder, "id: a, resolution: named.yaml")
    for day, end in ((None, End.LOST), (date(1965, 6, 1), End.ADOPTED)):
        report = unvote.odds(file, on=day)
        assert report.chain is not None
        assert report.chain.odds.ends["a"] == {end: 1}


def test_an_amendment_takes_no_stances_from_a_file(tmp_path: Path) -> None:
    """They would not be read; every member would be taken as undecided."""
    (tmp_path / "x.yaml").write_text(
        "id: x\nbody: unga\ndate: 2025-02-24\nquestion: ordinary\n"
        "amendments: [{id: A1, stances: st.yaml}]\ncounts: 100-20-30\n"
    )
    assert codes(unvote.tally(tmp_path / "x.yaml")) == ["UV110"]
