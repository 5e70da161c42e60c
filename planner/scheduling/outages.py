"""The replay of a plan's steps, the unavailability that it computes, and the outages that are declared for it (S01)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.calendar import hours
from planner.model.inventory import Inventory
from planner.plan.plan import Outage
from planner.plan.step import Step
from planner.scheduling.crossing import Crossing
from planner.scheduling.effects import Effects, sequels
from planner.scheduling.evaluation import Evaluation
from planner.scheduling.truth import Truth
from planner.scheduling.world import World
from planner.units.span import Minute, Span, Spans


@dataclass(frozen=True, slots=True)
class Moment:
    """A span without an event, what is true in it, and the steps that run in it by (start, id)."""

    span: Span
    evaluation: Evaluation
    running: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """The whole horizon, moment by moment. ``unavailable`` has every system, also those that are always available.

    ``end`` is the world after the last step.
    """

    moments: tuple[Moment, ...]
    unavailable: Mapping[str, Spans]
    end: World

    def bridged(self, inventory: Inventory) -> tuple[tuple[Span, tuple[Crossing, ...]], ...]:
        """The spans in which hard or live needs cross a bridge, with these needs."""
        bridges = frozenset(link.id for link in inventory.links.values() if link.bridge)
        found = []
        for moment in self.moments:
            over = tuple(c for c in moment.evaluation.crossings if c.counts and not bridges.isdisjoint(c.links))
            if over:
                found.append((moment.span, over))
        return tuple(found)

    def over_bridges(self, inventory: Inventory) -> tuple[tuple[int, int], ...]:
        """For how many minutes how many hard or live needs cross a bridge."""
        return tuple((span.minutes, len(over)) for span, over in self.bridged(inventory))


def replay(inventory: Inventory, truth: Truth, steps: Sequence[Step]) -> Replayed:
    """Apply all steps to the start state; at one instant ends come before starts.

    Every start, end and boundary of the needs, links and departures inside the horizon is an event. Steps outside the
    horizon change the world and are not looked at.
    """
    horizon = inventory.project.horizon
    effects, later, world = Effects(inventory), sequels(steps), truth.start()
    starts, ends = _by_instant(steps, "start"), _by_instant(steps, "end")
    running: dict[str, Step] = {}
    moments: list[Moment] = []
    events = _events(truth, horizon, starts.keys() | ends.keys())
    for at, following in zip(events, [*events[1:], horizon.end], strict=True):
        for step in ends.get(at, ()):
            effects.end(world, step, later)
            running.pop(step.id, None)
        for step in starts.get(at, ()):
            effects.begin(world, step)
            running[step.id] = step
        if at in horizon:
            span = Span(at, min(following, horizon.end))
            moments.append(Moment(span, truth.evaluate(world, at), tuple(running.values())))
    return Replayed(tuple(moments), _unavailable(inventory, moments), world)


def declare(inventory: Inventory, unavailable: Mapping[str, Spans]) -> tuple[Outage, ...]:
    """What people are told: each computed span rounded outward to the policy's multiple of minutes, by (start, system).

    Computed spans less than the rounding apart share one outage; it exceeds them by less than the rounding at each end.
    """
    outages = [
        _outage(inventory, system, parts)
        for system, spans in unavailable.items()
        for parts in _near(spans, inventory.policy.rounding)
    ]
    return tuple(sorted(outages, key=lambda outage: (outage.span.start, outage.system)))


def in_service(inventory: Inventory, system: str, spans: Spans) -> int:
    """The minutes of ``spans`` inside the service hours of a system."""
    service = hours(inventory.timetable, inventory.clock, inventory.systems[system].hours, inventory.project.horizon)
    return spans.intersection(service).minutes


def _by_instant(steps: Iterable[Step], edge: str) -> dict[Minute, list[Step]]:
    found: defaultdict[Minute, list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: (step.start, step.end, step.id)):
        found[getattr(step, edge)].append(step)
    return found


def _events(truth: Truth, horizon: Span, instants: Iterable[Minute]) -> list[Minute]:
    return sorted({horizon.start, *instants, *(at for at in truth.boundaries if at in horizon)})


def _unavailable(inventory: Inventory, moments: list[Moment]) -> dict[str, Spans]:
    found: dict[str, list[Span]] = {system: [] for system in inventory.systems}
    for moment in moments:
        for system in moment.evaluation.unavailable:
            found[system].append(moment.span)
    return {system: Spans.of(spans) for system, spans in found.items()}


def _near(spans: Spans, apart: int) -> list[list[Span]]:
    groups: list[list[Span]] = []
    for span in spans:
        if groups and span.start - groups[-1][-1].end < apart:
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _outage(inventory: Inventory, system: str, parts: list[Span]) -> Outage:
    grid, computed = max(inventory.policy.rounding, 1), Spans(tuple(parts))
    start = parts[0].start // grid * grid
    end = -(-parts[-1].end // grid) * grid
    return Outage(system, Span(start, end), computed.minutes, in_service(inventory, system, computed))
