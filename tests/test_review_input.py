"""What goes in is what is meant: doubtful names, broken stances, and assumptions without sense."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.runs import Ended, quick

import unvote
from unvote.vocabulary import Vote

ROOT = Path(__file__).parents[1]
FORECAST = ROOT / "resolutions" / "ukraine-2022" / "es-11-4-stances.yaml"
RECORD = ROOT / "resolutions" / "ukraine-2022" / "es-11-1.yaml"
COUNCIL = ROOT / "resolutions" / "ukraine-2022" / "s-2022-155.yaml"
DRAFT = "id: A/1\nbody: unga\nquestion: important\ndate: 2022-03-02\n"
HEAD = "kind: stances\nresolution: draft.yaml\n"
UNDECLARED = """\
id: A/2
body: unga
date: 2022-03-02
stances:
  yes: [FRA, GBR, USA, DEU, NLD, BEL, POL, ITA, ESP, PRT]
  no: [RUS, CHN, BLR, CUB, SYR, PRK]
  abstain: [IND]
  otherwise: absent
present: 120
"""


def inside(folder: Path, stances: str, draft: str = DRAFT) -> Path:
    """A stances file on a draft."""
    (folder / "draft.yaml").write_text(draft)
    (folder / "stances.yaml").write_text(HEAD + stances)
    return folder / "stances.yaml"


def alone(folder: Path, text: str) -> Path:
    """A file of its own."""
    (folder / "file.yaml").write_text(text)
    return folder / "file.yaml"


def codes(ended: Ended) -> list[str]:
    """The code of every problem in JSON, in order."""
    return [problem["code"] for problem in ended.data["problems"]]


def members_that(vote: str, file: Path) -> list[str]:
    """The members that a forecast lists with a vote."""
    (found,) = quick("whip", file, "--format", "json").data["results"]
    return sorted(code for words in found["heads"][vote].values() for code in words)


# A group and a member of one name


def test_under_groups_only_a_group_can_be_meant(tmp_path: Path) -> None:
    file = inside(tmp_path, "groups: {NAM: {vote: yes, except: {IND: no}}}\n")
    yes = members_that("yes", file)
    assert len(yes) > 100
    assert {"NAM", "ZAF"} <= set(yes)
    assert members_that("no", file) == ["IND"]
    assert codes(quick("whip", file, "--format", "json")) == []


@pytest.mark.parametrize("more", ["except: {IND: no}", "together: true"])
def test_inline_a_stance_only_a_group_can_have_is_that_of_the_group(
    tmp_path: Path, more: str
) -> None:
    file = alone(tmp_path, f"{DRAFT}stances:\n  NAM: {{vote: yes, {more}}}\n")
    assert len(members_that("yes", file)) > 100
    assert codes(quick("tally", file, "--format", "json")) == []


@pytest.mark.parametrize("text", ["NAM: yes", "yes: [NAM]", "NAM: {vote: yes}", "N.A.M.: yes"])
def test_inline_where_both_could_stand_it_is_the_member_with_a_warning(
    tmp_path: Path, text: str
) -> None:
    file = alone(tmp_path, f"{DRAFT}stances:\n  {text}\n")
    ended = quick("tally", file, "--format", "json")
    assert (ended.code, codes(ended)) == (0, ["UV203"])
    assert ended.data["problems"][0]["level"] == "warning"
    assert "Non-Aligned Movement" in ended.data["problems"][0]["hint"]
    assert members_that("yes", file) == ["NAM"]


@pytest.mark.parametrize(("text", "found"), [("MYS, NAM", []), ("FRA, NAM", ["UV203"])])
def test_in_a_list_beside_members_of_the_group_it_is_plainly_the_member(
    tmp_path: Path, text: str, found: list[str]
) -> None:
    file = alone(tmp_path, f"{DRAFT}stances:\n  yes: [{text}]\n")
    assert codes(quick("tally", file, "--format", "json")) == found
    assert len(members_that("yes", file)) == 2
    file = alone(tmp_path, f"kind: scenario\nbase: {RECORD}\ndrop: [{text}]\n")
    assert codes(quick("whatif", file, "--format", "json")) == found


@pytest.mark.parametrize(("word", "count"), [("Namibia", 1), ("Non-Aligned Movement", 118)])
def test_the_full_names_leave_no_doubt_and_are_not_made_codes(
    tmp_path: Path, word: str, count: int
) -> None:
    file = alone(tmp_path, f"{DRAFT}stances:\n  {word}: yes\n")
    assert len(members_that("yes", file)) == count
    assert codes(quick("tally", file, "--format", "json")) == []
    quick("check", "--fix", file)
    assert f"  {word}: yes\n" in file.read_text()
    file = alone(tmp_path, f"kind: scenario\nbase: {RECORD}\ndrop: [France, {word}]\n")
    quick("check", "--fix", file)
    assert f"drop: [FRA, {word}]\n" in file.read_text()


@pytest.mark.parametrize(
    ("stances", "code"),
    [
        ("countries: {NAM: {vote: yes, except: {IND: no}}}", "UV110"),
        ("countries: {BRA: {vote: yes, together: true}}", "UV110"),
        ("groups: {EU: {vote: yes, except: {HUN: {vote: no, except: {FRA: no}}}}}", "UV110"),
        ("groups: {BRA: {vote: yes, except: {IND: no}}}", "UV205"),
    ],
)
def test_exceptions_are_never_lost_on_a_member(tmp_path: Path, stances: str, code: str) -> None:
    file = inside(tmp_path, f"{stances}\n")
    assert codes(quick("tally", file, "--format", "json")) == [code]


def test_inline_exceptions_are_never_lost_on_a_member(tmp_path: Path) -> None:
    file = alone(tmp_path, f"{DRAFT}stances:\n  BRA: {{vote: yes, except: {{IND: no}}}}\n")
    assert codes(quick("tally", file, "--format", "json")) == ["UV205"]


def test_in_votes_and_under_countries_only_a_member_can_stand(tmp_path: Path) -> None:
    for file in (
        alone(tmp_path, f"{DRAFT}votes: {{yes: [NAM]}}\n"),
        inside(tmp_path, "countries: {NAM: yes}\n"),
    ):
        assert codes(quick("tally", file, "--format", "json")) == []


def test_changes_mean_the_member_and_warn(tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.yaml"
    change = "set: [{countries: [NAM], vote: no}]\ndrop: [NAM]"
    scenario.write_text(f"kind: scenario\nbase: {RECORD}\n{change}\n")
    for words in (["--set", "NAM=no"], ["--drop", "NAM"]):
        ended = quick("whatif", RECORD, *words, "--format", "json")
        assert (ended.code, codes(ended)) == (0, ["UV203"])
    ended = quick("whatif", scenario, "--format", "json")
    assert (ended.code, codes(ended)) == (0, ["UV203", "UV203"])
    many = quick("whatif", RECORD, "--set", "Non-Aligned Movement=no", "--format", "json")
    assert codes(many) != ["UV203"]
    assert len(quick("whatif", RECORD, "--set", "NAM=no").stdout) < len(many.stdout)


def test_only_means_the_member_and_warns() -> None:
    ended = quick("whip", FORECAST, "--only", "NAM", "--format", "json")
    assert (ended.code, codes(ended)) == (0, ["UV203"])
    report = unvote.whip(FORECAST, only=["NAM"])
    assert report.whip is not None
    assert [head.code for head in report.whip.listed] == ["NAM"]


def test_by_means_the_group() -> None:
    ended = quick("compare", RECORD, RECORD, "--by", "NAM", "--format", "json")
    assert (ended.code, codes(ended)) == (0, [])
    report = unvote.whip(FORECAST, by="NAM")
    assert report.problems == ()
    assert report.whip is not None
    assert report.whip.parts is not None
    assert len(report.whip.parts["NAM"]) > 100


# Broken stances


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("countries: {IND: nope}", "UV110"),
        ("countries: {IND: {yes: 60%, no: 50%}}", "UV407"),
        ("countries: {IND: {yes: 110%}}", "UV110"),
        ("groups: {XYZ: yes}", "UV205"),
        ("countries: {BRA: {follows: IND}, IND: {follows: BRA}}", "UV406"),
        ("as_of: soon", "UV104"),
    ],
)
def test_stances_with_a_mistake_get_no_verdict(tmp_path: Path, text: str, code: str) -> None:
    file = inside(tmp_path, f"{text}\n")
    ended = quick("tally", file, "--format", "json")
    assert (ended.code, codes(ended), ended.data["results"]) == (2, [code], [])
    assert quick("tally", file).stdout == ""
    assert quick("odds", file).stdout == ""


def test_stances_with_a_warning_get_one(tmp_path: Path) -> None:
    file = inside(tmp_path, "countries: {VEN: yes, IND: yes}\n")
    ended = quick("tally", file, "--format", "json")
    assert (ended.code, codes(ended), len(ended.data["results"])) == (0, ["UV303"], 1)


# Whom nobody can follow

SMALL = "id: S/1\nbody: unsc\nquestion: substantive\ndate: 2022-02-25\n"


def test_who_follows_a_member_that_does_not_sit_is_told(tmp_path: Path) -> None:
    file = inside(tmp_path, "countries:\n  BRA: {follows: DEU}\n", SMALL)
    ended = quick("tally", file)
    assert ended.code == 2
    assert f"{file}:4:18: error UV302: BRA follows DEU, which has no vote here" in ended.stderr


@pytest.mark.parametrize(
    ("stances", "found"),
    [
        ("countries: {BRA: {follows: VEN}}", ["UV302"]),
        ("countries: {BRA: {follows: VEN}, VEN: yes}", ["UV303"]),
        ("groups: {GRULAC: no}\ncountries: {BRA: {follows: VEN}}", []),
        ("groups: {EU: {follows: VEN}}", ["UV302"]),
        ("countries: {BRA: {follows: IND}}", []),
    ],
)
def test_a_member_without_a_vote_is_followed_only_where_it_has_a_stance(
    tmp_path: Path, stances: str, found: list[str]
) -> None:
    file = inside(tmp_path, f"{stances}\n")
    assert codes(quick("tally", file, "--format", "json")) == found


def test_inline_too_nobody_follows_a_member_that_does_not_take_part(tmp_path: Path) -> None:
    text = f"{SMALL}not_participating: [CHN]\nstances:\n  BRA: {{follows: CHN}}\n"
    ended = quick("tally", alone(tmp_path, text), "--format", "json")
    assert (codes(ended), ended.data["results"]) == (["UV302"], [])


# Assumptions


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--confidence", "frim=50%"], "UV110", "'frim' is no word of confidence here"),
        (["--confidence", "firm=150%"], "UV110", "'150%' is more than 100%"),
        (["--confidence", "firm=3/2"], "UV110", "'3/2' is more than 1"),
        (["--confidence", "firm"], "UV110", "'firm' does not say what is how much"),
        (["--confidence", "firm=9%", "--confidence", "Firm=8%"], "UV102", "'firm' stands twice"),
        (["--undecided", "yes=50%"], "UV407", "the chances add up to 50%, not 100%"),
        (["--undecided", "yes=50%,maybe=50%"], "UV110", "'maybe' is not a vote"),
        (["--undecided", "yes=50%,y=50%"], "UV102", "'y' stands twice"),
    ],
)
@pytest.mark.parametrize("command", ["odds", "calls", "whip"])
def test_assumptions_without_sense_have_the_codes_of_a_file(
    command: str, words: list[str], code: str, says: str
) -> None:
    ended = quick(command, FORECAST, *words)
    assert (ended.code, ended.stdout) == (2, "")
    assert ended.stderr.startswith(words[0])
    assert f": error {code}: {says}\n  hint: " in ended.stderr


def test_a_word_of_the_file_is_known(tmp_path: Path) -> None:
    file = inside(tmp_path, "confidence: {sworn: 99%}\ncountries: {IND: sworn yes}\n")
    assert quick("odds", file, "--confidence", "Sworn=50%").code == 0
    assert quick("odds", FORECAST, "--confidence", "sworn=50%").code == 2


NONSENSE: list[tuple[dict[str, Any], str]] = [
    ({"confidence": {"firm": Fraction(3, 2)}}, "UV110"),
    ({"confidence": {"firm": Fraction(-1, 2)}}, "UV110"),
    ({"confidence": {"firm": 0.5}}, "UV110"),
    ({"confidence": {"firm": "50%"}}, "UV110"),
    ({"confidence": {"firm": True}}, "UV110"),
    ({"confidence": {7: Fraction(1, 2)}}, "UV110"),
    ({"confidence": {"frim": Fraction(1, 2)}}, "UV110"),
    ({"undecided": {Vote.YES: Fraction(1, 2)}}, "UV407"),
    ({"undecided": {Vote.YES: Fraction(3, 2), Vote.NO: Fraction(-1, 2)}}, "UV110"),
    ({"undecided": {Vote.YES: 0.5, Vote.NO: 0.5}}, "UV110"),
    ({"undecided": {"yes": Fraction(1)}}, "UV110"),
    ({"undecided": {Vote.UNDECIDED: Fraction(1)}}, "UV110"),
]


@pytest.mark.parametrize(("said", "code"), NONSENSE, ids=str)
def test_no_odds_come_from_nonsense(said: dict[str, Any], code: str) -> None:
    for report in (
        unvote.odds(FORECAST, **said),
        unvote.calls(FORECAST, **said),
        unvote.whip(FORECAST, **said),
    ):
        assert not report.valid
        assert code in {problem.problem.code for problem in report.problems}


@pytest.mark.parametrize("draws", [-5, 0, 2.5, "many", True, 10**10])
def test_draws_are_a_number_of_draws(draws: Any) -> None:
    report = unvote.odds(FORECAST, draws=draws)
    assert report.forecast is None
    assert [problem.problem.code for problem in report.problems] == ["UV110"]


def test_words_are_read_as_in_a_file_and_a_chance_of_nought_says_nothing() -> None:
    one = unvote.odds(FORECAST, undecided={Vote.YES: Fraction(1), Vote.NO: Fraction(0)})
    other = unvote.odds(
        FORECAST, undecided={Vote.YES: Fraction(1)}, confidence={" Firm ": Fraction(1)}
    )
    assert one.valid
    assert other.valid
    assert one.forecast is not None
    assert set(one.forecast.outlook.undecided) == {Vote.YES}


# Questions that are not declared


@pytest.mark.parametrize(
    "words",
    [
        ["tally"],
        ["odds"],
        ["whip"],
        ["calls"],
        ["swing"],
        ["whatif", "--set", "IND=no"],
    ],
    ids=lambda words: words[0],
)
def test_an_undeclared_question_is_told_and_answered_under_each(
    tmp_path: Path, words: list[str]
) -> None:
    file = alone(tmp_path, UNDECLARED)
    command, *more = words
    ended = quick(command, file, *more, "--format", "json")
    assert (ended.code, codes(ended)) == (2, ["UV310"])
    assert ended.data["results"]
    text = quick(command, file, *more)
    assert text.code == 2
    assert "error UV310" in text.stderr
    assert text.stdout.strip()
    under = [found.get("under") for found in ended.data["results"]]
    if command in {"odds", "calls"}:
        assert [len(each) for each in under if each] == [2]


def test_a_result_file_is_not_written_for_it(tmp_path: Path) -> None:
    file = alone(tmp_path, UNDECLARED)
    quick("odds", file, "--output", tmp_path / "odds.txt")
    assert not (tmp_path / "odds.txt").exists()


# Members set with a word of confidence


def test_a_member_is_set_as_firmly_as_is_said(tmp_path: Path) -> None:
    sure = ["ALB", "FRA", "GAB", "GBR", "GHA", "IRL", "KEN", "USA"]
    votes = "\n  ".join(f"{code}: yes" for code in sure)
    file = inside(tmp_path, f"default: no\ncountries:\n  RUS: absent\n  CHN: absent\n  {votes}\n")
    (tmp_path / "draft.yaml").write_text(SMALL)
    scenario = tmp_path / "scenario.yaml"
    for said, chance in (("lean yes", "3/4"), ("Firm  yes", "97/100"), ("yes", "1")):
        change = f"set: [{{countries: [MEX], vote: {said}}}]"
        scenario.write_text(f"kind: scenario\nbase: stances.yaml\n{change}\n")
        (found,) = quick("odds", scenario, "--format", "json").data["results"]
        assert found["odds"]["adopted"]["exact"] == chance
        answer = unvote.whatif(file, sets=[f"MEX={said}"])
        assert answer.valid
        assert answer.after is not None
        assert answer.after.case.roll is not None
        assert answer.after.case.roll.named["MEX"] is Vote.YES


def test_votes_that_were_cast_have_no_word() -> None:
    ended = quick("whatif", RECORD, "--set", "IND=lean yes")
    assert ended.code == 2
    assert "error UV110: 'lean yes' is not a vote" in ended.stderr
    assert "words of confidence belong to stances" in ended.stderr
    unknown = quick("whatif", FORECAST, "--set", "IND=frim yes")
    assert "before it one of: firm, pledged, lean" in unknown.stderr


# Words of the command line


@pytest.mark.parametrize(
    "words",
    [["whatif", "--set", "DEU=yes"], ["swing", "--cost", "DEU=3"], ["calls", "--cost", "DEU=3"]],
    ids=str,
)
def test_who_did_not_sit_in_the_council_is_told_so(words: list[str]) -> None:
    command, *more = words
    ended = quick(command, COUNCIL, *more)
    assert ended.code == 2
    assert "UV302: DEU (Germany) did not sit in the Security Council on 2022-02-25" in ended.stderr


def test_a_cost_is_said_once() -> None:
    for more in (["--cost", "IND=3", "--cost", "IND=4"], ["--cost", "IND=3", "--cost", "India=4"]):
        ended = quick("swing", COUNCIL, *more)
        assert (ended.code, ended.stdout) == (2, "")
        assert "twice" in ended.stderr


@pytest.mark.parametrize(
    "words",
    [["--move", "abstain:no:99999999999999"], ["--sweep", "abstain:no:0..9999999"]],
    ids=str,
)
def test_a_number_that_is_too_large_is_called_that(words: list[str]) -> None:
    ended = quick("whatif", RECORD, *words)
    assert ended.code == 2
    assert "is too large\n  hint: at most 999999" in ended.stderr
