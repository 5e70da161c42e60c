"""What people read where there is no plan: reasons, conflicts and relaxations with places, as text and as data."""

import json
from pathlib import Path

import pytest

from planner.cli.entry import main
from planner.errors.status import ExitStatus
from planner.errors.text import columns
from tests.cli.small import SMALL, written

OFFICE = SMALL.replace("needs: ad1", "needs: ad1, hours: office, budget: 2h").replace(
    "  country: JP", "  hours: {office: weekdays 08:30-17:15}\n  country: JP"
)
HEAVY = (
    OFFICE
    .replace("to: N1/10", "to: N1/10, kg: 60")
    .replace("to: N1/20", "to: N1/20, kg: 50")
    .replace("{id: N1, room: new}", "{id: N1, room: new, max_kg: 100}")
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "inventory", HEAVY)


def refused(folder: Path, out: Path, *more: str) -> ExitStatus:
    return ExitStatus(main(["plan", str(folder), "-o", str(out), "--quiet", "--effort", "0.1", *more]))


def test_a_refusal_tells_the_facts_that_conflict_with_their_places_and_what_would_make_a_plan(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(Path("inventory"), tmp_path / "out", "--lang", "en") == ExitStatus.NO_PLAN

    told, talk = capsys.readouterr()
    assert told == ""
    assert talk.splitlines()[:21] == [
        "error: no plan: the target state or a fact of the inventory breaks the rules, whatever the plan",
        "  what is declared to stand in N1 comes to 110 kg, over its limit of 100 kg",
        "  (most: ad1 60, db1 50)",
        "    --> inventory/all.yaml:4:58",
        "",
        "error[E505]: facts that leave no plan (3): while they hold, every plan breaks a",
        "  rule",
        "  1. N1 bears 100 kg at most",
        "     --> inventory/all.yaml:4:58",
        "  2. ad1 (60 kg) is to stand in N1",
        "     --> inventory/all.yaml:6:44",
        "  3. db1 (50 kg) is to stand in N1",
        "     --> inventory/all.yaml:7:50",
        "  solved again: without any one of them it is gone, and no fewer facts conflict",
        "",
        "any one of these makes a plan (each was planned and verified)",
        "  1. ad1 elsewhere in room new (the planner chooses) (waves 1, outage in service",
        "     hours 0 min)",
        "     --> inventory/all.yaml:6:44",
        "  2. N1 bears 110 kg instead of 100 kg (waves 1, outage in service hours 0 min)",
        "     --> inventory/all.yaml:4:58",
    ]


def test_a_refusal_in_japanese_keeps_to_80_columns(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(Path("inventory"), tmp_path / "out") == ExitStatus.NO_PLAN

    talk = capsys.readouterr().err
    assert "error[E505]: 計画を妨げる事実 (3 つ): これらがある限り、どの計画も規則に反します" in talk
    assert "  2. ad1 (60 kg) は N1 に置かれる" in talk
    assert "N1 の上限を 100 kg から 110 kg に上げる" in talk
    assert max(columns(line) for line in talk.splitlines()[1:]) <= 80


def test_a_refusal_as_data_names_file_and_line_of_each_fact(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(folder, tmp_path / "out", "--format", "json", "--lang", "en") == ExitStatus.NO_PLAN

    told = json.loads(capsys.readouterr().out)
    (conflict,) = told["conflicts"]
    assert (told["kind"], conflict["code"], conflict["smallest"]) == ("impossible", "E505", True)
    assert [(fact["path"], fact["line"]) for fact in conflict["facts"]] == [
        ("racks.N1.max_kg", 4),
        ("assets.ad1.stages", 6),
        ("assets.db1.stages", 7),
    ]
    assert [[change["message"] for change in some["changes"]] for some in told["relaxations"]][:2] == [
        ["ad1 elsewhere in room new (the planner chooses)"],
        ["N1 bears 110 kg instead of 100 kg"],
    ]


def test_explain_tells_the_same_of_a_refusal_from_its_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert refused(folder, out, "--lang", "en") == ExitStatus.NO_PLAN
    planned = capsys.readouterr().err.removeprefix("error: ")

    assert main(["explain", str(folder), str(out / "refusal.json"), "--lang", "en"]) == ExitStatus.DONE
    assert capsys.readouterr().out == planned


def test_a_refusal_of_another_inventory_is_not_explained(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(folder, tmp_path / "out") == ExitStatus.NO_PLAN
    written(folder, HEAVY.replace("kg: 60", "kg: 61"))

    arguments = ["explain", str(folder), str(tmp_path / "out" / "refusal.json"), "--lang", "en"]
    assert main(arguments) == ExitStatus.OTHER_INVENTORY
    assert "assets.ad1.kg" in capsys.readouterr().err


def test_a_damaged_refusal_ends_explain_in_words(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "refusal.json"
    damaged.write_text('{"format": "planner.refusal", "version": 1}', encoding="utf-8")

    assert main(["explain", str(folder), str(damaged), "--lang", "en"]) == ExitStatus.COULD_NOT
    assert "cannot be read as a refusal" in capsys.readouterr().err


def test_a_plan_without_a_subject_is_wrong_usage_with_an_example(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text("{}", encoding="utf-8")

    assert main(["explain", str(folder), str(plan), "--lang", "en"]) == ExitStatus.USAGE
    assert f"Example: planner explain {folder} {plan} jumin" in capsys.readouterr().err


def test_a_new_plan_takes_the_place_of_an_old_refusal(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert refused(folder, out) == ExitStatus.NO_PLAN
    written(folder, OFFICE)

    assert refused(folder, out, "--plan-only") == ExitStatus.DONE
    assert [path.name for path in out.iterdir()] == ["plan.json"]
