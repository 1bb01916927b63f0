"""The JSON Schemas: valid documents fit in every reading of YAML, invalid ones in none."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.builders import world
from tests.readings import BASE, MEMBERS, READINGS, WITHIN, errors, refusal
from tests.runs import quick

from unvote.documents.shape import read
from unvote.files.found import kind_of
from unvote.loading.reader import read_file
from unvote.schema.examples import EXAMPLES
from unvote.schema.shapes import MODELS, schema_of
from unvote.schema.titles import FORMS
from unvote.vocabulary import Base, Cause, Verdict, Vote

ROOT = Path(__file__).parents[1]
SHIPPED = [
    ROOT / "members.yaml",
    *sorted((ROOT / "bodies").glob("*.yaml")),
    *sorted((ROOT / "resolutions").rglob("*.yaml")),
]

# --- Valid documents -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MODELS)
def test_the_schema_is_itself_valid(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(kind, world()))


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_every_document_of_the_repository_fits_in_every_reading(file: Path, reading: str) -> None:
    text = file.read_text(encoding="utf-8")
    kind = kind_of(read_file(str(file))[0])
    assert kind is not None
    assert refusal(kind, READINGS[reading](text)) == ""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a vote that stances, scenarios and proceedings can be about."""
    place = tmp_path_factory.mktemp("schema")
    (place / "base.yaml").write_text(BASE)
    return place


@pytest.mark.parametrize(("kind", "text"), WITHIN)
def test_words_that_readers_disagree_on_are_valid_here(kind: str, text: str, folder: Path) -> None:
    """The documents of this file, which the tests below start from."""
    assert errors(kind, text, folder) == []


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(("kind", "text"), WITHIN)
def test_words_that_readers_disagree_on_fit_in_every_reading(
    kind: str, text: str, reading: str
) -> None:
    assert refusal(kind, READINGS[reading](text)) == ""


def test_the_readings_do_disagree() -> None:
    seen = [READINGS[reading]("{yes: [NO, 010, 2022-03-02], 12:30: ~}") for reading in READINGS]
    assert seen == [
        {"yes": ["NO", "010", "2022-03-02"], "12:30": "~"},
        {"yes": ["NO", 10, "2022-03-02"], "12:30": None},
        {"true": [False, 8, "2022-03-02"], "750": None},
        {"True": [False, 8, "2022-03-02"], "750": None},
        {"true": [False, 8, "2022-03-02T00:00:00.000Z"], "750": None},
    ]


@pytest.mark.parametrize("kind", MODELS)
def test_the_example_in_the_schema_is_a_document(kind: str) -> None:
    (shown,) = schema_of(kind, world())["examples"]
    assert shown == EXAMPLES[kind]
    assert refusal(kind, shown) == ""
    assert read(MODELS[kind], shown)[1] == []


def test_check_jsonschema_accepts_every_document_of_the_repository(tmp_path: Path) -> None:
    """A program of its own, with its own reader of YAML 1.2."""
    pytest.importorskip("check_jsonschema", reason="a tool of development")
    kinds = {file: kind_of(read_file(str(file))[0]) for file in SHIPPED}
    for kind in sorted({str(kind) for kind in kinds.values()}):
        schema = tmp_path / f"{kind}.json"
        assert quick("schema", kind, "-o", schema).code == 0
        files = [str(file) for file, found in kinds.items() if found == kind]
        command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *files]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


# --- Invalid documents ---------------------------------------------------------------------------


def misshapen() -> Iterator[Path]:
    """The files of the gallery that have the form of YAML, and not the shape of a document."""
    for file in sorted((ROOT / "tests" / "errors").rglob("*.yaml")):
        source, form = read_file(str(file))
        if form or source.data is None:
            continue
        kind = kind_of(source) or "resolution"
        if read(MODELS[kind], source.data)[1]:
            yield file


MISSHAPEN = list(misshapen())


