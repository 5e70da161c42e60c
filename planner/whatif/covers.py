"""What stands in for an asset that does not come up, and for the systems that are out."""

from collections.abc import Iterable, Iterator

from planner.model.asset import AssetKind
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.plan.contingency import Cover, CoverKind, Loss
from planner.safety.moment import Moment
from planner.safety.redundancy import counts


def covers_of(inventory: Inventory, asset: str, end: Moment) -> Iterator[Cover]:
    """What holds in the end although the asset is lost: redundancy, what it replaces, an old end, copies."""
    yield from _redundancy(asset, end)
    old = inventory.assets[asset].replaces
    if old is not None and end.serves(old) == old and end.up(old):
        yield Cover(CoverKind.SPARE, (old,))
    if inventory.assets[asset].kind is AssetKind.LINE and inventory.assets[asset].dual_lay:
        yield Cover(CoverKind.OLD_END, (asset,))
    backup = inventory.assets[asset].backup
    if backup is not None and backup.copies:
        yield Cover(CoverKind.COPY, backup.copies)


def fallbacks(inventory: Inventory, losses: Iterable[Loss]) -> Iterator[Cover]:
    """What those do meanwhile who are out; nothing where the inventory names nothing."""
    for loss in losses:
        text = inventory.systems[loss.system].fallback
        if text is not None:
            yield Cover(CoverKind.FALLBACK, subject=loss.system, text=text)


def _redundancy(asset: str, end: Moment) -> Iterator[Cover]:
    """The members of each k-of-n need that still holds without the asset; each set of members once."""
    held: dict[tuple[str, ...], str] = {}
    for user in sorted(end.world.users.get(asset, ())):
        for count in counts(end, user):
            if asset in count.missing and not count.short:
                by = tuple(id for id in leaves(count.tree) if id not in count.missing)
                held.setdefault(tuple(dict.fromkeys(by)), user)
    yield from (Cover(CoverKind.REDUNDANCY, by, user) for by, user in held.items())
