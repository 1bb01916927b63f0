"""Names of members on a date, and the facts of the registry they come from."""

import csv
import itertools
import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

import unvote
from unvote.citations import Citation
from unvote.diagnostics import Level, Problem
from unvote.members import Membership
from unvote.resolve.names import Names, fold

RECORDS = Path(__file__).parents[2] / "shared" / "votes" / "names_in_records.csv"
WORLD = unvote.open_world()
NAMES: Names = WORLD.names
SEATS: Membership = WORLD.membership
TODAY = date(2026, 11, 21)
REGIONS = ("AFRICAN", "ASIA-PACIFIC", "EEG", "GRULAC", "WEOG")

# The records put these under a day before the member was admitted: slips in the records' dates.
TOO_EARLY = {"DOMINICA", "JAPAN", "MONGOLIA", "SAMOA", "UNITED ARAB EMIRATES"}


def problems_of(word: str, on: str) -> list[Problem]:
    """What is said of a word that is refused."""
    code, problems = NAMES.find(word, date.fromisoformat(on))
    assert code is None, f"{word} was taken for {code}"
    assert problems, f"{word} was refused without a word"
    return problems


def codes_in(text: str) -> set[str]:
    """The members a hint names."""
    return set(re.findall(r"\b[A-Z]{3}\b", text)) & SEATS.members.keys()


def tally_of(votes: str, day: str = "2022-03-02") -> unvote.Report:
    """The tally of a General Assembly file with these lines of votes."""
    text = f"id: X\nbody: unga\nquestion: important\ndate: {day}\nvotes:\n{votes}"
    return unvote.tally("-", stdin=text.encode())


# --- The spellings of the records ----------------------------------------------------------------


def records() -> list[dict[str, str]]:
    if not RECORDS.exists():
        pytest.skip(f"no bulk records beside the checkout ({RECORDS.parent.name}/)")
    with RECORDS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def seat_of_record(name: str, seat: str, on: date) -> str:
    """The seat of a spelling: Yugoslavia's is another one from November 2000."""
    if name == "YUGOSLAVIA":
        return "YUG" if on <= date(2000, 10, 31) else "SRB"
    return seat


def test_every_spelling_of_the_records_is_its_seat_on_every_date() -> None:
    wrong: list[str] = []
    seen = 0
    for row in records():
        name = row["name_in_record"]
        first, last = (date.fromisoformat(row[key]) for key in ("first_date", "last_date"))
        if name in TOO_EARLY:
            since = SEATS.members[row["iso3_seat"]].period.since
            assert since is not None
            assert first < since, f"{name} is no exception"
            first = since
        for on in {first + (last - first) * part / 6 for part in range(7)}:
            seat = seat_of_record(name, row["iso3_seat"], on)
            if not SEATS.members[seat].sat_on(on) and on not in {first, last}:
                continue  # between two spells of a seat, as Syria's within the UAR
            seen += 1
            code, problems = NAMES.find(name, on, official=True)
            bad = [p.message for p in problems if p.code != "UV202" or p.level is Level.ERROR]
            if code != seat or bad:
                wrong.append(f"{name} on {on}: {code} instead of {seat} {bad}")
    assert not wrong
    assert seen > 1000


def test_a_warning_on_a_spelling_of_the_records_means_it_was_outside_its_period() -> None:
    """At either end of what the records show, a warning names a period without that day."""
    for row in records():
        for key in ("first_date", "last_date"):
            on = date.fromisoformat(row[key])
            code, problems = NAMES.find(row["name_in_record"], on, official=True)
            for problem in problems if code else ():
                entries = NAMES.book.names[fold(row["name_in_record"])]
                assert problem.code == "UV202"
                assert not any(e.period.covers(on) for e in entries if e.code == code)


def test_days_before_admission_are_refused_even_in_the_records() -> None:
    for row in records():
        if row["name_in_record"] in TOO_EARLY:
            on = date.fromisoformat(row["first_date"])
            code, problems = NAMES.find(row["name_in_record"], on, official=True)
            assert code is None
            assert [p.code for p in problems] == ["UV204"]


