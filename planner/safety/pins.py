"""Pins: the waves that somebody has decided already are those of the plan (S12)."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.model.asset import Asset
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.model.pin import Pin
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.wave import Wave
from planner.safety import complaint
from planner.units.clock import Clock

K = StepKind
CHANGES = frozenset({K.UNMOUNT, K.CARRY, K.MOUNT, K.SWITCH_OVER, K.RENUMBER, K.DISPOSE})
"""Steps by which an asset becomes another one, elsewhere, or nothing; stops and starts are not among them."""

MIDDAY = 720


def broken_pins(inventory: Inventory, plan: Plan) -> Iterator[Finding]:
    """Judge each pin: the days of the wave of each of its assets, and whether all of them have one wave."""
    for number, pin in enumerate(inventory.pins):
        facts = (f"pins.{number}",)
        mine = _waves(inventory, plan, sorted(_moving(inventory, pin.subjects)))
        for id, waves in mine.items():
            yield from _days(inventory.clock, pin, id, waves, facts)
        if pin.same_as:
            others = _waves(inventory, plan, sorted(_moving(inventory, pin.same_as)))
            yield from _apart({**mine, **others}, facts)


def _days(clock: Clock, pin: Pin, id: str, waves: list[Wave], facts: tuple[str, ...]) -> Iterator[Finding]:
    for wave in waves:
        first, last = _first_and_last(clock, wave)
        shown = {"wave": wave.id, "day": first.isoformat()}
        if pin.on is not None and not first <= pin.on <= last:
            yield complaint.of_span("s12.pin_on", (id,), wave.window, values={**shown, "pin": f"{pin.on}"}, facts=facts)
        if pin.not_before is not None and first < pin.not_before:
            values = {**shown, "pin": f"{pin.not_before}"}
            yield complaint.of_span("s12.pin_not_before", (id,), wave.window, values=values, facts=facts)
        if pin.last_day is not None and last > pin.last_day:
            values = {**shown, "day": last.isoformat(), "pin": f"{pin.last_day}"}
            yield complaint.of_span("s12.pin_last_day", (id,), wave.window, values=values, facts=facts)


def _apart(waves: dict[str, list[Wave]], facts: tuple[str, ...]) -> Iterator[Finding]:
    """One finding if the last waves of all that move are not one."""
    last = {id: found[-1] for id, found in waves.items() if found}
    if len({wave.id for wave in last.values()}) > 1:
        told = ", ".join(f"{id} {wave.id}" for id, wave in last.items())
        yield complaint.of_span("s12.pin_apart", tuple(last), None, values={"waves": told}, facts=facts)


def _first_and_last(clock: Clock, wave: Wave) -> tuple[date, date]:
    """The days of the wave's window: what ends before noon belongs to the day before."""
    first, end = clock.local(wave.window.start).date(), clock.local(wave.window.end - 1)
    early = end.hour * 60 + end.minute < MIDDAY
    return first, max(first, end.date() - timedelta(days=1 if early else 0))


def _moving(inventory: Inventory, subjects: tuple[str, ...]) -> frozenset[str]:
    """The assets of a pin: those named, those below named systems, and where one follows another that one."""
    named = list(dict.fromkeys(subjects))
    for id in named:
        runs_on = inventory.systems[id].runs_on if id in inventory.systems else None
        named += [other for other in (leaves(runs_on) if runs_on is not None else ()) if other not in named]
    return frozenset(_stands_on(inventory, inventory.assets[id]).id for id in named if id in inventory.assets)


def _stands_on(inventory: Inventory, asset: Asset) -> Asset:
    under = asset.host or asset.chassis
    if asset.method is not Method.FOLLOW or under is None or under not in inventory.assets:
        return asset
    return _stands_on(inventory, inventory.assets[under])


def _waves(inventory: Inventory, plan: Plan, ids: list[str]) -> dict[str, list[Wave]]:
    """The waves in which each asset is changed, in the order of the plan; what retires is, where it is stopped."""
    found: dict[str, list[Wave]] = {id: [] for id in ids}
    for wave in plan.waves:
        changed = {id for step in wave.steps if step.kind in CHANGES for id in step.assets}
        stopped = {id for step in wave.steps if step.kind is K.STOP for id in step.assets}
        for id, waves in found.items():
            if id in changed or (id in stopped and inventory.assets[id].method is Method.RETIRE):
                waves.append(wave)
    return found
