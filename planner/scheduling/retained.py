"""Steps of another plan as the tasks of a turn: whether they still are the same work, fit together, and have people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from planner.model.asset import Demand
from planner.model.chain import StepKind
from planner.model.people import Person
from planner.plan.step import Step
from planner.scheduling.duty import Roster
from planner.scheduling.task import Task
from planner.scheduling.turn_model import demand_by_pool
from planner.units.span import Minute, Span

Given = tuple[tuple[str, ...], str | None]


def matching(tasks: Iterable[Task], steps: Sequence[Step]) -> dict[str, Step]:
    """The step of each task, by its key: the same kind, subjects, holder, hosts and length; tasks without one miss."""
    left: defaultdict[tuple[object, ...], list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: (step.start, step.id), reverse=True):
        left[step.kind, step.assets, step.holder, _hosts(step.hosts), step.span.minutes].append(step)
    found: dict[str, Step] = {}
    for task in tasks:
        same = left[task.kind, task.assets, task.holder, _hosts(task.hosts), task.minutes]
        if same:
            found[task.key] = same.pop()
    return found


def _hosts(hosts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(hosts.items()))


def work_in_time(
    tasks: Sequence[Task], starts: Mapping[str, Minute], capacity: Mapping[tuple[str, str | None], int]
) -> bool:
    """Whether each task begins after those it waits for, where it may, with enough people and trips for all at once."""
    ends = {task.key: starts[task.key] + task.minutes for task in tasks}
    for task in tasks:
        if any(ends[before] > starts[task.key] for before in task.after):
            return False
        if task.kind is StepKind.ACCEPT or task.inside is None:
            continue  # an acceptance outside its hours is provisional
        if not task.inside.covers(Span(starts[task.key], ends[task.key])):
            return False
    return _enough(tasks, starts, capacity)


def _enough(
    tasks: Sequence[Task], starts: Mapping[str, Minute], capacity: Mapping[tuple[str, str | None], int]
) -> bool:
    events: defaultdict[tuple[str, str | None], list[tuple[Minute, int]]] = defaultdict(list)
    for task in tasks:
        for pool, count in demand_by_pool(task).items():
            events[pool] += [(starts[task.key], count), (starts[task.key] + task.minutes, -count)]
    for pool, changes in events.items():
        busy = 0
        for _, change in sorted(changes):
            busy += change
            if busy > capacity.get(pool, 0):
                return False
    return True


def book_again(
    roster: Roster, tasks: Sequence[Task], starts: Mapping[str, Minute], given: Mapping[str, Given], block: Span
) -> dict[str, Given] | None:
    """Book the same people where they are there and still fit, others of their teams where not; None: somebody lacks.

    On success all are booked, else nobody is.
    """
    saved = roster.copy()
    on_duty = {id: roster.on_duty(team, block) for id, team in roster.inventory.teams.items()}
    found: dict[str, Given] = {}
    for task in tasks:
        span = Span(starts[task.key], starts[task.key] + task.minutes)
        names = [*given[task.key][0], *((given[task.key][1],) if given[task.key][1] else ())]
        if _fill(task.demands, names, on_duty) and all(roster.is_free(name, span) for name in names):
            for name in names:
                roster.book(name, span)
            found[task.key] = given[task.key]
    rest = [task for task in tasks if task.key not in found]
    others = roster.assign(rest, starts, block, {}) if rest else {}
    if others is None:
        roster.restore(saved)
        return None
    return {**found, **others}


def _fill(demands: Sequence[Demand], names: Sequence[str], on_duty: Mapping[str, Sequence[Person]]) -> bool:
    """Whether these people, in this order, are what is asked for."""
    asked = [demand for demand in demands for _ in range(demand.count)]
    if len(asked) != len(names) or len(set(names)) != len(names):
        return False
    return all(
        any(p.id == name and (demand.skill is None or demand.skill in p.skills) for p in on_duty[demand.team])
        for demand, name in zip(asked, names, strict=True)
    )
