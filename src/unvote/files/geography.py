"""The map that comes with the program."""

from datetime import date

from unvote.render.pictures.geography import Geography
from unvote.world.shipped import data_folder


def read_geography() -> Geography:
    """The map of `maps/world.json`."""
    import json  # noqa: PLC0415 - only pictures need it

    text = (data_folder() / "maps" / "world.json").read_text(encoding="ascii")
    data = json.loads(text)
    return Geography(
        data["source"],
        date.fromisoformat(data["since"]),
        (data["size"][0], data["size"][1]),
        (data["grid"][0], data["grid"][1]),
        data["areas"],
        data["others"],
        {code: tuple(parts) for code, parts in data["ended"].items()},
        {code: (x, y) for code, (x, y) in data["marks"].items()},
        {code: (x, y) for code, (x, y) in data["tiles"].items()},
    )
