"""A fictional town's move, planned by hand: two rooms, two floors, a cluster that rolls, a line laid twice, an office.

Where the plan drawn by hand is silent, this one says: the hypervisors reach their storage over the bridge (``across``),
the uplink of the third floor ends on the core switches, and the address script of `jap1` is updated by a step on `gwm`.
"""

from datetime import date

from planner.model.asset import Asset, AssetKind, Backup, Cluster, Reference, Stage, Work
from planner.model.chain import Method
from planner.model.inventory import Inventory, Project
from planner.model.need import AtLeast, Leaf
from planner.model.network import Link, Permission, Segment, Separation, SeparationBy, Tier
from planner.model.place import Position, Rack, Room, RoomKind
from planner.model.policy import Policy, Waiver
from planner.model.system import System
from planner.model.timetable import DailyHours, DaySet, DayType, Hours, Timetable
from planner.plan.plan import Making, Outage, Plan
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.units.clock import Clock
from planner.units.duration import Duration
from planner.units.span import Minute, Span
from tests.safety.estates import link, live, segment, soft, steps, system, vm, works

CLOCK = Clock("Asia/Tokyo")
CORE = ("core1", "core2")
SERVER = works(stop=10, unmount=20, carry=20, mount=30, start=15, check=15)
STORAGE = works(stop=10, unmount=20, carry=20, mount=30, start=20, check=20)
SWITCH = works(stop=5, unmount=10, carry=20, mount=15, start=10, check=10)
FIREWALL = works(stop=5, unmount=10, carry=20, mount=15, start=10, check=20)
TERMINALS = works(stop=30, unmount=60, carry=60, mount=60, start=30, check=30)
VM = works(stop=5, start=5, check=5, migrate=5)


ONE_STORAGE = Waiver("S05", frozenset({"san1", "O1", "N1", "jap1", "jap2"}), "there is one storage", "the CIO")


def minute(day: int, text: str, month: int = 1) -> Minute:
    """A minute of December 2026, January or February 2027."""
    hours, minutes = text.split(":")
    return CLOCK.minute(date(2026 if month == 12 else 2027, month, day), int(hours) * 60 + int(minutes))


def _carried(id: str, kind: AssetKind, at: Position, to: Position, **more: object) -> Asset:
    return Asset(id=id, name=id, kind=kind, method=Method.CARRY, at=at, stages=(Stage(to),), **more)  # type: ignore[arg-type]


def _rack(id: str, unit: int) -> Position:
    return Position("old" if id.startswith("O") else "new", id, unit)


def _assets() -> tuple[Asset, ...]:
    host = {"kind": AssetKind.HYPERVISOR, "height": 2, "va": 520, "memory_gb": 128, "works": SERVER}
    told = Reference("jap1", "notification script", Work(Duration.fixed(10)))
    return (
        _carried("core1", AssetKind.SWITCH, _rack("O1", 40), _rack("N1", 40), height=1, works=SWITCH),
        _carried("core2", AssetKind.SWITCH, _rack("O2", 40), _rack("N1", 41), height=1, works=SWITCH),
        _carried(
            "fw1",
            AssetKind.FIREWALL,
            _rack("O1", 38),
            _rack("N1", 38),
            segments=("a10", "b20"),
            height=1,
            works=FIREWALL,
        ),
        Asset(
            id="ln1",
            name="LGWAN",
            kind=AssetKind.LINE,
            method=Method.RELAY,
            at=Position("old"),
            tier="B",
            dual_lay=True,
            stages=(Stage(Position("new")),),
            ends={"old": ("fw1",), "new": ("fw1",)},
            works=works(lay=120, switch_over=20),
        ),
        _carried("hv1", at=_rack("O1", 30), to=_rack("N1", 30), kg=28, **host),  # type: ignore[arg-type]
        _carried("hv2", at=_rack("O1", 27), to=_rack("N2", 30), kg=28, **host),  # type: ignore[arg-type]
        _carried("hv3", at=_rack("O2", 30), to=_rack("N2", 27), **host),  # type: ignore[arg-type]
        _carried(
            "san1",
            AssetKind.STORAGE,
            _rack("O2", 10),
            _rack("N2", 10),
            height=4,
            kg=68,
            va=900,
            stateful=True,
            works=STORAGE,
            backup=Backup(Work(Duration.fixed(360)), max_age=24 * 60),
        ),
        vm(
            "jap1",
            "hv1",
            cluster="cl",
            segments=("a10",),
            memory_gb=32,
            apart_from=("jap2",),
            migrate_mbps=8000,
            works=VM,
        ),
        vm("jap2", "hv2", cluster="cl", segments=("a10",), memory_gb=32, migrate_mbps=8000, works=VM),
        vm("ad1", "hv3", cluster="cl", segments=("a10",), memory_gb=16, migrate_mbps=8000, works=VM),
        vm(
            "gwm",
            "hv3",
            cluster="cl",
            segments=("b20",),
            memory_gb=32,
            migrate_mbps=8000,
            references=(told,),
            address="10.20.0.5",
            new_address="10.21.0.5",
            works={**VM, **works(renumber=10)},
        ),
        _carried(
            "pc-shimin",
            AssetKind.TERMINALS,
            Position("w3"),
            Position("n3"),
            segments=("a10",),
            count=20,
            works=TERMINALS,
        ),
    )


