"""A new body file: a committee of twenty, two-thirds on substance."""

from unvote.render.scaffold.lines import above, beside, quoted, text_of


def body_text(identity: str, name: str) -> str:
    """A body of one's own."""
    return text_of(
        [
            *above(
                "A body of one's own. Keep it in a folder `bodies` beside the resolutions, or name "
                f"its folder with --bodies. In the resolutions write `body: {identity}`."
            ),
            "kind: body",
            *beside(f"id: {quoted(identity)}", "its name in resolution files"),
            *beside(f"name: {quoted(name)}", "its full name"),
            *beside("aliases: []", "other names it is found by"),
            "",
            *above("How many sit; or a list, as [FRA, KEN, BRA]; or a group, as EU; or all."),
            "members: 20",
            "",
            *above(
                "What it decides, and how. On any day a question has exactly one rule: give "
                "`since` and `until` where a rule changed."
            ),
            "questions:",
            "  substantive:",
            "    title: Substantive vote",
            *beside("    default: true", "meant where a file names no question"),
            "    rules:",
            "      # two-thirds of those voting yes or no; abstentions do not count",
            "      - needs: [{at_least: 2/3, of: present and voting}]",
            "        cite: rules of the conference",
            "  procedural:",
            "    title: Procedural vote",
            "    rules:",
            "      # more than half of those voting yes or no",
            "      - needs: [{more_than: 1/2, of: present and voting}]",
            "        cite: rules of the conference",
            "",
            *beside("tie: not adopted", "or: second vote then not adopted, casting vote"),
            *beside("quorum: none", "or: {to_decide: majority of members}"),
        ]
    )
