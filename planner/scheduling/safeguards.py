"""What has to happen in time: backups that are read back, a lowered time to live, confirmations of acceptances."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planner.calendar import preparable
from planner.model.asset import Asset, Backup, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.system import System
from planner.plan.refusal import Reason
from planner.plan.step import Step
from planner.scheduling.binding import binds
from planner.scheduling.booking import Booking
from planner.scheduling.inevitable import carriers, is_renumbered, takes_time
from planner.scheduling.polish import TimedTurn, testable
from planner.scheduling.prepare import Preparation, confirm
from planner.scheduling.task import Task
from planner.units.clock import DAY
from planner.units.duration import Duration
from planner.units.span import Minute, Span, Spans

K = StepKind
BACK_AGAIN = frozenset({K.CHECK, K.START})
NOTHING = Work(Duration.fixed(0))


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
            work = asset.works.get(K.LOWER_TTL, NOTHING)
            if asset.new_address and asset.old_ttl:
                lowering = Booking(asset, K.LOWER_TTL, work, turn.start - asset.old_ttl, 30 * DAY)
                self._book(lowering, needed=is_renumbered(inventory, asset) and binds(inventory, "S10", asset.id))

    def after(self, turn: TimedTurn) -> None:
        """The confirmation of every provisional acceptance, at the first minute at which it can be tested (S20)."""
        inventory = self.preparation.inventory
        for step, system in ((one, id) for one in turn.steps if one.provisional for id in one.assets):
            later = testable(inventory, system)
            first = next((max(part.start, step.end) for part in later if part.end > step.end), None)
            if first is None or later.covers(step.span) or confirm(self.preparation, system, first):
                continue
            if binds(inventory, "S20", system):
                self.missing.append(self._unconfirmed(inventory.systems[system], first))

    def _back_up(self, asset: Asset, backup: Backup, before: Minute, *, needed: bool) -> None:
        """Taken while the asset is on, and read back before the turn begins; one that is there already may do."""
        limit, needed = before, needed and not self._is_fresh(asset, backup, before)
        if backup.verify is not None:
            read = self._book(Booking(asset, K.VERIFY, backup.verify, before, backup.max_age), needed=needed)
            limit = read.start if read else before
        age, off = backup.max_age - (before - limit), self._off(asset.id)
        self._book(Booking(asset, K.BACK_UP, backup.work, limit, age, off), needed=needed)

    def _is_fresh(self, asset: Asset, backup: Backup, before: Minute) -> bool:
        """Whether a backup that is booked is young enough, and read back before the turn begins."""
        own = [step for step in self.preparation.steps if asset.id in step.assets and step.end <= before]
        taken = [step for step in own if step.kind is K.BACK_UP and before - step.end <= backup.max_age]
        return any(read.kind is K.VERIFY and read.start >= step.end for step in taken for read in own)

    def _off(self, id: str) -> Spans:
        """When the turns have the asset off."""
        return Spans.of(span for turn in self.timed for span in _off_in(turn.steps, id))

    def _book(self, booking: Booking, *, needed: bool) -> Step | None:
        """Book the latest place, if there is one; what is ``needed`` and finds none is missing."""
        task = booking.task
        places = booking.places(self.preparation.inventory) if task.minutes else []
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
        task, asset = booking.task, booking.asset
        fact = f"assets.{asset.id}.{'steps' if task.kind is K.LOWER_TTL else 'backup.steps'}.{task.kind}"
        if not task.minutes:
            return Reason("fact_takes_no_time", (asset.id,), {"asset": asset.id, "kind": task.kind.value}, (fact,))
        return Reason(key, (asset.id,), self._told(asset.id, task, booking.since, booking.before), (fact,))

    def _unconfirmed(self, system: System, first: Minute) -> Reason:
        work = system.works.get(K.CONFIRM, NOTHING)
        minutes = work.duration.likely
        task = Task(f"{system.id}/{K.CONFIRM}", K.CONFIRM, (system.id,), minutes, work.crew, work.witness)
        if not minutes:
            values = {"asset": system.id, "kind": K.CONFIRM.value}
            return Reason("fact_takes_no_time", (system.id,), values, (f"systems.{system.id}.steps.confirm",))
        told = self._told(system.id, task, first, first + minutes)
        frozen = not preparable(self.preparation.inventory, system.id).covers(Span(first, first + minutes))
        key = "preparation_without_hours" if frozen else "preparation_without_people"
        return Reason(key, (system.id,), told, (f"systems.{system.id}.accept_hours",))

    def _told(self, id: str, task: Task, since: Minute, before: Minute) -> dict[str, str]:
        clock = self.preparation.inventory.clock
        return {
            "asset": id,
            "kind": task.kind.value,
            "minutes": str(task.minutes),
            "since": f"{clock.local(since):%Y-%m-%d %H:%M}",
            "before": f"{clock.local(before):%Y-%m-%d %H:%M}",
            "teams": ", ".join(dict.fromkeys(demand.team for demand in task.demands)) or "-",
        }


def _moves(inventory: Inventory, asset: Asset, subjects: Sequence[str]) -> bool:
    """Whether the data of the asset are carried for certain with one of the subjects, and S11 binds it."""
    carried = [inventory.assets[id] for id in carriers(inventory, asset) if id in subjects]
    return any(takes_time(a, K.CARRY) for a in carried if a.method is Method.CARRY) and binds(
        inventory, "S11", asset.id
    )


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
