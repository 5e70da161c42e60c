"""What a turn does to the estate: what stops, which systems are out, whether the state after it may last."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.scheduling.community import Communities
from planner.scheduling.crossing import most_load
from planner.scheduling.evacuation import Evacuation, Evacuations
from planner.scheduling.evaluation import Evaluation
from planner.scheduling.gateways import Gateways
from planner.scheduling.job import Job, JobKind, switches_over
from planner.scheduling.memory import crowded
from planner.scheduling.network import overflowing
from planner.scheduling.one_place import OnePlace
from planner.scheduling.quarter import Quarter, Quarters
from planner.scheduling.truth import Truth
from planner.scheduling.world import AssetState, LinkState, SystemState, World
from planner.units.span import Minute

RANK = {kind: number for number, kind in enumerate(JobKind)}
AWAY = frozenset({JobKind.MOVE, JobKind.RETIRE, JobKind.RENUMBER, JobKind.RELAY})
_TAKING = frozenset({JobKind.INSTALL, JobKind.SWITCH})
_UP_AFTER = frozenset({JobKind.MOVE, JobKind.INSTALL, JobKind.RELAY, JobKind.RENUMBER})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn means.

    ``stopped`` in stop order; ``affected`` systems are out during the turn and were not before; ``lasts``: the state
    after it is as good as the one at the start; ``lost`` are the subjects that it leaves worse. ``evacuation`` is how
    VMs live on while their hosts are away, ``heirs`` are who has taken over a role before.
    """

    stopped: tuple[str, ...]
    affected: frozenset[str]
    lasts: bool
    lost: frozenset[str] = frozenset()
    evacuation: Evacuation | None = None
    heirs: frozenset[str] = frozenset()


