"""Two versions of one file: who moved and what it did, read from paths and out of real git."""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from rich.cells import cell_len
from tests import builders
from tests.runs import ROOT, quick, run, shipped_data_read_once

import unvote
from unvote.api import DiffReport
from unvote.cases import Case
from unvote.chances import odds_of
from unvote.lotteries import blocs_of
from unvote.render.shifts_data import points_words
from unvote.rollcall import RollCall
from unvote.rulings import Ruling, rule_on
from unvote.shifts import difference
from unvote.stances import Outlook, Stance
from unvote.standpoints import Kind
from unvote.vocabulary import Verdict, Vote

DRAFT = """\
id: S/2022/155
title: A draft
body: security-council
date: 2022-02-25
question: substantive
targets: [{yes: 11, label: a strong signal}]
stances: {}
"""
STANCES = """\
kind: stances
resolution: draft.yaml
version: draft 1
as_of: 2022-02-23
countries:
  FRA: firm yes
  GBR: firm yes
  USA: firm yes
  ALB: firm yes
  NOR: firm yes
  IRL: firm yes
  MEX: pledged yes
  BRA: lean yes
  GHA: lean yes
  GAB: lean abstain
  KEN: undecided
  IND: lean abstain
  ARE: {follows: IND}
  CHN: abstain
  RUS: lean abstain
"""
MOVED = STANCES.replace("draft 1", "draft 2").replace("02-23", "02-24")
MOVED = MOVED.replace("GAB: lean abstain", "GAB: firm yes")
MOVED = MOVED.replace("KEN: undecided", "KEN: {yes: 60%, abstain: 40%}")
MOVED = MOVED.replace("IND: lean abstain", "IND: lean yes")


@dataclass(frozen=True)
class Repository:
    """A scratch repository."""

    top: Path

    def git(self, *words: str) -> str:
        """Run git, with nobody's settings but these."""
        who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c"}
        who |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c"}
        env = os.environ | who | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *words], cwd=self.top, env=env, check=True, capture_output=True, text=True
        )
        return done.stdout

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def commit(self, files: Mapping[str, str]) -> None:
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "as it stood")


