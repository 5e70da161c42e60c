"""Fault operators on plans: each mutant proves by counting what it breaks, and is rejected for it; the rest passes."""

from pathlib import Path
from random import Random

import pytest

from planner.model.policy import Severity
from planner.plan.plan import Plan
from planner.safety.context import Context
from planner.safety.readable import readable
from planner.safety.rules import RULES
from planner.safety.verify import verify
from planner.safety.wellformed import form_faults
from tests.safety.mutants import (
    acceptance,
    carrying,
    dates,
    gates,
    order,
    people,
    provision,
    rooms,
    safekeeping,
    sharing,
    structure,
    turning_back,
)
from tests.safety.mutants.operator import Operator
from tests.safety.mutants.town import town

MODULES = (
    order,
    acceptance,
    dates,
    people,
    rooms,
    sharing,
    turning_back,
    gates,
    safekeeping,
    carrying,
    structure,
    provision,
)
OPERATORS: tuple[Operator, ...] = tuple(operator for module in MODULES for operator in module.FAMILY)
EVERYDAY, LONG = 1, 250
"""Proved mutants of each operator."""
FIRST, WHOLE = 1, 10
"""Of these so many are rejected by a whole verdict, the others by their rule alone."""
HARMLESS = 50
"""Mutants of each operator that break nothing; none has to come up."""
FEW, MANY = 3, 50
"""So many towns with the parts that an operator needs; each is mutated in many ways."""
UNTOUCHED = 2000
PAIRS = 5
"""Plans with two faults, for each operator."""
PATIENCE = 60
"""Mutants that prove nothing, for each one that does."""


def broken(plan: Plan) -> set[str]:
    """The rules that the verifier finds broken."""
    return {failure.rule for failure in verify(plan.inventory, plan).failures}


def is_broken(rule: str, plan: Plan) -> bool:
    """Whether one rule alone is found broken, which takes a tenth of the time of a verdict.

    Nothing is found at the start of these towns, and nothing is waived, so that the verdict takes nothing back.
    """
    context = Context.of(plan.inventory, readable(plan.inventory, plan))
    (own,) = [each for each in RULES if each.id == rule]
    found = [*own.check(context).findings, *(f for f in form_faults(plan.inventory, plan) if f.rule == rule)]
    return any(f.severity is Severity.ERROR and not f.unknown for f in found)


def mutants_are_rejected(operator: Operator, enough: int, pool: int, whole: int) -> None:
    """So many mutants that prove themselves are found by the right rule, the first ones in a whole verdict.

    Where the proof decides, those that break nothing are not found.
    """
    proved = harmless = 0
    for seed in range(enough * PATIENCE):
        if proved == enough:
            return
        base = town(seed % pool, *operator.needs)
        mutant = operator.apply(Random(f"{operator.name} {seed}"), base.inventory, base.plan)
        if mutant is None:
            continue
        breaks = operator.proves(base.inventory, mutant)
        if breaks or (operator.decides and harmless < HARMLESS):
            proved, harmless = proved + breaks, harmless + (not breaks)
            entire = (proved if breaks else harmless) <= whole
            found = operator.rule in broken(mutant) if entire else is_broken(operator.rule, mutant)
            assert found is breaks, f"seed {seed}: {operator.name} is {'not found' if breaks else 'found'}"
    assert proved == enough, f"{proved} proved, {harmless} harmless"


def test_there_are_at_least_forty_operators_each_with_a_name_of_its_own() -> None:
    assert len({operator.name for operator in OPERATORS}) == len(OPERATORS) >= 40


def test_no_operator_and_no_proof_asks_the_verifier_or_the_planner() -> None:
    names = [*(module.__name__.rpartition(".")[2] for module in MODULES), "counting", "editing", "job", "drafting"]
    sources = {name: (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8") for name in names}
    wrong = ("planner.safety", "planner.scheduling", "planner.dependencies", "planner.calendar", "tests.safety.estates")

    assert [(name, word) for name, text in sources.items() for word in wrong if word in text] == []


def test_every_rule_that_a_plan_can_break_has_an_operator() -> None:
    """What is wrong before the first step (S22) no plan has done."""
    assert {operator.rule for operator in OPERATORS} == {f"S{n:02}" for n in range(1, 24)} - {"S22"}


@pytest.mark.parametrize("operator", OPERATORS, ids=str)
def test_a_mutant_that_proves_its_violation_is_rejected_by_the_right_rule(operator: Operator) -> None:
    mutants_are_rejected(operator, EVERYDAY, FEW, FIRST)


@pytest.mark.long
@pytest.mark.parametrize("operator", OPERATORS, ids=str)
def test_two_hundred_and_fifty_mutants_are_rejected_by_the_right_rule(operator: Operator) -> None:
    mutants_are_rejected(operator, LONG, MANY, WHOLE)


@pytest.mark.long
@pytest.mark.parametrize("operator", OPERATORS, ids=str)
def test_two_faults_at_once_do_not_hide_each_other(operator: Operator) -> None:
    """The plan is rejected by a rule that a proof names; of what one fault made unreadable another proof may err."""
    for seed in range(PAIRS):
        base = town(seed % FEW, *operator.needs)
        fitting = [each for each in OPERATORS if base.parts.issuperset(each.needs)]
        random = Random(f"{operator.name} and another {seed}")
        plan = operator.tried(random, base.inventory, base.plan)
        plan = random.choice(fitting).tried(random, base.inventory, plan)
        proved = {each.rule for each in fitting if each.holds(base.inventory, plan)}

        assert not proved or proved & broken(plan), seed


@pytest.mark.parametrize("operator", OPERATORS, ids=str)
def test_no_proof_holds_for_a_plan_that_nobody_touched(operator: Operator) -> None:
    bases = [town(seed, *operator.needs) for seed in range(FEW)]

    assert not any(operator.proves(base.inventory, base.plan) for base in bases)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_found_in_a_plan_that_nobody_touched(seed: int) -> None:
    base = town(seed)

    assert verify(base.inventory, base.plan).findings == ()


@pytest.mark.parametrize("part", sorted({need for operator in provision.FAMILY for need in operator.needs}))
def test_nothing_is_found_in_an_untouched_plan_of_a_town_with_a_part_that_is_asked_for(part: str) -> None:
    base = town(0, part)

    assert part in base.parts
    assert verify(base.inventory, base.plan).findings == ()


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(UNTOUCHED // 100))
def test_nothing_is_found_in_two_thousand_plans_that_nobody_touched(hundred: int) -> None:
    for seed in range(1000 + 100 * hundred, 1100 + 100 * hundred):
        base = town.__wrapped__(seed)  # not kept
        assert verify(base.inventory, base.plan).findings == (), seed
