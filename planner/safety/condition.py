"""The state of every subject at one instant, and the changes that steps make to it."""

from dataclasses import dataclass, field, fields
from enum import StrEnum

from planner.model.asset import Asset
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.place import Position


class Condition(StrEnum):
    """Of an asset or a system. `UP` is up and checked; a system that is up is started and accepted."""

    ABSENT = "absent"  # new equipment that has not come yet
    UP = "up"
    STOPPING = "stopping"
    DOWN = "down"
    MOVING = "moving"
    STARTING = "starting"  # from the start of START to the end of CHECK or ACCEPT; while it is renumbered
    GONE = "gone"


STILL = frozenset({Condition.ABSENT, Condition.DOWN, Condition.MOVING, Condition.GONE})
"""Conditions in which a subject needs nothing."""


@dataclass(slots=True)
class State:
    """Where and how everything is; changed in place by `Change.apply`.

    ``place`` holds what stands by itself; VMs and blades stand where ``host`` stands. ``role`` says who serves a leaf
    that names a replaced asset (None: nobody, during the switch-over). ``tested`` has the bridges that are open.
    ``target`` is the host that a VM is migrating to. ``stale`` has (holder, asset): the holder knows an old address.
    """

    condition: dict[str, Condition] = field(default_factory=dict)
    place: dict[str, Position | None] = field(default_factory=dict)
    host: dict[str, str] = field(default_factory=dict)
    role: dict[str, str | None] = field(default_factory=dict)
    tested: dict[str, bool] = field(default_factory=dict)
    target: dict[str, str] = field(default_factory=dict)
    stale: dict[tuple[str, str], bool] = field(default_factory=dict)

    @classmethod
    def start(cls, inventory: Inventory) -> "State":
        """As the inventory says: assets with a place and systems up, new assets absent, untested bridges closed."""
        assets = inventory.assets.values()
        host = {a.id: held for a in assets if (held := a.host or a.chassis) is not None}
        return cls(
            condition={
                **{a.id: _at_start(a) for a in assets},
                **dict.fromkeys(inventory.systems, Condition.UP),
            },
            place={a.id: a.at for a in assets if a.id not in host},
            host=host,
            role={a.replaces: a.replaces for a in assets if a.replaces},
            tested={b.id: True for b in inventory.links.values() if b.bridge and not b.test.likely},
        )

    def copy(self) -> "State":
        """Another state that shares nothing with this one."""
        return State(*(dict(getattr(self, each.name)) for each in fields(self)))


def _at_start(asset: Asset) -> Condition:
    contained = asset.method is not Method.INSTALL and bool(asset.host or asset.chassis)
    return Condition.UP if asset.at or contained else Condition.ABSENT
