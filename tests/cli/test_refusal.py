"""What people read where there is no plan: reasons, conflicts and relaxations with places, as text and as data."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner.cli.console import Console
from planner.cli.entry import main
from planner.cli.plan_report import tell_refusal
from planner.cli.refusal_report import lines
from planner.errors.status import ExitStatus
from planner.errors.text import columns
from planner.pipeline.refusal import write_refusal
from planner.pipeline.shelf import Shelf
from planner.plan.refusal import Conflict, Fact, Proof, Reason, Refusal, RefusalKind
from planner.plan.refusal_file import Refused, dump
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load
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
    assert "ad1 elsewhere" not in talk  # its height is unknown: it would stand nowhere, and its weight would not count
    assert talk.splitlines()[:19] == [
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
        "  solved again: without any one of them it is gone, and no fewer of those looked",
        "  at conflict",
        "",
        "any one of these makes a plan (each was planned and verified)",
        "  1. N1 bears 110 kg instead of 100 kg (waves 1, outage in service hours 0 min)",
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
        ["N1 bears 110 kg instead of 100 kg"],
        ["db1 elsewhere in room new (the planner chooses)", "one more rack of 42 U in room new"],
    ]


def test_explain_tells_the_same_of_a_refusal_from_its_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert refused(folder, out, "--lang", "en") == ExitStatus.NO_PLAN
    planned = capsys.readouterr().err.removeprefix("error: ")

    assert main(["explain", str(folder), str(out / "refusal.json"), "--lang", "en"]) == ExitStatus.DONE
    assert capsys.readouterr().out == planned


def test_explain_tells_of_a_refusal_what_concerns_one_thing_and_refuses_what_nobody_knows(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder, HEAVY.replace("{id: O1, room: old}", "{id: O1, room: old}, {id: O2, room: old}"))
    reasons = tuple(Reason("fact_no_backup", (id,), {"asset": id}, (f"assets.{id}.stateful",)) for id in ("ad1", "db1"))
    file = tmp_path / "refusal.json"
    inventory = load(folder).inventory
    file.write_text(dump(Refused(inventory, Refusal(RefusalKind.IMPOSSIBLE, reasons))), encoding="utf-8")

    def explained(subject: str) -> int:
        return main(["explain", str(folder), str(file), subject, "--lang", "en"])

    assert explained("ad1") == ExitStatus.DONE
    told = capsys.readouterr().out
    assert "ad1" in told
    assert "db1" not in told
    assert explained("O2") == ExitStatus.USAGE
    assert "says nothing of O2" in capsys.readouterr().err
    assert explained("nope") == ExitStatus.COULD_NOT
    assert "there is no 'nope' in the inventory" in capsys.readouterr().err


def test_a_refusal_in_place_of_a_plan_is_named_as_one_with_the_command_that_tells_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "refusal.json"
    refusal = Refusal(RefusalKind.IMPOSSIBLE, (Reason("fact_no_backup", ("ad1",), {"asset": "ad1"}),))
    file.write_text(dump(Refused(load(folder).inventory, refusal)), encoding="utf-8")

    assert main(["verify", str(folder), str(file), "--lang", "en"]) == ExitStatus.COULD_NOT
    assert f"planner explain INVENTORY {file}" in capsys.readouterr().err


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


def test_a_refusal_leaves_no_plan_or_paper_of_before_under_its_name_and_names_what_it_wrote(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "plan.json").write_text("of yesterday", encoding="utf-8")
    Shelf(out).put("yesterday", {"wave-1-runbook.md": b"do this", "summary.md": b"all of it"})
    (out / "summary.md").write_text("all of it, and a note", encoding="utf-8")

    refusal = Refusal(RefusalKind.IMPOSSIBLE, (Reason("fact_no_backup", ("ad1",), {"asset": "ad1"}),))
    now = write_refusal(load(folder).inventory, refusal, out)
    tell_refusal(Console(), refusal, {}, "en", "json", now, folder)
    told, talk = capsys.readouterr()
    assert json.loads(told)["files"] == [str(out / "refusal.json")]
    assert json.loads(told)["plan_before"] == str(out / "plan.before.json")
    assert f"the one that stood here is {out / 'plan.before.json'} from now on" in talk
    kept = {path.name: path.read_text(encoding="utf-8") for path in out.iterdir() if path.suffix != ".json"}
    assert kept == {"summary.md.edited": "all of it, and a note"}
    assert sorted(path.name for path in out.glob("*.json")) == ["documents.json", "plan.before.json", "refusal.json"]
    assert (out / "plan.before.json").read_text(encoding="utf-8") == "of yesterday"


NEVER = Conflict(
    (Fact("has_load", "assets.ad1", {"asset": "ad1", "value": "1 kg", "place": "N1"}),) * 2, Proof.FACTS, True
)


def told_of(refusal: Refusal) -> list[str]:
    return [line.strip() for line in lines(refusal, {}, "en")]


def test_that_nothing_was_tried_is_not_told_as_if_all_that_was_tried_had_failed() -> None:
    reason = Reason("no_people_for_turn", ("db1",), {"window": "saturday"})
    refusal = Refusal(RefusalKind.NOT_FOUND, (reason,), examined=True)

    assert told_of(refusal)[-1] == "no small change is known that could help with these reasons; none was tried"
    assert told_of(replace(refusal, tried=1))[-1] == "of the small changes that were tried, none makes a plan"


def test_a_second_conflict_is_called_the_smallest_of_the_other_facts_only() -> None:
    reason = Reason("no_people_for_turn", ("db1",), {"window": "saturday"})
    told = " ".join(told_of(Refusal(RefusalKind.IMPOSSIBLE, (reason,), (NEVER, NEVER))))

    assert told.count("and no fewer of those looked at conflict") == 1
    assert told.index("and no fewer of the others looked at conflict") > told.index("of those looked at")


def test_a_fact_that_only_the_shipped_defaults_tell_has_no_place(tmp_path: Path) -> None:
    text = OFFICE.replace("to: N1/10", "to: N1/10, irreversible: carry")
    loaded = load(written(tmp_path / "inventory", text))
    answer = schedule(loaded.inventory, Options(0.1))
    assert isinstance(answer, Refusal)

    assert [reason.key for reason in answer.reasons] == ["fact_no_criteria"]
    places = [line for line in lines(answer, loaded.provenance, "en") if "-->" in line]
    assert [place.split("all.yaml:")[1].split(":")[0] for place in places] == ["6"]
