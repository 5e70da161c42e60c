"""What a plan comes to, in the few numbers by which plans are compared."""

from collections.abc import Iterable

from planner.calendar import hours
from planner.plan.comparison import Tally, WaveTime
from planner.plan.file import identity
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.units.span import Span, Spans
from planner.whatif.shifts import shift_days, steps_of_people


def tally(plan: Plan) -> Tally:
    """Return the numbers of a plan."""
    inventory = plan.inventory
    weight = inventory.policy.weights.criticality
    first = [term for term in plan.objective if term.first]
    others = [term for term in plan.objective if not term.first]
    return Tally(
        plan=identity(plan),
        waves=tuple(WaveTime(w.id, w.window_id, *_span(w.steps)) for w in plan.waves if w.steps),
        outage=sum(outage.computed for outage in plan.outages),
        inside=sum(outage.inside for outage in plan.outages),
        weighted=sum(o.computed * weight[inventory.systems[o.system].criticality] for o in plan.outages),
        people_nights=people_nights(plan),
        end=max((step.end for wave in plan.waves for step in wave.steps), default=inventory.project.horizon.start),
        value=sum(term.value for term in others),
        bound=sum(term.bound for term in others),
        service=sum(term.value for term in first),
        service_bound=sum(term.bound for term in first),
        stopped=plan.making.stopped,
    )


def people_nights(plan: Plan) -> int:
    """Return how many shifts of all people have work outside office hours in them."""
    inventory = plan.inventory
    office = Spans()
    if inventory.policy.staff.office is not None:
        office = hours(inventory.timetable, inventory.clock, inventory.policy.staff.office, inventory.project.horizon)
    return sum(
        len(shift_days(plan, [step for step in steps if not office.covers(step.span)]))
        for steps in steps_of_people(plan).values()
    )


def _span(steps: Iterable[Step]) -> tuple[int, int]:
    every = Span(min(step.start for step in steps), max(step.end for step in steps))
    return every.start, every.end