# --- Spellings in use ----------------------------------------------------------------------------

SPELLINGS = """
Zaire|1990-05-01|COD
ZAIRE|1971-10-27|COD
Zaire|1997-05-16|COD
Congo (Leopoldville)|1961-01-01|COD
Congo (Democratic Republic of)|1966-12-01|COD
Democratic Republic of the Congo|2022-03-02|COD
DR Congo|2022-03-02|COD
D.R. Congo|2022-03-02|COD
DRC|2022-03-02|COD
Congo-Kinshasa|2022-03-02|COD
Congo (Brazzaville)|1965-01-01|COG
Congo-Brazzaville|2022-03-02|COG
Republic of the Congo|2022-03-02|COG
Burma|1970-10-24|MMR
Burma|1989-06-17|MMR
Myanmar|1995-01-01|MMR
Swaziland|1990-01-01|SWZ
SWAZILAND|2018-05-29|SWZ
Eswatini|2022-03-02|SWZ
Turkey|1974-08-16|TUR
Turkey|2022-05-31|TUR
T\u00fcrkiye|2022-10-12|TUR
Tu\u0308rkiye|2022-10-12|TUR
T\u00dcRK\u0130YE|2022-10-12|TUR
Turkiye|2022-10-12|TUR
T\u00dcRK\u00ddYE|2024-05-10|TUR
Czech Republic|1999-03-12|CZE
Czech Republic|2022-03-02|CZE
Czechia|2022-03-02|CZE
Slovak Republic|2010-01-01|SVK
Czechoslovakia|1968-08-21|CSK
Czech and Slovak Federal Republic|1991-06-01|CSK
USSR|1985-03-11|RUS
U.S.S.R.|1985-03-11|RUS
U.S.A.|2022-03-02|USA
U.K.|2022-03-02|GBR
U.A.E.|2022-03-02|ARE
Soviet Union|1956-11-04|RUS
Union of Soviet Socialist Republics|1991-12-23|RUS
Russia|2022-03-02|RUS
Russian Federation|1992-01-31|RUS
Byelorussian SSR|1970-01-01|BLR
Belarus|2022-03-02|BLR
Ukrainian SSR|1970-01-01|UKR
The Ukraine|1990-01-01|UKR
FYROM|2008-04-03|MKD
The former Yugoslav Republic of Macedonia|2018-12-20|MKD
Macedonia|2001-08-13|MKD
North Macedonia|2022-03-02|MKD
Yugoslavia|1999-03-24|YUG
Socialist Federal Republic of Yugoslavia|1985-01-01|YUG
Yugoslavia|2001-12-01|SRB
Serbia and Montenegro|2005-01-01|SRB
Serbia|2022-03-02|SRB
Cote d'Ivoire|2022-03-02|CIV
Cote d\u2019Ivoire|2022-03-02|CIV
C\u00f4te d'Ivoire|2022-03-02|CIV
Co\u0302te d\u2019Ivoire|2022-03-02|CIV
C\u00d4TE D`IVOIRE|2022-03-02|CIV
Ivory Coast|1980-01-01|CIV
St. Kitts|2022-03-02|KNA
St Kitts and Nevis|2022-03-02|KNA
Saint Kitts & Nevis|2022-03-02|KNA
Saint Christopher and Nevis|1984-01-01|KNA
St. Lucia|2022-03-02|LCA
St. Vincent & Grenadines|2022-03-02|VCT
St. Vincent and the Grenadines|2022-03-02|VCT
The Gambia|2022-03-02|GMB
Gambia, The|2022-03-02|GMB
Gambia (Republic of The)|2022-03-02|GMB
Bahamas, The|2022-03-02|BHS
The Bahamas|2022-03-02|BHS
Netherlands (Kingdom of the)|2025-02-24|NLD
The Netherlands|1990-01-01|NLD
Holland|2022-03-02|NLD
Ceylon|1960-01-01|LKA
Siam|1948-01-01|THA
Dahomey|1970-01-01|BEN
Upper Volta|1980-01-01|BFA
Burkina-Faso|2022-03-02|BFA
Cape Verde|2000-01-01|CPV
Cabo Verde|2022-03-02|CPV
Khmer Republic|1973-01-01|KHM
Democratic Kampuchea|1985-01-01|KHM
Cambodia|1960-01-01|KHM
Libyan Arab Jamahiriya|2000-01-01|LBY
Federation of Malaya|1960-01-01|MYS
Maldive Islands|1966-01-01|MDV
Malagasy Republic|1970-01-01|MDG
Tanganyika|1963-01-01|TZA
Zanzibar|1964-01-01|EAZ
United Republic of Tanganyika and Zanzibar|1964-06-01|TZA
Tanzania|2022-03-02|TZA
United Arab Republic|1960-01-01|EGY
UAR|1967-06-14|EGY
Syria|1957-01-01|SYR
Syrian Arab Republic|2022-03-02|SYR
Central African Empire|1978-01-01|CAF
Democratic Yemen|1985-01-01|YMD
South Yemen|1985-01-01|YMD
Southern Yemen|1969-01-01|YMD
Yemen Arab Republic|1985-01-01|YEM
Yemen|2022-03-02|YEM
West Germany|1985-01-01|DEU
Germany, Federal Republic of|1985-01-01|DEU
Germany|1991-01-01|DEU
East Germany|1985-01-01|DDR
German Democratic Republic|1990-10-02|DDR
GDR|1980-01-01|DDR
Union of South Africa|1950-01-01|ZAF
China|1960-01-01|CHN
Republic of China|1960-01-01|CHN
People's Republic of China|2022-03-02|CHN
North Korea|2022-03-02|PRK
DPRK|2022-03-02|PRK
Democratic People's Republic of Korea|1995-01-01|PRK
Korea, North|2022-03-02|PRK
Korea, Republic of|2022-03-02|KOR
Congo, Democratic Republic of the|2022-03-02|COD
Tanzania, United Republic of|2022-03-02|TZA
South Korea|2022-03-02|KOR
Korea (Republic of)|2022-03-02|KOR
Korea, South|2022-03-02|KOR
Viet Nam|2022-03-02|VNM
Vietnam|2022-03-02|VNM
Laos|2022-03-02|LAO
Lao PDR|2022-03-02|LAO
Timor Leste|2022-03-02|TLS
East Timor|2005-01-01|TLS
Sao Tome & Principe|2022-03-02|STP
S\u00e3o Tom\u00e9 and Pr\u00edncipe|2022-03-02|STP
Bosnia & Herzegovina|2022-03-02|BIH
Trinidad & Tobago|2022-03-02|TTO
Antigua & Barbuda|2022-03-02|ATG
Guinea|2022-03-02|GIN
Guinea Bissau|2022-03-02|GNB
Equatorial Guinea|2022-03-02|GNQ
Papua New Guinea|2022-03-02|PNG
Micronesia|2022-03-02|FSM
Micronesia (Federated States of)|2022-03-02|FSM
Dominica|2022-03-02|DMA
Dominican Republic|2022-03-02|DOM
Niger|2022-03-02|NER
Nigeria|2022-03-02|NGA
Bolivia|1970-01-01|BOL
Iran|2022-03-02|IRN
Venezuela|2022-03-02|VEN
UK|2022-03-02|GBR
Great Britain|2022-03-02|GBR
US|2022-03-02|USA
UAE|2022-03-02|ARE
Brunei|2022-03-02|BRN
Moldova|2022-03-02|MDA
South Sudan|2022-03-02|SSD
\u00c9tats-Unis d\u2019Am\u00e9rique|2022-03-02|USA
NOR|2022-03-02|NOR
nor|2022-03-02|NOR
  france  |2022-03-02|FRA
FR|2022-03-02|FRA
NA|2022-03-02|NAM
NAM|2022-03-02|NAM
"""
CASES = [line.split("|") for line in SPELLINGS.splitlines() if line]


