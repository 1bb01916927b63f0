"""`unvote members`, `groups` and `bodies`: look-ups on a date."""

from datetime import date
from typing import Annotated, Any, NoReturn, Optional

import typer

from unvote.api.tallying import open_world
from unvote.cli import options
from unvote.cli.completing import body_words, group_words, member_words
from unvote.cli.options import Format, day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of, sheet_text
from unvote.diagnostics import Diagnostic
from unvote.world.world import World


def _today(on: str | None) -> date:
    return day(on) if on else date.today()  # noqa: DTZ011 - the day in the user's own place


def _end(world: World, found: list[Diagnostic], *, quiet: bool) -> NoReturn:
    problems = [*world.diagnostics, *found]
    complain(problems, quiet=quiet)
    raise typer.Exit(USAGE if any(problem.is_error for problem in problems) else 0)


def members(
    names: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Argument(
            metavar="NAME",
            help="Codes or names; none lists every member.",
            autocompletion=member_words,
        ),
    ] = None,
    on: options.Day = None,
    group: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option(
            "--group",
            metavar="CODE",
            help="Only the members of this group.",
            autocompletion=group_words,
        ),
    ] = None,
    form: options.Form = Format.TABLE,
    output: options.Output = None,
    members_file: options.Members = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
    ascii_only: options.Ascii = False,
    width: options.Width = None,
) -> None:
    """Examples:

    \b
      unvote members Zaire --on 1990-05-01
      unvote members --group EU --on 2019-12-31
      unvote members --format csv -o members.csv

    Look members up by code or by any name, on a date (today if none is given).
    """
    from unvote.render.lookup import labelled, member_card, members_sheet
    from unvote.render.lookup_data import member_data

    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    world, when = open_world(members_file), _today(on)
    membership = world.membership
    _stop_if_broken(world, quiet=quiet)
    if names and group is not None:
        fail("give either names or --group")
    found: list[Diagnostic] = []
    codes = sorted(membership.on(when))
    if group is not None:
        code = world.names.group(group)
        if code is None:
            fail(f"'{group}' is not a group; `unvote groups` lists them")
        codes = sorted(membership.groups[code].on(when))
    if names:
        codes = []
        for name in names:
            seat, problems = world.names.find(name, when)
            found += [Diagnostic(name, problem) for problem in problems]
            codes += [seat] if seat else []
    chosen = [membership.members[code] for code in codes]
    if form is Format.JSON:
        emit(_data([member_data(m, membership, when) for m in chosen], found), output, exact=True)
    elif names and form is Format.TABLE:
        every = [name for entries in world.names.book.names.values() for name in entries]
        cards = [
            labelled(member_card(m, membership, when, [n for n in every if n.code == m.code]), look)
            for m in chosen
        ]
        emit("\n".join(cards), output)
    else:
        emit(sheet_text(members_sheet(chosen), form, look), output, exact=form is not Format.TABLE)
    _end(world, found, quiet=quiet)


def _data(results: list[dict[str, Any]], problems: list[Diagnostic]) -> str:
    """Look-ups as JSON."""
    from unvote.render.data import problem_data

    found = [problem_data(problem) for problem in problems]
    return json_text({"schema": "unvote/1", "results": results, "problems": found})


def _stop_if_broken(world: World, *, quiet: bool) -> None:
    """Without the members or bodies that were asked for there is nothing to look up."""
    if any(problem.is_error for problem in world.diagnostics):
        _end(world, [], quiet=quiet)


def groups(
    name: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Argument(
            metavar="GROUP", help="A group; none lists every group.", autocompletion=group_words
        ),
    ] = None,
    on: options.Day = None,
    form: options.Form = Format.TABLE,
    output: options.Output = None,
    members_file: options.Members = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
    ascii_only: options.Ascii = False,
    width: options.Width = None,
) -> None:
    """Examples:

    \b
      unvote groups
      unvote groups EU --on 2020-01-31
      unvote groups G77 --format csv

    List the groups, or who is in one on a date (today if none is given), with sources.
    """
    from unvote.render.lookup import group_card, group_sheet, groups_sheet
    from unvote.render.lookup_data import group_data

    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    world, when = open_world(members_file), _today(on)
    membership = world.membership
    _stop_if_broken(world, quiet=quiet)
    chosen = list(membership.groups.values())
    if name is not None:
        code = world.names.group(name)
        if code is None:
            fail(f"'{name}' is not a group; `unvote groups` lists them")
        chosen = [membership.groups[code]]
    if form is Format.JSON:
        text = _data([group_data(group, when) for group in chosen], [])
    elif name is None:
        text = sheet_text(groups_sheet(chosen, when), form, look)
    elif form is Format.TABLE:
        text = group_card(chosen[0], membership, when, look)
    else:
        text = sheet_text(group_sheet(chosen[0], membership, when), form, look)
    emit(text, output, exact=form is not Format.TABLE)
    _end(world, [], quiet=quiet)


def bodies(
    name: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Argument(
            metavar="BODY", help="A body; none lists every body.", autocompletion=body_words
        ),
    ] = None,
    on: options.Day = None,
    form: options.Form = Format.TABLE,
    output: options.Output = None,
    members_file: options.Members = None,
    bodies_dirs: options.Bodies = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
    ascii_only: options.Ascii = False,
    width: options.Width = None,
) -> None:
    """Examples:

    \b
      unvote bodies
      unvote bodies security-council --on 1965-11-23
      unvote bodies unga --format json

    List the bodies, or show one on a date (today if none is given): who sits, and the rule of each
    question with its article.
    """
    from unvote.render.lookup import bodies_sheet, body_card, rules_sheet
    from unvote.render.lookup_data import body_data

    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    world, when = open_world(members_file, bodies_dirs or ()), _today(on)
    membership = world.membership
    _stop_if_broken(world, quiet=quiet)
    found: list[Diagnostic] = []
    if name is None:
        own = [body for folder in world.body_folders for body in world.bodies_in(folder)]
        chosen = [*own, *world.shipped_bodies()]
    else:
        body, problems = world.body(name)
        found = [Diagnostic(name, problem) for problem in problems]
        chosen = [] if body is None else [body]
    if form is Format.JSON:
        text = _data([body_data(body, membership, when) for body in chosen], found)
    elif name is None:
        text = sheet_text(bodies_sheet(chosen, membership, when), form, look)
    elif form is Format.TABLE:
        text = "".join(body_card(body, membership, when, look) for body in chosen)
    else:
        text = "".join(sheet_text(rules_sheet(body, when), form, look) for body in chosen)
    emit(text, output, exact=form is not Format.TABLE)
    _end(world, found, quiet=quiet)
