"""Facts that no plan mends: told before any is drafted, each a violation in every plan that does what is asked.

A rule that the policy turned into a warning, or that is waived for those concerned, gives no such fact.
"""

from collections.abc import Iterator

from planner.model.asset import Asset
from planner.model.chain import HANDS_ON, Method, StepKind
from planner.model.inventory import Inventory
from planner.plan.refusal import Reason
from planner.scheduling.binding import binds
from planner.scheduling.inevitable import data_carried, due_steps, is_renumbered, must_change, takes_time
from planner.scheduling.overfull import overfull
from planner.scheduling.unbacked import unbacked
from planner.scheduling.understaffed import understaffed

K = StepKind


def unmendable(inventory: Inventory) -> tuple[Reason, ...]:
    """Every fact for which no plan of the inventory can be safe; empty where nothing is known against one."""
    return (
        *_not_accepted(inventory),
        *unbacked(inventory),
        *_without_length(inventory),
        *overfull(inventory),
        *understaffed(inventory),
    )


def _not_accepted(inventory: Inventory) -> Iterator[Reason]:
    """S18: what is applied for and not accepted on ``as_of`` is no date, so nobody may touch the asset."""
    clock, today = inventory.clock, inventory.project.as_of
    for asset in inventory.assets.values():
        applied = asset.application
        if applied is None or not binds(inventory, "S18", asset.id):
            continue
        accepted = applied.accepted is not None and clock.day(applied.accepted) <= today
        if not accepted and any(due.kind in HANDS_ON for due in due_steps(inventory, asset)):
            values = {"asset": asset.id, "body": asset.handled_by or "-", "as_of": today.isoformat()}
            yield Reason("fact_not_accepted", (asset.id,), values, (f"assets.{asset.id}.application", "project.as_of"))


def _without_length(inventory: Inventory) -> Iterator[Reason]:
    """Steps that a rule demands and that cannot be written, because their work takes no time."""
    data = {asset.id for asset, _ in data_carried(inventory)}
    for asset in inventory.assets.values():
        backups = [(kind, "backup.steps") for kind in _of_data(inventory, asset)] if asset.id in data else []
        others = [(kind, "steps") for kind in (*_of_address(inventory, asset), *_of_line(inventory, asset))]
        for kind, steps in (*backups, *others):
            values = {"asset": asset.id, "kind": kind.value}
            yield Reason("fact_takes_no_time", (asset.id,), values, (f"assets.{asset.id}.{steps}.{kind}",))


def _of_data(inventory: Inventory, asset: Asset) -> Iterator[StepKind]:
    backup = asset.backup
    if backup is not None and binds(inventory, "S11", asset.id) and binds(inventory, "S21", asset.id):
        works = {K.BACK_UP: backup.work, **({K.VERIFY: backup.verify} if backup.verify else {})}
        yield from (kind for kind, work in works.items() if not work.duration.likely)


def _of_address(inventory: Inventory, asset: Asset) -> Iterator[StepKind]:
    changes = is_renumbered(inventory, asset) and binds(inventory, "S10", asset.id)
    if changes and asset.old_ttl and not takes_time(asset, K.LOWER_TTL):
        yield K.LOWER_TTL


def _of_line(inventory: Inventory, asset: Asset) -> Iterator[StepKind]:
    relaid = asset.method is Method.RELAY and must_change(inventory, asset) and binds(inventory, "S18", asset.id)
    if relaid and not takes_time(asset, K.SWITCH_OVER) and any(due_steps(inventory, asset)):
        yield K.SWITCH_OVER
