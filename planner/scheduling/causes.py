"""Why something does not hold: the chain of ids from the effect to the first cause."""

from planner.scheduling.compiled import Node
from planner.scheduling.judge import Judge
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.world import SystemState


def chain(judge: Judge, subject: int) -> tuple[str, ...]:
    """The ids from ``subject`` to something that is down, or the last that is up but cannot be reached."""
    found = [subject]
    following = _culprit(judge, subject)
    while following is not None and following not in found:
        found.append(following)
        following = None if judge.holds[following] else _culprit(judge, following)
    return tuple(judge.ground.numbering.subjects[i] for i in found)


def _culprit(judge: Judge, i: int) -> int | None:
    """The first provider for whose lack ``i`` does not hold; None if ``i`` itself is down."""
    if i < judge.assets:
        return _asset_culprit(judge, i) if judge.up[i] else None
    if judge.world.state[i] != SystemState.ACCEPTED:
        return None
    runs_on = judge.force.runs_on[i]
    if runs_on is None:
        return _need_culprit(judge, NOWHERE, i)
    missing = [x for x in runs_on.leaves() if not judge.member_counts(x, i)]
    unserved = next((x for x in missing if judge.role_up(x)), None)
    if unserved is not None and unserved < judge.assets:
        return _need_culprit(judge, judge.role[unserved], i)
    return missing[0] if missing else None


def _asset_culprit(judge: Judge, i: int) -> int | None:
    derived, host = judge.ground.derived, judge.world.host[i]
    if host != NOWHERE and not judge.holds[host]:
        return host
    storage, rack = derived.storage[i], judge.world.rack[i]
    if storage and not judge.leaf(storage[0], i, i, local=not storage[1]):
        return storage[0]
    if rack != NOWHERE and host == NOWHERE and not judge.powered(i, rack):
        return derived.supply[rack][0]
    for segment in derived.segments[i]:
        if not judge.connected(i, segment):
            return _device(judge, i, segment)
    if not judge.ended(i):
        return derived.ends[i][judge.room[i]][0]
    return _need_culprit(judge, i, i)


def _device(judge: Judge, i: int, segment: str) -> int | None:
    """The switch or gateway that is missing: one in the room if there is one."""
    derived = judge.ground.derived
    switchless = not judge.switch_reached(segment, judge.room[i])
    devices = derived.switches[segment] if switchless else derived.gateways[segment]
    return min(devices, key=lambda d: (judge.room[d] != judge.room[i], d), default=None)


def _need_culprit(judge: Judge, place: int, subject: int) -> int | None:
    for tree, same_room in judge.force.decisive[subject]:
        if not judge.tree(tree, place, subject, local=same_room):
            return _tree_culprit(judge, tree, place, subject, local=same_room)
    return None


def _tree_culprit(judge: Judge, node: Node, place: int, subject: int, *, local: bool) -> int | None:
    local = local or node.in_room
    for part in node.parts:
        if isinstance(part, int):
            if not judge.leaf(part, place, subject, local=local):
                return part
        elif not judge.tree(part, place, subject, local=local):
            return _tree_culprit(judge, part, place, subject, local=local)
    return None
