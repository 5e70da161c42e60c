"""Faults of gates: there is none, it is somewhere else, or nobody can say no."""

from dataclasses import replace
from random import Random
from typing import Any

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Gate
from tests.safety.mutants.counting import is_open
from tests.safety.mutants.editing import only, wave_with
from tests.safety.mutants.job import K
from tests.safety.mutants.operator import Family

FAMILY = Family()
LAST = 1
"""The wave in which something is thrown away."""


def gates(plan: Plan) -> tuple[Step, list[Gate]]:
    """What is irreversible, and the gates that stand before it."""
    step = only(plan, K.DISPOSE, "o")
    return step, [gate for wave in plan.waves for gate in wave.gates if gate.before == step.id]


def _with(plan: Plan, **more: Any) -> Plan:
    return wave_with(plan, LAST, gates=tuple(replace(gate, **more) for gate in plan.waves[LAST].gates))


def unguarded(inventory: Inventory, plan: Plan) -> bool:
    return not gates(plan)[1]


@FAMILY.breaks("S14", unguarded, "replacement")
def take_the_gate_away(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return wave_with(plan, LAST, gates=())


@FAMILY.breaks("S14", unguarded, "replacement")
def put_the_gate_before_another_step(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    others = [step.id for step in plan.waves[LAST].steps if step.kind is not K.DISPOSE]
    return _with(plan, before=random.choice(others))


def not_directly_before(inventory: Inventory, plan: Plan) -> bool:
    """Between the decision and what it is about something begins or ends, or it is taken afterwards or too early."""
    step, before = gates(plan)
    window = plan.waves[LAST].window
    for gate in before:
        times = [t for s in plan.steps() if s.id != step.id for t in (s.start + 0.5, s.end)]
        if not window.start <= gate.at <= step.start or any(gate.at < t <= step.start for t in times):
            return True
    return False


@FAMILY.breaks("S14", not_directly_before, "replacement", decides=True)
def decide_at_another_instant(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    at = plan.waves[LAST].gates[0].at
    return _with(plan, at=at + random.choice((random.randint(-2000, -1), random.randint(1, 300), 0)))


def one_decides_alone(inventory: Inventory, plan: Plan) -> bool:
    return any(gate.decider == gate.deputy for gate in gates(plan)[1])


@FAMILY.breaks("S14", one_decides_alone, "replacement")
def make_decider_and_deputy_one(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return _with(plan, deputy=plan.waves[LAST].gates[0].decider)


def yes_by_default(inventory: Inventory, plan: Plan) -> bool:
    return any(gate.default != "no" for gate in gates(plan)[1])


@FAMILY.breaks("S14", yes_by_default, "replacement")
def go_on_if_nobody_says_anything(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return _with(plan, default=random.choice(("yes", "go", "", "No", "carry on")))


def without_criteria(inventory: Inventory, plan: Plan) -> bool:
    return any(not "".join(gate.criteria).strip() for gate in gates(plan)[1])


@FAMILY.breaks("S14", without_criteria, "replacement")
def decide_by_nothing(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return _with(plan, criteria=random.choice(((), ("",), (" ", "\t"))))


def not_on_duty(inventory: Inventory, plan: Plan) -> bool:
    """Who decides or stands in is unknown, or of the desk outside of office hours."""
    known = {person.id for _, person in inventory.people()}
    for gate in gates(plan)[1]:
        for who in (gate.decider, gate.deputy):
            if who not in known or (who.startswith("desk") and not is_open(inventory, "office", gate.at)):
                return True
    return False


@FAMILY.breaks("S14", not_on_duty, "replacement")
def let_somebody_decide_who_is_not_there(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    who = random.choice(("desk/1", "ict/77", "the mayor"))
    return _with(plan, **{random.choice(("decider", "deputy")): who})


def nameless(inventory: Inventory, plan: Plan) -> bool:
    """The wave does not name the step after which there is no return."""
    return plan.waves[LAST].point_of_no_return != gates(plan)[0].id


@FAMILY.breaks("S14", nameless, "replacement")
def name_another_point_of_no_return(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    others = [step.id for step in plan.waves[LAST].steps if step.kind is not K.DISPOSE]
    return wave_with(plan, LAST, point_of_no_return=random.choice((None, *others)))
