"""A roll call: the machine that counts replies, and the journal that keeps them."""

from __future__ import annotations

import json
import random
import stat
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from tests.runs import quick

from unvote.api import open_world
from unvote.api.rolling import MOST_TRIED, Floor, open_floor
from unvote.api.turning import found, matches
from unvote.files.journal import Busy, Head, Journal, log_of
from unvote.files.record import record_of, recorded
from unvote.files.resolution import judge_resolution
from unvote.loading.reader import read_bytes
from unvote.polling import (
    KEYS,
    VOTES,
    Act,
    Answer,
    Pledge,
    Poll,
    Reply,
    Roster,
    Turn,
    after,
    alphabetical,
    begun_at,
    opened,
    polled,
    pressed,
    refusal,
    undone,
    votes_of,
)
from unvote.render.calling import Scene, screen
from unvote.render.letters import GLYPHS, ROWS, in_blocks
from unvote.render.style import Look
from unvote.rollcall import Composition, RollCall
from unvote.rulings import rule_on
from unvote.vocabulary import Verdict, Vote

MEMBERS = ("ALB", "BRA", "CHN", "FRA", "KEN", "#6", "#7")
SEATED = RollCall(Composition(10), {})
COUNCIL = """\
id: Draft 1
title: Protection of civilians
body: security-council
date: 2022-02-25
question: substantive
"""


def pressable(keys: list[tuple[str, int]]) -> tuple[Poll, list[Poll]]:
    """What keys make of a roll call, with the polls on the way; `j` goes to a member by number."""
    poll = opened(Roster(MEMBERS, frozenset({"FRA"})))
    polls = [poll]
    for key, number in keys:
        if key == "u":
            poll = undone(poll)
        else:
            act = Turn(MEMBERS[number]) if key == "j" else pressed(poll, key)
            if act is not None and not refusal(poll, act):
                poll = after(poll, act)
        polls.append(poll)
    return poll, polls


keys = st.lists(
    st.tuples(st.sampled_from("yynnaappxvuj"), st.integers(0, len(MEMBERS) - 1)), max_size=40
)


# --- The machine ------------------------------------------------------------------------------


@given(keys)
def test_whatever_is_pressed_every_member_is_counted_exactly_once(
    pressed_keys: list[tuple[str, int]],
) -> None:
    for poll in pressable(pressed_keys)[1]:
        roll = votes_of(poll, SEATED)
        assert roll.tally.seats == SEATED.composition.seats
        assert set(poll.replies) | set(poll.uncalled) == set(MEMBERS)
        assert not set(poll.replies) & set(poll.uncalled)
        assert roll.tally.undecided == len(poll.to_come)
        counted = Counter(VOTES[reply] for reply in poll.replies.values())
        assert roll.tally.yes == counted[Vote.YES]
        assert roll.tally.no == counted[Vote.NO]
        assert roll.tally.abstain == counted[Vote.ABSTAIN]
        assert roll.tally.absent == counted[Vote.ABSENT] + 3  # three seats are never called


@given(keys)
def test_undo_takes_back_the_last_act_and_nothing_else(
    pressed_keys: list[tuple[str, int]],
) -> None:
    poll, _ = pressable(pressed_keys)
    acts: list[Act] = [Answer(member, reply) for member in MEMBERS for reply in Reply]
    for act in [*acts, Turn("KEN"), Pledge("BRA")]:
        if not refusal(poll, act):
            assert undone(after(poll, act)) == poll


@given(keys)
def test_the_acts_alone_give_the_same_roll_call_again(
    pressed_keys: list[tuple[str, int]],
) -> None:
    for poll in pressable(pressed_keys)[1]:
        assert polled(poll.roster, poll.acts) == poll


@given(keys)
def test_nobody_passes_twice_and_nobody_present_and_voting_abstains(
    pressed_keys: list[tuple[str, int]],
) -> None:
    poll, _ = pressable(pressed_keys)
    passes = Counter(a.member for a in poll.acts if isinstance(a, Answer) and a.reply is Reply.PASS)
    assert all(count == 1 for count in passes.values())
    assert all(poll.replies.get(member) is not Reply.ABSTAIN for member in poll.bound)


