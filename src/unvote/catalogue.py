"""Every code a problem can have: what it is about, why it matters, and its cure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from unvote.diagnostics import Level


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `level` is the usual one; with `both` it comes as the other level too."""

    code: str
    title: str
    why: str
    cure: str
    level: Level = Level.ERROR
    both: bool = False


FAMILIES: Final = MappingProxyType(
    {
        "UV1": "Form: the file as YAML, and the shape of the document",
        "UV2": "Names of members and groups",
        "UV3": "Votes, rules and bodies",
        "UV4": "Stances and scenarios",
        "UV5": "Expectations",
        "UV6": "Data of other programs",
    }
)

W: Final = Level.WARNING
_ENTRIES: Final = (
    Entry(
        "UV101",
        "A vote where a member belongs",
        "`NO` is Norway's two-letter code and a vote, and many YAML readers make it `false`. "
        "Where only a member can stand it is read as Norway, with a warning. Any other vote "
        "word among members is an error.",
        "Write `NOR`: members are best written by their three-letter codes.",
        both=True,
    ),
    Entry(
        "UV102",
        "The same entry twice",
        "Most YAML readers keep the second of two equal keys and lose the first without a word. "
        "Here the first stands, and nothing is lost in silence.",
        "Keep one of the two.",
    ),
    Entry(
        "UV103",
        "An anchor, alias, tag or merge key",
        "They make a file say more than can be read in it, change what a value is, and have "
        "been used to stop programs. No vote file needs them.",
        "Write the value out. Groups, `otherwise:` and `default:` say things once.",
    ),
    Entry(
        "UV104",
        "Not a date",
        "The membership and the rule in force hang on the date, and 03/02/2022 is two different "
        "days. A period that ends before it begins is no period.",
        "Write the date as 2022-03-02.",
    ),
    Entry(
        "UV105",
        "A tab as indentation",
        "YAML forbids it, for editors show a tab at different widths.",
        "Use spaces.",
    ),
    Entry(
        "UV106",
        "An unknown key",
        "A misspelt key would do nothing, and nobody would notice.",
        "Correct its spelling, or take it out.",
    ),
    Entry(
        "UV107",
        "Not plain UTF-8 text",
        "Programs disagree on what other bytes and invisible characters mean: two readers would "
        "see two files.",
        "Save the file as UTF-8, and delete invisible characters.",
    ),
    Entry(
        "UV108",
        "Too deep, too large, or too many problems",
        "Files nested over 50 deep or larger than 5 MB are not written by hand, and can stop a "
        "program. Of one file, 200 problems are shown.",
        "Check that it is the right file; `--big` reads large ones. Mend the first problems "
        "first: others often go with them.",
    ),
    Entry(
        "UV109",
        "Not YAML",
        "From that place on the file cannot be read, so nothing is said about the rest.",
        "Look for a bracket or a quote left open, a space missing after a colon, or text with "
        "`: ` or ` #` in it that needs quotes.",
    ),
    Entry(
        "UV110",
        "A value that does not fit",
        "What stands there is not what the key is for: a word that is none of those allowed, a "
        "list where text belongs, two things where one is wanted.",
        "Write what the hint says.",
    ),
    Entry(
        "UV111",
        "Something is missing",
        "A vote left empty is not an abstention, and a count left out is not zero. Nothing is "
        "taken for granted.",
        "Write it out: `0`, `[]` or `undecided` where that is meant.",
    ),
    Entry(
        "UV112",
        "Several documents in one file",
        "Many readers see only the first one.",
        "Put each in a file of its own.",
    ),
    Entry(
        "UV113",
        "Nothing to read",
        "The file cannot be opened, or the folder holds no document of the kind wanted. A check "
        "that looks at nothing would pass for ever.",
        "Check the path.",
    ),
    Entry(
        "UV114",
        "A silence without a code or a reason",
        "A silence says which problem is meant and why it may stay, for those who read the file "
        "next year.",
        "Write `# unvote: ignore UV402 - embassy closed until Monday`.",
    ),
    Entry(
        "UV115",
        "A silence that silences nothing",
        "The problem is gone. Left standing, the silence would hide the next one on that line.",
        "Take it out.",
        W,
    ),
    Entry(
        "UV201",
        "Not the name of a member",
        "Names are looked up on the day of the vote, and a near name is never taken: Austria is "
        "not Australia.",
        "Write the three-letter code. `unvote members NAME` looks names up.",
    ),
    Entry(
        "UV202",
        "A name of another time",
        "The seat is plain, but on that day it had another name. The vote is counted.",
        "Write the code, or the name of that day.",
        W,
    ),
    Entry(
        "UV203",
        "A name that could be several members",
        "Korea is two members, and so is Congo. A guess would be a wrong vote. `NAM` is a member "
        "and a group: where both could stand it is the member, with a warning.",
        "Write the code of the one you mean, or the full name of the group.",
        both=True,
    ),
    Entry(
        "UV204",
        "Not a member on that date",
        "It had not been admitted yet, or its seat had ended or passed to another.",
        "Check the date of the vote, or name the member that held the seat.",
    ),
    Entry(
        "UV205",
        "Not a group",
        "Nobody can tell who is in it.",
        "`unvote groups` lists the groups. Single members go under `countries`.",
    ),
    Entry(
        "UV206",
        "Two groups of one size disagree",
        "Of several groups the smallest speaks for a member. Here two of one size give it "
        "different stances.",
        "Write the member's own stance under `countries`.",
    ),
    Entry(
        "UV207",
        "An exception for a member outside the group",
        "It does nothing: the member was not in the group on that day.",
        "Move it to `countries`, or check the date. `unvote groups GROUP --on DATE` says who "
        "was in.",
    ),
    Entry(
        "UV301",
        "Counted twice",
        "A member has one vote. Two spellings of one member are one member, and the second "
        "entry never replaces the first. Listed twice where nothing is counted, it is only a "
        "warning.",
        "Keep the vote it cast, and delete the other.",
        both=True,
    ),
    Entry(
        "UV302",
        "Not a member of the body on that date",
        "It did not sit in the body on that day, or did not take part, so its vote cannot be "
        "counted.",
        "Check the date, or take it out. `unvote bodies BODY --on DATE` says who sat.",
    ),
    Entry(
        "UV303",
        "A member without a vote",
        "A member two years in arrears has no vote in the Assembly (UN Charter, Art. 19). A "
        "vote on the record stands all the same, and a stance is not counted, both with a "
        "warning. It is an error where the file contradicts itself, or the body knows no such "
        "rule.",
        "Check the record and the list of arrears. Elsewhere, members that take no part go "
        "under `not_participating`.",
        W,
        both=True,
    ),
    Entry(
        "UV304",
        "Counts that do not fit the membership",
        "More votes than members, fewer present than voted, or totals that do not add up.",
        "Check the counts and the date.",
    ),
    Entry(
        "UV305",
        "Names that do not fit the counts",
        "More members are named for a vote than its count says.",
        "Correct the names or the counts.",
    ),
    Entry(
        "UV306",
        "A decimal threshold",
        "0.667 is not two-thirds: votes that reached exactly two-thirds would fail by it.",
        "Write the fraction, as `2/3`, or a percentage, as `55%`.",
    ),
    Entry(
        "UV307",
        "No rule, or two rules, on a date",
        "On every date a question has exactly one rule, and a body at most one default question.",
        "Mend `since:` and `until:` in the body file, or check the date of the vote.",
    ),
    Entry(
        "UV308",
        "A sponsor votes no on its own text",
        "That happens when a text has been amended against its sponsors. More often a name has "
        "slipped into the wrong list.",
        "Check the vote and the sponsors.",
        W,
    ),
    Entry(
        "UV309",
        "A party to the dispute voted, or need not be named",
        "Under `party-to-dispute` the parties had to abstain (UN Charter, Art. 27(3)), and "
        "their votes are not counted. Under any other question naming them changes nothing.",
        "Check `parties:` and the question.",
        W,
    ),
    Entry(
        "UV310",
        "The question is not declared, and it matters",
        "By a simple majority the verdict is one, by two-thirds another. It is not for a "
        "program to choose.",
        "Add `question:`.",
    ),
    Entry(
        "UV311",
        "No weights on that date",
        "A rule by population or quota cannot be applied without the figures of the day.",
        "Give them in a body file of your own.",
    ),
    Entry(
        "UV312",
        "The roster of that date is not known",
        "Who sat on that day is not in the data, so names cannot be checked against it.",
        "Give totals under `counts:`, or the roster in a body file of your own.",
    ),
    Entry(
        "UV313",
        "Not a question of the body",
        "Which rule applies cannot be told.",
        "Choose one that the hint names. `unvote bodies BODY` lists the questions with their "
        "rules.",
    ),
    Entry(
        "UV314",
        "Not a body",
        "No shipped body has that id or alias, and none of yours.",
        "`unvote bodies` lists them. Your own are read from `bodies/` beside the file, or from "
        "`--bodies DIR`.",
    ),
    Entry(
        "UV315",
        "A condition that cannot be read",
        "Whether the step is taken cannot be told.",
        "Write `council is vetoed`, joined by `and`, `or` and parentheses.",
    ),
    Entry(
        "UV316",
        "No such step, amendment or part",
        "A step can only hang on steps before it, and an expectation only be of a step that is "
        "there. What an amendment excludes, a stance depends on or `order:` lists must be of the "
        "same text.",
        "Check the id, and the order of the steps.",
    ),
    Entry(
        "UV317",
        "A casting vote without effect",
        "The body's rule on ties knows no casting vote.",
        "Leave it out, or correct the body.",
        W,
    ),
    Entry(
        "UV318",
        "Amendments in another order than the rules ask for",
        "Where one amendment excludes another, the order decides which of them is put. The rules "
        "go by how far an amendment is removed in substance from the text, and some put those that "
        "add or delete first.",
        "Correct `order:`, `distance:` or `change:`. If the chair ruled or the body decided "
        "otherwise, silence the warning and say so.",
        W,
    ),
    Entry(
        "UV319",
        "A vote on what was not put to the vote",
        "An amendment that falls because another one was adopted, a part that is not voted "
        "separately or a text that was withdrawn has no vote, and the one recorded is not counted.",
        "Take the vote out, or correct what keeps it from being put: `excludes:`, `operative:`, "
        "`withdrawn:`, `division:`.",
        W,
    ),
    Entry(
        "UV320",
        "A condition that can never hold",
        "By the rules of the bodies, the votes that the condition asks for cannot end so together: "
        "a veto where nobody has one, a tie on a two-thirds question, adopted and not adopted.",
        "Correct the condition, or take the step out.",
    ),
    Entry(
        "UV321",
        "A second vote without a tie",
        "Where the body's rule says so, a tie puts a second vote (GA rule 95). Nothing else does: "
        "no other result, no question that needs two-thirds, and no body that rejects on a tie.",
        "Correct the first vote or the question, or take `second_vote:` out.",
    ),
    Entry(
        "UV322",
        "Operative parts where no rule speaks of them",
        "In the General Assembly, its committees, the Human Rights Council and ECOSOC a text is "
        "rejected as a whole if all its operative parts are (GA rules 89 and 129, ECOSOC rule 64). "
        "The rules of the Security Council do not say so, and of other bodies no such rule is "
        "known here: their text is put to the vote all the same, whatever became of its parts.",
        "Take `operative:` out. If a body of your own has such a rule, name it under its "
        "`division:` as `whole_cite:`.",
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
        "It is older than the file's `max_age_days`, or than `--max-age`. Minds change.",
        "Ask again, and write the new date.",
        W,
    ),
    Entry(
        "UV403",
        "Stances on a version that is gone",
        "The text has changed since they were given.",
        "Ask again, or state the new version if the change is of no weight.",
        W,
    ),
    Entry(
        "UV404",
        "Firm on a signal",
        "A firm word is given by somebody who may give it; a rumour or a press report is a signal.",
        "Write `lean`, or get the word.",
        W,
    ),
    Entry(
        "UV405",
        "A friend on the other side",
        "A member leaves a group that is with us for the other side: a vote lost twice.",
        "Check the stance, and if it is right, start there.",
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
        "The resolution, the base or the step that this file builds on cannot be read or decided.",
        "Mend that file, or the path: it is taken from the folder of this one.",
    ),
    Entry(
        "UV409",
        "More members moved than there are",
        "Nobody can leave a vote that nobody cast, and a sweep has bounds.",
        "Lower the number to the one in the hint.",
    ),
    Entry(
        "UV410",
        "Odds that cannot be told",
        "Votes are without names where it matters whose they are, or weights are too many.",
        "Name the members; `unvote odds` draws scenarios where there is no exact way.",
    ),
    Entry(
        "UV415",
        "Power that cannot be told",
        "Indices of power say how often a vote decides. They need a body that votes, members that "
        "are known as far as the rule tells them apart, and a rule under which a yes only helps.",
        "Ask about another question or day, or give the members in a body file of your own.",
    ),
    Entry(
        "UV501",
        "Another verdict than expected",
        "The file's own test fails: the votes, the rule or the expectation is wrong.",
        "`unvote explain` shows how the verdict came about.",
    ),
    Entry(
        "UV502",
        "Other counts than expected",
        "The votes that are listed do not give the counts that the file states.",
        "Look for a member that is missing, or listed under the wrong vote.",
    ),
    Entry(
        "UV503",
        "Another need, figure or cause than expected",
        "The rule, or the number it is a share of, is not the one the author had in mind.",
        "`unvote explain` shows each test with its article.",
    ),
    Entry(
        "UV601",
        "A damaged file of data",
        "A packed file ends too early, or is not what it says. What came before the damage is read "
        "and kept; how much is missing cannot be known.",
        "Fetch the file again.",
    ),
    Entry(
        "UV602",
        "A table that is not in UTF-8",
        "UTF-16 says so at its beginning, and is read. Single rows that cannot be UTF-8 are read "
        "as Windows-1252 (Latin-1), as older spreadsheets write it; a name may come out wrong.",
        "Save the file as UTF-8.",
        W,
    ),
    Entry(
        "UV603",
        "A table without votes",
        "Nothing in its head says which column holds the members and which their votes, or a "
        "column that was named is not there.",
        "Name the columns: `--columns member=COLUMN,vote=COLUMN`.",
    ),
    Entry(
        "UV604",
        "A row that cannot be read",
        "It has another number of columns than the head, no roll call, or characters of nothing. "
        "It is left out unless its vote can be told all the same; all other rows are kept.",
        "Look at the rows named: a comma without quotes, a line end within a title.",
        both=True,
    ),
    Entry(
        "UV605",
        "A vote that is none",
        "Only yes, no, abstention and not voting are understood, as words, as Y, N, A and X, or "
        "as 1, 3, 2 and 8 (9: not a member). A guess would be a wrong count, so the row is "
        "left out.",
        "Correct the votes in the rows named, or name the right column of the votes.",
    ),
    Entry(
        "UV606",
        "A member or a roll call twice",
        "Two rows give one member's vote in one roll call. The first stands. If they agree, "
        "nothing is lost, and it is a warning.",
        "Delete the row that is wrong.",
        both=True,
    ),
    Entry(
        "UV607",
        "A roll call that disagrees with its rows",
        "The table states totals, and its rows come to others: rows are missing, or a vote is "
        "wrong. Or its rows have two dates. The rows are kept, for they say who voted how.",
        "Compare with the official record. Two votes that share a name are told apart by a column "
        "`id`.",
    ),
    Entry(
        "UV608",
        "A roll call without a rule",
        "Without a day, or on a day of which no rule is known, there is no verdict; the votes are "
        "kept.",
        "Correct the date, or decide all by the rules of one day with `--on`.",
        W,
    ),
    Entry(
        "UV609",
        "A row of an unknown member",
        "Its code, number or name is none of a member of the United Nations. Nothing near is taken "
        "instead; the row is left out.",
        "Correct the name in the rows named, or name the right column of the members.",
    ),
    Entry(
        "UV610",
        "A vote of a member without a seat that day",
        "By the register it did not sit on the day of the vote; the day in the data may be wrong. "
        "Where only numbers matter its vote counts as recorded, and not where it matters who "
        "votes.",
        "Check the date of the vote.",
        W,
    ),
    Entry(
        "UV640",
        "A spreadsheet that cannot be read",
        "It is none, is damaged or locked with a password, or holds more than 5,000 rows of a "
        "count, 2 million cells, or 200 MB once unfolded. Files that are made to do harm unfold "
        "without end.",
        "Save it anew from a spreadsheet program as .xlsx, .ods or CSV, with the count alone.",
    ),
    Entry(
        "UV641",
        "A library for spreadsheets is not installed",
        "Reading .xlsx and .ods files and writing .xlsx files is left to libraries that `tally` "
        "does not need.",
        "`pip install 'unvote[sheets]'`. CSV needs no library.",
    ),
    Entry(
        "UV642",
        "Columns that are not found, or could be two things",
        "A row of headings says which column holds the member and which the vote. Two columns "
        "that could both be the vote are not chosen between.",
        "Head the columns Member and Vote, or say where they are: `--columns member=B,vote=D`.",
    ),
    Entry(
        "UV643",
        "Which sheet is meant",
        "Several sheets of the file could be the count, or the one named is not there.",
        "Say `--sheet NAME`.",
    ),
    Entry(
        "UV644",
        "Merged cells",
        "Of merged cells only the first holds what is shown. The others are empty, whatever they "
        "look like.",
        "Unmerge them, and write into each row what it is to say.",
    ),
    Entry(
        "UV645",
        "Hidden rows or columns",
        "Nobody sees them: a filter may be left on, or somebody may have set them aside. Whether "
        "they count cannot be told.",
        "Show them, or clear the filter. Else say `--hidden read` or `--hidden skip`.",
    ),
    Entry(
        "UV646",
        "A formula where a value belongs",
        "Formulas are never calculated here. What one gave when the file was last saved is read, "
        "with a warning; where it gave nothing, there is nothing to read.",
        "Check that what it gave is right. Else open and save the file in a spreadsheet program, "
        "or write the value itself.",
        W,
        both=True,
    ),
    Entry(
        "UV647",
        "An error in a cell",
        "`#N/A` or `#REF!` stands where a member or a vote should: a formula has failed.",
        "Correct the formula, or write the value itself.",
    ),
    Entry(
        "UV648",
        "A cell that is not understood",
        "What stands there is no vote or word of confidence that people use, or two cells of one "
        "row contradict each other. Nothing is guessed.",
        "Write what the hint says.",
    ),
    Entry(
        "UV649",
        "Two rows for one member",
        "Which of them holds cannot be told, though they say the same: one may be left from "
        "before. Neither is taken.",
        "Keep one of the two rows.",
    ),
    Entry(
        "UV650",
        "Another stance with the source of the one before",
        "The sheet changes a stance and does not say where the new one is from. The source that "
        "stays in the file spoke of the old one.",
        "Give the sheet the columns Source, Channel and Date, or correct the file.",
        W,
    ),
    Entry(
        "UV651",
        "A stances file that cannot be changed so",
        "The sheet is written into the text of the file at the places of its entries. There it "
        "would lose a remark, or the file would be wrong afterwards.",
        "Change that entry by hand, or correct the sheet.",
    ),
    Entry(
        "UV652",
        "Nothing to export, or too much for a cell",
        "CSV holds the list of members and nothing else, and there is none where votes are known "
        "by number alone. A cell of .xlsx holds 32,767 characters.",
        "Export to the other of the two.",
    ),
)

CATALOGUE: Final[Mapping[str, Entry]] = MappingProxyType({e.code: e for e in _ENTRIES})
