"""Crossing needs stay within each link's capacity and their own latency limit; what needs one room never crosses."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import itemgetter

from planner.model.need import NeedKind
from planner.plan.finding import Finding
from planner.safety import screens
from planner.safety.astray import astray
from planner.safety.cause import Why, causes
from planner.safety.context import Context
from planner.safety.crossing import Crossing, crossings
from planner.safety.moment import Moment
from planner.safety.question import Question, asked
from planner.safety.replay import Replay
from planner.safety.rule import Outcome, Rule
from planner.safety.stretches import given, stretches
from planner.safety.timetable import hours
from planner.safety.watch import Watch, at, seen
from planner.safety.world import World
from planner.units.span import Minute, Span, Spans

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


def is_silent(context: Context) -> bool:
    """Whether each link bears at once what crosses it where a branch begins and all that ever crosses it in the branch.

    What crosses when nothing changes has to keep its limits by itself, wherever the plan's own replay comes to.
    """
    replay, stem = context.replay, context.replay.stem
    if stem is None or replay.origin is None:
        return False
    question = replay.world.once(_traffic)
    if "S07 carried" not in stem.answers:
        stem.answers["S07 carried"] = [_Carried(context, stretches(stem, question))]
    carried: _Carried = stem.answers["S07 carried"][0]
    own = {(id, crossing) for id, crossings in given(replay, question) for crossing in crossings}
    if not carried.sound or any(_violations(context, crossing) for _, crossing in own):
        return False
    loads = defaultdict(int, carried.at(replay.origin.minute))
    for _, crossing in own:
        for link in crossing.path:
            loads[link] += crossing.mbps or 0
    capacities = {link: context.inventory.links[link].mbps for link in loads}
    return all(most is None or loads[link] <= most for link, most in capacities.items()) and not _is_apart(replay)


def _violations(context: Context, crossing: Crossing) -> list[Finding]:
    return [finding for finding in _of_crossing(context, crossing) if not finding.unknown]


def _is_apart(replay: Replay) -> bool:
    return bool(stretches(replay, replay.world.once(_separated)))


class _Carried:
    """What crosses each link at each instant of a replay; ``sound`` if nothing that ever does breaks its own limit."""

    def __init__(self, context: Context, traffic: list[tuple[str, Span, tuple[Crossing, ...]]]) -> None:
        self.sound = not any(_violations(context, crossing) for _, _, found in traffic for crossing in found)
        turns = ((minute, sign, each) for _, span, found in traffic for minute, sign in _ends(span) for each in found)
        self._turns = sorted(turns, key=itemgetter(0))
        self._minutes = [minute for minute, _, _ in self._turns]
        self._done = 0
        self._loads: dict[str, int] = defaultdict(int)

    def at(self, minute: Minute) -> Mapping[str, int]:
        """Mbit/s on each link; what is not known counts as nothing, for it breaks no limit."""
        goal = bisect_right(self._minutes, minute)
        self._turn(self._turns[self._done : goal], 1)
        self._turn(self._turns[goal : self._done], -1)
        self._done = goal
        return self._loads

    def _turn(self, turns: list[tuple[Minute, int, Crossing]], direction: int) -> None:
        for _, sign, crossing in turns:
            for link in crossing.path:
                self._loads[link] += direction * sign * (crossing.mbps or 0)


def _ends(span: Span) -> tuple[tuple[Minute, int], tuple[Minute, int]]:
    return (span.start, 1), (span.end, -1)


def _traffic(world: World) -> Question[tuple[Crossing, ...]]:
    return replace(asked("s07", world.subjects, _crossings, screen=screens.crossing), near=True)


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


RULE = Rule("S07", __doc__ or "", check, of_state=True, is_silent=is_silent)
