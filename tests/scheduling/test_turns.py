"""What goes in one turn, in which order, and what has to go along."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal
from planner.plan.step import RollbackStep, Step
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load

K = StepKind
HEAD = """\
version: 1
project: {id: t, name: t, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-11-30}}
rooms: [{id: old, name: old, kind: server_room}, {id: new, name: new, kind: server_room}]
tiers: [{id: A, name: A}]
teams: [{id: ict, name: ict, own: true, people: 5}]
policy: {decider: ict/1, deputy: ict/2, criteria: [nothing is on fire]}
"""
SATURDAYS = """\
calendar:
  hours: {office: weekdays 08:30-17:15, daily: every day 06:30-23:00}
  windows: [{id: sat, days: saturday, start: "08:00", end: "20:00"}]
"""
WEEKENDS = SATURDAYS.replace(
    '{id: sat, days: saturday, start: "08:00", end: "20:00"}', '{id: we, closed_run: 2d, start: "08:00", end: "20:00"}'
)
NIGHTS = SATURDAYS.replace("days: saturday", "days: weekdays").replace('"08:00", end: "20:00"', '"22:00", end: "29:00"')
FIBRE = "links: [{id: fibre, between: [old, new], gbps: 10}]\n"
SWITCH = "  - {id: sw, kind: switch, at: new}\n"
OFFICE = "criticality: B, hours: office, budget: 10h"


@pytest.fixture
def inventory(tmp_path: Path, request: pytest.FixtureRequest) -> Inventory:
    (tmp_path / "inventory.yaml").write_text(HEAD + request.param, encoding="utf-8")
    return load(tmp_path).inventory


def written(text: str) -> pytest.MarkDecorator:
    """The inventory of a test."""
    return pytest.mark.parametrize("inventory", [text], indirect=True, ids=["written"])


def safe(inventory: Inventory) -> Plan:
    answer = schedule(inventory, Options(0.5, 0))
    assert isinstance(answer, Plan), answer
    assert verify(inventory, answer).failures == ()
    return answer


def turns(plan: Plan) -> list[set[str]]:
    return [set(turn.assets) for wave in plan.waves for turn in wave.turns]


def steps(plan: Plan, kind: StepKind) -> dict[str, Step]:
    return {id: step for wave in plan.waves for step in wave.steps if step.kind is kind for id in step.assets}


def rollbacks(plan: Plan) -> list[dict[tuple[StepKind, str], RollbackStep]]:
    points = [point for wave in plan.waves for point in wave.check_points]
    return [{(step.kind, id): step for step in point.rollback for id in step.assets} for point in points]


def follows(steps: dict[tuple[StepKind, str], RollbackStep], later: tuple[StepKind, str], ends: Sequence[str]) -> bool:
    """Whether a rollback step begins after the stops of ``ends``, as far as the rollback has them all."""
    stops = [steps[K.STOP, id] for id in ends if (K.STOP, id) in steps]
    return later not in steps or all(stop.offset + stop.minutes <= steps[later].offset for stop in stops)


@written("servers: [{id: a, at: old, to: new}, {id: b, at: old, to: new, needs: [a]}]\n" + SATURDAYS)
def test_two_boxes_of_no_system_that_need_each_other_go_in_one_turn_where_no_link_joins_the_rooms(
    inventory: Inventory,
) -> None:
    assert turns(safe(inventory)) == [{"a", "b"}]


@written(FIBRE + "servers: [{id: a, at: old, to: new}, {id: b, at: old, to: new, needs: [a]}]\n" + SATURDAYS)
def test_with_a_link_each_of_them_may_go_by_itself(inventory: Inventory) -> None:
    assert verify(inventory, safe(inventory)).safe


@written("servers: [{id: a, at: old, to: new}, {id: b, at: old, needs: [a]}]\n" + SATURDAYS)
def test_a_box_that_stays_without_what_it_needs_is_the_reason_of_a_refusal(inventory: Inventory) -> None:
    answer = schedule(inventory, Options(0.5, 0))
    assert isinstance(answer, Refusal)
    assert [(r.key, r.subjects, dict(r.values)) for r in answer.reasons] == [
        ("job_leaves_worse", ("a",), {"lost": "b"})
    ]


ONE_PLACE = (
    FIBRE
    + "segments: [{id: seg, tier: A, vlan: 10, prefix: 10.0.0.0/24, stretch: false, gateway: [fw]}]\n"
    + "servers: [{id: a, at: old, to: new, segments: [seg]}, {id: b, at: old, to: new, segments: [seg]}]\n"
    + "network:\n  - {id: fw, kind: firewall, at: old, to: new, segments: [seg]}\n"
    + SWITCH
    + f"systems: [{{id: s, name: s, runs_on: a, {OFFICE}}}, {{id: t, name: t, runs_on: b, {OFFICE}}}]\n"
    + SATURDAYS
)


@written(ONE_PLACE)
def test_members_of_a_segment_with_one_place_stop_before_its_gateway_and_start_after_its_check(
    inventory: Inventory,
) -> None:
    plan = safe(inventory)
    stop, start, check = (steps(plan, kind) for kind in (K.STOP, K.START, K.CHECK))
    assert turns(plan) == [{"a", "b", "fw"}]
    assert max(stop[id].end for id in "ab") <= stop["fw"].start
    assert check["fw"].end <= min(start[id].start for id in "ab")


@written(ONE_PLACE)
def test_turning_back_keeps_the_segment_in_one_place_and_its_gateway_up_last_and_first(inventory: Inventory) -> None:
    found = rollbacks(safe(inventory))
    assert any((K.STOP, "fw") in back and (K.STOP, "a") in back for back in found)
    for back in found:
        assert follows(back, (K.STOP, "fw"), ("a", "b"))
        assert all(follows(back, (K.START, id), ("a", "b", "fw")) for id in ("a", "b", "fw"))
        gateway = back.get((K.CHECK, "fw"))
        starts = [back[K.START, id] for id in "ab" if (K.START, id) in back]
        assert gateway is None or all(gateway.offset + gateway.minutes <= start.offset for start in starts)


@written(ONE_PLACE.replace("b, at: old, to: new", "b, at: old"))
def test_a_segment_with_one_place_of_which_a_member_stays_is_refused(inventory: Inventory) -> None:
    answer = schedule(inventory, Options(0.5, 0))
    assert isinstance(answer, Refusal)
    assert {reason.key for reason in answer.reasons} == {"job_leaves_worse"}
    assert all("seg" in reason.values["lost"] for reason in answer.reasons)


@written(
    FIBRE
    + "segments: [{id: seg, tier: A, vlan: 10, prefix: 10.0.0.0/24, stretch: true, gateway: [fw]}]\n"
    + "servers: [{id: a, at: old, to: new, segments: [seg]}, {id: b, at: old, to: new}]\n"
    + "groups: [{id: g, at_least: 1, of: [a, b]}]\n"
    + "network: [{id: fw, kind: firewall, at: old, to: new, segments: [seg]}]\n"
    + "systems: [{id: s, name: s, runs_on: g, criticality: B, hours: daily, budget: 0m}]\n"
    + SATURDAYS
)
def test_a_spare_is_down_while_its_gateway_is_as_its_service_is_told_of_no_outage(inventory: Inventory) -> None:
    plan = safe(inventory)
    stop, start, check = (steps(plan, kind) for kind in (K.STOP, K.START, K.CHECK))
    assert {"a", "fw"} in turns(plan)
    assert plan.outages == ()
    assert stop["a"].end <= stop["fw"].start
    assert check["fw"].end <= start["a"].start


@written(
    FIBRE
    + "servers: [{id: a, at: old, to: new}, {id: b, at: old, to: new}]\n"
    + "systems:\n"
    + f"  - {{id: koseki, name: koseki, runs_on: a, {OFFICE}, needs: [{{hard: jumin}}]}}\n"
    + f"  - {{id: jumin, name: jumin, runs_on: b, {OFFICE}, needs: [{{hard: koseki}}]}}\n"
    + SATURDAYS
)
def test_koseki_and_jumin_hard_in_both_directions_stop_and_are_accepted_as_one_and_start_in_order(
    inventory: Inventory,
) -> None:
    plan = safe(inventory)
    found = [step for wave in plan.waves for step in wave.steps if "koseki" in step.assets or "jumin" in step.assets]
    rows = [(step.kind, step.assets) for step in sorted(found, key=lambda step: step.start)]
    once = [(K.STOP, ("jumin", "koseki")), (K.START, ("koseki",)), (K.START, ("jumin",))]
    assert rows == [*once, (K.ACCEPT, ("koseki", "jumin"))] * len(turns(plan))
    assert all(back[K.ACCEPT, "koseki"] is back[K.ACCEPT, "jumin"] for back in rollbacks(plan) if back)


@written(
    "servers: [{id: a, at: old, to: new}]\n"
    "systems: [{id: s, name: s, runs_on: a, criticality: B, hours: daily, budget: 0m}]\n" + WEEKENDS
)
def test_a_service_of_the_whole_day_is_moved_in_the_night_of_a_long_window(inventory: Inventory) -> None:
    (outage,) = safe(inventory).outages
    assert outage.inside == 0


@written(
    "servers: [{id: a, at: old, u: 2, to: new}, {id: b, at: old, to: new, needs: [a]}]\n"
    "systems:\n"
    "  - {id: s, name: s, runs_on: a, criticality: B, hours: daily, budget: 2h}\n"
    "  - {id: t, name: t, runs_on: b, criticality: B, hours: daily, budget: 2h}\n" + NIGHTS
)
def test_where_the_night_is_too_short_a_part_of_the_budget_is_spent_before_it(inventory: Inventory) -> None:
    outages = safe(inventory).outages
    assert 0 < max(outage.inside for outage in outages) <= 60
