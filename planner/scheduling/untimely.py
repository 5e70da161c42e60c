"""Work for which no window is long enough, and outages that no window and no budget holds (S02, S12, S23)."""

from collections.abc import Iterator

from planner.calendar import hours, room_spans
from planner.calendar.usability import tagged_blackouts, window_spans
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.system import System
from planner.plan.refusal import Reason
from planner.scheduling.binding import binds, is_error
from planner.scheduling.essential import Essential, essential_of
from planner.scheduling.inevitable import Due, due_steps, must_change
from planner.scheduling.truth import Truth
from planner.units.span import Span, Spans

BINDING = ("S02", "S03", "S12", "S21", "S23")
"""The rules that the proof about outages rests on."""


def untimely(inventory: Inventory) -> Iterator[Reason]:
    """Each asset with a step that no window holds; where all are held, each system whose least outage is too long."""
    homeless = tuple(_no_window(inventory))
    yield from homeless
    if not homeless:
        yield from _outages(inventory)


def _no_window(inventory: Inventory) -> Iterator[Reason]:
    for asset in inventory.assets.values():
        for due in due_steps(inventory, asset):
            longest = max((part.minutes for part in _free(inventory, due)), default=0)
            minutes = due.work.duration.likely
            if longest < minutes:
                values = {"asset": asset.id, "kind": due.kind.value, "minutes": str(minutes), "longest": str(longest)}
                yield Reason("fact_no_window", (asset.id,), values, (f"assets.{asset.id}", "calendar.windows"))
                break


def _free(inventory: Inventory, due: Due) -> Spans:
    """When the step may lie; carrying needs the room on either side, where it is known from which it starts."""
    asset, free = inventory.assets[due.asset], due.free
    once = len(asset.stages) == 1 and asset.method is Method.CARRY and asset.at is not None
    if due.kind is StepKind.CARRY and once and asset.at is not None and binds(inventory, "S12", asset.id):
        for room in {asset.at.room, asset.stages[0].position.room}:
            free = free.intersection(room_spans(inventory, room)) if not _waived(inventory, room) else free
    return free


def _waived(inventory: Inventory, room: str) -> bool:
    return not binds(inventory, "S12", room)


def _outages(inventory: Inventory) -> Iterator[Reason]:
    """Least outages hold for plans that keep every rule that the proof rests on, without exceptions."""
    if any(w.rule in BINDING for w in inventory.policy.waivers) or not all(is_error(inventory, r) for r in BINDING):
        return
    found = [reason for system in inventory.systems.values() for reason in _outage(inventory, system)]
    if found:
        truth = Truth(inventory)
        out = truth.evaluate(truth.start(), inventory.project.horizon.start).unavailable
        yield from (reason for reason in found if reason.subjects[0] not in out)


def _outage(inventory: Inventory, system: System) -> Iterator[Reason]:
    """The first of: no window holds the least outage; it lasts too long on the clock; too much of it is in service.

    An outage begins and ends with steps in windows, and is over between two waves, so it lies in one stretch of windows
    outside the system's blackouts.
    """
    essential: Essential = essential_of(inventory)
    minutes, asset = essential.outage[system.id], essential.cause.get(system.id)
    if not minutes or asset is None or not must_change(inventory, inventory.assets[asset]):
        return
    places = window_spans(inventory).minus(tagged_blackouts(inventory, system.blackouts))
    longest = max((part.minutes for part in places), default=0)
    values = {"system": system.id, "asset": asset, "minutes": str(minutes)}
    facts = (f"systems.{system.id}", f"assets.{asset}")
    if longest < minutes:
        yield Reason("fact_window_too_short", (system.id, asset), {**values, "longest": str(longest)}, facts)
        return
    if system.longest_elapsed is not None and minutes > system.longest_elapsed:
        limit = {**values, "limit": str(system.longest_elapsed)}
        yield Reason("fact_outage_too_long", (system.id, asset), limit, (f"systems.{system.id}.longest_elapsed",))
        return
    allowed = min(system.budget, system.budget if system.longest is None else system.longest)
    inside = _least_inside(inventory, system, minutes, places)
    if inside > allowed:
        name = "budget" if allowed == system.budget else "longest"
        told = {**values, "inside": str(inside), "limit": str(allowed)}
        yield Reason("fact_outage_over_budget", (system.id, asset), told, (f"systems.{system.id}.{name}", *facts[1:]))


def _least_inside(inventory: Inventory, system: System, minutes: int, places: Spans) -> int:
    """The fewest minutes in service hours of any interval of this length in one of the places.

    They change at one rate between the instants at which the interval's ends meet an edge, so only these are looked at.
    """
    horizon = inventory.project.horizon
    served = hours(inventory.timetable, inventory.clock, system.hours, horizon)
    least = minutes
    for part in (part for part in places if part.minutes >= minutes):
        near = served.within(part)
        starts = {part.start, part.end - minutes, *(s.end for s in near), *(s.start - minutes for s in near)}
        spans = (Span(start, start + minutes) for start in starts)
        least = min([least, *(near.within(span).minutes for span in spans if part.covers(span))])
        if not least:
            break
    return least
