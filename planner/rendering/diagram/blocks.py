"""Blocks: items of neighbouring columns that stand on one straight line.

Wires of a long line first, then boxes with their nearest neighbours, as long as no two such stretches cross. Therefore
the order of blocks from top to bottom holds no contradiction.

References
----------
Brandes, Koepf, "Fast and simple horizontal coordinate assignment", 2001: the idea of aligned blocks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from planner.rendering.diagram.ports import Ports
from planner.rendering.diagram.skeleton import Link, Skeleton


@dataclass(frozen=True, slots=True)
class Blocks:
    """For every item its block, and how much lower than the block it stands."""

    block: tuple[int, ...]
    offset: tuple[float, ...]
    count: int


Follows = dict[int, tuple[int, float]]
"""For an item the one in the column before it that it stands beside, and how much lower."""


def aligned(skeleton: Skeleton, columns: Sequence[Sequence[int]], ports: Ports) -> Follows:
    """Return which items stand on one line with an item to their left."""
    place = {item: at for column in columns for at, item in enumerate(column)}
    follows: Follows = {}
    for channel in skeleton.channels:
        straight: list[tuple[int, int]] = []
        for link in sorted(channel, key=lambda link: _worth(link, skeleton, channel, place)):
            same = skeleton.items[link.left].lane == skeleton.items[link.right].lane
            if same and _joins(straight, place[link.left], place[link.right]):
                follows[link.right] = (link.left, ports.left(link, skeleton) - ports.right(link))
    return follows


def gathered(count: int, columns: Sequence[Sequence[int]], follows: Follows) -> Blocks:
    """Return the blocks of `count` items; every item is in exactly one."""
    block, offset, number = [0] * count, [0.0] * count, 0
    for item in (item for column in columns for item in column):
        if item in follows:
            before, shift = follows[item]
            block[item], offset[item] = block[before], offset[before] + shift
        else:
            block[item] = number
            number += 1
    return Blocks(tuple(block), tuple(offset), number)


def _worth(link: Link, skeleton: Skeleton, channel: Sequence[Link], place: dict[int, int]) -> tuple[int, float]:
    """Return the rank of a link among those that want to be straight: the least comes first."""
    boxes = skeleton.is_node(link.left) + skeleton.is_node(link.right)
    mates = sorted(place[other.right] for other in channel if other.left == link.left)
    return boxes, abs(place[link.right] - mates[(len(mates) - 1) // 2])


def _joins(straight: list[tuple[int, int]], left: int, right: int) -> bool:
    """Note a straight link and return True, unless an end is taken or it crosses one that is noted."""
    at = bisect_left(straight, (left, -1))
    above = straight[at - 1] if at else (-1, -1)
    below = straight[at] if at < len(straight) else (1 << 60, 1 << 60)
    if above[1] >= right or below[0] == left or below[1] <= right:
        return False
    straight.insert(at, (left, right))
    return True
