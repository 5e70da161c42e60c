"""An office of any size that moves from one machine room to another, cell by cell: a plan that keeps every rule.

Each night has three turns: one half of all pairs, the other half, then what has to be switched off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from planner.model import canonical
from planner.model.chain import StepKind
from planner.model.place import Position
from planner.plan.plan import Making, Outage, Plan
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Turn, Wave
from planner.units.span import Minute, Span
from tests.benchmarks.campus import (
    BOX,
    CLOCK,
    FIRST,
    HOSTS,
    NIGHT,
    PAIRS,
    SERVERS,
    SERVICE,
    STATEFUL,
    Cell,
    cells,
    inventory,
    positions,
)

K = StepKind
MARGIN = 30
ADDED = (K.UNMOUNT, K.MOUNT)
Group = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Name, assets, people: what is done with all of them is one step."""


def campus(assets: int, seed: int) -> Plan:
    """A valid plan of an office of so many assets; the same for the same seed."""
    moving = cells(assets, seed)
    days = len(moving)
    horizon = Span(CLOCK.minute(FIRST - timedelta(days=9)), CLOCK.minute(FIRST + timedelta(days=days + 40)))
    office = inventory(moving, horizon)
    nights = [Night(cell, last=cell is moving[-1]) for cell in moving]
    test = Step("bridge/test", K.TEST, ("bridge",), *_at(FIRST_EVE, 60), ("engineers/0",))
    return Plan(
        inventory=office,
        inventory_hash=canonical.digest(office),
        making=Making("benchmark", "by construction"),
        preparation=(test, *(step for night in nights for step in night.preparation())),
        waves=tuple(night.wave() for night in nights),
        outages=tuple(sorted((o for n in nights for o in n.outages()), key=lambda o: (o.span.start, o.system))),
        placements={id: at for cell in moving for id, at in positions(cell, "new").items()},
    )


FIRST_EVE = CLOCK.minute(FIRST - timedelta(days=1), 14 * 60)


def _at(start: Minute, minutes: int) -> tuple[Minute, Minute]:
    return start, start + minutes


@dataclass(frozen=True, slots=True)
class Phase:
    """Steps of one kind that begin together, and how long the longest of them takes."""

    kind: StepKind
    groups: tuple[Group, ...]

    def length(self, group: Group) -> int:
        minutes = {**BOX, **SERVICE}[self.kind]
        return minutes * len(group[1]) if self.kind in ADDED else minutes

    @property
    def minutes(self) -> int:
        return max(self.length(group) for group in self.groups)


