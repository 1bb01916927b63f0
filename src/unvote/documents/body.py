"""The shape of a body file: who sits, and the dated rules of each question."""

from typing import Literal

from pydantic import Field

from unvote.documents.shape import Shape, Text

Names = list[Text]


class ConditionShape(Shape):
    """One condition on the votes, or several with `all` or `any`."""

    at_least: Text | None = Field(None, title="a number, a fraction 2/3, a percentage or majority")
    more_than: Text | None = Field(None, title="a number, a fraction 1/2 or a percentage")
    of: Text | None = Field(None, title="present and voting, cast, present, members or eligible")
    counting: Text | None = Field(None, title="yes, no or abstain")
    by: Text | None = Field(None, title="a column of weights")
    among: Text | None = Field(None, title="a class of the body, or a group")
    cite: Text | None = Field(None, title="an article or rule")
    all: "list[ConditionShape] | None" = Field(None, title="a list of conditions")
    any: "list[ConditionShape] | None" = Field(None, title="a list of conditions")


class VetoShape(Shape):
    """Who can block alone."""

    by: Text = Field(title="a class of the body, a group, or all")
    on: Text = Field("no", title="no, not yes or objection")
    cite: Text | None = Field(None, title="an article or rule")


class AfterVetoShape(Shape):
    """What follows a veto, within so many working days."""

    since: Text = Field(title="a date")
    working_days: Text = Field(title="a whole number of days")
    note: Text = Field(title="text")
    cite: Text | None = Field(None, title="an article or rule")


class BlockingShape(Shape):
    """The fewest members that hold more than a share of a weight, plus so many."""

    more_than: Text = Field(title="a fraction or percentage")
    by: Text = Field(title="a column of weights")
    of: Literal["eligible"] | None = Field(None, title="eligible")
    plus: Text | None = Field(None, title="a whole number")


class DeemedShape(Shape):
    """Adopted all the same if fewer than so many are against."""

    count: Text | None = Field(None, title="a whole number")
    blocking: BlockingShape | None = Field(None, title="a mapping: more_than, by, plus")
    counting: Text = Field("not yes", title="no or not yes")
    cite: Text | None = Field(None, title="an article or rule")


class QuorumShape(Shape):
    """How many must be present to decide."""

    to_decide: Text = Field(title="a number of members, or a share such as majority of members")
    cite: Text | None = Field(None, title="an article or rule")
    status: Literal["knowledge"] | None = Field(None, title="knowledge")


Quorum = QuorumShape | Literal["none"]


class RuleShape(Shape):
    """How one question is decided in one period."""

    since: Text | None = Field(None, title="a date, as 1966-01-01")
    until: Text | None = Field(None, title="a date, as 1965-12-31")
    needs: list[ConditionShape] = Field(title="a list of conditions")
    veto: VetoShape | None = Field(None, title="a mapping: by, on")
    after_veto: AfterVetoShape | None = Field(
        None, title="a mapping: since, working_days, note, cite"
    )
    tie: Text | None = Field(
        None, title="not adopted, second vote then not adopted or casting vote"
    )
    tie_cite: Text | None = Field(None, title="an article or rule")
    quorum: Quorum | None = Field(None, title="none, or a mapping: to_decide")
    adopted_if_fewer_than: DeemedShape | None = Field(None, title="a mapping: count, counting")
    parties_abstain: Text | None = Field(None, title="true or false")
    mode: Text | None = Field(None, title="vote or consensus")
    cite: Text | None = Field(None, title="an article or rule")
    status: Literal["knowledge"] | None = Field(None, title="knowledge")
    note: Text | None = Field(None, title="text")


class QuestionShape(Shape):
    """A kind of question."""

    title: Text | None = Field(None, title="text")
    default: Text | None = Field(None, title="true or false")
    about: Text | None = Field(None, title="text")
    rules: list[RuleShape] = Field(title="a list of dated rules")


class ChangeShape(Shape):
    """A seat that passed on within a term."""

    member: Text = Field(title="a member")
    until: Text = Field(title="a date")
    replaced_by: Text = Field(title="a member")
    status: Literal["knowledge"] | None = Field(None, title="knowledge")
    note: Text | None = Field(None, title="text")


