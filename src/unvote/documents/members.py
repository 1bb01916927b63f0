"""The shape of `members.yaml`: seats, names, groups, losses of vote."""

from typing import Literal

from pydantic import Field

from unvote.documents.shape import Shape, Text

Names = list[Text]
Status = Literal["knowledge"]
Precision = Literal["day", "year", "approx", "convention"]


class DatedName(Shape):
    """A name in force in a period."""

    name: Text = Field(title="text")
    since: Text | None = Field(None, title="a date")
    until: Text | None = Field(None, title="a date")
    only: Text | None = Field(None, title="true: refused outside the period")
    source: Text | None = Field(None, title="text")
    status: Status | None = Field(None, title="knowledge")
    note: Text | None = Field(None, title="text")


class Interruption(Shape):
    """A period in which the seat was not filled."""

    since: Text = Field(title="a date")
    until: Text = Field(title="a date")
    source: Text | None = Field(None, title="text")
    status: Status | None = Field(None, title="knowledge")
    note: Text | None = Field(None, title="text")


class MemberShape(Shape):
    """A seat."""

    name: Text = Field(title="the UN's name")
    short: Text = Field(title="a short name for tables")
    iso2: Text | None = Field(None, title="ISO 3166-1 alpha-2 code")
    since: Text = Field(title="the date of admission")
    until: Text | None = Field(None, title="the last day, for a seat that ended")
    region: Text | None = Field(None, title="a regional group")
    successors: Names | None = Field(None, title="a list of members")
    interrupted: list[Interruption] | None = Field(None, title="a list of periods")
    names: Names | None = Field(None, title="a list of other names")
    former: list[DatedName] | None = Field(None, title="a list of {name, since, until}")
    source: Text | None = Field(None, title="text")
    status: Status | None = Field(None, title="knowledge")
    note: Text | None = Field(None, title="text")


class ObserverShape(Shape):
    """Who may be named and never votes."""

    name: Text = Field(title="text")
    short: Text | None = Field(None, title="text")
    iso2: Text | None = Field(None, title="ISO 3166-1 alpha-2 code")
    names: Names | None = Field(None, title="a list of other names")
    source: Text | None = Field(None, title="text")
    note: Text | None = Field(None, title="text")


class AmbiguousShape(Shape):
    """A word that fits several members."""

    could_be: Names = Field(title="a list of members")
    since: Text | None = Field(None, title="a date")
    until: Text | None = Field(None, title="a date")
    note: Text | None = Field(None, title="text")


class NotCodeShape(Shape):
    """A code that is no ISO code."""

    meant: Text = Field(title="a member")
    note: Text | None = Field(None, title="text")


class SpellShape(Shape):
    """A member's time in a group."""

    since: Text | None = Field(None, title="a date")
    until: Text | None = Field(None, title="a date")
    precision: Precision | None = Field(None, title="day, year, approx or convention")
    source: Text | None = Field(None, title="text")
    status: Status | None = Field(None, title="knowledge")
    note: Text | None = Field(None, title="text")


class SuspensionShape(SpellShape):
    """A member suspended within a group, which it stays a member of."""

    member: Text = Field(title="a member")


class GroupShape(Shape):
    """A group with dated membership."""

    name: Text = Field(title="text")
    aliases: Names | None = Field(None, title="a list of other names")
    source: Text | None = Field(None, title="text")
    status: Status | None = Field(None, title="knowledge")
    precision: Precision | None = Field(None, title="day, year, approx or convention")
    note: Text | None = Field(None, title="text")
    members: dict[Text, Text | SpellShape | list[SpellShape]] = Field(
        title="a mapping: member: since, or {since, until}"
    )
    suspensions: list[SuspensionShape] | None = Field(None, title="a list of {member, since}")


class ArrearsShape(Shape):
    """A period without a vote under Article 19, or exempt from losing it."""

    member: Text = Field(title="a member")
    since: Text = Field(title="a date")
    until: Text | None = Field(None, title="a date")
    exempt: Text | None = Field(None, title="yes: the Assembly let it vote")
    source: Text | None = Field(None, title="text")
    status: Status | None = Field(None, title="knowledge")
    note: Text | None = Field(None, title="text")


class MembersDocument(Shape):
    """The registry of members."""

    schema_: Text | None = Field(None, alias="$schema", title="the address of a JSON Schema")
    kind: Literal["members"] = Field(title="members")
    as_of: Text | None = Field(None, title="a date")
    sources: dict[Text, Text] | None = Field(None, title="a mapping: key: source")
    members: dict[Text, MemberShape] = Field(title="a mapping: code: {name, short, since}")
    observers: dict[Text, ObserverShape] | None = Field(None, title="a mapping: code: {name}")
    not_members: dict[Text, Text] | None = Field(None, title="a mapping: word: reason")
    ambiguous: dict[Text, AmbiguousShape] | None = Field(
        None, title="a mapping: word: {could_be: [...]}"
    )
    not_codes: dict[Text, NotCodeShape] | None = Field(None, title="a mapping: word: {meant}")
    groups: dict[Text, GroupShape] | None = Field(None, title="a mapping: code: {name, members}")
    not_entitled: list[ArrearsShape] | None = Field(None, title="a list of {member, since}")
