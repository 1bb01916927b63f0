"""Make maps/world.json, the map of the members, from Natural Earth by way of world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python maps/make_world.py package/

Natural Earth is in the public domain; world-atlas, which hands it on as TopoJSON, is under the ISC
licence. Borders are simplified arc by arc, so that neighbours keep one border; the projection is
Equal Earth (Savric, Patterson and Jenny, 2018), so that areas compare. The same input gives the
same bytes.
"""

import heapq
import json
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from unvote.world.world import World

Point = tuple[float, float]
Pixel = tuple[int, int]

WIDTH: Final = 2000
"""Units of the map from left to right."""
SCALE: Final = WIDTH / 5.42
"""Units to one of the projection; the sphere is 5.41 wide."""
TOP: Final = 1.33
"""The upper edge of the map, in units of the projection."""
MIDDLE: Final = 11.0
"""The meridian in the middle: the other one runs through the Bering Strait."""
COARSE: Final = 3.0
"""The least area, in square units, of the triangle that a point of a border must make."""
SPECK: Final = 8.0
"""The least area of an island that is drawn, but for the largest of each member."""
SMALL: Final = 110.0
"""A member whose largest area is below gets a mark, too."""
APART: Final = 19.0
"""The least distance of two marks."""

SPELT: Final = {
    "Antigua and Barb.": "ATG",
    "Bosnia and Herz.": "BIH",
    "Central African Rep.": "CAF",
    "Congo": "COG",
    "Dem. Rep. Congo": "COD",
    "Dominican Rep.": "DOM",
    "Eq. Guinea": "GNQ",
    "Germany": "DEU",
    "Macedonia": "MKD",
    "Marshall Is.": "MHL",
    "S. Sudan": "SSD",
    "Solomon Is.": "SLB",
    "St. Kitts and Nevis": "KNA",
    "St. Vin. and Gren.": "VCT",
}
"""Names of the source that are short for something."""
NO_MEMBERS: Final = frozenset({"Antarctica", "Fr. S. Antarctic Lands", "Siachen Glacier"})
"""What is not drawn at all."""
COUNTED_TO: Final = {"N. Cyprus": "CYP", "Somaliland": "SOM"}
"""Areas that the source draws apart and that are drawn with a member.

No statement on their status. S/RES/541 (1983), paragraph 7, asks not to recognise any Cypriot state
other than the Republic of Cyprus; for Somaliland, which has no seat, this is a choice of drawing,
not seen at a source.
"""
CRIMEA: Final = (32.3, 44.2, 36.8, 46.3)
"""Degrees west, south, east, north: drawn with Ukraine, with Russia in the source.

No statement on its status. A/RES/68/262 asks not to recognise an alteration of it on the basis of
the referendum of 16 March 2014.
"""
ENDED: Final = {
    "CSK": ("CZE", "SVK"),
    "YUG": ("BIH", "HRV", "MKD", "MNE", "SRB", "SVN"),
}
"""Members that have ended, drawn as those that came after."""
PLACES: Final = {"DDR": (13.4, 52.5), "EAZ": (39.3, -6.1), "YMD": (47.0, 14.0)}
"""Members that have ended and get a mark alone, by longitude and latitude."""
COLUMNS: Final = 24
ROWS: Final = 16
"""The grid of tiles."""