@given(st.lists(st.sampled_from("ynax"), min_size=len(MEMBERS), max_size=len(MEMBERS)))
def test_without_passes_one_round_in_order_is_all(replies: list[str]) -> None:
    poll = opened(Roster(MEMBERS))
    for member, key in zip(MEMBERS, replies, strict=True):
        assert poll.at == member
        act = pressed(poll, key)
        assert act is not None
        poll = after(poll, act)
    assert poll.at is None
    assert [poll.replies[member] for member in MEMBERS] == [KEYS[key] for key in replies]


def test_those_that_passed_are_asked_again_in_the_order_of_the_call() -> None:
    poll = polled(
        Roster(("A", "B", "C")),
        [Answer("A", Reply.PASS), Answer("B", Reply.YES), Answer("C", Reply.PASS)],
    )
    assert poll.second_round
    assert poll.waiting == ("A", "C")
    assert poll.at == "A"
    poll = after(poll, Answer("A", Reply.ABSTAIN))
    assert poll.at == "C"
    assert refusal(poll, Answer("C", Reply.PASS)) == "C has passed once: now it votes"


def test_in_the_second_round_nobody_passes_for_the_first_time() -> None:
    poll = polled(Roster(("A", "B")), [Answer("A", Reply.PASS), Answer("B", Reply.YES), Turn("B")])
    assert "nobody passes any more" in refusal(poll, Answer("B", Reply.PASS))


def test_who_passed_may_not_abstain_where_the_rules_say_so() -> None:
    roster = Roster(("A", "B"), strict=True)
    poll = polled(roster, [Answer("A", Reply.PASS), Answer("B", Reply.ABSTAIN)])
    assert poll.replies["B"] is Reply.ABSTAIN
    assert refusal(poll, Answer("A", Reply.ABSTAIN)) == "A has passed: it may not abstain"
    assert not refusal(polled(Roster(("A", "B")), poll.acts), Answer("A", Reply.ABSTAIN))


def test_a_member_that_abstained_is_not_made_present_and_voting_behind_its_back() -> None:
    poll = polled(Roster(("A", "B")), [Answer("A", Reply.ABSTAIN), Turn("A")])
    assert "correct its vote first" in refusal(poll, Pledge("A"))


def test_after_a_jump_the_call_goes_on_where_it_stood() -> None:
    poll = polled(Roster(("A", "B", "C")), [Turn("C"), Answer("C", Reply.NO)])
    assert poll.at == "A"
    poll = polled(poll.roster, [*poll.acts, Answer("A", Reply.YES), Turn("A")])
    assert poll.at == "A"
    assert after(poll, Answer("A", Reply.NO)).at == "B"


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Guinea", "Guinea-Bissau"),
        ("Costa Rica", "Côte d'Ivoire"),
        ("Côte d'Ivoire", "Croatia"),
        ("Tunisia", "Türkiye"),
        ("Türkiye", "Turkmenistan"),
        ("Democratic People's Republic of Korea", "Democratic Republic of the Congo"),
        ("Niger", "Nigeria"),
    ],
)
def test_names_are_called_in_the_english_alphabetical_order(before: str, behind: str) -> None:
    assert alphabetical(before) < alphabetical(behind)


def test_the_call_begins_at_a_member_and_goes_round() -> None:
    assert begun_at(("A", "B", "C"), "B") == ("B", "C", "A")


# --- The journal ------------------------------------------------------------------------------

HEAD = Head("Draft 1", "security-council", "2022-02-25", "0" * 64, Roster(MEMBERS))