def _systems() -> tuple[System, ...]:
    usual = works(stop=10, start=10, accept=30)
    both = (live("ad", mbps=10), live("ln1", mbps=100))
    needs = (*both, soft("gw", mbps=10))
    jumin = system("jumin", AtLeast(1, (Leaf("jap1"), Leaf("jap2")), 1), needs=needs, hours="daily", works=usual)
    gw = system("gw", "gwm", needs=both, hours="office", budget=120, longest=120, works={**usual, **works(accept=20)})
    ad = system("ad", "ad1", hours="office", works={**usual, **works(stop=5, accept=10)})
    desk = system("desk-shimin", "pc-shimin", needs=(live("jumin", mbps=50),), hours="office", works=usual)
    return jumin, gw, ad, desk


def _links() -> tuple[Link, ...]:
    tiers, built = frozenset({"A", "B"}), minute(5, "00:00")
    return (
        link(
            "br1",
            bridge=True,
            mbps=10_000,
            paths=2,
            tiers=tiers,
            since=built,
            ends_on={"old": CORE, "new": CORE},
            test=Duration.fixed(20),
        ),
        link("ul-w3-old", "w3", "old", tiers=tiers, ends_on={"old": CORE}),
        link("ul-w3-new", "w3", "new", tiers=tiers, since=built, ends_on={"new": CORE}),
        link("ul-n3-new", "n3", "new", tiers=tiers, since=built, ends_on={"new": CORE}),
    )


def _segments() -> tuple[Segment, ...]:
    return segment("a10", "fw1", stretch=True), segment("b20", "fw1", tier="B", stretch=True)


def inventory() -> Inventory:
    every_day, weekdays = DaySet(), DaySet(type=DayType.OPEN)
    hours = (Hours("daily", (DailyHours(every_day, 390, 1380),)), Hours("office", (DailyHours(weekdays, 510, 1035),)))
    floor, server_room = RoomKind.FLOOR, RoomKind.SERVER_ROOM
    rooms = (
        Room("old", "old", server_room),
        Room("new", "new", server_room),
        Room("w3", "w3", floor),
        Room("n3", "n3", floor),
    )
    racks = (Rack("O1", "O1", "old"), Rack("O2", "O2", "old"), Rack("N1", "N1", "new"), Rack("N2", "N2", "new"))
    return Inventory(
        project=Project("komachi", "komachi", date(2026, 8, 31), Span(minute(1, "00:00", 12), minute(28, "24:00", 2))),
        rooms={room.id: room for room in rooms},
        racks={rack.id: rack for rack in racks},
        tiers={id: Tier(id, id) for id in ("A", "B")},
        separations=(Separation(("A", "B"), SeparationBy.LOGICAL),),
        permissions=(Permission(("A", "B"), "declared", through=("hv1", "hv2", "hv3", "san1")),),
        segments={segment.id: segment for segment in _segments()},
        links={link.id: link for link in _links()},
        assets={asset.id: asset for asset in _assets()},
        clusters={
            "cl": Cluster("cl", "cl", ("hv1", "hv2", "hv3"), "san1", live_migration=True, across=True, storage_mbps=500)
        },
        systems={system.id: system for system in _systems()},
        timetable=Timetable(hours={each.id: each for each in hours}),
        policy=Policy(waivers=(ONE_STORAGE,)),
    )


