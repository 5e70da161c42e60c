"""The tasks of one turn: chains of what changes, restarts of what has to stop for it, who waits for whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import pairwise, permutations, product

from planner.calendar import hours
from planner.model.asset import Asset, AssetKind, Work
from planner.model.chain import CHAINS, RESTART, SYSTEM_RESTART, Method, StepKind
from planner.model.inventory import Inventory
from planner.model.network import Segment
from planner.model.place import Position
from planner.model.system import System
from planner.scheduling.appointment import appointments
from planner.scheduling.evacuation import Evacuation
from planner.scheduling.evacuation_tasks import add_evacuation
from planner.scheduling.handover import handover
from planner.scheduling.hard_group import shared_crew
from planner.scheduling.haulage import conveyances
from planner.scheduling.job import Job, JobKind
from planner.scheduling.one_place import box_under, segment_members
from planner.scheduling.precedence import Precedence
from planner.scheduling.provider import Providers
from planner.scheduling.task import Task
from planner.units.span import Spans

K = StepKind
PLACED = frozenset({K.CARRY, K.MOUNT})
AWAKE = (K.CHECK, K.START, K.MOUNT, K.SWITCH_OVER, K.RENUMBER, K.CARRY)
RISING = (K.CHECK, K.MOUNT, K.CARRY)
ASLEEP = (K.STOP, K.UNMOUNT, K.CARRY, K.SWITCH_OVER, K.RENUMBER)


@dataclass(slots=True)
class TurnTasks:
    """Builds the tasks of a turn of ``jobs`` for which ``stopped`` (in stop order) stop and start again.

    ``evacuation`` comes before and after everything else.
    """

    inventory: Inventory
    providers: Providers
    placements: Mapping[str, Position]
    jobs: Sequence[Job]
    stopped: Sequence[str]
    laid: frozenset[str] = frozenset()
    evacuation: Evacuation | None = None
    tasks: dict[str, Task] = field(init=False, default_factory=dict)
    order: Precedence = field(init=False, default_factory=Precedence)
    by_subject: dict[str, dict[StepKind, str]] = field(init=False, default_factory=dict)

    def build(self) -> tuple[Task, ...]:
        """Every task with its predecessors, in a stable order."""
        for job in self.jobs:
            for subject in job.subjects:
                self._chain_of(subject, job)
        for package in self._packages():
            self._restart(package)
        for group in self.providers.groups:
            self._as_one([id for id in group if id in self.by_subject])
        self._wait_for_hard_needs()
        self._wait_for_start_needs()
        self._wait_for_no_return()
        self._wait_for_checks()
        self._wait_for_updates()
        for first, then in handover(self.providers, self.by_subject):
            self.order.add(first, then)
        self._keep_segments()
        if self.evacuation is not None:
            add_evacuation(self.inventory, self.evacuation, self.tasks, self.order)
        return tuple(replace(task, after=frozenset(self.order.before[task.key])) for task in self.tasks.values())

    def _chain_of(self, subject: str, job: Job) -> None:
        if job.kind is JobKind.TEST:
            self._add_chain((subject,), (K.TEST,), self._link_works(subject))
            return
        asset = self.inventory.assets[subject]
        target = self._target(asset, job)
        kinds = chain_of(asset, job.kind, laid=subject in self.laid, stage=job.stage)
        uses = conveyances(self.inventory, _room_before(asset, job), target.room if target else None)
        self._add_chain((subject,), kinds, asset.works, {subject: target} if target else {}, uses)
        if K.RENUMBER in kinds:
            self._add_updates(asset)

    def _add_updates(self, asset: Asset) -> None:
        for number, reference in enumerate(asset.references):
            if reference.work.duration.likely:
                key = f"{asset.id}/update/{number}"
                work = reference.work
                self.tasks[key] = Task(
                    key, K.UPDATE, (asset.id,), work.duration.likely, work.crew, work.witness, holder=reference.holder
                )
                self.order.add(self._key(asset.id, K.RENUMBER) or self._last(asset.id), key)

    def _as_one(self, group: Sequence[str]) -> None:
        """A circle of hard needs stops in one step, starts in the order of the file and is tested in one step."""
        for first, then in pairwise([key for id in group if (key := self._key(id, K.START))]):
            self.order.add(first, then)
        for kind, members in ((K.STOP, group[::-1]), (K.CHECK, group), (K.ACCEPT, group)):
            own = {key: self.tasks[key] for id in members if (key := self._key(id, kind))}
            if len(own) > 1:
                self._join(list(own.values()))

    def _join(self, tasks: Sequence[Task]) -> None:
        subjects = tuple(dict.fromkeys(id for task in tasks for id in task.assets))
        key, kind = f"{'+'.join(subjects)}/{tasks[0].kind}", tasks[0].kind
        crew, witness = shared_crew([(task.crew, task.witness) for task in tasks])
        spans = [task.inside for task in tasks if task.inside is not None]
        inside = reduce(Spans.intersection, spans) if spans else None
        self.order.merge([task.key for task in tasks], key)
        for task in tasks:
            del self.tasks[task.key]
        self.tasks[key] = Task(key, kind, subjects, max(t.minutes for t in tasks), crew, witness, inside=inside)
        for id in subjects:
            self.by_subject[id][kind] = key

    def _restart(self, package: tuple[str, ...]) -> None:
        subject = self.inventory.subject(package[0])
        chain = SYSTEM_RESTART if isinstance(subject, System) else RESTART
        self._add_chain(package, chain, subject.works)
        for id in package:  # who stops for somebody else's work takes a role over after that
            if switch := self._key(id, K.SWITCH_OVER):
                self._add(self._key(id, K.CHECK) or self._key(id, K.START) or self._key(id, K.STOP) or "", switch)

    def _add_chain(
        self,
        subjects: tuple[str, ...],
        kinds: Iterable[StepKind],
        works: Mapping[StepKind, Work],
        to: Mapping[str, Position] | None = None,
        uses: tuple[str, ...] = (),
    ) -> None:
        before = None
        for kind in kinds:
            work = works.get(kind)
            if work is None or not work.duration.likely:
                continue
            key = f"{subjects[0]}/{kind}"
            self.tasks[key] = Task(
                key,
                kind,
                subjects,
                work.duration.likely,
                work.crew,
                work.witness,
                to=dict(to or {}) if kind in PLACED or kind is K.SWITCH_OVER else {},
                inside=self._when(subjects[0], kind, work),
                uses=uses if kind is K.CARRY else (),
            )
            for subject in subjects:
                self.by_subject.setdefault(subject, {})[kind] = key
            if before:
                self.order.add(before, key)
            before = key

    def _when(self, subject: str, kind: StepKind, work: Work) -> Spans | None:
        """The hours of the teams; what the carrier does on a line lies in one of its appointments."""
        spans, line = self._inside(work), self.inventory.assets.get(subject)
        if line is None or line.appointments is None or kind not in (K.LAY, K.TEST):
            return spans
        visits = appointments(self.inventory, line)
        return visits if spans is None else spans.intersection(visits)

    def _inside(self, work: Work) -> Spans | None:
        """The hours of the teams; an acceptance outside the hours of its outside service is provisional instead."""
        named = [self.inventory.teams[d.team].hours for d in (*work.crew, *((work.witness,) if work.witness else ()))]
        spans: Spans | None = None
        for id in (name for name in named if name):
            found = self.hours_of(id)
            spans = found if spans is None else spans.intersection(found)
        return spans

    def hours_of(self, id: str) -> Spans:
        return hours(self.inventory.timetable, self.inventory.clock, id, self.inventory.project.horizon)

    def _packages(self) -> list[tuple[str, ...]]:
        """VMs that stop and start alike are one step each; everything else is on its own."""
        packages: dict[object, list[str]] = defaultdict(list)
        stopping = set(self.stopped)
        for id in self.stopped:
            asset = self.inventory.assets.get(id)
            if asset is None or asset.kind is not AssetKind.VM:
                packages[id].append(id)
                continue
            ties = tuple(p for p in (*self.providers.hard[id],) if p in stopping and self._is_vm(p))
            tied = any(id in self.providers.hard[other] for other in self.stopped if self._is_vm(other))
            key: object = id if ties or tied else (asset.cluster, self._systems(id), str(asset.works))
            packages[key].append(id)
        return [tuple(package) for package in packages.values()]

    def _is_vm(self, id: str) -> bool:
        return id in self.inventory.assets and self.inventory.assets[id].kind is AssetKind.VM

    def _systems(self, id: str) -> tuple[str, ...]:
        return tuple(s for s in self.inventory.systems if id in self.providers.hard[s])

    def _wait_for_hard_needs(self) -> None:
        """S03: a dependent stops before its provider and starts after the provider's check."""
        for dependent in self.by_subject:
            for provider in self.providers.in_roles(self.providers.hard.get(dependent, ())):
                if provider in self.by_subject:
                    self._order_pair(dependent, provider)

    def _order_pair(self, dependent: str, provider: str) -> None:
        stop, off = self._key(dependent, K.STOP), self._first(provider)
        start, on = self._awakes(dependent), self._last(provider)
        if stop and off:
            self.order.add(stop, off)
        if start and on:
            self.order.add(on, start)

    def _wait_for_no_return(self) -> None:
        """S14: one irreversible step comes first, behind the gate; the others wait for it."""
        disposals = [task.key for task in self.tasks.values() if task.kind is K.DISPOSE]
        for other in disposals[1:]:
            self.order.add(disposals[0], other)

    def _wait_for_start_needs(self) -> None:
        """S20: a start waits for the checks of start needs."""
        for dependent in self.by_subject:
            start = self._key(dependent, K.START)
            for provider in self._working(self.providers.start.get(dependent, ())):
                if start and self._last(provider):
                    self.order.add(self._last(provider), start)

    def _working(self, providers: Iterable[str]) -> Iterator[str]:
        """Which of this turn's subjects the providers are or lean on, through what the turn leaves alone."""
        stack = list(self.providers.in_roles(providers))
        seen = set(stack)
        while stack:
            id = stack.pop()
            if id in self.by_subject:
                yield id
                continue
            more = set(self.providers.in_roles(self.providers.leant_on(id))) - seen
            seen |= more
            stack.extend(sorted(more))

    def _wait_for_checks(self) -> None:
        """S20: checks and acceptances wait for those of hard and live needs."""
        for dependent in self.by_subject:
            own = self._last(dependent)
            for provider in self._working(self.providers.leant_on(dependent)):
                other = self._last(provider)
                if own and other and own.endswith((f"/{K.CHECK}", f"/{K.ACCEPT}")):
                    self.order.add(other, own)

    def _wait_for_updates(self) -> None:
        updates = [task for task in self.tasks.values() if task.kind is K.UPDATE]
        for task in updates:
            for system in (
                s for s in self.inventory.systems if task.holder == s or task.holder in self.providers.hard[s]
            ):
                accept = self._key(system, K.ACCEPT)
                if accept:
                    self.order.add(task.key, accept)

    def _keep_segments(self) -> None:
        """S09: in one place nobody starts before all are down; the gateway stops last and starts first."""
        for segment in self._segments_touched():
            members = [id for id in segment_members(self.inventory, segment.id) if id in self.by_subject]
            gateways = [id for id in segment.gateway if id in self.by_subject]
            if segment.stretch or segment.client:
                # Who is one of several has dependents that are not told of an outage: it is down while the gateway is.
                self._gateway_last_and_first([id for id in members if id in self.providers.spares], gateways)
            elif self._changes_rooms({*members, *gateways}):
                self._gateway_last_and_first(members, gateways)
                self._all_down_first([*dict.fromkeys((*members, *gateways))])

    def _segments_touched(self) -> Iterator[Segment]:
        """The segments with a member or a gateway in the turn, in the order of the file."""
        assets = (self.inventory.assets[id] for id in self.by_subject if id in self.inventory.assets)
        touched = {segment for asset in assets for segment in asset.segments}
        for segment in self.inventory.segments.values():
            if segment.id in touched or any(id in self.by_subject for id in segment.gateway):
                yield segment

    def _gateway_last_and_first(self, members: Iterable[str], gateways: Sequence[str]) -> None:
        for id, gateway in product((id for id in members if id not in gateways), gateways):
            self._add(self._key(id, K.STOP) or self._first(id), self._first(gateway))
            self._add(self._last(gateway), self._key(id, K.START) or self._first_up(id))

    def _all_down_first(self, members: Sequence[str]) -> None:
        for one, other in permutations(members, 2):
            self._add(self._key(one, K.STOP) or self._first(one), self._key(other, K.START) or self._first_up(other))

    def _changes_rooms(self, subjects: Iterable[str]) -> bool:
        boxes = {box_under(self.inventory, id) for id in subjects}
        return any(box in job.subjects for box in boxes for job in self.jobs if job.kind is JobKind.MOVE)

    def _add(self, first: str, then: str) -> None:
        if first and then:
            self.order.add(first, then)

    def _first_up(self, subject: str) -> str:
        own = self.by_subject.get(subject, {})
        return next((own[kind] for kind in RISING if kind in own), "")

    def _key(self, subject: str, kind: StepKind) -> str | None:
        return self.by_subject.get(subject, {}).get(kind)

    def _last(self, subject: str) -> str:
        """The task whose end brings the subject back, or an empty key."""
        own = self.by_subject.get(subject, {})
        return next((own[kind] for kind in (K.ACCEPT, *AWAKE) if kind in own), "")

    def _awakes(self, subject: str) -> str:
        """The task with which the subject begins to come back: a start that takes no time is not written."""
        own = self.by_subject.get(subject, {})
        return next((own[kind] for kind in (K.START, K.CHECK, K.ACCEPT) if kind in own), "")

    def _first(self, subject: str) -> str:
        own = self.by_subject.get(subject, {})
        return next((own[kind] for kind in ASLEEP if kind in own), "")

    def _target(self, asset: Asset, job: Job) -> Position | None:
        if not asset.stages or job.kind in (JobKind.RETIRE, JobKind.RENUMBER, JobKind.SWITCH):
            return None
        final = job.kind is not JobKind.MOVE or job.stage == len(asset.stages) - 1
        declared = asset.stages[job.stage].position
        return self.placements.get(asset.id, declared) if final else declared

    def _link_works(self, link: str) -> Mapping[StepKind, Work]:
        found = self.inventory.links[link]
        return {K.TEST: Work(found.test, found.crew)}


def _room_before(asset: Asset, job: Job) -> str | None:
    """Where an asset stands before a stage of its move."""
    if job.stage:
        return asset.stages[job.stage - 1].position.room
    return asset.at.room if asset.at else None


def chain_of(asset: Asset, kind: JobKind, *, laid: bool, stage: int) -> tuple[StepKind, ...]:
    """The kinds of the steps of a job on one asset inside a wave; a new address comes with the last stage (S21)."""
    chain = CHAINS[asset.method]
    if kind is JobKind.RELAY:
        return chain[-1:] if laid else chain
    if kind is JobKind.SWITCH:
        return (K.SWITCH_OVER,)
    if asset.method is Method.CARRY and asset.new_address and stage == len(asset.stages) - 1:
        return (*chain[:-1], K.RENUMBER, K.CHECK)
    return chain
