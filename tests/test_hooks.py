"""The hooks for pre-commit, the GitHub Action and the snippets for CI, run by the real programs.

The hooks are installed by pre-commit itself from a copy of this checkout, as a stranger's
repository would have them.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import unvote

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "how-to" / "ci.md"
# What pip says when there is no network, on Linux, macOS and Windows.
OFFLINE = ("Failed to establish a new connection", "NameResolutionError", "getaddrinfo failed")

# One worker runs them all: the environment of the hooks is made once.
pytestmark = [
    pytest.mark.installed,
    pytest.mark.xdist_group("hooks"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not here"),
    pytest.mark.skipif(
        importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"
    ),
]

RESOLUTION = """\
id: A/ES-11/L.5
body: general-assembly
date: 2022-10-12
question: important
version: draft 2
stances: {}
"""
STANCES = """\
kind: stances
resolution: draft.yaml
version: draft 2
countries:
  IND: {vote: lean abstain, source: {who: mission, how: phone, on: 2022-10-09}}
"""
UNTIDY = STANCES.replace("  IND: {vote: lean", "    IND:   {vote:   lean")
# Files of other programs, which a hook must leave alone.
OTHERS = {
    "compose.yaml": "x: &x {a: 1}\ny: *x\n",
    "template.yaml": "name: {{ name }}\n",
    "manifests.yaml": "a: 1\n---\nb: 2\n",
}


def environment(**more: str) -> dict[str, str]:
    """The environment of a stranger: no settings of ours, none of git's, a name to commit under."""
    ours = re.compile("PYTHON|GIT_|PRE_COMMIT|VIRTUAL_ENV|UNVOTE|GITHUB_")
    kept = {name: value for name, value in os.environ.items() if not ours.match(name)}
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        git |= {f"GIT_{role}_NAME": "A. Clerk", f"GIT_{role}_EMAIL": "clerk@example.org"}
    return kept | git | more


def run(
    *command: str | Path, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command in a folder; pip's having no network skips the test, unless in CI."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment(**(env or {})),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    said = done.stdout + done.stderr
    if done.returncode and any(sign in said for sign in OFFLINE) and not os.environ.get("CI"):
        pytest.skip("no network to install the hooks from")
    return done


def git(*words: str | Path, cwd: Path) -> str:
    done = run("git", "-c", "init.defaultBranch=main", *words, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as a repository of its own, with what is not committed yet."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing says which files are the repository's")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True).stdout.split(b"\0")
    copy = tmp_path_factory.mktemp("published")
    for name in map(os.fsdecode, filter(None, names)):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    git("init", "--quiet", cwd=copy)
    git("add", "--all", cwd=copy)
    git("commit", "--quiet", "--message", "As it is", cwd=copy)
    git("tag", f"v{unvote.__version__}", cwd=copy)
    return copy


