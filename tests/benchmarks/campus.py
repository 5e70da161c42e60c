"""An office of any size that moves from one machine room to another, cell by cell: what there is.

A cell is about a hundred assets: a cluster with its storage and VMs, pairs of web servers, servers, a gateway of two,
switches and UPSs in both rooms, groups of terminals, the systems that run on them. Each is moved in one night.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from planner.model.asset import Asset, AssetKind, Backup, Cluster, Demand, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory, Project
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.model.network import Link, Segment, Tier
from planner.model.people import Person, Team
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.policy import Policy, Staff
from planner.model.system import Criticality, System
from planner.model.timetable import DailyHours, DaySet, DayType, Hours, Timetable, WindowPattern, WindowShape
from planner.model.transport import Conveyance, ConveyanceKind, Route
from planner.units.clock import Clock
from planner.units.duration import Duration
from planner.units.span import Span

K = StepKind
CLOCK = Clock("Asia/Tokyo")
AS_OF = date(2026, 9, 1)
FIRST = date(2026, 9, 10)
"""The day of the first night; the bridge is tested the day before."""
FLOORS = 10
WHOLE, FIXED, HOSTS, PAIRS, SERVERS, STATEFUL = 100, 41, 6, 4, 15, 3
"""Assets in a cell; of these every cell has ``FIXED`` that are neither VMs nor terminals."""
BOX = {K.STOP: 5, K.UNMOUNT: 5, K.CARRY: 20, K.MOUNT: 5, K.START: 5, K.CHECK: 5}
GUEST = {K.STOP: 5, K.START: 5, K.CHECK: 5}
SERVICE = {K.STOP: 5, K.START: 5, K.ACCEPT: 10}
NIGHT = (20 * 60, 32 * 60)


@dataclass(frozen=True, slots=True)
class Cell:
    """What moves in one night, by id; ``runs_on`` and ``needs`` say which systems hang on what."""

    number: int
    size: int
    assets: tuple[Asset, ...]
    systems: tuple[System, ...]
    stopped: tuple[str, ...]
    webs: tuple[str, ...]
    desks: tuple[str, ...]
    guests: tuple[str, ...]

    def id(self, name: str) -> str:
        return f"c{self.number}-{name}"

    def ids(self, name: str, count: int) -> tuple[str, ...]:
        return tuple(self.id(f"{name}{n}") for n in range(count))

    @property
    def day(self) -> date:
        return FIRST + timedelta(days=self.number)


def sizes(assets: int) -> list[int]:
    """How many assets each cell has; what is too few for a cell of its own joins the last one."""
    whole, rest = divmod(assets - 1, WHOLE)
    if whole and rest < FIXED + 8:
        return [WHOLE] * (whole - 1) + [WHOLE + rest]
    return [WHOLE] * whole + [rest]


def cells(assets: int, seed: int) -> tuple[Cell, ...]:
    """All cells of an office of so many assets, the same for the same seed.

    Raises
    ------
    ValueError
        If it is too small for one cell.
    """
    if assets <= FIXED + 8:
        raise ValueError(f"an office has more than {FIXED + 8} assets: {assets}")
    return tuple(_cell(number, size, Random(f"{seed}/{number}")) for number, size in enumerate(sizes(assets)))


def works(minutes: dict[StepKind, int], team: str, count: int = 1) -> dict[StepKind, Work]:
    return {kind: Work(Duration.fixed(length), (Demand(team, count),)) for kind, length in minutes.items()}


def _cell(number: int, size: int, random: Random) -> Cell:
    desks = min(8, (size - FIXED) // 4)
    guests = tuple(f"c{number}-v{n}" for n in range(size - FIXED - desks))
    cell = Cell(number, size, (), (), (), (), (), guests)
    systems = tuple(_systems(cell, desks, random))
    assets = (*_fixed(cell), *_moving(cell), *_guests(cell, random), *_terminals(cell, desks))
    stopped = tuple(s.id for s in systems if s.works)
    named = {kind: tuple(s.id for s in systems if f"-{kind}" in s.id) for kind in ("web", "desk")}
    return Cell(number, size, assets, systems, stopped, named["web"], named["desk"], guests)


def place(room: str, cell: Cell, side: int, unit: int) -> Position:
    """A unit in one of the two racks that a cell has in each room."""
    return Position(room, f"{room[0].upper()}{cell.number}{'ab'[side]}", unit)


def positions(cell: Cell, room: str) -> dict[str, Position]:
    """Where everything that is carried stands in a room: partners in different racks, the same units in both rooms."""
    rows = (
        [cell.id("fw0"), *(cell.id(f"wa{n}") for n in range(PAIRS)), cell.id("san"), *cell.ids("s", SERVERS)[::2]],
        [
            cell.id("fw1"),
            *(cell.id(f"wb{n}") for n in range(PAIRS)),
            *cell.ids("h", HOSTS),
            *cell.ids("s", SERVERS)[1::2],
        ],
    )
    return {id: place(room, cell, side, unit) for side, row in enumerate(rows) for unit, id in enumerate(row, 3)}


def _fixed(cell: Cell) -> Iterator[Asset]:
    """What stays: two switches and two UPSs in each room, and the server that keeps the backups."""
    for room, letter in (("old", "o"), ("new", "n")):
        for side in (0, 1):
            facts = {"height": 1, "kg": 5.0, "va": 100, "supplies": 2, "carries": (cell.id("seg"),)}
            at = place(room, cell, side, 1)
            id = cell.id(f"sw{letter}{side}")
            yield Asset(id, id, AssetKind.SWITCH, Method.STAY, at, **facts)  # type: ignore[arg-type]
            id = cell.id(f"ups{letter}{side}")
            yield Asset(id, id, AssetKind.UPS, Method.STAY, Position(room), va=20_000)
    kept = (cell.id("san"), *cell.ids("s", STATEFUL))
    id = cell.id("bk")
    yield Asset(id, id, AssetKind.SERVER, Method.STAY, Position("branch"), backs_up=kept)


def _moving(cell: Cell) -> Iterator[Asset]:
    """What is carried, in its rack."""
    tested = CLOCK.minute(cell.day - timedelta(days=20))
    backup = Backup(Work(Duration.fixed(60)), 24 * 60, tested, ("vault",), Work(Duration.fixed(30)))
    stateful = {cell.id("san"), *cell.ids("s", STATEFUL)}
    for id, at in positions(cell, "old").items():
        name = id.partition("-")[2]
        kind = {"f": AssetKind.FIREWALL, "h": AssetKind.HYPERVISOR}.get(name[0], AssetKind.SERVER)
        facts: dict[str, object] = {"works": works(BOX, "own" if name == "san" else "movers", 2)}
        facts |= {"segments": (cell.id("seg"),), "memory_gb": 1024 if name[0] == "h" else None}
        facts |= {"stateful": True, "backup": backup} if id in stateful else {}
        if name == "san":
            kind = AssetKind.STORAGE
            facts["segments"] = ()
        body = {"height": 1, "kg": 30.0, "va": 300, "supplies": 2, "warm_up": 15}
        yield Asset(id, id, kind, Method.CARRY, at, (Stage(Position("new")),), **body, **facts)  # type: ignore[arg-type]


def _guests(cell: Cell, random: Random) -> Iterator[Asset]:
    for id in cell.guests:
        host = cell.id(f"h{random.randrange(HOSTS)}")
        facts = {
            "host": host,
            "cluster": cell.id("cl"),
            "memory_gb": random.choice((4, 8)),
            "segments": (cell.id("seg"),),
        }
        yield Asset(id, id, AssetKind.VM, Method.FOLLOW, works=works(GUEST, "engineers"), **facts)  # type: ignore[arg-type]


def _terminals(cell: Cell, desks: int) -> Iterator[Asset]:
    for id in cell.ids("t", desks):
        yield Asset(id, id, AssetKind.TERMINALS, Method.STAY, Position(f"floor{cell.number % FLOORS}"), count=20)


def _systems(cell: Cell, desks: int, random: Random) -> Iterator[System]:
    """Services on VMs and on servers, which are stopped; on pairs of web servers; desks, which need a service each."""

    def service(name: str, runs_on: Tree, *needs: Need, stops: bool = True) -> System:
        work = works(SERVICE, "engineers") if stops else {}
        id = cell.id(name)
        return System(id, id, Criticality.A, hours="daily", runs_on=runs_on, needs=needs, works=work)

    shuffled = random.sample(cell.guests, len(cell.guests))
    for n in range(8):
        mine = tuple(Leaf(id) for id in shuffled[n::8])
        yield service(f"vms{n}", AllOf(mine) if len(mine) > 1 else Leaf(shuffled[n % len(shuffled)]))
    for n in range(STATEFUL, SERVERS):
        yield service(f"app{n}", Leaf(cell.id(f"s{n}")), _live(cell.id("s1"), random.choice((1, 5))))
    for n in range(PAIRS):
        pair = AtLeast(1, (Leaf(cell.id(f"wa{n}")), Leaf(cell.id(f"wb{n}"))), 1)
        yield service(f"web{n}", pair, _live(cell.id("s0"), random.choice((1, 10))), stops=False)
    for n in range(desks):
        yield service(f"desk{n}", Leaf(cell.id(f"t{n}")), _live(cell.id(f"vms{n}"), 1), stops=False)


def _live(id: str, mbps: int) -> Need:
    return Need(NeedKind.LIVE, Leaf(id), mbps=mbps)


def inventory(moving: tuple[Cell, ...], horizon: Span) -> Inventory:
    """Everything that there is: two machine rooms, a bridge between them, floors, people, nights."""
    systems = [system for cell in moving for system in cell.systems]
    assets = [asset for cell in moving for asset in cell.assets]
    watch = Asset("mon", "mon", AssetKind.SERVER, Method.STAY, Position("branch"), watches=("old", "new"))
    return Inventory(
        project=Project("campus", "campus", AS_OF, horizon),
        rooms={room.id: room for room in _rooms()},
        racks={rack.id: rack for cell in moving for rack in _racks(cell)},
        circuits={circuit.id: circuit for cell in moving for circuit in _circuits(cell)},
        tiers={"A": Tier("A", "A")},
        segments={s.id: s for s in (_segment(cell) for cell in moving)},
        links={link.id: link for link in _links()},
        conveyances={"truck": Conveyance("truck", "truck", ConveyanceKind.VEHICLE, 1000.0, (120.0, 220.0), 6)},
        routes=(Route(("old", "new"), ("truck",), 20, ("old door", "new door")),),
        assets={asset.id: asset for asset in (watch, *assets)},
        clusters={c.id: c for c in (_cluster(cell) for cell in moving)},
        systems={system.id: system for system in systems},
        teams={team.id: team for team in _teams()},
        timetable=_timetable(),
        policy=Policy(staff=Staff(office="office", fresh=1)),
    )


def _rooms() -> Iterator[Room]:
    for id in ("old", "new"):
        yield Room(id, id, RoomKind.SERVER_ROOM, floor_kg_m2=3000.0, va=10**9, cooling_w=10**9)
    yield from (Room(f"floor{n}", f"floor{n}", RoomKind.FLOOR) for n in range(FLOORS))
    yield Room("branch", "branch", RoomKind.BRANCH)
    yield Room("vault", "vault", RoomKind.VAULT)


def _racks(cell: Cell) -> Iterator[Rack]:
    for room in ("old", "new"):
        feeds = tuple(f"{room}{cell.number}{side}" for side in "ab")
        for side in "ab":
            id = f"{room[0].upper()}{cell.number}{side}"
            yield Rack(id, id, room, max_kg=1000.0, feeds=feeds)


def _circuits(cell: Cell) -> Iterator[Circuit]:
    for room in ("old", "new"):
        for side, letter in enumerate("ab"):
            ups = cell.id(f"ups{room[0]}{side}")
            yield Circuit(f"{room}{cell.number}{letter}", room, 200, 80.0, ups=ups)


def _segment(cell: Cell) -> Segment:
    id = cell.id("seg")
    return Segment(id, id, "A", gateway=(cell.id("fw0"), cell.id("fw1")), stretch=True)


def _links() -> Iterator[Link]:
    test, crew = Duration.fixed(60), (Demand("engineers"),)
    yield Link("bridge", "bridge", ("old", "new"), bridge=True, mbps=10_000, latency_ms=0.2, test=test, crew=crew)
    for n in range(FLOORS):
        for room in ("old", "new"):
            yield Link(f"{room}-{n}", f"{room}-{n}", (f"floor{n}", room), mbps=100_000, latency_ms=0.2)


def _cluster(cell: Cell) -> Cluster:
    id = cell.id("cl")
    return Cluster(id, id, cell.ids("h", HOSTS), cell.id("san"), storage_mbps=100)


def _teams() -> Iterator[Team]:
    for id, people, own in (("movers", 12, False), ("engineers", 4, False), ("own", 4, True)):
        yield Team(id, id, tuple(Person(f"{id}/{n}", f"{id}/{n}") for n in range(people)), own=own)


def _timetable() -> Timetable:
    hours = {
        "daily": Hours("daily", (DailyHours(DaySet(), 8 * 60 + 30, 19 * 60 + 30),)),
        "office": Hours("office", (DailyHours(DaySet(type=DayType.OPEN), 8 * 60 + 30, 17 * 60 + 15),)),
    }
    return Timetable(hours=hours, windows=(WindowPattern("night", "night", WindowShape.DAILY, *NIGHT),))
