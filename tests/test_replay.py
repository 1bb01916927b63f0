"""The records of real votes replayed: each gets the outcome that was recorded.

The records are no part of the repository; where their folder is not beside it, these tests are
skipped. A record names no question. Where the usual one does not give the recorded outcome, the
question that explains it is named here, record by record.
"""

import csv
import io
import lzma
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from tests.builders import PERMANENT, body, composition, rule, ruling, world

from unvote.api import tally
from unvote.cases import Case
from unvote.engine import decide
from unvote.outcomes import Outcome
from unvote.rollcall import RollCall
from unvote.rulings import rule_on
from unvote.vocabulary import Cause, Verdict, Vote

VOTES: Final = Path(__file__).parents[2] / "shared" / "votes"
RESOLUTIONS: Final = Path(__file__).parents[1] / "resolutions"
ASSEMBLY: Final = VOTES / "ga_1946-2017.csv.xz"
COUNCIL: Final = VOTES / "sc_1946-2014.csv.xz"

pytestmark = pytest.mark.skipif(
    not (ASSEMBLY.is_file() and COUNCIL.is_file()),
    reason="the records of votes (shared/votes) are not beside this checkout",
)

Row = dict[str, str]
Figure = Callable[[str], None]

COLUMNS: Final = {
    "yes": Vote.YES,
    "no": Vote.NO,
    "abstain": Vote.ABSTAIN,
    "not_voting": Vote.ABSENT,
}
# One of the sources has a code of its own for the government in China's seat to October 1971;
# seven of its records list the later one besides, as not voting.
CHINA_TO_1971: Final = "TWN"


@cache
def rows(file: Path) -> tuple[Row, ...]:
    """The records of a file."""
    text = lzma.decompress(file.read_bytes()).decode()
    return tuple(csv.DictReader(io.StringIO(text)))


def votes_of(row: Row) -> dict[str, Vote]:
    """What the members did; nobody is listed twice."""
    listed = [(code, vote) for key, vote in COLUMNS.items() for code in row[key].split()]
    votes = dict(listed)
    assert len(votes) == len(listed), row["id"]
    if CHINA_TO_1971 in votes:
        assert row["date"] < "1971-10-25"
        assert votes.get("CHN", Vote.ABSENT) is Vote.ABSENT
        votes["CHN"] = votes.pop(CHINA_TO_1971)
    return votes


def is_adopted(outcome: Outcome) -> bool:
    """Whether it is adopted; nothing in a record is open."""
    assert outcome.verdict is not Verdict.OPEN
    return outcome.verdict is Verdict.ADOPTED


# --- The General Assembly ------------------------------------------------------------------------

# Texts that were adopted and whose record shows every member as not voting: no question explains
# them, since under each a text needs at least one vote; they were adopted without a recorded vote.
EVERYBODY_NOT_VOTING: Final = {
    "undl:278849": "A/RES/39/28A",
    "undl:278850": "A/RES/39/28B",
    "undl:281405": "A/RES/43/62",
}

# Drafts with more yes than no that are not among the adopted texts: important questions, short of
# two-thirds of those voting.
SHORT_OF_TWO_THIRDS: Final = {
    "voeten:71": "1947, Indians in South Africa",
    "voeten:151": "1949, relations with Spain",
    "voeten:288": "1950, Palestine",
    "voeten:301": "1952, trust territories",
    "voeten:311": "1952, admission of new members",
    "voeten:344": "1952, Palestine",
    "voeten:354": "1952, Tanganyika",
    "voeten:390": "1953, Trusteeship Council",
    "voeten:408": "1954, West Irian",
    "voeten:502": "1957, West Irian",
    "voeten:523": "1957, non-self-governing territories",
    "voeten:529": "1957, West Irian",
    "voeten:538": "1957, Cyprus",
    "voeten:570": "1958, Algeria",
    "voeten:615": "1959, Algeria",
    "voeten:624": "1959, Trusteeship Council",
    "voeten:672": "1960, Congo",
    "voeten:717": "1961, Congo, expenses",
    "voeten:722": "1961, Cuba",
    "voeten:748": "1961, West New Guinea",
    "voeten:749": "1961, West New Guinea",
    "voeten:755": "1961, Oman",
    "voeten:9044": "1967, Middle East, non-aligned draft",
    "voeten:9051": "1967, Middle East, Latin American draft",
    "voeten:1040": "1968, New Guinea and Papua",
    "voeten:1120": "1970, China",
}