def written(path: Path, pressed_keys: list[tuple[str, int]]) -> Poll:
    """A journal of keys on the disk, and the roll call they came to."""
    path.unlink(missing_ok=True)
    journal = Journal(path)
    journal.begin(HEAD)
    poll = opened(HEAD.roster)
    for key, number in pressed_keys:
        if key == "u" and poll.acts:
            journal.undo()
            poll = undone(poll)
            continue
        act: Act | None = Turn(MEMBERS[number]) if key == "j" else pressed(poll, key)
        if act is not None and not refusal(poll, act):
            journal.add(act)
            poll = after(poll, act)
    journal.close()
    return poll


@settings(max_examples=40, deadline=None)
@given(keys)
def test_the_journal_read_again_gives_the_same_roll_call(
    tmp_path_factory: pytest.TempPathFactory, pressed_keys: list[tuple[str, int]]
) -> None:
    path = tmp_path_factory.mktemp("roll") / "x.roll"
    poll = written(path, pressed_keys)
    log = log_of(path.read_bytes())
    assert log.head == HEAD
    assert not log.damaged
    assert log.poll(HEAD.roster)[0] == poll


@settings(max_examples=40, deadline=None)
@given(keys, st.integers(0, 100_000))
def test_a_journal_cut_anywhere_gives_the_roll_call_at_a_moment_before(
    tmp_path_factory: pytest.TempPathFactory, pressed_keys: list[tuple[str, int]], cut: int
) -> None:
    path = tmp_path_factory.mktemp("roll") / "x.roll"
    written(path, pressed_keys)
    raw = path.read_bytes()
    kept = raw[: cut % (len(raw) + 1)]
    whole = raw.splitlines(keepends=True)
    lines = kept.count(b"\n")
    if kept and not kept.endswith(b"\n") and kept == b"".join(whole[: lines + 1])[:-1]:
        lines += 1  # only the end of its line is missing
    expected = log_of(b"".join(whole[:lines]))
    assert log_of(kept).acts == expected.acts
    assert log_of(kept).cut is bool(kept and kept != b"".join(whole[:lines])[: len(kept)])
    path.write_bytes(kept)
    journal = Journal(path)
    if journal.blank:
        journal.begin(HEAD)
    else:
        poll, numbers, _ = journal.log.poll(HEAD.roster)
        journal.go_on(numbers)
        journal.add(Turn("KEN"))
        assert log_of(path.read_bytes()).poll(HEAD.roster)[0] == after(poll, Turn("KEN"))
    journal.close()
    assert not log_of(path.read_bytes()).damaged


@settings(max_examples=60, deadline=None)
@given(keys, st.integers(0, 100_000), st.integers(0, 255))
def test_a_byte_gone_wrong_costs_its_own_line_and_no_vote_is_made_up(
    tmp_path_factory: pytest.TempPathFactory,
    pressed_keys: list[tuple[str, int]],
    place: int,
    byte: int,
) -> None:
    path = tmp_path_factory.mktemp("roll") / "x.roll"
    written(path, pressed_keys)
    raw = bytearray(path.read_bytes())
    place %= len(raw)
    if raw[place] in (byte, 10) or byte in b"\r\n\x0b\x0c\x1c\x1d\x1e\x85":
        return
    true = {**log_of(bytes(raw)).acts}
    undone_lines = {
        data["undo"]: data["line"] for data in map(json.loads, raw.splitlines()) if "undo" in data
    }
    raw[place] = byte
    log = log_of(bytes(raw))
    line = bytes(raw[:place]).count(b"\n")
    if json_equal(bytes(raw), path.read_bytes()):
        return  # the byte did not matter
    assert log.damaged == (line + 1,)
    # Lost is the act of that line; an undo that is lost leaves standing what it took back.
    back = {number for number, by in undone_lines.items() if by == line}
    assert set(log.acts) == (set(true) | back) - {line}
    assert all(log.acts[number] == act for number, act in true.items() if number != line)
    if line == 0:
        assert log.head is None


def json_equal(one: bytes, other: bytes) -> bool:
    """Whether two journals say the same, line by line."""
    try:
        return [json.loads(x) for x in one.splitlines()] == [
            json.loads(x) for x in other.splitlines()
        ]
    except ValueError:
        return False


