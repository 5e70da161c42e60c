"""Ports: where lines leave a box on the right and enter it on the left, and how high the box must be for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.skeleton import Link, Skeleton

BOX_HEIGHT: Final = 27.0
PORT: Final = 4.0
PORT_EDGE: Final = 5.0
"""Points between two ports, and from the outermost port to the corner of the box."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Offsets from the middle of a box, downwards, in points.

    Parameters
    ----------
    out : tuple of float
        For every net, where it leaves its source; nets of one trunk leave together.
    into : dict
        For every link that ends in a node, where it enters.
    heights : tuple of float
        For every item; a wire has none.
    """

    out: tuple[float, ...]
    into: dict[Link, float]
    heights: tuple[float, ...]

    def left(self, link: Link, skeleton: Skeleton) -> float:
        """Return the offset of the link's left end from the middle of its left item."""
        return self.out[link.net] if skeleton.is_node(link.left) else 0.0

    def right(self, link: Link) -> float:
        """Return the offset of the link's right end from the middle of its right item."""
        return self.into.get(link, 0.0)


def ports(skeleton: Skeleton, columns: Sequence[Sequence[int]], least: Mapping[str, float] | None = None) -> Ports:
    """Return a port for every net at its source and for every line at its end, in the order of the other ends.

    ``least`` are the heights of boxes that need more than others for their text, by node.
    """
    place = {item: at for column in columns for at, item in enumerate(column)}
    entering: dict[int, list[Link]] = defaultdict(list)
    leaving: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for link in skeleton.links:
        if skeleton.is_node(link.right):
            entering[link.right].append(link)
        if skeleton.is_node(link.left):
            leaving[link.left][skeleton.strand(link)].append(_depth(link, skeleton, place))
    out = [0.0] * len(skeleton.nets)
    for nets in leaving.values():
        order = sorted(nets, key=lambda net: (sum(nets[net]) / len(nets[net]), net))
        offset = dict(zip(order, _spread(len(order)), strict=True))
        for at, net in enumerate(skeleton.nets):
            out[at] = offset.get(net.trunk, out[at])
    into: dict[Link, float] = {}
    for links in entering.values():
        links.sort(key=lambda link: (place[link.left], out[link.net], link.net))
        into.update(zip(links, _spread(len(links)), strict=True))
    count = [max(len(entering[item]), len(leaving[item])) for item in range(len(skeleton.items))]
    return Ports(
        tuple(out), into, tuple(_height(skeleton, item, count[item], least or {}) for item in range(len(count)))
    )


def _depth(link: Link, skeleton: Skeleton, place: dict[int, int]) -> float:
    """Return how far down the right end stands, lanes before places."""
    return skeleton.items[link.right].lane * 1000.0 + place[link.right]


def _spread(count: int) -> list[float]:
    return [(at - (count - 1) / 2) * PORT for at in range(count)]


def _height(skeleton: Skeleton, item: int, count: int, least: Mapping[str, float]) -> float:
    if not skeleton.is_node(item):
        return 0.0
    wanted = least.get(skeleton.items[item].node, BOX_HEIGHT)
    return max(wanted, (count - 1) * PORT + 2 * PORT_EDGE)