@pytest.fixture(autouse=True)
def _shipped_data_read_once() -> Iterator[None]:
    with shipped_data_read_once():
        yield


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Last night's stances committed, today's in the working tree, which is the current folder."""
    found = Repository(tmp_path)
    found.git("init", "-q", "-b", "main")
    found.commit({"draft.yaml": DRAFT, "stances.yaml": STANCES})
    found.write({"stances.yaml": MOVED})
    monkeypatch.chdir(tmp_path)
    return found


def versions_of(folder: Path, old: str, new: str, draft: str = DRAFT) -> DiffReport:
    """What changed between two stances files with these texts."""
    (folder / "draft.yaml").write_text(draft)
    (folder / "old.yaml").write_text(old)
    (folder / "new.yaml").write_text(new)
    report = unvote.diff(folder / "old.yaml", folder / "new.yaml")
    assert report.valid, [problem.problem for problem in report.problems]
    return report


def moved(report: DiffReport) -> list[str]:
    """Who moved, in the order of the report."""
    assert report.difference is not None
    return [" ".join(shift.members) for shift in report.difference.shifts]


# --- Who moved, and what it did ------------------------------------------------------------------


def test_the_heaviest_move_comes_first(tmp_path: Path) -> None:
    found = versions_of(tmp_path, STANCES, MOVED).difference
    assert found is not None
    changes = [abs(shift.change or Fraction(0)) for shift in found.shifts]
    assert changes == sorted(changes, reverse=True)
    assert 0 not in changes
    assert {shift.members for shift in found.shifts} == {("GAB",), ("IND",), ("KEN",)}
    assert [shift.trailing for shift in found.shifts if shift.members == ("IND",)] == [("ARE",)]


LINES = {
    "GAB": ("GAB: lean abstain", "GAB: firm yes"),
    "KEN": ("KEN: undecided", "KEN: {yes: 60%, abstain: 40%}"),
    "IND": ("IND: lean abstain", "IND: lean yes"),
}


@pytest.mark.parametrize("member", LINES)
def test_a_move_alone_did_what_a_file_with_that_move_alone_says(
    tmp_path: Path, member: str
) -> None:
    whole = versions_of(tmp_path, STANCES, MOVED).difference
    alone = versions_of(tmp_path, STANCES, STANCES.replace(*LINES[member])).difference
    assert whole is not None
    assert alone is not None
    (shift,) = (shift for shift in whole.shifts if shift.members == (member,))
    assert alone.odds[0].change == shift.change != 0
    assert alone.odds[0].new is not None
    assert shift.adopted == alone.odds[0].new.adopted


def test_verdict_odds_and_expected_yes_before_and_after(tmp_path: Path) -> None:
    report = versions_of(tmp_path, STANCES, MOVED)
    assert report.old is not None
    assert report.new is not None
    assert report.difference is not None
    (odds,) = report.difference.odds
    for text, half in (("old.yaml", odds.old), ("new.yaml", odds.new)):
        (case,) = (ruling.case for ruling in unvote.tally(tmp_path / text).results)
        assert case.roll is not None
        assert case.outlook is not None
        blocs = blocs_of(case.roll, case.outlook)
        assert half == odds_of(case.roll, case.questions[0][1], blocs)
    assert (report.old.verdict, report.new.verdict) == (Verdict.ADOPTED, Verdict.ADOPTED)
    assert report.difference.spreads is not None
    before, after = report.difference.spreads
    assert after.mean - before.mean == Fraction("0.97") + (Fraction(6, 10) - Fraction(1, 3)) + 2 * (
        Fraction("0.75") - Fraction("0.125")
    ) - Fraction("0.125")


def test_a_verdict_that_turned_is_seen(tmp_path: Path) -> None:
    report = versions_of(tmp_path, STANCES, STANCES.replace("RUS: lean abstain", "RUS: firm no"))
    assert report.changed
    assert report.new is not None
    assert report.new.verdict is Verdict.NOT_ADOPTED
    assert report.difference is not None
    (shift,) = report.difference.shifts
    assert shift.kinds == (Kind.VOTE, Kind.CONFIDENCE)


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("GAB: lean yes", [Kind.VOTE]),
        ("GAB: firm abstain", [Kind.CONFIDENCE]),
        ("GAB: no", [Kind.VOTE, Kind.CONFIDENCE]),
        ("GAB: {abstain: 75%, yes: 25%}", [Kind.CHANCES]),
        ("GAB: {follows: FRA}", [Kind.FOLLOWS]),
        ("GAB: {vote: lean abstain, if: {A1: adopted}, then: no}", [Kind.CONDITION]),
        ("GAB: {vote: lean abstain, note: spoke again, tags: [oil]}", []),
        ("GAB: {vote: lean abstain, source: {who: deputy, on: 2022-02-24}}", []),
    ],
)
def test_what_is_another_at_a_stance(tmp_path: Path, line: str, kinds: list[Kind]) -> None:
    """Where a stance is from, its note and its tags are no move."""
    draft = DRAFT + "amendments: [{id: A1}]\n"
    new = STANCES.replace("GAB: lean abstain", line)
    found = versions_of(tmp_path, STANCES, new, draft).difference
    assert found is not None
    assert [kind for shift in found.shifts for kind in shift.kinds] == kinds
    assert not kinds or found.shifts[0].members == ("GAB",)


GROUPED = """\
kind: stances
resolution: draft.yaml
groups:
  EU: lean yes
  P5: {vote: firm abstain, except: {RUS: no}}