def test_the_list_of_spellings_is_long_and_says_nothing_twice() -> None:
    assert len(CASES) > 100
    assert len({(name, on) for name, on, _ in CASES}) == len(CASES)


@pytest.mark.parametrize("name", ["Korea, DPR", "DPR Korea", "Korea, D.P.R."])
def test_a_short_form_of_the_democratic_republic_means_the_north(name: str) -> None:
    assert NAMES.find(name, TODAY) == ("PRK", [])


@pytest.mark.parametrize(("name", "on", "code"), CASES)
def test_a_spelling_means_its_seat_without_a_word_said(name: str, on: str, code: str) -> None:
    assert NAMES.find(name, date.fromisoformat(on)) == (code, [])


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("Zaire", "2022-03-02", "COD"),
        ("Burma", "2022-03-02", "MMR"),
        ("Swaziland", "2018-05-30", "SWZ"),
        ("Turkey", "2022-06-01", "TUR"),
        ("USSR", "2022-03-02", "RUS"),
        ("FYROM", "2022-03-02", "MKD"),
        ("Ivory Coast", "2022-03-02", "CIV"),
        ("Yugoslavia", "2004-01-01", "SRB"),
        ("Dahomey", "1976-01-01", "BEN"),
    ],
)
def test_an_outdated_name_is_understood_with_a_warning(name: str, on: str, code: str) -> None:
    found, problems = NAMES.find(name, date.fromisoformat(on))
    assert found == code
    assert [(p.code, p.level) for p in problems] == [("UV202", Level.WARNING)]
    assert code in problems[0].hint