def test_the_gallery_has_every_fault_of_shape() -> None:
    assert {file.relative_to(ROOT).parts[2] for file in MISSHAPEN} >= {"UV106", "UV110", "UV111"}
    assert len(MISSHAPEN) >= 20


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(
    "file", MISSHAPEN, ids=lambda file: file.as_posix().partition("errors/")[2]
)
def test_a_misshapen_document_is_refused_in_every_reading(file: Path, reading: str) -> None:
    kind = kind_of(read_file(str(file))[0]) or "resolution"
    assert refusal(kind, READINGS[reading](file.read_text(encoding="utf-8")))


HEAD = "id: X\nbody: unsc\ndate: 2022-02-25\n"
ABOUT = "kind: stances\nresolution: base.yaml\n"
RULE = "kind: body\nid: x\nname: X\nmembers: 5\nquestions: {a: {rules: [{needs: [{%s}]}]}}\n"


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("resolution", HEAD.replace("2022-02-25", "25.2.2022"), id="date"),
        pytest.param("resolution", f"{HEAD}expect: {{verdict: adoptd}}", id="verdict"),
        pytest.param("resolution", f"{HEAD}expect: {{because: vetoes}}", id="cause"),
        pytest.param("resolution", f"{HEAD}expect: {{need: nine}}", id="number"),
        pytest.param("resolution", f"{HEAD}counts: 11-1", id="two counts"),
        pytest.param("resolution", f"{HEAD}counts: 93", id="one count"),
        pytest.param("resolution", f"{HEAD}counts: {{yess: 9}}", id="count of what"),
        pytest.param("resolution", f"{HEAD}votes: {{FRA: yess}}", id="vote"),
        pytest.param("resolution", f"{HEAD}votes: {{FRA: }}", id="no vote"),
        pytest.param("resolution", f"{HEAD}result: open", id="result"),
        pytest.param("resolution", f"{HEAD}casting_vote: abstain", id="casting vote"),
        pytest.param("resolution", f"{HEAD}without_vote: maybe", id="truth"),
        pytest.param("resolution", f"{HEAD}targets: [{{label: x}}]", id="target of what"),
        pytest.param("stances", f"{ABOUT}countries: {{FRA: lean yess}}", id="stance"),
        pytest.param("stances", f"{ABOUT}countries: {{FRA: }}", id="no stance"),
        pytest.param("stances", f"{ABOUT}countries: {{FRA: {{yes: 0.6, no: 40%}}}}", id="chance"),
        pytest.param("stances", f"{ABOUT}friendly: maybe", id="friendly"),
        pytest.param("scenario", "kind: scenario\nbase: x\nset: [{from: ys}]", id="change"),
        pytest.param("scenario", "kind: scenario\nbase: x\nexpect: {a..b: open}", id="range"),
        pytest.param("body", RULE % "at_least: 0.667, of: members", id="decimal"),
        pytest.param("body", RULE % "at_least: 2/3, of: everybody", id="base"),
        pytest.param("body", RULE % "at_least: 9, counting: maybe", id="counting"),
        pytest.param("body", f"{RULE % 'at_least: 9'}tie: maybe", id="tie"),
        pytest.param("body", f"{RULE % 'at_least: 9'}quorum: {{to_decide: half}}", id="quorum"),
    ],
)
def test_a_word_outside_its_closed_set_is_refused_in_every_reading(
    kind: str, text: str, reading: str, folder: Path
) -> None:
    assert errors(kind, text, folder)
    assert refusal(kind, READINGS[reading](text))


# --- What editors suggest ------------------------------------------------------------------------


def suggested(kind: str, *path: str | int) -> set[str]:
    """The values and keys an editor offers at a place: those listed in the schema."""
    schema = schema_of(kind, world())
    parts = opened(schema, schema)
    for step in path:
        inner = [part["items"] for part in parts if step == 0 and "items" in part]
        inner += [within(part, step) for part in parts if isinstance(step, str)]
        parts = [found for part in inner for found in opened(part, schema)]
    values = {word for part in parts for word in part.get("enum", [])}
    return values | {key for part in parts for key in part.get("properties", {})}


