"""Smaller diagrams from a large one: a neighbourhood, a wave, an overview of systems or tiers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from planner.rendering.diagram.cycles import cycles
from planner.rendering.diagram.description import Diagram, Edge, EdgeKind, Node, Sign
from planner.rendering.diagram.filtering import is_late

LARGEST: Final = 150
"""Nodes that one sheet holds; above that an overview is drawn, and a sheet per wave or neighbourhood."""


def neighbourhood(diagram: Diagram, focus: str, depth: int) -> Diagram:
    """Return what the focus needs and what needs it, up to `depth` arrows away in each direction.

    Ways do not lead on through a hub, which would bring in nearly everything; as the focus itself a hub has lines.

    Raises
    ------
    KeyError
        When no node has that id.
    """
    if focus not in {node.id for node in diagram.nodes}:
        raise KeyError(focus)
    plain = replace(diagram, hubs=tuple(hub for hub in diagram.hubs if hub.node != focus))
    closed = {hub.node for hub in plain.hubs}
    back, ahead = _neighbours(diagram.edges)
    return plain.only(_within(focus, depth, back, closed) | _within(focus, depth, ahead, closed))


def of_wave(diagram: Diagram, wave: int) -> Diagram:
    """Return what moves in a wave, with the direct providers and dependents of it."""
    moving = {node.id for node in diagram.nodes if wave in node.waves}
    beside = {
        end for edge in diagram.edges if {edge.provider, edge.dependent} & moving
        for end in (edge.provider, edge.dependent)
    }  # fmt: skip
    return diagram.only(moving | beside)


def overview(diagram: Diagram) -> Diagram:
    """Return the diagram with one box per group and tier; where that is still too much, one per tier."""
    grouped = merged(diagram, lambda node: f"{node.group}@{node.lane}" if node.group else f"@{node.lane}")
    if len(grouped.nodes) <= LARGEST:
        return grouped
    return merged(diagram, lambda node: f"@{node.lane}")


def merged(diagram: Diagram, key: Callable[[Node], str]) -> Diagram:
    """Return the diagram with one box for all nodes of one key; where the key is a node's id, that node is the box.

    A merged arrow is hard, late or circular when one of its arrows is. Arrows inside a box are gone.
    """
    members: dict[str, list[Node]] = defaultdict(list)
    for node in diagram.nodes:
        members[key(node)].append(node)
    box = {node.id: name for name, nodes in members.items() for node in nodes}
    names = dict(diagram.groups) | {"": ""}
    lanes = {lane.id: lane.name for lane in diagram.lanes}
    hubs = {hub.node: hub for hub in diagram.hubs}
    kept = {
        name: replace(hubs[nodes[0].id], node=name)
        for name, nodes in members.items()
        if all(node.id in hubs for node in nodes)
    }
    return replace(
        diagram,
        nodes=tuple(_box(name, nodes, names, lanes) for name, nodes in members.items()),
        edges=tuple(_merged_edges(diagram, box)),
        hubs=tuple(kept.values()),
    )


def _box(identity: str, nodes: list[Node], names: Mapping[str, str], lanes: Mapping[str, str]) -> Node:
    """Return the box of several nodes: their number in its label, their waves, their sign when all have the same."""
    if len(nodes) == 1:
        return replace(nodes[0], id=identity)
    face = next((node for node in nodes if node.id == identity), None)
    if face:
        return replace(face, waves=tuple(sorted({wave for node in nodes for wave in node.waves})))
    first = nodes[0]
    name = names.get(first.group, first.group) if identity.partition("@")[0] else lanes[first.lane]
    waves = tuple(sorted({wave for node in nodes for wave in node.waves}))
    signs = Counter(node.sign for node in nodes)
    sign = next(iter(signs)) if len(signs) == 1 else Sign.MOVES
    return Node(identity, f"{name}({len(nodes)})", first.lane, waves, sign, "group", "", first.group)


def _merged_edges(diagram: Diagram, box: Mapping[str, str]) -> Iterable[Edge]:
    nodes = {node.id: node for node in diagram.nodes}
    circular = cycles(list(nodes), diagram.edges).marked
    found: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in diagram.edges:
        if box[edge.provider] != box[edge.dependent]:
            found[box[edge.provider], box[edge.dependent]].append(edge)
    for (provider, dependent), edges in found.items():
        hard = any(edge.kind is EdgeKind.HARD for edge in edges)
        late = any(is_late(edge, nodes[edge.provider], nodes[edge.dependent]) for edge in edges)
        kind = EdgeKind.HARD if hard else EdgeKind.SOFT
        yield Edge(provider, dependent, kind, late, any(edge in circular for edge in edges))


def _neighbours(edges: Iterable[Edge]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    back: dict[str, list[str]] = defaultdict(list)
    ahead: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        back[edge.dependent].append(edge.provider)
        ahead[edge.provider].append(edge.dependent)
    return back, ahead


def _within(start: str, depth: int, neighbours: Mapping[str, list[str]], closed: set[str]) -> set[str]:
    found, edge = {start}, [start]
    for _ in range(depth):
        edge = [
            other for node in edge if node not in closed for other in neighbours.get(node, ()) if other not in found
        ]
        found.update(edge)
    return found
