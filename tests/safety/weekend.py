"""A whole plan that keeps every rule: two web servers move one after the other, then the register's server at night."""

from dataclasses import replace
from datetime import date

from planner.model import canonical
from planner.model.asset import Asset, Demand, Stage, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory, Project
from planner.model.people import Person, Team
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.policy import Policy, Staff
from planner.model.timetable import DailyHours, DaySet, DayType, Hours, Timetable, WindowPattern, WindowShape
from planner.model.transport import Route
from planner.plan.plan import Making, Outage, Plan
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Turn, Wave
from planner.units.clock import Clock
from planner.units.duration import Duration
from planner.units.span import Minute, Span
from tests.safety.estates import asset, carried, estate, system

CLOCK = Clock("Asia/Tokyo")
K = StepKind
MINUTES = {K.STOP: 10, K.UNMOUNT: 20, K.CARRY: 30, K.MOUNT: 30, K.START: 20, K.CHECK: 20}
REGISTER = {K.STOP: 10, K.START: 10, K.ACCEPT: 10}
UNITS = {"web1": 10, "web2": 12, "db": 14}
RACKS = {"web1": 1, "web2": 2, "db": 1}
BACK = (K.STOP, K.UNMOUNT, K.CARRY, K.MOUNT, K.START, K.CHECK)


def at(text: str) -> Minute:
    """``"9 23:00"``: a minute of January 2027."""
    day, clock = text.split()
    hours, minutes = clock.split(":")
    return CLOCK.minute(date(2027, 1, int(day)), int(hours) * 60 + int(minutes))


WINDOW = Span(at("9 08:00"), at("11 20:00"))


def inventory() -> Inventory:
    """Open hours 06:30 to 23:00 every day, no budget of outage, four people, two racks a room."""
    hours = {
        "daily": Hours("daily", (DailyHours(DaySet(), 6 * 60 + 30, 23 * 60),)),
        "office": Hours("office", (DailyHours(DaySet(type=DayType.OPEN), 8 * 60 + 30, 17 * 60 + 15),)),
    }
    weekend = WindowPattern("weekend", "週末", WindowShape.CLOSED_RUN, 8 * 60, 20 * 60, run_days=2)
    rooms = [Room(r, r, RoomKind.SERVER_ROOM, floor_kg_m2=500.0, va=9000, cooling_w=9000) for r in ("old", "new")]
    rooms.append(Room("branch", "branch", RoomKind.BRANCH))
    racks = {
        f"{letter}{n}": Rack(f"{letter}{n}", f"{letter}{n}", room, max_kg=500.0, feeds=(f"{room}-{n}",))
        for letter, room in (("O", "old"), ("N", "new"))
        for n in (1, 2)
    }
    circuits = {f"{room}-{n}": Circuit(f"{room}-{n}", room, 200, 30.0) for room in ("old", "new") for n in (1, 2)}
    base = estate(
        *rooms,
        *(_server(id) for id in UNITS),
        asset("mon", room="branch", watches=("old", "new")),
        system("web", "1 of web1, web2", hours="daily"),
        system("reg", "db", hours="daily", works=_works(REGISTER)),
        policy=Policy(margin=30, staff=Staff(office="office", fresh=1, two_person=frozenset())),
        racks=racks,
        circuits=circuits,
        routes=(Route(("old", "new"), minutes=30),),
        teams={"ict": Team("ict", "ict", tuple(Person(f"ict/{n}", str(n)) for n in (1, 2, 3, 4)), own=True)},
        timetable=Timetable(holidays={date(2027, 1, 11): "成人の日"}, hours=hours, windows=(weekend,)),
    )
    horizon = Span(at("1 00:00"), at("31 00:00"))
    return replace(base, project=Project("weekend", "weekend", date(2026, 8, 31), horizon))


def plan() -> Plan:
    """Saturday 09:00 web1, 14:00 web2, 23:00 the register and its server; back on Sunday at 01:40."""
    town = inventory()
    turns, steps, points = [], [], []
    for number, (id, begin) in enumerate((("web1", "9 09:00"), ("web2", "9 14:00")), 1):
        own = chain(id, at(begin), "ict/1")
        anchor = f"t{number - 1}" if number > 1 else None
        turns.append(Turn(f"t{number}", (id,), own[0].start, own[-1].end))
        if number == 1:
            points.append(_point("c0", own[0], (K.START, K.CHECK), "ict/1", None))
        points.append(_point(f"c{number}", own[-1], BACK, "ict/1", anchor))
        steps += own
    night = [Step("reg/stop", K.STOP, ("reg",), at("9 23:00"), at("9 23:10"))]
    night += chain("db", at("9 23:10"), "ict/2")
    done = night[-1].end
    night.append(Step("reg/start", K.START, ("reg",), done, done + 10))
    night.append(Step("reg/accept", K.ACCEPT, ("reg",), done + 10, done + 20))
    turns.append(Turn("t3", ("db", "reg"), night[0].start, night[-1].end))
    points.append(_point("c3", night[-3], BACK, "ict/2", "t2", register=True))
    points.append(CheckPoint("c4", ("reg/accept",), done + 20, final=True))
    wave = Wave("w1", "weekend/2027-01-09", WINDOW, tuple(turns), (*steps, *night), tuple(points))
    outage = Outage("reg", Span(at("9 23:00"), done + 20), done + 20 - at("9 23:00"), 0)
    places = {id: within("new", id) for id in UNITS}
    return Plan(town, canonical.digest(town), Making("test", "by hand"), (), (wave,), (outage,), places)


def within(room: str, id: str) -> Position:
    """Where a server stands in a room: the web servers in different racks."""
    return Position(room, f"{room[0].upper()}{RACKS[id]}", UNITS[id])


def chain(id: str, begin: Minute, person: str) -> list[Step]:
    """The steps of one server's move, all by one person."""
    found = []
    for kind, minutes in MINUTES.items():
        to = {id: within("new", id)} if kind in (K.CARRY, K.MOUNT) else {}
        found.append(Step(f"{id}/{kind.value}", kind, (id,), begin, begin + minutes, (person,), to=to))
        begin += minutes
    return found


def _point(
    id: str, after: Step, back: tuple[StepKind, ...], person: str, anchor: str | None, *, register: bool = False
) -> CheckPoint:
    """A check point at the end of a step, with its rollback and the right deadline."""
    server, offset, steps = after.assets[0], 0, []
    for kind in back:
        to = {server: within("old", server)} if kind in (K.CARRY, K.MOUNT) else {}
        steps.append(RollbackStep(kind, (server,), offset, MINUTES[kind], (person,), to=to))
        offset += MINUTES[kind]
    for kind in (K.START, K.ACCEPT) if register else ():
        steps.append(RollbackStep(kind, ("reg",), offset, REGISTER[kind]))
        offset += REGISTER[kind]
    latest = at("10 06:30") if register else WINDOW.end
    bound = "reg" if register else "window"
    deadline = latest - 30 - offset
    return CheckPoint(id, (after.id,), after.end, False, offset, deadline, bound, anchor, tuple(steps))


def _server(id: str) -> Asset:
    return carried(
        id,
        at=within("old", id),
        stages=(Stage(Position("new")),),
        height=2,
        kg=30.0,
        warm_up=30,
        va=500,
        works={kind: Work(Duration.fixed(minutes), (Demand("ict"),)) for kind, minutes in MINUTES.items()},
    )


def _works(minutes: dict[StepKind, int]) -> dict[StepKind, Work]:
    return {kind: Work(Duration.fixed(length)) for kind, length in minutes.items()}
