"""Random inventories of one to four assets and one to three windows of six slots."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from planner.model.asset import Asset, AssetKind, Demand, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory, Project
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.model.network import Link
from planner.model.people import Person, Team
from planner.model.place import Position, Room, RoomKind
from planner.model.policy import Policy, Staff, Weights
from planner.model.system import Criticality, System
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable, WindowPattern, WindowShape
from planner.units.duration import Duration
from planner.units.span import Span
from tests.scheduling.exactness.slots import SLOT, Slots
from tests.scheduling.exactness.turning_back import REST, place_of

K = StepKind
FIRST = date(1970, 1, 1)
DAY = 24 * 60
DAYS = 5
WINDOW = 6 * SLOT
HOURS = {"office": (9, 17), "long": (6, 22), "early": (4, 12), "late": (14, 24)}
CHAINS = {
    "bare": {K.CARRY: 1},
    "long": {K.CARRY: 2},
    "tested": {K.CARRY: 1, K.CHECK: 1},
    "stopped": {K.STOP: 1, K.CARRY: 1, K.CHECK: 1},
}
SERVICES = ({K.STOP: 1, K.START: 1}, {K.STOP: 1, K.ACCEPT: 1}, {K.STOP: 1, K.START: 1, K.ACCEPT: 1})


def windows(inventory: Inventory) -> tuple[Span, ...]:
    """The windows, in order of time."""
    starts = (
        (first - FIRST).days * DAY + pattern.start
        for pattern in inventory.timetable.windows
        for first, _ in pattern.days.dates
    )
    return tuple(Span(start, start + WINDOW) for start in sorted(starts))


def tiny(seed: int) -> Inventory:
    """The inventory of this number; at its start everything is available, also before the bridge has been tested."""
    chance = Random(seed)
    while True:
        inventory = _inventory(chance)
        slots = Slots(replace(inventory, links={id: link for id, link in inventory.links.items() if not link.bridge}))
        start = tuple(place_of(slots, n, REST, moved=False) for n in range(len(slots.subjects)))
        if slots.judge(start).holds == frozenset(slots.subjects) and slots.movers:
            return inventory


def _inventory(chance: Random) -> Inventory:
    names = ("a", "b", "c", "d")[: chance.choice((1, 2, 2, 3, 3, 4))]
    link = chance.choice((None, "line", "line", "bridge"))
    assets = {id: _asset(chance, id, names[:n]) for n, id in enumerate(names)}
    systems = _systems(chance, names)
    return Inventory(
        Project("tiny", "tiny", FIRST, Span(0, DAYS * DAY), zone="UTC"),
        rooms={id: Room(id, id, RoomKind.SERVER_ROOM) for id in ("old", "new")},
        links={link: _link(link)} if link else {},
        assets=assets,
        systems=systems,
        teams={
            "ict": Team("ict", "ict", tuple(Person(f"ict/{n}", str(n)) for n in range(chance.choice((1, 2, 2, 3)))))
        },
        timetable=_timetable(chance),
        policy=_policy(chance),
    )


def _link(id: str) -> Link:
    return Link(id, id, ("old", "new"), bridge=id == "bridge", test=Duration.fixed(SLOT if id == "bridge" else 0))


def _timetable(chance: Random) -> Timetable:
    """One window on each of one to three days, at any hour; the same service hours on every day."""
    days = sorted(chance.sample(range(1, DAYS - 1), chance.choice((1, 2, 2, 3))))
    starts = {day: chance.randrange(0, 19) * 60 for day in days}
    found = tuple(
        WindowPattern(f"w{day}", f"w{day}", WindowShape.DAILY, at, at + WINDOW, DaySet(dates=((_day(day), _day(day)),)))
        for day, at in starts.items()
    )
    hours = {id: Hours(id, (DailyHours(DaySet(), at * 60, to * 60),)) for id, (at, to) in HOURS.items()}
    return Timetable(hours=hours, windows=found)


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


def _policy(chance: Random) -> Policy:
    weights = Weights(wave=chance.choice((6_000, 24_000, 24_000)), day=chance.choice((100, 100, 20_000)))
    staff = Staff(shift=12 * 60, rest=0, fresh=0, office=chance.choice((None, "office")), two_person=frozenset())
    return Policy(margin=chance.choice((0, 0, 0, 0, 0, 0, 0, 60)), weights=weights, staff=staff)


def _works(chance: Random, slots: dict[StepKind, int], most: int) -> dict[StepKind, Work]:
    return {kind: Work(Duration.fixed(n * SLOT), _crew(chance, most)) for kind, n in slots.items()}


def _crew(chance: Random, most: int) -> tuple[Demand, ...]:
    count = chance.randint(0, most)
    return (Demand("ict", count),) if count else ()


def _asset(chance: Random, id: str, earlier: tuple[str, ...]) -> Asset:
    moves = chance.random() < 0.8
    room = chance.choice(("old", "old", "new")) if not moves else "old"
    chain = chance.choice(
        ("bare", "bare", "bare", "bare", "long", "long", "tested", "tested", "tested", "tested", "stopped")
    )
    needs = tuple(
        Need(NeedKind.HARD if chain == "stopped" and chance.random() < 0.4 else NeedKind.LIVE, Leaf(other))
        for other in earlier
        if chance.random() < 0.2
    )
    return Asset(
        id,
        id,
        AssetKind.SERVER,
        Method.CARRY if moves else Method.STAY,
        at=Position(room),
        stages=(Stage(Position("new")),) if moves else (),
        needs=needs,
        works=_works(chance, CHAINS[chain], 1),
    )


def _systems(chance: Random, names: tuple[str, ...]) -> dict[str, System]:
    """Every asset carries a system, alone, with another, or as one of two."""
    left, found = list(names), {}
    chance.shuffle(left)
    while left:
        members = [left.pop() for _ in range(min(len(left), chance.choice((1, 1, 2))))]
        if len(members) == 1 and len(names) > 1 and chance.random() < 0.2:
            members.append(chance.choice([id for id in names if id != members[0]]))
        id = f"s{len(found) + 1}"
        found[id] = _system(chance, id, tuple(sorted(members)), tuple(found), names)
    return found


def _system(
    chance: Random, id: str, members: tuple[str, ...], earlier: tuple[str, ...], names: tuple[str, ...]
) -> System:
    parts = tuple(Leaf(member) for member in members)
    tree: Tree = parts[0] if len(parts) == 1 else AtLeast(1, parts, 1) if chance.random() < 0.6 else AllOf(parts)
    needs = tuple(
        Need(chance.choice((NeedKind.HARD, NeedKind.LIVE)), Leaf(other))
        for other in (*earlier, *(name for name in names if name not in members))
        if chance.random() < 0.1
    )
    return System(
        id,
        id,
        chance.choice((Criticality.A, Criticality.B, Criticality.C)),
        hours=chance.choice((None, "office", "office", "office", "long", "early", "early", "late", "late")),
        budget=chance.choice((0, 360, 600, 600, 900)),
        runs_on=tree,
        needs=needs,
        works=_works(chance, chance.choice((*SERVICES[:2], *SERVICES)), chance.choice((0, 0, 1))),
    )
