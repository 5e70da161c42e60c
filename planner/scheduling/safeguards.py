"""What has to happen in time before something is touched: backups that are read back, a lowered time to live."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.calendar import preparable
from planner.model.asset import Asset, Backup, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.scheduling.polish import TimedTurn
from planner.scheduling.prepare import Preparation
from planner.scheduling.task import Task
from planner.units.clock import DAY
from planner.units.span import Minute, Span, Spans

K = StepKind
BACK_AGAIN = frozenset({K.CHECK, K.START})
NEVER = Spans()
GRID = 30
"""Minutes between the places that are tried for a step."""


@dataclass(frozen=True, slots=True)
class Safeguards:
    """Books what each turn of ``timed`` needs before it begins."""

    preparation: Preparation
    timed: Sequence[TimedTurn]

    def before(self, turn: TimedTurn) -> None:
        """A backup of all data that move (S11), and the time to live of every address that changes (S10)."""
        inventory = self.preparation.inventory
        subjects = [s for job in turn.draft.jobs for s in turn.draft.subjects[job]]
        for asset in data_on(inventory, subjects):
            if asset.backup is not None:
                self._back_up(asset, asset.backup, turn.start)
        for asset in (inventory.assets[s] for s in subjects if s in inventory.assets):
            work = asset.works.get(K.LOWER_TTL)
            if asset.new_address and asset.old_ttl and work:
                self._book(asset, K.LOWER_TTL, work, turn.start - asset.old_ttl, 30 * DAY)

    def _back_up(self, asset: Asset, backup: Backup, before: Minute) -> None:
        """Taken while the asset is on, and read back before the turn begins."""
        limit = before
        if backup.verify is not None and backup.verify.duration.likely:
            read = self._book(asset, K.VERIFY, backup.verify, before, backup.max_age)
            limit = read.start if read else before
        if backup.work.duration.likely:
            self._book(asset, K.BACK_UP, backup.work, limit, backup.max_age - (before - limit), self._off(asset.id))

    def _off(self, id: str) -> Spans:
        """When the turns have the asset off."""
        return Spans.of(span for turn in self.timed for span in _off_in(turn.steps, id))

    def _book(
        self, asset: Asset, kind: StepKind, work: Work, before: Minute, age: int, avoid: Spans = NEVER
    ) -> Step | None:
        """Book the latest place that ends at or before ``before``, at most ``age`` minutes earlier, if there is one."""
        minutes = work.duration.likely
        free = preparable(self.preparation.inventory, asset.id).minus(avoid)
        task = Task(f"{asset.id}/{kind}", kind, (asset.id,), minutes, work.crew, work.witness)
        for back in range(0, age, GRID) if minutes else ():
            span = Span(before - minutes - back, before - back)
            step = self.preparation.at(task, span.start, span) if free.covers(span) else None
            if step:
                self.preparation.steps.append(step)
                return step
        return None


def data_on(inventory: Inventory, subjects: Sequence[str]) -> Iterator[Asset]:
    """The assets with data among the subjects and inside them, in the order of the file.

    The data of a VM lie on the storage of its cluster; without one they are where its host is.
    """
    moving = set(subjects)
    for asset in inventory.assets.values():
        if asset.stateful and (asset.id in moving or not moving.isdisjoint(_under(inventory, asset))):
            yield asset


def _under(inventory: Inventory, asset: Asset) -> set[str]:
    cluster = inventory.clusters.get(asset.cluster or "")
    if cluster is not None and cluster.storage is not None:
        return {cluster.storage}
    hosts = cluster.hosts if cluster is not None else ()
    return {id for id in (asset.host, asset.chassis, *hosts) if id is not None}


def _off_in(steps: Sequence[Step], id: str) -> Iterator[Span]:
    own = [step for step in steps if id in step.assets]
    stops = [step.start for step in own if step.kind is K.STOP]
    back = [step.end for step in own if step.kind in BACK_AGAIN]
    if stops:
        yield Span(min(stops), max((*back, *(step.end for step in own))))
