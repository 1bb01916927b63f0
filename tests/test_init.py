"""New files to start from: they pass the check, are laid out, keep what is there, and teach."""

import datetime as dt
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.builders import world
from tests.readings import as_1_1, as_1_2, refusal
from tests.runs import Ended, quick, run, shipped_data_read_once

from unvote.api import check, tally
from unvote.loading.reader import read_bytes, read_file
from unvote.members import Membership
from unvote.render.scaffold.lines import WIDTH, quoted
from unvote.resolve.names import NameBook
from unvote.world import registry

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.usefixtures("folder")
DAY = dt.date(2026, 6, 1)
OWN = ROOT / "resolutions" / "model-un" / "bodies" / "model-un.yaml"
PLACES = [
    ("security-council", "1950-06-25", 11),
    ("security-council", "1965-11-23", 11),
    ("security-council", "2025-02-24", 15),
    ("security-council", "2040-01-01", None),
    ("general-assembly", "1960-12-14", 99),
    ("general-assembly", "2025-02-24", 193),
    ("main-committee", "2025-11-01", 193),
    ("human-rights-council", "2022-04-07", 47),
    ("human-rights-council", "2035-01-01", None),
    ("ecosoc", "2025-07-01", None),
    ("eu-council", "2025-06-01", 27),
    ("eu-council", "2026-06-01", 27),
    ("iaea-board", "2025-06-01", None),
    ("unesco-executive-board", "2025-06-01", None),
    ("consensus", "2025-06-01", None),
    ("model-un", "2026-11-21", None),
]
"""Bodies and days, with how many members can be listed."""
NAMES = [f"{body} {day}" for body, day, _ in PLACES]