class Night:
    """The wave of one cell."""

    def __init__(self, cell: Cell, *, last: bool) -> None:
        self.cell = cell
        self.last = last
        self.window = Span(CLOCK.minute(cell.day, NIGHT[0]), CLOCK.minute(cell.day, NIGHT[1]))
        self.places = {room: positions(cell, room) for room in ("old", "new")}
        own = (f"own/{cell.number % 2 * 2}", f"own/{cell.number % 2 * 2 + 1}")
        movers = [(f"movers/{n}", f"movers/{n + 1}") for n in range(0, 12, 2)]
        servers = cell.ids("s", SERVERS)
        self.halves = tuple(
            (f"half{n}", (cell.id(f"fw{n}"), *(cell.id(f"w{'ab'[n]}{m}") for m in range(PAIRS))), movers[n])
            for n in (0, 1)
        )
        self.storage: Group = ("san", (cell.id("san"),), own)
        self.hosts: Group = ("hosts", cell.ids("h", HOSTS), movers[2])
        self.servers = tuple((f"servers{n}", servers[n::3], movers[3 + n]) for n in range(3))
        self.guests: Group = ("guests", cell.guests, ("engineers/0",))
        self.services: Group = ("services", cell.stopped, ("engineers/1",))

    def down(self) -> list[Phase]:
        """Switching off, from the services to the storage."""
        upper = (self.services,), (self.guests,), (self.hosts,), (self.storage, *self.servers)
        return [Phase(K.STOP, groups) for groups in upper]

    def over(self) -> list[Phase]:
        boxes = (self.storage, self.hosts, *self.servers)
        return [Phase(kind, boxes) for kind in (K.UNMOUNT, K.CARRY, K.MOUNT)]

    def up(self) -> list[list[Phase]]:
        """Switching on, layer by layer; each layer ends in its checks."""
        layers = (self.storage, *self.servers), (self.hosts,), (self.guests,)
        rows = [[Phase(K.START, groups), Phase(K.CHECK, groups)] for groups in layers]
        return [*rows, [Phase(kind, (self.services,)) for kind in (K.START, K.ACCEPT)]]

    def wave(self) -> Wave:
        """Half of the pairs, the other half, everything else; with the check points of each."""
        steps: list[Step] = []
        points: list[CheckPoint] = []
        turns: list[Turn] = []
        now = self.window.start
        for number, half in enumerate(self.halves):
            turn, done, found = self._half(f"N{self.cell.number}-T{number}", half, now, turns[-1].id if turns else None)
            turns.append(turn)
            steps += done
            points += found
            now = turn.end
        turn, done, found = self._rest(f"N{self.cell.number}-T2", now, turns[-1].id)
        close = Step("bridge/close", K.CLOSE, ("bridge",), *_at(turn.end, 5), ("engineers/0",))
        window = f"night/{self.cell.day.isoformat()}"
        rest = (close,) if self.last else ()
        return Wave(
            f"N{self.cell.number}", window, self.window, (*turns, turn), (*steps, *done, *rest), (*points, *found)
        )

    def _half(
        self, id: str, half: Group, start: Minute, anchor: str | None
    ) -> tuple[Turn, list[Step], list[CheckPoint]]:
        phases = [Phase(kind, (half,)) for kind in BOX]
        steps = self._steps(id, phases, start)
        points = [self._point(f"{id}-C", steps[-1:], phases, anchor)]
        if anchor is None:
            points.insert(0, self._point(f"{id}-C0", steps[:1], phases[-2:], None, first=True))
        return Turn(id, half[1], start, steps[-1].end), steps, points

    def _rest(self, id: str, start: Minute, anchor: str) -> tuple[Turn, list[Step], list[CheckPoint]]:
        off, layers = [*self.down(), *self.over()], self.up()
        steps = self._steps(id, off, start)
        points = []
        for number, layer in enumerate(layers):
            steps += self._steps(id, layer, steps[-1].end if number else max(s.end for s in steps))
            last = [step for step in steps if step.end == steps[-1].end]
            if number < len(layers) - 1:
                back = [Phase(K.STOP, row[0].groups) for row in reversed(layers[: number + 1])]
                again = [phase for row in layers for phase in row]
                points.append(self._point(f"{id}-C{number}", last, [*back, *self.over(), *again], anchor))
            else:
                points.append(CheckPoint(f"{id}-end", (last[-1].id,), last[-1].end, final=True))
        moved = (self.storage, self.hosts, *self.servers, self.guests, self.services)
        return Turn(id, tuple(i for group in moved for i in group[1]), start, steps[-1].end), steps, points

    def _steps(self, turn: str, phases: Sequence[Phase], now: Minute) -> list[Step]:
        found = []
        for phase in phases:
            for group in phase.groups:
                name, ids, people = group
                id = f"{turn}/{name}/{phase.kind.value}"
                end = now + phase.length(group)
                found.append(Step(id, phase.kind, ids, now, end, people, to=self._to(phase.kind, ids, "new")))
            now += phase.minutes
        return found

    def _to(self, kind: StepKind, ids: tuple[str, ...], room: str) -> dict[str, Position]:
        return {id: self.places[room][id] for id in ids} if kind in (K.CARRY, K.MOUNT) else {}

    def _point(
        self, id: str, after: Sequence[Step], back: Sequence[Phase], anchor: str | None, *, first: bool = False
    ) -> CheckPoint:
        """A check point after these steps, and what undoes them."""
        rows: list[RollbackStep] = []
        now = 0
        for phase in back:
            for group in phase.groups:
                to = self._to(phase.kind, group[1], "old")
                rows.append(RollbackStep(phase.kind, group[1], now, phase.length(group), group[2], to=to))
            now += phase.minutes
        length = max(row.offset + row.minutes for row in rows)
        named = () if first else tuple(step.id for step in after)
        deadline = self.window.end - MARGIN - length
        return CheckPoint(id, named, after[-1].end, False, length, deadline, "window", anchor, tuple(rows))

    def outages(self) -> Iterator[Outage]:
        """Declared as they are computed: of what is stopped, of what needs that, of what needs the database."""
        steps = {step.id: step for step in self.wave().steps}
        turn = f"N{self.cell.number}-T2"
        out = Span(steps[f"{turn}/services/stop"].start, steps[f"{turn}/services/accept"].end)
        data = Span(steps[f"{turn}/servers0/stop"].start, steps[f"{turn}/servers0/check"].end)
        for id in (*self.cell.stopped, *self.cell.desks):
            yield Outage(id, out, out.minutes, 0)
        for id in self.cell.webs:
            yield Outage(id, data, data.minutes, 0)

    def preparation(self) -> Iterator[Step]:
        """The backups of the day."""
        kept = (self.cell.id("san"), *self.cell.ids("s", STATEFUL))
        noon = CLOCK.minute(self.cell.day, 14 * 60)
        yield Step(f"N{self.cell.number}/back_up", K.BACK_UP, kept, *_at(noon, 60))
        yield Step(f"N{self.cell.number}/verify", K.VERIFY, kept, *_at(noon + 60, 30))
