"""What a step of a plan begins after: every earlier step that has to be over by a rule, and what opens then."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from planner.calendar import hours
from planner.dependencies import Origin, Requirement, Scene, at_end, at_start, requirements
from planner.model.asset import Asset
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import AtLeast, NeedKind, Tree, leaves
from planner.pipeline.explanation import Fact, Wait
from planner.pipeline.migrations import Migrations
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.safety.replay import Replay
from planner.units.span import Minute, Span

K = StepKind
UPRIGHT = (NeedKind.HARD, NeedKind.LIVE, NeedKind.START)
WAITS_FOR = {K.START: (NeedKind.HARD, NeedKind.START), K.CHECK: UPRIGHT, K.ACCEPT: UPRIGHT}
"""The kinds of needs that have to be met when a step of a kind begins."""
BACKUPS = (K.BACK_UP, K.VERIFY)
AWAY = (K.UNMOUNT, K.CARRY, K.DISPOSE)


class Waiting:
    """The relations between the steps of one plan, by the rules of the verifier; ends may lie days before."""

    def __init__(self, plan: Plan) -> None:
        self.inventory: Inventory = plan.inventory
        self.plan = plan
        self.steps = plan.steps()
        self._wave = {step.id: wave for wave in plan.waves for step in wave.steps}
        self._known: dict[str, tuple[Wait, ...]] = {}
        self._about: dict[str, list[Step]] = defaultdict(list)
        self._carried: dict[Minute, list[Step]] = defaultdict(list)
        for step in self.steps:
            for id in step.assets:
                self._about[id].append(step)
            if step.kind is K.CARRY:
                self._carried[step.end].append(step)

    def wave_of(self, step: Step) -> Wave | None:
        """The wave that the step belongs to; None for preparation."""
        return self._wave.get(step.id)

    def about(self, id: str) -> tuple[Step, ...]:
        """The steps about an asset, a system or a link, by start."""
        return tuple(self._about.get(id, ()))

    def before(self, step: Step) -> tuple[Wait, ...]:
        """Everything that the step begins after, each earlier step once, the latest end first."""
        if step.id not in self._known:
            self._known[step.id] = self._before(step)
        return self._known[step.id]

    def _before(self, step: Step) -> tuple[Wait, ...]:
        found: dict[str, Wait] = {}
        for fact, other in self._steps_before(step):
            if other.id != step.id and other.end <= step.start:
                found.setdefault(other.id, Wait(fact, other, step.start - other.end))
        openings = [Wait(fact, None, 0) for fact in self._openings(step)]
        return tuple(sorted([*found.values(), *openings], key=lambda wait: wait.slack))

    def _steps_before(self, step: Step) -> Iterator[tuple[Fact, Step]]:
        for id in step.assets:
            earlier = [other for other in self._about[id] if other.end <= step.start]
            yield from ((Fact("chain", {"id": id}, rule="S21"), other) for other in _last(earlier))
            yield from self._by_needs(step, id)
            yield from self._by_redundancy(step, id)
            yield from self._by_backup(step, id)
        yield from self._by_migrations(step)
        yield from self._by_bridges(step)
        yield from self._by_people(step)
        yield from self._by_conveyance(step)

    def _by_needs(self, step: Step, id: str) -> Iterator[tuple[Fact, Step]]:
        """Dependents stop first; what is started, checked or accepted waits for what it needs."""
        if step.kind is K.STOP:
            for need in self._dependents.get(id, ()):
                if need.kind is NeedKind.HARD:
                    fact = _by_need("stops_first", need, id, "S03")
                    yield from self._latest(fact, need.dependent, (K.STOP,), step)
        kinds = (K.CHECK,) if step.kind is K.START else (K.CHECK, K.ACCEPT)
        for need in self._needs.get(id, ()):
            if need.kind in WAITS_FOR.get(step.kind, ()):
                rule = "S03" if need.kind is NeedKind.HARD and step.kind is K.START else "S20"
                for provider in leaves(need.tree):
                    fact = _by_need(f"{step.kind.value}_after", need, provider, rule)
                    yield from self._latest(fact, provider, kinds, step)

    def _latest(self, fact: Fact, other: str, kinds: tuple[StepKind, ...], step: Step) -> Iterator[tuple[Fact, Step]]:
        """The last step of these kinds about another one, if it is over in the same wave."""
        done = [s for s in self._about.get(other, ()) if s.kind in kinds and s.end <= step.start]
        yield from ((fact, s) for s in _last(done) if self._near(s, step))

    def _by_redundancy(self, step: Step, id: str) -> Iterator[tuple[Fact, Step]]:
        """A member of a group stops after the others are back."""
        if step.kind is not K.STOP:
            return
        for need, tree in self._groups.get(id, ()):
            for other in leaves(tree):
                checked = [s for s in self._about.get(other, ()) if s.kind is K.CHECK and s.end <= step.start]
                values = {"dependent": need.dependent, "count": str(tree.count), "of": ", ".join(leaves(tree))}
                fact = Fact("redundancy", values, need.fact, "S04")
                yield from ((fact, s) for s in _last(checked) if other != id and self._near(s, step))

    def _by_backup(self, step: Step, id: str) -> Iterator[tuple[Fact, Step]]:
        """What is on a machine is backed up and read back before the machine is taken away."""
        if step.kind in AWAY:
            for inner in (id, *self._inside.get(id, ())):
                done = [s for s in self._about.get(inner, ()) if s.kind in BACKUPS and s.end <= step.start]
                yield from ((Fact("backup", {"id": inner}, f"assets.{inner}.backup", "S11"), s) for s in _last(done))

    def _by_migrations(self, step: Step) -> Iterator[tuple[Fact, Step]]:
        """A host goes down after its VMs have left it, and takes them when it is back."""
        checks = (check for host in step.hosts.values() for check in self._about.get(host, ()))
        every = (*self._migrations.emptied_first(step), *self._migrations.returns_after(step, checks))
        yield from ((fact, other) for fact, other in every if self._near(other, step))

    def _by_bridges(self, step: Step) -> Iterator[tuple[Fact, Step]]:
        """What comes up in another room does so after the bridges between the two have been tested."""
        if step.kind not in (K.CARRY, K.MIGRATE):
            return
        rooms = {room for id in step.assets for room in self._rooms(step, id)}
        for link in self.inventory.links.values():
            if link.bridge and len(rooms & set(link.between)) > 1:
                done = [s for s in self._about.get(link.id, ()) if s.kind is K.TEST and s.end <= step.start]
                yield from ((Fact("bridge", {"id": link.id}, f"links.{link.id}", "S06"), s) for s in _last(done))

    def _rooms(self, step: Step, id: str) -> Iterator[str]:
        """The room from which and the one to which a step takes something."""
        for scene in (self._start, self._end):
            room = scene.room(id)
            if room:
                yield room
        if id in step.to:
            yield step.to[id].room

    def _by_people(self, step: Step) -> Iterator[tuple[Fact, Step]]:
        """Who works on the step was on another one until then."""
        for person in dict.fromkeys((*step.people, *((step.witness,) if step.witness else ()))):
            done = [s for s in self._of_person.get(person, ()) if s.end <= step.start and s.id != step.id]
            team = person.partition("/")[0]
            fact = Fact("person", {"person": person}, f"teams.{team}", "S15")
            yield from ((fact, s) for s in _last(done) if self._near(s, step))

    def _by_conveyance(self, step: Step) -> Iterator[tuple[Fact, Step]]:
        """The elevator or vehicle was on another trip until the minute in which this one begins."""
        if step.kind is not K.CARRY:
            return
        own = {self._rooms_pair(step, id) for id in step.assets}
        for route in self.inventory.routes:
            if frozenset(route.between) in own and route.by:
                for trip in self._carried.get(step.start, ()):
                    if any(self._rooms_pair(trip, id) == frozenset(route.between) for id in trip.assets):
                        yield Fact("conveyance", {"by": ", ".join(route.by)}, "routes", "S16"), trip

    def _rooms_pair(self, step: Step, id: str) -> frozenset[str]:
        return frozenset(self._rooms(step, id))

    def _openings(self, step: Step) -> Iterator[Fact]:
        """What opens or closes in the minute in which the step begins."""
        wave = self.wave_of(step)
        if wave and wave.window.start == step.start:
            yield Fact("window_opens", {"window": wave.window_id}, "calendar.windows", "S12")
        for id in step.assets:
            system = self.inventory.systems.get(id)
            if system and step.kind is K.STOP and self._edge(system.hours, step.start, end=True):
                yield Fact("hours_end", {"id": id, "hours": system.hours or ""}, f"systems.{id}.hours", "S02")
            if system and step.kind in (K.ACCEPT, K.CONFIRM) and self._edge(system.accept_hours, step.start, end=False):
                values = {"id": id, "hours": system.accept_hours or ""}
                yield Fact("accept_opens", values, f"systems.{id}.accept_hours", "S20")

    def _edge(self, hours_id: str | None, minute: Minute, *, end: bool) -> bool:
        """Whether the named hours end (or begin) in this minute."""
        if hours_id is None:
            return False
        around = hours(self.inventory.timetable, self.inventory.clock, hours_id, Span(minute - 1, minute + 1))
        return (minute - 1 in around, minute in around) == ((True, False) if end else (False, True))

    def _near(self, earlier: Step, step: Step) -> bool:
        """Whether both belong to one wave; what was over waves ago is no wait."""
        one, other = self.wave_of(earlier), self.wave_of(step)
        return one is other

    @cached_property
    def replay(self) -> Replay:
        """The conditions and rooms of everything at any instant of the plan."""
        return Replay.of(self.inventory, self.steps)

    @cached_property
    def _migrations(self) -> Migrations:
        return Migrations(self.inventory, self.steps)

    @cached_property
    def _start(self) -> Scene:
        return at_start(self.inventory)

    @cached_property
    def _end(self) -> Scene:
        return at_end(self.inventory, self.plan.placements)

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """What everything requires where it stands at the start and at the end, each once."""
        every = (*requirements(self._start), *self._at_end)
        return tuple({(need.dependent, need.fact, need.tree): need for need in every}.values())

    @cached_property
    def _needs(self) -> dict[str, list[Requirement]]:
        found: dict[str, list[Requirement]] = defaultdict(list)
        for need in self.requirements:
            found[need.dependent].append(need)
        return found

    @cached_property
    def _dependents(self) -> dict[str, list[Requirement]]:
        found: dict[str, list[Requirement]] = defaultdict(list)
        for need in self.requirements:
            for id in dict.fromkeys(leaves(need.tree)):
                found[id].append(need)
        return found

    @cached_property
    def _groups(self) -> dict[str, list[tuple[Requirement, AtLeast]]]:
        """For each asset the choices that it is a member of."""
        found: dict[str, list[tuple[Requirement, AtLeast]]] = defaultdict(list)
        for need in self.requirements:
            for tree in choices(need.tree):
                for id in dict.fromkeys(leaves(tree)):
                    found[id].append((need, tree))
        return found

    @cached_property
    def _of_person(self) -> dict[str, list[Step]]:
        found: dict[str, list[Step]] = defaultdict(list)
        for step in self.steps:
            for person in dict.fromkeys((*step.people, *((step.witness,) if step.witness else ()))):
                found[person].append(step)
        return found

    @cached_property
    def _inside(self) -> dict[str, list[str]]:
        """What has its data on a machine: VMs on the storage of their cluster or on their host."""
        found: dict[str, list[str]] = defaultdict(list)
        for asset in self.inventory.assets.values():
            for carrier in _carriers(self.inventory, asset):
                found[carrier].append(asset.id)
        return found

    def needs_of(self, id: str) -> tuple[Requirement, ...]:
        """What a subject requires."""
        return tuple(self._needs.get(id, ()))

    def dependents_of(self, id: str) -> tuple[Requirement, ...]:
        """The requirements that name a subject."""
        return tuple(self._dependents.get(id, ()))

    def runs_on(self, system: str) -> tuple[str, ...]:
        """The assets that a system runs on; none for an asset."""
        found = (need for need in self.needs_of(system) if need.origin is Origin.RUNS_ON)
        return tuple(dict.fromkeys(id for need in found for id in leaves(need.tree)))

    def run_by(self, asset: str) -> tuple[str, ...]:
        """The systems that run on an asset."""
        found = (need.dependent for need in self.dependents_of(asset) if need.origin is Origin.RUNS_ON)
        return tuple(dict.fromkeys(found))

    def needs_at_end(self, id: str) -> tuple[Requirement, ...]:
        """What a subject requires where it stands after the last step."""
        return tuple(need for need in self._at_end if need.dependent == id)

    def room_at_start(self, id: str) -> str | None:
        """Where an asset stands before the first step; None if it is not there."""
        return self._start.room(id) if id in self.inventory.assets else None

    def room_at_end(self, id: str) -> str | None:
        """Where an asset stands after the last step; None if it is not there."""
        return self._end.room(id) if id in self.inventory.assets else None

    @cached_property
    def _at_end(self) -> tuple[Requirement, ...]:
        return requirements(self._end)


def choices(tree: Tree) -> Iterator[AtLeast]:
    """The parts of a tree that leave a choice: fewer than all."""
    if isinstance(tree, AtLeast) and tree.count < len(tree.parts):
        yield tree
    for part in getattr(tree, "parts", ()):
        yield from choices(part)


def _by_need(key: str, need: Requirement, provider: str, rule: str) -> Fact:
    values = {"dependent": need.dependent, "provider": provider, "kind": need.kind.value}
    return Fact(key, values, need.fact, rule)


def _last(steps: list[Step]) -> list[Step]:
    """The one that ends last, as a list of one or none."""
    return sorted(steps, key=lambda step: (step.end, step.start))[-1:]


def _carriers(inventory: Inventory, asset: Asset) -> Iterator[str]:
    """The storage of its cluster; where there is none, its host; its chassis."""
    storage = inventory.clusters[asset.cluster].storage if asset.cluster else None
    carrier = storage or asset.host or asset.chassis
    if carrier:
        yield carrier
