import ast
import inspect
import json
from pathlib import Path

import pytest

from planner.cli.entry import main
from planner.cli.explain_words import FACTS, HEADS, KINDS, said
from planner.errors.status import ExitStatus
from planner.errors.text import columns
from planner.model.chain import StepKind
from planner.pipeline import binding, explain, later, migrations, outage_story, own_stop, passed, waiting
from planner.pipeline.explanation import Fact
from tests.pipeline.tiny import written

Files = tuple[str, str]

JUMIN = """\
jumin (system)
  --> {folder}/tiny.yaml:13:5

When
  w1  window weekend/2027-01-23  2027-01-23(Sat) 08:00 to 2027-01-24(Sun) 20:00
  turn t1: app, db
    2027-01-23(Sat) 09:00-09:10 stop jumin jumin/stop (ict/1)
      nothing has to come first
"""
OUTAGE = """\
Outages
  jumin  2027-01-23(Sat) 09:00 to 2027-01-23(Sat) 11:25  145 minutes computed, 0
    inside service hours
    cause: stopped for carry of db (db/carry): db -> app -> jumin [S03,
      {folder}/tiny.yaml:9:31]
    the chain of steps that gives its length
      2027-01-23(Sat) 09:00-09:10 stop jumin jumin/stop (ict/1)
      2027-01-23(Sat) 09:10-09:20 stop app app/stop (ict/1)
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    written(tmp_path)
    monkeypatch.chdir(tmp_path)
    return "inventory", "plan.json"


def text(tiny: Files, subject: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main(["explain", *tiny, subject, "-q", *more]) == ExitStatus.DONE
    return capsys.readouterr().out


def test_a_system_is_told_with_its_steps_its_windows_its_facts_and_its_outage(
    tiny: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    out = text(tiny, "jumin", capsys, "--lang", "en")

    assert out.startswith(JUMIN.format(folder="inventory"))
    assert OUTAGE.format(folder="inventory") in out
    assert "  weekend/2027-01-16: usable for 2160 minutes; no fact about it alone" in out
    assert "      - no spare `replaces` db; if its steps took no time, it would end 80" in out
    assert "  budget: 0m [S02, planner/sources/defaults.yaml:" in out


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("subject", ["jumin", "db", "app", "web1", "web"])
def test_what_is_told_is_80_columns_wide(
    tiny: Files, subject: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = text(tiny, subject, capsys, "--lang", language).splitlines()

    assert [line for line in lines if columns(line) > 80] == []
    assert HEADS[language]["when"] in lines


def test_what_the_plan_leaves_alone_is_told_as_such(tiny: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert "When\n  no step of the plan is about it\n" in text(tiny, "web", capsys, "--lang", "en")


def test_times_are_said_to_be_read_in_the_projects_zone(tiny: Files, capsys: pytest.CaptureFixture[str]) -> None:
    out = text(tiny, "db", capsys, "--lang", "en")

    assert "Times\n  a time without an offset is read in Asia/Tokyo, which holds where no" in out


def test_everything_is_there_as_data(tiny: Files, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(text(tiny, "db", capsys, "--format", "json", "--lang", "en"))

    assert (data["subject"], data["kind"]) == ("db", "asset")
    (wave,) = data["waves"]
    assert [step["id"] for step in wave["steps"]][:2] == ["db/stop", "db/unmount"]
    assert wave["steps"][0]["waits"][0] == {
        "after": "app/stop",
        "slack_minutes": 0,
        "key": "stops_first",
        "values": {"dependent": "app", "provider": "db", "kind": "hard"},
        "message": "app does not run without db, so it stops first",
        "rule": "S03",
        "path": "assets.app.needs[0]",
        "place": "inventory/tiny.yaml:9:31",
    }
    assert [(window["id"], window["open"]) for window in wave["windows_before"]] == [
        ("weekend/2026-12-29", False),
        ("weekend/2027-01-09", False),
        ("weekend/2027-01-16", True),
    ]
    assert [(story["system"], story["gain_minutes"]) for story in data["takes_along"]] == [("jumin", 80)]
    assert data["times"][0]["values"]["zone"] == "Asia/Tokyo"


def test_who_judges_the_plan_is_said_beside_it(tiny: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *tiny, "db", "--lang", "en"]) == ExitStatus.DONE

    assert capsys.readouterr().err.endswith("whether the plan keeps the rules: planner verify inventory plan.json\n")


def test_a_subject_that_is_not_there_is_answered_with_the_nearest(
    tiny: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *tiny, "jumim", "--lang", "en", "-q"]) == ExitStatus.COULD_NOT
    assert capsys.readouterr().err == (
        "error: there is no asset or system 'jumim' in the inventory\n  did you mean 'jumin'?\n"
    )


def test_a_plan_of_another_inventory_is_refused(tiny: Files, capsys: pytest.CaptureFixture[str]) -> None:
    file = Path("inventory/tiny.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("carry: 30m", "carry: 40m"), encoding="utf-8")

    assert main(["explain", *tiny, "db", "-q"]) == ExitStatus.OTHER_INVENTORY


def said_by_the_code() -> set[str]:
    """The keys of the facts that the pipeline makes, as far as its source names them outright."""
    found: set[str] = set()
    for module in (binding, explain, later, migrations, outage_story, own_stop, passed, waiting):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Fact", "_by_need"):
                key = node.args[0]
                parts = (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,)
                found |= {str(part.value) for part in parts if isinstance(part, ast.Constant)}
    return found


def test_every_fact_has_a_sentence_in_both_languages() -> None:
    known = said_by_the_code()

    assert {"stops_first", "too_short", "crew", "no_spare", "longest_beside"} <= known
    assert known - {"zone"} <= set(FACTS["en"])
    assert set(FACTS["ja"]) == set(FACTS["en"])
    assert set(HEADS["ja"]) == set(HEADS["en"])


def test_every_kind_of_step_has_a_japanese_word() -> None:
    assert {kind.value for kind in StepKind} - set(KINDS["ja"]) == set()


def test_needs_both_ways_are_told_in_japanese_alone(tiny: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert "  web は (web1, web2) のうち 1 が要る（" in text(tiny, "web", capsys, "--lang", "ja")
    assert "  app が必要としている: db（" in text(tiny, "db", capsys, "--lang", "ja")


def test_the_window_that_bounds_a_check_point_is_told_in_words() -> None:
    when = {"id": "c1", "planned": "10:00", "deadline": "18:30"}

    assert said(Fact("check_point", {**when, "bound": "window"}), "ja").endswith("、制約 窓の終わり")
    assert said(Fact("check_point", {**when, "bound": "window"}), "en").endswith(", bound by the end of the window")
    assert said(Fact("check_point", {**when, "bound": "jumin"}), "ja").endswith("、制約 jumin")
