"""Crossing needs stay within each link's capacity and their own latency limit; what needs one room never crosses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from planner.model.need import NeedKind
from planner.plan.finding import Finding
from planner.safety.cause import Why, causes
from planner.safety.context import Context
from planner.safety.crossing import Crossing, crossings
from planner.safety.moment import Moment
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import hours
from planner.safety.watch import Watch, at, seen
from planner.units.span import Spans


def check(context: Context) -> Outcome:
    """Add up what crosses each link at every moment."""
    watch, checks = Watch(), 0
    for moment in context.replay.moments:
        carried: dict[str, list[Crossing]] = defaultdict(list)
        for id in context.replay.world.subjects:
            checks += 1
            for crossing in crossings(moment, id):
                if _in_slot(context, moment, crossing):
                    for link in crossing.path:
                        carried[link].append(crossing)
        for finding in (*_overloads(moment, carried), *_latencies(moment, carried)):
            watch.see(moment.span, finding)
        for finding in _apart(moment):
            watch.see(moment.span, finding)
    return Outcome(tuple(_unexcused(context, watch.findings())), checks)


def _in_slot(context: Context, moment: Moment, crossing: Crossing) -> bool:
    """A batch need crosses in its slot only."""
    if crossing.kind is not NeedKind.BATCH or crossing.slot is None:
        return True
    return bool(hours(context.inventory, crossing.slot, moment.span))


def _overloads(moment: Moment, carried: Mapping[str, list[Crossing]]) -> Iterator[Finding]:
    for link, found in carried.items():
        capacity = moment.world.inventory.links[link].mbps
        load = sum(crossing.mbps or 0 for crossing in found)
        if capacity is None:
            yield _unknown("s07.capacity_unknown", (link,), f"links.{link}.mbps")
        elif load > capacity:
            worst = sorted(found, key=lambda crossing: -(crossing.mbps or 0))
            values = {
                "link": link,
                "load": str(load),
                "capacity": str(capacity),
                "excess": str(load - capacity),
                "by": ", ".join(dict.fromkeys(f"{c.dependent}-{c.provider}" for c in worst)),
            }
            yield seen("s07.overload", (link,), cause=(link,), facts=(f"links.{link}.mbps",), values=values)


def _latencies(moment: Moment, carried: Mapping[str, list[Crossing]]) -> Iterator[Finding]:
    links = moment.world.inventory.links
    for crossing in dict.fromkeys(c for found in carried.values() for c in found):
        pair = (crossing.dependent, crossing.provider)
        if crossing.mbps is None:
            yield _unknown("s07.load_unknown", pair, crossing.fact)
        if crossing.latency_ms is None:
            continue
        delays = [links[link].latency_ms for link in crossing.path]
        known = [delay for delay in delays if delay is not None]
        if len(known) < len(delays):
            yield _unknown("s07.latency_unknown", crossing.path, f"links.{crossing.path[0]}.latency_ms")
        if sum(known) > crossing.latency_ms:
            values = {
                "dependent": pair[0],
                "provider": pair[1],
                "latency": f"{sum(known):g}",
                "limit": f"{crossing.latency_ms:g}",
                "excess": f"{sum(known) - crossing.latency_ms:g}",
            }
            yield seen("s07.latency", pair, cause=(*crossing.path, *pair), facts=(crossing.fact,), values=values)


def _apart(moment: Moment) -> Iterator[Finding]:
    """Systems that lack what is up in another room but may not cross."""
    for system in moment.world.inventory.systems:
        if moment.up(system) and not moment.fine(system):
            for chain in causes(moment, system):
                if chain.why is Why.APART:
                    provider, dependent = chain.ids[0], chain.ids[1]
                    values = {"system": system, "dependent": dependent, "provider": provider}
                    subjects = (system, dependent, provider)
                    yield seen("s07.same_room", subjects, cause=chain.ids, facts=chain.facts, values=values)


def _unknown(key: str, subjects: tuple[str, ...], fact: str) -> Finding:
    return seen(key, subjects, facts=(fact,), values={"subjects": ", ".join(subjects)}, unknown=True)


def _unexcused(context: Context, findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        told = context.told.declared.get(finding.subjects[0], Spans()) if finding.key == "s07.same_room" else Spans()
        if finding.span is not None:
            yield from (at(span, finding) for span in Spans((finding.span,)).minus(told))


RULE = Rule("S07", __doc__ or "", check, of_state=True)