def within(part: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The schema of the value under a key."""
    other = part.get("additionalProperties") or {}
    found: Mapping[str, Any] = part.get("properties", {}).get(key, other)
    return found


def opened(part: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A schema and all it refers to or chooses from."""
    found = [part]
    if "$ref" in part:
        found += opened(schema["$defs"][part["$ref"].removeprefix("#/$defs/")], schema)
    for choice in part.get("anyOf", ()):
        found += opened(choice, schema)
    return found


CODES = set(world().membership.members)
NAMES = {member.short for member in world().membership.members.values()}
GROUPS = set(world().membership.groups)
BODIES = {word for body in world().shipped_bodies() for word in (body.id, *body.aliases)}
QUESTIONS = {name for body in world().shipped_bodies() for name in body.questions}


def test_the_world_is_the_one_we_mean() -> None:
    assert len(CODES) == 193 + 5
    assert {"security-council", "unga", "hrc"} <= BODIES
    assert {"EU", "G77", "P5"} <= GROUPS
    assert {"substantive", "important", "unanimity"} <= QUESTIONS


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("resolution", ("sponsors", 0)),
        ("resolution", ("votes", "yes", 0)),
        ("resolution", ("named", "abstain", 0)),
        ("resolution", ("stances", "undecided", 0)),
        ("resolution", ("amendments", 0, "by", 0)),
        ("resolution", ("amendments", 0, "votes", "no", 0)),
        ("resolution", ("not_entitled", 0, "member")),
        ("resolution", ("parties", 0)),
        ("stances", ("countries", "FRA", "follows")),
        ("scenario", ("set", 0, "countries", 0)),
        ("scenario", ("drop", 0)),
        ("body", ("members", 0)),
        ("body", ("members", "changes", 0, "replaced_by")),
        ("members", ("not_entitled", 0, "member")),
    ],
)
def test_members_are_suggested_by_code_and_by_name(kind: str, path: tuple[str | int, ...]) -> None:
    assert suggested(kind, *path) >= CODES | NAMES


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("resolution", ("votes",)),
        ("resolution", ("stances",)),
        ("resolution", ("later_statements",)),
        ("stances", ("countries",)),
        ("stances", ("groups", "EU", "except")),
        ("body", ("weights", "money", 0, "values")),
    ],
)
def test_members_are_suggested_as_keys(kind: str, path: tuple[str | int, ...]) -> None:
    if path[0] == "weights":
        schema = schema_of(kind, world())
        assert schema["$defs"]["WeightsShape"]["properties"]["values"]["properties"].keys() == CODES
    else:
        assert suggested(kind, *path) >= CODES


@pytest.mark.parametrize(
    ("kind", "path", "words"),
    [
        ("resolution", ("body",), BODIES),
        ("resolution", ("question",), QUESTIONS),
        ("resolution", ("parts", 0, "question"), QUESTIONS),
        ("resolution", ("stances",), GROUPS | {vote.value for vote in Vote}),
        ("resolution", ("stances", "yes", 0), GROUPS),
        (
            "resolution",
            ("stances", "EU"),
            {"lean yes", "firm no", "undecided", "source", "follows"},
        ),
        ("resolution", ("expect", "verdict"), {verdict.value for verdict in Verdict}),
        ("resolution", ("expect", "because"), {cause.value for cause in Cause}),
        ("resolution", ("result",), {"adopted", "not adopted"}),
        ("resolution", ("votes", "FRA"), {"yes", "no", "abstain", "absent"}),
        ("resolution", ("counts",), {"yes", "no", "abstain", "absent"}),
        ("stances", ("groups",), GROUPS),
        ("stances", ("countries", "FRA"), {"lean yes", "vote", "yes", "source"}),
        ("stances", ("countries", "FRA", "source", "how"), {"phone", "meeting", "press"}),
        ("stances", ("confidence",), {"firm", "pledged", "lean"}),
        ("scenario", ("sweep", "from"), {vote.value for vote in Vote}),
        ("scenario", ("set", 0, "countries", 0), GROUPS),
        ("proceedings", ("expect",), set()),
        ("body", ("members",), GROUPS | {"all", "any"}),
        ("body", ("questions",), QUESTIONS),
        ("body", ("questions", "ordinary", "rules", 0, "needs", 0, "of"), {b.value for b in Base}),
        (
            "body",
            ("questions", "ordinary", "rules", 0, "veto", "on"),
            {"no", "not yes", "objection"},
        ),
        ("members", ("members", "FRA", "region"), {"AFRICAN", "WEOG"}),
    ],
)
def test_words_are_suggested_where_they_belong(
    kind: str, path: tuple[str | int, ...], words: set[str]
) -> None:
    assert suggested(kind, *path) >= words


