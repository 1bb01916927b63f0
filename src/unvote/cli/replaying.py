"""`unvote history`: recorded votes replayed, and who votes with whom."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from unvote.cli import options
from unvote.cli.options import Format, day
from unvote.cli.output import USAGE, complain, emit, fail, json_text, look_of, say, sheet_text
from unvote.cli.working import in_flight, pool_of
from unvote.render.style import Look

if TYPE_CHECKING:
    from unvote.api.replaying import History, Select
    from unvote.records import Record
    from unvote.render.sheets import Sheet
    from unvote.replays import Replayed


MOST_NAMED: Final = 8
"""Votes of one symbol that are named."""


class Show(StrEnum):
    """What is shown of the votes."""

    SUMMARY = "summary"
    ALL = "all"
    DISAGREEMENTS = "disagreements"
    SPLITS = "splits"
    EXACT = "exact"
    TIES = "ties"
    AGREEMENT = "agreement"
    COHESION = "cohesion"
    PARTICIPATION = "participation"


def history(
    data: Annotated[str, typer.Argument(metavar="DATA", help="A file of recorded votes.")],
    show: Annotated[
        Optional[Show],  # noqa: UP045 - read by typer
        typer.Option("--show", metavar="WHAT", help="What to show; by default a summary."),
    ] = None,
    closest: Annotated[
        Optional[int],  # noqa: UP045 - read by typer
        typer.Option("--closest", min=1, metavar="N", help="The N closest votes."),
    ] = None,
    body: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option(
            "--body",
            metavar="ID",
            help="The body by whose rules.",
            autocompletion=options.body_words,
        ),
    ] = None,
    question: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option(
            "--question",
            metavar="ID",
            help="Decide as this question (repeatable).",
            autocompletion=options.question_words,
        ),
    ] = None,
    on: options.Day = None,
    since: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--since", metavar="DATE", help="Only votes from this day on."),
    ] = None,
    until: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--until", metavar="DATE", help="Only votes to this day."),
    ] = None,
    session: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--session", metavar="N", help="Only votes of this session."),
    ] = None,
    title: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--title", metavar="TEXT", help="Only votes with this in their title."),
    ] = None,
    symbol: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--symbol", metavar="TEXT", help="Only votes with this in their symbol."),
    ] = None,
    member: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--member", metavar="CODE[=VOTE]", help="Only where it took part, or so."),
    ] = None,
    voted: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--voted", metavar="VOTE", help="Who voted so on --on-vote."),
    ] = None,
    on_vote: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--on-vote", metavar="ID", help="The vote of --voted, by id or symbol."),
    ] = None,
    against: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--against", metavar="ID", help="A later vote to compare with."),
    ] = None,
    who: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer
        typer.Option("--who", metavar="CODE", help="Members or groups to show (repeatable)."),
    ] = None,
    columns: Annotated[
        Optional[str],  # noqa: UP045 - read by typer
        typer.Option("--columns", metavar="WHAT=COLUMN,...", help="Which column is which."),
    ] = None,
    jobs: options.Jobs = 1,
    form: options.Form = Format.TABLE,
    output: options.Output = None,
    members: options.Members = None,
    bodies: options.Bodies = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
    ascii_only: options.Ascii = False,
    width: options.Width = None,
) -> None:
    """Examples:

    \b
      unvote history ga.rolls
      unvote history ga.rolls --question important --closest 10
      unvote history ga.rolls --show splits --since 1946-01-10 --until 1971-12-31
      unvote history ga.rolls --voted no --on-vote A/RES/49/9 --against A/RES/56/9
      unvote history ga.rolls --show agreement --who FRA --who GBR --format csv
      unvote history ga.rolls --show cohesion --who EU --who G77

    Decide recorded votes again by the rules of their day, under one question or several side by
    side, and compare with the recorded outcomes. DATA is a file of `unvote import`, or any file it
    reads.

    --show all, disagreements (the record fits no question), splits (the questions differ), exact
    (a share met with nothing to spare), ties; agreement (of members, the share of the same votes),
    cohesion (of groups, the mean of Rice's index), participation.

    Exit codes: 0 every row was understood; 1 some were not, the rest was replayed; 2 nothing could
    be.
    """
    from unvote.api.replaying import history as replay_file
    from unvote.cli.gathering import INCOMPLETE, Bar, named_columns

    look = look_of(width=width, no_color=no_color, ascii_only=ascii_only, output=output)
    if not data:
        fail("a file needs a name")
    if (voted is None) != (on_vote is None) or (against and not on_vote):
        fail("--voted and --on-vote go together; --against needs both")
    if sum(choice is not None for choice in (show, closest, voted)) > 1:
        fail("choose one of --show, --closest and --voted")
    bar = Bar(quiet=quiet)
    with pool_of(jobs) as pool:
        found = replay_file(
            data,
            body=body,
            questions=tuple(dict.fromkeys(question or ())),
            on=day(on) if on else None,
            select=_select(since, until, session, title, symbol, member),
            columns=named_columns(columns),
            members=members,
            bodies=bodies or (),
            progress=bar.told,
            executor=pool,
            in_flight=in_flight(jobs),
        )
    bar.end()
    complain(found.problems, quiet=quiet)
    if not found.valid:
        if form is Format.JSON and output is None:
            emit(_json(found, []), None, exact=True)
        raise typer.Exit(USAGE)
    if on is not None and not quiet:
        say(f"decided as if held on {day(on)} (--on), whatever the date in the data")
    text = _answer(found, show, closest, (voted, on_vote, against), who or [], form, look)
    emit(text, output, exact=form is not Format.TABLE)
    raise typer.Exit(0 if found.complete else INCOMPLETE)


def _select(
    since: str | None,
    until: str | None,
    session: str | None,
    title: str | None,
    symbol: str | None,
    member: str | None,
) -> "Select":
    """Which roll calls are asked for."""
    from unvote.api.replaying import Select, vote_named

    name, equals, word = (member or "").partition("=")
    if member is not None and not name.strip():
        fail("--member needs a member; write --member FRA=no")
    vote = vote_named(word) if equals else None
    if equals and vote is None:
        fail(f"'{word}' is not a vote; write --member FRA=no")
    return Select(
        day(since) if since else None,
        day(until) if until else None,
        session,
        title,
        symbol,
        name or None,
        vote,
    )


def _answer(
    found: "History",
    show: Show | None,
    closest: int | None,
    asked: tuple[str | None, str | None, str | None],
    who: list[str],
    form: Format,
    look: Look,
) -> str:
    """What was asked for, in the format asked for."""
    if asked[0] is not None:
        return _followed(found, asked, form, look)
    if show in {Show.AGREEMENT, Show.COHESION, Show.PARTICIPATION}:
        return _together(found, show, who, form, look)
    if who:
        fail("--who goes with --show agreement, cohesion or participation")
    if show in {None, Show.SUMMARY} and closest is None and form in {Format.TABLE, Format.MARKDOWN}:
        from unvote.render.history import summary_sheet

        return _head(found, form, look) + sheet_text(summary_sheet(found.replay), form, look)
    return _listed(found, _chosen(found, show, closest), form, look)


def _chosen(found: "History", show: Show | None, closest: int | None) -> "tuple[Replayed, ...]":
    """The roll calls asked for."""
    if closest is not None:
        return found.closest(closest)
    if show is Show.DISAGREEMENTS:
        return found.disagreements()
    if show is Show.SPLITS:
        return found.splits()
    if show is Show.EXACT:
        return found.exact()
    return found.ties() if show is Show.TIES else found.items


def _listed(found: "History", items: "tuple[Replayed, ...]", form: Format, look: Look) -> str:
    from unvote.render.history import replay_data, replay_sheet, replay_text

    if form is Format.JSON:
        return _json(found, [replay_data(item, found.questions) for item in items])
    sheet = replay_sheet(items, found.questions, full=form is Format.CSV)
    if form is Format.CSV:
        return sheet_text(_sourced(found, sheet), form, look)
    if not items:
        return f"{_head(found, form, look)}No such vote among {len(found.items):,}.\n"
    if form is Format.TABLE:
        return _head(found, form, look) + replay_text(items, found.questions, look)
    return _head(found, form, look) + sheet_text(sheet, form, look)


def _followed(
    found: "History", asked: tuple[str | None, str | None, str | None], form: Format, look: Look
) -> str:
    from unvote.api.replaying import vote_named
    from unvote.render.history import decimal, follow_line, follow_sheet

    vote = vote_named(asked[0] or "")
    if vote is None:
        fail(f"'{asked[0]}' is not a vote; write yes, no, abstain or absent")
    first, *rest = [_vote(found, name) for name in asked[1:] if name]
    followed = found.follow(vote, first, rest[0] if rest else None)
    members = _members(found)
    sheet = follow_sheet(followed, members)
    if form is Format.JSON:
        from unvote.render.sheets import rows_data

        more = {"members": len(followed.members)}
        if followed.second is not None:
            more |= {"hits": followed.hits}
            return _json(found, rows_data(sheet), {**more, "rate": decimal(followed.rate)})
        return _json(found, rows_data(sheet), more)
    if form is Format.CSV:
        return sheet_text(_sourced(found, sheet), form, look)
    line = follow_line(followed)
    return f"{_head(found, form, look)}{line}\n\n{sheet_text(sheet, form, look)}"


def _vote(found: "History", name: str) -> "Record":
    """The one roll call of an id or a symbol."""
    records = found.named(name)
    if not records:
        fail(f"there is no vote '{name}' in the data, neither by id nor by symbol")
    if len(records) > 1:
        ids = ", ".join(record.id for record in records[:MOST_NAMED])
        more = ", ..." if len(records) > MOST_NAMED else ""
        fail(f"{len(records)} votes bear the symbol '{name}'; name one by its id: {ids}{more}")
    return records[0]


def _together(found: "History", show: Show | None, who: list[str], form: Format, look: Look) -> str:
    from unvote.render.history import agreement_matrix, agreement_sheet, turnout_sheet, unity_sheet

    names = found.names
    if show is Show.COHESION:
        groups = [names.group(word) for word in who]
        for word, group in zip(who, groups, strict=True):
            if group is None:
                fail(f"'{word}' is not a group; `unvote groups` lists them")
        if not groups:
            fail("name the groups: --who EU --who G77")
        sheet = unity_sheet([found.unity(group) for group in groups if group])
    else:
        codes = _codes(found, who)
        if show is Show.AGREEMENT:
            _need_several(codes, form)
            pairs = found.agreements(codes)
            if form is Format.CSV:
                voters = [one for one in found.turnouts(codes) if codes or one.share]
                sheet = agreement_matrix(pairs, voters)
            else:
                sheet = agreement_sheet(pairs)
        else:
            sheet = turnout_sheet(found.turnouts(codes), _members(found))
    if form is Format.JSON:
        from unvote.render.sheets import rows_data

        return _json(found, rows_data(sheet))
    if form is Format.CSV:
        return sheet_text(_sourced(found, sheet), form, look)
    return _head(found, form, look) + sheet_text(sheet, form, look)


def _need_several(codes: list[str], form: Format) -> None:
    """Refuse to tell of one member's agreement, or of all in a table."""
    if form is Format.TABLE and not codes:
        fail("name members (--who FRA --who GBR), or write all of them: --format csv")
    if len(codes) == 1:
        fail("one member alone agrees with nobody: name two, --who FRA --who GBR")


def _codes(found: "History", who: list[str]) -> list[str]:
    """The codes of members, and of all that were ever in the groups among them."""
    codes: list[str] = []
    for word in who:
        code = found.names.member(word)
        group = found.names.group(word) if code is None else None
        if code is None and group is None:
            fail(f"'{word}' is neither a member nor a group")
        if code is not None:
            codes.append(code)
        elif group is not None:
            spells = found.names.membership.groups[group].spells
            codes += sorted({spell.member for spell in spells})
    return list(dict.fromkeys(codes))


def _members(found: "History") -> dict:  # type: ignore[type-arg]
    return dict(found.names.membership.members)


def _sourced(found: "History", sheet: "Sheet") -> "Sheet":
    """A sheet for machines with where it is from, in two more columns."""
    from dataclasses import replace

    rows = tuple((*row, found.data.sha256, found.version) for row in sheet.rows)
    return replace(sheet, head=(*sheet.head, "Data sha256", "Unvote"), rows=rows)


def _head(found: "History", form: Format, look: Look) -> str:
    """What is looked at, and where it is from."""
    from unvote.render.history import head_lines

    body = found.lens.body.name if found.lens else ""
    lines = head_lines(found.replay, found.source(body), ascii_only=look.ascii)
    if form is Format.MARKDOWN:
        from unvote.render.sheets import escaped

        return "".join(f"{escaped(line)}\n\n" for line in lines)
    return "".join(f"{line}\n" for line in lines) + "\n"


def _json(found: "History", results: list, more: dict | None = None) -> str:  # type: ignore[type-arg]
    """Results for machines, with where they are from."""
    from unvote.render.data import problem_data

    body = found.lens.body.id if found.lens else ""
    return json_text(
        {
            "schema": "unvote/1",
            "source": found.source(body).data(),
            "questions": list(found.questions),
            "roll_calls": len(found.items),
            **(more or {}),
            "results": results,
            "problems": [problem_data(problem) for problem in found.problems],
        }
    )