# Votes that the source dates before the Assembly first met, and two before Fiji was a member.
BEFORE_THE_FIRST_DAY: Final = {"voeten:3", "voeten:4", "voeten:5", "voeten:6"}
BEFORE_FIJI: Final = {"voeten:1110", "voeten:1111"}


def assembly_day(row: Row) -> date:
    """The day of a record, not before the Assembly first met."""
    day, first = date.fromisoformat(row["date"]), body("ga").since
    assert first is not None
    assert (day < first) == (row["id"] in BEFORE_THE_FIRST_DAY)
    return max(day, first)


@cache
def assembly() -> dict[str, dict[str, Outcome]]:
    """Every record of the Assembly decided as an ordinary and as an important question."""
    decided = {}
    for row in rows(ASSEMBLY):
        day = assembly_day(row)
        roll = RollCall(composition("ga", day), votes_of(row))
        decided[row["id"]] = {
            question: decide(roll, rule("ga", question, day))
            for question in ("ordinary", "important")
        }
    assert len(decided) == len(rows(ASSEMBLY))
    return decided


def passes(row: Row) -> tuple[bool, bool]:
    """Whether a record is adopted as an ordinary, and as an important question."""
    outcomes = assembly()[row["id"]]
    return is_adopted(outcomes["ordinary"]), is_adopted(outcomes["important"])


def test_every_adopted_assembly_text_is_adopted(figure: Figure) -> None:
    """As an ordinary question, nearly all as an important one too; but for three empty records."""
    adopted = [row for row in rows(ASSEMBLY) if row["outcome"] == "adopted"]
    found = Counter(passes(row) for row in adopted)
    exceptions = {row["id"]: row["symbol"] for row in adopted if not passes(row)[0]}
    assert exceptions == EVERYBODY_NOT_VOTING
    assert found[False, True] == 0
    as_ordinary = found[True, True] + found[True, False]
    figure(
        f"Assembly, adopted texts: {as_ordinary} of {len(adopted)} agree "
        f"({found[True, True]} under either majority, {found[True, False]} as ordinary questions "
        f"only; {len(exceptions)} records show everybody as not voting)"
    )
    assert as_ordinary + len(exceptions) == len(adopted) > 4800


@pytest.mark.parametrize("identity", EVERYBODY_NOT_VOTING)
def test_the_exceptions_are_records_without_any_vote(identity: str) -> None:
    """Such a text is decided as it was: adopted without a vote."""
    (row,) = [row for row in rows(ASSEMBLY) if row["id"] == identity]
    assert set(votes_of(row).values()) == {Vote.ABSENT}
    assert "all-members-not-voting" in row["flags"]
    assert assembly()[identity]["ordinary"].because is Cause.SHORTFALL
    text = f"id: {row['symbol']}\nbody: ga\ndate: {row['date']}\n"
    result = ruling(text + "question: ordinary\nwithout_vote: true\n")
    assert result.verdict is Verdict.ADOPTED


def test_every_failed_assembly_draft_fails(figure: Figure) -> None:
    """Not carried: no simple majority, and so none of two-thirds; eleven of them are ties."""
    failed = [row for row in rows(ASSEMBLY) if row["outcome"] == "failed"]
    assert len(failed) > 300
    assert {passes(row) for row in failed} == {(False, False)}
    causes = Counter(assembly()[row["id"]]["ordinary"].because for row in failed)
    assert causes == {Cause.SHORTFALL: len(failed) - 11, Cause.TIE: 11}
    figure(f"Assembly, failed drafts: {len(failed)} of {len(failed)} agree, 11 of them ties")


