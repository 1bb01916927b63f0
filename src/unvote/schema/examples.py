"""An example of every kind of document, as the schema shows it."""

from collections.abc import Mapping
from typing import Any, Final

RESOLUTION: Final = {
    "kind": "resolution",
    "id": "S/2022/155",
    "title": "Aggression against Ukraine",
    "body": "security-council",
    "date": "2022-02-25",
    "question": "substantive",
    "votes": {
        "yes": ["ALB", "BRA", "FRA", "GAB", "GBR", "GHA", "IRL", "KEN", "MEX", "NOR", "USA"],
        "no": ["RUS"],
        "abstain": ["ARE", "CHN", "IND"],
    },
    "expect": {"verdict": "not adopted", "because": "veto", "counts": "11-1-3", "need": "9"},
    "sources": ["S/PV.8979"],
}

STANCES: Final = {
    "kind": "stances",
    "resolution": "es-11-4.yaml",
    "as_of": "2022-10-11",
    "friendly": "yes",
    "default": "undecided",
    "groups": {"EU": {"vote": "firm yes", "except": {"HUN": "lean yes"}}, "GCC": "lean yes"},
    "countries": {
        "IND": {
            "vote": "lean abstain",
            "source": {"who": "deputy", "how": "phone", "on": "2022-10-09"},
        },
        "BRA": {"yes": "60%", "abstain": "40%"},
        "PAK": {"follows": "CHN"},
    },
}

SCENARIO: Final = {
    "kind": "scenario",
    "base": "es-11-3.yaml",
    "set": [
        {"countries": ["BRA", "IND", "ZAF"], "vote": "no"},
        {"from": "abstain", "to": "no", "count": "20"},
    ],
    "expect": {"verdict": "not adopted"},
}

PROCEEDINGS: Final = {
    "kind": "proceedings",
    "title": "February - March 2022",
    "steps": [
        {"id": "council", "resolution": "s-2022-155.yaml"},
        {"id": "call", "resolution": "s-res-2623.yaml", "when": "council is vetoed"},
        {"id": "assembly", "resolution": "es-11-1.yaml", "when": "call is adopted"},
    ],
    "expect": {"council": "not adopted", "call": "adopted", "assembly": "adopted"},
}

BODY: Final = {
    "kind": "body",
    "id": "model-un",
    "name": "Model UN committee",
    "members": "20",
    "questions": {
        "substantive": {
            "default": "true",
            "rules": [{"needs": [{"at_least": "2/3", "of": "present and voting"}]}],
        },
        "procedural": {"rules": [{"needs": [{"more_than": "1/2", "of": "present and voting"}]}]},
    },
    "tie": "not adopted",
    "quorum": {"to_decide": "majority of members"},
}

MEMBERS: Final = {
    "kind": "members",
    "members": {
        "ATL": {"name": "Republic of Atlantis", "short": "Atlantis", "since": "2000-01-01"},
        "LIL": {"name": "Lilliput", "short": "Lilliput", "since": "2000-01-01"},
    },
    "groups": {"ISLANDS": {"name": "Island states", "members": {"ATL": "2000-01-01"}}},
}

EXAMPLES: Final[Mapping[str, Any]] = {
    "resolution": RESOLUTION,
    "stances": STANCES,
    "scenario": SCENARIO,
    "proceedings": PROCEEDINGS,
    "body": BODY,
    "members": MEMBERS,
}
