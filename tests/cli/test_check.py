import json
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.entry import main
from planner.errors.status import ExitStatus
from tests.cli.small import SMALL as STRICT
from tests.cli.small import written

SMALL = STRICT.replace("needs: ad1,", "needs: ad1, budget: 8h,")
"""An inventory that has a plan."""


def check(tmp_path: Path, text: str, *arguments: str) -> int:
    return main(["check", str(written(tmp_path / "inventory", text)), "--lang", "en", *arguments])


def chapters(out: str) -> dict[str, list[str]]:
    """The sentences of each chapter by its head."""
    found: dict[str, list[str]] = {}
    for line in out.splitlines():
        if line.startswith("  - "):
            found[list(found)[-1]].append(line.removeprefix("  - "))
        elif line and not line.startswith(" "):
            found[line.partition(" (")[0]] = []
    return found


def test_an_inventory_without_faults_is_told_by_its_size_and_what_no_one_has_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path, SMALL) == ExitStatus.DONE

    shown = capsys.readouterr()
    assert shown.out.splitlines()[0] == "移転の例 (example): 2 assets, 1 systems, 2 rooms, 0 segments, 0 links"
    assert "power (va) is unknown: ad1, db1" in chapters(shown.out)["unknown values"]
    assert "SAN zoning" in chapters(shown.out)["what cannot be written down"]
    assert shown.err == ""


def test_all_faults_of_all_files_are_reported_in_one_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "inventory", SMALL.replace("runs_on: db1", "runs_on: db7"))
    (folder / "more.yaml").write_text("racks: [{id: X1, room: attic}]\nservres: []\n", encoding="utf-8")

    assert main(["check", str(folder), "--lang", "en"]) == ExitStatus.COULD_NOT

    shown = capsys.readouterr()
    assert shown.out == ""
    assert [line.partition(":")[0] for line in shown.err.splitlines() if line.startswith("error[")] == [
        "error[E301]",
        "error[E301]",
        "error[E201]",
    ]


def test_faults_are_json_on_standard_output_when_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, SMALL.replace("runs_on: db1", "runs_on: db7"), "--format", "json") == ExitStatus.COULD_NOT

    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["code"], fault["line"]) == ("E301", 8)


def test_the_start_state_is_judged_and_each_finding_says_where_its_fact_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heavy = SMALL.replace("kind: server_room}", "kind: server_room, floor_kg_m2: 300}", 1).replace(
        "u: 2,", "u: 2, kg: 90,"
    )

    assert check(tmp_path, heavy) == ExitStatus.DONE

    out = capsys.readouterr().out
    assert chapters(out)["what the start state violates already"] == [
        "S17 O1, old: the floor bears 333 kg/m2 of at most 300"
    ]
    assert "all.yaml:3:" in out.split("what the start state violates already")[1].splitlines()[2]


def test_the_start_state_as_json_has_instants_with_their_offset(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path, SMALL, "--format", "json") == ExitStatus.DONE

    found = json.loads(capsys.readouterr().out)["start_state"]
    assert found
    assert {finding["start"] for finding in found} == {"2026-10-01T00:00+09:00"}


def test_what_flags_lead_to_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    circle = SMALL.replace("to: N1/10}", "to: N1/10, needs: [db1]}").replace("u: 2, to", "u: 2, needs: [ad1], to")

    assert check(tmp_path, circle, "--format", "json") == ExitStatus.DONE

    found = {remark["key"]: remark for remark in json.loads(capsys.readouterr().out)["consequences"]}
    assert found["hard_group"]["subjects"] == ["ad1", "db1"]
    assert [place.rpartition("all.yaml:")[2].split(":")[0] for place in found["hard_group"]["places"]] == ["6", "7"]


def test_a_circle_of_start_needs_is_refused_with_the_place_of_each_need(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    circle = SMALL.replace("to: N1/10}", "to: N1/10, needs: [{start: db1}]}").replace(
        "u: 2, to", "u: 2, needs: [ad1], to"
    )

    assert check(tmp_path, circle, "--format", "json") == ExitStatus.COULD_NOT

    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["code"], fault["line"], [other["line"] for other in fault["related"]]) == ("E303", 6, [7])
    assert fault["message"].endswith("first: ad1 (start) -> db1 (hard) -> ad1")


def test_two_independent_circles_are_two_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    circles = SMALL.replace(
        "systems:",
        """  - {id: a, at: O1/1, needs: [{start: b}]}
  - {id: b, at: O1/2, needs: [{start: a}]}
  - {id: c, at: O1/3, needs: [{start: d}]}
  - {id: d, at: O1/4, needs: [{start: c}]}
systems:""",
    )

    assert check(tmp_path, circles, "--format", "json") == ExitStatus.COULD_NOT

    found = json.loads(capsys.readouterr().out)["faults"]
    assert [(fault["code"], fault["line"]) for fault in found] == [("E303", 8), ("E303", 10)]


def test_each_resolved_value_is_shown_with_where_it_came_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path, SMALL, "--resolved", "--format", "json") == ExitStatus.DONE

    rows = {row["path"]: row for row in json.loads(capsys.readouterr().out)["resolved"]}
    assert (rows["assets.db1.u"]["value"], rows["assets.db1.u"]["from"]) == ("2", "written")
    assert rows["assets.db1.u"]["file"].endswith("all.yaml:7:43")
    assert rows["assets.db1.steps.carry"]["from"].startswith("shipped.")
    assert rows["assets.db1.method"] == {**rows["assets.db1.method"], "value": "carry", "from": "derived"}


