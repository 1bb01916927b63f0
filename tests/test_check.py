"""`unvote check`: what it finds, in which order, what may be left out, and how it ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.runs import ROOT, Ended, quick, run, shipped_data_read_once

from unvote.api import check
from unvote.cli.checking import CheckFormat
from unvote.files.config import Settings

pty = pytest.importorskip("pty") if os.name != "nt" else None

CLEAN = """\
id: S/2022/155
body: security-council
date: 2022-02-25
question: substantive
votes:
  yes: [ALB, BRA, FRA, GAB, GBR, GHA, IRL, KEN, MEX, NOR, USA]
  no: [RUS]
  abstain: [ARE, CHN, IND]
"""
UNKNOWN = CLEAN.replace("ALB", "Atlantis")  # UV201 on line 6
AMBIGUOUS = CLEAN.replace("IND", "Korea")  # UV203 on line 8
TWICE = CLEAN.replace("[RUS]", "[RUS, FRA]")  # UV301 on line 7
SPONSOR = CLEAN + "sponsors: [USA, RUS]\n"  # UV308, a warning, on line 9
MIXED = UNKNOWN.replace("NOR", "NO").replace("IND", "Korea")  # with UV101, a warning, and UV203
DRAFT = """\
id: DRAFT
body: security-council
date: 2022-02-25
question: substantive
version: draft 2
stances: {}
"""
STANCES = """\
kind: stances
resolution: draft.yaml
countries:
"""
ASKED = "{vote: lean yes, source: {who: mission, how: phone, on: 2022-02-11}}"
NOTED = "  IND: {vote: lean abstain, source: desk}\n"
SCENARIO = """\
kind: scenario
base: clean.yaml
set: [{countries: [RUS], vote: abstain}]
"""
PROCEEDINGS = """\
kind: proceedings
steps:
  - {id: council, resolution: clean.yaml}
  - {id: again, resolution: clean.yaml, when: council is adopted}
"""
BODY = """\
kind: body
id: club
name: Club
members: [FRA, GBR, USA]
since: 2000-01-01
questions:
  simple:
    default: true
    rules: [{needs: [{more_than: majority, of: present and voting}], cite: the rules}]
"""
VOTE = "id: A\nbody: club\ndate: 2022-01-01\nvotes: {yes: [FRA], no: [GBR]}\n"
OTHERS = {
    "list.yaml": "- a\n- b\n",
    "text.yaml": "just text\n",
    "empty.yaml": "",
    "remark.yaml": "# nothing yet\n",
    "manifest.yaml": "kind: Deployment\nbody: x\nvotes: 1\n",
    "template.yaml": "{% if x %}\nname: {{ name }}\n",
    "several.yaml": "a: 1\n---\nb: 2\n",
    "anchored.yml": "a: &x 1\nb: *x\n",
    "tabbed.yaml": "a:\n\tb: 1\n",
}
TODAY = ("--as-of", "2022-02-25")


@pytest.fixture(autouse=True, scope="module")
def _shipped() -> Iterator[None]:
    with shipped_data_read_once():
        yield


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder every test works in."""
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return place


def write(**files: str) -> None:
    """Write files: `a__b="..."` is `a/b.yaml`."""
    for name, text in files.items():
        put(f"{name.replace('__', '/')}.yaml", text)


