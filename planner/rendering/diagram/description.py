"""What a dependency diagram is about: boxes, arrows from provider to dependent, lanes, hubs. No inventory in sight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["ja", "en"]


class Sign(StrEnum):
    """What becomes of a box in the move."""

    MOVES = "moves"
    STAYS = "stays"
    OTHERS = "others"
    REPLACED = "replaced"
    CLOUD = "cloud"


class EdgeKind(StrEnum):
    """How strong a dependency is."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Node:
    """A box.

    Parameters
    ----------
    id, label : str
        The id is unique; the label is what people read.
    lane : str
        Id of the lane (tier) that it stands in.
    waves : tuple of int
        Numbers of the waves in which it moves, ascending; empty when it does not move or is not planned yet.
    sign : Sign
        What becomes of it.
    kind : str
        Kind of asset, for the exports.
    note : str
        A few words under the label: who moves it and when, how often it is late.
    group : str
        What it is drawn as in an overview, its system for instance; empty for nothing but its lane.
    """

    id: str
    label: str
    lane: str
    waves: tuple[int, ...] = ()
    sign: Sign = Sign.MOVES
    kind: str = ""
    note: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A dependency: without the provider, the dependent is not up.

    ``late`` says whether the provider moves in a later wave; None lets the waves of both ends decide. ``circular`` says
    whether the arrow belongs to a cycle; None lets the diagram decide. Whoever draws many as one box knows better: two
    boxes can need each other although nothing inside them does.
    """

    provider: str
    dependent: str
    kind: EdgeKind = EdgeKind.HARD
    late: bool | None = None
    circular: bool | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A full-width band; lanes stand from top to bottom in their given order.

    Between two lanes that are tiers an arrow crosses tiers; a lane that is no tier holds what is shared by them.
    """

    id: str
    name: str
    is_tier: bool = True


@dataclass(frozen=True, slots=True)
class Hub:
    """A service that nearly everything needs: a letter on its dependents instead of lines.

    Several nodes can share a letter, as two domain controllers do.
    """

    node: str
    letter: str
    name: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """The whole description, checked when made.

    Parameters
    ----------
    title : str
    nodes, edges, lanes, hubs : tuple
        What is drawn; an edge stands once per provider and dependent.
    waves : tuple of str
        The name of every wave, the first is wave 1.
    remark : str
        What the subtitle says beside the counts.
    language : {"ja", "en"}
        The language of legend and subtitle.
    groups : tuple of (str, str)
        Names of the groups that nodes speak of, for an overview.

    Raises
    ------
    ValueError
        When an id is unknown or double, an edge leads to its own start, or a wave has no name.
    """

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    lanes: tuple[Lane, ...] = ()
    hubs: tuple[Hub, ...] = ()
    waves: tuple[str, ...] = ()
    remark: str = ""
    language: Language = "ja"
    groups: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        nodes = {node.id for node in self.nodes}
        _once("node", [node.id for node in self.nodes])
        _once("lane", [lane.id for lane in self.lanes])
        _once("edge", [f"{edge.provider} -> {edge.dependent}" for edge in self.edges])
        _known("lane", {lane.id for lane in self.lanes}, [node.lane for node in self.nodes])
        _known("node", nodes, [end for edge in self.edges for end in (edge.provider, edge.dependent)])
        _known("node", nodes, [hub.node for hub in self.hubs])
        _known("wave", set(range(1, len(self.waves) + 1)), [wave for node in self.nodes for wave in node.waves])
        for edge in self.edges:
            if edge.provider == edge.dependent:
                raise ValueError(f"edge {edge.provider!r} leads to its own start")

    def node(self, identity: str) -> Node:
        """Return the node with this id."""
        return next(node for node in self.nodes if node.id == identity)

    def only(self, kept: Iterable[str]) -> Diagram:
        """Return the diagram of the kept nodes, the edges between them, and lanes that still hold something."""
        ids = set(kept)
        nodes = tuple(node for node in self.nodes if node.id in ids)
        used = {node.lane for node in nodes}
        return replace(
            self,
            nodes=nodes,
            edges=tuple(edge for edge in self.edges if edge.provider in ids and edge.dependent in ids),
            lanes=tuple(lane for lane in self.lanes if lane.id in used),
            hubs=tuple(hub for hub in self.hubs if hub.node in ids),
        )


BUSY_SHARE: Final = 0.15
BUSY_LEAST: Final = 8


def busiest(nodes: Iterable[Node], edges: Iterable[Edge]) -> tuple[str, ...]:
    """Return the ids of nodes that so many others need directly that lines would bury the rest, busiest first."""
    count = Counter(edge.provider for edge in edges)
    enough = max(BUSY_LEAST, BUSY_SHARE * sum(1 for _ in nodes))
    return tuple(sorted((node for node in count if count[node] >= enough), key=lambda node: (-count[node], node)))


def _once(what: str, ids: list[str]) -> None:
    double = [identity for identity, count in Counter(ids).items() if count > 1]
    if double:
        raise ValueError(f"{what} {double[0]!r} is given twice")


def _known(what: str, known: set[str] | set[int], used: list[str] | list[int]) -> None:
    for identity in used:
        if identity not in known:
            raise ValueError(f"no {what} {identity!r}")
