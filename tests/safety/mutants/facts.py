"""What every town has: rooms, racks, people, hours, windows, routes; and servers with their works."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from planner.model.asset import Asset, AssetKind, Demand, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Project
from planner.model.people import Contract, Person, Team
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.policy import Policy, Staff
from planner.model.timetable import Blackout, DailyHours, DaySet, DayType, Hours, Timetable, WindowPattern, WindowShape
from planner.model.transport import Conveyance, ConveyanceKind, Route
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import asset
from tests.safety.mutants.drafting import at

K = StepKind
RACKS = (1, 2, 3, 4)
OPEN = DaySet(type=DayType.OPEN)
HOURS = {
    "daily": Hours("daily", (DailyHours(DaySet(), 6 * 60 + 30, 23 * 60),)),
    "office": Hours("office", (DailyHours(OPEN, 8 * 60 + 30, 17 * 60 + 15),)),
    "visits": Hours("visits", (DailyHours(OPEN, 9 * 60, 17 * 60),)),
    "batch": Hours("batch", (DailyHours(DaySet(), 60, 120),)),
}
PROJECT = Project("mutants", "mutants", date(2026, 8, 31), Span(at(1, "00:00", 12), at(31, "00:00") + 60 * 1440))


def rooms() -> list[Room]:
    """Two server rooms, a badly supplied annex that is handed over on 7 January, a badly cooled branch, a vault."""
    server_room: dict[str, Any] = {"floor_kg_m2": 900.0, "va": 12_000, "cooling_w": 12_000}
    annex, branch = {**server_room, "va": 700}, {**server_room, "cooling_w": 700}
    new = at(7, "00:00")
    return [
        *(Room(id, id, RoomKind.SERVER_ROOM, **server_room) for id in ("old", "new")),
        Room("annex", "annex", RoomKind.TEMPORARY, opens=new, ready=new, readiness=("load test",), **annex),
        Room("branch", "branch", RoomKind.BRANCH, **branch),
        Room("vault", "vault", RoomKind.VAULT),
    ]


def racking(max_kg: float, amps: float) -> Mapping[str, Any]:
    """Four racks in each server room and one in the annex, each on a circuit of its own."""
    names = [(f"{room[0].upper()}{n}", room) for room in ("old", "new") for n in RACKS] + [("A1", "annex")]
    racks = {id: Rack(id, id, room, max_kg=max_kg, feeds=(f"c{id}",)) for id, room in names}
    return {"racks": racks, "circuits": {f"c{id}": Circuit(f"c{id}", room, 200, amps) for id, room in names}}


def teams() -> Mapping[str, Team]:
    """Eight of the office in pairs of which one has the skills, movers under contract, and the carrier."""
    skilled = frozenset({"db", "net"})
    # the first pair is away on the Sunday between its two days
    away = (Span(at(10, "06:00"), at(11, "00:00")),)
    own = tuple(
        Person(f"ict/{n}", f"ict/{n}", skilled if n % 2 else frozenset(), away if n <= 2 else ()) for n in range(1, 9)
    )
    covers = Span(at(1, "00:00"), at(1, "00:00") + 31 * 1440)
    by_day = Contract(covers, nights=False, closed_days=True, kinds=frozenset({"carry"}))
    people = tuple(Person(f"mv/{n}", f"mv/{n}") for n in (1, 2))
    return {
        "ict": Team("ict", "ict", own, own=True),
        "mv": Team("mv", "movers", people, notice_days=130, contract=by_day),
        "cr": Team("cr", "carrier", (Person("cr/1", "cr/1"),), notice_days=30),
        "desk": Team("desk", "desk", (Person("desk/1", "desk/1"),), own=False, hours="office"),
    }


def timetable() -> Timetable:
    """The coming-of-age day makes the first weekend long; accounts are closed on 8 to 12 January."""
    weekend = WindowPattern("weekend", "weekend", WindowShape.CLOSED_RUN, 8 * 60, 20 * 60, run_days=2)
    closing = Blackout("closing", "accounts are closed", (DaySet(dates=((date(2027, 1, 8), date(2027, 1, 12)),)),))
    holidays = {date(2027, 1, 11): "coming of age", date(2027, 1, 1): "new year"}
    return Timetable(holidays=holidays, hours=HOURS, windows=(weekend,), blackouts=(closing,))


def policy(random: Random, **more: Any) -> Policy:
    # everybody of the office has had a rest whenever a working day begins
    staff = Staff(shift=10 * 60, rest=11 * 60, month=12 * 60, office="office", fresh=8)
    facts = {"margin": random.choice((20, 30)), "critical_per_wave": 1, "staff": staff, **more}
    return Policy(decider="ict/1", deputy="ict/2", criteria=("nobody misses it",), **facts)


def transport() -> Mapping[str, Any]:
    lift = Conveyance("lift", "lift", ConveyanceKind.ELEVATOR, max_kg=120.0, door_cm=(90.0, 200.0))
    routes = (
        Route(("old", "new"), ("lift",), 20, ("guard old", "guard new")),
        Route(("branch", "annex"), (), 20, ("guard branch", "guard annex")),
    )
    return {"conveyances": {"lift": lift}, "routes": routes}


def position(room: str, rack: int, unit: int) -> Position:
    return Position(room, f"{room[0].upper()}{rack}", unit)


class Works:
    """Durations that are the same within one town, and crews."""

    def __init__(self, random: Random) -> None:
        self.stop, self.start = random.choice((5, 10)), random.choice((10, 15))
        self.mount = random.choice((20, 25))
        self.check = random.choice((10, 20))

    def box(self, hands: int = 1, skill: str | None = None, *, movers: bool = False) -> dict[StepKind, Work]:
        """The works of one box that is carried; ``movers`` carry it by day, people of the office at night."""
        own = (Demand("ict", hands),)
        carry = (Demand("mv", 2),) if movers else (Demand("ict", 2),)
        check = (Demand("ict", 1, skill), *((Demand("ict", hands - 1),) if hands > 1 else ()))
        lengths = {K.STOP: self.stop, K.UNMOUNT: 10, K.MOUNT: self.mount, K.START: self.start}
        found = {kind: Work(Duration.fixed(minutes), own) for kind, minutes in lengths.items()}
        return {**found, K.CARRY: Work(Duration.fixed(20), carry), K.CHECK: Work(Duration.fixed(self.check), check)}

    def automatic(self, **minutes: int) -> dict[StepKind, Work]:
        return {StepKind(kind): Work(Duration.fixed(length)) for kind, length in minutes.items()}

    def system(self) -> dict[StepKind, Work]:
        return self.automatic(stop=5, start=10, accept=10)


def box(
    id: str, kind: AssetKind, works: Mapping[StepKind, Work], here: Position, there: Position, **more: Any
) -> Asset:
    """Something of two units and a known weight and draw that is carried to another rack."""
    facts: dict[str, Any] = {"height": 2, "kg": 30.0, "va": 400, "warm_up": 20, "method": Method.CARRY, **more}
    return asset(id, kind, works=works, at=here, stages=(Stage(there),), **facts)


def fixed(id: str, kind: AssetKind, here: Position, **more: Any) -> Asset:
    """Something that stays in its rack."""
    return asset(id, kind, at=here, **{"height": 1, "kg": 10.0, "va": 100, **more})


def watching() -> Asset:
    """What watches all rooms, and stays."""
    return asset("mon", room="branch", va=50, watches=("old", "new", "annex", "branch"))