def put(name: str, text: str) -> None:
    """Write one file."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def files(ended: Ended) -> list[str]:
    """The file of each problem, in order."""
    return [head["file"] for head in ended.heads]


# --- What is found --------------------------------------------------------------------------------


def test_a_folder_is_searched_to_its_depths_in_path_order() -> None:
    for name in ("z.yaml", "a/b/c.yml", "a/b.yaml", "a/a.yml", "B.yaml", "a-b.yaml"):
        put(name, UNKNOWN)
    found = files(quick("check", "."))
    assert found == ["B.yaml", "a/a.yml", "a/b/c.yml", "a/b.yaml", "a-b.yaml", "z.yaml"]
    assert found == [str(path) for path in sorted(map(Path, found))]


def test_without_a_path_the_current_folder_is_searched() -> None:
    write(deep__down__x=UNKNOWN)
    assert files(quick("check")) == ["deep/down/x.yaml"]


def test_paths_are_checked_in_the_order_given_and_each_file_once() -> None:
    write(a=UNKNOWN, b=UNKNOWN, folder__c=UNKNOWN)
    ended = quick("check", "folder", "b.yaml", ".")
    assert files(ended) == ["folder/c.yaml", "b.yaml", "a.yaml"]
    assert ended.stderr == "3 files checked: 3 errors\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("a.yaml ./a.yaml", ["a.yaml"]),
        ("./a.yaml a.yaml", ["./a.yaml"]),
        ("a.yaml {here}/a.yaml deep/../a.yaml", ["a.yaml"]),
        ("deep deep", ["deep/b.yaml"]),
        ("deep ./deep/ {here}/deep", ["deep/b.yaml"]),
        ("deep deep/b.yaml", ["deep/b.yaml"]),
        ("{here}/deep/b.yaml deep", ["{here}/deep/b.yaml"]),
        ("{here}/deep .", ["{here}/deep/b.yaml", "a.yaml"]),
        ("missing.yaml ./missing.yaml", ["missing.yaml"]),
    ],
)
def test_a_file_is_checked_once_under_its_first_spelling(
    words: str, found: list[str], folder: Path
) -> None:
    write(a=UNKNOWN, deep__b=UNKNOWN)
    ended = quick("check", *words.format(here=folder).split())
    assert files(ended) == [path.format(here=folder) for path in found]
    number = f"{len(found)} file{'s' * (len(found) > 1)}"
    assert ended.stderr.startswith(f"{number} checked: ")


def test_a_file_that_is_none_of_ours_is_checked_if_it_is_named_after_its_folder_too() -> None:
    put("folder/list.yaml", OTHERS["list.yaml"])
    for words in (["folder", "folder/list.yaml"], ["./folder/list.yaml", "folder"]):
        assert (quick("check", *words).codes, files(quick("check", *words))) == (
            ["UV110"],
            [next(word for word in words if word.endswith("list.yaml"))],
        )


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there")
def test_a_link_to_a_file_elsewhere_is_a_file_of_its_own() -> None:
    """What it names, and the bodies beside it, are those of its own folder."""
    write(a=UNKNOWN)
    Path("deep").mkdir()
    Path("deep/a.yaml").symlink_to("../a.yaml")
    Path("again").symlink_to("deep")
    assert files(quick("check", "a.yaml", "deep", "again")) == ["a.yaml", "deep/a.yaml"]


@pytest.mark.parametrize("words", [". {here}/bodies", "{here}/bodies .", "a.yaml {here}/bodies"])
@pytest.mark.parametrize("setting", ["", 'bodies = ["bodies"]\n'])
def test_a_body_is_told_of_once_where_a_vote_uses_it_and_it_is_checked_as_well(
    words: str, setting: str, folder: Path
) -> None:
    put("unvote.toml", setting)
    write(bodies__club=BODY.replace("FRA", "NO"), a=VOTE.replace("FRA", "USA"))
    given = words.format(here=folder).split()
    warned = quick("check", *given)
    assert (warned.codes, warned.code) == (["UV101"], 0)
    first = "bodies/club.yaml" if given[0] == "." else f"{folder}/bodies/club.yaml"
    assert files(warned) == [first]
    write(bodies__club=BODY.replace("FRA", "NO").replace("GBR", "Atlantis"))
    for paths in (given, ["a.yaml"]):
        assert sorted(quick("check", *paths).codes) == ["UV101", "UV201", "UV408"]


@pytest.mark.parametrize(
    ("broken", "names"),
    [
        pytest.param(BODY.replace("FRA", "Atlantis"), ["club", "Club", "CLUB"], id="a member"),
        pytest.param(BODY.replace("name: Club", "name: []"), ["club"], id="shape"),
        pytest.param(f"{BODY}\tx: 1\n", ["club", "file"], id="no YAML"),
        pytest.param(BODY.replace("id: club", "id: [1]"), ["file", "Club"], id="no id"),
        pytest.param(
            BODY.replace("FRA", "Atlantis").replace("id: club", "id: club\naliases: [c, Große R]"),
            ["c", "grosse r", "GROSSE  R"],
            id="alias",
        ),
        pytest.param(
            BODY.replace("FRA", "Atlantis").replace("club", "security-council"),
            ["unsc", "security-council", "Security Council"],
            id="in place of a shipped one",
        ),
    ],
)
def test_a_broken_body_stops_the_votes_that_use_it_and_no_others(
    broken: str, names: list[str]
) -> None:
    other = BODY.replace("club", "other").replace("Club", "Other")
    write(bodies__file=broken, bodies__other=other, clean=CLEAN.replace("security-council", "unga"))
    write(b=VOTE.replace("club", "other"))
    sound = quick("tally", "b.yaml", "--format", "json")
    assert (sound.code, [result["id"] for result in sound.data["results"]]) == (0, ["A"])
    for name in names:
        write(a=VOTE.replace("club", f'"{name}"'))
        ended = quick("tally", "a.yaml", "b.yaml", "--format", "json")
        assert (ended.code, [result["file"] for result in ended.data["results"]]) == (2, ["b.yaml"])
        told = [problem for problem in ended.data["problems"] if problem["file"] == "a.yaml"]
        assert [(problem["code"], problem["line"]) for problem in told] == [("UV408", 2)]
        assert told[0]["hint"].startswith("mend it: bodies/file.yaml:")
        assert any(problem["file"] == "bodies/file.yaml" for problem in ended.data["problems"])
        checked = quick("check", "a.yaml", "b.yaml")
        assert set(files(checked)) == {"bodies/file.yaml", "a.yaml"}


def test_all_problems_of_all_files_come_at_once_in_the_order_of_lines() -> None:
    write(a=MIXED, b=TWICE, c=CLEAN, d=SPONSOR)
    ended = quick("check", ".")
    assert [(head["file"], head["line"], head["code"]) for head in ended.heads] == [
        ("a.yaml", "6", "UV201"),
        ("a.yaml", "6", "UV101"),
        ("a.yaml", "8", "UV203"),
        ("b.yaml", "7", "UV301"),
        ("d.yaml", "9", "UV308"),
    ]
    assert ended.stderr == "4 files checked: 3 errors, 2 warnings\n"
    assert ended.code == 1


def test_problems_of_one_line_come_from_left_to_right() -> None:
    write(a=CLEAN.replace("[RUS]", "[Korea, Atlantis, FRA, Congo]"))
    assert quick("check", ".").codes == ["UV203", "UV201", "UV301", "UV203"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(CLEAN, id="resolution without a kind"),
        pytest.param(f"kind: resolution\n{CLEAN}", id="resolution"),
        pytest.param(DRAFT, id="resolution not voted on"),
        pytest.param(STANCES + NOTED, id="stances"),
        pytest.param(SCENARIO, id="scenario"),
        pytest.param(PROCEEDINGS, id="proceedings"),
        pytest.param(BODY, id="body"),
        pytest.param("kind: members\nas_of: 2022-01-01\nmembers: {}\n", id="members"),
    ],
)
def test_every_kind_of_document_is_found_and_judged(text: str) -> None:
    write(clean=CLEAN, draft=DRAFT, folder__clean=CLEAN, folder__draft=DRAFT, folder__mine=text)
    ended = quick("check", "folder", *TODAY)
    assert (ended.code, ended.stderr) == (0, "3 files checked: no problems\n")
    write(folder__mine=text + "colour: red\n")
    ended = quick("check", "folder", *TODAY)
    assert (files(ended), ended.codes) == (["folder/mine.yaml"], ["UV106"])


def test_other_yaml_is_left_alone_and_counted() -> None:
    write(clean=CLEAN)
    for name, text in OTHERS.items():
        put(name, text)
    put("notes.txt", UNKNOWN)
    put(".hidden/bad.yaml", UNKNOWN)
    put("folder.yaml/clean.yaml", CLEAN)
    ended = quick("check", ".")
    assert (ended.code, ended.stdout) == (0, "")
    assert (
        ended.stderr == f"2 files checked, {len(OTHERS)} other YAML files left alone: no problems\n"
    )


@pytest.mark.parametrize(
    ("slip", "code"),
    [
        pytest.param("  no: [RUS\n", "UV109", id="bracket"),
        pytest.param("\tno: [RUS]\n", "UV105", id="tab"),
        pytest.param("  no: [RUS\x07]\n", "UV107", id="control character"),
        pytest.param("  no: &x [RUS]\n", "UV103", id="anchor"),
        pytest.param("  no: [RUS]\n---\n", "UV112", id="two documents"),
    ],
)
@pytest.mark.parametrize("head", ["", "kind: resolution\n"], ids=["no kind", "kind"])
def test_a_slip_in_one_of_ours_does_not_make_it_another_programs(
    head: str, slip: str, code: str
) -> None:
    write(mine=head + CLEAN.replace("  no: [RUS]\n", slip), clean=CLEAN)
    ended = quick("check", ".")
    assert ended.codes == [code]
    assert ended.stderr == "2 files checked: 1 error\n"


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_that_is_named_is_taken_at_its_word(name: str) -> None:
    put(name, OTHERS[name])
    ended = quick("check", name)
    assert ended.code == 1
    assert ended.codes
    assert ended.stderr.startswith("1 file checked: ")


def test_a_named_file_of_no_kind_of_ours_is_told_the_kinds() -> None:
    put("manifest.yaml", OTHERS["manifest.yaml"])
    assert quick("check", "manifest.yaml").codes == ["UV110"]


@pytest.mark.parametrize("path", ["missing.yaml", "empty", "others"])
def test_a_path_without_a_document_is_a_problem(path: str) -> None:
    Path("empty").mkdir()
    put("others/list.yaml", OTHERS["list.yaml"])
    ended = quick("check", path)
    assert (ended.code, files(ended), ended.codes) == (1, [path], ["UV113"])


# --- What counts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("--select UV2", ["UV201", "UV203"]),
        ("--select UV2xx", ["UV201", "UV203"]),
        ("--select uv2XX", ["UV201", "UV203"]),
        ("--select UV20x", ["UV201", "UV203"]),
        ("--select UV203", ["UV203"]),
        ("--select UV203,UV1", ["UV101", "UV203"]),
        ("--select UV203 --select UV101", ["UV101", "UV203"]),
        ("--select UV3", []),
        ("--ignore UV2", ["UV101"]),
        ("--ignore UV2xx,UV101", []),
        ("--ignore UV201 --ignore UV101", ["UV203"]),
        ("--select UV2 --ignore UV203", ["UV201"]),
        ("--select UV203 --ignore UV2", []),
        ("-q", ["UV201", "UV203"]),
        ("-q --select UV1", []),
        ("-q --strict --select UV1", ["UV101"]),
    ],
)
def test_codes_and_families_are_chosen(words: str, codes: list[str]) -> None:
    write(a=MIXED)
    ended = quick("check", ".", *words.split())
    assert ended.codes == codes
    assert ended.code == int(any(head["level"] == "error" for head in ended.heads))
    assert ended.stderr.startswith("1 file checked: ")


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("word", ["UV9", "UV999", "UV3yy", "sponsor", "UV301,UV9", "E501", "3"])
def test_an_unknown_code_is_bad_usage(option: str, word: str) -> None:
    write(a=CLEAN)
    ended = quick("check", ".", option, word)
    assert (ended.code, ended.stdout) == (2, "")
    assert repr(word.rpartition(",")[2]) in ended.stderr


@pytest.mark.parametrize("word", ["UV301,", ",", "", "X", "xx"])
def test_a_code_left_empty_never_ignores_everything(word: str) -> None:
    write(a=UNKNOWN)
    assert quick("check", ".", "--ignore", word).code != 0


def test_a_warning_is_no_failure_unless_it_is_strict() -> None:
    write(a=SPONSOR)
    ended = quick("check", ".")
    assert (ended.code, ended.stderr) == (0, "1 file checked: 1 warning\n")
    assert [head["level"] for head in ended.heads] == ["warning"]
    ended = quick("check", ".", "--strict")
    assert (ended.code, ended.stderr) == (1, "1 file checked: 1 error\n")
    assert [head["level"] for head in ended.heads] == ["error"]


@pytest.mark.parametrize(
    ("words", "stale"),
    [
        ("--max-age 14 --as-of 2022-02-25", False),
        ("--max-age 14 --as-of 2022-02-26", True),
        ("--max-age 13 --as-of 2022-02-25", True),
        ("--max-age 0 --as-of 2022-02-11", False),
        ("--max-age 0 --as-of 2022-02-12", True),
        ("--max-age 0 --as-of 2022-02-10", False),
        ("--as-of 2099-01-01", False),
    ],
)
def test_a_stance_is_stale_from_the_day_after_its_limit(words: str, *, stale: bool) -> None:
    write(draft=DRAFT, stances=f"{STANCES}  IND: {ASKED}\n")
    ended = quick("check", "stances.yaml", *words.split())
    assert ended.codes == ["UV402"] * stale
    assert ended.code == 0


def test_the_limit_of_the_file_itself_goes_before_the_commands() -> None:
    write(draft=DRAFT, stances=f"max_age_days: 20\n{STANCES}  IND: {ASKED}\n")
    assert quick("check", ".", "--max-age", "1", "--as-of", "2022-03-03").codes == []
    assert quick("check", ".", "--max-age", "99", "--as-of", "2022-03-04").codes == ["UV402"]


def test_stances_are_judged_as_of_today_unless_a_day_is_given() -> None:
    asked = date.today() - timedelta(days=10)  # noqa: DTZ011 - the day the program takes, too
    write(draft=DRAFT, stances=f"{STANCES}  IND: {ASKED}\n".replace("2022-02-11", str(asked)))
    assert quick("check", ".", "--max-age", "5").codes == ["UV402"]
    assert quick("check", ".", "--max-age", "99").codes == []
    assert quick("check", ".", "--max-age", "5", "--as-of", str(asked)).codes == []


# --- Settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "head"), [("unvote.toml", ""), ("pyproject.toml", "[tool.unvote]\n")]
)
@pytest.mark.parametrize(
    ("settings", "codes", "code"),
    [
        pytest.param("", ["UV201", "UV101", "UV203"], 1, id="none"),
        pytest.param('select = ["UV1"]', ["UV101"], 0, id="select"),
        pytest.param('ignore = ["UV101", "UV2xx"]', [], 0, id="ignore"),
        pytest.param('strict = true\nignore = ["UV2"]', ["UV101"], 1, id="strict"),
        pytest.param('exclude = ["a.yaml"]', [], 0, id="exclude"),
    ],
)
def test_a_project_sets_once_what_counts(
    file: str, head: str, settings: str, codes: list[str], code: int
) -> None:
    write(a=MIXED, b=CLEAN)
    put(file, f"{head}{settings}\n")
    ended = quick("check", ".")
    assert (ended.codes, ended.code) == (codes, code)


@pytest.mark.parametrize("key", ["max_age", "max-age"])
def test_the_age_of_stances_is_set_in_days_and_the_command_line_replaces_it(key: str) -> None:
    write(draft=DRAFT, stances=f"{STANCES}  IND: {ASKED}\n")
    put("unvote.toml", f"{key} = 7\n")
    assert quick("check", ".", *TODAY).codes == ["UV402"]
    assert quick("check", ".", "--max-age", "30", *TODAY).codes == []


def test_the_command_line_adds_to_the_lists_of_the_settings() -> None:
    write(a=MIXED)
    put("unvote.toml", 'select = ["UV2"]\nignore = ["UV201"]\n')
    assert quick("check", ".").codes == ["UV203"]
    assert quick("check", ".", "--select", "UV101").codes == ["UV101", "UV203"]
    assert quick("check", ".", "--ignore", "UV203").codes == []


def test_settings_are_found_upwards_and_the_nearest_file_is_the_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(a__b__x=SPONSOR)
    put("unvote.toml", "strict = true\n")
    monkeypatch.chdir("a/b")
    assert quick("check").code == 1
    put("../pyproject.toml", "[project]\nname = 'x'\n")  # says nothing of this program
    assert quick("check").code == 1
    put("../pyproject.toml", "[tool.unvote]\n")
    assert quick("check").code == 0
    put("../unvote.toml", "strict = true\n")  # before a pyproject.toml beside it
    assert quick("check").code == 1


def test_members_and_bodies_are_taken_from_the_folder_of_the_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(own__club=BODY, members="kind: members\nas_of: 2022-01-01\nmembers: {}\n")
    write(sub__a="id: A\nbody: club\ndate: 2022-01-01\nvotes: {yes: [FRA], no: [GBR, USA]}\n")
    assert quick("check", "sub").codes == ["UV314"]
    put("unvote.toml", 'bodies = ["own"]\n')
    monkeypatch.chdir("sub")
    assert quick("check").codes == []
    put("../unvote.toml", 'bodies = ["own"]\nmembers = "members.yaml"\n')
    assert "UV201" in quick("check").codes  # nobody is a member there


def test_what_is_excluded_is_left_out_of_folders_but_not_when_it_is_named() -> None:
    write(a=UNKNOWN, drafts__b=UNKNOWN, drafts__deep__c=UNKNOWN, other__drafts__d=UNKNOWN)
    put("unvote.toml", 'exclude = ["drafts/*", "*/drafts"]\n')
    ended = quick("check", ".")
    assert (files(ended), ended.stderr) == (["a.yaml"], "1 file checked: 1 error\n")
    assert files(quick("check", "drafts/b.yaml", ".")) == ["drafts/b.yaml", "a.yaml"]


@pytest.mark.parametrize(
    ("inside", "path"), [(".", "{here}"), (".", "./sub/../sub"), ("sub", "."), ("sub", "..")]
)
def test_what_is_excluded_is_told_from_the_folder_of_the_settings(
    inside: str, path: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(sub__clean=CLEAN, sub__drafts__b=UNKNOWN)
    put("unvote.toml", 'exclude = ["sub/drafts/*"]\n')
    monkeypatch.chdir(inside)
    assert files(quick("check", path.format(here=folder))) == []


@pytest.mark.parametrize(
    ("file", "head"), [("unvote.toml", ""), ("pyproject.toml", "[tool.unvote]\n")]
)
@pytest.mark.parametrize(
    ("settings", "key", "code"),
    [
        ('selekt = ["UV2"]', "selekt", "UV106"),
        ("Strict = true", "Strict", "UV106"),
        ('select = "UV2"', "select", "UV110"),
        ("ignore = [201]", "ignore", "UV110"),
        ('strict = "yes"', "strict", "UV110"),
        ("strict = 1", "strict", "UV110"),
        ("max_age = true", "max_age", "UV110"),
        ("max-age = -1", "max-age", "UV110"),
        ("max-age = 1.5", "max-age", "UV110"),
        ("members = []", "members", "UV110"),
        ('exclude = "drafts"', "exclude", "UV110"),
        ("bodies = {}", "bodies", "UV110"),
        ('select = [""]', "select", "UV110"),
        ('ignore = ["UV2", " "]', "ignore", "UV110"),
        ('ignore = ["x"]', "ignore", "UV110"),
        ('exclude = [""]', "exclude", "UV110"),
        ('bodies = [" "]', "bodies", "UV110"),
        ('members = ""', "members", "UV110"),
    ],
)
def test_settings_that_cannot_be_meant_stop_the_run(
    file: str, head: str, settings: str, key: str, code: str, folder: Path
) -> None:
    write(a=CLEAN)
    put(file, f"{head}strict = true\n{settings}\n".replace("strict = true\nstrict", "strict"))
    ended = quick("check", ".")
    assert (ended.code, ended.stdout) == (2, "")
    first, hint = ended.stderr.splitlines()
    assert first.startswith(f"{folder / file}: error {code}: '{key}' ")
    assert hint.startswith("  hint: ")


def test_all_that_is_wrong_in_the_settings_is_told_at_once() -> None:
    put("unvote.toml", 'selekt = ["UV2"]\nstrict = "yes"\nmax_age = "x"\n')
    ended = quick("check", ".")
    assert ended.code == 2
    assert [word in ended.stderr for word in ("'selekt'", "'strict'", "'max_age'")] == [True] * 3


@pytest.mark.parametrize("text", ["strict = \n", "strict = true\nstrict = true\n", "[", "\xff\xfe"])
def test_settings_that_are_no_toml_stop_the_run(text: str, folder: Path) -> None:
    write(a=CLEAN)
    Path("unvote.toml").write_bytes(text.encode("latin-1"))
    ended = quick("check", ".")
    assert (ended.code, ended.stdout) == (2, "")
    assert f"{folder / 'unvote.toml'}: error UV109: this is not TOML" in ended.stderr


@pytest.mark.parametrize("key", ["select", "ignore"])
@pytest.mark.parametrize("word", ["UV9", "sponsors", ""])
def test_an_unknown_code_in_the_settings_stops_the_run(key: str, word: str) -> None:
    write(a=UNKNOWN)
    put("unvote.toml", f'{key} = ["{word}"]\n')
    assert quick("check", ".").code == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("tool.unvote = 3\n", id="not a table"),
        pytest.param("[tool]\nunvote = {strict = 1}\n", id="within its table"),
        pytest.param('["tool"."unvote"]\nstrict = 1\n', id="quoted"),
        pytest.param("[ tool . unvote ]\nstrict = 1\n", id="spaced"),
    ],
)
def test_the_table_is_found_however_it_is_written(text: str) -> None:
    write(a=CLEAN)
    put("pyproject.toml", text)
    assert quick("check", ".").code == 2


def test_a_remark_about_the_table_is_not_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    write(sub__a=SPONSOR)
    put("unvote.toml", "strict = true\n")
    put("sub/pyproject.toml", "# [tool.unvote] is in unvote.toml\n[project]\nname = 'x'\n")
    monkeypatch.chdir("sub")
    assert quick("check").code == 1


# --- Silences -------------------------------------------------------------------------------------


def stances(*lines: str) -> Ended:
    """What comes of a stances file with these lines under `countries:`, the first on line 4."""
    write(draft=DRAFT, stances=STANCES + "".join(f"{line}\n" for line in lines))
    return quick("check", "stances.yaml", *TODAY)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["  IND: yes # unvote: ignore UV401 - asked us not to"], id="end of line"),
        pytest.param(["  IND: yes    #unvote:ignore UV401 asked us not to"], id="other spacing"),
        pytest.param(["  IND: yes # unvote: ignore UV401: asked us not to"], id="colon"),
        pytest.param(["  IND: yes # unvote: ignore UV401 \u2013 asked us not to"], id="dash"),
        pytest.param(["  IND: yes # unvote: ignore UV4 - all of them"], id="family"),
        pytest.param(["  IND: yes # unvote: ignore UV4xx - all of them"], id="family with xx"),
        pytest.param(["  IND: yes # see below # unvote: ignore UV401 - so"], id="after a remark"),
        pytest.param(["  # unvote: ignore UV401 - asked us not to", "  IND: yes"], id="above"),
        pytest.param(["# unvote: ignore UV401 - so", "", "  # more", "  IND: yes"], id="far above"),
        pytest.param(["# unvote: ignore UV401 - so", '  "IND": "yes" # "so"'], id="above quotes"),
    ],
)
def test_a_silence_with_a_reason_silences_its_line(lines: list[str]) -> None:
    assert stances("  BRA: {vote: yes, source: desk}", *lines).codes == []


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
def test_a_silence_holds_whatever_the_editor_writes(ending: str, mark: str) -> None:
    lines = ["# unvote: ignore UV403 - the same text, renamed", "kind: stances"]
    lines += ["resolution: draft.yaml", "countries:", "  IND: yes # unvote: ignore UV401 - so"]
    write(draft=DRAFT)
    put("stances.yaml", mark + ending.join(lines))
    assert quick("check", "stances.yaml", *TODAY).lines == [(1, "UV115")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("  IND: yes # unvote: ignore UV401", ["UV401", "UV114"], id="no reason"),
        pytest.param("  IND: yes # unvote: ignore UV401 -", ["UV401", "UV114"], id="a dash alone"),
        pytest.param("  IND: yes # unvote: ignore - so", ["UV401", "UV114"], id="no code"),
        pytest.param("  IND: yes # unvote: ignore", ["UV401", "UV114"], id="nothing"),
        pytest.param("  IND: yes # unvote: ignore all - so", ["UV401", "UV114"], id="all"),
        pytest.param("  IND: yes # unvote: ignore UV403 - so", ["UV401", "UV115"], id="another"),
        pytest.param("  IND: yes # unvote: ignored", ["UV401"], id="another word"),
        pytest.param("  IND: yes # unvote ignore UV401 - so", ["UV401"], id="no colon"),
        pytest.param("  IND: yes # UV401", ["UV401"], id="a code alone"),
    ],
)
def test_a_silence_without_code_or_reason_silences_nothing(line: str, found: list[str]) -> None:
    ended = stances(line)
    assert ended.lines == [(4, code) for code in found]
    assert ended.code == int("UV114" in found)


@pytest.mark.parametrize(
    "note",
    [
        pytest.param('    note: "x # unvote: ignore UV401 - in quotes"', id="double quotes"),
        pytest.param("    note: 'x # unvote: ignore UV401 - in quotes'", id="single quotes"),
        pytest.param('    note: "x\n      # unvote: ignore UV401 - so\n      x"', id="over lines"),
        pytest.param("    note: |\n      x # unvote: ignore UV401 - in a block", id="block"),
        pytest.param("    note: >-\n      # unvote: ignore UV401 - in a block", id="folded"),
        pytest.param('    tags: [a, "# unvote: ignore UV401 - in a list"]', id="in a list"),
        pytest.param("    note: x# unvote:ignore UV401 - no space", id="plain text"),
    ],
)
def test_text_within_a_value_is_no_silence(note: str) -> None:
    assert stances("  IND:", "    vote: yes", note, "  BRA: no").codes == ["UV401", "UV401"]


def test_the_same_text_after_a_value_is_one() -> None:
    quoted = '  IND: {vote: yes, note: "# unvote"} # unvote: ignore UV401 - "so"'
    assert stances(quoted, "  BRA: yes # unvote: ignore UV401 - 'so'").codes == []


@pytest.mark.parametrize("between", [", ", ",", " "])
def test_one_silence_may_be_for_several_codes_and_each_must_be_needed(between: str) -> None:
    codes = between.join(["UV401", "UV405"])
    friendly = f"  FRA: no # unvote: ignore {codes} - they told us so"
    write(draft=DRAFT)
    text = STANCES.replace("countries", "friendly: yes\ngroups: {EU: yes}\ncountries")
    put("stances.yaml", f"{text}{friendly}\n")
    assert quick("check", "stances.yaml", *TODAY).codes == []
    put("stances.yaml", f"{text}{friendly.replace('FRA', 'GBR')}\n")
    ended = quick("check", "stances.yaml", *TODAY)
    assert ended.codes == ["UV115"]
    assert "UV405" in ended.stdout


def test_a_silence_is_for_one_line_only() -> None:
    ended = stances("  IND: yes # unvote: ignore UV401 - so", "  BRA: yes", "  CHN: no")
    assert ended.lines == [(5, "UV401"), (6, "UV401")]


def test_an_unused_silence_stands_where_it_is_written_and_is_a_warning() -> None:
    ended = stances("  # unvote: ignore UV401 - so", "  IND: undecided", "  BRA: yes")
    assert ended.lines == [(4, "UV115"), (6, "UV401")]
    assert ended.code == 0


def test_an_error_can_be_silenced_too() -> None:
    write(a=TWICE.replace("FRA]", "FRA] # unvote: ignore UV301 - the record itself says so"))
    assert (quick("check", ".").code, quick("check", ".").codes) == (0, [])


def test_what_is_silenced_is_silent_whatever_is_selected() -> None:
    write(a=SPONSOR.replace("[USA, RUS]", "[USA, RUS] # unvote: ignore UV308 - amended"))
    for words in ([], ["--strict"], ["--select", "UV308"], ["--ignore", "UV308"]):
        assert quick("check", ".", *words).codes == []


def test_a_silence_in_a_body_file_holds_when_a_vote_uses_the_body() -> None:
    own = BODY.replace("USA]", "USA, FRA] # unvote: ignore UV102 - two seats")
    write(bodies__club=own)
    assert quick("check", ".").codes == []
    write(a=f"{VOTE}expect: {{verdict: not adopted, because: tie}}\n")
    for words in (("check", "."), ("check", "a.yaml"), ("tally", "a.yaml")):
        ended = quick(*words)
        assert (ended.code, ended.codes) == (0, [])
        assert "UV" not in ended.stderr
    write(bodies__club=own.replace(" - two seats", ""))
    assert sorted(quick("check", "bodies").codes) == ["UV102", "UV114"]
    assert quick("check", "a.yaml").codes == ["UV102", "UV408"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("USA]", "USA]\nmembers: 3 # unvote: ignore UV102 - so", None, id="key twice"),
        pytest.param("name: Club", "name: [] # unvote: ignore UV110 - so", "UV408", id="no name"),
    ],
)
def test_a_silence_in_a_body_file_does_not_make_a_body_of_what_is_none(
    old: str, new: str, code: str | None
) -> None:
    write(bodies__club=BODY.replace(old, new), a=VOTE)
    assert quick("check", "bodies").codes == []
    assert quick("check", ".").codes == ([code] if code else [])


@pytest.mark.parametrize("word", ["UV402", "UV4xx", "UV40"])
@pytest.mark.parametrize(
    ("limit", "words", "known"),
    [
        ("", [], False),
        ("", ["--max-age", "14"], True),
        ("max_age_days: 14\n", [], True),
        ("max_age_days: 14\n", ["--max-age", "20"], True),
    ],
)
def test_whether_a_silence_of_stale_stances_is_used_is_known_if_their_age_was_judged(
    word: str, limit: str, words: list[str], *, known: bool
) -> None:
    write(draft=DRAFT)
    put("stances.yaml", f"{STANCES}  IND: {ASKED} # unvote: ignore {word} - closed\n{limit}")
    assert quick("check", "stances.yaml", *TODAY, *words).codes == ["UV115"] * known
    stale = quick("check", "stances.yaml", "--as-of", "2022-03-30", *words)
    assert stale.codes == []
    put("unvote.toml", "max_age = 14\n")
    assert quick("check", "stances.yaml", *TODAY).codes == ["UV115"]


def test_a_silence_is_not_called_unused_where_its_check_could_not_run() -> None:
    put("stances.yaml", f"{STANCES}  IND: yes # unvote: ignore UV401 - so\n")
    assert quick("check", "stances.yaml").codes == ["UV408"]
    write(a=f"{TWICE}extra: [\n".replace("FRA]", "FRA] # unvote: ignore UV301 - so"))
    assert quick("check", "a.yaml").codes == ["UV109"]


# --- How it ends, and what goes where -------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("check clean.yaml", 0),
        ("check warned.yaml", 0),
        ("check warned.yaml --strict", 1),
        ("check wrong.yaml", 1),
        ("check wrong.yaml -q", 1),
        ("check wrong.yaml --ignore UV201", 0),
        ("check wrong.yaml --format json", 1),
        ("check wrong.yaml -o report.txt", 1),
        ("check missing.yaml", 1),
        ("check --nonsense", 2),
        ("check --max-age -1", 2),
        ("check --max-age soon", 2),
        ("check --as-of tomorrow", 2),
        ("check --as-of 2022-02-30", 2),
        ("check --format xml", 2),
        ("check --select X", 2),
        ("check --select UV2,", 2),
        ("check --ignore UV2,,UV3", 2),
        ("check clean.yaml -o missing/report.txt", 2),
    ],
)
def test_exit_codes(words: str, code: int) -> None:
    write(clean=CLEAN, warned=SPONSOR, wrong=UNKNOWN)
    assert quick(*words.split()).code == code


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("given", ["", " ", ",", "UV2,"])
def test_an_empty_code_is_bad_usage(option: str, given: str) -> None:
    write(clean=CLEAN)
    ended = quick("check", "clean.yaml", option, given)
    assert (ended.code, ended.stdout) == (2, "")
    assert ended.stderr == f"unvote: {option}: a code is empty; give some, as UV203 or UV3xx\n"


def test_success_is_quiet() -> None:
    write(clean=CLEAN)
    ended = run("check")
    assert (ended.code, ended.stdout) == (0, "")
    assert ended.stderr == "1 file checked: no problems\n"


def test_problems_go_to_standard_output_and_their_number_to_standard_error() -> None:
    write(wrong=UNKNOWN)
    ended = run("check")
    assert ended.stderr == "1 file checked: 1 error\n"
    assert ended.stdout.startswith("wrong.yaml:6:9: error UV201: 'Atlantis' ")
    assert "  | " in ended.stdout
    assert "^^^^^^^^\n" in ended.stdout


def test_a_report_is_written_to_a_file_and_nowhere_else() -> None:
    write(wrong=UNKNOWN)
    shown = quick("check", "wrong.yaml", "--format", "json").stdout
    ended = quick("check", "wrong.yaml", "--format", "json", "-o", "report.json")
    assert (ended.stdout, ended.stderr) == ("", "1 file checked: 1 error\n")
    assert Path("report.json").read_text(encoding="utf-8") == shown


def test_the_problems_are_those_of_the_json_contract() -> None:
    write(a=MIXED)
    data = quick("check", ".", "--format", "json").data
    assert (data["schema"], data["results"]) == ("unvote/1", [])
    told = [(p["code"], p["level"], p["file"], p["line"], p["column"]) for p in data["problems"]]
    assert told == [
        ("UV201", "error", "a.yaml", 6, 9),
        ("UV101", "warning", "a.yaml", 6, 59),
        ("UV203", "error", "a.yaml", 8, 23),
    ]
    assert all(problem["message"] and problem["hint"] for problem in data["problems"])


@pytest.mark.parametrize("form", CheckFormat)
def test_the_same_files_give_the_same_bytes(form: CheckFormat) -> None:
    write(a=MIXED, sub__b=TWICE, c="id: X\nbody: unga\ndate: 2022-01-01\ncounts: 9-9-999\n")
    runs = [
        run("check", ".", "--format", form.value, *TODAY, env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert "UV304" in runs[0].stdout


# --- The bar --------------------------------------------------------------------------------------

WATCHED = """
import sys
from unvote.cli import checking, main
checking.MOMENT = float(sys.argv.pop(1))
main()
"""


def on_a_terminal(moment: str) -> tuple[str, str]:
    """A check's standard output, and what a terminal shows of its standard error."""
    assert pty is not None
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-c", WATCHED, moment, "check", "."],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    stdout, _ = done.communicate(timeout=60)
    return stdout.decode(), shown.decode()