def test_one_journal_is_written_by_one_run(tmp_path: Path) -> None:
    path = tmp_path / "x.roll"
    journal = Journal(path)
    journal.begin(HEAD)
    with pytest.raises(Busy):
        Journal(path)
    journal.close()
    Journal(path).close()


def test_a_journal_in_which_nothing_was_written_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "x.roll"
    Journal(path).close()
    assert not path.exists()


@pytest.mark.parametrize("content", [b"votes", b"votes: {yes: [FRA]}\n", b"{}\n", b'{"line": 1}'])
def test_a_file_that_is_no_journal_is_never_written_to(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.roll"
    path.write_bytes(content)
    with pytest.raises(OSError, match="not the journal"):
        Journal(path)
    assert path.read_bytes() == content


def test_a_journal_put_aside_takes_no_other_file_s_place(tmp_path: Path) -> None:
    for _ in range(3):
        journal = Journal(tmp_path / "x.roll")
        journal.begin(HEAD)
        journal.set_aside()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.roll.1", "x.roll.2", "x.roll.3"]


# --- The floor: who is called, in which order ----------------------------------------------------


def floor_of(tmp_path: Path, text: str, **asked: object) -> Floor:
    """A text on the floor."""
    file = tmp_path / "file.yaml"
    file.write_text(text, encoding="utf-8")
    report = open_floor(str(file), open_world(), **asked)  # type: ignore[arg-type]
    assert report.floor is not None, report.problems
    return report.floor


def codes_of(tmp_path: Path, content: str, **asked: object) -> list[str]:
    """The codes of what stands in the way of a roll call."""
    file = tmp_path / "file.yaml"
    file.write_text(content, encoding="utf-8")
    report = open_floor(str(file), open_world(), **asked)  # type: ignore[arg-type]
    assert report.floor is None
    return [problem.problem.code for problem in report.problems if problem.is_error]


def test_the_council_is_called_by_name_and_not_by_code(tmp_path: Path) -> None:
    called = floor_of(tmp_path, COUNCIL).roster.called
    assert called == (
        *("ALB", "BRA", "CHN", "FRA", "GAB", "GHA", "IND", "IRL", "KEN", "MEX", "NOR", "RUS"),
        *("ARE", "GBR", "USA"),
    )


def test_the_call_starts_with_the_member_drawn(tmp_path: Path) -> None:
    floor = floor_of(tmp_path, COUNCIL, start="Russia")
    assert floor.roster.called[:4] == ("RUS", "ARE", "GBR", "USA")
    assert floor.roster.called[-1] == "NOR"


def test_the_assembly_is_told_that_the_first_is_drawn_by_lot(tmp_path: Path) -> None:
    text = COUNCIL.replace("security-council", "general-assembly").replace(
        "substantive", "important"
    )
    floor = floor_of(tmp_path, text)
    assert "drawn by lot: GA rules of procedure, rule 87" in floor.begins
    assert len(floor.roster.called) + len(floor.out) == 193
    assert floor_of(tmp_path, text, start="KEN").begins.startswith("Kenya was drawn by lot")
    assert not floor_of(tmp_path, COUNCIL).begins


def test_a_member_without_a_vote_is_passed_over_with_a_line(tmp_path: Path) -> None:
    text = COUNCIL.replace("security-council", "general-assembly").replace(
        "substantive", "important"
    )
    floor = floor_of(tmp_path, text + "not_entitled: [BRA, {member: FRA, source: a letter}]\n")
    assert "BRA" not in floor.roster.called
    behind = floor.roster.called[floor.roster.called.index("BWA") + 1]
    poll = after(opened(floor.roster), Turn(behind))
    assert not floor.skipped(poll)
    upto = floor.roster.called.index(behind)
    poll = polled(floor.roster, [Answer(m, Reply.YES) for m in floor.roster.called[:upto]])
    assert floor.skipped(poll) == ("Brazil has no vote (UN Charter, Art. 19)",)
    roll = votes_of(poll, floor.base)
    assert roll.tally.not_entitled == len(floor.out)
    assert roll.tally.seats == 193


def test_seats_of_which_nobody_knows_who_sits_there_are_numbered(tmp_path: Path) -> None:
    bodies = tmp_path / "bodies"
    bodies.mkdir()
    (bodies / "club.yaml").write_text(
        "kind: body\nid: club\nname: Club\nmembers: 3\n"
        "questions: {any: {rules: [{needs: [{more_than: 1/2, of: present and voting}]}]}}\n",
        encoding="utf-8",
    )
    text = "id: M\nbody: club\ndate: 2026-11-21\n"
    floor = floor_of(tmp_path, text)
    assert floor.roster.called == ("#1", "#2", "#3")
    poll = polled(floor.roster, [Answer("#1", Reply.YES), Answer("#2", Reply.NO)])
    assert floor.record(poll)["counts"] == {"yes": "1", "no": "1", "abstain": "0", "absent": "0"}
    known = floor_of(tmp_path, text + "stances: {undecided: [KEN, BRA]}\n")
    assert known.roster.called == ("BRA", "KEN", "#3")
    named = floor_of(tmp_path, text, call=("KEN,fra",))
    assert named.roster.called == ("FRA", "KEN")
    poll = polled(named.roster, [Answer("KEN", Reply.YES), Answer("FRA", Reply.NO)])
    assert named.record(poll) == {"votes": {"yes": ["KEN"], "no": ["FRA"], "abstain": []}}
    assert votes_of(poll, named.base).tally.absent == 1
    assert codes_of(tmp_path, text, call=("KEN,FRA,BRA,USA",)) == ["UV304"]


def test_of_a_known_body_some_can_be_called_alone_and_the_others_are_absent(
    tmp_path: Path,
) -> None:
    floor = floor_of(tmp_path, COUNCIL, call=("P5",))
    assert floor.roster.called == ("CHN", "FRA", "RUS", "GBR", "USA")
    roll = votes_of(polled(floor.roster, []), floor.base)
    assert roll.tally.undecided == 5
    assert roll.tally.absent == 10
    assert codes_of(tmp_path, COUNCIL, call=("DEU",)) == ["UV302"]


@pytest.mark.parametrize(
    ("content", "asked", "code"),
    [
        (
            COUNCIL.replace("question: substantive\n", "").replace("security-council", "ga"),
            {},
            "UV310",
        ),
        (COUNCIL, {"start": "Germany"}, "UV302"),
        (COUNCIL, {"start": "Korea"}, "UV203"),
        (COUNCIL, {"bound": ("Atlantis",)}, "UV201"),
        (COUNCIL, {"text": "A7"}, "UV316"),
        ("kind: scenario\nbase: x.yaml\n", {}, "UV110"),
    ],
)
def test_what_stands_in_the_way_is_told_before_anybody_is_called(
    tmp_path: Path, content: str, asked: dict[str, object], code: str
) -> None:
    assert codes_of(tmp_path, content, **asked) == [code]


def test_a_member_is_found_by_what_the_chair_types(tmp_path: Path) -> None:
    floor = floor_of(tmp_path, COUNCIL)
    assert found(floor, "russia") == ("RUS", "")
    assert found(floor, "gab") == ("GAB", "")
    assert found(floor, "united k") == ("GBR", "")
    assert list(matches(floor, "united")) == ["ARE", "GBR", "USA"]
    assert found(floor, "united")[1] == "'united' could be ARE or GBR or USA"
    assert found(floor, "Germany")[1] == "DEU is not called: it does not sit here"
    assert "KOR or PRK" in found(floor, "Korea")[1]
    assert "did you mean" in found(floor, "Brazill")[1]
    assert found(floor, "\x1b[31m")[0] is None


# --- The record in the file -----------------------------------------------------------------------

RECORD = record_of({"FRA": Vote.YES, "RUS": Vote.NO}, {}, loose=False)


@pytest.mark.parametrize(
    ("text", "route", "expected"),
    [
        (
            "# head\nid: X # a\nbody: sc\nstances:  # gone\n  yes: [FRA]\n# stays\nsources: [a]\n",
            (),
            (
                "# head\nid: X # a\nbody: sc\nvotes:\n  yes: [FRA]\n  no: [RUS]\n  abstain: []\n"
                "# stays\nsources: [a]\n"
            ),
        ),
        (
            "id: X\nbody: sc\n\n# why\nexpect: {verdict: adopted}",
            (),
            (
                "id: X\nbody: sc\n\nvotes:\n  yes: [FRA]\n  no: [RUS]\n  abstain: []\n"
                "# why\nexpect: {verdict: adopted}\n"
            ),
        ),
        (
            "{id: X, counts: 1-2-3, named: {yes: [KEN]}, notes: a}\n",
            (),
            "{id: X, votes: {yes: [FRA], no: [RUS], abstain: []}, notes: a}\n",
        ),
        (
            "id: X\r\namendments:\r\n  - id: A1 # one\r\n    result: adopted\r\n  # end\r\n",
            ("amendments", 0),
            (
                "id: X\r\namendments:\r\n  - id: A1 # one\r\n    votes:\r\n      yes: [FRA]\r\n"
                "      no: [RUS]\r\n      abstain: []\r\n  # end\r\n"
            ),
        ),
        (
            "id: X\namendments:\n  - {id: A1}\n  - votes: {yes: [KEN]}\n    id: A2\n",
            ("amendments", 1),
            (
                "id: X\namendments:\n  - {id: A1}\n  - votes:\n      yes: [FRA]\n      no: [RUS]\n"
                "      abstain: []\n    id: A2\n"
            ),
        ),
    ],
)
def test_the_record_goes_where_it_belongs_and_comments_stay(
    text: str, route: tuple[str | int, ...], expected: str
) -> None:
    source, problems = read_bytes("x.yaml", text.encode())
    assert not problems
    assert recorded(source, route, RECORD) == expected


@pytest.mark.parametrize(
    "file", sorted(Path(__file__).parents[1].glob("resolutions/**/*.yaml")), ids=lambda p: p.stem
)
def test_every_shipped_record_is_written_again_as_it_was(file: Path) -> None:
    """The votes of a text are taken out and put back by the roll: the file says the same again."""
    world = open_world()
    report = open_floor(str(file), world)
    floor = report.floor
    if floor is None or floor.case.roll is None or floor.case.roll.unnamed:
        pytest.skip("it has no votes by name")
    cast = floor.case.roll.named
    replies = {vote: reply for reply, vote in VOTES.items()}
    chance = random.Random(7)
    poll = opened(floor.roster)
    for member in chance.sample(floor.roster.called, len(floor.roster.called)):
        vote = cast[member]
        if vote is not Vote.UNDECIDED:
            poll = after(poll, Answer(member, replies[vote]))
    text = floor.recorded(poll)
    assert text is not None
    again = file.parent / "again.yaml"  # never written: the name says where its paths begin
    source, problems = read_bytes(str(again), text.encode("utf-8"), big=True)
    assert not problems
    done = judge_resolution(source, [], world, on=None, expect=False)
    assert done.results[-1].case.roll is not None
    undecided = {code for code, vote in cast.items() if vote is Vote.UNDECIDED}
    expected = {c: (Vote.ABSENT if c in undecided else v) for c, v in cast.items()}
    assert dict(done.results[-1].case.roll.named) == expected
    comments = [line for line in floor.source.text.split("\n") if line.startswith("#")]
    assert [line for line in text.split("\n") if line.startswith("#")] == comments


# --- Off a terminal -------------------------------------------------------------------------------


def test_off_a_terminal_nothing_is_asked_and_the_cure_is_told(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(COUNCIL, encoding="utf-8")
    ended = quick("roll", file)
    assert ended.code == 2
    assert "at a terminal" in ended.stderr
    assert "unvote tally" in ended.stderr
    assert not ended.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["x.yaml"]
    assert quick("roll", "-").code == 2


def test_the_roster_of_a_journal_survives_the_way_to_the_disk_and_back() -> None:
    head = replace(HEAD, roster=Roster(MEMBERS, frozenset({"FRA"}), strict=True), only=True)
    assert Head.of(json.loads(json.dumps(head.data()))) == head
    assert Head.of({"unvote": "roll/1", "text": "X"}) is None
    assert Head.of({"unvote": "roll/9"}) is None


def test_a_journal_is_not_for_the_whole_world_to_write(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "x.roll")
    journal.begin(HEAD)
    assert not stat.S_IMODE(journal.path.stat().st_mode) & 0o002
    journal.close()


# --- What the room sees ---------------------------------------------------------------------------

CLUB = """\
kind: body
id: club
name: Club
members: 12
questions: {any: {rules: [{needs: [{at_least: 1/2, of: cast, counting: not yes}]}]}}
"""


def seen(floor: Floor, poll: Poll, width: int, height: int, **how: bool) -> list[str]:
    """The screen of a roll call."""
    scene = Scene(rule_on(floor.case), floor.ruling(poll), poll, floor.titles, waits=MOST_TRIED)
    look = Look(width, ascii=how.get("ascii", False))
    return screen(scene, look, height, big=how.get("big", False))


def test_a_rule_that_takes_too_long_is_worked_out_near_the_end(tmp_path: Path) -> None:
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "club.yaml").write_text(CLUB, encoding="utf-8")
    floor = floor_of(tmp_path, "id: M\nbody: club\ndate: 2026-11-21\n")
    poll = opened(floor.roster)
    assert "12 to come: this rule is worked out when 5 are left" in "\n".join(
        seen(floor, poll, 80, 24)
    )
    named = floor_of(tmp_path, "id: M\nbody: club\ndate: 2026-11-21\n", call=("P5,BRA,KEN",))
    called = named.roster.called
    early = polled(named.roster, [Answer(called[0], Reply.NO)])
    assert named.ruling(early) is None
    late = polled(named.roster, [Answer(member, Reply.NO) for member in called[:4]])
    ruling = named.ruling(late)
    assert ruling is not None
    assert ruling.verdict is Verdict.ADOPTED


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(20, 200),
    height=st.integers(4, 60),
    replies=st.lists(st.sampled_from([*Reply]), max_size=15),
    big=st.booleans(),
    ascii_only=st.booleans(),
)
def test_the_screen_fits_every_terminal_and_says_who_is_called(
    tmp_path_factory: pytest.TempPathFactory,
    width: int,
    height: int,
    replies: list[Reply],
    *,
    big: bool,
    ascii_only: bool,
) -> None:
    floor = floor_of(tmp_path_factory.mktemp("roll"), COUNCIL)
    acts = [Answer(m, r) for m, r in zip(floor.roster.called, replies, strict=False)]
    poll = polled(floor.roster, acts)
    lines = seen(floor, poll, width, height, big=big, ascii=ascii_only)
    assert len(lines) <= height
    assert max(map(len, lines)) <= width
    assert not ascii_only or "".join(lines).isascii()
    if height >= 16 and not big and poll.at:
        assert poll.at in "\n".join(lines)
        assert any(f"Yes {replies.count(Reply.YES)}" in line for line in lines)


def test_every_letter_has_five_rows_of_one_width() -> None:
    for letter, glyph in GLYPHS.items():
        rows = glyph.split()
        assert len(rows) == ROWS, letter
        assert len({len(row) for row in rows}) == 1, letter
        assert {"#", "."} >= set("".join(rows)), letter
    drawn = ["".join(glyph.split()) for glyph in GLYPHS.values()]
    assert len(set(drawn)) == len(drawn)


def test_every_member_can_be_written_in_large_letters_by_name_or_code() -> None:
    for code, member in open_world().membership.members.items():
        assert in_blocks(member.short, 4000, ascii_only=False), member.short
        assert max(map(len, in_blocks(code, 40, ascii_only=True))) <= 40