@pytest.fixture(scope="module", autouse=True)
def _the_shipped_data() -> Iterator[None]:
    """Members and bodies are read once: every run here needs them."""
    read = registry.read_bodies
    shipped = read(world().membership, world().names.book)

    def kept(members: Membership, book: NameBook, files: Any = None) -> Any:
        own = files is not None or members.members.keys() != world().membership.members.keys()
        return read(members, book, files) if own else shipped

    with shipped_data_read_once(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "read_bodies", kept)
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder but for a body of one's own, which is the current one."""
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "model-un.yaml").write_bytes(OWN.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(*words: str | Path) -> None:
    """Run `unvote init`, which must write something."""
    done = quick("init", *words)
    assert done.code == 0, done.stderr
    assert done.stdout == ""


def passes(*files: str) -> None:
    """A check of these files finds nothing at all, laid out as they are."""
    assert check(*files, as_of=DAY).problems == ()
    done = quick("fmt", "--check", "--diff", *files)
    assert (done.code, done.stdout) == (0, "")


def data_of(file: str) -> Any:
    return read_file(file)[0].data


# --- Every kind, in every body -------------------------------------------------------------------


RESOLUTIONS = [
    file
    for file in sorted((ROOT / "resolutions").rglob("*.yaml"))
    if not re.search(r"^kind: (?!resolution)", file.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize(("body", "day", "number"), PLACES, ids=NAMES)
def test_a_new_resolution_lists_all_that_sit_undecided(
    body: str, day: str, number: int | None
) -> None:
    made("draft.yaml", "--body", body, "--date", day)
    passes("draft.yaml")
    (ruling,) = tally("draft.yaml").results
    case, data = ruling.case, data_of("draft.yaml")
    assert (case.body.id, str(case.day)) == (body, day)
    # Nobody is listed in a body open to anybody: no vote at all is no consensus.
    assert ruling.verdict.value == ("not adopted" if body == "consensus" else "open")
    assert case.roll is not None
    listed = set(data["stances"]["undecided"]) if number else set()
    assert len(listed | case.roll.not_entitled) == (number or 0)
    assert listed == case.roll.named.keys()
    if number is not None:
        assert case.roll.composition.members == frozenset(listed) | case.roll.not_entitled


@pytest.mark.parametrize(("body", "day", "number"), PLACES, ids=NAMES)
def test_new_stances_list_all_that_sit_by_region_undecided(
    body: str, day: str, number: int | None
) -> None:
    made("draft.yaml", "--body", body, "--date", day)
    made("stances", "stances.yaml", "--for", "draft.yaml", "--date", "2026-05-01")
    passes("stances.yaml")
    data = data_of("stances.yaml")
    assert (data["as_of"], len(data["countries"])) == ("2026-05-01", number or 0)
    assert set(data["countries"].values()) <= {"undecided"}
    text = Path("stances.yaml").read_text(encoding="utf-8")
    groups = {world().membership.groups[code].name: code for code in ("AFRICAN", "WEOG", "EEG")}
    for block in re.findall(r"  # (.+) \((\d+)\)\n((?:  \w{3}: .*\n)+)", text):
        name, count, lines = block
        codes = re.findall(r"^  (\w{3}):", lines, re.MULTILINE)
        assert len(codes) == int(count)
        regions = {world().membership.members[code].region for code in codes}
        assert regions == {groups.get(name, *regions)}
    (before,), (after,) = tally("draft.yaml").results, tally("stances.yaml").results
    assert after.verdict is before.verdict
    assert after.case.roll is not None
    assert before.case.roll is not None
    assert after.case.roll.named == before.case.roll.named


@pytest.mark.parametrize(("body", "day"), [place[:2] for place in PLACES], ids=NAMES)
def test_a_new_scenario_and_new_proceedings_run(body: str, day: str) -> None:
    made("draft.yaml", "--body", body, "--date", day)
    made("stances", "stances.yaml", "--for", "draft.yaml")
    made("scenario", "scenario.yaml", "--for", "stances.yaml")
    made("proceedings", "day.yaml", "--for", "draft.yaml", "--for", "stances.yaml")
    passes("scenario.yaml", "day.yaml")
    assert data_of("scenario.yaml")["base"] == "stances.yaml"
    steps = data_of("day.yaml")["steps"]
    assert [step["id"] for step in steps] == ["draft", "stances"]


@pytest.mark.parametrize("file", RESOLUTIONS, ids=str)
def test_stances_and_scenarios_can_be_made_for_every_shipped_resolution(file: Path) -> None:
    if file.parent.name == "bodies":
        file = file.parents[1] / "ocean-plastics.yaml"
    made("stances", "stances.yaml", "--for", file)
    passes("stances.yaml")
    made("proceedings", "day.yaml", "--for", file)
    passes("day.yaml")
    if tally(file).results[-1].case.roll is not None:
        made("scenario", "scenario.yaml", "--for", file)
        passes("scenario.yaml")


def test_a_new_body_decides_votes() -> None:
    made("body", "bodies/Prep Com.yaml", "--title", "Preparatory committee: 'draft' #2")
    passes("bodies/Prep Com.yaml")
    made("draft.yaml", "--body", "prep-com")
    passes("draft.yaml")
    (ruling,) = tally("draft.yaml").results
    assert ruling.case.body.name == "Preparatory committee: 'draft' #2"
    assert ruling.case.roll is not None
    assert ruling.case.roll.composition.seats == 20


def test_a_body_of_another_folder_and_other_members_can_be_named() -> None:
    Path("bodies").rename("elsewhere")
    assert quick("init", "draft.yaml", "--body", "model-un").code == 2
    made("draft.yaml", "--body", "mun", "--bodies", "elsewhere")
    assert data_of("draft.yaml")["body"] == "model-un"
    text = "kind: members\nmembers: {ATL: {name: Atlantis, short: Atlantis, since: 2000-01-01}}\n"
    Path("members.yaml").write_text(text)
    made("unga.yaml", "--body", "unga", "--members", "members.yaml")
    assert data_of("unga.yaml")["stances"]["undecided"] == ["ATL"]


# --- What the lines say --------------------------------------------------------------------------

LIVE = re.compile(r"^( *)# ((?:- )?[\w{]+: ?[\[{\w].*)$")


@pytest.mark.parametrize(("body", "day"), [place[:2] for place in PLACES], ids=NAMES)
def test_every_line_that_is_a_remark_works_when_it_is_brought_to_life(body: str, day: str) -> None:
    made("draft.yaml", "--body", body, "--date", day)
    made("stances", "stances.yaml", "--for", "draft.yaml")
    made("scenario", "scenario.yaml", "--for", "stances.yaml")
    made("proceedings", "day.yaml", "--for", "draft.yaml", "--for", "stances.yaml")
    tried = 0
    for file in ("draft.yaml", "scenario.yaml", "day.yaml"):
        lines = Path(file).read_text(encoding="utf-8").split("\n")
        for at, line in enumerate(lines):
            match = LIVE.match(line)
            if match is None or not is_yaml(match[2]):
                continue
            fresh = [*lines[:at], f"{match[1]}{match[2]}", *lines[at + 1 :]]
            Path("alive.yaml").write_text("\n".join(fresh), encoding="utf-8")
            problems = check("alive.yaml", as_of=DAY).problems
            codes = {problem.problem.code for problem in problems}
            assert codes <= ({"UV501"} if "expect" in line else set()), (line, problems)
            tried += 1
    assert tried >= 5


def is_yaml(text: str) -> bool:
    """Whether a remark is a line for the program, and no sentence."""
    return text.startswith("- ") or isinstance(yaml.safe_load(text), dict)


@pytest.mark.parametrize(("body", "day"), [place[:2] for place in PLACES], ids=NAMES)
def test_every_reader_sees_the_same_document(body: str, day: str) -> None:
    made("draft.yaml", "--body", body, "--date", day)
    text = Path("draft.yaml").read_text(encoding="utf-8")
    for reading in (as_1_1, as_1_2):
        assert refusal("resolution", reading(text)) == ""
    assert max(len(line) for line in text.split("\n")) <= WIDTH
    assert text.endswith("\n")


def test_the_usual_question_is_written_down_and_no_choice_is_made_for_the_user() -> None:
    made("council.yaml")
    made("assembly.yaml", "--body", "unga")
    made("important.yaml", "--body", "unga", "--question", "Important")
    assert data_of("council.yaml")["question"] == "substantive"
    assert "question" not in data_of("assembly.yaml")
    assert "# question: ordinary\n" in Path("assembly.yaml").read_text(encoding="utf-8")
    assert data_of("important.yaml")["question"] == "important"


def test_a_question_that_cannot_be_decided_that_day_is_left_out_and_the_file_says_why() -> None:
    made("weighed.yaml", "--body", "eu-council", "--date", "2025-06-01")
    made("unweighed.yaml", "--body", "eu-council", "--date", "2026-06-01")
    assert data_of("weighed.yaml")["question"] == "qualified"
    assert data_of("unweighed.yaml")["question"] == "simple"
    text = Path("unweighed.yaml").read_text(encoding="utf-8").replace("\n# ", " ")
    assert "'qualified' needs the population of 2026-06-01, which is not known here" in text


def test_members_without_a_vote_are_named_as_such() -> None:
    made("resolution.yaml", "--body", "unga", "--date", "2025-02-24")
    made("stances", "stances.yaml")
    barred = {"AFG", "BOL", "COG", "ECU", "GNB", "VEN"}
    assert not barred & set(data_of("resolution.yaml")["stances"]["undecided"])
    assert barred <= data_of("stances.yaml")["countries"].keys()
    for file in ("resolution.yaml", "stances.yaml"):
        assert "Art. 19" in Path(file).read_text(encoding="utf-8")


def test_the_day_is_today_and_the_body_the_council_if_nothing_is_said() -> None:
    before = dt.date.today()  # noqa: DTZ011 - as the program does
    made("draft.yaml")
    after = dt.date.today()  # noqa: DTZ011
    data = data_of("draft.yaml")
    assert data["body"] == "security-council"
    assert before.isoformat() <= data["date"] <= after.isoformat()


ODD = [
    "yes",
    "010",
    "NO",
    "2022-03-02",
    "~",
    "a: b",
    "[draft] #1",
    "it's",
    '"',
    "-",
    "",
    "A\nB",
    "\x1b[1m",
    "12:30",
    "null",
    "é",
    "*a",
    "&b",
    "!c",
    "%d",
    "@e",
    "`f",
    "x ",
    " x",
    "?",
    "{",
    "a #b",
    "0x1F",
    "<<",
    "=",
    "1_000",
    "\x85",
    "\ufeff",
    "\u202e",
]


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_ids_and_titles_come_back_as_they_were(text: str) -> None:
    made("draft.yaml", "--id", f"{text}!", "--title", text or " ")
    data = data_of("draft.yaml")
    assert (data["id"], data["title"]) == (f"{text}!", text or " ")


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]))))
def test_quoted_text_is_text_to_every_reader(text: str) -> None:
    for line in (f"key: {quoted(text)}", f"key: [{quoted(text)}, x]", f"- {quoted(text)} # remark"):
        source, form = read_bytes("x", f"{line}\n".encode())
        seen = [source.data, as_1_1(line), as_1_2(line)]
        values = [found[0] if isinstance(found, list) else found["key"] for found in seen]
        values = [value[0] if isinstance(value, list) else value for value in values]
        assert form == []
        assert values == [text, text, text]