def test_every_member_is_found_by_all_its_names_of_today_in_any_writing() -> None:
    for code in SEATS.on(TODAY):
        member = SEATS.members[code]
        for text in {member.name, member.short, member.name.upper(), f" {member.name.lower()} "}:
            assert NAMES.find(text, TODAY, official=True) == (code, []), text


def test_every_seat_is_found_by_its_code_on_its_first_and_last_day_and_not_beyond() -> None:
    for code, member in SEATS.members.items():
        first, last = member.period.since, member.period.until or TODAY
        assert first is not None
        assert NAMES.find(code, first) == (code, [])
        assert NAMES.find(code, last) == (code, [])
        assert [p.code for p in problems_of(code, str(first - timedelta(1)))] == ["UV204"]


# --- Refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "on", "candidates"),
    [
        ("Korea", "2022-03-02", {"KOR", "PRK"}),
        ("KOREA", "1992-01-01", {"KOR", "PRK"}),
        ("Congo", "2022-03-02", {"COG", "COD"}),
        ("Republic of the Congo", "1965-01-01", {"COG", "COD"}),
        ("Germany", "1980-01-01", {"DEU", "DDR"}),
        ("Rhodesia", "2022-03-02", {"ZWE", "ZMB"}),
        ("Guiana", "2022-03-02", {"GUY", "SUR"}),
    ],
)
def test_an_ambiguous_word_is_refused_with_its_candidates(
    name: str, on: str, candidates: set[str]
) -> None:
    (problem,) = problems_of(name, on)
    assert problem.code == "UV203"
    assert codes_in(problem.message) == candidates
    assert codes_in(problem.hint) == candidates


def test_in_an_official_record_the_official_name_wins_over_the_doubt() -> None:
    assert NAMES.find("CONGO", date(2022, 3, 2), official=True) == ("COG", [])
    code, problems = NAMES.find("Korea", date(2022, 3, 2), official=True)
    assert code is None
    assert [p.code for p in problems] == ["UV203"]


