"""The wheel, built from the source distribution and installed alone, works in any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = Path("resolutions/ukraine-2022/s-2022-155.yaml")
# What pip says when there is no network, on Linux, macOS and Windows.
OFFLINE = ("Failed to establish a new connection", "NameResolutionError", "getaddrinfo failed")

# One worker runs them all: the environment is made once.
pytestmark = [pytest.mark.installed, pytest.mark.xdist_group("installed")]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a stranger to this repository would: no PYTHONPATH, no settings of ours."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def build(target: str, source: Path, out: Path) -> Path:
    done = run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", out, cwd=source)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.iterdir()
    return made


def install(python: Path, *arguments: str | Path, cwd: Path) -> None:
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    done = run(*pip, "--python", python, "install", "--quiet", *arguments, cwd=cwd)
    offline = any(sign in done.stdout + done.stderr for sign in OFFLINE)
    if done.returncode != 0 and offline and not os.environ.get("CI"):
        pytest.skip("no network to install the locked libraries from")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel made from the unpacked source distribution: both are what users get."""
    folder = tmp_path_factory.mktemp("build")
    with tarfile.open(build("sdist", ROOT, folder / "sdist")) as archive:
        archive.extractall(folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    return build("wheel", source, folder / "wheel")


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment: the locked libraries and the wheel, no more."""
    folder = tmp_path_factory.mktemp("installed")
    done = run(sys.executable, "-m", "venv", "--without-pip", "env", cwd=folder)
    assert done.returncode == 0, done.stderr
    found = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    lock = ROOT / "requirements" / "core.txt"
    install(found / "python", "--require-hashes", "--requirement", lock, cwd=folder)
    install(found / "python", "--no-index", "--no-deps", wheel, cwd=folder)
    return found


def test_the_wheel_carries_the_data_and_the_snapshot(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = [ROOT / "members.yaml", *ROOT.glob("bodies/*"), *ROOT.glob("resolutions/**/*.yaml")]
    assert {f"unvote/data/{path.relative_to(ROOT).as_posix()}" for path in shipped} <= names
    gallery = [path for path in (ROOT / "tests" / "errors").rglob("*") if path.is_file()]
    wrong = {f"unvote/data/{path.relative_to(ROOT / 'tests').as_posix()}" for path in gallery}
    assert wrong == {name for name in names if name.startswith("unvote/data/errors/")}
    assert any(name.startswith("unvote/_snapshot/") for name in names)
    parts = ("engine.js", "words.js", "page.js", "page.css")
    assert {f"unvote/render/page/{part}" for part in parts} <= names
    assert "unvote/py.typed" in names


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    folders = {"unvote", "unvote-0.1.0.data", "unvote-0.1.0.dist-info"}
    assert {name.split("/")[0] for name in names} <= folders
    manual = "unvote-0.1.0.data/data/share/man/man1/unvote.1"
    assert [name for name in names if name.startswith("unvote-0.1.0.data/")] == [manual]
    assert not [name for name in names if "__pycache__" in name]


def test_installed_alone_it_tallies_a_file_in_another_folder(scripts: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / EXAMPLE, tmp_path / "mine.yaml")
    done = run(scripts / "unvote", "tally", "mine.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "S/2022/155" in done.stdout
    assert "not adopted" in done.stdout.lower()


def test_installed_alone_it_shows_examples_of_a_problem(scripts: Path, tmp_path: Path) -> None:
    done = run(scripts / "unvote", "rule", "UV203", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "error UV203: 'Korea' could be KOR or PRK" in done.stdout


def test_installed_alone_it_says_its_version(scripts: Path, tmp_path: Path) -> None:
    done = run(scripts / "unvote", "--version", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0.1.0" in done.stdout


def test_installed_alone_it_is_imported_from_its_own_environment(
    scripts: Path, tmp_path: Path
) -> None:
    done = run(scripts / "python", "-c", "import unvote; print(unvote.__file__)", cwd=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(scripts.parent), done.stdout + done.stderr
