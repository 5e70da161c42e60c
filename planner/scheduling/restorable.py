"""Data move only while their restore is known to work, and after a backup of them can have been read back (S11)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.scheduling.binding import binds
from planner.scheduling.job import Job, JobKind
from planner.scheduling.safeguards import data_on
from planner.scheduling.unbacked import restorable_days
from planner.units.span import Minute


def while_restorable(inventory: Inventory, jobs: Sequence[Job]) -> tuple[Job, ...]:
    """The jobs, each move between the dates that the data on its subjects allow."""
    return tuple(_bounded(inventory, job) if job.kind is JobKind.MOVE else job for job in jobs)


def _bounded(inventory: Inventory, job: Job) -> Job:
    moving = (asset for asset in data_on(inventory, job.subjects) if _stays_on(inventory, asset, job))
    data = [asset for asset in moving if binds(inventory, "S11", asset.id)]
    bounds = [bound for asset in data for bound in _bounds(inventory, asset)]
    since = [at for at in (job.not_before, *(since for since, _ in bounds)) if at is not None]
    until = [at for at in (job.not_after, *(until for _, until in bounds)) if at is not None]
    return replace(job, not_before=max(since, default=None), not_after=min(until, default=None))


def _bounds(inventory: Inventory, asset: Asset) -> Iterator[tuple[Minute | None, Minute | None]]:
    """Not before a first backup can be there, and in the days that the restore test is good for."""
    backup, clock, project = asset.backup, inventory.clock, inventory.project
    if backup is None:
        return
    begin = max(project.horizon.start, clock.minute(project.as_of))
    read = backup.verify.duration.likely if backup.verify is not None else 0
    yield begin + backup.work.duration.likely + read, None
    good = restorable_days(inventory, backup)
    if good is not None:
        yield good.start, good.end


def _stays_on(inventory: Inventory, asset: Asset, job: Job) -> bool:
    """Whether the data are where they are declared to be: a VM without shared storage lies on its own host alone."""
    cluster = inventory.clusters.get(asset.cluster or "")
    alone = cluster is not None and cluster.storage is None
    return not alone or asset.id in job.subjects or asset.host in job.subjects