def projected(longitude: float, latitude: float) -> Point:
    """A place in units of the map."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    slope = 3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1)
    x = 2 * math.sqrt(3) * math.radians(longitude - MIDDLE) * math.cos(theta) / slope
    y = theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)
    return WIDTH / 2 + x * SCALE, (TOP - y) * SCALE


def wrapped(points: Sequence[Point]) -> list[Point]:
    """A line west of the Bering Strait, carried to the other side of the map."""
    if max(points)[0] - min(points)[0] > 180:  # noqa: PLR2004 - it jumps from one side to the other
        return [(x % 360, y) for x, y in points]
    middle = sum(x for x, _ in points) / len(points)
    return [(x + 360, y) for x, y in points] if middle < MIDDLE - 180 else list(points)


def area(ring: Sequence[Point]) -> float:
    """The area within a ring, in square units."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def simplified(line: list[Point]) -> list[Point]:
    """A line without the points that make next to no difference (Visvalingam and Whyatt, 1993)."""
    before, after = [n - 1 for n in range(len(line))], [n + 1 for n in range(len(line))]
    gone: set[int] = set()

    def size(n: int) -> float:
        return area([line[before[n]], line[n], line[after[n]]])

    heap = [(size(n), n) for n in range(1, len(line) - 1)]
    heapq.heapify(heap)
    least = 4 if line[0] == line[-1] else 2
    while heap and len(line) - len(gone) > least:
        smallest, n = heapq.heappop(heap)
        if smallest >= COARSE:
            break
        if n in gone or smallest != size(n):
            continue
        gone.add(n)
        left, right = before[n], after[n]
        after[left], before[right] = right, left
        for other in (left, right):
            if 0 < other < len(line) - 1:
                heapq.heappush(heap, (size(other), other))
    return [point for n, point in enumerate(line) if n not in gone]


class Topology:
    """One file of world-atlas: its areas by name, as rings of arcs."""

    def __init__(self, file: Path) -> None:
        data = json.loads(file.read_text(encoding="utf-8"))
        (kx, ky), (x0, y0) = data["transform"]["scale"], data["transform"]["translate"]
        self.degrees: list[list[Point]] = []
        for arc in data["arcs"]:
            x = y = 0
            line = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                line.append((x * kx + x0, y * ky + y0))
            self.degrees.append(line)
        self._lines: dict[int, list[Point]] = {}
        self.areas: dict[str, list[list[int]]] = {}
        for shape in data["objects"]["countries"]["geometries"]:
            self.areas.setdefault(shape["properties"]["name"], []).extend(rings_of(shape))

    def line(self, n: int) -> list[Point]:
        """An arc, projected and simplified; backwards if its number is negative."""
        one = n if n >= 0 else ~n
        if one not in self._lines:
            self._lines[one] = simplified([projected(*p) for p in wrapped(self.degrees[one])])
        return self._lines[one] if n >= 0 else self._lines[one][::-1]

    def ring(self, arcs: Iterable[int]) -> list[Point]:
        """The points of a ring of arcs."""
        points: list[Point] = []
        for n in arcs:
            line = self.line(n)
            points += line[1:] if points else line
        return points[:-1] if points[0] == points[-1] else points

    def within(self, arcs: Iterable[int], box: tuple[float, float, float, float]) -> bool:
        """Whether a ring lies within degrees west, south, east and north."""
        west, south, east, north = box
        points = [p for n in arcs for p in self.degrees[n if n >= 0 else ~n]]
        return all(west <= x <= east and south <= y <= north for x, y in points)


def rings_of(shape: Any) -> list[list[int]]:
    """The rings of a shape, those of holes among them: an even number of rings is outside."""
    arcs = shape.get("arcs", [])
    polygons = [arcs] if shape["type"] == "Polygon" else arcs
    return [ring for polygon in polygons for ring in polygon]


def joined(topology: Topology, rings: list[list[int]]) -> list[list[int]]:
    """The areas of several rings as one, without the borders between them."""
    every = {n for ring in rings for n in ring}
    both = {n for n in every if ~n in every}
    whole = [ring for ring in rings if not both & set(ring)]
    loose = sorted(every - both - {n for ring in whole for n in ring})
    ends = {topology.degrees[n if n >= 0 else ~n][0 if n >= 0 else -1]: n for n in loose}
    while ends:
        ring = [ends.pop(next(iter(ends)))]
        while True:
            last = ring[-1]
            end = topology.degrees[last if last >= 0 else ~last][-1 if last >= 0 else 0]
            if end not in ends:
                break
            ring.append(ends.pop(end))
        whole.append(ring)
    return whole


