"""Who is on duty when: a window is cut into blocks of at most one shift, with a rest between them."""

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.calendar import hours
from planner.model.asset import Demand
from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.scheduling.freshness import somebody_fresh, working_part
from planner.scheduling.haulage import at_once
from planner.scheduling.task import Task
from planner.units.clock import DAY
from planner.units.span import Minute, Span, Spans

NIGHT = 20 * 60
MORNING = 8 * 60


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Where in the day the shifts of a long window lie: they begin ``start`` minutes after local midnight."""

    id: str
    start: int


def rhythms() -> tuple[Rhythm, ...]:
    """The beginnings that are tried: in the morning, in the evening, and late, when long services have closed."""
    return (Rhythm("day", MORNING), Rhythm("evening", NIGHT), Rhythm("late", 23 * 60), Rhythm("dusk", 17 * 60 + 30))


def blocks(inventory: Inventory, window: Span, rhythm: Rhythm) -> tuple[Span, ...]:
    """Shifts inside the window, in order, each at most `Staff.shift` long and at least `Staff.rest` apart.

    A window that is no longer than one shift is one block, whatever the rhythm. Where nobody can be spared for the
    opening of the office, nobody works in the hours before it.
    """
    staff = inventory.policy.staff
    if window.minutes <= staff.shift:
        return (working_part(inventory, window),)
    clock, found = inventory.clock, []
    day = clock.day(window.start - DAY)
    at = clock.minute(day, rhythm.start)
    while at < window.end:
        block = Span(at, at + staff.shift).intersection(window)
        if block:
            found.append(working_part(inventory, block))
        at += max(DAY, staff.shift + staff.rest)
    return tuple(found)


@dataclass(slots=True)
class Roster:
    """What everybody has been given so far.

    ``busy`` are spans in order, ``overtime`` minutes outside office hours per (person, year, month).
    """

    inventory: Inventory
    busy: dict[str, list[Span]] = field(default_factory=dict)
    overtime: dict[tuple[str, int, int], int] = field(default_factory=dict)
    office: Spans = field(init=False)

    def __post_init__(self) -> None:
        office, timetable = self.inventory.policy.staff.office, self.inventory.timetable
        named = hours(timetable, self.inventory.clock, office, self.inventory.project.horizon)
        self.office = named if office else Spans()

    def copy(self) -> "Roster":
        return Roster(self.inventory, {k: list(v) for k, v in self.busy.items()}, dict(self.overtime))

    def restore(self, other: "Roster") -> None:
        """Take over the bookings of ``other``."""
        copied = other.copy()
        self.busy, self.overtime = copied.busy, copied.overtime

    def on_duty(self, team: Team, block: Span) -> tuple[Person, ...]:
        """Who may work in the whole block: present, rested, under the month's limit."""
        staff = self.inventory.policy.staff
        notice = self.inventory.clock.minute(self.inventory.project.as_of) + team.notice_days * DAY
        if block.start < notice or (team.contract and team.contract.covers and not team.contract.covers.covers(block)):
            return ()
        present = [p for p in team.people if not any(a.overlaps(block) for a in p.absent)]
        rested = [p for p in present if self._rested(p.id, block, staff.rest, staff.shift)]
        return tuple(p for p in rested if not team.own or self._month(p.id, block.start) < staff.month)

    def capacity(self, block: Span, spare: Mapping[str, int]) -> dict[tuple[str, str | None], int]:
        """People on duty per (team, skill); ``spare`` people of a team stay at home to be fresh when service opens.

        The trips that each conveyance serves at once are in it too.
        """
        found: dict[tuple[str, str | None], int] = at_once(self.inventory)
        for team in self.inventory.teams.values():
            people = self.on_duty(team, block)
            count = max(0, len(people) - spare.get(team.id, 0))
            found[team.id, None] = count
            for skill in sorted({skill for person in people for skill in person.skills}):
                found[team.id, skill] = min(count, sum(skill in person.skills for person in people))
        return found

    def everybody(self) -> dict[tuple[str, str | None], int]:
        """All people per (team, skill), as if nobody ever rested, and conveyances."""
        found: dict[tuple[str, str | None], int] = at_once(self.inventory)
        for team in self.inventory.teams.values():
            found[team.id, None] = len(team.people)
            for skill in {skill for person in team.people for skill in person.skills}:
                found[team.id, skill] = sum(skill in person.skills for person in team.people)
        return found

    def assign(
        self, tasks: Sequence[Task], starts: Mapping[str, Minute], block: Span, spare: Mapping[str, int]
    ) -> dict[str, tuple[tuple[str, ...], str | None]] | None:
        """Name people for each task (workers, witness); on success they are booked.

        None if a task finds nobody, or nobody would be fresh when the office opens.
        """
        given: dict[str, tuple[tuple[str, ...], str | None]] = {}
        pools = {t.id: self._pool(t, block, spare.get(t.id, 0)) for t in self.inventory.teams.values()}
        for task in sorted(tasks, key=lambda task: (starts[task.key], task.key)):
            span = Span(starts[task.key], starts[task.key] + task.minutes)
            chosen = self._choose(task.demands, pools, span)
            if chosen is None:
                return None
            witness = chosen.pop() if task.witness else None
            given[task.key] = (tuple(chosen), witness)
        worked = {Span(starts[task.key], starts[task.key] + task.minutes) for task in tasks if task.demands}
        if somebody_fresh(self.inventory, worked, self.is_free):
            return given
        for task in tasks:
            workers, witness = given[task.key]
            for person in (*workers, *((witness,) if witness else ())):
                self._release(person, Span(starts[task.key], starts[task.key] + task.minutes))
        return None

    def _pool(self, team: Team, block: Span, spare: int) -> list[Person]:
        """Who may be named in a block: all but those at home, who are the same in every turn of it."""

        def key(person: Person) -> tuple[bool, int, int]:
            at_home = spare > 0 and self.is_free(person.id, block)
            return at_home, self._month(person.id, block.start), -len(person.skills)

        people = sorted(self.on_duty(team, block), key=key)
        return people[: max(0, len(people) - spare)]

    def _choose(self, demands: Sequence[Demand], pools: Mapping[str, list[Person]], span: Span) -> list[str] | None:
        chosen: list[str] = []
        for demand in sorted(demands, key=lambda d: d.skill is None):
            free = [p for p in pools[demand.team] if p.id not in chosen and self.is_free(p.id, span)]
            able = [p for p in free if demand.skill is None or demand.skill in p.skills]
            able.sort(key=lambda p: (len(p.skills), self._month(p.id, span.start)))
            if len(able) < demand.count:
                return None
            chosen.extend(p.id for p in able[: demand.count])
        for id in chosen:
            self.book(id, span)
        return self._in_demand_order(chosen, demands)

    def _in_demand_order(self, chosen: list[str], demands: Sequence[Demand]) -> list[str]:
        """The witness demand stands last in ``demands``, so its person has to stand last too."""
        by_sorted = iter(chosen)
        parts = {
            id(d): [next(by_sorted) for _ in range(d.count)] for d in sorted(demands, key=lambda d: d.skill is None)
        }
        return [person for demand in demands for person in parts[id(demand)]]

    def is_free(self, person: str, span: Span) -> bool:
        return not self._around(person, span)

    def book(self, person: str, span: Span) -> None:
        insort(self.busy.setdefault(person, []), span)
        self._count(person, span, 1)

    def _release(self, person: str, span: Span) -> None:
        self.busy[person].remove(span)
        self._count(person, span, -1)

    def _count(self, person: str, span: Span, times: int) -> None:
        local = self.inventory.clock.local(span.start)
        key = (person, local.year, local.month)
        outside = span.minutes - self.office.within(span).minutes
        self.overtime[key] = self.overtime.get(key, 0) + times * outside

    def _rested(self, person: str, block: Span, rest: int, shift: int) -> bool:
        """Whether working anywhere in the block keeps rest and shift: nothing booked less than a rest around it."""
        around = self._around(person, Span(block.start - rest, block.end + rest))
        inside = [b for b in around if block.covers(b)]
        return len(around) == len(inside) and block.minutes <= shift

    def _around(self, person: str, span: Span) -> list[Span]:
        """What somebody does in a span, in order; nobody does two things at a time."""
        busy = self.busy.get(person, [])
        last = first = bisect_left(busy, span.end, key=_start)
        while first and busy[first - 1].end > span.start:
            first -= 1
        return busy[first:last]

    def _month(self, person: str, at: Minute) -> int:
        local = self.inventory.clock.local(at)
        return self.overtime.get((person, local.year, local.month), 0)


def _start(span: Span) -> Minute:
    return span.start