@pytest.mark.skipif(pty is None, reason="there are no pseudo-terminals here")
def test_a_bar_is_shown_on_a_terminal_once_it_takes_more_than_a_moment() -> None:
    write(a=UNKNOWN, b=CLEAN, c=AMBIGUOUS)
    plain = quick("check", ".").stdout
    printed, shown = on_a_terminal("-1")
    assert "Checking" in shown
    assert shown.endswith("3 files checked: 2 errors\r\n")
    assert printed == plain


@pytest.mark.skipif(pty is None, reason="there are no pseudo-terminals here")
def test_no_bar_is_shown_for_a_moments_work() -> None:
    write(a=UNKNOWN, b=CLEAN)
    assert on_a_terminal("3600")[1] == "2 files checked: 1 error\r\n"


def test_no_bar_is_shown_where_there_is_no_terminal() -> None:
    write(a=CLEAN, b=CLEAN)
    command = [sys.executable, "-c", WATCHED, "-1", "check", "."]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == (b"", b"2 files checked: no problems\n")


# --- Expectations ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expect", "codes"),
    [
        ("{verdict: not adopted, because: veto, counts: 11-1-3, need: 9, have: 11}", []),
        ("{verdict: adopted}", ["UV501"]),
        ("{verdict: open}", ["UV501"]),
        ("{because: shortfall}", ["UV503"]),
        ("{counts: 11-1-2}", ["UV502"]),
        ("{need: 8}", ["UV503"]),
        ("{have: 12}", ["UV503"]),
        (
            "{verdict: adopted, because: tie, counts: 1-1-1, need: 1}",
            ["UV501", "UV503", "UV502", "UV503"],
        ),
    ],
)
def test_what_a_resolution_expects_is_tested(expect: str, codes: list[str]) -> None:
    write(a=f"{CLEAN}expect: {expect}\n")
    ended = quick("check", ".")
    assert ended.codes == codes
    assert {head["line"] for head in ended.heads} <= {"9"}
    assert ended.code == int(bool(codes))


