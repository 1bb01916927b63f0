"""A file as other readers of YAML see it, held against the JSON Schema of its kind.

A file is seen as unvote reads it (all text), as YAML 1.2 (its core rules), and as YAML 1.1 with
keys as JSON has them (`true`), as Python's `str` has them (`True`), and with dates and the short
words as libraries of JavaScript have them (`2022-03-02T00:00:00.000Z`, `y` for true).
"""

import datetime as dt
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from tests.builders import world

from unvote.checks.stances import Freshness
from unvote.diagnostics import Problem
from unvote.files.check import check_file
from unvote.loading.reader import read_bytes
from unvote.schema.shapes import schema_of

TODAY = dt.date(2026, 6, 1)

# --- Documents in words that readers disagree on -------------------------------------------------

RESOLUTION = """\
kind: resolution
id: 2022
title: 010
body: unga
date: 2022-10-12
session: 11
question: important
sponsors: [ALB, France]
amendments:
  - {id: A1, by: [RUS], counts: {yes: 5, no: 90, abstain: 20}, question: ordinary}
  - id: 1.10
    votes: {FRA: no, otherwise: abstain}
    casting_vote: no
votes:
  yes: [FRA, NO, SWE]
  no: [RUS]
  Abstaining: [IND]
not_entitled: [{member: VEN, source: GA/12345}]
later_statements: {BHS: {intended: abstain}}
targets: [{yes: 141, label: 12:30}]
expect: {verdict: Adopted, counts: 3-1-1}
tags: [yes, off, 1_000]
notes:
"""
TOTALS = """\
id: X
body: security-council
date: 2022-02-25
question: substantive
counts: 11:1:3
named: {no: [RUS], yes: FRA}
expect: {verdict: not adopted, because: veto, counts: {yes: 11, no: 1, abstain: 3}, need: 9}
"""
FORECAST = """\
id: X
body: security-council
date: 2022-02-25
stances:
  P5: lean yes
  RUS: no
  CHN: {vote: firm abstain, tags: [on], source: {who: deputy, how: phone, on: 2022-02-20}}
  KEN: {yes: 60%, no: 1/4, abstain: 15%, absent: 0}
  otherwise: undecided
"""
STANCES = """\
kind: stances
resolution: base.yaml
version: 2
as_of: 2022-02-24
friendly: yes
default: undecided
groups:
  EU: {vote: firm yes, except: {IRL: lean yes}}
countries:
  IND: {vote: lean abstain, source: {who: deputy, how: phone, on: 2022-02-09}}
  BRA: {yes: 60%, abstain: 40%}
  ARE: {follows: CHN}
  CHN: no
  KEN: {vote: surely yes, if: {A1: adopted}, then: abstain}
confidence: {surely: 99%, lean: 70%}
max_age_days: 14
"""
SCENARIO = """\
kind: scenario
base: base.yaml
set:
  - {countries: [KEN, NATO], vote: no}
  - {from: abstain, to: yes, count: 1}
drop: [GAB]
sweep: {from: yes, to: no, count: 0..2}
expect: {0..1: not adopted, 2: not adopted}
"""
PROCEEDINGS = """\
kind: proceedings
title: 2022
steps:
  - {id: council, resolution: base.yaml}
  - {id: again, resolution: base.yaml, when: council is vetoed}
  - {id: 3, resolution: base.yaml, when: council is adopted}
expect: {council: not adopted, again: {verdict: not adopted, need: 9}, 3: not taken}
"""
BODY = """\
kind: body
id: own
name: Own body
since: 2000-01-01
classes: {holders: [CHN, FRA], friends: EU}
members:
  always: holders
  terms: {2021: [KEN, NO], 2022: [KEN, NOR]}
  changes: [{member: KEN, until: 2021-06-30, replaced_by: GAB}]
  known: [2021..2022, 2005, 2007-03-04, 2006-01-01..2006-12-31]
article_19: no
weights:
  people: {CHN: 1400, FRA: 68}
  money: [{until: 2020-12-31, values: {CHN: 1}}, {since: 2021-01-01, values: {CHN: 2}}]
questions:
  main:
    default: yes
    rules:
      - until: 2020-12-31
        needs: [{at_least: 9}]
      - since: 2021-01-01
        needs:
          - {more_than: 1/2, of: present and voting}
          - {any: [{at_least: 55%, of: members, by: people}, {more_than: 2, counting: yes}]}
        veto: {by: holders, on: no}
        adopted_if_fewer_than: {count: 2, counting: no}
        quorum: {to_decide: majority of members}
        parties_abstain: off-season
tie: not adopted
quorum: none
""".replace("        parties_abstain: off-season\n", "        parties_abstain: false\n")
MEMBERS = """\
kind: members
sources: {a: 1}
members:
  ATL: {name: Atlantis, short: 007, since: 2000-01-01, region: AFRICAN}
  NOR: {name: Norway, short: Norway, iso2: NO, since: 1945-11-27, names: [no]}
groups:
  NORTH: {name: North, members: {NOR: 1945-11-27, ATL: [{since: 2001-01-01, precision: year}]}}
not_entitled: [{member: ATL, since: 2010-01-01, until: 2010-12-31, exempt: yes}]
"""
WRITTEN = {
    "resolution": (RESOLUTION, TOTALS, FORECAST),
    "stances": (STANCES,),
    "scenario": (SCENARIO,),
    "proceedings": (PROCEEDINGS,),
    "body": (BODY,),
    "members": (MEMBERS,),
}
WITHIN = [(kind, text) for kind, texts in WRITTEN.items() for text in texts]
BASE = """\
id: B
body: unsc
date: 2022-02-25
version: 2
question: substantive
amendments: [{id: A1, result: adopted}]
votes: {yes: [ALB, BRA, FRA, GAB, GHA, IRL, KEN, MEX, NOR, GBR, USA], no: [RUS], otherwise: abstain}
"""

