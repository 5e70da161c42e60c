"""Live dependencies cross rooms only over links that are up and tested, from before the first crossing to the last."""

from collections.abc import Iterator

from planner.plan.finding import Finding
from planner.safety.cause import Chain, Why, causes
from planner.safety.context import Context
from planner.safety.moment import Moment
from planner.safety.rule import Outcome, Rule
from planner.safety.watch import Watch, at, seen
from planner.units.span import Spans


def check(context: Context) -> Outcome:
    """Outside declared outages no system misses a provider that is up but not reached; nor does a migration."""
    watch, checks = Watch(), 0
    for moment in context.replay.moments:
        for system in context.inventory.systems:
            checks += 1
            for chain in _ways_missing(moment, system):
                watch.see(moment.span, _no_way(moment, system, chain))
        for vm in moment.state.target:
            checks += 1
            for finding in _migration(moment, vm):
                watch.see(moment.span, finding)
    return Outcome(tuple(_unexcused(context, watch.findings())), checks)


def _ways_missing(moment: Moment, system: str) -> Iterator[Chain]:
    if moment.up(system) and not moment.fine(system):
        yield from (chain for chain in causes(moment, system) if chain.why is Why.UNREACHABLE)


def _no_way(moment: Moment, system: str, chain: Chain) -> Finding:
    provider, dependent = chain.ids[0], chain.ids[1]
    values = {
        "system": system,
        "dependent": dependent,
        "provider": provider,
        "from": moment.room(dependent) or "-",
        "to": moment.room(provider) or "-",
    }
    return seen("s06.no_way", (system, dependent, provider), cause=chain.ids, facts=chain.facts, values=values)


def _migration(moment: Moment, vm: str) -> Iterator[Finding]:
    """A migration between rooms needs a way between the hosts and a cluster that may be apart."""
    host, target = moment.host[vm], moment.state.target[vm]
    cluster = next((c for c in moment.world.inventory.clusters.values() if host in c.hosts and target in c.hosts), None)
    values = {"vm": vm, "from": host, "to": target}
    if cluster is None or not cluster.live_migration:
        yield seen("s06.no_live_migration", (vm, host, target), cause=(host, vm), values=values)
    elif moment.room(host) != moment.room(target) and not (cluster.across and moment.reachable(host, target)):
        fact = (f"clusters.{cluster.id}.across",)
        yield seen("s06.migration_way", (vm, host, target), cause=(host, vm), facts=fact, values=values)


def _unexcused(context: Context, findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for finding in findings:
        told = context.told.declared.get(finding.subjects[0], Spans())
        if finding.span is not None:
            yield from (at(span, finding) for span in Spans((finding.span,)).minus(told))


RULE = Rule("S06", __doc__ or "", check, of_state=True)