def test_what_an_amendment_expects_is_tested_where_it_is_written() -> None:
    votes = "votes: {yes: [FRA, GBR, USA], no: [RUS]}"
    text = f"amendments:\n  - id: A1\n    {votes}\n    expect: {{verdict: adopted}}\n"
    write(a=CLEAN.replace("votes:", f"{text}votes:", 1) + "expect: {verdict: not adopted}\n")
    assert quick("check", ".").lines == [(8, "UV501")]


@pytest.mark.parametrize(
    ("expect", "codes"),
    [
        ("{council: not adopted, again: not taken}", []),
        ("{council: {verdict: not adopted, because: veto, counts: 11-1-3, need: 9}}", []),
        ("{council: adopted}", ["UV501"]),
        ("{council: not taken}", ["UV501"]),
        ("{again: not adopted}", ["UV501"]),
        ("{again: {verdict: not adopted}}", ["UV501"]),
        ("{council: {because: shortfall}}", ["UV503"]),
        ("{council: {counts: 11-1-2}}", ["UV502"]),
        ("{other: adopted}", ["UV316"]),
        ("{council: vetoed}", ["UV110"]),
        ("{council: adopted, again: adopted}", ["UV501", "UV501"]),
    ],
)
def test_what_proceedings_expect_of_each_step_is_tested(expect: str, codes: list[str]) -> None:
    write(clean=CLEAN, steps=f"{PROCEEDINGS}expect: {expect}\n")
    ended = quick("check", "steps.yaml")
    assert ended.lines == [(5, code) for code in codes]


