"""The needs as a graph: one typed edge for each provider that a tree names."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from operator import ne

import networkx as nx

from planner.dependencies.requirement import Origin, Requirement, requirements
from planner.dependencies.scene import Scene, at_start
from planner.dependencies.truth import holds
from planner.model.inventory import Inventory
from planner.model.need import NeedKind, leaves


@dataclass(frozen=True, slots=True)
class Edge:
    """``dependent`` needs ``provider``.

    ``is_sole``: without this provider the tree fails, whatever else there is. ``fact`` is the path in the inventory.
    """

    dependent: str
    provider: str
    kind: NeedKind
    origin: Origin
    is_sole: bool
    fact: str


@dataclass(frozen=True, slots=True)
class NeedsGraph:
    """All subjects, and the needs between them in the order written."""

    subjects: tuple[str, ...]
    edges: tuple[Edge, ...]

    def providers(self, subject: str) -> tuple[str, ...]:
        """What the subject needs, each once."""
        return tuple(dict.fromkeys(edge.provider for edge in self.edges if edge.dependent == subject))

    def dependents(self, subject: str) -> tuple[str, ...]:
        """What needs the subject, each once."""
        return tuple(dict.fromkeys(edge.dependent for edge in self.edges if edge.provider == subject))

    def upstream(self, subject: str) -> tuple[str, ...]:
        """Everything that the subject needs, directly or through others, in no order that means something."""
        graph = as_digraph(self.edges)
        return tuple(sorted(nx.descendants(graph, subject))) if subject in graph else ()

    def only(self, subjects: Iterable[str]) -> "NeedsGraph":
        """The graph of some subjects and the needs between them."""
        kept = frozenset(subjects)
        edges = tuple(edge for edge in self.edges if edge.dependent in kept and edge.provider in kept)
        return NeedsGraph(tuple(id for id in self.subjects if id in kept), edges)

    def around(self, focus: Iterable[str], depth: int) -> "NeedsGraph":
        """The graph of what lies at most ``depth`` needs away from the focus, in either direction.

        Raises
        ------
        KeyError
            If a subject of the focus is not in the graph.
        """
        near = dict.fromkeys(focus, 0)
        unknown = [id for id in near if id not in self.subjects]
        if unknown:
            raise KeyError(unknown[0])
        waiting = deque(near)
        while waiting:
            subject = waiting.popleft()
            for other in (*self.providers(subject), *self.dependents(subject)) if near[subject] < depth else ():
                if other not in near:
                    near[other] = near[subject] + 1
                    waiting.append(other)
        return self.only(near)

    def transitive_edges(self) -> frozenset[tuple[str, str]]:
        """The (dependent, provider) pairs that a longer way implies; pairs inside a cycle are never among them."""
        graph = as_digraph(self.edges)
        condensed = nx.condensation(graph)
        kept = set(nx.transitive_reduction(condensed).edges)
        part: dict[str, int] = condensed.graph["mapping"]
        return frozenset((a, b) for a, b in graph.edges if part[a] != part[b] and (part[a], part[b]) not in kept)


def needs_graph(inventory: Inventory, scene: Scene | None = None) -> NeedsGraph:
    """Return the graph of declared and derived needs in a scene, by default before the first step."""
    found = requirements(scene or at_start(inventory))
    edges = dict.fromkeys(edge for requirement in found for edge in edges_of(requirement))
    return NeedsGraph((*inventory.assets, *inventory.systems), tuple(edges))


def as_digraph(edges: Iterable[Edge]) -> "nx.DiGraph[str]":
    """The edges for the graph library, from dependent to provider."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((edge.dependent, edge.provider) for edge in edges)
    return graph


def edges_of(requirement: Requirement) -> Iterable[Edge]:
    """One edge for each leaf of a requirement's tree."""
    tree, r = requirement.tree, requirement
    for id in leaves(tree):
        is_sole = not holds(tree, partial(ne, id))
        yield Edge(r.dependent, id, r.kind, r.origin, is_sole, r.fact)
