"""The commands of the program, wired together."""

from typing import Annotated

import typer

from unvote.cli import checking, deciding, editing, lookup, making

EPILOG = "Exit codes: 0 it ran, whatever the verdict; 1 and 3 on request; 2 invalid file or usage."

app = typer.Typer(
    name="unvote",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EPILOG,
)
app.command("tally", short_help="The verdict on resolutions or counts.")(deciding.tally)
app.command("explain", short_help="Why: rule by rule, with articles.")(deciding.explain)
app.command("check", short_help="All problems of all files, expectations run.")(checking.check)
app.command("fmt", short_help="The canonical layout of files.")(editing.fmt)
app.command("schema", short_help="The JSON Schema of a kind of file.")(making.schema)
app.command("rule", short_help="What a code means.")(checking.rule)
app.command("members", short_help="Look members up on a date.")(lookup.members)
app.command("groups", short_help="Look groups up on a date.")(lookup.groups)
app.command("bodies", short_help="Bodies, who sits and by what rules.")(lookup.bodies)


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
