"""Problems in the formats of other programs, held against their own schemas and rules."""

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
import xmlschema
from hypothesis import example, given, settings, strategies as st
from tests.runs import Ended, quick, run, shipped_data_read_once

from unvote.catalogue import CATALOGUE
from unvote.diagnostics import Diagnostic, Level, Place, Problem, visible
from unvote.render import findings

DATA = Path(__file__).parent / "data"
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")

WRONG = """\
id: X/1
body: security-council
date: 2022-02-25
question: substantive
votes:
  yes: [Atlantis, FRA, NO]
  no: [RUS, FRA]
  abstain: [Korea]
"""
ODD_NAMES = [
    "with space.yaml",
    "a,b;c=d.yaml",
    "100%.yaml",
    "50%25.yaml",
    "a'b.yaml",
    "&amp;.yaml",
    "[draft].yaml",
    "Türkiye 文.yaml",
    "#hash.yaml",
    pytest.param("a:b.yaml", marks=POSIX),
    pytest.param("::error::x.yaml", marks=POSIX),
    pytest.param('say "yes" <no>.yaml', marks=POSIX),
    pytest.param("what?*|.yaml", marks=POSIX),
    pytest.param("new\nline.yaml", marks=POSIX),
    pytest.param("x\n::error::y.yaml", marks=POSIX),
    pytest.param("back\\slash.yaml", marks=POSIX),
]
PLACE = Place(7, 13, 7, 16)
OTHER = Place(6, 9, 6, 12)


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


def checked(form: str, *words: str, text: str = WRONG, name: str = "a.yaml") -> Ended:
    """What comes of a check of one file."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return quick("check", *(words or (name,)), "--format", form)


def found(  # noqa: PLR0913 - one for each part of a problem
    code: str = "UV301",
    message: str = "FRA is counted twice",
    hint: str = "delete one",
    *,
    file: str = "a.yaml",
    place: Place | None = PLACE,
    also: Place | None = None,
    level: Level = Level.ERROR,
) -> Diagnostic:
    """A problem that was found."""
    problem = Problem(code, message, (), hint, level)
    return Diagnostic(
        file, problem, place, "  no: [RUS, FRA]", also, "  yes: [FRA]" if also else ""
    )


EVERY_CODE = [
    found(code, entry.title, entry.cure, level=entry.level) for code, entry in CATALOGUE.items()
]
LISTS: list[list[Diagnostic]] = [
    [],
    [found()],
    [found(), found()],
    [found("UV113", "cannot read this file", place=None)],
    [found(place=Place(1, 1, 9, 4)), found(hint=""), found(level=Level.WARNING)],
    [found(also=OTHER)],
    EVERY_CODE,
]
AS_LISTED = ["none", "one", "twice the same", "no place", "over lines", "two places", "every code"]
of_files = st.text(max_size=12)
of_names = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\udc80\udcff"),
    min_size=1,
    max_size=12,
)
"""Names of files may have bytes that are no text."""
problems = st.lists(
    st.builds(
        found,
        st.sampled_from(sorted(CATALOGUE)),
        of_files,
        of_files,
        file=of_names,
        place=st.sampled_from([None, PLACE, Place(1, 1, 3, 1)]),
        also=st.sampled_from([None, OTHER]),
        level=st.sampled_from(Level),
    ),
    max_size=4,
)


# --- GitHub ---------------------------------------------------------------------------------------


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """What GitHub's runner takes from a log: command, properties, data, all unescaped."""
    read = []
    for line in text.split("\n"):
        match = re.match(r"::(\w+) (.*?)::(.*)", line.lstrip())
        if match:
            pairs = (pair.split("=", 1) for pair in match[2].split(","))
            properties = {key: unescape(value, "%3A:", "%2C,") for key, value in pairs}
            read.append((match[1], properties, unescape(match[3])))
    return read


def unescape(text: str, *more: str) -> str:
    for escaped in (*more, "%0D\r", "%0A\n", "%25%"):
        text = text.replace(escaped[:3], escaped[3])
    return text