countries: {}
"""


def test_members_moved_by_the_line_of_their_group_are_one_move(tmp_path: Path) -> None:
    later = GROUPED.replace("P5: {vote: firm abstain", "P5: {vote: firm yes")
    report = versions_of(tmp_path, GROUPED, later)
    assert report.difference is not None
    (shift,) = report.difference.shifts
    assert shift.group == "P5"
    assert shift.members == ("CHN", "FRA", "GBR", "USA")
    assert shift.change == report.difference.odds[0].change


def test_a_member_that_leaves_its_group_moved_by_itself(tmp_path: Path) -> None:
    later = GROUPED.replace("{}\n", "{CHN: no, FRA: firm yes}\n")
    report = versions_of(tmp_path, GROUPED, later)
    assert report.difference is not None
    assert {s.members: s.group for s in report.difference.shifts} == {
        ("CHN",): None,
        ("FRA",): None,
    }


def test_a_group_that_begins_to_vote_together_moved(tmp_path: Path) -> None:
    later = GROUPED.replace("P5: {vote: firm abstain", "P5: {vote: firm abstain, together: true")
    report = versions_of(tmp_path, GROUPED, later)
    assert report.difference is not None
    (shift,) = report.difference.shifts
    assert shift.kinds == (Kind.TOGETHER,)


ASSEMBLY = """\
id: A/1
body: general-assembly
date: 2022-10-12
question: important
stances: {yes: [FRA, DEU], no: [RUS], abstain: [IND], otherwise: absent}
"""


def test_members_that_lose_or_regain_their_vote(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(ASSEMBLY)
    barred = "not_entitled: [IND]\n"
    new.write_text(ASSEMBLY.replace("abstain: [IND], ", "") + barred)
    there, back = unvote.diff(old, new), unvote.diff(new, old)
    assert there.valid, there.problems
    for report, kind in ((there, Kind.GONE), (back, Kind.NEW)):
        assert report.difference is not None
        (shift,) = report.difference.shifts
        assert (shift.members, shift.kinds) == (("IND",), (kind,))
        assert shift.change == report.difference.odds[0].change


def test_seats_of_another_body_have_no_odds_of_a_single_move(tmp_path: Path) -> None:
    """On another day others sit in the Council: a single one cannot be put in by itself."""
    draft = DRAFT.replace("stances: {}", "stances: {yes: [FRA, GBR, USA], abstain: [CHN, RUS]}")
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(draft)
    new.write_text(draft.replace("2022-02-25", "2023-02-24"))
    report = unvote.diff(old, new)
    assert report.difference is not None
    kinds = {shift.members[0]: shift.kinds for shift in report.difference.shifts}
    assert kinds["IND"] == (Kind.GONE,)
    assert kinds["JPN"] == (Kind.NEW,)
    assert all(shift.change is None for shift in report.difference.shifts)
    assert [fact.name for fact in report.difference.facts] == ["date"]


def test_assumptions_are_told_with_what_they_did_alone(tmp_path: Path) -> None:
    later = STANCES + "confidence: {lean: 60%, sure: 99%}\nundecided: {yes: 50%, no: 50%}\n"
    report = versions_of(tmp_path, STANCES, later)
    assert report.difference is not None
    facts = {fact.name: (fact.old, fact.new) for fact in report.difference.facts}
    assert facts["chance of lean"] == ("75%", "60%")
    assert facts["chance of sure"] == ("", "99%")
    assert facts["undecided: abstain"] == ("1/3", "")
    assert report.difference.odds[0].new is not None
    assert report.difference.assumed == report.difference.odds[0].new.adopted
    assert not report.changed, "nobody moved"


def test_a_move_to_a_word_that_only_the_new_file_knows(tmp_path: Path) -> None:
    later = STANCES.replace("GAB: lean abstain", "GAB: sure yes") + "confidence: {sure: 99%}\n"
    report = versions_of(tmp_path, STANCES, later)
    assert report.difference is not None
    (shift,) = report.difference.shifts
    assert shift.change == report.difference.odds[0].change


def test_version_and_day_are_among_what_else_changed(tmp_path: Path) -> None:
    report = versions_of(tmp_path, STANCES, MOVED)
    assert report.difference is not None
    assert [(f.name, f.old, f.new) for f in report.difference.facts] == [
        ("version", "draft 1", "draft 2"),
        ("as of", "2022-02-23", "2022-02-24"),
    ]


def test_two_records_have_no_odds(tmp_path: Path) -> None:
    record = DRAFT.replace("stances: {}", "votes: {yes: [FRA, USA], no: [RUS]}")
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(record)
    new.write_text(record.replace("no: [RUS]", "no: [RUS], abstain: [CHN]"))
    report = unvote.diff(old, new)
    assert moved(report) == ["CHN"]
    assert report.difference is not None
    assert report.difference.odds == ()
    assert report.difference.spreads is None
    text = quick("diff", old, new).stdout
    assert "Odds" not in text
    assert re.search(r"CHN +absent +abstain", text)


def test_odds_that_are_not_exact_are_left_out_and_it_is_said(tmp_path: Path) -> None:
    """Where votes without names meet a veto nobody can tell the odds."""
    scenario = "kind: scenario\nbase: draft.yaml\nset: [{from: abstain, to: no, count: 1}]\n"
    draft = DRAFT.replace("stances: {}", "stances: {yes: [FRA], abstain: [CHN, RUS, IND]}")
    (tmp_path / "draft.yaml").write_text(draft)
    (tmp_path / "scenario.yaml").write_text(scenario)
    done = quick("diff", tmp_path / "draft.yaml", tmp_path / "scenario.yaml")
    assert done.code == 0, done.stderr
    assert "no exact odds: votes without names" in done.stdout


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_moved_between_a_vote_and_itself_and_one_move_is_the_whole(
    data: st.DataObject,
) -> None:
    """Over random stances in the Council: of one move the change is the change of the odds."""
    members = builders.composition("unsc")
    assert members.members is not None
    votes, words = st.sampled_from(list(Vote)), st.sampled_from(["", "firm", "lean"])
    stances = {
        code: Stance(vote, data.draw(words) if vote is not Vote.UNDECIDED else "")
        for code in sorted(members.members)
        for vote in [data.draw(votes)]
    }
    first = forecast(stances)
    same = difference(first, first)
    assert (same.shifts, same.facts, same.assumed) == ((), (), None)
    one = data.draw(st.sampled_from(sorted(stances)))
    second = forecast({**stances, one: Stance(data.draw(votes))})
    found = difference(first, second)
    if stances[one] == second.case.outlook.stances[one]:  # type: ignore[union-attr]
        assert found.shifts == ()
        return
    (shift,) = found.shifts
    assert shift.members == (one,)
    assert shift.change == found.odds[0].change is not None
    assert difference(second, first).shifts[0].change == -(shift.change or 0)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_what_each_of_many_moves_did_alone(data: st.DataObject) -> None:
    """Members that moved alike share an answer only where the rule cannot tell them apart."""
    members = sorted(builders.composition("unsc").members or ())
    stances = st.sampled_from(
        [
            *(Stance(vote) for vote in Vote),
            Stance(Vote.YES, "lean"),
            Stance(Vote.NO, "lean"),
            Stance(follows="FRA"),
            Stance(chances={Vote.YES: Fraction(1, 4), Vote.NO: Fraction(3, 4)}),
        ]
    )
    own = stances.filter(lambda stance: stance.follows is None)
    draw = {code: own if code == "FRA" else stances for code in members}
    old = {code: data.draw(strategy) for code, strategy in draw.items()}
    new = {code: data.draw(strategy) for code, strategy in draw.items()}
    first = forecast(old)
    found = difference(first, forecast(new))
    assert {s.members[0] for s in found.shifts} == {c for c in members if old[c] != new[c]}
    for shift in found.shifts:
        (code,) = shift.members
        alone = difference(first, forecast({**old, code: new[code]}))
        assert shift.change == alone.odds[0].change


def forecast(stances: Mapping[str, Stance]) -> Ruling:
    """The ruling on a forecast in the Council."""
    rule = builders.rule("unsc", "substantive")
    council = builders.body("unsc")
    roll = RollCall(
        builders.composition("unsc"), {code: stance.listed() for code, stance in stances.items()}
    )
    questions = ((council.questions["substantive"], rule),)
    return rule_on(
        Case("X", council, builders.TODAY, questions, roll=roll, outlook=Outlook(stances))
    )


# --- Out of git ----------------------------------------------------------------------------------


def test_one_path_is_compared_with_the_last_commit(repository: Repository) -> None:
    report = unvote.diff("stances.yaml")
    assert (report.old_name, report.new_name) == ("HEAD:stances.yaml", "stances.yaml")
    plain = repository.top / "elsewhere"
    plain.mkdir()
    assert report.difference == versions_of(plain, STANCES, MOVED).difference


def test_a_revision_and_a_path(repository: Repository) -> None:
    repository.commit({"stances.yaml": MOVED})
    report = unvote.diff("HEAD~1:stances.yaml", "main:stances.yaml")
    assert moved(report) == moved(unvote.diff("HEAD~1:stances.yaml", "stances.yaml"))
    assert len(moved(report)) == 3
    assert report.old is not None
    assert report.old.case.file == "HEAD~1:stances.yaml"
    assert not unvote.diff("HEAD:stances.yaml", "stances.yaml").changed


def test_what_a_file_names_is_read_from_the_same_revision(repository: Repository) -> None:
    """The resolution was a procedural question last night; its stances name it."""
    repository.commit({"draft.yaml": DRAFT.replace("substantive", "procedural")})
    repository.write({"draft.yaml": DRAFT})
    report = unvote.diff("stances.yaml")
    assert report.difference is not None
    facts = {fact.name: (fact.old, fact.new) for fact in report.difference.facts}
    assert facts["question"] == ("procedural", "substantive")
    assert report.difference.odds == ()
    assert report.old is not None
    assert report.old.case.questions[0][0].id == "procedural"


def test_stances_that_a_resolution_names_are_read_from_the_same_revision(
    repository: Repository,
) -> None:
    repository.commit({"draft.yaml": DRAFT.replace("{}", "stances.yaml"), "stances.yaml": STANCES})
    repository.write({"stances.yaml": MOVED})
    assert len(moved(unvote.diff("HEAD:draft.yaml", "draft.yaml"))) == 3


def test_the_base_of_a_scenario_is_read_from_the_same_revision(repository: Repository) -> None:
    repository.commit(
        {
            "stances.yaml": STANCES,
            "what/if.yaml": "kind: scenario\nbase: ../stances.yaml\n"
            "set: [{countries: [KEN], vote: yes}]\n",
        }
    )
    repository.write({"stances.yaml": MOVED})
    assert sorted(moved(unvote.diff("HEAD:what/if.yaml", "what/if.yaml"))) == ["GAB", "IND"]


CLUB = """\
kind: body
id: club
name: The Club
members: [FRA, GBR, USA]
questions:
  motion: {default: true, rules: [{needs: [{at_least: 2}]}]}