@pytest.mark.parametrize(
    ("name", "on", "said"),
    [
        ("Republic of China", "2022-03-02", "1945-10-24..1971-10-24"),
        ("People's Republic of China", "1970-11-20", "1971-10-25.."),
        ("PRC", "1971-10-24", "1971-10-25.."),
        ("CSK", "2022-03-02", "its seat ended on 1992-12-31"),
        ("Czechoslovakia", "1993-01-01", "its seat ended on 1992-12-31"),
        ("YUG", "2000-11-01", "its seat ended on 2000-10-31"),
        ("East Germany", "1990-10-03", "its seat ended on 1990-10-02"),
        ("South Sudan", "2010-01-01", "it was admitted on 2011-07-14"),
        ("CHE", "2002-09-09", "it was admitted on 2002-09-10"),
        ("Syria", "1960-01-01", "its seat was not filled in 1958-02-21..1961-10-12"),
        ("IDN", "1965-06-01", "its seat was not filled in 1965-03-01..1966-09-27"),
        ("Germany", "1960-01-01", "it was admitted on 1973-09-18"),
    ],
)
def test_no_member_then_is_refused_with_the_reason(name: str, on: str, said: str) -> None:
    (problem,) = problems_of(name, on)
    assert problem.code == "UV204"
    assert said in problem.message


@pytest.mark.parametrize(
    ("name", "on", "heirs"),
    [
        ("CSK", "2022-03-02", {"CZE", "SVK"}),
        ("YUG", "2022-03-02", {"BIH", "HRV", "MKD", "MNE", "SRB", "SVN"}),
        ("YUG", "2001-01-01", {"BIH", "HRV", "MKD", "SRB", "SVN"}),
        ("Democratic Yemen", "1990-05-22", {"YEM"}),
        ("Zanzibar", "1964-05-01", {"TZA"}),
        ("DDR", "1990-10-03", {"DEU"}),
    ],
)
def test_the_successors_of_an_ended_seat_are_named(name: str, on: str, heirs: set[str]) -> None:
    (problem,) = problems_of(name, on)
    assert codes_in(problem.hint) == heirs


@pytest.mark.parametrize(("word", "meant"), [("GER", "DEU"), ("SUI", "CHE"), ("ZAR", "COD")])
def test_a_code_of_another_list_is_refused_with_the_right_one(word: str, meant: str) -> None:
    (problem,) = problems_of(word, "2022-03-02")
    assert (problem.code, codes_in(problem.hint)) == ("UV201", {meant})


def test_no_other_lists_code_is_ever_taken_for_a_member() -> None:
    for word, (meant, _) in NAMES.book.not_codes.items():
        (problem,) = problems_of(word, str(TODAY))
        assert problem.code == "UV201"
        assert meant in SEATS.members
        assert meant in problem.hint


@pytest.mark.parametrize(
    "word",
    [
        *("Taiwan", "Chinese Taipei", "Kosovo", "Palestine", "State of Palestine", "PSE"),
        *("Holy See", "Vatican", "Cook Islands", "Niue", "Western Sahara", "Hong Kong"),
        *("Virgin Islands", "Puerto Rico", "England", "Scotland", "Northern Ireland", "Greenland"),
    ],
)
def test_what_is_no_member_is_refused_with_the_reason(word: str) -> None:
    (problem,) = problems_of(word, "2022-03-02")
    assert problem.code == "UV201"
    reason = NAMES.book.strangers[fold(word)].removeprefix("no member: ").rstrip(".")
    assert problem.message == f"'{word}' has no vote: {reason}"
    assert len(reason) > 10
    assert problem.hint == "take it out"


@pytest.mark.parametrize("word", ["EU", "European Union", "NATO", "G77", "African Union", "AU"])
def test_a_group_is_no_member(word: str) -> None:
    (problem,) = problems_of(word, "2022-03-02")
    assert problem.code == "UV201"
    assert "is a group" in problem.message


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("Austrlia", "AUS"),
        ("Nigera", "NGA"),
        ("Mexcio", "MEX"),
        ("Noth Korea", "PRK"),
        ("Sweeden", "SWE"),
        ("Slovania", "SVN"),
        ("Irak", "IRQ"),
        ("Austira", "AUT"),
        ("Zimbabwee", "ZWE"),
        ("Phillipines", "PHL"),
        ("Kazahkstan", "KAZ"),
        ("Columbia", "COL"),
    ],
)
def test_an_unknown_name_is_never_guessed_but_the_near_ones_are_offered(
    word: str, near: str
) -> None:
    (problem,) = problems_of(word, "2022-03-02")
    assert problem.code == "UV201"
    assert near in codes_in(problem.hint)


