"""`planner render`: the documents of a plan again."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from planner.cli import main
from planner.cli.render import DOCUMENTS, FORMATS
from planner.errors.status import ExitStatus
from planner.rendering import catalogue
from tests.cli.small import planned, written

TOWN = """\
version: 1
project: {id: town, name: 移転の例, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-11-30}}
rooms: [{id: old, name: 旧電算室, kind: server_room}, {id: new, name: 新電算室, kind: server_room}]
links: [{id: fibre, between: [old, new], gbps: 10}]
racks: [{id: O1, room: old}, {id: N1, room: new}]
servers: [{id: db1, name: 住基サーバー, at: O1/20, u: 2, to: N1/20}]
systems: [{id: jumin, name: 住民記録, criticality: A, hours: office, runs_on: db1}]
teams: [{id: ict, name: ICT推進室, own: true, people: 4}]
policy: {decider: ict/1, deputy: ict/2, criteria: [バックアップを検証した]}
calendar:
  hours: {office: weekdays 08:30-17:15}
  windows: [{id: saturday, days: saturday, start: "08:00", end: "20:00"}]
"""
EVERYTHING = {
    "summary.md",
    "summary.html",
    "wave-1-runbook.md",
    "wave-1-runbook.html",
    "wave-1-rollback.md",
    "wave-1-rollback.html",
    "dependencies.png",
    "dependencies.svg",
    "racks.png",
    "racks.svg",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("town") / "inventory", TOWN)


@pytest.fixture(scope="module")
def plan(folder: Path) -> Path:
    """The plan that the planner makes of it, as a file."""
    return planned(folder, folder.parent / "made")


def render(folder: Path, plan: Path, out: Path, *options: str) -> int:
    return main(["render", str(folder), str(plan), "-o", str(out), "--quiet", *options])


def names(out: Path) -> set[str]:
    return {file.name for file in out.iterdir()} if out.exists() else set()


def test_all_documents_are_written_and_named_on_standard_output(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render(folder, plan, tmp_path / "out") == ExitStatus.DONE

    found = names(tmp_path / "out")
    assert found >= EVERYTHING
    assert {name for name in found if "timechart" in name} >= {"wave-1-timechart-1.png", "wave-1-timechart-1.svg"}
    assert {Path(line).name for line in capsys.readouterr().out.splitlines()} == found - {"documents.json"}


def test_the_same_plan_gives_byte_identical_documents(folder: Path, plan: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        assert render(folder, plan, tmp_path / out, "--only", "summary", "--only", "racks") == ExitStatus.DONE

    first, second = ({file.name: file.read_bytes() for file in (tmp_path / out).iterdir()} for out in ("one", "two"))
    assert len(first) == 5
    assert first == second


def test_one_document_in_one_format_may_be_asked_for(folder: Path, plan: Path, tmp_path: Path) -> None:
    assert render(folder, plan, tmp_path, "--only", "runbook", "--format", "md") == ExitStatus.DONE

    assert names(tmp_path) == {"documents.json", "wave-1-runbook.md"}


def test_the_rollback_paper_tells_the_deadline_and_when_systems_are_back_as_the_plan_is_replayed(
    folder: Path, plan: Path, tmp_path: Path
) -> None:
    asked = ("--only", "rollback", "--format", "md", "--lang", "en")
    assert render(folder, plan, tmp_path, *asked) == ExitStatus.DONE

    assert names(tmp_path) == {"documents.json", "wave-1-rollback.md"}
    text = (tmp_path / "wave-1-rollback.md").read_text(encoding="utf-8")
    wave = json.loads(plan.read_text(encoding="utf-8"))["waves"][0]
    points = [point for point in wave["check_points"] if point.get("rollback")]
    deadlines = [datetime.fromisoformat(point["deadline"]) for point in points]
    ends = [at + timedelta(minutes=point["minutes"]) for at, point in zip(deadlines, points, strict=True)]
    assert points
    assert re.findall(r"Decide by \w+ \d+/\d+ (\d\d:\d\d)\.", text) == [f"{at:%H:%M}" for at in deadlines]
    assert re.findall(r"and then ends at (\d\d:\d\d);", text) == [f"{at:%H:%M}" for at in ends]
    assert text.count("that is 20:00, the end of the window.") == len(points)
    assert len(re.findall(r"^\| 住民記録 \| .*\*\*\+\d+:\d\d\*\*", text, flags=re.MULTILINE)) == len(points)


def test_papers_are_written_in_the_language_asked_for(folder: Path, plan: Path, tmp_path: Path) -> None:
    asked = ("--only", "runbook", "--format", "md", "--lang", "en")
    assert render(folder, plan, tmp_path, *asked) == ExitStatus.DONE

    text = (tmp_path / "wave-1-runbook.md").read_text(encoding="utf-8")
    assert text.startswith("# Runbook wave 1: 移転の例\n")
    assert not re.search("[ぁ-ん]", re.sub("移転の例|バックアップを検証した", "", text))


def test_every_paper_carries_the_identity_of_the_plan(folder: Path, plan: Path, tmp_path: Path) -> None:
    assert render(folder, plan, tmp_path, "--format", "md", "--format", "html") == ExitStatus.DONE

    identity = json.loads(plan.read_text(encoding="utf-8"))["id"]
    papers = [file for file in tmp_path.iterdir() if file.name != "documents.json"]
    assert len(papers) == 6
    assert [file.name for file in papers if identity not in file.read_text(encoding="utf-8")] == []


def test_names_come_from_the_inventory_and_not_from_the_plan(folder: Path, plan: Path, tmp_path: Path) -> None:
    renamed = written(tmp_path / "renamed", TOWN.replace("住基サーバー", "住民情報サーバー"))

    assert render(renamed, plan, tmp_path / "out", "--only", "runbook", "--format", "md") == ExitStatus.DONE
    text = (tmp_path / "out" / "wave-1-runbook.md").read_text(encoding="utf-8")
    assert "住民情報サーバー" in text
    assert "住基サーバー" not in text


def test_a_plan_of_another_inventory_is_refused_with_5_and_nothing_is_written(
    folder: Path, plan: Path, tmp_path: Path
) -> None:
    other = written(tmp_path / "other", TOWN.replace("u: 2", "u: 3"))

    assert render(other, plan, tmp_path / "out") == ExitStatus.OTHER_INVENTORY
    assert names(tmp_path / "out") == set()


def test_of_an_unsafe_plan_no_paper_is_written_and_the_rule_is_named(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(plan.read_text(encoding="utf-8"))
    steps = data["waves"][0]["steps"]
    steps.remove(next(step for step in steps if step["kind"] == "stop"))
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps(data), encoding="utf-8")

    assert render(folder, edited, tmp_path / "out") == ExitStatus.UNSAFE
    assert names(tmp_path / "out") == set()
    assert re.search(r"\bS\d\d ", capsys.readouterr().err)


def test_what_was_written_is_json_when_asked_for(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--only", "summary", "--format", "md", "--format", "json")
    assert render(folder, plan, tmp_path, *asked) == ExitStatus.DONE

    identity = json.loads(plan.read_text(encoding="utf-8"))["id"]
    told = json.loads(capsys.readouterr().out)
    assert told == {"result": "complete", "id": identity, "files": [str(tmp_path / "summary.md")]}


def test_json_alone_chooses_no_format_of_papers(folder: Path, plan: Path, tmp_path: Path) -> None:
    assert render(folder, plan, tmp_path, "--only", "summary", "--format", "json") == ExitStatus.DONE

    assert names(tmp_path) >= {"summary.md", "summary.html"}


def test_a_plan_of_another_inventory_and_a_fault_are_json_when_asked_for(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = written(tmp_path / "other", TOWN.replace("u: 2", "u: 3"))
    assert render(other, plan, tmp_path / "out", "--format", "json") == ExitStatus.OTHER_INVENTORY
    assert json.loads(capsys.readouterr().out)["result"] == "other_inventory"

    broken = written(tmp_path / "broken", TOWN.replace("runs_on: db1", "runs_on: db7"))
    assert render(broken, plan, tmp_path / "out", "--format", "json") == ExitStatus.COULD_NOT
    assert [fault["code"] for fault in json.loads(capsys.readouterr().out)["faults"]] == ["E301"]


def test_the_findings_of_an_unsafe_plan_are_json_when_asked_for(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(plan.read_text(encoding="utf-8"))
    data["waves"][0]["steps"] = [step for step in data["waves"][0]["steps"] if step["kind"] != "stop"]
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps(data), encoding="utf-8")

    assert render(folder, edited, tmp_path / "out", "--format", "json") == ExitStatus.UNSAFE
    told = json.loads(capsys.readouterr().out)
    assert (told["result"], told["files"], told["failures"] > 0) == ("unsafe", [], True)


def test_a_broken_template_ends_with_1_and_nothing_is_written(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "summary.html").write_text("\n{{ plan.wafes }}", encoding="utf-8")

    options = ("--templates", str(tmp_path / "mine"), "--lang", "en")
    assert render(folder, plan, tmp_path / "out", *options) == ExitStatus.COULD_NOT
    assert names(tmp_path / "out") == set()
    said = capsys.readouterr().err
    assert "error[E702]: a template does not see `wafes`" in said
    assert "summary.html:2:1" in said
    assert "did you mean `waves`?" in said


def test_a_letter_that_no_font_has_ends_with_1_and_names_the_text(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = written(tmp_path / "odd", TOWN.replace("住民記録", "住民𓀀記録"))

    assert render(odd, plan, tmp_path / "out", "--only", "dependencies", "--lang", "en") == ExitStatus.COULD_NOT
    assert names(tmp_path / "out") == set()
    assert "U+13000" in capsys.readouterr().err


def test_the_command_offers_exactly_the_documents_and_formats_of_the_catalogue() -> None:
    assert set(DOCUMENTS) == set(catalogue.DOCUMENTS)
    assert set(FORMATS) == set(catalogue.FORMATS)


def test_plan_refuses_templates_that_cannot_be_read_before_it_searches(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "runbook.md").write_text("{% for %}", encoding="utf-8")

    asked = ["plan", str(folder), "-o", str(tmp_path / "out"), "--templates", str(tmp_path / "mine"), "--quiet"]
    assert main(asked) == ExitStatus.COULD_NOT
    assert names(tmp_path / "out") == set()
    assert "E701" in capsys.readouterr().err


def test_papers_of_an_earlier_plan_do_not_stay_beside_a_new_one(folder: Path, plan: Path, tmp_path: Path) -> None:
    assert render(folder, plan, tmp_path, "--only", "summary", "--format", "md") == ExitStatus.DONE
    other = written(tmp_path / "other", TOWN.replace("O1/20", "O1/30"))

    assert main(["plan", str(other), "-o", str(tmp_path), "--plan-only", "--effort", "0.1", "--quiet"]) == 0
    assert names(tmp_path) == {"documents.json", "other", "plan.json"}


@pytest.mark.parametrize("other", ["days", "unreadable"])
def test_papers_are_not_written_beside_another_plan(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], other: str
) -> None:
    text = plan.read_text(encoding="utf-8").replace("2026-10-", "2026-11-") if other == "days" else "{"
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")

    assert render(folder, plan, tmp_path, "--only", "summary", "--format", "md") == ExitStatus.COULD_NOT
    assert names(tmp_path) == {"plan.json"}
    assert "-o で別のフォルダを指定してください" in capsys.readouterr().err
