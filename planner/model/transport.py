"""How things get from room to room: vehicles, elevators and routes."""

from dataclasses import dataclass
from enum import StrEnum


class ConveyanceKind(StrEnum):
    """What carries a load."""

    VEHICLE = "vehicle"
    ELEVATOR = "elevator"


@dataclass(frozen=True, slots=True)
class Conveyance:
    """A vehicle or an elevator, or several of the same kind.

    ``max_kg`` is what one trip may weigh, ``door_cm`` the width and height of the opening; None is unknown. ``at_once``
    is how many trips can use it in the same time.
    """

    id: str
    name: str
    kind: ConveyanceKind
    max_kg: float | None = None
    door_cm: tuple[float, float] | None = None
    at_once: int = 1


@dataclass(frozen=True, slots=True)
class Route:
    """A way between two rooms, in both directions: by which conveyances, and the least minutes from door to door.

    ``doors`` are where media with personal data are signed for, one at each end. ``minutes`` None is unknown.
    """

    between: tuple[str, str]
    by: tuple[str, ...] = ()
    minutes: int | None = None
    doors: tuple[str, ...] = ()