@pytest.mark.parametrize("kind", MODELS)
def test_nothing_is_suggested_that_unvote_reads_otherwise(kind: str) -> None:
    """Editors offer `null` for an empty value and booleans for yes and no; only for truths."""
    for name, form in schema_of(kind, world())["$defs"].items():
        offered = {part.get("type") for part in (form, *form.get("anyOf", ()))}
        assert "null" not in offered
        assert "boolean" not in offered or name == "truth"


@pytest.mark.parametrize("kind", MODELS)
def test_every_key_and_shape_says_what_it_is(kind: str) -> None:
    schema = schema_of(kind, world())
    shapes = [schema, *(part for part in schema["$defs"].values() if "description" in part)]
    for shape in shapes:
        assert shape["description"]
        if shape.get("additionalProperties") is False:
            assert all(field["description"] for field in shape["properties"].values())


@pytest.mark.parametrize("kind", MODELS)
def test_every_definition_is_used_and_every_reference_leads_somewhere(kind: str) -> None:
    text = json.dumps(schema_of(kind, world()))
    named = set(re.findall(r'"#/\$defs/([^"]+)"', text))
    assert named == schema_of(kind, world())["$defs"].keys()


def test_every_form_belongs_to_a_field() -> None:
    raws = [model.model_json_schema() for model in MODELS.values()]
    shapes = [shape for raw in raws for shape in (raw, *raw.get("$defs", {}).values())]
    fields = {str(f["title"]) for shape in shapes for f in shape["properties"].values()}
    assert FORMS.keys() - fields == set()
    assert [
        title for title in fields - FORMS.keys() if re.search(r"\bdate\b|whole number", title)
    ] == []


# --- The command ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MODELS)
def test_the_command_prints_the_schema(kind: str) -> None:
    done = quick("schema", kind)
    assert (done.code, done.stderr) == (0, "")
    assert done.data == schema_of(kind, world())
    assert done.stdout == quick("schema", kind).stdout


def test_the_command_writes_a_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "stances.json"
    for _ in range(2):
        done = quick("schema", "stances", "--output", file)
        assert (done.code, done.stdout, done.stderr) == (0, "", "")
    assert json.loads(file.read_text(encoding="utf-8")) == schema_of("stances", world())
    assert [path.name for path in file.parent.iterdir()] == ["stances.json"]


def test_bodies_and_members_of_ones_own_are_suggested(tmp_path: Path) -> None:
    (tmp_path / "bodies").mkdir()
    body = RULE.replace("id: x", "id: my-body") % "at_least: 3"
    (tmp_path / "bodies" / "own.yaml").write_text(body)
    file = tmp_path / "members.yaml"
    file.write_text(MEMBERS)
    done = quick("schema", "resolution", "--bodies", tmp_path / "bodies", "--members", file)
    assert "ATL" in done.data["$defs"]["member"]["anyOf"][0]["enum"]
    assert "FRA" not in done.data["$defs"]["member"]["anyOf"][0]["enum"]
    assert "my-body" in done.data["$defs"]["body"]["anyOf"][0]["enum"]


def test_an_unknown_kind_is_bad_usage() -> None:
    done = quick("schema", "minutes")
    assert done.code == 2
    assert "resolution" in done.stderr


def test_a_wrong_members_file_is_an_error_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "members.yaml").write_text("kind: members\n")
    out = tmp_path / "out.json"
    done = quick("schema", "body", "--members", tmp_path / "members.yaml", "-o", out)
    assert done.code == 2
    assert "UV111" in done.stderr
    assert not out.exists()
