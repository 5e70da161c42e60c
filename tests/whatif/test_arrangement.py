"""The steps of a plan in another order: what moves, what follows from it, and that the verifier judges it."""

import pytest

from planner.plan.plan import Plan
from planner.safety.verify import verify
from planner.whatif.arrangement import Chain, NoOrder, arranged, circle, keeps, named, pinned, spots_of, swapped
from tests.whatif.town import plan_of, written

DAY = 1440


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Two waves a fortnight apart; web1, gw1 and db1 in the turns of the first, web2 in the second."""
    made = plan_of(written(tmp_path_factory.mktemp("town") / "inventory"))
    assert [[turn.assets for turn in wave.turns] for wave in made.waves] == [
        [("web1",), ("gw1",), ("db1",)],
        [("web2",)],
    ]
    return made


def starts(plan: Plan) -> dict[str, int]:
    return {step.id: step.start for step in plan.steps()}


def test_a_plan_in_its_own_order_is_the_same_plan(plan: Plan) -> None:
    again = arranged(plan.inventory, plan, [])

    assert (again.waves, again.preparation, again.outages) == (plan.waves, plan.preparation, plan.outages)
    assert verify(plan.inventory, again).safe


def test_turns_in_another_sequence_keep_the_lengths_of_their_steps_and_follow_each_other(plan: Plan) -> None:
    other = arranged(plan.inventory, plan, [("db1", "web1")])

    first = other.waves[0]
    assert [turn.assets for turn in first.turns] == [("db1",), ("gw1",), ("web1",)]
    assert first.turns[0].start == plan.waves[0].turns[0].start
    assert all(a.end <= b.start for a, b in zip(first.turns, first.turns[1:], strict=False))
    lengths = {step.id: step.span.minutes for step in plan.steps()}
    assert {step.id: step.span.minutes for step in other.steps()} == lengths


def test_check_points_and_outages_follow_the_new_times_so_that_the_verifier_has_nothing_against_them(
    plan: Plan,
) -> None:
    other = arranged(plan.inventory, plan, [("db1", "gw1")])

    assert other.outages != plan.outages
    assert verify(plan.inventory, other).failures == ()


def test_waves_that_change_places_change_their_windows(plan: Plan) -> None:
    other = arranged(plan.inventory, plan, [swapped(plan, ("W1", "W2"))])

    assert [(wave.id, wave.window_id) for wave in other.waves] == [
        ("W2", plan.waves[0].window_id),
        ("W1", plan.waves[1].window_id),
    ]
    moved = {starts(other)[step.id] - step.start for step in plan.waves[0].steps}
    assert moved == {14 * DAY}
    assert {finding.rule for finding in verify(plan.inventory, other).failures} == {"S21"}  # web2: not before 10-20


@pytest.mark.parametrize(
    ("chain", "kept"),
    [
        (("web1", "db1"), True),
        (("db1", "web1"), False),
        (("W1", "W2"), True),
        (("W2", "W1"), False),
        (("W1-T2", "web2"), True),
        (("gw1", "W1-T1"), False),
    ],
)
def test_an_order_is_kept_or_not_by_whole_turns_of_what_is_named(plan: Plan, chain: Chain, kept: bool) -> None:
    assert keeps(plan, named(plan, [chain])) is kept


def test_a_system_stands_where_it_is_worked_on(plan: Plan) -> None:
    assert [spot.turn for spot in spots_of(plan, ("web1", "jumin"))] == ["W1-T1", "W1-T3"]


@pytest.mark.parametrize(("chain", "id", "other"), [(("db1", "db9"), "db9", None), (("db1", "jumin"), "jumin", "db1")])
def test_what_is_in_no_wave_or_in_one_turn_has_no_order(plan: Plan, chain: Chain, id: str, other: str | None) -> None:
    with pytest.raises(NoOrder) as caught:
        spots_of(plan, chain)

    assert (caught.value.id, caught.value.other) == (id, other)


def test_an_order_as_dates_bounds_what_comes_first_from_above_and_what_comes_after_from_below(plan: Plan) -> None:
    inventory = pinned(plan.inventory, plan, [("web1", "db1")])

    turns = {turn.assets[0]: turn for turn in plan.waves[0].turns}
    first, after = (inventory.assets[id].stages[-1] for id in ("web1", "db1"))
    assert (first.not_before, first.not_after) == (None, turns["web1"].end)
    assert (after.not_before, after.not_after) == (turns["db1"].start, None)
    assert inventory.assets["gw1"] == plan.inventory.assets["gw1"]


@pytest.mark.parametrize(
    ("chains", "around"),
    [
        ([("gw1", "db1"), ("db1", "gw1")], {"gw1", "db1"}),
        ([("gw1", "db1"), ("db1", "web1"), ("W1-T1", "gw1")], {"gw1", "db1", "web1"}),
        ([("W1", "W2"), ("W2", "W1")], {"W1", "W2"}),
        ([("gw1", "db1"), ("gw1", "web1")], set()),
        ([], set()),
    ],
)
def test_an_order_in_which_something_comes_before_itself_is_a_circle(
    plan: Plan, chains: list[Chain], around: set[str]
) -> None:
    found = circle(plan, chains)

    assert set(found) == around
    assert found[:1] == found[-1:]
