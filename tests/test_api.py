"""The scripting interface: what is exported, loaded when, and returned instead of raised."""

import importlib
import os
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import unvote
from unvote.diagnostics import Diagnostic, Level
from unvote.rollcall import Composition, RollCall
from unvote.rules import Bar, Rule, Threshold
from unvote.vocabulary import Base

TEXTS = Path(__file__).parents[1] / "resolutions"
VETOED = TEXTS / "ukraine-2022" / "s-2022-155.yaml"
HEAVY = ("typer", "rich", "pydantic", "yaml", "click")


def python(code: str, cwd: Path | None = None) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().strip()


# --- What is loaded -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "loaded"),
    [
        ("import unvote", set()),
        ("import unvote; unvote.__version__; dir(unvote)", set()),
        ("import unvote; unvote.Verdict; unvote.Vote; unvote.Cause", set()),
        ("import unvote; unvote.decide; unvote.Ruling", set()),
        ("import unvote; unvote.tally", {"pydantic", "yaml"}),
        ("import unvote; unvote.open_world", {"pydantic", "yaml"}),
    ],
)
def test_libraries_are_loaded_when_they_are_needed(code: str, loaded: set[str]) -> None:
    names = python(f"{code}\nimport sys\nprint(*[n for n in {HEAVY!r} if n in sys.modules])")
    assert set(names.split()) <= loaded


def test_importing_the_package_loads_none_of_its_modules() -> None:
    code = "import sys, unvote; print([n for n in sys.modules if n.startswith('unvote.')])"
    assert python(code) == "[]"


def test_the_names_exported_are_all_there_and_nothing_else_is() -> None:
    assert set(unvote.__all__) <= set(dir(unvote))
    assert sorted(unvote.__all__) == unvote.__all__
    for name in unvote.__all__:
        value = getattr(unvote, name)
        assert getattr(unvote, name) is value
        assert value.__doc__, name
    missing = "nonsense"
    with pytest.raises(AttributeError, match="module 'unvote' has no attribute 'nonsense'"):
        getattr(unvote, missing)


def test_a_name_is_the_same_by_every_way_to_it() -> None:
    for name in unvote.__all__:
        value = getattr(unvote, name)
        assert getattr(importlib.import_module(value.__module__), name) is value


def test_everything_exported_is_typed() -> None:
    assert (Path(unvote.__file__).parent / "py.typed").is_file()
    for name in ("tally", "tally_counts", "open_world", "decide"):
        hints = get_type_hints(getattr(unvote, name))
        assert "return" in hints, name
        assert Any not in hints.values(), name
    assert get_type_hints(unvote.tally)["return"] is unvote.Report


def test_the_checker_knows_what_is_returned() -> None:
    """These annotations are what mypy is run on; at run time they hold too."""
    report: unvote.Report = unvote.tally(VETOED)
    ruling: unvote.Ruling = report.results[0]
    verdict: unvote.Verdict = ruling.verdict
    cause: unvote.Cause | None = ruling.because
    problems: tuple[Diagnostic, ...] = report.problems
    assert (verdict, cause) == (unvote.Verdict.NOT_ADOPTED, unvote.Cause.VETO)
    assert problems == ()


# --- tally ----------------------------------------------------------------------------------------


def test_the_example_of_the_package_is_true() -> None:
    report = unvote.tally(str(VETOED))
    assert report.results[0].verdict.value == "not adopted"
    assert report.valid
    assert report.results[0].outcome is not None
    assert report.results[0].outcome.vetoes == ("RUS",)


def test_files_folders_and_standard_input_are_decided_in_the_order_given() -> None:
    folder = TEXTS / "council-1965"
    report = unvote.tally(VETOED, folder, "-", stdin=VETOED.read_bytes())
    assert [ruling.case.id for ruling in report.results] == [
        "S/2022/155",
        "S/RES/218",
        "S/2022/155",
    ]
    assert [ruling.case.file for ruling in report.results] == [
        str(VETOED),
        str(folder / "s-res-218.yaml"),
        "<stdin>",
    ]


