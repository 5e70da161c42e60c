"""What a forced order asks of a plan: waves in each other's windows, turns of one wave in another sequence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.wave import Turn, Wave
from planner.scheduling.rearranged import Slot, rearranged
from planner.units.span import Minute, Span

Chain = tuple[str, ...]
"""Ids of waves, turns, assets or systems, of which each comes after the one before it."""


class NoOrder(ValueError):
    """An order that a plan has no place for: ``id`` is in none of its waves, or in the same turn as ``other``."""

    def __init__(self, id: str, other: str | None = None) -> None:
        super().__init__(f"{id} and {other} are in one turn" if other else f"{id} is in no wave")
        self.id = id
        self.other = other


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an id is in a plan; without a turn it is the wave itself."""

    id: str
    wave: str
    turn: str | None = None


def spots_of(plan: Plan, chain: Chain) -> tuple[Spot, ...]:
    """Return where each id of a chain is.

    Raises
    ------
    NoOrder
        If one is nowhere, or if two that follow each other are in the same turn.
    """
    found = tuple(_spot(plan, id) for id in chain)
    for a, b in pairwise(found):
        if a.wave == b.wave and (a.turn == b.turn or a.turn is None or b.turn is None):
            raise NoOrder(b.id, a.id)
    return found


def circle(plan: Plan, chains: Iterable[Chain]) -> Chain:
    """Return ids each of which has to come before the next, and the last of which is the first; else nothing.

    What is in the same turn, or is the same wave, has one place in the order, whatever it is called.
    """
    names: dict[tuple[str, str | None], str] = {}
    sorter = TopologicalSorter[tuple[str, str | None]]()
    for chain in chains:
        found = spots_of(plan, chain)
        names = {(spot.wave, spot.turn): spot.id for spot in found} | names
        for a, b in pairwise(found):
            sorter.add((b.wave, b.turn), (a.wave, a.turn))
    try:
        sorter.prepare()
    except CycleError as error:
        return tuple(names[spot] for spot in error.args[1])
    return ()


def _spot(plan: Plan, id: str) -> Spot:
    for wave in plan.waves:
        if id == wave.id:
            return Spot(id, wave.id)
        for turn in wave.turns:
            if id == turn.id or id in turn.assets:
                return Spot(id, wave.id, turn.id)
        if any(id in step.assets for step in wave.steps):
            own = [step.start for step in wave.steps if id in step.assets]
            around = next((turn.id for turn in wave.turns if any(turn.start <= at < turn.end for at in own)), None)
            return Spot(id, wave.id, around)
    raise NoOrder(id)


def named(plan: Plan, chains: Iterable[Chain]) -> tuple[tuple[frozenset[str], ...], ...]:
    """Return what the chains are about in a plan: for a wave or a turn its subjects, for a subject itself."""
    waves = {wave.id: frozenset(id for turn in wave.turns for id in turn.assets) for wave in plan.waves}
    turns = {turn.id: frozenset(turn.assets) for wave in plan.waves for turn in wave.turns}
    return tuple(tuple(waves.get(id) or turns.get(id) or frozenset((id,)) for id in chain) for chain in chains)


def keeps(plan: Plan, chains: Iterable[Sequence[frozenset[str]]]) -> bool:
    """Tell whether everything that is named is worked on in the order of the chains, by whole turns."""
    first: dict[str, Minute] = {}
    for wave in plan.waves:
        for turn in wave.turns:
            own = {id for step in wave.steps if turn.start <= step.start < turn.end for id in step.assets}
            for id in own.union(turn.assets):
                first[id] = min(turn.start, first.get(id, turn.start))
    for chain in chains:
        times = [[first[id] for id in ids if id in first] for ids in chain]
        if any(max(a, default=0) >= min(b) for a, b in pairwise(times) if b):
            return False
    return True


def _time(plan: Plan, spot: Spot) -> Minute:
    wave = next(wave for wave in plan.waves if wave.id == spot.wave)
    starts = {turn.id: turn.start for turn in wave.turns}
    return starts[spot.turn] if spot.turn else min(step.start for step in wave.steps)


def swapped(plan: Plan, pair: Chain) -> Chain:
    """Return waves or turns that change places as the chain that they then are in."""
    spots = spots_of(plan, pair)
    return tuple(spot.id for spot in sorted(spots, key=lambda spot: -_time(plan, spot)))