class MembersShape(Shape):
    """Who sits, by date."""

    always: Text | Names | None = Field(None, title="a class, a group or a list of members")
    terms: dict[Text, Names] | None = Field(None, title="a mapping: year: [members]")
    served: dict[Text, Names] | None = Field(
        None, title="a mapping: member: [2006-06-19..2009-06-18, ...]"
    )
    changes: list[ChangeShape] | None = Field(None, title="a list of changes within a term")
    known: Names | None = Field(None, title="a list of years or periods, as 2005..2006")
    knowledge: Names | None = Field(None, title="a list of years or periods, as 2005..2006")
    source: Text | None = Field(None, title="text")
    sources: dict[Text, Text] | None = Field(None, title="a mapping: year: source")
    note: Text | None = Field(None, title="text")


class SeatsShape(Shape):
    """The size of a body in a period."""

    since: Text | None = Field(None, title="a date")
    until: Text | None = Field(None, title="a date")
    count: Text = Field(title="a whole number")
    cite: Text | None = Field(None, title="an article or rule")
    status: Literal["knowledge"] | None = Field(None, title="knowledge")


class WeightsShape(Shape):
    """A column of weights in a period."""

    since: Text | None = Field(None, title="a date")
    until: Text | None = Field(None, title="a date")
    unit: Text | None = Field(None, title="text")
    source: Text | None = Field(None, title="text")
    status: Literal["knowledge"] | None = Field(None, title="knowledge")
    error: Text | None = Field(None, title="a whole number: the most that rounding can add up to")
    note: Text | None = Field(None, title="text")
    values: dict[Text, Text] = Field(title="a mapping: member: whole number")


class OrderShape(Shape):
    """The order in which amendments and rival texts are put to the vote."""

    amendments: Text = Field(title="furthest first, or additions and deletions first")
    cite: Text | None = Field(None, title="an article or rule")
    proposals_cite: Text | None = Field(None, title="an article or rule")
    motions_cite: Text | None = Field(None, title="an article or rule")
    withdrawal_cite: Text | None = Field(None, title="an article or rule")
    status: Literal["knowledge"] | None = Field(None, title="knowledge")


class DivisionRuleShape(Shape):
    """Who can have the parts of a text voted separately."""

    on: Text = Field(title="request, vote if objected, or request unless the mover objects")
    cite: Text | None = Field(None, title="an article or rule")
    whole_cite: Text | None = Field(None, title="an article or rule")
    status: Literal["knowledge"] | None = Field(None, title="knowledge")


class RollCallShape(Shape):
    """How a roll call begins."""

    start: Text = Field(title="first in the alphabet, or drawn by lot")
    cite: Text | None = Field(None, title="an article or rule")
    status: Literal["knowledge"] | None = Field(None, title="knowledge")


class BodyDocument(Shape):
    """A body file."""

    schema_: Text | None = Field(None, alias="$schema", title="the address of a JSON Schema")
    kind: Literal["body"] = Field(title="body")
    id: Text = Field(title="text, such as security-council")
    name: Text = Field(title="text")
    short: Text | None = Field(None, title="text")
    aliases: Names | None = Field(None, title="a list of other names")
    since: Text | None = Field(None, title="the body's first day")
    classes: dict[Text, Names | Text] | None = Field(None, title="a mapping: class: [members]")
    seats: Text | list[SeatsShape] | None = Field(
        None, title="a whole number, or a list of {since, until, count}"
    )
    members: Text | Names | MembersShape = Field(
        title="all, any, a group, a number, a list of members, or a mapping with terms"
    )
    article_19: Text | None = Field(None, title="true or false")
    undeclared: Names | None = Field(None, title="a list of the body's questions")
    weights: dict[Text, list[WeightsShape] | dict[Text, Text]] | None = Field(
        None, title="a mapping: column: {member: whole number}"
    )
    questions: dict[Text, QuestionShape] = Field(title="a mapping: question: {rules: [...]}")
    order: OrderShape | None = Field(None, title="a mapping: amendments, cite")
    division: DivisionRuleShape | None = Field(None, title="a mapping: on, cite")
    roll_call: RollCallShape | None = Field(None, title="a mapping: start, cite")
    tie: Text | None = Field(
        None, title="not adopted, second vote then not adopted or casting vote"
    )
    tie_cite: Text | None = Field(None, title="an article or rule")
    quorum: Quorum | None = Field(None, title="none, or a mapping: to_decide")
    source: Text | None = Field(None, title="text")
    note: Text | None = Field(None, title="text")
