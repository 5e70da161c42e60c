"""Where a project may stop for a while, and in which state that leaves everything (S23)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Gate, Wave
from planner.safety.irreversible import first_irreversible
from planner.safety.preparation import Use, in_use, is_preparatory
from planner.units.clock import DAY
from planner.units.span import Minute, Span


@dataclass(frozen=True, slots=True)
class StopPoint:
    """A gap after a wave, or a gate inside one (``id``).

    ``span`` is the time for which the state has to last: from when it is reached until ``resumes``, when the next wave
    begins or the same one can be tried again, and ``policy.stop_point_days`` more. ``steps`` are those that have been
    done and not undone.
    """

    id: str
    span: Span
    resumes: Minute
    steps: tuple[Step, ...]


def stop_points(inventory: Inventory, plan: Plan) -> tuple[StopPoint, ...]:
    """Every gap between two waves, and every gate at which stopping means rolling back; equal states are one."""
    found: list[StopPoint] = []
    alike: dict[int, list[int]] = {}  # by hash: all sets of steps together would be the square of the plan
    for point in every_stop_point(inventory, plan):
        done = _ids(point)
        same = alike.setdefault(hash(done), [])
        number = next((number for number in same if _ids(found[number]) == done), None)
        if number is None:
            same.append(len(found))
            found.append(point)
        else:
            first = found[number]
            span = Span(min(first.span.start, point.span.start), max(first.span.end, point.span.end))
            found[number] = replace(first, span=span, resumes=min(first.resumes, point.resumes))
    return tuple(found)


def _ids(point: StopPoint) -> frozenset[str]:
    return frozenset(step.id for step in point.steps)


def every_stop_point(inventory: Inventory, plan: Plan) -> Iterator[StopPoint]:
    """The same with equal states told apart by where the project stops, in order of time."""
    waves = sorted((wave for wave in plan.waves if wave.steps), key=_start)
    use = in_use(inventory, plan.steps())
    done: list[Step] = []
    for number, wave in enumerate(waves):
        later = waves[number + 1 :]
        for gate in wave.gates:
            if is_before_no_return(inventory, wave, gate):
                steps = (*done, *_prepared(plan, gate.at), *_standing(inventory, wave, gate, use))
                yield from _point(inventory, gate.id, gate.at, wave.window.end, steps)
        done += wave.steps
        if later:
            end, resumes = max(step.end for step in wave.steps), _start(later[0])
            yield from _point(inventory, wave.id, end, resumes, (*done, *_prepared(plan, resumes)))


def _start(wave: Wave) -> Minute:
    return min(step.start for step in wave.steps)


def _point(
    inventory: Inventory, id: str, begin: Minute, resumes: Minute, steps: tuple[Step, ...]
) -> Iterator[StopPoint]:
    """The point, as far as it lies inside the horizon."""
    until = min(resumes + inventory.policy.stop_point_days * DAY, inventory.project.horizon.end)
    if begin < until:
        yield StopPoint(id, Span(begin, until), resumes, steps)


def is_before_no_return(inventory: Inventory, wave: Wave, gate: Gate) -> bool:
    """Whether stopping at the gate is still rolling back; afterwards it is carrying on to the end of the wave."""
    return all(gate.at <= step.start for step in first_irreversible(inventory, wave))


def _prepared(plan: Plan, resumes: Minute) -> Iterator[Step]:
    """What is prepared before anybody stops or resumes."""
    return (step for step in plan.preparation if step.start < resumes)


def _standing(inventory: Inventory, wave: Wave, gate: Gate, use: Use) -> Iterator[Step]:
    """The steps of the turns that are over at a gate, and what only prepared; the turn under way is undone."""
    anchor = max((turn.end for turn in wave.turns if turn.end <= gate.at), default=_start(wave))
    for step in wave.steps:
        if step.end <= anchor or (is_preparatory(inventory, step, use) and step.end <= gate.at):
            yield step


def edges(inventory: Inventory, span: Span) -> bool:
    """Whether anything begins or ends to be valid in a span: links, needs, rooms, phases, power cuts, departures."""
    return any(minute is not None and minute in span for minute in _edges(inventory))


def _edges(inventory: Inventory) -> Iterator[Minute | None]:
    table = inventory.timetable
    for link in inventory.links.values():
        yield from (link.since, link.until)
    for room in inventory.rooms.values():
        yield from (room.opens, room.closes, room.ready)
    for span in (*(cut.span for cut in table.power_cuts), *(phase.span for phase in table.phases)):
        yield from (span.start, span.end)
    for system in inventory.systems.values():
        yield system.leaves
        for need in (*system.needs, *system.cloud_needs):
            yield from (need.since, need.until)
    for asset in inventory.assets.values():
        yield asset.leaves
        for need in asset.needs:
            yield from (need.since, need.until)


def is_tested(inventory: Inventory, plan: Plan, point: StopPoint, out: Iterable[Span]) -> bool:
    """Whether the plan's own replay has judged the same state: nothing is ``out`` in it, announced or not, or changes.

    It has to last longer than redundancy may hang on one element, for that is looked at only then.
    """
    gap = Span(point.span.start, max(point.resumes, point.span.start + 1))
    told = any(span.overlaps(gap) for span in (*out, *(outage.span for outage in plan.outages)))
    brief = gap.minutes <= inventory.policy.shared_fate_after
    return not (told or brief or edges(inventory, Span(gap.start, point.span.end)))