FIRST_WAVE = """
9 09:00 09:05 stop core2
9 09:00 09:05 migrate jap1 -> hv3
9 09:05 09:15 unmount core2
9 09:05 09:15 stop hv1
9 09:15 09:35 carry core2
9 09:15 09:35 unmount hv1
9 09:35 09:50 mount core2
9 09:35 09:55 carry hv1
9 09:50 10:00 start core2
9 09:55 10:25 mount hv1
9 10:00 10:10 check core2
9 10:10 10:30 test br1
9 10:30 10:45 start hv1
9 10:45 11:00 check hv1
9 11:00 11:05 migrate jap2 -> hv1
9 11:05 11:15 stop hv2
9 11:15 11:35 unmount hv2
9 11:35 11:55 carry hv2
9 11:55 12:25 mount hv2
9 12:25 12:40 start hv2
9 12:40 12:55 check hv2
9 12:55 13:00 migrate jap1 -> hv2
9 23:00 23:10 stop jumin gw
9 23:10 23:15 stop ad jap1 jap2 gwm
9 23:15 23:20 stop ad1
9 23:20 23:25 stop fw1
9 23:20 23:30 stop hv1 hv2 hv3
9 23:25 23:35 unmount fw1
9 23:30 23:40 stop san1
9 23:35 23:55 carry fw1
9 23:40 24:00 unmount san1
9 23:55 24:10 mount fw1
10 00:00 00:20 carry san1
10 00:10 00:20 start fw1
10 00:10 00:30 unmount hv3
10 00:20 00:40 check fw1
10 00:20 00:50 mount san1
10 00:30 00:50 carry hv3
10 00:40 01:00 switch_over ln1
10 00:50 01:10 start san1
10 00:50 01:20 mount hv3
10 01:10 01:30 check san1
10 01:30 01:45 start hv1 hv2 hv3
10 01:45 02:00 check hv1 hv2 hv3
10 02:00 02:05 start jap1 jap2 ad1 gwm
10 02:05 02:10 check jap1 jap2 ad1
10 02:05 02:15 renumber gwm
10 02:10 02:20 start ad jumin
10 02:15 02:20 check gwm
10 02:20 02:30 update gwm -> jap1
10 02:20 02:30 accept ad
10 02:20 02:30 start gw
10 02:30 02:50 accept gw
10 02:30 03:00 accept jumin
10 12:45 13:00 close br1
10 13:00 13:05 stop core1
10 13:05 13:15 unmount core1
10 13:15 13:35 carry core1
10 13:35 13:50 mount core1
10 13:50 14:00 start core1
10 14:00 14:10 check core1
"""

SECOND_WAVE = """
16 09:00 09:10 stop desk-shimin
16 09:10 09:40 stop pc-shimin
16 09:40 10:40 unmount pc-shimin
16 10:40 11:40 carry pc-shimin -> n3
16 11:40 12:40 mount pc-shimin -> n3
16 12:40 13:10 start pc-shimin
16 13:10 13:40 check pc-shimin
16 13:40 13:50 start desk-shimin
16 13:50 14:20 accept desk-shimin
"""

DECLARED = (
    ("ad", (9, "23:10"), (10, "02:30")),
    ("gw", (9, "23:00"), (10, "02:50")),
    ("jumin", (9, "23:00"), (10, "03:00")),
    ("desk-shimin", (9, "23:00"), (10, "03:00")),
    ("desk-shimin", (16, "09:00"), (16, "14:20")),
)


def wave(id: str, lines: str, window: Span, of: Inventory) -> Wave:
    """The wave of a table: day, start, end, kind, subjects, and the goal where it is not the declared one."""
    found: list[Step] = []
    for number, line in enumerate(lines.strip().splitlines(), 1):
        day, begin, end, rest = line.split(maxsplit=3)
        timed = f"{minute(int(day), begin)} {minute(int(day), end)} {rest}"
        (step,) = steps(timed)
        to = {name: of.assets[name].stages[0].position for name in step.to}
        found.append(
            Step(
                f"{id}-{number:03}", step.kind, step.assets, step.start, step.end, (), None, to, step.hosts, step.holder
            )
        )
    ordered = tuple(sorted(found, key=lambda step: (step.start, step.id)))
    return Wave(id=id, window_id="weekend", window=window, turns=(), steps=ordered)


def plan() -> Plan:
    of = inventory()
    laid = Step(
        "P-001",
        steps("0 1 lay ln1")[0].kind,
        ("ln1",),
        minute(8, "13:00", 12),
        minute(8, "15:00", 12),
    )
    first = wave("W1", FIRST_WAVE, Span(minute(9, "08:00"), minute(11, "20:00")), of)
    second = wave("W2", SECOND_WAVE, Span(minute(16, "08:00"), minute(17, "20:00")), of)
    told = (Outage(id, Span(minute(*a), minute(*b)), minute(*b) - minute(*a), 0) for id, a, b in DECLARED)
    return Plan(of, "", Making("test", "by hand"), (laid,), (first, second), tuple(told))
