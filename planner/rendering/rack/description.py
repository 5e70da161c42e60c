"""What a rack elevation shows, without an inventory: halls, cabinets, slots, loads."""

from __future__ import annotations

from dataclasses import dataclass

from planner.rendering.diagram.description import Language, Node


@dataclass(frozen=True, slots=True)
class Slot:
    """A device in a rack.

    ``node`` has its label, waves and sign; ``unit`` is the lowest of its ``height`` units, from 1 at the bottom. None
    is unknown: without a height one unit is drawn, without a unit it stands in the list below the rack. ``way`` says
    where it goes or comes from.
    """

    node: Node
    unit: int | None
    height: int | None
    way: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """What a rack bears of one kind: ``used`` of ``limit`` (None: unknown); of ``unknown`` devices nothing is known."""

    name: str
    used: float
    limit: float | None
    unit: str
    unknown: int = 0

    @property
    def is_over(self) -> bool:
        """Whether what is known alone is more than the limit."""
        return self.limit is not None and self.used > self.limit


@dataclass(frozen=True, slots=True)
class Cabinet:
    """A rack with its devices and loads."""

    name: str
    units: int
    slots: tuple[Slot, ...]
    loads: tuple[Load, ...]


@dataclass(frozen=True, slots=True)
class Hall:
    """A room at one time, its racks from left to right."""

    name: str
    cabinets: tuple[Cabinet, ...]


@dataclass(frozen=True, slots=True)
class Elevation:
    """The whole picture: rooms before the move, then rooms after it."""

    title: str
    before: tuple[Hall, ...]
    after: tuple[Hall, ...]
    waves: tuple[str, ...] = ()
    remark: str = ""
    language: Language = "ja"
