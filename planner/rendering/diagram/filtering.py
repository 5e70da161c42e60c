"""What is drawn as a line, what becomes a letter, and what is left out because it follows from the rest.

Filtering matters more than any layout: of 275 dependencies a reader can follow about a hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from planner.rendering.diagram.cycles import Cycles, cycles
from planner.rendering.diagram.description import Diagram, Edge, EdgeKind, Node


class Style(StrEnum):
    """The meaning of a line, weightiest first."""

    CYCLE = "cycle"
    LATE = "late"
    CROSSING = "crossing"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """An edge that is drawn, and what its colour says."""

    edge: Edge
    style: Style
    backward: bool


@dataclass(frozen=True, slots=True, order=True)
class Chip:
    """A letter on a node: it needs this hub; ``late`` when the hub moves in a later wave."""

    letter: str
    late: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the edges; ``total == lines + chips + implied``."""

    nodes: int
    total: int
    lines: int
    chips: int
    implied: int
    late: int
    cycles: int


@dataclass(frozen=True, slots=True)
class Filtered:
    """A diagram after filtering."""

    diagram: Diagram
    lines: tuple[Line, ...]
    styles: dict[Edge, Style]
    chips: dict[str, tuple[Chip, ...]]
    cycles: Cycles
    counts: Counts


def filtered(diagram: Diagram) -> Filtered:
    """Return which edges are lines and which are letters.

    An edge of a cycle is always a line. A dependency on a hub is a letter. Any other is left out when a chain of lines
    at least as strong says the same, unless it is late: what warns is never left out.
    """
    nodes = {node.id: node for node in diagram.nodes}
    found = _real(cycles([node.id for node in diagram.nodes], diagram.edges))
    hubs = {hub.node for hub in diagram.hubs}
    letters = [edge for edge in diagram.edges if edge.provider in hubs and edge not in found.marked]
    rest = [edge for edge in diagram.edges if edge.provider not in hubs or edge in found.marked]
    tiers = {lane.id for lane in diagram.lanes if lane.is_tier}
    styles = {edge: _style(edge, nodes, found, tiers) for edge in diagram.edges}
    keep = {edge for edge in rest if styles[edge] in {Style.CYCLE, Style.LATE} or edge in found.backward}
    implied = _implied([edge for edge in rest if edge not in found.backward]) - keep
    lines = tuple(Line(edge, styles[edge], edge in found.backward) for edge in rest if edge not in implied)
    late = sum(is_late(edge, nodes[edge.provider], nodes[edge.dependent]) for edge in diagram.edges)
    counts = Counts(
        nodes=len(diagram.nodes),
        total=len(diagram.edges),
        lines=len(lines),
        chips=len(letters),
        implied=len(implied),
        late=late,
        cycles=len(found.shortest),
    )
    return Filtered(diagram, lines, styles, _chips(diagram, letters, nodes), found, counts)


class Shown(StrEnum):
    """How an edge appears in the picture."""

    LINE = "line"
    LETTER = "letter"
    IMPLIED = "implied"


def shown(found: Filtered) -> dict[Edge, Shown]:
    """Return how every edge of the diagram appears, in the diagram's order."""
    lines = {line.edge for line in found.lines}
    hubs = {hub.node for hub in found.diagram.hubs}
    return {
        edge: Shown.LINE if edge in lines else Shown.LETTER if edge.provider in hubs else Shown.IMPLIED
        for edge in found.diagram.edges
    }


def is_late(edge: Edge, provider: Node, dependent: Node) -> bool:
    """Whether the provider moves in a later wave than the dependent."""
    if edge.late is not None:
        return edge.late
    return bool(provider.waves and dependent.waves) and provider.waves[-1] > dependent.waves[0]


def _real(found: Cycles) -> Cycles:
    """Return the cycles without those that only the drawing of many as one box has made."""
    marked = frozenset(edge for edge in found.marked if edge.circular is not False)
    ends = {(edge.provider, edge.dependent) for edge in marked}
    shortest = tuple(
        way for way in found.shortest if all(pair in ends for pair in zip(way, (*way[1:], way[0]), strict=True))
    )
    return Cycles(found.backward, marked, shortest)


def _style(edge: Edge, nodes: dict[str, Node], found: Cycles, tiers: set[str]) -> Style:
    provider, dependent = nodes[edge.provider], nodes[edge.dependent]
    if edge in found.marked:
        return Style.CYCLE
    if is_late(edge, provider, dependent):
        return Style.LATE
    crosses = provider.lane != dependent.lane and {provider.lane, dependent.lane} <= tiers
    return Style.CROSSING if crosses else Style.PLAIN


def _chips(diagram: Diagram, letters: Iterable[Edge], nodes: dict[str, Node]) -> dict[str, tuple[Chip, ...]]:
    """Return the letters of each node, in order, a letter once and late when one of its hubs is."""
    letter = {hub.node: hub.letter for hub in diagram.hubs}
    late: dict[str, dict[str, bool]] = defaultdict(dict)
    for edge in letters:
        known = late[edge.dependent].get(letter[edge.provider], False)
        late[edge.dependent][letter[edge.provider]] = known or is_late(
            edge, nodes[edge.provider], nodes[edge.dependent]
        )
    return {node: tuple(sorted(Chip(sign, flag) for sign, flag in chips.items())) for node, chips in late.items()}


def _implied(edges: Iterable[Edge]) -> set[Edge]:
    """Return the edges that a longer chain of at least the same strength already says; the edges hold no cycle."""
    known = tuple(edges)
    soft = _bridged(known, known)
    hard = [edge for edge in known if edge.kind is EdgeKind.HARD]
    return {edge for edge in soft if edge.kind is EdgeKind.SOFT} | _bridged(hard, hard)


def _bridged(edges: Iterable[Edge], over: Iterable[Edge]) -> set[Edge]:
    """Return the edges whose dependent another dependent of the same provider reaches."""
    ahead: dict[str, list[str]] = defaultdict(list)
    for edge in over:
        ahead[edge.provider].append(edge.dependent)
    number = {node: place for place, node in enumerate(dict.fromkeys(_nodes(over)))}
    reach = _reach(ahead, number)
    return {
        edge
        for edge in edges
        if any(reach[other] >> number[edge.dependent] & 1 for other in ahead[edge.provider] if other != edge.dependent)
    }


def _nodes(edges: Iterable[Edge]) -> Iterable[str]:
    for edge in edges:
        yield edge.provider
        yield edge.dependent


def _reach(ahead: dict[str, list[str]], number: dict[str, int]) -> dict[str, int]:
    """Return for every node the set of nodes that it reaches, as the bits of an integer."""
    waiting = dict.fromkeys(number, 0)
    for others in ahead.values():
        for other in others:
            waiting[other] += 1
    order = [node for node, count in waiting.items() if not count]
    for node in order:
        for other in ahead.get(node, ()):
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
    reach: dict[str, int] = {}
    for node in reversed(order):
        reach[node] = 1 << number[node]
        for other in ahead.get(node, ()):
            reach[node] |= reach[other]
    return reach
