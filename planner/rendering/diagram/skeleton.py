"""The drawing as items in columns: nodes, and the wires that carry a line past the columns between its ends.

All lines of one source into one lane with one meaning share a chain of wires: a net. Lines that point back stay alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.rendering.diagram.filtering import Line, Style


@dataclass(frozen=True, slots=True)
class Item:
    """Something that takes a place in a column: a node, or the wire of a net where ``node`` is empty."""

    rank: int
    lane: int
    node: str = ""


@dataclass(frozen=True, slots=True)
class Net:
    """Lines from one source into one lane with one meaning.

    Nets of one source and one meaning leave it together: ``trunk`` is the first of them.
    """

    source: int
    lane: int
    style: Style
    trunk: int


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of a net between a column and the next; ``line`` is the line that ends there, -1 where it goes on."""

    net: int
    left: int
    right: int
    line: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Items, nets, and the links of every channel between two columns."""

    items: tuple[Item, ...]
    nets: tuple[Net, ...]
    channels: tuple[tuple[Link, ...], ...]
    lines: tuple[Line, ...]
    lanes: int

    @property
    def links(self) -> tuple[Link, ...]:
        """All links, from left to right."""
        return tuple(link for channel in self.channels for link in channel)

    def strand(self, link: Link) -> int:
        """Return what the link is part of in its channel: the trunk where it leaves a node, else its net."""
        return self.nets[link.net].trunk if self.is_node(link.left) else link.net

    def is_node(self, item: int) -> bool:
        """Whether the item is a node, not a wire."""
        return bool(self.items[item].node)


def ends(line: Line) -> tuple[str, str]:
    """Return the left and the right end of a line."""
    edge = line.edge
    return (edge.dependent, edge.provider) if line.backward else (edge.provider, edge.dependent)


def is_alone(line: Line) -> bool:
    """Whether the line shares its trunk with no other: its arrow stands at its left end, or it is part of a cycle."""
    return line.backward or line.style is Style.CYCLE


def skeleton(ranks: Mapping[str, int], lanes: Mapping[str, int], lines: Sequence[Line], count: int) -> Skeleton:
    """Return the items and links of a diagram of `count` lanes whose nodes have ranks and lanes."""
    items = [Item(ranks[node], lanes[node], node) for node in ranks]
    at = {item.node: place for place, item in enumerate(items)}
    members: dict[tuple[int, int, Style, int], list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        left, right = ends(line)
        alone = place if is_alone(line) else -1
        members[at[left], lanes[right], line.style, alone].append(place)
    channels: list[list[Link]] = [[] for _ in range(max(ranks.values(), default=0))]
    nets: list[Net] = []
    trunks: dict[tuple[int, Style, int], int] = {}
    for (source, lane, style, alone), places in members.items():
        nets.append(Net(source, lane, style, trunks.setdefault((source, style, alone), len(nets))))
        targets = {place: at[ends(lines[place])[1]] for place in places}
        _lay(len(nets) - 1, nets[-1], targets, items, channels)
    return Skeleton(tuple(items), tuple(nets), tuple(map(tuple, channels)), tuple(lines), count)


def _lay(number: int, net: Net, targets: Mapping[int, int], items: list[Item], channels: list[list[Link]]) -> None:
    """Add the wires and links of a net."""
    left = net.source
    last = max(items[target].rank for target in targets.values())
    for rank in range(items[net.source].rank, last):
        for line, target in targets.items():
            if items[target].rank == rank + 1:
                channels[rank].append(Link(number, left, target, line))
        if rank + 1 < last:
            items.append(Item(rank + 1, net.lane))
            channels[rank].append(Link(number, left, len(items) - 1, -1))
            left = len(items) - 1
