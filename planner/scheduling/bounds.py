"""Lower bounds of the objective's terms, for any plan that satisfies the rules and is not worse in the first term.

Each proof is a word: `trivial` (0, nothing better is known), `essential` (outages that no order of work avoids, see
`Essential`; those that cannot be one add up, see `total_outages`), `budget` (the part of these that S02 forbids inside
service hours), `outside` (the part of these that lies outside service hours in a plan with no more minutes inside them,
which come first), `one` (something has to be done in a window), `disjoint` (changes of which no two have a usable
window in common), `crew` (the work of hands and the largest other work on one asset, outside office hours wherever it
is done), `earliest` (the first instant by which each change can be finished).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.calendar import hours
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.policy import Severity
from planner.scheduling.apart import total_outages
from planner.scheduling.errand import Errand, errands
from planner.scheduling.essential import Essential, essential_of
from planner.scheduling.inevitable import Due
from planner.units.span import Minute


@dataclass(frozen=True, slots=True)
class Bound:
    """A value in hundredths that no plan goes below, and the word for why."""

    value: int
    proof: str


TRIVIAL = Bound(0, "trivial")


TERMS = ("service_minutes", "outage_minutes", "waves", "bridge_sum", "bridge_peak", "person_hours", "end_day")
HANDS = frozenset({StepKind.UNMOUNT, StepKind.MOUNT})
"""Works that are done to one asset after the other, also where one step does them to several."""
BINDING = ("S02", "S03", "S12", "S15", "S21")
"""The rules that the proofs rest on."""


def bounds(inventory: Inventory, inside: int | None = None) -> Mapping[str, Bound]:
    """The bound of every term by its id; all trivial where the policy loosens a rule that the proofs rest on.

    ``inside`` is the first term of a plan, in hundredths: the bounds then hold for plans that are not worse in it.
    """
    if any(waiver.rule in BINDING for waiver in inventory.policy.waivers) or any(
        rule in BINDING and choice.severity is not Severity.ERROR
        for rule, choice in inventory.policy.severities.items()
    ):
        return dict.fromkeys(TERMS, TRIVIAL)
    essential, every = essential_of(inventory), tuple(errands(inventory))
    total = total_outages(essential, ((errand.asset, errand.key.free) for errand in every))
    return {
        "service_minutes": _service(inventory, essential),
        "outage_minutes": max(_outage(inventory, total), _outside(inventory, total, inside), key=_value),
        "waves": _waves(inventory, every),
        "bridge_sum": TRIVIAL,
        "bridge_peak": TRIVIAL,
        "person_hours": _crew(inventory, every),
        "end_day": _end_day(inventory, every),
    }


def _service(inventory: Inventory, essential: Essential) -> Bound:
    """Sum over systems of factor x 100 x max(0, least outage - longest time between service hours)."""
    factors = inventory.policy.weights.criticality
    value = sum(
        100
        * factors[system.criticality]
        * max(0, essential.outage[system.id] - _longest_closed(inventory, system.hours))
        for system in inventory.systems.values()
    )
    return Bound(value, "essential") if value else TRIVIAL


def _longest_closed(inventory: Inventory, hours_id: str | None) -> int:
    horizon = inventory.project.horizon
    open_spans = hours(inventory.timetable, inventory.clock, hours_id, horizon)
    return max((span.minutes for span in open_spans.complement(horizon)), default=0)


def _outage(inventory: Inventory, total: Mapping[str, int]) -> Bound:
    """Sum over systems of factor x weight x max(0, least total outage - budget); always open: 0."""
    weights = inventory.policy.weights
    value = sum(
        weights.outage_minute * weights.criticality[system.criticality] * max(0, total[system.id] - system.budget)
        for system in inventory.systems.values()
        if system.hours is not None
    )
    return Bound(value, "budget") if value else TRIVIAL


def _outside(inventory: Inventory, total: Mapping[str, int], inside: int | None) -> Bound:
    """Weight x max(0, sum over systems of factor x least total outage - what the first term counts already)."""
    if inside is None:
        return TRIVIAL
    weights = inventory.policy.weights
    factors = {system.id: weights.criticality[system.criticality] for system in inventory.systems.values()}
    every = sum(factor * total[system] for system, factor in factors.items())
    value = weights.outage_minute * max(0, every - inside // 100)
    return Bound(value, "outside") if value else TRIVIAL


def _value(bound: Bound) -> int:
    return bound.value


def _waves(inventory: Inventory, every: Sequence[Errand]) -> Bound:
    """Weight x the number of errands, taken greedily, of which no two have a window in common."""
    found: list[frozenset[str]] = []
    for fitting in sorted((errand.windows(inventory) for errand in every), key=len):
        if fitting and all(fitting.isdisjoint(other) for other in found):
            found.append(fitting)
    return Bound(len(found) * inventory.policy.weights.wave, ("trivial", "one", "disjoint")[min(len(found), 2)])


def _crew(inventory: Inventory, every: Sequence[Errand]) -> Bound:
    """Weight x the person-minutes of what can be done outside office hours alone.

    Hands add up over the assets of one step (S21); what else is done may be done to several at once, so of that the
    most of one errand counts.
    """
    horizon = inventory.project.horizon
    office = hours(inventory.timetable, inventory.clock, inventory.policy.staff.office, horizon)
    at_night = [[step for step in errand.steps if not step.free.intersection(office)] for errand in every]
    hands = sum(_person_minutes(step) for steps in at_night for step in steps if step.kind in HANDS)
    others = (sum(_person_minutes(step) for step in steps if step.kind not in HANDS) for steps in at_night)
    hundredths = (hands + max(others, default=0)) * inventory.policy.weights.person_hour // 60
    return Bound(hundredths, "crew") if hundredths else TRIVIAL


def _person_minutes(step: Due) -> int:
    return step.minutes * sum(demand.count for demand in step.work.crew)


def _end_day(inventory: Inventory, every: Sequence[Errand]) -> Bound:
    """Weight x the days from the horizon's start to the last of the earliest ends."""
    ends = [end for errand in every if (end := errand.earliest) is not None]
    if not ends:
        return TRIVIAL
    return Bound(inventory.policy.weights.day * days_to(inventory, max(ends)), "earliest")


def days_to(inventory: Inventory, end: Minute) -> int:
    """Whole local days from the day of the horizon's start to the day of ``end``."""
    clock = inventory.clock
    return (clock.day(end) - clock.day(inventory.project.horizon.start)).days
