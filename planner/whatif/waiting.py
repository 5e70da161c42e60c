"""Who waits for whom when a step ends late.

What is assumed of the crew: people keep the plan's order and nothing is skipped. A step waits for the last step before
it of each of its subjects and people, of each subject that one of its own needs or is needed by (any kind of need,
host, role), and of each link; a turn waits for the turn before it. What waits for nobody begins when it is planned, so
that the plan's slack is used up first. Vehicles, elevators and places in racks are not waited for, and people stay for
as long as it takes.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from planner.model.chain import StepKind
from planner.plan.step import Step
from planner.safety.duty import booked
from planner.units.span import Minute
from planner.whatif.course import Course

Later = Mapping[str, Step]
"""The steps that do not happen as planned, by id, as they happen then."""


class Waiting:
    """The steps of a plan, and for each those that it waits for."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._near = _near(course)
        self.steps = course.context.plan.steps()
        self._before = dict(self._all_before())

    def shifted(self, late: Mapping[str, int]) -> Later:
        """Every step that changes if these steps take so many minutes longer."""
        changed: dict[str, Step] = {}
        barriers: dict[Minute, Minute] = {}
        first = min((self._course.steps[id].start for id in late), default=0)
        last = max((self._course.steps[id].end + minutes for id, minutes in late.items()), default=0)
        for step in self.steps[bisect_left(self.steps, first, key=lambda step: step.start) :]:
            if step.start >= last:
                break  # nothing that changed goes on until then
            start = self.earliest(step, changed, barriers)
            end = start + step.end - step.start + late.get(step.id, 0)
            if (start, end) != (step.start, step.end):
                changed[step.id] = replace(step, start=start, end=end)
                last = max(last, end)
                if step.id in self._course.wave_of:
                    planned = self._course.end_of_turn(step)
                    barriers[planned] = max(end, barriers.get(planned, end))
        return changed

    def earliest(self, step: Step, changed: Later, barriers: Mapping[Minute, Minute]) -> Minute:
        """When a step can begin: as planned, or when what it waits for has ended.

        ``barriers`` are the planned ends of the turns that are late, each with the end of what is late in it.
        """
        ends = [changed[id].end for id in self._before[step.id] if id in changed]
        if step.id in self._course.wave_of:
            ends += [end for planned, end in barriers.items() if planned <= step.start]
        return max((step.start, *ends))

    def _all_before(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """For each step the last ones before it, by subject, person and need."""
        about: dict[str, list[Step]] = defaultdict(list)
        for step in self.steps:
            names = {near for subject in step.assets for near in self._near[subject]}
            last = (_last(about[name], step) for name in sorted({*names, *booked(step)}))
            yield step.id, tuple(dict.fromkeys(before.id for before in last if before is not None))
            for name in (*step.assets, *booked(step)):
                about[name].append(step)


def _last(steps: list[Step], later: Step) -> Step | None:
    """The one of them that ends last among those that are over when another begins."""
    over = (step for step in steps if step.end <= later.start)
    return max(over, key=lambda step: step.end, default=None)


def _near(course: Course) -> Mapping[str, frozenset[str]]:
    """For each subject itself, what it needs, what needs it, its hosts, what it replaces, and every link."""
    inventory, world = course.context.inventory, course.context.replay.world
    links = frozenset(inventory.links)
    every = frozenset((*inventory.assets, *inventory.systems, *links))
    found: dict[str, set[str]] = {id: {id, *links} for id in every}
    for provider, users in world.users.items():
        for user in users:
            found[provider].add(user)
            found[user].add(provider)
    for asset in inventory.assets.values():
        if asset.replaces is not None:
            found[asset.id].add(asset.replaces)
            found[asset.replaces].add(asset.id)
    for vm, host in ((vm, h) for s in course.steps.values() if s.kind is StepKind.MIGRATE for vm, h in s.hosts.items()):
        found[vm].add(host)
        found[host].add(vm)
    return {**{id: frozenset(near) for id, near in found.items()}, **dict.fromkeys(links, every)}
