"""Inventories for which a safe plan exists are planned, and the plan is safe."""

import shutil
from pathlib import Path

import pytest

from planner.model.chain import StepKind
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal, RefusalKind
from planner.plan.wording import word
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load

CASES = sorted((Path(__file__).parent / "planned").glob("*.yaml"))


def planned(folder: Path, case: Path) -> Plan:
    shutil.copy(case, folder / "inventory.yaml")
    inventory = load(folder).inventory
    answer = schedule(inventory, Options(0.2, 0))
    assert isinstance(answer, Plan), answer
    assert [word(finding, "en") for finding in verify(inventory, answer).failures] == []
    return answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_an_inventory_with_a_safe_plan_is_planned_safely(tmp_path: Path, case: Path) -> None:
    assert planned(tmp_path, case).waves


def case(name: str) -> Path:
    return next(found for found in CASES if found.stem == name)


def test_where_there_is_memory_for_one_vm_the_one_that_may_not_stop_migrates(tmp_path: Path) -> None:
    steps = planned(tmp_path, case("the_important_vm_migrates")).steps()
    assert {id for s in steps if s.kind is StepKind.MIGRATE for id in s.assets} == {"v1"}
    assert "v2" in {id for s in steps if s.kind is StepKind.STOP for id in s.assets}


def test_blades_are_empty_while_their_chassis_is_carried(tmp_path: Path) -> None:
    plan = planned(tmp_path, case("blades_are_emptied"))
    assert plan.outages == ()
    assert {id for s in plan.steps() if s.kind is StepKind.MIGRATE for id in s.assets} == {"v1"}


def test_dates_that_leave_no_window_are_named_and_prove_nothing(tmp_path: Path) -> None:
    text = case("early_closing_waived").read_text(encoding="utf-8")
    (tmp_path / "inventory.yaml").write_text(text.replace("rule: S23", "rule: S22"), encoding="utf-8")
    answer = schedule(load(tmp_path).inventory, Options(0.2, 0))
    assert isinstance(answer, Refusal)
    assert answer.kind is RefusalKind.NOT_FOUND
    assert [(r.key, r.subjects, r.values["until"]) for r in answer.reasons] == [
        ("job_out_of_time", ("s1",), "2026-10-04 00:00")
    ]


def test_who_runs_on_a_role_alone_is_down_while_it_is_handed_over_and_handed_back(tmp_path: Path) -> None:
    plan = planned(tmp_path, case("a_role_is_handed_over_under_a_system"))
    steps = sorted(plan.waves[0].steps, key=lambda s: (s.start, s.assets))
    assert [f"{s.kind} {s.assets[0]}" for s in steps][:5] == [
        "stop y1",
        "stop y2",
        "switch_over n1",
        "start y1",
        "start y2",
    ]


def test_a_server_that_handed_its_role_over_retires_before_the_blackout_of_what_ran_on_it_ends(tmp_path: Path) -> None:
    plan = planned(tmp_path, case("an_old_server_retires_in_a_blackout"))
    assert [wave.window_id for wave in plan.waves] == ["saturday/2026-10-03", "saturday/2026-10-10"]
