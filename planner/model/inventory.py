"""The inventory: everything that is known before planning, resolved and frozen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.model.asset import Asset, Cluster
from planner.model.network import Link, Permission, Segment, Separation, Tier
from planner.model.people import Contact, Person, Team
from planner.model.pin import Pin
from planner.model.place import Circuit, Rack, Room
from planner.model.policy import Policy
from planner.model.system import System
from planner.model.timetable import Timetable
from planner.model.transport import Conveyance, Route
from planner.units.clock import Clock
from planner.units.span import Span


@dataclass(frozen=True, slots=True)
class Project:
    """``as_of``: the date from which notice and lead times count. ``horizon``: everything happens inside it."""

    id: str
    name: str
    as_of: date
    horizon: Span
    zone: str = "Asia/Tokyo"
    languages: tuple[str, ...] = ("ja", "en")
    classification: str | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """Who owns systems and sits at terminals."""

    id: str
    name: str
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Inventory:
    """All objects by id; ids are unique over assets, systems, rooms, racks, links, segments and teams together."""

    project: Project
    rooms: Mapping[str, Room] = field(default_factory=dict)
    racks: Mapping[str, Rack] = field(default_factory=dict)
    circuits: Mapping[str, Circuit] = field(default_factory=dict)
    tiers: Mapping[str, Tier] = field(default_factory=dict)
    separations: tuple[Separation, ...] = ()
    permissions: tuple[Permission, ...] = ()
    segments: Mapping[str, Segment] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    conveyances: Mapping[str, Conveyance] = field(default_factory=dict)
    routes: tuple[Route, ...] = ()
    assets: Mapping[str, Asset] = field(default_factory=dict)
    clusters: Mapping[str, Cluster] = field(default_factory=dict)
    systems: Mapping[str, System] = field(default_factory=dict)
    departments: Mapping[str, Department] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    timetable: Timetable = Timetable()
    policy: Policy = Policy()
    pins: tuple[Pin, ...] = ()

    @property
    def clock(self) -> Clock:
        return Clock(self.project.zone)

    def subject(self, id: str) -> Asset | System:
        """The asset or system with this id.

        Raises
        ------
        KeyError
            If there is none.
        """
        return self.assets[id] if id in self.assets else self.systems[id]

    def people(self) -> Iterator[tuple[Team, Person]]:
        """Every person with the team, in the order written."""
        for team in self.teams.values():
            for person in team.people:
                yield team, person
