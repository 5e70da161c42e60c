"""The verifier agrees with a simulation that looks at every minute by itself."""

from collections.abc import Callable

import pytest

from planner.plan.finding import Finding
from planner.plan.plan import Outage, Plan
from planner.safety.context import Context
from planner.safety.hard_groups import hard_groups
from planner.safety.rules import s01_continuous_availability as s01
from planner.safety.rules import s02_outage_budget as s02
from planner.safety.rules import s03_clean_stop_and_start as s03
from planner.safety.rules import s04_redundancy_kept as s04
from planner.safety.rules import s07_bridge_load as s07
from planner.safety.rules import s09_segments as s09
from planner.safety.rules import s20_acceptance as s20
from planner.units.span import Span
from tests.safety.chance import chance, nested
from tests.safety.estates import plan as hand_made
from tests.safety.minutes import Picture, runs

EVERYDAY, LONG = 2_000, 20_000
Marks = set[tuple[str, str, int]]
MENDED = 3
"""Every third plan is mended, so that there are enough that keep the rules."""


def simulated(plan: Plan) -> Marks:
    """(rule, subject, minute) as the simulation sees them; S01 marks what is out and not declared."""
    marks: Marks = set()
    horizon = plan.inventory.project.horizon
    for minute in range(horizon.start, horizon.end):
        picture = Picture(plan.inventory, plan, minute)
        marks |= {("out", id, minute) for id in plan.inventory.systems if not picture.available(id)}
        marks |= {("S03", id, minute) for id, _ in picture.unheld()}
        marks |= {("S09", id, minute) for id in picture.stretched()}
        marks |= {("S20", id, minute) for id in picture.untestable()}
        told = {o.system for o in plan.outages if minute in o.span}
        marks |= {("S04", id, minute) for id in picture.short() if id not in told}
        marks |= {
            ("S07", id, minute) for id, load in picture.load().items() if load > (plan.inventory.links[id].mbps or 0)
        }
    return marks | {("S01", id, minute) for id in plan.inventory.systems for minute in _undeclared(plan, id, marks)}


def _undeclared(plan: Plan, id: str, marks: Marks) -> set[int]:
    """What is out and not declared; all of a stretch that only several declared outages cover together."""
    declared = [range(o.span.start, o.span.end) for o in plan.outages if o.system == id]
    found: set[int] = set()
    for begin, end in runs(sorted(minute for rule, system, minute in marks if (rule, system) == ("out", id))):
        stretch = range(begin, end)
        if not any(begin in told and end - 1 in told for told in declared):
            missing = {minute for minute in stretch if not any(minute in told for told in declared)}
            found |= missing or set(stretch)
    return found


def verified(plan: Plan) -> Marks:
    """The same as the verifier sees it."""
    context = Context.of(plan.inventory, plan)
    out = {id: spans for id, spans in context.replay.unavailable.items() if spans}
    marks = {("out", id, m) for id, spans in out.items() for span in spans for m in range(span.start, span.end)}
    keys = {
        "s01.undeclared": s01.RULE,
        "s03.not_stopped": s03.RULE,
        "s03.stops_too_late": s03.RULE,
        "s03.starts_too_early": s03.RULE,
        "s04.too_few": s04.RULE,
        "s04.spare_missing": s04.RULE,
        "s07.overload": s07.RULE,
        "s09.stretched": s09.RULE,
        "s20.check_need": s20.RULE,
        "s20.acceptance_need": s20.RULE,
    }
    found = [f for rule in dict.fromkeys(keys.values()) for f in rule.check(context).findings if f.key in keys]
    found = [f for f in found if _is_simulated(context, f)]
    for f in found:
        assert f.span is not None
        marks |= {(f.rule, f.subjects[0], minute) for minute in range(f.span.start, f.span.end)}
    return marks


def _is_simulated(context: Context, finding: Finding) -> bool:
    """The simulation counts redundancy for systems alone, and leaves circles of hard needs out of the tests."""
    subject = finding.subjects[0]
    if finding.rule == "S04":
        return subject in context.inventory.systems
    return finding.rule != "S20" or subject not in hard_groups(context.replay.world)


def kept(marks: Marks) -> bool:
    """Whether no rule is broken; what is out and declared breaks none."""
    return {rule for rule, _, _ in marks} <= {"out"}


def mended(plan: Plan) -> Plan:
    """The plan with its outages declared, without the steps after which a rule is broken, as far as that helps."""
    for _ in range(10):
        marks = verified(plan)
        outages = [Outage(id, Span(*run), 0, 0) for id in plan.inventory.systems for run in _runs(marks, "out", id)]
        broken = {(rule, id) for rule, id, _ in marks} - {(rule, id) for rule, id, _ in marks if rule in ("out", "S01")}
        begins = [begin for rule, id in broken for begin, _ in _runs(marks, rule, id)]
        begun = [[step for step in plan.steps() if step.start <= begin] for begin in begins]
        culprits = {max(steps, key=lambda step: (step.start, step.id)).assets for steps in begun if steps}
        plan = hand_made(plan.inventory, [s for s in plan.steps() if s.assets not in culprits], outages)
        if not culprits:
            break
    return plan


def _runs(marks: Marks, rule: str, id: str) -> list[tuple[int, int]]:
    return runs(sorted(minute for r, subject, minute in marks if (r, subject) == (rule, id)))


def agree(seed: int, made: Callable[[int], Plan] = chance) -> bool:
    """Whether the simulation finds that the plan keeps the rules; fails where the verdict says otherwise."""
    plan = made(seed) if seed % MENDED else mended(made(seed))
    expected, actual = simulated(plan), verified(plan)
    if expected != actual:
        unlike = sorted(expected ^ actual)
        side = "the simulation" if unlike[0] in expected else "the verdict"
        pytest.fail(f"seed {seed}: {unlike[:5]}; the first only in {side}")
    return kept(expected)


def agree_on_a_hundred(first: int) -> None:
    safe = sum(agree(seed) for seed in range(first, first + 100))

    assert 15 <= safe <= 85


@pytest.mark.parametrize("hundred", range(EVERYDAY // 100))
def test_the_verifier_agrees_with_the_minutes_of_two_thousand_plans_safe_and_unsafe(hundred: int) -> None:
    agree_on_a_hundred(hundred * 100)


def test_the_verifier_agrees_where_needs_are_trees_inside_trees() -> None:
    assert 2 <= sum(agree(seed, nested) for seed in range(12)) <= 10


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(20))
def test_the_verifier_agrees_on_two_thousand_plans_with_trees_inside_trees(hundred: int) -> None:
    assert sum(agree(seed, nested) for seed in range(100 + 100 * hundred, 200 + 100 * hundred)) >= 10


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(LONG // 100))
def test_the_verifier_agrees_with_the_minutes_of_twenty_thousand_more(hundred: int) -> None:
    agree_on_a_hundred(10_000 + hundred * 100)


def test_the_budget_is_the_sum_of_the_minutes_that_are_out() -> None:
    for seed in range(50):
        plan = chance(seed)
        systems = plan.inventory.systems
        pictures = [Picture(plan.inventory, plan, minute) for minute in range(48)]
        out = {id: [p.minute for p in pictures if not p.available(id)] for id in systems}
        begun = {id: [run for run in runs(minutes) if run[0] > 0] for id, minutes in out.items()}
        over = {id for id in systems if sum(b - a for a, b in begun[id]) > systems[id].budget}

        findings = s02.RULE.check(Context.of(plan.inventory, plan)).findings
        assert {f.subjects[0] for f in findings if f.key == "s02.budget"} == over
