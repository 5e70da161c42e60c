"""How far down everything stands: blocks are pulled towards their neighbours, in their order and in their lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.blocks import Blocks, Follows, aligned, gathered
from planner.rendering.diagram.ports import Ports
from planner.rendering.diagram.skeleton import Skeleton

BOX_GAP: Final = 9.0
WIRE_GAP: Final = 6.0
LANE_PAD: Final = 10.0
"""Points between two boxes, beside a wire, and between a box and the edge of its lane."""
SPARE: Final = 1.08
"""How much higher than it must be a drawing may be for the sake of straight lines."""
SMALL: Final = 700
CUTS: Final = 120
CUTS_OF_MANY: Final = 4
"""How often straight stretches that cost height are cut, in drawings of ordinary size and in larger ones."""
LANE_LEAST: Final = 60.0
ROUNDS: Final = 40
POLISH: Final = 12


@dataclass(frozen=True, slots=True)
class Placement:
    """The middle of every item, and the edges of the lanes, of which there is one more than lanes; from 0 downwards."""

    middle: tuple[float, ...]
    edges: tuple[float, ...]


def placed(
    skeleton: Skeleton, columns: Sequence[Sequence[int]], ports: Ports, least: Sequence[float] = (), free: float = 0.0
) -> Placement:
    """Return where everything stands.

    Parameters
    ----------
    skeleton : Skeleton
    columns : sequence of sequence of int
        The items of every column from top to bottom.
    ports : Ports
    least : sequence of float, optional
        The least heights of the lanes.
    free : float, optional
        The height that may be filled for the sake of straight lines.
    """
    room = _compact(skeleton, columns, ports, least, free)
    y, found = room.settled(), room.blocks
    middle = tuple(y[found.block[item]] + found.offset[item] for item in range(len(skeleton.items)))
    return Placement(middle, tuple(y[found.count :]))


def _compact(
    skeleton: Skeleton, columns: Sequence[Sequence[int]], ports: Ports, least: Sequence[float], free: float
) -> _Room:
    """Return the room with as many straight stretches as leave it nearly as low as it can be, or as is free."""
    count = len(skeleton.items)
    follows = aligned(skeleton, columns, ports)
    lowest = _Room(skeleton, columns, ports, gathered(count, columns, {}), least).height
    for _ in range(CUTS if count <= SMALL else CUTS_OF_MANY):
        room = _Room(skeleton, columns, ports, gathered(count, columns, follows), least)
        bends = room.bends() if room.height > max(lowest * SPARE, free) else ()
        if not bends:
            return room
        for upper, lower in bends:
            follows.pop(_cut(skeleton, follows, *sorted((upper, lower), key=lambda item: skeleton.items[item].rank)))
    return _Room(skeleton, columns, ports, gathered(count, columns, follows), least)


def _cut(skeleton: Skeleton, follows: Follows, left: int, right: int) -> int:
    """Return which item between two of one block leaves the line: where a box ends it, else the last one."""
    way = [right]
    while follows[way[-1]][0] != left:
        way.append(follows[way[-1]][0])
    return next((item for item in way if skeleton.is_node(item) or skeleton.is_node(follows[item][0])), way[0])


class _Room:
    """Blocks and lane edges with the least distances between them, and the pulls of the links."""

    def __init__(
        self,
        skeleton: Skeleton,
        columns: Sequence[Sequence[int]],
        ports: Ports,
        blocks: Blocks,
        least: Sequence[float],
    ) -> None:
        self.blocks = blocks
        self.rank = [item.rank for item in skeleton.items]
        self.touch: dict[tuple[int, int], tuple[int, int]] = {}
        self.count = blocks.count + skeleton.lanes + 1
        self.edge = blocks.count
        self.below: list[dict[int, float]] = [{} for _ in range(self.count)]
        self.above: list[dict[int, float]] = [{} for _ in range(self.count)]
        self.pulls: dict[int, list[tuple[int, float, float]]] = defaultdict(list)
        self._separate_lanes(skeleton.lanes, least)
        for column in columns:
            self._separate(column, skeleton, ports, blocks)
        self._pull(skeleton, ports, blocks)
        self.order = self._sorted()
        self.earliest = self._earliest()
        self.latest = self._latest(self.earliest[-1])

    @property
    def height(self) -> float:
        """The least height of all lanes together."""
        return self.earliest[-1]

    def bends(self) -> tuple[tuple[int, int], ...]:
        """Return pairs of items of one block that make the room as high as it is.

        On the way from the bottom to the top, along distances without slack, such a block is entered in one column and
        left in another.
        """
        block, entered = self.count - 1, -1
        found: list[tuple[int, int]] = []
        while above := self.above[block]:
            over = min(above, key=lambda other: self.earliest[block] - self.earliest[other] - above[other])
            upper, lower = self.touch[over, block]
            if entered >= 0 and lower >= 0 and self.rank[entered] != self.rank[lower]:
                found.append((lower, entered))
            block, entered = over, upper
        return tuple(found)

    def settled(self) -> list[float]:
        """Return the places after all rounds: first all move at once, then one after the other."""
        y = self.earliest
        for _ in range(ROUNDS):
            y = self._allowed([self._mean(block, y) for block in range(self.count)])
        for _ in range(POLISH):
            for block in self.order:
                y[block] = self._polished(block, y)
        return y

    def _separate_lanes(self, lanes: int, least: Sequence[float]) -> None:
        for lane in range(lanes):
            self._apart(self.edge + lane, self.edge + lane + 1, least[lane] if least else LANE_LEAST)

    def _separate(self, column: Sequence[int], skeleton: Skeleton, ports: Ports, blocks: Blocks) -> None:
        before, lane = -1, -1
        for item in column:
            own = skeleton.items[item].lane
            block, half = blocks.block[item], ports.heights[item] / 2
            pad = LANE_PAD if half else LANE_PAD / 2
            if own != lane:
                self._apart(self.edge + own, block, half + pad - blocks.offset[item], (-1, item))
            else:
                gap = BOX_GAP if half and ports.heights[before] else WIRE_GAP
                distance = half + ports.heights[before] / 2 + gap
                upper = blocks.block[before]
                self._apart(upper, block, distance + blocks.offset[before] - blocks.offset[item], (before, item))
            self._apart(block, self.edge + own + 1, half + pad + blocks.offset[item], (item, -1))
            before, lane = item, own

    def _apart(self, upper: int, lower: int, distance: float, touch: tuple[int, int] = (-1, -1)) -> None:
        """Keep a distance between two blocks; `touch` are the items of them that need it."""
        if distance > self.below[upper].get(lower, float("-inf")):
            self.below[upper][lower] = self.above[lower][upper] = distance
            self.touch[upper, lower] = touch

    def _pull(self, skeleton: Skeleton, ports: Ports, blocks: Blocks) -> None:
        for link in skeleton.links:
            left, right = blocks.block[link.left], blocks.block[link.right]
            if left != right:
                shift = blocks.offset[link.left] + ports.left(link, skeleton)
                shift -= blocks.offset[link.right] + ports.right(link)
                same = skeleton.items[link.left].lane == skeleton.items[link.right].lane
                weight = 1.0 if same else 0.25
                self.pulls[right].append((left, shift, weight))
                self.pulls[left].append((right, -shift, weight))

    def _sorted(self) -> list[int]:
        waiting = [len(above) for above in self.above]
        order = [block for block in range(self.count) if not waiting[block]]
        for block in order:
            for other in self.below[block]:
                waiting[other] -= 1
                if not waiting[other]:
                    order.append(other)
        return order

    def _earliest(self) -> list[float]:
        y = [0.0] * self.count
        for block in self.order:
            y[block] = max((y[other] + distance for other, distance in self.above[block].items()), default=0.0)
        return y

    def _latest(self, bottom: float) -> list[float]:
        y = [bottom] * self.count
        for block in reversed(self.order):
            y[block] = min((y[other] - distance for other, distance in self.below[block].items()), default=bottom)
        return y

    def _mean(self, block: int, y: list[float]) -> float:
        pulls = self.pulls[block]
        if not pulls:
            return y[block]
        weight = sum(strength for _, _, strength in pulls)
        return sum((y[other] + shift) * strength for other, shift, strength in pulls) / weight

    def _allowed(self, wanted: list[float]) -> list[float]:
        """Return places that keep all distances, near the wanted ones: the mean of pushing down and pushing up."""
        down, up = list(wanted), list(wanted)
        for block in self.order:
            low = min(max(down[block], self.earliest[block]), self.latest[block])
            down[block] = max([low, *(down[other] + gap for other, gap in self.above[block].items())])
        for block in reversed(self.order):
            high = min(max(up[block], self.earliest[block]), self.latest[block])
            up[block] = min([high, *(up[other] - gap for other, gap in self.below[block].items())])
        return [(lower + upper) / 2 for lower, upper in zip(down, up, strict=True)]

    def _polished(self, block: int, y: list[float]) -> float:
        """Return the place where most of the block's links are straight, as far as its neighbours leave room."""
        low = max((y[other] + gap for other, gap in self.above[block].items()), default=self.earliest[block])
        high = min((y[other] - gap for other, gap in self.below[block].items()), default=self.latest[block])
        pulls = self.pulls[block]
        if not pulls or low > high:
            return y[block]
        half, total = sum(strength for _, _, strength in pulls) / 2, 0.0
        best = y[block]
        for target, strength in sorted((y[other] + shift, strength) for other, shift, strength in pulls):
            total += strength
            if total >= half:
                best = target
                break
        return min(max(best, low), high)
