"""An inventory, read and related: what is wrong only when all its needs are looked at together is refused too."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from planner.dependencies import Cycle, start_cycles
from planner.errors import Fault, Faults, Position
from planner.pipeline.places import place_of
from planner.sources import Loaded, Origin, load
from planner.sources.scenarios.loading import load_scenarios


def load_inventory(path: Path, encoding: str = "auto") -> Loaded:
    """Return the inventory of a folder or file.

    Raises
    ------
    Faults
        All faults of all files; or, where each file fits, the circles of needs in which nothing can be started first.
    """
    return startable(load(path, encoding))


def load_scenario(inventory: Path, scenario: Path) -> Loaded:
    """Return the inventory that a scenario makes of another one.

    Raises
    ------
    Faults
        All faults of either; or the circles of needs in which nothing can be started first.
    """
    _, (changed,) = load_scenarios(inventory, [scenario])
    return startable(changed.loaded)


def startable(loaded: Loaded) -> Loaded:
    """Return the same inventory.

    Raises
    ------
    Faults
        The circles of needs in which nothing can be started first.
    """
    faults = [_fault(cycle, loaded.provenance) for cycle in start_cycles(loaded.inventory)]
    if faults:
        raise Faults([*loaded.warnings, *faults])
    return loaded


def _fault(cycle: Cycle, provenance: Mapping[str, Origin]) -> Fault:
    """One circle: the place of its first need, those of the others beside it."""
    places = list(_places(cycle, provenance))
    way = " -> ".join(f"{edge.dependent} ({edge.kind})" for edge in cycle.edges)
    arguments = {"way": f"{way} -> {cycle.way[-1]}"}
    return Fault("E303", places[0], arguments, cycle.edges[0].fact, tuple(places[1:]))


def _places(cycle: Cycle, provenance: Mapping[str, Origin]) -> Iterator[Position]:
    for edge in cycle.edges:
        yield place_of(provenance, edge.fact) or Position(edge.fact)