# 11 yes and 3 abstentions once Russia abstains: nine are left after two more have gone over.
SWEEP = "sweep: {from: yes, to: abstain, count: 0..5}\n"


@pytest.mark.parametrize(
    ("expect", "codes"),
    [
        ("{0..2: adopted, 3..5: not adopted}", []),
        ("{0: adopted, 2: adopted, 3: not adopted}", []),
        ("{0..3: adopted}", ["UV501"]),
        ("{2..5: not adopted}", ["UV501"]),
        ("{0..2: not adopted, 3..5: adopted}", ["UV501", "UV501"]),
        ("{6..9: adopted}", ["UV501"]),
        ("{verdict: adopted}", ["UV501"]),
        ("{need: 9}", []),
        ("{soon: adopted}", ["UV110"]),
        ("{0..2: carried over}", ["UV110"]),
    ],
)
def test_what_a_sweep_expects_of_each_point_is_tested(expect: str, codes: list[str]) -> None:
    write(clean=CLEAN, scenario=f"{SCENARIO}{SWEEP}expect: {expect}\n")
    ended = quick("check", "scenario.yaml")
    assert ended.lines == [(5, code) for code in codes]


def test_the_first_point_that_is_otherwise_is_named() -> None:
    write(clean=CLEAN, scenario=f"{SCENARIO}{SWEEP}expect: {{0..5: adopted}}\n")
    assert "at 3 it is not adopted" in quick("check", "scenario.yaml").stdout