"""


def test_a_body_beside_the_file_is_read_from_the_same_revision(repository: Repository) -> None:
    motion = "id: M\nbody: club\ndate: 2022-03-02\nstances: {yes: [FRA, GBR], no: [USA]}\n"
    repository.commit({"motion.yaml": motion, "bodies/club.yaml": CLUB})
    repository.write({"bodies/club.yaml": CLUB.replace("at_least: 2", "at_least: 3")})
    report = unvote.diff("motion.yaml")
    assert report.old is not None, report.problems
    assert report.new is not None
    verdicts = report.old.verdict, report.new.verdict
    assert verdicts == (Verdict.ADOPTED, Verdict.NOT_ADOPTED)
    assert report.changed
    assert report.difference is not None
    assert [fact.name for fact in report.difference.facts] == ["rule"]


def test_what_is_wrong_in_a_body_of_the_revision_is_told_under_its_name(
    repository: Repository,
) -> None:
    motion = "id: M\nbody: club\ndate: 2022-03-02\nstances: {yes: [FRA, GBR], no: [USA]}\n"
    repository.commit({"motion.yaml": motion, "bodies/club.yaml": CLUB.replace("GBR", "GBX")})
    repository.write({"bodies/club.yaml": CLUB})
    report = unvote.diff("motion.yaml")
    assert not report.valid
    files = {p.file for p in report.problems}
    assert "HEAD:bodies/club.yaml" in files
    assert all(file.startswith("HEAD:") for file in files)
    assert not any(tempfile.gettempdir() in p.problem.hint for p in report.problems)


def test_a_folder_below_the_top(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with git, a path begins at the top of the repository, and with ./ in the folder."""
    repository.commit({"a b/é/draft.yaml": DRAFT, "a b/é/stances.yaml": STANCES})
    repository.write({"a b/é/stances.yaml": MOVED})
    monkeypatch.chdir(repository.top / "a b" / "é")
    for old in ("HEAD:./stances.yaml", "HEAD:a b/é/stances.yaml", "main:../é/stances.yaml"):
        assert len(moved(unvote.diff(old, "stances.yaml"))) == 3
    assert len(moved(unvote.diff("stances.yaml"))) == 3
    done = quick("diff", "HEAD:nothing.yaml", "stances.yaml")
    assert done.code == 2
    assert "HEAD:nothing.yaml: error UV113: cannot read this file: git has no file" in done.stderr
    assert "HEAD:./... begins here" in done.stderr


