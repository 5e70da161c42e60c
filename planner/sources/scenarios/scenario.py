"""A scenario that fits: the inventory as it would be, and what no fact can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.errors import Position
from planner.sources.loading import Loaded
from planner.sources.scenarios.editing import Edit


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An id that a scenario names, with the place where it does."""

    id: str
    position: Position


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario and the inventory that it makes.

    ``title`` and ``description`` are by language. ``edits`` are the values that it changes, in the order in which it
    does. ``dead`` are assets that do not come up again, ``alive`` is the inventory before they did not. ``order`` are
    chains of assets, systems or waves that come one after the other, ``swaps`` waves of the base plan that change
    places.
    """

    id: str
    file: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    loaded: Loaded
    alive: Loaded
    edits: tuple[Edit, ...]
    dead: tuple[str, ...] = ()
    order: tuple[tuple[Mentioned, ...], ...] = ()
    swaps: tuple[tuple[Mentioned, ...], ...] = ()
