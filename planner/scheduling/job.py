"""What has to be done, in pieces that are not divided further: one change of one asset, or of a set."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.calendar import Window
from planner.model.asset import Asset
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import NeedKind, leaves
from planner.scheduling.appointment import accepted_from, accepted_until, first_visit
from planner.scheduling.binding import is_accepted, is_error
from planner.scheduling.one_place import box_under, one_place_segments, segment_members
from planner.units.clock import DAY
from planner.units.span import Minute


class JobKind(StrEnum):
    """In the order in which equals are taken: what opens the way comes first."""

    INSTALL = "install"
    TEST = "test"
    SWITCH = "switch"
    RELAY = "relay"
    MOVE = "move"
    RENUMBER = "renumber"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Job:
    """``subjects`` change together; ``stage`` counts the declared stages of a MOVE from 0.

    ``not_before`` and ``not_after`` bound all steps (half-open; None: no bound); ``after`` are jobs that come first.
    ``leave_by`` bounds the end of the window: who stops there may stay where he was for a while (S23). ``windows`` are
    the ids of those that pins leave (None: all).
    """

    id: str
    kind: JobKind
    subjects: tuple[str, ...]
    stage: int = 0
    not_before: Minute | None = None
    not_after: Minute | None = None
    after: frozenset[str] = frozenset()
    leave_by: Minute | None = None
    windows: frozenset[str] | None = None

    def may_be_in(self, window: Window) -> bool:
        """Whether the job may be done in a window as a whole."""
        pinned_elsewhere = self.windows is not None and window.id not in self.windows
        return not pinned_elsewhere and (self.leave_by is None or window.span.end <= self.leave_by)


METHOD_JOBS = {
    Method.CARRY: JobKind.MOVE,
    Method.RELAY: JobKind.RELAY,
    Method.INSTALL: JobKind.INSTALL,
    Method.RETIRE: JobKind.RETIRE,
    Method.RENUMBER: JobKind.RENUMBER,
}


LEAVING = frozenset({JobKind.RETIRE, JobKind.RELAY})
"""Jobs, besides moves, after which something does not stand any more where it stood."""


def jobs_of(inventory: Inventory) -> tuple[Job, ...]:
    """Every job of the inventory, in the order of the file within each kind."""
    found = [*_moves(inventory), *_singles(inventory), *_tests(inventory)]
    rank = {kind: number for number, kind in enumerate(JobKind)}
    return tuple(sorted(found, key=lambda job: rank[job.kind]))


def _moves(inventory: Inventory) -> Iterator[Job]:
    movers = {a.id: a for a in inventory.assets.values() if a.method is Method.CARRY}
    for members in bound_together(inventory, movers):
        depth = max(len(movers[id].stages) for id in members)
        for stage in range(depth):
            going = tuple(id for id in members if stage < len(movers[id].stages))
            yield _move(inventory, members[0], going, stage)


def _move(inventory: Inventory, name: str, going: tuple[str, ...], stage: int) -> Job:
    stages = [inventory.assets[id].stages[stage] for id in going]
    before = [
        inventory.assets[id].stages[stage - 1].position.room if stage else _room(inventory.assets[id]) for id in going
    ]
    return Job(
        id=f"move:{name}" + (f"/{stage + 1}" if stage else ""),
        kind=JobKind.MOVE,
        subjects=going,
        stage=stage,
        not_before=_latest(
            [
                *(s.not_before for s in stages),
                *(_opens(inventory, s.position.room) for s in stages),
                *(safe_from(inventory, inventory.assets[id]) for id in going),
            ]
        ),
        not_after=_earliest(
            [
                *(s.not_after for s in stages),
                *(inventory.rooms[r].closes for r in before if r),
                *(accepted_until(inventory.assets[id]) for id in going),
            ]
        ),
        after=frozenset({f"move:{name}" + (f"/{stage}" if stage > 1 else "")}) if stage else frozenset(),
        leave_by=_leave_by(inventory, zip(going, before, strict=True)),
    )


def _singles(inventory: Inventory) -> Iterator[Job]:
    replaced_by = {a.replaces: a.id for a in inventory.assets.values() if a.replaces}
    for asset in inventory.assets.values():
        kind = METHOD_JOBS.get(asset.method)
        if kind is None or kind is JobKind.MOVE:
            continue
        rooms = [s.position.room for s in asset.stages] if kind is not JobKind.RETIRE else []
        opens = _latest([_opens(inventory, room) for room in rooms])
        declared = [s.not_before for s in asset.stages]
        leaving = asset.leaves if kind is JobKind.RETIRE else None
        if kind is JobKind.INSTALL and switches_over(asset):
            yield Job(
                f"switch:{asset.id}",
                JobKind.SWITCH,
                (asset.id,),
                not_before=accepted_from(asset),
                not_after=accepted_until(asset),
                after=frozenset({f"install:{asset.id}"}),
            )
        yield Job(
            id=f"{kind}:{asset.id}",
            kind=kind,
            subjects=(asset.id,),
            not_before=_latest([opens, leaving, *declared, safe_from(inventory, asset)]),
            not_after=_earliest(
                [*(s.not_after for s in asset.stages), _closes(inventory, asset, kind), accepted_until(asset)]
            ),
            after=frozenset({_takes_over(inventory.assets[replaced_by[asset.id]])})
            if asset.id in replaced_by
            else frozenset(),
            leave_by=_leave_by(inventory, [(asset.id, _room(asset))] if kind in LEAVING else []),
        )


def safe_from(inventory: Inventory, asset: Asset) -> Minute | None:
    """When the asset may be touched at the earliest.

    What was applied for with a body outside is accepted from then, a line that is not laid ahead has waited out its
    lead time, and the time to live of an address that changes is lowered inside the horizon.
    """
    found = [accepted_from(asset)]
    if asset.method is Method.RELAY and not asset.dual_lay and asset.lead_days is not None:
        found.append(first_visit(inventory, asset))
    lowered = asset.works.get(StepKind.LOWER_TTL)
    if asset.new_address is not None and asset.old_ttl and lowered is not None:
        begin = max(inventory.project.horizon.start, inventory.clock.minute(inventory.project.as_of))
        found.append(begin + lowered.duration.likely + asset.old_ttl)
    return _latest(found)


def _tests(inventory: Inventory) -> Iterator[Job]:
    for link in inventory.links.values():
        if link.bridge and link.test.likely:
            yield Job(f"test:{link.id}", JobKind.TEST, (link.id,), not_before=link.since, not_after=link.until)


def bound_together(inventory: Inventory, movers: Mapping[str, Asset]) -> list[tuple[str, ...]]:
    """Movers in sets that cannot be apart, each in the order of the file.

    They are bound by a ``together`` label, by a need that must stay in one room, by a cluster whose storage cannot be
    reached across rooms, or by a segment that may not be stretched.
    """
    leader = {id: id for id in movers}

    def find(id: str) -> str:
        while leader[id] != id:
            id = leader[id]
        return id

    for bond in _bonds(inventory):
        present = [id for id in bond if id in movers]
        for other in present[1:]:
            leader[find(other)] = find(present[0])
    sets: dict[str, list[str]] = defaultdict(list)
    for id in movers:
        sets[find(id)].append(id)
    return [tuple(members) for members in sets.values()]


def _bonds(inventory: Inventory) -> Iterator[list[str]]:
    labels: dict[str, list[str]] = defaultdict(list)
    for asset in inventory.assets.values():
        if asset.together:
            labels[asset.together].append(asset.id)
        for need in asset.needs:
            if need.kind in (NeedKind.HARD, NeedKind.LIVE) and need.same_room:
                yield [asset.id, *leaves(need.tree)]
    yield from labels.values()
    for cluster in inventory.clusters.values():
        boxes = [id for id in (cluster.storage, *cluster.hosts) if id]
        if cluster.storage and not cluster.across and any(_changes_room(inventory.assets[id]) for id in boxes):
            yield [cluster.storage, *cluster.hosts]
    for segment in one_place_segments(inventory):
        members = [box_under(inventory, id) for id in segment_members(inventory, segment.id)]
        yield [*dict.fromkeys((*members, *segment.gateway))]


def _changes_room(asset: Asset) -> bool:
    return asset.at is not None and any(stage.position.room != asset.at.room for stage in asset.stages)


def switches_over(asset: Asset) -> bool:
    """Whether a role passes to the asset in a step of its own; without one it passes at the end of its check."""
    work = asset.works.get(StepKind.SWITCH_OVER)
    return bool(asset.replaces and work and work.duration.likely)


def _takes_over(asset: Asset) -> str:
    return f"switch:{asset.id}" if switches_over(asset) else f"install:{asset.id}"


def _room(asset: Asset) -> str | None:
    return asset.at.room if asset.at else None


def _opens(inventory: Inventory, room: str) -> Minute | None:
    return _latest([inventory.rooms[room].opens, inventory.rooms[room].ready])


def _closes(inventory: Inventory, asset: Asset, kind: JobKind) -> Minute | None:
    room = _room(asset)
    return inventory.rooms[room].closes if room and kind in (JobKind.RETIRE, JobKind.RELAY) else None


def _leave_by(inventory: Inventory, stays: Iterable[tuple[str, str | None]]) -> Minute | None:
    """The end of the last window after which the rooms stay open for as long as a stop may last (S23)."""
    if not is_error(inventory, "S23"):
        return None
    rooms = {room for id, room in stays if room and not is_accepted(inventory, "S23", (id, room))}
    first = _earliest([inventory.rooms[room].closes for room in sorted(rooms)])
    return None if first is None else first - inventory.policy.stop_point_days * DAY


def _latest(instants: Iterable[Minute | None]) -> Minute | None:
    return max((i for i in instants if i is not None), default=None)


def _earliest(instants: Iterable[Minute | None]) -> Minute | None:
    return min((i for i in instants if i is not None), default=None)
