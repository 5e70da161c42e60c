"""`planner contingency` and `planner stops`: tables, JSON, pictures, exit statuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.cli.works import WORKS
from planner.errors.status import ExitStatus
from planner.model import canonical
from planner.plan import file
from planner.plan.plan import Making, Plan
from planner.sources import load
from tests.cli.small import planned, written

TOWN = """\
version: 1
project: {id: town, name: 移転の例, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-11-30}}
rooms:
  - {id: old, name: 旧電算室, kind: server_room, last_day: 2026-11-20}
  - {id: new, name: 新電算室, kind: server_room}
links: [{id: fibre, between: [old, new], gbps: 10}]
racks: [{id: O1, room: old}, {id: N1, room: new}]
servers: [{id: db1, name: 住基サーバー, at: O1/20, u: 2, to: N1/20}]
systems: [{id: jumin, name: 住民記録, criticality: A, hours: office, runs_on: db1, fallback: 手書き受付}]
teams: [{id: ict, name: ICT推進室, own: true, people: 4}, {id: movers, name: 搬送, people: 2}]
policy: {decider: ict/1, deputy: ict/2, criteria: [バックアップを検証した]}
calendar:
  hours: {office: weekdays 08:30-17:15}
  windows: [{id: saturday, days: saturday, start: "08:00", end: "20:00"}]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("town") / "inventory", TOWN)


@pytest.fixture(scope="module")
def plan(folder: Path) -> Path:
    """The plan that the planner makes of it, as a file."""
    return planned(folder, folder.parent / "made")


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """What a command gives as JSON."""
    assert main([*(str(argument) for argument in arguments), "--format", "json"]) == ExitStatus.DONE
    return json.loads(capsys.readouterr().out)


def test_the_only_server_is_the_worst_failure_and_its_loss_is_one_day_of_the_office(
    folder: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The office opens from 08:30 to 17:15, 525 minutes; criticality A weighs four."""
    data = told(capsys, "contingency", folder, plan, "--lang", "en")

    worst = data["cases"][0]
    assert (worst["failure"], worst["subject"], worst["lost_minutes"], worst["lost"]) == ("asset", "db1", 525, 2100)
    assert worst["systems"][0]["at_opening"] is True
    assert worst["systems"][0]["since"].endswith("T08:30+09:00")
    assert worst["covers"] == [{"kind": "fallback", "by": [], "subject": "jumin", "text": "手書き受付"}]
    assert worst["message"] == "db1 住基サーバー does not come up again"
    assert (worst["reaction"], worst["rollback_possible"], worst["lost_if_back"]) == ("turn_back", True, 0)


def test_options_say_by_how_much_steps_are_late_and_how_long_a_repair_takes(
    folder: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = told(capsys, "contingency", folder, plan, "--late", "5", "--repair", "1")

    assert (data["delays"], data["repair_minutes"]) == ([5], 60)
    assert data["cases"][0]["lost_minutes"] == 60
    assert {case["late"] for case in data["cases"] if case["failure"] == "step"} == {5}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ja",
            [
                "db1 住基サーバー が起動しない",
                "切り戻し",
                "jumin 525 分",
                "jumin: 手書き受付",
                "機器が起動しない: 1 通り",
            ],
        ),
        ("en", ["db1 住基サーバー does not come up again", "turn back", "jumin 525 min", "possible (until "]),
    ],
)
def test_the_table_tells_failure_reaction_losses_and_cover(
    folder: Path, plan: Path, capsys: pytest.CaptureFixture[str], language: str, words: list[str]
) -> None:
    assert main(["contingency", str(folder), str(plan), "--lang", language]) == ExitStatus.DONE

    out, talk = capsys.readouterr()
    assert [word for word in words if word not in out] == []
    assert talk.splitlines() == [WORKS[language][work] for work in ("verify", "assets", "teams", "steps")]


def test_top_bounds_the_rows_and_0_shows_harmless_failures_too(
    folder: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def rows(top: str) -> int:
        assert main(["contingency", str(folder), str(plan), "--top", top, "-q", "--lang", "en"]) == ExitStatus.DONE
        return sum(line.split(" ")[0].isdecimal() for line in capsys.readouterr().out.splitlines())

    cases = len(told(capsys, "contingency", folder, plan, "-q")["cases"])
    assert (rows("1"), rows("0")) == (1, cases)


def test_the_picture_is_written_as_png_svg_and_pdf(folder: Path, plan: Path, tmp_path: Path) -> None:
    files = [tmp_path / "made" / name for name in ("n1.png", "n1.svg", "n1.pdf")]
    options = [option for file in files for option in ("-o", str(file))]
    assert main(["contingency", str(folder), str(plan), "-q", *options]) == ExitStatus.DONE

    assert files[0].read_bytes().startswith(b"\x89PNG")
    assert "<svg" in files[1].read_text(encoding="utf-8")
    assert files[2].read_bytes().startswith(b"%PDF")


def test_a_file_that_is_no_picture_is_wrong_usage(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["contingency", str(folder), str(plan), "-o", str(tmp_path / "n1.gif")]) == ExitStatus.USAGE
    assert "a picture ends in .png or .svg or .pdf" in capsys.readouterr().err


def test_stops_tell_until_when_and_which_rule_breaks_first(
    folder: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The old room is used for the last time on the 20th; its server still stands there if the gate says no."""
    data = told(capsys, "stops", folder, plan, "--lang", "en")

    (gate,) = [stop for stop in data["stops"] if stop["how"] == "turn_back"]
    assert gate["lasts_until"] == "2026-11-21T00:00+09:00"
    assert (gate["breaks"][0]["rule"], gate["breaks"][0]["subjects"]) == ("S17", ["db1", "old"])
    assert gate["breaks"][0]["places"][0].endswith("all.yaml:4:6")
    assert all(start[:10] < "2026-11-21" for start in gate["windows"])


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", ["もつ期限", "2026-11-21(土) 00:00", "S17 ", "db1"]), ("en", ["lasts until", "2026-11-21(Sat) 00:00"])],
)
def test_the_table_of_stops_names_the_date_the_rule_and_the_subjects(
    folder: Path, plan: Path, capsys: pytest.CaptureFixture[str], language: str, words: list[str]
) -> None:
    assert main(["stops", str(folder), str(plan), "--lang", language]) == ExitStatus.DONE

    out, talk = capsys.readouterr()
    assert [word for word in words if word not in out] == []
    assert talk.splitlines() == [WORKS[language][work] for work in ("verify", "stops")]


