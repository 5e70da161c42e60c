"""The hash of an inventory, worked out once however often a verdict needs it."""

from collections import deque

from planner.model import canonical
from planner.model.inventory import Inventory

_LAST: deque[tuple[Inventory, str]] = deque(maxlen=4)
"""Inventories are never changed; equal ones that are not the same may still be written differently."""


def digest_of(inventory: Inventory) -> str:
    """``canonical.digest`` of an inventory."""
    for known, digest in _LAST:
        if known is inventory:
            return digest
    _LAST.appendleft((inventory, canonical.digest(inventory)))
    return _LAST[0][1]
