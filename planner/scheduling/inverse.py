"""What has to be undone (contract, "Rollback"): for each subject the chain of kinds that leads back to the anchor."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.model.asset import Asset, AssetKind, Demand, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.model.system import System
from planner.plan.step import Step
from planner.scheduling.hard_group import shared_crew
from planner.scheduling.haulage import conveyances
from planner.scheduling.world import AssetState, SystemState, World

K = StepKind
INVERSE: Mapping[StepKind, tuple[StepKind, ...]] = {
    K.STOP: (K.START, K.CHECK),
    K.UNMOUNT: (K.MOUNT,),
    K.CARRY: (K.CARRY,),
    K.MOUNT: (K.UNMOUNT,),
    K.START: (K.STOP,),
    K.MIGRATE: (K.MIGRATE,),
    K.SWITCH_OVER: (K.SWITCH_OVER,),
    K.RENUMBER: (K.RENUMBER,),
}
"""Kinds that are not named leave nothing to undo."""

SYSTEM_INVERSE: Mapping[StepKind, tuple[StepKind, ...]] = {K.STOP: (K.START, K.ACCEPT), K.START: (K.STOP,)}

OFF = frozenset({K.STOP, K.UNMOUNT, K.CARRY, K.SWITCH_OVER, K.RENUMBER})
"""Kinds at the start of which something stops to serve."""


@dataclass(frozen=True, slots=True)
class Action:
    """One rollback step before it has a time: ``minutes`` long, by ``demands`` (the last is the witness, if any).

    ``subjects`` are empty for all of the undoing's; ``after`` are the actions of the undoing that end before it begins,
    None for the one written before it. ``holder`` is that of an UPDATE, ``uses`` what carries a CARRY.
    """

    kind: StepKind
    minutes: int
    demands: tuple[Demand, ...] = ()
    witnessed: bool = False
    subjects: tuple[str, ...] = ()
    after: frozenset[int] | None = None
    holder: str | None = None
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undoing:
    """The chain of one or more subjects that are undone together, as they were worked on together."""

    subjects: tuple[str, ...]
    actions: tuple[Action, ...]
    to: Mapping[str, Position] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)

    def of(self, subject: str) -> list[int]:
        """The numbers of the actions on one of the subjects."""
        return [n for n, action in enumerate(self.actions) if not action.subjects or subject in action.subjects]

    def after(self, n: int) -> frozenset[int]:
        """The numbers of the actions that end before action ``n`` begins."""
        found = self.actions[n].after
        return frozenset({n - 1} if n else ()) if found is None else found


@dataclass(frozen=True, slots=True)
class Inverse:
    """Finds what the steps of a turn left to undo, from the world at the check point back to the anchor's."""

    inventory: Inventory
    anchor: World
    world: World
    ended: Sequence[Step]
    begun: Sequence[Step]

    def chains(self) -> dict[tuple[str, ...], tuple[StepKind, ...]]:
        """By package of subjects the kinds that undo it, in order; packages with nothing to undo are not in it."""
        found: dict[tuple[str, ...], tuple[StepKind, ...]] = {}
        for package, kinds in self._done().items():
            chain = tuple(self._chain(package[0], kinds))
            if chain:
                found[package] = chain
        return found

    def undoing(self, package: tuple[str, ...], kinds: Iterable[StepKind]) -> Undoing:
        """The chain with its works; steps without a length are left out."""
        actions = [action for kind in kinds if (action := self._action(package, kind)).minutes]
        actions = self._with_updates(package, actions)
        places = {id: self.anchor.position(id) for id in package if id in self.inventory.assets}
        to = {id: position for id, position in places.items() if position}
        return Undoing(package, tuple(actions), to, self._hosts(package))

    def _with_updates(self, package: tuple[str, ...], actions: list[Action]) -> list[Action]:
        """After a renumbering back, whoever was told the new address is told the old one while the rest goes on."""
        at = next((n for n, action in enumerate(actions) if action.kind is K.RENUMBER), None)
        updates = [] if at is None else list(self._updates(package, frozenset({at})))
        if at is None or not updates:
            return actions
        rest = [replace(a, after=frozenset({at})) if n == 0 else a for n, a in enumerate(actions[at + 1 :])]
        return [*actions[: at + 1], *updates, *rest]

    def _updates(self, package: tuple[str, ...], after: frozenset[int]) -> Iterator[Action]:
        for step in (step for step in self.ended if step.kind is K.UPDATE and step.assets[0] in package):
            works = (r.work for r in self.inventory.assets[step.assets[0]].references if r.holder == step.holder)
            for work in works:
                demands = (*work.crew, *((work.witness,) if work.witness else ()))
                yield Action(
                    K.UPDATE, work.duration.likely, demands, bool(work.witness), step.assets, after, step.holder
                )

    def _done(self) -> dict[tuple[str, ...], list[StepKind]]:
        """The kinds done or begun by package: subjects that share every one of their steps are one."""
        steps = sorted((*self.ended, *self.begun), key=lambda step: (step.start, step.end, step.id))
        own: dict[str, list[Step]] = {}
        for step in steps:
            for subject in step.assets:
                own.setdefault(subject, []).append(step)
        packages: dict[tuple[str, ...], list[str]] = {}
        for subject, mine in own.items():
            packages.setdefault(tuple(step.id for step in mine), []).append(subject)
        return {tuple(package): [step.kind for step in own[package[0]]] for package in packages.values()}

    def _chain(self, subject: str, kinds: list[StepKind]) -> Iterator[StepKind]:
        if subject in self.inventory.systems:
            if self.world.system_state(subject) is not SystemState.ACCEPTED:
                yield from (k for kind in reversed(kinds) for k in SYSTEM_INVERSE.get(kind, ()))
        elif subject in self.inventory.assets:
            yield from self._asset_chain(self.inventory.assets[subject], kinds)

    def _asset_chain(self, asset: Asset, kinds: list[StepKind]) -> Iterator[StepKind]:
        if asset.kind is AssetKind.LINE and not asset.replaces and frozenset(kinds) & {K.LAY, K.SWITCH_OVER}:
            if self.world.state_of(asset.id) is not AssetState.UP or K.SWITCH_OVER in kinds:
                yield K.SWITCH_OVER
            return
        up = self.world.state_of(asset.id) is AssetState.UP
        if up and frozenset(kinds) <= {K.STOP, K.START, K.CHECK, *_HARMLESS}:
            return  # stopped and started again, just as it was
        chain = [k for kind in reversed(kinds) for k in INVERSE.get(kind, ())]
        if up and K.STOP not in chain and frozenset(chain) & {K.UNMOUNT, K.CARRY, K.MOUNT}:
            chain.insert(0, K.STOP)
        if K.STOP not in kinds and frozenset(chain) & {K.CARRY, K.MOUNT}:
            chain += INVERSE[K.STOP]  # the stop took no time and was not written
        elif K.RENUMBER in chain and K.CHECK not in chain:
            chain.append(K.CHECK)
        if K.CARRY in chain and K.START in chain:
            chain.insert(chain.index(K.START), K.WARM_UP)  # left out again where mounting is long enough
        yield from chain

    def _action(self, package: tuple[str, ...], kind: StepKind) -> Action:
        works = [work for id in package for work in self._works(id, kind)]
        crew, witness = shared_crew((work.crew, work.witness) for work in works)
        minutes = max((work.duration.likely for work in works), default=0)
        uses = self._conveyances(package) if kind is K.CARRY else ()
        demands = (*crew, witness) if witness else crew
        return Action(kind, minutes, demands, witnessed=witness is not None, uses=uses)

    def _conveyances(self, package: tuple[str, ...]) -> tuple[str, ...]:
        """What carries the package back: what is on the route by which it went."""
        gone = [s for s in (*self.ended, *self.begun) if s.kind is K.CARRY and package[0] in s.assets]
        there = gone[-1].to.get(package[0]) if gone else None
        here = self.anchor.position(package[0])
        return conveyances(self.inventory, here.room if here else None, there.room if there else None)

    def _works(self, subject: str, kind: StepKind) -> Iterator[Work]:
        """What a step of this kind takes on the way back: the override for it or for what it undoes, else the work."""
        facts: Asset | System = self.inventory.subject(subject)
        table = SYSTEM_INVERSE if isinstance(facts, System) else INVERSE
        undone = next((k for k, inverse in table.items() if kind in inverse), kind)
        for override in (kind, undone):
            work = facts.rollback.get(override, facts.works.get(kind))
            if work:
                yield work

    def _hosts(self, package: tuple[str, ...]) -> dict[str, str]:
        """The anchor's hosts of the VMs that are on another one."""
        numbering = self.anchor.numbering
        numbers = {id: numbering.subject[id] for id in package if id in self.inventory.assets}
        return {
            id: numbering.subjects[self.anchor.host[n]]
            for id, n in numbers.items()
            if self.anchor.host[n] != self.world.host[n]
        }


_HARMLESS = frozenset({K.BACK_UP, K.VERIFY, K.LOWER_TTL, K.UPDATE, K.CONFIRM, K.TEST, K.LAY, K.ACCEPT})
