"""What can be done to each subject of a small problem, cut into grains of time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import gcd

from planner.calendar import Window, hours, usable, windows
from planner.model.asset import Asset
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.system import System
from planner.scheduling.construct import Construction
from planner.scheduling.job import Job, JobKind
from planner.scheduling.task import Task
from planner.scheduling.turn_tasks import TurnTasks
from planner.units.clock import DAY
from planner.units.span import Spans

MOVE, AGAIN = 1, 2
"""The chains of a unit by number; 0 is at rest."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One subject: the tasks that change it (``job``), and those that restart it; either may be empty."""

    subject: str
    job: str | None
    move: tuple[Task, ...]
    again: tuple[Task, ...]
    usable: Spans

    def chain(self, number: int) -> tuple[Task, ...]:
        return self.move if number == MOVE else self.again


@dataclass(frozen=True, slots=True)
class SmallProblem:
    """The units, movers first in the order of the jobs; the windows; ``grain``, of which every time is a multiple."""

    construction: Construction
    units: tuple[Unit, ...]
    windows: tuple[Window, ...]
    grain: int


def small_problem(construction: Construction, tested: frozenset[str]) -> SmallProblem:
    """Cut the problem into units; ``tested`` are the jobs that are done before the first window."""
    inventory = construction.inventory
    jobs = {s: job for job in construction.jobs.values() if job.id not in tested for s in job.subjects}
    order = [*jobs, *(s for s in (*inventory.assets, *inventory.systems) if s not in jobs)]
    units = tuple(_unit(construction, subject, jobs.get(subject)) for subject in order)
    found = windows(inventory)
    return SmallProblem(construction, units, found, _grain(inventory, units, found))


def _unit(construction: Construction, subject: str, job: Job | None) -> Unit:
    inventory = construction.inventory
    move = _tasks(construction, [job], ()) if job else {}
    again = _tasks(construction, [], (subject,)).get(subject, ())
    stage = job.stage if job and job.kind is JobKind.MOVE else None
    return Unit(
        subject,
        job.id if job else None,
        move.get(subject, ()),
        again if again and again[0].kind is StepKind.STOP else (),
        usable(inventory, subject, stage),
    )


def _tasks(construction: Construction, jobs: list[Job], stopped: tuple[str, ...]) -> Mapping[str, tuple[Task, ...]]:
    """The tasks of one turn by subject, in the order of the chain."""
    inventory, places = construction.inventory, construction.placements
    builder = TurnTasks(inventory, construction.providers, places, jobs, stopped, construction.laid)
    found: dict[str, tuple[Task, ...]] = {}
    for task in builder.build():
        for subject in task.assets:
            found[subject] = (*found.get(subject, ()), replace(task, after=frozenset()))
    return found


def _grain(inventory: Inventory, units: tuple[Unit, ...], found: tuple[Window, ...]) -> int:
    """The greatest common divisor of every length and every instant, counted from the start of the horizon.

    With it nothing is lost: from the times of any plan subtract one number below a grain, round up to grains, and all
    orders and all differences of whole grains stay; the terms are linear in between, so that for some number the
    rounded plan is no worse.
    """
    start, grain = inventory.project.horizon.start, DAY
    for number in (*_lengths(inventory), *(edge - start for edge in _edges(inventory, units, found))):
        grain = gcd(grain, number)
    return grain


def _lengths(inventory: Inventory) -> Iterator[int]:
    yield inventory.policy.margin
    subjects: tuple[Asset | System, ...] = (*inventory.assets.values(), *inventory.systems.values())
    for subject in subjects:
        for work in (*subject.works.values(), *subject.rollback.values()):
            yield work.duration.likely
    for system in inventory.systems.values():
        yield from (limit for limit in (system.budget, system.longest, system.longest_elapsed) if limit is not None)


def _edges(inventory: Inventory, units: tuple[Unit, ...], found: tuple[Window, ...]) -> Iterator[int]:
    horizon, clock = inventory.project.horizon, inventory.clock
    named = {system.hours for system in inventory.systems.values()} | {inventory.policy.staff.office}
    spans = [hours(inventory.timetable, clock, id, horizon) for id in sorted(named - {None}, key=str)]
    spans += [unit.usable for unit in units]
    yield clock.minute(clock.day(horizon.start))
    yield from (edge for part in spans for span in part for edge in (span.start, span.end))
    yield from (edge for window in found for edge in (window.span.start, window.span.end))
    subjects: tuple[Asset | System, ...] = (*inventory.assets.values(), *inventory.systems.values())
    needs = (need for subject in subjects for need in subject.needs)
    yield from (edge for need in needs for edge in (need.since, need.until) if edge is not None)
    yield from (edge for link in inventory.links.values() for edge in (link.since, link.until) if edge is not None)
