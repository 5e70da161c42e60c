"""From the steps of a plan to the changes of state that they make.

A step of length 0 is not written, its effect belongs to the end of the step before it in the chain. Only a step whose
work takes no time may be missing so; where the inventory gives it a duration, a missing step has no effect.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from planner.model.asset import Asset, AssetKind
from planner.model.chain import SYSTEM_RESTART, StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.step import Step
from planner.safety.change import (
    ENDS,
    STARTS,
    Aim,
    Become,
    Change,
    CloseBridge,
    HandOver,
    Inform,
    LeaveRack,
    OpenBridge,
    Readdress,
    Relocate,
    Stand,
    Timed,
)
from planner.safety.condition import Condition, State

K = StepKind
MOVE = (K.STOP, K.UNMOUNT, K.CARRY, K.MOUNT, K.WARM_UP, K.START, K.RENUMBER, K.CHECK)
RANK = {kind: number for number, kind in enumerate(MOVE)}
"""The order of the steps that make up a move; a step that does not come later begins another chain."""
OFF = frozenset({Condition.DOWN, Condition.ABSENT})


def effects(inventory: Inventory, steps: Iterable[Step], begin: State) -> list[Timed]:
    """Every change that the steps make, in the order in which they are applied: by minute, ends before starts."""
    found: list[Timed] = []
    for id, own in _by_subject(steps).items():
        if id in inventory.assets:
            found += _of_asset(inventory.assets[id], own, begin)
        elif id in inventory.systems:
            found += _of_system(id, own, inventory.systems[id].works)
        elif id in inventory.links:
            found += _of_link(id, own)
    return sorted(found, key=attrgetter("minute", "phase"))


def _by_subject(steps: Iterable[Step]) -> Mapping[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: (step.start, step.end, step.id)):
        for id in step.assets:
            found[id].append(step)
    return found


def _of_asset(asset: Asset, steps: list[Step], begin: State) -> Iterator[Timed]:
    # Nobody serves the role while a switch-over is under way: turning back then, it goes back to the old one.
    served_by_new = asset.replaces is not None and begin.role.get(asset.replaces) != asset.replaces
    for number, step in enumerate(steps):
        for change in _at_start(asset, step):
            yield Timed(step.start, STARTS, change)
        if step.kind is K.SWITCH_OVER:
            for change in _switched(asset, step, back=served_by_new):
                yield Timed(step.end, ENDS, change)
            served_by_new = not served_by_new
        for change in (*_at_end(asset, step), *_implied(asset, step, steps[number + 1 :])):
            yield Timed(step.end, ENDS, change)


def _at_start(asset: Asset, step: Step) -> Iterator[Change]:
    if asset.kind is AssetKind.LINE:
        yield from _line_at_start(asset, step.kind)
    if step.kind is K.RENUMBER and asset.references:
        yield Readdress(asset.id, tuple(reference.holder for reference in asset.references))
    if step.kind is K.SWITCH_OVER and asset.replaces is not None:
        yield HandOver(asset.replaces, asset.id, done=False)
    yield from _moved_at_start(asset, step)


def _line_at_start(line: Asset, kind: StepKind) -> Iterator[Change]:
    if kind is K.SWITCH_OVER or (kind is K.LAY and not line.dual_lay):
        yield Become(line.id, Condition.DOWN)


def _moved_at_start(asset: Asset, step: Step) -> Iterator[Change]:
    id = asset.id
    match step.kind:
        case K.STOP:
            yield Become(id, Condition.STOPPING)
        case K.UNMOUNT:
            yield Become(id, Condition.DOWN)
        case K.CARRY:
            yield Become(id, Condition.MOVING)
            yield Stand(id, None)
        case K.MOUNT:
            yield Become(id, Condition.DOWN)
            yield Stand(id, _goal(asset, step))
        case K.START | K.RENUMBER:
            yield Become(id, Condition.STARTING)
        case K.CHECK:
            yield Become(id, Condition.STARTING, OFF)
        case K.DISPOSE:
            yield Become(id, Condition.GONE)
            yield Stand(id, None)
        case K.MIGRATE if id in step.hosts:
            yield Aim(id, step.hosts[id], arrived=False)
        case _:
            pass


def _at_end(asset: Asset, step: Step) -> Iterator[Change]:
    id = asset.id
    match step.kind:
        case K.STOP:
            yield Become(id, Condition.DOWN)
        case K.UNMOUNT:
            yield LeaveRack(id)
        case K.CARRY:
            yield Become(id, Condition.DOWN)
            goal = _goal(asset, step)
            yield Stand(id, Position(goal.room) if goal else None)
        case K.CHECK:
            yield Become(id, Condition.UP)
        case K.MIGRATE if id in step.hosts:
            yield Aim(id, step.hosts[id], arrived=True)
        case K.UPDATE if step.holder is not None:
            yield Inform(id, step.holder)
        case _:
            pass


def _switched(asset: Asset, step: Step, *, back: bool) -> Iterator[Change]:
    if asset.kind is AssetKind.LINE:
        yield Become(asset.id, Condition.UP)
        told = step.to.get(asset.id)
        goal = asset.stages[0].position if asset.stages else asset.at
        yield Stand(asset.id, told) if told else Relocate(asset.id, goal, asset.at)
    if asset.replaces is not None:
        yield HandOver(asset.replaces, asset.id, done=True, back=back)


def _implied(asset: Asset, step: Step, later: list[Step]) -> Iterator[Change]:
    """What steps of length 0 between this one and the next of its chain do."""
    if step.kind in (K.LAY, K.TEST) and asset.kind is AssetKind.LINE:
        follows = any(s.kind in (K.TEST, K.SWITCH_OVER) for s in later)
        if not follows and _takes_no_time(asset.works, K.SWITCH_OVER):
            yield from _switched(asset, step, back=False)
    if step.kind not in RANK:
        return
    rank, after = RANK[step.kind], _rank_of_next(step, later)
    if step.kind is K.STOP and after in (RANK[K.CARRY], RANK[K.MOUNT]) and _takes_no_time(asset.works, K.UNMOUNT):
        yield LeaveRack(asset.id)
    if rank == RANK[K.CARRY] and after != RANK[K.MOUNT] and _takes_no_time(asset.works, K.MOUNT):
        yield Stand(asset.id, _goal(asset, step))
    if after is None and rank >= RANK[K.CARRY] and step.kind is not K.CHECK and _nothing_left(asset, rank):
        yield Become(asset.id, Condition.UP)
    if after is None and rank >= RANK[K.CARRY] and asset.replaces is not None and _hands_over_at_once(asset, later):
        yield HandOver(asset.replaces, asset.id, done=True)


def _rank_of_next(step: Step, later: list[Step]) -> int | None:
    """The place in the chain of the next step of the same chain; None at the chain's end."""
    for following in later:
        rank = RANK.get(following.kind)
        if rank is not None:
            return rank if rank > RANK[step.kind] else None
    return None


