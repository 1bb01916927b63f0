"""The rows of a count in a sheet as stances, each cell that cannot be relied on told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from unvote.diagnostics import Level, Problem, any_error, quoted
from unvote.documents.shape import read
from unvote.documents.stances import StanceShape
from unvote.grids import Area, Grid, cell_name, column_name
from unvote.resolve.cells import (
    chances_in,
    confidence_in,
    day_in,
    stance_in,
    texts_in,
    worded,
)
from unvote.resolve.headings import NAMES, Columns, Field
from unvote.resolve.stances import Stances
from unvote.resolve.votes import seat
from unvote.stances import Stance


class Hidden(Enum):
    """What is done with rows and columns that nobody sees: nothing is taken for granted."""

    REFUSE = "refuse"
    READ = "read"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: whom it names and how, what it says of the vote, and what is wrong with it.

    `code` is a member's or, if `of_group` is set, a group's. `stance` is missing where the row says
    nothing of a vote (`blank`) or cannot be relied on. `given` are the fields with anything in
    them. Routes of problems are the row and the column, both counted from 1.
    """

    number: int
    written: str
    said: str
    code: str | None = None
    of_group: bool = False
    stance: Stance | None = None
    given: frozenset[Field] = frozenset()
    problems: tuple[Problem, ...] = ()

    @property
    def who(self) -> tuple[str | None, bool]:
        """The member or group it names: a code may be of both."""
        return self.code, self.of_group

    @property
    def blank(self) -> bool:
        """Whether it says nothing of a vote."""
        return not self.said and not self.problems


MOST_ROWS: Final = 5000
"""Rows of a count that are read; there are some two hundred members."""
KEYS: Final = {
    "vote": Field.VOTE,
    **dict.fromkeys(("yes", "no", "abstain", "absent"), Field.CHANCES),
    "follows": Field.FOLLOWS,
    "if": Field.CONDITION,
    "then": Field.THEN,
    "together": Field.TOGETHER,
    "cost": Field.COST,
    "source": Field.DATE,
}
"""The column of each key of a stance, to place what is wrong with it."""
SAYING: Final = (Field.VOTE, Field.CHANCES, Field.FOLLOWS)


