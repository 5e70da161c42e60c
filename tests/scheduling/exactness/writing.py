"""The brute force's optimum as a plan, for the verifier to judge."""

from collections.abc import Iterator

from planner.model import canonical
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.plan import Making, Outage, Plan
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Turn, Wave
from planner.safety.replay import Replay
from planner.safety.timetable import hours
from planner.units.span import Span
from tests.scheduling.exactness.enumeration import Walk
from tests.scheduling.exactness.slots import SLOT, Op, Slots
from tests.scheduling.exactness.turning_back import Return

K = StepKind
MOVING = (K.CARRY, K.MOUNT)


class Writer:
    """Writes one walk down."""

    def __init__(self, inventory: Inventory, windows: tuple[Span, ...], walk: Walk) -> None:
        self.inventory, self.windows, self.walk = inventory, windows, walk
        self.slots = Slots(inventory)
        self.moved: list[tuple[int, int]] = []

    def plan(self) -> Plan:
        waves = tuple(wave for n, window in enumerate(self.windows, 1) if (wave := self._wave(f"W{n}", window)))
        tests = tuple(
            Step(f"P-{id}", K.TEST, (id,), 0, link.test.likely)
            for id, link in self.inventory.links.items()
            if link.bridge
        )
        return Plan(
            self.inventory,
            canonical.digest(self.inventory),
            Making("test", "brute force"),
            tests,
            waves,
            tuple(self._told((*tests, *(step for wave in waves for step in wave.steps)))),
            {a.id: a.stages[-1].position for a in self.inventory.assets.values() if a.stages},
        )

    def _told(self, steps: tuple[Step, ...]) -> Iterator[Outage]:
        for id, spans in Replay.of(self.inventory, steps).unavailable.items():
            for span in spans:
                inside = hours(self.inventory, self.inventory.systems[id].hours, span).minutes
                yield Outage(id, span, span.minutes, inside)

    def _wave(self, id: str, window: Span) -> Wave | None:
        begun = [(t, n, op) for t, n, op in self.walk.begun if t * SLOT in window]
        if not begun:
            return None
        people = Names(self.inventory)
        steps = tuple(
            Step(
                f"{id}-{number}",
                op.kind,
                (self.slots.subjects[n],),
                t * SLOT,
                (t + op.slots) * SLOT,
                people.of(t, op),
                to=self._to(n, back=False) if op.kind in MOVING else {},
            )
            for number, (t, n, op) in enumerate(begun)
        )
        turns = tuple(self._turns(id, steps, window))
        points = tuple(
            self._point(f"{id}-C{number}", t * SLOT, way, steps, turns)
            for number, (t, way) in enumerate(self.walk.returns)
            if window.start <= t * SLOT <= window.end
        )
        return Wave(id, window_id(self.inventory, window), window, turns, steps, points)

    def _turns(self, wave: str, steps: tuple[Step, ...], window: Span) -> Iterator[Turn]:
        since = window.start
        for number, end in enumerate(t * SLOT for t in self.walk.turns if window.start < t * SLOT <= window.end):
            own = [step for step in steps if since <= step.start < end]
            yield Turn(f"{wave}-T{number}", tuple(dict.fromkeys(a for s in own for a in s.assets)), own[0].start, end)
            since = end

    def _point(self, id: str, at: int, way: Return, steps: tuple[Step, ...], turns: tuple[Turn, ...]) -> CheckPoint:
        after = tuple(step.id for step in steps if step.end == at and step.kind is K.CHECK)
        begun = min([s.start for s in steps if s.id in after] or [at])
        anchors = [turn.id for turn in turns if turn.end <= begun]
        people = Names(self.inventory)
        rollback = tuple(
            RollbackStep(
                step.op.kind,
                (self.slots.subjects[step.subject],),
                step.offset * SLOT,
                step.op.slots * SLOT,
                people.of(step.offset, step.op),
                to=self._to(step.subject, back=True) if step.op.kind in MOVING else {},
            )
            for step in way.steps
        )
        return CheckPoint(
            id, after, at, False, way.slots * SLOT, at, "window", anchors[-1] if anchors else None, rollback
        )

    def _to(self, n: int, *, back: bool) -> dict[str, Position]:
        asset = self.inventory.assets[self.slots.subjects[n]]
        assert asset.at is not None
        return {asset.id: asset.at if back else asset.stages[-1].position}


def window_id(inventory: Inventory, window: Span) -> str:
    """The name of the window in the calendar: its pattern and its day."""
    day = inventory.clock.day(window.start)
    pattern = next(p for p in inventory.timetable.windows if (day, day) in p.days.dates)
    return f"{pattern.id}/{day.isoformat()}"


class Names:
    """Gives steps of one team their people, in the order of time."""

    def __init__(self, inventory: Inventory) -> None:
        (team,) = inventory.teams.values()
        self.team = [person.id for person in team.people]
        self.free = dict.fromkeys(self.team, 0)

    def of(self, slot: int, op: Op) -> tuple[str, ...]:
        """Whoever has nothing else to do from this slot on."""
        chosen = [person for person in self.team if self.free[person] <= slot][: op.people]
        assert len(chosen) == op.people
        self.free.update(dict.fromkeys(chosen, slot + op.slots))
        return tuple(chosen)
