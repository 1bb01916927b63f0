"""`unvote members`, `groups` and `bodies`: look-ups on a date."""

from datetime import date
from typing import Annotated, Any, NoReturn, Optional

import typer

from unvote.api import open_world
from unvote.cli import options
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
        typer.Argument(metavar="NAME...", help="Codes or names; none lists every member."),
    ] = None,
    on: options.Day = None,
    group: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--group", metavar="CODE", help="Only the members of this group."),
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

    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    world, when = open_world(members_file), _today(on)
    membership = world.membership
    codes = sorted(membership.on(when))
    found: list[Diagnostic] = []
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
    if names and form is Format.TABLE:
        cards = [labelled(member_card(member, membership, when), look) for member in chosen]
        emit("\n".join(cards), output)
    else:
        emit(sheet_text(members_sheet(chosen), form, look), output)
    _end(world, found, quiet=quiet)


def groups(
    name: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Argument(metavar="GROUP", help="A group; none lists every group."),
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

    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    world, when = open_world(members_file), _today(on)
    membership = world.membership
    if name is None:
        sheet = groups_sheet(membership.groups.values(), when)
    else:
        code = world.names.group(name)
        if code is None:
            fail(f"'{name}' is not a group; `unvote groups` lists them")
        if form is Format.TABLE:
            emit(group_card(membership.groups[code], membership, when, look), output)
            _end(world, [], quiet=quiet)
        sheet = group_sheet(membership.groups[code], membership, when)
    emit(sheet_text(sheet, form, look), output)
    _end(world, [], quiet=quiet)


def bodies(
    name: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Argument(metavar="BODY", help="A body; none lists every body."),
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
    from unvote.render.lookup import bodies_sheet, body_card, body_lines, rules_sheet
    from unvote.render.sheets import rows_data

    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    world, when = open_world(members_file, bodies_dirs or ()), _today(on)
    if name is None:
        own = [body for folder in world.body_folders for body in world.bodies_in(folder)]
        every = [*own, *world.shipped_bodies()]
        emit(sheet_text(bodies_sheet(every, world.membership, when), form, look), output)
        _end(world, [], quiet=quiet)
    body, problems = world.body(name)
    found = [Diagnostic(name, problem) for problem in problems]
    if body is not None:
        if form is Format.TABLE:
            text = body_card(body, world.membership, when, look)
        elif form is Format.JSON:
            card: dict[str, Any] = {
                label.lower().replace(" ", "_"): value
                for label, value in body_lines(body, world.membership, when)
            }
            card["rules"] = rows_data(rules_sheet(body, when))
            text = json_text({"schema": "unvote/1", "results": [card], "problems": []})
        else:
            text = sheet_text(rules_sheet(body, when), form, look)
        emit(text, output)
    _end(world, found, quiet=quiet)
