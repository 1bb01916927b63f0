"""The commands of the program, wired together; each is imported when it is called for."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any, Final

import typer
import typer.main
from typer.core import TyperGroup

EPILOG = "Exit codes: 0 it ran, whatever the verdict; 1 and 3 on request; 2 invalid file or usage."

COMMANDS: Final = {
    "tally": ("deciding", "The verdict on resolutions or counts."),
    "explain": ("deciding", "Why: rule by rule, with articles."),
    "whatif": ("supposing", "Votes set, moved or dropped: before and after."),
    "whip": ("whipping", "The head count by vote and confidence."),
    "odds": ("forecasting", "The exact odds of a verdict."),
    "calls": ("forecasting", "The calls that help most."),
    "swing": ("swinging", "How far it is to the other verdict."),
    "compare": ("comparing", "Two votes: who moved, and what it did."),
    "diff": ("comparing", "Two versions of one file."),
    "order": ("ordering", "What is put to the vote first, and why."),
    "score": ("scoring", "A forecast against the record."),
    "roll": ("rolling", "A roll call at the terminal, key by key."),
    "draw": ("drawing", "A picture: board, horseshoe, bar, map, grid."),
    "report": ("reporting", "One page on a vote or a day."),
    "page": ("paging", "One vote as a page to try other votes in."),
    "import": ("importing", "Recorded votes and head counts from files of others."),
    "export": ("exporting", "A vote, stances or proceedings as a spreadsheet."),
    "history": ("replaying", "Recorded votes decided again, and who votes with whom."),
    "power": ("powering", "Who has how much power in a body."),
    "check": ("checking", "All problems of all files, expectations run."),
    "fmt": ("editing", "The canonical layout of files."),
    "init": ("making", "A new file to start from."),
    "schema": ("making", "The JSON Schema of a kind of file."),
    "rule": ("checking", "What a code means."),
    "members": ("lookup", "Look members up on a date."),
    "groups": ("lookup", "Look groups up on a date."),
    "bodies": ("lookup", "Bodies, who sits and by what rules."),
}
"""Every command: its module, and its line in the list of commands."""

SETTINGS: Final[dict[str, Any]] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class Commands(Mapping[str, Any]):
    """The commands by name, each built when it is asked for."""

    def __getitem__(self, name: str) -> Any:
        home, line = COMMANDS[name]
        # `import` is a word of Python's own: its function has a line below behind it.
        function = getattr(
            import_module(f"unvote.cli.{home}"), f"{name}_" * iskeyword(name) or name
        )
        module = import_module(f"unvote.cli.{home}")
        # A command that is a word of Python has an underscore after its name there.
        function = getattr(module, name, None) or getattr(module, f"{name}_")
        alone = typer.Typer(add_completion=False, **SETTINGS)
        alone.command(name, short_help=line)(function)
        return typer.main.get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Program(TyperGroup):
    """The program: of its commands typer builds the one that runs, and all only to list them."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = Commands()  # type: ignore[assignment] # nothing is ever added


app = typer.Typer(name="unvote", cls=Program, no_args_is_help=True, epilog=EPILOG, **SETTINGS)


def _version(value: bool) -> None:
    if value:
        from unvote import __version__

        typer.echo(f"unvote {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Examples:

    \b
      unvote tally resolution.yaml
      unvote explain resolution.yaml
      unvote tally --body unga --question important 93-24-58
      unvote bodies security-council --on 1965-11-23

    Vote tallies of the United Nations: the count, the rule in force on the day, the verdict, and
    the article on every line.
    """
