"""Coverage-guided fuzzing of the loader, of every kind of document, of `--fix` and of `fmt`.

    make fuzz SECONDS=600

Whatever the bytes: no exception, no problem without code and place, no line lost by a mend, the
same data after a change of layout. A failing input is kept by atheris as `crash-...`.
"""

import atexit
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["unvote"]):
    from unvote.api.checking import check, mend
    from unvote.api.tallying import open_world
    from unvote.checks.stances import Freshness
    from unvote.files.check import check_file
    from unvote.files.fix import fixed
    from unvote.files.fmt import formatted
    from unvote.files.found import KINDS
    from unvote.loading.reader import read_bytes

DAY = date(2022, 3, 2)
WORLD = open_world()
FOLDER = Path(tempfile.mkdtemp(prefix="unvote-fuzz-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def one(raw: bytes) -> None:
    """One input as every kind of document."""
    file = str(FOLDER / "input.yaml")
    source, form = read_bytes(file, raw)
    for kind in KINDS:
        checked = check_file(kind, source, list(form), WORLD, Freshness(DAY, 14))
        for diagnostic in checked.problems:
            problem, place = diagnostic.problem, diagnostic.place
            assert problem.code.startswith("UV"), problem
            assert place is None or place.line <= source.text.count("\n") + 1, diagnostic
        text = fixed(source, WORLD.names)
        if text is not None:
            assert text.count("\n") == source.text.count("\n"), "a mend changed the lines"
    text = formatted(source, form)
    if text is not None:
        again, problems = read_bytes(file, text.encode("utf-8"))
        assert not problems, problems
        assert again.data == source.data, "the layout changed the data"
        assert formatted(again, problems) == text, "the layout is not reached in one step"


def main() -> None:
    """Fuzz from the shipped files."""
    seeds = FOLDER / "seeds"
    seeds.mkdir()
    root = Path(__file__).parents[1]
    files = [*root.glob("resolutions/**/*.yaml"), *root.glob("tests/errors/**/*.yaml")]
    for number, path in enumerate(files):
        if path.stat().st_size < 20_000:  # noqa: PLR2004 - small seeds are mutated faster
            (seeds / f"{number}.yaml").write_bytes(path.read_bytes())
    assert check(root / "resolutions", as_of=DAY).clean
    assert not mend(root / "resolutions", as_of=DAY)[1]
    atheris.Setup([*sys.argv, str(seeds)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