@dataclass(frozen=True)
class Desk:
    """A repository of stances with our hooks installed."""

    folder: Path
    cache: Path

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    def commit(self, message: str) -> subprocess.CompletedProcess[str]:
        """Try to commit everything."""
        git("add", "--all", cwd=self.folder)
        command = ("git", "commit", "--quiet", "--message", message)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        env = {"PRE_COMMIT_HOME": str(self.cache), "PATH": path}
        return run(*command, cwd=self.folder, env=env)

    @property
    def commits(self) -> list[str]:
        """The messages of what was committed, newest first."""
        return git("log", "--format=%s", cwd=self.folder).splitlines()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments of hooks: made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def desk(published: Path, cache: Path, tmp_path: Path) -> Desk:
    """A scratch repository as the page on CI says to set it up."""
    config = snippets("pre-commit")[0].replace("ADDRESS-OF-THIS-REPOSITORY", str(published))
    folder = tmp_path / "desk"
    folder.mkdir()
    git("init", "--quiet", cwd=folder)
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    (folder / "draft.yaml").write_text(RESOLUTION, encoding="utf-8")
    git("add", "--all", cwd=folder)
    git("commit", "--quiet", "--message", "Start", cwd=folder)
    done = run(
        *(sys.executable, "-m", "pre_commit", "install"),
        cwd=folder,
        env={"PRE_COMMIT_HOME": str(cache)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Desk(folder, cache)


def test_good_stances_are_committed(desk: Desk) -> None:
    desk.write(stances=STANCES)
    done = desk.commit("Stances")
    assert done.returncode == 0, done.stdout + done.stderr
    assert desk.commits == ["Stances", "Start"]
    said = done.stdout + done.stderr
    assert re.search(r"^unvote check\.+Passed$", said, re.MULTILINE)
    assert re.search(r"^unvote fmt\.+Passed$", said, re.MULTILINE)


def test_bad_stances_stop_the_commit_until_they_are_mended(desk: Desk) -> None:
    desk.write(stances=STANCES.replace("IND", "Korea"))
    done = desk.commit("Bad")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert re.search(r"^unvote check\.+Failed$", said, re.MULTILINE)
    assert "stances.yaml:5:3: error UV203: 'Korea' could be KOR or PRK" in said
    assert desk.commits == ["Start"]
    desk.write(stances=STANCES)
    assert desk.commit("Mended").returncode == 0
    assert desk.commits == ["Mended", "Start"]


def test_a_new_resolution_that_makes_old_stances_wrong_stops_the_commit(desk: Desk) -> None:
    desk.write(stances=STANCES)
    assert desk.commit("Stances").returncode == 0
    desk.write(draft=RESOLUTION.replace("draft 2", "draft 3"))
    done = desk.commit("New text")
    assert "stances.yaml:3:10: error UV403" in done.stdout + done.stderr  # --strict
    assert desk.commits == ["Stances", "Start"]


def test_untidy_stances_are_put_in_order_before_they_are_committed(desk: Desk) -> None:
    desk.write(stances=UNTIDY)
    done = desk.commit("Untidy")
    said = done.stdout + done.stderr
    assert re.search(r"^unvote fmt\.+Failed$", said, re.MULTILINE)
    assert "files were modified by this hook" in said
    tidy = (desk.folder / "stances.yaml").read_text(encoding="utf-8")
    assert tidy != UNTIDY
    assert desk.commit("Tidy").returncode == 0
    assert (desk.folder / "stances.yaml").read_text(encoding="utf-8") == tidy


def test_files_of_other_programs_do_not_stop_a_commit(desk: Desk) -> None:
    for name, text in OTHERS.items():
        (desk.folder / name).write_text(text, encoding="utf-8")
    done = desk.commit("Other files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {name: (desk.folder / name).read_text(encoding="utf-8") for name in OTHERS} == OTHERS


# --- Manifests and snippets -----------------------------------------------------------------------


def snippets(kind: str) -> list[str]:
    """The snippets of the page on CI that are for one program."""
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(
        rf"^<!-- check: {kind} -->\n```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL
    )


def valid(schema: str, file: Path) -> str:
    """What `check-jsonschema` says against a schema that ships with it: nothing, if it is valid."""
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}")
    done = run(*command, file, cwd=file.parent)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_manifest_of_the_hooks_is_valid() -> None:
    command = (sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")
    done = run(*command, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_is_valid() -> None:
    assert valid("github-actions", ROOT / "action.yml") == ""


def test_the_validator_would_notice(tmp_path: Path) -> None:
    wrong = (ROOT / "action.yml").read_text(encoding="utf-8").replace("using: composite", "")
    (tmp_path / "action.yml").write_text(wrong, encoding="utf-8")
    assert "action.yml" in valid("github-actions", tmp_path / "action.yml")


@pytest.mark.parametrize("kind", ["github-workflows", "gitlab-ci"])
def test_the_snippets_of_the_page_are_valid(kind: str, tmp_path: Path) -> None:
    found = snippets(kind)
    assert found
    for text in found:
        (tmp_path / "snippet.yaml").write_text(text, encoding="utf-8")
        assert valid(kind, tmp_path / "snippet.yaml") == ""


def test_the_snippet_for_pre_commit_is_valid_and_of_this_version(tmp_path: Path) -> None:
    (text,) = snippets("pre-commit")
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    command = (sys.executable, "-m", "pre_commit", "validate-config", "config.yaml")
    assert run(*command, cwd=tmp_path).returncode == 0
    assert f"rev: v{unvote.__version__}" in text
    page = PAGE.read_text(encoding="utf-8")
    assert set(re.findall(r"@v(\d+\.\d+\.\d+)", page)) == {unvote.__version__}


def test_the_page_uses_inputs_and_hooks_that_there_are() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    jobs = [
        job
        for workflow in snippets("github-workflows")
        for job in yaml.safe_load(workflow)["jobs"].values()
    ]
    assert jobs
    for job in jobs:
        (ours,) = [step for step in job["steps"] if "unvote@" in step.get("uses", "")]
        assert ours.get("with", {}).keys() <= action["inputs"].keys()
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (config,) = snippets("pre-commit")
    used = {hook["id"] for repo in yaml.safe_load(config)["repos"] for hook in repo["hooks"]}
    assert used == {hook["id"] for hook in hooks}


# --- The steps of the action, run as GitHub runs them ---------------------------------------------


@dataclass(frozen=True)
class Runner:
    """What GitHub's runner gives a step: folders, and what earlier steps put on the path."""

    folder: Path
    action: Path

    def step(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run a step of the action with bash, as the runner does."""
        action = yaml.safe_load((self.action / "action.yml").read_text(encoding="utf-8"))
        (step,) = [one for one in action["runs"]["steps"] if one.get("name") == name]
        given = {key: str(value["default"]) for key, value in action["inputs"].items()} | inputs
        variables = {
            variable: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m[1]], value)
            for variable, value in step.get("env", {}).items()
        }
        added = self.folder / "path.txt"
        more = added.read_text(encoding="utf-8").splitlines() if added.exists() else []
        old = (
            [str(Path(sys.executable).parent), os.environ["PATH"]]
            if not more
            else ["/usr/bin", "/bin"]
        )
        script = self.folder / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        return run(
            *("bash", "--noprofile", "--norc", "-eo", "pipefail", script),
            cwd=self.folder / "work",
            env=variables
            | {
                "PATH": os.pathsep.join([*more, *old]),
                "RUNNER_TEMP": str(self.folder),
                "GITHUB_PATH": str(added),
                "GITHUB_ACTION_PATH": str(self.action),
                "GITHUB_ACTIONS": "true",
            },
        )


@pytest.fixture(scope="module")
def runner(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A runner on which the action has installed the program."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not here")
    made = Runner(tmp_path_factory.mktemp("runner"), published)
    (made.folder / "work" / "my votes").mkdir(parents=True)
    (made.folder / "work" / "my votes" / "draft.yaml").write_text(RESOLUTION, encoding="utf-8")
    done = made.step("Install unvote")
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def test_the_action_passes_good_files(runner: Runner) -> None:
    done = runner.step("Check", paths="my votes\n", args="--strict --max-age 14")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 file checked: no problems\n"


def test_the_action_marks_bad_files_and_fails(runner: Runner) -> None:
    bad = runner.folder / "work" / "bad.yaml"
    bad.write_text(RESOLUTION.replace("general-assembly", "nowhere"), encoding="utf-8")
    done = runner.step("Check", paths="my votes\nbad.yaml\n", sarif="out.sarif")
    bad.unlink()
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=bad.yaml,line=2,endLine=2,col=7,endColumn=14,")
    assert done.stderr == "2 files checked: 1 error\n"
    assert '"uri": "bad.yaml"' in (runner.folder / "work" / "out.sarif").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["paths", "args", "sarif"])
def test_the_action_runs_nothing_that_stands_in_an_input(runner: Runner, name: str) -> None:
    runner.step("Check", **{name: '$(touch owned) `touch owned` ; touch owned * "; touch owned'})
    assert not list(runner.folder.rglob("owned"))


def test_the_action_fails_for_options_that_do_not_exist(runner: Runner) -> None:
    assert runner.step("Check", args="--nonsense").returncode == 2
