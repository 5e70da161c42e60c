"""A department of an office that moves: what there is, and in which pieces it may move.

A piece is what has to move in one turn: one half of a redundant pair, a server with its service, two servers of one
service, a storage with its hosts and VMs, the other end of a line. Each box is carried by a crew of two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from planner.model.asset import Asset, AssetKind, Backup, Cluster, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree, leaves
from planner.model.network import Segment
from planner.model.place import Circuit, Position, Rack
from planner.model.system import Criticality, System
from planner.units.duration import Duration
from tests.benchmarks.campus import AS_OF, CLOCK, works

K = StepKind
FLOORS = 10
PAIRS, SERVERS, DESKS, GUEST_SYSTEMS = 4, 14, 2, 4
CARRIES = (20, 25, 30, 35)
"""How long carrying a box takes, before the planting stretches it."""
OFF = {K.STOP: 5, K.UNMOUNT: 5}
ON = {K.MOUNT: 5, K.START: 5, K.CHECK: 5}
GUEST = {K.STOP: 5, K.START: 5, K.CHECK: 5}
SERVICE = {K.STOP: 5, K.START: 5, K.ACCEPT: 5}
LAYING, SWITCHING = 60, 10
THERE = Stage(Position("new"))


@dataclass(slots=True)
class Piece:
    """``boxes`` go in one turn by crews of movers, ``storage`` goes with them by people of the office.

    ``systems`` run on it and stop, ``guests`` are the VMs on it, ``carry`` is how long carrying takes.
    """

    boxes: tuple[str, ...]
    carry: int
    systems: tuple[str, ...] = ()
    storage: str | None = None
    guests: tuple[str, ...] = ()
    line: str | None = None

    @property
    def minutes(self) -> int:
        """From the first stop to the last acceptance."""
        if self.line is not None:
            return SWITCHING
        return self.carry + 25 + (15 if self.systems else 0) + (30 if self.storage else 0)


@dataclass(slots=True)
class Department:
    """``twins`` share a service where two crews can work at a time; ``hosts`` is how many the cluster has.

    ``users`` are by what is down the services that are out with it.
    """

    number: int
    size: int
    twins: bool
    hosts: int
    random: Random
    pieces: list[Piece] = field(init=False)
    guests: tuple[str, ...] = field(init=False)
    places: dict[str, dict[str, Position]] = field(init=False)
    users: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.guests = self.ids("v", self.size - 37 - self.hosts)
        self.pieces = list(self._pieces())
        self.places = {room: self.positions(room) for room in ("old", "new")}
        for name, (_, needs) in self.services().items():
            for id in (name, *(id for need in needs for id in leaves(need.tree))):
                self.users[id] = (*self.users.get(id, ()), name)

    def id(self, name: str) -> str:
        return f"d{self.number}-{name}"

    def ids(self, name: str, count: int) -> tuple[str, ...]:
        return tuple(self.id(f"{name}{n}") for n in range(count))

    def _pieces(self) -> Iterator[Piece]:
        """In the order in which they are planted: halves, the storage, the services, the line, the other halves."""
        names = ["fw{}", *(f"w{{}}{n}" for n in range(PAIRS))]
        yield from (self._piece(name.format(0)) for name in names)
        carry = self.random.choice(CARRIES)
        yield Piece(self.ids("h", self.hosts), carry, self.ids("vms", GUEST_SYSTEMS), self.id("san"), self.guests)
        servers = [self._piece(f"s{n}", f"app{n}") for n in range(SERVERS - 2 * self.twins)]
        if self.twins:
            ids = (self.id(f"s{SERVERS - 2}"), self.id(f"s{SERVERS - 1}"))
            servers.append(Piece(ids, self.random.choice(CARRIES), (self.id("twins"),)))
        self.random.shuffle(servers)
        yield from servers
        yield Piece((), 0, line=self.id("line"))
        yield from (self._piece(name.format(1)) for name in names)

    def _piece(self, name: str, system: str | None = None) -> Piece:
        return Piece((self.id(name),), self.random.choice(CARRIES), (self.id(system),) if system else ())

    def positions(self, room: str) -> dict[str, Position]:
        """Where everything that is carried stands in a room: halves in different racks."""
        servers, names = self.ids("s", SERVERS), [["fw0"], ["fw1"]]
        for side in (0, 1):
            names[side] += [f"w{side}{n}" for n in range(PAIRS)]
        rows = (
            [*map(self.id, names[0]), self.id("san"), *servers[::2]],
            [*map(self.id, names[1]), *self.ids("h", self.hosts), *servers[1::2]],
        )
        return {id: self.place(room, side, unit) for side, row in enumerate(rows) for unit, id in enumerate(row, 3)}

    def place(self, room: str, side: int, unit: int) -> Position:
        return Position(room, f"{room[0].upper()}{self.number}{'ab'[side]}", unit)

    def racks(self) -> Iterator[Rack]:
        for room in ("old", "new"):
            feeds = tuple(f"{room}{self.number}{side}" for side in "ab")
            for side in "ab":
                id = f"{room[0].upper()}{self.number}{side}"
                yield Rack(id, id, room, max_kg=1000.0, feeds=feeds)

    def circuits(self) -> Iterator[Circuit]:
        for room in ("old", "new"):
            for side, letter in enumerate("ab"):
                ups = self.id(f"ups{room[0]}{side}")
                yield Circuit(f"{room}{self.number}{letter}", room, 200, 80.0, ups=ups)

    def segment(self) -> Segment:
        id = self.id("seg")
        return Segment(id, id, "A", gateway=(self.id("fw0"), self.id("fw1")), stretch=True)

    def cluster(self) -> Cluster:
        id = self.id("cl")
        return Cluster(id, id, self.ids("h", self.hosts), self.id("san"), storage_mbps=100)

    def assets(self) -> Iterator[Asset]:
        """Everything, what is carried with the times that its piece has now."""
        yield from self._staying()
        places = self.places["old"]
        for piece in self.pieces:
            for id in (*((piece.storage,) if piece.storage else ()), *piece.boxes):
                yield self._box(id, places[id], piece.carry)
        for n, id in enumerate(self.guests):
            host = self.id(f"h{n % self.hosts}")
            facts = {"host": host, "cluster": self.id("cl"), "memory_gb": 8, "segments": (self.id("seg"),)}
            yield Asset(id, id, AssetKind.VM, Method.FOLLOW, works=works(GUEST, "engineers"), **facts)  # type: ignore[arg-type]
        yield self._line()

    def _line(self) -> Asset:
        work = {K.LAY: Work(Duration.fixed(LAYING)), **works({K.SWITCH_OVER: SWITCHING}, "engineers")}
        facts = {"works": work, "dual_lay": True, "lead_days": 0, "appointments": "office", "tier": "A"}
        id = self.id("line")
        return Asset(id, id, AssetKind.LINE, Method.RELAY, Position("old"), (THERE,), **facts)  # type: ignore[arg-type]

    def _staying(self) -> Iterator[Asset]:
        for room, letter in (("old", "o"), ("new", "n")):
            for side in (0, 1):
                facts = {"height": 1, "kg": 5.0, "va": 100, "supplies": 2, "carries": (self.id("seg"),)}
                id = self.id(f"sw{letter}{side}")
                yield Asset(id, id, AssetKind.SWITCH, Method.STAY, self.place(room, side, 1), **facts)  # type: ignore[arg-type]
                id = self.id(f"ups{letter}{side}")
                yield Asset(id, id, AssetKind.UPS, Method.STAY, Position(room), va=20_000)
        id = self.id("bk")
        yield Asset(id, id, AssetKind.SERVER, Method.STAY, Position("branch"), backs_up=(self.id("san"),))
        for id in self.ids("t", DESKS):
            yield Asset(id, id, AssetKind.TERMINALS, Method.STAY, Position(f"floor{self.number % FLOORS}"), count=20)

    def _box(self, id: str, at: Position, carry: int) -> Asset:
        name = id.partition("-")[2]
        kinds = {"f": AssetKind.FIREWALL, "h": AssetKind.HYPERVISOR}
        kind = AssetKind.STORAGE if name == "san" else kinds.get(name[0], AssetKind.SERVER)
        facts: dict[str, object] = {"segments": () if name == "san" else (self.id("seg"),)}
        facts["works"] = works({**OFF, K.CARRY: carry, **ON}, "own" if name == "san" else "movers", 2)
        if name == "san":
            tested = CLOCK.minute(AS_OF - timedelta(days=20))
            backup = Backup(Work(Duration.fixed(60)), 24 * 60, tested, ("vault",), Work(Duration.fixed(30)))
            facts |= {"stateful": True, "backup": backup}
        facts["memory_gb"] = 1024 if name[0] == "h" else None
        body = {"height": 1, "kg": 30.0, "va": 300, "supplies": 2, "warm_up": 5}
        return Asset(id, id, kind, Method.CARRY, at, (THERE,), **body, **facts)  # type: ignore[arg-type]

    def systems(self, budgets: Mapping[str, int]) -> Iterator[System]:
        """Services open all day and all night, each with the outage that it may have over the project."""
        for id, (runs_on, needs) in self.services().items():
            stops = any(id in piece.systems for piece in self.pieces)
            work = works(SERVICE, "engineers") if stops else {}
            yield System(id, id, Criticality.A, budget=budgets.get(id, 0), runs_on=runs_on, needs=needs, works=work)

    def services(self) -> dict[str, tuple[Tree, tuple[Need, ...]]]:
        """What each service runs on and needs."""
        found: dict[str, tuple[Tree, tuple[Need, ...]]] = {}
        for n, id in enumerate(self.ids("vms", GUEST_SYSTEMS)):
            found[id] = (_all(self.guests[n::GUEST_SYSTEMS]), ())
        for n in range(SERVERS - 2 * self.twins):
            found[self.id(f"app{n}")] = (Leaf(self.id(f"s{n}")), self.needs_of(n))
        if self.twins:
            found[self.id("twins")] = (_all(self.ids("s", SERVERS)[-2:]), ())
        for n in range(PAIRS):
            halves = AtLeast(1, (Leaf(self.id(f"w0{n}")), Leaf(self.id(f"w1{n}"))), 1)
            found[self.id(f"web{n}")] = (halves, (_live(self.id("s0"), 1 + n),))
        for n, id in enumerate(self.ids("t", DESKS)):
            found[self.id(f"desk{n}")] = (Leaf(id), (_live(self.id(f"vms{n}"), 1),))
        found[self.id("wan")] = (Leaf(self.id("t0")), (_live(self.id("line"), 1),))
        return found

    def needs_of(self, number: int) -> tuple[Need, ...]:
        """Some services need the database on the second server."""
        return (_live(self.id("s1"), 5),) if 4 <= number < 8 else ()


def _all(ids: tuple[str, ...]) -> Tree:
    return AllOf(tuple(Leaf(id) for id in ids)) if len(ids) > 1 else Leaf(ids[0])


def _live(id: str, mbps: int) -> Need:
    return Need(NeedKind.LIVE, Leaf(id), mbps=mbps)