def test_github_gets_file_place_code_message_and_cure() -> None:
    read = annotations(checked("github").stdout)
    assert [(level, properties["title"]) for level, properties, _ in read] == [
        ("error", "UV201"),
        ("error", "UV301"),
        ("error", "UV203"),
        ("warning", "UV101"),
    ]
    assert read[1][1] == {
        "file": "a.yaml",
        "line": "7",
        "endLine": "7",
        "col": "13",
        "endColumn": "16",
        "title": "UV301",
    }
    message, _, hint = read[1][2].partition("\n")
    assert message.startswith("FRA is counted twice")
    assert hint


def test_github_shows_errors_first_for_it_shows_ten_of_a_kind() -> None:
    levels = [Level.WARNING, Level.ERROR, Level.WARNING, Level.ERROR]
    given_ = [found(message=str(n), hint="", level=level) for n, level in enumerate(levels)]
    read = annotations(findings.github_text(given_))
    assert [(level, data) for level, _, data in read] == [
        ("error", "1"),
        ("error", "3"),
        ("warning", "0"),
        ("warning", "2"),
    ]


def test_github_gets_columns_only_where_the_value_is_on_one_line() -> None:
    ((_, properties, _),) = annotations(findings.github_text([found(place=Place(2, 3, 4, 5))]))
    assert (properties["line"], properties["endLine"]) == ("2", "4")
    assert not {"col", "endColumn"} & properties.keys()


def test_github_gets_a_file_alone_where_there_is_no_place() -> None:
    ((_, properties, _),) = annotations(findings.github_text([found(place=None)]))
    assert properties == {"file": "a.yaml", "title": "UV301"}


@settings(deadline=None)
@given(problems)
@example([found(message="100%\r\n::error::x, y: z%0A", file="a,b:c%2C\n.yaml")])
def test_whatever_files_say_is_one_annotation_and_arrives_whole(given_: list[Diagnostic]) -> None:
    text = findings.github_text(given_)
    assert text.count("\n") == len(given_)
    read = annotations(text)
    ordered = sorted(given_, key=lambda one: not one.is_error)
    assert [data for _, _, data in read] == [
        one.problem.message + (f"\n{one.problem.hint}" if one.problem.hint else "")
        for one in ordered
    ]
    assert [properties["file"] for _, properties, _ in read] == [
        "\n".join(map(visible, PurePosixPath(one.file).as_posix().split("\n"))) for one in ordered
    ]


def test_github_is_chosen_by_itself_within_its_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    text = checked("text").stdout
    assert quick("check", "a.yaml").stdout == text
    monkeypatch.setenv("GITHUB_ACTIONS", "false")
    assert quick("check", "a.yaml").stdout == text
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    shown = quick("check", "a.yaml").stdout
    assert len(annotations(shown)) == 4
    assert shown.endswith(text)  # for the people who read the log
    assert quick("check", "a.yaml", "--format", "text").stdout == text
    quick("check", "a.yaml", "-o", "report.txt")
    assert Path("report.txt").read_text(encoding="utf-8") == text


def test_a_clean_run_says_nothing_to_github() -> None:
    clean = WRONG.replace("Atlantis, FRA, NO", "FRA").replace(", FRA]", "]")
    ended = checked("github", text=clean.replace("Korea", "IND"))
    assert (ended.code, ended.stdout) == (0, "")


@POSIX
def test_a_log_obeys_no_command_that_stands_in_a_file() -> None:
    text = WRONG.replace("Korea", '"::error::x ##[add-mask]x", Korea')
    shown = checked("github", text=text, name="::add-mask::x.yaml").stdout
    rest = shown.removeprefix("".join(f"{line}\n" for line in shown.split("\n") if "%0A" in line))
    assert rest.count("error UV") == 4
    assert "#\\u0023[add-mask]" in rest
    assert [line for line in rest.split("\n") if line.lstrip().startswith("::")] == []
    assert "##[" not in rest


# --- SARIF ----------------------------------------------------------------------------------------


