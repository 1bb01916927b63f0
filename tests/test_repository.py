"""What must hold of the repository as a whole: its files, its locks, what its texts may not say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

FILES = (
    ".ci/run",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs/DECISIONS.md",
    "pyproject.toml",
    "src/unvote/py.typed",
)
TARGETS = (
    "bench",
    "check",
    "check-rest",
    "clean",
    "contracts",
    "demo",
    "docs",
    "format",
    "help",
    "lint",
    "lock",
    "test",
    "test-lowest",
    "types",
)
# A path that exists on one machine only, and the index somebody installs from. The patterns are
# written so that they do not match themselves.
FORBIDDEN = (
    re.compile(r"(?<![\w.~*>-])/(?:work|root|home|Users)/\w"),
    re.compile(r"pypi\.[o]rg|pythonhosted\.[o]rg"),
)


def tracked() -> list[Path]:
    """Every file that is in git or could be added to it."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing says which files are the repository's")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True)
    paths = [ROOT / os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def requirements(*lists: list[str]) -> list[Requirement]:
    """The requirements of some lists of pyproject.toml, but for the project's own extras."""
    found = [Requirement(line) for lines in lists for line in lines]
    return [requirement for requirement in found if requirement.name != "unvote"]


def pins(lock: str) -> dict[str, Version]:
    """The versions of a lock file, by canonical name."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    lines = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, flags=re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in lines}


def lower_bound(requirement: Requirement) -> Version:
    """The one `>=` of a requirement."""
    (bound,) = [part.version for part in requirement.specifier if part.operator == ">="]
    return Version(bound)


DEPENDENCIES: list[str] = PROJECT["project"]["dependencies"]
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
BUILD: list[str] = PROJECT["build-system"]["requires"]


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_there_and_not_empty(name: str) -> None:
    assert (ROOT / name).is_file()
    assert (ROOT / name).stat().st_size > 0 or name.endswith("py.typed")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no executable bit")
def test_ci_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_licence_is_the_one_declared() -> None:
    assert PROJECT["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_the_changelog_knows_the_version() -> None:
    source = (ROOT / "src" / "unvote" / "__init__.py").read_text(encoding="utf-8")
    (version,) = re.findall(r'^__version__ = "(.+)"$', source, flags=re.MULTILINE)
    assert version in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", TARGETS)
def test_the_makefile_has_the_target_and_explains_it(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:.*## \w", makefile, flags=re.MULTILINE)
    assert re.search(rf"^\.PHONY: {target}$", makefile, flags=re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_pin_of_the_lock_has_a_hash(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_the_lock_names_no_host_and_no_folder(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted-host|file:", text)


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        pytest.param("core", requirements(DEPENDENCIES), id="core"),
        pytest.param("build", requirements(DEPENDENCIES, BUILD), id="build"),
        pytest.param("dev", requirements(DEPENDENCIES, EXTRAS["test"], EXTRAS["dev"]), id="dev"),
        pytest.param("bench", requirements(DEPENDENCIES, EXTRAS["bench"]), id="bench"),
    ],
)
def test_the_lock_satisfies_pyproject(lock: str, declared: list[Requirement]) -> None:
    locked = pins(lock)
    for requirement in declared:
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version, prereleases=True), requirement


@pytest.mark.parametrize("lock", ["build", "dev", "bench"])
def test_the_locks_agree_on_the_libraries_of_the_program(lock: str) -> None:
    assert pins("core").items() <= pins(lock).items()


def test_the_oldest_versions_tested_are_the_bounds_declared() -> None:
    lowest = pins("lowest")
    declared = requirements(DEPENDENCIES, EXTRAS["test"])
    assert {r.name: lowest[canonicalize_name(r.name)] for r in declared} == {
        r.name: lower_bound(r) for r in declared
    }


def test_the_build_asks_for_the_libraries_of_the_program() -> None:
    build = {r.name: str(r.specifier) for r in requirements(BUILD)}
    program = {r.name: str(r.specifier) for r in requirements(DEPENDENCIES)}
    assert {name: program[name] for name in build if name in program} == {
        name: bounds for name, bounds in build.items() if name in program
    }


def test_no_text_names_one_persons_machine_or_index() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in tracked()
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        )
        if any(pattern.search(line) for pattern in FORBIDDEN)
    ]
    assert found == []
