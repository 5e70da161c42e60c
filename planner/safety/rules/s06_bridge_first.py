"""Live dependencies cross rooms only over links that are up and tested, from before the first crossing to the last."""

from collections.abc import Iterator

from planner.model.chain import StepKind
from planner.plan.finding import Finding
from planner.safety import screens
from planner.safety.astray import astray
from planner.safety.cause import Chain, Why, causes
from planner.safety.context import Context
from planner.safety.moment import Moment
from planner.safety.question import Question, asked
from planner.safety.rule import Outcome, Rule
from planner.safety.stretches import stretches
from planner.safety.watch import Watch, at, seen
from planner.safety.world import World
from planner.units.span import Spans


def check(context: Context) -> Outcome:
    """Outside declared outages no system misses a provider that is up but not reached; nor does a migration."""
    watch, world = Watch(), context.replay.world
    systems, migrations = world.once(_crossing), world.once(_migrating)
    for question in (systems, migrations):
        for _, span, found in stretches(context.replay, question):
            for finding in found:
                watch.see(span, finding)
    checks = len(context.replay.moments) * (len(systems.ids) + len(migrations.ids))
    return Outcome((*_unexcused(context, watch.findings()), *_tested_too_early(context)), checks)


def _crossing(world: World) -> Question[tuple[Finding, ...]]:
    return asked("s06", world.inventory.systems, _ways_missing, deep=True, screen=astray)


def _migrating(world: World) -> Question[tuple[Finding, ...]]:
    vms = (id for id, asset in world.inventory.assets.items() if asset.host is not None)
    return asked("S06 migration", vms, _migration, screen=screens.migrating)


def _tested_too_early(context: Context) -> Iterator[Finding]:
    """A bridge is there, with something up at each end, throughout its test."""
    links, watch = context.inventory.links, Watch()
    tests = [s for s in context.replay.steps if s.kind is StepKind.TEST]
    for step, id in [(s, id) for s in tests for id in s.assets if id in links]:
        for moment in context.replay.between(step.span):
            span = moment.span.intersection(step.span)
            if span is not None and not moment.is_laid(id):
                values = {"link": id, "step": step.id}
                watch.see(span, seen("s06.tested_too_early", (id,), cause=(id,), facts=(f"links.{id}",), values=values))
    return iter(watch.findings())


def _ways_missing(moment: Moment, system: str) -> tuple[Finding, ...]:
    if not moment.up(system) or moment.fine(system):
        return ()
    chains = (chain for chain in causes(moment, system) if chain.why is Why.UNREACHABLE)
    return tuple(_no_way(moment, system, chain) for chain in chains)


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


def _migration(moment: Moment, vm: str) -> tuple[Finding, ...]:
    """A migration between rooms needs a way between the hosts and a cluster that may be apart."""
    target, host = moment.state.target.get(vm), moment.host[vm]
    if target is None:
        return ()
    cluster = next((c for c in moment.world.inventory.clusters.values() if host in c.hosts and target in c.hosts), None)
    values = {"vm": vm, "from": host, "to": target}
    if cluster is None or not cluster.live_migration:
        return (seen("s06.no_live_migration", (vm, host, target), cause=(host, vm), values=values),)
    if moment.room(host) == moment.room(target) or (cluster.across and moment.reachable(host, target)):
        return ()
    fact = (f"clusters.{cluster.id}.across",)
    return (seen("s06.migration_way", (vm, host, target), cause=(host, vm), facts=fact, values=values),)


def _unexcused(context: Context, findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for finding in findings:
        told = context.told.declared.get(finding.subjects[0], Spans())
        if finding.span is not None:
            yield from (at(span, finding) for span in Spans((finding.span,)).minus(told))


RULE = Rule("S06", __doc__ or "", check, of_state=True)
