"""From a diagram to geometry: every box, line and lane with its place in points, whatever it is painted with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planner.rendering.diagram.description import Diagram, Node
from planner.rendering.diagram.filtering import Filtered, Line, filtered
from planner.rendering.diagram.labels import Label, label
from planner.rendering.diagram.ordering import ordered
from planner.rendering.diagram.placement import LANE_LEAST, Placement, placed
from planner.rendering.diagram.ports import Ports, ports
from planner.rendering.diagram.ranks import ranks
from planner.rendering.diagram.routing import Channel, channels, routes
from planner.rendering.diagram.skeleton import Skeleton, ends, skeleton
from planner.rendering.drawing import Point

STRIP: Final = 14.0
"""The width of the solid strip that holds the wave's number."""
TEXT_PAD: Final = 3.5
TEXT: Final = 10.4
LEAST_TEXT: Final = 9.6
BOX_WIDTH: Final = 92.0
WIDEST_BOX: Final = 116.0
SIDE: Final = 8.0
"""Points between the edge of the lanes and the first and last column."""
TALL: Final = 36.0
"""The height of a box with two lines of label and a note."""
ROW: Final = 38.0
BODY: Final = 1.68
"""Width to height of what lies between title and legend: up to this height straight lines cost nothing."""
COLUMN_MORE: Final = 42.0
"""What a row and a channel take on an average; good enough to choose the number of columns."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A node's box, and its label as it is broken and sized."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    label: Label


@dataclass(frozen=True, slots=True)
class Route:
    """A line from provider to dependent; the arrow stands at its last point."""

    line: Line
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A lane from edge to edge."""

    name: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The geometry of a diagram; the origin is the top left corner of the first lane, without its label."""

    filtered: Filtered
    frames: tuple[Frame, ...]
    routes: tuple[Route, ...]
    bands: tuple[Band, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Everything about a diagram but how far apart its columns stand."""

    filtered: Filtered
    labels: Mapping[str, Label]
    box: float
    skeleton: Skeleton
    ports: Ports
    placement: Placement
    channels: tuple[Channel, ...]


def layout(diagram: Diagram) -> Layout:
    """Return the geometry of a diagram; the same diagram gives the same geometry."""
    return geometry(arranged(diagram))


def arranged(diagram: Diagram) -> Arrangement:
    """Return columns, order and heights of a diagram."""
    chosen = filtered(diagram)
    labels = {node.id: _label(node) for node in diagram.nodes}
    box = max([BOX_WIDTH, *(found.width + STRIP + 2 * TEXT_PAD for found in labels.values())])
    lanes = {lane.id: place for place, lane in enumerate(diagram.lanes)}
    columns = ranks(
        {node.id: node.lane for node in _hubs_first(diagram)},
        [ends(line) for line in chosen.lines],
        (box + COLUMN_MORE) / ROW,
    )
    bones = skeleton(columns, {node.id: lanes[node.lane] for node in diagram.nodes}, chosen.lines, len(lanes))
    order = ordered(bones)
    tall = {node.id: TALL for node in diagram.nodes if node.note and len(labels[node.id].lines) > 1}
    doors = ports(bones, order, tall)
    free = len(order) * (box + COLUMN_MORE) / BODY
    places = placed(bones, order, doors, [_lane_height(lane.name) for lane in diagram.lanes], free)
    return Arrangement(chosen, labels, box, bones, doors, places, channels(bones, places, doors, order))


def geometry(found: Arrangement, slack: float = 0.0) -> Layout:
    """Return the geometry with `slack` points more in every channel."""
    diagram, edges = found.filtered.diagram, found.placement.edges
    lefts = _lefts(found.box, [channel.width + slack for channel in found.channels])
    ways = routes(found.skeleton, found.channels, lefts, found.box, slack)
    lines = zip(found.filtered.lines, ways, strict=True)
    return Layout(
        filtered=found.filtered,
        frames=tuple(_frames(found, lefts)),
        routes=tuple(Route(line, points[::-1] if line.backward else points) for line, points in lines),
        bands=tuple(Band(lane.name, *pair) for lane, pair in zip(diagram.lanes, pairwise(edges), strict=True)),
        width=lefts[-1] + found.box + SIDE,
        height=edges[-1],
    )


def _frames(found: Arrangement, lefts: Sequence[float]) -> Iterable[Frame]:
    nodes = {node.id: node for node in found.filtered.diagram.nodes}
    for at, item in enumerate(found.skeleton.items):
        if item.node:
            height = found.ports.heights[at]
            top = found.placement.middle[at] - height / 2
            yield Frame(nodes[item.node], lefts[item.rank], top, found.box, height, found.labels[item.node])


def _label(node: Node) -> Label:
    room = BOX_WIDTH - STRIP - 2 * TEXT_PAD
    found = label(node.label, TEXT, room, LEAST_TEXT)
    if found.width <= room:
        return found
    wider = WIDEST_BOX - STRIP - 2 * TEXT_PAD
    return label(node.label, found.size, wider, 1.0)


def _hubs_first(diagram: Diagram) -> tuple[Node, ...]:
    hubs = {hub.node for hub in diagram.hubs}
    return tuple(sorted(diagram.nodes, key=lambda node: node.id not in hubs))


def _lane_height(name: str) -> float:
    return max(LANE_LEAST, len(name) * 9.0 + 12)


def _lefts(box: float, widths: Sequence[float]) -> list[float]:
    lefts = [SIDE]
    for width in widths:
        lefts.append(lefts[-1] + box + width)
    return lefts
