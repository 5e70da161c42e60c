"""What joins two tiers, and that nobody has permitted it (S08)."""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.candidate import Candidate, Cost, relief
from planner.conflicts.change import of_asset
from planner.model.inventory import Inventory
from planner.model.network import Permission
from planner.plan.refusal import Fact, Reason

UNDECLARED = frozenset({"s08.forwards", "s08.side_door"})
"""Findings that a declared permission answers."""


def permissions(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """The permission that is wanting, and the legs for which it is."""
    if reason.values.get("inner") not in UNDECLARED:
        return
    device, one, other = (reason.values[name] for name in ("device", "one", "other"))
    values = {"device": device, "one": one, "other": other}
    fresh = Permission((one, other), "-", (device,))

    def permitted(found: Inventory) -> Inventory:
        return replace(found, permissions=(*found.permissions, fresh))

    way = relief(Fact("relax_permission", f"assets.{device}", values), Cost.NETWORK + 2, permitted)
    yield Candidate(Fact("has_no_permission", f"assets.{device}", values), permitted, (way,))
    if inventory.assets[device].legs:
        fact = Fact("has_joining", f"assets.{device}.legs", values)
        yield Candidate(fact, of_asset(device, lambda a: replace(a, legs=())))
