"""`planner whatif`: the table, the words, JSON, the picture, exit statuses."""

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from planner.cli import main
from planner.errors.status import ExitStatus
from planner.pipeline import whatif
from planner.pipeline.whatif import Search, Study, compare
from planner.plan.comparison import Asked
from planner.scheduling.options import Options
from planner.sources.scenarios.loading import read_base, read_scenario
from planner.units.progress import silent
from tests.whatif.town import plan_file, plan_of, scenario, written

LATE = "opens: [{room: new, days_later: 21}]"
STATEFUL = "change: {servers: [{id: db1, stateful: true}]}"
DEAD = "dead: [db1]"
SWAP = "order: [[db1, web1]]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("town") / "inventory")


@pytest.fixture(scope="module")
def plan(folder: Path) -> Path:
    return plan_file(folder)


def run(folder: Path, plan: Path, *arguments: object) -> int:
    return main(["whatif", str(folder), str(plan), *map(str, arguments), "--jobs", "1", "--effort", "0.1"])


def test_scenarios_stand_side_by_side_with_the_plan_and_each_is_told_in_words(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late, again = scenario(tmp_path, "late", LATE), scenario(tmp_path, "stateful", STATEFUL)

    assert run(folder, plan, late, again, "--lang", "en") == ExitStatus.DONE

    out = capsys.readouterr().out
    lines = out.splitlines()
    assert max(cell_len(line) for line in lines if "-->" not in line) <= 80
    table = lines[lines.index("") + 1 : lines.index("late  case late") - 1]
    assert [line.split("  ")[0] for line in table if not line.startswith(" ")][2:] == [
        "late case late",
        "stateful case stat..",
    ]
    assert "  - rooms.new.opens: 2026-10-08 -> 2026-10-29  (late.yaml:3)" in lines
    assert "  least change: W1 2026-10-31, W2 2026-11-07" in lines
    assert "    S12 2026-10-10(Sat) 08:20" in out
    assert "least change: none: the target state or a fact of the inventory" in out
    assert f"      --> {again.as_posix()}:3:40" in lines
    assert "  new plan: none, for the same reasons" in lines


def test_the_same_in_japanese_keeps_to_eighty_columns(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [scenario(tmp_path, "order", SWAP), scenario(tmp_path, "dead", DEAD)]

    assert run(folder, plan, *files, "--ask", "holds") == ExitStatus.DONE

    lines = capsys.readouterr().out.splitlines()
    assert max(cell_len(line) for line in lines) <= 80
    assert [line for line in lines if line.startswith("  そのまま")] == [
        "  そのまま              成立",
        "  そのまま            不成立",
    ]
    assert "  並べ替えた計画: 成り立つ" in lines
    assert "    db1 が届いて起動しないと: 切り戻し、損失 2,100 (分 x 重要度)" in lines


def test_as_data_every_answer_has_its_numbers_changes_and_places_and_a_picture_is_written_beside(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenarios, picture = tmp_path / "scenarios", tmp_path / "pictures" / "whatif.svg"
    scenarios.mkdir()
    late = scenario(scenarios, "late", LATE)
    asked = ("--ask", "holds", "--ask", "least")

    assert run(folder, plan, scenarios, *asked, "--format", "json", "-o", picture) == ExitStatus.DONE

    assert picture.read_text(encoding="utf-8").startswith("<?xml")

    data: Any = json.loads(capsys.readouterr().out)
    (found,) = data["scenarios"]
    assert (data["asked"], found["id"], found["new"]) == (["holds", "least"], "late", None)
    assert found["changes"][0] == {
        "path": "rooms.new.opens",
        "was": "2026-10-08",
        "now": "2026-10-29",
        "place": f"{late.as_posix()}:3:33",
    }
    assert [broken["rule"] for broken in found["holds"]["breaks"]] == ["S12", "S17", "S13", "S23"]
    assert found["holds"]["breaks"][0]["first"]["start"] == "2026-10-10T08:20+09:00"
    least = found["least"]
    assert least["plan"]["outage_minutes"] == data["base"]["outage_minutes"]
    assert [wave["start"][:10] for wave in least["plan"]["waves"]] == ["2026-10-31", "2026-11-07"]
    assert sorted(least["changes"]["subjects"]) == ["db1", "gw1", "web1", "web2"]


def test_a_scenario_that_does_not_fit_ends_the_command_with_its_place(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [scenario(tmp_path, "lost", "swap: [[W1, W9]]"), scenario(tmp_path, "one", "order: [[db1, jumin]]")]

    assert run(folder, plan, *files, "--lang", "en") == ExitStatus.COULD_NOT

    err = capsys.readouterr().err
    assert "error[E317]: `W9` is in no wave of the plan, so it has no place in an order" in err
    assert "error[E317]: `jumin` and `db1` move together in one turn, so neither comes first" in err
    assert "lost.yaml:3:13" in err


def test_a_plan_of_another_inventory_is_refused(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.whatif.town import TOWN

    other = written(tmp_path / "other", TOWN.replace("people: 4", "people: 5"))

    assert run(other, plan, scenario(tmp_path, "late", LATE)) == ExitStatus.OTHER_INVENTORY


def test_a_picture_that_is_none_is_wrong_usage(folder: Path, plan: Path, tmp_path: Path) -> None:
    assert run(folder, plan, scenario(tmp_path, "late", LATE), "-o", tmp_path / "a.txt") == ExitStatus.USAGE


def studies(folder: Path, tmp_path: Path) -> list[Study]:
    base, plan = read_base(folder), plan_of(folder)
    files = [scenario(tmp_path, "late", LATE), scenario(tmp_path, "dead", DEAD)]
    return [whatif.study(read_scenario(base, file), plan) for file in files]


def test_who_stops_the_search_has_the_answers_so_far(folder: Path, tmp_path: Path) -> None:
    calls = count()
    search = Search((Asked.HOLDS,))

    found = compare(plan_of(folder), studies(folder, tmp_path), search, silent, lambda: next(calls) >= 1)

    assert [answer.holding is not None for answer in found.answers] == [True, False]


@pytest.mark.long
def test_several_processes_give_the_same_answers_as_one(folder: Path, tmp_path: Path) -> None:
    asked, options = tuple(Asked), Options(0.1)
    both = [
        compare(plan_of(folder), studies(folder, tmp_path), Search(asked, options, jobs), silent, lambda: False)
        for jobs in (1, 2)
    ]

    assert both[0] == both[1]


@pytest.mark.long
def test_processes_that_are_stopped_end_and_leave_their_answers(folder: Path, tmp_path: Path) -> None:
    calls = count()
    search = Search((Asked.HOLDS, Asked.LEAST), Options(0.1), 2)

    found = compare(plan_of(folder), studies(folder, tmp_path), search, silent, lambda: next(calls) >= 1)

    assert len(found.answers) == 2
    assert any(answer.least is None for answer in found.answers)
