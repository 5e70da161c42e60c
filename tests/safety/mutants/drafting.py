"""A valid plan by construction: jobs are laid into the days and nights of two weekends, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from planner.model import canonical
from planner.model.inventory import Inventory
from planner.plan.plan import Making, Outage, Plan
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CARRY_ON, CheckPoint, Gate, Turn, Wave
from planner.units.clock import Clock
from planner.units.span import Minute, Span
from tests.safety.mutants.counting import is_open, last_return, open_minutes
from tests.safety.mutants.job import Act, Job, K, Standing, crew, minutes, undone

CLOCK = Clock("Asia/Tokyo")
WINDOWS = ((9, 11), (16, 17))
"""First and last day of the two weekends of January 2027, from 08:00 to 20:00."""
SLOTS = ((0, 9, False), (0, 9, True), (0, 10, False), (0, 10, True), (0, 11, False))
SLOTS += ((1, 16, False), (1, 16, True), (1, 17, False))
"""Wave, day, and whether it is the night after that day."""
PAIRS = 4
DISCONNECTS = (K.UNMOUNT, K.CARRY, K.SWITCH_OVER, K.RENUMBER, K.DISPOSE)


def at(day: int, clock: str, month: int = 1) -> Minute:
    """A minute of January 2027, or of December 2026."""
    hours, left = clock.split(":")
    return CLOCK.minute(date(2026 if month == 12 else 2027, month, day), int(hours) * 60 + int(left))


def window(wave: int) -> Span:
    first, last = WINDOWS[wave]
    return Span(at(first, "08:00"), at(last, "20:00"))


@dataclass(frozen=True, slots=True)
class Case:
    """What all check points of one job share: who is there, whereto it turns back, and since when who is out."""

    wave: int
    there: tuple[str, ...]
    anchor: str | None
    out: Mapping[str, Minute]


@dataclass(slots=True)
class Draft:
    """A plan in the making."""

    inventory: Inventory
    random: Random
    standing: Standing
    steps: list[list[Step]] = field(default_factory=lambda: [[], []])
    turns: list[list[Turn]] = field(default_factory=lambda: [[], []])
    points: list[list[CheckPoint]] = field(default_factory=lambda: [[], []])
    gates: list[Gate] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    confirmed: list[Step] = field(default_factory=list)

    def lay(self, job: Job, wave: int, begin: Minute, there: tuple[str, ...]) -> Minute:
        """The job as a turn that begins then; its end."""
        before = Standing(dict(self.standing.place), dict(self.standing.host))
        row, anchor = self._timed(job, begin, there), self.turns[wave][-1].id if self.turns[wave] else None
        first = not any(step.kind in DISCONNECTS for step in self.steps[wave])
        case = Case(wave, there, anchor, {id: row[begun].start for id, (begun, _) in job.outs.items()})
        for number, (act, step) in enumerate(zip(job.acts, row, strict=True)):
            if first and act.kind in DISCONNECTS:
                self._point(case, f"{job.id}/0", (), step.start, undone(job.acts[:number], before))
            first = first and act.kind not in DISCONNECTS
            self.standing.after(act)
            if act.kind is K.CHECK:
                back = undone(job.acts[: number + 1], before)
                self._point(case, f"{job.id}/{number}", (step.id,), step.end, back)
        for id, (begun, ended) in job.outs.items():
            self._out(id, Span(row[begun].start, row[ended].end))
        if job.gate:
            irreversible = next(step for step in row if step.kind is K.DISPOSE)
            criteria = ("nobody misses it",)
            self.gates.append(Gate("gate", irreversible.start, irreversible.id, "ict/1", "ict/2", criteria))
        subjects = tuple(dict.fromkeys(id for act in job.acts for id in act.assets))
        self.turns[wave].append(Turn(f"{job.id}", subjects, row[0].start, row[-1].end))
        self.steps[wave] += row
        return row[-1].end

    def _timed(self, job: Job, begin: Minute, there: tuple[str, ...]) -> list[Step]:
        found = []
        for number, act in enumerate(job.acts):
            end = begin + minutes(self.inventory, act)
            found.append(self._step(f"{job.id}/{number:02}", act, begin, end, there))
            begin = end
        return found

    def _step(self, id: str, act: Act, begin: Minute, end: Minute, there: tuple[str, ...]) -> Step:
        people = crew(self.inventory, act, there)
        later = self._confirmation(act, end)
        told = (act.to, act.hosts, act.holder, later is not None)
        self.confirmed += [later] if later is not None else []
        return Step(id, act.kind, act.assets, begin, end, people, None, *told)

    def _confirmation(self, act: Act, accepted: Minute) -> Step | None:
        """Who can only be tested in office hours is accepted for good when these begin."""
        system = self.inventory.systems.get(act.assets[0])
        if act.kind is not K.ACCEPT or system is None or system.accept_hours is None:
            return None
        first = accepted
        while not is_open(self.inventory, system.accept_hours, first):
            first += 1
        return Step(f"p/{system.id}/confirm", K.CONFIRM, act.assets, first, first + 30, ("desk/1",))

    def _out(self, system: str, span: Span) -> None:
        self.outages.append(Outage(system, span, span.minutes, open_minutes(self.inventory, system, span)))

    def _point(self, case: Case, id: str, after: tuple[str, ...], planned: Minute, back: list[Act]) -> None:
        rollback, offset = [], 0
        for act in back:
            length = minutes(self.inventory, act)
            people = crew(self.inventory, act, case.there)
            told = (people, None, act.to, act.hosts, act.holder)
            rollback.append(RollbackStep(act.kind, act.assets, offset, length, *told))
            offset += length
        returns = [(window(case.wave).end, "window")]
        returns += [(last_return(self.inventory, system, since), system) for system, since in case.out.items()]
        latest, bound = min(returns)
        deadline = latest - self.inventory.policy.margin - offset
        point = CheckPoint(id, after, planned, False, offset, deadline, bound, case.anchor, tuple(rollback))
        self.points[case.wave].append(point)

    def plan(self, preparation: tuple[Step, ...]) -> Plan:
        waves = [self._wave(wave) for wave in (0, 1)]
        of = self.inventory
        final = {id: place for id, place in self.standing.place.items() if place != of.assets[id].at}
        told = tuple(sorted(self.outages, key=lambda outage: (outage.span, outage.system)))
        prepared = tuple(sorted((*preparation, *self.confirmed), key=lambda step: (step.start, step.id)))
        return Plan(of, canonical.digest(of), Making("test", "by hand"), prepared, tuple(waves), told, final)

    def _wave(self, wave: int) -> Wave:
        day = date(2027, 1, WINDOWS[wave][0])
        steps = tuple(sorted(self.steps[wave], key=lambda step: (step.start, step.id)))
        end = {}
        if wave == 1 and self.gates:
            named = self.gates[0].before
            end = {"gates": tuple(self.gates), "point_of_no_return": named, "fallback": CARRY_ON}
        rest = {"check_points": tuple(self.points[wave]), **end, "fallback_minutes": 60 if end else None}
        return Wave(f"w{wave}", f"weekend/{day}", window(wave), tuple(self.turns[wave]), steps, **rest)


def drafted(random: Random, inventory: Inventory, jobs: list[Job], preparation: tuple[Step, ...]) -> Plan:
    """Every job in a slot of its kind; a pair of people for each slot."""
    draft = Draft(inventory, random, Standing.of(inventory))
    held = _shared_out(random, jobs)
    for number, (wave, day, night) in enumerate(SLOTS):
        late = random.randint(0, 20)
        # the longest night has ten minutes to spare
        now = at(day, "23:00") + min(late, 10) if night else at(day, "09:00") + late
        pair = 2 * (number % PAIRS)
        there = (f"ict/{pair + 1}", f"ict/{pair + 2}", "mv/1", "mv/2", "cr/1")
        for job in held[number]:
            now = draft.lay(job, wave, now, there) + random.choice((0, 5, 20))
    return draft.plan(preparation)


def _shared_out(random: Random, jobs: list[Job]) -> Mapping[int, list[Job]]:
    """Jobs in the order written where they are one another's, at random otherwise; the last ones in the last slot."""
    held: dict[int, list[Job]] = {number: [] for number in range(len(SLOTS))}
    for job in jobs:
        fitting = [n for n, (wave, _, night) in enumerate(SLOTS) if wave in job.waves and night is job.night]
        least = min(sum(len(job.acts) for job in held[n]) for n in fitting)
        even = [n for n in fitting if sum(len(job.acts) for job in held[n]) == least]
        held[len(SLOTS) - 1 if job.last else random.choice(even)].append(job)
    return held
