"""Where and when a vote is held: who can be listed, and what can be decided."""

from dataclasses import dataclass
from datetime import date

from unvote.bodies import Body, Question, Seating, columns
from unvote.members import Membership


@dataclass(frozen=True, slots=True)
class Place:
    """A body on the day of a vote."""

    body: Body
    day: date
    membership: Membership

    @property
    def sitting(self) -> tuple[str, ...]:
        """The codes of those that sit; none where that is not known, or left open."""
        return tuple(sorted(self.body.roster.on(self.day, self.membership) or ()))

    @property
    def takes_names(self) -> bool:
        """Whether members can be named: it is known who sits, or left open."""
        return bool(self.sitting) or self.body.roster.seating in {Seating.ANY, Seating.NUMBER}

    @property
    def barred(self) -> frozenset[str]:
        """Who has no vote under Article 19 of the Charter."""
        if not self.body.article_19:
            return frozenset()
        return frozenset(self.membership.without_vote_on(self.day))

    def obstacle(self, question: Question) -> str:
        """Why a question cannot be decided on the day; nothing where it can."""
        rules = question.rules_on(self.day)
        if len(rules) != 1:
            return f"the {self.body.name} has no rule for '{question.id}' on {self.day}"
        composition = self.body.composition_on(self.day, self.membership, seats=0)
        missing = sorted(columns(rules[0]) - composition.weights.keys())
        if missing:
            return f"'{question.id}' needs the {missing[0]} of {self.day}, which is not known here"
        return ""

    def open_questions(self) -> list[Question]:
        """The questions that can be decided on the day."""
        return [q for q in self.body.questions.values() if not self.obstacle(q)]

    def usual_question(self) -> str | None:
        """The question to write down: the body's default, else the first that can be decided.

        Nothing where a file has to say which of several it is.
        """
        known = [question.id for question in self.open_questions()]
        candidates = self.body.candidates()
        if len(candidates) > 1 and set(candidates) <= set(known):
            return None
        return next((name for name in (*candidates, *known) if name in known), None)
