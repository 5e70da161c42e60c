"""Waves that somebody has decided already: which windows they leave to each job, and which jobs share one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from planner.calendar import Window, windows
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.model.pin import Pin
from planner.plan.refusal import Reason
from planner.scheduling.binding import binds
from planner.scheduling.draft import Draft
from planner.scheduling.inevitable import must_change
from planner.scheduling.job import Job
from planner.scheduling.numbering import carrier
from planner.units.clock import Clock
from planner.units.span import Span

if TYPE_CHECKING:  # `check` asks about pins, and waits for no solver
    from planner.scheduling.construct import Construction

NOON = 12 * 60
TRIES = 8
"""How many windows are tried for what has to share one, for each unit of effort."""


def pinned(inventory: Inventory, jobs: Sequence[Job]) -> tuple[Job, ...]:
    """The jobs, each in the windows that the pins of its subjects leave."""
    allowed = {id: _windows_for(inventory, id) for id in dict.fromkeys(s for job in jobs for s in job.subjects)}
    return tuple(_bounded(job, [found for s in job.subjects if (found := allowed[s]) is not None]) for job in jobs)


def _bounded(job: Job, allowed: Sequence[frozenset[str]]) -> Job:
    return replace(job, windows=frozenset.intersection(*allowed)) if allowed else job


def _windows_for(inventory: Inventory, asset: str) -> frozenset[str] | None:
    """The windows that the dated pins of an asset leave; None where it has none."""
    pins = [pin for _, pin in dated_pins(inventory, asset)]
    if not pins:
        return None
    clock, every = inventory.clock, windows(inventory)
    return frozenset(window.id for window in every if all(allows(pin, window.span, clock) for pin in pins))


def dated_pins(inventory: Inventory, asset: str) -> Iterator[tuple[int, Pin]]:
    """The pins that bind the wave of an asset to days, with their numbers."""
    for number, pin in enumerate(inventory.pins):
        dated = (pin.on, pin.not_before, pin.last_day) != (None, None, None)
        if dated and asset in beneath(inventory, pin.subjects):
            yield number, pin


def allows(pin: Pin, window: Span, clock: Clock) -> bool:
    """Whether a wave in this window is on the days that the pin names."""
    first = clock.day(window.start)
    last = max(first, clock.day(window.end - 1) - timedelta(days=clock.of_day(window.end - 1) < NOON))
    on = pin.on is None or first <= pin.on <= last
    return on and (pin.not_before is None or pin.not_before <= first) and (pin.last_day is None or last <= pin.last_day)


def beneath(inventory: Inventory, subjects: Iterable[str]) -> frozenset[str]:
    """The assets that move where a pin names these: what systems run on, and hosts for what follows them."""
    found: set[str] = set()
    waiting = list(subjects)
    while waiting:
        id = waiting.pop()
        system, asset = inventory.systems.get(id), inventory.assets.get(id)
        if system is not None and system.runs_on is not None:
            waiting += leaves(system.runs_on)
        if asset is None or asset.id in found:
            continue
        under = carrier(asset)
        if asset.method is not Method.FOLLOW or under is None:
            found.add(asset.id)
        else:
            waiting.append(under)
    return frozenset(found)


def without_window(inventory: Inventory) -> Iterator[Reason]:
    """What has to change in a wave and is pinned so that no window is left for it."""
    for asset in inventory.assets.values():
        in_wave = asset.method is not Method.INSTALL and must_change(inventory, asset)
        if in_wave and binds(inventory, "S12", asset.id) and _windows_for(inventory, asset.id) == frozenset():
            pins = tuple(dated_pins(inventory, asset.id))
            values = {"asset": asset.id, "pins": "; ".join(told(pin) for _, pin in pins)}
            yield Reason("pin_without_window", (asset.id,), values, tuple(f"pins.{number}" for number, _ in pins))


def in_the_way(construction: Construction, draft: Draft) -> Iterator[Reason]:
    """The pins of what is left undone, in the words of the inventory."""
    inventory = construction.inventory
    undone = frozenset(s for id in draft.undone if id in construction.jobs for s in construction.jobs[id].subjects)
    for number, pin in enumerate(inventory.pins):
        held = undone & beneath(inventory, (*pin.subjects, *pin.same_as))
        if held:
            yield Reason("pin_not_held", tuple(sorted(held)), {"pin": told(pin)}, (f"pins.{number}",))


def told(pin: Pin) -> str:
    """The pin as it is written."""
    parts = [f"subject: {', '.join(pin.subjects)}"]
    days = {"on": pin.on, "not_before": pin.not_before, "last_day": pin.last_day}
    parts += [f"{key}: {day.isoformat()}" for key, day in days.items() if day is not None]
    parts += [f"same_wave_as: {', '.join(pin.same_as)}"] if pin.same_as else []
    return ", ".join(parts)


def united(construction: Construction, draft: Draft, effort: float, search: Callable[[], Draft]) -> Draft:
    """The draft, or one in which the jobs that pins put into one wave are in one window; else they are undone in it.

    Windows that hold some of them in the draft are tried first, each with a search of its own.
    """
    for ids in _sharing(construction):
        if len(_used(draft, ids)) > 1 or ids & draft.undone:
            draft = _in_one(construction, draft, ids, effort, search)
    return draft


def _in_one(
    construction: Construction, draft: Draft, ids: frozenset[str], effort: float, search: Callable[[], Draft]
) -> Draft:
    free = {id: construction.jobs[id] for id in sorted(ids)}
    undone = draft.undone | ids
    best, held = replace(draft, undone=undone, cost=(len(undone), draft.cost[1])), free
    for window in _candidates(construction, draft, ids)[: max(1, int(TRIES * effort))]:
        tried = {id: replace(job, windows=frozenset({window.id})) for id, job in free.items()}
        construction.jobs.update(tried)
        construction.forget()
        found = search()
        if found.cost < best.cost:
            best, held = found, tried
    construction.jobs.update(held)
    construction.forget()
    return best


def _sharing(construction: Construction) -> Iterator[frozenset[str]]:
    """The jobs that each pin puts into one wave: the last of every subject."""
    inventory = construction.inventory
    last = {s: job.id for job in sorted(construction.jobs.values(), key=lambda job: job.stage) for s in job.subjects}
    for pin in inventory.pins:
        bound = beneath(inventory, (*pin.subjects, *pin.same_as)) if pin.same_as else frozenset[str]()
        ids = frozenset(last[asset] for asset in bound if asset in last)
        if len(ids) > 1:
            yield ids


def _used(draft: Draft, ids: frozenset[str]) -> dict[str, int]:
    """How many of the jobs each window holds."""
    found: dict[str, int] = {}
    for turn in draft.turns:
        held = len(ids.intersection(turn.jobs))
        if held:
            found[turn.window.id] = found.get(turn.window.id, 0) + held
    return found


def _candidates(construction: Construction, draft: Draft, ids: frozenset[str]) -> list[Window]:
    """Windows that the dates of all jobs allow, those that hold most of them first, then long and early ones."""
    used, jobs = _used(draft, ids), [construction.jobs[id] for id in ids]
    found = [w for w in windows(construction.inventory) if all(construction.in_time(j, w, w.span) for j in jobs)]
    return sorted(found, key=lambda w: (-used.get(w.id, 0), -w.span.minutes, w.span.start, w.id))
