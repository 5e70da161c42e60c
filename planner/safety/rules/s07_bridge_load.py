"""Crossing needs stay within each link's capacity and their own latency limit; what needs one room never crosses."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from planner.model.need import NeedKind
from planner.plan.finding import Finding
from planner.safety import screens
from planner.safety.astray import astray
from planner.safety.cause import Why, causes
from planner.safety.context import Context
from planner.safety.crossing import Crossing, crossings
from planner.safety.moment import Moment
from planner.safety.rule import Outcome, Rule
from planner.safety.stretches import Question, asked, stretches
from planner.safety.timetable import hours
from planner.safety.watch import Watch, at, seen
from planner.safety.world import World
from planner.units.span import Span, Spans

Traffic = tuple[Span, Crossing]


def check(context: Context) -> Outcome:
    """Add up what crosses each link at every moment."""
    watch, replay = Watch(), context.replay
    carried: dict[str, list[Traffic]] = defaultdict(list)
    for _, stretch, found in stretches(replay, replay.world.once(_traffic)):
        for crossing in found:
            for span in _in_slot(context, stretch, crossing):
                for link in crossing.path:
                    carried[link].append((span, crossing))
                for finding in _of_crossing(context, crossing):
                    watch.see(span, finding)
    for link in sorted(carried):
        for span, finding in _overloads(context, link, carried[link]):
            watch.see(span, finding)
    found_apart = tuple(_apart(context))
    return Outcome((*watch.findings(), *found_apart), len(replay.moments) * len(replay.world.subjects))


def _traffic(world: World) -> Question[tuple[Crossing, ...]]:
    return asked("s07", world.subjects, _crossings, screen=screens.crossing)


def _separated(world: World) -> Question[tuple[Finding, ...]]:
    return asked("S07 apart", world.inventory.systems, _divided, deep=True, screen=astray)


def _crossings(moment: Moment, id: str) -> tuple[Crossing, ...]:
    return tuple(crossings(moment, id))


def _in_slot(context: Context, span: Span, crossing: Crossing) -> Spans:
    """A batch need crosses in its slot only."""
    if crossing.kind is not NeedKind.BATCH or crossing.slot is None:
        return Spans((span,))
    return hours(context.inventory, crossing.slot, span)


def _overloads(context: Context, link: str, carried: list[Traffic]) -> Iterator[tuple[Span, Finding]]:
    """Where the sum of what crosses one link at one time is more than the link bears."""
    capacity = context.inventory.links[link].mbps
    if capacity is not None and sum(crossing.mbps or 0 for _, crossing in carried) <= capacity:
        return  # all that ever crosses may do so at once
    for span, loads in _together(carried):
        load = sum(crossing.mbps or 0 for crossing in loads)
        if capacity is None:
            yield span, _unknown("s07.capacity_unknown", (link,), f"links.{link}.mbps")
        elif load > capacity:
            values = {
                "link": link,
                "load": str(load),
                "capacity": str(capacity),
                "excess": str(load - capacity),
                "by": ", ".join(_names(loads)),
            }
            yield span, seen("s07.overload", (link,), cause=(link,), facts=(f"links.{link}.mbps",), values=values)


def _together(carried: list[Traffic]) -> Iterator[tuple[Span, list[Crossing]]]:
    """The parts of time between any begin and end, each with what crosses throughout it."""
    begins: Mapping[int, list[Traffic]] = _by_minute(carried, end=False)
    ends = _by_minute(carried, end=True)
    active: list[Traffic] = []
    before = 0
    for minute in sorted(begins.keys() | ends.keys()):
        if active:
            yield Span(before, minute), [crossing for _, crossing in active]
        gone = {id(traffic) for traffic in ends.get(minute, ())}
        active = [traffic for traffic in active if id(traffic) not in gone] + begins.get(minute, [])
        before = minute


def _by_minute(carried: list[Traffic], *, end: bool) -> Mapping[int, list[Traffic]]:
    found: dict[int, list[Traffic]] = defaultdict(list)
    for traffic in carried:
        found[traffic[0].end if end else traffic[0].start].append(traffic)
    return found


def _names(loads: list[Crossing]) -> Iterator[str]:
    """The five heaviest pairs, and how many more there are."""
    worst = sorted(loads, key=lambda crossing: (-(crossing.mbps or 0), crossing.dependent, crossing.provider))
    pairs = list(dict.fromkeys(f"{crossing.dependent}-{crossing.provider}" for crossing in worst))
    yield from pairs[:5]
    if len(pairs) > 5:
        yield f"+{len(pairs) - 5}"


def _of_crossing(context: Context, crossing: Crossing) -> Iterator[Finding]:
    links = context.inventory.links
    pair = (crossing.dependent, crossing.provider)
    if crossing.mbps is None:
        yield _unknown("s07.load_unknown", pair, crossing.fact)
    if crossing.latency_ms is None:
        return
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


def _apart(context: Context) -> Iterator[Finding]:
    """Systems that, outside their declared outages, lack what is up in another room but may not cross."""
    watch = Watch()
    for _, span, found in stretches(context.replay, context.replay.world.once(_separated)):
        for finding in found:
            watch.see(span, finding)
    for finding in watch.findings():
        if finding.span is not None:
            told = context.told.declared[finding.subjects[0]]
            yield from (at(span, finding) for span in Spans((finding.span,)).minus(told))


def _divided(moment: Moment, system: str) -> tuple[Finding, ...]:
    if not moment.up(system) or moment.fine(system):
        return ()
    chains = [chain for chain in causes(moment, system) if chain.why is Why.APART]
    return tuple(
        seen(
            "s07.same_room",
            (system, chain.ids[1], chain.ids[0]),
            cause=chain.ids,
            facts=chain.facts,
            values={"system": system, "dependent": chain.ids[1], "provider": chain.ids[0]},
        )
        for chain in chains
    )


def _unknown(key: str, subjects: tuple[str, ...], fact: str) -> Finding:
    return seen(key, subjects, facts=(fact,), values={"subjects": ", ".join(subjects)}, unknown=True)


RULE = Rule("S07", __doc__ or "", check, of_state=True)
