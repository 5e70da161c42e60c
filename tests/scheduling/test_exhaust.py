"""Small problems are gone through completely; what is not small is left to the drafts."""

from dataclasses import replace

import pytest

from planner.model.asset import Asset, Demand, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import Leaf
from planner.model.network import Link
from planner.model.people import Person, Team
from planner.model.policy import Policy, Staff
from planner.model.system import System
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable, WindowPattern, WindowShape
from planner.plan.plan import Plan
from planner.plan.step import RollbackStep
from planner.safety.verify import verify
from planner.scheduling.exhaust_crew import crews
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.scheduling.turning_back import Return
from planner.units.duration import Duration
from planner.units.span import Span
from tests.scheduling.estate import box, estate, leaf_tree, live, service, works

K = StepKind
OPEN = Hours("open", (DailyHours(DaySet(), 6 * 60, 22 * 60),))
NIGHT = WindowPattern("night", "night", WindowShape.DAILY, 22 * 60, 28 * 60)
HOURLY = works(carry=60, check=60)
RESTART = works(stop=60, start=60)
HARD_TO_SPARE = Policy(margin=0, staff=Staff(rest=0, fresh=0, two_person=frozenset()))


def nightly(assets: list[Asset], systems: list[System], **facts: object) -> Inventory:
    timetable = Timetable(hours={"open": OPEN}, windows=(NIGHT,))
    given: dict[str, object] = {"timetable": timetable, "policy": HARD_TO_SPARE, **facts}
    inventory = estate(assets, systems, **given)
    return replace(inventory, project=replace(inventory.project, horizon=Span(6 * 60, 2 * 24 * 60)))


def planned(inventory: Inventory, effort: float = 1.0) -> Plan:
    made = schedule(inventory, Options(effort=effort))
    assert isinstance(made, Plan)
    assert verify(inventory, made).failures == ()
    return made


def proofs(plan: Plan) -> set[str]:
    return {term.proof for term in plan.objective}


def starts(plan: Plan, kind: StepKind) -> dict[str, int]:
    return {step.assets[0]: step.start for step in plan.steps() if step.kind is kind}


def single() -> Inventory:
    return nightly([box("a", to="new", works=HOURLY)], [service("s", Leaf("a"), hours="open", works=RESTART)])


def test_the_best_of_all_plans_is_its_own_lower_bound() -> None:
    plan = planned(single())
    assert proofs(plan) == {"exhausted"}
    assert all(term.bound == term.value for term in plan.objective)
    assert {term.id: term.value for term in plan.objective}["outage_minutes"] == 100 * 2 * 240


def test_with_too_little_effort_nothing_is_said_to_be_exhausted() -> None:
    assert "exhausted" not in proofs(planned(replace_rollback(single()), effort=0.000_01))


def replace_rollback(inventory: Inventory) -> Inventory:
    """Turning back takes no longer than drafts take it for, so that they find a plan as well."""
    return replace(inventory, timetable=replace(inventory.timetable, windows=(replace(NIGHT, end=33 * 60),)))


@pytest.mark.parametrize(
    "facts",
    [
        {"accept_hours": "open"},
        {"accept_is_check_point": True},
        {"longest": 600},
        {"longest_elapsed": 600},
    ],
)
def test_what_would_have_a_say_besides_windows_and_budgets_is_left_to_the_drafts(facts: dict[str, object]) -> None:
    inventory = replace_rollback(single())
    system = replace(
        inventory.systems["s"], works={**RESTART, **works(accept=60, confirm=30)}, fallback="paper", **facts
    )  # type: ignore[arg-type]
    made = schedule(replace(inventory, systems={"s": system}))
    assert isinstance(made, Plan)
    assert "exhausted" not in proofs(made)


def test_five_assets_are_not_small() -> None:
    assets = [box(id, to="new", works=works(carry=60)) for id in "abcde"]
    made = schedule(nightly(assets, [service(f"s{a.id}", Leaf(a.id), hours="open", works=RESTART) for a in assets]))
    assert isinstance(made, Plan)
    assert "exhausted" not in proofs(made)


