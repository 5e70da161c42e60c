"""What the order of a plan costs on the bridge, and what may change places in it."""

from pathlib import Path

import pytest

from planner.plan.order import Evaluation
from planner.plan.plan import Plan
from planner.whatif.order import candidates, evaluated, exchanged, runs
from tests.whatif.town import BRIDGED, plan_of, written


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """web1 and gw1 in the first wave, web2 and db1, which needs gw1, in the second."""
    made = plan_of(written(tmp_path_factory.mktemp("bridged") / "inventory", BRIDGED))
    assert [turn.assets for wave in made.waves for turn in wave.turns] == [
        ("fibre", "web1"),
        ("gw1",),
        ("web2",),
        ("db1",),
    ]
    return made


@pytest.fixture(scope="module")
def own(plan: Plan) -> Evaluation:
    return evaluated(plan.inventory, plan, ())


def test_the_bridge_bears_a_live_need_from_the_move_of_one_end_to_that_of_the_other(
    plan: Plan, own: Evaluation
) -> None:
    assert [(p.turn, p.peak, p.after) for p in own.passages] == [
        ("W1-T1", 0, 0),
        ("W1-T2", 1, 1),
        ("W2-T1", 1, 1),
        ("W2-T2", 0, 0),
    ]
    assert (own.peak, own.breaks) == (1, ())


def test_the_minutes_across_the_bridge_are_those_of_the_objective(plan: Plan, own: Evaluation) -> None:
    terms = {term.id: term.value for term in plan.objective}

    assert own.total * plan.inventory.policy.weights.bridge_minute == terms["bridge_sum"]
    assert own.peak * plan.inventory.policy.weights.bridge_peak == terms["bridge_peak"]


def test_an_order_in_which_the_other_end_goes_first_costs_fewer_minutes_on_the_bridge(
    plan: Plan, own: Evaluation
) -> None:
    """db1 before web2: its turn ends what crosses 80 minutes earlier, the length of the turn of web2."""
    other = evaluated(plan.inventory, plan, [("db1", "web2")])

    assert other.breaks == ()
    assert other.total - own.total == -80
    assert [p.turn for p in other.passages] == ["W1-T1", "W1-T2", "W2-T2", "W2-T1"]


def test_pairs_of_waves_and_neighbouring_turns_are_tried(plan: Plan) -> None:
    assert list(candidates(plan)) == [("W1", "W2"), ("W1-T1", "W1-T2"), ("W2-T1", "W2-T2")]
    assert list(candidates(plan, turns=False)) == [("W1", "W2")]


def test_what_the_verifier_has_nothing_against_may_change_places(plan: Plan, own: Evaluation) -> None:
    was = own.tally.weighted, own.total
    found = exchanged(plan.inventory, plan, ("W2-T1", "W2-T2"), was)

    assert (found.harmless, found.weighted, found.total) == (True, 0, -80)


def test_what_a_rule_forbids_may_not(plan: Plan, own: Evaluation) -> None:
    """The bridge is tested in the first turn, and dates keep db1 and web2 out of the first wave."""
    was = own.tally.weighted, own.total

    assert "S21" in {broken.rule for broken in exchanged(plan.inventory, plan, ("W1", "W2"), was).breaks}
    assert not exchanged(plan.inventory, plan, ("W1-T1", "W1-T2"), was).harmless


def test_a_run_is_of_three_turns_or_more_of_which_all_neighbours_are_free(tmp_path: Path) -> None:
    town = plan_of(written(tmp_path / "inventory"))

    both = [("W1-T1", "W1-T2"), ("W1-T2", "W1-T3")]
    assert list(runs(town, both)) == [("W1-T1", "W1-T2", "W1-T3")]
    assert list(runs(town, both[:1])) == []
