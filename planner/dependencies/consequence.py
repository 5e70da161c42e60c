"""What small flags lead to, in words: whether a cluster rolls, what moves at once, what cannot be carried."""

from collections.abc import Iterable, Iterator

from planner.dependencies.cycle import hard_groups
from planner.dependencies.doubt import sent_together
from planner.dependencies.fate import VoidedRedundancy, voided_redundancies
from planner.dependencies.graph import NeedsGraph, needs_graph
from planner.dependencies.impact import Impacts
from planner.dependencies.remark import Remark
from planner.dependencies.scene import Scene, at_end, at_start
from planner.model.asset import Asset, AssetKind, Cluster
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.network import Link, Segment


def consequences(inventory: Inventory) -> tuple[Remark, ...]:
    """Return what follows from what is written: clusters, segments, lines, systems, groups, shared fates."""
    scene, graph = at_start(inventory), needs_graph(inventory)
    return (
        *(_of_cluster(scene, cluster) for cluster in inventory.clusters.values() if _moves(inventory, cluster)),
        *_of_segments(scene),
        *_of_lines(inventory),
        *_of_systems(scene, graph),
        *_of_groups(inventory),
        *_of_fates(inventory),
    )


def _moves(inventory: Inventory, cluster: Cluster) -> bool:
    return any(inventory.assets[host].stages for host in cluster.hosts)


def _of_cluster(scene: Scene, cluster: Cluster) -> Remark:
    reasons = tuple(_against_rolling(scene, cluster))
    key = "cluster_together" if reasons else "cluster_rolls"
    return Remark(key, (cluster.id,), because=reasons, facts=(f"clusters.{cluster.id}",))


def _against_rolling(scene: Scene, cluster: Cluster) -> Iterator[Remark]:
    path = f"clusters.{cluster.id}"
    if len(cluster.hosts) == 1:
        yield Remark("cluster_one_host", facts=(f"{path}.hosts",))
    if not cluster.live_migration:
        yield Remark("cluster_no_live_migration", facts=(f"{path}.live_migration",))
    if cluster.storage and not cluster.across:
        yield Remark("cluster_storage_near", (cluster.storage,), facts=(f"{path}.across",))
    yield from _against_memory(scene.inventory, cluster)
    yield from _against_network(scene, cluster)


def _against_memory(inventory: Inventory, cluster: Cluster) -> Iterator[Remark]:
    hosts = [inventory.assets[host] for host in cluster.hosts]
    guests = _guests(inventory, cluster)
    unknown = tuple(asset.id for asset in (*hosts, *guests) if asset.memory_gb is None)
    if unknown:
        yield Remark("cluster_memory_unknown", unknown, facts=tuple(f"assets.{id}.memory_gb" for id in unknown))
        return
    sizes = [host.memory_gb or 0 for host in hosts]
    left, wanted = sum(sizes) - max(sizes), sum(guest.memory_gb or 0 for guest in guests)
    if left < wanted:
        facts = tuple(f"assets.{asset.id}.memory_gb" for asset in hosts)
        yield Remark("cluster_memory", values={"left": str(left), "wanted": str(wanted)}, facts=facts)


def _against_network(scene: Scene, cluster: Cluster) -> Iterator[Remark]:
    inventory = scene.inventory
    bridges = [link for host in cluster.hosts for link in _links_of_move(scene, inventory.assets[host])]
    if not bridges:
        yield Remark("cluster_no_bridge", facts=("links",))
    used = dict.fromkeys(id for guest in _guests(inventory, cluster) for id in guest.segments)
    segments = [inventory.segments[id] for id in used]
    stuck = tuple(s.id for s in segments if not (s.stretch or s.client))
    if stuck:
        yield Remark("cluster_segment", stuck, facts=tuple(f"segments.{id}.stretch" for id in stuck))
    tiers = dict.fromkeys(s.tier for s in segments if bridges and not _is_carried(s, bridges))
    if tiers:
        yield Remark("cluster_tier", tuple(tiers), facts=tuple(f"links.{link.id}.tiers" for link in bridges))


def _links_of_move(scene: Scene, asset: Asset) -> list[Link]:
    """The links between the room where the asset stands and those where it goes."""
    here = scene.room(asset.id)
    pairs = [{here, stage.position.room} for stage in asset.stages]
    return [link for link in scene.inventory.links.values() if set(link.between) in pairs]