def _nothing_left(asset: Asset, rank: int) -> bool:
    left = [kind for kind in (K.MOUNT, K.WARM_UP, K.START, K.CHECK) if RANK[kind] > rank]
    return all(_takes_no_time(asset.works, kind) for kind in left)


def _hands_over_at_once(asset: Asset, later: list[Step]) -> bool:
    return _takes_no_time(asset.works, K.SWITCH_OVER) and not any(s.kind is K.SWITCH_OVER for s in later)


def _takes_no_time(works: Mapping[StepKind, object], kind: StepKind) -> bool:
    work = works.get(kind)
    duration = getattr(work, "duration", None)
    return duration is None or not duration.likely


def _goal(asset: Asset, step: Step) -> Position | None:
    """Where the step says that the asset goes; where the inventory says so if the step is silent."""
    if asset.id in step.to:
        return step.to[asset.id]
    return asset.stages[0].position if asset.stages else asset.at


def _of_system(id: str, steps: list[Step], works: Mapping[StepKind, object]) -> Iterator[Timed]:
    for number, step in enumerate(steps):
        match step.kind:
            case K.STOP:
                yield Timed(step.start, STARTS, Become(id, Condition.STOPPING))
                yield Timed(step.end, ENDS, Become(id, Condition.DOWN))
            case K.START:
                yield Timed(step.start, STARTS, Become(id, Condition.STARTING))
                following = next((s.kind for s in steps[number + 1 :] if s.kind in SYSTEM_RESTART), None)
                if following is not K.ACCEPT and _takes_no_time(works, K.ACCEPT):
                    yield Timed(step.end, ENDS, Become(id, Condition.UP))
            case K.ACCEPT:
                yield Timed(step.start, STARTS, Become(id, Condition.STARTING, OFF))
                yield Timed(step.end, ENDS, Become(id, Condition.UP))
            case _:
                pass


def _of_link(id: str, steps: list[Step]) -> Iterator[Timed]:
    for step in steps:
        if step.kind is K.TEST:
            yield Timed(step.end, ENDS, OpenBridge(id))
        elif step.kind is K.CLOSE:
            yield Timed(step.start, STARTS, CloseBridge(id))
