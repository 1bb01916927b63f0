"""Work in pieces comes to the same wherever the pieces go, and what is lost is named.

Threads, processes and a local Dask cluster do the work, and doubles that mix it up, pickle it,
count it, or lose it.
"""

import json
import os
import pickle
import random
import re
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest
from hypothesis import given, settings, strategies as st
from tests.builders import composition, world
from tests.runs import quick

import unvote
from unvote import replays
from unvote.api import processes
from unvote.api.chance import chance_of
from unvote.api.processes import process_pool
from unvote.lotteries import Bloc
from unvote.records import Chunk, Record
from unvote.replays import Lens, replay, replay_all
from unvote.rollcall import RollCall
from unvote.rules import Rule
from unvote.scenarios import PIECE, Sweep, points_of
from unvote.simulation import Simulated, batches, simulate
from unvote.vocabulary import Vote
from unvote.work import Workers, WorkLost, done

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "resolutions" / "ukraine-2022"
ASSEMBLY = TEXTS / "es-11-1.yaml"
BATCH: Final = sum(next(batches(10**9)).sizes)
DRAWS: Final = 3 * BATCH + 1_000
SWEEPS: Final = ("yes:abstain:0..40", "abstain:no:0..35")
COUNCIL: Final = """\
kind: stances
resolution: draft.yaml
groups:
  P5: {vote: firm yes, except: {RUS: lean abstain, CHN: pledged abstain}}
countries:
  ALB: {vote: firm yes}
  KEN: {follows: GHA}
  IND: {yes: 20%, abstain: 80%}
"""


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stances on a draft before the Council."""
    folder = tmp_path_factory.mktemp("council")
    draft = "id: draft\nbody: unsc\nquestion: substantive\ndate: 2022-02-25\n"
    (folder / "draft.yaml").write_text(draft)
    stances = folder / "stances.yaml"
    stances.write_text(COUNCIL)
    return stances


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with process_pool(2) as started:
        yield started


# --- Doubles --------------------------------------------------------------------------------------


class Held(Future[Any]):
    """A promise that is kept when its result is asked for."""

    def __init__(self, executor: "Lazy", work: Callable[[], Any]) -> None:
        super().__init__()
        self.executor, self.work = executor, work

    def result(self, timeout: float | None = None) -> Any:
        self.executor.work_up_to(self)
        return super().result(timeout)


class Lazy(Executor):
    """Does nothing until a result is waited for, then all that it holds, in an order drawn.

    It keeps the most that it ever held; what it is given passes through pickle on both ways.
    """

    def __init__(self, choose: Callable[[int], int] = lambda _: 0) -> None:
        self.choose = choose
        self.held: list[Held] = []
        self.most = self.handed = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        assert not kwargs
        sent = pickle.dumps((fn, args))

        def work() -> Any:
            function, pieces = pickle.loads(sent)  # noqa: S301 - our own
            return pickle.loads(pickle.dumps(function(*pieces)))  # noqa: S301

        self.held.append(Held(self, work))
        self.handed += 1
        self.most = max(self.most, len(self.held))
        return self.held[-1]

    def work_up_to(self, wanted: Held) -> None:
        while wanted in self.held:
            promise = self.held.pop(self.choose(len(self.held)))
            if promise.set_running_or_notify_cancel():
                try:
                    promise.set_result(promise.work())
                except Exception as error:  # noqa: BLE001 - as an executor does
                    promise.set_exception(error)


class Deadly(Executor):
    """Hands on to another executor, but kills the worker of one piece."""

    def __init__(self, other: Executor, at: int) -> None:
        self.other, self.at, self.handed = other, at, 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.handed += 1
        if self.handed == self.at:
            return self.other.submit(os._exit, 7)
        return self.other.submit(fn, *args, **kwargs)


class Closed(Executor):
    """Takes so many pieces and then no more."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.given: list[Future[Any]] = []

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        if not self.left:
            raise RuntimeError("cannot schedule new futures after shutdown\nand more")
        self.left -= 1
        self.given.append(Future())
        return self.given[-1]


def square(number: int) -> int:
    return number * number


def third_fails(number: int) -> int:
    if number == 3:
        raise MemoryError
    return number


# --- The pieces -----------------------------------------------------------------------------------