def _is_carried(segment: Segment, links: list[Link]) -> bool:
    return any(not link.tiers or segment.tier in link.tiers for link in links)


def _guests(inventory: Inventory, cluster: Cluster) -> list[Asset]:
    return [a for a in inventory.assets.values() if a.kind is AssetKind.VM and a.host in cluster.hosts]


def _of_segments(scene: Scene) -> Iterator[Remark]:
    """The segments that may not be stretched and of which two or more members change their room."""
    for segment in scene.inventory.segments.values():
        members = tuple(
            a.id for a in scene.inventory.assets.values() if segment.id in a.segments and _leaves_room(scene, a)
        )
        if len(members) > 1 and not (segment.stretch or segment.client):
            yield Remark("segment_at_once", members, {"segment": segment.id}, facts=(f"segments.{segment.id}.stretch",))


def _leaves_room(scene: Scene, asset: Asset) -> bool:
    here = scene.room(asset.id)
    carrier = asset.host or asset.chassis
    if carrier:
        return _leaves_room(scene, scene.inventory.assets[carrier])
    return here is not None and any(stage.position.room != here for stage in asset.stages)


def _of_lines(inventory: Inventory) -> Iterator[Remark]:
    for asset in inventory.assets.values():
        if asset.method is Method.RELAY and not asset.dual_lay:
            yield Remark("line_down_while_laid", (asset.id,), facts=(f"assets.{asset.id}.dual_lay",))


def _of_systems(scene: Scene, graph: NeedsGraph) -> Iterator[Remark]:
    """The systems that may never be out, and what takes them away when it is carried."""
    inventory = scene.inventory
    always = [s for s in inventory.systems.values() if s.hours is None and s.budget == 0 and s.leaves is None]
    needed = {id for system in always for id in graph.upstream(system.id)}
    carried = [id for id in needed if id in scene.standing and inventory.assets[id].method is Method.CARRY]
    impacts = Impacts(scene) if carried else None
    dead = {id: impacts.dead([id]) for id in inventory.assets if id in carried} if impacts else {}
    for system in always:
        culprits = tuple(id for id in dead if system.id in dead[id])
        if culprits:
            facts = (f"systems.{system.id}.budget", f"systems.{system.id}.hours")
            yield Remark("always_open_single", culprits, {"system": system.id}, facts=facts)


def _of_groups(inventory: Inventory) -> Iterator[Remark]:
    for cycle in hard_groups(inventory):
        facts = tuple(edge.fact for edge in cycle.edges)
        yield Remark("hard_group", cycle.members, {"way": " -> ".join(cycle.way)}, facts=facts)


def _of_fates(inventory: Inventory) -> Iterator[Remark]:
    """What falls together before the move, and what does so only after it where the racks are declared.

    Who is sent into one rack is a warning of its own.
    """
    now = _fates("shared_fate", voided_redundancies(at_start(inventory)))
    after = voided_redundancies(at_end(inventory))
    then = _fates("shared_fate_after", [void for void in after if not sent_together(inventory, void)])
    yield from now.values()
    yield from (remark for lost, remark in then.items() if lost not in now)


def _fates(key: str, voided: Iterable[VoidedRedundancy]) -> dict[tuple[int, int, tuple[str, ...]], Remark]:
    """One sentence for what falls together, with all elements that it shares and all dependents that it matters to."""
    found: dict[tuple[int, int, tuple[str, ...]], list[VoidedRedundancy]] = {}
    for void in voided:
        found.setdefault((void.count, len(void.members), void.lost), []).append(void)
    return {shared: _fate(key, *shared, voids) for shared, voids in found.items()}


def _fate(key: str, count: int, number: int, lost: tuple[str, ...], voids: list[VoidedRedundancy]) -> Remark:
    shared = dict.fromkeys(f"{void.element.id} ({void.element.kind.value})" for void in voids)
    dependents = tuple(dict.fromkeys(void.dependent for void in voids))
    values = {"count": str(count), "of": str(number), "elements": ", ".join(shared), "lost": ", ".join(lost)}
    return Remark(key, dependents, values, facts=tuple(dict.fromkeys(void.fact for void in voids)))
