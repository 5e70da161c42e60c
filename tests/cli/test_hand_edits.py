"""A plan that the planner made keeps the rules; after a hand edit `planner verify` ends with 3 and names what broke."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.errors.status import ExitStatus
from tests.cli.small import planned, written

TOWN = """\
version: 1
project: {id: town, name: 移転の例, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-11-30}}
rooms: [{id: old, name: 旧電算室, kind: server_room}, {id: new, name: 新電算室, kind: server_room}]
links: [{id: fibre, between: [old, new], gbps: 10}]
racks: [{id: O1, room: old}, {id: O2, room: old}, {id: N1, room: new}, {id: N2, room: new}]
groups: [{id: webs, at_least: 1, of: [web1, web2]}]
servers:
  - {id: web1, name: ウェブ1, at: O1/10, to: N1/10}
  - {id: web2, name: ウェブ2, at: O2/12, to: N2/12}
  - {id: db1, name: 住基サーバー, at: O1/20, u: 2, to: N1/20}
systems:
  - {id: web, name: ウェブ, criticality: A, hours: daily, runs_on: webs}
  - {id: jumin, name: 住民記録, criticality: A, hours: office, runs_on: db1}
teams: [{id: ict, name: ICT推進室, own: true, people: 6}]
calendar:
  hours: {office: weekdays 08:30-17:15, daily: every day 06:30-23:00}
  windows: [{id: saturday, days: saturday, start: "08:00", end: "20:00"}]
"""
Data = dict[str, Any]
Edit = Callable[[Data], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("town") / "inventory", TOWN)


@pytest.fixture(scope="module")
def plan(folder: Path) -> Path:
    """The plan that the planner makes of it, as a file."""
    return planned(folder, folder.parent / "out")


def steps(data: Data, asset: str) -> list[Data]:
    return [step for wave in data["waves"] for step in wave["steps"] if step["assets"] == [asset]]


def shift(step: Data, minutes: int) -> None:
    for key in ("start", "end"):
        step[key] = (datetime.fromisoformat(step[key]) + timedelta(minutes=minutes)).isoformat(timespec="minutes")


def swap_two_steps(data: Data) -> None:
    one, other = steps(data, "db1")[:2]
    one["kind"], other["kind"] = other["kind"], one["kind"]


def shift_a_step_out_of_its_window(data: Data) -> None:
    shift(steps(data, "db1")[0], -24 * 60)


def remove_a_stop(data: Data) -> None:
    stop = steps(data, "db1")[0]
    for wave in data["waves"]:
        wave["steps"] = [step for step in wave["steps"] if step["id"] != stop["id"]]


def put_both_members_of_a_pair_into_one_interval(data: Data) -> None:
    for one, other in zip(steps(data, "web1"), steps(data, "web2"), strict=True):
        other["start"], other["end"] = one["start"], one["end"]


def overload_a_team(data: Data) -> None:
    for one, other in zip(steps(data, "web1"), steps(data, "db1"), strict=True):
        other["start"], other["end"] = one["start"], one["end"]
        other["people"] = one["people"]


def place_two_servers_in_one_rack_unit(data: Data) -> None:
    for step in steps(data, "web2"):
        if "to" in step:
            step["to"]["web2"] = {"room": "new", "rack": "N1", "unit": 10}


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_plan_that_was_made_keeps_the_rules(folder: Path, plan: Path, form: str) -> None:
    assert plan.name == "plan.json"
    assert main(["verify", str(folder), str(plan), "--format", form]) == ExitStatus.DONE


@pytest.mark.parametrize(
    ("edit", "rule", "asset"),
    [
        (swap_two_steps, "S21", "db1"),
        (shift_a_step_out_of_its_window, "S12", "db1"),
        (remove_a_stop, "S21", "db1"),
        (put_both_members_of_a_pair_into_one_interval, "S04", "web"),
        (overload_a_team, "S15", "db1"),
        (place_two_servers_in_one_rack_unit, "S17", "web2"),
    ],
)
def test_a_hand_edit_ends_with_3_and_names_rule_asset_and_instant(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], edit: Edit, rule: str, asset: str
) -> None:
    data = json.loads(plan.read_text(encoding="utf-8"))
    edit(data)
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps(data), encoding="utf-8")

    assert main(["verify", str(folder), str(edited), "--format", "json", "--quiet"]) == ExitStatus.UNSAFE
    told = json.loads(capsys.readouterr().out)["findings"]
    named = [f for f in told if f["rule"] == rule and asset in f["subjects"] and not f.get("unknown")]
    touched = {step["start"] for step in (*steps(data, "web1"), *steps(data, "web2"), *steps(data, "db1"))}
    assert {f["start"] for f in named} & touched