def path(rings: Iterable[Sequence[Point]]) -> str:
    """Rings as the data of a path, in whole units, each step from the point before."""
    words: list[str] = []
    for ring in rings:
        at: Pixel = (0, 0)
        steps: list[str] = []
        for point in ring:
            to = round(point[0]), round(point[1])
            if steps and to == at:
                continue
            dx, dy = to[0] - at[0], to[1] - at[1]
            steps.append(f"{dx}{'' if dy < 0 else ' '}{dy}" if steps else f"M{to[0]} {to[1]}l")
            at = to
        if len(steps) < 3:  # noqa: PLR2004 - no area in whole units: a mark stands for it
            continue
        first, *rest = steps
        words.append(
            first + "".join(f" {s}" if s[0] != "-" and n else s for n, s in enumerate(rest)) + "z"
        )
    return "".join(words)


def drawn(topology: Topology, rings: Iterable[list[int]]) -> list[list[Point]]:
    """The rings large enough to be seen, the largest in any case, largest first."""
    found = sorted((topology.ring(ring) for ring in rings), key=area, reverse=True)
    return [ring for n, ring in enumerate(found) if not n or area(ring) >= SPECK]


def centre(ring: Sequence[Point]) -> Point:
    """The centre of gravity of a ring."""
    twice = x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        twice += cross
        x += (a[0] + b[0]) * cross
        y += (a[1] + b[1]) * cross
    if abs(twice) < 1e-6:  # noqa: PLR2004 - a speck has no area
        return ring[0]
    return x / (3 * twice), y / (3 * twice)


def spread(marks: dict[str, Point]) -> dict[str, Pixel]:
    """Marks moved apart until none lies on another."""
    codes = sorted(marks)
    at = {code: list(marks[code]) for code in codes}
    for _ in range(400):
        for n, one in enumerate(codes):
            for other in codes[n + 1 :]:
                dx, dy = at[other][0] - at[one][0], at[other][1] - at[one][1]
                far = math.hypot(dx, dy) or 0.01
                if far < APART:
                    push = (APART - far) / far / 2
                    for code, sign in ((one, -1), (other, 1)):
                        at[code][0] += sign * (dx or 0.01) * push
                        at[code][1] += sign * dy * push
    return {code: (round(x), round(y)) for code, (x, y) in at.items()}


def assigned(costs: list[list[float]]) -> list[int]:  # noqa: C901 - the algorithm as it is told
    """The column of each row, at the least cost in all (Kuhn and Munkres, by shortest paths)."""
    rows, columns = len(costs), len(costs[0])
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    match, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        match[0], column = row, 0
        least, used = [math.inf] * (columns + 1), [False] * (columns + 1)
        while True:
            used[column] = True
            here, delta, nearest = match[column], math.inf, 0
            line, base = costs[here - 1], u[here]
            for n in range(1, columns + 1):
                if used[n]:
                    continue
                cost = line[n - 1] - base - v[n]
                if cost < least[n]:
                    least[n], way[n] = cost, column
                if least[n] < delta:
                    delta, nearest = least[n], n
            for n in range(columns + 1):
                if used[n]:
                    u[match[n]] += delta
                    v[n] -= delta
                else:
                    least[n] -= delta
            column = nearest
            if match[column] == 0:
                break
        while column:
            match[column], column = match[way[column]], way[column]
    return [n - 1 for _, n in sorted((match[n], n) for n in range(1, columns + 1) if match[n])]


def loosened(centres: dict[str, Point]) -> dict[str, Point]:
    """Places moved apart where they crowd, so that a grid has room for them."""
    codes, room = sorted(centres), WIDTH / COLUMNS
    at = {code: list(centres[code]) for code in codes}
    for _ in range(120):
        for n, one in enumerate(codes):
            for other in codes[n + 1 :]:
                dx, dy = at[other][0] - at[one][0], at[other][1] - at[one][1]
                far = math.hypot(dx, dy) or 0.01
                if far < room:
                    push = (room - far) / far / 4
                    for code, sign in ((one, -1), (other, 1)):
                        at[code][0] += sign * (dx or 0.01) * push
                        at[code][1] += sign * dy * push
    return {code: (x, y) for code, (x, y) in at.items()}


