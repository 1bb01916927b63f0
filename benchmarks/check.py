"""Part `check`: folders of mixed files, by the program and by the checkers a user would pick."""

import tempfile
from pathlib import Path
from typing import Final

from benchmarks.processes import ROOT, Command, in_turn
from benchmarks.report import Table, runs_table
from benchmarks.startup import ASSEMBLY, SCHEMA, VETO

FEW: Final = 3
SIZES: Final = (500, 5000)
TURNS: Final = ("by member", "by vote", "stances", "council")


def mixed(folder: Path, files: int) -> None:
    """Fill a folder with four kinds of file in turn, most of them of about 200 lines."""
    assembly = (ROOT / ASSEMBLY).read_text(encoding="utf-8")
    council = (ROOT / VETO).read_text(encoding="utf-8")
    votes = _votes(assembly)
    head = assembly[: assembly.index("votes:")]
    rest = assembly[assembly.index("expect:") :]
    for number in range(files):
        turn = TURNS[number % len(TURNS)]
        if turn == "by member":
            lines = "".join(f"  {code}: {vote}\n" for code, vote in votes.items())
            text = f"{head}votes:\n{lines}{rest}"
        elif turn == "by vote":
            lines = "".join(
                f"  {vote}:\n" + "".join(f"    - {c}\n" for c, v in votes.items() if v == vote)
                for vote in ("yes", "no", "abstain")
            )
            text = f"{head}votes:\n{lines}{rest}"
        elif turn == "stances":
            text = _stances(votes, number)
        else:
            text = council
        # The resolution a stances file is about stands one place before it.
        (folder / f"{number:05}.yaml").write_text(text, encoding="utf-8")


def _votes(text: str) -> dict[str, str]:
    """The votes of the example, by member."""
    found: dict[str, str] = {}
    block = text[text.index("votes:") : text.index("expect:")]
    vote = ""
    for word in block.replace("[", " ").replace("]", " ").replace(",", " ").split()[1:]:
        if word.endswith(":"):
            vote = word[:-1]
        else:
            found[word] = vote
    return dict(sorted(found.items()))


def _stances(votes: dict[str, str], number: int) -> str:
    """Stances of the same members on the file before."""
    source = "source: {who: deputy, how: phone, on: 2022-02-28}"
    lines = "".join(f"  {c}: {{vote: lean {v}, {source}}}\n" for c, v in votes.items())
    return (
        f"kind: stances\nresolution: {number - 1:05}.yaml\nas_of: 2022-03-01\ncountries:\n{lines}"
    )


def measure(environment: Path, rounds: int) -> list[Table]:
    """500 files beside the peers; 5,000 alone, to see the growth."""
    programs = environment / "bin"
    tables = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            mixed(folder, size)
            check = (str(programs / "unvote"), "check", "--as-of", "2022-03-01", name)
            commands = [Command("unvote check", check)]
            if size == SIZES[0]:
                files = tuple(str(file) for file in sorted(folder.iterdir()))
                schema = (str(programs / "check-jsonschema"), "--schemafile", SCHEMA, *files)
                commands += [
                    # Stances are no resolutions: it says so and ends with 1, the same work done.
                    Command("check-jsonschema", schema, codes=(0, 1)),
                    Command("yamllint", (str(programs / "yamllint"), name), codes=(0, 1)),
                ]
            runs = in_turn(commands, min(rounds, FEW), warm=False)
            title = f"unvote check: {size} mixed files, whole processes"
            tables.append(runs_table(title, runs.values(), runs["unvote check"]))
    return tables