# --- The readings --------------------------------------------------------------------------------


class Core(yaml.SafeLoader):
    """YAML by the core rules of version 1.2: only these words are no text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - a class attribute of PyYAML

    def decimal(self, node: Any) -> int:
        """A whole number: `010` is ten."""
        text: str = node.value
        return int(text, 0) if re.match(r"0[ox]", text) else int(text)


for _tag, _form in (
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
    ),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_form})$"), None)
Core.add_constructor("tag:yaml.org,2002:int", Core.decimal)


class Script(yaml.SafeLoader):
    """YAML 1.1 as libraries of JavaScript read it: `y` is true, and a date is a moment."""

    def moment(self, node: Any) -> str:
        """A date as JSON has it there."""
        text: str = node.value
        return f"{text}T00:00:00.000Z" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text

    def truth(self, node: Any) -> bool:
        """A boolean."""
        return node.value.lower() in {"y", "yes", "true", "on"}


Script.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"[yYnN]$"), list("yYnN"))
Script.add_constructor("tag:yaml.org,2002:bool", Script.truth)
Script.add_constructor("tag:yaml.org,2002:timestamp", Script.moment)


def as_text(text: str) -> Any:
    return read_bytes("<text>", text.encode())[0].data


def as_1_2(text: str) -> Any:
    return keyed(yaml.load(text, Loader=Core), str)  # noqa: S506 - a safe loader with other rules


def as_1_1(text: str) -> Any:
    return keyed(yaml.safe_load(text), json_key)


def as_1_1_in_python(text: str) -> Any:
    return keyed(yaml.safe_load(text), str)


def as_1_1_in_javascript(text: str) -> Any:
    return keyed(yaml.load(text, Loader=Script), json_key)  # noqa: S506 - safe, as above


def keyed(data: Any, name: Callable[[Any], str]) -> Any:
    """Data with keys as text, and dates as JSON has them."""
    if isinstance(data, dict):
        return {name(key): keyed(value, name) for key, value in data.items()}
    if isinstance(data, list):
        return [keyed(item, name) for item in data]
    return data.isoformat() if isinstance(data, dt.date) else data


def json_key(key: Any) -> str:
    return key.isoformat() if isinstance(key, dt.date) else str(*json.loads(json.dumps({key: 0})))


READINGS: dict[str, Callable[[str], Any]] = {
    "text": as_text,
    "YAML 1.2": as_1_2,
    "YAML 1.1": as_1_1,
    "YAML 1.1, keys by str": as_1_1_in_python,
    "YAML 1.1, JavaScript": as_1_1_in_javascript,
}


@cache
def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(kind, world()))


def refusal(kind: str, data: Any) -> str:
    """What a schema has against data; nothing if it has not."""
    error = jsonschema.exceptions.best_match(validator(kind).iter_errors(data))
    return f"{error.json_path}: {error.message}" if error else ""


def errors(kind: str, text: str, folder: Path) -> list[Problem]:
    """What `unvote check` finds wrong in a text in that folder, warnings left out."""
    source, form = read_bytes(str(folder / "this.yaml"), text.encode())
    found = check_file(kind, source, form, world(), Freshness(TODAY)).problems
    return [diagnostic.problem for diagnostic in found if diagnostic.is_error]
