"""What the begin and the end of a step do to the world (contract, "State of an asset", "Roles", "Lines", "Links")."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.model.asset import Asset, AssetKind
from planner.model.chain import CHAINS, RESTART, SYSTEM_RESTART, Method, StepKind
from planner.model.inventory import Inventory
from planner.plan.step import RollbackStep, Step
from planner.scheduling.job import switches_over
from planner.scheduling.world import AssetState, LinkState, SystemState, World

K = StepKind
Sequel = tuple[StepKind, ...]
"""The kinds of the later steps of one subject, in order. What is not written among them has no length."""

WAKING = frozenset({K.WARM_UP, K.START, K.CHECK})
AWAY = frozenset({K.UNMOUNT, K.CARRY, K.MOUNT, K.DISPOSE})


def sequels(steps: Iterable[Step]) -> dict[tuple[str, str], Sequel]:
    """For each (step id, subject): the kinds of the steps that the subject still has after it."""
    by_subject: defaultdict[str, list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: (step.start, step.end, step.id)):
        for subject in step.assets:
            by_subject[subject].append(step)
    return {
        (step.id, subject): tuple(later.kind for later in chain[n + 1 :])
        for subject, chain in by_subject.items()
        for n, step in enumerate(chain)
    }


@dataclass(frozen=True, slots=True)
class Effects:
    """Applies steps of one inventory to worlds; a rollback step undoes where doing it again would not.

    ``later`` is the sequel of a subject after a step. Without it the sequel is the rest of the subject's whole chain as
    far as its works have a likely duration above zero.
    """

    inventory: Inventory

    def begin(self, world: World, step: Step | RollbackStep) -> None:
        for subject in step.assets:
            if subject in self.inventory.assets:
                self._begin_asset(world, self.inventory.assets[subject], step)
            elif subject in self.inventory.systems:
                if step.kind in _SYSTEM_BEGIN:
                    world.set_state(subject, _SYSTEM_BEGIN[step.kind])
            elif step.kind is K.CLOSE:
                world.set_link(subject, LinkState.CLOSED)

    def end(
        self, world: World, step: Step | RollbackStep, later: Mapping[tuple[str, str], Sequel] | None = None
    ) -> None:
        for subject in step.assets:
            known = (later or {}).get((step.id, subject)) if isinstance(step, Step) else None
            if subject in self.inventory.assets:
                asset = self.inventory.assets[subject]
                self._end_asset(world, asset, step, self.rest(subject, step.kind) if known is None else known)
            elif subject in self.inventory.systems:
                self._end_system(world, subject, step.kind, self.rest(subject, step.kind) if known is None else known)
            elif step.kind is K.TEST:
                world.set_link(subject, LinkState.TESTED)

    def rest(self, subject: str, kind: StepKind) -> Sequel:
        """The kinds with a length that follow ``kind`` in the chain of a subject."""
        chain = self.chain(subject, kind)
        works = self.inventory.subject(subject).works
        after = chain[chain.index(kind) + 1 :] if kind in chain else ()
        return tuple(k for k in after if k in works and works[k].duration.likely > 0)

    def chain(self, subject: str, kind: StepKind) -> Sequel:
        """The chain that a step of this kind belongs to: that of the method, or a mere restart."""
        if subject in self.inventory.systems:
            return SYSTEM_RESTART
        asset = self.inventory.assets[subject]
        own = CHAINS[asset.method]
        if asset.method is Method.CARRY and asset.new_address:
            own = (*own[: own.index(K.CHECK)], K.RENUMBER, K.CHECK)
        if asset.method is Method.INSTALL and asset.replaces:
            own = (*own, K.SWITCH_OVER)
        return own if kind in own else RESTART

    def _begin_asset(self, world: World, asset: Asset, step: Step | RollbackStep) -> None:
        match step.kind:
            case K.STOP | K.UNMOUNT | K.MOUNT | K.START | K.CHECK:
                world.set_state(asset.id, _ASSET_BEGIN[step.kind])
            case K.CARRY:
                world.set_state(asset.id, AssetState.MOVING)
                world.take(asset.id)
            case K.DISPOSE:
                world.set_state(asset.id, AssetState.GONE)
                world.take(asset.id)
            case K.RENUMBER if isinstance(step, RollbackStep):
                world.forget_renumbering(asset.id)
            case K.RENUMBER:
                world.set_renumbering(asset.id, (reference.holder for reference in asset.references))
            case K.SWITCH_OVER if asset.replaces:
                world.set_server(asset.replaces, None)
            case K.SWITCH_OVER:
                world.set_state(asset.id, AssetState.DOWN)
            case K.LAY if asset.kind is AssetKind.LINE and not asset.dual_lay and not asset.replaces:
                world.set_state(asset.id, AssetState.DOWN)
        if step.kind is K.MOUNT and asset.id in step.to:
            world.put(asset.id, step.to[asset.id])

    def _end_asset(self, world: World, asset: Asset, step: Step | RollbackStep, later: Sequel) -> None:
        match step.kind:
            case K.STOP:
                self._stopped(world, asset, later)
            case K.UNMOUNT if isinstance(step, RollbackStep) and asset.method is Method.INSTALL:
                world.set_state(asset.id, AssetState.ABSENT)
                world.take(asset.id)
            case K.UNMOUNT:
                world.lift(asset.id)
            case K.CARRY:
                self._carried(world, asset, step, later)
            case K.MOUNT | K.WARM_UP | K.START | K.CHECK:
                self._woken(world, asset, later)
            case K.RENUMBER if K.CHECK not in later[:1]:
                self._woken(world, asset, later)
            case K.MIGRATE:
                world.set_host(asset.id, step.hosts[asset.id])
            case K.LAY | K.TEST | K.SWITCH_OVER:
                self._switched(world, asset, step, later)
            case K.UPDATE if step.holder:
                tell = world.recall if isinstance(step, RollbackStep) else world.update
                tell(asset.id, step.holder)

    def _stopped(self, world: World, asset: Asset, later: Sequel) -> None:
        following = frozenset(later[:1])
        if following & (AWAY | WAKING):
            world.set_state(asset.id, AssetState.DOWN)
        elif asset.method is Method.RETIRE:
            world.set_state(asset.id, AssetState.GONE)
            world.take(asset.id)
        else:
            world.set_state(asset.id, AssetState.UP)
        if K.UNMOUNT not in following and following & AWAY:
            world.lift(asset.id)

    def _carried(self, world: World, asset: Asset, step: Step | RollbackStep, later: Sequel) -> None:
        world.set_state(asset.id, AssetState.DOWN)
        world.put(asset.id, step.to[asset.id])
        if K.MOUNT in later[:1]:
            world.lift(asset.id)
        else:
            self._woken(world, asset, later)

    def _woken(self, world: World, asset: Asset, later: Sequel) -> None:
        """Up, unless something of the way there still follows; a switch-over without a length happens here."""
        if frozenset(later[:1]) & (WAKING | {K.RENUMBER}):
            return
        world.set_state(asset.id, AssetState.UP)
        world.serve_again(asset.id)
        if asset.replaces and not switches_over(asset) and world.server(asset.replaces) == asset.replaces:
            world.set_server(asset.replaces, asset.id)

    def _switched(self, world: World, asset: Asset, step: Step | RollbackStep, later: Sequel) -> None:
        if step.kind is not K.SWITCH_OVER and frozenset(later[:1]) & {K.TEST, K.SWITCH_OVER}:
            return
        if asset.replaces:
            if step.kind is K.SWITCH_OVER:
                world.set_server(asset.replaces, asset.replaces if isinstance(step, RollbackStep) else asset.id)
        elif asset.kind is AssetKind.LINE:
            world.set_state(asset.id, AssetState.UP)
            world.put(asset.id, step.to[asset.id] if asset.id in step.to else asset.stages[-1].position)

    def _end_system(self, world: World, system: str, kind: StepKind, later: Sequel) -> None:
        following = frozenset(later[:1])
        match kind:
            case K.STOP if following & {K.START, K.ACCEPT}:
                world.set_state(system, SystemState.DOWN)
            case K.START if K.ACCEPT in following:
                world.set_state(system, SystemState.STARTED)
            case K.STOP | K.START | K.ACCEPT:
                world.set_state(system, SystemState.ACCEPTED)


_ASSET_BEGIN = {
    K.STOP: AssetState.STOPPING,
    K.UNMOUNT: AssetState.DOWN,
    K.MOUNT: AssetState.DOWN,
    K.START: AssetState.STARTING,
    K.CHECK: AssetState.STARTING,
}
_SYSTEM_BEGIN = {K.STOP: SystemState.STOPPING, K.START: SystemState.DOWN, K.ACCEPT: SystemState.STARTED}
