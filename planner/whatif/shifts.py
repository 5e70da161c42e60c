"""The days on which people work by a plan, and how they changed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from planner.plan.difference import PersonChange
from planner.plan.plan import Plan
from planner.plan.step import Step


def people_changes(before: Plan, after: Plan) -> Iterator[PersonChange]:
    """Everybody whose days of work, or whose minutes, are not the same."""
    old, new = steps_of_people(before), steps_of_people(after)
    for person in sorted(old.keys() | new.keys()):
        then, now = old.get(person, []), new.get(person, [])
        change = PersonChange(
            person,
            shift_days(before, then),
            shift_days(after, now),
            sum(step.span.minutes for step in then),
            sum(step.span.minutes for step in now),
        )
        if change.before != change.after or change.minutes_before != change.minutes_after:
            yield change


def shift_days(plan: Plan, steps: list[Step]) -> tuple[date, ...]:
    """The local dates on which the shifts begin: maximal runs with less than the rest between two steps (S15)."""
    rest, clock = plan.inventory.policy.staff.rest, plan.inventory.clock
    days: list[date] = []
    until: int | None = None
    for step in sorted(steps, key=lambda step: step.start):
        if until is None or step.start - until >= rest:
            days.append(clock.day(step.start))
        until = max(step.end, until or step.end)
    return tuple(dict.fromkeys(days))


def steps_of_people(plan: Plan) -> dict[str, list[Step]]:
    """The steps of each person, second pairs of eyes included."""
    found: defaultdict[str, list[Step]] = defaultdict(list)
    for step in plan.steps():
        for person in (*step.people, *((step.witness,) if step.witness else ())):
            found[person].append(step)
    return dict(found)
