"""Verdicts that went wrong once, each with the file that showed it."""

from pathlib import Path

import pytest

from unvote import tally
from unvote.api.tallying import Report
from unvote.vocabulary import Verdict

OUT = (
    "[AUT, BEL, BGR, CYP, CZE, DEU, DNK, ESP, EST, FIN, FRA, GRC, HRV, HUN, IRL, ITA, LTU, LUX, "
    "LVA, NLD, POL, PRT, ROU, SVK]"
)
HEAD = "id: x\nbody: {body}\ndate: {day}\nquestion: {question}\n"


def decided(text: str) -> Report:
    return tally("-", stdin=text.encode())


@pytest.mark.parametrize("question", ["qualified", "qualified-opt-out"])
def test_members_that_take_no_part_do_not_adopt_for_the_others(question: str) -> None:
    """TEU, Art. 16(4): fewer than four not in favour, of all members of the Council."""
    head = HEAD.format(body="eu", day="2025-03-01", question=question)
    report = decided(f"{head}votes: {{yes: [MLT]}}\nnot_participating: {OUT}\n")
    assert [ruling.verdict for ruling in report.results] == [Verdict.NOT_ADOPTED]


@pytest.mark.parametrize("votes", ["votes:", "votes: {}", "votes: {yes: , no: }", "counts:"])
def test_an_empty_value_is_missing_and_decides_nothing(votes: str) -> None:
    report = decided(
        HEAD.format(body="unsc", day="2022-03-02", question="substantive") + votes + "\n"
    )
    assert not report.results
    assert {problem.problem.code for problem in report.problems} == {"UV111"}


@pytest.mark.parametrize(
    ("counts", "adopted"), [("0-0-0", False), ("0-0-15", True), ("3-1-0", False)]
)
def test_silence_of_all_is_no_consensus(counts: str, adopted: bool) -> None:  # noqa: FBT001
    head = HEAD.format(body="consensus", day="2022-03-02", question="consensus")
    (ruling,) = decided(f"{head}counts: {counts}\n").results
    assert (ruling.verdict is Verdict.ADOPTED) is adopted


def test_a_verdict_that_is_not_proven_open_says_so(tmp_path: Path) -> None:
    """Two conditions on classes, and votes without names: each is open, together they are not."""
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "b.yaml").write_text(
        "kind: body\nid: pair\nname: Pair\nmembers: [FRA, DEU, ITA, ESP]\n"
        "classes: {a: [FRA, DEU], b: [ITA, ESP]}\n"
        "questions:\n  q:\n    default: true\n    rules:\n"
        "      - needs: [{at_least: 2, among: a}, {at_least: 2, among: b}]\n",
        encoding="utf-8",
    )
    file = tmp_path / "x.yaml"
    file.write_text("id: x\nbody: pair\ndate: 2022-03-02\ncounts: 3-1-0\n", encoding="utf-8")
    (ruling,) = tally(file).results
    assert ruling.outcome is not None
    assert (ruling.verdict, ruling.outcome.proven) == (Verdict.OPEN, False)


def test_a_body_of_ones_own_takes_the_place_of_a_shipped_one_under_all_its_names(
    tmp_path: Path,
) -> None:
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "sc.yaml").write_text(
        "kind: body\nid: security-council\nname: Ours\nmembers: 5\n"
        "questions: {q: {default: true, rules: [{needs: [{at_least: 3}]}]}}\n",
        encoding="utf-8",
    )
    for body in ("security-council", "unsc"):
        file = tmp_path / f"{body}.yaml"
        text = f"id: x\nbody: {body}\ndate: 2022-03-02\ncounts: 3-0-0\n"
        file.write_text(text, encoding="utf-8")
    results = [tally(tmp_path / f"{body}.yaml").results[0] for body in ("security-council", "unsc")]
    assert [(one.case.body.name, one.verdict) for one in results] == [("Ours", Verdict.ADOPTED)] * 2


def test_only_plain_digits_are_numbers() -> None:
    text = "id: x\nbody: unsc\ndate: \u0662\u0660\u0662\u0662-03-02\ncounts: \u0669-0-0\n"
    assert not decided(text).results
