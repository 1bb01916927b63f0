"""The schema of a kind of document: the shapes of its models, dressed with forms and names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from unvote.documents.body import BodyDocument
from unvote.documents.members import MembersDocument
from unvote.documents.proceedings import ProceedingsDocument
from unvote.documents.resolution import ResolutionDocument
from unvote.documents.scenario import ScenarioDocument
from unvote.documents.shape import Shape
from unvote.documents.stances import StancesDocument
from unvote.schema import names
from unvote.schema.examples import EXAMPLES
from unvote.schema.forms import Schema, any_of, forms, key_pattern, ref
from unvote.schema.titles import FORMS, OTHERWISE, Form
from unvote.stances import CONFIDENCE
from unvote.world.world import World

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
MODELS: Final[Mapping[str, type[Shape]]] = {
    "resolution": ResolutionDocument,
    "stances": StancesDocument,
    "scenario": ScenarioDocument,
    "proceedings": ProceedingsDocument,
    "body": BodyDocument,
    "members": MembersDocument,
}
ABOUT: Final = (
    "unvote reads every value as text. Other readers of YAML see numbers, booleans and dates in "
    "some words, and by the older rules (YAML 1.1) also take the keys `yes` and `on` for true and "
    "`no` for false; this schema accepts both. Write no bare `null` or `~`: elsewhere they are "
    "empty. What a schema cannot see (names on a date, sums, rules) `unvote check` does."
)
EMPTY: Final = ref("empty")
KEYS: Final = {
    "years": key_pattern(r"\d{1,12}", "a year"),
    "ranges": key_pattern(r"\d{1,6}\s*(?:\.\.\s*\d{1,6})?", "a range such as 0..22"),
}
"""Keys that have a form and no names to suggest."""
SEEN: Final = {"yes": ("true", "True"), "on": ("true", "True"), "no": ("false", "False")}
"""What readers of YAML 1.1 make of keys: as written in JSON, and by Python's `str`."""


def schema_of(kind: str, world: World) -> Schema:
    """The JSON Schema (draft 2020-12) of a kind of document, with the names the world knows."""
    raw = MODELS[kind].model_json_schema()
    shapes: dict[str, Schema] = raw.pop("$defs", {})
    dresser = Dresser(world)
    top = dresser.shape(kind, raw)
    found = {name: dresser.shape(name, shape) for name, shape in shapes.items()}
    known = {**forms(), **names.names(world), **names.maps(world), **dresser.values, **found}
    return {
        "$schema": DRAFT,
        "title": f"unvote: {kind}",
        "description": f"{top.pop('description')} {ABOUT}",
        "examples": [EXAMPLES[kind]],
        **top,
        "$defs": {name: known[name] for name in sorted(_needed(top, known))},
    }


class Dresser:
    """Turns the shapes of pydantic into ours; values of mappings get a name of their own."""

    def __init__(self, world: World) -> None:
        self.values: dict[str, Schema] = {}
        self.keys: dict[str, Callable[[], Mapping[str, str]]] = {
            "members": lambda: names.short_names(world),
            "groups": lambda: names.group_names(world),
            "questions": lambda: names.question_titles(names.bodies_known(world)),
            "words": lambda: dict.fromkeys(CONFIDENCE, "a word of confidence"),
        }

    def shape(self, name: str, raw: Schema) -> Schema:
        """A mapping with known keys."""
        properties = {
            key: self._field(f"{name}.{key}", field) for key, field in raw["properties"].items()
        }
        shape = {
            "description": raw["description"],
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        return shape | _seen(properties) | _required(raw.get("required", ()))

    def _field(self, place: str, raw: Schema) -> Schema:
        title: str = raw.get("title", "text")
        form = FORMS.get(title, OTHERWISE)
        bare = {key: value for key, value in raw.items() if key not in {"title", "default"}}
        value = ref(form.whole) if form.whole else self._value(place, bare, form)
        if form.whole and {"type": "null"} in _parts(raw):
            value = any_of(value, EMPTY)
        return {"description": title, **value}

    def _value(self, place: str, raw: Schema, form: Form, *, inside: bool = False) -> Schema:
        """A value as pydantic describes it, its texts replaced by forms."""
        if "anyOf" in raw:
            parts = [self._value(place, part, form, inside=inside) for part in raw["anyOf"]]
            return any_of(*parts)
        if "allOf" in raw:  # how older versions of pydantic write a reference with a title
            return self._value(place, raw["allOf"][0], form, inside=inside)
        # Older versions of pydantic write a single word twice, as `const` and as `enum`.
        found = {"const": raw["const"]} if "const" in raw else raw
        match raw.get("type"):
            case "null":
                found = EMPTY
            case "array":
                items = self._value(place, raw["items"], form, inside=True)
                found = {"type": "array", "items": items, "errorMessage": "a list is expected"}
            case "object":
                found = self._mapping(place, raw["additionalProperties"], form)
            case "string" if raw == {"type": "string"}:
                found = ref(form.items if inside else form.text)
        return found

    def _mapping(self, place: str, raw: Schema, form: Form) -> Schema:
        """A mapping with keys of the user's own; an empty value there is always missing."""
        value = _one(part for part in _parts(self._value(place, raw, form)) if part != EMPTY)
        mapping = {"type": "object", "additionalProperties": value}
        if form.keys in KEYS:
            mapping["propertyNames"] = KEYS[form.keys]
        elif form.keys and not any(part.get("type") == "object" for part in _parts(value)):
            if "$ref" not in value:
                self.values[place] = value
                value = mapping["additionalProperties"] = ref(place)
            mapping["properties"] = names.keyed(self.keys[form.keys](), value)
        return mapping


def _parts(schema: Schema) -> list[Schema]:
    """What a value can be."""
    parts: list[Schema] = schema.get("anyOf", [schema])
    return parts


def _one(parts: Iterable[Schema]) -> Schema:
    """A value that can be any of these."""
    every = list(parts)
    return every[0] if len(every) == 1 else any_of(*every)


def _seen(properties: Mapping[str, Schema]) -> Schema:
    """Keys as other readers see them: accepted, but not suggested."""
    seen = {f"^(?:{'|'.join(SEEN[key])})$": properties[key] for key in SEEN if key in properties}
    return {"patternProperties": seen} if seen else {}


def _required(keys: Iterable[str]) -> Schema:
    """The keys that must be there, those that readers see differently under any of their names."""
    plain, others = [], []
    for key in keys:
        seen = SEEN.get(key)
        if seen is None:
            plain.append(key)
        else:
            others.append({"anyOf": [{"required": [name]} for name in (key, *seen)]})
    return ({"required": plain} if plain else {}) | ({"allOf": others} if others else {})


def _needed(top: Schema, known: Mapping[str, Schema]) -> set[str]:
    """The definitions that are referred to, by the document or by one another."""
    needed: set[str] = set()
    waiting = list(_references(top))
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += _references(known[name])
    return needed


def _references(part: Any) -> Iterator[str]:
    """The names of the definitions a schema refers to."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].removeprefix("#/$defs/")
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