def test_a_branch_with_a_slash_and_a_tag(repository: Repository) -> None:
    repository.git("branch", "desk/last-night")
    repository.git("tag", "-a", "-m", "x", "v1")
    for revision in ("desk/last-night", "v1", "HEAD^{commit}"):
        assert len(moved(unvote.diff(f"{revision}:stances.yaml", "stances.yaml"))) == 3


def test_within_a_hook_of_git_the_folder_says_which_repository_it_is(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"sub/draft.yaml": DRAFT, "sub/stances.yaml": STANCES})
    repository.write({"sub/stances.yaml": MOVED})
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "nowhere"))
    assert len(moved(unvote.diff("sub/stances.yaml"))) == 3


def test_a_file_whose_own_name_has_a_colon(repository: Repository) -> None:
    repository.write({"HEAD:stances.yaml": MOVED})
    assert moved(unvote.diff("HEAD:stances.yaml", "stances.yaml")) == []


def test_an_unknown_revision_is_a_problem_and_exits_2(repository: Repository) -> None:
    del repository
    done = quick("diff", "origin/main:stances.yaml", "stances.yaml")
    assert done.code == 2
    assert done.stdout == ""
    assert "git knows no revision 'origin/main'" in done.stderr
    assert "shallow clone" in done.stderr