@pytest.mark.parametrize("name", ["it's.yaml", "a b.yaml", "#1.yaml", "x: y.yaml", "NO", "010.yml"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_odd_file_names_are_quoted(folder: Path, name: str) -> None:
    (folder / "inner").mkdir()
    made(f"inner/{name}")
    made("stances", "stances.yaml", "--for", f"inner/{name}")
    made("scenario", "deep/er/scenario.yaml", "--for", f"inner/{name}")
    made("proceedings", "day.yaml", "--for", f"inner/{name}", "--for", f"inner/{name}")
    passes(f"inner/{name}", "stances.yaml", "deep/er/scenario.yaml", "day.yaml")
    assert data_of("deep/er/scenario.yaml")["base"] == f"../../inner/{name}"
    ids = [step["id"] for step in data_of("day.yaml")["steps"]]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", step) for step in ids)


def test_a_step_is_not_called_like_an_amendment_of_a_file_before_it() -> None:
    made("draft.yaml", "--date", "2025-02-24")
    text = Path("draft.yaml").read_text(encoding="utf-8")
    Path("a.yaml").write_text(f"{text}amendments: [{{id: b, result: adopted}}]\n")
    Path("b.yaml").write_text(text)
    made("proceedings", "day.yaml", "--for", "a.yaml", "--for", "b.yaml")
    assert [step["id"] for step in data_of("day.yaml")["steps"]] == ["a", "b-2"]
    passes("day.yaml")


# --- The resolution it is about ------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["stances", "scenario", "proceedings"])
def test_the_resolution_beside_it_is_meant_if_none_is_named(kind: str) -> None:
    done = quick("init", kind, "deep/new.yaml")
    assert done.code == 2
    assert "--for FILE" in done.stderr
    assert not Path("deep").exists()
    made("deep/resolution.yaml")
    made(kind, "deep/new.yaml")
    passes("deep/new.yaml")
    assert "resolution.yaml" in Path("deep/new.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["stances", "scenario", "proceedings"])
def test_a_resolution_that_cannot_be_used_is_reported_and_nothing_written(kind: str) -> None:
    Path("wrong.yaml").write_text("id: X\nbody: nowhere\ndate: 2022-02-25\n")
    for name, code in (("wrong.yaml", "UV314"), ("missing.yaml", "UV113"), ("bodies", "folder")):
        done = quick("init", kind, "new.yaml", "--for", name)
        assert (done.code, done.stdout) == (2, "")
        assert code in done.stderr
    assert not Path("new.yaml").exists()


def test_stances_are_on_a_resolution_and_not_on_stances() -> None:
    made("resolution.yaml")
    made("stances", "one.yaml")
    done = quick("init", "stances", "deep/er/two.yaml", "--for", "one.yaml")
    assert done.code == 2
    assert "UV408" in done.stderr
    assert not Path("deep").exists()


def test_a_vote_that_is_not_known_has_no_scenario() -> None:
    Path("resolution.yaml").write_text("id: X\nbody: unga\ndate: 2022-10-10\nresult: adopted\n")
    done = quick("init", "scenario", "new.yaml")
    assert done.code == 2
    assert "votes are not known" in done.stderr


# --- Files that are there ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["resolution", "stances", "scenario", "proceedings", "body"])
def test_a_file_that_is_there_is_kept_unless_forced(folder: Path, kind: str) -> None:
    made("resolution.yaml")
    Path("new.yaml").write_text("mine\n")
    done = quick("init", kind, "new.yaml")
    assert (done.code, done.stdout) == (2, "")
    assert "--force" in done.stderr
    assert Path("new.yaml").read_text() == "mine\n"
    made(kind, "new.yaml", "--force")
    passes("new.yaml")
    assert sorted(path.name for path in folder.iterdir()) == [
        "bodies",
        "new.yaml",
        "resolution.yaml",
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_leads_nowhere_is_a_file_that_is_there() -> None:
    Path("draft.yaml").symlink_to("nowhere.yaml")
    assert quick("init", "draft.yaml").code == 2
    assert not Path("nowhere.yaml").exists()


def test_forcing_keeps_the_old_file_if_the_new_one_cannot_be_made() -> None:
    Path("draft.yaml").write_text("mine\n")
    assert quick("init", "draft.yaml", "--force", "--date", "1900-01-01").code == 2
    assert Path("draft.yaml").read_text() == "mine\n"


def test_a_hyphen_writes_to_standard_output(folder: Path) -> None:
    done = run("init", "-", "--body", "model-un", "--date", "2026-11-21", cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    assert [path.name for path in folder.iterdir()] == ["bodies"]
    Path("draft.yaml").write_text(done.stdout, encoding="utf-8")
    passes("draft.yaml")


def test_a_folder_that_cannot_be_made_is_said() -> None:
    Path("file").write_text("")
    done = quick("init", "file/draft.yaml")
    assert done.code == 2
    assert "cannot write" in done.stderr


# --- Bad usage -----------------------------------------------------------------------------------


def failed(*words: str) -> Ended:
    done = quick("init", *words)
    assert (done.code, done.stdout) == (2, "")
    assert not Path("new.yaml").exists()
    return done


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new.yaml", "--date", "24.2.2025"], "not a date"),
        (["new.yaml", "--date", "1900-01-01"], "no rule"),
        (["new.yaml", "--body", "genral-assembly"], "did you mean"),
        (["new.yaml", "--question", "important"], "one of: substantive"),
        (
            ["new.yaml", "--body", "eu", "--date", "2026-06-01", "--question", "qualified"],
            "population",
        ),
        (["new.yaml", "--for", "x.yaml"], "--for does not go with resolution"),
        (["body", "new.yaml", "--body", "unga"], "--body does not go with body"),
        (["body", "new.yaml", "--date", "2025-01-01"], "--date does not go with body"),
        (["stances", "new.yaml", "--body", "unga"], "its resolution says it"),
        (["scenario", "new.yaml", "--title", "x"], "--title does not go with scenario"),
        (["scenario", "new.yaml", "--for", "a", "--for", "b"], "one file"),
        (["stances"], "say which file"),
        (["stances", "new.yaml", "other.yaml"], "say which file"),
        (["minutes", "new.yaml"], "no kind of new file"),
        (["members", "new.yaml"], "no kind of new file"),
        ([], "Missing argument"),
    ],
)
def test_bad_usage_is_said_and_nothing_written(words: list[str], said: str) -> None:
    text = failed(*words).stderr
    assert said in " ".join(text.split())
    assert "Traceback" not in text


def test_a_wrong_body_file_of_ones_own_is_reported(folder: Path) -> None:
    (folder / "bodies" / "model-un.yaml").write_text("kind: body\nid: model-un\n")
    said = failed("new.yaml", "--body", "model-un").stderr
    assert "bodies/model-un.yaml" in said
    assert "UV111" in said
