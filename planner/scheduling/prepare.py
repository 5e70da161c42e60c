"""What is done outside the waves: new equipment, new line ends, final acceptances."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planner.calendar import hours, preparable, windows
from planner.model.asset import Asset, AssetKind
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.step import Step
from planner.scheduling.appointment import appointments, first_visit
from planner.scheduling.duty import Roster
from planner.scheduling.job import Job, JobKind, switches_over
from planner.scheduling.task import Task
from planner.scheduling.transition import Transitions
from planner.scheduling.turn_model import GRID
from planner.scheduling.turn_tasks import TurnTasks
from planner.units.span import Minute, Span, Spans

K = StepKind


@dataclass(slots=True)
class Preparation:
    """Books people in ``roster`` and collects steps; ids are given at the end of scheduling."""

    inventory: Inventory
    roster: Roster
    steps: list[Step] = field(default_factory=list)
    ends: dict[str, Minute] = field(default_factory=dict)

    def restore(self, steps: Sequence[Step], roster: Roster) -> None:
        """Go back to these steps and bookings; the roster object stays the one that others hold."""
        self.steps = list(steps)
        self.roster.restore(roster)

    def place(self, tasks: Sequence[Task], free: Spans) -> bool:
        """Put a chain one after the other as early as people allow, each task in one span; False if it cannot."""
        booked: list[Step] = []
        saved = self.roster.copy()
        at = free.parts[0].start if free else 0
        for task in tasks:
            step = self._first(task, Spans(tuple(_from(free, at))))
            if step is None:
                self.roster.restore(saved)
                return False
            booked.append(step)
            at = step.end
        self.steps.extend(booked)
        return True

    def _first(self, task: Task, free: Spans) -> Step | None:
        allowed = free.intersection(task.inside) if task.inside is not None else free
        for span in allowed:
            for minute in range(-(-span.start // GRID) * GRID, span.end - task.minutes + 1, 30):
                step = self.at(task, minute, span)
                if step:
                    return step
        return None

    def at(self, task: Task, at: Minute, free: Span) -> Step | None:
        """The step at this minute with people of the shift around it, None if somebody is missing."""
        if not task.demands:
            return _step(task, at, (), None)
        shift = self.inventory.policy.staff.shift
        block = Span(
            max(free.start, at + task.minutes - shift),
            min(free.end, max(free.start, at + task.minutes - shift) + shift),
        )
        given = self.roster.assign([task], {task.key: at}, block, {})
        return _step(task, at, *given[task.key]) if given else None


def _from(spans: Spans, at: Minute) -> Iterator[Span]:
    for span in spans:
        if span.end > at:
            yield Span(max(span.start, at), span.end)


def _step(task: Task, at: Minute, people: tuple[str, ...], witness: str | None) -> Step:
    return Step(
        id=task.key,
        kind=task.kind,
        assets=task.assets,
        start=at,
        end=at + task.minutes,
        people=people,
        witness=witness,
        to=task.to,
        hosts=task.hosts,
        holder=task.holder,
        provisional=task.provisional,
    )


def office_days(inventory: Inventory) -> Spans:
    """The office's working hours, in which preparation with people is done; the whole horizon if none are named."""
    office = inventory.policy.staff.office
    return hours(inventory.timetable, inventory.clock, office, inventory.project.horizon)


def install_ahead(
    preparation: Preparation, transitions: Transitions, tasks: TurnTasks, jobs: Sequence[Job]
) -> frozenset[str]:
    """Install what works without anything else moving first, and return the ids of these jobs.

    In rounds: what a round installs works before the next round begins, which may rest on it.
    """
    done, begin = frozenset[str](), preparation.inventory.project.horizon.start
    while True:
        more = frozenset(_installed(preparation, transitions, tasks, jobs, done, begin))
        if not more:
            return done
        done |= more
        begin = max((step.end for step in preparation.steps), default=begin)


def _installed(
    preparation: Preparation,
    transitions: Transitions,
    tasks: TurnTasks,
    jobs: Sequence[Job],
    done: frozenset[str],
    begin: Minute,
) -> Iterator[str]:
    """Install each job that works after ``done`` alone, not before ``begin``."""
    inventory = preparation.inventory
    for job in jobs:
        if job.kind is not JobKind.INSTALL or job.id in done or _takes_over(inventory.assets[job.subjects[0]]):
            continue
        since, until = max(job.not_before or begin, begin), first_use(inventory, job, jobs)
        outcome = transitions.outcome(done, (job.id,), since)
        if not outcome.lasts or outcome.affected:
            continue
        chain = TurnTasks(inventory, tasks.providers, tasks.placements, [job], ()).build()
        free = preparable(inventory, job.subjects[0]).intersection(office_days(inventory))
        if since < until and preparation.place(chain, free.within(Span(since, until))):
            yield job.id