def test_one_letter_dropped_from_a_name_never_makes_another_members_name() -> None:
    """Of all names of today with one letter missing, none is read as some other seat."""
    taken: list[str] = []
    for code in sorted(SEATS.on(TODAY)):
        name = SEATS.members[code].short
        for cut in range(len(name)):
            word = name[:cut] + name[cut + 1 :]
            if fold(word) in NAMES.book.names or word.upper() in SEATS.members:
                found, _ = NAMES.find(word, TODAY)
                taken += [f"{word}: {found}, not {code}"] if found not in {code, None} else []
    assert not taken


@pytest.mark.parametrize("word", ["", "   ", "?", "...", "Atlantis", "the", "42", "\x1b[31m"])
def test_what_is_no_name_at_all_is_refused(word: str) -> None:
    assert [p.code for p in problems_of(word, "2022-03-02")] == ["UV201"]


# --- Codes of two letters, and Norway ------------------------------------------------------------


def test_codes_of_two_letters_are_taken_in_capitals_unless_they_are_a_vote_or_a_group() -> None:
    for two, code in NAMES.book.iso2.items():
        found, problems = NAMES.find(two, TODAY)
        if two == "NO":
            assert found == "NOR"
            assert [p.code for p in problems] == ["UV101"]
        elif NAMES.group(two) is not None:
            assert found is None
            assert "is a group" in problems[0].message
        else:
            assert (found, problems) == (code, [])


@pytest.mark.parametrize("word", ["fr", "de", "in", "is", "no", "No", "Fr"])
def test_codes_of_two_letters_in_small_letters_are_words_and_refused(word: str) -> None:
    assert {p.code for p in problems_of(word, "2022-03-02")} == {"UV201"}


def test_a_two_letter_code_that_is_also_a_groups_alias_is_refused() -> None:
    """`EC` is Ecuador's code and was the European Communities."""
    doubtful = {two for two in NAMES.book.iso2 if NAMES.group(two) is not None}
    assert "EC" in doubtful
    for two in doubtful:
        (problem,) = problems_of(two, str(TODAY))
        assert (problem.code, "is a group" in problem.message) == ("UV201", True)


def test_no_in_capitals_in_a_list_is_norway_with_a_warning() -> None:
    report = tally_of("  yes: [SWE, NO, DNK]\n")
    (problem,) = (p for p in report.problems if p.problem.code == "UV101")
    assert problem.problem.level is Level.WARNING
    assert "NOR" in problem.problem.hint
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (6, 14)
    assert report.valid
    roll = report.results[0].case.roll
    assert roll is not None
    assert roll.who(unvote.Vote.YES) == ("DNK", "NOR", "SWE")


@pytest.mark.parametrize("word", ["no", "No", "'no'", "yes", "abstain"])
def test_a_vote_where_a_member_belongs_is_an_error(word: str) -> None:
    report = tally_of(f"  yes: [SWE, {word}, DNK]\n")
    assert [(d.problem.code, d.problem.level) for d in report.problems] == [("UV101", Level.ERROR)]
    assert "NOR" in report.problems[0].problem.hint
    assert not report.results


def test_norway_can_vote_no_and_its_key_is_a_member() -> None:
    for key in ("NOR", "Norway", "norway"):
        report = tally_of(f"  {key}: no\n  SWE: yes\n")
        assert not report.problems
        roll = report.results[0].case.roll
        assert roll is not None
        assert roll.who(unvote.Vote.NO) == ("NOR",)


# --- The registry --------------------------------------------------------------------------------


