"""The page for superiors: systems only, with their outages in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.rendering.dependency.arrows import arrows, united
from planner.rendering.dependency.estate import remark
from planner.rendering.dependency.hubs import hubs
from planner.rendering.dependency.subjects import lanes, system_node
from planner.rendering.dependency.tiers import is_desk, members
from planner.rendering.dependency.wording import WORDING
from planner.rendering.diagram.description import Diagram, Edge, Language
from planner.rendering.movement import movements, wave_names


def services_diagram(inventory: Inventory, plan: Plan | None = None, *, language: Language = "ja") -> Diagram:
    """Return the diagram of systems: who needs whom directly or through a member, and how long each is out.

    Departments are left out: what a department needs is told in its own notice.
    """
    waves = movements(plan) if plan else {}
    nodes = tuple(
        system_node(system, inventory, waves, planned=plan is not None, note=_outages(system.id, plan, language))
        for system in inventory.systems.values()
        if not is_desk(system, inventory)
    )
    edges = united(_between_systems(inventory, arrows(inventory, waves)))
    words = WORDING[language]
    return Diagram(
        title=f"{inventory.project.name or inventory.project.id} {words.services}",
        nodes=nodes,
        edges=edges,
        lanes=lanes(inventory, nodes, language),
        hubs=hubs(nodes, edges, language),
        waves=wave_names(plan, language) if plan else (),
        remark=remark(plan, language),
        language=language,
    )


def _between_systems(inventory: Inventory, edges: Iterable[Edge]) -> Iterable[Edge]:
    """Yield every arrow between two subjects of different systems as an arrow between these systems."""
    owners: dict[str, list[str]] = defaultdict(list)
    for system in inventory.systems.values():
        if is_desk(system, inventory):
            continue
        owners[system.id].append(system.id)
        for member in members(system):
            owners[member].append(system.id)
    for edge in edges:
        for provider in owners[edge.provider]:
            for dependent in owners[edge.dependent]:
                if provider != dependent and edge.provider not in members(inventory.systems[dependent]):
                    yield Edge(provider, dependent, edge.kind, edge.late)


def _outages(system: str, plan: Plan | None, language: Language) -> str:
    if plan is None:
        return ""
    words = WORDING[language]
    own = [outage.computed for outage in plan.outages if outage.system == system]
    return words.outages.format(count=len(own), length=words.length(sum(own))) if own else words.no_outage