class Transitions:
    """Outcomes of turns, remembered by what is done already and what the turn does.

    ``rolls``: hosts that move are emptied first where they can be; else only those that retire are.
    """

    def __init__(
        self,
        inventory: Inventory,
        truth: Truth,
        jobs: Mapping[str, Job],
        placements: Mapping[str, Position],
        base: World,
    ) -> None:
        self.inventory = inventory
        self.truth = truth
        self.jobs = jobs
        self.placements = placements
        self.base = base
        self._worlds: dict[frozenset[str], World] = {frozenset(): base}
        self._outcomes: dict[tuple[frozenset[str], frozenset[str], int, bool], Outcome] = {}
        start = truth.evaluate(base, inventory.project.horizon.start)
        self.out_at_start = frozenset(start.unavailable)
        self.short_at_start = frozenset(start.short_groups)
        self.gateways = Gateways(truth)
        self.one_place = OnePlace(inventory, truth.numbering)
        self.stretched_at_start = self.one_place.stretched(base)
        self.evacuations = Evacuations(inventory, truth)
        self.crowded_at_start = crowded(inventory, base)
        self.rolls = True
        self._nearby: dict[int, tuple[Quarter, Transitions]] = {}

    @cached_property
    def communities(self) -> Communities:
        """What does not depend on each other."""
        return Communities(self.truth, self.jobs)

    @cached_property
    def apart(self) -> bool:
        """Whether every community may be looked at by itself: all needs together could not overload a link."""
        load = dict.fromkeys(self.inventory.links, most_load(self.truth.declared, self.truth.derived))
        return self.communities.many and not overflowing(self.inventory, load)

    @cached_property
    def _quarters(self) -> Quarters:
        return Quarters(self.truth)

    def nearby(self, number: int) -> "tuple[Quarter, Transitions]":
        """The quarter of a community, and the outcomes in it, judged from what it leans on alone."""
        if number not in self._nearby:
            quarter, own = self._quarters.of(self.communities.members(number)), self.communities.jobs
            jobs = {id: self.jobs[id] for id in (*own[number], *own.get(-1, ()))}
            base = quarter.world(self.base)
            self._nearby[number] = quarter, Transitions(quarter.inventory, quarter.truth, jobs, self.placements, base)
        found = self._nearby[number]
        found[1].rolls = self.rolls
        return found

    def world(self, done: frozenset[str]) -> World:
        """The estate after these jobs, each complete."""
        if done not in self._worlds:
            if len(self._worlds) > max(self.truth.memory, 1):
                self._worlds.clear()
            world = self.base.copy()
            for job in sorted((self.jobs[id] for id in done), key=lambda job: (RANK[job.kind], job.stage, job.id)):
                self.apply(world, job)
            self._worlds[done] = world
        return self._worlds[done]

    def apply(self, world: World, job: Job) -> None:
        for subject in job.subjects:
            self._apply(world, job, subject)

    def outcome(self, done: frozenset[str], batch: Iterable[str], at: Minute) -> Outcome:
        """What doing ``batch`` in one turn means after ``done``."""
        jobs = frozenset(batch)
        return self._apart(done, jobs, at) if self.apart else self.of_all(done, jobs, at)

    def era(self, at: Minute) -> int:
        """The number of the stretch of time, without a boundary of needs or links in it, in which ``at`` lies."""
        return bisect_right(self.truth.boundaries, at)

    def around(self, jobs: Iterable[str]) -> Quarter | None:
        """The part of the estate that has a say in these jobs; None where that is all of it."""
        numbers = sorted({self.communities.of[id] for id in jobs}) if self.apart and self.communities.only_tests else []
        if not numbers or numbers[0] < 0:
            return None
        if len(numbers) == 1:
            return self.nearby(numbers[0])[0]
        return self._quarters.of(i for number in numbers for i in self.communities.members(number))

    def of_all(self, done: frozenset[str], jobs: frozenset[str], at: Minute) -> Outcome:
        """The outcome from the whole estate at once."""
        key = (done, jobs, self.era(at), self.rolls)
        if key not in self._outcomes:
            self._outcomes[key] = self._outcome(done, jobs, at)
        return self._outcomes[key]

    def _apart(self, done: frozenset[str], jobs: frozenset[str], at: Minute) -> Outcome:
        """The outcome from those in each community by itself."""
        before, going = self.communities.parts(done), self.communities.parts(jobs)
        if going[-1]:
            return self.of_all(done, jobs, at)
        base = before[-1]
        found = [self._in(n).of_all(before.get(n, base), ids, at) for n, ids in going.items() if n >= 0]
        if len(found) == 1:
            return found[0]
        if any(outcome.evacuation for outcome in found):
            return self.of_all(done, jobs, at)
        return Outcome(
            tuple(id for outcome in found for id in outcome.stopped),
            frozenset(id for outcome in found for id in outcome.affected),
            all(outcome.lasts for outcome in found),
            frozenset(id for outcome in found for id in outcome.lost),
            heirs=frozenset(id for outcome in found for id in outcome.heirs),
        )

    def _in(self, number: int) -> "Transitions":
        """The outcomes in one community; of all that there is where jobs that touch everybody are more than tests."""
        return self.nearby(number)[1] if self.communities.only_tests else self

    def bears(self, evaluation: Evaluation, out: frozenset[str]) -> bool:
        """Whether every link carries its load and nobody but who is ``out`` lacks redundancy (S04, S07)."""
        return self._bears(evaluation) and not self._short(evaluation, out)

    def _outcome(self, done: frozenset[str], batch: frozenset[str], at: Minute) -> Outcome:
        """Without harm to VMs where their hosts can be emptied, else with everything on them stopped."""
        away = [s for id in sorted(batch) if self.jobs[id].kind in AWAY for s in self.jobs[id].subjects]
        evacuation = None
        if self.rolls or self._homeless(batch):
            evacuation = self.evacuations.of(self.world(done), self.world(done | batch), away, at)
        if evacuation is not None:
            spared = self._spared(done, batch, away, evacuation, at)
            if spared.lasts:
                return spared
        return self._judged(done, batch, away, None, at)

    def _spared(
        self, done: frozenset[str], batch: frozenset[str], away: Sequence[str], evacuation: Evacuation, at: Minute
    ) -> Outcome:
        """The outcome with the evacuation, which is none if a VM stops all the same or a state on the way is worse."""
        found = self._judged(done, batch, away, evacuation, at)
        worlds = (*evacuation.leaving(self.world(done)), *evacuation.returning(self.world(done | batch)))
        harmed = frozenset(evacuation.guests) & frozenset(found.stopped)
        harmed |= frozenset(id for world in worlds for id in self._worse(world, at))
        return replace(found, lasts=found.lasts and not harmed, lost=found.lost | harmed)

    def _worse(self, world: World, at: Minute) -> frozenset[str]:
        """What is out, stretched or short in a state in which nothing is stopped; links are named if they overflow."""
        found = self.truth.evaluate(world, at)
        worse = frozenset(found.unavailable) - self.out_at_start
        worse |= self.one_place.stretched(world) - self.stretched_at_start
        fresh = (group.dependent for group in found.short_groups if group not in self.short_at_start)
        worse |= self._crowded(world)
        return worse | frozenset(fresh) | frozenset(() if self._bears(found) else self.inventory.links)

    def _judged(
        self,
        done: frozenset[str],
        batch: frozenset[str],
        away: Sequence[str],
        evacuation: Evacuation | None,
        at: Minute,
    ) -> Outcome:
        before = evacuation.emptied(self.world(done)) if evacuation else self.world(done)
        after = self.truth.evaluate(self.world(done | batch), at)
        lost = self._lost(after, batch) | self._failing(self.truth.evaluate(self.world(done), at), after)
        lost |= self._homeless(batch) - frozenset(evacuation.guests if evacuation else ())
        stopped = self._stopped(before, batch, away, at)
        lost |= self._not_back(after, stopped)
        during = self.truth.evaluate(self._during(before, batch, away, stopped), at)
        affected = frozenset(during.unavailable) - self.out_at_start
        lost |= self.gateways.unserved(during, affected | self.out_at_start)
        # What many turns share comes first: they lead to the same state after, each through a state of its own.
        lasts = not lost and self._bears(after) and not self._short(after, frozenset())
        lasts = lasts and not self._crowded(during.judge.world) and not self._crowded(after.judge.world)
        lasts = lasts and self._bears(during) and not self._short(during, affected)
        return Outcome(stopped, affected, lasts, lost, evacuation, self._heirs_after(done))

    def _heirs_after(self, done: frozenset[str]) -> frozenset[str]:
        """Who has taken over a role by then."""
        return frozenset(heir for job, heir in self._takes_over.items() if job in done)

    @cached_property
    def _takes_over(self) -> Mapping[str, str]:
        """The jobs at the end of which an asset fills the role of another, with that asset."""
        assets, single = self.inventory.assets, {j.id: j.subjects[0] for j in self.jobs.values() if j.kind in _TAKING}
        return {
            id: heir
            for id, heir in single.items()
            if assets[heir].replaces and (self.jobs[id].kind is JobKind.SWITCH or not switches_over(assets[heir]))
        }

    def _stopped(self, before: World, batch: frozenset[str], away: Sequence[str], at: Minute) -> tuple[str, ...]:
        """What has to stop before ``away`` goes and roles are handed over, dependents first."""
        handed = self._handed(batch)
        return tuple(self.truth.stop_closure(before, away, at, handed)) if away or handed else ()

    def _handed(self, batch: frozenset[str]) -> list[str]:
        """The roles that the batch hands over."""
        switching = (self.jobs[id].subjects[0] for id in sorted(batch) if self.jobs[id].kind is JobKind.SWITCH)
        return [role for id in switching if (role := self.inventory.assets[id].replaces)]

    def overloaded(self, done: frozenset[str], batch: frozenset[str], at: Minute) -> tuple[str, ...]:
        """The links, clusters and redundant members of which there is too little, in the turn or after it."""
        away = [s for id in sorted(batch) if self.jobs[id].kind in AWAY for s in self.jobs[id].subjects]
        stopped = self._stopped(self.world(done), batch, away, at)
        during = self._during(self.world(done), batch, away, stopped)
        found: set[str] = set()
        for world in (during, self.world(done | batch)):
            state = self.truth.evaluate(world, at)
            out = frozenset(state.unavailable)
            short = (g for g in state.short_groups if g not in self.short_at_start and not self._is_out(state, g, out))
            found |= (
                overflowing(self.inventory, state.load)
                | self._crowded(world)
                | {member for group in short for member in group.members}
            )
        return tuple(sorted(found))

    def _crowded(self, world: World) -> frozenset[str]:
        """The clusters that lack memory and did not at the start."""
        return crowded(self.inventory, world) - self.crowded_at_start

    def _homeless(self, batch: frozenset[str]) -> frozenset[str]:
        """The VMs whose host retires and that nobody takes."""
        gone = {s for id in batch if self.jobs[id].kind is JobKind.RETIRE for s in self.jobs[id].subjects}
        return frozenset(vm for vm in self.evacuations.homes if self.inventory.assets[vm].host in gone)

    def _during(self, before: World, batch: frozenset[str], away: Iterable[str], stopped: Iterable[str]) -> World:
        world = before.copy()
        for id in (*away, *stopped):
            down = AssetState.DOWN if id in self.inventory.assets else SystemState.DOWN
            world.set_state(id, down)
        for role in self._handed(batch):
            world.set_server(role, None)
        return world

    def _lost(self, after: Evaluation, batch: frozenset[str]) -> frozenset[str]:
        out = frozenset(after.unavailable) - self.out_at_start
        moved = (s for id in batch if self.jobs[id].kind in _UP_AFTER for s in self.jobs[id].subjects)
        stretched = self.one_place.stretched(after.judge.world) - self.stretched_at_start
        return out | frozenset(s for s in moved if not after.holds(s)) | stretched

    def _failing(self, before: Evaluation, after: Evaluation) -> frozenset[str]:
        """Assets that are up as before and do not hold any more, whether or not a system notices."""
        then, now = before.judge, after.judge
        failing = (i for i in range(now.assets) if now.up[i] and then.holds[i] and not now.holds[i])
        return frozenset(now.ground.numbering.subjects[i] for i in failing)

    def _not_back(self, after: Evaluation, stopped: Iterable[str]) -> frozenset[str]:
        """Assets that are stopped for the turn and whose check would fail after it (S20)."""
        return frozenset(s for s in stopped if s in self.inventory.assets and not after.holds(s))

    def _bears(self, evaluation: Evaluation) -> bool:
        """Whether every link carries its load."""
        return not overflowing(self.inventory, evaluation.load)

    def _short(self, evaluation: Evaluation, affected: frozenset[str]) -> bool:
        """Whether redundancy is lost for somebody who is not out anyway (S04)."""
        fresh = (group for group in evaluation.short_groups if group not in self.short_at_start)
        return any(not self._is_out(evaluation, group, affected) for group in fresh)

    def _is_out(self, evaluation: Evaluation, group: object, affected: frozenset[str]) -> bool:
        dependent = getattr(group, "dependent", None)
        if dependent is None or dependent in affected:
            return True
        return dependent in self.inventory.assets and not evaluation.holds(dependent)

    def _apply(self, world: World, job: Job, subject: str) -> None:
        match job.kind:
            case JobKind.TEST:
                world.set_link(subject, LinkState.TESTED)
            case JobKind.RETIRE:
                world.set_state(subject, AssetState.GONE)
                world.take(subject)
                self._rehouse(world, subject)
            case JobKind.MOVE | JobKind.RELAY | JobKind.INSTALL:
                self._arrive(world, job, subject)
            case JobKind.SWITCH:
                world.set_server(self.inventory.assets[subject].replaces or "", subject)
            case JobKind.RENUMBER:
                world.serve_again(subject)

    def _rehouse(self, world: World, host: str) -> None:
        """What ran on a host that is gone runs on another one."""
        for vm, home in self.evacuations.homes.items():
            if self.inventory.assets[vm].host == host:
                world.set_host(vm, home)

    def _arrive(self, world: World, job: Job, subject: str) -> None:
        asset = self.inventory.assets[subject]
        final = job.kind is not JobKind.MOVE or job.stage == len(asset.stages) - 1
        if asset.stages:
            declared = asset.stages[job.stage].position
            world.put(subject, self.placements.get(subject, declared) if final else declared)
        world.set_state(subject, AssetState.UP)
        if asset.replaces and not switches_over(asset):
            world.set_server(asset.replaces, subject)