def test_there_are_193_members_and_five_ended_seats() -> None:
    assert len(SEATS.on(TODAY)) == 193
    ended = {code for code, member in SEATS.members.items() if member.period.until}
    assert ended == {"CSK", "DDR", "EAZ", "YMD", "YUG"}
    assert not WORLD.diagnostics


@pytest.mark.parametrize(
    ("on", "members"),
    [
        ("1945-12-31", 51),
        ("1955-12-31", 76),
        ("1960-12-31", 99),
        ("1965-02-28", 115),
        ("1973-12-31", 135),
        ("1990-12-31", 159),
        ("2002-12-31", 191),
        ("2011-12-31", 193),
    ],
)
def test_the_number_of_members_grows_as_it_did(on: str, members: int) -> None:
    assert len(SEATS.on(date.fromisoformat(on))) == members


def test_the_regional_groups_partition_the_members() -> None:
    groups = [SEATS.groups[name].on(TODAY) for name in REGIONS]
    for one, other in itertools.combinations(groups, 2):
        assert not one & other
    assert frozenset[str]().union(*groups) == SEATS.on(TODAY)
    assert [len(group) for group in groups] == [54, 54, 23, 33, 29]


def test_a_members_region_is_the_regional_group_it_is_in() -> None:
    for code in SEATS.on(TODAY):
        region = SEATS.members[code].region
        assert region in REGIONS
        assert code in SEATS.groups[region].on(TODAY), code


def test_no_member_is_ever_in_two_regional_groups() -> None:
    for year in range(1964, 2027):
        on = date(year, 7, 1)
        listed = [code for name in REGIONS for code in SEATS.groups[name].on(on)]
        assert len(listed) == len(set(listed)), on
        gaps = {code for code, member in SEATS.members.items() if member.interrupted}
        assert set(listed) <= SEATS.on(on) | gaps, on


ACCESSIONS = {
    "1958-01-01": "BEL DEU FRA ITA LUX NLD",
    "1973-01-01": "DNK GBR IRL",
    "1981-01-01": "GRC",
    "1986-01-01": "ESP PRT",
    "1995-01-01": "AUT FIN SWE",
    "2004-05-01": "CYP CZE EST HUN LTU LVA MLT POL SVK SVN",
    "2007-01-01": "BGR ROU",
    "2013-07-01": "HRV",
}


@pytest.mark.parametrize(("on", "joined"), ACCESSIONS.items())
def test_every_accession_to_the_european_union(on: str, joined: str) -> None:
    union, day = SEATS.groups["EU"], date.fromisoformat(on)
    assert union.on(day) - union.on(day - timedelta(1)) == set(joined.split())


def test_the_european_union_before_and_after_the_withdrawal() -> None:
    union = SEATS.groups["EU"]
    assert len(union.on(date(2020, 1, 31))) == 28
    assert union.on(date(2020, 1, 31)) - union.on(date(2020, 2, 1)) == {"GBR"}
    assert {str(spell.period.since) for spell in union.spells} == ACCESSIONS.keys()
    assert len(union.on(TODAY)) == 27


@pytest.mark.parametrize(
    ("group", "member", "first_day"),
    [
        ("NATO", "FIN", "2023-04-04"),
        ("NATO", "SWE", "2024-03-07"),
        ("NATO", "MKD", "2020-03-27"),
        ("BRICS", "IDN", "2025-01-06"),
        ("ASEAN", "TLS", "2025-10-26"),
        ("P5", "CHN", "1945-10-24"),
    ],
)
def test_the_first_day_in_a_group(group: str, member: str, first_day: str) -> None:
    day = date.fromisoformat(first_day)
    assert member in SEATS.groups[group].on(day)
    assert member not in SEATS.groups[group].on(day - timedelta(1))


def test_the_permanent_five() -> None:
    assert SEATS.groups["P5"].on(TODAY) == {"CHN", "FRA", "GBR", "RUS", "USA"}


