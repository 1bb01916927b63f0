"""Pictures: every member in them, the same bytes twice, and bad input told without a file."""

import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.runs import ROOT, quick

import unvote
from unvote.files import fonts
from unvote.files.geography import read_geography

TEXTS = ROOT / "resolutions"
ASSEMBLY = TEXTS / "ukraine-2022" / "es-11-4.yaml"
COUNCIL = TEXTS / "ukraine-2022" / "s-2022-155.yaml"
DAY = TEXTS / "ukraine-2025" / "24-february.yaml"
COUNTS = TEXTS / "model-un" / "ocean-plastics.yaml"
SNAPSHOTS = Path(__file__).parent / "snapshots" / "pictures"
SVG = "{http://www.w3.org/2000/svg}"


def groups(svg: str) -> set[str]:
    """The ids of the groups in a picture, which must be well-formed."""
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    return {group.get("id", "") for group in root.iter(f"{SVG}g")} - {""}


@pytest.mark.parametrize(
    "day", ["1946-12-14", "1960-12-20", "1975-12-10", "1992-12-18", "2025-02-24"]
)
def test_every_member_is_on_board_map_and_grid_on_any_day(day: str, tmp_path: Path) -> None:
    when = date.fromisoformat(day)
    members = unvote.open_world().membership.on(when)
    file = tmp_path / "vote.yaml"
    text = f"kind: resolution\nid: X\nbody: unga\ndate: {day}\nquestion: ordinary\n"
    file.write_text(f"{text}votes: {{yes: [{', '.join(sorted(members))}], no: [], abstain: []}}\n")
    for kind in ("board", "grid"):
        assert groups(unvote.draw(file, kind).svg) >= members
    drawn = groups(unvote.draw(file, "map").svg)
    assert {name.partition("-")[2] for name in drawn} >= members


def test_every_small_member_has_a_mark_and_no_two_marks_or_tiles_are_on_one_another() -> None:
    geography = read_geography()
    members = unvote.open_world().membership.members
    assert all(geography.placed(code) for code in members)
    assert set(geography.tiles) == set(members)
    assert len(set(geography.tiles.values())) == len(members)
    marks = list(geography.marks.values())
    near = [
        (a, b)
        for n, a in enumerate(marks)
        for b in marks[n + 1 :]
        if (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 < 16**2
    ]
    assert near == []
    assert {"TUV", "NRU", "MCO", "SMR", "LIE", "MLT", "KNA"} <= set(geography.marks)


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (ASSEMBLY, "board"),
        (ASSEMBLY, "map"),
        (ASSEMBLY, "grid"),
        (COUNCIL, "horseshoe"),
        (COUNTS, "bar"),
    ],
    ids=["board", "map", "grid", "horseshoe", "bar"],
)
def test_a_picture_is_as_it_was(file: Path, kind: str) -> None:
    svg = unvote.draw(file, kind).svg
    assert svg == unvote.draw(file, kind).svg
    ET.fromstring(svg)  # noqa: S314 - our own text
    assert svg == (SNAPSHOTS / f"{kind}.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "kind"),
    [(ASSEMBLY, "board"), (COUNCIL, "horseshoe"), (COUNTS, "bar"), (DAY, "horseshoe")],
)
def test_what_fits_the_body_is_drawn_by_default(file: Path, kind: str) -> None:
    assert unvote.draw(file).kind == kind


def test_steps_and_texts_choose_the_vote() -> None:
    drawing = unvote.draw(DAY, step="es-11-7")
    assert drawing.ruling is not None
    assert drawing.ruling.case.id == "ES-11/7"
    assert drawing.kind == "board"
    told = unvote.draw(DAY, step="nonsense").problems[-1].problem
    assert (told.code, "es-11-7" in told.hint) == ("UV316", True)
    told = unvote.draw(DAY, text="A1").problems[-1].problem
    assert told.code == "UV408"


def test_the_map_is_of_the_members_since_the_last_was_admitted() -> None:
    since = [one.period.since for one in unvote.open_world().membership.members.values()]
    assert read_geography().since == max(day for day in since if day)


def test_a_vote_that_was_not_taken_is_never_the_picture_of_proceedings(tmp_path: Path) -> None:
    day = tmp_path / "day.yaml"
    day.write_text(
        f"""kind: proceedings
steps:
  - {{id: first, resolution: {COUNCIL}}}
  - {{id: second, resolution: {COUNCIL}, when: first is adopted}}
""",
        encoding="utf-8",
    )
    tallied = unvote.tally(day)
    assert [ruling.taken for ruling in tallied.results] == [True, False]
    drawing = unvote.draw(day)
    assert drawing.ruling is not None
    assert drawing.ruling.case.step == "first"
    told = unvote.draw(day, step="second")
    assert not told.svg
    assert told.problems[-1].problem.code == "UV408"


