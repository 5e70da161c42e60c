"""Orthogonal lines through the channels between columns; none runs through a box, no two lie on top of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.placement import Placement
from planner.rendering.diagram.ports import PORT, PORT_EDGE, Ports
from planner.rendering.diagram.skeleton import Link, Skeleton
from planner.rendering.diagram.tracks import Strand, merged, tracks
from planner.rendering.drawing import Point

TRACK: Final = 4.2
BEFORE: Final = 5.0
"""Points from a box to the first vertical line of the channel."""
AFTER: Final = 10.0
"""Points from the last vertical line to the next box: the arrow head stands there."""
NARROWEST: Final = 22.0
SNAP: Final = 4.5
"""Up to this many points a port moves to make a line straight."""
TRIES: Final = 12
NARROW: Final = 2.6
"""The least distance of a wire that gives way, from what is next to it."""


@dataclass(frozen=True, slots=True)
class Channel:
    """The vertical lines of one channel: track by strand, and heights of both ends by link."""

    track: dict[int, int]
    ends: dict[Link, tuple[float, float]]

    @property
    def width(self) -> float:
        """How wide the channel must be, in points."""
        return max(NARROWEST, BEFORE + AFTER + self._last * TRACK)

    @property
    def _last(self) -> int:
        return max(self.track.values(), default=0)

    def place(self, strand: int, slack: float) -> float:
        """Return how far right of the channel's edge a vertical line stands when the channel is wider by `slack`."""
        spare = self.width + slack - BEFORE - AFTER - self._last * TRACK
        step = min(spare / (self._last + 2), TRACK * 0.7)
        first = BEFORE + (spare - step * self._last) / 2
        return first + self.track[strand] * (TRACK + step)


def channels(
    skeleton: Skeleton, placement: Placement, ports: Ports, columns: Sequence[Sequence[int]]
) -> tuple[Channel, ...]:
    """Return the vertical lines of every channel, from left to right."""
    heights = _Heights(skeleton, placement, ports, columns)
    return tuple(_Channel(links, skeleton, heights, ports).solved() for links in skeleton.channels)


def routes(
    skeleton: Skeleton, solved: Sequence[Channel], lefts: Sequence[float], box: float, slack: float = 0.0
) -> list[tuple[Point, ...]]:
    """Return the points of every line from its left to its right end.

    Parameters
    ----------
    skeleton : Skeleton
    solved : sequence of Channel
    lefts : sequence of float
        The left edge of every column.
    box : float
        The width of a column.
    slack : float, optional
        How much wider every channel is than it must be.
    """
    behind = {(link.net, link.right): link for link in skeleton.links if link.line < 0}
    found: list[tuple[Point, ...]] = [()] * len(skeleton.lines)
    for link in skeleton.links:
        if link.line >= 0:
            chain = [link]
            while (chain[-1].net, chain[-1].left) in behind:
                chain.append(behind[chain[-1].net, chain[-1].left])
            points: list[Point] = []
            for piece in reversed(chain):
                points += _piece(piece, skeleton, solved[skeleton.items[piece.left].rank], lefts, box, slack)
            found[link.line] = straightened(points)
    return found


def straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the points without those that lie on a straight line between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and _same(kept[-1], point):
            continue
        while len(kept) > 1 and _in_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _piece(
    link: Link, skeleton: Skeleton, channel: Channel, lefts: Sequence[float], box: float, slack: float
) -> tuple[Point, ...]:
    rank = skeleton.items[link.left].rank
    start, end = channel.ends[link]
    left, right = lefts[rank] + box, lefts[rank + 1]
    strand = skeleton.strand(link)
    if strand not in channel.track:
        return (left, start), (right, end)
    x = left + channel.place(strand, slack)
    return (left, start), (x, start), (x, end), (right, end)