def arranged(inventory: Inventory, plan: Plan, chains: Sequence[Chain]) -> Plan:
    """Return the same steps in the order of the chains, as a plan of ``inventory``; not yet verified.

    Raises
    ------
    NoOrder
        As `spots_of`.
    """
    windows = {wave.id: (wave.window_id, wave.window) for wave in plan.waves}
    turns = {wave.id: wave.turns for wave in plan.waves}
    for chain in chains:
        spots = spots_of(plan, chain)
        _order_waves(spots, windows)
        for wave in plan.waves:
            own = [spot.turn for spot in spots if spot.wave == wave.id and spot.turn]
            turns[wave.id] = _ordered(turns[wave.id], own)
    slots = [_slot(wave, *windows[wave.id], turns[wave.id]) for wave in plan.waves]
    return rearranged(inventory, plan, slots)


def _order_waves(spots: Iterable[Spot], windows: dict[str, tuple[str, Span]]) -> None:
    """Give the waves of a chain their windows in the order in which they are named."""
    ids = list(dict.fromkeys(spot.wave for spot in spots))
    free = sorted((windows[id] for id in ids), key=lambda window: window[1])
    windows |= dict(zip(ids, free, strict=True))


def _ordered(turns: tuple[Turn, ...], named: Sequence[str]) -> tuple[Turn, ...]:
    """Put the named turns into the places that they have together, in the order in which they are named."""
    by_id = {turn.id: turn for turn in turns}
    places = [number for number, turn in enumerate(turns) if turn.id in named]
    found = list(turns)
    for place, id in zip(places, dict.fromkeys(named), strict=True):
        found[place] = by_id[id]
    return tuple(found)


def _slot(wave: Wave, window_id: str, window: Span, turns: tuple[Turn, ...]) -> Slot:
    """Put each turn where the one of its place began, or where the one before it ends; turns keep their lengths."""
    by = window.start - wave.window.start
    moved: list[tuple[Turn, int]] = []
    free: Minute | None = None
    for turn, place in zip(turns, wave.turns, strict=True):
        start = max(place.start + by, free or place.start + by)
        moved.append((turn, start - turn.start))
        free = start + turn.end - turn.start
    return Slot(wave, window_id, window, tuple(moved))


def pinned(inventory: Inventory, plan: Plan, chains: Sequence[Chain]) -> Inventory:
    """Return the inventory with the order of an arranged plan as dates: facts that planner and verifier both know.

    What comes first ends by the end of its turn or window, what comes after begins no earlier than its own.
    """
    bounds: dict[str, tuple[Minute | None, Minute | None]] = {}
    for chain in chains:
        for n, spot in enumerate(spots_of(plan, chain)):
            for asset, (low, high) in _bounds(plan, spot, first=n == 0, last=n == len(chain) - 1):
                was = bounds.get(asset, (None, None))
                bounds[asset] = was[0] if low is None else low, was[1] if high is None else high
    assets = {id: _bound(inventory, id, bounds) for id in inventory.assets}
    return replace(inventory, assets=assets)


def _bounds(
    plan: Plan, spot: Spot, *, first: bool, last: bool
) -> Iterator[tuple[str, tuple[Minute | None, Minute | None]]]:
    wave = next(wave for wave in plan.waves if wave.id == spot.wave)
    turns = [turn for turn in wave.turns if spot.turn in (None, turn.id)]
    low = wave.window.start if spot.turn is None else turns[0].start
    high = wave.window.end if spot.turn is None else turns[0].end
    for id in (id for turn in turns for id in turn.assets):
        yield id, (None if first else low, None if last else high)


def _bound(inventory: Inventory, id: str, bounds: Mapping[str, tuple[Minute | None, Minute | None]]) -> Asset:
    asset = inventory.assets[id]
    if id not in bounds or not asset.stages:
        return asset
    low, high = bounds[id]
    stage = asset.stages[-1]
    since = max((at for at in (stage.not_before, low) if at is not None), default=None)
    until = min((at for at in (stage.not_after, high) if at is not None), default=None)
    return replace(asset, stages=(*asset.stages[:-1], replace(stage, not_before=since, not_after=until)))
