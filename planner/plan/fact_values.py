"""Canonical values of the inventory as people read them: instants on the wall clock, not minutes since 1970."""

from collections.abc import Mapping
from typing import Any

from planner.model import canonical
from planner.model.inventory import Inventory
from planner.units.clock import DAY, Clock

INSTANTS = frozenset(
    {
        *("opens", "closes", "ready", "since", "until", "not_before", "not_after", "leaves"),
        *("filed", "accepted", "restore_tested", "start", "end"),
    }
)
"""Fields of the inventory that hold instants."""
DURATIONS = frozenset(
    {
        *("budget", "longest", "longest_elapsed", "margin", "rounding", "max_age", "warm_up", "old_ttl", "minutes"),
        *("shared_fate_after", "shift", "rest", "month", "minimum", "likely", "maximum"),
    }
)
"""Fields that hold lengths in minutes; as in an inventory they are told with their unit."""
OF_DAY = frozenset({"start", "end"})
"""Up to two days these are minutes of a day."""


def changes(old: Inventory, new: Inventory) -> list[tuple[str, Any, Any]]:
    """Every fact that differs: its path and its value in both (None: not there), instants as ISO 8601."""
    return [
        (path, readable(path.rpartition(".")[2], then, old.clock), readable(path.rpartition(".")[2], now, new.clock))
        for path, then, now in canonical.differences(old, new)
    ]


def readable(name: str, value: Any, clock: Clock) -> Any:
    """The value of a field of this name, with every instant in it as the clock says it."""
    if isinstance(value, Mapping):
        return {key: readable(key, inner, clock) for key, inner in value.items()}
    if isinstance(value, list):
        return [readable(name, inner, clock) for inner in value]
    if name in INSTANTS and isinstance(value, int):
        of_day = name in OF_DAY and value <= 2 * DAY
        return f"{value // 60:02}:{value % 60:02}" if of_day else clock.iso(value)
    if name in DURATIONS and isinstance(value, int) and not isinstance(value, bool):
        return length(value)
    return value


def length(minutes: int) -> str:
    """Such as ``45m``, ``8h`` or ``2h30m``, as it is written in an inventory."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}h{rest}m" if hours and rest else f"{hours}h" if hours else f"{rest}m"