def test_a_window_of_many_grains_is_not_small() -> None:
    odd = box("a", to="new", works=works(carry=57, check=60))
    made = schedule(nightly([odd], [service("s", Leaf("a"), hours="open", works=RESTART)]))
    assert not isinstance(made, Plan) or "exhausted" not in proofs(made)


def test_one_of_two_moves_after_the_other_and_a_third_meanwhile_inside_one_turn() -> None:
    """s stays up on one of a and b; t is out for c, which needs a in its room's reach, so the turn ends for all."""
    assets = [box(id, to="new", works=works(carry=60)) for id in ("a", "b")]
    assets.append(box("c", to="new", works=works(carry=60), needs=(live("a"), live("b"))))
    systems = [
        service("s", leaf_tree("a", "b", count=1), hours="open", works=RESTART),
        service("t", Leaf("c"), hours="open", works=RESTART),
    ]
    plan = planned(nightly(assets, systems))
    assert [outage.system for outage in plan.outages] == ["t"]
    carried = starts(plan, K.CARRY)
    assert carried["a"] != carried["b"]
    assert [len(wave.turns) for wave in plan.waves] == [1]


def test_turning_back_one_after_the_other_leaves_a_redundant_system_up() -> None:
    """At the check of b both members are in the new room; back they go one by one, and s need not stop."""
    assets = [box("a", to="new", works=works(carry=60)), box("b", to="new", works=HOURLY, needs=(live("c"),))]
    assets.append(box("c", to="new", works=works(carry=60)))
    systems = [
        service("s", leaf_tree("a", "b", count=1), hours="open", works=RESTART),
        service("t", Leaf("c"), hours="open", works=RESTART),
    ]
    links = {"line": Link("line", "line", ("old", "new"))}
    plan = planned(nightly(assets, systems, links=links))
    assert "s" not in {id for w in plan.waves for c in w.check_points for r in c.rollback for id in r.assets}


def test_a_bridge_is_tested_ahead_of_the_first_window() -> None:
    assets = [box("a", to="new", works=works(carry=60), needs=(live("b"),)), box("b")]
    bridge = Link("bridge", "bridge", ("old", "new"), bridge=True, test=Duration.fixed(60))
    system = service("s", Leaf("a"), hours="open", works=RESTART)
    plan = planned(nightly(assets, [system], links={"bridge": bridge}))
    assert [(step.kind, step.assets) for step in plan.preparation] == [(K.TEST, ("bridge",))]
    assert plan.preparation[0].end <= 22 * 60


def test_people_are_named_those_without_skills_first_and_nobody_twice_at_once() -> None:
    team = Team("t", "t", (Person("x", "x", frozenset({"san"})), Person("y", "y")))
    inventory = estate(teams={"t": team})
    step, work = RollbackStep(K.CARRY, ("a",), 0, 10), Work(Duration.fixed(10), (Demand("t"),))
    skilled = replace(work, crew=(Demand("t", 1, "san"),))
    rows = [(step, work, 0), (replace(step, assets=("b",)), skilled, 5), (replace(step, assets=("c",)), work, 10)]
    named = crews(inventory, {"t": ("x", "y")}, rows)
    assert named is not None
    assert [(s.assets, s.offset, s.people) for s in named] == [
        (("a",), 0, ("y",)),
        (("b",), 5, ("x",)),
        (("c",), 10, ("y",)),
    ]
    assert crews(inventory, {"t": ("y",)}, rows) is None


def test_a_way_back_is_no_worse_if_it_is_no_longer_and_has_nobody_out_earlier() -> None:
    way = Return(60, {"s": 30}, ())
    assert way.no_worse(Return(60, {"s": 0, "t": 0}, ()))
    assert not way.no_worse(Return(30, {"s": 30}, ()))
    assert not way.no_worse(Return(60, {"s": 60}, ()))
    assert not way.no_worse(Return(60, {"t": 0}, ()))