@pytest.mark.parametrize("name", ["contingency", "stops"])
def test_an_unsafe_plan_ends_with_3_and_says_why(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    edited = tmp_path / "edited.json"
    data = json.loads(plan.read_text(encoding="utf-8"))
    data["outages"] = []
    edited.write_text(json.dumps(data), encoding="utf-8")

    assert main([name, str(folder), str(edited), "--lang", "en"]) == ExitStatus.UNSAFE
    told_on = capsys.readouterr()
    assert told_on.out == ""
    assert "S01 jumin is not available" in told_on.err
    assert main([name, str(folder), str(edited), "--format", "json", "-q"]) == ExitStatus.UNSAFE
    assert json.loads(capsys.readouterr().out)["result"] == "unsafe"


@pytest.mark.parametrize("name", ["contingency", "stops"])
def test_a_plan_of_another_inventory_ends_with_5_and_what_changed(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    other = written(tmp_path / "inventory", TOWN.replace("people: 2", "people: 3"))

    assert main([name, str(other), str(plan), "-q"]) == ExitStatus.OTHER_INVENTORY
    assert "teams.movers.people" in capsys.readouterr().err
    assert main([name, str(other), str(plan), "-q", "--format", "json"]) == ExitStatus.OTHER_INVENTORY
    assert json.loads(capsys.readouterr().out)["result"] == "other_inventory"


def test_names_are_those_of_the_inventory_as_it_is_now(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = written(tmp_path / "inventory", TOWN.replace("住基サーバー", "住民情報サーバー"))

    data = told(capsys, "contingency", renamed, plan, "-q")
    assert data["cases"][0]["message"] == "db1 住民情報サーバー が起動しない"


def test_a_plan_in_which_nothing_is_done_has_nothing_that_fails_and_no_stops(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path / "inventory", TOWN.replace(", to: N1/20", "").replace(", last_day: 2026-11-20", ""))
    inventory = load(folder).inventory
    nothing = tmp_path / "plan.json"
    empty = Plan(inventory, canonical.digest(inventory), Making("test", "by hand"), (), (), ())
    nothing.write_text(file.dump(empty), encoding="utf-8")

    assert told(capsys, "contingency", folder, nothing, "-q")["cases"] == []
    assert main(["stops", str(folder), str(nothing), "-q", "--lang", "en"]) == ExitStatus.DONE
    assert capsys.readouterr().out == "the plan has neither a gate nor a gap between waves\n"
