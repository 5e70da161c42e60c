"""`planner diff` and `planner plan --from`: tables, JSON, pictures, exit statuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.errors.status import ExitStatus
from tests.cli.small import SMALL, planned, written

TOWN = SMALL.replace("racks:", "links: [{id: fibre, between: [old, new], gbps: 10}]\nracks:", 1)
TOWN = TOWN.replace("criticality: B,", "criticality: B, hours: office,")
TOWN = TOWN.replace("calendar:", "calendar:\n  hours: {office: weekdays 08:30-17:15}")
TOWN += "policy: {decider: ict/1, deputy: ict/2, criteria: [バックアップを検証した]}\n"
LATE = TOWN.replace("opens: 2026-10-10", "opens: 2026-10-20")
"""The new room opens after the first Saturday on which it could have been used."""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of the small town."""
    folder = tmp_path_factory.mktemp("before")
    return planned(written(folder / "inventory", TOWN), folder / "made")


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inventory in which the room opens later."""
    return written(tmp_path_factory.mktemp("late") / "inventory", LATE)


@pytest.fixture(scope="module")
def after(before: Path, late: Path) -> Path:
    """The plan of it that was made from the first one."""
    out = late.parent / "made"
    assert main(["plan", str(late), "-o", str(out), "--plan-only", "--from", str(before), "-q"]) == ExitStatus.DONE
    return out / "plan.json"


def data(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """What a command gives as JSON."""
    capsys.readouterr()
    assert main([*map(str, arguments), "--format", "json", "-q"]) == ExitStatus.DONE
    return json.loads(capsys.readouterr().out)


def test_a_later_room_puts_the_wave_off_by_two_weeks_and_names_the_fact(
    before: Path, after: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = data(capsys, "diff", before, after)

    (wave,) = found["waves"]
    assert (wave["from"]["start"][:10], wave["to"]["start"][:10]) == ("2026-10-10", "2026-10-24")
    assert (wave["before"], wave["after"], wave["came"], wave["went"], wave["same"]) == ("W1", "W1", [], [], False)
    assert {asset["subject"]: asset["other_wave"] for asset in found["assets"]} == {"ad1": False, "db1": False}
    assert [fact["path"] for fact in found["inventory"]] == ["rooms.new.opens"]
    assert (found["equal"], found["same_work"]) == (False, False)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ["14 日後へ", "ad1, db1", "jumin 住民記録", "時刻だけ", "インベントリの変更", "rooms.new.opens: "]),
        ("en", ["14 d later", "ad1, db1", "only at other times", "unchanged: waves 0", "changes of the inventory"]),
    ],
)
def test_the_tables_tell_waves_assets_outages_and_facts(
    before: Path, after: Path, capsys: pytest.CaptureFixture[str], language: str, words: list[str]
) -> None:
    capsys.readouterr()
    assert main(["diff", str(before), str(after), "--lang", language]) == ExitStatus.DONE

    out, talk = capsys.readouterr()
    assert [word for word in words if word not in out] == []
    assert talk == ""


@pytest.mark.parametrize(("language", "words"), [("ja", "二つの計画は同じです"), ("en", "the two plans are equal")])
def test_equal_plans_say_so(before: Path, capsys: pytest.CaptureFixture[str], language: str, words: str) -> None:
    capsys.readouterr()
    assert main(["diff", str(before), str(before), "--lang", language]) == ExitStatus.DONE

    assert capsys.readouterr().out.splitlines()[1:] == [words]


def test_the_picture_is_written_into_a_folder_that_is_made_for_it(before: Path, after: Path, tmp_path: Path) -> None:
    picture = tmp_path / "made" / "changes.svg"
    assert main(["diff", str(before), str(after), "-q", "-o", str(picture)]) == ExitStatus.DONE

    assert "<svg" in picture.read_text(encoding="utf-8")


def test_a_file_that_is_no_picture_is_wrong_usage(before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(before), str(before), "-o", "changes.txt"]) == ExitStatus.USAGE
    assert "a picture ends in .png or .svg or .pdf" in capsys.readouterr().err


def test_a_file_that_is_no_plan_ends_with_1_and_names_it(
    before: Path, late: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(before), str(late / "all.yaml")]) == ExitStatus.COULD_NOT
    assert "all.yaml" in capsys.readouterr().err


def test_a_plan_from_another_one_says_what_it_changed_of_it(
    before: Path, late: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plan of an earlier state of the inventory is what it is for: no exit status 5."""
    found = data(capsys, "plan", late, "-o", tmp_path, "--plan-only", "--from", before)

    assert found["safe"] is True
    assert [wave["to"]["start"][:10] for wave in found["changes"]["waves"]] == ["2026-10-24"]
    assert [fact["path"] for fact in found["changes"]["inventory"]] == ["rooms.new.opens"]


def test_a_plan_from_a_plan_of_the_same_inventory_is_that_plan(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inventory = before.parents[1] / "inventory"
    arguments = ["plan", inventory, "-o", tmp_path, "--plan-only", "--from", before, "-q", "--lang", "en"]
    assert main(list(map(str, arguments))) == ExitStatus.DONE

    assert (tmp_path / "plan.json").read_bytes() == before.read_bytes()
    assert "the two plans are equal" in capsys.readouterr().out


def test_an_outage_of_what_the_inventory_does_not_know_is_told_by_its_id(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = json.loads(before.read_text(encoding="utf-8"))
    edited["outages"][0]["system"] = "nosuch"
    (tmp_path / "edited.json").write_text(json.dumps(edited), encoding="utf-8")
    picture = tmp_path / "changes.svg"
    assert main(["diff", str(before), str(tmp_path / "edited.json"), "-o", str(picture)]) == ExitStatus.DONE

    assert "nosuch" in capsys.readouterr().out
    assert "nosuch" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_gate_that_another_person_decides_is_named_beside_all_else(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    edited = json.loads(before.read_text(encoding="utf-8"))
    edited["waves"][0]["gates"][0]["decider"] = "ict/3"
    edited["outages"] = []
    (tmp_path / "edited.json").write_text(json.dumps(edited), encoding="utf-8")
    assert main(["diff", str(before), str(tmp_path / "edited.json"), "--lang", language]) == ExitStatus.DONE

    out = capsys.readouterr().out
    assert "waves.W1.gates.W1-G1.decider" in out
    assert "jumin" in out


def test_a_place_of_what_no_turn_moves_is_told_as_a_place_and_not_as_new(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = json.loads(before.read_text(encoding="utf-8"))
    edited["placements"]["ghost"] = {"room": "new"}
    (tmp_path / "edited.json").write_text(json.dumps(edited), encoding="utf-8")
    assert main(["diff", str(tmp_path / "edited.json"), str(before), "--lang", "en"]) == ExitStatus.DONE

    (row,) = [line for line in capsys.readouterr().out.splitlines() if "ghost" in line]
    assert "place new -> -" in row
