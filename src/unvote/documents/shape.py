"""What all documents share: strict keys, and mistakes told in the user's words."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from unvote.diagnostics import Problem, Route, Spot, quoted

Text = str


class Shape(BaseModel):
    """A mapping with known keys. A field's `title` says, in plain words, what is expected there."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


S = TypeVar("S", bound=Shape)

MOST_KEYS: Final = 12
MOST_HINTS: Final = 50
NAMES: Final = {str: "text", list: "a list", dict: "a mapping (key: value)", type(None): "nothing"}


def read(model: type[S], data: Any) -> tuple[S | None, list[Problem]]:
    """Text data as a document, with everything wrong with its shape (UV106, UV110, UV111).

    Where parts do not fit, the document is what remains without them, so that the rest can still
    be checked; it is nothing where what is left is no document.
    """
    if data is None:
        return None, [Problem("UV111", "the file is empty", hint=_hint_empty(model))]
    if not isinstance(data, dict):
        message = f"the file holds {kind_of(data)}, not a mapping (key: value)"
        return None, [Problem("UV110", message, hint=_hint_empty(model))]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        problems = _problems(error, model, data)
    return _rest(model, data, problems), problems


def _rest(model: type[S], data: Any, problems: list[Problem]) -> S | None:
    """The document without the parts that have problems."""
    gone = [problem.route for problem in problems if _present(data, problem.route)]
    if len(gone) > MOST_HINTS:
        return None
    for route in sorted(gone, reverse=True, key=_order):
        data = _without(data, route)
    if "id" in model.model_fields and isinstance(data, dict):
        data = {"id": "?", **data}
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _present(data: Any, route: Route) -> bool:
    """Whether there is a value at a route, other than the whole."""
    for step in route:
        if isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif isinstance(data, dict) and step in data:
            data = data[str(step)]
        else:
            return False
    return bool(route)


def _order(route: Route) -> tuple[tuple[int, str], ...]:
    """Routes in the order of the document where they count items."""
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in route)


def _without(data: Any, route: Route) -> Any:
    """Data without the value at a route."""
    step, rest = route[0], route[1:]
    if isinstance(data, list) and isinstance(step, int):
        middle = [_without(data[step], rest)] if rest else []
        return [*data[:step], *middle, *data[step + 1 :]]
    if isinstance(data, dict) and step in data:
        if rest:
            return {**data, step: _without(data[step], rest)}
        return {key: value for key, value in data.items() if key != step}
    return data


def kind_of(data: Any) -> str:
    """What a piece of text data is, in plain words."""
    return NAMES.get(type(data), "something else")


def _hint_empty(model: type[Shape]) -> str:
    required = [name for name, info in model.model_fields.items() if info.is_required()]
    return f"it needs at least: {', '.join(required)}" if required else ""


def _problems(error: ValidationError, model: type[Shape], data: Any) -> list[Problem]:
    """Our problems for pydantic's errors, one for each place."""
    found: dict[tuple[Route, str], Problem] = {}
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        route = _route(item["loc"], data, missing=item["type"] == "missing")
        problem = _problem(item["type"], route, model, data, suggest=len(found) < MOST_HINTS)
        found.setdefault((route, problem.code), problem)
    # Of nested complaints about one value, the innermost says most.
    outer = {route[:n] for route, _ in found for n in range(len(route))}
    return [problem for (route, _), problem in found.items() if route not in outer]


def _route(location: tuple[int | str, ...], data: Any, *, missing: bool) -> Route:
    """Pydantic's location without the steps that name the members of a union."""
    route: list[str | int] = []
    for number, step in enumerate(location):
        if isinstance(data, Mapping) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif not (missing and number == len(location) - 1):
            continue
        route.append(step)
    return tuple(route)


def _problem(kind: str, route: Route, model: type[Shape], data: Any, *, suggest: bool) -> Problem:
    name = quoted(str(route[-1])) if route else "this"
    holder, fields = _holder(model, route)
    if kind == "extra_forbidden":
        from difflib import get_close_matches  # noqa: PLC0415 - only for a key that is unknown

        word = str(route[-1])[:MOST_HINTS]
        close = get_close_matches(word, list(fields), n=1, cutoff=0.6) if suggest else []
        known = [field for field in fields if not field.startswith("$")]
        more = ", ..." if len(known) > MOST_KEYS else ""
        hint = f"known here: {', '.join(known[:MOST_KEYS])}{more}"
        if close:
            hint = f"did you mean '{close[0]}'?"
        return Problem("UV106", f"'{name}' is not a known key", route, hint, spot=Spot.KEY)
    if kind == "missing":
        title = fields.get(str(route[-1]), "")
        hint = f"write `{name}: ...`" + (f" ({title})" if title else "")
        return Problem("UV111", f"'{name}' is missing", route[:-1], hint, spot=Spot.KEY)
    value = _at(data, route)
    if value is None and route and isinstance(route[-1], str):
        hint = f"write `{name}: ...`" + (f" ({fields[name]})" if fields.get(name) else "")
        return Problem("UV111", f"'{name}' is missing: nothing is written there", route, hint)
    found = kind_of(value)
    expected = fields.get(str(route[-1]), "") if route else ""
    if isinstance(route[-1] if route else None, int):
        item = f"item {int(route[-1]) + 1} of '{quoted(holder)}'"
        if value is None:
            return Problem("UV111", f"{item} is empty", route, "write it out, or delete the item")
        return Problem("UV110", f"{item} must be a text, not {found}", route, "one value an item")
    message = f"'{name}' must be {expected or 'text'}, not {found}"
    return Problem("UV110", message, route, f"write `{name}:` with {expected or 'text'}")


def _holder(model: type[Shape], route: Route) -> tuple[str, dict[str, str]]:
    """The key that holds a value, and the fields (with titles) of the model it belongs to."""
    holder, current = "", model
    for step in route[:-1]:
        if isinstance(step, str):
            holder = step
            info = current.model_fields.get(step)
            inner = _inner(info.annotation) if info else None
            current = inner or current
    fields = current.model_fields.items()
    return holder, {info.alias or name: info.title or "" for name, info in fields}


def _inner(annotation: Any) -> type[Shape] | None:
    """The model within an annotation such as `list[Amendment] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        inner = _inner(part)
        if inner is not None:
            return inner
    return None


def _at(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step]
    return data
