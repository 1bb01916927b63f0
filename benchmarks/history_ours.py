"""Totals and verdicts of a table of votes by the program: how many roll calls, adopted, adopted."""

import sys

import unvote

found = unvote.history(sys.argv[1], questions=("ordinary", "important"))
adopted = [
    sum(item.decisions[number].verdict is unvote.Verdict.ADOPTED for item in found.items)
    for number in (0, 1)
]
print(len(found.items), *adopted)