@dataclass(slots=True)
class Reading:
    """Rows read one after the other against a stances file: its day, names and words."""

    grid: Grid
    columns: Columns
    stances: Stances
    hidden: Hidden = Hidden.REFUSE
    first: dict[tuple[str | None, bool], Row] = field(default_factory=dict)
    """The first row of each member and group."""
    twice: set[tuple[str | None, bool]] = field(default_factory=set)

    def rows(self) -> list[Row]:
        """Every row that names anybody, in the order of the sheet.

        Of rows that name one member twice none is taken (UV649).
        """
        merged = self._merged()
        found = [row for number in self._numbers() if (row := self._row(number, merged))]
        return [replace(row, stance=None) if row.who in self.twice else row for row in found]

    def remarks(self) -> list[Problem]:
        """What is odd about the whole: its length, hidden columns, formulas (UV640, 645, 646)."""
        problems = []
        if len(self.grid.rows) - self.columns.head > MOST_ROWS:
            message = f"only the first {MOST_ROWS:,} rows of the count are read"
            hint = "a member has one row: check that it is the right file, and copy the count alone"
            first = self.columns.head + MOST_ROWS + 1
            problems.append(Problem("UV640", message, (first, 1), hint))
        for name, column in self.columns.at.items():
            if column in self.grid.hidden_columns and self.hidden is Hidden.REFUSE:
                message = f"the column {column_name(column)} ({name.value}) is hidden"
                problems.append(_unseen(message, max(self.columns.head, 1), column))
            rows = [
                row
                for row, at in sorted(self.grid.formulas)
                if at == column
                and row > self.columns.head
                and self.grid.text(row, at)
                and (row, at) not in self.grid.errors
            ]
            if rows:
                more = f" and {len(rows) - 1} more of the column" if len(rows) > 1 else ""
                message = f"{cell_name(rows[0], column)}{more} is calculated by a formula"
                message = message.replace(" is ", " are ") if more else message
                hint = "what it gave when the file was saved is read; check that it is still right"
                warning = Level.WARNING
                problems.append(Problem("UV646", message, (rows[0], column), hint, warning))
        return problems

    def _numbers(self) -> range:
        last = min(len(self.grid.rows), self.columns.head + MOST_ROWS)
        return range(self.columns.head + 1, last + 1)

    def _merged(self) -> dict[int, Area]:
        """Merged cells by each row of theirs that has something to lose by it."""
        used = sorted(self.columns.at.values())
        found: dict[int, Area] = {}
        for area in self.grid.merged:
            touched = any(area.left <= column <= area.right for column in used)
            band = area.top == area.bottom and area.left <= used[0] and used[-1] <= area.right
            if touched and not band and area.bottom >= max(self.columns.head, 1):
                bottom = min(area.bottom, len(self.grid.rows))
                found |= dict.fromkeys(range(area.top, bottom + 1), area)
        return found

    def _text(self, number: int, name: Field) -> str:
        """The text of a cell of a row; nothing where there is no such column."""
        column = self.columns.at.get(name)
        if column is None:
            return ""
        if self.hidden is Hidden.SKIP and column in self.grid.hidden_columns:
            return ""
        return self.grid.text(number, column)

    def _row(self, number: int, merged: Mapping[int, Area]) -> Row | None:
        """One row; nothing where nobody is named in it, or where it is hidden and skipped."""
        texts = {name: text for name in self.columns.at if (text := self._text(number, name))}
        written = texts.get(Field.CODE) or texts.get(Field.MEMBER) or ""
        said = next((texts[name] for name in SAYING if name in texts), "")
        unseen = number in self.grid.hidden_rows and self.hidden is not Hidden.READ
        if (unseen and self.hidden is Hidden.SKIP) or not (written or said or number in merged):
            return None
        row = Row(number, written, said, given=frozenset(texts))
        odd = self._odd(number, merged.get(number), unseen=unseen)
        if odd:
            return replace(row, problems=tuple(odd))
        return self._read(row, texts) if said else row

    def _odd(self, number: int, area: Area | None, *, unseen: bool) -> list[Problem]:
        """What keeps a row from being relied on: merged, hidden, errors, formulas without value."""
        found: list[Problem] = []
        if area is not None:
            message = f"the cells {area} are merged: only the first of them holds what is shown"
            hint = "unmerge them, and write into each row what it is to say"
            found.append(Problem("UV644", message, (area.top, area.left), hint))
        if unseen:
            found.append(self._unseen_rows(number))
        for name, column in self.columns.at.items():
            if error := self.grid.errors.get((number, column)):
                message = f"the {name.value} is the error {quoted(error)}"
                hint = "correct the formula, or write the value itself into the cell"
                found.append(Problem("UV647", message, (number, column), hint))
            elif (number, column) in self.grid.formulas and not self.grid.text(number, column):
                message = f"the {name.value} is a formula without a value"
                hint = "open the file in a spreadsheet program and save it, or write the value"
                found.append(Problem("UV646", message, (number, column), hint))
        return found

    def _unseen_rows(self, number: int) -> Problem:
        """That the rows around one are hidden: the same problem for each of them."""
        first = last = number
        while first - 1 in self.grid.hidden_rows:
            first -= 1
        while last + 1 in self.grid.hidden_rows:
            last += 1
        rows = f"the row {first} is" if first == last else f"the rows {first} to {last} are"
        return _unseen(f"{rows} hidden", first, min(self.columns.at.values()))

    def _read(self, row: Row, texts: Mapping[Field, str]) -> Row:
        """A row that can be relied on: whom it names, and the stance."""
        problems: list[Problem] = []
        code, of_group = self._named(row.number, texts, problems)
        shape = self._shape(row.number, texts, problems)
        stance = None
        if shape is not None and code is not None:
            if not of_group and shape.together is not None:
                shape = shape.model_copy(update={"together": None})
            stance = self._stance(row, shape, problems)
        done = replace(
            row,
            code=code,
            of_group=of_group,
            stance=None if any_error(problems) else stance,
            problems=tuple(problems),
        )
        return self._once(done)

    def _once(self, row: Row) -> Row:
        """A row, told if another one above names the same member (UV649)."""
        if row.code is None:
            return row
        first = self.first.setdefault(row.who, row)
        if first is row:
            return row
        self.twice.add(row.who)
        same = first.stance is not None and first.stance == row.stance
        how = "twice" if same else f"as '{quoted(first.said)}' and as '{quoted(row.said)}'"
        message = f"{row.code} stands in the rows {first.number} and {row.number}, {how}"
        column = self._name_column()
        also = (first.number, column)
        hint = "keep one of the two rows"
        problem = Problem("UV649", message, (row.number, column), hint, also=also)
        return replace(row, stance=None, problems=(*row.problems, problem))

    def _name_column(self) -> int:
        return next(column for name, column in self.columns.at.items() if name in NAMES)

    def _named(
        self, number: int, texts: Mapping[Field, str], problems: list[Problem]
    ) -> tuple[str | None, bool]:
        """The member a row names, or the group: by its code, which the name beside it confirms."""
        both = [name for name in (Field.CODE, Field.MEMBER) if name in texts]
        if not both:
            message = "this row says a vote, but not whose"
            hint = "write the member's code or name"
            problems.append(Problem("UV648", message, (number, self._name_column()), hint))
            return None, False
        route = (number, self.columns.at[both[0]])
        found: list[Problem] = []
        who = self._who(texts[both[0]], route, found)
        if len(both) > 1 and who[0] is not None:
            beside = self._who(texts[both[1]], route, [])
            if beside[0] is not None and beside != who:
                shown = " and ".join(f"'{quoted(texts[name])}'" for name in both)
                message = f"the code and the name are of two members: {shown}"
                hint = "correct one of the two: were the columns sorted apart?"
                problems.append(Problem("UV648", message, route, hint))
                return None, False
            if beside == who:
                found = []
        problems += found
        return who

    def _who(
        self, word: str, route: tuple[int, int], problems: list[Problem]
    ) -> tuple[str | None, bool]:
        """The member a word names, or else the group."""
        names = self.stances.names
        code = word.upper().replace(".", "")
        group = None if code in names.membership.members else names.group(word)
        if group is not None and self._stranger(word):
            return group, True
        problems += [replace(problem, route=route) for problem in names.doubt(word)]
        return seat(word, names, self.stances.day, route, problems), False

    def _stranger(self, word: str) -> bool:
        """Whether a word is the name of no member."""
        code, _ = self.stances.names.find(word, self.stances.day)
        return code is None

    def _shape(
        self, number: int, texts: Mapping[Field, str], problems: list[Problem]
    ) -> StanceShape | None:
        """The stance as a stances file would write it."""
        known = len(problems)
        ways: dict[str, str] = {}
        if Field.VOTE in texts:
            ways["vote"] = self._vote(number, texts, problems)
        if Field.CHANCES in texts:
            ways |= self._chances(number, texts[Field.CHANCES], problems)
        if Field.FOLLOWS in texts:
            ways["follows"] = texts[Field.FOLLOWS]
        if len(problems) > known:
            return None
        source = {
            key: day_in(text) if name is Field.DATE else text
            for key, name in (("who", Field.SOURCE), ("how", Field.CHANNEL), ("on", Field.DATE))
            if (text := texts.get(name, ""))
        }
        data = {
            **ways,
            "if": self._condition(texts.get(Field.CONDITION, "")),
            "then": texts.get(Field.THEN),
            "source": source,
            "tags": texts_in(texts.get(Field.TAGS, "")),
            "note": texts.get(Field.NOTE),
            "cost": texts.get(Field.COST),
            "together": texts.get(Field.TOGETHER),
        }
        return read(StanceShape, {key: part for key, part in data.items() if part})[0]

    def _vote(self, number: int, texts: Mapping[Field, str], problems: list[Problem]) -> str:
        """The vote with its word of confidence, from one cell or from two (UV648)."""
        known = self.stances.confidence
        text = texts[Field.VOTE]
        found = stance_in(text, known)
        words = ", ".join(known)
        if found is None:
            message = f"'{quoted(text)}' is not a vote"
            hint = f"write yes, no, abstain, absent or undecided, with {words} if you like"
            route = (number, self.columns.at[Field.VOTE])
            problems.append(Problem("UV648", message, route, hint))
            return ""
        word, vote = found
        if Field.CONFIDENCE in texts:
            beside = texts[Field.CONFIDENCE]
            own = confidence_in(beside, known)
            route = (number, self.columns.at[Field.CONFIDENCE])
            if own is None:
                message = f"'{quoted(beside)}' is not a word of confidence"
                hint = f"write one of: {words}; the stances file can have more under `confidence`"
                problems.append(Problem("UV648", message, route, hint))
            elif word and own != word:
                message = f"the confidence is '{quoted(beside)}', but the vote '{quoted(text)}'"
                problems.append(Problem("UV648", message, route, "correct one of the two"))
            word = own or word
        return worded(word, vote)

    def _chances(self, number: int, text: str, problems: list[Problem]) -> dict[str, str]:
        chances = chances_in(text)
        if chances is not None:
            return {vote.value: chance for vote, chance in chances.items()}
        message = f"'{quoted(text)}' are not the chances of votes"
        hint = "write them as yes 60%, abstain 40%"
        route = (number, self.columns.at[Field.CHANCES])
        problems.append(Problem("UV648", message, route, hint))
        return {}

    @staticmethod
    def _condition(text: str) -> dict[str, str] | None:
        """What a stance depends on, as `A1: adopted`."""
        parts = (part.rpartition(":") for part in texts_in(text))
        return {name.strip(): result.strip() for name, _, result in parts} or None

    def _stance(self, row: Row, shape: StanceShape, problems: list[Problem]) -> Stance | None:
        """The stance a shape stands for, its problems placed in the row."""
        before = len(self.stances.problems)
        stance = self.stances.stance(row.written, shape, ("row",))
        new = self.stances.problems[before:]
        del self.stances.problems[before:]
        problems += [replace(one, route=self._route(row.number, one)) for one in new]
        return stance

    def _route(self, number: int, problem: Problem) -> tuple[int, int]:
        """The cell a problem of a stance is about."""
        key = problem.route[1] if len(problem.route) > 1 else "vote"
        name = KEYS.get(str(key), Field.VOTE)
        return number, self.columns.at.get(name, self._name_column())


def _unseen(message: str, row: int, column: int) -> Problem:
    """That something is hidden (UV645)."""
    hint = "unhide (or clear the filter), or say --hidden read or --hidden skip"
    return Problem("UV645", message, (row, column), hint)