def test_a_scenario_is_drawn_and_reported_as_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "if.yaml"
    file.write_text(f"kind: scenario\nbase: {COUNCIL}\ndrop: [RUS]\n", encoding="utf-8")
    drawn = quick("draw", file)
    assert drawn.code == 0
    assert "S/2022/155 (scenario: if.yaml)" in drawn.stdout
    assert ">ADOPTED<" in drawn.stdout
    for form in ("markdown", "html", "text"):
        told = quick("report", file, "--format", form)
        assert told.code == 0
        assert "S/2022/155 (scenario: if.yaml)" in told.stdout
        assert "ADOPTED" in told.stdout
    assert "S/2022/155 (scenario: if.yaml)" in unvote.page(file).html
    titled = file.read_text(encoding="utf-8") + "title: Without Russia\n"
    file.write_text(titled, encoding="utf-8")
    assert "(scenario: Without Russia)" in unvote.report(file).text
    file.write_text(titled.replace("RUS", "Atlantis"), encoding="utf-8")
    for command in ("draw", "report"):
        wrong = quick(command, file)
        assert (wrong.code, wrong.stdout) == (2, "")
        assert "UV201" in wrong.stderr
    # `whatif` compares it with the vote before; a tally is of a vote.
    assert "UV110: this file is of kind 'scenario'" in quick("tally", file).stderr


def test_the_lights_say_what_each_member_did() -> None:
    root = ET.fromstring(unvote.draw(COUNCIL).svg)  # noqa: S314 - our own text
    titles = {g.get("id"): g.findtext(f"{SVG}title") for g in root.iter(f"{SVG}g")}
    assert titles["RUS"] == "Russia: no"
    assert titles["CHN"] == "China: abstain"
    assert titles["ALB"] == "Albania: yes"


def test_a_title_is_never_markup(tmp_path: Path) -> None:
    file = tmp_path / "vote.yaml"
    text = COUNCIL.read_text(encoding="utf-8")
    file.write_text(
        text.replace(
            "title: Aggression against Ukraine", "title: '<script>alert(1)</script> [draft] &'"
        ),
        encoding="utf-8",
    )
    done = quick("draw", file, "-o", tmp_path / "x.html")
    assert done.code == 0
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [draft] &amp;" in page
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((ASSEMBLY, "-o", "vote.gif"), "a picture is written as .svg, .png or .html"),
        ((ASSEMBLY, "-o", "no/such/folder/vote.svg"), "cannot write no/such/folder/vote.svg"),
        ((ASSEMBLY, "--as", "horseshoe", "-o", "x.svg"), "a horseshoe has room for 40 seats"),
        ((COUNTS, "--as", "board", "-o", "x.svg"), "is not known by name"),
        ((COUNTS, "--as", "map", "-o", "x.svg"), "is not known by name"),
        (("nothing.yaml", "-o", "x.svg"), "UV1"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = quick("draw", *words)
    assert (done.code, done.stdout) == (2, "")
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_png_without_the_library_or_without_a_font_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.png"
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "fonts", lambda: ("DejaVu Sans", ["DejaVuSans.ttf"]))
        patch.setitem(sys.modules, "resvg_py", None)
        done = quick("draw", COUNCIL, "-o", file)
    assert (done.code, "pip install 'unvote[pictures]'" in done.stderr) == (2, True)
    monkeypatch.setattr(fonts, "_files", lambda: iter(()))
    done = quick("draw", COUNCIL, "-o", file)
    assert (done.code, "no font" in done.stderr) == (2, True)
    assert not file.exists()


def test_a_png_is_written_with_its_words(tmp_path: Path) -> None:
    if fonts.fonts() is None:
        pytest.skip("no font to letter a PNG with")
    pytest.importorskip("resvg_py")
    done = quick("draw", COUNCIL, "-o", tmp_path / "x.png")
    assert done.code == 0
    data = (tmp_path / "x.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 1600


def test_the_board_in_the_terminal_has_every_member_within_its_columns() -> None:
    done = quick("tally", "--board", "--ascii", ASSEMBLY)
    assert done.code == 0
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert done.stdout.isascii()
    board = [line for line in lines if line.startswith((" Y  ", " N  ", " A  ", " -  "))][1:]
    lights = [line[at : at + 20].strip() for line in board for at in range(0, 80, 20)]
    assert len([light for light in lights if light]) == 193
    refused = quick("tally", "--board", "--format", "csv", ASSEMBLY)
    assert refused.code == 2