def _same(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < 1e-6 and abs(one[1] - other[1]) < 1e-6


def _in_line(one: Point, middle: Point, other: Point) -> bool:
    return abs(one[1] - middle[1]) + abs(middle[1] - other[1]) < 1e-6 or (
        abs(one[0] - middle[0]) + abs(middle[0] - other[0]) < 1e-6
    )


class _Heights:
    """The middle of every item; wires give way a little when lines would lie on each other."""

    def __init__(
        self, skeleton: Skeleton, placement: Placement, ports: Ports, columns: Sequence[Sequence[int]]
    ) -> None:
        self.middle = list(placement.middle)
        self.half = [height / 2 for height in ports.heights]
        self.columns = columns
        self.place = {item: at for column in columns for at, item in enumerate(column)}
        self.ahead = {
            link.left: link.right for link in skeleton.links if link.line < 0 and not skeleton.is_node(link.left)
        }
        self.rank = [item.rank for item in skeleton.items]

    def shift(self, wire: int, by: float) -> bool:
        """Move a wire, and those that go straight on from it, unless one of them comes too close to another item."""
        chain = [wire]
        while chain[-1] in self.ahead and self.middle[self.ahead[chain[-1]]] == self.middle[wire]:
            chain.append(self.ahead[chain[-1]])
        if not all(self._free(item, by) for item in chain):
            return False
        for item in chain:
            self.middle[item] += by
        return True

    def _free(self, wire: int, by: float) -> bool:
        column, at = self.columns[self.rank[wire]], self.place[wire] + (1 if by > 0 else -1)
        if not 0 <= at < len(column):
            return True
        distance = abs(self.middle[column[at]] - self.middle[wire] - by) - self.half[column[at]]
        return distance >= NARROW


class _Channel:
    """One channel while its ports are moved a little to keep lines straight and apart."""

    def __init__(self, links: Sequence[Link], skeleton: Skeleton, wires: _Heights, ports: Ports) -> None:
        self.links = links
        self.skeleton = skeleton
        self.enters: dict[int, float] = {}
        self.leaves: dict[Link, float] = {}
        self.wires = wires
        self.middle = wires.middle
        self.heights = ports.heights
        for link in links:
            self.enters[skeleton.strand(link)] = self.middle[link.left] + ports.left(link, skeleton)
            self.leaves[link] = self.middle[link.right] + ports.right(link)
        self.members: dict[int, list[Link]] = defaultdict(list)
        for link in links:
            self.members[skeleton.strand(link)].append(link)

    def solved(self) -> Channel:
        for links in self.members.values():
            self._snap(links)
        for _ in range(TRIES):
            strands = self._strands()
            track = tracks(strands)
            clashes = merged(strands, track)
            if not clashes or not sum(self._part(one.net, other.net, height) for one, other, height in clashes):
                break
        track = tracks(self._strands())
        return Channel(
            track, {link: (self.enters[self.skeleton.strand(link)], self.leaves[link]) for link in self.links}
        )

    def _strands(self) -> list[Strand]:
        return [
            Strand(net, self.enters[net], tuple(self.leaves[link] for link in links))
            for net, links in self.members.items()
        ]

    def _snap(self, links: Sequence[Link]) -> None:
        """Move the ports of a net's own links so that a line that is nearly straight is straight."""
        for link in links:
            lack = self.enters[self.skeleton.strand(link)] - self.leaves[link]
            if 0 < abs(lack) <= SNAP and not self._shift_end(link, lack) and len(links) == 1:
                self._shift_start(link, -lack)

    def _part(self, one: int, other: int, height: float) -> bool:
        """Move a port so that two nets no longer share a height; return whether one could be moved."""
        shifts = (PORT / 2 + 0.4, -PORT / 2 - 0.4, PORT + 0.6, -PORT - 0.6)
        ending = [link for link in self.members[one] if abs(self.leaves[link] - height) < 1e-6]
        if any(self._shift_end(link, shift) for link in ending for shift in shifts):
            return True
        if any(self._shift_start(link, shift) for link in self.members[other][:1] for shift in shifts):
            return True
        return any(self._shift_wire(link, shift) for link in ending for shift in shifts)

    def _shift_wire(self, link: Link, by: float) -> bool:
        if self.skeleton.is_node(link.right) or not self.wires.shift(link.right, by):
            return False
        self.leaves[link] += by
        return True

    def _shift_end(self, link: Link, by: float) -> bool:
        heights = [self.leaves[other] for other in self.links if other is not link and other.right == link.right]
        if not self._fits(link.right, self.leaves[link] + by, heights):
            return False
        self.leaves[link] += by
        return True

    def _shift_start(self, link: Link, by: float) -> bool:
        own = self.skeleton.strand(link)
        others = {self.skeleton.strand(other) for other in self.links if other.left == link.left} - {own}
        if not self._fits(link.left, self.enters[own] + by, [self.enters[other] for other in others]):
            return False
        self.enters[own] += by
        return True

    def _fits(self, item: int, height: float, others: Sequence[float]) -> bool:
        """Whether a port of a node may stand at this height: on the box, apart from the others."""
        reach = self.heights[item] / 2 - PORT_EDGE + 1.5
        on_box = self.skeleton.is_node(item) and abs(height - self.middle[item]) <= reach
        return on_box and all(abs(height - other) >= PORT / 2 + 0.3 for other in others)