@given(pieces=st.lists(st.integers(), max_size=30), most=st.integers(1, 8), data=st.data())
@settings(deadline=None)
def test_the_order_is_that_of_the_pieces_and_never_more_are_out_than_allowed(
    pieces: list[int], most: int, data: st.DataObject
) -> None:
    lazy = Lazy(lambda held: data.draw(st.integers(0, held - 1)))
    asked = 0

    def source() -> Iterator[int]:
        nonlocal asked
        for piece in pieces:
            asked += 1
            yield piece

    came = []
    for result in done(square, source(), Workers(lazy, most)):
        came.append(result)
        # Two are looked at before the first is handed out: one alone would be worked on here.
        assert asked <= max(2, len(came) + most)
    assert came == [piece * piece for piece in pieces]
    assert lazy.most <= most
    assert lazy.handed == (len(pieces) if len(pieces) > 1 else 0)


def test_a_piece_that_is_alone_is_not_handed_over() -> None:
    assert list(done(square, [3], Workers(Closed(0)))) == [9]
    assert list(done(square, [], Workers(Closed(0)))) == []


def test_pieces_are_asked_for_when_there_is_room() -> None:
    """Of pieces without end only a few are ever made."""
    found = done(square, iter(int, 1), Workers(Lazy(), 5))
    assert [next(found) for _ in range(20)] == [0] * 20


def test_no_piece_in_flight_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="give at least 1"):
        Workers(Lazy(), 0)


def test_what_is_left_is_taken_back_when_the_caller_stops() -> None:
    lazy = Lazy()
    found = done(square, range(9), Workers(lazy, 4))
    assert next(found) == 0
    found.close()  # type: ignore[attr-defined] # a generator
    assert lazy.held
    assert all(promise.cancelled() for promise in lazy.held)


# --- What is lost ---------------------------------------------------------------------------------


def test_a_piece_that_fails_late_is_named_with_what_hangs_in_the_air() -> None:
    """The first two have come, the third fails, the next two are out, and more would follow."""
    found = done(third_fails, range(1, 9), Workers(Lazy(), 3))
    assert [next(found), next(found)] == [1, 2]
    with pytest.raises(WorkLost) as lost:
        next(found)
    assert lost.value.missing == ("3", "4", "5")
    assert lost.value.more
    assert isinstance(lost.value.__cause__, MemoryError)
    assert str(lost.value) == (
        "work did not come back from a worker (MemoryError); missing are 3, 4, 5 and all after them"
    )


def test_what_came_behind_the_piece_that_failed_is_not_missing() -> None:
    last_first = Lazy(lambda held: held - 1)
    with pytest.raises(WorkLost) as lost:
        list(done(third_fails, [3, 4, 5], Workers(last_first, 3)))
    assert lost.value.missing == ("3",)
    assert not lost.value.more
    assert str(lost.value).endswith("missing are 3")


def test_an_executor_that_is_closed_meanwhile_is_told_with_all_that_is_out() -> None:
    closed = Closed(6)
    with pytest.raises(WorkLost) as lost:
        list(done(square, range(8), Workers(closed)))
    assert lost.value.missing == ("0", "1", "2", "3", "4", "5", "6")
    assert lost.value.more
    assert all(promise.cancelled() for promise in closed.given)
    assert str(lost.value) == (
        "work did not come back from a worker (RuntimeError: cannot schedule new futures after "
        "shutdown); missing are 0, 1, 2, 3, 3 more like them and all after them"
    )


def test_the_error_survives_being_sent_between_processes() -> None:
    lost = WorkLost(["one", "two"], "Killed", more=True)
    again = pickle.loads(pickle.dumps(lost))  # noqa: S301 - our own
    assert (str(again), again.missing, again.more) == (str(lost), lost.missing, True)


def test_a_worker_that_is_killed_is_an_error_that_names_the_scenarios(council: Path) -> None:
    with process_pool(2) as started, pytest.raises(unvote.WorkLost) as lost:
        unvote.odds(council, draws=4 * BATCH, executor=Deadly(started, at=2), in_flight=3)
    assert "scenarios 1,015,809 to 2,031,616" in lost.value.missing
    assert "BrokenProcessPool" in str(lost.value)


