"""The *planted* benchmark: an estate of any size with a hidden plan of so many waves, each filled 85-95 %.

Every crew of movers has a box in its hands from the first turn of a wave to the last one that can be turned back.
Services are open all day and all night; each may be out for what the hidden plan takes, turning back included, and a
tenth more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from planner.model import canonical
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.model.place import Position
from planner.model.policy import Policy, Staff, Weights
from planner.model.timetable import DailyHours, DaySet, DayType, Hours, Timetable, WindowPattern, WindowShape
from planner.model.transport import Conveyance, ConveyanceKind, Route
from planner.plan.plan import Making, Outage, Plan
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Turn, Wave
from planner.units.span import Minute, Span
from tests.benchmarks import campus
from tests.benchmarks.act import Act, Hands, acts, undoing
from tests.benchmarks.campus import CLOCK, FIRST, NIGHT
from tests.benchmarks.department import LAYING, Piece
from tests.benchmarks.planting import Planting, plant

K = StepKind
MARGIN = 30
AWAY = frozenset({K.UNMOUNT, K.SWITCH_OVER})
WAVE = 10**9
"""As few waves as the budgets allow: nothing else weighs as much as one wave."""
SPARE = 1.1
"""Budgets are those that the hidden plan needs, times this."""


def planted(assets: int, seed: int) -> Plan:
    """The hidden plan, with the inventory that it is hidden in; the same for the same size and seed."""
    planting = plant(assets, seed)
    nights = [Night(planting, number) for number in range(len(planting.waves))]
    budgets = _budgets(nights)
    office = estate(planting, budgets)
    spent: dict[str, int] = {}
    test = Step("bridge/test", K.TEST, ("bridge",), EVE, EVE + 60, ("engineers/0",))
    laid = [night.laying() for night in nights]
    return Plan(
        inventory=office,
        inventory_hash=canonical.digest(office),
        making=Making("benchmark", "by construction"),
        preparation=(test, *(step for night in nights for step in night.backups()), *(s for row in laid for s in row)),
        waves=tuple(night.wave(budgets, spent) for night in nights),
        outages=tuple(sorted((o for n in nights for o in n.outages()), key=lambda o: (o.span.start, o.system))),
        placements={id: at for each in planting.departments for id, at in each.positions("new").items()},
    )


EVE = CLOCK.minute(FIRST - timedelta(days=1), 14 * 60)


def estate(planting: Planting, budgets: Mapping[str, int]) -> Inventory:
    """Everything that there is; windows are twice as many as waves and one more."""
    each, days = planting.departments, 2 * len(planting.waves) + 1
    start, end = CLOCK.minute(FIRST - timedelta(days=9)), CLOCK.minute(FIRST + timedelta(days=days), NIGHT[1] - 1440)
    office = campus.inventory((), Span(start, end))
    assets = [asset for department in each for asset in department.assets()]
    systems = [system for department in each for system in department.systems(budgets)]
    return replace(
        office,
        racks={rack.id: rack for department in each for rack in department.racks()},
        circuits={circuit.id: circuit for department in each for circuit in department.circuits()},
        segments={s.id: s for s in (department.segment() for department in each)},
        clusters={c.id: c for c in (department.cluster() for department in each)},
        assets={**office.assets, **{asset.id: asset for asset in assets}},
        systems={system.id: system for system in systems},
        teams={team.id: team for team in _teams(planting.crews)},
        conveyances={
            "truck": Conveyance(
                "truck", "truck", ConveyanceKind.VEHICLE, 1000.0, (120.0, 220.0), 2 * planting.crews + 2
            )
        },
        links={link.id: replace(link, mbps=100_000) for link in office.links.values()},
        routes=(Route(("old", "new"), ("truck",), 5, ("old door", "new door")),),
        timetable=_timetable(),
        policy=Policy(restore_test_days=10_000, staff=Staff(office="office", fresh=1), weights=Weights(wave=WAVE)),
    )


def _teams(crews: int) -> Iterator[Team]:
    for id, people, own in (("movers", 2 * crews, False), ("engineers", 2 * crews + 4, False), ("own", 4, True)):
        yield Team(id, id, tuple(Person(f"{id}/{n}", f"{id}/{n}") for n in range(people)), own=own)


def _timetable() -> Timetable:
    office = Hours("office", (DailyHours(DaySet(type=DayType.OPEN), 8 * 60 + 30, 17 * 60 + 15),))
    nights = DaySet(dates=((FIRST, FIRST + timedelta(days=5000)),))
    return Timetable(
        hours={"office": office}, windows=(WindowPattern("night", "night", WindowShape.DAILY, *NIGHT, nights),)
    )


@dataclass(slots=True)
class Night:
    """One wave of the hidden plan, on every second night."""

    planting: Planting
    number: int
    window: Span = field(init=False)
    turns: list[list[list[Act]]] = field(init=False)

    def __post_init__(self) -> None:
        self.window = Span(CLOCK.minute(self.day, NIGHT[0]), CLOCK.minute(self.day, NIGHT[1]))
        self.turns = []
        now = self.window.start
        for turn in self.planting.waves[self.number]:
            self.turns.append(list(self._turn(turn, now)))
            now = max(act.end for piece in self.turns[-1] for act in piece)

    @property
    def day(self) -> date:
        return FIRST + timedelta(days=2 * self.number)

    def _turn(self, turn: tuple[Piece, ...], start: Minute) -> Iterator[list[Act]]:
        crew = 0
        own = self.number % 2 * 2
        for piece in turn:
            pairs = tuple((f"movers/{2 * n}", f"movers/{2 * n + 1}") for n in range(crew, crew + len(piece.boxes)))
            engineer = f"engineers/{crew if piece.boxes else 2 * self.planting.crews}"
            yield acts(piece, Hands(pairs, (f"own/{own}", f"own/{own + 1}"), (engineer,)), start)
            crew += len(piece.boxes)

    def id(self, turn: int) -> str:
        return f"N{self.number}-T{turn}"

    def wave(self, budgets: Mapping[str, int], spent: dict[str, int]) -> Wave:
        """With the check points of every turn; ``spent`` grows by what services are out."""
        turns: list[Turn] = []
        steps: list[Step] = []
        points: list[CheckPoint] = []
        for number, pieces in enumerate(self.turns):
            own = [act for piece in pieces for act in piece]
            named = {act: self._step(act) for act in own}
            steps += named.values()
            points += self._points(number, named, budgets, spent)
            for id, span in self.out(number).items():
                spent[id] = spent.get(id, 0) + span.minutes
            moved = dict.fromkeys(id for act in own if act.kind in AWAY for id in act.ids)
            turns.append(Turn(self.id(number), tuple(moved), min(a.start for a in own), max(a.end for a in own)))
        window = f"night/{self.day.isoformat()}"
        if self.number == len(self.planting.waves) - 1:
            steps.append(Step("bridge/close", K.CLOSE, ("bridge",), turns[-1].end, turns[-1].end + 5, ("engineers/0",)))
        ordered = tuple(sorted(steps, key=lambda step: (step.start, step.id)))
        return Wave(f"N{self.number}", window, self.window, tuple(turns), ordered, tuple(points))

    def _step(self, act: Act) -> Step:
        id = f"N{self.number}/{act.ids[0]}/{act.kind.value}"
        return Step(id, act.kind, act.ids, act.start, act.end, act.people, to=self._to(act, "new"))

    def _to(self, act: Act, room: str) -> dict[str, Position]:
        if act.kind is K.SWITCH_OVER:
            return {act.ids[0]: Position(room)}
        if act.kind not in (K.CARRY, K.MOUNT):
            return {}
        (id,) = act.ids
        department = self.planting.departments[int(id.partition("-")[0][1:])]
        return {id: department.places[room][id]}

    def instants(self, turn: int) -> list[Minute]:
        """The check points of a turn: before the first disconnection of the wave, and where checks end."""
        own = [act for piece in self.turns[turn] for act in piece]
        first = [min(act.start for act in own if act.kind in AWAY)] if turn == 0 else []
        return sorted({*first, *(act.end for act in own if act.kind is K.CHECK)})

    def back(self, turn: int, at: Minute) -> list[Act]:
        """What turning back from a check point takes."""
        return [act for piece in self.turns[turn] for act in undoing(piece, at)]

    def _points(
        self, turn: int, named: Mapping[Act, Step], budgets: Mapping[str, int], spent: Mapping[str, int]
    ) -> Iterator[CheckPoint]:
        latest = [(self.window.end, "window")]
        latest += [(span.start + budgets[id] - spent.get(id, 0), id) for id, span in self.out(turn).items()]
        at_the_latest, bound = min(latest)
        anchor = self.id(turn - 1) if turn else None
        for number, at in enumerate(self.instants(turn)):
            back = self.back(turn, at)
            minutes = max((act.end for act in back), default=0)
            rows = tuple(RollbackStep(a.kind, a.ids, a.start, a.minutes, a.people, to=self._to(a, "old")) for a in back)
            after = tuple(step.id for act, step in named.items() if act.kind is K.CHECK and act.end == at)
            deadline = at_the_latest - MARGIN - minutes
            id = f"{self.id(turn)}-C{number}"
            yield CheckPoint(id, after, at, False, minutes, deadline, bound, anchor, rows)

    def out(self, turn: int) -> dict[str, Span]:
        """Which services are out in a turn, from the first minute to the last."""
        found: dict[str, Span] = {}
        for piece in self.turns[turn]:
            for id, span in _taken_down(piece):
                for system in self._users(id):
                    old = found.get(system, span)
                    found[system] = Span(min(old.start, span.start), max(old.end, span.end))
        return found

    def _users(self, id: str) -> tuple[str, ...]:
        """The service itself, and which services need it, or an asset, live."""
        return self.planting.departments[int(id.partition("-")[0][1:])].users.get(id, ())

    def outages(self) -> Iterator[Outage]:
        for turn in range(len(self.turns)):
            for id, span in self.out(turn).items():
                yield Outage(id, span, span.minutes, span.minutes)

    def backups(self) -> Iterator[Step]:
        """The storages' backups, in the afternoon before."""
        kept = [p.storage for turn in self.planting.waves[self.number] for p in turn if p.storage]
        noon = CLOCK.minute(self.day, 14 * 60)
        for id in kept:
            yield Step(f"{id}/back_up", K.BACK_UP, (id,), noon, noon + 60)
            yield Step(f"{id}/verify", K.VERIFY, (id,), noon + 60, noon + 90)

    def laying(self) -> Iterator[Step]:
        """The new ends of the lines, one after the other on the first day."""
        lines = [p.line for turn in self.planting.waves[self.number] for p in turn if p.line]
        for line in lines:
            yield Step(f"{line}/lay", K.LAY, (line,), EVE, EVE + LAYING, to={line: Position("new")})


def _taken_down(piece: list[Act]) -> Iterator[tuple[str, Span]]:
    """What of a piece is down from its stop to its check or acceptance, and a line while it is switched over."""
    for act in piece:
        if act.kind is K.SWITCH_OVER:
            yield act.ids[0], Span(act.start, act.end)
        if act.kind is K.STOP:
            for id in act.ids:
                up = next(a for a in piece if a.kind in (K.CHECK, K.ACCEPT) and id in a.ids)
                yield id, Span(act.start, up.end)


def _budgets(nights: list[Night]) -> dict[str, int]:
    """By service: what it is out, in the last of its outages with turning back and the margin, and a tenth more."""
    spent: dict[str, int] = {}
    needed: dict[str, int] = {}
    for night in nights:
        for turn in range(len(night.turns)):
            back = max(at + max((a.end for a in night.back(turn, at)), default=0) for at in night.instants(turn))
            for id, span in night.out(turn).items():
                before = spent.get(id, 0)
                needed[id] = max(needed.get(id, 0), before + max(span.end, back + MARGIN) - span.start)
                spent[id] = before + span.minutes
    return {id: -(-int(minutes * SPARE * 10) // 10) for id, minutes in needed.items()}