def test_all_the_examples_are_valid_and_as_expected() -> None:
    report = unvote.tally(TEXTS, expect=True)
    assert not report.problems
    assert report.valid
    assert len(report.results) >= 30


def test_the_day_can_be_another_one() -> None:
    report = unvote.tally(TEXTS / "council-1965", on=date(1965, 12, 31))
    assert [ruling.case.day for ruling in report.results] == [date(1965, 12, 31)]


def test_nothing_given_is_nothing_decided() -> None:
    report = unvote.tally()
    assert (report.results, report.problems, report.skipped) == ((), (), 0)
    assert report.valid


def test_files_that_are_no_resolutions_are_counted_in_a_folder() -> None:
    report = unvote.tally(TEXTS / "model-un")
    assert report.skipped == 1
    assert report.valid


INVALID = {
    "missing.yaml": (None, {"UV113"}),
    "empty.yaml": (b"", {"UV111"}),
    "no-yaml.yaml": (b"id: [", {"UV109"}),
    "no-text.yaml": (b"\xff\xfe\x00", {"UV107"}),
    "list.yaml": (b"- 1\n- 2\n", {"UV110"}),
    "other.yaml": (b"kind: members\nmembers: {}\n", {"UV110"}),
    "nobody.yaml": (b"id: X\nbody: nobody\ndate: 2022-01-01\ncounts: 1-2-3\n", {"UV314"}),
    "no-date.yaml": (b"id: X\nbody: unsc\ndate: 2022-02-30\ncounts: 1-2-3\n", {"UV104"}),
    "twice.yaml": (
        b"id: X\nbody: unsc\ndate: 2022-02-25\nvotes: {yes: [FRA, France], no: [FRA]}\n",
        {"UV301"},
    ),
}


@pytest.mark.parametrize("name", INVALID)
def test_what_is_wrong_in_a_file_is_a_value_and_never_raised(tmp_path: Path, name: str) -> None:
    content, codes = INVALID[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    report = unvote.tally(tmp_path / name, VETOED)
    assert not report.valid
    assert [ruling.case.id for ruling in report.results] == ["S/2022/155"]
    assert codes <= {diagnostic.problem.code for diagnostic in report.problems}
    for diagnostic in report.problems:
        assert diagnostic.file == str(tmp_path / name)
        assert diagnostic.is_error is (diagnostic.problem.level is Level.ERROR)
        assert diagnostic.problem.message
        assert diagnostic.problem.hint


def test_a_folder_that_cannot_be_listed_or_a_file_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    report = unvote.tally(tmp_path / "a.yaml")
    assert [diagnostic.problem.code for diagnostic in report.problems] == ["UV113"]


def test_a_warning_leaves_a_report_valid() -> None:
    text = (
        b"id: X\nbody: unga\nquestion: ordinary\ndate: 2022-10-12\nvotes: {yes: [NO], no: [USSR]}\n"
    )
    report = unvote.tally("-", stdin=text)
    assert {d.problem.code: d.problem.level for d in report.problems} == {
        "UV101": Level.WARNING,
        "UV202": Level.WARNING,
    }
    assert report.valid
    assert len(report.results) == 1


def test_values_cannot_be_changed() -> None:
    report = unvote.tally(VETOED)
    for value, name in ((report, "results"), (report.results[0], "verdict")):
        with pytest.raises(AttributeError):
            setattr(value, name, None)


def test_the_working_folder_makes_no_difference(tmp_path: Path) -> None:
    code = (
        "import unvote; "
        f"r = unvote.tally({str(VETOED)!r}); "
        "c = unvote.tally_counts('11-1-3', 'unsc', on=__import__('datetime').date(2022, 2, 25)); "
        "print(r.valid, r.results[0].verdict.value, r.results[0].because.value, c.valid)"
    )
    (tmp_path / "members.yaml").write_text("nonsense", encoding="utf-8")
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "security-council.yaml").write_text("nonsense", encoding="utf-8")
    expected = "True not adopted veto"
    for folder in (tmp_path, Path("/")):
        assert python(code, cwd=folder).startswith(expected)