def test_a_worker_that_is_killed_is_an_error_that_names_the_points() -> None:
    with process_pool(2) as started, pytest.raises(unvote.WorkLost) as lost:
        unvote.whatif(ASSEMBLY, sweeps=SWEEPS, executor=Deadly(started, at=1), in_flight=2)
    assert lost.value.missing[0] == f"points 1 to {PIECE}"
    assert lost.value.more


def test_on_the_command_line_it_ends_with_2_and_says_what_is_missing(
    council: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    @contextmanager
    def deadly(jobs: int) -> Iterator[Executor]:
        with process_pool(jobs) as started:
            yield Deadly(started, at=2)

    monkeypatch.setattr(processes, "process_pool", deadly)
    out = tmp_path / "out.json"
    wanted = ("--simulate", str(DRAWS), "--jobs", "2", "--format", "json", "-o", out)
    ended = quick("odds", council, *wanted)
    assert ended.code == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("unvote: work did not come back from a worker (BrokenProcess")
    assert "scenarios 1,015,809 to 2,031,616" in ended.stderr
    assert not out.exists()


# --- The same numbers -----------------------------------------------------------------------------


def drawn(file: Path, executor: Executor | None, **more: Any) -> Simulated:
    report = unvote.odds(file, draws=DRAWS, seed=5, executor=executor, **more)
    assert report.forecast is not None
    ((_, counts),) = report.forecast.drawn
    return counts


@given(data=st.data(), most=st.integers(1, 6), draws=st.sampled_from([1, BATCH, BATCH + 1, DRAWS]))
@settings(max_examples=12, deadline=None)
def test_the_same_scenarios_are_drawn_in_whatever_order(
    data: st.DataObject, most: int, draws: int
) -> None:
    members = composition("unsc", date(2022, 2, 25))
    codes = sorted(members.members or ())
    lots = {Vote.YES: Fraction(1, 2), Vote.NO: Fraction(1, 16), Vote.ABSTAIN: Fraction(7, 16)}
    blocs = [Bloc((code,), lots) for code in codes]
    roll = RollCall(members, dict.fromkeys(codes, Vote.UNDECIDED))
    (rule,) = (
        world()
        .shipped_body("security-council")
        .questions["substantive"]
        .rules_on(date(2022, 2, 25))
    )
    lazy = Lazy(lambda held: data.draw(st.integers(0, held - 1)))
    elsewhere = simulate(roll, rule, blocs, draws, chance_of(2), Workers(lazy, most))
    assert elsewhere == simulate(roll, rule, blocs, draws, chance_of(2))
    assert lazy.most <= most


def test_a_seed_gives_these_numbers_for_good(council: Path) -> None:
    """Figures that were published can be drawn again; 3 batches and 1,000 scenarios."""
    counts = drawn(council, None)
    assert counts == Simulated(3_048_424, 439_312, 0, 77_942)
    exact = unvote.odds(council).forecast
    assert exact is not None
    ((_, chances),) = exact.exact
    for count, chance in ((counts.adopted, chances.adopted), (counts.vetoed, chances.vetoed)):
        assert abs(count / counts.draws - chance) < 4 * counts.error(count)


@pytest.mark.parametrize("seeds", [(1, 2), (1, -1), (0, 10**20), (11, 1)])
def test_no_two_seeds_draw_the_same(seeds: tuple[int, int]) -> None:
    one, other = (chance_of(seed) for seed in seeds)
    streams = [source(batch)(64) for source in (one, other) for batch in range(30)]
    assert len(set(streams)) == len(streams)
    assert one(3)(64) == chance_of(seeds[0])(3)(64)


@given(draws=st.integers(1, 10**9))
def test_batches_are_all_of_the_draws_each_once(draws: int) -> None:
    found = list(batches(draws))
    assert sum(sum(batch.sizes) for batch in found) == draws
    assert [batch.first for batch in found] == [1 + n * BATCH for n in range(len(found))]
    assert [batch.number for batch in found] == [*range(len(found))]


def test_threads_and_processes_draw_the_same(council: Path, pool: Executor) -> None:
    here = drawn(council, None)
    assert drawn(council, pool) == here
    with ThreadPoolExecutor(3) as threads:
        assert drawn(council, threads, in_flight=2) == here


def test_threads_and_processes_decide_the_same_points(pool: Executor) -> None:
    here = unvote.whatif(ASSEMBLY, sweeps=SWEEPS)
    assert len(here.results[0].points) > 4 * PIECE
    assert unvote.whatif(ASSEMBLY, sweeps=SWEEPS, executor=pool) == here
    with ThreadPoolExecutor(3) as threads:
        assert unvote.whatif(ASSEMBLY, sweeps=SWEEPS, executor=threads, in_flight=1) == here


def test_words_of_the_trade_are_the_same_in_every_process(pool: Executor) -> None:
    """Enums are told apart by identity: what comes back has to be our own members."""
    ruling = unvote.tally(ASSEMBLY).results[0]
    away = points_of(ruling, (Sweep(Vote.YES, Vote.NO, 0, 2 * PIECE // 4),), Workers(pool))
    assert all(point.ruling.verdict in set(unvote.Verdict) for point in away)
    for vote in Vote:
        assert pool.submit(square_of_votes, vote).result() is vote


def square_of_votes(vote: Vote) -> Vote:
    assert {Vote.YES: 1, Vote.NO: 1, Vote.ABSTAIN: 1, Vote.ABSENT: 1, Vote.UNDECIDED: 1}[vote]
    return vote


def test_the_rules_of_every_shipped_body_can_be_sent() -> None:
    lazy = Lazy()
    third = {vote: Fraction(1, 3) for vote in (Vote.YES, Vote.NO, Vote.ABSTAIN)}
    day = date(2025, 2, 24)
    for body in world().shipped_bodies():
        for question in body.questions.values():
            (rule,) = question.rules_on(day)
            members = composition(body.id, day)
            codes = sorted(members.members or ())[:6]
            _send(lazy, rule, RollCall(members, dict.fromkeys(codes, Vote.UNDECIDED)), third)
    assert lazy.handed


def _send(lazy: Lazy, rule: Rule, roll: RollCall, lot: dict[Vote, Fraction]) -> None:
    blocs = [Bloc((code,), lot) for code in roll.named]
    away = simulate(roll, rule, blocs, BATCH + 1, chance_of(1), Workers(lazy))
    assert away == simulate(roll, rule, blocs, BATCH + 1, chance_of(1))


# --- Recorded votes -------------------------------------------------------------------------------


def recorded(number: int) -> Chunk:
    """So many roll calls of the Council on days when other members sat, some of them strange."""
    source = random.Random(number)
    seats = tuple(sorted(world().membership.members))
    days = [date(year, 3, 1) for year in (1950, 1965, 1966, 1990, 2020)]
    records = []
    for row in range(number):
        day = source.choice(days)
        sitting = composition("unsc", day).members or frozenset()
        letters = [source.choice("YYNAX") if code in sitting else "." for code in seats]
        if not row % 7:
            letters[row] = "Y"  # perhaps without a seat
        records.append(Record(f"S/{row}", "".join(letters).encode(), day if row % 5 else None))
    return Chunk(seats, tuple(records))


def through(questions: Sequence[str]) -> Lens:
    council = world().shipped_body("security-council")
    asked = tuple(council.questions[name] for name in questions)
    return Lens(council, asked, world().membership)


@given(number=st.integers(0, 12), piece=st.integers(1, 5), data=st.data())
@settings(max_examples=30, deadline=None)
def test_a_history_is_the_same_wherever_it_is_cut(
    number: int, piece: int, data: st.DataObject
) -> None:
    lazy = Lazy(lambda held: data.draw(st.integers(0, held - 1)))
    chunk, lens = recorded(number), through(["substantive", "procedural"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replays, "PIECE", piece)
        assert replay_all(chunk, lens, Workers(lazy, 3)) == replay(chunk, lens)
    assert lazy.most <= 3


@pytest.fixture(scope="module")
def rolls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 40 roll calls of the Council."""
    file = tmp_path_factory.mktemp("rolls") / "council.rolls"
    chunk = recorded(40)
    head = f"#unvote rolls/1\n#body security-council\n#seats {' '.join(chunk.seats)}\n"
    names = "id date session symbol title outcome vetoed_by flags yes no abstain not_voting votes"
    lines = ["\t".join(names.split())]
    for record in chunk.records:
        told = [record.id, str(record.day or ""), *[""] * 6, *map(str, record.counts)]
        lines.append("\t".join([*told, record.votes.decode()]))
    file.write_text(head + "\n".join(lines) + "\n")
    return file


def test_threads_processes_and_one_process_replay_the_same(
    rolls: Path, pool: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replays, "PIECE", 7)
    here = unvote.history(rolls)
    assert len(here.items) == 40
    assert unvote.history(rolls, executor=pool).replay == here.replay
    with ThreadPoolExecutor(3) as threads:
        away = unvote.history(rolls, executor=threads, in_flight=2)
    assert (away.replay, away.problems) == (here.replay, here.problems)


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_a_history_prints_the_same_bytes_in_every_format(
    rolls: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replays, "PIECE", 9)
    words = ("history", rolls, "--show", "all", "--format", form)
    alone, shared = quick(*words), quick(*words, "--jobs", "2")
    assert alone.stdout
    assert (shared.code, shared.stdout, shared.stderr) == (alone.code, alone.stdout, alone.stderr)


def test_a_worker_that_is_killed_is_an_error_that_names_the_roll_calls(
    rolls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replays, "PIECE", 10)
    with process_pool(2) as started, pytest.raises(unvote.WorkLost) as lost:
        unvote.history(rolls, executor=Deadly(started, at=2), in_flight=2)
    assert "roll calls S/10 to S/19 (10)" in lost.value.missing


def test_a_membership_is_sent_without_what_it_found_by_day() -> None:
    membership = world().membership
    membership.on(date(1999, 1, 1))
    again = pickle.loads(pickle.dumps(membership))  # noqa: S301 - our own
    assert again == membership
    assert not again._known  # noqa: SLF001 - what it must not carry
    assert again.on(date(1999, 1, 1)) == membership.on(date(1999, 1, 1))


# --- The command line -----------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["2", "3", "40"])
def test_the_same_bytes_are_printed_for_any_number_of_jobs(council: Path, jobs: str) -> None:
    words = ("odds", council, "--simulate", str(DRAWS), "--seed", "9", "--format", "json")
    alone, shared = quick(*words), quick(*words, "--jobs", jobs)
    assert (shared.code, shared.stdout, shared.stderr) == (0, alone.stdout, "")


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_a_sweep_prints_the_same_bytes_in_every_format(form: str) -> None:
    swept = [word for sweep in SWEEPS for word in ("--sweep", sweep)]
    words = ("whatif", str(ASSEMBLY), *swept, "--format", form, "-v")
    alone, shared = quick(*words), quick(*words, "-j", "2")
    assert (shared.code, shared.stdout, shared.stderr) == (0, alone.stdout, "")


@pytest.mark.parametrize("jobs", ["0", "-1", "1001", "two", "1.5", ""])
@pytest.mark.parametrize("command", ["odds", "whatif", "history"])
def test_a_number_of_jobs_that_makes_no_sense_is_refused(command: str, jobs: str) -> None:
    ended = quick(command, ASSEMBLY, "--jobs", jobs)
    assert ended.code == 2
    assert "--jobs" in ended.stderr
    assert ended.stdout == ""


def test_processes_are_loaded_only_when_they_are_asked_for() -> None:
    code = (
        "import sys, unvote\n"
        f"unvote.odds({str(TEXTS / 'es-11-4-stances.yaml')!r}, draws=1)\n"
        f"unvote.whatif({str(ASSEMBLY)!r}, sweeps=['abstain:no:0..3'])\n"
        "print([n for n in sys.modules if n.startswith(('concurrent', 'multiprocessing'))])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ended.stdout.strip() == "[]"


def test_a_worker_loads_no_more_than_its_work_needs(council: Path, rolls: Path) -> None:
    """A worker that starts late is of no use: pydantic alone takes longer than a batch."""
    with process_pool(1) as started, pytest.MonkeyPatch.context() as patch:
        patch.setattr(replays, "PIECE", 10)
        unvote.odds(council, draws=BATCH + 1, executor=started)
        unvote.whatif(ASSEMBLY, sweeps=SWEEPS, executor=started)
        unvote.history(rolls, executor=started)
        modules = started.submit(eval, "set(__import__('sys').modules)").result()
    assert {"unvote.simulation", "unvote.scenarios", "unvote.replays"} <= modules
    assert not {"pydantic", "yaml", "typer"} & modules


@contextmanager
def busy() -> Iterator[subprocess.Popen[str]]:
    """A simulation of its own session, with its workers at work."""
    stances = TEXTS / "es-11-4-stances.yaml"
    words = ["odds", str(stances), "--simulate", "1000000000", "--jobs", "2"]
    with subprocess.Popen(
        [sys.executable, "-m", "unvote", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        # Two workers, and Python's own process that looks after what they share.
        while process.poll() is None and len(children.read_text().split()) < 3:
            time.sleep(0.05)
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def left_behind(session: int) -> bool:
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="it looks at /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_when_the_program_is_ended_its_workers_end_too(how: signal.Signals) -> None:
    with busy() as process:
        if how is signal.SIGINT:
            os.killpg(process.pid, how)  # as Ctrl-C does: all in the session hear it
        else:
            process.send_signal(how)
        stdout, stderr = process.communicate(timeout=60)
        assert process.returncode != 0
        assert stdout == ""
        assert "Traceback" not in stderr
        for _ in range(600):
            if not left_behind(process.pid):
                break
            time.sleep(0.1)
        else:
            pytest.fail("workers were left behind")


# --- The page about it ----------------------------------------------------------------------------


def python_blocks() -> list[str]:
    page = (ROOT / "docs" / "how-to" / "parallel.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", page, re.DOTALL)


def test_the_script_of_the_page_runs(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(python_blocks()[0])
    words = [sys.executable, str(script)]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_what_the_page_shows_for_ray_is_an_executor(
    council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ray itself is too large to be installed for this: a stand-in has its three words."""
    with ThreadPoolExecutor(2) as threads:

        class Reference:
            def __init__(self, function: Callable[..., Any]) -> None:
                self.function = function

            def remote(self, *pieces: Any) -> Any:
                return SimpleNamespace(future=lambda: threads.submit(self.function, *pieces))

        monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(remote=Reference))
        space: dict[str, Any] = {}
        exec(next(block for block in python_blocks() if "OnRay" in block), space)  # noqa: S102
        assert drawn(council, space["OnRay"]()) == drawn(council, None)


# --- A cluster ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    """A client of a real cluster on this machine: a scheduler, and two workers of one thread."""
    distributed = pytest.importorskip("distributed")
    config = pytest.importorskip("dask").config
    with warnings.catch_warnings():
        # Dask leaves sockets and event loops to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        with (
            config.set({"distributed.scheduler.allowed-failures": 0}),
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client


def test_a_dask_cluster_draws_the_same(dask: Any, council: Path) -> None:
    assert drawn(council, dask.get_executor(), in_flight=4) == drawn(council, None)


def test_a_dask_cluster_decides_the_same_points(dask: Any) -> None:
    away = unvote.whatif(ASSEMBLY, sweeps=SWEEPS, executor=dask.get_executor())
    assert away == unvote.whatif(ASSEMBLY, sweeps=SWEEPS)


def test_a_worker_of_dask_that_dies_is_an_error_that_names_what_is_missing(
    dask: Any, council: Path
) -> None:
    with pytest.raises(unvote.WorkLost) as lost:
        drawn(council, Deadly(dask.get_executor(), at=2), in_flight=2)
    assert "scenarios 1,015,809 to 2,031,616" in lost.value.missing
    assert "KilledWorker" in str(lost.value)


def test_a_dask_cluster_replays_the_same(
    dask: Any, rolls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replays, "PIECE", 6)
    away = unvote.history(rolls, executor=dask.get_executor(), in_flight=3)
    assert away.replay == unvote.history(rolls).replay


def test_json_of_a_report_from_a_cluster_is_that_of_one_process(dask: Any) -> None:
    from unvote.render.whatif_data import whatif_data  # noqa: PLC0415

    away = unvote.whatif(ASSEMBLY, sweeps=SWEEPS[:1], executor=dask.get_executor(), in_flight=1)
    here = unvote.whatif(ASSEMBLY, sweeps=SWEEPS[:1])
    assert json.dumps(whatif_data(away)) == json.dumps(whatif_data(here))
