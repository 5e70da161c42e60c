"""How far down everything stands: blocks are pulled towards their neighbours, in their order and in their lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.blocks import Blocks, blocks
from planner.rendering.diagram.ports import Ports
from planner.rendering.diagram.skeleton import Skeleton

BOX_GAP: Final = 9.0
WIRE_GAP: Final = 6.0
LANE_PAD: Final = 10.0
"""Points between two boxes, beside a wire, and between a box and the edge of its lane."""
LANE_LEAST: Final = 60.0
ROUNDS: Final = 40
POLISH: Final = 12


@dataclass(frozen=True, slots=True)
class Placement:
    """The middle of every item, and the edges of the lanes, of which there is one more than lanes; from 0 downwards."""

    middle: tuple[float, ...]
    edges: tuple[float, ...]


def placed(
    skeleton: Skeleton, columns: Sequence[Sequence[int]], ports: Ports, least: Sequence[float] = ()
) -> Placement:
    """Return where everything stands; ``least`` are the least heights of the lanes."""
    aligned = blocks(skeleton, columns, ports)
    room = _Room(skeleton, columns, ports, aligned, least)
    y = room.settled()
    middle = tuple(y[aligned.block[item]] + aligned.offset[item] for item in range(len(skeleton.items)))
    return Placement(middle, tuple(y[aligned.count :]))


class _Room:
    """Blocks and lane edges with the least distances between them, and the pulls of the links."""

    def __init__(
        self,
        skeleton: Skeleton,
        columns: Sequence[Sequence[int]],
        ports: Ports,
        aligned: Blocks,
        least: Sequence[float],
    ) -> None:
        self.count = aligned.count + skeleton.lanes + 1
        self.edge = aligned.count
        self.below: list[dict[int, float]] = [{} for _ in range(self.count)]
        self.above: list[dict[int, float]] = [{} for _ in range(self.count)]
        self.pulls: dict[int, list[tuple[int, float, float]]] = defaultdict(list)
        self._separate_lanes(skeleton.lanes, least)
        for column in columns:
            self._separate(column, skeleton, ports, aligned)
        self._pull(skeleton, ports, aligned)
        self.order = self._sorted()
        self.earliest = self._earliest()
        self.latest = self._latest(self.earliest[-1])

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

    def _separate(self, column: Sequence[int], skeleton: Skeleton, ports: Ports, aligned: Blocks) -> None:
        before, lane = -1, -1
        for item in column:
            own = skeleton.items[item].lane
            block, half = aligned.block[item], ports.heights[item] / 2
            pad = LANE_PAD if half else LANE_PAD / 2
            if own != lane:
                self._apart(self.edge + own, block, half + pad - aligned.offset[item])
            else:
                gap = BOX_GAP if half and ports.heights[before] else WIRE_GAP
                distance = half + ports.heights[before] / 2 + gap
                self._apart(aligned.block[before], block, distance + aligned.offset[before] - aligned.offset[item])
            self._apart(block, self.edge + own + 1, half + pad + aligned.offset[item])
            before, lane = item, own

    def _apart(self, upper: int, lower: int, distance: float) -> None:
        self.below[upper][lower] = max(distance, self.below[upper].get(lower, distance))
        self.above[lower][upper] = self.below[upper][lower]

    def _pull(self, skeleton: Skeleton, ports: Ports, aligned: Blocks) -> None:
        for link in skeleton.links:
            left, right = aligned.block[link.left], aligned.block[link.right]
            if left != right:
                shift = aligned.offset[link.left] + ports.left(link, skeleton)
                shift -= aligned.offset[link.right] + ports.right(link)
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
