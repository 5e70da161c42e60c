"""A plan that keeps every rule, and what a hand edit of its file does to it: rule, asset and instant are named."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from planner.plan import file
from planner.plan.finding import Finding, Verdict
from planner.safety.verify import verify
from tests.safety.weekend import CLOCK, at, inventory, plan

Edit = Callable[[dict[str, Any]], None]


def judged(edit: Edit) -> Verdict:
    """The verdict on the plan's file after an edit of its JSON."""
    data = json.loads(file.dump(plan()))
    edit(data)
    return verify(inventory(), file.parse(json.dumps(data)))


def step(data: dict[str, Any], id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(s for s in data["waves"][0]["steps"] if s["id"] == id)
    return found


def shift(one: dict[str, Any], minutes: int) -> None:
    for key in ("start", "end"):
        one[key] = CLOCK.iso(CLOCK.parse(one[key]) + minutes)


def named(verdict: Verdict, rule: str, subject: str) -> list[Finding]:
    return [f for f in verdict.failures if f.rule == rule and subject in f.subjects]


def swap_two_steps(data: dict[str, Any]) -> None:
    one, other = step(data, "db/unmount"), step(data, "db/stop")
    one["kind"], other["kind"] = other["kind"], one["kind"]


def shift_a_step_out_of_its_window(data: dict[str, Any]) -> None:
    shift(step(data, "web1/stop"), -120)


def remove_a_stop(data: dict[str, Any]) -> None:
    steps = data["waves"][0]["steps"]
    steps.remove(step(data, "db/stop"))


def put_both_members_of_a_pair_into_one_interval(data: dict[str, Any]) -> None:
    for one in data["waves"][0]["steps"]:
        if one["assets"] == ["web2"]:
            shift(one, -5 * 60)


def overload_a_team(data: dict[str, Any]) -> None:
    for one in data["waves"][0]["steps"]:
        if one["assets"] == ["web2"]:
            shift(one, -4 * 60)


def place_two_servers_in_one_rack_unit(data: dict[str, Any]) -> None:
    for kind in ("carry", "mount"):
        step(data, f"web2/{kind}")["to"]["web2"] |= {"rack": "N1", "unit": 11}
    data["placements"]["web2"] |= {"rack": "N1", "unit": 11}


def put_both_members_of_a_pair_into_one_rack(data: dict[str, Any]) -> None:
    for kind in ("carry", "mount"):
        step(data, f"web2/{kind}")["to"]["web2"] |= {"rack": "N1", "unit": 30}
    data["placements"]["web2"] |= {"rack": "N1", "unit": 30}


def declare_a_needlessly_long_outage(data: dict[str, Any]) -> None:
    data["outages"][0]["span"]["end"] = CLOCK.iso(at("10 05:00"))


def hide_an_outage(data: dict[str, Any]) -> None:
    data["outages"] = []


def shorten_a_rollback(data: dict[str, Any]) -> None:
    point = next(p for p in data["waves"][0]["check_points"] if p["id"] == "c3")
    point["rollback"] = point["rollback"][:-1]


def remove_a_check_point(data: dict[str, Any]) -> None:
    data["waves"][0]["check_points"] = [p for p in data["waves"][0]["check_points"] if p["id"] != "c2"]


def start_before_the_check(data: dict[str, Any]) -> None:
    shift(step(data, "reg/start"), -15)


def skip_the_check(data: dict[str, Any]) -> None:
    steps = data["waves"][0]["steps"]
    steps.remove(step(data, "db/check"))


def move_into_service_hours(data: dict[str, Any]) -> None:
    for one in data["waves"][0]["steps"]:
        if one["assets"] in (["db"], ["reg"]):
            shift(one, 12 * 60)


def test_the_plan_keeps_every_rule() -> None:
    verdict = judged(lambda data: None)
    assert [(f.rule, f.key, f.subjects) for f in verdict.findings] == []
    assert verdict.safe
    assert verdict.certificate.events > 20


@pytest.mark.parametrize(
    ("edit", "rule", "subject", "instant"),
    [
        (swap_two_steps, "S21", "db", "9 23:10"),
        (swap_two_steps, "S03", "db", "9 23:10"),
        (shift_a_step_out_of_its_window, "S12", "web1", "9 07:00"),
        (remove_a_stop, "S21", "db", "9 23:20"),
        (remove_a_stop, "S03", "db", "9 23:20"),
        (put_both_members_of_a_pair_into_one_interval, "S04", "web", "9 09:00"),
        (overload_a_team, "S15", "ict/1", "9 10:00"),
        (place_two_servers_in_one_rack_unit, "S17", "web2", "9 15:00"),
        (put_both_members_of_a_pair_into_one_rack, "S05", "web2", "9 16:10"),
        (declare_a_needlessly_long_outage, "S01", "reg", "9 23:00"),
        (hide_an_outage, "S01", "reg", "9 23:00"),
        (shorten_a_rollback, "S13", "reg", "10 01:20"),
        (remove_a_check_point, "S13", "web2", "9 16:10"),
        (start_before_the_check, "S03", "reg", "10 01:05"),
        (skip_the_check, "S21", "db", "10 00:40"),
        (move_into_service_hours, "S02", "reg", "10 11:00"),
    ],
)
def test_a_hand_edit_that_breaks_a_rule_is_found_with_rule_asset_and_instant(
    edit: Edit, rule: str, subject: str, instant: str
) -> None:
    verdict = judged(edit)
    assert not verdict.safe
    starts = [CLOCK.iso(f.span.start) for f in named(verdict, rule, subject) if f.span]
    assert CLOCK.iso(at(instant)) in starts