@pytest.mark.parametrize("revision", ["--help", "-p", "--output=spoilt"])
def test_a_revision_is_never_an_option_of_git(repository: Repository, revision: str) -> None:
    report = unvote.diff(f"{revision}:stances.yaml", "stances.yaml")
    assert [problem.problem.code for problem in report.problems] == ["UV113"]
    assert "git knows no revision" in report.problems[0].problem.message
    assert sorted(path.name for path in repository.top.iterdir()) == [
        ".git",
        "draft.yaml",
        "stances.yaml",
    ]


def test_a_new_file_has_no_earlier_version(repository: Repository) -> None:
    repository.write({"other.yaml": STANCES})
    done = quick("diff", "other.yaml")
    assert done.code == 2
    assert "HEAD:other.yaml: error UV113" in done.stderr


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stances.yaml").write_text(STANCES)
    done = quick("diff", "stances.yaml")
    assert done.code == 2
    assert "not a git repository" in done.stderr
    done = quick("diff", "nowhere/stances.yaml")
    assert done.code == 2
    assert "there is no such folder" in done.stderr


def test_without_git(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del repository
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    done = quick("diff", "HEAD:stances.yaml", "stances.yaml")
    assert done.code == 2
    assert "git is not here" in done.stderr


def test_an_empty_repository_has_no_last_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repository(tmp_path).git("init", "-q")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stances.yaml").write_text(STANCES)
    done = quick("diff", "stances.yaml")
    assert done.code == 2
    assert "git knows no revision 'HEAD'" in done.stderr


def test_problems_of_the_old_version_are_told_under_its_name(repository: Repository) -> None:
    repository.commit({"stances.yaml": STANCES.replace("GAB:", "GAX:")})
    repository.write({"stances.yaml": STANCES})
    done = quick("diff", "stances.yaml", "--format", "json")
    assert done.code == 2
    assert done.data["results"] == []
    (problem,) = done.data["problems"]
    assert (problem["code"], problem["file"], problem["line"]) == ("UV201", "HEAD:stances.yaml", 15)


def test_warnings_of_the_old_version_are_of_yesterday(repository: Repository) -> None:
    """Only what is still to be mended is told."""
    old = STANCES.replace("NOR: firm", "NO: firm")
    repository.commit({"stances.yaml": old})
    repository.write({"stances.yaml": STANCES})
    report = unvote.diff("stances.yaml")
    assert report.valid
    assert report.problems == ()
    assert [p.problem.code for p in unvote.tally("stances.yaml").problems] == []


# --- The command line ----------------------------------------------------------------------------


def test_exit_codes(repository: Repository) -> None:
    assert quick("diff", "stances.yaml").code == 0
    assert quick("diff", "stances.yaml", "--exit-code").code == 1
    assert quick("diff", "stances.yaml", "stances.yaml", "--exit-code").code == 0
    assert quick("diff", "HEAD:stances.yaml", "missing.yaml", "--exit-code").code == 2
    assert quick("diff", "").code == 2
    assert quick("diff").code == 2
    repository.write({"stances.yaml": STANCES.replace("draft 1", "draft 7")})
    done = quick("diff", "stances.yaml", "--exit-code")
    assert done.code == 0, "the verdict and every stance are as they were"
    assert "Nobody moved." in done.stdout
    assert "draft 7" in done.stdout


def test_the_table_shows_who_moved_and_what_it_did(repository: Repository) -> None:
    del repository
    text = quick("diff", "stances.yaml").stdout
    assert "HEAD:stances.yaml → stances.yaml" in text
    assert re.search(r"^3 moved +From +To +Odds +Change$", text, re.MULTILINE)
    assert re.search(r"^GAB +lean abstain +firm yes +\d+\.\d% +\+\d+\.\d$", text, re.MULTILINE)
    assert re.search(r"^IND +lean abstain +lean yes \(with ARE\)", text, re.MULTILINE)
    assert re.search(
        r"^Odds of adoption +\d+\.\d% +\d+\.\d% +\+\d+\.\d points$", text, re.MULTILINE
    )
    assert re.search(r"^11 yes or more +\d+\.\d% ", text, re.MULTILINE)
    assert re.search(r"^version +draft 1 +draft 2$", text, re.MULTILINE)
    assert max(cell_len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("width", [40, 60, 200])
def test_any_width_and_plain_characters(repository: Repository, width: int) -> None:
    del repository
    text = quick("diff", "stances.yaml", "--ascii", "--width", str(width)).stdout
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= width
    assert "GAB" in text


def test_json_says_it_all_exactly(repository: Repository) -> None:
    del repository
    data = quick("diff", "stances.yaml", "--format", "json").data
    assert data["schema"] == "unvote/1"
    assert data["problems"] == []
    (result,) = data["results"]
    assert result["old"]["version"] == "HEAD:stances.yaml"
    assert result["new"]["verdict"] == "adopted"
    (odds,) = result["odds"]
    change = Fraction(odds["new"]["exact"]) - Fraction(odds["old"]["exact"])
    assert odds["change"] == {"exact": str(change), "float": float(change)}
    (gab,) = (move for move in result["moves"] if move["members"] == ["GAB"])
    assert (gab["old"], gab["new"], gab["kinds"]) == (
        "lean abstain",
        "firm yes",
        ["vote", "confidence"],
    )
    alone = Fraction(gab["odds"]["exact"]) - Fraction(odds["old"]["exact"])
    assert gab["change"]["exact"] == str(alone)
    assert {"name": "version", "old": "draft 1", "new": "draft 2"} in result["facts"]
    assert [target["yes"] for target in result["targets"]] == [11]


def test_the_json_reference_has_every_key(repository: Repository) -> None:
    del repository
    page = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    section = page.partition("## `diff`\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE))
    (result,) = quick("diff", "stances.yaml", "--format", "json").data["results"]
    parts = [result, result["odds"][0], result["moves"][0], result["facts"][0]]
    assert told == {key for part in [*parts, result["targets"][0]] for key in part} | {"version"}


def test_csv_has_a_row_for_each_move(repository: Repository) -> None:
    del repository
    rows = quick("diff", "stances.yaml", "--format", "csv").stdout.splitlines()
    assert rows[0] == "members,group,kinds,from,to,following,odds_before,odds"
    assert len(rows) == 4
    assert any(row.startswith('KEN,,chances,undecided,"yes 60%, abstain 40%",,0.') for row in rows)


def test_markdown_for_a_pull_request(repository: Repository) -> None:
    repository.write({"draft.yaml": DRAFT.replace("A draft", "'A <b>|draft|'")})
    text = quick("diff", "stances.yaml", "--format", "markdown").stdout
    assert text.startswith("### S/2022/155: A \\<b\\>\\|draft\\|\n")
    assert "| Verdict | adopted | adopted |  |\n" in text
    assert "| 3 moved | From | To | Odds | Change |\n" in text
    assert re.search(
        r"^\| GAB \| lean abstain \| firm yes \| \d+\.\d% \| \+\d+\.\d \|$", text, re.MULTILINE
    )
    assert "\x1b" not in text


def test_text_from_files_is_never_markup(repository: Repository) -> None:
    title = "title: '[bold]A[/bold] [/A/77] draft'"
    repository.write({"draft.yaml": DRAFT.replace("title: A draft", title)})
    text = quick("diff", "stances.yaml").stdout
    assert "[bold]A[/bold] [/A/77] draft" in text


def test_a_file_is_written_whole_or_not_at_all(repository: Repository) -> None:
    out = repository.top / "summary.md"
    assert quick("diff", "stances.yaml", "-o", out, "--format", "markdown").code == 0
    before = out.read_text()
    assert before.startswith("### S/2022/155")
    assert quick("diff", "x:stances.yaml", "stances.yaml", "-o", out).code == 2
    assert out.read_text() == before


def test_as_a_process_the_same_bytes_twice(repository: Repository) -> None:
    """Colour and terminal are out of it; git is asked from the folder the program runs in."""
    words = ("diff", "HEAD:stances.yaml", "stances.yaml", "--format", "json")
    first, second = (run(*words, cwd=repository.top) for _ in range(2))
    assert first.code == 0, first.stderr
    assert first == second
    assert json.loads(first.stdout)["results"][0]["old"]["file"] == "HEAD:stances.yaml"


def test_on_another_day(repository: Repository) -> None:
    del repository
    done = quick("diff", "stances.yaml", "--on", "2022-03-04")
    assert done.code == 0, done.stderr
    assert "4 Mar 2022" in done.stdout
    assert "decided as if held on 2022-03-04" in done.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("0", "0"),
        ("1", "+100.0"),
        ("0.0184", "+1.8"),
        ("-0.0184", "-1.8"),
        ("0.00012", "+0.01"),
        ("-0.000012", "-0.001"),
        ("1/10000000000000000000000000000000", "+<0.001"),
        ("-1/3", "-33.3"),
    ],
)
def test_a_change_in_points(change: str, words: str) -> None:
    assert points_words(Fraction(change)) == words


def test_stances_files_of_a_real_vote(tmp_path: Path) -> None:
    """A forecast against the record of the vote that came: 192 moved, and the verdict stood."""
    folder = ROOT / "resolutions" / "ukraine-2022"
    report = unvote.diff(folder / "es-11-4-stances.yaml", folder / "es-11-4.yaml")
    assert report.difference is not None
    assert len(report.difference.shifts) == 192
    assert report.difference.odds[0].new is not None
    assert report.difference.odds[0].new.adopted == 1
    assert replace(report, problems=()) == replace(
        unvote.diff(folder / "es-11-4-stances.yaml", folder / "es-11-4.yaml"), problems=()
    )
    assert list(tmp_path.iterdir()) == []
