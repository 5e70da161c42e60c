"""When steps may lie: closed hours, rooms that can be used, no blackout; each asked of the calendar once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planner.calendar import hours, systems_on, usable
from planner.model.inventory import Inventory
from planner.scheduling.job import Job, JobKind
from planner.units.span import Span, Spans


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """The calendar of an estate, as far as it binds the steps of its jobs."""

    inventory: Inventory
    _hours: dict[str, Spans] = field(default_factory=dict)
    _usable: dict[tuple[object, ...], Spans] = field(default_factory=dict)
    _families: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._families.update(_families(self.inventory))

    def service_hours(self, system: str) -> Spans:
        """The hours in which a system is in service."""
        if system not in self._hours:
            named, project = self.inventory.systems[system].hours, self.inventory.project
            self._hours[system] = hours(self.inventory.timetable, self.inventory.clock, named, project.horizon)
        return self._hours[system]

    def usable_by(
        self, subject: str, job: Job | None, affected: tuple[str, ...], heirs: frozenset[str] = frozenset()
    ) -> Spans:
        """When a subject may be worked on while these systems are out, after the ``heirs`` have taken their roles."""
        own = heirs & self._families.get(subject, frozenset()) if heirs else heirs
        key = (subject, job.id if job else None, affected, own)
        if key not in self._usable:
            stage = job.stage if job and job.kind is JobKind.MOVE else None
            bearing = (*affected, *self._handed_over(subject, job))
            self._usable[key] = usable(self.inventory, subject, stage, bearing, own)
        return self._usable[key]

    def _handed_over(self, subject: str, job: Job | None) -> tuple[str, ...]:
        """The systems that run on the role that a switch-over hands over; it is work on the old one too."""
        role = self.inventory.assets[subject].replaces if job and job.kind is JobKind.SWITCH else None
        return systems_on(self.inventory, role) if role else ()

    def usable_by_all(
        self, users: Iterable[tuple[str, Job | None]], affected: tuple[str, ...], heirs: frozenset[str] = frozenset()
    ) -> Iterable[Spans]:
        """When each of these may be worked on while systems are out; what is the same for several once."""
        bound = tuple(id for id in affected if self.inventory.systems[id].blackouts)
        found = (self.usable_by(subject, job, bound, heirs) for subject, job in users)
        return {id(spans): spans for spans in found}.values()

    def forbidden(self, system: str, length: int, span: Span, spent: Mapping[str, int] | None) -> Spans:
        """The service hours in ``span`` in which an outage of ``length`` minutes may not lie.

        With ``spent``, the minutes that every system was out in its hours, what its budget leaves may be used.
        """
        left = 0 if spent is None else self.left(system, spent)
        if left >= length:
            return Spans()
        service = self.service_hours(system).within(span)
        ends = [*(part.start for part in service.parts[1:]), span.end]
        return Spans.of(
            Span(part.start, part.end - early)
            for part, following in zip(service, ends, strict=False)
            for early in (_early(part, left, length - (following - part.end), span),)
            if early < part.minutes
        )

    def left(self, system: str, spent: Mapping[str, int]) -> int:
        """What its budget leaves of one more outage in its hours, in minutes."""
        facts = self.inventory.systems[system]
        left = facts.budget - spent.get(system, 0)
        return max(0, left if facts.longest is None else min(left, facts.longest))


def _early(part: Span, left: int, lacking: int, span: Span) -> int:
    """How many of the last minutes of service before closed hours may be spent, ``lacking`` are not closed."""
    early = min(left, max(0, lacking))
    first = part.start == span.start
    return early if first or early < part.minutes else 0


def _families(inventory: Inventory) -> Mapping[str, frozenset[str]]:
    """Who replaces whom, directly or one after the other, for each asset that replaces or is replaced."""
    found: dict[str, frozenset[str]] = {}
    for asset in inventory.assets.values():
        if asset.replaces:
            joined = found.get(asset.id, frozenset((asset.id,))) | found.get(asset.replaces, {asset.replaces})
            found.update(dict.fromkeys(joined, joined))
    return found
