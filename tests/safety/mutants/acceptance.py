"""Faults of groups and acceptances: what goes as one goes apart, and what is accepted for now is never confirmed."""

from dataclasses import replace
from random import Random

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from tests.safety.mutants.counting import is_open
from tests.safety.mutants.editing import added, changed, edited, found, only, shifted, without
from tests.safety.mutants.job import K, StepKind
from tests.safety.mutants.operator import Family

FAMILY = Family()
FIRST, SECOND = "kos", "jum"
"""They need each other; this is their order in the file."""


def alone(plan: Plan, kind: StepKind, id: str, by: int) -> Plan:
    """Of a step of both, this one has one of its own, so many minutes later."""
    step = only(plan, kind, id)
    left = edited(plan, step, assets=tuple(other for other in step.assets if other != id))
    return added(left, replace(step, id=f"{step.id}/{id}", assets=(id,), start=step.start + by, end=step.end + by))


def out_of_order(inventory: Inventory, plan: Plan) -> bool:
    """The second of the file starts in a minute before the first, or the first stops before the second."""
    starts = [only(plan, K.START, id).start for id in (FIRST, SECOND)]
    stops = [only(plan, K.STOP, id).start for id in (SECOND, FIRST)]
    return starts[1] < starts[0] or stops[1] < stops[0]


@FAMILY.breaks("S03", out_of_order, "circle")
def turn_the_order_of_a_circle_round(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    kind, id = random.choice(((K.START, SECOND), (K.STOP, FIRST)))
    return alone(plan, kind, id, -random.randint(1, 20))


def one_stays_on(inventory: Inventory, plan: Plan) -> bool:
    """One of the two is stopped and started again, and the other is not."""
    stopped = [bool(found(plan, K.STOP, id)) for id in (FIRST, SECOND)]
    return stopped[0] != stopped[1]


@FAMILY.breaks("S03", one_stays_on, "circle")
def leave_one_of_a_circle_on(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    stays = random.choice((FIRST, SECOND))

    def change(step: Step) -> Step:
        return replace(step, assets=tuple(id for id in step.assets if id != stays))

    return changed(plan, change)


def accepted_apart(inventory: Inventory, plan: Plan) -> bool:
    """The acceptances of the two do not end in one minute."""
    return only(plan, K.ACCEPT, FIRST).end != only(plan, K.ACCEPT, SECOND).end


@FAMILY.breaks("S20", accepted_apart, "circle")
def accept_a_circle_one_by_one(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return alone(plan, K.ACCEPT, random.choice((FIRST, SECOND)), random.randint(1, 60))


def never_confirmed(inventory: Inventory, plan: Plan) -> bool:
    """In the first office minute after an acceptance at night nobody begins to confirm it."""
    accepted = only(plan, K.ACCEPT, "lg")
    if not accepted.provisional:
        return not is_open(inventory, "office", accepted.start)
    first = next(m for m in range(accepted.end, accepted.end + 9 * 1440) if is_open(inventory, "office", m))
    return not any(step.start == first and step.people for step in found(plan, K.CONFIRM, "lg"))


@FAMILY.breaks("S20", never_confirmed, "elsewhere")
def never_confirm_what_was_accepted_for_now(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return without(plan, only(plan, K.CONFIRM, "lg"))


@FAMILY.breaks("S20", never_confirmed, "elsewhere", decides=True)
def confirm_at_another_minute(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = only(plan, K.CONFIRM, "lg")
    hours = random.choice((random.randint(-60, 180), 24 * 60, 0))
    return shifted(plan, hours, step)


@FAMILY.breaks("S20", never_confirmed, "elsewhere")
def let_nobody_confirm(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return edited(plan, only(plan, K.CONFIRM, "lg"), people=())


@FAMILY.breaks("S20", never_confirmed, "elsewhere")
def accept_for_good_at_night(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return edited(plan, only(plan, K.ACCEPT, "lg"), provisional=False)
