"""The objective of a plan, term by term (planning.md, "What is optimised"), in hundredths, with lower bounds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from planner.calendar import hours
from planner.model.inventory import Inventory
from planner.plan.plan import Term
from planner.plan.step import Step
from planner.scheduling.bounds import Bound, bounds, days_to
from planner.scheduling.outages import in_service
from planner.units.span import Spans


class Course(Protocol):
    """What the terms are taken from: the replay of a plan."""

    @property
    def unavailable(self) -> Mapping[str, Spans]:
        """When each system is not available."""

    def over_bridges(self, inventory: Inventory) -> tuple[tuple[int, int], ...]:
        """For how many minutes how many hard or live needs cross a bridge."""


def terms(
    inventory: Inventory,
    replayed: Course,
    waves: int,
    steps: Sequence[Step],
    known: Mapping[str, Bound] | None = None,
) -> tuple[Term, ...]:
    """Every term of the objective, the first one first; ``known`` bounds are worked out if they are not given."""
    values = measure(inventory, replayed, waves, steps)
    lower = known or bounds(inventory, values["service_minutes"])
    return tuple(
        Term(id, value, lower[id].value, lower[id].proof, first=id == "service_minutes") for id, value in values.items()
    )


def proved(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms of the best of all plans: none has a smaller first term, nor with that a smaller sum of the others."""
    return tuple(replace(term, bound=term.value, proof="exhausted") for term in terms)


def score(terms: Iterable[Term]) -> tuple[int, int]:
    """What plans are compared by, smaller is better: the first term, then the sum of the others."""
    every = tuple(terms)
    return sum(t.value for t in every if t.first), sum(t.value for t in every if not t.first)


def measure(inventory: Inventory, replayed: Course, waves: int, steps: Sequence[Step]) -> dict[str, int]:
    """The values of the terms by id, in hundredths.

    service_minutes = 100 x sum of factor x minutes inside service hours; outage_minutes = weight x sum of factor x
    minutes outside them; waves = weight x number; bridge_sum = weight x sum of crossing needs x minutes; bridge_peak =
    weight x most needs at one instant; person_hours = weight x person-minutes outside office hours / 60, rounded down;
    end_day = weight x days from the horizon's first day to the last step's.
    """
    weights = inventory.policy.weights
    inside = {s: in_service(inventory, s, spans) for s, spans in replayed.unavailable.items()}
    factor = {s.id: weights.criticality[s.criticality] for s in inventory.systems.values()}
    outside = {s: spans.minutes - inside[s] for s, spans in replayed.unavailable.items()}
    bridged = replayed.over_bridges(inventory)
    return {
        "service_minutes": 100 * sum(factor[s] * minutes for s, minutes in inside.items()),
        "outage_minutes": weights.outage_minute * sum(factor[s] * minutes for s, minutes in outside.items()),
        "waves": weights.wave * waves,
        "bridge_sum": weights.bridge_minute * sum(minutes * needs for minutes, needs in bridged),
        "bridge_peak": weights.bridge_peak * max((needs for _, needs in bridged), default=0),
        "person_hours": weights.person_hour * night_minutes(inventory, steps) // 60,
        "end_day": weights.day * days_to(inventory, max(s.end for s in steps)) if steps else 0,
    }


def night_minutes(inventory: Inventory, steps: Iterable[Step]) -> int:
    """Person-minutes, witnesses included, outside the hours that `Staff.office` names."""
    office = hours(inventory.timetable, inventory.clock, inventory.policy.staff.office, inventory.project.horizon)
    total = 0
    for step in steps:
        people = len(step.people) + (step.witness is not None)
        total += people * (step.span.minutes - office.within(step.span).minutes) if people else 0
    return total