def test_drafts_with_a_majority_that_were_not_adopted_were_important_questions(
    figure: Figure,
) -> None:
    """China 1970, Algeria 1958: adopted as ordinary questions, one short or more as important."""
    drafts = [row for row in rows(ASSEMBLY) if "not among adopted texts" in row["outcome_basis"]]
    assert {row["id"] for row in drafts} == set(SHORT_OF_TWO_THIRDS)
    for row in drafts:
        assert passes(row) == (True, False), row["id"]
        outcome = assembly()[row["id"]]["important"]
        assert outcome.because is Cause.SHORTFALL
        assert outcome.deciding is not None
        yes, no = len(row["yes"].split()), len(row["no"].split())
        assert outcome.deciding.need == -(-2 * (yes + no) // 3) > yes > no
    figure(f"Assembly, important questions: {len(drafts)} of {len(drafts)} short of two-thirds")


def test_both_majorities_agree_with_the_marks_in_the_records(figure: Figure) -> None:
    """Who compiled the records marked each without a majority, and each short of two-thirds."""
    for row in rows(ASSEMBLY):
        simple, two_thirds = passes(row)
        flags = row["flags"].split("|")
        assert simple == ("yes<=no" not in flags), row["id"]
        assert (simple and not two_thirds) == ("below-two-thirds" in flags), row["id"]
    records = len(rows(ASSEMBLY))
    unknown = sum(not row["outcome"] for row in rows(ASSEMBLY)) - len(SHORT_OF_TWO_THIRDS)
    figure(
        f"Assembly, all records: {records} of {records} as marked there for either majority "
        f"({unknown} of them state no outcome to compare with)"
    )


@pytest.mark.parametrize(
    ("symbol", "need", "members"),
    [
        ("A/RES/1991(XVIII)[A]", 76, 113),  # the Security Council
        ("A/RES/1991(XVIII)[B]", 76, 113),  # the Economic and Social Council
        ("A/RES/2847(XXVI)", 88, 132),  # the Economic and Social Council again
    ],
)
def test_the_amendments_of_the_charter(symbol: str, need: int, members: int) -> None:
    """Two-thirds of the members of the day, not of those voting."""
    (row,) = [row for row in rows(ASSEMBLY) if row["symbol"] == symbol]
    day = date.fromisoformat(row["date"])
    roll = RollCall(composition("ga", day), votes_of(row))
    outcome = decide(roll, rule("ga", "charter-amendment", day))
    assert is_adopted(outcome)
    assert outcome.deciding is not None
    assert (outcome.deciding.need, outcome.deciding.of) == (need, members)


def test_whoever_voted_in_an_official_record_was_a_member_that_day(figure: Figure) -> None:
    """Of 4,840 records, without an exception; a few list members not voting before their time."""
    cast, early, late = 0, Counter[str](), Counter[str]()
    members = world().membership.members
    for row in rows(ASSEMBLY):
        if row["source"] != "UNDL":
            continue
        day, votes = date.fromisoformat(row["date"]), votes_of(row)
        seated = composition("ga", day).members or frozenset()
        cast += sum(vote is not Vote.ABSENT for vote in votes.values())
        for code in votes.keys() - seated:
            assert votes[code] is Vote.ABSENT, (row["id"], code)
            since = members[code].period.since
            assert since is not None
            assert 0 < (since - day).days <= 70
            early[code] += 1
        for code in seated - votes.keys():
            assert members[code].period.since == day, (row["id"], code)  # admitted that very day
            late[code] += 1
    assert early == {"JPN": 7, "DMA": 6, "MNG": 1, "ARE": 1, "WSM": 1}
    assert sum(late.values()) == 37
    figure(f"Assembly, official records: {cast:,} votes cast, each by a member of that day")


def test_whoever_voted_in_the_other_records_was_a_member_within_the_month() -> None:
    """They date the older votes by the month only: the day in them runs from one to seven."""
    membership, too_early = world().membership, {}
    for row in rows(ASSEMBLY):
        if row["source"] == "UNDL":
            continue
        day = date.fromisoformat(row["date"])
        seated = membership.on(day)
        if day.year < 1990:
            assert day.day <= 7
            seated |= membership.on(day.replace(day=monthrange(day.year, day.month)[1]))
        voted = {code for code, vote in votes_of(row).items() if vote is not Vote.ABSENT}
        if not voted <= seated:
            too_early[row["id"]] = voted - seated
    assert too_early == {identity: {"FJI"} for identity in BEFORE_FIJI}


# --- The Security Council ------------------------------------------------------------------------

# Adopted over the no of a permanent member: not substantive questions.
EXPLAINED: Final = {
    "undl:280486": ("S/RES/34(1947)", "procedural"),  # takes the Greek question off the list
    "undl:280540": ("S/RES/87(1950)", "procedural"),  # an invitation, treated as procedural
    "undl:280541": ("S/RES/88(1950)", "procedural"),  # an invitation
    "undl:280575": ("S/RES/119(1956)", "procedural"),  # calls an emergency special session
    "undl:280576": ("S/RES/120(1956)", "procedural"),  # calls an emergency special session
    "undl:280588": ("S/RES/132(1959)", "procedural"),  # a sub-committee under Art. 29
    "undl:280613": ("S/RES/157(1960)", "procedural"),  # calls an emergency special session
    "undl:280168": ("S/RES/462(1980)", "procedural"),  # calls an emergency special session
    "undl:280565": ("S/RES/110(1955)", "review-conference"),  # Art. 109: any seven members
}

# Lists of names that cannot be right: the source says so itself.
WRONG_LISTS: Final = {
    "va:423": ({"ARG", "MLI", "TUN"}, set[str]()),  # missing, too many
    "va:465": ({"UKR"}, set[str]()),
    "tong:34": (set[str](), {"YMD"}),  # beside Yemen, four months after the two became one
}


def council_day(row: Row) -> date:
    """The day of a record; of some only the year is known, and no seat changed within those."""
    if len(row["date"]) == 4:
        assert "date-known-to-the-year" in row["flags"]
        return date(int(row["date"]), 7, 1)
    return date.fromisoformat(row["date"])


def council(row: Row, question: str, day: date | None = None) -> Outcome:
    """A record of the Council decided; seats missing from its list are taken as absent."""
    day = day or council_day(row)
    members = composition("sc", day)
    votes = {code: vote for code, vote in votes_of(row).items() if code in (members.members or ())}
    everyone = dict.fromkeys(members.members or (), Vote.ABSENT) | votes
    return decide(RollCall(members, everyone), rule("sc", question, day))


def recorded(row: Row) -> tuple[Cause | None, tuple[str, ...]]:
    """The cause and the vetoes that a record states."""
    causes = {"adopted": None, "failed": Cause.SHORTFALL, "vetoed": Cause.VETO}
    return causes[row["outcome"]], tuple(row["vetoed_by"].split())


def voted(row: Row) -> bool:
    """Whether a vote was taken."""
    return "adopted-without-a-vote" not in row["flags"]


def test_every_council_record_gets_its_recorded_outcome(figure: Figure) -> None:
    """Adopted, vetoed and by whom, or short of votes; nine texts by naming their question."""
    taken = [row for row in rows(COUNCIL) if voted(row)]
    agree, explained = Counter[str](), {}
    for row in taken:
        outcome = council(row, "substantive")
        if (outcome.because, outcome.vetoes) == recorded(row):
            agree[row["outcome"]] += 1
            continue
        _, question = EXPLAINED.get(row["id"], ("", "substantive"))
        other = council(row, question)
        assert (other.because, other.vetoes) == recorded(row), row["id"]
        explained[row["id"]] = (row["symbol"], question)
    assert explained == EXPLAINED
    assert sum(agree.values()) + len(explained) == len(taken) > 2200
    figure(
        f"Council, votes: {sum(agree.values())} of {len(taken)} agree as substantive questions "
        f"({agree['adopted']} adopted, {agree['vetoed']} vetoed, {agree['failed']} short of votes)"
        f", the other {len(explained)} by naming their question"
    )


def test_council_texts_adopted_without_a_vote(figure: Figure) -> None:
    """Their records list everybody as not voting; a file says `without_vote`."""
    without = [row for row in rows(COUNCIL) if not voted(row)]
    assert len(without) == 42
    asked = body("sc").questions["substantive"]
    for row in without:
        assert set(votes_of(row).values()) == {Vote.ABSENT}
        day = council_day(row)
        candidates = ((asked, rule("sc", "substantive", day)),)
        result = rule_on(Case(row["symbol"], body("sc"), day, candidates, without_vote=True))
        assert (result.verdict, result.because) == (Verdict.ADOPTED, None)
        assert row["outcome"] == "adopted"
    figure(f"Council, without a vote: {len(without)} of {len(without)} agree")


def test_the_council_of_every_record_is_the_one_that_sat(figure: Figure) -> None:
    """The names in each record are the members of the day, but for lists known to be wrong."""
    agree, wrong = 0, {}
    for row in rows(COUNCIL):
        if not voted(row):
            continue
        seated = composition("sc", council_day(row)).members
        assert seated is not None
        listed = votes_of(row).keys()
        if listed == seated:
            agree += 1
        else:
            wrong[row["id"]] = (set(seated - listed), set(listed - seated))
    assert wrong == WRONG_LISTS
    figure(f"Council, names: {agree} of {agree + len(wrong)} records list who sat that day")


def test_a_permanent_member_that_does_not_vote_yes_did_not_veto(figure: Figure) -> None:
    """Adopted with one abstaining, or not taking part; and short of votes with one against."""
    five, counts = set(PERMANENT), Counter[str]()
    for row in rows(COUNCIL):
        if not voted(row):
            continue
        votes, outcome = votes_of(row), council(row, "substantive")
        did = {votes[code] for code in five & votes.keys()}
        if row["outcome"] == "adopted" and Vote.NO not in did:
            assert is_adopted(outcome)
            counts["abstaining"] += Vote.ABSTAIN in did
            counts["away"] += Vote.ABSENT in did
        if row["outcome"] == "failed" and Vote.NO in did:
            assert outcome.vetoes == ()
            assert outcome.negatives
            counts["against"] += 1
    # S/RES/110 and 157 hold an abstention too, but were adopted over a no.
    assert counts == {"abstaining": 346, "away": 17, "against": 10}
    figure(
        f"Council: adopted with a permanent member abstaining {counts['abstaining']}, away "
        f"{counts['away']}; short of votes with one against, so no veto {counts['against']}"
    )


def test_the_nine_vote_rule_did_not_begin_with_the_amendment_of_1965() -> None:
    """Under it S/RES/218 (7-0-4) would have failed, alone among the eleven between the two days."""
    between = [row for row in rows(COUNCIL) if "between-charter-amendment" in row["flags"]]
    assert len(between) == 11
    assert all(is_adopted(council(row, "substantive")) for row in between)
    nine = rule("sc", "substantive", date(1966, 1, 1))
    would_fail = []
    for row in between:
        members = composition("sc", council_day(row))
        if not is_adopted(decide(RollCall(members, votes_of(row)), nine)):
            would_fail.append(row["symbol"])
    assert would_fail == ["S/RES/218(1965)"]


def test_the_elected_members_of_every_year() -> None:
    """1946 to 2027, from the list beside the records."""
    elected: dict[int, set[str]] = defaultdict(set)
    with (VOTES / "sc_elected_members.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            elected[int(row["year"])].add(row["iso3"])
    assert sorted(elected) == list(range(1946, 2028))
    for year, codes in elected.items():
        seated = composition("sc", date(year, 12, 31)).members
        assert seated is not None
        assert seated - set(PERMANENT) == codes - ({"YMD"} if year == 1990 else set()), year


def test_admission_dates_are_those_beside_the_records() -> None:
    """All 198 seats there have been."""
    members = world().membership.members
    with (VOTES / "members.csv").open(encoding="utf-8") as file:
        stated = {row["iso3"]: row["un_admission"] for row in csv.DictReader(file)}
    assert {code: str(member.period.since) for code, member in members.items()} == stated
    assert len(stated) == 198


# --- The examples --------------------------------------------------------------------------------

EXAMPLES: Final = {
    "admissions/israel-1949-assembly": "undl:671023",
    "admissions/israel-1949-council": "undl:280522",
    "china-seat/1966-important-question": "undl:660464",
    "china-seat/1966-seat": "voeten:930",
    "china-seat/1966-seat-if-ordinary": "voeten:930",
    "china-seat/1971-seat-if-important": "undl:654350",
    "council-1965/s-res-218": "undl:280451",
    "palestine-2014/s-2014-916": "va:1343",
    "two-thirds-failures/algeria-1958": "voeten:570",
    "two-thirds-failures/algeria-1959": "voeten:615",
    "two-thirds-failures/china-1965-tie": "voeten:885",
    "two-thirds-failures/china-1970": "voeten:1120",
    "two-thirds-failures/china-1970-important-question": "undl:658807",
    "two-thirds-failures/china-1971": "undl:654350",
    "two-thirds-failures/china-1971-important-question": "voeten:1186",
    "two-thirds-failures/congo-1960": "voeten:672",
    "two-thirds-failures/cuba-1961": "voeten:722",
    "two-thirds-failures/cyprus-1957": "voeten:538",
    "two-thirds-failures/middle-east-1967-latin-american": "voeten:9051",
    "two-thirds-failures/middle-east-1967-non-aligned": "voeten:9044",
    "two-thirds-failures/west-irian-1957-02": "voeten:502",
    "two-thirds-failures/west-irian-1957-11": "voeten:529",
    "two-thirds-failures/west-new-guinea-1961-a": "voeten:748",
    "two-thirds-failures/west-new-guinea-1961-b": "voeten:749",
}


def test_the_examples_to_2017_have_the_names_of_the_records(figure: Figure) -> None:
    """Vote by vote, as far as the records go."""
    known = {row["id"]: row for row in (*rows(ASSEMBLY), *rows(COUNCIL))}
    compared = {}
    for result in tally(RESOLUTIONS).results:
        if result.case.day.year > 2017 or result.case.body.id == "model-un":
            continue
        name = Path(result.case.file).relative_to(RESOLUTIONS).with_suffix("").as_posix()
        assert result.case.roll is not None
        mine = {c: v for c, v in result.case.roll.named.items() if v is not Vote.ABSENT}
        row = known[EXAMPLES[name]]
        assert mine == {c: v for c, v in votes_of(row).items() if v is not Vote.ABSENT}, name
        compared[name] = row["id"]
    assert compared == EXAMPLES
    figure(f"Examples to 2017: {len(compared)} of {len(compared)} have the names of the records")