def first_use(inventory: Inventory, install: Job, jobs: Sequence[Job]) -> Minute:
    """When the first window begins in which another job may touch the room: what is ahead of the waves ends before."""
    room, first = _rooms(inventory, install), inventory.project.horizon.end
    for job in (job for job in jobs if job.kind is not JobKind.INSTALL and _rooms(inventory, job) & room):
        since, until = max(job.not_before or 0, *_openings(inventory, job)), job.not_after or first
        starts = (w.span.start for w in windows(inventory) if w.span.end > since and w.span.start < until)
        first = min([first, *starts])
    return first


def _openings(inventory: Inventory, job: Job) -> list[Minute]:
    """When the rooms that a job touches may be used; the start of time where they are open already."""
    rooms = [inventory.rooms[id] for id in sorted(_rooms(inventory, job))]
    return [max(room.opens or 0, room.ready or 0) for room in rooms]


def _rooms(inventory: Inventory, job: Job) -> frozenset[str]:
    assets = [inventory.assets[id] for id in job.subjects if id in inventory.assets]
    at = {a.at.room for a in assets if a.at}
    return frozenset(at | {stage.position.room for a in assets for stage in a.stages})


def _takes_over(asset: Asset) -> bool:
    """Whether the end of its check takes a role from something that is still up."""
    return asset.replaces is not None and not switches_over(asset)


def test_ahead(preparation: Preparation, jobs: Sequence[Job], first: Minute) -> bool:
    """Test bridges before the first window opens; False if one has no time for it."""
    inventory = preparation.inventory
    for job in jobs:
        link = inventory.links[job.subjects[0]]
        task = Task(f"{link.id}/{K.TEST}", K.TEST, (link.id,), link.test.likely, link.crew)
        since = max(inventory.project.horizon.start, inventory.clock.minute(inventory.project.as_of))
        if since + task.minutes > first or not preparation.place([task], Spans((Span(since, first),))):
            return False
    return True


def lay_ahead(preparation: Preparation, jobs: Sequence[Job]) -> dict[str, Minute]:
    """Lay and test the new ends of lines that may be dual-laid; the instant from which each may be switched over."""
    ready: dict[str, Minute] = {}
    for job in (job for job in jobs if job.kind is JobKind.RELAY):
        line = preparation.inventory.assets[job.subjects[0]]
        if line.dual_lay:
            end = _lay(preparation, job, line)
            if end is not None:
                ready[job.id] = end
    return ready


def _lay(preparation: Preparation, job: Job, line: Asset) -> Minute | None:
    inventory = preparation.inventory
    since = first_visit(inventory, line)
    free = preparable(inventory, line.id).intersection(appointments(inventory, line))
    for team in sorted({d.team for kind in (K.LAY, K.TEST) if kind in line.works for d in line.works[kind].crew}):
        named = inventory.teams[team].hours
        free = free.intersection(hours(inventory.timetable, inventory.clock, named, inventory.project.horizon))
    chain = [t for kind in (K.LAY, K.TEST) if (t := _task(line, kind)) is not None]
    placed = preparation.place(chain, Spans(tuple(_from(free, max(since, job.not_before or 0)))))
    if not placed:
        return None
    return max((step.end for step in preparation.steps[-len(chain) :]), default=since) if chain else since


def _task(asset: Asset, kind: StepKind) -> Task | None:
    work = asset.works.get(kind)
    if work is None or not work.duration.likely:
        return None
    target = (
        {asset.id: Position(asset.stages[0].position.room)} if asset.kind is AssetKind.LINE and asset.stages else {}
    )
    return Task(f"{asset.id}/{kind}", kind, (asset.id,), work.duration.likely, work.crew, work.witness, to=target)


def confirm(preparation: Preparation, system: str, first: Minute) -> bool:
    """Confirm a provisional acceptance at the first minute at which it can be tested (S20); False if nobody can."""
    work = preparation.inventory.systems[system].works.get(K.CONFIRM)
    if work is None or not work.duration.likely:
        return False
    if any(step.kind is K.CONFIRM and (step.assets, step.start) == ((system,), first) for step in preparation.steps):
        return True
    if not preparable(preparation.inventory, system).covers(Span(first, first + work.duration.likely)):
        return False
    task = Task(f"{system}/{K.CONFIRM}", K.CONFIRM, (system,), work.duration.likely, work.crew, work.witness)
    step = preparation.at(task, first, Span(first, first + task.minutes))
    if step:
        preparation.steps.append(step)
    return step is not None
