"""For every k-of-n need whose dependents are not in a declared outage, k members (kept: the spare too) hold."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from planner.plan.finding import Finding
from planner.safety import screens
from planner.safety.capacity import host_memory, is_crowded, memory
from planner.safety.condition import Condition
from planner.safety.context import Context
from planner.safety.judged_strip import JudgedStrip
from planner.safety.moment import Moment
from planner.safety.question import Question, asked
from planner.safety.redundancy import Count, counts
from planner.safety.rule import Outcome, Rule
from planner.safety.stretches import stretches
from planner.safety.strip import Bits
from planner.safety.watch import Watch, at, seen
from planner.safety.world import World
from planner.units.span import Span, Spans

Fault = tuple[str, Count]


def check(context: Context) -> Outcome:
    """Count members at every moment.

    A system answers for its own trees outside its declared outages. An asset's shortage counts where a system that
    needs the asset suffers outside its outages, a missing spare wherever such a system is not in one.
    """
    faults: dict[Fault, list[Span]] = defaultdict(list)
    replay = context.replay
    for id, span, found in stretches(replay, replay.world.once(_redundancies)):
        for count in found:
            faults[id, count].append(span)
    short = [f for (id, count), spans in faults.items() for f in _of_fault(context, id, count, Spans.of(spans))]
    return Outcome(
        (*short, *_of_clusters(context), *_of_pairs(context)), len(replay.moments) * len(replay.world.subjects)
    )


def _redundancies(world: World) -> Question[tuple[Count, ...]]:
    return replace(asked("s04", world.subjects, _shortages, screen=screens.short), near=True)


def _shortages(moment: Moment, id: str) -> tuple[Count, ...]:
    return tuple(count for count in counts(moment, id) if count.short or count.spare_missing)


def _of_fault(context: Context, id: str, count: Count, spans: Spans) -> Iterator[Finding]:
    for span in _unexcused(context, id, count, spans):
        members = ", ".join(count.missing)
        values = {
            "dependent": id,
            "missing": members,
            "held": str(count.held),
            "needed": str(count.tree.count if count.short else count.tree.keep),
            "excess": str(count.tree.keep - count.held),
        }
        key = "s04.too_few" if count.short else "s04.spare_missing"
        yield at(span, seen(key, (id, *count.missing), cause=(*count.missing, id), facts=(count.fact,), values=values))


def _unexcused(context: Context, id: str, count: Count, spans: Spans) -> Spans:
    if id in context.inventory.systems:
        return spans.minus(context.told.declared[id])
    if not context.told.affected.of(id):
        return spans if count.fact.startswith("assets.") else Spans()
    return context.told.harm(id, spans) if count.short else context.told.risk(id, spans)


def _of_clusters(context: Context) -> Iterator[Finding]:
    watch = Watch()
    for _, span, found in stretches(context.replay, context.replay.world.once(_clusters)):
        for finding in found:
            watch.see(span, finding)
    return iter(watch.findings())


def _clusters(world: World) -> Question[tuple[Finding, ...]]:
    """Of each cluster: its hosts concern it, and whatever can ever be on one of them."""
    guests: dict[str, list[str]] = defaultdict(list)
    for vm, host in sorted(world.hosts):
        guests[host].append(vm)
    clusters = world.inventory.clusters
    concerns = {
        id: dict.fromkeys((*cluster.hosts, *(vm for host in cluster.hosts for vm in guests[host])))
        for id, cluster in clusters.items()
    }

    def screen(strip: JudgedStrip, id: str) -> Bits:
        return screens.cramped(strip, clusters[id], concerns[id])

    return asked("S04 clusters", clusters, _lacking, concerns, own=True, screen=screen)


def _lacking(moment: Moment, id: str) -> tuple[Finding, ...]:
    cluster = moment.world.inventory.clusters[id]
    found = memory(moment, cluster)
    unknown = tuple(
        seen(
            "s04.memory_unknown", (asset,), facts=(f"assets.{asset}.memory_gb",), values={"asset": asset}, unknown=True
        )
        for asset in found.unknown
    )
    if found.has is None or found.asked <= found.has:
        return (*(_crowded(moment, host) for host in cluster.hosts if is_crowded(moment, host)), *unknown)
    values = {"cluster": id, "asked": str(found.asked), "has": str(found.has), "excess": str(found.asked - found.has)}
    subjects = (id, *(host for host in cluster.hosts if moment.condition[host] is not Condition.UP))
    fact = (f"clusters.{id}.hosts",)
    return (seen("s04.memory", subjects, cause=subjects, facts=fact, values=values), *unknown)


def _crowded(moment: Moment, host: str) -> Finding:
    asked, has = host_memory(moment, host)
    values = {"host": host, "asked": str(asked), "has": str(has), "excess": str(asked - has)}
    return seen("s04.host_memory", (host,), cause=(host,), facts=(f"assets.{host}.memory_gb",), values=values)


def _of_pairs(context: Context) -> Iterator[Finding]:
    """VMs that are declared apart but run on one host."""
    watch = Watch()
    for _, span, found in stretches(context.replay, context.replay.world.once(_pairs)):
        for finding in found:
            watch.see(span, finding)
    return iter(watch.findings())


def _pairs(world: World) -> Question[tuple[Finding, ...]]:
    assets = world.inventory.assets
    concerns = {id: (id, *asset.apart_from) for id, asset in assets.items() if asset.apart_from}
    return asked("S04 pairs", concerns, _together, concerns, own=True)


def _together(moment: Moment, id: str) -> tuple[Finding, ...]:
    host = moment.host.get(id)
    others = moment.world.inventory.assets[id].apart_from if host is not None and moment.up(id) else ()
    return tuple(
        seen(
            "s04.together",
            (id, other),
            cause=(host or id,),
            facts=(f"assets.{id}.apart_from",),
            values={"one": id, "other": other, "host": host or ""},
        )
        for other in others
        if moment.host.get(other) == host and moment.up(other)
    )


RULE = Rule("S04", __doc__ or "", check, of_state=True)