def test_what_a_scenario_expects_of_its_one_outcome_is_tested() -> None:
    write(clean=CLEAN)
    write(scenario=f"{SCENARIO}expect: {{verdict: adopted, counts: 11-0-4}}\n")
    assert quick("check", "scenario.yaml").codes == []
    write(scenario=f"{SCENARIO}expect: {{verdict: not adopted, because: veto}}\n")
    assert quick("check", "scenario.yaml").codes == ["UV501", "UV503"]


def test_the_shipped_examples_and_data_are_as_they_expect() -> None:
    ended = quick("check", ROOT / "resolutions", ROOT / "bodies")
    assert (ended.code, ended.stdout) == (0, "")


# --- From Python ----------------------------------------------------------------------------------


def test_python_gets_the_files_the_number_left_alone_and_the_problems(folder: Path) -> None:
    write(a=CLEAN, b=SPONSOR)
    put("other.yaml", "a: 1\n")
    report = check(folder, as_of=date(2022, 2, 25))
    assert [(Path(one.file).name, one.kind) for one in report.files] == [
        ("a.yaml", "resolution"),
        ("b.yaml", "resolution"),
    ]
    assert (report.skipped, report.clean) == (1, True)
    assert [problem.problem.code for problem in report.problems] == ["UV308"]
    strict = check(folder, as_of=date(2022, 2, 25), settings=Settings(strict=True))
    assert not strict.clean


def test_python_may_watch_the_files_go_by(folder: Path) -> None:
    write(a=CLEAN, b=CLEAN)
    seen: list[str] = []

    def watch(paths: object) -> Iterator[tuple[str, bool]]:
        assert isinstance(paths, list)
        for path in paths:
            seen.append(Path(path[0]).name)
            yield path

    check(folder, as_of=date(2022, 2, 25), progress=watch)
    assert seen == ["a.yaml", "b.yaml"]


def test_python_reads_no_settings_of_its_own_accord(folder: Path) -> None:
    write(a=SPONSOR)
    put("unvote.toml", "strict = true\n")
    assert check(folder, as_of=date(2022, 2, 25)).clean
    assert not check(folder, as_of=date(2022, 2, 25), settings=Settings(strict=True)).clean
