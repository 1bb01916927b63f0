"""Every code a problem can have: what it is about, why it matters, and its cure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from unvote.diagnostics import Level


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `level` is the usual one; some codes come as an error and as a warning."""

    code: str
    title: str
    why: str
    cure: str
    level: Level = Level.ERROR


FAMILIES: Final = MappingProxyType(
    {
        "UV1": "Form: the file as YAML, and the shape of the document",
        "UV2": "Names of members and groups",
        "UV3": "Votes, rules and bodies",
        "UV4": "Stances and scenarios",
        "UV5": "Expectations",
    }
)

W: Final = Level.WARNING
_ENTRIES: Final = (
    Entry(
        "UV101",
        "A vote where a member belongs",
        "`NO` is both a vote and Norway's two-letter code; YAML readers even make it `false`.",
        "Write `NOR`. Members are best written by their three-letter codes.",
        W,
    ),
    Entry(
        "UV102",
        "The same key or entry twice",
        "Most YAML readers keep the second and lose the first without a word.",
        "Keep one of the two.",
    ),
    Entry(
        "UV103",
        "An anchor, alias, tag or merge key",
        "They make a file say more than can be read in it, and some readers crash on them.",
        "Write the value out; groups and `otherwise:` say things once.",
    ),
    Entry(
        "UV104",
        "Not a date",
        "The rule in force and the membership hang on the date; 03/02/2022 is two dates.",
        "Write it as 2022-03-02. A period ends after it begins.",
    ),
    Entry(
        "UV105",
        "A tab as indentation",
        "YAML forbids it, and editors show it at different widths.",
        "Use spaces.",
    ),
    Entry(
        "UV106",
        "An unknown key",
        "A misspelt key would silently do nothing.",
        "Correct the spelling, or take it out.",
    ),
    Entry(
        "UV107",
        "Not plain UTF-8 text",
        "Programs disagree on what other bytes and control characters mean.",
        "Save the file as UTF-8 and delete invisible characters.",
    ),
    Entry(
        "UV108",
        "Too deep, too large or too many problems",
        "No vote file needs it; such files are made to stop a program.",
        "Check that it is the right file; `--big` reads large ones.",
    ),
    Entry(
        "UV109",
        "Not YAML",
        "The file cannot be read at all from that place on.",
        "Look for a missing space after a colon, an open bracket or quote, or text that needs "
        "quotes.",
    ),
    Entry(
        "UV110",
        "A value that does not fit",
        "What stands there is not what the key is for.",
        "Write what the hint says is expected.",
    ),
    Entry(
        "UV111",
        "Something is missing",
        "An empty value is never taken for an abstention, nor for anything else.",
        "Write it out; write 0 or [] where there is none.",
    ),
    Entry(
        "UV112",
        "Several documents in one file",
        "Most readers see only the first.",
        "Put each in a file of its own.",
    ),
    Entry(
        "UV113",
        "Nothing to read",
        "The file cannot be opened, or the folder holds no document of the kind wanted.",
        "Check the path.",
    ),
    Entry(
        "UV114",
        "A silence without a code or a reason",
        "A problem nobody remembers the reason of is not solved.",
        "Write `# unvote: ignore UV402 - the reason`.",
    ),
    Entry(
        "UV115",
        "A silence that silences nothing",
        "It would hide the next problem of that line.",
        "Take it out.",
        W,
    ),
    Entry(
        "UV201",
        "Not the name of a member",
        "A near name is never taken: Austria is not Australia.",
        "Write the three-letter code; `unvote members` looks names up.",
    ),
    Entry(
        "UV202",
        "A name not in use on that date",
        "The seat is plain, but the name was another one then.",
        "Write the code.",
        W,
    ),
    Entry(
        "UV203",
        "A name that could be several members",
        "Korea is two members, Congo is two members; a guess would be a wrong vote.",
        "Write the code of the one you mean.",
    ),
    Entry(
        "UV204",
        "Not a member on that date",
        "It had not been admitted, or its seat had ended.",
        "Check the date, or name the successor.",
    ),
    Entry(
        "UV205",
        "Not a group",
        "Its members cannot be told.",
        "`unvote groups` lists the groups.",
    ),
    Entry(
        "UV206",
        "Two groups of one size disagree",
        "A member of both would have two stances.",
        "Write the member's own stance.",
    ),
    Entry(
        "UV207",
        "An exception outside its group",
        "The exception does nothing: the member was not in the group on that day.",
        "Move it to `countries`, or check the date.",
    ),
    Entry(
        "UV301",
        "Counted twice",
        "A member has one vote; the second entry never replaces the first.",
        "Keep the vote it cast.",
    ),
    Entry(
        "UV302",
        "Not a member of the body on that date",
        "Its vote cannot be counted.",
        "`unvote bodies BODY --on DATE` says who sat.",
    ),
    Entry(
        "UV303",
        "A member that had lost its vote",
        "Two years in arrears: no vote in the Assembly (UN Charter, Art. 19). A recorded vote "
        "stands all the same; a stance is not counted.",
        "Check the record and the list of arrears.",
        W,
    ),
    Entry(
        "UV304",
        "Counts that do not fit the membership",
        "More votes than members, or totals that do not add up.",
        "Check the counts and the date.",
    ),
    Entry(
        "UV305",
        "Names that do not fit the counts",
        "More members are named under a vote than the counts say.",
        "Correct the names or the counts.",
    ),
    Entry(
        "UV306",
        "A decimal threshold",
        "0.667 is not two-thirds: it fails votes that reached exactly two-thirds.",
        "Write the fraction, as 2/3, or a percentage.",
    ),
    Entry(
        "UV307",
        "No rule, or two rules, on a date",
        "On every date a question has exactly one rule.",
        "Mend `since:` and `until:`, or check the date of the vote.",
    ),
    Entry(
        "UV308",
        "A sponsor votes no on its own text",
        "It happens after amendments; more often a name has slipped.",
        "Check the vote and the sponsors.",
        W,
    ),
    Entry(
        "UV309",
        "Parties to the dispute",
        "Under `party-to-dispute` they had to abstain (UN Charter, Art. 27(3)) and their votes are "
        "not counted; under any other question naming them changes nothing.",
        "Check `parties:` and the question.",
        W,
    ),
    Entry(
        "UV310",
        "The question is not declared, and it matters",
        "Simple majority or two-thirds: the verdict differs.",
        "Add `question:`.",
    ),
    Entry(
        "UV311",
        "No weights on that date",
        "A rule by population or quota cannot be applied without them.",
        "Give them in a body file of your own.",
    ),
    Entry(
        "UV312",
        "The roster of that date is not known",
        "Names cannot be checked against it.",
        "Give totals under `counts:`.",
    ),
    Entry(
        "UV313",
        "Not a question of the body",
        "Its rule cannot be told.",
        "`unvote bodies BODY` lists the questions.",
    ),
    Entry(
        "UV314",
        "Not a body",
        "Neither a shipped body nor one of your own has that name.",
        "`unvote bodies` lists them; `--bodies DIR` adds yours.",
    ),
    Entry(
        "UV315",
        "A condition that cannot be read",
        "Whether the step is taken cannot be told.",
        "Write `step is adopted`, joined by `and`, `or` and parentheses.",
    ),
    Entry(
        "UV316",
        "No such step before this one",
        "A step can only hang on steps before it.",
        "Check the id and the order of the steps.",
    ),
    Entry(
        "UV317",
        "A casting vote without effect",
        "The body's rule on ties knows no casting vote.",
        "Leave it out, or correct the body.",
        W,
    ),
    Entry(
        "UV401",
        "A stance without a source",
        "Nobody can ask again, or judge how far to trust it.",
        "Add `source: {who: ..., how: ..., on: ...}`.",
        W,
    ),
    Entry(
        "UV402",
        "A stale stance",
        "It is older than the limit the file or the command sets.",
        "Ask again, and write the new date.",
        W,
    ),
    Entry(
        "UV403",
        "Stances on a version that is gone",
        "The text has changed since they were given.",
        "Ask again, or state the new version.",
        W,
    ),
    Entry(
        "UV404",
        "Only a signal",
        "A firm word needs somebody who may give it.",
        "Write `lean`, or get the word.",
        W,
    ),
    Entry(
        "UV405",
        "A friend votes the other way",
        "A member leaves a friendly group for the other side: a vote lost twice.",
        "Check the stance.",
        W,
    ),
    Entry(
        "UV406",
        "Members that follow each other in a circle",
        "Nobody in the circle has a stance of its own.",
        "Give one of them its own stance.",
    ),
    Entry(
        "UV407",
        "Chances that do not add up to 100%",
        "Some outcome would be left out, or counted twice.",
        "Give every vote its chance.",
    ),
    Entry(
        "UV408",
        "A file that is named cannot be used",
        "The base, the resolution or the step cannot be read or decided.",
        "Mend that file, or the path, which is taken from the folder of this one.",
    ),
    Entry(
        "UV409",
        "More members moved than there are",
        "Nobody can leave a vote that nobody cast; a sweep has bounds.",
        "Lower the number.",
    ),
    Entry(
        "UV501",
        "Another verdict than expected",
        "The file's own test fails.",
        "Correct the expectation, the votes or the question.",
    ),
    Entry(
        "UV502",
        "Other counts than expected",
        "The votes listed do not give the counts the file states.",
        "Look for a member missing or listed under the wrong vote.",
    ),
    Entry(
        "UV503",
        "Another need, figure or cause than expected",
        "The rule or the base is not the one the author had in mind.",
        "`unvote explain` shows each test with its article.",
    ),
)

CATALOGUE: Final[Mapping[str, Entry]] = MappingProxyType({e.code: e for e in _ENTRIES})
