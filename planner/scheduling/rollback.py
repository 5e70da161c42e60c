"""The witness of S13: a schedule that undoes what is under way, back to the anchor."""

from collections.abc import Mapping, Sequence

from planner.model.chain import RESTART, SYSTEM_RESTART, StepKind
from planner.model.inventory import Inventory
from planner.plan.step import RollbackStep, Step
from planner.scheduling.inverse import OFF, Inverse, Undoing
from planner.scheduling.joint_undoing import join_groups
from planner.scheduling.judge import Judge
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.packing import Packing, Placed
from planner.scheduling.truth import Truth
from planner.scheduling.unwinding import Unwinding
from planner.scheduling.world import AssetState, World

K = StepKind
PLACING = frozenset({K.CARRY, K.MOUNT, K.SWITCH_OVER})


def witness(
    inventory: Inventory,
    truth: Truth,
    anchor_world: World,
    world_at_check: World,
    ended_steps: Sequence[Step],
    begun_steps: Sequence[Step],
    people_available: Mapping[str, Sequence[str]],
) -> tuple[RollbackStep, ...]:
    """A feasible schedule of the inverse of everything done or begun since the anchor, by (offset, kind, assets).

    Offsets and lengths are minutes after the decision; R is the end of the last step. What is up and cannot do without
    something that goes back is stopped first and started after. ``people_available`` are the ids of the people on duty
    by team.
    """
    at = max((*(step.end for step in ended_steps), *(step.start for step in begun_steps)), default=None)
    if at is None:
        return ()
    inverse = Inverse(inventory, anchor_world, world_at_check, ended_steps, begun_steps)
    now, then = Judge(truth, world_at_check.copy(), at), Judge(truth, anchor_world.copy(), at)
    chains = _with_restarts(inverse, truth, at)
    single = [u for u in (inverse.undoing(package, kinds) for package, kinds in chains.items()) if u.actions]
    undoings = join_groups(single, truth.derived.groups)
    before = Unwinding(undoings, now, then).order()
    people = {team: tuple(ids) for team, ids in people_available.items()}
    placed = Packing(inventory, people).pack([action for u in undoings for action in u.actions], before)
    return tuple(sorted(_steps(undoings, placed), key=lambda step: (step.offset, step.kind, step.assets)))


def _with_restarts(inverse: Inverse, truth: Truth, at: int) -> dict[tuple[str, ...], tuple[StepKind, ...]]:
    """The chains of what is undone, and a restart of what is up and cannot do without it meanwhile."""
    chains = inverse.chains()
    away = {s for package, kinds in chains.items() for s in package if _up(inverse, s) and _goes_off(inverse, s, kinds)}
    known = {s for package in chains for s in package}
    movable = {s for package, kinds in chains.items() if K.MIGRATE in kinds for s in package}
    handed = _handed_back(inverse, chains)
    world = inverse.world.copy()
    for role in handed:
        world.set_server(role, role)
    for subject in reversed(truth.stop_closure(world, away, at, handed) if away or handed else []):
        restart = SYSTEM_RESTART if subject in inverse.inventory.systems else RESTART
        if subject not in known:
            package = _package(inverse, subject, known)
            chains[package] = restart
            known.update(package)
        elif subject in movable and not _escapes(inverse, subject, away):
            package = next(p for p in chains if subject in p)
            chains[package] = (*restart, K.MIGRATE)
    return chains


def _handed_back(inverse: Inverse, chains: Mapping[tuple[str, ...], tuple[StepKind, ...]]) -> list[str]:
    """The roles that go back before who took them over is stopped."""
    assets = inverse.inventory.assets
    roles = (assets[id].replaces for package, kinds in chains.items() if K.SWITCH_OVER in kinds for id in package)
    return [role for role in roles if role and _up(inverse, role)]


def _package(inverse: Inverse, subject: str, taken: set[str]) -> tuple[str, ...]:
    """The subjects that were stopped together with this one, as far as nothing else is done with them."""
    steps = [s for s in inverse.ended if s.kind is K.STOP and subject in s.assets and len(s.assets) > 1]
    return tuple(s for s in steps[-1].assets if s not in taken) if steps else (subject,)


def _goes_off(inverse: Inverse, subject: str, kinds: tuple[StepKind, ...]) -> bool:
    """Whether the chain takes the subject itself out of service; who only gives a role back stays up."""
    gives_back = subject in inverse.inventory.assets and inverse.inventory.assets[subject].replaces is not None
    return bool(OFF.difference((K.SWITCH_OVER,) if gives_back else ()) & frozenset(kinds))


def _up(inverse: Inverse, subject: str) -> bool:
    return subject in inverse.inventory.assets and inverse.world.state_of(subject) is AssetState.UP


def _escapes(inverse: Inverse, vm: str, away: set[str]) -> bool:
    """Whether a VM may go back to its host before the one that it is on goes away."""
    numbering = inverse.anchor.numbering
    home = inverse.anchor.host[numbering.subject[vm]]
    return home != NOWHERE and numbering.subjects[home] not in away and _up(inverse, numbering.subjects[home])


def _steps(undoings: Sequence[Undoing], placed: Sequence[Placed]) -> list[RollbackStep]:
    times = iter(placed)
    return [
        RollbackStep(
            action.kind,
            subjects,
            time.offset,
            action.minutes,
            time.people,
            time.witness,
            {id: undoing.to[id] for id in subjects if id in undoing.to and action.kind in PLACING},
            {id: undoing.hosts[id] for id in subjects if id in undoing.hosts and action.kind is K.MIGRATE},
            action.holder,
        )
        for undoing in undoings
        for action, time in ((action, next(times)) for action in undoing.actions)
        for subjects in (action.subjects or undoing.subjects,)
    ]
