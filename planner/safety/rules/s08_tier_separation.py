"""S08 tier separation: nothing joins two tiers but what is declared, in any state of the plan."""

from collections.abc import Iterator

from planner.model.asset import AssetKind
from planner.model.inventory import Inventory
from planner.model.network import SeparationBy
from planner.plan.finding import Finding
from planner.safety.context import Context
from planner.safety.question import Question, asked
from planner.safety.replay import Replay
from planner.safety.rule import Outcome, Rule
from planner.safety.stretches import stretches
from planner.safety.tiers import Meeting, Pair, Way, carried_vlans, joining, meetings, on_link, permitted, separation
from planner.safety.watch import Watch, at, seen
from planner.safety.world import World
from planner.units.span import Minute, Span, Spans

SENTENCE = (
    "No bridge, device or segment forwards between tiers without a declared permission; for each pair of tiers the "
    "inventory says physical or logical separation; every intermediate topology is checked. Backup, monitoring, "
    "logging, consoles, storage and hypervisors with a leg in two tiers are paths between tiers."
)


def check(context: Context) -> Outcome:
    """Look at every device whenever it or what it carries changes, and at every link whenever it opens or closes."""
    inventory, replay, watch = context.inventory, context.replay, Watch()
    undeclared: dict[Pair, list[Span]] = {}
    for id, span, found in stretches(replay, replay.world.once(_devices)):
        for meeting in sorted(found):
            undeclared.setdefault(meeting.pair, []).append(span)
            for finding in _of_device(inventory, id, meeting):
                watch.see(span, finding)
    for id, span in _open(replay):
        pairs = sorted(on_link(inventory, id))
        for pair in pairs:
            undeclared.setdefault(pair, []).append(span)
        for finding in _of_link(inventory, id, pairs):
            watch.see(span, finding)
    for _, span, clashes in stretches(replay, replay.world.once(_vlans)):
        for finding in clashes:
            watch.see(span, finding)
    checks = len(replay.moments) * (len(inventory.assets) + len(inventory.links))
    return Outcome((*watch.findings(), *_undeclared(inventory, undeclared)), checks)


def _devices(world: World) -> Question[frozenset[Meeting]]:
    return asked("s08", joining(world), meetings, _concerns(world.inventory), own=True)


def _open(replay: Replay) -> Iterator[tuple[str, Span]]:
    """When each link may be used."""
    since: dict[str, Minute] = {}
    for moment in replay.moments:
        if moment.links != since.keys():
            yield from ((id, Span(since.pop(id), moment.minute)) for id in sorted(since.keys() - moment.links))
            since |= dict.fromkeys(sorted(moment.links - since.keys()), moment.minute)
    yield from ((id, Span(begun, replay.span.end)) for id, begun in since.items())


def _vlans(world: World) -> Question[tuple[Finding, ...]]:
    """Of each switch on which two segments are one, as long as it is up."""
    assets = world.inventory.assets.values()
    switches = (asset.id for asset in assets if asset.kind is AssetKind.SWITCH)
    clashes = {id: found for id in switches if (found := tuple(_of_vlans(world.inventory, id)))}
    return asked("S08 vlans", clashes, lambda moment, id: clashes[id] if moment.up(id) else ())


def _concerns(inventory: Inventory) -> dict[str, set[str]]:
    """Whose changes may change what an asset joins: its own, its guests', its hosts', and those of its role."""
    concerns = {id: {id} for id in inventory.assets}
    guests_of: dict[str | None, set[str]] = {}
    for asset in inventory.assets.values():
        guests_of.setdefault(asset.cluster, set()).add(asset.id)
    for cluster in inventory.clusters.values():
        guests = guests_of.get(cluster.id, set())
        for id in (*cluster.hosts, *([cluster.storage] if cluster.storage else [])):
            concerns[id] |= {*guests, *cluster.hosts}
    for asset in inventory.assets.values():
        for held in (asset.host, asset.chassis, asset.replaces):
            if held is not None:
                concerns[held].add(asset.id)
        if asset.replaces is not None:
            concerns[asset.id].add(asset.replaces)
    return concerns


def _of_device(inventory: Inventory, id: str, meeting: Meeting) -> Iterator[Finding]:
    """Sharing needs logical separation; forwarding a permission; a side door a permission that names it."""
    pair, way = meeting
    physical = separation(inventory, pair) is SeparationBy.PHYSICAL
    named = permitted(inventory, pair, id)
    if way is Way.SHARED and physical and not named:
        yield _found("s08.not_physical", id, pair, f"assets.{id}")
    if way is Way.ROUTED and not permitted(inventory, pair):
        yield _found("s08.forwards", id, pair, f"assets.{id}")
    if way is Way.SIDE_DOOR and not named:
        yield _found("s08.side_door", id, pair, f"assets.{id}")


def _of_link(inventory: Inventory, id: str, pairs: list[Pair]) -> Iterator[Finding]:
    """A link with two tiers keeps them apart as the pair demands; how it does so has to be known."""
    kept, facts = inventory.links[id].separated, (f"links.{id}.separated",)
    asked = {pair: by for pair in pairs if (by := separation(inventory, pair)) is not None}
    if kept is None and asked:
        values = {"device": id, "tiers": ", ".join(dict.fromkeys(tier for pair in asked for tier in pair))}
        yield seen("s08.link_unknown", (id,), cause=(id,), facts=facts, values=values, unknown=True)
    if kept is SeparationBy.LOGICAL:
        physical = (pair for pair, by in asked.items() if by is SeparationBy.PHYSICAL)
        yield from (_found("s08.not_physical", id, pair, facts[0]) for pair in physical)


def _of_vlans(inventory: Inventory, id: str) -> Iterator[Finding]:
    """Two segments of different tiers with one number are one segment on the switch that carries both."""
    for one, other in carried_vlans(inventory, inventory.assets[id]):
        values = {"device": id, "one": one, "other": other}
        facts = (f"segments.{one}.vlan", f"segments.{other}.vlan")
        yield seen("s08.one_vlan", (id, one, other), cause=(one, id, other), facts=facts, values=values)


def _found(key: str, id: str, pair: Pair, fact: str) -> Finding:
    one, other = pair
    values = {"device": id, "one": one, "other": other}
    return seen(key, (id,), cause=(one, id, other), facts=(fact,), values=values)


def _undeclared(inventory: Inventory, met: dict[Pair, list[Span]]) -> Iterator[Finding]:
    """Tiers that meet somewhere, of which the inventory does not say how they are kept apart."""
    for pair, spans in sorted(met.items()):
        if separation(inventory, pair) is None:
            values = {"one": pair[0], "other": pair[1]}
            said = seen("s08.unknown", pair, cause=pair, facts=("separations",), values=values, unknown=True)
            yield from (at(span, said) for span in Spans.of(spans))


RULE = Rule("S08", SENTENCE, check, of_state=True)
