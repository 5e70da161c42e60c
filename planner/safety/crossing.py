"""The traffic between rooms at one instant."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.need import AllOf, AtLeast, Leaf, NeedKind, Tree
from planner.safety.moment import Moment, View
from planner.safety.reach import Path
from planner.safety.world import Source, Want

CARRIED = frozenset({NeedKind.HARD, NeedKind.LIVE, NeedKind.SOFT, NeedKind.BATCH})
SILENT = frozenset({Source.HOST, Source.SWITCH, Source.POWER, Source.GATEWAY})
"""Containment and power have no traffic; a gateway carries that of the declared needs, which is counted there."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One need that is served from another room over ``path``; ``mbps`` None is unknown."""

    dependent: str
    provider: str
    kind: NeedKind
    path: Path
    mbps: int | None
    latency_ms: float | None
    fact: str
    slot: str | None = None


def crossings(moment: Moment, id: str) -> Iterator[Crossing]:
    """What a subject that is fine gets from other rooms; a system from where each of its counting members stands."""
    if not moment.fine(id):
        return
    if id in moment.world.inventory.assets:
        yield from _seen_from(moment, id, moment.view(id))
        yield from _migration(moment, id)
    else:
        for member in moment.counting(id):
            yield from _seen_from(moment, id, moment.view(member, id))


def _seen_from(moment: Moment, id: str, view: View) -> Iterator[Crossing]:
    for want in moment.wants(id):
        if want.need.kind in CARRIED and want.source not in SILENT and moment.met(want, view):
            for provider in _used(moment, want.need.tree, want, view) or ():
                path = moment.network.path(view.point, moment.point(provider))
                if path:
                    need = want.need
                    yield Crossing(id, provider, need.kind, path, need.mbps, need.latency_ms, want.fact, need.slot)


def _used(moment: Moment, tree: Tree, want: Want, view: View, *, in_room: bool = False) -> tuple[str, ...] | None:
    """The assets that serve a tree: members in the room first, then as many others as are needed; None: it fails."""
    match tree:
        case Leaf(id):
            return _server(moment, id, want, view, in_room=in_room)
        case AllOf(parts):
            used = [_used(moment, part, want, view, in_room=in_room) for part in parts]
            return None if None in used else tuple(id for ids in used if ids is not None for id in ids)
        case AtLeast(count, parts):
            found = [_used(moment, part, want, view, in_room=in_room or tree.in_room) for part in parts]
            held = sorted((ids for ids in found if ids is not None), key=lambda ids: _is_remote(moment, ids, view))
            return tuple(id for ids in held[:count] for id in ids) if len(held) >= count else None


def _server(moment: Moment, leaf: str, want: Want, view: View, *, in_room: bool) -> tuple[str, ...] | None:
    if not moment.satisfied(leaf, want, view, in_room=in_room):
        return None
    served = moment.serves(leaf)
    if served is None or served in moment.world.inventory.assets:
        return None if served is None else (served,)
    reached = [m for m in moment.counting(served) if moment.satisfied(m, want, view, in_room=in_room)]
    return tuple(sorted(reached, key=lambda member: _is_remote(moment, (member,), view))[:1])


def _is_remote(moment: Moment, ids: tuple[str, ...], view: View) -> bool:
    return any(moment.room(id) != view.point.room for id in ids)


def _migration(moment: Moment, vm: str) -> Iterator[Crossing]:
    target = moment.state.target.get(vm)
    host = moment.host.get(vm)
    if target is None or host is None:
        return
    path = moment.path(host, target)
    if path:
        mbps = moment.world.inventory.assets[vm].migrate_mbps
        yield Crossing(vm, target, NeedKind.LIVE, path, mbps, None, f"assets.{vm}.migrate_mbps")
