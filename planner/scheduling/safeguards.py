"""What has to happen in time before something is touched: backups that are read back, a lowered time to live."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planner.calendar import preparable
from planner.model.asset import Asset, Backup, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.plan.refusal import Reason
from planner.plan.step import Step
from planner.scheduling.binding import binds
from planner.scheduling.inevitable import carriers, takes_time
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
class Booking:
    """Work on an asset that ends at or before ``before``, at most ``age`` minutes earlier, and outside ``avoid``."""

    asset: Asset
    kind: StepKind
    work: Work
    before: Minute
    age: int
    avoid: Spans = NEVER

    @property
    def task(self) -> Task:
        minutes, work = self.work.duration.likely, self.work
        return Task(f"{self.asset.id}/{self.kind}", self.kind, (self.asset.id,), minutes, work.crew, work.witness)

    def places(self, inventory: Inventory) -> list[Span]:
        """The places that are tried, the latest first: on a grid, and up to the end of each free part."""
        minutes, first = self.work.duration.likely, self.before - self.age
        free = preparable(inventory, self.asset.id).minus(self.avoid)
        ends = {self.before - back for back in range(0, self.age, GRID)}
        ends |= {part.end for part in free if first < part.end <= self.before}
        tried = (Span(end - minutes, end) for end in sorted(ends, reverse=True))
        return [span for span in tried if free.covers(span)]


@dataclass(frozen=True, slots=True)
class Safeguards:
    """Books what each turn of ``timed`` needs before it begins; ``missing`` is what found no place and has to be."""

    preparation: Preparation
    timed: Sequence[TimedTurn]
    missing: list[Reason] = field(default_factory=list)

    def before(self, turn: TimedTurn) -> None:
        """A backup of all data that move (S11), and the time to live of every address that changes (S10)."""
        inventory = self.preparation.inventory
        subjects = [s for job in turn.draft.jobs for s in turn.draft.subjects[job]]
        for asset in data_on(inventory, subjects):
            if asset.backup is not None:
                self._back_up(asset, asset.backup, turn.start, needed=_moves(inventory, asset, subjects))
        for asset in (inventory.assets[s] for s in subjects if s in inventory.assets):
            work = asset.works.get(K.LOWER_TTL)
            if asset.new_address and asset.old_ttl and work and work.duration.likely:
                lowering = Booking(asset, K.LOWER_TTL, work, turn.start - asset.old_ttl, 30 * DAY)
                self._book(lowering, needed=binds(inventory, "S10", asset.id))

    def _back_up(self, asset: Asset, backup: Backup, before: Minute, *, needed: bool) -> None:
        """Taken while the asset is on, and read back before the turn begins."""
        limit = before
        if backup.verify is not None and backup.verify.duration.likely:
            read = self._book(Booking(asset, K.VERIFY, backup.verify, before, backup.max_age), needed=needed)
            limit = read.start if read else before
        if backup.work.duration.likely:
            age, off = backup.max_age - (before - limit), self._off(asset.id)
            self._book(Booking(asset, K.BACK_UP, backup.work, limit, age, off), needed=needed)

    def _off(self, id: str) -> Spans:
        """When the turns have the asset off."""
        return Spans.of(span for turn in self.timed for span in _off_in(turn.steps, id))

    def _book(self, booking: Booking, *, needed: bool) -> Step | None:
        """Book the latest place, if there is one; what is ``needed`` and finds none is missing."""
        task, places = booking.task, booking.places(self.preparation.inventory)
        for span in places:
            step = self.preparation.at(task, span.start, span)
            if step:
                self.preparation.steps.append(step)
                return step
        if needed:
            self.missing.append(self._reason(booking, places))
        return None

    def _reason(self, booking: Booking, places: Sequence[Span]) -> Reason:
        key = "preparation_without_people" if places else "preparation_without_hours"
        clock, task, asset = self.preparation.inventory.clock, booking.task, booking.asset
        values = {
            "asset": asset.id,
            "kind": task.kind.value,
            "minutes": str(task.minutes),
            "since": f"{clock.local(booking.before - booking.age - task.minutes):%Y-%m-%d %H:%M}",
            "before": f"{clock.local(booking.before):%Y-%m-%d %H:%M}",
            "teams": ", ".join(dict.fromkeys(demand.team for demand in task.demands)) or "-",
        }
        return Reason(key, (asset.id,), values, (f"assets.{asset.id}.{_written(task)}",))


def _moves(inventory: Inventory, asset: Asset, subjects: Sequence[str]) -> bool:
    """Whether the data of the asset are carried for certain with one of the subjects, and S11 binds it."""
    carried = [inventory.assets[id] for id in carriers(inventory, asset) if id in subjects]
    return any(takes_time(a, K.CARRY) for a in carried if a.method is Method.CARRY) and binds(
        inventory, "S11", asset.id
    )


def _written(task: Task) -> str:
    return f"steps.{task.kind}" if task.kind is K.LOWER_TTL else f"backup.steps.{task.kind}"


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
