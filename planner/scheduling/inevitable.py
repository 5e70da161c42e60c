"""What every plan does, whatever else it does: the steps of what has to change, and when these may lie (S12, S21)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.calendar.memory import remembered
from planner.calendar.usability import tagged_blackouts, window_spans
from planner.model.asset import Asset, AssetKind, Work
from planner.model.chain import CHAINS, PREPARATORY, Method, StepKind
from planner.model.inventory import Inventory
from planner.scheduling.binding import binds
from planner.units.span import Minute, Span, Spans

K = StepKind
Bounds = tuple[int | None, int | None]
"""From when and until when a stage lasts, as far as it is said."""
UNCHANGED = frozenset({Method.STAY, Method.FOLLOW})


@dataclass(frozen=True, slots=True)
class Due:
    """A step that every plan has: its work, with the minutes in one part of ``free`` it has to lie."""

    asset: str
    kind: StepKind
    work: Work
    free: Spans

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.work.duration.likely

    def finished(self, since: Minute) -> Minute | None:
        """The first instant by which it can be done, begun at ``since`` or later; None if never."""
        begins = ((max(part.start, since), part.end) for part in self.free)
        return next((begin + self.minutes for begin, end in begins if begin + self.minutes <= end), None)


def must_change(inventory: Inventory, asset: Asset) -> bool:
    """Whether no plan may leave the asset as it is; one that leaves for the cloud may stay until then."""
    asked = asset.method not in UNCHANGED and asset.leaves is None
    return asked and binds(inventory, "S21", asset.id)


def is_carried(inventory: Inventory, asset: Asset) -> bool:
    """Whether every plan carries the asset."""
    return asset.method is Method.CARRY and takes_time(asset, K.CARRY) and must_change(inventory, asset)


def is_renumbered(inventory: Inventory, asset: Asset) -> bool:
    """Whether every plan gives the asset another address."""
    asked = asset.new_address is not None and asset.method in (Method.CARRY, Method.RENUMBER)
    return asked and takes_time(asset, K.RENUMBER) and must_change(inventory, asset)


def takes_time(asset: Asset, kind: StepKind) -> bool:
    """Whether the work of this kind lasts; a step without length is not written."""
    work = asset.works.get(kind)
    return work is not None and work.duration.likely > 0


def due_steps(inventory: Inventory, asset: Asset) -> Iterator[Due]:
    """The steps of the asset that are in every plan, of each kind one."""
    if not must_change(inventory, asset):
        return
    kinds = CHAINS[asset.method]
    if asset.method is Method.CARRY and is_renumbered(inventory, asset):
        kinds = (*kinds, K.RENUMBER)
    for kind in (kind for kind in kinds if takes_time(asset, kind)):
        yield Due(asset.id, kind, asset.works[kind], _free(inventory, asset, kind))
    for kind, work in _beside(inventory, asset):
        if work.duration.likely:
            yield Due(asset.id, kind, work, _any_time(inventory))


def _beside(inventory: Inventory, asset: Asset) -> Iterator[tuple[StepKind, Work]]:
    """What has to be done besides the chain: the backup of data that move, what follows a new address."""
    backup = asset.backup if asset.stateful else None
    if backup is not None and is_carried(inventory, asset) and binds(inventory, "S11", asset.id):
        yield K.BACK_UP, backup.work
        yield from [(K.VERIFY, backup.verify)] if backup.verify else []
    if is_renumbered(inventory, asset):
        told = {r.holder: r.work for r in reversed(asset.references)}  # the first of a holder says who does it
        yield from ((K.UPDATE, work) for holder, work in told.items() if binds(inventory, "S10", asset.id, holder))
        if asset.old_ttl and K.LOWER_TTL in asset.works and binds(inventory, "S10", asset.id):
            yield K.LOWER_TTL, asset.works[K.LOWER_TTL]


def _free(inventory: Inventory, asset: Asset, kind: StepKind) -> Spans:
    """When a step of the chain may lie, as far as windows, the asset's own blackouts and the dates of its stages say.

    Which systems run on it then is not certain: VMs may have left it.
    """
    if kind in PREPARATORY or asset.method is Method.INSTALL:
        return _any_time(inventory)
    barred = asset.blackouts if binds(inventory, "S12", asset.id) else None
    return _between(inventory, barred, tuple((stage.not_before, stage.not_after) for stage in asset.stages))


@remembered
def _between(inventory: Inventory, barred: frozenset[str] | None, bounds: tuple[Bounds, ...]) -> Spans:
    """The windows outside these blackouts (None: any time), and in the dates of a stage if there are any.

    All who ask for the same are given one object.
    """
    free = _any_time(inventory)
    if barred is not None:
        free = window_spans(inventory).minus(tagged_blackouts(inventory, barred))
    return free.intersection(between_dates(inventory, bounds)) if bounds else free


def carrying_hours(inventory: Inventory, asset: Asset) -> Spans:
    """When a carried asset may be taken out of its rack."""
    return _free(inventory, asset, K.CARRY)


@remembered
def _any_time(inventory: Inventory) -> Spans:
    return Spans((inventory.project.horizon,))


def between_dates(inventory: Inventory, bounds: Iterable[Bounds]) -> Spans:
    """The minutes of the horizon that lie in one of these stages."""
    horizon = inventory.project.horizon
    dates = (
        (
            max(horizon.start, horizon.start if not_before is None else not_before),
            min(horizon.end, horizon.end if not_after is None else not_after),
        )
        for not_before, not_after in bounds
    )
    return Spans.of(Span(start, end) for start, end in dates if start < end)


def data_carried(inventory: Inventory) -> Iterator[tuple[Asset, Asset]]:
    """What holds data, with what it is carried by in every plan: itself, the storage of its cluster, a fixed host."""
    for asset in inventory.assets.values():
        for id in carriers(inventory, asset) if asset.stateful else ():
            if is_carried(inventory, inventory.assets[id]):
                yield asset, inventory.assets[id]


def carriers(inventory: Inventory, asset: Asset) -> tuple[str, ...]:
    """On what the data of an asset are for certain: a VM of a cluster may be on any host, its disks on the storage."""
    if asset.cluster is not None and asset.kind is AssetKind.VM:
        storage = inventory.clusters[asset.cluster].storage if asset.cluster in inventory.clusters else None
        return (storage,) if storage else ()
    found = [asset.id]
    while (below := _below(inventory.assets[found[-1]])) is not None and below not in found:
        found.append(below)
    return tuple(found)


def _below(asset: Asset) -> str | None:
    """What an asset is in for certain."""
    roams = asset.cluster is not None and asset.kind is AssetKind.VM
    return None if roams else asset.host or asset.chassis
