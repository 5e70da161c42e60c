"""Where things stand: rooms, racks, circuits, and positions in racks."""

from dataclasses import dataclass
from enum import StrEnum

from planner.units.span import Minute


class RoomKind(StrEnum):
    """What a room is for."""

    SERVER_ROOM = "server_room"
    TEMPORARY = "temporary"
    FLOOR = "floor"  # offices, with terminals and floor switches
    BRANCH = "branch"
    CLOUD = "cloud"
    VAULT = "vault"  # where copies of backups are kept


@dataclass(frozen=True, slots=True)
class Room:
    """A place of assets. ``opens`` and ``closes`` bound its use (half-open); None is open-ended.

    ``floor_kg_m2`` is the permitted floor load, ``va`` the supply, ``cooling_w`` the cooling; None is unknown.
    ``readiness`` lists what has to be signed before the first asset may stand in it; ``ready`` is the instant by
    which it is signed (None: not needed, the room is in use).
    """

    id: str
    name: str
    kind: RoomKind
    opens: Minute | None = None
    closes: Minute | None = None
    floor_kg_m2: float | None = None
    va: int | None = None
    cooling_w: int | None = None
    readiness: tuple[str, ...] = ()
    ready: Minute | None = None


@dataclass(frozen=True, slots=True)
class Circuit:
    """One branch circuit with its breaker: ``volts`` x ``amps`` x ``share`` is the permitted load in VA.

    ``ups`` is the asset that feeds it, if any.
    """

    id: str
    room: str
    volts: int
    amps: float
    share: float = 0.8
    ups: str | None = None


@dataclass(frozen=True, slots=True)
class Rack:
    """``units`` height units, counted from 1 at the bottom.

    ``max_kg`` is the permitted load without the frame; None is unknown. ``feeds`` are its circuits: a device with two
    power supplies hangs on the first two, one with one on the first. With ``spread_m2`` a spreader plate replaces the
    footprint in the floor load.
    """

    id: str
    name: str
    room: str
    units: int = 42
    frame_kg: float = 130.0
    footprint_m2: float = 0.66
    spread_m2: float | None = None
    max_kg: float | None = None
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """A room, and in it a rack and the lowest unit, where these are known."""

    room: str
    rack: str | None = None
    unit: int | None = None
