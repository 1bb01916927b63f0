"""The JSON Schemas and the program agree on any document, however it is changed."""

import copy
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st
from tests.readings import BASE, READINGS, WITHIN, as_text, errors, refusal

from unvote.documents.shape import read
from unvote.schema.shapes import MODELS


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a vote that stances, scenarios and proceedings can be about."""
    place = tmp_path_factory.mktemp("schema")
    (place / "base.yaml").write_text(BASE)
    return place


LIST = """\
FRA, NO, no, yes, Yes, y, N, on, off, true, adopted, Not  Adopted, VETO, 9, 010, 0.667, 2/3, 55%, \
60%, 93-8-73, 93:8:43, 11:1:3, 2022-03-02, 0..2, EU, lean yes, LEAN  Yes, firm, majority, \
?, 12:30, 1_000, 1e3, .inf, 0x1F, 1.10, Côte d'Ivoire, present and voting, unsc, substantive, \
council is vetoed, 0, 1, none, all, any, permanent, knowledge, 2005..2006, 2005, undecided, \
abstain, NATO, base.yaml, [draft], x: y, resolution, stances, year, majority of members"""
WORDS = st.sampled_from(LIST.split(", "))
"""Words of every form; not the bare words for nothing, which only unvote takes for text."""
KEYS = st.sampled_from(
    [
        "yes",
        "no",
        "on",
        "zzz",
        "FRA",
        "NO",
        "otherwise",
        "EU",
        "vote",
        "since",
        "count",
        "0..2",
        "title",
    ]
)


WAYS = st.sampled_from(["word"] * 8 + ["nothing", "list", "mapping", "out", "key"])


def at(data: Any, route: Iterable[Any]) -> Any:
    """The part of data at the end of a way."""
    for step in route:
        data = data[step]
    return data


def routes(data: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of data."""
    parts = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for step, value in parts:
        yield (*above, step)
        yield from routes(value, (*above, step))


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, Any]:
    """One of the documents above with one or two parts replaced, taken out, renamed or added."""
    kind, text = draw(st.sampled_from(WITHIN))
    data = copy.deepcopy(as_text(text))
    for _ in range(draw(st.integers(1, 2))):
        way = draw(WAYS)
        places = list(routes(data))
        leaves = [route for route in places if not isinstance(at(data, route), dict | list)]
        *above, step = draw(st.sampled_from(leaves if way == "word" and leaves else places))
        holder = at(data, above)
        if way == "out":
            del holder[step]
        elif way == "key" and isinstance(holder, dict):
            holder[draw(KEYS)] = holder.pop(step) if draw(st.booleans()) else draw(WORDS)
        elif way == "list":
            holder[step] = draw(st.lists(WORDS, max_size=2))
        elif way == "mapping":
            holder[step] = {draw(KEYS): draw(WORDS)}
        else:
            holder[step] = None if way == "nothing" else draw(WORDS)
        assume(data)
    return kind, data


def written(data: Any, indent: str = "") -> str:
    """Data as YAML, its texts without quotes wherever they can be."""
    lines = []
    pairs = (
        [(f"{plain(k)}:", v) for k, v in data.items()]
        if isinstance(data, dict)
        else [("-", v) for v in data]
    )
    for head, value in pairs:
        if isinstance(value, dict | list) and value:
            lines.append(f"{indent}{head}\n{written(value, indent + '  ')}")
        else:
            shown = (
                ""
                if value is None
                else plain(value)
                if isinstance(value, str)
                else json.dumps(value)
            )
            lines.append(f"{indent}{head} {shown}".rstrip() + "\n")
    return "".join(lines)


def plain(text: str) -> str:
    quotes = not re.fullmatch(r"[\w.][^:#\[\]{},]*(?::\d[^:#]*)*", text)
    return "'" + text.replace("'", "''") + "'" if quotes else text


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(changed())
def test_the_schema_refuses_what_has_no_shape_and_nothing_that_check_accepts(
    folder: Path, document: tuple[str, Any]
) -> None:
    kind, data = document
    text = written(data)
    assert as_text(text) == data
    shape = read(MODELS[kind], data)[1]
    refused = refusal(kind, data)
    if shape:
        assert refused, shape
    if refused:
        assert errors(kind, text, folder), refused
    elif not shape and not errors(kind, text, folder):
        for reading, seen in READINGS.items():
            assert refusal(kind, seen(text)) == "", reading


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(WITHIN), st.data())
def test_an_unknown_key_is_refused_by_both(document: tuple[str, str], data: st.DataObject) -> None:
    kind, text = document
    seen = as_text(text)
    inside = [
        route for route in routes(seen) if route[-1] in {"expect", "veto", "quorum", "source"}
    ]
    route = data.draw(st.sampled_from([(), *inside]))
    holder = at(seen, route)
    assume(isinstance(holder, dict))
    holder["zzz"] = "1"
    unknown = "UV106" in {problem.code for problem in read(MODELS[kind], seen)[1]}
    assert unknown or route  # `expect` of proceedings and sweeps has keys of the user's own
    assert bool(refusal(kind, seen)) or not unknown
