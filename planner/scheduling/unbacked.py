"""Data that no plan can move safely: no backup, a restore that was tested too long ago, a copy beside them (S11)."""

from collections.abc import Iterator
from datetime import timedelta

from planner.model.asset import Asset, Backup
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.plan.refusal import Reason
from planner.scheduling.binding import binds
from planner.scheduling.inevitable import carrying_hours, data_carried, takes_time
from planner.units.span import Span

K = StepKind


def unbacked(inventory: Inventory) -> Iterator[Reason]:
    """Each fact for which data that every plan carries are not safe on the way."""
    for asset, carrier in data_carried(inventory):
        if not binds(inventory, "S11", asset.id):
            continue
        if asset.backup is None:
            yield Reason("fact_no_backup", (asset.id,), {"asset": asset.id}, (f"assets.{asset.id}.stateful",))
            continue
        if binds(inventory, "S21", asset.id):
            yield from _too_slow(asset, asset.backup)
        yield from _not_restorable(inventory, asset, asset.backup, carrier)
        if asset is carrier:
            yield from _beside(inventory, asset, asset.backup)


def restorable_days(inventory: Inventory, backup: Backup) -> Span | None:
    """From the first minute of the day of the restore test to the last of the days that it is good for."""
    if backup.restore_tested is None:
        return None
    clock, limit = inventory.clock, inventory.policy.restore_test_days
    tested = clock.day(backup.restore_tested)
    return Span(clock.minute(tested), clock.minute(tested + timedelta(days=limit + 1)))


def _too_slow(asset: Asset, backup: Backup) -> Iterator[Reason]:
    """Reading back lies between the end of the backup and the move, which are at most ``max_age`` apart."""
    read = backup.verify.duration.likely if backup.verify is not None else 0
    if read > backup.max_age:
        values = {"asset": asset.id, "minutes": str(read), "limit": str(backup.max_age)}
        yield Reason("fact_backup_too_slow", (asset.id,), values, (f"assets.{asset.id}.backup.max_age",))


def _not_restorable(inventory: Inventory, asset: Asset, backup: Backup, carrier: Asset) -> Iterator[Reason]:
    good, hours, clock = restorable_days(inventory, backup), carrying_hours(inventory, carrier), inventory.clock
    if good is None or not hours or hours.within(good):
        return
    values = {
        "asset": asset.id,
        "tested": clock.day(good.start).isoformat(),
        "limit": str(inventory.policy.restore_test_days),
        "first": clock.day(hours.parts[0].start).isoformat(),
        "last": clock.day(hours.parts[-1].end - 1).isoformat(),
    }
    yield Reason("fact_restore_test", (asset.id,), values, (f"assets.{asset.id}.backup.restore_tested",))


def _beside(inventory: Inventory, asset: Asset, backup: Backup) -> Iterator[Reason]:
    """All copies lie in one room that the asset is in while it is taken out or put up again."""
    rooms = {_room_of(inventory, copy) for copy in backup.copies}
    starts = [asset.at, *(stage.position for stage in asset.stages[:-1])]
    taken_out = {at.room for at in starts if at is not None and takes_time(asset, K.UNMOUNT)}
    put_up = {stage.position.room for stage in asset.stages if takes_time(asset, K.CHECK)}
    if len(rooms) == 1 and rooms <= taken_out | put_up:
        values = {"asset": asset.id, "copies": ", ".join(backup.copies), "room": str(next(iter(rooms)))}
        yield Reason("fact_copy_beside", (asset.id,), values, (f"assets.{asset.id}.backup.copies",))


def _room_of(inventory: Inventory, copy: str) -> str | None:
    """The room in which a copy lies throughout; None if that is not fixed."""
    if copy in inventory.rooms:
        return copy
    holder = inventory.assets.get(copy)
    fixed = holder is not None and holder.method is Method.STAY and not (holder.host or holder.chassis)
    return holder.at.room if fixed and holder is not None and holder.at and binds(inventory, "S21", copy) else None
