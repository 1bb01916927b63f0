"""A new resolution file: a text put to a body, everybody that sits undecided."""

from unvote.bodies import Question
from unvote.render.scaffold.lines import above, beside, listed, quoted, text_of
from unvote.render.scaffold.place import Place


def resolution_text(identity: str, title: str, place: Place, question: str | None) -> str:
    """A resolution; without a question the file leaves the choice open."""
    body = place.body
    return text_of(
        [
            *above(f"A text before the {body.name}. `unvote tally` says what becomes of it."),
            "kind: resolution",
            *beside(f"id: {quoted(identity)}", "the symbol or name of the text"),
            *beside(f"title: {quoted(title)}", "printed with the verdict"),
            *beside(f"body: {quoted(body.id)}", "who votes; `unvote bodies` lists the bodies"),
            *beside(f"date: {place.day}", "the day of the vote: it says who sits, and which rule"),
            *_question(place, question),
            *beside("sponsors: []", "the members that propose it, as [FRA, KEN]"),
            "",
            *(_undecided(place) if place.sitting else _nobody_listed(place)),
            "",
            *above("What you expect to come of it; `unvote check` tests it."),
            "# expect: {verdict: adopted}",
            "",
            *beside("sources: []", "where the text and the votes were read"),
        ]
    )


def _question(place: Place, chosen: str | None) -> list[str]:
    """The question, with the others there are and why the usual one is left out."""
    names = [question.id for question in place.open_questions()]
    usual = [q for q in place.body.questions.values() if q.default and place.obstacle(q)]
    lines = [line for question in usual for line in above(_why_not(place, question))]
    others = ", ".join(name for name in names if name != chosen)
    if chosen is not None:
        remark = f"what is decided; also: {others}" if others else "what is decided"
        return [*lines, *beside(f"question: {quoted(chosen)}", remark)]
    remark = f"Say what is decided, for it matters: {others}."
    return [*above(remark), f"# question: {names[0]}"]


def _why_not(place: Place, question: Question) -> str:
    return f"The usual question is not possible: {place.obstacle(question)}."


def _undecided(place: Place) -> list[str]:
    """Everybody that sits and has a vote, undecided."""
    lines = above(
        "Before the vote: move a code to another line when you know. After the vote: write `votes` "
        "in the place of `stances` and take the line `undecided` out; whoever is not listed was "
        "absent. Where only totals are known: `counts: 12-5-3` (yes-no-abstain)."
    )
    if barred := sorted(place.barred & set(place.sitting)):
        lines += above(f"Without a vote that day (UN Charter, Art. 19): {', '.join(barred)}.")
    free = [quoted(code) for code in place.sitting if code not in place.barred]
    empty = [f"  {vote}: []" for vote in ("yes", "no", "abstain", "absent")]
    return [*lines, "stances:", *empty, *listed("  undecided", free)]


def _nobody_listed(place: Place) -> list[str]:
    """How to give the votes where there is no list of who sits."""
    size = place.body.size_on(place.day, place.membership)
    seats = f" The body has {size} seats." if size else ""
    some = (size or 20) // 5
    counts = f"# counts: {3 * some}-{some}-{some}"
    if not place.takes_names:
        remark = "Who sits then is not known here, so votes go by totals (yes-no-abstain)."
        return [*above(remark + seats), counts]
    remark = "Give totals (yes-no-abstain), or list those that vote by name."
    return [*above(remark + seats), counts, "# votes: {yes: [FRA, KEN], no: [BRA]}"]
