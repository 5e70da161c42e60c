"""Cycles: which edges point backwards in the drawing, and which edges are shown as a cycle."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.rendering.diagram.description import Edge, EdgeKind

_STRENGTH = {EdgeKind.HARD: 3, EdgeKind.SOFT: 1}


@dataclass(frozen=True, slots=True)
class Cycles:
    """What is circular in a diagram.

    Parameters
    ----------
    backward : frozenset of Edge
        Edges drawn from right to left; without them nothing is circular.
    marked : frozenset of Edge
        Edges of the shortest cycle through each backward edge, that edge included.
    shortest : tuple of tuple of str
        Those cycles, each as the ids in order of the arrows, each once.
    """

    backward: frozenset[Edge]
    marked: frozenset[Edge]
    shortest: tuple[tuple[str, ...], ...]


def cycles(nodes: Sequence[str], edges: Iterable[Edge]) -> Cycles:
    """Return the cycles; few and soft edges are preferred as the backward ones."""
    known = tuple(edges)
    group = {node: number for number, part in enumerate(_circular_parts(nodes, known)) for node in part}
    inside = [edge for edge in known if edge.provider in group and group[edge.provider] == group.get(edge.dependent)]
    place = _forward_order([node for node in nodes if node in group], inside)
    backward = [edge for edge in inside if place[edge.provider] > place[edge.dependent]]
    marked: set[Edge] = set()
    shortest: dict[frozenset[str], tuple[str, ...]] = {}
    by_ends = {(edge.provider, edge.dependent): edge for edge in inside}
    for edge in backward:
        way = _way(edge.dependent, edge.provider, inside)
        marked.update(by_ends[pair] for pair in zip(way, [*way[1:], way[0]], strict=True))
        shortest.setdefault(frozenset(way), way)
    return Cycles(frozenset(backward), frozenset(marked), tuple(shortest.values()))


def _circular_parts(nodes: Sequence[str], edges: Iterable[Edge]) -> list[list[str]]:
    """Return the strongly connected parts of more than one node (Kosaraju, without recursion)."""
    ahead: dict[str, list[str]] = defaultdict(list)
    back: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        ahead[edge.provider].append(edge.dependent)
        back[edge.dependent].append(edge.provider)
    seen: set[str] = set()
    finished: list[str] = []
    for node in nodes:
        _finish(node, ahead, seen, finished)
    seen.clear()
    parts: list[list[str]] = []
    for node in reversed(finished):
        part: list[str] = []
        _finish(node, back, seen, part)
        parts.append(part)
    return [part for part in parts if len(part) > 1]


def _finish(start: str, ahead: dict[str, list[str]], seen: set[str], finished: list[str]) -> None:
    """Append every unseen node that the start reaches, each after whatever it reaches."""
    if start in seen:
        return
    seen.add(start)
    stack = [(start, iter(ahead[start]))]
    while stack:
        node, rest = stack[-1]
        following = next((other for other in rest if other not in seen), None)
        if following is None:
            finished.append(node)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(ahead[following])))


def _forward_order(nodes: Sequence[str], edges: Iterable[Edge]) -> dict[str, int]:
    """Return a place for every node such that few edges point backwards.

    References
    ----------
    Eades, Lin, Smyth, "A fast and effective heuristic for the feedback arc set problem", 1993.
    """
    out: dict[str, dict[str, int]] = {node: {} for node in nodes}
    into: dict[str, dict[str, int]] = {node: {} for node in nodes}
    for edge in edges:
        out[edge.provider][edge.dependent] = _STRENGTH[edge.kind]
        into[edge.dependent][edge.provider] = _STRENGTH[edge.kind]
    first: list[str] = []
    last: list[str] = []
    rest = dict.fromkeys(nodes)
    while rest:
        sink = next((node for node in rest if not out[node]), None)
        source = next((node for node in rest if not into[node]), None)
        best = max(rest, key=lambda node: sum(out[node].values()) - sum(into[node].values()))
        taken = sink or source or best
        (last if sink else first).append(taken)
        del rest[taken]
        for other in out.pop(taken):
            into[other].pop(taken, None)
        for other in into.pop(taken):
            out[other].pop(taken, None)
    return {node: place for place, node in enumerate([*first, *reversed(last)])}


def _way(start: str, end: str, edges: Iterable[Edge]) -> tuple[str, ...]:
    """Return a shortest way from start to end, both included."""
    ahead: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        ahead[edge.provider].append(edge.dependent)
    before: dict[str, str] = {start: start}
    queue = deque([start])
    while end not in before:
        node = queue.popleft()
        for other in ahead[node]:
            if other not in before:
                before[other] = node
                queue.append(other)
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))
