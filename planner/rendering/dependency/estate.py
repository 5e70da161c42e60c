"""The diagram of everything: systems and what carries them, or what lies around one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planner.model.asset import NETWORK_KINDS, AssetKind
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.plan.file import identity
from planner.plan.plan import Plan
from planner.rendering.dependency.arrows import arrows
from planner.rendering.dependency.hubs import hubs
from planner.rendering.dependency.subjects import asset_node, lanes, system_node
from planner.rendering.dependency.tiers import members
from planner.rendering.dependency.wording import WORDING
from planner.rendering.diagram.description import Diagram, Language, Node
from planner.rendering.diagram.selection import LARGEST, merged, neighbourhood, of_wave, overview
from planner.rendering.movement import movements, wave_names

CARRIERS = NETWORK_KINDS | {AssetKind.HYPERVISOR, AssetKind.STORAGE, AssetKind.UPS, AssetKind.CHASSIS, AssetKind.LINE}
"""Kinds that keep a box of their own also when a system runs on them."""


def estate_diagram(
    inventory: Inventory,
    plan: Plan | None = None,
    *,
    language: Language = "ja",
    focus: str | None = None,
    depth: int = 2,
    wave: int | None = None,
    whole: bool = False,
) -> Diagram:
    """Return the dependency diagram of systems and assets.

    A system and the servers that only it runs on are one box; network, power, hosts, storage and lines have their own.

    Parameters
    ----------
    inventory : Inventory
    plan : Plan, optional
        Gives every box its waves; without it nothing is numbered and nothing is late.
    language : {"ja", "en"}, optional
    focus : str, optional
        Id of an asset or system: only what it needs and what needs it is drawn, every asset by itself.
    depth : int, optional
        How many arrows away from the focus.
    wave : int, optional
        Number of a wave of the plan: only what moves in it, every asset by itself, with its direct neighbours.
    whole : bool, optional
        Every asset by itself, however many; otherwise what is too large for a sheet becomes an overview.

    Raises
    ------
    KeyError
        When the focus is neither an asset nor a system.
    """
    diagram = _everything(inventory, plan, language)
    words = WORDING[language]
    if focus is not None:
        chosen = neighbourhood(diagram, focus, depth)
        return replace(chosen, title=f"{diagram.title} {words.focus.format(chosen.node(focus).label)}")
    if wave is not None:
        chosen = with_hubs(of_wave(diagram, wave))
        return replace(chosen, title=f"{diagram.title} {diagram.waves[wave - 1]}")
    diagram = _without_idle(diagram, inventory, language)
    if whole:
        return diagram
    joined = with_hubs(merged(diagram, _carried_by(inventory)))
    if len(joined.nodes) <= LARGEST:
        return joined
    return replace(with_hubs(overview(joined)), title=f"{diagram.title} {words.overview}")


def with_hubs(diagram: Diagram) -> Diagram:
    """Return the diagram with the hubs that its own boxes and arrows make."""
    return replace(diagram, hubs=hubs(diagram.nodes, diagram.edges, diagram.language))


def remark(plan: Plan | None, language: Language) -> str:
    """Return which plan the picture shows."""
    words = WORDING[language]
    return words.plan.format(identity(plan)) if plan else words.unplanned


def _everything(inventory: Inventory, plan: Plan | None, language: Language) -> Diagram:
    waves = movements(plan) if plan else {}
    planned = plan is not None
    nodes = (
        *(
            asset_node(asset, inventory, waves, planned=planned, language=language)
            for asset in inventory.assets.values()
        ),
        *(system_node(system, inventory, waves, planned=planned) for system in inventory.systems.values()),
    )
    return with_hubs(
        Diagram(
            title=f"{inventory.project.name or inventory.project.id} {WORDING[language].estate}",
            nodes=nodes,
            edges=arrows(inventory, waves),
            lanes=lanes(inventory, nodes, language),
            waves=wave_names(plan, language) if plan else (),
            remark=remark(plan, language),
            language=language,
            groups=tuple((system.id, system.name or system.id) for system in inventory.systems.values()),
        )
    )


def _without_idle(diagram: Diagram, inventory: Inventory, language: Language) -> Diagram:
    """Return the diagram without new equipment that nothing needs yet; the remark says how many that are."""
    linked = {end for edge in diagram.edges for end in (edge.provider, edge.dependent)}
    idle = {
        asset.id for asset in inventory.assets.values() if asset.method is Method.INSTALL and asset.id not in linked
    }
    if not idle:
        return diagram
    said = WORDING[language].installed.format(len(idle))
    kept = diagram.only(node.id for node in diagram.nodes if node.id not in idle)
    return replace(kept, remark=f"{diagram.remark}  |  {said}")


def _carried_by(inventory: Inventory) -> Callable[[Node], str]:
    """Return the key that gives a system and the servers of it alone one box."""
    owners: dict[str, list[str]] = {}
    for system in inventory.systems.values():
        for member in members(system):
            owners.setdefault(member, []).append(system.id)

    def key(node: Node) -> str:
        asset = inventory.assets.get(node.id)
        own = owners.get(node.id, ())
        return own[0] if asset and len(own) == 1 and asset.kind not in CARRIERS else node.id

    return key