def tiles(centres: dict[str, Point]) -> dict[str, Pixel]:
    """A tile of the grid for each place, none far from where it is; those that ended come last."""
    ended = (*ENDED, *PLACES)
    now = {code: place for code, place in centres.items() if code not in ended}
    eased = loosened(now)
    codes = sorted(eased)
    left, right = min(x for x, _ in eased.values()), max(x for x, _ in eased.values())
    top, bottom = min(y for _, y in eased.values()), max(y for _, y in eased.values())
    cells = [(c, r) for r in range(ROWS) for c in range(COLUMNS)]

    def on_grid(place: Point) -> Point:
        x = (place[0] - left) / (right - left) * (COLUMNS - 1)
        return x, (place[1] - top) / (bottom - top) * (ROWS - 1)

    def cost(code: str) -> list[float]:
        x, y = on_grid(eased[code])
        return [(x - c) ** 2 + (y - r) ** 2 for c, r in cells]

    found = {
        code: cells[n] for code, n in zip(codes, assigned([cost(c) for c in codes]), strict=True)
    }
    for code in ended:
        near = {"CSK": "CZE", "YUG": "SRB", "DDR": "DEU", "EAZ": "TZA", "YMD": "YEM"}[code]
        c0, r0 = found[near]
        free = [cell for cell in cells if cell not in found.values()]
        found[code] = min(free, key=lambda cell: (cell[0] - c0) ** 2 + (cell[1] - r0) ** 2)
    return found


def world(package: Path) -> dict[str, Any]:
    """The map: the path of each member, a mark for the small ones, a tile for each, the rest."""
    fine, coarse = (
        Topology(package / "countries-10m.json"),
        Topology(package / "countries-50m.json"),
    )
    names = World().names
    rings: dict[str, list[list[int]]] = {}
    others: list[list[int]] = []
    for name, found in sorted(coarse.areas.items()):
        if name in NO_MEMBERS:
            continue
        code = SPELT.get(name) or COUNTED_TO.get(name) or names.seat(name)
        if code is None:
            others += found
        else:
            rings.setdefault(code, []).extend(found)
    crimea = [ring for ring in rings["RUS"] if coarse.within(ring, CRIMEA)]
    rings["RUS"] = [ring for ring in rings["RUS"] if ring not in crimea]
    rings["UKR"] += crimea
    for code in (*COUNTED_TO.values(), "UKR"):
        rings[code] = joined(coarse, rings[code])
    shapes = {code: drawn(coarse, found) for code, found in rings.items()}
    shapes |= {"TUV": drawn(fine, fine.areas["Tuvalu"])}
    missing = set(names.membership.members) - set(shapes) - set(ENDED) - set(PLACES)
    if missing or not crimea:
        raise SystemExit(f"not found in the source: {sorted(missing)} {'' if crimea else 'Crimea'}")
    centres = {code: centre(found[0]) for code, found in shapes.items()}
    marks = {code: centres[code] for code, found in shapes.items() if area(found[0]) < SMALL}
    marks |= {code: projected(*place) for code, place in PLACES.items()}
    ended = {code: centres[parts[0]] for code, parts in ENDED.items()}
    height = 880
    periods = [member.period for member in names.membership.members.values()]
    admitted = max(period.since for period in periods if period.since)
    return {
        "source": "Natural Earth 4.1.0 (public domain), by way of world-atlas 2.0.2; simplified",
        "since": str(admitted),
        "projection": "Equal Earth",
        "size": [WIDTH, height],
        "grid": [COLUMNS, ROWS],
        "areas": {code: line for code, found in sorted(shapes.items()) if (line := path(found))},
        "others": path(drawn(coarse, others)),
        "ended": {code: list(parts) for code, parts in ENDED.items()},
        "marks": dict(sorted(spread(marks).items())),
        "tiles": dict(sorted(tiles(centres | ended | dict.fromkeys(PLACES, (0.0, 0.0))).items())),
    }


if __name__ == "__main__":
    found = world(Path(sys.argv[1]))
    target = Path(__file__).with_name("world.json")
    target.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="ascii")
