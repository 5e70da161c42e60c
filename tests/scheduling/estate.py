"""Words for tiny inventories."""

from collections.abc import Iterable
from datetime import date

from planner.model.asset import Asset, AssetKind, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory, Project
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.model.place import Position, Room, RoomKind
from planner.model.system import Criticality, System
from planner.units.duration import Duration
from planner.units.span import Span

HORIZON = Span(0, 10_000)


def leaf_tree(*ids: str, count: int | None = None, keep: int | None = None, in_room: bool = False) -> Tree:
    leaves = tuple(Leaf(id) for id in ids)
    return AllOf(leaves) if count is None else AtLeast(count, leaves, keep or count, in_room)


def hard(*ids: str, **how: object) -> Need:
    return Need(NeedKind.HARD, leaf_tree(*ids, **how))  # type: ignore[arg-type]


def live(*ids: str, mbps: int | None = None, **how: object) -> Need:
    return Need(NeedKind.LIVE, leaf_tree(*ids, **how), mbps)  # type: ignore[arg-type]


def works(**minutes: int) -> dict[StepKind, Work]:
    return {StepKind(kind): Work(Duration.fixed(length)) for kind, length in minutes.items()}


CARRIED = works(stop=10, unmount=10, carry=30, mount=10, start=10, check=10)
SERVICE = works(stop=5, start=5, accept=10)


def box(
    id: str, room: str = "old", to: str | None = None, kind: AssetKind = AssetKind.SERVER, **facts: object
) -> Asset:
    """An asset in ``room``, carried to ``to`` if given."""
    given: dict[str, object] = {
        "method": Method.CARRY if to else Method.STAY,
        "at": Position(room),
        "stages": stages(to),
        "works": CARRIED,
    }
    return Asset(id, id, kind, **{**given, **facts})  # type: ignore[arg-type]


def stages(to: str | None) -> tuple[Stage, ...]:
    return (Stage(Position(to)),) if to else ()


def vm(id: str, host: str, **facts: object) -> Asset:
    return Asset(id, id, AssetKind.VM, Method.FOLLOW, host=host, works=works(stop=5, start=5, check=5), **facts)  # type: ignore[arg-type]


def service(id: str, runs_on: Tree | None = None, *needs: Need, **facts: object) -> System:
    return System(id, id, Criticality.B, runs_on=runs_on, needs=needs, **{"works": SERVICE, **facts})  # type: ignore[arg-type]


def estate(assets: Iterable[Asset] = (), systems: Iterable[System] = (), **facts: object) -> Inventory:
    rooms = {id: Room(id, id, RoomKind.SERVER_ROOM) for id in ("old", "new")}
    return Inventory(
        Project("p", "p", date(1970, 1, 1), HORIZON, zone="UTC"),
        **{  # type: ignore[arg-type]
            "rooms": rooms,
            "assets": {a.id: a for a in assets},
            "systems": {s.id: s for s in systems},
            **facts,
        },
    )