@cache
def sarif_schema() -> Any:
    schema = json.loads((DATA / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema)


def sarif_run(text: str) -> Any:
    """The one run of a log that is valid by the official schema."""
    log = json.loads(text)
    assert [error.message for error in sarif_schema().iter_errors(log)] == []
    (one,) = log["runs"]
    return one


def uris(text: str) -> list[str]:
    results = sarif_run(text)["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    return [place["artifactLocation"]["uri"] for place in places]


@pytest.mark.parametrize("given_", LISTS, ids=AS_LISTED)
def test_sarif_is_valid_and_every_result_has_its_rule(given_: Sequence[Diagnostic]) -> None:
    one = sarif_run(findings.sarif_text(given_, "1.2.3"))
    driver = one["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("unvote", "1.2.3")
    rules = [rule["id"] for rule in driver["rules"]]
    assert rules == sorted({diagnostic.problem.code for diagnostic in given_})
    assert len(one["results"]) == len(given_)
    for result, diagnostic in zip(one["results"], given_, strict=True):
        assert result["ruleId"] == rules[result["ruleIndex"]] == diagnostic.problem.code
        assert result["level"] == diagnostic.problem.level.value


def test_the_schema_would_notice() -> None:
    log = json.loads(findings.sarif_text([found()], "1"))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    log["runs"][0]["results"][0]["severity"] = "high"
    assert len(list(sarif_schema().iter_errors(log))) == 2


@settings(deadline=None)
@given(problems)
def test_whatever_files_say_is_valid_sarif(given_: list[Diagnostic]) -> None:
    text = findings.sarif_text(given_, "1")
    assert text.encode()
    results = sarif_run(text)["results"]
    links = [result["message"]["text"].count("](") for result in results]
    assert links == [len(result.get("relatedLocations", ())) for result in results]
    assert all(re.fullmatch(r"[\w.~!$&'()*+,;=:@%/-]+", uri, re.ASCII) for uri in uris(text))


def test_sarif_counts_columns_as_we_do_in_code_points() -> None:
    text = WRONG.replace("Atlantis", "\N{PILE OF POO}\N{PILE OF POO}, Atlantis")
    one = sarif_run(checked("sarif", text=text).stdout)
    assert one["columnKind"] == "unicodeCodePoints"
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in one["results"]]
    assert regions[1] == {"startLine": 6, "startColumn": 13, "endLine": 6, "endColumn": 21}
    line = text.split("\n")[5]
    assert line[12:20] == "Atlantis"


def test_sarif_says_what_a_rule_is_for() -> None:
    (rule,) = sarif_run(findings.sarif_text([found("UV203")], "1"))["tool"]["driver"]["rules"]
    entry = CATALOGUE["UV203"]
    assert rule["shortDescription"]["text"] == entry.title
    assert rule["fullDescription"]["text"] == entry.why
    assert rule["help"]["text"] == entry.cure


def test_a_message_is_no_link() -> None:
    given_ = [found(message="'[press here](https://example.org)' is not a vote")]
    text = sarif_run(findings.sarif_text(given_, "1"))["results"][0]["message"]["text"]
    assert text == "'[press here] (https://example.org)' is not a vote (delete one)"


# --- Two places -----------------------------------------------------------------------------------

TWICE = """\
id: X/1
body: security-council
date: 2022-02-25
question: substantive
votes:
  yes: [FRA, GBR, France]
  no: [RUS, FRA]
"""


def test_text_shows_both_places_on_one_line_or_on_two() -> None:
    assert (
        checked("text", text=TWICE).stdout
        == """\
a.yaml:6:19: error UV301: FRA is counted twice: 'yes' above, 'yes' here as 'France'
  |   yes: [FRA, GBR, France]
  |         ---       ^^^^^^
  hint: keep the vote it cast, and delete the other
a.yaml:7:13: error UV301: FRA is counted twice: 'yes' above, 'no' here as 'FRA'
  |   no: [RUS, FRA]
  |             ^^^
  and line 6, column 9:
  |   yes: [FRA, GBR, France]
  |         ---
  hint: keep the vote it cast, and delete the other
"""
    )


def test_text_shows_both_places_of_a_long_line_apart() -> None:
    text = TWICE.replace("GBR, ", "GBR, " + "ALB, " * 12).replace(", FRA]", "]")
    shown = checked("text", text=text).stdout
    last = shown.split("a.yaml:")[-1].split("\n")
    assert last[0].startswith("6:79: error UV301: FRA ")
    assert last[1].endswith("ALB, France]")
    assert last[2].strip(" |") == "^^^^^^"
    assert last[3] == "  and line 6, column 9:"
    assert last[4].startswith("  |   yes: [FRA, GBR, ALB, ")
    assert last[5] == "  |         ---"


def test_json_has_the_other_place_among_those_that_are_related() -> None:
    read = json.loads(checked("json", text=TWICE).stdout)["problems"]
    assert [problem["related"] for problem in read] == [[{"line": 6, "column": 9}]] * 2
    read = json.loads(checked("json").stdout)["problems"]
    assert [problem["related"] for problem in read] == [[], [], [{"line": 6, "column": 19}], []]


def test_sarif_links_to_the_other_place() -> None:
    results = sarif_run(checked("sarif", text=TWICE).stdout)["results"]
    for result in results:
        (related,) = result["relatedLocations"]
        place = related["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "a.yaml"}
        assert place["region"]["startLine"] == 6
        assert place["region"]["startColumn"] == 9
        assert result["message"]["text"].endswith(f" [The other place]({related['id']})")


def stances_of(lines: str) -> str:
    return f"kind: stances\nresolution: draft.yaml\nfriendly: yes\n{lines}"


@pytest.mark.parametrize(
    ("text", "code", "places"),
    [
        ("id: A\nid: B\n", "UV102", ((2, 1), (1, 1))),
        (WRONG + "sponsors: [FRA, USA, France]\n", "UV301", ((9, 22), (9, 12))),
        (WRONG.replace("votes", "counts: 1-1-1\nnamed"), "UV305", ((7, 3), (5, 9))),
        (stances_of("countries:\n  FRA: yes\n  France: no\n"), "UV301", ((6, 3), (5, 3))),
        (stances_of("groups: {EU: yes}\ncountries: {FRA: no}\n"), "UV405", ((5, 13), (4, 10))),
        (stances_of("groups: {MERCOSUR: yes, BRICS: no}\n"), "UV206", ((4, 25), (4, 10))),
    ],
    ids=["key twice", "sponsor twice", "names and counts", "stance twice", "side", "groups"],
)
def test_both_places_are_known(
    text: str, code: str, places: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    draft = "id: D\nbody: unga\ndate: 2022-02-25\nquestion: important\nstances: {}\n"
    Path("draft.yaml").write_text(draft, encoding="utf-8")
    text = text.replace("Atlantis, FRA, NO", "FRA, GBR").replace("RUS, FRA", "RUS")
    read = json.loads(checked("json", text=text.replace("Korea", "CHN")).stdout)["problems"]
    found_ = [problem for problem in read if problem["code"] == code]
    (place, related) = places
    assert [(problem["line"], problem["column"]) for problem in found_[:1]] == [place]
    assert [(one["line"], one["column"]) for one in found_[0]["related"]] == [related]


def test_routes_are_taken_from_further_up_together() -> None:
    problem = Problem("UV301", "x", ("yes", 1), also=("yes", 0)).under("parts", 2)
    assert (problem.route, problem.also) == (("parts", 2, "yes", 1), ("parts", 2, "yes", 0))
    assert Problem("UV301", "x").under("parts").also is None


# --- JUnit ----------------------------------------------------------------------------------------


@cache
def junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(DATA / "junit-10.xsd"))


def junit_cases(text: str) -> list[ET.Element]:
    """The test cases of a report that is valid by the schema and adds up."""
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    junit_schema().validate(text)
    root = ET.fromstring(text.encode())  # noqa: S314 - our own output
    (suite,) = root
    cases = list(suite)
    failed = sum(case.find("failure") is not None for case in cases)
    for one in (root, suite):
        assert one.get("tests") == str(len(cases))
        assert one.get("failures") == str(failed)
        assert one.get("errors") == "0"
    return cases


@pytest.mark.parametrize("given_", LISTS, ids=AS_LISTED)
def test_junit_is_valid_and_has_a_case_for_every_file(given_: Sequence[Diagnostic]) -> None:
    cases = junit_cases(findings.junit_text(["a.yaml", "b.yaml"], given_))
    assert [case.get("name") for case in cases] == ["a.yaml", "b.yaml"]
    assert list(cases[1]) == []
    told = "".join(cases[0].itertext())
    assert [one.problem.message in told for one in given_] == [True] * len(given_)


def test_errors_fail_a_case_and_warnings_are_printed() -> None:
    (case,) = junit_cases(checked("junit").stdout)
    failure, out = case.find("failure"), case.find("system-out")
    assert failure is not None
    assert out is not None
    assert failure.get("message") == "3 errors"
    lines = (failure.text or "").split("\n")
    assert [line.split(": ")[:2] for line in lines] == [
        ["6:9", "error UV201"],
        ["7:13", "error UV301"],
        ["8:13", "error UV203"],
    ]
    assert (out.text or "").startswith("6:24: warning UV101: ")


def test_a_file_with_warnings_only_passes() -> None:
    (case,) = junit_cases(findings.junit_text(["a.yaml"], [found(level=Level.WARNING)]))
    assert [part.tag for part in case] == ["system-out"]


def test_a_path_that_could_not_be_read_fails_too() -> None:
    ended = quick("check", "missing.yaml", "--format", "junit")
    (case,) = junit_cases(ended.stdout)
    assert case.get("name") == "missing.yaml"
    assert case.find("failure") is not None


@settings(deadline=None)
@given(problems)
@example([found(message="]]> <![CDATA[ \x07 \ufffe &", file='\x00\x1b[31m\ud800<&">.yaml')])
def test_whatever_files_say_is_well_formed_xml(given_: list[Diagnostic]) -> None:
    junit_cases(findings.junit_text(["a.yaml"], given_))


# --- GitLab ---------------------------------------------------------------------------------------

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def issues(text: str) -> list[dict[str, Any]]:
    """The issues of a report with all that GitLab asks of each."""
    read: list[dict[str, Any]] = json.loads(text)
    for issue in read:
        assert issue["description"]
        assert issue["check_name"] in CATALOGUE
        assert issue["severity"] in SEVERITIES
        assert issue["location"]["path"]
        assert not issue["location"]["path"].startswith("./")
        assert issue["location"]["lines"]["begin"] >= 1
    prints = [issue["fingerprint"] for issue in read]
    assert len(set(prints)) == len(prints)
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in prints)
    return read


@pytest.mark.parametrize("given_", LISTS, ids=AS_LISTED)
def test_gitlab_gets_all_it_asks_for(given_: Sequence[Diagnostic]) -> None:
    read = issues(findings.gitlab_text(given_))
    assert [issue["check_name"] for issue in read] == [one.problem.code for one in given_]


@settings(deadline=None)
@given(problems)
def test_whatever_files_say_gitlab_can_read(given_: list[Diagnostic]) -> None:
    with_message = [one for one in given_ if one.problem.message]
    text = findings.gitlab_text(with_message)
    assert text.encode()
    assert len(issues(text)) == len(with_message)


def test_a_fingerprint_stays_when_the_problem_moves_and_differs_when_it_is_another() -> None:
    before = issues(checked("gitlab").stdout)
    after = issues(checked("gitlab", text=f"# a remark\n\n{WRONG}").stdout)
    assert [one["fingerprint"] for one in before] == [one["fingerprint"] for one in after]
    assert [one["location"]["lines"]["begin"] for one in after] == [8, 8, 9, 10]
    other = issues(checked("gitlab", name="b.yaml").stdout)
    assert not {one["fingerprint"] for one in before} & {one["fingerprint"] for one in other}
    assert [one["severity"] for one in before] == ["major", "minor", "major", "major"]


# --- Names of files -------------------------------------------------------------------------------


def names(form: str, text: str) -> set[str]:
    """The files a report speaks of."""
    match form:
        case "github":
            return {properties["file"] for _, properties, _ in annotations(text)}
        case "sarif":
            return {os.fsdecode(unquote_to_bytes(uri)) for uri in uris(text)}
        case "junit":
            return {str(case.get("name")) for case in junit_cases(text)}
        case "gitlab":
            return {issue["location"]["path"] for issue in issues(text)}
        case "json":
            return {problem["file"] for problem in json.loads(text)["problems"]}
        case _:
            raise AssertionError(form)


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("form", ["github", "sarif", "junit", "gitlab", "json"])
def test_an_odd_name_arrives_whole(form: str, name: str) -> None:
    assert names(form, checked(form, name=name).stdout) == {name}


@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_odd_name_stays_on_its_line(name: str) -> None:
    ended = checked("text", name=name)
    assert [head["file"] for head in ended.heads] == [name.replace("\n", "\\u000a")] * 4
    assert ended.codes == ["UV201", "UV101", "UV301", "UV203"]


@POSIX
@pytest.mark.parametrize("form", ["github", "sarif", "junit", "gitlab", "text"])
def test_a_name_that_is_no_text_does_not_stop_a_report(form: str) -> None:
    Path(os.fsdecode(b"\xff.yaml")).write_text(WRONG, encoding="utf-8")
    ended = run("check", ".", "--format", form)
    assert ended.code == 1
    assert ended.stderr.endswith("1 file checked: 3 errors, 1 warning\n")
    again = run("check", ".", "--format", form, "-o", "report")
    assert (again.code, again.stderr) == (ended.code, ended.stderr)
    assert Path("report").read_text(encoding="utf-8") == ended.stdout
    if form == "sarif":
        assert names(form, ended.stdout) == {os.fsdecode(b"\xff.yaml")}


@POSIX
def test_a_name_that_is_no_text_is_given_as_json_can_give_it() -> None:
    name = os.fsdecode(b"\xff.yaml")
    Path(name).write_text(WRONG, encoding="utf-8")
    ended = run("check", ".", "--format", "json")
    assert names("json", ended.stdout) == {name}
    assert run("check", ".", "--format", "json", "-o", "report").code == 1
    assert names("json", Path("report").read_text(encoding="utf-8")) == {name}


@pytest.mark.parametrize("form", ["github", "sarif", "junit", "gitlab"])
@pytest.mark.parametrize("path", ["sub/a.yaml", "./sub/a.yaml", "sub//a.yaml", "{here}/sub/a.yaml"])
def test_a_file_of_the_folder_is_named_from_there(form: str, path: str, folder: Path) -> None:
    ended = checked(form, path.format(here=folder), name="sub/a.yaml")
    assert names(form, ended.stdout) == {"sub/a.yaml"}


def test_a_file_from_elsewhere_keeps_its_path(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked("text", name="a b.yaml")
    Path("sub").mkdir()
    monkeypatch.chdir("sub")
    assert uris(checked("sarif", "../a b.yaml").stdout) == ["../a%20b.yaml"] * 4
    found_ = uris(checked("sarif", str(folder / "a b.yaml")).stdout)
    assert found_ == [(folder / "a b.yaml").as_uri()] * 4


@pytest.mark.parametrize(
    ("file", "plain", "uri"),
    [
        ("drafts\\a b.yaml", "drafts/a b.yaml", "drafts/a%20b.yaml"),
        ("..\\a.yaml", "../a.yaml", "../a.yaml"),
        ("C:\\votes\\a b.yaml", "C:/votes/a b.yaml", "file:///C:/votes/a%20b.yaml"),
        ("\\\\host\\votes\\a.yaml", "//host/votes/a.yaml", "file://host/votes/a.yaml"),
    ],
)
def test_paths_of_windows_are_written_as_everywhere(
    file: str, plain: str, uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "PurePath", PureWindowsPath)
    given_ = [found(file=file)]
    assert names("github", findings.github_text(given_)) == {plain}
    assert names("gitlab", findings.gitlab_text(given_)) == {plain}
    assert names("junit", findings.junit_text([], given_)) == {plain}
    assert uris(findings.sarif_text(given_, "1")) == [uri]


@pytest.mark.parametrize(
    ("file", "folder_", "wanted"),
    [
        (PureWindowsPath("C:\\r\\a.yaml"), PureWindowsPath("C:\\r"), "a.yaml"),
        (PureWindowsPath("c:\\R\\s\\a.yaml"), PureWindowsPath("C:\\r"), "s\\a.yaml"),
        (PureWindowsPath("D:\\r\\a.yaml"), PureWindowsPath("C:\\r"), "D:\\r\\a.yaml"),
        (PurePosixPath("/r/s/a.yaml"), PurePosixPath("/r"), "s/a.yaml"),
        (PurePosixPath("/rs/a.yaml"), PurePosixPath("/r"), "/rs/a.yaml"),
        (PurePosixPath("s/a.yaml"), PurePosixPath("/r"), "s/a.yaml"),
    ],
)
def test_paths_are_taken_from_a_folder_they_are_in(
    file: PurePosixPath | PureWindowsPath, folder_: PurePosixPath | PureWindowsPath, wanted: str
) -> None:
    (one,) = findings.seen_from([found(file=str(file))], folder_)
    assert one.file == wanted
    assert one.problem == found().problem
