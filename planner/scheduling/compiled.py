"""Needs in numbers: the trees that the inventory writes, as tuples that an inner loop can walk."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.scheduling.numbering import Numbering
from planner.units.span import Minute


@dataclass(frozen=True, slots=True)
class Node:
    """At least ``count`` of ``parts`` (AllOf: all of them); a part that is a number is a leaf."""

    count: int
    keep: int
    in_room: bool
    redundant: bool  # written as k of n
    parts: tuple["Node | int", ...]
    group: str | None = None

    def leaves(self) -> tuple[int, ...]:
        return tuple(leaf for part in self.parts for leaf in ((part,) if isinstance(part, int) else part.leaves()))


@dataclass(frozen=True, slots=True)
class Require:
    """One declared need of one subject; ``number`` is its place among the needs written there."""

    number: int
    kind: NeedKind
    tree: Node
    mbps: int | None
    same_room: bool
    since: Minute | None
    until: Minute | None

    def valid(self, at: Minute) -> bool:
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


def tree(numbering: Numbering, written: Tree) -> Node:
    """The tree in numbers; a single leaf becomes all of one."""
    node = _part(numbering, written)
    return Node(1, 1, in_room=False, redundant=False, parts=(node,)) if isinstance(node, int) else node


def _part(numbering: Numbering, written: Tree) -> Node | int:
    match written:
        case Leaf(id):
            return numbering.subject[id]
        case AllOf(parts):
            compiled = tuple(_part(numbering, part) for part in parts)
            return Node(len(compiled), len(compiled), in_room=False, redundant=False, parts=compiled)
        case AtLeast(count, parts, keep, in_room, group):
            return Node(
                count, keep, in_room, redundant=True, parts=tuple(_part(numbering, p) for p in parts), group=group
            )


def requires(numbering: Numbering, needs: tuple[Need, ...]) -> tuple[Require, ...]:
    """The needs of one subject in numbers, in the order written."""
    return tuple(
        Require(n, need.kind, tree(numbering, need.tree), need.mbps, need.same_room, need.since, need.until)
        for n, need in enumerate(needs)
    )


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything that the inventory writes about needs, by subject number; ``runs_on`` and ``cloud`` by system."""

    needs: tuple[tuple[Require, ...], ...]
    runs_on: tuple[Node | None, ...]
    cloud: tuple[tuple[Require, ...], ...]
    leaves: tuple[Minute | None, ...]

    def nodes(self, i: int) -> Iterator[Node]:
        """Every node of every tree of a subject."""
        runs_on = self.runs_on[i]
        waiting = [need.tree for need in (*self.needs[i], *self.cloud[i])] + ([runs_on] if runs_on else [])
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [part for part in node.parts if not isinstance(part, int)]

    @classmethod
    def of(cls, inventory: Inventory, numbering: Numbering) -> "Declared":
        assets, systems = inventory.assets.values(), inventory.systems.values()
        nothing = (None,) * len(inventory.assets)
        return cls(
            (*(requires(numbering, a.needs) for a in assets), *(requires(numbering, s.needs) for s in systems)),
            (*nothing, *(tree(numbering, s.runs_on) if s.runs_on else None for s in systems)),
            (*(() for _ in assets), *(requires(numbering, s.cloud_needs) for s in systems)),
            (*nothing, *(s.leaves for s in systems)),
        )

    def at(self, subject: int, instant: Minute) -> tuple[tuple[Require, ...], Node | None]:
        """The needs in force and what the system runs on, after its departure those in the cloud."""
        leaves = self.leaves[subject]
        gone = leaves is not None and leaves <= instant
        needs = self.cloud[subject] if gone else self.needs[subject]
        return tuple(need for need in needs if need.valid(instant)), None if gone else self.runs_on[subject]
