"""Waves that are decided already, on days that no window has or that contradict each other (S12)."""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.candidate import Candidate, Change, Cost, relief
from planner.model.inventory import Inventory
from planner.model.pin import Pin
from planner.plan.refusal import Fact, Reason
from planner.scheduling.pins import told


def pins(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """The pins that leave no window to an asset; giving one up is what an office can do about it."""
    for path in reason.facts:
        pin = inventory.pins[int(path.rpartition(".")[2])]
        values = {"pin": told(pin)}
        given_up = relief(Fact("relax_pin", path, values), Cost.DATE, _without(pin))
        yield Candidate(Fact("has_pin", path, values), _without(pin), (given_up,))


def _without(pin: Pin) -> Change:
    return lambda found: replace(found, pins=tuple(other for other in found.pins if other != pin))
