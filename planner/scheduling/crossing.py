"""Needs that are served from another room (contract, "Crossing")."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.need import NeedKind
from planner.scheduling.compiled import Declared, Node, Require
from planner.scheduling.derived import Derived
from planner.scheduling.ground import AVAILABILITY
from planner.scheduling.judge import Judge
from planner.scheduling.network import Path
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.world import SystemState

Far = tuple[int, int, Path]
"""A leaf, the asset that serves it, the links between."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """``need`` of ``dependent``, evaluated at the asset ``place``, is served by ``provider`` over ``links``.

    ``need`` is the number among the needs written at the dependent; -1 is host to storage, -2 the gateway of a segment.
    ``mbps`` is in Mbit/s, None where unknown.
    """

    dependent: str
    need: int
    kind: NeedKind
    place: str
    provider: str
    links: tuple[str, ...]
    mbps: int | None

    @property
    def counts(self) -> bool:
        """Whether the objective counts it: availability depends on it."""
        return self.kind in AVAILABILITY


STORAGE, GATEWAY = -1, -2


def crossings(judge: Judge) -> Iterator[Crossing]:
    """Every need that is served from another room: of assets that are up, and of systems at their counting members."""
    for i in range(judge.assets):
        if judge.up[i]:
            yield from _of_asset(judge, i)
    for i in judge.ground.numbering.systems:
        if judge.world.state[i] == SystemState.ACCEPTED:
            for member in judge.counting[i]:
                if member < judge.assets:
                    yield from _of_needs(judge, i, judge.role[member])


def loads(judge: Judge, i: int) -> Iterator[tuple[int, int]]:
    """The links and the Mbit/s that the needs of a subject put on them, as far as these are known."""
    for place in _places(judge, i):
        for need in judge.force.needs[i]:
            if need.mbps and need.kind is not NeedKind.START:
                yield from _on_links(_far(judge, need.tree, place, i, local=need.same_room), need.mbps)
    storage = judge.ground.derived.storage[i] if i < judge.assets else None
    if storage and storage[2] and judge.up[i]:
        yield from _on_links(_far_leaf(judge, storage[0], i, i, local=not storage[1]), storage[2])


def most_load(declared: Declared, derived: Derived) -> int:
    """Mbit/s that all needs together put on one link at the most, whatever crosses it."""
    total = sum(storage[2] or 0 for storage in derived.storage if storage)
    for i, needs in enumerate(zip(declared.needs, declared.cloud, strict=True)):
        runs_on = declared.runs_on[i]
        places = len(runs_on.leaves()) if runs_on else 1
        total += places * sum((need.mbps or 0) * len(need.tree.leaves()) for part in needs for need in part)
    return total


def _places(judge: Judge, i: int) -> list[int]:
    """From where the needs of a subject are seen, if it is up or accepted."""
    if i < judge.assets:
        return [i] if judge.up[i] else []
    accepted = judge.world.state[i] == SystemState.ACCEPTED
    return [judge.role[member] for member in judge.counting[i] if member < judge.assets] if accepted else []


def _on_links(far: list[Far] | None, mbps: int) -> Iterator[tuple[int, int]]:
    for _, _, links in far or ():
        for link in links:
            yield link, mbps


def _of_asset(judge: Judge, i: int) -> Iterator[Crossing]:
    storage = judge.ground.derived.storage[i]
    if storage:
        for far in _far_leaf(judge, storage[0], i, i, local=not storage[1]) or ():
            yield _crossing(judge, i, STORAGE, NeedKind.HARD, i, far, storage[2])
    for segment in judge.ground.derived.segments[i]:
        gateway = None if i in judge.ground.derived.routing[segment] else judge.far_gateway(segment, judge.room[i])
        if gateway:
            yield _crossing(judge, i, GATEWAY, NeedKind.LIVE, i, (gateway[0], *gateway), None)
    yield from _of_needs(judge, i, i)


def _of_needs(judge: Judge, subject: int, place: int) -> Iterator[Crossing]:
    for need in judge.force.needs[subject]:
        if need.kind is not NeedKind.START:
            yield from _of_need(judge, subject, place, need)


def _of_need(judge: Judge, subject: int, place: int, need: Require) -> Iterator[Crossing]:
    for far in _far(judge, need.tree, place, subject, local=need.same_room) or ():
        yield _crossing(judge, subject, need.number, need.kind, place, far, need.mbps)


def _crossing(
    judge: Judge, subject: int, need: int, kind: NeedKind, place: int, far: Far, mbps: int | None
) -> Crossing:
    numbering = judge.ground.numbering
    names = numbering.subjects
    links = tuple(numbering.links[link] for link in far[2])
    return Crossing(names[subject], need, kind, names[place], names[far[1]], links, mbps)


def _far(judge: Judge, node: Node, place: int, subject: int, *, local: bool) -> list[Far] | None:
    """The remote leaves that the tree takes, in-room parts first, then as written; None if it does not hold."""
    local = local or node.in_room
    parts = [
        _far_leaf(judge, part, place, subject, local=local)
        if isinstance(part, int)
        else _far(judge, part, place, subject, local=local)
        for part in node.parts
    ]
    good = [part for part in parts if part is not None]
    if len(good) < node.count:
        return None
    return [far for part in sorted(good, key=bool)[: node.count] for far in part]


def _far_leaf(judge: Judge, x: int, place: int, subject: int, *, local: bool) -> list[Far] | None:
    if not judge.leaf(x, place, subject, local=local):
        return None
    leaves = [x] if x < judge.assets else [m for m in judge.counting[x] if m < judge.assets]
    servers = [judge.role[leaf] for leaf in leaves]
    if place == NOWHERE or not servers or any(judge.room[s] == judge.room[place] for s in servers):
        return []
    paths = ((s, judge.path(place, s)) for s in servers)
    return next([(x, s, path)] for s, path in paths if path)