def test_two_calls_do_not_know_of_each_other(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("kind: members\nmembers: nonsense\n", encoding="utf-8")
    assert not unvote.tally(VETOED, members=wrong).valid
    assert unvote.tally(VETOED).valid


# --- What a file says that has no effect, or cannot be --------------------------------------------


def told(text: str, body: str | None = None, folder: Path | None = None) -> unvote.Report:
    """The report on a file with this text, and on a body of one's own with that."""
    if body is None or folder is None:
        return unvote.tally("-", stdin=text.encode())
    (folder / "body.yaml").write_text(body, encoding="utf-8")
    return unvote.tally("-", stdin=text.encode(), bodies=[folder])


def levels(report: unvote.Report) -> list[tuple[str, Level]]:
    """The code and level of each problem."""
    return [(found.problem.code, found.problem.level) for found in report.problems]


CHAIRED = """\
kind: body
id: board
name: Board
members: 11
tie: casting vote
tie_cite: rules of the board
questions:
  simple:
    default: true
    rules: [{needs: [{more_than: 1/2, of: present and voting}]}]
  double:
    rules: [{needs: [{more_than: 1/2, of: present and voting}, {at_least: 5, counting: yes}]}]
"""


@pytest.mark.parametrize(
    ("question", "counts", "casting", "verdict", "because"),
    [
        ("simple", "4-4-3", "yes", "adopted", None),
        ("simple", "4-4-3", "no", "not adopted", "tie"),
        ("simple", "4-4-3", None, "open", "tie"),
        ("simple", "4-5-2", "yes", "not adopted", "shortfall"),
        ("double", "5-5-1", "yes", "adopted", None),
        ("double", "4-4-3", "yes", "not adopted", "shortfall"),
        ("double", "4-4-3", "no", "not adopted", "tie"),
    ],
)
def test_a_casting_vote_breaks_the_tie_and_nothing_else(
    tmp_path: Path,
    question: str,
    counts: str,
    casting: str | None,
    verdict: str,
    because: str | None,
) -> None:
    text = f"id: X\nbody: board\nquestion: {question}\ndate: 2026-01-01\ncounts: {counts}\n"
    cast = f"casting_vote: {casting}\n" if casting else ""
    report = told(text + cast, CHAIRED, tmp_path)
    assert report.problems == ()
    (ruling,) = report.results
    assert ruling.verdict.value == verdict
    assert (ruling.because.value if ruling.because else None) == because


def test_a_casting_vote_where_the_body_knows_none_has_no_effect_and_says_so() -> None:
    text = "id: X\nbody: unga\nquestion: ordinary\ndate: 2022-03-02\ncounts: 70-70-30\n"
    report = told(f"{text}casting_vote: yes\n")
    assert levels(report) == [("UV317", Level.WARNING)]
    assert report.problems[0].place is not None
    assert report.problems[0].place.line == 6
    assert report.results[0].because is unvote.Cause.TIE


PARTY = "id: X\nbody: unsc\ndate: 2022-02-25\nparties: [RUS]\nvotes: {no: [RUS], otherwise: yes}\n"


def test_parties_to_the_dispute_have_no_effect_on_another_question_and_it_says_so() -> None:
    report = told(f"{PARTY}question: substantive\n")
    assert levels(report) == [("UV309", Level.WARNING)]
    assert "vote like others" in report.problems[0].problem.message
    assert report.results[0].because is unvote.Cause.VETO
    proper = told(f"{PARTY}question: party-to-dispute\n")
    assert levels(proper) == [("UV309", Level.WARNING)]
    assert "had to abstain" in proper.problems[0].problem.message
    assert proper.results[0].verdict is unvote.Verdict.ADOPTED


@pytest.mark.parametrize(("present", "codes"), [(170, []), (169, ["UV304"]), (0, ["UV304"])])
def test_no_fewer_can_be_present_than_voted_or_abstained(present: int, codes: list[str]) -> None:
    text = "id: X\nbody: unga\nquestion: ordinary\ndate: 2022-03-02\ncounts: 80-60-30\n"
    report = told(f"{text}present: {present}\n")
    assert [found.problem.code for found in report.problems] == codes


@pytest.mark.parametrize("body", ["unsc", "human-rights-council"])
def test_article_19_takes_no_vote_away_outside_the_assembly(body: str) -> None:
    text = f"id: X\nbody: {body}\ndate: 2022-04-07\nnot_entitled: [GAB]\nvotes: {{yes: [FRA]}}\n"
    report = told(text)
    assert levels(report) == [("UV303", Level.ERROR)]
    assert "Article 19 takes no vote away" in report.problems[0].problem.message
    assert not report.results


def test_the_rest_of_a_record_cannot_be_undecided() -> None:
    text = "id: X\nbody: unsc\ndate: 2022-02-25\nvotes: {yes: [FRA], otherwise: undecided}\n"
    report = told(text)
    assert levels(report) == [("UV110", Level.ERROR)]
    assert "stances:" in report.problems[0].problem.hint
    assert not report.results


def test_a_vote_that_was_not_without_a_vote_is_given_once() -> None:
    text = "id: X\nbody: unsc\nquestion: procedural\ndate: 2022-02-25\ncounts: 9-0-6\n"
    assert told(f"{text}without_vote: no\n").problems == ()
    assert levels(told(f"{text}without_vote: yes\n")) == [("UV110", Level.ERROR)]


def test_a_settled_verdict_can_have_an_open_cause() -> None:
    """Eight yes and a permanent member's no: vetoed if a ninth comes, else only short of nine."""
    text = "id: X\nbody: unsc\ndate: 2022-02-25\nquestion: substantive\nstances:\n"
    text += "  yes: [FRA, GBR, USA, ALB, NOR, IRL, KEN, GAB]\n  no: [RUS]\n"
    (ruling,) = told(text).results
    assert ruling.outcome is not None
    assert (ruling.verdict, ruling.because) == (
        unvote.Verdict.NOT_ADOPTED,
        unvote.Cause.UNDECIDED,
    )
    assert (ruling.outcome.best, ruling.outcome.worst) == (ruling.verdict, ruling.verdict)
    assert (ruling.outcome.vetoes, ruling.outcome.negatives) == ((), ("RUS",))
    (vetoed,) = told(text.replace("GAB]", "GAB, GHA]")).results
    assert vetoed.because is unvote.Cause.VETO
    (short,) = told(text.replace("[FRA, GBR, USA, ALB, NOR, IRL, KEN, GAB]", "[FRA]")).results
    assert short.because is unvote.Cause.UNDECIDED  # thirteen undecided can still make it fourteen
    against = text.replace("no: [RUS]", "no: [RUS, CHN, IND, ARE, BRA, GHA, MEX]")
    (hopeless,) = told(against).results
    assert hopeless.because is unvote.Cause.SHORTFALL


@pytest.mark.parametrize("option", ["members", "bodies"])
def test_members_and_bodies_that_are_missing_are_the_one_thing_reported(
    tmp_path: Path, option: str
) -> None:
    missing = tmp_path / "missing"
    report = (
        unvote.tally(VETOED, members=missing)
        if option == "members"
        else unvote.tally(VETOED, bodies=[missing])
    )
    assert [(d.file, d.problem.code) for d in report.problems] == [(str(missing), "UV113")]
    assert not report.results


# --- tally_counts ---------------------------------------------------------------------------------


def test_counts_are_decided_by_the_rule_of_the_day() -> None:
    report = unvote.tally_counts("93-24-58", "unga", "important", on=date(2022, 4, 7))
    (ruling,) = report.results
    assert report.valid
    assert ruling.verdict is unvote.Verdict.ADOPTED
    assert ruling.outcome is not None
    assert ruling.outcome.deciding is not None
    finding = ruling.outcome.deciding
    assert (finding.need, finding.have, finding.of) == (78, 93, 117)


def test_counts_without_a_question_that_matters_are_open_and_say_so() -> None:
    report = unvote.tally_counts("93-60-20", "unga", on=date(2022, 4, 7))
    assert not report.valid
    assert [d.problem.code for d in report.problems] == ["UV310"]
    assert report.results[0].verdict is unvote.Verdict.OPEN
    assert [o.verdict.value for _, o in report.results[0].outcomes] == ["adopted", "not adopted"]


@pytest.mark.parametrize(
    ("counts", "body", "question", "day", "code"),
    [
        ("93-24", "unga", None, date(2022, 4, 7), "UV110"),
        ("many", "unga", None, date(2022, 4, 7), "UV110"),
        ("1-2-3-4", "unga", None, date(2022, 4, 7), "UV110"),
        ("-1-2-3", "unga", None, date(2022, 4, 7), "UV110"),
        ("9-0-6", "nobody", None, date(2022, 4, 7), "UV314"),
        ("9-0-6", "unsc", "nonsense", date(2022, 4, 7), "UV313"),
        ("9-0-7", "unsc", "procedural", date(2022, 4, 7), "UV304"),
        ("9-0-6", "unsc", "procedural", date(1945, 1, 1), "UV307"),
    ],
)
def test_counts_that_cannot_be_are_a_problem(
    counts: str, body: str, question: str | None, day: date, code: str
) -> None:
    report = unvote.tally_counts(counts, body, question, on=day)
    assert not report.valid
    assert not report.results
    assert report.problems[0].problem.code == code


# --- open_world and decide ------------------------------------------------------------------------


def test_the_world_knows_members_names_groups_and_bodies() -> None:
    world = unvote.open_world()
    assert len(world.membership.on(date(2022, 3, 2))) == 193
    assert world.names.find("Zaire", date(1990, 5, 1)) == ("COD", [])
    assert world.names.group("European Union") == "EU"
    council, problems = world.body("unsc")
    assert council is not None
    assert (council.id, problems) == ("security-council", [])
    assert world.body("Security  Council")[0] is council
    assert {body.id for body in world.shipped_bodies()} >= {"general-assembly", "eu-council"}
    assert not world.diagnostics


def test_an_unknown_body_is_a_problem_with_the_near_ones() -> None:
    body, problems = unvote.open_world().body("securty-council")
    assert body is None
    assert [problem.code for problem in problems] == ["UV314"]
    assert "security-council" in problems[0].hint


def test_a_rule_of_ones_own_decides_a_roll_call_of_ones_own() -> None:
    bar = Threshold(Bar.MORE_THAN, Fraction(1))  # two yes votes or more
    roll = RollCall(
        Composition(3, frozenset({"AAA", "BBB", "CCC"})),
        {"AAA": unvote.Vote.YES, "BBB": unvote.Vote.YES, "CCC": unvote.Vote.NO},
    )
    outcome = unvote.decide(roll, Rule(needs=(bar,)))
    assert outcome.verdict is unvote.Verdict.ADOPTED
    assert (outcome.tally.yes, outcome.tally.no, outcome.tally.seats) == (2, 1, 3)
    majority = Threshold(Bar.MORE_THAN, Fraction(2, 3), base=Base.MEMBERS)
    assert unvote.decide(roll, Rule(needs=(majority,))).because is unvote.Cause.SHORTFALL
