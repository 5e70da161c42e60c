"""What turning back comes to at every check point of a plan, by the replay of its witness."""

from collections.abc import Mapping

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.wave import CheckPoint, Wave
from planner.plan.way_back import WayBack
from planner.safety.context import Context
from planner.safety.deadline import deadline
from planner.safety.readable import readable
from planner.safety.timetable import Almanac
from planner.safety.witness import continued, length, undoing
from planner.units.span import Span


def ways_back(inventory: Inventory, plan: Plan) -> Mapping[str, WayBack]:
    """By the id of each check point that has a rollback: until when all has to be back, and who is out meanwhile."""
    context, almanac, back = Context.of(inventory, readable(inventory, plan)), Almanac(inventory), undoing(inventory)
    return {
        point.id: _way_back(context, almanac, back, wave, point)
        for wave in context.plan.waves
        for point in wave.check_points
        if point.rollback
    }


def _way_back(context: Context, almanac: Almanac, back: Inventory, wave: Wave, point: CheckPoint) -> WayBack:
    turned, taken = continued(context, back, wave, point), length(point)
    due = deadline(context, almanac, wave, point, turned)
    latest = due.at + context.inventory.policy.margin + taken
    return WayBack(latest, due.bound_by, _out(turned, point.planned + taken))


def _out(turned: Context, end: int) -> Mapping[str, Span]:
    """From the first minute to the last of what is available again when the witness ends."""
    found = {id: tuple(parts) for id, parts in turned.replay.unavailable.items()}
    return {id: Span(parts[0].start, parts[-1].end) for id, parts in found.items() if parts and parts[-1].end <= end}