def test_the_resolved_values_are_a_table_in_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, SMALL, "--resolved") == ExitStatus.DONE

    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["assets.db1.at", "O1/20", "written"] in [row[:3] for row in rows]


def faults(out: str) -> list[tuple[str, int, str]]:
    return [(f["code"], f["line"], f["message"]) for f in json.loads(out)["faults"]]


def test_a_skill_that_nobody_has_is_a_fault_of_its_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanting = SMALL.replace("to: N1/10}", "to: N1/10, crew: {check: 'ict:network'}}")

    assert check(tmp_path, wanting, "--format", "json") == ExitStatus.COULD_NOT

    assert faults(capsys.readouterr().out) == [("E502", 6, "ad1 check wants 1 of ict:network; there are 0")]


def test_a_crew_larger_than_its_team_is_a_fault_of_its_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanting = SMALL.replace("to: N1/10}", "to: N1/10, crew: {carry: ict*5}}")

    assert check(tmp_path, wanting, "--format", "json") == ExitStatus.COULD_NOT

    assert faults(capsys.readouterr().out) == [("E502", 6, "ad1 carry wants 5 of ict; there are 4")]


def test_a_chain_longer_than_every_usable_window_is_told_with_the_minutes_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = SMALL.replace("to: N1/10}", "to: N1/10, steps: {check: 11h}}")

    assert check(tmp_path, slow, "--format", "json") == ExitStatus.COULD_NOT

    assert faults(capsys.readouterr().out) == [
        ("E503", 6, "the work on ad1 takes 755 minutes; its longest usable window has 720 (35 missing)")
    ]


def test_more_power_than_the_new_room_has_is_a_fault_that_names_the_largest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hungry = (
        SMALL.replace("opens:", "kva: 1, opens:")
        .replace("u: 2, to", "u: 2, va: 900, to")
        .replace("to: N1/10}", "to: N1/10, va: 300}")
    )

    assert check(tmp_path, hungry, "--format", "json") == ExitStatus.COULD_NOT

    shown = capsys.readouterr().out
    assert faults(shown) == [("E501", 3, "too much for new after the move: 1200 VA in all, 1000 VA allowed")]
    assert json.loads(shown)["faults"][0]["cure"].startswith("the largest are db1 900, ad1 300;")


ONE_UNIT = SMALL.replace("to: N1/20", "to: N1/10")


def test_facts_that_leave_no_plan_are_told_as_the_smallest_conflict_with_the_line_of_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "inventory", ONE_UNIT)
    assert main(["check", "inventory", "--lang", "en"]) == ExitStatus.COULD_NOT

    assert capsys.readouterr().err.splitlines() == [
        "error[E505]: facts that leave no plan (2): while they hold, every plan breaks a",
        "  rule",
        "  1. ad1 is to take unit 10 of rack N1",
        "     --> inventory/all.yaml:6:44",
        "  2. db1 is to take unit 10 of rack N1",
        "     --> inventory/all.yaml:7:50",
        "  solved again: without any one of them it is gone, and no fewer of those looked",
        "  at conflict",
        "",
    ]


def test_a_target_that_the_verifier_rejects_leaves_no_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network = "links: [{id: l1, between: [old, new]}]\ntiers: [{id: A}]\nsegments: [{id: seg, tier: A, vlan: 7}]\n"
    apart = SMALL.replace(", to: N1/10", ", segments: [seg]").replace("u: 2", "u: 2, segments: [seg]") + network
    assert check(tmp_path, apart, "--format", "json") == ExitStatus.COULD_NOT

    (conflict,) = json.loads(capsys.readouterr().out)["no_plan"]["conflicts"]
    assert conflict["proof"] == "target"
    assert "assets.db1.to" in [fact["path"] for fact in conflict["facts"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SMALL.replace("to: N1/20", "to: N1/20, crew: {carry: ict*9}"), "E502"),
        (SMALL.replace('end: "20:00"', 'end: "08:30"'), "E503"),
        (SMALL.replace("{id: N1, room: new}", "{id: N1, room: new, max_kg: 5}").replace("u: 2", "kg: 9, u: 2"), "E501"),
    ],
)
def test_what_another_fault_says_already_is_not_told_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: str
) -> None:
    assert check(tmp_path, text, "--format", "json") == ExitStatus.COULD_NOT

    told = json.loads(capsys.readouterr().out)
    assert {fault["code"] for fault in told["faults"]} == {code}
    assert told["no_plan"] == {"reasons": [], "conflicts": []}


def test_where_the_facts_are_not_narrowed_down_the_reasons_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.pipeline.hopeless.QUESTIONS", 0)
    assert check(tmp_path, ONE_UNIT) == ExitStatus.COULD_NOT

    told = capsys.readouterr().err.splitlines()
    assert told[0] == "error[E505]: ad1 and db1 are both to stand in unit 10 of rack N1"
    assert [line.rpartition("all.yaml:")[2] for line in told[1:3]] == ["6:44", "7:50"]


def test_a_check_waits_for_no_solver() -> None:
    code = "import sys, planner.pipeline.check, planner.cli.check_report; sys.exit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
