"""The order of items in each column, lane by lane, with few crossings.

Barycentre sweeps from several starts; then, in drawings of ordinary size, each item tries every place of its lane
(sifting).
"""

from __future__ import annotations

import random
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Final

from planner.rendering.diagram.skeleton import Skeleton

SWEEPS: Final = 12
STARTS: Final = 6
SMALL: Final = 700
"""Items up to which every refinement is tried."""

Columns = list[list[int]]


def ordered(skeleton: Skeleton) -> Columns:
    """Return the items of every column from top to bottom, lanes in their order."""
    work = _Ordering(skeleton)
    small = len(skeleton.items) <= SMALL
    best, fewest = work.swept(work.start(0)), -1
    for start in range(STARTS if small else 2):
        columns = work.swept(work.start(start))
        if small:
            work.refine(columns)
        crossings = work.crossings(columns)
        if fewest < 0 or crossings < fewest:
            best, fewest = columns, crossings
    return best


def crossings(skeleton: Skeleton, columns: Columns) -> int:
    """Return how many pairs of links cross."""
    return _Ordering(skeleton).crossings(columns)


class _Ordering:
    def __init__(self, skeleton: Skeleton) -> None:
        self.skeleton = skeleton
        self.lane = [item.lane for item in skeleton.items]
        self.left: list[list[int]] = [[] for _ in skeleton.items]
        self.right: list[list[int]] = [[] for _ in skeleton.items]
        for link in skeleton.links:
            self.right[link.left].append(link.right)
            self.left[link.right].append(link.left)

    def start(self, number: int) -> Columns:
        """Return a first order: as given, reversed, then shuffled with fixed seeds."""
        columns: Columns = [[] for _ in range(len(self.skeleton.channels) + 1)]
        numbered = list(range(len(self.lane)))
        if number == 1:
            numbered.reverse()
        elif number > 1:
            random.Random(number).shuffle(numbered)  # noqa: S311 - a start for a search, not a secret
        for item in numbered:
            columns[self.skeleton.items[item].rank].append(item)
        for column in columns:
            column.sort(key=lambda item: self.lane[item])
        return columns

    def swept(self, columns: Columns) -> Columns:
        """Return the best order that sweeps to the right and to the left come upon."""
        best, fewest = [list(column) for column in columns], self.crossings(columns)
        height = self._heights(columns)
        for sweep in range(SWEEPS):
            to_right = sweep % 2 == 0
            for column in columns if to_right else reversed(columns):
                self._sort(column, self.left if to_right else self.right, height)
            count = self.crossings(columns)
            if count < fewest:
                best, fewest = [list(column) for column in columns], count
        return best

    def _heights(self, columns: Columns) -> list[float]:
        height = [0.0] * len(self.lane)
        for column in columns:
            self._place(column, height)
        return height

    def _place(self, column: list[int], height: list[float]) -> None:
        """Note where each item stands: its lane, and how far down in it."""
        for lane, group in groupby(column, key=lambda item: self.lane[item]):
            members = list(group)
            for place, item in enumerate(members):
                height[item] = lane + (place + 0.5) / len(members)

    def _sort(self, column: list[int], neighbours: Sequence[list[int]], height: list[float]) -> None:
        def key(item: int) -> tuple[int, float]:
            others = neighbours[item]
            middle = sum(height[other] for other in others) / len(others) if others else height[item]
            return self.lane[item], middle

        column.sort(key=key)
        self._place(column, height)

    def crossings(self, columns: Columns) -> int:
        total = 0
        for column, following in pairwise(columns):
            place = {item: at for at, item in enumerate(following)}
            total += _inversions([other for item in column for other in sorted(place[o] for o in self.right[item])])
        return total

    def refine(self, columns: Columns) -> None:
        """Improve the order in place until nothing gets better, at most a few rounds."""
        for _ in range(8):
            if not sum(self._sift(columns, rank) for rank in range(len(columns))):
                break

    def _sift(self, columns: Columns, rank: int) -> int:
        """Move each item of a column to the best place of its lane; return how many crossings that saves."""
        place: dict[int, int] = {}
        for near in (rank - 1, rank + 1):
            if 0 <= near < len(columns):
                place.update((item, at) for at, item in enumerate(columns[near]))
        sides = {
            item: (sorted(place[o] for o in self.left[item]), sorted(place[o] for o in self.right[item]))
            for item in columns[rank]
        }
        lanes: dict[int, list[int]] = defaultdict(list)
        for item in columns[rank]:
            lanes[self.lane[item]].append(item)
        saved = sum(_best_place(members, item, sides) for members in lanes.values() for item in list(members))
        columns[rank] = [item for lane in sorted(lanes) for item in lanes[lane]]
        return saved


Sides = dict[int, tuple[list[int], list[int]]]


def _best_place(members: list[int], item: int, sides: Sides) -> int:
    """Move the item within its lane to where it crosses least; return how much better that is."""
    was = members.index(item)
    others = members[:was] + members[was + 1 :]
    cost, costs = 0, [0]
    for other in others:
        cost += _pair(sides[other], sides[item]) - _pair(sides[item], sides[other])
        costs.append(cost)
    least = min(costs)
    if least >= costs[was]:
        return 0
    members[:] = others
    members.insert(costs.index(least), item)
    return costs[was] - least


def _pair(upper: tuple[list[int], list[int]], lower: tuple[list[int], list[int]]) -> int:
    """Return how many links of two neighbours cross when the first stands above the second."""
    return sum(bisect_left(below, place) for above, below in zip(upper, lower, strict=True) for place in above)


def _inversions(places: Iterable[int]) -> int:
    """Return how many pairs stand in falling order."""
    seen: list[int] = []
    total = 0
    for place in places:
        total += len(seen) - bisect_left(seen, place + 1)
        insort(seen, place)
    return total
