"""One fact of an inventory changed: the same inventory but for one record."""

from collections.abc import Callable
from dataclasses import replace

from planner.conflicts.candidate import Change
from planner.model.asset import Asset, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.network import Link, Segment
from planner.model.people import Team
from planner.model.place import Circuit, Rack, Room
from planner.model.policy import Policy
from planner.model.system import System
from planner.model.timetable import Timetable
from planner.units.duration import Duration
from planner.units.span import Span


def of_asset(id: str, change: Callable[[Asset], Asset]) -> Change:
    """The inventory with this asset changed."""
    return lambda found: replace(found, assets={**found.assets, id: change(found.assets[id])})


def of_system(id: str, change: Callable[[System], System]) -> Change:
    """The inventory with this system changed."""
    return lambda found: replace(found, systems={**found.systems, id: change(found.systems[id])})


def of_team(id: str, change: Callable[[Team], Team]) -> Change:
    """The inventory with this team changed."""
    return lambda found: replace(found, teams={**found.teams, id: change(found.teams[id])})


def of_rack(id: str, change: Callable[[Rack], Rack]) -> Change:
    """The inventory with this rack changed."""
    return lambda found: replace(found, racks={**found.racks, id: change(found.racks[id])})


def of_room(id: str, change: Callable[[Room], Room]) -> Change:
    """The inventory with this room changed."""
    return lambda found: replace(found, rooms={**found.rooms, id: change(found.rooms[id])})


def of_circuit(id: str, change: Callable[[Circuit], Circuit]) -> Change:
    """The inventory with this circuit changed."""
    return lambda found: replace(found, circuits={**found.circuits, id: change(found.circuits[id])})


def of_segment(id: str, change: Callable[[Segment], Segment]) -> Change:
    """The inventory with this segment changed."""
    return lambda found: replace(found, segments={**found.segments, id: change(found.segments[id])})


def of_link(id: str, change: Callable[[Link], Link]) -> Change:
    """The inventory with this link changed."""
    return lambda found: replace(found, links={**found.links, id: change(found.links[id])})


def of_timetable(change: Callable[[Timetable], Timetable]) -> Change:
    """The inventory with its timetable changed."""
    return lambda found: replace(found, timetable=change(found.timetable))


def of_policy(change: Callable[[Policy], Policy]) -> Change:
    """The inventory with its policy changed."""
    return lambda found: replace(found, policy=change(found.policy))


def staying(id: str) -> Change:
    """The asset is left as it is: where it stands, with the address it has."""
    return of_asset(id, lambda a: replace(a, method=Method.STAY, stages=(), new_address=None, together=None))


def lasting(work: Work, minutes: int) -> Work:
    """The same work, done in so many minutes."""
    return replace(work, duration=Duration.fixed(minutes))


def with_work(asset: Asset, kind: StepKind, work: Work) -> Asset:
    """The asset with this work of one kind."""
    return replace(asset, works={**asset.works, kind: work})


def with_horizon(inventory: Inventory, horizon: Span) -> Inventory:
    """The inventory as if everything happened in this span."""
    return replace(inventory, project=replace(inventory.project, horizon=horizon))