def test_the_names_of_groups_are_no_names_of_members() -> None:
    """The Non-Aligned share three letters with Namibia, which has them in a list of members."""
    names, groups = NAMES.book.names.keys(), NAMES.book.groups
    assert SEATS.groups.keys() & SEATS.members.keys() == {"NAM"}
    assert NAMES.group("NON-ALIGNED") == "NAM"
    assert not groups.keys() & names
    assert not groups.keys() & NAMES.book.ambiguous.keys()
    assert not groups.keys() & NAMES.book.strangers.keys()
    assert not {word.casefold() for word in NAMES.book.not_codes} & (groups.keys() | names)


def test_no_name_belongs_to_two_seats_at_once() -> None:
    for folded, entries in NAMES.book.names.items():
        for one, other in itertools.combinations(entries, 2):
            if one.code != other.code:
                assert folded == "yugoslavia"
                assert {one.code, other.code} == {"YUG", "SRB"}


def test_two_spells_of_one_member_in_a_group_do_not_overlap() -> None:
    for group in SEATS.groups.values():
        for one, other in itertools.combinations(group.spells, 2):
            if one.member == other.member:
                early, late = sorted((one.period, other.period), key=lambda p: str(p.since))
                assert early.until is not None, (group.code, one.member)
                assert late.since is not None
                assert early.until < late.since, (group.code, one.member)


def test_members_of_groups_are_not_listed_beyond_the_end_of_their_seat() -> None:
    for group in SEATS.groups.values():
        for spell in group.spells:
            last = SEATS.members[spell.member].period.until
            end = spell.period.until
            assert last is None or (end is not None and end <= last), (group.code, spell.member)


def citations() -> Iterable[tuple[str, Citation | None]]:
    """Every citation of the registry, with where it stands."""
    for group in SEATS.groups.values():
        for spell in (*group.spells, *group.suspensions):
            yield f"{group.code} {spell.member}", spell.source
    for arrears in SEATS.arrears:
        yield f"Article 19 {arrears.member} {arrears.period}", arrears.source


def test_every_group_row_and_loss_of_vote_has_a_source_or_says_it_was_not_seen() -> None:
    for where, source in citations():
        assert source is not None, where
        assert source.text == " ".join(source.text.split()), where
        assert not re.fullmatch(r"[a-z0-9+-]+", source.text), f"{where}: a key of no source"
        assert len(source.text) >= 6, where
        assert str(source).endswith("(not seen at a source)") is not source.seen, where


def test_precisions_are_of_the_four_kinds() -> None:
    kinds = {spell.precision for group in SEATS.groups.values() for spell in group.spells}
    assert kinds == {"day", "year", "approx", "convention"}


# --- Article 19 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "barred"),
    [
        ("2022-03-02", "VEN"),
        ("2022-04-07", "VEN"),
        ("2022-10-12", "VEN"),
        ("2022-11-14", "VEN"),
        ("2023-12-12", "VEN"),
        ("2025-02-24", "AFG BOL COG ECU GNB VEN"),
    ],
)
def test_who_had_no_vote_under_article_19(on: str, barred: str) -> None:
    found = SEATS.without_vote_on(date.fromisoformat(on))
    assert sorted(found) == barred.split()
    assert all(entry.source for entry in found.values())


@pytest.mark.parametrize("on", ["2022-03-02", "2022-11-14"])
def test_the_members_let_vote_all_the_same(on: str) -> None:
    day = date.fromisoformat(on)
    exempt = {a.member for a in SEATS.arrears if a.exempt and a.period.covers(day)}
    assert exempt == {"COM", "SOM", "STP"}
    assert not exempt & SEATS.without_vote_on(day).keys()


def test_a_loss_of_vote_counts_in_the_assembly_only() -> None:
    assembly, council = WORLD.body("unga")[0], WORLD.body("unsc")[0]
    assert assembly is not None
    assert council is not None
    assert assembly.article_19
    assert not council.article_19


def test_nobody_loses_its_vote_before_it_is_a_member() -> None:
    for entry in SEATS.arrears:
        assert entry.period.since is not None
        assert SEATS.members[entry.member].sat_on(entry.period.since)
