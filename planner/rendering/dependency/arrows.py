"""Arrows of an inventory: who needs whom, declared or derived, and which needs come late in a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.dependencies.requirement import Origin, Requirement, requirements
from planner.dependencies.scene import Scene, at_start
from planner.dependencies.truth import holds
from planner.model.inventory import Inventory
from planner.model.need import NeedKind, leaves
from planner.rendering.dependency.subjects import Waves
from planner.rendering.dependency.tiers import members
from planner.rendering.diagram.description import Edge, EdgeKind

_WEAK = frozenset({NeedKind.SOFT, NeedKind.BATCH})


def arrows(inventory: Inventory, waves: Waves) -> tuple[Edge, ...]:
    """Return one arrow per provider and dependent before the first step, assets and systems alike.

    An arrow is late when both ends stand in one room and, at the dependent's first wave, the need would not hold with
    those of its providers alone that do not move later. So redundancy moved one after the other is not late, nor
    is a system because of its own members, nor a department that has never stood beside its servers.
    """
    scene = at_start(inventory)
    rooms = {subject: _rooms(scene, subject) for subject in (*inventory.assets, *inventory.systems)}
    return united(edge for requirement in requirements(scene) for edge in _arrows(requirement, waves, rooms))


def united(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Return the edges, one per provider and dependent: hard, late or circular when one is."""
    found: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        ends = edge.provider, edge.dependent
        other = found.get(ends, edge)
        hard = EdgeKind.HARD in {edge.kind, other.kind}
        kind = EdgeKind.HARD if hard else EdgeKind.SOFT
        circular = None if edge.circular is other.circular is None else bool(edge.circular or other.circular)
        found[ends] = Edge(*ends, kind, bool(edge.late or other.late), circular)
    return tuple(found.values())


def _rooms(scene: Scene, subject: str) -> frozenset[str]:
    """Return the rooms of an asset, or of the members of a system; none where they are not known."""
    system = scene.inventory.systems.get(subject)
    every = members(system) if system else (subject,)
    return frozenset(room for member in every if (room := scene.room(member)))


def _arrows(requirement: Requirement, waves: Waves, rooms: Mapping[str, frozenset[str]]) -> Iterable[Edge]:
    late = _late_providers(requirement, waves)
    here = rooms[requirement.dependent]
    kind = EdgeKind.SOFT if requirement.kind in _WEAK else EdgeKind.HARD
    for provider in dict.fromkeys(leaves(requirement.tree)):
        if provider != requirement.dependent:
            there = rooms[provider]
            beside = not here or not there or bool(here & there)
            yield Edge(provider, requirement.dependent, kind, late=beside and provider in late)


def _late_providers(requirement: Requirement, waves: Waves) -> frozenset[str]:
    """Return the providers that move later and without which the tree does not hold."""
    own = waves.get(requirement.dependent)
    if not own or requirement.origin is Origin.RUNS_ON:
        return frozenset()
    later = {id for id in leaves(requirement.tree) if waves.get(id, own)[-1] > own[0]}
    return frozenset(later) if later and not holds(requirement.tree, lambda id: id not in later) else frozenset()
