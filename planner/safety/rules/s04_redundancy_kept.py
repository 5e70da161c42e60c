"""For every k-of-n need whose dependents are not in a declared outage, k members (kept: the spare too) hold."""

from collections import defaultdict
from collections.abc import Iterator

from planner.plan.finding import Finding
from planner.safety.capacity import memory
from planner.safety.condition import Condition
from planner.safety.context import Context
from planner.safety.redundancy import Count, counts
from planner.safety.rule import Outcome, Rule
from planner.safety.watch import Watch, at, seen
from planner.units.span import Span, Spans

Fault = tuple[str, Count]


def check(context: Context) -> Outcome:
    """Count members at every moment.

    A system answers for its own trees outside its declared outages. An asset's shortage counts where a system that
    needs the asset suffers outside its outages, a missing spare wherever such a system is not in one.
    """
    faults: dict[Fault, list[Span]] = defaultdict(list)
    checks = 0
    for moment in context.replay.moments:
        for id in context.replay.world.subjects:
            checks += 1
            for count in counts(moment, id):
                if count.short or count.spare_missing:
                    faults[id, count].append(moment.span)
    found = [f for (id, count), spans in faults.items() for f in _of_fault(context, id, count, Spans.of(spans))]
    return Outcome((*found, *_of_clusters(context), *_together(context)), checks)


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
    if id not in context.told.affected:
        return spans if count.fact.startswith("assets.") else Spans()
    return context.told.harm(id, spans) if count.short else context.told.risk(id, spans)


def _of_clusters(context: Context) -> Iterator[Finding]:
    watch = Watch()
    for moment in context.replay.moments:
        for cluster in context.inventory.clusters.values():
            found = memory(moment, cluster)
            if found.asked > found.has:
                values = {
                    "cluster": cluster.id,
                    "asked": str(found.asked),
                    "has": str(found.has),
                    "excess": str(found.asked - found.has),
                }
                down = tuple(id for id in cluster.hosts if moment.condition[id] is not Condition.UP)
                fact = (f"clusters.{cluster.id}.hosts",)
                subjects = (cluster.id, *down)
                watch.see(moment.span, seen("s04.memory", subjects, cause=subjects, facts=fact, values=values))
            for id in found.unknown:
                fact = (f"assets.{id}.memory_gb",)
                watch.see(
                    moment.span, seen("s04.memory_unknown", (id,), facts=fact, values={"asset": id}, unknown=True)
                )
    return iter(watch.findings())


def _together(context: Context) -> Iterator[Finding]:
    """VMs that are declared apart but run on one host."""
    watch = Watch()
    for moment in context.replay.moments:
        for vm in context.inventory.assets.values():
            for other in vm.apart_from:
                host = moment.host.get(vm.id)
                if host is not None and host == moment.host.get(other) and moment.up(vm.id) and moment.up(other):
                    values = {"one": vm.id, "other": other, "host": host}
                    fact = (f"assets.{vm.id}.apart_from",)
                    watch.see(
                        moment.span, seen("s04.together", (vm.id, other), cause=(host,), facts=fact, values=values)
                    )
    return iter(watch.findings())


RULE = Rule("S04", __doc__ or "", check, of_state=True)
